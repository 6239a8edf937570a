//! Calibration: weights close to the given ones that reproduce known totals of auxiliary variables.
//!
//! `w_i = d_i · F(x_i'λ)` with `Σ w_i x_i = T`, where F belongs to a distance between new and old weights. The linear distance
//! gives the generalised regression estimator (GREG); the raking distance gives raking; the logit distance and the bounded linear
//! one keep `L ≤ w/d ≤ U`. λ is found by Newton's method. Source: Deville and Särndal (1992), JASA 87, 376–382, section 2 and the
//! cases 1, 2, 6 and 7 of its table 1.

use super::cells::CellWeights;
use super::error::WeightError;
use super::margin::{LargestError, Margin};
use crate::stats::CompensatedSum;
use nalgebra::{DMatrix, DVector, RowDVector};
use std::collections::BTreeMap;

/// Share of the largest singular value below which a direction of the auxiliary variables counts as absent. Columns are scaled to
/// one size before, so this is about how much a column depends on the others, not about its unit.
const RANK_TOLERANCE: f64 = 1e-11;

/// Share of the decrease promised by the slope that a step has to keep (Armijo's rule).
const DECREASE: f64 = 1e-4;

/// Share of the largest singular value that is added where cells at their bounds leave the misfit no direction.
const RIDGE: f64 = 1e-3;

/// Most halvings of a Newton step.
const HALVINGS_MAX: u32 = 30;

/// How far new weights are from the old ones; decides `F`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Distance {
    /// `F(u) = 1 + u`: the regression estimator. Weights can become negative.
    Linear,
    /// `F(u) = exp(u)`: raking.
    Raking,
    /// Logit between bounds `lower < 1 < upper` of the factor.
    Logit {
        /// Smallest factor.
        lower: f64,
        /// Largest factor.
        upper: f64,
    },
    /// `1 + u` cut to bounds of the factor.
    BoundedLinear {
        /// Smallest factor.
        lower: f64,
        /// Largest factor.
        upper: f64,
    },
}

impl Distance {
    /// Bounds of the factor.
    #[must_use]
    pub const fn bounds(self) -> Option<(f64, f64)> {
        match self {
            Self::Linear | Self::Raking => None,
            Self::Logit { lower, upper } | Self::BoundedLinear { lower, upper } => Some((lower, upper)),
        }
    }

    /// `F(u)`, `F'(u)` and `∫₀ᵘ F`.
    fn factor(self, u: f64) -> (f64, f64, f64) {
        match self {
            Self::Linear => (1.0 + u, 1.0, u + u * u / 2.0),
            Self::Raking => (libm::exp(u), libm::exp(u), libm::exp(u) - 1.0),
            Self::Logit { lower, upper } => {
                let steepness = (upper - lower) / ((1.0 - lower) * (upper - 1.0));
                // Written so that an overflowing exponential ends at the bound.
                let odds = (upper - 1.0) / ((1.0 - lower) * libm::exp(steepness * u));
                let value = lower + (upper - lower) / (1.0 + odds);
                let slope = steepness * (value - lower) * (upper - value) / (upper - lower);
                let small = libm::exp(-(steepness * u).abs());
                let (near, far) = if u > 0.0 {
                    (1.0 - lower, upper - 1.0)
                } else {
                    (upper - 1.0, 1.0 - lower)
                };
                let logarithm = (steepness * u).max(0.0) + libm::log((near + far * small) / (upper - lower));
                (value, slope, lower * u + (upper - lower) / steepness * logarithm)
            }
            Self::BoundedLinear { lower, upper } => {
                let value = (1.0 + u).clamp(lower, upper);
                let inside = (lower..=upper).contains(&(1.0 + u));
                let last = value - 1.0;
                (value, if inside { 1.0 } else { 0.0 }, last + last * last / 2.0 + value * (u - last))
            }
        }
    }
}

/// Auxiliary variables by cell, and their totals in the population.
#[derive(Debug, Clone, PartialEq)]
pub struct Auxiliary {
    /// Names of the columns.
    pub names: Vec<String>,
    /// Values of a case, one row a cell.
    pub rows: DMatrix<f64>,
    /// Population total of every column.
    pub totals: Vec<f64>,
}

