//! Items: score, distribution, missing answers.

use super::ItemResult;
use crate::index::shares::importance_mean;
use crate::index::wave::WaveEstimates;
use crate::survey::{MissingReason, Survey};
use crate::tally::Tally;
use crate::weight::Weights;
use std::collections::BTreeMap;

/// The items, dimension by dimension. `missing` counts missing answers by item and reason.
pub(crate) fn items(
    survey: &Survey,
    missing: &[BTreeMap<MissingReason, u64>],
    tally: &Tally,
    weights: &Weights,
    estimates: &WaveEstimates,
) -> Vec<ItemResult> {
    let mut results = Vec::new();
    for (number, dimension) in survey.dimensions.iter().enumerate() {
        // The items of a dimension made of others stand under its parts.
        if !dimension.parts.is_empty() {
            continue;
        }
        let shares = estimates.shares.as_ref().and_then(|s| s.of_dimension.get(number)?.clone());
        for (position, at) in dimension.items.iter().enumerate() {
            let (Some(item), Some(score)) = (survey.items.get(*at), estimates.items.get(*at)) else {
                continue;
            };
            results.push(ItemResult {
                id: item.id.clone(),
                title: item.title.clone(),
                dimension: dimension.id.clone(),
                share: shares.as_ref().and_then(|s| s.get(position).copied()),
                score: score.clone(),
                scale: (item.scale.min, item.scale.max),
                reversed: item.reversed,
                options: item.scale.labels.clone(),
                distribution: distribution(tally, weights, *at, item.scale.range()),
                missing: missing.get(*at).cloned().unwrap_or_default(),
                stated_importance: item.importance.and_then(|i| importance_mean(survey, &estimates.sums, i)),
            });
        }
    }
    results
}

fn distribution(tally: &Tally, weights: &Weights, item: usize, range: u8) -> Vec<f64> {
    let mut shares = vec![0.0; usize::from(range) + 1];
    for (key, cell) in tally.cells() {
        for (share, cases) in shares.iter_mut().zip(cell.histogram(item)) {
            *share += weights.of_cell(*key) * *cases as f64;
        }
    }
    let total: f64 = shares.iter().sum();
    if total > 0.0 {
        shares.iter().map(|s| s / total).collect()
    } else {
        Vec::new()
    }
}
