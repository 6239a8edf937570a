//! The sheets of the workbook, cell by cell.

use super::Planned;
use super::chart::{self, Place};
use super::sheet::{Grid, Role, RowLook, grid, typed};
use super::value::{Value, is_risky};
use crate::report::document::{Block, Document, Summary};
use crate::report::forms::unfolded;
use crate::report::words::Words;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline, Url, Worksheet, XlsxError};

/// Longest description of a picture that Excel takes, less the ellipsis.
const ALT_MAX: usize = 254;

/// Longest text a cell may hold, somewhat below the limit of the format.
const TEXT_MAX: usize = 32_000;
/// Row of the headings of a table: after its caption and the way back.
const HEAD: u32 = 2;
/// Height of a line in points.
const LINE_HEIGHT: f64 = 15.0;
/// Most lines of a row: Excel has rows of 409 points.
const LINES_MAX: f64 = 27.0;
/// Narrowest and widest column, in characters.
const WIDTHS: (f64, f64) = (7.0, 48.0);

/// Width of the column of subjects and of that of texts on the sheet of words.
const SUBJECT_WIDTH: f64 = 30.0;
const WORDS_WIDTH: f64 = 100.0;

/// How cells look.
pub(super) struct Looks {
    plain: Format,
    wrapped: Format,
    head: Format,
    group: Format,
    title: Format,
    small: Format,
    link: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let font = || {
            Format::new()
                .set_font_name("Microsoft YaHei")
                .set_font_size(10)
                .set_align(FormatAlign::Top)
        };
        Self {
            plain: font(),
            wrapped: font().set_text_wrap(),
            head: font()
                .set_bold()
                .set_text_wrap()
                .set_background_color(Color::RGB(0x00E8_EDF2))
                .set_border_bottom(FormatBorder::Thin),
            group: font().set_bold().set_background_color(Color::RGB(0x00F4_F6F8)),
            title: font().set_bold().set_font_size(13),
            small: font().set_font_size(9).set_font_color(Color::RGB(0x005B_6770)),
            link: font()
                .set_font_color(Color::RGB(0x0000_5A8C))
                .set_underline(FormatUnderline::Single),
        }
    }
}

/// Writes a text as a text, whatever it begins with.
fn text(sheet: &mut Worksheet, row: u32, column: usize, text: &str, format: &Format) -> Result<(), XlsxError> {
    let shown: String = text.chars().take(TEXT_MAX).collect();
    let column = column as u16;
    if is_risky(&shown) {
        sheet.write_string_with_format(row, column, shown, &format.clone().set_quote_prefix())?;
    } else {
        sheet.write_string_with_format(row, column, shown, format)?;
    }
    Ok(())
}

fn value(sheet: &mut Worksheet, row: u32, column: usize, value: &Value, format: &Format) -> Result<(), XlsxError> {
    match value {
        Value::Empty => Ok(()),
        Value::Text(words) => text(sheet, row, column, words, format),
        Value::Number(number) => {
            let format = format.clone().set_num_format(&number.format);
            sheet.write_number_with_format(row, column as u16, number.value, &format)?;
            Ok(())
        }
    }
}

/// A link to a sheet of this workbook. `to` is one of our own names, which holds no quote.
fn link(sheet: &mut Worksheet, row: u32, column: u16, to: &str, looks: &Looks) -> Result<(), XlsxError> {
    let place = Url::new(format!("internal:'{to}'!A1")).set_text(to);
    sheet.write_url_with_format(row, column, place, &looks.link)?;
    Ok(())
}

fn page(sheet: &mut Worksheet, name: &str) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    // A4, as wide as the page, with page numbers that no text of the survey takes part in.
    sheet
        .set_paper_size(9)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_footer("&C&P / &N");
    Ok(())
}

