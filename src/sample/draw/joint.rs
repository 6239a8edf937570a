//! Joint inclusion probabilities `π_kl` of designs with unequal probabilities, and the variance of a total that follows.
//!
//! For small frames, such as a list of branches: the work grows with N³n. The diagonal holds `π_k`. Sources: Sampford (1967);
//! Chen, Dempster & Liu (1994) for maximum entropy; Tillé (1996) and (2006), Sampling Algorithms; Madow (1949); Horvitz &
//! Thompson (1952); Sen (1953), Yates & Grundy (1953).

use super::pps::{PpsError, inclusion_probabilities};
use nalgebra::DMatrix;

/// A design with fixed size and unequal probabilities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JointDesign {
    /// Sampford's.
    Sampford,
    /// Tillé's elimination.
    Tille,
    /// Systematic in the order given.
    Systematic,
    /// Maximum entropy (conditional Poisson).
    MaximumEntropy,
    /// Midzuno's generalised: the complement of Tillé's elimination.
    Midzuno,
}

/// Why there are no joint probabilities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JointError {
    /// A probability outside 0 to 1.
    #[error("unit {unit} has a probability outside 0 to 1")]
    Probability {
        /// Position of the unit, from 0.
        unit: usize,
    },
    /// The probabilities do not sum to a whole number.
    #[error("the probabilities do not sum to a whole number")]
    Sum,
    /// The elimination met impossible sizes.
    #[error(transparent)]
    Pps(#[from] PpsError),
    /// The iteration for maximum entropy did not settle.
    #[error("the iteration for maximum entropy did not settle")]
    NotConverged,
}

/// What a sum of probabilities may be off a whole number.
const WHOLE: f64 = 1e-6;

/// The matrix of `π_kl` for target probabilities. Certain units (1) and impossible ones (0) take no part in the design of the others.
///
/// # Errors
///
/// [`JointError`] names what is wrong with the probabilities.
pub fn joint_probabilities(design: JointDesign, probabilities: &[f64]) -> Result<DMatrix<f64>, JointError> {
    if let Some(unit) = probabilities.iter().position(|p| !(0.0..=1.0).contains(p)) {
        return Err(JointError::Probability { unit });
    }
    let open: Vec<usize> = (0..probabilities.len())
        .filter(|k| probabilities.get(*k).is_some_and(|p| *p > 0.0 && *p < 1.0))
        .collect();
    let inner: Vec<f64> = open.iter().filter_map(|k| probabilities.get(*k).copied()).collect();
    let sum: f64 = inner.iter().sum();
    let wanted = (sum + 0.5).floor();
    if (sum - wanted).abs() > WHOLE {
        return Err(JointError::Sum);
    }
    let n = wanted as usize;
    let of_open = match design {
        JointDesign::Sampford => sampford(&inner, n),
        JointDesign::Tille => tille(&inner, n)?,
        JointDesign::Systematic => systematic(&inner),
        // The smaller side settles sooner, and the complement of maximum entropy has maximum entropy.
        JointDesign::MaximumEntropy if 2 * n > inner.len() => {
            let complement: Vec<f64> = inner.iter().map(|p| 1.0 - p).collect();
            of_complement(&inner, &maximum_entropy(&complement, inner.len() - n)?)
        }
        JointDesign::MaximumEntropy => maximum_entropy(&inner, n)?,
        JointDesign::Midzuno => {
            let complement: Vec<f64> = inner.iter().map(|p| 1.0 - p).collect();
            of_complement(&inner, &tille(&complement, inner.len() - n)?)
        }
    };
    // Independent of the rest: certain with anything is that thing's own probability.
    let place = |k: usize| open.binary_search(&k).ok();
    let own = |k: usize| probabilities.get(k).copied().unwrap_or(0.0);
    Ok(DMatrix::from_fn(probabilities.len(), probabilities.len(), |k, l| {
        match (place(k), place(l)) {
            (Some(a), Some(b)) => of_open[(a, b)],
            _ if k == l => own(k),
            _ => own(k) * own(l),
        }
    }))
}

