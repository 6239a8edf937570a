//! Estimates of all waves → changes: difference, standard error, significance.
//!
//! Waves are taken as independent samples: respondents who answered in both are not linked. Within one comparison the
//! p-values of the index and all dimensions are a family and are adjusted by Holm's method.

pub mod change;

use crate::assessment::WaveAssessment;
use crate::index::estimate::{Estimate, Reported};
use crate::locale::Text;
use crate::stats::{Interval, holm_defined};
use change::{WaveEstimate, change_between};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One wave against another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    /// Earlier wave.
    pub from: String,
    /// Later wave.
    pub to: String,
    /// The index first, then the other dimensions that both waves have.
    pub changes: Vec<Change>,
}

/// Which way something went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Significantly up, after adjustment.
    Up,
    /// Significantly down, after adjustment.
    Down,
    /// No change can be told from chance.
    NotSignificant,
    /// No standard error, or no estimate.
    Undetermined,
}

/// Change of one quantity, in points of the 0 to 100 scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// `index` or a dimension.
    pub quantity: String,
    /// Title.
    pub title: Text,
    /// Earlier estimate.
    pub before: Reported,
    /// Later estimate.
    pub after: Reported,
    /// Later less earlier.
    pub change_points: Option<f64>,
    /// Standard error of the change.
    pub standard_error: Option<f64>,
    /// Interval of the change.
    pub interval: Option<Interval>,
    /// Two-sided p-value of no change (Welch).
    pub p_value: Option<f64>,
    /// The same, adjusted over this comparison by Holm's method.
    pub p_value_holm: Option<f64>,
    /// Verdict at the level of the intervals.
    pub direction: Direction,
}

/// Compares each wave with the one before it, and the last with the first where that is another pair.
#[must_use]
pub fn compare(waves: &[WaveAssessment], index_dimension: Option<&str>, level: f64) -> Vec<Comparison> {
    let mut pairs: Vec<(usize, usize)> = (1..waves.len()).map(|later| (later - 1, later)).collect();
    if waves.len() > 2 {
        pairs.push((0, waves.len() - 1));
    }
    pairs
        .into_iter()
        .filter_map(|(a, b)| Some(comparison(waves.get(a)?, waves.get(b)?, index_dimension, level)))
        .collect()
}

fn comparison(before: &WaveAssessment, after: &WaveAssessment, index_dimension: Option<&str>, level: f64) -> Comparison {
    let title = Text {
        zh: "满意度指数".to_owned(),
        en: "Satisfaction index".to_owned(),
    };
    let mut changes = vec![change("index", &title, &before.index, &after.index, level)];
    // The dimension that is the index is already there; counted twice it would make the family look larger than it is.
    for dimension in after.dimensions.iter().filter(|d| Some(d.id.as_str()) != index_dimension) {
        if let Some(earlier) = before.dimensions.iter().find(|d| d.id == dimension.id) {
            changes.push(change(&dimension.id, &dimension.title, &earlier.score, &dimension.score, level));
        }
    }
    let adjusted = holm_defined(&changes.iter().map(|c| c.p_value).collect::<Vec<_>>());
    for (change, p) in changes.iter_mut().zip(adjusted) {
        change.p_value_holm = p;
        change.direction = match (p, change.change_points) {
            (Some(p), Some(points)) if p < 1.0 - level => {
                if points > 0.0 {
                    Direction::Up
                } else {
                    Direction::Down
                }
            }
            (Some(_), Some(_)) => Direction::NotSignificant,
            _ => Direction::Undetermined,
        };
    }
    Comparison {
        from: before.id.clone(),
        to: after.id.clone(),
        changes,
    }
}

fn change(quantity: &str, title: &Text, before: &Reported, after: &Reported, level: f64) -> Change {
    let input = |e: &Estimate| {
        Some(WaveEstimate {
            value: e.value,
            standard_error: e.standard_error?,
            df: Some(e.df?),
        })
    };
    let points = before.estimate.zip(after.estimate).map(|(b, a)| a.value - b.value);
    let tested = before
        .estimate
        .as_ref()
        .and_then(input)
        .zip(after.estimate.as_ref().and_then(input));
    let result = tested.and_then(|(b, a)| change_between(b, a, level));
    Change {
        quantity: quantity.to_owned(),
        title: title.clone(),
        before: before.clone(),
        after: after.clone(),
        change_points: points,
        standard_error: result.as_ref().map(|r| r.standard_error),
        interval: result.as_ref().map(|r| r.interval),
        p_value: result.as_ref().and_then(|r| r.p_value),
        p_value_holm: None,
        direction: Direction::Undetermined,
    }
}
