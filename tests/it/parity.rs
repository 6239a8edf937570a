//! The same number everywhere: every value of every report of the shipped surveys, read back from each form of file.

use crate::support::office::{REPORTS, docx_text, each_report, html_text, pieces, tables};
#[cfg(feature = "pdf")]
use crate::support::office::{SHIPPED, pdf_text};
use calamine::{Data, Reader, Xlsx};
use manyidu::locale::Lang;
use manyidu::report::document::{Block, Cell, Document, Picture, Row, Table};
use manyidu::report::{self, Kind, figures};
use manyidu::round::printed;
use serde_json::Value;
use std::io::Cursor;

/// Fails with the first pieces of the report that a form does not say. `written` is how the form writes a piece.
fn assert_says(name: &str, text: &str, document: &Document, paper: bool, written: impl Fn(String) -> String) {
    let pieces = pieces(document, paper).into_iter().map(written);
    let lacking: Vec<String> = pieces.filter(|piece| !text.contains(piece)).take(5).collect();
    assert!(lacking.is_empty(), "{name} does not say {lacking:#?}");
}

#[test]
fn html_and_word_say_every_row_fact_and_sentence() {
    each_report(&mut |id, kind, lang, document, files| {
        for (ending, read) in [("html", html_text as fn(&[u8]) -> String), ("docx", docx_text)] {
            let file = kind.file(lang, ending);
            assert_says(&format!("{id}/{file}"), &read(&files[&file]), document, ending == "docx", |piece| {
                piece
            });
        }
    });
}

#[cfg(feature = "pdf")]
#[test]
fn pdf_says_every_row_fact_and_sentence() {
    let mut read = 0;
    // English quotation marks are straight in the PDF, because those of its fonts are as wide as a Chinese character.
    let straight = |piece: String| piece.replace(['“', '”'], "\"").replace(['‘', '’'], "'");
    each_report(&mut |id, kind, lang, document, files| {
        let file = kind.file(lang, "pdf");
        if let Some(text) = pdf_text(&files[&file], document) {
            assert_says(&format!("{id}/{file}"), &text, document, true, |piece| match lang {
                Lang::Zh => piece,
                Lang::En => straight(piece),
            });
            read += 1;
        }
    });
    assert!(read == 0 || read == SHIPPED.len() * Kind::ALL.len() * 2);
}

/// Whether a row of a table says what a row of a figure says: the same name first, and each number to the figure's decimals.
fn says_row(row: &Row, of_figure: &Row) -> bool {
    let name = |row: &Row| row.cells.first().map(|c| c.text.clone()).unwrap_or_default();
    let texts: Vec<&str> = row.cells.iter().flat_map(|c| [c.text.as_str(), c.note.as_str()]).collect();
    let says = |cell: &Cell| {
        let plain = cell.text.trim_end_matches('%');
        let decimals = plain.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let rounded = |text: &str| parsed(text).map(|v| printed(v, decimals));
        texts
            .iter()
            .any(|text| text.contains(plain) || (parsed(plain).is_some() && rounded(text).as_deref() == Some(plain)))
    };
    // Items stand behind their id in a figure; an interval is the same where its ends are.
    let ends = |cell: &Cell| -> Vec<Cell> {
        cell.text
            .split_whitespace()
            .filter(|t| parsed(t).is_some())
            .map(Cell::from)
            .collect()
    };
    name(of_figure).ends_with(&name(row))
        && of_figure.cells[1..]
            .iter()
            .filter(|cell| cell.text != "–")
            .all(|cell| says(cell) || (!ends(cell).is_empty() && ends(cell).iter().all(|end| says_end(&texts, end))))
}

fn says_end(texts: &[&str], end: &Cell) -> bool {
    let decimals = end.text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let words = texts.iter().flat_map(|text| text.split_whitespace());
    words.filter_map(parsed).any(|v| printed(v, decimals) == end.text)
}

