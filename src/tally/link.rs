//! What two waves share, as sums: returning respondents, or clusters drawn in both. Part of the waist: identities end here.
//!
//! Two estimates from samples with units in common are correlated. The covariance needs, for every unit of both waves, what leaving it
//! out does to each of the two estimates. So the cases of the shared units are put into cells, as the tally does, unit by unit and wave
//! by wave; what comes out holds answers without identity and without any way back to a row.
//!
//! The unit is the one that was drawn: a respondent, known by the keyed digest of the identity, or where clusters were drawn the cluster,
//! known by its name (and that of its stratum where strata were drawn). Beyond [`GROUPS_MAX`] shared units they are put into that many
//! groups by digest, within pairs of strata.

use super::{Cell, CellKey, Keys, SideColumn};
use crate::ingest::Responses;
use crate::score::Scoring;
use crate::survey::{SelectionMethod, Survey};
use std::collections::BTreeMap;
use twox_hash::XxHash64;

/// Up to this many shared units each is a group of its own. The error of a correlation from 1,000 random groups is 0.03 at most.
pub const GROUPS_MAX: usize = 1_000;

/// What is in both waves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// Respondents who answered in both waves.
    Respondents,
    /// Clusters drawn in both waves.
    Clusters,
}

/// One wave above the waist.
#[derive(Clone, Copy)]
pub struct WaveCases<'a> {
    /// Its answers.
    pub responses: &'a Responses,
    /// Which rows count.
    pub kept: &'a [bool],
    /// Answers to questions beside the items that are compared, the same questions in the same order in both waves or whatever each has.
    pub side: &'a [&'a SideColumn],
}

/// Shared units of one pair of strata, one or several of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedGroup {
    /// Number of the design stratum in the earlier and in the later wave; 0 where strata were not drawn.
    pub strata: [u16; 2],
    /// Whether these are the same stratum.
    pub same_stratum: bool,
    /// Shared units in the group.
    pub units: u64,
    /// Their cases by cell in the earlier and in the later wave, replicate groups left out of the keys.
    pub cells: [BTreeMap<CellKey, Cell>; 2],
    /// The same cases by their answers to each question beside the items, wave by wave.
    pub side: [Vec<BTreeMap<CellKey, Cell>>; 2],
}

impl LinkedGroup {
    /// Cases of one wave (0 the earlier, 1 the later).
    #[must_use]
    pub fn cases(&self, wave: usize) -> u64 {
        self.cells.get(wave).map_or(0, |cells| cells.values().map(Cell::case_count).sum())
    }
}

/// What two waves share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What a unit is.
    pub kind: LinkKind,
    /// Units in both.
    pub shared: u64,
    /// Units of the earlier and of the later wave that could have been recognised: those with an identity.
    pub units: [u64; 2],
    /// The shared ones.
    pub groups: Vec<LinkedGroup>,
}

/// One unit before it is anonymous: where it belongs, and its rows in either wave.
struct Unit {
    strata: [u16; 2],
    same_stratum: bool,
    digest: u64,
    rows: [Vec<usize>; 2],
}

/// Links two waves. `None` where the answers name neither respondents nor clusters, or the definition says that names do not carry over.
#[must_use]
pub fn link(survey: &Survey, before: WaveCases<'_>, after: WaveCases<'_>) -> Option<Link> {
    if !survey.trend.linked {
        return None;
    }
    let seed = survey.design.seed ^ 0x6c69_6e6b;
    let kind = if before.responses.psu.is_some() && after.responses.psu.is_some() {
        LinkKind::Clusters
    } else {
        LinkKind::Respondents
    };
    let (counts, mut units) = match kind {
        LinkKind::Clusters => shared(by_cluster(survey, before)?, by_cluster(survey, after)?, |names| {
            XxHash64::oneshot(seed, format!("{}\n{}", names.0, names.1).as_bytes())
        }),
        LinkKind::Respondents => shared(by_respondent(before)?, by_respondent(after)?, |id| {
            XxHash64::oneshot(seed, &id.to_le_bytes())
        }),
    };
    let stratified = survey.design.method == SelectionMethod::Stratified;
    for unit in &mut units {
        let numbers = [stratum_of(before, &unit.rows[0]), stratum_of(after, &unit.rows[1])];
        unit.same_stratum = !stratified || name_of(before, numbers[0]) == name_of(after, numbers[1]);
        unit.strata = if stratified { numbers } else { [0, 0] };
    }
    Some(Link {
        kind,
        shared: units.len() as u64,
        units: counts,
        groups: groups(survey, [before, after], units),
    })
}

type Rows<K> = BTreeMap<K, Vec<usize>>;

