//! The ledger: one line for every interview excluded or flagged and every answer set aside, with the fact.

use super::rules::{Hit, Rule};
use crate::finding::Code;
use crate::ingest::Responses;
use crate::ingest::answer::FaultKind;
use crate::survey::{Action, Survey};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LedgerAction {
    /// The interview does not count.
    Excluded,
    /// The interview counts and is marked.
    Flagged,
    /// One answer was set to missing.
    AnswerSetAside,
    /// A time or duration that cannot be true plays no part.
    FactSetAside,
}

impl LedgerAction {
    /// Text form in `ledger.csv`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Excluded => "excluded",
            Self::Flagged => "flagged",
            Self::AnswerSetAside => "answer-set-aside",
            Self::FactSetAside => "fact-set-aside",
        }
    }
}

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Physical line of the response file on which the row starts.
    pub line: u32,
    /// Row that a spreadsheet shows for it: the header is row 1, an answer with line breaks is still one row.
    pub sheet_row: u32,
    /// What happened.
    pub action: LedgerAction,
    /// The rule or kind of fault.
    pub rule: &'static str,
    /// Column concerned, empty for the whole interview.
    pub column: String,
    /// The fact that speaks against it.
    pub fact: String,
}

/// The row that a spreadsheet shows for a packed row, when there are no blank lines above it.
#[must_use]
pub fn sheet_row(row: u32) -> u32 {
    row.saturating_add(2)
}

/// All lines, by source row.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    entries: Vec<Entry>,
}

impl Ledger {
    /// The lines for single answers that the scales do not know and for impossible facts.
    pub(super) fn of_faults(survey: &Survey, responses: &Responses) -> Self {
        let text = |number: u16| responses.fault_texts.names().get(usize::from(number)).cloned().unwrap_or_default();
        let line = |row: u32| responses.line.get(row as usize).copied().unwrap_or(0);
        let mut entries: Vec<Entry> = responses
            .answer_faults
            .iter()
            .map(|fault| {
                let item = survey.items.get(usize::from(fault.item));
                let scale = item.map(|i| format!("{}..{}", i.scale.min, i.scale.max)).unwrap_or_default();
                Entry {
                    line: line(fault.row),
                    sheet_row: sheet_row(fault.row),
                    action: LedgerAction::AnswerSetAside,
                    rule: match fault.kind {
                        FaultKind::UnknownLabel => Code::UnknownLabel.as_str(),
                        FaultKind::OutOfScale => Code::OutOfScale.as_str(),
                    },
                    column: item.map(|i| i.column.clone()).unwrap_or_default(),
                    fact: format!("got={}; scale={scale}", text(fault.text)),
                }
            })
            .collect();
        entries.extend(responses.row_faults.iter().map(|fault| {
            let column = match fault.code {
                Code::BadDuration => &survey.columns.duration,
                _ => &survey.columns.submitted,
            };
            Entry {
                line: line(fault.row),
                sheet_row: sheet_row(fault.row),
                action: LedgerAction::FactSetAside,
                rule: fault.code.as_str(),
                column: column.clone().unwrap_or_default(),
                fact: format!("got={}", text(fault.text)),
            }
        }));
        Self { entries }
    }

    pub(super) fn add(&mut self, responses: &Responses, rule: &dyn Rule, hit: &Hit) {
        self.entries.push(Entry {
            line: responses.line.get(hit.row as usize).copied().unwrap_or(0),
            sheet_row: sheet_row(hit.row),
            action: if rule.action() == Action::Exclude {
                LedgerAction::Excluded
            } else {
                LedgerAction::Flagged
            },
            rule: rule.id(),
            column: String::new(),
            fact: hit.fact.clone(),
        });
    }

    pub(super) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    pub(super) fn sort(&mut self) {
        self.entries.sort();
    }

    /// The lines, by source row.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many lines carry a rule.
    #[must_use]
    pub fn count(&self, rule: &str) -> u64 {
        self.entries.iter().filter(|e| e.rule == rule).count() as u64
    }
}

/// The ledgers of all waves as CSV text (UTF-8 with a byte-order mark, so that spreadsheets show Chinese right).
#[must_use]
pub fn csv<'a>(waves: impl Iterator<Item = (&'a str, &'a str, &'a Ledger)>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(vec![0xef, 0xbb, 0xbf]);
    // Writing into memory cannot fail.
    let _ = writer.write_record(["wave", "file", "line", "sheet_row", "action", "rule", "column", "fact"]);
    for (wave, file, ledger) in waves {
        for entry in ledger.entries() {
            let (line, row) = (entry.line.to_string(), entry.sheet_row.to_string());
            let (column, fact) = (
                crate::text::spreadsheet_safe(&entry.column),
                crate::text::spreadsheet_safe(&entry.fact),
            );
            let _ = writer.write_record([wave, file, &line, &row, entry.action.as_str(), entry.rule, &column, &fact]);
        }
    }
    writer.into_inner().unwrap_or_default()
}
