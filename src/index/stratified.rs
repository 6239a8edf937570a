//! Design-based variance of a linearised estimate under stratified sampling of elements, from sums alone.
//!
//! An estimate that is a smooth function of weighted totals has, to first order, the variance of a weighted total of
//! its linearised values z. Per stratum the sums n, Σz and Σz² are enough, so this runs below the tally.
//! Sources: Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, chapters 3 (stratified sampling)
//! and 5 (Taylor linearisation); Cochran (1977), Sampling Techniques, chapter 5. Lonely strata: the options
//! of R's `survey`.

use crate::stats::{Interval, squared};
use serde::Serialize;

/// What one stratum contributes to the variance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct StratumScores {
    /// Sampled units of the **whole** stratum, `n_h`, those outside the reported domain included (their z is 0).
    pub sampled: u64,
    /// Units in the frame, `N_h`; needed only for the finite-population correction.
    pub population: Option<u64>,
    /// Weight `w_h` that all sampled units of the stratum share. If weights differ inside it, multiply each z by its
    /// own weight before summing and put 1 here.
    pub weight: f64,
    /// Σz over the sampled units.
    pub sum: f64,
    /// Σz² over the sampled units.
    pub sum_squares: f64,
}

/// What to do with a stratum of one sampled unit, whose variance the data cannot show. A stratum that was drawn
/// completely is not lonely when the finite-population correction is on: it adds exactly 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum LonelyStratumPolicy {
    /// Refuse the estimate and name the stratum.
    Fail,
    /// Adds 0, as if the unit had been drawn with certainty. Understates the variance.
    Certainty,
    /// Adds the mean contribution of the other strata.
    Average,
    /// Adds (1 − f)·(wz − mean of all wz)², the squared deviation from the grand mean. Rather too large than too small.
    Adjust,
}

/// The choices behind a design-based variance; the report prints them beside the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct VarianceOptions {
    /// Multiply each stratum by 1 − `n_h`/`N_h`. Every stratum must then know its `N_h`.
    pub finite_population_correction: bool,
    /// Strata of one sampled unit.
    pub lonely_strata: LonelyStratumPolicy,
}

/// A variance and what stands behind it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct StratifiedVariance {
    /// The variance, 0 or more, in the squared unit of the estimate.
    pub variance: f64,
    /// Degrees of freedom of the whole design: Σ`n_h` − number of strata.
    pub df: u64,
    /// Strata handled by the policy for lonely strata.
    pub lonely_strata: u64,
}

/// A design-based estimate with its precision.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct StratifiedEstimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error by Taylor linearisation.
    pub standard_error: f64,
    /// Degrees of freedom of the interval: cases with a value minus strata that hold any.
    pub df: u64,
    /// Student's t interval; `None` when there are no degrees of freedom.
    pub interval: Option<Interval>,
    /// Cases with a value, unweighted.
    pub n: u64,
    /// Strata whose variance the data could not show.
    pub lonely_strata: u64,
}

