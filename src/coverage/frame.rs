//! The frame: how many customers each stratum holds, and how many of them were drawn.

use super::response_rate::DispositionCounts;
use crate::evidence::InputFile;
use crate::finding::{Code, Finding, Place, Refusal};
use crate::ingest::table::{Reading, Table, trimmed};
use crate::io::World;
use crate::survey::Survey;
use std::collections::BTreeMap;

/// Counts of one stratum of the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameStratum {
    /// Customers, `N_h`.
    pub population: u64,
    /// Customers drawn; `None` when the frame has no such column.
    pub drawn: Option<u64>,
    /// Clusters of the stratum, drawn or not; `None` when the frame has no such column.
    pub psus: Option<u64>,
    /// Line of the frame file.
    pub line: u64,
}

/// The frame of one wave, by stratum name.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The file.
    pub input: InputFile,
    /// Counts by stratum, sorted by name.
    pub strata: BTreeMap<String, FrameStratum>,
    /// What was noticed while reading.
    pub noticed: Vec<Finding>,
}

impl Frame {
    /// All customers, `N`.
    #[must_use]
    pub fn population(&self) -> u64 {
        self.strata.values().map(|s| s.population).sum()
    }
}

/// Reads a frame: the strata columns of the definition, `population`, and `drawn` and `psus` (clusters in all) where they are.
pub fn read_frame(survey: &Survey, file: &str, world: &dyn World) -> Result<Frame, Refusal> {
    let mut table = Table::open(world, file, Reading::default())?;
    let keys: Vec<usize> = survey.columns.strata.iter().filter_map(|c| table.column(c)).collect();
    let population = table.column("population");
    let drawn = table.optional_column("drawn");
    let psus = table.optional_column("psus");
    table.settle()?;
    let mut strata = BTreeMap::new();
    let mut record = csv::ByteRecord::new();
    while let Some(line) = table.next_row(&mut record)? {
        let name = stratum_name(&record, &keys);
        let people = count(&mut table, &record, population, line);
        let drawn_here = drawn.and_then(|_| count(&mut table, &record, drawn, line));
        let psus = psus.and_then(|_| count(&mut table, &record, psus, line));
        let Some(population) = people else { continue };
        if let Some(drawn) = drawn_here.filter(|d| *d > population) {
            let finding = Finding::new(Code::MoreDrawnThanFrame, Place::line(file, line)).about(&name);
            table.complain(finding.with("drawn", drawn).with("population", population).with("what", "drawn"));
        }
        if let Some(first) = strata.insert(
            name.clone(),
            FrameStratum {
                population,
                drawn: drawn_here,
                psus,
                line,
            },
        ) {
            let finding = Finding::new(Code::DuplicateStratum, Place::line(file, line)).about(&name);
            table.complain(finding.with("stratum", &name).with("first", first.line));
        }
    }
    if let Some(finding) = total_row(&strata, file) {
        table.complain(finding);
    }
    let known: Vec<&str> = survey
        .columns
        .strata
        .iter()
        .map(String::as_str)
        .chain(["population", "drawn", "psus"])
        .collect();
    for (at, column) in table.header.clone().into_iter().enumerate() {
        if !column.is_empty() && !known.contains(&column.as_str()) {
            let finding = Finding::new(Code::FrameColumnIgnored, Place::cell(file, 1, at as u64 + 1));
            table.complain(finding.with("column", column).with("known", known.join(", ")));
        }
    }
    let input = InputFile::new("frame", file, &table.facts);
    let (_, noticed) = table.finish()?;
    Ok(Frame { input, strata, noticed })
}

/// A row that holds the sum of all others is a total, not a stratum: counted as one it would double the population.
fn total_row(strata: &BTreeMap<String, FrameStratum>, file: &str) -> Option<Finding> {
    let total: u64 = strata.values().map(|s| s.population).sum();
    let (name, row) = strata
        .iter()
        .find(|(_, s)| strata.len() > 2 && s.population > 0 && s.population * 2 == total)?;
    let finding = Finding::new(Code::TotalRow, Place::line(file, row.line)).about(name);
    Some(finding.with("stratum", name).with("population", row.population))
}

