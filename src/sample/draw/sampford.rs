//! Sampford's design by rejection, with coins that anyone can throw again.
//!
//! Sampford (1967), Biometrika 54, draws one unit with probabilities π/n and n − 1 with replacement by the odds λ = π/(1 − π), until all
//! differ. The same design has P(s) ∝ Π_{k∈s} `λ_k` · Σ_{k∈s} (1 − `π_k`), which is reached here as follows (Hájek 1981, chapter 8;
//! Tillé 2006, section 7.4): in attempt a = 1, 2, … every unit is in when its coin is below `π_k` (a Poisson sample, P ∝ Π λ);
//! an attempt that does not hold exactly n units fails; one that does is accepted when one more coin is below
//! Σ_{k∈s} (1 − `π_k`)/n. Coins are digests of frame, seed, attempt and the unit's own identity (`coin` tab attempt tab identity; the last
//! one: `accept` tab attempt tab stratum), so that neither the order of the file nor other units have a say. About
//! √(2πd)·n/d attempts are needed, d = Σ π(1 − π).

use super::keys::DrawKeys;
use rayon::prelude::*;
use std::borrow::Cow;

/// After so many attempts something is wrong: a hundred thousand suffice even where 2,000 of 5,000 units are drawn.
pub(super) const ATTEMPTS_MAX: u64 = 100_000;

/// The positions of the sample and the attempts it took. Certain units (probability 1) are in without a coin, impossible ones out.
/// `identity` gives the text that a unit's coin is made from. `None` when no attempt is accepted.
pub(super) fn choose<'a>(
    probabilities: &[f64],
    keys: &DrawKeys,
    stratum: &str,
    identity: impl Fn(usize) -> Cow<'a, [u8]> + Sync,
) -> Option<(Vec<usize>, u64)> {
    let certain = (0..probabilities.len()).filter(|k| probabilities.get(*k).is_some_and(|p| *p >= 1.0));
    let certain: Vec<usize> = certain.collect();
    let open: Vec<(usize, f64)> = probabilities
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, p)| *p > 0.0 && *p < 1.0)
        .collect();
    let mut sum = crate::stats::CompensatedSum::new();
    open.iter().for_each(|(_, p)| sum.insert(*p));
    let wanted = (sum.finish() + 0.5).floor() as usize;
    for attempt in 1..=ATTEMPTS_MAX {
        let text = attempt.to_string();
        let coin = |unit: usize| keys.uniform(&[b"coin", text.as_bytes(), &identity(unit)]);
        let inside: Vec<(usize, f64)> = open.par_iter().copied().filter(|(unit, p)| coin(*unit) < *p).collect();
        if inside.len() != wanted {
            continue;
        }
        let mut weight = crate::stats::CompensatedSum::new();
        inside.iter().for_each(|(_, p)| weight.insert(1.0 - p));
        let accept = keys.uniform(&[b"accept", text.as_bytes(), stratum.as_bytes()]);
        if wanted == 0 || accept * (wanted as f64) < weight.finish() {
            let mut taken: Vec<usize> = inside.into_iter().map(|(unit, _)| unit).chain(certain).collect();
            taken.sort_unstable();
            return Some((taken, attempt));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::draw::pps::inclusion_probabilities;
    use crate::stats::chi_squared_upper_tail;
    use std::collections::BTreeMap;

    /// 20,000 seeds: the samples come as often as Sampford's formula says, by an independent enumeration.
    #[test]
    fn samples_come_as_often_as_the_formula_says() {
        let p = inclusion_probabilities(&[10.0, 20.0, 30.0, 25.0, 15.0, 40.0], 3).unwrap();
        let names: Vec<Vec<u8>> = (0..6).map(|k| vec![b'a' + k]).collect();
        let mut seen: BTreeMap<Vec<usize>, f64> = BTreeMap::new();
        let draws = 20_000;
        for seed in 0..draws {
            let keys = DrawKeys::new("frame", &seed.to_string());
            let (taken, _) = choose(&p, &keys, "", |k| Cow::Borrowed(names[k].as_slice())).unwrap();
            *seen.entry(taken).or_default() += 1.0;
        }
        let samples: Vec<Vec<usize>> = (0_u32..64)
            .filter(|mask| mask.count_ones() == 3)
            .map(|mask| (0..6).filter(|k| mask & (1 << k) != 0).collect())
            .collect();
        // As Sampford draws: one by π/n, then two by the odds, all different, in any order.
        let mass = |s: &Vec<usize>| -> f64 {
            let odds: f64 = s.iter().map(|k| p[*k] / (1.0 - p[*k])).product();
            s.iter().map(|k| p[*k] / (p[*k] / (1.0 - p[*k]))).sum::<f64>() * odds
        };
        let all: f64 = samples.iter().map(mass).sum();
        let statistic: f64 = samples
            .iter()
            .map(|s| {
                let expected = f64::from(draws) * mass(s) / all;
                let got = seen.get(s).copied().unwrap_or(0.0);
                (got - expected) * (got - expected) / expected
            })
            .sum();
        let p_value = chi_squared_upper_tail(statistic, samples.len() as f64 - 1.0).unwrap();
        assert!(p_value > 1e-3, "{statistic} {p_value}");
    }

    #[test]
    fn certain_units_need_no_coin_and_impossible_ones_have_none() {
        let keys = DrawKeys::new("frame", "seed");
        let (taken, attempts) = choose(&[1.0, 0.0, 1.0], &keys, "", |_| Cow::Borrowed(b"x".as_slice())).unwrap();
        assert_eq!((taken, attempts), (vec![0, 2], 1));
    }
}
