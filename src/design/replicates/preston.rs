//! Preston's rescaled bootstrap of two stages, without replacement at each.
//!
//! Half of the primary units of a stratum are drawn without replacement, `n* = ⌊n/2⌋`, then half of the second-stage units of
//! each primary unit, `m* = ⌊m/2⌋`. With δ = 1 for a unit drawn, 0 otherwise, the factor is
//! `1 − λ₁ + λ₁ (n/n*) δ₁ − λ₂ √(n/n*) δ₁ + λ₂ √(n/n*) (m/m*) δ₁ δ₂`,
//! `λ₁ = √(n*(1 − f₁)/(n − n*))`, `λ₂ = √(m* f₁ (1 − f₂)/(m − m*))`. Its expected variance of a total is that of both stages with their
//! finite population corrections. Source: Preston (2009), Survey Methodology 35, 227–234.

use super::bootstrap::{BootstrapPlan, shuffled};
use super::units::{PrimaryUnits, StratumUnits, in_order_of_strata};
use super::{ReplicateError, ReplicateMethod, ReplicateWeights, Scheme};
use crate::design::SampleDesign;
use rand_chacha::ChaCha8Rng;

/// Units of two stages: a stratum's population of primary units, and the second-stage units of each primary unit drawn.
/// Second-stage units are numbered from 0 in this order; they are what the factors belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwoStageUnits {
    first: PrimaryUnits,
    second: Vec<StratumUnits>,
}

impl TwoStageUnits {
    /// `second` holds one entry for each primary unit, in order.
    ///
    /// # Errors
    ///
    /// Counts that do not fit: an empty unit, more drawn than there are, or not one entry a primary unit.
    pub fn new(first: PrimaryUnits, second: Vec<StratumUnits>) -> Result<Self, ReplicateError> {
        if second.len() != first.count() {
            return Err(ReplicateError::Length {
                expected: first.count(),
                got: second.len(),
            });
        }
        PrimaryUnits::new(second.clone())?;
        Ok(Self { first, second })
    }

    /// The first two stages of a design, and the second-stage unit of every case. With a single stage the cases of a primary unit
    /// stand together, as a unit that was drawn completely.
    ///
    /// # Errors
    ///
    /// Strata at the second stage, or counts that do not fit.
    pub fn of_design(design: &SampleDesign) -> Result<(Self, Vec<usize>), ReplicateError> {
        let (first, of_case) = PrimaryUnits::of_design(design)?;
        let Some(stage) = design.stages().get(1) else {
            return Ok((Self::of_elements(first), of_case));
        };
        // The second stage's strata lie within primary units; here each primary unit must be one.
        let (clusters, _) = in_order_of_strata(design.first_stage());
        let mut second = Vec::with_capacity(clusters.len());
        let mut start = vec![0; stage.strata.len()];
        let mut next = 0;
        for psu in clusters {
            let mut within = stage.strata.iter().enumerate().filter(|(_, s)| s.parent == Some(psu));
            let (Some((number, stratum)), None) = (within.next(), within.next()) else {
                return Err(ReplicateError::StrataWithinUnit { unit: psu });
            };
            start[number] = next;
            next += stratum.sampled as usize;
            second.push(StratumUnits::of_stage(stratum));
        }
        let mut number = vec![0; stage.clusters()];
        for (cluster, stratum) in stage.stratum_of_cluster.iter().enumerate() {
            number[cluster] = start[*stratum];
            start[*stratum] += 1;
        }
        let of_case = stage.cluster.iter().filter_map(|cluster| number.get(*cluster).copied()).collect();
        Ok((Self::new(first, second)?, of_case))
    }

    /// Elements drawn directly: each is a primary unit that was drawn completely.
    #[must_use]
    pub fn of_elements(first: PrimaryUnits) -> Self {
        let whole = StratumUnits {
            sampled: 1,
            population: Some(1),
        };
        Self {
            second: vec![whole; first.count()],
            first,
        }
    }

    /// Second-stage units.
    #[must_use]
    pub fn count(&self) -> usize {
        self.second.iter().map(|s| s.sampled).sum()
    }
}

#[derive(Debug)]
struct Preston {
    plan: BootstrapPlan,
    units: TwoStageUnits,
}

impl Scheme for Preston {
    fn factors(&self, replicate: usize) -> Vec<f64> {
        let mut words = self.plan.words(replicate);
        let mut factors = Vec::with_capacity(self.units.count());
        let mut second = self.units.second.iter();
        for stratum in self.units.first.strata() {
            let first = Half::of(*stratum, 1.0);
            let drawn_share = 1.0 - stratum.unsampled_share();
            let root = if first.taken > 0 { first.up.sqrt() } else { 0.0 };
            let drawn = first.draw(&mut words);
            for (drawn, inner) in drawn.iter().zip(second.by_ref()) {
                let within = Half::of(*inner, drawn_share);
                // Drawn for every unit, taken or not, so that the words of a unit do not depend on the draw of another.
                let taken = within.draw(&mut words);
                let delta = f64::from(u8::from(*drawn));
                let base = 1.0 - first.lambda + first.lambda * first.up * delta;
                let one = |taken: &bool| {
                    let up = if *taken { within.up } else { 0.0 };
                    base + within.lambda * root * delta * (up - 1.0)
                };
                factors.extend(taken.iter().map(one));
            }
        }
        factors
    }
}

/// Half of the units of one place.
struct Half {
    units: usize,
    taken: usize,
    /// λ; 0 where nothing can be halved or nothing varies.
    lambda: f64,
    /// n/n*, or 0.
    up: f64,
}

impl Half {
    fn of(units: StratumUnits, drawn_share_above: f64) -> Self {
        let n = units.sampled;
        let taken = n / 2;
        let (lambda, up) = if taken == 0 {
            (0.0, 0.0)
        } else {
            let spread = taken as f64 * drawn_share_above * units.unsampled_share() / (n - taken) as f64;
            (spread.sqrt(), n as f64 / taken as f64)
        };
        Self {
            units: n,
            taken,
            lambda,
            up,
        }
    }

    fn draw(&self, words: &mut ChaCha8Rng) -> Vec<bool> {
        let mut drawn = vec![false; self.units];
        for unit in shuffled(words, self.units).into_iter().take(self.taken) {
            drawn.iter_mut().skip(unit).take(1).for_each(|d| *d = true);
        }
        drawn
    }
}

/// Preston's bootstrap; factors belong to the second-stage units. A primary unit with a single second-stage unit out of more adds no
/// second-stage variance, as it can show none.
///
/// # Errors
///
/// A lonely primary unit, or fewer than two replicates.
pub fn preston(units: &TwoStageUnits, plan: BootstrapPlan) -> Result<ReplicateWeights, ReplicateError> {
    units.first.refuse_lonely()?;
    let scheme = Preston {
        plan,
        units: units.clone(),
    };
    Ok(ReplicateWeights::new(
        ReplicateMethod::Preston,
        plan.rule()?,
        plan.df(&units.first),
        units.count(),
        scheme,
    ))
}
