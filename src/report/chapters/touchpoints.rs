//! Single questions with a number of their own: net promoter score, satisfied share, effort, complaint rate.

use super::super::document::{Block, Cell, Row, Table};
use super::super::page::Page;
use super::super::words::{self, count, number, signed};
use crate::assessment::WaveAssessment;
use crate::assessment::touchpoints::{PartKind, Touchpoint, TouchpointKind};
use crate::index::estimate::{Estimate, Reported};
use crate::survey::touchpoints::NetInterval;

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(wave) = page.latest().filter(|w| !w.touchpoints.is_empty()) else {
        return Vec::new();
    };
    let mut blocks = vec![page.paragraph("touchpoints-intro", &[])];
    blocks.extend(wave.touchpoints.iter().map(|t| Block::Paragraph { text: reading(page, t) }));
    blocks.push(Block::Table(numbers(page, wave)));
    blocks.extend(page.figure("nps", page.base_of_waves()));
    if wave.touchpoints.iter().any(|t| !t.parts.is_empty()) {
        blocks.push(Block::Table(parts(page, wave)));
    }
    if wave.touchpoints.iter().any(|t| !t.domains.is_empty()) {
        blocks.push(page.fold("touchpoints-domains", wave, vec![Block::Table(by_domain(page, wave))]));
    }
    for earlier in page.earlier().filter(|w| !w.touchpoints.is_empty()) {
        blocks.push(page.fold("earlier-touchpoints", earlier, vec![Block::Table(numbers(page, earlier))]));
    }
    blocks
}

/// A number in its own unit: points with a sign, percent, a mean of codes, a score.
pub(super) fn in_unit(kind: TouchpointKind, value: f64) -> String {
    match kind {
        TouchpointKind::Nps => signed(Some(value)),
        TouchpointKind::Csat | TouchpointKind::ComplaintRate => format!("{}%", number(Some(value), 1)),
        TouchpointKind::Ces => number(Some(value), 2),
        TouchpointKind::Handling => number(Some(value), 1),
    }
}

fn interval(page: &Page<'_>, kind: TouchpointKind, estimate: Option<&Estimate>) -> String {
    let ends = estimate.and_then(|e| e.interval);
    ends.map_or_else(
        || words::NOTHING.to_owned(),
        |i| page.words.range(&in_unit(kind, i.lower), &in_unit(kind, i.upper)),
    )
}

fn name(page: &Page<'_>, touchpoint: &Touchpoint) -> String {
    page.words.text(&touchpoint.full_title())
}

/// A sentence that says no more than the interval allows.
fn reading(page: &Page<'_>, touchpoint: &Touchpoint) -> String {
    let name = name(page, touchpoint);
    let Some(estimate) = &touchpoint.reported.estimate else {
        return page.words.say(
            "touchpoint-none",
            &[("name", &name), ("reason", &page.words.refusal(&touchpoint.reported))],
        );
    };
    let (value, range) = (
        in_unit(touchpoint.kind, estimate.value),
        interval(page, touchpoint.kind, Some(estimate)),
    );
    let mut text = page.words.say(
        if estimate.interval.is_some() {
            "touchpoint-reading"
        } else {
            "touchpoint-reading-bare"
        },
        &[
            ("name", &name),
            ("value", &value),
            ("interval", &range),
            ("level", &words::level(page.assessment.survey.level)),
            ("n", &count(estimate.n)),
        ],
    );
    if touchpoint.kind == TouchpointKind::Nps {
        let key = match estimate.interval {
            Some(i) if i.lower > 0.0 => "nps-more-promoters",
            Some(i) if i.upper < 0.0 => "nps-more-detractors",
            _ => "nps-cannot-tell",
        };
        text.push_str(&page.words.word("sentence-gap"));
        text.push_str(&page.words.word(key));
    }
    text
}

