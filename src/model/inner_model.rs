//! What the paths that end at a construct explain, one by one: adjusted R²,
//! f², variance inflation, ordinary least squares inference.
//!
//! All of it follows from the correlations among the scores.

use nalgebra::DMatrix;

use super::pls::{InnerScheme, OuterMode, PlsError, PlsEstimate, PlsOptions, estimate_with};
use super::structure::Structure;
use crate::stats::student_t_two_sided_p;

/// R² adjusted for the number of predictors: `1 − (1 − R²)(n − 1)/(n − k − 1)`.
///
/// `n` is the (effective) number of respondents. At most R²; may be below 0.
/// `None` when there are no more respondents than coefficients. Source:
/// M. Ezekiel, *Methods of correlation analysis* (1930).
pub fn r2_adjusted(r2: f64, n: f64, predictors: usize) -> Option<f64> {
    let rest = n - predictors as f64 - 1.0;
    (rest > 0.0).then(|| 1.0 - (1.0 - r2) * (n - 1.0) / rest)
}

/// Variance inflation of each predictor of one construct, `[(R⁻¹)ⱼⱼ]`, in the
/// order of the paths of [`Structure::paths`].
///
/// 1 for a predictor uncorrelated with the others; the reading "above 5 the
/// coefficients blur, above 3 look closer" is J. F. Hair et al., *A primer on
/// PLS-SEM*, 3rd ed. (2022), chapter 6. `None` where predictors are linearly
/// dependent.
pub fn inner_vif(structure: &Structure, construct_correlation: &DMatrix<f64>) -> Vec<Option<f64>> {
    let mut all = vec![None; structure.paths().len()];
    for incoming in structure.incoming() {
        let among = DMatrix::from_fn(incoming.len(), incoming.len(), |i, j| {
            construct_correlation[(incoming[i].from, incoming[j].from)]
        });
        let Some(factor) = among.cholesky() else { continue };
        let inverse = factor.inverse();
        for (position, before) in incoming.iter().enumerate() {
            all[before.path] = Some(inverse[(position, position)]);
        }
    }
    all
}

/// Effect size f² of each path with the scores kept as they are:
/// `(R² − R²₋ⱼ) / (1 − R²) = βⱼ² / (VIFⱼ (1 − R²))`.
///
/// 0 or more; 0.02, 0.15 and 0.35 are usually read as small, medium and large
/// (J. Cohen, *Statistical power analysis for the behavioral sciences*, 2nd ed.
/// (1988), chapter 9). Fixed scores are the convention of cSEM; see
/// [`f2_reestimated`] for the other. `None` where predictors are linearly
/// dependent or everything is explained.
pub fn f2_fixed_scores(structure: &Structure, paths: &[f64], r2: &[Option<f64>], construct_correlation: &DMatrix<f64>) -> Vec<Option<f64>> {
    let vif = inner_vif(structure, construct_correlation);
    let one = |(path, &(_, to)): (usize, &(usize, usize))| {
        let unexplained = 1.0 - (*r2.get(to)?)?;
        let coefficient = paths.get(path)?;
        (unexplained > 0.0).then_some(coefficient * coefficient / (vif[path]? * unexplained))
    };
    structure.paths().iter().enumerate().map(one).collect()
}

/// Effect size f² of each path with the whole model, weights included,
/// estimated again without the path: `(R² − R²₋ⱼ) / (1 − R²)`.
///
/// The convention of `seminr` and `SmartPLS`. May be slightly below 0, as the
/// weights change too. The only path to a construct explains all that is
/// explained. Reading and source as for [`f2_fixed_scores`].
///
/// # Errors
/// The [`PlsError`] of a model without one of its paths.
pub fn f2_reestimated(
    correlation: &DMatrix<f64>,
    structure: &Structure,
    modes: &[OuterMode],
    scheme: InnerScheme,
    options: PlsOptions,
) -> Result<Vec<Option<f64>>, PlsError> {
    let full = estimate_with(correlation, structure, modes, scheme, options)?;
    let mut all = Vec::with_capacity(structure.paths().len());
    for (path, &(_, to)) in structure.paths().iter().enumerate() {
        let Some(r2) = full.r2[to] else {
            all.push(None);
            continue;
        };
        let without = r2_without(correlation, structure, modes, (scheme, options), path, to)?;
        all.push(without.filter(|_| r2 < 1.0).map(|without| (r2 - without) / (1.0 - r2)));
    }
    Ok(all)
}

