//! Laws: what every method must give for a total, by the textbook formula.

use super::balanced::{brr, fay};
use super::bootstrap::{BootstrapPlan, canty_davison, rao_wu};
use super::delete_group::delete_a_group;
use super::jackknife::{jk1, jkn};
use super::preston::{TwoStageUnits, preston};
use super::*;
use crate::design::{LonelyPsuPolicy, SampleDesign, Scatter, Stage, StratumTotals, stage_variance};
use proptest::prelude::*;

fn units(strata: &[(usize, Option<u64>)]) -> PrimaryUnits {
    let strata = strata.iter().map(|(sampled, population)| StratumUnits {
        sampled: *sampled,
        population: *population,
    });
    PrimaryUnits::new(strata.collect()).unwrap()
}

/// `Σ_h (1 − f_h) n_h s_h²` of unit totals (Cochran 1977, equation 5.13 for a total).
fn textbook(units: &PrimaryUnits, totals: &[f64]) -> f64 {
    let mut by_stratum = vec![Vec::new(); units.strata().len()];
    for ((stratum, _), z) in units.places().zip(totals) {
        by_stratum[stratum].push(*z);
    }
    let one = |(stratum, z): (&StratumUnits, &Vec<f64>)| {
        let n = z.len() as f64;
        let mean = z.iter().sum::<f64>() / n;
        let squares: f64 = z.iter().map(|z| (z - mean).powi(2)).sum();
        if n > 1.0 {
            stratum.unsampled_share() * n / (n - 1.0) * squares
        } else {
            0.0
        }
    };
    units.strata().iter().zip(&by_stratum).map(one).sum()
}

fn total_variance(weights: &ReplicateWeights, totals: &[f64]) -> f64 {
    let rows: Vec<usize> = (0..totals.len()).collect();
    let total = |w: &[f64]| Some(w.iter().sum());
    weights.estimate(totals, &rows, total).unwrap().unwrap().variance.unwrap()
}

fn close(actual: f64, expected: f64, relative: f64) -> bool {
    (actual - expected).abs() <= relative * expected.abs().max(1e-9)
}

fn design() -> impl Strategy<Value = (PrimaryUnits, Vec<f64>)> {
    let stratum = (2_usize..9, prop::option::of(0_u64..40));
    prop::collection::vec(stratum, 1..5).prop_flat_map(|strata| {
        let strata: Vec<(usize, Option<u64>)> = strata.iter().map(|(n, more)| (*n, more.map(|m| *n as u64 + m))).collect();
        let units = units(&strata);
        let totals = prop::collection::vec(-20.0_f64..20.0, units.count());
        (Just(units), totals)
    })
}

