//! Do the respondents spread over the strata as the frame does, or as the numbers drawn do?
//!
//! Two readings of the same counts. The chi-squared tests compare all strata at once; the exact hypergeometric test,
//! adjusted for the number of strata, says which stratum is out of line. Both assume a simple random sample of
//! elements: under clustering, or when the strata were sampled at different rates on purpose, they answer another
//! question.
//! Sources: Pearson (1900); Wilks (1935), Annals of Mathematical Statistics 6, 190–196 (G); Clopper and Pearson (1934); Cochran (1977), Sampling Techniques, 3rd ed., chapter 3 (hypergeometric
//! distribution, finite-population correction); Wilson (1927); Holm (1979).

use super::exact_fit::exact_fit;
use crate::stats::{
    Interval, chi_squared_upper_tail, clopper_pearson_interval, holm_defined, hypergeometric_two_sided_p, squared, wilson_interval,
};
use serde::Serialize;

/// Confidence level of the interval around each sample share.
const SHARE_LEVEL: f64 = 0.95;

/// What is known about one stratum: how many stand in the frame, how many in the sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct StratumCounts {
    /// Units of the frame in this stratum, `N_h`.
    pub frame: u64,
    /// Respondents in this stratum, `n_h`.
    pub observed: u64,
}

/// Why the comparison cannot be made. Strata are counted from 0 in the order given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GoodnessOfFitError {
    /// One stratum always has the share 1 in frame and sample.
    #[error("at least two strata are needed, there are {strata}")]
    TooFewStrata {
        /// Strata given.
        strata: usize,
    },
    /// Nothing is expected there, so no deviation can be measured.
    #[error("stratum {stratum} holds no units in the frame")]
    EmptyFrameStratum {
        /// Position of the stratum.
        stratum: usize,
    },
    /// Sample and frame contradict each other.
    #[error("stratum {stratum} has {observed} respondents but only {frame} units in the frame")]
    MoreObservedThanFrame {
        /// Position of the stratum.
        stratum: usize,
        /// Respondents.
        observed: u64,
        /// Units in the frame.
        frame: u64,
    },
    /// The sample is empty.
    #[error("there are no respondents")]
    NoRespondents,
    /// The counts do not fit into 64 bits.
    #[error("the frame counts add up to more than 2^64")]
    TooLarge,
}

/// A chi-squared statistic with its tail probability.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct ChiSquaredTest {
    /// The statistic, 0 for a perfect fit.
    pub statistic: f64,
    /// Degrees of freedom: number of strata − 1.
    pub df: f64,
    /// P(X ≥ statistic) if the sample is a simple random one.
    pub p_value: f64,
}

/// One stratum compared with its share of the frame.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct StratumFit {
    /// The counts the row was computed from.
    pub counts: StratumCounts,
    /// `E_h` = n·`N_h`/N, respondents.
    pub expected: f64,
    /// Share of the frame, `N_h`/N.
    pub frame_share: f64,
    /// Share of the sample, `n_h`/n.
    pub observed_share: f64,
    /// Wilson 95 % interval of the sample share, without finite-population correction.
    pub observed_share_interval: Interval,
    /// Clopper–Pearson 95 % interval of it: never covers less than it says, and so is wider.
    pub observed_share_exact_interval: Interval,
    /// (`n_h` − `E_h`)/√(`E_h`·(1 − `N_h`/N)), about standard normal; positive means over-represented.
    pub standardised_residual: f64,
    /// The same times √((N−1)/(N−n)); `None` when the sample is the whole frame.
    pub standardised_residual_fpc: Option<f64>,
    /// Exact two-sided hypergeometric p of `n_h`, by minimum likelihood; `None` when the sample is the whole frame.
    pub hypergeometric_p: Option<f64>,
    /// `hypergeometric_p` adjusted over all strata by Holm's method.
    pub hypergeometric_p_holm: Option<f64>,
}

/// Sample against frame, over all strata and one by one.
#[derive(Debug, Clone, PartialEq, Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct GoodnessOfFit {
    /// Respondents, n.
    pub n: u64,
    /// Units in the frame, N.
    pub frame: u64,
    /// Pearson's X² = Σ (`n_h` − `E_h`)²/`E_h`, as if drawn with replacement.
    pub pearson: ChiSquaredTest,
    /// X²·(N−1)/(N−n): the sample was drawn without replacement. `None` when n = N.
    pub pearson_fpc: Option<ChiSquaredTest>,
    /// G = 2 Σ `n_h` ln(`n_h`/`E_h`), the likelihood ratio; a stratum without respondents adds nothing.
    pub likelihood_ratio: ChiSquaredTest,
    /// P(X² ≥ observed) under the multinomial distribution; `None` when there are too many compositions to go through.
    pub multinomial_p: Option<f64>,
    /// The same drawn without replacement; `None` for a census as well.
    pub hypergeometric_p: Option<f64>,
    /// Cramér's V = √(X²/(n(k−1))), the size of the deviation, 0 for none.
    pub cramers_v: f64,
    /// Population stability index Σ (share − frame share) ln(share/frame share); `None` when a stratum has no respondent.
    pub stability_index: Option<f64>,
    /// (N−1)/(N−n), at least 1. `None` when n = N: a census has no sampling error to test against.
    pub fpc_factor: Option<f64>,
    /// ½·Σ|`n_h`/n − `N_h`/N|: the share of respondents who would have to be in another stratum, 0..=1.
    pub dissimilarity: f64,
    /// The smallest `E_h`. Below 5 (Cochran 1954) the chi-squared p is rough; the hypergeometric ones stay exact.
    pub smallest_expected: f64,
    /// One row a stratum, in the order given.
    pub strata: Vec<StratumFit>,
}

