//! `faulty`: more answers that no scale knows than one interview may hold.

use super::{Hit, Rule};
use crate::finding::Severity;
use crate::ingest::Responses;
use crate::survey::Action;

pub(super) struct Faulty {
    pub(super) action: Action,
    pub(super) answers_max: u32,
}

impl Rule for Faulty {
    fn id(&self) -> &'static str {
        "faulty"
    }

    fn action(&self) -> Action {
        self.action
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn settings(&self) -> String {
        format!("answers_max = {}", self.answers_max)
    }

    fn reference(&self) -> &'static str {
        "CCA 2017: interviews void after review of range and logic"
    }

    fn hits(&self, responses: &Responses) -> Vec<Hit> {
        // Faults were recorded row by row, so those of one row stand together.
        let groups = responses.answer_faults.chunk_by(|a, b| a.row == b.row);
        groups
            .filter(|g| g.len() as u64 > u64::from(self.answers_max))
            .filter_map(|g| {
                g.first().map(|f| Hit {
                    row: f.row,
                    fact: format!("faulty_answers={}; max={}", g.len(), self.answers_max),
                })
            })
            .collect()
    }
}
