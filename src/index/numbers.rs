//! Every number of a wave that replicates are compared in, as one vector, and where each kind stands in it.

use super::alternatives;
use super::gaps::{self, GapPlan};
use super::model_numbers::extra_numbers;
use super::segments::{self, SegmentPlan};
use super::shares::{FittedModel, Shares, importance_mean};
use super::tree::weighted_score;
use crate::model::effects::total_effects;
use crate::model::importance::importance;
use crate::score::Scoring;
use crate::survey::{IndexSpec, ItemWeights, Survey};
use crate::tally::{DomainCells, ItemTotals, WeightedSums};

/// Where each kind of number stands in the vector that replicates are compared in.
pub(super) struct Layout {
    pub(super) dimensions: usize,
    pub(super) domains: usize,
    pub(super) paths: usize,
    pub(super) importance: usize,
    pub(super) headings: usize,
    pub(super) ways: Vec<ItemWeights>,
    pub(super) gaps: GapPlan,
    pub(super) segments: SegmentPlan,
}

impl Layout {
    pub(super) fn index(&self) -> usize {
        self.dimensions
    }

    /// First place of a domain: its index, then its dimensions.
    pub(super) fn domain(&self, domain: usize) -> usize {
        self.dimensions + 1 + domain * (self.dimensions + 1)
    }

    pub(super) fn paths(&self) -> usize {
        self.domain(self.domains)
    }

    pub(super) fn r2(&self) -> usize {
        self.paths() + self.paths
    }

    pub(super) fn importance(&self) -> usize {
        self.r2() + self.dimensions
    }

    /// First of the shares of R², path by path.
    pub(super) fn path_shares(&self) -> usize {
        self.importance() + self.importance
    }

    /// First of the paths free of attenuation.
    pub(super) fn consistent(&self) -> usize {
        self.path_shares() + self.paths
    }

    pub(super) fn headings(&self) -> usize {
        self.consistent() + self.paths
    }

    /// Two numbers a way: the index and its difference from the chosen one.
    pub(super) fn alternatives(&self) -> usize {
        self.headings() + self.headings
    }

    pub(super) fn gaps(&self) -> usize {
        self.alternatives() + 2 * self.ways.len()
    }

    /// First of the differences between categories.
    pub(super) fn segments(&self) -> usize {
        self.gaps() + self.gaps.len()
    }

    pub(super) fn of(survey: &Survey, domains: &[DomainCells]) -> Self {
        Self {
            dimensions: survey.dimensions.len(),
            domains: domains.len(),
            paths: survey.model.structure.as_ref().map_or(0, |s| s.paths().len()),
            importance: survey.dimensions.len().max(survey.scored_items),
            headings: survey.tree.nodes.len().saturating_sub(1),
            ways: alternatives::ways(survey),
            gaps: GapPlan::of(survey),
            segments: SegmentPlan::of(domains),
        }
    }
}

/// All numbers that need replicates, in the order of the layout.
pub(super) fn numbers(survey: &Survey, layout: &Layout, sums: &WeightedSums, domains: &[ItemTotals], shares: &Shares) -> Vec<Option<f64>> {
    let means = |mean: &dyn Fn(usize) -> Option<f64>| -> Vec<Option<f64>> {
        let scores: Vec<Option<f64>> = (0..layout.dimensions).map(|d| dimension_score(survey, shares, d, mean)).collect();
        scores.into_iter().collect()
    };
    let mut all = means(&|item| sums.mean(item));
    let headings: Vec<Option<f64>> = shares
        .of_node
        .iter()
        .take(layout.headings)
        .map(|weights| weighted_score(weights.as_deref(), &all))
        .collect();
    all.push(composite(survey, shares, &all));
    for totals in domains {
        let of_domain = means(&|item| totals.mean(item));
        all.push(composite(survey, shares, &of_domain));
        all.extend(of_domain);
    }
    match &shares.model {
        Some(model) => {
            all.extend(model.pls.paths.iter().map(|p| Some(*p)));
            all.extend(model.pls.r2.iter().copied());
            all.extend(effects_on_index(survey, model, layout.importance));
            all.extend(extra_numbers(survey, model));
        }
        None => {
            all.extend(std::iter::repeat_n(None, layout.paths + layout.dimensions));
            let stated = (0..layout.importance).map(|item| {
                let importance_item = survey.scored().get(item)?.importance?;
                importance_mean(survey, sums, importance_item)
            });
            all.extend(stated);
            all.extend(std::iter::repeat_n(None, 2 * layout.paths));
        }
    }
    all.extend(headings);
    all.extend(alternatives::numbers(survey, sums, shares));
    all.extend(gaps::numbers(survey, &layout.gaps, sums));
    all.extend(segments::numbers(survey, &layout.segments, domains, shares));
    all
}

/// `Σ share_j · score_j` of one dimension. With a share missing because nobody of a domain answered the item, the
/// remaining shares are brought to 1.
pub(super) fn dimension_score(survey: &Survey, shares: &Shares, dimension: usize, mean: &dyn Fn(usize) -> Option<f64>) -> Option<f64> {
    let spec = survey.dimensions.get(dimension)?;
    let weights = shares.of_dimension.get(dimension)?.as_ref()?;
    let (mut sum, mut total) = (0.0, 0.0);
    for (item, share) in spec.items.iter().zip(weights) {
        if let Some(steps) = mean(*item) {
            sum += share * Scoring::of(survey.items.get(*item)?).percent(steps);
            total += share;
        }
    }
    (total > 1e-12).then(|| sum / total)
}

pub(super) fn composite(survey: &Survey, shares: &Shares, dimensions: &[Option<f64>]) -> Option<f64> {
    match survey.index {
        IndexSpec::Dimension(at) => dimensions.get(at).copied().flatten(),
        IndexSpec::Composite => weighted_score(shares.of_tree(), dimensions),
    }
}

/// Points of the index for one point of each dimension: unstandardised total effects.
fn effects_on_index(survey: &Survey, model: &FittedModel, places: usize) -> Vec<Option<f64>> {
    let target = match survey.index {
        IndexSpec::Dimension(at) => Some(at),
        IndexSpec::Composite => None,
    };
    let effects = survey.model.structure.as_ref().and_then(|s| total_effects(s, &model.pls.paths));
    let sd = |dimension: usize| {
        let spec = survey.dimensions.get(dimension)?;
        let spread: Vec<f64> = spec.items.iter().filter_map(|i| model.sd.get(*i).copied()).collect();
        let high: Vec<f64> = spec
            .items
            .iter()
            .filter_map(|i| survey.items.get(*i))
            .map(|i| f64::from(i.scale.range()))
            .collect();
        super::fornell::index_sd(model.pls.outer_weights.get(dimension)?, &spread, &vec![0.0; high.len()], &high)
    };
    let one = |dimension: usize| {
        let (target, effects) = (target?, effects.as_ref()?);
        let effect = *effects.get((dimension, target))?;
        let antecedent = survey.model.structure.as_ref()?.antecedents(target).contains(&dimension);
        if antecedent {
            importance(effect, sd(target)?, sd(dimension)?)
        } else {
            None
        }
    };
    (0..places)
        .map(|d| if d < survey.dimensions.len() { one(d) } else { None })
        .collect()
}
