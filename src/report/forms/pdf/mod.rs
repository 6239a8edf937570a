//! The document → PDF, set by typst: A4, tagged (PDF/UA-1), fonts embedded in part, the same bytes every time.
//!
//! The template (`report.typ`) is fixed and the report reaches it as a value, so that no text of a survey is ever read as
//! markup or code. Added to the value is how wide the columns of each table and the pictures are.

mod world;

use super::columns;
use crate::locale::Lang;
use crate::report::ReportError;
use crate::report::charts::{is_invisible, missing_glyphs};
use crate::report::document::{Block, Document, Row, Table};
use crate::report::words::Words;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use typst::foundations::{Dict, Smart};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use world::Desk;

/// Width of the text on an A4 page in points: 210 mm less two margins of 20 mm.
const LINE: f64 = 482.0;

/// Height that a picture may have in points: that of the text of an A4 page less what is said under a picture.
const PICTURE_MAX: f64 = 590.0;

/// Most rows of a table that is kept whole.
const SHORT_ROWS: usize = 9;

/// Most characters of it, with its notes: a narrow column of them is still lower than a page.
const SHORT_LETTERS: usize = 1200;

/// What stands in the place of a character that the embedded fonts cannot draw, as printers have it.
const STAND_IN: char = '〓';

/// How many characters are asked for at once; [`missing_glyphs`] looks at the beginning of a text only.
const GLYPHS_AT_ONCE: usize = 1000;

/// The PDF file.
pub(super) fn render(document: &Document, lang: Lang) -> Result<Vec<u8>, ReportError> {
    let report = drawable(data(document)?, lang);
    let words = json!({ "contents": Words::of(lang).word("contents") });
    let inputs: Dict = serde_json::from_value(json!({ "report": report, "words": words })).map_err(|e| ReportError::Json(e.to_string()))?;
    let desk = Desk::new(inputs).ok_or_else(|| ReportError::Pdf("there is no template".to_owned()))?;
    let options = PdfOptions {
        creator: Smart::Custom(Some(env!("CARGO_PKG_NAME").to_owned())),
        standards: PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|e| ReportError::Pdf(e.message().to_string()))?,
        ..PdfOptions::default()
    };
    let set = typst::compile(&desk).output;
    let pdf = set.and_then(|pages| typst_pdf::pdf(&pages, &options));
    pdf.map_err(|faults| {
        let faults: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
        ReportError::Pdf(faults.join("; "))
    })
}

/// The characters of a document that its PDF shows as `〓`, each once.
pub(super) fn not_drawn(document: &Document) -> Vec<char> {
    serde_json::to_value(document).map_or_else(|_| Vec::new(), |value| missing(&value))
}

/// The document as the template reads it: each table has `size` and `shares` besides, each figure `share`.
fn data(document: &Document) -> Result<Value, ReportError> {
    let mut report = value(document)?;
    let mut chapters = Vec::new();
    for chapter in &document.chapters {
        let mut made = value(chapter)?;
        made["blocks"] = blocks(&chapter.blocks)?;
        chapters.push(made);
    }
    report["chapters"] = Value::Array(chapters);
    Ok(report)
}

fn blocks(blocks: &[Block]) -> Result<Value, ReportError> {
    blocks.iter().map(block).collect::<Result<Vec<_>, _>>().map(Value::Array)
}

fn block(block: &Block) -> Result<Value, ReportError> {
    let mut made = value(block)?;
    match block {
        Block::Table(table) => fitted(&mut made, table),
        Block::Figure(picture) => {
            if picture.data_elsewhere.is_empty() {
                fitted(&mut made["data"], &picture.data);
            } else {
                made["data"] = Value::Null;
            }
            made["share"] = json!(share_of_line(&picture.svg));
        }
        Block::Details { blocks: inner, .. } => made["blocks"] = blocks(inner)?,
        _ => {}
    }
    Ok(made)
}

fn fitted(made: &mut Value, table: &Table) {
    let fit = columns::fit(table, LINE);
    made["size"] = json!(fit.size);
    made["shares"] = json!(fit.shares);
    made["short"] = json!(is_short(table));
}

