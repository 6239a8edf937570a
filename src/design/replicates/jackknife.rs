//! Jackknife: leave out one primary unit at a time.
//!
//! `JK1` (one stratum): the others are weighted up by n/(n − 1); `V = (1 − f)(n − 1)/n Σ_r (θ_r − c)²`. `JKn` (strata): the others
//! of the same stratum are weighted up by `n_h/(n_h − 1)`, those of other strata stay; `c_r = (1 − f_h)(n_h − 1)/n_h`.
//! Sources: Wolter (2007), Introduction to Variance Estimation, 2nd ed., chapter 4; Rust and Rao (1996), Statistical Methods
//! in Medical Research 5, 283–310.

use super::{Centre, PrimaryUnits, ReplicateError, ReplicateMethod, ReplicateRule, ReplicateWeights, Scheme};
use crate::design::LonelyPsuPolicy;

/// Leaves one unit out; the range holds the units weighted up for it.
#[derive(Debug)]
struct DropOne {
    dropped: Vec<(usize, std::ops::Range<usize>)>,
    units: usize,
}

impl Scheme for DropOne {
    fn factors(&self, replicate: usize) -> Vec<f64> {
        let mut factors = vec![1.0; self.units];
        if let Some((unit, others)) = self.dropped.get(replicate) {
            let n = others.len() as f64;
            factors
                .iter_mut()
                .take(others.end)
                .skip(others.start)
                .for_each(|f| *f = n / (n - 1.0));
            factors.iter_mut().skip(*unit).take(1).for_each(|f| *f = 0.0);
        }
        factors
    }
}

/// JK1: one stratum of n units, n replicates. The finite population correction applies where the population is known.
///
/// # Errors
///
/// More than one stratum, or a single unit.
pub fn jk1(units: &PrimaryUnits, centre: Centre) -> Result<ReplicateWeights, ReplicateError> {
    let [stratum] = units.strata() else {
        return Err(ReplicateError::SeveralStrata {
            strata: units.strata().len(),
        });
    };
    if stratum.sampled < 2 {
        return Err(ReplicateError::LonelyUnit { stratum: 0 });
    }
    let n = stratum.sampled;
    let rule = ReplicateRule {
        scale: (n as f64 - 1.0) / n as f64 * stratum.unsampled_share(),
        rscales: vec![1.0; n],
        centre,
    };
    let dropped = (0..n).map(|unit| (unit, 0..n)).collect();
    let scheme = DropOne { dropped, units: n };
    Ok(ReplicateWeights::new(ReplicateMethod::Jk1, rule, units.df(), n, scheme))
}

/// `JKn`: one replicate a unit, in the order of the units; strata with one unit by `lonely`. A stratum that was drawn completely is
/// never lonely: its coefficient is 0. Under `Certainty` a lonely unit has no replicate, under `Average` none either and the variance
/// is enlarged by strata / strata that have replicates, under `Adjust` it is left out with **all** units weighted up by n/(n − 1),
/// which holds it against the mean of all. For a total each equals the linearised variance under the same policy.
///
/// # Errors
///
/// A lonely unit under [`LonelyPsuPolicy::Fail`], or no stratum with two units.
pub fn jkn(units: &PrimaryUnits, centre: Centre, lonely: LonelyPsuPolicy) -> Result<ReplicateWeights, ReplicateError> {
    if lonely == LonelyPsuPolicy::Fail {
        units.refuse_lonely()?;
    }
    if units.df() == 0 {
        return Err(ReplicateError::LonelyUnit { stratum: 0 });
    }
    let (mut dropped, mut rscales) = (Vec::new(), Vec::new());
    let (mut first, mut alone) = (0, 0_usize);
    for stratum in units.strata() {
        let n = stratum.sampled;
        let unsampled = stratum.unsampled_share();
        let mut add = |unit: usize, others: std::ops::Range<usize>| {
            let size = others.len() as f64;
            // Held against all units the deviation of a total is n/(n − 1)·(z − z̄): the square is undone.
            let coefficient = if n == 1 {
                ((size - 1.0) / size).powi(2)
            } else {
                (size - 1.0) / size
            };
            rscales.push(coefficient * unsampled);
            dropped.push((unit, others));
        };
        if n > 1 {
            (first..first + n).for_each(|unit| add(unit, first..first + n));
        } else if unsampled > 0.0 {
            alone += 1;
            if lonely == LonelyPsuPolicy::Adjust {
                add(first, 0..units.count());
            }
        }
        first += n;
    }
    let strata = units.strata().len() as f64;
    let scale = match lonely {
        LonelyPsuPolicy::Average => strata / (strata - alone as f64),
        _ => 1.0,
    };
    let rule = ReplicateRule { scale, rscales, centre };
    let scheme = DropOne {
        dropped,
        units: units.count(),
    };
    Ok(ReplicateWeights::new(ReplicateMethod::Jkn, rule, units.df(), units.count(), scheme))
}
