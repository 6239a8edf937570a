//! A survey with margins through the whole program: the same numbers as from the single cases by the weighting steps and the
//! design kernel, and every fault of margins told with its place.

use manyidu::assessment::Assessment;
use manyidu::design::{LonelyPsuPolicy, SampleDesign, Stage, total_variance};
use manyidu::finding::{Code, Refusal};
use manyidu::io::Memory;
use manyidu::pipeline::{self, Wanted};
use manyidu::survey;
use manyidu::weight::cells::CellWeights;
use manyidu::weight::margin::{Category, Margin};
use manyidu::weight::rake::{RakeOptions, rake};
use manyidu::weight::residuals::CalibrationSteps;
use manyidu::weight::trim::{Redistribution, trim};
use nalgebra::DMatrix;

const HEAD: &str = r#"
title = "校准"
responses = "r.csv"
dimensions = [{ id = "satisfaction", items = ["a"] }]
[scales.five]
min = 1
max = 5
[columns]
respondent = "id"
domains = ["age"]
weight = "w"
[design]
method = "simple-random"
"#;

const MARGINS: &str = r#"
[[weighting.margins]]
column = "age"
targets = { young = 300, middle = 500, old = 400 }
[[weighting.margins]]
column = "sex"
targets = { f = 0.55, m = 0.45 }
"#;

const AGES: [(&str, f64); 3] = [("young", 300.0), ("middle", 500.0), ("old", 400.0)];
const SEXES: [(&str, f64); 2] = [("f", 660.0), ("m", 540.0)];

struct Row {
    age: usize,
    sex: usize,
    weight: f64,
    answer: u8,
}

/// 90 made-up respondents in which age and sex hang together and with the answer.
fn rows() -> Vec<Row> {
    let row = |i: usize| {
        let age = (i * i / 7 + i) % 3;
        let sex = usize::from((i * 5 + age * 3) % 7 < 4);
        Row {
            age,
            sex,
            weight: [1.0, 1.5, 2.5][i % 5 % 3],
            answer: 1 + ((i * 11 + age * 2 + sex) % 13 / 4 + age) as u8 % 5,
        }
    };
    (0..90).map(row).collect()
}

fn csv(rows: &[Row]) -> String {
    let line = |(id, r): (usize, &Row)| format!("{id},{},{},{},{}\n", AGES[r.age].0, SEXES[r.sex].0, r.weight, r.answer);
    format!("id,age,sex,w,a\n{}", rows.iter().enumerate().map(line).collect::<String>())
}

fn run(definition: &str, answers: String) -> Result<Assessment, Refusal> {
    let text = format!("{HEAD}{definition}");
    let (survey, warnings) = survey::parse("survey.toml", "calibrated", &text)?;
    let mut world = Memory::default();
    world.0.insert("r.csv".to_owned(), answers.into_bytes());
    world
        .0
        .insert("age.csv".to_owned(), b"category,target\nyoung,300\nmiddle,many\nold,400\n".to_vec());
    pipeline::run(&survey, &text, &warnings, &world, Wanted::default(), &|_, _| {}).map(|run| run.assessment)
}

fn margin(name: &str, targets: &[(&str, f64)], of_cell: Vec<usize>) -> Margin {
    let category = |(name, target): &(&str, f64)| Category {
        name: (*name).to_owned(),
        target: *target,
    };
    Margin {
        name: name.to_owned(),
        categories: targets.iter().map(category).collect(),
        of_cell,
    }
}

fn margins(rows: &[Row]) -> [Margin; 2] {
    [
        margin("age", &AGES, rows.iter().map(|r| r.age).collect()),
        margin("sex", &SEXES, rows.iter().map(|r| r.sex).collect()),
    ]
}

fn score(row: &Row) -> f64 {
    f64::from(row.answer - 1) / 4.0 * 100.0
}

fn mean(rows: &[Row], weights: &[f64], inside: impl Fn(&Row) -> bool) -> f64 {
    let (sum, size) = rows
        .iter()
        .zip(weights)
        .filter(|(r, _)| inside(r))
        .fold((0.0, 0.0), |(sum, size), (r, w)| (sum + w * score(r), size + w));
    sum / size
}

