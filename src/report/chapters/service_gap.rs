//! Service quality as the gap between perception and expectation.

use super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::page::Page;
use super::super::words::{number, signed_with};
use crate::assessment::WaveAssessment;
use crate::assessment::weighting::{Gap, ServiceGaps};
use crate::index::estimate::Estimate;

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(wave) = page.latest() else { return Vec::new() };
    let Some(gaps) = &wave.service_gaps else { return Vec::new() };
    let mut blocks = vec![page.paragraph("gap-intro", &[])];
    blocks.push(reading(page, gaps));
    blocks.push(Block::Table(elements(page, wave, gaps)));
    blocks.push(Block::Table(items(page, wave, gaps)));
    blocks
}

/// Met, not met, or cannot be told, by the interval of a gap.
fn verdict(page: &Page<'_>, gap: Option<&Estimate>) -> Cell {
    let (key, tone) = match gap.and_then(|g| g.interval) {
        Some(interval) if interval.upper < 0.0 => ("gap-below", Tone::Bad),
        Some(interval) if interval.lower > 0.0 => ("gap-above", Tone::Good),
        Some(_) => ("gap-open", Tone::Unsure),
        None => ("no-interval", Tone::Unsure),
    };
    Cell::from(page.words.word(key)).toned(tone)
}

fn cells(page: &Page<'_>, gap: Option<&Estimate>) -> Vec<Cell> {
    vec![
        signed_with(gap.map(|g| g.value), 2).into(),
        number(gap.and_then(|g| g.standard_error), 3).into(),
        page.words.interval_with(gap.and_then(|g| g.interval), 2).into(),
        verdict(page, gap),
    ]
}

fn elements(page: &Page<'_>, wave: &WaveAssessment, gaps: &ServiceGaps) -> Table {
    let columns = ["element", "#points", "#gap", "#se", "#interval", "reading"];
    let mut table = page.table("table-gap-elements", &columns, page.base_all(wave));
    let row = |name: String, points: Option<f64>, gap: Option<&Estimate>| {
        let mut all = vec![name.into(), number(points, 1).into()];
        all.extend(cells(page, gap));
        Row::of(all)
    };
    for element in &gaps.dimensions {
        table
            .rows
            .push(row(page.words.text(&element.title), element.points, element.gap.as_ref()));
    }
    table.rows.push(row(page.words.word("gap-plain"), None, gaps.plain.as_ref()));
    if gaps.weighted.is_some() {
        table
            .rows
            .push(row(page.words.word("gap-weighted"), Some(100.0), gaps.weighted.as_ref()));
    }
    table.notes.push(page.words.word("note-gap"));
    table
}

fn items(page: &Page<'_>, wave: &WaveAssessment, gaps: &ServiceGaps) -> Table {
    let columns = ["item", "#perceived", "#expected-mean", "#gap", "#se", "#interval", "reading"];
    let mut table = page.table("table-gap-items", &columns, page.base_all(wave));
    for element in &gaps.dimensions {
        table.rows.push(Row::head(page.words.text(&element.title)));
        for item in gaps.items.iter().filter(|i| i.dimension.as_ref() == Some(&element.id)) {
            let mut all = vec![
                page.words.text(&item.title).into(),
                number(item.perceived, 2).into(),
                number(item.expected, 2).into(),
            ];
            all.extend(cells(page, item.gap.as_ref()));
            table.rows.push(Row::of(all));
        }
    }
    table
}

/// The element whose expectation is missed most, if one is missed for certain.
fn reading(page: &Page<'_>, gaps: &ServiceGaps) -> Block {
    let missed = |g: &&Gap| g.gap.and_then(|e| e.interval).is_some_and(|i| i.upper < 0.0);
    let value = |g: &Gap| g.gap.map_or(0.0, |e| e.value);
    let worst = gaps.dimensions.iter().filter(missed).min_by(|a, b| value(a).total_cmp(&value(b)));
    let count = gaps.dimensions.iter().filter(missed).count();
    let Some(worst) = worst else {
        return page.paragraph("gap-none-missed", &[]);
    };
    let (name, gap) = (page.words.text(&worst.title), signed_with(Some(value(worst)), 2));
    let args: [(&'static str, &dyn std::fmt::Display); 4] =
        [("count", &count), ("total", &gaps.dimensions.len()), ("name", &name), ("gap", &gap)];
    page.paragraph("gap-missed", &args)
}
