//! How many interviews a stated precision needs, and what precision a number of interviews gives.
//!
//! Sources: Cochran (1977), Sampling Techniques, 3rd ed., chapter 4 (size for a proportion, section 4.4, and for a mean,
//! section 4.6, with the finite-population correction); Kish (1965), Survey Sampling, chapter 8 (design effect); Wilson (1927).

use crate::stats::{is_open_share, two_sided_multiplier};
use serde::Serialize;

/// What a proportion is to be measured with.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ProportionPlan {
    /// Half width of the interval as a share: 0.05 for ±5 percentage points. Above 0, below 1.
    pub margin_share: f64,
    /// Confidence level, strictly between 0 and 1.
    pub level: f64,
    /// Expected proportion, strictly between 0 and 1; 0.5 needs the most interviews.
    pub proportion: f64,
    /// Expected design effect from clustering and weighting, above 0; 1 for a simple random sample.
    pub design_effect: f64,
    /// Expected share of invited cases that answer, above 0, at most 1.
    pub response_share: f64,
    /// Size of the population, N; `None` for one so large that it does not matter.
    pub population: Option<u64>,
}

impl Default for ProportionPlan {
    /// ±5 percentage points at 95 %, proportion 0.5, simple random sample, everyone answers, population unlimited.
    fn default() -> Self {
        Self {
            margin_share: 0.05,
            level: 0.95,
            proportion: 0.5,
            design_effect: 1.0,
            response_share: 1.0,
            population: None,
        }
    }
}

/// What a mean is to be measured with.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MeanPlan {
    /// Standard deviation of single values, in the unit of the mean, above 0.
    pub sd: f64,
    /// Half width of the interval, in the unit of the mean, above 0.
    pub margin: f64,
    /// Confidence level, strictly between 0 and 1.
    pub level: f64,
    /// Expected design effect, above 0.
    pub design_effect: f64,
    /// Expected share of invited cases that answer, above 0, at most 1.
    pub response_share: f64,
    /// Size of the population, N; `None` for one so large that it does not matter.
    pub population: Option<u64>,
}

/// Which part of a plan is out of range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SampleSizeError {
    /// Not above 0 and below 1.
    #[error("the margin must be above 0 and below 1")]
    Margin,
    /// Not positive and finite.
    #[error("the standard deviation must be positive")]
    Sd,
    /// Not strictly between 0 and 1.
    #[error("the confidence level must lie strictly between 0 and 1")]
    Level,
    /// Not strictly between 0 and 1: without variation there is nothing to plan.
    #[error("the expected proportion must lie strictly between 0 and 1")]
    Proportion,
    /// Not positive and finite.
    #[error("the design effect must be positive")]
    DesignEffect,
    /// Not above 0 and at most 1.
    #[error("the expected response rate must be above 0 and at most 1")]
    ResponseShare,
    /// A population of nobody.
    #[error("the population must hold at least one unit")]
    Population,
    /// No interviews, or more interviews than units.
    #[error("the number of interviews must be at least 1 and at most the population")]
    Interviews,
    /// The result does not fit into a whole number.
    #[error("the plan needs more cases than can be counted")]
    TooLarge,
}

/// The sizes a plan needs. The unrounded steps are kept so that each can be checked by hand.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RequiredSample {
    /// `n0` = z²·S²/e², with S² = p(1−p) for a proportion: simple random sample, unlimited population.
    pub n_simple_random: f64,
    /// `n0`·deff.
    pub n_with_design_effect: f64,
    /// n = `n0`·deff/(1 + (`n0`·deff − 1)/N) for a proportion, without the −1 for a mean; equal to the line above without a
    /// population.
    pub n_with_population: f64,
    /// n divided by the expected response rate.
    pub n_invited: f64,
    /// Complete interviews needed: `n_with_population` rounded up.
    pub interviews: u64,
    /// Cases to invite: `n_invited` rounded up, from the unrounded n, so nothing is rounded twice.
    pub invitations: u64,
    /// Whether the population holds that many cases to invite; `true` when it is unlimited.
    pub is_reachable: bool,
}

/// The interviews and invitations a plan for a proportion needs.
///
/// The unit variance in a finite population is S² = p(1−p)·N/(N−1), which is why 1 is taken off `n0` in the correction.
///
/// # Errors
///
/// [`SampleSizeError`] names the part of the plan that is out of range.
pub fn required_sample(plan: &ProportionPlan) -> Result<RequiredSample, SampleSizeError> {
    let z = checked_multiplier(plan)?;
    if !is_open_share(plan.margin_share) {
        return Err(SampleSizeError::Margin);
    }
    let unit_variance = plan.proportion * (1.0 - plan.proportion);
    let n_simple_random = z * z * unit_variance / (plan.margin_share * plan.margin_share);
    let n_with_design_effect = n_simple_random * plan.design_effect;
    let n_with_population = match plan.population {
        Some(population) => n_with_design_effect / (1.0 + (n_with_design_effect - 1.0) / population as f64),
        None => n_with_design_effect,
    };
    sizes(
        [n_simple_random, n_with_design_effect, n_with_population],
        plan.response_share,
        plan.population,
    )
}

