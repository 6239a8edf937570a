//! Reliability and convergence of the items of one construct.
//!
//! All of it is undefined for a single item: one answer cannot show how far it
//! agrees with itself, so the customary "1" would be an assertion.

use nalgebra::DMatrix;

/// Cronbach's alpha from covariances,
///
/// `k/(k − 1) · (1 − Σ sᵢᵢ / Σᵢ Σⱼ sᵢⱼ)`,
///
/// with `k` items. At most 1; below 0 when items disagree. The divisor of the
/// covariances (n or n − 1) cancels out. `items` are positions in `covariance`.
/// `None` for fewer than two items, a position outside the matrix, or a sum of
/// the items without variance. Source: L. J. Cronbach, "Coefficient
/// alpha and the internal structure of tests", *Psychometrika* 16 (1951)
/// 297–334.
pub fn alpha_raw(covariance: &DMatrix<f64>, items: &[usize]) -> Option<f64> {
    if items.len() < 2 {
        return None;
    }
    let mut own = 0.0;
    let mut total = 0.0;
    for &row in items {
        own += covariance.get((row, row))?;
        for &column in items {
            total += covariance.get((row, column))?;
        }
    }
    let k = items.len() as f64;
    // A sum whose variance is rounding error next to its parts has none.
    if total > f64::EPSILON * own {
        defined(k / (k - 1.0) * (1.0 - own / total))
    } else {
        None
    }
}

/// Standardised alpha: alpha of standardised items,
///
/// `k r̄ / (1 + (k − 1) r̄)`,
///
/// with `r̄` the mean correlation of two different items. Range and undefined
/// cases as for [`alpha_raw`]. Source: the same.
pub fn alpha_standardised(correlation: &DMatrix<f64>, items: &[usize]) -> Option<f64> {
    if items.len() < 2 {
        return None;
    }
    let mut shared = 0.0;
    for (position, &row) in items.iter().enumerate() {
        for &column in &items[..position] {
            shared += correlation.get((row, column))?;
        }
    }
    let k = items.len() as f64;
    let mean = 2.0 * shared / (k * (k - 1.0));
    let total = 1.0 + (k - 1.0) * mean;
    if total > f64::EPSILON { defined(k * mean / total) } else { None }
}

/// Composite reliability ρC (Dillon–Goldstein's ρ, Jöreskog's ρ) from
/// standardised loadings,
///
/// `(Σ λᵢ)² / ((Σ λᵢ)² + Σ (1 − λᵢ²))`.
///
/// 0 to 1. `None` for fewer than two loadings, or when one is not a number or
/// beyond ±1. Source: C. Fornell & D. F. Larcker, "Evaluating structural
/// equation models with unobservable variables and measurement error",
/// *Journal of Marketing Research* 18 (1981) 39–50.
pub fn composite_reliability(loadings: &[f64]) -> Option<f64> {
    if !admissible(loadings) {
        return None;
    }
    let sum: f64 = loadings.iter().sum();
    let error: f64 = loadings.iter().map(|l| 1.0 - l * l).sum();
    defined(sum * sum / (sum * sum + error))
}

/// Average variance extracted: the mean squared standardised loading, 0 to 1.
///
/// `None` as for [`composite_reliability`]. Source: the same.
pub fn average_variance_extracted(loadings: &[f64]) -> Option<f64> {
    if !admissible(loadings) {
        return None;
    }
    let sum: f64 = loadings.iter().map(|l| l * l).sum();
    defined(sum / loadings.len() as f64)
}

/// Reliability ρA of a score with outer weights `w`,
///
/// `(w'w)² · w'(S − diag S)w / w'(ww' − diag ww')w`,
///
/// where `S` holds the correlations of the items and `w` is scaled to
/// `w'Sw = 1`. Usually between alpha and ρC; may exceed 1 when a model does
/// not fit. `items` are positions in `correlation`, in the order of the
/// weights. `None` for fewer than two items, unequal lengths, a position
/// outside the matrix, or only one weight other than 0. Source: T. K. Dijkstra
/// & J. Henseler, "Consistent partial least squares path modeling", *MIS
/// Quarterly* 39 (2015) 297–316.
pub fn rho_a(correlation: &DMatrix<f64>, items: &[usize], outer_weights: &[f64]) -> Option<f64> {
    if items.len() < 2 || items.len() != outer_weights.len() {
        return None;
    }
    let mut common = 0.0;
    let mut squares = 0.0;
    let mut products = 0.0;
    for (i, (&row, &left)) in items.iter().zip(outer_weights).enumerate() {
        squares += left * left;
        for (j, (&column, &right)) in items.iter().zip(outer_weights).enumerate() {
            let correlation = correlation.get((row, column))?;
            if i != j {
                common += left * correlation * right;
                products += left * left * right * right;
            }
        }
    }
    defined(squares * squares * common / products)
}

