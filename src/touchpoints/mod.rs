//! What people say beside the items: questions with a number of their own, complaints, open answers.
//!
//! The response file is read a second time for the columns that no item uses; what leaves this module are answers by row for
//! [`crate::tally::side_tallies`], counts of respondents, and, where the definition asks for them, a few masked quotations. The text of
//! an open answer lives no longer than its row.

pub mod compared;
mod complaints;
pub mod open;
pub mod register;

pub use complaints::ComplaintColumns;

use crate::evidence::InputFile;
use crate::finding::{Code, Finding, Place, Refusal};
use crate::ingest::Responses;
use crate::ingest::answer::{AnswerReader, is_score, missing_reason};
use crate::ingest::table::{Reading, Table, trimmed};
use crate::io::World;
use crate::score::Scoring;
use crate::survey::definition::Wave;
use crate::survey::touchpoints::{AnswerSource, MeasureSpec};
use crate::survey::{MissingReason, Survey};
use crate::tally::SideColumn;
use complaints::ComplaintReader;
use open::{OpenGathered, OpenReader};
use register::RegisterSummary;
use std::collections::BTreeMap;

/// What was read for one wave.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// Answers to each measure, in the order of the definition.
    pub measures: Vec<SideAnswers>,
    /// Who complained and of what.
    pub complaints: Option<ComplaintColumns>,
    /// The register of complaints.
    pub register: Option<RegisterSummary>,
    /// Open questions, in the order of the definition.
    pub open: Vec<OpenGathered>,
    /// Files read.
    pub inputs: Vec<InputFile>,
    /// What is to be said of them.
    pub findings: Vec<Finding>,
}

/// Answers to one question, row by row.
#[derive(Debug, Clone, Default)]
pub struct SideAnswers {
    /// Steps above the worst answer.
    pub steps: SideColumn,
    /// Missing answers of those who count, by reason.
    pub missing: BTreeMap<MissingReason, u64>,
}

impl Gathered {
    /// Every column that is estimated: measures, who complained, satisfaction with handling, categories, codes.
    #[must_use]
    pub fn columns(&self) -> Vec<SideColumn> {
        let measures = self.measures.iter().map(|m| m.steps.clone());
        let complaints = self.complaints.iter().flat_map(ComplaintColumns::columns);
        let codes = self
            .open
            .iter()
            .flat_map(|o| o.coding.iter().flat_map(|c| c.columns.iter().cloned()));
        measures.chain(complaints).chain(codes).collect()
    }
}

/// Reads everything for one wave. Faults of all files are told together.
pub fn gather(survey: &Survey, wave: &Wave, world: &dyn World, responses: &Responses, kept: &[bool]) -> Result<Gathered, Refusal> {
    let spec = &survey.touchpoints;
    if spec.is_empty() {
        return Ok(Gathered::default());
    }
    let mut gathered = Gathered::default();
    let mut faults = Vec::new();
    if let Err(refusal) = second_reading(survey, wave, world, responses, kept, &mut gathered) {
        faults.extend(refusal.0);
    }
    let register = spec.complaints.as_ref().and_then(|c| c.register.as_ref());
    if let Some((register, file)) = register.and_then(|r| Some((r, r.files.get(&wave.id)?))) {
        match register::read_register(register, file, world) {
            Ok((summary, input)) => {
                gathered.register = Some(summary);
                gathered.inputs.push(input);
            }
            Err(refusal) => faults.extend(refusal.0),
        }
    }
    for (question, found) in spec.open.iter().zip(&mut gathered.open) {
        match open::coding::read_coding(survey, wave, question, responses, kept, world) {
            Ok(Some((coding, inputs, findings))) => {
                found.coding = Some(coding);
                gathered.inputs.extend(inputs);
                gathered.findings.extend(findings);
            }
            Ok(None) => {}
            Err(refusal) => faults.extend(refusal.0),
        }
    }
    if faults.is_empty() { Ok(gathered) } else { Err(Refusal(faults)) }
}

/// A measure whose answers stand in a column of their own.
struct MeasureReader {
    at: Option<usize>,
    answers: AnswerReader,
    scoring: Scoring,
    out: SideAnswers,
    unknown: u64,
}

impl MeasureReader {
    fn new(spec: &MeasureSpec, column: &str, table: &mut Table, rows: usize) -> Self {
        Self {
            at: table.column(column),
            answers: AnswerReader::new(&spec.scale),
            scoring: Scoring {
                range: spec.scale.range(),
                reversed: spec.reversed,
            },
            out: SideAnswers {
                steps: vec![None; rows],
                missing: BTreeMap::new(),
            },
            unknown: 0,
        }
    }

