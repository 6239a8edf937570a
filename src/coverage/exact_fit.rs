//! Exact tests of a composition: the chance of a sample that fits the frame no better than the one at hand, by going through
//! every composition of n units over the strata.
//!
//! Compositions are ordered by Pearson's X². Drawn with replacement they are multinomial, without replacement multivariate
//! hypergeometric. There are C(n+k−1, k−1) of them, so only small cases can be done this way.
//! Source: Read and Cressie (1988), Goodness-of-Fit Statistics for Discrete Multivariate Data, section 5.

use super::goodness_of_fit::StratumCounts;
use crate::stats::CompensatedSum;

/// Most compositions that are gone through.
const COMPOSITIONS_MAX: f64 = 2e6;

/// Both exact p.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExactFit {
    /// P(X² ≥ observed) under the multinomial distribution.
    pub multinomial: f64,
    /// P(X² ≥ observed) under the multivariate hypergeometric distribution; none for a census.
    pub hypergeometric: Option<f64>,
}

/// Exact p of the counts; `None` when there are more than two million compositions or a stratum is empty in the frame.
#[must_use]
pub fn exact_fit(strata: &[StratumCounts]) -> Option<ExactFit> {
    let n: u64 = strata.iter().map(|s| s.observed).sum();
    let frame: u64 = strata.iter().map(|s| s.frame).sum();
    let parts = strata.len();
    if parts < 2 || n == 0 || strata.iter().any(|s| s.frame == 0) || compositions(n, parts) > COMPOSITIONS_MAX {
        return None;
    }
    let of_stratum: Vec<Terms> = strata.iter().map(|s| Terms::of(*s, n, frame)).collect();
    let observed: f64 = strata
        .iter()
        .zip(&of_stratum)
        .filter_map(|(s, t)| t.squares.get(usize::try_from(s.observed).ok()?))
        .sum();
    let mut walk = Walk {
        terms: &of_stratum,
        // Compositions that tie with the observed one belong to its tail, whatever the last digit of their sums.
        threshold: observed * (1.0 - 1e-10) - 1e-12,
        multinomial: CompensatedSum::new(),
        hypergeometric: CompensatedSum::new(),
    };
    walk.from(0, usize::try_from(n).ok()?, (0.0, 0.0, 0.0));
    // Independent Poisson counts given their total are multinomial, independent binomial ones hypergeometric: the probability of
    // the total divides the sum. Each factor is moderate where the products of factorials would overflow.
    let multinomial = walk.multinomial.finish() / libm::exp(ln_poisson(n, n as f64));
    let hypergeometric = walk.hypergeometric.finish() / libm::exp(ln_binomial_mass(n, frame, n as f64 / frame as f64));
    Some(ExactFit {
        multinomial: multinomial.min(1.0),
        hypergeometric: (n < frame).then(|| hypergeometric.min(1.0)),
    })
}

/// ln P(count) of a Poisson variable.
fn ln_poisson(count: u64, mean: f64) -> f64 {
    count as f64 * libm::log(mean) - mean - ln_factorial(count)
}

/// ln P(count) of a binomial variable; −∞ beyond `size`.
fn ln_binomial_mass(count: u64, size: u64, share: f64) -> f64 {
    if count > size {
        return f64::NEG_INFINITY;
    }
    let rest = (size - count) as f64;
    // A census has share 1, for which 0·ln 0 is 0.
    let outside = if rest > 0.0 { rest * libm::log1p(-share) } else { 0.0 };
    ln_binomial(size, count) + count as f64 * libm::log(share) + outside
}

/// C(n+k−1, k−1), roughly.
fn compositions(n: u64, parts: usize) -> f64 {
    (1..parts).map(|i| (n as f64 + i as f64) / i as f64).product()
}

fn ln_factorial(n: u64) -> f64 {
    statrs::function::factorial::ln_factorial(n)
}

fn ln_binomial(n: u64, k: u64) -> f64 {
    statrs::function::factorial::ln_binomial(n, k)
}

/// What one stratum adds for each possible count, from 0 to n.
struct Terms {
    /// `(count − E)²/E`.
    squares: Vec<f64>,
    /// ln P(count) with mean E.
    multinomial: Vec<f64>,
    /// ln P(count) of `N_h` units drawn with chance n/N each.
    hypergeometric: Vec<f64>,
}

impl Terms {
    fn of(stratum: StratumCounts, n: u64, frame: u64) -> Self {
        let drawn = n as f64 / frame as f64;
        let expected = stratum.frame as f64 * drawn;
        let square = |count: u64| (count as f64 - expected) * (count as f64 - expected) / expected;
        Self {
            squares: (0..=n).map(square).collect(),
            multinomial: (0..=n).map(|count| ln_poisson(count, expected)).collect(),
            hypergeometric: (0..=n).map(|count| ln_binomial_mass(count, stratum.frame, drawn)).collect(),
        }
    }
}

struct Walk<'a> {
    terms: &'a [Terms],
    threshold: f64,
    multinomial: CompensatedSum,
    hypergeometric: CompensatedSum,
}

impl Walk<'_> {
    /// All compositions of `left` units over the strata from this one on; `sums` are those of the strata before: squares and
    /// both logarithms.
    fn from(&mut self, stratum: usize, left: usize, sums: (f64, f64, f64)) {
        let terms = self.terms;
        let Some(own) = terms.get(stratum) else { return };
        let last = stratum + 1 == terms.len();
        for count in if last { left..=left } else { 0..=left } {
            let at = |list: &[f64]| list.get(count).copied().unwrap_or(f64::NEG_INFINITY);
            let sums = (
                sums.0 + at(&own.squares),
                sums.1 + at(&own.multinomial),
                sums.2 + at(&own.hypergeometric),
            );
            if !last {
                self.from(stratum + 1, left - count, sums);
            } else if sums.0 >= self.threshold {
                self.multinomial.insert(libm::exp(sums.1));
                self.hypergeometric.insert(libm::exp(sums.2));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(pairs: &[(u64, u64)]) -> Vec<StratumCounts> {
        pairs.iter().map(|&(frame, observed)| StratumCounts { frame, observed }).collect()
    }

    #[test]
    fn with_two_strata_the_tail_is_that_of_one_count() {
        // Frame 6 and 4, three drawn, all from the first: X² ≥ 2 holds for counts 3 (X² = 2) and 0 and 1 of the first.
        let exact = exact_fit(&counts(&[(6, 3), (4, 0)])).unwrap();
        // Binomial(3, 0.6): P(3) + P(0) = 0.216 + 0.064 and X² of 1 is (1 − 1.8)²/1.8 + (2 − 1.2)²/1.2 = 0.89 < 2.
        assert!((exact.multinomial - 0.28).abs() < 1e-14);
        // Hypergeometric: C(6,3)/C(10,3) + C(4,3)/C(10,3) = 24/120.
        assert!((exact.hypergeometric.unwrap() - 0.2).abs() < 1e-14);
    }

    #[test]
    fn the_whole_tail_is_one_and_large_cases_are_left() {
        let exact = exact_fit(&counts(&[(50, 5), (30, 3), (20, 2)])).unwrap();
        assert!((exact.multinomial - 1.0).abs() < 1e-12 && (exact.hypergeometric.unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(
            exact_fit(&counts(&[(500, 50), (300, 30), (200, 20), (90, 9), (90, 9), (90, 9)])),
            None
        );
        assert_eq!(exact_fit(&counts(&[(5, 5), (3, 3)])).unwrap().hypergeometric, None);
    }
}
