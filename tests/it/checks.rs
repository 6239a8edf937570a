//! What the chapters on sample, cleaning, response quality, disclosure and recomputing say, against the assessment they are made from.

use crate::support::path;
use manyidu::assessment::Assessment;
use manyidu::clean::quality::Unreachable;
use manyidu::coverage::StratumVerdict;
use manyidu::index::quantity::Family;
use manyidu::io::{Folder, World};
use manyidu::locale::Lang;
use manyidu::pipeline::{self, Wanted};
use manyidu::report::document::{Block, Document, Table};
use manyidu::report::{Kind, document, figures::figures};
use manyidu::stats::Interval;
use manyidu::survey;
use std::collections::BTreeSet;
use std::io::Read;
use std::sync::{LazyLock, Mutex};

/// A folder that remembers what was opened.
struct Watched {
    folder: Folder,
    opened: Mutex<BTreeSet<String>>,
}

impl World for Watched {
    fn open(&self, name: &str) -> std::io::Result<Box<dyn Read + Send>> {
        self.opened.lock().unwrap().insert(name.to_owned());
        self.folder.open(name)
    }
}

/// The assessment of the shipped survey over three waves, and every file that was opened for it.
static APPLIANCE: LazyLock<(Assessment, BTreeSet<String>)> = LazyLock::new(|| {
    let definition = path("surveys/appliance-after-sales/survey.toml");
    let text = std::fs::read_to_string(&definition).unwrap();
    let (survey, warnings) = survey::parse("survey.toml", "appliance-after-sales", &text).unwrap();
    let world = Watched {
        folder: Folder::of(&definition),
        opened: Mutex::default(),
    };
    let run = pipeline::run(&survey, &text, &warnings, &world, Wanted::default(), &|_, _| {}).unwrap();
    (run.assessment, world.opened.into_inner().unwrap())
});

fn written(assessment: &Assessment, kind: Kind, lang: Lang) -> Document {
    document(assessment, kind, lang, &figures(assessment, lang), "")
}

/// Blocks of a chapter, those inside of folded parts too.
fn blocks<'a>(document: &'a Document, chapter: &str) -> Vec<&'a Block> {
    fn open<'a>(blocks: &'a [Block], into: &mut Vec<&'a Block>) {
        for block in blocks {
            match block {
                Block::Details { blocks, .. } => open(blocks, into),
                other => into.push(other),
            }
        }
    }
    let mut found = Vec::new();
    let chapter = document.chapters.iter().find(|c| c.id == chapter).unwrap();
    open(&chapter.blocks, &mut found);
    found
}

fn tables<'a>(document: &'a Document, chapter: &str) -> Vec<&'a Table> {
    let table = |block: &&'a Block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    };
    blocks(document, chapter).iter().filter_map(table).collect()
}

/// Paragraphs, what stands out, and lists.
fn sentences(document: &Document, chapter: &str) -> Vec<String> {
    let said = |block: &&Block| match block {
        Block::Paragraph { text } | Block::Callout { text, .. } => vec![text.clone()],
        Block::List { items } => items.clone(),
        _ => Vec::new(),
    };
    blocks(document, chapter).iter().flat_map(said).collect()
}

fn column(table: &Table, title: &str) -> usize {
    let found = table.columns.iter().position(|c| c.title == title);
    found.unwrap_or_else(|| panic!("{title} not in {:?}", table.columns))
}

/// The table that has a column with this title.
fn with_column<'a>(document: &'a Document, chapter: &str, title: &str) -> &'a Table {
    let has = |table: &&&Table| table.columns.iter().any(|c| c.title == title);
    tables(document, chapter).iter().find(has).unwrap_or_else(|| panic!("{title}"))
}

