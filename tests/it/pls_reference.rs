//! The path model of the mobile-phone answers against other programs.
//!
//! Reference: `tests/reference/pls_mobi.json` (seminr 2.3.4, agreeing with
//! plspm 0.5.1 and cSEM 0.6.1.9000; alpha from psych 2.2.9; all on R 4.2.2).

use std::collections::BTreeMap;
use std::path::PathBuf;

use manyidu::index::fornell::{fornell_index, index_sd, index_weights, item_shares, require_positive};
use manyidu::measure::reliability::{alpha_raw, alpha_standardised, average_variance_extracted, composite_reliability, rho_a};
use manyidu::model::effects::{indirect_effects, total_effects};
use manyidu::model::importance::{importance, item_importances};
use manyidu::model::pls::{InnerScheme, PlsEstimate, PlsOptions, estimate};
use manyidu::model::structure::Structure;
use nalgebra::{DMatrix, DVector};
use serde_json::Value;

/// Agreed with the other programs; they agree among themselves to 4e-15.
const CLOSE: f64 = 1e-12;

const SCHEMES: [(&str, InnerScheme); 3] = [
    ("centroid", InnerScheme::Centroid),
    ("factorial", InnerScheme::Factorial),
    ("path", InnerScheme::Path),
];

fn project_file(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn assert_close(label: &str, ours: f64, theirs: f64) {
    let scale = theirs.abs().max(1.0);
    assert!((ours - theirs).abs() <= CLOSE * scale, "{label}: {ours} is not {theirs}");
}

/// Names, answers and a path model over them.
struct Study {
    items: Vec<String>,
    constructs: Vec<String>,
    structure: Structure,
    answers: DMatrix<f64>,
}

struct Moments {
    means: DVector<f64>,
    sd: DVector<f64>,
    covariance: DMatrix<f64>,
    correlation: DMatrix<f64>,
}

impl Moments {
    fn new(answers: &DMatrix<f64>) -> Self {
        let means = answers.row_mean().transpose();
        let centred = DMatrix::from_fn(answers.nrows(), answers.ncols(), |row, column| {
            answers[(row, column)] - means[column]
        });
        let covariance = centred.tr_mul(&centred) / (answers.nrows() as f64 - 1.0);
        let sd = covariance.diagonal().map(f64::sqrt);
        let correlation = DMatrix::from_fn(sd.len(), sd.len(), |i, j| covariance[(i, j)] / (sd[i] * sd[j]));
        Self {
            means,
            sd,
            covariance,
            correlation,
        }
    }
}

impl Study {
    fn new(reference: &Value) -> Self {
        let (items, answers) = read_answers();
        let blocks: BTreeMap<String, Vec<String>> = read(&reference["blocks"]);
        let paths: Vec<(String, String)> = read(&reference["paths"]);
        let blocks: Vec<_> = blocks.into_iter().collect();
        Self::assemble(items, answers, &blocks, &paths)
    }

    fn assemble(items: Vec<String>, answers: DMatrix<f64>, blocks: &[(String, Vec<String>)], paths: &[(String, String)]) -> Self {
        let constructs: Vec<String> = blocks.iter().map(|(name, _)| name.clone()).collect();
        let block = |(_, names): &(String, Vec<String>)| -> Vec<usize> { names.iter().map(|name| position(&items, name)).collect() };
        let blocks = blocks.iter().map(block).collect();
        let path = |(from, to): &(String, String)| (position(&constructs, from), position(&constructs, to));
        let paths = paths.iter().map(path).collect();
        let structure = Structure::new(blocks, paths, items.len()).unwrap();
        Self {
            items,
            constructs,
            structure,
            answers,
        }
    }

    fn estimate(&self, scheme: InnerScheme) -> PlsEstimate {
        let moments = Moments::new(&self.answers);
        estimate_from(&moments.correlation, &self.structure, scheme)
    }

    fn block<'a>(&'a self, values: &'a DVector<f64>, construct: usize) -> Vec<f64> {
        let items = &self.structure.blocks()[construct];
        items.iter().map(|&item| values[item]).collect()
    }

    /// Item name → value.
    fn by_item(&self, values: &[Vec<f64>]) -> BTreeMap<String, f64> {
        let blocks = self.structure.blocks().iter().zip(values);
        let pairs = blocks.flat_map(|(items, values)| items.iter().zip(values));
        pairs.map(|(&item, &value)| (self.items[item].clone(), value)).collect()
    }

    /// "From -> To" → value.
    fn by_path(&self, values: &[f64]) -> BTreeMap<String, f64> {
        let paths = self.structure.paths().iter().zip(values);
        paths.map(|(&(from, to), &value)| (self.arrow(from, to), value)).collect()
    }

    fn arrow(&self, from: usize, to: usize) -> String {
        format!("{} -> {}", self.constructs[from], self.constructs[to])
    }

    fn construct_means(&self, model: &PlsEstimate, moments: &Moments) -> Vec<f64> {
        let index = |construct: usize| {
            let (low, high) = self.scale(construct);
            let sd = self.block(&moments.sd, construct);
            let weights = index_weights(&model.outer_weights[construct], &sd).unwrap();
            let means = self.block(&moments.means, construct);
            fornell_index(&means, &weights, &low, &high).unwrap()
        };
        (0..self.constructs.len()).map(index).collect()
    }

    fn construct_sds(&self, model: &PlsEstimate, moments: &Moments) -> Vec<f64> {
        let sd = |construct: usize| {
            let (low, high) = self.scale(construct);
            let sd = self.block(&moments.sd, construct);
            index_sd(&model.outer_weights[construct], &sd, &low, &high).unwrap()
        };
        (0..self.constructs.len()).map(sd).collect()
    }

    fn scale(&self, construct: usize) -> (Vec<f64>, Vec<f64>) {
        let count = self.structure.blocks()[construct].len();
        (vec![1.0; count], vec![10.0; count])
    }
}

