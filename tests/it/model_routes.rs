//! The path model through the whole program, on answers with weights and on answers with gaps.
//!
//! Reference: `tests/reference/pls_extras.json` (seminr 2.3.4 and matrixpls 1.0.15).

use crate::support::text;
use manyidu::assessment::WaveAssessment;
use manyidu::io::Memory;
use manyidu::model::missing;
use manyidu::model::pls::{InnerScheme, PlsOptions, estimate};
use manyidu::pipeline::{self, Wanted};
use manyidu::survey;
use nalgebra::{DMatrix, DVector};
use serde_json::Value;

/// The shipped survey on answers that were changed here; `extra` goes into the definition.
fn run(answers: &[Vec<String>], extra: &str) -> WaveAssessment {
    let mut csv = csv::Writer::from_writer(Vec::new());
    answers.iter().for_each(|row| csv.write_record(row).unwrap());
    let world = Memory([("answers.csv".to_owned(), csv.into_inner().unwrap())].into());
    let definition = text("surveys/ecsi-mobile/survey.toml").replace("../../data-samples/ecsi-mobile/responses.csv", "answers.csv");
    run_definition(&definition.replace("[columns]", &format!("[columns]\n{extra}")), &world)
}

/// The same with keys in `[model]`, and tables after everything else.
fn run_model(answers: &[Vec<String>], keys: &str, tables: &str) -> WaveAssessment {
    run_definition(&definition(keys, tables), &world(answers))
}

/// The same with a way to deal with gaps and few replicates, of which nothing is told here.
fn run_missing(answers: &[Vec<String>], method: &str) -> WaveAssessment {
    let definition = definition(&format!("missing = \"{method}\""), "");
    run_definition(&definition.replace("[design]\n", "[design]\nreplicates = 100\n"), &world(answers))
}

fn world(answers: &[Vec<String>]) -> Memory {
    let mut csv = csv::Writer::from_writer(Vec::new());
    answers.iter().for_each(|row| csv.write_record(row).unwrap());
    Memory([("answers.csv".to_owned(), csv.into_inner().unwrap())].into())
}

fn definition(keys: &str, tables: &str) -> String {
    let shipped = text("surveys/ecsi-mobile/survey.toml").replace("../../data-samples/ecsi-mobile/responses.csv", "answers.csv");
    format!("{}\n{tables}", shipped.replace("[model]\n", &format!("[model]\n{keys}\n")))
}

