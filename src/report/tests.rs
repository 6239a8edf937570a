//! Reports of the surveys that ship with the program, and of hostile and empty ones.

use super::document::{Block, Table};
use super::figures::{Figures, figures};
use super::html::render;
use super::{Kind, charts, document, files};
use crate::assessment::{Assessment, WaveAssessment};
use crate::index::estimate::Reported;
use crate::io::Folder;
use crate::locale::{Lang, Messages, Text};
use crate::pipeline::{self, Wanted};
use crate::survey;
use resvg::usvg::roxmltree::Document;
use std::path::Path;
use std::sync::LazyLock;

const HOSTILE: &str = "<script>alert(1)</script>\" onload='x' \u{0}\u{1b}[31m\u{202e}&amp; ]]>";

static ECSI: LazyLock<Assessment> = LazyLock::new(|| assess("ecsi-mobile"));
static ABC: LazyLock<Assessment> = LazyLock::new(|| assess("abc-b2b"));
static APPLIANCE: LazyLock<Assessment> = LazyLock::new(|| assess("appliance-after-sales"));

fn assess(survey: &str) -> Assessment {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("surveys")
        .join(survey)
        .join("survey.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let folder = Folder::of(&path);
    let (survey, warnings) = survey::parse("survey.toml", &folder.name(), &text).unwrap();
    pipeline::run(&survey, &text, &warnings, &folder, Wanted::default(), &|_, _| {})
        .unwrap()
        .assessment
}

fn all() -> [(&'static str, &'static Assessment); 3] {
    [("ecsi", &ECSI), ("abc", &ABC), ("appliance", &APPLIANCE)]
}

fn html(assessment: &Assessment, lang: Lang) -> String {
    let document = document(assessment, Kind::Evidence, lang, &figures(assessment, lang), "");
    render(&document, lang).unwrap()
}

/// The page without its tags, style sheet and pictures: what a reader reads.
fn read_text(html: &str) -> String {
    let (mut text, mut rest) = (String::new(), html);
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        let skip = ["<style", "<svg", "<script"]
            .iter()
            .find(|tag| rest[start..].starts_with(**tag))
            .map(|tag| tag.replace('<', "</"));
        let from = skip.and_then(|end| rest[start..].find(&end)).unwrap_or(0);
        let end = rest[start + from..].find('>').unwrap();
        text.push(' ');
        rest = &rest[start + from + end + 1..];
    }
    text + rest
}

/// Every word of every place that takes text from outside is replaced by something hostile.
fn hostile() -> Assessment {
    let text = || Text::same(HOSTILE);
    let mut a = APPLIANCE.clone();
    a.survey.title = text();
    a.survey.notice = Some(text());
    a.survey.population = Some(text());
    a.survey.basis = vec![HOSTILE.to_owned()];
    let certificate = a.certificate.as_mut().unwrap();
    (certificate.title, certificate.body) = (text(), Some(text()));
    certificate.number = Some(HOSTILE.to_owned());
    let evidence = certificate.entries.iter_mut().flat_map(|e| &mut e.evidence);
    evidence.for_each(|e| e.fact = text());
    let actions = a.actions.iter_mut().flatten();
    actions.for_each(|action| (action.item, action.owner, action.proof) = (text(), text(), HOSTILE.to_owned()));
    let sites = a.sites.as_mut().unwrap();
    (sites.title, sites.file) = (text(), HOSTILE.to_owned());
    sites.sites.iter_mut().for_each(|s| s.site = HOSTILE.to_owned());
    for wave in &mut a.waves {
        wave.title = text();
        wave.questionnaire = Some(HOSTILE.to_owned());
        wave.items.iter_mut().for_each(|i| i.title = text());
        wave.dimensions.iter_mut().for_each(|d| d.title = text());
        wave.coverage.strata.iter_mut().for_each(|s| s.stratum = HOSTILE.to_owned());
        wave.domains.iter_mut().for_each(|d| d.category = HOSTILE.to_owned());
        wave.domains.iter_mut().for_each(|d| d.column = HOSTILE.to_owned());
        wave.inputs.iter_mut().for_each(|i| i.file = HOSTILE.to_owned());
        wave.findings.iter_mut().for_each(|f| f.message = text());
        wave.determinations.iter_mut().for_each(|d| d.title = text());
        wave.priorities
            .iter_mut()
            .flat_map(|p| &mut p.points)
            .for_each(|p| p.title = text());
    }
    a
}

