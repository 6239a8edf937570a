//! The part of the definition that asks for the forensics of response quality: `[quality]`.

use super::definition::Definition;
use super::document::Document;
use crate::finding::{Code, Finding, Findings};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Forensics of response quality. Every index runs and flags unless its table says otherwise; nothing is excluded unless a table
/// says `action = "exclude"`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Quality {
    /// Column of the interviewer. Only a keyed digest is kept.
    pub interviewer: Option<String>,
    /// Column of the IP address. Only a keyed digest is kept.
    pub ip: Option<String>,
    /// Column of the device. Only a keyed digest is kept.
    pub device: Option<String>,
    /// Longest run of one answer.
    pub longstring: Longstring,
    /// Spread of one respondent's answers (IRV).
    pub variability: Fenced,
    /// Agreement of the two halves of each dimension.
    pub even_odd: Fenced,
    /// Distance of the whole pattern of answers.
    pub mahalanobis: Fenced,
    /// Agreement over items that people answer alike.
    pub synonyms: Paired,
    /// Disagreement over items that people answer contrarily.
    pub antonyms: Paired,
    /// Agreement with the means of the items.
    pub person_total: Fenced,
    /// Largest agreement with any other respondent.
    pub percent_match: PercentMatch,
    /// Crowds of submissions.
    pub bursts: BurstRule,
    /// Interviews from one IP address; wants `ip`.
    pub shared_ip: SharedRule,
    /// Interviews from one device; wants `device`.
    pub shared_device: SharedRule,
    /// Interviews of one interviewer at the same time; wants `interviewer`, `columns.submitted` (the end) and `columns.duration`.
    pub overlaps: OverlapRule,
    /// Interviewers who stand out; wants `interviewer`. It never flags an interview.
    pub interviewer_effects: InterviewerRule,
}

/// What a hit of an index does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QualityAction {
    /// The interview counts and is flagged.
    #[default]
    Flag,
    /// The interview does not count; it stands in the ledger.
    Exclude,
    /// The index is not calculated.
    Off,
}

/// Longest run of one answer.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Longstring {
    /// What a hit does; flag when absent.
    pub action: QualityAction,
    /// Run from which an interview is hit, as a share of the items, at least 8 items; 0.8 when absent.
    pub share_min: Option<f64>,
}

/// An index whose line follows from its own distribution.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Fenced {
    /// What a hit does; flag when absent.
    pub action: QualityAction,
    /// Interquartile ranges (twice the distance from median to quartile on that side) beyond the quartile from which an
    /// interview is hit; 3 when absent.
    pub fence: Option<f64>,
}

/// An index over pairs of items.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Paired {
    /// What a hit does; flag when absent.
    pub action: QualityAction,
    /// Interquartile ranges (twice the distance from median to quartile on that side) beyond the quartile from which an
    /// interview is hit; 3 when absent.
    pub fence: Option<f64>,
    /// Correlation, in size, from which two items are a pair; 0.6 when absent.
    pub correlation_min: Option<f64>,
}

/// Largest agreement with any other respondent.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PercentMatch {
    /// What a hit does; flag when absent.
    pub action: QualityAction,
    /// Share of equal answers from which an interview can be hit; 0.85 when absent.
    pub share_min: Option<f64>,
    /// Largest chance of such a match when nobody copies, among equally content respondents; 0.001 when absent.
    pub expected_max: Option<f64>,
    /// Smallest share of the items that both of a pair must have answered; 0.5 when absent.
    pub items_share_min: Option<f64>,
    /// Most comparisons of two respondents; beyond, as many respondents as that allows are drawn and compared with
    /// everybody. 20,000,000,000 when absent.
    pub comparisons_max: Option<u64>,
}

/// Crowds of submissions.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BurstRule {
    /// What a hit does; flag when absent.
    pub action: QualityAction,
    /// Length of the window; 60 when absent.
    pub window_seconds: Option<u32>,
    /// Chance that anything is hit although submissions come evenly within each hour; 0.001 when absent.
    pub alpha: Option<f64>,
}

/// Several interviews from one address or device.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SharedRule {
    /// What a hit does; flag when absent.
    pub action: QualityAction,
    /// Interviews from which an address or device is hit; 5 for addresses, 3 for devices when absent.
    pub interviews_min: Option<u64>,
}