/// The interviews and invitations a plan for a mean needs: `n0` = (z·S/e)², n = `n0`·deff/(1 + `n0`·deff/N).
///
/// # Errors
///
/// [`SampleSizeError`] names the part of the plan that is out of range.
pub fn required_sample_for_mean(plan: &MeanPlan) -> Result<RequiredSample, SampleSizeError> {
    let z = two_sided_multiplier(plan.level, None).ok_or(SampleSizeError::Level)?;
    let positive = |value: f64| value.is_finite() && value > 0.0;
    if !positive(plan.margin) {
        return Err(SampleSizeError::Margin);
    }
    if !positive(plan.sd) {
        return Err(SampleSizeError::Sd);
    }
    checked_design(plan.design_effect, plan.population)?;
    let ratio = z * plan.sd / plan.margin;
    let n_simple_random = ratio * ratio;
    let n_with_design_effect = n_simple_random * plan.design_effect;
    let n_with_population = match plan.population {
        Some(population) => n_with_design_effect / (1.0 + n_with_design_effect / population as f64),
        None => n_with_design_effect,
    };
    sizes(
        [n_simple_random, n_with_design_effect, n_with_population],
        plan.response_share,
        plan.population,
    )
}

/// The n, unrounded, for which Wilson's interval of a proportion has the stated half width; simple random sample, no
/// finite-population correction.
///
/// The half width is z/(1 + z²/n)·√(p(1−p)/n + z²/4n²); squared, with m = n + z², it is the quadratic
/// e²m² − z²p(1−p)·m − z⁴(1/4 − p(1−p)) = 0, whose larger root is taken. For p = 1/2, n = `n0` − z².
///
/// # Errors
///
/// [`SampleSizeError`] names the part of the plan that is out of range.
pub fn required_for_wilson(plan: &ProportionPlan) -> Result<f64, SampleSizeError> {
    let z = checked_multiplier(plan)?;
    if !(plan.margin_share > 0.0 && plan.margin_share < 0.5) {
        return Err(SampleSizeError::Margin);
    }
    let (square, unit_variance) = (z * z, plan.proportion * (1.0 - plan.proportion));
    let (a, b) = (plan.margin_share * plan.margin_share, square * unit_variance);
    let c = square * square * (0.25 - unit_variance);
    let m = (b + (b * b + 4.0 * a * c).sqrt()) / (2.0 * a);
    Ok((m - square).max(0.0))
}

/// The last steps of every plan: invitations from the unrounded n, so that nothing is rounded twice.
fn sizes(steps: [f64; 3], response_share: f64, population: Option<u64>) -> Result<RequiredSample, SampleSizeError> {
    if !(response_share > 0.0 && response_share <= 1.0) {
        return Err(SampleSizeError::ResponseShare);
    }
    let [n_simple_random, n_with_design_effect, n_with_population] = steps;
    let n_invited = n_with_population / response_share;
    let invitations = rounded_up(n_invited)?;
    Ok(RequiredSample {
        n_simple_random,
        n_with_design_effect,
        n_with_population,
        n_invited,
        interviews: rounded_up(n_with_population)?,
        invitations,
        is_reachable: population.is_none_or(|population| invitations <= population),
    })
}

/// The margin of error, as a share, that `interviews` completed interviews give under a plan; the plan's own margin and
/// response rate play no part.
///
/// e = z·√(deff·p(1−p)/n · (N−n)/(N−1)), without the last factor when the population is unlimited: the exact inverse of
/// [`required_sample`] before rounding. 0 when everyone was interviewed.
///
/// # Errors
///
/// [`SampleSizeError`] names the part of the plan that is out of range.
pub fn margin_from_interviews(plan: &ProportionPlan, interviews: u64) -> Result<f64, SampleSizeError> {
    let z = checked_multiplier(plan)?;
    if interviews == 0 || plan.population.is_some_and(|population| interviews > population) {
        return Err(SampleSizeError::Interviews);
    }
    let correction = match plan.population {
        Some(population) if population == interviews => 0.0,
        Some(population) => (population - interviews) as f64 / (population - 1) as f64,
        None => 1.0,
    };
    let unit_variance = plan.proportion * (1.0 - plan.proportion);
    Ok(z * (plan.design_effect * unit_variance / interviews as f64 * correction).sqrt())
}

/// The normal quantile of the plan, after the checks that both directions share.
fn checked_multiplier(plan: &ProportionPlan) -> Result<f64, SampleSizeError> {
    if !is_open_share(plan.proportion) {
        return Err(SampleSizeError::Proportion);
    }
    checked_design(plan.design_effect, plan.population)?;
    two_sided_multiplier(plan.level, None).ok_or(SampleSizeError::Level)
}

