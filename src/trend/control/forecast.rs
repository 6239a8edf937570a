//! The next period, and only where the method has shown that it beats "same as last year".
//!
//! One method, chosen before any data were seen: the theta method (V. Assimakopoulos & K. Nikolopoulos, *International Journal of Forecasting* 16 (2000)
//! 521–530) in the form of R. J. Hyndman & B. Billah, ibid. 19 (2003) 287–290: simple exponential smoothing with half of the linear trend as drift,
//! `x̂ = ℓ_n + ½ b (1/α − (1 − α)^n / α)`. It is tried from rolling origins, each time on what was known then, beside the value of the same
//! period a year before. The squared errors of both are compared by the test of F. X. Diebold & R. S. Mariano (*Journal of Business & Economic
//! Statistics* 13 (1995) 253–263) with the correction of D. Harvey, S. Leybourne & P. Newbold (*International Journal of Forecasting* 13 (1997) 281–291):
//! one-sided, Student's t. Without a significant gain there is no forecast.

use super::{JUDGED_MIN, mean};
use crate::stats::{Interval, student_t_two_sided_p};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Fewest values behind the first forecast.
const FIRST: usize = 10;

/// What became of the forecast.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Forecast {
    /// Why there is one or none.
    pub verdict: ForecastVerdict,
    /// The next period; absent unless the method beats "same as last year".
    pub value: Option<f64>,
    /// Its interval: value ± t · root mean squared error of the rolling origins.
    pub interval: Option<Interval>,
    /// Rolling origins.
    pub origins: u64,
    /// Root mean squared error of the method over them.
    pub error: Option<f64>,
    /// Root mean squared error of "same as last year" over them.
    pub error_naive: Option<f64>,
    /// One-sided p value of no gain.
    pub p_value: Option<f64>,
}

/// Why there is a forecast or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ForecastVerdict {
    /// The method beats "same as last year".
    Given,
    /// It does not, or that cannot be told.
    NotBetter,
    /// Too few values to try.
    TooFew,
    /// The periods do not follow one another without a gap.
    Gaps,
}

/// The next value of a series with `per_year` periods a year. At least [`JUDGED_MIN`] values and as many rolling origins as half of that are
/// needed.
#[must_use]
pub fn forecast(values: &[f64], per_year: usize, level: f64) -> Forecast {
    let first = FIRST.max(per_year);
    let origins: Vec<(f64, f64)> = (first..values.len())
        .filter_map(|at| {
            let (known, truth) = (values.get(..at)?, values.get(at)?);
            let naive = known.get(at.checked_sub(per_year)?)?;
            Some((theta(known)? - truth, naive - truth))
        })
        .collect();
    let none = Forecast {
        verdict: ForecastVerdict::TooFew,
        value: None,
        interval: None,
        origins: origins.len() as u64,
        error: None,
        error_naive: None,
        p_value: None,
    };
    if values.len() < JUDGED_MIN || origins.len() < JUDGED_MIN / 2 {
        return none;
    }
    let root = |pick: &dyn Fn(&(f64, f64)) -> f64| mean(&origins.iter().map(|e| pick(e) * pick(e)).collect::<Vec<_>>()).map(f64::sqrt);
    let (error, error_naive) = (root(&|e| e.0), root(&|e| e.1));
    let gains: Vec<f64> = origins.iter().map(|(own, naive)| naive * naive - own * own).collect();
    let p_value = gain_p(&gains);
    let better = p_value.is_some_and(|p| p < 1.0 - level);
    let value = better.then(|| theta(values)).flatten();
    let df = origins.len() as f64 - 1.0;
    Forecast {
        verdict: if value.is_some() {
            ForecastVerdict::Given
        } else {
            ForecastVerdict::NotBetter
        },
        interval: value.zip(error).and_then(|(v, e)| Interval::around(v, e, Some(df), level)),
        value,
        error,
        error_naive,
        p_value,
        ..none
    }
}

/// No forecast, because there are gaps: neither "the next period" nor "the same a year before" are known to be that.
pub(super) fn with_gaps() -> Forecast {
    Forecast {
        verdict: ForecastVerdict::Gaps,
        value: None,
        interval: None,
        origins: 0,
        error: None,
        error_naive: None,
        p_value: None,
    }
}

/// One-sided p of "no gain on average" for one step ahead: Diebold–Mariano with the small-sample correction, which for one step ahead is the
/// one-sample t test of the gains.
fn gain_p(gains: &[f64]) -> Option<f64> {
    let n = gains.len() as f64;
    let average = mean(gains)?;
    let spread: f64 = gains.iter().map(|g| (g - average) * (g - average)).sum::<f64>() / n;
    // DM = average/√(spread/n), corrected by √((n + 1 − 2h + h(h − 1)/n)/n) with h = 1.
    let statistic = average / (spread / n).sqrt() * ((n - 1.0) / n).sqrt();
    let both = student_t_two_sided_p(statistic, n - 1.0)?;
    Some(if statistic > 0.0 { both / 2.0 } else { 1.0 - both / 2.0 })
}

