//! Whether dimensions can be told apart, pair by pair: HTMT and HTMT2 with intervals.

use super::super::document::{Block, Cell, Row, Tone};
use super::super::page::Page;
use super::super::words::number;
use crate::assessment::WaveAssessment;
use crate::assessment::measurement::{Measurement, PairMeasurement};
use crate::index::estimate::Estimate;

/// Value below which dimensions that stand close to one another by their meaning pass for different; see the note of the table.
const DISTINCT: f64 = 0.9;

/// The table with its sentence; nothing where fewer than two dimensions have several items.
pub(super) fn blocks(page: &Page<'_>, wave: &WaveAssessment, measurement: &Measurement) -> Vec<Block> {
    if measurement.pairs.is_empty() {
        return Vec::new();
    }
    let columns = ["pair", "#htmt", "#interval", "#htmt2", "#interval", "reading"];
    let mut table = page.table("table-htmt", &columns, page.base_all(wave));
    let name = |pair: &PairMeasurement| {
        let (first, second) = (page.dimension_named(wave, &pair.first), page.dimension_named(wave, &pair.second));
        format!("{first} – {second}")
    };
    let mut pairs: Vec<&PairMeasurement> = measurement.pairs.iter().collect();
    // The pairs that are hardest to tell apart come first.
    let value = |pair: &PairMeasurement| pair.htmt.map_or(f64::NEG_INFINITY, |e| e.value);
    pairs.sort_by(|a, b| value(b).total_cmp(&value(a)));
    let mut same = Vec::new();
    for pair in pairs {
        let (key, tone) = reading(pair.htmt.as_ref());
        if key == "htmt-same" {
            same.push(name(pair));
        }
        let interval = |e: Option<Estimate>| Cell::from(page.words.interval_with(e.and_then(|e| e.interval), 2));
        table.rows.push(Row::of(vec![
            name(pair).into(),
            number(pair.htmt.map(|e| e.value), 2).into(),
            interval(pair.htmt),
            number(pair.htmt2.map(|e| e.value), 2).into(),
            interval(pair.htmt2),
            Cell::from(page.words.word(key)).toned(tone),
        ]));
    }
    table.notes.push(page.words.word("note-htmt"));
    let mut blocks = Vec::new();
    if !same.is_empty() {
        let pairs = same.join(&page.words.word("comma"));
        blocks.push(Block::Callout {
            text: page.words.say("htmt-warning", &[("pairs", &pairs)]),
            tone: Tone::Unsure,
        });
    }
    blocks.push(Block::Table(table.lean()));
    blocks
}

/// How an HTMT is read: by its interval, for a value says nothing of its own uncertainty.
fn reading(htmt: Option<&Estimate>) -> (&'static str, Tone) {
    let Some(interval) = htmt.and_then(|e| e.interval) else {
        return ("htmt-unknown", Tone::Plain);
    };
    if interval.upper >= 1.0 {
        ("htmt-same", Tone::Unsure)
    } else if interval.upper < DISTINCT {
        ("htmt-distinct", Tone::Good)
    } else {
        ("htmt-close", Tone::Plain)
    }
}
