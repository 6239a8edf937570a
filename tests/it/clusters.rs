//! A survey drawn by clusters through the whole program: its standard errors against the design kernel, which sees every
//! respondent, and against a jackknife computed here by leaving clusters out of the file's rows.
//!
//! The answers are made here by a fixed rule: branches differ, so that respondents of one branch are alike.

use manyidu::assessment::{Assessment, WaveAssessment};
use manyidu::design::estimate::{Domain, Estimate, SimpleReference, mean, mean_design_effect};
use manyidu::design::hypothesis::goodness_of_fit::goodness_of_fit;
use manyidu::design::{LonelyPsuPolicy, SampleDesign, Stage};
use manyidu::finding::Code;
use manyidu::index::estimate::VarianceMethod;
use manyidu::index::routes::FinitePopulation;
use manyidu::io::Memory;
use manyidu::pipeline::{self, Wanted};
use manyidu::{report, survey};
use std::collections::BTreeMap;

const HEAD: &str = "id = \"branches\"\ntitle = \"t\"\nresponses = \"r.csv\"\n[columns]\nrespondent = \"id\"\nstrata = [\"region\"]\npsu = \"branch\"\ndomains = [\"type\"]\n[scales.x]\nmin = 1\nmax = 5\n[[dimensions]]\nid = \"quality\"\nitems = [\"a\", \"b\"]\n[[dimensions]]\nid = \"value\"\nitems = [\"c\"]\n[model]\nweights = \"equal\"\n";

#[derive(Clone)]
struct Case {
    region: &'static str,
    branch: usize,
    kind: &'static str,
    answers: [Option<u8>; 3],
}

