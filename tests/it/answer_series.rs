//! Series under control charts that are made from the answers of the waves: week by week against the rows, small weeks, gaps between fields,
//! and what a definition may not say.

use manyidu::assessment::Assessment;
use manyidu::design::estimate::{Domain, mean};
use manyidu::design::{LonelyPsuPolicy, SampleDesign, Stage};
use manyidu::finding::Code;
use manyidu::io::Memory;
use manyidu::pipeline::{self, Wanted};
use manyidu::report;
use manyidu::survey;
use manyidu::survey::over_time::SeriesKind;
use manyidu::trend::control::{ChartKind, SeriesAssessment};
use std::collections::BTreeMap;

const HEAD: &str = r#"
title = "周报"
dimensions = [{ id = "satisfaction", items = ["a"], scale = "five" }]
[[waves]]
id = "spring"
responses = "1.csv"
frame = "frame.csv"
[[waves]]
id = "autumn"
responses = "2.csv"
frame = "frame.csv"
[scales.five]
min = 1
max = 5
[scales.eleven]
min = 0
max = 10
[columns]
strata = ["区"]
submitted = "time"
duration = "seconds"
[design]
method = "stratified"
[cleaning.too_fast]
seconds_min = 30
[[measures]]
kind = "nps"
column = "q"
scale = "eleven"
[complaints]
column = "said"
yes = ["是"]
no = ["否"]
"#;

const SERIES: &str = r#"
[[series]]
id = "complaints-by-week"
from = "answers"
of = "complaint-rate"
by = "week"
[[series]]
id = "score-by-week"
title = { zh = "每周净推荐值", en = "Net promoter score by week" }
from = "answers"
of = "nps"
by = "week"
[[series]]
id = "item-by-month"
from = "answers"
of = "a"
by = "month"
"#;

#[derive(Debug, Clone)]
struct Row {
    west: bool,
    /// Days since the first of the field, a Monday.
    day: Option<u64>,
    seconds: u64,
    a: u64,
    q: Option<u64>,
    complained: bool,
}

/// 240 respondents over five weeks; some too fast, some silent.
fn rows(number: u64) -> Vec<Row> {
    let one = |i: u64| Row {
        west: i.is_multiple_of(3),
        day: Some((i * 7 + number) % 33),
        seconds: if i % 29 == 5 { 4 } else { 200 },
        a: 1 + (i * i + 3 * number) % 5,
        q: Some((i * i + i * number) % 11).filter(|_| i % 8 != 3),
        complained: (i * i * 7 + number) % 10 < 3,
    };
    (0..240).map(one).collect()
}

fn csv(rows: &[Row], first: &str) -> String {
    let first: jiff::civil::Date = first.parse().unwrap();
    let mut text = "区,time,seconds,a,q,said\n".to_owned();
    for row in rows {
        let day = |days: u64| first.checked_add(jiff::Span::new().days(i64::try_from(days).unwrap())).unwrap();
        let time = row.day.map(|d| format!("{} 23:59:00", day(d))).unwrap_or_default();
        let q = row.q.map(|q| q.to_string()).unwrap_or_default();
        let (stratum, said) = (if row.west { "西" } else { "东" }, if row.complained { "是" } else { "否" });
        text += &format!("{stratum},{time},{},{},{q},{said}\n", row.seconds, row.a);
    }
    text
}

fn parsed(definition: &str) -> Result<survey::Survey, Vec<(Code, String)>> {
    let told = |f: &manyidu::finding::Finding| (f.code, f.args.get("key").or(f.args.get("name")).cloned().unwrap_or_default());
    survey::parse("survey.toml", "weeks", definition)
        .map(|(survey, _)| survey)
        .map_err(|r| r.0.iter().map(told).collect())
}

fn run(definition: &str, waves: [&[Row]; 2]) -> Assessment {
    let survey = parsed(definition).unwrap_or_else(|faults| panic!("{faults:?}"));
    // 2025-03-03 and 2025-09-01 are Mondays.
    let files = BTreeMap::from([
        ("1.csv".to_owned(), csv(waves[0], "2025-03-03").into_bytes()),
        ("2.csv".to_owned(), csv(waves[1], "2025-09-01").into_bytes()),
        ("frame.csv".to_owned(), "区,population\n东,900\n西,2400\n".as_bytes().to_vec()),
    ]);
    let run = pipeline::run(&survey, definition, &[], &Memory(files), Wanted::default(), &|_, _| {});
    run.unwrap_or_else(|r| panic!("{:?}", r.0)).assessment
}

fn series<'a>(assessment: &'a Assessment, id: &str) -> &'a SeriesAssessment {
    assessment.over_time.as_ref().unwrap().series.iter().find(|s| s.id == id).unwrap()
}

fn near(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() <= 1e-9 * expected.abs().max(1e-9),
        "{found} is not {expected}"
    );
}

