//! How a sample was drawn: stages of selection, strata, clusters, population sizes and weights.

use super::DesignError;
use crate::stats::CompensatedSum;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One stage of selection as the data tell it, one entry a case. Labels may be anything that can be ordered.
///
/// ```
/// use manyidu::design::Stage;
/// // Four cases in three shops of two cities; 10 shops in the first city's list, 4 in the second's.
/// let shops = Stage::new(&["a", "a", "b", "c"])
///     .stratified(&["north", "north", "north", "south"])
///     .with_population(&[10, 10, 10, 4]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    stratum: Option<Vec<usize>>,
    cluster: Option<Vec<usize>>,
    population: Option<Vec<u64>>,
    cases: usize,
    nested: bool,
}

impl Stage {
    /// Selection of the clusters with these labels.
    #[must_use]
    pub fn new<C: Ord>(clusters: &[C]) -> Self {
        Self {
            stratum: None,
            cluster: Some(numbered(clusters)),
            population: None,
            cases: clusters.len(),
            nested: false,
        }
    }

    /// Selection of the cases themselves: each of the `cases` is a cluster of its own.
    #[must_use]
    pub const fn of_elements(cases: usize) -> Self {
        Self {
            stratum: None,
            cluster: None,
            population: None,
            cases,
            nested: false,
        }
    }

    /// Selection within strata with these labels, one a case. At a later stage strata are within parent clusters.
    #[must_use]
    pub fn stratified<S: Ord>(mut self, strata: &[S]) -> Self {
        self.stratum = Some(numbered(strata));
        self
    }

    /// Clusters of the case's stratum (within its parent cluster) in the population, one entry a case: the finite-population
    /// correction is made with it.
    #[must_use]
    pub fn with_population(mut self, population: &[u64]) -> Self {
        self.population = Some(population.to_vec());
        self
    }

    /// Cluster labels are unique only within their stratum: the same label in two strata is two clusters.
    #[must_use]
    pub const fn nested(mut self) -> Self {
        self.nested = true;
        self
    }
}

/// Labels as numbers from 0, in the order of the labels, so that the order of the cases has no say.
fn numbered<T: Ord>(labels: &[T]) -> Vec<usize> {
    let distinct: BTreeSet<&T> = labels.iter().collect();
    let numbers: BTreeMap<&T, usize> = distinct.into_iter().enumerate().map(|(number, label)| (label, number)).collect();
    labels.iter().map(|label| numbers.get(label).copied().unwrap_or(0)).collect()
}

/// One stratum of a stage, within one parent cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct StageStratum {
    /// Position of the cluster of the stage before that holds the stratum; `None` at the first stage.
    pub parent: Option<usize>,
    /// Clusters in the sample, n. 1 or more.
    pub sampled: u64,
    /// Clusters in the population, N; `None` when unknown, or for selection with replacement.
    pub population: Option<u64>,
    /// The first case, to name the stratum by.
    pub first_case: usize,
}

/// One stage with its strata and clusters found and checked; positions count from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StageUnits {
    /// Position of each case's cluster, one entry a case.
    pub cluster: Vec<usize>,
    /// Position of each cluster's stratum, one entry a cluster.
    pub stratum_of_cluster: Vec<usize>,
    /// The strata.
    pub strata: Vec<StageStratum>,
}

impl StageUnits {
    /// Number of clusters.
    #[must_use]
    pub fn clusters(&self) -> usize {
        self.stratum_of_cluster.len()
    }

    /// Position of the case's stratum.
    #[must_use]
    pub fn stratum(&self, case: usize) -> Option<usize> {
        self.stratum_of_cluster.get(*self.cluster.get(case)?).copied()
    }

    /// n/N of a cluster's stratum, or `None` without a population size.
    #[must_use]
    pub fn sampling_fraction(&self, cluster: usize) -> Option<f64> {
        let stratum = self.strata.get(*self.stratum_of_cluster.get(cluster)?)?;
        Some(stratum.sampled as f64 / stratum.population? as f64)
    }
}

/// A checked sample design: stages of selection and one weight a case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SampleDesign {
    stages: Vec<StageUnits>,
    weights: Vec<f64>,
}

/// A weight that is not what the population sizes imply.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WeightContradiction {
    /// The first case in question.
    pub case: usize,
    /// Its implied weight: the product of N/n over all stages.
    pub implied: f64,
    /// Its weight.
    pub weight: f64,
    /// Cases whose weight contradicts, this one included.
    pub cases: u64,
    /// Σw over all cases.
    pub weight_sum: f64,
    /// Sum of the implied weights.
    pub implied_sum: f64,
}

