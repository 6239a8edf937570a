//! Runs: do like things follow one another more, or less, than chance would have it?

use crate::stats::normal_two_sided_p;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Above this many values the exact distribution is left out; the normal one is then good to four digits and more.
const EXACT_MAX: u64 = 5000;

/// Runs of two kinds (Wald & Wolfowitz 1940).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunsTest {
    /// Values of the first kind.
    pub first: u64,
    /// Values of the second kind.
    pub second: u64,
    /// Runs seen.
    pub runs: u64,
    /// Runs expected, 1 + 2·n₁n₂/n.
    pub mean: f64,
    /// Their variance, 2n₁n₂(2n₁n₂ − n)/(n²(n−1)).
    pub variance: f64,
    /// (runs − mean)/√variance.
    pub z: f64,
    /// Two-sided p of z.
    pub p_normal: f64,
    /// z with the continuity correction of one half.
    pub z_corrected: f64,
    /// Two-sided p of that.
    pub p_corrected: f64,
    /// P(R ≤ runs), exactly; absent above 5,000 values.
    pub exact_lower: Option<f64>,
    /// P(R ≥ runs), exactly.
    pub exact_upper: Option<f64>,
    /// Twice the smaller of the two, at most 1.
    pub p_exact: Option<f64>,
}

impl RunsTest {
    /// The exact p where there is one, else the one with continuity correction.
    #[must_use]
    pub fn p_value(&self) -> f64 {
        self.p_exact.unwrap_or(self.p_corrected)
    }
}

/// Counts the runs of a sequence of two kinds. `None` when one kind does not occur, or fewer than 3 values: there is no chance then.
#[must_use]
pub fn runs_of_two_kinds(kinds: &[bool]) -> Option<RunsTest> {
    let first = kinds.iter().filter(|k| **k).count() as u64;
    let second = kinds.len() as u64 - first;
    if first == 0 || second == 0 || kinds.len() < 3 {
        return None;
    }
    let runs = 1 + kinds.windows(2).filter(|pair| matches!(pair, [a, b] if a != b)).count() as u64;
    let (a, b, n) = (first as f64, second as f64, kinds.len() as f64);
    let twice = 2.0 * a * b;
    let mean = 1.0 + twice / n;
    let variance = twice * (twice - n) / (n * n * (n - 1.0));
    let z = (runs as f64 - mean) / variance.sqrt();
    let off = runs as f64 - mean;
    let z_corrected = (off.abs() - 0.5).max(0.0).copysign(off) / variance.sqrt();
    let exact = (first + second <= EXACT_MAX).then(|| exact_tails(first, second, runs));
    Some(RunsTest {
        first,
        second,
        runs,
        mean,
        variance,
        z,
        p_normal: normal_two_sided_p(z)?,
        z_corrected,
        p_corrected: normal_two_sided_p(z_corrected)?,
        exact_lower: exact.map(|e| e.0),
        exact_upper: exact.map(|e| e.1),
        p_exact: exact.map(|e| (2.0 * e.0.min(e.1)).min(1.0)),
    })
}

/// P(R ≤ runs) and P(R ≥ runs). P(2k) ∝ 2·C(n₁−1, k−1)·C(n₂−1, k−1), P(2k+1) ∝ the same with k on one side and on the other.
fn exact_tails(first: u64, second: u64, runs: u64) -> (f64, f64) {
    let ln_choose = |n: u64, k: u64| -> Option<f64> {
        (k <= n).then(|| libm::lgamma(n as f64 + 1.0) - libm::lgamma(k as f64 + 1.0) - libm::lgamma((n - k) as f64 + 1.0))
    };
    let pair = |i: u64, j: u64| match (ln_choose(first - 1, i), ln_choose(second - 1, j)) {
        (Some(a), Some(b)) => Some(a + b),
        _ => None,
    };
    let greatest = 2 * first.min(second) + u64::from(first != second);
    // The terms span hundreds of orders of magnitude: they are taken relative to the greatest.
    let logs = |r: u64| -> [Option<f64>; 2] {
        let k = r / 2;
        if r.is_multiple_of(2) {
            [pair(k - 1, k - 1), pair(k - 1, k - 1)]
        } else {
            [pair(k, k - 1), pair(k - 1, k)]
        }
    };
    let top = (2..=greatest).flat_map(logs).flatten().fold(f64::NEG_INFINITY, f64::max);
    let mass = |r: u64| logs(r).into_iter().flatten().map(|log| libm::exp(log - top)).sum::<f64>();
    let (mut below, mut at, mut above) = (0.0, 0.0, 0.0);
    for r in 2..=greatest {
        match r.cmp(&runs) {
            std::cmp::Ordering::Less => below += mass(r),
            std::cmp::Ordering::Equal => at += mass(r),
            std::cmp::Ordering::Greater => above += mass(r),
        }
    }
    let all = below + at + above;
    ((below + at) / all, (at + above) / all)
}

