//! Dimensions that are made of others, and the other keys of the path model, from the definition to the report.

use crate::support::text;
use manyidu::assessment::WaveAssessment;
use manyidu::finding::Code;
use manyidu::index::estimate::VarianceMethod;
use manyidu::io::Memory;
use manyidu::locale::Lang;
use manyidu::model::pls::{InnerScheme, OuterMode, PlsEstimate, PlsOptions, estimate_with};
use manyidu::model::predict::{Cases, predict};
use manyidu::model::structure::{HigherMethod, Structure};
use manyidu::pipeline::{self, Run, Wanted};
use manyidu::report;
use manyidu::survey;
use nalgebra::DMatrix;

/// The mobile phones with quality and value as parts of what was experienced; keys go into `[model]`.
fn definition(keys: &str, tables: &str) -> String {
    let part = |name: &str, items: &[&str]| {
        let items: Vec<String> = items.iter().map(|i| format!("\"{i}\"")).collect();
        format!("[[dimensions]]\nid = \"{name}\"\nitems = [{}]\n", items.join(", "))
    };
    let quality = ["PERQ1", "PERQ2", "PERQ3", "PERQ4", "PERQ5", "PERQ6", "PERQ7"];
    [
        "title = \"phones\"\nresponses = \"answers.csv\"\n[design]\nmethod = \"simple-random\"\n[scales.ten]\nmin = 1\nmax = 10\n"
            .to_owned(),
        part("image", &["IMAG1", "IMAG2", "IMAG3", "IMAG4", "IMAG5"]),
        "[[dimensions]]\nid = \"experience\"\nof = [\"quality\", \"value\"]\n".to_owned(),
        part("quality", &quality),
        part("value", &["PERV1", "PERV2"]),
        part("satisfaction", &["CUSA1", "CUSA2", "CUSA3"]),
        part("loyalty", &["CUSL1", "CUSL2", "CUSL3"]),
        format!("[model]\nweights = \"pls\"\nprediction_folds = 0\n{keys}\n[model.paths]\nexperience = [\"image\"]\n"),
        "satisfaction = [\"image\", \"experience\"]\nloyalty = [\"satisfaction\"]\n".to_owned(),
        tables.to_owned(),
    ]
    .concat()
}

fn run(definition: &str) -> Run {
    let csv = text("data-samples/ecsi-mobile/responses.csv");
    let world = Memory([("answers.csv".to_owned(), csv.into_bytes())].into());
    let (survey, warnings) = survey::parse("survey.toml", "phones", definition).unwrap_or_else(|r| panic!("{:?}", r.0));
    let run = pipeline::run(&survey, definition, &warnings, &world, Wanted::default(), &|_, _| {});
    run.unwrap_or_else(|r| panic!("{:?}", r.0))
}

fn wave(run: &Run) -> &WaveAssessment {
    &run.assessment.waves[0]
}

fn path(wave: &WaveAssessment, from: &str, to: &str) -> f64 {
    let paths = &wave.model.as_ref().unwrap().paths;
    let found = paths.iter().find(|p| p.from == from && p.to == to);
    found.unwrap_or_else(|| panic!("{from} → {to}")).coefficient.value
}

