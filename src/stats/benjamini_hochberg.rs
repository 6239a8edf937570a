//! The adjustment of Benjamini and Hochberg: many tests, one rate of false discoveries.
//!
//! Source: Y. Benjamini & Y. Hochberg, "Controlling the false discovery rate: a practical and powerful approach to multiple testing", *Journal of
//! the Royal Statistical Society* B 57 (1995) 289–300. The expected share of false ones among the differences called real is held, for tests that are
//! independent or positively dependent; [`super::holm()`] holds the probability of any false one, and is the stricter of the two.

/// Adjusted p-values of one family, in the order given; undefined tests stay `None` and do not count towards m.
///
/// With the p-values sorted ascending, p₍₁₎ ≤ … ≤ p₍ₘ₎: adjusted p₍ᵢ₎ = min over j ≥ i of min(1, m/j · p₍ⱼ₎).
#[must_use]
pub fn benjamini_hochberg(p_values: &[Option<f64>]) -> Vec<Option<f64>> {
    let defined = p_values.iter().enumerate();
    let mut tests: Vec<(usize, f64)> = defined.filter_map(|(at, p)| Some((at, p.filter(|p| !p.is_nan())?))).collect();
    tests.sort_by(|a, b| a.1.total_cmp(&b.1));
    let family_size = tests.len() as f64;
    let mut adjusted = vec![None; p_values.len()];
    let mut running_min = 1.0_f64;
    for (rank, (position, p)) in tests.into_iter().enumerate().rev() {
        running_min = running_min.min(p * family_size / (rank as f64 + 1.0));
        if let Some(slot) = adjusted.get_mut(position) {
            *slot = Some(running_min);
        }
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::holm_defined;
    use proptest::prelude::*;

    /// By hand: 5/5 · .06, min(.06, 5/4 · .05), min(.06, 5/3 · .012), min(.02, 5/2 · .01), min(.02, 5/1 · .005).
    #[test]
    fn worked_example() {
        let found = benjamini_hochberg(&[Some(0.05), Some(0.01), None, Some(0.06), Some(0.005), Some(0.012)]);
        let expected = [Some(0.06), Some(0.02), None, Some(0.06), Some(0.02), Some(0.02)];
        for (found, expected) in found.iter().zip(expected) {
            assert_eq!(found.is_some(), expected.is_some());
            assert!(found.zip(expected).is_none_or(|(a, b)| (a - b).abs() < 1e-15), "{found:?}");
        }
        assert!(benjamini_hochberg(&[]).is_empty());
    }

    proptest! {
        /// Never below the raw p, never above Holm's, order kept, whatever the order given; the largest keeps its p.
        #[test]
        fn lies_between_raw_and_holm(mut p in prop::collection::vec(0.0_f64..=1.0, 1..20)) {
            let adjust = |p: &[f64]| benjamini_hochberg(&p.iter().copied().map(Some).collect::<Vec<_>>());
            let holm = holm_defined(&p.iter().copied().map(Some).collect::<Vec<_>>());
            let found = adjust(&p);
            for ((raw, found), holm) in p.iter().zip(&found).zip(&holm) {
                prop_assert!(found.unwrap() >= *raw - 1e-15 && found.unwrap() <= holm.unwrap() + 1e-12);
            }
            let largest = p.iter().copied().fold(0.0, f64::max);
            prop_assert!(found.iter().flatten().any(|f| (f - largest).abs() < 1e-12));
            let mut sorted: Vec<f64> = found.into_iter().flatten().collect();
            sorted.sort_by(f64::total_cmp);
            p.sort_by(f64::total_cmp);
            let again: Vec<f64> = adjust(&p).into_iter().flatten().collect();
            prop_assert_eq!(sorted, again);
        }
    }
}
