//! Planning, drawing and verifying a sample: numbers against other programs, and the commands as a user meets them.

use crate::support::{manyidu, text, transcript};
use manyidu::ingest::table::Reading;
use manyidu::io::Memory;
use manyidu::sample::allocation::{
    AllocationRule, StratumPlan, allocate, required_for_variance, shares, variance_of_mean, variance_without_strata,
};
use manyidu::sample::draw::design::{DrawDesign, Selection, StratumDraw, WithinCluster};
use manyidu::sample::draw::joint::{JointDesign, estimate_total, joint_probabilities};
use manyidu::sample::draw::pps::{inclusion_probabilities, systematic};
use manyidu::sample::draw::{Role, draw, draw_named, ranked};
use manyidu::sample::evidence::{runs, serial, uniform};
use manyidu::sample::frame::{FrameColumns, UnitFrame, read_frame};
use manyidu::sample::size::{MeanPlan, ProportionPlan, required_for_wilson, required_sample, required_sample_for_mean};
use proptest::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};

fn reference(file: &str) -> Value {
    serde_json::from_str(&text(&format!("tests/reference/{file}"))).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

#[track_caller]
fn close(what: &str, actual: f64, expected: &Value, relative: f64) {
    let expected = number(expected);
    assert!(
        (actual - expected).abs() <= relative * expected.abs().max(1e-12),
        "{what}: {actual} is not {expected}"
    );
}

#[track_caller]
fn all_close(what: &str, actual: &[f64], expected: &Value, relative: f64) {
    let expected = expected.as_array().unwrap();
    assert_eq!(actual.len(), expected.len(), "{what}");
    for (a, e) in actual.iter().zip(expected) {
        close(what, *a, e, relative);
    }
}

// --- size and allocation -----------------------------------------------------------------------------------------

#[test]
fn sizes_equal_r_and_practools() {
    let all = reference("size_allocation.json");
    let (prop, tools) = (&all["prop"], &all["practools"]);
    let plan = ProportionPlan {
        margin_share: number(&prop["e"]),
        level: 1.0 - number(&prop["alpha"]),
        proportion: number(&prop["p"]),
        population: prop["N"].as_u64(),
        ..ProportionPlan::default()
    };
    let simple = required_sample(&plan).unwrap();
    close("n0", simple.n_simple_random, &prop["n0"], 1e-13);
    close("n", simple.n_with_population, &prop["n_fpc_cochran_minus1"], 1e-13);
    close("nProp", simple.n_with_population, &tools["nProp_e_V0_N"], 1e-13);
    close("nPropMoe", simple.n_with_population, &tools["nPropMoe"], 1e-13);
    assert_eq!(Some(simple.interviews), prop["ceil"]["fpc"].as_u64());
    let unlimited = required_sample(&ProportionPlan { population: None, ..plan }).unwrap();
    assert_eq!(Some(unlimited.interviews), prop["ceil"]["n0"].as_u64());
    // With S² = p(1−p) itself the correction is that of a mean.
    let as_mean = MeanPlan {
        sd: 0.5,
        margin: plan.margin_share,
        level: plan.level,
        design_effect: 1.0,
        response_share: 1.0,
        population: plan.population,
    };
    let without_one = required_sample_for_mean(&as_mean).unwrap();
    close("simple correction", without_one.n_with_population, &prop["n_fpc_simple"], 1e-13);

    let with_design = &all["prop_deff_rr"];
    let clustered = ProportionPlan {
        design_effect: number(&with_design["deff"]),
        response_share: number(&with_design["resp_rate"]),
        ..plan
    };
    let needed = required_sample(&clustered).unwrap();
    close("n with deff", needed.n_with_population, &with_design["deff_first"], 1e-13);
    close("invited", needed.n_invited, &with_design["invites"], 1e-13);
    // Rounded once: 1318.1 up, not 528/0.4.
    assert_eq!((needed.interviews, needed.invitations), (528, 1319));

    let mean = &all["mean"];
    let plan = MeanPlan {
        sd: number(&mean["sigma"]),
        margin: number(&mean["e"]),
        population: mean["N"].as_u64(),
        ..as_mean
    };
    let needed = required_sample_for_mean(&plan).unwrap();
    close("n0 of a mean", needed.n_simple_random, &mean["n0"], 1e-13);
    close("n of a mean", needed.n_with_population, &mean["n_fpc"], 1e-13);
    close("nCont", needed.n_with_population, &tools["nCont"], 1e-13);
    close("nContMoe", needed.n_with_population, &tools["nContMoe"], 1e-13);
}

#[test]
fn the_size_for_wilsons_interval_equals_practools() {
    let expected = &reference("size_allocation.json")["practools"]["nWilson"];
    let n = required_for_wilson(&ProportionPlan::default()).unwrap();
    close("nWilson", n, &expected["n.sam"], 1e-13);
    // Back through the interval itself, at fractional n, for this and another share.
    let z = 1.959_963_984_540_054_f64;
    let ends = |n: f64, p: f64| {
        let (middle, half) = (p + z * z / (2.0 * n), z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt());
        let factor = 1.0 + z * z / n;
        [(middle - half) / factor, (middle + half) / factor]
    };
    let [low, high] = ends(n, 0.5);
    close("lower", low, &expected["CI lower limit"], 1e-13);
    close("upper", high, &expected["CI upper limit"], 1e-13);
    close("length", high - low, &expected["length of CI"], 1e-13);
    let other = ProportionPlan {
        proportion: 0.12,
        margin_share: 0.03,
        ..ProportionPlan::default()
    };
    let [low, high] = ends(required_for_wilson(&other).unwrap(), 0.12);
    assert!((high - low - 0.06).abs() < 1e-14);
}

fn three_strata(alloc: &Value) -> Vec<StratumPlan> {
    let (units, sds, costs) = (numbers(&alloc["N_h"]), numbers(&alloc["S_h_api00"]), numbers(&alloc["cost"]));
    let stratum = |h: usize| StratumPlan {
        population: units[h] as u64,
        sd: Some(sds[h]),
        cost: Some(costs[h]),
    };
    (0..3).map(stratum).collect()
}

#[test]
fn allocations_equal_r_and_practools() {
    let all = reference("size_allocation.json");
    let alloc = &all["alloc"];
    let strata = three_strata(alloc);
    let n = number(&alloc["n"]);
    let exact = |rule| shares(rule, &strata).unwrap().iter().map(|a| a * n).collect::<Vec<f64>>();
    let whole = |rule| {
        allocate(rule, &strata, n as u64, 0)
            .unwrap()
            .iter()
            .map(|s| s.size)
            .collect::<Vec<u64>>()
    };
    let tools = &all["practools_strAlloc"];
    for (rule, name, of_tools) in [
        (AllocationRule::Proportional, "proportional", "prop"),
        (AllocationRule::Neyman, "neyman", "neyman"),
    ] {
        all_close(name, &exact(rule), &alloc[name], 1e-13);
        all_close(name, &exact(rule), &tools[of_tools]["nh"], 1e-13);
        all_close(name, &shares(rule, &strata).unwrap(), &tools[of_tools]["nh/n"], 1e-13);
        let integers: Vec<u64> = numbers(&alloc[format!("{name}_int_largest_remainder")])
            .iter()
            .map(|x| *x as u64)
            .collect();
        assert_eq!(whole(rule), integers);
    }
    all_close("cost", &exact(AllocationRule::CostOptimal), &alloc["optimal_cost"], 1e-13);
}

#[test]
fn anticipated_variances_equal_r_and_practools() {
    let all = reference("size_allocation.json");
    let (alloc, tools) = (&all["alloc"], &all["practools_strAlloc"]);
    let strata = three_strata(alloc);
    let n = number(&alloc["n"]);
    let exact = |rule| shares(rule, &strata).unwrap().iter().map(|a| a * n).collect::<Vec<f64>>();
    let variance = |rule| variance_of_mean(&strata, &exact(rule)).unwrap();
    close(
        "prop",
        variance(AllocationRule::Proportional),
        &alloc["var_mean_proportional"],
        1e-12,
    );
    close("neyman", variance(AllocationRule::Neyman), &alloc["var_mean_neyman"], 1e-12);
    close("equal", variance(AllocationRule::Equal), &alloc["var_mean_equal"], 1e-12);
    close(
        "se",
        variance(AllocationRule::Proportional).sqrt(),
        &alloc["se_proportional"],
        1e-12,
    );
    close("se", variance(AllocationRule::Neyman).sqrt(), &alloc["se_neyman"], 1e-12);
    close(
        "se",
        variance(AllocationRule::Neyman).sqrt(),
        &tools["neyman"]["anticipated SE of estimated mean"],
        1e-12,
    );
    let z = 1.959_963_984_540_054;
    let target = (10.0 / z) * (10.0 / z);
    let needed = |rule| required_for_variance(rule, &strata, target).unwrap();
    close("neyman n", needed(AllocationRule::Neyman), &alloc["neyman_min_n_for_moe10"], 1e-12);
    close(
        "prop n",
        needed(AllocationRule::Proportional),
        &alloc["prop_min_n_for_moe10"],
        1e-12,
    );
    let plain = variance_without_strata(&strata, &numbers(&alloc["mean_h"]), n).unwrap();
    close("srs", plain, &alloc["var_srs"], 1e-12);
    close(
        "deff",
        variance(AllocationRule::Proportional) / plain,
        &alloc["strat_deff_prop"],
        1e-12,
    );
}

// --- selection with unequal probabilities ------------------------------------------------------------------------

#[test]
fn inclusion_probabilities_and_systematic_samples_equal_r() {
    let all = reference("selection.json");
    let expected = &all["inclusion_probabilities"];
    let probabilities = inclusion_probabilities(&numbers(&expected["mos"]), 10).unwrap();
    all_close("pik", &probabilities, &expected["pik"], 1e-13);
    let certain = probabilities.iter().filter(|p| **p == 1.0).count() as u64;
    assert_eq!(Some(certain), expected["n_certainty"].as_u64());
    close("sum", probabilities.iter().sum(), &expected["sum"], 1e-13);
    for sample in all["systematic_pps"].as_array().unwrap() {
        let taken: Vec<u64> = systematic(&probabilities, number(&sample["u"]))
            .iter()
            .map(|k| *k as u64 + 1)
            .collect();
        let wanted: Vec<u64> = sample["idx1"].as_array().unwrap().iter().map(|k| k.as_u64().unwrap()).collect();
        assert_eq!(taken, wanted, "{}", sample["u"]);
    }
}

#[test]
fn joint_probabilities_equal_r() {
    let joint = &reference("selection.json")["joint"];
    let probabilities = inclusion_probabilities(&numbers(&joint["mos"]), joint["n"].as_u64().unwrap()).unwrap();
    all_close("pik", &probabilities, &joint["pik"], 1e-13);
    let designs = [
        (JointDesign::Sampford, "sampford", 1e-12_f64),
        (JointDesign::Tille, "tille", 1e-12),
        (JointDesign::Systematic, "systematic", 1e-12),
        (JointDesign::Midzuno, "midzuno", 1e-12),
    ];
    for (design, name, relative) in designs {
        let matrix = joint_probabilities(design, &probabilities).unwrap();
        for k in 0..probabilities.len() {
            let row: Vec<f64> = (0..probabilities.len()).map(|l| matrix[(k, l)]).collect();
            for (l, expected) in joint[name][k].as_array().unwrap().iter().enumerate() {
                let off = (row[l] - number(expected)).abs();
                assert!(
                    off <= relative.max(1e-14) * number(expected).max(1e-3),
                    "{name} {k} {l}: {} is not {expected}",
                    row[l]
                );
            }
        }
    }
}

/// R's iteration for maximum entropy stops when the probabilities are met to 1e-6 in sum. The same iteration, written out over all
/// samples of three, gives R's matrix when it stops there, and ours when it goes on.
#[test]
fn maximum_entropy_is_where_the_iteration_of_r_leads() {
    let joint = &reference("selection.json")["joint"];
    let targets = inclusion_probabilities(&numbers(&joint["mos"]), 3).unwrap();
    let samples: Vec<u32> = (0_u32..64).filter(|mask| mask.count_ones() == 3).collect();
    let both = |pit: &[f64], k: usize, l: usize| {
        let odds = |mask: u32| {
            (0..6)
                .filter(|j| mask & (1 << j) != 0)
                .map(|j| pit[j] / (1.0 - pit[j]))
                .product::<f64>()
        };
        let all: f64 = samples.iter().map(|mask| odds(*mask)).sum();
        let holding = samples.iter().filter(|mask| **mask & (1 << k) != 0 && **mask & (1 << l) != 0);
        holding.map(|mask| odds(*mask)).sum::<f64>() / all
    };
    let settled = |stop: f64| {
        let mut pit = targets.clone();
        loop {
            let off: Vec<f64> = (0..6).map(|k| targets[k] - both(&pit, k, k)).collect();
            pit.iter_mut().zip(&off).for_each(|(p, o)| *p += o);
            if off.iter().map(|o| o.abs()).sum::<f64>() <= stop {
                return pit;
            }
        }
    };
    let (as_r, far) = (settled(1e-6), settled(1e-15));
    let ours = joint_probabilities(JointDesign::MaximumEntropy, &targets).unwrap();
    for k in 0..6 {
        for l in (0..6).filter(|l| *l != k) {
            // R takes the targets as reached: (π_k·ω_l − π_l·ω_k)/(ω_l − ω_k).
            let odds = |j: usize| as_r[j] / (1.0 - as_r[j]);
            let of_r = (targets[k] * odds(l) - targets[l] * odds(k)) / (odds(l) - odds(k));
            close("R", of_r, &joint["maxentropy"][k][l], 1e-12);
            assert!((both(&far, k, l) - ours[(k, l)]).abs() < 1e-12, "{k} {l}");
        }
    }
}

#[test]
fn the_total_and_its_variances_equal_r() {
    let all = reference("selection.json");
    let (joint, ht) = (&all["joint"], &all["ht"]);
    let probabilities = numbers(&joint["pik"]);
    let matrix = joint_probabilities(JointDesign::Sampford, &probabilities).unwrap();
    let sample: Vec<usize> = ht["sample"]
        .as_array()
        .unwrap()
        .iter()
        .map(|k| k.as_u64().unwrap() as usize - 1)
        .collect();
    let values: Vec<f64> = sample.iter().map(|k| numbers(&ht["y"])[*k]).collect();
    let of_sample = matrix.select_rows(&sample).select_columns(&sample);
    let estimate = estimate_total(&values, &of_sample).unwrap();
    close("total", estimate.total, &ht["ht_total"], 1e-12);
    close("HT", estimate.variance_horvitz_thompson, &ht["var_ht_HT"], 1e-10);
    close("SYG", estimate.variance_sen_yates_grundy, &ht["var_ht_SYG"], 1e-10);
    close("SYG", estimate.variance_sen_yates_grundy, &ht["var_ht_SYG_pkg"], 1e-10);
}

// --- evidence without a record -----------------------------------------------------------------------------------

fn check_runs(test: runs::RunsTest, expected: &Value) {
    let whole = |value: u64, key: &str| assert_eq!(Some(value), expected[key].as_u64(), "{key}");
    whole(test.first, "n1");
    whole(test.second, "n2");
    whole(test.runs, "runs");
    close("mean", test.mean, &expected["mean"], 1e-13);
    close("var", test.variance, &expected["var"], 1e-12);
    close("z", test.z, &expected["z"], 1e-12);
    close("p", test.p_normal, &expected["p_two_sided"], 1e-12);
    close("z_cc", test.z_corrected, &expected["z_cc"], 1e-12);
    close("p_cc", test.p_corrected, &expected["p_cc"], 1e-12);
    close("lower", test.exact_lower.unwrap(), &expected["exact_lower"], 1e-11);
    close("upper", test.exact_upper.unwrap(), &expected["exact_upper"], 1e-11);
    if let Some(p) = expected.get("exact_two_sided_2min") {
        close("exact", test.p_exact.unwrap(), p, 1e-11);
    }
}

#[test]
fn draw_tests_equal_r() {
    let all = reference("draw_tests.json");
    let positions: Vec<u64> = numbers(&all["frame_positions"]).iter().map(|p| *p as u64).collect();
    let mut sorted = positions.clone();
    sorted.sort_unstable();
    let frame = 6194;
    let values = numbers(&all["api00"]);
    let median = number(&all["runs_api00_vs_median"]["median"]);
    let above: Vec<bool> = values.iter().filter(|x| **x != median).map(|x| *x > median).collect();
    check_runs(runs::runs_of_two_kinds(&above).unwrap(), &all["runs_api00_vs_median"]);
    let elementary: Vec<bool> = all["stype"].as_array().unwrap().iter().map(|s| s == "E").collect();
    check_runs(runs::runs_of_two_kinds(&elementary).unwrap(), &all["runs_stypeE"]);
    let later: Vec<bool> = positions.iter().map(|p| 2 * p > frame).collect();
    check_runs(runs::runs_of_two_kinds(&later).unwrap(), &all["runs_pos_vs_midframe"]);

    let up_down = runs::runs_up_and_down(&positions).unwrap();
    let expected = &all["runs_up_down_positions"];
    assert_eq!(Some(up_down.runs), expected["runs"].as_u64());
    close("mean", up_down.mean, &expected["mean"], 1e-13);
    close("var", up_down.variance, &expected["var"], 1e-13);
    close("z", up_down.z, &expected["z"], 1e-12);
    close("p", up_down.p_value, &expected["p_two_sided"], 1e-12);

    let ks = uniform::kolmogorov_smirnov(&sorted, frame).unwrap();
    close("D", ks.distance, &all["ks_uniform"]["D"], 1e-12);
    // R stops its series after the first term here (tolerance 1e-6); with the second the p is 4e-6 smaller.
    let square = 200.0 * ks.distance * ks.distance;
    let exponent = -std::f64::consts::PI.powi(2) / (8.0 * square);
    let left_out = (2.0 * std::f64::consts::PI / square).sqrt() * (9.0 * exponent).exp();
    close("p", ks.p_value + left_out, &all["ks_uniform"]["p"], 1e-11);
    let deciles = uniform::deciles(&sorted, frame).unwrap();
    let expected = &all["deciles"];
    all_close(
        "breaks",
        &deciles.ends.iter().map(|e| *e as f64).collect::<Vec<_>>(),
        &expected["breaks"].as_array().unwrap()[1..].to_vec().into(),
        0.0,
    );
    all_close(
        "observed",
        &deciles.observed.iter().map(|e| *e as f64).collect::<Vec<_>>(),
        &expected["observed"],
        0.0,
    );
    all_close("expected", &deciles.expected, &expected["expected"], 1e-13);
    close("X2", deciles.statistic, &expected["X2"], 1e-12);
    close("p", deciles.p_value, &expected["p"], 1e-12);
    let gaps = uniform::gaps(&sorted, frame).unwrap();
    close("gap", gaps.mean, &all["gap_mean"], 1e-13);
    assert_eq!(Some(gaps.greatest), all["gap_max"].as_u64());
    let ranks = uniform::rank_sum(&sorted, frame).unwrap();
    close("W", ranks.statistic, &all["wilcoxon_pos"]["W"], 0.0);
    close("p", ranks.p_value, &all["wilcoxon_pos"]["p"], 1e-12);

    let as_numbers: Vec<f64> = positions.iter().map(|p| *p as f64).collect();
    for (values, key) in [(&as_numbers, "serial_corr_positions"), (&values, "serial_corr_api00")] {
        let test = serial::serial_correlation(values).unwrap();
        close("r1", test.r, &all[key]["r1"], 1e-12);
        close("z", test.z, &all[key]["z_approx"], 1e-12);
    }
    assert_eq!(
        sorted.windows(2).filter(|w| w[0] == w[1]).count() as u64,
        all["duplicates"].as_u64().unwrap()
    );
}

// --- the seeded draw ---------------------------------------------------------------------------------------------

fn sha256(text: &str) -> String {
    let bytes: Vec<String> = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.concat()
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect()
}

/// Ids in byte order, each on a line.
fn digest_of_sorted(mut ids: Vec<String>) -> String {
    ids.sort_unstable();
    sha256(&(ids.join("\n") + "\n"))
}

/// The 6,194 schools as a CSV file in another order than the canonical one, read as a user's frame is.
fn schools(columns: &FrameColumns) -> UnitFrame {
    let rows: Vec<String> = text("tests/reference/api_frame.tsv")
        .lines()
        .map(|l| l.replace('\t', ","))
        .collect();
    let csv: Vec<String> = std::iter::once("cds,stype".to_owned()).chain(rows.into_iter().rev()).collect();
    let world = Memory([("f.csv".to_owned(), csv.join("\r\n").into_bytes())].into());
    read_frame("f.csv", &world, Reading::default(), columns).unwrap().0
}

fn by_type() -> FrameColumns {
    FrameColumns {
        id: "cds".to_owned(),
        strata: vec!["stype".to_owned()],
        ..FrameColumns::default()
    }
}

fn ids(frame: &UnitFrame, rows: impl Iterator<Item = u32>) -> Vec<String> {
    rows.map(|row| String::from_utf8_lossy(frame.id(row)).into_owned()).collect()
}

/// Reference: Python hashlib on the 6,194 schools of `apipop` (`seeded_draw.json`, `SAMPLING.md`).
#[test]
fn the_seeded_draw_is_that_of_the_test_vector() {
    let vector = reference("seeded_draw.json");
    let frame = schools(&by_type());
    assert_eq!(frame.len() as u64, vector["N"].as_u64().unwrap());
    assert_eq!(frame.sha256(), vector["frame_sha256"].as_str().unwrap());
    let seed = vector["seed"].as_str().unwrap();
    // The short form for registers and the design of one stratum are the same draw.
    let simple = &vector["srs_n200"];
    let named = draw_named(&frame, seed, 200);
    let drawn: Vec<String> = named.drawn.iter().map(|u| u.id.clone()).collect();
    assert_eq!(drawn[..10], strings(&simple["first10"]));
    assert_eq!(named.drawn[0].key, simple["key_of_first"].as_str().unwrap());
    let unstratified = FrameColumns {
        strata: Vec::new(),
        seal: vec!["stype".to_owned()],
        ..by_type()
    };
    let plain = schools(&unstratified);
    assert_eq!(plain.sha256(), frame.sha256());
    let whole = DrawDesign {
        columns: unstratified,
        selection: Selection::SimpleRandom,
        strata: vec![StratumDraw {
            stratum: String::new(),
            elements: 6194,
            size: 200,
            reserve: 5,
        }],
        within: None,
    };
    let rows = draw(&plain, &whole, seed).unwrap().rows;
    assert_eq!(ids(&plain, rows.iter().take(200).map(|r| r.row)), drawn);
    assert_eq!(
        ids(&plain, rows.iter().skip(200).map(|r| r.row)),
        ranked(&frame, seed)[200..205].iter().map(|u| u.id.clone()).collect::<Vec<_>>()
    );
    assert_eq!(digest_of_sorted(drawn), simple["sample_sha256_sorted_ids"].as_str().unwrap());
    // By stratum the keys stay those of the whole frame.
    let stratified = &vector["stratified_proportional_200"];
    let strata = frame.strata.names.iter().map(|name| StratumDraw {
        stratum: name.clone(),
        elements: 0,
        size: stratified["alloc"][name].as_u64().unwrap(),
        reserve: if name == "E" { 5 } else { 0 },
    });
    let design = DrawDesign {
        columns: by_type(),
        strata: strata.collect(),
        ..whole
    };
    let rows = draw(&frame, &design, seed).unwrap().rows;
    for (kind, first) in stratified["first3"].as_object().unwrap() {
        let of_kind = rows
            .iter()
            .filter(|r| r.role == Role::Main && frame.strata.name(frame.strata.of(r.row)) == kind);
        assert_eq!(ids(&frame, of_kind.take(3).map(|r| r.row)), strings(first), "{kind}");
    }
    let main = rows.iter().filter(|r| r.role == Role::Main).map(|r| r.row);
    assert_eq!(
        digest_of_sorted(ids(&frame, main)),
        stratified["sample_sha256_sorted_ids"].as_str().unwrap()
    );
    let reserve = rows.iter().filter(|r| r.role == Role::Reserve).map(|r| r.row);
    assert_eq!(ids(&frame, reserve), strings(&vector["substitution_example"]["E_reserve_first5"]));
}

// --- laws of every design ----------------------------------------------------------------------------------------

fn customers(sizes: &[u32], reversed: bool) -> String {
    let row = |(at, size): (usize, &u32)| format!("C{at:04},r{},s{},{size}", at % 2, at % 10, size = size + 1);
    let mut rows: Vec<String> = sizes.iter().enumerate().map(row).collect();
    if reversed {
        rows.reverse();
    }
    format!("id,region,shop,size\n{}\n", rows.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever the design: the order of the file changes nothing, as many are drawn as were wanted, nobody twice, and the
    /// probabilities of a draw of units sum to its size.
    #[test]
    fn no_design_depends_on_the_order_of_the_file(
        sizes in prop::collection::vec(0_u32..50, 40..120),
        selection in prop::sample::select(vec![Selection::SimpleRandom, Selection::Systematic, Selection::PpsSystematic, Selection::Sampford]),
        within in prop::sample::select(vec![None, Some(WithinCluster::All), Some(WithinCluster::Units(3))]),
        seed in "[a-z0-9]{1,8}",
    ) {
        let name = |text: &str| text.to_owned();
        let columns = FrameColumns {
            id: name("id"),
            strata: vec![name("region")],
            cluster: within.map(|_| name("shop")),
            size: Some(name("size")),
            sort: vec![name("size")],
            seal: Vec::new(),
        };
        let stratum = |name: &str| StratumDraw { stratum: name.to_owned(), elements: 0, size: 3, reserve: 1 };
        let design = DrawDesign { columns: columns.clone(), selection, strata: vec![stratum("r0"), stratum("r1")], within };
        let drawn = |reversed: bool| {
            let world = Memory([("f.csv".to_owned(), customers(&sizes, reversed).into_bytes())].into());
            let (frame, _) = read_frame("f.csv", &world, Reading::default(), &columns).unwrap();
            let rows = draw(&frame, &design, &seed).unwrap().rows;
            let units: Vec<_> = rows.iter().map(|r| (ids(&frame, std::iter::once(r.row)), r.role, r.order, r.probability)).collect();
            (frame.sha256().to_owned(), units)
        };
        let forwards = drawn(false);
        prop_assert_eq!(&forwards, &drawn(true));
        let mut seen: Vec<_> = forwards.1.iter().map(|u| u.0.clone()).collect();
        seen.sort();
        seen.dedup();
        prop_assert_eq!(seen.len(), forwards.1.len());
        let main: Vec<f64> = forwards.1.iter().filter_map(|u| u.3).collect();
        prop_assert!(main.iter().all(|p| *p > 0.0 && *p <= 1.0));
        match within {
            None => prop_assert_eq!(main.len(), 6),
            Some(WithinCluster::Units(_)) => prop_assert_eq!(main.len(), 18),
            Some(WithinCluster::All) => prop_assert!(main.len() >= 6),
        }
    }
}

// --- the commands ------------------------------------------------------------------------------------------------

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    fn with(&self, name: &str, text: &str) -> String {
        std::fs::write(self.file(name), text).unwrap();
        self.file(name)
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.file(name)).unwrap()
    }
}

