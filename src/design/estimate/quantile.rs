//! Quantiles of a variable, with Woodruff's interval.

use super::{Domain, EstimateError, mean};
use crate::stats::{CompensatedSum, is_open_share, two_sided_multiplier};
use serde::{Deserialize, Serialize};

/// What stands between two values of the weighted distribution. The words are those of R's `survey`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuantileRule {
    /// The smallest value whose cumulated weight reaches p: the inverse of the distribution function (Hyndman and Fan's
    /// type 1). On a step, where the cumulated weight is exactly p, it is the lower of the two values.
    Math,
    /// As `Math`, but on a step the mean of the two values (type 2): the median as taught at school.
    School,
    /// Straight lines between the points (`C_{k−1}/C_{n−1}`, `x_k`), C being cumulated weights (type 7). Where equal values
    /// have different weights the corner of the line depends on which of them comes last, here as in R the last given: the
    /// one estimator for which the order of the cases matters.
    Hf7,
}

/// A quantile with its precision.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Quantile {
    /// Probability, strictly between 0 and 1.
    pub probability: f64,
    /// The quantile, in the unit of the variable.
    pub value: f64,
    /// (upper − lower)/(2t); `None` when a limit is missing.
    pub standard_error: Option<f64>,
    /// Lower limit; `None` when the share's interval reaches below 0.
    pub lower: Option<f64>,
    /// Upper limit; `None` when the share's interval reaches above 1.
    pub upper: Option<f64>,
    /// Confidence level of the limits.
    pub level: f64,
    /// Degrees of freedom of the t in them.
    pub df: u64,
    /// Cases with a value, unweighted.
    pub n: u64,
}

/// Two cumulated shares closer than this are the same step: far more than rounding of compensated sums, far less than the
/// weight of a case among a billion.
const SAME_STEP: f64 = 1e-12;

/// The quantile of a variable over the cases of the domain with a value.
///
/// The interval is Woodruff's: the t interval of the share of cases at or below the quantile, each limit turned back into a
/// value by the same rule. Sources: Woodruff (1952), Journal of the American Statistical Association 47, 635–646; Hyndman
/// and Fan (1996), The American Statistician 50, 361–365.
///
/// # Errors
///
/// [`EstimateError::Level`] for a level or probability outside 0 to 1; otherwise as for [`mean`](super::mean()).
pub fn quantile(
    domain: &Domain,
    variable: &[Option<f64>],
    probability: f64,
    rule: QuantileRule,
    level: f64,
) -> Result<Quantile, EstimateError> {
    if !is_open_share(probability) {
        return Err(EstimateError::Level);
    }
    domain.check(variable)?;
    let points: Vec<(f64, f64)> = domain.values(variable).map(|(_, weight, value)| (value, weight)).collect();
    let steps = Steps::new(points).ok_or(EstimateError::NothingToEstimate)?;
    let value = steps.at(probability, rule);
    let below: Vec<Option<f64>> = variable.iter().map(|y| y.map(|y| f64::from(u8::from(y <= value)))).collect();
    let share = domain.estimate(&mean(domain, &below)?)?;
    let t = two_sided_multiplier(level, Some(share.df.max(1) as f64)).ok_or(EstimateError::Level)?;
    let half = t * share.standard_error;
    let limit = |p: f64| (share.df > 0 && (0.0..=1.0).contains(&p)).then(|| steps.at(p, rule));
    let (lower, upper) = (limit(share.value - half), limit(share.value + half));
    Ok(Quantile {
        probability,
        value,
        standard_error: lower.zip(upper).map(|(lower, upper)| (upper - lower) / (2.0 * t)),
        lower,
        upper,
        level,
        df: share.df,
        n: share.n,
    })
}

/// The quantile of weighted values, without a design: pairs (value, weight). `None` without a positive weight or for a
/// probability outside 0 to 1.
#[must_use]
pub fn weighted_quantile(points: &[(f64, f64)], probability: f64, rule: QuantileRule) -> Option<f64> {
    let usable = points
        .iter()
        .all(|(value, weight)| value.is_finite() && weight.is_finite() && *weight >= 0.0);
    let steps = Steps::new(points.iter().copied().filter(|(_, weight)| *weight > 0.0).collect())?;
    (usable && (0.0..=1.0).contains(&probability)).then(|| steps.at(probability, rule))
}

/// Values in ascending order with the weight cumulated up to each, one entry a case.
struct Steps {
    values: Vec<f64>,
    cumulated: Vec<f64>,
}

impl Steps {
    /// `None` without points; weights must be positive.
    fn new(mut points: Vec<(f64, f64)>) -> Option<Self> {
        // Stable: equal values keep their order, see `QuantileRule::Hf7`.
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut sum = CompensatedSum::new();
        let (values, cumulated): (Vec<f64>, Vec<f64>) = points
            .into_iter()
            .map(|(value, weight)| {
                sum.insert(weight);
                (value, sum.finish())
            })
            .unzip();
        (!values.is_empty()).then_some(Self { values, cumulated })
    }

    fn at(&self, probability: f64, rule: QuantileRule) -> f64 {
        match rule {
            QuantileRule::Math => self.on_step(probability).0,
            QuantileRule::School => {
                let (lower, upper) = self.on_step(probability);
                f64::midpoint(lower, upper)
            }
            QuantileRule::Hf7 => self.between(probability),
        }
    }