/// Compares the respondents of each stratum with the frame.
///
/// # Errors
///
/// [`GoodnessOfFitError`] names the condition under which the comparison has no meaning.
pub fn goodness_of_fit(strata: &[StratumCounts]) -> Result<GoodnessOfFit, GoodnessOfFitError> {
    let totals = checked_totals(strata)?;
    let fpc_factor = totals.fpc_factor();
    let mut rows: Vec<StratumFit> = strata
        .iter()
        .map(|counts| stratum_fit(*counts, totals, fpc_factor))
        .collect::<Option<_>>()
        .ok_or(GoodnessOfFitError::NoRespondents)?;
    let raw_p: Vec<Option<f64>> = rows.iter().map(|row| row.hypergeometric_p).collect();
    for (row, adjusted) in rows.iter_mut().zip(holm_defined(&raw_p)) {
        row.hypergeometric_p_holm = adjusted;
    }
    let statistic = rows
        .iter()
        .map(|row| squared(row.counts.observed as f64 - row.expected) / row.expected)
        .sum();
    let df = (strata.len() - 1) as f64;
    let exact = exact_fit(strata);
    Ok(GoodnessOfFit {
        n: totals.observed,
        frame: totals.frame,
        pearson: chi_squared_test(statistic, df).ok_or(GoodnessOfFitError::NoRespondents)?,
        pearson_fpc: fpc_factor.and_then(|factor| chi_squared_test(statistic * factor, df)),
        likelihood_ratio: chi_squared_test(likelihood_ratio(&rows), df).ok_or(GoodnessOfFitError::NoRespondents)?,
        multinomial_p: exact.map(|e| e.multinomial),
        hypergeometric_p: exact.and_then(|e| e.hypergeometric),
        cramers_v: (statistic / (totals.observed as f64 * df)).sqrt(),
        stability_index: stability_index(&rows),
        fpc_factor,
        dissimilarity: rows.iter().map(|row| (row.observed_share - row.frame_share).abs()).sum::<f64>() / 2.0,
        smallest_expected: rows.iter().map(|row| row.expected).fold(f64::INFINITY, f64::min),
        strata: rows,
    })
}

fn likelihood_ratio(rows: &[StratumFit]) -> f64 {
    let answered = rows.iter().filter(|row| row.counts.observed > 0);
    let terms = answered.map(|row| {
        let observed = row.counts.observed as f64;
        observed * libm::log(observed / row.expected)
    });
    // Rounding may take a perfect fit a digit below 0.
    (2.0 * terms.sum::<f64>()).max(0.0)
}

fn stability_index(rows: &[StratumFit]) -> Option<f64> {
    let term = |row: &StratumFit| {
        let answered = row.counts.observed > 0;
        answered.then(|| (row.observed_share - row.frame_share) * libm::log(row.observed_share / row.frame_share))
    };
    rows.iter().map(term).sum()
}

fn checked_totals(strata: &[StratumCounts]) -> Result<StratumTotals, GoodnessOfFitError> {
    if strata.len() < 2 {
        return Err(GoodnessOfFitError::TooFewStrata { strata: strata.len() });
    }
    let mut totals = StratumTotals { frame: 0, observed: 0 };
    for (stratum, counts) in strata.iter().enumerate() {
        if counts.frame == 0 {
            return Err(GoodnessOfFitError::EmptyFrameStratum { stratum });
        }
        if counts.observed > counts.frame {
            return Err(GoodnessOfFitError::MoreObservedThanFrame {
                stratum,
                observed: counts.observed,
                frame: counts.frame,
            });
        }
        totals.frame = totals.frame.checked_add(counts.frame).ok_or(GoodnessOfFitError::TooLarge)?;
        totals.observed += counts.observed;
    }
    if totals.observed == 0 {
        return Err(GoodnessOfFitError::NoRespondents);
    }
    Ok(totals)
}

#[derive(Clone, Copy)]
struct StratumTotals {
    frame: u64,
    observed: u64,
}

impl StratumTotals {
    fn fpc_factor(self) -> Option<f64> {
        let not_drawn = self.frame - self.observed;
        (not_drawn > 0).then(|| (self.frame - 1) as f64 / not_drawn as f64)
    }
}

fn chi_squared_test(statistic: f64, df: f64) -> Option<ChiSquaredTest> {
    let p_value = chi_squared_upper_tail(statistic, df)?;
    Some(ChiSquaredTest { statistic, df, p_value })
}

