//! Weighted sums of the cases by the items they answered: what pairwise correlations, complete cases and EM are made from, in every replicate anew.
//!
//! Which items a case answered does not change from replicate to replicate, only its weight does. So the cases are sorted by pattern once; a replicate
//! is then a pass pattern by pattern, over the items answered only.

use super::cases::Cases;
use super::draw::Factors;
use crate::model::missing::{PATTERN_ITEMS_MAX, Pattern};
use crate::tally::WeightedSums;
use std::collections::BTreeMap;

/// Cases in a block: their columns stay within the fastest cache.
const BLOCK: usize = 128;

/// The cases of one pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Members {
    /// Positions of the items answered, ascending.
    observed: Vec<usize>,
    cases: Vec<u32>,
}

/// Cases sorted by the items they answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Patterns {
    items: usize,
    /// Bit `j` is set where item `j` was answered.
    members: BTreeMap<u128, Members>,
}

impl Patterns {
    /// By the first `items` items, [`PATTERN_ITEMS_MAX`] at most.
    pub(super) fn of(cases: &Cases, items: usize) -> Self {
        let items = items.min(PATTERN_ITEMS_MAX).min(cases.item_count);
        let mut masks = vec![0_u128; cases.len()];
        for item in 0..items {
            let answered = cases.answered_of(item);
            for (case, mask) in masks.iter_mut().enumerate() {
                let given = answered.get(case).is_none_or(|a| *a == 1);
                *mask |= u128::from(given) << item;
            }
        }
        let mut members: BTreeMap<u128, Members> = BTreeMap::new();
        for (case, mask) in masks.into_iter().enumerate() {
            let slot = members.entry(mask).or_insert_with(|| Members {
                observed: (0..items).filter(|item| mask & (1 << item) != 0).collect(),
                cases: Vec::new(),
            });
            slot.cases.push(case as u32);
        }
        Self { items, members }
    }

    /// Items that patterns tell apart.
    pub(super) fn items(&self) -> usize {
        self.items
    }

    /// Puts the sums of every pattern under some factors in the place of those of the last replicate.
    pub(super) fn sums(&self, cases: &Cases, factors: &Factors, out: &mut WeightedSums) {
        let factor_of = factors.of_cases(cases);
        let weight_of: Vec<f64> = factor_of
            .iter()
            .zip(&cases.weight)
            .map(|(factor, weight)| factor * weight)
            .collect();
        let patterns = out.patterns_mut();
        let mut columns = Columns::new(self.items);
        for (mask, members) in &self.members {
            let pattern = patterns.entry(*mask).or_insert_with(|| Pattern::new(members.observed.clone()));
            pattern.weight = 0.0;
            pattern.sum.fill(0.0);
            pattern.product.fill(0.0);
            for block in members.cases.chunks(BLOCK) {
                columns.load(cases, &members.observed, block, &weight_of);
                columns.add_to(pattern, block.len());
            }
            pattern.product.fill_lower_triangle_with_upper_triangle();
        }
    }
}

/// The answers of one block, item by item, plain and times the weight of the case.
struct Columns {
    weight: Vec<f64>,
    plain: Vec<f64>,
    weighted: Vec<f64>,
}

impl Columns {
    fn new(items: usize) -> Self {
        Self {
            weight: vec![0.0; BLOCK],
            plain: vec![0.0; items * BLOCK],
            weighted: vec![0.0; items * BLOCK],
        }
    }

    fn load(&mut self, cases: &Cases, observed: &[usize], block: &[u32], weight_of: &[f64]) {
        for (weight, case) in self.weight.iter_mut().zip(block) {
            *weight = weight_of[*case as usize];
        }
        let columns = self.plain.chunks_mut(BLOCK).zip(self.weighted.chunks_mut(BLOCK));
        for (item, (plain, weighted)) in observed.iter().zip(columns) {
            let steps = cases.steps_of(*item);
            for ((case, weight), (plain, weighted)) in block.iter().zip(&self.weight).zip(plain.iter_mut().zip(weighted)) {
                *plain = f64::from(steps[*case as usize]);
                *weighted = weight * *plain;
            }
        }
    }