/// A small fixed generator: the same rows in every run, on every machine.
fn cases(branches: &[(&'static str, usize)], with_gaps: bool) -> Vec<Case> {
    let mut state = 20_260_u64;
    let mut next = move |n: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % n
    };
    let mut cases = Vec::new();
    for &(region, branch) in branches {
        let level = next(3);
        for _ in 0..3 + next(6) {
            let mut answer = || {
                let code = 1 + level + next(3);
                let missing = with_gaps && next(8) == 0;
                (!missing).then_some(code as u8)
            };
            let answers = [answer(), answer(), answer()];
            let kind = ["old", "new"][next(2) as usize];
            cases.push(Case {
                region,
                branch,
                kind,
                answers,
            });
        }
    }
    cases
}

fn twelve_branches() -> Vec<(&'static str, usize)> {
    (0..12).map(|b| (if b < 7 { "north" } else { "south" }, b)).collect()
}

fn csv(cases: &[Case]) -> String {
    let mut text = "id,region,branch,type,a,b,c\n".to_owned();
    for (id, case) in cases.iter().enumerate() {
        let cells: Vec<String> = case.answers.iter().map(|a| a.map_or_else(String::new, |a| a.to_string())).collect();
        text += &format!("r{id},{},b{:02},{},{}\n", case.region, case.branch, case.kind, cells.join(","));
    }
    text
}

fn try_run(cases: &[Case], design: &str, frame: Option<&str>) -> Result<Assessment, Vec<Code>> {
    let named = if frame.is_some() { "frame = \"f.csv\"\n" } else { "" };
    let text = format!("{named}{HEAD}{design}");
    let (survey, warnings) = survey::parse("survey.toml", "branches", &text).unwrap_or_else(|r| panic!("{:?}", r.0));
    let mut files = BTreeMap::from([("r.csv".to_owned(), csv(cases).into_bytes())]);
    files.extend(frame.map(|f| ("f.csv".to_owned(), f.as_bytes().to_vec())));
    let run = pipeline::run(&survey, &text, &warnings, &Memory(files), Wanted::default(), &|_, _| {});
    run.map(|run| run.assessment)
        .map_err(|refusal| refusal.0.iter().map(|f| f.record().code).collect())
}

fn wave(cases: &[Case], design: &str, frame: Option<&str>) -> WaveAssessment {
    try_run(cases, design, frame).unwrap().waves.remove(0)
}

const STRATIFIED: &str = "[design]\nmethod = \"stratified\"\ndomain_base_min = 3\n";
const FRAME: &str = "region,population,psus\nnorth,700,20\nsouth,300,9\n";

fn people(region: &str) -> f64 {
    if region == "north" { 700.0 } else { 300.0 }
}

/// Weights of a sample brought to the frame.
fn weights(cases: &[Case]) -> Vec<f64> {
    let n = |region: &str| cases.iter().filter(|c| c.region == region).count() as f64;
    cases.iter().map(|c| people(c.region) / n(c.region)).collect()
}

fn design(cases: &[Case], framed: bool) -> SampleDesign {
    let psus: Vec<usize> = cases.iter().map(|c| c.branch).collect();
    let strata: Vec<&str> = cases.iter().map(|c| c.region).collect();
    let mut stage = Stage::new(&psus).stratified(&strata).nested();
    if framed {
        let counts: Vec<u64> = strata.iter().map(|s| if *s == "north" { 20 } else { 9 }).collect();
        stage = stage.with_population(&counts);
    }
    let weights = if framed { weights(cases) } else { vec![1.0; cases.len()] };
    SampleDesign::new(&[stage], Some(&weights)).unwrap()
}

/// Score of one respondent: the mean of two equally weighted dimensions, when every item was answered.
fn index_of(case: &Case) -> Option<f64> {
    let [a, b, c] = case.answers.map(|x| x.map(|x| f64::from(x - 1) / 4.0 * 100.0));
    Some(f64::midpoint(f64::midpoint(a?, b?), c?))
}

/// The kernel's estimate of a mean; residuals from stratum means where the weights are calibrated.
fn by_kernel(cases: &[Case], design: &SampleDesign, y: &[Option<f64>], calibrated: bool) -> Estimate {
    let domain = Domain::whole(design, LonelyPsuPolicy::Adjust);
    let mut linearised = mean(&domain, y).unwrap();
    for region in ["north", "south"].iter().filter(|_| calibrated) {
        let inside = || (0..cases.len()).filter(|i| cases[*i].region == *region);
        let weight: f64 = inside().map(|i| design.weights()[i]).sum();
        let sum: f64 = inside().map(|i| linearised.influence[i]).sum();
        inside().for_each(|i| linearised.influence[i] -= design.weights()[i] * sum / weight);
    }
    domain.estimate(&linearised).unwrap()
}

fn near(what: &str, actual: f64, expected: f64) {
    assert!(
        (actual - expected).abs() <= 1e-10 * expected.abs(),
        "{what}: {actual} is not {expected}"
    );
}

#[test]
fn standard_errors_of_branches_are_those_of_the_kernel() {
    for framed in [false, true] {
        let cases = cases(&twelve_branches(), false);
        let wave = wave(&cases, STRATIFIED, framed.then_some(FRAME));
        let design = design(&cases, framed);
        let y: Vec<Option<f64>> = cases.iter().map(index_of).collect();
        let (index, kernel) = (wave.index.estimate.unwrap(), by_kernel(&cases, &design, &y, framed));
        near("index", index.value, kernel.value);
        near("standard error", index.standard_error.unwrap(), kernel.standard_error);
        assert_eq!((index.df, index.method), (Some(10.0), VarianceMethod::Taylor));
        let interval = kernel.interval(0.95).unwrap();
        near("lower", index.interval.unwrap().lower, interval.lower);
        let facts = wave.design.unwrap();
        assert_eq!((facts.strata, facts.clusters, facts.df), (2, Some(12), 10));
        let expected = if framed {
            FinitePopulation::Clusters
        } else {
            FinitePopulation::None
        };
        assert_eq!(
            (facts.finite_population, facts.jackknife),
            (expected, VarianceMethod::JackknifeDeletePsu)
        );
        let route = facts.routes.iter().find(|r| r.subject == "index").unwrap();
        near("route", route.taylor, kernel.standard_error);
        if !framed {
            let domain = Domain::whole(&design, LonelyPsuPolicy::Fail);
            let effect = mean_design_effect(&domain, &y, &kernel, SimpleReference::WithReplacement).unwrap();
            near("design effect", route.design_effect.unwrap(), effect.value);
            // Branches differ by construction: respondents of one branch tell less than as many drawn alone.
            assert!(effect.value > 1.5, "{}", effect.value);
        }
    }
}

#[test]
fn missing_answers_are_a_domain_of_the_clusters() {
    let cases = cases(&twelve_branches(), true);
    for framed in [false, true] {
        let wave = wave(&cases, STRATIFIED, framed.then_some(FRAME));
        for (item, result) in wave.items.iter().enumerate() {
            let y: Vec<Option<f64>> = cases.iter().map(|c| Some(f64::from(c.answers[item]? - 1) / 4.0 * 100.0)).collect();
            let (score, kernel) = (
                result.score.estimate.unwrap(),
                by_kernel(&cases, &design(&cases, framed), &y, framed),
            );
            near("item", score.value, kernel.value);
            near("its standard error", score.standard_error.unwrap(), kernel.standard_error);
        }
    }
}

/// Every branch left out in turn, the rest brought to the frame again (or to its number of branches): by hand, from rows.
#[test]
fn the_jackknife_leaves_out_whole_branches() {
    let cases = cases(&twelve_branches(), false);
    let estimate = |kept: &[Case], weight: &dyn Fn(&Case) -> f64| {
        let (sum, total) = kept.iter().fold((0.0, 0.0), |(sum, total), c| {
            (sum + weight(c) * index_of(c).unwrap(), total + weight(c))
        });
        sum / total
    };
    let branches_of = |region: &str| if region == "north" { 7.0 } else { 5.0 };
    for framed in [false, true] {
        let whole = weights(&cases);
        let full = if framed {
            let by_region: BTreeMap<&str, f64> = cases.iter().zip(&whole).map(|(c, w)| (c.region, *w)).collect();
            estimate(&cases, &|c| by_region[c.region])
        } else {
            estimate(&cases, &|_| 1.0)
        };
        let mut variance = 0.0;
        for &(region, branch) in &twelve_branches() {
            let kept: Vec<Case> = cases.iter().filter(|c| c.branch != branch).cloned().collect();
            let n: f64 = branches_of(region);
            let replicate = if framed {
                let again: BTreeMap<&str, f64> = kept.iter().zip(weights(&kept)).map(|(c, w)| (c.region, w)).collect();
                estimate(&kept, &|c| again[c.region])
            } else {
                estimate(&kept, &|c| if c.region == region { n / (n - 1.0) } else { 1.0 })
            };
            let unsampled = match (framed, region) {
                (false, _) => 1.0,
                (true, "north") => 1.0 - 7.0 / 20.0,
                (true, _) => 1.0 - 5.0 / 9.0,
            };
            variance += unsampled * (n - 1.0) / n * (replicate - full).powi(2);
        }
        let facts = wave(&cases, STRATIFIED, framed.then_some(FRAME)).design.unwrap();
        let route = facts.routes.iter().find(|r| r.subject == "index").unwrap();
        near("jackknife", route.jackknife, variance.sqrt());
    }
}

#[test]
fn a_domain_has_the_degrees_of_freedom_of_the_branches_it_touches() {
    let cases = cases(&twelve_branches(), false);
    let wave = wave(&cases, STRATIFIED, Some(FRAME));
    let design = design(&cases, true);
    for domain in &wave.domains {
        let expected = design.domain_df(|i| cases[i].kind == domain.category);
        let estimate = domain.index.estimate.unwrap();
        assert_eq!(
            estimate.df,
            Some((expected as f64).min(domain.n as f64 - 1.0)),
            "{}",
            domain.category
        );
    }
    assert_eq!(wave.domains.len(), 2);
}

#[test]
fn row_order_and_branch_names_do_not_matter() {
    let cases = cases(&twelve_branches(), true);
    let mut turned = cases.clone();
    turned.reverse();
    let (a, b) = (wave(&cases, STRATIFIED, Some(FRAME)), wave(&turned, STRATIFIED, Some(FRAME)));
    assert_eq!((&a.index, &a.dimensions, &a.domains), (&b.index, &b.dimensions, &b.domains));
    assert_eq!(a.design, b.design);
}

/// Region west has one branch.
fn with_a_lonely_branch() -> Vec<Case> {
    let mut branches = twelve_branches();
    branches.push(("west", 12));
    cases(&branches, false)
}

#[test]
fn lonely_branches_follow_the_policy() {
    let cases = with_a_lonely_branch();
    let design = design(&cases, false);
    let y: Vec<Option<f64>> = cases.iter().map(index_of).collect();
    let policies = [
        ("adjust", LonelyPsuPolicy::Adjust),
        ("certainty", LonelyPsuPolicy::Certainty),
        ("average", LonelyPsuPolicy::Average),
    ];
    for (name, policy) in policies {
        let wave = wave(&cases, &format!("{STRATIFIED}lonely_psu = \"{name}\"\n"), None);
        let domain = Domain::whole(&design, policy);
        let kernel = domain.estimate(&mean(&domain, &y).unwrap()).unwrap();
        near(name, wave.index.estimate.unwrap().standard_error.unwrap(), kernel.standard_error);
        assert!(wave.findings.iter().any(|f| f.code == Code::LonelyStratum));
        assert_eq!(wave.design.unwrap().lonely_strata, 1);
    }
    let refused = wave(&cases, &format!("{STRATIFIED}lonely_psu = \"fail\"\n"), None);
    assert_eq!(refused.index.estimate.unwrap().standard_error, None);
}

#[test]
fn what_is_wrong_with_clusters_is_said() {
    let mut cases = cases(&twelve_branches(), false);
    let codes = |wave: &WaveAssessment| -> Vec<Code> { wave.findings.iter().map(|f| f.code).collect() };
    let few = "region,population,psus\nnorth,700,6\nsouth,300,9\n";
    let wave_few = wave(&cases, STRATIFIED, Some(few));
    assert!(codes(&wave_few).contains(&Code::PsusBelowSample));
    assert_eq!(wave_few.design.unwrap().finite_population, FinitePopulation::None);
    let moved = cases.iter_mut().find(|c| c.branch == 0).unwrap();
    moved.region = "south";
    let shared = wave(&cases, STRATIFIED, Some(FRAME));
    assert!(codes(&shared).contains(&Code::PsuInStrata));
    assert_eq!(shared.design.unwrap().clusters, Some(13));
    // With a limit of one in a thousand the two routes always differ.
    let strict = wave(&cases, &format!("{STRATIFIED}variance_routes_differ = 0.001\n"), Some(FRAME));
    assert!(codes(&strict).contains(&Code::VarianceRoutesDiffer));
    assert!(
        !codes(&wave(&cases, &format!("{STRATIFIED}variance_routes_differ = 0.9\n"), Some(FRAME))).contains(&Code::VarianceRoutesDiffer)
    );
}

#[test]
fn a_respondent_without_a_branch_is_refused() {
    let cases = cases(&twelve_branches(), false);
    let text = csv(&cases).replacen("b03", "", 1);
    let definition = format!("{HEAD}{STRATIFIED}");
    let (survey, warnings) = survey::parse("survey.toml", "branches", &definition).unwrap();
    let world = Memory([("r.csv".to_owned(), text.into_bytes())].into());
    let refusal = pipeline::run(&survey, &definition, &warnings, &world, Wanted::default(), &|_, _| {}).unwrap_err();
    let codes: Vec<Code> = refusal.0.iter().map(|f| f.record().code).collect();
    assert_eq!(codes, [Code::PsuMissing]);
}

/// More branches than replicates of one branch each: random groups of whole branches, which never split one.
#[test]
fn many_branches_are_left_out_by_groups() {
    let branches: Vec<(&'static str, usize)> = (0..500).map(|b| (if b % 3 == 0 { "north" } else { "south" }, b)).collect();
    let cases = cases(&branches, false);
    let facts = wave(&cases, STRATIFIED, None).design.unwrap();
    assert_eq!((facts.clusters, facts.jackknife), (Some(500), VarianceMethod::JackknifeDeleteGroup));
    let route = facts.routes.iter().find(|r| r.subject == "index").unwrap();
    assert!(route.difference.unwrap().abs() < 0.2, "{:?}", route.difference);
}

#[test]
fn the_report_tells_the_design_in_both_languages() {
    let cases = cases(&twelve_branches(), false);
    let files = report::files(&try_run(&cases, STRATIFIED, Some(FRAME)).unwrap(), &report::Kind::ALL).unwrap();
    let page = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    for word in [
        "clusters with respondents among all clusters of the frame",
        "Standard errors by both routes",
        "10 (units minus strata",
    ] {
        assert!(page("report.en.html").contains(word), "{word}");
    }
    for word in ["按有受访者的群占抽样框全部群的比例", "两种方法的标准误", "10（单元数减层数"] {
        assert!(page("report.html").contains(word), "{word}");
    }
}

/// Composition against the frame: clusters of unequal size make the regions' counts vary far more than single respondents would, and the
/// test that is printed, told and graded by is the one that knows.
#[test]
fn the_composition_is_tested_with_the_clusters() {
    let cases = cases(&twelve_branches(), false);
    let simple = "[design]\nmethod = \"simple-random\"\n";
    let coverage = wave(&cases, simple, Some("region,population\nnorth,400\nsouth,600\n")).coverage;
    let fit = coverage.design_fit.unwrap();
    let psus: Vec<usize> = cases.iter().map(|c| c.branch).collect();
    let design = SampleDesign::new(&[Stage::new(&psus)], None).unwrap();
    let category: Vec<Option<usize>> = cases.iter().map(|c| Some(usize::from(c.region == "south"))).collect();
    let expected = goodness_of_fit(&design, &category, &[0.4, 0.6], LonelyPsuPolicy::Adjust).unwrap();
    assert_eq!(fit, expected);
    // Two categories: the F is the squared t of one share over its cluster error, on the design's df.
    assert!((fit.df - 1.0).abs() < 1e-9 && (fit.f.df2 - 11.0).abs() < 1e-7);
    let naive = coverage.goodness_of_fit.unwrap().pearson_fpc.unwrap().p_value;
    assert!(
        coverage.clustered && naive < 0.05 && fit.f.p_value > 0.05,
        "{naive} {}",
        fit.f.p_value
    );
    let assessment = try_run(&cases, simple, Some("region,population\nnorth,400\nsouth,600\n")).unwrap();
    let told = assessment.waves[0].findings.iter().any(|f| f.code == Code::SampleDiffersFromFrame);
    assert!(!told);
}
