//! Bootstrap, HTMT, invariance and groups against other programs.
//!
//! Reference: `tests/reference/pls_resampling.json`. Statistical anchors are met within Monte-Carlo error, computed from the number of replicates on both
//! sides; everything else exactly.

use crate::support::text;
use manyidu::index::groups::{Permutations, compare_many, compare_two};
use manyidu::index::path_numbers::{PathFailure, PathNumbers};
use manyidu::measure::htmt::{LoneItem, htmt};
use manyidu::measure::micom::score_correlation;
use manyidu::model::pls::{InnerScheme, PlsOptions};
use manyidu::model::structure::Structure;
use manyidu::resample::interval::quantile;
use manyidu::resample::{Case, Cases, DrawSize, Replicates, Resample, Resampler};
use nalgebra::DMatrix;
use serde_json::Value;
use std::sync::OnceLock;

fn reference() -> &'static Value {
    static VALUE: OnceLock<Value> = OnceLock::new();
    VALUE.get_or_init(|| serde_json::from_str(&text("tests/reference/pls_resampling.json")).unwrap())
}

/// Names of constructs and items, paths, cases; the group of a case is its domain.
struct Example {
    constructs: Vec<String>,
    items: Vec<String>,
    model: PathNumbers,
    cases: Resampler,
}

fn example(
    csv: &str,
    blocks: &[(String, Vec<String>)],
    paths: &[(String, String)],
    low: u8,
    high: u8,
    group: Option<(&str, [&str; 2])>,
) -> Example {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let at = |name: &str| header.iter().position(|h| h == name).unwrap_or_else(|| panic!("{name}"));
    let items: Vec<String> = blocks.iter().flat_map(|(_, items)| items.clone()).collect();
    let cases = reader.records().map(|row| {
        let row = row.unwrap();
        let domain = group.map_or(0, |(column, names)| {
            names.iter().position(|n| *n == &row[at(column)]).unwrap() as u16
        });
        Case {
            steps: items.iter().map(|i| row[at(i)].parse::<u8>().unwrap() - low).collect(),
            weight: 1.0,
            stratum: 0,
            post: 0,
            unit: None,
            domain,
        }
    });
    let cases = Cases::new(items.len(), cases.collect()).unwrap();
    let mut next = 0;
    let positions = blocks.iter().map(|(_, items)| {
        next += items.len();
        (next - items.len()..next).collect()
    });
    let construct = |name: &str| blocks.iter().position(|(n, _)| n == name).unwrap();
    let joined = paths.iter().map(|(a, b)| (construct(a), construct(b))).collect();
    let structure = Structure::new(positions.collect(), joined, items.len()).unwrap();
    let ranges = vec![f64::from(high - low); items.len()];
    Example {
        constructs: blocks.iter().map(|(n, _)| n.clone()).collect(),
        model: PathNumbers::new(structure, InnerScheme::Path, PlsOptions::default(), ranges)
            .unwrap()
            .with_lone(LoneItem::ItsOwnTrait),
        items,
        cases: Resampler::new(cases),
    }
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect()
}

fn pairs(value: &Value) -> Vec<(String, String)> {
    let both = |pair: &Value| (pair[0].as_str().unwrap().to_owned(), pair[1].as_str().unwrap().to_owned());
    value.as_array().unwrap().iter().map(both).collect()
}

fn mobile() -> Example {
    let definition: Value = serde_json::from_str(&text("tests/reference/pls_mobi.json")).unwrap();
    let order = ["Image", "Expectation", "Quality", "Value", "Satisfaction", "Complaints", "Loyalty"];
    let blocks: Vec<_> = order
        .iter()
        .map(|n| ((*n).to_owned(), strings(&definition["blocks"][*n])))
        .collect();
    let csv = text("data-samples/ecsi-mobile/responses.csv");
    example(&csv, &blocks, &pairs(&definition["paths"]), 1, 10, None)
}

