//! Cases + design + frame → weights, each factor kept.
//!
//! `final = base × non-response × post-stratification`. The base weight is the column of the definition, or `N_h / drawn_h`
//! where the frame says how many were drawn, or 1. Non-response: `drawn_h / n_h`, everybody of a stratum answering for the
//! rest of it. Post-stratification: brings each stratum to the frame's count `N_h`. Where strata are design strata and
//! the weights are constant in them the product is `N_h / n_h` however it is factored.

pub mod base;
pub mod calibrate;
pub mod cells;
pub mod clusters;
pub mod error;
pub mod kish;
#[cfg(test)]
mod laws;
pub mod ledger;
pub mod margin;
pub mod nonresponse;
pub mod poststratify;
pub mod rake;
pub mod residuals;
pub mod trim;

use crate::coverage::frame::{Frame, FrameStratum};
use crate::design::LonelyPsuPolicy;
use crate::finding::{Code, Finding, Place};
use crate::ingest::Responses;
use crate::survey::{SelectionMethod, Survey};
use crate::tally::{CellKey, Tally};
use clusters::Clusters;
use kish::KishSums;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The weights of one wave, by cell.
#[derive(Debug, Clone)]
pub struct Weights {
    /// Method of selection, which decides how variances are computed.
    pub method: SelectionMethod,
    /// True when weights were brought to the frame's stratum counts.
    pub calibrated: bool,
    /// Base weights by class; empty when there is no weight column.
    classes: Vec<f64>,
    /// Factor on top of the base weight and frame count, by stratum number.
    strata: BTreeMap<u16, (f64, Option<u64>)>,
    /// Customers of the strata that have respondents.
    population: Option<u64>,
    /// Where clusters were drawn.
    pub clusters: Option<Clusters>,
    /// What the variance does with a stratum of one respondent or cluster.
    pub lonely: LonelyPsuPolicy,
}

impl Weights {
    /// Final weight of the cases of a cell.
    #[must_use]
    pub fn of_cell(&self, key: CellKey) -> f64 {
        let base = self.classes.get(usize::from(key.weight_class)).copied().unwrap_or(1.0);
        base * self.strata.get(&key.stratum).map_or(1.0, |(factor, _)| *factor)
    }

    /// Customers of a stratum, where a finite population correction applies.
    #[must_use]
    pub fn fpc_population(&self, stratum: u16) -> Option<u64> {
        self.strata.get(&stratum).and_then(|(_, population)| *population)
    }

    /// Customers in all, where a finite population correction applies.
    #[must_use]
    pub fn fpc_population_total(&self) -> Option<u64> {
        self.population
    }
}

/// The factors of one stratum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StratumWeight {
    /// Name.
    pub stratum: String,
    /// Respondents that count.
    pub n: u64,
    /// Mean base weight.
    pub base: f64,
    /// Non-response factor.
    pub nonresponse: f64,
    /// Post-stratification factor.
    pub poststratification: f64,
    /// Mean final weight: the product.
    pub final_weight: f64,
}

/// One step of the weighting, in sums.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WeightStep {
    /// base, nonresponse, poststratification.
    pub step: String,
    /// Σw after the step.
    pub sum: f64,
    /// Smallest weight.
    pub min: f64,
    /// Largest weight.
    pub max: f64,
    /// Kish effect `n Σw² / (Σw)²`.
    pub kish_effect: Option<f64>,
    /// Effective number of respondents `(Σw)² / Σw²`.
    pub n_effective: Option<f64>,
}

/// What weighting did, for the report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WeightSummary {
    /// Where base weights come from: column, drawn, equal.
    pub base_source: String,
    /// True when weights were brought to the frame's counts.
    pub poststratified: bool,
    /// Steps, in order.
    pub steps: Vec<WeightStep>,
    /// Factors by stratum.
    pub strata: Vec<StratumWeight>,
    /// Effective number of respondents with the final weights.
    pub n_effective: Option<f64>,
    /// Kish effect of the final weights.
    pub kish_effect: Option<f64>,
}

