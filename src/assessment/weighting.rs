//! Where weights come from, what they make of the index, and the gaps of service quality.

use crate::index::estimate::{Estimate, Reported};
use crate::index::gaps::GapPlan;
use crate::index::wave::WaveEstimates;
use crate::locale::Text;
use crate::survey::indicators::{IndexWeights, JudgedNode, Part};
use crate::survey::{IndexSpec, ItemWeights, Survey};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Weights: the tree, the judgements, and the index under other choices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Weighting {
    /// Where the weights in the tree come from.
    pub index_weights: IndexWeights,
    /// True when the index is the whole tree; false when it is a single dimension, with the tree beside it.
    pub tree_is_index: bool,
    /// Headings of the indicator tree, parts before the headings that hold them; the last is the index. Empty for a survey
    /// without groups.
    pub headings: Vec<Heading>,
    /// Pairwise judgements.
    pub judgements: Vec<JudgedNode>,
    /// The index under every way to item weights that the survey allows, the chosen one among them.
    pub choices: Vec<WeightChoice>,
}

/// A heading of the indicator tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Heading {
    /// Short name; `index` for the root.
    pub id: String,
    /// Title.
    pub title: Text,
    /// What stands directly under it: dimensions or headings.
    pub parts: Vec<HeadingPart>,
    /// Score, 0 to 100.
    pub score: Reported,
}

/// A part of a heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HeadingPart {
    /// Dimension or heading.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Share among its neighbours; absent when it cannot be estimated.
    pub share: Option<f64>,
}

/// The index under one way to item weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WeightChoice {
    /// The way.
    pub weights: ItemWeights,
    /// True for the way that the definition has chosen.
    pub chosen: bool,
    /// The index, 0 to 100; absent when the weights cannot be had from these answers.
    pub index: Option<Estimate>,
    /// Difference from the index under the chosen way, in points; its error takes into account that both come from the
    /// same respondents.
    pub difference: Option<Estimate>,
}

/// Gaps between what was perceived and what was expected (SERVQUAL), in steps of the scale; below 0 the expectation is
/// not met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceGaps {
    /// Items.
    pub items: Vec<Gap>,
    /// Elements: the plain mean over the items.
    pub dimensions: Vec<Gap>,
    /// The plain mean over the elements.
    pub plain: Option<Estimate>,
    /// The mean weighted by the points of the elements; absent without points.
    pub weighted: Option<Estimate>,
}

/// One gap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Gap {
    /// Item or dimension.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Dimension that an item belongs to.
    pub dimension: Option<String>,
    /// Mean perception, in codes of the scale with the better answer higher; items only.
    pub perceived: Option<f64>,
    /// Mean expectation, likewise.
    pub expected: Option<f64>,
    /// Importance out of 100, of a dimension.
    pub points: Option<f64>,
    /// Perception less expectation.
    pub gap: Option<Estimate>,
}

/// `None` where there is nothing to weigh: one item a dimension and no tree.
pub(crate) fn weighting(survey: &Survey, estimates: &WaveEstimates) -> Option<Weighting> {
    let choices: Vec<WeightChoice> = estimates
        .alternatives
        .iter()
        .map(|(weights, index, difference)| WeightChoice {
            weights: *weights,
            chosen: *weights == survey.model.weights,
            index: *index,
            difference: difference.filter(|_| *weights != survey.model.weights),
        })
        .collect();
    let headings = if survey.tree.has_groups() {
        headings(survey, estimates)
    } else {
        Vec::new()
    };
    let told = choices.len() > 1 || !headings.is_empty() || !survey.tree.judged.is_empty();
    told.then(|| Weighting {
        index_weights: survey.tree.weights,
        tree_is_index: survey.index == IndexSpec::Composite,
        headings,
        judgements: survey.tree.judged.clone(),
        choices,
    })
}

fn headings(survey: &Survey, estimates: &WaveEstimates) -> Vec<Heading> {
    let of_node = estimates.shares.as_ref().map(|s| s.of_node.as_slice()).unwrap_or_default();
    let node = |at: usize| {
        let spec = survey.tree.nodes.get(at)?;
        let is_root = at + 1 == survey.tree.nodes.len();
        // The tree's own score is the index only where the index is the tree.
        let score = match (is_root, survey.index) {
            (true, IndexSpec::Composite) => estimates.index.clone(),
            (true, IndexSpec::Dimension(_)) => return None,
            (false, _) => estimates.headings.get(at)?.clone(),
        };
        let weights = of_node.get(at).and_then(Option::as_ref);
        let parts = spec.parts.iter().filter_map(|part| heading_part(survey, of_node, weights, *part));
        Some(Heading {
            id: spec.id.clone(),
            title: spec.title.clone(),
            parts: parts.collect(),
            score,
        })
    };
    (0..survey.tree.nodes.len()).filter_map(node).collect()
}

/// The share of a part is what the dimensions below it weigh together.
fn heading_part(survey: &Survey, of_node: &[Option<Vec<f64>>], weights: Option<&Vec<f64>>, part: Part) -> Option<HeadingPart> {
    let below = |d: usize| match part {
        Part::Dimension(at) => at == d,
        Part::Node(at) => of_node
            .get(at)
            .and_then(Option::as_ref)
            .is_some_and(|w| w.get(d).is_some_and(|w| *w != 0.0)),
    };
    let (id, title) = match part {
        Part::Dimension(at) => survey.dimensions.get(at).map(|d| (d.id.clone(), d.title.clone()))?,
        Part::Node(at) => survey.tree.nodes.get(at).map(|n| (n.id.clone(), n.title.clone()))?,
    };
    Some(HeadingPart {
        id,
        title,
        share: weights.map(|w| w.iter().enumerate().filter(|(d, _)| below(*d)).map(|(_, w)| w).sum()),
    })
}

/// `None` for a survey without expectations.
pub(crate) fn service_gaps(survey: &Survey, estimates: &WaveEstimates) -> Option<ServiceGaps> {
    let plan = GapPlan::of(survey);
    if plan.is_empty() {
        return None;
    }
    let gap = |at: usize| estimates.gaps.get(at).copied().flatten();
    let mean = |item: usize| {
        let low = survey.items.get(item)?.scale.min;
        Some(estimates.sums.mean(item)? + f64::from(low))
    };
    let of_item = |(at, item): (usize, &usize)| {
        let spec = survey.items.get(*item)?;
        let dimension = survey.dimensions.iter().find(|d| d.parts.is_empty() && d.items.contains(item))?;
        Some(Gap {
            id: spec.id.clone(),
            title: spec.title.clone(),
            dimension: Some(dimension.id.clone()),
            perceived: mean(*item),
            expected: spec.expectation.and_then(mean),
            points: None,
            gap: gap(at),
        })
    };
    let of_dimension = |(at, dimension): (usize, &usize)| {
        let spec = survey.dimensions.get(*dimension)?;
        Some(Gap {
            id: spec.id.clone(),
            title: spec.title.clone(),
            dimension: None,
            perceived: None,
            expected: None,
            points: spec.points,
            gap: gap(plan.items.len() + at),
        })
    };
    let whole = plan.items.len() + plan.dimensions.len();
    Some(ServiceGaps {
        items: plan.items.iter().enumerate().filter_map(of_item).collect(),
        dimensions: plan.dimensions.iter().enumerate().filter_map(of_dimension).collect(),
        plain: gap(whole),
        weighted: gap(whole + 1),
    })
}
