//! Confidence intervals from bootstrap replicates. One method a file; all answer `None` where they are undefined.
//!
//! Sources: B. Efron & R. J. Tibshirani, *An introduction to the bootstrap* (1993), chapters 12–14; A. C. Davison & D. V. Hinkley, *Bootstrap
//! methods and their application* (1997), chapter 5.

mod basic;
mod bca;
mod percentile;
mod studentised;

pub use basic::basic;
pub use bca::{acceleration, bca};
pub use percentile::{percentile, quantile};
pub use studentised::studentised;

use crate::stats::Interval;

/// How an interval is made from replicates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IntervalMethod {
    /// Quantiles of the replicates.
    #[default]
    Percentile,
    /// Quantiles of the replicates, mirrored at the estimate.
    Basic,
    /// Quantiles corrected for bias and for a standard error that changes with the value.
    Bca,
    /// Quantiles of the replicates' own t statistics. Each replicate costs a small jackknife of its own.
    Studentised,
    /// Estimate ± t times the standard error.
    T,
}

/// What an interval can be made from.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// The estimate.
    pub value: f64,
    /// Its replicates.
    pub replicates: &'a [f64],
    /// Standard error of each replicate, in the same order; only for [`IntervalMethod::Studentised`].
    pub inner_errors: &'a [f64],
    /// Acceleration; only for [`IntervalMethod::Bca`].
    pub acceleration: Option<f64>,
    /// Standard error of the estimate.
    pub standard_error: Option<f64>,
    /// Degrees of freedom of the design; only for [`IntervalMethod::T`].
    pub df: Option<f64>,
}

/// The interval of a method; `None` where it is undefined, as when all replicates are alike.
#[must_use]
pub fn bounds(method: IntervalMethod, evidence: Evidence<'_>, level: f64) -> Option<Interval> {
    let mut sorted: Vec<f64> = evidence.replicates.iter().copied().filter(|v| v.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    match method {
        IntervalMethod::Percentile => percentile(&sorted, level),
        IntervalMethod::Basic => basic(evidence.value, &sorted, level),
        IntervalMethod::Bca => bca(evidence.value, &sorted, evidence.acceleration?, level),
        IntervalMethod::Studentised => {
            let pairs = evidence.replicates.iter().zip(evidence.inner_errors);
            studentised(evidence.value, evidence.standard_error?, pairs.map(|(v, se)| (*v, *se)), level)
        }
        IntervalMethod::T => Interval::around(evidence.value, evidence.standard_error?, evidence.df, level),
    }
}

fn interval(lower: f64, upper: f64, level: f64) -> Option<Interval> {
    (lower.is_finite() && upper.is_finite() && lower <= upper).then_some(Interval { lower, upper, level })
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) const ANSWERS: [f64; 15] = [1.0, 2.0, 2.0, 3.0, 4.0, 5.0, 7.0, 9.0, 10.0, 10.0, 6.0, 3.0, 8.0, 1.0, 2.0];

    pub(super) fn sd(values: &[f64]) -> f64 {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n).sqrt()
    }

    /// 59 resamples by a rule anyone can repeat: case (i(7 + k) + 3k + (i²k mod 11)) mod 15 in place of case i.
    pub(super) fn resampled() -> Vec<f64> {
        let one = |k: usize| {
            let at = |i: usize| (i * (7 + k) + 3 * k + (i * i * k) % 11) % 15;
            sd(&(0..15).map(|i| ANSWERS[at(i)]).collect::<Vec<_>>())
        };
        let mut values: Vec<f64> = (1..60).map(one).collect();
        values.sort_by(f64::total_cmp);
        values
    }

    fn near(interval: Option<Interval>, lower: f64, upper: f64) {
        let interval = interval.unwrap();
        assert!(
            (interval.lower - lower).abs() < 1e-12 && (interval.upper - upper).abs() < 1e-12,
            "{interval:?}"
        );
    }

    /// NumPy 2.4.6 `quantile`; SciPy 1.17.1 `scipy.stats._resampling._bca_interval` for the levels and NumPy for the quantiles at them.
    #[test]
    fn agree_with_numpy_and_scipy() {
        let (values, value) = (resampled(), sd(&ANSWERS));
        near(percentile(&values, 0.95), 2.170_096_018_497_946_3, 3.643_518_049_596_394);
        let without = |gone: usize| {
            sd(&ANSWERS
                .iter()
                .enumerate()
                .filter(|(i, _)| *i != gone)
                .map(|(_, x)| *x)
                .collect::<Vec<_>>())
        };
        let jackknife: Vec<(usize, f64)> = (0..15).map(|gone| (0, without(gone))).collect();
        let acceleration = acceleration(&jackknife).unwrap();
        assert!((acceleration - 0.035_975_152_637_392_84).abs() < 1e-13);
        near(
            bca(value, &values, acceleration, 0.95),
            2.599_839_270_770_969_4,
            3.721_193_836_803_768_5,
        );
        near(
            bca(value, &values, acceleration, 0.8),
            2.780_351_966_905_996_6,
            3.640_211_109_097_032_6,
        );
    }

    #[test]
    fn nothing_comes_of_nothing() {
        let evidence = Evidence {
            value: 1.0,
            replicates: &[],
            inner_errors: &[],
            acceleration: Some(0.0),
            standard_error: None,
            df: None,
        };
        for method in [
            IntervalMethod::Percentile,
            IntervalMethod::Basic,
            IntervalMethod::Bca,
            IntervalMethod::Studentised,
            IntervalMethod::T,
        ] {
            assert_eq!(bounds(method, evidence, 0.95), None);
        }
    }
}