fn bank() -> Example {
    let blocks: Vec<_> = reference()["satisfaction_blocks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|b| (b[0].as_str().unwrap().to_owned(), strings(&b[1])))
        .collect();
    let paths = pairs(&reference()["satisfaction_paths"]);
    let (answers, genders) = (
        text("tests/reference/satisfaction.csv"),
        text("tests/reference/satisfaction_gender.csv"),
    );
    let joined: Vec<String> = answers.lines().zip(genders.lines()).map(|(a, g)| format!("{a},{g}")).collect();
    example(&joined.join("\n"), &blocks, &paths, 0, 10, Some(("gender", ["female", "male"])))
}

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or_else(|| panic!("{key}: {value}"))
}

#[test]
fn htmt_and_htmt2_of_the_mobile_phones() {
    let example = mobile();
    let (_, _, correlation) = example.model.estimate(&example.cases.full_sums()).unwrap();
    let blocks = example.model.structure().blocks();
    let mut seen = 0;
    for a in 0..7 {
        for b in a + 1..7 {
            let key = format!("{} ~ {}", example.constructs[a], example.constructs[b]);
            let found = htmt(&correlation, &blocks[a], &blocks[b], LoneItem::ItsOwnTrait);
            assert!(
                (found.htmt.unwrap() - number(&reference()["htmt_point"], &key)).abs() < 1e-12,
                "{key}"
            );
            assert!(
                (found.htmt2.unwrap() - number(&reference()["htmt2_point"], &key)).abs() < 1e-12,
                "{key}"
            );
            let strict = htmt(&correlation, &blocks[a], &blocks[b], LoneItem::Undefined).htmt;
            assert_eq!(strict.is_none(), key.contains("Complaints"), "{key}");
            seen += 1;
        }
    }
    assert_eq!(seen, 21);
}

const B: u32 = 2_000;

/// Efron's draws, as the reference programs make them.
fn replicates() -> &'static (Example, Replicates<PathFailure>) {
    static REPLICATES: OnceLock<(Example, Replicates<PathFailure>)> = OnceLock::new();
    REPLICATES.get_or_init(|| {
        let example = mobile();
        let plan = Resample {
            size: DrawSize::All,
            ..Resample::new(B, 1)
        };
        let replicates = example.cases.bootstrap(&plan, |sums| example.model.of(sums.all)).unwrap();
        (example, replicates)
    })
}

/// One number of the replicates held against an anchor `[mean, se, (probability, quantile) …]`.
///
/// The standard deviation of a difference of two Monte-Carlo results adds their variances: `σ²(1/B + 1/5000)` for means, `σ² (κ − 1)/4 (1/B + 1/5000)` for
/// standard errors, `p(1 − p)/f² (…)` for quantiles, with σ, kurtosis κ and density f from our own replicates. 4.5 of these are allowed: with some 260
/// comparisons a chance failure has a probability below 0.002, and the seed is fixed.
fn hold(position: usize, mean: f64, se: f64, quantiles: &[(f64, f64)], what: &str) {
    let (_, replicates) = replicates();
    let (mut values, _) = replicates.of(position);
    assert_eq!(values.len(), B as usize, "{what}");
    values.sort_by(f64::total_cmp);
    let n = values.len() as f64;
    let (centre, sigma) = (values.iter().sum::<f64>() / n, replicates.standard_error(position).unwrap());
    let fourth = values.iter().map(|v| ((v - centre) / sigma).powi(4)).sum::<f64>() / n;
    let both = (1.0 / n + 1.0 / number(reference(), "replicates")).sqrt();
    let close = |found: f64, expected: f64, error: f64, kind: &str| {
        assert!(
            (found - expected).abs() < 4.5 * error,
            "{what} {kind}: {found} {expected}, error {error}"
        );
    };
    close(centre, mean, sigma * both, "mean");
    close(sigma, se, sigma * ((fourth - 1.0) / 4.0).sqrt() * both, "se");
    for (p, expected) in quantiles {
        // Density from the quantiles 0.01 on either side.
        let (low, high) = (quantile(&values, p - 0.01).unwrap(), quantile(&values, p + 0.01).unwrap());
        let error = (p * (1.0 - p)).sqrt() * (high - low) / 0.02 * both;
        close(quantile(&values, *p).unwrap(), *expected, error, "quantile");
    }
}

fn quartet(value: &Value) -> (f64, f64, [(f64, f64); 2]) {
    let get = |a: &str, b: &str| value[a].as_f64().or_else(|| value[b].as_f64()).unwrap();
    (
        get("mean", "Mean.Boot"),
        get("se", "Std.Error"),
        [(0.025, get("q025", "perc.025")), (0.975, get("q975", "perc.975"))],
    )
}

