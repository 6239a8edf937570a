//! Is the change between two waves more than sampling error?

use crate::stats::{Interval, holm_defined, normal_two_sided_p, squared, student_t_two_sided_p, two_sided_multiplier};
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

/// The difference between two independent estimates.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Change {
    /// Later minus earlier, in the unit of the estimates.
    pub value: f64,
    /// √(SE₁² + SE₂²).
    pub standard_error: f64,
    /// Welch–Satterthwaite degrees of freedom; `None` for normal theory.
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
/// Not for a panel: people asked twice make the estimates correlated, and the true error is then usually smaller.
///
/// `None` when a value is not finite, a standard error is negative or not finite, df are not positive, or the level is
/// not strictly between 0 and 1.
#[must_use]
pub fn change_between(earlier: WaveEstimate, later: WaveEstimate, level: f64) -> Option<Change> {
    if !(earlier.is_usable() && later.is_usable()) {
        return None;
    }
    let value = later.value - earlier.value;
    let standard_error = libm::hypot(earlier.standard_error, later.standard_error);
    let df = welch_df(earlier, later);
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

/// The p-values of a family of changes, for example all dimensions of one survey, adjusted by Holm's method. A change
/// without a p-value stays `None` and does not count.
#[must_use]
pub fn adjusted_p_values(changes: &[Change]) -> Vec<Option<f64>> {
    let p_values: Vec<Option<f64>> = changes.iter().map(|change| change.p_value).collect();
    holm_defined(&p_values)
}

impl WaveEstimate {
    fn is_usable(&self) -> bool {
        self.value.is_finite()
            && self.standard_error.is_finite()
            && self.standard_error >= 0.0
            && self.df.is_none_or(|df| df.is_finite() && df > 0.0)
    }

    /// SE⁴/df relative to the larger standard error, 0 when the standard error is known.
    fn uncertainty(&self, scale: f64) -> f64 {
        self.df.map_or(0.0, |df| squared(squared(self.standard_error / scale)) / df)
    }
}

/// Computed relative to the larger standard error, so that very small ones do not underflow in the fourth power.
fn welch_df(earlier: WaveEstimate, later: WaveEstimate) -> Option<f64> {
    let scale = earlier.standard_error.max(later.standard_error);
    if scale == 0.0 {
        return None;
    }
    let squares = squared(earlier.standard_error / scale) + squared(later.standard_error / scale);
    let uncertainty = earlier.uncertainty(scale) + later.uncertainty(scale);
    (uncertainty > 0.0).then(|| squares * squares / uncertainty)
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
