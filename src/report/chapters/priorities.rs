//! What to improve first.

use super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::figures::importance_key;
use super::super::page::{Page, has_intervals};
use super::super::words::{self, number};
use crate::assessment::levers::actionable;
use crate::assessment::{PriorityMap, PriorityPoint, WaveAssessment};
use crate::index::estimate::Estimate;

/// Decimals of an importance: items differ in the third.
const DECIMALS: usize = 3;

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

/// Where a point stands on its map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Key of the quadrant of its point estimates.
    pub key: &'static str,
    /// How urgent the quadrant is, 0 first.
    pub urgency: u8,
    /// True when no interval of the point crosses a line of the map, so that the quadrant can be told. An axis for which no interval is
    /// claimed is read by its point.
    pub certain: bool,
    /// False for expectations and image, which no improvement of the service raises.
    pub actionable: bool,
}

impl Place {
    /// True for what is told to be important, below the mean, and open to improvement.
    pub fn is_first(self) -> bool {
        self.urgency == 0 && self.certain && self.actionable
    }
}

/// The place of a point.
pub(super) fn place(wave: &WaveAssessment, map: &PriorityMap, point: &PriorityPoint) -> Place {
    let important = point.importance.value >= map.importance_mean;
    let good = point.performance.value >= map.performance_mean;
    let (key, urgency) = match (important, good) {
        (true, false) => ("first", 0),
        (true, true) => ("keep", 1),
        (false, false) => ("later", 2),
        (false, true) => ("keep-low", 3),
    };
    Place {
        key,
        urgency,
        certain: is_clear(&point.importance, map.importance_mean) && is_clear(&point.performance, map.performance_mean),
        actionable: is_actionable(wave, &point.id),
    }
}

/// Whether an interval leaves a line of the map on one side.
fn is_clear(estimate: &Estimate, line: f64) -> bool {
    estimate.interval.is_none_or(|i| i.lower >= line || i.upper < line)
}

/// Whether a dimension, or the dimension of an item, is one that is acted on.
pub(super) fn is_actionable(wave: &WaveAssessment, id: &str) -> bool {
    let of_item = wave.items.iter().find(|i| i.id == id).map(|i| i.dimension.as_str());
    let dimension = wave.dimensions.iter().find(|d| d.id == id || Some(d.id.as_str()) == of_item);
    dimension.is_none_or(|d| actionable(d.role))
}

/// Points by quadrant, the most urgent first and what can be told before what cannot; within that the most important first. What is not
/// acted on stands at the end.
pub(super) fn ordered<'a>(wave: &WaveAssessment, map: &'a PriorityMap) -> Vec<(Place, &'a PriorityPoint)> {
    let mut points: Vec<(Place, &PriorityPoint)> = map.points.iter().map(|p| (place(wave, map, p), p)).collect();
    let rank = |p: &Place| (!p.actionable, p.urgency, !p.certain);
    points.sort_by(|(a, one), (b, other)| {
        let importance = other.importance.value.total_cmp(&one.importance.value);
        rank(a).cmp(&rank(b)).then(importance).then_with(|| one.id.cmp(&other.id))
    });
    points
}

/// The quadrant in words. Where an interval crosses a line it cannot be told, and the point estimate stands in small print.
fn quadrant(page: &Page<'_>, place: Place) -> Cell {
    let named = page.words.word(&format!("quadrant-{}", place.key));
    if !place.actionable {
        let cell = Cell::from(page.words.word("quadrant-not-acted"));
        return if place.certain { cell.noted(named) } else { cell };
    }
    if !place.certain {
        let note = page.words.say("quadrant-by-point", &[("quadrant", &named)]);
        return Cell::from(page.words.word("quadrant-untold")).noted(note);
    }
    let tone = if place.is_first() { Tone::Bad } else { Tone::Plain };
    Cell::from(named).toned(tone)
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
    let points = ordered(wave, map);
    for (place, point) in &points {
        table.rows.push(Row::of(vec![
            page.words.text(&point.title).into(),
            number(Some(point.importance.value), DECIMALS).into(),
            page.words.interval_with(point.importance.interval, DECIMALS).into(),
            words::points(Some(&point.performance)).into(),
            page.words.interval(point.performance.interval).into(),
            words::count(point.performance.n).into(),
            quadrant(page, *place),
        ]));
    }
    let importance = number(Some(map.importance_mean), DECIMALS);
    let performance = number(Some(map.performance_mean), 1);
    let lines: [(&'static str, &dyn std::fmt::Display); 2] = [("importance", &importance), ("performance", &performance)];
    let note = if has_intervals(wave) {
        "note-priorities"
    } else {
        "note-priorities-plain"
    };
    table.notes.push(page.words.say(note, &lines));
    if points.iter().any(|(place, _)| !place.actionable) {
        table.notes.push(page.words.word("note-not-acted"));
    }
    table.lean()
}
