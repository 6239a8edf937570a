//! Word, Excel and PDF files opened as a reader's program would, and what a report must say in each.

use super::run_survey;
use crate::tools;
use manyidu::assessment::Assessment;
use manyidu::locale::Lang;
use manyidu::report::document::{Block, Cell, Document, Table};
use manyidu::report::forms::{Form, Making};
use manyidu::report::{self, Files, Kind, figures};
use resvg::usvg::roxmltree::Document as Xml;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::LazyLock;

/// The surveys that ship with the program.
pub const SHIPPED: [&str; 3] = ["ecsi-mobile", "abc-b2b", "appliance-after-sales"];

/// The shipped surveys with every file of their reports.
pub static REPORTS: LazyLock<BTreeMap<&'static str, (Assessment, Files)>> = LazyLock::new(|| {
    let made = |id: &&'static str| {
        let assessment = run_survey(id).assessment;
        let files = written(&assessment);
        (*id, (assessment, files))
    };
    SHIPPED.iter().map(made).collect()
});

/// Every file of the reports of an assessment, in all forms.
pub fn written(assessment: &Assessment) -> Files {
    let making = Making {
        kinds: &Kind::ALL,
        forms: &Form::built(),
        word_template: None,
    };
    report::write(assessment, &making).unwrap().files
}

/// Every report of the shipped surveys: survey, kind, language, document, files.
pub fn each_report(visit: &mut dyn FnMut(&str, Kind, Lang, &Document, &Files)) {
    for (id, (assessment, files)) in REPORTS.iter() {
        let digest = manyidu::evidence::sha256(&files["assessment.json"]);
        for lang in [Lang::Zh, Lang::En] {
            let figures = figures::figures(assessment, lang);
            for kind in Kind::ALL {
                let document = report::document(assessment, kind, lang, &figures, &digest);
                visit(id, kind, lang, &document, files);
            }
        }
    }
}

/// The parts of a Word or Excel file.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut held = Vec::new();
        file.read_to_end(&mut held).unwrap();
        parts.insert(name, held);
    }
    parts
}

/// The texts of the elements of a name, in order; fails where the XML is not well formed.
pub fn texts_within(xml: &[u8], name: &str) -> Vec<String> {
    let text = std::str::from_utf8(xml).unwrap();
    let tree = Xml::parse(text).unwrap_or_else(|e| panic!("{e}"));
    let elements = tree.descendants().filter(|n| n.is_element() && n.tag_name().name() == name);
    elements.map(|n| n.text().unwrap_or_default().to_owned()).collect()
}

/// What a Word file says in its body, without spaces.
pub fn docx_text(bytes: &[u8]) -> String {
    squeezed(&texts_within(&parts(bytes)["word/document.xml"], "t").concat())
}

/// What a page says, without spaces.
pub fn html_text(bytes: &[u8]) -> String {
    let html = std::str::from_utf8(bytes).unwrap();
    let (mut text, mut rest) = (String::new(), html);
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        let skip = ["<style", "<svg", "<script"].iter().find(|tag| rest[start..].starts_with(**tag));
        let from = skip.and_then(|tag| rest[start..].find(&tag.replace('<', "</"))).unwrap_or(0);
        let end = rest[start + from..].find('>').unwrap();
        rest = &rest[start + from + end + 1..];
    }
    text.push_str(rest);
    squeezed(&quick_xml::escape::unescape(&text).unwrap())
}

/// What a PDF says in the order it was set, without spaces and without what every page repeats; `None` where there is no
/// reader of PDF.
#[cfg(feature = "pdf")]
pub fn pdf_text(bytes: &[u8], document: &Document) -> Option<String> {
    let program = tools::require("pdftotext")?;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.pdf");
    std::fs::write(&file, bytes).unwrap();
    let output = tools::run(&program, &["-raw", "-enc", "UTF-8", file.to_str().unwrap(), "-"]);
    let text = String::from_utf8(output.stdout).unwrap();
    // Notice and digest may take two lines at the foot; the number of the page and the head of the next one follow.
    let head = squeezed(&format!("{}{}", document.title, document.kind));
    let foot = squeezed(&format!("{}SHA-256{}", document.running, &document.digest[..12]));
    let whole = squeezed(&text);
    let after = |part: &str| {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '/');
        rest.strip_prefix(&head).unwrap_or(rest).to_owned()
    };
    let mut parts = whole.split(&foot);
    let first = parts.next().unwrap_or_default().to_owned();
    Some(first + &parts.map(after).collect::<String>())
}

/// A text without spaces of any kind.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What a form of a document must say, each piece as one run of text: the rows of tables cell by cell, names with
/// their values, and every sentence. On `paper` a figure whose numbers stand in a table of its chapter refers to that table.
pub fn pieces(document: &Document, paper: bool) -> Vec<String> {
    let summary = &document.summary;
    let mut said: Vec<String> = [
        &document.title,
        &document.subtitle,
        &document.notice,
        &document.colophon,
        &document.digest,
    ]
    .into_iter()
    .chain([&summary.label, &summary.value, &summary.base, &summary.caveat, &summary.change_base])
    .cloned()
    .collect();
    said.extend(summary.facts.iter().map(|f| format!("{}{}", f.name, f.value)));
    for reading in &summary.readings {
        said.push(reading.scheme.clone());
        said.extend(reading.lines.iter().map(|line| line.text.clone()));
    }
    said.extend(summary.change.iter().chain(&summary.findings).cloned());
    for chapter in &document.chapters {
        said.push(chapter.title.clone());
        of_blocks(&chapter.blocks, paper, &mut said);
    }
    let said = said.iter().map(|piece| squeezed(piece));
    said.filter(|piece| !piece.is_empty()).collect()
}

fn of_blocks(blocks: &[Block], paper: bool, said: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Heading { text } | Block::Paragraph { text } | Block::Callout { text, .. } => said.push(text.clone()),
            Block::List { items } => said.extend(items.iter().cloned()),
            Block::Facts { facts } => said.extend(facts.iter().map(|f| format!("{}{}", f.name, f.value))),
            Block::Table(table) => of_table(table, said),
            Block::Figure(picture) => {
                said.extend([picture.alt_text.clone(), picture.base.clone()]);
                if paper && !picture.data_elsewhere.is_empty() {
                    said.push(picture.data_elsewhere.clone());
                } else {
                    said.push(picture.data_title.clone());
                    of_table(&picture.data, said);
                }
            }
            Block::Details { title, blocks } => {
                said.push(title.clone());
                of_blocks(blocks, paper, said);
            }
        }
    }
}

fn of_table(table: &Table, said: &mut Vec<String>) {
    said.extend([table.caption.clone(), table.base.clone()]);
    said.extend(table.notes.iter().cloned());
    said.push(table.columns.iter().map(|c| c.title.as_str()).collect());
    let cell = |cell: &Cell| format!("{}{}", cell.text, cell.note);
    said.extend(table.rows.iter().map(|row| row.cells.iter().map(cell).collect()));
}

/// Every table of a document, those behind figures included, in the order of the document.
pub fn tables(document: &Document) -> Vec<&Table> {
    fn of<'a>(blocks: &'a [Block], found: &mut Vec<&'a Table>) {
        for block in blocks {
            match block {
                Block::Table(table) => found.push(table),
                Block::Figure(picture) => found.push(&picture.data),
                Block::Details { blocks, .. } => of(blocks, found),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    document.chapters.iter().for_each(|chapter| of(&chapter.blocks, &mut found));
    found
}
