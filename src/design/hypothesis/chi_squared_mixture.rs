//! Tail of a weighted sum of squared standard normals, `Q = Σ λ_i Z_i²`: what a Pearson statistic of a survey is distributed as.

use crate::stats::chi_squared_upper_tail;
use statrs::function::gamma::checked_gamma_ur;

/// P(Q ≥ x) by the saddlepoint approximation, relative error a few percent at most and falling in the tail; the form
/// `Φ̄(w + ln(v/w)/w)` of Barndorff-Nielsen with `K(ζ) = −½ Σ ln(1 − 2ζλ)`, `K'(ζ̂) = x`, `w = ±√(2(ζ̂x − K(ζ̂)))`, `v = ζ̂√K''(ζ̂)`.
/// Source: Kuonen (1999), Biometrika 86, 929–935. At the mean of Q its limit is taken.
///
/// Weights that are not above 1e-12 of the largest play no part. `None` without a positive weight, or for x that is negative or no
/// number.
#[must_use]
pub fn saddlepoint_tail(x: f64, weights: &[f64]) -> Option<f64> {
    let weights = positive(weights)?;
    if !(x.is_finite() && x >= 0.0) {
        return None;
    }
    if x == 0.0 {
        return Some(1.0);
    }
    let slope = |zeta: f64| weights.iter().map(|l| l / (1.0 - 2.0 * zeta * l)).sum::<f64>();
    let largest = weights.iter().copied().fold(0.0, f64::max);
    // K' rises from 0 to infinity, and K'(−k/(2x)) < x since each term is below 1/(2|ζ|).
    let (mut low, mut high) = (-(weights.len() as f64) / (2.0 * x), 1.0 / (2.0 * largest));
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if slope(middle) < x {
            low = middle;
        } else {
            high = middle;
        }
    }
    let zeta = f64::midpoint(low, high);
    let curvature: f64 = weights.iter().map(|l| 2.0 * (l / (1.0 - 2.0 * zeta * l)).powi(2)).sum();
    let v = zeta * curvature.sqrt();
    let cumulant: f64 = -0.5 * weights.iter().map(|l| libm::log1p(-2.0 * zeta * l)).sum::<f64>();
    let w = (2.0 * (zeta * x - cumulant)).max(0.0).sqrt().copysign(zeta);
    let deviate = if v.abs() < 1e-4 {
        // ln(v/w)/w tends to a sixth of the skewness.
        let third: f64 = weights.iter().map(|l| 8.0 * l.powi(3)).sum();
        let second: f64 = weights.iter().map(|l| 2.0 * l * l).sum();
        w + third / (6.0 * second.powf(1.5))
    } else {
        w + libm::log(v / w) / w
    };
    Some(0.5 * libm::erfc(deviate / std::f64::consts::SQRT_2))
}

/// P(Q ≥ x) by Ruben's series of chi-squared tails, `Σ_k c_k P(χ²_{n+2k} ≥ x/β)`, exact to 1e-12 absolute.
/// Source: Ruben (1962), Annals of Mathematical Statistics 33, 542–570, with β the smallest weight.
///
/// `None` as for [`saddlepoint_tail`], and where the weights are so far apart that 20,000 terms do not do.
#[must_use]
pub fn exact_tail(x: f64, weights: &[f64]) -> Option<f64> {
    let weights = positive(weights)?;
    if !(x.is_finite() && x >= 0.0) {
        return None;
    }
    let n = weights.len() as f64;
    let beta = weights.iter().copied().fold(f64::INFINITY, f64::min);
    // c_0 = Π √(β/λ), c_k = 1/(2k) Σ_{r<k} g_{k−r} c_r, g_m = Σ (1 − β/λ)^m: a distribution over k.
    let ratios: Vec<f64> = weights.iter().map(|l| 1.0 - beta / l).collect();
    let mut powers = ratios.clone();
    let (mut g, mut c) = (Vec::new(), vec![weights.iter().map(|l| (beta / l).sqrt()).product::<f64>()]);
    let (mut mass, mut tail) = (c[0], c[0] * chi_squared_upper_tail(x / beta, n)?);
    for k in 1..20_000_usize {
        if 1.0 - mass < 1e-13 {
            break;
        }
        g.push(powers.iter().sum::<f64>());
        powers.iter_mut().zip(&ratios).for_each(|(p, r)| *p *= r);
        let sum: f64 = (0..k).map(|r| g[k - r - 1] * c[r]).sum();
        let next = sum / (2.0 * k as f64);
        mass += next;
        tail += next * checked_gamma_ur(n / 2.0 + k as f64, x / (2.0 * beta)).ok()?;
        c.push(next);
    }
    // What is left of the distribution lies so far out that its tail is 1.
    let left = (1.0 - mass).max(0.0);
    (left < 1e-6).then_some((tail + left).min(1.0))
}

