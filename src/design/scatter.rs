//! Mergeable sums of cluster totals within a stratum.

use nalgebra::{DMatrix, DVector};

/// Count, mean and centred cross-products of vectors, one vector a cluster, one entry a statistic.
///
/// Parts made anywhere merge in any order up to rounding; the empty part is neutral. The products are centred from the
/// start, so that nothing cancels when the totals are far from 0. Source: Chan, Golub and `LeVeque` (1983), The American
/// Statistician 37(3), 242–247, equations 2.1a and 2.1b.
#[derive(Debug, Clone, PartialEq)]
pub struct Scatter {
    count: u64,
    mean: DVector<f64>,
    products: DMatrix<f64>,
}

impl Scatter {
    /// No clusters yet, of `statistics` statistics.
    #[must_use]
    pub fn new(statistics: usize) -> Self {
        Self {
            count: 0,
            mean: DVector::zeros(statistics),
            products: DMatrix::zeros(statistics, statistics),
        }
    }

    /// From the sums of one statistic over elements, each a cluster of its own: n, Σz and Σz².
    ///
    /// Fit for values of the size of their spread (influence values are centred); otherwise insert one by one.
    #[must_use]
    pub fn of_elements(count: u64, sum: f64, sum_squares: f64) -> Self {
        if count == 0 {
            return Self::new(1);
        }
        let n = count as f64;
        Self {
            count,
            mean: DVector::from_element(1, sum / n),
            // A sum of squares: rounding below 0 is cut.
            products: DMatrix::from_element(1, 1, (sum_squares - sum * sum / n).max(0.0)),
        }
    }

    /// Clusters so far, those of zeros included.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// Entries of each vector.
    #[must_use]
    pub fn statistics(&self) -> usize {
        self.mean.len()
    }

    /// The mean cluster total of each statistic; 0 when empty.
    #[must_use]
    pub const fn mean(&self) -> &DVector<f64> {
        &self.mean
    }

    /// Σ(t − t̄)(t − t̄)′ over the clusters.
    #[must_use]
    pub const fn products(&self) -> &DMatrix<f64> {
        &self.products
    }

    /// Adds the totals of one cluster. Entries beyond [`Scatter::statistics`] are ignored, missing ones count as 0.
    pub fn insert(&mut self, totals: &[f64]) {
        let value = DVector::from_iterator(self.mean.len(), (0..self.mean.len()).map(|j| totals.get(j).copied().unwrap_or(0.0)));
        self.add(1, &value, None);
    }

    /// Adds clusters that have nothing of the domain: they were sampled, and their totals are 0.
    pub fn insert_zeros(&mut self, clusters: u64) {
        self.add(clusters, &DVector::zeros(self.mean.len()), None);
    }

    /// Adds another part of the same statistics; an empty one changes nothing.
    pub fn combine(&mut self, other: &Self) {
        self.add(other.count, &other.mean, Some(&other.products));
    }

    fn add(&mut self, count: u64, mean: &DVector<f64>, products: Option<&DMatrix<f64>>) {
        if count == 0 {
            return;
        }
        let (a, b) = (self.count as f64, count as f64);
        let delta = mean - &self.mean;
        if let Some(products) = products {
            self.products += products;
        }
        self.products.ger(a * b / (a + b), &delta, &delta, 1.0);
        self.mean += delta * (b / (a + b));
        self.count = self.count.saturating_add(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scatter(rows: &[(f64, f64)]) -> Scatter {
        let mut scatter = Scatter::new(2);
        for &(x, y) in rows {
            scatter.insert(&[x, y]);
        }
        scatter
    }

    fn rows() -> impl Strategy<Value = Vec<(f64, f64)>> {
        prop::collection::vec((-100.0_f64..100.0, -1.0_f64..1.0), 0..30)
    }

    fn same(a: &Scatter, b: &Scatter) -> bool {
        a.count == b.count && (&a.mean - &b.mean).amax() < 1e-11 && (&a.products - &b.products).amax() < 1e-8
    }

    #[test]
    fn by_hand() {
        // 1, 2, 6: mean 3, Σ(t − 3)² = 4 + 1 + 9
        let mut whole = Scatter::new(1);
        for value in [1.0, 2.0, 6.0] {
            whole.insert(&[value]);
        }
        assert!((whole.mean()[0] - 3.0).abs() < 1e-15);
        assert!((whole.products()[(0, 0)] - 14.0).abs() < 1e-13);
        let sums = Scatter::of_elements(3, 9.0, 41.0);
        assert!((sums.products()[(0, 0)] - 14.0).abs() < 1e-13);
    }

    #[test]
    fn a_far_origin_costs_no_digits() {
        let mut far = Scatter::new(1);
        for value in [1e9 + 1.0, 1e9 + 2.0, 1e9 + 6.0] {
            far.insert(&[value]);
        }
        assert!((far.products()[(0, 0)] - 14.0).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn parts_merge_in_any_order(left in rows(), right in rows()) {
            let whole = scatter(&left.iter().chain(&right).copied().collect::<Vec<_>>());
            let (mut ab, mut ba) = (scatter(&left), scatter(&right));
            ab.combine(&scatter(&right));
            ba.combine(&scatter(&left));
            prop_assert!(same(&ab, &whole) && same(&ba, &whole));
        }

        #[test]
        fn the_empty_part_is_neutral(rows in rows()) {
            let whole = scatter(&rows);
            let (mut left, mut right) = (Scatter::new(2), whole.clone());
            left.combine(&whole);
            right.combine(&Scatter::new(2));
            prop_assert!(same(&left, &whole));
            prop_assert_eq!(right, whole);
        }

        #[test]
        fn zeros_at_once_equal_zeros_one_by_one(rows in rows(), zeros in 0_u64..9) {
            let (mut at_once, mut one_by_one) = (scatter(&rows), scatter(&rows));
            at_once.insert_zeros(zeros);
            for _ in 0..zeros {
                one_by_one.insert(&[0.0, 0.0]);
            }
            prop_assert!(same(&at_once, &one_by_one));
        }
    }
}