fn r2_without(
    correlation: &DMatrix<f64>,
    structure: &Structure,
    modes: &[OuterMode],
    (scheme, options): (InnerScheme, PlsOptions),
    path: usize,
    to: usize,
) -> Result<Option<f64>, PlsError> {
    if structure.incoming()[to].len() == 1 {
        return Ok(Some(0.0));
    }
    let mut paths = structure.paths().to_vec();
    paths.remove(path);
    // A construct that loses its only path cannot be estimated: then there is no f² of this kind.
    let Ok(reduced) = structure.with_paths(paths) else {
        return Ok(None);
    };
    let model = estimate_with(correlation, &reduced, modes, scheme, options)?;
    Ok(model.r2[to])
}

/// Ordinary least squares inference on a path, the scores taken as given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PathInference {
    /// Standard error `√((1 − R²) VIF / (n − k − 1))`.
    pub standard_error: f64,
    /// Coefficient over standard error.
    pub t: f64,
    /// Two-sided p-value by Student's t.
    pub p_value: f64,
    /// Degrees of freedom `n − k − 1`.
    pub df: f64,
}

/// OLS inference for every path, in the order of [`Structure::paths`].
///
/// It ignores that the weights of the scores were estimated from the same
/// answers and that respondents may have unequal weights; it is here to be
/// compared with other programs. Resampled errors are the ones to report.
/// `None` where predictors are linearly dependent or respondents too few.
pub fn ols_inference(structure: &Structure, model: &PlsEstimate, n: f64) -> Vec<Option<PathInference>> {
    let vif = inner_vif(structure, &model.construct_correlation);
    let one = |(path, &(_, to)): (usize, &(usize, usize))| {
        let df = n - structure.incoming()[to].len() as f64 - 1.0;
        let variance = (1.0 - model.r2[to]?) * vif[path]? / df;
        if df <= 0.0 || variance <= 0.0 {
            return None;
        }
        let standard_error = variance.sqrt();
        let t = model.paths[path] / standard_error;
        Some(PathInference {
            standard_error,
            t,
            p_value: student_t_two_sided_p(t, df)?,
            df,
        })
    };
    structure.paths().iter().enumerate().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::pls::estimate;
    use nalgebra::dmatrix;

    fn singles() -> (DMatrix<f64>, Structure) {
        let correlation = dmatrix![1.0, 0.5, 0.6; 0.5, 1.0, 0.4; 0.6, 0.4, 1.0];
        let structure = Structure::new(vec![vec![0], vec![1], vec![2]], vec![(0, 2), (1, 2)], 3).unwrap();
        (correlation, structure)
    }

    /// With single items the scores cannot change, so that both conventions agree with the textbook.
    #[test]
    fn both_f2_agree_without_weights_to_estimate() {
        let (correlation, structure) = singles();
        let model = estimate(&correlation, &structure, InnerScheme::Path, PlsOptions::default()).unwrap();
        let fixed = f2_fixed_scores(&structure, &model.paths, &model.r2, &correlation);
        let modes = [OuterMode::ModeA; 3];
        let again = f2_reestimated(&correlation, &structure, &modes, InnerScheme::Path, PlsOptions::default());
        // Without its only path, a construct is isolated: undefined.
        assert_eq!(again.unwrap(), [None, None]);
        let r2 = model.r2[2].unwrap();
        assert!((fixed[0].unwrap() - (r2 - 0.16) / (1.0 - r2)).abs() < 1e-14);
        assert!((fixed[1].unwrap() - (r2 - 0.36) / (1.0 - r2)).abs() < 1e-14);
    }

    #[test]
    fn inflation_of_two_predictors() {
        let (correlation, structure) = singles();
        for vif in inner_vif(&structure, &correlation) {
            assert!((vif.unwrap() - 1.0 / 0.75).abs() < 1e-14);
        }
    }

    #[test]
    fn undefined_with_too_few_respondents() {
        assert_eq!(r2_adjusted(0.5, 3.0, 2), None);
        assert!((r2_adjusted(0.5, 13.0, 2).unwrap() - 0.4).abs() < 1e-14);
        let (correlation, structure) = singles();
        let model = estimate(&correlation, &structure, InnerScheme::Path, PlsOptions::default()).unwrap();
        assert!(ols_inference(&structure, &model, 3.0).iter().all(Option::is_none));
        assert!(ols_inference(&structure, &model, 30.0).iter().all(Option::is_some));
    }
}