/// Makes the weights of a wave from its tally.
#[must_use]
pub fn weigh(survey: &Survey, responses: &Responses, frame: Option<&Frame>, tally: &Tally) -> (Weights, WeightSummary, Vec<Finding>) {
    let classes = responses.weight.as_ref().map(|(values, _)| values.clone()).unwrap_or_default();
    let mut cases: BTreeMap<u16, Vec<(f64, u64)>> = BTreeMap::new();
    for (key, cell) in tally.cells() {
        let base = classes.get(usize::from(key.weight_class)).copied().unwrap_or(1.0);
        cases.entry(key.stratum).or_default().push((base, cell.case_count()));
    }
    let name = |number: u16| responses.strata.names().get(usize::from(number)).cloned().unwrap_or_default();
    // Without a random sample there is no sampling fraction to correct for.
    let is_random = survey.design.method.is_probability();
    let has_column = !classes.is_empty();
    let mut strata = BTreeMap::new();
    let mut rows = Vec::new();
    let mut steps = ["base", "nonresponse", "poststratification"].map(StepSums::new);
    let mut findings = Vec::new();
    for (number, cells) in &cases {
        let stratum = frame.and_then(|f| f.strata.get(&name(*number)));
        let row = stratum_weight(name(*number), stratum, cells, has_column, &mut steps);
        let factor = row.factor_on_column(cells);
        strata.insert(*number, (factor, stratum.map(|s| s.population).filter(|_| is_random)));
        if row.n == 1 && responses.psu.is_none() && survey.design.method == SelectionMethod::Stratified {
            findings.push(Finding::new(Code::LonelyStratum, Place::subject(&row.stratum)).with("stratum", &row.stratum));
        }
        rows.push(row);
    }
    rows.sort_by(|a, b| a.stratum.cmp(&b.stratum));
    let population = strata.values().map(|(_, population)| *population).sum();
    let (clusters, of_clusters) = Clusters::of(survey, responses, frame, tally);
    findings.extend(of_clusters);
    let steps: Vec<WeightStep> = steps.iter().map(StepSums::finish).collect();
    let drawn = frame.is_some_and(|f| f.strata.values().all(|s| s.drawn.is_some()));
    let last = steps.last();
    let summary = WeightSummary {
        base_source: if has_column {
            "column"
        } else if drawn {
            "drawn"
        } else {
            "equal"
        }
        .to_owned(),
        poststratified: frame.is_some(),
        n_effective: last.and_then(|s| s.n_effective),
        kish_effect: last.and_then(|s| s.kish_effect),
        strata: rows,
        steps,
    };
    let weights = Weights {
        method: survey.design.method,
        calibrated: frame.is_some(),
        classes,
        strata,
        population,
        clusters,
        lonely: survey.design.lonely_psu,
    };
    (weights, summary, findings)
}

/// The factors of one stratum, its cases added to the sums of every step.
fn stratum_weight(
    stratum: String,
    frame: Option<&FrameStratum>,
    cells: &[(f64, u64)],
    has_column: bool,
    steps: &mut [StepSums; 3],
) -> StratumWeight {
    let n: u64 = cells.iter().map(|(_, n)| n).sum();
    let factors = Factors::of(frame.map(|s| (s.population, s.drawn)), n, cells, has_column);
    for (base, cases) in cells {
        let weights = [
            base * factors.base,
            base * factors.base * factors.nonresponse,
            base * factors.product(),
        ];
        for (weight, step) in weights.into_iter().zip(steps.iter_mut()) {
            step.insert(weight, *cases);
        }
    }
    let base = mean(cells) * factors.base;
    StratumWeight {
        stratum,
        n,
        base,
        nonresponse: factors.nonresponse,
        poststratification: factors.poststratification,
        final_weight: base * factors.nonresponse * factors.poststratification,
    }
}

impl StratumWeight {
    /// What the weight column (or 1) is multiplied by.
    fn factor_on_column(&self, cells: &[(f64, u64)]) -> f64 {
        self.final_weight / mean(cells)
    }
}

/// Mean weight of the cases of some cells.
fn mean(cells: &[(f64, u64)]) -> f64 {
    let (sum, n) = cells
        .iter()
        .fold((0.0, 0), |(sum, n), (weight, cases)| (sum + weight * *cases as f64, n + cases));
    sum / n as f64
}

/// Factors on top of the weight column.
struct Factors {
    base: f64,
    nonresponse: f64,
    poststratification: f64,
}

impl Factors {
    fn of(frame: Option<(u64, Option<u64>)>, n: u64, cells: &[(f64, u64)], has_column: bool) -> Self {
        let Some((population, drawn)) = frame else {
            return Self {
                base: 1.0,
                nonresponse: 1.0,
                poststratification: 1.0,
            };
        };
        let (population, n) = (population as f64, n as f64);
        let (base, nonresponse) = match drawn.filter(|d| *d > 0 && !has_column) {
            Some(drawn) => (population / drawn as f64, drawn as f64 / n),
            None => (1.0, 1.0),
        };
        let before: f64 = cells.iter().map(|(w, n)| w * *n as f64 * base * nonresponse).sum();
        Self {
            base,
            nonresponse,
            poststratification: population / before,
        }
    }

    fn product(&self) -> f64 {
        self.base * self.nonresponse * self.poststratification
    }
}

/// Sums of one step over all cases.
struct StepSums {
    name: &'static str,
    sum: f64,
    kish: KishSums,
    min: f64,
    max: f64,
}

impl StepSums {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            sum: 0.0,
            kish: KishSums::new(),
            min: f64::INFINITY,
            max: f64::NEG_INFINITY,
        }
    }

    fn insert(&mut self, weight: f64, cases: u64) {
        self.sum += weight * cases as f64;
        self.kish.insert_many(weight, cases);
        self.min = self.min.min(weight);
        self.max = self.max.max(weight);
    }

    fn finish(&self) -> WeightStep {
        let kish = self.kish.finish();
        // A step without cases has no smallest and no largest weight.
        let (min, max) = if kish.is_some() { (self.min, self.max) } else { (0.0, 0.0) };
        WeightStep {
            step: self.name.to_owned(),
            sum: self.sum,
            min,
            max,
            kish_effect: kish.map(|k| k.effect),
            n_effective: kish.map(|k| k.effective_size),
        }
    }
}
