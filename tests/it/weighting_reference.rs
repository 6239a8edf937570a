//! Weights and the variance of calibrated estimates against R `survey`: every number of `weighting.json` and every unit weight of
//! `weights_clus1.csv`.
//!
//! The files are described in `tests/reference/SAMPLING.md`. Closed forms are held to 1e-8, iterative ones to 1e-6, relative; most
//! agree to 1e-11. A standard error that is zero but for rounding (a calibrated total) has no relative size: both must be below
//! 1e-11 of the estimate. Both tests count what they compare.

use super::support::api::Api;
use manyidu::design::replicates::jackknife::jk1;
use manyidu::design::replicates::{Centre, PrimaryUnits};
use manyidu::design::{LonelyPsuPolicy, SampleDesign, Stage, total_variance};
use manyidu::weight::base::{BaseStratum, contradictions};
use manyidu::weight::calibrate::{Auxiliary, CalibrateOptions, Distance, calibrate};
use manyidu::weight::cells::CellWeights;
use manyidu::weight::error::WeightError;
use manyidu::weight::margin::{Category, Margin};
use manyidu::weight::nonresponse::{ResponseClass, nonresponse_factors};
use manyidu::weight::poststratify::poststratify;
use manyidu::weight::rake::{RakeOptions, RakeStop, rake};
use manyidu::weight::residuals::CalibrationSteps;
use manyidu::weight::trim::{Redistribution, trim};
use nalgebra::DMatrix;
use serde_json::Value;
use std::collections::BTreeMap;

const STYPE: [(&str, f64); 3] = [("E", 4421.0), ("H", 755.0), ("M", 1018.0)];
const WIDE: [(&str, f64); 2] = [("No", 1072.0), ("Yes", 5122.0)];
/// Σ api99 over the population.
const API99: f64 = 3_914_069.0;

/// Where R's raking stops with `epsilon = 1e-10`: a tolerance below 1 is meant as one in Σw. The margins are then off by 2e-12 and
/// nearly zero variances by 5e-8, so that its rule has to be followed and not only its limit.
const R_TIGHT: f64 = 1e-10 * 6194.0;

/// Zero but for rounding, relative to the estimate.
const NOTHING: f64 = 1e-11;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// One of the samples of the `api` data.
struct Sample {
    stype: Vec<String>,
    wide: Vec<String>,
    api00: Vec<f64>,
    api99: Vec<f64>,
    enroll: Vec<f64>,
    awards: Vec<f64>,
    cluster: Vec<String>,
    population: Vec<u64>,
    weights: CellWeights,
}

impl Sample {
    fn read(name: &str) -> Self {
        let api = Api::read(name);
        let number = |column: &str| -> Vec<f64> { api.numbers(column).into_iter().map(Option::unwrap).collect() };
        Self {
            stype: api.text("stype").to_vec(),
            wide: api.text("sch.wide").to_vec(),
            api00: number("api00"),
            api99: number("api99"),
            enroll: number("enroll"),
            awards: api.indicator("awards", "Yes").into_iter().map(Option::unwrap).collect(),
            cluster: api.text("dnum").to_vec(),
            population: api.counts("fpc"),
            weights: CellWeights::of_cases(api.weights("pw")).unwrap(),
        }
    }

    fn margin(&self, name: &str) -> Margin {
        let (targets, of): (&[(&str, f64)], &[String]) = match name {
            "stype" => (&STYPE, &self.stype),
            _ => (&WIDE, &self.wide),
        };
        let category = |(name, target): &(&str, f64)| Category {
            name: (*name).to_owned(),
            target: *target,
        };
        Margin {
            name: name.to_owned(),
            categories: targets.iter().map(category).collect(),
            of_cell: of.iter().map(|v| targets.iter().position(|(n, _)| n == v).unwrap()).collect(),
        }
    }