#[test]
fn bootstrap_of_paths_effects_and_indices_meets_the_anchors() {
    let (example, replicates) = replicates();
    assert_eq!((replicates.failed(), replicates.tried()), (0, u64::from(B)));
    let layout = example.model.layout();
    let name = |(from, to): (usize, usize)| format!("{} -> {}", example.constructs[from], example.constructs[to]);
    let check = |position: usize, anchor: &Value, what: &str| {
        let (mean, se, quantiles) = quartet(anchor);
        hold(position, mean, se, &quantiles, what);
    };
    for (at, path) in example.model.structure().paths().iter().enumerate() {
        check(layout.paths.start + at, &reference()["paths"][name(*path)], &name(*path));
        check(layout.paths.start + at, &reference()["paths_plspm"][name(*path)], &name(*path));
    }
    assert_eq!(example.model.effects().len(), 21);
    for (at, effect) in example.model.effects().iter().enumerate() {
        check(
            layout.effects.start + at,
            &reference()["total_effects"][name(*effect)],
            &name(*effect),
        );
    }
    for (at, construct) in example.constructs.iter().enumerate() {
        check(layout.index.start + at, &reference()["index_0_100"][construct], construct);
        if at > 0 {
            check(layout.r2.start + at, &reference()["r2"][construct], construct);
        }
    }
}

#[test]
fn bootstrap_of_weights_and_loadings_meets_the_anchors() {
    let (example, _) = replicates();
    let layout = example.model.layout();
    let mut at = 0;
    for (construct, block) in example.constructs.iter().zip(example.model.structure().blocks()) {
        for item in block {
            let key = format!("{construct}-{}", example.items[*item]);
            // A lone item has weight and loading 1 in every replicate.
            if block.len() > 1 {
                for (kind, start) in [("weights", layout.weights.start), ("loadings", layout.loadings.start)] {
                    let (mean, se, quantiles) = quartet(&reference()[kind][&key]);
                    hold(start + at, mean, se, &quantiles, &format!("{kind} {key}"));
                }
            }
            at += 1;
        }
    }
    assert_eq!(at, 24);
}

/// HTMT of the anchors.
#[test]
fn bootstrap_of_htmt_meets_the_anchors() {
    let (example, _) = replicates();
    let mut at = example.model.layout().htmt.start;
    for a in 0..7 {
        for b in a + 1..7 {
            let key = format!("{} ~ {}", example.constructs[a], example.constructs[b]);
            let anchor = &reference()["htmt"][&key];
            let quantiles = [(0.05, number(anchor, "q05")), (0.95, number(anchor, "q95"))];
            hold(at, number(anchor, "mean"), number(anchor, "se"), &quantiles, &key);
            at += 1;
        }
    }
}

#[test]
fn same_bytes_with_any_number_of_threads() {
    let example = mobile();
    let plan = Resample {
        inner_groups: Some(5),
        ..Resample::new(40, 7)
    };
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| example.cases.bootstrap(&plan, |sums| example.model.of(sums.all)).unwrap())
    };
    let bits = |r: &Replicates<PathFailure>| -> Vec<u64> {
        let all = r.values.iter().chain(&r.inner_errors).flatten();
        all.map(|v| v.map_or(u64::MAX, f64::to_bits)).collect()
    };
    let one = bits(&run(1));
    assert!(one.len() > 2 * 40 * 100);
    assert!(one == bits(&run(2)) && one == bits(&run(8)));
    let other = example
        .cases
        .bootstrap(&Resample { seed: 8, ..plan.clone() }, |sums| example.model.of(sums.all))
        .unwrap();
    assert!(one != bits(&other), "another seed must draw others");
    // A replicate depends on its own number only.
    let fewer = example
        .cases
        .bootstrap(
            &Resample {
                replicates: 3,
                ..plan.clone()
            },
            |sums| example.model.of(sums.all),
        )
        .unwrap();
    assert_eq!(fewer.values[2], run(2).values[2]);
}

