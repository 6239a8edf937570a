//! Answers of a reference study and their moments.

use crate::support::text;
use manyidu::index::fornell::{fornell_index, index_sd, index_weights};
use manyidu::model::pls::{InnerScheme, OuterMode, PlsEstimate, PlsOptions, estimate, estimate_with};
use manyidu::model::structure::Structure;
use nalgebra::{DMatrix, DVector};
use serde_json::Value;
use std::collections::BTreeMap;

pub const SCHEMES: [(&str, InnerScheme); 3] = [
    ("centroid", InnerScheme::Centroid),
    ("factorial", InnerScheme::Factorial),
    ("path", InnerScheme::Path),
];

/// Names, answers and the path model over them.
pub struct Study {
    pub items: Vec<String>,
    pub constructs: Vec<String>,
    pub structure: Structure,
    pub answers: DMatrix<f64>,
    pub scale: (f64, f64),
}

/// Moments with divisor n − 1.
pub struct Moments {
    pub means: DVector<f64>,
    pub sd: DVector<f64>,
    pub covariance: DMatrix<f64>,
    pub correlation: DMatrix<f64>,
}

impl Moments {
    pub fn of(answers: &DMatrix<f64>) -> Self {
        let means = answers.row_mean().transpose();
        let centred = DMatrix::from_fn(answers.nrows(), answers.ncols(), |row, column| {
            answers[(row, column)] - means[column]
        });
        let covariance = centred.tr_mul(&centred) / (answers.nrows() as f64 - 1.0);
        let sd = covariance.diagonal().map(f64::sqrt);
        let correlation = DMatrix::from_fn(sd.len(), sd.len(), |i, j| {
            if i == j {
                1.0
            } else {
                covariance[(i.min(j), i.max(j))] / (sd[i] * sd[j])
            }
        });
        Self {
            means,
            sd,
            covariance,
            correlation,
        }
    }
}

pub fn json(file: &str) -> Value {
    serde_json::from_str(&text(&format!("tests/reference/{file}"))).unwrap()
}

fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(one) => vec![one.clone()],
        _ => value.as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect(),
    }
}

impl Study {
    /// Items are taken from the answers in the order of the blocks of the reference.
    pub fn new(reference: &Value, answers: &str, scale: (f64, f64)) -> Self {
        let order = ["Image", "Expectation", "Quality", "Value", "Satisfaction", "Complaints", "Loyalty"];
        let blocks = reference["blocks"].as_object().unwrap();
        let constructs: Vec<String> = order.iter().filter(|c| blocks.contains_key(**c)).map(|c| (*c).to_owned()).collect();
        let items: Vec<String> = constructs.iter().flat_map(|c| names(&blocks[c])).collect();
        let at = |name: &String| constructs.iter().position(|c| c == name).unwrap();
        let mut next = 0;
        let mut positions = Vec::new();
        for construct in &constructs {
            let count = names(&blocks[construct]).len();
            positions.push((next..next + count).collect());
            next += count;
        }
        let mut paths = Vec::new();
        for to in &constructs {
            for from in reference["paths"].get(to).map(names).unwrap_or_default() {
                paths.push((at(&from), at(to)));
            }
        }
        Self {
            answers: read(answers, &items),
            structure: Structure::new(positions, paths, items.len()).unwrap(),
            items,
            constructs,
            scale,
        }
    }

    pub fn moments(&self) -> Moments {
        Moments::of(&self.answers)
    }

    pub fn modes(&self, mode: OuterMode) -> Vec<OuterMode> {
        vec![mode; self.constructs.len()]
    }

    pub fn estimate(&self, correlation: &DMatrix<f64>, scheme: InnerScheme) -> PlsEstimate {
        estimate(correlation, &self.structure, scheme, PlsOptions::default()).unwrap()
    }

    pub fn estimate_mode(&self, correlation: &DMatrix<f64>, mode: OuterMode, scheme: InnerScheme) -> PlsEstimate {
        estimate_with(correlation, &self.structure, &self.modes(mode), scheme, PlsOptions::default()).unwrap()
    }

    pub fn arrow(&self, from: usize, to: usize) -> String {
        format!("{} -> {}", self.constructs[from], self.constructs[to])
    }

