//! Whether the correlations of items are worth a common construct at all.

use nalgebra::DMatrix;

use crate::stats::chi_squared_upper_tail;

/// Kaiser–Meyer–Olkin measure of sampling adequacy.
#[derive(Debug, Clone, PartialEq)]
pub struct Kmo {
    /// Of all items together.
    pub overall: f64,
    /// Of each item.
    pub items: Vec<f64>,
}

/// `Σ r² / (Σ r² + Σ q²)` over pairs of items, `q` the correlation of two items
/// when all others are held fixed.
///
/// 0 to 1; usually wanted above 0.6 to 0.7; always 0.5 for two items. `None`
/// for fewer than two items or when one is a linear combination of the others.
/// `items` are positions in `correlation`. Source: H. F. Kaiser & J. Rice,
/// *Educational and Psychological Measurement* 34 (1974) 111–117.
pub fn kmo(correlation: &DMatrix<f64>, items: &[usize]) -> Option<Kmo> {
    let r = part(correlation, items)?;
    let inverse = r.clone().cholesky()?.inverse();
    let k = items.len();
    let squares = |i: usize| {
        let others = (0..k).filter(|j| *j != i);
        others.fold((0.0, 0.0), |(plain, partial), j| {
            let q = -inverse[(i, j)] / (inverse[(i, i)] * inverse[(j, j)]).sqrt();
            (plain + r[(i, j)] * r[(i, j)], partial + q * q)
        })
    };
    let sums: Vec<(f64, f64)> = (0..k).map(squares).collect();
    let ratio = |(plain, partial): (f64, f64)| plain / (plain + partial);
    let all = sums.iter().fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
    let found = Kmo {
        overall: ratio(all),
        items: sums.into_iter().map(ratio).collect(),
    };
    found.overall.is_finite().then_some(found)
}

/// Bartlett's test of sphericity: that all items are uncorrelated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bartlett {
    /// `−(n − 1 − (2k + 5)/6) ln |R|`.
    pub chi_squared: f64,
    /// `k(k − 1)/2`.
    pub df: f64,
    /// Probability of so large a value without any correlation.
    pub p_value: f64,
}

/// Bartlett's test for `n` respondents. `None` for fewer than two items, a
/// singular matrix, or too few respondents. Source: M. S. Bartlett, *Journal of
/// the Royal Statistical Society B* 16 (1954) 296–298.
pub fn bartlett(correlation: &DMatrix<f64>, items: &[usize], n: f64) -> Option<Bartlett> {
    let r = part(correlation, items)?;
    let k = items.len() as f64;
    let factor = r.cholesky()?;
    let ln_determinant: f64 = 2.0 * factor.l_dirty().diagonal().iter().map(|d| d.ln()).sum::<f64>();
    let multiplier = n - 1.0 - (2.0 * k + 5.0) / 6.0;
    let (chi_squared, df) = (-multiplier * ln_determinant, k * (k - 1.0) / 2.0);
    (multiplier > 0.0).then_some(())?;
    Some(Bartlett {
        chi_squared,
        df,
        p_value: chi_squared_upper_tail(chi_squared, df)?,
    })
}

/// Eigenvalues of the correlations of some items, largest first. They sum to
/// the number of items; only the first above 1 speaks for one dimension
/// (H. F. Kaiser, *Educational and Psychological Measurement* 20 (1960)
/// 141–151). `None` for no items or a position outside the matrix.
pub fn eigenvalues(correlation: &DMatrix<f64>, items: &[usize]) -> Option<Vec<f64>> {
    let r = part_of_any_size(correlation, items)?;
    let mut values: Vec<f64> = r.symmetric_eigenvalues().iter().copied().collect();
    values.sort_by(|a, b| b.total_cmp(a));
    Some(values)
}

/// Dillon–Goldstein's ρ from the first principal component: composite
/// reliability with the correlations of the items with that component as
/// loadings.
///
/// `(Σλ)² / ((Σλ)² + Σ(1 − λ²))`. What the R package plspm prints as "DG.rho".
/// `None` for fewer than two items. Source: M. Tenenhaus et al.,
/// *Computational Statistics & Data Analysis* 48 (2005), section 1.2.1.
pub fn first_component_rho(correlation: &DMatrix<f64>, items: &[usize]) -> Option<f64> {
    let eigen = part(correlation, items)?.symmetric_eigen();
    let first = eigen.eigenvalues.imax();
    let scale = eigen.eigenvalues[first].sqrt();
    let mut loadings: Vec<f64> = eigen.eigenvectors.column(first).iter().map(|v| v * scale).collect();
    if loadings.iter().sum::<f64>() < 0.0 {
        loadings.iter_mut().for_each(|l| *l = -*l);
    }
    super::reliability::composite_reliability(&loadings)
}

/// The correlations of at least two items.
fn part(correlation: &DMatrix<f64>, items: &[usize]) -> Option<DMatrix<f64>> {
    part_of_any_size(correlation, items).filter(|_| items.len() > 1)
}

fn part_of_any_size(correlation: &DMatrix<f64>, items: &[usize]) -> Option<DMatrix<f64>> {
    let inside = items.iter().all(|i| *i < correlation.nrows() && *i < correlation.ncols());
    if items.is_empty() || !inside {
        return None;
    }
    let r = DMatrix::from_fn(items.len(), items.len(), |a, b| correlation[(items[a], items[b])]);
    r.iter().all(|value| value.is_finite()).then_some(r)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn equal(r: f64) -> DMatrix<f64> {
        DMatrix::from_fn(3, 3, |a, b| if a == b { 1.0 } else { r })
    }

    #[test]
    fn equal_correlations_by_hand() {
        // q = r/(1 + r) for three items of equal correlation.
        let found = kmo(&equal(0.5), &[0, 1, 2]).unwrap();
        let expected = 0.25 / (0.25 + 1.0 / 9.0);
        assert!((found.overall - expected).abs() < 1e-14);
        assert!(found.items.iter().all(|item| (item - expected).abs() < 1e-14));
        // |R| = (1 − r)²(1 + 2r) = 0.5
        let test = bartlett(&equal(0.5), &[0, 1, 2], 101.0).unwrap();
        assert!((test.chi_squared - (100.0 - 11.0 / 6.0) * 2f64.ln()).abs() < 1e-12);
        let values = eigenvalues(&equal(0.5), &[0, 1, 2]).unwrap();
        assert!((values[0] - 2.0).abs() < 1e-14 && (values[2] - 0.5).abs() < 1e-14);
        // λ² = 2/3: (3λ)² = 6 against 3/3.
        assert!((first_component_rho(&equal(0.5), &[0, 1, 2]).unwrap() - 6.0 / 7.0).abs() < 1e-14);
    }

    #[test]
    fn two_items_are_always_half_adequate() {
        assert!((kmo(&equal(0.7), &[0, 1]).unwrap().overall - 0.5).abs() < 1e-14);
    }

    #[test]
    fn undefined_rather_than_one() {
        assert_eq!(kmo(&equal(0.5), &[0]), None);
        assert_eq!(kmo(&equal(1.0), &[0, 1, 2]), None);
        assert_eq!(bartlett(&equal(0.5), &[0], 100.0), None);
        assert_eq!(bartlett(&equal(0.5), &[0, 1], 2.0), None);
        assert_eq!(first_component_rho(&equal(0.5), &[0]), None);
        assert_eq!(eigenvalues(&equal(0.5), &[3]), None);
    }
}
