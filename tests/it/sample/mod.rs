//! Planning, drawing and verifying a sample: numbers against other programs, and the commands as a user meets them.

mod commands;
mod draw;
mod selection;
mod shipped;

use crate::support::text;
use serde_json::Value;

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

fn customers(sizes: &[u32], reversed: bool) -> String {
    let row = |(at, size): (usize, &u32)| format!("C{at:04},r{},s{},{size}", at % 2, at % 10, size = size + 1);
    let mut rows: Vec<String> = sizes.iter().enumerate().map(row).collect();
    if reversed {
        rows.reverse();
    }
    format!("id,region,shop,size\n{}\n", rows.join("\n"))
}
