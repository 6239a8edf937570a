//! What an auditor is bound to ask.

use super::super::super::document::{Block, Row, Table};
use super::super::super::page::Page;
use super::super::super::words::count;

pub(in super::super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(found) = &page.assessment.surveillance else {
        return Vec::new();
    };
    if found.questions.is_empty() {
        return vec![page.paragraph("questions-none", &[])];
    }
    let base = page.words.say("base-questions", &[("count", &count(found.questions.len() as u64))]);
    let mut table: Table = page.table("table-questions", &["#number", "question", "chapter"], base);
    for (position, question) in found.questions.iter().enumerate() {
        let chapter = page.words.word(&format!("chapter-{}", question.chapter));
        table.rows.push(Row::of(vec![
            count(position as u64 + 1).into(),
            page.words.text(&question.text).into(),
            chapter.into(),
        ]));
    }
    vec![page.paragraph("questions-intro", &[]), Block::Table(table)]
}
