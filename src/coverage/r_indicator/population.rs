//! Population-based R-indicators: where nothing is known of those who did not respond but the totals of the population.
//!
//! Linear propensities `ρ_i = x_i'M⁻¹ Σ_r d_k x_k`, where M estimates `Σ_U x x'`. Type 1 knows the cross table of the properties,
//! type 2 only each property by itself, and takes the covariance from those who responded, around the means of the population.
//! Source: Bianchi, Shlomo, Schouten, Da Silva and Skinner (2019), Estimation of response propensities and indicators of
//! representative response using population-level information, Survey Methodology 45(2), 217–247.
//! The bias is not taken off: the propensities vary less than those of the sample-based indicator in one respect (no model
//! of the drawn) and more in another (linear; they may leave 0 to 1), so the two must not be compared with each other.

use super::sample::{ResponseCell, ResponseSample, design_rows};
use super::total;
use nalgebra::{DMatrix, DVector};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is known of the population.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Knowledge {
    /// How many have each combination of properties (type 1).
    CrossTable,
    /// How many have each property, one by one (type 2).
    Margins,
}

/// The population-based R-indicator.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PopulationR {
    /// What was known.
    pub knowledge: Knowledge,
    /// `Σ_r d/N`: the weighted response rate.
    pub mean_propensity: f64,
    /// `S²` from the sum of the propensities of the respondents: `N/(N−1)·(Σ_r d ρ/N − ρ̄²)`.
    pub variance_a: f64,
    /// `S²` with each respondent standing for `1/ρ`: `Σ_r (d/ρ)(ρ − ρ̄)²/(N−1)`; undefined when a propensity is not positive.
    pub variance_b: Option<f64>,
    /// `1 − 2√variance_a`; undefined when the variance is negative.
    pub r_a: Option<f64>,
    /// `1 − 2√variance_b`.
    pub r_b: Option<f64>,
    /// Smallest propensity of a respondent.
    pub smallest: f64,
    /// Largest propensity of a respondent.
    pub largest: f64,
    /// Standard error of `r_a` by leaving out one unit drawn at a time within strata, with finite population correction.
    pub standard_error_a: Option<f64>,
    /// The same of `r_b`.
    pub standard_error_b: Option<f64>,
}

/// Population-based R-indicator of the respondents of a sample. `population` holds how many have each combination of categories,
/// coded as in the sample; for [`Knowledge::Margins`] only its margins are used.
///
/// `None` when a combination does not fit the sample's variables or the moments cannot be inverted.
#[must_use]
pub fn population_based(sample: &ResponseSample, population: &[(Vec<usize>, u64)], knowledge: Knowledge) -> Option<PopulationR> {
    let fits = |codes: &[usize]| {
        let pairs = codes.iter().zip(&sample.variables);
        codes.len() == sample.variables.len() && pairs.into_iter().all(|(code, v)| *code < v.categories.len())
    };
    if !population.iter().all(|(codes, _)| fits(codes)) {
        return None;
    }
    let rows = design_rows(&sample.variables, population.iter().map(|(codes, _)| codes.as_slice()));
    let counts: Vec<f64> = population.iter().map(|(_, count)| *count as f64).collect();
    let moments = Moments {
        size: counts.iter().sum(),
        totals: DVector::from_iterator(
            rows.ncols(),
            rows.column_iter().map(|c| total(c.iter().zip(&counts).map(|(x, n)| x * n))),
        ),
        cross: cross(&rows, &counts),
        x: sample.design_matrix(),
        knowledge,
    };
    let weights: Vec<f64> = sample.cells.iter().map(|c| c.weight * c.responded as f64).collect();
    let whole = moments.estimate(&weights)?;
    let (standard_error_a, standard_error_b) = standard_errors(&sample.cells, &moments);
    Some(PopulationR {
        standard_error_a,
        standard_error_b,
        ..whole
    })
}

fn cross(rows: &DMatrix<f64>, weights: &[f64]) -> DMatrix<f64> {
    let mut weighted = rows.clone();
    for (mut row, w) in weighted.row_iter_mut().zip(weights) {
        row *= *w;
    }
    rows.transpose() * weighted
}

/// What the population gives, and the design rows of the cells of the sample.
struct Moments {
    size: f64,
    totals: DVector<f64>,
    cross: DMatrix<f64>,
    x: DMatrix<f64>,
    knowledge: Knowledge,
}

