//! Replicate weights against R's `survey`: every number of `replication.json`, or the reason why not.
//!
//! The walk goes over the file, so a number without a comparison is a failure: comparisons are counted.

use crate::support::api::{Api, api_design};
use manyidu::design::replicates::balanced::{brr, fay};
use manyidu::design::replicates::bootstrap::{BootstrapPlan, canty_davison, rao_wu};
use manyidu::design::replicates::jackknife::{jk1, jkn};
use manyidu::design::replicates::preston::{TwoStageUnits, preston};
use manyidu::design::replicates::{Centre, PrimaryUnits, ReplicateRule, ReplicateWeights};
use manyidu::design::{LonelyPsuPolicy, SampleDesign, Stage, total_variance};
use nalgebra::DMatrix;
use serde_json::Value;
use std::collections::BTreeSet;

fn reference() -> Value {
    serde_json::from_str(include_str!("../reference/replication.json")).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is not a number"))
}

/// How far a number may be from R's.
#[derive(Clone, Copy)]
enum Held {
    /// To the digits that R wrote.
    Exactly,
    /// The replicates are drawn, and by another generator here: within five standard errors of the difference of two bootstrap
    /// standard errors. Relative standard error `√((κ + 2)/(4R))` each, the excess kurtosis κ of the replicate values taken as 1.
    Anchor,
}

struct Walk {
    compared: usize,
    anchored: usize,
}

impl Walk {
    fn compare(&mut self, what: &str, actual: f64, expected: f64, held: Held) {
        let relative = match held {
            Held::Exactly => 2e-12,
            Held::Anchor => 5.0 * (2.0 * 3.0 / (4.0 * 4000.0_f64)).sqrt(),
        };
        assert!(
            (actual - expected).abs() <= relative * expected.abs(),
            "{what}: {actual:?} is not {expected:?}"
        );
        match held {
            Held::Exactly => self.compared += 1,
            Held::Anchor => self.anchored += 1,
        }
    }
}

/// Factors that R drew, as the number of times each school was drawn: factor `k n_h/(n_h − 1)`.
fn fixed_rao_wu(units: &PrimaryUnits) -> ReplicateWeights {
    let rows: Vec<Vec<f64>> = include_str!("../reference/rao_wu_draws.txt")
        .lines()
        .map(|line| line.chars().map(|c| f64::from(c.to_digit(10).unwrap())).collect())
        .collect();
    // Row by row of the sample there, which stands in the order E, H and M here.
    let (api, design) = api_design("strat_nofpc");
    let (_, unit_of_row) = PrimaryUnits::of_design(&design).unwrap();
    let size = |stype: &str| api.text("stype").iter().filter(|s| *s == stype).count() as f64;
    let mut factors = vec![vec![f64::NAN; units.count()]; rows[0].len()];
    for (row, draws) in rows.iter().enumerate() {
        let n = size(&api.text("stype")[row]);
        for (replicate, k) in draws.iter().enumerate() {
            factors[replicate][unit_of_row[row]] = k * n / (n - 1.0);
        }
    }
    let rule = ReplicateRule {
        scale: 1.0 / 199.0,
        rscales: vec![1.0; 200],
        centre: Centre::ReplicateMean,
    };
    ReplicateWeights::given(factors, rule, units.df()).unwrap()
}