fn numbers(page: &Page<'_>, wave: &WaveAssessment) -> Table {
    let columns = ["touchpoint", "#value", "#se", "interval", "#n", "#df", "#missing-count"];
    let mut table = page.table("table-touchpoints", &columns, page.base_all(wave));
    for touchpoint in &wave.touchpoints {
        let estimate = touchpoint.reported.estimate.as_ref();
        let value = estimate.map_or_else(|| words::NOTHING.to_owned(), |e| in_unit(touchpoint.kind, e.value));
        table.rows.push(Row::of(vec![
            name(page, touchpoint).into(),
            Cell::from(value).noted(page.words.refusal(&touchpoint.reported)),
            number(estimate.and_then(|e| e.standard_error), 2).into(),
            interval(page, touchpoint.kind, estimate).into(),
            words::count_of(estimate.map(|e| e.n)).into(),
            words::df(estimate.and_then(|e| e.df)).into(),
            count(touchpoint.missing.values().sum()).into(),
        ]));
    }
    table.notes.push(page.words.word("note-touchpoints"));
    if wave
        .touchpoints
        .iter()
        .any(|t| t.interval_method == Some(NetInterval::AdjustedWald))
    {
        table.notes.push(page.words.word("note-adjusted-wald"));
    }
    table
}

fn parts(page: &Page<'_>, wave: &WaveAssessment) -> Table {
    let mut table = page.table(
        "table-touchpoint-parts",
        &["touchpoint", "answers", "#share-percent", "interval", "#n"],
        page.base_all(wave),
    );
    for touchpoint in &wave.touchpoints {
        for part in &touchpoint.parts {
            let key = match part.part {
                PartKind::Promoters => "promoters",
                PartKind::Passives => "passives",
                PartKind::Detractors => "detractors",
                PartKind::Top => "top",
            };
            let codes = page.words.range(&part.codes.0.to_string(), &part.codes.1.to_string());
            let answers = page.words.say(
                "part-with-codes",
                &[("part", &page.words.word(&format!("part-{key}"))), ("codes", &codes)],
            );
            let estimate = part.reported.estimate.as_ref();
            table.rows.push(Row::of(vec![
                name(page, touchpoint).into(),
                answers.into(),
                percent_cell(page, &part.reported),
                interval(page, TouchpointKind::Csat, estimate).into(),
                words::count_of(estimate.map(|e| e.n)).into(),
            ]));
        }
    }
    table
}

/// A share in percent, or why there is none.
pub(super) fn percent_cell(page: &Page<'_>, reported: &Reported) -> Cell {
    let value = reported.estimate.as_ref();
    let text = value.map_or_else(|| words::NOTHING.to_owned(), |e| in_unit(TouchpointKind::Csat, e.value));
    Cell::from(text).noted(page.words.refusal(reported))
}

/// The interval of a share in percent.
pub(super) fn percent_interval(page: &Page<'_>, reported: &Reported) -> Cell {
    interval(page, TouchpointKind::Csat, reported.estimate.as_ref()).into()
}

fn by_domain(page: &Page<'_>, wave: &WaveAssessment) -> Table {
    let mut table = page.table(
        "table-touchpoint-domains",
        &["group", "touchpoint", "#value", "interval", "#n"],
        page.base_all(wave),
    );
    for touchpoint in &wave.touchpoints {
        for domain in &touchpoint.domains {
            let estimate = domain.reported.estimate.as_ref();
            let value = estimate.map_or_else(|| words::NOTHING.to_owned(), |e| in_unit(touchpoint.kind, e.value));
            table.rows.push(Row::of(vec![
                format!("{} · {}", words::shown(&domain.column), words::shown(&domain.category)).into(),
                name(page, touchpoint).into(),
                Cell::from(value).noted(page.words.refusal(&domain.reported)),
                interval(page, touchpoint.kind, estimate).into(),
                words::count_of(estimate.map(|e| e.n)).into(),
            ]));
        }
    }
    table
}