    /// The value whose step holds `probability`, twice; exactly on a step, the values on both sides.
    fn on_step(&self, probability: f64) -> (f64, f64) {
        let last = self.values.len() - 1;
        let whole = self.cumulated[last];
        let reached = |c: f64| c / whole >= probability - SAME_STEP;
        let at = self.cumulated.partition_point(|&c| !reached(c)).min(last);
        let on_step = self.cumulated[at] / whole <= probability + SAME_STEP;
        let next = if on_step { (at + 1).min(last) } else { at };
        (self.values[at], self.values[next])
    }

    fn between(&self, probability: f64) -> f64 {
        let last = self.values.len() - 1;
        if last == 0 {
            return self.values[0];
        }
        // Point k stands at the weight cumulated before it, as a share of all but the last.
        let whole = self.cumulated[last - 1];
        let place = |k: usize| if k == 0 { 0.0 } else { self.cumulated[k - 1] / whole };
        let right = (1..last).find(|&k| place(k) >= probability).unwrap_or(last);
        let (from, to) = (place(right - 1), place(right));
        let share = ((probability - from) / (to - from)).clamp(0.0, 1.0);
        self.values[right - 1] + share * (self.values[right] - self.values[right - 1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{LonelyPsuPolicy, SampleDesign, Stage};
    use proptest::prelude::*;

    #[test]
    fn steps_by_hand() {
        // Weights 1, 2, 1 of values 10, 20, 30: steps at 0.25, 0.75 and 1
        let points = [(20.0, 2.0), (10.0, 1.0), (30.0, 1.0)];
        let at = |p, rule| weighted_quantile(&points, p, rule).unwrap();
        assert_eq!((at(0.25, QuantileRule::Math), at(0.25, QuantileRule::School)), (10.0, 15.0));
        assert_eq!((at(0.26, QuantileRule::Math), at(0.75, QuantileRule::Math)), (20.0, 20.0));
        assert_eq!((at(0.75, QuantileRule::School), at(1.0, QuantileRule::School)), (25.0, 30.0));
        // Points (0, 10), (1/3, 20), (1, 30)
        assert!((at(1.0 / 6.0, QuantileRule::Hf7) - 15.0).abs() < 1e-12);
        assert!((at(2.0 / 3.0, QuantileRule::Hf7) - 25.0).abs() < 1e-12);
    }

    #[test]
    fn what_is_not_there_has_no_quantile() {
        assert_eq!(weighted_quantile(&[], 0.5, QuantileRule::Math), None);
        assert_eq!(weighted_quantile(&[(1.0, 0.0)], 0.5, QuantileRule::Math), None);
        assert_eq!(weighted_quantile(&[(1.0, 1.0)], 1.5, QuantileRule::Math), None);
        assert_eq!(weighted_quantile(&[(f64::NAN, 1.0)], 0.5, QuantileRule::Math), None);
        assert_eq!(weighted_quantile(&[(7.0, 1.0)], 0.5, QuantileRule::Hf7), Some(7.0));
        let design = SampleDesign::new(&[Stage::of_elements(2)], None).unwrap();
        let domain = Domain::whole(&design, LonelyPsuPolicy::Fail);
        let error = |variable: &[Option<f64>], p, level| quantile(&domain, variable, p, QuantileRule::Math, level).unwrap_err();
        assert_eq!(error(&[None, None], 0.5, 0.95), EstimateError::NothingToEstimate);
        assert_eq!(error(&[Some(1.0), Some(2.0)], 0.0, 0.95), EstimateError::Level);
        assert_eq!(error(&[Some(1.0), Some(2.0)], 0.5, 1.0), EstimateError::Level);
    }

    #[test]
    fn a_limit_beyond_all_cases_is_missing() {
        let design = SampleDesign::new(&[Stage::of_elements(4)], None).unwrap();
        let domain = Domain::whole(&design, LonelyPsuPolicy::Fail);
        let variable: Vec<Option<f64>> = [1.0, 2.0, 3.0, 4.0].map(Some).to_vec();
        let low = quantile(&domain, &variable, 0.2, QuantileRule::Math, 0.95).unwrap();
        assert_eq!((low.value, low.lower, low.standard_error), (1.0, None, None));
    }

    proptest! {
        #[test]
        fn the_weight_below_reaches_p_and_the_weight_above_one_minus_p(
            points in prop::collection::vec((0_u8..20, 1_u8..9), 1..40), p in 0.01_f64..0.99
        ) {
            let points: Vec<(f64, f64)> = points.iter().map(|&(x, w)| (f64::from(x), f64::from(w))).collect();
            let q = weighted_quantile(&points, p, QuantileRule::Math).unwrap();
            let whole: f64 = points.iter().map(|point| point.1).sum();
            let up_to: f64 = points.iter().filter(|point| point.0 <= q).map(|point| point.1).sum();
            let below: f64 = points.iter().filter(|point| point.0 < q).map(|point| point.1).sum();
            prop_assert!(up_to / whole >= p - 1e-9 && below / whole < p + 1e-9);
        }

        #[test]
        fn quantiles_rise_with_p(points in prop::collection::vec((-5.0_f64..5.0, 0.1_f64..9.0), 1..40), p in 0.01_f64..0.9) {
            for rule in [QuantileRule::Math, QuantileRule::School, QuantileRule::Hf7] {
                let (a, b) = (weighted_quantile(&points, p, rule).unwrap(), weighted_quantile(&points, p + 0.1, rule).unwrap());
                prop_assert!(a <= b + 1e-12);
            }
        }
    }
}
