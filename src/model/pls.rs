//! Partial least squares path modelling from item correlations alone.
//!
//! The scores are never formed. With `R` the item correlation matrix and
//! `w_c` the outer weights of construct `c`, the covariance of two scores is
//! `w_a' R_ab w_b`, and the correlation of item `i` with a score is
//! `(R w)_i`; weights, loadings, paths and R² need nothing more. The same
//! holds for a weighted correlation matrix, which gives weighted PLS.
//!
//! The steps, repeated until the weights stand still:
//!
//! 1. correlations among the scores;
//! 2. inner weights of neighbouring constructs by the [`InnerScheme`];
//! 3. outer weights by the [`OuterMode`] of the block from the covariances
//!    `c` of its items with the sum of the neighbours' scores under the inner
//!    weights: `c` itself (Mode A), the regression `R_aa⁻¹ c` (Mode B), or
//!    left alone (unit weights);
//! 4. each block scaled to score variance 1.
//!
//! Started from unit weights; at the end each block is turned so that its
//! weights sum to a positive number. With [`estimate_unscaled`] the same steps
//! run on the covariances of the items.
//!
//! Sources: H. Wold, "Soft modeling: the basic design and some extensions",
//! in Jöreskog & Wold (eds), *Systems under indirect observation*, part 2
//! (1982); J.-B. Lohmöller, *Latent variable path modeling with partial least
//! squares* (1989), chapter 2; M. Tenenhaus et al., "PLS path modeling",
//! *Computational Statistics & Data Analysis* 48 (2005) 159–205, section 1.

mod composites;
mod inner;
mod regression;
#[cfg(test)]
mod tests;

use nalgebra::DMatrix;

use self::composites::Composites;
use self::inner::{InnerWeights, predictors_max};
use self::regression::Regression;
use super::structure::Structure;

/// Largest departure from a unit diagonal, from symmetry and from [−1, 1] that
/// still passes as rounding error of a correlation matrix.
const ROUNDING_MAX: f64 = 1e-9;

/// How the inner weight of a neighbouring construct is found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InnerScheme {
    /// The sign of the correlation of the two scores.
    Centroid,
    /// The correlation of the two scores.
    Factorial,
    /// For what explains the construct, the coefficient of its regression;
    /// for what it explains, the correlation.
    #[default]
    Path,
}

/// How the items of a block get their outer weights.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OuterMode {
    /// Correlation weights, the usual choice for reflective items: the
    /// covariance of each item with the neighbours' sum.
    #[default]
    ModeA,
    /// Regression weights, for items that form the construct: the coefficients
    /// of the regression of the neighbours' sum on all items of the block.
    ModeB,
    /// Every standardised item counts the same (sum score).
    UnitWeights,
}

/// When to stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlsOptions {
    /// The weights stand still when the sum over all items of |Δw| in one
    /// step is below this.
    pub tolerance: f64,
    /// Steps after which estimation is given up.
    pub iterations_max: u32,
}

impl Default for PlsOptions {
    /// Tolerance 10⁻¹²: two digits above the rounding error of a step with
    /// 200 items, and with the usual convergence (each step leaves less than
    /// a tenth of the change) below 10⁻¹² in every weight.
    fn default() -> Self {
        Self {
            tolerance: 1e-12,
            iterations_max: 300,
        }
    }
}

/// A path model estimated by partial least squares. Everything is in units of
/// standardised items and scores (for [`estimate_unscaled`], the outer weights
/// in those of the answers).
#[derive(Debug, Clone, PartialEq)]
pub struct PlsEstimate {
    /// Outer weights per construct, in the order of its block. The score
    /// `Σ wᵢ zᵢ` of standardised items `zᵢ` has variance 1.
    pub outer_weights: Vec<Vec<f64>>,
    /// Correlation of each item with its own score, in the order of its block.
    pub loadings: Vec<Vec<f64>>,
    /// Correlation of every item (row, by item position) with every score
    /// (column, by construct position).
    pub cross_loadings: DMatrix<f64>,
    /// Path coefficients in the order of [`Structure::paths`].
    pub paths: Vec<f64>,
    /// Share of a construct's variance explained by the paths that end at it,
    /// 0 to 1 for any correlation matrix of complete data; `None` for an
    /// exogenous construct.
    pub r2: Vec<Option<f64>>,
    /// Correlations among the scores.
    pub construct_correlation: DMatrix<f64>,
    /// Steps taken.
    pub iterations: u32,
    /// Sum of |Δw| in the last step.
    pub last_change: f64,
}

