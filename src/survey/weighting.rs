//! Known totals that the weights are to reproduce: the `[weighting]` table of a definition, and what it means once checked.

use super::Document;
use super::definition::Definition;
use crate::finding::{Code, Finding, Findings, Place};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Totals that the weights are brought to after base weight, non-response and strata.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Weighting {
    /// How the margins are met; `rake` when absent.
    #[serde(default)]
    pub method: CalibrationMethod,
    /// Smallest factor on a weight, 0 to 1 (`logit`, `bounded-linear`).
    pub lower: Option<f64>,
    /// Largest factor on a weight, above 1 (`logit`, `bounded-linear`).
    pub upper: Option<f64>,
    /// Largest relative miss of any target at which the iteration stops; 1e-10 when absent.
    pub tolerance: Option<f64>,
    /// Iterations before the run stops as not converged; 1000 when absent.
    pub iterations_max: Option<u64>,
    /// Fewest respondents of a category with a target; 2 when absent.
    pub category_base_min: Option<u64>,
    /// Bounds on the final weights. What is cut goes to the others, so the margins are then missed by what the report states.
    pub trim: Option<Trim>,
    /// Columns that make the non-response classes: everybody who answered stands for those of the same class who did not. Known of
    /// everybody drawn: columns of `columns.strata` (with `drawn` in the frame) or of `cases.properties`. When absent the strata
    /// are the classes.
    #[serde(default)]
    pub nonresponse: Vec<String>,
    /// Strata that are weighted as one, `[["north", "north-east"]]`, so that one that was sampled and has no interview is carried by
    /// the others of its group. Names as in the report: several strata columns are joined by `·`.
    #[serde(default)]
    pub merge_strata: Vec<Vec<String>>,
    /// The margins, in the order in which they are raked.
    #[serde(default)]
    pub margins: Vec<MarginTargets>,
}

/// How margins are met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CalibrationMethod {
    /// Raking (iterative proportional fitting): weights stay positive.
    #[default]
    Rake,
    /// Generalised regression (GREG): refused where a weight would be negative.
    Linear,
    /// Logit distance: factors stay between `lower` and `upper`.
    Logit,
    /// Linear distance cut to `lower` and `upper`.
    BoundedLinear,
}

/// Bounds on final weights, as multiples of their mean.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trim {
    /// Smallest weight, as a multiple of the mean weight, below 1; 0 when absent.
    pub lower: Option<f64>,
    /// Largest weight, as a multiple of the mean weight, above 1.
    pub upper: f64,
    /// Who takes what was cut; `equal` when absent.
    #[serde(default)]
    pub redistribution: Redistribution,
}

/// Who takes what trimming cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Redistribution {
    /// Every untrimmed case the same amount (as R's `trimWeights`).
    #[default]
    Equal,
    /// Every untrimmed case in proportion to its weight.
    Proportional,
}

/// One margin: a column of the response file and the population's distribution over its categories.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarginTargets {
    /// Column of the response file.
    pub column: String,
    /// People by category, or shares that sum to 1: `{ "18-29" = 0.3, "30+" = 0.7 }`.
    pub targets: Option<BTreeMap<String, f64>>,
    /// The same as a file (CSV: `category`, `target`).
    pub file: Option<String>,
}

/// The checked `[weighting]` table.
#[derive(Debug, Clone)]
pub struct WeightingSpec {
    /// How margins are met.
    pub method: CalibrationMethod,
    /// Bounds of the factor, for methods that have them.
    pub bounds: (f64, f64),
    /// Largest relative miss.
    pub tolerance: f64,
    /// Most iterations.
    pub iterations_max: u64,
    /// Fewest respondents of a category.
    pub category_base_min: u64,
    /// Bounds on final weights.
    pub trim: Option<Trim>,
    /// Columns of the non-response classes; empty where the strata are the classes.
    pub nonresponse: Vec<String>,
    /// Strata that are weighted as one, with the place of each group.
    pub merge_strata: Vec<(Vec<String>, Place)>,
    /// The margins.
    pub margins: Vec<MarginSpec>,
    /// Where the table stands.
    pub place: Place,
}

impl WeightingSpec {
    /// Whether weights are brought to margins or trimmed after base weight, non-response and strata.
    #[must_use]
    pub fn calibrates(&self) -> bool {
        !self.margins.is_empty() || self.trim.is_some()
    }
}

/// One margin, checked; its file is read with the wave.
#[derive(Debug, Clone)]
pub struct MarginSpec {
    /// Column.
    pub column: String,
    /// Where the margin stands.
    pub place: Place,
    /// Targets with their places, when they stand in the definition.
    pub targets: Vec<(String, f64, Place)>,
    /// File of targets.
    pub file: Option<String>,
}

pub(super) fn check(definition: &Definition, document: &Document, findings: &mut Findings) -> Option<WeightingSpec> {
    let written = definition.weighting.as_ref()?;
    let mut check = Check { document, findings };
    check.numbers(written);
    check.classes(written, definition);
    check.merged(written);
    let says_more = !written.nonresponse.is_empty() || !written.merge_strata.is_empty();
    if written.margins.is_empty() && written.trim.is_none() && !says_more {
        check.complain(Code::MissingKey, "weighting", &[("key", "margins"), ("table", "weighting")]);
    }
    let margins = written.margins.iter().enumerate();
    Some(WeightingSpec {
        method: written.method,
        bounds: (written.lower.unwrap_or(0.0), written.upper.unwrap_or(f64::INFINITY)),
        tolerance: written.tolerance.unwrap_or(1e-10),
        iterations_max: written.iterations_max.unwrap_or(1000),
        category_base_min: written.category_base_min.unwrap_or(2),
        trim: written.trim,
        nonresponse: written.nonresponse.clone(),
        merge_strata: (written.merge_strata.iter().enumerate())
            .map(|(at, group)| (group.clone(), document.place(&format!("weighting.merge_strata[{at}]"))))
            .collect(),
        margins: margins.map(|(at, margin)| check.margin(at, margin, &written.margins)).collect(),
        place: document.place("weighting"),
    })
}

