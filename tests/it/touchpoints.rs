//! Questions with a number of their own, complaints and open answers through the whole program: published values, the same numbers from
//! single cases by the design kernel, counts by hand, and nobody's data in any file.

use crate::support::run_survey;
use manyidu::assessment::Assessment;
use manyidu::assessment::touchpoints::{PartKind, Touchpoint, TouchpointKind};
use manyidu::design::estimate::{Domain, mean};
use manyidu::design::{LonelyPsuPolicy, SampleDesign, Stage};
use manyidu::finding::{Code, Refusal};
use manyidu::index::quantity::Family;
use manyidu::io::Memory;
use manyidu::pipeline::{self, Wanted};
use manyidu::report;
use manyidu::stats::{Interval, wilson_interval};
use manyidu::survey;
use manyidu::trend::Direction;

fn run(definition: &str, files: &[(&str, String)]) -> Result<Assessment, Refusal> {
    let (survey, warnings) = survey::parse("survey.toml", "touch", definition)?;
    let mut world = Memory::default();
    for (name, text) in files {
        world.0.insert((*name).to_owned(), text.clone().into_bytes());
    }
    pipeline::run(&survey, definition, &warnings, &world, Wanted::default(), &|_, _| {}).map(|run| run.assessment)
}

fn touchpoint<'a>(assessment: &'a Assessment, wave: usize, id: &str) -> &'a Touchpoint {
    assessment.waves[wave].touchpoints.iter().find(|t| t.id == id).unwrap()
}

fn codes(refusal: &Refusal) -> Vec<(Code, String)> {
    let reason = |f: &manyidu::finding::Finding| f.args.get("reason").cloned().unwrap_or_default();
    refusal.0.iter().map(|f| (f.code, reason(f))).collect()
}

const NPS: &str = r#"
title = "推荐"
dimensions = [{ id = "loyalty", items = ["q"] }]
[[waves]]
id = "a"
responses = "a.csv"
[[waves]]
id = "b"
responses = "b.csv"
[scales.eleven]
min = 0
max = 10
[design]
method = "simple-random"
[[measures]]
kind = "nps"
item = "q"
"#;

fn nps_file(promoters: usize, passives: usize, detractors: usize) -> String {
    let answers = (0..promoters)
        .map(|i| 9 + i % 2)
        .chain((0..passives).map(|i| 7 + i % 2))
        .chain((0..detractors).map(|i| i % 7));
    format!("q\n{}", answers.map(|a| format!("{a}\n")).collect::<String>())
}

/// NPS = 100 (p − d), Var = 100² [p + d − (p − d)²] / n: n = 400, p = 0.55, d = 0.20 give 35 with standard error 3.9607 and 27.24 to
/// 42.76; n = 300, 0.48, 0.24 give 24 with 4.6989; difference z = 1.7899, p = 0.0735. These values divide by n, a design-based variance
/// by n − 1, which is exactly √((n − 1)/n) in the standard error.
#[test]
fn net_promoter_score_of_the_published_example() {
    let files = [("a.csv", nps_file(220, 100, 80)), ("b.csv", nps_file(144, 84, 72))];
    let assessment = run(NPS, &files).unwrap();
    let of = |wave: usize, n: f64| {
        let estimate = touchpoint(&assessment, wave, "nps").reported.estimate.unwrap();
        (estimate.value, estimate.standard_error.unwrap() * ((n - 1.0) / n).sqrt())
    };
    let ((first, first_se), (second, second_se)) = (of(0, 400.0), of(1, 300.0));
    assert!((first - 35.0).abs() < 1e-9 && (second - 24.0).abs() < 1e-9);
    assert!((first_se - 100.0 * (0.6275_f64 / 400.0).sqrt()).abs() < 1e-8 * first_se);
    assert!(
        (first_se - 3.9607).abs() < 5e-5 && (second_se - 4.6989).abs() < 5e-5,
        "{first_se} {second_se}"
    );
    let interval = Interval::around(first, first_se, None, 0.95).unwrap();
    assert!((interval.lower - 27.24).abs() < 5e-3 && (interval.upper - 42.76).abs() < 5e-3);
    let z = (first - second) / first_se.hypot(second_se);
    assert!((z - 1.7899).abs() < 5e-5, "{z}");
    let p = 2.0 * (1.0 - manyidu::stats::random::distribution(z));
    assert!((p - 0.0735).abs() < 5e-5, "{p}");
    // The comparison of the waves has the same difference, with the errors that divide by n − 1.
    let change = assessment.comparisons[0]
        .of(Family::Measures)
        .find(|c| c.quantity == "nps")
        .unwrap();
    let error = (first_se * first_se * 400.0 / 399.0 + second_se * second_se * 300.0 / 299.0).sqrt();
    assert!((change.change_points.unwrap() + 11.0).abs() < 1e-9);
    assert!((change.standard_error.unwrap() / error - 1.0).abs() < 1e-8);
}

