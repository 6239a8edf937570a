//! Confidence intervals of a share that stay between 0 and 1.

use super::Estimate;
use crate::stats::{Interval, is_open_share, squared, two_sided_multiplier};
use serde::{Deserialize, Serialize};
use statrs::distribution::{Beta, ContinuousCDF};

/// How the interval of a share is made. All use Student's t with the degrees of freedom of the design.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProportionMethod {
    /// ± on the logit scale, `SE/(p(1 − p))` being the standard error there. The same numbers as `xlogit` in R.
    Logit,
    /// Shares whose likelihood is within the scaled distance: `2·n*·[p̂ ln(p̂/p) + (1 − p̂) ln((1 − p̂)/(1 − p))] ≤ t²`,
    /// with `n* = (n − 1)/n · p̂(1 − p̂)/SE²`, the deviance divided by the estimated dispersion (Rao and Scott 1984, Annals
    /// of Statistics 12, 46–60).
    Likelihood,
    /// ± on the scale arcsin √p, `SE/(2√(p(1 − p)))` being the standard error there.
    Asin,
    /// Clopper–Pearson with the effective sample size `n* = p̂(1 − p̂)/SE² · (t_{n−1}/t_df)²` (Korn and Graubard 1998, Survey
    /// Methodology 24, 193–201).
    Beta,
    /// p̂ ± t·SE, cut to nothing: it may leave 0 to 1.
    Mean,
    /// Wilson's interval with the effective sample size `p̂(1 − p̂)/SE²` and t for z (R `survey` 4.5 and later).
    Wilson,
}

/// The interval of the share `estimate` at `level`.
///
/// `None` without degrees of freedom, for a value outside 0 to 1, a level outside, and, but for [`ProportionMethod::Mean`],
/// for a share of exactly 0 or 1 or with a standard error of 0, where the scale or the effective sample size is undefined.
#[must_use]
pub fn proportion_interval(estimate: &Estimate, method: ProportionMethod, level: f64) -> Option<Interval> {
    if estimate.df == 0 || !is_open_share(level) {
        return None;
    }
    if method == ProportionMethod::Mean {
        return estimate.interval(level);
    }
    let (p, se) = (estimate.value, estimate.standard_error);
    if !(is_open_share(p) && se > 0.0 && se.is_finite()) {
        return None;
    }
    let t = two_sided_multiplier(level, Some(estimate.df as f64))?;
    let (lower, upper) = match method {
        ProportionMethod::Logit => {
            let (center, half) = ((p / (1.0 - p)).ln(), t * se / (p * (1.0 - p)));
            let share = |logit: f64| 1.0 / (1.0 + libm::exp(-logit));
            (share(center - half), share(center + half))
        }
        ProportionMethod::Asin => {
            let (center, half) = (libm::asin(p.sqrt()), t * se / (2.0 * (p * (1.0 - p)).sqrt()));
            let right_angle = std::f64::consts::FRAC_PI_2;
            (
                squared(libm::sin((center - half).max(0.0))),
                squared(libm::sin((center + half).min(right_angle))),
            )
        }
        ProportionMethod::Likelihood => {
            let n = estimate.n as f64;
            likelihood(p, (n - 1.0) / n * p * (1.0 - p) / (se * se), t)
        }
        ProportionMethod::Beta => beta(p, effective_size(estimate, t, level)?, level)?,
        ProportionMethod::Wilson => wilson(p, p * (1.0 - p) / (se * se), t),
        ProportionMethod::Mean => return None,
    };
    (lower.is_finite() && upper.is_finite()).then_some(Interval { lower, upper, level })
}

/// The size of a simple random sample as precise, corrected for the design's fewer degrees of freedom.
fn effective_size(estimate: &Estimate, t: f64, level: f64) -> Option<f64> {
    let (p, se) = (estimate.value, estimate.standard_error);
    let t_simple = two_sided_multiplier(level, Some((estimate.n.checked_sub(1)?) as f64))?;
    Some(p * (1.0 - p) / (se * se) * squared(t_simple / t))
}