/// Mean of a value in a week of a wave by the design kernel, from the rows that count; with n and (Σw)²/Σw².
fn by_kernel(rows: &[Row], week: u64, value: &dyn Fn(&Row) -> Option<f64>) -> (f64, f64, u64, f64) {
    let kept: Vec<&Row> = rows.iter().filter(|r| r.seconds >= 30).collect();
    let strata: Vec<usize> = kept.iter().map(|r| usize::from(r.west)).collect();
    let n = [0, 1].map(|h| strata.iter().filter(|s| **s == h).count() as f64);
    let weights: Vec<f64> = strata.iter().map(|h| [900.0, 2400.0][*h] / n[*h]).collect();
    let population: Vec<u64> = strata.iter().map(|h| [900, 2400][*h]).collect();
    let stage = Stage::of_elements(kept.len()).stratified(&strata).with_population(&population);
    let design = SampleDesign::new(&[stage], Some(&weights)).unwrap();
    let inside = |r: &&Row| r.day.filter(|d| d / 7 == week).and_then(|_| value(r));
    let values: Vec<Option<f64>> = kept.iter().map(inside).collect();
    let domain = Domain::whole(&design, LonelyPsuPolicy::Adjust);
    let found = domain.estimate(&mean(&domain, &values).unwrap()).unwrap();
    let counted = || values.iter().zip(&weights).filter(|(v, _)| v.is_some()).map(|(_, w)| *w);
    let (sum, squares): (f64, f64) = (counted().sum(), counted().map(|w| w * w).sum());
    (found.value, found.standard_error, counted().count() as u64, sum * sum / squares)
}

#[test]
fn weeks_are_weighted_means_of_those_who_count() {
    let (first, second) = (rows(1), rows(2));
    let assessment = run(&format!("{HEAD}{SERIES}"), [&first, &second]);
    let complained = |r: &Row| Some(f64::from(u8::from(r.complained)));
    let score = |r: &Row| {
        r.q.map(|q| match q {
            9.. => 100.0,
            7 | 8 => 0.0,
            _ => -100.0,
        })
    };
    let checks: [(&str, &dyn Fn(&Row) -> Option<f64>, SeriesKind); 2] = [
        ("complaints-by-week", &complained, SeriesKind::Share),
        ("score-by-week", &score, SeriesKind::Mean),
    ];
    for (id, value, kind) in checks {
        let found = series(&assessment, id);
        assert_eq!((found.kind, found.values.len(), found.per_year), (kind, 10, 52));
        for (at, point) in found.values.iter().enumerate() {
            let rows = if at < 5 { &first } else { &second };
            let (value, error, n, effective) = by_kernel(rows, at as u64 % 5, value);
            near(point.value, value);
            near(point.standard_error.unwrap(), error);
            assert_eq!(point.n, Some(n), "{id} {at}");
            near(point.n_effective.unwrap(), effective);
            assert!(effective < n as f64 - 1.0, "weights differ");
        }
        // Five weeks from 3 March and five from 1 September.
        let names: Vec<&str> = found.values.iter().map(|v| v.period.as_str()).collect();
        assert_eq!(
            (names[0], names[4], names[5], names[9]),
            ("2025-W10", "2025-W14", "2025-W36", "2025-W40")
        );
        assert_eq!(found.after_gaps, [5]);
        assert!(found.drawn && !found.judged);
    }
    // The share's centre is the mean over effective numbers, its limits are those of them, with Laney's factor from ranges within a field.
    let found = series(&assessment, "complaints-by-week");
    let chart = found.charts.iter().find(|c| c.kind == ChartKind::PPrime).unwrap();
    let base = |at: usize| found.values[at].n_effective.unwrap();
    let centre = (0..10).map(|at| found.values[at].value * base(at)).sum::<f64>() / (0..10).map(base).sum::<f64>();
    let sigma = |at: usize| (centre * (1.0 - centre) / base(at)).sqrt();
    let z: Vec<f64> = (0..10).map(|at| (found.values[at].value - centre) / sigma(at)).collect();
    let ranges: Vec<f64> = (1..10).filter(|at| *at != 5).map(|at| (z[at] - z[at - 1]).abs()).collect();
    let widen = ranges.iter().sum::<f64>() / 8.0 / 1.128;
    near(chart.centre[0], centre);
    near(chart.upper[3].unwrap(), (centre + 3.0 * sigma(3) * widen).min(1.0));
}

#[test]
fn months_and_items() {
    let (first, second) = (rows(1), rows(2));
    let assessment = run(&format!("{HEAD}{SERIES}"), [&first, &second]);
    let found = series(&assessment, "item-by-month");
    let names: Vec<&str> = found.values.iter().map(|v| v.period.as_str()).collect();
    assert_eq!(names, ["2025-03", "2025-04", "2025-09", "2025-10"]);
    assert_eq!(
        (found.after_gaps.as_slice(), found.drawn, found.charts.len()),
        ([2].as_slice(), false, 0)
    );
    // 29 days of March from the third on, the rest in April.
    let kept = |late: bool| first.iter().filter(|r| r.seconds >= 30 && (r.day.unwrap() >= 29) == late).count() as u64;
    assert_eq!((found.values[0].n, found.values[1].n), (Some(kept(false)), Some(kept(true))));
}

