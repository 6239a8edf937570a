//! The two steps of a draw: seal frame and design, then draw with a seed that came up later. Whoever draws, the command or the
//! simulation, takes these.

use super::design::{DesignError, DrawDesign};
use super::record::{
    Commitment, DrawRecord, KEY_RULE, KeptCommitment, ListedUnit, RECORD_VERSION, RESERVE_RULE, RecordKind, SealedFrame, Seed, SeedSource,
    listed, result,
};
use super::{Role, draw};
use crate::evidence::{InputFile, Producer};
use crate::sample::frame::UnitFrame;

impl Commitment {
    /// Seals a frame and a design. `announced` says where the seed will come from; nothing of it is kept where it says nothing.
    #[must_use]
    pub fn seal(frame: &UnitFrame, input: InputFile, design: DrawDesign, sealed_on: Option<String>, announced: SeedSource) -> Self {
        Self {
            schema_version: RECORD_VERSION,
            kind: RecordKind::Commitment,
            producer: Producer::default(),
            frame: SealedFrame::of(frame, input, &design),
            design,
            sealed_on,
            seed_announced: Some(announced).filter(|a| *a != SeedSource::default()),
        }
    }

    /// What a draw that keeps to it says of it. `sha256` is the digest of its file.
    #[must_use]
    pub fn kept(&self, sha256: String) -> KeptCommitment {
        KeptCommitment {
            sha256,
            sealed_on: self.sealed_on.clone(),
            seed_announced: self.seed_announced.clone(),
        }
    }
}

impl DrawRecord {
    /// Draws, and gives the record with the list of those drawn.
    ///
    /// # Errors
    ///
    /// [`DesignError`] when frame and design do not fit together.
    pub fn of_draw(
        frame: &UnitFrame,
        input: InputFile,
        design: DrawDesign,
        seed: Seed,
        commitment: Option<KeptCommitment>,
    ) -> Result<(Self, Vec<ListedUnit>), DesignError> {
        let drawn = draw(frame, &design, &seed.value)?;
        let units = listed(frame, &drawn);
        let record = Self {
            schema_version: RECORD_VERSION,
            kind: RecordKind::Draw,
            producer: Producer::default(),
            commitment,
            frame: SealedFrame::of(frame, input, &design),
            design,
            seed,
            key_rule: KEY_RULE.to_owned(),
            reserve_probability: units.iter().any(|u| u.role == Role::Reserve).then(|| RESERVE_RULE.to_owned()),
            result: result(&units, drawn.attempts),
        };
        Ok((record, units))
    }
}

/// The text of a commitment or a record as it is filed: its bytes are what digests are made of.
///
/// # Errors
///
/// Those of the JSON writer, which these values do not cause.
pub fn file_text(value: &impl serde::Serialize) -> serde_json::Result<String> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}
