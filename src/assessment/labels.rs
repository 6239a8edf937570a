//! The assessment as a reader of one language reads it: every name of a column, value or stratum under its label.
//!
//! Reports are made from what [`named`] gives, so that a chapter prints labels without knowing of them and no chapter can forget one. The
//! assessment itself keeps the words of the files.

use super::{Assessment, WaveAssessment};
use crate::coverage::Coverage;
use crate::finding::{Code, Finding, FindingRecord, Place};
use crate::index::estimate::Reported;
use crate::locale::{Lang, Text};
use crate::survey::labels::Labels;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What a name is of.
#[derive(Clone, Copy)]
enum Name<'a> {
    Column,
    Value(&'a str),
    Stratum,
    Class,
    Mode,
    Complaint,
    Register,
    /// `column = value`.
    Place,
}

type Visit<'v> = dyn FnMut(Name<'_>, &mut String) + 'v;

impl Labels {
    fn print(&self, name: Name<'_>, text: &str, lang: Lang) -> String {
        let of = |column: &Option<String>| column.as_ref().map_or_else(|| text.to_owned(), |c| self.value(c, text, lang));
        match name {
            Name::Column => self.column(text, lang),
            Name::Value(column) => self.value(column, text, lang),
            Name::Stratum => self.stratum(text, lang),
            Name::Class => self.joined(&self.classes.iter().map(String::as_str).collect::<Vec<_>>(), text, lang),
            Name::Mode => of(&self.mode),
            Name::Complaint => of(&self.complaint),
            Name::Register => of(&self.register),
            Name::Place => match text.split_once(" = ") {
                Some(("stratum", name)) => format!("stratum = {}", self.stratum(name, lang)),
                Some((column, value)) => format!("{} = {}", self.column(column, lang), self.value(column, value, lang)),
                None => text.to_owned(),
            },
        }
    }

    /// Columns that a name takes its words from, and the words.
    fn words<'a>(&'a self, name: Name<'a>, text: &'a str) -> Vec<(&'a str, &'a str)> {
        let split = |columns: Vec<&'a str>| match columns.as_slice() {
            [one] => vec![(*one, text)],
            several => several.iter().copied().zip(text.split('·')).collect(),
        };
        let one = |column: &'a Option<String>| column.iter().map(|c| (c.as_str(), text)).collect();
        match name {
            Name::Value(column) if self.columns.contains_key(column) => vec![(column, text)],
            Name::Value(column) => split(column.split('·').collect()),
            Name::Stratum => split(self.strata.iter().map(String::as_str).collect()),
            Name::Class => split(self.classes.iter().map(String::as_str).collect()),
            Name::Mode => one(&self.mode),
            Name::Complaint => one(&self.complaint),
            Name::Register => one(&self.register),
            Name::Column | Name::Place => Vec::new(),
        }
    }
}

/// The assessment with the labels of a language in the place of the words of the files; the assessment itself where the survey has none.
#[must_use]
pub fn named(assessment: &Assessment, lang: Lang) -> Cow<'_, Assessment> {
    let Some(labels) = &assessment.survey.labels else {
        return Cow::Borrowed(assessment);
    };
    let mut own = assessment.clone();
    // Messages were worded when the values were found; names stand in quotation marks there.
    let mut quoted: BTreeMap<String, String> = BTreeMap::new();
    visit(&mut own, &mut |name, text| {
        let printed = labels.print(name, text, lang);
        if printed != *text && !matches!(name, Name::Column | Name::Place) {
            quoted.insert(format!("“{text}”"), format!("“{printed}”"));
        }
        *text = printed;
    });
    let mut requote = |text: &mut Text| {
        let text = match lang {
            Lang::Zh => &mut text.zh,
            Lang::En => &mut text.en,
        };
        for (from, to) in quoted.iter().filter(|_| text.contains('“')) {
            if text.contains(from.as_str()) {
                *text = text.replace(from.as_str(), to);
                break;
            }
        }
    };
    messages(&mut own, &mut requote);
    Cow::Owned(own)
}