/// Standardised answers, item by item.
fn standardised(items: &[&str]) -> Vec<Vec<f64>> {
    let csv = text("data-samples/ecsi-mobile/responses.csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let column = |item: &&str| {
        let at = header.iter().position(|h| h == item).unwrap();
        let x: Vec<f64> = rows.iter().map(|row| row[at].parse().unwrap()).collect();
        let n = x.len() as f64;
        let mean = x.iter().sum::<f64>() / n;
        let sd = (x.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt();
        x.into_iter().map(|v| (v - mean) / sd).collect()
    };
    items.iter().map(column).collect()
}

fn correlation(columns: &[Vec<f64>]) -> DMatrix<f64> {
    let n = columns[0].len() as f64;
    DMatrix::from_fn(columns.len(), columns.len(), |i, j| {
        if i == j {
            1.0
        } else {
            let (a, b) = (&columns[i.min(j)], &columns[i.max(j)]);
            a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>() / n
        }
    })
}

const IMAGE: [&str; 5] = ["IMAG1", "IMAG2", "IMAG3", "IMAG4", "IMAG5"];
const QUALITY: [&str; 7] = ["PERQ1", "PERQ2", "PERQ3", "PERQ4", "PERQ5", "PERQ6", "PERQ7"];
const VALUE: [&str; 2] = ["PERV1", "PERV2"];
const SATISFACTION: [&str; 3] = ["CUSA1", "CUSA2", "CUSA3"];
const LOYALTY: [&str; 3] = ["CUSL1", "CUSL2", "CUSL3"];

/// Blocks of so many items each, one after the other.
fn blocks(sizes: &[usize]) -> Vec<Vec<usize>> {
    let mut next = 0;
    let block = |n: &usize| {
        next += n;
        (next - n..next).collect()
    };
    sizes.iter().map(block).collect()
}

/// Second route: both stages by hand on the respondents. The scores of the first stage are made for every respondent and become two columns more.
fn two_stages_by_hand(mode: OuterMode) -> (f64, f64, f64) {
    let all: Vec<&str> = [&IMAGE[..], &QUALITY, &VALUE, &SATISFACTION, &LOYALTY].concat();
    let columns = standardised(&all);
    // image 0, quality 1, value 2, satisfaction 3, loyalty 4: each part in the place of the whole.
    let first = Structure::new(blocks(&[5, 7, 2, 3, 3]), vec![(0, 1), (0, 2), (0, 3), (1, 3), (2, 3), (3, 4)], 20).unwrap();
    let modes = [OuterMode::ModeA; 5];
    let found = estimate_with(&correlation(&columns), &first, &modes, InnerScheme::Path, PlsOptions::default()).unwrap();
    let score = |construct: usize| -> Vec<f64> {
        let items = &first.blocks()[construct];
        let respondents = 0..columns[0].len();
        let one = |r: usize| {
            items
                .iter()
                .zip(&found.outer_weights[construct])
                .map(|(i, w)| w * columns[*i][r])
                .sum()
        };
        respondents.map(one).collect()
    };
    let second: Vec<Vec<f64>> = standardised(&IMAGE)
        .into_iter()
        .chain([score(1), score(2)])
        .chain(standardised(&SATISFACTION))
        .chain(standardised(&LOYALTY))
        .collect();
    let structure = Structure::new(blocks(&[5, 2, 3, 3]), vec![(0, 1), (0, 2), (1, 2), (2, 3)], 13).unwrap();
    let modes = [OuterMode::ModeA, mode, OuterMode::ModeA, OuterMode::ModeA];
    let found = estimate_with(&correlation(&second), &structure, &modes, InnerScheme::Path, PlsOptions::default()).unwrap();
    (found.paths[0], found.paths[2], found.paths[3])
}

#[test]
fn two_stages_of_the_program_are_two_stages_by_hand() {
    for (mode, outer) in [
        (OuterMode::ModeA, ""),
        (OuterMode::ModeB, "[model.outer]\nexperience = \"mode-b\"\n"),
    ] {
        let run = run(&definition("", outer));
        let (to_whole, from_whole, loyalty) = two_stages_by_hand(mode);
        let found = wave(&run);
        assert!((path(found, "image", "experience") - to_whole).abs() < 1e-8, "{mode:?}");
        assert!((path(found, "experience", "satisfaction") - from_whole).abs() < 1e-8, "{mode:?}");
        assert!((path(found, "satisfaction", "loyalty") - loyalty).abs() < 1e-8, "{mode:?}");
    }
}

/// What the parts are of the whole: shares that add up to 1 and by which the whole's index is that of its parts, with intervals; the effect of a part is
/// that of the whole times its share.
#[test]
fn a_whole_is_its_parts_by_their_shares() {
    let run = run(&definition("", ""));
    let found = wave(&run);
    let [whole] = found.model.as_ref().unwrap().inner.wholes.as_slice() else {
        panic!("one whole")
    };
    assert_eq!(whole.dimension, "experience");
    let share = |at: usize| whole.parts[at].share.unwrap();
    assert!((share(0).value + share(1).value - 1.0).abs() < 1e-10);
    assert!(
        whole
            .parts
            .iter()
            .all(|p| p.share.unwrap().interval.is_some() && p.correlation.unwrap().value > 0.5)
    );
    let score = |id: &str| found.dimensions.iter().find(|d| d.id == id).unwrap().score.estimate.unwrap().value;
    let together = share(0).value * score("quality") + share(1).value * score("value");
    assert!((score("experience") - together).abs() < 1e-9);
    let importance = |id: &str| {
        let points = &found.priorities.as_ref().unwrap().points;
        points.iter().find(|p| p.id == id).unwrap().importance
    };
    for (at, part) in ["quality", "value"].into_iter().enumerate() {
        assert!((importance(part).value - importance("experience").value * share(at).value).abs() < 1e-10);
        assert!(importance(part).interval.is_some());
    }
    // The items of the whole are told once, under its parts.
    assert_eq!(found.items.len(), 20);
    assert_eq!(found.item_count_of("experience"), 9);
    assert!(
        found
            .measurement
            .as_ref()
            .unwrap()
            .items
            .iter()
            .all(|i| i.dimension != "experience")
    );
    assert!(
        found
            .measurement
            .as_ref()
            .unwrap()
            .pairs
            .iter()
            .all(|p| p.first != "experience" || p.second == "satisfaction" || p.second == "loyalty")
    );
}

/// The map of items: an item's importance is its dimension's times its share, with an interval of its own.
#[test]
fn items_have_an_importance_of_their_own() {
    let run = run(&definition("", ""));
    let found = wave(&run);
    let map = found.item_priorities.as_ref().unwrap();
    // All items but those of satisfaction itself and of loyalty, which it acts upon.
    assert_eq!(map.points.len(), 14);
    for point in &map.points {
        let item = found.items.iter().find(|i| i.id == point.id).unwrap();
        let dimension = found
            .priorities
            .as_ref()
            .unwrap()
            .points
            .iter()
            .find(|p| p.id == item.dimension)
            .unwrap();
        assert!(
            (point.importance.value - dimension.importance.value * item.share.unwrap()).abs() < 1e-10,
            "{}",
            point.id
        );
        assert!(point.importance.interval.is_some());
    }
}

#[test]
fn repeated_indicators_are_another_way_and_said_so() {
    let staged = run(&definition("", ""));
    let repeated = run(&definition("higher_order = \"repeated-indicators\"", ""));
    let (a, b) = (
        path(wave(&staged), "experience", "satisfaction"),
        path(wave(&repeated), "experience", "satisfaction"),
    );
    assert!((a - b).abs() > 1e-4 && (a - b).abs() < 0.1, "{a} {b}");
    for (run, zh, en) in [
        (&staged, "两阶段法", "Two stages"),
        (&repeated, "重复指标法", "Repeated indicators"),
    ] {
        let files = report::files(&run.assessment, &report::Kind::ALL).unwrap();
        for (lang, words) in [(Lang::Zh, zh), (Lang::En, en)] {
            let html = String::from_utf8(files[&report::Kind::Evidence.file(lang, "html")].clone()).unwrap();
            assert!(html.contains(words), "{words}");
        }
    }
}

/// What the model chapter has to state of its algorithm, and HTMT with its reading.
#[test]
fn the_report_states_start_end_and_signs() {
    let run = run(&definition("", ""));
    let files = report::files(&run.assessment, &report::Kind::ALL).unwrap();
    for (lang, words) in [
        (
            Lang::Zh,
            [
                "起始权重都是 1",
                "1e-12",
                "权重之和为正",
                "HTMT2",
                "相对权重（Johnson）",
                "以该题均值代替",
            ],
        ),
        (
            Lang::En,
            [
                "starts with weight 1",
                "1e-12",
                "sum to a positive number",
                "HTMT2",
                "Relative weight (Johnson)",
                "at the mean of its item",
            ],
        ),
    ] {
        let html = String::from_utf8(files[&report::Kind::Evidence.file(lang, "html")].clone()).unwrap();
        for word in words {
            assert!(html.contains(word), "{word}");
        }
    }
}

/// Every kind of interval by its key: bootstrap replicates behind all of them, each with the estimate inside, and none like another.
#[test]
fn intervals_are_made_as_the_key_says() {
    let mut seen = Vec::new();
    for method in ["percentile", "basic", "bca", "studentised", "t"] {
        let definition = definition("", "").replace("[design]\n", &format!("[design]\nreplicates = 100\ninterval = \"{method}\"\n"));
        let run = run(&definition);
        let index = wave(&run).index.estimate.unwrap();
        assert_eq!(index.method, VarianceMethod::Bootstrap, "{method}");
        let interval = index.interval.unwrap();
        assert!(interval.lower < index.value && index.value < interval.upper, "{method}");
        // About two standard errors to either side, by any method.
        let width = (interval.upper - interval.lower) / index.standard_error.unwrap();
        assert!((3.0..5.5).contains(&width), "{method} {width}");
        seen.push(interval.lower.to_bits());
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 5);
}

#[test]
fn faults_of_higher_dimensions_are_told() {
    let codes = |definition: &str| -> Vec<(Code, String)> {
        let refused = survey::parse("survey.toml", "phones", definition).unwrap_err();
        let reason = |f: &manyidu::finding::Finding| f.args.get("reason").cloned().unwrap_or_default();
        refused.0.iter().map(|f| (f.code, reason(f))).collect()
    };
    let bad = |reason: &str| (Code::BadModel, reason.to_owned());
    assert_eq!(codes(&definition("consistent = true", "")), [bad("higher-consistent")]);
    let formed = definition("higher_order = \"repeated-indicators\"", "[model.outer]\nexperience = \"mode-b\"\n");
    assert_eq!(codes(&formed), [bad("higher-formed")]);
    let direct = definition("", "").replace("loyalty = [\"satisfaction\"]", "loyalty = [\"satisfaction\", \"quality\"]");
    assert_eq!(codes(&direct), [bad("path-to-part")]);
    let both = definition("", "").replace("of = [\"quality\", \"value\"]", "items = [\"X\"]\nof = [\"quality\", \"value\"]");
    assert_eq!(codes(&both)[0].0, Code::ExactlyOne);
    let unknown = definition("", "").replace("of = [\"quality\", \"value\"]", "of = [\"quality\", \"price\"]");
    assert_eq!(codes(&unknown)[0].0, Code::UnknownReference);
    let nested = definition("", "").replace("of = [\"quality\", \"value\"]", "of = [\"experience\"]");
    assert_eq!(codes(&nested)[0], bad("part"));
}

/// Answers item by item.
fn raw(items: &[&str]) -> Vec<Vec<f64>> {
    let csv = text("data-samples/ecsi-mobile/responses.csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let column = |item: &&str| {
        let at = header.iter().position(|h| h == item).unwrap();
        rows.iter().map(|row| row[at].parse().unwrap()).collect()
    };
    items.iter().map(column).collect()
}

const FOLDS: usize = 5;

/// Correlations of standardised columns over some rows.
fn among(columns: &[&Vec<f64>], rows: &[usize]) -> DMatrix<f64> {
    DMatrix::from_fn(columns.len(), columns.len(), |i, j| {
        let (a, b) = (columns[i.min(j)], columns[i.max(j)]);
        if i == j {
            1.0
        } else {
            rows.iter().map(|r| a[*r] * b[*r]).sum::<f64>() / rows.len() as f64
        }
    })
}

/// Both stages estimated from some rows: the scores of image, experience, satisfaction and loyalty for everybody, and the paths.
fn stages_by_hand(z: &[Vec<f64>], rows: &[usize], mode: OuterMode) -> ([Vec<f64>; 4], Vec<f64>) {
    let weighted = |columns: &[&Vec<f64>], weights: &[f64]| -> Vec<f64> {
        let one = |r: usize| columns.iter().zip(weights).map(|(x, w)| w * x[r]).sum();
        (0..columns[0].len()).map(one).collect()
    };
    let block = |from: usize, to: usize| -> Vec<&Vec<f64>> { z[from..to].iter().collect() };
    let estimate = |columns: &[&Vec<f64>], structure: &Structure, modes: &[OuterMode]| -> PlsEstimate {
        estimate_with(&among(columns, rows), structure, modes, InnerScheme::Path, PlsOptions::default()).unwrap()
    };
    let first = Structure::new(blocks(&[5, 7, 2, 3, 3]), vec![(0, 1), (0, 2), (0, 3), (1, 3), (2, 3), (3, 4)], 20).unwrap();
    let stage = estimate(&block(0, 20), &first, &[OuterMode::ModeA; 5]);
    let quality = weighted(&block(5, 12), &stage.outer_weights[1]);
    let value = weighted(&block(12, 14), &stage.outer_weights[2]);
    let parts = [&quality, &value];
    let second: Vec<&Vec<f64>> = block(0, 5).into_iter().chain(parts).chain(block(14, 20)).collect();
    let structure = Structure::new(blocks(&[5, 2, 3, 3]), vec![(0, 1), (0, 2), (1, 2), (2, 3)], 13).unwrap();
    let modes = [OuterMode::ModeA, mode, OuterMode::ModeA, OuterMode::ModeA];
    let stage = estimate(&second, &structure, &modes);
    let scores = [
        weighted(&block(0, 5), &stage.outer_weights[0]),
        weighted(&parts, &stage.outer_weights[1]),
        weighted(&block(14, 17), &stage.outer_weights[2]),
        weighted(&block(17, 20), &stage.outer_weights[3]),
    ];
    (scores, stage.paths)
}

/// One fold by hand: the rows outside of it are standardised, both stages estimated from them respondent by respondent, and the answers of the fold
/// foretold from scores under those weights. Item by item in the order experience, satisfaction, loyalty: squared errors of the model, of the mean and
/// of the regression.
fn foretold_by_hand(columns: &[Vec<f64>], fold: usize, mode: OuterMode) -> Vec<[f64; 3]> {
    let (gone, others): (Vec<usize>, Vec<usize>) = (0..columns[0].len()).partition(|r| r % FOLDS == fold);
    let n = others.len() as f64;
    let mean_of = |x: &[f64]| others.iter().map(|r| x[*r]).sum::<f64>() / n;
    let sd_of = |x: &[f64]| {
        let mean = mean_of(x);
        (others.iter().map(|r| (x[*r] - mean).powi(2)).sum::<f64>() / n).sqrt()
    };
    let standardised = |x: &Vec<f64>| -> Vec<f64> {
        let (mean, sd) = (mean_of(x), sd_of(x));
        x.iter().map(|v| (v - mean) / sd).collect()
    };
    let z: Vec<Vec<f64>> = columns.iter().map(standardised).collect();
    let (scores, p) = stages_by_hand(&z, &others, mode);
    let foretold = |target: usize, r: usize| match target {
        0 => p[0] * scores[0][r],
        1 => p[1] * scores[0][r] + p[2] * scores[1][r],
        _ => p[3] * scores[2][r],
    };
    let mut found = Vec::new();
    for (target, (from, to)) in [(5, 14), (14, 17), (17, 20)].into_iter().enumerate() {
        let outside: Vec<&Vec<f64>> = z
            .iter()
            .enumerate()
            .filter(|(j, _)| !(from..to).contains(j))
            .map(|(_, x)| x)
            .collect();
        for item in from..to {
            let with_item = |x: &[f64]| others.iter().map(|r| z[item][*r] * x[*r]).sum::<f64>() / n;
            let loading = with_item(&scores[target + 1]);
            let with = nalgebra::DVector::from_fn(outside.len(), |j, _| with_item(outside[j]));
            let slopes = among(&outside, &others).lu().solve(&with).unwrap();
            let (mean, sd) = (mean_of(&columns[item]), sd_of(&columns[item]));
            let mut squares = [0.0; 3];
            for r in &gone {
                let by_regression: f64 = outside.iter().zip(slopes.iter()).map(|(x, b)| b * x[*r]).sum();
                let guesses = [mean + sd * loading * foretold(target, *r), mean, mean + sd * by_regression];
                for (sum, guess) in squares.iter_mut().zip(guesses) {
                    *sum += (columns[item][*r] - guess).powi(2);
                }
            }
            found.push(squares);
        }
    }
    found
}

/// Prediction with a dimension made of others: both stages without the fold, by hand on the respondents.
#[test]
fn answers_are_foretold_from_wholes_as_by_hand() {
    let all: Vec<&str> = [&IMAGE[..], &QUALITY, &VALUE, &SATISFACTION, &LOYALTY].concat();
    let columns = raw(&all);
    let n = columns[0].len();
    // image 0, experience 1 of quality 2 and value 3, satisfaction 4, loyalty 5.
    let mut items = blocks(&[5, 7, 2, 3, 3]);
    items.insert(1, Vec::new());
    let parts = vec![vec![], vec![2, 3], vec![], vec![], vec![], vec![]];
    let paths = vec![(0, 1), (0, 4), (1, 4), (4, 5)];
    let structure = Structure::with_parts(items, parts, HigherMethod::TwoStage, paths, 20).unwrap();
    for mode in [OuterMode::ModeA, OuterMode::ModeB] {
        let mut modes = [OuterMode::ModeA; 6];
        modes[1] = mode;
        let cases = Cases {
            count: n,
            answers: &|row, out| out.iter_mut().zip(&columns).for_each(|(out, x)| *out = x[row]),
            weight: &|_| 1.0,
            fold: &|row| row % FOLDS,
        };
        let found = predict(&cases, &structure, &modes, InnerScheme::Path, PlsOptions::default()).unwrap();
        let by_fold: Vec<Vec<[f64; 3]>> = (0..FOLDS).map(|fold| foretold_by_hand(&columns, fold, mode)).collect();
        assert_eq!(found.len(), 15);
        for (at, ours) in found.iter().enumerate() {
            let sum = |which: usize| by_fold.iter().map(|fold| fold[at][which]).sum::<f64>();
            assert_eq!(ours.item, at + 5);
            assert!((ours.q2.unwrap() - (1.0 - sum(0) / sum(1))).abs() < 1e-8, "{mode:?} {at}");
            assert!((ours.rmse - (sum(0) / n as f64).sqrt()).abs() < 1e-8);
            assert!((ours.rmse_linear.unwrap() - (sum(2) / n as f64).sqrt()).abs() < 1e-8, "{at}");
        }
        // The people have something in common: the model foretells better than the mean.
        assert!(found.iter().filter(|e| e.q2.unwrap() > 0.0).count() > 10);
    }
}

/// From the definition to the report.
#[test]
fn prediction_with_wholes_reaches_the_report() {
    let run = run(&definition("", "").replace("prediction_folds = 0", "prediction_folds = 5"));
    let prediction = wave(&run).model.as_ref().unwrap().inner.prediction.as_ref().unwrap();
    assert_eq!((prediction.folds, prediction.items.len()), (5, 15));
    assert!(prediction.items.iter().all(|i| i.q2.is_some() && i.rmse_linear.is_some()));
    for (lang, words) in [(Lang::En, "foretold from the whole"), (Lang::Zh, "由整体的得分按载荷预测")] {
        let files = report::files(&run.assessment, &report::Kind::ALL).unwrap();
        let html = String::from_utf8(files[&report::Kind::Evidence.file(lang, "html")].clone()).unwrap();
        assert!(html.contains(words), "{words}");
    }
}
