//! Second routes and laws that hold for the whole flow, on answers made up here.

use manyidu::assessment::Assessment;
use manyidu::design::estimate::{Domain, Estimate, mean};
use manyidu::design::replicates::ReplicateRule;
use manyidu::design::{LonelyPsuPolicy, SampleDesign, Stage};
use manyidu::index::linear::linear_estimate;
use manyidu::index::replicates::Jackknife;
use manyidu::io::Memory;
use manyidu::pipeline::{self, Wanted};
use manyidu::survey;
use manyidu::tally::{CellKey, Grouping, Tally};
use manyidu::weight::targets::Targets;
use proptest::prelude::*;

const HEAD: &str = "id = \"laws\"\ntitle = \"t\"\nresponses = \"r.csv\"\nframe = \"f.csv\"\n[columns]\nrespondent = \"id\"\nstrata = [\"s\"]\n[scales.x]\nmin = 1\nmax = 7\n[[dimensions]]\nid = \"quality\"\nitems = [\"a\", \"b\", \"c\"]\n";

type Row = (u8, [Option<u8>; 3]);

fn csv(rows: &[(usize, Row)]) -> Vec<u8> {
    let mut text = "id,s,a,b,c\n".to_owned();
    for (id, (stratum, answers)) in rows {
        let cells: Vec<String> = answers.iter().map(|a| a.map_or_else(String::new, |a| a.to_string())).collect();
        text.push_str(&format!("r{id},{},{}\n", ["东", "西"][usize::from(*stratum)], cells.join(",")));
    }
    text.into_bytes()
}

fn world(rows: &[(usize, Row)], frame: &str) -> Memory {
    Memory([("r.csv".to_owned(), csv(rows)), ("f.csv".to_owned(), frame.as_bytes().to_vec())].into())
}

fn assess(design: &str, rows: &[(usize, Row)], frame: &str) -> Assessment {
    let text = format!("{HEAD}{design}");
    let (survey, warnings) = survey::parse("survey.toml", "laws", &text).unwrap_or_else(|r| panic!("{:?}", r.0));
    let run = pipeline::run(&survey, &text, &warnings, &world(rows, frame), Wanted::default(), &|_, _| {});
    run.unwrap_or_else(|r| panic!("{:?}", r.0)).assessment
}

const FRAME: &str = "s,population\n东,300\n西,100\n";
const STRATIFIED: &str = "[design]\nmethod = \"stratified\"\n";

fn rows(complete: bool) -> impl Strategy<Value = Vec<(usize, Row)>> {
    let answer = if complete {
        (1_u8..=7).prop_map(Some).boxed()
    } else {
        prop::option::weighted(0.85, 1_u8..=7).boxed()
    };
    let row = (0_u8..2, [answer.clone(), answer.clone(), answer]);
    prop::collection::vec(row, 12..60)
        .prop_filter("both strata, twice at least", |rows| {
            (0..2).all(|s| rows.iter().filter(|r| r.0 == s).count() > 1)
        })
        .prop_filter("every item answered in some row", |rows| {
            (0..3).all(|i| rows.iter().any(|r| r.1[i].is_some()))
        })
        .prop_map(|rows| rows.into_iter().enumerate().collect())
}

