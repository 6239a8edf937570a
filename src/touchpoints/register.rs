//! The company's own register of complaints: what about, how many, how long until closed. A full count, so without intervals.

use super::text_of;
use crate::evidence::InputFile;
use crate::finding::{Code, Finding, Place, Refusal};
use crate::ingest::has_date_form;
use crate::ingest::table::{Reading, Table};
use crate::io::World;
use crate::survey::touchpoints::Register;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a register holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RegisterSummary {
    /// The file.
    pub file: String,
    /// Complaints in it.
    pub complaints: u64,
    /// Of them closed.
    pub closed: u64,
    /// Median days from receipt to closing, of the closed ones.
    pub days_median: Option<f64>,
    /// First and last day of receipt.
    pub received: (String, String),
    /// Categories, the most frequent first.
    pub categories: Vec<RegisterCategory>,
}

/// A category of a register.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RegisterCategory {
    /// Its name, masked.
    pub category: String,
    /// Complaints.
    pub complaints: u64,
    /// Of them closed.
    pub closed: u64,
    /// Share of all complaints.
    pub share: f64,
    /// Share of all complaints in this category and those before it.
    pub cumulative: f64,
    /// Median days from receipt to closing, of the closed ones.
    pub days_median: Option<f64>,
}

#[derive(Default)]
struct Counts {
    complaints: u64,
    days: Vec<i64>,
}

/// The median; of an even number of values the middle of the two in the middle.
fn median(days: &mut [i64]) -> Option<f64> {
    days.sort_unstable();
    let upper = *days.get(days.len() / 2)? as f64;
    let lower = *days.get(days.len().checked_sub(1)? / 2)? as f64;
    Some(f64::midpoint(lower, upper))
}

/// Reads a register. Every fault of it is told.
pub fn read_register(register: &Register, file: &str, world: &dyn World) -> Result<(RegisterSummary, InputFile), Refusal> {
    let mut table = Table::open(world, file, Reading::default())?;
    let name = |given: &Option<String>, usual: &str| given.clone().unwrap_or_else(|| usual.to_owned());
    let category = table.column(&name(&register.category, "category"));
    let received = table.column(&name(&register.received, "received"));
    let closed = table.column(&name(&register.closed, "closed"));
    table.settle()?;
    let mut by_category: BTreeMap<String, Counts> = BTreeMap::new();
    let mut span: Option<(Date, Date)> = None;
    let mut faults = Vec::new();
    let mut record = csv::ByteRecord::new();
    while let Some(line) = table.next_row(&mut record)? {
        let fault = |at: Option<usize>, reason: &str, got: &str| {
            let place = Place::cell(file, line, at.map_or(1, |at| at as u64 + 1));
            let finding = Finding::new(Code::BadComplaint, place).with("reason", reason);
            let got = if has_date_form(got) {
                crate::text::shown(got, 40)
            } else {
                crate::text::redacted(got)
            };
            finding.with("got", got)
        };
        let about = crate::text::shown(&crate::text::redact::redact(&text_of(&record, category)).text, 60);
        if about.is_empty() {
            faults.push(fault(category, "category", ""));
        }
        let (from, until) = (text_of(&record, received), text_of(&record, closed));
        let Ok(from) = from.parse::<Date>() else {
            faults.push(fault(received, "received", &from));
            continue;
        };
        let counts = by_category.entry(about).or_default();
        counts.complaints += 1;
        span = Some(span.map_or((from, from), |(first, last)| (first.min(from), last.max(from))));
        if until.is_empty() {
            continue;
        }
        match until.parse::<Date>() {
            Ok(day) if day >= from => counts.days.extend(from.until(day).ok().map(|s| i64::from(s.get_days()))),
            Ok(_) => faults.push(fault(closed, "order", &until)),
            Err(_) => faults.push(fault(closed, "closed", &until)),
        }
    }
    let (facts, _) = table.finish()?;
    match span {
        Some(span) if faults.is_empty() => Ok((summary(file, by_category, span), InputFile::new("complaints", file, &facts))),
        _ => Err(Refusal(faults)),
    }
}

fn summary(file: &str, by_category: BTreeMap<String, Counts>, span: (Date, Date)) -> RegisterSummary {
    let complaints: u64 = by_category.values().map(|c| c.complaints).sum();
    let mut days: Vec<i64> = by_category.values().flat_map(|c| c.days.iter().copied()).collect();
    let mut ordered: Vec<(String, Counts)> = by_category.into_iter().collect();
    ordered.sort_by(|a, b| b.1.complaints.cmp(&a.1.complaints).then_with(|| a.0.cmp(&b.0)));
    let mut before = 0;
    let categories = ordered.into_iter().map(|(category, mut counts)| {
        before += counts.complaints;
        RegisterCategory {
            category,
            complaints: counts.complaints,
            closed: counts.days.len() as u64,
            share: counts.complaints as f64 / complaints as f64,
            cumulative: before as f64 / complaints as f64,
            days_median: median(&mut counts.days),
        }
    });
    let categories = categories.collect();
    RegisterSummary {
        file: crate::text::shown(file, 200),
        complaints,
        closed: days.len() as u64,
        days_median: median(&mut days),
        received: (span.0.to_string(), span.1.to_string()),
        categories,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::Memory;

    fn read(text: &str) -> Result<RegisterSummary, Vec<(Code, String)>> {
        let world = Memory([("c.csv".to_owned(), text.as_bytes().to_vec())].into());
        let register = Register {
            files: BTreeMap::new(),
            category: None,
            received: None,
            closed: None,
        };
        let told = |r: Refusal| {
            r.0.iter()
                .map(|f| (f.code, f.args.get("reason").cloned().unwrap_or_default()))
                .collect()
        };
        read_register(&register, "c.csv", &world).map(|(summary, _)| summary).map_err(told)
    }

    #[test]
    fn counts_cumulate_and_medians_are_of_the_closed() {
        let text = "category,received,closed\n收费,2025-01-30,2025-02-02\n上门,2025-01-02,2025-01-03\n收费,2025-03-01,\n收费,2025-03-01,2025-03-06\n";
        let found = read(text).unwrap();
        assert_eq!((found.complaints, found.closed), (4, 3));
        assert_eq!(found.days_median, Some(3.0));
        assert_eq!(found.received, ("2025-01-02".to_owned(), "2025-03-01".to_owned()));
        let first = &found.categories[0];
        assert_eq!((first.category.as_str(), first.complaints, first.closed), ("收费", 3, 2));
        // 3 days over the end of a month, and 5.
        assert_eq!(first.days_median, Some(4.0));
        assert!((first.share - 0.75).abs() < 1e-15 && (found.categories[1].cumulative - 1.0).abs() < 1e-15);
    }

    #[test]
    fn every_fault_is_told() {
        let text = "category,received,closed\n,2025-01-01,\n收费,昨天,\n收费,2025-02-01,2025-01-01\n收费,2025-02-01,快了\n";
        let reasons: Vec<String> = read(text).unwrap_err().into_iter().map(|(_, reason)| reason).collect();
        assert_eq!(reasons, ["category", "received", "order", "closed"]);
    }
}
