//! A sample spread over strata: in proportion, by Neyman's rule, by cost, or equally; in whole numbers that add up.
//!
//! Sources: Neyman (1934); Cochran (1977), Sampling Techniques, 3rd ed., sections 5.5 (optimum allocation), 5.8 (strata that
//! would need more than they hold) and 5.9 (sample size for a stated variance). Whole numbers are made by the method of the
//! largest remainder (Hare–Niemeyer), ties going to the stratum that comes first.

use crate::stats::CompensatedSum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a sample is spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AllocationRule {
    /// `n_h` ∝ `N_h`.
    Proportional,
    /// `n_h` ∝ `N_h`·`S_h`: the smallest variance of the mean for a given n.
    Neyman,
    /// `n_h` ∝ `N_h`·`S_h`/√`c_h`: the smallest variance for a given cost.
    CostOptimal,
    /// The same number from every stratum.
    Equal,
}

/// What is known of a stratum beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StratumPlan {
    /// Units, `N_h`.
    pub population: u64,
    /// Standard deviation of single values, `S_h`; needed by Neyman and cost-optimal allocation.
    pub sd: Option<f64>,
    /// Cost of one interview, `c_h`, in any unit; needed by cost-optimal allocation.
    pub cost: Option<f64>,
}

/// Why a sample cannot be spread. Strata are counted from 0 in the order given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AllocationError {
    /// Nothing to spread over.
    #[error("there is no stratum with units in it")]
    NoStrata,
    /// The rule needs a standard deviation that is absent, negative or not finite.
    #[error("stratum {stratum} has no usable standard deviation")]
    Sd {
        /// Position of the stratum.
        stratum: usize,
    },
    /// The rule needs a cost that is absent or not positive.
    #[error("stratum {stratum} has no usable cost")]
    Cost {
        /// Position of the stratum.
        stratum: usize,
    },
    /// No stratum varies: there is nothing to prefer one for.
    #[error("every stratum has a standard deviation of 0")]
    NoVariation,
    /// More wanted than there is.
    #[error("{wanted} are wanted and the strata hold {units}")]
    MoreThanUnits {
        /// Sample size.
        wanted: u64,
        /// Units of all strata.
        units: u64,
    },
    /// The minima alone exceed the sample.
    #[error("the minimum in every stratum needs {needed}, only {wanted} are wanted")]
    MinimumTooLarge {
        /// Σ min(minimum, `N_h`).
        needed: u64,
        /// Sample size.
        wanted: u64,
    },
}

/// What holds a stratum's number away from its share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// Nothing.
    Free,
    /// The minimum of every stratum.
    Minimum,
    /// All of its units are taken.
    Exhausted,
}

/// The number of one stratum.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StratumSize {
    /// n·`a_h`, what the rule gives before bounds and rounding.
    pub exact: f64,
    /// Whole number to interview.
    pub size: u64,
    /// What held it.
    pub bound: Bound,
}

/// The share `a_h` of each stratum in the sample; they sum to 1. Strata without units have 0.
///
/// # Errors
///
/// [`AllocationError`] names what is missing.
pub fn shares(rule: AllocationRule, strata: &[StratumPlan]) -> Result<Vec<f64>, AllocationError> {
    let measure = |(at, stratum): (usize, &StratumPlan)| -> Result<f64, AllocationError> {
        let units = stratum.population as f64;
        let sd = || {
            let usable = stratum.sd.filter(|sd| sd.is_finite() && *sd >= 0.0);
            usable.ok_or(AllocationError::Sd { stratum: at })
        };
        Ok(match rule {
            _ if stratum.population == 0 => 0.0,
            AllocationRule::Proportional => units,
            AllocationRule::Equal => 1.0,
            AllocationRule::Neyman => units * sd()?,
            AllocationRule::CostOptimal => {
                let cost = stratum.cost.filter(|c| c.is_finite() && *c > 0.0);
                units * sd()? / cost.ok_or(AllocationError::Cost { stratum: at })?.sqrt()
            }
        })
    };
    let measures: Vec<f64> = strata.iter().enumerate().map(measure).collect::<Result<_, _>>()?;
    let total = total(measures.iter().copied());
    if strata.iter().all(|s| s.population == 0) {
        return Err(AllocationError::NoStrata);
    }
    if total <= 0.0 {
        return Err(AllocationError::NoVariation);
    }
    Ok(measures.into_iter().map(|m| m / total).collect())
}

