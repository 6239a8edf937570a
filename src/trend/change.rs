//! Is the change between two waves more than sampling error?

use crate::index::estimate::Estimate;
use crate::stats::{
    Interval, holm_defined, is_open_share, normal_quantile, normal_two_sided_p, squared, student_t_quantile, student_t_two_sided_p,
    two_sided_multiplier,
};
use serde::Serialize;

/// One wave's estimate, as far as a comparison needs it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WaveEstimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error, in the same unit; 0 for a census.
    pub standard_error: f64,
    /// Degrees of freedom of the standard error, above 0; `None` when it is treated as known (normal theory).
    pub df: Option<f64>,
}

/// What two waves have in common, as far as one quantity is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Overlap {
    /// Correlation of the two estimates, −1 to 1: their covariance over the product of their standard errors.
    pub correlation: f64,
    /// Share of the earlier wave's units (respondents, or clusters where clusters were drawn) that are in both, 0 to 1.
    pub share_before: f64,
    /// The same of the later wave.
    pub share_after: f64,
}

impl Overlap {
    /// Nobody in both waves.
    pub const NONE: Self = Self {
        correlation: 0.0,
        share_before: 0.0,
        share_after: 0.0,
    };

    fn is_usable(&self) -> bool {
        let share = |s: f64| (0.0..=1.0).contains(&s);
        (-1.0..=1.0).contains(&self.correlation) && share(self.share_before) && share(self.share_after)
    }
}

/// The difference between two estimates.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Change {
    /// Later minus earlier, in the unit of the estimates.
    pub value: f64,
    /// √(SE₁² + SE₂² − 2 r SE₁ SE₂), r the correlation of the estimates.
    pub standard_error: f64,
    /// Degrees of freedom by Satterthwaite; `None` for normal theory.
    pub df: Option<f64>,
    /// value/`standard_error`: t, or z without df; `None` when the standard error is 0.
    pub statistic: Option<f64>,
    /// Two-sided p of the statistic if nothing changed; `None` when the standard error is 0.
    pub p_value: Option<f64>,
    /// Interval of the change.
    pub interval: Interval,
    /// The smallest change that would have been significant at this level: multiplier · standard error.
    pub smallest_significant_change: f64,
}

/// The change from an earlier to a later wave, for samples drawn independently of each other.
///
/// SE = √(SE₁² + SE₂²), df = (SE₁² + SE₂²)² / (SE₁⁴/df₁ + SE₂⁴/df₂), statistic = change/SE.
/// Sources: Welch (1947), Biometrika 34, 28–35; Satterthwaite (1946), Biometrics Bulletin 2, 110–114.
///
/// `None` when a value is not finite, a standard error is negative or not finite, df are not positive, or the level is
/// not strictly between 0 and 1.
#[must_use]
pub fn change_between(earlier: WaveEstimate, later: WaveEstimate, level: f64) -> Option<Change> {
    change_with_overlap(earlier, later, Overlap::NONE, level)
}

/// The change from an earlier to a later wave where some units are in both, so that the estimates are correlated.
///
/// Var = SE₁² + SE₂² − 2 r SE₁ SE₂ (Kish 1965, section 12.4; Särndal, Swensson and Wretman 1992, section 9.9). It is the sum of what
/// three independent parts add: units of both waves, `s₁SE₁² + s₂SE₂² − 2 r SE₁ SE₂`, and those of one wave only, `(1 − s)SE²`, with
/// `s` the share of a wave's units that are in both. Satterthwaite's degrees of freedom are those of this sum, a part having its share of
/// the wave's: Welch's without overlap, those of the paired test with nobody in one wave only.
///
/// `None` as for [`change_between`], and when a correlation or a share is out of range.
#[must_use]
pub fn change_with_overlap(earlier: WaveEstimate, later: WaveEstimate, overlap: Overlap, level: f64) -> Option<Change> {
    if !(earlier.is_usable() && later.is_usable() && overlap.is_usable()) {
        return None;
    }
    let value = later.value - earlier.value;
    let (a, b) = (earlier.standard_error, later.standard_error);
    // (a − b)² + 2(1 − r)ab loses nothing where the estimates are nearly the same.
    let standard_error = (squared(a - b) + 2.0 * (1.0 - overlap.correlation) * a * b).sqrt();
    let df = satterthwaite_df(earlier, later, overlap);
    let statistic = (standard_error > 0.0).then(|| value / standard_error);
    let p_value = statistic.and_then(|statistic| match df {
        Some(df) => student_t_two_sided_p(statistic, df),
        None => normal_two_sided_p(statistic),
    });
    Some(Change {
        value,
        standard_error,
        df,
        statistic,
        p_value,
        interval: Interval::around(value, standard_error, df, level)?,
        smallest_significant_change: two_sided_multiplier(level, df)? * standard_error,
    })
}

