//! Do the drawn units lie evenly over the frame?

use crate::stats::{chi_squared_upper_tail, normal_two_sided_p};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Kolmogorov–Smirnov test of (position − ½)/N against the uniform distribution.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KolmogorovSmirnov {
    /// Greatest distance between the two distribution functions, 0 to 1.
    pub distance: f64,
    /// P(D ≥ distance): exact below 100 units (Marsaglia, Tsang & Wang 2003), asymptotic from there on.
    pub p_value: f64,
}

/// The test for sorted positions 1 to `frame`. Drawing without replacement makes the true p a little larger. `None` without units.
#[must_use]
pub fn kolmogorov_smirnov(sorted: &[u64], frame: u64) -> Option<KolmogorovSmirnov> {
    let n = sorted.len() as f64;
    if sorted.is_empty() || frame == 0 {
        return None;
    }
    let distance = sorted.iter().enumerate().fold(0.0_f64, |greatest, (rank, position)| {
        let u = (*position as f64 - 0.5) / frame as f64;
        greatest.max(u - rank as f64 / n).max((rank as f64 + 1.0) / n - u)
    });
    let p_value = if sorted.len() < 100 {
        1.0 - exact_below(sorted.len(), distance)
    } else {
        asymptotic_above(n * distance * distance)
    };
    Some(KolmogorovSmirnov {
        distance,
        p_value: p_value.clamp(0.0, 1.0),
    })
}

/// 2·Σ (−1)^{k−1}·exp(−2k²·nD²).
fn asymptotic_above(n_distance_square: f64) -> f64 {
    if n_distance_square < 0.02 {
        // The series converges slowly where the answer is 1 to all digits.
        return 1.0;
    }
    let term = |k: f64| 2.0 * libm::exp(-2.0 * k * k * n_distance_square);
    (1..=60).fold(0.0, |sum, k| {
        if k % 2 == 1 {
            sum + term(f64::from(k))
        } else {
            sum - term(f64::from(k))
        }
    })
}

/// P(D < d) for n values by the matrix of Marsaglia, Tsang & Wang (2003), Journal of Statistical Software 8(18).
fn exact_below(n: usize, distance: f64) -> f64 {
    let nd = n as f64 * distance;
    let k = nd.floor() as usize + 1;
    let (m, h) = (2 * k - 1, k as f64 - nd);
    let power = |i: usize| libm::pow(h, i as f64);
    let mut matrix = nalgebra::DMatrix::from_fn(m, m, |i, j| if i + 1 >= j { 1.0 } else { 0.0 });
    for i in 0..m {
        matrix[(i, 0)] -= power(i + 1);
        matrix[(m - 1, i)] -= power(m - i);
    }
    matrix[(m - 1, 0)] += if 2.0 * h > 1.0 { libm::pow(2.0 * h - 1.0, m as f64) } else { 0.0 };
    for i in 0..m {
        for j in 0..m {
            for g in 1..=(i + 1).saturating_sub(j) {
                matrix[(i, j)] /= g as f64;
            }
        }
    }
    // n!/nⁿ is taken in step by step, so that nothing over- or underflows.
    let mut product = nalgebra::DMatrix::identity(m, m);
    for step in 1..=n {
        product = &product * &matrix * (step as f64 / n as f64);
    }
    product[(k - 1, k - 1)]
}

/// Units in the ten parts of the frame.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Deciles {
    /// Last position of each part.
    pub ends: Vec<u64>,
    /// Units drawn in each.
    pub observed: Vec<u64>,
    /// Units expected in each.
    pub expected: Vec<f64>,
    /// Pearson's X².
    pub statistic: f64,
    /// Tail probability with 9 degrees of freedom.
    pub p_value: f64,
}

/// The ten parts of the frame, held against the units drawn in each. `None` below 50 units, where fewer than 5 would be expected.
#[must_use]
pub fn deciles(sorted: &[u64], frame: u64) -> Option<Deciles> {
    const PARTS: u64 = 10;
    if sorted.len() < 50 || frame < PARTS {
        return None;
    }
    let ends: Vec<u64> = (1..=PARTS).map(|part| (frame * part * 2 + PARTS) / (2 * PARTS)).collect();
    let within = |end: &u64| sorted.partition_point(|p| p <= end) as u64;
    let mut before = (0, 0);
    let (mut observed, mut expected, mut statistic) = (Vec::new(), Vec::new(), 0.0);
    for end in &ends {
        let here = within(end);
        let share = sorted.len() as f64 * (end - before.0) as f64 / frame as f64;
        let off = (here - before.1) as f64 - share;
        observed.push(here - before.1);
        expected.push(share);
        statistic += off * off / share;
        before = (*end, here);
    }
    let p_value = chi_squared_upper_tail(statistic, PARTS as f64 - 1.0)?;
    Some(Deciles {
        ends,
        observed,
        expected,
        statistic,
        p_value,
    })
}

/// Stretches of the frame without a drawn unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Gaps {
    /// (N+1)/(n+1), the mean distance of neighbours, both ends of the frame included.
    pub mean: f64,
    /// The greatest distance.
    pub greatest: u64,
    /// P(greatest distance ≥ this one) in a simple random sample.
    pub p_value: f64,
}

