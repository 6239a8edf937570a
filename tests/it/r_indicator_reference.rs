//! R-indicators, sample-based and population-based, against R (the RISQ formulas) on the `api` data with response flags.
//!
//! Every number of `rindicator.json` is compared; the tests count them, so that none is skipped unseen.

use manyidu::coverage::r_indicator::partial::PartialIndicator;
use manyidu::coverage::r_indicator::population::{Knowledge, PopulationR, population_based};
use manyidu::coverage::r_indicator::propensity::fit;
use manyidu::coverage::r_indicator::{Link, RIndicator, ResponseSample, Unit, r_indicator};
use serde_json::Value;
use std::collections::BTreeMap;

/// R iterates to a relative change of the deviance of 1e-8, which leaves the numbers good to about 1e-9.
const ITERATIVE: f64 = 1e-7;

struct School {
    stratum: String,
    weight: f64,
    responded: bool,
    properties: BTreeMap<&'static str, String>,
}

fn meals3(percent: &str) -> &'static str {
    match percent.parse::<u32>().unwrap() {
        0..=25 => "a_0_25",
        26..=60 => "b_26_60",
        _ => "c_61_100",
    }
}

fn schools(name: &str) -> Vec<School> {
    let text = if name == "pop" {
        include_str!("../reference/api_population.csv")
    } else {
        include_str!("../reference/api_samples.csv")
    };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let at = |column: &str| header.iter().position(|h| h == column);
    let mut schools = Vec::new();
    for row in reader.records().map(Result::unwrap) {
        let get = |column: &str| at(column).map_or("", |at| &row[at]);
        if name != "pop" && get("sample") != name {
            continue;
        }
        schools.push(School {
            stratum: if name == "strat" { get("stype").to_owned() } else { String::new() },
            weight: get("weight").parse().unwrap_or(1.0),
            responded: get("resp") == "1",
            properties: BTreeMap::from([
                ("stype", get("stype").to_owned()),
                ("sch.wide", get("schwide").to_owned()),
                ("meals3", meals3(get("meals")).to_owned()),
            ]),
        });
    }
    schools
}

/// `resp ~ stype + meals3` → its variables; a product becomes one variable of pairs, which spans the same space.
fn variables(formula: &str) -> Vec<String> {
    let right = formula.split('~').nth(1).unwrap();
    if right.contains('*') {
        return vec![right.replace(' ', "")];
    }
    right.split('+').map(|v| v.trim().to_owned()).collect()
}

fn value(school: &School, variable: &str) -> String {
    let parts: Vec<&str> = variable.split('*').map(|v| school.properties[v].as_str()).collect();
    parts.join("*")
}

fn sample(schools: &[School], variables: &[String]) -> ResponseSample {
    let values: Vec<Vec<String>> = schools.iter().map(|s| variables.iter().map(|v| value(s, v)).collect()).collect();
    let borrowed: Vec<Vec<&str>> = values.iter().map(|v| v.iter().map(String::as_str).collect()).collect();
    let units = schools.iter().zip(&borrowed).map(|(school, values)| Unit {
        values,
        stratum: &school.stratum,
        weight: school.weight,
        sampled: 1,
        responded: u64::from(school.responded),
    });
    let names: Vec<&str> = variables.iter().map(String::as_str).collect();
    ResponseSample::collect(&names, units).unwrap()
}

/// Compares and counts.
struct Tally {
    compared: usize,
}

impl Tally {
    fn close(&mut self, what: &str, actual: f64, expected: &Value, relative: f64) {
        let expected = expected.as_f64().unwrap_or_else(|| panic!("{what}: {expected} is no number"));
        // Some standard errors are 0 by construction.
        let allowed = relative * expected.abs().max(1e-6);
        assert!((actual - expected).abs() <= allowed, "{what}: {actual:?} is not {expected:?}");
        self.compared += 1;
    }
}

fn reference() -> Value {
    serde_json::from_str(include_str!("../reference/rindicator.json")).unwrap()
}

#[test]
fn sample_based_indicators_equal_r() {
    let mut tally = Tally { compared: 0 };
    let groups = [
        ("apisrs_SI_binomial", "srs", Link::Logit),
        ("apistrat_STSI_binomial", "strat", Link::Logit),
        ("apipop_census_binomial", "pop", Link::Logit),
        ("apisrs_SI_gaussian", "srs", Link::Identity),
        ("apistrat_STSI_gaussian", "strat", Link::Identity),
        ("apipop_census_gaussian", "pop", Link::Identity),
    ];
    let reference = reference();
    for (group, data, link) in groups {
        let schools = schools(data);
        for model in reference[group].as_array().unwrap() {
            let what = format!("{group} {}", model["formula"]);
            let sample = sample(&schools, &variables(model["formula"].as_str().unwrap()));
            let result = r_indicator(&sample, link, 0.95).unwrap();
            coefficients(&mut tally, &what, &sample, link, &model["coef"]);
            whole(&mut tally, &what, &result, model);
            for (partial, expected) in result.partials.iter().zip(model["partials"].as_array().unwrap()) {
                partials(&mut tally, &what, partial, expected);
            }
        }
    }
    let in_file: usize = groups.iter().map(|(group, _, _)| numbers_in(&reference[*group])).sum();
    assert_eq!(tally.compared, in_file);
    assert_eq!(in_file, 844);
}

fn numbers_in(value: &Value) -> usize {
    match value {
        Value::Number(_) => 1,
        Value::Array(values) => values.iter().map(numbers_in).sum(),
        Value::Object(values) => values.values().map(numbers_in).sum(),
        _ => 0,
    }
}

