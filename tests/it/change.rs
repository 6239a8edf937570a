//! Changes between waves that share respondents or clusters: standard errors against linked files, row by row, and against replication.
//!
//! The answers are made here by a fixed rule. Everybody has a level that stays, so that those who answer twice answer alike.

use crate::support::api::api_design;
use manyidu::assessment::Assessment;
use manyidu::design::LonelyPsuPolicy;
use manyidu::design::estimate::{Domain, mean};
use manyidu::index::quantity::Family;
use manyidu::index::segments::{Segment, Standing};
use manyidu::io::Memory;
use manyidu::pipeline::{self, Wanted};
use manyidu::survey;
use manyidu::tally::link::LinkKind;
use manyidu::trend::change::{Overlap, WaveEstimate, change_with_overlap};
use manyidu::trend::{Change, Comparison, Direction};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet};

/// Two dimensions of two items, answers 1 to 5.
const HEAD: &str = "id = \"panel\"\ntitle = \"t\"\n[[waves]]\nid = \"one\"\nresponses = \"1.csv\"\n[[waves]]\nid = \"two\"\nresponses = \"2.csv\"\n[scales.x]\nmin = 1\nmax = 5\n[[dimensions]]\nid = \"quality\"\nitems = [\"a\", \"b\"]\n[[dimensions]]\nid = \"satisfaction\"\nitems = [\"c\", \"d\"]\n";
const COLUMNS: &str = "[columns]\nrespondent = \"id\"\ndomains = [\"type\"]\n";

const RANDOM: &str = "[design]\nmethod = \"simple-random\"\n";

#[derive(Debug, Clone, PartialEq)]
struct Row {
    id: u64,
    branch: u64,
    kind: &'static str,
    answers: [u8; 4],
}

/// A small fixed generator: the same rows in every run, on every machine.
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

/// The answers of persons `from` to `to` in a wave: their level, that of their branch, and something of the occasion.
fn wave(number: u64, from: u64, to: u64, shift: u64) -> Vec<Row> {
    let one = |id: u64| {
        let branch = id % 12;
        let level = Fixed(id * 7919 + 13).below(2) + branch % 3;
        let mut noise = Fixed(id * 104_729 + number * 15_485_863);
        noise.below(5);
        let answers = [(); 4].map(|()| (1 + level + noise.below(2 + shift)).min(5) as u8);
        Row {
            id,
            branch,
            kind: if id.is_multiple_of(3) { "old" } else { "new" },
            answers,
        }
    };
    (from..to).map(one).collect()
}

fn csv(rows: &[Row]) -> Vec<u8> {
    let mut text = "id,branch,type,a,b,c,d\n".to_owned();
    for Row {
        id,
        branch,
        kind,
        answers: [a, b, c, d],
    } in rows
    {
        text += &format!("p{id},b{branch:02},{kind},{a},{b},{c},{d}\n");
    }
    text.into_bytes()
}

fn run(definition: &str, before: &[Row], after: &[Row]) -> Assessment {
    let (survey, warnings) = survey::parse("survey.toml", "panel", definition).unwrap_or_else(|r| panic!("{:?}", r.0));
    let files = BTreeMap::from([("1.csv".to_owned(), csv(before)), ("2.csv".to_owned(), csv(after))]);
    let run = pipeline::run(&survey, definition, &warnings, &Memory(files), Wanted::default(), &|_, _| {});
    run.unwrap_or_else(|r| panic!("{:?}", r.0)).assessment
}

fn compared(definition: &str, before: &[Row], after: &[Row]) -> Comparison {
    run(definition, before, after).comparisons.remove(0)
}

fn definition(extra: &str) -> String {
    format!("{HEAD}{COLUMNS}{extra}")
}

/// The score of a person: the mean of both items of satisfaction on 0 to 100.
fn score(row: &Row) -> f64 {
    (f64::from(row.answers[2]) - 1.0 + f64::from(row.answers[3]) - 1.0) / 8.0 * 100.0
}

fn near(found: f64, expected: f64, relative: f64) {
    assert!(
        (found - expected).abs() <= relative * expected.abs().max(1e-12),
        "{found} is not {expected}"
    );
}