impl Auxiliary {
    /// Indicators of all categories of all margins. The redundancy between margins is no obstacle.
    #[must_use]
    pub fn of_margins(margins: &[Margin], cells: usize) -> Self {
        let columns: Vec<(usize, usize, &Margin)> = margins
            .iter()
            .enumerate()
            .flat_map(|(m, margin)| (0..margin.categories.len()).map(move |c| (m, c, margin)))
            .collect();
        let value = |cell: usize, column: usize| {
            let hit = columns
                .get(column)
                .is_some_and(|(_, c, margin)| margin.of_cell.get(cell) == Some(c));
            f64::from(u8::from(hit))
        };
        let category = |(_, c, margin): &(usize, usize, &Margin)| margin.categories.get(*c).cloned();
        Self {
            rows: DMatrix::from_fn(cells, columns.len(), value),
            names: columns
                .iter()
                .filter_map(|column| Some(format!("{} = {}", column.2.name, category(column)?.name)))
                .collect(),
            totals: columns.iter().filter_map(|column| Some(category(column)?.target)).collect(),
        }
    }

    /// Number of variables.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.ncols()
    }

    /// True without variables.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.ncols() == 0
    }

    /// The same variables with every case holding the mean of its cluster: weights calibrated with them change by one factor a
    /// cluster (cluster-integrated weights), and the totals are met all the same, as long as weights are alike within clusters
    /// before. Source: Lemaître and Dufour (1987), Survey Methodology 13, 199–207.
    ///
    /// `of_cell` numbers the clusters from 0. Refused: weights that differ within a cluster.
    pub fn integrated(&self, cells: &CellWeights, of_cell: &[usize]) -> Result<Self, WeightError> {
        self.check(cells)?;
        if of_cell.len() != cells.len() {
            return Err(WeightError::Shape {
                what: "clusters",
                got: of_cell.len(),
                cells: cells.len(),
            });
        }
        let mut sums: BTreeMap<usize, (f64, RowDVector<f64>, f64)> = BTreeMap::new();
        for ((cluster, (count, weight)), row) in of_cell.iter().zip(cells.entries()).zip(self.rows.row_iter()) {
            let n = count as f64;
            let sum = sums.entry(*cluster).or_insert_with(|| (0.0, RowDVector::zeros(self.len()), weight));
            if sum.2 != weight {
                return Err(WeightError::UnequalWithinCluster { cluster: *cluster });
            }
            sum.0 += n;
            sum.1 += row * n;
        }
        let mut means = self.clone();
        for (cluster, mut row) in of_cell.iter().zip(means.rows.row_iter_mut()) {
            if let Some((n, sum, _)) = sums.get(cluster).filter(|(n, _, _)| *n > 0.0) {
                row.copy_from(&(sum / *n));
            }
        }
        Ok(means)
    }

    fn check(&self, cells: &CellWeights) -> Result<(), WeightError> {
        let shapes = [
            ("auxiliary rows", self.rows.nrows(), cells.len()),
            ("auxiliary totals", self.totals.len(), self.rows.ncols()),
            ("auxiliary names", self.names.len(), self.rows.ncols()),
        ];
        match shapes.into_iter().find(|(_, got, wanted)| got != wanted) {
            Some((what, got, cells)) => Err(WeightError::Shape { what, got, cells }),
            None => Ok(()),
        }
    }
}

/// Choices of calibration.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CalibrateOptions {
    /// The distance.
    pub distance: Distance,
    /// Largest relative miss of any total.
    pub tolerance: f64,
    /// Newton steps before the run is called not converged.
    pub iterations_max: u64,
    /// Whether weights of zero or less may be given. They are weights in no usual sense; only for comparison with programs that
    /// give them.
    pub allow_negative: bool,
}

