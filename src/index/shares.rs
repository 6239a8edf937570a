//! How items make a dimension: shares that sum to 1, so that a dimension is `Σ share_j · score_j` on 0 to 100.
//!
//! With path-model weights this is the Fornell index: `share_j = v_j (max_j − min_j) / Σ v_k (max_k − min_k)` with
//! `v = (w / s) / Σ (w / s)`, the outer weights `w` brought back from standardised items with standard deviation `s`.
//! All-minimum gives 0 and all-maximum 100 under every rule.

use super::fornell;
use super::tree::{component_shares, dimension_weights};
use crate::finding::{Code, Finding, Place};
use crate::model::missing::MissingError;
use crate::model::pls::{PlsError, PlsEstimate, PlsOptions, estimate_with};
use crate::model::weighting::{critic, entropy, normalised};
use crate::score::Scoring;
use crate::survey::{DimensionSpec, ItemWeights, Survey};
use crate::tally::WeightedSums;

/// By dimension, a share for each of its items; `None` when nobody answered any.
type ByDimension = Vec<Option<Vec<f64>>>;

/// Item shares of every dimension, and the path model they come from where there is one.
#[derive(Debug, Clone)]
pub struct Shares {
    /// By dimension: a share for each of its items, 0 for items that nobody answered; `None` when nobody answered any.
    pub of_dimension: Vec<Option<Vec<f64>>>,
    /// By heading of the indicator tree: a weight for each dimension; see [`super::tree`].
    pub of_node: Vec<Option<Vec<f64>>>,
    /// The path model.
    pub model: Option<FittedModel>,
}

/// A path model with the spread of its items.
#[derive(Debug, Clone)]
pub struct FittedModel {
    /// Weights, loadings, paths.
    pub pls: PlsEstimate,
    /// Standard deviation of each item, in steps.
    pub sd: Vec<f64>,
    /// Correlations of the items.
    pub correlation: nalgebra::DMatrix<f64>,
}

/// The shares that follow from sums over respondents. Called once for the estimate and once for every replicate.
pub fn shares(survey: &Survey, sums: &WeightedSums) -> Result<Shares, Finding> {
    shares_by(survey, sums, survey.model.weights)
}

/// The shares under one way to item weights, which need not be the one that the survey has chosen.
pub fn shares_by(survey: &Survey, sums: &WeightedSums, weights: ItemWeights) -> Result<Shares, Finding> {
    let (of_dimension, model) = match weights {
        ItemWeights::Pls => from_model(survey, sums)?,
        ItemWeights::Entropy | ItemWeights::Critic | ItemWeights::PrincipalComponent => (from_spread(survey, sums, weights)?, None),
        _ => (from_item_weights(survey, sums, weights), None),
    };
    Ok(Shares {
        of_node: dimension_weights(survey, sums, &of_dimension),
        of_dimension,
        model,
    })
}

fn from_item_weights(survey: &Survey, sums: &WeightedSums, weights: ItemWeights) -> ByDimension {
    let of_dimension = |dimension: &DimensionSpec| {
        let raw: Vec<f64> = dimension
            .items
            .iter()
            .map(|item| item_weight(survey, sums, weights, *item))
            .collect();
        normalised(&raw)
    };
    survey.dimensions.iter().map(of_dimension).collect()
}

/// Weight of an item that needs no model; 0 when nobody answered the item.
fn item_weight(survey: &Survey, sums: &WeightedSums, weights: ItemWeights, item: usize) -> f64 {
    let Some(spec) = survey.items.get(item) else { return 0.0 };
    if sums.mean(item).is_none() {
        return 0.0;
    }
    match weights {
        ItemWeights::Given => spec.weight.unwrap_or(0.0),
        // An item alone in its dimension needs no judgement.
        ItemWeights::Ahp => spec.judged.unwrap_or(1.0),
        ItemWeights::StatedImportance => spec.importance.and_then(|i| importance_mean(survey, sums, i)).unwrap_or(0.0),
        _ => 1.0,
    }
}

