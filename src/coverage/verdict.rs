//! The verdict on each stratum, with the clause that it rests on.
//!
//! In this order: nobody answered; a single one did; fewer than `design.short_below` of the target, and fewer than chance accounts
//! for (exact p, or with clusters Rao–Scott's; Holm, against 1 − level); fewer, within chance; otherwise enough.

use super::size::{self, ProportionPlan};
use super::{StratumCoverage, StratumVerdict};
use crate::clean::Cleaned;
use crate::ingest::Responses;
use crate::stats::CompensatedSum;
use crate::survey::Survey;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a verdict rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictClause {
    /// The target is reached.
    TargetReached,
    /// Below the stated share of the target; chance alone may account for it.
    BelowTarget,
    /// Below the stated share of the target, by more than chance accounts for.
    BeyondChance,
    /// One interview: no variance can be told from it.
    SingleInterview,
    /// Customers in the frame, no interview.
    NoInterview,
    /// There is no frame to hold it against.
    NoFrame,
}

/// Fills in what the strata are judged by, and the verdicts.
pub(super) fn judge(survey: &Survey, responses: &Responses, cleaned: &Cleaned, p_holm: &[Option<f64>], strata: &mut [StratumCoverage]) {
    let effective = effective_sizes(responses, cleaned);
    for (at, stratum) in strata.iter_mut().enumerate() {
        stratum.p_holm = p_holm.get(at).copied().flatten();
        stratum.n_effective = effective.get(&stratum.stratum).copied();
        stratum.margin = survey.design.method.is_probability().then(|| margin(survey, stratum)).flatten();
        stratum.clause = clause(survey, stratum);
        stratum.verdict = match stratum.clause {
            VerdictClause::TargetReached => StratumVerdict::Pass,
            VerdictClause::BelowTarget => StratumVerdict::Short,
            VerdictClause::BeyondChance | VerdictClause::SingleInterview => StratumVerdict::Fail,
            VerdictClause::NoInterview => StratumVerdict::Empty,
            VerdictClause::NoFrame => StratumVerdict::NotJudged,
        };
    }
}

fn clause(survey: &Survey, stratum: &StratumCoverage) -> VerdictClause {
    let Some(population) = stratum.population else {
        return VerdictClause::NoFrame;
    };
    let short = stratum.achieved.is_some_and(|share| share < survey.design.short_below);
    let beyond = stratum.p_holm.is_some_and(|p| p < 1.0 - survey.design.level);
    match stratum.n {
        0 if population > 0 => VerdictClause::NoInterview,
        1 if population > 1 => VerdictClause::SingleInterview,
        _ if short && beyond => VerdictClause::BeyondChance,
        _ if short => VerdictClause::BelowTarget,
        _ => VerdictClause::TargetReached,
    }
}

/// Margin of a share of one half within the stratum, as a simple random sample of its customers.
fn margin(survey: &Survey, stratum: &StratumCoverage) -> Option<f64> {
    let plan = ProportionPlan {
        margin_share: survey.design.margin,
        level: survey.design.level,
        proportion: 0.5,
        design_effect: stratum.n_effective.map_or(1.0, |n| (stratum.n as f64 / n).max(1.0)),
        response_share: 1.0,
        population: stratum.population,
    };
    size::margin_from_interviews(&plan, stratum.n).ok()
}

/// `(Σw)²/Σw²` of the interviews that count, by stratum; without a weight column that is their number.
fn effective_sizes(responses: &Responses, cleaned: &Cleaned) -> BTreeMap<String, f64> {
    let mut sums: BTreeMap<u16, (CompensatedSum, CompensatedSum)> = BTreeMap::new();
    for ((row, stratum), kept) in responses.stratum.iter().enumerate().zip(&cleaned.kept) {
        if !kept {
            continue;
        }
        let class = |(values, classes): &(Vec<f64>, Vec<u16>)| values.get(usize::from(*classes.get(row)?)).copied();
        let weight = responses.weight.as_ref().and_then(class).unwrap_or(1.0);
        let (sum, squares) = sums.entry(*stratum).or_default();
        sum.insert(weight);
        squares.insert_product(weight, weight);
    }
    let name = |number: u16| responses.strata.names().get(usize::from(number)).cloned();
    let size = |(number, (sum, squares)): (u16, (CompensatedSum, CompensatedSum))| {
        let (sum, squares) = (sum.finish(), squares.finish());
        (squares > 0.0).then_some((name(number)?, sum * sum / squares))
    };
    sums.into_iter().filter_map(size).collect()
}
