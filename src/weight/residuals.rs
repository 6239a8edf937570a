//! Calibration in the variance: what is left of a linearised value when calibration is taken out of it.
//!
//! A calibrated estimate does not vary in the directions of its auxiliary variables, so its variance is that of the residuals
//! `e = u − x'B̂` in place of the linearised values u, with `z = w e`, w the final weight (Deville and Särndal 1992, section 3;
//! Särndal, Swensson and Wretman 1992, result 6.6.1). Each step takes out its own part, one after the other, as R's `survey`
//! does: post-stratification and raking by means of categories, calibration by a regression, all with the weights before the step.
//! R's raking takes plain means there, which is the same where the weights before it are equal. Where they are not, plain means are not
//! the regression on the margins that raking is asymptotically equal to: a test in `laws.rs` shows the weighted means to give the error of the
//! jackknife that rakes anew, and plain means to give another. So this is no convention, and ours stay weighted.
//!
//! A residual differs from its value by an amount that is the same for all cases of a cell. So the sums `Σz` of the cells are all
//! that is needed, and the answer is that amount for each cell.

use super::calibrate::Auxiliary;
use super::cells::CellWeights;
use super::margin::Margin;
use nalgebra::{DMatrix, DVector};

/// Sweeps of alternating projections for a raking step (as R).
const RAKING_SWEEPS: u32 = 10;

/// Relative size of a pivot below which an auxiliary variable depends on the others.
const RANK_TOLERANCE: f64 = 1e-10;

/// One margin of a post-stratification or of raking.
#[derive(Debug, Clone, PartialEq)]
struct Means {
    /// Category of each cell.
    of_cell: Vec<usize>,
    categories: usize,
    /// Weights before the step: those of the means.
    before: Vec<f64>,
    /// Weights after this margin.
    after: Vec<f64>,
}

#[derive(Debug, Clone, PartialEq)]
enum Projection {
    Margins {
        margins: Vec<Means>,
        sweeps: u32,
    },
    Regression {
        /// Orthonormal basis of `√(n d)·x`, one row a cell.
        basis: DMatrix<f64>,
        /// `g √d` by cell.
        scale: Vec<f64>,
    },
}

/// The calibration steps that the weights went through, oldest first, in the form that the variance needs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CalibrationSteps {
    counts: Vec<u64>,
    steps: Vec<Projection>,
}

impl CalibrationSteps {
    /// No step yet; the cells are those of all that follows.
    #[must_use]
    pub fn new(cells: &CellWeights) -> Self {
        Self {
            counts: cells.counts().to_vec(),
            steps: Vec::new(),
        }
    }

    /// True when nothing was calibrated: residuals are the values themselves.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Adds a post-stratification.
    pub fn poststratified(&mut self, margin: &Margin, before: &CellWeights, after: &CellWeights) {
        self.steps.push(Projection::Margins {
            margins: vec![means(margin, before, after.weights())],
            sweeps: 1,
        });
    }

    /// Adds raking; `after_margin` are the weights after each margin of its last sweep.
    pub fn raked(&mut self, margins: &[Margin], before: &CellWeights, after_margin: &[Vec<f64>]) {
        let margins = margins.iter().zip(after_margin).map(|(margin, after)| means(margin, before, after));
        self.steps.push(Projection::Margins {
            margins: margins.collect(),
            sweeps: RAKING_SWEEPS,
        });
    }

    /// Adds a calibration.
    pub fn calibrated(&mut self, auxiliary: &Auxiliary, before: &CellWeights, after: &CellWeights) {
        let root: Vec<f64> = before.entries().map(|(n, d)| (n as f64 * d).sqrt()).collect();
        let mut x = auxiliary.rows.clone();
        for (mut row, root) in x.row_iter_mut().zip(&root) {
            row *= *root;
        }
        for mut column in x.column_iter_mut() {
            let size = column.norm();
            if size > 0.0 {
                column /= size;
            }
        }
        let decomposition = x.col_piv_qr();
        let r = decomposition.r();
        let first = r.get((0, 0)).map_or(0.0, |v| v.abs());
        let rank = (0..r.nrows().min(r.ncols()))
            .take_while(|j| r.get((*j, *j)).is_some_and(|v| v.abs() > RANK_TOLERANCE * first))
            .count();
        let basis = decomposition.q().columns(0, rank).into_owned();
        let scale = before.weights().iter().zip(after.weights()).map(|(d, w)| w / d.sqrt()).collect();
        self.steps.push(Projection::Regression { basis, scale });
    }

    /// What to take from the `z = w u` of every case, by cell, given `Σz` by cell.
    #[must_use]
    pub fn deductions(&self, sums: &[f64]) -> Vec<f64> {
        let mut left = sums.to_vec();
        let mut deductions = vec![0.0; sums.len()];
        let mut take = |left: &mut [f64], shift: &[f64]| {
            for (((sum, deduction), shift), count) in left.iter_mut().zip(&mut deductions).zip(shift).zip(&self.counts) {
                *sum -= shift * *count as f64;
                *deduction += shift;
            }
        };
        for step in &self.steps {
            match step {
                Projection::Margins { margins, sweeps } => {
                    for margin in (0..*sweeps).flat_map(|_| margins) {
                        let shift = margin.shift(&left, &self.counts);
                        take(&mut left, &shift);
                    }
                }
                Projection::Regression { basis, scale } => {
                    let shift = regression_shift(basis, scale, &left, &self.counts);
                    take(&mut left, &shift);
                }
            }
        }
        deductions
    }
}

fn means(margin: &Margin, before: &CellWeights, after: &[f64]) -> Means {
    Means {
        of_cell: margin.of_cell.clone(),
        categories: margin.categories.len(),
        before: before.weights().to_vec(),
        after: after.to_vec(),
    }
}

impl Means {
    /// Mean of `z / w` in each category, with the weights before the step, times w.
    fn shift(&self, sums: &[f64], counts: &[u64]) -> Vec<f64> {
        let mut of_category = vec![(0.0, 0.0); self.categories];
        let cells = sums.iter().zip(counts).zip(&self.before).zip(&self.after);
        for (category, (((sum, count), d), w)) in self.of_cell.iter().zip(cells).filter(|(_, (((_, n), _), _))| **n > 0) {
            if let Some((total, weight)) = of_category.get_mut(*category) {
                *total += d * sum / w;
                *weight += d * *count as f64;
            }
        }
        let mean = |category: &usize| match of_category.get(*category) {
            Some((total, weight)) if *weight > 0.0 => total / weight,
            _ => 0.0,
        };
        self.of_cell.iter().zip(&self.after).map(|(g, w)| w * mean(g)).collect()
    }
}

fn regression_shift(basis: &DMatrix<f64>, scale: &[f64], sums: &[f64], counts: &[u64]) -> Vec<f64> {
    let root = |count: &u64| (*count as f64).sqrt();
    let response = sums.iter().zip(counts).zip(scale);
    let response = response.map(|((sum, n), scale)| if *n > 0 { sum / (scale * root(n)) } else { 0.0 });
    let response = DVector::from_iterator(sums.len(), response);
    let fitted = basis * (basis.transpose() * response);
    let cells = fitted.iter().zip(counts).zip(scale);
    cells
        .map(|((fit, n), scale)| if *n > 0 { scale * fit / root(n) } else { 0.0 })
        .collect()
}
