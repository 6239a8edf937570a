//! What improvement actions were followed by.
//!
//! An action follows from a wave, is closed on a day, and names the quantity that it is to move. Its effect is looked for in
//! the first wave whose fieldwork began after that day. The difference says that something moved after the action, not
//! that the action moved it: nothing here holds the rest of the world still.

use super::{lower_is_better, measure, quantity};
use crate::assessment::{Assessment, WaveAssessment};
use crate::certificate::records::ImprovementAction;
use crate::index::estimate::Reported;
use crate::locale::Text;
use crate::stats::{Interval, holm_defined};
use crate::survey::surveillance::INDEX;
use crate::trend::change::{WaveEstimate, change_between};
use crate::trend::comparability::{Bridge, Standing};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What can be said of the effect of an action.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EffectVerdict {
    /// Significantly higher afterwards.
    Up,
    /// Significantly lower afterwards.
    Down,
    /// No change that could be told from chance.
    NotShown,
    /// Closed, but no wave was asked since.
    NotYetAsked,
    /// The action is still open.
    Open,
    /// What was asked changed in between, so that the two waves are not compared.
    NotComparable,
    /// The action names no quantity, or waves bear no dates, or the quantity has no estimate.
    #[default]
    NotMeasured,
}

/// An action and what it was followed by.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ActionEffect {
    /// Position of the action in the list of actions.
    pub action: usize,
    /// Title of the quantity that it is to move.
    pub title: Option<Text>,
    /// Wave before the action.
    pub from: Option<String>,
    /// First wave asked after it.
    pub to: Option<String>,
    /// Result before.
    pub before: Option<Reported>,
    /// Result after.
    pub after: Option<Reported>,
    /// After less before, in points.
    pub change_points: Option<f64>,
    /// Standard error of that.
    pub standard_error: Option<f64>,
    /// Interval of that.
    pub interval: Option<Interval>,
    /// Two-sided p of no change.
    pub p_value: Option<f64>,
    /// The same, adjusted by Holm over all actions with a p.
    pub p_value_holm: Option<f64>,
    /// What can be said.
    pub verdict: EffectVerdict,
    /// True where lower is better: for complaints.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub lower_is_better: bool,
}

/// One for each action, in their order.
pub(super) fn effects(assessment: &Assessment) -> Vec<ActionEffect> {
    let actions = assessment.actions.as_deref().unwrap_or_default();
    let mut effects: Vec<ActionEffect> = actions
        .iter()
        .enumerate()
        .map(|(position, action)| ActionEffect {
            action: position,
            ..effect(assessment, action)
        })
        .collect();
    let adjusted = holm_defined(&effects.iter().map(|e| e.p_value).collect::<Vec<_>>());
    for (effect, p) in effects.iter_mut().zip(adjusted) {
        effect.p_value_holm = p;
        if let (Some(p), Some(points)) = (p, effect.change_points) {
            effect.verdict = match p < 1.0 - assessment.survey.level {
                true if points > 0.0 => EffectVerdict::Up,
                true => EffectVerdict::Down,
                false => EffectVerdict::NotShown,
            };
        }
    }
    effects
}

fn day(text: Option<&String>) -> Option<Date> {
    text?.parse().ok()
}

/// The wave before an action: the one that it follows from, or the last one asked before it was closed.
fn wave_before<'a>(assessment: &'a Assessment, action: &ImprovementAction, closed: Date) -> Option<&'a WaveAssessment> {
    match &action.wave {
        Some(id) => assessment.waves.iter().find(|w| w.id == *id),
        None => assessment
            .waves
            .iter()
            .rev()
            .find(|w| day(w.field_end.as_ref()).is_some_and(|end| end < closed)),
    }
}

