//! The disclosure checklist with the publish gate.

use super::super::document::{Block, Cell, Row, Tone};
use super::super::page::Page;
use super::super::words;
use crate::assessment::disclosure::{DisclosureItem, DisclosureState};

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let disclosure = &page.assessment.disclosure;
    let Some(wave) = page.latest().filter(|_| !disclosure.items.is_empty()) else {
        return Vec::new();
    };
    let gate = if disclosure.publishable {
        (page.words.word("disclosure-open"), Tone::Good)
    } else {
        (gate_closed(page), Tone::Bad)
    };
    let mut table = page.table(
        "table-disclosure",
        &["item-number", "disclosure-item", "told", "state"],
        page.base_received(wave),
    );
    table.rows.extend(disclosure.items.iter().map(|item| row(page, item)));
    table.notes.push(page.words.word("note-disclosure"));
    vec![
        page.paragraph("disclosure-intro", &[]),
        Block::Callout {
            text: gate.0,
            tone: gate.1,
        },
        Block::Table(table),
    ]
}

/// That nothing may be published, and which items stand in the way.
pub(super) fn gate_closed(page: &Page<'_>) -> String {
    let in_the_way = |i: &&DisclosureItem| i.gate && matches!(i.state, DisclosureState::Missing | DisclosureState::Partly);
    let items = page.assessment.disclosure.items.iter().filter(in_the_way);
    let items: Vec<String> = items.map(|i| i.item.to_string()).collect();
    let items = items.join(&page.words.word("comma"));
    page.words.say("disclosure-closed", &[("items", &items)])
}

fn row(page: &Page<'_>, item: &DisclosureItem) -> Row {
    let key = |key: &str| page.words.word(&format!("told-{}", key.replace('_', "-")));
    let told: Vec<String> = item
        .facts
        .iter()
        .map(|fact| {
            page.words
                .say("told", &[("key", &key(&fact.key)), ("value", &page.words.text(&fact.value))])
        })
        .collect();
    let missing: Vec<String> = item.missing.iter().map(|m| key(m)).collect();
    let (state, tone) = match item.state {
        DisclosureState::Stated => ("state-stated", Tone::Good),
        DisclosureState::Partly => ("state-partly", Tone::Unsure),
        DisclosureState::Missing => ("state-missing", Tone::Bad),
        DisclosureState::NotApplicable => ("state-not-applicable", Tone::Plain),
    };
    let note = if missing.is_empty() {
        String::new()
    } else {
        page.words
            .say("told-missing", &[("keys", &missing.join(&page.words.word("comma")))])
    };
    let number = if item.gate {
        format!("{} *", item.item)
    } else {
        item.item.to_string()
    };
    let told = if told.is_empty() {
        words::NOTHING.to_owned()
    } else {
        told.join(&page.words.word("semicolon"))
    };
    Row {
        strong: item.gate,
        ..Row::of(vec![
            number.into(),
            page.words.word(&format!("disclosure-item-{}", item.item)).into(),
            Cell::from(told).noted(note),
            Cell::from(page.words.word(state)).toned(tone),
        ])
    }
}