/// The weights that count.
fn positive(weights: &[f64]) -> Option<Vec<f64>> {
    let largest = weights.iter().copied().fold(0.0, f64::max);
    let usable = largest > 0.0 && weights.iter().all(|w| w.is_finite());
    usable.then(|| weights.iter().copied().filter(|w| *w > 1e-12 * largest).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_weight_is_a_chi_squared() {
        for x in [0.3, 2.0, 9.0, 40.0] {
            for k in [1_usize, 2, 5] {
                let expected = chi_squared_upper_tail(x / 1.7, k as f64).unwrap();
                let exact = exact_tail(x, &vec![1.7; k]).unwrap();
                assert!((exact - expected).abs() < 1e-13, "{exact} is not {expected}");
            }
        }
    }

    /// Two pairs of equal weights: a difference of exponentials, `(a e^{−x/2a} − b e^{−x/2b})/(a − b)`.
    #[test]
    fn two_pairs_have_a_closed_form() {
        for (a, b) in [(3.0_f64, 1.0_f64), (1.0, 0.05), (7.0, 6.5)] {
            for x in [0.1_f64, 1.0, 5.0, 30.0] {
                let expected = (a * (-x / (2.0 * a)).exp() - b * (-x / (2.0 * b)).exp()) / (a - b);
                let exact = exact_tail(x, &[a, a, b, b]).unwrap();
                assert!((exact - expected).abs() < 1e-11, "{a} {b} {x}: {exact} is not {expected}");
            }
        }
    }

    #[test]
    fn nothing_to_sum_is_no_distribution() {
        assert_eq!(exact_tail(1.0, &[]), None);
        assert_eq!(exact_tail(1.0, &[0.0, -1.0]), None);
        assert_eq!(saddlepoint_tail(f64::NAN, &[1.0]), None);
        assert_eq!(saddlepoint_tail(0.0, &[1.0]), Some(1.0));
    }

    proptest! {
        #[test]
        fn the_approximation_is_near(weights in prop::collection::vec(0.2_f64..5.0, 1..8), times in 0.2_f64..6.0) {
            let x = times * weights.iter().sum::<f64>();
            let (exact, near) = (exact_tail(x, &weights).unwrap(), saddlepoint_tail(x, &weights).unwrap());
            prop_assert!((near - exact).abs() < 0.01, "{near} {exact}");
            prop_assume!(exact > 1e-9);
            prop_assert!((near / exact - 1.0).abs() < 0.15, "{near} {exact}");
        }

        #[test]
        fn tails_fall(weights in prop::collection::vec(0.2_f64..5.0, 2..6), x in 0.1_f64..30.0, more in 0.01_f64..5.0) {
            for tail in [exact_tail, saddlepoint_tail] {
                let (at, beyond) = (tail(x, &weights).unwrap(), tail(x + more, &weights).unwrap());
                prop_assert!(beyond <= at + 1e-12);
                prop_assert!((0.0..=1.0).contains(&at));
            }
        }
    }
}
