//! Every number of a wave that replicates are compared in, as one vector, and where each kind stands in it.

use super::alternatives;
use super::discriminant;
use super::gaps::{self, GapPlan};
use super::model_numbers::extra_numbers;
use super::segments::{self, SegmentPlan};
use super::shares::{FittedModel, Shares, importance_mean};
use super::tree::weighted_score;
use crate::model::effects::total_effects;
use crate::model::importance::importance;
use crate::model::mediation::mediation;
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
    /// Pairs of dimensions that HTMT compares.
    pub(super) pairs: Vec<(usize, usize)>,
    /// Parts of dimensions made of others, over all of these.
    pub(super) parts: usize,
    /// Items that have scores.
    items: usize,
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

    /// First of Johnson's relative weights, path by path.
    pub(super) fn relative_weights(&self) -> usize {
        self.path_shares() + self.paths
    }

    /// First of the paths free of attenuation.
    pub(super) fn consistent(&self) -> usize {
        self.relative_weights() + self.paths
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

    /// Two numbers a pair of dimensions: HTMT and HTMT2.
    pub(super) fn discriminant(&self) -> usize {
        self.segments() + self.segments.len()
    }

    /// Two numbers a part of a dimension made of others: its share and its correlation with the whole.
    pub(super) fn wholes(&self) -> usize {
        self.discriminant() + 2 * self.pairs.len()
    }

    /// First of the points of the index for one point of each item.
    pub(super) fn item_importance(&self) -> usize {
        self.wholes() + 2 * self.parts
    }

    /// Two numbers a dimension: its standardised effect on the index through others, and the whole of it.
    pub(super) fn mediated(&self) -> usize {
        self.item_importance() + self.items
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
            pairs: discriminant::pairs(survey),
            parts: survey.dimensions.iter().map(|d| d.parts.len()).sum(),
            items: survey.scored_items,
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
            all.extend(effects_on_index(survey, model, &shares.of_dimension, layout.importance));
            all.extend(extra_numbers(survey, model));
        }
        None => {
            all.extend(std::iter::repeat_n(None, layout.paths + layout.dimensions));
            let stated = (0..layout.importance).map(|item| {
                let importance_item = survey.scored().get(item)?.importance?;
                importance_mean(survey, sums, importance_item)
            });
            all.extend(stated);
            all.extend(std::iter::repeat_n(None, 3 * layout.paths));
        }
    }
    all.extend(headings);
    all.extend(alternatives::numbers(survey, sums, shares));
    all.extend(gaps::numbers(survey, &layout.gaps, sums));
    all.extend(segments::numbers(survey, &layout.segments, domains, shares));
    all.extend(discriminant::numbers(survey, &layout.pairs, sums, shares.model.as_ref()));
    all.extend(whole_numbers(survey, shares));
    all.extend(effects_of_items(survey, shares, layout.importance));
    all.extend(mediated_effects(survey, shares));
    all
}

/// Standardised effect of every dimension on the index through others, and the whole of it; nothing for what does not act on the index.
fn mediated_effects(survey: &Survey, shares: &Shares) -> Vec<Option<f64>> {
    let mut all = vec![None; 2 * survey.dimensions.len()];
    let (Some(model), Some(structure), IndexSpec::Dimension(target)) = (&shares.model, &survey.model.structure, survey.index) else {
        return all;
    };
    for (from, slots) in all.chunks_mut(2).enumerate() {
        if !structure.antecedents(target).contains(&from) {
            continue;
        }
        let found = mediation(structure, &model.pls.paths, from, target);
        for (slot, value) in slots.iter_mut().zip(found.iter().flat_map(|m| [m.indirect, m.total])) {
            *slot = Some(value);
        }
    }
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

/// Points of the index for one point of each item: that of its dimension times its share in it. Nothing without a path model.
fn effects_of_items(survey: &Survey, shares: &Shares, places: usize) -> Vec<Option<f64>> {
    let mut all = vec![None; survey.scored_items];
    let Some(model) = &shares.model else { return all };
    let of_dimensions = effects_on_index(survey, model, &shares.of_dimension, places);
    for ((spec, effect), of_items) in survey.dimensions.iter().zip(of_dimensions).zip(&shares.of_dimension) {
        let (Some(effect), Some(of_items), true) = (effect, of_items, spec.parts.is_empty()) else {
            continue;
        };
        for (item, share) in spec.items.iter().zip(of_items) {
            if let Some(slot) = all.get_mut(*item) {
                *slot = Some(effect * share);
            }
        }
    }
    all
}

/// Share of a part in a dimension made of others: the sum of the shares of its items.
fn share_of_part(survey: &Survey, of_dimension: &[Option<Vec<f64>>], whole: usize, part: usize) -> Option<f64> {
    let (of_whole, items) = (of_dimension.get(whole)?.as_ref()?, &survey.dimensions.get(part)?.items);
    let places = survey.dimensions.get(whole)?.items.iter().zip(of_whole);
    Some(places.filter(|(item, _)| items.contains(item)).map(|(_, share)| share).sum())
}

/// Share and correlation of every part of every dimension made of others.
fn whole_numbers(survey: &Survey, shares: &Shares) -> Vec<Option<f64>> {
    let mut all = Vec::new();
    for (whole, spec) in survey.dimensions.iter().enumerate() {
        for part in &spec.parts {
            all.push(share_of_part(survey, &shares.of_dimension, whole, *part));
            let model = shares.model.as_ref();
            all.push(model.and_then(|m| m.pls.construct_correlation.get((whole, *part)).copied()));
        }
    }
    all
}

/// Points of the index for one point of each dimension: unstandardised total effects.
fn effects_on_index(survey: &Survey, model: &FittedModel, of_dimension: &[Option<Vec<f64>>], places: usize) -> Vec<Option<f64>> {
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
    let structure = survey.model.structure.as_ref();
    let one = |part: usize| {
        let (target, effects) = (target?, effects.as_ref()?);
        // A part acts through its whole, by its share of it.
        let whole = structure.and_then(|s| s.whole_of(part));
        let (dimension, share) = match whole {
            Some(whole) => (whole, share_of_part(survey, of_dimension, whole, part)?),
            None => (part, 1.0),
        };
        if whole == Some(target) {
            return Some(share);
        }
        let effect = *effects.get((dimension, target))?;
        let antecedent = survey.model.structure.as_ref()?.antecedents(target).contains(&dimension);
        if antecedent {
            importance(effect, sd(target)?, sd(dimension)?).map(|effect| effect * share)
        } else {
            None
        }
    };
    (0..places)
        .map(|d| if d < survey.dimensions.len() { one(d) } else { None })
        .collect()
}
