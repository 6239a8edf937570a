//! Groups of one wave, or waves, as cases that permutations and draws can take apart: names of strata, clusters and returning respondents that hold over
//! all waves compared, numbered so that the order of the files has no say.

use super::preparing::Prepared;
use super::resampling::Packing;
use crate::index::linked::Measured;
use crate::index::path_numbers::PathNumbers;
use crate::model::missing::MissingMethod;
use crate::model::pls::PlsOptions;
use crate::resample::{Case, Cases, Grouped, Resampler};
use crate::stats::CompensatedSum;
use crate::survey::{SelectionMethod, Survey};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of one wave that count, each with the number of its group.
pub(super) struct Members<'a> {
    pub(super) prepared: &'a Prepared<'a>,
    pub(super) measured: &'a Measured,
    pub(super) rows: Vec<(usize, u16)>,
}

impl<'a> Members<'a> {
    /// A whole wave as one group.
    pub(super) fn wave(prepared: &'a Prepared<'a>, measured: &'a Measured, group: u16) -> Self {
        Self {
            prepared,
            measured,
            rows: kept(prepared).into_iter().map(|row| (row, group)).collect(),
        }
    }
}

/// Rows that count.
pub(super) fn kept(prepared: &Prepared<'_>) -> Vec<usize> {
    let kept = &prepared.cleaned.kept;
    (0..prepared.responses.len()).filter(|row| kept.get(*row) == Some(&true)).collect()
}

/// The path model of the definition, with its outer modes and its way to deal with gaps; `None` without one.
pub(super) fn path_numbers(survey: &Survey) -> Option<PathNumbers> {
    let structure = survey.model.structure.clone()?;
    let ranges = survey.scored().iter().map(|i| f64::from(i.scale.range())).collect();
    let model = PathNumbers::new(structure, survey.model.scheme, PlsOptions::default(), ranges)?;
    Some(model.with_modes(&survey.model.outer).with_missing(survey.model.missing))
}

/// What permutations and draws are made from, for groups and for waves alike. Weights of different waves are brought to a mean of 1 in each, so that
/// none outweighs another in what is pooled. `None` where a weight is not positive.
///
/// Clusters of the same name are the same over waves, and so are respondents of the same identity, unless the definition says that names do not carry
/// over (`trend.linked`).
pub(super) fn cases(survey: &Survey, waves: &[Members<'_>]) -> Option<Resampler> {
    let names = Names::of(survey, waves);
    let mut all = Vec::new();
    for (wave, members) in waves.iter().enumerate() {
        let responses = &members.prepared.responses;
        let packing = Packing::of(survey, responses, &members.measured.tally, &members.measured.weights);
        let packed = members.rows.iter().map(|(row, group)| {
            let mut case = packing.case(*row, *group);
            case.steps.truncate(survey.scored_items);
            case.stratum = names.stratum(members, *row);
            case.unit = names.unit(wave, members, *row);
            case
        });
        let mut packed: Vec<Case> = packed.collect();
        if waves.len() > 1 {
            to_a_mean_of_one(&mut packed);
        }
        all.extend(packed);
    }
    let grouped = Grouped {
        clusters: names.clustered,
        occasions: waves.len() > 1,
    };
    let resampler = Resampler::new(Cases::new(survey.scored_items, all)?).grouped(grouped);
    Some(if survey.model.missing == MissingMethod::Mean {
        resampler
    } else {
        resampler.with_patterns(survey.scored_items)
    })
}

fn to_a_mean_of_one(cases: &mut [Case]) {
    let mut total = CompensatedSum::new();
    cases.iter().for_each(|case| total.insert(case.weight));
    let mean = total.finish() / cases.len() as f64;
    cases.iter_mut().for_each(|case| case.weight /= mean);
}

/// A cluster as it is known over waves: the wave where names do not carry over (0 otherwise), its stratum, its name.
type ClusterName<'a> = (usize, &'a str, &'a str);

/// Numbers of strata, clusters and returning respondents, by name.
struct Names<'a> {
    clustered: bool,
    linked: bool,
    stratified: bool,
    strata: BTreeMap<&'a str, u16>,
    clusters: BTreeMap<ClusterName<'a>, u32>,
    returning: BTreeMap<u64, u32>,
}

impl<'a> Names<'a> {
    fn of(survey: &Survey, waves: &'a [Members<'_>]) -> Self {
        let strata: BTreeSet<&str> = waves
            .iter()
            .flat_map(|w| w.prepared.responses.strata.names())
            .map(String::as_str)
            .collect();
        let mut names = Self {
            clustered: waves.iter().any(|w| w.prepared.responses.psu.is_some()),
            linked: survey.trend.linked,
            stratified: survey.design.method == SelectionMethod::Stratified,
            strata: strata.into_iter().zip(0..).collect(),
            clusters: BTreeMap::new(),
            returning: BTreeMap::new(),
        };
        let clusters: BTreeSet<ClusterName<'a>> = waves
            .iter()
            .enumerate()
            .flat_map(|(wave, members)| members.rows.iter().map(move |(row, _)| (wave, members, *row)))
            .filter_map(|(wave, members, row)| names.cluster(wave, members, row))
            .collect();
        names.clusters = clusters.into_iter().zip(0..).collect();
        if !names.clustered && names.linked {
            names.returning = returning(waves);
        }
        names
    }

    fn stratum_name(&self, members: &'a Members<'_>, row: usize) -> &'a str {
        let responses = &members.prepared.responses;
        let number = responses.stratum.get(row).copied().filter(|_| self.stratified);
        let name = number.and_then(|number| responses.strata.names().get(usize::from(number)));
        name.map_or("", String::as_str)
    }

    /// Number of the drawn stratum; 0 where strata were not drawn.
    fn stratum(&self, members: &'a Members<'_>, row: usize) -> u16 {
        self.strata
            .get(self.stratum_name(members, row))
            .copied()
            .filter(|_| self.stratified)
            .unwrap_or(0)
    }

    fn cluster(&self, wave: usize, members: &'a Members<'_>, row: usize) -> Option<ClusterName<'a>> {
        let (names, of_row) = members.prepared.responses.psu.as_ref()?;
        let name = names.names().get(usize::from(*of_row.get(row)?))?;
        let wave = if self.linked { 0 } else { wave };
        Some((wave, self.stratum_name(members, row), name.as_str()))
    }

    fn unit(&self, wave: usize, members: &'a Members<'_>, row: usize) -> Option<u32> {
        if self.clustered {
            return self.clusters.get(&self.cluster(wave, members, row)?).copied();
        }
        let respondents = members.prepared.responses.respondent.as_ref()?;
        self.returning.get(respondents.get(row)?).copied()
    }
}

/// Respondents with an identity who count in more than one wave, numbered by the digest of the identity.
fn returning(waves: &[Members<'_>]) -> BTreeMap<u64, u32> {
    let mut seen: BTreeMap<u64, BTreeSet<usize>> = BTreeMap::new();
    for (wave, members) in waves.iter().enumerate() {
        let Some(respondents) = &members.prepared.responses.respondent else {
            continue;
        };
        let known = members
            .rows
            .iter()
            .filter_map(|(row, _)| respondents.get(*row))
            .filter(|id| **id != 0);
        known.for_each(|id| {
            seen.entry(*id).or_default().insert(wave);
        });
    }
    let several = seen.into_iter().filter(|(_, waves)| waves.len() > 1);
    several.map(|(id, _)| id).zip(0..).collect()
}