#[test]
fn numbers_of_a_figure_stand_in_the_table_that_it_names() {
    fn flat<'a>(blocks: &'a [Block], figures: &mut Vec<&'a Picture>, tables: &mut Vec<&'a Table>) {
        for block in blocks {
            match block {
                Block::Figure(picture) => figures.push(picture),
                Block::Table(table) => tables.push(table),
                Block::Details { blocks, .. } => flat(blocks, figures, tables),
                _ => {}
            }
        }
    }
    let mut compared = 0;
    each_report(&mut |id, kind, lang, document, _| {
        for chapter in &document.chapters {
            let (mut figures, mut tables) = (Vec::new(), Vec::new());
            flat(&chapter.blocks, &mut figures, &mut tables);
            for figure in figures.iter().filter(|f| !f.data_elsewhere.is_empty()) {
                let name = format!("{id} {kind:?} {lang:?} {}", figure.id);
                let named = || {
                    tables
                        .iter()
                        .filter(|t| !t.caption.is_empty() && figure.data_elsewhere.contains(&t.caption))
                };
                assert!(named().count() > 0, "{name}: {}", figure.data_elsewhere);
                // The lines of a control chart that stay the same stand in the notes, once.
                let said_in_notes = figure.id.starts_with("series-");
                for row in &figure.data.rows {
                    let same = |held: &Row| {
                        if said_in_notes {
                            held.cells[0].text == row.cells[0].text
                        } else {
                            says_row(held, row)
                        }
                    };
                    assert!(named().any(|t| t.rows.iter().any(same)), "{name}: {row:?}");
                    compared += 1;
                }
            }
        }
    });
    assert!(compared > 500, "{compared}");
}

/// A printed number as a number, or `None` for everything else.
fn parsed(text: &str) -> Option<f64> {
    let plain = text.replace(',', "").replace('\u{2212}', "-");
    match plain.strip_suffix('%') {
        Some(share) => share.parse::<f64>().ok().map(|v| v / 100.0),
        None => plain.trim_start_matches('+').parse().ok(),
    }
}

fn same(held: Option<&Data>, text: &str) -> bool {
    match held {
        None | Some(Data::Empty) => text.is_empty(),
        Some(Data::Float(value)) => parsed(text).is_some_and(|v| (v - value).abs() <= 1e-12 * v.abs().max(1.0)),
        Some(Data::Int(value)) => parsed(text) == Some(*value as f64),
        Some(Data::String(shown)) => shown == text,
        Some(_) => false,
    }
}

/// Compares a sheet with its table cell by cell; gives how many cells were compared as numbers.
fn compare(name: &str, rows: &[Vec<Data>], table: &Table) -> usize {
    let head: Vec<String> = rows[2].iter().map(ToString::to_string).collect();
    let mut from = 0;
    let mut numbers = 0;
    for (at, column) in table.columns.iter().enumerate() {
        let place = from
            + head[from..]
                .iter()
                .position(|t| *t == column.title)
                .unwrap_or_else(|| panic!("{name}: {}", column.title));
        from = place + 1;
        for (row, held) in table.rows.iter().zip(&rows[3..]) {
            let Some(cell) = row.cells.get(at).filter(|_| !row.heading || at == 0) else {
                continue;
            };
            assert!(
                same(held.get(place), &cell.text),
                "{name}, {}: {:?} is not {:?}",
                column.title,
                held.get(place),
                cell.text
            );
            let is_number = matches!(held.get(place), Some(Data::Float(_) | Data::Int(_)));
            numbers += usize::from(is_number);
            assert!(
                is_number || !column.numeric || row.heading || parsed(&cell.text).is_none(),
                "{name}: {} stayed text",
                cell.text
            );
            assert!(cell.note.is_empty() || held.iter().any(|d| d.to_string() == cell.note) || !cell.bar.is_empty());
        }
    }
    numbers
}

