//! Consistent partial least squares (PLSc): paths and loadings freed of the
//! attenuation that unreliable scores bring.
//!
//! A score of several items holds measurement error, so correlations among
//! scores are too small and Mode A loadings too large. With `ρ_A` the
//! reliability of a score,
//!
//! - correlations of constructs `r*_ab = r_ab / √(ρ_a ρ_b)`,
//! - loadings `λ = w √ρ_A / (w'w)`,
//! - paths and R² from `r*`.
//!
//! Only Mode A blocks of at least two items are corrected: a single item shows
//! no reliability, and a construct formed by its items has no measurement error
//! of this kind. The correction presupposes that one common factor is behind
//! each block; where it is not, the results leave their range, which
//! [`ConsistentEstimate::problems`] tells and nothing hides.
//!
//! Source: T. K. Dijkstra & J. Henseler, "Consistent partial least squares path
//! modeling", *MIS Quarterly* 39 (2015) 297–316, equations 2–5.

use nalgebra::{DMatrix, DVector};

use super::inner_model::inner_vif;
use super::pls::{OuterMode, PlsEstimate};
use super::structure::Structure;

/// A path model corrected for attenuation.
#[derive(Debug, Clone, PartialEq)]
pub struct ConsistentEstimate {
    /// Reliability ρA by construct; `None` where none is corrected for.
    pub rho_a: Vec<Option<f64>>,
    /// Loadings in the order of the blocks; uncorrected ones as they were.
    pub loadings: Vec<Vec<f64>>,
    /// Correlations among the constructs.
    pub construct_correlation: DMatrix<f64>,
    /// Path coefficients in the order of [`Structure::paths`].
    pub paths: Vec<f64>,
    /// R² by construct; `None` for an exogenous one. May exceed 1 when inadmissible.
    pub r2: Vec<Option<f64>>,
    /// What cannot be true of a population: empty for an admissible solution.
    pub problems: Vec<Inadmissible>,
}

/// Variance inflation of corrected predictors above which a path cannot be relied on (M. H. Kutner et al., *Applied
/// linear statistical models*, 5th ed. (2005), section 10.5).
pub const INFLATION_MAX: f64 = 10.0;

/// A result that no population can have, or that cannot be relied on: the model does not fit, constructs cannot be told
/// apart, or the sample is too small for the correction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Inadmissible {
    /// Reliability above 1.
    Reliability {
        /// The construct.
        construct: usize,
        /// Its ρA.
        value: f64,
    },
    /// A loading beyond ±1.
    Loading {
        /// The item.
        item: usize,
        /// The loading.
        value: f64,
    },
    /// A correlation of two constructs beyond ±1.
    Correlation {
        /// The construct of lower position.
        first: usize,
        /// The other construct.
        second: usize,
        /// The correlation.
        value: f64,
    },
    /// Correlations of constructs that no variables can have together: the matrix is not positive definite.
    NotPositiveDefinite,
    /// A path whose predictor the others nearly replace: variance inflation above [`INFLATION_MAX`].
    Inflated {
        /// The path.
        path: usize,
        /// Its variance inflation.
        value: f64,
    },
    /// More variance explained than there is.
    ExplainedVariance {
        /// The construct.
        construct: usize,
        /// Its R².
        value: f64,
    },
}

/// Why there is no corrected estimate at all.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ConsistentError {
    /// A reliability of 0 or below, or none: nothing to divide by.
    #[error("the reliability of construct {construct} is not positive")]
    NoReliability {
        /// The construct.
        construct: usize,
    },
    /// Corrected predictors that are linearly dependent.
    #[error("after correction, the constructs that explain construct {construct} are linearly dependent")]
    DependentPredictors {
        /// The construct to be explained.
        construct: usize,
    },
}

