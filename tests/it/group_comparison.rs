//! `[[model.compare]]` from the definition to the report: groups and waves held against each other.

use crate::support::text;
use manyidu::assessment::Assessment;
use manyidu::finding::Code;
use manyidu::index::estimate::VarianceMethod;
use manyidu::index::groups::InvarianceLevel;
use manyidu::index::groups::Permutations;
use manyidu::index::path_numbers::PathNumbers;
use manyidu::io::Memory;
use manyidu::locale::Lang;
use manyidu::measure::micom::score_correlation;
use manyidu::model::pls::{InnerScheme, PlsOptions};
use manyidu::model::structure::Structure;
use manyidu::pipeline::{self, Wanted};
use manyidu::report;
use manyidu::resample::permutation::p_value;
use manyidu::resample::{Case, Cases, Resampler};
use manyidu::survey;
use nalgebra::DMatrix;
use serde_json::Value;
use std::sync::LazyLock;

fn reference() -> Value {
    serde_json::from_str(&text("tests/reference/pls_resampling.json")).unwrap()
}

/// Blocks and paths of the bank.
fn model() -> (Vec<(String, Vec<String>)>, Vec<(String, String)>) {
    let reference = reference();
    let strings = |v: &Value| -> Vec<String> { v.as_array().unwrap().iter().map(|s| s.as_str().unwrap().to_owned()).collect() };
    let blocks = reference["satisfaction_blocks"].as_array().unwrap().iter();
    let paths = reference["satisfaction_paths"].as_array().unwrap().iter();
    let pair = |v: &Value| {
        let both = strings(v);
        (both[0].clone(), both[1].clone())
    };
    (
        blocks.map(|b| (b[0].as_str().unwrap().to_owned(), strings(&b[1]))).collect(),
        paths.map(pair).collect(),
    )
}

/// The 250 answers to the bank, with the gender of each customer; `change` may alter a row of answers.
fn answers(change: impl Fn(usize, &str, &mut Vec<u8>)) -> Vec<(Vec<u8>, String)> {
    let (answers, genders) = (
        text("tests/reference/satisfaction.csv"),
        text("tests/reference/satisfaction_gender.csv"),
    );
    let rows = answers.lines().skip(1).zip(genders.lines().skip(1)).enumerate();
    rows.map(|(at, (row, gender))| {
        let mut row: Vec<u8> = row.split(',').map(|cell| cell.parse().unwrap()).collect();
        change(at, gender, &mut row);
        (row, gender.to_owned())
    })
    .collect()
}

fn header() -> Vec<String> {
    text("tests/reference/satisfaction.csv")
        .lines()
        .next()
        .unwrap()
        .split(',')
        .map(str::to_owned)
        .collect()
}

/// A definition of the bank with one comparison.
fn definition(compare: &str) -> String {
    let (blocks, paths) = model();
    let mut toml = "title = \"bank\"\nresponses = \"answers.csv\"\n[columns]\ndomains = [\"gender\"]\n[design]\nmethod = \"simple-random\"\nreplicates = 0\n[scales.ten]\nmin = 0\nmax = 10\n".to_owned();
    for (name, items) in &blocks {
        let items: Vec<String> = items.iter().map(|i| format!("\"{i}\"")).collect();
        toml += &format!("[[dimensions]]\nid = \"{}\"\nitems = [{}]\n", name.to_lowercase(), items.join(", "));
    }
    toml += "[model]\nweights = \"pls\"\nprediction_folds = 0\n[model.paths]\n";
    for (target, _) in &blocks {
        let from: Vec<String> = paths
            .iter()
            .filter(|(_, to)| to == target)
            .map(|(from, _)| format!("\"{}\"", from.to_lowercase()))
            .collect();
        if !from.is_empty() {
            toml += &format!("{} = [{}]\n", target.to_lowercase(), from.join(", "));
        }
    }
    format!("{toml}[[model.compare]]\n{compare}\n")
}

