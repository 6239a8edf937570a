//! What a planned number of interviews can decide, and what it cannot.
//!
//! An index from n interviews lies around the true one with a standard error; from that follow the half width of its interval,
//! the smallest change between two waves that shows, and the chance that a line of a scheme is answered with a clear yes or no.
//! All by the normal distribution: a plan has no degrees of freedom yet. Sources: Cochran (1977), Sampling Techniques, 3rd ed.,
//! chapter 2; Cohen (1988), Statistical Power Analysis, 2nd ed., chapter 2.

use crate::stats::{is_open_share, normal_quantile, two_sided_multiplier};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How single values spread and what the design costs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Precision {
    /// Standard deviation of single values, in points of the index, above 0.
    pub sd: f64,
    /// Design effect, above 0.
    pub design_effect: f64,
    /// Confidence level, strictly between 0 and 1.
    pub level: f64,
    /// Customers, N; `None` for so many that it does not matter.
    pub population: Option<u64>,
}

/// How a line is likely to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LineChances {
    /// Chance that the whole interval lies at or above the line, 0 to 1.
    pub above: f64,
    /// Chance that the whole interval lies below it.
    pub below: f64,
    /// Chance that the interval holds the line, so that nothing can be told.
    pub unclear: f64,
}

impl Precision {
    /// √(deff·S²/n·(1 − n/N)), in points. `None` when n is 0, exceeds N, or a part is out of range.
    #[must_use]
    pub fn standard_error(&self, n: u64) -> Option<f64> {
        let positive = |value: f64| value.is_finite() && value > 0.0;
        if n == 0 || !positive(self.sd) || !positive(self.design_effect) || self.population.is_some_and(|all| n > all) {
            return None;
        }
        let correction = self.population.map_or(1.0, |all| 1.0 - n as f64 / all as f64);
        Some(self.sd * (self.design_effect / n as f64 * correction).sqrt())
    }

    /// Half width of the interval of the index, z·SE, in points.
    #[must_use]
    pub fn half_width(&self, n: u64) -> Option<f64> {
        Some(two_sided_multiplier(self.level, None)? * self.standard_error(n)?)
    }

    /// The smallest change between two independent waves that is significant when it is observed, z·√(SE₁² + SE₂²), in points.
    ///
    /// Two waves of 250 whose half width is 2 points each need 2.83: "more than 2" is not enough.
    #[must_use]
    pub fn smallest_change(&self, n_before: u64, n_after: u64) -> Option<f64> {
        Some(two_sided_multiplier(self.level, None)? * self.error_of_change(n_before, n_after)?)
    }

    /// The smallest true change that is found significant with the stated chance, (z + `z_power`)·√(SE₁² + SE₂²), in points.
    #[must_use]
    pub fn detectable_change(&self, n_before: u64, n_after: u64, power: f64) -> Option<f64> {
        let multiplier = two_sided_multiplier(self.level, None)? + normal_quantile(power)?;
        Some(multiplier * self.error_of_change(n_before, n_after)?)
    }

    fn error_of_change(&self, n_before: u64, n_after: u64) -> Option<f64> {
        Some(self.standard_error(n_before)?.hypot(self.standard_error(n_after)?))
    }

    /// How a line is likely to be answered when the true index is `truth`: the interval lies above it with chance
    /// Φ((truth − line)/SE − z), below it with Φ((line − truth)/SE − z).
    #[must_use]
    pub fn chances(&self, n: u64, truth: f64, line: f64) -> Option<LineChances> {
        let z = two_sided_multiplier(self.level, None)?;
        let error = self.standard_error(n)?;
        let distance = truth - line;
        if error == 0.0 {
            // Everybody is asked: the answer is the truth.
            let above = if distance >= 0.0 { 1.0 } else { 0.0 };
            return Some(LineChances {
                above,
                below: 1.0 - above,
                unclear: 0.0,
            });
        }
        let above = normal_below(distance / error - z);
        let below = normal_below(-distance / error - z);
        distance.is_finite().then_some(LineChances {
            above,
            below,
            unclear: (1.0 - above - below).max(0.0),
        })
    }