/// Spreads `wanted` units over the strata: at least `minimum` in each (all units of one that holds fewer), at most what each
/// holds, adding up exactly.
///
/// A stratum whose share lies below its minimum or above its units is fixed there and the rest is spread over the others anew,
/// until no share is out of bounds (Cochran 1977, section 5.8); what remains is rounded by the largest remainder.
///
/// # Errors
///
/// [`AllocationError`] names what does not go.
pub fn allocate(rule: AllocationRule, strata: &[StratumPlan], wanted: u64, minimum: u64) -> Result<Vec<StratumSize>, AllocationError> {
    let shares = shares(rule, strata)?;
    let units: u64 = crate::stats::saturating_total(strata.iter().map(|s| s.population));
    if wanted > units {
        return Err(AllocationError::MoreThanUnits { wanted, units });
    }
    let floor: Vec<u64> = strata.iter().map(|s| s.population.min(minimum)).collect();
    let needed = crate::stats::saturating_total(floor.iter().copied());
    if needed > wanted {
        return Err(AllocationError::MinimumTooLarge { needed, wanted });
    }
    let ceiling: Vec<u64> = strata.iter().map(|s| s.population).collect();
    let (sizes, bounds) = bounded(&shares, wanted, &floor, &ceiling);
    let each = shares.iter().zip(sizes).zip(bounds);
    Ok(each
        .map(|((share, size), bound)| StratumSize {
            exact: wanted as f64 * share,
            size,
            bound,
        })
        .collect())
}

/// Shares turned into whole numbers within bounds that are known to be compatible with the total.
fn bounded(shares: &[f64], wanted: u64, floor: &[u64], ceiling: &[u64]) -> (Vec<u64>, Vec<Bound>) {
    let mut bounds = vec![Bound::Free; shares.len()];
    loop {
        let fixed = |at: usize| match bounds.get(at) {
            Some(Bound::Minimum) => floor.get(at).copied(),
            Some(Bound::Exhausted) => ceiling.get(at).copied(),
            _ => None,
        };
        let taken: u64 = (0..shares.len()).filter_map(fixed).sum();
        let rest = wanted.saturating_sub(taken);
        let free = |at: &usize| fixed(*at).is_none();
        let open = total((0..shares.len()).filter(free).filter_map(|at| shares.get(at).copied()));
        let ideal = |at: usize| match fixed(at) {
            Some(size) => size as f64,
            None if open > 0.0 => rest as f64 * shares.get(at).copied().unwrap_or(0.0) / open,
            None => 0.0,
        };
        let out = |at: usize, side: Bound| match side {
            Bound::Minimum => floor.get(at).is_some_and(|f| ideal(at) < *f as f64),
            _ => ceiling.get(at).is_some_and(|c| ideal(at) > *c as f64),
        };
        let of = |side: Bound| (0..shares.len()).filter(free).filter(|at| out(*at, side)).collect::<Vec<_>>();
        // The side that is further out is fixed first: fixing it moves the others towards their bounds, not away.
        let (low, high) = (of(Bound::Minimum), of(Bound::Exhausted));
        let short: f64 = low.iter().map(|at| floor.get(*at).map_or(0.0, |f| *f as f64 - ideal(*at))).sum();
        let over: f64 = high.iter().map(|at| ceiling.get(*at).map_or(0.0, |c| ideal(*at) - *c as f64)).sum();
        let (side, which) = if short >= over {
            (Bound::Minimum, low)
        } else {
            (Bound::Exhausted, high)
        };
        if which.is_empty() {
            let ideals: Vec<f64> = (0..shares.len()).map(ideal).collect();
            return (largest_remainder(&ideals, wanted, ceiling), bounds);
        }
        for at in which {
            if let Some(bound) = bounds.get_mut(at) {
                *bound = side;
            }
        }
    }
}

/// Whole parts first, then one each to the largest remainders, ties to the earlier, never above a ceiling.
fn largest_remainder(ideals: &[f64], wanted: u64, ceiling: &[u64]) -> Vec<u64> {
    /// A share that is a whole number in truth may lie a little below it in floating point.
    const WHOLE: f64 = 1e-9;
    let mut sizes: Vec<u64> = ideals.iter().map(|x| (x + WHOLE).floor() as u64).collect();
    let mut order: Vec<usize> = (0..ideals.len()).collect();
    let remainder = |at: &usize| ideals.get(*at).map_or(0.0, |x| (x - (x + WHOLE).floor()).max(0.0));
    order.sort_by(|a, b| remainder(b).total_cmp(&remainder(a)).then(a.cmp(b)));
    let mut left = wanted.saturating_sub(sizes.iter().sum());
    while left > 0 {
        let before = left;
        for at in &order {
            let room = ceiling.get(*at).copied().unwrap_or(0);
            if let Some(size) = sizes.get_mut(*at).filter(|s| left > 0 && **s < room) {
                *size += 1;
                left -= 1;
            }
        }
        if left == before {
            break;
        }
    }
    sizes
}

