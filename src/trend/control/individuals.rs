//! `XmR`: individual values, and the ranges between neighbours.
//!
//! With `MR̄` the mean moving range, `σ̂ = MR̄/d₂`, `d₂ = 2/√π = 1.128`; limits of the values `x̄ ± 3σ̂ = x̄ ± 2.66 MR̄`, upper limit of the ranges
//! `D₄ MR̄ = 3.267 MR̄`. The factors are used as tables have them (2.66 and 3.267), so that limits agree with those of other programs.

use super::stretches::Stretches;
use super::{ChartKind, ControlChart, JUDGED_MIN, Rule, Signal, mean, mean_moving_range, rules, run_length, setting};

/// 3/d₂ for ranges of two.
pub const INDIVIDUALS_FACTOR: f64 = 2.66;

/// D₄ for ranges of two.
pub const RANGE_FACTOR: f64 = 3.267;

/// The charts of values and of moving ranges; centre and limits from the first `baseline` values. Ranges are those of neighbours within a
/// stretch. `None` with fewer than two values or without spread. Signals only where the baseline has at least [`JUDGED_MIN`] values.
#[must_use]
pub fn individuals(values: &[f64], baseline: usize, stretches: &Stretches) -> Option<(ControlChart, ControlChart)> {
    let own = values.get(..baseline.min(values.len()))?;
    let (centre, range) = (mean(own)?, mean_moving_range(own, stretches)?);
    if range.is_nan() || range <= 0.0 {
        return None;
    }
    let reach = INDIVIDUALS_FACTOR * range;
    let sigma = reach / 3.0;
    let judged = own.len() >= JUDGED_MIN;
    let n = values.len();
    let z: Vec<f64> = values.iter().map(|v| (v - centre) / sigma).collect();
    let chart = ControlChart {
        kind: ChartKind::Individuals,
        points: values.iter().copied().map(Some).collect(),
        centre: vec![centre; n],
        lower: vec![Some(centre - reach); n],
        upper: vec![Some(centre + reach); n],
        sigma,
        signals: if judged { rules::signals(&z, 3.0, stretches) } else { Vec::new() },
        settings: vec![setting("3/d2", INDIVIDUALS_FACTOR)],
        run_length_stable: run_length::shewhart(0.0),
        run_length_shift: run_length::shewhart(1.0),
    };
    let mut ranges: Vec<Option<f64>> = vec![None; n];
    for (at, before, after) in stretches.neighbours(values) {
        ranges
            .iter_mut()
            .skip(at)
            .take(1)
            .for_each(|range| *range = Some((after - before).abs()));
    }
    let limit = RANGE_FACTOR * range;
    let above = ranges.iter().enumerate().filter(|(_, r)| judged && r.is_some_and(|r| r > limit));
    let signals = above.map(|(at, _)| Signal {
        at,
        rule: Rule::BeyondLimit,
        up: true,
    });
    let of_ranges = ControlChart {
        kind: ChartKind::MovingRange,
        centre: vec![range; n],
        lower: vec![None; n],
        upper: vec![Some(limit); n],
        sigma,
        signals: signals.collect(),
        settings: vec![setting("D4", RANGE_FACTOR)],
        run_length_stable: None,
        run_length_shift: None,
        points: ranges,
    };
    Some((chart, of_ranges))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn by_hand() {
        // Values 10, 12, 11, 15, 13: mean 12.2; ranges 2, 1, 4, 2: mean 2.25; 2.66·2.25 = 5.985; 3.267·2.25 = 7.35075.
        let (x, mr) = individuals(&[10.0, 12.0, 11.0, 15.0, 13.0], 5, &Stretches::whole()).unwrap();
        assert!((x.centre[0] - 12.2).abs() < 1e-12);
        assert!((x.lower[0].unwrap() - 6.215).abs() < 1e-12 && (x.upper[4].unwrap() - 18.185).abs() < 1e-12);
        assert_eq!(mr.points, [None, Some(2.0), Some(1.0), Some(4.0), Some(2.0)]);
        assert!((mr.centre[0] - 2.25).abs() < 1e-12 && (mr.upper[0].unwrap() - 7.35075).abs() < 1e-12);
        // Five values are not judged.
        assert!(x.signals.is_empty());
        assert_eq!(individuals(&[3.0; 30], 30, &Stretches::whole()), None);
        assert_eq!(individuals(&[3.0], 1, &Stretches::whole()), None);
    }

    /// The constants of tables: d₂ = 2/√π and D₄ = 1 + 3·d₃/d₂ with d₃ = √(2 − 4/π), rounded there to 2.66 and 3.267.
    #[test]
    fn the_factors_are_those_of_the_normal_distribution() {
        let d2 = 2.0 / std::f64::consts::PI.sqrt();
        let d3 = (2.0 - 4.0 / std::f64::consts::PI).sqrt();
        assert!((INDIVIDUALS_FACTOR - 3.0 / d2).abs() < 0.005);
        assert!((RANGE_FACTOR - (1.0 + 3.0 * d3 / d2)).abs() < 0.0005);
    }

    #[test]
    fn a_planted_outlier_is_a_signal() {
        let mut values: Vec<f64> = (0..24).map(|i| 80.0 + f64::from(i * 7 % 5) - 2.0).collect();
        values[20] = 95.0;
        let (x, mr) = individuals(&values, 24, &Stretches::whole()).unwrap();
        let beyond: Vec<usize> = x.signals.iter().filter(|s| s.rule == Rule::BeyondLimit).map(|s| s.at).collect();
        assert_eq!(beyond, [20]);
        assert!(mr.signals.iter().any(|s| s.at == 20) && mr.signals.iter().any(|s| s.at == 21));
    }

    proptest! {
        #[test]
        fn the_unit_does_not_matter(values in prop::collection::vec(0.0_f64..100.0, 20..40), scale in 0.1_f64..10.0, shift in -50.0_f64..50.0) {
            let other: Vec<f64> = values.iter().map(|v| scale * v + shift).collect();
            let n = values.len();
            let (a, b) = (individuals(&values, n, &Stretches::whole()), individuals(&other, n, &Stretches::whole()));
            prop_assume!(a.is_some());
            let ((x, _), (y, _)) = (a.unwrap(), b.unwrap());
            prop_assert!((y.centre[0] - (scale * x.centre[0] + shift)).abs() < 1e-9 * scale.max(1.0) * 100.0);
            prop_assert!((y.sigma - scale * x.sigma).abs() < 1e-9 * y.sigma);
        }
    }
}
