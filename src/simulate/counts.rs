//! Frame, sample and dispositions: the counts of a wave, all of which add up.

use super::case::RowKind;
use super::plan::{PlanError, SimulationPlan, WavePlan};
use super::rows::Fielded;
use serde::Serialize;
use std::io;

/// How many there are of what in one wave, decided before anybody answers.
pub(super) struct Design {
    /// Rows by kind, in the order of [`RowKind::ALL`].
    pub(super) kinds: [u64; 8],
    /// Customers by stratum.
    pub(super) population: Vec<u64>,
    /// Drawn by stratum.
    pub(super) drawn: Vec<u64>,
    /// Distinct respondents by stratum.
    pub(super) respondents: Vec<u64>,
}

impl Design {
    /// A sample drawn in proportion to the population, answered at the rate of each stratum.
    pub(super) fn new(plan: &SimulationPlan, wave: &WavePlan) -> Result<Self, PlanError> {
        let kinds = rows_by_kind(plan, wave);
        let duplicates = kinds
            .iter()
            .zip(RowKind::ALL)
            .find(|(_, kind)| *kind == RowKind::Duplicate)
            .map_or(0, |(n, _)| *n);
        let distinct = plan.rows.saturating_sub(duplicates);
        let population: Vec<u64> = plan.strata.iter().map(|s| wave.customers(s)).collect();
        let answering: Vec<f64> = plan.strata.iter().zip(&population).map(|(s, n)| s.response * *n as f64).collect();
        let people: Vec<f64> = population.iter().map(|n| *n as f64).collect();
        let rate = answering.iter().sum::<f64>() / people.iter().sum::<f64>().max(1.0);
        let respondents = largest_remainder(distinct, &answering);
        let wanted = largest_remainder((distinct as f64 / rate.max(1e-6)).round() as u64, &people);
        // Rounding can leave a tiny stratum with fewer drawn than answering.
        let drawn: Vec<u64> = wanted
            .iter()
            .zip(&respondents)
            .map(|(drawn, answered)| *drawn.max(answered))
            .collect();
        for ((stratum, drawn), population) in plan.strata.iter().zip(&drawn).zip(&population) {
            if drawn > population {
                let stratum = stratum.name();
                return Err(PlanError::SampleTooLarge {
                    stratum,
                    drawn: *drawn,
                    population: *population,
                });
            }
        }
        Ok(Self {
            kinds,
            population,
            drawn,
            respondents,
        })
    }
}

fn rows_by_kind(plan: &SimulationPlan, wave: &WavePlan) -> [u64; 8] {
    let p = &plan.planted;
    let count = |share: f64| (share * plan.rows as f64).round() as u64;
    let odd = |kind| match kind {
        RowKind::Honest => 0,
        RowKind::Duplicate => count(p.duplicate),
        RowKind::StraightLine => count(p.straight_line),
        RowKind::TooFast => count(p.too_fast),
        RowKind::Inattentive => count(p.inattentive),
        RowKind::Partial => count(p.partial),
        RowKind::Faulty => count(p.faulty),
        RowKind::ImpossibleDate => wave.impossible_dates,
    };
    let planted: u64 = RowKind::ALL.into_iter().map(odd).sum();
    // Rounding up in a file of a few rows must not leave it without an honest one.
    let fits = planted < plan.rows;
    RowKind::ALL.map(|kind| match kind {
        RowKind::Honest if fits => plan.rows - planted,
        RowKind::Honest => plan.rows,
        _ if fits => odd(kind),
        _ => 0,
    })
}

/// Shares out a total in proportion to weights: whole parts first, then one each to the largest fractions, the earlier
/// of equal ones first (Hamilton's method). All zero when the weights are.
pub(super) fn largest_remainder(total: u64, weights: &[f64]) -> Vec<u64> {
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        return vec![0; weights.len()];
    }
    let exact: Vec<f64> = weights.iter().map(|w| total as f64 * w / sum).collect();
    let mut parts: Vec<u64> = exact.iter().map(|x| x.floor() as u64).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|a, b| exact[*b].fract().total_cmp(&exact[*a].fract()).then(a.cmp(b)));
    let left = total.saturating_sub(parts.iter().sum());
    for at in order.into_iter().cycle().take(left as usize) {
        parts[at] += 1;
    }
    parts
}

/// Final codes of the drawn of one stratum (AAPOR Standard Definitions).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Disposition {
    /// Complete interviews.
    pub complete: u64,
    /// Partial interviews.
    pub partial: u64,
    /// Refusals.
    pub refusal: u64,
    /// Nobody reached.
    pub non_contact: u64,
    /// Other reasons.
    pub other: u64,
    /// Unknown whether there is such a household.
    pub unknown_household: u64,
    /// Unknown for another reason.
    pub unknown_other: u64,
    /// Not in the population after all.
    pub not_eligible: u64,
}