/// Both in the sample, from both outside of it: `π_k` + `π_l` − 1 + P(neither).
fn of_complement(probabilities: &[f64], outside: &DMatrix<f64>) -> DMatrix<f64> {
    let joint = |k: usize, l: usize| {
        if k == l {
            probabilities[k]
        } else {
            probabilities[k] + probabilities[l] - 1.0 + outside[(k, l)]
        }
    };
    DMatrix::from_fn(probabilities.len(), probabilities.len(), joint)
}

/// Σ over all sets of `n` units of Π λ, and of Π λ · Σ β: coefficients of Π(1 + `λ_k`·z·(1 + ε·`β_k`)), the part without ε and the part of ε.
fn symmetric(odds: impl Iterator<Item = (f64, f64)>, n: usize) -> (f64, f64) {
    let mut plain = vec![0.0; n + 1];
    let mut marked = vec![0.0; n + 1];
    if let Some(first) = plain.first_mut() {
        *first = 1.0;
    }
    for (odds, mark) in odds {
        for m in (1..=n).rev() {
            let (below, below_marked) = (plain[m - 1], marked[m - 1]);
            plain[m] += odds * below;
            marked[m] += odds * (below_marked + mark * below);
        }
    }
    (plain.last().copied().unwrap_or(0.0), marked.last().copied().unwrap_or(0.0))
}

/// Sampford: P(s) ∝ Π_{k∈s} `λ_k` · Σ_{k∈s} (1 − `π_k`), λ = π/(1−π).
fn sampford(probabilities: &[f64], n: usize) -> DMatrix<f64> {
    let units: Vec<(f64, f64)> = probabilities.iter().map(|p| (p / (1.0 - p), 1.0 - p)).collect();
    let (_, all) = symmetric(units.iter().copied(), n);
    let pair = |k: usize, l: usize| {
        if n < 2 {
            return 0.0;
        }
        let others = units.iter().enumerate().filter(|(j, _)| *j != k && *j != l).map(|(_, u)| *u);
        let (plain, marked) = symmetric(others, n - 2);
        let ((a, mark_a), (b, mark_b)) = (units[k], units[l]);
        a * b * (marked + (mark_a + mark_b) * plain) / all
    };
    symmetric_matrix(probabilities, pair)
}

/// Tillé's elimination: from all units down to n, unit k leaves step i with `r_k(i)` = 1 − `π_k(i)`/`π_k(i+1)`; a pair stays with
/// Π (1 − `r_k` − `r_l`).
fn tille(probabilities: &[f64], n: usize) -> Result<DMatrix<f64>, JointError> {
    let count = probabilities.len();
    let mut before = vec![1.0; count];
    let mut joint = DMatrix::from_element(count, count, 1.0);
    for size in (n..count).rev() {
        let now = inclusion_probabilities(probabilities, size as u64)?;
        let leaves: Vec<f64> = now.iter().zip(&before).map(|(a, b)| 1.0 - a / b).collect();
        for k in 0..count {
            for l in 0..count {
                joint[(k, l)] *= 1.0 - leaves[k] - if k == l { 0.0 } else { leaves[l] };
            }
        }
        before = now;
    }
    Ok(joint)
}

/// Systematic: the measure of the starts that take both. Between neighbouring fractional parts of the running sums the sample is
/// always the same.
fn systematic(probabilities: &[f64]) -> DMatrix<f64> {
    let mut sum = crate::stats::CompensatedSum::new();
    let mut ends = vec![0.0];
    for p in probabilities {
        sum.insert(*p);
        let end = sum.finish();
        // A whole number in truth must not lie a little below itself.
        let nearest = (end + 0.5).floor();
        ends.push(if (end - nearest).abs() < 1e-12 * end { nearest } else { end });
    }
    let mut cuts: Vec<f64> = ends.iter().map(|end| end - end.floor()).chain([1.0]).collect();
    cuts.sort_by(f64::total_cmp);
    let count = probabilities.len();
    let mut joint = DMatrix::zeros(count, count);
    for pair in cuts.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let middle = f64::midpoint(from, to);
        // Unit k holds middle + j for a whole j.
        let taken: Vec<usize> = (0..count)
            .filter(|k| (ends[*k] - middle).ceil() < (ends[k + 1] - middle).ceil())
            .collect();
        for k in &taken {
            for l in &taken {
                joint[(*k, *l)] += to - from;
            }
        }
    }
    joint
}

