//! Indices of careless responding against R package `careless` 1.2.2, on its two sets of answers.

use crate::support::{path, text};
use manyidu::clean::forensics::{Coded, ItemValues, PairMoments, even_odd, irv, longstring, mahalanobis, person_total, synonyms};
use manyidu::stats::chi_squared_quantile;
use serde_json::Value;
use std::collections::BTreeMap;
use synonyms::{Kind, pairs};

struct Set {
    names: Vec<String>,
    packed: Vec<u8>,
    items: Vec<ItemValues>,
    /// Reference values by row and column, `None` where R has NA.
    values: Vec<BTreeMap<String, Option<f64>>>,
}

fn set(number: u8) -> Set {
    let file = path(&format!("tests/reference/careless_answers_{number}.csv"));
    let mut reader = csv::Reader::from_path(file).unwrap();
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let records = reader.records().map(Result::unwrap);
    let packed = records
        .flat_map(|r| r.iter().map(|cell| cell.parse::<u8>().unwrap() - 1).collect::<Vec<_>>())
        .collect();
    let mut reader = csv::Reader::from_path(path(&format!("tests/reference/careless_values_{number}.csv"))).unwrap();
    let values = reader.deserialize().map(Result::unwrap).collect();
    let items = vec![ItemValues { low: 1.0, width: 1.0 }; names.len()];
    Set {
        names,
        packed,
        items,
        values,
    }
}

/// Every value of the program by the name of the reference's column.
fn computed(set: &Set, reference: &Value) -> BTreeMap<&'static str, Vec<Option<f64>>> {
    let p = set.names.len();
    let answers = Coded::new(&set.packed, p, &set.items).unwrap();
    let rows = 0..answers.len();
    let moments = PairMoments::of(&answers);
    let critical = |key: &str| reference[key].as_f64().unwrap();
    let syn = pairs(&moments, Kind::Synonyms, critical("critval_syn"));
    let ant = pairs(&moments, Kind::Antonyms, critical("critval_ant"));
    assert_eq!(syn.len() as u64, reference["n_pairs_syn"].as_u64().unwrap());
    assert_eq!(ant.len() as u64, reference["n_pairs_ant"].as_u64().unwrap());
    let mut from = 0;
    let lengths = reference["factors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|n| n.as_u64().unwrap() as usize);
    let scales: Vec<Vec<usize>> = lengths
        .map(|n| {
            from += n;
            (from - n..from).collect()
        })
        .collect();
    let distances = mahalanobis::distances(&answers, &moments).unwrap();
    let cut = chi_squared_quantile(0.99, p as f64).unwrap();
    assert!((cut / reference["mahad_cut99"].as_f64().unwrap() - 1.0).abs() < 1e-13);
    let runs: Vec<_> = rows.clone().map(|row| longstring::runs(answers.packed(row))).collect();
    let blocks = irv::blocks(p, 4);
    let of_block = |b: usize| -> Vec<Option<f64>> { rows.clone().map(|row| irv::irv(&answers, row, blocks[b].clone())).collect() };
    BTreeMap::from([
        ("longstring", runs.iter().map(|r| Some(f64::from(r.longest))).collect()),
        ("avgstr", runs.iter().map(longstring::Runs::mean).collect()),
        ("irv", rows.clone().map(|row| irv::irv(&answers, row, 0..p)).collect()),
        ("irv1", of_block(0)),
        ("irv2", of_block(1)),
        ("irv3", of_block(2)),
        ("irv4", of_block(3)),
        ("mahad_D2", distances.iter().map(|d| Some(d.unwrap().squared)).collect()),
        (
            "mahad_flag99",
            distances
                .iter()
                .map(|d| Some(f64::from(u8::from(d.unwrap().squared > cut))))
                .collect(),
        ),
        (
            "evenodd",
            rows.clone().map(|row| even_odd::even_odd(&answers, row, &scales)).collect(),
        ),
        (
            "psychsyn",
            rows.clone().map(|row| synonyms::within_person(&answers, row, &syn)).collect(),
        ),
        (
            "psychant",
            rows.clone().map(|row| synonyms::within_person(&answers, row, &ant)).collect(),
        ),
        (
            "person_total_r",
            rows.clone()
                .map(|row| person_total::person_total(&answers, &moments, row, false))
                .collect(),
        ),
        (
            "person_rest_r",
            rows.clone()
                .map(|row| person_total::person_total(&answers, &moments, row, true))
                .collect(),
        ),
    ])
}