fn code(arguments: &[&str]) -> (Option<i32>, String) {
    let output = manyidu(arguments);
    (output.status.code(), transcript(&output))
}

fn json(arguments: &[&str]) -> Value {
    let output = manyidu(&[arguments, &["--format", "json"]].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", transcript(&output)))
}

/// Seals and draws: 30 of 600 customers by region, 10 in reserve for each region.
fn drawn(folder: &Folder) -> String {
    let sizes: Vec<u32> = (0..600).map(|i| i % 37).collect();
    let frame = folder.with("customers.csv", &customers(&sizes, false));
    let commit = folder.file("commit.json");
    let sealed = code(&[
        "sample",
        "draw",
        &frame,
        "--id",
        "id",
        "--strata",
        "region",
        "--size",
        "30",
        "--reserve",
        "10",
        "--commit",
        &commit,
        "--sealed-on",
        "2026-01-05",
    ]);
    assert_eq!(sealed.0, Some(0), "{}", sealed.1);
    let (out, list) = (folder.file("draw.json"), folder.file("drawn.csv"));
    let reveal = [
        "sample",
        "draw",
        &frame,
        "--committed",
        &commit,
        "--seed",
        "0417",
        "--seed-date",
        "2026-01-12",
        "--out",
        &out,
        "--list",
        &list,
    ];
    let revealed = code(&reveal);
    assert_eq!(revealed.0, Some(0), "{}", revealed.1);
    let early = code(&[
        "sample",
        "draw",
        &frame,
        "--committed",
        &commit,
        "--seed",
        "0417",
        "--seed-date",
        "2026-01-01",
    ]);
    assert_eq!(early.0, Some(2));
    assert!(early.1.contains("seed-before-frame"), "{}", early.1);
    out
}

fn listed_ids(folder: &Folder, role: &str) -> Vec<String> {
    let list = folder.text("drawn.csv");
    let of_role = list.lines().filter(|l| l.contains(&format!(",{role},")));
    of_role.map(|l| l.split(',').nth(4).unwrap().trim_matches('"').to_owned()).collect()
}

fn holding<'a>(found: &'a Value, question: &str) -> &'a str {
    let checks = found["verification"]["checks"].as_array().unwrap();
    let check = checks
        .iter()
        .find(|c| c["question"] == question)
        .unwrap_or_else(|| panic!("{question}"));
    check["holding"].as_str().unwrap()
}

