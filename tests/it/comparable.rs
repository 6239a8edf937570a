//! Waves that can and cannot be compared, as a user meets them: renamed columns, breaks, bridges, waves from an earlier assessment.

use manyidu::assessment::Assessment;
use manyidu::finding::{Code, Refusal};
use manyidu::io::Memory;
use manyidu::locale::Lang;
use manyidu::pipeline::{self, Wanted};
use manyidu::report::{self, Kind, figures::figures};
use manyidu::survey;
use manyidu::survey::over_time::BreakKind;
use manyidu::trend::comparability::{Effect, Origin, PairComparability};

const HEAD: &str = r#"
title = "t"
[design]
method = "simple-random"
[scales.five]
min = 1
max = 5
[[dimensions]]
id = "service"
items = ["s1", "s2"]
[[dimensions]]
id = "price"
items = ["p1"]
"#;

/// Answers of 40 people, the same but for a shift.
fn answers(header: &str, shift: usize) -> Vec<u8> {
    let mut text = format!("{header}\n");
    for person in 0..40 {
        let [a, b, c] = [person % 5, (person * 3 + 1) % 5, (person * 2 + shift) % 5].map(|v| (v + usize::from(v < 4) * shift).min(4) + 1);
        text.push_str(&format!("{a},{b},{c}\n"));
    }
    text.into_bytes()
}

fn world() -> Memory {
    Memory(
        [
            ("a.csv".to_owned(), answers("s1,s2,p1", 0)),
            ("b.csv".to_owned(), answers("s1,Q2 旧名,p1", 1)),
            ("c.csv".to_owned(), answers("s1,s2,p1", 1)),
        ]
        .into(),
    )
}

fn run(definition: &str, world: &Memory) -> Result<Assessment, Refusal> {
    let (survey, warnings) = survey::parse("survey.toml", "t", definition)?;
    pipeline::run(&survey, definition, &warnings, world, Wanted::default(), &|_, _| {}).map(|r| r.assessment)
}

fn two(extra_of_second: &str, extra: &str) -> String {
    format!(
        "{HEAD}{extra}\n[[waves]]\nid = \"a\"\nresponses = \"a.csv\"\n[[waves]]\nid = \"c\"\nresponses = \"c.csv\"\n{extra_of_second}\n"
    )
}

fn pair(assessment: &Assessment) -> &PairComparability {
    &assessment.over_time.as_ref().unwrap().comparability[0]
}

fn page(assessment: &Assessment, lang: Lang) -> String {
    let document = report::document(assessment, Kind::Evidence, lang, &figures(assessment, lang), "");
    report::html::render(&document, lang).unwrap()
}

fn codes(refusal: Refusal) -> Vec<Code> {
    refusal.0.iter().map(|f| f.code).collect()
}

/// A renamed column gives the very numbers that the column under its own name gives.
#[test]
fn an_item_is_found_under_another_name() {
    let renamed = format!(
        "{HEAD}\n[[waves]]\nid = \"a\"\nresponses = \"a.csv\"\n[[waves]]\nid = \"b\"\nresponses = \"b.csv\"\naliases = {{ s2 = \"Q2 旧名\" }}\n"
    );
    let (renamed, plain) = (run(&renamed, &world()).unwrap(), run(&two("", ""), &world()).unwrap());
    assert_eq!(renamed.waves[1].index, plain.waves[1].index);
    assert_eq!(renamed.comparisons[0].changes, plain.comparisons[0].changes);
    assert!(pair(&renamed).breaks.is_empty());
    // Without the alias the column is missing; an alias that the file does not have is missing under its own name.
    let without = run(&two("", "").replace("c.csv", "b.csv"), &world()).unwrap_err();
    assert_eq!(codes(without), [Code::MissingColumn]);
    let wrong = run(&two("aliases = { s2 = \"Q3\" }", ""), &world()).unwrap_err();
    assert_eq!(wrong.0[0].args["column"], "Q3");
    let unknown = run(&two("aliases = { s9 = \"Q3\" }", ""), &world()).unwrap_err();
    assert_eq!(codes(unknown), [Code::UnknownReference]);
}