/// Why no estimate can be given. Strata and groups are counted from 0 in the order given.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum StratifiedError {
    /// No strata at all.
    #[error("there are no strata")]
    NoStrata,
    /// The design says that every stratum was sampled.
    #[error("stratum {stratum} has no sampled units: merge it with another")]
    NotSampled {
        /// Position of the stratum.
        stratum: usize,
    },
    /// More values than sampled units.
    #[error("stratum {stratum} has {values} values but only {sampled} sampled units")]
    MoreValuesThanSampled {
        /// Position of the stratum.
        stratum: usize,
        /// Cases with a value.
        values: u64,
        /// Sampled units.
        sampled: u64,
    },
    /// More sampled units than the frame holds.
    #[error("stratum {stratum} has {sampled} sampled units but only {population} in the frame")]
    MoreSampledThanPopulation {
        /// Position of the stratum.
        stratum: usize,
        /// Sampled units.
        sampled: u64,
        /// Units in the frame.
        population: u64,
    },
    /// The finite-population correction was asked for without a frame count.
    #[error("stratum {stratum} has no frame count, which the finite-population correction needs")]
    PopulationUnknown {
        /// Position of the stratum.
        stratum: usize,
    },
    /// A weight is not positive and finite.
    #[error("the weight of stratum {stratum} is not a positive number")]
    BadWeight {
        /// Position of the stratum.
        stratum: usize,
    },
    /// A sum is not finite.
    #[error("the sums of stratum {stratum} are not finite numbers")]
    BadSums {
        /// Position of the stratum.
        stratum: usize,
    },
    /// A stratum of one unit, under [`LonelyStratumPolicy::Fail`].
    #[error("stratum {stratum} has only one sampled unit, so its variance is unknown")]
    LonelyStratum {
        /// Position of the stratum.
        stratum: usize,
    },
    /// [`LonelyStratumPolicy::Average`] with nothing to average.
    #[error("every stratum has only one sampled unit, so there is no variance to average")]
    OnlyLonelyStrata,
    /// No case has a value, or the denominator of the ratio is 0.
    #[error("no case has a value, or the denominator is zero")]
    NothingToEstimate,
    /// A post-stratum that exists in the population has no respondents.
    #[error("post-stratum {group} has no respondents but {population} units in the population")]
    EmptyPostStratum {
        /// Position of the post-stratum.
        group: usize,
        /// Its control total.
        population: u64,
    },
    /// The confidence level is not a level.
    #[error("the confidence level must lie strictly between 0 and 1")]
    Level,
}

/// The variance of Σ `w_h`·z over a stratified sample of elements:
/// `V = Σ_h (1 − f_h) · n_h/(n_h − 1) · w_h² · [Σz² − (Σz)²/n_h]`, with `f_h = n_h/N_h`, or 0 without the
/// finite-population correction.
///
/// # Errors
///
/// [`StratifiedError`] names the stratum and the condition.
pub fn stratified_variance(strata: &[StratumScores], options: VarianceOptions) -> Result<StratifiedVariance, StratifiedError> {
    if strata.is_empty() {
        return Err(StratifiedError::NoStrata);
    }
    let mut sampled: u64 = 0;
    let mut total = 0.0;
    for (stratum, scores) in strata.iter().enumerate() {
        check_stratum(stratum, scores)?;
        sampled = sampled.saturating_add(scores.sampled);
        total += scores.weight * scores.sum;
    }
    let grand_mean = total / sampled as f64;
    let mut variance = 0.0;
    let mut lonely_strata: u64 = 0;
    for (stratum, scores) in strata.iter().enumerate() {
        let unsampled = unsampled_share(stratum, scores, options)?;
        if unsampled == 0.0 {
            continue;
        }
        if scores.sampled > 1 {
            variance += unsampled * scores.spread();
            continue;
        }
        lonely_strata += 1;
        match options.lonely_strata {
            LonelyStratumPolicy::Fail => return Err(StratifiedError::LonelyStratum { stratum }),
            LonelyStratumPolicy::Certainty | LonelyStratumPolicy::Average => {}
            LonelyStratumPolicy::Adjust => {
                variance += unsampled * squared(scores.weight * scores.sum - grand_mean);
            }
        }
    }
    if options.lonely_strata == LonelyStratumPolicy::Average {
        variance *= averaging_factor(strata.len() as u64, lonely_strata)?;
    }
    let df = sampled.saturating_sub(strata.len() as u64);
    Ok(StratifiedVariance {
        variance,
        df,
        lonely_strata,
    })
}

impl StratumScores {
    /// `n_h/(n_h − 1) · w_h² · [Σz² − (Σz)²/n_h]`; the bracket is a sum of squares, so rounding below 0 is cut.
    fn spread(&self) -> f64 {
        let n = self.sampled as f64;
        let about_mean = (self.sum_squares - self.sum * self.sum / n).max(0.0);
        n / (n - 1.0) * self.weight * self.weight * about_mean
    }
}