impl SampleDesign {
    /// Checks a design. Without `weights` each case has the product of N/n over the stages if every stage has population
    /// sizes, otherwise 1. Weights may be 0 (a case that was set aside) but not negative.
    ///
    /// # Errors
    ///
    /// [`DesignError`], with the place: columns of different length, a cluster in two strata, a population that differs
    /// within a stratum or is smaller than the sample, a weight that is not one.
    pub fn new(stages: &[Stage], weights: Option<&[f64]>) -> Result<Self, DesignError> {
        let cases = stages.first().ok_or(DesignError::NoStage)?.cases;
        if cases == 0 {
            return Err(DesignError::Empty);
        }
        let mut resolved: Vec<StageUnits> = Vec::with_capacity(stages.len());
        for (number, stage) in stages.iter().enumerate() {
            let units = resolve(stage, number, cases, resolved.last())?;
            resolved.push(units);
        }
        let mut design = Self {
            stages: resolved,
            weights: Vec::new(),
        };
        let weights = weights.map_or_else(|| design.implied_weights().unwrap_or_else(|| vec![1.0; cases]), <[f64]>::to_vec);
        design.set_weights(weights)?;
        Ok(design)
    }

    /// The same sample with other weights, such as calibrated ones.
    ///
    /// # Errors
    ///
    /// [`DesignError::Cases`], [`DesignError::BadWeight`] or [`DesignError::NoWeight`].
    pub fn with_weights(&self, weights: &[f64]) -> Result<Self, DesignError> {
        let mut design = self.clone();
        design.set_weights(weights.to_vec())?;
        Ok(design)
    }

    fn set_weights(&mut self, weights: Vec<f64>) -> Result<(), DesignError> {
        same_length(self.cases(), weights.len())?;
        if let Some(case) = weights.iter().position(|weight| !(weight.is_finite() && *weight >= 0.0)) {
            return Err(DesignError::BadWeight { case });
        }
        if weights.iter().all(|&weight| weight == 0.0) {
            return Err(DesignError::NoWeight);
        }
        self.weights = weights;
        Ok(())
    }

    /// Number of cases, those with weight 0 included.
    #[must_use]
    pub fn cases(&self) -> usize {
        self.stages.first().map_or(0, |stage| stage.cluster.len())
    }

    /// The weight of each case, 0 or more.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Σw over all cases, compensated.
    #[must_use]
    pub fn weight_sum(&self) -> f64 {
        compensated(&self.weights)
    }

    /// The stages of selection, from the first.
    #[must_use]
    pub fn stages(&self) -> &[StageUnits] {
        &self.stages
    }

    /// The first stage: PSUs and strata.
    #[must_use]
    pub fn first_stage(&self) -> &StageUnits {
        &self.stages[0]
    }

    /// Degrees of freedom: PSUs minus strata of the first stage, among cases with a positive weight.
    #[must_use]
    pub fn df(&self) -> u64 {
        self.domain_df(|_| true)
    }

    /// Degrees of freedom of a domain: PSUs with at least one case in it minus strata with at least one.
    #[must_use]
    pub fn domain_df(&self, inside: impl Fn(usize) -> bool) -> u64 {
        let first = self.first_stage();
        let mut psu_seen = vec![false; first.clusters()];
        for (case, &psu) in first.cluster.iter().enumerate() {
            psu_seen[psu] |= self.weights[case] > 0.0 && inside(case);
        }
        let mut stratum_seen = vec![false; first.strata.len()];
        let mut psus = 0;
        for (psu, _) in psu_seen.iter().enumerate().filter(|(_, seen)| **seen) {
            stratum_seen[first.stratum_of_cluster[psu]] = true;
            psus += 1;
        }
        psus - stratum_seen.iter().filter(|seen| **seen).count() as u64
    }

    /// The product of N/n over all stages, one entry a case; `None` unless every stratum has a population size.
    #[must_use]
    pub fn implied_weights(&self) -> Option<Vec<f64>> {
        (0..self.cases())
            .map(|case| {
                self.stages.iter().try_fold(1.0, |weight, stage| {
                    let stratum = stage.strata.get(stage.stratum(case)?)?;
                    Some(weight * (stratum.population? as f64 / stratum.sampled as f64))
                })
            })
            .collect()
    }

