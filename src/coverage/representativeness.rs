//! Does the sample stand for the customers: balance before and after weighting, and whether response depends on what is known.

use super::balance::{CategorySums, VariableBalance, categorical_balance};
use super::cases::Cases;
use super::frame::Dispositions;
use super::population_r::{PopulationReading, population_reading};
use super::r_indicator::{Link, PropensityError, RIndicator, RVerdict, ResponseSample, Unit, r_indicator};
use super::{Coverage, StratumCoverage};
use crate::survey::Survey;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The R-indicator with what it is held against.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RReading {
    /// The indicator.
    pub indicator: RIndicator,
    /// Wanted value.
    pub wanted: f64,
    /// What the interval says.
    pub verdict: RVerdict,
}

/// Why there is no R-indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoIndicator {
    /// Nobody was drawn at random, so that nobody had a chance to respond or not.
    NotProbability,
    /// The numbers drawn are not known by stratum.
    NoDraw,
    /// There is one stratum and no property.
    NothingKnown,
    /// Everybody or nobody responded.
    NothingVaries,
    /// As many parameters as cases.
    TooFewCases,
}

/// Representativeness of one wave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Representativeness {
    /// The R-indicator of response in the sample drawn.
    pub r_indicator: Option<RReading>,
    /// Why there is none.
    pub no_indicator: Option<NoIndicator>,
    /// The R-indicator from the customers of each stratum alone, as a second look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population_r: Option<PopulationReading>,
    /// Each strata column: respondents against customers, before and after weighting.
    pub balance: Vec<VariableBalance>,
}

/// Representativeness from the counts of a wave and the final weights of its strata, by name (Σ of the weights of a stratum).
#[must_use]
pub fn representativeness(
    survey: &Survey,
    coverage: &Coverage,
    dispositions: Option<&Dispositions>,
    cases: Option<&Cases>,
    weighted: &BTreeMap<String, f64>,
) -> Representativeness {
    let found = indicator(survey, coverage, dispositions, cases);
    let wanted = survey.design.r_indicator_min;
    Representativeness {
        no_indicator: found.as_ref().err().copied(),
        population_r: population_reading(coverage, &responded(coverage, dispositions), survey.design.level, wanted),
        r_indicator: found.ok().map(|indicator| RReading {
            verdict: indicator.verdict(wanted),
            indicator,
            wanted,
        }),
        balance: balance(survey, coverage, weighted),
    }
}

/// Respondents of each stratum: persons with an interview where dispositions are by stratum, interviews that count otherwise.
fn responded(coverage: &Coverage, dispositions: Option<&Dispositions>) -> Vec<u64> {
    let by_stratum = dispositions.filter(|d| d.strata.len() > 1);
    let of = |s: &StratumCoverage| {
        let counts = by_stratum.and_then(|d| d.strata.get(&s.stratum));
        counts.map_or(s.n, |c| c.complete + c.partial)
    };
    coverage.strata.iter().map(of).collect()
}

/// The value of each strata column in the name of a stratum; the whole name where a value itself holds the separator.
fn parts(name: &str, columns: usize) -> Vec<&str> {
    let parts: Vec<&str> = name.split('·').collect();
    if parts.len() == columns { parts } else { vec![name] }
}

/// Names of the variables that strata are made of.
fn variables(survey: &Survey, coverage: &Coverage) -> Vec<String> {
    let columns = &survey.columns.strata;
    let splits = coverage.strata.iter().all(|s| s.stratum.split('·').count() == columns.len());
    if splits { columns.clone() } else { vec![columns.join("·")] }
}

fn indicator(
    survey: &Survey,
    coverage: &Coverage,
    dispositions: Option<&Dispositions>,
    cases: Option<&Cases>,
) -> Result<RIndicator, NoIndicator> {
    if !coverage.probability_sample {
        return Err(NoIndicator::NotProbability);
    }
    let columns = survey.columns.strata.len();
    let mut names = variables(survey, coverage);
    let of_strata = names.len();
    names.extend(cases.iter().flat_map(|_| survey.cases.properties.iter().cloned()));
    let weight = |s: &StratumCoverage| Some(s.population? as f64 / s.drawn.filter(|d| *d > 0)? as f64);
    // Rows: values, stratum, weight, drawn less those not eligible, responded.
    let mut rows: Vec<(Vec<&str>, &str, f64, u64, u64)> = Vec::new();
    for stratum in &coverage.strata {
        let weight = weight(stratum).ok_or(NoIndicator::NoDraw)?;
        let own = if of_strata == columns {
            parts(&stratum.stratum, columns)
        } else {
            vec![stratum.stratum.as_str()]
        };
        if let Some(cases) = cases {
            let groups = cases.groups.iter().filter(|((name, _), _)| *name == stratum.stratum);
            for ((_, properties), (sampled, responded)) in groups {
                let values = own.iter().copied().chain(properties.iter().map(String::as_str)).collect();
                rows.push((values, &stratum.stratum, weight, *sampled, *responded));
            }
            continue;
        }
        let counts = dispositions
            .filter(|d| d.strata.len() > 1)
            .and_then(|d| d.strata.get(&stratum.stratum));
        let drawn = stratum.drawn.unwrap_or(0);
        let sampled = drawn - counts.map_or(0, |c| c.not_eligible).min(drawn);
        let responded = counts.map_or(stratum.n, |c| c.complete + c.partial).min(sampled);
        rows.push((own, &stratum.stratum, weight, sampled, responded));
    }
    if names.is_empty() || coverage.strata.len() < 2 && cases.is_none_or(|_| survey.cases.properties.is_empty()) {
        return Err(NoIndicator::NothingKnown);
    }
    let units = rows
        .iter()
        .filter(|r| r.3 > 0)
        .map(|(values, stratum, weight, sampled, responded)| Unit {
            values,
            stratum,
            weight: *weight,
            sampled: *sampled,
            responded: *responded,
        });
    let borrowed: Vec<&str> = names.iter().map(String::as_str).collect();
    let sample = ResponseSample::collect(&borrowed, units).ok_or(NoIndicator::NoDraw)?;
    let reason = |error: PropensityError| match error {
        PropensityError::TooManyParameters { .. } => NoIndicator::TooFewCases,
        PropensityError::NothingVaries | PropensityError::Separated => NoIndicator::NothingVaries,
    };
    match r_indicator(&sample, Link::Logit, survey.design.level) {
        // Where a category responded wholly or not at all the logit is infinite; the linear propensity is not.
        Err(PropensityError::Separated) => r_indicator(&sample, Link::Identity, survey.design.level).map_err(reason),
        other => other.map_err(reason),
    }
}

fn balance(survey: &Survey, coverage: &Coverage, weighted: &BTreeMap<String, f64>) -> Vec<VariableBalance> {
    if coverage.population.is_none() || coverage.strata.len() < 2 {
        return Vec::new();
    }
    let columns = survey.columns.strata.len();
    let names = variables(survey, coverage);
    let one = |(at, name): (usize, &String)| {
        let mut categories: BTreeMap<String, CategorySums> = BTreeMap::new();
        for stratum in &coverage.strata {
            let value = if names.len() == columns {
                parts(&stratum.stratum, columns).get(at).copied()?
            } else {
                stratum.stratum.as_str()
            };
            let sums = categories.entry(value.to_owned()).or_default();
            sums.target += stratum.population?;
            sums.before += stratum.n as f64;
            sums.after += weighted.get(&stratum.stratum).copied().unwrap_or(0.0);
        }
        categorical_balance(name, &categories)
    };
    names.iter().enumerate().filter_map(one).collect()
}
