//! The packed respondents of one wave, and how rows become them.

use super::answer::{AnswerReader, FaultKind, Packed, packed_missing};
use super::decode::FileFacts;
use super::facts::{TimeReader, has_date_form, read_duration};
use super::table::{Table, trimmed};
use super::traces::{TraceReader, Traces};
use crate::finding::{Code, Finding, Findings, Place, Refusal};
use crate::round::printed;
use crate::survey::definition::Wave;
use crate::survey::{MissingReason, Survey};
use std::collections::BTreeMap;
use twox_hash::XxHash64;

/// Most distinct base weights: each makes cells of its own in the tally.
const WEIGHT_CLASSES_MAX: usize = 1000;

/// Names seen in a categorical column, numbered in order of first appearance.
#[derive(Debug, Clone, Default)]
pub struct Categories {
    names: Vec<String>,
    numbers: BTreeMap<String, u16>,
}

impl Categories {
    /// The names, by number.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The number of a name, given now if it is new; `None` when there are too many.
    pub fn number(&mut self, name: &str) -> Option<u16> {
        if let Some(number) = self.numbers.get(name) {
            return Some(*number);
        }
        let number = u16::try_from(self.names.len()).ok()?;
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        Some(number)
    }
}

impl Categories {
    /// The same rows under other names, numbered by name; names that become the same are one category.
    #[must_use]
    pub fn renamed(&self, of_row: &[u16], name: impl Fn(&str) -> String) -> (Self, Vec<u16>) {
        let names: Vec<String> = self.names.iter().map(|n| name(n)).collect();
        let distinct: std::collections::BTreeSet<&String> = names.iter().collect();
        let mut renamed = Self::default();
        for name in distinct {
            // Never more names than before.
            let _ = renamed.number(name);
        }
        let new: Vec<u16> = names.iter().map(|n| renamed.numbers.get(n).copied().unwrap_or(0)).collect();
        let of_row = of_row.iter().map(|old| new.get(usize::from(*old)).copied().unwrap_or(0));
        let of_row = of_row.collect();
        (renamed, of_row)
    }
}

impl Categories {
    /// Numbers the names anew in their sorted order and gives the new number of each old one.
    fn sort(&mut self) -> Vec<u16> {
        let new: Vec<u16> = self.numbers.values().copied().collect();
        let mut of_old = vec![0; self.names.len()];
        for ((sorted, old), number) in new.into_iter().enumerate().zip(self.numbers.values_mut()) {
            of_old[usize::from(old)] = sorted as u16;
            *number = sorted as u16;
        }
        self.names = self.numbers.keys().cloned().collect();
        of_old
    }
}

/// A column whose categories are kept: to report by, or for a margin of the weights.
#[derive(Debug, Clone)]
pub struct DomainColumn {
    /// Column name.
    pub name: String,
    /// Whether it is reported by; a column of a margin alone is not.
    pub reported: bool,
    /// Its values.
    pub categories: Categories,
    /// Value of each row.
    pub of_row: Vec<u16>,
}

impl DomainColumn {
    /// The columns of a survey, without rows.
    fn all(survey: &Survey) -> Vec<Self> {
        let columns = survey.category_columns();
        columns.iter().map(|name| Self::new(name, &survey.columns.domains)).collect()
    }

    fn new(name: &str, reported: &[String]) -> Self {
        Self {
            name: name.to_owned(),
            reported: reported.iter().any(|r| r == name),
            categories: Categories::default(),
            of_row: Vec::new(),
        }
    }
}

/// An answer that its scale does not know.
#[derive(Debug, Clone, Copy)]
pub struct AnswerFault {
    /// Row of the packed answers.
    pub row: u32,
    /// Item.
    pub item: u16,
    /// What is wrong with it.
    pub kind: FaultKind,
    /// Number of its (redacted) text in [`Responses::fault_texts`].
    pub text: u16,
}

/// A fact of a row that cannot be true.
#[derive(Debug, Clone, Copy)]
pub struct RowFault {
    /// Row of the packed answers.
    pub row: u32,
    /// [`Code::ImpossibleDate`] or [`Code::BadDuration`].
    pub code: Code,
    /// Number of its (redacted) text in [`Responses::fault_texts`].
    pub text: u16,
}

