//! Where the level of a series moved, once, and how sure that is.
//!
//! For every split after `k` values the statistic is that of a shift of the mean under normal errors, `F_k = SS_between / (SS_within/(n − 2))`; the split with the
//! largest is the maximum-likelihood one (D. M. Hawkins, "Testing a sequence of observations for a shift in location", *JASA* 72 (1977) 180–186). Its
//! p value comes from permutations of the values: were nothing to happen, their order would not matter. Which splits are plausible comes from a
//! bootstrap of the residuals about the fitted step: the smallest set of splits that holds the estimated one in the stated share of replicates.
//!
//! Values that hang together from one period to the next make the p value too small; the lag-1 autocorrelation stands beside it.

use super::stretches::Stretches;
use crate::resample::permutation::p_value;
use crate::stats::random::{Purpose, below_u32, generator, shuffle};
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Fewest values on either side of a split: fewer cannot tell a level from an outlier.
pub const SEGMENT_MIN: usize = 3;

/// Permutations, and replicates of the bootstrap.
pub const REPLICATES: u32 = 1_999;

/// A single shift of the level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangePoint {
    /// First period (from 0) at the new level.
    pub at: usize,
    /// Mean before.
    pub before: f64,
    /// Mean from there on.
    pub after: f64,
    /// Share of permutations with a statistic as large.
    pub p_value: f64,
    /// Permutations.
    pub permutations: u32,
    /// First periods at the new level that are plausible, ascending.
    pub plausible: Vec<usize>,
    /// Share of bootstrap replicates that they hold, at least the level asked for.
    pub plausible_share: f64,
}

/// The most likely single shift. `None` with fewer than two segments of [`SEGMENT_MIN`] values, or where no value differs.
#[must_use]
pub fn change_point(values: &[f64], level: f64, seed: u64) -> Option<ChangePoint> {
    let (at, observed) = best_split(values)?;
    let (head, tail) = values.split_at(at);
    let (before, after) = (super::mean(head)?, super::mean(tail)?);
    let permuted: Vec<f64> = (0..REPLICATES)
        .into_par_iter()
        .filter_map(|number| {
            let mut order = values.to_vec();
            shuffle(&mut generator(seed, Purpose::Permutation, u64::from(number)), &mut order);
            best_split(&order).map(|(_, statistic)| statistic)
        })
        .collect();
    let (plausible, plausible_share) = plausible(values, at, (before, after), level, seed);
    Some(ChangePoint {
        at,
        before,
        after,
        p_value: p_value(observed, &permuted)?,
        permutations: REPLICATES,
        plausible,
        plausible_share,
    })
}

/// The split with the largest statistic, the earliest among equals. A perfect step has an infinite one, told as the largest number.
fn best_split(values: &[f64]) -> Option<(usize, f64)> {
    let n = values.len();
    let mean = super::mean(values)?;
    let all: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    if n < 2 * SEGMENT_MIN || all.is_nan() || all <= 0.0 {
        return None;
    }
    let mut sum = 0.0;
    let mut best: Option<(usize, f64)> = None;
    for (position, value) in values.iter().enumerate() {
        sum += value - mean;
        let k = position + 1;
        if k < SEGMENT_MIN || n - k < SEGMENT_MIN {
            continue;
        }
        // SS_between = D²·n/(k(n − k)), D the sum of the first k deviations.
        let between = sum * sum * n as f64 / (k as f64 * (n - k) as f64);
        let within = (all - between).max(0.0) / (n - 2) as f64;
        let statistic = if within <= 1e-14 * all { f64::MAX } else { between / within };
        if best.is_none_or(|(_, largest)| statistic > largest) {
            best = Some((k, statistic));
        }
    }
    best
}

/// The smallest set of splits that the bootstrap of residuals finds in at least the stated share of replicates, and the share it holds.
fn plausible(values: &[f64], at: usize, (before, after): (f64, f64), level: f64, seed: u64) -> (Vec<usize>, f64) {
    let fitted = |position: usize| if position < at { before } else { after };
    let n = values.len();
    // Residuals about two fitted means are too small by √((n − 2)/n) on average.
    let widen = (n as f64 / (n as f64 - 2.0)).sqrt();
    let residuals: Vec<f64> = values.iter().enumerate().map(|(i, v)| (v - fitted(i)) * widen).collect();
    let splits: Vec<Option<usize>> = (0..REPLICATES)
        .into_par_iter()
        .map(|number| {
            let mut random = generator(seed, Purpose::Bootstrap, u64::from(number));
            let mut draw =
                |position: usize| fitted(position) + residuals.get(below_u32(&mut random, n as u32) as usize).copied().unwrap_or(0.0);
            let drawn: Vec<f64> = (0..n).map(&mut draw).collect();
            best_split(&drawn).map(|(split, _)| split)
        })
        .collect();
    let mut counts = vec![0_u32; n + 1];
    let mut all = 0_u32;
    for split in splits.into_iter().flatten() {
        counts[split] += 1;
        all += 1;
    }
    let mut order: Vec<usize> = (0..=n).filter(|split| counts[*split] > 0).collect();
    order.sort_by_key(|split| (std::cmp::Reverse(counts[*split]), *split));
    let (mut held, mut set) = (0_u32, Vec::new());
    for split in order {
        if f64::from(held) >= level * f64::from(all) {
            break;
        }
        held += counts[split];
        set.push(split);
    }
    // Where residuals are 0 the one split is certain.
    if set.is_empty() {
        return (vec![at], 1.0);
    }
    set.sort_unstable();
    (set, f64::from(held) / f64::from(all))
}

