//! What came back held against the record of a draw.
//!
//! Every question has one of three answers: it holds, it does not, it cannot be told from what is at hand. People are shown by the
//! line of a file and four hexadecimal digits of a digest of their id, which thousands of people share.

mod cases;
mod read;
mod strata;
mod substitutes;
mod wave;

pub(crate) use read::as_written;
pub use read::{KnownIds, read_ids, read_list};
pub use strata::DrawnStratum;
pub use wave::{WaveDraw, verify_wave};

use super::draw::design::{DrawDesign, Selection, WithinCluster};
use super::draw::record::{DrawRecord, ListedUnit, listed, result};
use super::draw::{Role, draw};
use super::frame::{ChangedRows, RowChange, UnitFrame, changes, differing};
use crate::ingest::decode::hexadecimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Units that are shown of each kind; counts are of all.
const SHOWN: usize = 20;

/// The answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Holding {
    /// It holds.
    Holds,
    /// It does not.
    DoesNotHold,
    /// What is at hand does not tell.
    CannotTell,
}

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DrawQuestion {
    /// Was frame and design filed before the seed was known?
    SeedAfterFrame,
    /// Is the frame the sealed one?
    FrameUnchanged,
    /// Does the draw, done again, give the recorded sample and reserve?
    DrawRepeats,
    /// Is the list of drawn units that sample?
    ListIsTheSample,
    /// Was every respondent drawn, or in the reserve?
    RespondentsDrawn,
    /// Do all respondents stand in the frame?
    RespondentsInFrame,
    /// Were not more of the reserve used than are missing from the sample?
    SubstitutesNeeded,
    /// Was the reserve used in its order?
    SubstitutesInOrder,
    /// Was everybody with a final disposition drawn, or in the reserve?
    CasesDrawn,
    /// Has everybody of the main sample a final disposition?
    DrawnHaveCases,
}

impl DrawQuestion {
    /// The stable word of a question, as it stands in JSON and as `draw-question-<word>` in the locale files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::SeedAfterFrame => "seed-after-frame",
            Self::FrameUnchanged => "frame-unchanged",
            Self::DrawRepeats => "draw-repeats",
            Self::ListIsTheSample => "list-is-the-sample",
            Self::RespondentsDrawn => "respondents-drawn",
            Self::RespondentsInFrame => "respondents-in-frame",
            Self::SubstitutesNeeded => "substitutes-needed",
            Self::SubstitutesInOrder => "substitutes-in-order",
            Self::CasesDrawn => "cases-drawn",
            Self::DrawnHaveCases => "drawn-have-cases",
        }
    }
}

/// A file that a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LineOf {
    /// The frame.
    Frame,
    /// The frame as it was.
    OldFrame,
    /// The list of drawn units.
    List,
    /// The responses.
    Responses,
    /// The list of cases with their final dispositions.
    Cases,
}

/// A unit as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitMark {
    /// The file.
    pub file: LineOf,
    /// Line of it.
    pub line: u64,
    /// First four hexadecimal digits of SHA-256 of the id; absent for rows that are only narrowed down.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mark: Option<String>,
}

/// An answered question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DrawCheck {
    /// The question.
    pub question: DrawQuestion,
    /// The answer.
    pub holding: Holding,
    /// How many units, rows or buckets speak against it.
    pub count: u64,
    /// The first of them.
    pub units: Vec<UnitMark>,
}

