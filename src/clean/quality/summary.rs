//! What the forensics found, as it travels in the assessment. Nothing here names a person, an address or a device.

use crate::finding::Severity;
use crate::survey::quality::QualityAction;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An index of response quality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QualityIndex {
    /// Longest run of one answer.
    Longstring,
    /// Spread of one respondent's answers.
    Variability,
    /// Agreement of the halves of the dimensions.
    EvenOdd,
    /// Distance of the whole pattern.
    Mahalanobis,
    /// Agreement over items that people answer alike.
    Synonyms,
    /// Disagreement over items that people answer contrarily.
    Antonyms,
    /// Agreement with the means of the items.
    PersonTotal,
    /// Largest agreement with any other respondent.
    PercentMatch,
    /// Crowd of submissions.
    Burst,
    /// IP address of several interviews.
    SharedIp,
    /// Device of several interviews.
    SharedDevice,
    /// Interviews of one interviewer at the same time.
    Overlap,
}

/// What kind of evidence an index is. Two indices of one family often see the same thing, those of two families do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// Everything is answered alike.
    Sameness,
    /// Answers do not fit together.
    Inconsistency,
    /// Answers are those of somebody else.
    Copying,
    /// The way in which the interview came in.
    Fieldwork,
}

impl QualityIndex {
    /// Its kind of evidence.
    #[must_use]
    pub const fn family(self) -> Family {
        match self {
            Self::Longstring | Self::Variability => Family::Sameness,
            Self::EvenOdd | Self::Mahalanobis | Self::Synonyms | Self::Antonyms | Self::PersonTotal => Family::Inconsistency,
            Self::PercentMatch => Family::Copying,
            Self::Burst | Self::SharedIp | Self::SharedDevice | Self::Overlap => Family::Fieldwork,
        }
    }

    /// A note where honest respondents may well be hit, a warning where the fact needs an explanation.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self.family() {
            Family::Sameness | Family::Inconsistency => Severity::Note,
            Family::Copying | Family::Fieldwork => Severity::Warning,
        }
    }

    /// Smallest and largest value that the index can take; `None` where it has no bounds of its own.
    ///
    /// A spread is the standard deviation (divisor n − 1) of values from 0 to 1: at most `√(n/(4(n − 1)))`, which is largest for two answers.
    #[must_use]
    pub const fn range(self) -> Option<(f64, f64)> {
        match self {
            Self::EvenOdd | Self::Synonyms | Self::Antonyms | Self::PersonTotal => Some((-1.0, 1.0)),
            Self::Variability => Some((0.0, std::f64::consts::FRAC_1_SQRT_2)),
            _ => None,
        }
    }

    /// Name in `quality.csv`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Longstring => "longstring",
            Self::Variability => "variability",
            Self::EvenOdd => "even-odd",
            Self::Mahalanobis => "mahalanobis",
            Self::Synonyms => "synonyms",
            Self::Antonyms => "antonyms",
            Self::PersonTotal => "person-total",
            Self::PercentMatch => "percent-match",
            Self::Burst => "burst",
            Self::SharedIp => "shared-ip",
            Self::SharedDevice => "shared-device",
            Self::Overlap => "overlap",
        }
    }

    /// Name as a rule of the ledger, where it excludes.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Longstring => "quality-longstring",
            Self::Variability => "quality-variability",
            Self::EvenOdd => "quality-even-odd",
            Self::Mahalanobis => "quality-mahalanobis",
            Self::Synonyms => "quality-synonyms",
            Self::Antonyms => "quality-antonyms",
            Self::PersonTotal => "quality-person-total",
            Self::PercentMatch => "quality-percent-match",
            Self::Burst => "quality-burst",
            Self::SharedIp => "quality-shared-ip",
            Self::SharedDevice => "quality-shared-device",
            Self::Overlap => "quality-overlap",
        }
    }

    /// Where it comes from.
    #[must_use]
    pub const fn reference(self) -> &'static str {
        match self {
            Self::Longstring => "Johnson 2005",
            Self::Variability => "Dunn, Heggestad, Shanock & Theilgard 2018",
            Self::EvenOdd | Self::Synonyms | Self::Antonyms => "Johnson 2005; Meade & Craig 2012",
            Self::Mahalanobis => "Mahalanobis 1936; Meade & Craig 2012",
            Self::PersonTotal => "Donlon & Fischer 1968; Curran 2016",
            Self::PercentMatch => "Kuriakose & Robbins 2016; Simmons et al. 2016",
            Self::Burst => "Naus 1965",
            Self::SharedIp | Self::SharedDevice | Self::Overlap => "–",
        }
    }
}

/// Why an index did not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Skipped {
    /// The definition turns it off.
    Off,
    /// The definition names no column for it.
    NoColumn,
    /// Too few items, pairs, dimensions or respondents for it to be defined.
    TooLittle,
    /// The covariances of the items cannot be inverted.
    Singular,
    /// No pair of items correlates strongly enough.
    NoPairs,
    /// Half of the respondents have the same value: no line can be drawn.
    NoSpread,
    /// Times of submission do not tell moments within an hour.
    CoarseTimes,
}

/// Why an index that ran could not have hit anybody, whatever the answers were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unreachable {
    /// Its line lies outside the values that the index can take, such as a correlation below −1.
    OutsideRange,
    /// Cleaning had excluded every interview that would reach the line.
    ExcludedBefore,
}

