//! Weighted ratio of two totals under stratified sampling of elements.

use super::stratified::{StratifiedError, StratifiedEstimate, StratumScores, VarianceOptions, estimate_with, stratified_variance};
use crate::stats::saturating_total;
use serde::Serialize;

/// One stratum of the design and the sums of the pairs (y, x) inside it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct StratumPairs {
    /// Sampled units of the **whole** stratum, `n_h`.
    pub sampled: u64,
    /// Units in the frame, `N_h`; needed only for the finite-population correction.
    pub population: Option<u64>,
    /// Weight shared by all sampled units of the stratum, `w_h`.
    pub weight: f64,
    /// Cases with both values, at most `sampled`; the others count as y = x = 0.
    pub n: u64,
    /// Σy, the numerator.
    pub sum_y: f64,
    /// Σx, the denominator.
    pub sum_x: f64,
    /// Σy².
    pub sum_yy: f64,
    /// Σxy.
    pub sum_xy: f64,
    /// Σx².
    pub sum_xx: f64,
}

/// The ratio R = Σ `w_h`Σy / Σ `w_h`Σx with its linearised standard error: z = (y − R·x)/Σ`w_h`Σx.
///
/// With x = 1 inside a domain and 0 outside, this is the domain mean. Degrees of freedom as for the mean: cases with
/// values minus strata that hold any.
///
/// # Errors
///
/// [`StratifiedError`] names the stratum and the condition; a denominator of 0 is
/// [`StratifiedError::NothingToEstimate`].
pub fn stratified_ratio(strata: &[StratumPairs], options: VarianceOptions, level: f64) -> Result<StratifiedEstimate, StratifiedError> {
    for (stratum, s) in strata.iter().enumerate() {
        if s.n > s.sampled {
            return Err(StratifiedError::MoreValuesThanSampled {
                stratum,
                values: s.n,
                sampled: s.sampled,
            });
        }
    }
    let numerator: f64 = strata.iter().map(|s| s.weight * s.sum_y).sum();
    let denominator: f64 = strata.iter().map(|s| s.weight * s.sum_x).sum();
    let ratio = numerator / denominator;
    if !ratio.is_finite() {
        return Err(StratifiedError::NothingToEstimate);
    }
    let scores: Vec<StratumScores> = strata.iter().map(|s| s.scores(ratio, denominator)).collect();
    let variance = stratified_variance(&scores, options)?;
    let n = saturating_total(strata.iter().map(|s| s.n));
    let strata_with_values = strata.iter().filter(|s| s.n > 0).count() as u64;
    estimate_with(ratio, variance, n, n.saturating_sub(strata_with_values), level)
}

impl StratumPairs {
    fn scores(&self, ratio: f64, denominator: f64) -> StratumScores {
        let residual_squares = self.sum_yy - 2.0 * ratio * self.sum_xy + ratio * ratio * self.sum_xx;
        StratumScores {
            sampled: self.sampled,
            population: self.population,
            weight: self.weight,
            sum: (self.sum_y - ratio * self.sum_x) / denominator,
            sum_squares: residual_squares.max(0.0) / (denominator * denominator),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::stratified::LonelyStratumPolicy;
    use super::super::stratified_mean::{StratumValues, ValueSums, stratified_mean};
    use super::*;
    use proptest::prelude::*;

    const PLAIN: VarianceOptions = VarianceOptions {
        finite_population_correction: true,
        lonely_strata: LonelyStratumPolicy::Fail,
    };

    #[test]
    fn a_zero_denominator_is_named() {
        let stratum = StratumPairs {
            sampled: 3,
            population: Some(9),
            weight: 3.0,
            n: 3,
            sum_y: 4.0,
            sum_x: 0.0,
            sum_yy: 8.0,
            sum_xy: 0.0,
            sum_xx: 0.0,
        };
        assert_eq!(stratified_ratio(&[stratum], PLAIN, 0.95), Err(StratifiedError::NothingToEstimate));
    }

    proptest! {
        #[test]
        fn a_domain_mean_is_a_ratio(
            strata in prop::collection::vec(
                (prop::collection::vec(0.0_f64..100.0, 1..15), 1_u64..10, 1.0_f64..9.0),
                1..5,
            ),
        ) {
            let mut means = Vec::new();
            let mut pairs = Vec::new();
            for (values, others, weight) in &strata {
                let n = values.len() as u64;
                let (sampled, population) = (n + others, Some(10 * (n + others)));
                let sum: f64 = values.iter().sum();
                let sum_squares: f64 = values.iter().map(|y| y * y).sum();
                means.push(StratumValues {
                    sampled, population, weight: *weight, values: ValueSums { n, sum, sum_squares },
                });
                pairs.push(StratumPairs {
                    sampled, population, weight: *weight, n,
                    sum_y: sum, sum_x: n as f64, sum_yy: sum_squares, sum_xy: sum, sum_xx: n as f64,
                });
            }
            let mean = stratified_mean(&means, PLAIN, 0.95).unwrap().estimate;
            let ratio = stratified_ratio(&pairs, PLAIN, 0.95).unwrap();
            prop_assert!((mean.value - ratio.value).abs() < 1e-10);
            // The squares nearly cancel when the values are nearly equal, and the root doubles the digits lost.
            prop_assert!((mean.standard_error.powi(2) - ratio.standard_error.powi(2)).abs() < 1e-9);
            prop_assert_eq!(mean.df, ratio.df);
        }
    }
}