/// Dispositions of one wave: by stratum where the file has the strata columns, and in all.
#[derive(Debug, Clone)]
pub struct Dispositions {
    /// The file.
    pub input: InputFile,
    /// Counts by stratum; a single empty name when the file is not by stratum.
    pub strata: BTreeMap<String, DispositionCounts>,
    /// Sums of all strata.
    pub total: DispositionCounts,
}

/// Reads a disposition table. Count columns that are absent count 0; `complete` has to be there.
pub fn read_dispositions(survey: &Survey, file: &str, world: &dyn World) -> Result<Dispositions, Refusal> {
    let mut table = Table::open(world, file, Reading::default())?;
    let by_stratum = survey.columns.strata.iter().all(|c| table.optional_column(c).is_some());
    let keys: Vec<usize> = if by_stratum {
        survey.columns.strata.iter().filter_map(|c| table.column(c)).collect()
    } else {
        Vec::new()
    };
    let complete = table.column("complete");
    let names = [
        "partial",
        "refusal",
        "non_contact",
        "other",
        "unknown_household",
        "unknown_other",
        "not_eligible",
    ];
    let others: Vec<Option<usize>> = names.iter().map(|n| table.optional_column(n)).collect();
    table.settle()?;
    let mut strata: BTreeMap<String, DispositionCounts> = BTreeMap::new();
    let mut total = DispositionCounts::default();
    let mut record = csv::ByteRecord::new();
    while let Some(line) = table.next_row(&mut record)? {
        let mut get = |column: Option<usize>| column.map_or(Some(0), |_| count(&mut table, &record, column, line)).unwrap_or(0);
        let mut at = |position: usize| get(others.get(position).copied().flatten());
        let counts = DispositionCounts {
            partial: at(0),
            refusal: at(1),
            non_contact: at(2),
            other: at(3),
            unknown_household: at(4),
            unknown_other: at(5),
            not_eligible: at(6),
            complete: get(complete),
        };
        let entry = strata.entry(stratum_name(&record, &keys)).or_default();
        *entry = sum(*entry, counts);
        total = sum(total, counts);
    }
    let input = InputFile::new("dispositions", file, &table.facts);
    table.finish()?;
    Ok(Dispositions { input, strata, total })
}

fn sum(a: DispositionCounts, b: DispositionCounts) -> DispositionCounts {
    DispositionCounts {
        complete: a.complete + b.complete,
        partial: a.partial + b.partial,
        refusal: a.refusal + b.refusal,
        non_contact: a.non_contact + b.non_contact,
        other: a.other + b.other,
        unknown_household: a.unknown_household + b.unknown_household,
        unknown_other: a.unknown_other + b.unknown_other,
        not_eligible: a.not_eligible + b.not_eligible,
    }
}

pub(crate) fn stratum_name(record: &csv::ByteRecord, keys: &[usize]) -> String {
    let cell = |at: &usize| {
        let text = record.get(*at).map(String::from_utf8_lossy).unwrap_or_default();
        crate::text::shown(trimmed(&text), 80)
    };
    keys.iter().map(cell).collect::<Vec<_>>().join("·")
}

/// A whole number of people; anything else is a complaint of the table. Thousands separators are not guessed at.
fn count(table: &mut Table, record: &csv::ByteRecord, column: Option<usize>, line: u64) -> Option<u64> {
    let at = column?;
    let text = record.get(at).map(String::from_utf8_lossy).unwrap_or_default();
    let read = trimmed(&text).parse::<u64>().ok().filter(|n| *n <= 1 << 48);
    if read.is_none() {
        let place = Place::cell(&table.file, line, at as u64 + 1);
        let name = table.header.get(at).cloned().unwrap_or_default();
        table.complain(
            Finding::new(Code::BadCount, place)
                .with("column", name)
                .with("got", crate::text::redacted(&text)),
        );
    }
    read
}