#[test]
fn nothing_is_compared_across_a_break() {
    let broken =
        "[[breaks]]\nwave = \"c\"\nwhat = \"wording\"\nitems = [\"p1\"]\nnote = { zh = \"改问性价比\", en = \"now asks for value\" }\n";
    let assessment = run(&two("", broken), &world()).unwrap();
    let comparison = &assessment.comparisons[0];
    let of = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(
        comparison.changes.iter().map(|c| c.quantity.clone()).collect::<Vec<_>>(),
        of(vec!["service"])
    );
    let refused: Vec<String> = comparison.not_compared.iter().map(|c| c.quantity.clone()).collect();
    assert_eq!(refused, of(vec!["index", "price"]));
    // The family that is adjusted holds only what is compared.
    assert_eq!(comparison.changes[0].p_value_holm, comparison.changes[0].p_value);
    assert!(assessment.findings.iter().any(|f| f.code == Code::NotComparable));
    for (lang, said) in [(Lang::Zh, "改问性价比"), (Lang::En, "now asks for value")] {
        let page = page(&assessment, lang);
        assert!(page.contains(said));
    }
    let plain = run(&two("", ""), &world()).unwrap();
    let lines = |a: &Assessment| figures(a, Lang::En).drawn[0].svg.matches("<polyline").count();
    assert_eq!((lines(&plain), lines(&assessment)), (1, 0));
}

/// A change of mode that a wave states is found, and is bridged by what the definition declares for it.
#[test]
fn a_bridge_makes_a_break_passable() {
    let mode = "mode = \"phone\"";
    let head = "mode = \"web\"\n";
    let found = run(&format!("{head}{}", two(mode, "")), &world()).unwrap();
    assert_eq!(
        (pair(&found).breaks[0].what, pair(&found).breaks[0].origin),
        (BreakKind::Mode, Origin::Found)
    );
    assert!(found.comparisons[0].changes.is_empty());
    let declared = "[[breaks]]\nwave = \"c\"\nwhat = \"mode\"\ncomparable = \"shown by a split test\"\n";
    let bridged = run(&format!("{head}{}", two(mode, declared)), &world()).unwrap();
    assert_eq!((pair(&bridged).breaks.len(), pair(&bridged).breaks[0].effect), (1, Effect::Bridged));
    let plain = run(&two("", ""), &world()).unwrap();
    for (with, without) in bridged.comparisons[0].changes.iter().zip(&plain.comparisons[0].changes) {
        assert_eq!((with.change_points, with.p_value), (without.change_points, without.p_value));
    }
    let offset = "[[breaks]]\nwave = \"c\"\nwhat = \"mode\"\nsource = \"parallel sample\"\noffsets = [{ of = \"index\", points = 2.0, standard_error = 1.5 }]\n";
    let measured = run(&format!("{head}{}", two(mode, offset)), &world()).unwrap();
    let (with, without) = (&measured.comparisons[0].changes[0], &plain.comparisons[0].changes[0]);
    assert!((with.change_points.unwrap() - (without.change_points.unwrap() - 2.0)).abs() < 1e-12);
    let wider = (without.standard_error.unwrap().powi(2) + 2.25).sqrt();
    assert!((with.standard_error.unwrap() - wider).abs() < 1e-12);
    assert_eq!(with.after, without.after);
    // Offsets were measured for the index alone.
    assert_eq!(measured.comparisons[0].not_compared.len(), 2);
    assert!(page(&measured, Lang::En).contains("parallel sample"));
}

#[test]
fn another_version_of_the_questionnaire_is_a_reservation() {
    let versions = two("questionnaire = \"V2\"", "").replacen("id = \"a\"\nresponses", "id = \"a\"\nquestionnaire = \"V1\"\nresponses", 1);
    let assessment = run(&versions, &world()).unwrap();
    let one = &pair(&assessment).breaks[0];
    assert_eq!((one.what, one.effect), (BreakKind::Questionnaire, Effect::Reservation));
    assert_eq!(assessment.comparisons[0].changes.len(), 3);
    assert!(assessment.findings.iter().any(|f| f.code == Code::ComparableReserved));
}