fn run_definition(definition: &str, world: &Memory) -> WaveAssessment {
    let (survey, warnings) = survey::parse("survey.toml", "ecsi", definition).unwrap_or_else(|r| panic!("{:?}", r.0));
    let run = pipeline::run(&survey, definition, &warnings, world, Wanted::default(), &|_, _| {});
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
    let (rows, gaps) = with_gaps(&columns);
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

/// Row i, item k is blank when (7i + 13k) mod 60 = 0; and how many that are.
fn with_gaps(columns: &[&str]) -> (Vec<Vec<String>>, usize) {
    let mut rows = answers();
    let header = rows[0].clone();
    let mut gaps = 0;
    for (i, row) in rows.iter_mut().skip(1).enumerate() {
        for (k, column) in columns.iter().enumerate().filter(|(k, _)| (7 * i + 13 * k).is_multiple_of(60)) {
            let at = header.iter().position(|h| h == column).unwrap_or_else(|| panic!("{k}"));
            row[at].clear();
            gaps += 1;
        }
    }
    (rows, gaps)
}

fn full(file: &str) -> Value {
    serde_json::from_str(&text(&format!("tests/reference/{file}"))).unwrap()
}

fn assert_paths(values: &[(String, f64)], expected: &Value) {
    assert_eq!(values.len(), 12);
    for (key, value) in values {
        let expected = expected[key].as_f64().unwrap();
        assert!((value - expected).abs() < 1e-8, "{key}: {value} {expected}");
    }
}

fn paths(wave: &WaveAssessment) -> Vec<(String, f64)> {
    let arrow = |from: &str, to: &str| format!("{} -> {}", construct(from), construct(to));
    let paths = &wave.model.as_ref().unwrap().paths;
    paths.iter().map(|p| (arrow(&p.from, &p.to), p.coefficient.value)).collect()
}

/// The other ways to deal with gaps, from the definition to the report's numbers: pairs and complete cases as other
/// programs have them, EM as the library finds it from the rows.
#[test]
fn gaps_are_dealt_with_as_the_definition_says() {
    let columns: Vec<String> = full("pls_extras.json")["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c.as_str().unwrap().to_owned())
        .collect();
    let (rows, _) = with_gaps(&columns.iter().map(String::as_str).collect::<Vec<_>>());
    let expected = &full("pls_full_extras.json")["mobi"]["missing"];
    let pairwise = run_missing(&rows, "pairwise");
    assert_paths(&paths(&pairwise), &expected["pairwise_correlation_matrixpls"]["path_coefficients"]);
    assert_model(&run_missing(&rows, "listwise"), &expected["listwise"]);
    let em = run_missing(&rows, "em");
    let (survey, _) = survey::parse("survey.toml", "ecsi", &definition("", "")).unwrap();
    // Items in the order of the definition, which is not that of the columns.
    let at = |column: &String| rows[0].iter().position(|h| h == column).unwrap();
    let columns: Vec<usize> = survey.scored().iter().map(|item| at(&item.column)).collect();
    let cells = rows[1..].iter().map(|row| columns.iter().map(|at| row[*at].parse().ok()).collect());
    let cells: Vec<Vec<Option<f64>>> = cells.collect();
    let patterns = missing::patterns(cells.iter().map(|row| (1.0, row.as_slice())));
    let (moments, _) = missing::em(&patterns, 24, missing::EmOptions::default()).unwrap();
    let structure = survey.model.structure.as_ref().unwrap();
    let direct = estimate(&moments.correlation, structure, InnerScheme::Path, PlsOptions::default()).unwrap();
    for ((key, value), direct) in paths(&em).iter().zip(&direct.paths) {
        assert!((value - direct).abs() < 1e-8, "{key}: {value} {direct}");
    }
    let share = em.measurement.as_ref().unwrap().items.iter().map(|i| i.missing_share).sum::<f64>() * 250.0;
    assert!((share - 101.0).abs() < 1e-9);
}

/// Every inner scheme by its key gives the model that other programs give under it, with the index to go with it.
#[test]
fn inner_schemes_reach_the_model() {
    let reference = full("pls_mobi.json");
    for scheme in ["centroid", "factorial", "path"] {
        let mut csv = csv::Writer::from_writer(Vec::new());
        answers().iter().for_each(|row| csv.write_record(row).unwrap());
        let world = Memory([("answers.csv".to_owned(), csv.into_inner().unwrap())].into());
        let definition = definition("prediction_folds = 0", "")
            .replace("scheme = \"path\"", &format!("scheme = \"{scheme}\""))
            .replace("[design]\n", "[design]\nreplicates = 0\n");
        assert_model(&run_definition(&definition, &world), &reference["schemes"][scheme]);
    }
}

/// Sum scores by key, second route: the path between two sum scores is the correlation of the plain sums of their standardised items. Columns of what
/// was expected of an item stand beside the model and leave it alone.
#[test]
fn sum_scores_and_expectations_reach_the_model() {
    let ids = ["image", "expectation", "quality", "value", "satisfaction", "complaints", "loyalty"];
    let outer = ids.join(" = \"unit-weights\"\n");
    let sums = run_model(
        &answers(),
        "prediction_folds = 0",
        &format!("[model.outer]\n{outer} = \"unit-weights\"\n"),
    );
    let model = sums.model.as_ref().unwrap();
    for id in ids {
        let weights: Vec<f64> = model.items.iter().filter(|i| i.dimension == id).map(|i| i.outer_weight).collect();
        assert!(weights.iter().all(|w| (w - weights[0]).abs() < 1e-12), "{id}");
    }
    let rows = answers();
    let standardised = |item: &str| -> Vec<f64> {
        let at = rows[0].iter().position(|h| h == item).unwrap();
        let x: Vec<f64> = rows[1..].iter().map(|row| row[at].parse().unwrap()).collect();
        let mean = x.iter().sum::<f64>() / 250.0;
        let sd = (x.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / 250.0).sqrt();
        x.into_iter().map(|v| (v - mean) / sd).collect()
    };
    let sum = |items: &[&str]| -> Vec<f64> {
        let columns: Vec<Vec<f64>> = items.iter().map(|i| standardised(i)).collect();
        (0..250).map(|r| columns.iter().map(|c| c[r]).sum()).collect()
    };
    let (a, b) = (
        sum(&["IMAG1", "IMAG2", "IMAG3", "IMAG4", "IMAG5"]),
        sum(&["CUEX1", "CUEX2", "CUEX3"]),
    );
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let correlation = dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt();
    let found = model.paths.iter().find(|p| p.from == "image" && p.to == "expectation").unwrap();
    assert!((found.coefficient.value - correlation).abs() < 1e-10);
    let plain = run_model(&answers(), "prediction_folds = 0", "");
    let mut rows = answers();
    for (at, row) in rows.iter_mut().enumerate() {
        let again = if at == 0 { "EXPECTED".to_owned() } else { row[1].clone() };
        row.push(again);
    }
    let mut csv = csv::Writer::from_writer(Vec::new());
    rows.iter().for_each(|row| csv.write_record(row).unwrap());
    let world = Memory([("answers.csv".to_owned(), csv.into_inner().unwrap())].into());
    let expected = definition("prediction_folds = 0", "").replace("PERQ1.title", "PERQ1.expectation = \"EXPECTED\"\nPERQ1.title");
    let beside = run_definition(&expected, &world);
    assert_eq!(beside.model.as_ref().unwrap().paths, plain.model.as_ref().unwrap().paths);
    assert!(beside.service_gaps.is_some());
}

#[test]
fn outer_modes_and_consistent_paths_reach_the_model() {
    let reference = full("pls_full_mobi.json");
    let ids = ["image", "expectation", "quality", "value", "satisfaction", "complaints", "loyalty"];
    let outer = ids.join(" = \"mode-b\"\n");
    let formed = run_model(&answers(), "", &format!("[model.outer]\n{outer} = \"mode-b\"\n"));
    assert_model(&formed, &reference["mode_B_all_blocks"]["path"]);
    let wave = run_model(&answers(), "consistent = true", "");
    let inner = &wave.model.as_ref().unwrap().inner;
    let arrow = |from: &str, to: &str| format!("{} -> {}", construct(from), construct(to));
    let found: Vec<(String, f64)> = inner
        .paths
        .iter()
        .map(|p| (arrow(&p.from, &p.to), p.consistent.unwrap().value))
        .collect();
    assert_paths(&found, &reference["plsc_path_scheme"]["path_coefficients"]);
    assert!(
        inner
            .paths
            .iter()
            .all(|p| p.consistent.unwrap().standard_error.is_some_and(|se| se > 0.0))
    );
    // The index does not depend on the correction.
    let plain = run(&answers(), "");
    assert_eq!(plain.index, wave.index);
    // Shares of R² add up to it, with an error each.
    let of_satisfaction = inner.paths.iter().filter(|p| p.to == "satisfaction").map(|p| p.r2_share.unwrap());
    let sum: f64 = of_satisfaction.map(|share| share.value).sum();
    assert!((sum - reference["schemes"]["path"]["r2"]["Satisfaction"].as_f64().unwrap()).abs() < 1e-8);
    let fit = &reference["csem_fit"];
    assert!((inner.srmr.unwrap() - fit["SRMR"].as_f64().unwrap()).abs() < 1e-8);
    let prediction = inner.prediction.as_ref().unwrap();
    assert_eq!((prediction.folds, prediction.items.len()), (10, 19));
}

/// Second route: the scores of every respondent and their product in an ordinary regression, row by row.
#[test]
fn an_interaction_is_the_regression_on_the_product() {
    let table = "[[model.moderation]]\npredictor = \"image\"\nmoderator = \"quality\"\ntarget = \"satisfaction\"\n";
    let wave = run_model(&answers(), "", table);
    let model = wave.model.as_ref().unwrap();
    let rows = answers();
    let column = |item: &str| -> Vec<f64> {
        let at = rows[0].iter().position(|h| h == item).unwrap();
        let values: Vec<f64> = rows[1..].iter().map(|r| r[at].parse().unwrap()).collect();
        let mean = values.iter().sum::<f64>() / 250.0;
        let sd = (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 250.0).sqrt();
        values.iter().map(|x| (x - mean) / sd).collect()
    };
    let score = |id: &str| -> Vec<f64> {
        let mut sum = vec![0.0; 250];
        for item in model.items.iter().filter(|i| i.dimension == id) {
            sum.iter_mut()
                .zip(column(&item.item))
                .for_each(|(s, z)| *s += item.outer_weight * z);
        }
        sum
    };
    let (image, quality) = (score("image"), score("quality"));
    let product: Vec<f64> = image.iter().zip(&quality).map(|(a, b)| a * b).collect();
    let columns = [vec![1.0; 250], image, score("expectation"), quality, score("value"), product];
    let x = DMatrix::from_fn(250, 6, |row, column| columns[column][row]);
    let y = DVector::from_vec(score("satisfaction"));
    let slopes = (x.transpose() * &x).cholesky().unwrap().solve(&(x.transpose() * &y));
    let found = &model.inner.moderation[0];
    assert!((found.coefficient - slopes[5]).abs() < 1e-9, "{} {}", found.coefficient, slopes[5]);
    assert!((found.simple_effect - slopes[1]).abs() < 1e-9);
    let residual = (&y - &x * &slopes).norm_squared() / 244.0;
    let error = (residual * (x.transpose() * &x).try_inverse().unwrap()[(5, 5)]).sqrt();
    assert!((found.standard_error - error).abs() < 1e-9);
}

/// Second route: where branches were drawn, the error of an interaction is that of the sums of each branch, by hand from the residuals.
#[test]
fn an_interaction_has_the_error_of_the_branches() {
    let table = "[[model.moderation]]\npredictor = \"image\"\nmoderator = \"quality\"\ntarget = \"satisfaction\"\n";
    let mut rows = answers();
    rows[0].push("branch".to_owned());
    (1..rows.len()).for_each(|at| rows[at].push(format!("b{}", at % 20)));
    let text = definition("", table)
        .replace("[columns]\n", "[columns]\npsu = \"branch\"\n")
        .replace("[design]\n", "[design]\nreplicates = 0\n");
    let wave = run_definition(&text, &world(&rows));
    let model = wave.model.as_ref().unwrap();
    let column = |item: &str| -> Vec<f64> {
        let at = rows[0].iter().position(|h| h == item).unwrap();
        let values: Vec<f64> = rows[1..].iter().map(|r| r[at].parse().unwrap()).collect();
        let mean = values.iter().sum::<f64>() / 250.0;
        let sd = (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 250.0).sqrt();
        values.iter().map(|x| (x - mean) / sd).collect()
    };
    let score = |id: &str| -> Vec<f64> {
        let items = model.items.iter().filter(|i| i.dimension == id);
        let of_items = items.map(|i| column(&i.item).iter().map(|z| z * i.outer_weight).collect::<Vec<f64>>());
        of_items.reduce(|a, b| a.iter().zip(&b).map(|(x, y)| x + y).collect()).unwrap()
    };
    let (image, quality) = (score("image"), score("quality"));
    let product: Vec<f64> = image.iter().zip(&quality).map(|(a, b)| a * b).collect();
    let columns = [vec![1.0; 250], image, score("expectation"), quality, score("value"), product];
    let x = DMatrix::from_fn(250, 6, |row, column| columns[column][row]);
    let y = DVector::from_vec(score("satisfaction"));
    let inverse = (x.transpose() * &x).try_inverse().unwrap();
    let residuals = &y - &x * (&inverse * x.transpose() * &y);
    let mut of_branches = DMatrix::zeros(20, 6);
    for row in 0..250 {
        for j in 0..6 {
            of_branches[((row + 1) % 20, j)] += x[(row, j)] * residuals[row];
        }
    }
    let covariance = &inverse * of_branches.transpose() * &of_branches * &inverse * (20.0 / 19.0);
    let found = &model.inner.moderation[0];
    assert!((found.standard_error - covariance[(5, 5)].sqrt()).abs() < 1e-9 * found.standard_error);
    let p = manyidu::stats::student_t_two_sided_p(found.coefficient / found.standard_error, 19.0 - 5.0).unwrap();
    assert!((found.p_value.unwrap() - p).abs() < 1e-9);
}

#[test]
fn keys_that_cannot_be_meant_are_refused_at_their_place() {
    let refused = |keys: &str, tables: &str| {
        let refusal = survey::parse("survey.toml", "ecsi", &definition(keys, tables))
            .map(|_| ())
            .unwrap_err();
        refusal.0.iter().map(|f| f.code.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(refused("prediction_folds = 1", ""), ["bad-model"]);
    assert_eq!(refused("", "[model.outer]\nqualty = \"mode-b\"\n"), ["unknown-reference"]);
    let without_path = "[[model.moderation]]\npredictor = \"loyalty\"\nmoderator = \"quality\"\ntarget = \"satisfaction\"\n";
    assert_eq!(refused("", without_path), ["bad-model"]);
    assert_eq!(refused("missing = \"guess\"", "").len(), 1);
}