/// The respondents of one wave, packed. Vectors by row all have the same length.
#[derive(Debug, Clone)]
pub struct Responses {
    /// Response file as named in the definition.
    pub file: String,
    /// Digest, length, encoding of that file.
    pub facts: FileFacts,
    /// Its columns in their order, under the names that the definition knows them by.
    pub header: Vec<String>,
    /// Items in a row of `answers`.
    pub item_count: usize,
    /// Answers, row by row.
    pub answers: Vec<Packed>,
    /// Physical line of each row in the file.
    pub line: Vec<u32>,
    /// Keyed 64-bit digest of the respondent's identity, 0 where the cell was empty. Never written anywhere.
    pub respondent: Option<Vec<u64>>,
    /// Stratum names; a single empty name when the survey has no strata.
    pub strata: Categories,
    /// Stratum of each row.
    pub stratum: Vec<u16>,
    /// Cluster names, and the cluster of each row, where clusters were drawn.
    pub psu: Option<(Categories, Vec<u16>)>,
    /// Columns whose categories are kept.
    pub domains: Vec<DomainColumn>,
    /// Seconds taken, not-a-number where unknown.
    pub duration: Option<Vec<f32>>,
    /// Whether the status column says finished.
    pub finished: Option<Vec<bool>>,
    /// Whether the attention question was answered right.
    pub attentive: Option<Vec<bool>>,
    /// Distinct base weights, and the class of each row.
    pub weight: Option<(Vec<f64>, Vec<u16>)>,
    /// Traces of how the interview came about, for the forensics.
    pub traces: Traces,
    /// Faulty answers.
    pub answer_faults: Vec<AnswerFault>,
    /// Impossible facts.
    pub row_faults: Vec<RowFault>,
    /// Redacted texts of the faults.
    pub fault_texts: Categories,
    /// What else was noticed while reading.
    pub noticed: Vec<Finding>,
    /// Cells that were neither blank nor read as missing: the base of the faulty share.
    pub given_answers: u64,
}

impl Responses {
    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.line.len()
    }

    /// True without rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.line.is_empty()
    }

    /// The answers of one row.
    #[must_use]
    pub fn row(&self, row: usize) -> &[Packed] {
        self.answers
            .get(row * self.item_count..(row + 1) * self.item_count)
            .unwrap_or_default()
    }
}

/// Turns rows of text into packed respondents.
pub(super) struct Packer {
    out: Responses,
    items: Vec<(usize, AnswerReader)>,
    respondent: Option<usize>,
    strata: Vec<usize>,
    psu: Option<usize>,
    domains: Vec<usize>,
    duration: Option<usize>,
    submitted: Option<(usize, TimeReader)>,
    status: Option<(usize, Vec<String>)>,
    attention: Option<(usize, Vec<String>)>,
    weight: Option<(usize, BTreeMap<u64, u16>)>,
    traces: Option<TraceReader>,
    seed: u64,
    faulty_share_max: f64,
    findings: Findings,
    bad_weights: u64,
    missing_psus: u64,
    stratum_key: String,
    last_stratum: (String, u16),
}

impl Packer {
    /// Finds every column that the survey needs; the absent ones are complaints of the table.
    pub(super) fn new(survey: &Survey, wave: &Wave, table: &mut Table) -> Self {
        let columns = &survey.columns;
        let cleaning = &survey.cleaning;
        let mut one = |name: &Option<String>| name.as_ref().and_then(|n| table.column(n));
        let respondent = one(&columns.respondent);
        let duration = one(&columns.duration);
        let submitted = one(&columns.submitted);
        let weight = one(&columns.weight);
        let psu = one(&columns.psu);
        let status = cleaning
            .unfinished
            .as_ref()
            .and_then(|r| Some((table.column(&r.column)?, r.finished.clone())));
        let attention = cleaning
            .attention
            .as_ref()
            .and_then(|r| Some((table.column(&r.column)?, r.expected.clone())));
        let strata: Vec<usize> = columns.strata.iter().filter_map(|name| table.column(name)).collect();
        let domains: Vec<usize> = survey.category_columns().iter().filter_map(|name| table.column(name)).collect();
        let items = survey
            .items
            .iter()
            .filter_map(|i| Some((table.column(&i.column)?, AnswerReader::new(&i.scale))))
            .collect();
        let day = |text: &Option<String>| text.as_ref().and_then(|t| t.parse().ok());
        let times = || TimeReader::new(columns.submitted_format.clone(), day(&wave.field_start), day(&wave.field_end));
        let traces = TraceReader::of(survey, table, submitted.map(|at| (at, times())));
        let out = Responses {
            file: table.file.clone(),
            facts: table.facts.clone(),
            header: table.header.clone(),
            item_count: survey.items.len(),
            answers: Vec::new(),
            line: Vec::new(),
            respondent: respondent.map(|_| Vec::new()),
            strata: Categories::default(),
            stratum: Vec::new(),
            psu: psu.map(|_| (Categories::default(), Vec::new())),
            domains: DomainColumn::all(survey),
            duration: duration.map(|_| Vec::new()),
            finished: status.as_ref().map(|_| Vec::new()),
            attentive: attention.as_ref().map(|_| Vec::new()),
            weight: weight.map(|_| (Vec::new(), Vec::new())),
            traces: Traces::default(),
            answer_faults: Vec::new(),
            row_faults: Vec::new(),
            fault_texts: Categories::default(),
            noticed: Vec::new(),
            given_answers: 0,
        };
        Self {
            out,
            items,
            respondent,
            strata,
            psu,
            domains,
            duration,
            submitted: submitted.map(|at| (at, times())),
            status,
            attention,
            weight: weight.map(|at| (at, BTreeMap::new())),
            traces,
            seed: survey.design.seed,
            faulty_share_max: cleaning.faulty_share_max.unwrap_or(0.05),
            findings: Findings::default(),
            bad_weights: 0,
            missing_psus: 0,
            stratum_key: String::new(),
            last_stratum: (String::new(), 0),
        }
    }

