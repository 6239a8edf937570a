//! The record of a draw: what was sealed, what was drawn by, what came out. No id stands in it.
//!
//! Two files, so that an auditor can hold the steps apart. The commitment holds the digest of the frame and the whole design, and no
//! seed: it is filed first. The record adds the seed, which may be a number that nobody could know when the commitment was filed,
//! and the digests of what was drawn.

use super::design::DrawDesign;
use super::keys::DrawKeys;
use super::select::{Drawn, DrawnRow, Role};
use crate::evidence::{InputFile, Producer};
use crate::finding::{Code, Finding, Place, Refusal};
use crate::ingest::decode::hexadecimal;
use crate::io::World;
use crate::sample::frame::{Bucket, UnitFrame, bucket_count, buckets};
use crate::text::spreadsheet_safe;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The newest version of both files that this program reads.
pub const RECORD_VERSION: u32 = 1;

/// How keys are made, as it stands in every record.
pub const KEY_RULE: &str = "key = sha256_hex(frame_sha256 + '|' + seed + '|' + id), ascending; canonical frame: 'id<TAB>sealed columns<LF>', rows in the byte order of ids, UTF-8";

/// What a reserve unit's chance of being asked is, as it stands in every record with a reserve.
pub const RESERVE_RULE: &str = "undefined before fieldwork: a reserve unit is asked only in the place of a unit of its list that could not be; given that some are, they are the next by key, so that asked units together are as if drawn in one go, and weights are to come from the numbers asked and answered by stratum";

/// A sealed frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SealedFrame {
    /// The file as it was read.
    pub input: InputFile,
    /// SHA-256 of the canonical form, hexadecimal.
    pub sha256: String,
    /// Units.
    pub units: u64,
    /// Columns of the canonical form after the id.
    pub sealed: Vec<String>,
    /// Digests of parts, by which a later change is narrowed down.
    pub buckets: Vec<Bucket>,
}

impl SealedFrame {
    /// Seals a frame.
    #[must_use]
    pub fn of(frame: &UnitFrame, input: InputFile, design: &DrawDesign) -> Self {
        Self {
            input,
            sha256: frame.sha256().to_owned(),
            units: frame.len() as u64,
            sealed: design.columns.sealed(),
            buckets: buckets(frame, bucket_count(frame.len())),
        }
    }
}

/// Where a seed comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeedSource {
    /// In words, for example "first prize number of the lottery draw 2026-140".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Day on which it became or becomes known, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// Which of the two files this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RecordKind {
    /// Frame and design, no seed.
    Commitment,
    /// The draw.
    Draw,
}

/// Frame and design, filed before the seed is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// Version of this format.
    pub schema_version: u32,
    /// `commitment`.
    pub kind: RecordKind,
    /// Program that wrote it.
    pub producer: Producer,
    /// The frame.
    pub frame: SealedFrame,
    /// The design.
    pub design: DrawDesign,
    /// Day on which it is sealed, `YYYY-MM-DD`, as stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed_on: Option<String>,
    /// The seed that is to come, as announced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed_announced: Option<SeedSource>,
}

/// The commitment that a draw kept to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeptCommitment {
    /// SHA-256 of the bytes of the commitment file: what was filed has this digest.
    pub sha256: String,
    /// Day on which it was sealed, as stated there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed_on: Option<String>,
    /// The seed as announced there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed_announced: Option<SeedSource>,
}

/// The seed of a draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seed {
    /// The text itself.
    pub value: String,
    /// Where it comes from.
    #[serde(default, flatten)]
    pub from: SeedSource,
}

/// What was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawResult {
    /// Units to ask.
    pub main: u64,
    /// Units of the reserve.
    pub reserve: u64,
    /// SHA-256 of the ids of the main sample in byte order, each ended by a line feed.
    pub main_sha256: String,
    /// SHA-256 of the reserve in the order of the list: order, tab, id, line feed.
    pub reserve_sha256: String,
    /// Attempts that Sampford's design took, by stratum.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attempts: Vec<u64>,
}

/// The record of a draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DrawRecord {
    /// Version of this format.
    pub schema_version: u32,
    /// `draw`.
    pub kind: RecordKind,
    /// Program that drew.
    pub producer: Producer,
    /// The commitment that was filed first; absent where frame and seed came together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<KeptCommitment>,
    /// The frame.
    pub frame: SealedFrame,
    /// The design.
    pub design: DrawDesign,
    /// The seed.
    pub seed: Seed,
    /// How keys are made.
    pub key_rule: String,
    /// Inclusion probability of the units of the reserve; absent without a reserve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserve_probability: Option<String>,
    /// What was drawn.
    pub result: DrawResult,
}

/// Reads a draw record. Another kind of file, or a newer version, is refused.
pub fn read_record(file: &str, world: &dyn World) -> Result<(DrawRecord, InputFile), Refusal> {
    read(file, world, RecordKind::Draw)
}

/// Reads a commitment.
pub fn read_commitment(file: &str, world: &dyn World) -> Result<(Commitment, InputFile), Refusal> {
    read(file, world, RecordKind::Commitment)
}