/// Every value of every respondent: 200 × 13 and 1,000 × 14.
#[test]
fn every_value_of_every_respondent_is_that_of_careless() {
    let reference: Value = serde_json::from_str(&text("tests/reference/careless.json")).unwrap();
    let mut compared = 0;
    for number in [1, 2] {
        let set = set(number);
        let computed = computed(&set, &reference[format!("dataset{number}")]);
        for (row, values) in set.values.iter().enumerate() {
            for (column, expected) in values.iter().filter(|(column, _)| *column != "row") {
                let value = computed[column.as_str()][row];
                compared += 1;
                match (value, expected) {
                    (None, None) => {}
                    (Some(v), Some(e)) => assert!((v - e).abs() <= 1e-12 * e.abs().max(1.0), "{number} {column} {row}: {v} {e}"),
                    _ => panic!("{number} {column} {row}: {value:?} {expected:?}"),
                }
            }
        }
    }
    assert_eq!(compared, 200 * 13 + 1000 * 14);
}

/// The summaries of the reference: counts, mean, sd, smallest, median, largest and where, and who is flagged.
#[test]
fn the_summaries_are_those_of_careless() {
    let reference: Value = serde_json::from_str(&text("tests/reference/careless.json")).unwrap();
    let mut compared = 0;
    for number in [1, 2] {
        let set = set(number);
        let reference = &reference[format!("dataset{number}")];
        let computed = computed(&set, reference);
        for (column, summary) in reference["summary"].as_object().unwrap() {
            let values = &computed[column.as_str()];
            let mut defined: Vec<f64> = values.iter().flatten().copied().collect();
            let n = defined.len() as f64;
            let mean = defined.iter().sum::<f64>() / n;
            let sd = (defined.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
            defined.sort_by(f64::total_cmp);
            let half = defined.len() / 2;
            let median = if defined.len() % 2 == 1 {
                defined[half]
            } else {
                f64::midpoint(defined[half - 1], defined[half])
            };
            let largest = *defined.last().unwrap();
            let facts = [
                ("n", values.len() as f64),
                ("n_na", values.len() as f64 - n),
                ("mean", mean),
                ("sd", sd),
                ("min", defined[0]),
                ("median", median),
                ("max", largest),
            ];
            for (key, value) in facts {
                let expected = summary[key].as_f64().unwrap();
                assert!(
                    (value - expected).abs() <= 1e-12 * expected.abs().max(1.0),
                    "{number} {column} {key}: {value} {expected}"
                );
                compared += 1;
            }
            // Several respondents may share the largest value up to rounding; the reference names the first.
            let at = values[summary["row_of_max"].as_u64().unwrap() as usize - 1].unwrap();
            assert!((at - largest).abs() <= 1e-12 * largest.abs().max(1.0), "{number} {column}");
            compared += 1;
        }
        let rows = |column: &str, wanted: &dyn Fn(f64) -> bool| -> Vec<u64> {
            let hit = computed[column].iter().enumerate().filter(|(_, v)| v.is_some_and(wanted));
            hit.map(|(row, _)| row as u64 + 1).collect()
        };
        let listed = |key: &str| -> Vec<u64> { reference[key].as_array().unwrap().iter().map(|v| v.as_u64().unwrap()).collect() };
        assert_eq!(rows("mahad_flag99", &|v| v == 1.0), listed("rows_mahad_flag99"));
        assert_eq!(reference["n_mahad_flag99"].as_u64(), Some(listed("rows_mahad_flag99").len() as u64));
        let half = set.names.len() as f64 / 2.0;
        assert_eq!(rows("longstring", &|v| v >= half), listed("rows_longstring_ge_half"));
        compared += top_pairs(&set, reference);
    }
    assert_eq!(compared, (13 + 14) * 8 + 2 * (8 + 5));
}

/// The strongest pairs by name and correlation.
fn top_pairs(set: &Set, reference: &Value) -> usize {
    let answers = Coded::new(&set.packed, set.names.len(), &set.items).unwrap();
    let mut all = pairs(&PairMoments::of(&answers), Kind::Synonyms, -2.0);
    all.sort_by(|a, b| b.correlation.total_cmp(&a.correlation));
    let mut compared = 0;
    for (key, turned) in [("top_pairs_syn", false), ("top_pairs_ant", true)] {
        if turned {
            all.reverse();
        }
        for (pair, expected) in all.iter().zip(reference[key].as_array().unwrap()) {
            assert_eq!(set.names[pair.later], expected["var1"].as_str().unwrap());
            assert_eq!(set.names[pair.earlier], expected["var2"].as_str().unwrap());
            assert!((pair.correlation - expected["cor"].as_f64().unwrap()).abs() < 1e-13);
            compared += 1;
        }
    }
    compared
}