/// The greatest gap. With all distances alike in distribution, P(max ≥ g) = Σ_{j≥1} (−1)^{j−1}·C(n+1, j)·C(N − j(g−1), n)/C(N, n).
/// Where more than 10 such gaps are expected the p is 1 to three digits and given as 1. `None` without units.
#[must_use]
pub fn gaps(sorted: &[u64], frame: u64) -> Option<Gaps> {
    let n = sorted.len() as u64;
    if n == 0 || n > frame {
        return None;
    }
    let mut greatest = 0;
    let mut before = 0;
    for position in sorted.iter().copied().chain([frame + 1]) {
        greatest = greatest.max(position.saturating_sub(before));
        before = position;
    }
    let ln_choose = |n: f64, k: f64| libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0);
    let (all, drawn) = (frame as f64, n as f64);
    let term = |j: u64| -> Option<f64> {
        let left = frame.checked_sub(j.checked_mul(greatest - 1)?)?;
        // ln C(N − j(g−1), n) − ln C(N, n) as one difference of each part, to keep digits.
        let parts = ln_choose(left as f64, drawn) - ln_choose(all, drawn);
        (left >= n).then(|| libm::exp(ln_choose(drawn + 1.0, j as f64) + parts))
    };
    let first = term(1).unwrap_or(0.0);
    let mut p_value = 1.0;
    if first <= 10.0 {
        let terms = (1..=n + 1).map_while(term).take_while(|t| *t > 1e-18);
        let signed = terms.enumerate().map(|(j, t)| if j % 2 == 0 { t } else { -t });
        p_value = signed.sum::<f64>().clamp(0.0, 1.0);
    }
    Some(Gaps {
        mean: (all + 1.0) / (drawn + 1.0),
        greatest,
        p_value,
    })
}

/// Wilcoxon's rank sum of the drawn units against those not drawn (Mann & Whitney 1947).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RankSum {
    /// Σ positions − n(n+1)/2.
    pub statistic: f64,
    /// Two-sided p by the normal distribution, without continuity correction.
    pub p_value: f64,
}

/// Whether drawn units stand nearer to one end of the frame. `None` when nobody or everybody is drawn.
#[must_use]
pub fn rank_sum(sorted: &[u64], frame: u64) -> Option<RankSum> {
    let n = sorted.len() as u64;
    let rest = frame.checked_sub(n)?;
    if n == 0 || rest == 0 {
        return None;
    }
    let sum: u128 = sorted.iter().map(|p| u128::from(*p)).sum();
    let least = u128::from(n) * (u128::from(n) + 1) / 2;
    let statistic = sum.checked_sub(least)? as f64;
    let (a, b) = (n as f64, rest as f64);
    let off = statistic - a * b / 2.0;
    let sd = (a * b * (a + b + 1.0) / 12.0).sqrt();
    let z = off / sd;
    Some(RankSum {
        statistic,
        p_value: normal_two_sided_p(z)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// P(D < d) for n = 10, d = 0.274, as the authors of the method print it; and the closed forms for one value.
    #[test]
    fn the_exact_distribution() {
        assert!(
            (exact_below(10, 0.274) - 0.628_479_615_4).abs() < 1e-9,
            "{}",
            exact_below(10, 0.274)
        );
        for d in [0.55, 0.7, 0.9] {
            assert!((exact_below(1, d) - (2.0 * d - 1.0)).abs() < 1e-14);
        }
        // From 100 units on the other form is used; they nearly meet.
        let (exact, rough) = (1.0 - exact_below(99, 0.11), asymptotic_above(99.0 * 0.11 * 0.11));
        assert!((exact - rough).abs() < 0.02, "{exact} {rough}");
    }

    #[test]
    fn nothing_drawn_is_no_test() {
        assert_eq!(kolmogorov_smirnov(&[], 5), None);
        assert_eq!(gaps(&[], 5), None);
        assert_eq!(rank_sum(&[1, 2], 2), None);
        assert_eq!(deciles(&[1, 2], 20), None);
    }

    proptest! {
        /// The p of the greatest gap against every sample of a small frame.
        #[test]
        fn the_greatest_gap_by_enumeration(frame in 3_u64..12, mask in 1_u32..2048) {
            let positions = |mask: u32| (1..=frame).filter(|p| mask & (1 << (p - 1)) != 0).collect::<Vec<u64>>();
            let drawn = positions(mask);
            prop_assume!(!drawn.is_empty());
            let test = gaps(&drawn, frame).unwrap();
            let (mut all, mut as_great) = (0.0, 0.0);
            for other in 0_u32..1 << frame {
                let other = positions(other);
                if other.len() == drawn.len() {
                    all += 1.0;
                    as_great += f64::from(u8::from(gaps(&other, frame).unwrap().greatest >= test.greatest));
                }
            }
            let expected: f64 = as_great / all;
            prop_assert!((test.p_value - expected).abs() < 1e-9, "{} {}", test.p_value, expected);
        }
    }
}