impl Change {
    /// The smallest true change that samples like these find significant with probability `power`: `(t₍₁₊level₎/₂ + t_power)·SE`, both
    /// quantiles with the degrees of freedom of the change. Larger than the smallest significant change, which a true change of that size
    /// reaches only half of the time. Source: Cohen (1988), chapter 2, with t for the normal.
    ///
    /// `None` when the power is not strictly between 0 and 1.
    #[must_use]
    pub fn smallest_detectable_change(&self, power: f64) -> Option<f64> {
        if !is_open_share(power) {
            return None;
        }
        let of_power = match self.df {
            Some(df) => student_t_quantile(power, df),
            None => normal_quantile(power),
        };
        Some(self.smallest_significant_change + of_power? * self.standard_error)
    }
}

/// The p-values of a family of changes, for example all dimensions of one survey, adjusted by Holm's method. A change
/// without a p-value stays `None` and does not count.
#[must_use]
pub fn adjusted_p_values(changes: &[Change]) -> Vec<Option<f64>> {
    let p_values: Vec<Option<f64>> = changes.iter().map(|change| change.p_value).collect();
    holm_defined(&p_values)
}

impl WaveEstimate {
    /// An estimate as a comparison needs it; `None` without a standard error and its degrees of freedom.
    #[must_use]
    pub fn of(estimate: &Estimate) -> Option<Self> {
        Some(Self {
            value: estimate.value,
            standard_error: estimate.standard_error?,
            df: Some(estimate.df?),
        })
    }

    fn is_usable(&self) -> bool {
        self.value.is_finite()
            && self.standard_error.is_finite()
            && self.standard_error >= 0.0
            && self.df.is_none_or(|df| df.is_finite() && df > 0.0)
    }
}