#[test]
fn excel_holds_every_value_as_a_number() {
    each_report(&mut |id, kind, lang, document, files| {
        let file = kind.file(lang, "xlsx");
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(&files[&file])).unwrap();
        let sheets = book.worksheets();
        let tables = tables(document);
        assert_eq!(sheets.len(), tables.len() + 2, "{id}/{file}");
        let mut numbers = 0;
        for ((name, range), table) in sheets.iter().skip(2).zip(tables) {
            let (_, (height, width)) = (range.start(), range.end().map_or((0, 0), |(r, c)| (r as usize + 1, c as usize + 1)));
            let cell = |row: usize, column: usize| range.get_value((row as u32, column as u32)).cloned().unwrap_or_default();
            let rows: Vec<Vec<Data>> = (0..height)
                .map(|row| (0..width).map(|column| cell(row, column)).collect())
                .collect();
            numbers += compare(&format!("{id}/{file}/{name}"), &rows, table);
            let under: Vec<String> = rows.iter().skip(3 + table.rows.len()).map(|row| row[0].to_string()).collect();
            assert!(
                table.base.is_empty() || under.contains(&table.base),
                "{id}/{file}/{name}: {}",
                table.base
            );
        }
        let least = if kind == Kind::Summary { 10 } else { 50 };
        assert!(numbers > least, "{id}/{file}: only {numbers} numbers");
        // What is said in words, and the first page.
        let words: String = sheets
            .iter()
            .take(2)
            .flat_map(|(_, range)| range.used_cells().map(|(_, _, d)| d.to_string()))
            .collect();
        for said in document.summary.findings.iter().chain([&document.summary.base, &document.title]) {
            assert!(words.contains(said.as_str()), "{id}/{file}: {said}");
        }
    });
}

/// The numbers of `assessment.json`, printed by `round`, stand in the rows that name them.
#[test]
fn the_reports_print_what_the_assessment_holds() {
    for (id, (assessment, files)) in REPORTS.iter() {
        let json: Value = serde_json::from_slice(&files["assessment.json"]).unwrap();
        for lang in [Lang::Zh, Lang::En] {
            let document = report::document(assessment, Kind::Evidence, lang, &figures::figures(assessment, lang), "");
            let rows: Vec<Vec<&str>> = tables(&document)
                .iter()
                .flat_map(|t| t.rows.iter().map(|row| row.cells.iter().map(|c| c.text.as_str()).collect()))
                .collect();
            let key = if lang == Lang::Zh { "zh" } else { "en" };
            let mut checked = 0;
            let waves = json["waves"].as_array().unwrap();
            for (at, wave) in waves.iter().enumerate() {
                let latest = at + 1 == waves.len();
                let items = wave["items"].as_array().filter(|_| latest).into_iter().flatten();
                for part in wave["dimensions"].as_array().unwrap().iter().chain(items) {
                    let Some(value) = part.pointer("/score/estimate/value").and_then(Value::as_f64) else {
                        continue;
                    };
                    let title = part["title"][key].as_str().unwrap();
                    let shown = printed(value, 1);
                    // Under the heading of its dimension an item does not repeat the dimension's name.
                    let named = |first: &str| first == title || (first.len() > 3 && title.ends_with(first));
                    assert!(
                        rows.iter()
                            .any(|row| row.first().is_some_and(|f| named(f)) && row.contains(&shown.as_str())),
                        "{id} {lang:?}: {title} {shown}"
                    );
                    checked += 1;
                }
                if let Some(index) = wave.pointer("/index/estimate/value").and_then(Value::as_f64) {
                    let shown = printed(index, 1);
                    assert!(!latest || document.summary.value == shown, "{id} {lang:?}: index {shown}");
                    assert!(rows.iter().any(|row| row.contains(&shown.as_str())));
                }
            }
            assert!(checked > 5, "{id}: {checked}");
        }
    }
}
