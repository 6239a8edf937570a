//! Single questions, complaints and open answers of a wave, as the reports are made from them.

use super::WaveAssessment;
use crate::index::categories::{Question, reported};
use crate::index::estimate::{Estimate, Interval, Reported};
use crate::locale::Text;
use crate::measure::agreement::{Alpha, Kappa};
use crate::stats::wilson_interval;
use crate::survey::touchpoints::{AnswerSource, MeasureKind, MeasureSpec, NetInterval};
use crate::survey::{MissingReason, Survey};
use crate::tally::{DomainCells, Tally};
pub use crate::touchpoints::compared::{COMPLAINT_HANDLING, COMPLAINT_RATE};
use crate::touchpoints::compared::{DETRACTORS_TO, PROMOTERS_FROM, code_of, points, top_from, values_of};
use crate::touchpoints::open::{Coding, Keyword, OpenGathered, QUOTES_FROM};
use crate::touchpoints::register::RegisterSummary;
use crate::touchpoints::{ComplaintColumns, Gathered, SideAnswers};
use crate::weight::Weights;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a number is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TouchpointKind {
    /// Net promoter score, −100 to 100 points.
    Nps,
    /// Share of the best answers, in percent.
    Csat,
    /// Mean of the codes, on the scale of the question.
    Ces,
    /// Share who complained, in percent.
    ComplaintRate,
    /// Mean score of satisfaction with the handling among those who complained, 0 to 100.
    Handling,
}

/// A number made of the answers to one question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Touchpoint {
    /// Short name; `complaint-rate` and `complaint-handling` for those of complaints.
    pub id: String,
    /// Title.
    pub title: Text,
    /// What it is made of; says its unit.
    pub kind: TouchpointKind,
    /// Item whose answers it is made of; absent where it has a column of its own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub item: Option<String>,
    /// The number.
    pub reported: Reported,
    /// How the interval of a net promoter score was made.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub interval_method: Option<NetInterval>,
    /// Shares behind it, in percent.
    pub parts: Vec<TouchpointPart>,
    /// Lowest and highest code of the scale; the shares below are in the order from the worst to the best.
    pub scale: (i32, i32),
    /// True when the lowest code is the best.
    pub reversed: bool,
    /// Share of each answer, in percent, from the worst to the best; empty where nobody answered.
    pub distribution: Vec<f64>,
    /// Missing answers by reason (unweighted).
    pub missing: BTreeMap<MissingReason, u64>,
    /// The number by domain.
    pub domains: Vec<TouchpointDomain>,
}

impl Touchpoint {
    /// What it is, then what was asked.
    #[must_use]
    pub fn full_title(&self) -> Text {
        let kind = match self.kind {
            TouchpointKind::Nps => "touchpoint-nps",
            TouchpointKind::Csat => "touchpoint-csat",
            TouchpointKind::Ces => "touchpoint-ces",
            TouchpointKind::ComplaintRate => return title("touchpoint-complaint-rate"),
            TouchpointKind::Handling => "touchpoint-handling",
        };
        let kind = title(kind);
        Text {
            zh: format!("{}：{}", kind.zh, self.title.zh),
            en: format!("{}: {}", kind.en, self.title.en),
        }
    }
}

/// A share behind a number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TouchpointPart {
    /// Which.
    pub part: PartKind,
    /// Answers that count, as codes from the lowest to the highest.
    pub codes: (i32, i32),
    /// Its share in percent.
    pub reported: Reported,
}

/// Which answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PartKind {
    /// 9 and 10.
    Promoters,
    /// 7 and 8.
    Passives,
    /// 0 to 6.
    Detractors,
    /// The best answers.
    Top,
}

/// The number of a domain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TouchpointDomain {
    /// Column.
    pub column: String,
    /// Category.
    pub category: String,
    /// The number.
    pub reported: Reported,
}

/// What people complained of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ComplaintsResult {
    /// Categories that those who complained named, the most frequent first.
    pub categories: Vec<ComplaintCategory>,
    /// True where fewer named any than a group needs: then no category is told, nor how many named it.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub categories_withheld: bool,
    /// Categories of fewer than three respondents, which stand together under a blank name.
    pub pooled: u64,
    /// The company's own register.
    pub register: Option<RegisterSummary>,
    /// Complaints in the register for 1,000 customers of the frame; absent without a frame.
    pub register_per_thousand: Option<f64>,
}

/// A category of complaints.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ComplaintCategory {
    /// Its name; blank for what was named by fewer than three each.
    pub category: String,
    /// Respondents who named it.
    pub n: u64,
    /// Share of those who complained and named any category, in percent; they may name several.
    pub reported: Reported,
    /// Share of all mentions (weighted).
    pub mention_share: f64,
    /// Share of all mentions in this category and those before it.
    pub cumulative: f64,
}

