//! The path model through the whole program, on answers with weights and on answers with gaps.
//!
//! Reference: `tests/reference/pls_extras.json` (seminr 2.3.4 and matrixpls 1.0.15).

use crate::support::text;
use manyidu::assessment::WaveAssessment;
use manyidu::io::Memory;
use manyidu::pipeline::{self, Wanted};
use manyidu::survey;
use serde_json::Value;

/// The shipped survey on answers that were changed here; `extra` goes into the definition.
fn run(answers: &[Vec<String>], extra: &str) -> WaveAssessment {
    let mut csv = csv::Writer::from_writer(Vec::new());
    answers.iter().for_each(|row| csv.write_record(row).unwrap());
    let world = Memory([("answers.csv".to_owned(), csv.into_inner().unwrap())].into());
    let definition = text("surveys/ecsi-mobile/survey.toml").replace("../../data-samples/ecsi-mobile/responses.csv", "answers.csv");
    let definition = definition.replace("[columns]", &format!("[columns]\n{extra}"));
    let (survey, warnings) = survey::parse("survey.toml", "ecsi", &definition).unwrap_or_else(|r| panic!("{:?}", r.0));
    let run = pipeline::run(&survey, &definition, &warnings, &world, Wanted::default(), &|_, _| {});
    run.unwrap_or_else(|r| panic!("{:?}", r.0)).assessment.waves.remove(0)
}

fn answers() -> Vec<Vec<String>> {
    let file = text("data-samples/ecsi-mobile/responses.csv");
    file.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn construct(id: &str) -> String {
    format!("{}{}", id[..1].to_uppercase(), &id[1..])
}

fn assert_model(wave: &WaveAssessment, expected: &Value) {
    let model = wave.model.as_ref().unwrap();
    let close = |value: f64, expected: &Value, what: &str| {
        let expected = expected.as_f64().unwrap_or_else(|| panic!("{what}"));
        assert!((value - expected).abs() < 1e-8, "{what}: {value} {expected}");
    };
    for item in &model.items {
        close(item.outer_weight, &expected["outer_weights"][&item.item], &item.item);
    }
    for path in &model.paths {
        let key = format!("{} -> {}", construct(&path.from), construct(&path.to));
        close(path.coefficient.value, &expected["path_coefficients"][&key], &key);
    }
    for r2 in &model.r2 {
        close(r2.r2.value, &expected["r2"][construct(&r2.dimension)], &r2.dimension);
    }
}

#[test]
fn weights_enter_means_correlations_and_the_index() {
    let reference: Value = serde_json::from_str(&text("tests/reference/pls_extras.json")).unwrap();
    let mut rows = answers();
    for (position, row) in rows.iter_mut().enumerate() {
        row.push(if position == 0 {
            "w".to_owned()
        } else {
            (1 + (position - 1) % 3).to_string()
        });
    }
    let wave = run(&rows, "weight = \"w\"");
    assert_model(&wave, &reference["weighted"]);
    for dimension in &wave.dimensions {
        let expected = reference["weighted"]["index_0_100"][construct(&dimension.id)].as_f64().unwrap();
        let value = dimension.score.estimate.unwrap().value;
        assert!((value - expected).abs() < 1e-8, "{}: {value} {expected}", dimension.id);
    }
    assert!(wave.weights.kish_effect.unwrap() > 1.1);
}

#[test]
fn equal_weights_are_no_weights() {
    let mut rows = answers();
    rows.iter_mut()
        .enumerate()
        .for_each(|(position, row)| row.push(if position == 0 { "w".to_owned() } else { "2.5".to_owned() }));
    let (weighted, plain) = (run(&rows, "weight = \"w\""), run(&answers(), ""));
    let (a, b) = (weighted.index.estimate.unwrap(), plain.index.estimate.unwrap());
    assert!((a.value - b.value).abs() < 1e-10 && (a.standard_error.unwrap() - b.standard_error.unwrap()).abs() < 1e-10);
}

#[test]
fn gaps_stand_at_the_mean_of_their_item() {
    let reference: Value = serde_json::from_str(&text("tests/reference/pls_extras.json")).unwrap();
    let columns: Vec<&str> = reference["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c.as_str().unwrap())
        .collect();
    let mut rows = answers();
    let header = rows[0].clone();
    let mut gaps = 0;
    for (i, row) in rows.iter_mut().skip(1).enumerate() {
        for (k, column) in columns.iter().enumerate().filter(|(k, _)| (7 * i + 13 * k) % 60 == 0) {
            let at = header.iter().position(|h| h == column).unwrap_or_else(|| panic!("{k}"));
            row[at].clear();
            gaps += 1;
        }
    }
    assert_eq!(gaps, 101);
    assert_model(&run(&rows, ""), &reference["mean_replacement"]);
}

#[test]
fn everybody_twice_is_the_same_estimate() {
    let mut rows = answers();
    let again: Vec<Vec<String>> = rows
        .iter()
        .skip(1)
        .map(|r| {
            let mut row = r.clone();
            row[0].push('b');
            row
        })
        .collect();
    rows.extend(again);
    let (twice, once) = (run(&rows, ""), run(&answers(), ""));
    assert!((twice.index.estimate.unwrap().value - once.index.estimate.unwrap().value).abs() < 1e-10);
    assert_eq!(twice.index.estimate.unwrap().n, 500);
}
