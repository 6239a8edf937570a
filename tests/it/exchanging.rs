//! Groups and waves compared where clusters were drawn or people answered twice, from the definition to the report; gaps carried through the bootstrap.

use crate::support::text;
use manyidu::assessment::Assessment;
use manyidu::assessment::groups::GroupComparison;
use manyidu::finding::Code;
use manyidu::index::estimate::VarianceMethod;
use manyidu::io::Memory;
use manyidu::locale::Lang;
use manyidu::pipeline::{self, Wanted};
use manyidu::report;
use manyidu::resample::ExchangeKind;
use manyidu::survey;
use std::fmt::Write as _;

/// The customers of the bank, 250 rows of answers with a gender.
struct Bank {
    columns: Vec<String>,
    rows: Vec<(Vec<String>, String)>,
}

fn bank() -> Bank {
    let (answers, genders) = (
        text("tests/reference/satisfaction.csv"),
        text("tests/reference/satisfaction_gender.csv"),
    );
    let columns = answers.lines().next().unwrap().split(',').map(str::to_owned).collect();
    let rows = answers.lines().skip(1).zip(genders.lines().skip(1));
    Bank {
        columns,
        rows: rows
            .map(|(row, gender)| (row.split(',').map(str::to_owned).collect(), gender.to_owned()))
            .collect(),
    }
}

impl Bank {
    /// A response file of some rows, with an id and a branch.
    fn csv(&self, rows: impl Iterator<Item = usize>, id: impl Fn(usize) -> String, branch: impl Fn(usize) -> String) -> Vec<u8> {
        let mut csv = format!("{},gender,id,branch\n", self.columns.join(","));
        for at in rows {
            let (answers, gender) = &self.rows[at];
            writeln!(csv, "{},{gender},{},{}", answers.join(","), id(at), branch(at)).unwrap();
        }
        csv.into_bytes()
    }
}

/// Three dimensions, two paths.
fn definition(files: &str, columns: &str, model: &str) -> String {
    format!(
        "title = \"bank\"\n{files}[columns]\ndomains = [\"gender\"]\n{columns}[design]\nmethod = \"simple-random\"\n[scales.ten]\nmin = 0\nmax = 10\n\
         [[dimensions]]\nid = \"value\"\nitems = [\"val1\", \"val2\"]\n\
         [[dimensions]]\nid = \"satisfaction\"\nitems = [\"sat1\", \"sat2\", \"sat3\"]\n\
         [[dimensions]]\nid = \"loyalty\"\nitems = [\"loy1\", \"loy2\", \"loy3\"]\n\
         [model]\nweights = \"pls\"\nprediction_folds = 0\n{model}"
    )
}

const PATHS: &str = "[model.paths]\nsatisfaction = [\"value\"]\nloyalty = [\"satisfaction\"]\n";
const ONE: &str = "responses = \"answers.csv\"\n";
const TWO: &str = "[[waves]]\nid = \"2024\"\nresponses = \"a.csv\"\n[[waves]]\nid = \"2025\"\nresponses = \"b.csv\"\n";

fn run(definition: &str, files: &[(&str, Vec<u8>)]) -> Assessment {
    let world = Memory(files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())).collect());
    let (survey, warnings) = survey::parse("survey.toml", "bank", definition).unwrap_or_else(|r| panic!("{:?}", r.0));
    let run = pipeline::run(&survey, definition, &warnings, &world, Wanted::default(), &|_, _| {});
    run.unwrap_or_else(|r| panic!("{:?}", r.0)).assessment
}

fn page(assessment: &Assessment, lang: Lang) -> String {
    let files = report::files(assessment, &report::Kind::ALL).unwrap();
    String::from_utf8(files[&report::Kind::Evidence.file(lang, "html")].clone()).unwrap()
}

fn first(assessment: &Assessment) -> &GroupComparison {
    &assessment.group_comparisons[0]
}

/// Branches with customers of both genders: customers change places within their branch only, and the report says so.
#[test]
fn groups_that_cross_branches_are_exchanged_within_them() {
    let bank = bank();
    let csv = bank.csv(0..250, |at| at.to_string(), |at| format!("b{}", at % 12));
    let compare = format!("{PATHS}[[model.compare]]\nby = \"gender\"\npermutations = 99\n");
    let assessment = run(&definition(ONE, "psu = \"branch\"\n", &compare), &[("answers.csv", csv)]);
    let comparison = first(&assessment);
    assert_eq!(comparison.refusal, None);
    let exchange = comparison.pairs[0].exchange.unwrap();
    assert_eq!((exchange.kind, exchange.units), (ExchangeKind::WithinClusters, 250));
    assert!(comparison.pairs[0].paths.iter().all(|p| !p.comparable || p.permutation_p.is_some()));
    // The test of Welch counts branches, of which every gender has twelve: its degrees of freedom are fewer than 2 · 12.
    let welch = comparison.pairs[0].paths.iter().find_map(|p| p.welch_df).unwrap();
    assert!(welch < 24.0, "{welch}");
    for (lang, words) in [(Lang::En, "only within their cluster"), (Lang::Zh, "只在本群之内置换")] {
        assert!(page(&assessment, lang).contains(words), "{words}");
    }
}

