//! Cases sorted by the items they answered, for correlations that take gaps seriously. Only filled where the definition asks
//! for it (`model.missing` other than `mean`): a pass over the packed answers of the cell.

use super::cell::CellKey;
use crate::ingest::Responses;
use crate::model::missing::{PATTERN_ITEMS_MAX, Pattern};
use crate::score::Scoring;
use nalgebra::DMatrix;
use std::collections::BTreeMap;

/// Exact sums over the cases of a cell that answered the same items.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PatternSums {
    cases: u64,
    sum: Vec<u64>,
    /// Full matrix over the items answered, row by row.
    product: Vec<u64>,
}

/// Bit `j` is set where item `j` was answered.
pub(super) type Patterns = BTreeMap<u128, PatternSums>;

impl PatternSums {
    fn insert(&mut self, steps: &[u64]) {
        self.cases += 1;
        self.sum.resize(steps.len(), 0);
        self.product.resize(steps.len() * steps.len(), 0);
        for (j, x) in steps.iter().enumerate() {
            self.sum[j] += x;
            for (k, y) in steps.iter().enumerate() {
                self.product[j * steps.len() + k] += x * y;
            }
        }
    }
}

pub(super) fn patterns_of(responses: &Responses, rows: &[(CellKey, u32)], scoring: &[Scoring]) -> Patterns {
    let mut patterns = Patterns::new();
    let mut steps = Vec::with_capacity(scoring.len());
    for (_, row) in rows {
        steps.clear();
        let mut mask = 0_u128;
        for (item, (packed, scoring)) in responses.row(*row as usize).iter().zip(scoring).enumerate() {
            if let Some(x) = scoring.steps(*packed) {
                mask |= 1 << item;
                steps.push(u64::from(x));
            }
        }
        patterns.entry(mask).or_default().insert(&steps);
    }
    patterns
}

pub(super) fn combine(mine: &mut Patterns, theirs: &Patterns) {
    for (mask, sums) in theirs {
        let slot = mine.entry(*mask).or_default();
        slot.cases += sums.cases;
        slot.sum.resize(sums.sum.len(), 0);
        slot.product.resize(sums.product.len(), 0);
        slot.sum.iter_mut().zip(&sums.sum).for_each(|(a, b)| *a += b);
        slot.product.iter_mut().zip(&sums.product).for_each(|(a, b)| *a += b);
    }
}

/// Adds `weight` times the cases of a cell to weighted patterns.
pub(super) fn add(target: &mut BTreeMap<u128, Pattern>, patterns: &Patterns, weight: f64) {
    for (mask, sums) in patterns {
        let size = sums.sum.len();
        let observed = || (0..PATTERN_ITEMS_MAX).filter(|item| mask & (1 << item) != 0).collect();
        let slot = target.entry(*mask).or_insert_with(|| Pattern::new(observed()));
        slot.weight += weight * sums.cases as f64;
        slot.sum.iter_mut().zip(&sums.sum).for_each(|(a, b)| *a += weight * *b as f64);
        slot.product += DMatrix::from_fn(size, size, |j, k| weight * sums.product[j * size + k] as f64);
    }
}

/// Adds `factor` times other weighted patterns.
pub(super) fn combine_weighted(mine: &mut BTreeMap<u128, Pattern>, theirs: &BTreeMap<u128, Pattern>, factor: f64) {
    for (mask, pattern) in theirs {
        let slot = mine.entry(*mask).or_insert_with(|| Pattern::new(pattern.observed.clone()));
        slot.weight += factor * pattern.weight;
        slot.sum.iter_mut().zip(&pattern.sum).for_each(|(a, b)| *a += factor * b);
        slot.product += &pattern.product * factor;
    }
}
