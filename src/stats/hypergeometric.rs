//! The exact test of one count in a sample drawn without replacement.

/// Two outcomes whose probabilities differ by less than this factor count as equally likely (R's `fisher.test`).
const TIE_FACTOR: f64 = 1.0 + 1e-7;

/// Two-sided p of drawing `observed` marked units when `drawn` of `population` units are drawn without replacement and
/// `marked` of them carry the mark: the total probability of all outcomes no more likely than the one observed.
///
/// P(k) = C(K, k)·C(N−K, n−k) / C(N, n). Probabilities are built relative to the most likely outcome through
/// P(k+1)/P(k) = (K−k)(n−k) / ((k+1)(N−K−n+k+1)), so no factorial is needed and the work grows with the standard
/// deviation, not with N. Outcomes less likely than about 10⁻³⁰⁰ count as 0. Minimum-likelihood rule and tie
/// tolerance as in R's `fisher.test`.
///
/// `None` when `marked` or `drawn` exceeds `population` or `observed` cannot occur.
#[must_use]
pub fn hypergeometric_two_sided_p(observed: u64, population: u64, marked: u64, drawn: u64) -> Option<f64> {
    let outcomes = Outcomes::new(population, marked, drawn)?;
    if observed < outcomes.least || observed > outcomes.greatest {
        return None;
    }
    let mode = outcomes.mode();
    let limit = outcomes.relative_probability(mode, observed) * TIE_FACTOR;
    let mut tally = TailTally {
        limit,
        tail: 0.0,
        all: 0.0,
    };
    tally.add(1.0);
    let mut relative = 1.0;
    for k in mode..outcomes.greatest {
        relative *= outcomes.ratio_upwards(k);
        if relative == 0.0 {
            break;
        }
        tally.add(relative);
    }
    relative = 1.0;
    for k in (outcomes.least..mode).rev() {
        relative /= outcomes.ratio_upwards(k);
        if relative == 0.0 {
            break;
        }
        tally.add(relative);
    }
    Some((tally.tail / tally.all).min(1.0))
}

/// P(X ≥ `observed`) for the same draw: one-sided, for a screen that asks whether there are too many.
///
/// `None` when `marked` or `drawn` exceeds `population`.
#[must_use]
pub fn hypergeometric_upper_tail(observed: u64, population: u64, marked: u64, drawn: u64) -> Option<f64> {
    let outcomes = Outcomes::new(population, marked, drawn)?;
    let mode = outcomes.mode();
    let (mut all, mut tail) = (0.0, 0.0);
    let mut add = |k: u64, relative: f64| {
        all += relative;
        tail += if k >= observed { relative } else { 0.0 };
    };
    add(mode, 1.0);
    let mut relative = 1.0;
    for k in mode..outcomes.greatest {
        relative *= outcomes.ratio_upwards(k);
        add(k + 1, relative);
    }
    relative = 1.0;
    for k in (outcomes.least..mode).rev() {
        relative /= outcomes.ratio_upwards(k);
        add(k, relative);
    }
    Some(tail / all)
}

/// Probability mass relative to the mode: of everything, and of what is no more likely than the observed count.
struct TailTally {
    limit: f64,
    tail: f64,
    all: f64,
}

impl TailTally {
    fn add(&mut self, relative: f64) {
        self.all += relative;
        if relative <= self.limit {
            self.tail += relative;
        }
    }
}

/// The counts that can occur, and how their probabilities relate.
struct Outcomes {
    population: u64,
    marked: u64,
    drawn: u64,
    least: u64,
    greatest: u64,
}

impl Outcomes {
    fn new(population: u64, marked: u64, drawn: u64) -> Option<Self> {
        let unmarked = population.checked_sub(marked)?;
        population.checked_sub(drawn)?;
        Some(Self {
            population,
            marked,
            drawn,
            least: drawn.saturating_sub(unmarked),
            greatest: drawn.min(marked),
        })
    }

    /// The most likely count, ⌊(n+1)(K+1)/(N+2)⌋.
    fn mode(&self) -> u64 {
        let product = (u128::from(self.drawn) + 1) * (u128::from(self.marked) + 1);
        let mode = product / (u128::from(self.population) + 2);
        u64::try_from(mode).unwrap_or(self.greatest).clamp(self.least, self.greatest)
    }