/// Correlation of each value with the one directly before it, −1 to 1; `None` below three values or without spread.
#[must_use]
pub fn autocorrelation(values: &[f64], stretches: &Stretches) -> Option<f64> {
    let mean = super::mean(values).filter(|_| values.len() > 2)?;
    let all: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    let pairs = stretches.neighbours(values);
    let lagged: f64 = pairs.map(|(_, before, after)| (before - mean) * (after - mean)).sum();
    (all > 0.0).then(|| lagged / all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::random::normal_pair;
    use proptest::prelude::*;

    fn noise(seed: u64, n: usize) -> Vec<f64> {
        let mut random = generator(seed, Purpose::Groups, 0);
        (0..n).map(|_| normal_pair(&mut random)[0]).collect()
    }

    #[test]
    fn a_planted_shift_is_found_with_its_neighbours() {
        let mut values = noise(3, 30);
        values.iter_mut().skip(18).for_each(|v| *v += 3.0);
        let found = change_point(&values, 0.95, 1).unwrap();
        assert!(found.plausible.contains(&18) && found.plausible.contains(&found.at), "{found:?}");
        assert!((17..=19).contains(&found.at) && found.p_value < 0.01);
        assert!(found.after - found.before > 2.0 && found.plausible_share >= 0.95 && found.plausible.len() < 8);
        assert_eq!(found, change_point(&values, 0.95, 1).unwrap());
    }

    /// Two samples and the split between them: the statistic is the squared t of the two-sample test. By hand: 1, 2, 3 against 5, 6, 7, 9.
    #[test]
    fn the_statistic_is_the_squared_t() {
        let values = [1.0, 2.0, 3.0, 5.0, 6.0, 7.0, 9.0];
        let (at, statistic) = best_split(&values).unwrap();
        // Means 2 and 6.75, SS within 2 + 8.75 = 10.75, t² = 4.75² / (10.75/5 · (1/3 + 1/4)).
        let expected = 4.75 * 4.75 / (10.75 / 5.0 * (1.0 / 3.0 + 1.0 / 4.0));
        assert_eq!(at, 3);
        assert!((statistic - expected).abs() < 1e-9);
        assert_eq!(best_split(&[1.0; 9]), None);
        assert_eq!(best_split(&values[..5]), None);
    }

    /// Without a shift p is about uniform: at most 0.05 in about one of twenty series (200 series: 2 to 20 within 3.3 standard deviations).
    #[test]
    fn no_shift_is_seldom_found() {
        let false_alarms = (0..200)
            .filter(|seed| change_point(&noise(1000 + seed, 16), 0.95, 7).unwrap().p_value <= 0.05)
            .count();
        assert!((2..=20).contains(&false_alarms), "{false_alarms}");
    }

    /// The plausible set holds the true split about as often as it says (100 series, shift of 2.5 σ: at least 87 within 3.5 standard deviations of 95).
    #[test]
    fn the_plausible_set_covers() {
        let covers = |seed: u64| {
            let mut values = noise(5000 + seed, 24);
            values.iter_mut().skip(12).for_each(|v| *v += 2.5);
            change_point(&values, 0.95, seed).unwrap().plausible.contains(&12)
        };
        let covered = (0..100).filter(|seed| covers(*seed)).count();
        assert!(covered >= 87, "{covered}");
    }

    proptest! {
        #[test]
        fn the_unit_does_not_matter(values in prop::collection::vec(0.0_f64..10.0, 8..20), scale in 0.5_f64..4.0, shift in -5.0_f64..5.0) {
            let other: Vec<f64> = values.iter().map(|v| scale * v + shift).collect();
            let (a, b) = (best_split(&values).unwrap(), best_split(&other).unwrap());
            prop_assert_eq!(a.0, b.0);
            prop_assert!((a.1 - b.1).abs() < 1e-6 * a.1.max(1.0));
        }
    }
}