fn run(rows: &[(Vec<u8>, String)], compare: &str) -> Assessment {
    let mut csv = format!("{},gender\n", header().join(","));
    for (row, gender) in rows {
        let cells: Vec<String> = row.iter().map(u8::to_string).collect();
        csv += &format!("{},{gender}\n", cells.join(","));
    }
    let world = Memory([("answers.csv".to_owned(), csv.into_bytes())].into());
    let definition = definition(compare);
    let (survey, warnings) = survey::parse("survey.toml", "bank", &definition).unwrap_or_else(|r| panic!("{:?}", r.0));
    let run = pipeline::run(&survey, &definition, &warnings, &world, Wanted::default(), &|_, _| {});
    run.unwrap_or_else(|r| panic!("{:?}", r.0)).assessment
}

static BANK: LazyLock<Assessment> = LazyLock::new(|| run(&answers(|_, _, _| {}), "by = \"gender\"\npermutations = 199"));

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or_else(|| panic!("{key}: {value}"))
}

/// The coefficients of each gender are those of seminr; step 3 of MICOM is that of cSEM.
#[test]
fn a_comparison_shows_the_groups_as_other_programs_have_them() {
    let reference = reference();
    let comparison = &BANK.group_comparisons[0];
    assert_eq!(comparison.refusal, None);
    assert_eq!(comparison.by.as_deref(), Some("gender"));
    let sizes: Vec<(&str, u64)> = comparison.groups.iter().map(|g| (g.name.as_str(), g.n)).collect();
    assert_eq!(sizes, [("female", 148), ("male", 102)]);
    let [pair] = comparison.pairs.as_slice() else { panic!("one pair") };
    assert!(comparison.omnibus.is_empty());
    let (blocks, paths) = model();
    assert_eq!(pair.paths.len(), paths.len());
    for path in &pair.paths {
        let name = |id: &str| blocks.iter().find(|(n, _)| n.to_lowercase() == id).unwrap().0.clone();
        let key = format!("{} -> {}", name(&path.from), name(&path.to));
        assert!(
            (path.first - number(&reference["groups"]["female"]["path_coefficients"], &key)).abs() < 1e-8,
            "{key}"
        );
        assert!(
            (path.second - number(&reference["groups"]["male"]["path_coefficients"], &key)).abs() < 1e-8,
            "{key}"
        );
    }
    for (found, (name, _)) in pair.invariance.iter().zip(&blocks) {
        let micom = &reference["micom"];
        assert!(
            (found.micom.mean_difference.unwrap() - number(&micom["mean_difference"], name)).abs() < 1e-10,
            "{name}"
        );
        assert!(
            (found.micom.variance_ratio.unwrap() - number(&micom["variance_ratio"], name)).abs() < 1e-10,
            "{name}"
        );
        assert!(found.reading.is_some());
    }
}

/// The tests of one path say much the same, as they should where coefficients are nearly normal; corrections only raise p-values.
#[test]
fn tests_of_a_path_agree_and_corrections_raise() {
    let pair = &BANK.group_comparisons[0].pairs[0];
    let comparable: Vec<_> = pair.paths.iter().filter(|p| p.comparable).collect();
    assert!(comparable.len() >= 5);
    for path in comparable {
        let (permutation, holm, bh) = (path.permutation_p.unwrap(), path.p_holm.unwrap(), path.p_bh.unwrap());
        assert!(permutation <= bh && bh <= holm, "{path:?}");
        let henseler = path.henseler_p.unwrap();
        let two_sided = 2.0 * henseler.min(1.0 - henseler);
        assert!((two_sided - path.welch_p.unwrap()).abs() < 0.15, "{path:?}");
        assert!((permutation - path.welch_p.unwrap()).abs() < 0.25, "{path:?}");
        // Below one half the first group has the larger coefficient.
        assert_eq!(henseler < 0.5, path.welch_t.unwrap() > 0.0, "{path:?}");
    }
}

