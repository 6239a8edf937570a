//! Benjamini–Hochberg adjustment: many tests, a bounded share of false ones among those that are called significant.
//!
//! Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, 289–300. The false discovery rate holds for
//! independent tests and for those that depend on one another positively, as scores of one sample do (Benjamini and Yekutieli 2001,
//! Annals of Statistics 29, 1165–1188).

/// Adjusted p-values of one family, in the order given; undefined tests stay `None` and do not count towards m.
///
/// With the p-values sorted ascending, p₍₁₎ ≤ … ≤ p₍ₘ₎: adjusted p₍ᵢ₎ = min over j ≥ i of min(1, m·p₍ⱼ₎/j). Calling significant
/// whatever is at most q keeps the expected share of false ones among them at or below q.
#[must_use]
pub fn benjamini_hochberg(p_values: &[Option<f64>]) -> Vec<Option<f64>> {
    let defined = p_values.iter().enumerate();
    let mut tests: Vec<(usize, f64)> = defined.filter_map(|(at, p)| Some((at, (*p)?))).collect();
    tests.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut adjusted = vec![None; p_values.len()];
    let count = tests.len();
    let mut running_min: f64 = 1.0;
    for (from_above, (position, p)) in tests.into_iter().enumerate() {
        running_min = running_min.min(count as f64 / (count - from_above) as f64 * p);
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

    /// The fifteen p-values of the paper's own example (section 3.2): four are significant at 0.05, where Bonferroni's way and
    /// Hochberg's find three.
    #[test]
    fn the_example_of_the_paper() {
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
        ];
        let p: Vec<Option<f64>> = p.iter().copied().map(Some).collect();
        let significant = |adjusted: &[Option<f64>]| adjusted.iter().flatten().filter(|p| **p <= 0.05).count();
        let adjusted = benjamini_hochberg(&p);
        assert_eq!(significant(&adjusted), 4);
        assert_eq!(significant(&holm_defined(&p)), 3);
        // By hand: 15/4 · 0.0095 = 0.035625; 15/9 · 0.0459 = 0.0765.
        assert!((adjusted[3].unwrap() - 0.035_625).abs() < 1e-15);
        assert!((adjusted[8].unwrap() - 0.0765).abs() < 1e-15);
        // 15/5 · 0.0201 = 0.0603, 15/6 · 0.0278 = 0.0695, 15/7 · 0.0298 = 0.063857…, 15/8 · 0.0344 = 0.0645: the sixth takes the seventh's.
        assert!((adjusted[5].unwrap() - 15.0 / 7.0 * 0.0298).abs() < 1e-15);
    }

    #[test]
    fn undefined_tests_leave_the_family() {
        assert_eq!(benjamini_hochberg(&[Some(0.02), None, Some(0.5)]), [Some(0.04), None, Some(0.5)]);
        assert!(benjamini_hochberg(&[]).is_empty());
    }

    proptest! {
        /// Between the raw value and Holm's: who bounds less may call more.
        #[test]
        fn stands_between_the_raw_value_and_holms(p in prop::collection::vec(0.0_f64..=1.0, 0..25)) {
            let p: Vec<Option<f64>> = p.into_iter().map(Some).collect();
            for ((raw, holm), bh) in p.iter().zip(holm_defined(&p)).zip(benjamini_hochberg(&p)) {
                let (raw, holm, bh) = (raw.unwrap(), holm.unwrap(), bh.unwrap());
                prop_assert!(raw <= bh + 1e-15 && bh <= holm + 1e-12);
            }
        }

        /// Second route: the step-up rule as the paper states it, k = max{i: p₍ᵢ₎ ≤ i q/m}, rejects the same tests.
        #[test]
        fn rejects_what_the_step_up_rule_rejects(p in prop::collection::vec(0.0_f64..=1.0, 1..25), q in 0.01_f64..0.5) {
            let mut sorted = p.clone();
            sorted.sort_by(f64::total_cmp);
            let m = p.len() as f64;
            let k = (1..=p.len()).filter(|i| m * sorted[i - 1] / (*i as f64) <= q).max().unwrap_or(0);
            let adjusted = benjamini_hochberg(&p.iter().copied().map(Some).collect::<Vec<_>>());
            prop_assert_eq!(adjusted.iter().flatten().filter(|p| **p <= q).count(), k);
        }
    }
}
