//! Estimates under a sample design, each with its linearised variance: one file an estimator.
//!
//! Every estimator works the same way. A [`Domain`] says which design and which of its cases; a variable is one
//! `Option<f64>` a case, `None` where the answer is missing. The estimator gives a [`Linearised`] value, that is the value
//! and what each case contributes to its error; [`Domain::estimate`] turns that into an [`Estimate`] by the kernel. Cases
//! outside the domain or without a value contribute 0 and stay in the design, so a missing value is a domain of its own.

pub mod design_effect;
pub mod mean;
pub mod proportion;
pub mod quantile;
pub mod ratio;
pub mod total;
pub mod variance;

pub use design_effect::{DesignEffect, SimpleReference, mean_design_effect, total_design_effect};
pub use mean::mean;
pub use proportion::{ProportionMethod, proportion_interval};
pub use quantile::{Quantile, QuantileRule, quantile, weighted_quantile};
pub use ratio::ratio;
pub use total::total;
pub use variance::variance;

use super::{DesignError, LonelyPsuPolicy, SampleDesign, TotalVariance, total_variance};
use crate::stats::{CompensatedSum, Interval};
use nalgebra::DMatrix;
use serde::Serialize;

/// Why an estimate cannot be given.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum EstimateError {
    /// The design does not allow it.
    #[error(transparent)]
    Design(#[from] DesignError),
    /// No case of the domain has a value and a positive weight.
    #[error("no case of the domain has a value")]
    NothingToEstimate,
    /// The denominator of a ratio is 0.
    #[error("the denominator is zero")]
    ZeroDenominator,
    /// A variance needs two cases.
    #[error("a variance needs at least two cases with a value")]
    OneCase,
    /// The confidence level, or the probability of a quantile, is not strictly between 0 and 1.
    #[error("a level or probability must lie strictly between 0 and 1")]
    Level,
}

/// Cases of a design that an estimate is about. The rest of the sample stays behind it for the variance.
#[derive(Debug, Clone)]
pub struct Domain<'a> {
    design: &'a SampleDesign,
    inside: Vec<bool>,
    lonely: LonelyPsuPolicy,
}

/// A value and the influence of each case on it, weight included: the error of the value is, to first order, the error of
/// the total of these. One entry a case of the whole design, 0 outside the domain.
#[derive(Debug, Clone, PartialEq)]
pub struct Linearised {
    /// The estimate.
    pub value: f64,
    /// `w_i·u_i`, in the unit of the estimate.
    pub influence: Vec<f64>,
    /// Cases with a value and a positive weight.
    pub n: u64,
    /// Σw of those cases.
    pub weight_sum: f64,
}

/// An estimate with its precision.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error by Taylor linearisation, 0 or more.
    pub standard_error: f64,
    /// Degrees of freedom: PSUs minus strata that the domain touches (all of them for the whole sample), whatever is missing.
    pub df: u64,
    /// Cases with a value, unweighted.
    pub n: u64,
    /// Σw of the cases with a value.
    pub weight_sum: f64,
    /// First-stage strata whose variance the data could not show.
    pub lonely_strata: u64,
}

impl Estimate {
    /// SE / |value|; `None` for a value of 0.
    #[must_use]
    pub fn coefficient_of_variation(&self) -> Option<f64> {
        let cv = self.standard_error / self.value.abs();
        cv.is_finite().then_some(cv)
    }

    /// Student's t interval with the degrees of freedom of the design, the default. `None` without degrees of freedom.
    #[must_use]
    pub fn interval(&self, level: f64) -> Option<Interval> {
        if self.df == 0 {
            return None;
        }
        Interval::around(self.value, self.standard_error, Some(self.df as f64), level)
    }

    /// The normal interval, as R's `confint` gives without `df`. Too narrow for few PSUs.
    #[must_use]
    pub fn normal_interval(&self, level: f64) -> Option<Interval> {
        Interval::around(self.value, self.standard_error, None, level)
    }
}

impl<'a> Domain<'a> {
    /// All cases of a design.
    #[must_use]
    pub fn whole(design: &'a SampleDesign, lonely: LonelyPsuPolicy) -> Self {
        let inside = design.weights().iter().map(|&weight| weight > 0.0).collect();
        Self { design, inside, lonely }
    }