fn read<T: serde::de::DeserializeOwned>(file: &str, world: &dyn World, kind: RecordKind) -> Result<(T, InputFile), Refusal> {
    const BYTES_MAX: u64 = 64 << 20;
    let unreadable = |error: std::io::Error| {
        let finding = Finding::new(Code::FileUnreadable, Place::file(file));
        finding.with("file", file).with("reason", format!("{:?}", error.kind()))
    };
    let expected = match kind {
        RecordKind::Draw => "kind = draw",
        RecordKind::Commitment => "kind = commitment",
    };
    let bad = |line: u64, reason: String| {
        let place = if line > 0 { Place::line(file, line) } else { Place::file(file) };
        let finding = Finding::new(Code::BadDrawRecord, place);
        finding.with("reason", reason).with("expected", expected)
    };
    let mut text = String::new();
    let opened = world.open(file).map_err(unreadable)?;
    std::io::Read::read_to_string(&mut std::io::Read::take(opened, BYTES_MAX), &mut text).map_err(unreadable)?;
    let value: serde_json::Value = serde_json::from_str(&text).map_err(|e| bad(e.line() as u64, e.to_string()))?;
    let version = value.get("schema_version").and_then(serde_json::Value::as_u64);
    if let Some(version) = version.filter(|v| *v > u64::from(RECORD_VERSION)) {
        let finding = Finding::new(Code::SchemaTooNew, Place::file(file)).with("version", version);
        return Err(finding.with("newest", RECORD_VERSION).into());
    }
    let found = value
        .get("kind")
        .cloned()
        .and_then(|kind| serde_json::from_value::<RecordKind>(kind).ok());
    if found != Some(kind) {
        let kind = value.get("kind").and_then(serde_json::Value::as_str).unwrap_or("?");
        return Err(bad(0, format!("kind = {kind}")).into());
    }
    let read = serde_json::from_value(value).map_err(|e| bad(0, e.to_string()))?;
    Ok((read, InputFile::text("draw", file, &text)))
}

/// A unit of the list of a draw.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedUnit {
    /// The unit.
    pub id: String,
    /// Stratum; empty without strata.
    pub stratum: String,
    /// Cluster; empty without clusters.
    pub cluster: String,
    /// What it is for.
    pub role: Role,
    /// Place in its list.
    pub order: u64,
    /// Probability of being drawn; none for the reserve.
    pub probability: Option<f64>,
    /// Line on which it begins, of the frame, or of the list where it was read from there.
    pub line: u64,
}

/// Names the drawn rows.
#[must_use]
pub fn listed(frame: &UnitFrame, drawn: &Drawn) -> Vec<ListedUnit> {
    let unit = |row: &DrawnRow| ListedUnit {
        id: String::from_utf8_lossy(frame.id(row.row)).into_owned(),
        stratum: frame.strata.name(frame.strata.of(row.row)).to_owned(),
        cluster: frame.clusters.name(frame.clusters.of(row.row)).to_owned(),
        role: row.role,
        order: row.order,
        probability: row.probability,
        line: frame.line(row.row),
    };
    drawn.rows.iter().map(unit).collect()
}

/// The digests of a list, whoever made it.
#[must_use]
pub fn result(units: &[ListedUnit], attempts: Vec<u64>) -> DrawResult {
    let of = |role: Role| units.iter().filter(move |u| u.role == role);
    let mut main: Vec<&str> = of(Role::Main).map(|u| u.id.as_str()).collect();
    main.sort_unstable();
    let mut digest = Sha256::new();
    for id in &main {
        digest.update(id.as_bytes());
        digest.update(b"\n");
    }
    let mut reserve = Sha256::new();
    for unit in of(Role::Reserve) {
        reserve.update(format!("{}\t{}\n", unit.order, unit.id).as_bytes());
    }
    DrawResult {
        main: main.len() as u64,
        reserve: of(Role::Reserve).count() as u64,
        main_sha256: hexadecimal(&digest.finalize()),
        reserve_sha256: hexadecimal(&reserve.finalize()),
        attempts,
    }
}

/// The list as a CSV file: `stratum,cluster,role,order,id,inclusion_probability,base_weight,key`.
#[must_use]
pub fn list_csv(units: &[ListedUnit], frame_sha256: &str, seed: &str) -> Vec<u8> {
    let keys = DrawKeys::new(frame_sha256, seed);
    let mut out = String::from("stratum,cluster,role,order,id,inclusion_probability,base_weight,key\n");
    let cell = |text: &str| format!("\"{}\"", spreadsheet_safe(text).replace('"', "\"\""));
    for unit in units {
        let role = match unit.role {
            Role::Main => "main",
            Role::Reserve => "reserve",
        };
        let (probability, weight) = match unit.probability {
            Some(p) => (format!("{p}"), format!("{}", 1.0 / p)),
            None => (String::new(), String::new()),
        };
        let (stratum, cluster, id) = (cell(&unit.stratum), cell(&unit.cluster), cell(&unit.id));
        let key = hexadecimal(&keys.key(unit.id.as_bytes()));
        out.push_str(&format!(
            "{stratum},{cluster},{role},{},{id},{probability},{weight},{key}\n",
            unit.order
        ));
    }
    out.into_bytes()
}

impl DrawDesign {
    /// Σ sizes: elements of the main sample.
    #[must_use]
    pub fn size(&self) -> u64 {
        crate::stats::saturating_total(self.strata.iter().map(|s| s.size))
    }
}
