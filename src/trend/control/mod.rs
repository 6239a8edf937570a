//! Values over time under control charts: which of them are more than the usual ups and downs.
//!
//! | File | Chart | Source |
//! |---|---|---|
//! | `individuals` | individual values and moving ranges (`XmR`) | W. A. Shewhart 1931; ISO 7870-2 |
//! | `proportions` | p chart, and Laney's p′ for large samples | D. B. Laney, *Quality Engineering* 14 (2002) 531–537 |
//! | `ewma` | exponentially weighted moving average | S. W. Roberts, *Technometrics* 1 (1959) 239–250; J. M. Lucas & M. S. Saccucci, *Technometrics* 32 (1990) 1–12 |
//! | `cusum` | two-sided tabular CUSUM | E. S. Page, *Biometrika* 41 (1954) 100–115 |
//! | `run_length` | average run lengths of both | D. Brook & D. A. Evans, *Biometrika* 59 (1972) 539–549 |
//! | `rules` | run rules | L. S. Nelson, *Journal of Quality Technology* 16 (1984) 237–239 |
//! | `change_point` | where the level moved, and how sure that is | D. M. Hawkins, *JASA* 72 (1977) 180–186 |
//! | `forecast` | the next period, only where it beats "same as last year" | V. Assimakopoulos & K. Nikolopoulos 2000; F. X. Diebold & R. S. Mariano 1995 |
//!
//! `stretches` keeps gaps: no range, rule or memory of a chart reaches over one.
//!
//! Fewer than [`DRAWN_MIN`] values are not drawn; fewer than [`JUDGED_MIN`] are drawn with trial limits and not judged.

pub mod answers;
pub mod change_point;
pub mod cusum;
pub mod ewma;
pub mod forecast;
pub mod individuals;
pub mod proportions;
pub mod rules;
pub mod run_length;
mod series;
pub mod stretches;

pub use series::{Found, SeriesAssessment, SeriesValue, assess, read_series, waves_as_series};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use stretches::Stretches;

/// Fewest values that a chart is drawn of.
pub const DRAWN_MIN: usize = 8;

/// Fewest values whose limits are firm enough to judge by.
pub const JUDGED_MIN: usize = 20;

/// A chart: for each period the value that is plotted, with its centre and limits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ControlChart {
    /// What kind.
    pub kind: ChartKind,
    /// What is plotted, period by period; absent where it is undefined (the first moving range).
    pub points: Vec<Option<f64>>,
    /// Centre line, period by period.
    pub centre: Vec<f64>,
    /// Lower limit; absent where there is none.
    pub lower: Vec<Option<f64>>,
    /// Upper limit.
    pub upper: Vec<Option<f64>>,
    /// Standard deviation that the limits rest on, in the unit of the values (for p charts: of the standardised values).
    pub sigma: f64,
    /// Periods (from 0) that break a rule, each with the rule. Empty too where there are too few values to judge.
    pub signals: Vec<Signal>,
    /// Settings, as printed.
    pub settings: Vec<Setting>,
    /// Periods to a false alarm on average while nothing changes, where known; for the limits alone, without run rules.
    pub run_length_stable: Option<f64>,
    /// Periods until a lasting shift of one standard deviation is found on average, from the start of the chart.
    pub run_length_shift: Option<f64>,
}

/// Kinds of charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChartKind {
    /// Individual values.
    Individuals,
    /// Moving ranges.
    MovingRange,
    /// Shares with binomial limits.
    P,
    /// Shares with Laney's limits.
    PPrime,
    /// Exponentially weighted moving average.
    Ewma,
    /// Upper CUSUM, in standard deviations.
    CusumUpper,
    /// Lower CUSUM, in standard deviations; drawn downwards.
    CusumLower,
}

impl ChartKind {
    /// Last part of the key of its wording.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Individuals => "individuals",
            Self::MovingRange => "moving-range",
            Self::P => "p",
            Self::PPrime => "p-prime",
            Self::Ewma => "ewma",
            Self::CusumUpper => "cusum-upper",
            Self::CusumLower => "cusum-lower",
        }
    }
}

/// A setting of a chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Setting {
    /// Letter in the sources.
    pub name: String,
    /// Value.
    pub value: f64,
}

/// A period that breaks a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Signal {
    /// Period, from 0; the last of those that make the pattern.
    pub at: usize,
    /// The rule.
    pub rule: Rule,
    /// True upwards.
    pub up: bool,
}

/// Rules by which a period is a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Beyond a limit (Nelson's rule 1).
    BeyondLimit,
    /// Nine in a row on one side of the centre (rule 2).
    NineOnOneSide,
    /// Six in a row rising or falling (rule 3).
    SixTrending,
    /// Two of three in a row beyond two standard deviations on one side (rule 5).
    TwoOfThree,
    /// Four of five in a row beyond one standard deviation on one side (rule 6).
    FourOfFive,
}

impl Rule {
    /// Last part of the key of its wording.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BeyondLimit => "beyond-limit",
            Self::NineOnOneSide => "nine-on-one-side",
            Self::SixTrending => "six-trending",
            Self::TwoOfThree => "two-of-three",
            Self::FourOfFive => "four-of-five",
        }
    }
}

pub(crate) fn setting(name: &str, value: f64) -> Setting {
    Setting {
        name: name.to_owned(),
        value,
    }
}

/// Mean; `None` of nothing.
pub(crate) fn mean(values: &[f64]) -> Option<f64> {
    let mut sum = crate::stats::CompensatedSum::new();
    values.iter().for_each(|v| sum.insert(*v));
    (!values.is_empty()).then(|| sum.finish() / values.len() as f64)
}

/// Mean of the absolute differences of neighbours; `None` where there are none.
pub(crate) fn mean_moving_range(values: &[f64], stretches: &Stretches) -> Option<f64> {
    let ranges: Vec<f64> = stretches
        .neighbours(values)
        .map(|(_, before, after)| (after - before).abs())
        .collect();
    mean(&ranges)
}
