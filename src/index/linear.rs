//! Linear combinations of item means, and their Taylor-linearised variance from the tally's sums alone.
//!
//! `θ = Σ_j a_j ȳ_j`, `ȳ_j = Σ w x_j / Σ w` over the cases (of a domain) that answered `j`. The linearised value of a case
//! is `u = Σ_j (a_j / N̂_j) (x_j − ȳ_j)` over the items it answered, 0 outside the domain. Where the weights were brought to
//! the frame's counts or to margins, u is replaced by its residual (see [`crate::weight::residuals`]). Weights are
//! constant within a cell, so `Σ w u` and `Σ w² u²` follow from the cell's counts, sums and cross products; the stratum
//! size in the variance is the whole stratum's, not the domain's.
//!
//! The variance is that of [`crate::design::stage_variance`]: of respondents within strata, or, where clusters were drawn, of
//! the clusters' totals (ultimate clusters). Where the list of clusters tells how many customers each has, the draw within clusters
//! is a second stage with a variance of its own.

use crate::design::{Scatter, StageVariance, StratumTotals, stage_variance};
use crate::stats::CompensatedSum;
use crate::survey::SelectionMethod;
use crate::tally::{Cell, CellKey, Tally, WeightedSums};
use crate::weight::Weights;
use crate::weight::clusters::Clusters;
use std::collections::{BTreeMap, BTreeSet};

/// Value and variance of a linear combination.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinearEstimate {
    /// θ.
    pub value: f64,
    /// Its design-based variance; `None` when it cannot be estimated.
    pub variance: Option<f64>,
    /// Degrees of freedom: clusters (respondents where none were drawn) that the domain touches minus their strata.
    pub df: Option<f64>,
    /// The variance under a simple random sample with replacement of as many respondents: `n/(n − 1) · Σw · Σwu² / n`.
    /// `None` below two respondents.
    pub simple_variance: Option<f64>,
}

impl LinearEstimate {
    /// Design effect against a simple random sample with replacement; `None` when that has no variance.
    #[must_use]
    pub fn design_effect(&self) -> Option<f64> {
        Some(self.variance? / self.simple_variance.filter(|v| *v > 0.0)?)
    }
}

/// Estimates `Σ a_j ȳ_j` over the cells of a domain. Items with `a_j = 0` play no part; `None` when another item was
/// answered by nobody.
#[must_use]
pub fn linear_estimate(tally: &Tally, weights: &Weights, a: &[f64], in_domain: impl Fn(u16) -> bool) -> Option<LinearEstimate> {
    let items: Vec<usize> = (0..tally.item_count()).filter(|j| a.get(*j).is_some_and(|a| *a != 0.0)).collect();
    let mut total = WeightedSums::new(tally.item_count());
    for (key, cell) in tally.cells().iter().filter(|(key, _)| in_domain(key.domain)) {
        total.insert(cell, weights.of_cell(*key));
    }
    let means: BTreeMap<usize, f64> = items.iter().map(|j| Some((*j, total.mean(*j)?))).collect::<Option<_>>()?;
    let value = items.iter().map(|j| a[*j] * means[j]).sum();
    let cells = cell_scores(tally.cells(), weights, a, &items, &means, &total, &in_domain);
    Some(finished(tally, weights, value, cells, &total, in_domain))
}

/// Estimates the mean of `values[x]` over those who gave an answer `x` (steps above the worst) to one item within a domain: a share
/// where the values are 0 and 1, a net promoter score where they are −1, 0 and 1. `u = (values[x] − θ) / N̂`, from the cell's counts
/// of answers. An answer beyond `values` counts as 0. `None` when nobody answered.
#[must_use]
pub fn mean_of_values(
    tally: &Tally,
    weights: &Weights,
    item: usize,
    values: &[f64],
    in_domain: impl Fn(u16) -> bool,
) -> Option<LinearEstimate> {
    let found = AnsweredMean::of(tally, weights, item, values, &in_domain)?;
    // Without items: only cases and their weight are needed.
    let mut totals = WeightedSums::new(0);
    for (key, cell) in tally.cells().iter().filter(|(key, _)| in_domain(key.domain)) {
        totals.insert(cell, weights.of_cell(*key));
    }
    let cells = found.scores(tally.cells(), weights, &in_domain);
    Some(finished(tally, weights, found.theta, cells, &totals, in_domain))
}

