//! Holm's step-down adjustment: many tests, one error rate.
//!
//! Source: Holm (1979), Scandinavian Journal of Statistics 6, 65–70. The family-wise error rate holds whatever the
//! dependence between the tests, which is why it suits strata that share one sample.

/// Adjusted p-values of one family, in the order given.
///
/// With the p-values sorted ascending, p₍₁₎ ≤ … ≤ p₍ₘ₎: adjusted p₍ᵢ₎ = max over j ≤ i of min(1, (m − j + 1)·p₍ⱼ₎).
/// A value that is not a number stays one and does not count towards m, as in R's `p.adjust`.
#[must_use]
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let defined: Vec<Option<f64>> = p_values.iter().map(|&p| (!p.is_nan()).then_some(p)).collect();
    holm_defined(&defined).into_iter().map(|p| p.unwrap_or(f64::NAN)).collect()
}

/// As [`holm`], for a family in which some tests are undefined: they stay `None` and do not count towards m.
#[must_use]
pub fn holm_defined(p_values: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut tests: Vec<(usize, f64)> = p_values
        .iter()
        .enumerate()
        .filter_map(|(position, p)| p.filter(|p| !p.is_nan()).map(|p| (position, p)))
        .collect();
    tests.sort_by(|a, b| a.1.total_cmp(&b.1));
    let family_size = tests.len();
    let mut adjusted = vec![None; p_values.len()];
    let mut running_max = 0.0_f64;
    for (rank, (position, p)) in tests.into_iter().enumerate() {
        running_max = running_max.max((p * (family_size - rank) as f64).min(1.0));
        if let Some(slot) = adjusted.get_mut(position) {
            *slot = Some(running_max);
        }
    }
    adjusted
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "these values are exact by construction")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn worked_example() {
        // By hand: .01·4, max(.04, .02·3), max(.06, .03·2), .04·1 raised to .06
        let adjusted = holm(&[0.04, 0.01, 0.03, 0.02]);
        for (actual, expected) in adjusted.iter().zip([0.06, 0.04, 0.06, 0.06]) {
            assert!((actual - expected).abs() < 1e-15);
        }
    }

    #[test]
    fn undefined_tests_leave_the_family() {
        assert_eq!(holm_defined(&[Some(0.02), None, Some(0.5)]), [Some(0.04), None, Some(0.5)]);
        let adjusted = holm(&[0.02, f64::NAN]);
        assert!((adjusted[0] - 0.02).abs() < 1e-18 && adjusted[1].is_nan());
        assert!(holm(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn never_below_the_raw_value_nor_above_one(p in prop::collection::vec(0.0_f64..=1.0, 0..20)) {
            for (raw, adjusted) in p.iter().zip(holm(&p)) {
                prop_assert!(adjusted >= *raw && adjusted <= 1.0);
            }
        }

        #[test]
        fn keeps_the_order_of_the_raw_values(p in prop::collection::vec(0.0_f64..=1.0, 2..20)) {
            let adjusted = holm(&p);
            for i in 0..p.len() {
                for j in 0..p.len() {
                    prop_assert!(p[i] > p[j] || adjusted[i] <= adjusted[j]);
                }
            }
        }

        #[test]
        fn does_not_depend_on_the_order_given(
            p in prop::collection::vec(prop_oneof![0.0_f64..=1.0, Just(0.01), Just(0.2)], 1..20),
            turn in 0_usize..20,
        ) {
            let mut turned = p.clone();
            turned.rotate_left(turn % p.len());
            turned.reverse();
            let mut expected = holm(&p);
            expected.rotate_left(turn % p.len());
            expected.reverse();
            prop_assert_eq!(holm(&turned), expected);
        }

        #[test]
        fn the_smallest_gets_the_bonferroni_value(p in prop::collection::vec(0.0_f64..=1.0, 1..20)) {
            let smallest = p.iter().copied().fold(1.0, f64::min);
            let adjusted = holm(&p).into_iter().fold(1.0, f64::min);
            prop_assert_eq!(adjusted, (smallest * p.len() as f64).min(1.0));
        }
    }
}
