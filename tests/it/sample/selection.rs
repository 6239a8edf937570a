//! Sizes, allocation, unequal probabilities and evidence without a record, against R.

use super::{all_close, close, number, numbers, reference};
use manyidu::sample::allocation::{
    AllocationRule, StratumPlan, allocate, required_for_variance, shares, variance_of_mean, variance_without_strata,
};
use manyidu::sample::draw::joint::{JointDesign, estimate_total, joint_probabilities};
use manyidu::sample::draw::pps::{inclusion_probabilities, systematic};
use manyidu::sample::evidence::{runs, serial, uniform};
use manyidu::sample::size::{MeanPlan, ProportionPlan, required_for_wilson, required_sample, required_sample_for_mean};
use serde_json::Value;

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
