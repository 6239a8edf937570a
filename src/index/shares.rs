//! How items make a dimension: shares that sum to 1, so that a dimension is `Σ share_j · score_j` on 0 to 100.
//!
//! With path-model weights this is the Fornell index: `share_j = v_j (max_j − min_j) / Σ v_k (max_k − min_k)` with
//! `v = (w / s) / Σ (w / s)`, the outer weights `w` brought back from standardised items with standard deviation `s`.
//! All-minimum gives 0 and all-maximum 100 under every rule.

use super::fornell;
use crate::finding::{Code, Finding, Place};
use crate::model::pls::{PlsError, PlsEstimate, PlsOptions, estimate};
use crate::survey::{ItemWeights, Survey};
use crate::tally::WeightedSums;

/// Item shares of every dimension, and the path model they come from where there is one.
#[derive(Debug, Clone)]
pub struct Shares {
    /// By dimension: a share for each of its items, 0 for items that nobody answered; `None` when nobody answered any.
    pub of_dimension: Vec<Option<Vec<f64>>>,
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
    if survey.model.weights == ItemWeights::Pls {
        return from_model(survey, sums);
    }
    let of_dimension = survey
        .dimensions
        .iter()
        .map(|dimension| {
            let raw: Vec<f64> = dimension.items.iter().map(|item| fixed_weight(survey, sums, *item)).collect();
            let total: f64 = raw.iter().sum();
            (total > 0.0).then(|| raw.iter().map(|w| w / total).collect())
        })
        .collect();
    Ok(Shares { of_dimension, model: None })
}

/// Weight of an item that needs no model; 0 when nobody answered the item.
fn fixed_weight(survey: &Survey, sums: &WeightedSums, item: usize) -> f64 {
    let Some(spec) = survey.items.get(item) else { return 0.0 };
    if sums.mean(item).is_none() {
        return 0.0;
    }
    match survey.model.weights {
        ItemWeights::Given => spec.weight.unwrap_or(0.0),
        ItemWeights::StatedImportance => spec.importance.and_then(|i| importance_mean(survey, sums, i)).unwrap_or(0.0),
        ItemWeights::Equal | ItemWeights::Pls => 1.0,
    }
}

/// Mean stated importance in the codes of its scale.
#[must_use]
pub fn importance_mean(survey: &Survey, sums: &WeightedSums, importance_item: usize) -> Option<f64> {
    let low = survey.items.get(importance_item)?.scale.min;
    Some(sums.mean(importance_item)? + f64::from(low))
}

fn from_model(survey: &Survey, sums: &WeightedSums) -> Result<Shares, Finding> {
    let name = |item: usize| survey.items.get(item).map(|i| i.id.clone()).unwrap_or_default();
    let failed = |reason: String| Finding::new(Code::ModelFailed, Place::subject(&survey.id)).with("reason", reason);
    let structure = survey.model.structure.as_ref().ok_or_else(|| failed("no structure".to_owned()))?;
    let items: Vec<usize> = (0..survey.scored_items).collect();
    let (sd, correlation) = sums
        .correlations(&items)
        .map_err(|item| Finding::new(Code::NoVariance, Place::subject(name(item))).with("item", name(item)))?;
    let pls = estimate(&correlation, structure, survey.model.scheme, PlsOptions::default()).map_err(|error| match error {
        PlsError::NoItemVariance { item } => Finding::new(Code::NoVariance, Place::subject(name(item))).with("item", name(item)),
        PlsError::NoScoreVariance { .. } => failed("no-score-variance".to_owned()),
        PlsError::NoSignal { .. } => failed("no-signal".to_owned()),
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
    Ok(Shares {
        of_dimension,
        model: Some(FittedModel { pls, sd, correlation }),
    })
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
