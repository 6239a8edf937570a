//! Uniform and normal deviates from the words of a generator, and the normal distribution function.

use rand::Rng;
use std::f64::consts::{SQRT_2, TAU};

/// Uniform in [0, 1): the upper 53 bits of a word pair.
#[must_use]
pub fn uniform(rng: &mut impl Rng) -> f64 {
    (rng.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

/// Uniform whole number below `bound` (0 when `bound` is 0): the upper half of a 128-bit product. Its bias is below
/// `bound / 2^64`.
#[must_use]
pub fn below(rng: &mut impl Rng, bound: u64) -> u64 {
    ((u128::from(rng.next_u64()) * u128::from(bound)) >> 64) as u64
}

/// Two independent standard normal deviates (Box and Muller 1958, Annals of Mathematical Statistics 29, 610–611):
/// `√(−2 ln u) · (cos 2πv, sin 2πv)` with `u` in (0, 1].
#[must_use]
pub fn normal_pair(rng: &mut impl Rng) -> [f64; 2] {
    let radius = (-2.0 * libm::log(1.0 - uniform(rng))).sqrt();
    let (sine, cosine) = libm::sincos(TAU * uniform(rng));
    [radius * cosine, radius * sine]
}

/// `Φ(x)`, the standard normal distribution function, as `erfc(−x/√2)/2`.
#[must_use]
pub fn distribution(x: f64) -> f64 {
    0.5 * libm::erfc(-x / SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha12Rng;

    /// Reference: Abramowitz and Stegun, table 26.1: Φ(1) = 0.841344746068543, Φ(2) = 0.977249868051821.
    #[test]
    fn distribution_function_of_the_tables() {
        assert!((distribution(1.0) - 0.841_344_746_068_543).abs() < 1e-14);
        assert!((distribution(2.0) - 0.977_249_868_051_821).abs() < 1e-14);
        assert!((distribution(-1.0) + distribution(1.0) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn deviates_have_the_moments_of_the_normal_distribution() {
        let mut rng = ChaCha12Rng::seed_from_u64(7);
        let draws: Vec<f64> = (0..200_000).flat_map(|_| normal_pair(&mut rng)).collect();
        let n = draws.len() as f64;
        let mean = draws.iter().sum::<f64>() / n;
        let variance = draws.iter().map(|z| (z - mean).powi(2)).sum::<f64>() / n;
        let above = draws.iter().filter(|z| **z > 1.0).count() as f64 / n;
        // Five standard errors of each.
        assert!(mean.abs() < 5.0 / n.sqrt(), "{mean}");
        assert!((variance - 1.0).abs() < 5.0 * (2.0 / n).sqrt(), "{variance}");
        let p = 1.0 - distribution(1.0);
        assert!((above - p).abs() < 5.0 * (p * (1.0 - p) / n).sqrt(), "{above}");
    }

    #[test]
    fn whole_numbers_stay_below_their_bound() {
        let mut rng = ChaCha12Rng::seed_from_u64(1);
        assert!((0..1000).all(|_| below(&mut rng, 3) < 3));
        assert_eq!(below(&mut rng, 0), 0);
    }
}
