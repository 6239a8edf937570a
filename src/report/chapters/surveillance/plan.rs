//! Plan against done, and what was changed in the questionnaire.

use super::super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::super::page::Page;
use super::super::super::words::{NOTHING, count};
use super::{or_dash, text_or_dash};
use crate::certificate::plan::PlanEntry;
use crate::certificate::records::QuestionnaireChange;

pub(in super::super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(found) = &page.assessment.surveillance else {
        return Vec::new();
    };
    let mut blocks = Vec::new();
    if let Some(plan) = found.plan.as_ref().filter(|p| !p.is_empty()) {
        blocks.extend(reading(page).map(|text| Block::Paragraph { text }));
        blocks.push(Block::Table(entries(page, plan)));
    }
    if let Some(changes) = found.questionnaire.as_ref().filter(|c| !c.is_empty()) {
        blocks.push(Block::Table(log(page, changes)));
    }
    blocks
}

/// How many entries the plan of the year has, and how many are done and late; nothing without a plan.
pub(in super::super) fn reading(page: &Page<'_>) -> Option<String> {
    let plan = page.assessment.surveillance.as_ref()?.plan.as_ref().filter(|p| !p.is_empty())?;
    let done = plan.iter().filter(|e| e.done.is_some()).count();
    let late = plan.iter().filter(|e| e.done.is_some_and(|d| d > e.due)).count();
    let (all, done, late) = (count(plan.len() as u64), count(done as u64), count(late as u64));
    Some(page.words.say("plan-reading", &[("count", &all), ("done", &done), ("late", &late)]))
}

fn entries(page: &Page<'_>, plan: &[PlanEntry]) -> Table {
    let columns = ["plan-item", "evidence", "owner", "due", "done", "proof"];
    let base = page.words.say("base-plan", &[("count", &count(plan.len() as u64))]);
    let mut table = page.table("table-plan", &columns, base);
    for entry in plan {
        let kind = entry
            .kind
            .map_or_else(|| NOTHING.to_owned(), |k| page.words.word(&format!("/evidence-{}", k.word())));
        let done = entry.done.map_or_else(|| NOTHING.to_owned(), |day| day.to_string());
        let (key, tone) = match (entry.done, entry.proof.is_empty()) {
            (None, _) => ("action-open", Tone::Unsure),
            (Some(_), true) => ("action-unproven", Tone::Bad),
            (Some(day), false) if day > entry.due => ("plan-late", Tone::Unsure),
            (Some(_), false) => ("action-proven", Tone::Good),
        };
        table.rows.push(Row::of(vec![
            text_or_dash(page, &entry.item),
            kind.into(),
            text_or_dash(page, &entry.owner),
            entry.due.to_string().into(),
            Cell::from(page.words.say(key, &[("date", &done)])).toned(tone),
            or_dash(&entry.proof),
        ]));
    }
    table.notes.push(page.words.word("note-plan"));
    table
}

fn log(page: &Page<'_>, changes: &[QuestionnaireChange]) -> Table {
    let base = page.words.say("base-log", &[("count", &count(changes.len() as u64))]);
    let mut table = page.table("table-log", &["date", "log-change"], base);
    let row = |c: &QuestionnaireChange| Row::of(vec![c.date.to_string().into(), text_or_dash(page, &c.change)]);
    table.rows = changes.iter().map(row).collect();
    table
}