#[test]
fn a_draw_that_was_kept_holds_and_each_departure_is_named() {
    let folder = Folder::new();
    let record = drawn(&folder);
    let (main, reserve) = (listed_ids(&folder, "main"), listed_ids(&folder, "reserve"));
    assert_eq!((main.len(), reserve.len()), (30, 20));
    let answers = |ids: &[&str]| {
        folder.with(
            "answers.csv",
            &format!("id,q\n{}", ids.iter().map(|id| format!("{id},5\n")).collect::<Vec<_>>().concat()),
        )
    };
    let (frame, list) = (folder.file("customers.csv"), folder.file("drawn.csv"));
    let verify = |answers: &str, more: &[&str]| {
        json(
            &[
                &[
                    "sample",
                    "verify",
                    &record,
                    "--frame",
                    &frame,
                    "--list",
                    &list,
                    "--responses",
                    answers,
                ],
                more,
            ]
            .concat(),
        )
    };
    // All of the sample but two of the first region, for whom its first two substitutes stand.
    let kept: Vec<&str> = main
        .iter()
        .skip(2)
        .map(String::as_str)
        .chain([reserve[0].as_str(), reserve[1].as_str()])
        .collect();
    let found = verify(&answers(&kept), &[]);
    assert_eq!(found["ok"], true, "{found:#}");
    assert_eq!(found["verification"]["missing"], 2);
    assert_eq!(found["verification"]["responded_reserve"], 2);
    // The third substitute although the second neither answered nor was asked: out of order, unless the second was asked.
    let skipped: Vec<&str> = main
        .iter()
        .skip(2)
        .map(String::as_str)
        .chain([reserve[0].as_str(), reserve[2].as_str()])
        .collect();
    let file = answers(&skipped);
    assert_eq!(holding(&verify(&file, &[]), "substitutes-in-order"), "does-not-hold");
    let contacted = folder.with("contacted.csv", &format!("id\n{}\n", reserve[1]));
    assert_eq!(verify(&file, &["--contacted", &contacted])["ok"], true);
    // More substitutes than are missing; somebody who was not drawn; somebody who is not in the frame.
    let needless: Vec<&str> = main.iter().map(String::as_str).chain([reserve[0].as_str()]).collect();
    assert_eq!(holding(&verify(&answers(&needless), &[]), "substitutes-needed"), "does-not-hold");
    let undrawn = (0..600)
        .map(|i| format!("C{i:04}"))
        .find(|id| !main.contains(id) && !reserve.contains(id))
        .unwrap();
    let strangers = answers(&[main[0].as_str(), &undrawn, "13800138000"]);
    let found = verify(&strangers, &[]);
    assert_eq!(holding(&found, "respondents-drawn"), "does-not-hold");
    let checks = found["verification"]["checks"].as_array().unwrap();
    let count = |question: &str| checks.iter().find(|c| c["question"] == question).unwrap()["count"].as_u64();
    assert_eq!((count("respondents-drawn"), count("respondents-in-frame")), (Some(2), Some(1)));
    // Nobody is named.
    let (exit, said) = code(&["sample", "verify", &record, "--frame", &frame, "--responses", &strangers]);
    assert_eq!(exit, Some(1));
    assert!(
        said.contains(":4 (") && !said.contains("13800138000") && !said.contains(&undrawn),
        "{said}"
    );
}

