//! Groups against one another: measurement invariance first, then the paths, by permutation.
//!
//! Under the null hypothesis it does not matter who belongs to which group, so memberships are dealt out anew among the cases (with their weights)
//! and everything is estimated anew (W. W. Chin & J. Dibbern, "An introduction to a permutation based procedure for multi-group PLS analysis", in
//! *Handbook of partial least squares* (2010) 171–193). What changes places follows from how the cases were drawn: see [`crate::resample::exchange`].
//! [`super::comparison`] puts these together with the other tests.
//!
//! **One rule at the line.** A test rejects where `p ≤ α`, with `p = (b + 1)/(m + 1)` of `m` permutations, `b` of them as extreme. That p counts the
//! observed assignment among them, so that under the hypothesis `P(p ≤ α) ≤ α`, with equality where `α (m + 1)` is a whole number (Phipson & Smyth
//! 2010): with 299 permutations and α = 0.05 the fifteenth most extreme of 300 is still rejected, `p = 15/300`, and a rule `p < α` would test at
//! 14/300. It is the rule by quantiles of J. Henseler, C. M. Ringle & M. Sarstedt (2016, steps 2 and 3: c at or below the α quantile of the permuted
//! ones, a difference outside of the interval of 1 − α) with the observed value put among the permuted.

use super::path_numbers::{PathFailure, PathNumbers};
use crate::measure::micom::{ScoreMoments, moment_differences, score_correlation};
use crate::model::pls::PlsEstimate;
use crate::resample::permutation::p_value;
use crate::resample::{ExchangeFacts, Resampler};
use crate::tally::WeightedSums;
use nalgebra::DMatrix;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How groups are compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Permutations {
    /// Number of permutations.
    pub count: u32,
    /// Key of the random numbers.
    pub seed: u64,
    /// p-value at or below which something differs. Where no exchange could give one as small, there are no p-values at all: nothing can be judged.
    pub alpha: f64,
}

impl Permutations {
    /// How many are worth making: none where they could not tell anything.
    fn worth(&self, exchange: &ExchangeFacts) -> u32 {
        if exchange.can_tell(self.alpha) { self.count } else { 0 }
    }
}

/// How far a construct is the same thing in two groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InvarianceLevel {
    /// The groups weigh its items differently: what bears the same name is not the same score.
    NotInvariant,
    /// The same score (step 2), but means or variances differ: paths may be compared, answers not be pooled.
    Partial,
    /// Equal means and variances too (step 3): the groups may be pooled.
    Full,
}

/// Invariance of one construct between two groups.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Invariance {
    /// Step 2: correlation of the scores under the weights of either group.
    pub score_correlation: Option<f64>,
    /// Share of permutations with a correlation as low.
    pub score_correlation_p: Option<f64>,
    /// Step 3: mean of the first group less that of the second, in standard deviations of the pooled score.
    pub mean_difference: Option<f64>,
    /// Two-sided.
    pub mean_p: Option<f64>,
    /// Step 3: logarithm of the ratio of variances.
    pub variance_ratio: Option<f64>,
    /// Two-sided.
    pub variance_p: Option<f64>,
}

impl Invariance {
    /// The level under a significance level, of groups and of waves alike: a test rejects where `p ≤ α`. `None` where step 2 has no p-value; without
    /// those of step 3 invariance is partial at most.
    #[must_use]
    pub fn level(&self, alpha: f64) -> Option<InvarianceLevel> {
        // A level of 1 − 0.95 is not quite 0.05.
        let passes = |p: f64| p > alpha * (1.0 + 1e-9);
        if !passes(self.score_correlation_p?) {
            return Some(InvarianceLevel::NotInvariant);
        }
        let equal = self.mean_p.is_some_and(passes) && self.variance_p.is_some_and(passes);
        Some(if equal { InvarianceLevel::Full } else { InvarianceLevel::Partial })
    }
}

/// One path in two groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PathDifference {
    /// Coefficient in the first group.
    pub first: f64,
    /// Coefficient in the second group.
    pub second: f64,
    /// Share of permutations whose difference is as far from 0.
    pub p: Option<f64>,
}

/// One path in several groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PathSpread {
    /// Mean squared difference of the coefficients over all pairs of groups.
    pub spread: f64,
    /// Share of permutations with a spread as large.
    pub p: Option<f64>,
}

