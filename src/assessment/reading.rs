//! An `assessment.json` read back.

use super::{Assessment, SCHEMA_VERSION};
use crate::finding::{Code, Finding, Place, Refusal};
use serde::Deserialize;

/// Reads an assessment that this program wrote. The version is looked at before the rest, because another version has another form.
///
/// # Errors
/// [`Code::AssessmentUnusable`] for another version or another shape, with the line where the shape ends.
pub fn read(file: &str, bytes: &[u8]) -> Result<Assessment, Refusal> {
    let unusable = |reason: &str, line: Option<usize>| {
        let place = line.map_or_else(|| Place::file(file), |line| Place::line(file, line as u64));
        Finding::new(Code::AssessmentUnusable, place)
            .with("file", file)
            .with("reason", reason)
    };
    let shape = |error: serde_json::Error| {
        unusable("shape", Some(error.line()))
            .with("got", error)
            .with("wanted", SCHEMA_VERSION)
    };
    #[derive(Deserialize)]
    struct Version {
        schema_version: Option<u32>,
    }
    let version: Version = serde_json::from_slice(bytes).map_err(shape)?;
    if version.schema_version != Some(SCHEMA_VERSION) {
        let got = version.schema_version.map_or_else(|| "–".to_owned(), |v| v.to_string());
        return Err(unusable("version", None).with("got", got).with("wanted", SCHEMA_VERSION).into());
    }
    serde_json::from_slice(bytes).map_err(|e| shape(e).into())
}
