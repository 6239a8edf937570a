//! The reports as a reader meets them: opened from the disk in a browser, on a telephone, by keyboard, without scripts, on paper.
//!
//! `tests/browser/read.mjs` opens and describes; what is right is said here. Where the browser or its driver is missing see
//! `tools.rs`.

use super::support::run_survey;
use super::tools;
use manyidu::assessment::Assessment;
use manyidu::locale::Lang;
use manyidu::report::{self, Kind};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use tempfile::TempDir;

/// Surveys whose reports are opened: one with everything, one without frame, one of many importances.
const SURVEYS: [&str; 3] = ["appliance-after-sales", "ecsi-mobile", "abc-b2b"];

struct Shelf {
    folder: TempDir,
    pages: Vec<PathBuf>,
}

/// Every kind of report of every survey in both languages.
static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let mut pages = Vec::new();
    for survey in SURVEYS {
        for (name, page) in rendered(&run_survey(survey).assessment) {
            let file = folder.path().join(format!("{survey}-{name}"));
            std::fs::write(&file, page).unwrap();
            pages.push(file);
        }
    }
    Shelf { folder, pages }
});

/// The pages of an assessment by file name, as [`report::files`] has them, without the pictures beside them.
pub fn rendered(assessment: &Assessment) -> Vec<(String, String)> {
    let digest = manyidu::evidence::sha256(&serde_json::to_vec(assessment).unwrap());
    let mut pages = Vec::new();
    for lang in [Lang::Zh, Lang::En] {
        let figures = report::figures::figures(assessment, lang);
        for kind in Kind::ALL {
            let document = report::document(assessment, kind, lang, &figures, &digest);
            pages.push((kind.file(lang, "html"), report::html::render(&document, lang).unwrap()));
        }
    }
    pages
}

/// What the browser says of pages: one answer for each page and question, in their order. `None` where there is no browser.
pub fn ask(pages: &[PathBuf], asks: &[Value]) -> Option<Vec<Value>> {
    let (node, chromium, tests) = (tools::require("node")?, tools::require("chromium")?, tools::browser_tests()?);
    let pages: Vec<Value> = pages.iter().map(|file| json!({ "file": file, "asks": asks })).collect();
    let job = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(job.path(), json!({ "chromium": chromium, "pages": pages }).to_string()).unwrap();
    let output = Command::new(node)
        .arg("read.mjs")
        .arg(job.path())
        .current_dir(tests)
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words}");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

fn name(answer: &Value) -> String {
    let file = answer["file"].as_str().unwrap();
    Path::new(file).file_name().unwrap().to_string_lossy().into_owned()
}

/// Pages of the shelf whose names hold all of `parts`.
fn shelf(parts: &[&str]) -> Vec<PathBuf> {
    let named = |page: &&PathBuf| {
        let name = page.file_name().unwrap().to_string_lossy();
        parts.iter().all(|part| name.contains(part))
    };
    SHELF.pages.iter().filter(named).cloned().collect()
}

/// Nothing happened that a page on a disk does not do.
pub fn assert_silent(answer: &Value) {
    for kind in ["console", "errors", "requests"] {
        assert_eq!(answer["noise"][kind], json!([]), "{}: {kind}", name(answer));
    }
    for kind in ["dialogs", "downloads", "popups"] {
        assert_eq!(answer["noise"][kind], json!(0), "{}: {kind}", name(answer));
    }
}

#[test]
fn every_page_is_silent_and_fits_a_telephone() {
    let Some(answers) = ask(&SHELF.pages, &[json!("quiet")]) else {
        return;
    };
    assert_eq!(answers.len(), SURVEYS.len() * 2 * Kind::ALL.len());
    for answer in &answers {
        assert_silent(answer);
        for width in ["360", "768", "1366"] {
            let widths = &answer["widths"][width];
            assert_eq!(widths["window"].to_string(), width);
            assert!(
                widths["page"].as_f64() <= widths["window"].as_f64(),
                "{} scrolls sideways: {widths}",
                name(answer)
            );
        }
    }
}

#[test]
fn verdict_index_and_findings_stand_on_the_first_screen() {
    let Some(answers) = ask(&SHELF.pages, &[json!("firstScreen")]) else {
        return;
    };
    for answer in &answers {
        let ends = &answer["ends"];
        let window = ends["window"].as_f64().unwrap();
        assert_eq!(window.to_bits(), 768.0_f64.to_bits());
        let mut wanted = vec![&ends["value"], &ends["interval"]];
        if name(answer).contains("-report.") {
            // A survey that names no scheme has nothing to be read against.
            wanted.extend((!ends["verdict"].is_null()).then_some(&ends["verdict"]));
            assert_eq!(ends["findings"].as_array().unwrap().len(), 3, "{}", name(answer));
        }
        wanted.extend(ends["findings"].as_array().unwrap());
        for end in wanted {
            assert!(end.as_f64().is_some_and(|end| end <= window), "{}: {ends}", name(answer));
        }
    }
}

