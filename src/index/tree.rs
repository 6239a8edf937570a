//! From dimensions to the index: the weights that every dimension has at each heading of the indicator tree.
//!
//! The score of a heading is `Σ_p share_p · score_p` over its parts, so it is also `Σ_d W_d · score_d` over the dimensions
//! below it, with `W_d` the product of the shares on the way down; they sum to 1. Given and judged shares are numbers;
//! shares from the spread of the scores follow from the covariance of the dimension scores, `a' S b` with `S` the item
//! covariances and `a`, `b` what one step of each item adds to two dimensions.

use super::shares::Shares;
use crate::model::weighting::{critic, normalised, principal};
use crate::score::Scoring;
use crate::survey::Survey;
use crate::survey::indicators::{IndexWeights, NodeSpec, Part};
use crate::tally::WeightedSums;
use nalgebra::{DMatrix, DVector};

/// Weights of the dimensions at each heading, in the order of the tree's nodes: sum 1, 0 for dimensions elsewhere. `None`
/// where they cannot be had, because a score has no variance or the scores point in different directions.
#[must_use]
pub fn dimension_weights(survey: &Survey, sums: &WeightedSums, of_dimension: &[Option<Vec<f64>>]) -> Vec<Option<Vec<f64>>> {
    let covariance = (!survey.tree.is_fixed()).then(|| dimension_covariance(survey, sums, of_dimension));
    let mut weights: Vec<Option<Vec<f64>>> = Vec::new();
    for node in &survey.tree.nodes {
        let parts: Option<Vec<Vec<f64>>> = node.parts.iter().map(|part| part_weights(survey, &weights, *part)).collect();
        let of_node = parts.and_then(|parts| {
            let shares = match &covariance {
                None => node.shares.clone(),
                Some(covariance) => spread_shares(survey.tree.weights, node, &parts, covariance.as_ref()?)?,
            };
            Some(combined(&parts, &shares))
        });
        weights.push(of_node);
    }
    weights
}

fn part_weights(survey: &Survey, weights: &[Option<Vec<f64>>], part: Part) -> Option<Vec<f64>> {
    match part {
        Part::Node(at) => weights.get(at)?.clone(),
        Part::Dimension(at) => {
            let mut unit = vec![0.0; survey.dimensions.len()];
            *unit.get_mut(at)? = 1.0;
            Some(unit)
        }
    }
}

fn combined(parts: &[Vec<f64>], shares: &[f64]) -> Vec<f64> {
    let dimensions = parts.first().map_or(0, Vec::len);
    let mut sum = vec![0.0; dimensions];
    for (part, share) in parts.iter().zip(shares) {
        sum.iter_mut().zip(part).for_each(|(s, p)| *s += share * p);
    }
    sum
}

/// Shares of the parts of a heading from the covariance of their scores.
fn spread_shares(weights: IndexWeights, node: &NodeSpec, parts: &[Vec<f64>], covariance: &DMatrix<f64>) -> Option<Vec<f64>> {
    if node.parts.len() == 1 {
        return Some(vec![1.0]);
    }
    let loads = DMatrix::from_fn(covariance.nrows(), parts.len(), |d, p| parts[p].get(d).copied().unwrap_or(0.0));
    let of_parts = loads.transpose() * covariance * &loads;
    let (sd, correlation) = standardised(&of_parts)?;
    match weights {
        IndexWeights::Critic => critic::shares(&sd, &correlation),
        _ => component_shares(&sd, &correlation),
    }
}

/// Shares of the first principal component, brought back from standardised to plain scores. `None` when an indicator runs
/// against the others.
pub(super) fn component_shares(sd: &[f64], correlation: &DMatrix<f64>) -> Option<Vec<f64>> {
    let component = principal::first_component(correlation)?;
    let plain: Vec<f64> = component.weights.iter().zip(sd).map(|(w, s)| w / s).collect();
    normalised(&plain)
}

fn standardised(covariance: &DMatrix<f64>) -> Option<(Vec<f64>, DMatrix<f64>)> {
    let sd: Vec<f64> = covariance.diagonal().iter().map(|v| v.sqrt()).collect();
    if sd.iter().any(|s| !(s.is_finite() && *s > 1e-9)) {
        return None;
    }
    let correlation = DMatrix::from_fn(
        sd.len(),
        sd.len(),
        |a, b| {
            if a == b { 1.0 } else { covariance[(a, b)] / (sd[a] * sd[b]) }
        },
    );
    Some((sd, correlation))
}

/// Covariances of the dimension scores on 0 to 100, missing answers at their item's mean.
fn dimension_covariance(survey: &Survey, sums: &WeightedSums, of_dimension: &[Option<Vec<f64>>]) -> Option<DMatrix<f64>> {
    let items: Vec<usize> = (0..survey.scored_items).collect();
    let (sd, correlation) = sums.correlations(&items).ok()?;
    let covariance = DMatrix::from_fn(items.len(), items.len(), |a, b| correlation[(a, b)] * sd[a] * sd[b]);
    let mut loads = DMatrix::<f64>::zeros(items.len(), survey.dimensions.len());
    for (d, dimension) in survey.dimensions.iter().enumerate() {
        let shares = of_dimension.get(d)?.as_ref()?;
        let mut column = DVector::zeros(items.len());
        for (item, share) in dimension.items.iter().zip(shares) {
            *column.get_mut(*item)? += share * Scoring::of(survey.items.get(*item)?).percent(1.0);
        }
        loads.set_column(d, &column);
    }
    Some(loads.transpose() * covariance * loads)
}

impl Shares {
    /// Weights of the dimensions in the whole tree.
    #[must_use]
    pub fn of_tree(&self) -> Option<&[f64]> {
        self.of_node.last()?.as_deref()
    }
}

/// `Σ W_d · score_d`; `None` when a dimension that has a weight has no score.
#[must_use]
pub fn weighted_score(weights: Option<&[f64]>, scores: &[Option<f64>]) -> Option<f64> {
    let pairs = weights?.iter().zip(scores).filter(|(w, _)| **w != 0.0);
    pairs.map(|(weight, score)| Some(weight * (*score)?)).sum()
}