/// Shares from how the answers to the items of a dimension differ, on the 0–100 scale.
fn from_spread(survey: &Survey, sums: &WeightedSums, weights: ItemWeights) -> Result<ByDimension, Finding> {
    let one = |dimension: &DimensionSpec| -> Result<Option<Vec<f64>>, Finding> {
        if dimension.items.len() == 1 {
            return Ok(dimension.items.first().and_then(|i| sums.mean(*i)).map(|_| vec![1.0]));
        }
        let failed = || Finding::new(Code::WeightsUndefined, Place::subject(&dimension.id)).with("of", &dimension.id);
        if weights == ItemWeights::Entropy {
            let indicators: Vec<_> = dimension.items.iter().map(|i| sums.indicator(*i)).collect();
            return entropy::shares(&indicators).map(Some).ok_or_else(failed);
        }
        let (sd, correlation) = sums.correlations(&dimension.items).map_err(|item| no_variance(survey, item))?;
        let points = |(item, sd): (&usize, &f64)| survey.items.get(*item).map_or(*sd, |i| Scoring::of(i).percent(*sd));
        let sd: Vec<f64> = dimension.items.iter().zip(&sd).map(points).collect();
        let shares = if weights == ItemWeights::Critic {
            critic::shares(&sd, &correlation)
        } else {
            component_shares(&sd, &correlation)
        };
        shares.map(Some).ok_or_else(failed)
    };
    survey.dimensions.iter().map(one).collect()
}

fn no_variance(survey: &Survey, item: usize) -> Finding {
    let name = survey.items.get(item).map(|i| i.id.clone()).unwrap_or_default();
    Finding::new(Code::NoVariance, Place::subject(&name)).with("item", name)
}

/// Mean stated importance in the codes of its scale.
#[must_use]
pub fn importance_mean(survey: &Survey, sums: &WeightedSums, importance_item: usize) -> Option<f64> {
    let low = survey.items.get(importance_item)?.scale.min;
    Some(sums.mean(importance_item)? + f64::from(low))
}

fn from_model(survey: &Survey, sums: &WeightedSums) -> Result<(ByDimension, Option<FittedModel>), Finding> {
    let failed = |reason: String| Finding::new(Code::ModelFailed, Place::subject(&survey.id)).with("reason", reason);
    let structure = survey.model.structure.as_ref().ok_or_else(|| failed("no structure".to_owned()))?;
    let model = &survey.model;
    let moments = sums.correlations_by(model.missing, survey.scored_items);
    let (sd, correlation) = moments.map_err(|error| match error {
        MissingError::NoVariance { item } => no_variance(survey, item),
        MissingError::NoPair { .. } => failed("no-pair".to_owned()),
        MissingError::NotPositiveDefinite { .. } => failed("not-positive-definite".to_owned()),
        MissingError::NoCompleteCases => failed("no-complete-cases".to_owned()),
        MissingError::NotConverged { .. } => failed("em-not-converged".to_owned()),
    })?;
    let pls = estimate_with(&correlation, structure, &model.outer, model.scheme, PlsOptions::default()).map_err(|error| match error {
        PlsError::NoItemVariance { item } => no_variance(survey, item),
        PlsError::NoScoreVariance { .. } => failed("no-score-variance".to_owned()),
        PlsError::NoSignal { .. } => failed("no-signal".to_owned()),
        PlsError::DependentItems { .. } => failed("dependent-items".to_owned()),
        PlsError::DependentPredictors { .. } => failed("dependent-predictors".to_owned()),
        PlsError::NotConverged { .. } => failed("not-converged".to_owned()),
        other => failed(other.to_string()),
    })?;
    let mut of_dimension = Vec::new();
    for (dimension, weights) in survey.dimensions.iter().zip(&pls.outer_weights) {
        let spread: Vec<f64> = dimension.items.iter().filter_map(|i| sd.get(*i).copied()).collect();
        let high: Vec<f64> = dimension
            .items
            .iter()
            .filter_map(|i| survey.items.get(*i))
            .map(|i| f64::from(i.scale.range()))
            .collect();
        let low = vec![0.0; high.len()];
        let shares = fornell::index_weights(weights, &spread).and_then(|v| fornell::item_shares(&v, &low, &high));
        of_dimension.push(Some(shares.ok_or_else(|| failed(dimension.id.clone()))?));
    }
    Ok((of_dimension, Some(FittedModel { pls, sd, correlation })))
}

/// The items of dimensions whose outer weights are not all positive, with which the Fornell index may leave 0 to 100.
#[must_use]
pub fn non_positive_weights(survey: &Survey, model: &FittedModel) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (dimension, weights) in survey.dimensions.iter().zip(&model.pls.outer_weights) {
        if let Err(error) = fornell::require_positive(weights) {
            for position in error.items {
                let item = dimension
                    .items
                    .get(position)
                    .and_then(|i| survey.items.get(*i))
                    .map(|i| i.id.clone())
                    .unwrap_or_default();
                findings.push(Finding::new(Code::NegativeWeight, Place::subject(&dimension.id)).with("item", item));
            }
        }
    }
    findings
}
