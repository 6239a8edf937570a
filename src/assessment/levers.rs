//! What moves the index, and by how much: the levers from which the ways to the next grade are made.

use crate::grade::{Lever, LeverBasis, LeverKind};
use crate::index::estimate::Estimate;
use crate::index::wave::WaveEstimates;
use crate::survey::definition::Role;
use crate::survey::{IndexSpec, ItemWeights, Survey};

/// Dimensions that act on the index in the path model, or have a weight in it, and their items.
pub(crate) fn levers(survey: &Survey, estimates: &WaveEstimates) -> Vec<Lever> {
    let mut all = Vec::new();
    for (number, dimension) in survey.dimensions.iter().enumerate() {
        let Some((effect, interval, basis)) = effect(survey, estimates, number) else {
            continue;
        };
        let Some(score) = estimates.dimensions.get(number).and_then(|d| d.estimate) else {
            continue;
        };
        let is_index = matches!(survey.index, IndexSpec::Dimension(at) if at == number);
        if !is_index {
            all.push(Lever {
                kind: LeverKind::Dimension,
                id: dimension.id.clone(),
                title: dimension.title.clone(),
                effect,
                effect_interval: interval,
                basis,
                score: score.value,
                cost: dimension.cost,
                actionable: actionable(dimension.role),
            });
        }
        // The items of a dimension made of others are levers of its parts.
        if !dimension.parts.is_empty() {
            continue;
        }
        all.extend(items(survey, estimates, number, (effect, basis)));
    }
    all
}

type Effect = (f64, Option<(f64, f64)>, LeverBasis);

fn effect(survey: &Survey, estimates: &WaveEstimates, number: usize) -> Option<Effect> {
    match (survey.model.weights, survey.index) {
        // The items of the index itself are what it is measured by: raising them is no way to raise it.
        (ItemWeights::Pls, IndexSpec::Dimension(_)) => {
            let importance: Estimate = (*estimates.importance.get(number)?)?;
            let interval = importance.interval.map(|i| (i.lower, i.upper));
            Some((importance.value, interval, LeverBasis::TotalEffect))
        }
        (_, IndexSpec::Dimension(at)) => (at == number).then_some((1.0, None, LeverBasis::Weight)),
        (_, IndexSpec::Composite) => {
            let weight = *estimates.shares.as_ref()?.of_tree()?.get(number)?;
            Some((weight, None, LeverBasis::Weight))
        }
    }
}

/// What people expected beforehand and what they think of the brand act on their satisfaction, but no improvement of the service raises
/// them.
pub(crate) const fn actionable(role: Role) -> bool {
    !matches!(role, Role::Expectation | Role::Image)
}

/// One point of an item is its share of a point of the dimension. In a path model the share is estimated as the effect is, and the interval
/// is that of their product: the one of the importance–performance map. Where weights are given it is known.
fn items<'a>(
    survey: &'a Survey,
    estimates: &'a WaveEstimates,
    number: usize,
    (effect, basis): (f64, LeverBasis),
) -> impl Iterator<Item = Lever> + 'a {
    let shares = estimates.shares.as_ref().and_then(|s| s.of_dimension.get(number)?.as_ref());
    let dimension = survey.dimensions.get(number);
    let positions = dimension.map(|d| d.items.as_slice()).unwrap_or_default();
    let pairs = positions.iter().zip(shares.into_iter().flatten());
    // A dimension of one item is the item.
    pairs.filter(move |_| positions.len() > 1).filter_map(move |(position, share)| {
        let item = survey.items.get(*position)?;
        let score = estimates.items.get(*position)?.estimate?;
        let importance = estimates.item_importance.get(*position).copied().flatten();
        let modelled = importance.filter(|_| basis == LeverBasis::TotalEffect);
        Some(Lever {
            kind: LeverKind::Item,
            id: item.id.clone(),
            title: item.title.clone(),
            effect: modelled.map_or(effect * share, |i| i.value),
            effect_interval: modelled.and_then(|i| i.interval).map(|i| (i.lower, i.upper)),
            basis,
            score: score.value,
            cost: item.cost,
            actionable: dimension.is_none_or(|d| actionable(d.role)),
        })
    })
}
