//! Not larger than δ: the claim that nothing of importance changed, which a large p-value does not make.

use super::change::Change;
use crate::stats::{normal_quantile, normal_two_sided_p, student_t_quantile, student_t_two_sided_p};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Two one-sided tests of "the true change is smaller than the margin, up or down".
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Equivalence {
    /// δ, in points.
    pub margin: f64,
    /// The larger of the two one-sided p-values; absent where the change has no standard error.
    pub p_value: Option<f64>,
    /// Whether a change of δ or more can be ruled out at the level of the report.
    pub holds: bool,
}

/// Two one-sided tests (Schuirmann 1987, Journal of Pharmacokinetics and Biopharmaceutics 15, 657–680): p = max{P(T ≥ (d + δ)/SE),
/// P(T ≤ (d − δ)/SE)}. They hold at level 1 − α exactly when the interval of confidence 1 − 2α lies within −δ … δ. Without a standard
/// error (two censuses) the change itself is held against δ.
///
/// `None` when the margin is not a positive number or the level is not strictly between 0 and 1.
#[must_use]
pub fn equivalence(change: &Change, margin: f64, level: f64) -> Option<Equivalence> {
    if !(margin.is_finite() && margin > 0.0 && crate::stats::is_open_share(level)) {
        return None;
    }
    let se = change.standard_error;
    if se == 0.0 {
        let holds = change.value.abs() < margin;
        return Some(Equivalence {
            margin,
            p_value: None,
            holds,
        });
    }
    // The one-sided p that is larger belongs to the bound that the change is nearer to.
    let p_value = lower_tail((change.value.abs() - margin) / se, change.df)?;
    Some(Equivalence {
        margin,
        p_value: Some(p_value),
        holds: p_value < 1.0 - level,
    })
}

/// The smallest margin that these samples rule out: |d| + t₍level₎·SE. Any δ above it is an equivalence, none below it is.
#[must_use]
pub fn smallest_margin(change: &Change, level: f64) -> Option<f64> {
    let multiplier = match change.df {
        Some(df) => student_t_quantile(level, df),
        None => normal_quantile(level),
    };
    Some(change.value.abs() + multiplier? * change.standard_error)
}

fn lower_tail(t: f64, df: Option<f64>) -> Option<f64> {
    let half = match df {
        Some(df) => student_t_two_sided_p(t, df),
        None => normal_two_sided_p(t),
    }? / 2.0;
    Some(if t >= 0.0 { 1.0 - half } else { half })
}

#[cfg(test)]
mod tests {
    use super::super::change::{WaveEstimate, change_between};
    use super::*;
    use crate::stats::Interval;
    use proptest::prelude::*;

    fn change(value: f64, se: f64, df: Option<f64>) -> Change {
        let wave = |value, standard_error| WaveEstimate { value, standard_error, df };
        change_between(wave(0.0, 0.0), wave(value, se), 0.95).unwrap()
    }

    /// By hand: d = 0.5, SE = 1, δ = 3, normal theory: max{P(Z ≥ 3.5), P(Z ≤ −2.5)} = 0.0062097.
    #[test]
    fn two_one_sided_tests_by_hand() {
        let found = equivalence(&change(0.5, 1.0, None), 3.0, 0.95).unwrap();
        assert!((found.p_value.unwrap() - 0.006_209_665).abs() < 1e-9);
        assert!(found.holds);
        assert!(!equivalence(&change(0.5, 1.0, None), 2.0, 0.95).unwrap().holds);
        // A change that is significant can still be too small to matter.
        let small = change(0.5, 0.1, Some(400.0));
        assert!(small.p_value.unwrap() < 0.001 && equivalence(&small, 1.0, 0.95).unwrap().holds);
        assert_eq!(equivalence(&small, 0.0, 0.95), None);
    }

    #[test]
    fn censuses_are_held_against_the_margin_itself() {
        assert_eq!(
            equivalence(&change(0.5, 0.0, None), 1.0, 0.95).map(|e| (e.p_value, e.holds)),
            Some((None, true))
        );
    }

    proptest! {
        /// The tests hold exactly when the interval of 1 − 2α lies inside the margins, and when the margin is above the smallest.
        #[test]
        fn holds_exactly_when_the_narrower_interval_fits(
            value in -5.0_f64..5.0, se in 0.05_f64..3.0, df in 3.0_f64..500.0, margin in 0.1_f64..8.0,
        ) {
            let change = change(value, se, Some(df));
            let interval = Interval::around(value, se, Some(df), 0.90).unwrap();
            let smallest = smallest_margin(&change, 0.95).unwrap();
            prop_assume!((smallest - margin).abs() > 1e-6);
            let fits = interval.lower > -margin && interval.upper < margin;
            let found = equivalence(&change, margin, 0.95).unwrap();
            prop_assert_eq!(found.holds, fits);
            prop_assert_eq!(found.holds, margin > smallest);
        }
    }
}