fn index(comparison: &Comparison) -> &Change {
    comparison.of(Family::Index).next().unwrap()
}

/// Variance of a difference of two means of overlapping simple random samples, from the linked rows: `s₁²/n₁ + s₂²/n₂ − 2 Cov`.
fn linked_variance(before: &[Row], after: &[Row]) -> f64 {
    let mean = |rows: &[Row]| rows.iter().map(score).sum::<f64>() / rows.len() as f64;
    let (m1, m2, n1, n2) = (mean(before), mean(after), before.len() as f64, after.len() as f64);
    let own = |rows: &[Row], m: f64| {
        let n = rows.len() as f64;
        rows.iter().map(|r| (score(r) - m) * (score(r) - m)).sum::<f64>() / (n - 1.0) / n
    };
    let later: BTreeMap<u64, f64> = after.iter().map(|r| (r.id, score(r) - m2)).collect();
    let pairs: Vec<f64> = before.iter().filter_map(|r| Some((score(r) - m1) * later.get(&r.id)?)).collect();
    let n_c = pairs.len() as f64;
    let unbiased = 1.0 - 1.0 / n1 - 1.0 / n2 + n_c / (n1 * n2);
    own(before, m1) + own(after, m2) - 2.0 * pairs.iter().sum::<f64>() / (n1 * n2) / unbiased
}

