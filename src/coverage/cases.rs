//! Every single case drawn with its one final code, joined with frame and answers.
//!
//! Ids are read, digested with the key of the survey and forgotten: nothing here can show one. A case that is listed twice, a code
//! that nobody explained, a number that does not agree with frame or answers stops the run.

use super::frame::{Dispositions, Frame, stratum_name};
use super::response_rate::{DispositionCounts, FinalClass};
use crate::evidence::InputFile;
use crate::finding::{Code, Finding, Place, Refusal};
use crate::ingest::Responses;
use crate::ingest::table::{Reading, Table, trimmed};
use crate::io::World;
use crate::survey::{Survey, nearest};
use std::collections::{BTreeMap, BTreeSet};
use twox_hash::XxHash64;

/// One case, as far as it is needed.
#[derive(Debug, Clone, Copy)]
struct OneCase {
    class: FinalClass,
    line: u64,
    /// Number of its stratum and properties.
    group: u32,
}

/// The cases of one wave.
#[derive(Debug, Clone)]
pub struct Cases {
    /// The file.
    pub input: InputFile,
    /// Counts by stratum and in all, in the form of a disposition table.
    pub dispositions: Dispositions,
    /// Cases by final code as written.
    pub codes: BTreeMap<String, (FinalClass, u64)>,
    /// Counts by mode, where the file tells it.
    pub modes: BTreeMap<String, DispositionCounts>,
    /// First and last day on which a case was closed.
    pub closed: Option<(String, String)>,
    /// Drawn and eligible or unknown, and interviewed, by stratum and properties.
    pub groups: BTreeMap<(String, Vec<String>), (u64, u64)>,
    by_id: BTreeMap<u64, OneCase>,
    /// Stratum and properties by number, in the order of the file.
    group_names: Vec<(String, Vec<String>)>,
    group_numbers: BTreeMap<(String, Vec<String>), u32>,
}

/// Columns of the file.
struct Layout {
    id: Option<usize>,
    code: Option<usize>,
    mode: Option<usize>,
    closed: Option<usize>,
    strata: Vec<usize>,
    properties: Vec<usize>,
}

impl Layout {
    fn find(survey: &Survey, table: &mut Table) -> Self {
        let spec = &survey.cases;
        let id = spec.id.as_ref().or(survey.columns.respondent.as_ref());
        let mut optional = |name: &Option<String>| name.as_ref().and_then(|n| table.column(n));
        let (mode, closed) = (optional(&spec.mode), optional(&spec.closed));
        Self {
            id: id.and_then(|n| table.column(n)),
            code: table.column(spec.code.as_deref().unwrap_or("code")),
            mode,
            closed,
            strata: survey.columns.strata.iter().filter_map(|c| table.column(c)).collect(),
            properties: spec.properties.iter().filter_map(|c| table.column(c)).collect(),
        }
    }
}

/// Reads the file of single cases.
pub fn read_cases(survey: &Survey, file: &str, world: &dyn World) -> Result<Cases, Refusal> {
    let mut table = Table::open(world, file, Reading::default())?;
    let layout = Layout::find(survey, &mut table);
    table.settle()?;
    let input = InputFile::new("cases", file, &table.facts);
    let mut cases = Cases {
        dispositions: Dispositions {
            input: input.clone(),
            strata: BTreeMap::new(),
            total: DispositionCounts::default(),
        },
        input,
        codes: BTreeMap::new(),
        modes: BTreeMap::new(),
        closed: None,
        groups: BTreeMap::new(),
        by_id: BTreeMap::new(),
        group_names: Vec::new(),
        group_numbers: BTreeMap::new(),
    };
    let mut record = csv::ByteRecord::new();
    while let Some(line) = table.next_row(&mut record)? {
        if let Some(finding) = cases.push(survey, &layout, file, line, &record) {
            table.complain(finding);
        }
    }
    table.finish()?;
    Ok(cases)
}

impl Cases {
    fn push(&mut self, survey: &Survey, layout: &Layout, file: &str, line: u64, record: &csv::ByteRecord) -> Option<Finding> {
        let cell = |at: Option<usize>| {
            let bytes = at.and_then(|at| record.get(at)).unwrap_or_default();
            trimmed(&String::from_utf8_lossy(bytes)).to_owned()
        };
        let id = cell(layout.id);
        let code = cell(layout.code);
        let Some(class) = survey.cases.codes.get(&code).copied().or_else(|| FinalClass::of_code(&code)) else {
            let known = survey
                .cases
                .codes
                .keys()
                .map(String::as_str)
                .chain(FinalClass::ALL.map(FinalClass::as_str));
            let near = nearest(&code, known).unwrap_or_else(|| "1.1, 1.2, 2.1, 2.2, 2.3, 3.1, 3.2, 4".to_owned());
            let place = Place::cell(file, line, layout.code.unwrap_or(0) as u64 + 1);
            return Some(
                Finding::new(Code::CaseCodeUnknown, place)
                    .with("got", crate::text::redacted(&code))
                    .with("nearest", near),
            );
        };
        if id.is_empty() {
            return Some(Finding::new(Code::CaseWithoutId, Place::line(file, line)));
        }
        let digest = digest(survey, &id);
        let stratum = stratum_name(record, &layout.strata);
        let properties: Vec<String> = (layout.properties.iter())
            .map(|at| crate::text::shown(&cell(Some(*at)), 80))
            .collect();
        let group = self.group(&stratum, &properties);
        if let Some(first) = self.by_id.insert(digest, OneCase { class, line, group }) {
            return Some(Finding::new(Code::CaseRepeated, Place::line(file, line)).with("first", first.line));
        }
        self.dispositions.strata.entry(stratum.clone()).or_default().add(class, 1);
        self.dispositions.total.add(class, 1);
        self.codes.entry(crate::text::shown(&code, 40)).or_insert((class, 0)).1 += 1;
        if layout.mode.is_some() {
            self.modes
                .entry(crate::text::shown(&cell(layout.mode), 40))
                .or_default()
                .add(class, 1);
        }
        if layout.closed.is_some() {
            self.close(&cell(layout.closed));
        }
        if class != FinalClass::NotEligible {
            let group = self.groups.entry((stratum, properties)).or_default();
            group.0 += 1;
            group.1 += u64::from(matches!(class, FinalClass::Complete | FinalClass::Partial));
        }
        None
    }