fn check_stratum(stratum: usize, scores: &StratumScores) -> Result<(), StratifiedError> {
    if scores.sampled == 0 {
        return Err(StratifiedError::NotSampled { stratum });
    }
    if let Some(population) = scores.population.filter(|&population| population < scores.sampled) {
        return Err(StratifiedError::MoreSampledThanPopulation {
            stratum,
            sampled: scores.sampled,
            population,
        });
    }
    if !(scores.weight.is_finite() && scores.weight > 0.0) {
        return Err(StratifiedError::BadWeight { stratum });
    }
    if !(scores.sum.is_finite() && scores.sum_squares.is_finite()) {
        return Err(StratifiedError::BadSums { stratum });
    }
    Ok(())
}

/// 1 − f, or 1 when the correction is off.
fn unsampled_share(stratum: usize, scores: &StratumScores, options: VarianceOptions) -> Result<f64, StratifiedError> {
    if !options.finite_population_correction {
        return Ok(1.0);
    }
    let population = scores.population.ok_or(StratifiedError::PopulationUnknown { stratum })?;
    Ok((population - scores.sampled) as f64 / population as f64)
}

fn averaging_factor(strata: u64, lonely: u64) -> Result<f64, StratifiedError> {
    if lonely == strata {
        return Err(StratifiedError::OnlyLonelyStrata);
    }
    Ok(strata as f64 / (strata - lonely) as f64)
}

