//! Annex: every question as it was put, in the order of the answers file, with its answers and what it is for.

use super::super::document::{Block, Cell, Row};
use super::super::page::Page;
use super::super::words::shown;
use crate::assessment::questionnaire::{AnswerScale, Question, QuestionUse};
use crate::survey::MissingReason;

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some((wave, questionnaire)) = page.latest().zip(page.assessment.questionnaire.as_ref()) else {
        return Vec::new();
    };
    let mut blocks = vec![page.paragraph("questionnaire-intro", &[])];
    let instructions = match &questionnaire.instructions {
        Some(text) => page.words.say("questionnaire-instructions", &[("text", &page.words.text(text))]),
        None => page.words.word("questionnaire-no-instructions"),
    };
    blocks.push(Block::Paragraph { text: instructions });
    let columns = ["question-number", "question-wording", "question-answers", "question-use"];
    let mut table = page.table("table-questionnaire", &columns, page.base_received(wave));
    for (at, question) in questionnaire.questions.iter().enumerate() {
        table.rows.push(row(page, at + 1, question));
    }
    let missing = questionnaire
        .questions
        .iter()
        .filter_map(|q| q.scale.as_ref())
        .flat_map(|s| &s.missing);
    if missing.into_iter().any(|(why, _)| *why == MissingReason::NotApplicable) {
        table.notes.push(page.words.word("note-questionnaire"));
    }
    blocks.push(Block::Table(table));
    blocks
}

fn row(page: &Page<'_>, number: usize, question: &Question) -> Row {
    let column = shown(&question.column);
    let wording = match &question.wording {
        Some(text) => {
            let text = page.words.text(text);
            let note = if text == column { String::new() } else { column };
            Cell::from(text).noted(note)
        }
        None => Cell::from(column).noted(page.words.word("question-not-worded")),
    };
    let answers = match (&question.scale, question.used) {
        (Some(scale), _) => answers(page, scale),
        (None, QuestionUse::Attention) => {
            let right: Vec<String> = question.expected.iter().map(|e| shown(e)).collect();
            let right = right.join(&page.words.word("comma"));
            page.words.say("question-right", &[("answers", &right)]).into()
        }
        (None, QuestionUse::Open) => page.words.word("question-own-words").into(),
        (None, _) => page.words.word("question-categories").into(),
    };
    let used = serde_json::to_value(question.used).ok();
    let used = used.as_ref().and_then(serde_json::Value::as_str).unwrap_or("item");
    let mut uses = vec![page.words.word(&format!("question-use-{used}"))];
    if let Some((wave, dimension)) = page.latest().zip(question.dimension.as_ref()) {
        uses = vec![page.dimension_named(wave, dimension)];
    }
    let note = if question.reversed {
        page.words.word("question-reversed")
    } else {
        String::new()
    };
    Row::of(vec![
        number.to_string().into(),
        wording,
        answers,
        Cell::from(uses.join(&page.words.word("comma"))).noted(note),
    ])
}

/// The labels with their codes, else the ends of the scale; beneath them the answers that get no score.
fn answers(page: &Page<'_>, scale: &AnswerScale) -> Cell {
    let labels: Vec<String> = scale
        .labels
        .iter()
        .map(|(code, label)| format!("{} {}", code, shown(label)))
        .collect();
    let text = if labels.is_empty() {
        page.words.range(&scale.min.to_string(), &scale.max.to_string())
    } else {
        labels.join(&page.words.word("comma"))
    };
    // A code or an export's mark for an empty cell is no answer that somebody saw.
    let seen = |answer: &str| !answer.starts_with('(') && answer.parse::<f64>().is_err();
    let missing: Vec<String> = scale
        .missing
        .iter()
        .map(|(_, a)| a.as_str())
        .filter(|a| seen(a))
        .map(shown)
        .collect();
    let note = if missing.is_empty() {
        String::new()
    } else {
        let missing = missing.join(&page.words.word("comma"));
        page.words.say("question-no-score", &[("answers", &missing)])
    };
    Cell::from(text).noted(note)
}
