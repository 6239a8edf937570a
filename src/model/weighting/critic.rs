//! CRITIC weights: spread times conflict.
//!
//! `C_j = σ_j Σ_k (1 − r_jk)`, `share_j = C_j / Σ C_k`, with `σ` the standard deviation of an indicator on 0 to 1 and `r`
//! the correlations. An indicator weighs more the more its answers differ and the less the others already say what it
//! says. The deviations are those on the theoretical scale, not on the observed range, so that one extreme answer does not
//! move the weights.
//!
//! Source: D. Diakoulaki, G. Mavrotas and L. Papayannakis, "Determining objective weights in multiple criteria
//! problems: the CRITIC method", *Computers & Operations Research* 22 (1995) 763–770, equation (4).

use super::normalised;
use nalgebra::DMatrix;

/// Shares of indicators with standard deviations `sd` (on a common scale, such as 0 to 100) and `correlation` (square, of
/// the same order). A single indicator has the share 1.
///
/// `None` when the sizes differ, a deviation is negative, or nothing conflicts: everything perfectly correlated.
#[must_use]
pub fn shares(sd: &[f64], correlation: &DMatrix<f64>) -> Option<Vec<f64>> {
    if correlation.shape() != (sd.len(), sd.len()) {
        return None;
    }
    if let [only] = sd {
        return only.is_finite().then(|| vec![1.0]);
    }
    let conflict = |j: usize| -> f64 { (0..sd.len()).filter(|k| *k != j).map(|k| 1.0 - correlation[(j, k)]).sum() };
    let information: Vec<f64> = sd.iter().enumerate().map(|(j, sd)| sd * conflict(j).max(0.0)).collect();
    normalised(&information)
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::dmatrix;
    use proptest::prelude::*;

    /// By hand: C = (2·(.5 + .8), 1·(.5 + 1), 3·(.8 + 1)) = (2.6, 1.5, 5.4), sum 9.5.
    #[test]
    fn by_hand() {
        let r = dmatrix![1.0, 0.5, 0.2; 0.5, 1.0, 0.0; 0.2, 0.0, 1.0];
        let got = shares(&[2.0, 1.0, 3.0], &r).unwrap();
        for (share, c) in got.iter().zip([2.6, 1.5, 5.4]) {
            assert!((share - c / 9.5).abs() < 1e-15);
        }
    }

    #[test]
    fn undefined_and_single() {
        assert_eq!(shares(&[4.0], &dmatrix![1.0]), Some(vec![1.0]));
        assert_eq!(shares(&[1.0, 1.0], &dmatrix![1.0, 1.0; 1.0, 1.0]), None);
        assert_eq!(shares(&[1.0, 1.0], &dmatrix![1.0]), None);
        assert_eq!(shares(&[-1.0, 1.0], &dmatrix![1.0, 0.0; 0.0, 1.0]), None);
    }

    proptest! {
        /// Two indicators share by their spread alone; a common unit changes nothing.
        #[test]
        fn two_share_by_spread(a in 0.1..9.0_f64, b in 0.1..9.0_f64, r in -0.9..0.9_f64, unit in 0.1..100.0_f64) {
            let correlation = dmatrix![1.0, r; r, 1.0];
            let got = shares(&[a, b], &correlation).unwrap();
            prop_assert!((got[0] - a / (a + b)).abs() < 1e-12);
            let scaled = shares(&[a * unit, b * unit], &correlation).unwrap();
            prop_assert!((got[0] - scaled[0]).abs() < 1e-12);
        }
    }
}
