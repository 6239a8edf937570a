//! Post-stratified mean of a simple random sample: groups known in the population, but not used to draw.

use super::stratified::{StratifiedError, StratifiedEstimate, StratumScores, VarianceOptions, estimate_with, stratified_variance};
use super::stratified_mean::ValueSums;
use crate::stats::{saturating_total, squared};
use serde::Serialize;

/// One post-stratum: its control total and its respondents.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PostStratum {
    /// Units in the population, `N_g`; 0 only if nobody was sampled there either.
    pub population: u64,
    /// Sums of the respondents in it.
    pub values: ValueSums,
}

/// The mean `ȳ = Σ_g (N_g/N)·ȳ_g` with the variance of the residuals, because calibrated weights make the sample match
/// the control totals and only what varies inside the groups is left:
/// `V = (1 − f)·n/(n − 1)·Σ_g (N_g/(N·n_g))²·Σ(y − ȳ_g)²`, with f = n/N, or 0 without the finite-population correction.
///
/// Every sampled case must have a value; df = n − 1, the interval is Student's t. Source: Särndal, Swensson and Wretman
/// (1992), chapters 6 and 7 (g-weighted residuals, post-stratification), with n/(n − 1) over the whole sample, as
/// R's `postStratify`. Merge a group of one respondent with another first: it adds nothing to this variance.
///
/// # Errors
///
/// [`StratifiedError`] names the post-stratum and the condition.
pub fn post_stratified_mean(groups: &[PostStratum], options: VarianceOptions, level: f64) -> Result<StratifiedEstimate, StratifiedError> {
    let n = saturating_total(groups.iter().map(|group| group.values.n));
    let population = saturating_total(groups.iter().map(|group| group.population));
    if n == 0 {
        return Err(StratifiedError::NothingToEstimate);
    }
    let mut mean = 0.0;
    let mut residual_squares = 0.0;
    for (position, group) in groups.iter().enumerate() {
        if group.values.n > group.population {
            return Err(StratifiedError::MoreSampledThanPopulation {
                stratum: position,
                sampled: group.values.n,
                population: group.population,
            });
        }
        let Some(group_mean) = group.values.mean() else {
            if group.population > 0 {
                return Err(StratifiedError::EmptyPostStratum {
                    group: position,
                    population: group.population,
                });
            }
            continue;
        };
        let share = group.population as f64 / population as f64;
        mean += share * group_mean;
        residual_squares += squared(share / group.values.n as f64) * group.values.squares_about_mean();
    }
    let residuals = StratumScores {
        sampled: n,
        population: Some(population),
        weight: 1.0,
        // Residuals from group means sum to 0 in every group.
        sum: 0.0,
        sum_squares: residual_squares,
    };
    let variance = stratified_variance(&[residuals], options)?;
    estimate_with(mean, variance, n, n - 1, level)
}

#[cfg(test)]
mod tests {
    use super::super::stratified::LonelyStratumPolicy;
    use super::super::stratified_mean::{StratumValues, stratified_mean};
    use super::*;
    use proptest::prelude::*;

    const FPC: VarianceOptions = VarianceOptions {
        finite_population_correction: true,
        lonely_strata: LonelyStratumPolicy::Fail,
    };

    fn sums(values: &[f64]) -> ValueSums {
        ValueSums {
            n: values.len() as u64,
            sum: values.iter().sum(),
            sum_squares: values.iter().map(|y| y * y).sum(),
        }
    }

    #[test]
    fn an_empty_group_is_named_unless_it_is_empty_everywhere() {
        let full = PostStratum {
            population: 30,
            values: sums(&[1.0, 2.0, 5.0]),
        };
        let silent = PostStratum {
            population: 4,
            values: ValueSums::default(),
        };
        let nowhere = PostStratum { population: 0, ..silent };
        assert_eq!(
            post_stratified_mean(&[full, silent], FPC, 0.95),
            Err(StratifiedError::EmptyPostStratum { group: 1, population: 4 })
        );
        let without = post_stratified_mean(&[full], FPC, 0.95);
        assert_eq!(post_stratified_mean(&[full, nowhere], FPC, 0.95), without);
        assert_eq!(post_stratified_mean(&[nowhere], FPC, 0.95), Err(StratifiedError::NothingToEstimate));
        let too_many = PostStratum { population: 2, ..full };
        assert!(post_stratified_mean(&[too_many], FPC, 0.95).is_err());
    }

    proptest! {
        #[test]
        fn one_group_is_the_plain_mean(values in prop::collection::vec(0.0_f64..100.0, 2..30)) {
            let population = 7 * values.len() as u64;
            let group = PostStratum { population, values: sums(&values) };
            let post = post_stratified_mean(&[group], FPC, 0.95).unwrap();
            let stratum = StratumValues {
                sampled: values.len() as u64, population: Some(population), weight: 7.0, values: sums(&values),
            };
            let plain = stratified_mean(&[stratum], FPC, 0.95).unwrap().estimate;
            prop_assert!((post.value - plain.value).abs() < 1e-10);
            prop_assert!((post.standard_error - plain.standard_error).abs() < 1e-9);
            prop_assert_eq!(post.df, plain.df);
        }

        #[test]
        fn equals_the_residuals_one_by_one(
            groups in prop::collection::vec((prop::collection::vec(0.0_f64..100.0, 2..12), 1_u64..30), 1..5),
        ) {
            // Second route: z of every case by itself, from its calibrated weight and its residual.
            let groups: Vec<_> = groups
                .into_iter()
                .map(|(values, factor)| (values.len() as u64 * factor, values))
                .collect();
            let population: u64 = groups.iter().map(|(size, _)| size).sum();
            let mut z = Vec::new();
            for (size, values) in &groups {
                let own = values.iter().sum::<f64>() / values.len() as f64;
                let weight = *size as f64 / values.len() as f64;
                z.extend(values.iter().map(|y| weight * (y - own) / population as f64));
            }
            let n = z.len() as f64;
            let variance = (1.0 - n / population as f64) * n / (n - 1.0) * z.iter().map(|z| z * z).sum::<f64>();
            let table: Vec<_> = groups
                .iter()
                .map(|(size, values)| PostStratum { population: *size, values: sums(values) })
                .collect();
            let post = post_stratified_mean(&table, FPC, 0.95).unwrap();
            prop_assert!((post.standard_error.powi(2) - variance).abs() < 1e-9);
        }
    }
}
