//! Cases + design + frame + margins → weights, each step kept.
//!
//! `final = base × non-response × post-stratification × calibration`. The base weight is the column of the definition, or
//! `N_h / drawn_h` where the frame says how many were drawn, or 1. Non-response: `drawn_h / n_h`, everybody of a stratum answering
//! for the rest of it. Post-stratification: brings each stratum to the frame's count `N_h`. Where strata are design strata and
//! the weights are constant in them the product is `N_h / n_h` however it is factored. Calibration (`[weighting]`): brings the weights
//! to known margins, then trims them. All steps run on the cells of the tally that share a weight; the ledger says what each did.

pub mod base;
pub mod calibrate;
pub mod calibration;
pub mod cells;
pub mod classes;
pub mod cluster_list;
pub mod clusters;
pub mod distribution;
pub mod error;
pub mod ground;
pub mod kish;
#[cfg(test)]
mod laws;
pub mod ledger;
pub mod margin;
pub mod merge;
pub mod nonresponse;
pub mod poststratify;
pub mod rake;
pub mod residuals;
mod strata;
pub mod summary;
pub mod targets;
pub mod trim;

use crate::coverage::frame::Frame;
use crate::design::LonelyPsuPolicy;
use crate::finding::{Code, Finding, Place};
use crate::ingest::{DomainColumn, Responses};
use crate::round::printed;
use crate::stats::CompensatedSum;
use crate::survey::{SelectionMethod, Survey};
use crate::tally::{CellKey, Tally};
use base::{BaseStratum, contradictions};
use calibration::{Calibration, WeightCells, WeightKey, strata_margin};
use cells::CellWeights;
use clusters::Clusters;
use error::WeightError;
use ledger::{Ledger, WeightStep};
use margin::{Margin, largest_error};
use residuals::CalibrationSteps;
use std::collections::BTreeMap;
use strata::StratumFactors;
use targets::Targets;

pub use summary::WeightSummary;

/// The weights of one wave, by cell.
#[derive(Debug, Clone)]
pub struct Weights {
    /// Method of selection, which decides how variances are computed.
    pub method: SelectionMethod,
    /// True when weights were brought to the frame's stratum counts.
    pub calibrated: bool,
    /// Customers by stratum number, where a finite population correction applies.
    strata: BTreeMap<u16, Option<u64>>,
    /// Customers of the strata that have respondents.
    population: Option<u64>,
    /// Where clusters were drawn.
    pub clusters: Option<Clusters>,
    /// What the variance does with a stratum of one respondent or cluster.
    pub lonely: LonelyPsuPolicy,
    /// Cells that share a weight.
    cells: WeightCells,
    /// Weights before margins and trimming, by cell.
    before: Vec<f64>,
    /// Final weights, by cell.
    last: Vec<f64>,
    /// Margins and trimming, to be repeated in every replicate.
    calibration: Option<Calibration>,
    /// What calibration leaves for the variance.
    steps: CalibrationSteps,
}

impl Weights {
    /// Final weight of the cases of a cell; 0 for a cell of nobody.
    #[must_use]
    pub fn of_cell(&self, key: CellKey) -> f64 {
        self.cells.number(key).and_then(|cell| self.last.get(cell)).copied().unwrap_or(0.0)
    }

    /// Weighted share of the cases of some domain combinations in all cases, 0 to 1. `None` when nothing is weighted.
    #[must_use]
    pub fn share_of(&self, tally: &Tally, members: &[u16]) -> Option<f64> {
        let (mut inside, mut all) = (CompensatedSum::new(), CompensatedSum::new());
        for (key, cell) in tally.cells() {
            let (weight, cases) = (self.of_cell(*key), cell.case_count() as f64);
            all.insert_product(weight, cases);
            if members.contains(&key.domain) {
                inside.insert_product(weight, cases);
            }
        }
        let all = all.finish();
        (all > 0.0).then(|| inside.finish() / all)
    }

    /// The cells that share a weight.
    #[must_use]
    pub fn cells(&self) -> &WeightCells {
        &self.cells
    }

    /// Weights before margins and trimming, by cell.
    #[must_use]
    pub fn before_calibration(&self) -> &[f64] {
        &self.before
    }