/// The sample, its design and the replicates behind a name of the reference.
fn replicates(name: &str) -> (Api, SampleDesign, Vec<usize>, ReplicateWeights, Held) {
    let design_name = match name {
        n if n.starts_with("JK1_clus1_nofpc") => "clus1_nofpc",
        "JK1_clus1_fpc" => "clus1_fpc",
        "JK1_srs_fpc" => "srs_fpc",
        n if n.ends_with("clus1_nofpc_R4000") => "clus1_nofpc",
        n if n.contains("strat_nofpc") => "strat_nofpc",
        _ => "strat_fpc",
    };
    let (api, design) = api_design(design_name);
    let (units, unit_of_row) = PrimaryUnits::of_design(&design).unwrap();
    let centre = if name.ends_with("_mse") {
        Centre::FullEstimate
    } else {
        Centre::ReplicateMean
    };
    let plan = BootstrapPlan {
        replicates: 4000,
        seed: 20_261_122,
        centre,
    };
    let (weights, held) = match name.split('_').next().unwrap() {
        "JK1" => (jk1(&units, centre), Held::Exactly),
        "JKn" => (jkn(&units, centre, LonelyPsuPolicy::Fail), Held::Exactly),
        "RaoWu" if name.ends_with("R200") => (Ok(fixed_rao_wu(&units)), Held::Exactly),
        "RaoWu" => (rao_wu(&units, plan, None), Held::Anchor),
        "CantyDavison" => (canty_davison(&units, plan), Held::Anchor),
        "PrestonMRB" => (preston(&TwoStageUnits::of_elements(units.clone()), plan), Held::Anchor),
        other => panic!("no method {other}"),
    };
    (api, design, unit_of_row, weights.unwrap(), held)
}

/// `Σ w y / Σ w x` over rows where `inside` holds; with x = 1 a mean.
fn ratio(weights: &[f64], y: &[f64], x: &[f64], inside: impl Fn(usize) -> bool) -> Option<f64> {
    let sum = |values: &[f64]| -> f64 { (0..weights.len()).filter(|i| inside(*i)).map(|i| weights[i] * values[i]).sum() };
    let below = sum(x);
    (below > 0.0).then(|| sum(y) / below)
}

fn structure(walk: &mut Walk, name: &str, case: &Value, weights: &ReplicateWeights) {
    let rule = weights.rule();
    let rscales = &rule.rscales;
    assert_eq!(rscales.len() as u64, case["n_rscales"].as_u64().unwrap(), "{name}");
    assert_eq!(weights.replicates() as u64, case["nrep"].as_u64().unwrap(), "{name}");
    assert_eq!(weights.df() as u64, case["degf"].as_u64().unwrap(), "{name}");
    assert_eq!(rule.centre == Centre::FullEstimate, case["mse"].as_bool().unwrap(), "{name}");
    walk.compared += 4;
    let expected: Vec<f64> = match &case["rscales"] {
        Value::Array(list) => list.iter().map(number).collect(),
        one => vec![number(one)],
    };
    // Preston's are stated the other way round there: scale 1, each replicate 1/(R − 1).
    let outer = number(&case["scale"]);
    let mut found: Vec<f64> = rscales.iter().map(|c| c * rule.scale).collect();
    found.dedup();
    let mut products: Vec<f64> = expected.iter().map(|c| c * outer).collect();
    found.sort_by(f64::total_cmp);
    found.dedup();
    products.sort_by(f64::total_cmp);
    assert_eq!(found.len(), products.len(), "{name}");
    for (a, b) in found.into_iter().zip(products) {
        walk.compare(&format!("{name} coefficient"), a, b, Held::Exactly);
    }
    walk.compared += 1;
}

fn with_interval(walk: &mut Walk, what: &str, case: &Value, variable: &str, value: f64, se: f64, held: Held) {
    walk.compare(what, value, number(&case["est"][variable]), Held::Exactly);
    walk.compare(&format!("{what} se"), se, number(&case["se"][variable]), held);
    walk.compare(&format!("{what} cv"), se / value, number(&case["cv"][variable]), held);
    for (bound, sign) in case["ci95_z"][variable].as_array().unwrap().iter().zip([-1.0, 1.0]) {
        let z = 1.959_963_984_540_054;
        // An anchored bound is held by its distance from the estimate.
        walk.compare(&format!("{what} interval"), sign * z * se, number(bound) - value, held);
    }
}

