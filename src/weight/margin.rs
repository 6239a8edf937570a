//! A margin: the categories of a variable with the number of people each holds in the population.

use super::cells::CellWeights;
use super::error::WeightError;
use crate::stats::CompensatedSum;

/// Relative difference up to which two sums of targets count as the same population. Counts are whole, shares are written with
/// some digits; what is further apart was not taken from one source.
pub const TOTALS_TOLERANCE: f64 = 1e-6;

/// One category and its target.
#[derive(Debug, Clone, PartialEq)]
pub struct Category {
    /// Name.
    pub name: String,
    /// People of the population in it.
    pub target: f64,
}

/// A variable whose weighted distribution is to be that of the population.
#[derive(Debug, Clone, PartialEq)]
pub struct Margin {
    /// Name of the variable.
    pub name: String,
    /// Its categories.
    pub categories: Vec<Category>,
    /// Position of the category of each cell.
    pub of_cell: Vec<usize>,
}

/// Where weights miss a target by most.
#[derive(Debug, Clone, PartialEq)]
pub struct LargestError {
    /// Margin and category, or the auxiliary variable.
    pub at: String,
    /// `|Σw − T| / T`; for an auxiliary variable the miss relative to the size of the total.
    pub relative: f64,
}

impl LargestError {
    /// No miss at all.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            at: String::new(),
            relative: 0.0,
        }
    }

    /// Keeps the larger of two; what is no number is larger than anything.
    pub(super) fn raise(&mut self, relative: f64, at: impl FnOnce() -> String) {
        if relative > self.relative || relative.is_nan() {
            *self = Self { at: at(), relative };
        }
    }
}

impl Margin {
    /// Σ of the targets: the population as this margin sees it.
    #[must_use]
    pub fn population(&self) -> f64 {
        let mut sum = CompensatedSum::new();
        self.categories.iter().for_each(|c| sum.insert(c.target));
        sum.finish()
    }

    /// Weighted count of every category.
    #[must_use]
    pub fn weighted(&self, counts: &[u64], weights: &[f64]) -> Vec<f64> {
        let mut sums = vec![CompensatedSum::new(); self.categories.len()];
        for ((category, count), weight) in self.of_cell.iter().zip(counts).zip(weights) {
            if let Some(sum) = sums.get_mut(*category) {
                sum.insert_product(*weight, *count as f64);
            }
        }
        sums.iter().map(CompensatedSum::finish).collect()
    }

    /// Refuses targets that the respondents cannot carry: a category with a target and fewer than `base_min` respondents, or
    /// one that answered and has no positive target. A category without target and without respondents is no obstacle.
    pub fn check(&self, cells: &CellWeights, base_min: u64) -> Result<(), WeightError> {
        if self.of_cell.len() != cells.len() {
            return Err(WeightError::Shape {
                what: "margin",
                got: self.of_cell.len(),
                cells: cells.len(),
            });
        }
        let mut cases = vec![0_u64; self.categories.len()];
        for (category, count) in self.of_cell.iter().zip(cells.counts()) {
            let known = self.categories.len();
            *cases.get_mut(*category).ok_or(WeightError::Shape {
                what: "category",
                got: *category,
                cells: known,
            })? += count;
        }
        for (category, cases) in self.categories.iter().zip(cases) {
            let positive = category.target > 0.0 && category.target.is_finite();
            if !positive && (cases > 0 || category.target != 0.0) {
                return Err(WeightError::BadTarget {
                    margin: self.name.clone(),
                    category: category.name.clone(),
                    target: category.target,
                });
            }
            if positive && cases < base_min.max(1) {
                return Err(WeightError::CategoryTooSmall {
                    margin: self.name.clone(),
                    category: category.name.clone(),
                    cases,
                    needed: base_min.max(1),
                    target: category.target,
                });
            }
        }
        Ok(())
    }
}

/// Checks every margin, and that all describe one population.
pub fn check_margins(margins: &[Margin], cells: &CellWeights, base_min: u64) -> Result<(), WeightError> {
    margins.iter().try_for_each(|margin| margin.check(cells, base_min))?;
    let Some(first) = margins.first() else { return Ok(()) };
    let total = first.population();
    match margins
        .iter()
        .find(|m| (m.population() - total).abs() > TOTALS_TOLERANCE * total.abs())
    {
        Some(other) => Err(WeightError::TotalsContradict {
            first: first.name.clone(),
            first_total: total,
            second: other.name.clone(),
            second_total: other.population(),
        }),
        None => Ok(()),
    }
}

/// The category that weights miss by most, over all margins.
#[must_use]
pub fn largest_error(margins: &[Margin], counts: &[u64], weights: &[f64]) -> LargestError {
    let mut largest = LargestError::none();
    for margin in margins {
        for (category, sum) in margin.categories.iter().zip(margin.weighted(counts, weights)) {
            if category.target > 0.0 {
                let relative = (sum - category.target).abs() / category.target;
                largest.raise(relative, || format!("{} = {}", margin.name, category.name));
            }
        }
    }
    largest
}
