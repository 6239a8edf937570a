//! Delete-a-group jackknife: primary units in random groups, one group left out at a time.
//!
//! Of stratum h with `n_h` units, `n_hr` of them in group r. Where `n_h ≥ G` the rest of the stratum is weighted up by
//! `n_h/(n_h − n_hr)`. Where `n_h < G` a unit left out would count for more than it should; the extended form gives it the factor
//! `1 − (n_h − 1) Z` and the others of its stratum `1 + Z`, `Z² = G/((G − 1) n_h (n_h − 1))`, which is exact for totals.
//! `V = (G − 1)/G Σ_r (θ_r − θ)²` with G − 1 degrees of freedom; no finite population correction.
//! Source: Kott (2001), Journal of Official Statistics 17, 521–526, equations 2 and 7.

use super::bootstrap::{BootstrapPlan, draw, shuffled};
use super::{Centre, PrimaryUnits, ReplicateError, ReplicateMethod, ReplicateRule, ReplicateWeights, Scheme};

#[derive(Debug)]
struct DeleteGroup {
    units: PrimaryUnits,
    groups: usize,
    of_unit: Vec<usize>,
}

impl Scheme for DeleteGroup {
    fn factors(&self, replicate: usize) -> Vec<f64> {
        let mut factors = Vec::with_capacity(self.of_unit.len());
        let mut units = self.of_unit.as_slice();
        for stratum in self.units.strata() {
            let (own, rest) = units.split_at(stratum.sampled.min(units.len()));
            units = rest;
            let n = own.len() as f64;
            let gone = own.iter().filter(|g| **g == replicate).count() as f64;
            let (out, kept) = if gone == 0.0 || own.len() < 2 {
                (1.0, 1.0)
            } else if own.len() >= self.groups {
                (0.0, n / (n - gone))
            } else {
                let groups = self.groups as f64;
                let z = (groups / ((groups - 1.0) * n * (n - 1.0))).sqrt();
                (1.0 - (n - 1.0) * z, 1.0 + z)
            };
            factors.extend(own.iter().map(|g| if *g == replicate { out } else { kept }));
        }
        factors
    }
}

/// The factor of a squared deviation when one of `groups` groups is left out, `(G − 1)/G`.
#[must_use]
pub fn delete_group_coefficient(groups: usize) -> f64 {
    (groups as f64 - 1.0) / groups as f64
}

/// Leaves one of `groups` groups out at a time. Units are dealt to the groups in turn, the units of a stratum in random order and
/// strata one after the other, so that groups differ by one unit at most within a stratum and over all.
///
/// # Errors
///
/// A lonely unit, or fewer than two groups.
pub fn delete_a_group(units: &PrimaryUnits, groups: usize, seed: u64) -> Result<ReplicateWeights, ReplicateError> {
    units.refuse_lonely()?;
    if groups < 2 {
        return Err(ReplicateError::TooFewReplicates { replicates: groups });
    }
    let plan = BootstrapPlan {
        replicates: groups,
        seed,
        centre: Centre::FullEstimate,
    };
    let mut words = plan.words(0);
    let mut next = draw(&mut words, groups);
    let mut of_unit = Vec::with_capacity(units.count());
    for stratum in units.strata() {
        let first = of_unit.len();
        of_unit.resize(first + stratum.sampled, 0);
        for place in shuffled(&mut words, stratum.sampled) {
            of_unit.iter_mut().skip(first + place).take(1).for_each(|g| *g = next);
            next = (next + 1) % groups;
        }
    }
    let rule = ReplicateRule {
        scale: delete_group_coefficient(groups),
        rscales: vec![1.0; groups],
        centre: Centre::FullEstimate,
    };
    let df = units.df().min(groups - 1);
    let scheme = DeleteGroup {
        units: units.clone(),
        groups,
        of_unit,
    };
    Ok(ReplicateWeights::new(
        ReplicateMethod::DeleteAGroup,
        rule,
        df,
        units.count(),
        scheme,
    ))
}
