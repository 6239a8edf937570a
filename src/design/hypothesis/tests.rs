//! Laws and second routes of the tests.

use super::goodness_of_fit::goodness_of_fit;
use super::independence::independence;
use super::regression::{Link, regression};
use super::two_groups::{RankScore, mean_difference, rank_difference, rank_shares};
use super::*;
use crate::design::Stage;
use crate::design::estimate::{Domain, mean};
use proptest::prelude::*;

const LONELY: LonelyPsuPolicy = LonelyPsuPolicy::Adjust;

fn close(a: f64, b: f64, relative: f64) -> bool {
    (a - b).abs() <= relative * b.abs().max(1e-12)
}

/// Stratum, cluster, weight, value, two traits.
type Case = (u8, u8, f64, f64, u8, u8);

fn cases() -> impl Strategy<Value = Vec<Case>> {
    prop::collection::vec((0_u8..2, 0_u8..5, 0.5_f64..4.0, -10.0_f64..10.0, 0_u8..2, 0_u8..3), 25..60)
}

fn design_of(cases: &[Case], unit: f64) -> SampleDesign {
    let (strata, clusters): (Vec<u8>, Vec<u8>) = cases.iter().map(|c| (c.0, c.1)).unzip();
    let weights: Vec<f64> = cases.iter().map(|c| c.2 * unit).collect();
    SampleDesign::new(&[Stage::new(&clusters).stratified(&strata).nested()], Some(&weights)).unwrap()
}

/// One entry a case, `None` where missing.
type Column<T> = Vec<Option<T>>;