fn coefficients(tally: &mut Tally, what: &str, sample: &ResponseSample, link: Link, expected: &Value) {
    let fitted = fit(sample, link).unwrap();
    assert_eq!(fitted.columns.len(), expected.as_object().unwrap().len());
    for (column, coefficient) in fitted.columns.iter().zip(fitted.coefficients.iter()) {
        let name = column
            .as_ref()
            .map_or("(Intercept)".to_owned(), |(variable, category)| format!("{variable}{category}"));
        tally.close(&format!("{what} {name}"), *coefficient, &expected[&name], ITERATIVE);
    }
}

fn whole(tally: &mut Tally, what: &str, result: &RIndicator, expected: &Value) {
    let interval = result.interval.unwrap();
    let pairs = [
        ("n", result.sampled as f64),
        ("response_rate_weighted", result.mean_propensity),
        ("response_rate_unweighted", result.responded as f64 / result.sampled as f64),
        ("propMean", result.mean_propensity),
        ("propVar", result.propensity_variance),
        ("R", result.r),
        ("RUnadj", result.r_unadjusted),
        ("RSE", result.standard_error.unwrap()),
        ("RBiasFactor", result.bias_factor),
        ("CV", result.coefficient_of_variation),
        ("CVUnadj", result.coefficient_of_variation_unadjusted),
        ("CVSE", result.coefficient_of_variation_se.unwrap()),
        ("max_abs_std_bias", result.coefficient_of_variation),
    ];
    for (key, actual) in pairs {
        tally.close(&format!("{what} {key}"), actual, &expected[key], ITERATIVE);
    }
    tally.close(&format!("{what} lower"), interval.lower, &expected["R_ci95"][0], ITERATIVE);
    tally.close(&format!("{what} upper"), interval.upper, &expected["R_ci95"][1], ITERATIVE);
}

fn partials(tally: &mut Tally, what: &str, partial: &PartialIndicator, expected: &Value) {
    let what = format!("{what} {}", partial.variable);
    assert_eq!(partial.variable, expected["variable"].as_str().unwrap());
    let error = partial.standard_error.unwrap();
    let pairs = [
        ("Pu", partial.unconditional),
        ("PuUnadj", partial.unconditional_unadjusted),
        ("PuSE", error),
        ("Pc", partial.conditional),
        ("PcUnadj", partial.conditional_unadjusted),
        ("PcSEApprox", error),
    ];
    for (key, actual) in pairs {
        tally.close(&format!("{what} {key}"), actual, &expected[key], ITERATIVE);
    }
    let categories = expected["byCategory"].as_array().unwrap();
    assert_eq!(partial.categories.len(), categories.len());
    for (category, expected) in partial.categories.iter().zip(categories) {
        let what = format!("{what} {}", category.category);
        assert_eq!(category.category, expected["category"].as_str().unwrap());
        tally.close(&what, category.population, &expected["n_w"], ITERATIVE);
        tally.close(&what, category.mean_propensity, &expected["prop"], ITERATIVE);
        tally.close(&what, category.unconditional, &expected["PuUnadj"], ITERATIVE);
        tally.close(&what, category.unconditional_se, &expected["PuUnadjSE"], ITERATIVE);
        tally.close(&what, category.conditional, &expected["PcUnadj"], ITERATIVE);
    }
}

#[test]
fn population_based_indicators_equal_r() {
    let mut tally = Tally { compared: 0 };
    let reference = reference();
    let frame = schools("pop");
    for (group, data) in [
        ("apisrs_T1", "srs"),
        ("apisrs_T2", "srs"),
        ("apistrat_T1", "strat"),
        ("apistrat_T2", "strat"),
    ] {
        let schools = schools(data);
        for model in reference["population_based"][group].as_array().unwrap() {
            let what = format!("{group} {}", model["formula"]);
            let names = variables(model["formula"].as_str().unwrap());
            let sample = sample(&schools, &names);
            let knowledge = if model["type"] == 1 {
                Knowledge::CrossTable
            } else {
                Knowledge::Margins
            };
            let result = population_based(&sample, &population(&frame, &sample, &names), knowledge).unwrap();
            compare_population(&mut tally, &what, &result, model);
        }
    }
    // Each model names its type, which is no result.
    assert_eq!(tally.compared, numbers_in(&reference["population_based"]) - 9);
    assert_eq!(tally.compared, 81);
}

fn population(frame: &[School], sample: &ResponseSample, names: &[String]) -> Vec<(Vec<usize>, u64)> {
    let mut cells: BTreeMap<Vec<usize>, u64> = BTreeMap::new();
    for school in frame {
        let code = |(name, variable): (&String, &manyidu::coverage::r_indicator::sample::Variable)| {
            variable.categories.iter().position(|c| *c == value(school, name)).unwrap()
        };
        *cells.entry(names.iter().zip(&sample.variables).map(code).collect()).or_default() += 1;
    }
    cells.into_iter().collect()
}

fn compare_population(tally: &mut Tally, what: &str, result: &PopulationR, expected: &Value) {
    let pairs = [
        ("rho_mean", result.mean_propensity),
        ("S2a", result.variance_a),
        ("S2b", result.variance_b.unwrap()),
        ("Ra", result.r_a.unwrap()),
        ("Rb", result.r_b.unwrap()),
        ("min_rho", result.smallest),
        ("max_rho", result.largest),
        ("se_jk_a", result.standard_error_a.unwrap()),
        ("se_jk_b", result.standard_error_b.unwrap()),
    ];
    for (key, actual) in pairs {
        // Closed form. S² and the errors are small differences of large sums, in R as well.
        tally.close(&format!("{what} {key}"), actual, &expected[key], 1e-9);
    }
}
