//! Bootstraps of designs with one stage, or of the first stage of several.
//!
//! **Random numbers** of every drawn method in this folder are those of [`generator`] with the key of the bootstrap, stream r for replicate r (from
//! 0); [`crate::resample`] draws its replicates from the same. Within a stream the strata come in order. A replicate therefore depends on the seed, its
//! number and the units only, never on threads or on other replicates.

use super::{Centre, PrimaryUnits, ReplicateError, ReplicateMethod, ReplicateRule, ReplicateWeights, Scheme};
use crate::stats::random::{Purpose, below, below_u32, generator};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;

/// How many replicates, and from which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BootstrapPlan {
    /// Replicates, at least 2.
    pub replicates: usize,
    /// Seed; printed wherever the numbers are.
    pub seed: u64,
    /// What the deviations are taken from.
    pub centre: Centre,
}

impl BootstrapPlan {
    /// `V = 1/(R − 1) Σ_r (θ_r − c)²`.
    pub(super) fn rule(self) -> Result<ReplicateRule, ReplicateError> {
        if self.replicates < 2 {
            return Err(ReplicateError::TooFewReplicates {
                replicates: self.replicates,
            });
        }
        Ok(ReplicateRule {
            scale: 1.0 / (self.replicates as f64 - 1.0),
            rscales: vec![1.0; self.replicates],
            centre: self.centre,
        })
    }

    /// Those of the design, and never more than the replicates can show.
    pub(super) fn df(self, units: &PrimaryUnits) -> usize {
        units.df().min(self.replicates.saturating_sub(1))
    }

    /// The words of one replicate.
    pub(super) fn words(self, replicate: usize) -> ChaCha8Rng {
        generator(self.seed, Purpose::Bootstrap, replicate as u64)
    }
}

/// A whole number below `bound`, which fits any count of units.
pub(super) fn draw(words: &mut ChaCha8Rng, bound: usize) -> usize {
    below(words, bound as u64) as usize
}

/// Draws `draws` of `count` units with replacement and tells each by its place. Nothing is drawn of no unit.
pub fn draw_units(words: &mut ChaCha8Rng, count: usize, draws: usize, mut take: impl FnMut(usize)) {
    let draws = if count == 0 { 0 } else { draws };
    for _ in 0..draws {
        take(below_u32(words, count as u32) as usize);
    }
}

/// `(1 − λ, λ n/m)` with `λ = √(m (1 − f)/(n − 1))`: a unit of `n` drawn `k` times in `m` drawings counts `1 − λ + λ (n/m) k` times, `f` being the sampling
/// fraction. A lone unit counts once. Sources: [`rao_wu`].
#[must_use]
pub fn rescaling(count: usize, draws: usize, fraction: f64) -> (f64, f64) {
    let (n, m) = (count as f64, draws as f64);
    if count < 2 || draws == 0 {
        return (1.0, 0.0);
    }
    let spread = (m / (n - 1.0) * (1.0 - fraction)).sqrt();
    (1.0 - spread, spread * n / m)
}

#[derive(Debug)]
struct RaoWu {
    plan: BootstrapPlan,
    units: PrimaryUnits,
    draws: Option<usize>,
}

impl Scheme for RaoWu {
    fn factors(&self, replicate: usize) -> Vec<f64> {
        let mut words = self.plan.words(replicate);
        let mut factors = Vec::with_capacity(self.units.count());
        for stratum in self.units.strata() {
            let n = stratum.sampled;
            let m = self.draws.unwrap_or(n - 1);
            let mut times = vec![0_u32; n];
            draw_units(&mut words, n, m, |unit| times.iter_mut().skip(unit).take(1).for_each(|t| *t += 1));
            let (keep, scale) = rescaling(n, m, 1.0 - stratum.unsampled_share());
            factors.extend(times.iter().map(|k| keep + scale * f64::from(*k)));
        }
        factors
    }
}