proptest! {
    #[test]
    fn jackknife_of_a_total_is_the_textbook_variance((units, totals) in design()) {
        for centre in [Centre::FullEstimate, Centre::ReplicateMean] {
            let weights = jkn(&units, centre, LonelyPsuPolicy::Fail).unwrap();
            prop_assert!(close(total_variance(&weights, &totals), textbook(&units, &totals), 1e-9));
            if units.strata().len() == 1 {
                let weights = jk1(&units, centre).unwrap();
                prop_assert!(close(total_variance(&weights, &totals), textbook(&units, &totals), 1e-9));
            }
        }
    }

    #[test]
    fn half_samples_of_a_total_are_the_textbook_variance(totals in prop::collection::vec((-20.0_f64..20.0, -20.0_f64..20.0), 1..40), rho in 0.0_f64..0.9) {
        let units = units(&vec![(2, None); totals.len()]);
        let flat: Vec<f64> = totals.iter().flat_map(|(a, b)| [*a, *b]).collect();
        for weights in [brr(&units, Centre::FullEstimate).unwrap(), fay(&units, Centre::ReplicateMean, rho).unwrap()] {
            prop_assert!(close(total_variance(&weights, &flat), textbook(&units, &flat), 1e-9));
        }
    }

    /// Where every stratum has fewer units than there are groups, Kott's extended form is exact for totals, whatever the draw.
    #[test]
    fn extended_groups_of_a_total_are_the_textbook_variance((units, totals) in design(), seed in 0_u64..1000) {
        let units = units.with_replacement();
        let weights = delete_a_group(&units, 9, seed).unwrap();
        // Cross products of strata that share a group only vanish on average, so strata are looked at one by one.
        let mut first = 0;
        for stratum in units.strata() {
            let alone: Vec<f64> = totals.iter().enumerate().map(|(k, z)| if (first..first + stratum.sampled).contains(&k) { *z } else { 0.0 }).collect();
            prop_assert!(close(total_variance(&weights, &alone), textbook(&units, &alone), 1e-9));
            first += stratum.sampled;
        }
    }

    /// The order of the cases changes no factor of a unit.
    #[test]
    fn numbering_does_not_depend_on_the_order_of_cases(rows in prop::collection::vec((0_u8..3, 0_u16..6), 2..30)) {
        let design = |rows: &[(u8, u16)]| {
            let (strata, clusters): (Vec<u8>, Vec<u16>) = rows.iter().copied().unzip();
            SampleDesign::new(&[Stage::new(&clusters).stratified(&strata).nested()], None).unwrap()
        };
        let (units, of_case) = PrimaryUnits::of_design(&design(&rows)).unwrap();
        let reversed: Vec<(u8, u16)> = rows.iter().rev().copied().collect();
        let (again, of_reversed) = PrimaryUnits::of_design(&design(&reversed)).unwrap();
        prop_assert_eq!(&units, &again);
        let turned: Vec<usize> = of_reversed.into_iter().rev().collect();
        prop_assert_eq!(of_case, turned);
    }

    /// Units are numbered stratum by stratum whatever their labels are.
    #[test]
    fn units_of_a_stratum_stand_together(rows in prop::collection::vec(0_u8..12, 2..40)) {
        let strata: Vec<u8> = rows.iter().map(|c| c % 3).collect();
        let design = SampleDesign::new(&[Stage::new(&rows).stratified(&strata)], None).unwrap();
        let (units, of_case) = PrimaryUnits::of_design(&design).unwrap();
        let places: Vec<(usize, usize)> = units.places().collect();
        for (case, unit) in of_case.iter().enumerate() {
            prop_assert_eq!(Some(places[*unit].0), design.first_stage().stratum(case));
        }
    }
}

/// The bootstraps agree on average: 20,000 replicates of a skewed total, within five standard errors of a variance
/// (relative `√((κ + 2)/R)`, the excess kurtosis κ of these sums below 1).
#[test]
fn bootstraps_of_a_total_tend_to_the_textbook_variance() {
    let units = units(&[(6, Some(20)), (8, Some(9)), (5, Some(50))]);
    let totals: Vec<f64> = (0..units.count()).map(|k| f64::from((k * k % 17) as u32)).collect();
    let plan = BootstrapPlan {
        replicates: 20_000,
        seed: 3,
        centre: Centre::ReplicateMean,
    };
    let expected = textbook(&units, &totals);
    let bound = 5.0 * (3.0_f64 / 20_000.0).sqrt();
    for weights in [
        rao_wu(&units, plan, None).unwrap(),
        rao_wu(&units, plan, Some(3)).unwrap(),
        preston(&TwoStageUnits::of_elements(units.clone()), plan).unwrap(),
    ] {
        let variance = total_variance(&weights, &totals);
        assert!(
            close(variance, expected, bound),
            "{:?}: {variance} is not {expected}",
            weights.method()
        );
    }
    // Its constant is only right for strata of one size and N much above n.
    let alike = self::units(&[(6, Some(6000)), (6, Some(6000))]);
    let totals = &totals[..12];
    let variance = total_variance(&canty_davison(&alike, plan).unwrap(), totals);
    assert!(close(variance, textbook(&alike, totals), bound), "{variance}");
}

