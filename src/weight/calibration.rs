//! The calibration of a wave: the steps after base, non-response and strata, in the form that can be repeated in every replicate.

use super::calibrate::{Auxiliary, CalibrateOptions, Distance, calibrate};
use super::cells::CellWeights;
use super::error::WeightError;
use super::ledger::{Iteration, Ledger};
use super::margin::{Category, Margin, largest_error};
use super::rake::{RakeOptions, RakeStop, rake};
use super::residuals::CalibrationSteps;
use super::targets::Targets;
use super::trim::trim;
use crate::finding::{Code, Finding};
use crate::round::printed;
use crate::survey::weighting::{CalibrationMethod, WeightingSpec};
use crate::tally::{CellKey, Tally};
use std::collections::BTreeMap;

/// What the cases that share one weight have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct WeightKey {
    /// Number of the stratum.
    pub stratum: u16,
    /// Number of the base weight.
    pub weight_class: u16,
    /// Number of the combination of categories.
    pub domain: u16,
}

impl From<CellKey> for WeightKey {
    fn from(key: CellKey) -> Self {
        Self {
            stratum: key.stratum,
            weight_class: key.weight_class,
            domain: key.domain,
        }
    }
}

/// The cells of a tally that can have weights of their own, in the order of their keys.
#[derive(Debug, Clone)]
pub struct WeightCells {
    numbers: BTreeMap<WeightKey, usize>,
    counts: Vec<u64>,
}

impl WeightCells {
    /// The cells of a tally.
    #[must_use]
    pub fn of(tally: &Tally) -> Self {
        let mut counts: BTreeMap<WeightKey, u64> = BTreeMap::new();
        for (key, cell) in tally.cells() {
            *counts.entry(WeightKey::from(*key)).or_default() += cell.case_count();
        }
        Self {
            numbers: counts.keys().copied().zip(0..).collect(),
            counts: counts.into_values().collect(),
        }
    }

    /// Position of the cell of a key.
    #[must_use]
    pub fn number(&self, key: CellKey) -> Option<usize> {
        self.numbers.get(&WeightKey::from(key)).copied()
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = WeightKey> + '_ {
        self.numbers.keys().copied()
    }

    /// Cases by cell.
    #[must_use]
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }
}

/// Margins and choices, for the weight cells of one tally.
#[derive(Debug, Clone)]
pub struct Calibration {
    spec: WeightingSpec,
    margins: Vec<Margin>,
}

impl Calibration {
    /// The plan for the cells of a tally; `None` where the definition asks for nothing.
    #[must_use]
    pub fn new(spec: Option<&WeightingSpec>, targets: &Targets, tally: &Tally, cells: &WeightCells) -> Option<Self> {
        let category_of = |key: WeightKey, column: usize| {
            let combination = tally.domain_combinations().get(usize::from(key.domain));
            combination.and_then(|c| c.get(column)).map_or(0, |c| usize::from(*c))
        };
        let margins = targets.margins.iter().map(|margin| Margin {
            name: margin.name.clone(),
            categories: margin.categories.clone(),
            of_cell: cells.keys().map(|key| category_of(key, margin.column)).collect(),
        });
        Some(Self {
            spec: spec?.clone(),
            margins: margins.collect(),
        })
    }

    /// The margins.
    #[must_use]
    pub fn margins(&self) -> &[Margin] {
        &self.margins
    }

    /// Calibrates and trims, and writes it all down.
    pub fn run(&self, before: &CellWeights, ledger: &mut Ledger, steps: &mut CalibrationSteps) -> Result<CellWeights, WeightError> {
        let mut now = before.clone();
        if !self.margins.is_empty() {
            let (after, iterations) = self.meet(before, self.spec.category_base_min, Some(steps))?;
            let iteration = Iteration {
                iterations,
                tolerance: self.spec.tolerance,
            };
            ledger.record(self.step(), &after, self.miss(&after), Some(iteration));
            now = after;
        }
        if self.spec.trim.is_some() {
            now = self.trimmed(&now)?;
            ledger.record("trim", &now, self.miss(&now), None);
        }
        Ok(now)
    }

    /// The same steps for other counts and weights, as in a replicate.
    pub fn again(&self, before: &CellWeights) -> Result<CellWeights, WeightError> {
        let met = if self.margins.is_empty() {
            before.clone()
        } else {
            self.meet(before, 1, None)?.0
        };
        self.trimmed(&met)
    }

    fn miss(&self, cells: &CellWeights) -> Option<super::margin::LargestError> {
        (!self.margins.is_empty()).then(|| largest_error(&self.margins, cells.counts(), cells.weights()))
    }