/// An open question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OpenResult {
    /// Short name.
    pub id: String,
    /// Wording.
    pub title: Text,
    /// Interviews that count.
    pub n: u64,
    /// Of them with an answer that says something.
    pub answered: u64,
    /// Of them with an answer that says nothing, such as 无.
    pub nothing: u64,
    /// Keywords, the most frequent first.
    pub keywords: Vec<KeywordResult>,
    /// Fewest respondents of a keyword that is shown.
    pub keyword_base_min: u64,
    /// Keywords of fewer respondents.
    pub withheld: u64,
    /// The answers as coded.
    pub coding: Option<CodingResult>,
    /// Masked quotations.
    pub quotes: Vec<String>,
    /// Whether quotations were asked for, and fewer than needed answered.
    pub quotes_withheld: bool,
}

/// A keyword.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KeywordResult {
    /// The word and its respondents (unweighted).
    #[serde(flatten)]
    pub keyword: Keyword,
    /// Their share of those who answered, in percent.
    pub share: f64,
    /// Wilson's interval of that share, in percent.
    pub interval: Option<Interval>,
}

/// Open answers as coded by people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CodingResult {
    /// Coders.
    pub coders: u64,
    /// Answers whose codes are reported.
    pub coded: u64,
    /// Answers that at least two coded.
    pub double_coded: u64,
    /// Answers that at least two should have coded: a tenth, at least 50, at most all.
    pub required: u64,
    /// True when an answer has several codes; agreement then means the same set of codes.
    pub several: bool,
    /// Krippendorff's alpha of all coders.
    pub alpha: Option<Alpha>,
    /// Cohen's kappa of the two coders who share most answers.
    pub kappa: Option<Kappa>,
    /// Codes, the most frequent first.
    pub codes: Vec<CodeResult>,
}

/// A code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CodeResult {
    /// The code.
    pub code: String,
    /// Its label.
    pub label: Text,
    /// Respondents who were given it.
    pub n: u64,
    /// Share of the coded answers, in percent.
    pub reported: Reported,
    /// Krippendorff's alpha of this code alone, given or not.
    pub alpha: Option<f64>,
}

/// What the estimates of a wave rest on.
#[derive(Clone, Copy)]
pub(crate) struct Basis<'a> {
    pub survey: &'a Survey,
    pub wave: &'a str,
    pub weights: &'a Weights,
    pub domains: &'a [DomainCells],
}

/// The three parts of a wave's assessment.
#[derive(Debug, Clone, Default)]
pub(crate) struct Assembled {
    pub touchpoints: Vec<Touchpoint>,
    pub complaints: Option<ComplaintsResult>,
    pub open_answers: Vec<OpenResult>,
}

impl Assembled {
    pub(crate) fn put_into(self, wave: &mut WaveAssessment) {
        wave.touchpoints = self.touchpoints;
        wave.complaints = self.complaints;
        wave.open_answers = self.open_answers;
    }
}

/// Estimates from the tallies of [`Gathered::columns`], in their order.
pub(crate) fn assemble(basis: Basis<'_>, gathered: &Gathered, tallies: &[Tally], n: u64, population: Option<u64>) -> Assembled {
    let mut tallies = tallies.iter();
    let survey = basis.survey;
    let mut touchpoints: Vec<Touchpoint> = survey
        .touchpoints
        .measures
        .iter()
        .zip(&gathered.measures)
        .filter_map(|(spec, answers)| Some(measure(basis, spec, answers, tallies.next()?)))
        .collect();
    let mut complaints = None;
    if let Some(columns) = &gathered.complaints {
        touchpoints.extend(tallies.next().map(|tally| complaint_rate(basis, columns, tally)));
        if columns.handling.is_some() {
            touchpoints.extend(tallies.next().and_then(|tally| handling(basis, tally)));
        }
        let of_categories: Vec<&Tally> = tallies.by_ref().take(columns.categories.len()).collect();
        complaints = Some(complaints_result(basis, columns, &of_categories));
    }
    if let Some(register) = &gathered.register {
        let result = complaints.get_or_insert_with(|| ComplaintsResult {
            categories: Vec::new(),
            categories_withheld: false,
            pooled: 0,
            register: None,
            register_per_thousand: None,
        });
        let customers = population.filter(|p| *p > 0);
        result.register_per_thousand = customers.map(|p| register.complaints as f64 * 1_000.0 / p as f64);
        result.register = Some(register.clone());
    }
    let open = survey.touchpoints.open.iter().zip(&gathered.open);
    let open_answers = open
        .map(|(spec, found)| {
            let codes = found.coding.as_ref().map_or(0, |c| c.columns.len());
            let of_codes: Vec<&Tally> = tallies.by_ref().take(codes).collect();
            OpenResult {
                id: spec.id.clone(),
                title: spec.title.clone(),
                n,
                answered: found.answered,
                nothing: found.nothing,
                keywords: keywords(found, survey),
                keyword_base_min: spec.keyword_base_min,
                withheld: found.withheld,
                coding: found.coding.as_ref().map(|c| coding_result(basis, c, &of_codes)),
                quotes: found.quotes.clone(),
                quotes_withheld: spec.written.quote && found.answered < QUOTES_FROM,
            }
        })
        .collect();
    Assembled {
        touchpoints,
        complaints,
        open_answers,
    }
}