/// A weighted mean of values of the answers to one item.
pub(super) struct AnsweredMean<'a> {
    item: usize,
    values: &'a [f64],
    /// The mean.
    theta: f64,
    /// Weights of those who answered.
    count: f64,
}

impl<'a> AnsweredMean<'a> {
    /// `None` when nobody answered.
    pub(super) fn of(tally: &Tally, weights: &Weights, item: usize, values: &'a [f64], in_domain: impl Fn(u16) -> bool) -> Option<Self> {
        let (mut count, mut sum) = (CompensatedSum::new(), CompensatedSum::new());
        for (key, cell) in tally.cells().iter().filter(|(key, _)| in_domain(key.domain)) {
            let weight = weights.of_cell(*key);
            for (step, cases) in cell.histogram(item).iter().enumerate() {
                count.insert_product(weight, *cases as f64);
                sum.insert_product(weight * value_of(values, step), *cases as f64);
            }
        }
        let count = count.finish();
        (count > 0.0).then(|| Self {
            item,
            values,
            theta: sum.finish() / count,
            count,
        })
    }

    /// `Σu` and `Σu²` of every cell; 0 outside the domain, and for those who did not answer.
    pub(super) fn scores(&self, cells: &BTreeMap<CellKey, Cell>, weights: &Weights, in_domain: impl Fn(u16) -> bool) -> Vec<CellScores> {
        let score = |(key, cell): (&CellKey, &Cell)| {
            let (mut sum, mut sum_squares) = (0.0, 0.0);
            for (step, cases) in cell.histogram(self.item).iter().enumerate().filter(|_| in_domain(key.domain)) {
                let u = (value_of(self.values, step) - self.theta) / self.count;
                sum += u * *cases as f64;
                sum_squares += u * u * *cases as f64;
            }
            CellScores {
                key: *key,
                cases: cell.case_count(),
                weight: weights.of_cell(*key),
                sum,
                sum_squares,
            }
        };
        cells.iter().map(score).collect()
    }
}

fn value_of(values: &[f64], step: usize) -> f64 {
    values.get(step).copied().unwrap_or(0.0)
}

/// The estimate from the linearised values of all cells.
fn finished(
    tally: &Tally,
    weights: &Weights,
    value: f64,
    mut cells: Vec<CellScores>,
    total: &WeightedSums,
    in_domain: impl Fn(u16) -> bool,
) -> LinearEstimate {
    let simple_variance = simple_variance(&cells, total);
    take_calibration(weights, &deductions(weights, &cells), &mut cells);
    let variance = variance(tally, weights, &cells);
    LinearEstimate {
        value,
        variance: variance.map(|v| v.covariance[(0, 0)]),
        df: Some(domain_df(tally, weights, in_domain) as f64),
        simple_variance,
    }
}

/// Clusters (respondents where none were drawn) of a domain minus the strata that hold them.
#[must_use]
pub fn domain_df(tally: &Tally, weights: &Weights, in_domain: impl Fn(u16) -> bool) -> u64 {
    let (mut strata, mut clusters, mut cases) = (BTreeSet::new(), BTreeSet::new(), 0);
    for (key, cell) in tally.cells().iter().filter(|(key, _)| in_domain(key.domain)) {
        let stratum = design_stratum(weights, *key);
        strata.insert(stratum);
        clusters.insert((stratum, key.psu));
        cases += cell.case_count();
    }
    let units = if tally.is_clustered() { clusters.len() as u64 } else { cases };
    units.saturating_sub(strata.len() as u64)
}