/// Two stages: `Σ (1 − f₁) n s₁² + f₁ Σ (1 − f₂) m s₂²` (Cochran 1977, equation 10.16 times weights).
#[test]
fn preston_knows_both_stages() {
    let first = units(&[(6, Some(15)), (5, Some(8))]);
    let second: Vec<StratumUnits> = (0..first.count())
        .map(|k| StratumUnits {
            sampled: 2 + k % 4,
            population: Some(4 + 3 * (k as u64 % 4)),
        })
        .collect();
    let two = TwoStageUnits::new(first.clone(), second.clone()).unwrap();
    let z: Vec<f64> = (0..two.count()).map(|k| f64::from((k * k * 7 % 23) as u32)).collect();
    let (mut totals, mut inner, mut rest) = (Vec::new(), Vec::new(), z.as_slice());
    for place in &second {
        let (own, more) = rest.split_at(place.sampled);
        rest = more;
        totals.push(own.iter().sum::<f64>());
        let alone = PrimaryUnits::new(vec![*place]).unwrap();
        inner.push(textbook(&alone, own));
    }
    let shares = first.places().map(|(h, _)| 1.0 - first.strata()[h].unsampled_share());
    let expected = textbook(&first, &totals) + shares.zip(&inner).map(|(f, v)| f * v).sum::<f64>();
    let plan = BootstrapPlan {
        replicates: 20_000,
        seed: 5,
        centre: Centre::FullEstimate,
    };
    let weights = preston(&two, plan).unwrap();
    let variance = total_variance(&weights, &z);
    assert!(
        close(variance, expected, 5.0 * (3.0_f64 / 20_000.0).sqrt()),
        "{variance} is not {expected}"
    );
}

/// A lonely unit by each policy: the jackknife of a total is what the linearised variance gives.
#[test]
fn lonely_units_follow_the_policies_of_the_linearised_variance() {
    let units = units(&[(3, Some(9)), (1, Some(4)), (2, None), (1, Some(1))]);
    let totals = [3.0, 8.0, 1.0, 20.0, 4.0, 9.0, 7.0];
    let mut rest = totals.as_slice();
    let strata: Vec<StratumTotals> = units
        .strata()
        .iter()
        .map(|s| {
            let (own, more) = rest.split_at(s.sampled);
            rest = more;
            let mut scatter = Scatter::new(1);
            own.iter().for_each(|z| scatter.insert(&[*z]));
            StratumTotals {
                scatter,
                population: s.population,
            }
        })
        .collect();
    for policy in [LonelyPsuPolicy::Certainty, LonelyPsuPolicy::Average, LonelyPsuPolicy::Adjust] {
        let weights = jkn(&units, Centre::FullEstimate, policy).unwrap();
        let expected = stage_variance(&strata, 1, policy, 0).unwrap().covariance[(0, 0)];
        let actual = total_variance(&weights, &totals);
        assert!(close(actual, expected, 1e-12), "{policy:?}: {actual} is not {expected}");
    }
    let refused = jkn(&units, Centre::FullEstimate, LonelyPsuPolicy::Fail);
    assert_eq!(refused.map(|_| ()), Err(ReplicateError::LonelyUnit { stratum: 1 }));
}

#[test]
fn what_does_not_fit_is_refused() {
    let pairs = units(&[(2, None), (3, None)]);
    assert_eq!(
        brr(&pairs, Centre::FullEstimate).map(|_| ()),
        Err(ReplicateError::NotPaired { stratum: 1, units: 3 })
    );
    assert_eq!(
        jk1(&pairs, Centre::FullEstimate).map(|_| ()),
        Err(ReplicateError::SeveralStrata { strata: 2 })
    );
    let pairs = units(&[(2, None), (2, None)]);
    assert_eq!(
        fay(&pairs, Centre::FullEstimate, 1.0).map(|_| ()),
        Err(ReplicateError::FayFactor { rho: 1.0 })
    );
    let too_many = PrimaryUnits::new(vec![StratumUnits {
        sampled: 3,
        population: Some(2),
    }]);
    assert!(matches!(too_many, Err(ReplicateError::MoreSampledThanPopulation { .. })));
    let weights = brr(&pairs, Centre::FullEstimate).unwrap();
    let outside = weights.map(&[1.0, 1.0], &[0, 4], |_| ()).map(|_| ());
    assert_eq!(outside, Err(ReplicateError::BadEntry { position: 1 }));
    assert_eq!(
        weights.map(&[1.0], &[0, 1], |_| ()).map(|_| ()),
        Err(ReplicateError::Length { expected: 1, got: 2 })
    );
}

/// A replicate without a value takes the variance with it.
#[test]
fn a_replicate_that_fails_leaves_no_variance() {
    let units = units(&[(3, None)]);
    let weights = jk1(&units, Centre::FullEstimate).unwrap();
    let value = weights
        .estimate(&[1.0; 3], &[0, 1, 2], |w| (w[0] > 0.0).then_some(1.0))
        .unwrap()
        .unwrap();
    assert_eq!(value.variance, None);
}