impl Basis<'_> {
    fn question<'b>(self, tally: &'b Tally, domain: Option<&'b [u16]>) -> Question<'b>
    where
        Self: 'b,
    {
        Question {
            tally,
            weights: self.weights,
            level: self.survey.design.level,
            domain,
        }
    }

    /// What may be shown of an estimate. The base is that of a domain also for everybody, because those who complained may be few; a
    /// sample that is not random claims no precision.
    fn shown(self, estimate: Option<Estimate>, subject: &str) -> Reported {
        let found = reported(estimate, self.wave, subject, self.survey.design.domain_base_min);
        if self.survey.design.claims_precision() {
            found
        } else {
            found.without_precision()
        }
    }

    fn of_all(self, tally: &Tally, id: &str, estimate: impl Fn(Question<'_>) -> Option<Estimate>) -> Reported {
        self.shown(estimate(Basis::question(self, tally, None)), id)
    }

    fn by_domain(self, tally: &Tally, estimate: impl Fn(Question<'_>) -> Option<Estimate>) -> Vec<TouchpointDomain> {
        let one = |domain: &DomainCells| TouchpointDomain {
            column: domain.column.clone(),
            category: domain.category.clone(),
            reported: self.shown(estimate(Basis::question(self, tally, Some(&domain.members))), &domain.category),
        };
        self.domains.iter().map(one).collect()
    }

    /// Shares of all answers in percent, from the worst to the best.
    fn distribution(self, tally: &Tally, range: u8) -> Vec<f64> {
        let question = self.question(tally, None);
        let share = |step: u8| question.share(|s| s == usize::from(step)).map(|e| e.value);
        (0..=range).map_while(share).collect()
    }
}

fn measure(basis: Basis<'_>, spec: &MeasureSpec, answers: &SideAnswers, tally: &Tally) -> Touchpoint {
    let range = spec.scale.range();
    let from_top = top_from(spec);
    let code = |step: usize| code_of(spec, step);
    let part = |part: PartKind, from: usize, to: usize| TouchpointPart {
        part,
        codes: (code(from).min(code(to)), code(from).max(code(to))),
        reported: basis.of_all(tally, &spec.id, |q| q.share(|step| (from..=to).contains(&step))),
    };
    let codes = values_of(spec);
    let adjusted = spec.interval == NetInterval::AdjustedWald;
    let estimate = |q: Question<'_>| match spec.kind {
        MeasureKind::Nps => q.net(|step| step >= PROMOTERS_FROM, |step| step <= DETRACTORS_TO, adjusted),
        MeasureKind::Csat => q.share(|step| step >= from_top),
        MeasureKind::Ces => q.mean(&codes),
    };
    let (kind, parts) = match spec.kind {
        MeasureKind::Nps => (
            TouchpointKind::Nps,
            vec![
                part(PartKind::Promoters, PROMOTERS_FROM, 10),
                part(PartKind::Passives, DETRACTORS_TO + 1, PROMOTERS_FROM - 1),
                part(PartKind::Detractors, 0, DETRACTORS_TO),
            ],
        ),
        MeasureKind::Csat => (TouchpointKind::Csat, vec![part(PartKind::Top, from_top, usize::from(range))]),
        MeasureKind::Ces => (TouchpointKind::Ces, vec![part(PartKind::Top, from_top, usize::from(range))]),
    };
    Touchpoint {
        id: spec.id.clone(),
        title: spec.title.clone(),
        kind,
        item: match &spec.source {
            AnswerSource::Item(at) => basis.survey.items.get(*at).map(|item| item.id.clone()),
            AnswerSource::Column(_) => None,
        },
        reported: basis.of_all(tally, &spec.id, estimate),
        interval_method: (spec.kind == MeasureKind::Nps).then_some(spec.interval),
        parts,
        scale: (spec.scale.min, spec.scale.max),
        reversed: spec.reversed,
        distribution: basis.distribution(tally, range),
        missing: answers.missing.clone(),
        domains: basis.by_domain(tally, estimate),
    }
}

