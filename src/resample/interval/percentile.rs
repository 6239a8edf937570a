//! Percentile interval.

use super::interval;
use crate::stats::Interval;

/// Quantile of sorted values, interpolated linearly between the order statistics at `(B − 1) p` (type 7 of R. J. Hyndman & Y. Fan, "Sample
/// quantiles in statistical packages", *American Statistician* 50 (1996) 361–365; R's and NumPy's default). `None` without values or outside 0 to 1.
#[must_use]
pub fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let position = p * last as f64;
    let below = (position.floor() as usize).min(last);
    let above = (below + 1).min(last);
    let (low, high) = (*sorted.get(below)?, *sorted.get(above)?);
    Some(low + (position - below as f64) * (high - low))
}

/// From the `(1 − level)/2` to the `(1 + level)/2` quantile of the replicates. Below 20 replicates the ends are undefined.
///
/// Follows any change of scale of the estimate; does not correct for bias.
#[must_use]
pub fn percentile(sorted: &[f64], level: f64) -> Option<Interval> {
    if sorted.len() < 20 || !(level > 0.0 && level < 1.0) {
        return None;
    }
    let tail = (1.0 - level) / 2.0;
    interval(quantile(sorted, tail)?, quantile(sorted, 1.0 - tail)?, level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quantiles_of_the_first_numbers() {
        let values: Vec<f64> = (0..=100).map(f64::from).collect();
        assert_eq!(quantile(&values, 0.025), Some(2.5));
        assert_eq!(quantile(&values, 1.0), Some(100.0));
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&values, 1.5), None);
        assert_eq!(percentile(&values[..19], 0.95), None);
    }

    proptest! {
        /// Whatever keeps the order of the estimates carries the interval with it.
        #[test]
        fn follows_a_change_of_scale(mut values in prop::collection::vec(-5.0_f64..5.0, 41)) {
            values.sort_by(f64::total_cmp);
            // With 41 values the 0.05 and 0.95 quantiles are order statistics.
            let plain = percentile(&values, 0.9).unwrap();
            let cubed: Vec<f64> = values.iter().map(|v| v * v * v).collect();
            let other = percentile(&cubed, 0.9).unwrap();
            prop_assert!((other.lower - plain.lower * plain.lower * plain.lower).abs() < 1e-9);
            prop_assert!((other.upper - plain.upper * plain.upper * plain.upper).abs() < 1e-9);
        }
    }
}
