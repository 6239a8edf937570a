//! Scales and items of a definition: which answers there are, which columns hold them, what belongs to an item.

use super::definition::{Definition, Item, Scale};
use super::validate::Check;
use super::{ItemSpec, ItemWeights, ScaleSpec};
use crate::finding::Code;
use crate::locale::Text;
use std::collections::{BTreeMap, BTreeSet};

/// Widest scale that the packed form (one byte an answer) holds.
const RANGE_MAX: i32 = 200;

impl Check<'_> {
    pub(super) fn scales(&mut self, definition: &Definition) -> BTreeMap<String, Scale> {
        for (name, scale) in &definition.scales {
            let range = scale.max.checked_sub(scale.min);
            if !range.is_some_and(|r| (1..=RANGE_MAX).contains(&r)) {
                let reason = format!("min = {}, max = {}", scale.min, scale.max);
                self.complain(Code::BadScale, &format!("scales.{name}"), &[("scale", name), ("reason", &reason)]);
            }
            for (label, code) in &scale.labels {
                if *code < scale.min || *code > scale.max {
                    let reason = format!("{label} = {code}");
                    self.complain(
                        Code::BadScale,
                        &format!("scales.{name}.labels.{label}"),
                        &[("scale", name), ("reason", &reason)],
                    );
                }
                if scale.missing.contains_key(label) {
                    let reason = format!("{label}: labels + missing");
                    self.complain(
                        Code::BadScale,
                        &format!("scales.{name}.missing.{label}"),
                        &[("scale", name), ("reason", &reason)],
                    );
                }
            }
        }
        if definition.scales.is_empty() {
            self.complain(Code::AssumedScale, "scales", &[]);
            let scale = Scale {
                min: 1,
                max: 5,
                labels: BTreeMap::new(),
                missing: BTreeMap::new(),
                reversed: false,
            };
            return BTreeMap::from([(String::new(), scale)]);
        }
        definition.scales.clone()
    }

    pub(super) fn items(&mut self, definition: &Definition, scales: &BTreeMap<String, Scale>) -> (Vec<ItemSpec>, usize) {
        let mut items = Vec::new();
        let mut seen = BTreeSet::new();
        for (d, dimension) in definition.dimensions.iter().enumerate() {
            for (i, id) in dimension.items.iter().enumerate() {
                let path = format!("dimensions[{d}].items[{i}]");
                if !seen.insert(id.clone()) {
                    self.complain(Code::DuplicateId, &path, &[("id", id), ("first", "dimensions")]);
                    continue;
                }
                let detail = definition.items.get(id).cloned().unwrap_or_default();
                let wanted = detail.scale.as_ref().or(dimension.scale.as_ref());
                if let Some((scale, reversed)) = self.scale(scales, wanted, &path) {
                    let reversed = detail.reversed != reversed;
                    items.push(item(id, &detail, scale, reversed));
                }
            }
        }
        let scored = items.len();
        self.importances(definition, scales, &mut items);
        expectations(definition, &mut items, scored);
        self.points(definition);
        (items, scored)
    }

    fn scale(&mut self, scales: &BTreeMap<String, Scale>, wanted: Option<&String>, path: &str) -> Option<(ScaleSpec, bool)> {
        let found = match wanted {
            Some(name) => scales.get(name),
            None if scales.len() == 1 => scales.values().next(),
            None => None,
        };
        let Some(scale) = found else {
            let known: Vec<&str> = scales.keys().map(String::as_str).collect();
            match wanted {
                Some(name) => self.unknown(path, name, &known),
                None => self.complain(Code::MissingKey, path, &[("key", "scale"), ("table", path)]),
            }
            return None;
        };
        let spec = ScaleSpec {
            min: scale.min,
            max: scale.max,
            labels: scale.labels.clone(),
            missing: scale.missing.clone(),
        };
        Some((spec, scale.reversed))
    }

    /// Stated importances become items of their own, after the scored ones.
    fn importances(&mut self, definition: &Definition, scales: &BTreeMap<String, Scale>, items: &mut Vec<ItemSpec>) {
        if definition.model.weights != ItemWeights::StatedImportance {
            return;
        }
        for position in 0..items.len() {
            let Some(id) = items.get(position).map(|i| i.id.clone()) else {
                continue;
            };
            let path = format!("items.{id}.importance");
            let Some(column) = definition.items.get(&id).and_then(|i| i.importance.clone()) else {
                self.complain(
                    Code::MissingKey,
                    &format!("items.{id}"),
                    &[("key", "importance"), ("table", &format!("items.{id}"))],
                );
                continue;
            };
            let Some((scale, _)) = self.scale(scales, definition.model.importance_scale.as_ref(), &path) else {
                continue;
            };
            let importance = ItemSpec {
                column,
                ..item(&format!("{id}.importance"), &Item::default(), scale, false)
            };
            items.push(importance);
            let at = items.len() - 1;
            if let Some(scored) = items.get_mut(position) {
                scored.importance = Some(at);
            }
        }
    }

    /// Details of items that no dimension holds are slips.
    pub(super) fn item_details(&mut self, definition: &Definition, items: &[ItemSpec]) {
        let known: Vec<&str> = items.iter().map(|i| i.id.as_str()).collect();
        for id in definition.items.keys() {
            if !known.contains(&id.as_str()) {
                self.unknown(&format!("items.{id}"), id, &known);
            }
        }
        for item in items.iter().filter(|_| definition.model.weights == ItemWeights::Given) {
            let table = format!("items.{}", item.id);
            match item.weight {
                None => self.complain(Code::MissingKey, &table, &[("key", "weight"), ("table", &table)]),
                Some(weight) if !(weight > 0.0 && weight.is_finite()) => self.wrong(&format!("{table}.weight"), "> 0", &weight.to_string()),
                Some(_) => {}
            }
        }
    }
}

fn item(id: &str, detail: &Item, scale: ScaleSpec, reversed: bool) -> ItemSpec {
    ItemSpec {
        id: id.to_owned(),
        column: detail.column.clone().unwrap_or_else(|| id.to_owned()),
        title: detail.title.clone().unwrap_or_else(|| Text::same(id)),
        scale,
        reversed,
        weight: detail.weight,
        cost: detail.cost,
        importance: None,
        expectation: None,
        judged: None,
    }
}

/// Expectations become items of their own, on the scale and in the direction of the item they belong to.
fn expectations(definition: &Definition, items: &mut Vec<ItemSpec>, scored: usize) {
    for position in 0..scored {
        let Some(perceived) = items.get(position).cloned() else { continue };
        let Some(column) = definition.items.get(&perceived.id).and_then(|i| i.expectation.clone()) else {
            continue;
        };
        let expected = ItemSpec {
            column,
            reversed: perceived.reversed,
            ..item(
                &format!("{}.expectation", perceived.id),
                &Item::default(),
                perceived.scale.clone(),
                false,
            )
        };
        items.push(expected);
        let at = items.len() - 1;
        if let Some(scored) = items.get_mut(position) {
            scored.expectation = Some(at);
        }
    }
}
