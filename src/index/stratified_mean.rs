//! Weighted mean of one variable, in the whole population or in a domain, under stratified sampling of elements.

use super::stratified::{StratifiedError, StratifiedEstimate, StratumScores, VarianceOptions, estimate_with, stratified_variance};
use crate::stats::{saturating_total, squared};
use serde::Serialize;

/// How far Σw may stand from the frame total before the design effect without replacement is withheld. It allows for
/// weights stored in single precision and for a slightly outdated frame, not for normalised weights.
const GROSSING_TOLERANCE: f64 = 0.01;

/// n, Σy and Σy² of some cases. For scores far from 0 and close together, sum y minus the midpoint of the scale.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct ValueSums {
    /// Cases with a value.
    pub n: u64,
    /// Σy.
    pub sum: f64,
    /// Σy².
    pub sum_squares: f64,
}

impl ValueSums {
    /// Σy/n; `None` without cases.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum / self.n as f64)
    }

    /// Σ(y − mean)² = Σy² − (Σy)²/n, at least 0; 0 without cases.
    #[must_use]
    pub fn squares_about_mean(&self) -> f64 {
        self.mean().map_or(0.0, |mean| (self.sum_squares - mean * self.sum).max(0.0))
    }

    fn squares_about(&self, centre: f64) -> f64 {
        self.mean()
            .map_or(0.0, |mean| self.squares_about_mean() + self.n as f64 * squared(mean - centre))
    }
}

/// One stratum of the design and the values of the reported domain inside it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct StratumValues {
    /// Sampled units of the **whole** stratum, `n_h`, whether or not they belong to the domain or answered the item.
    pub sampled: u64,
    /// Units in the frame, `N_h`; needed only for the finite-population correction.
    pub population: Option<u64>,
    /// Weight shared by all sampled units of the stratum, `w_h`.
    pub weight: f64,
    /// Sums over the cases of the domain that have a value; `n` is at most `sampled` and may be 0.
    pub values: ValueSums,
}

/// What the variance under a simple random sample of the same number of cases was taken to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum SrsReference {
    /// S²/n·(1 − n/Σw): drawn without replacement from a population of Σw.
    WithoutReplacement,
    /// S²/n.
    WithReplacement,
}

/// Variance of the estimate divided by that of a simple random sample of the same size; its square root is deft.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DesignEffect {
    /// The ratio; 1 when the design neither gains nor loses precision.
    pub effect: f64,
    /// What it is compared with.
    pub reference: SrsReference,
}

/// A mean with its precision and what the design did to it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct StratifiedMean {
    /// Value, standard error and interval.
    pub estimate: StratifiedEstimate,
    /// Estimated number of units in the domain, Σw over the cases with a value.
    pub estimated_size: f64,
    /// Design effect against a simple random sample without replacement. `None` when all values are equal, when there
    /// are not two cases, or when the weights do not gross up to the frame (Σw ≤ n, or more than 1 % away from Σ`N_h`):
    /// the reference needs Σw to be the population, and normalised weights would give a wrong number unnoticed.
    pub design_effect: Option<DesignEffect>,
    /// The same against a simple random sample with replacement.
    pub design_effect_with_replacement: Option<DesignEffect>,
}

