//! Basic interval.

use super::{interval, percentile};
use crate::stats::Interval;

/// The percentile interval mirrored at the estimate: `2θ − q(1 − α/2)` to `2θ − q(α/2)`.
///
/// Corrects for bias; may leave the range of the estimate (a correlation above 1).
#[must_use]
pub fn basic(value: f64, sorted: &[f64], level: f64) -> Option<Interval> {
    let direct = percentile(sorted, level)?;
    interval(2.0 * value - direct.upper, 2.0 * value - direct.lower, level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_the_mirror_of_the_percentile_interval() {
        let values: Vec<f64> = (0..=40).map(|i| f64::from(i * i)).collect();
        let direct = percentile(&values, 0.9).unwrap();
        let mirrored = basic(500.0, &values, 0.9).unwrap();
        assert_eq!(mirrored.lower, 1000.0 - direct.upper);
        assert_eq!(mirrored.upper, 1000.0 - direct.lower);
        // Around the middle of a symmetric distribution the two are the same.
        let even: Vec<f64> = (0..=40).map(f64::from).collect();
        let (direct, mirrored) = (percentile(&even, 0.9).unwrap(), basic(20.0, &even, 0.9).unwrap());
        assert!((direct.lower - mirrored.lower).abs() < 1e-12);
    }
}
