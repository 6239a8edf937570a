//! What weighting did, as the assessment and the report have it.

use super::Made;
use super::calibration::{Calibration, WeightCells};
use super::classes::{ClassFactor, ResponseClasses};
use super::distribution::{WeightBin, distribution};
use super::ledger::WeightStep;
use super::margin::Margin;
use super::strata::StratumFactors;
use crate::coverage::frame::Frame;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// Mean factor of margins and trimming; absent where there are none.
    #[serde(default)]
    pub calibration: Option<f64>,
    /// Mean final weight: the product.
    pub final_weight: f64,
}

/// One category of a margin before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CategoryWeight {
    /// Column of the margin.
    pub margin: String,
    /// Category.
    pub category: String,
    /// Respondents that count.
    pub n: u64,
    /// Share of the population.
    pub target_share: f64,
    /// Weighted share before calibration.
    pub before_share: f64,
    /// Weighted share with the final weights.
    pub after_share: f64,
}

/// What weighting did, for the report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WeightSummary {
    /// Where base weights come from: column, drawn, equal.
    pub base_source: String,
    /// True when weights were brought to the frame's counts.
    pub poststratified: bool,
    /// The ledger: steps, in order.
    pub steps: Vec<WeightStep>,
    /// Factors by stratum.
    pub strata: Vec<StratumWeight>,
    /// Effective number of respondents with the final weights.
    pub n_effective: Option<f64>,
    /// Kish effect of the final weights.
    pub kish_effect: Option<f64>,
    /// Categories of the margins; empty where there are none.
    #[serde(default)]
    pub margins: Vec<CategoryWeight>,
    /// Respondents by relative final weight; empty where all weights are the same.
    #[serde(default)]
    pub distribution: Vec<WeightBin>,
    /// Classes of non-response; empty where the strata are the classes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<ClassFactor>,
}

/// What a summary is made from.
pub(super) struct Parts<'a> {
    pub(super) made: &'a Made,
    pub(super) cells: &'a WeightCells,
    pub(super) factors: &'a BTreeMap<u16, StratumFactors>,
    pub(super) calibration: Option<&'a Calibration>,
    pub(super) classes: Option<&'a ResponseClasses>,
}

impl Parts<'_> {
    pub(super) fn summary(&self, name: &dyn Fn(u16) -> String, has_column: bool, frame: Option<&Frame>) -> WeightSummary {
        let drawn = frame.is_some_and(|f| f.strata.values().all(|s| s.drawn.is_some()));
        let source = match (has_column, drawn) {
            (true, _) => "column",
            (false, true) => "drawn",
            (false, false) => "equal",
        };
        let rows = self.factors.iter().map(|(number, f)| self.stratum(name(*number), *number, f));
        let mut strata: Vec<StratumWeight> = rows.collect();
        strata.sort_by(|a, b| a.stratum.cmp(&b.stratum));
        let last = self.made.ledger.last();
        let margins = self.calibration.map(Calibration::margins).unwrap_or_default();
        WeightSummary {
            base_source: source.to_owned(),
            poststratified: frame.is_some(),
            n_effective: last.and_then(|s| s.n_effective),
            kish_effect: last.and_then(|s| s.kish_effect),
            strata,
            steps: self.made.ledger.clone(),
            classes: self.classes.map(|c| c.rows.clone()).unwrap_or_default(),
            margins: margins.iter().flat_map(|margin| self.margin(margin)).collect(),
            distribution: distribution(self.cells.counts(), &self.made.last),
        }
    }

    fn stratum(&self, name: String, number: u16, factors: &StratumFactors) -> StratumWeight {
        let n = factors.n as f64;
        let base = factors.column_sum / n * factors.base;
        let product = base * factors.nonresponse * factors.poststratification;
        let of_stratum = self.cells.keys().zip(self.cells.counts()).zip(&self.made.last);
        let of_stratum = of_stratum.filter(|((key, _), _)| key.stratum == number);
        let mean = of_stratum.map(|((_, n), w)| *n as f64 * w).sum::<f64>() / n;
        StratumWeight {
            stratum: name,
            n: factors.n,
            base,
            nonresponse: factors.nonresponse,
            poststratification: factors.poststratification,
            calibration: self.calibration.map(|_| mean / product),
            final_weight: if self.calibration.is_some() { mean } else { product },
        }
    }

    fn margin(&self, margin: &Margin) -> Vec<CategoryWeight> {
        let weighted = |weights: &[f64]| margin.weighted(self.cells.counts(), weights);
        let shares = |weights: &[f64]| -> Vec<f64> {
            let sums = weighted(weights);
            let total: f64 = sums.iter().sum();
            sums.iter().map(|s| s / total).collect()
        };
        let counts = weighted(&vec![1.0; self.cells.counts().len()]);
        let shares = shares(&self.made.before).into_iter().zip(shares(&self.made.last));
        let categories = margin.categories.iter().zip(counts).zip(shares);
        categories
            .filter(|((category, n), _)| category.target > 0.0 || *n > 0.0)
            .map(|((category, n), (before_share, after_share))| CategoryWeight {
                margin: margin.name.clone(),
                category: category.name.clone(),
                n: n as u64,
                target_share: category.target / margin.population(),
                before_share,
                after_share,
            })
            .collect()
    }
}
