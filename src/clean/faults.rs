//! Faulty answers and impossible facts as findings: one for each column and kind, all of them in the ledger.

use crate::finding::{Code, Finding, Place};
use crate::ingest::answer::FaultKind;
use crate::ingest::{AnswerFault, Responses};
use crate::survey::Survey;
use std::collections::BTreeMap;

/// One finding for each column and kind of faulty answer, with the first as the example; all of them are in the ledger.
#[must_use]
pub fn fault_findings(survey: &Survey, responses: &Responses) -> Vec<Finding> {
    let text = |number: u16| responses.fault_texts.names().get(usize::from(number)).cloned().unwrap_or_default();
    let place = |row: u32| Place::line(&responses.file, responses.line.get(row as usize).map_or(0, |l| u64::from(*l)));
    let mut found: BTreeMap<(u16, FaultKind), (u64, &AnswerFault)> = BTreeMap::new();
    for fault in &responses.answer_faults {
        found.entry((fault.item, fault.kind)).or_insert((0, fault)).0 += 1;
    }
    let mut findings = Vec::new();
    for ((item, kind), (count, first)) in found {
        let Some(item) = survey.items.get(usize::from(item)) else {
            continue;
        };
        let code = if kind == FaultKind::UnknownLabel {
            Code::UnknownLabel
        } else {
            Code::OutOfScale
        };
        let finding = Finding::new(code, place(first.row))
            .with("count", count)
            .with("column", &item.column);
        findings.push(
            finding
                .with("example", text(first.text))
                .with("min", item.scale.min)
                .with("max", item.scale.max),
        );
    }
    for (code, column) in [
        (Code::ImpossibleDate, &survey.columns.submitted),
        (Code::BadDuration, &survey.columns.duration),
    ] {
        let mut of_code = responses.row_faults.iter().filter(|f| f.code == code);
        if let Some(first) = of_code.next() {
            let finding = Finding::new(code, place(first.row)).with("count", 1 + of_code.count());
            findings.push(
                finding
                    .with("column", column.clone().unwrap_or_default())
                    .with("example", text(first.text)),
            );
        }
    }
    findings
}