/// Corrects an estimate for attenuation.
///
/// `reliability[c]` is ρA of construct `c`
/// ([`crate::measure::reliability::rho_a`]); it is read for Mode A blocks of at
/// least two items only.
///
/// # Errors
/// [`ConsistentError`] naming the construct.
pub fn correct(
    model: &PlsEstimate,
    structure: &Structure,
    modes: &[OuterMode],
    reliability: &[Option<f64>],
) -> Result<ConsistentEstimate, ConsistentError> {
    let count = structure.construct_count();
    let mut rho_a = vec![None; count];
    let mut loadings = model.loadings.clone();
    for (construct, weights) in model.outer_weights.iter().enumerate() {
        if weights.len() < 2 || modes.get(construct) != Some(&OuterMode::ModeA) {
            continue;
        }
        let rho = reliability.get(construct).copied().flatten().filter(|rho| *rho > 0.0);
        let rho = rho.ok_or(ConsistentError::NoReliability { construct })?;
        let squares: f64 = weights.iter().map(|w| w * w).sum();
        loadings[construct] = weights.iter().map(|w| w * rho.sqrt() / squares).collect();
        rho_a[construct] = Some(rho);
    }
    let attenuation = |c: usize| rho_a[c].unwrap_or(1.0).sqrt();
    let construct_correlation = DMatrix::from_fn(count, count, |a, b| {
        if a == b {
            1.0
        } else {
            model.construct_correlation[(a, b)] / (attenuation(a) * attenuation(b))
        }
    });
    let (paths, r2) = explain(structure, &construct_correlation)?;
    let problems = problems(structure, &rho_a, &loadings, &construct_correlation, &r2);
    Ok(ConsistentEstimate {
        rho_a,
        loadings,
        construct_correlation,
        paths,
        r2,
        problems,
    })
}

type Explained = (Vec<f64>, Vec<Option<f64>>);

/// Least squares by an LU decomposition: corrected correlations need not be positive definite.
fn explain(structure: &Structure, correlation: &DMatrix<f64>) -> Result<Explained, ConsistentError> {
    let mut paths = vec![0.0; structure.paths().len()];
    let mut r2 = Vec::with_capacity(structure.construct_count());
    for (construct, incoming) in structure.incoming().iter().enumerate() {
        if incoming.is_empty() {
            r2.push(None);
            continue;
        }
        let size = incoming.len();
        let among = DMatrix::from_fn(size, size, |i, j| correlation[(incoming[i].from, incoming[j].from)]);
        let with = DVector::from_fn(size, |i, _| correlation[(incoming[i].from, construct)]);
        let solution = among.lu().solve(&with).filter(|s| s.iter().all(|v| v.is_finite()));
        let solution = solution.ok_or(ConsistentError::DependentPredictors { construct })?;
        for (before, value) in incoming.iter().zip(&solution) {
            paths[before.path] = *value;
        }
        r2.push(Some(solution.dot(&with)));
    }
    Ok((paths, r2))
}