/// A week of 4 is left out, and the smallest of the others with it: the whole less the other weeks would tell what the 4 said.
#[test]
fn a_small_week_is_not_told() {
    let mut first = rows(1);
    first.iter_mut().for_each(|r| r.seconds = 200);
    let in_last = |r: &&mut Row| r.day.is_some_and(|d| d / 7 == 4);
    first.iter_mut().filter(in_last).skip(4).for_each(|r| r.day = Some(1));
    first.iter_mut().filter(|r| r.day == Some(8)).take(1).for_each(|r| r.day = None);
    let second = rows(2);
    let assessment = run(&format!("{HEAD}{SERIES}"), [&first, &second]);
    let found = series(&assessment, "complaints-by-week");
    let facts = found.answers.as_ref().unwrap();
    assert_eq!(
        (facts.too_small.as_slice(), facts.base_min, facts.untimed),
        (["2025-W14".to_owned()].as_slice(), 10, 1)
    );
    let count = |week: u64| first.iter().filter(|r| r.day.is_some_and(|d| d / 7 == week)).count();
    let smallest = (0..4).min_by_key(|week| count(*week)).unwrap();
    assert_eq!(facts.withheld, [format!("2025-W{}", 10 + smallest)]);
    assert_eq!(found.values.len(), 8);
    let shown: u64 = found.values.iter().take(3).filter_map(|v| v.n).sum();
    assert!(240 - shown >= 10);
    // Told in both languages, and nowhere the week itself.
    let files = report::files(&assessment, &report::Kind::ALL).unwrap_or_else(|e| panic!("{e}"));
    let text = |english: bool| -> String {
        let page = |name: &str| name.ends_with(".html") && name.ends_with(".en.html") == english;
        let pages = files.iter().filter(|(name, _)| page(name));
        pages.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect()
    };
    let (zh, en) = (text(false), text(true));
    assert!(zh.contains("不足 10 份而没有列出：2025-W14") && zh.contains("处中断"));
    assert!(en.contains("Left out for fewer than 10 answers: 2025-W14") && en.contains("1 answers have no usable time"));
}

#[test]
fn waves_apart_by_a_break_are_not_one_series() {
    let text = format!("{HEAD}{SERIES}[[breaks]]\nwave = \"autumn\"\nwhat = \"wording\"\nitems = [\"a\"]\n");
    let assessment = run(&text, [&rows(1), &rows(2)]);
    let item = series(&assessment, "item-by-month");
    assert_eq!(
        (item.values.len(), item.answers.as_ref().unwrap().waves.as_slice()),
        (2, ["autumn".to_owned()].as_slice())
    );
}

#[test]
fn row_order_does_not_matter() {
    let (mut first, second) = (rows(1), rows(2));
    let one = run(&format!("{HEAD}{SERIES}"), [&first, &second]);
    first.reverse();
    let other = run(&format!("{HEAD}{SERIES}"), [&first, &second]);
    for id in ["complaints-by-week", "score-by-week", "item-by-month"] {
        assert_eq!(series(&one, id).values, series(&other, id).values);
    }
}

#[test]
fn faults_of_a_definition_are_told() {
    let faults = |head: &str, tail: &str| parsed(&format!("{head}{tail}")).map(|_| ()).unwrap_err();
    let one = |keys: &str| format!("[[series]]\nid = \"s\"\n{keys}");
    assert_eq!(faults(HEAD, &one(""))[0].0, Code::ExactlyOne);
    assert_eq!(faults(HEAD, &one("from = \"answers\"\nfile = \"x.csv\"\n"))[0].0, Code::ExactlyOne);
    assert_eq!(
        faults(HEAD, &one("from = \"answers\"\nby = \"week\"\n")),
        [(Code::MissingKey, "of".to_owned())]
    );
    assert_eq!(
        faults(HEAD, &one("file = \"x.csv\"\nof = \"a\"\n")),
        [(Code::MissingKey, "from".to_owned())]
    );
    let unknown = one("from = \"answers\"\nby = \"week\"\nof = \"npz\"\n");
    assert_eq!(faults(HEAD, &unknown), [(Code::UnknownReference, "npz".to_owned())]);
    let low = one("from = \"answers\"\nby = \"week\"\nof = \"nps\"\nbase_min = 3\n");
    assert_eq!(faults(HEAD, &low), [(Code::WrongValue, "series[0].base_min".to_owned())]);
    let untimed = HEAD.replace("submitted = \"time\"\n", "");
    assert_eq!(faults(&untimed, SERIES)[0], (Code::MissingKey, "submitted".to_owned()));
    // Weeks and months of the same answers.
    let both = format!("{SERIES}[[series]]\nid = \"s\"\nfrom = \"answers\"\nof = \"nps\"\nby = \"month\"\n");
    assert_eq!(faults(HEAD, &both), [(Code::WrongValue, "series[3].by".to_owned())]);
}
