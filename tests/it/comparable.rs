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

fn codes(refusal: &Refusal) -> Vec<Code> {
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
    assert_eq!(codes(&without), [Code::MissingColumn]);
    let wrong = run(&two("aliases = { s2 = \"Q3\" }", ""), &world()).unwrap_err();
    assert_eq!(wrong.0[0].args["column"], "Q3");
    let unknown = run(&two("aliases = { s9 = \"Q3\" }", ""), &world()).unwrap_err();
    assert_eq!(codes(&unknown), [Code::UnknownReference]);
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
    assert_eq!(codes(&run(&missing, &world).unwrap_err()), [Code::FileUnreadable]);
    let latest = two("", "").replacen("responses = \"c.csv\"", "assessment = \"old.json\"", 1);
    assert_eq!(codes(&run(&latest, &world).unwrap_err()), [Code::LatestWaveTaken]);
    let both = two("assessment = \"old.json\"", "");
    assert_eq!(codes(&run(&both, &world).unwrap_err()), [Code::ExactlyOne]);
}

/// What moved the index adds up in every pair of the shipped survey and of a composite of dimensions, by content and by customers.
#[test]
fn what_moved_the_index_adds_up() {
    let shipped = crate::support::run_survey("appliance-after-sales").assessment;
    let composite = run(&two("", "[columns]\ndomains = [\"p1\"]\n"), &world()).unwrap();
    for (assessment, pairs, levels) in [(&shipped, 3, 1), (&composite, 1, 2)] {
        let over_time = assessment.over_time.as_ref().unwrap();
        assert_eq!(over_time.decompositions.len(), pairs);
        for found in &over_time.decompositions {
            let change = found.after - found.before;
            assert_eq!(found.levels.len(), levels, "{:?}", found.refusals);
            for level in &found.levels {
                let sum: f64 = level.parts.iter().map(|p| p.by_score + p.by_weight).sum();
                assert!((sum - change).abs() < 1e-9 && level.residual.abs() < 1e-9);
                assert!((level.scores + level.weights - change).abs() < 1e-9);
                assert!(
                    level
                        .parts
                        .iter()
                        .all(|p| p.by_score_interval.is_some_and(|i| i.lower <= p.by_score && p.by_score <= i.upper))
                );
                // Equal and fixed weights do not move.
                assert!(levels == 1 || level.weights == 0.0);
            }
        }
    }
    let mixes = |a: &Assessment| a.over_time.as_ref().unwrap().decompositions[0].mixes.clone();
    assert_eq!(mixes(&shipped).len(), 2);
    for mix in mixes(&shipped) {
        let shares: f64 = mix.parts.iter().map(|p| p.share_after).sum();
        let sum: f64 = mix.parts.iter().map(|p| p.within + p.mix).sum::<f64>() + mix.unanswered;
        let found = &shipped.over_time.as_ref().unwrap().decompositions[0];
        assert!((shares - 1.0).abs() < 1e-9 && (sum - (found.after - found.before)).abs() < 1e-9);
    }
    // The path model of the shipped survey: every construct is held against itself, wave by wave.
    let pairs = &shipped.over_time.as_ref().unwrap().comparability;
    for pair in pairs.iter().take(2) {
        let found = pair.invariance.as_ref().unwrap();
        assert_eq!((found.constructs.len(), found.failed), (7, 0));
        assert!(
            found
                .constructs
                .iter()
                .all(|c| c.micom.score_correlation.is_some_and(|c| c > 0.9 && c <= 1.0 + 1e-12))
        );
    }
    assert!(pairs[2].invariance.is_none());
}

/// Monthly values with a jump, a complaint rate and published indices, from their files to the page.
#[test]
fn series_and_benchmarks_reach_the_page() {
    let mut world = world();
    let mut months = String::from("period,value\n");
    let mut rates = String::from("period,value,n\n");
    for at in 0..30_u32 {
        let period = format!("{}-{:02}", 2023 + at / 12, at % 12 + 1);
        let jump = if at >= 20 { 4.0 } else { 0.0 };
        months.push_str(&format!("{period},{}\n", 80.0 + f64::from(at * 7 % 5) * 0.6 + jump));
        rates.push_str(&format!("{period},{},900\n", 0.04 + f64::from(at * 3 % 7) * 0.002));
    }
    world.0.insert("m.csv".to_owned(), months.into_bytes());
    world.0.insert("r.csv".to_owned(), rates.into_bytes());
    let published = "name,period,value,lower,upper,n,source\n行业指数,c,20.5,19.5,21.5,900,公报\n同行,c,70,,,,网站\n同行,2019,66,,,,网站\n";
    world.0.insert("b.csv".to_owned(), published.as_bytes().to_vec());
    let tables = "[[series]]\nid = \"monthly\"\ntitle = { zh = \"月度得分\", en = \"Monthly score\" }\nfile = \"m.csv\"\nper_year = 12\nbaseline = 20\n[[series]]\nid = \"complaints\"\nfile = \"r.csv\"\nkind = \"share\"\n";
    let definition = format!("benchmarks = \"b.csv\"\n{}", two("", tables));
    let assessment = run(&definition, &world).unwrap();
    let over_time = assessment.over_time.as_ref().unwrap();
    let monthly = &over_time.series[0];
    let change = monthly.change_point.as_ref().unwrap();
    assert_eq!((change.at, change.plausible.contains(&20)), (20, true));
    assert!(monthly.judged && monthly.charts[0].signals.iter().all(|s| s.at >= 20) && !monthly.charts[0].signals.is_empty());
    assert_eq!(monthly.input.as_ref().unwrap().kind, "series");
    let rows = &over_time.benchmarks.as_ref().unwrap().rows;
    assert!(rows[0].p_value.is_some() && rows[1].p_value.is_none() && rows[1].difference.is_some());
    assert_eq!((rows[2].wave.as_ref(), rows[2].difference), (None, None));
    for (lang, words) in [
        (Lang::Zh, ["月度得分", "未公布区间", "本调查没有这一期"]),
        (Lang::En, ["Monthly score", "no interval published", "we have no such wave"]),
    ] {
        let of = |kind: Kind| {
            let document = report::document(&assessment, kind, lang, &figures(&assessment, lang), "");
            report::html::render(&document, lang).unwrap()
        };
        let (year, years) = (of(Kind::Evidence), of(Kind::Surveillance));
        for word in words {
            assert!(years.contains(word), "{word}");
        }
        // Charts over time are for those who look at all years.
        assert!(!year.contains(words[0]) && year.contains(words[1]) && year.contains(words[2]));
        let drawn = figures(&assessment, lang).drawn;
        let series = drawn.iter().filter(|f| f.id.starts_with("series-")).count();
        assert_eq!((series, figures(&assessment, lang).left_out.len()), (10, 0));
    }
    // The JSON gives the same page back.
    let again: Assessment = serde_json::from_slice(&serde_json::to_vec(&assessment).unwrap()).unwrap();
    assert_eq!(page(&again, Lang::En), page(&assessment, Lang::En));
}