/// Rows that count by digest of the identity; rows without one belong to nobody.
fn by_respondent(wave: WaveCases<'_>) -> Option<Rows<u64>> {
    let digests = wave.responses.respondent.as_ref()?;
    let mut rows: Rows<u64> = BTreeMap::new();
    let counted = digests
        .iter()
        .zip(wave.kept)
        .enumerate()
        .filter(|(_, (id, kept))| **kept && **id != 0);
    counted.for_each(|(row, (id, _))| rows.entry(*id).or_default().push(row));
    Some(rows)
}

/// Rows that count by names of stratum and cluster.
fn by_cluster(survey: &Survey, wave: WaveCases<'_>) -> Option<Rows<(String, String)>> {
    let (names, of_row) = wave.responses.psu.as_ref()?;
    let by_stratum = survey.design.method == SelectionMethod::Stratified;
    let mut rows: Rows<(u16, u16)> = BTreeMap::new();
    for (row, psu) in of_row.iter().enumerate().filter(|(row, _)| wave.kept.get(*row) == Some(&true)) {
        let stratum = wave.responses.stratum.get(row).copied().filter(|_| by_stratum).unwrap_or(0);
        rows.entry((stratum, *psu)).or_default().push(row);
    }
    let named = |((stratum, psu), rows): ((u16, u16), Vec<usize>)| {
        let stratum = if by_stratum { name_of(wave, stratum) } else { "" };
        let psu = names.names().get(usize::from(psu)).cloned().unwrap_or_default();
        ((stratum.to_owned(), psu), rows)
    };
    Some(rows.into_iter().map(named).collect())
}

fn stratum_of(wave: WaveCases<'_>, rows: &[usize]) -> u16 {
    rows.first().and_then(|row| wave.responses.stratum.get(*row)).copied().unwrap_or(0)
}

fn name_of(wave: WaveCases<'_>, stratum: u16) -> &str {
    wave.responses.strata.names().get(usize::from(stratum)).map_or("", String::as_str)
}

/// Units of each wave, and those of both.
fn shared<K: Ord>(before: Rows<K>, mut after: Rows<K>, digest: impl Fn(&K) -> u64) -> ([u64; 2], Vec<Unit>) {
    let counts = [before.len() as u64, after.len() as u64];
    let both = before.into_iter().filter_map(|(key, rows)| {
        let later = after.remove(&key)?;
        Some(Unit {
            strata: [0, 0],
            same_stratum: true,
            digest: digest(&key),
            rows: [rows, later],
        })
    });
    let units = both.collect();
    (counts, units)
}

/// Cells of the shared units. The order follows from strata and digests, so that rows and threads have no say.
fn groups(survey: &Survey, waves: [WaveCases<'_>; 2], mut units: Vec<Unit>) -> Vec<LinkedGroup> {
    units.sort_by_key(|unit| (unit.strata, unit.same_stratum, unit.digest));
    let total = units.len();
    let scoring: Vec<Scoring> = survey.items.iter().map(Scoring::of).collect();
    let mut keys = waves.map(|wave| Keys::new(survey, wave.responses, wave.kept));
    let mut groups = Vec::new();
    for alike in units.chunk_by(|a, b| (a.strata, a.same_stratum) == (b.strata, b.same_stratum)) {
        let count = if total <= GROUPS_MAX {
            alike.len()
        } else {
            (alike.len() * GROUPS_MAX).div_ceil(total)
        };
        groups.extend((0..count).filter_map(|number| {
            let members = || alike.iter().skip(number).step_by(count);
            let mut of_wave = |at: usize| {
                let rows = members().flat_map(|unit| &unit.rows[at]);
                let key = |key: CellKey| CellKey { group: 0, ..key };
                let mut rows: Vec<(CellKey, u32)> = rows.map(|row| (key(keys[at].of(*row)), *row as u32)).collect();
                let cells = super::cells_of(survey, waves[at].responses, &mut rows, &scoring);
                let beside = waves[at].side.iter().map(|column| side_cells(&rows, column)).collect();
                (cells.into_iter().collect(), beside)
            };
            let ((before, before_side), (after, after_side)) = (of_wave(0), of_wave(1));
            Some(LinkedGroup {
                strata: alike.get(number)?.strata,
                same_stratum: alike.get(number)?.same_stratum,
                units: members().count() as u64,
                cells: [before, after],
                side: [before_side, after_side],
            })
        }));
    }
    groups
}

/// The cells of some rows by their answers to one question beside the items; who did not answer is a case, too.
fn side_cells(rows: &[(CellKey, u32)], column: &SideColumn) -> BTreeMap<CellKey, Cell> {
    let mut cells = BTreeMap::new();
    for (key, row) in rows {
        let answer = column.get(*row as usize).copied().flatten();
        cells.entry(*key).or_insert_with(|| Cell::new(1)).insert(&[answer]);
    }
    cells
}