    /// Makes room for the rows that a file of this length will hold, judged by the rows seen so far, so that no vector
    /// has to be moved to twice its size later.
    pub(super) fn expect(&mut self, bytes_read: u64, bytes_in_all: u64) {
        let seen = self.out.len();
        if seen == 0 || bytes_read == 0 {
            return;
        }
        let rows = (bytes_in_all as f64 / bytes_read as f64 * seen as f64 * 1.01) as usize;
        let more = rows.saturating_sub(seen);
        let out = &mut self.out;
        out.answers.reserve_exact(more * out.item_count);
        out.line.reserve_exact(more);
        out.stratum.reserve_exact(more);
        out.respondent.iter_mut().for_each(|v| v.reserve_exact(more));
        out.duration.iter_mut().for_each(|v| v.reserve_exact(more));
        out.finished
            .iter_mut()
            .chain(&mut out.attentive)
            .for_each(|v| v.reserve_exact(more));
        out.domains.iter_mut().for_each(|d| d.of_row.reserve_exact(more));
    }

    /// Packs one row.
    pub(super) fn push(&mut self, line: u64, record: &csv::ByteRecord) -> Result<(), Refusal> {
        let row = u32::try_from(self.out.len()).unwrap_or(u32::MAX);
        self.out.line.push(u32::try_from(line).unwrap_or(u32::MAX));
        self.push_answers(row, record);
        self.push_stratum(record)?;
        self.push_psu(line, record)?;
        self.push_facts(row, record);
        for (domain, &at) in self.out.domains.iter_mut().zip(&self.domains) {
            let cell = record.get(at).map(String::from_utf8_lossy).unwrap_or_default();
            let shown = crate::text::shown(trimmed(&cell), 80);
            let number = domain
                .categories
                .number(&shown)
                .ok_or_else(|| too_many(&self.out.file, &domain.name))?;
            domain.of_row.push(number);
        }
        if let (Some(digests), Some(at)) = (&mut self.out.respondent, self.respondent) {
            let cell = record.get(at).map(String::from_utf8_lossy).unwrap_or_default();
            let id = trimmed(&cell);
            digests.push(if id.is_empty() {
                0
            } else {
                XxHash64::oneshot(self.seed, id.as_bytes()).max(1)
            });
        }
        if let Some(reader) = &mut self.traces {
            reader.push(&mut self.out.traces, record);
        }
        self.push_weight(line, record)
    }

    fn push_answers(&mut self, row: u32, record: &csv::ByteRecord) {
        for (position, (at, reader)) in self.items.iter().enumerate() {
            let cell = record.get(*at).unwrap_or_default();
            let packed = match reader.read(cell) {
                Ok(packed) => packed,
                Err(kind) => {
                    let text = fault_text(&mut self.out.fault_texts, cell);
                    let item = u16::try_from(position).unwrap_or(u16::MAX);
                    self.out.answer_faults.push(AnswerFault { row, item, kind, text });
                    packed_missing(MissingReason::Invalid)
                }
            };
            self.out.given_answers += u64::from(super::answer::is_score(packed) || packed == packed_missing(MissingReason::Invalid));
            self.out.answers.push(packed);
        }
    }

