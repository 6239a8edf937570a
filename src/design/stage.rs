//! The variance that one stage of selection adds, from sums per stratum.

use super::{DesignError, Scatter};
use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

/// What to do with a stratum of one sampled cluster, whose variance the data cannot show.
///
/// A stratum that was drawn completely is not lonely: it adds exactly 0. Nor is one with several sampled clusters of which
/// a domain touches only one: the others are there with totals of 0. The words are those of R's `survey.lonely.psu`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LonelyPsuPolicy {
    /// Refuse the estimate and name the stratum.
    Fail,
    /// Adds 0, as if the cluster had been drawn with certainty (what R also calls `remove`). Understates the variance.
    Certainty,
    /// Adds (1 − f)·(t − t̄)², the squared deviation from the mean of all cluster totals of the stage. For anything but a
    /// total that mean is 0, because influence values add up to 0. Rather too large than too small.
    Adjust,
    /// Adds the mean contribution of the other strata of the stage.
    Average,
}

/// The cluster totals of one stratum at one stage.
#[derive(Debug, Clone, PartialEq)]
pub struct StratumTotals {
    /// Totals of **all** sampled clusters of the stratum, those with nothing of the domain included as zeros.
    pub scatter: Scatter,
    /// Clusters of the stratum in the population, N; `None` for selection with replacement (no correction).
    pub population: Option<u64>,
}

/// What a stage adds.
#[derive(Debug, Clone, PartialEq)]
pub struct StageVariance {
    /// Covariance matrix of the statistics.
    pub covariance: DMatrix<f64>,
    /// Strata handled by the policy for lonely PSUs.
    pub lonely_strata: u64,
}

impl StratumTotals {
    /// 1 − n/N, the share of the stratum's clusters that was not sampled; 1 without a population size.
    #[must_use]
    pub fn unsampled_share(&self) -> f64 {
        self.population.map_or(1.0, |population| {
            population.saturating_sub(self.scatter.count()) as f64 / population as f64
        })
    }
}

/// The covariance matrix of totals over one stage of stratified selection of clusters without replacement:
/// `V = Σ_h (1 − n_h/N_h) · n_h/(n_h − 1) · Σ_c (t_hc − t̄_h)(t_hc − t̄_h)′`, t being cluster totals of influence values
/// (weights included). Source: Särndal, Swensson and Wretman (1992), results 3.7.2 and 4.2.1; without population sizes it
/// is the ultimate-cluster estimator (section 4.6).
///
/// `statistics` is the side of the matrix; `stage` only names the place of an error.
///
/// # Errors
///
/// [`DesignError`] names the stratum, by its position, and the condition.
pub fn stage_variance(
    strata: &[StratumTotals],
    statistics: usize,
    policy: LonelyPsuPolicy,
    stage: usize,
) -> Result<StageVariance, DesignError> {
    if strata.is_empty() {
        return Err(DesignError::Empty);
    }
    let mut covariance = DMatrix::zeros(statistics, statistics);
    let mut lonely = Vec::new();
    for (position, stratum) in strata.iter().enumerate() {
        check(stratum, position, statistics, stage)?;
        let unsampled = stratum.unsampled_share();
        let n = stratum.scatter.count() as f64;
        if unsampled == 0.0 {
            continue;
        }
        if stratum.scatter.count() > 1 {
            covariance += stratum.scatter.products() * (unsampled * n / (n - 1.0));
        } else {
            lonely.push((position, unsampled));
        }
    }
    settle_lonely(&mut covariance, strata, &lonely, policy, stage)?;
    Ok(StageVariance {
        covariance,
        lonely_strata: lonely.len() as u64,
    })
}

fn check(stratum: &StratumTotals, position: usize, statistics: usize, stage: usize) -> Result<(), DesignError> {
    let sampled = stratum.scatter.count();
    if stratum.scatter.statistics() != statistics {
        return Err(DesignError::Statistics {
            expected: statistics,
            got: stratum.scatter.statistics(),
        });
    }
    if sampled == 0 {
        return Err(DesignError::NotSampled { stratum: position });
    }
    if let Some(population) = stratum.population.filter(|&population| population < sampled) {
        return Err(DesignError::PopulationBelowSampled {
            stage,
            stratum: position,
            sampled,
            population,
        });
    }
    let finite = |values: &[f64]| values.iter().all(|value| value.is_finite());
    if !(finite(stratum.scatter.mean().as_slice()) && finite(stratum.scatter.products().as_slice())) {
        return Err(DesignError::BadTotals { stratum: position });
    }
    Ok(())
}

/// Adds what the policy says for the lonely strata, given by position and share not sampled.
fn settle_lonely(
    covariance: &mut DMatrix<f64>,
    strata: &[StratumTotals],
    lonely: &[(usize, f64)],
    policy: LonelyPsuPolicy,
    stage: usize,
) -> Result<(), DesignError> {
    let Some(&(stratum, _)) = lonely.first() else {
        return Ok(());
    };
    match policy {
        LonelyPsuPolicy::Fail => Err(DesignError::LonelyPsu { stage, stratum }),
        LonelyPsuPolicy::Certainty => Ok(()),
        LonelyPsuPolicy::Adjust => {
            let center = mean_total(strata, covariance.nrows());
            for &(position, unsampled) in lonely {
                let deviation = strata[position].scatter.mean() - &center;
                covariance.ger(unsampled, &deviation, &deviation, 1.0);
            }
            Ok(())
        }
        LonelyPsuPolicy::Average if lonely.len() == strata.len() => Err(DesignError::OnlyLonelyPsus),
        LonelyPsuPolicy::Average => {
            *covariance *= strata.len() as f64 / (strata.len() - lonely.len()) as f64;
            Ok(())
        }
    }
}