    /// Intercept, indicators without the first category, and api99 where wanted, as R's model matrix has them.
    fn auxiliary(&self, factors: &[&str], api99: bool) -> Auxiliary {
        let mut columns: Vec<(String, Vec<f64>, f64)> = vec![("intercept".to_owned(), vec![1.0; self.api00.len()], 6194.0)];
        for factor in factors {
            let margin = self.margin(factor);
            for (at, category) in margin.categories.iter().enumerate().skip(1) {
                let of = margin.of_cell.iter().map(|c| f64::from(u8::from(*c == at))).collect();
                columns.push((category.name.clone(), of, category.target));
            }
        }
        if api99 {
            columns.push(("api99".to_owned(), self.api99.clone(), API99));
        }
        Auxiliary {
            rows: DMatrix::from_fn(self.api00.len(), columns.len(), |row, column| columns[column].1[row]),
            names: columns.iter().map(|c| c.0.clone()).collect(),
            totals: columns.iter().map(|c| c.2).collect(),
        }
    }
}

/// How the sample was drawn, as far as the variance is concerned.
#[derive(Clone, Copy)]
enum Design {
    Clusters { fpc: bool },
    Elements,
    Strata,
}

/// Final weights with the calibration behind them.
struct Scheme {
    sample: Sample,
    weights: CellWeights,
    steps: CalibrationSteps,
    design: Design,
}

impl Scheme {
    fn variance(&self, linearised: &[f64]) -> f64 {
        let z: Vec<f64> = self.weights.weights().iter().zip(linearised).map(|(w, u)| w * u).collect();
        let deductions = self.steps.deductions(&z);
        let residuals = DMatrix::from_fn(z.len(), 1, |case, _| z[case] - deductions[case]);
        let sample = &self.sample;
        let stage = match self.design {
            Design::Clusters { fpc: false } => Stage::new(&sample.cluster),
            Design::Clusters { fpc: true } => Stage::new(&sample.cluster).with_population(&sample.population),
            Design::Elements => Stage::of_elements(z.len()).with_population(&sample.population),
            Design::Strata => Stage::of_elements(z.len())
                .stratified(&sample.stype)
                .with_population(&sample.population),
        };
        let design = SampleDesign::new(&[stage], Some(sample.weights.weights())).unwrap();
        total_variance(&design, &residuals, LonelyPsuPolicy::Fail).unwrap().covariance[(0, 0)]
    }

    fn total(&self, y: &[f64]) -> (f64, f64) {
        let total = self.weights.weights().iter().zip(y).map(|(w, y)| w * y).sum();
        (total, self.variance(y).sqrt())
    }

    fn mean(&self, y: &[f64]) -> (f64, f64) {
        let size: f64 = self.weights.weights().iter().sum();
        let mean = self.total(y).0 / size;
        let linearised: Vec<f64> = y.iter().map(|y| (y - mean) / size).collect();
        (mean, self.variance(&linearised).sqrt())
    }
}

fn base(name: &str, design: Design) -> Scheme {
    let sample = Sample::read(name);
    Scheme {
        weights: sample.weights.clone(),
        steps: CalibrationSteps::new(&sample.weights),
        sample,
        design,
    }
}

fn poststratified(name: &str, design: Design) -> Scheme {
    let mut scheme = base(name, design);
    let margin = scheme.sample.margin("stype");
    let after = poststratify(&scheme.weights, &margin, 2).unwrap();
    scheme.steps.poststratified(&margin, &scheme.weights, &after);
    Scheme { weights: after, ..scheme }
}

/// R's rule to stop, in people.
fn like_r(change: f64) -> RakeOptions {
    RakeOptions {
        stop: RakeStop::CellChange(change),
        ..RakeOptions::default()
    }
}

fn raked(design: Design, options: RakeOptions) -> Scheme {
    let mut scheme = base("clus1", design);
    let margins = [scheme.sample.margin("stype"), scheme.sample.margin("sch.wide")];
    let raked = rake(&scheme.weights, &margins, options).unwrap();
    scheme.steps.raked(&margins, &scheme.weights, &raked.after_margin);
    Scheme {
        weights: raked.cells,
        ..scheme
    }
}

fn trimmed() -> Scheme {
    let scheme = raked(CLUSTERS, like_r(R_TIGHT));
    let trimmed = trim(&scheme.weights, 20.0, 45.0, Redistribution::Equal).unwrap();
    assert_eq!((trimmed.raised, trimmed.rounds), (0, 1));
    Scheme {
        weights: trimmed.cells,
        ..scheme
    }
}