/// One step ahead by the theta method; `None` below three values.
fn theta(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    let centre = mean(values).filter(|_| values.len() > 2)?;
    let moment: f64 = values
        .iter()
        .enumerate()
        .map(|(t, v)| ((t + 1) as f64 - f64::midpoint(n, 1.0)) * (v - centre))
        .sum();
    let slope = 12.0 * moment / (n * (n * n - 1.0));
    let smooth = |alpha: f64| {
        let first = values.first().copied().unwrap_or_default();
        let start = (first, 0.0);
        values.iter().skip(1).fold(start, |(level, errors), value| {
            let error = value - level;
            (level + alpha * error, errors + error * error)
        })
    };
    let weights = (1..=19_u32).map(|step| f64::from(step) * 0.05);
    let (alpha, (level, _)) = weights.map(|a| (a, smooth(a))).min_by(|a, b| a.1.1.total_cmp(&b.1.1))?;
    let left = (0..values.len()).fold(1.0, |p, _| p * (1.0 - alpha));
    Some(level + 0.5 * slope * (1.0 / alpha - left / alpha))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::random::{Purpose, generator, normal_pair};
    use proptest::prelude::*;

    fn noise(seed: u64, n: usize) -> Vec<f64> {
        let mut random = generator(seed, Purpose::Groups, 1);
        (0..n).map(|_| normal_pair(&mut random)[0]).collect()
    }

    #[test]
    fn theta_by_hand() {
        // 1, 2, 3, 4: slope 1. The grid's best α is 0.95 (smoothing lags behind a line least): ℓ = 1 → 1.95 → 2.9475 → 3.947375;
        // drift ½·(1/0.95 − 0.05⁴/0.95) = 0.526312500…
        let expected = 3.947_375 + 0.5 * (1.0 - 0.05_f64.powi(4)) / 0.95;
        assert!((theta(&[1.0, 2.0, 3.0, 4.0]).unwrap() - expected).abs() < 1e-12);
        assert_eq!(theta(&[1.0, 2.0]), None);
        assert!((theta(&[7.0; 12]).unwrap() - 7.0).abs() < 1e-12);
    }

    /// The corrected test one step ahead is the one-sample t test. By hand: gains 1, 2, 3, 4, 0: mean 2, s = √2.5, t = 2/√(2.5/5) = 2.828427, p = 0.02371.
    #[test]
    fn the_test_is_a_one_sample_t_test() {
        let p = gain_p(&[1.0, 2.0, 3.0, 4.0, 0.0]).unwrap();
        let t = 2.0 / (2.5_f64 / 5.0).sqrt();
        assert!((p - student_t_two_sided_p(t, 4.0).unwrap() / 2.0).abs() < 1e-12);
        assert!((p - 0.023_71).abs() < 5e-5, "{p}");
    }

    #[test]
    fn a_steady_level_with_noise_beats_last_years_value() {
        // Around a steady level last year's single value is a bad forecast: its error variance is twice that of the mean.
        let values: Vec<f64> = noise(11, 60).iter().map(|v| 80.0 + v).collect();
        let found = forecast(&values, 12, 0.95);
        assert_eq!(found.verdict, ForecastVerdict::Given);
        let (value, interval) = (found.value.unwrap(), found.interval.unwrap());
        assert!((value - 80.0).abs() < 1.0 && interval.lower < value && interval.upper > value);
        assert!(found.error.unwrap() < found.error_naive.unwrap());
    }

    #[test]
    fn a_random_walk_has_no_forecast() {
        // The best forecast of a random walk is its last value: nothing can beat it.
        let walk: Vec<f64> = noise(5, 60)
            .iter()
            .scan(80.0, |at, step| {
                *at += step;
                Some(*at)
            })
            .collect();
        let found = forecast(&walk, 1, 0.95);
        assert_eq!((found.verdict, found.value), (ForecastVerdict::NotBetter, None));
        assert_eq!(forecast(&walk[..19], 1, 0.95).verdict, ForecastVerdict::TooFew);
        assert_eq!(forecast(&walk[..21], 12, 0.95).verdict, ForecastVerdict::TooFew);
    }

    /// On random walks a forecast is given at most as often as the level allows (200 walks, 5 % wanted: at most 20 within 3.3 standard deviations).
    #[test]
    fn luck_is_seldom_taken_for_skill() {
        let given = |seed: u64| {
            let walk: Vec<f64> = noise(900 + seed, 40)
                .iter()
                .scan(0.0, |at, step| {
                    *at += step;
                    Some(*at)
                })
                .collect();
            forecast(&walk, 1, 0.95).verdict == ForecastVerdict::Given
        };
        let false_alarms = (0..200).filter(|seed| given(*seed)).count();
        assert!(false_alarms <= 20, "{false_alarms}");
    }

    proptest! {
        #[test]
        fn the_unit_does_not_matter(values in prop::collection::vec(0.0_f64..10.0, 20..40), scale in 0.5_f64..4.0, shift in -5.0_f64..5.0) {
            let other: Vec<f64> = values.iter().map(|v| scale * v + shift).collect();
            let (a, b) = (theta(&values).unwrap(), theta(&other).unwrap());
            prop_assert!((scale * a + shift - b).abs() < 1e-6);
        }
    }
}
