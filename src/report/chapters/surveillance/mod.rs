//! Chapters of the yearly surveillance report.

pub(super) mod actions;
pub(super) mod fieldwork;
pub(super) mod glance;
pub(super) mod grade;
pub(super) mod plan;
pub(super) mod questions;
pub(super) mod targets;

use super::super::document::Cell;
use super::super::page::Page;
use super::super::words;
use crate::grade::Verdict;
use crate::locale::Text;

/// A text of a file, or a dash for an empty one.
fn or_dash(text: &str) -> Cell {
    if text.is_empty() {
        words::NOTHING.into()
    } else {
        words::shown(text).into()
    }
}

/// A text of a file in the language of the page, or a dash for an empty one.
fn text_or_dash(page: &Page<'_>, text: &Text) -> Cell {
    or_dash(text.get(page.words.lang))
}

/// Met, missed or cannot be told, in the words of targets.
fn verdict(page: &Page<'_>, verdict: Verdict) -> Cell {
    use super::super::document::Tone;
    let (key, tone) = match verdict {
        Verdict::Met => ("target-met", Tone::Good),
        Verdict::NotMet => ("target-not-met", Tone::Bad),
        Verdict::CannotTell => ("target-cannot-tell", Tone::Unsure),
        Verdict::NotAvailable => ("target-not-available", Tone::Plain),
    };
    Cell::from(page.words.word(key)).toned(tone)
}
