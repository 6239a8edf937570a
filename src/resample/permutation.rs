//! p values of permutation tests.

/// `(1 + number of permuted statistics at least as extreme) / (1 + number of them)`: a test of exact level, never 0 (B. Phipson & G. K. Smyth,
/// "Permutation p-values should never be zero", *Statistical Applications in Genetics and Molecular Biology* 9 (2010) 39). Larger is more extreme.
///
/// Statistics that are not numbers do not count. `None` without a number to compare.
#[must_use]
pub fn p_value(observed: f64, permuted: &[f64]) -> Option<f64> {
    let numbers = permuted.iter().filter(|v| v.is_finite());
    let (mut all, mut extreme) = (0_u64, 0_u64);
    // What differs from the observed value by rounding only is the same value.
    let line = observed - 1e-12 * observed.abs().max(1e-3);
    for value in numbers {
        all += 1;
        extreme += u64::from(*value >= line);
    }
    (observed.is_finite() && all > 0).then(|| (extreme + 1) as f64 / (all + 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_itself_and_what_is_as_extreme() {
        assert_eq!(p_value(2.0, &[1.0, 2.0, 3.0]), Some(0.75));
        assert_eq!(p_value(9.0, &[1.0, 2.0, 3.0]), Some(0.25));
        assert_eq!(p_value(2.0, &[f64::NAN]), None);
        assert_eq!(p_value(f64::NAN, &[1.0]), None);
    }
}
