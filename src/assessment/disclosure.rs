//! The disclosure checklist: what has to be told with a published result, filled from the definition and from the data.
//!
//! Nineteen items after AAPOR's Code (part III, 2021), the ESOMAR/WAPOR guideline (2014) and the reporting list of ISO 20252; what is
//! absent is named, not assumed. Items 1, 4, 6, 8, 9 and 11 make the publish gate: without them no result may leave the house.

use super::WaveAssessment;
use super::files::files_read;
use super::over_time::OverTime;
use super::questionnaire::Questionnaire;
use crate::locale::{Lang, Messages, Text};
use crate::model::missing::MissingMethod;
use crate::round::{grouped, printed};
use crate::survey::{ItemWeights, Mode, SelectionMethod, Survey};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Items without which nothing may be published.
pub const GATE_ITEMS: [u8; 6] = [1, 4, 6, 8, 9, 11];

/// How far an item is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DisclosureState {
    /// Everything it asks for is there.
    Stated,
    /// Something is missing.
    Partly,
    /// Nothing is there.
    Missing,
    /// It does not concern this survey.
    NotApplicable,
}

/// One thing that is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DisclosureFact {
    /// What it is: a key of the definition or of the data.
    pub key: String,
    /// What is told.
    pub value: Text,
}

/// One item of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DisclosureItem {
    /// Number, 1 to 19.
    pub item: u8,
    /// How far it is filled.
    pub state: DisclosureState,
    /// True when nothing may be published without it.
    pub gate: bool,
    /// What is told.
    pub facts: Vec<DisclosureFact>,
    /// Keys that are missing.
    pub missing: Vec<String>,
}

/// The checklist of a survey, held against its latest wave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Disclosure {
    /// The items, in order.
    pub items: Vec<DisclosureItem>,
    /// Whether every item of the publish gate is filled.
    pub publishable: bool,
}

impl Disclosure {
    /// Items that lack something.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.items.iter().filter(|i| !i.missing.is_empty()).count()
    }
}

/// The columns of the strata, as reports call them.
fn strata_columns(survey: &Survey) -> Text {
    let named = |lang: Lang| {
        let name = |column: &String| survey.labels.as_ref().map_or_else(|| column.clone(), |l| l.column(column, lang));
        survey.columns.strata.iter().map(name).collect::<Vec<_>>().join(" × ")
    };
    Text {
        zh: named(Lang::Zh),
        en: named(Lang::En),
    }
}

/// An item in the making.
struct Item {
    number: u8,
    applies: bool,
    facts: Vec<(&'static str, Option<Text>)>,
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "a fact that is always there stands beside those that may be absent"
)]
fn plain(text: impl std::fmt::Display) -> Option<Text> {
    Some(Text::same(text.to_string()))
}

/// The checklist, held against the latest wave.
#[must_use]
pub(crate) fn disclosure(
    survey: &Survey,
    waves: &[WaveAssessment],
    over_time: Option<&OverTime>,
    questionnaire: Option<&Questionnaire>,
) -> Disclosure {
    let Some(wave) = waves.last() else { return Disclosure::default() };
    let files = files_read(waves, over_time).len();
    let made = who_and_what(survey, wave, questionnaire)
        .into_iter()
        .chain(drawing(survey, wave))
        .chain(results(survey, wave))
        .chain(conduct(survey, wave, files));
    let items: Vec<DisclosureItem> = made.map(Item::finish).collect();
    let open = |i: &DisclosureItem| i.gate && matches!(i.state, DisclosureState::Missing | DisclosureState::Partly);
    Disclosure {
        publishable: !items.iter().any(open),
        items,
    }
}

