//! Keys of `[surveillance]`: what was planned and what was aimed at, so that the yearly report can hold both against what
//! was found.

use super::definition::{Definition, Wave};
use super::touchpoints::{COMPLAINT_HANDLING, COMPLAINT_RATE, MeasureKind};
use super::{Document, nearest};
use crate::finding::{Code, Finding, Findings};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What the yearly surveillance report needs and no wave holds.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Surveillance {
    /// Plan of the year and what became of it: a CSV with the columns `kind`, `item`, `owner`, `due`, `done`, `proof`.
    pub plan: Option<String>,
    /// Targets in points of the 0 to 100 scale, by wave, then by `index`, dimension, item or measure in points (net promoter score, share of
    /// the best answers, `complaint-rate`, `complaint-handling`). That of the complaint rate is a ceiling.
    pub targets: BTreeMap<String, BTreeMap<String, f64>>,
}

/// Name of the index among the quantities.
pub const INDEX: &str = "index";

/// Everything a target can name: the index, the dimensions, the items, the measures in points.
pub(super) fn quantities(definition: &Definition) -> Vec<&str> {
    let dimensions = definition.dimensions.iter().map(|d| d.id.as_str());
    let items = definition.dimensions.iter().flat_map(|d| d.items.iter().map(String::as_str));
    std::iter::once(INDEX)
        .chain(dimensions)
        .chain(items)
        .chain(measures(definition))
        .collect()
}

/// Measures that are compared from wave to wave: those in points.
fn measures(definition: &Definition) -> impl Iterator<Item = &str> {
    let in_points = definition.measures.iter().filter(|m| m.kind != MeasureKind::Ces);
    let complaints = definition.complaints.as_ref();
    let rate = complaints.and_then(|c| c.column.as_ref()).map(|_| COMPLAINT_RATE);
    let handling = complaints.and_then(|c| c.handling.as_ref()).map(|_| COMPLAINT_HANDLING);
    in_points
        .map(|m| m.id.as_deref().unwrap_or(m.kind.word()))
        .chain(rate)
        .chain(handling)
}

/// Whether a quantity is a net promoter score, which can be below 0.
fn is_net(definition: &Definition, quantity: &str) -> bool {
    let mut measures = definition.measures.iter();
    measures.any(|m| m.kind == MeasureKind::Nps && m.id.as_deref().unwrap_or(m.kind.word()) == quantity)
}

/// Checks `[surveillance]`. What is wrong is added to the findings.
pub(super) fn check(definition: &Definition, waves: &[Wave], document: &Document, findings: &mut Findings) {
    let waves: Vec<&str> = waves.iter().map(|w| w.id.as_str()).collect();
    let known = quantities(definition);
    let mut unknown = |path: &str, got: &str, all: &[&str]| {
        let near = nearest(got, all.iter().copied()).unwrap_or_else(|| all.join(", "));
        let finding = Finding::new(Code::WrongValue, document.place(path)).with("key", path);
        findings.add(finding.with("expected", near).with("got", got));
    };
    for (wave, targets) in &definition.surveillance.targets {
        let path = format!("surveillance.targets.{wave}");
        if !waves.contains(&wave.as_str()) {
            unknown(&path, wave, &waves);
        }
        for (quantity, target) in targets {
            let path = format!("{path}.{quantity}");
            if !known.contains(&quantity.as_str()) {
                unknown(&path, quantity, &known);
            }
            let (low, range) = if is_net(definition, quantity) {
                (-100.0, "-100 … 100")
            } else {
                (0.0, "0 … 100")
            };
            if !(low..=100.0).contains(target) {
                unknown(&path, &target.to_string(), &[range]);
            }
        }
    }
}