/// Value and standard error of the mean from single cases.
fn of_cases(trimmed_at: Option<f64>) -> (f64, f64, CellWeights) {
    let rows = rows();
    let base = CellWeights::of_cases(rows.iter().map(|r| r.weight).collect()).unwrap();
    let margins = margins(&rows);
    let raked = rake(&base, &margins, RakeOptions::default()).unwrap();
    let mut steps = CalibrationSteps::new(&base);
    steps.raked(&margins, &base, &raked.after_margin);
    let upper = trimmed_at.map(|multiple| multiple * raked.cells.sum() / 90.0);
    let last = upper.map_or(raked.cells.clone(), |upper| {
        trim(&raked.cells, 0.0, upper, Redistribution::Equal).unwrap().cells
    });
    let value = mean(&rows, last.weights(), |_| true);
    let size = last.sum();
    let z: Vec<f64> = rows
        .iter()
        .zip(last.weights())
        .map(|(r, w)| w * (score(r) - value) / size)
        .collect();
    let deductions = steps.deductions(&z);
    let residuals = DMatrix::from_fn(90, 1, |i, _| z[i] - deductions[i]);
    let design = SampleDesign::new(&[Stage::of_elements(90)], Some(last.weights())).unwrap();
    let variance = total_variance(&design, &residuals, LonelyPsuPolicy::Fail).unwrap();
    (value, variance.covariance[(0, 0)].sqrt(), last)
}

#[test]
fn the_program_gives_what_the_cases_give() {
    for (definition, trimmed_at) in [("", None), ("[weighting]\ntrim = { upper = 1.8 }\n", Some(1.8))] {
        let assessment = run(&format!("{definition}{MARGINS}"), csv(&rows())).unwrap();
        let wave = &assessment.waves[0];
        let (value, error, weights) = of_cases(trimmed_at);
        for estimate in [&wave.items[0].score, &wave.index] {
            let estimate = estimate.estimate.unwrap();
            assert!((estimate.value / value - 1.0).abs() < 1e-12);
            assert!((estimate.standard_error.unwrap() / error - 1.0).abs() < 1e-10);
        }
        let last = wave.weights.steps.last().unwrap();
        assert!((last.sum / 1200.0 - 1.0).abs() < 1e-12);
        let kish = weights.kish().finish().unwrap();
        assert!((last.kish_effect.unwrap() / kish.effect - 1.0).abs() < 1e-12);
        let (low, high) = weights.range().unwrap();
        assert!((last.min / low - 1.0).abs() < 1e-12 && (last.max / high - 1.0).abs() < 1e-12);
    }
}

#[test]
fn every_replicate_is_raked_anew() {
    let rows = rows();
    let assessment = run(MARGINS, csv(&rows)).unwrap();
    let estimates = |out: Option<usize>| -> Vec<f64> {
        let counts = (0..90).map(|i| u64::from(Some(i) != out)).collect();
        let base = CellWeights::new(counts, rows.iter().map(|r| r.weight).collect()).unwrap();
        let options = RakeOptions {
            base_min: 1,
            ..RakeOptions::default()
        };
        let raked = rake(&base, &margins(&rows), options).unwrap().cells;
        let weights: Vec<f64> = raked.entries().map(|(n, w)| n as f64 * w).collect();
        // Domains are in the order of their names.
        ["middle", "old", "young"]
            .iter()
            .map(|age| mean(&rows, &weights, |r| AGES[r.age].0 == *age))
            .collect()
    };
    let full = estimates(None);
    let replicates: Vec<Vec<f64>> = (0..90).map(|i| estimates(Some(i))).collect();
    for (at, domain) in assessment.waves[0].domains.iter().enumerate() {
        let squares: f64 = replicates.iter().map(|r| (r[at] - full[at]).powi(2)).sum();
        let estimate = domain.index.estimate.unwrap();
        assert!((estimate.value / full[at] - 1.0).abs() < 1e-11, "{}", domain.category);
        let error = (89.0 / 90.0 * squares).sqrt();
        assert!(
            (estimate.standard_error.unwrap() / error - 1.0).abs() < 1e-9,
            "{} {error}",
            estimate.standard_error.unwrap()
        );
    }
}