fn estimate_from(correlation: &DMatrix<f64>, structure: &Structure, scheme: InnerScheme) -> PlsEstimate {
    estimate(correlation, structure, scheme, PlsOptions::default()).unwrap()
}

fn position(names: &[String], name: &str) -> usize {
    names.iter().position(|other| other == name).unwrap()
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap()
}

fn read_reference() -> Value {
    let path = project_file("tests/reference/pls_mobi.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn read_answers() -> (Vec<String>, DMatrix<f64>) {
    let path = project_file("data-samples/ecsi-mobile/responses.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let items: Vec<String> = header.iter().skip(1).map(String::from).collect();
    let mut cells = Vec::new();
    for record in reader.records() {
        let record = record.unwrap();
        cells.extend(record.iter().skip(1).map(|cell| cell.parse::<f64>().unwrap()));
    }
    let rows = cells.len() / items.len();
    (items.clone(), DMatrix::from_row_slice(rows, items.len(), &cells))
}

fn study() -> (Study, Value) {
    let reference = read_reference();
    (Study::new(&reference), reference)
}

/// Every reference value is met, and we have no value beyond them.
fn assert_map(label: &str, ours: &BTreeMap<String, f64>, theirs: &Value) {
    let theirs: BTreeMap<String, f64> = read(theirs);
    assert!(ours.keys().eq(theirs.keys()), "{label}: {ours:?} {theirs:?}");
    for (name, value) in &theirs {
        assert_close(&format!("{label} {name}"), ours[name], *value);
    }
}

#[test]
fn item_moments() {
    let (study, reference) = study();
    assert_eq!(study.answers.shape(), (250, 24));
    let moments = Moments::new(&study.answers);
    let named = |values: &DVector<f64>| {
        let names = study.items.iter().cloned();
        names.zip(values.iter().copied()).collect()
    };
    assert_map("mean", &named(&moments.means), &reference["item_mean"]);
    assert_map("sd", &named(&moments.sd), &reference["item_sd"]);
}

#[test]
fn weights_loadings_paths_and_r2_in_all_schemes() {
    let (study, reference) = study();
    for (name, scheme) in SCHEMES {
        let theirs = &reference["schemes"][name];
        let model = study.estimate(scheme);
        let label = |what: &str| format!("{name} {what}");
        assert_map(&label("weight"), &study.by_item(&model.outer_weights), &theirs["outer_weights"]);
        assert_map(&label("loading"), &study.by_item(&model.loadings), &theirs["loadings"]);
        assert_map(&label("path"), &study.by_path(&model.paths), &theirs["path_coefficients"]);
        let constructs = study.constructs.iter().cloned().zip(&model.r2);
        let r2 = constructs.filter_map(|(construct, r2)| r2.map(|r2| (construct, r2))).collect();
        assert_map(&label("r2"), &r2, &theirs["r2"]);
        assert!(model.last_change < PlsOptions::default().tolerance);
        assert!((8..=12).contains(&model.iterations), "{}", model.iterations);
    }
}

#[test]
fn cross_loadings_and_construct_correlations() {
    let (study, reference) = study();
    let row = |matrix: &DMatrix<f64>, row: usize| {
        let values = matrix.row(row).iter().copied().collect::<Vec<_>>();
        study.constructs.iter().cloned().zip(values).collect()
    };
    for (name, scheme) in SCHEMES {
        let theirs = &reference["schemes"][name];
        let model = study.estimate(scheme);
        for (at, item) in study.items.iter().enumerate() {
            let ours = row(&model.cross_loadings, at);
            assert_map(item, &ours, &theirs["cross_loadings"][item]);
        }
        for (at, construct) in study.constructs.iter().enumerate() {
            let ours = row(&model.construct_correlation, at);
            assert_map(construct, &ours, &theirs["lv_correlations"][construct]);
        }
    }
}

#[test]
fn effects_along_all_paths() {
    let (study, reference) = study();
    for (name, scheme) in SCHEMES {
        let theirs = &reference["schemes"][name];
        let model = study.estimate(scheme);
        let total = total_effects(&study.structure, &model.paths).unwrap();
        let indirect = indirect_effects(&study.structure, &model.paths).unwrap();
        let named = |effects: &DMatrix<f64>| {
            let mut map = BTreeMap::new();
            for to in 0..study.constructs.len() {
                for from in 0..study.constructs.len() {
                    let value = effects[(from, to)];
                    if value != 0.0 {
                        map.insert(study.arrow(from, to), value);
                    }
                }
            }
            map
        };
        assert_map("total effect", &named(&total), &theirs["total_effects"]);
        assert_map("indirect effect", &named(&indirect), &theirs["indirect_effects"]);
    }
}

#[test]
fn reliability_of_every_block() {
    let (study, reference) = study();
    let moments = Moments::new(&study.answers);
    for (name, scheme) in SCHEMES {
        let theirs = &reference["schemes"][name];
        let model = study.estimate(scheme);
        for (at, construct) in study.constructs.iter().enumerate() {
            let items = &study.structure.blocks()[at];
            let loadings = &model.loadings[at];
            let weights = &model.outer_weights[at];
            let expected = |table: &Value| {
                let value = table[construct].as_f64().unwrap();
                (items.len() > 1).then_some(value)
            };
            let pairs = [
                (alpha_raw(&moments.covariance, items), expected(&reference["alpha_raw"])),
                (
                    alpha_standardised(&moments.correlation, items),
                    expected(&reference["alpha_standardised"]),
                ),
                (composite_reliability(loadings), expected(&theirs["rhoC"])),
                (average_variance_extracted(loadings), expected(&theirs["AVE"])),
                (rho_a(&moments.correlation, items, weights), expected(&theirs["rhoA"])),
            ];
            for (ours, theirs) in pairs {
                assert_eq!(ours.is_some(), theirs.is_some(), "{name} {construct}");
                if let (Some(ours), Some(theirs)) = (ours, theirs) {
                    assert_close(construct, ours, theirs);
                }
            }
        }
    }
}

#[test]
fn indices_from_0_to_100() {
    let (study, reference) = study();
    let moments = Moments::new(&study.answers);
    for (name, scheme) in SCHEMES {
        let theirs = &reference["schemes"][name];
        let model = study.estimate(scheme);
        let means = study.construct_means(&model, &moments);
        let sds = study.construct_sds(&model, &moments);
        let mut all_weights = Vec::new();
        for (at, construct) in study.constructs.iter().enumerate() {
            let expected = &theirs["index_0_100"][construct];
            assert_close(construct, means[at], expected["mean"].as_f64().unwrap());
            assert_close(construct, sds[at], expected["sd"].as_f64().unwrap());
            let outer = &model.outer_weights[at];
            assert_eq!(require_positive(outer), Ok(()));
            all_weights.push(index_weights(outer, &study.block(&moments.sd, at)).unwrap());
        }
        assert_map("index weight", &study.by_item(&all_weights), &theirs["index_weights"]);
    }
}

#[test]
fn importance_for_every_target() {
    let (study, reference) = study();
    let moments = Moments::new(&study.answers);
    for (name, scheme) in SCHEMES {
        let theirs = &reference["schemes"][name]["ipma"];
        let model = study.estimate(scheme);
        let sds = study.construct_sds(&model, &moments);
        let total = total_effects(&study.structure, &model.paths).unwrap();
        for (target, expected) in theirs.as_object().unwrap() {
            let to = position(&study.constructs, target);
            let mut constructs = BTreeMap::new();
            let mut items = vec![Vec::new(); study.constructs.len()];
            for from in study.structure.antecedents(to) {
                let value = importance(total[(from, to)], sds[to], sds[from]).unwrap();
                constructs.insert(study.constructs[from].clone(), value);
                let sd = study.block(&moments.sd, from);
                let weights = index_weights(&model.outer_weights[from], &sd).unwrap();
                let (low, high) = study.scale(from);
                let shares = item_shares(&weights, &low, &high).unwrap();
                items[from] = item_importances(value, &shares);
            }
            assert_map(target, &constructs, &expected["constructs"]);
            assert_map(target, &study.by_item(&items), &expected["items"]);
        }
    }
}

/// Second route: scores of every respondent, then ordinary regression,
/// correlation and averaging on those.
#[test]
fn scores_route_equals_moments_route() {
    let (study, _) = study();
    let moments = Moments::new(&study.answers);
    for (_, scheme) in SCHEMES {
        let model = study.estimate(scheme);
        let rows = study.answers.nrows();
        let constructs = study.constructs.len();
        let scores = DMatrix::from_fn(rows, constructs, |row, construct| {
            let items = study.structure.blocks()[construct].iter();
            let terms = items.zip(&model.outer_weights[construct]);
            terms
                .map(|(&item, weight)| weight * (study.answers[(row, item)] - moments.means[item]) / moments.sd[item])
                .sum()
        });
        let of_scores = Moments::new(&scores);
        for construct in 0..constructs {
            assert_close("score sd", of_scores.sd[construct], 1.0);
        }
        let difference = &of_scores.correlation - &model.construct_correlation;
        assert!(difference.amax() < CLOSE);
        for (construct, incoming) in study.structure.incoming().iter().enumerate() {
            let Some(r2) = model.r2[construct] else {
                assert!(incoming.is_empty());
                continue;
            };
            let predictors: Vec<usize> = incoming.iter().map(|before| before.from).collect();
            let outcome = scores.column(construct);
            let design = scores.select_columns(&predictors);
            let solution = design.clone().svd(true, true).solve(&outcome, 1e-12).unwrap();
            for (before, coefficient) in incoming.iter().zip(solution.iter()) {
                assert_close("path", model.paths[before.path], *coefficient);
            }
            let residual = outcome - &design * &solution;
            assert_close("r2", r2, 1.0 - residual.norm_squared() / outcome.norm_squared());
        }
        indices_by_respondent(&study, &model, &moments);
    }
}

fn indices_by_respondent(study: &Study, model: &PlsEstimate, moments: &Moments) {
    let means = study.construct_means(model, moments);
    let sds = study.construct_sds(model, moments);
    for (construct, items) in study.structure.blocks().iter().enumerate() {
        let sd = study.block(&moments.sd, construct);
        let weights = index_weights(&model.outer_weights[construct], &sd).unwrap();
        let (low, high) = study.scale(construct);
        let indices = DMatrix::from_fn(study.answers.nrows(), 1, |row, _| {
            let answers: Vec<f64> = items.iter().map(|&i| study.answers[(row, i)]).collect();
            fornell_index(&answers, &weights, &low, &high).unwrap()
        });
        let of_indices = Moments::new(&indices);
        assert_close("index mean", of_indices.means[0], means[construct]);
        assert_close("index sd", of_indices.sd[0], sds[construct]);
    }
}

/// Law: every respondent twice gives the same model.
#[test]
fn doubling_the_respondents_changes_nothing() {
    let (mut study, _) = study();
    for (_, scheme) in SCHEMES {
        let once = study.estimate(scheme);
        let rows = study.answers.nrows();
        let doubled = DMatrix::from_fn(rows * 2, study.items.len(), |row, column| study.answers[(row / 2, column)]);
        let single = std::mem::replace(&mut study.answers, doubled);
        let twice = study.estimate(scheme);
        study.answers = single;
        assert_same(&study, &once, &study, &twice);
    }
}

/// Law: the order of columns, of items in a block, of constructs and of paths
/// does not matter.
#[test]
fn order_changes_nothing() {
    let (study, reference) = study();
    let mut blocks: Vec<(String, Vec<String>)> = read::<BTreeMap<_, _>>(&reference["blocks"]).into_iter().collect();
    let mut paths: Vec<(String, String)> = read(&reference["paths"]);
    blocks.rotate_left(3);
    for (_, items) in &mut blocks {
        items.reverse();
    }
    paths.reverse();
    let columns: Vec<usize> = (0..study.items.len()).map(|at| (at * 7 + 5) % 24).collect();
    let items = columns.iter().map(|&at| study.items[at].clone()).collect();
    let answers = study.answers.select_columns(&columns);
    let shuffled = Study::assemble(items, answers, &blocks, &paths);
    for (_, scheme) in SCHEMES {
        let model = study.estimate(scheme);
        let other = shuffled.estimate(scheme);
        assert_same(&study, &model, &shuffled, &other);
    }
}

fn assert_same(study: &Study, one: &PlsEstimate, other_study: &Study, other: &PlsEstimate) {
    let value = |map: BTreeMap<String, f64>| serde_json::to_value(map).unwrap();
    assert_map(
        "weight",
        &study.by_item(&one.outer_weights),
        &value(other_study.by_item(&other.outer_weights)),
    );
    assert_map(
        "loading",
        &study.by_item(&one.loadings),
        &value(other_study.by_item(&other.loadings)),
    );
    assert_map("path", &study.by_path(&one.paths), &value(other_study.by_path(&other.paths)));
}

/// The scheme is written in survey files by these names.
#[test]
fn schemes_are_named_in_kebab_case() {
    for (name, scheme) in SCHEMES {
        let read: InnerScheme = serde_json::from_value(Value::from(name)).unwrap();
        assert_eq!(read, scheme);
    }
    assert_eq!(InnerScheme::default(), InnerScheme::Path);
}