    pub fn block<'a>(&'a self, values: &'a DVector<f64>, construct: usize) -> Vec<f64> {
        self.structure.blocks()[construct].iter().map(|&item| values[item]).collect()
    }

    pub fn ends(&self, construct: usize) -> (Vec<f64>, Vec<f64>) {
        let count = self.structure.blocks()[construct].len();
        (vec![self.scale.0; count], vec![self.scale.1; count])
    }

    pub fn index_weights(&self, model: &PlsEstimate, moments: &Moments, construct: usize) -> Vec<f64> {
        index_weights(&model.outer_weights[construct], &self.block(&moments.sd, construct)).unwrap()
    }

    pub fn index(&self, means: &DVector<f64>, weights: &[f64], construct: usize) -> f64 {
        let (low, high) = self.ends(construct);
        fornell_index(&self.block(means, construct), weights, &low, &high).unwrap()
    }

    pub fn index_sd(&self, model: &PlsEstimate, moments: &Moments, construct: usize) -> f64 {
        let (low, high) = self.ends(construct);
        index_sd(&model.outer_weights[construct], &self.block(&moments.sd, construct), &low, &high).unwrap()
    }
}

/// Columns of a CSV file by name. A column of another name is passed over.
fn read(file: &str, items: &[String]) -> DMatrix<f64> {
    let content = text(file);
    let mut reader = csv::Reader::from_reader(content.as_bytes());
    let header = reader.headers().unwrap().clone();
    let columns: Vec<usize> = items.iter().map(|item| header.iter().position(|h| h == item).unwrap()).collect();
    let mut cells = Vec::new();
    for record in reader.records() {
        let record = record.unwrap();
        cells.extend(columns.iter().map(|column| record[*column].parse::<f64>().unwrap()));
    }
    DMatrix::from_row_slice(cells.len() / items.len(), items.len(), &cells)
}

/// Numbers by their place in the reference.
#[derive(Default)]
pub struct Numbers(pub BTreeMap<String, f64>);

impl Numbers {
    pub fn put(&mut self, place: &str, value: f64) {
        assert!(self.0.insert(place.to_owned(), value).is_none(), "{place} twice");
    }

    pub fn put_some(&mut self, place: &str, value: Option<f64>) {
        if let Some(value) = value {
            self.put(place, value);
        }
    }
}

/// Every number of a reference by its place.
pub fn numbers(place: &str, value: &Value, found: &mut BTreeMap<String, f64>) {
    let below = |key: &str| {
        if place.is_empty() {
            key.to_owned()
        } else {
            format!("{place}/{key}")
        }
    };
    match value {
        Value::Number(number) => {
            found.insert(place.to_owned(), number.as_f64().unwrap());
        }
        Value::Object(map) => map.iter().for_each(|(key, value)| numbers(&below(key), value, found)),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(at, value)| numbers(&below(&at.to_string()), value, found)),
        _ => {}
    }
}

/// A part of the reference that is not compared, or less closely: pattern of its place (`*` is anything), tolerance,
/// reason.
pub struct Exception(pub &'static str, pub Option<f64>, pub &'static str);

fn matches(pattern: &str, place: &str) -> bool {
    let mut rest = place;
    for (at, part) in pattern.split('*').enumerate() {
        match rest.find(part) {
            Some(position) if at > 0 || position == 0 => rest = &rest[position + part.len()..],
            _ => return false,
        }
    }
    pattern.ends_with('*') || rest.is_empty()
}

/// Compares every number of the reference with ours; returns how many were compared and how many left out.
pub fn compare(reference: &Value, ours: &Numbers, exceptions: &[Exception]) -> (usize, usize) {
    let mut theirs = BTreeMap::new();
    numbers("", reference, &mut theirs);
    let (mut compared, mut left_out) = (0, 0);
    let mut faults = Vec::new();
    let mut used = vec![false; exceptions.len()];
    for (place, expected) in &theirs {
        let exception = exceptions.iter().position(|e| matches(e.0, place));
        if let Some(at) = exception {
            used[at] = true;
        }
        let tolerance = match exception.map(|at| &exceptions[at]) {
            Some(Exception(_, None, _)) => {
                left_out += 1;
                continue;
            }
            Some(Exception(_, Some(tolerance), _)) => *tolerance,
            None => 1e-10,
        };
        match ours.0.get(place) {
            Some(value) if (value - expected).abs() <= tolerance * expected.abs().max(1.0) => compared += 1,
            Some(value) => faults.push(format!("{place}: {value} is not {expected} (off by {:.1e})", value - expected)),
            None => faults.push(format!("{place}: not calculated")),
        }
    }
    for (exception, used) in exceptions.iter().zip(used) {
        assert!(!exception.2.is_empty());
        if !used {
            faults.push(format!("the exception {} is no longer needed", exception.0));
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    (compared, left_out)
}