#[test]
fn groups_are_estimated_as_elsewhere() {
    let example = bank();
    for (group, name) in ["female", "male"].into_iter().enumerate() {
        let expected = &reference()["groups"][name];
        let sums = example.cases.group_sums(group as u16);
        assert_eq!(sums.cases as f64, number(expected, "n"));
        let (pls, ..) = example.model.estimate(&sums).unwrap();
        for ((from, to), value) in example.model.structure().paths().iter().zip(&pls.paths) {
            let key = format!("{} -> {}", example.constructs[*from], example.constructs[*to]);
            assert!((value - number(&expected["path_coefficients"], &key)).abs() < 1e-10, "{key}");
        }
        for (construct, r2) in example.constructs.iter().zip(&pls.r2) {
            assert_eq!(r2.is_some(), expected["r2"].get(construct).is_some());
            if let Some(r2) = r2 {
                assert!((r2 - number(&expected["r2"], construct)).abs() < 1e-10);
            }
        }
        let flat = |of: &[Vec<f64>]| -> Vec<f64> { of.iter().flatten().copied().collect() };
        for (item, (weight, loading)) in example
            .items
            .iter()
            .zip(flat(&pls.outer_weights).into_iter().zip(flat(&pls.loadings)))
        {
            assert!((weight - number(&expected["outer_weights"], item)).abs() < 1e-10, "{item}");
            assert!((loading - number(&expected["loadings"], item)).abs() < 1e-10, "{item}");
        }
    }
}

/// Step 2 of MICOM as cSEM has it: the weights for standardised items on the items as they are.
#[test]
fn compositional_invariance_on_raw_items_is_that_of_csem() {
    let example = bank();
    let sums = example.cases.full_sums();
    let models: Vec<_> = (0..2)
        .map(|g| example.model.estimate(&example.cases.group_sums(g)).unwrap().0)
        .collect();
    for (construct, block) in example.model.structure().blocks().iter().enumerate() {
        let covariance = DMatrix::from_fn(block.len(), block.len(), |i, j| {
            let (i, j) = (block[i], block[j]);
            sums.centred_product(i, j, sums.mean(i).unwrap(), sums.mean(j).unwrap())
        });
        let found = score_correlation(
            &covariance,
            &models[0].outer_weights[construct],
            &models[1].outer_weights[construct],
        );
        let expected = number(&reference()["micom"]["score_correlation"], &example.constructs[construct]);
        assert!((found.unwrap() - expected).abs() < 1e-12, "{}", example.constructs[construct]);
    }
}

#[test]
fn means_and_variances_of_groups_and_their_permutation_p_are_those_of_csem() {
    let example = bank();
    let count = 999;
    let found = compare_two(
        &example.cases,
        &example.model,
        Permutations {
            count,
            seed: 1,
            alpha: 0.05,
        },
    )
    .unwrap();
    assert_eq!((found.n, found.failed), ((148, 102), 0));
    let micom = &reference()["micom"];
    for (construct, invariance) in example.constructs.iter().zip(&found.invariance) {
        let exact = |found: Option<f64>, key: &str| {
            assert!((found.unwrap() - number(&micom[key], construct)).abs() < 1e-12, "{key} {construct}");
        };
        exact(invariance.mean_difference, "mean_difference");
        exact(invariance.variance_ratio, "variance_ratio");
        // Binomial error of both p values, 4 standard deviations and one count.
        let near = |found: Option<f64>, key: &str| {
            let (found, expected) = (found.unwrap(), number(&micom[key], construct));
            let pooled = f64::midpoint(found, expected);
            let error = (pooled * (1.0 - pooled) * (1.0 / 999.0 + 1.0 / f64::from(count))).sqrt();
            assert!(
                (found - expected).abs() < 4.0 * error + 2.0 / 1000.0,
                "{key} {construct}: {found} {expected}"
            );
        };
        near(invariance.mean_p, "mean_p");
        near(invariance.variance_p, "variance_p");
    }
    // Two groups are the smallest number of many: the same test in another statistic.
    let many = compare_many(
        &example.cases,
        &example.model,
        Permutations {
            count,
            seed: 1,
            alpha: 0.05,
        },
    )
    .unwrap();
    for (path, many) in found.paths.iter().zip(&many.paths) {
        assert!((many.spread - (path.first - path.second) * (path.first - path.second)).abs() < 1e-12);
        assert_eq!(many.p, path.p);
    }
}
