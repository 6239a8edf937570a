//! Respondents that count → cases for resampling: packed, without identity, numbered so that the order of the file has no say.

use crate::ingest::Responses;
use crate::resample::{Case, Cases, DrawSize, IntervalMethod, MISSING, Resample, Resampler, WaveResample};
use crate::score::Scoring;
use crate::survey::weighting::WeightingSpec;
use crate::survey::{SelectionMethod, Survey};
use crate::tally::{CellKey, Tally};
use crate::weight::Weights;
use std::collections::BTreeMap;

/// Replicates where the definition states no number.
const REPLICATES: u32 = 1_000;

/// Respondents up to which they are made unasked: as for the jackknife of single respondents, beyond which groups tell nearly the same for less.
const UNASKED_MAX: u64 = crate::tally::DELETE_ONE_MAX as u64;

/// Stated replicates times respondents beyond which the jackknife by groups stands in: some seconds of one core.
const BUDGET: u64 = 20_000_000;

/// Groups of the jackknife within each replicate that studentised intervals need.
const INNER_GROUPS: u16 = 20;

/// The cases of a wave and how to resample them. `None` where nothing is estimated that needs it, where the design wants the jackknife, where the
/// survey is too large, where there are not two respondents, and where weights are calibrated to margins, which only the jackknife
/// does anew in every replicate.
pub(super) fn cases(survey: &Survey, responses: &Responses, kept: &[bool], tally: &Tally, weights: &Weights) -> Option<WaveResample> {
    let n = tally.case_count();
    let replicates = match survey.design.replicates {
        Some(stated) if n * u64::from(stated) <= BUDGET => stated,
        None if n <= UNASKED_MAX => REPLICATES,
        _ => 0,
    };
    let wanted = survey.model.weights.are_estimated() && !survey.weighting.as_ref().is_some_and(WeightingSpec::calibrates);
    if !wanted || replicates == 0 || n < 2 {
        return None;
    }
    let stratified = survey.design.method == SelectionMethod::Stratified;
    let strata = by_name(responses.strata.names());
    let domain_of_combination = domains(responses, tally);
    let numbers: BTreeMap<&[u16], usize> = tally
        .domain_combinations()
        .iter()
        .enumerate()
        .map(|(at, c)| (c.as_slice(), at))
        .collect();
    let clusters = responses.psu.as_ref().map(|(names, of_row)| (by_name(names.names()), of_row));
    let unit = |row: usize, stratum: u16| {
        let (ranks, of_row) = clusters.as_ref()?;
        let rank = ranks.get(usize::from(*of_row.get(row)?)).copied()?;
        // A cluster's name is its own only within its stratum.
        Some(u32::from(stratum) << 16 | u32::from(rank))
    };
    let scoring: Vec<Scoring> = survey.items.iter().map(Scoring::of).collect();
    let case = |row: usize| {
        let stratum = responses.stratum.get(row).copied().unwrap_or(0);
        let rank = strata.get(usize::from(stratum)).copied().unwrap_or(0);
        let weight_class = responses.weight.as_ref().and_then(|(_, c)| c.get(row).copied()).unwrap_or(0);
        let values: Vec<u16> = responses.domains.iter().map(|d| d.of_row.get(row).copied().unwrap_or(0)).collect();
        let combination = numbers.get(values.as_slice()).copied().unwrap_or(0);
        let key = CellKey {
            stratum,
            weight_class,
            psu: 0,
            domain: combination as u16,
            group: 0,
        };
        Case {
            steps: responses
                .row(row)
                .iter()
                .zip(&scoring)
                .map(|(packed, s)| s.steps(*packed).unwrap_or(MISSING))
                .collect(),
            weight: weights.of_cell(key),
            stratum: if stratified { rank } else { 0 },
            post: rank,
            unit: unit(row, if stratified { rank } else { 0 }),
            domain: domain_of_combination.get(combination).copied().unwrap_or(0),
        }
    };
    let rows = (0..responses.len()).filter(|row| kept.get(*row) == Some(&true));
    let cases = Cases::new(scoring.len(), rows.map(case).collect())?;
    let mut plan = Resample::new(replicates, survey.design.seed);
    plan.calibrated = weights.calibrated;
    plan.inner_groups = (survey.design.interval == IntervalMethod::Studentised).then_some(INNER_GROUPS);
    plan.size = DrawSize::RaoWu {
        fractions: fractions(tally, weights, &strata, stratified),
    };
    let logs = crate::index::alternatives::ways(survey).contains(&crate::survey::ItemWeights::Entropy);
    let resampler = Resampler::new(cases).with_domains();
    Some(WaveResample {
        resampler: if logs { resampler.with_logs() } else { resampler },
        plan,
        domain_of_combination,
    })
}

/// For every number, its rank by name.
fn by_name(names: &[String]) -> Vec<u16> {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by(|a, b| names.get(*a).cmp(&names.get(*b)));
    let mut ranks = vec![0; names.len()];
    for (rank, at) in order.into_iter().enumerate() {
        ranks[at] = rank as u16;
    }
    ranks
}

/// For every combination of categories in the tally, its rank by the categories' names.
fn domains(responses: &Responses, tally: &Tally) -> Vec<u16> {
    let columns: Vec<Vec<u16>> = responses.domains.iter().map(|d| by_name(d.categories.names())).collect();
    let rank = |(column, value): (usize, &u16)| columns.get(column).and_then(|c| c.get(usize::from(*value))).copied().unwrap_or(0);
    let ranked: Vec<Vec<u16>> = tally
        .domain_combinations()
        .iter()
        .map(|values| values.iter().enumerate().map(rank).collect())
        .collect();
    let mut order: Vec<usize> = (0..ranked.len()).collect();
    order.sort_by(|a, b| ranked.get(*a).cmp(&ranked.get(*b)));
    let mut ranks = vec![0; ranked.len()];
    for (number, at) in order.into_iter().enumerate() {
        ranks[at] = number as u16;
    }
    ranks
}

/// Sampling fractions where the size of the population is known.
fn fractions(tally: &Tally, weights: &Weights, strata: &[u16], stratified: bool) -> BTreeMap<u16, f64> {
    if let Some(clusters) = &weights.clusters {
        let known = clusters.population.len() == clusters.sampled.len() && clusters.units.is_empty();
        let fraction = |(stratum, sampled): (&u16, &u64)| {
            let population = clusters.population.get(stratum).filter(|_| known)?;
            let rank = if stratified {
                strata.get(usize::from(*stratum)).copied()?
            } else {
                0
            };
            Some((rank, *sampled as f64 / *population as f64))
        };
        return clusters.sampled.iter().filter_map(fraction).collect();
    }
    if !stratified {
        let fraction = weights
            .fpc_population_total()
            .map(|population| tally.case_count() as f64 / population as f64);
        return fraction.map(|f| (0, f)).into_iter().collect();
    }
    let mut counts: BTreeMap<u16, u64> = BTreeMap::new();
    for (key, cell) in tally.cells() {
        *counts.entry(key.stratum).or_insert(0) += cell.case_count();
    }
    let fraction = |(stratum, n): (u16, u64)| {
        let population = weights.fpc_population(stratum)?;
        Some((strata.get(usize::from(stratum)).copied()?, n as f64 / population as f64))
    };
    counts.into_iter().filter_map(fraction).collect()
}
