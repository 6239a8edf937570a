//! The document → a workbook: an overview, the texts, and a sheet for each table with typed numbers.
//!
//! Every text is written as a string (`write_string`), so that none can become a formula or a link; a text that looks like
//! a formula also has the mark that keeps it a text when someone edits the cell. The only links are ours, between sheets.

mod chart;
mod sheet;
mod value;
mod write;

use crate::locale::Lang;
use crate::report::ReportError;
use crate::report::document::{Block, Document, Picture, Table};
use crate::report::forms::unfolded;
use crate::report::words::Words;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::collections::BTreeSet;

/// Longest name of a sheet, in UTF-16 units.
const NAME_MAX: usize = 31;

/// A table on its way to a sheet.
struct Planned<'a> {
    /// Name of the sheet.
    name: String,
    /// Chapter it belongs to.
    chapter: &'a str,
    /// What it shows.
    caption: String,
    /// The table.
    table: &'a Table,
    /// The figure that is drawn from it.
    picture: Option<&'a Picture>,
}

/// The XLSX file.
pub(super) fn render(document: &Document, lang: Lang) -> Result<Vec<u8>, ReportError> {
    workbook(document, Words::of(lang)).map_err(|e| ReportError::Workbook(e.to_string()))
}

fn workbook(document: &Document, words: Words) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A workbook must have a date; a fixed one keeps the same input the same bytes.
    let properties = DocProperties::new()
        .set_title(&document.title)
        .set_subject(&document.kind)
        .set_comment(&document.colophon)
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    let (overview, texts) = (words.word("xlsx-overview"), words.word("xlsx-texts"));
    let planned = plan(document, [&overview, &texts]);
    let looks = write::Looks::new();
    write::overview(workbook.add_worksheet(), &overview, &texts, document, &planned, words, &looks)?;
    write::texts(workbook.add_worksheet(), &texts, &overview, document, words, &looks)?;
    for plan in &planned {
        write::table(workbook.add_worksheet(), plan, &overview, words, &looks)?;
    }
    workbook.save_to_buffer()
}

/// Every table and figure with the name of its sheet.
fn plan<'a>(document: &'a Document, taken: [&str; 2]) -> Vec<Planned<'a>> {
    let mut names: BTreeSet<String> = taken.into_iter().map(str::to_lowercase).collect();
    let mut planned = Vec::new();
    for chapter in &document.chapters {
        let mut number = 0;
        let mut heading = chapter.title.as_str();
        let several = repeated(&chapter.blocks);
        unfolded(&chapter.blocks, &mut |block| {
            let (table, picture, caption) = match block {
                Block::Heading { text } | Block::Details { title: text, .. } => {
                    heading = text;
                    return;
                }
                Block::Table(table) if table.caption.is_empty() => (table, None, heading),
                Block::Table(table) => (table, None, table.caption.as_str()),
                Block::Figure(picture) => (&picture.data, Some(picture), picture.title.as_str()),
                _ => return,
            };
            let caption = if several.contains(caption) && caption != heading {
                format!("{caption} · {heading}")
            } else {
                caption.to_owned()
            };
            number += 1;
            planned.push(Planned {
                name: sheet_name(&format!("{}.{number}", chapter.number), &caption, &mut names),
                chapter: &chapter.title,
                caption,
                table,
                picture,
            });
        });
    }
    planned
}

/// Captions that several tables of a chapter have: only the heading above tells them apart.
fn repeated(blocks: &[Block]) -> BTreeSet<&str> {
    let (mut once, mut several) = (BTreeSet::new(), BTreeSet::new());
    unfolded(blocks, &mut |block| {
        if let Block::Table(table) = block
            && !once.insert(table.caption.as_str())
        {
            several.insert(table.caption.as_str());
        }
    });
    several
}

/// `3.2 维度得分`: readable, unique, and without the characters that a sheet must not be named with.
fn sheet_name(number: &str, caption: &str, names: &mut BTreeSet<String>) -> String {
    let allowed = |c: char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'' | '：' | '\u{fffd}') && !c.is_control();
    let words: String = caption.chars().map(|c| if allowed(c) { c } else { ' ' }).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut name = format!("{number} ");
    for character in words.chars() {
        if name.encode_utf16().count() + character.len_utf16() > NAME_MAX {
            break;
        }
        name.push(character);
    }
    let name = name.trim_end().to_owned();
    // The number makes it unique; a chapter that repeats one would be a fault elsewhere, which must not lose a table.
    let mut unique = name.clone();
    let mut again = 2;
    while !names.insert(unique.to_lowercase()) {
        unique = format!("{number} ({again})");
        again += 1;
    }
    unique
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_short_unique_and_allowed() {
        let mut names = BTreeSet::new();
        let long = "一".repeat(60);
        for (caption, expected) in [
            ("维度得分", "3.1 维度得分"),
            ("维度得分", "3.1 (2)"),
            ("a/b: [c]*?\\'d'", "3.1 a b c d"),
            ("", "3.1"),
            (long.as_str(), &format!("3.1 {}", "一".repeat(27))),
            ("=SUM(A1)", "3.1 =SUM(A1)"),
        ] {
            let name = sheet_name("3.1", caption, &mut names);
            assert_eq!(name, expected);
            assert!(name.encode_utf16().count() <= NAME_MAX);
        }
    }
}
