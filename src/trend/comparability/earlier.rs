//! Waves taken from an earlier `assessment.json`: estimates, items and bases as they were published, where the answers are gone.
//!
//! Only what needs no answers is had from such a wave. Nothing of it is estimated anew; it is compared like any other wave.

use crate::assessment::{self, WaveAssessment};
use crate::evidence::{InputFile, Producer, sha256};
use crate::finding::{Code, Finding, Place, Refusal};
use crate::io::World;
use crate::survey::definition::Wave;
use crate::survey::{ItemWeights, Survey};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::io::Read;

/// Largest file that is read.
const BYTES_MAX: u64 = 64 << 20;

/// Where a wave was taken from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TakenFrom {
    /// The file, as the definition names it.
    pub file: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// The program that made it.
    pub producer: Producer,
    /// Short name of the survey in it.
    pub survey: String,
    /// The wave in it.
    pub wave: String,
    /// Where item weights came from in it.
    pub item_weights: ItemWeights,
    /// The dimension that was the index in it; absent for a composite.
    pub index_dimension: Option<String>,
}

/// Reads the wave of an earlier assessment, with a note that says so.
///
/// # Errors
/// A file that cannot be read, is no assessment, has another version of the form or another confidence level, or lacks the wave.
pub fn read_wave(survey: &Survey, wave: &Wave, world: &dyn World) -> Result<WaveAssessment, Refusal> {
    let file = wave.assessment.as_deref().unwrap_or_default();
    let bytes = read(world, file)?;
    let assessment = assessment::read(file, &bytes)?;
    let unusable = |reason: &str| {
        let finding = Finding::new(Code::AssessmentUnusable, Place::file(file)).with("file", file);
        finding.with("reason", reason)
    };
    let level = assessment.survey.level;
    if (level - survey.design.level).abs() > 1e-12 {
        let got = unusable("level").with("got", level).with("wanted", survey.design.level);
        return Err(got.into());
    }
    let wanted = wave.assessment_wave.as_deref().unwrap_or(&wave.id);
    let ids: Vec<String> = assessment.waves.iter().map(|w| w.id.clone()).collect();
    let Some(mut found) = assessment.waves.into_iter().find(|w| w.id == wanted) else {
        let got = unusable("wave").with("got", ids.join(", ")).with("wanted", wanted);
        return Err(got.into());
    };
    let input = InputFile {
        kind: "assessment".to_owned(),
        file: crate::text::shown(file, 200),
        sha256: sha256(&bytes),
        bytes: bytes.len() as u64,
        encoding: "UTF-8".to_owned(),
    };
    found.mode = found.mode.or(assessment.survey.mode);
    found.taken = Some(TakenFrom {
        file: input.file.clone(),
        sha256: input.sha256.clone(),
        producer: assessment.producer,
        survey: assessment.survey.id,
        wave: found.id.clone(),
        item_weights: assessment.survey.item_weights,
        index_dimension: assessment.survey.index_dimension,
    });
    found.inputs.push(input);
    found.id.clone_from(&wave.id);
    if let Some(title) = &wave.title {
        found.title.clone_from(title);
    }
    let note = Finding::new(Code::WaveTaken, Place::file(file)).about(&wave.id);
    found.findings.push(note.with("file", file).with("wave", wanted).record());
    Ok(found)
}

fn read(world: &dyn World, file: &str) -> Result<Vec<u8>, Refusal> {
    let unreadable = |reason: String| {
        let finding = Finding::new(Code::FileUnreadable, Place::file(file)).with("file", file);
        finding.with("reason", reason)
    };
    let mut bytes = Vec::new();
    let opened = world.open(file).map_err(|e| unreadable(format!("{:?}", e.kind())))?;
    opened
        .take(BYTES_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| unreadable(format!("{:?}", e.kind())))?;
    if bytes.len() as u64 > BYTES_MAX {
        return Err(unreadable(format!("> {BYTES_MAX} bytes")).into());
    }
    Ok(bytes)
}
