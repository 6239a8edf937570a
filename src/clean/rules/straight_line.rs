//! `straight-line`: one and the same answer in an unbroken run that is longer than allowed (the longstring index).
//!
//! Codes are compared as they were given, before reversed items are turned: a respondent who ticks one column down the
//! page also ticks it at the reversed items. A missing answer ends a run.

use super::{Hit, Rule};
use crate::clean::forensics::longstring::runs;
use crate::finding::Severity;
use crate::ingest::Responses;
use crate::survey::cleaning::StraightLineRule;
use crate::survey::{Action, Survey};

pub(super) struct StraightLine {
    action: Action,
    run_max: u32,
    scored_items: usize,
}

impl StraightLine {
    pub(super) fn new(survey: &Survey, rule: &StraightLineRule) -> Self {
        Self {
            action: rule.action,
            run_max: straight_line_max(survey, rule),
            scored_items: survey.scored_items,
        }
    }
}

/// The longest run that the rule leaves.
pub(in crate::clean) fn straight_line_max(survey: &Survey, rule: &StraightLineRule) -> u32 {
    let all_but_one = (survey.scored_items as u32).saturating_sub(1).max(1);
    rule.run_max.unwrap_or(all_but_one)
}

impl Rule for StraightLine {
    fn id(&self) -> &'static str {
        "straight-line"
    }

    fn action(&self) -> Action {
        self.action
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn settings(&self) -> String {
        format!("run_max = {}", self.run_max)
    }

    fn reference(&self) -> &'static str {
        "Johnson 2005, J. Research in Personality 39: longstring"
    }

    fn hits(&self, responses: &Responses) -> Vec<Hit> {
        let mut hits = Vec::new();
        for row in 0..responses.len() {
            let run = runs(responses.row(row).get(..self.scored_items).unwrap_or_default()).longest;
            if run > self.run_max {
                hits.push(Hit {
                    row: row as u32,
                    fact: format!("run={run}; max={}", self.run_max),
                });
            }
        }
        hits
    }
}