    /// Whether base weights contradict the population sizes: relative difference from [`SampleDesign::implied_weights`]
    /// above `tolerance`. A cluster sample whose sizes were recorded at another stage than its weights shows here, and so
    /// does a design that leaves out a later stage of selection. Calibrated weights differ by intent: ask before calibration.
    ///
    /// `None` when nothing contradicts, or when a population size is unknown.
    #[must_use]
    pub fn weight_contradiction(&self, tolerance: f64) -> Option<WeightContradiction> {
        let implied = self.implied_weights()?;
        let differs = |case: &usize| (self.weights[*case] - implied[*case]).abs() > tolerance * implied[*case];
        let mut contradicting = (0..self.cases()).filter(differs);
        let case = contradicting.next()?;
        Some(WeightContradiction {
            case,
            implied: implied[case],
            weight: self.weights[case],
            cases: 1 + contradicting.count() as u64,
            weight_sum: self.weight_sum(),
            implied_sum: compensated(&implied),
        })
    }
}

fn compensated(values: &[f64]) -> f64 {
    let mut sum = CompensatedSum::new();
    for &value in values {
        sum.insert(value);
    }
    sum.finish()
}

pub(super) fn same_length(expected: usize, got: usize) -> Result<(), DesignError> {
    if expected == got {
        Ok(())
    } else {
        Err(DesignError::Cases { expected, got })
    }
}

/// Finds clusters and strata of a stage within the clusters of the stage before, and checks them.
fn resolve(stage: &Stage, number: usize, cases: usize, parent: Option<&StageUnits>) -> Result<StageUnits, DesignError> {
    same_length(cases, stage.cases)?;
    for column in [&stage.stratum, &stage.cluster].into_iter().flatten() {
        same_length(cases, column.len())?;
    }
    if let Some(population) = &stage.population {
        same_length(cases, population.len())?;
    }
    let parent_of = |case: usize| parent.map(|units| units.cluster[case]);
    let stratum_key: Vec<(Option<usize>, usize)> = (0..cases)
        .map(|case| (parent_of(case), stage.stratum.as_ref().map_or(0, |s| s[case])))
        .collect();
    let stratum = numbered(&stratum_key);
    let cluster_key: Vec<(Option<usize>, usize, usize)> = (0..cases)
        .map(|case| {
            let nest = if stage.nested { stratum[case] } else { 0 };
            (parent_of(case), nest, stage.cluster.as_ref().map_or(case, |c| c[case]))
        })
        .collect();
    let cluster = numbered(&cluster_key);
    let first_of_cluster = first_cases(&cluster);
    for case in 0..cases {
        let other = first_of_cluster[cluster[case]];
        if stratum[other] != stratum[case] {
            return Err(DesignError::ClusterInTwoStrata {
                stage: number,
                case,
                other,
            });
        }
    }
    let stratum_of_cluster: Vec<usize> = first_of_cluster.iter().map(|&case| stratum[case]).collect();
    let strata = stage_strata(stage, number, &stratum, &stratum_of_cluster, parent_of)?;
    Ok(StageUnits {
        cluster,
        stratum_of_cluster,
        strata,
    })
}

/// The first case of each number.
fn first_cases(numbers: &[usize]) -> Vec<usize> {
    let count = numbers.iter().max().map_or(0, |largest| largest + 1);
    let mut first = vec![0; count];
    for (case, &number) in numbers.iter().enumerate().rev() {
        first[number] = case;
    }
    first
}