/// One group answers half the questions on value the other way round: what it means by value is not what the others mean, so nothing that touches
/// value is compared, and the report says so in words.
#[test]
fn constructs_that_are_not_comparable_are_not_compared() {
    let columns = header();
    let turned: Vec<usize> = ["val1", "val2"]
        .iter()
        .map(|c| columns.iter().position(|h| h == c).unwrap())
        .collect();
    let rows = answers(|at, gender, row| {
        if gender == "male" {
            // Noise in the place of an answer, the same on every run.
            turned.iter().for_each(|c| row[*c] = ((at * 7 + c * 5) % 11) as u8);
        }
    });
    let assessment = run(&rows, "by = \"gender\"\npermutations = 199");
    let pair = &assessment.group_comparisons[0].pairs[0];
    let value = pair.invariance.iter().find(|i| i.dimension == "value").unwrap();
    assert_eq!(value.reading, Some(InvarianceLevel::NotInvariant), "{value:?}");
    for path in &pair.paths {
        let touches = path.from == "value" || path.to == "value";
        if touches {
            assert!(!path.comparable);
            assert_eq!(
                (path.permutation_p, path.p_holm, path.p_bh, path.henseler_p, path.welch_p),
                (None, None, None, None, None)
            );
        }
    }
    assert!(pair.paths.iter().any(|p| p.comparable));
    for (lang, words) in [(Lang::Zh, "不可比较"), (Lang::En, "which cannot be compared")] {
        let files = report::files(&assessment, &report::Kind::ALL).unwrap();
        let html = String::from_utf8(files[&report::Kind::Evidence.file(lang, "html")].clone()).unwrap();
        assert!(html.contains(words), "{words}");
    }
}

/// Groups that are too small are left out by name; where fewer than two remain the comparison is refused, and the run goes on.
#[test]
fn small_groups_are_left_out_and_a_lone_group_is_refused() {
    let mut rows = answers(|_, _, _| {});
    rows.iter_mut().take(20).for_each(|(_, gender)| "other".clone_into(gender));
    let assessment = run(&rows, "by = \"gender\"\npermutations = 99");
    let comparison = &assessment.group_comparisons[0];
    assert_eq!(
        comparison.left_out.iter().map(|g| (g.name.as_str(), g.n)).collect::<Vec<_>>(),
        [("other", 20)]
    );
    assert_eq!((comparison.groups.len(), comparison.pairs.len()), (2, 1));
    let refused = run(&rows, "by = \"gender\"\ngroups = [\"male\", \"other\"]");
    let comparison = &refused.group_comparisons[0];
    assert!(comparison.pairs.is_empty());
    assert_eq!(comparison.refusal.as_ref().unwrap().code, Code::GroupsNotCompared);
    assert!(refused.findings.iter().any(|f| f.code == Code::GroupsNotCompared));
    assert!(refused.waves[0].index.estimate.is_some());
}

/// Three groups: any two of them, all at once, and one family of tests over all pairs.
#[test]
fn three_groups_are_compared_at_once_and_in_pairs() {
    let mut rows = answers(|_, _, _| {});
    for (at, (_, gender)) in rows.iter_mut().enumerate() {
        *gender = ["a", "b", "c"][at % 3].to_owned();
    }
    let assessment = run(&rows, "by = \"gender\"\npermutations = 99");
    let comparison = &assessment.group_comparisons[0];
    let pairs: Vec<(&str, &str)> = comparison.pairs.iter().map(|p| (p.first.as_str(), p.second.as_str())).collect();
    assert_eq!(pairs, [("a", "b"), ("a", "c"), ("b", "c")]);
    assert_eq!(comparison.omnibus.len(), 10);
    for (at, path) in comparison.omnibus.iter().enumerate() {
        let differences = comparison.pairs.iter().map(|p| p.paths[at].first - p.paths[at].second);
        let mean_square = differences.map(|d| d * d).sum::<f64>() / 3.0;
        assert!((path.spread - mean_square).abs() < 1e-12);
        assert_eq!(path.comparable, comparison.pairs.iter().all(|p| p.paths[at].comparable));
    }
    let tests: Vec<Option<f64>> = comparison.pairs.iter().flat_map(|p| &p.paths).map(|p| p.permutation_p).collect();
    let holm = manyidu::stats::holm_defined(&tests);
    let found: Vec<Option<f64>> = comparison.pairs.iter().flat_map(|p| &p.paths).map(|p| p.p_holm).collect();
    assert_eq!(found, holm);
}

