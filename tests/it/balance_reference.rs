//! Balance measures against the Python package balance on the `api` samples; every number of `balance.json` is compared and counted.

use manyidu::coverage::balance::distance::{divergence, of_categories, of_numbers};
use manyidu::coverage::balance::kernel::kernel_divergence;
use manyidu::coverage::balance::{DeviationOf, Weighted, standardised_difference};
use manyidu::weight::kish::KishSums;
use serde_json::Value;
use std::collections::BTreeMap;

const NUMBERS: [&str; 3] = ["api99", "ell", "meals"];
const TYPES: [&str; 3] = ["E", "H", "M"];
const ANSWERS: [&str; 2] = ["No", "Yes"];

/// Columns of one file: numbers, and indicators of each category.
#[derive(Default)]
struct Columns {
    numbers: BTreeMap<String, Vec<f64>>,
    stype: Vec<String>,
    schwide: Vec<String>,
    pw: Vec<f64>,
    cds: Vec<String>,
}

impl Columns {
    fn read(text: &str, sample: Option<&str>) -> Self {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        let mut columns = Self::default();
        for row in reader.records().map(Result::unwrap) {
            let get = |name: &str| header.iter().position(|h| h == name).map_or("", |at| &row[at]);
            if sample.is_some_and(|s| s != get("sample")) {
                continue;
            }
            for name in NUMBERS {
                columns.numbers.entry(name.to_owned()).or_default().push(get(name).parse().unwrap());
            }
            columns.stype.push(get("stype").to_owned());
            columns.schwide.push(get("schwide").to_owned());
            columns.pw.push(get("pw").parse().unwrap_or(1.0));
            columns.cds.push(get("cds").to_owned());
        }
        columns
    }

    fn indicator(values: &[String], category: &str) -> Vec<f64> {
        values.iter().map(|v| f64::from(u8::from(v == category))).collect()
    }

    /// A column by the name that the package gives it; a property of two categories has one.
    fn column(&self, name: &str) -> Vec<f64> {
        if let Some(values) = self.numbers.get(name) {
            return values.clone();
        }
        if name == "schwide[T.Yes]" {
            return Self::indicator(&self.schwide, "Yes");
        }
        let category = name.strip_prefix("stype[").and_then(|n| n.strip_suffix(']')).unwrap();
        Self::indicator(&self.stype, category)
    }

    fn shares(values: &[String], categories: &[&str], weights: &[f64]) -> Vec<f64> {
        let total: f64 = weights.iter().sum();
        let of = |category: &&str| {
            values
                .iter()
                .zip(weights)
                .filter(|(v, _)| v == category)
                .map(|(_, w)| w)
                .sum::<f64>()
                / total
        };
        categories.iter().map(of).collect()
    }
}

struct Case {
    name: &'static str,
    sample: Columns,
    /// Weights before adjustment.
    weights: Vec<f64>,
}

fn cases() -> Vec<Case> {
    // Equal weights were left out there: they change no share, but the pooled mass of the Cramér–von Mises distance.
    let designs = [
        ("apiclus1", "clus1", false),
        ("apisrs", "srs", false),
        ("apistrat_unweighted", "strat", false),
        ("apistrat_pw", "strat", true),
    ];
    let case = |(name, sample, weighted): (&'static str, &str, bool)| {
        let sample = Columns::read(include_str!("../reference/api_samples.csv"), Some(sample));
        let weights = if weighted { sample.pw.clone() } else { vec![1.0; sample.pw.len()] };
        Case { name, sample, weights }
    };
    designs.into_iter().map(case).collect()
}

fn population() -> Columns {
    Columns::read(include_str!("../reference/api_population.csv"), None)
}

fn reference() -> Value {
    serde_json::from_str(include_str!("../reference/balance.json")).unwrap()
}

fn close(what: &str, actual: f64, expected: &Value, relative: f64) -> usize {
    let expected = expected.as_f64().unwrap();
    // Differences that are 0 but for rounding, a share of 1 being the scale.
    let allowed = relative * expected.abs() + 1e-14;
    assert!((actual - expected).abs() <= allowed, "{what}: {actual:?} is not {expected:?}");
    1
}

const COLUMNS: [&str; 7] = ["api99", "ell", "meals", "schwide[T.Yes]", "stype[E]", "stype[H]", "stype[M]"];

/// Standardised differences of all columns, and their mean with one vote for each property.
fn differences(sample: &Columns, weights: &[f64], target: &Columns, deviation: DeviationOf) -> BTreeMap<String, f64> {
    let mut found: BTreeMap<String, f64> = BTreeMap::new();
    let (mut sum, mut votes) = (0.0, 0.0);
    for name in COLUMNS {
        let (s, t) = (sample.column(name), target.column(name));
        let difference = standardised_difference(
            Weighted::new(&s, Some(weights)).unwrap(),
            Weighted::new(&t, None).unwrap(),
            deviation,
        )
        .unwrap();
        let vote = if name.starts_with("stype") { 1.0 / 3.0 } else { 1.0 };
        sum += vote * difference;
        votes += vote;
        found.insert(name.to_owned(), difference);
    }
    found.insert("mean(asmd)".to_owned(), sum / votes);
    found
}

fn compare(what: &str, found: &BTreeMap<String, f64>, expected: &Value, relative: f64) -> usize {
    let expected = expected.as_object().unwrap();
    assert!(
        found.keys().eq(expected.keys().collect::<std::collections::BTreeSet<_>>()),
        "{what}"
    );
    found
        .iter()
        .map(|(name, value)| close(&format!("{what} {name}"), *value, &expected[name], relative))
        .sum()
}

