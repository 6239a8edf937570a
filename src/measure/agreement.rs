//! Agreement of coders on nominal codes: Cohen's kappa of two, Krippendorff's alpha of any number with gaps.

use crate::stats::random::below;
use crate::stats::{Interval, two_sided_multiplier};
use rand::SeedableRng;
use rand_chacha::ChaCha12Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Alpha from which conclusions may rest on the codes (Krippendorff 2004, Content Analysis, 2nd ed., p. 241).
pub const ALPHA_RELIABLE: f64 = 0.8;

/// Alpha from which tentative conclusions are acceptable (the same).
pub const ALPHA_TENTATIVE: f64 = 0.667;

/// Replicates of the bootstrap of alpha.
const REPLICATES: usize = 1_000;

/// Largest share of replicates without an alpha at which the others still make an interval.
const UNDEFINED_MAX: f64 = 0.05;

/// What an alpha allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AgreementReading {
    /// At least 0.80.
    Reliable,
    /// At least 0.667: tentative conclusions only.
    Tentative,
    /// Below 0.667.
    Unreliable,
}

impl AgreementReading {
    /// The reading of an alpha.
    #[must_use]
    pub fn of(alpha: f64) -> Self {
        if alpha >= ALPHA_RELIABLE {
            Self::Reliable
        } else if alpha >= ALPHA_TENTATIVE {
            Self::Tentative
        } else {
            Self::Unreliable
        }
    }
}

/// Cohen's kappa of two coders.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Kappa {
    /// `(p_o − p_e) / (1 − p_e)`: 1 is full agreement, 0 that of chance.
    pub value: f64,
    /// Large-sample standard error; 0 at full agreement.
    pub standard_error: f64,
    /// Standard error were the coders independent, for the test of κ = 0.
    pub standard_error_null: f64,
    /// κ ± z·SE, not beyond 1.
    pub interval: Option<Interval>,
    /// Share of units with the same code, `p_o`.
    pub observed: f64,
    /// The share that coders with these code frequencies reach by chance, `p_e`.
    pub expected: f64,
    /// Units that both coded.
    pub n: u64,
}

/// Cohen's kappa from the codes of two coders, unit by unit.
///
/// With shares `p_ij` and margins `p_i·`, `p_·j`: `κ = (Σp_ii − Σp_i·p_·i) / (1 − Σp_i·p_·i)` (Cohen 1960, Educational and Psychological
/// Measurement 20, 37–46). Its variance is that of Fleiss, Cohen and Everitt (1969, Psychological Bulletin 72, 323–327), eqs. 13 and 14:
/// `n(1 − p_e)² var = Σ p_ii [1 − (p_i· + p_·i)(1 − κ)]² + (1 − κ)² Σ_{i≠j} p_ij (p_·i + p_j·)² − [κ − p_e(1 − κ)]²`.
///
/// `None` without units, or when both coders used one and the same code throughout.
#[must_use]
pub fn cohen_kappa<C: Ord>(pairs: &[(C, C)], level: f64) -> Option<Kappa> {
    let mut number: BTreeMap<&C, usize> = pairs.iter().flat_map(|(a, b)| [(a, 0), (b, 0)]).collect();
    number.values_mut().enumerate().for_each(|(at, value)| *value = at);
    let k = number.len();
    let n = pairs.len() as f64;
    let mut p = vec![vec![0.0; k]; k];
    for (a, b) in pairs {
        p[number[a]][number[b]] += 1.0 / n;
    }
    let row: Vec<f64> = p.iter().map(|r| r.iter().sum()).collect();
    let column: Vec<f64> = (0..k).map(|j| p.iter().map(|r| r[j]).sum()).collect();
    let observed: f64 = (0..k).map(|i| p[i][i]).sum();
    let expected: f64 = row.iter().zip(&column).map(|(a, b)| a * b).sum();
    // Margins that are both one code leave nothing to chance, and κ undefined.
    if pairs.is_empty() || 1.0 - expected < 1e-12 {
        return None;
    }
    let value = (observed - expected) / (1.0 - expected);
    let square = |x: f64| x * x;
    let on: f64 = (0..k).map(|i| p[i][i] * square(1.0 - (row[i] + column[i]) * (1.0 - value))).sum();
    let cells = (0..k).flat_map(|i| (0..k).map(move |j| (i, j))).filter(|(i, j)| i != j);
    let off: f64 = cells.map(|(i, j)| p[i][j] * square(column[i] + row[j])).sum();
    let scale = n * square(1.0 - expected);
    let variance = (on + square(1.0 - value) * off - square(value - expected * (1.0 - value))) / scale;
    let spread: f64 = row.iter().zip(&column).map(|(a, b)| a * b * (a + b)).sum();
    let standard_error = variance.max(0.0).sqrt();
    let interval = two_sided_multiplier(level, None).map(|z| Interval {
        lower: value - z * standard_error,
        upper: (value + z * standard_error).min(1.0),
        level,
    });
    Some(Kappa {
        value,
        standard_error,
        standard_error_null: ((expected + square(expected) - spread) / scale).max(0.0).sqrt(),
        interval,
        observed,
        expected,
        n: pairs.len() as u64,
    })
}