/// What is said to be ruled out is the far end of the printed interval, and nothing is said where the interval leaves 0 out.
#[test]
fn a_change_is_ruled_out_by_the_printed_interval_or_not_at_all() {
    let mut assessment = APPLIANCE.0.clone();
    let bounds = |assessment: &Assessment| -> Vec<String> {
        let said = sentences(&written(assessment, Kind::Evidence, Lang::En), "trend");
        said.into_iter().filter(|s| s.contains("leaves out changes of more than")).collect()
    };
    let index = |c: &manyidu::trend::Comparison| c.changes.iter().find(|c| c.family == Family::Index).unwrap().interval.unwrap();
    assert!(assessment.comparisons.iter().map(index).all(|i| i.lower > 0.0 || i.upper < 0.0));
    assert_eq!(bounds(&assessment), Vec::<String>::new());
    for comparison in &mut assessment.comparisons {
        let change = comparison.changes.iter_mut().find(|c| c.family == Family::Index).unwrap();
        change.interval = Some(Interval {
            lower: -2.25,
            upper: 1.75,
            ..change.interval.unwrap()
        });
    }
    let said = bounds(&assessment);
    let sensitivity = sentences(&written(&assessment, Kind::Evidence, Lang::En), "trend");
    let sensitivity = sensitivity.iter().filter(|s| s.contains("has to differ by")).count();
    assert!(sensitivity > 0 && said.len() == sensitivity, "{said:?}");
    assert!(said.iter().all(|s| s.contains("more than 2.3 points")), "{said:?}");
}

/// A stratum passes from the stated share of its target on; the reason names that share, and few interviews are marked.
#[test]
fn a_stratum_below_its_target_is_not_said_to_have_reached_it() {
    let (assessment, _) = &*APPLIANCE;
    let coverage = &assessment.waves.last().unwrap().coverage;
    let below = |s: &&manyidu::coverage::StratumCoverage| s.achieved.unwrap() < 1.0 && s.verdict == StratumVerdict::Pass;
    assert!(coverage.strata.iter().filter(below).count() >= 2);
    assert!(coverage.strata.iter().any(|s| s.n < 50) && coverage.strata.iter().any(|s| s.n >= 50));
    let document = written(assessment, Kind::Sampling, Lang::En);
    let table = with_column(&document, "sample", "Reason");
    let (reason, n) = (column(table, "Reason"), column(table, "n"));
    for (row, stratum) in table.rows.iter().zip(&coverage.strata) {
        assert_eq!(row.cells[reason].text, "At or above 80.0% of the target");
        assert_eq!(row.cells[n].text, stratum.n.to_string());
        assert_eq!(row.cells[n].note == "n < 50", stratum.n < 50, "{}", stratum.stratum);
    }
    assert!(
        table.notes.iter().any(|note| note.contains("the limit is 80.0%")),
        "{:?}",
        table.notes
    );
    assert!(!table.notes.iter().any(|note| note.contains("short_below")));
}

/// A correlation below −1 flags nobody, nor does a run longer than cleaning leaves: the table says so, and so does the sentence that
/// nobody is flagged.
#[test]
fn an_index_that_cannot_flag_anyone_is_not_a_reassurance() {
    let (assessment, _) = &*APPLIANCE;
    let of = |wave: usize| {
        let quality = assessment.waves[wave].quality.as_ref().unwrap();
        let named = |i: &manyidu::clean::quality::IndexResult| i.unreachable.map(|why| (i.index.as_str(), why));
        quality.found.indices.iter().filter_map(named).collect::<Vec<_>>()
    };
    let run = ("longstring", Unreachable::ExcludedBefore);
    assert_eq!(of(2), [run, ("synonyms", Unreachable::OutsideRange)]);
    assert_eq!(
        of(1),
        [
            run,
            ("synonyms", Unreachable::OutsideRange),
            ("person-total", Unreachable::OutsideRange)
        ]
    );
    for wave in &assessment.waves {
        for index in &wave.quality.as_ref().unwrap().found.indices {
            assert!(index.unreachable.is_none() || index.hit == 0, "{index:?}");
        }
    }
    let document = written(assessment, Kind::Evidence, Lang::En);
    let said = sentences(&document, "quality");
    let callout = said.iter().find(|s| s.contains("not one is flagged")).unwrap();
    assert!(
        callout.contains("Nobody could have reached the line of: Longest run of one answer, Psychometric synonyms"),
        "{callout}"
    );
    let table = with_column(&document, "quality", "Flagged when");
    let line = column(table, "Flagged when");
    let marked: Vec<&str> = table
        .rows
        .iter()
        .filter(|r| r.cells[line].note.starts_with("cannot flag anyone here"))
        .map(|r| r.cells[0].text.as_str())
        .collect();
    assert_eq!(marked, ["Longest run of one answer", "Psychometric synonyms"]);
    // Nobody is flagged by several kinds: nobody is to be looked at first, and there is no table of withheld cells.
    assert!(!said.iter().any(|s| s.contains("first")), "{said:?}");
    let empty = |t: &&Table| t.columns.iter().any(|c| c.title == "Without any flagged");
    assert!(!tables(&document, "quality").iter().any(empty));
}