#[test]
fn standardised_differences_equal_balance() {
    let (reference, target) = (reference(), population());
    let mut compared = 0;
    for case in cases() {
        let expected = &reference["designs"][case.name];
        let by_target = differences(&case.sample, &case.weights, &target, DeviationOf::Target);
        compared += compare(case.name, &by_target, &expected["asmd_unadj"], 1e-10);
        let kinds = [
            ("target", DeviationOf::Target),
            ("sample", DeviationOf::Sample),
            ("pooled", DeviationOf::Pooled),
        ];
        for (kind, deviation) in kinds {
            let found = differences(&case.sample, &case.weights, &target, deviation);
            compared += compare(&format!("{} {kind}", case.name), &found, &expected["asmd_by_std_type"][kind], 1e-10);
        }
    }
    assert_eq!(compared, 4 * 4 * 8);
}

fn adjusted_weights(design: &str, method: &str) -> BTreeMap<String, f64> {
    let mut reader = csv::Reader::from_reader(include_str!("../reference/balance_weights.csv").as_bytes());
    let at = reader.headers().unwrap().iter().position(|h| h == method).unwrap();
    let rows = reader.records().map(Result::unwrap).filter(|row| &row[0] == design);
    rows.map(|row| (row[1].to_owned(), row[at].parse().unwrap())).collect()
}

#[test]
fn differences_after_weighting_equal_balance() {
    let (reference, target) = (reference(), population());
    let mut compared = 0;
    for case in cases() {
        let before = differences(&case.sample, &case.weights, &target, DeviationOf::Target);
        for method in ["rake", "poststratify", "ipw", "cbps"] {
            let what = format!("{} {method}", case.name);
            let expected = &reference["designs"][case.name][method];
            let of_school = adjusted_weights(case.name, method);
            let weights: Vec<f64> = case.sample.cds.iter().map(|cds| of_school[cds]).collect();
            let after = differences(&case.sample, &weights, &target, DeviationOf::Target);
            compared += compare(&what, &after, &expected["asmd"], 1e-9);
            compared += compare(&what, &before, &expected["unadjusted"], 1e-10);
            if method == "cbps" {
                continue;
            }
            let mut sums = KishSums::new();
            weights.iter().for_each(|w| sums.insert(*w));
            let kish = sums.finish().unwrap();
            let improvement = (before["mean(asmd)"] - after["mean(asmd)"]) / before["mean(asmd)"];
            let pairs = [
                ("design_effect", kish.effect),
                ("prop_ESS", kish.effective_size / kish.n as f64),
                ("w_sum", weights.iter().sum()),
                ("w_min", weights.iter().copied().fold(f64::INFINITY, f64::min)),
                ("w_max", weights.iter().copied().fold(0.0, f64::max)),
            ];
            for (key, actual) in pairs {
                compared += close(&format!("{what} {key}"), actual, &expected[key], 1e-9);
            }
            // A ratio of two small differences: 4e-7 for a design that was balanced before.
            let allowed = 1e-9 / before["mean(asmd)"];
            assert!(
                (improvement - expected["asmd_improvement"].as_f64().unwrap()).abs() < allowed,
                "{what} improvement"
            );
            compared += 1;
        }
    }
    assert_eq!(compared, 4 * (4 * 16 + 3 * 6));
}

#[test]
fn distances_equal_balance() {
    let (reference, target) = (reference(), population());
    let mut compared = 0;
    for case in cases() {
        let expected = &reference["designs"][case.name];
        let mut found: BTreeMap<&str, BTreeMap<String, f64>> = BTreeMap::new();
        let mut insert = |measure: &'static str, name: &str, value: f64| {
            found.entry(measure).or_default().insert(name.to_owned(), value);
        };
        let ones = vec![1.0; target.cds.len()];
        let pairs = [
            ("stype", &TYPES[..], &case.sample.stype, &target.stype),
            ("schwide", &ANSWERS[..], &case.sample.schwide, &target.schwide),
        ];
        for (name, categories, sample, whole) in pairs {
            let p = Columns::shares(sample, categories, &case.weights);
            let q = Columns::shares(whole, categories, &ones);
            let d = of_categories(&p, &q).unwrap();
            insert("kld", name, divergence(&p, &q).unwrap());
            insert("emd", name, d.wasserstein);
            insert("cvmd", name, d.cramer_von_mises);
            insert("ks", name, d.kolmogorov_smirnov);
        }
        for name in NUMBERS {
            let (s, t) = (case.sample.column(name), target.column(name));
            let (s, t) = (Weighted::new(&s, Some(&case.weights)).unwrap(), Weighted::new(&t, None).unwrap());
            let d = of_numbers(s, t);
            insert("kld", name, kernel_divergence(s, t).unwrap());
            insert("emd", name, d.wasserstein);
            insert("cvmd", name, d.cramer_von_mises);
            insert("ks", name, d.kolmogorov_smirnov);
        }
        for (measure, mut values) in found {
            let mean = values.values().sum::<f64>() / values.len() as f64;
            values.insert(format!("mean({measure})"), mean);
            // The kernel divergence is an integral: scipy's is good to 1.5e-8 absolute.
            let relative = if measure == "kld" { 1e-6 } else { 1e-9 };
            compared += compare(&format!("{} {measure}", case.name), &values, &expected[measure], relative);
        }
    }
    assert_eq!(compared, 4 * 4 * 6);
}
