//! Weighted sums over cells: what means, variances and correlations are made of.

use super::cell::{Cell, upper};
use crate::model::missing::{self, MissingError, MissingMethod, Pattern};
use crate::model::weighting::entropy::IndicatorSums;
use std::collections::BTreeMap;

/// Σw-weighted counts and sums of single items: enough for means.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemTotals {
    /// Unweighted cases.
    pub cases: u64,
    /// Σw over cases that answered `j`.
    pub count: Vec<f64>,
    /// Σw·xⱼ.
    pub sum: Vec<f64>,
}

impl ItemTotals {
    /// No cases.
    #[must_use]
    pub fn new(item_count: usize) -> Self {
        Self {
            cases: 0,
            count: vec![0.0; item_count],
            sum: vec![0.0; item_count],
        }
    }

    /// Adds a cell whose cases all have the same weight.
    pub fn insert(&mut self, cell: &Cell, weight: f64) {
        self.cases += cell.cases;
        self.count.iter_mut().zip(&cell.count).for_each(|(a, b)| *a += weight * *b as f64);
        self.sum.iter_mut().zip(&cell.sum).for_each(|(a, b)| *a += weight * *b as f64);
    }

    /// Adds `factor` times other totals; a negative factor takes them away.
    pub fn combine(&mut self, other: &Self, factor: f64) {
        self.count.iter_mut().zip(&other.count).for_each(|(a, b)| *a += factor * b);
        self.sum.iter_mut().zip(&other.sum).for_each(|(a, b)| *a += factor * b);
    }

    /// Weighted mean number of steps of an item; `None` when nobody answered it.
    #[must_use]
    pub fn mean(&self, item: usize) -> Option<f64> {
        let count = self.count.get(item).copied().filter(|c| *c > 1e-9)?;
        Some(self.sum.get(item)? / count)
    }
}

/// Σw-weighted counts, sums and cross products over any choice of cells, as full matrices.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedSums {
    item_count: usize,
    /// Unweighted cases.
    pub cases: u64,
    /// Σw.
    pub weight: f64,
    /// Σw over cases that answered `j`.
    pub count: Vec<f64>,
    /// Σw·xⱼ.
    pub sum: Vec<f64>,
    /// Σw over cases that answered `j` and `k`, row `j`.
    pub pair_count: Vec<f64>,
    /// Σw·xⱼ·ln xⱼ over cases that answered `j`, where `0 ln 0 = 0`.
    pub log_sum: Vec<f64>,
    /// Σw·xⱼ over cases that answered `j` and `k`, row `j`.
    pub pair_sum: Vec<f64>,
    /// Σw·xⱼ·xₖ over cases that answered both, row `j`.
    pub product: Vec<f64>,
    /// Cases by the items they answered, where the definition asks for it.
    patterns: BTreeMap<u128, Pattern>,
}

impl WeightedSums {
    /// No cases.
    #[must_use]
    pub fn new(item_count: usize) -> Self {
        let square = item_count * item_count;
        Self {
            item_count,
            cases: 0,
            weight: 0.0,
            count: vec![0.0; item_count],
            sum: vec![0.0; item_count],
            log_sum: vec![0.0; item_count],
            pair_count: vec![0.0; square],
            pair_sum: vec![0.0; square],
            product: vec![0.0; square],
            patterns: BTreeMap::new(),
        }
    }

    /// Items of a case.
    #[must_use]
    pub fn item_count(&self) -> usize {
        self.item_count
    }

    /// Adds a cell whose cases all have the same weight.
    pub fn insert(&mut self, cell: &Cell, weight: f64) {
        let p = self.item_count;
        let cases = cell.cases as f64;
        self.cases += cell.cases;
        self.weight += weight * cases;
        super::patterns::add(&mut self.patterns, &cell.patterns, weight);
        for j in 0..p {
            self.count[j] += weight * cell.count[j] as f64;
            self.sum[j] += weight * cell.sum[j] as f64;
            self.log_sum[j] += weight * log_sum(&cell.histogram[j]);
            for k in 0..p {
                let at = j * p + k;
                let triangle = if j <= k { upper(p, j, k) } else { upper(p, k, j) };
                self.product[at] += weight * cell.product[triangle] as f64;
                let (count, sum) = cell.pairs.as_ref().map_or((cases, cell.sum[j] as f64), |pairs| {
                    (pairs.count[triangle] as f64, pairs.sum[at] as f64)
                });
                self.pair_count[at] += weight * count;
                self.pair_sum[at] += weight * sum;
            }
        }
    }

    /// The cases by the items they answered, bit `j` of the key standing for item `j`: for sums that are made otherwise than from cells.
    pub(crate) fn patterns_mut(&mut self) -> &mut BTreeMap<u128, Pattern> {
        &mut self.patterns
    }

