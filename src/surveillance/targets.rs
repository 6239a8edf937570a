//! Results against the targets that were set for them.

use super::{lower_is_better, quantity};
use crate::assessment::Assessment;
use crate::grade::{Verdict, against_ceiling, against_target};
use crate::index::estimate::Reported;
use crate::locale::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A target and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TargetReading {
    /// Wave.
    pub wave: String,
    /// `index`, a dimension, an item or a measure.
    pub quantity: String,
    /// Its title.
    pub title: Text,
    /// Points aimed at, 0 to 100; for a net promoter score from −100.
    pub target: f64,
    /// What was found.
    pub result: Reported,
    /// Result less target.
    pub margin: Option<f64>,
    /// Reached, missed, or not to be told because the interval holds the target.
    pub verdict: Verdict,
    /// True where the target is a ceiling: for complaints.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub lower_is_better: bool,
}

/// Readings in the order of the waves, the index first, then dimensions, items and measures in the order of the definition.
pub(super) fn readings(assessment: &Assessment, targets: &BTreeMap<String, BTreeMap<String, f64>>) -> Vec<TargetReading> {
    let mut readings = Vec::new();
    for wave in &assessment.waves {
        let Some(of_wave) = targets.get(&wave.id) else { continue };
        let dimensions = wave.dimensions.iter().map(|d| d.id.as_str());
        let items = wave.items.iter().map(|i| i.id.as_str());
        let measures = wave.touchpoints.iter().map(|t| t.id.as_str());
        let index = std::iter::once(crate::survey::surveillance::INDEX);
        let order = index.chain(dimensions).chain(items).chain(measures);
        for id in order {
            let Some((target, (title, result))) = of_wave.get(id).zip(quantity(wave, id)) else {
                continue;
            };
            readings.push(TargetReading {
                wave: wave.id.clone(),
                quantity: id.to_owned(),
                title,
                target: *target,
                result: result.clone(),
                margin: result.estimate.map(|e| e.value - target),
                verdict: if lower_is_better(wave, id) {
                    against_ceiling(result.estimate.as_ref(), *target)
                } else {
                    against_target(result.estimate.as_ref(), *target)
                },
                lower_is_better: lower_is_better(wave, id),
            });
        }
    }
    readings
}
