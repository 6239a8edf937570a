//! Entropy weights, from sums.
//!
//! The method as it is taught: with `p_ij = x_ij / Σ_i x_ij` the share of respondent `i` in the sum of indicator `j`,
//! `e_j = −Σ_i p_ij ln p_ij / ln n`, `d_j = 1 − e_j`, `share_j = d_j / Σ_k d_k`. Since `ln n + Σ p ln p = (Σ x ln x)/(Σ x) −
//! ln x̄`, every `d_j` is that number divided by the same `ln n`, which cancels in the shares. The number is Theil's
//! index of inequality: it needs only `Σ w`, `Σ w x` and `Σ w x ln x`, takes design weights, and does not change when
//! everybody is counted twice. So no respondent is needed below the tally.
//!
//! `x` is the number of steps above the worst answer: the theoretical scale, not the observed range.
//!
//! Sources: C. E. Shannon, "A mathematical theory of communication", *Bell System Technical Journal* 27 (1948),
//! section 6; M. Zeleny, *Multiple Criteria Decision Making* (1982), chapter 7 (entropy weights); H. Theil, *Economics and
//! Information Theory* (1967), chapter 4.

use super::normalised;

/// Sums over the respondents of one indicator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IndicatorSums {
    /// Σw.
    pub weight: f64,
    /// Σw·x, `x ≥ 0`.
    pub sum: f64,
    /// Σw·x·ln x, where `0 ln 0 = 0`.
    pub sum_log: f64,
}

impl IndicatorSums {
    /// `(1/n) Σ (x/x̄) ln(x/x̄)`, 0 when all answers are alike; `None` when nobody answered or all stand at the worst.
    #[must_use]
    pub fn divergence(&self) -> Option<f64> {
        let usable = self.weight > 0.0 && self.sum > 0.0 && self.sum_log.is_finite();
        let divergence = self.sum_log / self.sum - libm::log(self.sum / self.weight);
        // Rounding can leave a trace on either side of 0 where all answers are alike.
        usable.then_some(if divergence < 1e-13 { 0.0 } else { divergence })
    }
}

/// Shares of indicators. `None` when one has no divergence or all have the divergence 0.
#[must_use]
pub fn shares(indicators: &[IndicatorSums]) -> Option<Vec<f64>> {
    let divergences: Vec<f64> = indicators.iter().map(IndicatorSums::divergence).collect::<Option<_>>()?;
    normalised(&divergences)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sums(x: &[u8]) -> IndicatorSums {
        let log = |x: f64| if x > 0.0 { x * x.ln() } else { 0.0 };
        IndicatorSums {
            weight: x.len() as f64,
            sum: x.iter().map(|x| f64::from(*x)).sum(),
            sum_log: x.iter().map(|x| log(f64::from(*x))).sum(),
        }
    }

    /// The method as it is taught, respondent by respondent.
    fn by_entropy(columns: &[Vec<u8>]) -> Vec<f64> {
        let d: Vec<f64> = columns
            .iter()
            .map(|x| {
                let total: f64 = x.iter().map(|x| f64::from(*x)).sum();
                let entropy: f64 = x
                    .iter()
                    .map(|x| f64::from(*x) / total)
                    .filter(|p| *p > 0.0)
                    .map(|p| -p * p.ln())
                    .sum();
                1.0 - entropy / (x.len() as f64).ln()
            })
            .collect();
        let total: f64 = d.iter().sum();
        d.iter().map(|d| d / total).collect()
    }

    #[test]
    fn undefined_without_answers_or_spread() {
        assert_eq!(sums(&[0, 0]).divergence(), None);
        assert_eq!(sums(&[3, 3, 3]).divergence(), Some(0.0));
        assert_eq!(shares(&[sums(&[3, 3])]), None);
    }

    proptest! {
        /// The sums give what the method as taught gives, and counting everybody twice changes nothing.
        #[test]
        fn sums_are_enough(rows in proptest::collection::vec((0..10_u8, 1..6_u8, 0..5_u8), 3..40)) {
            let columns = [
                rows.iter().map(|r| r.0).chain([9]).collect::<Vec<u8>>(),
                rows.iter().map(|r| r.1).chain([7]).collect(),
                rows.iter().map(|r| r.2).chain([4]).collect(),
            ];
            let got = shares(&columns.iter().map(|c| sums(c)).collect::<Vec<_>>()).unwrap();
            let twice: Vec<IndicatorSums> = columns.iter().map(|c| sums(&[c.clone(), c.clone()].concat())).collect();
            let twice = shares(&twice).unwrap();
            for ((a, b), c) in got.iter().zip(by_entropy(&columns)).zip(twice) {
                prop_assert!((a - b).abs() < 1e-9, "{a} {b}");
                prop_assert!((a - c).abs() < 1e-12);
            }
        }
    }
}
