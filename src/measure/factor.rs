//! One common factor behind the items of a construct, and the reliability ω of
//! their sum that follows from it.

use nalgebra::{DMatrix, SymmetricEigen};

/// How the factor is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorMethod {
    /// Smallest squared residual correlations off the diagonal (unweighted least squares).
    MinimumResidual,
    /// Maximum likelihood under a normal distribution.
    MaximumLikelihood,
}

/// Smallest unique variance: a solution that stays at this bound is a Heywood case, in which an item would be explained
/// to more than the whole.
pub const UNIQUENESS_MIN: f64 = 0.005;

/// Steps after which a fit is given up, and the change of a unique variance at which it stands still. Items that one factor describes
/// settle within some hundred steps; those that have no common factor creep.
const ITERATIONS_MAX: u32 = 3_000;
const TOLERANCE: f64 = 1e-13;

/// A one-factor model of standardised items.
#[derive(Debug, Clone, PartialEq)]
pub struct OneFactor {
    /// Loadings, with a positive sum, in the order of the items.
    pub loadings: Vec<f64>,
    /// Unique variances `1 − λ²`, not below [`UNIQUENESS_MIN`].
    pub uniquenesses: Vec<f64>,
    /// True when a unique variance lies at its bound: one factor does not describe the items, and ω should not be used.
    pub heywood: bool,
}

/// Fits one factor to the correlations of at least three items.
///
/// For given unique variances `ψ` the best loadings come from the first
/// eigenvector, of `R − Ψ` for least squares, of `Ψ^−½ R Ψ^−½` for maximum
/// likelihood; then `ψ = 1 − λ²`. This is repeated until `ψ` stands still.
/// `items` are positions in `correlation`. `None` for fewer than three items (two
/// show no factor of their own), positions outside the matrix, values that are
/// no numbers, or no factor at all. Source: H. H. Harman & W. H. Jones,
/// *Psychometrika* 31 (1966) 351–368; K. G. Jöreskog, *Psychometrika* 32
/// (1967) 443–482.
pub fn one_factor(correlation: &DMatrix<f64>, items: &[usize], method: FactorMethod) -> Option<OneFactor> {
    let k = items.len();
    if k < 3 || items.iter().any(|i| *i >= correlation.nrows() || *i >= correlation.ncols()) {
        return None;
    }
    let r = DMatrix::from_fn(k, k, |a, b| correlation[(items[a], items[b])]);
    if r.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let mut psi = vec![0.5; k];
    for _ in 0..ITERATIONS_MAX {
        let once = step(&r, &psi, method)?;
        if distance(&psi, &once) < TOLERANCE {
            let heywood = once.iter().any(|p| *p <= UNIQUENESS_MIN);
            return Some(OneFactor {
                loadings: loadings(&r, &once, method)?,
                uniquenesses: once,
                heywood,
            });
        }
        let twice = step(&r, &once, method)?;
        let ahead = extrapolated(&psi, &once, &twice);
        psi = step(&r, &ahead, method).unwrap_or(twice);
    }
    None
}

