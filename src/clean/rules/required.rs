//! `required`: too small a share of the items has a score, or an item that must be answered has none.
//!
//! Items that do not apply to the respondent, or were not put to them, count as answered: that is an outcome, not a gap.

use super::{Hit, Rule};
use crate::finding::Severity;
use crate::ingest::Responses;
use crate::ingest::answer::{is_score, missing_reason};
use crate::survey::cleaning::RequiredRule;
use crate::survey::{Action, MissingReason, Survey};

pub(super) struct Required {
    action: Action,
    answered_share_min: f64,
    must: Vec<(usize, String)>,
    scored_items: usize,
}

impl Required {
    pub(super) fn new(survey: &Survey, rule: &RequiredRule) -> Self {
        let must = survey.scored().iter().enumerate().filter(|(_, i)| rule.items.contains(&i.id));
        Self {
            action: rule.action,
            answered_share_min: rule.answered_share_min.unwrap_or(0.5),
            must: must.map(|(at, item)| (at, item.column.clone())).collect(),
            scored_items: survey.scored_items,
        }
    }
}

impl Rule for Required {
    fn id(&self) -> &'static str {
        "required"
    }

    fn action(&self) -> Action {
        self.action
    }

    fn severity(&self) -> Severity {
        Severity::Error
    }

    fn settings(&self) -> String {
        format!("answered_share_min = {}", self.answered_share_min)
    }

    fn reference(&self) -> &'static str {
        "AAPOR Standard Definitions: complete by share of applicable questions"
    }

    fn hits(&self, responses: &Responses) -> Vec<Hit> {
        let mut hits = Vec::new();
        for row in 0..responses.len() {
            let answers = responses.row(row).get(..self.scored_items).unwrap_or_default();
            let counts = |packed: u8| {
                is_score(packed) || matches!(missing_reason(packed), Some(MissingReason::NotApplicable | MissingReason::NotAsked))
            };
            let answered = answers.iter().filter(|a| counts(**a)).count();
            let blank = self.must.iter().find(|(at, _)| answers.get(*at).is_some_and(|a| !counts(*a)));
            if let Some((_, column)) = blank {
                hits.push(Hit {
                    row: row as u32,
                    fact: format!("unanswered={column}"),
                });
            } else if (answered as f64) < self.answered_share_min * self.scored_items as f64 {
                hits.push(Hit {
                    row: row as u32,
                    fact: format!("answered={answered}/{}", self.scored_items),
                });
            }
        }
        hits
    }
}