/// Groups made of three branches each: twenty assignments and their mirror images give no p-value below 0.1, so nothing is judged, in words and findings.
#[test]
fn too_few_branches_cannot_be_judged() {
    let mut bank = bank();
    for (at, (_, gender)) in bank.rows.iter_mut().enumerate() {
        *gender = ["old", "new"][at % 2].to_owned();
    }
    let model = format!("{PATHS}[[model.compare]]\nby = \"gender\"\npermutations = 99\n");
    let clustered = |branches: usize| {
        let csv = bank.csv(0..250, |at| at.to_string(), |at| format!("b{}", at % branches));
        run(&definition(ONE, "psu = \"branch\"\n", &model), &[("answers.csv", csv)])
    };
    let few = clustered(6);
    let comparison = first(&few);
    assert_eq!(comparison.refusal.as_ref().unwrap().code, Code::GroupsNotCompared);
    let exchange = comparison.pairs[0].exchange.unwrap();
    assert_eq!(
        (exchange.kind, exchange.units, exchange.distinct),
        (ExchangeKind::WholeClusters, 6, 20)
    );
    assert!(
        comparison.pairs[0]
            .paths
            .iter()
            .all(|p| !p.comparable && p.permutation_p.is_none() && p.welch_p.is_none())
    );
    for (lang, words) in [(Lang::En, "cannot be judged"), (Lang::Zh, "无法判断")] {
        assert!(page(&few, lang).contains(words), "{words}");
    }
    // Ten branches are enough.
    let enough = clustered(10);
    assert_eq!(first(&enough).refusal, None);
    let exchange = first(&enough).pairs[0].exchange.unwrap();
    assert_eq!((exchange.distinct, exchange.within_strata), (252, false));
    assert!(first(&enough).pairs[0].invariance.iter().all(|i| i.reading.is_some()));
    assert!(page(&enough, Lang::En).contains("Whole clusters were exchanged (10 of them, 252 different assignments)"));
}

/// Two users, one path: waves compared by the definition and waves held against each other before the trend have the same invariance, number by number.
/// Sixty people of both waves exchange their own answers only.
#[test]
fn waves_are_compared_alike_by_both_users() {
    let bank = bank();
    let person = |at: usize| format!("p{at}");
    let earlier = bank.csv(0..150, person, |_| String::new());
    // The later wave asks the last hundred for the first time and sixty of the earlier again, who give the answers of a neighbour.
    let later = bank.csv(90..250, |at| if at < 150 { person(at - 30) } else { person(at) }, |_| String::new());
    let model = format!("permutations = 199\n{PATHS}[[model.compare]]\nwaves = [\"2024\", \"2025\"]\npermutations = 199\n");
    let columns = "respondent = \"id\"\n";
    let files = [("a.csv", earlier), ("b.csv", later)];
    let assessment = run(&definition(TWO, columns, &model), &files);
    let comparison = &first(&assessment).pairs[0];
    let exchange = comparison.exchange.unwrap();
    assert_eq!((exchange.kind, exchange.units), (ExchangeKind::Returning, 310));
    let waves = assessment.over_time.as_ref().unwrap().comparability[0].invariance.as_ref().unwrap();
    assert_eq!(waves.exchange, Some(exchange));
    assert_eq!((waves.n_from, waves.n_to), (150, 160));
    for (wave, group) in waves.constructs.iter().zip(&comparison.invariance) {
        assert_eq!(wave.dimension, group.dimension);
        assert_eq!(wave.micom.score_correlation, group.micom.score_correlation);
        assert_eq!(wave.micom.score_correlation_p, group.micom.score_correlation_p);
        assert_eq!(
            (wave.micom.mean_p, wave.micom.variance_p),
            (group.micom.mean_p, group.micom.variance_p)
        );
        assert_eq!(wave.micom.mean_difference.unwrap() + group.micom.mean_difference.unwrap(), 0.0);
        assert_eq!(wave.verdict, group.reading.into());
    }
    for (lang, words) in [
        (Lang::En, "exchanged only these answers of their own"),
        (Lang::Zh, "只在自己的几次回答之间置换"),
    ] {
        assert!(page(&assessment, lang).contains(words), "{words}");
    }
    // Where identities do not carry over, everybody may change places with everybody.
    let apart = run(&definition(TWO, columns, &format!("{model}[trend]\nlinked = false\n")), &files);
    assert_eq!(first(&apart).pairs[0].exchange.unwrap().kind, ExchangeKind::Respondents);
    // Branches drawn in both waves exchange their waves.
    let branches = [
        ("a.csv", bank.csv(0..150, person, |at| format!("b{}", at % 10))),
        ("b.csv", bank.csv(100..250, person, |at| format!("b{}", at % 10))),
    ];
    let drawn = run(&definition(TWO, "psu = \"branch\"\n", &model), &branches);
    let exchange = first(&drawn).pairs[0].exchange.unwrap();
    assert_eq!(
        (exchange.kind, exchange.units, exchange.distinct),
        (ExchangeKind::ReturningClusters, 20, 1024)
    );
}