    fn push_stratum(&mut self, record: &csv::ByteRecord) -> Result<(), Refusal> {
        self.stratum_key.clear();
        for (position, &at) in self.strata.iter().enumerate() {
            if position > 0 {
                self.stratum_key.push('·');
            }
            let cell = record.get(at).map(String::from_utf8_lossy).unwrap_or_default();
            self.stratum_key.push_str(&crate::text::shown(trimmed(&cell), 80));
        }
        // Neighbouring rows often share their stratum.
        if self.stratum_key != self.last_stratum.0 || self.out.stratum.is_empty() {
            let number = self
                .out
                .strata
                .number(&self.stratum_key)
                .ok_or_else(|| too_many(&self.out.file, "strata"))?;
            self.last_stratum = (self.stratum_key.clone(), number);
        }
        self.out.stratum.push(self.last_stratum.1);
        Ok(())
    }

    /// A respondent without a cluster belongs to no sample of clusters.
    fn push_psu(&mut self, line: u64, record: &csv::ByteRecord) -> Result<(), Refusal> {
        let (Some((names, of_row)), Some(at)) = (&mut self.out.psu, self.psu) else {
            return Ok(());
        };
        let cell = record.get(at).map(String::from_utf8_lossy).unwrap_or_default();
        let name = crate::text::shown(trimmed(&cell), 80);
        if name.is_empty() {
            self.missing_psus += 1;
            if self.missing_psus <= 20 {
                self.findings
                    .add(Finding::new(Code::PsuMissing, Place::cell(&self.out.file, line, at as u64 + 1)));
            }
        }
        of_row.push(names.number(&name).ok_or_else(|| too_many(&self.out.file, "psu"))?);
        Ok(())
    }

    fn push_facts(&mut self, row: u32, record: &csv::ByteRecord) {
        let cell = |at: usize| record.get(at).map(String::from_utf8_lossy).unwrap_or_default();
        if let (Some(durations), Some(at)) = (&mut self.out.duration, self.duration) {
            let text = cell(at);
            let seconds = read_duration(&text);
            if seconds.is_none() && !trimmed(&text).is_empty() {
                let text = fault_text(&mut self.out.fault_texts, text.as_bytes());
                self.out.row_faults.push(RowFault {
                    row,
                    code: Code::BadDuration,
                    text,
                });
            }
            durations.push(seconds.map_or(f32::NAN, |s| s as f32));
        }
        if let Some((at, times)) = &mut self.submitted {
            let text = cell(*at);
            if !times.is_possible(&text) {
                let shown = if has_date_form(&text) {
                    crate::text::shown(&text, 40)
                } else {
                    crate::text::redacted(&text)
                };
                let text = number_of(&mut self.out.fault_texts, &shown);
                self.out.row_faults.push(RowFault {
                    row,
                    code: Code::ImpossibleDate,
                    text,
                });
            }
        }
        let is_one_of = |at: usize, words: &[String]| {
            let text = cell(at);
            words.iter().any(|w| w == trimmed(&text))
        };
        if let (Some(finished), Some((at, words))) = (&mut self.out.finished, &self.status) {
            finished.push(is_one_of(*at, words));
        }
        if let (Some(attentive), Some((at, words))) = (&mut self.out.attentive, &self.attention) {
            attentive.push(is_one_of(*at, words));
        }
    }

    fn push_weight(&mut self, line: u64, record: &csv::ByteRecord) -> Result<(), Refusal> {
        let (Some((values, classes)), Some((at, numbers))) = (&mut self.out.weight, &mut self.weight) else {
            return Ok(());
        };
        let cell = record.get(*at).map(String::from_utf8_lossy).unwrap_or_default();
        let weight = trimmed(&cell).parse::<f64>().ok().filter(|w| w.is_finite() && *w > 0.0);
        let Some(weight) = weight else {
            self.bad_weights += 1;
            if self.bad_weights <= 20 {
                let finding = Finding::new(Code::BadWeight, Place::cell(&self.out.file, line, *at as u64 + 1));
                self.findings.add(finding.with("got", crate::text::redacted(&cell)));
            }
            return Ok(());
        };
        let next = u16::try_from(values.len()).unwrap_or(u16::MAX);
        let class = *numbers.entry(weight.to_bits()).or_insert_with(|| {
            values.push(weight);
            next
        });
        if values.len() > WEIGHT_CLASSES_MAX {
            let finding = Finding::new(Code::TooManyWeights, Place::cell(&self.out.file, line, *at as u64 + 1));
            return Err(finding.with("limit", WEIGHT_CLASSES_MAX).into());
        }
        classes.push(class);
        Ok(())
    }

