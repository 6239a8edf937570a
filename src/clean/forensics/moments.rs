//! Means, covariances and correlations of the items over whoever answered both, from whole-number sums.

use super::Coded;
use crate::ingest::answer::is_score;
use nalgebra::DMatrix;
use rayon::prelude::*;

/// Rows that one thread sums at a time. Sums of whole numbers are the same in any order.
const ROWS_AT_A_TIME: usize = 4096;

/// Exact sums over pairs of items, in steps.
///
/// For items a and b, all over the rows that answered both: how many, `Σ x_a`, `Σ x_a²`, `Σ x_a x_b`. These are whole numbers,
/// so that neither the order of rows nor the number of threads has any effect, and a covariance is rounded once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairMoments {
    items: usize,
    both: Vec<u64>,
    sum: Vec<u64>,
    square: Vec<u64>,
    product: Vec<u64>,
}

impl PairMoments {
    fn empty(items: usize) -> Self {
        let zeros = vec![0; items * items];
        Self {
            items,
            both: zeros.clone(),
            sum: zeros.clone(),
            square: zeros.clone(),
            product: zeros,
        }
    }

    /// The sums of all rows.
    #[must_use]
    pub fn of(answers: &Coded<'_>) -> Self {
        let items = answers.item_count();
        let starts: Vec<usize> = (0..answers.len()).step_by(ROWS_AT_A_TIME).collect();
        let of_rows = |start: usize| {
            let mut sums = Self::empty(items);
            let mut given: Vec<(usize, u64)> = Vec::with_capacity(items);
            for row in start..(start + ROWS_AT_A_TIME).min(answers.len()) {
                let scores = answers.packed(row).iter().enumerate().filter(|(_, packed)| is_score(**packed));
                given.clear();
                given.extend(scores.map(|(item, packed)| (item, u64::from(*packed))));
                sums.insert(&given);
            }
            sums
        };
        let parts = starts.into_par_iter().map(of_rows);
        parts.reduce(
            || Self::empty(items),
            |mut a, b| {
                a.combine(&b);
                a
            },
        )
    }

    fn insert(&mut self, given: &[(usize, u64)]) {
        for (a, x) in given {
            for (b, y) in given {
                let at = a * self.items + b;
                if let (Some(both), Some(sum), Some(square), Some(product)) = (
                    self.both.get_mut(at),
                    self.sum.get_mut(at),
                    self.square.get_mut(at),
                    self.product.get_mut(at),
                ) {
                    *both += 1;
                    *sum += x;
                    *square += x * x;
                    *product += x * y;
                }
            }
        }
    }

    fn combine(&mut self, other: &Self) {
        let pairs = [
            (&mut self.both, &other.both),
            (&mut self.sum, &other.sum),
            (&mut self.square, &other.square),
            (&mut self.product, &other.product),
        ];
        for (mine, theirs) in pairs {
            mine.iter_mut().zip(theirs).for_each(|(a, b)| *a += b);
        }
    }

    fn at(&self, table: &[u64], a: usize, b: usize) -> i128 {
        table.get(a * self.items + b).copied().map_or(0, i128::from)
    }

    /// Number of items.
    #[must_use]
    pub fn item_count(&self) -> usize {
        self.items
    }

    /// Rows that answered both items.
    #[must_use]
    pub fn both(&self, a: usize, b: usize) -> u64 {
        self.both.get(a * self.items + b).copied().unwrap_or(0)
    }

    /// Mean step of an item over whoever answered it; `None` when nobody did.
    #[must_use]
    pub fn mean(&self, item: usize) -> Option<f64> {
        let n = self.both(item, item);
        (n > 0).then(|| self.at(&self.sum, item, item) as f64 / n as f64)
    }

    /// `n Σxy − Σx Σy` over the rows that answered both: n² times the covariance with divisor n, exact.
    fn scaled_covariance(&self, a: usize, b: usize) -> i128 {
        let n = i128::from(self.both(a, b));
        n * self.at(&self.product, a, b) - self.at(&self.sum, a, b) * self.at(&self.sum, b, a)
    }

    /// `n Σx² − (Σx)²` of item `a` over the rows that answered `a` and `b`.
    fn scaled_variance(&self, a: usize, b: usize) -> i128 {
        let n = i128::from(self.both(a, b));
        n * self.at(&self.square, a, b) - self.at(&self.sum, a, b) * self.at(&self.sum, a, b)
    }

    /// Whether the answers to an item differ at all.
    #[must_use]
    pub fn varies(&self, item: usize) -> bool {
        self.scaled_variance(item, item) > 0
    }

    /// Covariance in steps, divisor n − 1, over the rows that answered both (`cov(use = "pairwise.complete.obs")` in R).
    /// `None` for fewer than two such rows.
    #[must_use]
    pub fn covariance(&self, a: usize, b: usize) -> Option<f64> {
        let n = self.both(a, b) as f64;
        (n > 1.0).then(|| self.scaled_covariance(a, b) as f64 / (n * (n - 1.0)))
    }

    /// Pearson's correlation over the rows that answered both. `None` when one of the items does not vary there.
    #[must_use]
    pub fn correlation(&self, a: usize, b: usize) -> Option<f64> {
        let (of_a, of_b) = (self.scaled_variance(a, b) as f64, self.scaled_variance(b, a) as f64);
        (of_a > 0.0 && of_b > 0.0).then(|| self.scaled_covariance(a, b) as f64 / (of_a.sqrt() * of_b.sqrt()))
    }

    /// Covariances in steps of some items; `None` when one of them is undefined.
    #[must_use]
    pub fn covariances(&self, items: &[usize]) -> Option<DMatrix<f64>> {
        let mut matrix = DMatrix::zeros(items.len(), items.len());
        for (row, a) in items.iter().enumerate() {
            for (column, b) in items.iter().enumerate() {
                *matrix.get_mut((row, column))? = self.covariance(*a, *b)?;
            }
        }
        Some(matrix)
    }
}