/// The order of the files has no say, clusters and returning people included.
#[test]
fn rows_and_names_may_stand_in_any_order() {
    let bank = bank();
    let model = format!("{PATHS}[[model.compare]]\nwaves = [\"2024\", \"2025\"]\npermutations = 99\n");
    let files = |turned: bool| {
        let rows = |from: usize, to: usize| -> Vec<usize> { if turned { (from..to).rev().collect() } else { (from..to).collect() } };
        [
            (
                "a.csv",
                bank.csv(rows(0, 150).into_iter(), |at| at.to_string(), |at| format!("b{}", at % 13)),
            ),
            (
                "b.csv",
                bank.csv(rows(90, 250).into_iter(), |at| at.to_string(), |at| format!("b{}", at % 11)),
            ),
        ]
    };
    for columns in ["respondent = \"id\"\n", "psu = \"branch\"\n"] {
        let definition = definition(TWO, columns, &model);
        let (straight, turned) = (run(&definition, &files(false)), run(&definition, &files(true)));
        assert_eq!(straight.group_comparisons, turned.group_comparisons);
        let of = |a: &Assessment| a.over_time.as_ref().unwrap().comparability[0].invariance.clone();
        assert_eq!(of(&straight), of(&turned));
    }
}

/// Every way to deal with gaps has a bootstrap: its errors are those of the jackknife within what 300 replicates know, and percentile and BCa intervals
/// hold the value. Groups are compared with gaps, too.
#[test]
fn gaps_are_carried_through_the_bootstrap() {
    let mut bank = bank();
    let items: Vec<usize> = ["val1", "sat2", "sat3", "loy1", "loy2"]
        .iter()
        .map(|id| bank.columns.iter().position(|c| c == id).unwrap())
        .collect();
    for (at, (answers, _)) in bank.rows.iter_mut().enumerate() {
        for (k, item) in items.iter().enumerate() {
            if (at * 31 + k * 17).is_multiple_of(12) {
                answers[*item] = String::new();
            }
        }
    }
    let csv = bank.csv(0..250, |at| at.to_string(), |_| String::new());
    for missing in ["pairwise", "em", "listwise"] {
        let wave = |design: &str, compare: &str| {
            let model = format!("missing = \"{missing}\"\n{PATHS}{compare}");
            let text = definition(ONE, "", &model).replace("[design]\n", &format!("[design]\n{design}"));
            run(&text, &[("answers.csv", csv.clone())])
        };
        let compare = "[[model.compare]]\nby = \"gender\"\npermutations = 99\n";
        let drawn = wave("replicates = 300\n", compare);
        let corrected = wave("replicates = 300\ninterval = \"bca\"\n", "");
        let left_out = wave("replicates = 0\n", "");
        for (at, dimension) in drawn.waves[0].dimensions.iter().enumerate() {
            let of = |a: &Assessment| a.waves[0].dimensions[at].score.estimate.unwrap();
            let (a, b, c) = (dimension.score.estimate.unwrap(), of(&left_out), of(&corrected));
            assert_eq!(
                (a.method, b.method),
                (VarianceMethod::Bootstrap, VarianceMethod::JackknifeDeleteOne),
                "{missing}"
            );
            assert!((a.value - b.value).abs() < 1e-9);
            // 300 replicates know a standard error to 1/√600 = 4 %.
            let ratio = a.standard_error.unwrap() / b.standard_error.unwrap();
            assert!((ratio - 1.0).abs() < 0.18, "{missing} {} {ratio}", dimension.id);
            for interval in [a.interval.unwrap(), c.interval.unwrap()] {
                assert!(interval.lower < a.value && a.value < interval.upper, "{missing}");
            }
            assert_ne!(a.interval, c.interval);
        }
        assert_eq!(first(&drawn).refusal, None, "{missing}");
        assert!(first(&drawn).pairs[0].invariance.iter().all(|i| i.reading.is_some()), "{missing}");
    }
}
