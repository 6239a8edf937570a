//! Dimensions: score and reliability.

use super::{DimensionResult, Reliability};
use crate::index::wave::WaveEstimates;
use crate::measure::reliability;
use crate::survey::Survey;
use crate::tally::WeightedSums;

pub(crate) fn dimensions(survey: &Survey, estimates: &WaveEstimates) -> Vec<DimensionResult> {
    let tree = estimates.shares.as_ref().and_then(|s| s.of_tree());
    let of = |number: usize| {
        let spec = survey.dimensions.get(number)?;
        let loadings = estimates
            .shares
            .as_ref()
            .and_then(|s| s.model.as_ref()?.pls.loadings.get(number).cloned());
        Some(DimensionResult {
            id: spec.id.clone(),
            title: spec.title.clone(),
            role: spec.role,
            parts: spec
                .parts
                .iter()
                .filter_map(|part| Some(survey.dimensions.get(*part)?.id.clone()))
                .collect(),
            weight: tree.and_then(|t| t.get(number).copied()),
            score: estimates.dimensions.get(number)?.clone(),
            reliability: reliability_of(&estimates.sums, &spec.items, loadings.as_deref()),
        })
    };
    (0..survey.dimensions.len()).filter_map(of).collect()
}

fn reliability_of(sums: &WeightedSums, items: &[usize], loadings: Option<&[f64]>) -> Reliability {
    let Ok((sd, correlation)) = sums.correlations(items) else {
        return Reliability::default();
    };
    let all: Vec<usize> = (0..items.len()).collect();
    let covariance = nalgebra::DMatrix::from_fn(items.len(), items.len(), |a, b| correlation[(a, b)] * sd[a] * sd[b]);
    Reliability {
        alpha: reliability::alpha_raw(&covariance, &all),
        alpha_standardised: reliability::alpha_standardised(&correlation, &all),
        composite: loadings.and_then(reliability::composite_reliability),
        average_variance_extracted: loadings.and_then(reliability::average_variance_extracted),
    }
}