fn effect(assessment: &Assessment, action: &ImprovementAction) -> ActionEffect {
    let of = |verdict| ActionEffect {
        verdict,
        ..ActionEffect::default()
    };
    let Some(closed) = action.closed else {
        return of(EffectVerdict::Open);
    };
    let Some(id) = &action.quantity else {
        return of(EffectVerdict::NotMeasured);
    };
    let dated = assessment.waves.iter().all(|w| day(w.field_start.as_ref()).is_some());
    let Some(before) = wave_before(assessment, action, closed.0).filter(|_| dated) else {
        return of(EffectVerdict::NotMeasured);
    };
    let title = quantity(before, id).map(|(title, _)| title);
    let since = |w: &&WaveAssessment| day(w.field_start.as_ref()).is_some_and(|start| start > closed.0);
    let later = assessment.waves.iter().skip_while(|w| w.id != before.id).skip(1).find(since);
    let known = ActionEffect {
        title,
        from: Some(before.id.clone()),
        before: quantity(before, id).map(|(_, r)| r.clone()),
        lower_is_better: lower_is_better(before, id),
        ..of(EffectVerdict::NotYetAsked)
    };
    let Some(after) = later else { return known };
    let Some((first, second)) = quantity(before, id).zip(quantity(after, id)) else {
        return of(EffectVerdict::NotMeasured);
    };
    compared(assessment, id, (before, first.1), (after, second.1), known)
}

/// Whether the quantity may be compared between the two waves. Waves that are not compared as a pair are comparable when each wave on the
/// way is with the one before it; bridges are not laid one behind the other.
fn standing(assessment: &Assessment, from: &str, to: &str, id: &str) -> Standing {
    let pairs = assessment
        .over_time
        .as_ref()
        .map(|o| o.comparability.as_slice())
        .unwrap_or_default();
    if let Some(pair) = pairs.iter().find(|p| p.from == from && p.to == to) {
        return pair.standing(id);
    }
    let ids = || assessment.waves.iter().map(|w| w.id.as_str()).skip_while(|w| *w != from);
    let steps = ids().zip(ids().skip(1)).take_while(|(before, _)| *before != to);
    let between = steps.filter_map(|(before, after)| pairs.iter().find(|p| p.from == before && p.to == after));
    for pair in between {
        if pair.standing(id) != Standing::Comparable {
            return Standing::Refused(Vec::new());
        }
    }
    Standing::Comparable
}

/// The difference of the two waves; that of the trend where the trend has the pair, so that a number reads the same in both.
fn compared(
    assessment: &Assessment,
    id: &str,
    before: (&WaveAssessment, &Reported),
    after: (&WaveAssessment, &Reported),
    known: ActionEffect,
) -> ActionEffect {
    let with = ActionEffect {
        to: Some(after.0.id.clone()),
        after: Some(after.1.clone()),
        verdict: EffectVerdict::NotMeasured,
        ..known
    };
    // A measure made of the answers to an item has the breaks of that item.
    let rests_on = measure(after.0, id).and_then(|m| m.item.as_deref()).unwrap_or(id);
    let bridge = match standing(assessment, &before.0.id, &after.0.id, rests_on) {
        Standing::Refused(_) => {
            return ActionEffect {
                verdict: EffectVerdict::NotComparable,
                ..with
            };
        }
        Standing::Bridged(bridge) => bridge,
        Standing::Comparable => Bridge::NONE,
    };
    let pair = assessment.comparisons.iter().find(|c| c.from == before.0.id && c.to == after.0.id);
    let name = if assessment.survey.index_dimension.as_deref() == Some(id) {
        INDEX
    } else {
        id
    };
    if let Some(change) = pair.and_then(|c| c.of_everybody(name)) {
        return ActionEffect {
            change_points: change.change_points,
            standard_error: change.standard_error,
            interval: change.interval,
            p_value: change.p_value,
            ..with
        };
    }
    // Waves that the trend does not hold against each other are taken as independent.
    let later = bridge.apply(after.1, assessment.survey.level);
    let input = |reported: &Reported| WaveEstimate::of(reported.estimate.as_ref()?);
    let both = input(before.1).zip(input(&later));
    let Some(change) = both.and_then(|(b, a)| change_between(b, a, assessment.survey.level)) else {
        return with;
    };
    ActionEffect {
        change_points: Some(change.value),
        standard_error: Some(change.standard_error),
        interval: Some(change.interval),
        p_value: change.p_value,
        ..with
    }
}