fn complaint_rate(basis: Basis<'_>, columns: &ComplaintColumns, tally: &Tally) -> Touchpoint {
    let estimate = |q: Question<'_>| q.share(|step| step == 1);
    Touchpoint {
        id: COMPLAINT_RATE.to_owned(),
        title: title("touchpoint-complaint-rate"),
        kind: TouchpointKind::ComplaintRate,
        item: None,
        reported: basis.of_all(tally, COMPLAINT_RATE, estimate),
        interval_method: None,
        parts: Vec::new(),
        scale: (0, 1),
        reversed: true,
        distribution: Vec::new(),
        missing: columns.missing.clone(),
        domains: basis.by_domain(tally, estimate),
    }
}

fn handling(basis: Basis<'_>, tally: &Tally) -> Option<Touchpoint> {
    let survey = basis.survey;
    let item = survey.items.get(survey.touchpoints.complaints.as_ref()?.handling?)?;
    let range = item.scale.range();
    let values = points(range);
    let estimate = |q: Question<'_>| q.mean(&values);
    Some(Touchpoint {
        id: COMPLAINT_HANDLING.to_owned(),
        title: item.title.clone(),
        kind: TouchpointKind::Handling,
        item: Some(item.id.clone()),
        reported: basis.of_all(tally, COMPLAINT_HANDLING, estimate),
        interval_method: None,
        parts: Vec::new(),
        scale: (item.scale.min, item.scale.max),
        reversed: item.reversed,
        distribution: basis.distribution(tally, range),
        missing: BTreeMap::new(),
        domains: Vec::new(),
    })
}

/// A word of the locale files in both languages.
fn title(key: &str) -> Text {
    use crate::locale::{Lang, Messages};
    Text {
        zh: Messages::of(Lang::Zh).word(key),
        en: Messages::of(Lang::En).word(key),
    }
}

fn complaints_result(basis: Basis<'_>, columns: &ComplaintColumns, tallies: &[&Tally]) -> ComplaintsResult {
    let named = |q: Question<'_>| q.share(|step| step == 1);
    let shares: Vec<f64> = tallies
        .iter()
        .map(|tally| named(basis.question(tally, None)).map_or(0.0, |e| e.value))
        .collect();
    let all: f64 = shares.iter().sum();
    let mut before = 0.0;
    let pairs = columns.categories.iter().zip(tallies).zip(&shares);
    let mut categories: Vec<ComplaintCategory> = pairs
        .map(|(((category, _), tally), share)| ComplaintCategory {
            category: category.clone(),
            n: basis.question(tally, None).counts().get(1).copied().unwrap_or(0),
            reported: basis.of_all(tally, category, named),
            mention_share: if all > 0.0 { share / all } else { 0.0 },
            cumulative: 0.0,
        })
        .collect();
    // The largest share first; what has no name stays at the end, however much it is.
    categories.sort_by(|a, b| {
        let named_first = a.category.is_empty().cmp(&b.category.is_empty());
        named_first
            .then(b.mention_share.total_cmp(&a.mention_share))
            .then_with(|| a.category.cmp(&b.category))
    });
    for category in &mut categories {
        before += category.mention_share;
        category.cumulative = before;
    }
    ComplaintsResult {
        categories,
        categories_withheld: false,
        pooled: columns.pooled,
        register: None,
        register_per_thousand: None,
    }
}

fn keywords(found: &OpenGathered, survey: &Survey) -> Vec<KeywordResult> {
    let percent = |i: Interval| Interval {
        lower: i.lower * 100.0,
        upper: i.upper * 100.0,
        level: i.level,
    };
    let one = |keyword: &Keyword| KeywordResult {
        keyword: keyword.clone(),
        share: keyword.respondents as f64 / found.answered as f64 * 100.0,
        interval: wilson_interval(keyword.respondents, found.answered, survey.design.level)
            .filter(|_| survey.design.claims_precision())
            .map(percent),
    };
    found.keywords.iter().map(one).collect()
}

fn coding_result(basis: Basis<'_>, coding: &Coding, tallies: &[&Tally]) -> CodingResult {
    let pairs = coding.codes.iter().zip(tallies).zip(&coding.code_alpha);
    let mut codes: Vec<CodeResult> = pairs
        .map(|(((code, label), tally), alpha)| CodeResult {
            code: code.clone(),
            label: label.clone(),
            n: basis.question(tally, None).counts().get(1).copied().unwrap_or(0),
            reported: basis.of_all(tally, code, |q| q.share(|step| step == 1)),
            alpha: *alpha,
        })
        .collect();
    let value = |c: &CodeResult| c.reported.estimate.map_or(0.0, |e| e.value);
    codes.sort_by(|a, b| value(b).total_cmp(&value(a)).then_with(|| a.code.cmp(&b.code)));
    CodingResult {
        coders: coding.coders,
        coded: coding.coded,
        double_coded: coding.double_coded,
        required: coding.required,
        several: coding.several,
        alpha: coding.alpha,
        kappa: coding.kappa,
        codes,
    }
}