/// The stratum within which units were drawn: 0 for all where strata were not drawn.
pub(super) fn design_stratum(weights: &Weights, key: CellKey) -> u16 {
    if weights.method == SelectionMethod::Stratified {
        key.stratum
    } else {
        0
    }
}

/// What the cases of one cell contribute.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellScores {
    pub(super) key: CellKey,
    cases: u64,
    pub(super) weight: f64,
    /// Σu.
    pub(super) sum: f64,
    /// Σu².
    sum_squares: f64,
}

/// `Σu` and `Σu²` of every cell; 0 outside the domain.
pub(super) fn cell_scores(
    cells: &BTreeMap<CellKey, Cell>,
    weights: &Weights,
    a: &[f64],
    items: &[usize],
    means: &BTreeMap<usize, f64>,
    total: &WeightedSums,
    in_domain: impl Fn(u16) -> bool,
) -> Vec<CellScores> {
    let score = |(key, cell): (&CellKey, &Cell)| {
        let (mut sum, mut sum_squares) = (0.0, 0.0);
        if in_domain(key.domain) {
            let mut unit = WeightedSums::new(total.item_count());
            unit.insert(cell, 1.0);
            for &j in items {
                let aj = a[j] / total.count[j];
                sum += aj * (unit.sum[j] - means[&j] * unit.count[j]);
                for &k in items {
                    let ak = a[k] / total.count[k];
                    sum_squares += aj * ak * unit.centred_product(j, k, means[&j], means[&k]);
                }
            }
        }
        CellScores {
            key: *key,
            cases: cell.case_count(),
            weight: weights.of_cell(*key),
            sum,
            sum_squares,
        }
    };
    cells.iter().map(score).collect()
}

/// What calibration takes from every case of a weight cell: the part of `u` that it explains.
pub(super) fn deductions(weights: &Weights, cells: &[CellScores]) -> Vec<f64> {
    let mut sums = vec![CompensatedSum::new(); weights.cells().counts().len()];
    for cell in cells {
        if let Some(sum) = weights.cells().number(cell.key).and_then(|number| sums.get_mut(number)) {
            sum.insert_product(cell.weight, cell.sum);
        }
    }
    let sums: Vec<f64> = sums.iter().map(CompensatedSum::finish).collect();
    weights.deductions(&sums)
}

/// Replaces u by its residual from the calibration of the weights; the same amount is taken from all cases of a cell.
pub(super) fn take_calibration(weights: &Weights, deductions: &[f64], cells: &mut [CellScores]) {
    for cell in cells {
        let deduction = weights.cells().number(cell.key).and_then(|number| deductions.get(number));
        let Some(mean) = deduction.filter(|d| **d != 0.0).map(|d| d / cell.weight) else {
            continue;
        };
        let n = cell.cases as f64;
        cell.sum_squares = (cell.sum_squares - 2.0 * mean * cell.sum + n * mean * mean).max(0.0);
        cell.sum -= n * mean;
    }
}

/// Units of each design stratum: clusters where clusters were drawn, else respondents.
#[must_use]
pub fn design_units(tally: &Tally, weights: &Weights) -> BTreeMap<u16, u64> {
    if let Some(clusters) = &weights.clusters {
        return clusters.sampled.clone();
    }
    let mut units = BTreeMap::new();
    for (key, cell) in tally.cells() {
        *units.entry(design_stratum(weights, *key)).or_default() += cell.case_count();
    }
    units
}

/// Units of a design stratum in the population, where a finite population correction applies.
#[must_use]
pub fn population(weights: &Weights, stratum: u16) -> Option<u64> {
    match &weights.clusters {
        Some(clusters) => clusters.population.get(&stratum).copied(),
        None if weights.method == SelectionMethod::Stratified => weights.fpc_population(stratum),
        None => weights.fpc_population_total(),
    }
}