/// Maximum entropy: P(s) ∝ Π_{k∈s} exp `θ_k` with θ such that the inclusion probabilities are the targets: the maximum of the concave
/// Σ `π_k`·`θ_k` − ln Σ over samples of Π exp θ (Chen, Dempster & Liu 1994), found by Newton's method with halved steps. Its second derivative is minus
/// the covariance of the indicators, which has rank N − 1, since their sum is fixed.
fn maximum_entropy(probabilities: &[f64], n: usize) -> Result<DMatrix<f64>, JointError> {
    const ROUNDS: usize = 100;
    const SETTLED: f64 = 1e-13;
    /// Good enough where rounding allows no further step.
    const NEARLY: f64 = 1e-10;
    let count = probabilities.len();
    let target = nalgebra::DVector::from_column_slice(probabilities);
    let mut theta = target.map(|p| libm::log(p / (1.0 - p)));
    let mut joint = conditional_poisson(&theta, n);
    let off = |joint: &DMatrix<f64>| (&target - joint.diagonal()).amax();
    for _ in 0..ROUNDS {
        if off(&joint) < SETTLED {
            break;
        }
        let reached = joint.diagonal();
        let covariance = &joint - &reached * reached.transpose() + DMatrix::from_element(count, count, 1.0 / count as f64);
        let step = covariance.lu().solve(&(&target - reached)).ok_or(JointError::NotConverged)?;
        let halved = (0..40).map(|halvings| &theta + &step * libm::pow(0.5, f64::from(halvings)));
        let tried = halved.map(|next| (conditional_poisson(&next, n), next));
        let Some((next_joint, next)) = tried.into_iter().find(|(next_joint, _)| off(next_joint) < off(&joint)) else {
            break;
        };
        (joint, theta) = (next_joint, next);
    }
    if off(&joint) > NEARLY {
        return Err(JointError::NotConverged);
    }
    Ok(symmetric_matrix(probabilities, |k, l| joint[(k, l)]))
}

/// Inclusion probabilities of the conditional Poisson design with log odds θ, single ones on the diagonal.
fn conditional_poisson(theta: &nalgebra::DVector<f64>, n: usize) -> DMatrix<f64> {
    // The scale of the odds has no say; around 1 nothing overflows.
    let middle = theta.mean();
    let omega: Vec<f64> = theta.iter().map(|t| libm::exp(t - middle)).collect();
    let all = symmetric(omega.iter().map(|w| (*w, 0.0)), n).0;
    let without = |k: usize, l: usize, n: usize| {
        let others = omega.iter().enumerate().filter(|(j, _)| *j != k && *j != l);
        symmetric(others.map(|(_, w)| (*w, 0.0)), n).0
    };
    let pair = |k: usize, l: usize| match (k == l, n) {
        (_, 0) | (false, 1) => 0.0,
        (true, _) => omega[k] * without(k, k, n - 1) / all,
        (false, _) => omega[k] * omega[l] * without(k, l, n - 2) / all,
    };
    DMatrix::from_fn(omega.len(), omega.len(), pair)
}

fn symmetric_matrix(probabilities: &[f64], pair: impl Fn(usize, usize) -> f64) -> DMatrix<f64> {
    let count = probabilities.len();
    let mut joint = DMatrix::from_fn(count, count, |k, l| if k == l { probabilities[k] } else { 0.0 });
    for k in 0..count {
        for l in 0..k {
            let value = pair(k, l);
            joint[(k, l)] = value;
            joint[(l, k)] = value;
        }
    }
    joint
}

