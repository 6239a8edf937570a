//! Cross-checks of a definition: references, ids, scales, the model. All problems in one pass.

use super::definition::{Declared, Definition, Dimension, Role, Wave};
use super::follow_up;
use super::indicators;
use super::over_time;
use super::touchpoints::TouchpointSpec;
use super::weighting;
use super::{DesignSpec, DimensionSpec, Document, IndexSpec, ItemSpec, ItemWeights, ModelSpec, Survey};
use crate::coverage::response_rate::{EligibilityShare, ResponseRateDefinition};
use crate::design::LonelyPsuPolicy;
use crate::finding::{Code, Finding, Findings, Place, Refusal};
use crate::locale::{Lang, Messages, Text};
use crate::model::structure::{Structure, StructureError};
use crate::survey::nearest;
use std::collections::{BTreeMap, BTreeSet};

#[expect(clippy::too_many_lines, reason = "one line a part of the definition")]
pub(super) fn validate(file: &str, folder: &str, definition: Definition, document: &Document) -> Result<(Survey, Vec<Finding>), Refusal> {
    let mut check = Check {
        document,
        findings: Findings::default(),
    };
    let id = check.survey_id(&definition, folder);
    let (certificate, sites) = follow_up::check(&definition, document, &mut check.findings);
    let weighting = weighting::check(&definition, document, &mut check.findings);
    let trend = super::trend::check(&definition, document, &mut check.findings);
    let mut waves = check.waves(&definition);
    super::surveillance::check(&definition, &waves, document, &mut check.findings);
    let scales = check.scales(&definition);
    let (mut items, scored_items) = check.items(&definition, &scales);
    let dimensions = check.dimensions(&definition, &items);
    over_time::check(&definition, document, &items, &mut waves, &mut check.findings);
    let tree = indicators::check(&definition, document, &dimensions, &mut items, &mut check.findings);
    let index = check.index(&definition, &dimensions);
    let model = check.model(&definition, &dimensions, scored_items);
    check.cleaning(&definition, &items);
    super::quality::check(&definition, document, &mut check.findings);
    let design = check.design(&definition);
    super::labels::check(&definition, document, &mut check.findings);
    let labels = super::labels::Labels::of(&definition);
    check.item_details(&definition, &items);
    check.grading(&definition);
    let touchpoints = check.touchpoints(&definition, &items, scored_items);
    let warnings = check.findings.settle()?;
    let survey = Survey {
        id,
        file: file.to_owned(),
        title: definition.title,
        population: definition.population,
        sponsor: definition.sponsor,
        conductor: definition.conductor,
        mode: definition.mode,
        basis: definition.basis,
        notice: definition.notice,
        actions: definition.actions,
        certificate,
        sites,
        surveillance: definition.surveillance,
        waves,
        breaks: definition.breaks,
        series: definition.series,
        benchmarks: definition.benchmarks,
        cases: definition.cases,
        disclosure: definition.disclosure,
        columns: definition.columns,
        labels,
        items,
        scored_items,
        elements: elements(&definition.dimensions, &dimensions),
        dimensions,
        design,
        weighting,
        trend,
        cleaning: definition.cleaning,
        quality: definition.quality,
        report: definition.report.unwrap_or_default(),
        model,
        index,
        tree,
        gates: definition.gates,
        scheme_places: scheme_places(&definition.schemes, document),
        schemes: definition.schemes,
        scorecard_place: document.place(scorecard_key(definition.scorecard.as_ref())),
        scorecard: definition.scorecard,
        scorecards: definition.scorecards,
        declared_places: declared_places(&definition.declared, document),
        declared: definition.declared,
        decision_date: definition.decision_date,
        touchpoints,
    };
    Ok((survey, warnings))
}

/// Where each scheme is named.
fn scheme_places(schemes: &[String], document: &Document) -> Vec<Place> {
    (0..schemes.len()).map(|at| document.place(&format!("schemes[{at}]"))).collect()
}

/// Where each declared fact stands.
fn declared_places(declared: &BTreeMap<String, Declared>, document: &Document) -> BTreeMap<String, Place> {
    let place = |condition: &String| (condition.clone(), document.place(&format!("declared.{condition}")));
    declared.keys().map(place).collect()
}

