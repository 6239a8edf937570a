//! Certification schemes as data. Cut-offs, gates and validity stand in `schemes/*.toml`, each value with its source,
//! how sure it is and whether a body has fixed it; nothing of this stands in code.

mod check;

use crate::finding::Refusal;
use crate::locale::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The schemes that ship with the program.
const SHIPPED: [(&str, &str); 7] = [
    ("satisfaction-3a4a5a", include_str!("../../../schemes/satisfaction-3a4a5a.toml")),
    ("gbt27922-2011", include_str!("../../../schemes/gbt27922-2011.toml")),
    ("cteas1001-2017", include_str!("../../../schemes/cteas1001-2017.toml")),
    ("cteas1009-2019", include_str!("../../../schemes/cteas1009-2019.toml")),
    ("sbt10409-2007", include_str!("../../../schemes/sbt10409-2007.toml")),
    ("sbt10409-2025", include_str!("../../../schemes/sbt10409-2025.toml")),
    ("tszfa1001.4-2019", include_str!("../../../schemes/tszfa1001.4-2019.toml")),
];

/// A certification scheme.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// Stable id.
    pub id: String,
    /// Name shared by the editions of one document: a survey that names it is read against the edition in force on its date.
    pub family: Option<String>,
    /// Title.
    pub title: Text,
    /// Document it refers to.
    pub document: String,
    /// Edition of the document.
    #[serde(default)]
    pub edition: String,
    /// First day in force, `YYYY-MM-DD`.
    pub in_force_from: Option<String>,
    /// Last day in force.
    pub in_force_until: Option<String>,
    /// Document that took its place.
    pub superseded_by: Option<String>,
    /// What its score is compared with.
    pub reads: Reads,
    /// Points of a full score: 100 or 1000.
    pub scale_base: f64,
    /// How a score is held against a line; unrounded when absent.
    pub comparison: Option<Comparison>,
    /// The body whose rule this is.
    #[serde(default)]
    pub body: Body,
    /// How long a certificate holds.
    pub validity: Option<Validity>,
    /// Grades, ascending. A method standard has none.
    #[serde(default)]
    pub grades: Vec<Grade>,
    /// Conditions besides the score.
    #[serde(default)]
    pub conditions: Vec<Condition>,
    /// Blocks of points of a scheme that is scored on site; of one that reads the index: the sections an audit weighs.
    #[serde(default)]
    pub blocks: Vec<Block>,
    /// Elements of service quality that the scheme wants covered by the questionnaire.
    #[serde(default)]
    pub elements: Vec<Element>,
    /// Rules of a scheme that is scored on site.
    pub rules: Option<ScoreRules>,
}

/// What the score of a scheme is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reads {
    /// The satisfaction index of the survey.
    Index,
    /// Points from an audit on site.
    Scorecard,
    /// Nothing: the document says how to survey and has no grades.
    Method,
}

/// How a score is held against a line (GB/T 8170).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// Unrounded, or rounded first.
    pub method: ComparisonMethod,
    /// Decimals of the rounded score; 1 when absent. Read by `rounded` only.
    pub decimals: Option<usize>,
    /// Source, in both languages where its words are more than a title.
    #[serde(default)]
    pub source: Text,
    /// How sure.
    pub confidence: Option<Confidence>,
    /// Who stands behind it.
    pub status: Option<Status>,
}

/// The two ways of GB/T 8170 to hold a value against a limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ComparisonMethod {
    /// 全数值比较法: the value as computed. The default of GB/T 8170 where a document names neither.
    #[default]
    FullValue,
    /// 修约值比较法: the value rounded to the decimals of the limit, halves to the even digit.
    Rounded,
}

/// A certification body and its filed rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Name of the body.
    #[serde(default)]
    pub name: String,
    /// Number of the rule.
    #[serde(default)]
    pub rule: String,
    /// Version of the rule.
    #[serde(default)]
    pub version: String,
    /// Date of the rule.
    #[serde(default)]
    pub date: String,
}

