//! What the sample design does to the standard errors, and the two routes to them side by side.
//!
//! Where a score is a fixed combination of item means, its standard error is known by linearisation and by jackknife. They
//! estimate the same variance; a clear difference says that one of them does not fit the data (few clusters, a lonely
//! stratum, weights that vary much).

use super::estimate::VarianceMethod;
use super::linear::LinearEstimate;
use super::replicates::Jackknife;
use crate::design::LonelyPsuPolicy;
use crate::finding::{Code, Finding, Place};
use crate::round::printed;
use crate::survey::{SelectionMethod, Survey};
use crate::tally::{Grouping, Tally};
use crate::weight::Weights;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the finite population correction counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FinitePopulation {
    /// No correction: a size is unknown, or the sample is not a random one.
    None,
    /// Respondents of customers.
    Respondents,
    /// Clusters with respondents of clusters in the frame.
    Clusters,
    /// Clusters in the list, and respondents of the customers of each cluster.
    BothStages,
}

/// A standard error by both routes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VarianceRoutes {
    /// Dimension, or `index`.
    pub subject: String,
    /// Standard error by Taylor linearisation.
    pub taylor: f64,
    /// Standard error by jackknife.
    pub jackknife: f64,
    /// Jackknife less Taylor, as a share of Taylor; absent when that is 0.
    pub difference: Option<f64>,
    /// Variance by linearisation over that of a simple random sample with replacement of as many respondents (deff).
    pub design_effect: Option<f64>,
}

/// The design behind the standard errors of a wave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DesignFacts {
    /// Strata that units were drawn within; 1 where strata were not drawn.
    pub strata: u64,
    /// Clusters with respondents; absent where respondents were drawn.
    pub clusters: Option<u64>,
    /// Respondents.
    pub respondents: u64,
    /// Degrees of freedom: clusters (else respondents) minus strata.
    pub df: u64,
    /// Finite population correction.
    pub finite_population: FinitePopulation,
    /// What is done with strata of a single unit.
    pub lonely_policy: LonelyPsuPolicy,
    /// Such strata.
    pub lonely_strata: u64,
    /// The jackknife that stands beside linearisation.
    pub jackknife: VarianceMethod,
    /// Random groups that respondents or clusters were dealt into; absent where each is left out by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub random_groups: Option<u64>,
    /// Its replicates: the groups that somebody was dealt into. With random groups they, less one, are the most degrees of freedom that its errors have.
    pub replicates: u64,
    /// Differences between the routes above this share are told. With random groups it is at least `3/√(2(G − 1))`, three
    /// standard errors of a jackknife standard error of G groups.
    pub told_above: f64,
    /// Scores that have both routes.
    pub routes: Vec<VarianceRoutes>,
}

/// A score with a closed form: its name, its place among the replicated numbers, and the closed form.
pub(super) type ClosedForm = (String, usize, Option<LinearEstimate>);

/// What is to be said of the design of a wave; `variance` holds the jackknife variances by place.
pub(super) fn design_facts(
    survey: &Survey,
    wave: &str,
    (tally, weights): (&Tally, &Weights),
    jackknife: &Jackknife<'_>,
    closed: &[ClosedForm],
    variance: &[Option<f64>],
) -> (DesignFacts, Vec<Finding>) {
    let by_stratum = survey.design.method == SelectionMethod::Stratified;
    let mut units: BTreeMap<u16, u64> = BTreeMap::new();
    for (key, cell) in tally.cells() {
        *units.entry(if by_stratum { key.stratum } else { 0 }).or_default() += cell.case_count();
    }
    if let Some(clusters) = &weights.clusters {
        units.clone_from(&clusters.sampled);
    }
    let told_above = told_above(survey.design.variance_routes_differ, tally);
    let (routes, findings) = routes(wave, told_above, closed, variance);
    let facts = DesignFacts {
        strata: units.len() as u64,
        clusters: weights.clusters.as_ref().map(crate::weight::clusters::Clusters::sampled_total),
        respondents: tally.case_count(),
        df: units.values().sum::<u64>().saturating_sub(units.len() as u64),
        finite_population: finite_population(weights, &units),
        lonely_policy: weights.lonely,
        lonely_strata: units.values().filter(|units| **units == 1).count() as u64,
        jackknife: jackknife.method(),
        random_groups: matches!(tally.grouping(), Grouping::RandomCases | Grouping::RandomPsus).then(|| u64::from(tally.group_count())),
        replicates: jackknife.replicate_count(),
        told_above,
        routes,
    };
    (facts, findings)
}

fn finite_population(weights: &Weights, units: &BTreeMap<u16, u64>) -> FinitePopulation {
    let known = |stratum: &u16| match &weights.clusters {
        Some(clusters) => clusters.population.contains_key(stratum),
        None if weights.method == SelectionMethod::Stratified => weights.fpc_population(*stratum).is_some(),
        None => weights.fpc_population_total().is_some(),
    };
    match (units.keys().all(known), weights.clusters.is_some()) {
        (false, _) => FinitePopulation::None,
        (true, true) if weights.clusters.as_ref().is_some_and(|c| !c.units.is_empty()) => FinitePopulation::BothStages,
        (true, true) => FinitePopulation::Clusters,
        (true, false) => FinitePopulation::Respondents,
    }
}

fn told_above(wanted: f64, tally: &Tally) -> f64 {
    match tally.grouping() {
        Grouping::Case | Grouping::Psu => wanted,
        Grouping::RandomCases | Grouping::RandomPsus => {
            let df = f64::from(tally.group_count().max(2)) - 1.0;
            wanted.max(3.0 / (2.0 * df).sqrt())
        }
    }
}

fn routes(wave: &str, told_above: f64, closed: &[ClosedForm], variance: &[Option<f64>]) -> (Vec<VarianceRoutes>, Vec<Finding>) {
    let both = |(subject, position, linear): &ClosedForm| {
        let linear = linear.as_ref()?;
        let (taylor, jackknife) = (linear.variance?.sqrt(), variance.get(*position).copied().flatten()?.sqrt());
        Some(VarianceRoutes {
            subject: subject.clone(),
            taylor,
            jackknife,
            difference: (taylor > 0.0).then(|| jackknife / taylor - 1.0),
            design_effect: linear.design_effect(),
        })
    };
    let routes: Vec<VarianceRoutes> = closed.iter().filter_map(both).collect();
    let differ = |r: &&VarianceRoutes| r.difference.map_or(r.jackknife > 0.0, |d| d.abs() > told_above);
    let findings = routes.iter().filter(differ).map(|r| {
        Finding::new(Code::VarianceRoutesDiffer, Place::subject(wave))
            .with("subject", &r.subject)
            .with("taylor", printed(r.taylor, 2))
            .with("jackknife", printed(r.jackknife, 2))
            .with("percent", printed(told_above * 100.0, 0))
    });
    let findings = findings.collect();
    (routes, findings)
}
