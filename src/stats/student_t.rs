//! Student's t: two-sided tail and quantile, for any positive degrees of freedom.
//!
//! Up to 1000 degrees of freedom the tail is the regularised incomplete beta function `I_x(ν/2, 1/2)`, x = ν/(ν + t²).
//! Above, that function loses digits to cancellation, and t is turned into a normal deviate by the expansion of
//! Hill (1970), Communications of the ACM 13(10), Algorithm 395, whose error there is below the last digit of an `f64`.

use super::{is_open_share, normal_quantile, normal_two_sided_p};
use statrs::function::beta::checked_beta_reg;

/// Degrees of freedom from which the normal expansion is the more exact of the two routes.
const EXPANSION_FROM_DF: f64 = 1000.0;

/// Newton steps before giving up; ordinary cases take five, one degree of freedom far in the tail takes about forty.
const STEPS_MAX: usize = 2000;

/// P(|T| ≥ |t|) for Student's T with `df` degrees of freedom.
///
/// `None` when `df` is not positive and finite or `t` is not a number.
#[must_use]
pub fn student_t_two_sided_p(t: f64, df: f64) -> Option<f64> {
    if t.is_nan() || !(df.is_finite() && df > 0.0) {
        return None;
    }
    if t.is_infinite() {
        return Some(0.0);
    }
    if df >= EXPANSION_FROM_DF {
        return normal_two_sided_p(normal_deviate(t, df));
    }
    checked_beta_reg(df / 2.0, 0.5, df / (df + t * t)).ok()
}

/// The quantile t with P(T ≤ t) = `probability`.
///
/// Found by Newton's method on the two-sided tail. That tail is convex and falling in t > 0, so from the normal
/// quantile, which lies left of the answer, the steps approach it from one side.
///
/// `None` unless `probability` is strictly between 0 and 1 and `df` is positive and finite.
#[must_use]
pub fn student_t_quantile(probability: f64, df: f64) -> Option<f64> {
    if !(is_open_share(probability) && df.is_finite() && df > 0.0) {
        return None;
    }
    let lower_tail = probability.min(1.0 - probability);
    let magnitude = magnitude_with_two_sided_p(2.0 * lower_tail, df)?;
    Some(if probability < 0.5 { -magnitude } else { magnitude })
}

fn magnitude_with_two_sided_p(target: f64, df: f64) -> Option<f64> {
    let mut t = normal_quantile(target / 2.0).map_or(0.0, f64::abs);
    if t == 0.0 {
        return Some(0.0);
    }
    let mut last = f64::INFINITY;
    for _ in 0..STEPS_MAX {
        let excess = student_t_two_sided_p(t, df)? - target;
        let step = excess / (2.0 * density(t, df));
        if !step.is_finite() {
            return None;
        }
        t += step;
        // Near the answer each step is a small part of the one before, until rounding in the tail moves the last digits back and forth.
        let only_rounding = step.abs() <= 1e-9 * t && step.abs() >= last;
        if step.abs() <= 4.0 * f64::EPSILON * t || only_rounding {
            return Some(t);
        }
        last = step.abs();
    }
    None
}

/// Density of Student's t. Only steers the Newton steps: an error here costs steps, not digits of the quantile.
fn density(t: f64, df: f64) -> f64 {
    let log_constant = if df >= EXPANSION_FROM_DF {
        -0.25 / df - 0.5 * libm::log(2.0 * std::f64::consts::PI)
    } else {
        libm::lgamma(f64::midpoint(df, 1.0)) - libm::lgamma(df / 2.0) - 0.5 * libm::log(df * std::f64::consts::PI)
    };
    libm::exp(log_constant - f64::midpoint(df, 1.0) * libm::log1p(t * t / df))
}

