//! Average run lengths: how many periods pass on average until a chart signals, for independent normal values and known limits.
//!
//! The statistic is taken as a Markov chain on a fine grid (D. Brook & D. A. Evans, "An approach to the probability distribution of CUSUM run length",
//! *Biometrika* 59 (1972) 539–549): with `Q` the transitions between states that do not signal, the run length from the start is a component of
//! `(I − Q)⁻¹ 1`. Limits of the EWMA are those of the long run.

use nalgebra::{DMatrix, DVector};
use statrs::distribution::{ContinuousCDF, Normal};

/// States of the grid: the error is below one in a thousand for usual settings.
const STATES: usize = 101;

/// Shewhart's chart with limits of three standard deviations: 1/P(a value lies beyond them).
#[must_use]
pub fn shewhart(shift: f64) -> Option<f64> {
    let normal = Normal::standard();
    let beyond = normal.cdf(-3.0 - shift) + normal.cdf(shift - 3.0);
    (shift.is_finite() && beyond > 0.0).then(|| 1.0 / beyond)
}

/// Two-sided EWMA with weight λ and limits ±L standard errors, the level shifted by `shift` standard deviations from the start.
/// `None` unless 0 < λ ≤ 1 and L > 0.
#[must_use]
pub fn ewma(lambda: f64, width: f64, shift: f64) -> Option<f64> {
    if !(lambda > 0.0 && lambda <= 1.0 && width > 0.0 && shift.is_finite()) {
        return None;
    }
    let normal = Normal::standard();
    let limit = width * (lambda / (2.0 - lambda)).sqrt();
    let half = limit / STATES as f64;
    let state = |i: usize| -limit + (2 * i + 1) as f64 * half;
    let chance = |from: usize, to: usize| {
        let ahead = |edge: f64| normal.cdf((edge - (1.0 - lambda) * state(from)) / lambda - shift);
        ahead(state(to) + half) - ahead(state(to) - half)
    };
    solve(STATES, chance, STATES / 2)
}

/// One-sided upper CUSUM with allowance k and interval h, the level shifted by `shift` standard deviations.
fn one_sided(allowance: f64, interval: f64, shift: f64) -> Option<f64> {
    let normal = Normal::standard();
    // State 0 is the sum at 0; the others are cells of this width.
    let width = 2.0 * interval / (2.0 * STATES as f64 - 1.0);
    let chance = |from: usize, to: usize| {
        let ahead = |edge: f64| normal.cdf(edge - from as f64 * width + allowance - shift);
        let below = ahead((to as f64 + 0.5) * width);
        if to == 0 { below } else { below - ahead((to as f64 - 0.5) * width) }
    };
    solve(STATES, chance, 0)
}

/// Two-sided CUSUM: `1/ARL = 1/ARL⁺ + 1/ARL⁻`, which is exact where the two sums cannot both be near their limit (k > 0).
/// `None` unless k > 0 and h > 0.
#[must_use]
pub fn cusum(allowance: f64, interval: f64, shift: f64) -> Option<f64> {
    if !(allowance > 0.0 && interval > 0.0 && shift.is_finite()) {
        return None;
    }
    let (up, down) = (one_sided(allowance, interval, shift)?, one_sided(allowance, interval, -shift)?);
    Some(1.0 / (1.0 / up + 1.0 / down))
}

fn solve(states: usize, chance: impl Fn(usize, usize) -> f64, start: usize) -> Option<f64> {
    let stays = DMatrix::from_fn(states, states, chance);
    let lengths = (DMatrix::identity(states, states) - stays)
        .lu()
        .solve(&DVector::from_element(states, 1.0))?;
    lengths.get(start).copied().filter(|l| l.is_finite() && *l >= 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: Option<f64>, expected: f64, relative: f64) {
        let found = found.unwrap();
        assert!((found / expected - 1.0).abs() < relative, "{found} {expected}");
    }

    /// Published schemes with ARL₀ ≈ 500 and their run length at a shift of 1 σ, to the one decimal that is printed: Lucas & Saccucci 1990 (as in
    /// D. C. Montgomery, *Introduction to statistical quality control*, chapter on CUSUM and EWMA charts).
    #[test]
    fn ewma_schemes_of_the_tables() {
        for (lambda, width, stable, shifted) in [
            (0.40, 3.054, 500.0, 14.3),
            (0.25, 2.998, 500.0, 11.1),
            (0.20, 2.962, 500.0, 10.5),
            (0.10, 2.814, 500.0, 10.3),
        ] {
            near(ewma(lambda, width, 0.0), stable, 0.005);
            near(ewma(lambda, width, 1.0), shifted, 0.05 / shifted);
        }
    }

    /// With all weight on the newest value the EWMA is Shewhart's chart.
    #[test]
    fn an_ewma_of_the_newest_alone_is_the_shewhart_chart() {
        near(ewma(1.0, 3.0, 0.0), shewhart(0.0).unwrap(), 1e-9);
        near(ewma(1.0, 3.0, 1.0), shewhart(1.0).unwrap(), 1e-9);
        // The textbook's 370.4 and 43.9.
        near(shewhart(0.0), 370.4, 1e-4);
        near(shewhart(1.0), 43.9, 1e-3);
    }

    /// Tabular CUSUM with k = 0.5 (Montgomery's table): h = 4: 168, 8.38; h = 5: 465, 10.4.
    #[test]
    fn cusum_schemes_of_the_tables() {
        near(cusum(0.5, 4.0, 0.0), 168.0, 0.005);
        near(cusum(0.5, 4.0, 1.0), 8.38, 0.005);
        near(cusum(0.5, 5.0, 0.0), 465.0, 0.005);
        near(cusum(0.5, 5.0, 1.0), 10.4, 0.005);
    }

    /// Second route: Siegmund's approximation `(exp(−2Δb) + 2Δb − 1)/(2Δ²)`, `b = h + 1.166`, good to some percent.
    #[test]
    fn cusum_agrees_with_siegmund() {
        for (k, h, shift) in [(0.5, 5.0, 0.0), (0.5, 4.0, 1.0), (0.25, 8.0, 0.5), (0.5, 5.0, 2.0)] {
            let b = h + 1.166;
            let of = |delta: f64| (libm::exp(-2.0 * delta * b) + 2.0 * delta * b - 1.0) / (2.0 * delta * delta);
            let expected = 1.0 / (1.0 / of(shift - k) + 1.0 / of(-shift - k));
            near(cusum(k, h, shift), expected, 0.05);
        }
    }

    #[test]
    fn settings_that_make_no_chart_have_no_run_length() {
        assert_eq!(ewma(0.0, 3.0, 0.0), None);
        assert_eq!(ewma(0.2, -1.0, 0.0), None);
        assert_eq!(cusum(0.0, 5.0, 0.0), None);
    }
}