/// Why a path model could not be estimated. Positions count from 0.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PlsError {
    /// A tolerance that is not a positive number.
    #[error("the tolerance must be a positive number, not {tolerance}")]
    Tolerance {
        /// The value given.
        tolerance: f64,
    },
    /// A matrix of another size than the structure speaks of.
    #[error("the correlation matrix is {rows} × {columns}, but the structure has {items} items")]
    Size {
        /// Rows of the matrix.
        rows: usize,
        /// Columns of the matrix.
        columns: usize,
        /// Items of the structure.
        items: usize,
    },
    /// Modes for another number of constructs than there are.
    #[error("{modes} outer modes are given for {constructs} constructs")]
    Modes {
        /// Modes given.
        modes: usize,
        /// Constructs of the structure.
        constructs: usize,
    },
    /// A block with Mode B in which an item is a linear combination of others.
    #[error("the items of construct {construct} are linearly dependent, so that Mode B has no weights for them")]
    DependentItems {
        /// The construct.
        construct: usize,
    },
    /// An item whose correlations do not exist, as it does not vary.
    #[error("item {item} has no variance")]
    NoItemVariance {
        /// The item.
        item: usize,
    },
    /// A diagonal entry other than 1.
    #[error("the correlation of item {item} with itself is {value}, not 1")]
    Diagonal {
        /// The item.
        item: usize,
        /// The value found.
        value: f64,
    },
    /// An entry that is not a number, beyond ±1, or unlike its mirror image.
    #[error("the correlation of items {row} and {column} is {value}, mirrored {mirrored}")]
    Entry {
        /// Row of the entry.
        row: usize,
        /// Column of the entry.
        column: usize,
        /// The value found.
        value: f64,
        /// The value found with row and column exchanged.
        mirrored: f64,
    },
    /// Items that cancel each other out, as when one of a pair was not turned.
    #[error("the items of construct {construct} cancel each other out: its score has no variance")]
    NoScoreVariance {
        /// The construct.
        construct: usize,
    },
    /// Items unrelated to every neighbouring construct.
    #[error("no item of construct {construct} is correlated with a neighbouring construct")]
    NoSignal {
        /// The construct.
        construct: usize,
    },
    /// Predictors of which one is a linear combination of the others.
    #[error("the constructs that explain construct {construct} are linearly dependent")]
    DependentPredictors {
        /// The construct to be explained.
        construct: usize,
    },
    /// Constructs made of others that make no model.
    #[error("{reason}")]
    HigherOrder {
        /// Which of [`super::higher_order::HigherOrderError`].
        reason: String,
    },
    /// Weights that still moved after the last step allowed.
    #[error("the weights did not settle in {iterations} steps: the last changed them by {last_change:e}")]
    NotConverged {
        /// Steps taken.
        iterations: u32,
        /// Sum of |Δw| in the last step.
        last_change: f64,
    },
}

/// Estimates a path model from the correlations of its items, every block by
/// Mode A.
///
/// `correlation` has a row and a column for every item of `structure`, also
/// for those that stand in no block. It may come from weighted data.
///
/// # Errors
/// A [`PlsError`] naming the item or construct at fault, or the failure to
/// converge.
///
/// # Example
/// ```
/// use manyidu::model::pls::{InnerScheme, PlsOptions, estimate};
/// use manyidu::model::structure::Structure;
/// use nalgebra::dmatrix;
///
/// let correlation = dmatrix![1.0, 0.5, 0.4; 0.5, 1.0, 0.4; 0.4, 0.4, 1.0];
/// let structure = Structure::new(vec![vec![0, 1], vec![2]], vec![(0, 1)], 3)?;
/// let model = estimate(&correlation, &structure, InnerScheme::Path, PlsOptions::default())?;
/// // Two equal items: the score is their sum over √3, so the path is 0.8/√3.
/// assert!((model.paths[0] - 0.8 / 3f64.sqrt()).abs() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn estimate(
    correlation: &DMatrix<f64>,
    structure: &Structure,
    scheme: InnerScheme,
    options: PlsOptions,
) -> Result<PlsEstimate, PlsError> {
    let modes = vec![OuterMode::ModeA; structure.construct_count()];
    estimate_with(correlation, structure, &modes, scheme, options)
}

