//! Hits by interview, and their file.

use super::summary::{Family, IndexResult, QualityIndex};
use crate::clean::ledger::sheet_row;
use crate::finding::Severity;
use crate::ingest::Responses;
use crate::survey::quality::QualityAction;

/// One hit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flag {
    /// Row of the packed responses.
    pub row: u32,
    /// Index.
    pub index: QualityIndex,
    /// Physical line of the response file on which the interview starts.
    pub line: u32,
    /// Whether the hit excludes the interview.
    pub excludes: bool,
    /// How grave it is: a note alone; a warning by itself, or where another family of indices hits the interview too.
    pub severity: Severity,
    /// The fact, as `name=value` pairs that need no translation.
    pub fact: String,
}

impl Flag {
    pub(super) fn new(responses: &Responses, row: Option<u32>, result: &IndexResult, fact: &str) -> Option<Self> {
        let row = row?;
        Some(Self {
            row,
            index: result.index,
            line: responses.line.get(row as usize).copied()?,
            excludes: result.action == QualityAction::Exclude,
            severity: result.severity,
            fact: fact.to_owned(),
        })
    }
}

/// By row: hit at all, and hit by two families. `flags` are sorted by row.
pub(super) fn by_row(flags: &[Flag], rows: usize) -> (Vec<bool>, Vec<bool>) {
    let (mut any, mut several) = (vec![false; rows], vec![false; rows]);
    for of_row in flags.chunk_by(|a, b| a.row == b.row) {
        let Some(first) = of_row.first() else { continue };
        let family: Family = first.index.family();
        if let (Some(any), Some(several)) = (any.get_mut(first.row as usize), several.get_mut(first.row as usize)) {
            *any = true;
            *several = of_row.iter().any(|flag| flag.index.family() != family);
        }
    }
    (any, several)
}

/// Two independent kinds of evidence are more than a note.
pub(super) fn mark_several(flags: &mut [Flag], several: &[bool]) {
    for flag in flags.iter_mut().filter(|f| several.get(f.row as usize) == Some(&true)) {
        flag.severity = Severity::Warning;
    }
}

/// The hits of all waves as CSV text (UTF-8 with a byte-order mark): by line, without any personal data.
#[must_use]
pub fn csv<'a>(waves: impl Iterator<Item = (&'a str, &'a str, &'a [Flag])>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(vec![0xef, 0xbb, 0xbf]);
    // Writing into memory cannot fail.
    let _ = writer.write_record(["wave", "file", "line", "sheet_row", "index", "severity", "effect", "fact"]);
    for (wave, file, flags) in waves {
        for flag in flags {
            let (line, row) = (flag.line.to_string(), sheet_row(flag.row).to_string());
            let severity = if flag.severity == Severity::Note { "note" } else { "warning" };
            let effect = if flag.excludes { "excluded" } else { "flagged" };
            let _ = writer.write_record([wave, file, &line, &row, flag.index.as_str(), severity, effect, &flag.fact]);
        }
    }
    writer.into_inner().unwrap_or_default()
}