#[test]
fn a_changed_frame_is_refused_narrowed_down_and_named() {
    let folder = Folder::new();
    let record = drawn(&folder);
    let frame = folder.file("customers.csv");
    let text = folder.text("customers.csv");
    let changed = folder.with("later.csv", &text.replacen("C0100,r0", "C0100,r1", 1));
    let commit = folder.file("commit.json");
    assert_eq!(
        code(&["sample", "draw", &changed, "--committed", &commit, "--seed", "x"]).0,
        Some(2)
    );
    let narrowed = json(&["sample", "verify", &record, "--frame", &changed]);
    assert_eq!(narrowed["verification"]["frame_changes"]["buckets"], 1);
    let lines = narrowed["verification"]["frame_changes"]["lines"].as_array().unwrap();
    assert!(lines.contains(&Value::from(102)) && lines.len() < 200, "{}", lines.len());
    assert_eq!(holding(&narrowed, "draw-repeats"), "cannot-tell");
    let named = json(&["sample", "verify", &record, "--frame", &changed, "--old-frame", &frame]);
    assert_eq!(
        named["verification"]["row_changes"],
        serde_json::json!([{ "change": "changed", "old": 102, "new": 102 }])
    );
    assert_eq!(holding(&named, "draw-repeats"), "holds");
    // A list with one name exchanged is no longer the sample.
    let main = listed_ids(&folder, "main");
    let forged = folder.with("forged.csv", &folder.text("drawn.csv").replacen(&main[3], "C9999", 1));
    let found = json(&["sample", "verify", &record, "--frame", &frame, "--list", &forged]);
    assert_eq!(holding(&found, "list-is-the-sample"), "does-not-hold");
    assert_eq!(found["ok"], false);
}