/// Variance of the stratified mean: Σ `W_h`²·`S_h`²/`n_h`·(1 − `n_h`/`N_h`), with `W_h` = `N_h`/N; sizes may be fractional.
///
/// `None` when a stratum that varies has no unit in the sample or no standard deviation is known.
#[must_use]
pub fn variance_of_mean(strata: &[StratumPlan], sizes: &[f64]) -> Option<f64> {
    let all = total(strata.iter().map(|s| s.population as f64));
    let mut sum = CompensatedSum::new();
    for (stratum, size) in strata.iter().zip(sizes) {
        let (sd, units) = (stratum.sd?, stratum.population as f64);
        if units == 0.0 || sd == 0.0 {
            continue;
        }
        if *size <= 0.0 {
            return None;
        }
        let share = units / all;
        sum.insert(share * share * sd * sd / size * (1.0 - size / units));
    }
    (strata.len() == sizes.len() && all > 0.0).then(|| sum.finish())
}

/// The n, unrounded, at which the stratified mean has the wanted variance V under an allocation:
/// n = Σ(`W_h`²·`S_h`²/`a_h`) / (V + Σ `W_h`·`S_h`²/N) (Cochran 1977, equation 5.47).
///
/// `None` when no standard deviation is known, the variance is not positive, or a stratum that varies has no share.
#[must_use]
pub fn required_for_variance(rule: AllocationRule, strata: &[StratumPlan], variance: f64) -> Option<f64> {
    let shares = shares(rule, strata).ok()?;
    let all = total(strata.iter().map(|s| s.population as f64));
    let (mut numerator, mut within) = (CompensatedSum::new(), CompensatedSum::new());
    for (stratum, a) in strata.iter().zip(shares) {
        let weight = stratum.population as f64 / all;
        let sd = stratum.sd?;
        within.insert(weight * sd * sd);
        if weight * sd > 0.0 {
            numerator.insert(weight * weight * sd * sd / a);
        }
    }
    let n = numerator.finish() / (variance + within.finish() / all);
    (variance > 0.0 && n.is_finite()).then_some(n)
}

/// Variance of the mean of a simple random sample of the same size, S²/n·(1 − n/N), with S² put together from within and
/// between the strata: (N−1)·S² = Σ(`N_h`−1)`S_h`² + Σ `N_h`(`m_h` − m)².
///
/// `None` when a standard deviation or a mean is missing.
#[must_use]
pub fn variance_without_strata(strata: &[StratumPlan], means: &[f64], n: f64) -> Option<f64> {
    let units = |s: &StratumPlan| s.population as f64;
    let all = total(strata.iter().map(units));
    let mean = total(strata.iter().zip(means).map(|(s, m)| units(s) * m)) / all;
    let mut sum = CompensatedSum::new();
    for (stratum, own) in strata.iter().zip(means) {
        let sd = stratum.sd?;
        sum.insert((units(stratum) - 1.0).max(0.0) * sd * sd);
        sum.insert(units(stratum) * (own - mean) * (own - mean));
    }
    let variance = sum.finish() / (all - 1.0) / n * (1.0 - n / all);
    (strata.len() == means.len() && variance.is_finite()).then_some(variance)
}

