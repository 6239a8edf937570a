//! Estimates + scheme + scorecard → determination: met, not met, cannot tell, gate by gate. **The only place that grades.**
//!
//! Values are compared unrounded (GB/T 8170, full-value comparison): 94.996 is not 95. A verdict on an estimate knows its
//! uncertainty: the interval above the line is met, below it not met, across it cannot tell. A scorecard with open clauses is
//! read the same way, between nothing and everything for them. What a survey cannot prove is not available, never assumed.

mod conditions;
mod determine;
mod lines;
pub mod next;
mod rulebook;
pub mod scheme;
mod scorecard;

pub use determine::{assumed_values, determine};
pub use next::{Lever, LeverBasis, LeverKind};
pub use rulebook::{Rulebook, read_rulebook, survey_date};
pub use scorecard::{Arithmetic, BlankRow, BlockReading, ScoreRow, Scorecard, blank, read_scorecard};

pub use lines::{against_ceiling, against_target};

use crate::coverage::Coverage;
use crate::index::estimate::Reported;
use crate::locale::Text;
use crate::survey::definition::Declared;
use next::{NextGrade, Settling};
use schemars::JsonSchema;
use scheme::{Body, ComparisonMethod, Confidence, Reads, Status, Unit};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The answer to one question of a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Met.
    Met,
    /// Not met.
    NotMet,
    /// The interval straddles the line.
    CannotTell,
    /// No evidence in the survey.
    NotAvailable,
}

impl Verdict {
    /// True when the whole interval lies on the wrong side of the line.
    #[must_use]
    pub const fn is_missed(self) -> bool {
        matches!(self, Self::NotMet)
    }
}

/// A grade line held against the score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GradeVerdict {
    /// Short name of the grade.
    pub grade: String,
    /// Title.
    pub title: Text,
    /// Cut-off.
    pub line: f64,
    /// True when the cut-off itself suffices.
    pub inclusive: bool,
    /// Verdict.
    pub verdict: Verdict,
    /// Score less cut-off.
    pub margin: Option<f64>,
    /// Probability that the true score is at or above the line.
    pub probability: Option<f64>,
    /// True when the score rounded to one decimal would fall on the other side of the line.
    pub rounding_would_change: bool,
    /// Source of the cut-off.
    pub source: Text,
    /// How sure the cut-off is.
    pub confidence: Confidence,
    /// Who stands behind it.
    pub status: Status,
}

/// A condition besides the score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConditionVerdict {
    /// Short name.
    pub condition: String,
    /// Title.
    pub title: Text,
    /// Verdict.
    pub verdict: Verdict,
    /// The number found.
    pub got: Option<f64>,
    /// The number wanted.
    pub wanted: Option<f64>,
    /// How far the number found is on the good side of the number wanted; negative on the other.
    pub margin: Option<f64>,
    /// What the numbers count; absent for a condition of yes or no.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<Unit>,
    /// Where the proof of what was declared is to be found; absent for what the survey itself shows.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reference: Option<String>,
    /// The fact of the survey or its records from which the verdict follows, or what they lack for one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fact: Option<Text>,
    /// Source.
    pub source: Text,
    /// How sure.
    pub confidence: Confidence,
    /// Who stands behind it.
    pub status: Status,
}

/// The score before and after rounding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Total {
    /// Unrounded, in points of the scheme.
    pub unrounded: f64,
    /// Rounded to `decimals`, for printing, and for comparing where the scheme says so.
    pub rounded: f64,
    /// Decimals of the rounded form.
    pub decimals: usize,
    /// Which of the two is held against the lines.
    pub compared: ComparisonMethod,
}

/// Something without which a determination is not complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Missing {
    /// What kind of thing.
    pub what: MissingKind,
    /// Which one: a clause, a condition; empty where there is only one of its kind.
    pub subject: String,
    /// Its title.
    pub title: Text,
}

/// Kinds of things that can be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MissingKind {
    /// The body's rule with its cut-offs.
    BodyRule,
    /// An index.
    Index,
    /// An interval of the index.
    Interval,
    /// A scorecard.
    Scorecard,
    /// Points of a clause that nobody has scored.
    ClauseScore,
    /// Evidence, auditor or date of a clause that is scored.
    ClauseProof,
    /// Proof of a condition.
    ConditionProof,
}

