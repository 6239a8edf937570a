//! `duplicate`: the same respondent more than once in the file.
//!
//! Identities are compared by 64-bit digest; among a million respondents two different ones share a digest with a
//! probability below 1 in 30 million. Rows without an identity are never duplicates.

use super::{Hit, Rule};
use crate::finding::Severity;
use crate::ingest::Responses;
use crate::survey::Action;
use crate::survey::cleaning::Keep;

pub(super) struct Duplicate {
    pub(super) action: Action,
    pub(super) keep: Keep,
}

impl Rule for Duplicate {
    fn id(&self) -> &'static str {
        "duplicate"
    }

    fn action(&self) -> Action {
        self.action
    }

    fn severity(&self) -> Severity {
        Severity::Error
    }

    fn settings(&self) -> String {
        format!("keep = {}", if self.keep == Keep::First { "first" } else { "last" })
    }

    fn reference(&self) -> &'static str {
        "GB/T 26316-2023 (ISO 20252:2019): one interview a respondent"
    }

    fn hits(&self, responses: &Responses) -> Vec<Hit> {
        let Some(digests) = &responses.respondent else { return Vec::new() };
        let digest = |row: u32| digests.get(row as usize).copied().unwrap_or(0);
        let mut rows: Vec<u32> = (0..digests.len() as u32).filter(|row| digest(*row) != 0).collect();
        rows.sort_unstable_by_key(|row| (digest(*row), *row));
        let mut hits = Vec::new();
        for group in rows.chunk_by(|a, b| digest(*a) == digest(*b)).filter(|g| g.len() > 1) {
            let counted = if self.keep == Keep::First { group.first() } else { group.last() };
            let Some(&counted) = counted else { continue };
            let line = responses.line.get(counted as usize).copied().unwrap_or(0);
            let others = group.iter().filter(|row| **row != counted);
            hits.extend(others.map(|row| Hit {
                row: *row,
                fact: format!("same_respondent_as_line={line}"),
            }));
        }
        hits.sort_unstable_by_key(|h| h.row);
        hits
    }
}
