//! What the weights stand on, through the whole program: two stages against R's numbers for `apiclus2`, non-response classes against the
//! factors of the reference, strata that nobody answered, combinations of categories, and samples that are not random.

use super::support::{api::Api, text};
use manyidu::assessment::{Assessment, WaveAssessment};
use manyidu::finding::Code;
use manyidu::index::routes::FinitePopulation;
use manyidu::io::Memory;
use manyidu::pipeline::{self, Run, Wanted};
use manyidu::{report, survey};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

fn try_run(definition: &str, files: &[(&str, String)]) -> Result<Run, Vec<Code>> {
    let told = |refusal: manyidu::finding::Refusal| refusal.0.iter().map(|f| f.code).collect::<Vec<_>>();
    let (survey, warnings) = survey::parse("survey.toml", "ground", definition).map_err(told)?;
    let files: BTreeMap<String, Vec<u8>> = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.clone().into_bytes()))
        .collect();
    pipeline::run(&survey, definition, &warnings, &Memory(files), Wanted::default(), &|_, _| {}).map_err(told)
}

fn near(what: &str, actual: f64, expected: f64) {
    assert!(
        (actual - expected).abs() <= 1e-8 * expected.abs(),
        "{what}: {actual} is not {expected}"
    );
}

/// The districts of `apiclus2` drawn from 757, schools within them: item scores are R's means and standard errors times 100.
#[test]
fn two_stages_are_those_of_the_reference() {
    let api = Api::read("clus2");
    let (districts, units) = (api.text("dnum"), api.counts("fpc2"));
    let mut answers = "school,district,aw,meals,ell\n".to_owned();
    for row in 0..districts.len() {
        let awarded = if api.text("awards")[row] == "Yes" { 2 } else { 1 };
        let (meals, ell) = (&api.text("meals")[row], &api.text("ell")[row]);
        writeln!(answers, "s{row},d{},{awarded},{meals},{ell}", districts[row]).unwrap();
    }
    let drawn: BTreeMap<&String, u64> = districts.iter().zip(units).collect();
    let mut list = "district,units\n".to_owned();
    drawn
        .iter()
        .for_each(|(district, units)| writeln!(list, "d{district},{units}").unwrap());
    (drawn.len()..757).for_each(|other| writeln!(list, "other-{other},9").unwrap());
    let definition = "title = \"t\"\n[[waves]]\nid = \"w\"\nresponses = \"r.csv\"\nclusters = \"c.csv\"\n[columns]\nrespondent = \"school\"\npsu = \"district\"\n[scales.yes]\nmin = 1\nmax = 2\n[scales.percent]\nmin = 0\nmax = 100\n[items.aw]\nscale = \"yes\"\n[items.meals]\nscale = \"percent\"\n[items.ell]\nscale = \"percent\"\n[[dimensions]]\nid = \"a\"\nitems = [\"aw\"]\n[[dimensions]]\nid = \"m\"\nitems = [\"meals\"]\n[[dimensions]]\nid = \"e\"\nitems = [\"ell\"]\n[design]\nmethod = \"simple-random\"\n";
    let run = try_run(definition, &[("r.csv", answers.clone()), ("c.csv", list.clone())]).unwrap();
    let wave = &run.assessment.waves[0];
    let reference: serde_json::Value = serde_json::from_str(&text("tests/reference/api_estimates.json")).unwrap();
    let mean = &reference["designs"]["clus2_fpc"]["mean"];
    for (item, (name, unit)) in wave.items.iter().zip([("aw", 100.0), ("meals", 1.0), ("ell", 1.0)]) {
        let estimate = item.score.estimate.unwrap();
        near(name, estimate.value, unit * mean["est"][name].as_f64().unwrap());
        near(name, estimate.standard_error.unwrap(), unit * mean["se"][name].as_f64().unwrap());
        assert_eq!(estimate.df, Some(39.0));
    }
    let design = wave.design.as_ref().unwrap();
    assert_eq!(design.finite_population, FinitePopulation::BothStages);
    near(
        "weights",
        wave.weights.steps[0].sum,
        reference["designs"]["clus2_fpc"]["sum_w"].as_f64().unwrap(),
    );
    // A cluster that is not listed, and one with fewer customers than answered, stop the run.
    let first = drawn.keys().next().unwrap();
    let without = list.replace(&format!("\nd{first},"), "\nelsewhere,");
    let unlisted = try_run(definition, &[("r.csv", answers.clone()), ("c.csv", without)]).unwrap_err();
    assert_eq!(unlisted, [Code::ClusterNotListed]);
    let full = drawn.iter().find(|(_, units)| **units > 1).unwrap();
    let small = list.replace(&format!("\nd{},{}\n", full.0, full.1), &format!("\nd{},1\n", full.0));
    let codes = try_run(definition, &[("r.csv", answers), ("c.csv", small)]).err();
    let respondents = districts.iter().filter(|d| d == full.0).count();
    assert_eq!(codes.is_some(), respondents > 1);
}