impl CalibrateOptions {
    /// A relative miss of 1e-10 within 100 steps, no negative weights.
    #[must_use]
    pub const fn new(distance: Distance) -> Self {
        Self {
            distance,
            tolerance: 1e-10,
            iterations_max: 100,
            allow_negative: false,
        }
    }
}

/// Calibrated weights, and how they came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibrated {
    /// The weights.
    pub cells: CellWeights,
    /// Newton steps done.
    pub iterations: u64,
    /// The total that is missed by most.
    pub largest_error: LargestError,
}

/// Calibrates the weights to the totals.
///
/// Refused: bounds that do not enclose 1, no convergence (totals that no weights within the bounds can meet end here), and weights
/// of zero or less unless they are allowed.
pub fn calibrate(cells: &CellWeights, auxiliary: &Auxiliary, options: CalibrateOptions) -> Result<Calibrated, WeightError> {
    auxiliary.check(cells)?;
    if let Some((lower, upper)) = options.distance.bounds()
        && !((0.0..1.0).contains(&lower) && upper > 1.0 && upper.is_finite())
    {
        return Err(WeightError::BadBounds { lower, upper });
    }
    let problem = Problem::new(cells, auxiliary, options.distance);
    let (state, iterations) = problem.solve(auxiliary, options)?;
    let weights: Vec<f64> = cells.weights().iter().zip(&state.factor).map(|(d, (g, _, _))| d * g).collect();
    let calibrated = cells.with_any(weights);
    let negative = calibrated.entries().filter(|(_, w)| *w <= 0.0);
    let (cases, smallest) = negative.fold((0, 0.0), |(cases, low), (n, w)| (cases + n, f64::min(low, w)));
    if cases > 0 && !options.allow_negative {
        return Err(WeightError::NegativeWeights { cases, smallest });
    }
    Ok(Calibrated {
        cells: calibrated,
        iterations,
        largest_error: state.largest_error(auxiliary),
    })
}

/// Calibration with auxiliary columns brought to one size.
struct Problem<'a> {
    cells: &'a CellWeights,
    distance: Distance,
    rows: DMatrix<f64>,
    totals: DVector<f64>,
    /// What a miss is relative to: the total, or where that is 0 the size of what is summed.
    sizes: Vec<f64>,
}

/// A point of the iteration.
struct State {
    lambda: DVector<f64>,
    /// `F`, `F'` and the integral of `F` by cell.
    factor: Vec<(f64, f64, f64)>,
    /// `Σ d ∫F − T'λ`: convex in λ, and smallest where the totals are met.
    objective: f64,
    /// `T − Σ w x`.
    misfit: DVector<f64>,
    /// Relative miss of every total.
    relative: Vec<f64>,
}

impl State {
    fn largest_error(&self, auxiliary: &Auxiliary) -> LargestError {
        let mut largest = LargestError::none();
        for (relative, name) in self.relative.iter().zip(&auxiliary.names) {
            largest.raise(*relative, || name.clone());
        }
        largest
    }

    fn worst(&self) -> f64 {
        let finite = self.relative.iter().all(|r| r.is_finite());
        let worst = self.relative.iter().copied().fold(0.0, f64::max);
        if finite { worst } else { f64::INFINITY }
    }
}

impl<'a> Problem<'a> {
    fn new(cells: &'a CellWeights, auxiliary: &Auxiliary, distance: Distance) -> Self {
        let mut rows = auxiliary.rows.clone();
        let mut totals = DVector::from_column_slice(&auxiliary.totals);
        let mut sizes = Vec::with_capacity(auxiliary.len());
        for (mut column, total) in rows.column_iter_mut().zip(totals.iter_mut()) {
            let (mut squares, mut absolute) = (CompensatedSum::new(), CompensatedSum::new());
            for ((count, weight), x) in cells.entries().zip(column.iter()) {
                squares.insert(count as f64 * weight * x * x);
                absolute.insert(count as f64 * weight * x.abs());
            }
            let scale = (squares.finish() / cells.sum()).sqrt();
            let scale = if scale > 0.0 { scale } else { 1.0 };
            column /= scale;
            *total /= scale;
            let size = if *total == 0.0 { absolute.finish() / scale } else { total.abs() };
            sizes.push(if size > 0.0 { size } else { 1.0 });
        }
        Self {
            cells,
            distance,
            rows,
            totals,
            sizes,
        }
    }