    /// Adds the block: products on and above the diagonal only.
    fn add_to(&self, pattern: &mut Pattern, length: usize) {
        let weight = &self.weight[..length];
        pattern.weight += weight.iter().sum::<f64>();
        let column = |of: &'_ [f64], item: usize| item * BLOCK..item * BLOCK + length.min(of.len());
        for j in 0..pattern.observed.len() {
            let weighted = &self.weighted[column(&self.weighted, j)];
            pattern.sum[j] += weighted.iter().sum::<f64>();
            for k in j..pattern.observed.len() {
                let plain = &self.plain[column(&self.plain, k)];
                pattern.product[(j, k)] += super::kernel::dot(weighted, plain);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::missing::{MissingMethod, patterns};
    use crate::resample::{Case, Cases, DrawSize, MISSING, Resample, Resampler};
    use proptest::prelude::*;

    fn rows() -> impl Strategy<Value = Vec<Case>> {
        let steps = prop::collection::vec(prop_oneof![5 => 0_u8..=10, 1 => Just(MISSING)], 4);
        let case = (steps, 0_u16..2, 1_u8..4).prop_map(|(steps, stratum, weight)| Case {
            steps,
            weight: f64::from(weight) / 2.0,
            stratum,
            post: stratum,
            unit: None,
            domain: stratum,
        });
        prop::collection::vec(case, 30..300)
    }

    fn near(found: &BTreeMap<u128, Pattern>, expected: &[Pattern]) -> bool {
        let close = |x: f64, y: f64| (x - y).abs() <= 1e-9 * (1.0 + x.abs());
        let of = |observed: &[usize]| found.values().find(|p| p.observed == observed);
        let empty = |p: &Pattern| p.weight == 0.0;
        found.values().filter(|p| !empty(p)).count() == expected.len()
            && expected.iter().all(|theirs| {
                of(&theirs.observed).is_some_and(|ours| {
                    close(ours.weight, theirs.weight)
                        && ours.sum.iter().zip(&theirs.sum).all(|(a, b)| close(*a, *b))
                        && ours.product.iter().zip(&theirs.product).all(|(a, b)| close(*a, *b))
                })
            })
    }

    proptest! {
        /// Second route: the rows as they are drawn, one by one. A replicate of moments is what the resampled rows give, by every method.
        #[test]
        fn a_replicate_is_the_estimate_on_the_resampled_rows(rows in rows(), seed in 0_u64..50) {
            let packed = Cases::new(4, rows).unwrap();
            let sorted = Patterns::of(&packed, 3);
            let mut factors = Factors::ones(&packed);
            // A second replicate in the same place leaves nothing of the first.
            let mut sums = WeightedSums::new(4);
            for number in 0..2 {
                factors.draw(&packed, &DrawSize::rao_wu(), true, seed, number);
                sorted.sums(&packed, &factors, &mut sums);
            }
            sums.weight = factors.of_cases(&packed).iter().zip(&packed.weight).map(|(f, w)| f * w).sum();
            let drawn: Vec<(f64, Vec<Option<f64>>)> = factors.of_cases(&packed).into_iter().enumerate().filter(|(_, f)| *f > 0.0).map(|(at, factor)| {
                let answered = |item: usize| packed.answered_of(item).get(at).is_none_or(|a| *a == 1);
                let answer = |item: usize| answered(item).then(|| f64::from(packed.steps_of(item)[at]));
                (factor * packed.weight[at], (0..3).map(answer).collect())
            }).collect();
            let by_hand = patterns(drawn.iter().map(|(w, x)| (*w, x.as_slice())));
            prop_assert!(near(sums.patterns_mut(), &by_hand));
            for method in [MissingMethod::Pairwise, MissingMethod::Listwise, MissingMethod::Em] {
                match (sums.correlations_by(method, 3), crate::model::missing::moments(method, &by_hand, 3)) {
                    (Ok((sd, correlation)), Ok(expected)) => {
                        prop_assert!(sd.iter().zip(&expected.sd).all(|(a, b)| (a - b).abs() < 1e-6 * b));
                        prop_assert!((correlation - expected.correlation).abs().max() < 1e-6);
                    }
                    (ours, theirs) => prop_assert_eq!(ours.is_err(), theirs.is_err()),
                }
            }
        }
    }

    /// Any number of threads gives the same replicates, to the last bit.
    #[test]
    fn threads_have_no_say() {
        let row = |at: u32| Case {
            steps: (0..3)
                .map(|item| {
                    if (at * 7 + item * 3).is_multiple_of(11) {
                        MISSING
                    } else {
                        ((at * (item + 3)) % 10) as u8
                    }
                })
                .collect(),
            weight: 1.0 + f64::from(at % 3),
            stratum: 0,
            post: 0,
            unit: None,
            domain: 0,
        };
        let resampler = Resampler::new(Cases::new(3, (0..200).map(row).collect()).unwrap()).with_patterns(3);
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let estimate = |sums: crate::resample::replicates::Sums<'_>| {
                let (sd, correlation) = sums.all.correlations_by(MissingMethod::Em, 3).map_err(|e| e.to_string())?;
                Ok::<_, String>(sd.iter().chain(correlation.iter()).map(|v| Some(*v)).collect())
            };
            pool.install(|| resampler.bootstrap(&Resample::new(40, 3), estimate)).unwrap()
        };
        let one = run(1);
        assert_eq!(one.failed(), 0);
        assert_eq!(one, run(2));
        assert_eq!(one, run(8));
    }
}