/// Whether a table with its notes surely fits half a page, so that it need not be divided.
fn is_short(table: &Table) -> bool {
    let letters = |row: &Row| {
        row.cells
            .iter()
            .map(|c| c.text.chars().count() + c.note.chars().count())
            .sum::<usize>()
    };
    let all: usize = table.rows.iter().map(letters).sum::<usize>() + table.notes.iter().map(|n| n.chars().count()).sum::<usize>();
    table.rows.len() <= SHORT_ROWS && all <= SHORT_LETTERS
}

/// Share of the line that a picture may take, 0 to 1, so that it and what is said under it fit a page. A picture says its size in its first
/// element; one that does not takes the whole line.
fn share_of_line(svg: &str) -> f64 {
    let opening = svg.split_once('>').map_or(svg, |(opening, _)| opening);
    let side = |name: &str| {
        let (_, rest) = opening.split_once(&format!(" {name}=\""))?;
        rest.split_once('"')?.0.parse::<f64>().ok().filter(|side| *side > 0.0)
    };
    let height = side("width").zip(side("height")).map(|(width, height)| LINE * height / width);
    height.map_or(1.0, |height| (PICTURE_MAX / height).min(1.0))
}

fn value(part: &impl serde::Serialize) -> Result<Value, ReportError> {
    serde_json::to_value(part).map_err(|e| ReportError::Json(e.to_string()))
}

/// Every character of the texts of a value, once.
fn characters(value: &Value, found: &mut BTreeSet<char>) {
    match value {
        Value::String(text) => found.extend(text.chars()),
        Value::Array(parts) => parts.iter().for_each(|part| characters(part, found)),
        Value::Object(parts) => parts.values().for_each(|part| characters(part, found)),
        _ => {}
    }
}

/// The characters of a value that the embedded fonts lack, in order of their code.
fn missing(value: &Value) -> Vec<char> {
    let mut found = BTreeSet::new();
    characters(value, &mut found);
    let found: Vec<char> = found.into_iter().collect();
    let lacking = found
        .chunks(GLYPHS_AT_ONCE)
        .map(|some| missing_glyphs(&some.iter().collect::<String>()));
    lacking.flatten().collect()
}

/// The value with [`STAND_IN`] for each character that the fonts lack, and without those that are never seen. Pictures are
/// texts too, and their markup is ASCII, which the fonts have. English quotation marks are straight, except in that markup: those of
/// the fonts are as wide as a Chinese character and tear a line apart.
fn drawable(report: Value, lang: Lang) -> Value {
    let missing = missing(&report);
    replaced(report, &missing, lang == Lang::En)
}

fn replaced(value: Value, missing: &[char], straight: bool) -> Value {
    let drawn = |c: char| match c {
        c if is_invisible(c) => None,
        c if missing.binary_search(&c).is_ok() => Some(STAND_IN),
        '\u{201c}' | '\u{201d}' if straight => Some('"'),
        '\u{2018}' | '\u{2019}' if straight => Some('\''),
        c => Some(c),
    };
    match value {
        Value::String(text) => Value::String(text.chars().filter_map(drawn).collect()),
        Value::Array(parts) => parts.into_iter().map(|part| replaced(part, missing, straight)).collect(),
        Value::Object(parts) => {
            let made = parts.into_iter().map(|(name, part)| {
                let straight = straight && name != "svg";
                let part = replaced(part, missing, straight);
                (name, part)
            });
            made.collect()
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::share_of_line;

    #[test]
    fn a_tall_picture_is_made_narrower_until_it_fits_a_page() {
        assert_eq!(share_of_line("<svg width=\"960\" height=\"400\">"), 1.0);
        let share = share_of_line("<svg width=\"960\" height=\"1758\">");
        assert!((share - 590.0 / (482.0 * 1758.0 / 960.0)).abs() < 1e-12);
        assert_eq!(share_of_line("<svg>"), 1.0);
        assert_eq!(share_of_line("<svg width=\"0\" height=\"x\">"), 1.0);
    }
}