/// A total estimated from a sample with unequal probabilities, and two estimates of its variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TotalEstimate {
    /// Σ `y_k`/`π_k` (Horvitz & Thompson 1952).
    pub total: f64,
    /// Σ (1−`π_k`)·`y_k`²/`π_k`² + Σ_{k≠l} (`π_kl` − `π_k`·`π_l`)/(`π_k`·`π_l`·`π_kl`)·`y_k`·`y_l`; may be negative.
    pub variance_horvitz_thompson: f64,
    /// −½ Σ_{k≠l} (`π_kl` − `π_k`·`π_l`)/`π_kl`·(`y_k`/`π_k` − `y_l`/`π_l`)²: for designs of fixed size.
    pub variance_sen_yates_grundy: f64,
}

/// Estimates a total. `values` belong to the sampled units, `joint` to the same units in the same order. `None` when a joint
/// probability is 0, where the variance cannot be estimated, or the lengths differ.
#[must_use]
pub fn estimate_total(values: &[f64], joint: &DMatrix<f64>) -> Option<TotalEstimate> {
    let count = values.len();
    if joint.nrows() != count || joint.ncols() != count || joint.iter().any(|p| *p <= 0.0) {
        return None;
    }
    let mut total = crate::stats::CompensatedSum::new();
    let (mut plain, mut differences) = (crate::stats::CompensatedSum::new(), crate::stats::CompensatedSum::new());
    for k in 0..count {
        let (own, y) = (joint[(k, k)], values[k]);
        total.insert(y / own);
        plain.insert((1.0 - own) * (y / own) * (y / own));
        for l in (0..count).filter(|l| *l != k) {
            let (other, both) = (joint[(l, l)], joint[(k, l)]);
            let excess = (both - own * other) / both;
            plain.insert(excess * (y / own) * (values[l] / other));
            let difference = y / own - values[l] / other;
            differences.insert(-0.5 * excess * difference * difference);
        }
    }
    Some(TotalEstimate {
        total: total.finish(),
        variance_horvitz_thompson: plain.finish(),
        variance_sen_yates_grundy: differences.finish(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn impossible_probabilities_are_named() {
        let error = |p: &[f64]| joint_probabilities(JointDesign::Sampford, p).unwrap_err();
        assert_eq!(error(&[0.5, 1.2]), JointError::Probability { unit: 1 });
        assert_eq!(error(&[0.5, 0.2]), JointError::Sum);
        assert_eq!(estimate_total(&[1.0], &DMatrix::zeros(1, 1)), None);
    }

    /// A certain unit is with every other exactly when the other is there.
    #[test]
    fn a_certain_unit_is_with_everybody() {
        let p = [1.0, 0.4, 0.7, 0.9, 0.0];
        let joint = joint_probabilities(JointDesign::Sampford, &p).unwrap();
        for (l, own) in p.iter().enumerate() {
            assert_eq!(joint[(0, l)], *own);
        }
    }

    proptest! {
        /// Σ_l π_kl = n·π_k for every design of fixed size.
        #[test]
        fn rows_sum_to_n_times_the_own_probability(sizes in prop::collection::vec(0.5_f64..20.0, 3..9), share in 0.1_f64..0.9) {
            let n = ((sizes.len() as f64 * share) as u64).max(1);
            let p = inclusion_probabilities(&sizes, n).unwrap();
            let designs = [JointDesign::Sampford, JointDesign::Tille, JointDesign::Systematic, JointDesign::MaximumEntropy, JointDesign::Midzuno];
            for design in designs {
                let joint = joint_probabilities(design, &p).unwrap();
                for (k, own) in p.iter().enumerate() {
                    let row: f64 = (0..p.len()).map(|l| joint[(k, l)]).sum();
                    prop_assert!((row - n as f64 * own).abs() < 1e-8, "{:?} {} {}", design, row, own);
                    prop_assert!((joint[(k, k)] - own).abs() < 1e-9, "{:?}", design);
                }
            }
        }
    }
}