/// A wave taken from the assessment of its own run is compared exactly as the wave itself.
#[test]
fn an_earlier_assessment_stands_for_its_answers() {
    let plain = run(&two("", ""), &world()).unwrap();
    let alone = format!("{HEAD}\n[[waves]]\nid = \"first\"\ntitle = \"Old\"\nresponses = \"a.csv\"\n");
    let mut world = world();
    let earlier = serde_json::to_vec(&run(&alone, &world).unwrap()).unwrap();
    world.0.insert("old.json".to_owned(), earlier);
    let taken = |extra: &str| two("", extra).replacen("responses = \"a.csv\"", "assessment = \"old.json\"\nassessment_wave = \"first\"", 1);
    let assessment = run(&taken(""), &world).unwrap();
    let wave = &assessment.waves[0];
    let from = wave.taken.as_ref().unwrap();
    assert_eq!(
        (wave.id.as_str(), from.wave.as_str(), from.survey.as_str(), from.sha256.len()),
        ("a", "first", "t", 64)
    );
    assert_eq!(wave.index, plain.waves[0].index);
    assert_eq!(wave.items, plain.waves[0].items);
    assert_eq!(assessment.comparisons, plain.comparisons);
    assert!(wave.inputs.iter().any(|i| i.kind == "assessment" && i.sha256 == from.sha256));
    assert!(wave.findings.iter().any(|f| f.code == Code::WaveTaken));
    for lang in [Lang::Zh, Lang::En] {
        assert!(page(&assessment, lang).contains(&from.sha256));
    }
    // The same on other scales: nothing that the scale touches is compared.
    let wider = run(&taken("").replace("max = 5", "max = 7"), &world).unwrap();
    assert!(
        pair(&wider)
            .breaks
            .iter()
            .any(|b| b.what == BreakKind::Scale && b.effect == Effect::Breaks)
    );
    assert!(wider.comparisons[0].changes.is_empty());
    // The index made another way: items stand, what is made of them does not.
    let weighted = taken("[model]\nweights = \"given\"\n[items.s1]\nweight = 2\n[items.s2]\nweight = 1\n[items.p1]\nweight = 1\n");
    let other = run(&weighted, &world).unwrap();
    assert!(!pair(&other).allows("index") && !pair(&other).allows("service") && pair(&other).allows("s1"));
}

#[test]
fn what_cannot_be_taken_is_told() {
    let mut world = world();
    let alone = format!("{HEAD}\n[[waves]]\nid = \"a\"\nresponses = \"a.csv\"\n");
    let good = serde_json::to_string(&run(&alone, &world).unwrap()).unwrap();
    let files = [
        ("version.json", good.replacen("\"schema_version\":1", "\"schema_version\":99", 1)),
        ("cut.json", good[..good.len() / 2].to_owned()),
        ("level.json", good.replacen("\"level\":0.95", "\"level\":0.9", 1)),
        ("wave.json", good.replacen("\"id\":\"a\"", "\"id\":\"z\"", 1)),
    ];
    for (name, text) in files {
        world.0.insert(name.to_owned(), text.into_bytes());
        let definition = two("", "").replacen("responses = \"a.csv\"", &format!("assessment = \"{name}\""), 1);
        let refusal = run(&definition, &world).unwrap_err();
        let reason = if name == "cut.json" {
            "shape"
        } else {
            name.trim_end_matches(".json")
        };
        assert_eq!(
            (refusal.0[0].code, refusal.0[0].args["reason"].as_str()),
            (Code::AssessmentUnusable, reason)
        );
    }
    let missing = two("", "").replacen("responses = \"a.csv\"", "assessment = \"none.json\"", 1);
    assert_eq!(codes(run(&missing, &world).unwrap_err()), [Code::FileUnreadable]);
    let latest = two("", "").replacen("responses = \"c.csv\"", "assessment = \"old.json\"", 1);
    assert_eq!(codes(run(&latest, &world).unwrap_err()), [Code::LatestWaveTaken]);
    let both = two("assessment = \"old.json\"", "");
    assert_eq!(codes(run(&both, &world).unwrap_err()), [Code::ExactlyOne]);
}