    fn push(&mut self, row: usize, record: &csv::ByteRecord) {
        let cell = self.at.and_then(|at| record.get(at)).unwrap_or_default();
        match self.answers.read(cell) {
            Ok(packed) if is_score(packed) => {
                if let Some(step) = self.out.steps.get_mut(row) {
                    *step = self.scoring.steps(packed);
                }
            }
            Ok(packed) => add_missing(&mut self.out.missing, missing_reason(packed)),
            Err(_) => {
                self.unknown += 1;
                add_missing(&mut self.out.missing, Some(MissingReason::Invalid));
            }
        }
    }
}

fn add_missing(missing: &mut BTreeMap<MissingReason, u64>, reason: Option<MissingReason>) {
    if let Some(reason) = reason {
        *missing.entry(reason).or_insert(0) += 1;
    }
}

/// Answers to an item, which are packed already.
fn of_item(survey: &Survey, item: usize, responses: &Responses, kept: &[bool]) -> SideAnswers {
    let mut out = SideAnswers {
        steps: vec![None; responses.len()],
        missing: BTreeMap::new(),
    };
    let Some(scoring) = survey.items.get(item).map(Scoring::of) else {
        return out;
    };
    for (row, step) in out.steps.iter_mut().enumerate().filter(|(row, _)| kept.get(*row) == Some(&true)) {
        if let Some(packed) = responses.row(row).get(item) {
            *step = scoring.steps(*packed);
            add_missing(&mut out.missing, missing_reason(*packed));
        }
    }
    out
}

/// Goes through the response file once more for the columns that no item uses.
fn second_reading(
    survey: &Survey,
    wave: &Wave,
    world: &dyn World,
    responses: &Responses,
    kept: &[bool],
    gathered: &mut Gathered,
) -> Result<(), Refusal> {
    let spec = &survey.touchpoints;
    let reading = Reading {
        encoding: wave.encoding.as_deref(),
        delimiter: wave.delimiter.as_deref(),
    };
    let mut table = Table::open(world, &wave.responses, reading)?;
    table.rename(&wave.aliases);
    let rows = responses.len();
    let mut measures: BTreeMap<usize, MeasureReader> = BTreeMap::new();
    for (number, measure) in spec.measures.iter().enumerate() {
        if let AnswerSource::Column(column) = &measure.source {
            measures.insert(number, MeasureReader::new(measure, column, &mut table, rows));
        }
    }
    let mut complaints = spec.complaints.as_ref().and_then(|c| ComplaintReader::new(c, &mut table, rows));
    let mut open: Vec<OpenReader<'_>> = spec
        .open
        .iter()
        .map(|q| OpenReader::new(q, survey.design.seed, &mut table))
        .collect();
    table.settle()?;
    if !measures.is_empty() || complaints.is_some() || !open.is_empty() {
        let mut record = csv::ByteRecord::new();
        while let Some(line) = table.next_row(&mut record)? {
            let row = u32::try_from(line).ok().and_then(|line| responses.line.binary_search(&line).ok());
            let Some(row) = row.filter(|row| kept.get(*row) == Some(&true)) else {
                continue;
            };
            measures.values_mut().for_each(|m| m.push(row, &record));
            complaints.iter_mut().for_each(|c| c.push(row, &record));
            open.iter_mut().for_each(|o| o.push(&record));
        }
    }
    for (number, measure) in spec.measures.iter().enumerate() {
        gathered.measures.push(match (measures.remove(&number), &measure.source) {
            (Some(reader), AnswerSource::Column(column)) => {
                gathered.findings.extend(unknown_answers(&table.file, column, reader.unknown));
                reader.out
            }
            (_, AnswerSource::Item(item)) => of_item(survey, *item, responses, kept),
            (None, AnswerSource::Column(_)) => SideAnswers::default(),
        });
    }
    if let Some(reader) = complaints {
        gathered
            .findings
            .extend(unknown_answers(&table.file, &reader.column, reader.unknown));
        let handling = spec.complaints.as_ref().and_then(|c| c.handling);
        let handling = handling.map(|item| of_item(survey, item, responses, kept).steps);
        gathered.complaints = Some(reader.finish(handling));
    }
    gathered.open = open.into_iter().map(OpenReader::finish).collect();
    Ok(())
}

/// Answers that neither scale nor words know are set aside and told.
fn unknown_answers(file: &str, column: &str, count: u64) -> Option<Finding> {
    (count > 0).then(|| {
        Finding::new(Code::SideAnswersUnknown, Place::file(file))
            .with("column", column)
            .with("count", count)
    })
}

/// The text of a cell, trimmed.
fn text_of(record: &csv::ByteRecord, at: Option<usize>) -> String {
    let cell = at.and_then(|at| record.get(at)).map(String::from_utf8_lossy).unwrap_or_default();
    trimmed(&cell).to_owned()
}
