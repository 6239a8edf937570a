//! The one shape in which a number leaves the program: never bare.

use crate::finding::FindingRecord;
pub use crate::stats::Interval;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a standard error was computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VarianceMethod {
    /// Taylor linearisation with the design's strata.
    Taylor,
    /// Jackknife leaving out one respondent at a time; everything that is estimated is estimated anew each time.
    JackknifeDeleteOne,
    /// Jackknife leaving out one whole cluster at a time (`JKn`), likewise.
    JackknifeDeletePsu,
    /// Jackknife leaving out one random group of respondents or clusters at a time (Kott 2001), likewise.
    JackknifeDeleteGroup,
    /// Bootstrap with the factors of Rao and Wu, everything estimated anew in every replicate.
    Bootstrap,
}

/// An estimate with everything needed to judge it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Estimate {
    /// The value, unrounded.
    pub value: f64,
    /// Standard error; absent when it cannot be estimated.
    pub standard_error: Option<f64>,
    /// Confidence interval: from Student's t with `df` degrees of freedom, or from bootstrap replicates as the design says.
    pub interval: Option<Interval>,
    /// Degrees of freedom of the design.
    pub df: Option<f64>,
    /// Respondents behind the value (unweighted).
    pub n: u64,
    /// Effective number of respondents: `(Σw)² / Σw²` (Kish).
    pub n_effective: Option<f64>,
    /// How the standard error was computed.
    pub method: VarianceMethod,
    /// True where standard error and interval are left out because the sample is not random: nothing is claimed of the precision.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub precision_withheld: bool,
}

impl Estimate {
    /// An estimate with its interval; without one where the standard error or its degrees of freedom are missing.
    #[must_use]
    pub fn new(
        value: f64,
        variance: Option<f64>,
        df: Option<f64>,
        level: f64,
        n: u64,
        n_effective: Option<f64>,
        method: VarianceMethod,
    ) -> Self {
        let df = df.filter(|df| *df > 0.0);
        // Without a degree of freedom the spread around the estimate is 0 by construction and says nothing.
        let standard_error = df.and(variance).filter(|v| v.is_finite() && *v >= 0.0).map(f64::sqrt);
        let interval = standard_error
            .zip(df)
            .and_then(|(se, df)| Interval::around(value, se, Some(df), level));
        Self {
            value,
            standard_error,
            interval,
            df,
            n,
            n_effective,
            method,
            precision_withheld: false,
        }
    }

    /// The value alone, for a sample that is not random: no standard error, no interval, no degrees of freedom.
    #[must_use]
    pub fn without_precision(self) -> Self {
        Self {
            standard_error: None,
            interval: None,
            df: None,
            precision_withheld: true,
            ..self
        }
    }

    /// With an interval from elsewhere than the t distribution.
    #[must_use]
    pub fn with_interval(self, interval: Option<Interval>) -> Self {
        Self { interval, ..self }
    }

    /// Probability that the true value is at or above a line, from the estimate's t distribution.
    #[must_use]
    pub fn probability_at_least(&self, line: f64) -> Option<f64> {
        let (se, df) = (self.standard_error?, self.df?);
        if se > 0.0 {
            lower_tail((self.value - line) / se, df)
        } else {
            Some(f64::from(u8::from(self.value >= line)))
        }
    }
}

/// P(T ≤ t) from the two-sided tail.
fn lower_tail(t: f64, df: f64) -> Option<f64> {
    let tail = crate::stats::student_t_two_sided_p(t, df)? / 2.0;
    Some(if t >= 0.0 { 1.0 - tail } else { tail })
}

/// An estimate, or the named reason why there is none. Exactly one of the two is present.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reported {
    /// The estimate.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub estimate: Option<Estimate>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub refusal: Option<FindingRecord>,
}

impl Reported {
    /// An estimate.
    #[must_use]
    pub fn of(estimate: Estimate) -> Self {
        Self {
            estimate: Some(estimate),
            refusal: None,
        }
    }

    /// The same without what is said of its precision.
    #[must_use]
    pub fn without_precision(self) -> Self {
        Self {
            estimate: self.estimate.map(Estimate::without_precision),
            ..self
        }
    }

    /// A refusal.
    #[must_use]
    pub fn refused(finding: &crate::finding::Finding) -> Self {
        Self {
            estimate: None,
            refusal: Some(finding.record()),
        }
    }
}