fn beta(p: f64, n: f64, level: f64) -> Option<(f64, f64)> {
    let tail = (1.0 - level) / 2.0;
    let lower = beta_quantile(n * p, n * (1.0 - p) + 1.0, tail)?;
    let upper = beta_quantile(n * p + 1.0, n * (1.0 - p), 1.0 - tail)?;
    Some((lower, upper))
}

/// The quantile of a beta distribution by bisection on its distribution function, to the last digit: the inverse in
/// `statrs` stops at five or six digits.
fn beta_quantile(a: f64, b: f64, probability: f64) -> Option<f64> {
    let distribution = Beta::new(a, b).ok()?;
    Some(bisect(0.0, 1.0, |x| distribution.cdf(x) < probability))
}

fn wilson(p: f64, n: f64, t: f64) -> (f64, f64) {
    let z2 = t * t;
    let center = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = t / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    (center - half, center + half)
}

fn likelihood(p: f64, n: f64, t: f64) -> (f64, f64) {
    let term = |observed: f64, supposed: f64| observed * (observed / supposed).ln();
    let too_far = |q: f64| 2.0 * n * (term(p, q) + term(1.0 - p, 1.0 - q)) > t * t;
    (bisect(0.0, p, too_far), bisect(p, 1.0, |q| !too_far(q)))
}

/// The point between `lower` and `upper` where `before` stops to hold.
fn bisect(mut lower: f64, mut upper: f64, before: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..1100 {
        let middle = f64::midpoint(lower, upper);
        if middle <= lower || middle >= upper {
            break;
        }
        if before(middle) {
            lower = middle;
        } else {
            upper = middle;
        }
    }
    f64::midpoint(lower, upper)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const METHODS: [ProportionMethod; 6] = [
        ProportionMethod::Logit,
        ProportionMethod::Likelihood,
        ProportionMethod::Asin,
        ProportionMethod::Beta,
        ProportionMethod::Mean,
        ProportionMethod::Wilson,
    ];

    fn share(value: f64, standard_error: f64, df: u64, n: u64) -> Estimate {
        Estimate {
            value,
            standard_error,
            df,
            n,
            weight_sum: n as f64,
            lonely_strata: 0,
        }
    }

    #[test]
    fn where_the_scale_is_undefined_there_is_no_interval() {
        for method in METHODS {
            assert_eq!(proportion_interval(&share(0.5, 0.1, 0, 9), method, 0.95), None);
            assert_eq!(proportion_interval(&share(0.5, 0.1, 9, 10), method, 1.0), None);
            let degenerate = [
                share(0.0, 0.0, 9, 10),
                share(1.0, 0.0, 9, 10),
                share(0.5, 0.0, 9, 10),
                share(1.5, 0.1, 9, 10),
            ];
            for estimate in degenerate {
                assert_eq!(
                    proportion_interval(&estimate, method, 0.95).is_some(),
                    method == ProportionMethod::Mean
                );
            }
        }
    }

    #[test]
    fn clopper_pearson_by_its_own_definition() {
        // Five of ten: the lower limit L has P(X ≥ 5 | L) = 0.025, which is 0.18708602844739 (R 4.2.2: binom.test)
        let (lower, upper) = beta(0.5, 10.0, 0.95).unwrap();
        assert!((lower - 0.187_086_028_447_39).abs() < 1e-12);
        assert!((upper - (1.0 - lower)).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn limits_hold_the_share_and_mirror(p in 0.01_f64..0.99, scale in 0.1_f64..2.0, df in 1_u64..200) {
            let n = 200;
            let se = scale * (p * (1.0 - p) / 200.0).sqrt();
            for method in METHODS {
                let found = proportion_interval(&share(p, se, df, n), method, 0.95).unwrap();
                let mirror = proportion_interval(&share(1.0 - p, se, df, n), method, 0.95).unwrap();
                prop_assert!(found.lower <= p + 1e-12 && p <= found.upper + 1e-12, "{method:?} {found:?}");
                prop_assert!((found.lower - (1.0 - mirror.upper)).abs() < 1e-9, "{method:?}");
                let bounded = method == ProportionMethod::Mean || (found.lower >= 0.0 && found.upper <= 1.0);
                prop_assert!(bounded, "{method:?} {found:?}");
            }
        }
    }
}
