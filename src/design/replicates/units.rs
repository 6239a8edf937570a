//! The units that replicates are made from: primary sampling units by stratum, counts only.

use super::ReplicateError;
use crate::design::{SampleDesign, StageStratum, StageUnits};

/// Units drawn at one place of the design, and out of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StratumUnits {
    /// Sampled units, `n_h`.
    pub sampled: usize,
    /// Units in the population, `N_h`; `None` where the draw is taken as with replacement.
    pub population: Option<u64>,
}

impl StratumUnits {
    /// `1 − n_h/N_h`, or 1 without a population.
    #[must_use]
    pub fn unsampled_share(self) -> f64 {
        self.population
            .map_or(1.0, |population| 1.0 - self.sampled as f64 / population as f64)
    }

    pub(super) fn of_stage(stratum: &StageStratum) -> Self {
        Self {
            sampled: stratum.sampled as usize,
            population: stratum.population,
        }
    }

    fn check(self, stratum: usize) -> Result<(), ReplicateError> {
        if self.sampled == 0 {
            return Err(ReplicateError::EmptyStratum { stratum });
        }
        match self.population {
            Some(population) if population < self.sampled as u64 => Err(ReplicateError::MoreSampledThanPopulation {
                stratum,
                sampled: self.sampled,
                population,
            }),
            _ => Ok(()),
        }
    }
}

/// Clusters of a stage by stratum, then by their own number; and the place of each cluster in that order.
pub(super) fn in_order_of_strata(stage: &StageUnits) -> (Vec<usize>, Vec<usize>) {
    let mut clusters: Vec<usize> = (0..stage.clusters()).collect();
    clusters.sort_by_key(|cluster| (stage.stratum_of_cluster.get(*cluster), *cluster));
    let mut number = vec![0; clusters.len()];
    for (place, cluster) in clusters.iter().enumerate() {
        number[*cluster] = place;
    }
    (clusters, number)
}

/// The primary units of a design. Units are numbered from 0, stratum by stratum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrimaryUnits {
    strata: Vec<StratumUnits>,
}

impl PrimaryUnits {
    /// Checks the counts of every stratum.
    ///
    /// # Errors
    ///
    /// No stratum, a stratum without units, or more units sampled than there are.
    pub fn new(strata: Vec<StratumUnits>) -> Result<Self, ReplicateError> {
        if strata.is_empty() {
            return Err(ReplicateError::NoUnits);
        }
        for (stratum, units) in strata.iter().enumerate() {
            units.check(stratum)?;
        }
        Ok(Self { strata })
    }

    /// The primary units of a design, and the unit of every case. Units are numbered by stratum, so that the order of the cases plays
    /// no part.
    ///
    /// # Errors
    ///
    /// None that [`SampleDesign`] would not have refused already.
    pub fn of_design(design: &SampleDesign) -> Result<(Self, Vec<usize>), ReplicateError> {
        let stage = design.first_stage();
        let (_, number) = in_order_of_strata(stage);
        let of_case = stage.cluster.iter().filter_map(|cluster| number.get(*cluster).copied()).collect();
        let strata = stage.strata.iter().map(StratumUnits::of_stage).collect();
        Ok((Self::new(strata)?, of_case))
    }

    /// The same units drawn with replacement: no finite population correction anywhere.
    #[must_use]
    pub fn with_replacement(&self) -> Self {
        let without = |units: &StratumUnits| StratumUnits {
            population: None,
            ..*units
        };
        Self {
            strata: self.strata.iter().map(without).collect(),
        }
    }

    /// The strata, in order.
    #[must_use]
    pub fn strata(&self) -> &[StratumUnits] {
        &self.strata
    }

    /// Units in all strata.
    #[must_use]
    pub fn count(&self) -> usize {
        self.strata.iter().map(|s| s.sampled).sum()
    }

    /// Degrees of freedom of the design: units less strata.
    #[must_use]
    pub fn df(&self) -> usize {
        self.count().saturating_sub(self.strata.len())
    }

    /// Stratum and place within it of every unit, in the order of their numbers.
    #[cfg(test)]
    pub(super) fn places(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.strata
            .iter()
            .enumerate()
            .flat_map(|(stratum, units)| (0..units.sampled).map(move |unit| (stratum, unit)))
    }

    /// Fails where a stratum has a single unit and others of it were left out of the sample.
    pub(super) fn refuse_lonely(&self) -> Result<(), ReplicateError> {
        let lonely = self.strata.iter().position(|s| s.sampled == 1 && s.unsampled_share() > 0.0);
        lonely.map_or(Ok(()), |stratum| Err(ReplicateError::LonelyUnit { stratum }))
    }
}
