//! Certification schemes as data. Cut-offs, gates and validity stand in `schemes/*.toml`, each value with its source,
//! how sure it is and whether a body has fixed it; nothing of this stands in code.

use crate::finding::{Code, Finding, Refusal};
use crate::locale::Text;
use crate::survey::{Document, contradictions};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The schemes that ship with the program.
const SHIPPED: [(&str, &str); 2] = [
    ("satisfaction-3a4a5a", include_str!("../../schemes/satisfaction-3a4a5a.toml")),
    ("gbt27922-2011", include_str!("../../schemes/gbt27922-2011.toml")),
];

/// A certification scheme.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// Stable id.
    pub id: String,
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
    /// What its score is compared with.
    pub reads: Reads,
    /// True while the cut-offs are assumed and no body's rule has been entered.
    pub provisional: bool,
    /// Points of a full score: 100 or 1000.
    pub scale_base: f64,
    /// The body whose rule this is.
    #[serde(default)]
    pub body: Body,
    /// How long a certificate holds.
    pub validity: Option<Validity>,
    /// Grades, ascending.
    pub grades: Vec<Grade>,
    /// Conditions besides the score.
    #[serde(default)]
    pub conditions: Vec<Condition>,
    /// Blocks of points of a scheme that is scored on site.
    #[serde(default)]
    pub blocks: Vec<Block>,
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
    /// Source.
    pub source: String,
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
    /// Source.
    pub source: String,
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
    /// Source.
    pub source: String,
    /// How sure.
    pub confidence: Confidence,
    /// Who stands behind it.
    pub status: Status,
}

/// What a survey can say about a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// Nothing: proof has to come from elsewhere.
    None,
    /// The date of the survey, against the date of the decision, which the survey does not know.
    SurveyDate,
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
    /// Points of the block.
    pub points: f64,
    /// Indicators of the block.
    #[serde(default)]
    pub indicators: Vec<Indicator>,
    /// Source.
    #[serde(default)]
    pub source: String,
    /// How sure.
    pub confidence: Option<Confidence>,
    /// Who stands behind it.
    pub status: Option<Status>,
}

/// An indicator of a block.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Title.
    pub title: Text,
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
    pub order: String,
    /// Source.
    #[serde(default)]
    pub source: String,
    /// How sure.
    pub confidence: Option<Confidence>,
    /// Who stands behind them.
    pub status: Option<Status>,
}

impl Scheme {
    /// Reads a scheme file. Grades out of order and cut-offs outside the scale are refused.
    pub fn parse(file: &str, text: &str) -> Result<Self, Refusal> {
        let document = Document::parse(file, text).map_err(Refusal)?;
        let found = contradictions::<Scheme>(&document);
        if !found.is_empty() {
            return Err(Refusal(found));
        }
        let bad = |path: &str, reason: String| Finding::new(Code::BadScheme, document.place(path)).with("reason", reason);
        let scheme: Scheme = serde_json::from_value(document.value().clone()).map_err(|e| bad("", e.to_string()))?;
        let mut findings = Vec::new();
        for (position, grade) in scheme.grades.iter().enumerate() {
            let path = format!("grades[{position}].min");
            if !(0.0..=scheme.scale_base).contains(&grade.min) {
                findings.push(bad(&path, format!("{} ∉ 0 … {}", grade.min, scheme.scale_base)));
            }
            let below = position.checked_sub(1).and_then(|p| scheme.grades.get(p));
            if let Some(below) = below.filter(|b| b.min >= grade.min) {
                findings.push(bad(&path, format!("{} {} ≥ {} {}", below.id, below.min, grade.id, grade.min)));
            }
        }
        if scheme.grades.is_empty() {
            findings.push(bad("grades", "grades = []".to_owned()));
        }
        let points: f64 = scheme.blocks.iter().map(|b| b.points).sum();
        if !scheme.blocks.is_empty() && (points - scheme.scale_base).abs() > 1e-9 {
            findings.push(bad("blocks", format!("Σ points = {points} ≠ {}", scheme.scale_base)));
        }
        if findings.is_empty() { Ok(scheme) } else { Err(Refusal(findings)) }
    }
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