#[test]
fn shares_add_up_and_the_score_is_their_difference() {
    let files = [("a.csv", nps_file(220, 100, 80)), ("b.csv", nps_file(9, 0, 11))];
    let definition = format!("{NPS}interval = \"adjusted-wald\"\n");
    let assessment = run(&definition, &files).unwrap();
    for wave in [0, 1] {
        let nps = touchpoint(&assessment, wave, "nps");
        let share = |kind: PartKind| nps.parts.iter().find(|p| p.part == kind).unwrap().reported.estimate.unwrap().value;
        let (up, between, down) = (share(PartKind::Promoters), share(PartKind::Passives), share(PartKind::Detractors));
        let estimate = nps.reported.estimate.unwrap();
        assert!((up + between + down - 100.0).abs() < 1e-9);
        assert!((up - down - estimate.value).abs() < 1e-9);
        assert!((nps.distribution.iter().sum::<f64>() - 100.0).abs() < 1e-9 && nps.distribution.len() == 11);
        let interval = estimate.interval.unwrap();
        assert!(interval.lower >= -100.0 && interval.upper <= 100.0);
        // Three more answers draw the middle towards nothing, and do not move the score itself.
        let middle = f64::midpoint(interval.lower, interval.upper);
        let n = estimate.n as f64;
        assert!((middle - estimate.value * n / (n + 3.0)).abs() < 0.1, "{middle} {}", estimate.value);
    }
}

const DESIGN: &str = r#"
title = "触点"
responses = "r.csv"
frame = "frame.csv"
dimensions = [{ id = "satisfaction", items = ["sat"], scale = "five" }]
[scales.five]
min = 1
max = 5
[scales.seven]
min = 1
max = 7
reversed = true
[columns]
strata = ["区"]
domains = ["渠道"]
[design]
method = "stratified"
[[measures]]
kind = "csat"
item = "sat"
[[measures]]
kind = "ces"
column = "费力"
scale = "seven"
top = 3
"#;

/// 120 made-up respondents of two strata.
fn rows() -> Vec<(usize, usize, u32, u32)> {
    (0..120_u32)
        .map(|i| {
            (
                usize::from(i % 3 == 0),
                (i % 5 / 3) as usize,
                1 + (i * 7 / 3 + i) % 5,
                1 + (i * i + 3 * i) % 7,
            )
        })
        .collect()
}

