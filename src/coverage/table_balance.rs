//! A table of final dispositions held against the numbers drawn and the answers: where single cases are not known, its sums have to agree,
//! or there is no report.

use super::accounting::repeated;
use super::frame::{Dispositions, Frame};
use super::response_rate::DispositionCounts;
use crate::clean::Cleaned;
use crate::finding::{Code, Finding, Place};
use crate::ingest::Responses;

/// What does not add up, one complaint for each stratum and for the answers.
pub(super) fn contradictions(table: &Dispositions, frame: Option<&Frame>, responses: &Responses, cleaned: &Cleaned) -> Vec<Finding> {
    let unbalanced = |what: &str, stratum: &str, wanted: u128, found: u128| {
        let finding = Finding::new(Code::DispositionsUnbalanced, Place::file(&table.input.file)).about(stratum);
        let finding = finding.with("what", what).with("stratum", stratum);
        finding.with("wanted", wanted).with("found", found)
    };
    let mut findings = Vec::new();
    let by_stratum = !(table.strata.len() == 1 && table.strata.contains_key(""));
    if let Some(frame) = frame {
        let drawn_in_all: Option<u64> = frame.strata.values().map(|s| s.drawn).sum();
        if by_stratum {
            for (name, stratum) in &frame.strata {
                let closed = table.strata.get(name).map_or(0, DispositionCounts::total);
                if let Some(drawn) = stratum.drawn.filter(|d| u128::from(*d) != closed) {
                    findings.push(unbalanced("drawn", name, u128::from(drawn), closed));
                }
            }
            let strange = table.strata.iter().filter(|(name, _)| !frame.strata.contains_key(*name));
            findings.extend(strange.map(|(name, counts)| unbalanced("no-stratum", name, 0, counts.total())));
        } else if let Some(drawn) = drawn_in_all.filter(|d| u128::from(*d) != table.total.total()) {
            findings.push(unbalanced("drawn", "–", u128::from(drawn), table.total.total()));
        }
    }
    findings.extend(against_answers(table, responses, cleaned));
    findings
}

/// Interviews against persons who answered. Without an identity of everybody nobody knows who answered twice, so that a difference is a
/// reservation and no contradiction.
fn against_answers(table: &Dispositions, responses: &Responses, cleaned: &Cleaned) -> Option<Finding> {
    let persons = responses.len() as u64 - repeated(cleaned).min(responses.len() as u64);
    let interviews = table.total.complete + table.total.partial;
    if interviews == persons {
        return None;
    }
    let place = Place::file(&table.input.file);
    let known = responses.respondent.as_ref().is_some_and(|ids| ids.iter().all(|id| *id != 0));
    Some(if known {
        let finding = Finding::new(Code::DispositionsUnbalanced, place).with("what", "answers");
        finding.with("stratum", "–").with("wanted", persons).with("found", interviews)
    } else {
        Finding::new(Code::DispositionsDisagree, place)
            .with("expected", persons)
            .with("got", interviews)
    })
}
