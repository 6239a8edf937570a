//! Groups of customers.

use super::super::document::{Block, Cell, Row, Table};
use super::super::page::Page;
use super::super::words::{self, count};
use super::segment_table;
use crate::assessment::WaveAssessment;

/// A group with fewer respondents is marked as small.
const SMALL_GROUP: u64 = 30;

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(wave) = page.latest().filter(|w| !w.domains.is_empty()) else {
        return vec![page.paragraph("domains-none", &[])];
    };
    let intervals = wave.domains.iter().any(|d| d.index.estimate.is_some_and(|e| e.interval.is_some()));
    let intro = match (intervals, wave.segments.is_empty()) {
        (true, false) => "domains-intro",
        (true, true) => "domains-intro-alone",
        (false, _) => "domains-intro-plain",
    };
    let mut blocks = vec![page.paragraph(intro, &[])];
    blocks.extend(tables(page, wave).into_iter().map(Block::Table));
    for earlier in page.earlier().filter(|w| !w.domains.is_empty()) {
        blocks.push(page.fold(
            "earlier-domains",
            earlier,
            tables(page, earlier).into_iter().map(Block::Table).collect(),
        ));
    }
    blocks
}

/// The tables of each column, in the order of the assessment: what each group scores, and how it stands to the rest.
fn tables(page: &Page<'_>, wave: &WaveAssessment) -> Vec<Table> {
    let mut columns: Vec<&str> = Vec::new();
    for domain in &wave.domains {
        if !columns.contains(&domain.column.as_str()) {
            columns.push(&domain.column);
        }
    }
    let of_column = |column: &str| [Some(table(page, wave, column)), segment_table::table(page, wave, column)];
    columns.into_iter().flat_map(of_column).flatten().collect()
}

fn table(page: &Page<'_>, wave: &WaveAssessment, column: &str) -> Table {
    let mut table = page.table("table-domains", &["group", "#n", "#index"], page.base(wave));
    table.caption = page.words.say("table-domains", &[("column", &words::shown(column))]);
    let is_index = |id: &str| page.assessment.survey.index_dimension.as_deref() == Some(id);
    let shown = |position: usize| wave.dimensions.get(position).is_some_and(|d| !is_index(&d.id));
    for dimension in wave.dimensions.iter().filter(|d| !is_index(&d.id)) {
        table.columns.push(super::super::document::Column {
            title: page.words.text(&dimension.title),
            numeric: true,
        });
    }
    for domain in wave.domains.iter().filter(|d| d.column == column) {
        let note = if domain.n < SMALL_GROUP {
            page.words.word("small-group")
        } else {
            String::new()
        };
        let mut cells = vec![
            Cell::from(words::shown(&domain.category)).noted(note),
            count(domain.n).into(),
            page.value_over_interval(&domain.index),
        ];
        cells.extend(
            domain
                .dimensions
                .iter()
                .enumerate()
                .filter(|(at, _)| shown(*at))
                .map(|(_, d)| page.value_over_interval(d)),
        );
        table.rows.push(Row::of(cells));
    }
    table.notes.push(page.by_precision("note-domains", wave));
    if let Some(withheld) = &wave.withheld {
        let args: [(&'static str, &dyn std::fmt::Display); 3] = [
            ("min", &withheld.base_min),
            ("small", &withheld.small),
            ("complementary", &withheld.complementary),
        ];
        table.notes.push(page.words.say("note-withheld", &args));
    }
    table.lean()
}