#[test]
fn replicates_equal_r() {
    let mut walk = Walk { compared: 0, anchored: 0 };
    let reference = reference();
    for (name, case) in reference.as_object().unwrap() {
        if name == "meta" || name == "scd" {
            continue;
        }
        let (api, design, unit_of_row, weights, held) = replicates(name);
        structure(&mut walk, name, case, &weights);
        let base = design.weights();
        let column = |name: &str| -> Vec<f64> { api.variable(name).into_iter().map(Option::unwrap).collect() };
        let ones = vec![1.0; base.len()];
        let estimate = |f: &(dyn Fn(&[f64]) -> Option<f64> + Sync)| {
            let found = weights.estimate(base, &unit_of_row, f).unwrap().unwrap();
            (found.value, found.variance.unwrap().sqrt())
        };
        for (key, variable) in [("mean_api00", "api00"), ("mean_aw", "aw")] {
            let y = column(variable);
            let (value, se) = estimate(&|w| ratio(w, &y, &ones, |_| true));
            with_interval(&mut walk, &format!("{name} {key}"), &case[key], variable, value, se, held);
        }
        let enroll = column("enroll");
        let (value, se) = estimate(&|w| Some(w.iter().zip(&enroll).map(|(w, y)| w * y).sum()));
        with_interval(
            &mut walk,
            &format!("{name} total"),
            &case["total_enroll"],
            "enroll",
            value,
            se,
            held,
        );
        let students = column("api.stu");
        let (value, se) = estimate(&|w| ratio(w, &students, &enroll, |_| true));
        walk.compare(&format!("{name} ratio"), value, number(&case["ratio"]["est"]), Held::Exactly);
        walk.compare(&format!("{name} ratio se"), se, number(&case["ratio"]["se"]), held);
        let (api00, stype) = (column("api00"), api.text("stype"));
        for (domain, expected) in case["by_stype"]["est"].as_object().unwrap() {
            let (value, se) = estimate(&|w| ratio(w, &api00, &ones, |i| &stype[i] == domain));
            walk.compare(&format!("{name} {domain}"), value, number(expected), Held::Exactly);
            walk.compare(&format!("{name} {domain} se"), se, number(&case["by_stype"]["se"][domain]), held);
        }
    }
    // 12 cases: 5 facts, 3 estimates of 5 numbers, a ratio of 2, three domains of 2, and 16 coefficients in all. Of the four whose
    // replicates are drawn, 16 each depend on the draw.
    assert_eq!(
        (walk.compared, walk.anchored),
        (12 * 28 + 16 - 64, 64),
        "comparisons: exact, anchored"
    );
}

// --- two units a stratum -----------------------------------------------------------------------------------------

#[test]
fn half_samples_equal_r() {
    let reference = reference();
    let scd = &reference["scd"];
    let rows = scd["data"].as_array().unwrap();
    let column = |key: &str| -> Vec<f64> { rows.iter().map(|row| number(&row[key])).collect() };
    let labels = |key: &str| -> Vec<u64> { rows.iter().map(|row| row[key].as_u64().unwrap()).collect() };
    let (alive, arrests) = (column("alive"), column("arrests"));
    let stage = Stage::new(&labels("ambulance")).stratified(&labels("ESA")).nested();
    let design = SampleDesign::new(&[stage], None).unwrap();
    let (units, unit_of_row) = PrimaryUnits::of_design(&design).unwrap();
    let mut walk = Walk { compared: 0, anchored: 0 };
    let centre = Centre::ReplicateMean;
    for (key, weights) in [
        ("BRR", brr(&units, centre)),
        ("Fay03", fay(&units, centre, 0.3)),
        ("JKn", jkn(&units, centre, LonelyPsuPolicy::Fail)),
    ] {
        let (weights, case) = (weights.unwrap(), &scd[key]);
        assert_eq!(weights.replicates() as u64, case["nrep"].as_u64().unwrap());
        let of = |y: &[f64], x: &[f64]| {
            let found = weights.estimate(design.weights(), &unit_of_row, |w| ratio(w, y, x, |_| true));
            let found = found.unwrap().unwrap();
            (found.value, found.variance.unwrap().sqrt())
        };
        let (value, se) = of(&alive, &arrests);
        walk.compare(&format!("{key} ratio"), value, number(&case["ratio"]), Held::Exactly);
        walk.compare(&format!("{key} ratio se"), se, number(&case["ratio_se"]), Held::Exactly);
        let (value, se) = of(&alive, &[1.0; 6]);
        walk.compare(&format!("{key} mean"), value, number(&case["mean"]), Held::Exactly);
        walk.compare(&format!("{key} mean se"), se, number(&case["mean_se"]), Held::Exactly);
    }
    let factors = brr(&units, centre).unwrap();
    for (row, expected) in scd["BRR_factors"].as_array().unwrap().iter().enumerate() {
        for (replicate, factor) in expected.as_array().unwrap().iter().enumerate() {
            assert_eq!(factors.factors(replicate)[unit_of_row[row]], number(factor));
            walk.compared += 1;
        }
    }
    taylor(&mut walk, &scd["taylor"], &design, &alive, &arrests);
    assert_eq!(walk.compared, 3 * 4 + 24 + 4);
}