#[test]
fn a_wave_is_held_against_its_draw() {
    let folder = Folder::new();
    drawn(&folder);
    let main = listed_ids(&folder, "main");
    let rows = main.iter().map(|id| format!("{id},5,4\n")).collect::<Vec<_>>().concat();
    folder.with("answers.csv", &format!("id,a,b\n{rows}"));
    let definition = |wave: &str| {
        format!(
            "title = \"t\"\n[[waves]]\nid = \"w\"\nresponses = \"answers.csv\"\ndraw = \"draw.json\"\n{wave}[columns]\nrespondent = \"id\"\n[scales.five]\nmin = 1\nmax = 5\n[[dimensions]]\nid = \"satisfaction\"\nitems = [\"a\", \"b\"]\n"
        )
    };
    // The frame is found beside the record, by the name that the record gives.
    let survey = folder.with("survey.toml", &definition(""));
    let out = folder.file("out");
    let run = code(&["run", &survey, "--out", &out]);
    assert_eq!(run.0, Some(0), "{}", run.1);
    let assessment: Value = serde_json::from_str(&std::fs::read_to_string(format!("{out}/assessment.json")).unwrap()).unwrap();
    let draw = &assessment["waves"][0]["coverage"]["draw"];
    assert_eq!(
        (draw["holds"].as_bool(), draw["responded_main"].as_u64(), draw["missing"].as_u64()),
        (Some(true), Some(30), Some(0))
    );
    assert!(!draw.to_string().contains(&main[0]));
    // Another list of customers is seen, and the run goes on.
    let text = folder.text("customers.csv");
    folder.with("other.csv", &text.replacen("C0100,r0", "C0100,r1", 1));
    folder.with("survey.toml", &definition("frame_list = \"other.csv\"\n"));
    let run = code(&["run", &survey, "--out", &out]);
    assert_eq!(run.0, Some(0));
    assert!(run.1.contains("draw-not-kept"), "{}", run.1);
}

