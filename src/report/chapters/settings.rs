//! The parameters that a rule or index ran with, and where it comes from, in words.

use super::super::page::Page;
use super::super::words::{number, percent, shown};

/// `key = value; key = value` of an assessment as a phrase. A key that has no words is shown as it is.
pub(super) fn in_words(page: &Page<'_>, settings: &str) -> String {
    let said: Vec<String> = settings
        .split("; ")
        .filter(|s| !s.is_empty())
        .map(|one| setting(page, one))
        .collect();
    said.join(&page.words.word("semicolon"))
}

fn setting(page: &Page<'_>, one: &str) -> String {
    let Some((key, value)) = one.split_once(" = ") else {
        return shown(one);
    };
    let message = format!("setting-{}", key.replace('_', "-"));
    if !page.words.has(&message) {
        return shown(one);
    }
    let share = value.parse::<f64>().ok();
    let percent = percent(share);
    // Shares are whole percentages as a rule.
    let whole = share
        .filter(|s| (s * 100.0).fract() == 0.0)
        .map(|s| format!("{}%", number(Some(s * 100.0), 0)));
    let percent = whole.unwrap_or(percent);
    page.words.say(&message, &[("value", &shown(value)), ("percent", &percent)])
}

/// Where a rule comes from, in the language of the report; as the assessment has it where there are no words.
pub(super) fn reference(page: &Page<'_>, rule: &str, reference: &str) -> String {
    let message = format!("reference-{rule}");
    if page.words.has(&message) {
        page.words.word(&message)
    } else {
        shown(reference)
    }
}