/// The rescaled bootstrap: m units of each stratum are drawn with replacement, a unit drawn k times has the factor
/// `1 − λ + λ (n_h/m_h) k`, `λ = √(m_h (1 − f_h)/(n_h − 1))`. `m_h = n_h − 1` where `draws` is `None`, which makes the factor
/// `k n_h/(n_h − 1)` without a population. For a total its expected variance is the textbook one.
/// Sources: Rao and Wu (1988), Journal of the American Statistical Association 83, 231–241; Rao, Wu and Yue (1992), Survey
/// Methodology 18, 209–217.
///
/// # Errors
///
/// A lonely unit, fewer than two replicates, or `draws` above `n_h − 1`, which would make negative weights.
pub fn rao_wu(units: &PrimaryUnits, plan: BootstrapPlan, draws: Option<usize>) -> Result<ReplicateWeights, ReplicateError> {
    units.refuse_lonely()?;
    if let Some(draws) = draws {
        let possible = |n: usize| draws >= 1 && (n == 1 || draws < n);
        if let Some(stratum) = units.strata().iter().position(|s| !possible(s.sampled)) {
            return Err(ReplicateError::Draws { stratum, draws });
        }
    }
    let scheme = RaoWu {
        plan,
        units: units.clone(),
        draws,
    };
    Ok(ReplicateWeights::new(
        ReplicateMethod::RaoWu,
        plan.rule()?,
        plan.df(units),
        units.count(),
        scheme,
    ))
}

#[derive(Debug)]
struct CantyDavison {
    plan: BootstrapPlan,
    units: PrimaryUnits,
}

impl Scheme for CantyDavison {
    fn factors(&self, replicate: usize) -> Vec<f64> {
        let mut words = self.plan.words(replicate);
        let mut factors = Vec::with_capacity(self.units.count());
        for stratum in self.units.strata() {
            let n = stratum.sampled;
            let mut times = vec![0.0_f64; n];
            let mut count = |unit: usize| times.iter_mut().skip(unit).take(1).for_each(|t| *t += 1.0);
            match stratum.population {
                None => (0..n).for_each(|_| count(draw(&mut words, n))),
                Some(population) => {
                    // Which units have one copy more than the others is itself drawn.
                    let order = shuffled(&mut words, n);
                    for copy in distinct(&mut words, population, n) {
                        count(order.get((copy % n as u64) as usize).copied().unwrap_or(0));
                    }
                }
            }
            factors.extend(times);
        }
        factors
    }
}

/// The bootstrap from a copied population: every unit of a stratum is repeated until there are `N_h`, of which `n_h` are drawn
/// without replacement; without a population the draw is with replacement. The factor is the number of times drawn. That
/// variance is too small by about `(n_h − 1)/n_h`, which one constant for all strata sets right: `n̄/(n̄ − 1)` with n̄ the harmonic mean
/// of `n_h`. Where the strata differ much in size that constant is rough; [`rao_wu`] needs none.
/// Source: Canty and Davison (1999), The Statistician 48, 379–391; the constant is that of R's `survey`.
///
/// # Errors
///
/// A lonely unit, or fewer than two replicates.
pub fn canty_davison(units: &PrimaryUnits, plan: BootstrapPlan) -> Result<ReplicateWeights, ReplicateError> {
    units.refuse_lonely()?;
    let strata = units.strata().len() as f64;
    let harmonic = strata / units.strata().iter().map(|s| 1.0 / s.sampled as f64).sum::<f64>();
    let mut rule = plan.rule()?;
    if harmonic > 1.0 {
        rule.scale *= harmonic / (harmonic - 1.0);
    }
    let scheme = CantyDavison {
        plan,
        units: units.clone(),
    };
    Ok(ReplicateWeights::new(
        ReplicateMethod::CantyDavison,
        rule,
        plan.df(units),
        units.count(),
        scheme,
    ))
}