const CLASSED: &str = "title = \"t\"\n[[waves]]\nid = \"w\"\nresponses = \"r.csv\"\nframe = \"f.csv\"\ncases = \"c.csv\"\n[cases]\nproperties = [\"meals\"]\n[columns]\nrespondent = \"id\"\nstrata = [\"stype\"]\n[scales.s]\nmin = 1\nmax = 5\n[[dimensions]]\nid = \"d\"\nitems = [\"a\"]\n[design]\nmethod = \"stratified\"\n";

/// Frame, cases and answers from drawn and answered numbers by stratum and class.
fn classed(cells: &[(&str, &str, u64, u64)]) -> [(&'static str, String); 3] {
    let people = BTreeMap::from([("E", 4421_u64), ("H", 755), ("M", 1018)]);
    let mut frame = "stype,population,drawn\n".to_owned();
    for (stratum, population) in &people {
        let drawn: u64 = cells.iter().filter(|c| c.0 == *stratum).map(|c| c.2).sum();
        writeln!(frame, "{stratum},{population},{drawn}").unwrap();
    }
    let (mut cases, mut answers) = ("id,stype,meals,code\n".to_owned(), "id,stype,a\n".to_owned());
    for (stratum, class, drawn, answered) in cells {
        for number in 0..*drawn {
            let id = format!("{stratum}-{class}-{number}");
            let code = if number < *answered { "1.1" } else { "2.2" };
            writeln!(cases, "{id},{stratum},{class},{code}").unwrap();
            if number < *answered {
                writeln!(answers, "{id},{stratum},{}", 1 + number % 5).unwrap();
            }
        }
    }
    [("f.csv", frame), ("c.csv", cases), ("r.csv", answers)]
}

fn reference_cells() -> (Vec<(&'static str, &'static str, u64, u64)>, Vec<Option<f64>>) {
    let reference: serde_json::Value = serde_json::from_str(&text("tests/reference/nonresponse.json")).unwrap();
    let cells = &reference["nonresponse_cells"];
    let names = [
        ("E", "a"),
        ("E", "b"),
        ("E", "c"),
        ("H", "a"),
        ("H", "b"),
        ("H", "c"),
        ("M", "a"),
        ("M", "b"),
        ("M", "c"),
    ];
    let n = |key: &str, at: usize| cells[key][at].as_u64().unwrap();
    let rows = names.iter().enumerate().map(|(at, (s, c))| (*s, *c, n("n", at), n("n_resp", at)));
    (
        rows.collect(),
        cells["factor"].as_array().unwrap().iter().map(serde_json::Value::as_f64).collect(),
    )
}

/// The factors of the reference, cell by cell; its empty cell is refused by name, and the classes of the strata keep all customers.
#[test]
fn classes_of_nonresponse_have_the_factors_of_the_reference() {
    let (cells, factors) = reference_cells();
    let by_cell = format!("{CLASSED}[weighting]\nnonresponse = [\"stype\", \"meals\"]\n");
    assert_eq!(try_run(&by_cell, &classed(&cells)).unwrap_err(), [Code::ResponseClassEmpty]);
    let without: Vec<_> = cells.iter().copied().filter(|c| c.3 > 0).collect();
    let wave = try_run(&by_cell, &classed(&without)).unwrap().assessment.waves.remove(0);
    let expected: Vec<f64> = factors.iter().flatten().copied().collect();
    assert_eq!(wave.weights.classes.len(), expected.len());
    for (class, expected) in wave.weights.classes.iter().zip(expected) {
        near(&class.class, class.factor, expected);
    }
    let step = |name: &str| wave.weights.steps.iter().find(|s| s.step == name).unwrap();
    // Before the frame comes in the classes alone carry everybody who was drawn, and so all customers.
    near("customers", step("nonresponse").sum, 6194.0);
    near("customers", step("poststratification").sum, 6194.0);
    let by_stratum = format!("{CLASSED}[weighting]\nnonresponse = [\"stype\"]\n");
    let wave = try_run(&by_stratum, &classed(&cells)).unwrap().assessment.waves.remove(0);
    let reference: serde_json::Value = serde_json::from_str(&text("tests/reference/nonresponse.json")).unwrap();
    let collapsed = &reference["nonresponse_collapsed_stype"];
    for (class, expected) in wave.weights.classes.iter().zip(collapsed["factor"].as_array().unwrap()) {
        near(&class.class, class.factor, expected.as_f64().unwrap());
    }
    let last = wave.weights.steps.last().unwrap();
    near("customers", last.sum, collapsed["sum_w"].as_f64().unwrap());
}

/// A class that answers badly and is less content: with classes the mean is that of all drawn, by hand.
#[test]
fn classes_bring_the_drawn_back() {
    let cells = [
        ("E", "a", 40, 10),
        ("E", "b", 40, 40),
        ("H", "a", 20, 10),
        ("H", "b", 20, 20),
        ("M", "a", 30, 10),
        ("M", "b", 30, 30),
    ];
    let [frame, cases, (name, answers)] = classed(&cells);
    // Class a answers 2, class b 4: the mean of everybody drawn is 3, in scores 50.
    let answers: String = answers
        .lines()
        .map(|line| match line.rsplit_once(',') {
            Some((rest, "a")) => format!("{rest},a\n"),
            Some((rest, _)) => format!("{rest},{}\n", if rest.contains("-a-") { 2 } else { 4 }),
            None => String::new(),
        })
        .collect();
    let files = [frame, cases, (name, answers)];
    let index = |definition: &str| {
        try_run(definition, &files).unwrap().assessment.waves[0]
            .index
            .estimate
            .unwrap()
            .value
    };
    let plain = index(CLASSED);
    let classed = index(&format!("{CLASSED}[weighting]\nnonresponse = [\"meals\", \"stype\"]\n"));
    near("index", classed, 50.0);
    assert!(plain > 60.0, "{plain}");
    // A column that nobody knows of the drawn is an error of the definition.
    let unknown = format!("{CLASSED}[weighting]\nnonresponse = [\"a\"]\n");
    assert_eq!(try_run(&unknown, &files).unwrap_err(), [Code::UnknownReference]);
}

const STRATA: &str = "title = \"t\"\n[[waves]]\nid = \"w\"\nresponses = \"r.csv\"\nframe = \"f.csv\"\n[columns]\nstrata = [\"s\"]\n[scales.s]\nmin = 1\nmax = 5\n[[dimensions]]\nid = \"d\"\nitems = [\"a\"]\n";

fn strata_files(frame: &str) -> [(&'static str, String); 2] {
    let answers = (0..24).map(|i| format!("{},{}\n", if i < 12 { "north" } else { "south" }, 1 + i % 5));
    [
        ("f.csv", frame.to_owned()),
        ("r.csv", std::iter::once("s,a\n".to_owned()).chain(answers).collect()),
    ]
}

/// A stratum that was sampled and not answered stops the run, unless the definition says who carries its customers.
#[test]
fn a_sampled_stratum_without_answer_is_an_error_or_merged() {
    let stratified = format!("{STRATA}[design]\nmethod = \"stratified\"\n");
    let files = strata_files("s,population,drawn\nnorth,450,20\nsouth,300,20\nwest,100,5\n");
    assert_eq!(try_run(&stratified, &files).unwrap_err(), [Code::StratumUnanswered]);
    let merged = format!("{stratified}[weighting]\nmerge_strata = [[\"south\", \"west\"]]\n");
    let run = try_run(&merged, &files).unwrap();
    let wave = &run.assessment.waves[0];
    let codes: BTreeSet<Code> = wave.findings.iter().map(|f| f.code).collect();
    assert!(codes.contains(&Code::StrataMerged) && codes.contains(&Code::StratumEmpty));
    let weights: Vec<(&str, f64)> = wave.weights.strata.iter().map(|s| (s.stratum.as_str(), s.final_weight)).collect();
    assert_eq!(weights[0].0, "north");
    near("north", weights[0].1, 450.0 / 12.0);
    assert_eq!(weights[1].0, "south + west");
    near("merged", weights[1].1, 400.0 / 12.0);
    // The coverage still tells every stratum.
    assert_eq!(wave.coverage.strata.len(), 3);
    let text = report_text(&run.assessment);
    assert!(text.contains("south + west"));
    // Of whom nobody was drawn, nobody is missing: told, not refused.
    let undrawn = strata_files("s,population,drawn\nnorth,450,20\nsouth,300,20\nwest,100,0\n");
    assert!(try_run(&stratified, &undrawn).is_ok());
    let unknown = format!("{stratified}[weighting]\nmerge_strata = [[\"south\", \"east\"]]\n");
    assert!(try_run(&unknown, &files).unwrap_err().contains(&Code::UnknownReference));
    let alone = format!("{stratified}[weighting]\nmerge_strata = [[\"south\"]]\n");
    assert_eq!(try_run(&alone, &files).unwrap_err(), [Code::WrongValue]);
}

fn report_text(assessment: &Assessment) -> String {
    let files = report::files(assessment, &report::Kind::ALL).unwrap_or_else(|e| panic!("{e}"));
    let english = files.into_iter().filter(|(name, _)| name.ends_with("en.html"));
    english.map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

/// More combinations than a cell's key can number are refused by name, not counted wrongly.
#[test]
fn too_many_combinations_are_an_error() {
    let definition = "title = \"t\"\nresponses = \"r.csv\"\n[columns]\ndomains = [\"x\", \"y\"]\n[scales.s]\nmin = 1\nmax = 5\n[[dimensions]]\nid = \"d\"\nitems = [\"a\"]\n";
    let rows = |n: u32| {
        std::iter::once("x,y,a\n".to_owned())
            .chain((0..n).map(|i| format!("x{},y{},3\n", i % 300, i / 300)))
            .collect::<String>()
    };
    assert_eq!(
        try_run(definition, &[("r.csv", rows(65_600))]).unwrap_err(),
        [Code::TooManyCombinations]
    );
}

fn not_random(method: &str, more: &str) -> WaveAssessment {
    let definition = format!("{STRATA}[design]\nmethod = \"{method}\"\n{more}");
    try_run(&definition, &strata_files("s,population\nnorth,400\nsouth,300\n"))
        .unwrap()
        .assessment
        .waves
        .remove(0)
}

/// A sample that is not random has values and a stated limitation; intervals only where the definition calls them those of a model.
#[test]
fn samples_that_are_not_random_claim_no_precision() {
    for method in ["quota", "convenience", "opt-in-panel", "unknown"] {
        let bare = not_random(method, "");
        let index = bare.index.estimate.unwrap();
        assert!(
            index.precision_withheld && index.standard_error.is_none() && index.interval.is_none(),
            "{method}"
        );
        assert!(bare.items.iter().all(|i| i.score.estimate.unwrap().interval.is_none()));
        assert!(bare.without_exclusions.index.estimate.unwrap().interval.is_none());
        assert!(bare.design.unwrap().routes.is_empty());
        let model = not_random(method, "model_based_intervals = true\n").index.estimate.unwrap();
        assert_eq!((model.value, model.precision_withheld), (index.value, false));
        assert!(model.interval.is_some());
    }
    let random = not_random("stratified", "").index.estimate.unwrap();
    assert!(random.interval.is_some() && !random.precision_withheld);
    let definition = format!("{STRATA}[design]\nmethod = \"quota\"\n");
    let run = try_run(&definition, &strata_files("s,population\nnorth,400\nsouth,300\n")).unwrap();
    let text = report_text(&run.assessment);
    assert!(text.contains("no margin of error is claimed") && !text.contains("hold only as if"));
}