/// How sure a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Confidence {
    /// The standard's own text, or several independent sources.
    H,
    /// One serious source, or two weak ones.
    M,
    /// A single weak source.
    L,
    /// Inferred; no source states it.
    INF,
    /// No source at all.
    #[serde(rename = "none")]
    None,
}

/// Who stands behind a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Fixed by the document.
    Fixed,
    /// Assumed by this program until confirmed.
    Assumed,
    /// Stated by the body's filed rule.
    Body,
}

/// How long a certificate holds.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Validity {
    /// Months from issue.
    pub months: u32,
    /// Months between surveillance audits.
    pub surveillance_months: u32,
    /// Source, in both languages where its words are more than a title.
    pub source: Text,
    /// How sure.
    pub confidence: Option<Confidence>,
    /// Who stands behind it.
    pub status: Status,
}

/// A grade and its cut-off.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Short name.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Cut-off, in points of `scale_base`.
    pub min: f64,
    /// True when the cut-off itself suffices.
    pub inclusive: bool,
    /// Source, in both languages where its words are more than a title.
    pub source: Text,
    /// How sure.
    pub confidence: Confidence,
    /// Who stands behind it.
    pub status: Status,
}

/// A condition besides the score.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Short name.
    pub id: String,
    /// Title.
    pub title: Text,
    /// What a survey can say about it.
    pub evidence: Evidence,
    /// The number it is held against, where it has one.
    pub threshold: Option<f64>,
    /// What the number counts; known of itself for what a survey shows.
    pub unit: Option<Unit>,
    /// Source, in both languages where its words are more than a title.
    pub source: Text,
    /// How sure.
    pub confidence: Confidence,
    /// Who stands behind it.
    pub status: Status,
}

/// What the number of a condition counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Months.
    Months,
    /// Years.
    Years,
    /// A share, 0 to 1, printed in per cent.
    Share,
    /// Times that something was done.
    Times,
    /// People.
    People,
    /// Interviews that count.
    Interviews,
    /// A bare number.
    Number,
}

/// What a survey and its records can say about a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// Nothing: proof has to come from elsewhere.
    None,
    /// The date of the survey, against the day for which it is read: that of the decision where the definition states it, else the next
    /// entry of the certificate's calendar.
    SurveyDate,
    /// Internal audits that the plan of the year records as done, with proof.
    InternalAudit,
    /// Management reviews, likewise.
    ManagementReview,
    /// Whether the sample was a random one.
    RandomSampling,
    /// Interviews that count.
    RespondentsMin,
    /// Response rate, as a share.
    ResponseRate,
    /// Smallest Cronbach's alpha of a dimension of more than one item.
    Reliability,
    /// Whether every stratum of the frame answered.
    NoEmptyStratum,
}

/// A block of points.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Clause.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Points of the block; absent where no document gives them, for the user to enter here or in the scorecard.
    pub points: Option<f64>,
    /// Indicators of the block.
    #[serde(default)]
    pub indicators: Vec<Indicator>,
    /// Source, in both languages where its words are more than a title.
    #[serde(default)]
    pub source: Text,
    /// How sure.
    pub confidence: Option<Confidence>,
    /// Who stands behind it.
    pub status: Option<Status>,
}

/// An indicator of a block.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Clause; the block's with the position behind it when absent: `5.1.1`, `5.1.2`, …
    pub id: Option<String>,
    /// Title.
    pub title: Text,
    /// Points, when known; those of all indicators sum to the block's.
    pub points: Option<f64>,
    /// How its points are given.
    pub scoring: Option<Scoring>,
    /// What of a survey can be evidence for it. Evidence is never points.
    pub survey: Option<SurveyPart>,
}

/// How the points of a clause are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scoring {
    /// Met, or all points are lost.
    AllOrNothing,
    /// Points in proportion to the share of the sampled cases that conform.
    Proportional,
}

/// A part of a survey that can be evidence for a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SurveyPart {
    /// The index with its interval.
    Index,
    /// The dimension of complaints.
    Complaints,
    /// How the survey was carried out: n, method, response rate, dates.
    Fieldwork,
    /// What is to be improved first.
    Priorities,
}

