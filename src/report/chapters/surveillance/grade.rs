//! Whether the grade of the certificate is held.

use super::super::super::document::{Block, Row, Table, Tone};
use super::super::super::page::Page;
use super::verdict;
use crate::grade::Verdict;
use crate::locale::Text;
use crate::surveillance::grade_held::GradeHeld;

pub(in super::super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(held) = told(page) else {
        return Vec::new();
    };
    vec![
        Block::Callout {
            text: standing(page, held),
            tone: match held.latest() {
                Verdict::Met if held.earlier_below().next().is_some() => Tone::Unsure,
                Verdict::Met => Tone::Good,
                Verdict::NotMet => Tone::Bad,
                Verdict::CannotTell | Verdict::NotAvailable => Tone::Unsure,
            },
        },
        Block::Table(table(page, held)),
    ]
}

fn told<'a>(page: &Page<'a>) -> Option<&'a GradeHeld> {
    let held = page.assessment.surveillance.as_ref()?.grade.as_ref();
    held.filter(|h| !h.waves.is_empty())
}

/// Whether the grade is held, in sentences; nothing without a certificate.
pub(in super::super) fn sentence(page: &Page<'_>) -> Option<String> {
    Some(standing(page, told(page)?))
}

fn standing(page: &Page<'_>, held: &GradeHeld) -> String {
    let provisional = held.waves.last().is_some_and(|w| w.provisional);
    let key = match held.latest() {
        Verdict::Met => "grade-held-met",
        Verdict::NotMet => "grade-held-lost",
        Verdict::CannotTell => "grade-held-open",
        Verdict::NotAvailable => "grade-held-unstated",
    };
    let grade = held.granted.as_ref().map(|g| page.words.text(g)).unwrap_or_default();
    let sentence = page
        .words
        .say(key, &[("grade", &grade), ("scheme", &page.words.text(&held.scheme))]);
    let below: Vec<String> = held.earlier_below().map(|w| page.wave_named(&w.wave)).collect();
    let mut sentences = vec![sentence];
    if !below.is_empty() {
        let waves = below.join(&page.words.word("comma"));
        sentences.push(page.words.say("grade-held-earlier", &[("waves", &waves), ("grade", &grade)]));
    }
    if provisional {
        sentences.push(page.words.word("grade-held-provisional"));
    }
    sentences.join(&page.words.word("sentence-gap"))
}

fn table(page: &Page<'_>, held: &GradeHeld) -> Table {
    let columns = ["wave", "#index", "grade-certain", "grade-possible", "grade-granted"];
    let mut table = page.table("table-grade-held", &columns, page.base_of_waves());
    if let (Some(column), Some(granted)) = (table.columns.last_mut(), &held.granted) {
        column.title = page
            .words
            .say("column-grade-granted-named", &[("grade", &page.words.text(granted))]);
    }
    let title = |grade: &Option<Text>| grade.as_ref().map_or_else(|| page.words.word("grade-none"), |g| page.words.text(g));
    for of_wave in held.waves.iter().rev() {
        let Some(wave) = page.assessment.waves.iter().find(|w| w.id == of_wave.wave) else {
            continue;
        };
        table.rows.push(Row::of(vec![
            page.wave_title(wave).into(),
            page.value_over_interval(&wave.index),
            title(&of_wave.certain).into(),
            title(&of_wave.possible).into(),
            verdict(page, of_wave.granted),
        ]));
    }
    table
}
