//! What to improve first.

use super::super::document::{Block, Row, Table, Tone};
use super::super::figures::importance_key;
use super::super::page::Page;
use super::super::words::{self, number};
use crate::assessment::{PriorityMap, PriorityPoint, WaveAssessment};

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(wave) = page.latest() else { return Vec::new() };
    let Some(map) = &wave.priorities else {
        return vec![page.paragraph("priorities-none", &[])];
    };
    let mut blocks = vec![page.paragraph(&format!("priorities-intro-{}", importance_key(map)), &[])];
    blocks.extend(page.figure_beside("priorities", page.base(wave), &page.words.word("table-priorities")));
    blocks.push(Block::Table(table(page, wave, map)));
    if let Some(items) = &wave.item_priorities {
        blocks.push(page.paragraph("priorities-items", &[]));
        let caption = page.words.word("table-priorities-items");
        blocks.extend(page.figure_beside("priorities-items", page.base(wave), &caption));
        let mut of_items = table(page, wave, items);
        of_items.caption = caption;
        blocks.push(Block::Table(of_items));
    }
    blocks
}

/// The quadrant of a point: its key and how urgent it is, 0 first.
pub(super) fn quadrant(map: &PriorityMap, point: &PriorityPoint) -> (&'static str, u8) {
    let important = point.importance.value >= map.importance_mean;
    let good = point.performance.value >= map.performance_mean;
    match (important, good) {
        (true, false) => ("first", 0),
        (true, true) => ("keep", 1),
        (false, false) => ("later", 2),
        (false, true) => ("keep-low", 3),
    }
}

/// Points with the most urgent first, within a quadrant the most important first.
pub(super) fn ordered(map: &PriorityMap) -> Vec<&PriorityPoint> {
    let mut points: Vec<&PriorityPoint> = map.points.iter().collect();
    points.sort_by(|a, b| {
        let urgency = quadrant(map, a).1.cmp(&quadrant(map, b).1);
        urgency
            .then_with(|| b.importance.value.total_cmp(&a.importance.value))
            .then_with(|| a.id.cmp(&b.id))
    });
    points
}

fn table(page: &Page<'_>, wave: &WaveAssessment, map: &PriorityMap) -> Table {
    let columns = [
        "subject",
        "#importance",
        "#importance-interval",
        "#performance",
        "#interval",
        "#n",
        "quadrant",
    ];
    let mut table = page.table("table-priorities", &columns, page.base(wave));
    for point in ordered(map) {
        let (key, urgency) = quadrant(map, point);
        let tone = if urgency == 0 { Tone::Bad } else { Tone::Plain };
        let quadrant = super::super::document::Cell::from(page.words.word(&format!("quadrant-{key}"))).toned(tone);
        table.rows.push(Row::of(vec![
            page.words.text(&point.title).into(),
            number(Some(point.importance.value), 2).into(),
            page.words.interval_with(point.importance.interval, 2).into(),
            words::points(Some(&point.performance)).into(),
            page.words.interval(point.performance.interval).into(),
            words::count(point.performance.n).into(),
            quadrant,
        ]));
    }
    let (importance, performance) = (number(Some(map.importance_mean), 2), number(Some(map.performance_mean), 1));
    table.notes.push(
        page.words
            .say("note-priorities", &[("importance", &importance), ("performance", &performance)]),
    );
    table
}