    /// P(k+1)/P(k), for `least` ≤ k < `greatest`.
    fn ratio_upwards(&self, k: u64) -> f64 {
        let unmarked_left = (self.population - self.marked) - (self.drawn - k) + 1;
        ((self.marked - k) as f64 * (self.drawn - k) as f64) / ((k + 1) as f64 * unmarked_left as f64)
    }

    /// P(k)/P(mode); 0 when it is smaller than an `f64` can hold.
    fn relative_probability(&self, mode: u64, k: u64) -> f64 {
        let mut relative = 1.0;
        for step in mode..k {
            relative *= self.ratio_upwards(step);
            if relative == 0.0 {
                return 0.0;
            }
        }
        for step in (k..mode).rev() {
            relative /= self.ratio_upwards(step);
            if relative == 0.0 {
                return 0.0;
            }
        }
        relative
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upper_tails_by_hand() {
        // 5 of 10 marked, 4 drawn: C(5,3)·5 + C(5,4) of C(10,4) = 55 of 210.
        let tail = hypergeometric_upper_tail(3, 10, 5, 4).unwrap();
        assert!((tail - 55.0 / 210.0).abs() < 1e-15);
        assert_eq!(hypergeometric_upper_tail(0, 10, 5, 4), Some(1.0));
        assert_eq!(hypergeometric_upper_tail(5, 10, 5, 4), Some(0.0));
        assert_eq!(hypergeometric_upper_tail(1, 10, 11, 4), None);
    }

    use proptest::prelude::*;

    /// C(n, k) as an exact integer.
    fn choose(n: u64, k: u64) -> u128 {
        (0..k).fold(1, |product, i| product * u128::from(n - i) / u128::from(i + 1))
    }

    /// Second route: exact binomial coefficients.
    fn by_counting(observed: u64, population: u64, marked: u64, drawn: u64) -> f64 {
        let ways = |k| choose(marked, k) * choose(population - marked, drawn - k);
        let least = drawn.saturating_sub(population - marked);
        let limit = ways(observed);
        let tail: u128 = (least..=drawn.min(marked)).map(ways).filter(|w| *w <= limit).sum();
        tail as f64 / choose(population, drawn) as f64
    }

    #[test]
    fn tea_tasting() {
        // Fisher's lady tasting tea, three of four right: 34/70
        let p = hypergeometric_two_sided_p(3, 8, 4, 4).unwrap();
        assert!((p - 34.0 / 70.0).abs() < 1e-15);
    }

    #[test]
    fn a_certain_outcome_has_p_one() {
        assert_eq!(hypergeometric_two_sided_p(4, 9, 4, 9), Some(1.0));
        assert_eq!(hypergeometric_two_sided_p(0, 9, 0, 5), Some(1.0));
    }

    #[test]
    fn impossible_outcomes_have_none() {
        assert_eq!(hypergeometric_two_sided_p(5, 8, 4, 6), None);
        assert_eq!(hypergeometric_two_sided_p(1, 8, 4, 6), None);
        assert_eq!(hypergeometric_two_sided_p(1, 8, 9, 6), None);
        assert_eq!(hypergeometric_two_sided_p(1, 8, 4, 9), None);
    }

    #[test]
    fn a_million_drawn_from_a_billion_agrees_with_the_normal_tail() {
        let p = hypergeometric_two_sided_p(501_000, 1_000_000_000, 500_000_000, 1_000_000).unwrap();
        let variance = 1e6 * 0.25 * (1e9 - 1e6) / (1e9 - 1.0);
        let normal = crate::stats::normal_two_sided_p(999.5 / f64::sqrt(variance)).unwrap();
        assert!((p / normal - 1.0).abs() < 1e-3, "{p} {normal}");
        let far = hypergeometric_two_sided_p(900_000, 1_000_000_000, 500_000_000, 1_000_000);
        assert_eq!(far, Some(0.0));
    }

    proptest! {
        #[test]
        fn equals_exact_counting(
            population in 1_u64..60, marked in 0.0_f64..=1.0, drawn in 0.0_f64..=1.0, at in 0.0_f64..=1.0,
        ) {
            let marked = (marked * population as f64) as u64;
            let drawn = (drawn * population as f64) as u64;
            let least = drawn.saturating_sub(population - marked);
            let observed = least + (at * (drawn.min(marked) - least) as f64) as u64;
            let p = hypergeometric_two_sided_p(observed, population, marked, drawn).unwrap();
            let expected = by_counting(observed, population, marked, drawn);
            prop_assert!((p - expected).abs() <= 1e-12, "{p} is not {expected}");
        }
    }
}
