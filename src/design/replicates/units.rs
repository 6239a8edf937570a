//! The units that replicates are made from: primary sampling units by stratum, counts only.

use super::ReplicateError;
use std::collections::BTreeMap;

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

    /// Numbers the units of rows by stratum and unit, both in ascending order, so that the order of rows plays no part.
    /// Gives the units and the unit of every row. A unit belongs to the stratum it is named with: the same name in two
    /// strata is two units.
    ///
    /// # Errors
    ///
    /// As [`Self::new`].
    pub fn of_rows<S: Ord + Clone, U: Ord + Clone>(
        rows: &[(S, U)],
        population: impl Fn(&S) -> Option<u64>,
    ) -> Result<(Self, Vec<usize>), ReplicateError> {
        let mut numbers: BTreeMap<(S, U), usize> = rows.iter().cloned().map(|key| (key, 0)).collect();
        let mut strata: BTreeMap<S, StratumUnits> = BTreeMap::new();
        for (number, ((stratum, _), slot)) in numbers.iter_mut().enumerate() {
            *slot = number;
            let units = strata.entry(stratum.clone()).or_insert_with(|| StratumUnits {
                sampled: 0,
                population: population(stratum),
            });
            units.sampled += 1;
        }
        let of_row = rows.iter().filter_map(|key| numbers.get(key).copied()).collect();
        Ok((Self::new(strata.into_values().collect())?, of_row))
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
