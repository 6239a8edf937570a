//! Distribution helpers shared by every stage that tests or bounds something.
//!
//! Each function checks its domain and answers `None` outside it, where the numerical library underneath would panic.
//! Student's t is computed here for large degrees of freedom, because the inverse in `statrs` 0.19 drifts there
//! (1.83 instead of 1.96 at 10⁷) and a survey of ten million answers has that many.

pub mod benjamini_hochberg;
pub mod clopper_pearson;
pub mod holm;
pub mod hypergeometric;
pub mod random;
pub mod student_t;
pub mod sum;
pub mod tails;
pub mod wilson;

pub use benjamini_hochberg::benjamini_hochberg;
pub use clopper_pearson::clopper_pearson_interval;
pub use holm::{holm, holm_defined};
pub use hypergeometric::{hypergeometric_two_sided_p, hypergeometric_upper_tail};
pub use student_t::{student_t_quantile, student_t_two_sided_p};
pub use sum::CompensatedSum;
pub use tails::{binomial_upper_tail, chi_squared_quantile, f_upper_tail};
pub use wilson::wilson_interval;

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::gamma::checked_gamma_ur;

/// A two-sided confidence interval, in the unit of the estimate it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct Interval {
    /// Lower bound.
    pub lower: f64,
    /// Upper bound, not below `lower`.
    pub upper: f64,
    /// Nominal coverage, strictly between 0 and 1, for example 0.95.
    pub level: f64,
}

impl Interval {
    /// `value ± multiplier · standard_error`, the multiplier being Student's t with `df` degrees of freedom, or the
    /// normal quantile when `df` is `None`.
    ///
    /// `None` when the level is not strictly between 0 and 1, the df are not positive, or a number is not finite.
    #[must_use]
    pub fn around(value: f64, standard_error: f64, df: Option<f64>, level: f64) -> Option<Self> {
        let half_width = two_sided_multiplier(level, df)? * standard_error;
        (value.is_finite() && half_width.is_finite() && half_width >= 0.0).then_some(Self {
            lower: value - half_width,
            upper: value + half_width,
            level,
        })
    }
}

/// The normal quantile z with P(Z ≤ z) = `probability`.
///
/// `None` unless `probability` is strictly between 0 and 1.
#[must_use]
pub fn normal_quantile(probability: f64) -> Option<f64> {
    is_open_share(probability).then(|| Normal::standard().inverse_cdf(probability))
}

/// P(|Z| ≥ |z|) = erfc(|z|/√2) for a standard normal Z.
///
/// `None` when `z` is not a number.
#[must_use]
pub fn normal_two_sided_p(z: f64) -> Option<f64> {
    (!z.is_nan()).then(|| libm::erfc(z.abs() / std::f64::consts::SQRT_2))
}

/// P(X ≥ `statistic`) for a chi-squared X with `df` degrees of freedom: the regularised upper incomplete gamma function
/// Q(df/2, x/2).
///
/// `None` when `df` is not positive and finite or the statistic is negative or not finite.
#[must_use]
pub fn chi_squared_upper_tail(statistic: f64, df: f64) -> Option<f64> {
    if !(statistic.is_finite() && statistic >= 0.0 && df.is_finite() && df > 0.0) {
        return None;
    }
    if statistic == 0.0 {
        return Some(1.0);
    }
    checked_gamma_ur(df / 2.0, statistic / 2.0).ok()
}

/// The factor that turns a standard error into the half width of a two-sided interval: Student's t quantile of
/// (1 + level)/2 with `df` degrees of freedom, or the normal quantile when `df` is `None`.
///
/// `None` when the level is not strictly between 0 and 1 or the df are not positive.
#[must_use]
pub fn two_sided_multiplier(level: f64, df: Option<f64>) -> Option<f64> {
    if !is_open_share(level) {
        return None;
    }
    let upper = f64::midpoint(1.0, level);
    match df {
        Some(df) => student_t_quantile(upper, df),
        None => normal_quantile(upper),
    }
}

/// x². Written out because `powi` may round differently from platform to platform.
pub(crate) fn squared(x: f64) -> f64 {
    x * x
}

/// The sum of counts, capped at the largest `u64`: no real survey gets there, and no input may overflow.
pub(crate) fn saturating_total(counts: impl Iterator<Item = u64>) -> u64 {
    counts.fold(0, u64::saturating_add)
}

/// Whether a number lies strictly between 0 and 1.
pub(crate) fn is_open_share(value: f64) -> bool {
    value > 0.0 && value < 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64, relative: f64) {
        assert!((actual - expected).abs() <= relative * expected.abs(), "{actual} is not {expected}");
    }

    #[test]
    fn normal_quantiles_match_r() {
        // R 4.2.2: qnorm(.975), qnorm(.995), qnorm(1e-10)
        close(normal_quantile(0.975).unwrap(), 1.959_963_984_540_054, 1e-15);
        close(normal_quantile(0.995).unwrap(), 2.575_829_303_548_901, 1e-15);
        close(normal_quantile(1e-10).unwrap(), -6.361_340_902_404_056, 1e-15);
    }

    #[test]
    fn the_normal_tail_undoes_the_quantile() {
        for p in [0.9, 0.5, 0.05, 1e-3, 1e-9, 1e-200] {
            let z = normal_quantile(p / 2.0).unwrap();
            close(normal_two_sided_p(z).unwrap(), p, 1e-12);
        }
    }

    #[test]
    fn chi_squared_with_two_df_is_the_exponential_tail() {
        for x in [0.0, 0.1, 1.0, 10.0, 100.0, 1000.0] {
            close(chi_squared_upper_tail(x, 2.0).unwrap(), libm::exp(-x / 2.0), 1e-12);
        }
    }

    #[test]
    fn chi_squared_with_one_df_is_the_normal_tail() {
        for z in [0.01_f64, 0.5, 1.96, 4.0, 9.0] {
            let expected = normal_two_sided_p(z).unwrap();
            close(chi_squared_upper_tail(z * z, 1.0).unwrap(), expected, 1e-12);
        }
    }

    #[test]
    fn outside_the_domain_there_is_no_answer() {
        for bad in [0.0, 1.0, -0.1, 1.1, f64::NAN, f64::INFINITY] {
            assert_eq!(normal_quantile(bad), None);
            assert_eq!(two_sided_multiplier(bad, Some(10.0)), None);
        }
        assert_eq!(normal_two_sided_p(f64::NAN), None);
        assert_eq!(chi_squared_upper_tail(-1.0, 2.0), None);
        assert_eq!(chi_squared_upper_tail(1.0, 0.0), None);
        assert_eq!(chi_squared_upper_tail(f64::NAN, 2.0), None);
        assert_eq!(Interval::around(1.0, f64::NAN, None, 0.95), None);
        assert_eq!(Interval::around(1.0, -1.0, None, 0.95), None);
    }
}