/// `0..n` in random order (Fisher and Yates, from the end).
pub(super) fn shuffled(words: &mut ChaCha8Rng, n: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for last in (1..n).rev() {
        order.swap(last, draw(words, last + 1));
    }
    order
}

/// `size` different numbers below `population`: Fisher and Yates from the front, of which only the moved places are kept.
fn distinct(words: &mut ChaCha8Rng, population: u64, size: usize) -> Vec<u64> {
    let mut moved: BTreeMap<u64, u64> = BTreeMap::new();
    let mut taken = Vec::with_capacity(size);
    for place in 0..(size as u64).min(population) {
        let from = place + below(words, population - place);
        let value = moved.get(&from).copied().unwrap_or(from);
        let here = moved.get(&place).copied().unwrap_or(place);
        moved.insert(from, here);
        taken.push(value);
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::replicates::StratumUnits;

    fn plan(replicates: usize) -> BootstrapPlan {
        BootstrapPlan {
            replicates,
            seed: 11,
            centre: Centre::ReplicateMean,
        }
    }

    fn units(strata: &[(usize, Option<u64>)]) -> PrimaryUnits {
        let strata = strata.iter().map(|(sampled, population)| StratumUnits {
            sampled: *sampled,
            population: *population,
        });
        PrimaryUnits::new(strata.collect()).unwrap()
    }

    #[test]
    fn factors_of_a_stratum_add_up_to_its_units() {
        let units = units(&[(4, None), (7, Some(20)), (1, Some(1))]);
        for weights in [rao_wu(&units, plan(50), None), canty_davison(&units, plan(50))] {
            let weights = weights.unwrap();
            for r in 0..50 {
                let f = weights.factors(r);
                assert!((f[..4].iter().sum::<f64>() - 4.0).abs() < 1e-12);
                assert!((f[4..11].iter().sum::<f64>() - 7.0).abs() < 1e-12);
                assert!((f[11] - 1.0).abs() < 1e-12);
                assert!(f.iter().all(|f| *f >= -1e-12));
            }
        }
    }

    #[test]
    fn a_replicate_depends_on_seed_and_number_only() {
        let units = units(&[(5, Some(30)), (6, None)]);
        let (few, many) = (rao_wu(&units, plan(3), None).unwrap(), rao_wu(&units, plan(300), None).unwrap());
        assert_eq!(few.factors(2), many.factors(2));
        assert_ne!(many.factors(2), many.factors(3));
        let other = BootstrapPlan { seed: 12, ..plan(3) };
        assert_ne!(rao_wu(&units, other, None).unwrap().factors(2), few.factors(2));
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let lonely = units(&[(5, None), (1, None)]);
        assert!(matches!(
            rao_wu(&lonely, plan(9), None).map(|_| ()),
            Err(ReplicateError::LonelyUnit { stratum: 1 })
        ));
        let pair = units(&[(5, None), (2, None)]);
        assert!(matches!(
            rao_wu(&pair, plan(9), Some(2)).map(|_| ()),
            Err(ReplicateError::Draws { stratum: 1, draws: 2 })
        ));
        assert!(matches!(
            rao_wu(&pair, plan(1), None).map(|_| ()),
            Err(ReplicateError::TooFewReplicates { replicates: 1 })
        ));
    }

    #[test]
    fn distinct_numbers_are_distinct_and_all_come_up() {
        let mut words = plan(2).words(0);
        let mut all = distinct(&mut words, 9, 9);
        all.sort_unstable();
        assert_eq!(all, (0..9).collect::<Vec<u64>>());
        let mut hits = [0_u32; 9];
        for _ in 0..9000 {
            let three = distinct(&mut words, 9, 3);
            assert!(three[0] != three[1] && three[1] != three[2] && three[0] != three[2]);
            three.iter().for_each(|v| hits[*v as usize] += 1);
        }
        // 3000 expected, standard deviation 45.
        assert!(hits.iter().all(|h| h.abs_diff(3000) < 5 * 45), "{hits:?}");
    }
}
