//! Weights of the first principal component of standardised indicators.
//!
//! The component is the unit eigenvector of the correlation matrix with the largest eigenvalue, turned so that its
//! entries sum to a positive number. It is the combination of the indicators that varies most, which is what they
//! have in common when they all point the same way.
//!
//! Source: I. T. Jolliffe, *Principal Component Analysis*, 2nd edition (2002), sections 1.1 and 2.3 (correlation matrix).

use nalgebra::{DMatrix, SymmetricEigen};

/// First principal component.
#[derive(Debug, Clone, PartialEq)]
pub struct PrincipalComponent {
    /// Weights of the standardised indicators; squares sum to 1. Not all positive when an indicator runs against the rest.
    pub weights: Vec<f64>,
    /// Share of the variance of all indicators that the component carries, 1/p to 1.
    pub explained: f64,
}

/// First principal component of a correlation matrix. `None` for an empty or not square matrix, for entries that are no
/// numbers, and when the largest eigenvalue is not single, so that no direction is the first.
#[must_use]
pub fn first_component(correlation: &DMatrix<f64>) -> Option<PrincipalComponent> {
    let order = correlation.nrows();
    if order == 0 || correlation.ncols() != order || correlation.iter().any(|r| !r.is_finite()) {
        return None;
    }
    let eigen = SymmetricEigen::new(correlation.clone());
    let mut order_of: Vec<usize> = (0..order).collect();
    order_of.sort_by(|a, b| eigen.eigenvalues[*b].total_cmp(&eigen.eigenvalues[*a]).then(a.cmp(b)));
    let first = *order_of.first()?;
    let largest = eigen.eigenvalues[first];
    if order_of
        .get(1)
        .is_some_and(|second| largest - eigen.eigenvalues[*second] < 1e-9 * largest)
    {
        return None;
    }
    let vector = eigen.eigenvectors.column(first);
    let sign = if vector.sum() < 0.0 { -1.0 } else { 1.0 };
    Some(PrincipalComponent {
        weights: vector.iter().map(|w| sign * w).collect(),
        explained: largest / order as f64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::dmatrix;
    use proptest::prelude::*;

    #[test]
    fn without_a_first_direction_there_is_none() {
        assert_eq!(first_component(&DMatrix::identity(3, 3)), None);
        assert_eq!(first_component(&DMatrix::zeros(0, 0)), None);
        assert_eq!(first_component(&dmatrix![1.0, f64::NAN; f64::NAN, 1.0]), None);
        let one = first_component(&dmatrix![1.0]).unwrap();
        assert_eq!((one.weights, one.explained), (vec![1.0], 1.0));
    }

    proptest! {
        /// Equal correlations ρ: equal weights 1/√p and the eigenvalue 1 + (p − 1)ρ.
        #[test]
        fn equal_correlations(p in 2..8_usize, rho in 0.05..0.95_f64) {
            let r = DMatrix::from_fn(p, p, |a, b| if a == b { 1.0 } else { rho });
            let got = first_component(&r).unwrap();
            for weight in &got.weights {
                prop_assert!((weight - 1.0 / (p as f64).sqrt()).abs() < 1e-9);
            }
            prop_assert!((got.explained - (1.0 + (p as f64 - 1.0) * rho) / p as f64).abs() < 1e-12);
        }

        /// An eigenvector of the matrix, of length 1.
        #[test]
        fn is_an_eigenvector(a in -0.4..0.9_f64, b in 0.0..0.5_f64, c in 0.0..0.5_f64) {
            let r = dmatrix![1.0, a, b; a, 1.0, c; b, c, 1.0];
            if let Some(got) = first_component(&r) {
                let w = nalgebra::DVector::from_vec(got.weights.clone());
                let image = &r * &w;
                prop_assert!((image - &w * (got.explained * 3.0)).amax() < 1e-9);
                prop_assert!((w.norm() - 1.0).abs() < 1e-12);
            }
        }
    }
}
