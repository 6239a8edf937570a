//! Wilson's score interval for a share.

use super::{Interval, two_sided_multiplier};

/// Wilson's interval for a share of `successes` among `n` cases of a simple random sample.
///
/// With p = x/n and z the normal quantile of (1 + level)/2:
/// (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n).
/// It stays inside 0..=1 and behaves for small n and for shares near 0 or 1. No finite-population correction.
/// Source: Wilson (1927), Journal of the American Statistical Association 22, 209–212.
///
/// `None` when n is 0, there are more successes than cases, or the level is not strictly between 0 and 1.
#[must_use]
pub fn wilson_interval(successes: u64, n: u64, level: f64) -> Option<Interval> {
    if n == 0 || successes > n {
        return None;
    }
    let z = two_sided_multiplier(level, None)?;
    let cases = n as f64;
    let share = successes as f64 / cases;
    let z2_by_n = z * z / cases;
    let centre = share + z2_by_n / 2.0;
    let half_width = z * (share * (1.0 - share) / cases + z2_by_n / (4.0 * cases)).sqrt();
    Some(Interval {
        lower: ((centre - half_width) / (1.0 + z2_by_n)).max(0.0),
        upper: ((centre + half_width) / (1.0 + z2_by_n)).min(1.0),
        level,
    })
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "these values are exact by construction")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn undefined_cases() {
        assert_eq!(wilson_interval(0, 0, 0.95), None);
        assert_eq!(wilson_interval(3, 2, 0.95), None);
        assert_eq!(wilson_interval(1, 2, 1.0), None);
    }

    #[test]
    fn the_ends_reach_zero_and_one() {
        assert_eq!(wilson_interval(0, 20, 0.95).unwrap().lower, 0.0);
        assert!((wilson_interval(20, 20, 0.95).unwrap().upper - 1.0).abs() < 1e-15);
    }

    proptest! {
        #[test]
        fn the_bounds_solve_the_score_equation(n in 1_u64..5000, part in 0.0_f64..=1.0) {
            // Second route: at each bound p the score statistic |x/n − p| / √(p(1−p)/n) equals z.
            let x = (part * n as f64) as u64;
            let z = two_sided_multiplier(0.95, None).unwrap();
            let interval = wilson_interval(x, n, 0.95).unwrap();
            for bound in [interval.lower, interval.upper] {
                let distance = (x as f64 / n as f64 - bound).abs();
                let score = z * (bound * (1.0 - bound) / n as f64).max(0.0).sqrt();
                prop_assert!((distance - score).abs() < 1e-7);
            }
        }
    }
}
