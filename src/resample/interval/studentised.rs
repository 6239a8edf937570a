//! Studentised (bootstrap-t) interval.

use super::{interval, quantile};
use crate::stats::Interval;

/// `θ − t*(1 − α/2) · se` to `θ − t*(α/2) · se` from the replicates' `t* = (θ* − θ)/se*`, given as pairs `(θ*, se*)`.
///
/// Second-order accurate for means and what is like them; depends on the scale of the estimate and on good inner standard errors. Pairs without
/// a positive error do not count. `None` below 20 that do.
pub fn studentised(value: f64, standard_error: f64, replicates: impl Iterator<Item = (f64, f64)>, level: f64) -> Option<Interval> {
    let usable = replicates.filter(|(v, se)| v.is_finite() && se.is_finite() && *se > 0.0);
    let mut t: Vec<f64> = usable.map(|(v, se)| (v - value) / se).collect();
    if t.len() < 20 || !(standard_error.is_finite() && standard_error > 0.0 && level > 0.0 && level < 1.0) {
        return None;
    }
    t.sort_by(f64::total_cmp);
    let tail = (1.0 - level) / 2.0;
    let lower = value - quantile(&t, 1.0 - tail)? * standard_error;
    interval(lower, value - quantile(&t, tail)? * standard_error, level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resample::interval::basic;

    /// With inner errors that never change it is the basic interval.
    #[test]
    fn is_the_basic_interval_when_errors_are_constant() {
        let values: Vec<f64> = (0..=100).map(|i| f64::from(i) * f64::from(i)).collect();
        let t = studentised(2000.0, 7.0, values.iter().map(|v| (*v, 7.0)), 0.95).unwrap();
        let plain = basic(2000.0, &values, 0.95).unwrap();
        assert!((t.lower - plain.lower).abs() < 1e-9 && (t.upper - plain.upper).abs() < 1e-9);
        assert_eq!(studentised(1.0, 0.0, values.iter().map(|v| (*v, 7.0)), 0.95), None);
    }
}
