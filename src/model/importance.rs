//! Importance: points by which a target's 0–100 index rises when another
//! index, or an item, rises by one point.
//!
//! This is the horizontal axis of an importance–performance map; the vertical
//! one is the mean index of the construct or item itself. Source: C. M.
//! Ringle & M. Sarstedt, "Gain more insight from your PLS-SEM results: the
//! importance-performance map analysis", *Industrial Management & Data
//! Systems* 116 (2016) 1865–1886.

/// Importance of a construct for a target: its total effect in index points,
///
/// `standardised total effect · sd(target) / sd(source)`,
///
/// where both standard deviations are those of the 0–100 indices. Points per
/// point, any sign. `None` unless both deviations are positive numbers and
/// the effect is a number.
pub fn importance(total_effect_standardised: f64, target_sd_points: f64, source_sd_points: f64) -> Option<f64> {
    let positive = |sd: f64| sd.is_finite() && sd > 0.0;
    if !positive(target_sd_points) || !positive(source_sd_points) {
        return None;
    }
    let value = total_effect_standardised * target_sd_points / source_sd_points;
    value.is_finite().then_some(value)
}

/// Importance of each item of a construct for the same target: the construct's
/// importance times the item's share in the construct's index.
///
/// The shares say by how much the construct's index rises when the item, on
/// its own 0–100 scale, rises by one point; they add to 1, so the importances
/// of the items add to that of their construct.
pub fn item_importances(construct_importance: f64, item_shares: &[f64]) -> Vec<f64> {
    let times = |share| construct_importance * share;
    item_shares.iter().map(times).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_undefined_without_spread() {
        assert_eq!(importance(0.5, 10.0, 0.0), None);
        assert_eq!(importance(0.5, 0.0, 10.0), None);
        assert_eq!(importance(0.5, f64::NAN, 10.0), None);
        assert_eq!(importance(f64::NAN, 10.0, 10.0), None);
    }

    #[test]
    fn converts_deviations_to_points() {
        assert_eq!(importance(0.5, 10.0, 20.0), Some(0.25));
        assert_eq!(item_importances(0.5, &[0.25, 0.75]), [0.125, 0.375]);
    }
}