fn design_files() -> [(&'static str, String); 2] {
    let line = |(stratum, channel, sat, effort): &(usize, usize, u32, u32)| {
        format!("{},{},{sat},{effort}\n", ["东", "西"][*stratum], ["网", "店"][*channel])
    };
    let answers = format!("区,渠道,sat,费力\n{}", rows().iter().map(line).collect::<String>());
    [("r.csv", answers), ("frame.csv", "区,population\n东,900\n西,400\n".to_owned())]
}

/// Second route: weights `N_h/n_h` and the mean of single cases by the design kernel, with the finite population correction.
#[test]
fn measures_are_those_of_the_design_kernel() {
    let assessment = run(DESIGN, &design_files()).unwrap();
    let rows = rows();
    let strata: Vec<usize> = rows.iter().map(|r| r.0).collect();
    let n: Vec<f64> = [0, 1].map(|h| strata.iter().filter(|s| **s == h).count() as f64).to_vec();
    let weights: Vec<f64> = strata.iter().map(|h| [900.0, 400.0][*h] / n[*h]).collect();
    let population: Vec<u64> = strata.iter().map(|h| [900, 400][*h]).collect();
    let stage = Stage::of_elements(rows.len()).stratified(&strata).with_population(&population);
    let design = SampleDesign::new(&[stage], Some(&weights)).unwrap();
    let kernel = |value: &dyn Fn(&(usize, usize, u32, u32)) -> Option<f64>| {
        let values: Vec<Option<f64>> = rows.iter().map(value).collect();
        let everybody = Domain::whole(&design, LonelyPsuPolicy::Adjust);
        everybody.estimate(&mean(&everybody, &values).unwrap()).unwrap()
    };
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-8 * b.abs().max(1e-12);
    let top = kernel(&|r| Some(if r.2 >= 4 { 100.0 } else { 0.0 }));
    let csat = touchpoint(&assessment, 0, "csat").reported.estimate.unwrap();
    assert!(
        close(csat.value, top.value) && close(csat.standard_error.unwrap(), top.standard_error),
        "{csat:?} {top:?}"
    );
    let effort = kernel(&|r| Some(f64::from(r.3)));
    let ces = touchpoint(&assessment, 0, "ces");
    let estimate = ces.reported.estimate.unwrap();
    assert!(close(estimate.value, effort.value) && close(estimate.standard_error.unwrap(), effort.standard_error));
    // The lowest codes are the best: 1 to 3.
    assert_eq!(ces.parts[0].codes, (1, 3));
    let easy = kernel(&|r| Some(if r.3 <= 3 { 100.0 } else { 0.0 }));
    assert!(close(ces.parts[0].reported.estimate.unwrap().value, easy.value));
    let shop = kernel(&|r| (r.1 == 1).then_some(if r.2 >= 4 { 100.0 } else { 0.0 }));
    let domains = &touchpoint(&assessment, 0, "csat").domains;
    let of_shop = domains.iter().find(|d| d.category == "店").unwrap().reported.estimate.unwrap();
    assert!(close(of_shop.value, shop.value) && close(of_shop.standard_error.unwrap(), shop.standard_error));
}

#[test]
fn the_order_of_rows_changes_no_byte_of_a_measure() {
    let [(name, answers), frame] = design_files();
    let mut lines: Vec<&str> = answers.lines().collect();
    lines[1..].reverse();
    let turned = [(name, lines.join("\n") + "\n"), frame];
    let (one, other) = (run(DESIGN, &design_files()).unwrap(), run(DESIGN, &turned).unwrap());
    let text = |a: &Assessment| serde_json::to_string(&a.waves[0].touchpoints).unwrap();
    assert_eq!(text(&one), text(&other));
}

const VOICE: &str = r#"
title = "投诉与意见"
responses = "r.csv"
dimensions = [{ id = "satisfaction", items = ["sat"], scale = "five" }]
[scales.five]
min = 1
max = 5
[columns]
respondent = "编号"
[design]
method = "simple-random"
domain_base_min = 5
[complaints]
column = "投诉"
yes = ["有"]
no = ["没有"]
category = "类别"
handling = "sat"
register = { files = { wave-1 = "register.csv" } }
[[open]]
column = "意见"
quote = true
frame = "codes.csv"
coded = "coded.csv"
"#;

const SECRETS: [&str; 6] = [
    "13912345678",
    "zhang.san@example.cn",
    "11010519491231002X",
    "王建国",
    "京A·12345",
    "wx_zhang99",
];

fn voice_files() -> Vec<(&'static str, String)> {
    let mut answers = "编号,sat,投诉,类别,意见\n".to_owned();
    for i in 0..60 {
        let (complained, about) = match i % 6 {
            0 => ("有", "收费┋上门时间"),
            1 => ("有", "收费┋收费"),
            2 if i == 2 => ("好像有", "收费"),
            _ => ("没有", "上门时间"),
        };
        let secret = SECRETS[i % SECRETS.len()];
        // A name or an account without any word that announces it is beyond the masking, as its documentation says.
        let beside = match secret {
            "王建国" => "王建国师傅",
            "wx_zhang99" => "微信wx_zhang99",
            other => other,
        };
        let text = match i % 4 {
            0 => format!("收费不透明，联系{beside}"),
            1 => format!("师傅上门准时。我叫王建国，微信wx_zhang99，{beside}"),
            2 => "无".to_owned(),
            _ => String::new(),
        };
        answers.push_str(&format!("K{i},{},{complained},{about},\"{text}\"\n", 1 + i % 5));
    }
    let mut coded = "line,coder,code\n".to_owned();
    for i in (0..60).filter(|i| i % 4 < 2) {
        let code = ["1", "2"][i % 4];
        coded.push_str(&format!("{},甲,{code}\n", i + 2));
        if i % 8 < 2 {
            // One of sixteen double-coded answers differs.
            coded.push_str(&format!("{},乙,{}\n", i + 2, if i == 0 { "2;1" } else { code }));
        }
    }
    vec![
        ("r.csv", answers),
        ("codes.csv", "code,label,label_en\n1,收费,Charges\n2,上门,Visit\n".to_owned()),
        ("coded.csv", coded),
        (
            "register.csv",
            "category,received,closed\n收费,2025-01-01,2025-01-04\n收费,2025-01-05,\n上门,2025-01-07,2025-01-08\n".to_owned(),
        ),
    ]
}

/// Where fewer named a category than a group needs, neither shares nor numbers of the categories are told.
#[test]
fn categories_of_few_are_withheld() {
    let definition = VOICE.replace("domain_base_min = 5\n", "domain_base_min = 25\n");
    assert_ne!(definition, VOICE);
    let assessment = run(&definition, &voice_files()).unwrap();
    let complaints = assessment.waves[0].complaints.as_ref().unwrap();
    assert!(complaints.categories_withheld && complaints.categories.is_empty());
    let files = report::files(&assessment, &report::Kind::ALL).unwrap_or_else(|e| panic!("{e}"));
    let page = files.iter().find(|(name, _)| *name == "report.en.html").unwrap();
    assert!(String::from_utf8_lossy(page.1).contains("Too few respondents said what they complained of"));
}

#[test]
fn complaints_are_counted_by_respondent() {
    let assessment = run(VOICE, &voice_files()).unwrap();
    let wave = &assessment.waves[0];
    // 20 of 59: one word says neither yes nor no and is told.
    let rate = touchpoint(&assessment, 0, "complaint-rate");
    let estimate = rate.reported.estimate.unwrap();
    assert_eq!((rate.kind, estimate.n), (TouchpointKind::ComplaintRate, 59));
    assert!((estimate.value - 2_000.0 / 59.0).abs() < 1e-9);
    let told = wave.findings.iter().filter(|f| f.code == Code::SideAnswersUnknown).count();
    assert_eq!(told, 1);
    // A simple random sample: Wilson's textbook interval, but for n − 1 and t in the place of n and z.
    let interval = estimate.interval.unwrap();
    let plain = wilson_interval(20, 59, 0.95).unwrap();
    assert!((interval.lower - plain.lower * 100.0).abs() < 0.6 && (interval.upper - plain.upper * 100.0).abs() < 0.6);
    let handling = touchpoint(&assessment, 0, "complaint-handling").reported.estimate.unwrap();
    let of_complainers: Vec<usize> = (0..60).filter(|i| i % 6 < 2).map(|i| i % 5).collect();
    let mean = of_complainers.iter().sum::<usize>() as f64 / of_complainers.len() as f64 * 25.0;
    assert_eq!(handling.n, 20);
    assert!((handling.value - mean).abs() < 1e-9);
    let complaints = wave.complaints.as_ref().unwrap();
    let named: Vec<(&str, u64)> = complaints.categories.iter().map(|c| (c.category.as_str(), c.n)).collect();
    assert_eq!(named, [("收费", 20), ("上门时间", 10)]);
    assert!((complaints.categories[0].mention_share - 2.0 / 3.0).abs() < 1e-12);
    assert!((complaints.categories[1].cumulative - 1.0).abs() < 1e-12);
    let register = complaints.register.as_ref().unwrap();
    assert_eq!((register.complaints, register.closed, register.days_median), (3, 2, Some(2.0)));
    assert_eq!(complaints.register_per_thousand, None);
}

#[test]
fn open_answers_are_counted_coded_and_quoted_without_anybodys_data() {
    let assessment = run(VOICE, &voice_files()).unwrap();
    let open = &assessment.waves[0].open_answers[0];
    assert_eq!((open.n, open.answered, open.nothing), (60, 30, 15));
    let keyword = |word: &str| open.keywords.iter().find(|k| k.keyword.word == word).map(|k| k.keyword.respondents);
    assert_eq!((keyword("收费"), keyword("师傅")), (Some(15), Some(15)));
    assert!(open.keywords.iter().all(|k| k.keyword.respondents >= open.keyword_base_min));
    let coding = open.coding.as_ref().unwrap();
    assert_eq!((coding.coders, coding.coded, coding.double_coded, coding.required), (2, 30, 16, 30));
    assert_eq!(coding.codes.iter().map(|c| c.n).sum::<u64>(), 30);
    // 16 units, one of them {1} against {1, 2}: p_o = 15/16.
    let kappa = coding.kappa.unwrap();
    assert!((kappa.observed - 15.0 / 16.0).abs() < 1e-12 && kappa.n == 16 && coding.several);
    let thin = assessment.waves[0].findings.iter().any(|f| f.code == Code::CodingThin);
    assert!(thin);
    assert!(!open.quotes.is_empty() && open.quotes.len() <= 5);
    let files = report::files(&assessment, &report::Kind::ALL).unwrap();
    for (name, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        for secret in SECRETS {
            assert!(!text.contains(secret), "{secret} in {name}");
        }
        assert!(!text.contains('甲') || !text.contains("甲,"), "a coder's name in {name}");
    }
    for page in ["report.html", "report.en.html"] {
        let html = String::from_utf8_lossy(&files[page]);
        for chapter in ["touchpoints", "complaints", "open-answers"] {
            assert!(html.contains(&format!("id=\"{chapter}\"")), "{chapter} is not in {page}");
        }
    }
}

#[test]
fn quotations_need_the_key_and_enough_answers() {
    let without = VOICE.replace("quote = true", "quote = false");
    let assessment = run(&without, &voice_files()).unwrap();
    assert!(assessment.waves[0].open_answers[0].quotes.is_empty());
    let few = VOICE.replace("column = \"意见\"", "column = \"意见\"\nblank = [\"x\"]");
    let mut files = voice_files();
    let lines: Vec<&str> = files[0].1.lines().collect();
    let short = lines.iter().take(14).map(|l| format!("{l}\n")).collect();
    files[0].1 = short;
    files[2].1 = "line,coder,code\n".to_owned() + "2,甲,1\n";
    let assessment = run(&few, &files).unwrap();
    let open = &assessment.waves[0].open_answers[0];
    assert!(open.answered < 8 && open.quotes.is_empty() && open.quotes_withheld);
}

#[test]
fn faults_of_registers_and_codes_are_told_together() {
    let mut files = voice_files();
    files[2].1 = "line,coder,code\n2,甲,1\n2,甲,2\n999,甲,1\n3,,1\n6,甲,7\n".to_owned();
    files[3].1 = "category,received,closed\n收费,2025-02-30,\n收费,2025-02-02,2025-02-01\n".to_owned();
    let refusal = run(VOICE, &files).unwrap_err();
    let mut found = codes(&refusal);
    found.sort();
    let expected = [
        (Code::BadComplaint, "order"),
        (Code::BadComplaint, "received"),
        (Code::BadCoding, "code"),
        (Code::BadCoding, "coder"),
        (Code::BadCoding, "repeated"),
        (Code::BadCoding, "row"),
    ];
    let expected: Vec<(Code, String)> = expected.into_iter().map(|(c, r)| (c, r.to_owned())).collect();
    assert_eq!(found, expected);
}

#[test]
fn contradictions_of_the_definition_are_told() {
    let wrong = r#"
title = "t"
responses = "r.csv"
dimensions = [{ id = "satisfaction", items = ["sat"] }]
[scales.five]
min = 1
max = 5
[[measures]]
kind = "nps"
item = "sat"
[[measures]]
kind = "csat"
item = "sat"
top = 5
[[measures]]
kind = "csat"
item = "nobody"
[complaints]
column = "c"
[[open]]
column = "sat"
keyword_base_min = 1
coded = "x.csv"
"#;
    let mut found: Vec<Code> = codes(&survey::parse("s", "s", wrong).unwrap_err())
        .into_iter()
        .map(|(c, _)| c)
        .collect();
    found.sort();
    let expected = [
        Code::MissingKey,
        Code::MissingKey,
        Code::MissingKey,
        Code::WrongValue,
        Code::WrongValue,
        Code::WrongValue,
        Code::DuplicateId,
        Code::DuplicateId,
        Code::UnknownReference,
    ];
    assert_eq!(found, expected);
}

/// What was made up for the shipped survey: recommendation and the speed of handling improve in 2025, two coders agree.
#[test]
fn the_shipped_survey_tells_the_same_story_beside_the_items() {
    let assessment = run_survey("appliance-after-sales").assessment;
    let last = &assessment.waves[2];
    assert_eq!(last.touchpoints.iter().map(|t| t.id.as_str()).collect::<Vec<_>>(), ["nps", "csat"]);
    let change = assessment
        .comparisons
        .iter()
        .find(|c| (c.from.as_str(), c.to.as_str()) == ("2024", "2025"))
        .unwrap();
    let nps = change.of(Family::Measures).find(|c| c.quantity == "nps").unwrap();
    assert_eq!(nps.direction, Direction::Up);
    let register = |wave: usize| assessment.waves[wave].complaints.as_ref().unwrap();
    let days: Vec<f64> = (0..3)
        .map(|w| register(w).register.as_ref().unwrap().days_median.unwrap())
        .collect();
    assert!(days[2] < days[1] && days[2] < days[0], "{days:?}");
    assert!(register(2).register_per_thousand < register(1).register_per_thousand);
    for wave in &assessment.waves {
        let open = &wave.open_answers[0];
        let coding = open.coding.as_ref().unwrap();
        assert!(coding.double_coded >= coding.required && coding.alpha.unwrap().value >= 0.8);
        assert_eq!(coding.coded, open.answered);
        assert!(!open.keywords.is_empty() && open.keywords.iter().all(|k| k.keyword.respondents >= 10));
        assert!(wave.inputs.iter().any(|i| i.kind == "code-frame") && wave.inputs.iter().any(|i| i.kind == "complaints"));
    }
}