fn stratum_fit(counts: StratumCounts, totals: StratumTotals, fpc_factor: Option<f64>) -> Option<StratumFit> {
    let n = totals.observed as f64;
    let frame_share = counts.frame as f64 / totals.frame as f64;
    let expected = n * frame_share;
    let rest_share = (totals.frame - counts.frame) as f64 / totals.frame as f64;
    let residual = (counts.observed as f64 - expected) / (expected * rest_share).sqrt();
    Some(StratumFit {
        counts,
        expected,
        frame_share,
        observed_share: counts.observed as f64 / n,
        observed_share_interval: wilson_interval(counts.observed, totals.observed, SHARE_LEVEL)?,
        observed_share_exact_interval: clopper_pearson_interval(counts.observed, totals.observed, SHARE_LEVEL)?,
        standardised_residual: residual,
        standardised_residual_fpc: fpc_factor.map(|factor| residual * factor.sqrt()),
        hypergeometric_p: fpc_factor.and_then(|_| hypergeometric_two_sided_p(counts.observed, totals.frame, counts.frame, totals.observed)),
        hypergeometric_p_holm: None,
    })
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "these values are exact by construction")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn counts(pairs: &[(u64, u64)]) -> Vec<StratumCounts> {
        pairs.iter().map(|&(frame, observed)| StratumCounts { frame, observed }).collect()
    }

    #[test]
    fn each_impossible_input_has_its_own_name() {
        let fit = |pairs: &[(u64, u64)]| goodness_of_fit(&counts(pairs)).unwrap_err();
        assert_eq!(fit(&[]), GoodnessOfFitError::TooFewStrata { strata: 0 });
        assert_eq!(fit(&[(10, 2)]), GoodnessOfFitError::TooFewStrata { strata: 1 });
        assert_eq!(fit(&[(10, 2), (0, 0)]), GoodnessOfFitError::EmptyFrameStratum { stratum: 1 });
        assert_eq!(
            fit(&[(10, 11), (5, 0)]),
            GoodnessOfFitError::MoreObservedThanFrame {
                stratum: 0,
                observed: 11,
                frame: 10
            }
        );
        assert_eq!(fit(&[(10, 0), (5, 0)]), GoodnessOfFitError::NoRespondents);
        assert_eq!(fit(&[(u64::MAX, 1), (5, 0)]), GoodnessOfFitError::TooLarge);
    }

    #[test]
    fn a_census_leaves_nothing_to_test() {
        let fit = goodness_of_fit(&counts(&[(10, 10), (5, 5)])).unwrap();
        assert_eq!(fit.pearson.statistic, 0.0);
        assert_eq!((fit.fpc_factor, fit.pearson_fpc), (None, None));
        let first = fit.strata[0];
        assert_eq!((first.standardised_residual_fpc, first.hypergeometric_p), (None, None));
        assert_eq!(first.hypergeometric_p_holm, None);
    }

    #[test]
    fn with_two_strata_the_residual_squared_is_the_statistic() {
        let fit = goodness_of_fit(&counts(&[(700, 60), (300, 40)])).unwrap();
        for row in &fit.strata {
            assert!((row.standardised_residual.powi(2) - fit.pearson.statistic).abs() < 1e-12);
        }
    }

    proptest! {
        #[test]
        fn a_proportional_sample_fits_perfectly(frame in prop::collection::vec(1_u64..1000, 2..8), factor in 2_u64..9) {
            let strata: Vec<_> = frame
                .iter()
                .map(|&size| StratumCounts { frame: size * factor, observed: size })
                .collect();
            let fit = goodness_of_fit(&strata).unwrap();
            prop_assert!(fit.pearson.statistic < 1e-20 && fit.dissimilarity < 1e-12);
            prop_assert!(fit.pearson.p_value > 1.0 - 1e-6);
        }

        #[test]
        fn the_parts_add_up(pairs in prop::collection::vec((1_u64..1000, 0.0_f64..1.0), 2..8)) {
            let mut strata: Vec<_> = pairs
                .iter()
                .map(|&(frame, part)| StratumCounts { frame, observed: (part * frame as f64) as u64 })
                .collect();
            strata[0].observed = strata[0].observed.max(1);
            let fit = goodness_of_fit(&strata).unwrap();
            let expected: f64 = fit.strata.iter().map(|row| row.expected).sum();
            prop_assert!((expected - fit.n as f64).abs() < 1e-9 * fit.n as f64);
            // Σ z²_h·(1 − N_h/N) = X²: the residuals carry the whole statistic.
            let rebuilt: f64 = fit
                .strata
                .iter()
                .map(|row| row.standardised_residual.powi(2) * (1.0 - row.frame_share))
                .sum();
            prop_assert!((rebuilt - fit.pearson.statistic).abs() <= 1e-9 * fit.pearson.statistic.max(1.0));
            if let Some(corrected) = fit.pearson_fpc {
                prop_assert!(corrected.p_value <= fit.pearson.p_value + 1e-15);
            }
        }
    }
}