/// Hill's expansion: the normal deviate with the same tail as t, for large degrees of freedom.
///
/// With a = ν − 1/2, b = 48a² and y = a·ln(1 + t²/ν):
/// z = √y · (1 + (y + 3 − (0.4y³ + 3.3y² + 24y + 85.5)/(0.8y² + 100 + b)) / b).
fn normal_deviate(t: f64, df: f64) -> f64 {
    let a = df - 0.5;
    let b = 48.0 * a * a;
    let y = a * libm::log1p(t * t / df);
    let inner = -(((0.4 * y + 3.3) * y + 24.0) * y + 85.5) / (0.8 * y * y + 100.0 + b);
    y.sqrt() * ((inner + y + 3.0) / b + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(actual: f64, expected: f64, relative: f64) {
        assert!((actual - expected).abs() <= relative * expected.abs(), "{actual} is not {expected}");
    }

    /// Cornish–Fisher expansion of the quantile, Abramowitz and Stegun 26.7.5: a second route for many df.
    fn expanded_quantile(z: f64, df: f64) -> f64 {
        let square = z * z;
        z + z * (square + 1.0) / (4.0 * df)
            + z * ((5.0 * square + 16.0) * square + 3.0) / (96.0 * df * df)
            + z * (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) / (384.0 * df.powi(3))
    }

    #[test]
    fn one_and_two_df_have_closed_forms() {
        for p in [0.6, 0.9, 0.975, 0.9995, 1.0 - 1e-9] {
            let cauchy = 1.0 / libm::tan(std::f64::consts::PI * (1.0 - p));
            close(student_t_quantile(p, 1.0).unwrap(), cauchy, 1e-10);
            let two = (2.0 * p - 1.0) / (2.0 * p * (1.0 - p)).sqrt();
            close(student_t_quantile(p, 2.0).unwrap(), two, 1e-10);
        }
    }

    #[test]
    fn near_the_middle_the_error_is_absolute() {
        // The tail is near 1 there, so its last digit, not that of t, sets the accuracy.
        let cauchy = 1.0 / libm::tan(std::f64::consts::PI * 0.4999);
        let actual = student_t_quantile(0.5001, 1.0).unwrap();
        assert!((actual - cauchy).abs() < 1e-12, "{actual} is not {cauchy}");
    }

    #[test]
    fn quantiles_match_printed_tables() {
        // Fisher and Yates style tables, three decimals: t(.975) with 5, 14, 30, 120 df
        for (df, expected) in [(5.0, 2.571), (14.0, 2.145), (30.0, 2.042), (120.0, 1.980)] {
            let actual = student_t_quantile(0.975, df).unwrap();
            assert!((actual - expected).abs() < 5e-4, "{actual} is not {expected}");
        }
    }

    #[test]
    fn large_df_match_the_expansion() {
        for p in [0.6, 0.9, 0.975, 0.999] {
            let z = normal_quantile(p).unwrap();
            for df in [2e3, 1e4, 1e5, 1e6, 1e7, 1e9, 1e12] {
                let expected = expanded_quantile(z, df);
                close(student_t_quantile(p, df).unwrap(), expected, 1e-12);
            }
        }
    }

    #[test]
    fn both_routes_of_the_tail_meet_where_they_change() {
        for t in [0.01, 0.5, 1.0, 2.0, 4.0, 8.0] {
            let beta = checked_beta_reg(EXPANSION_FROM_DF / 2.0, 0.5, EXPANSION_FROM_DF / (EXPANSION_FROM_DF + t * t));
            let expansion = student_t_two_sided_p(t, EXPANSION_FROM_DF).unwrap();
            close(beta.unwrap(), expansion, 2e-12);
        }
    }

    #[test]
    fn the_middle_and_the_ends() {
        assert_eq!(student_t_quantile(0.5, 7.0), Some(0.0));
        assert_eq!(student_t_two_sided_p(0.0, 7.0), Some(1.0));
        assert_eq!(student_t_two_sided_p(f64::INFINITY, 7.0), Some(0.0));
        assert_eq!(student_t_quantile(0.975, 0.0), None);
        assert_eq!(student_t_quantile(1.0, 7.0), None);
        assert_eq!(student_t_two_sided_p(f64::NAN, 7.0), None);
        assert_eq!(student_t_two_sided_p(1.0, f64::INFINITY), None);
    }

    proptest! {
        #[test]
        fn the_tail_undoes_the_quantile(p in 1e-6_f64..0.999_999, df in 1.0_f64..1e8) {
            let t = student_t_quantile(p, df).unwrap();
            let two_sided = 2.0 * p.min(1.0 - p);
            let back = student_t_two_sided_p(t, df).unwrap();
            prop_assert!((back - two_sided).abs() <= 1e-10 * two_sided, "{back} is not {two_sided}");
        }

        #[test]
        fn tails_are_symmetric(t in 0.0_f64..50.0, df in 0.5_f64..1e8) {
            prop_assert_eq!(student_t_two_sided_p(t, df), student_t_two_sided_p(-t, df));
        }
    }
}
