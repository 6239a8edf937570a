//! Measurement invariance of composites: may two groups be compared at all?
//!
//! Three steps (J. Henseler, C. M. Ringle & M. Sarstedt, "Testing measurement invariance of composites using partial least squares", *International
//! Marketing Review* 33 (2016) 405–431):
//!
//! 1. **configural**: same items, same treatment, same estimation – given here, as both groups are estimated from one definition;
//! 2. **compositional**: the weights of both groups make the same score of the same people, correlation 1; without it groups cannot be compared;
//! 3. **means and variances**: equal means and variances of the pooled scores; only with both may the groups be pooled.

use nalgebra::DMatrix;

/// Step 2: correlation `w_a' S w_b / √(w_a' S w_a · w_b' S w_b)` of the two scores that the weights of two groups give all cases together, the pooled
/// covariances of the block's items being `S`.
///
/// With pooled *correlations* for `S` the weights apply to standardised items and the unit of an item does not matter; cSEM's `testMICOM` applies them to
/// items as they are, pooled covariances. −1 to 1; `None` where a score has no variance or sizes differ.
#[must_use]
pub fn score_correlation(pooled: &DMatrix<f64>, a: &[f64], b: &[f64]) -> Option<f64> {
    let size = a.len();
    if b.len() != size || pooled.shape() != (size, size) {
        return None;
    }
    let form = |x: &[f64], y: &[f64]| -> f64 {
        let terms = x
            .iter()
            .enumerate()
            .flat_map(|(i, x)| y.iter().enumerate().map(move |(j, y)| x * y * pooled[(i, j)]));
        terms.sum()
    };
    let value = form(a, b) / (form(a, a) * form(b, b)).sqrt();
    value.is_finite().then_some(value)
}

/// Mean and variance of a score in one group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoreMoments {
    /// Mean, in standard deviations of the pooled score.
    pub mean: f64,
    /// Variance, divisor n − 1.
    pub variance: f64,
}

/// Step 3: difference of the means, and `ln(variance of a / variance of b)`: a ratio, not a difference, so that the direction does not matter. `None` unless
/// both variances are positive.
#[must_use]
pub fn moment_differences(a: ScoreMoments, b: ScoreMoments) -> Option<(f64, f64)> {
    let both = a.variance > 0.0 && b.variance > 0.0;
    let (mean, ratio) = (a.mean - b.mean, a.variance / b.variance);
    (both && mean.is_finite() && ratio.is_finite()).then(|| (mean, libm::log(ratio)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::dmatrix;
    use proptest::prelude::*;

    #[test]
    fn equal_weights_make_equal_scores() {
        let s = dmatrix![1.0, 0.5; 0.5, 1.0];
        assert!((score_correlation(&s, &[0.2, 0.4], &[0.4, 0.8]).unwrap() - 1.0).abs() < 1e-15);
        // Two single items: their own correlation.
        assert!((score_correlation(&s, &[1.0, 0.0], &[0.0, 1.0]).unwrap() - 0.5).abs() < 1e-15);
        assert_eq!(score_correlation(&s, &[0.0, 0.0], &[1.0, 1.0]), None);
        assert_eq!(score_correlation(&s, &[1.0], &[1.0, 1.0]), None);
    }

    proptest! {
        #[test]
        fn exchange_turns_the_sign(mean in -2.0_f64..2.0, va in 0.1_f64..4.0, vb in 0.1_f64..4.0) {
            let (a, b) = (ScoreMoments { mean, variance: va }, ScoreMoments { mean: 0.3, variance: vb });
            let (forward, backward) = (moment_differences(a, b).unwrap(), moment_differences(b, a).unwrap());
            prop_assert!((forward.0 + backward.0).abs() < 1e-12 && (forward.1 + backward.1).abs() < 1e-12);
        }
    }
}
