//! Whether dimensions can be told apart: HTMT and HTMT2 of every pair, as numbers that replicates are compared in.

use super::estimate::Estimate;
use super::shares::FittedModel;
use crate::measure::htmt::{LoneItem, htmt};
use crate::survey::Survey;
use crate::tally::WeightedSums;

/// HTMT of two dimensions with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairEstimates {
    /// The dimension that stands first in the definition.
    pub first: usize,
    /// The other one.
    pub second: usize,
    /// Mean correlation between the two over the geometric mean of those within; see [`crate::measure::htmt`].
    pub htmt: Option<Estimate>,
    /// The same with geometric means throughout, which lets loadings differ.
    pub htmt2: Option<Estimate>,
}

/// Pairs of dimensions of several items each that share no item. A dimension of one item has no correlations within, so that no pair holds it.
#[must_use]
pub fn pairs(survey: &Survey) -> Vec<(usize, usize)> {
    let items = |d: usize| survey.dimensions.get(d).map(|d| d.items.as_slice()).unwrap_or_default();
    let count = survey.dimensions.len();
    let all = (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b)));
    all.filter(|(a, b)| items(*a).len() > 1 && items(*b).len() > 1 && !items(*a).iter().any(|i| items(*b).contains(i)))
        .collect()
}

/// HTMT and HTMT2, pair after pair. The correlations are those of the path model where there is one.
pub(super) fn numbers(survey: &Survey, pairs: &[(usize, usize)], sums: &WeightedSums, model: Option<&FittedModel>) -> Vec<Option<f64>> {
    let own = match model {
        Some(_) => None,
        None if pairs.is_empty() => None,
        None => sums.correlations_by(survey.model.missing, survey.scored_items).ok(),
    };
    let correlation = model.map(|m| &m.correlation).or(own.as_ref().map(|(_, r)| r));
    let items = |d: usize| survey.dimensions.get(d).map(|d| d.items.as_slice()).unwrap_or_default();
    let one = |(a, b): &(usize, usize)| match correlation {
        Some(r) => {
            let both = htmt(r, items(*a), items(*b), LoneItem::Undefined);
            [both.htmt, both.htmt2]
        }
        None => [None, None],
    };
    pairs.iter().flat_map(one).collect()
}