/// Two groups held against each other.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupComparison {
    /// Cases in each.
    pub n: (u64, u64),
    /// By construct.
    pub invariance: Vec<Invariance>,
    /// By path, in the order of the structure.
    pub paths: Vec<PathDifference>,
    /// What the permutations have exchanged.
    pub exchange: ExchangeFacts,
    /// Permutations made: none where they could not tell anything.
    pub permutations: u32,
    /// Permutations in which a group could not be estimated.
    pub failed: u64,
}

/// Several groups held against each other at once.
#[derive(Debug, Clone, PartialEq)]
pub struct ManyCompared {
    /// By path, in the order of the structure.
    pub paths: Vec<PathSpread>,
    /// What the permutations have exchanged.
    pub exchange: ExchangeFacts,
}

/// Everything that is compared, once for the groups as they are and once for every permutation.
struct Statistics {
    models: Vec<PlsEstimate>,
    correlations: Vec<Option<f64>>,
    means: Vec<Option<f64>>,
    variances: Vec<Option<f64>>,
}

/// What stays the same under every permutation.
struct Pooled {
    correlation: DMatrix<f64>,
    /// Means and standard deviations (n − 1) of the items.
    means: Vec<f64>,
    sd: Vec<f64>,
    weights: Vec<Vec<f64>>,
}

/// Compares the groups 0 and 1 of the cases.
///
/// # Errors
/// The failure to estimate the pooled cases or one of the groups.
pub fn compare_two(cases: &Resampler, model: &PathNumbers, permutations: Permutations) -> Result<GroupComparison, PathFailure> {
    let pooled = pooled(cases, model)?;
    let groups = [cases.group_sums(0), cases.group_sums(1)];
    let observed = statistics(model, &pooled, &groups)?;
    let exchange = cases.exchange().facts();
    let count = permutations.worth(&exchange);
    let tried = cases.permutations(count, permutations.seed, |groups| statistics(model, &pooled, groups).ok());
    let permuted: Vec<Statistics> = tried.into_iter().flatten().collect();
    let (first, second) = (path(&observed, 0), path(&observed, 1));
    let raw: Vec<Option<f64>> = (0..first.len())
        .map(|at| {
            let difference = |s: &Statistics| (path(s, 0)[at] - path(s, 1)[at]).abs();
            p_value(difference(&observed), &permuted.iter().map(difference).collect::<Vec<_>>())
        })
        .collect();
    let paths = (0..first.len()).map(|at| PathDifference {
        first: first[at],
        second: second[at],
        p: raw[at],
    });
    Ok(GroupComparison {
        n: (groups[0].cases, groups[1].cases),
        invariance: (0..pooled.weights.len()).map(|c| invariance(&observed, &permuted, c)).collect(),
        paths: paths.collect(),
        failed: u64::from(count) - permuted.len() as u64,
        permutations: count,
        exchange,
    })
}

/// For every path, whether it differs between *any* of the groups.
///
/// # Errors
/// The failure to estimate one of the groups.
pub fn compare_many(cases: &Resampler, model: &PathNumbers, permutations: Permutations) -> Result<ManyCompared, PathFailure> {
    let groups = cases.group_count() as u16;
    let sums: Vec<WeightedSums> = (0..groups).map(|g| cases.group_sums(g)).collect();
    let spread = |sums: &[WeightedSums]| -> Result<Vec<f64>, PathFailure> {
        let models: Result<Vec<PlsEstimate>, PathFailure> = sums.iter().map(|s| Ok(model.estimate(s)?.0)).collect();
        let models = models?;
        Ok((0..model.structure().paths().len())
            .map(|at| mean_squared_difference(&models.iter().map(|m| m.paths[at]).collect::<Vec<_>>()))
            .collect())
    };
    let observed = spread(&sums)?;
    let exchange = cases.exchange().facts();
    let permuted: Vec<Vec<f64>> = cases
        .permutations(permutations.worth(&exchange), permutations.seed, |sums| spread(sums).ok())
        .into_iter()
        .flatten()
        .collect();
    let raw: Vec<Option<f64>> = observed
        .iter()
        .enumerate()
        .map(|(at, value)| p_value(*value, &permuted.iter().map(|p| p[at]).collect::<Vec<_>>()))
        .collect();
    let paths = observed.into_iter().zip(raw).map(|(spread, p)| PathSpread { spread, p }).collect();
    Ok(ManyCompared { paths, exchange })
}

/// Mean of `(a − b)²` over all pairs; 0 below two values.
fn mean_squared_difference(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    if values.len() < 2 { 0.0 } else { 2.0 * squares / (n - 1.0) }
}

fn path(statistics: &Statistics, group: usize) -> &[f64] {
    statistics.models.get(group).map(|m| m.paths.as_slice()).unwrap_or_default()
}