/// Krippendorff's alpha for nominal codes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Alpha {
    /// `1 − D_o/D_e`: 1 is full agreement, 0 that of chance.
    pub value: f64,
    /// Percentile interval of a bootstrap that draws units.
    pub interval: Option<Interval>,
    /// What it allows.
    pub reading: AgreementReading,
    /// Units that at least two coded.
    pub units: u64,
    /// Codes given to them.
    pub codes: u64,
    /// Bootstrap replicates without an alpha, because all their codes were the same.
    pub undefined_replicates: u64,
}

/// Krippendorff's alpha of units, each with the codes of those who coded it; units of fewer than two codes say nothing and are
/// left out. With `n_uc` coders of unit u giving code c, `m_u = Σ_c n_uc`, `n_c = Σ_u n_uc` and `n = Σ n_c`:
///
/// `D_o = Σ_u Σ_{c≠k} n_uc n_uk / (m_u − 1) / n`, `D_e = Σ_{c≠k} n_c n_k / (n (n − 1))`, `α = 1 − D_o/D_e`
/// (Krippendorff 2011, Computing Krippendorff's alpha-reliability, section C). The interval is that of percentiles over 1,000
/// samples of as many units drawn with replacement; `seed` makes it repeatable. Krippendorff's own bootstrap draws pairs of codes
/// instead, which takes pairs within a unit for independent.
///
/// `None` where no unit has two codes or all codes are the same.
#[must_use]
pub fn krippendorff_alpha<C: Ord>(units: &[Vec<C>], level: f64, seed: u64) -> Option<Alpha> {
    let tables: Vec<BTreeMap<&C, u64>> = units.iter().filter(|codes| codes.len() >= 2).map(|codes| table(codes)).collect();
    let all: Vec<&BTreeMap<&C, u64>> = tables.iter().collect();
    let value = alpha(&all)?;
    let mut rng = ChaCha12Rng::seed_from_u64(seed);
    let mut draws: Vec<f64> = (0..REPLICATES)
        .filter_map(|_| {
            let drawn: Vec<_> = (0..all.len())
                .filter_map(|_| all.get(below(&mut rng, all.len() as u64) as usize).copied())
                .collect();
            alpha(&drawn)
        })
        .collect();
    draws.sort_by(f64::total_cmp);
    let undefined = REPLICATES - draws.len();
    let enough = (undefined as f64) <= UNDEFINED_MAX * REPLICATES as f64;
    let end = |share: f64| draws.get((share * (draws.len().saturating_sub(1)) as f64) as usize).copied();
    let tail = (1.0 - level) / 2.0;
    let interval = end(tail).zip(end(1.0 - tail)).filter(|_| enough);
    Some(Alpha {
        value,
        interval: interval.map(|(lower, upper)| Interval { lower, upper, level }),
        reading: AgreementReading::of(value),
        units: all.len() as u64,
        codes: all.iter().flat_map(|t| t.values()).sum(),
        undefined_replicates: undefined as u64,
    })
}

