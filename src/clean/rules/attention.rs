//! `attention`: a question with a known right answer was answered otherwise.

use super::{Hit, Rule, rows_where_not};
use crate::finding::Severity;
use crate::ingest::Responses;
use crate::survey::Action;

pub(super) struct Attention {
    pub(super) action: Action,
}

impl Rule for Attention {
    fn id(&self) -> &'static str {
        "attention"
    }

    fn action(&self) -> Action {
        self.action
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn settings(&self) -> String {
        String::new()
    }

    fn reference(&self) -> &'static str {
        "Meade & Craig 2012, Psychological Methods 17(3): instructed response items"
    }

    fn hits(&self, responses: &Responses) -> Vec<Hit> {
        rows_where_not(responses.attentive.as_ref(), "attention_check=failed")
    }
}