fn pooled(cases: &Resampler, model: &PathNumbers) -> Result<Pooled, PathFailure> {
    let sums = cases.full_sums();
    let (pls, mut sd, correlation) = model.estimate(&sums)?;
    let widen = correction(sums.cases).sqrt();
    sd.iter_mut().for_each(|s| *s *= widen);
    let means = (0..sd.len()).map(|item| sums.mean(item).ok_or(PathFailure::NoVariance { item }));
    Ok(Pooled {
        means: means.collect::<Result<_, _>>()?,
        correlation,
        sd,
        weights: pls.outer_weights,
    })
}

/// From divisor n to n − 1.
fn correction(n: u64) -> f64 {
    n as f64 / (n as f64 - 1.0)
}

fn statistics(model: &PathNumbers, pooled: &Pooled, groups: &[WeightedSums]) -> Result<Statistics, PathFailure> {
    let estimated: Result<Vec<_>, PathFailure> = groups.iter().map(|sums| model.estimate(sums)).collect();
    let (mut models, mut spreads) = (Vec::new(), Vec::new());
    for (pls, sd, correlation) in estimated? {
        models.push(pls);
        spreads.push((sd, correlation));
    }
    let blocks = model.structure().blocks();
    let mut all = Statistics {
        correlations: Vec::with_capacity(blocks.len()),
        means: Vec::with_capacity(blocks.len()),
        variances: Vec::with_capacity(blocks.len()),
        models,
    };
    for (construct, block) in blocks.iter().enumerate() {
        let of_block = DMatrix::from_fn(block.len(), block.len(), |i, j| pooled.correlation[(block[i], block[j])]);
        let weights = |group: usize| all.models.get(group).and_then(|m| m.outer_weights.get(construct));
        let correlation = weights(0).zip(weights(1)).and_then(|(a, b)| score_correlation(&of_block, a, b));
        let moments = |group: usize| {
            let (sums, spread) = groups.get(group).zip(spreads.get(group))?;
            Some(score_moments(sums, spread, pooled, construct, block))
        };
        let differences = moments(0).zip(moments(1)).and_then(|(a, b)| moment_differences(a, b));
        all.correlations.push(correlation);
        all.means.push(differences.map(|d| d.0));
        all.variances.push(differences.map(|d| d.1));
    }
    Ok(all)
}

/// Mean and variance of the pooled score among the cases of one group, from its item means, standard deviations and correlations.
fn score_moments(
    sums: &WeightedSums,
    (sd, correlation): &(Vec<f64>, DMatrix<f64>),
    pooled: &Pooled,
    construct: usize,
    block: &[usize],
) -> ScoreMoments {
    let per_step: Vec<f64> = block
        .iter()
        .zip(&pooled.weights[construct])
        .map(|(i, w)| w / pooled.sd[*i])
        .collect();
    let own: Vec<f64> = block.iter().map(|i| sums.mean(*i).unwrap_or(f64::NAN)).collect();
    let mean = per_step
        .iter()
        .zip(block)
        .zip(&own)
        .map(|((v, i), own)| v * (own - pooled.means[*i]))
        .sum();
    let mut variance = 0.0;
    for (a, i) in block.iter().enumerate() {
        for (b, j) in block.iter().enumerate() {
            variance += per_step[a] * per_step[b] * correlation[(*i, *j)] * sd[*i] * sd[*j];
        }
    }
    ScoreMoments {
        mean,
        variance: variance * correction(sums.cases),
    }
}

fn invariance(observed: &Statistics, permuted: &[Statistics], construct: usize) -> Invariance {
    let of = |pick: &dyn Fn(&Statistics) -> Option<f64>| {
        let value = pick(observed);
        let all: Vec<f64> = permuted.iter().filter_map(pick).collect();
        (value, value.and_then(|v| p_value(v, &all)))
    };
    let get = |values: &[Option<f64>]| values.get(construct).copied().flatten();
    // A low correlation is the extreme one, so 1 − c is compared.
    let (distance, score_correlation_p) = of(&|s| get(&s.correlations).map(|c| 1.0 - c));
    let (_, mean_p) = of(&|s| get(&s.means).map(f64::abs));
    let (_, variance_p) = of(&|s| get(&s.variances).map(f64::abs));
    Invariance {
        score_correlation: distance.map(|d| 1.0 - d),
        score_correlation_p,
        mean_difference: get(&observed.means),
        mean_p,
        variance_ratio: get(&observed.variances),
        variance_p,
    }
}

#[cfg(test)]
mod tests;
