//! Bias-corrected and accelerated interval.

use super::{interval, quantile};
use crate::stats::{Interval, normal_quantile};
use std::collections::BTreeMap;

/// Percentiles moved for bias and acceleration: `Φ(z₀ + (z₀ + z)/(1 − a (z₀ + z)))` in place of `Φ(z)`, `z₀` being the normal quantile of the share
/// of replicates below the estimate (ties count half). Source: B. Efron, "Better bootstrap confidence intervals", *JASA* 82 (1987) 171–185.
///
/// `None` below 20 replicates and where the estimate lies outside all of them.
#[must_use]
pub fn bca(value: f64, sorted: &[f64], acceleration: f64, level: f64) -> Option<Interval> {
    if sorted.len() < 20 || !acceleration.is_finite() {
        return None;
    }
    let below = sorted.partition_point(|v| *v < value);
    let not_above = sorted.partition_point(|v| *v <= value);
    let z0 = normal_quantile((below + not_above) as f64 / (2.0 * sorted.len() as f64))?;
    let moved = |p: f64| {
        let z = z0 + normal_quantile(p)?;
        let divisor = 1.0 - acceleration * z;
        (divisor > 0.0).then(|| libm::erfc(-(z0 + z / divisor) / std::f64::consts::SQRT_2) / 2.0)
    };
    let tail = (1.0 - level) / 2.0;
    interval(quantile(sorted, moved(tail)?)?, quantile(sorted, moved(1.0 - tail)?)?, level)
}

/// Acceleration from jackknife replicates `(stratum, value)`:
/// `a = Σ_h Σ U³/n_h³ / (6 (Σ_h Σ U²/n_h²)^{3/2})` with `U = (n_h − 1)(θ̄_h − θ_hi)`.
///
/// For one stratum this is Efron's formula; for several that of Davison & Hinkley (1997), section 5.3.2. With random groups in place of single units it is
/// the same up to the noise of the groups. `None` without spread or below two replicates.
#[must_use]
pub fn acceleration(jackknife: &[(usize, f64)]) -> Option<f64> {
    let mut strata: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for (stratum, value) in jackknife.iter().filter(|(_, v)| v.is_finite()) {
        strata.entry(*stratum).or_default().push(*value);
    }
    let (mut cubes, mut squares) = (0.0, 0.0);
    for values in strata.values() {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        for value in values {
            let u = (n - 1.0) * (mean - value) / n;
            squares += u * u;
            cubes += u * u * u;
        }
    }
    let value = cubes / (6.0 * squares * squares.sqrt());
    (squares > 0.0 && value.is_finite()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resample::interval::percentile;

    /// Without bias and acceleration nothing is moved.
    #[test]
    fn is_the_percentile_interval_where_nothing_is_to_correct() {
        let values: Vec<f64> = (0..=200).map(f64::from).collect();
        let (plain, corrected) = (percentile(&values, 0.9).unwrap(), bca(100.0, &values, 0.0, 0.9).unwrap());
        assert!((plain.lower - corrected.lower).abs() < 1e-10 && (plain.upper - corrected.upper).abs() < 1e-10);
        assert_eq!(bca(500.0, &values, 0.0, 0.9), None);
    }

    /// Closed form: for a mean, `a` is a sixth of the skewness over √n.
    #[test]
    fn acceleration_of_a_mean_is_its_skewness() {
        let x = [1.0, 2.0, 2.0, 3.0, 9.0, 4.0, 1.0];
        let n = x.len() as f64;
        let sum: f64 = x.iter().sum();
        let jackknife: Vec<(usize, f64)> = x.iter().map(|v| (0, (sum - v) / (n - 1.0))).collect();
        let moment = |k: i32| x.iter().map(|v| (v - sum / n).powi(k)).sum::<f64>() / n;
        let skewness = moment(3) / moment(2).powf(1.5);
        assert!((acceleration(&jackknife).unwrap() - skewness / (6.0 * n.sqrt())).abs() < 1e-14);
        assert_eq!(acceleration(&[(0, 1.0), (0, 1.0)]), None);
    }
}