#[test]
fn the_rules_of_accessibility_find_nothing_serious() {
    // Every kind and language of the survey with everything; of the others the Chinese evidence report.
    let mut pages = shelf(&["appliance"]);
    pages.extend(shelf(&["ecsi-mobile-report.html"]));
    pages.extend(shelf(&["abc-b2b-report.html"]));
    let Some(answers) = ask(&pages, &[json!("axe")]) else { return };
    for answer in &answers {
        for theme in ["light", "dark"] {
            for found in answer["found"][theme].as_array().unwrap() {
                let serious = matches!(found["impact"].as_str(), Some("serious" | "critical"));
                assert!(!serious, "{} {theme}: {found:#}", name(answer));
            }
        }
    }
}

/// Values of the groups of a table, as the answer has them.
fn values(groups: &Value) -> Vec<Vec<f64>> {
    let of_group = |group: &Value| group["values"].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect();
    groups.as_array().unwrap().iter().map(of_group).collect()
}

#[test]
fn tables_sort_and_filter_and_dimensions_open_by_keyboard() {
    let Some(answers) = ask(&shelf(&["appliance", "-report."]), &[json!("comforts")]) else {
        return;
    };
    assert_eq!(answers.len(), 2);
    for answer in &answers {
        assert_silent(answer);
        let out = &answer["out"];
        let before = values(&out["before"]);
        for (way, sign) in [("ascending", 1.0), ("descending", -1.0)] {
            assert_eq!(out[way]["sort"], way);
            let sorted = values(&out[way]["groups"]);
            let heads = |groups: &Value| groups.as_array().unwrap().iter().map(|g| g["head"].clone()).collect::<Vec<_>>();
            assert_eq!(heads(&out[way]["groups"]), heads(&out["before"]), "headings keep their groups");
            for (group, original) in sorted.iter().zip(&before) {
                assert!(group.windows(2).all(|pair| sign * pair[0] <= sign * pair[1]), "{way}: {group:?}");
                let (mut a, mut b) = (group.clone(), original.clone());
                a.sort_by(f64::total_cmp);
                b.sort_by(f64::total_cmp);
                assert_eq!(a, b);
            }
        }
        assert_ne!(
            values(&out["ascending"]["groups"]),
            before,
            "the table was not sorted to begin with"
        );
        assert_eq!((&out["restored"]["sort"], &out["restored"]["same"]), (&json!("none"), &json!(true)));

        let filter = &out["filter"];
        let (shown, all) = (filter["shown"].as_u64().unwrap(), filter["whole"].as_u64().unwrap());
        assert!(shown > 0 && shown < all, "{filter}");
        let word = filter["word"].as_str().unwrap().to_lowercase();
        let texts = filter["texts"].as_array().unwrap();
        assert!(texts.iter().all(|t| t.as_str().unwrap().to_lowercase().contains(&word)));
        assert!(filter["told"].as_str().unwrap().starts_with(&format!("{shown} / {all}")));
        assert_eq!(out["unfiltered"].as_u64(), Some(all));

        assert_eq!(out["drillClosed"], false);
        assert!(out["drillTables"].as_u64().unwrap() >= 2, "items and at least one column of groups");
        assert_eq!(out["tip"]["role"], "tooltip");
        assert_eq!(out["tip"]["hidden"], false);
        assert!(out["tip"]["text"].as_str().unwrap().contains("n=602"), "{}", out["tip"]);
        assert_ne!(out["nextTip"], out["tip"]["text"]);
        assert_eq!(out["stops"], 1);
        assert_eq!(out["tipGone"], true);
        assert_ne!(out["theme"]["light"], out["theme"]["dark"]);
        assert_eq!(out["current"].as_array().unwrap().len(), 1);
        assert_eq!((&out["skip"], &out["unreachable"]), (&json!("#main"), &json!(0)));
    }
}

#[test]
fn without_scripts_everything_is_there_and_nothing_is_dead() {
    let pages = shelf(&["appliance", "-report."]);
    let Some(answers) = ask(&pages, &[json!("withoutScript")]) else {
        return;
    };
    for (answer, page) in answers.iter().zip(&pages) {
        assert_silent(answer);
        let html = std::fs::read_to_string(page).unwrap();
        let count = |what: &str| Some(html.matches(what).count() as u64);
        assert_eq!((&answer["controls"], &answer["buttons"]), (&json!(0), &json!(0)));
        assert_eq!(answer["tables"].as_u64(), count("<table class=\"grid\">"));
        assert_eq!(answer["details"].as_u64(), count("<details class="));
        assert_eq!(
            answer["titles"].as_u64(),
            count("<rect class=\"mark\""),
            "marks tell what they stand for by themselves"
        );
        assert!(answer["rows"].as_u64().unwrap() > 100);
    }
}

