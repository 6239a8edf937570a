//! The exponentially weighted moving average: small lasting shifts are seen sooner than by single values.
//!
//! `z_i = λ x_i + (1 − λ) z_{i−1}`, `z_0 = x̄` before each stretch; limits `x̄ ± L σ √(λ/(2 − λ) · (1 − (1 − λ)^{2i}))`, `σ = MR̄/d₂`.

use super::stretches::Stretches;
use super::{ChartKind, ControlChart, JUDGED_MIN, Rule, Signal, individuals::individuals, setting};

/// Weight of the newest value and width of the limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EwmaSettings {
    /// λ, above 0 and at most 1.
    pub weight: f64,
    /// L, in standard errors.
    pub width: f64,
}

impl Default for EwmaSettings {
    /// λ = 0.2, L = 2.962: about 500 periods to a false alarm (Lucas & Saccucci 1990, table 3).
    fn default() -> Self {
        Self { weight: 0.2, width: 2.962 }
    }
}

/// The chart; centre and spread from the first `baseline` values; run lengths are left to [`super::run_length`], which cost most of
/// the time. `None` where [`individuals`] has none.
#[must_use]
pub fn ewma(values: &[f64], baseline: usize, stretches: &Stretches, settings: EwmaSettings) -> Option<ControlChart> {
    let (x, _) = individuals(values, baseline, stretches)?;
    let centre = *x.centre.first()?;
    let lambda = settings.weight;
    let mut smoothed = centre;
    let mut chart = ControlChart {
        kind: ChartKind::Ewma,
        points: Vec::new(),
        centre: x.centre.clone(),
        lower: Vec::new(),
        upper: Vec::new(),
        sigma: x.sigma,
        signals: Vec::new(),
        settings: vec![setting("λ", lambda), setting("L", settings.width)],
        run_length_stable: None,
        run_length_shift: None,
    };
    let mut left = 1.0;
    for (at, value) in values.iter().enumerate() {
        if stretches.begins(at) {
            (smoothed, left) = (centre, 1.0);
        }
        smoothed += lambda * (value - smoothed);
        left *= (1.0 - lambda) * (1.0 - lambda);
        let reach = settings.width * x.sigma * (lambda / (2.0 - lambda) * (1.0 - left)).sqrt();
        chart.points.push(Some(smoothed));
        chart.lower.push(Some(centre - reach));
        chart.upper.push(Some(centre + reach));
        if baseline.min(values.len()) >= JUDGED_MIN && (smoothed - centre).abs() > reach {
            chart.signals.push(Signal {
                at,
                rule: Rule::BeyondLimit,
                up: smoothed > centre,
            });
        }
    }
    Some(chart)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn by_hand() {
        // Centre 12.2 and σ 5.985/3 = 1.995 as in `individuals`; λ = 0.2: z₁ = 0.2·10 + 0.8·12.2 = 11.76, z₂ = 0.2·12 + 0.8·11.76 = 11.808.
        let settings = EwmaSettings { weight: 0.2, width: 3.0 };
        let chart = ewma(&[10.0, 12.0, 11.0, 15.0, 13.0], 5, &Stretches::whole(), settings).unwrap();
        assert!((chart.points[0].unwrap() - 11.76).abs() < 1e-12 && (chart.points[1].unwrap() - 11.808).abs() < 1e-12);
        // First limit: 3·1.995·√(0.2/1.8·(1 − 0.64)) = 3·1.995·0.2.
        assert!((chart.upper[0].unwrap() - (12.2 + 1.197)).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn with_all_weight_on_the_newest_it_is_the_chart_of_values(values in prop::collection::vec(0.0_f64..100.0, 5..40)) {
            let all = EwmaSettings { weight: 1.0, width: 3.0 };
            let n = values.len();
            let whole = Stretches::whole();
            let (found, x) = (ewma(&values, n, &whole, all), individuals(&values, n, &whole));
            prop_assume!(x.is_some());
            let (found, (x, _)) = (found.unwrap(), x.unwrap());
            for at in 0..n {
                prop_assert!((found.points[at].unwrap() - x.points[at].unwrap()).abs() < 1e-9);
                prop_assert!((found.upper[at].unwrap() - x.upper[at].unwrap()).abs() < 1e-9);
            }
        }

        /// The recursion is the weighted mean it stands for.
        #[test]
        fn the_recursion_is_a_weighted_mean(values in prop::collection::vec(0.0_f64..100.0, 5..25), weight in 0.05_f64..0.9) {
            let found = ewma(&values, values.len(), &Stretches::whole(), EwmaSettings { weight, width: 3.0 });
            prop_assume!(found.is_some());
            let found = found.unwrap();
            let last = values.len() - 1;
            let left = |age: usize| (0..age).fold(1.0, |p, _| p * (1.0 - weight));
            let sum: f64 = (0..=last).map(|i| weight * left(last - i) * values[i]).sum();
            let expected = sum + left(last + 1) * found.centre[0];
            prop_assert!((found.points[last].unwrap() - expected).abs() < 1e-9);
        }
    }
}