    /// Ends the reading: too large a share of faulty answers stops the run.
    pub(super) fn finish(mut self, facts: FileFacts, noticed: Vec<Finding>) -> Result<Responses, Refusal> {
        self.out.facts = facts;
        self.out.noticed = noticed;
        let faulty = self.out.answer_faults.len() as f64;
        let share = if self.out.given_answers == 0 {
            0.0
        } else {
            faulty / self.out.given_answers as f64
        };
        if share > self.faulty_share_max {
            self.findings.add(self.too_many_faults(share));
        }
        if let Some(finding) = self.too_many_impossible_dates() {
            self.findings.add(finding);
        }
        std::mem::take(&mut self.findings).settle()?;
        self.number_by_name();
        Ok(self.out)
    }

    /// Numbers strata, domains and weights by their sorted names, so that no later sum depends on the order of the rows.
    fn number_by_name(&mut self) {
        let renumber = |of_row: &mut [u16], new: &[u16]| {
            of_row
                .iter_mut()
                .for_each(|number| *number = new.get(usize::from(*number)).copied().unwrap_or(*number));
        };
        renumber(&mut self.out.stratum, &self.out.strata.sort());
        if let Some((names, of_row)) = &mut self.out.psu {
            renumber(of_row, &names.sort());
        }
        for domain in &mut self.out.domains {
            renumber(&mut domain.of_row, &domain.categories.sort());
        }
        if let Some((values, classes)) = &mut self.out.weight {
            let mut order: Vec<u16> = (0..values.len() as u16).collect();
            order.sort_by(|a, b| values[usize::from(*a)].total_cmp(&values[usize::from(*b)]));
            let mut new = vec![0; values.len()];
            order
                .iter()
                .enumerate()
                .for_each(|(sorted, old)| new[usize::from(*old)] = sorted as u16);
            values.sort_by(f64::total_cmp);
            renumber(classes, &new);
        }
    }

    /// Field dates or a time format that fit only few rows are a fault of the definition or of the file.
    fn too_many_impossible_dates(&self) -> Option<Finding> {
        let mut faults = self.out.row_faults.iter().filter(|f| f.code == Code::ImpossibleDate);
        let first = faults.next()?;
        let count = 1 + faults.count();
        let share = count as f64 / self.out.len() as f64;
        let line = self.out.line.get(first.row as usize).map_or(0, |l| u64::from(*l));
        let text = self.out.fault_texts.names().get(usize::from(first.text)).map_or("", String::as_str);
        (share > self.faulty_share_max).then(|| {
            Finding::new(Code::TooManyImpossibleDates, Place::line(&self.out.file, line))
                .with("share", printed(share * 100.0, 1))
                .with("max", printed(self.faulty_share_max * 100.0, 1))
                .with("count", count)
                .with("example", text)
        })
    }

    fn too_many_faults(&self, share: f64) -> Finding {
        let first = self.out.answer_faults.first();
        let outside = self.out.answer_faults.iter().filter(|f| f.kind == FaultKind::OutOfScale).count();
        let line = first.and_then(|f| self.out.line.get(f.row as usize)).map_or(0, |l| u64::from(*l));
        let column = first
            .and_then(|f| self.items.get(usize::from(f.item)))
            .map_or(0, |(at, _)| *at as u64 + 1);
        let text = first
            .and_then(|f| self.out.fault_texts.names().get(usize::from(f.text)))
            .map_or("", String::as_str);
        Finding::new(Code::TooManyFaults, Place::cell(&self.out.file, line, column))
            .with("share", printed(share * 100.0, 1))
            .with("max", printed(self.faulty_share_max * 100.0, 1))
            .with(
                "kind",
                if outside * 2 > self.out.answer_faults.len() {
                    "out-of-scale"
                } else {
                    "unknown-label"
                },
            )
            .with("count", self.out.answer_faults.len())
            .with("example", text)
    }
}

/// The number of a redacted fault text; texts beyond the 65,000th share the last number, as "…".
fn fault_text(texts: &mut Categories, cell: &[u8]) -> u16 {
    number_of(texts, &crate::text::redacted(&String::from_utf8_lossy(cell)))
}

fn number_of(texts: &mut Categories, text: &str) -> u16 {
    let full = texts.names().len() >= usize::from(u16::MAX) - 1;
    texts.number(if full { "…" } else { text }).unwrap_or(u16::MAX)
}

fn too_many(file: &str, column: &str) -> Finding {
    Finding::new(Code::TooManyCategories, Place::file(file))
        .with("column", column)
        .with("limit", u16::MAX)
}