/// Replication: persons of either wave drawn with replacement, each with everything that they answered. The variance of the difference of means.
fn bootstrap_variance(before: &[Row], after: &[Row], replicates: u32) -> f64 {
    let of = |rows: &[Row]| rows.iter().map(|r| (r.id, score(r))).collect::<BTreeMap<u64, f64>>();
    let (first, second) = (of(before), of(after));
    let persons: Vec<u64> = first
        .keys()
        .chain(second.keys())
        .copied()
        .collect::<BTreeSet<u64>>()
        .into_iter()
        .collect();
    let mut generator = ChaCha8Rng::seed_from_u64(6);
    let mut one = || {
        let (mut sums, mut counts) = ([0.0; 2], [0.0; 2]);
        for _ in 0..persons.len() {
            let person = persons[((u64::from(generator.next_u32()) * persons.len() as u64) >> 32) as usize];
            for (wave, scores) in [&first, &second].into_iter().enumerate() {
                if let Some(score) = scores.get(&person) {
                    sums[wave] += score;
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

/// No panel, 30 %, 60 % and everybody: the formula on the linked rows to the last digits, the bootstrap of persons within its noise.
#[test]
fn errors_under_overlap_are_those_of_the_linked_file() {
    let definition = definition(RANDOM);
    let before = wave(1, 0, 300, 1);
    for (first, share) in [(300, 0.0), (210, 0.3), (120, 0.6), (0, 1.0)] {
        let after = wave(2, first, first + 300, 2);
        let comparison = compared(&definition, &before, &after);
        let change = index(&comparison);
        let units = comparison.shared.unwrap();
        assert_eq!((units.kind, units.before, units.after), (LinkKind::Respondents, 300, 300));
        near(units.shares().1, share, 1e-12);
        let variance = change.standard_error.unwrap() * change.standard_error.unwrap();
        near(variance, linked_variance(&before, &after), 1e-9);
        // A variance from 4,000 replicates is known to √(2/4,000) = 2.2 %; resampling makes the sizes of the waves vary, too.
        near(variance, bootstrap_variance(&before, &after, 4_000), 0.08);
        assert_eq!(change.correlation.is_some(), share > 0.0);
        assert!(change.correlation.is_none_or(|r| r > 0.3 * share), "{:?}", change.correlation);
        let independent = change.standard_error_independent.unwrap();
        assert!(change.standard_error.unwrap() < independent || share == 0.0);
    }
}

/// Everybody in both waves: the paired difference, with the degrees of freedom of pairs.
#[test]
fn a_full_panel_is_the_paired_test() {
    let (before, after) = (wave(1, 0, 120, 1), wave(2, 0, 120, 2));
    let comparison = compared(&definition(RANDOM), &before, &after);
    let change = index(&comparison);
    let differences: Vec<f64> = before.iter().zip(&after).map(|(b, a)| score(a) - score(b)).collect();
    let n = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / n;
    let variance = differences.iter().map(|d| (d - mean) * (d - mean)).sum::<f64>() / (n - 1.0) / n;
    near(change.change_points.unwrap(), mean, 1e-10);
    near(change.standard_error.unwrap(), variance.sqrt(), 1e-9);
    near(change.df.unwrap(), n - 1.0, 1e-9);
    // The same answers twice: no change, no error, no test.
    let same = compared(&definition(RANDOM), &before, &before);
    let change = index(&same);
    assert!(change.change_points.unwrap().abs() < 1e-12 && change.standard_error.unwrap() < 1e-6);
}

/// Estimated weights: everything is estimated anew without each person, in both waves at once, by whole runs of the program.
#[test]
fn estimated_weights_against_a_jackknife_of_whole_runs() {
    let extra =
        "[model]\nweights = \"pls\"\n[model.paths]\nsatisfaction = [\"quality\"]\n[design]\nmethod = \"simple-random\"\nreplicates = 0\n";
    let definition = definition(extra).replace("domains = [\"type\"]\n", "");
    let (before, after) = (wave(1, 0, 36, 1), wave(2, 0, 36, 2));
    let comparison = compared(&definition, &before, &after);
    let change = index(&comparison);
    let full = change.change_points.unwrap();
    let without = |person: usize| {
        let rest = |rows: &[Row]| {
            rows.iter()
                .enumerate()
                .filter(|(at, _)| *at != person)
                .map(|(_, r)| r.clone())
                .collect::<Vec<_>>()
        };
        index(&compared(&definition, &rest(&before), &rest(&after))).change_points.unwrap()
    };
    let squares: f64 = (0..36).map(|person| (without(person) - full) * (without(person) - full)).sum();
    near(change.standard_error.unwrap(), (35.0 / 36.0 * squares).sqrt(), 1e-6);
    assert!(change.correlation.unwrap() > 0.3);
}

/// Clusters drawn in both waves with other people in them: by cluster totals, by hand.
#[test]
fn shared_clusters_correlate_whoever_answers_in_them() {
    let definition = definition(RANDOM).replace("respondent = \"id\"\n", "psu = \"branch\"\n");
    let first: Vec<Row> = wave(1, 0, 200, 1).into_iter().filter(|r| r.branch < 9).collect();
    let second: Vec<Row> = wave(2, 1000, 1200, 1).into_iter().filter(|r| r.branch > 2).collect();
    let comparison = compared(&definition, &first, &second);
    let change = index(&comparison);
    let units = comparison.shared.unwrap();
    assert_eq!((units.kind, units.shared, units.before, units.after), (LinkKind::Clusters, 6, 9, 9));
    let totals = |rows: &[Row]| {
        let mean = rows.iter().map(score).sum::<f64>() / rows.len() as f64;
        let mut totals: BTreeMap<u64, f64> = BTreeMap::new();
        rows.iter()
            .for_each(|r| *totals.entry(r.branch).or_default() += (score(r) - mean) / rows.len() as f64);
        totals
    };
    let (a, b) = (totals(&first), totals(&second));
    let own = |t: &BTreeMap<u64, f64>| 9.0 / 8.0 * t.values().map(|z| z * z).sum::<f64>();
    let products: f64 = a.iter().filter_map(|(branch, z)| Some(z * b.get(branch)?)).sum();
    let covariance = products / (1.0 - 2.0 / 9.0 + 6.0 / 81.0);
    near(change.standard_error.unwrap(), (own(&a) + own(&b) - 2.0 * covariance).sqrt(), 1e-9);
    near(change.correlation.unwrap(), covariance / (own(&a) * own(&b)).sqrt(), 1e-9);
    assert!(change.correlation.unwrap() > 0.2);
}

/// Strata with known sizes: stratum by stratum, each with its finite population correction, by hand.
#[test]
fn strata_and_finite_populations_by_hand() {
    let head = HEAD
        .replace("responses = \"1.csv\"", "responses = \"1.csv\"\nframe = \"f.csv\"")
        .replace("responses = \"2.csv\"", "responses = \"2.csv\"\nframe = \"f.csv\"");
    let text = format!("{head}[columns]\nrespondent = \"id\"\nstrata = [\"type\"]\n[design]\nmethod = \"stratified\"\n");
    let sizes = BTreeMap::from([("new", 400.0), ("old", 150.0)]);
    let (before, after) = (wave(1, 0, 150, 1), wave(2, 60, 210, 2));
    let (survey, warnings) = survey::parse("survey.toml", "panel", &text).unwrap_or_else(|r| panic!("{:?}", r.0));
    let files = BTreeMap::from([
        ("1.csv".to_owned(), csv(&before)),
        ("2.csv".to_owned(), csv(&after)),
        ("f.csv".to_owned(), b"type,population\nnew,400\nold,150\n".to_vec()),
    ]);
    let run = pipeline::run(&survey, &text, &warnings, &Memory(files), Wanted::default(), &|_, _| {}).unwrap();
    let comparison = &run.assessment.comparisons[0];
    let (mut variance, mut covariance) = (0.0, 0.0);
    for (kind, size) in sizes {
        let of = |rows: &[Row]| {
            rows.iter()
                .filter(|r| r.kind == kind)
                .map(|r| (r.id, score(r)))
                .collect::<BTreeMap<u64, f64>>()
        };
        let (x, y) = (of(&before), of(&after));
        let mean = |v: &BTreeMap<u64, f64>| v.values().sum::<f64>() / v.len() as f64;
        let (mx, my, n1, n2) = (mean(&x), mean(&y), x.len() as f64, y.len() as f64);
        let weight: f64 = size / 550.0;
        let own = |v: &BTreeMap<u64, f64>, m: f64| {
            let n = v.len() as f64;
            (1.0 - n / size) * v.values().map(|s| (s - m) * (s - m)).sum::<f64>() / (n - 1.0) / n
        };
        variance += weight * weight * (own(&x, mx) + own(&y, my));
        let pairs: Vec<f64> = x.iter().filter_map(|(id, s)| Some((s - mx) * (y.get(id)? - my))).collect();
        let n_c = pairs.len() as f64;
        // Cov = (n_c/(n₁n₂) − 1/N) S₁₂, S₁₂ from the pairs.
        let s12 = pairs.iter().sum::<f64>() / n_c / (1.0 - 1.0 / n1 - 1.0 / n2 + n_c / (n1 * n2));
        covariance += weight * weight * (n_c / (n1 * n2) - 1.0 / size) * s12;
    }
    near(
        index(comparison).standard_error.unwrap(),
        (variance - 2.0 * covariance).sqrt(),
        1e-9,
    );
}

/// Linearisation and leaving out are two routes to the same correlation: equal weights against weights that come out equal.
#[test]
fn two_routes_to_a_correlation() {
    let (before, after) = (wave(1, 0, 200, 1), wave(2, 100, 300, 2));
    let linear = compared(&definition(RANDOM), &before, &after);
    // With one item a dimension, stated shares are 1 however they are estimated, and errors come from replicates.
    let one_item = |text: String| text.replace("[\"a\", \"b\"]", "[\"a\"]").replace("[\"c\", \"d\"]", "[\"c\"]");
    let replicated = one_item(definition(
        "[design]\nmethod = \"simple-random\"\nreplicates = 0\n[model]\nweights = \"entropy\"\n",
    ));
    let replicated = compared(&replicated, &before, &after);
    let item = linear.of(Family::Items).find(|c| c.quantity == "c").unwrap();
    let dimension = index(&replicated);
    near(dimension.change_points.unwrap(), item.change_points.unwrap(), 1e-9);
    near(dimension.correlation.unwrap(), item.correlation.unwrap(), 1e-6);
    near(dimension.standard_error.unwrap(), item.standard_error.unwrap(), 1e-6);
}

#[test]
fn numbers_that_do_not_carry_over_are_not_linked() {
    let (before, after) = (wave(1, 0, 80, 1), wave(2, 0, 80, 2));
    let apart = compared(&definition(&format!("{RANDOM}[trend]\nlinked = false\n")), &before, &after);
    assert_eq!(apart.shared, None);
    assert_eq!(index(&apart).standard_error, index(&apart).standard_error_independent);
}

/// The order of the rows has no say in any number of a comparison.
#[test]
fn row_order_does_not_matter() {
    let (mut before, mut after) = (wave(1, 0, 90, 1), wave(2, 40, 130, 2));
    let text = definition(RANDOM);
    let one = compared(&text, &before, &after);
    before.reverse();
    after.rotate_left(31);
    assert_eq!(one, compared(&text, &before, &after));
}

/// Families are tested apart; the definition says which adjustment decides, and δ is held against every change.
#[test]
fn families_margins_and_adjustments() {
    let (before, after) = (wave(1, 0, 250, 1), wave(2, 250, 500, 2));
    let text = definition(&format!(
        "{RANDOM}[trend]\nequivalence_margin = 40.0\nadjustment = \"benjamini-hochberg\"\npower = 0.9\n"
    ));
    let comparison = compared(&text, &before, &after);
    let families = |family| comparison.of(family).count();
    assert_eq!(families(Family::Index), 1);
    assert_eq!(
        families(Family::Dimensions),
        1,
        "the dimension that is the index is not there twice"
    );
    assert_eq!(
        (
            families(Family::Items),
            families(Family::Domains),
            families(Family::DomainDimensions)
        ),
        (4, 2, 2)
    );
    let p: Vec<Option<f64>> = comparison.of(Family::Items).map(|c| c.p_value).collect();
    let adjusted: Vec<Option<f64>> = comparison.of(Family::Items).map(|c| c.p_value_bh).collect();
    assert_eq!(manyidu::stats::benjamini_hochberg(&p), adjusted);
    assert_eq!(index(&comparison).p_value, index(&comparison).p_value_holm);
    for change in comparison.changes.iter().chain(&comparison.details) {
        let equivalence = change.equivalence.unwrap();
        assert_eq!(equivalence.holds, change.smallest_margin.unwrap() < 40.0);
        let significant = change.p_value_bh.unwrap() < 0.05;
        assert_eq!(matches!(change.direction, Direction::Up | Direction::Down), significant);
        let (found, detected) = (
            change.smallest_significant_change.unwrap(),
            change.smallest_detectable_change.unwrap(),
        );
        assert!(detected > found * 1.5 && detected < found * 1.8);
    }
}

/// api00 − api99 of the stratified sample, with finite population correction: two "waves" of the same schools. R's `survey`:
/// `svycontrast(svymean(~api00 + api99, dstrat), c(1, -1))` gives 32.893, SE 2.0511. (A note of the project's names `apiclus1` with
/// these numbers; the cluster sample's contrast is 37.191.)
#[test]
fn the_contrast_of_the_stratified_sample() {
    let (api, design) = api_design("strat_fpc");
    let domain = Domain::whole(&design, LonelyPsuPolicy::Fail);
    let of = |name: &str| mean(&domain, &api.variable(name)).unwrap();
    let (first, second) = (of("api99"), of("api00"));
    let covariance = domain.covariance(&[&first, &second]).unwrap().covariance;
    let wave = |value: f64, at: usize| WaveEstimate {
        value,
        standard_error: covariance[(at, at)].sqrt(),
        df: Some(197.0),
    };
    let overlap = Overlap {
        correlation: covariance[(0, 1)] / (covariance[(0, 0)] * covariance[(1, 1)]).sqrt(),
        share_before: 1.0,
        share_after: 1.0,
    };
    let change = change_with_overlap(wave(first.value, 0), wave(second.value, 1), overlap, 0.95).unwrap();
    assert!((change.value - 32.893).abs() < 5e-4, "{}", change.value);
    assert!((change.standard_error - 2.0511).abs() < 5e-5, "{}", change.standard_error);
    near(change.df.unwrap(), 197.0, 1e-6);
}

/// The index of a group less that of everybody else, by a jackknife of persons over the rows.
fn against_the_rest(rows: &[Row], kind: &str) -> (f64, f64) {
    let difference = |without: Option<usize>| {
        let mean = |inside: bool| {
            let chosen = rows
                .iter()
                .enumerate()
                .filter(|(at, r)| Some(*at) != without && (r.kind == kind) == inside);
            let scores: Vec<f64> = chosen.map(|(_, r)| score(r)).collect();
            scores.iter().sum::<f64>() / scores.len() as f64
        };
        mean(true) - mean(false)
    };
    let (full, n) = (difference(None), rows.len() as f64);
    let squares: f64 = (0..rows.len()).map(|at| difference(Some(at)) - full).map(|d| d * d).sum();
    (full, ((n - 1.0) / n * squares).sqrt())
}

/// A group stands against the rest, not against the total; with two groups that is the pair, and one is the other with its sign turned.
#[test]
fn groups_against_the_rest_by_hand() {
    let rows = wave(1, 0, 150, 1);
    let assessment = run(&definition(RANDOM), &rows, &wave(2, 300, 450, 2));
    let column = &assessment.waves[0].segments[0];
    assert_eq!((column.column.as_str(), column.tests, column.pair_tests), ("type", 2, 1));
    let [new, old] = column.segments.as_slice() else {
        panic!("two groups")
    };
    for segment in [new, old] {
        let (difference, error) = against_the_rest(&rows, &segment.category);
        let found = segment.difference.unwrap();
        near(found.value, difference, 1e-9);
        near(found.standard_error.unwrap(), error, 1e-9);
        assert_eq!(segment.n, rows.iter().filter(|r| r.kind == segment.category).count() as u64);
        near(segment.n_effective.unwrap(), segment.n as f64, 1e-9);
        // Two parts of very different size have fewer degrees of freedom than the sample.
        assert!(found.df.unwrap() < 148.0 && found.df.unwrap() > segment.n.min(150 - segment.n) as f64 - 2.0);
    }
    let (a, b) = (new.difference.unwrap(), old.difference.unwrap());
    near(a.value, -b.value, 1e-12);
    near(
        new.rest.unwrap().value,
        assessment.waves[0].domains[1].index.estimate.unwrap().value,
        1e-12,
    );
    assert_eq!((new.letter, old.letter), (Some('A'), Some('B')));
}

/// Four groups, one of them far above: marked, lettered, and the others told apart from chance only where they can be.
#[test]
fn a_group_that_stands_out_is_marked() {
    let kinds = ["east", "west", "north", "south"];
    let better = |mut row: Row| {
        row.kind = kinds[(row.id % 4) as usize];
        row.answers = row.answers.map(|a| if row.id % 4 == 1 { (a + 1).min(5) } else { a.min(4) });
        row
    };
    let rows: Vec<Row> = wave(1, 0, 240, 1).into_iter().map(better).collect();
    let assessment = run(&definition(RANDOM), &rows, &rows);
    let column = &assessment.waves[0].segments[0];
    let of = |name: &str| column.segments.iter().find(|s| s.category == name).unwrap();
    let west: &Segment = of("west");
    assert_eq!(west.standing, Standing::Above);
    let letters: String = west.higher_than.iter().map(|l| l.letter).collect();
    assert_eq!(letters, "ABC", "east, north and south, in this order");
    assert!(
        column
            .segments
            .iter()
            .all(|s| s.standing != Standing::Above || s.category == "west")
    );
    let p: Vec<Option<f64>> = column.segments.iter().map(|s| s.p_value).collect();
    let adjusted: Vec<Option<f64>> = column.segments.iter().map(|s| s.p_value_bh).collect();
    assert_eq!(manyidu::stats::benjamini_hochberg(&p), adjusted);
    assert_eq!((column.tests, column.pair_tests), (4, 6));
}

/// Where a group is too small to be reported on, no rest tells what it keeps back.
#[test]
fn a_rest_does_not_give_away_a_small_group() {
    let mut rows = wave(1, 0, 100, 1);
    rows.iter_mut().for_each(|r| r.kind = if r.id < 6 { "old" } else { "new" });
    let assessment = run(&definition(RANDOM), &rows, &rows);
    let column = &assessment.waves[0].segments[0];
    assert!(
        column
            .segments
            .iter()
            .all(|s| s.rest.is_none() && s.difference.is_none() && s.higher_than.is_empty())
    );
    assert_eq!((column.tests, column.pair_tests), (0, 0));
}
