//! What unequal weights cost: Kish's effect and the effective sample size.

use crate::stats::CompensatedSum;
use serde::Serialize;

/// Running sums n, Σw, Σw² of final weights. Parts made anywhere can be merged in any order.
///
/// Weights must be positive and finite. One that is not makes the whole result undefined rather than being skipped,
/// because a weight of 0 or less means that an earlier step went wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct KishSums {
    n: u64,
    weight: CompensatedSum,
    weight_squared: CompensatedSum,
    unusable: u64,
}

/// The effect of unequal weights on the variance of a mean.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct KishEffect {
    /// Weighted cases, n.
    pub n: u64,
    /// 1 + cv²(w) = n·Σw²/(Σw)², at least 1; 1 when all weights are equal.
    pub effect: f64,
    /// n divided by the effect, (Σw)²/Σw²: the equally weighted sample that would be as precise. 1 to n.
    pub effective_size: f64,
}

impl KishSums {
    /// No weights yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            n: 0,
            weight: CompensatedSum::new(),
            weight_squared: CompensatedSum::new(),
            unusable: 0,
        }
    }

    /// Adds the weight of one case.
    pub fn insert(&mut self, weight: f64) {
        self.insert_many(weight, 1);
    }

    /// Adds `cases` cases that share one weight, as all cases of a post-stratum do.
    pub fn insert_many(&mut self, weight: f64, cases: u64) {
        if cases == 0 {
            return;
        }
        if !(weight.is_finite() && weight > 0.0) {
            self.unusable = self.unusable.saturating_add(cases);
            return;
        }
        self.n = self.n.saturating_add(cases);
        self.weight.insert_product(weight, cases as f64);
        self.weight_squared.insert_product(weight * weight, cases as f64);
    }

    /// Adds the sums of another part; an empty part changes nothing.
    pub fn combine(&mut self, other: &Self) {
        self.n = self.n.saturating_add(other.n);
        self.weight.combine(&other.weight);
        self.weight_squared.combine(&other.weight_squared);
        self.unusable = self.unusable.saturating_add(other.unusable);
    }

    /// Kish's effect n·Σw²/(Σw)² and the effective size (Σw)²/Σw².
    ///
    /// It says what the weights alone do to the precision of an estimate that has nothing to do with them; the design
    /// effect of a particular estimate can be smaller or larger. Sources: Kish (1965), Survey Sampling, chapter 11;
    /// Kish (1992), Journal of Official Statistics 8(2), 183–200.
    ///
    /// `None` without cases, or when any weight was not positive and finite.
    #[must_use]
    pub fn finish(&self) -> Option<KishEffect> {
        let total = self.weight.finish();
        let total_squared = self.weight_squared.finish();
        if self.n == 0 || self.unusable > 0 || !(total_squared.is_finite() && total_squared > 0.0) {
            return None;
        }
        let effective_size = total / total_squared * total;
        let effect = self.n as f64 / effective_size;
        // Rounding alone can push equal weights a digit past the bounds that Cauchy–Schwarz guarantees.
        (effect.is_finite() && effect > 0.0).then(|| KishEffect {
            n: self.n,
            effect: effect.max(1.0),
            effective_size: effective_size.min(self.n as f64),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sums(weights: &[f64]) -> KishSums {
        let mut sums = KishSums::new();
        for &weight in weights {
            sums.insert(weight);
        }
        sums
    }

    #[test]
    fn worked_example() {
        // Weights 1, 1, 2: n Σw²/(Σw)² = 3·6/16
        let kish = sums(&[1.0, 1.0, 2.0]).finish().unwrap();
        assert_eq!((kish.n, kish.effect), (3, 1.125));
        assert!((kish.effective_size - 16.0 / 6.0).abs() < 1e-15);
    }

    #[test]
    fn no_weights_or_bad_weights_give_nothing() {
        assert_eq!(KishSums::new().finish(), None);
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(sums(&[1.0, bad, 2.0]).finish(), None);
        }
        assert_eq!(sums(&[1e200, 1e200]).finish(), None);
    }

    #[test]
    fn a_million_weights_in_two_halves() {
        let mut whole = KishSums::new();
        let mut halves = [KishSums::new(), KishSums::new()];
        for case in 0..1_000_000_u32 {
            let weight = 0.1 + f64::from(case % 97) * 0.013;
            whole.insert(weight);
            halves[(case % 2) as usize].insert(weight);
        }
        let [mut first, second] = halves;
        first.combine(&second);
        assert_eq!(first.finish(), whole.finish());
    }

    fn weights() -> impl Strategy<Value = Vec<f64>> {
        prop::collection::vec(1e-3_f64..1e3, 1..60)
    }

    proptest! {
        #[test]
        fn order_and_split_do_not_matter(weights in weights(), at in 0_usize..60) {
            let whole = sums(&weights).finish();
            let (left, right) = weights.split_at(at % weights.len());
            let mut merged = sums(right);
            merged.combine(&sums(left));
            prop_assert_eq!(merged.finish(), whole);
            let mut reversed = weights.clone();
            reversed.reverse();
            prop_assert_eq!(sums(&reversed).finish(), whole);
        }

        #[test]
        fn the_empty_part_is_neutral(weights in weights()) {
            let whole = sums(&weights);
            let mut left = KishSums::new();
            left.combine(&whole);
            let mut right = whole;
            right.combine(&KishSums::new());
            prop_assert_eq!(left, whole);
            prop_assert_eq!(right, whole);
        }

        #[test]
        fn equal_weights_cost_nothing(weight in 1e-6_f64..1e6, n in 1_u64..100_000) {
            let mut equal = KishSums::new();
            equal.insert_many(weight, n);
            let kish = equal.finish().unwrap();
            prop_assert!((kish.effect - 1.0).abs() < 1e-14);
            prop_assert!((kish.effective_size - n as f64).abs() < 1e-10 * n as f64);
        }

        #[test]
        fn many_at_once_equals_one_by_one(weight in 1e-3_f64..1e3, n in 1_u64..200, other in 1e-3_f64..1e3) {
            let mut one_by_one = sums(&vec![weight; n as usize]);
            one_by_one.insert(other);
            let mut at_once = KishSums::new();
            at_once.insert_many(weight, n);
            at_once.insert(other);
            let (a, b) = (one_by_one.finish().unwrap(), at_once.finish().unwrap());
            prop_assert!((a.effect / b.effect - 1.0).abs() < 1e-14);
        }

        #[test]
        fn the_unit_of_the_weights_does_not_matter(weights in weights(), factor in 1e-3_f64..1e3) {
            let scaled: Vec<f64> = weights.iter().map(|w| w * factor).collect();
            let (a, b) = (sums(&weights).finish().unwrap(), sums(&scaled).finish().unwrap());
            prop_assert!((a.effect / b.effect - 1.0).abs() < 1e-13);
        }

        #[test]
        fn equals_one_plus_the_squared_coefficient_of_variation(weights in weights()) {
            let n = weights.len() as f64;
            let mean = weights.iter().sum::<f64>() / n;
            let variance = weights.iter().map(|w| (w - mean).powi(2)).sum::<f64>() / n;
            let kish = sums(&weights).finish().unwrap();
            prop_assert!((kish.effect - (1.0 + variance / mean / mean)).abs() < 1e-9 * kish.effect);
        }
    }
}