/// The mean of the first item from the respondents, weighted to the frame: strata drawn, or one sample post-stratified.
fn of_respondents(rows: &[(usize, Row)], drawn_by_stratum: bool) -> Estimate {
    let strata: Vec<u8> = rows.iter().map(|(_, r)| r.0).collect();
    let people = |s: u8| [300_u64, 100][usize::from(s)];
    let stage = if drawn_by_stratum {
        let population: Vec<u64> = strata.iter().map(|s| people(*s)).collect();
        Stage::of_elements(rows.len()).stratified(&strata).with_population(&population)
    } else {
        Stage::of_elements(rows.len()).with_population(&vec![400; rows.len()])
    };
    let n = |s: u8| strata.iter().filter(|t| **t == s).count() as f64;
    let weights: Vec<f64> = strata.iter().map(|s| people(*s) as f64 / n(*s)).collect();
    let design = SampleDesign::new(&[stage], Some(&weights)).unwrap();
    let scores: Vec<Option<f64>> = rows.iter().map(|(_, r)| Some(f64::from(r.1[0]? - 1) / 6.0 * 100.0)).collect();
    let domain = Domain::whole(&design, LonelyPsuPolicy::Fail);
    let mut linearised = mean(&domain, &scores).unwrap();
    for s in 0..2 {
        let of_stratum = || (0..rows.len()).filter(|case| strata[*case] == s);
        let center = of_stratum().map(|case| linearised.influence[case]).sum::<f64>() / n(s);
        of_stratum().for_each(|case| linearised.influence[case] -= center);
    }
    domain.estimate(&linearised).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The order of the rows changes no byte of the estimates.
    #[test]
    fn row_order_does_not_matter(rows in rows(false), seed in 0_u64..1000) {
        let mut shuffled = rows.clone();
        shuffled.sort_by_key(|(id, _)| (*id as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15 ^ seed));
        let (a, b) = (assess(STRATIFIED, &rows, FRAME), assess(STRATIFIED, &shuffled, FRAME));
        prop_assert_eq!(&a.waves[0].index, &b.waves[0].index);
        prop_assert_eq!(&a.waves[0].dimensions, &b.waves[0].dimensions);
        prop_assert_eq!(&a.waves[0].items, &b.waves[0].items);
    }

    /// A mean from the tally is the textbook's stratified mean, value and standard error, computed from the rows.
    #[test]
    fn the_tally_route_is_the_respondent_route(rows in rows(true)) {
        let item = assess(STRATIFIED, &rows, FRAME).waves[0].items[0].score.estimate.unwrap();
        let direct = of_respondents(&rows, true);
        prop_assert!((item.value - direct.value).abs() < 1e-10);
        prop_assert!((item.standard_error.unwrap() - direct.standard_error).abs() < 1e-9);
    }

    /// A simple random sample held against a frame is post-stratified: the residuals' variance, computed from the rows.
    #[test]
    fn a_simple_random_sample_with_a_frame_is_post_stratified(rows in rows(true)) {
        let item = assess("[design]\nmethod = \"simple-random\"\n", &rows, FRAME).waves[0].items[0].score.estimate.unwrap();
        let direct = of_respondents(&rows, false);
        prop_assert!((item.value - direct.value).abs() < 1e-10);
        prop_assert!((item.standard_error.unwrap() - direct.standard_error).abs() < 1e-9);
        prop_assert_eq!(item.df, Some(direct.df as f64));
    }

    /// For a mean with nothing estimated and nothing missing, the delete-one jackknife is the linearised variance.
    #[test]
    fn the_jackknife_of_a_mean_is_its_linearised_variance(rows in rows(true)) {
        let text = format!("{HEAD}{STRATIFIED}");
        let (survey, _) = survey::parse("survey.toml", "laws", &text).unwrap();
        let world = world(&rows, FRAME);
        let responses = manyidu::ingest::ingest(&survey, &survey.waves[0], &world, &|_| {}).unwrap();
        let kept = vec![true; rows.len()];
        let tally = manyidu::tally::tally(&survey, &responses, &kept);
        let frame = manyidu::coverage::frame::read_frame(&survey, "f.csv", &world).unwrap();
        let (weights, _, _) = manyidu::weight::weigh(&survey, &responses, Some(&frame), &Targets::default(), &tally).unwrap();
        let linear = linear_estimate(&tally, &weights, &[1.0, 0.0, 0.0], |_| true).unwrap();
        let jackknife = Jackknife::new(&tally, &weights, &[]);
        let (coefficients, replicates): (Vec<f64>, Vec<_>) = jackknife.map(|r| vec![r.sums.mean(0)]).into_iter().unzip();
        let variance = ReplicateRule::jackknife(coefficients).variances(&[jackknife.total().mean(0)], &replicates)[0].unwrap();
        prop_assert!((variance - linear.variance.unwrap()).abs() < 1e-10 * (1.0 + variance), "{variance} {:?}", linear.variance);
    }

    /// The block kernel makes the cells that adding one case after the other makes.
    #[test]
    fn the_block_kernel_is_the_plain_route(rows in rows(false)) {
        let text = format!("{HEAD}{STRATIFIED}");
        let (survey, _) = survey::parse("survey.toml", "laws", &text).unwrap();
        let responses = manyidu::ingest::ingest(&survey, &survey.waves[0], &world(&rows, FRAME), &|_| {}).unwrap();
        let kernel = manyidu::tally::tally(&survey, &responses, &vec![true; rows.len()]).without_groups();
        let mut plain = Tally::new(3);
        for (_, (stratum, answers)) in &rows {
            let name = ["东", "西"][usize::from(*stratum)];
            let number = responses.strata.names().iter().position(|s| s == name).unwrap() as u16;
            let key = CellKey { stratum: number, ..CellKey::default() };
            plain.insert(key, &answers.map(|a| a.map(|code| code - 1)));
        }
        prop_assert_eq!(kernel.cells(), plain.cells());
    }

    /// Post-stratified weights reproduce the frame: Σw is the population, stratum by stratum.
    #[test]
    fn weights_sum_to_the_frame(rows in rows(false)) {
        let weights = assess(STRATIFIED, &rows, FRAME).waves[0].weights.clone();
        for (stratum, population) in [("东", 300.0), ("西", 100.0)] {
            let row = weights.strata.iter().find(|s| s.stratum == stratum).unwrap();
            prop_assert!((row.final_weight * row.n as f64 - population).abs() < 1e-9);
        }
        let last = weights.steps.last().unwrap();
        prop_assert!((last.sum - 400.0).abs() < 1e-9);
        prop_assert!(weights.n_effective.unwrap() <= rows.len() as f64 + 1e-9);
    }

    /// A frame ten times as large changes no value, and no standard error of a sample from an unlimited population.
    #[test]
    fn scaling_all_weights_changes_no_mean(rows in rows(false)) {
        let unknown = "[design]\nmethod = \"unknown\"\nmodel_based_intervals = true\n";
        let (small, large) = (assess(unknown, &rows, FRAME), assess(unknown, &rows, "s,population\n东,3000\n西,1000\n"));
        let (a, b) = (small.waves[0].index.estimate.unwrap(), large.waves[0].index.estimate.unwrap());
        prop_assert!((a.value - b.value).abs() < 1e-10);
        prop_assert!((a.standard_error.unwrap() - b.standard_error.unwrap()).abs() < 1e-10);
    }

    /// Reversing the codes and saying so changes nothing.
    #[test]
    fn reversed_twice_is_not_reversed(rows in rows(false)) {
        let turned: Vec<(usize, Row)> = rows.iter().map(|(id, (s, a))| (*id, (*s, a.map(|x| x.map(|x| 8 - x))))).collect();
        let flag = "[items.a]\nreversed = true\n[items.b]\nreversed = true\n[items.c]\nreversed = true\n";
        let (plain, reversed) = (assess(STRATIFIED, &rows, FRAME), assess(&format!("{flag}{STRATIFIED}"), &turned, FRAME));
        prop_assert_eq!(&plain.waves[0].index, &reversed.waves[0].index);
    }
}

