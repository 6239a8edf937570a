//! The population-based R-indicator of a wave: what could be said of response if nothing were known of those who did not respond but
//! how many customers each stratum has.
//!
//! The stratum is its one property, so that the model is saturated: the propensity of a stratum is its weighted number of respondents over
//! its customers, and both estimators of the variance of the propensities agree ([`PopulationR`], Bianchi and others 2019, type 1).

use super::Coverage;
use super::r_indicator::population::{Knowledge, PopulationR, population_based};
use super::r_indicator::{RVerdict, ResponseSample, Unit};
use crate::stats::Interval;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The indicator with its interval and what that says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PopulationReading {
    /// The indicator; `r_a` is the estimate.
    pub indicator: PopulationR,
    /// R, at most 1.
    pub r: f64,
    /// Its standard error, by leaving out one unit drawn at a time.
    pub standard_error: Option<f64>,
    /// Normal interval of R at the level of the survey, not cut to 0 and 1.
    pub interval: Option<Interval>,
    /// What the interval says of the wanted value.
    pub verdict: RVerdict,
}

/// The population-based R-indicator of the strata of a wave. `None` without a random sample of at least two strata whose customers and
/// numbers drawn are known, and where the variance comes out negative.
///
/// `responded` gives the number of respondents of a stratum by its place.
#[must_use]
pub fn population_reading(coverage: &Coverage, responded: &[u64], level: f64, wanted: f64) -> Option<PopulationReading> {
    if !coverage.probability_sample || coverage.strata.len() < 2 || responded.len() != coverage.strata.len() {
        return None;
    }
    let known: Option<Vec<(&str, u64, u64)>> = coverage
        .strata
        .iter()
        .map(|s| Some((s.stratum.as_str(), s.population?, s.drawn.filter(|d| *d > 0)?)))
        .collect();
    let known = known?;
    let values: Vec<[&str; 1]> = known.iter().map(|(name, ..)| [*name]).collect();
    let units = known
        .iter()
        .zip(&values)
        .zip(responded)
        .map(|(((name, population, drawn), values), responded)| Unit {
            values,
            stratum: name,
            weight: *population as f64 / *drawn as f64,
            sampled: *drawn,
            responded: *responded.min(drawn),
        });
    let sample = ResponseSample::collect(&["stratum"], units)?;
    let categories = &sample.variables.first()?.categories;
    let code = |name: &str| categories.iter().position(|category| category == name);
    let population: Option<Vec<(Vec<usize>, u64)>> = known.iter().map(|(name, n, _)| Some((vec![code(name)?], *n))).collect();
    let indicator = population_based(&sample, &population?, Knowledge::CrossTable)?;
    let r = indicator.r_a?;
    let standard_error = indicator.standard_error_a;
    let interval = standard_error.and_then(|se| Interval::around(r, se, None, level));
    Some(PopulationReading {
        r,
        standard_error,
        interval,
        verdict: RVerdict::of(interval, wanted),
        indicator,
    })
}
