//! Cross-checks of `[model]` beyond the paths: outer modes, missing answers, interactions, prediction.

use super::definition::Definition;
use super::validate::Check;
use super::{DimensionSpec, ItemWeights, ModelSpec};
use crate::finding::Code;
use crate::model::missing::{MissingMethod, PATTERN_ITEMS_MAX};
use crate::model::moderation::Interaction;
use crate::model::pls::OuterMode;
use crate::model::structure::HigherMethod;

impl Check<'_> {
    /// The model with its defaults and without structure. Keys that only a path model reads are refused without one.
    pub(super) fn model_keys(&mut self, definition: &Definition, dimensions: &[DimensionSpec], item_count: usize) -> ModelSpec {
        let model = &definition.model;
        let known: Vec<&str> = dimensions.iter().map(|d| d.id.as_str()).collect();
        if model.weights != ItemWeights::Pls {
            let present = [
                ("model.paths", !model.paths.is_empty()),
                ("model.outer", !model.outer.is_empty()),
                ("model.consistent", model.consistent),
                ("model.missing", model.missing != MissingMethod::Mean),
                ("model.prediction_folds", model.prediction_folds.is_some()),
                ("model.permutations", model.permutations.is_some()),
                ("model.moderation", !model.moderation.is_empty()),
                ("model.higher_order", model.higher_order != HigherMethod::default()),
                ("model.compare", !model.compare.is_empty()),
            ];
            for (path, _) in present.into_iter().filter(|(_, present)| *present) {
                let reason = if path == "model.paths" { "paths-need-pls" } else { "keys-need-pls" };
                self.complain(Code::BadModel, path, &[("reason", reason)]);
            }
        }
        self.higher_order(definition);
        for id in model.outer.keys().filter(|id| !known.contains(&id.as_str())) {
            self.unknown(&format!("model.outer.{id}"), id, &known);
        }
        if model.missing != MissingMethod::Mean && item_count > PATTERN_ITEMS_MAX {
            self.complain(Code::BadModel, "model.missing", &[("reason", "too-many-items")]);
        }
        if model.prediction_folds == Some(1) {
            self.complain(Code::BadModel, "model.prediction_folds", &[("reason", "one-fold")]);
        }
        let outer = |d: &DimensionSpec| model.outer.get(&d.id).copied().unwrap_or_default();
        ModelSpec {
            weights: model.weights,
            scheme: model.scheme,
            outer: dimensions.iter().map(outer).collect(),
            consistent: model.consistent,
            missing: model.missing,
            prediction_folds: model.prediction_folds,
            permutations: model.permutations,
            interactions: self.interactions(definition, &known),
            compare: self.comparisons(definition),
            structure: None,
        }
    }

    /// The dimensions that others are made of, with their items.
    pub(super) fn parts(&mut self, definition: &Definition, specs: &mut [DimensionSpec]) {
        let known: Vec<String> = specs.iter().map(|d| d.id.clone()).collect();
        for (number, dimension) in definition.dimensions.iter().enumerate() {
            for (at, id) in dimension.of.iter().enumerate() {
                match known.iter().position(|k| k == id) {
                    Some(part) => {
                        let items = specs.get(part).map(|p| p.items.clone()).unwrap_or_default();
                        if let Some(whole) = specs.get_mut(number) {
                            whole.items.extend(items);
                            whole.parts.push(part);
                        }
                    }
                    None => {
                        let known: Vec<&str> = known.iter().map(String::as_str).collect();
                        self.unknown(&format!("dimensions[{number}].of[{at}]"), id, &known);
                    }
                }
            }
        }
    }

    /// What goes with dimensions made of others, and what does not.
    fn higher_order(&mut self, definition: &Definition) {
        let model = &definition.model;
        let wholes = definition.dimensions.iter().enumerate().filter(|(_, d)| !d.of.is_empty());
        for (number, whole) in wholes {
            let path = format!("dimensions[{number}].of");
            let formed = model.outer.get(&whole.id) == Some(&OuterMode::ModeB);
            let explained = model.paths.get(&whole.id).is_some_and(|from| !from.is_empty());
            let faults = [
                (model.weights != ItemWeights::Pls, "higher-needs-pls"),
                (model.consistent, "higher-consistent"),
                (
                    formed && explained && model.higher_order == HigherMethod::RepeatedIndicators,
                    "higher-formed",
                ),
            ];
            for (_, reason) in faults.into_iter().filter(|(at_fault, _)| *at_fault) {
                self.complain(Code::BadModel, &path, &[("reason", reason)]);
            }
        }
    }

    fn interactions(&mut self, definition: &Definition, known: &[&str]) -> Vec<Interaction> {
        let mut found = Vec::new();
        for (number, spec) in definition.model.moderation.iter().enumerate() {
            let path = format!("model.moderation[{number}]");
            let mut place = |key: &str, id: &str| {
                let at = known.iter().position(|k| *k == id);
                if at.is_none() {
                    self.unknown(&format!("{path}.{key}"), id, known);
                }
                at
            };
            let ends = (
                place("predictor", &spec.predictor),
                place("moderator", &spec.moderator),
                place("target", &spec.target),
            );
            let (Some(predictor), Some(moderator), Some(target)) = ends else {
                continue;
            };
            let sources = definition.model.paths.get(&spec.target);
            let acts = |id: &String| sources.is_some_and(|sources| sources.contains(id));
            if spec.predictor == spec.moderator || !acts(&spec.predictor) || !acts(&spec.moderator) {
                self.complain(Code::BadModel, &path, &[("reason", "moderation-without-paths")]);
                continue;
            }
            found.push(Interaction {
                predictor,
                moderator,
                target,
            });
        }
        found
    }
}
