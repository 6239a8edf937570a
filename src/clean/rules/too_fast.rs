//! `too-fast`: answered in fewer seconds than an honest reading takes. Unknown durations are not held against anyone.

use super::{Hit, Rule};
use crate::finding::Severity;
use crate::ingest::Responses;
use crate::survey::Action;

pub(super) struct TooFast {
    pub(super) action: Action,
    pub(super) seconds_min: f64,
}

impl Rule for TooFast {
    fn id(&self) -> &'static str {
        "too-fast"
    }

    fn action(&self) -> Action {
        self.action
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn settings(&self) -> String {
        format!("seconds_min = {}", self.seconds_min)
    }

    fn reference(&self) -> &'static str {
        "Huang et al. 2012, J. Business and Psychology 27: response time"
    }

    fn hits(&self, responses: &Responses) -> Vec<Hit> {
        let durations = responses.duration.as_deref().unwrap_or_default();
        let fast = durations
            .iter()
            .enumerate()
            .filter(|(_, seconds)| f64::from(**seconds) < self.seconds_min);
        fast.map(|(row, seconds)| Hit {
            row: row as u32,
            fact: format!("seconds={seconds}; min={}", self.seconds_min),
        })
        .collect()
    }
}
