//! One path in two groups by bootstrap: the probability of Henseler and the t test of Welch and Satterthwaite, beside the permutation test of [`super::groups`].

use crate::resample::replicates::standard_deviation;
use crate::stats::student_t_two_sided_p;

/// Difference of a path between two groups over its standard error, the variances not being taken for equal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WelchTest {
    /// Difference over standard error.
    pub t: f64,
    /// Degrees of freedom, not rounded.
    pub df: f64,
    /// Two-sided p-value.
    pub p: f64,
}

/// A group as the tests see it: cases, coefficient, and the coefficient in bootstrap replicates of the group alone.
#[derive(Debug, Clone, Copy)]
pub struct GroupPath<'a> {
    /// Independent observations of the group: its cases, or the clusters that were drawn.
    pub n: u64,
    /// Coefficient.
    pub value: f64,
    /// Its replicates, two at least.
    pub replicates: &'a [f64],
}

/// `t = (b₁ − b₂) / √(v₁ + v₂)` with `v_g = (n_g − 1)/n_g · se_g²` and `df = (v₁ + v₂)² / ((n₁ − 1)/n₁² · se₁⁴ + (n₂ − 1)/n₂² · se₂⁴) − 2`, the standard errors
/// being those of bootstrap replicates.
///
/// Source: M. Sarstedt, J. Henseler & C. M. Ringle, "Multigroup analysis in partial least squares (PLS) path modeling", *Advances in International
/// Marketing* 22 (2011) 195–218, equations 3 and 4. `None` where a group has no spread or too few cases for positive degrees of freedom.
#[must_use]
pub fn welch(first: GroupPath<'_>, second: GroupPath<'_>) -> Option<WelchTest> {
    let part = |group: GroupPath<'_>| {
        let (n, se) = (group.n as f64, standard_deviation(group.replicates)?);
        Some(((n - 1.0) / n * se * se, (n - 1.0) / (n * n) * se.powi(4)))
    };
    let ((v1, d1), (v2, d2)) = (part(first)?, part(second)?);
    let df = (v1 + v2) * (v1 + v2) / (d1 + d2) - 2.0;
    let t = (first.value - second.value) / (v1 + v2).sqrt();
    let p = student_t_two_sided_p(t, df)?;
    (df > 0.0 && t.is_finite()).then_some(WelchTest { t, df, p })
}

/// Henseler's probability that the coefficient of the first group is *not* above that of the second: the share of all pairs of replicates, each turned
/// round its mean, `2b̄ − b`, in which the first is the smaller; equal ones count half. Below α the first is called larger, above 1 − α the second.
///
/// Source: J. Henseler, "PLS-MGA: a non-parametric approach to partial least squares-based multi-group analysis", in *Challenges at the interface of
/// data mining, computer science, and optimization* (2012) 495–501; equation 6 of Sarstedt, Henseler & Ringle (2011). `None` without replicates.
///
/// Counted by merging both sorted lists, so that B² pairs cost no more than sorting.
#[must_use]
pub fn henseler(first: &[f64], second: &[f64]) -> Option<f64> {
    let turned = |values: &[f64]| {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let mut turned: Vec<f64> = values.iter().map(|v| 2.0 * mean - v).collect();
        turned.sort_by(f64::total_cmp);
        turned
    };
    if first.is_empty() || second.is_empty() || !first.iter().chain(second).all(|v| v.is_finite()) {
        return None;
    }
    let (first, second) = (turned(first), turned(second));
    let mut halves = 0_u64;
    for value in &second {
        let below = first.partition_point(|f| f < value);
        let not_above = first.partition_point(|f| f <= value);
        halves += (below + not_above) as u64;
    }
    Some(halves as f64 / (2.0 * first.len() as f64 * second.len() as f64))
}

/// The same as a two-sided p-value: twice the smaller of the probability and its complement.
#[must_use]
pub fn henseler_two_sided(first: &[f64], second: &[f64]) -> Option<f64> {
    henseler(first, second).map(|p| (2.0 * p.min(1.0 - p)).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn group(n: u64, value: f64, replicates: &[f64]) -> GroupPath<'_> {
        GroupPath { n, value, replicates }
    }

    /// By hand: se = 0.1 and 0.2 (standard deviations of ±0.1/√2 and ±0.2/√2), n = 101 and 51.
    #[test]
    fn welch_by_hand() {
        let half = std::f64::consts::FRAC_1_SQRT_2;
        let (a, b) = ([0.5 - 0.1 * half, 0.5 + 0.1 * half], [0.2 - 0.2 * half, 0.2 + 0.2 * half]);
        let found = welch(group(101, 0.5, &a), group(51, 0.2, &b)).unwrap();
        let (v1, v2): (f64, f64) = (100.0 / 101.0 * 0.01, 50.0 / 51.0 * 0.04);
        let df = (v1 + v2).powi(2) / (100.0 / 10_201.0 * 1e-4 + 50.0 / 2_601.0 * 16e-4) - 2.0;
        assert!((found.t - 0.3 / (v1 + v2).sqrt()).abs() < 1e-12);
        assert!((found.df - df).abs() < 1e-9);
        assert!((found.p - student_t_two_sided_p(found.t, df).unwrap()).abs() < 1e-11);
        assert_eq!(welch(group(101, 0.5, &[0.5, 0.5]), group(51, 0.2, &[0.2, 0.2])), None);
    }

    proptest! {
        /// Second route: every pair looked at.
        #[test]
        fn henseler_is_the_share_of_all_pairs(
            a in prop::collection::vec(-5_i32..5, 2..30), b in prop::collection::vec(-5_i32..5, 2..30),
        ) {
            let (a, b): (Vec<f64>, Vec<f64>) = (a.into_iter().map(f64::from).collect(), b.into_iter().map(f64::from).collect());
            let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
            let mut sum = 0.0;
            for x in &a {
                for y in &b {
                    let (x, y) = (2.0 * mean(&a) - x, 2.0 * mean(&b) - y);
                    sum += if x < y { 1.0 } else if x > y { 0.0 } else { 0.5 };
                }
            }
            let found = henseler(&a, &b).unwrap();
            prop_assert!((found - sum / (a.len() * b.len()) as f64).abs() < 1e-12);
            // Groups exchanged: the complement.
            prop_assert!((found + henseler(&b, &a).unwrap() - 1.0).abs() < 1e-12);
        }

        /// With large groups and a normal spread Henseler and Welch tell the same.
        #[test]
        fn both_tests_agree_on_normal_replicates(difference in -3.0_f64..3.0) {
            let quantile = |i: i32| crate::stats::normal_quantile((f64::from(i) + 0.5) / 400.0).unwrap();
            let a: Vec<f64> = (0..400).map(|i| difference + quantile(i)).collect();
            let b: Vec<f64> = (0..400).map(quantile).collect();
            let welch = welch(group(100_000, difference, &a), group(100_000, 0.0, &b)).unwrap();
            prop_assert!((welch.p - henseler_two_sided(&a, &b).unwrap()).abs() < 0.01);
        }
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert_eq!(henseler(&[], &[1.0]), None);
        assert_eq!(henseler(&[f64::NAN], &[1.0]), None);
        assert_eq!(welch(group(10, 0.1, &[0.1]), group(10, 0.1, &[0.1, 0.2])), None);
    }
}