    fn step(&self) -> &'static str {
        match self.spec.method {
            CalibrationMethod::Rake => "rake",
            CalibrationMethod::Linear => "linear",
            CalibrationMethod::Logit => "logit",
            CalibrationMethod::BoundedLinear => "bounded-linear",
        }
    }

    fn meet(&self, before: &CellWeights, base_min: u64, steps: Option<&mut CalibrationSteps>) -> Result<(CellWeights, u64), WeightError> {
        let (lower, upper) = self.spec.bounds;
        let distance = match self.spec.method {
            CalibrationMethod::Rake => return self.rake(before, base_min, steps),
            CalibrationMethod::Linear => Distance::Linear,
            CalibrationMethod::Logit => Distance::Logit { lower, upper },
            CalibrationMethod::BoundedLinear => Distance::BoundedLinear { lower, upper },
        };
        super::margin::check_margins(&self.margins, before, base_min)?;
        let auxiliary = Auxiliary::of_margins(&self.margins, before.len());
        let options = CalibrateOptions {
            tolerance: self.spec.tolerance,
            iterations_max: self.spec.iterations_max,
            ..CalibrateOptions::new(distance)
        };
        // Bounds are meant as changes of the weights' proportions: the size of the whole is brought to the population before.
        let population = self.margins.first().map_or(1.0, Margin::population);
        let scale = population / before.sum();
        let scaled = CellWeights::new(before.counts().to_vec(), before.weights().iter().map(|w| w * scale).collect())?;
        let calibrated = calibrate(&scaled, &auxiliary, options)?;
        if let Some(steps) = steps {
            steps.calibrated(&auxiliary, &scaled, &calibrated.cells);
        }
        Ok((calibrated.cells, calibrated.iterations))
    }

    fn rake(&self, before: &CellWeights, base_min: u64, steps: Option<&mut CalibrationSteps>) -> Result<(CellWeights, u64), WeightError> {
        let options = RakeOptions {
            stop: RakeStop::MarginError(self.spec.tolerance),
            iterations_max: self.spec.iterations_max,
            base_min,
        };
        let raked = rake(before, &self.margins, options)?;
        if let Some(steps) = steps {
            steps.raked(&self.margins, before, &raked.after_margin);
        }
        Ok((raked.cells, raked.iterations))
    }

    fn trimmed(&self, cells: &CellWeights) -> Result<CellWeights, WeightError> {
        let Some(bounds) = self.spec.trim else {
            return Ok(cells.clone());
        };
        let mean = cells.sum() / cells.cases() as f64;
        Ok(trim(
            cells,
            bounds.lower.unwrap_or(0.0) * mean,
            bounds.upper * mean,
            bounds.redistribution,
        )?
        .cells)
    }

    /// The error as it is told to the user.
    #[must_use]
    pub fn finding(&self, error: &WeightError) -> Finding {
        let place = self.spec.place.clone();
        match error {
            WeightError::NotConverged {
                iterations,
                at,
                error,
                tolerance,
            } => Finding::new(Code::WeightsNotConverged, place)
                .with("at", at)
                .with("iterations", iterations)
                .with("error", printed(error * 100.0, 4))
                .with("tolerance", format!("{tolerance:e}")),
            WeightError::NegativeWeights { cases, smallest } => Finding::new(Code::WeightsNegative, place)
                .with("n", cases)
                .with("smallest", printed(*smallest, 4)),
            WeightError::TrimImpossible { cases, .. } => Finding::new(Code::TrimImpossible, place).with("n", cases),
            WeightError::CategoryTooSmall {
                margin,
                category,
                cases,
                needed,
                ..
            } => Finding::new(Code::MarginCategoryTooSmall, place)
                .with("column", margin)
                .with("category", category)
                .with("n", cases)
                .with("needed", needed),
            other => Finding::new(Code::WeightsImpossible, place).with("reason", other),
        }
    }
}

/// The margin of strata, for the frame's counts.
#[must_use]
pub fn strata_margin(cells: &WeightCells, frame: &BTreeMap<u16, (String, f64)>) -> Margin {
    let positions: BTreeMap<u16, usize> = frame.keys().copied().zip(0..).collect();
    Margin {
        name: "stratum".to_owned(),
        categories: frame
            .values()
            .map(|(name, target)| Category {
                name: name.clone(),
                target: *target,
            })
            .collect(),
        of_cell: cells.keys().map(|key| positions.get(&key.stratum).copied().unwrap_or(0)).collect(),
    }
}
