//! Tail of a weighted sum of squared standard normals, `Q = Σ λ_i Z_i²`: what a Pearson statistic of a survey is distributed as; and of
//! its ratio to an independent `χ²_ν/ν`, where the λ were themselves estimated with ν degrees of freedom.

use super::f_upper_tail;
use crate::stats::{chi_squared_upper_tail, squared};
use statrs::function::gamma::checked_gamma_ur;

/// `Q ≥ x`, or with degrees of freedom `Q ≥ x χ²_ν/ν`, as a sum of squared normals at or above a line: weights with multiplicity.
struct SignedSum {
    weights: Vec<(f64, f64)>,
    line: f64,
}

impl SignedSum {
    /// K'(ζ) of the cumulant generating function `K(ζ) = −½ Σ m ln(1 − 2ζλ)`.
    fn slope(&self, zeta: f64) -> f64 {
        self.weights.iter().map(|(l, m)| m * l / (1.0 - 2.0 * zeta * l)).sum()
    }

    /// Where K' takes every value: bounds of the saddlepoint.
    fn bounds(&self) -> (f64, f64) {
        let largest = self.weights.iter().map(|(l, _)| *l).fold(0.0, f64::max);
        let smallest = self.weights.iter().map(|(l, _)| *l).fold(0.0, f64::min);
        let low = if smallest < 0.0 {
            1.0 / (2.0 * smallest)
        } else {
            // Each term of K' is below m/(2|ζ|).
            -self.weights.iter().map(|(_, m)| m).sum::<f64>() / (2.0 * self.line)
        };
        (low, 1.0 / (2.0 * largest))
    }

    /// The ζ with K'(ζ) = line, by bisection to the last digit.
    fn saddlepoint(&self) -> f64 {
        let (mut low, mut high) = self.bounds();
        for _ in 0..200 {
            let middle = f64::midpoint(low, high);
            if self.slope(middle) < self.line {
                low = middle;
            } else {
                high = middle;
            }
        }
        f64::midpoint(low, high)
    }

    fn tail(&self) -> f64 {
        let zeta = self.saddlepoint();
        let sum = |term: &dyn Fn(f64) -> f64| self.weights.iter().map(|(l, m)| m * term(*l)).sum::<f64>();
        let v = zeta * sum(&|l| 2.0 * squared(l / (1.0 - 2.0 * zeta * l))).sqrt();
        let cumulant = -0.5 * sum(&|l| libm::log1p(-2.0 * zeta * l));
        let w = (2.0 * (zeta * self.line - cumulant)).max(0.0).sqrt().copysign(zeta);
        let deviate = if v.abs() < 1e-4 {
            // At the mean ln(v/w)/w tends to a sixth of the skewness.
            w + sum(&|l| 8.0 * l.powi(3)) / (6.0 * sum(&|l| 2.0 * l * l).powf(1.5))
        } else {
            w + libm::log(v / w) / w
        };
        0.5 * libm::erfc(deviate / std::f64::consts::SQRT_2)
    }
}

/// P(Q ≥ x), or with `df` `P(Q ≥ x χ²_ν/ν)`, by the saddlepoint approximation; the error is below 0.02 and a few
/// percent of the tail. The form
/// is `Φ̄(w + ln(v/w)/w)` with `K'(ζ) = x`, `w = ±√(2(ζx − K(ζ)))`, `v = ζ√K''(ζ)`. Source: Kuonen (1999), Biometrika 86, 929–935.
///
/// Weights that are not above 1e-12 of the largest play no part. `None` without a positive weight, for df that are not positive, or
/// for x that is negative or no number.
#[must_use]
pub fn saddlepoint_tail(x: f64, weights: &[f64], df: Option<f64>) -> Option<f64> {
    let weights = positive(x, weights, df)?;
    if x == 0.0 {
        return Some(1.0);
    }
    let mut signed: Vec<(f64, f64)> = weights.into_iter().map(|l| (l, 1.0)).collect();
    signed.extend(df.map(|df| (-x / df, df)));
    signed_saddlepoint_tail(if df.is_some() { 0.0 } else { x }, &signed)
}

/// `P(Σ λ χ²_m ≥ line)` by the same approximation, for weights λ of either sign and multiplicities m: `(λ, m)`. A ratio is such a sum
/// against 0. `None` without a positive weight or for a line that no sum can reach: 0 or less without a negative weight.
#[must_use]
pub fn signed_saddlepoint_tail(line: f64, weights: &[(f64, f64)]) -> Option<f64> {
    let finite = line.is_finite() && weights.iter().all(|(l, m)| l.is_finite() && m.is_finite() && *m > 0.0);
    let (up, down) = (weights.iter().any(|(l, _)| *l > 0.0), weights.iter().any(|(l, _)| *l < 0.0));
    (finite && up && (down || line > 0.0)).then(|| {
        let weights = weights.to_vec();
        SignedSum { weights, line }.tail()
    })
}

