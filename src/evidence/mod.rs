//! What an output was made from: digests of every input, the program and its version, the seeds.

use crate::ingest::decode::{FileFacts, hexadecimal};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// One input file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InputFile {
    /// What it served as: definition, responses, frame, dispositions, cases, frame-list, draw, draw-list, contacted, scorecard, scheme,
    /// actions, questionnaire-log, sites.
    pub kind: String,
    /// Name as in the definition.
    pub file: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Length in bytes.
    pub bytes: u64,
    /// Encoding it was read in.
    pub encoding: String,
}

/// SHA-256 in hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

impl InputFile {
    /// An input that was read as a table.
    #[must_use]
    pub fn new(kind: &str, file: &str, facts: &FileFacts) -> Self {
        Self {
            kind: kind.to_owned(),
            file: crate::text::shown(file, 200),
            sha256: facts.sha256.clone(),
            bytes: facts.bytes,
            encoding: facts.encoding.name().to_owned(),
        }
    }

    /// An input that was read as UTF-8 text.
    #[must_use]
    pub fn text(kind: &str, file: &str, text: &str) -> Self {
        let sha256 = sha256(text.as_bytes());
        Self {
            kind: kind.to_owned(),
            file: crate::text::shown(file, 200),
            sha256,
            bytes: text.len() as u64,
            encoding: "UTF-8".to_owned(),
        }
    }
}

/// The program that made an output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Producer {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
}

impl Default for Producer {
    fn default() -> Self {
        Self {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}