fn calibrated(name: &str, design: Design, factors: &[&str], api99: bool, distance: Distance) -> Scheme {
    let mut scheme = base(name, design);
    let auxiliary = scheme.sample.auxiliary(factors, api99);
    let after = calibrate(&scheme.weights, &auxiliary, CalibrateOptions::new(distance))
        .unwrap()
        .cells;
    scheme.steps.calibrated(&auxiliary, &scheme.weights, &after);
    Scheme { weights: after, ..scheme }
}

fn integrated() -> Scheme {
    let mut scheme = base("clus1", CLUSTERS);
    let clusters: BTreeMap<&String, usize> = scheme.sample.cluster.iter().zip(0..).collect();
    let of_cell: Vec<usize> = scheme.sample.cluster.iter().map(|c| clusters[c]).collect();
    let auxiliary = scheme
        .sample
        .auxiliary(&["stype"], true)
        .integrated(&scheme.weights, &of_cell)
        .unwrap();
    let options = CalibrateOptions::new(Distance::Linear);
    let refused = calibrate(&scheme.weights, &auxiliary, options).unwrap_err();
    let WeightError::NegativeWeights { smallest, .. } = refused else {
        panic!("{refused}")
    };
    assert!((smallest + 7.567_345_764_933_68).abs() < 1e-7);
    let options = CalibrateOptions {
        allow_negative: true,
        ..options
    };
    let after = calibrate(&scheme.weights, &auxiliary, options).unwrap().cells;
    scheme.steps.calibrated(&auxiliary, &scheme.weights, &after);
    Scheme { weights: after, ..scheme }
}

const CLUSTERS: Design = Design::Clusters { fpc: false };
const CLUSTERS_FPC: Design = Design::Clusters { fpc: true };
const LOGIT: Distance = Distance::Logit { lower: 0.7, upper: 1.7 };
const BOUNDED: Distance = Distance::BoundedLinear { lower: 0.7, upper: 1.7 };

/// The scheme behind a key of `weighting.json`, and its tolerance.
fn scheme(key: &str) -> (Scheme, f64) {
    let linear = |name: &str, design, factors: &[&str], api99| (calibrated(name, design, factors, api99, Distance::Linear), 1e-8);
    match key {
        "base_clus1_nofpc" => (base("clus1", CLUSTERS), 1e-12),
        "poststratify_stype" => (poststratified("clus1", CLUSTERS), 1e-8),
        "poststratify_stype_fpc" => (poststratified("clus1", CLUSTERS_FPC), 1e-8),
        "poststratify_stype_srs_fpc" => (poststratified("srs", Design::Elements), 1e-8),
        "rake_default_eps1" => (raked(CLUSTERS, like_r(1.0)), 1e-8),
        "rake_tight" => (raked(CLUSTERS, like_r(R_TIGHT)), 1e-8),
        "rake_tight_fpc" => (raked(CLUSTERS_FPC, like_r(R_TIGHT)), 1e-8),
        "trim_nonstrict_20_45" | "trim_strict_20_45" => (trimmed(), 1e-8),
        "calibrate_linear_stype" => linear("clus1", CLUSTERS, &["stype"], false),
        "calibrate_linear_stype_api99" => linear("clus1", CLUSTERS, &["stype"], true),
        "calibrate_linear_3" => linear("clus1", CLUSTERS, &["stype", "sch.wide"], true),
        "calibrate_raking_stype_api99" => (calibrated("clus1", CLUSTERS, &["stype"], true, Distance::Raking), 1e-8),
        "calibrate_logit_07_17" => (calibrated("clus1", CLUSTERS, &["stype"], true, LOGIT), 1e-6),
        "calibrate_linear_bounded_07_17" => (calibrated("clus1", CLUSTERS, &["stype"], true, BOUNDED), 1e-6),
        "calibrate_linear_stype_api99_fpc" => linear("clus1", CLUSTERS_FPC, &["stype"], true),
        "calibrate_strat_fpc_stype_api99" => linear("strat", Design::Strata, &["stype"], true),
        "calibrate_linear_integrated_cluster" => (integrated(), 1e-8),
        other => panic!("no scheme for {other}"),
    }
}