/// The order of the file has no say in any number of a comparison.
#[test]
fn rows_may_stand_in_any_order() {
    let mut rows = answers(|_, _, _| {});
    let straight = run(&rows, "by = \"gender\"\npermutations = 99");
    rows.reverse();
    assert_eq!(
        run(&rows, "by = \"gender\"\npermutations = 99").group_comparisons,
        straight.group_comparisons
    );
}

#[test]
fn faults_of_the_definition_are_told() {
    let codes = |compare: &str| -> Vec<Code> {
        let refused = survey::parse("survey.toml", "bank", &definition(compare)).unwrap_err();
        refused.0.into_iter().map(|f| f.code).collect()
    };
    assert_eq!(codes("permutations = 200"), [Code::ExactlyOne]);
    assert_eq!(codes("by = \"age\""), [Code::UnknownReference]);
    assert_eq!(codes("by = \"gender\"\ngroups = [\"male\", \"male\"]"), [Code::WrongValue]);
    assert_eq!(codes("by = \"gender\"\npermutations = 5"), [Code::WrongValue]);
    assert!(codes("waves = [\"2024\", \"2025\"]").contains(&Code::UnknownReference));
}

/// Step 2 of MICOM with its p-value as cSEM has both: weights made for standardised items, put on the items as they are. Here, with the same
/// permutations, the p-values meet those of cSEM within the Monte-Carlo error of 999 permutations on either side. (The report puts the weights on
/// standardised items, as the score is defined.)
#[test]
fn the_p_value_of_step_2_is_that_of_csem() {
    let (blocks, paths) = model();
    let columns = header();
    let place: Vec<usize> = blocks
        .iter()
        .flat_map(|(_, items)| items.iter().map(|i| columns.iter().position(|c| c == i).unwrap()))
        .collect();
    let case = |(row, gender): (Vec<u8>, String)| Case {
        steps: place.iter().map(|c| row[*c]).collect(),
        weight: 1.0,
        stratum: 0,
        post: 0,
        unit: None,
        domain: u16::from(gender == "male"),
    };
    let cases = Resampler::new(Cases::new(place.len(), answers(|_, _, _| {}).into_iter().map(case).collect()).unwrap());
    let mut next = 0;
    let of_blocks: Vec<Vec<usize>> = blocks
        .iter()
        .map(|(_, items)| {
            next += items.len();
            (next - items.len()..next).collect()
        })
        .collect();
    let number_of = |name: &str| blocks.iter().position(|(n, _)| n == name).unwrap();
    let joined = paths.iter().map(|(a, b)| (number_of(a), number_of(b))).collect();
    let structure = Structure::new(of_blocks.clone(), joined, place.len()).unwrap();
    let model = PathNumbers::new(structure, InnerScheme::Path, PlsOptions::default(), vec![10.0; place.len()]).unwrap();
    let pooled = cases.full_sums();
    let statistics = |groups: &[manyidu::tally::WeightedSums]| -> Vec<f64> {
        let weights: Vec<_> = groups.iter().map(|g| model.estimate(g).unwrap().0.outer_weights).collect();
        let one = |(construct, block): (usize, &Vec<usize>)| {
            let covariance = DMatrix::from_fn(block.len(), block.len(), |i, j| {
                let (i, j) = (block[i], block[j]);
                pooled.centred_product(i, j, pooled.mean(i).unwrap(), pooled.mean(j).unwrap())
            });
            1.0 - score_correlation(&covariance, &weights[0][construct], &weights[1][construct]).unwrap()
        };
        of_blocks.iter().enumerate().map(one).collect()
    };
    let plan = Permutations {
        count: 999,
        seed: 1,
        alpha: 0.05,
    };
    let observed = statistics(&[cases.group_sums(0), cases.group_sums(1)]);
    let permuted = cases.permutations(plan.count, plan.seed, statistics);
    let micom = &reference()["micom"];
    for (at, (name, _)) in blocks.iter().enumerate() {
        assert!(
            (1.0 - observed[at] - number(&micom["score_correlation"], name)).abs() < 1e-10,
            "{name}"
        );
        let found = p_value(observed[at], &permuted.iter().map(|p| p[at]).collect::<Vec<_>>()).unwrap();
        let expected = number(&micom["score_correlation_p"], name);
        let pooled = f64::midpoint(found, expected);
        // Four standard deviations of the difference of two shares, and the one that each adds to its count.
        let error = (pooled * (1.0 - pooled) * 2.0 / 999.0).sqrt();
        assert!((found - expected).abs() < 4.0 * error + 2.0 / 1000.0, "{name}: {found} {expected}");
    }
}

