//! How far the correlations that a model implies lie from those observed.

use nalgebra::DMatrix;

use super::structure::Structure;

/// Correlations among the constructs that the paths alone imply.
///
/// Constructs that nothing explains keep the correlations observed among them;
/// every other is built in causal order: its covariance with an earlier one is
/// `Σ βⱼ · (that of its predictors)`, its variance `β'Φβ + (1 − R²)` with the
/// estimated R². At the end the diagonal is set to 1, as cSEM does; in a model
/// that leaves out paths the implied variances lie a little off. Equal to the
/// observed correlations when every pair is joined by a path. Source: K. A.
/// Bollen, *Structural equations with latent variables* (1989), chapter 4.
pub fn implied_construct_correlation(structure: &Structure, paths: &[f64], r2: &[Option<f64>], observed: &DMatrix<f64>) -> DMatrix<f64> {
    let count = structure.construct_count();
    let mut implied = DMatrix::identity(count, count);
    let explained = |c: &usize| !structure.incoming()[*c].is_empty();
    let exogenous: Vec<usize> = (0..count).filter(|c| !explained(c)).collect();
    for &a in &exogenous {
        for &b in &exogenous {
            implied[(a, b)] = observed[(a, b)];
        }
    }
    let mut done = exogenous;
    for &construct in structure.order().iter().filter(|c| explained(c)) {
        let incoming = &structure.incoming()[construct];
        for &earlier in &done {
            let value = incoming
                .iter()
                .map(|before| paths[before.path] * implied[(before.from, earlier)])
                .sum();
            implied[(earlier, construct)] = value;
            implied[(construct, earlier)] = value;
        }
        let carried: f64 = incoming
            .iter()
            .map(|before| paths[before.path] * implied[(before.from, construct)])
            .sum();
        implied[(construct, construct)] = carried + 1.0 - r2[construct].unwrap_or(0.0);
        done.push(construct);
    }
    implied.fill_diagonal(1.0);
    implied
}

/// Correlations among the items that a model implies: `λᵢ φ_ab λⱼ` for items of
/// different constructs.
///
/// Within a block: `λᵢ λⱼ` for a common factor (`is_factor`), the observed
/// correlations for a composite, which explains nothing of what its items
/// share. Items outside all blocks keep the observed correlations. Source:
/// T. K. Dijkstra & J. Henseler, *MIS Quarterly* 39 (2015), section 3;
/// J. Henseler et al., *Organizational Research Methods* 17 (2014) 182–209.
pub fn implied_item_correlation(
    observed: &DMatrix<f64>,
    structure: &Structure,
    loadings: &[Vec<f64>],
    constructs: &DMatrix<f64>,
    is_factor: &[bool],
) -> DMatrix<f64> {
    let mut implied = observed.clone();
    let members: Vec<(usize, usize, f64)> = structure
        .blocks()
        .iter()
        .zip(loadings)
        .enumerate()
        .flat_map(|(c, (items, loadings))| items.iter().zip(loadings).map(move |(&item, &loading)| (c, item, loading)))
        .collect();
    for &(a, row, left) in &members {
        for &(b, column, right) in &members {
            let factor = is_factor.get(a).copied().unwrap_or(false);
            if row != column && (a != b || factor) {
                implied[(row, column)] = left * constructs[(a, b)] * right;
            }
        }
    }
    implied
}

/// Distances between observed and implied correlations. All 0 for a perfect fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GlobalFit {
    /// Standardised root mean square residual, `√(Σ_{i≤j} (sᵢⱼ − σᵢⱼ)² / (p(p+1)/2))`; below 0.08 is usually read as good
    /// (L. Hu & P. M. Bentler, *Structural Equation Modeling* 6 (1999) 1–55), a cut-off made for factor models.
    pub srmr: f64,
    /// Squared Euclidean distance `½ Σᵢⱼ (sᵢⱼ − σᵢⱼ)²` (unweighted least squares).
    pub d_uls: f64,
    /// Geodesic distance `½ Σ (ln φₖ)²`, `φₖ` the eigenvalues of `S⁻¹Σ`; `None` unless both matrices are positive definite.
    /// (cSEM takes logarithms to base 10: its value is this one over (ln 10)².)
    pub d_g: Option<f64>,
    /// Maximum likelihood discrepancy `tr(SΣ⁻¹) − ln|SΣ⁻¹| − p`; `None` as for the geodesic distance.
    pub d_ml: Option<f64>,
}