impl Disposition {
    /// Everybody who was drawn.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.cells().iter().map(|(_, count)| count).sum()
    }

    /// Refusal, non-contact, other, unknown household, unknown other, not eligible.
    pub(super) fn not_answered(&self) -> [u64; 6] {
        [
            self.refusal,
            self.non_contact,
            self.other,
            self.unknown_household,
            self.unknown_other,
            self.not_eligible,
        ]
    }

    fn cells(&self) -> [(&'static str, u64); 8] {
        [
            ("complete", self.complete),
            ("partial", self.partial),
            ("refusal", self.refusal),
            ("non_contact", self.non_contact),
            ("other", self.other),
            ("unknown_household", self.unknown_household),
            ("unknown_other", self.unknown_other),
            ("not_eligible", self.not_eligible),
        ]
    }
}

/// Shares of those who did not answer: refusal, non-contact, other, unknown household, unknown other, not eligible.
const NOT_ANSWERED: [f64; 6] = [0.34, 0.40, 0.04, 0.10, 0.03, 0.09];

/// Those of each stratum who were drawn and gave no interview, in the order of [`Disposition::not_answered`]. Everybody who answers has an
/// interview of some kind, so this is known before anybody has been asked.
pub(super) fn not_answered(design: &Design) -> Vec<[u64; 6]> {
    let silent = design.drawn.iter().zip(&design.respondents);
    silent
        .map(|(drawn, answered)| {
            let others = largest_remainder(drawn.saturating_sub(*answered), &NOT_ANSWERED);
            std::array::from_fn(|at| others.get(at).copied().unwrap_or(0))
        })
        .collect()
}

/// The dispositions of each stratum; they add up to the drawn.
pub(super) fn dispositions(design: &Design, fielded: &Fielded) -> Vec<Disposition> {
    let counted = fielded.complete.iter().zip(&fielded.partial).zip(not_answered(design));
    counted
        .map(|((&complete, &partial), others)| {
            let [refusal, non_contact, other, unknown_household, unknown_other, not_eligible] = others;
            Disposition {
                complete,
                partial,
                refusal,
                non_contact,
                other,
                unknown_household,
                unknown_other,
                not_eligible,
            }
        })
        .collect()
}

/// `frame-<wave>.csv`.
pub(super) fn frame_table(plan: &SimulationPlan, design: &Design) -> io::Result<Vec<u8>> {
    let rows = design
        .population
        .iter()
        .zip(&design.drawn)
        .map(|(population, drawn)| vec![*population, *drawn]);
    table(plan, &["population", "drawn"], rows)
}

/// `dispositions-<wave>.csv`.
pub(super) fn disposition_table(plan: &SimulationPlan, dispositions: &[Disposition]) -> io::Result<Vec<u8>> {
    let names: Vec<&str> = dispositions
        .first()
        .map(|d| d.cells().map(|(name, _)| name).to_vec())
        .unwrap_or_default();
    table(
        plan,
        &names,
        dispositions.iter().map(|d| d.cells().map(|(_, count)| count).to_vec()),
    )
}

fn table(plan: &SimulationPlan, names: &[&str], rows: impl Iterator<Item = Vec<u64>>) -> io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = plan.strata_columns.iter().map(String::as_str).chain(names.iter().copied());
    writer.write_record(header)?;
    for (stratum, counts) in plan.strata.iter().zip(rows) {
        writer.write_record(stratum.values.iter().cloned().chain(counts.iter().map(u64::to_string)))?;
    }
    writer.into_inner().map_err(csv::IntoInnerError::into_error)
}

#[cfg(test)]
mod tests {
    use super::largest_remainder;
    use proptest::prelude::*;

    #[test]
    fn shares_by_hand() {
        assert_eq!(largest_remainder(10, &[1.0, 1.0, 1.0]), [4, 3, 3]);
        assert_eq!(largest_remainder(7, &[0.5, 0.3, 0.2]), [4, 2, 1]);
        assert_eq!(largest_remainder(7, &[0.0, 0.0]), [0, 0]);
    }

    proptest! {
        #[test]
        fn shares_add_up_and_keep_to_their_quota(total in 0_u64..1_000_000, weights in proptest::collection::vec(0.01_f64..100.0, 1..12)) {
            let parts = largest_remainder(total, &weights);
            prop_assert_eq!(parts.iter().sum::<u64>(), total);
            let sum: f64 = weights.iter().sum();
            for (part, weight) in parts.iter().zip(&weights) {
                prop_assert!((*part as f64 - total as f64 * weight / sum).abs() <= 1.0 + 1e-6);
            }
        }
    }
}