/// The sheet of a table.
pub(super) fn table(sheet: &mut Worksheet, plan: &Planned<'_>, overview: &str, words: Words, looks: &Looks) -> Result<(), XlsxError> {
    page(sheet, &plan.name)?;
    let mut grid = grid(plan.table, words);
    if let Some(picture) = plan.picture {
        chart::add_arms(&picture.id, &mut grid, words);
    }
    text(sheet, 0, 0, &plan.caption, &looks.title)?;
    link(sheet, 1, 0, overview, looks)?;
    let widths: Vec<f64> = grid.columns.iter().map(|c| width(&c.title, &c.values)).collect();
    for (at, column) in grid.columns.iter().enumerate() {
        let align = if column.is_numeric() {
            FormatAlign::Right
        } else {
            FormatAlign::Left
        };
        text(sheet, HEAD, at, &column.title, &looks.head.clone().set_align(align))?;
        sheet.set_column_width(at as u16, widths[at])?;
        // What only the error bars of the chart need.
        if matches!(column.role, Role::ArmBelow | Role::ArmAbove) {
            sheet.set_column_hidden(at as u16)?;
        }
    }
    let titles = grid.columns.iter().map(|c| c.title.as_str());
    // The arrow of the filter covers the end of a heading.
    let lines = titles.zip(&widths).map(|(title, width)| lines_of(title, width - 3.0));
    sheet.set_row_height(HEAD, LINE_HEIGHT * lines.fold(1.0, f64::max))?;
    rows(sheet, &grid, &widths, looks)?;
    let mut row = HEAD + 1 + grid.looks.len() as u32;
    if !grid.looks.is_empty() {
        sheet.autofilter(HEAD, 0, row - 1, (grid.columns.len().max(1) - 1) as u16)?;
    }
    sheet.set_freeze_panes(HEAD + 1, 1)?.set_repeat_rows(HEAD, HEAD)?;
    row += 1;
    for note in std::iter::once(&plan.table.base).chain(&plan.table.notes).filter(|n| !n.is_empty()) {
        text(sheet, row, 0, note, &looks.small)?;
        row += 1;
    }
    if let Some(picture) = plan.picture {
        let place = Place {
            sheet: &plan.name,
            head: HEAD,
        };
        if let Some(mut chart) = chart::chart(&picture.id, &grid, &place) {
            chart.set_alt_text(crate::text::shown(&picture.alt_text, ALT_MAX));
            sheet.insert_chart(row + 1, 0, &chart)?;
        }
    }
    Ok(())
}

fn rows(sheet: &mut Worksheet, grid: &Grid, widths: &[f64], looks: &Looks) -> Result<(), XlsxError> {
    for (row, look) in grid.looks.iter().enumerate() {
        if !look.heading {
            let held = grid.columns.iter().zip(widths);
            let lines = held.map(|(column, width)| match column.values.get(row) {
                Some(Value::Text(text)) => lines_of(text, *width),
                _ => 1.0,
            });
            sheet.set_row_height(HEAD + 1 + row as u32, LINE_HEIGHT * lines.fold(1.0, f64::max))?;
        }
        for (at, column) in grid.columns.iter().enumerate() {
            let base = match column.role {
                Role::ArmBelow | Role::ArmAbove => &looks.small,
                _ if matches!(look, RowLook { heading: true, .. }) => &looks.group,
                _ if column.is_numeric() => &looks.plain,
                _ => &looks.wrapped,
            };
            let format = if look.strong { base.clone().set_bold() } else { base.clone() };
            let format = if column.is_numeric() {
                format.set_align(FormatAlign::Right)
            } else {
                format
            };
            if let Some(held) = column.values.get(row) {
                value(sheet, HEAD + 1 + row as u32, at, held, &format)?;
            }
        }
    }
    Ok(())
}

/// How many characters wide a text is; a Chinese one counts as two.
fn extent(text: &str) -> f64 {
    text.chars().map(|c| if u32::from(c) > 0x2e7f { 2.0 } else { 1.1 }).sum()
}

/// How many lines a text takes in a column; rows are not made to fit by every program that opens the workbook.
fn lines_of(text: &str, width: f64) -> f64 {
    (extent(text) / (width - 1.0).max(4.0)).ceil().clamp(1.0, LINES_MAX)
}

/// Width of a column in characters.
fn width(title: &str, values: &[Value]) -> f64 {
    let longest = values.iter().map(|held| match held {
        Value::Text(text) => extent(text),
        Value::Number(number) => extent(&number.format).max(8.0),
        Value::Empty => 0.0,
    });
    // A heading may take two lines; the arrow of the filter needs room beside it.
    longest.fold(extent(title) / 2.0 + 3.0, f64::max).clamp(WIDTHS.0, WIDTHS.1) + 1.0
}