/// Counts comparisons, and says which one failed.
struct Comparison {
    key: String,
    tolerance: f64,
    done: usize,
    /// Of these, the ones that are zero but for rounding.
    zero: usize,
    failed: Vec<String>,
}

impl Comparison {
    fn number(&mut self, what: &str, actual: f64, expected: &Value) {
        let expected = expected.as_f64().unwrap();
        self.done += 1;
        if (actual - expected).abs() > self.tolerance * expected.abs() {
            self.failed.push(format!("{} {what}: {actual:?} is not {expected:?}", self.key));
        }
    }

    fn estimate(&mut self, what: &str, (value, error): (f64, f64), reference: &Value, name: &str) {
        self.number(&format!("{what} est"), value, &reference["est"][name]);
        let r = reference["se"][name].as_f64().unwrap();
        if r < NOTHING * value {
            self.done += 2;
            self.zero += 2;
            if error >= NOTHING * value {
                self.failed.push(format!("{} {what}: {error:?} is not zero", self.key));
            }
        } else {
            self.number(&format!("{what} se"), error, &reference["se"][name]);
            self.number(&format!("{what} cv"), error / value, &reference["cv"][name]);
        }
        let z = 1.959_963_984_540_054;
        self.number(&format!("{what} lower"), value - z * error, &reference["ci95_z"][name][0]);
        self.number(&format!("{what} upper"), value + z * error, &reference["ci95_z"][name][1]);
    }
}

fn leaves(value: &Value) -> usize {
    match value {
        Value::Number(_) => 1,
        Value::Array(all) => all.iter().map(leaves).sum(),
        Value::Object(all) => all.iter().filter(|(key, _)| *key != "pop").map(|(_, v)| leaves(v)).sum(),
        _ => 0,
    }
}