/// One index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IndexResult {
    /// Which.
    pub index: QualityIndex,
    /// Its kind of evidence.
    pub family: Family,
    /// How grave a hit is.
    pub severity: Severity,
    /// What a hit does.
    pub action: QualityAction,
    /// Why it did not run; absent when it did.
    pub skipped: Option<Skipped>,
    /// The parameters it ran with, as `key = value`.
    pub settings: String,
    /// Interviews for which it is defined.
    pub n: u64,
    /// Interviews hit.
    pub hit: u64,
    /// Hit below this.
    pub line_low: Option<f64>,
    /// Hit above this (or at it, for runs and matches).
    pub line_high: Option<f64>,
    /// Why no answers could have been hit; absent where some could.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unreachable: Option<Unreachable>,
    /// Smallest value, quartiles and median, largest value.
    pub distribution: Option<[f64; 5]>,
    /// Where it comes from.
    pub reference: String,
}

impl IndexResult {
    pub(super) fn new(index: QualityIndex, action: QualityAction, skipped: Option<Skipped>) -> Self {
        Self {
            index,
            family: index.family(),
            severity: index.severity(),
            action,
            skipped,
            settings: String::new(),
            n: 0,
            hit: 0,
            line_low: None,
            line_high: None,
            unreachable: None,
            distribution: None,
            reference: index.reference().to_owned(),
        }
    }
}

/// Maximum percent match: what there is, and what to expect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MatchSummary {
    /// Interviews with enough answers to be compared.
    pub comparable: u64,
    /// Interviews whose best match was looked for, each against all comparable ones.
    pub looked_at: u64,
    /// Fewest items that both of a pair must have answered.
    pub items_min: u32,
    /// The stated line, a share.
    pub share_min: f64,
    /// Times that the answers were dealt anew, to see what matches come without copying.
    pub deals: u64,
    /// Best matches at or above the stated line.
    pub reached: u64,
    /// The same among the answers dealt anew, on average.
    pub reached_expected: f64,
    /// Complete matches.
    pub complete: u64,
    /// The same among the answers dealt anew, on average.
    pub complete_expected: f64,
    /// Best matches by steps of 5 points; the last number counts complete matches.
    pub histogram: Vec<u64>,
    /// The same among the answers dealt anew, on average.
    pub histogram_expected: Vec<f64>,
}

/// A crowd of submissions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BurstFound {
    /// Line of its first interview.
    pub line: u32,
    /// Code of the interviewer.
    pub interviewer: Option<String>,
    /// Interviews in it.
    pub interviews: u64,
    /// Seconds from first to last.
    pub seconds: u64,
    /// Interviews in the whole hour (of the interviewer).
    pub in_hour: u64,
    /// Bound of the probability that any such crowd comes by chance.
    pub p_value: f64,
}

/// An address or device of several interviews.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SharedFound {
    /// Address or device.
    pub index: QualityIndex,
    /// Short keyed digest.
    pub code: String,
    /// Line of its first interview.
    pub line: u32,
    /// Interviews.
    pub interviews: u64,
    /// Interviewers that used it.
    pub interviewers: Option<u64>,
}

/// How much of a dimension's variance lies between interviewers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Between {
    /// Dimension.
    pub dimension: String,
    /// Interviewers.
    pub interviewers: u64,
    /// Interviews.
    pub n: u64,
    /// F of the one-way analysis of variance.
    pub f: f64,
    /// Its degrees of freedom, between and within.
    pub df: (f64, f64),
    /// p of the F test.
    pub p_value: f64,
    /// The same, adjusted over the dimensions by Holm.
    pub p_value_holm: f64,
    /// Intraclass correlation.
    pub icc: f64,
}

/// A share or mean of one interviewer against that of all others.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Versus {
    /// Of this interviewer.
    pub own: f64,
    /// Of all others.
    pub others: f64,
    /// One-sided p, adjusted over the interviewers by Holm.
    pub p_value_holm: Option<f64>,
}

/// In what an interviewer stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StandsOut {
    /// More straight lines than the others'.
    StraightLines,
    /// More interviews that match another one than the others'.
    Matches,
    /// Shorter interviews than the others'.
    Short,
}

/// One interviewer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InterviewerFound {
    /// Short keyed digest.
    pub code: String,
    /// Line of the first interview.
    pub line: u32,
    /// Interviews.
    pub n: u64,
    /// Share of straight lines.
    pub straight: Option<Versus>,
    /// Share of interviews at or above the line of matches.
    pub matched: Option<Versus>,
    /// Geometric mean of seconds.
    pub seconds: Option<Versus>,
    /// In what this interviewer stands out.
    pub stands_out: Vec<StandsOut>,
}

/// The forensics of a wave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QualitySummary {
    /// Interviews looked at: those that the rules left to count.
    pub screened: u64,
    /// Interviews hit by any index.
    pub flagged: u64,
    /// Interviews hit by indices of at least two families.
    pub several: u64,
    /// Every index.
    pub indices: Vec<IndexResult>,
    /// Maximum percent match.
    pub percent_match: Option<MatchSummary>,
    /// Crowds of submissions, the least probable first; at most 20.
    pub bursts: Vec<BurstFound>,
    /// Addresses and devices of several interviews, the most used first; at most 20 of each.
    pub shared: Vec<SharedFound>,
    /// Dimensions by interviewer.
    pub between: Vec<Between>,
    /// Interviewers, those who stand out first, then by interviews; at most 50.
    pub interviewers: Vec<InterviewerFound>,
}
