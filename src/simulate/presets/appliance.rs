//! The shipped demonstration survey: after-sales service of household appliances, three yearly waves.

use super::appliance_questions::{BLOCKS, Block, Question};
use crate::locale::Text;
use crate::simulate::plan::{
    AnswerForm, AttentionPlan, CommentPlan, DimensionPlan, FileEncoding, ItemPlan, LeadColumn, Planted, SamplePlan, ScalePlan, Shift,
    SimulationPlan, StratumPlan, TimeStyle, WavePlan,
};
use jiff::civil::{Date, date};

/// Cuts of the five-point scales: normal quantiles of 1.5, 6, 20 and 58 per cent.
const FIVE: [f64; 4] = [-2.170, -1.555, -0.842, 0.202];

/// Cuts of the 0–10 scale: normal quantiles of 1, 1.5, 2, 3, 4.5, 9, 15, 27, 50 and 72 per cent.
const ELEVEN: [f64; 10] = [-2.326, -2.170, -2.054, -1.881, -1.695, -1.341, -1.036, -0.613, 0.0, 0.583];

/// Region, customers online and in stores, responses online and in stores.
const REGIONS: [(&str, [u64; 2], [f64; 2]); 4] = [
    ("华东", [1_520, 980], [0.43, 0.36]),
    ("华南", [1_180, 740], [0.45, 0.37]),
    ("华北", [1_060, 790], [0.42, 0.38]),
    ("西南", [560, 470], [0.47, 0.40]),
];

/// What people write: harmless, and hard on a careless reader of CSV.
const COMMENTS: [&str; 10] = [
    "师傅上门很准时,修得也仔细",
    "客服说\"当天上门\",结果第二天才到",
    "希望:\n1. 周末也能预约\n2. 配件价格公开",
    "很好，继续保持！",
    "收费明细再清楚一些",
    "电话等候时间偏长,建议增加线上客服",
    "服务态度好",
    "师傅进门穿了鞋套,走之前还试了机器,赞",
    "同一个小毛病修了两次，第二次才修好",
    "无",
];

/// Items before the attention question.
const BEFORE_ATTENTION: usize = 14;

pub(super) fn notice() -> Text {
    Text {
        zh: "本数据为模拟数据，仅用于演示".to_owned(),
        en: "Simulated data, for demonstration only".to_owned(),
    }
}

impl SimulationPlan {
    /// The survey `appliance-after-sales`: waves 2023 (GB18030, labels), 2024 (UTF-8 with byte-order mark, codes) and
    /// 2025 (UTF-8, labels) of 660 rows each, in the columns of a 问卷星 export. Planted: in 2024 the south-west dips, in 2025
    /// complaint handling, quality and satisfaction improve everywhere. The sample of 2025 is written customer by customer, from the sealed
    /// list to the final codes. The committed files have seed 2025.
    #[must_use]
    pub fn appliance(seed: u64) -> Self {
        Self {
            id: "appliance-after-sales".to_owned(),
            title: Text {
                zh: "家电售后服务顾客满意度（模拟数据）".to_owned(),
                en: "Customer satisfaction with household-appliance after-sales service (simulated data)".to_owned(),
            },
            population: Text {
                zh: "过去 12 个月内接受过售后服务的顾客".to_owned(),
                en: "Customers who received after-sales service in the past 12 months".to_owned(),
            },
            notice: notice(),
            seed,
            rows: 660,
            waves: waves(),
            strata_columns: vec!["所在区域".to_owned(), "购买渠道".to_owned()],
            strata: strata(),
            scales: scales(),
            dimensions: dimensions(),
            shifts: shifts(),
            planted: Planted {
                duplicate: 0.02,
                straight_line: 0.02,
                too_fast: 0.015,
                inattentive: 0.015,
                partial: 0.015,
                faulty: 0.005,
                missing: 0.008,
            },
            leading: vec![
                LeadColumn::Serial("序号".to_owned()),
                LeadColumn::Submitted("提交答卷时间".to_owned()),
                LeadColumn::Duration("所用时间".to_owned(), "秒".to_owned()),
                LeadColumn::Source("来源".to_owned(), ["微信", "微信", "手机提交", "链接"].map(str::to_owned).to_vec()),
                LeadColumn::Respondent("客户编号".to_owned(), "KH".to_owned()),
                LeadColumn::Strata,
            ],
            attention: AttentionPlan {
                column: format!("{}、请选择“比较满意”", BEFORE_ATTENTION + 1),
                scale: "satisfied".to_owned(),
                right: 3,
                after_items: BEFORE_ATTENTION,
            },
            comment: Some(CommentPlan {
                column: "26、您还有哪些意见或建议".to_owned(),
                texts: COMMENTS.map(str::to_owned).to_vec(),
                share: 0.15,
            }),
            blank: "(空)".to_owned(),
            unknown_label: "满意极了".to_owned(),
            time_style: TimeStyle::Slashed,
            seconds_min: 60,
            run_max: Some(16),
            schemes: vec!["satisfaction-3a4a5a".to_owned(), "gbt27922-2011".to_owned()],
            appendix: GATES.to_owned(),
        }
    }
}

