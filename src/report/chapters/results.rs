//! The index, the dimensions, the items.

use super::super::document::{Block, Cell, Row, Segment, Table};
use super::super::page::Page;
use super::super::words::{self, number, percent};
use crate::assessment::{DimensionResult, ItemResult, WaveAssessment};
use crate::locale::Text;

/// Columns of a table of items; [`item_row`] fills them.
pub(super) const ITEM_COLUMNS: [&str; 8] = ["item", "#score", "#se", "#interval", "#n", "#item-share", "distribution", "missing"];

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(wave) = page.latest() else { return Vec::new() };
    let mut blocks = vec![Block::Paragraph {
        text: page.by_precision("results-intro", wave),
    }];
    let of_dimensions = page.words.word("table-dimensions");
    blocks.extend(page.figure_beside("dimensions", page.base(wave), &of_dimensions));
    blocks.push(Block::Table(dimensions(page, wave)));
    blocks.extend(page.figure_beside("radar", page.base(wave), &of_dimensions));
    blocks.push(Block::Table(reliability(page, wave)));
    let of_items = page.words.word("table-items");
    for id in super::super::figures::likert_ids(page.figures) {
        blocks.extend(page.figure_beside(id, page.base(wave), &of_items));
    }
    blocks.push(Block::Table(items(page, wave)));
    for earlier in page.earlier() {
        blocks.push(page.fold("earlier-results", earlier, vec![Block::Table(dimensions(page, earlier))]));
    }
    blocks
}

fn dimensions(page: &Page<'_>, wave: &WaveAssessment) -> Table {
    let columns = ["dimension", "#score", "#se", "#interval", "#n", "#df", "method"];
    let mut table = page.table("table-dimensions", &columns, page.base(wave));
    let method = |reported: &crate::index::estimate::Reported| {
        Cell::from(reported.estimate.map_or_else(String::new, |e| page.words.method(e.method)))
    };
    let mut first = vec![Cell::from(page.words.word("index"))];
    first.extend(page.estimate_cells(&wave.index));
    first.push(method(&wave.index));
    table.rows.push(Row {
        strong: true,
        ..Row::of(first)
    });
    for dimension in &wave.dimensions {
        let note = if page.assessment.survey.index_dimension.as_ref() == Some(&dimension.id) {
            page.words.word("is-index")
        } else {
            share_note(page, dimension)
        };
        let mut cells = vec![Cell::from(page.words.text(&dimension.title)).noted(note)];
        cells.extend(page.estimate_cells(&dimension.score));
        cells.push(method(&dimension.score));
        table.rows.push(Row::of(cells));
    }
    let effective = number(wave.weights.n_effective, 1);
    table.notes.push(page.words.say(
        "note-effective",
        &[("n", &effective), ("kish", &number(wave.weights.kish_effect, 2))],
    ));
    table.lean()
}

/// The share in a composite index; nothing where one dimension is the index.
fn share_note(page: &Page<'_>, dimension: &DimensionResult) -> String {
    if page.assessment.survey.index_dimension.is_some() {
        return String::new();
    }
    page.words.say("share-in-index", &[("share", &percent(dimension.weight))])
}

fn reliability(page: &Page<'_>, wave: &WaveAssessment) -> Table {
    let columns = ["dimension", "#items", "#alpha", "#alpha-standardised", "#composite", "#ave"];
    let mut table = page.table("table-reliability", &columns, page.base(wave));
    for dimension in &wave.dimensions {
        let items = wave.item_count_of(&dimension.id) as u64;
        let r = dimension.reliability;
        let alpha = Cell::from(number(r.alpha, 3));
        let alpha = if items < 2 {
            alpha.noted(page.words.word("single-item"))
        } else {
            alpha
        };
        table.rows.push(Row::of(vec![
            page.words.text(&dimension.title).into(),
            words::count(items).into(),
            alpha,
            number(r.alpha_standardised, 3).into(),
            number(r.composite, 3).into(),
            number(r.average_variance_extracted, 3).into(),
        ]));
    }
    table.notes.push(page.words.word("note-reliability"));
    table.lean()
}

fn items(page: &Page<'_>, wave: &WaveAssessment) -> Table {
    let mut table = page.table("table-items", &ITEM_COLUMNS, page.base(wave));
    for dimension in wave.dimensions.iter().filter(|d| d.parts.is_empty()) {
        table.rows.push(Row::head(page.words.text(&dimension.title)));
        for item in wave.items.iter().filter(|i| i.dimension == dimension.id) {
            table.rows.push(item_row(page, dimension, item));
        }
    }
    table.notes.push(page.words.word("note-distribution"));
    table.lean()
}

/// Wording of an item under the heading of its dimension, which is not said again where the wording begins with it.
pub(super) fn title_within(page: &Page<'_>, dimension: &DimensionResult, title: &Text) -> String {
    let (title, heading) = (page.words.text(title), page.words.text(&dimension.title));
    let rest = title
        .strip_prefix(&heading)
        .map(|rest| rest.trim_start_matches([' ', '·', ',', '，', '：', ':', '–', '-']));
    match rest {
        Some(rest) if !rest.is_empty() && rest.len() + heading.len() < title.len() => rest.to_owned(),
        _ => title,
    }
}

/// A row of [`ITEM_COLUMNS`] under the heading of its dimension.
pub(super) fn item_row(page: &Page<'_>, dimension: &DimensionResult, item: &ItemResult) -> Row {
    let (low, high) = item.scale;
    let scale = page.words.say(
        if item.reversed { "scale-reversed" } else { "scale" },
        &[("low", &low), ("high", &high)],
    );
    let note = format!("{} · {scale}", words::shown(&item.id));
    let mut cells = vec![Cell::from(title_within(page, dimension, &item.title)).noted(note)];
    cells.extend(page.estimate_cells(&item.score).into_iter().take(4));
    cells.push(percent(item.share).into());
    cells.push(distribution(item));
    let missing: Vec<String> = item
        .missing
        .iter()
        .map(|(reason, n)| {
            page.words.say(
                "missing-count",
                &[
                    ("reason", &page.words.word(&format!("/{}", missing_key(*reason)))),
                    ("n", &words::count(*n)),
                ],
            )
        })
        .collect();
    cells.push(
        if missing.is_empty() {
            page.words.word("no-missing")
        } else {
            missing.join(&page.words.word("comma"))
        }
        .into(),
    );
    Row::of(cells)
}

fn missing_key(reason: crate::survey::MissingReason) -> &'static str {
    use crate::survey::MissingReason::{DontKnow, Invalid, NoAnswer, NotApplicable, NotAsked, Refused};
    match reason {
        NoAnswer => "missing-no-answer",
        NotAsked => "missing-not-asked",
        DontKnow => "missing-dont-know",
        Refused => "missing-refused",
        NotApplicable => "missing-not-applicable",
        Invalid => "missing-invalid",
    }
}

/// The shares of the answers as a bar in five shades, and in figures under it.
fn distribution(item: &ItemResult) -> Cell {
    let last = item.distribution.len().saturating_sub(1).max(1);
    let segment = |(step, share): (usize, &f64)| Segment {
        width: crate::round::printed(share * 100.0, 2),
        step: step * 4 / last,
    };
    let shares: Vec<String> = item.distribution.iter().map(|s| crate::round::printed(s * 100.0, 1)).collect();
    let text = if shares.is_empty() {
        words::NOTHING.to_owned()
    } else {
        String::new()
    };
    Cell {
        text,
        note: shares.join(" · "),
        bar: item.distribution.iter().enumerate().map(segment).collect(),
        ..Cell::default()
    }
}
