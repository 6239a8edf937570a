//! Linear combinations of item means, and their Taylor-linearised variance from the tally's sums alone.
//!
//! `θ = Σ_j a_j ȳ_j`, `ȳ_j = Σ w x_j / Σ w` over the cases (of a domain) that answered `j`. The linearised value of a case
//! is `u = Σ_j (a_j / N̂_j) (x_j − ȳ_j)` over the items it answered, 0 outside the domain. Weights are constant within a
//! cell, so `Σ w u` and `Σ w² u²` follow from the cell's counts, sums and cross products; the stratum size in the variance
//! is the whole stratum's, not the domain's.

use super::stratified::{LonelyStratumPolicy, StratifiedVariance, StratumScores, VarianceOptions, stratified_variance};
use crate::survey::SelectionMethod;
use crate::tally::{Tally, WeightedSums};
use crate::weight::Weights;
use std::collections::BTreeMap;

/// A stratum with one respondent is centred at the grand mean: rather too large a variance than too small a one.
const LONELY_STRATA: LonelyStratumPolicy = LonelyStratumPolicy::Adjust;

/// Value and variance of a linear combination.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinearEstimate {
    /// θ.
    pub value: f64,
    /// Its design-based variance; `None` when it cannot be estimated.
    pub variance: Option<f64>,
    /// Degrees of freedom.
    pub df: Option<f64>,
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
    let sums = stratum_sums(tally, weights, a, &items, &means, &total, in_domain);
    let estimate = match weights.method {
        SelectionMethod::Stratified => variance(&sums),
        _ => variance(&[pooled(&sums, weights.calibrated)]),
    };
    Some(LinearEstimate {
        value,
        variance: estimate.map(|e| e.variance),
        df: estimate.map(|e| e.df as f64),
    })
}

/// With the finite population correction where every stratum's size is known.
fn variance(strata: &[StratumScores]) -> Option<StratifiedVariance> {
    let known = strata.iter().all(|s| s.population.is_some());
    let options = VarianceOptions {
        finite_population_correction: known,
        lonely_strata: LONELY_STRATA,
    };
    stratified_variance(strata, options).ok()
}

/// `Σz` and `Σz²` with `z = w u`, by stratum of the whole sample.
fn stratum_sums(
    tally: &Tally,
    weights: &Weights,
    a: &[f64],
    items: &[usize],
    means: &BTreeMap<usize, f64>,
    total: &WeightedSums,
    in_domain: impl Fn(u16) -> bool,
) -> Vec<StratumScores> {
    let mut by_stratum: BTreeMap<u16, StratumScores> = BTreeMap::new();
    for (key, cell) in tally.cells() {
        let sums = by_stratum.entry(key.stratum).or_insert_with(|| StratumScores {
            sampled: 0,
            population: weights.fpc_population(key.stratum),
            // The weights are already in z.
            weight: 1.0,
            sum: 0.0,
            sum_squares: 0.0,
        });
        sums.sampled += cell.case_count();
        if !in_domain(key.domain) {
            continue;
        }
        let w = weights.of_cell(*key);
        let mut unit = WeightedSums::new(tally.item_count());
        unit.insert(cell, 1.0);
        for &j in items {
            let aj = a[j] / total.count[j];
            sums.sum += w * aj * (unit.sum[j] - means[&j] * unit.count[j]);
            for &k in items {
                let ak = a[k] / total.count[k];
                sums.sum_squares += w * w * aj * ak * unit.centred_product(j, k, means[&j], means[&k]);
            }
        }
    }
    by_stratum.into_values().collect()
}

/// One stratum out of all, for samples that were not drawn by stratum. Where the weights were calibrated to the strata,
/// the residuals from the stratum means are what varies (post-stratification); their sum is 0 by construction.
fn pooled(strata: &[StratumScores], calibrated: bool) -> StratumScores {
    let population = strata.iter().map(|s| s.population).sum();
    let residual = |s: &StratumScores| {
        if calibrated && s.sampled > 0 {
            s.sum_squares - s.sum * s.sum / s.sampled as f64
        } else {
            s.sum_squares
        }
    };
    StratumScores {
        sampled: strata.iter().map(|s| s.sampled).sum(),
        population,
        weight: 1.0,
        sum: if calibrated { 0.0 } else { strata.iter().map(|s| s.sum).sum() },
        sum_squares: strata.iter().map(residual).sum(),
    }
}
