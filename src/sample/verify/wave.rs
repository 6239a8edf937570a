//! The draw of a survey's wave, verified with what the definition names.

use super::{AtHand, DrawQuestion, DrawVerification, Holding, read_ids, read_list, verify};
use crate::evidence::InputFile;
use crate::finding::{Code, Finding, Place, Refusal};
use crate::ingest::table::Reading;
use crate::io::World;
use crate::sample::draw::record::{DrawRecord, read_record};
use crate::sample::frame::{UnitFrame, read_frame};
use crate::survey::Survey;
use crate::survey::definition::Wave;

/// A verified draw with the files it was made from and what is to be said of it.
#[derive(Debug, Clone)]
pub struct WaveDraw {
    /// The result.
    pub verification: DrawVerification,
    /// Record, frame, list of the drawn, list of those contacted.
    pub inputs: Vec<InputFile>,
    /// Questions that are answered with no, and a draw that could not be repeated.
    pub findings: Vec<Finding>,
}

/// Verifies the draw of a wave; `None` when the definition names no record. The frame is the file that `frame_list` names, else the
/// one beside the record that the record names, where it is there.
pub fn verify_wave(survey: &Survey, wave: &Wave, world: &dyn World) -> Result<Option<WaveDraw>, Refusal> {
    let Some(file) = &wave.draw else { return Ok(None) };
    let (record, input) = read_record(file, world)?;
    let mut inputs = vec![input.clone()];
    let frame = frame(wave, file, &record, world)?;
    let list = wave.draw_list.as_ref().map(|list| read_list(list, world)).transpose()?;
    let reading = Reading {
        encoding: wave.encoding.as_deref(),
        delimiter: wave.delimiter.as_deref(),
    };
    let column = survey.columns.respondent.as_deref().map(|column| wave.column_here(column));
    let responses = column
        .map(|column| read_ids("responses", &wave.responses, world, reading, column))
        .transpose()?;
    let plain = |kind: &str, file: Option<&String>, column: Option<&String>| {
        let both = file.zip(column);
        both.map(|(file, column)| read_ids(kind, file, world, Reading::default(), column))
            .transpose()
    };
    let id = survey.columns.respondent.as_ref();
    let contacted = plain("contacted", wave.contacted.as_ref(), id)?;
    let cases = plain("cases", wave.cases.as_ref(), survey.cases.id.as_ref().or(id))?;
    inputs.extend(frame.as_ref().map(|(_, input)| input.clone()));
    // The cases stand among the inputs already, as what outcome rates are made of.
    inputs.extend(list.iter().map(|(_, input)| input.clone()));
    inputs.extend(contacted.iter().map(|(_, input)| input.clone()));
    let hand = AtHand {
        record_sha256: &input.sha256,
        frame: frame.as_ref().map(|(frame, _)| frame),
        old_frame: None,
        list: list.as_ref().map(|(units, _)| units.as_slice()),
        responses: responses.as_ref().map(|(ids, _)| ids),
        contacted: contacted.as_ref().map(|(ids, _)| ids),
        cases: cases.as_ref().map(|(ids, _)| ids),
    };
    let verification = verify(&record, hand);
    let findings = findings(&verification, file);
    Ok(Some(WaveDraw {
        verification,
        inputs,
        findings,
    }))
}

fn frame(wave: &Wave, record_file: &str, record: &DrawRecord, world: &dyn World) -> Result<Option<(UnitFrame, InputFile)>, Refusal> {
    let columns = &record.design.columns;
    if let Some(file) = &wave.frame_list {
        return read_frame(file, world, Reading::default(), columns).map(Some);
    }
    // Only the name: a record does not lead out of its own folder.
    let name = record.frame.input.file.rsplit(['/', '\\']).next().unwrap_or_default();
    let beside = record_file.rfind('/').map_or_else(
        || name.to_owned(),
        |at| {
            let folder = record_file.get(..=at).unwrap_or_default();
            format!("{folder}{name}")
        },
    );
    if name.is_empty() || world.open(&beside).is_err() {
        return Ok(None);
    }
    read_frame(&beside, world, Reading::default(), columns).map(Some)
}

fn findings(verification: &DrawVerification, file: &str) -> Vec<Finding> {
    let say = |code: Code, question: DrawQuestion| Finding::new(code, Place::file(file)).with("question", question.word());
    let mut found: Vec<Finding> = Vec::new();
    for check in &verification.checks {
        match (check.holding, check.question) {
            (Holding::DoesNotHold, question) => found.push(say(Code::DrawNotKept, question).with("count", check.count)),
            (Holding::CannotTell, DrawQuestion::SeedAfterFrame) => {
                found.push(Finding::new(Code::SeedNotCommitted, Place::file(file)));
            }
            (Holding::CannotTell, question @ (DrawQuestion::DrawRepeats | DrawQuestion::RespondentsDrawn)) => {
                found.push(say(Code::DrawNotVerified, question));
            }
            _ => {}
        }
    }
    found
}
