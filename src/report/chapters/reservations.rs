//! Every reservation in words, with its code and place.

use super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::page::Page;
use super::super::words::shown;
use crate::finding::{FindingRecord, Severity};

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let mut blocks = vec![page.paragraph("reservations-intro", &[])];
    if let Some(wave) = page.latest().filter(|w| !w.gates.is_empty()) {
        blocks.push(Block::Table(super::cleaning::gates(page, wave)));
    }
    let table = findings(page);
    if table.rows.is_empty() {
        blocks.push(page.paragraph("reservations-none", &[]));
    } else {
        blocks.push(Block::Table(table));
    }
    if !page.figures.left_out.is_empty() {
        blocks.push(page.heading("figures-left-out"));
        blocks.push(Block::List {
            items: page.figures.left_out.clone(),
        });
    }
    blocks
}

fn findings(page: &Page<'_>) -> Table {
    let columns = ["wave", "severity", "finding", "place", "hint"];
    let mut table = page.table("table-findings", &columns, page.base_of_waves());
    let whole = page.words.word("all-waves");
    table.rows.extend(page.assessment.findings.iter().map(|f| row(page, &whole, f)));
    for wave in page.assessment.waves.iter().rev() {
        let title = page.wave_title(wave);
        table.rows.extend(wave.findings.iter().map(|f| row(page, &title, f)));
    }
    table
}

fn row(page: &Page<'_>, wave: &str, finding: &FindingRecord) -> Row {
    let (key, tone) = match finding.severity {
        Severity::Note => ("/severity-note", Tone::Plain),
        Severity::Warning => ("/severity-warning", Tone::Unsure),
        Severity::Error => ("/severity-error", Tone::Bad),
    };
    let mut note = vec![finding.code.as_str().to_owned()];
    for (label, part) in [("/finding-expected", &finding.expected), ("/finding-got", &finding.got)] {
        note.extend(
            part.iter()
                .map(|text| format!("{}{}", page.words.word(label), page.words.text(text))),
        );
    }
    let hint = finding.hint.as_ref().map(|h| page.words.text(h)).unwrap_or_default();
    Row::of(vec![
        wave.into(),
        Cell::from(page.words.word(key)).toned(tone),
        Cell::from(page.words.text(&finding.message)).noted(note.join(" · ")),
        shown(&finding.place.to_string()).into(),
        hint.into(),
    ])
}
