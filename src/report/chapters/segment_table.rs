//! The categories of a reporting column against the rest, against one another and against the wave before.

use super::super::document::{Cell, Row, Table, Tone};
use super::super::page::Page;
use super::super::words::{self, count, number, p_value, signed};
use crate::assessment::WaveAssessment;
use crate::index::estimate::Estimate;
use crate::index::quantity::Family;
use crate::index::segments::{Segment, SegmentColumn, Standing};
use crate::trend::{Change, Comparison, Direction};

/// The table of one column; nothing where there is no error to test with.
pub(super) fn table(page: &Page<'_>, wave: &WaveAssessment, column: &str) -> Option<Table> {
    let found = wave.segments.iter().find(|s| s.column == column)?;
    if found.tests == 0 {
        return None;
    }
    let before = comparison_to(page, wave);
    let mut columns = vec![
        "group",
        "#n",
        "#n-effective",
        "#index",
        "#rest",
        "#rest-difference",
        "#p",
        "#p-bh",
        "reading",
        "letters",
    ];
    columns.extend(before.map(|_| "since-before"));
    let mut table = page.table("table-segments", &columns, page.base_all(wave));
    table.caption = page.words.say("table-segments", &[("column", &words::shown(column))]);
    table.rows = found.segments.iter().map(|s| row(page, wave, found, s, before)).collect();
    let (tests, pairs) = (count(found.tests), count(found.pair_tests));
    table
        .notes
        .push(page.words.say("note-segments", &[("tests", &tests), ("pairs", &pairs)]));
    if let Some(before) = before {
        let from = page.wave_named(&before.from);
        table.notes.push(page.words.say("note-segments-before", &[("from", &from)]));
    }
    Some(table)
}

/// The comparison of a wave with the one before it, where groups were compared.
fn comparison_to<'a>(page: &Page<'a>, wave: &WaveAssessment) -> Option<&'a Comparison> {
    let waves = &page.assessment.waves;
    let at = waves.iter().position(|w| w.id == wave.id)?;
    let earlier = waves.get(at.checked_sub(1)?)?;
    let found = page
        .assessment
        .comparisons
        .iter()
        .find(|c| c.from == earlier.id && c.to == wave.id)?;
    found.of(Family::Domains).next().is_some().then_some(found)
}

fn row(page: &Page<'_>, wave: &WaveAssessment, column: &SegmentColumn, segment: &Segment, before: Option<&Comparison>) -> Row {
    let own = wave
        .domains
        .iter()
        .find(|d| d.column == column.column && d.category == segment.category);
    let value = |estimate: Option<&Estimate>| number(estimate.map(|e| e.value), 1);
    let name = match segment.letter {
        Some(letter) => format!("{letter} {}", words::shown(&segment.category)),
        None => words::shown(&segment.category),
    };
    let difference = segment.difference.as_ref();
    let interval = difference.map_or_else(String::new, |d| page.words.interval(d.interval));
    let mut cells = vec![
        Cell::from(name),
        count(segment.n).into(),
        number(segment.n_effective, 1).into(),
        value(own.and_then(|d| d.index.estimate.as_ref())).into(),
        value(segment.rest.as_ref()).into(),
        Cell::from(signed(difference.map(|d| d.value))).noted(interval),
        p_value(segment.p_value).into(),
        p_value(segment.p_value_bh).into(),
        standing(page, segment),
        letters(page, column, segment).into(),
    ];
    cells.extend(before.map(|comparison| since(page, comparison, column, segment)));
    Row::of(cells)
}

fn standing(page: &Page<'_>, segment: &Segment) -> Cell {
    let (key, tone) = match segment.standing {
        Standing::Above => ("standing-above", Tone::Good),
        Standing::Below => ("standing-below", Tone::Bad),
        Standing::NotSignificant => ("standing-not-significant", Tone::Unsure),
        Standing::Undetermined => ("direction-undetermined", Tone::Plain),
    };
    let excludes_zero = segment
        .difference
        .and_then(|d| d.interval)
        .is_some_and(|i| i.lower > 0.0 || i.upper < 0.0);
    let adjusted_away = segment.standing == Standing::NotSignificant && excludes_zero;
    let note = if adjusted_away {
        let adjustment = page.words.word("adjustment-bh");
        page.words.say("direction-adjusted-away", &[("adjustment", &adjustment)])
    } else {
        String::new()
    };
    Cell::from(page.words.word(key)).toned(tone).noted(note)
}

/// Letters of the categories that it exceeds; a dash where pairs were tested and it exceeds none.
fn letters(page: &Page<'_>, column: &SegmentColumn, segment: &Segment) -> String {
    if column.pair_tests == 0 {
        return words::NOTHING.to_owned();
    }
    let letters: Vec<String> = segment.higher_than.iter().map(|l| l.letter.to_string()).collect();
    if letters.is_empty() {
        page.words.word("letters-none")
    } else {
        letters.join(" ")
    }
}

fn since(page: &Page<'_>, comparison: &Comparison, column: &SegmentColumn, segment: &Segment) -> Cell {
    let same = |c: &&Change| {
        let domain = c.domain.as_ref();
        domain.is_some_and(|d| d.column == column.column && d.category == segment.category)
    };
    let Some(change) = comparison.of(Family::Domains).find(same) else {
        return words::NOTHING.into();
    };
    let (mark, tone) = match change.direction {
        Direction::Up => ("▲ ", Tone::Good),
        Direction::Down => ("▼ ", Tone::Bad),
        _ => ("", Tone::Plain),
    };
    let note = super::change_tables::reading(page, comparison, change);
    let said = if mark.is_empty() { note.text } else { String::new() };
    Cell::from(format!("{mark}{}", signed(change.change_points)))
        .toned(tone)
        .noted(said)
}