/// The result of a verification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DrawVerification {
    /// SHA-256 of the record file.
    pub record_sha256: String,
    /// SHA-256 of the frame as sealed.
    pub frame_sha256: String,
    /// The seed.
    pub seed: String,
    /// Where the seed comes from, as stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed_source: Option<String>,
    /// Day on which the seed became known, as stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed_date: Option<String>,
    /// SHA-256 of the commitment that was filed before; absent where frame and seed came together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment_sha256: Option<String>,
    /// Day on which frame and design were sealed, as stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed_on: Option<String>,
    /// How the list was made from frame and seed; absent in assessments of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure: Option<DrawProcedure>,
    /// Units of the frame as sealed.
    pub frame_units: u64,
    /// Units drawn.
    pub main: u64,
    /// Units of the reserve.
    pub reserve: u64,
    /// Respondents, each counted once.
    pub respondents: Option<u64>,
    /// Of these, drawn.
    pub responded_main: Option<u64>,
    /// Of these, from the reserve.
    pub responded_reserve: Option<u64>,
    /// Drawn and without a response.
    pub missing: Option<u64>,
    /// The first of them.
    pub missing_units: Vec<UnitMark>,
    /// Further responses of somebody who has responded already.
    pub repeated: Option<u64>,
    /// Responses without an id.
    pub without_id: Option<u64>,
    /// By stratum; empty where who was drawn cannot be told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strata: Vec<DrawnStratum>,
    /// Cases with a final disposition, where they are at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cases: Option<u64>,
    /// Every question that was asked.
    pub checks: Vec<DrawCheck>,
    /// What narrows a change of the frame down.
    pub frame_changes: Option<ChangedRows>,
    /// Rows that changed, where the old frame is at hand; the first 100.
    pub row_changes: Vec<RowChange>,
    /// Number of rows that changed, where the old frame is at hand.
    pub rows_changed: Option<u64>,
    /// True when no question is answered with no.
    pub holds: bool,
}

/// The part of the design that tells how a seed becomes a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DrawProcedure {
    /// How elements are drawn within each stratum.
    pub selection: Selection,
    /// Columns that name the strata.
    pub strata: Vec<String>,
    /// Column of the clusters, where these are drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// What is taken of a drawn cluster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<WithinCluster>,
    /// Column of the sizes, where they matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// Columns by which the list is ordered before a systematic draw.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sort: Vec<String>,
}

impl DrawProcedure {
    fn of(design: &DrawDesign) -> Self {
        Self {
            selection: design.selection,
            strata: design.columns.strata.clone(),
            cluster: design.columns.cluster.clone(),
            within: design.within,
            size: design.columns.size.clone(),
            sort: design.columns.sort.clone(),
        }
    }
}

/// What is at hand besides the record.
#[derive(Clone, Copy, Default)]
pub struct AtHand<'a> {
    /// SHA-256 of the record file.
    pub record_sha256: &'a str,
    /// The frame as it is now, read with the columns of the record.
    pub frame: Option<&'a UnitFrame>,
    /// The frame as it was.
    pub old_frame: Option<&'a UnitFrame>,
    /// The list of drawn units.
    pub list: Option<&'a [ListedUnit]>,
    /// Ids of the responses.
    pub responses: Option<&'a KnownIds>,
    /// Ids of everybody who was contacted.
    pub contacted: Option<&'a KnownIds>,
    /// Ids of everybody with a final disposition. Without `contacted` they also say who was asked.
    pub cases: Option<&'a KnownIds>,
}

/// Holds everything at hand against a record.
#[must_use]
pub fn verify(record: &DrawRecord, hand: AtHand<'_>) -> DrawVerification {
    let mut found = DrawVerification {
        record_sha256: hand.record_sha256.to_owned(),
        frame_sha256: record.frame.sha256.clone(),
        seed: record.seed.value.clone(),
        seed_source: record.seed.from.source.clone(),
        seed_date: record.seed.from.date.clone(),
        commitment_sha256: record.commitment.as_ref().map(|kept| kept.sha256.clone()),
        sealed_on: record.commitment.as_ref().and_then(|kept| kept.sealed_on.clone()),
        procedure: Some(DrawProcedure::of(&record.design)),
        frame_units: record.frame.units,
        main: record.result.main,
        reserve: record.result.reserve,
        respondents: None,
        responded_main: None,
        responded_reserve: None,
        missing: None,
        missing_units: Vec::new(),
        repeated: None,
        without_id: None,
        strata: Vec::new(),
        cases: hand.cases.map(|cases| cases.first_line.len() as u64),
        checks: vec![seed_after_frame(record)],
        frame_changes: None,
        row_changes: Vec::new(),
        rows_changed: None,
        holds: true,
    };
    let sealed = frame(record, &hand, &mut found);
    let again = repeat(record, sealed, &mut found);
    let (sample, file) = sample(record, again, &hand, &mut found);
    match (hand.responses, &sample) {
        (Some(responses), Some(sample)) => respondents(sample, file, responses, &hand, &mut found),
        (Some(_), None) => found.checks.push(check(DrawQuestion::RespondentsDrawn, Holding::CannotTell)),
        (None, _) => {}
    }
    if let Some(sample) = &sample {
        found.checks.extend(cases::checks(sample, file, &hand));
        found.strata = strata::by_stratum(record, sample, &hand);
    }
    found.holds = found.checks.iter().all(|c| c.holding != Holding::DoesNotHold);
    found
}