/// The first sheet: what the first page of the report says, and the way to every table.
pub(super) fn overview(
    sheet: &mut Worksheet,
    name: &str,
    texts: &str,
    document: &Document,
    planned: &[Planned<'_>],
    words: Words,
    looks: &Looks,
) -> Result<(), XlsxError> {
    page(sheet, name)?;
    sheet.set_column_width(0, 34)?.set_column_width(1, 26)?.set_column_width(2, 90)?;
    text(sheet, 0, 0, &document.title, &looks.title)?;
    let mut row = 1;
    for line in [&document.kind, &document.subtitle, &document.notice] {
        if !line.is_empty() {
            text(sheet, row, 0, line, &looks.small)?;
            row += 1;
        }
    }
    row += 1;
    for (label, held) in summary(&document.summary) {
        text(sheet, row, 0, &label, &looks.wrapped)?;
        match held {
            number @ Value::Number(_) => value(sheet, row, 1, &number, &looks.plain)?,
            words => value(sheet, row, 1, &words, &looks.plain)?,
        }
        row += 1;
    }
    row += 1;
    for (column, key) in ["xlsx-sheet", "xlsx-chapter", "xlsx-shows"].iter().enumerate() {
        text(sheet, row, column, &words.word(key), &looks.head)?;
    }
    row += 1;
    link(sheet, row, 0, texts, looks)?;
    for plan in planned {
        row += 1;
        link(sheet, row, 0, &plan.name, looks)?;
        text(sheet, row, 1, plan.chapter, &looks.plain)?;
        text(sheet, row, 2, &plan.caption, &looks.plain)?;
    }
    let digest = format!("assessment.json SHA-256 {}", document.digest);
    for line in [&document.running, &document.colophon, &digest] {
        row += 1;
        text(sheet, row + 1, 0, line, &looks.small)?;
    }
    Ok(())
}

/// The summary as labels and values, in the order of the page.
fn summary(summary: &Summary) -> Vec<(String, Value)> {
    let words = |text: &String| typed(text, false);
    let mut lines = vec![
        (summary.label.clone(), typed(&summary.value, true)),
        (String::new(), words(&summary.base)),
        (String::new(), words(&summary.caveat)),
    ];
    lines.extend(summary.facts.iter().map(|fact| (fact.name.clone(), typed(&fact.value, true))));
    for reading in &summary.readings {
        let scheme = format!("{} {}", reading.scheme, reading.mark).trim().to_owned();
        lines.push((summary.readings_title.clone(), Value::Text(scheme)));
        lines.extend(reading.lines.iter().map(|line| (String::new(), words(&line.text))));
    }
    lines.extend(summary.change.iter().map(|change| (summary.change_title.clone(), words(change))));
    lines.push((String::new(), words(&summary.change_base)));
    lines.extend(
        summary
            .findings
            .iter()
            .map(|finding| (summary.findings_title.clone(), words(finding))),
    );
    lines.retain(|(_, held)| *held != Value::Empty);
    lines
}

/// The second sheet: everything that is said in words, by chapter.
pub(super) fn texts(
    sheet: &mut Worksheet,
    name: &str,
    overview: &str,
    document: &Document,
    words: Words,
    looks: &Looks,
) -> Result<(), XlsxError> {
    page(sheet, name)?;
    sheet
        .set_column_width(0, 24)?
        .set_column_width(1, SUBJECT_WIDTH)?
        .set_column_width(2, WORDS_WIDTH)?;
    text(sheet, 0, 0, name, &looks.title)?;
    link(sheet, 1, 0, overview, looks)?;
    for (column, key) in ["xlsx-chapter", "xlsx-subject", "xlsx-words"].iter().enumerate() {
        text(sheet, HEAD, column, &words.word(key), &looks.head)?;
    }
    let mut row = HEAD;
    for chapter in &document.chapters {
        let title = format!("{} {}", chapter.number, chapter.title);
        let mut lines: Vec<(String, Value)> = Vec::new();
        unfolded(&chapter.blocks, &mut |block| lines.extend(said(block)));
        for (subject, held) in lines {
            row += 1;
            text(sheet, row, 0, &title, &looks.plain)?;
            text(sheet, row, 1, &subject, &looks.wrapped)?;
            let format = if matches!(held, Value::Empty) {
                &looks.group
            } else {
                &looks.wrapped
            };
            value(sheet, row, 2, &held, &format.clone().set_align(FormatAlign::Left))?;
            let of_words = if let Value::Text(text) = &held {
                lines_of(text, WORDS_WIDTH)
            } else {
                1.0
            };
            sheet.set_row_height(row, LINE_HEIGHT * of_words.max(lines_of(&subject, SUBJECT_WIDTH)))?;
        }
    }
    sheet.autofilter(HEAD, 0, row.max(HEAD + 1), 2)?;
    sheet.set_freeze_panes(HEAD + 1, 0)?;
    Ok(())
}

/// What a block says in words, as subject and text.
fn said(block: &Block) -> Vec<(String, Value)> {
    let words = |text: &String| (String::new(), typed(text, false));
    match block {
        Block::Heading { text } | Block::Details { title: text, .. } => vec![(text.clone(), Value::Empty)],
        Block::Paragraph { text } | Block::Callout { text, .. } => vec![words(text)],
        Block::List { items } => items.iter().map(words).collect(),
        Block::Facts { facts } => facts.iter().map(|fact| (fact.name.clone(), typed(&fact.value, true))).collect(),
        Block::Table(_) | Block::Figure(_) => Vec::new(),
    }
}