/// An element of service quality.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Element {
    /// Short name.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Source, in both languages where its words are more than a title.
    pub source: Text,
    /// How sure.
    pub confidence: Confidence,
    /// Who stands behind it.
    pub status: Status,
}

/// Rules of a scheme that is scored on site.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreRules {
    /// Points of one special deduction.
    pub special_deduction_each: f64,
    /// Special deductions with which the audit is failed whatever the score.
    pub special_deductions_fail_at: u32,
    /// Points of one special bonus.
    pub special_bonus_each: f64,
    /// Most special bonuses that count.
    pub special_bonus_max: u32,
    /// True when clauses that do not apply are taken out of the base.
    pub renormalise_not_applicable: bool,
    /// Order of these operations, in words.
    pub order: Text,
    /// Source, in both languages where its words are more than a title.
    #[serde(default)]
    pub source: Text,
    /// How sure.
    pub confidence: Option<Confidence>,
    /// Who stands behind them.
    pub status: Option<Status>,
}

impl Body {
    /// True when name, number, version and date of the rule are all entered.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        [&self.name, &self.rule, &self.version, &self.date]
            .iter()
            .all(|part| !part.trim().is_empty())
    }
}

impl Condition {
    /// What its number counts: as the scheme says, else what follows from the evidence.
    #[must_use]
    pub fn counts(&self) -> Option<Unit> {
        let of_evidence = match self.evidence {
            Evidence::None | Evidence::RandomSampling => None,
            Evidence::SurveyDate => Some(Unit::Months),
            Evidence::InternalAudit | Evidence::ManagementReview => Some(Unit::Times),
            Evidence::RespondentsMin => Some(Unit::Interviews),
            Evidence::ResponseRate => Some(Unit::Share),
            Evidence::Reliability | Evidence::NoEmptyStratum => Some(Unit::Number),
        };
        self.unit.or(of_evidence)
    }
}

impl Block {
    /// Clause of an indicator: its own, or the block's with the position behind it.
    #[must_use]
    pub fn clause(&self, position: usize) -> String {
        let own = self.indicators.get(position).and_then(|i| i.id.clone());
        own.unwrap_or_else(|| format!("{}.{}", self.id, position + 1))
    }
}

impl Scheme {
    /// Reads a scheme file. What contradicts itself is refused, each fault by name and line.
    pub fn parse(file: &str, text: &str) -> Result<Self, Refusal> {
        check::parse(file, text)
    }

    /// True while a cut-off is assumed: only the body's rule, entered with its cut-offs, takes the mark away.
    #[must_use]
    pub fn provisional(&self) -> bool {
        self.grades.iter().any(|g| g.status == Status::Assumed)
    }

    /// True when the document was in force on a day (`YYYY-MM-DD`).
    #[must_use]
    pub fn in_force_on(&self, day: &str) -> bool {
        // ISO dates order as their texts do.
        self.in_force_from.as_deref().is_none_or(|from| from <= day) && self.in_force_until.as_deref().is_none_or(|until| day <= until)
    }

    /// Title of a clause: of the block or indicator itself.
    #[must_use]
    pub fn clause_title(&self, clause: &str) -> Option<&Text> {
        self.blocks.iter().find_map(|block| {
            if block.id == clause {
                return Some(&block.title);
            }
            let named = block.indicators.iter().enumerate().find(|(at, _)| block.clause(*at) == clause);
            named.map(|(_, indicator)| &indicator.title)
        })
    }
}

/// The shipped editions of a document: one for a scheme's id, all of them for the name of a family.
#[must_use]
pub fn shipped_editions(id: &str) -> Vec<(&'static str, &'static str)> {
    let of_family = format!("family = \"{id}\"");
    SHIPPED
        .iter()
        .filter(|(known, text)| *known == id || text.lines().any(|line| line == of_family))
        .copied()
        .collect()
}

/// Ids of the schemes that ship with the program.
#[must_use]
pub fn shipped_ids() -> Vec<&'static str> {
    SHIPPED.iter().map(|(id, _)| *id).collect()
}

/// The text of a shipped scheme.
#[must_use]
pub fn shipped(id: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(known, _)| *known == id).map(|(_, text)| *text)
}