struct Check<'a> {
    document: &'a Document,
    findings: &'a mut Findings,
}

impl Check<'_> {
    fn complain(&mut self, code: Code, path: &str, args: &[(&'static str, &str)]) {
        let finding = Finding::new(code, self.document.place(path));
        self.findings.add(args.iter().fold(finding, |f, (name, value)| f.with(name, value)));
    }

    fn wrong(&mut self, path: &str, expected: &str, got: f64) {
        self.complain(
            Code::WrongValue,
            path,
            &[("key", path), ("expected", expected), ("got", &got.to_string())],
        );
    }

    /// Classes of non-response need columns that are known of everybody drawn.
    fn classes(&mut self, written: &Weighting, definition: &Definition) {
        let known: Vec<&str> = (definition.columns.strata.iter().chain(&definition.cases.properties))
            .map(String::as_str)
            .collect();
        for (at, column) in written.nonresponse.iter().enumerate() {
            if !known.contains(&column.as_str()) {
                let near = super::nearest(column, known.iter().copied()).unwrap_or_else(|| known.join(", "));
                let path = format!("weighting.nonresponse[{at}]");
                self.complain(Code::UnknownReference, &path, &[("name", column), ("nearest", &near)]);
            }
        }
    }

    /// A group of strata has two members at least, and a stratum is in one group at most.
    fn merged(&mut self, written: &Weighting) {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, group) in written.merge_strata.iter().enumerate() {
            let path = format!("weighting.merge_strata[{at}]");
            if group.len() < 2 {
                self.wrong(&path, "≥ 2", group.len() as f64);
            }
            for name in group {
                if let Some(first) = seen.insert(name, at) {
                    let line = self.document.place(&format!("weighting.merge_strata[{first}]")).line.unwrap_or(0);
                    self.complain(Code::DuplicateId, &path, &[("id", name), ("first", &line.to_string())]);
                }
            }
        }
    }

    fn numbers(&mut self, written: &Weighting) {
        let bounded = matches!(written.method, CalibrationMethod::Logit | CalibrationMethod::BoundedLinear);
        for (key, value) in [("lower", written.lower), ("upper", written.upper)] {
            if bounded && value.is_none() {
                self.complain(Code::MissingKey, "weighting", &[("key", key), ("table", "weighting")]);
            }
        }
        let inside = |value: f64, low: f64, high: f64| value > low && value < high;
        let trim_lower = written.trim.and_then(|t| t.lower);
        let numbers = [
            (
                "weighting.lower",
                written.lower,
                "0 ≤ … < 1",
                written.lower.is_none_or(|v| v == 0.0 || inside(v, 0.0, 1.0)),
            ),
            (
                "weighting.upper",
                written.upper,
                "> 1",
                written.upper.is_none_or(|v| inside(v, 1.0, f64::INFINITY)),
            ),
            (
                "weighting.tolerance",
                written.tolerance,
                "1e-14 … 0.01",
                written.tolerance.is_none_or(|v| (1e-14..=0.01).contains(&v)),
            ),
            (
                "weighting.trim.lower",
                trim_lower,
                "0 ≤ … < 1",
                trim_lower.is_none_or(|v| v == 0.0 || inside(v, 0.0, 1.0)),
            ),
            (
                "weighting.trim.upper",
                written.trim.map(|t| t.upper),
                "> 1",
                written.trim.is_none_or(|t| inside(t.upper, 1.0, f64::INFINITY)),
            ),
        ];
        for (path, value, expected, fine) in numbers {
            if !fine {
                self.wrong(path, expected, value.unwrap_or(f64::NAN));
            }
        }
        if written.iterations_max == Some(0) {
            self.wrong("weighting.iterations_max", "≥ 1", 0.0);
        }
    }

    fn margin(&mut self, at: usize, margin: &MarginTargets, all: &[MarginTargets]) -> MarginSpec {
        let path = format!("weighting.margins[{at}]");
        if margin.targets.is_some() == margin.file.is_some() {
            self.complain(Code::ExactlyOne, &path, &[("first", "targets"), ("second", "file")]);
        }
        if let Some(first) = all.iter().take(at).position(|earlier| earlier.column == margin.column) {
            let line = self
                .document
                .place(&format!("weighting.margins[{first}].column"))
                .line
                .unwrap_or(0)
                .to_string();
            self.complain(
                Code::DuplicateId,
                &format!("{path}.column"),
                &[("id", &margin.column), ("first", &line)],
            );
        }
        let mut targets = Vec::new();
        for (category, target) in margin.targets.iter().flatten() {
            let key = format!("{path}.targets.{category}");
            if !(target.is_finite() && *target >= 0.0) {
                self.wrong(&key, "≥ 0", *target);
            }
            targets.push((category.clone(), *target, self.document.place(&key)));
        }
        MarginSpec {
            column: margin.column.clone(),
            place: self.document.place(&path),
            targets,
            file: margin.file.clone(),
        }
    }
}
