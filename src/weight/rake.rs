//! Raking: several margins, met in turn until all hold (iterative proportional fitting).
//!
//! A raking factor depends only on the combination of categories, so the iteration runs on the weighted counts of the combinations
//! and the number of cases has no part in it: the factor of a combination is its fitted count over its first one.
//! Sources: Deming and Stephan (1940), Annals of Mathematical Statistics 11, 427–444; Deville, Särndal and Sautory (1993),
//! JASA 88, 1013–1020.

use super::cells::CellWeights;
use super::error::WeightError;
use super::margin::{LargestError, Margin, check_margins, largest_error};
use crate::stats::CompensatedSum;
use std::collections::BTreeMap;

/// When the iteration may stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RakeStop {
    /// The largest relative miss of any target, `|Σw − T| / T`, is at most this.
    MarginError(f64),
    /// No weighted count of a combination moved by this much or more in one sweep, in people. The rule of R's `rake` (there 1 when
    /// nothing is said); it says nothing about the margins.
    CellChange(f64),
}

/// Choices of raking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RakeOptions {
    /// When to stop.
    pub stop: RakeStop,
    /// Sweeps over all margins before the run is called not converged.
    pub iterations_max: u64,
    /// Fewest respondents of a category with a target.
    pub base_min: u64,
}

impl Default for RakeOptions {
    /// A relative miss of 1e-10 within 1,000 sweeps, two respondents a category.
    fn default() -> Self {
        Self {
            stop: RakeStop::MarginError(1e-10),
            iterations_max: 1000,
            base_min: 2,
        }
    }
}

/// Raked weights, and how they came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Raked {
    /// The weights.
    pub cells: CellWeights,
    /// Weights by cell as they stood after each margin of the last sweep: what the residuals of the variance are taken with.
    pub after_margin: Vec<Vec<f64>>,
    /// Sweeps done.
    pub iterations: u64,
    /// The target that is missed by most.
    pub largest_error: LargestError,
}

/// Rakes the weights to the margins, which are taken in the order given.
///
/// Refused: a category with a target that too few respondents carry, targets of different populations, no convergence within
/// the sweeps allowed (as when the respondents leave combinations empty that the margins need).
pub fn rake(cells: &CellWeights, margins: &[Margin], options: RakeOptions) -> Result<Raked, WeightError> {
    check_margins(margins, cells, options.base_min)?;
    let mut table = Combinations::of(cells, margins);
    let (after, iterations) = table.fit(margins, options)?;
    let weights = |totals: &[f64]| -> Vec<f64> { table.weights(cells, totals) };
    let after_margin: Vec<Vec<f64>> = after.iter().map(|totals| weights(totals)).collect();
    let cells = CellWeights::new(cells.counts().to_vec(), weights(&table.totals))?;
    let largest_error = largest_error(margins, cells.counts(), cells.weights());
    Ok(Raked {
        cells,
        after_margin,
        iterations,
        largest_error,
    })
}

/// The combinations of categories that occur, with their weighted counts.
struct Combinations {
    /// Categories of each combination, one a margin.
    categories: Vec<Vec<usize>>,
    /// Weighted count before raking.
    first: Vec<f64>,
    /// Weighted count now.
    totals: Vec<f64>,
    /// Combination of each cell.
    of_cell: Vec<usize>,
}

impl Combinations {
    fn of(cells: &CellWeights, margins: &[Margin]) -> Self {
        let categories_of = |cell: usize| -> Vec<usize> { margins.iter().filter_map(|m| m.of_cell.get(cell).copied()).collect() };
        let mut sums: BTreeMap<Vec<usize>, CompensatedSum> = BTreeMap::new();
        for (cell, (count, weight)) in cells.entries().enumerate() {
            sums.entry(categories_of(cell)).or_default().insert_product(weight, count as f64);
        }
        let numbers: BTreeMap<&Vec<usize>, usize> = sums.keys().enumerate().map(|(number, key)| (key, number)).collect();
        let of_cell = (0..cells.len())
            .map(|cell| numbers.get(&categories_of(cell)).copied().unwrap_or(0))
            .collect();
        let first: Vec<f64> = sums.values().map(CompensatedSum::finish).collect();
        Self {
            totals: first.clone(),
            first,
            of_cell,
            categories: sums.into_keys().collect(),
        }
    }

    /// Sweeps until the stop rule holds; gives the weighted counts after each margin of the last sweep and the number of sweeps.
    fn fit(&mut self, margins: &[Margin], options: RakeOptions) -> Result<(Vec<Vec<f64>>, u64), WeightError> {
        let mut after = Vec::with_capacity(margins.len());
        for iteration in 1..=options.iterations_max {
            let before = self.totals.clone();
            after.clear();
            for (position, margin) in margins.iter().enumerate() {
                self.adjust(position, margin);
                after.push(self.totals.clone());
            }
            let done = match options.stop {
                RakeStop::MarginError(tolerance) => self.largest_error(margins).relative <= tolerance,
                RakeStop::CellChange(change) => before.iter().zip(&self.totals).all(|(a, b)| (a - b).abs() < change),
            };
            if done {
                return Ok((after, iteration));
            }
        }
        let largest = self.largest_error(margins);
        let (RakeStop::MarginError(tolerance) | RakeStop::CellChange(tolerance)) = options.stop;
        Err(WeightError::NotConverged {
            iterations: options.iterations_max,
            at: largest.at,
            error: largest.relative,
            tolerance,
        })
    }

    fn sums(&self, position: usize, margin: &Margin) -> Vec<f64> {
        let mut sums = vec![CompensatedSum::new(); margin.categories.len()];
        for (categories, total) in self.categories.iter().zip(&self.totals) {
            if let Some(sum) = categories.get(position).and_then(|c| sums.get_mut(*c)) {
                sum.insert(*total);
            }
        }
        sums.iter().map(CompensatedSum::finish).collect()
    }

    fn adjust(&mut self, position: usize, margin: &Margin) {
        let sums = self.sums(position, margin);
        for (categories, total) in self.categories.iter().zip(&mut self.totals) {
            let Some(&category) = categories.get(position) else { continue };
            if let (Some(spec), Some(sum)) = (margin.categories.get(category), sums.get(category).filter(|s| **s > 0.0)) {
                *total *= spec.target / sum;
            }
        }
    }

    fn largest_error(&self, margins: &[Margin]) -> LargestError {
        let mut largest = LargestError::none();
        for (position, margin) in margins.iter().enumerate() {
            for (category, sum) in margin.categories.iter().zip(self.sums(position, margin)) {
                if category.target > 0.0 {
                    let relative = (sum - category.target).abs() / category.target;
                    largest.raise(relative, || format!("{} = {}", margin.name, category.name));
                }
            }
        }
        largest
    }

    /// Weights by cell for weighted counts of the combinations.
    fn weights(&self, cells: &CellWeights, totals: &[f64]) -> Vec<f64> {
        let factor = |combination: usize| match (totals.get(combination), self.first.get(combination)) {
            (Some(now), Some(first)) if *first > 0.0 => now / first,
            // A combination of nobody.
            _ => 1.0,
        };
        self.of_cell.iter().zip(cells.weights()).map(|(k, w)| w * factor(*k)).collect()
    }
}