    fn group(&mut self, stratum: &str, properties: &[String]) -> u32 {
        let key = (stratum.to_owned(), properties.to_vec());
        let next = u32::try_from(self.group_names.len()).unwrap_or(u32::MAX);
        let names = &mut self.group_names;
        *self.group_numbers.entry(key).or_insert_with_key(|key| {
            names.push(key.clone());
            next
        })
    }

    /// Stratum and properties of the case of an identity (its digest, as the answers have it).
    #[must_use]
    pub fn group_of(&self, respondent: u64) -> Option<&(String, Vec<String>)> {
        let case = self.by_id.get(&respondent)?;
        self.group_names.get(usize::try_from(case.group).ok()?)
    }

    /// Days that are none play no part: they are told by the code, not by the day.
    fn close(&mut self, text: &str) {
        let day = text.get(..10).unwrap_or(text).replace('/', "-");
        let Ok(day) = day.parse::<jiff::civil::Date>() else { return };
        let day = day.to_string();
        let (first, last) = self.closed.get_or_insert_with(|| (day.clone(), day.clone()));
        if day < *first {
            first.clone_from(&day);
        }
        if day > *last {
            *last = day;
        }
    }

    /// Holds the cases against the numbers drawn, the answers and the disposition table, one complaint for each kind and stratum.
    #[must_use]
    pub fn contradictions(&self, frame: Option<&Frame>, responses: &Responses, counted: Option<&Dispositions>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (name, stratum) in frame.iter().flat_map(|f| &f.strata) {
            let cases = self.dispositions.strata.get(name).map_or(0, DispositionCounts::total);
            if let Some(drawn) = stratum.drawn.filter(|d| u128::from(*d) != cases) {
                findings.push(self.unbalanced("drawn", drawn, cases).about(name).with("stratum", name));
            }
        }
        for (name, counts) in frame.map(|f| (f, &self.dispositions.strata)).iter().flat_map(|(f, strata)| {
            let strange = strata.iter().filter(|(name, _)| !f.strata.contains_key(*name));
            strange.collect::<Vec<_>>()
        }) {
            findings.push(self.unbalanced("no-stratum", 0, counts.total()).about(name).with("stratum", name));
        }
        if let Some(table) = counted.filter(|t| t.total != self.dispositions.total) {
            findings.push(self.unbalanced("table", table.total.total(), self.dispositions.total.total()));
        }
        self.against_answers(responses, &mut findings);
        findings
    }

    fn unbalanced(&self, what: &str, expected: impl std::fmt::Display, got: impl std::fmt::Display) -> Finding {
        let finding = Finding::new(Code::CasesUnbalanced, Place::file(&self.input.file));
        finding
            .with("what", what)
            .with("wanted", expected)
            .with("found", got)
            .with("stratum", "–")
    }

    fn against_answers(&self, responses: &Responses, findings: &mut Vec<Finding>) {
        let Some(ids) = &responses.respondent else { return };
        let (mut unlisted, mut closed_otherwise) = (Vec::new(), Vec::new());
        let mut answered: BTreeSet<u64> = BTreeSet::new();
        for (id, line) in ids.iter().zip(&responses.line) {
            match self.by_id.get(id) {
                None => unlisted.push(u64::from(*line)),
                Some(case) if matches!(case.class, FinalClass::Complete | FinalClass::Partial) => {
                    answered.insert(*id);
                }
                Some(_) => closed_otherwise.push(u64::from(*line)),
            }
        }
        for (what, lines) in [("unlisted", unlisted), ("closed-otherwise", closed_otherwise)] {
            if let Some(first) = lines.first() {
                let finding = Finding::new(Code::CasesUnbalanced, Place::line(&responses.file, *first));
                findings.push(
                    finding
                        .with("what", what)
                        .with("wanted", 0)
                        .with("found", lines.len())
                        .with("stratum", "–"),
                );
            }
        }
        let interviews = self.dispositions.total.complete + self.dispositions.total.partial;
        let silent = self
            .by_id
            .iter()
            .filter(|(id, case)| matches!(case.class, FinalClass::Complete | FinalClass::Partial) && !answered.contains(*id));
        if let Some(line) = silent.map(|(_, case)| case.line).min() {
            let finding = Finding::new(Code::CasesUnbalanced, Place::line(&self.input.file, line));
            findings.push(
                finding
                    .with("what", "no-answer")
                    .with("wanted", interviews)
                    .with("found", answered.len())
                    .with("stratum", "–"),
            );
        }
    }
}

/// The same digest as that of the answers, so that the two can be joined.
fn digest(survey: &Survey, id: &str) -> u64 {
    XxHash64::oneshot(survey.design.seed, id.as_bytes()).max(1)
}