    /// Final weights, by cell.
    #[must_use]
    pub fn last(&self) -> &[f64] {
        &self.last
    }

    /// Margins and trimming; `None` where the weights end with their strata.
    #[must_use]
    pub fn calibration(&self) -> Option<&Calibration> {
        self.calibration.as_ref()
    }

    /// What to take from `z = w u` of each case, by cell, given `Σz` by cell: the part that calibration explains.
    #[must_use]
    pub fn deductions(&self, sums: &[f64]) -> Vec<f64> {
        self.steps.deductions(sums)
    }

    /// Customers of a stratum, where a finite population correction applies.
    #[must_use]
    pub fn fpc_population(&self, stratum: u16) -> Option<u64> {
        self.strata.get(&stratum).copied().flatten()
    }

    /// Customers in all, where a finite population correction applies.
    #[must_use]
    pub fn fpc_population_total(&self) -> Option<u64> {
        self.population
    }
}

/// Makes the weights of a wave from its tally. An error is one of calibration, with its place in the definition.
pub fn weigh(
    survey: &Survey,
    responses: &Responses,
    frame: Option<&Frame>,
    targets: &Targets,
    tally: &Tally,
) -> Result<(Weights, WeightSummary, Vec<Finding>), Finding> {
    let name = |number: u16| responses.strata.names().get(usize::from(number)).cloned().unwrap_or_default();
    // Without a random sample there is no sampling fraction to correct for.
    let is_random = survey.design.method.is_probability();
    let cells = WeightCells::of(tally);
    let (clusters, of_clusters) = Clusters::of(survey, responses, frame, targets.clusters.as_ref(), tally);
    let of_class = |key: WeightKey| targets.classes.as_ref().and_then(|classes| classes.factor(tally, key));
    let factors = strata::factors(&cells, responses, frame, &of_class);
    let mut findings = stratum_findings(survey, responses, &factors, &name);
    findings.extend(of_clusters);
    let calibration = Calibration::new(survey.weighting.as_ref().filter(|w| w.calibrates()), targets, tally, &cells);
    let frame_margin = frame.map(|_| {
        let of = |(number, f): (&u16, &StratumFactors)| (*number, (name(*number), f.population.unwrap_or(0) as f64));
        strata_margin(&cells, &factors.iter().map(of).collect())
    });
    let chain = Chain {
        calibration: calibration.as_ref(),
        frame: frame_margin.as_ref(),
        names: cell_names(&cells, responses, tally, &factors),
        of_class: &of_class,
    };
    let made = chain.run(&cells, &factors).map_err(|error| match &calibration {
        Some(calibration) => calibration.finding(&error),
        None => Finding::new(Code::WeightsImpossible, Place::file(&responses.file)).with("reason", error),
    })?;
    let parts = summary::Parts {
        made: &made,
        cells: &cells,
        factors: &factors,
        calibration: calibration.as_ref(),
        classes: targets.classes.as_ref(),
    };
    let summary = parts.summary(&name, responses.weight.is_some(), frame);
    let population = |f: &StratumFactors| f.population.filter(|_| is_random);
    let weights = Weights {
        method: survey.design.method,
        calibrated: frame.is_some(),
        strata: factors.iter().map(|(number, f)| (*number, population(f))).collect(),
        population: factors.values().map(population).sum(),
        clusters,
        lonely: survey.design.lonely_psu,
        cells,
        before: made.before,
        last: made.last,
        calibration,
        steps: made.steps,
    };
    Ok((weights, summary, findings))
}

fn stratum_findings(
    survey: &Survey,
    responses: &Responses,
    factors: &BTreeMap<u16, StratumFactors>,
    name: &dyn Fn(u16) -> String,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (stratum, factor) in factors {
        findings.extend(contradiction(&name(*stratum), factor));
        if factor.n == 1 && responses.psu.is_none() && survey.design.method == SelectionMethod::Stratified {
            findings.push(Finding::new(Code::LonelyStratum, Place::subject(name(*stratum))).with("stratum", name(*stratum)));
        }
    }
    findings
}

