//! Estimates of all waves → changes: difference, standard error, significance.
//!
//! Waves are taken as independent samples: respondents who answered in both are not linked. Within one comparison the
//! p-values of the index and all dimensions are a family and are adjusted by Holm's method.

pub mod change;
pub mod comparability;

use crate::assessment::WaveAssessment;
use crate::index::estimate::{Estimate, Reported};
use crate::locale::Text;
use crate::stats::{Interval, holm_defined};
use change::{WaveEstimate, change_between};
use comparability::{Bridge, INDEX, NotCompared, PairComparability, Standing};
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
    /// Quantities that are not compared, because something else than opinion changed between the waves.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub not_compared: Vec<NotCompared>,
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
    /// What was taken off the later estimate, where a break between the waves is bridged.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub bridge: Option<Bridge>,
}

/// Compares the waves of every pair (see [`comparability::pairs`]) in every quantity that may be compared.
#[must_use]
pub fn compare(waves: &[WaveAssessment], pairs: &[PairComparability], index_dimension: Option<&str>, level: f64) -> Vec<Comparison> {
    let wave = |id: &str| waves.iter().find(|w| w.id == id);
    pairs
        .iter()
        .filter_map(|pair| Some(comparison(wave(&pair.from)?, wave(&pair.to)?, pair, index_dimension, level)))
        .collect()
}

fn comparison(
    before: &WaveAssessment,
    after: &WaveAssessment,
    pair: &PairComparability,
    index_dimension: Option<&str>,
    level: f64,
) -> Comparison {
    let title = Text {
        zh: "满意度指数".to_owned(),
        en: "Satisfaction index".to_owned(),
    };
    let mut quantities = vec![(INDEX, title, &before.index, &after.index)];
    // The dimension that is the index is already there; counted twice it would make the family look larger than it is.
    for dimension in after.dimensions.iter().filter(|d| Some(d.id.as_str()) != index_dimension) {
        if let Some(earlier) = before.dimensions.iter().find(|d| d.id == dimension.id) {
            quantities.push((&dimension.id, dimension.title.clone(), &earlier.score, &dimension.score));
        }
    }
    let (mut changes, mut not_compared) = (Vec::new(), Vec::new());
    for (quantity, title, earlier, later) in quantities {
        match pair.standing(quantity) {
            Standing::Comparable => changes.push(change(quantity, &title, earlier, later, None, level)),
            Standing::Bridged(bridge) => changes.push(change(quantity, &title, earlier, later, Some(bridge), level)),
            Standing::Refused(reasons) => not_compared.push(NotCompared {
                quantity: quantity.to_owned(),
                title,
                reasons,
            }),
        }
    }
    judge(&mut changes, level);
    Comparison {
        from: before.id.clone(),
        to: after.id.clone(),
        changes,
        not_compared,
    }
}

/// Adjusts the p-values of one comparison and reads them.
fn judge(changes: &mut [Change], level: f64) {
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
}

fn change(quantity: &str, title: &Text, before: &Reported, after: &Reported, bridge: Option<Bridge>, level: f64) -> Change {
    let input = |e: &Estimate| {
        Some(WaveEstimate {
            value: e.value,
            standard_error: e.standard_error?,
            df: Some(e.df?),
        })
    };
    let later = bridge.map_or_else(|| after.clone(), |bridge| bridge.apply(after, level));
    let points = before.estimate.zip(later.estimate).map(|(b, a)| a.value - b.value);
    let tested = before
        .estimate
        .as_ref()
        .and_then(input)
        .zip(later.estimate.as_ref().and_then(input));
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
        bridge,
    }
}