fn problems(
    structure: &Structure,
    rho_a: &[Option<f64>],
    loadings: &[Vec<f64>],
    correlation: &DMatrix<f64>,
    r2: &[Option<f64>],
) -> Vec<Inadmissible> {
    // A little above 1 is rounding error.
    let beyond = |value: f64| value.abs() > 1.0 + 1e-12;
    let mut found = Vec::new();
    for (construct, value) in rho_a.iter().enumerate().filter_map(|(c, rho)| rho.map(|rho| (c, rho))) {
        if beyond(value) {
            found.push(Inadmissible::Reliability { construct, value });
        }
    }
    for (items, loadings) in structure.blocks().iter().zip(loadings) {
        let faulty = items.iter().zip(loadings).filter(|(_, value)| beyond(**value));
        found.extend(faulty.map(|(&item, &value)| Inadmissible::Loading { item, value }));
    }
    for second in 0..correlation.ncols() {
        let column = (0..second).map(|first| (first, correlation[(first, second)]));
        found.extend(
            column
                .filter(|(_, value)| beyond(*value))
                .map(|(first, value)| Inadmissible::Correlation { first, second, value }),
        );
    }
    if correlation.clone().cholesky().is_none() {
        found.push(Inadmissible::NotPositiveDefinite);
    }
    for (path, value) in inner_vif(structure, correlation).into_iter().enumerate() {
        if let Some(value) = value.filter(|value| *value > INFLATION_MAX) {
            found.push(Inadmissible::Inflated { path, value });
        }
    }
    for (construct, value) in r2.iter().enumerate().filter_map(|(c, r2)| r2.map(|r2| (c, r2))) {
        if beyond(value) {
            found.push(Inadmissible::ExplainedVariance { construct, value });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::pls::{InnerScheme, PlsOptions, estimate};
    use super::*;
    use crate::measure::reliability::rho_a;
    use proptest::prelude::*;

    fn corrected(correlation: &DMatrix<f64>, structure: &Structure) -> ConsistentEstimate {
        let model = estimate(correlation, structure, InnerScheme::Path, PlsOptions::default()).unwrap();
        let modes = vec![OuterMode::ModeA; structure.construct_count()];
        let reliability: Vec<Option<f64>> = structure
            .blocks()
            .iter()
            .zip(&model.outer_weights)
            .map(|(items, weights)| rho_a(correlation, items, weights))
            .collect();
        correct(&model, structure, &modes, &reliability).unwrap()
    }

    /// Correlations that three factors with known loadings and paths imply.
    fn population(loadings: &[f64], a: f64, b: f64, c: f64) -> DMatrix<f64> {
        // ξ₁ → ξ₂ (a), ξ₁ → ξ₃ (b), ξ₂ → ξ₃ (c).
        let factors = DMatrix::from_row_slice(3, 3, &[1.0, a, b + c * a, a, 1.0, c + b * a, b + c * a, c + b * a, 1.0]);
        DMatrix::from_fn(9, 9, |i, j| {
            if i == j {
                1.0
            } else {
                loadings[i] * loadings[j] * factors[(i / 3, j / 3)]
            }
        })
    }

    proptest! {
        /// On the correlations of a true factor model the true loadings, paths and R² come back: consistency.
        #[test]
        fn a_factor_model_comes_back(
            loadings in prop::collection::vec(0.4f64..0.95, 9), a in 0.2f64..0.8, b in -0.3f64..0.4, c in 0.1f64..0.5,
        ) {
            let blocks = vec![vec![0, 1, 2], vec![3, 4, 5], vec![6, 7, 8]];
            let structure = Structure::new(blocks, vec![(0, 1), (0, 2), (1, 2)], 9).unwrap();
            let found = corrected(&population(&loadings, a, b, c), &structure);
            for (ours, theirs) in found.paths.iter().zip([a, b, c]) {
                prop_assert!((ours - theirs).abs() < 1e-9);
            }
            for (ours, theirs) in found.loadings.iter().flatten().zip(&loadings) {
                prop_assert!((ours - theirs).abs() < 1e-9);
            }
            let impossible = found.problems.iter().any(|p| !matches!(p, Inadmissible::Inflated { .. }));
            prop_assert!(!impossible);
        }
    }

    #[test]
    fn what_cannot_be_is_told() {
        // Items agree less within their blocks than across them.
        let mut correlation = DMatrix::from_element(4, 4, 0.5);
        correlation.fill_diagonal(1.0);
        correlation[(0, 1)] = 0.2;
        correlation[(1, 0)] = 0.2;
        correlation[(2, 3)] = 0.2;
        correlation[(3, 2)] = 0.2;
        let structure = Structure::new(vec![vec![0, 1], vec![2, 3]], vec![(0, 1)], 4).unwrap();
        let found = corrected(&correlation, &structure);
        // r = 2/2.4, ρ = 0.4/1.2: r* = 2.5.
        assert!((found.paths[0] - 2.5).abs() < 1e-12);
        assert!(found.problems.contains(&Inadmissible::NotPositiveDefinite));
        let correlations = found.problems.iter().filter(|p| matches!(p, Inadmissible::Correlation { .. }));
        assert_eq!(correlations.count(), 1);
        assert!(
            found
                .problems
                .iter()
                .any(|p| matches!(p, Inadmissible::ExplainedVariance { construct: 1, .. }))
        );
    }

    #[test]
    fn a_score_without_reliability_is_refused() {
        let correlation = DMatrix::from_row_slice(3, 3, &[1.0, 0.0, 0.4, 0.0, 1.0, 0.4, 0.4, 0.4, 1.0]);
        let structure = Structure::new(vec![vec![0, 1], vec![2]], vec![(0, 1)], 3).unwrap();
        let model = estimate(&correlation, &structure, InnerScheme::Path, PlsOptions::default()).unwrap();
        let modes = [OuterMode::ModeA; 2];
        let found = correct(&model, &structure, &modes, &[Some(0.0), None]);
        assert_eq!(found, Err(ConsistentError::NoReliability { construct: 0 }));
    }
}
