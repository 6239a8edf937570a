//! Changes of measures beside the index between waves that share respondents or clusters: net promoter score, share of the best answers,
//! complaint rate and satisfaction with the handling, against the linked rows by hand and against replication.
//!
//! Some leave the question out, so that those who answered are a part of the sample whose size is chance, too.

use manyidu::assessment::Assessment;
use manyidu::index::quantity::Family;
use manyidu::io::Memory;
use manyidu::pipeline::{self, Wanted};
use manyidu::survey;
use manyidu::tally::link::LinkKind;
use manyidu::trend::{Change, Comparison};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet};

const HEAD: &str = r#"id = "panel"
title = "t"
[[waves]]
id = "one"
responses = "1.csv"
[[waves]]
id = "two"
responses = "2.csv"
[scales.five]
min = 1
max = 5
[scales.eleven]
min = 0
max = 10
[[dimensions]]
id = "satisfaction"
items = ["a", "h"]
scale = "five"
[[measures]]
kind = "nps"
column = "q"
scale = "eleven"
[[measures]]
kind = "csat"
item = "a"
[complaints]
column = "said"
yes = ["是"]
no = ["否"]
handling = "h"
"#;

const MEASURES: [&str; 4] = ["nps", "csat", "complaint-rate", "complaint-handling"];

#[derive(Debug, Clone)]
struct Row {
    id: u64,
    branch: u64,
    kind: &'static str,
    satisfaction: u64,
    handling: u64,
    recommend: Option<u64>,
    complained: bool,
}

struct Fixed(u64);

impl Fixed {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// The answers of persons `from` to `to`: a level that stays, that of the branch, and something of the occasion.
fn wave(number: u64, from: u64, to: u64) -> Vec<Row> {
    let one = |id: u64| {
        let branch = id % 12;
        let level = Fixed(id * 7919 + 13).below(3) + branch % 3;
        let mut noise = Fixed(id * 104_729 + number * 15_485_863);
        noise.below(5);
        Row {
            id,
            branch,
            kind: if id.is_multiple_of(3) { "old" } else { "new" },
            satisfaction: (1 + level + noise.below(2)).min(5),
            handling: (1 + level + noise.below(3)).min(5),
            recommend: Some((3 + 2 * level + noise.below(3 + number)).min(10)).filter(|_| !(id + number).is_multiple_of(7)),
            complained: 4 * level + noise.below(6) < 9,
        }
    };
    (from..to).map(one).collect()
}

fn csv(rows: &[Row]) -> Vec<u8> {
    let mut text = "id,branch,type,a,h,q,said\n".to_owned();
    for row in rows {
        let recommend = row.recommend.map(|q| q.to_string()).unwrap_or_default();
        let said = if row.complained { "是" } else { "否" };
        text += &format!(
            "p{},b{:02},{},{},{},{recommend},{said}\n",
            row.id, row.branch, row.kind, row.satisfaction, row.handling
        );
    }
    text.into_bytes()
}

fn run(definition: &str, before: &[Row], after: &[Row], frame: &str) -> Assessment {
    let (survey, warnings) = survey::parse("survey.toml", "panel", definition).unwrap_or_else(|r| panic!("{:?}", r.0));
    let files = BTreeMap::from([
        ("1.csv".to_owned(), csv(before)),
        ("2.csv".to_owned(), csv(after)),
        ("f.csv".to_owned(), frame.as_bytes().to_vec()),
    ]);
    let run = pipeline::run(&survey, definition, &warnings, &Memory(files), Wanted::default(), &|_, _| {});
    run.unwrap_or_else(|r| panic!("{:?}", r.0)).assessment
}

fn compared(extra: &str, before: &[Row], after: &[Row]) -> Comparison {
    run(&format!("{HEAD}{extra}"), before, after, "").comparisons.remove(0)
}

const PERSONS: &str = "[columns]\nrespondent = \"id\"\n[design]\nmethod = \"simple-random\"\n";

fn change<'a>(comparison: &'a Comparison, id: &str) -> &'a Change {
    comparison.of(Family::Measures).find(|c| c.quantity == id).unwrap()
}

