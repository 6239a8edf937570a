//! Upper tails that screens need, binomial and F, and the quantile of χ².

use super::{chi_squared_upper_tail, is_open_share};
use statrs::function::beta::checked_beta_reg;
use statrs::function::factorial::ln_factorial;

/// Halvings after which an interval of `f64` cannot be halved any more.
const HALVINGS: usize = 1100;

/// P(X ≥ `successes`) for the number of successes in `n` independent trials with probability `p` each, as the sum of
/// the single probabilities.
///
/// `None` unless `p` is strictly between 0 and 1. More successes than trials have probability 0.
#[must_use]
pub fn binomial_upper_tail(successes: u64, n: u64, p: f64) -> Option<f64> {
    if !is_open_share(p) {
        return None;
    }
    if successes == 0 {
        return Some(1.0);
    }
    if successes > n {
        return Some(0.0);
    }
    let odds = p / (1.0 - p);
    let log = ln_factorial(n) - ln_factorial(successes) - ln_factorial(n - successes)
        + successes as f64 * libm::log(p)
        + (n - successes) as f64 * libm::log1p(-p);
    let (mut term, mut sum) = (1.0, 1.0);
    for k in successes..n {
        term *= (n - k) as f64 / (k + 1) as f64 * odds;
        sum += term;
        // Beyond the mode the terms fall ever faster.
        if term < sum * 1e-17 && (k + 1) as f64 > n as f64 * p {
            break;
        }
    }
    Some((libm::exp(log) * sum).min(1.0))
}

/// P(F ≥ `f`) for Fisher's F with `df1` and `df2` degrees of freedom: `I_x(df2/2, df1/2)`, `x = df2 / (df2 + df1·f)`.
///
/// `None` when a df is not positive and finite or `f` is negative or not finite.
#[must_use]
pub fn f_upper_tail(f: f64, df1: f64, df2: f64) -> Option<f64> {
    let positive = |df: f64| df.is_finite() && df > 0.0;
    if !(f.is_finite() && f >= 0.0 && positive(df1) && positive(df2)) {
        return None;
    }
    checked_beta_reg(df2 / 2.0, df1 / 2.0, df2 / (df2 + df1 * f)).ok()
}

/// The quantile q with P(χ² ≤ q) = `probability`, found by halving an interval of the upper tail.
///
/// `None` unless `probability` is strictly between 0 and 1 and `df` is positive and finite.
#[must_use]
pub fn chi_squared_quantile(probability: f64, df: f64) -> Option<f64> {
    let target = 1.0 - probability;
    if !is_open_share(probability) || chi_squared_upper_tail(0.0, df).is_none() {
        return None;
    }
    let (mut low, mut high) = (0.0, df.max(1.0));
    while chi_squared_upper_tail(high, df)? > target {
        high *= 2.0;
    }
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if chi_squared_upper_tail(middle, df)? > target {
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

    fn close(actual: f64, expected: f64, relative: f64) {
        assert!((actual - expected).abs() <= relative * expected.abs(), "{actual} is not {expected}");
    }

    #[test]
    fn binomial_tails_by_hand_and_by_beta() {
        close(binomial_upper_tail(4, 4, 1.0 / 60.0).unwrap(), (1.0_f64 / 60.0).powi(4), 1e-12);
        close(binomial_upper_tail(2, 3, 0.5).unwrap(), 0.5, 1e-14);
        assert_eq!(binomial_upper_tail(0, 3, 0.5), Some(1.0));
        assert_eq!(binomial_upper_tail(4, 3, 0.5), Some(0.0));
        assert_eq!(binomial_upper_tail(1, 3, 1.0), None);
        assert!(binomial_upper_tail(2000, 100_000, 1.0 / 60.0).unwrap() > 0.0);
    }

    #[test]
    fn an_f_with_one_df_is_a_squared_t() {
        for (t, df) in [(0.5, 3.0), (2.0, 40.0), (4.0, 900.0), (3.0, 50_000.0)] {
            let expected = super::super::student_t_two_sided_p(t, df).unwrap();
            close(f_upper_tail(t * t, 1.0, df).unwrap(), expected, 1e-9);
        }
        assert_eq!(f_upper_tail(1.0, 0.0, 3.0), None);
    }

    #[test]
    fn chi_squared_quantiles_match_r() {
        // R 4.2.2: qchisq(.99, 50), qchisq(.99, 100)
        close(chi_squared_quantile(0.99, 50.0).unwrap(), 76.153_891_249_012_7, 1e-13);
        close(chi_squared_quantile(0.99, 100.0).unwrap(), 135.806_723_171_027, 1e-13);
        assert_eq!(chi_squared_quantile(1.0, 3.0), None);
    }

    proptest! {
        #[test]
        fn the_binomial_tail_is_the_incomplete_beta(n in 1_u64..200, share in 0.0_f64..1.0, p in 0.001_f64..0.999) {
            let k = ((n as f64 * share) as u64).max(1);
            let beta = checked_beta_reg(k as f64, (n - k + 1) as f64, p).unwrap();
            let tail = binomial_upper_tail(k, n, p).unwrap();
            prop_assert!((tail - beta).abs() <= 1e-10 * beta + 1e-300, "{tail} {beta}");
        }
    }
}