fn total(values: impl Iterator<Item = f64>) -> f64 {
    let mut sum = CompensatedSum::new();
    values.for_each(|value| sum.insert(value));
    sum.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plan(population: u64, sd: f64) -> StratumPlan {
        StratumPlan {
            population,
            sd: Some(sd),
            cost: Some(1.0),
        }
    }

    fn sizes(rule: AllocationRule, strata: &[StratumPlan], n: u64, minimum: u64) -> Vec<u64> {
        allocate(rule, strata, n, minimum).unwrap().iter().map(|s| s.size).collect()
    }

    #[test]
    fn ties_go_to_the_earlier_stratum_and_bounds_hold() {
        let alike = [plan(100, 1.0); 3];
        assert_eq!(sizes(AllocationRule::Equal, &alike, 200, 0), [67, 67, 66]);
        // A stratum of five gives all it has, the others share the rest.
        assert_eq!(
            sizes(AllocationRule::Equal, &[plan(5, 1.0), plan(100, 1.0), plan(100, 1.0)], 30, 0),
            [5, 13, 12]
        );
        // Neyman would take 90 of the first; the minimum takes from it.
        let uneven = [plan(1000, 9.0), plan(1000, 1.0)];
        assert_eq!(sizes(AllocationRule::Neyman, &uneven, 100, 0), [90, 10]);
        assert_eq!(sizes(AllocationRule::Neyman, &uneven, 100, 30), [70, 30]);
    }

    #[test]
    fn what_does_not_go_is_named() {
        let two = [plan(10, 1.0), plan(10, 1.0)];
        let error = |n, minimum| allocate(AllocationRule::Proportional, &two, n, minimum).unwrap_err();
        assert_eq!(error(21, 0), AllocationError::MoreThanUnits { wanted: 21, units: 20 });
        assert_eq!(error(5, 3), AllocationError::MinimumTooLarge { needed: 6, wanted: 5 });
        assert_eq!(
            allocate(AllocationRule::Neyman, &[plan(10, 0.0)], 2, 0).unwrap_err(),
            AllocationError::NoVariation
        );
        assert_eq!(allocate(AllocationRule::Equal, &[], 0, 0).unwrap_err(), AllocationError::NoStrata);
        let unknown = StratumPlan {
            population: 3,
            sd: None,
            cost: None,
        };
        assert_eq!(
            shares(AllocationRule::Neyman, &[unknown]).unwrap_err(),
            AllocationError::Sd { stratum: 0 }
        );
        assert_eq!(
            shares(
                AllocationRule::CostOptimal,
                &[
                    plan(3, 1.0),
                    StratumPlan {
                        cost: None,
                        ..plan(3, 1.0)
                    }
                ]
            )
            .unwrap_err(),
            AllocationError::Cost { stratum: 1 }
        );
    }

    proptest! {
        #[test]
        fn whole_numbers_add_up_within_bounds(
            strata in prop::collection::vec((0_u64..500, 0.1_f64..30.0), 1..12),
            share in 0.0_f64..=1.0,
            minimum in 0_u64..6,
            rule in prop::sample::select(vec![AllocationRule::Proportional, AllocationRule::Neyman, AllocationRule::Equal, AllocationRule::CostOptimal]),
        ) {
            let strata: Vec<StratumPlan> = strata.into_iter().map(|(n, sd)| plan(n, sd)).collect();
            let units: u64 = strata.iter().map(|s| s.population).sum();
            prop_assume!(units > 0);
            let least: u64 = strata.iter().map(|s| s.population.min(minimum)).sum();
            let wanted = ((units as f64 * share) as u64).max(least);
            let spread = allocate(rule, &strata, wanted, minimum).unwrap();
            prop_assert_eq!(spread.iter().map(|s| s.size).sum::<u64>(), wanted);
            for (stratum, size) in strata.iter().zip(&spread) {
                prop_assert!(size.size <= stratum.population && size.size >= stratum.population.min(minimum));
                if spread.iter().all(|s| s.bound == Bound::Free) {
                    prop_assert!((size.size as f64 - size.exact).abs() < 1.0 + 1e-6);
                }
            }
        }

        /// Neyman's allocation has the smallest variance of all with the same n, and the n found for a variance gives it.
        #[test]
        fn neyman_is_the_best_and_sizes_invert(strata in prop::collection::vec((50_u64..5000, 0.5_f64..30.0), 2..8), n in 10.0_f64..40.0) {
            let strata: Vec<StratumPlan> = strata.into_iter().map(|(n, sd)| plan(n, sd)).collect();
            let variance = |rule| {
                let sizes: Vec<f64> = shares(rule, &strata).unwrap().iter().map(|a| a * n).collect();
                variance_of_mean(&strata, &sizes).unwrap()
            };
            let best = variance(AllocationRule::Neyman);
            for rule in [AllocationRule::Proportional, AllocationRule::Equal] {
                prop_assert!(best <= variance(rule) * (1.0 + 1e-12));
                let back = required_for_variance(rule, &strata, variance(rule)).unwrap();
                prop_assert!((back - n).abs() < 1e-8 * n);
            }
        }
    }
}