/// No key of the definition stands in what rules and indices are said to have run with.
#[test]
fn settings_are_words() {
    for (lang, kind) in [(Lang::Zh, Kind::Evidence), (Lang::En, Kind::Evidence), (Lang::Zh, Kind::Sampling)] {
        let document = written(&APPLIANCE.0, kind, lang);
        let chapters: &[&str] = if kind == Kind::Evidence {
            &["cleaning", "quality", "sample"]
        } else {
            &["cleaning", "sample"]
        };
        for chapter in chapters {
            for table in tables(&document, chapter) {
                let cells = table.rows.iter().flat_map(|r| &r.cells).flat_map(|c| [&c.text, &c.note]);
                for text in cells.chain(&table.notes) {
                    assert!(!text.contains(" = ") || !text.contains('_'), "{text}");
                    assert!(
                        !["design.short", "design.elig", "waves.draw", "manyidu "]
                            .iter()
                            .any(|key| text.contains(key)),
                        "{text}"
                    );
                }
            }
        }
    }
}

/// Every file that was opened is among the input files with its digest; the command names the definition.
#[test]
fn every_file_read_is_listed_with_its_digest() {
    let (assessment, opened) = &*APPLIANCE;
    for lang in [Lang::Zh, Lang::En] {
        for kind in [Kind::Evidence, Kind::Sampling, Kind::Surveillance] {
            let document = written(assessment, kind, lang);
            let table = with_column(&document, "provenance", "SHA-256");
            let (file, digest) = (
                column(table, if lang == Lang::Zh { "文件" } else { "File" }),
                column(table, "SHA-256"),
            );
            let listed: BTreeSet<String> = table.rows.iter().map(|r| r.cells[file].text.clone()).collect();
            let missing: Vec<&String> = opened.iter().filter(|name| !listed.contains(*name)).collect();
            assert!(missing.is_empty(), "{missing:?}");
            let series = assessment.over_time.iter().flat_map(|o| &o.series).filter_map(|s| s.input.as_ref());
            assert!(series.into_iter().any(|input| opened.contains(&input.file)) && opened.contains("benchmarks.csv"));
            assert!(table.rows.iter().all(|r| r.cells[digest].text.len() == 64));
            let steps = sentences(&document, "provenance");
            assert!(steps.iter().any(|s| s.contains("manyidu run survey.toml")), "{steps:?}");
            let told = &assessment.disclosure.items.iter().find(|i| i.item == 19).unwrap().facts;
            let files = told.iter().find(|f| f.key == "files").unwrap();
            assert_eq!(files.value.en, table.rows.len().to_string());
        }
    }
}

/// A table of bases: what stands under a table names an n only where every row has it.
#[test]
fn a_base_names_the_n_of_the_index_only_where_it_is_that_of_every_row() {
    let (assessment, _) = &*APPLIANCE;
    let wave = assessment.waves.last().unwrap();
    let (index, all) = (wave.index.estimate.unwrap().n, wave.coverage.n);
    assert_ne!(index, all);
    let document = written(assessment, Kind::Evidence, Lang::En);
    for table in ["results", "cleaning"].iter().flat_map(|chapter| tables(&document, chapter)) {
        assert!(!table.base.contains(&format!("n = {index}")), "{}", table.base);
    }
    let results = tables(&document, "results");
    assert!(
        results[0].base.starts_with("interviews that count 604 (fewer in rows"),
        "{}",
        results[0].base
    );
    assert!(document.summary.facts.iter().any(|f| f.name == "Effective n (index)"));
}

/// The replicates that are told are those that made the standard errors: their groups less one are the degrees of freedom.
#[test]
fn replicates_are_the_groups_that_somebody_is_in() {
    for wave in &APPLIANCE.0.waves {
        let design = wave.design.as_ref().unwrap();
        assert_eq!(design.random_groups, Some(200));
        assert!(design.replicates < 200, "{}", design.replicates);
        assert_eq!(wave.index.estimate.unwrap().df, Some(design.replicates as f64 - 1.0));
        assert_eq!(wave.model.as_ref().unwrap().replicates, design.replicates);
    }
}