fn scorecard_key(scorecard: Option<&String>) -> &'static str {
    if scorecard.is_some() { "scorecard" } else { "scorecards" }
}

pub(super) struct Check<'a> {
    document: &'a Document,
    findings: Findings,
}

impl Check<'_> {
    /// Questions beside the items, and the series that are made of them.
    fn touchpoints(&mut self, definition: &Definition, items: &[ItemSpec], scored_items: usize) -> TouchpointSpec {
        let found = super::touchpoints::check(definition, self.document, items, &mut self.findings);
        super::answer_series::check(definition, self.document, (items, scored_items), &found, &mut self.findings);
        found
    }

    pub(super) fn complain(&mut self, code: Code, path: &str, args: &[(&'static str, &str)]) {
        let finding = args.iter().fold(Finding::new(code, self.document.place(path)), |f, (name, value)| {
            f.with(name, value)
        });
        self.findings.add(finding);
    }

    fn survey_id(&mut self, definition: &Definition, folder: &str) -> String {
        match &definition.id {
            Some(id) => {
                self.id("id", id);
                id.clone()
            }
            // A folder may have any name; only an id that was chosen is held to the rule.
            None if is_id(folder) => folder.to_owned(),
            // Two folders with names in Chinese must not share one output folder.
            None => format!("survey-{:08x}", twox_hash::XxHash32::oneshot(0, folder.as_bytes())),
        }
    }

    pub(super) fn id(&mut self, path: &str, id: &str) {
        if !is_id(id) {
            self.complain(Code::BadId, path, &[("id", id)]);
        }
    }

    pub(super) fn unknown(&mut self, path: &str, what: &str, known: &[&str]) {
        let near = nearest(what, known.iter().copied()).unwrap_or_else(|| known.join(", "));
        self.complain(Code::UnknownReference, path, &[("name", what), ("nearest", &near)]);
    }

    fn waves(&mut self, definition: &Definition) -> Vec<Wave> {
        let mut waves = definition.waves.clone();
        match (&definition.responses, waves.is_empty()) {
            (Some(responses), true) => waves.push(Wave {
                id: "wave-1".to_owned(),
                title: Some(definition.title.clone()),
                responses: responses.clone(),
                frame: definition.frame.clone(),
                ..Wave::default()
            }),
            (None, false) if definition.frame.is_none() => {}
            _ => self.complain(Code::ExactlyOne, "responses", &[("first", "responses"), ("second", "waves")]),
        }
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (position, wave) in definition.waves.iter().enumerate() {
            self.id(&format!("waves[{position}].id"), &wave.id);
            if let Some(first) = seen.insert(&wave.id, position) {
                let line = self.document.place(&format!("waves[{first}].id")).line.unwrap_or(0).to_string();
                self.complain(
                    Code::DuplicateId,
                    &format!("waves[{position}].id"),
                    &[("id", &wave.id), ("first", &line)],
                );
            }
            for (key, value) in [("field_start", &wave.field_start), ("field_end", &wave.field_end)] {
                if let Some(text) = value.as_ref().filter(|t| t.parse::<jiff::civil::Date>().is_err()) {
                    self.wrong(&format!("waves[{position}].{key}"), "YYYY-MM-DD", text);
                }
            }
            if wave.draw.is_some() && definition.columns.respondent.is_none() {
                self.complain(
                    Code::MissingKey,
                    &format!("waves[{position}].draw"),
                    &[("table", "columns"), ("key", "respondent")],
                );
            }
            if let Some(name) = wave.encoding.as_ref().filter(|n| !matches!(n.as_str(), "utf-8" | "gb18030")) {
                self.wrong(&format!("waves[{position}].encoding"), "utf-8 | gb18030", name);
            }
            if let Some(text) = wave.delimiter.as_ref().filter(|d| d.len() != 1 || d.as_str() == "\"") {
                self.wrong(&format!("waves[{position}].delimiter"), "',' ';' '\\t' '|'", text);
            }
        }
        waves
    }

    pub(super) fn wrong(&mut self, path: &str, expected: &str, got: &str) {
        self.complain(Code::WrongValue, path, &[("key", path), ("expected", expected), ("got", got)]);
    }

    /// Points are importance out of 100: all elements with expectations have them, or none.
    pub(super) fn points(&mut self, definition: &Definition) {
        let expected = |d: &&Dimension| {
            d.items
                .iter()
                .any(|i| definition.items.get(i).is_some_and(|i| i.expectation.is_some()))
        };
        let elements: Vec<&Dimension> = definition.dimensions.iter().filter(expected).collect();
        let points: Vec<f64> = elements.iter().filter_map(|d| d.points).collect();
        let total: f64 = points.iter().sum();
        if !points.is_empty() && (points.len() < elements.len() || (total - 100.0).abs() > 1e-6) {
            let got = format!("{} × points, Σ = {total}", points.len());
            self.wrong("dimensions.points", &format!("{} × points, Σ = 100", elements.len()), &got);
        }
    }

    fn dimensions(&mut self, definition: &Definition, items: &[ItemSpec]) -> Vec<DimensionSpec> {
        if definition.dimensions.is_empty() {
            self.complain(Code::NothingToMeasure, "dimensions", &[("what", "dimensions")]);
        }
        let position: BTreeMap<&str, usize> = items.iter().enumerate().map(|(p, i)| (i.id.as_str(), p)).collect();
        let mut seen = BTreeSet::new();
        let mut specs = Vec::new();
        for (d, dimension) in definition.dimensions.iter().enumerate() {
            self.id(&format!("dimensions[{d}].id"), &dimension.id);
            if !seen.insert(dimension.id.as_str()) {
                self.complain(
                    Code::DuplicateId,
                    &format!("dimensions[{d}].id"),
                    &[("id", &dimension.id), ("first", "dimensions")],
                );
            }
            if !dimension.items.is_empty() && !dimension.of.is_empty() {
                self.complain(
                    Code::ExactlyOne,
                    &format!("dimensions[{d}].of"),
                    &[("first", "items"), ("second", "of")],
                );
            }
            if dimension.items.is_empty() && dimension.of.is_empty() {
                self.complain(
                    Code::NothingToMeasure,
                    &format!("dimensions[{d}].items"),
                    &[("what", &dimension.id)],
                );
            }
            let weight = dimension.weight.unwrap_or(1.0);
            if !(weight > 0.0 && weight.is_finite()) {
                self.wrong(&format!("dimensions[{d}].weight"), "> 0", &weight.to_string());
            }
            if let Some(points) = dimension.points.filter(|p| !(*p >= 0.0 && p.is_finite())) {
                self.wrong(&format!("dimensions[{d}].points"), "≥ 0", &points.to_string());
            }
            specs.push(DimensionSpec {
                id: dimension.id.clone(),
                title: dimension.title.clone().unwrap_or_else(|| default_title(dimension)),
                role: role_of(dimension),
                items: dimension.items.iter().filter_map(|i| position.get(i.as_str()).copied()).collect(),
                parts: Vec::new(),
                points: dimension.points,
                cost: dimension.cost,
            });
        }
        self.parts(definition, &mut specs);
        specs
    }

    fn index(&mut self, definition: &Definition, dimensions: &[DimensionSpec]) -> IndexSpec {
        let has_tree = !definition.groups.is_empty();
        let by_role = || dimensions.iter().position(|d| d.role == Role::Satisfaction && !has_tree);
        match &definition.index.dimension {
            Some(id) => {
                if let Some(at) = dimensions.iter().position(|d| &d.id == id) {
                    return IndexSpec::Dimension(at);
                }
                let known: Vec<&str> = dimensions.iter().map(|d| d.id.as_str()).collect();
                self.unknown("index.dimension", id, &known);
                IndexSpec::Composite
            }
            None => by_role().map_or(IndexSpec::Composite, IndexSpec::Dimension),
        }
    }

    fn model(&mut self, definition: &Definition, dimensions: &[DimensionSpec], item_count: usize) -> ModelSpec {
        let mut spec = self.model_keys(definition, dimensions, item_count);
        if spec.weights != ItemWeights::Pls {
            return spec;
        }
        let known: Vec<&str> = dimensions.iter().map(|d| d.id.as_str()).collect();
        let mut paths = Vec::new();
        for (target, sources) in &definition.model.paths {
            let path = format!("model.paths.{target}");
            let to = known.iter().position(|k| k == target);
            if to.is_none() {
                self.unknown(&path, target, &known);
            }
            for source in sources {
                match (known.iter().position(|k| k == source), to) {
                    (Some(from), Some(to)) => paths.push((from, to)),
                    (None, _) => self.unknown(&path, source, &known),
                    _ => {}
                }
            }
        }
        paths.sort_by_key(|&(from, to)| (to, from));
        if self.findings.any_error() {
            return spec;
        }
        let own = |d: &DimensionSpec| if d.parts.is_empty() { d.items.clone() } else { Vec::new() };
        let blocks = dimensions.iter().map(own).collect();
        let parts = dimensions.iter().map(|d| d.parts.clone()).collect();
        match Structure::with_parts(blocks, parts, definition.model.higher_order, paths, item_count) {
            Ok(structure) => spec.structure = Some(structure),
            Err(error) => self.complain(Code::BadModel, "model.paths", &[("reason", structure_fault(&error))]),
        }
        spec
    }

    fn cleaning(&mut self, definition: &Definition, items: &[ItemSpec]) {
        let known: Vec<&str> = items.iter().map(|i| i.id.as_str()).collect();
        if let Some(rule) = &definition.cleaning.required {
            for (position, id) in rule.items.iter().enumerate() {
                if !known.contains(&id.as_str()) {
                    self.unknown(&format!("cleaning.required.items[{position}]"), id, &known);
                }
            }
        }
        let needs = [
            (
                "cleaning.duplicate",
                definition.cleaning.duplicate.is_some() && definition.columns.respondent.is_none(),
                "respondent",
            ),
            (
                "cleaning.too_fast",
                definition.cleaning.too_fast.is_some() && definition.columns.duration.is_none(),
                "duration",
            ),
        ];
        for (path, lacking, key) in needs {
            if lacking {
                self.complain(Code::MissingKey, path, &[("key", key), ("table", "columns")]);
            }
        }
        if let Some(share) = definition.cleaning.faulty_share_max.filter(|s| !(0.0..=1.0).contains(s)) {
            self.wrong("cleaning.faulty_share_max", "0 … 1", &share.to_string());
        }
    }

    fn design(&mut self, definition: &Definition) -> DesignSpec {
        let design = &definition.design;
        let shares = [
            ("margin", design.margin),
            ("level", design.level),
            ("short_below", design.short_below),
            ("r_indicator_min", design.r_indicator_min),
            ("variance_routes_differ", design.variance_routes_differ),
        ];
        for (key, value) in shares {
            if let Some(value) = value.filter(|v| !(*v > 0.0 && *v < 1.0)) {
                self.wrong(&format!("design.{key}"), "0 < … < 1", &value.to_string());
            }
        }
        if let Some(e) = design.eligibility_share.filter(|e| !(0.0..=1.0).contains(e)) {
            self.wrong("design.eligibility_share", "0 … 1", &e.to_string());
        }
        self.case_files(definition);
        if let Some(groups) = design.replicate_groups.filter(|g| *g < 10) {
            self.wrong("design.replicate_groups", "≥ 10", &groups.to_string());
        }
        if let Some(replicates) = design.replicates.filter(|r| (1..100).contains(r)) {
            self.wrong("design.replicates", "0, ≥ 100", &replicates.to_string());
        }
        DesignSpec {
            method: design.method,
            margin: design.margin.unwrap_or(0.05),
            level: design.level.unwrap_or(0.95),
            response_rate: design.response_rate.unwrap_or(ResponseRateDefinition::Rr3),
            eligibility: design.eligibility_share.map_or(EligibilityShare::Casro, EligibilityShare::Given),
            r_indicator_min: design.r_indicator_min.unwrap_or(0.8),
            short_below: design.short_below.unwrap_or(0.8),
            replicate_groups: design.replicate_groups.unwrap_or(200),
            replicates: design.replicates,
            interval: design.interval.unwrap_or_default(),
            domain_base_min: design.domain_base_min.unwrap_or(10),
            seed: design.seed.unwrap_or(1),
            lonely_psu: design.lonely_psu.unwrap_or(LonelyPsuPolicy::Adjust),
            variance_routes_differ: design.variance_routes_differ.unwrap_or(0.1),
            model_based_intervals: design.model_based_intervals,
        }
    }

    /// A file of single cases needs an id to be joined by, and disclosure a date and a share that are such.
    fn case_files(&mut self, definition: &Definition) {
        if definition.waves.iter().any(|w| w.cases.is_some()) && definition.columns.respondent.is_none() {
            self.complain(Code::MissingKey, "cases", &[("key", "respondent"), ("table", "columns")]);
        }
        let disclosure = &definition.disclosure;
        if let Some(text) = disclosure.frame_date.as_ref().filter(|t| t.parse::<jiff::civil::Date>().is_err()) {
            self.wrong("disclosure.frame_date", "YYYY-MM-DD", text);
        }
        if let Some(share) = disclosure.validation_share.filter(|s| !(0.0..=1.0).contains(s)) {
            self.wrong("disclosure.validation_share", "0 … 1", &share.to_string());
        }
    }

    /// What is said for the reading against schemes.
    fn grading(&mut self, definition: &Definition) {
        if let Some(text) = definition
            .decision_date
            .as_ref()
            .filter(|t| t.parse::<jiff::civil::Date>().is_err())
        {
            self.wrong("decision_date", "YYYY-MM-DD", text);
        }
        let of_dimensions = definition
            .dimensions
            .iter()
            .enumerate()
            .map(|(at, d)| (format!("dimensions[{at}].cost"), d.cost));
        let costs = of_dimensions.chain(definition.items.iter().map(|(id, item)| (format!("items.{id}.cost"), item.cost)));
        for (path, cost) in costs {
            if let Some(cost) = cost.filter(|c| !(c.is_finite() && *c >= 0.0)) {
                self.wrong(&path, "≥ 0", &cost.to_string());
            }
        }
    }
}

/// True for a text that can be part of a file name and of a key everywhere.
pub(super) fn is_id(text: &str) -> bool {
    !text.is_empty() && text.len() <= 64 && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// Which dimension stands for which element of service quality.
fn elements(written: &[Dimension], checked: &[DimensionSpec]) -> Vec<(String, Text)> {
    let pairs = written.iter().zip(checked);
    pairs.filter_map(|(w, c)| Some((w.element.clone()?, c.title.clone()))).collect()
}

/// The word by which the locale files know a fault of the structure.
fn structure_fault(error: &StructureError) -> &'static str {
    match error {
        StructureError::EmptyBlock { .. } => "empty-block",
        StructureError::ItemRepeated { .. } => "item-repeated",
        StructureError::NoPath => "no-path",
        StructureError::PathToItself { .. } => "path-to-itself",
        StructureError::PathRepeated { .. } => "path-repeated",
        StructureError::Isolated { .. } => "isolated",
        StructureError::Part { .. } => "part",
        StructureError::PathToPart { .. } => "path-to-part",
        StructureError::Cycle { .. } => "cycle",
        StructureError::ItemOutOfRange { .. } | StructureError::PathOutOfRange { .. } => "out-of-range",
    }
}

fn role_of(dimension: &Dimension) -> Role {
    dimension
        .role
        .unwrap_or_else(|| serde_json::from_value(serde_json::Value::String(dimension.id.clone())).unwrap_or(Role::Other))
}

fn default_title(dimension: &Dimension) -> Text {
    let role = role_of(dimension);
    if role == Role::Other {
        return Text::same(&dimension.id);
    }
    let key = format!(
        "role-{}",
        serde_json::to_value(role)
            .ok()
            .and_then(|v| v.as_str().map(str::to_owned))
            .unwrap_or_default()
    );
    Text {
        zh: Messages::of(Lang::Zh).word(&key),
        en: Messages::of(Lang::En).word(&key),
    }
}