/// A value of a scheme that nobody has confirmed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AssumedValue {
    /// Where it stands in the scheme, such as `grades.5A.min`.
    pub path: String,
    /// What it is.
    pub title: Text,
    /// The value, when it is a number.
    pub value: Option<f64>,
    /// How sure it is.
    pub confidence: Confidence,
    /// Source.
    pub source: Text,
}

/// An element of service quality and the dimensions that stand for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ElementCoverage {
    /// Short name.
    pub element: String,
    /// Title.
    pub title: Text,
    /// Titles of the dimensions.
    pub dimensions: Vec<Text>,
}

/// When a document is in force, and the day it is held against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InForce {
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub until: Option<String>,
    /// What took its place.
    pub superseded_by: Option<String>,
    /// Last day of fieldwork, or the first where only that is known.
    pub survey_date: Option<String>,
}

/// A reading of the result against one scheme. It never says "certified": that is for the body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Determination {
    /// Scheme.
    pub scheme: String,
    /// Title of the scheme.
    pub title: Text,
    /// Document.
    pub document: String,
    /// Edition.
    pub edition: String,
    /// When the document is in force.
    pub in_force: InForce,
    /// Body and rule, when entered.
    pub body: Body,
    /// True while cut-offs are assumed.
    pub provisional: bool,
    /// What the score is.
    pub reads: Reads,
    /// The score.
    pub score: Reported,
    /// Points of a scorecard, which carry no sampling error; absent while clauses are open.
    pub points: Option<f64>,
    /// The total before and after rounding.
    pub total: Option<Total>,
    /// How the points of the scorecard come about.
    pub arithmetic: Option<Arithmetic>,
    /// Blocks of the scheme, or sections of the audit, and what they got.
    pub blocks: Vec<BlockReading>,
    /// Lines, ascending.
    pub grades: Vec<GradeVerdict>,
    /// Conditions.
    pub conditions: Vec<ConditionVerdict>,
    /// Highest grade whose line is met for certain.
    pub grade_certain: Option<String>,
    /// Highest grade whose line is met or may be met.
    pub grade_possible: Option<String>,
    /// The grade that holds if everything that cannot be told or proven went against: a line met for certain, and every
    /// condition met.
    pub grade_if_against: Option<String>,
    /// True when every condition is met.
    pub conditions_met: bool,
    /// What is missing.
    pub missing: Vec<Missing>,
    /// Elements of service quality that the scheme wants covered, and what covers them.
    pub elements: Vec<ElementCoverage>,
    /// Values of the scheme that nobody has confirmed.
    pub assumed: Vec<AssumedValue>,
    /// What the next grade would take; absent above the highest line, and where there is no score.
    pub next: Option<NextGrade>,
    /// Which sample would settle each line that cannot be told.
    pub settling: Vec<Settling>,
}

/// What is on record beside the answers of a wave, for conditions that no answer can show.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OnRecord {
    /// Day for which the result is read; nothing can be said of the age of a survey without it.
    pub day: Option<ReadingDay>,
    /// Internal audits.
    pub audits: Option<Recorded>,
    /// Management reviews.
    pub reviews: Option<Recorded>,
}

/// A day for which a result is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingDay {
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// What takes place on it.
    pub event: Text,
}

/// Something that is done again and again, as the plan of the year records it up to the day of the reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// How often it was done with proof.
    pub proven: u64,
    /// Days and proofs, or what is lacking.
    pub fact: Text,
}

/// What a survey can put before a scheme.
#[derive(Debug, Clone, Copy)]
pub struct SurveyEvidence<'a> {
    /// The index.
    pub index: &'a Reported,
    /// Coverage.
    pub coverage: &'a Coverage,
    /// Smallest alpha of the dimensions with more than one item.
    pub alpha_min: Option<f64>,
    /// Points per clause, when a scorecard was given.
    pub scorecard: Option<&'a Scorecard>,
    /// Last day of fieldwork, or the first where only that is known.
    pub survey_date: Option<&'a str>,
    /// What is on record beside the answers.
    pub record: &'a OnRecord,
    /// Statements on conditions.
    pub declared: &'a BTreeMap<String, Declared>,
    /// What moves the index.
    pub levers: &'a [Lever],
    /// Dimensions that stand for an element of service quality: element and title.
    pub elements: &'a [(String, Text)],
}

#[cfg(test)]
mod tests;