/// Reservations of one kind are one row, with every column, line and wave that they speak of.
#[test]
fn reservations_of_one_kind_stand_together() {
    let (assessment, _) = &*APPLIANCE;
    for lang in [Lang::Zh, Lang::En] {
        let document = written(assessment, Kind::Evidence, lang);
        let table = *tables(&document, "reservations").last().unwrap();
        let of_all = assessment.findings.iter().chain(assessment.waves.iter().flat_map(|w| &w.findings));
        let codes: BTreeSet<&str> = of_all.clone().map(|f| f.code.as_str()).collect();
        assert_eq!(table.rows.len(), codes.len());
        let row = |code: &str| table.rows.iter().find(|r| r.cells[3].note == code).unwrap();
        let labels = row("unknown-label");
        assert!(labels.cells[2].note.contains('9'), "{}", labels.cells[2].note);
        for finding in of_all.filter(|f| f.code.as_str() == "unknown-label") {
            let column = finding.message.zh.split(['“', '”']).nth(1).unwrap();
            assert!(labels.cells[2].text.contains(column), "{column}: {}", labels.cells[2].text);
            assert!(
                labels.cells[3].text.contains(&finding.place.line.unwrap().to_string()),
                "{}",
                labels.cells[3].text
            );
        }
        assert!(!labels.cells[3].text.contains('/'), "{}", labels.cells[3].text);
        assert_eq!(row("assumed-cutoffs").cells[2].text.matches("satisfaction-3a4a5a").count(), 1);
    }
}

/// The annex holds every question in the order of the answers file, the one with a known right answer and the open one too.
#[test]
fn the_questionnaire_is_annexed_whole_and_in_order() {
    let (assessment, _) = &*APPLIANCE;
    let questionnaire = assessment.questionnaire.as_ref().unwrap();
    let numbers: Vec<u32> = questionnaire
        .questions
        .iter()
        .map(|q| q.column.split('、').next().unwrap().parse().unwrap())
        .collect();
    assert_eq!(numbers, (1..=26).collect::<Vec<_>>());
    assert!(questionnaire.is_worded());
    for kind in [Kind::Evidence, Kind::Sampling] {
        let document = written(assessment, kind, Lang::Zh);
        let table = tables(&document, "questionnaire")[0];
        assert_eq!(table.rows.len(), 26);
        let text = |row: usize, cell: usize| table.rows[row].cells[cell].text.as_str();
        assert_eq!(text(0, 1), "您对本品牌知名度的评价");
        assert_eq!(text(0, 2), "1 非常不满意、2 比较不满意、3 一般、4 比较满意、5 非常满意");
        assert_eq!(table.rows[0].cells[2].note, "不计分：不适用");
        assert!(
            text(14, 2).contains("比较满意") && text(14, 3).contains("检测题"),
            "{:?}",
            table.rows[14]
        );
        assert_eq!(text(23, 2).replace('\u{a0}', " "), "0 至 10");
        assert!(text(25, 3).contains("开放题"));
    }
    let item = |number: u8| assessment.disclosure.items.iter().find(|i| i.item == number).unwrap();
    assert!(item(3).missing.is_empty(), "{:?}", item(3).missing);
    let size = &item(5).facts.iter().find(|f| f.key == "frame_size").unwrap().value;
    assert_eq!(size.zh, "8,760");
}

/// The sampling report begins with its conclusion: which waves are verified, what answered, which stratum lacks most, by which properties
/// response was looked at, and what the checklist lacks.
#[test]
fn the_sampling_report_begins_with_its_conclusion() {
    let (assessment, _) = &*APPLIANCE;
    let summary = written(assessment, Kind::Sampling, Lang::Zh).summary;
    let says = |words: &[&str]| summary.findings.iter().any(|f| words.iter().all(|w| f.contains(w)));
    assert!(
        says(&["2025 年度：是，已与抽样记录核对", "2024 年度、2023 年度：是（按定义，未核实）"]),
        "{:?}",
        summary.findings
    );
    assert!(says(&["43.1%", "RR3", "40.8%", "84", "36", "56"]));
    assert!(says(&["华东·线下", "85.0%", "n = 69"]));
    assert!(says(&["所在区域、购买渠道", "0.957"]));
    assert!(says(&["1.010", "598.3"]));
    assert!(says(&["第 15、18 项"]));
    assert!(!summary.findings.iter().any(|f| f.contains("满意极了")));
}