/// A stratum whose weight column does not follow from the frame.
fn contradiction(name: &str, factor: &StratumFactors) -> Option<Finding> {
    let stratum = BaseStratum {
        name: name.to_owned(),
        n: factor.n,
        sum: factor.column_sum,
        sum_squares: factor.column_squares,
        population: factor.population.filter(|_| factor.has_column())?,
        // Without the number drawn nobody knows whether non-response is in the weights.
        drawn: Some(factor.drawn?),
    };
    let found = contradictions(&[stratum]).pop()?;
    Some(
        Finding::new(Code::WeightsContradictFrame, Place::subject(name))
            .with("stratum", name)
            .with("mean", printed(found.mean_weight, 3))
            .with("expected", printed(found.expected, 3)),
    )
}

/// A name for every cell: stratum, categories, base weight. The digests of the ledger are in the order of these names.
fn cell_names(cells: &WeightCells, responses: &Responses, tally: &Tally, factors: &BTreeMap<u16, StratumFactors>) -> Vec<String> {
    let name = |key: WeightKey| {
        let stratum = responses.strata.names().get(usize::from(key.stratum)).cloned().unwrap_or_default();
        let combination = tally.domain_combinations().get(usize::from(key.domain));
        let categories = responses.domains.iter().zip(combination.into_iter().flatten());
        let category = |(column, number): (&DomainColumn, &u16)| {
            let names = column.categories.names();
            names.get(usize::from(*number)).cloned().unwrap_or_default()
        };
        let column = factors.get(&key.stratum).map_or(1.0, |f| f.column(key.weight_class));
        let parts = std::iter::once(stratum)
            .chain(categories.map(category))
            .chain([format!("{column:?}")]);
        parts.collect::<Vec<_>>().join("·")
    };
    cells.keys().map(name).collect()
}

/// The steps of a wave.
struct Chain<'a> {
    calibration: Option<&'a Calibration>,
    frame: Option<&'a Margin>,
    names: Vec<String>,
    /// Non-response factor of a cell by its class; `None` where the strata are the classes.
    of_class: &'a dyn Fn(WeightKey) -> Option<f64>,
}

/// What the steps made.
#[derive(Default)]
struct Made {
    before: Vec<f64>,
    last: Vec<f64>,
    steps: CalibrationSteps,
    ledger: Vec<WeightStep>,
}

impl Chain<'_> {
    fn run(&self, cells: &WeightCells, factors: &BTreeMap<u16, StratumFactors>) -> Result<Made, WeightError> {
        if cells.counts().is_empty() {
            return Ok(Made::default());
        }
        let weights = |of: &dyn Fn(WeightKey, &StratumFactors) -> f64| {
            let of_key = |key: WeightKey| factors.get(&key.stratum).map_or(1.0, |f| f.column(key.weight_class) * of(key, f));
            CellWeights::new(cells.counts().to_vec(), cells.keys().map(of_key).collect())
        };
        let answering = |key: WeightKey, f: &StratumFactors| (self.of_class)(key).unwrap_or(f.nonresponse);
        let base = weights(&|_, f| f.base)?;
        let nonresponse = weights(&|key, f| f.base * answering(key, f))?;
        let post = weights(&|key, f| f.base * answering(key, f) * f.poststratification)?;
        let mut ledger = Ledger::new(self.names.clone());
        for (step, weights) in [("base", &base), ("nonresponse", &nonresponse), ("poststratification", &post)] {
            ledger.record(step, weights, self.miss(weights), None);
        }
        let mut steps = CalibrationSteps::new(&post);
        if let Some(frame) = self.frame {
            steps.poststratified(frame, &nonresponse, &post);
        }
        let last = match self.calibration {
            Some(calibration) => calibration.run(&post, &mut ledger, &mut steps)?,
            None => post.clone(),
        };
        Ok(Made {
            before: post.weights().to_vec(),
            last: last.weights().to_vec(),
            steps,
            ledger: ledger.finish(),
        })
    }

    /// The largest miss of the margins, or of the frame's strata where there are no margins.
    fn miss(&self, cells: &CellWeights) -> Option<margin::LargestError> {
        let margins = self.calibration.map(Calibration::margins).filter(|m| !m.is_empty());
        let margins = margins.or_else(|| self.frame.map(std::slice::from_ref))?;
        Some(largest_error(margins, cells.counts(), cells.weights()))
    }
}
