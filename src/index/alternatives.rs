//! How far the index depends on the choice of item weights: the same answers under every way that the survey allows.
//!
//! The difference from the chosen way has a standard error of its own, far smaller than that of either index, since both
//! come from the same respondents: its replicates are differences.

use super::numbers::{composite, dimension_score};
use super::shares::{Shares, shares_by};
use crate::survey::{ItemWeights, Survey};
use crate::tally::WeightedSums;

/// Every way to item weights, in the order of the report.
const WAYS: [ItemWeights; 8] = [
    ItemWeights::Equal,
    ItemWeights::Given,
    ItemWeights::Ahp,
    ItemWeights::StatedImportance,
    ItemWeights::Entropy,
    ItemWeights::Critic,
    ItemWeights::PrincipalComponent,
    ItemWeights::Pls,
];

/// The ways that the definition has what it takes for, the chosen one among them. Empty where every dimension has one item, so that there is nothing to weigh.
#[must_use]
pub fn ways(survey: &Survey) -> Vec<ItemWeights> {
    let nothing_to_weigh = survey.dimensions.iter().all(|d| d.items.len() < 2);
    let has = |way: &ItemWeights| match way {
        ItemWeights::Given => survey.scored().iter().all(|i| i.weight.is_some()),
        ItemWeights::Ahp => {
            let several = survey.dimensions.iter().filter(|d| d.items.len() > 1);
            let mut items = several.flat_map(|d| &d.items);
            items.all(|i| survey.items.get(*i).is_some_and(|i| i.judged.is_some()))
        }
        ItemWeights::StatedImportance => survey.scored().iter().all(|i| i.importance.is_some()),
        ItemWeights::Pls => survey.model.structure.is_some(),
        _ => true,
    };
    WAYS.into_iter().filter(|way| !nothing_to_weigh && has(way)).collect()
}

/// Two numbers a way: the index, and its difference from the index under the chosen way.
#[must_use]
pub(super) fn numbers(survey: &Survey, sums: &WeightedSums, chosen: &Shares) -> Vec<Option<f64>> {
    let index = |shares: &Shares| {
        let mean = |item: usize| sums.mean(item);
        let scores: Vec<Option<f64>> = (0..survey.dimensions.len())
            .map(|d| dimension_score(survey, shares, d, &mean))
            .collect();
        composite(survey, shares, &scores)
    };
    let reference = index(chosen);
    let mut all = Vec::new();
    for way in ways(survey) {
        let value = if way == survey.model.weights {
            reference
        } else {
            shares_by(survey, sums, way).ok().and_then(|shares| index(&shares))
        };
        all.push(value);
        all.push(value.zip(reference).map(|(value, reference)| value - reference));
    }
    all
}
