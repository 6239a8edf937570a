//! How the explained variance of a regression divides among correlated
//! predictors: Johnson's relative weights, and Shapley values (LMG).
//!
//! Both sum to R². Predictors and target are standardised; what goes in are
//! their correlations.

use nalgebra::{DMatrix, DVector};

/// Most predictors for which all subsets are gone through (2¹⁶ regressions).
pub const SHAPLEY_PREDICTORS_MAX: usize = 16;

/// Smallest share of a predictor's variance that the others must leave it.
const INDEPENDENT_MIN: f64 = 1e-10;

/// Johnson's relative weights: `εⱼ = Σₖ λⱼₖ² βₖ²` with `Λ = R_xx^½` and
/// `β = Λ⁻¹ r_xy`.
///
/// The predictors are replaced by the orthogonal variables nearest to them;
/// what those explain is handed back in the squared correlations `λⱼₖ²`. 0 or
/// more each; they sum to R². `among` holds the correlations of the predictors,
/// `with_target` those with the target. `None` when sizes differ, there is no
/// predictor, or predictors are linearly dependent. Source: J. W. Johnson, "A
/// heuristic method for estimating the relative weight of predictor variables
/// in multiple regression", *Multivariate Behavioral Research* 35 (2000) 1–19,
/// equations 1–6.
pub fn johnson_weights(among: &DMatrix<f64>, with_target: &[f64]) -> Option<Vec<f64>> {
    let count = check(among, with_target)?;
    let eigen = among.clone().symmetric_eigen();
    if eigen.eigenvalues.iter().any(|value| value.is_nan() || *value <= INDEPENDENT_MIN) {
        return None;
    }
    let root = |power: f64| {
        let diagonal = DMatrix::from_diagonal(&eigen.eigenvalues.map(|value| value.powf(power)));
        &eigen.eigenvectors * diagonal * eigen.eigenvectors.transpose()
    };
    let (lambda, inverse) = (root(0.5), root(-0.5));
    let beta = inverse * DVector::from_column_slice(with_target);
    let weight = |j: usize| (0..count).map(|k| (lambda[(j, k)] * beta[k]).powi(2)).sum();
    Some((0..count).map(weight).collect())
}

/// Shapley value of each predictor (LMG): the rise of R² on its entry, averaged
/// over all orders of entry.
///
/// Computed over subsets: `Σ_S |S|!(k−|S|−1)!/k! · (R²(S∪j) − R²(S))`. 0 or
/// more each; they sum to R². `None` as for [`johnson_weights`], and beyond
/// [`SHAPLEY_PREDICTORS_MAX`] predictors. Source: R. H. Lindeman, P. F. Merenda
/// & R. Z. Gold, *Introduction to bivariate and multivariate analysis* (1980),
/// p. 119 ff.; U. Grömping, "Relative importance for linear regression in R",
/// *Journal of Statistical Software* 17(1) (2006), section 3.
pub fn shapley_values(among: &DMatrix<f64>, with_target: &[f64]) -> Option<Vec<f64>> {
    let count = check(among, with_target)?;
    if count > SHAPLEY_PREDICTORS_MAX {
        return None;
    }
    let r2: Option<Vec<f64>> = (0..1_u32 << count).map(|set| r2_of(among, with_target, set)).collect();
    let r2 = r2?;
    // |S|!(k−|S|−1)!/k! by size of S, without factorials: 1/k · 1/C(k−1, |S|).
    let mut share = vec![1.0 / count as f64; count];
    for size in 1..count {
        share[size] = share[size - 1] * size as f64 / (count - size) as f64;
    }
    let value = |j: usize| {
        let without = (0..r2.len()).filter(|set| set & (1 << j) == 0);
        without
            .map(|set| share[(set as u32).count_ones() as usize] * (r2[set | 1 << j] - r2[set]))
            .sum()
    };
    Some((0..count).map(value).collect())
}

fn check(among: &DMatrix<f64>, with_target: &[f64]) -> Option<usize> {
    let count = with_target.len();
    let usable = count > 0 && among.shape() == (count, count);
    let finite = among.iter().chain(with_target).all(|value| value.is_finite());
    (usable && finite).then_some(count)
}