fn traits(cases: &[Case]) -> (Column<u8>, Column<u8>, Column<f64>) {
    let rows = cases.iter().map(|c| Some(c.4)).collect();
    let columns = cases.iter().map(|c| Some(c.5)).collect();
    (rows, columns, cases.iter().map(|c| Some(c.3)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The unit of the weights, exchanging the traits, and the order of the cases change nothing.
    #[test]
    fn independence_is_of_the_table_only(cases in cases(), turn in 1_usize..20) {
        let (rows, columns, _) = traits(&cases);
        let Ok(one) = independence(&design_of(&cases, 1.0), &rows, &columns, LONELY) else { return Ok(()) };
        let other = independence(&design_of(&cases, 250.0), &columns, &rows, LONELY).unwrap();
        let mut turned = cases.clone();
        turned.rotate_left(turn);
        let (rows, columns, _) = traits(&turned);
        let third = independence(&design_of(&turned, 1.0), &rows, &columns, LONELY).unwrap();
        for again in [&other, &third] {
            prop_assert!(close(again.pearson, one.pearson, 1e-8) || one.pearson < 1e-9);
            prop_assert!((again.f.p_value - one.f.p_value).abs() < 1e-8);
            prop_assert!((again.saddlepoint_p - one.saddlepoint_p).abs() < 1e-7);
            if let (Some(a), Some(b)) = (again.wald, one.wald) {
                prop_assert!((a.p_value - b.p_value).abs() < 1e-7);
            }
        }
    }

    /// Elements drawn with replacement, equal weights: every design effect is n/(n − 1), so the first-order test is Pearson's.
    #[test]
    fn without_a_design_the_test_is_pearsons(cases in cases()) {
        let (rows, columns, _) = traits(&cases);
        let design = SampleDesign::new(&[Stage::of_elements(cases.len())], None).unwrap();
        let Ok(found) = independence(&design, &rows, &columns, LONELY) else { return Ok(()) };
        let n = cases.len() as f64;
        // Exact where the table is independent; elsewhere V knows the table, so only their mean in the cell shares is near.
        let k = found.design_effects.len() as f64;
        let mean = found.design_effects.iter().sum::<f64>() / k;
        prop_assert!((0.3..3.0).contains(&(mean * (n - 1.0) / n)), "{mean}");
        prop_assert!(close(found.f.statistic, found.pearson / (mean * k), 1e-12));
    }

    /// The difference of two means and its error from two domain means and their covariance.
    #[test]
    fn a_difference_of_means_is_that_of_two_domains(cases in cases()) {
        let (group, _, value) = traits(&cases);
        let design = design_of(&cases, 1.0);
        let Ok(test) = mean_difference(&design, &value, &group, LONELY) else { return Ok(()) };
        let of = |g: u8| mean(&Domain::whole(&design, LONELY).narrowed(|i| group[i] == Some(g)), &value).unwrap();
        let (first, second) = (of(0), of(1));
        prop_assert!((test.estimate - (second.value - first.value)).abs() < 1e-9);
        let influence = DMatrix::from_fn(cases.len(), 1, |i, _| second.influence[i] - first.influence[i]);
        let variance = total_variance(&design, &influence, LONELY).unwrap().covariance[(0, 0)];
        prop_assert!(close(test.standard_error, variance.sqrt(), 1e-8));
    }

    /// Ranks know neither the order of the rows nor the scale of the value, and average one half.
    #[test]
    fn ranks_are_of_the_order_of_values_only(cases in cases()) {
        let weights: Vec<f64> = cases.iter().map(|c| c.2).collect();
        let value: Vec<Option<f64>> = cases.iter().map(|c| (c.5 < 2).then_some(f64::from(c.1))).collect();
        let stretched: Vec<Option<f64>> = value.iter().map(|y| y.map(|y| y.powi(3) - 7.0)).collect();
        let (shares, again) = (rank_shares(&weights, &value), rank_shares(&weights, &stretched));
        prop_assert_eq!(&shares, &again);
        let both: Vec<(f64, f64)> = weights.iter().zip(&shares).filter_map(|(w, s)| Some((*w, (*s)?))).collect();
        let total: f64 = both.iter().map(|(w, _)| w).sum();
        let mean = both.iter().map(|(w, s)| w * s).sum::<f64>() / total;
        prop_assume!(total > 0.0);
        prop_assert!((mean - 0.5).abs() < 1e-12);
        let reversed: Vec<Option<f64>> = rank_shares(
            &weights.iter().rev().copied().collect::<Vec<_>>(),
            &value.iter().rev().copied().collect::<Vec<_>>(),
        ).into_iter().rev().collect();
        for (a, b) in shares.iter().zip(&reversed) {
            prop_assert!((a.unwrap_or(0.0) - b.unwrap_or(0.0)).abs() < 1e-12);
        }
    }

    /// Exchanging the groups, or turning the scale round, turns the sign only.
    #[test]
    fn rank_tests_are_antisymmetric(cases in cases()) {
        let (group, _, value) = traits(&cases);
        let design = design_of(&cases, 1.0);
        let other: Vec<Option<u8>> = group.iter().map(|g| g.map(|g| 1 - g)).collect();
        let turned: Vec<Option<f64>> = value.iter().map(|y| y.map(|y| -y)).collect();
        for score in [RankScore::Wilcoxon, RankScore::VanDerWaerden] {
            let Ok(one) = rank_difference(&design, &value, &group, score, LONELY) else { return Ok(()) };
            for again in [
                rank_difference(&design, &value, &other, score, LONELY).unwrap(),
                rank_difference(&design, &turned, &group, score, LONELY).unwrap(),
            ] {
                prop_assert!((one.t + again.t).abs() < 1e-7 * one.t.abs().max(1.0));
            }
        }
    }

    /// A logistic model of an indicator alone has the log odds of two domain shares.
    #[test]
    fn a_logistic_slope_is_a_log_odds_ratio(cases in cases()) {
        let design = design_of(&cases, 1.0);
        let outcome: Vec<Option<f64>> = cases.iter().map(|c| Some(f64::from(u8::from(c.5 == 1)))).collect();
        let predictors = DMatrix::from_fn(cases.len(), 2, |i, j| if j == 0 { 1.0 } else { f64::from(cases[i].4) });
        let share = |g: u8| -> f64 {
            let of = |y: bool| -> f64 { cases.iter().filter(|c| c.4 == g && (!y || c.5 == 1)).map(|c| c.2).sum() };
            of(true) / of(false)
        };
        let odds = |p: f64| (p / (1.0 - p)).ln();
        prop_assume!([share(0), share(1)].iter().all(|p| *p > 0.0 && *p < 1.0));
        let found = regression(&design, &outcome, &predictors, Link::Logit, LONELY).unwrap();
        prop_assert!((found.coefficients[0] - odds(share(0))).abs() < 1e-8);
        prop_assert!((found.coefficients[1] - (odds(share(1)) - odds(share(0)))).abs() < 1e-8);
    }
}

/// Strata that are the categories, with weights that reproduce them: nothing varies, and that is said.
#[test]
fn a_fit_on_the_strata_themselves_has_no_test() {
    let strata: Vec<usize> = vec![0, 0, 0, 1, 1, 2, 2, 2, 2];
    let population: Vec<u64> = strata.iter().map(|s| [30, 40, 80][*s]).collect();
    let stage = Stage::of_elements(9).stratified(&strata).with_population(&population);
    let design = SampleDesign::new(&[stage], None).unwrap();
    let category: Vec<Option<usize>> = strata.iter().map(|s| Some(*s)).collect();
    let shares = [30.0, 40.0, 80.0];
    assert_eq!(goodness_of_fit(&design, &category, &shares, LONELY), Err(TestError::FixedByDesign));
    assert_eq!(
        goodness_of_fit(&design, &category, &[1.0, 0.0, 1.0], LONELY),
        Err(TestError::BadShare { category: 1 })
    );
}

/// One element each drawn with replacement: the eigenvalues are those of the multinomial, so the F test is Pearson's X² over its df
/// times (n − 1)/n, up to what the deviation itself adds to the variance.
#[test]
fn a_fit_without_a_design_is_pearsons() {
    let category: Vec<Option<usize>> = (0..300).map(|i| Some(i * i % 7 % 3)).collect();
    let design = SampleDesign::new(&[Stage::of_elements(300)], None).unwrap();
    let count = |k: usize| category.iter().filter(|c| **c == Some(k)).count() as f64;
    // Exactly the observed shares: nothing deviates, and the scale is that of the multinomial.
    let found = goodness_of_fit(&design, &category, &[count(0), count(1), count(2)], LONELY).unwrap();
    assert!(found.statistic.abs() < 1e-20 && close(found.scale, 300.0 / 299.0, 1e-10) && close(found.df, 2.0, 1e-10));
    assert!(close(found.p_value, 1.0, 1e-9));
}

/// Groups that are separated completely have no finite log odds.
#[test]
fn separation_is_named() {
    let design = SampleDesign::new(&[Stage::of_elements(6)], None).unwrap();
    let outcome: Vec<Option<f64>> = [0.0, 0.0, 0.0, 1.0, 1.0, 1.0].map(Some).to_vec();
    let predictors = DMatrix::from_fn(6, 2, |i, j| if j == 0 { 1.0 } else { i as f64 });
    let found = regression(&design, &outcome, &predictors, Link::Logit, LONELY);
    assert!(
        matches!(found, Err(TestError::NotConverged { .. } | TestError::Singular)),
        "{found:?}"
    );
    let twice = DMatrix::from_fn(6, 2, |_, _| 1.0);
    assert_eq!(
        regression(&design, &outcome, &twice, Link::Identity, LONELY),
        Err(TestError::Singular)
    );
}
