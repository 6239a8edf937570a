//! A difference of two weighted means, taken apart without a remainder.
//!
//! With `I = Σ w_j s_j` before (0) and after (1), the midpoint decomposition is
//!
//! ```text
//! I₁ − I₀ = Σ_j w̄_j (s_j1 − s_j0) + Σ_j s̄_j (w_j1 − w_j0),   w̄ = (w_0 + w_1)/2, s̄ = (s_0 + s_1)/2
//! ```
//!
//! (A. F. Shorrocks, "Decomposition procedures for distributional analysis", *Journal of Economic Inequality* 11 (2013) 99–126: with two factors it is the
//! Shapley value, the mean of the two orders in which score and weight may change; E. M. Kitagawa, *Journal of the American Statistical Association* 50 (1955)
//! 1168–1194, for rates.) It is exact for any numbers.

use crate::stats::CompensatedSum;

/// One part of a weighted mean, before and after.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    /// Weight before.
    pub weight_before: f64,
    /// Weight after.
    pub weight_after: f64,
    /// Score before.
    pub score_before: f64,
    /// Score after.
    pub score_after: f64,
}

/// What one part contributes to the difference, in the unit of the scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contribution {
    /// Through its own score: `w̄ (s₁ − s₀)`.
    pub score: f64,
    /// Through its weight: `(s̄ − c)(w₁ − w₀)`, `c` the level given to [`contributions`].
    pub weight: f64,
}

/// The contribution of every part. A gain of weight helps a part that scores above `level` and harms one below it; as the changes of the
/// weights sum to 0, the sum over the parts does not depend on `level` (it does by `level · Σ Δw` where they do not).
#[must_use]
pub fn contributions(terms: &[Term], level: f64) -> Vec<Contribution> {
    let one = |t: &Term| Contribution {
        score: f64::midpoint(t.weight_before, t.weight_after) * (t.score_after - t.score_before),
        weight: (f64::midpoint(t.score_before, t.score_after) - level) * (t.weight_after - t.weight_before),
    };
    terms.iter().map(one).collect()
}

/// Sum of all contributions.
#[must_use]
pub fn total(contributions: &[Contribution]) -> f64 {
    let mut sum = CompensatedSum::new();
    for one in contributions {
        sum.insert(one.score);
        sum.insert(one.weight);
    }
    sum.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn term(w0: f64, s0: f64, w1: f64, s1: f64) -> Term {
        Term {
            weight_before: w0,
            weight_after: w1,
            score_before: s0,
            score_after: s1,
        }
    }

    fn mean(terms: &[Term], after: bool) -> f64 {
        let one = |t: &Term| {
            if after {
                t.weight_after * t.score_after
            } else {
                t.weight_before * t.score_before
            }
        };
        terms.iter().map(one).sum()
    }

    #[test]
    fn by_hand() {
        // 0.5·60 + 0.5·80 = 70 → 0.4·70 + 0.6·78 = 74.8. Scores: 0.45·10 − 0.55·2 = 3.4; weights: −0.1·65 + 0.1·79 = 1.4.
        let terms = [term(0.5, 60.0, 0.4, 70.0), term(0.5, 80.0, 0.6, 78.0)];
        let found = contributions(&terms, 0.0);
        assert!((found[0].score - 4.5).abs() < 1e-12 && (found[1].score + 1.1).abs() < 1e-12);
        assert!((found[0].weight + 6.5).abs() < 1e-12 && (found[1].weight - 7.9).abs() < 1e-12);
        assert!((total(&found) - 4.8).abs() < 1e-12);
        // Around the mean of both waves, a part below it that loses weight has helped.
        let centred = contributions(&terms, 72.4);
        assert!((centred[0].weight - 0.74).abs() < 1e-12 && (centred[1].weight - 0.66).abs() < 1e-12);
    }

    /// The Shapley value of two factors, enumerated: the mean over both orders of changing score and weight.
    fn shapley(t: &Term) -> Contribution {
        let value = |w: f64, s: f64| w * s;
        let score_first = value(t.weight_before, t.score_after) - value(t.weight_before, t.score_before);
        let score_second = value(t.weight_after, t.score_after) - value(t.weight_after, t.score_before);
        let weight_first = value(t.weight_after, t.score_before) - value(t.weight_before, t.score_before);
        let weight_second = value(t.weight_after, t.score_after) - value(t.weight_before, t.score_after);
        Contribution {
            score: f64::midpoint(score_first, score_second),
            weight: f64::midpoint(weight_first, weight_second),
        }
    }

    proptest! {
        #[test]
        fn nothing_is_left_over(parts in prop::collection::vec((0.01_f64..1.0, 0.0_f64..100.0, 0.01_f64..1.0, 0.0_f64..100.0), 1..30), level in 0.0_f64..100.0) {
            let (w0, w1) = parts.iter().fold((0.0, 0.0), |(a, b), p| (a + p.0, b + p.2));
            let terms: Vec<Term> = parts.iter().map(|p| term(p.0 / w0, p.1, p.2 / w1, p.3)).collect();
            let difference = mean(&terms, true) - mean(&terms, false);
            prop_assert!((total(&contributions(&terms, level)) - difference).abs() < 1e-9);
        }

        #[test]
        fn the_midpoint_is_the_shapley_value(w0 in 0.0_f64..1.0, s0 in 0.0_f64..100.0, w1 in 0.0_f64..1.0, s1 in 0.0_f64..100.0) {
            let one = term(w0, s0, w1, s1);
            let (found, expected) = (contributions(&[one], 0.0)[0], shapley(&one));
            prop_assert!((found.score - expected.score).abs() < 1e-10 && (found.weight - expected.weight).abs() < 1e-10);
        }

        #[test]
        fn backwards_is_the_same_with_the_other_sign(w0 in 0.0_f64..1.0, s0 in 0.0_f64..100.0, w1 in 0.0_f64..1.0, s1 in 0.0_f64..100.0) {
            let forward = contributions(&[term(w0, s0, w1, s1)], 50.0)[0];
            let backward = contributions(&[term(w1, s1, w0, s0)], 50.0)[0];
            prop_assert!((forward.score + backward.score).abs() < 1e-12 && (forward.weight + backward.weight).abs() < 1e-12);
        }
    }
}