#[test]
fn estimates_with_calibrated_weights_equal_r() {
    let reference = json(include_str!("../reference/weighting.json"));
    let (mut done, mut zero, mut wanted, mut failed) = (0, 0, 0, Vec::new());
    for (key, numbers) in reference.as_object().unwrap() {
        if !numbers.is_object() || numbers.get("sum_w").is_none() {
            continue;
        }
        let (scheme, tolerance) = scheme(key);
        let mut compare = Comparison {
            key: key.clone(),
            tolerance,
            done: 0,
            zero: 0,
            failed: Vec::new(),
        };
        let (low, high) = scheme.weights.range().unwrap();
        let squares: f64 = scheme.weights.weights().iter().map(|w| w * w).sum();
        let effective = scheme.weights.sum().powi(2) / squares;
        compare.number("sum", scheme.weights.sum(), &numbers["sum_w"]);
        compare.number("min", low, &numbers["min_w"]);
        compare.number("max", high, &numbers["max_w"]);
        compare.number("kish", scheme.weights.cases() as f64 / effective, &numbers["kish_deff"]);
        compare.number("n effective", effective, &numbers["kish_neff"]);
        if let Some(kish) = scheme.weights.kish().finish() {
            assert!((kish.effective_size / effective - 1.0).abs() < 1e-12);
        }
        compare.estimate("mean", scheme.mean(&scheme.sample.api00), &numbers["mean_api00"], "api00");
        compare.estimate("total", scheme.total(&scheme.sample.enroll), &numbers["total_enroll"], "enroll");
        compare.estimate("awards", scheme.mean(&scheme.sample.awards), &numbers["mean_aw"], "aw");
        for (name, _) in STYPE {
            let is: Vec<f64> = scheme.sample.stype.iter().map(|s| f64::from(u8::from(s == name))).collect();
            compare.estimate(name, scheme.total(&is), &numbers["total_stype"], &format!("stype{name}"));
        }
        done += compare.done;
        zero += compare.zero;
        wanted += leaves(numbers);
        failed.extend(compare.failed);
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    // 18 schemes, 35 numbers each.
    assert_eq!((done, wanted, zero), (18 * 35, 18 * 35, 84));
}

#[test]
fn unit_weights_of_thirteen_schemes_equal_r() {
    let mut reader = csv::Reader::from_reader(include_str!("../reference/weights_clus1.csv").as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let keys = [
        "base_clus1_nofpc",
        "poststratify_stype",
        "rake_default_eps1",
        "rake_tight",
        "trim_nonstrict_20_45",
        "trim_strict_20_45",
        "calibrate_linear_stype",
        "calibrate_linear_stype_api99",
        "calibrate_linear_3",
        "calibrate_raking_stype_api99",
        "calibrate_logit_07_17",
        "calibrate_linear_bounded_07_17",
        "calibrate_linear_integrated_cluster",
    ];
    assert_eq!(header.len(), keys.len());
    let (mut done, mut failed) = (0, Vec::new());
    for (column, key) in keys.iter().enumerate() {
        let (scheme, tolerance) = scheme(key);
        for (row, (record, weight)) in rows.iter().zip(scheme.weights.weights()).enumerate() {
            let expected: f64 = record[column].parse().unwrap();
            done += 1;
            if (weight - expected).abs() > tolerance * expected.abs() {
                failed.push(format!("{key} row {row}: {weight:?} is not {expected:?}"));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed[..failed.len().min(20)].join("\n"));
    assert_eq!(done, 13 * 183);
}

/// Jackknife with the weights made anew in every replicate, centred at the mean of the replicates as R does.
fn jackknife(adjust: impl Fn(&CellWeights, &Sample) -> CellWeights + Sync) -> Vec<(f64, f64)> {
    let sample = Sample::read("clus1");
    let estimates = |weights: &CellWeights| -> [f64; 2] {
        let sum = |y: &[f64]| -> f64 { weights.entries().zip(y).map(|((n, w), y)| n as f64 * w * y).sum() };
        [sum(&sample.api00) / sum(&vec![1.0; 183]), sum(&sample.enroll)]
    };
    let base = sample.weights.weights();
    let design = SampleDesign::new(&[Stage::new(&sample.cluster)], Some(base)).unwrap();
    let (units, unit_of_row) = PrimaryUnits::of_design(&design).unwrap();
    let replicates = jk1(&units, Centre::ReplicateMean).unwrap();
    // Who is left out is counted 0 times; a weight has to be positive all the same.
    let again = |weights: &[f64]| {
        let counts = weights.iter().map(|w| u64::from(*w > 0.0)).collect();
        let weights = weights.iter().map(|w| if *w > 0.0 { *w } else { 1.0 }).collect();
        Some(estimates(&adjust(&CellWeights::new(counts, weights).unwrap(), &sample)).to_vec())
    };
    let variance = replicates.covariance(base, &unit_of_row, again).unwrap().unwrap();
    let full = estimates(&adjust(&sample.weights, &sample));
    (0..2).map(|at| (full[at], variance[(at, at)].sqrt())).collect()
}

#[test]
fn replicates_that_are_calibrated_anew_equal_r() {
    let reference = json(include_str!("../reference/weighting.json"));
    let raked = jackknife(|weights, sample| {
        let margins = [sample.margin("stype"), sample.margin("sch.wide")];
        rake(weights, &margins, RakeOptions::default()).unwrap().cells
    });
    let poststratified = jackknife(|weights, sample| poststratify(weights, &sample.margin("stype"), 2).unwrap());
    let mut done = 0;
    for (key, estimates) in [("rake_tight_JK1", raked), ("poststratify_JK1", poststratified)] {
        let mut compare = Comparison {
            key: key.to_owned(),
            tolerance: 1e-8,
            done: 0,
            zero: 0,
            failed: Vec::new(),
        };
        compare.estimate("mean", estimates[0], &reference[key]["mean_api00"], "api00");
        compare.estimate("total", estimates[1], &reference[key]["total_enroll"], "enroll");
        assert!(compare.failed.is_empty(), "{}", compare.failed.join("\n"));
        done += compare.done;
    }
    assert_eq!(done, 20);
}

#[test]
fn a_class_where_nobody_answered_is_refused_by_name_and_the_others_equal_r() {
    let reference = json(include_str!("../reference/nonresponse.json"));
    let cells = &reference["nonresponse_cells"];
    // Base weights of the stratified sample by school type.
    let weight = |name: &str| match &name[..1] {
        "E" => 44.21,
        "H" => 15.1,
        _ => 20.36,
    };
    let classes: Vec<ResponseClass> = (0..9)
        .map(|at| {
            let name = cells["cells"][at].as_str().unwrap().to_owned();
            let (sampled, answered) = (cells["n"][at].as_u64().unwrap(), cells["n_resp"][at].as_u64().unwrap());
            ResponseClass {
                sampled_weight: sampled as f64 * weight(&name),
                answered_weight: answered as f64 * weight(&name),
                name,
                sampled,
                answered,
            }
        })
        .collect();
    let refused = WeightError::EmptyClass {
        class: "H.c_61_100".to_owned(),
        sampled: 7,
    };
    assert_eq!(nonresponse_factors(&classes), Err(refused));
    let rest: Vec<ResponseClass> = classes.iter().filter(|c| c.answered > 0).cloned().collect();
    let factors = nonresponse_factors(&rest).unwrap();
    let expected = cells["factor"].as_array().unwrap().iter().filter_map(Value::as_f64);
    assert_eq!(factors.len(), 8);
    for (factor, expected) in factors.iter().zip(expected) {
        assert!((factor / expected - 1.0).abs() < 1e-13);
    }
    // What is lost in silence where the empty class is simply dropped.
    let check = |classes: &[ResponseClass], factors: &[f64], reference: &Value| {
        let weights = classes.iter().zip(factors).map(|(c, f)| weight(&c.name) * f).collect();
        let cells = CellWeights::new(classes.iter().map(|c| c.answered).collect(), weights).unwrap();
        assert!((cells.sum() / reference["sum_w"].as_f64().unwrap() - 1.0).abs() < 1e-12);
        let kish = cells.kish().finish().unwrap().effect;
        assert!((kish / reference["kish_deff"].as_f64().unwrap() - 1.0).abs() < 1e-12);
    };
    check(&rest, &factors, cells);
    // Classes merged to school types keep it all.
    let merged = &reference["nonresponse_collapsed_stype"];
    let mut types: BTreeMap<&str, ResponseClass> = BTreeMap::new();
    for class in &classes {
        let name = &class.name[..1];
        let empty = ResponseClass {
            name: name.to_owned(),
            sampled: 0,
            sampled_weight: 0.0,
            answered: 0,
            answered_weight: 0.0,
        };
        let all = types.entry(name).or_insert(empty);
        all.sampled += class.sampled;
        all.sampled_weight += class.sampled_weight;
        all.answered += class.answered;
        all.answered_weight += class.answered_weight;
    }
    let types: Vec<ResponseClass> = types.into_values().collect();
    let factors = nonresponse_factors(&types).unwrap();
    for (factor, expected) in factors.iter().zip(merged["factor"].as_array().unwrap()) {
        assert!((factor / expected.as_f64().unwrap() - 1.0).abs() < 1e-13);
    }
    check(&types, &factors, merged);
}

#[test]
fn weights_that_do_not_follow_from_the_frame_are_found() {
    // The weights of the cluster sample are 6194 / 183 although 15 of 757 districts were drawn, each completely.
    let clusters = Sample::read("clus1");
    let sum = clusters.weights.sum();
    let stratum = BaseStratum {
        name: "all".to_owned(),
        n: 183,
        sum,
        sum_squares: sum * sum / 183.0,
        population: 757,
        drawn: Some(15),
    };
    let found = contradictions(&[stratum]);
    assert!((found[0].mean_weight - 33.846_996).abs() < 1e-5);
    assert!((found[0].expected - 50.466_667).abs() < 1e-5);
    // Those of the stratified sample follow, although they are kept in single precision.
    let strata = Sample::read("strat");
    let of = |name: &str, population: f64| {
        let of_type = strata.stype.iter().zip(strata.weights.weights()).filter(|(s, _)| *s == name);
        let weights: Vec<f64> = of_type.map(|(_, w)| *w).collect();
        BaseStratum {
            name: name.to_owned(),
            n: weights.len() as u64,
            sum: weights.iter().sum(),
            sum_squares: weights.iter().map(|w| w * w).sum(),
            population: population as u64,
            drawn: None,
        }
    };
    assert_eq!(contradictions(&STYPE.map(|(name, population)| of(name, population))), []);
    assert_eq!(contradictions(&[of("E", 755.0)]).len(), 1);
}