/// Estimates a path model with an outer mode for each construct, in the order
/// of the blocks. Otherwise as [`estimate`].
///
/// # Errors
/// As [`estimate`]; besides, [`PlsError::Modes`] and
/// [`PlsError::DependentItems`].
pub fn estimate_with(
    correlation: &DMatrix<f64>,
    structure: &Structure,
    modes: &[OuterMode],
    scheme: InnerScheme,
    options: PlsOptions,
) -> Result<PlsEstimate, PlsError> {
    check_correlation(correlation, structure.item_count())?;
    if structure.has_parts() {
        return super::higher_order::estimate_wholes(correlation, structure, modes, scheme, options);
    }
    iterate(correlation, structure, modes, scheme, options)
}

/// What follows from outer weights that make scores of variance 1; `steps` and last change are passed on.
///
/// # Errors
/// [`PlsError::DependentPredictors`].
pub(super) fn from_weights(
    correlation: &DMatrix<f64>,
    structure: &Structure,
    outer_weights: Vec<Vec<f64>>,
    (iterations, last_change): (u32, f64),
) -> Result<PlsEstimate, PlsError> {
    let cross_loadings = cross_loadings(correlation, structure, &outer_weights);
    let count = structure.construct_count();
    let own = |construct: usize, other: usize| -> f64 {
        let items = structure.blocks()[construct].iter().zip(&outer_weights[construct]);
        items.map(|(item, weight)| weight * cross_loadings[(*item, other)]).sum()
    };
    let scores = DMatrix::from_fn(count, count, |a, b| if a == b { 1.0 } else { own(a.min(b), a.max(b)) });
    let (paths, r2) = explain(structure, scores.as_slice())?;
    let loadings = |(construct, items): (usize, &Vec<usize>)| items.iter().map(|item| cross_loadings[(*item, construct)]).collect();
    Ok(PlsEstimate {
        loadings: structure.blocks().iter().enumerate().map(loadings).collect(),
        cross_loadings,
        outer_weights,
        paths,
        r2,
        construct_correlation: scores,
        iterations,
        last_change,
    })
}

/// Estimates a path model from covariances: items are centred, not
/// standardised, so that an item with a wide spread counts for more.
///
/// The outer weights are those of centred answers, the score `Σ wᵢ (xᵢ − x̄ᵢ)`
/// having variance 1 under the divisor of `covariance`; loadings are still
/// correlations. Only sensible when all items share one scale. This is what
/// the R package plspm calls `scaled = FALSE`.
///
/// # Errors
/// As [`estimate_with`].
pub fn estimate_unscaled(
    covariance: &DMatrix<f64>,
    structure: &Structure,
    modes: &[OuterMode],
    scheme: InnerScheme,
    options: PlsOptions,
) -> Result<PlsEstimate, PlsError> {
    let items = structure.item_count();
    let sd = covariance.diagonal().map(f64::sqrt);
    let correlation = DMatrix::from_fn(covariance.nrows(), covariance.ncols(), |i, j| {
        let both = sd.get(i).zip(sd.get(j));
        both.map_or(
            f64::NAN,
            |(a, b)| if i == j && *a > 0.0 { 1.0 } else { covariance[(i, j)] / (a * b) },
        )
    });
    check_correlation(&correlation, items)?;
    // In units of the widest item, so that the thresholds of the iteration mean what they mean for correlations.
    let unit = covariance.diagonal().max();
    let mut model = iterate(&(covariance / unit), structure, modes, scheme, options)?;
    for weight in model.outer_weights.iter_mut().flatten() {
        *weight /= unit.sqrt();
    }
    for (loadings, items) in model.loadings.iter_mut().zip(structure.blocks()) {
        for (loading, &item) in loadings.iter_mut().zip(items) {
            *loading *= unit.sqrt() / sd[item];
        }
    }
    for (item, mut row) in model.cross_loadings.row_iter_mut().enumerate() {
        row *= unit.sqrt() / sd[item];
    }
    Ok(model)
}

