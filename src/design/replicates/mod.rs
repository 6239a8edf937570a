//! Replicate weights: the sample again and again with other weights, and the variance from how far the estimate moves.
//!
//! A method is three things: factors by which the weight of each primary unit is multiplied in replicate r, a rule that turns the
//! replicate values into a variance, and degrees of freedom. Factors are made when a replicate is used, so memory does not
//! grow with the number of replicates. Whatever is estimated from the sample (calibration, trimming, a model) is estimated anew
//! in every replicate: [`ReplicateWeights::map`] hands each replicate's weights to a function that does so.
//!
//! | Method | Designs | Finite population | Replicates |
//! |---|---|---|---|
//! | [`jackknife::jk1`] | one stratum | yes | units |
//! | [`jackknife::jkn`] | strata | yes | units |
//! | [`balanced::brr`], [`balanced::fay`] | two units a stratum | no | next Hadamard order above the strata |
//! | [`bootstrap::rao_wu`] | strata | yes | chosen |
//! | [`bootstrap::canty_davison`] | strata of like size | yes | chosen |
//! | [`preston::preston`] | strata, two stages | at both stages | chosen |
//! | [`delete_group::delete_a_group`] | strata, many units | no | groups |

pub mod balanced;
pub mod bootstrap;
pub mod delete_group;
pub mod hadamard;
pub mod jackknife;
pub mod preston;
pub mod units;
pub mod variance;

pub use units::{PrimaryUnits, StratumUnits};
pub use variance::{Centre, ReplicateRule};

use nalgebra::DMatrix;
use rayon::prelude::*;
use std::fmt::Debug;

/// Why replicates cannot be made. Strata are counted from 0 in the order given.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum ReplicateError {
    /// No stratum at all.
    #[error("there are no units")]
    NoUnits,
    /// The design says that every stratum was sampled.
    #[error("stratum {stratum} has no sampled units: merge it with another")]
    EmptyStratum {
        /// Position of the stratum.
        stratum: usize,
    },
    /// One unit cannot vary.
    #[error("stratum {stratum} has only one sampled unit, which cannot be left out")]
    LonelyUnit {
        /// Position of the stratum.
        stratum: usize,
    },
    /// More sampled than there are.
    #[error("stratum {stratum} has {sampled} sampled units but only {population} in the population")]
    MoreSampledThanPopulation {
        /// Position of the stratum.
        stratum: usize,
        /// Sampled units.
        sampled: usize,
        /// Units in the population.
        population: u64,
    },
    /// JK1 knows one stratum only.
    #[error("this method is for one stratum, there are {strata}")]
    SeveralStrata {
        /// Strata given.
        strata: usize,
    },
    /// Strata below the first stage.
    #[error("primary unit {unit} has strata within it, which this method cannot draw")]
    StrataWithinUnit {
        /// Position of the primary unit.
        unit: usize,
    },
    /// Half samples need pairs.
    #[error("stratum {stratum} has {units} units; half samples need exactly two")]
    NotPaired {
        /// Position of the stratum.
        stratum: usize,
        /// Its units.
        units: usize,
    },
    /// Fay's factor outside its range.
    #[error("Fay's factor {rho} must be at least 0 and below 1")]
    FayFactor {
        /// The factor.
        rho: f64,
    },
    /// One value has no spread.
    #[error("{replicates} replicates are too few, at least 2 are needed")]
    TooFewReplicates {
        /// Replicates asked for.
        replicates: usize,
    },
    /// The rescaling would make weights negative.
    #[error("{draws} draws do not fit stratum {stratum}: between 1 and its units less one")]
    Draws {
        /// Position of the stratum.
        stratum: usize,
        /// Draws asked for.
        draws: usize,
    },
    /// Lists that belong together differ in length.
    #[error("{got} entries where {expected} are needed")]
    Length {
        /// Entries needed.
        expected: usize,
        /// Entries given.
        got: usize,
    },
    /// A weight, a factor or the unit of a row is not usable.
    #[error("entry {position} is not a usable number")]
    BadEntry {
        /// Its position, from 0.
        position: usize,
    },
}

/// The method that made the replicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplicateMethod {
    /// Jackknife of one stratum.
    Jk1,
    /// Stratified jackknife.
    Jkn,
    /// Balanced half samples.
    Brr,
    /// Balanced half samples by Fay's method.
    Fay,
    /// Rescaled bootstrap.
    RaoWu,
    /// Bootstrap from a copied population.
    CantyDavison,
    /// Rescaled bootstrap of two stages.
    Preston,
    /// Jackknife by random groups.
    DeleteAGroup,
    /// Factors from outside, such as those delivered with a public-use file.
    Given,
}

/// Makes the factors of a replicate, one for each unit.
trait Scheme: Debug + Send + Sync {
    fn factors(&self, replicate: usize) -> Vec<f64>;
}

/// Factors that were made elsewhere.
#[derive(Debug)]
struct Given(Vec<Vec<f64>>);

impl Scheme for Given {
    fn factors(&self, replicate: usize) -> Vec<f64> {
        self.0.get(replicate).cloned().unwrap_or_default()
    }
}