/// Standard error of [`alpha_raw`] for `n` respondents, by large-sample theory
/// under normal answers,
///
/// `√( 2k² / (n (k − 1)² (1'C1)³) · (1'C1 (tr C² + tr² C) − 2 tr C · 1'C²1) )`.
///
/// `None` as for alpha, and without respondents. Source: J. M. van Zyl, H.
/// Neudecker & D. G. Nel, *Psychometrika* 65 (2000) 271–280; A. Duhachek & D.
/// Iacobucci, *Journal of Applied Psychology* 89 (2004) 792–808.
pub fn alpha_standard_error(covariance: &DMatrix<f64>, items: &[usize], n: f64) -> Option<f64> {
    alpha_raw(covariance, items)?;
    let k = items.len() as f64;
    let c = DMatrix::from_fn(items.len(), items.len(), |a, b| covariance[(items[a], items[b])]);
    let squared = &c * &c;
    let (sum, trace) = (c.sum(), c.trace());
    let variance =
        2.0 * k * k / ((k - 1.0).powi(2) * sum.powi(3)) * (sum * (squared.trace() + trace * trace) - 2.0 * trace * squared.sum());
    defined((variance / n).sqrt())
}

/// Raw alpha of a block without each of its items in turn. `None` for fewer
/// than three items, of which two remain.
pub fn alpha_without_item(covariance: &DMatrix<f64>, items: &[usize]) -> Option<Vec<f64>> {
    if items.len() < 3 {
        return None;
    }
    let without = |dropped: &usize| {
        let rest: Vec<usize> = items.iter().copied().filter(|i| i != dropped).collect();
        alpha_raw(covariance, &rest)
    };
    items.iter().map(without).collect()
}

/// Correlation of each item with the sum of the others of its block (corrected
/// item–total correlation). Wanted above 0.3 to 0.4. `None` for fewer than two items or when
/// something does not vary. Source: J. C. Nunnally & I. H. Bernstein,
/// *Psychometric theory*, 3rd ed. (1994), chapter 8.
pub fn item_rest_correlations(covariance: &DMatrix<f64>, items: &[usize]) -> Option<Vec<f64>> {
    if items.len() < 2 || items.iter().any(|i| *i >= covariance.nrows() || *i >= covariance.ncols()) {
        return None;
    }
    let one = |item: &usize| {
        let rest: Vec<usize> = items.iter().copied().filter(|i| i != item).collect();
        let shared: f64 = rest.iter().map(|j| covariance[(*item, *j)]).sum();
        let pairs = rest.iter().flat_map(|j| rest.iter().map(|k| covariance[(*j, *k)]));
        let spread = covariance[(*item, *item)] * pairs.sum::<f64>();
        defined(shared / spread.sqrt())
    };
    items.iter().map(one).collect()
}

/// Guttman's λ₆ from correlations: `1 − Σ 1/(R⁻¹)ᵢᵢ / ΣΣ rᵢⱼ`, the unique
/// variances being what the other items leave unexplained.
///
/// A lower bound of the reliability of the sum. `None` for fewer than two items
/// or when one is a linear combination of the others. Source: L. Guttman,
/// *Psychometrika* 10 (1945) 255–282.
pub fn lambda6(correlation: &DMatrix<f64>, items: &[usize]) -> Option<f64> {
    let vif = super::validity::item_vif(correlation, items)?;
    let total: f64 = items.iter().flat_map(|a| items.iter().map(|b| correlation[(*a, *b)])).sum();
    defined(1.0 - vif.iter().map(|v| 1.0 / v).sum::<f64>() / total)
}

/// Mean and median correlation of two different items; `None` for fewer than two items.
pub fn inter_item_correlation(correlation: &DMatrix<f64>, items: &[usize]) -> Option<(f64, f64)> {
    let mut pairs = Vec::new();
    for (at, &row) in items.iter().enumerate() {
        for &column in &items[..at] {
            pairs.push(*correlation.get((row, column))?);
        }
    }
    pairs.sort_by(f64::total_cmp);
    let middle = pairs.len() / 2;
    let upper = pairs.get(middle)?;
    let median = if pairs.len() % 2 == 1 {
        *upper
    } else {
        f64::midpoint(*upper, pairs[middle - 1])
    };
    Some((pairs.iter().sum::<f64>() / pairs.len() as f64, median))
}

