//! Changes between waves.

use super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::page::Page;
use super::super::words::{count_of, number, p_value, signed};
use crate::trend::{Change, Comparison, Direction};

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    if page.assessment.waves.len() < 2 {
        return vec![page.paragraph("trend-single", &[])];
    }
    let mut blocks = vec![page.paragraph("trend-intro", &[])];
    blocks.extend(page.figure("trend", page.base_of_waves()));
    blocks.extend(page.figure("trend-dimensions", page.base_of_waves()));
    let latest = page.latest().map(|w| w.id.as_str()).unwrap_or_default();
    let (current, earlier): (Vec<_>, Vec<_>) = page.assessment.comparisons.iter().partition(|c| c.to == latest);
    blocks.extend(current.into_iter().map(|c| Block::Table(comparison(page, c))));
    for older in earlier.into_iter().rev() {
        let mut table = comparison(page, older);
        let title = std::mem::take(&mut table.caption);
        blocks.push(Block::Details {
            title,
            blocks: vec![Block::Table(table)],
        });
    }
    blocks
}

fn comparison(page: &Page<'_>, comparison: &Comparison) -> Table {
    let columns = [
        "quantity",
        "#before",
        "#after",
        "#change",
        "#se",
        "#interval",
        "#p",
        "#p-holm",
        "reading",
    ];
    let (from, to) = (page.wave_named(&comparison.from), page.wave_named(&comparison.to));
    let mut table = page.table("table-comparison", &columns, base(page, comparison, &from, &to));
    table.caption = page.words.say("table-comparison", &[("from", &from), ("to", &to)]);
    for (position, change) in comparison.changes.iter().enumerate() {
        let name = if change.quantity == "index" {
            page.words.word("index")
        } else {
            page.words.text(&change.title)
        };
        let cells = vec![
            name.into(),
            page.value_over_interval(&change.before),
            page.value_over_interval(&change.after),
            Cell::from(signed(change.change_points)).noted(super::comparability::bridged(page, change)),
            number(change.standard_error, 2).into(),
            page.words.interval(change.interval).into(),
            p_value(change.p_value).into(),
            p_value(change.p_value_holm).into(),
            reading(page, change),
        ];
        table.rows.push(Row {
            strong: position == 0,
            ..Row::of(cells)
        });
    }
    table
        .rows
        .extend(super::comparability::not_compared(page, comparison, columns.len()));
    table.notes.push(page.words.word("note-comparison"));
    table
}

fn base(page: &Page<'_>, comparison: &Comparison, from: &str, to: &str) -> String {
    let index = comparison.changes.first();
    let n = |reported: Option<&crate::index::estimate::Reported>| count_of(reported.and_then(|r| r.estimate).map(|e| e.n));
    let level = super::super::words::level(page.assessment.survey.level);
    page.words.say(
        "base-comparison",
        &[
            ("from", &from),
            ("to", &to),
            ("before", &n(index.map(|c| &c.before))),
            ("after", &n(index.map(|c| &c.after))),
            ("level", &level),
        ],
    )
}

fn reading(page: &Page<'_>, change: &Change) -> Cell {
    let (key, tone) = match change.direction {
        Direction::Up => ("direction-up", Tone::Good),
        Direction::Down => ("direction-down", Tone::Bad),
        Direction::NotSignificant => ("direction-not-significant", Tone::Unsure),
        Direction::Undetermined => ("direction-undetermined", Tone::Plain),
    };
    Cell::from(page.words.word(key)).toned(tone)
}
