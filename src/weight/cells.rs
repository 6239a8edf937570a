//! Weighted cases in cells: the form in which every weighting step takes and gives weights.

use super::error::WeightError;
use super::kish::KishSums;
use crate::stats::CompensatedSum;

/// Cases by weight: entry `c` stands for `count[c]` cases that all weigh `weight[c]`.
///
/// A step that treats cases alike when they fall into the same categories gives the same factor to all of a cell, so it
/// needs no more than this; a file of single cases is the special case of counts 1. Weights are positive and finite.
#[derive(Debug, Clone, PartialEq)]
pub struct CellWeights {
    count: Vec<u64>,
    weight: Vec<f64>,
}

impl CellWeights {
    /// Cells with their numbers of cases and weights. Cells without cases are allowed, all of them empty is not.
    pub fn new(count: Vec<u64>, weight: Vec<f64>) -> Result<Self, WeightError> {
        if count.len() != weight.len() {
            return Err(WeightError::Shape {
                what: "weights",
                got: weight.len(),
                cells: count.len(),
            });
        }
        if count.iter().all(|n| *n == 0) {
            return Err(WeightError::NoCases);
        }
        let cells = Self { count, weight };
        cells.positive()?;
        Ok(cells)
    }

    /// Single cases.
    pub fn of_cases(weight: Vec<f64>) -> Result<Self, WeightError> {
        Self::new(vec![1; weight.len()], weight)
    }

    /// The same cases with other weights, whatever their sign: for linear calibration, which may leave the positive numbers.
    pub(super) fn with_any(&self, weight: Vec<f64>) -> Self {
        Self {
            count: self.count.clone(),
            weight,
        }
    }

    /// Refuses weights that are not positive and finite.
    fn positive(&self) -> Result<(), WeightError> {
        match self.weight.iter().position(|w| !(w.is_finite() && *w > 0.0)) {
            Some(cell) => Err(WeightError::BadWeight {
                cell,
                weight: self.weight.get(cell).copied().unwrap_or(f64::NAN),
            }),
            None => Ok(()),
        }
    }

    /// Number of cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count.len()
    }

    /// True without cells.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count.is_empty()
    }

    /// Cases by cell.
    #[must_use]
    pub fn counts(&self) -> &[u64] {
        &self.count
    }

    /// Weight of a case, by cell.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weight
    }

    /// Cases in all.
    #[must_use]
    pub fn cases(&self) -> u64 {
        self.count.iter().sum()
    }

    /// Σw over all cases, compensated.
    #[must_use]
    pub fn sum(&self) -> f64 {
        let mut sum = CompensatedSum::new();
        self.entries().for_each(|(n, w)| sum.insert_product(w, n as f64));
        sum.finish()
    }

    /// Cases and weight of every cell.
    pub fn entries(&self) -> impl Iterator<Item = (u64, f64)> + '_ {
        self.count.iter().copied().zip(self.weight.iter().copied())
    }

    /// The sums behind Kish's effect.
    #[must_use]
    pub fn kish(&self) -> KishSums {
        let mut sums = KishSums::new();
        self.entries().for_each(|(n, w)| sums.insert_many(w, n));
        sums
    }

    /// Smallest and largest weight of a case; `None` without cases.
    #[must_use]
    pub fn range(&self) -> Option<(f64, f64)> {
        let weights = self.entries().filter(|(n, _)| *n > 0).map(|(_, w)| w);
        weights.fold(None, |range, w| {
            let (low, high) = range.unwrap_or((w, w));
            Some((f64::min(low, w), f64::max(high, w)))
        })
    }
}