fn check(question: DrawQuestion, holding: Holding) -> DrawCheck {
    DrawCheck {
        question,
        holding,
        count: 0,
        units: Vec::new(),
    }
}

/// A question that holds unless there are units against it.
fn against(question: DrawQuestion, units: impl Iterator<Item = UnitMark>) -> DrawCheck {
    let all: Vec<UnitMark> = units.collect();
    DrawCheck {
        question,
        holding: if all.is_empty() { Holding::Holds } else { Holding::DoesNotHold },
        count: all.len() as u64,
        units: all.into_iter().take(SHOWN).collect(),
    }
}

fn mark(file: LineOf, line: u64, id: &str) -> UnitMark {
    let digest = hexadecimal(&Sha256::digest(id.as_bytes()));
    UnitMark {
        file,
        line,
        mark: Some(digest.chars().take(4).collect()),
    }
}

/// Dates are written `YYYY-MM-DD`, so that their text orders as they do.
fn seed_after_frame(record: &DrawRecord) -> DrawCheck {
    let holding = match &record.commitment {
        None => Holding::CannotTell,
        Some(kept) => match (&kept.sealed_on, &record.seed.from.date) {
            (Some(sealed), Some(known)) if known < sealed => Holding::DoesNotHold,
            _ => Holding::Holds,
        },
    };
    check(DrawQuestion::SeedAfterFrame, holding)
}

/// The frame to draw from again: the one of now where it is the sealed one, else the old one where that is.
fn frame<'a>(record: &DrawRecord, hand: &AtHand<'a>, found: &mut DrawVerification) -> Option<&'a UnitFrame> {
    let is_sealed = |frame: &&UnitFrame| frame.sha256() == record.frame.sha256;
    let old = hand.old_frame.filter(is_sealed);
    let Some(now) = hand.frame else {
        found.checks.push(check(DrawQuestion::FrameUnchanged, Holding::CannotTell));
        return old;
    };
    if is_sealed(&now) {
        found.checks.push(check(DrawQuestion::FrameUnchanged, Holding::Holds));
        return Some(now);
    }
    let mut answer = check(DrawQuestion::FrameUnchanged, Holding::DoesNotHold);
    let narrowed = differing(now, &record.frame.buckets);
    answer.count = narrowed.buckets;
    if let Some(old) = old {
        let rows = changes(old, now);
        answer.count = rows.len() as u64;
        answer.units = rows.iter().take(SHOWN).map(row_mark).collect();
        found.rows_changed = Some(rows.len() as u64);
        found.row_changes = rows.into_iter().take(100).collect();
    }
    found.frame_changes = Some(narrowed);
    found.checks.push(answer);
    old
}

fn row_mark(change: &RowChange) -> UnitMark {
    let (file, line) = match change {
        RowChange::Changed { new, .. } | RowChange::Added { new } => (LineOf::Frame, *new),
        RowChange::Removed { old } => (LineOf::OldFrame, *old),
    };
    UnitMark { file, line, mark: None }
}

