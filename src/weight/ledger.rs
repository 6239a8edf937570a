//! The ledger: what every weighting step did, so that the way from base to final weights can be followed and repeated.

use super::cells::CellWeights;
use super::margin::LargestError;
use crate::ingest::decode::hexadecimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// One step of the weighting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WeightStep {
    /// base, nonresponse, poststratification, rake, calibrate-linear, calibrate-logit, trim.
    pub step: String,
    /// Σw after the step.
    pub sum: f64,
    /// Smallest weight.
    pub min: f64,
    /// Largest weight.
    pub max: f64,
    /// Coefficient of variation of the weights, sd / mean with divisor n; `None` without cases.
    pub cv: Option<f64>,
    /// Kish effect `n Σw² / (Σw)² = 1 + cv²`.
    pub kish_effect: Option<f64>,
    /// Effective number of respondents `(Σw)² / Σw²`.
    pub n_effective: Option<f64>,
    /// Largest relative miss `|Σw − T| / T` of any target known to the run; `None` when there are no targets.
    #[serde(default)]
    pub margin_error: Option<f64>,
    /// Margin and category with that miss.
    #[serde(default)]
    pub margin_error_at: Option<String>,
    /// Iterations of an iterative step.
    #[serde(default)]
    pub iterations: Option<u64>,
    /// Relative miss at which the iteration stops.
    #[serde(default)]
    pub tolerance: Option<f64>,
    /// SHA-256 of the weights before the step; `None` for the first.
    #[serde(default)]
    pub input_sha256: Option<String>,
    /// SHA-256 of the weights after the step (see [`digest`]).
    #[serde(default)]
    pub output_sha256: String,
}

/// How an iterative step went.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Iteration {
    /// Iterations done.
    pub iterations: u64,
    /// The tolerance it was held to.
    pub tolerance: f64,
}

/// The steps so far.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// Name of each cell: its stratum and categories.
    names: Vec<String>,
    /// The steps.
    steps: Vec<WeightStep>,
}

impl Ledger {
    /// An empty ledger for cells of these names.
    #[must_use]
    pub const fn new(names: Vec<String>) -> Self {
        Self { names, steps: Vec::new() }
    }

    /// Writes down a step; `margin` is the largest miss of the known targets by its weights.
    pub fn record(&mut self, step: &str, cells: &CellWeights, margin: Option<LargestError>, iteration: Option<Iteration>) {
        let kish = cells.kish().finish();
        // A step without cases has no smallest and no largest weight.
        let (min, max) = cells.range().unwrap_or((0.0, 0.0));
        let input_sha256 = self.steps.last().map(|before| before.output_sha256.clone());
        self.steps.push(WeightStep {
            step: step.to_owned(),
            sum: cells.sum(),
            min,
            max,
            cv: kish.map(|k| (k.effect - 1.0).max(0.0).sqrt()),
            kish_effect: kish.map(|k| k.effect),
            n_effective: kish.map(|k| k.effective_size),
            margin_error: margin.as_ref().map(|m| m.relative),
            margin_error_at: margin.map(|m| m.at).filter(|at| !at.is_empty()),
            iterations: iteration.map(|i| i.iterations),
            tolerance: iteration.map(|i| i.tolerance),
            input_sha256,
            output_sha256: digest(&self.names, cells),
        });
    }

    /// The steps, oldest first.
    #[must_use]
    pub fn finish(self) -> Vec<WeightStep> {
        self.steps
    }
}

/// SHA-256 (hexadecimal) of weights in canonical order: one line `name TAB cases TAB weight LF` a cell that holds cases, the weight as
/// the shortest decimal that reads back as the same number, lines in the order of their bytes.
///
/// The order of rows has no influence, so anybody who has the weights can repeat it.
#[must_use]
pub fn digest(names: &[String], cells: &CellWeights) -> String {
    let lines = names.iter().zip(cells.entries()).filter(|(_, (count, _))| *count > 0);
    let mut lines: Vec<String> = lines
        .map(|(name, (count, weight))| format!("{name}\t{count}\t{weight:?}\n"))
        .collect();
    lines.sort_unstable();
    let mut hash = Sha256::new();
    lines.iter().for_each(|line| hash.update(line.as_bytes()));
    hexadecimal(&hash.finalize())
}