/// Interviews of one interviewer at the same time.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OverlapRule {
    /// What a hit does; flag when absent.
    pub action: QualityAction,
    /// Seconds in common with another interview from which an interview is hit; 60 when absent.
    pub seconds_min: Option<u32>,
}

/// Interviewers who stand out.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct InterviewerRule {
    /// True when interviewers are not to be compared.
    pub off: bool,
    /// Error rate of each family of tests after Holm; 0.01 when absent.
    pub alpha: Option<f64>,
}

impl Quality {
    /// Columns that it reads.
    pub fn columns(&self) -> impl Iterator<Item = &String> {
        [&self.interviewer, &self.ip, &self.device].into_iter().flatten()
    }
}

/// Holds `[quality]` against the rest of the definition.
pub(super) fn check(definition: &Definition, document: &Document, findings: &mut Findings) {
    let Some(quality) = &definition.quality else { return };
    let needs = [
        (
            "quality.shared_ip",
            quality.shared_ip != SharedRule::default() && quality.ip.is_none(),
            "ip",
        ),
        (
            "quality.shared_device",
            quality.shared_device != SharedRule::default() && quality.device.is_none(),
            "device",
        ),
        (
            "quality.interviewer_effects",
            quality.interviewer_effects != InterviewerRule::default() && quality.interviewer.is_none(),
            "interviewer",
        ),
        (
            "quality.overlaps",
            quality.overlaps != OverlapRule::default() && quality.interviewer.is_none(),
            "interviewer",
        ),
    ];
    for (path, _, key) in needs.into_iter().filter(|need| need.1) {
        findings.add(
            Finding::new(Code::MissingKey, document.place(path))
                .with("key", key)
                .with("table", "quality"),
        );
    }
    if quality.bursts != BurstRule::default() && definition.columns.submitted.is_none() {
        let finding = Finding::new(Code::MissingKey, document.place("quality.bursts"));
        findings.add(finding.with("key", "submitted").with("table", "columns"));
    }
    for (key, value, expected, fits) in numbers(quality) {
        if let Some(value) = value.filter(|v| !fits(*v)) {
            let path = format!("quality.{key}");
            let finding = Finding::new(Code::WrongValue, document.place(&path)).with("key", &path);
            findings.add(finding.with("expected", expected).with("got", value));
        }
    }
}

/// A key, its value, what may stand there, and the test of it.
type Bound = (&'static str, Option<f64>, &'static str, fn(f64) -> bool);

fn numbers(quality: &Quality) -> [Bound; 15] {
    let share: fn(f64) -> bool = |v| v > 0.0 && v <= 1.0;
    let chance: fn(f64) -> bool = |v| v > 0.0 && v < 1.0;
    let fence: fn(f64) -> bool = |v| v >= 0.0 && v.is_finite();
    let seconds: fn(f64) -> bool = |v| (1.0..3600.0).contains(&v);
    [
        ("longstring.share_min", quality.longstring.share_min, "0 < … ≤ 1", share),
        ("variability.fence", quality.variability.fence, "≥ 0", fence),
        ("even_odd.fence", quality.even_odd.fence, "≥ 0", fence),
        ("mahalanobis.fence", quality.mahalanobis.fence, "≥ 0", fence),
        ("synonyms.fence", quality.synonyms.fence, "≥ 0", fence),
        ("antonyms.fence", quality.antonyms.fence, "≥ 0", fence),
        ("person_total.fence", quality.person_total.fence, "≥ 0", fence),
        ("synonyms.correlation_min", quality.synonyms.correlation_min, "0 < … < 1", chance),
        ("antonyms.correlation_min", quality.antonyms.correlation_min, "0 < … < 1", chance),
        ("percent_match.share_min", quality.percent_match.share_min, "0 < … ≤ 1", share),
        (
            "percent_match.expected_max",
            quality.percent_match.expected_max,
            "0 < … < 1",
            chance,
        ),
        (
            "percent_match.items_share_min",
            quality.percent_match.items_share_min,
            "0 < … ≤ 1",
            share,
        ),
        (
            "bursts.window_seconds",
            quality.bursts.window_seconds.map(f64::from),
            "1 … 3599",
            seconds,
        ),
        ("bursts.alpha", quality.bursts.alpha, "0 < … < 1", chance),
        ("interviewer_effects.alpha", quality.interviewer_effects.alpha, "0 < … < 1", chance),
    ]
}