/// Weights that are brought to margins are brought to them anew in every bootstrap replicate: the mean of a question that only says which category
/// somebody belongs to is then known beforehand and has no error at all, while everything else keeps one, much like that of the jackknife.
#[test]
fn a_bootstrap_meets_the_margins_in_every_replicate() {
    let columns = header();
    let turned = columns.iter().position(|c| c == "loy1").unwrap();
    let rows = answers(|_, gender, row| row[turned] = if gender == "male" { 10 } else { 0 });
    let mut csv = format!("{},gender\n", columns.join(","));
    for (row, gender) in &rows {
        let cells: Vec<String> = row.iter().map(u8::to_string).collect();
        csv += &format!("{},{gender}\n", cells.join(","));
    }
    let world = Memory([("answers.csv".to_owned(), csv.into_bytes())].into());
    let run = |design: &str, margins: &str| {
        let definition = definition("by = \"gender\"")
            .split("[[model.compare]]")
            .next()
            .unwrap()
            .replace("replicates = 0", design)
            .replace("\"loy1\", ", "")
            .replace("[model]\n", "[[dimensions]]\nid = \"sex\"\nitems = [\"loy1\"]\n[model]\n")
            .replace("loyalty = [", "loyalty = [\"sex\", ")
            + margins;
        let (survey, warnings) = survey::parse("survey.toml", "bank", &definition).unwrap_or_else(|r| panic!("{:?}", r.0));
        let run = pipeline::run(&survey, &definition, &warnings, &world, Wanted::default(), &|_, _| {});
        run.unwrap_or_else(|r| panic!("{:?}", r.0)).assessment.waves.remove(0)
    };
    let margins = "[weighting]\n[[weighting.margins]]\ncolumn = \"gender\"\ntargets = { female = 0.4, male = 0.6 }\n";
    let score = |wave: &manyidu::assessment::WaveAssessment, id: &str| {
        let dimension = wave.dimensions.iter().find(|d| d.id == id).unwrap();
        dimension.score.estimate.unwrap()
    };
    let drawn = run("replicates = 400", margins);
    let sex = score(&drawn, "sex");
    assert_eq!(sex.method, VarianceMethod::Bootstrap);
    assert!((sex.value - 60.0).abs() < 1e-6 && sex.standard_error.unwrap() < 1e-6, "{sex:?}");
    let left_out = run("replicates = 0", margins);
    for id in ["satisfaction", "value"] {
        let (a, b) = (score(&drawn, id), score(&left_out, id));
        assert!((a.value - b.value).abs() < 1e-8);
        assert_eq!(b.method, VarianceMethod::JackknifeDeleteOne);
        // 400 replicates know a standard error to 1/√800 = 3.5 %.
        let ratio = a.standard_error.unwrap() / b.standard_error.unwrap();
        assert!((ratio - 1.0).abs() < 0.16, "{id} {ratio}");
    }
    // Without margins the same question has an error like any other.
    let plain = run("replicates = 400", "");
    assert!(score(&plain, "sex").standard_error.unwrap() > 2.0);
}
