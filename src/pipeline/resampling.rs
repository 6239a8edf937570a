//! Respondents that count → cases for resampling: packed, without identity, numbered so that the order of the file has no say.

use crate::ingest::Responses;
use crate::model::missing::MissingMethod;
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

/// Replicates or permutations times respondents: some seconds of one core.
const BUDGET: u64 = 20_000_000;

/// What a respondent costs with EM against the mean of the item, as a rule of thumb: the steps of every replicate go through all patterns of gaps.
const EM_COST: u64 = 20;

/// Replicates or permutations times respondents beyond which others stand in, or none are made.
pub(super) fn budget(survey: &Survey) -> u64 {
    match survey.model.missing {
        MissingMethod::Em => BUDGET / EM_COST,
        _ => BUDGET,
    }
}

/// Groups of the jackknife within each replicate that studentised intervals need.
const INNER_GROUPS: u16 = 20;

/// The cases of a wave and how to resample them. `None` where nothing is estimated that needs it, where the design wants the jackknife, where the
/// survey is too large, where there are not two respondents, and, unless replicates are stated, where weights are calibrated to margins.
pub(super) fn cases(survey: &Survey, responses: &Responses, kept: &[bool], tally: &Tally, weights: &Weights) -> Option<WaveResample> {
    let n = tally.case_count();
    let replicates = match survey.design.replicates {
        Some(stated) if n * u64::from(stated) <= budget(survey) => stated,
        None if n <= UNASKED_MAX && !survey.weighting.as_ref().is_some_and(WeightingSpec::calibrates) => REPLICATES,
        _ => 0,
    };
    if !survey.model.weights.are_estimated() || replicates == 0 || n < 2 {
        return None;
    }
    let packing = Packing::of(survey, responses, tally, weights);
    let domain_of_combination = domains(responses, tally);
    let rows = (0..responses.len()).filter(|row| kept.get(*row) == Some(&true));
    let margins = margin_cells(&packing, weights, &domain_of_combination);
    let case = |row: usize| {
        let combination = packing.combination(row);
        let domain = domain_of_combination.get(combination).copied().unwrap_or(0);
        let case = packing.case(row, domain);
        let Some(number) = weights.cells().number(packing.key(row)).filter(|_| !margins.is_empty()) else {
            return (0, case);
        };
        let rank = margins.iter().position(|cell| *cell == number).unwrap_or(0);
        let weight = weights.before_calibration().get(number).copied().unwrap_or(case.weight);
        (rank as u32, Case { weight, ..case })
    };
    let cases = Cases::in_cells(packing.scoring.len(), rows.map(case).collect())?;
    let mut plan = Resample::new(replicates, survey.design.seed);
    plan.calibrated = weights.calibrated;
    plan.inner_groups = (survey.design.interval == IntervalMethod::Studentised).then_some(INNER_GROUPS);
    plan.size = DrawSize::RaoWu {
        fractions: fractions(tally, weights, &packing.strata, packing.stratified),
    };
    let logs = crate::index::alternatives::ways(survey).contains(&crate::survey::ItemWeights::Entropy);
    let mut resampler = Resampler::new(cases).with_domains();
    if logs {
        resampler = resampler.with_logs();
    }
    if survey.model.missing != MissingMethod::Mean {
        resampler = resampler.with_patterns(survey.scored_items);
    }
    Some(WaveResample {
        resampler,
        plan,
        domain_of_combination,
        margins,
    })
}

/// Weight cells in an order in which the file has no say: by stratum, weight and categories. Empty where no margins are met.
fn margin_cells(packing: &Packing<'_>, weights: &Weights, domain_of_combination: &[u16]) -> Vec<usize> {
    if weights.calibration().is_none() {
        return Vec::new();
    }
    let before = weights.before_calibration();
    let mut cells: Vec<(u16, u64, u16, usize)> = weights
        .cells()
        .keys()
        .enumerate()
        .map(|(number, key)| {
            let stratum = packing.strata.get(usize::from(key.stratum)).copied().unwrap_or(0);
            let weight = before.get(number).map_or(0, |w| w.to_bits());
            let domain = domain_of_combination.get(usize::from(key.domain)).copied().unwrap_or(0);
            (stratum, weight, domain, number)
        })
        .collect();
    cells.sort_unstable();
    cells.into_iter().map(|(.., number)| number).collect()
}

/// How rows of one wave become cases.
pub(super) struct Packing<'a> {
    responses: &'a Responses,
    weights: &'a Weights,
    stratified: bool,
    /// Rank of every stratum by name.
    strata: Vec<u16>,
    /// Rank of every cluster by name, cluster of every row.
    clusters: Option<(Vec<u16>, &'a [u16])>,
    /// Number of every combination of categories in the tally.
    numbers: BTreeMap<&'a [u16], usize>,
    scoring: Vec<Scoring>,
}

impl<'a> Packing<'a> {
    pub(super) fn of(survey: &Survey, responses: &'a Responses, tally: &'a Tally, weights: &'a Weights) -> Self {
        let combinations = tally.domain_combinations().iter().enumerate();
        let clusters = responses.psu.as_ref();
        Self {
            responses,
            weights,
            stratified: survey.design.method == SelectionMethod::Stratified,
            strata: by_name(responses.strata.names()),
            clusters: clusters.map(|(names, of_row)| (by_name(names.names()), of_row.as_slice())),
            numbers: combinations.map(|(at, c)| (c.as_slice(), at)).collect(),
            scoring: survey.items.iter().map(Scoring::of).collect(),
        }
    }

    /// Number of the row's combination of categories in the tally.
    fn combination(&self, row: usize) -> usize {
        let category = |d: &crate::ingest::DomainColumn| d.of_row.get(row).copied().unwrap_or(0);
        let values: Vec<u16> = self.responses.domains.iter().map(category).collect();
        self.numbers.get(values.as_slice()).copied().unwrap_or(0)
    }

    /// A cluster's name is its own only within its stratum.
    fn unit(&self, row: usize, stratum: u16) -> Option<u32> {
        let (ranks, of_row) = self.clusters.as_ref()?;
        let rank = ranks.get(usize::from(*of_row.get(row)?)).copied()?;
        Some(u32::from(stratum) << 16 | u32::from(rank))
    }

    /// The cell of weights that a row belongs to.
    fn key(&self, row: usize) -> CellKey {
        let responses = self.responses;
        CellKey {
            stratum: responses.stratum.get(row).copied().unwrap_or(0),
            weight_class: responses.weight.as_ref().and_then(|(_, c)| c.get(row).copied()).unwrap_or(0),
            psu: 0,
            domain: self.combination(row) as u16,
            group: 0,
        }
    }

    pub(super) fn case(&self, row: usize, domain: u16) -> Case {
        let responses = self.responses;
        let stratum = responses.stratum.get(row).copied().unwrap_or(0);
        let rank = self.strata.get(usize::from(stratum)).copied().unwrap_or(0);
        let design_stratum = if self.stratified { rank } else { 0 };
        let answers = responses.row(row).iter().zip(&self.scoring);
        Case {
            steps: answers.map(|(packed, s)| s.steps(*packed).unwrap_or(MISSING)).collect(),
            weight: self.weights.of_cell(self.key(row)),
            stratum: design_stratum,
            post: rank,
            unit: self.unit(row, design_stratum),
            domain,
        }
    }
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