#[test]
fn without_a_record_there_is_only_evidence() {
    let folder = Folder::new();
    let frame = folder.with("customers.csv", &customers(&[7; 2000], false));
    let first = (0..100).map(|i| format!("C{i:04}\n")).collect::<Vec<_>>().concat();
    let first = folder.with("first.csv", &format!("id\n{first}"));
    let (exit, said) = code(&[
        "sample", "verify", "--frame", &frame, "--id", "id", "--list", &first, "--lang", "en",
    ]);
    assert_eq!(exit, Some(1));
    assert!(said.contains("not consistent with chance"), "{said}");
    let list = folder.file("drawn.csv");
    code(&[
        "sample",
        "draw",
        &frame,
        "--id",
        "id",
        "--size",
        "100",
        "--seed",
        "7",
        "--list",
        &list,
        "--out",
        &folder.file("r.json"),
    ]);
    let (exit, said) = code(&["sample", "verify", "--frame", &frame, "--id", "id", "--list", &list, "--lang", "en"]);
    assert_eq!(exit, Some(0), "{said}");
    assert!(said.contains("consistent with chance") && said.contains("does not prove"), "{said}");
}

#[test]
fn a_plan_on_the_command_line_has_the_numbers_of_the_reference() {
    let folder = Folder::new();
    let strata = folder.with(
        "strata.csv",
        "stype,population,sd,cost\nE,4421,131.346298561464,1\nH,755,107.656253591749,2\nM,1018,124.717055904762,1.5\n",
    );
    let plan = |more: &[&str]| json(&[&["sample", "plan", "--frame", &strata, "--strata", "stype"], more].concat());
    assert_eq!(plan(&[])["plan"]["interviews"], 362);
    let sizes = |value: &Value| {
        value["plan"]["strata"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| s["interviews"]["size"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(sizes(&plan(&["--n", "200"])), [143, 24, 33]);
    let neyman = plan(&["--n", "200", "--allocate", "neyman"]);
    assert_eq!(sizes(&neyman), [147, 21, 32]);
    assert_eq!(
        sizes(&plan(&["--n", "200", "--allocate", "cost-optimal", "--minimum", "20"])),
        [153, 20, 27]
    );
    // What the plan writes is what the draw reads.
    let (out, schools) = (
        folder.file("allocation.csv"),
        folder.with(
            "schools.csv",
            &("cds,stype\n".to_owned() + &text("tests/reference/api_frame.tsv").replace('\t', ",")),
        ),
    );
    plan(&["--n", "200", "--out", &out]);
    let record = json(&[
        "sample",
        "draw",
        &schools,
        "--id",
        "cds",
        "--strata",
        "stype",
        "--allocation",
        &out,
        "--seed",
        "2026-11-21:demo",
    ]);
    let vector = reference("seeded_draw.json");
    assert_eq!(
        record["record"]["result"]["main_sha256"],
        vector["stratified_proportional_200"]["sample_sha256_sorted_ids"]
    );
    // A line is decided with a chance; the plan without strata needs no file.
    let lines = json(&["sample", "plan", "--n", "400", "--scheme", "satisfaction-3a4a5a", "--truth", "88"]);
    assert_eq!(lines["plan"]["decides"]["lines"].as_array().unwrap().len(), 3);
    assert_eq!(lines["sd_assumed"], true);
    let (exit, said) = code(&["sample", "plan", "--frame", &strata, "--strata", "stype", "--n", "9000"]);
    assert_eq!(exit, Some(2), "{said}");
}