fn admissible(loadings: &[f64]) -> bool {
    // A little above 1 is the rounding error of a perfect loading.
    let usable = |l: &f64| l.abs() <= 1.0 + 1e-12;
    loadings.len() > 1 && loadings.iter().all(usable)
}

fn defined(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

#[cfg(test)]
mod tests {
    use nalgebra::dmatrix;
    use proptest::prelude::*;

    use super::*;

    fn close(left: Option<f64>, right: f64) {
        let left = left.unwrap();
        assert!((left - right).abs() < 1e-14, "{left} is not {right}");
    }

    #[test]
    fn two_parallel_items_follow_spearman_and_brown() {
        let correlation = dmatrix![1.0, 0.5; 0.5, 1.0];
        close(alpha_standardised(&correlation, &[0, 1]), 2.0 / 3.0);
        let covariance = dmatrix![4.0, 1.0; 1.0, 1.0];
        close(alpha_raw(&covariance, &[0, 1]), 2.0 * (1.0 - 5.0 / 7.0));
    }

    #[test]
    fn equal_loadings_by_hand() {
        // (3·0.8)² = 5.76 against 3·0.36 = 1.08
        close(composite_reliability(&[0.8; 3]), 5.76 / 6.84);
        close(average_variance_extracted(&[0.8; 3]), 0.64);
    }

    /// Items with loadings 0.8 on one factor and equal weights: ρA is the
    /// reliability of the sum, which is then alpha and ρC as well.
    #[test]
    fn all_agree_on_parallel_items() {
        let r = 0.64;
        let correlation = dmatrix![1.0, r, r; r, 1.0, r; r, r, 1.0];
        let weight = 1.0 / f64::sqrt(3.0 + 6.0 * r);
        let alpha = alpha_standardised(&correlation, &[0, 1, 2]).unwrap();
        close(rho_a(&correlation, &[0, 1, 2], &[weight; 3]), alpha);
        close(composite_reliability(&[0.8; 3]), alpha);
    }

    #[test]
    fn a_single_item_has_no_reliability() {
        let correlation = dmatrix![1.0];
        assert_eq!(alpha_raw(&correlation, &[0]), None);
        assert_eq!(alpha_standardised(&correlation, &[0]), None);
        assert_eq!(composite_reliability(&[1.0]), None);
        assert_eq!(average_variance_extracted(&[1.0]), None);
        assert_eq!(rho_a(&correlation, &[0], &[1.0]), None);
    }

    #[test]
    fn is_undefined_on_unusable_input() {
        let opposed = dmatrix![1.0, -1.0; -1.0, 1.0];
        assert_eq!(alpha_standardised(&opposed, &[0, 1]), None);
        assert_eq!(alpha_raw(&opposed, &[0, 2]), None);
        assert_eq!(alpha_raw(&dmatrix![0.0, 0.0; 0.0, 0.0], &[0, 1]), None);
        assert_eq!(composite_reliability(&[0.5, 1.5]), None);
        assert_eq!(composite_reliability(&[0.5, f64::NAN]), None);
        assert_eq!(rho_a(&opposed, &[0, 1], &[1.0, 0.0]), None);
        assert_eq!(rho_a(&opposed, &[0, 1], &[1.0]), None);
    }

    proptest! {
        /// Second route: raw alpha of standardised items.
        #[test]
        fn standardised_alpha_is_alpha_of_standardised_items(
            a in 0.0f64..0.9, b in 0.0f64..0.9, c in 0.0f64..0.9,
        ) {
            let correlation = dmatrix![1.0, a, b; a, 1.0, c; b, c, 1.0];
            let standardised = alpha_standardised(&correlation, &[2, 0, 1]).unwrap();
            let raw = alpha_raw(&correlation, &[0, 1, 2]).unwrap();
            prop_assert!((standardised - raw).abs() < 1e-12);
        }

        /// Multiplying every answer by a constant changes nothing.
        #[test]
        fn alpha_does_not_depend_on_the_unit(scale in 0.01f64..100.0, shared in -0.9f64..0.9) {
            let covariance = dmatrix![1.0, shared; shared, 1.5];
            let before = alpha_raw(&covariance, &[0, 1]).unwrap();
            let after = alpha_raw(&(covariance * scale), &[0, 1]).unwrap();
            prop_assert!((before - after).abs() < 1e-10 * (1.0 + before.abs()));
        }
    }
}