/// Labels of values that occur nowhere, and of columns that no part of the report takes words from: mostly a slip of the pen. Names that small
/// numbers keep out of the report do not count as absent.
pub(crate) fn unused(assessment: &Assessment, file: &str) -> Vec<Finding> {
    let Some(labels) = &assessment.survey.labels else {
        return Vec::new();
    };
    let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut own = assessment.clone();
    visit(&mut own, &mut |name, text| {
        if matches!(name, Name::Column) {
            seen.entry(text.clone()).or_default();
        }
        for (column, word) in labels.words(name, text) {
            seen.entry(column.to_owned()).or_default().insert(word.to_owned());
        }
    });
    let pooled = assessment.waves.iter().filter_map(|w| w.complaints.as_ref());
    let pooled = pooled.filter(|c| c.pooled > 0 || c.categories_withheld).count() > 0;
    let mut findings = Vec::new();
    let mut say = |column: &str, value: &str, near: String| {
        let finding = Finding::new(Code::LabelUnused, Place::file(file)).with("column", column);
        let finding = finding.with("what", if value.is_empty() { "column" } else { "value" });
        let finding = finding.with("near", if near.is_empty() { "none" } else { "some" });
        findings.push(finding.with("value", value).with("nearest", near));
    };
    for (column, names) in &labels.columns {
        let Some(found) = seen.get(column) else {
            say(
                column,
                "",
                crate::survey::nearest(column, seen.keys().map(String::as_str)).unwrap_or_default(),
            );
            continue;
        };
        if pooled && labels.complaint.as_ref() == Some(column) {
            continue;
        }
        for value in names.values.keys().filter(|value| !found.contains(*value)) {
            say(
                column,
                value,
                crate::survey::nearest(value, found.iter().map(String::as_str)).unwrap_or_default(),
            );
        }
    }
    findings
}

fn visit(assessment: &mut Assessment, f: &mut Visit<'_>) {
    for wave in &mut assessment.waves {
        of_wave(wave, f);
    }
    let comparisons = assessment.comparisons.iter_mut();
    let changes = comparisons.flat_map(|c| c.changes.iter_mut().chain(&mut c.details));
    for domain in changes.filter_map(|c| c.domain.as_mut()) {
        f(Name::Value(&domain.column), &mut domain.category);
        f(Name::Column, &mut domain.column);
    }
    let mixes = assessment.over_time.iter_mut().flat_map(|o| &mut o.decompositions);
    for mix in mixes.flat_map(|d| &mut d.mixes) {
        mix.parts.iter_mut().for_each(|p| f(Name::Value(&mix.column), &mut p.category));
        f(Name::Column, &mut mix.column);
    }
    if let Some(sites) = &mut assessment.sites {
        sites.sites.iter_mut().for_each(|s| f(Name::Value(&sites.column), &mut s.site));
        f(Name::Column, &mut sites.column);
    }
    for comparison in &mut assessment.group_comparisons {
        // Without a column the groups are waves.
        let Some(by) = &mut comparison.by else { continue };
        let groups = comparison.groups.iter_mut().chain(&mut comparison.left_out);
        groups.for_each(|g| f(Name::Value(by), &mut g.name));
        for pair in &mut comparison.pairs {
            f(Name::Value(by), &mut pair.first);
            f(Name::Value(by), &mut pair.second);
        }
        f(Name::Column, by);
    }
}

