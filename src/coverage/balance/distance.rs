//! Distances between the distribution of the sample and that of the target: of categories, and of numbers.
//!
//! - Kullback–Leibler: `Σ p ln(p/q)`, nats, p the sample's shares; both are held at or above 1e−12.
//! - Wasserstein (earth mover's): `∫ |F − G|`, in the unit of the values, or in steps between neighbouring categories.
//! - Cramér–von Mises: `Σ (F − G)² h`, h the pooled mass, 0 to 1.
//! - Kolmogorov–Smirnov: `max |F − G|`, 0 to 1.
//!
//! The last three need an order; for categories it is the order given, so for nominal ones they mean little.
//! Sources: Kullback and Leibler (1951); Vallender (1974), Theory of Probability and its Applications 18, 784–786; Anderson (1962),
//! Annals of Mathematical Statistics 33, 1148–1159; conventions as in Sarig, Galili and Eilat (2023), balance.

use super::Weighted;
use std::collections::BTreeMap;

/// Least share that enters a logarithm.
const SMALLEST_SHARE: f64 = 1e-12;

/// Kullback–Leibler divergence of the sample's shares from the target's; both sum to 1. `None` when their numbers differ.
#[must_use]
pub fn divergence(sample: &[f64], target: &[f64]) -> Option<f64> {
    let terms = sample.iter().zip(target).map(|(p, q)| {
        let (p, q) = (p.max(SMALLEST_SHARE), q.max(SMALLEST_SHARE));
        p * libm::log(p / q)
    });
    (sample.len() == target.len() && !sample.is_empty()).then(|| terms.sum())
}

/// The three distances that follow from both distribution functions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distances {
    /// `∫ |F − G|`.
    pub wasserstein: f64,
    /// `Σ (F − G)² h`.
    pub cramer_von_mises: f64,
    /// `max |F − G|`.
    pub kolmogorov_smirnov: f64,
}

/// Distances between ordered categories, one step apart. `None` when the numbers of categories differ or there are none.
#[must_use]
pub fn of_categories(sample: &[f64], target: &[f64]) -> Option<Distances> {
    let places = sample.iter().zip(target).enumerate();
    let points = places.map(|(at, (s, t))| (at as f64, *s, *t, f64::midpoint(*s, *t)));
    (sample.len() == target.len() && !sample.is_empty()).then(|| distances(points))
}

/// Distances between numbers. The pooled mass h counts every unit with its own weight, as it stands.
#[must_use]
pub fn of_numbers(sample: Weighted<'_>, target: Weighted<'_>) -> Distances {
    // Finite floats have a total order by value through this key.
    let key = |value: f64| {
        let bits = (value + 0.0).to_bits();
        if bits >> 63 == 1 { !bits } else { bits | (1 << 63) }
    };
    let mut masses: BTreeMap<u64, (f64, f64, f64)> = BTreeMap::new();
    for (value, weight) in sample.pairs() {
        let entry = masses.entry(key(value)).or_insert((value, 0.0, 0.0));
        entry.1 += weight;
    }
    for (value, weight) in target.pairs() {
        let entry = masses.entry(key(value)).or_insert((value, 0.0, 0.0));
        entry.2 += weight;
    }
    let (s, t) = (sample.total(), target.total());
    distances(
        masses
            .values()
            .map(|(value, of_s, of_t)| (*value, of_s / s, of_t / t, (of_s + of_t) / (s + t))),
    )
}

/// From places in ascending order: place, mass of the sample, of the target, pooled.
fn distances(points: impl Iterator<Item = (f64, f64, f64, f64)>) -> Distances {
    let mut found = Distances {
        wasserstein: 0.0,
        cramer_von_mises: 0.0,
        kolmogorov_smirnov: 0.0,
    };
    let (mut f, mut g, mut before) = (0.0_f64, 0.0_f64, None);
    for (place, of_sample, of_target, pooled) in points {
        if let Some(before) = before {
            let step: f64 = place - before;
            found.wasserstein += (f - g).abs() * step;
        }
        f += of_sample;
        g += of_target;
        found.cramer_von_mises += (f - g) * (f - g) * pooled;
        found.kolmogorov_smirnov = found.kolmogorov_smirnov.max((f - g).abs());
        before = Some(place);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_shift_moves_the_earth_by_the_shift() {
        let (a, b) = ([1.0, 2.0, 5.0], [3.5, 4.5, 7.5]);
        let d = of_numbers(Weighted::new(&a, None).unwrap(), Weighted::new(&b, None).unwrap());
        assert!((d.wasserstein - 2.5).abs() < 1e-14);
        assert!((d.kolmogorov_smirnov - 2.0 / 3.0).abs() < 1e-14);
    }

    #[test]
    fn negative_numbers_stand_below_positive_ones() {
        let (a, b) = ([-1.0, -3.0], [2.0, 0.0]);
        let d = of_numbers(Weighted::new(&a, None).unwrap(), Weighted::new(&b, None).unwrap());
        assert!((d.wasserstein - 3.0).abs() < 1e-14 && (d.kolmogorov_smirnov - 1.0).abs() < 1e-14);
    }

    proptest! {
        #[test]
        fn alike_is_no_distance_and_weights_are_repetition(values in prop::collection::vec((-50_i32..50, 1_usize..4), 1..30)) {
            let plain: Vec<f64> = values.iter().flat_map(|(v, n)| std::iter::repeat_n(f64::from(*v), *n)).collect();
            let once: Vec<f64> = values.iter().map(|(v, _)| f64::from(*v)).collect();
            let weights: Vec<f64> = values.iter().map(|(_, n)| *n as f64).collect();
            let d = of_numbers(Weighted::new(&plain, None).unwrap(), Weighted::new(&once, Some(&weights)).unwrap());
            prop_assert!(d.wasserstein < 1e-10 && d.kolmogorov_smirnov < 1e-12 && d.cramer_von_mises < 1e-12);
        }

        #[test]
        fn divergence_is_not_negative_and_zero_only_for_equals(p in prop::collection::vec(0.01_f64..1.0, 4), q in prop::collection::vec(0.01_f64..1.0, 4)) {
            let share = |v: &[f64]| -> Vec<f64> { v.iter().map(|x| x / v.iter().sum::<f64>()).collect() };
            let (p, q) = (share(&p), share(&q));
            prop_assert!(divergence(&p, &q).unwrap() > -1e-12);
            prop_assert!(divergence(&p, &p).unwrap().abs() < 1e-15);
        }
    }
}