/// Distances between two matrices of correlations; `None` when their shapes differ or they are empty.
pub fn global_fit(observed: &DMatrix<f64>, implied: &DMatrix<f64>) -> Option<GlobalFit> {
    let p = observed.nrows();
    if p == 0 || observed.shape() != (p, p) || implied.shape() != (p, p) {
        return None;
    }
    let mut squares = 0.0;
    for column in 0..p {
        for row in 0..=column {
            let residual = observed[(row, column)] - implied[(row, column)];
            squares += residual * residual * if row == column { 0.5 } else { 1.0 };
        }
    }
    let roots = relative_eigenvalues(observed, implied);
    Some(GlobalFit {
        srmr: (2.0 * squares / (p * (p + 1)) as f64).sqrt(),
        d_uls: squares,
        d_g: roots
            .as_ref()
            .map(|roots| 0.5 * roots.iter().map(|root| root.ln().powi(2)).sum::<f64>()),
        d_ml: roots.map(|roots| roots.iter().map(|root| 1.0 / root + root.ln() - 1.0).sum()),
    })
}

/// Eigenvalues of `S⁻¹Σ`, those of `L⁻¹ΣL⁻ᵀ` with `S = LLᵀ`.
fn relative_eigenvalues(observed: &DMatrix<f64>, implied: &DMatrix<f64>) -> Option<Vec<f64>> {
    let factor = observed.clone().cholesky()?.l();
    let half = factor.solve_lower_triangular(implied)?;
    let whole = factor.solve_lower_triangular(&half.transpose())?;
    let symmetric = (&whole + whole.transpose()) * 0.5;
    let roots = symmetric.symmetric_eigenvalues();
    roots.iter().all(|root| *root > 1e-12).then(|| roots.iter().copied().collect())
}

/// Goodness of fit `√(mean communality × mean R²)`, 0 to 1.
///
/// `communalities` are those of all items in blocks of at least two, `r2` of
/// all explained constructs. It does not tell right models from wrong ones and
/// is here because reports ask for it. `None` when one of the two is empty or
/// negative in the mean. Source: M. Tenenhaus et al., *Computational Statistics & Data Analysis*
/// 48 (2005), section 4.3.
pub fn goodness_of_fit(communalities: &[f64], r2: &[f64]) -> Option<f64> {
    let mean = |values: &[f64]| (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64);
    let product = mean(communalities)? * mean(r2)?;
    (product >= 0.0).then(|| product.sqrt())
}

#[cfg(test)]
mod tests {
    use super::super::pls::{InnerScheme, PlsOptions, estimate};
    use super::*;
    use nalgebra::dmatrix;

    #[test]
    fn a_saturated_model_implies_what_was_observed() {
        let observed = dmatrix![1.0, 0.5, 0.6; 0.5, 1.0, 0.4; 0.6, 0.4, 1.0];
        let blocks = vec![vec![0], vec![1], vec![2]];
        let structure = Structure::new(blocks, vec![(0, 1), (0, 2), (1, 2)], 3).unwrap();
        let model = estimate(&observed, &structure, InnerScheme::Path, PlsOptions::default()).unwrap();
        let implied = implied_construct_correlation(&structure, &model.paths, &model.r2, &observed);
        assert!((&implied - &observed).amax() < 1e-14);
        let items = implied_item_correlation(&observed, &structure, &model.loadings, &implied, &[false; 3]);
        let fit = global_fit(&observed, &items).unwrap();
        assert!(fit.srmr < 1e-14 && fit.d_uls < 1e-14 && fit.d_g.unwrap() < 1e-14 && fit.d_ml.unwrap().abs() < 1e-14);
    }

    #[test]
    fn exogenous_constructs_may_come_late() {
        let observed = dmatrix![1.0, 0.5, 0.6; 0.5, 1.0, 0.3; 0.6, 0.3, 1.0];
        let structure = Structure::new(vec![vec![0], vec![1], vec![2]], vec![(0, 1), (2, 1)], 3).unwrap();
        let model = estimate(&observed, &structure, InnerScheme::Path, PlsOptions::default()).unwrap();
        let implied = implied_construct_correlation(&structure, &model.paths, &model.r2, &observed);
        assert!((&implied - &observed).amax() < 1e-14);
    }

    #[test]
    fn distances_by_hand() {
        let observed = dmatrix![1.0, 0.5; 0.5, 1.0];
        let fit = global_fit(&observed, &DMatrix::identity(2, 2)).unwrap();
        assert!((fit.d_uls - 0.25).abs() < 1e-15);
        assert!((fit.srmr - f64::sqrt(0.25 / 3.0)).abs() < 1e-15);
        // S has eigenvalues 1.5 and 0.5.
        let d_g = 0.5 * (1.5_f64.ln().powi(2) + 0.5_f64.ln().powi(2));
        assert!((fit.d_g.unwrap() - d_g).abs() < 1e-14);
        assert!((fit.d_ml.unwrap() - (2.0 - 0.75_f64.ln() - 2.0)).abs() < 1e-14);
        let impossible = global_fit(&dmatrix![1.0, 2.0; 2.0, 1.0], &observed).unwrap();
        assert_eq!((impossible.d_g, impossible.d_ml), (None, None));
    }
}