/// Joins a value and its linearised variance. `df` is that of the cases behind the value, which for a domain is
/// smaller than that of the whole design.
pub(super) fn estimate_with(
    value: f64,
    variance: StratifiedVariance,
    n: u64,
    df: u64,
    level: f64,
) -> Result<StratifiedEstimate, StratifiedError> {
    if !crate::stats::is_open_share(level) {
        return Err(StratifiedError::Level);
    }
    let standard_error = variance.variance.sqrt();
    let interval = if df == 0 {
        None
    } else {
        Interval::around(value, standard_error, Some(df as f64), level)
    };
    Ok(StratifiedEstimate {
        value,
        standard_error,
        df,
        interval,
        n,
        lonely_strata: variance.lonely_strata,
    })
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "these values are exact by construction")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLAIN: VarianceOptions = VarianceOptions {
        finite_population_correction: false,
        lonely_strata: LonelyStratumPolicy::Fail,
    };

    fn scores(values: &[f64], population: Option<u64>, weight: f64) -> StratumScores {
        StratumScores {
            sampled: values.len() as u64,
            population,
            weight,
            sum: values.iter().sum(),
            sum_squares: values.iter().map(|z| z * z).sum(),
        }
    }

    #[test]
    fn one_stratum_by_hand() {
        // z = 1, 2, 6: Σ(z − 3)² = 14; n/(n−1)·14 = 21; weight 2 → 84; f = 3/12 → 63
        let stratum = [scores(&[1.0, 2.0, 6.0], Some(12), 2.0)];
        let plain = stratified_variance(&stratum, PLAIN).unwrap();
        assert_eq!((plain.variance, plain.df, plain.lonely_strata), (84.0, 2, 0));
        let corrected = VarianceOptions {
            finite_population_correction: true,
            ..PLAIN
        };
        assert_eq!(stratified_variance(&stratum, corrected).unwrap().variance, 63.0);
    }

    #[test]
    fn each_impossible_stratum_has_its_own_name() {
        let good = scores(&[1.0, 2.0], None, 1.0);
        let error = |bad: StratumScores, options| stratified_variance(&[good, bad], options).unwrap_err();
        let fpc = VarianceOptions {
            finite_population_correction: true,
            ..PLAIN
        };
        assert_eq!(stratified_variance(&[], PLAIN), Err(StratifiedError::NoStrata));
        assert_eq!(error(scores(&[], None, 1.0), PLAIN), StratifiedError::NotSampled { stratum: 1 });
        assert_eq!(
            error(scores(&[1.0], None, 1.0), PLAIN),
            StratifiedError::LonelyStratum { stratum: 1 }
        );
        assert_eq!(
            error(scores(&[1.0, 2.0], None, 0.0), PLAIN),
            StratifiedError::BadWeight { stratum: 1 }
        );
        assert_eq!(
            error(scores(&[f64::NAN, 2.0], None, 1.0), PLAIN),
            StratifiedError::BadSums { stratum: 1 }
        );
        assert_eq!(
            error(scores(&[1.0, 2.0], Some(9), 1.0), fpc),
            StratifiedError::PopulationUnknown { stratum: 0 }
        );
        assert_eq!(
            error(scores(&[1.0, 2.0], Some(1), 1.0), PLAIN),
            StratifiedError::MoreSampledThanPopulation {
                stratum: 1,
                sampled: 2,
                population: 1
            }
        );
        let average = VarianceOptions {
            lonely_strata: LonelyStratumPolicy::Average,
            ..PLAIN
        };
        let lonely = scores(&[1.0], None, 1.0);
        assert_eq!(
            stratified_variance(&[lonely, lonely], average),
            Err(StratifiedError::OnlyLonelyStrata)
        );
    }

    #[test]
    fn a_stratum_drawn_completely_is_not_lonely() {
        let strata = [scores(&[1.0, 2.0], Some(10), 5.0), scores(&[7.0], Some(1), 1.0)];
        let fpc = VarianceOptions {
            finite_population_correction: true,
            ..PLAIN
        };
        let result = stratified_variance(&strata, fpc).unwrap();
        assert_eq!((result.lonely_strata, result.df), (0, 1));
        assert!((result.variance - 0.8 * 2.0 * 25.0 * 0.5).abs() < 1e-12);
    }

    fn any_strata() -> impl Strategy<Value = Vec<Vec<f64>>> {
        prop::collection::vec(prop::collection::vec(-10.0_f64..10.0, 2..8), 1..6)
    }

    proptest! {
        #[test]
        fn strata_add_up_whatever_their_order(values in any_strata()) {
            let strata: Vec<_> = values.iter().map(|z| scores(z, None, 1.5)).collect();
            let whole = stratified_variance(&strata, PLAIN).unwrap().variance;
            let parts: f64 = strata.iter().map(|s| stratified_variance(&[*s], PLAIN).unwrap().variance).sum();
            prop_assert!((whole - parts).abs() <= 1e-12 * whole.max(1.0));
            let reversed: Vec<_> = strata.iter().rev().copied().collect();
            let turned = stratified_variance(&reversed, PLAIN).unwrap().variance;
            prop_assert!((whole - turned).abs() <= 1e-12 * whole.max(1.0));
        }

        #[test]
        fn a_constant_added_inside_a_stratum_changes_nothing(values in any_strata(), shift in -5.0_f64..5.0) {
            let moved: Vec<Vec<f64>> = values.iter().map(|z| z.iter().map(|z| z + shift).collect()).collect();
            let variance = |values: &[Vec<f64>]| {
                let strata: Vec<_> = values.iter().map(|z| scores(z, None, 1.0)).collect();
                stratified_variance(&strata, PLAIN).unwrap().variance
            };
            prop_assert!((variance(&values) - variance(&moved)).abs() < 1e-9);
        }

        #[test]
        fn the_policies_for_lonely_strata_are_ordered(values in any_strata(), lonely in -10.0_f64..10.0) {
            let mut strata: Vec<_> = values.iter().map(|z| scores(z, None, 1.0)).collect();
            strata.push(scores(&[lonely], None, 1.0));
            let variance = |lonely_strata| {
                let options = VarianceOptions { lonely_strata, ..PLAIN };
                stratified_variance(&strata, options).unwrap().variance
            };
            let certainty = variance(LonelyStratumPolicy::Certainty);
            prop_assert!(variance(LonelyStratumPolicy::Average) >= certainty);
            prop_assert!(variance(LonelyStratumPolicy::Adjust) >= certainty);
        }
    }
}
