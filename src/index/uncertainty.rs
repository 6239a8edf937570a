//! How far every number of a wave might have come out otherwise: by bootstrap, or by jackknife where there is no bootstrap.

use super::estimate::{Interval, VarianceMethod};
use super::replicates::{Jackknife, Replicate};
use crate::design::replicates::ReplicateRule;
use crate::finding::{Code, Finding, Place};
use crate::resample::interval::{Evidence, acceleration};
use crate::resample::{IntervalMethod, Margins, WaveResample, bounds};
use crate::tally::{DomainCells, ItemTotals, WeightedSums};

/// Largest share of replicates that may fail before their spread says nothing. What fails is rarely like the rest.
const FAILED_SHARE_MAX: f64 = 0.05;

/// Spread of every number, in the order of the numbers.
#[derive(Debug, Clone)]
pub(super) struct Uncertainty {
    pub(super) variance: Vec<Option<f64>>,
    /// Intervals from replicates; empty where they come from the t distribution.
    pub(super) intervals: Vec<Option<Interval>>,
    pub(super) method: VarianceMethod,
    /// Replicates tried, and how many could not be estimated.
    pub(super) replicates: (u64, u64),
    pub(super) findings: Vec<Finding>,
}

impl Uncertainty {
    /// By leaving out one respondent or one group at a time.
    pub(super) fn jackknife(
        jackknife: &Jackknife<'_>,
        wave: &str,
        full: &[Option<f64>],
        numbers: impl Fn(&WeightedSums, &[ItemTotals]) -> Result<Vec<Option<f64>>, Finding> + Sync,
    ) -> Self {
        let tried = jackknife.map(|replicate: &Replicate| {
            // Without its calibration a replicate is none.
            let sums = replicate.calibrated.then_some(&replicate.sums)?;
            numbers(sums, &replicate.domains).ok()
        });
        let count = tried.len() as u64;
        let (coefficients, good): (Vec<f64>, Vec<Vec<Option<f64>>>) =
            tried.into_iter().filter_map(|(c, values)| Some((c, values?))).unzip();
        let failed = count - good.len() as u64;
        let refused = Finding::new(Code::ReplicatesFailed, Place::subject(wave))
            .with("failed", failed)
            .with("total", count);
        Self {
            variance: if failed > 0 {
                vec![None; full.len()]
            } else {
                ReplicateRule::jackknife(coefficients).variances(full, &good)
            },
            intervals: Vec::new(),
            method: jackknife.method(),
            replicates: (count, failed),
            findings: (failed > 0).then_some(refused).into_iter().collect(),
        }
    }

    /// By drawing respondents anew. `jackknife` gives the acceleration of BCa intervals.
    pub(super) fn bootstrap(
        wave: &WaveResample,
        design: (IntervalMethod, f64),
        subject: &str,
        domains: &[DomainCells],
        jackknife: &Jackknife<'_>,
        numbers: impl Fn(&WeightedSums, &[ItemTotals]) -> Result<Vec<Option<f64>>, Finding> + Sync,
    ) -> Option<Self> {
        let full: Vec<f64> = jackknife
            .calibration()
            .map(|c| in_order(&c.full(), &wave.margins))
            .unwrap_or_default();
        let again = |effective: &[f64]| {
            let calibration = jackknife.calibration()?;
            let mut of_cells = vec![0.0; effective.len()];
            for (cell, value) in wave.margins.iter().zip(effective) {
                *of_cells.get_mut(*cell)? = *value;
            }
            Some(in_order(&calibration.again(&of_cells)?, &wave.margins))
        };
        let lost = || Finding::new(Code::ModelFailed, Place::subject(subject)).with("reason", "margins-not-met");
        let margins = Margins {
            full: &full,
            again: &again,
        };
        let margins = jackknife.calibration().map(|_| (margins, &lost as &(dyn Fn() -> Finding + Sync)));
        let drawn = wave
            .resampler
            .bootstrap_to_margins(&wave.plan, margins, |sums| {
                numbers(sums.all, &of_categories(wave, domains, sums.domains))
            })
            .ok()?;
        let (tried, failed) = (drawn.tried(), drawn.failed());
        let mut findings: Vec<Finding> = drawn
            .failures
            .iter()
            .map(|(why, count)| dropped(subject, why, *count, tried))
            .collect();
        if failed as f64 > FAILED_SHARE_MAX * tried as f64 {
            let refused = Finding::new(Code::ReplicatesFailed, Place::subject(subject));
            findings.push(refused.with("failed", failed).with("total", tried));
            return Some(Self::nothing(drawn.full.len(), (tried, failed), findings));
        }
        let (method, level) = design;
        let accelerations: Vec<(usize, Vec<Option<f64>>)> = if method == IntervalMethod::Bca {
            let all = jackknife.map(|replicate: &Replicate| numbers(&replicate.sums, &replicate.domains).ok());
            all.into_iter().filter_map(|(_, values)| Some((0, values?))).collect()
        } else {
            Vec::new()
        };
        let df = jackknife.df();
        let interval = |position: usize| {
            let value = drawn.full.get(position).copied().flatten()?;
            let (replicates, inner_errors) = drawn.of(position);
            let without: Vec<(usize, f64)> = accelerations
                .iter()
                .filter_map(|(stratum, values)| Some((*stratum, values.get(position).copied().flatten()?)))
                .collect();
            let evidence = Evidence {
                value,
                replicates: &replicates,
                inner_errors: &inner_errors,
                acceleration: acceleration(&without),
                standard_error: drawn.standard_error(position),
                df,
            };
            bounds(method, evidence, level)
        };
        let positions = 0..drawn.full.len();
        Some(Self {
            variance: positions.clone().map(|at| drawn.standard_error(at).map(|se| se * se)).collect(),
            intervals: positions.map(interval).collect(),
            method: VarianceMethod::Bootstrap,
            replicates: (tried, failed),
            findings,
        })
    }

    fn nothing(count: usize, replicates: (u64, u64), findings: Vec<Finding>) -> Self {
        Self {
            variance: vec![None; count],
            intervals: vec![None; count],
            method: VarianceMethod::Bootstrap,
            replicates,
            findings,
        }
    }
}

/// What is said of the replicates that failed for one reason.
fn dropped(subject: &str, why: &Finding, count: u64, tried: u64) -> Finding {
    let argument = |name: &str| why.args.get(name).map_or("", String::as_str);
    let reason = if why.code == Code::NoVariance {
        "no-item-variance"
    } else {
        argument("reason")
    };
    Finding::new(Code::ReplicatesDropped, Place::subject(subject))
        .with("count", count)
        .with("total", tried)
        .with("reason", reason)
        .with("item", argument("item"))
}

/// Values of cells in the order of the cells of margins.
fn in_order(values: &[f64], margins: &[usize]) -> Vec<f64> {
    margins.iter().map(|cell| values.get(*cell).copied().unwrap_or(1.0)).collect()
}

/// Totals of every category from those of the combinations that belong to it.
fn of_categories(wave: &WaveResample, domains: &[DomainCells], combinations: &[ItemTotals]) -> Vec<ItemTotals> {
    let items = wave.resampler.item_count();
    let of_category = |domain: &DomainCells| {
        let mut totals = ItemTotals::new(items);
        for member in &domain.members {
            let number = wave.domain_of_combination.get(usize::from(*member)).copied().unwrap_or(0);
            if let Some(combination) = combinations.get(usize::from(number)) {
                totals.combine(combination, 1.0);
            }
        }
        totals
    };
    domains.iter().map(of_category).collect()
}
