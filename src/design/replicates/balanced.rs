//! Balanced repeated replication: half samples of designs with two primary units a stratum.
//!
//! Replicate r takes one unit of each stratum: the first where `H_r,h+1 = +1`, else the second, with H a Hadamard matrix. Taken
//! units have the factor 2 − ρ, the others ρ; `V = 1/(R (1 − ρ)²) Σ_r (θ_r − c)²`. Full orthogonal balance makes the variance of a
//! total exactly the textbook one. ρ = 0 is the method of 1969; Fay's ρ keeps all units in, so that ratios of small domains stay
//! defined. Sources: `McCarthy` (1969), Review of the International Statistical Institute 37, 239–264; Judkins (1990), Journal of
//! Official Statistics 6, 223–239. There is no finite population correction: a half sample cannot show it.

use super::hadamard::Hadamard;
use super::{Centre, PrimaryUnits, ReplicateError, ReplicateMethod, ReplicateRule, ReplicateWeights, Scheme};

#[derive(Debug)]
struct HalfSamples {
    matrix: Hadamard,
    strata: usize,
    rho: f64,
}

impl Scheme for HalfSamples {
    fn factors(&self, replicate: usize) -> Vec<f64> {
        let pair = |stratum: usize| {
            // The first column is all +1 and would never change its stratum.
            let first = self.matrix.is_positive(replicate, stratum + 1);
            let (taken, left) = (2.0 - self.rho, self.rho);
            if first { [taken, left] } else { [left, taken] }
        };
        (0..self.strata).flat_map(pair).collect()
    }
}

/// Half samples with the factors 2 and 0.
///
/// # Errors
///
/// A stratum with other than two units.
pub fn brr(units: &PrimaryUnits, centre: Centre) -> Result<ReplicateWeights, ReplicateError> {
    half_samples(units, centre, 0.0, ReplicateMethod::Brr)
}

/// Fay's method: factors 2 − ρ and ρ, 0 ≤ ρ < 1.
///
/// # Errors
///
/// A stratum with other than two units, or ρ outside its range.
pub fn fay(units: &PrimaryUnits, centre: Centre, rho: f64) -> Result<ReplicateWeights, ReplicateError> {
    if !(0.0..1.0).contains(&rho) {
        return Err(ReplicateError::FayFactor { rho });
    }
    half_samples(units, centre, rho, ReplicateMethod::Fay)
}

fn half_samples(units: &PrimaryUnits, centre: Centre, rho: f64, method: ReplicateMethod) -> Result<ReplicateWeights, ReplicateError> {
    if let Some((stratum, found)) = units.strata().iter().enumerate().find(|(_, s)| s.sampled != 2) {
        return Err(ReplicateError::NotPaired {
            stratum,
            units: found.sampled,
        });
    }
    let strata = units.strata().len();
    let matrix = Hadamard::at_least(strata + 1);
    let replicates = matrix.order();
    let rule = ReplicateRule {
        scale: 1.0 / (replicates as f64 * (1.0 - rho) * (1.0 - rho)),
        rscales: vec![1.0; replicates],
        centre,
    };
    let scheme = HalfSamples { matrix, strata, rho };
    Ok(ReplicateWeights::new(method, rule, units.df(), units.count(), scheme))
}
