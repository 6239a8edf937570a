//! Shares: the p chart, and Laney's p′ chart.
//!
//! `p̄ = Σ x_i / Σ n_i`, binomial `σ_i = √(p̄(1 − p̄)/n_i)`, limits `p̄ ± 3σ_i`. With large samples the binomial spread becomes tiny and every real small
//! up and down a signal; Laney's chart widens the limits by how much standardised shares really vary: `z_i = (p_i − p̄)/σ_i`, `σ_z = MR̄(z)/1.128`, limits
//! `p̄ ± 3σ_i σ_z`. A `σ_z` near 1 gives the p chart back.

use super::stretches::Stretches;
use super::{ChartKind, ControlChart, JUDGED_MIN, mean_moving_range, rules, setting};

/// d₂ for ranges of two, as tables have it.
const D2: f64 = 1.128;

/// A share of a number of cases.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// 0 to 1.
    pub share: f64,
    /// Cases, above 0.
    pub n: f64,
}

/// The p chart and the p′ chart; centre and spread from the first `baseline` periods. Limits beyond 0 and 1 are those. `None` without two periods or
/// where all shares are 0 or all are 1; the p′ chart is absent where standardised shares do not vary.
#[must_use]
pub fn proportions(shares: &[Share], baseline: usize, stretches: &Stretches) -> Option<(ControlChart, Option<ControlChart>)> {
    let own = shares.get(..baseline.min(shares.len()))?;
    let cases: f64 = own.iter().map(|s| s.n).sum();
    let centre = own.iter().map(|s| s.share * s.n).sum::<f64>() / cases;
    if own.len() < 2 || !(centre > 0.0 && centre < 1.0) {
        return None;
    }
    let sigma = |s: &Share| (centre * (1.0 - centre) / s.n).sqrt();
    let z: Vec<f64> = shares.iter().map(|s| (s.share - centre) / sigma(s)).collect();
    let spread = mean_moving_range(z.get(..own.len())?, stretches).unwrap_or(0.0) / D2;
    let judged = own.len() >= JUDGED_MIN;
    let chart = |kind: ChartKind, widen: f64| {
        let reach: Vec<f64> = shares.iter().map(|s| 3.0 * sigma(s) * widen).collect();
        let standard: Vec<f64> = z.iter().map(|z| z / widen).collect();
        ControlChart {
            kind,
            points: shares.iter().map(|s| Some(s.share)).collect(),
            centre: vec![centre; shares.len()],
            lower: reach.iter().map(|r| Some((centre - r).max(0.0))).collect(),
            upper: reach.iter().map(|r| Some((centre + r).min(1.0))).collect(),
            sigma: widen,
            signals: if judged {
                rules::signals(&standard, 3.0, stretches)
            } else {
                Vec::new()
            },
            settings: vec![setting("σz", widen)],
            run_length_stable: None,
            run_length_shift: None,
        }
    };
    let widened = (spread > 0.0).then(|| chart(ChartKind::PPrime, spread));
    Some((chart(ChartKind::P, 1.0), widened))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shares(pairs: &[(f64, f64)]) -> Vec<Share> {
        pairs.iter().map(|&(share, n)| Share { share, n }).collect()
    }

    #[test]
    fn by_hand() {
        // 10 of 100, 30 of 200, 20 of 100: p̄ = 60/400 = 0.15; σ = √(0.15·0.85/n) = 0.0357071 and 0.0252488.
        let (p, prime) = proportions(&shares(&[(0.10, 100.0), (0.15, 200.0), (0.20, 100.0)]), 3, &Stretches::whole()).unwrap();
        assert!((p.centre[0] - 0.15).abs() < 1e-15);
        assert!((p.upper[0].unwrap() - (0.15 + 3.0 * 0.035_707_142_142_714_25)).abs() < 1e-12);
        assert!((p.lower[1].unwrap() - (0.15 - 3.0 * 0.025_248_762_345_905_194)).abs() < 1e-12);
        // z = −1.40028, 0, 1.40028: ranges 1.40028 twice, σz = 1.40028/1.128 = 1.241383.
        let prime = prime.unwrap();
        assert!((prime.sigma - 0.05 / 0.035_707_142_142_714_25 / 1.128).abs() < 1e-12);
        assert!((prime.upper[0].unwrap() - (0.15 + 3.0 * 0.035_707_142_142_714_25 * prime.sigma)).abs() < 1e-12);
        assert_eq!(proportions(&shares(&[(0.0, 10.0), (0.0, 10.0)]), 2, &Stretches::whole()), None);
    }

    proptest! {
        /// With equal bases p′ is the chart of individual values.
        #[test]
        fn equal_bases_give_individuals(values in prop::collection::vec(0.2_f64..0.8, 3..30), n in 50.0_f64..5000.0) {
            let list: Vec<Share> = values.iter().map(|&share| Share { share, n }).collect();
            let (_, prime) = proportions(&list, list.len(), &Stretches::whole()).unwrap();
            let individuals = super::super::individuals::individuals(&values, values.len(), &Stretches::whole());
            prop_assume!(prime.is_some() && individuals.is_some());
            let (prime, (x, _)) = (prime.unwrap(), individuals.unwrap());
            prop_assert!((prime.centre[0] - x.centre[0]).abs() < 1e-9);
            let reach = prime.sigma * 3.0 * (x.centre[0] * (1.0 - x.centre[0]) / n).sqrt();
            // 3/1.128 = 2.6596 beside the 2.66 of tables.
            prop_assert!((reach / (3.0 * x.sigma) - 1.0).abs() < 2e-4);
        }

        #[test]
        fn more_cases_narrow_the_limits(values in prop::collection::vec(0.2_f64..0.8, 3..20), factor in 1.5_f64..50.0) {
            let with = |n: f64| values.iter().map(|&share| Share { share, n }).collect::<Vec<_>>();
            let (few, _) = proportions(&with(100.0), values.len(), &Stretches::whole()).unwrap();
            let (many, _) = proportions(&with(100.0 * factor), values.len(), &Stretches::whole()).unwrap();
            prop_assert!(many.upper[0].unwrap() - many.centre[0] <= few.upper[0].unwrap() - few.centre[0] + 1e-12);
        }
    }
}