/// What a row is worth in a measure; `None` where it does not count.
fn value(row: &Row, measure: &str) -> Option<f64> {
    match measure {
        "nps" => row.recommend.map(|q| match q {
            9.. => 100.0,
            7 | 8 => 0.0,
            _ => -100.0,
        }),
        "csat" => Some(if row.satisfaction >= 4 { 100.0 } else { 0.0 }),
        "complaint-rate" => Some(if row.complained { 100.0 } else { 0.0 }),
        _ => row.complained.then_some((row.handling as f64 - 1.0) * 25.0),
    }
}

fn near(found: f64, expected: f64, relative: f64) {
    assert!(
        (found - expected).abs() <= relative * expected.abs().max(1e-12),
        "{found} is not {expected}"
    );
}

/// Linearised value of every row, `w (v − θ)/Σw` over those who count and 0 for the others, with the estimate.
fn linearised(rows: &[Row], measure: &str, weight: impl Fn(&Row) -> f64) -> (f64, Vec<f64>) {
    let counted = || rows.iter().filter_map(|r| Some((weight(r), value(r, measure)?)));
    let total: f64 = counted().map(|(w, _)| w).sum();
    let theta = counted().map(|(w, v)| w * v).sum::<f64>() / total;
    let one = |r: &Row| value(r, measure).map_or(0.0, |v| weight(r) * (v - theta) / total);
    (theta, rows.iter().map(one).collect())
}

/// Variance of a total of independent units, `n/(n − 1) Σ (z − z̄)²`, and their mean.
fn spread(z: &[f64]) -> (f64, f64) {
    let n = z.len() as f64;
    let mean = z.iter().sum::<f64>() / n;
    (n / (n - 1.0) * z.iter().map(|z| (z - mean) * (z - mean)).sum::<f64>(), mean)
}

/// Estimates and variance of the change from the linked rows, those of simple random samples.
fn linked(before: &[Row], after: &[Row], measure: &str) -> (f64, f64) {
    let ((theta1, z1), (theta2, z2)) = (linearised(before, measure, |_| 1.0), linearised(after, measure, |_| 1.0));
    let ((v1, m1), (v2, m2)) = (spread(&z1), spread(&z2));
    let later: BTreeMap<u64, f64> = after.iter().zip(&z2).map(|(r, z)| (r.id, z - m2)).collect();
    let pairs: Vec<f64> = before
        .iter()
        .zip(&z1)
        .filter_map(|(r, z)| Some((z - m1) * later.get(&r.id)?))
        .collect();
    let (n1, n2, n_c) = (before.len() as f64, after.len() as f64, pairs.len() as f64);
    let unbiased = 1.0 - 1.0 / n1 - 1.0 / n2 + n_c / (n1 * n2);
    let covariance = if pairs.is_empty() {
        0.0
    } else {
        pairs.iter().sum::<f64>() / unbiased
    };
    (theta2 - theta1, v1 + v2 - 2.0 * covariance)
}

/// Replication: persons of either wave drawn with replacement, each with everything that they answered.
fn bootstrap_variance(before: &[Row], after: &[Row], measure: &str, replicates: u32) -> f64 {
    let of = |rows: &[Row]| {
        rows.iter()
            .map(|r| (r.id, value(r, measure)))
            .collect::<BTreeMap<u64, Option<f64>>>()
    };
    let waves = [of(before), of(after)];
    let persons: Vec<u64> = waves
        .iter()
        .flat_map(|w| w.keys().copied())
        .collect::<BTreeSet<u64>>()
        .into_iter()
        .collect();
    let mut generator = ChaCha8Rng::seed_from_u64(7);
    let mut one = || {
        let (mut sums, mut counts) = ([0.0; 2], [0.0; 2]);
        for _ in 0..persons.len() {
            let person = persons[((u64::from(generator.next_u32()) * persons.len() as u64) >> 32) as usize];
            for (wave, values) in waves.iter().enumerate() {
                if let Some(value) = values.get(&person).copied().flatten() {
                    sums[wave] += value;
                    counts[wave] += 1.0;
                }
            }
        }
        sums[1] / counts[1] - sums[0] / counts[0]
    };
    let values: Vec<f64> = (0..replicates).map(|_| one()).collect();
    let mean = values.iter().sum::<f64>() / f64::from(replicates);
    values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / f64::from(replicates - 1)
}

