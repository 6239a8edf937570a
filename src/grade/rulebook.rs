//! The schemes and the scorecard of a survey, read together.

use super::scheme::{self, Scheme};
use super::{Scorecard, read_scorecard};
use crate::evidence::InputFile;
use crate::finding::{Code, Finding, Place, Refusal};
use crate::io::World;
use crate::survey::Survey;

/// The schemes and the scorecard that a definition names, read and checked.
#[derive(Debug, Clone)]
pub struct Rulebook {
    /// Schemes, in the order named.
    pub schemes: Vec<Scheme>,
    /// Points per clause.
    pub scorecard: Option<Scorecard>,
    /// The files.
    pub inputs: Vec<InputFile>,
}

/// Reads the schemes and the scorecard that a definition names; all faults are told at once.
pub fn read_rulebook(survey: &Survey, world: &dyn World) -> Result<Rulebook, Refusal> {
    let mut rules = Rulebook {
        schemes: Vec::new(),
        scorecard: None,
        inputs: Vec::new(),
    };
    let mut faults = Vec::new();
    for id in &survey.schemes {
        let is_file = std::path::Path::new(id).extension().is_some_and(|e| e == "toml");
        let text = if is_file {
            read_text(id, world)
        } else {
            scheme::shipped(id).map(str::to_owned).ok_or_else(|| unknown_scheme(survey, id))
        };
        let scheme = text.map_err(Refusal::from).and_then(|text| {
            rules.inputs.push(InputFile::text("scheme", id, &text));
            Scheme::parse(id, &text)
        });
        match scheme {
            Ok(scheme) => rules.schemes.push(scheme),
            Err(refusal) => faults.extend(refusal.0),
        }
    }
    if let Some(file) = &survey.scorecard {
        match read_scorecard(file, world) {
            Ok(card) => rules.scorecard = Some(card),
            Err(refusal) => faults.extend(refusal.0),
        }
    }
    if faults.is_empty() { Ok(rules) } else { Err(Refusal(faults)) }
}

fn read_text(file: &str, world: &dyn World) -> Result<String, Finding> {
    let fault = |reason: String| {
        Finding::new(Code::FileUnreadable, Place::file(file))
            .with("file", file)
            .with("reason", reason)
    };
    let mut text = String::new();
    let mut reader = world.open(file).map_err(|e| fault(format!("{:?}", e.kind())))?;
    reader.read_to_string(&mut text).map_err(|e| fault(format!("{:?}", e.kind())))?;
    Ok(text)
}

fn unknown_scheme(survey: &Survey, id: &str) -> Finding {
    let known = scheme::shipped_ids();
    let near = known.join(", ");
    Finding::new(Code::UnknownScheme, Place::file(&survey.file))
        .with("scheme", id)
        .with("nearest", near)
}