impl Item {
    fn new(number: u8, facts: Vec<(&'static str, Option<Text>)>) -> Self {
        Self {
            number,
            applies: true,
            facts,
        }
    }

    fn finish(self) -> DisclosureItem {
        let missing: Vec<String> = self.facts.iter().filter(|f| f.1.is_none()).map(|f| f.0.to_owned()).collect();
        let state = match (self.applies, missing.len()) {
            (false, _) => DisclosureState::NotApplicable,
            (true, 0) => DisclosureState::Stated,
            (true, n) if n == self.facts.len() => DisclosureState::Missing,
            (true, _) => DisclosureState::Partly,
        };
        let fact = |(key, value): (&'static str, Option<Text>)| {
            Some(DisclosureFact {
                key: key.to_owned(),
                value: value?,
            })
        };
        DisclosureItem {
            item: self.number,
            state,
            gate: GATE_ITEMS.contains(&self.number),
            facts: self.facts.into_iter().filter_map(fact).collect(),
            missing: if self.applies { missing } else { Vec::new() },
        }
    }
}

/// Items 1 to 4: who asked whom about what.
fn who_and_what(survey: &Survey, wave: &WaveAssessment, questionnaire: Option<&Questionnaire>) -> Vec<Item> {
    let d = &survey.disclosure;
    vec![
        Item::new(
            1,
            vec![
                ("sponsor", survey.sponsor.clone()),
                ("conductor", survey.conductor.clone()),
                ("subcontractors", d.subcontractors.clone()),
            ],
        ),
        Item::new(2, vec![("objectives", d.objectives.clone()), ("strategy", strategy(survey, wave))]),
        Item::new(
            3,
            vec![
                ("items", plain(survey.scored_items)),
                ("wording", questionnaire.filter(|q| q.is_worded()).map(|_| annexed())),
                ("instructions", d.instructions.as_ref().map(|_| annexed())),
                ("questionnaire", wave.questionnaire.as_ref().and_then(plain)),
                ("languages", d.languages.clone()),
            ],
        ),
        Item::new(
            4,
            vec![
                ("population", survey.population.clone()),
                ("geography", d.geography.clone()),
                ("exclusions", d.exclusions.clone()),
            ],
        ),
    ]
}

/// Where the questions stand in full.
fn annexed() -> Text {
    said("disclosure-annexed")
}

/// A wording in both languages.
fn said(key: &str) -> Text {
    let word = |lang: Lang| Messages::of(lang).word(&format!("report-{key}"));
    Text {
        zh: word(Lang::Zh),
        en: word(Lang::En),
    }
}

/// How people were selected and asked, in one phrase; absent where either is unknown.
fn strategy(survey: &Survey, wave: &WaveAssessment) -> Option<Text> {
    let method = (wave.coverage.method != SelectionMethod::Unknown).then(|| method_name(wave.coverage.method))?;
    let mode = mode_name(survey.mode?);
    Some(Text {
        zh: format!("{}，{}", method.zh, mode.zh),
        en: format!("{}, {}", method.en, mode.en),
    })
}

/// Items 5 to 8: frame, selection, recruitment, mode.
fn drawing(survey: &Survey, wave: &WaveAssessment) -> Vec<Item> {
    let d = &survey.disclosure;
    let coverage = &wave.coverage;
    let digest = wave.inputs.iter().find(|i| i.kind == "frame").and_then(|i| plain(&i.sha256));
    let method = (coverage.method != SelectionMethod::Unknown).then(|| method_name(coverage.method));
    let strata = (!survey.columns.strata.is_empty()).then(|| strata_columns(survey));
    let random = coverage.probability_sample;
    let mut selection = vec![("method", method), ("strata", strata.or_else(|| plain("–")))];
    if random {
        selection.push(("drawn", coverage.drawn.and_then(number)));
    }
    if let Some(draw) = &coverage.draw {
        selection.push(("draw_record", plain(&draw.record_sha256)));
        selection.push(("seed", plain(&draw.seed)));
    }
    let mut recruited = vec![("incentives", d.incentives.clone())];
    if !random {
        recruited.push(("recruitment", d.recruitment.clone()));
    }
    vec![
        Item::new(
            5,
            vec![
                ("frame_source", d.frame_source.clone()),
                ("frame_date", d.frame_date.as_ref().and_then(plain)),
                ("frame_supplier", d.frame_supplier.clone()),
                ("frame_gaps", d.frame_gaps.clone()),
                ("frame_size", coverage.population.and_then(number)),
                ("frame_digest", digest),
            ],
        ),
        Item::new(6, selection),
        Item::new(7, recruited),
        Item::new(8, interviewing(survey, wave)),
    ]
}

/// How, when and for how long people were asked: the length as planned, and as it came out where durations are known.
fn interviewing(survey: &Survey, wave: &WaveAssessment) -> Vec<(&'static str, Option<Text>)> {
    let mut told = vec![
        ("mode", survey.mode.map(mode_name)),
        (
            "field",
            wave.field_start
                .as_ref()
                .zip(wave.field_end.as_ref())
                .map(|(start, end)| range(start, end)),
        ),
        ("length", survey.disclosure.length.clone()),
    ];
    if let Some(found) = &wave.cleaning.durations {
        let seconds = crate::round::round_to(found.median_seconds, 0).max(0.0) as u64;
        told.push(("length_median", plain(format!("{}:{:02}", seconds / 60, seconds % 60))));
    }
    told
}

fn number(value: u64) -> Option<Text> {
    plain(grouped(value))
}

/// From one to the other, as reports write it.
fn range(low: &str, high: &str) -> Text {
    let args = || std::collections::BTreeMap::from([("low", low.to_owned()), ("high", high.to_owned())]);
    let word = |lang: Lang| Messages::of(lang).message("report-range", &args());
    Text {
        zh: word(Lang::Zh),
        en: word(Lang::En),
    }
}

/// Items 9 to 14: sizes, rates, precision, weights, missing answers.
fn results(survey: &Survey, wave: &WaveAssessment) -> Vec<Item> {
    let d = &survey.disclosure;
    let coverage = &wave.coverage;
    let required = coverage.required.as_ref();
    let mut size = vec![(
        "interviews",
        plain(format!("{} / {}", grouped(coverage.n), grouped(coverage.received))),
    )];
    // A margin is claimed of a random sample only, and so is the size that it needs.
    if coverage.probability_sample {
        size.push(("planned", required.and_then(|r| number(r.n))));
        if required.is_some_and(|r| !r.reached) {
            size.push(("shortfall", d.shortfall.clone()));
        }
    }
    let rate = coverage
        .response_rate
        .and_then(|r| plain(format!("{:?} {}%", coverage.rate_definition, printed(r * 100.0, 1)).to_uppercase()));
    let precision = if coverage.probability_sample {
        let interval = wave.index.estimate.as_ref().and_then(|e| e.interval);
        let level = printed(survey.design.level * 100.0, 0);
        interval.map(|i| {
            let text = range(&printed(i.lower, 1), &printed(i.upper, 1));
            Text {
                zh: format!("{}（{level}%）", text.zh),
                en: format!("{} ({level}%)", text.en),
            }
        })
    } else {
        Some(Text {
            zh: "非概率样本，不声称误差范围".to_owned(),
            en: "not a probability sample: no margin of error is claimed".to_owned(),
        })
    };
    let smallest = wave.domains.iter().map(|d| d.n).min();
    let groups = if wave.domains.is_empty() {
        plain("–")
    } else {
        smallest.and_then(|n| plain(format!("{} (n ≥ {n})", wave.domains.len())))
    };
    let weighted = wave.weights.kish_effect.map(|effect| weighting(wave, effect));
    let missing: u64 = wave.items.iter().map(|i| i.missing.values().sum::<u64>()).sum();
    vec![
        Item::new(9, size),
        Item::new(
            10,
            vec![
                ("response_rate", rate),
                ("dispositions", coverage.accounting.as_ref().and_then(|a| number(a.drawn))),
            ],
        ),
        Item::new(11, vec![("precision", precision)]),
        Item::new(
            12,
            vec![("groups", groups), ("group_base_min", plain(survey.design.domain_base_min))],
        ),
        Item::new(13, vec![("weighting", weighted), ("weight_targets", d.weight_targets.clone())]),
        Item::new(
            14,
            vec![
                ("missing_answers", number(missing)),
                ("imputation", d.imputation.clone().or_else(|| Some(treated(survey)))),
            ],
        ),
    ]
}

/// What the program does with missing answers, where the definition says nothing.
fn treated(survey: &Survey) -> Text {
    said(match survey.model.missing {
        _ if survey.model.weights != ItemWeights::Pls => "disclosure-missing-left-out",
        MissingMethod::Mean => "disclosure-missing-mean",
        MissingMethod::Pairwise => "disclosure-missing-pairwise",
        MissingMethod::Listwise => "disclosure-missing-listwise",
        MissingMethod::Em => "disclosure-missing-em",
    })
}

/// The limits that follow from the design itself: no random sample, no frame.
fn limits(wave: &WaveAssessment) -> Option<Text> {
    match (wave.coverage.probability_sample, wave.coverage.population.is_some()) {
        (true, true) => None,
        (false, true) => Some(said("disclosure-limit-not-random")),
        (true, false) => Some(said("disclosure-limit-no-frame")),
        (false, false) => Some(said("disclosure-limit-neither")),
    }
}

/// What was done to the weights, step by step, with what they were brought to, their range and their design effect.
fn weighting(wave: &WaveAssessment, effect: f64) -> Text {
    let names = |step: &str| match step {
        "base" => ("基础权重", "base"),
        "nonresponse" => ("无回答调整", "non-response"),
        "poststratification" => ("事后分层", "post-stratification"),
        "rake" => ("迭代加权", "raking"),
        "trim" => ("截尾", "trimming"),
        _ => ("校准", "calibration"),
    };
    let steps: Vec<_> = wave.weights.steps.iter().map(|s| names(&s.step)).collect();
    let mut columns: Vec<&str> = wave.weights.margins.iter().map(|m| m.margin.as_str()).collect();
    columns.dedup();
    let by = |open: &str, between: &str, close: &str| {
        if columns.is_empty() {
            String::new()
        } else {
            format!("{open}{}{close}", columns.join(between))
        }
    };
    let last = wave.weights.steps.last();
    let range = last
        .map(|s| format!("{} – {}", printed(s.min, 3), printed(s.max, 3)))
        .unwrap_or_default();
    let joined = |of: fn(&(&'static str, &'static str)) -> &'static str| steps.iter().map(of).collect::<Vec<_>>().join(" → ");
    Text {
        zh: format!(
            "{}{}，范围 {range}，设计效应 {}",
            joined(|s| s.0),
            by("（", "、", "）"),
            printed(effect, 3)
        ),
        en: format!(
            "{}{}, range {range}, design effect {}",
            joined(|s| s.1),
            by(" (", ", ", ")"),
            printed(effect, 3)
        ),
    }
}

/// Items 15 to 19: quality control, interviewers, limits, contact, records.
fn conduct(survey: &Survey, wave: &WaveAssessment, files: usize) -> Vec<Item> {
    let d = &survey.disclosure;
    let names = |lang: Lang, comma: &str| {
        let name = |r: &crate::clean::RuleOutcome| Messages::of(lang).word(&format!("rule-{}", r.rule));
        wave.cleaning.rules.iter().map(name).collect::<Vec<_>>().join(comma)
    };
    let rules = (!wave.cleaning.rules.is_empty()).then(|| Text {
        zh: names(Lang::Zh, "、"),
        en: names(Lang::En, ", "),
    });
    let mut interviewers = Item::new(
        16,
        vec![
            ("interviewers", d.interviewers.and_then(plain)),
            ("supervision", d.supervision.clone()),
        ],
    );
    // Nobody asks on a questionnaire that people fill in themselves.
    interviewers.applies = !matches!(survey.mode, Some(Mode::Web | Mode::Paper));
    vec![
        Item::new(
            15,
            vec![
                ("rules", rules),
                ("excluded", number(wave.cleaning.excluded)),
                (
                    "validation_share",
                    d.validation_share.and_then(|s| plain(format!("{}%", printed(s * 100.0, 1)))),
                ),
            ],
        ),
        interviewers,
        Item::new(
            17,
            vec![
                ("limitations", d.limitations.clone().or_else(|| limits(wave))),
                ("compliance", d.compliance.clone()),
            ],
        ),
        Item::new(18, vec![("contact", d.contact.clone()), ("archive", d.archive.clone())]),
        Item::new(
            19,
            vec![
                (
                    "program",
                    plain(format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"))),
                ),
                ("files", plain(files)),
            ],
        ),
    ]
}

fn method_name(method: SelectionMethod) -> Text {
    let (zh, en) = match method {
        SelectionMethod::Stratified => ("分层随机抽样", "stratified random sample"),
        SelectionMethod::SimpleRandom => ("简单随机抽样", "simple random sample"),
        SelectionMethod::Census => ("普查", "census"),
        SelectionMethod::Convenience => ("方便抽样（非概率）", "convenience sample (not random)"),
        SelectionMethod::Quota => ("配额抽样（非概率）", "quota sample (not random)"),
        SelectionMethod::OptInPanel => ("自愿加入的样本库（非概率）", "opt-in panel (not random)"),
        SelectionMethod::Unknown => ("不明", "unknown"),
    };
    Text {
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}

fn mode_name(mode: Mode) -> Text {
    let (zh, en) = match mode {
        Mode::Web => ("网络问卷", "web"),
        Mode::Phone => ("电话访问", "telephone"),
        Mode::Paper => ("纸质问卷", "paper"),
        Mode::FaceToFace => ("面访", "face to face"),
        Mode::Mixed => ("混合方式", "mixed"),
    };
    Text {
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}