#[test]
fn hostile_text_stays_text() {
    for lang in [Lang::Zh, Lang::En] {
        let page = html(&hostile(), lang);
        assert_eq!(page.matches("<script").count(), 1, "the page's own");
        assert!(page.contains("&lt;script&gt;"));
        assert!(!page.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'));
        let tags = page.split('<').skip(1).map(|after| after.split('>').next().unwrap());
        for tag in tags.filter(|tag| tag.contains("onload") || tag.contains("javascript:")) {
            let quoted = tag.split('"').skip(1).step_by(2);
            assert!(quoted.clone().any(|value| value.contains("onload")), "{tag}");
        }
    }
}

#[test]
fn nothing_is_fetched() {
    for (name, assessment) in all() {
        let page = html(assessment, Lang::Zh);
        for attribute in ["src=", "href=", "url(", "@import"] {
            for after in page.split(attribute).skip(1) {
                let value: String = after.chars().take(20).collect();
                assert!(value.starts_with("\"#"), "{name}: {attribute}{value}");
            }
        }
        assert!(page.contains("default-src 'none'"));
    }
}

#[test]
fn undefined_is_a_dash_and_no_key_is_shown_bare() {
    let mut empty = ECSI.clone();
    empty.waves.clear();
    for (name, assessment) in all().into_iter().chain([("empty", &empty)]) {
        for lang in [Lang::Zh, Lang::En] {
            let text = read_text(&html(assessment, lang));
            for bad in ["NaN", "None", "null", "inf ", "report-", "Some(", "{ $", "{$", "undefined ("] {
                assert!(!text.contains(bad), "{name} {lang:?}: {bad} in …{}…", around(&text, bad));
            }
        }
    }
}

fn around(text: &str, what: &str) -> String {
    let at = text.find(what).unwrap_or(0);
    text[..at]
        .chars()
        .rev()
        .take(80)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .chain(text[at..].chars().take(80))
        .collect()
}

/// Keys written in the sources of the report all have a wording.
#[test]
fn every_key_named_in_the_template_has_a_wording() {
    let template = include_str!("../../templates/report.html.j2");
    let keys = template
        .split("word(")
        .skip(1)
        .map(|after| after[1..].split(['"', '\'']).next().unwrap());
    for key in keys {
        for lang in [Lang::Zh, Lang::En] {
            assert!(Messages::of(lang).has(&format!("report-{key}")), "{key}");
        }
    }
}

#[test]
fn a_table_with_an_interval_names_its_n() {
    for (name, assessment) in all() {
        for lang in [Lang::Zh, Lang::En] {
            let document = document(assessment, Kind::Evidence, lang, &figures(assessment, lang), "");
            let mut tables = Vec::new();
            document.chapters.iter().for_each(|c| collect(&c.blocks, &mut tables));
            assert!(tables.len() > 10);
            for table in tables {
                assert!(!table.base.is_empty(), "{name}: {} has no base", table.caption);
                let has_interval = table.columns.iter().any(|c| c.title.contains("95%"));
                let has_n = table.columns.iter().any(|c| c.title == "n") || table.base.contains("n = ");
                assert!(!has_interval || has_n, "{name}: {}", table.caption);
                let width = table.columns.len();
                assert!(
                    table.rows.iter().all(|r| r.heading || r.cells.len() == width),
                    "{name}: {}",
                    table.caption
                );
            }
        }
    }
}

fn collect<'a>(blocks: &'a [super::document::Block], tables: &mut Vec<&'a super::document::Table>) {
    use super::document::Block;
    for block in blocks {
        match block {
            Block::Table(table) => tables.push(table),
            Block::Figure(picture) => tables.push(&picture.data),
            Block::Details { blocks, .. } => collect(blocks, tables),
            _ => {}
        }
    }
}

#[test]
fn figures_are_well_formed_and_follow_the_data() {
    let ids = |a: &Assessment| figures(a, Lang::Zh).drawn.iter().map(|f| f.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&ECSI), ["dimensions", "radar", "priorities", "priorities-items", "path-model"]);
    assert_eq!(
        ids(&APPLIANCE),
        [
            "trend",
            "trend-dimensions",
            "moves",
            "series-repeat-repairs-p-prime",
            "series-repeat-repairs-p",
            "series-repeat-repairs-ewma",
            "series-repeat-repairs-cusum-upper",
            "series-repeat-repairs-cusum-lower",
            // Eleven weeks are too few to be judged, so the charts to judge by are not drawn.
            "series-nps-weekly-individuals",
            "series-nps-weekly-moving-range",
            "dimensions",
            "likert",
            "nps",
            "complaints",
            "radar",
            "coverage",
            "percent-match",
            "durations",
            "weight-distribution",
            "priorities",
            "priorities-items",
            "path-model"
        ]
    );
    for (name, assessment) in all() {
        for lang in [Lang::Zh, Lang::En] {
            let figures = figures(assessment, lang);
            assert_eq!(figures.left_out, Vec::<String>::new(), "{name}");
            for figure in figures.drawn {
                Document::parse(&figure.svg).unwrap();
                assert!(!figure.alt_text.is_empty() && !figure.table.rows.is_empty());
                assert!(
                    figure.table.rows.iter().all(|row| row.len() == figure.table.header.len()),
                    "{}",
                    figure.id
                );
            }
        }
    }
}