#[test]
fn margins_are_met_and_the_ledger_says_so() {
    let assessment = run(MARGINS, csv(&rows())).unwrap();
    let weights = &assessment.waves[0].weights;
    assert_eq!(weights.margins.len(), 5);
    for category in &weights.margins {
        assert!((category.after_share - category.target_share).abs() < 1e-10, "{category:?}");
        assert!((category.before_share - category.target_share).abs() > 1e-3, "{category:?}");
    }
    let steps: Vec<&str> = weights.steps.iter().map(|s| s.step.as_str()).collect();
    assert_eq!(steps, ["base", "nonresponse", "poststratification", "rake"]);
    let rake = weights.steps.last().unwrap();
    assert!(rake.margin_error.unwrap() <= 1e-10 && rake.iterations.unwrap() > 1);
    assert_eq!(rake.input_sha256.as_ref(), Some(&weights.steps[2].output_sha256));
    // The other ways to the same margins keep them too.
    for method in ["linear", "logit", "bounded-linear"] {
        let table = format!("[weighting]\nmethod = \"{method}\"\nlower = 0.2\nupper = 4.0\n");
        let assessment = run(&format!("{table}{MARGINS}"), csv(&rows())).unwrap();
        let last = assessment.waves[0].weights.steps.last().unwrap();
        assert_eq!(last.step, method);
        assert!(last.margin_error.unwrap() <= 1e-10);
    }
}

#[test]
fn the_order_of_rows_has_no_influence_on_the_digest() {
    let digest = |answers: String| {
        run(MARGINS, answers).unwrap().waves[0]
            .weights
            .steps
            .last()
            .unwrap()
            .output_sha256
            .clone()
    };
    let text = csv(&rows());
    let (head, body) = text.split_once('\n').unwrap();
    let mut lines: Vec<&str> = body.lines().collect();
    lines.reverse();
    assert_eq!(digest(format!("{head}\n{}\n", lines.join("\n"))), digest(text.clone()));
}

#[test]
fn faults_of_margins_are_told_with_their_place() {
    let faults = |definition: &str, answers: String| -> Vec<(Code, Option<u64>)> {
        let refusal = run(definition, answers).unwrap_err();
        refusal.0.iter().map(|f| (f.code, f.place.line)).collect()
    };
    let answers = || csv(&rows());
    let other = answers()
        .replacen("\n5,", "\n5x,", 1)
        .replacen("5x,young", "5x,child", 1)
        .replacen("5x,middle", "5x,child", 1);
    let other = other.replacen("5x,old", "5x,child", 1);
    assert_eq!(faults(MARGINS, other), [(Code::MarginWithoutTarget, Some(7))]);
    let more = MARGINS.replace("old = 400", "old = 400, ancient = 10");
    let found = faults(&more, answers());
    assert_eq!(found, [(Code::MarginCategoryTooSmall, Some(17))]);
    let contradicting = MARGINS.replace("f = 0.55, m = 0.45", "f = 600, m = 700");
    assert_eq!(faults(&contradicting, answers()), [(Code::MarginTotalsContradict, Some(20))]);
    let file = "[[weighting.margins]]\ncolumn = \"age\"\nfile = \"age.csv\"\n";
    assert!(faults(file, answers()).contains(&(Code::BadTarget, Some(3))));
    let bounds = "[weighting]\nmethod = \"logit\"\nlower = 0.9\nupper = 1.1\n";
    assert_eq!(
        faults(&format!("{bounds}{MARGINS}"), answers()),
        [(Code::WeightsNotConverged, Some(14))]
    );
    let wrong = "[weighting]\nmethod = \"logit\"\nlower = 1.5\n";
    let found = faults(&format!("{wrong}{MARGINS}"), answers());
    assert_eq!(found.iter().map(|f| f.0).collect::<Vec<_>>(), [Code::MissingKey, Code::WrongValue]);
}