impl Moments {
    /// The indicator with these weighted numbers of respondents by cell; no standard errors.
    fn estimate(&self, weights: &[f64]) -> Option<PopulationR> {
        let n = self.size;
        let responding = total(weights.iter().copied());
        let m = match self.knowledge {
            Knowledge::CrossTable => self.cross.clone(),
            Knowledge::Margins => {
                let mean = &self.totals / n;
                let mut centred = self.x.clone();
                for mut row in centred.row_iter_mut() {
                    row -= mean.transpose();
                }
                cross(&centred, weights) * (n / responding) + &mean * mean.transpose() * n
            }
        };
        let sum = self.x.transpose() * DVector::from_column_slice(weights);
        let propensity = &self.x * m.cholesky()?.solve(&sum);
        let respondents = || weights.iter().zip(propensity.iter()).filter(|(w, _)| **w > 0.0);
        let mean = responding / n;
        let variance_a = n / (n - 1.0) * (total(respondents().map(|(w, p)| w * p)) / n - mean * mean);
        let smallest = respondents().map(|(_, p)| *p).fold(f64::INFINITY, f64::min);
        let squares = || total(respondents().map(|(w, p)| w / p * (p - mean) * (p - mean)));
        let variance_b = (smallest > 0.0).then(|| squares() / (n - 1.0));
        let indicator = |variance: f64| (variance >= 0.0).then(|| 1.0 - 2.0 * variance.sqrt());
        Some(PopulationR {
            knowledge: self.knowledge,
            mean_propensity: mean,
            variance_a,
            variance_b,
            r_a: indicator(variance_a),
            r_b: variance_b.and_then(indicator),
            smallest,
            largest: respondents().map(|(_, p)| *p).fold(f64::NEG_INFINITY, f64::max),
            standard_error_a: None,
            standard_error_b: None,
        })
    }
}

/// One replicate: its multiplicity and both indicators.
type Replicate = (f64, Option<f64>, Option<f64>);

fn standard_errors(cells: &[ResponseCell], moments: &Moments) -> (Option<f64>, Option<f64>) {
    let mut strata: BTreeMap<usize, (u64, f64)> = BTreeMap::new();
    for cell in cells {
        let sums = strata.entry(cell.stratum).or_default();
        sums.0 += cell.sampled;
        sums.1 += cell.weight * cell.sampled as f64;
    }
    let (mut a, mut b) = (Some(0.0), Some(0.0));
    for (stratum, (n, population)) in &strata {
        if *n < 2 {
            return (None, None);
        }
        let factor = *n as f64 / (*n as f64 - 1.0);
        let replicates: Vec<Replicate> = leave_one_out(cells, *stratum, factor, moments);
        let weight = (1.0 - *n as f64 / population).max(0.0) / factor;
        a = a.and_then(|sum| Some(sum + weight * squares_about_mean(&replicates, |r| r.1)?));
        b = b.and_then(|sum| Some(sum + weight * squares_about_mean(&replicates, |r| r.2)?));
    }
    (a.map(f64::sqrt), b.map(f64::sqrt))
}

/// Units alike give the same replicate, so that each cell needs two: one without a respondent, one without a non-respondent.
fn leave_one_out(cells: &[ResponseCell], stratum: usize, factor: f64, moments: &Moments) -> Vec<Replicate> {
    let base: Vec<f64> = cells
        .iter()
        .map(|c| c.weight * c.responded as f64 * if c.stratum == stratum { factor } else { 1.0 })
        .collect();
    let replicate = |times: u64, weights: &[f64]| {
        let estimate = moments.estimate(weights);
        (times as f64, estimate.and_then(|e| e.r_a), estimate.and_then(|e| e.r_b))
    };
    let inside = || cells.iter().enumerate().filter(|(_, c)| c.stratum == stratum);
    let silent: u64 = inside().map(|(_, c)| c.sampled - c.responded).sum();
    let mut replicates = Vec::new();
    if silent > 0 {
        replicates.push(replicate(silent, &base));
    }
    for (at, cell) in inside().filter(|(_, c)| c.responded > 0) {
        let mut weights = base.clone();
        if let Some(weight) = weights.get_mut(at) {
            *weight = cell.weight * (cell.responded - 1) as f64 * factor;
        }
        replicates.push(replicate(cell.responded, &weights));
    }
    replicates
}

fn squares_about_mean(replicates: &[Replicate], value: impl Fn(&Replicate) -> Option<f64>) -> Option<f64> {
    let values: Vec<(f64, f64)> = replicates.iter().map(|r| Some((r.0, value(r)?))).collect::<Option<_>>()?;
    let times = total(values.iter().map(|(n, _)| *n));
    let mean = total(values.iter().map(|(n, v)| n * v)) / times;
    Some(total(values.iter().map(|(n, v)| n * (v - mean) * (v - mean))))
}