/// Computed relative to the larger standard error, so that very small ones do not underflow in the fourth power.
fn satterthwaite_df(earlier: WaveEstimate, later: WaveEstimate, overlap: Overlap) -> Option<f64> {
    let scale = earlier.standard_error.max(later.standard_error);
    if scale == 0.0 {
        return None;
    }
    let (a, b) = (earlier.standard_error / scale, later.standard_error / scale);
    let both = overlap.share_before * a * a + overlap.share_after * b * b - 2.0 * overlap.correlation * a * b;
    let df_both = match (earlier.df, later.df) {
        (Some(x), Some(y)) => Some((overlap.share_before * x).min(overlap.share_after * y)),
        (one, other) => one.map(|df| df * overlap.share_before).or(other.map(|df| df * overlap.share_after)),
    };
    let parts = [
        // A correlation that the shared units cannot bear alone is rounding or sampling error of its estimate.
        (both.max(0.0), df_both),
        (
            (1.0 - overlap.share_before) * a * a,
            earlier.df.map(|df| df * (1.0 - overlap.share_before)),
        ),
        (
            (1.0 - overlap.share_after) * b * b,
            later.df.map(|df| df * (1.0 - overlap.share_after)),
        ),
    ];
    let present = || parts.iter().filter(|(variance, _)| *variance > 0.0);
    let total: f64 = present().map(|(variance, _)| variance).sum();
    let uncertainty: f64 = present()
        .filter_map(|(variance, df)| Some(variance * variance / df.filter(|df| *df > 0.0)?))
        .sum();
    // Less than one degree of freedom says no more than one does, and its quantiles leave the range of numbers.
    (uncertainty > 0.0).then(|| (total * total / uncertainty).max(1.0))
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "these values are exact by construction")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wave(value: f64, standard_error: f64, df: Option<f64>) -> WaveEstimate {
        WaveEstimate { value, standard_error, df }
    }

    #[test]
    fn two_waves_of_250_need_2_83_points() {
        // By hand: SD 16.1, SE 16.1·√(2/250) = 1.44003, t(.975, 498) = 1.9647
        let se = 16.1 / 250.0_f64.sqrt();
        let change = change_between(wave(80.0, se, Some(249.0)), wave(82.83, se, Some(249.0)), 0.95).unwrap();
        assert!((change.df.unwrap() - 498.0).abs() < 1e-9);
        assert!((change.smallest_significant_change - 2.8293).abs() < 5e-5);
        assert!((change.p_value.unwrap() - 0.05).abs() < 1e-4);
        // For a probability of 80 %: (1.96474 + 0.84234) · 1.44003 = 4.0423.
        assert!((change.smallest_detectable_change(0.8).unwrap() - 4.0423).abs() < 5e-5);
        assert_eq!(change.smallest_detectable_change(1.0), None);
    }

    /// Two intervals that just touch, of equal standard errors: z = 2·1.95996/√2 = 2.7718, p = .0056. Whoever waits until intervals no
    /// longer overlap tests at .0056, not at .05.
    #[test]
    fn intervals_that_touch_are_a_test_at_0_0056() {
        let multiplier = two_sided_multiplier(0.95, None).unwrap();
        let change = change_between(wave(0.0, 1.0, None), wave(2.0 * multiplier, 1.0, None), 0.95).unwrap();
        assert!((change.p_value.unwrap() - 0.0056).abs() < 5e-5);
        assert!((change.statistic.unwrap() - 2.7718).abs() < 5e-5);
    }

    /// By hand: ten pairs, differences 1, 2, …, 10: the paired t-test has SE = s/√10 and 9 degrees of freedom.
    #[test]
    fn everybody_in_both_waves_is_the_paired_test() {
        let before: Vec<f64> = (0..10).map(|i| f64::from(i * 7 % 10)).collect();
        let after: Vec<f64> = before.iter().zip(1..=10).map(|(x, d)| x + f64::from(d)).collect();
        let mean = |v: &[f64]| v.iter().sum::<f64>() / 10.0;
        let cov = |a: &[f64], b: &[f64]| {
            let (ma, mb) = (mean(a), mean(b));
            a.iter().zip(b).map(|(x, y)| (x - ma) * (y - mb)).sum::<f64>() / 9.0 / 10.0
        };
        let (v1, v2, c) = (cov(&before, &before), cov(&after, &after), cov(&before, &after));
        let overlap = Overlap {
            correlation: c / (v1 * v2).sqrt(),
            share_before: 1.0,
            share_after: 1.0,
        };
        let (first, second) = (wave(mean(&before), v1.sqrt(), Some(9.0)), wave(mean(&after), v2.sqrt(), Some(9.0)));
        let change = change_with_overlap(first, second, overlap, 0.95).unwrap();
        let expected = (55.0 / 6.0 / 10.0_f64).sqrt(); // variance of 1 … 10 is 55/6
        assert!(
            (change.standard_error - expected).abs() < 1e-12,
            "{} {expected}",
            change.standard_error
        );
        assert!((change.df.unwrap() - 9.0).abs() < 1e-9);
        assert!((change.value - 5.5).abs() < 1e-12);
    }

    #[test]
    fn the_same_wave_twice_does_not_differ() {
        let overlap = Overlap {
            correlation: 1.0,
            share_before: 1.0,
            share_after: 1.0,
        };
        let change = change_with_overlap(wave(70.0, 1.5, Some(99.0)), wave(70.0, 1.5, Some(99.0)), overlap, 0.95).unwrap();
        assert_eq!((change.value, change.standard_error, change.p_value), (0.0, 0.0, None));
        let beyond = Overlap {
            correlation: 1.1,
            ..overlap
        };
        assert_eq!(
            change_with_overlap(wave(70.0, 1.5, None), wave(70.0, 1.5, None), beyond, 0.95),
            None
        );
    }

    #[test]
    fn two_net_promoter_scores() {
        // By hand: NPS variance (p + d − (p − d)²)/n; (.55, .20) of 400 against (.48, .24) of 300
        let nps = |promoters: f64, detractors: f64, n: f64| {
            let score = promoters - detractors;
            let variance = (promoters + detractors - score * score) / n;
            wave(100.0 * score, 100.0 * variance.sqrt(), None)
        };
        let (later, earlier) = (nps(0.55, 0.20, 400.0), nps(0.48, 0.24, 300.0));
        assert!((later.standard_error - 3.9607).abs() < 5e-5);
        assert!((earlier.standard_error - 4.6989).abs() < 5e-5);
        let change = change_between(earlier, later, 0.95).unwrap();
        assert!((change.statistic.unwrap() - 1.7899).abs() < 5e-5);
        assert!((change.p_value.unwrap() - 0.0735).abs() < 5e-5);
        assert_eq!(change.df, None);
    }

    #[test]
    fn two_censuses_differ_without_error() {
        let change = change_between(wave(70.0, 0.0, None), wave(72.0, 0.0, Some(9.0)), 0.95).unwrap();
        assert_eq!((change.value, change.statistic, change.p_value), (2.0, None, None));
        assert_eq!((change.interval.lower, change.interval.upper), (2.0, 2.0));
    }

    #[test]
    fn against_a_known_value_the_df_are_those_of_the_sample() {
        let change = change_between(wave(70.0, 0.0, None), wave(72.0, 1.0, Some(9.0)), 0.95).unwrap();
        assert_eq!(change.df, Some(9.0));
    }

    #[test]
    fn unusable_input_gives_nothing() {
        let good = wave(70.0, 1.0, Some(10.0));
        for bad in [
            wave(f64::NAN, 1.0, None),
            wave(70.0, -1.0, None),
            wave(70.0, f64::INFINITY, None),
            wave(70.0, 1.0, Some(0.0)),
        ] {
            assert_eq!(change_between(good, bad, 0.95), None);
        }
        assert_eq!(change_between(good, good, 95.0), None);
    }

    #[test]
    fn a_family_is_adjusted_together() {
        let changes: Vec<Change> = [3.0, 0.0, 2.0]
            .iter()
            .map(|&later| change_between(wave(0.0, 1.0, None), wave(later, 0.5, None), 0.95).unwrap())
            .collect();
        let adjusted = adjusted_p_values(&changes);
        assert!((adjusted[0].unwrap() - 3.0 * changes[0].p_value.unwrap()).abs() < 1e-15);
        assert_eq!(adjusted[1], Some(1.0));
    }

    proptest! {
        #[test]
        fn exchange_turns_the_sign_only(
            a in -100.0_f64..100.0, b in -100.0_f64..100.0,
            se_a in 0.01_f64..9.0, se_b in 0.01_f64..9.0, df_a in 1.0_f64..500.0, df_b in 1.0_f64..500.0,
        ) {
            let (first, second) = (wave(a, se_a, Some(df_a)), wave(b, se_b, Some(df_b)));
            let (up, down) = (change_between(first, second, 0.9).unwrap(), change_between(second, first, 0.9).unwrap());
            prop_assert_eq!(up.value, -down.value);
            prop_assert!((up.p_value.unwrap() - down.p_value.unwrap()).abs() < 1e-12);
        }

        #[test]
        fn welch_df_lie_between_the_smaller_and_the_sum(
            se_a in 0.01_f64..9.0, se_b in 0.01_f64..9.0, df_a in 1.0_f64..500.0, df_b in 1.0_f64..500.0,
        ) {
            let change = change_between(wave(0.0, se_a, Some(df_a)), wave(1.0, se_b, Some(df_b)), 0.95).unwrap();
            let df = change.df.unwrap();
            prop_assert!(df >= df_a.min(df_b) - 1e-9 && df <= df_a + df_b + 1e-9);
        }

        /// More correlation, less error; and the error never leaves |SE₁ − SE₂| … SE₁ + SE₂.
        #[test]
        fn correlation_only_takes_error_away(
            se_a in 0.01_f64..9.0, se_b in 0.01_f64..9.0, r in -1.0_f64..1.0, more in 0.0_f64..1.0, s in 0.0_f64..1.0,
        ) {
            let (first, second) = (wave(0.0, se_a, Some(90.0)), wave(1.0, se_b, Some(70.0)));
            let with = |correlation: f64| {
                let overlap = Overlap { correlation, share_before: s, share_after: s };
                change_with_overlap(first, second, overlap, 0.95).unwrap()
            };
            let (less, more) = (with(r), with(r + more * (1.0 - r)));
            prop_assert!(more.standard_error <= less.standard_error + 1e-12);
            prop_assert!(less.standard_error <= se_a + se_b + 1e-12 && more.standard_error >= (se_a - se_b).abs() - 1e-12);
            prop_assert!(less.df.unwrap() >= 1.0 && less.df.unwrap() <= 160.0 + 1e-9);
        }

        #[test]
        fn significant_exactly_when_the_interval_leaves_out_zero(
            value in -10.0_f64..10.0, se in 0.1_f64..5.0, df in 2.0_f64..500.0,
        ) {
            let change = change_between(wave(0.0, se, Some(df)), wave(value, se, Some(df)), 0.95).unwrap();
            let p = change.p_value.unwrap();
            prop_assume!((p - 0.05).abs() > 1e-9);
            let leaves_out_zero = change.interval.lower > 0.0 || change.interval.upper < 0.0;
            prop_assert_eq!(p < 0.05, leaves_out_zero);
            prop_assert_eq!(p < 0.05, value.abs() > change.smallest_significant_change);
        }
    }
}