/// With the finite population correction where every stratum's size is known.
fn variance(tally: &Tally, weights: &Weights, cells: &[CellScores]) -> Option<StageVariance> {
    let scatters = if tally.is_clustered() {
        of_clusters(weights, cells)
    } else {
        of_elements(weights, cells)
    };
    let known = scatters.keys().all(|stratum| population(weights, *stratum).is_some());
    let strata: Vec<StratumTotals> = scatters
        .into_iter()
        .map(|(stratum, scatter)| StratumTotals {
            scatter,
            population: population(weights, stratum).filter(|_| known),
        })
        .collect();
    let mut first = stage_variance(&strata, 1, weights.lonely, 0).ok()?;
    if known && let Some(clusters) = weights.clusters.as_ref().filter(|c| !c.units.is_empty()) {
        first.covariance[(0, 0)] += within_clusters(weights, clusters, cells)?;
    }
    Some(first)
}

/// What the draw of respondents within clusters adds: `Σ_i f_i · (1 − m_i/M_i) · m_i/(m_i − 1) · Σ_k (z_k − z̄_i)²`, with `f_i` the
/// sampling fraction of the clusters of the stratum (Särndal, Swensson and Wretman 1992, result 4.3.1). `None` where the policy for
/// lonely units refuses.
fn within_clusters(weights: &Weights, clusters: &Clusters, cells: &[CellScores]) -> Option<f64> {
    let mut sums: BTreeMap<(u16, u16), (u64, f64, f64)> = BTreeMap::new();
    for cell in cells {
        let (n, sum, squares) = sums.entry((design_stratum(weights, cell.key), cell.key.psu)).or_default();
        *n += cell.cases;
        *sum += cell.weight * cell.sum;
        *squares += cell.weight * cell.weight * cell.sum_squares;
    }
    let mut total = CompensatedSum::new();
    for (key, (n, sum, squares)) in sums {
        let fraction = *clusters.sampled.get(&key.0)? as f64 / *clusters.population.get(&key.0)? as f64;
        let inside = StratumTotals {
            scatter: Scatter::of_elements(n, sum, squares),
            population: clusters.units.get(&key).copied(),
        };
        let stage = stage_variance(&[inside], 1, weights.lonely, 1).ok()?;
        total.insert(fraction * stage.covariance[(0, 0)]);
    }
    Some(total.finish())
}

/// Respondents of each stratum, each a unit of its own.
fn of_elements(weights: &Weights, cells: &[CellScores]) -> BTreeMap<u16, Scatter> {
    let mut sums: BTreeMap<u16, (u64, f64, f64)> = BTreeMap::new();
    for cell in cells {
        let (n, sum, squares) = sums.entry(design_stratum(weights, cell.key)).or_default();
        *n += cell.cases;
        *sum += cell.weight * cell.sum;
        *squares += cell.weight * cell.weight * cell.sum_squares;
    }
    let scatter = |(stratum, (n, sum, squares))| (stratum, Scatter::of_elements(n, sum, squares));
    sums.into_iter().map(scatter).collect()
}

/// Totals of the clusters of each stratum.
fn of_clusters(weights: &Weights, cells: &[CellScores]) -> BTreeMap<u16, Scatter> {
    let mut totals: BTreeMap<(u16, u16), f64> = BTreeMap::new();
    for cell in cells {
        *totals.entry((design_stratum(weights, cell.key), cell.key.psu)).or_default() += cell.weight * cell.sum;
    }
    let mut scatters: BTreeMap<u16, Scatter> = BTreeMap::new();
    for ((stratum, _), total) in totals {
        scatters.entry(stratum).or_insert_with(|| Scatter::new(1)).insert(&[total]);
    }
    scatters
}

fn simple_variance(cells: &[CellScores], total: &WeightedSums) -> Option<f64> {
    let squares: f64 = cells.iter().map(|cell| cell.weight * cell.sum_squares).sum();
    (total.cases > 1).then(|| total.weight * squares / (total.cases as f64 - 1.0))
}
