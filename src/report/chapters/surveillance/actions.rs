//! Improvement actions, and what they were followed by.

use super::super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::super::page::Page;
use super::super::super::words::{NOTHING, count, count_of, p_value, signed};
use super::{or_dash, text_or_dash};
use crate::certificate::records::ImprovementAction;
use crate::surveillance::effects::{ActionEffect, EffectVerdict};

pub(in super::super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(actions) = page.assessment.actions.as_ref().filter(|a| !a.is_empty()) else {
        return Vec::new();
    };
    let mut blocks = vec![Block::Table(plan(page, actions))];
    let effects = page
        .assessment
        .surveillance
        .as_ref()
        .map(|s| s.effects.as_slice())
        .unwrap_or_default();
    let measured = effects.iter().any(|e| e.verdict != EffectVerdict::NotMeasured);
    if measured {
        blocks.push(reading(page, effects));
        blocks.push(Block::Table(followed(page, actions, effects)));
    }
    blocks
}

/// The plan of improvement as it is recorded. What is overdue depends on the day on which this is read.
fn plan(page: &Page<'_>, actions: &[ImprovementAction]) -> Table {
    let columns = ["action", "owner", "due", "closed", "proof", "wave"];
    let base = page.words.say("base-actions", &[("count", &count(actions.len() as u64))]);
    let mut table = page.table("table-actions", &columns, base);
    for action in actions {
        let (key, tone) = match (action.closed, action.proof.is_empty()) {
            (None, _) => ("action-open", Tone::Unsure),
            (Some(_), true) => ("action-unproven", Tone::Bad),
            (Some(_), false) if action.is_late() => ("plan-late", Tone::Unsure),
            (Some(_), false) => ("action-proven", Tone::Good),
        };
        let closed = action.closed.map_or_else(|| NOTHING.to_owned(), |day| day.to_string());
        let wave = action.wave.as_deref().map_or_else(|| NOTHING.to_owned(), |id| page.wave_named(id));
        table.rows.push(Row::of(vec![
            text_or_dash(page, &action.item),
            text_or_dash(page, &action.owner),
            action.due.to_string().into(),
            Cell::from(page.words.say(key, &[("date", &closed)])).toned(tone),
            or_dash(&action.proof),
            wave.into(),
        ]));
    }
    table.notes.push(page.words.word("note-actions"));
    table
}

/// How many actions were followed by what.
fn reading(page: &Page<'_>, effects: &[ActionEffect]) -> Block {
    let with = |v: EffectVerdict| count(effects.iter().filter(|e| e.verdict == v).count() as u64);
    let args: [(&'static str, &dyn std::fmt::Display); 6] = [
        ("count", &count(effects.len() as u64)),
        ("up", &with(EffectVerdict::Up)),
        ("down", &with(EffectVerdict::Down)),
        ("unshown", &with(EffectVerdict::NotShown)),
        ("waiting", &with(EffectVerdict::NotYetAsked)),
        ("open", &with(EffectVerdict::Open)),
    ];
    page.paragraph("effects-reading", &args)
}

fn followed(page: &Page<'_>, actions: &[ImprovementAction], effects: &[ActionEffect]) -> Table {
    let columns = ["action", "moves", "#before", "#after", "#change", "#interval", "#p-holm", "reading"];
    let base = page.base_of_waves();
    let mut table = page.table("table-effects", &columns, base);
    for effect in effects {
        let Some(action) = actions.get(effect.action) else { continue };
        let title = effect.title.as_ref().map_or_else(|| NOTHING.to_owned(), |t| page.words.text(t));
        table.rows.push(Row::of(vec![
            text_or_dash(page, &action.item),
            title.into(),
            of_wave(page, effect.from.as_ref(), effect.before.as_ref()),
            of_wave(page, effect.to.as_ref(), effect.after.as_ref()),
            signed(effect.change_points).into(),
            page.words.interval(effect.interval).into(),
            p_value(effect.p_value_holm).into(),
            verdict(page, effect.verdict, effect.lower_is_better),
        ]));
    }
    table.notes.push(page.words.word("note-effects"));
    table
}

/// A result with its wave and n under it.
fn of_wave(page: &Page<'_>, wave: Option<&String>, result: Option<&crate::index::estimate::Reported>) -> Cell {
    let Some((wave, result)) = wave.zip(result) else {
        return NOTHING.into();
    };
    let estimate = result.estimate.as_ref();
    let n = count_of(estimate.map(|e| e.n));
    let note = page.words.say("base-wave", &[("wave", &page.wave_named(wave)), ("n", &n)]);
    Cell::from(super::super::super::words::points(estimate)).noted(note)
}

fn verdict(page: &Page<'_>, verdict: EffectVerdict, lower_is_better: bool) -> Cell {
    let (key, tone) = match verdict {
        EffectVerdict::Up => ("effect-up", Tone::Good),
        EffectVerdict::Down => ("effect-down", Tone::Bad),
        EffectVerdict::NotShown => ("effect-not-shown", Tone::Unsure),
        EffectVerdict::NotYetAsked => ("effect-not-yet-asked", Tone::Plain),
        EffectVerdict::Open => ("effect-open", Tone::Unsure),
        EffectVerdict::NotComparable => ("effect-not-comparable", Tone::Unsure),
        EffectVerdict::NotMeasured => ("effect-not-measured", Tone::Plain),
    };
    let tone = match tone {
        Tone::Good if lower_is_better => Tone::Bad,
        Tone::Bad if lower_is_better => Tone::Good,
        tone => tone,
    };
    Cell::from(page.words.word(key)).toned(tone)
}