/// Replicates of one sample.
#[derive(Debug)]
pub struct ReplicateWeights {
    method: ReplicateMethod,
    rule: ReplicateRule,
    df: usize,
    units: usize,
    scheme: Box<dyn Scheme>,
}

/// A value with the variance that its replicates give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReplicateEstimate {
    /// The estimate from all units.
    pub value: f64,
    /// Its variance; `None` where a replicate has no value.
    pub variance: Option<f64>,
}

impl ReplicateWeights {
    fn new(method: ReplicateMethod, rule: ReplicateRule, df: usize, units: usize, scheme: impl Scheme + 'static) -> Self {
        Self {
            method,
            rule,
            df,
            units,
            scheme: Box::new(scheme),
        }
    }

    /// Replicates whose factors are given: one row a replicate, one column a unit, each finite.
    ///
    /// # Errors
    ///
    /// Rows of different length, or not as many as the rule has; a factor that is no number.
    pub fn given(factors: Vec<Vec<f64>>, rule: ReplicateRule, df: usize) -> Result<Self, ReplicateError> {
        let expected = rule.rscales.len();
        if factors.len() != expected {
            return Err(ReplicateError::Length {
                expected,
                got: factors.len(),
            });
        }
        let units = factors.first().map_or(0, Vec::len);
        for row in &factors {
            if row.len() != units || units == 0 {
                return Err(ReplicateError::Length {
                    expected: units,
                    got: row.len(),
                });
            }
            if let Some(position) = row.iter().position(|f| !f.is_finite()) {
                return Err(ReplicateError::BadEntry { position });
            }
        }
        Ok(Self::new(ReplicateMethod::Given, rule, df, units, Given(factors)))
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> ReplicateMethod {
        self.method
    }

    /// From values to variance.
    #[must_use]
    pub fn rule(&self) -> &ReplicateRule {
        &self.rule
    }

    /// Degrees of freedom for intervals and tests.
    #[must_use]
    pub fn df(&self) -> usize {
        self.df
    }

    /// Units that have a factor.
    #[must_use]
    pub fn units(&self) -> usize {
        self.units
    }

    /// Replicates.
    #[must_use]
    pub fn replicates(&self) -> usize {
        self.rule.rscales.len()
    }

    /// Factors of one replicate by unit; all 1 would be the full sample.
    #[must_use]
    pub fn factors(&self, replicate: usize) -> Vec<f64> {
        self.scheme.factors(replicate)
    }

    /// Applies an estimator to the weights of every replicate, in parallel; results in the order of the replicates. `base` holds the
    /// weight of every row before calibration, `unit_of_row` its unit.
    ///
    /// # Errors
    ///
    /// Lists of different length, or a row whose unit does not exist.
    pub fn map<T: Send>(
        &self,
        base: &[f64],
        unit_of_row: &[usize],
        estimate: impl Fn(&[f64]) -> T + Sync,
    ) -> Result<Vec<T>, ReplicateError> {
        if base.len() != unit_of_row.len() {
            return Err(ReplicateError::Length {
                expected: base.len(),
                got: unit_of_row.len(),
            });
        }
        if let Some(position) = unit_of_row.iter().position(|unit| *unit >= self.units) {
            return Err(ReplicateError::BadEntry { position });
        }
        let one = |replicate: usize| {
            let factors = self.scheme.factors(replicate);
            let weight = |(weight, unit): (&f64, &usize)| weight * factors.get(*unit).copied().unwrap_or(f64::NAN);
            let weights: Vec<f64> = base.iter().zip(unit_of_row).map(weight).collect();
            estimate(&weights)
        };
        Ok((0..self.replicates()).into_par_iter().map(one).collect())
    }

    /// Estimate and variance of whatever `estimate` makes of weights; `None` where it has no value for all units.
    ///
    /// # Errors
    ///
    /// As [`Self::map`].
    pub fn estimate(
        &self,
        base: &[f64],
        unit_of_row: &[usize],
        estimate: impl Fn(&[f64]) -> Option<f64> + Sync,
    ) -> Result<Option<ReplicateEstimate>, ReplicateError> {
        let values: Option<Vec<f64>> = self.map(base, unit_of_row, &estimate)?.into_iter().collect();
        Ok(estimate(base).map(|value| ReplicateEstimate {
            value,
            variance: values.and_then(|values| self.rule.variance(value, &values)),
        }))
    }

    /// Covariance matrix of several estimates at once; `None` where a replicate lacks one.
    ///
    /// # Errors
    ///
    /// As [`Self::map`].
    pub fn covariance(
        &self,
        base: &[f64],
        unit_of_row: &[usize],
        estimates: impl Fn(&[f64]) -> Option<Vec<f64>> + Sync,
    ) -> Result<Option<DMatrix<f64>>, ReplicateError> {
        let values: Option<Vec<Vec<f64>>> = self.map(base, unit_of_row, &estimates)?.into_iter().collect();
        let covariance = estimates(base)
            .zip(values)
            .and_then(|(full, values)| self.rule.covariance(&full, &values));
        Ok(covariance)
    }
}

#[cfg(test)]
mod tests;
