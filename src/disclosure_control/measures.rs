//! Measures beside the index: who stands behind them, and what they have in common with other published numbers.

use super::links::{Group, Layout, Links, Numbers};
use crate::assessment::WaveAssessment;
use crate::assessment::touchpoints::{Touchpoint, TouchpointKind};
use crate::index::estimate::Reported;
use crate::survey::Survey;
use crate::survey::touchpoints::AnswerSource;
use std::collections::BTreeMap;

/// What is known of a measure beside what is published of it.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasureFacts {
    /// Those who answered: of the whole, then of each domain of the wave.
    pub answered: Vec<u64>,
    /// Combinations of categories of each domain in which anybody answered: where nobody did, groups coincide that otherwise do not.
    pub members: Vec<Vec<u16>>,
    /// What each step above the worst answer is worth, as points of 0 to 100.
    pub steps: Vec<f64>,
    /// Its values at 0 and at 100 points.
    pub ends: (f64, f64),
    /// Column of the response file that holds its answers; `None` where they are those of a part of the respondents only.
    pub column: Option<String>,
}

impl MeasureFacts {
    /// Facts of a measure from those who answered it, combination by combination, and from what each step is worth. `members` are all
    /// combinations of each domain.
    #[must_use]
    pub fn of(survey: &Survey, touchpoint: &Touchpoint, by_combination: &BTreeMap<u16, u64>, members: &[Vec<u16>], values: &[f64]) -> Self {
        let members: Vec<Vec<u16>> = members
            .iter()
            .map(|of_domain| of_domain.iter().copied().filter(|c| by_combination.contains_key(c)).collect())
            .collect();
        let of_domain = |inside: &Vec<u16>| inside.iter().filter_map(|c| by_combination.get(c)).sum();
        let answered = std::iter::once(by_combination.values().sum())
            .chain(members.iter().map(of_domain))
            .collect();
        let (worst, best) = (f64::from(touchpoint.scale.0), f64::from(touchpoint.scale.1));
        let ends = match touchpoint.kind {
            TouchpointKind::Nps => (-100.0, 100.0),
            TouchpointKind::Ces if touchpoint.reversed => (best, worst),
            TouchpointKind::Ces => (worst, best),
            TouchpointKind::Csat | TouchpointKind::ComplaintRate | TouchpointKind::Handling => (0.0, 100.0),
        };
        let spec = survey.touchpoints.measures.iter().find(|m| m.id == touchpoint.id);
        let column = spec.and_then(|spec| match &spec.source {
            AnswerSource::Item(at) => survey.items.get(*at).map(|item| item.column.clone()),
            AnswerSource::Column(column) => Some(column.clone()),
        });
        let mut facts = Self {
            answered,
            members,
            steps: Vec::new(),
            ends,
            column,
        };
        facts.steps = values.iter().map(|value| facts.points(*value)).collect();
        facts
    }

    /// A value of the measure as points of 0 to 100.
    #[must_use]
    pub fn points(&self, value: f64) -> f64 {
        (value - self.ends.0) / (self.ends.1 - self.ends.0) * 100.0
    }

    /// Whether it is the mean of a scale with so many steps above the lowest.
    fn is_mean_of(&self, range: u8) -> bool {
        alike(&self.steps, &crate::touchpoints::compared::points(range))
    }
}

fn alike(one: &[f64], other: &[f64]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| (a - b).abs() < 1e-9)
}

/// How measures are linked: each adds up over groups as the index does; one that is the mean of an item is that item, and that dimension
/// where the dimension has no other; two of the same answers and values are one.
pub(super) fn link(links: &mut Links, layout: &Layout, (survey, wave): (&Survey, &WaveAssessment), measures: &[MeasureFacts]) {
    for (measure, facts) in measures.iter().enumerate() {
        let of_domains = wave.domains.iter().zip(facts.answered.iter().skip(1));
        let groups: Vec<Group<'_>> = of_domains.map(|(d, n)| Group { column: &d.column, n: *n }).collect();
        if wave.touchpoints.get(measure).is_some_and(|t| !t.domains.is_empty()) {
            links.nesting(layout, Numbers::Measure(measure), &groups, &facts.members);
        }
        let Some(column) = &facts.column else { continue };
        for (item, spec) in survey.items.iter().enumerate() {
            if spec.column != *column || !facts.is_mean_of(spec.scale.range()) {
                continue;
            }
            if let Some(position) = wave.items.iter().position(|i| i.id == spec.id) {
                links.same(layout.of_measure(measure, 0), layout.item(position));
            }
            for (dimension, _) in survey.dimensions.iter().enumerate().filter(|(_, d)| d.items == [item]) {
                (0..layout.groups()).for_each(|group| links.same(layout.of_measure(measure, group), layout.of_group(group, dimension)));
            }
        }
        let earlier = measures.iter().take(measure).enumerate();
        for (other, _) in earlier.filter(|(_, o)| o.column == facts.column && alike(&o.steps, &facts.steps)) {
            (0..layout.groups()).for_each(|group| links.same(layout.of_measure(measure, group), layout.of_measure(other, group)));
        }
    }
}

/// Puts a refusal in the place of a measure of a group, and of what would tell it.
pub(super) fn withhold(wave: &mut WaveAssessment, measure: usize, group: usize, refusal: &Reported) {
    let Some(touchpoint) = wave.touchpoints.get_mut(measure) else {
        return;
    };
    match group.checked_sub(1) {
        Some(domain) => {
            if let Some(domain) = touchpoint.domains.get_mut(domain) {
                domain.reported = refusal.clone();
            }
        }
        None => {
            touchpoint.reported = refusal.clone();
            touchpoint.distribution.clear();
            touchpoint.parts.iter_mut().for_each(|part| part.reported = refusal.clone());
        }
    }
}

/// The shares of all answers tell the mean of an item: where an item is withheld, so are the measures of its answers, in every group.
/// Returns how many numbers that are.
pub(super) fn with_their_items(wave: &mut WaveAssessment, withheld_items: &[String], refusal: &Reported) -> u64 {
    let mut count = 0;
    for touchpoint in &mut wave.touchpoints {
        let of_withheld = touchpoint.item.as_ref().is_some_and(|item| withheld_items.contains(item));
        if !of_withheld {
            continue;
        }
        let domains = touchpoint.domains.iter_mut().map(|d| &mut d.reported);
        let parts = touchpoint.parts.iter_mut().map(|p| &mut p.reported);
        let whole = std::iter::once(&mut touchpoint.reported);
        for reported in whole.chain(domains).chain(parts).filter(|r| r.estimate.is_some()) {
            *reported = refusal.clone();
            count += 1;
        }
        touchpoint.distribution.clear();
    }
    count
}