/// R² on the predictors of a set of bits.
fn r2_of(among: &DMatrix<f64>, with_target: &[f64], set: u32) -> Option<f64> {
    let members: Vec<usize> = (0..with_target.len()).filter(|j| set & (1 << j) != 0).collect();
    if members.is_empty() {
        return Some(0.0);
    }
    let size = members.len();
    let part = DMatrix::from_fn(size, size, |i, j| among[(members[i], members[j])]);
    let with = DVector::from_fn(size, |i, _| with_target[members[i]]);
    let factor = part.cholesky()?;
    if factor.l_dirty().diagonal().iter().any(|d| d * d <= INDEPENDENT_MIN) {
        return None;
    }
    Some(factor.solve(&with).dot(&with))
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::dmatrix;
    use proptest::prelude::*;

    /// Predictors that share a source, and a target made from them.
    fn regression() -> impl Strategy<Value = (DMatrix<f64>, Vec<f64>)> {
        let shared = prop::collection::vec(-0.9f64..0.9, 4);
        let effects = prop::collection::vec(-0.4f64..0.4, 4);
        (shared, effects).prop_map(|(shared, effects)| {
            let among = DMatrix::from_fn(4, 4, |i, j| if i == j { 1.0 } else { shared[i] * shared[j] });
            let with = &among * DVector::from_vec(effects) * 0.5;
            (among, with.as_slice().to_vec())
        })
    }

    fn orders(rest: &[usize]) -> Vec<Vec<usize>> {
        if rest.is_empty() {
            return vec![Vec::new()];
        }
        let mut all = Vec::new();
        for (at, first) in rest.iter().enumerate() {
            let mut others = rest.to_vec();
            others.remove(at);
            all.extend(orders(&others).into_iter().map(|mut order| {
                order.insert(0, *first);
                order
            }));
        }
        all
    }

    proptest! {
        /// Shares sum to R², are not negative, and the Shapley values are the average over all 24 orders of entry.
        #[test]
        fn shares_sum_to_r2((among, with) in regression()) {
            let r2 = r2_of(&among, &with, 0b1111).unwrap();
            let (johnson, shapley) = (johnson_weights(&among, &with).unwrap(), shapley_values(&among, &with).unwrap());
            for shares in [&johnson, &shapley] {
                prop_assert!((shares.iter().sum::<f64>() - r2).abs() < 1e-12);
                prop_assert!(shares.iter().all(|s| *s > -1e-13));
            }
            let mut brute = vec![0.0; 4];
            let all = orders(&[0, 1, 2, 3]);
            prop_assert_eq!(all.len(), 24);
            for order in &all {
                let mut set = 0;
                for j in order {
                    let before = r2_of(&among, &with, set).unwrap();
                    set |= 1 << j;
                    brute[*j] += (r2_of(&among, &with, set).unwrap() - before) / 24.0;
                }
            }
            for (ours, theirs) in shapley.iter().zip(brute) {
                prop_assert!((ours - theirs).abs() < 1e-12);
            }
        }

        /// For two predictors both methods are the same numbers.
        #[test]
        fn two_predictors_are_shared_alike(r in -0.9f64..0.9, a in -0.5f64..0.5, b in -0.5f64..0.5) {
            let among = dmatrix![1.0, r; r, 1.0];
            let (johnson, shapley) = (johnson_weights(&among, &[a, b]).unwrap(), shapley_values(&among, &[a, b]).unwrap());
            for (x, y) in johnson.iter().zip(&shapley) {
                prop_assert!((x - y).abs() < 1e-10);
            }
        }
    }

    #[test]
    fn uncorrelated_predictors_keep_what_is_theirs() {
        let among = DMatrix::identity(2, 2);
        assert_eq!(shapley_values(&among, &[0.5, 0.25]), Some(vec![0.25, 0.0625]));
        let johnson = johnson_weights(&among, &[0.5, 0.25]).unwrap();
        assert!((johnson[0] - 0.25).abs() < 1e-15 && (johnson[1] - 0.0625).abs() < 1e-15);
    }

    #[test]
    fn undefined_rather_than_wrong() {
        let dependent = dmatrix![1.0, 1.0; 1.0, 1.0];
        assert_eq!(johnson_weights(&dependent, &[0.3, 0.3]), None);
        assert_eq!(shapley_values(&dependent, &[0.3, 0.3]), None);
        assert_eq!(shapley_values(&DMatrix::identity(2, 2), &[0.3]), None);
        assert_eq!(johnson_weights(&DMatrix::zeros(0, 0), &[]), None);
        let many = SHAPLEY_PREDICTORS_MAX + 1;
        assert_eq!(shapley_values(&DMatrix::identity(many, many), &vec![0.1; many]), None);
    }
}