fn of_wave(wave: &mut WaveAssessment, f: &mut Visit<'_>) {
    of_coverage(&mut wave.coverage, f);
    let found = &mut wave.representativeness;
    if let Some(reading) = &mut found.r_indicator {
        let indicator = &mut reading.indicator;
        for partial in &mut indicator.partials {
            let categories = partial.categories.iter_mut();
            categories.for_each(|c| f(Name::Value(&partial.variable), &mut c.category));
            f(Name::Column, &mut partial.variable);
        }
        indicator.variables.iter_mut().for_each(|v| f(Name::Column, v));
    }
    for balance in &mut found.balance {
        let categories = balance.categories.iter_mut();
        categories.for_each(|c| f(Name::Value(&balance.variable), &mut c.category));
        f(Name::Column, &mut balance.variable);
    }
    let weights = &mut wave.weights;
    weights.strata.iter_mut().for_each(|s| f(Name::Stratum, &mut s.stratum));
    weights.classes.iter_mut().for_each(|c| f(Name::Class, &mut c.class));
    let places = weights.steps.iter_mut().filter_map(|s| s.margin_error_at.as_mut());
    places.for_each(|at| f(Name::Place, at));
    for margin in &mut weights.margins {
        f(Name::Value(&margin.margin), &mut margin.category);
        f(Name::Column, &mut margin.margin);
    }
    for domain in &mut wave.domains {
        f(Name::Value(&domain.column), &mut domain.category);
        f(Name::Column, &mut domain.column);
    }
    for column in &mut wave.segments {
        column
            .segments
            .iter_mut()
            .for_each(|s| f(Name::Value(&column.column), &mut s.category));
        f(Name::Column, &mut column.column);
    }
    for domain in wave.touchpoints.iter_mut().flat_map(|t| &mut t.domains) {
        f(Name::Value(&domain.column), &mut domain.category);
        f(Name::Column, &mut domain.column);
    }
    if let Some(complaints) = &mut wave.complaints {
        complaints.categories.iter_mut().for_each(|c| f(Name::Complaint, &mut c.category));
        let register = complaints.register.iter_mut().flat_map(|r| &mut r.categories);
        register.for_each(|c| f(Name::Register, &mut c.category));
    }
}

fn of_coverage(coverage: &mut Coverage, f: &mut Visit<'_>) {
    coverage.strata.iter_mut().for_each(|s| f(Name::Stratum, &mut s.stratum));
    let drawn = coverage.draw.iter_mut().flat_map(|d| &mut d.strata);
    drawn.for_each(|s| f(Name::Stratum, &mut s.stratum));
    for procedure in coverage.draw.iter_mut().filter_map(|d| d.procedure.as_mut()) {
        let columns = procedure.strata.iter_mut().chain(&mut procedure.cluster).chain(&mut procedure.size);
        columns.chain(&mut procedure.sort).for_each(|column| f(Name::Column, column));
    }
    let modes = coverage.accounting.iter_mut().flat_map(|a| &mut a.modes);
    modes.for_each(|m| f(Name::Mode, &mut m.mode));
}

/// Sentences that name a value in quotation marks: reservations, and why a number of a group is not told.
fn messages(assessment: &mut Assessment, f: &mut dyn FnMut(&mut Text)) {
    let of_waves = assessment.waves.iter_mut().flat_map(|w| &mut w.findings);
    for finding in of_waves.chain(&mut assessment.findings) {
        message(finding, f);
    }
    let comparisons = assessment.comparisons.iter_mut();
    for change in comparisons.flat_map(|c| c.changes.iter_mut().chain(&mut c.details)) {
        refusal(&mut change.before, f);
        refusal(&mut change.after, f);
    }
    for wave in &mut assessment.waves {
        for domain in &mut wave.domains {
            refusal(&mut domain.index, f);
            domain.dimensions.iter_mut().for_each(|d| refusal(d, f));
        }
        let touchpoints = wave.touchpoints.iter_mut().flat_map(|t| &mut t.domains);
        touchpoints.for_each(|d| refusal(&mut d.reported, f));
        let named = wave.complaints.iter_mut().flat_map(|c| &mut c.categories);
        named.for_each(|c| refusal(&mut c.reported, f));
    }
    let sites = assessment.sites.iter_mut().flat_map(|s| &mut s.sites);
    sites.for_each(|s| refusal(&mut s.index, f));
}

fn refusal(reported: &mut Reported, f: &mut dyn FnMut(&mut Text)) {
    if let Some(finding) = &mut reported.refusal {
        message(finding, f);
    }
}

fn message(finding: &mut FindingRecord, f: &mut dyn FnMut(&mut Text)) {
    f(&mut finding.message);
    finding.got.iter_mut().for_each(f);
}