    /// How far from a line the true index has to be for the right clear answer to have the stated chance: (z + `z_power`)·SE, in points.
    #[must_use]
    pub fn clear_distance(&self, n: u64, power: f64) -> Option<f64> {
        Some((two_sided_multiplier(self.level, None)? + normal_quantile(power)?) * self.standard_error(n)?)
    }

    /// Interviews after which the answer on a line has the stated chance of being the right and clear one:
    /// n = (S·√deff·(z + `z_power`)/|truth − line|)², corrected for N, rounded up. `None` on the line itself: no number suffices.
    #[must_use]
    pub fn interviews_for_clear(&self, truth: f64, line: f64, power: f64) -> Option<u64> {
        let distance = (truth - line).abs();
        if !is_open_share(power) || distance == 0.0 || !distance.is_finite() {
            return None;
        }
        // Checks the range of the other parts.
        self.standard_error(1)?;
        let multiplier = two_sided_multiplier(self.level, None)? + normal_quantile(power)?;
        let ratio = self.sd * multiplier / distance;
        let unlimited = ratio * ratio * self.design_effect;
        let n = self.population.map_or(unlimited, |all| unlimited / (1.0 + unlimited / all as f64));
        (n.is_finite() && n < 1e15).then(|| (n.ceil() as u64).max(1))
    }
}

/// P(Z ≤ z).
fn normal_below(z: f64) -> f64 {
    libm::erfc(-z / std::f64::consts::SQRT_2) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(actual: f64, expected: f64, tolerance: f64) {
        assert!((actual - expected).abs() <= tolerance, "{actual} is not {expected}");
    }

    /// An index published as ±2 points at n = 250: the deviation behind it, and what two such waves need.
    #[test]
    fn two_waves_of_250_need_2_83() {
        let z = 1.959_963_984_540_054;
        let precision = Precision {
            sd: 2.0 / z * 250_f64.sqrt(),
            design_effect: 1.0,
            level: 0.95,
            population: None,
        };
        close(precision.sd, 16.134, 1e-3);
        close(precision.half_width(250).unwrap(), 2.0, 1e-12);
        close(precision.smallest_change(250, 250).unwrap(), 8_f64.sqrt(), 1e-12);
        // (1.959964 + 0.841621)·√2·2/1.959964
        close(precision.detectable_change(250, 250, 0.8).unwrap(), 4.0430, 1e-4);
    }

    #[test]
    fn the_chances_of_a_line() {
        let precision = Precision {
            sd: 20.0,
            design_effect: 1.0,
            level: 0.95,
            population: Some(1000),
        };
        // On the line itself either clear answer is an error of 2.5 %.
        let on = precision.chances(400, 90.0, 90.0).unwrap();
        close(on.above, 0.025, 1e-12);
        close(on.unclear, 0.95, 1e-12);
        assert_eq!(precision.interviews_for_clear(90.0, 90.0, 0.8), None);
        assert_eq!(precision.chances(1001, 90.0, 85.0), None);
        let census = precision.chances(1000, 90.0, 90.0).unwrap();
        assert_eq!((census.above, census.unclear), (1.0, 0.0));
    }

    proptest! {
        /// The number found has the chance that was asked for, one less has not.
        #[test]
        fn interviews_for_a_clear_answer(sd in 5.0_f64..40.0, gap in 0.5_f64..20.0, power in 0.5_f64..0.99, all in prop::option::of(50_u64..100_000)) {
            let precision = Precision { sd, design_effect: 1.3, level: 0.95, population: all };
            let n = precision.interviews_for_clear(80.0, 80.0 - gap, power).unwrap();
            let chance = |n| precision.chances(n, 80.0, 80.0 - gap).unwrap().above;
            prop_assert!(chance(n) >= power - 1e-9);
            if n > 1 {
                prop_assert!(chance(n - 1) < power + 1e-9);
            }
            let all_three = precision.chances(n, 80.0, 80.0 - gap).unwrap();
            prop_assert!((all_three.above + all_three.below + all_three.unclear - 1.0).abs() < 1e-12);
        }
    }
}
