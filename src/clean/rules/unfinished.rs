//! `unfinished`: the status column does not say that the interview was finished.

use super::{Hit, Rule, rows_where_not};
use crate::finding::Severity;
use crate::ingest::Responses;
use crate::survey::Action;

pub(super) struct Unfinished {
    pub(super) action: Action,
}

impl Rule for Unfinished {
    fn id(&self) -> &'static str {
        "unfinished"
    }

    fn action(&self) -> Action {
        self.action
    }

    fn severity(&self) -> Severity {
        Severity::Error
    }

    fn settings(&self) -> String {
        String::new()
    }

    fn reference(&self) -> &'static str {
        "AAPOR Standard Definitions: break-off, partial"
    }

    fn hits(&self, responses: &Responses) -> Vec<Hit> {
        rows_where_not(responses.finished.as_ref(), "status=unfinished")
    }
}