#[test]
fn on_paper_every_page_has_its_number_and_the_digest() {
    let pages = shelf(&["appliance", "-report."]);
    let out = SHELF.folder.path().join("printed.pdf");
    let Some(pdftotext) = tools::require("pdftotext") else { return };
    for page in pages {
        let print = json!({ "ask": "print", "out": out });
        let Some(answers) = ask(std::slice::from_ref(&page), &[print]) else {
            return;
        };
        assert_silent(&answers[0]);
        let text = tools::run(&pdftotext, &["-layout", out.to_str().unwrap(), "-"]).stdout;
        let text = String::from_utf8(text).unwrap();
        let sheets: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
        assert!(sheets.len() > 5, "{}", sheets.len());
        let html = std::fs::read_to_string(&page).unwrap();
        let digest = html.split("SHA-256 ").last().unwrap().get(..16).unwrap();
        for (at, sheet) in sheets.iter().enumerate() {
            assert!(sheet.contains(&format!("{} / {}", at + 1, sheets.len())), "sheet {}", at + 1);
            assert!(sheet.contains(&format!("SHA-256 {digest}…")), "sheet {}", at + 1);
        }
        // Everything that is folded on a screen is open on paper: the tables behind the figures and the earlier waves.
        let english = page.to_string_lossy().contains(".en.");
        let [behind, notice] = if english {
            ["Numbers behind the figure", "Simulated data"]
        } else {
            ["图中的数据", "本数据为模拟数据"]
        };
        let everywhere = sheets.iter().all(|sheet| sheet.contains(notice));
        assert!(everywhere, "the notice stands on every sheet");
        assert_eq!(text.matches(behind).count(), html.matches(behind).count());
        // The table of items goes over several sheets, each of which has its head.
        let (row, head) = if english {
            (" · scale 1 to 5", "Answers without")
        } else {
            (" · 量表 1 至 5", "没有得分的答案")
        };
        let with_items: Vec<&&str> = sheets.iter().filter(|sheet| sheet.contains(row)).collect();
        assert!(with_items.len() > 1, "{}", with_items.len());
        assert!(with_items.iter().all(|sheet| sheet.contains(head)), "heads are repeated");
        for (title, note) in figures_of(&html) {
            // A title may stand elsewhere too, in a list or a table; one of its places has the note after it.
            let whole = sheets.iter().map(|sheet| squeezed(sheet)).any(|sheet| {
                let mut places = sheet.match_indices(&title);
                places.any(|(at, _)| sheet[at..].contains(&note))
            });
            assert!(whole, "the figure {title} goes on beyond its sheet: {note}");
        }
    }
}

#[test]
fn the_summary_prints_on_one_sheet() {
    let out = SHELF.folder.path().join("summary.pdf");
    let Some(pdfinfo) = tools::require("pdfinfo") else { return };
    for page in shelf(&["appliance", "-summary."]) {
        let print = json!({ "ask": "print", "out": out });
        let Some(answers) = ask(std::slice::from_ref(&page), &[print]) else {
            return;
        };
        assert_silent(&answers[0]);
        let facts = String::from_utf8(tools::run(&pdfinfo, &[out.to_str().unwrap()]).stdout).unwrap();
        let sheets = facts.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim();
        assert_eq!(sheets, "1", "{}", page.display());
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// First and last line of the text of every picture of a page, without spaces.
fn figures_of(html: &str) -> Vec<(String, String)> {
    let texts = |picture: &str| {
        let lines = picture.split("<text").skip(1).map(|text| {
            let text = text.split_once('>').unwrap().1.split_once("</text>").unwrap().0;
            squeezed(&text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
        });
        let lines: Vec<String> = lines.collect();
        let title = picture.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        (squeezed(title), lines.last().unwrap().clone())
    };
    let pictures = html.split("<svg").skip(1).map(|picture| picture.split("</svg>").next().unwrap());
    pictures.map(texts).collect()
}

/// The reports of 10,000 respondents: the page grows with what is reported, not with who answered.
#[test]
fn a_survey_of_ten_thousand_makes_a_small_page() {
    const LARGEST: u64 = 5_000_000;
    let folder = tempfile::tempdir().unwrap();
    let (made, out) = (folder.path().join("made"), folder.path().join("out"));
    let program = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_manyidu")).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    };
    program(&[
        "simulate",
        "--preset",
        "appliance",
        "--rows",
        "10000",
        "--out",
        made.to_str().unwrap(),
    ]);
    // The size of a page does not hang on how often respondents are dealt anew between waves.
    let definition = made.join("survey.toml");
    let text = std::fs::read_to_string(&definition).unwrap();
    assert!(text.contains("[model]\n"));
    std::fs::write(&definition, text.replace("[model]\n", "[model]\npermutations = 0\n")).unwrap();
    program(&[
        "run",
        definition.to_str().unwrap(),
        "--formats",
        "html",
        "--out",
        out.to_str().unwrap(),
    ]);
    let mut pages = 0;
    for entry in std::fs::read_dir(&out).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_some_and(|ending| ending == "html") {
            let size = std::fs::metadata(&file).unwrap().len();
            assert!(size < LARGEST, "{}: {size} bytes", file.display());
            pages += 1;
        }
    }
    assert_eq!(pages, 2 * Kind::ALL.len());
    let assessment: Value = serde_json::from_slice(&std::fs::read(out.join("assessment.json")).unwrap()).unwrap();
    let counted = assessment["waves"][0]["cleaning"]["counted"].as_u64().unwrap();
    assert!(counted > 8_000, "{counted}");
}