#[test]
fn a_figure_that_cannot_be_drawn_is_named() {
    let mut broken = APPLIANCE.clone();
    let last = broken.waves.last_mut().unwrap();
    last.priorities.as_mut().unwrap().importance_mean = f64::NAN;
    let figures = figures(&broken, Lang::En);
    assert!(!figures.drawn.iter().any(|f| f.id == "priorities"));
    assert_eq!(figures.left_out.len(), 1);
    let page = render(&document(&broken, Kind::Evidence, Lang::En, &figures, ""), Lang::En).unwrap();
    assert!(read_text(&page).contains("was not drawn"));
}

#[test]
fn a_refused_index_shows_its_reason() {
    let mut refused = APPLIANCE.clone();
    let finding = crate::finding::Finding::new(crate::finding::Code::NobodyLeft, crate::finding::Place::subject("2025"));
    let reason = finding.record().message.en;
    let spoil = |wave: &mut WaveAssessment| wave.index = Reported::refused(&finding);
    refused.waves.iter_mut().for_each(spoil);
    let text = read_text(&html(&refused, Lang::En));
    assert!(text.contains(&reason));
}

#[test]
fn the_same_assessment_gives_the_same_bytes() {
    let first = files(&APPLIANCE, &Kind::ALL).unwrap();
    assert!(first == files(&APPLIANCE, &Kind::ALL).unwrap());
    let names: Vec<&str> = first.keys().map(String::as_str).collect();
    for name in [
        "assessment.json",
        "report.html",
        "report.en.html",
        "charts/zh-CN/trend.svg",
        "charts/en/coverage.png",
    ] {
        assert!(names.contains(&name), "{name} in {names:?}");
    }
    let read: Assessment = serde_json::from_slice(&first["assessment.json"]).unwrap();
    assert_eq!(first["assessment.json"].last(), Some(&b'\n'));
    let digest = crate::evidence::sha256(&first["assessment.json"]);
    let document = document(&read, Kind::Evidence, Lang::Zh, &figures(&read, Lang::Zh), &digest);
    let again = render(&document, Lang::Zh).unwrap();
    assert!(again.as_bytes() == first["report.html"], "the JSON holds all that the report needs");
    assert!(charts::png_from_svg(std::str::from_utf8(&first["charts/en/coverage.svg"]).unwrap(), 1.0).is_ok());
}

#[test]
fn figures_of_nothing_are_none() {
    let mut empty = ECSI.clone();
    empty.waves.clear();
    assert_eq!(figures(&empty, Lang::Zh), Figures::default());
}

/// The words of the files that have an English name in the shipped survey.
fn words_with_names() -> Vec<String> {
    let labels = APPLIANCE.survey.labels.as_ref().unwrap();
    // Categories of complaints are also words of the answers, which are quoted.
    let columns = labels.columns.iter().filter(|(column, _)| *column != "category");
    let of_columns = columns.flat_map(|(column, names)| names.values.keys().chain(names.title.as_ref().map(|_| column)));
    let actions = APPLIANCE.actions.iter().flatten().flat_map(|a| [&a.item, &a.owner]);
    let plan = APPLIANCE.surveillance.iter().flat_map(|s| s.plan.iter().flatten());
    let plan = plan.flat_map(|e| [&e.item, &e.owner]);
    let benchmarks = APPLIANCE.over_time.iter().flat_map(|o| &o.benchmarks).flat_map(|b| &b.rows);
    let benchmarks = benchmarks.flat_map(|r| [&r.benchmark.name, &r.benchmark.source]);
    let texts = actions.chain(plan).chain(benchmarks).map(|t| t.zh.clone());
    of_columns.cloned().chain(texts).collect()
}