    fn solve(&self, auxiliary: &Auxiliary, options: CalibrateOptions) -> Result<(State, u64), WeightError> {
        let mut state = self.at(DVector::zeros(self.totals.len()));
        for iteration in 0..=options.iterations_max {
            if state.worst() <= options.tolerance {
                return Ok((state, iteration));
            }
            if iteration == options.iterations_max {
                break;
            }
            let Some(next) = self.step(&state) else { break };
            state = next;
        }
        let largest = state.largest_error(auxiliary);
        Err(WeightError::NotConverged {
            iterations: options.iterations_max,
            at: largest.at,
            error: largest.relative,
            tolerance: options.tolerance,
        })
    }

    fn at(&self, lambda: DVector<f64>) -> State {
        let scores = &self.rows * &lambda;
        let factor: Vec<(f64, f64, f64)> = scores.iter().map(|u| self.distance.factor(*u)).collect();
        let mut sums = vec![CompensatedSum::new(); self.totals.len()];
        for (row, ((count, weight), (g, _, _))) in self.rows.row_iter().zip(self.cells.entries().zip(&factor)) {
            let w = count as f64 * weight * g;
            row.iter().zip(&mut sums).for_each(|(x, sum)| sum.insert(w * x));
        }
        let misfit = DVector::from_iterator(sums.len(), self.totals.iter().zip(&sums).map(|(t, s)| t - s.finish()));
        let relative = misfit.iter().zip(&self.sizes).map(|(m, size)| m.abs() / size).collect();
        let integral = self.cells.entries().zip(&factor);
        let integral: f64 = integral.map(|((count, weight), (_, _, i))| count as f64 * weight * i).sum();
        State {
            objective: integral - self.totals.dot(&lambda),
            lambda,
            factor,
            misfit,
            relative,
        }
    }

    /// A Newton step, halved while it leads away from the totals; `None` where no direction is left.
    fn step(&self, state: &State) -> Option<State> {
        let p = self.totals.len();
        let mut normal = DMatrix::<f64>::zeros(p, p);
        for (row, ((count, weight), (_, slope, _))) in self.rows.row_iter().zip(self.cells.entries().zip(&state.factor)) {
            let w = count as f64 * weight * slope;
            if w != 0.0 {
                normal.ger(w, &row.transpose(), &row.transpose(), 1.0);
            }
        }
        let direction = direction(&normal, &state.misfit)?;
        // Near the end the objective has no digits left to fall by, but the misses have.
        let slope = state.misfit.dot(&direction);
        let mut share = 1.0;
        for _ in 0..HALVINGS_MAX {
            let next = self.at(&state.lambda + &direction * share);
            if next.objective <= state.objective - DECREASE * share * slope || next.worst() <= 0.5 * state.worst() {
                return Some(next);
            }
            share /= 2.0;
        }
        None
    }
}

/// The Newton direction. Where all cells that could mend a misfit stand at their bounds the matrix is singular; a ridge then
/// leads them away.
fn direction(normal: &DMatrix<f64>, misfit: &DVector<f64>) -> Option<DVector<f64>> {
    let solve = |matrix: DMatrix<f64>| {
        let svd = matrix.svd(true, true);
        let largest = svd.singular_values.max();
        let solution = svd.solve(misfit, largest * RANK_TOLERANCE).ok();
        (solution.filter(|d| d.iter().all(|v| v.is_finite())), largest)
    };
    let (newton, largest) = solve(normal.clone());
    let newton = newton.filter(|d| (normal * d - misfit).norm() < 1e-6 * misfit.norm());
    newton.or_else(|| {
        let ridge = if largest > 0.0 { RIDGE * largest } else { 1.0 };
        solve(normal + DMatrix::identity(normal.nrows(), normal.ncols()) * ridge).0
    })
}