/// The mean of all cluster totals of the stage.
fn mean_total(strata: &[StratumTotals], statistics: usize) -> DVector<f64> {
    let mut all = Scatter::new(statistics);
    for stratum in strata {
        all.combine(&stratum.scatter);
    }
    all.mean().clone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stratum(values: &[f64], population: Option<u64>) -> StratumTotals {
        let mut scatter = Scatter::new(1);
        for &value in values {
            scatter.insert(&[value]);
        }
        StratumTotals { scatter, population }
    }

    fn variance(strata: &[StratumTotals], policy: LonelyPsuPolicy) -> Result<f64, DesignError> {
        stage_variance(strata, 1, policy, 0).map(|v| v.covariance[(0, 0)])
    }

    #[test]
    fn one_stratum_by_hand() {
        // t = 2, 4, 12: Σ(t − 6)² = 56; n/(n−1)·56 = 84; f = 3/12 → 63
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} is not {b}");
        near(variance(&[stratum(&[2.0, 4.0, 12.0], None)], LonelyPsuPolicy::Fail).unwrap(), 84.0);
        near(
            variance(&[stratum(&[2.0, 4.0, 12.0], Some(12))], LonelyPsuPolicy::Fail).unwrap(),
            63.0,
        );
    }

    #[test]
    fn lonely_strata_follow_the_policy() {
        // Stratum one: t = 1, 3 → 2·2 = 4. Lonely: t = 5. Mean of all totals 3.
        let strata = [stratum(&[1.0, 3.0], None), stratum(&[5.0], None)];
        assert_eq!(
            variance(&strata, LonelyPsuPolicy::Fail),
            Err(DesignError::LonelyPsu { stage: 0, stratum: 1 })
        );
        assert_eq!(variance(&strata, LonelyPsuPolicy::Certainty), Ok(4.0));
        assert_eq!(variance(&strata, LonelyPsuPolicy::Average), Ok(8.0));
        assert_eq!(variance(&strata, LonelyPsuPolicy::Adjust), Ok(8.0));
        let only = [stratum(&[5.0], None)];
        assert_eq!(variance(&only, LonelyPsuPolicy::Average), Err(DesignError::OnlyLonelyPsus));
    }

    #[test]
    fn a_stratum_drawn_completely_is_not_lonely() {
        let strata = [stratum(&[1.0, 3.0], Some(10)), stratum(&[5.0], Some(1))];
        let result = stage_variance(&strata, 1, LonelyPsuPolicy::Fail, 0).unwrap();
        assert_eq!(result.lonely_strata, 0);
        assert!((result.covariance[(0, 0)] - 0.8 * 4.0).abs() < 1e-12);
    }

    #[test]
    fn each_impossible_stratum_has_its_own_name() {
        let error = |bad| variance(&[stratum(&[1.0, 2.0], None), bad], LonelyPsuPolicy::Fail).unwrap_err();
        assert_eq!(variance(&[], LonelyPsuPolicy::Fail), Err(DesignError::Empty));
        assert_eq!(error(stratum(&[], None)), DesignError::NotSampled { stratum: 1 });
        assert_eq!(error(stratum(&[f64::NAN, 1.0], None)), DesignError::BadTotals { stratum: 1 });
        assert_eq!(
            error(stratum(&[1.0, 1.0], Some(1))),
            DesignError::PopulationBelowSampled {
                stage: 0,
                stratum: 1,
                sampled: 2,
                population: 1
            }
        );
    }

    fn any_strata() -> impl Strategy<Value = Vec<Vec<f64>>> {
        prop::collection::vec(prop::collection::vec(-10.0_f64..10.0, 2..8), 1..6)
    }

    proptest! {
        #[test]
        fn strata_add_up_whatever_their_order(values in any_strata()) {
            let strata: Vec<_> = values.iter().map(|t| stratum(t, None)).collect();
            let whole = variance(&strata, LonelyPsuPolicy::Fail).unwrap();
            let parts: f64 = strata.iter().map(|s| variance(std::slice::from_ref(s), LonelyPsuPolicy::Fail).unwrap()).sum();
            prop_assert!((whole - parts).abs() <= 1e-12 * whole.max(1.0));
            let reversed: Vec<_> = strata.iter().rev().cloned().collect();
            prop_assert!((whole - variance(&reversed, LonelyPsuPolicy::Fail).unwrap()).abs() <= 1e-12 * whole.max(1.0));
        }

        #[test]
        fn a_constant_added_inside_a_stratum_changes_nothing(values in any_strata(), shift in -5.0_f64..5.0) {
            let strata: Vec<_> = values.iter().map(|t| stratum(t, None)).collect();
            let moved: Vec<_> = values.iter().map(|t| stratum(&t.iter().map(|t| t + shift).collect::<Vec<_>>(), None)).collect();
            let (a, b) = (variance(&strata, LonelyPsuPolicy::Fail).unwrap(), variance(&moved, LonelyPsuPolicy::Fail).unwrap());
            prop_assert!((a - b).abs() <= 1e-10 * a.max(1.0));
        }
    }
}
