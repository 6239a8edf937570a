//! Complaints: who complained, of what, what the company's own register holds.

use super::super::document::{Block, Row, Table};
use super::super::page::Page;
use super::super::words::{self, count, number, percent};
use super::touchpoints::{in_unit, percent_cell, percent_interval};
use crate::assessment::WaveAssessment;
use crate::assessment::touchpoints::{ComplaintsResult, TouchpointKind};
use crate::touchpoints::register::RegisterSummary;

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some((wave, complaints)) = page.latest().and_then(|wave| Some((wave, wave.complaints.as_ref()?))) else {
        return Vec::new();
    };
    let mut blocks = vec![page.paragraph("complaints-intro", &[])];
    blocks.extend(rate(page, wave));
    let of_register = complaints.register.as_ref().filter(|_| complaints.categories.is_empty());
    let base = of_register.map_or_else(|| page.base_all(wave), |register| base_of(page, register));
    let table = if of_register.is_some() {
        "table-register"
    } else {
        "table-complaints"
    };
    blocks.extend(page.figure_beside("complaints", base, &page.words.word(table)));
    blocks.extend(of_wave(page, wave, complaints));
    for earlier in page.earlier() {
        if let Some(complaints) = &earlier.complaints {
            blocks.push(page.fold("earlier-complaints", earlier, of_wave(page, earlier, complaints)));
        }
    }
    blocks
}

/// The complaint rate and what those who complained think of the handling, in sentences.
fn rate(page: &Page<'_>, wave: &WaveAssessment) -> Vec<Block> {
    let of = |kind: TouchpointKind, key: &'static str| {
        let touchpoint = wave.touchpoints.iter().find(|t| t.kind == kind)?;
        let Some(estimate) = touchpoint.reported.estimate else {
            return Some(Block::Paragraph {
                text: page.words.refusal(&touchpoint.reported),
            });
        };
        let certainty = match estimate.interval {
            Some(i) => page.words.say(
                "certainty",
                &[
                    ("level", &words::level(page.assessment.survey.level)),
                    ("interval", &page.words.range(&in_unit(kind, i.lower), &in_unit(kind, i.upper))),
                ],
            ),
            None => page.words.word("certainty-none"),
        };
        let value = in_unit(kind, estimate.value);
        Some(page.paragraph(key, &[("value", &value), ("certainty", &certainty), ("n", &count(estimate.n))]))
    };
    let sentences = [
        of(TouchpointKind::ComplaintRate, "complaints-rate"),
        of(TouchpointKind::Handling, "complaints-handling"),
    ];
    sentences.into_iter().flatten().collect()
}

fn of_wave(page: &Page<'_>, wave: &WaveAssessment, complaints: &ComplaintsResult) -> Vec<Block> {
    let mut blocks = Vec::new();
    if complaints.categories_withheld {
        blocks.push(page.paragraph("complaints-categories-withheld", &[]));
    }
    if !complaints.categories.is_empty() {
        blocks.push(Block::Table(categories(page, wave, complaints)));
    }
    if let Some(register) = &complaints.register {
        blocks.push(register_reading(page, register, complaints.register_per_thousand));
        blocks.push(Block::Table(register_table(page, register)));
    }
    blocks
}

fn categories(page: &Page<'_>, wave: &WaveAssessment, complaints: &ComplaintsResult) -> Table {
    let columns = ["category", "#n", "#share-percent", "interval", "#mention-share", "#cumulative"];
    let mut table = page.table("table-complaints", &columns, page.base_all(wave));
    for category in &complaints.categories {
        let name = if category.category.is_empty() {
            page.words.say("complaint-pooled-count", &[("count", &count(complaints.pooled))])
        } else {
            words::shown(&category.category)
        };
        table.rows.push(Row::of(vec![
            name.into(),
            count(category.n).into(),
            percent_cell(page, &category.reported),
            percent_interval(page, &category.reported),
            percent(Some(category.mention_share)).into(),
            percent(Some(category.cumulative)).into(),
        ]));
    }
    table.notes.push(page.words.word("note-complaints"));
    table
}

fn register_reading(page: &Page<'_>, register: &RegisterSummary, per_thousand: Option<f64>) -> Block {
    let mut text = page.words.say(
        "register-reading",
        &[
            ("complaints", &count(register.complaints)),
            ("first", &register.received.0),
            ("last", &register.received.1),
            ("closed", &count(register.closed)),
            ("open", &count(register.complaints - register.closed.min(register.complaints))),
            ("days", &number(register.days_median, 1)),
        ],
    );
    if per_thousand.is_some() {
        text.push_str(&page.words.word("sentence-gap"));
        text.push_str(&page.words.say("register-per-thousand", &[("rate", &number(per_thousand, 2))]));
    }
    Block::Paragraph { text }
}

/// Base of the register: a full count.
fn base_of(page: &Page<'_>, register: &RegisterSummary) -> String {
    page.words.say(
        "base-register",
        &[("complaints", &count(register.complaints)), ("file", &words::shown(&register.file))],
    )
}

fn register_table(page: &Page<'_>, register: &RegisterSummary) -> Table {
    let columns = [
        "category",
        "#register-count",
        "#share-percent",
        "#cumulative",
        "#closed-count",
        "#days-median",
    ];
    let mut table = page.table("table-register", &columns, base_of(page, register));
    for category in &register.categories {
        table.rows.push(Row::of(vec![
            words::shown(&category.category).into(),
            count(category.complaints).into(),
            percent(Some(category.share)).into(),
            percent(Some(category.cumulative)).into(),
            count(category.closed).into(),
            number(category.days_median, 1).into(),
        ]));
    }
    table.notes.push(page.words.word("note-register"));
    table
}