/// The jackknife by random groups has the same target as the linearised variance: on 20,000 simulated answers with 200
/// groups its standard errors of item means agree within what 199 degrees of freedom allow (relative SE of a SE: 5 %).
#[test]
fn random_groups_give_the_linearised_standard_error() {
    use manyidu::simulate::{SimulationPlan, simulate};
    let mut world = Memory::default();
    simulate(&SimulationPlan::bench(20_000, 11), &mut world).unwrap();
    let text = String::from_utf8(world.0["survey.toml"].clone()).unwrap();
    let (survey, _) = survey::parse("survey.toml", "bench", &text).unwrap();
    let responses = manyidu::ingest::ingest(&survey, &survey.waves[0], &world, &|_| {}).unwrap();
    let tally = manyidu::tally::tally(&survey, &responses, &vec![true; responses.len()]);
    assert_eq!((tally.grouping(), tally.group_count()), (Grouping::RandomCases, 200));
    // Without a frame there is no finite population correction, which random groups cannot have.
    let (weights, _, _) = manyidu::weight::weigh(&survey, &responses, None, &Targets::default(), &tally).unwrap();
    let jackknife = Jackknife::new(&tally, &weights, &[]);
    let items = survey.scored_items;
    let means = jackknife.map(|r| (0..items).map(|j| r.sums.mean(j)).collect::<Vec<_>>());
    let (coefficients, replicates): (Vec<f64>, Vec<_>) = means.into_iter().unzip();
    let full: Vec<Option<f64>> = (0..items).map(|j| jackknife.total().mean(j)).collect();
    let mut total = 0.0;
    for (item, variance) in ReplicateRule::jackknife(coefficients)
        .variances(&full, &replicates)
        .into_iter()
        .enumerate()
    {
        let mut a = vec![0.0; survey.items.len()];
        a[item] = 1.0;
        let linear = linear_estimate(&tally, &weights, &a, |_| true).unwrap();
        let ratio = (variance.unwrap() / linear.variance.unwrap()).sqrt();
        assert!((0.8..1.25).contains(&ratio), "{item}: {ratio}");
        total += ratio / items as f64;
    }
    assert!((0.95..1.05).contains(&total), "{total}");
}

/// Everybody at the worst end gives exactly 0, everybody at the best end exactly 100.
#[test]
fn the_ends_of_the_scale_are_0_and_100() {
    for (answer, expected) in [(1, 0.0), (7, 100.0)] {
        let rows: Vec<(usize, Row)> = (0..12).map(|id| (id, ((id % 2) as u8, [Some(answer); 3]))).collect();
        let index = assess(STRATIFIED, &rows, FRAME).waves[0].index.estimate.unwrap();
        assert!((index.value - expected).abs() < 1e-12, "{}", index.value);
    }
}
