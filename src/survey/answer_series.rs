//! Series that are made from the answers of the waves themselves, by when they were sent.

use super::definition::Definition;
use super::over_time::Series;
use super::touchpoints::{AnswerSource, COMPLAINT_HANDLING, COMPLAINT_RATE, TouchpointSpec};
use super::{Document, ItemSpec, nearest};
use crate::finding::{Code, Finding, Findings};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where the values of a series come from, other than from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SeriesSource {
    /// The answers of the waves, by `columns.submitted`.
    Answers,
}

/// Length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Calendar {
    /// A week from Monday to Sunday, named by ISO 8601.
    Week,
    /// A month.
    Month,
}

impl Calendar {
    /// The word of the definition.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// Periods in a year.
    #[must_use]
    pub const fn per_year(self) -> usize {
        match self {
            Self::Week => 52,
            Self::Month => 12,
        }
    }
}

/// Column of the response file behind what a series watches; items that are not scored are not watched.
fn column_of<'a>(id: &str, (items, scored): (&'a [ItemSpec], usize), touchpoints: &'a TouchpointSpec) -> Option<&'a str> {
    let of_item = |at: usize| items.get(at).map(|item| item.column.as_str());
    let complaints = touchpoints.complaints.as_ref();
    if let Some(measure) = touchpoints.measures.iter().find(|m| m.id == id) {
        return match &measure.source {
            AnswerSource::Item(at) => of_item(*at),
            AnswerSource::Column(column) => Some(column),
        };
    }
    match id {
        COMPLAINT_RATE => Some(complaints?.column.as_ref()?.0.as_str()),
        COMPLAINT_HANDLING => of_item(complaints?.handling?),
        _ => items
            .iter()
            .take(scored)
            .find(|item| item.id == id)
            .map(|item| item.column.as_str()),
    }
}

/// Holds the series against where they say they come from.
pub(super) fn check(
    definition: &Definition,
    document: &Document,
    (items, scored): (&[ItemSpec], usize),
    touchpoints: &TouchpointSpec,
    findings: &mut Findings,
) {
    let mut complain = |code: Code, path: &str, args: &[(&'static str, &str)]| {
        let finding = Finding::new(code, document.place(path));
        findings.add(args.iter().fold(finding, |f, (name, value)| f.with(name, value)));
    };
    // Column and period of the series so far.
    let mut seen: Vec<(&str, Calendar)> = Vec::new();
    for (position, one) in definition.series.iter().enumerate() {
        let path = format!("series[{position}]");
        if one.file.is_empty() == one.from.is_none() {
            complain(Code::ExactlyOne, &path, &[("first", "series.file"), ("second", "series.from")]);
            continue;
        }
        if one.from.is_none() {
            if one.of.is_some() || one.by.is_some() || one.base_min.is_some() {
                complain(Code::MissingKey, &path, &[("key", "from"), ("table", &path)]);
            }
            continue;
        }
        if definition.columns.submitted.is_none() {
            complain(Code::MissingKey, &path, &[("key", "submitted"), ("table", "columns")]);
        }
        let floor = definition.design.domain_base_min.unwrap_or(10);
        if let Some(least) = one.base_min.filter(|least| *least < floor) {
            let key = format!("{path}.base_min");
            let (expected, got) = (format!("≥ {floor}"), least.to_string());
            complain(Code::WrongValue, &key, &[("key", &key), ("expected", &expected), ("got", &got)]);
        }
        let (Some(of), Some(by)) = (&one.of, one.by) else {
            let key = if one.of.is_none() { "of" } else { "by" };
            complain(Code::MissingKey, &path, &[("key", key), ("table", &path)]);
            continue;
        };
        let Some(column) = column_of(of, (items, scored), touchpoints) else {
            let complaints = touchpoints.complaints.iter();
            let of_complaints = complaints.flat_map(|c| {
                let rate = c.column.as_ref().map(|_| COMPLAINT_RATE);
                rate.into_iter().chain(c.handling.map(|_| COMPLAINT_HANDLING))
            });
            let ids = items.iter().take(scored).map(|i| i.id.as_str());
            let known: Vec<&str> = touchpoints
                .measures
                .iter()
                .map(|m| m.id.as_str())
                .chain(of_complaints)
                .chain(ids)
                .collect();
            let near = nearest(of, known.iter().copied()).unwrap_or_else(|| known.join(", "));
            complain(Code::UnknownReference, &format!("{path}.of"), &[("name", of), ("nearest", &near)]);
            continue;
        };
        // Weeks and months of the same answers would tell, by subtraction, what neither shows by itself.
        if let Some((_, other)) = seen.iter().find(|(c, other)| *c == column && *other != by) {
            let key = format!("{path}.by");
            complain(
                Code::WrongValue,
                &key,
                &[("key", &key), ("expected", other.as_str()), ("got", by.as_str())],
            );
        }
        seen.push((column, by));
    }
}

impl Series {
    /// Periods in a year: as stated, else those of the calendar, else 1.
    #[must_use]
    pub fn periods_a_year(&self) -> usize {
        self.per_year.or_else(|| self.by.map(Calendar::per_year)).unwrap_or(1)
    }
}
