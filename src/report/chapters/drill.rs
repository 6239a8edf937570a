//! The way down from a dimension to its items and to the groups of customers: the same numbers as in the chapters, put
//! together by dimension.

use super::super::document::{Cell, Drill, DrillDimension, Row, Table};
use super::super::page::Page;
use super::super::words::{self, count};
use super::results::{ITEM_COLUMNS, item_row};
use crate::assessment::{DimensionResult, WaveAssessment};

/// The dimensions of the latest wave; nothing where there is none.
pub(in super::super) fn drill(page: &Page<'_>) -> Option<Drill> {
    let wave = page.latest().filter(|w| !w.dimensions.is_empty())?;
    let one = |(place, dimension): (usize, &DimensionResult)| {
        let estimate = dimension.score.estimate.as_ref();
        DrillDimension {
            id: dimension.id.clone(),
            title: page.words.text(&dimension.title),
            value: words::points(estimate),
            interval: page.words.interval(estimate.and_then(|e| e.interval)),
            tables: std::iter::once(items(page, wave, dimension))
                .chain(groups(page, wave, place))
                .collect(),
        }
    };
    Some(Drill {
        title: page.words.word("drill-title"),
        intro: page.words.word("drill-intro"),
        dimensions: wave.dimensions.iter().enumerate().map(one).collect(),
    })
}

fn items(page: &Page<'_>, wave: &WaveAssessment, dimension: &DimensionResult) -> Table {
    let mut table = page.table("table-items", &ITEM_COLUMNS, page.base(wave));
    let title = page.words.text(&dimension.title);
    table.caption = page.words.say("drill-items", &[("dimension", &title)]);
    let own = wave.items.iter().filter(|i| i.dimension == dimension.id);
    table.rows = own.map(|item| item_row(page, dimension, item)).collect();
    table.notes.push(page.words.word("note-distribution"));
    table.lean()
}

/// The score of the dimension at a place, by group: one table for each column, in the order of the assessment.
fn groups(page: &Page<'_>, wave: &WaveAssessment, place: usize) -> Vec<Table> {
    let title = wave.dimensions.get(place).map(|d| page.words.text(&d.title)).unwrap_or_default();
    let mut tables: Vec<(&str, Table)> = Vec::new();
    for domain in &wave.domains {
        let Some(score) = domain.dimensions.get(place) else { continue };
        let mut cells = vec![Cell::from(words::shown(&domain.category)), count(domain.n).into()];
        cells.extend(page.estimate_cells(score).into_iter().take(3));
        let row = Row::of(cells);
        if let Some((_, table)) = tables.iter_mut().find(|(column, _)| *column == domain.column) {
            table.rows.push(row);
            continue;
        }
        let mut table = page.table("drill-domains", &["group", "#n", "#score", "#se", "#interval"], page.base(wave));
        let column = words::shown(&domain.column);
        table.caption = page.words.say("drill-domains", &[("dimension", &title), ("column", &column)]);
        table.rows.push(row);
        tables.push((&domain.column, table));
    }
    tables.into_iter().map(|(_, table)| table.lean()).collect()
}
