//! Other published indices beside ours.

use super::super::document::{Block, Cell, Row, Tone};
use super::super::page::Page;
use super::super::words::{count_of, number, p_value, shown, signed};
use crate::trend::benchmark::BenchmarkComparison;

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(found) = page.assessment.over_time.as_ref().and_then(|o| o.benchmarks.as_ref()) else {
        return Vec::new();
    };
    let columns = [
        "benchmark",
        "period",
        "#published",
        "#n",
        "#ours",
        "#index-difference",
        "#p-holm",
        "reading",
        "source",
    ];
    let mut table = page.table("table-benchmark", &columns, page.base_of_waves());
    table.rows = found.rows.iter().map(|row| of_row(page, row)).collect();
    table.notes.push(page.words.word("note-benchmark"));
    vec![page.paragraph("benchmark-intro", &[]), Block::Table(table)]
}

fn of_row(page: &Page<'_>, row: &BenchmarkComparison) -> Row {
    let published = Cell::from(number(Some(row.benchmark.value), 1));
    let published = match row.benchmark.interval {
        Some(interval) => published.noted(page.words.interval(Some(interval))),
        None => published.noted(page.words.word("benchmark-no-interval")),
    };
    let ours = row
        .ours
        .as_ref()
        .map_or_else(|| Cell::from(super::super::words::NOTHING), |o| page.value_over_interval(o));
    let difference = Cell::from(signed(row.difference)).noted(row.interval.map(|i| page.words.interval(Some(i))).unwrap_or_default());
    Row::of(vec![
        page.words.text(&row.benchmark.name).into(),
        shown(&row.benchmark.period).into(),
        published,
        count_of(row.benchmark.n).into(),
        ours,
        difference,
        p_value(row.p_value_holm).into(),
        reading(page, row),
        page.words.text(&row.benchmark.source).into(),
    ])
}

fn reading(page: &Page<'_>, row: &BenchmarkComparison) -> Cell {
    let alpha = 1.0 - page.assessment.survey.level;
    let (key, tone) = match (row.wave.is_some(), row.p_value_holm, row.difference) {
        (false, _, _) => ("benchmark-no-wave", Tone::Plain),
        (_, None, _) => ("benchmark-not-tested", Tone::Plain),
        (_, Some(p), Some(d)) if p < alpha && d > 0.0 => ("benchmark-above", Tone::Good),
        (_, Some(p), Some(_)) if p < alpha => ("benchmark-below", Tone::Bad),
        _ => ("benchmark-open", Tone::Unsure),
    };
    Cell::from(page.words.word(key)).toned(tone)
}
