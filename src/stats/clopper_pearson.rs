//! The exact interval of a share.

use super::{Interval, is_open_share};
use statrs::function::beta::checked_beta_reg;

/// Clopper–Pearson interval of a share: the shares that a binomial test would not reject on either side.
///
/// Lower end: the `α/2` quantile of Beta(x, n−x+1), upper end: the `1−α/2` quantile of Beta(x+1, n−x); 0 and 1 at the ends.
/// Source: Clopper and Pearson (1934), Biometrika 26, 404–413. `None` for no cases, more successes than cases or a level that
/// is not strictly between 0 and 1.
#[must_use]
pub fn clopper_pearson_interval(successes: u64, cases: u64, level: f64) -> Option<Interval> {
    if cases == 0 || successes > cases || !is_open_share(level) {
        return None;
    }
    let (x, n) = (successes as f64, cases as f64);
    let tail = (1.0 - level) / 2.0;
    let lower = if successes == 0 {
        0.0
    } else {
        beta_quantile(x, n - x + 1.0, tail)?
    };
    let upper = if successes == cases {
        1.0
    } else {
        beta_quantile(x + 1.0, n - x, 1.0 - tail)?
    };
    Some(Interval { lower, upper, level })
}

/// By halving: sixty steps reach the last digit, and the incomplete beta function is monotone.
fn beta_quantile(a: f64, b: f64, probability: f64) -> Option<f64> {
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if checked_beta_reg(a, b, middle).ok()? < probability {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ends_have_closed_forms() {
        // Nobody of n: the upper end is 1 − (α/2)^(1/n).
        let none = clopper_pearson_interval(0, 20, 0.95).unwrap();
        assert!((none.upper - (1.0 - libm::pow(0.025, 1.0 / 20.0))).abs() < 1e-13 && none.lower <= 0.0);
        let all = clopper_pearson_interval(20, 20, 0.95).unwrap();
        assert!((all.lower - libm::pow(0.025, 1.0 / 20.0)).abs() < 1e-13 && all.upper >= 1.0);
        assert_eq!(clopper_pearson_interval(1, 0, 0.95), None);
        assert_eq!(clopper_pearson_interval(3, 2, 0.95), None);
        assert_eq!(clopper_pearson_interval(1, 2, 1.0), None);
    }

    proptest! {
        #[test]
        fn mirrored_shares_have_mirrored_intervals(n in 1_u64..300, part in 0.0_f64..=1.0, level in 0.5_f64..0.999) {
            let x = (part * n as f64) as u64;
            let (one, other) = (clopper_pearson_interval(x, n, level).unwrap(), clopper_pearson_interval(n - x, n, level).unwrap());
            prop_assert!((one.lower - (1.0 - other.upper)).abs() < 1e-12 && (one.upper - (1.0 - other.lower)).abs() < 1e-12);
            let share = x as f64 / n as f64;
            prop_assert!(one.lower <= share && share <= one.upper);
        }
    }
}
