//! Responses + rules → who counts, and the ledger of everybody and everything that does not.
//!
//! Nothing is deleted. A rule names the rows it hits with the fact that speaks against each; the definition says whether
//! that excludes the interview or only flags it. Estimates with and without the exclusions stand side by side in the
//! assessment.

pub mod durations;
mod faults;
pub mod forensics;
pub mod ledger;
pub mod quality;
pub mod rules;

pub use faults::fault_findings;
pub use ledger::{Entry, Ledger, LedgerAction};

use crate::finding::Severity;
use crate::ingest::Responses;
use crate::survey::{Action, Survey};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the rules made of the responses.
#[derive(Debug, Clone)]
pub struct Cleaned {
    /// For each row, whether it counts in the estimates.
    pub kept: Vec<bool>,
    /// Every excluded or flagged interview and every answer set aside.
    pub ledger: Ledger,
    /// What each rule did, in the order in which they ran.
    pub outcomes: Vec<RuleOutcome>,
}

impl Cleaned {
    /// Interviews that count.
    #[must_use]
    pub fn kept_count(&self) -> u64 {
        self.kept.iter().filter(|k| **k).count() as u64
    }
}

/// What one rule did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RuleOutcome {
    /// Stable id of the rule.
    pub rule: String,
    /// How grave a hit is.
    pub severity: Severity,
    /// The parameters it ran with, as `key = value`.
    pub settings: String,
    /// True when a hit excludes the interview, false when it only flags it.
    pub excludes: bool,
    /// Interviews hit, also those that an earlier rule had already excluded.
    pub hit: u64,
    /// Interviews that this rule was the first to exclude.
    pub excluded_first: u64,
    /// Where the rule comes from.
    pub reference: String,
}

/// Runs every rule of the definition. Each interview is excluded at most once: by the first rule that says so.
#[must_use]
pub fn clean(survey: &Survey, responses: &Responses) -> Cleaned {
    let mut kept = vec![true; responses.len()];
    let mut ledger = Ledger::of_faults(survey, responses);
    let mut outcomes = Vec::new();
    for rule in rules::of(survey) {
        let excludes = rule.action() == Action::Exclude;
        let hits = rule.hits(responses);
        let mut first = 0;
        for hit in &hits {
            let Some(counts) = kept.get_mut(hit.row as usize) else { continue };
            if excludes && *counts {
                *counts = false;
                first += 1;
            }
            ledger.add(responses, rule.as_ref(), hit);
        }
        outcomes.push(RuleOutcome {
            rule: rule.id().to_owned(),
            severity: rule.severity(),
            settings: rule.settings(),
            excludes,
            hit: hits.len() as u64,
            excluded_first: first,
            reference: rule.reference().to_owned(),
        });
    }
    ledger.sort();
    Cleaned { kept, ledger, outcomes }
}