/// The weighted mean `ȳ = Σ_h w_h·Σy / Σ_h w_h·m_h` of the cases with a value (`m_h` of them in stratum h), with its
/// linearised standard error: `z = (y − ȳ) / Σ_h w_h·m_h` for cases with a value and 0 for the rest of the sample, so
/// that the uncertain size of the domain is part of the variance.
///
/// Degrees of freedom: cases with a value minus strata that hold any, Korn and Graubard (1999), Analysis of Health
/// Surveys, chapter 5, as R's `degf` of a subset. For the whole population that is n − H.
///
/// # Errors
///
/// [`StratifiedError`] names the stratum and the condition.
pub fn stratified_mean(strata: &[StratumValues], options: VarianceOptions, level: f64) -> Result<StratifiedMean, StratifiedError> {
    check_value_counts(strata)?;
    let size: f64 = strata.iter().map(|s| s.weight * s.values.n as f64).sum();
    let total: f64 = strata.iter().map(|s| s.weight * s.values.sum).sum();
    let mean = total / size;
    if !mean.is_finite() {
        return Err(StratifiedError::NothingToEstimate);
    }
    let scores: Vec<StratumScores> = strata.iter().map(|s| s.scores(mean, size)).collect();
    let variance = stratified_variance(&scores, options)?;
    let n = saturating_total(strata.iter().map(|s| s.values.n));
    let strata_with_values = strata.iter().filter(|s| s.values.n > 0).count() as u64;
    let estimate = estimate_with(mean, variance, n, n.saturating_sub(strata_with_values), level)?;
    let unit_variance = unit_variance(strata, mean, size, n);
    let effect = |simple: Option<f64>, reference| {
        let effect = variance.variance / simple.filter(|&simple| simple > 0.0)?;
        Some(DesignEffect { effect, reference })
    };
    let with_replacement = unit_variance.map(|s2| s2 / n as f64);
    let without = with_replacement
        .filter(|_| grosses_up(strata))
        .map(|simple| simple * (size - n as f64) / size);
    Ok(StratifiedMean {
        estimate,
        estimated_size: size,
        design_effect: effect(without, SrsReference::WithoutReplacement),
        design_effect_with_replacement: effect(with_replacement, SrsReference::WithReplacement),
    })
}

impl StratumValues {
    /// Sums of z over the stratum, formed from centred parts because Σy² − 2ȳΣy + mȳ² would lose digits.
    fn scores(&self, mean: f64, size: f64) -> StratumScores {
        let deviation = self.values.mean().map_or(0.0, |own| own - mean);
        StratumScores {
            sampled: self.sampled,
            population: self.population,
            weight: self.weight,
            sum: self.values.n as f64 * deviation / size,
            sum_squares: self.values.squares_about(mean) / (size * size),
        }
    }
}

fn check_value_counts(strata: &[StratumValues]) -> Result<(), StratifiedError> {
    for (stratum, s) in strata.iter().enumerate() {
        if s.values.n > s.sampled {
            return Err(StratifiedError::MoreValuesThanSampled {
                stratum,
                values: s.values.n,
                sampled: s.sampled,
            });
        }
    }
    Ok(())
}

/// S² estimated from the weighted sample: n/(n − 1) · Σw(y − ȳ)²/Σw. `None` below two cases.
fn unit_variance(strata: &[StratumValues], mean: f64, size: f64, n: u64) -> Option<f64> {
    if n < 2 {
        return None;
    }
    let squares: f64 = strata.iter().map(|s| s.weight * s.values.squares_about(mean)).sum();
    Some(n as f64 / (n - 1) as f64 * squares / size)
}

fn grosses_up(strata: &[StratumValues]) -> bool {
    let population: Option<f64> = strata.iter().map(|s| s.population.map(|units| units as f64)).sum();
    let grossed: f64 = strata.iter().map(|s| s.weight * s.sampled as f64).sum();
    population.is_none_or(|population| (grossed - population).abs() <= GROSSING_TOLERANCE * population)
}

#[cfg(test)]
mod tests {
    use super::super::stratified::LonelyStratumPolicy;
    use super::*;
    use proptest::prelude::*;

    const PLAIN: VarianceOptions = VarianceOptions {
        finite_population_correction: false,
        lonely_strata: LonelyStratumPolicy::Fail,
    };

    fn sums(values: &[f64]) -> ValueSums {
        ValueSums {
            n: values.len() as u64,
            sum: values.iter().sum(),
            sum_squares: values.iter().map(|y| y * y).sum(),
        }
    }

    fn stratum(values: &[f64], weight: f64) -> StratumValues {
        StratumValues {
            sampled: values.len() as u64,
            population: None,
            weight,
            values: sums(values),
        }
    }

    #[test]
    fn nobody_answered() {
        let empty = StratumValues {
            sampled: 5,
            population: None,
            weight: 1.0,
            values: ValueSums::default(),
        };
        assert_eq!(stratified_mean(&[empty], PLAIN, 0.95), Err(StratifiedError::NothingToEstimate));
        assert_eq!(ValueSums::default().mean(), None);
    }