/// The draw done again from the sealed frame, held against the digests of the record.
fn repeat(record: &DrawRecord, sealed: Option<&UnitFrame>, found: &mut DrawVerification) -> Option<Vec<ListedUnit>> {
    let Some(sealed) = sealed else {
        found.checks.push(check(DrawQuestion::DrawRepeats, Holding::CannotTell));
        return None;
    };
    let again = draw(sealed, &record.design, &record.seed.value).ok().map(|drawn| {
        let units = listed(sealed, &drawn);
        (result(&units, drawn.attempts), units)
    });
    let repeats = again.as_ref().is_some_and(|(result, _)| *result == record.result);
    let holding = if repeats { Holding::Holds } else { Holding::DoesNotHold };
    found.checks.push(check(DrawQuestion::DrawRepeats, holding));
    again.map(|(_, units)| units)
}

/// The sample to hold respondents against: the repeated draw, else the list where its digests are those of the record.
fn sample<'a>(
    record: &DrawRecord,
    again: Option<Vec<ListedUnit>>,
    hand: &AtHand<'a>,
    found: &mut DrawVerification,
) -> (Option<std::borrow::Cow<'a, [ListedUnit]>>, LineOf) {
    let Some(list) = hand.list else {
        return (again.map(Into::into), LineOf::Frame);
    };
    if let Some(again) = again {
        found.checks.push(list_against(list, &again));
        return (Some(again.into()), LineOf::Frame);
    }
    let of_list = result(list, record.result.attempts.clone());
    let same = of_list == record.result;
    let holding = if same { Holding::Holds } else { Holding::DoesNotHold };
    found.checks.push(check(DrawQuestion::ListIsTheSample, holding));
    (same.then(|| list.into()), LineOf::List)
}

/// Units of the list that are not drawn so, and drawn ones that the list lacks.
fn list_against(list: &[ListedUnit], again: &[ListedUnit]) -> DrawCheck {
    let drawn: BTreeMap<&str, &ListedUnit> = again.iter().map(|u| (u.id.as_str(), u)).collect();
    let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
    let mut marks = Vec::new();
    for unit in list {
        let times = seen.entry(unit.id.as_str()).or_default();
        *times += 1;
        let as_drawn = drawn.get(unit.id.as_str()).is_some_and(|d| {
            (d.role, d.order, d.probability, &d.stratum, &d.cluster)
                == (unit.role, unit.order, unit.probability, &unit.stratum, &unit.cluster)
        });
        if !as_drawn || *times > 1 {
            marks.push(mark(LineOf::List, unit.line, &unit.id));
        }
    }
    let lacking = again.iter().filter(|u| !seen.contains_key(u.id.as_str()));
    marks.extend(lacking.map(|u| mark(LineOf::Frame, u.line, &u.id)));
    against(DrawQuestion::ListIsTheSample, marks.into_iter())
}

fn respondents(sample: &[ListedUnit], file: LineOf, responses: &KnownIds, hand: &AtHand<'_>, found: &mut DrawVerification) {
    let drawn: BTreeMap<&str, &ListedUnit> = sample.iter().map(|u| (u.id.as_str(), u)).collect();
    let role = |id: &str| drawn.get(id).map(|u| u.role);
    let strangers = || responses.first_line.iter().filter(|(id, _)| role(id).is_none());
    let marked = |(id, line): (&String, &u64)| mark(LineOf::Responses, *line, id);
    found.checks.push(against(DrawQuestion::RespondentsDrawn, strangers().map(marked)));
    if let Some(frame) = hand.frame {
        let outside = strangers().filter(|(id, _)| frame.find(id.as_bytes()).is_none());
        found.checks.push(against(DrawQuestion::RespondentsInFrame, outside.map(marked)));
    }
    let count = |wanted: Role| responses.first_line.keys().filter(|id| role(id) == Some(wanted)).count() as u64;
    found.respondents = Some(responses.first_line.len() as u64);
    found.responded_main = Some(count(Role::Main));
    found.responded_reserve = Some(count(Role::Reserve));
    found.repeated = Some(responses.repeated);
    found.without_id = Some(responses.without_id);
    let missing = || sample.iter().filter(|u| u.role == Role::Main && !responses.holds(&u.id));
    found.missing = Some(missing().count() as u64);
    found.missing_units = missing().take(SHOWN).map(|u| mark(file, u.line, &u.id)).collect();
    found.checks.extend(substitutes::checks(sample, responses, cases::asked(hand)));
}