/// No panel, 30 %, 60 % and everybody: the linked rows to the last digits, the bootstrap of persons within its noise.
#[test]
fn errors_of_measures_under_overlap_are_those_of_the_linked_file() {
    let before = wave(1, 0, 300);
    for (first, share) in [(300, 0.0), (210, 0.3), (120, 0.6), (0, 1.0)] {
        let after = wave(2, first, first + 300);
        let comparison = compared(PERSONS, &before, &after);
        near(comparison.shared.unwrap().shares().1, share, 1e-12);
        for measure in MEASURES {
            let found = change(&comparison, measure);
            let (points, variance) = linked(&before, &after, measure);
            near(found.change_points.unwrap(), points, 1e-9);
            let own = found.standard_error.unwrap() * found.standard_error.unwrap();
            near(own, variance, 1e-9);
            // A variance from 3,000 replicates is known to √(2/3,000) = 2.6 %; the handling rests on few.
            let noise = if measure == "complaint-handling" { 0.15 } else { 0.1 };
            near(own, bootstrap_variance(&before, &after, measure, 3_000), noise);
            assert_eq!(found.correlation.is_some(), share > 0.0, "{measure}");
            let independent = found.standard_error_independent.unwrap();
            // Few complain in both waves.
            let least = if measure == "complaint-handling" { -0.1 } else { 0.1 * share };
            assert!(found.correlation.is_none_or(|r| r > least), "{measure} {:?}", found.correlation);
            assert!(found.standard_error.unwrap() < independent || share == 0.0 || least < 0.0);
        }
    }
}

/// Everybody in both waves and nobody silent: the paired difference, with the degrees of freedom of pairs.
#[test]
fn a_full_panel_is_the_paired_test_of_the_score() {
    let all = |number| {
        let rows = wave(number, 0, 160).into_iter();
        rows.map(|r| Row {
            recommend: r.recommend.or(Some(8)),
            ..r
        })
        .collect::<Vec<Row>>()
    };
    let (before, after) = (all(1), all(2));
    let comparison = compared(PERSONS, &before, &after);
    for measure in ["nps", "complaint-rate"] {
        let differences: Vec<f64> = before
            .iter()
            .zip(&after)
            .map(|(b, a)| value(a, measure).unwrap() - value(b, measure).unwrap())
            .collect();
        let n = differences.len() as f64;
        let mean = differences.iter().sum::<f64>() / n;
        let variance = differences.iter().map(|d| (d - mean) * (d - mean)).sum::<f64>() / (n - 1.0) / n;
        let found = change(&comparison, measure);
        near(found.change_points.unwrap(), mean, 1e-9);
        near(found.standard_error.unwrap(), variance.sqrt(), 1e-9);
        near(found.df.unwrap(), n - 1.0, 1e-9);
    }
    // The same answers twice: nothing changed, and nothing is uncertain.
    let same = compared(PERSONS, &before, &before);
    for measure in MEASURES {
        let found = change(&same, measure);
        assert!(
            found.change_points.unwrap().abs() < 1e-12 && found.standard_error.unwrap() < 1e-5,
            "{measure}"
        );
    }
}

/// Clusters drawn in both waves with other people in them: by cluster totals, by hand.
#[test]
fn shared_clusters_correlate_measures_too() {
    let text = PERSONS.replace("respondent = \"id\"", "psu = \"branch\"");
    let first: Vec<Row> = wave(1, 0, 240).into_iter().filter(|r| r.branch < 9).collect();
    let second: Vec<Row> = wave(2, 1000, 1240).into_iter().filter(|r| r.branch > 2).collect();
    let comparison = compared(&text, &first, &second);
    let units = comparison.shared.unwrap();
    assert_eq!((units.kind, units.shared, units.before, units.after), (LinkKind::Clusters, 6, 9, 9));
    for measure in ["nps", "complaint-rate"] {
        let totals = |rows: &[Row]| {
            let (_, z) = linearised(rows, measure, |_| 1.0);
            let mut totals: BTreeMap<u64, f64> = BTreeMap::new();
            rows.iter().zip(z).for_each(|(r, z)| *totals.entry(r.branch).or_default() += z);
            totals
        };
        let (a, b) = (totals(&first), totals(&second));
        let own = |t: &BTreeMap<u64, f64>| 9.0 / 8.0 * t.values().map(|z| z * z).sum::<f64>();
        let products: f64 = a.iter().filter_map(|(branch, z)| Some(z * b.get(branch)?)).sum();
        let covariance = products / (1.0 - 2.0 / 9.0 + 6.0 / 81.0);
        let found = change(&comparison, measure);
        near(found.standard_error.unwrap(), (own(&a) + own(&b) - 2.0 * covariance).sqrt(), 1e-9);
        near(found.correlation.unwrap(), covariance / (own(&a) * own(&b)).sqrt(), 1e-9);
    }
}