    #[test]
    fn more_values_than_units_are_refused() {
        let bad = StratumValues {
            sampled: 1,
            ..stratum(&[1.0, 2.0], 1.0)
        };
        assert_eq!(
            stratified_mean(&[bad], PLAIN, 0.95),
            Err(StratifiedError::MoreValuesThanSampled {
                stratum: 0,
                values: 2,
                sampled: 1
            })
        );
        assert_eq!(
            stratified_mean(&[stratum(&[1.0, 2.0], 1.0)], PLAIN, 95.0),
            Err(StratifiedError::Level)
        );
    }

    #[test]
    fn equal_answers_have_no_error_and_no_design_effect() {
        let strata = [stratum(&[90.0; 7], 3.3), stratum(&[90.0; 5], 1.7)];
        let mean = stratified_mean(&strata, PLAIN, 0.95).unwrap();
        assert!((mean.estimate.value - 90.0).abs() < 1e-12 && mean.estimate.standard_error < 1e-12);
    }

    #[test]
    fn one_case_of_a_domain_has_no_interval() {
        let strata = [StratumValues {
            sampled: 4,
            ..stratum(&[50.0], 2.0)
        }];
        let mean = stratified_mean(&strata, PLAIN, 0.95).unwrap();
        assert_eq!((mean.estimate.df, mean.estimate.interval, mean.design_effect), (0, None, None));
    }

    #[test]
    fn normalised_weights_give_no_design_effect_without_replacement() {
        let grossing = StratumValues {
            population: Some(40),
            ..stratum(&[1.0, 2.0, 4.0, 9.0], 10.0)
        };
        let normalised = StratumValues { weight: 1.5, ..grossing };
        assert!(stratified_mean(&[grossing], PLAIN, 0.95).unwrap().design_effect.is_some());
        let mean = stratified_mean(&[normalised], PLAIN, 0.95).unwrap();
        assert_eq!(mean.design_effect, None);
        assert!((mean.design_effect_with_replacement.unwrap().effect - 1.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn one_stratum_is_the_textbook_mean(
            values in prop::collection::vec(0.0_f64..100.0, 2..40), weight in 0.1_f64..9.0,
        ) {
            let n = values.len() as f64;
            let mean = values.iter().sum::<f64>() / n;
            let variance = values.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / (n - 1.0) / n;
            let result = stratified_mean(&[stratum(&values, weight)], PLAIN, 0.95).unwrap().estimate;
            prop_assert!((result.value - mean).abs() < 1e-10);
            prop_assert!((result.standard_error - variance.sqrt()).abs() < 1e-9);
            prop_assert_eq!(result.df, values.len() as u64 - 1);
        }

        #[test]
        fn the_unit_of_the_weights_does_not_matter(
            a in prop::collection::vec(0.0_f64..100.0, 2..20),
            b in prop::collection::vec(0.0_f64..100.0, 2..20),
            factor in 0.01_f64..100.0,
        ) {
            let at = |factor: f64| {
                let strata = [stratum(&a, 2.0 * factor), stratum(&b, 5.0 * factor)];
                stratified_mean(&strata, PLAIN, 0.95).unwrap().estimate
            };
            let (one, other) = (at(1.0), at(factor));
            prop_assert!((one.value - other.value).abs() < 1e-10);
            prop_assert!((one.standard_error - other.standard_error).abs() < 1e-9);
        }

        #[test]
        fn a_shift_of_the_scale_shifts_the_mean_only(
            a in prop::collection::vec(0.0_f64..100.0, 2..20), b in prop::collection::vec(0.0_f64..100.0, 2..20),
        ) {
            let shifted = |values: &[f64]| values.iter().map(|y| y - 50.0).collect::<Vec<_>>();
            let at = |a: &[f64], b: &[f64]| {
                stratified_mean(&[stratum(a, 2.0), stratum(b, 5.0)], PLAIN, 0.95).unwrap().estimate
            };
            let (plain, moved) = (at(&a, &b), at(&shifted(&a), &shifted(&b)));
            prop_assert!((plain.value - 50.0 - moved.value).abs() < 1e-9);
            prop_assert!((plain.standard_error - moved.standard_error).abs() < 1e-8);
        }
    }
}
