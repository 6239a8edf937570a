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
    assert_eq!(said.len(), assessment.comparisons.len());
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
            assert!(opened.contains("complaint-rate.csv") && opened.contains("benchmarks.csv"));
            assert!(table.rows.iter().all(|r| r.cells[digest].text.len() == 64));
            let steps = sentences(&document, "provenance");
            assert!(steps.iter().any(|s| s.contains("manyidu run survey.toml")), "{steps:?}");
            let told = &assessment.disclosure.items.iter().find(|i| i.item == 19).unwrap().facts;
            let files = told.iter().find(|f| f.key == "files").unwrap();
            assert_eq!(files.value.en, table.rows.len().to_string());
        }
    }
}
