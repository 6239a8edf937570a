//! The year on one page: dimensions with their change, and what has to be asked.

use super::super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::super::page::Page;
use super::super::super::words::{count_of, signed};
use crate::assessment::WaveAssessment;
use crate::trend::{Change, Direction};

/// Questions that a page has room for.
const QUESTIONS_MAX: usize = 3;

pub(in super::super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(wave) = page.latest() else { return Vec::new() };
    let mut blocks = vec![Block::Table(dimensions(page, wave))];
    let questions = page
        .assessment
        .surveillance
        .as_ref()
        .map(|s| s.questions.as_slice())
        .unwrap_or_default();
    let several = page.assessment.waves.len() > 1;
    if several && !questions.is_empty() {
        let items = questions.iter().take(QUESTIONS_MAX).map(|q| page.words.text(&q.text)).collect();
        blocks.push(page.heading("glance-questions"));
        blocks.push(Block::List { items });
        let more = questions.len().saturating_sub(QUESTIONS_MAX);
        if more > 0 {
            blocks.push(page.paragraph("glance-more", &[("count", &more)]));
        }
    }
    blocks
}

fn dimensions(page: &Page<'_>, wave: &WaveAssessment) -> Table {
    let comparison = page.assessment.latest_comparison();
    let mut columns = vec!["dimension", "#score", "#interval", "#n"];
    if comparison.is_some() {
        columns.extend(["#change", "reading"]);
    }
    let mut table = page.table("table-glance", &columns, page.base(wave));
    for dimension in &wave.dimensions {
        let estimate = dimension.score.estimate.as_ref();
        let mut cells = vec![
            page.words.text(&dimension.title).into(),
            Cell::from(super::super::super::words::points(estimate)),
            page.words.interval(estimate.and_then(|e| e.interval)).into(),
            count_of(estimate.map(|e| e.n)).into(),
        ];
        if let Some(comparison) = comparison {
            let index = page.assessment.survey.index_dimension.as_deref() == Some(dimension.id.as_str());
            let id = if index { "index" } else { dimension.id.as_str() };
            let change = comparison.of_everybody(id);
            cells.push(signed(change.and_then(|c| c.change_points)).into());
            cells.push(change.map_or_else(|| Cell::from(super::super::super::words::NOTHING), |c| reading(page, c)));
        }
        table.rows.push(Row::of(cells));
    }
    table
}

fn reading(page: &Page<'_>, change: &Change) -> Cell {
    let (key, tone) = match change.direction {
        Direction::Up => ("glance-up", Tone::Good),
        Direction::Down => ("glance-down", Tone::Bad),
        Direction::Equivalent => ("glance-equivalent", Tone::Plain),
        Direction::NotSignificant => ("glance-same", Tone::Unsure),
        Direction::Undetermined => ("direction-undetermined", Tone::Plain),
    };
    Cell::from(page.words.word(key)).toned(tone)
}
