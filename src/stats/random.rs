//! The generator of every replicate, uniform and normal deviates from the words of a generator, and the normal distribution function.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
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

/// What the random numbers are for; each purpose has a key of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Bootstrap replicates, and other drawn replicate weights.
    Bootstrap,
    /// Random groups of a delete-a-group jackknife.
    Groups,
    /// Permutations of group membership.
    Permutation,
}

/// The generator of one replicate: ChaCha8 with the seed in the first eight bytes of the key (little endian), the purpose in the ninth, zeros
/// elsewhere, and the number of the replicate as stream.
#[must_use]
pub fn generator(seed: u64, purpose: Purpose, replicate: u64) -> ChaCha8Rng {
    let mut key = [0_u8; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8] = match purpose {
        Purpose::Bootstrap => 1,
        Purpose::Groups => 2,
        Purpose::Permutation => 3,
    };
    let mut generator = ChaCha8Rng::from_seed(key);
    generator.set_stream(replicate);
    generator
}

/// A whole number below `bound`, each exactly as likely as the others; 0 for a bound of 0.
///
/// The upper half of a 64-bit product, rejecting the few 32-bit numbers that would favour some results (D. Lemire, "Fast random integer
/// generation in an interval", *ACM Transactions on Modeling and Computer Simulation* 29 (2019) 3, algorithm 5).
pub fn below_u32(generator: &mut ChaCha8Rng, bound: u32) -> u32 {
    if bound == 0 {
        return 0;
    }
    let reject_below = bound.wrapping_neg() % bound;
    loop {
        let product = u64::from(generator.next_u32()) * u64::from(bound);
        if product as u32 >= reject_below {
            return (product >> 32) as u32;
        }
    }
}

/// Fisher–Yates: every order equally likely.
pub fn shuffle<T>(generator: &mut ChaCha8Rng, values: &mut [T]) {
    for last in (1..values.len()).rev() {
        let other = below_u32(generator, last as u32 + 1) as usize;
        values.swap(last, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha12Rng;

    /// Known answer: the block function of ChaCha8 written down in Python from its description, key 1 0 0 0 0 0 0 0 1 0 …, stream 0 and 1.
    #[test]
    fn random_numbers_are_those_that_were_published() {
        let mut first = generator(1, Purpose::Bootstrap, 0);
        let found: Vec<u32> = (0..4).map(|_| below_u32(&mut first, 250)).collect();
        assert_eq!(found, KNOWN);
        let mut other = generator(1, Purpose::Bootstrap, 1);
        assert_eq!((0..4).map(|_| below_u32(&mut other, 250)).collect::<Vec<_>>(), [249, 191, 21, 103]);
    }

    const KNOWN: [u32; 4] = [86, 58, 134, 207];

    #[test]
    fn every_number_below_is_as_likely() {
        let mut generator = generator(9, Purpose::Groups, 0);
        let mut counts = [0_u32; 7];
        (0..70_000).for_each(|_| counts[below_u32(&mut generator, 7) as usize] += 1);
        // Chi-squared with 6 degrees of freedom: 22.46 is the 0.999 quantile.
        let statistic: f64 = counts
            .iter()
            .map(|c| (f64::from(*c) - 10_000.0) * (f64::from(*c) - 10_000.0) / 10_000.0)
            .sum();
        assert!(statistic < 22.46, "{counts:?}");
    }

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