/// Strata of known size with unequal weights: stratum by stratum with finite population corrections, by hand; who is silent counts with
/// a linearised value of 0.
#[test]
fn strata_finite_populations_and_silence_by_hand() {
    let head = HEAD
        .replace("responses = \"1.csv\"", "responses = \"1.csv\"\nframe = \"f.csv\"")
        .replace("responses = \"2.csv\"", "responses = \"2.csv\"\nframe = \"f.csv\"");
    let text = format!("{head}[columns]\nrespondent = \"id\"\nstrata = [\"type\"]\n[design]\nmethod = \"stratified\"\n");
    let sizes = BTreeMap::from([("new", 400.0), ("old", 150.0)]);
    let (before, after) = (wave(1, 0, 150), wave(2, 60, 210));
    let assessment = run(&text, &before, &after, "type,population\nnew,400\nold,150\n");
    for measure in MEASURES {
        let of = |rows: &[Row]| {
            let n = |kind: &str| rows.iter().filter(|r| r.kind == kind).count() as f64;
            linearised(rows, measure, |r| sizes[r.kind] / n(r.kind)).1
        };
        let (z1, z2) = (of(&before), of(&after));
        let (mut variance, mut covariance) = (0.0, 0.0);
        for (kind, size) in &sizes {
            let stratum = |rows: &[Row], z: &[f64]| {
                let inside = rows.iter().zip(z).filter(|(r, _)| r.kind == *kind);
                inside.map(|(r, z)| (r.id, *z)).collect::<BTreeMap<u64, f64>>()
            };
            let (x, y) = (stratum(&before, &z1), stratum(&after, &z2));
            let (n1, n2) = (x.len() as f64, y.len() as f64);
            let of_values = |v: &BTreeMap<u64, f64>| spread(&v.values().copied().collect::<Vec<f64>>());
            let ((vx, mx), (vy, my)) = (of_values(&x), of_values(&y));
            variance += (1.0 - n1 / size) * vx + (1.0 - n2 / size) * vy;
            let pairs: Vec<f64> = x.iter().filter_map(|(id, z)| Some((z - mx) * (y.get(id)? - my))).collect();
            let n_c = pairs.len() as f64;
            // Totals of z: n₁n₂/n_c · (n_c/(n₁n₂) − 1/N) of the sum of products, made unbiased.
            let unbiased = 1.0 - 1.0 / n1 - 1.0 / n2 + n_c / (n1 * n2);
            covariance += (1.0 - n1 * n2 / (n_c * size)) * pairs.iter().sum::<f64>() / unbiased;
        }
        let found = change(&assessment.comparisons[0], measure);
        near(found.standard_error.unwrap(), (variance - 2.0 * covariance).sqrt(), 1e-9);
    }
}

#[test]
fn row_order_and_unlinked_waves() {
    let (mut before, mut after) = (wave(1, 0, 120), wave(2, 40, 160));
    let one = compared(PERSONS, &before, &after);
    before.reverse();
    after.rotate_left(31);
    assert_eq!(one, compared(PERSONS, &before, &after));
    let apart = compared(&format!("{PERSONS}[trend]\nlinked = false\n"), &before, &after);
    for measure in MEASURES {
        let found = change(&apart, measure);
        near(found.standard_error.unwrap(), found.standard_error_independent.unwrap(), 1e-12);
        assert!(
            change(&one, measure).standard_error.unwrap() < found.standard_error.unwrap(),
            "{measure}"
        );
    }
}