/// The linearised values of the same sample.
fn taylor(walk: &mut Walk, case: &Value, design: &SampleDesign, alive: &[f64], arrests: &[f64]) {
    let ones = vec![1.0; alive.len()];
    for (key, below) in [("ratio", arrests), ("mean", ones.as_slice())] {
        let value = ratio(design.weights(), alive, below, |_| true).unwrap();
        let total: f64 = below.iter().sum();
        let influence = DMatrix::from_fn(alive.len(), 1, |i, _| (alive[i] - value * below[i]) / total);
        let variance = total_variance(design, &influence, LonelyPsuPolicy::Fail).unwrap();
        walk.compare(&format!("taylor {key}"), value, number(&case[key]), Held::Exactly);
        let se = variance.standard_errors()[0];
        walk.compare(&format!("taylor {key} se"), se, number(&case[&format!("{key}_se")]), Held::Exactly);
    }
}

// --- second routes -----------------------------------------------------------------------------------------------

/// The degrees of freedom are the rank of the replicate weights less one, which is how R finds them.
#[test]
fn degrees_of_freedom_are_the_rank_of_the_factors() {
    for name in ["JK1_clus1_nofpc", "JKn_strat_fpc", "RaoWu_subbootstrap_strat_nofpc_R200"] {
        let (_, design, unit_of_row, weights, _) = replicates(name);
        let rows: Vec<Vec<f64>> = weights.map(design.weights(), &unit_of_row, <[f64]>::to_vec).unwrap();
        let matrix = DMatrix::from_fn(rows.len(), rows[0].len(), |r, i| rows[r][i] / 100.0);
        assert_eq!(matrix.rank(1e-7), weights.df() + 1, "{name}");
    }
}

/// Two stages with both corrections: Preston's replicates tend to the linearised standard error of `clus2_fpc`.
#[test]
fn two_stage_replicates_tend_to_the_linearised_error() {
    let (api, design) = api_design("clus2_fpc");
    let (units, unit_of_row) = TwoStageUnits::of_design(&design).unwrap();
    let names: BTreeSet<usize> = unit_of_row.iter().copied().collect();
    assert_eq!(names.len(), units.count());
    let plan = BootstrapPlan {
        replicates: 4000,
        seed: 9,
        centre: Centre::ReplicateMean,
    };
    let weights = preston(&units, plan).unwrap();
    let w = design.weights();
    // A total, for which the replicates have the right expectation; the variable of the reference's mean.
    let y: Vec<f64> = api.variable("api00").into_iter().map(Option::unwrap).collect();
    let mean = ratio(w, &y, &vec![1.0; y.len()], |_| true).unwrap();
    let centred: Vec<f64> = y.iter().map(|y| y - mean).collect();
    let found = weights
        .estimate(w, &unit_of_row, |w| Some(w.iter().zip(&centred).map(|(w, y)| w * y).sum()))
        .unwrap()
        .unwrap();
    let influence = DMatrix::from_fn(y.len(), 1, |i, _| w[i] * centred[i]);
    let expected = total_variance(&design, &influence, LonelyPsuPolicy::Fail)
        .unwrap()
        .standard_errors()[0];
    let se = found.variance.unwrap().sqrt();
    assert!(
        (se / expected - 1.0).abs() < 5.0 * (3.0_f64 / 16_000.0).sqrt(),
        "{se} is not {expected}"
    );
}