    /// The part of this domain for which `keep` holds, given the position of a case.
    #[must_use]
    pub fn narrowed(&self, keep: impl Fn(usize) -> bool) -> Self {
        let inside = self.inside.iter().enumerate().map(|(case, &inside)| inside && keep(case)).collect();
        Self { inside, ..*self }
    }

    /// The design behind the domain.
    #[must_use]
    pub const fn design(&self) -> &'a SampleDesign {
        self.design
    }

    /// Cases in the domain, with a positive weight.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.inside.iter().filter(|inside| **inside).count() as u64
    }

    /// PSUs minus strata that the domain touches.
    #[must_use]
    pub fn df(&self) -> u64 {
        self.design.domain_df(|case| self.inside[case])
    }

    /// The cases of the domain that have a value: position, weight, value.
    fn values<'b>(&'b self, variable: &'b [Option<f64>]) -> impl Iterator<Item = (usize, f64, f64)> + 'b {
        let weights = self.design.weights();
        let cases = self.inside.iter().zip(variable).enumerate();
        cases.filter_map(|(case, (inside, value))| value.filter(|_| *inside).map(|value| (case, weights[case], value)))
    }

    fn check(&self, variable: &[Option<f64>]) -> Result<(), EstimateError> {
        super::sample::same_length(self.design.cases(), variable.len())?;
        match self.values(variable).find(|(_, _, value)| !value.is_finite()) {
            Some((case, _, _)) => Err(DesignError::BadInfluence { case, statistic: 0 }.into()),
            None => Ok(()),
        }
    }

    /// The covariance matrix of several linearised values, in their order.
    ///
    /// # Errors
    ///
    /// [`DesignError`] where the design does not allow a variance.
    pub fn covariance(&self, values: &[&Linearised]) -> Result<TotalVariance, DesignError> {
        let mut influence = DMatrix::zeros(self.design.cases(), values.len());
        for (statistic, linearised) in values.iter().enumerate() {
            super::sample::same_length(self.design.cases(), linearised.influence.len())?;
            influence.column_mut(statistic).copy_from_slice(&linearised.influence);
        }
        total_variance(self.design, &influence, self.lonely)
    }

    /// A linearised value with its standard error and the degrees of freedom of this domain.
    ///
    /// # Errors
    ///
    /// [`EstimateError::Design`] where the design does not allow a variance.
    pub fn estimate(&self, linearised: &Linearised) -> Result<Estimate, EstimateError> {
        let variance = self.covariance(&[linearised])?;
        Ok(Estimate {
            value: linearised.value,
            standard_error: variance.covariance[(0, 0)].max(0.0).sqrt(),
            df: self.df(),
            n: linearised.n,
            weight_sum: linearised.weight_sum,
            lonely_strata: variance.lonely_strata,
        })
    }
}

/// n, Σw and Σwy over the cases with a value.
struct Sums {
    n: u64,
    weight: f64,
    total: f64,
}

