//! The rules that judge whole interviews, one a file. A rule sees the packed responses and names the rows it hits.

mod attention;
mod duplicate;
mod faulty;
mod required;
mod straight_line;
mod too_fast;
mod unfinished;

pub(in crate::clean) use straight_line::straight_line_max;

use crate::finding::Severity;
use crate::ingest::Responses;
use crate::survey::cleaning::DuplicateRule;
use crate::survey::{Action, Survey};

/// A row and the fact that speaks against it, as `name=value` pairs that need no translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Row of the packed responses.
    pub row: u32,
    /// The fact.
    pub fact: String,
}

/// A rule: pure, closed kind, its wording under `rule-<id>` in the locale files.
pub trait Rule {
    /// Stable id, as it stands in the ledger.
    fn id(&self) -> &'static str;
    /// What a hit means for the interview.
    fn action(&self) -> Action;
    /// How grave a hit is: an error where the interview is no interview (not finished, a second one, hardly answered), a
    /// warning where its conduct speaks against it.
    fn severity(&self) -> Severity;
    /// The parameters it ran with, as `key = value`; empty without any.
    fn settings(&self) -> String;
    /// Where the rule comes from.
    fn reference(&self) -> &'static str;
    /// The rows it hits, in order.
    fn hits(&self, responses: &Responses) -> Vec<Hit>;
}

/// The rules that a definition asks for, in the order in which they run: identity first, then form, then conduct.
#[must_use]
pub fn of(survey: &Survey) -> Vec<Box<dyn Rule>> {
    let cleaning = &survey.cleaning;
    let mut rules: Vec<Box<dyn Rule>> = Vec::new();
    if let Some(rule) = &cleaning.unfinished {
        rules.push(Box::new(unfinished::Unfinished { action: rule.action }));
    }
    // Where identities are known, the same one twice is never passed over in silence: without the rule it is flagged.
    let unasked = survey.columns.respondent.as_ref().map(|_| DuplicateRule {
        action: Action::Flag,
        ..DuplicateRule::default()
    });
    if let Some(rule) = cleaning.duplicate.as_ref().or(unasked.as_ref()) {
        rules.push(Box::new(duplicate::Duplicate {
            action: rule.action,
            keep: rule.keep,
        }));
    }
    if let Some(rule) = &cleaning.required {
        rules.push(Box::new(required::Required::new(survey, rule)));
    }
    if let Some(rule) = &cleaning.faulty {
        rules.push(Box::new(faulty::Faulty {
            action: rule.action,
            answers_max: rule.answers_max,
        }));
    }
    if let Some(rule) = &cleaning.attention {
        rules.push(Box::new(attention::Attention { action: rule.action }));
    }
    if let Some(rule) = &cleaning.too_fast {
        rules.push(Box::new(too_fast::TooFast {
            action: rule.action,
            seconds_min: rule.seconds_min,
        }));
    }
    if let Some(rule) = &cleaning.straight_line {
        rules.push(Box::new(straight_line::StraightLine::new(survey, rule)));
    }
    rules
}

/// Rows of a yes/no fact that say no.
fn rows_where_not(flags: Option<&Vec<bool>>, fact: &str) -> Vec<Hit> {
    let flags = flags.map(Vec::as_slice).unwrap_or_default();
    let rows = flags.iter().enumerate().filter(|(_, holds)| !**holds);
    rows.map(|(row, _)| Hit {
        row: row as u32,
        fact: fact.to_owned(),
    })
    .collect()
}