fn stage_strata(
    stage: &Stage,
    number: usize,
    stratum: &[usize],
    stratum_of_cluster: &[usize],
    parent_of: impl Fn(usize) -> Option<usize>,
) -> Result<Vec<StageStratum>, DesignError> {
    let first = first_cases(stratum);
    let mut strata: Vec<StageStratum> = first
        .iter()
        .map(|&case| StageStratum {
            parent: parent_of(case),
            sampled: 0,
            population: stage.population.as_ref().map(|population| population[case]),
            first_case: case,
        })
        .collect();
    for &position in stratum_of_cluster {
        strata[position].sampled += 1;
    }
    if let Some(population) = &stage.population {
        for (case, &position) in stratum.iter().enumerate() {
            let other = first[position];
            if population[case] != population[other] {
                return Err(DesignError::PopulationDiffers {
                    stage: number,
                    case,
                    other,
                });
            }
        }
    }
    for (position, found) in strata.iter().enumerate() {
        if let Some(population) = found.population.filter(|&population| population < found.sampled) {
            return Err(DesignError::PopulationBelowSampled {
                stage: number,
                stratum: position,
                sampled: found.sampled,
                population,
            });
        }
    }
    Ok(strata)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_and_strata_are_found_whatever_the_order() {
        let design = SampleDesign::new(&[Stage::new(&["c", "a", "b", "a"]).stratified(&[2, 1, 1, 1])], None).unwrap();
        let first = design.first_stage();
        assert_eq!(first.cluster, [2, 0, 1, 0]);
        assert_eq!(first.stratum_of_cluster, [0, 0, 1]);
        assert_eq!(first.strata.iter().map(|s| s.sampled).collect::<Vec<_>>(), [2, 1]);
        assert_eq!((design.df(), design.weights()), (1, &[1.0; 4][..]));
    }

    #[test]
    fn a_cluster_in_two_strata_is_refused_unless_nested() {
        let stage = Stage::new(&[1, 2, 1]).stratified(&["x", "x", "y"]);
        assert_eq!(
            SampleDesign::new(std::slice::from_ref(&stage), None),
            Err(DesignError::ClusterInTwoStrata {
                stage: 0,
                case: 2,
                other: 0
            })
        );
        let nested = SampleDesign::new(&[stage.nested()], None).unwrap();
        assert_eq!(nested.first_stage().clusters(), 3);
    }

    #[test]
    fn second_stage_labels_are_within_their_parents() {
        let stages = [
            Stage::new(&[1, 1, 2, 2]).with_population(&[4, 4, 4, 4]),
            Stage::new(&[1, 2, 1, 2]).with_population(&[2, 2, 3, 3]),
        ];
        let design = SampleDesign::new(&stages, None).unwrap();
        assert_eq!(design.stages()[1].clusters(), 4);
        assert_eq!(design.stages()[1].strata[1].parent, Some(1));
        // N/n: 4/2 at the first stage, 2/2 or 3/2 at the second
        assert_eq!(design.weights(), [2.0, 2.0, 3.0, 3.0]);
        assert_eq!(design.weight_contradiction(1e-6), None);
    }

    #[test]
    fn weights_that_contradict_the_population_are_noticed() {
        let stage = Stage::of_elements(3).with_population(&[6, 6, 6]);
        let design = SampleDesign::new(&[stage], Some(&[2.0, 2.5, 2.0])).unwrap();
        let found = design.weight_contradiction(0.01).unwrap();
        assert_eq!((found.case, found.implied, found.weight, found.cases), (1, 2.0, 2.5, 1));
        assert_eq!((found.weight_sum, found.implied_sum), (6.5, 6.0));
        assert_eq!(design.weight_contradiction(0.3), None);
    }

    #[test]
    fn each_impossible_design_has_its_own_name() {
        let error = |stage: Stage, weights: Option<&[f64]>| SampleDesign::new(&[stage], weights).unwrap_err();
        assert_eq!(SampleDesign::new(&[], None), Err(DesignError::NoStage));
        assert_eq!(error(Stage::of_elements(0), None), DesignError::Empty);
        assert_eq!(
            error(Stage::of_elements(2).stratified(&[1]), None),
            DesignError::Cases { expected: 2, got: 1 }
        );
        assert_eq!(error(Stage::of_elements(2), Some(&[1.0, -1.0])), DesignError::BadWeight { case: 1 });
        assert_eq!(error(Stage::of_elements(2), Some(&[0.0, 0.0])), DesignError::NoWeight);
        assert_eq!(
            error(Stage::of_elements(2).with_population(&[5, 6]), None),
            DesignError::PopulationDiffers {
                stage: 0,
                case: 1,
                other: 0
            }
        );
        assert_eq!(
            error(Stage::of_elements(2).with_population(&[1, 1]), None),
            DesignError::PopulationBelowSampled {
                stage: 0,
                stratum: 0,
                sampled: 2,
                population: 1
            }
        );
    }

    #[test]
    fn degrees_of_freedom_of_a_domain_count_what_it_touches() {
        let design = SampleDesign::new(
            &[Stage::new(&[1, 1, 2, 3, 4, 5]).stratified(&[1, 1, 1, 1, 2, 2])],
            Some(&[1.0, 1.0, 1.0, 1.0, 1.0, 0.0]),
        )
        .unwrap();
        // 4 PSUs of positive weight in 2 strata
        assert_eq!(design.df(), 2);
        assert_eq!(design.domain_df(|case| case < 3), 1);
    }
}