/// Runs up and down (Wallis & Moore 1941; Edgington 1961).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpDownTest {
    /// Values.
    pub n: u64,
    /// Runs of rises and falls seen.
    pub runs: u64,
    /// (2n − 1)/3.
    pub mean: f64,
    /// (16n − 29)/90.
    pub variance: f64,
    /// (runs − mean)/√variance.
    pub z: f64,
    /// Two-sided p of z.
    pub p_value: f64,
}

/// Counts the runs of rises and falls of distinct values. Rises and falls are not independent of one another, so the null of two
/// kinds does not hold for their signs. `None` for fewer than 3 values or when neighbours are equal.
#[must_use]
pub fn runs_up_and_down(values: &[u64]) -> Option<UpDownTest> {
    let rises: Vec<bool> = values
        .windows(2)
        .filter_map(|w| w.first().zip(w.get(1)))
        .map(|(a, b)| b > a)
        .collect();
    let level = values.windows(2).any(|w| w.first() == w.get(1));
    if values.len() < 3 || level {
        return None;
    }
    let runs = 1 + rises.windows(2).filter(|w| w.first() != w.get(1)).count() as u64;
    let n = values.len() as f64;
    let (mean, variance) = ((2.0 * n - 1.0) / 3.0, (16.0 * n - 29.0) / 90.0);
    let z = (runs as f64 - mean) / variance.sqrt();
    Some(UpDownTest {
        n: values.len() as u64,
        runs,
        mean,
        variance,
        z,
        p_value: normal_two_sided_p(z)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_to_count_is_no_test() {
        assert_eq!(runs_of_two_kinds(&[true, true, true]), None);
        assert_eq!(runs_of_two_kinds(&[true, false]), None);
        assert_eq!(runs_up_and_down(&[1, 2]), None);
        assert_eq!(runs_up_and_down(&[1, 2, 2, 3]), None);
    }

    /// Every order of some numbers, by hand: the mean of the runs up and down is the formula's.
    #[test]
    fn the_null_of_runs_up_and_down_by_enumeration() {
        fn orders(rest: &mut Vec<u64>, from: usize, out: &mut Vec<Vec<u64>>) {
            if from == rest.len() {
                out.push(rest.clone());
                return;
            }
            for at in from..rest.len() {
                rest.swap(from, at);
                orders(rest, from + 1, out);
                rest.swap(from, at);
            }
        }
        let mut all = Vec::new();
        orders(&mut (1..=7).collect(), 0, &mut all);
        let runs: Vec<f64> = all.iter().map(|v| runs_up_and_down(v).unwrap().runs as f64).collect();
        let mean = runs.iter().sum::<f64>() / runs.len() as f64;
        let variance = runs.iter().map(|r| (r - mean) * (r - mean)).sum::<f64>() / runs.len() as f64;
        let test = runs_up_and_down(&all[0]).unwrap();
        assert!((mean - test.mean).abs() < 1e-12 && (variance - test.variance).abs() < 1e-12);
    }

    proptest! {
        /// The exact tails against counting every arrangement.
        #[test]
        fn exact_tails_by_enumeration(kinds in prop::collection::vec(any::<bool>(), 3..12)) {
            let Some(test) = runs_of_two_kinds(&kinds) else { return Ok(()) };
            let n = kinds.len();
            let (mut all, mut lower, mut upper) = (0.0, 0.0, 0.0);
            for mask in 0_u32..1 << n {
                if u64::from(mask.count_ones()) == test.first {
                    let other: Vec<bool> = (0..n).map(|bit| mask & (1 << bit) != 0).collect();
                    let runs = runs_of_two_kinds(&other).unwrap().runs;
                    all += 1.0;
                    lower += f64::from(u8::from(runs <= test.runs));
                    upper += f64::from(u8::from(runs >= test.runs));
                }
            }
            prop_assert!((test.exact_lower.unwrap() - lower / all).abs() < 1e-12);
            prop_assert!((test.exact_upper.unwrap() - upper / all).abs() < 1e-12);
        }
    }
}