fn checked_design(design_effect: f64, population: Option<u64>) -> Result<(), SampleSizeError> {
    if !(design_effect.is_finite() && design_effect > 0.0) {
        return Err(SampleSizeError::DesignEffect);
    }
    if population == Some(0) {
        return Err(SampleSizeError::Population);
    }
    Ok(())
}

fn rounded_up(n: f64) -> Result<u64, SampleSizeError> {
    /// 2⁵³: from here on an `f64` skips whole numbers.
    const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;
    let whole = n.ceil();
    if whole.is_finite() && whole < LARGEST_EXACT {
        Ok(whole as u64)
    } else {
        Err(SampleSizeError::TooLarge)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_impossible_plan_has_its_own_name() {
        let good = ProportionPlan::default();
        let error = |plan: ProportionPlan| required_sample(&plan).unwrap_err();
        assert_eq!(error(ProportionPlan { margin_share: 0.0, ..good }), SampleSizeError::Margin);
        assert_eq!(error(ProportionPlan { margin_share: 5.0, ..good }), SampleSizeError::Margin);
        assert_eq!(error(ProportionPlan { level: 95.0, ..good }), SampleSizeError::Level);
        assert_eq!(error(ProportionPlan { proportion: 1.0, ..good }), SampleSizeError::Proportion);
        assert_eq!(
            error(ProportionPlan {
                design_effect: f64::NAN,
                ..good
            }),
            SampleSizeError::DesignEffect
        );
        assert_eq!(
            error(ProportionPlan {
                response_share: 0.0,
                ..good
            }),
            SampleSizeError::ResponseShare
        );
        assert_eq!(
            error(ProportionPlan {
                population: Some(0),
                ..good
            }),
            SampleSizeError::Population
        );
        assert_eq!(
            error(ProportionPlan {
                margin_share: 1e-9,
                ..good
            }),
            SampleSizeError::TooLarge
        );
        assert_eq!(margin_from_interviews(&good, 0), Err(SampleSizeError::Interviews));
        let small = ProportionPlan {
            population: Some(10),
            ..good
        };
        assert_eq!(margin_from_interviews(&small, 11), Err(SampleSizeError::Interviews));
    }

    #[test]
    fn a_design_effect_of_one_point_four_needs_538() {
        // China Consumers Association, city survey of 2018: at least 538 a city for ±5 points with deff 1.4
        let plan = ProportionPlan {
            design_effect: 1.4,
            ..ProportionPlan::default()
        };
        assert_eq!(required_sample(&plan).unwrap().interviews, 538);
    }

    #[test]
    fn a_census_has_no_margin() {
        for population in [1, 50] {
            let plan = ProportionPlan {
                population: Some(population),
                ..ProportionPlan::default()
            };
            assert_eq!(margin_from_interviews(&plan, population), Ok(0.0));
        }
    }

    #[test]
    fn more_invitations_than_people_are_not_reachable() {
        let plan = ProportionPlan {
            response_share: 0.1,
            population: Some(1000),
            ..ProportionPlan::default()
        };
        let needed = required_sample(&plan).unwrap();
        assert!(needed.interviews < 1000 && needed.invitations > 1000 && !needed.is_reachable);
    }

    fn any_plan() -> impl Strategy<Value = ProportionPlan> {
        (
            0.005_f64..0.3,
            0.5_f64..0.999,
            0.02_f64..0.98,
            1.0_f64..4.0,
            0.05_f64..=1.0,
            prop::option::of(20_u64..10_000_000),
        )
            .prop_map(
                |(margin_share, level, proportion, design_effect, response_share, population)| ProportionPlan {
                    margin_share,
                    level,
                    proportion,
                    design_effect,
                    response_share,
                    population,
                },
            )
    }

    proptest! {
        #[test]
        fn the_number_found_is_enough_and_one_less_is_not(plan in any_plan()) {
            let needed = required_sample(&plan).unwrap().interviews;
            prop_assert!(plan.population.is_none_or(|population| needed <= population));
            let slack = 1e-12;
            prop_assert!(margin_from_interviews(&plan, needed).unwrap() <= plan.margin_share + slack);
            if needed > 1 {
                prop_assert!(margin_from_interviews(&plan, needed - 1).unwrap() >= plan.margin_share - slack);
            }
        }

        #[test]
        fn a_finite_population_never_needs_more(plan in any_plan()) {
            let unlimited = ProportionPlan { population: None, ..plan };
            let needed = required_sample(&plan).unwrap();
            let without = required_sample(&unlimited).unwrap();
            prop_assert!(without.n_simple_random * plan.design_effect < 1.0 || needed.interviews <= without.interviews);
        }
    }
}
