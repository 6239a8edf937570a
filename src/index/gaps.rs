//! Service quality as the gap between what was perceived and what was expected (SERVQUAL).
//!
//! `SQ_i = P_i − E_i` in steps of the scale, reversed items turned first; an element is the plain mean of its items'
//! gaps, service quality the plain mean of the elements, or their mean weighted by importance out of 100 points:
//! `SQ = Σ_j points_j D_j / 100`. Below 0 the expectation is not met. The means of `P` and `E` are those of everybody who
//! answered each; their covariance is in the standard error, which comes from replicates.
//!
//! Source: A. Parasuraman, V. A. Zeithaml and L. L. Berry, "SERVQUAL: a multiple-item scale for measuring consumer
//! perceptions of service quality", *Journal of Retailing* 64 (1988) 12–40.

use crate::survey::Survey;
use crate::tally::WeightedSums;

/// Items with an expectation, and dimensions that have such items, by position.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GapPlan {
    /// Items.
    pub items: Vec<usize>,
    /// Dimensions.
    pub dimensions: Vec<usize>,
    /// True when every one of these dimensions has points.
    pub weighted: bool,
}

impl GapPlan {
    /// The gaps that a survey can show; without expectations none.
    #[must_use]
    pub fn of(survey: &Survey) -> Self {
        let has = |item: &usize| survey.items.get(*item).is_some_and(|i| i.expectation.is_some());
        let dimensions: Vec<usize> = (0..survey.dimensions.len())
            .filter(|d| {
                survey
                    .dimensions
                    .get(*d)
                    .is_some_and(|d| d.parts.is_empty() && d.items.iter().any(has))
            })
            .collect();
        let pointed = |d: &usize| survey.dimensions.get(*d).is_some_and(|d| d.points.is_some());
        Self {
            items: (0..survey.scored_items).filter(has).collect(),
            weighted: !dimensions.is_empty() && dimensions.iter().all(pointed),
            dimensions,
        }
    }

    /// How many numbers [`numbers`] gives: items, dimensions, plain and weighted whole.
    #[must_use]
    pub fn len(&self) -> usize {
        if self.items.is_empty() {
            0
        } else {
            self.items.len() + self.dimensions.len() + 2
        }
    }

    /// True for a survey without expectations.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

/// Gaps of items, of dimensions, of all plainly, and of all by points (`None` without points).
#[must_use]
pub(super) fn numbers(survey: &Survey, plan: &GapPlan, sums: &WeightedSums) -> Vec<Option<f64>> {
    if plan.is_empty() {
        return Vec::new();
    }
    let gap = |item: usize| {
        let expectation = survey.items.get(item)?.expectation?;
        Some(sums.mean(item)? - sums.mean(expectation)?)
    };
    let of_dimension = |d: &usize| {
        let items = &survey.dimensions.get(*d)?.items;
        let gaps: Vec<f64> = items
            .iter()
            .filter(|i| plan.items.contains(i))
            .map(|i| gap(*i))
            .collect::<Option<_>>()?;
        Some(gaps.iter().sum::<f64>() / gaps.len() as f64)
    };
    let dimensions: Vec<Option<f64>> = plan.dimensions.iter().map(of_dimension).collect();
    let known: Option<Vec<f64>> = dimensions.iter().copied().collect();
    let points = |d: &usize| survey.dimensions.get(*d).and_then(|d| d.points);
    let weights: Option<Vec<f64>> = plan.dimensions.iter().map(points).collect();
    let plain = known.as_ref().map(|gaps| gaps.iter().sum::<f64>() / gaps.len() as f64);
    let weighted = known
        .zip(weights)
        .map(|(gaps, points)| gaps.iter().zip(points).map(|(gap, points)| points * gap / 100.0).sum());
    let items = plan.items.iter().map(|i| gap(*i));
    items.chain(dimensions.clone()).chain([plain, weighted]).collect()
}