/// The same probability by Ruben's series of chi-squared tails, `Σ_k c_k P(χ²_{n+2k} ≥ x/β)`, with `df` of F tails; exact to 1e-12.
/// Source: Ruben (1962), Annals of Mathematical Statistics 33, 542–570, with β the smallest weight.
///
/// `None` as for [`saddlepoint_tail`], and where the weights are so far apart that 20,000 terms do not do.
#[must_use]
pub fn exact_tail(x: f64, weights: &[f64], df: Option<f64>) -> Option<f64> {
    let weights = positive(x, weights, df)?;
    let n = weights.len() as f64;
    let beta = weights.iter().copied().fold(f64::INFINITY, f64::min);
    let term = |k: usize| {
        let own = n + 2.0 * k as f64;
        match df {
            Some(df) => f_upper_tail(x / (beta * own), own, df),
            None if k == 0 => chi_squared_upper_tail(x / beta, own),
            None => checked_gamma_ur(own / 2.0, x / (2.0 * beta)).ok().or((x == 0.0).then_some(1.0)),
        }
    };
    // c_0 = Π √(β/λ), c_k = 1/(2k) Σ_{r<k} g_{k−r} c_r, g_m = Σ (1 − β/λ)^m: a distribution over k.
    let ratios: Vec<f64> = weights.iter().map(|l| 1.0 - beta / l).collect();
    let mut powers = ratios.clone();
    let first = weights.iter().map(|l| (beta / l).sqrt()).product::<f64>();
    let (mut g, mut c) = (Vec::new(), vec![first]);
    let (mut mass, mut tail) = (first, first * term(0)?);
    for k in 1..20_000_usize {
        if 1.0 - mass < 1e-13 {
            break;
        }
        g.push(powers.iter().sum::<f64>());
        powers.iter_mut().zip(&ratios).for_each(|(p, r)| *p *= r);
        let next = g.iter().rev().zip(&c).map(|(g, c)| g * c).sum::<f64>() / (2.0 * k as f64);
        mass += next;
        tail += next * term(k)?;
        c.push(next);
    }
    // What is left of the distribution lies so far out that its tail is 1.
    let left = (1.0 - mass).max(0.0);
    (left < 1e-6).then_some((tail + left).min(1.0))
}

/// The weights that count, where the question has an answer.
fn positive(x: f64, weights: &[f64], df: Option<f64>) -> Option<Vec<f64>> {
    let largest = weights.iter().copied().fold(0.0, f64::max);
    let sensible = x.is_finite() && x >= 0.0 && df.is_none_or(|df| df.is_finite() && df > 0.0);
    let usable = sensible && largest > 0.0 && weights.iter().all(|w| w.is_finite());
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
                let exact = exact_tail(x, &vec![1.7; k], None).unwrap();
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
                let exact = exact_tail(x, &[a, a, b, b], None).unwrap();
                assert!((exact - expected).abs() < 1e-11, "{a} {b} {x}: {exact} is not {expected}");
            }
        }
    }

    /// Equal weights over a chi-squared are Fisher's F; many degrees of freedom are none.
    #[test]
    fn equal_weights_over_a_chi_squared_are_an_f() {
        for x in [0.3, 2.0, 9.0, 40.0] {
            let exact = exact_tail(x, &[1.7; 3], Some(11.0)).unwrap();
            let expected = f_upper_tail(x / (1.7 * 3.0), 3.0, 11.0).unwrap();
            assert!((exact - expected).abs() < 1e-13, "{exact} is not {expected}");
            let (many, none) = (
                exact_tail(x, &[1.7, 0.4], Some(1e6)).unwrap(),
                exact_tail(x, &[1.7, 0.4], None).unwrap(),
            );
            assert!((many - none).abs() < 3e-6, "{many} is not {none}");
        }
    }

    #[test]
    fn nothing_to_sum_is_no_distribution() {
        assert_eq!(exact_tail(1.0, &[], None), None);
        assert_eq!(exact_tail(1.0, &[0.0, -1.0], None), None);
        assert_eq!(saddlepoint_tail(f64::NAN, &[1.0], None), None);
        assert_eq!(saddlepoint_tail(0.0, &[1.0], Some(4.0)), Some(1.0));
    }

    proptest! {
        #[test]
        fn the_approximation_is_near(weights in prop::collection::vec(0.2_f64..5.0, 1..8), times in 0.2_f64..6.0, df in prop::option::of(8.0_f64..300.0)) {
            let x = times * weights.iter().sum::<f64>();
            let (exact, near) = (exact_tail(x, &weights, df).unwrap(), saddlepoint_tail(x, &weights, df).unwrap());
            prop_assert!((near - exact).abs() < 0.02, "{near} {exact}");
            prop_assume!(exact > 1e-9);
            prop_assert!((near / exact - 1.0).abs() < 0.15, "{near} {exact}");
        }

        #[test]
        fn tails_fall(weights in prop::collection::vec(0.2_f64..5.0, 2..6), x in 0.1_f64..30.0, more in 0.01_f64..5.0, df in prop::option::of(3.0_f64..300.0)) {
            for tail in [exact_tail, saddlepoint_tail] {
                let (at, beyond) = (tail(x, &weights, df).unwrap(), tail(x + more, &weights, df).unwrap());
                prop_assert!(beyond <= at + 1e-12);
                prop_assert!((0.0..=1.0).contains(&at));
            }
        }
    }
}