const GATES: &str =
    "[gates]\nrespondents_min = 250\nresponse_rate_min = 0.3\nexcluded_share_max = 0.12\nno_empty_stratum = true\nrequired_size = true\n";

fn waves() -> Vec<WavePlan> {
    let wave = |id: &str, first_day: Date, encoding, form, growth, impossible_dates| WavePlan {
        id: id.to_owned(),
        first_day,
        days: 28,
        encoding,
        form,
        growth,
        impossible_dates,
        sample: None,
    };
    // Whole tenths: strata keep their shares to the customer.
    vec![
        wave("2023", date(2023, 5, 8), FileEncoding::Gb18030, AnswerForm::Labels, 1.0, 0),
        wave("2024", date(2024, 5, 6), FileEncoding::Utf8Bom, AnswerForm::Codes, 1.1, 1),
        WavePlan {
            sample: Some(sample()),
            ..wave("2025", date(2025, 5, 5), FileEncoding::Utf8, AnswerForm::Labels, 1.2, 0)
        },
    ]
}

fn sample() -> SamplePlan {
    SamplePlan {
        sealed_on: date(2025, 4, 30),
        seed_day: date(2025, 5, 1),
        seed_source: "封存次日的公开摇奖号码（模拟） / public lottery numbers of the day after sealing (simulated)".to_owned(),
        reserve: 0.1,
        modes: ["微信", "微信", "短信", "邮件"].map(str::to_owned).to_vec(),
        case_columns: ["结果代码", "最后联系方式", "结案日期"].map(str::to_owned),
    }
}

fn strata() -> Vec<StratumPlan> {
    let region = |(region, customers, responses): (&str, [u64; 2], [f64; 2])| {
        let channels = ["线上", "线下"].into_iter().zip(customers).zip(responses);
        let stratum = |((channel, population), response): ((&str, u64), f64)| StratumPlan {
            values: vec![region.to_owned(), channel.to_owned()],
            population,
            response,
        };
        channels.map(stratum).collect::<Vec<_>>()
    };
    REGIONS.into_iter().flat_map(region).collect()
}

fn scales() -> Vec<ScalePlan> {
    let five = |id: &str, labels: [&str; 5]| ScalePlan {
        id: id.to_owned(),
        min: 1,
        thresholds: FIVE.to_vec(),
        labels: labels.map(str::to_owned).to_vec(),
        not_applicable: Some(("不适用".to_owned(), 0)),
    };
    vec![
        five("satisfied", ["非常不满意", "比较不满意", "一般", "比较满意", "非常满意"]),
        five("level", ["很低", "较低", "一般", "较高", "很高"]),
        five("agree", ["非常不同意", "比较不同意", "一般", "比较同意", "非常同意"]),
        ScalePlan {
            id: "likelihood".to_owned(),
            min: 0,
            thresholds: ELEVEN.to_vec(),
            labels: Vec::new(),
            not_applicable: None,
        },
    ]
}

fn dimensions() -> Vec<DimensionPlan> {
    let mut number = 0;
    let mut item = |scale: &str, &(id, heading, zh, en, loading, offset, not_applicable): &Question| {
        number += 1;
        // The attention question takes a number of its own.
        let printed = if number > BEFORE_ATTENTION { number + 1 } else { number };
        let reversed = id == "quality5";
        ItemPlan {
            id: id.to_owned(),
            column: format!("{printed}、{heading}"),
            title: Text {
                zh: zh.to_owned(),
                en: en.to_owned(),
            },
            scale: if reversed { "agree" } else { scale }.to_owned(),
            loading,
            offset,
            reversed,
            not_applicable,
        }
    };
    let dimension = |&(id, scale, sources, questions): &Block| DimensionPlan {
        id: id.to_owned(),
        title: (id == "complaints").then(|| Text {
            zh: "投诉处理印象（所有受访者）".to_owned(),
            en: "Impression of complaint handling (all respondents)".to_owned(),
        }),
        sources: sources.iter().map(|(name, beta)| ((*name).to_owned(), *beta)).collect(),
        items: questions.iter().map(|question| item(scale, question)).collect(),
    };
    BLOCKS.iter().map(dimension).collect()
}

fn shifts() -> Vec<Shift> {
    let shift = |wave: Option<&str>, stratum: Option<&str>, dimension: &str, by, reason: &str| Shift {
        wave: wave.map(str::to_owned),
        stratum: stratum.map(str::to_owned),
        dimension: dimension.to_owned(),
        by,
        reason: reason.to_owned(),
    };
    let action = "2025 年实施投诉闭环管理";
    let closure = "2024 年西南服务网点合并，上门变慢";
    vec![
        shift(None, Some("华东"), "image", 0.10, "地区长期差异"),
        shift(None, Some("西南"), "quality", -0.10, "地区长期差异"),
        shift(None, Some("线下"), "quality", 0.08, "渠道长期差异"),
        shift(Some("2024"), Some("西南"), "quality", -0.45, closure),
        shift(Some("2024"), Some("西南"), "satisfaction", -0.35, closure),
        shift(Some("2025"), None, "complaints", 0.45, action),
        shift(Some("2025"), None, "quality", 0.25, action),
        shift(Some("2025"), None, "satisfaction", 0.15, action),
    ]
}