fn table<C: Ord>(codes: &[C]) -> BTreeMap<&C, u64> {
    let mut counts = BTreeMap::new();
    for code in codes {
        *counts.entry(code).or_insert(0) += 1;
    }
    counts
}

fn alpha<C: Ord>(units: &[&BTreeMap<&C, u64>]) -> Option<f64> {
    // Ordered pairs of unlike things among groups of these sizes: m² − Σn².
    let unlike = |counts: &mut dyn Iterator<Item = u64>| {
        let (mut total, mut squares) = (0.0, 0.0);
        for count in counts {
            total += count as f64;
            squares += (count * count) as f64;
        }
        (total, total * total - squares)
    };
    let mut totals: BTreeMap<&C, u64> = BTreeMap::new();
    let mut observed = 0.0;
    for unit in units {
        let (size, pairs) = unlike(&mut unit.values().copied());
        observed += pairs / (size - 1.0);
        for (code, count) in *unit {
            *totals.entry(code).or_insert(0) += count;
        }
    }
    let (n, pairs) = unlike(&mut totals.values().copied());
    (pairs > 0.0).then(|| 1.0 - (n - 1.0) * observed / pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs(counts: &[&[usize]]) -> Vec<(usize, usize)> {
        let cells = counts
            .iter()
            .enumerate()
            .flat_map(|(i, row)| row.iter().enumerate().map(move |(j, n)| ((i, j), *n)));
        cells.flat_map(|(cell, n)| std::iter::repeat_n(cell, n)).collect()
    }

    /// Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, 3rd ed., table 18.1 and section 18.1: 100
    /// subjects, κ = 0.676, standard error under independence 0.076.
    #[test]
    fn kappa_of_the_textbook() {
        let kappa = cohen_kappa(&pairs(&[&[75, 1, 4], &[5, 4, 1], &[0, 0, 10]]), 0.95).unwrap();
        assert!((kappa.observed - 0.89).abs() < 1e-12 && (kappa.expected - 0.66).abs() < 1e-12);
        assert!((kappa.value - 23.0 / 34.0).abs() < 1e-12);
        assert!((kappa.standard_error_null - 0.076).abs() < 5e-4, "{}", kappa.standard_error_null);
    }

    /// Second route: the delta method with numerical derivatives of κ in every cell of a multinomial table.
    #[test]
    fn the_standard_error_is_that_of_the_delta_method() {
        let counts = [[75.0, 1.0, 4.0], [5.0, 4.0, 1.0], [0.0, 2.0, 8.0]];
        let kappa_of = |p: &[[f64; 3]; 3]| {
            let total: f64 = p.iter().flatten().sum();
            let on: f64 = (0..3).map(|i| p[i][i]).sum::<f64>() / total;
            let chance = (0..3).map(|i| p[i].iter().sum::<f64>() * (0..3).map(|j| p[j][i]).sum::<f64>());
            let chance = chance.sum::<f64>() / (total * total);
            (on - chance) / (1.0 - chance)
        };
        let p = counts.map(|row| row.map(|n: f64| n / 100.0));
        let h = 1e-6;
        let (mut mean, mut square) = (0.0, 0.0);
        for i in 0..3 {
            for j in 0..3 {
                let (mut up, mut down) = (p, p);
                up[i][j] += h;
                down[i][j] -= h;
                let slope = (kappa_of(&up) - kappa_of(&down)) / (2.0 * h);
                mean += p[i][j] * slope;
                square += p[i][j] * slope * slope;
            }
        }
        let delta = ((square - mean * mean) / 100.0).sqrt();
        let found = cohen_kappa(&pairs(&[&[75, 1, 4], &[5, 4, 1], &[0, 2, 8]]), 0.95).unwrap();
        assert!(
            (found.standard_error / delta - 1.0).abs() < 1e-6,
            "{} {delta}",
            found.standard_error
        );
    }

    /// Krippendorff (2011), Computing Krippendorff's alpha-reliability: the reliability data of section C (four observers, gaps),
    /// α nominal = 0.743; A (binary, two observers) α = 0.095; B (nominal, two observers) α = 0.692.
    #[test]
    fn alpha_of_krippendorffs_examples() {
        let rows = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];
        let rows: Vec<Vec<char>> = rows.iter().map(|r| r.chars().collect()).collect();
        let units: Vec<Vec<char>> = (0..12).map(|u| rows.iter().map(|r| r[u]).filter(|c| *c != '.').collect()).collect();
        let alpha = krippendorff_alpha(&units, 0.95, 1).unwrap();
        assert!((alpha.value - 0.743).abs() < 5e-4, "{}", alpha.value);
        assert_eq!((alpha.units, alpha.codes), (11, 40));
        assert_eq!(alpha.reading, AgreementReading::Tentative);
        let two = |a: &str, b: &str| {
            let units: Vec<Vec<char>> = a.chars().zip(b.chars()).map(|(a, b)| vec![a, b]).collect();
            krippendorff_alpha(&units, 0.95, 1).unwrap().value
        };
        assert!((two("0100000010", "1110010000") - 0.095).abs() < 5e-4);
        assert!((two("aabbdcccedda", "babbbccceddd") - 0.692).abs() < 5e-4);
    }

    #[test]
    fn where_agreement_is_undefined() {
        assert_eq!(cohen_kappa::<u8>(&[], 0.95), None);
        assert_eq!(cohen_kappa(&[(1, 1), (1, 1)], 0.95), None);
        assert_eq!(krippendorff_alpha(&[vec![1], vec![2]], 0.95, 1), None);
        assert_eq!(krippendorff_alpha(&[vec![1, 1], vec![1, 1]], 0.95, 1), None);
    }

    proptest! {
        /// Scott's pi of two coders without gaps, with n pooled codes: α = 1 − (1 − π)(n − 1)/n (Krippendorff 2004, section 11.3).
        #[test]
        fn alpha_of_two_is_scotts_pi_for_small_samples(codes in prop::collection::vec((0_u8..4, 0_u8..4), 2..60)) {
            let units: Vec<Vec<u8>> = codes.iter().map(|(a, b)| vec![*a, *b]).collect();
            let n = 2.0 * codes.len() as f64;
            let same = codes.iter().filter(|(a, b)| a == b).count() as f64 / codes.len() as f64;
            let share = |c: u8| codes.iter().map(|(a, b)| u8::from(*a == c) + u8::from(*b == c)).map(f64::from).sum::<f64>() / n;
            let chance: f64 = (0..4).map(|c| share(c) * share(c)).sum();
            match krippendorff_alpha(&units, 0.95, 1) {
                Some(alpha) => {
                    let pi = (same - chance) / (1.0 - chance);
                    prop_assert!((alpha.value - (1.0 - (1.0 - pi) * (n - 1.0) / n)).abs() < 1e-9);
                    if let Some(i) = alpha.interval { prop_assert!(i.lower <= i.upper) }
                }
                None => prop_assert!(1.0 - chance < 1e-12),
            }
        }

        #[test]
        fn names_of_codes_order_of_units_and_coders_do_not_matter(codes in prop::collection::vec((0_u8..4, 0_u8..4), 2..40)) {
            let turned: Vec<(u8, u8)> = codes.iter().rev().map(|(a, b)| (9 - b, 9 - a)).collect();
            match (cohen_kappa(&codes, 0.95), cohen_kappa(&turned, 0.95)) {
                (Some(a), Some(b)) => {
                    prop_assert!((a.value - b.value).abs() < 1e-9 && (a.standard_error - b.standard_error).abs() < 1e-7);
                    prop_assert!(a.value <= 1.0 + 1e-12);
                }
                (a, b) => prop_assert_eq!(a.is_none(), b.is_none()),
            }
        }
    }
}
