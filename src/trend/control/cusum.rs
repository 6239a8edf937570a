//! Two-sided tabular CUSUM on standardised values `z_i = (x_i − x̄)/σ`:
//! `C⁺_i = max(0, C⁺_{i−1} + z_i − k)`, `C⁻_i = max(0, C⁻_{i−1} − z_i − k)`; a signal where one passes `h`.
//!
//! The sums go on after a signal; they are not reset, so that the picture shows how long a shift lasts. They begin at 0 in each stretch.

use super::stretches::Stretches;
use super::{ChartKind, ControlChart, JUDGED_MIN, Rule, Signal, individuals::individuals, setting};

/// Allowance and decision interval, in standard deviations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CusumSettings {
    /// k: half of the shift that is to be found.
    pub allowance: f64,
    /// h.
    pub interval: f64,
}

impl Default for CusumSettings {
    /// k = 0.5, h = 5: about 465 periods to a false alarm.
    fn default() -> Self {
        Self {
            allowance: 0.5,
            interval: 5.0,
        }
    }
}

/// The upper sum, and the lower sum turned downwards; centre and spread from the first `baseline` values; run lengths are left to
/// [`super::run_length`]. `None` where [`individuals`] has none.
#[must_use]
pub fn cusum(values: &[f64], baseline: usize, stretches: &Stretches, settings: CusumSettings) -> Option<(ControlChart, ControlChart)> {
    let (x, _) = individuals(values, baseline, stretches)?;
    let centre = *x.centre.first()?;
    let judged = baseline.min(values.len()) >= JUDGED_MIN;
    let n = values.len();
    let one = |kind: ChartKind, up: bool| {
        let side = if up { 1.0 } else { -1.0 };
        let mut sum = 0.0_f64;
        let mut sums = Vec::with_capacity(n);
        for (at, value) in values.iter().enumerate() {
            if stretches.begins(at) {
                sum = 0.0;
            }
            sum = (sum + side * (value - centre) / x.sigma - settings.allowance).max(0.0);
            sums.push(sum);
        }
        let beyond = sums.iter().enumerate().filter(|(_, s)| judged && **s > settings.interval);
        let signals = beyond.map(|(at, _)| Signal {
            at,
            rule: Rule::BeyondLimit,
            up,
        });
        ControlChart {
            kind,
            signals: signals.collect(),
            points: sums.iter().map(|s| Some(side * s + 0.0)).collect(),
            centre: vec![0.0; n],
            lower: vec![(!up).then_some(-settings.interval); n],
            upper: vec![up.then_some(settings.interval); n],
            sigma: x.sigma,
            settings: vec![setting("k", settings.allowance), setting("h", settings.interval)],
            run_length_stable: None,
            run_length_shift: None,
        }
    };
    Some((one(ChartKind::CusumUpper, true), one(ChartKind::CusumLower, false)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn by_hand() {
        // Centre 12.2, σ 1.995, k = 0.5. z = −1.102757, −0.100251, −0.601504, 1.403509, 0.401003.
        let (up, down) = cusum(&[10.0, 12.0, 11.0, 15.0, 13.0], 5, &Stretches::whole(), CusumSettings::default()).unwrap();
        let z = |x: f64| (x - 12.2) / 1.995;
        let expected = [0.0, 0.0, 0.0, z(15.0) - 0.5, z(15.0) - 0.5 + z(13.0) - 0.5];
        for (found, expected) in up.points.iter().zip(expected) {
            assert!((found.unwrap() - expected).abs() < 1e-12);
        }
        let lower = [
            -z(10.0) - 0.5,
            -z(10.0) - 0.5 - z(12.0) - 0.5,
            -z(10.0) - 0.5 - z(12.0) - 0.5 - z(11.0) - 0.5,
        ];
        for (found, expected) in down.points.iter().zip(lower) {
            assert!((found.unwrap() + expected.max(0.0)).abs() < 1e-12);
        }
    }

    #[test]
    fn a_lasting_small_shift_is_found() {
        // σ̂ of the first 20 values is about 1; from period 20 on the level is 1.5 σ̂ higher.
        let wiggle = |i: usize| [0.0, 1.1, -0.6, 0.5, -1.0][i * 3 % 5];
        let values: Vec<f64> = (0..40).map(|i| wiggle(i) + if i >= 20 { 2.0 } else { 0.0 }).collect();
        let (up, down) = cusum(&values, 20, &Stretches::whole(), CusumSettings::default()).unwrap();
        let first = up.signals.first().unwrap().at;
        assert!((21..30).contains(&first), "{first}");
        assert!(down.signals.is_empty());
    }

    proptest! {
        #[test]
        fn upside_down_exchanges_the_sums(values in prop::collection::vec(0.0_f64..100.0, 5..40)) {
            let n = values.len();
            let turned: Vec<f64> = values.iter().map(|v| 100.0 - v).collect();
            let (a, b) = (cusum(&values, n, &Stretches::whole(), CusumSettings::default()), cusum(&turned, n, &Stretches::whole(), CusumSettings::default()));
            prop_assume!(a.is_some() && b.is_some());
            let ((up, _), (_, down)) = (a.unwrap(), b.unwrap());
            for at in 0..n {
                prop_assert!((up.points[at].unwrap() + down.points[at].unwrap()).abs() < 1e-7);
            }
        }
    }
}