/// The iteration on a checked matrix of correlations or covariances.
fn iterate(
    matrix: &DMatrix<f64>,
    structure: &Structure,
    modes: &[OuterMode],
    scheme: InnerScheme,
    options: PlsOptions,
) -> Result<PlsEstimate, PlsError> {
    check_options(options)?;
    let count = structure.construct_count();
    if modes.len() != count {
        return Err(PlsError::Modes {
            modes: modes.len(),
            constructs: count,
        });
    }
    let mut composites = Composites::new(matrix, structure, modes)?;
    let mut inner = InnerWeights::new(structure);
    let mut iterations = 0;
    let mut last_change = f64::INFINITY;
    while last_change >= options.tolerance {
        if iterations == options.iterations_max {
            return Err(PlsError::NotConverged { iterations, last_change });
        }
        inner.renew(scheme, structure, composites.scores())?;
        last_change = composites.step(&inner)?;
        iterations += 1;
    }
    composites.orient();
    let (paths, r2) = explain(structure, composites.scores())?;
    let outer_weights: Vec<Vec<f64>> = (0..count).map(|c| composites.weights(c).to_vec()).collect();
    Ok(PlsEstimate {
        loadings: (0..count).map(|c| composites.loadings(c).to_vec()).collect(),
        cross_loadings: cross_loadings(matrix, structure, &outer_weights),
        outer_weights,
        paths,
        r2,
        construct_correlation: DMatrix::from_row_slice(count, count, composites.scores()),
        iterations,
        last_change,
    })
}

fn check_options(options: PlsOptions) -> Result<(), PlsError> {
    let tolerance = options.tolerance;
    if tolerance.is_finite() && tolerance > 0.0 {
        Ok(())
    } else {
        Err(PlsError::Tolerance { tolerance })
    }
}

fn check_correlation(correlation: &DMatrix<f64>, items: usize) -> Result<(), PlsError> {
    let (rows, columns) = correlation.shape();
    if rows != items || columns != items {
        return Err(PlsError::Size { rows, columns, items });
    }
    // The diagonal first: an item without variance spoils a whole row, and the
    // item is what the reader needs to hear of.
    for item in 0..items {
        let value = correlation[(item, item)];
        if !value.is_finite() || value == 0.0 {
            return Err(PlsError::NoItemVariance { item });
        }
        if (value - 1.0).abs() > ROUNDING_MAX {
            return Err(PlsError::Diagonal { item, value });
        }
    }
    for column in 0..items {
        for row in 0..column {
            let value = correlation[(row, column)];
            let mirrored = correlation[(column, row)];
            let alike = (value - mirrored).abs() <= ROUNDING_MAX;
            if !alike || value.abs() > 1.0 + ROUNDING_MAX {
                return Err(PlsError::Entry {
                    row,
                    column,
                    value,
                    mirrored,
                });
            }
        }
    }
    Ok(())
}

/// Path coefficients and R² from the correlations among the scores.
fn explain(structure: &Structure, correlation: &[f64]) -> Result<(Vec<f64>, Vec<Option<f64>>), PlsError> {
    let count = structure.construct_count();
    let mut regression = Regression::new(predictors_max(structure));
    let mut paths = vec![0.0; structure.paths().len()];
    let mut r2 = Vec::with_capacity(count);
    for (construct, incoming) in structure.incoming().iter().enumerate() {
        let coefficients = regression
            .solve(correlation, count, construct, incoming)
            .ok_or(PlsError::DependentPredictors { construct })?;
        let mut explained = 0.0;
        for (before, &coefficient) in incoming.iter().zip(coefficients) {
            paths[before.path] = coefficient;
            explained += coefficient * correlation[construct * count + before.from];
        }
        r2.push((!incoming.is_empty()).then_some(explained));
    }
    Ok((paths, r2))
}

fn cross_loadings(correlation: &DMatrix<f64>, structure: &Structure, outer_weights: &[Vec<f64>]) -> DMatrix<f64> {
    let mut loadings = DMatrix::zeros(structure.item_count(), structure.construct_count());
    let blocks = structure.blocks().iter().zip(outer_weights);
    for (mut column, (items, weights)) in loadings.column_iter_mut().zip(blocks) {
        for (&item, &weight) in items.iter().zip(weights) {
            column.axpy(weight, &correlation.column(item), 1.0);
        }
    }
    loadings
}