    /// Adds `factor` times other sums; a negative factor takes them away.
    pub fn combine(&mut self, other: &Self, factor: f64) {
        let add = |to: &mut [f64], from: &[f64]| to.iter_mut().zip(from).for_each(|(a, b)| *a += factor * b);
        self.weight += factor * other.weight;
        add(&mut self.count, &other.count);
        add(&mut self.sum, &other.sum);
        add(&mut self.log_sum, &other.log_sum);
        add(&mut self.pair_count, &other.pair_count);
        add(&mut self.pair_sum, &other.pair_sum);
        add(&mut self.product, &other.product);
        super::patterns::combine_weighted(&mut self.patterns, &other.patterns, factor);
    }

    /// Weighted mean number of steps of an item; `None` when nobody answered it.
    #[must_use]
    pub fn mean(&self, item: usize) -> Option<f64> {
        let count = self.count.get(item).copied().filter(|c| *c > 0.0)?;
        Some(self.sum.get(item)? / count)
    }

    /// What entropy weights need of an item.
    #[must_use]
    pub fn indicator(&self, item: usize) -> IndicatorSums {
        let get = |of: &[f64]| of.get(item).copied().unwrap_or(0.0);
        IndicatorSums {
            weight: get(&self.count),
            sum: get(&self.sum),
            sum_log: get(&self.log_sum),
        }
    }

    /// Weighted Σ (xⱼ − aⱼ)(xₖ − aₖ) over cases that answered both, around any centres `a`.
    #[must_use]
    pub fn centred_product(&self, j: usize, k: usize, centre_j: f64, centre_k: f64) -> f64 {
        let p = self.item_count;
        let get = |of: &[f64], at: usize| of.get(at).copied().unwrap_or(0.0);
        get(&self.product, j * p + k) - centre_k * get(&self.pair_sum, j * p + k) - centre_j * get(&self.pair_sum, k * p + j)
            + centre_j * centre_k * get(&self.pair_count, j * p + k)
    }

    /// Standard deviations and correlations of the first `items` items by a way to deal with gaps. All but mean replacement
    /// need cells that were filled for it.
    ///
    /// # Errors
    /// The [`MissingError`] of the method.
    pub fn correlations_by(&self, method: MissingMethod, items: usize) -> Result<(Vec<f64>, nalgebra::DMatrix<f64>), MissingError> {
        if method == MissingMethod::Mean {
            let all: Vec<usize> = (0..items).collect();
            return self.correlations(&all).map_err(|item| MissingError::NoVariance { item });
        }
        // A replicate leaves traces of weight where it took the last case of a pattern away.
        let present = self.patterns.values().filter(|p| p.weight > 1e-9 * self.weight);
        let scored: Vec<Pattern> = present.map(|p| p.first_items(items)).collect();
        let moments = missing::moments(method, &missing::merged(scored), items)?;
        Ok((moments.sd, moments.correlation))
    }

    /// Standard deviations and correlations of some items, missing answers standing at the item's mean.
    ///
    /// `cov_jk = Σw (xⱼ − x̄ⱼ)(xₖ − x̄ₖ) / Σw`, summed over cases that answered both. With complete answers these are the
    /// usual moments; the divisor Σw instead of Σw − 1 cancels in correlations. `None` names the first item that nobody
    /// answered or that everybody answered alike.
    pub fn correlations(&self, items: &[usize]) -> Result<(Vec<f64>, nalgebra::DMatrix<f64>), usize> {
        let mut means = Vec::with_capacity(items.len());
        let mut sds = Vec::with_capacity(items.len());
        for &item in items {
            let mean = self.mean(item).ok_or(item)?;
            let square = self.centred_product(item, item, mean, mean) / self.weight;
            // Rounding can leave a trace of variance where there is none.
            if square.is_nan() || square <= 1e-12 {
                return Err(item);
            }
            means.push(mean);
            sds.push(square.sqrt());
        }
        let correlation = nalgebra::DMatrix::from_fn(items.len(), items.len(), |a, b| {
            if a == b {
                return 1.0;
            }
            let (low, high) = (a.min(b), a.max(b));
            self.centred_product(items[low], items[high], means[low], means[high]) / self.weight / (sds[low] * sds[high])
        });
        Ok((sds, correlation))
    }
}

/// `Σ n_x · x ln x` over the cases of a histogram by number of steps.
fn log_sum(histogram: &[u64]) -> f64 {
    // 0 ln 0 and 1 ln 1 are 0.
    let term = |(x, n): (usize, &u64)| *n as f64 * x as f64 * libm::log(x as f64);
    histogram.iter().enumerate().skip(2).map(term).sum()
}