impl Sums {
    fn of(domain: &Domain, variable: &[Option<f64>]) -> Result<Self, EstimateError> {
        domain.check(variable)?;
        let (mut n, mut weight, mut total) = (0, CompensatedSum::new(), CompensatedSum::new());
        for (_, w, value) in domain.values(variable) {
            n += 1;
            weight.insert(w);
            total.insert_product(w, value);
        }
        if n == 0 {
            return Err(EstimateError::NothingToEstimate);
        }
        Ok(Self {
            n,
            weight: weight.finish(),
            total: total.finish(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Stage;
    use super::*;
    use proptest::prelude::*;

    fn design(clusters: &[u8], weights: &[f64]) -> SampleDesign {
        SampleDesign::new(&[Stage::new(clusters)], Some(weights)).unwrap()
    }

    #[test]
    fn what_cannot_be_estimated_says_why() {
        let design = design(&[1, 2, 3], &[1.0, 1.0, 0.0]);
        let domain = Domain::whole(&design, LonelyPsuPolicy::Fail);
        // The only value belongs to a case of weight 0.
        assert_eq!(mean(&domain, &[None, None, Some(1.0)]), Err(EstimateError::NothingToEstimate));
        assert_eq!(variance(&domain, &[Some(1.0), None, None]), Err(EstimateError::OneCase));
        let (ones, zeros) = (vec![Some(1.0); 3], vec![Some(0.0); 3]);
        assert_eq!(ratio(&domain, &ones, &zeros), Err(EstimateError::ZeroDenominator));
        assert_eq!(
            total(&domain, &[Some(1.0)]),
            Err(EstimateError::Design(DesignError::Cases { expected: 3, got: 1 }))
        );
        assert_eq!(
            mean(&domain, &[Some(f64::NAN), None, None]),
            Err(EstimateError::Design(DesignError::BadInfluence { case: 0, statistic: 0 }))
        );
    }

    #[test]
    fn one_psu_has_no_interval_and_zero_has_no_cv() {
        let design = design(&[1, 1, 2], &[1.0; 3]);
        let whole = Domain::whole(&design, LonelyPsuPolicy::Fail);
        let first = whole.narrowed(|case| case < 2);
        let e = first.estimate(&mean(&first, &[Some(1.0), Some(-1.0), None]).unwrap()).unwrap();
        assert_eq!(
            (e.value, e.df, e.interval(0.95), e.coefficient_of_variation()),
            (0.0, 0, None, None)
        );
    }

    fn any_cases() -> impl Strategy<Value = Vec<(u8, f64, f64, bool)>> {
        prop::collection::vec((0_u8..6, 0.1_f64..9.0, -10.0_f64..10.0, any::<bool>()), 3..50).prop_filter("two PSUs", |cases| {
            cases.iter().any(|c| c.0 != cases[0].0) && cases.iter().filter(|c| c.3).count() > 1
        })
    }

    proptest! {
        /// A missing value is a case outside the domain.
        #[test]
        fn missing_values_are_a_domain(cases in any_cases()) {
            let (clusters, weights): (Vec<u8>, Vec<f64>) = cases.iter().map(|c| (c.0, c.1)).unzip();
            let design = design(&clusters, &weights);
            let whole = Domain::whole(&design, LonelyPsuPolicy::Fail);
            let part = whole.narrowed(|case| cases[case].3);
            let full: Vec<Option<f64>> = cases.iter().map(|c| Some(c.2)).collect();
            let missing: Vec<Option<f64>> = cases.iter().map(|c| c.3.then_some(c.2)).collect();
            prop_assert_eq!(mean(&part, &full), mean(&whole, &missing));
            prop_assert_eq!(total(&part, &full), total(&whole, &missing));
            prop_assert_eq!(variance(&part, &full), variance(&whole, &missing));
        }

        /// A mean does not know the unit of the weights, and moves with its variable.
        #[test]
        fn means_scale_and_shift(cases in any_cases(), factor in 0.01_f64..100.0, shift in -5.0_f64..5.0) {
            let clusters: Vec<u8> = cases.iter().map(|c| c.0).collect();
            let weights: Vec<f64> = cases.iter().map(|c| c.1).collect();
            let scaled: Vec<f64> = cases.iter().map(|c| c.1 * factor).collect();
            let (a, b) = (design(&clusters, &weights), design(&clusters, &scaled));
            let (a, b) = (Domain::whole(&a, LonelyPsuPolicy::Fail), Domain::whole(&b, LonelyPsuPolicy::Fail));
            let y: Vec<Option<f64>> = cases.iter().map(|c| Some(c.2)).collect();
            let moved: Vec<Option<f64>> = cases.iter().map(|c| Some(3.0 * c.2 + shift)).collect();
            let one = a.estimate(&mean(&a, &y).unwrap()).unwrap();
            let two = b.estimate(&mean(&b, &moved).unwrap()).unwrap();
            prop_assert!((two.value - (3.0 * one.value + shift)).abs() < 1e-9);
            prop_assert!((two.standard_error - 3.0 * one.standard_error).abs() < 1e-9);
        }

        /// The mean of y is the ratio of y to 1; the share of ones is their mean.
        #[test]
        fn a_mean_is_a_ratio_to_one(cases in any_cases()) {
            let (clusters, weights): (Vec<u8>, Vec<f64>) = cases.iter().map(|c| (c.0, c.1)).unzip();
            let design = design(&clusters, &weights);
            let whole = Domain::whole(&design, LonelyPsuPolicy::Fail);
            let y: Vec<Option<f64>> = cases.iter().map(|c| c.3.then_some(c.2)).collect();
            let ones = vec![Some(1.0); cases.len()];
            let (a, b) = (mean(&whole, &y).unwrap(), ratio(&whole, &y, &ones).unwrap());
            prop_assert!((a.value - b.value).abs() < 1e-12);
            let (a, b) = (whole.estimate(&a).unwrap(), whole.estimate(&b).unwrap());
            prop_assert!((a.standard_error - b.standard_error).abs() < 1e-12);
        }
    }
}