/// Unique variances that follow from given ones.
fn step(r: &DMatrix<f64>, psi: &[f64], method: FactorMethod) -> Option<Vec<f64>> {
    let loadings = loadings(r, psi, method)?;
    Some(loadings.iter().map(|l| (1.0 - l * l).clamp(UNIQUENESS_MIN, 1.0)).collect())
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

/// Where two steps point to: plain steps creep when items have no factor in common. Source: R. Varadhan & C. Roland,
/// *Scandinavian Journal of Statistics* 35 (2008) 335–353, scheme S3.
fn extrapolated(start: &[f64], once: &[f64], twice: &[f64]) -> Vec<f64> {
    let first: Vec<f64> = once.iter().zip(start).map(|(b, a)| b - a).collect();
    let second: Vec<f64> = twice.iter().zip(once).zip(&first).map(|((c, b), r)| c - b - r).collect();
    let norm = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>().sqrt();
    let length = norm(&first) / norm(&second);
    if !length.is_finite() {
        return twice.to_vec();
    }
    let length = length.max(1.0);
    let ahead = start.iter().zip(&first).zip(&second);
    ahead
        .map(|((a, r), v)| (a + 2.0 * length * r + length * length * v).clamp(UNIQUENESS_MIN, 1.0))
        .collect()
}

/// Best loadings for given unique variances.
fn loadings(r: &DMatrix<f64>, psi: &[f64], method: FactorMethod) -> Option<Vec<f64>> {
    let k = psi.len();
    let scale = |i: usize| match method {
        FactorMethod::MinimumResidual => 1.0,
        FactorMethod::MaximumLikelihood => psi[i].sqrt(),
    };
    let reduced = DMatrix::from_fn(k, k, |a, b| {
        let own = if a == b { psi[a] } else { 0.0 };
        (r[(a, b)] - own) / (scale(a) * scale(b))
    });
    let eigen = SymmetricEigen::try_new(reduced, 1e-15, 10_000)?;
    let first = eigen.eigenvalues.imax();
    let value = eigen.eigenvalues[first];
    if value.is_nan() || value <= 1e-12 {
        return None;
    }
    let mut loadings: Vec<f64> = (0..k).map(|i| scale(i) * eigen.eigenvectors[(i, first)] * value.sqrt()).collect();
    if loadings.iter().sum::<f64>() < 0.0 {
        loadings.iter_mut().for_each(|l| *l = -*l);
    }
    Some(loadings)
}

/// Omega, ω, of a sum of items, `(Σ bᵢλᵢ)² / ((Σ bᵢλᵢ)² + Σ bᵢ²ψᵢ)`.
///
/// `spread` holds the standard deviations `b` of the items when they are summed
/// as answered, or ones when they are standardised first. 0 to 1; with one
/// factor, total ω. `None` for a Heywood case or when lengths differ. Source:
/// R. P. `McDonald`, *Test theory* (1999), chapter 6.
pub fn omega(factor: &OneFactor, spread: &[f64]) -> Option<f64> {
    if factor.heywood || spread.len() != factor.loadings.len() {
        return None;
    }
    let common: f64 = factor.loadings.iter().zip(spread).map(|(l, b)| l * b).sum();
    let own: f64 = factor.uniquenesses.iter().zip(spread).map(|(p, b)| p * b * b).sum();
    let value = common * common / (common * common + own);
    value.is_finite().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of_loadings(loadings: &[f64]) -> DMatrix<f64> {
        DMatrix::from_fn(
            loadings.len(),
            loadings.len(),
            |a, b| if a == b { 1.0 } else { loadings[a] * loadings[b] },
        )
    }

    proptest! {
        /// Correlations made by one factor give that factor back, by either method.
        #[test]
        fn a_true_factor_comes_back(loadings in prop::collection::vec(0.3f64..0.9, 3..7)) {
            let items: Vec<usize> = (0..loadings.len()).collect();
            for method in [FactorMethod::MinimumResidual, FactorMethod::MaximumLikelihood] {
                let found = one_factor(&of_loadings(&loadings), &items, method).unwrap();
                for (ours, theirs) in found.loadings.iter().zip(&loadings) {
                    prop_assert!((ours - theirs).abs() < 1e-8);
                }
                prop_assert!(!found.heywood);
            }
        }

        /// For items of one loading ω is the standardised alpha.
        #[test]
        fn parallel_items_give_alpha(loading in 0.3f64..0.95) {
            let correlation = of_loadings(&[loading; 4]);
            let found = one_factor(&correlation, &[0, 1, 2, 3], FactorMethod::MinimumResidual).unwrap();
            let alpha = super::super::reliability::alpha_standardised(&correlation, &[0, 1, 2, 3]).unwrap();
            prop_assert!((omega(&found, &[1.0; 4]).unwrap() - alpha).abs() < 1e-9);
        }
    }

    #[test]
    fn a_heywood_case_is_marked_and_has_no_omega() {
        // λ₁² = 0.6·0.6/0.3 = 1.2
        let correlation = DMatrix::from_row_slice(3, 3, &[1.0, 0.6, 0.6, 0.6, 1.0, 0.3, 0.6, 0.3, 1.0]);
        let found = one_factor(&correlation, &[0, 1, 2], FactorMethod::MinimumResidual).unwrap();
        assert!(found.heywood);
        assert_eq!(omega(&found, &[1.0; 3]), None);
    }

    #[test]
    fn two_items_show_no_factor() {
        assert_eq!(one_factor(&of_loadings(&[0.7; 2]), &[0, 1], FactorMethod::MaximumLikelihood), None);
        assert_eq!(
            one_factor(&DMatrix::identity(3, 3), &[0, 1, 3], FactorMethod::MaximumLikelihood),
            None
        );
    }
}