#[test]
fn an_english_report_has_the_english_names() {
    let words = words_with_names();
    assert!(words.len() > 30);
    let figures = figures(&APPLIANCE, Lang::En);
    for kind in Kind::ALL {
        let page = render(&document(&APPLIANCE, kind, Lang::En, &figures, ""), Lang::En).unwrap();
        let left: Vec<&String> = words.iter().filter(|w| page.contains(w.as_str())).collect();
        assert!(left.is_empty(), "{kind:?}: {left:?}");
    }
    let page = html(&APPLIANCE, Lang::En);
    for name in [
        "Southwest",
        "East·Online",
        "Purchase channel",
        "WeChat",
        "Quality of the repair",
        "Supply chain",
    ] {
        assert!(page.contains(name), "{name}");
    }
    let english = crate::assessment::labels::named(&APPLIANCE, Lang::En);
    let register = english.waves.iter().filter_map(|w| w.complaints.as_ref()?.register.as_ref());
    let mut categories = register.flat_map(|r| &r.categories);
    assert!(categories.all(|c| c.category.is_ascii()), "{categories:?}");
    assert!(html(&APPLIANCE, Lang::Zh).contains("华东·线上"));
}

#[test]
fn labels_change_print_alone() {
    use crate::assessment::labels::named;
    use std::borrow::Cow;
    let english = named(&APPLIANCE, Lang::En);
    let without_words = |a: &Assessment| {
        let mut a = a.clone();
        a.survey.labels = None;
        serde_json::to_string(&a)
            .unwrap()
            .chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    assert_eq!(without_words(&english), without_words(&APPLIANCE), "no number moves");
    let plain = ECSI.survey.labels.is_none();
    assert!(plain && matches!(named(&ECSI, Lang::En), Cow::Borrowed(_)));
}

#[test]
fn a_name_for_what_never_occurs_is_told() {
    use crate::assessment::labels::unused;
    assert_eq!(unused(&APPLIANCE, "survey.toml"), []);
    let mut more = APPLIANCE.clone();
    let labels = more.survey.labels.as_mut().unwrap();
    let region = labels.columns["所在区域"].clone();
    labels.columns.insert("区域".to_owned(), region);
    let channels = &mut labels.columns.get_mut("购买渠道").unwrap().values;
    channels.insert("线上 ".to_owned(), channels["线上"].clone());
    let told: Vec<_> = unused(&more, "survey.toml")
        .iter()
        .map(|f| (f.args["column"].clone(), f.args["value"].clone()))
        .collect();
    assert_eq!(
        told,
        [("区域".to_owned(), String::new()), ("购买渠道".to_owned(), "线上 ".to_owned())]
    );
}

#[test]
fn a_withheld_group_is_named_by_its_label() {
    let finding = crate::finding::Finding::new(crate::finding::Code::BaseTooSmall, crate::finding::Place::subject("2025"));
    let finding = finding.with("domain", "西南").with("n", 7).with("min", 10);
    let mut few = APPLIANCE.clone();
    for domain in few.waves.iter_mut().flat_map(|w| &mut w.domains).filter(|d| d.category == "西南") {
        domain.index = Reported::refused(&finding);
    }
    let page = html(&few, Lang::En);
    assert!(page.contains("“Southwest”") && !page.contains("“西南”"));
}

#[test]
fn a_survey_without_intervals_does_not_speak_of_them() {
    let tables = |assessment: &Assessment, chapter: &str| -> Vec<Vec<String>> {
        let document = document(assessment, Kind::Evidence, Lang::En, &figures(assessment, Lang::En), "");
        let chapter = document.chapters.into_iter().find(|c| c.id == chapter).unwrap();
        let table = |block: Block| match block {
            Block::Table(table) => Some(table),
            Block::Figure(picture) => Some(picture.data),
            _ => None,
        };
        let titles = |table: Table| table.columns.into_iter().map(|c| c.title).collect();
        chapter.blocks.into_iter().filter_map(table).map(titles).collect()
    };
    for chapter in ["results", "domains", "priorities"] {
        let titles = tables(&ABC, chapter).concat();
        let spoken: Vec<&String> = titles.iter().filter(|t| t.contains("interval") || t.contains("error")).collect();
        assert!(!titles.is_empty() && spoken.is_empty(), "{chapter}: {spoken:?}");
        assert!(tables(&APPLIANCE, chapter).concat().iter().any(|t| t.contains("interval")) || chapter == "domains");
    }
    let page = read_text(&html(&ABC, Lang::En));
    for said in ["with confidence intervals", "Under each score stands", "where intervals overlap"] {
        assert!(!page.contains(said), "{said}");
    }
    assert!(read_text(&html(&APPLIANCE, Lang::En)).contains("Under each score stands"));
    let map = ABC.waves[0].priorities.as_ref().unwrap();
    assert!(
        map.points
            .iter()
            .all(|p| p.importance.interval.is_none() && p.performance.interval.is_none())
    );
}
