//! The plan of benchmarks and large tests.

use crate::locale::Text;
use crate::simulate::plan::{
    AnswerForm, AttentionPlan, DimensionPlan, FileEncoding, ItemPlan, LeadColumn, Planted, ScalePlan, Shift, SimulationPlan, StratumPlan,
    TimeStyle, WavePlan,
};
use jiff::civil::date;

/// Dimension, start of its item ids, items, and the dimensions that act on it: block sizes of the ECSI questionnaire,
/// coefficients near those of the mobile-phone survey (Tenenhaus et al. 2005).
type Block = (&'static str, &'static str, usize, &'static [(&'static str, f64)]);

const BLOCKS: [Block; 7] = [
    ("image", "IMAG", 5, &[]),
    ("expectation", "CUEX", 3, &[("image", 0.50)]),
    ("quality", "PERQ", 7, &[("expectation", 0.55)]),
    ("value", "PERV", 2, &[("expectation", 0.05), ("quality", 0.55)]),
    (
        "satisfaction",
        "CUSA",
        3,
        &[("image", 0.15), ("expectation", 0.06), ("quality", 0.50), ("value", 0.20)],
    ),
    ("complaints", "CUSCO", 1, &[("satisfaction", 0.53)]),
    (
        "loyalty",
        "CUSL",
        3,
        &[("image", 0.20), ("satisfaction", 0.47), ("complaints", 0.07)],
    ),
];

/// Cuts of the 1–10 scale: normal quantiles of 1, 2, 4, 7, 14, 24, 42, 68 and 86 per cent.
const CUTS: [f64; 9] = [-2.326, -2.054, -1.751, -1.476, -1.080, -0.706, -0.202, 0.468, 1.080];

/// Region, share of the customers, lasting shift of its perceived quality.
const REGIONS: [(&str, u64, f64); 4] = [("east", 40, 0.10), ("south", 28, 0.0), ("north", 20, 0.0), ("west", 12, -0.15)];

/// Channel, share of the customers in tenths, response.
const CHANNELS: [(&str, u64, f64); 2] = [("online", 6, 0.42), ("store", 4, 0.34)];

impl SimulationPlan {
    /// One wave of `rows` rows: 24 items on 1–10 codes in 7 dimensions (5/3/7/2/3/1/3 items), 8 strata
    /// (4 regions × 2 channels), UTF-8. Columns `id, submitted, duration, region, channel`, the items, and `attention`.
    #[must_use]
    pub fn bench(rows: u64, seed: u64) -> Self {
        Self {
            id: "bench".to_owned(),
            title: Text {
                zh: "模拟调查（基准测试）".to_owned(),
                en: "Simulated survey (benchmark)".to_owned(),
            },
            population: Text {
                zh: "虚构的顾客".to_owned(),
                en: "Imaginary customers".to_owned(),
            },
            notice: super::appliance::notice(),
            seed,
            rows,
            waves: vec![WavePlan {
                id: "2025".to_owned(),
                first_day: date(2025, 3, 1),
                days: 30,
                encoding: FileEncoding::Utf8,
                form: AnswerForm::Codes,
                growth: 1.0,
                impossible_dates: 0,
                sample: None,
            }],
            strata_columns: vec!["region".to_owned(), "channel".to_owned()],
            strata: strata(rows),
            scales: vec![ScalePlan {
                id: "ten".to_owned(),
                min: 1,
                thresholds: CUTS.to_vec(),
                labels: Vec::new(),
                not_applicable: None,
            }],
            dimensions: BLOCKS.iter().map(dimension).collect(),
            shifts: REGIONS
                .iter()
                .filter(|(_, _, by)| *by != 0.0)
                .map(|(region, _, by)| shift(region, *by))
                .collect(),
            planted: Planted {
                duplicate: 0.01,
                straight_line: 0.015,
                too_fast: 0.01,
                inattentive: 0.01,
                partial: 0.01,
                faulty: 0.002,
                missing: 0.01,
            },
            leading: vec![
                LeadColumn::Respondent("id".to_owned(), "R".to_owned()),
                LeadColumn::Submitted("submitted".to_owned()),
                LeadColumn::Duration("duration".to_owned(), String::new()),
                LeadColumn::Strata,
            ],
            attention: AttentionPlan {
                column: "attention".to_owned(),
                scale: "ten".to_owned(),
                right: 3,
                after_items: 12,
            },
            comment: None,
            blank: String::new(),
            unknown_label: "x".to_owned(),
            time_style: TimeStyle::Iso,
            seconds_min: 60,
            run_max: None,
            schemes: Vec::new(),
            appendix: String::new(),
        }
    }
}

/// About twenty customers for each row.
fn strata(rows: u64) -> Vec<StratumPlan> {
    let mut out = Vec::with_capacity(REGIONS.len() * CHANNELS.len());
    for (region, share, _) in REGIONS {
        for (channel, tenths, response) in CHANNELS {
            let population = rows.saturating_mul(20).saturating_mul(share * tenths) / 1000 + 50;
            out.push(StratumPlan {
                values: vec![region.to_owned(), channel.to_owned()],
                population,
                response,
            });
        }
    }
    out
}

fn shift(region: &str, by: f64) -> Shift {
    Shift {
        wave: None,
        stratum: Some(region.to_owned()),
        dimension: "quality".to_owned(),
        by,
        reason: "lasting difference between regions".to_owned(),
    }
}

fn dimension(&(id, prefix, count, sources): &Block) -> DimensionPlan {
    let item = |number: usize| {
        let id = if count == 1 {
            prefix.to_owned()
        } else {
            format!("{prefix}{number}")
        };
        ItemPlan {
            column: id.clone(),
            title: Text::same(&id),
            scale: "ten".to_owned(),
            // Loadings from 0.85 downwards and items of unequal ease, so that weights and means differ.
            loading: if count == 1 { 0.90 } else { 0.87 - 0.02 * number as f64 },
            offset: 0.05 * (number % 3) as f64 - 0.05,
            reversed: false,
            not_applicable: 0.0,
            id,
        }
    };
    DimensionPlan {
        id: id.to_owned(),
        title: None,
        sources: sources.iter().map(|(name, beta)| ((*name).to_owned(), *beta)).collect(),
        items: (1..=count).map(item).collect(),
    }
}
