//! Jackknife replicates from the tally: the sums that would have come out had a group not answered.
//!
//! Leaving out group `r` scales the rest of each stratum up to the stratum's weight: `T_r = Σ_h k_h (T_h − T_hr)` with
//! `k_h = W_h / (W_h − W_hr)`, which is post-stratification anew in every replicate. Up to 400 cases each case is a group
//! (the stratified jackknife: coefficient `(n_h − 1)/n_h`, times `1 − f_h` where the frame is known); beyond that the groups are
//! random and the coefficient is `(G − 1)/G` (Kott 2001, delete-a-group jackknife), without finite population correction.
//!
//! Where clusters were drawn, whole clusters are left out: each in turn up to 400 (`JKn`: n and N count clusters, and without a
//! frame to calibrate to `k_h = n_h/(n_h − 1)`), random groups of them beyond.

use super::calibrated::CalibratedCells;
use super::estimate::VarianceMethod;
use super::linear::domain_df;
use crate::design::replicates::delete_group::delete_group_coefficient;
use crate::survey::SelectionMethod;
use crate::tally::{Cell, CellKey, Grouping, ItemTotals, Tally, WeightedSums};
use crate::weight::Weights;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// One replicate.
pub struct Replicate {
    /// Sums without the group.
    pub sums: WeightedSums,
    /// Sums of each wanted domain without the group.
    pub domains: Vec<ItemTotals>,
    /// Factor of the squared deviation.
    pub coefficient: f64,
    /// False where the weights could not be brought to their margins without the group: the sums are then of no use.
    pub calibrated: bool,
}

/// Sums of a stratum, or of a group within it.
struct Part {
    whole: WeightedSums,
    domains: Vec<ItemTotals>,
}

/// Sums by stratum and cells by group: what replicates are made from.
pub struct Jackknife<'a> {
    tally: &'a Tally,
    weights: &'a Weights,
    /// For each wanted domain, the domain combinations that belong to it.
    domains: &'a [Vec<u16>],
    strata: BTreeMap<u16, Part>,
    total: Part,
    groups: BTreeMap<u16, Vec<(&'a CellKey, &'a Cell)>>,
    /// Where weights have margins: what their calibration in every replicate is made from.
    calibrated: Option<CalibratedCells<'a>>,
}

impl<'a> Jackknife<'a> {
    /// Prepares the replicates of a tally.
    #[must_use]
    pub fn new(tally: &'a Tally, weights: &'a Weights, domains: &'a [Vec<u16>]) -> Self {
        let mut groups: BTreeMap<u16, Vec<(&CellKey, &Cell)>> = BTreeMap::new();
        let mut strata: BTreeMap<u16, Part> = BTreeMap::new();
        let mut total = part(tally, domains.len());
        for (key, cell) in tally.cells() {
            groups.entry(key.group).or_default().push((key, cell));
            let weight = weights.of_cell(*key);
            add_cell(
                strata.entry(key.stratum).or_insert_with(|| part(tally, domains.len())),
                *key,
                cell,
                weight,
                domains,
            );
            add_cell(&mut total, *key, cell, weight, domains);
        }
        Self {
            tally,
            weights,
            domains,
            strata,
            total,
            groups,
            calibrated: CalibratedCells::new(tally, weights, domains),
        }
    }

    /// Sums of all cases.
    #[must_use]
    pub fn total(&self) -> &WeightedSums {
        &self.total.whole
    }

    /// Sums of each wanted domain.
    #[must_use]
    pub fn domain_totals(&self) -> &[ItemTotals] {
        &self.total.domains
    }

    /// What calibration does to the weight cells, in the full sample and in a replicate; `None` where there is none.
    pub(super) fn calibration(&self) -> Option<&CalibratedCells<'a>> {
        self.calibrated.as_ref()
    }

    /// What kind of jackknife it is.
    #[must_use]
    pub fn method(&self) -> VarianceMethod {
        match self.tally.grouping() {
            Grouping::Case => VarianceMethod::JackknifeDeleteOne,
            Grouping::Psu => VarianceMethod::JackknifeDeletePsu,
            Grouping::RandomCases | Grouping::RandomPsus => VarianceMethod::JackknifeDeleteGroup,
        }
    }

    /// Groups that somebody is in, each of which is left out once.
    #[must_use]
    pub fn replicate_count(&self) -> u64 {
        self.groups.len() as u64
    }

    /// Degrees of freedom: respondents or clusters less strata, but not more than random groups less one.
    #[must_use]
    pub fn df(&self) -> Option<f64> {
        self.df_of(|_| true)
    }

    /// The same for a domain: of the respondents or clusters that it touches.
    #[must_use]
    pub fn df_of(&self, in_domain: impl Fn(u16) -> bool) -> Option<f64> {
        let units = domain_df(self.tally, self.weights, in_domain);
        let df = match self.tally.grouping() {
            Grouping::Case | Grouping::Psu => units,
            Grouping::RandomCases | Grouping::RandomPsus => units.min(self.replicate_count().saturating_sub(1)),
        };
        (df > 0).then_some(df as f64)
    }

    /// Applies a function to every replicate, in parallel; results in the order of the groups.
    pub fn map<T: Send>(&self, f: impl Fn(&Replicate) -> T + Sync) -> Vec<(f64, T)> {
        let groups: Vec<_> = self.groups.values().collect();
        groups
            .into_par_iter()
            .filter_map(|cells| {
                let replicate = self.without(cells)?;
                Some((replicate.coefficient, f(&replicate)))
            })
            .collect()
    }

    /// `None` for a case that is alone in its stratum: its absence cannot be told from the stratum's.
    fn without(&self, cells: &[(&CellKey, &Cell)]) -> Option<Replicate> {
        let coefficient = self.coefficient(cells.first()?.0.stratum)?;
        Some(Replicate {
            coefficient,
            ..self.left_out(cells)?
        })
    }

    /// The sums that would have come out had the cases of some cells not answered; the coefficient is that of no variance.
    pub(super) fn left_out(&self, cells: &[(&CellKey, &Cell)]) -> Option<Replicate> {
        let coefficient = 0.0;
        if let Some(calibrated) = &self.calibrated {
            let anew = calibrated.without(cells, &|stratum, psus, whole, gone| self.scaling_up(stratum, psus, whole, gone));
            let calibrated = anew.is_some();
            let (sums, domains) = anew.unwrap_or_else(|| (self.total.whole.clone(), self.total.domains.clone()));
            return Some(Replicate {
                sums,
                domains,
                coefficient,
                calibrated,
            });
        }
        let mut gone: BTreeMap<u16, Part> = BTreeMap::new();
        for (key, cell) in cells {
            let weight = self.weights.of_cell(**key);
            add_cell(
                gone.entry(key.stratum).or_insert_with(|| part(self.tally, self.domains.len())),
                **key,
                cell,
                weight,
                self.domains,
            );
        }
        let mut sums = self.total.whole.clone();
        let mut domains = self.total.domains.clone();
        for (number, gone) in &gone {
            let stratum = self.strata.get(number)?;
            let psus: BTreeSet<u16> = cells
                .iter()
                .filter(|(key, _)| key.stratum == *number)
                .map(|(key, _)| key.psu)
                .collect();
            let factor = self.scaling_up(*number, psus.len() as u64, stratum.whole.weight, gone.whole.weight);
            sums.combine(&stratum.whole, factor - 1.0);
            sums.combine(&gone.whole, -factor);
            for ((domain, all), gone) in domains.iter_mut().zip(&stratum.domains).zip(&gone.domains) {
                domain.combine(all, factor - 1.0);
                domain.combine(gone, -factor);
            }
        }
        Some(Replicate {
            sums,
            domains,
            coefficient,
            calibrated: true,
        })
    }

    /// What the rest of a stratum of weight `whole` is multiplied by when `gone`, of so many clusters, is left out.
    fn scaling_up(&self, stratum: u16, psus: u64, whole: f64, gone: f64) -> f64 {
        if let Some(clusters) = self.weights.clusters.as_ref().filter(|_| !self.weights.calibrated) {
            // Clusters of unequal size are drawn alike: their number is what the others stand for, not their weight.
            // Without drawn strata one factor goes for all, which no mean sees.
            let drawn_by_stratum = self.weights.method == SelectionMethod::Stratified;
            let sampled = clusters.sampled.get(&stratum).copied().filter(|n| *n > psus && drawn_by_stratum);
            return sampled.map_or(1.0, |n| n as f64 / (n - psus) as f64);
        }
        let rest = whole - gone;
        if rest > 1e-9 * whole { whole / rest } else { 1.0 }
    }

    fn coefficient(&self, stratum: u16) -> Option<f64> {
        if matches!(self.tally.grouping(), Grouping::RandomCases | Grouping::RandomPsus) {
            return Some(delete_group_coefficient(self.groups.len()));
        }
        let by_stratum = self.weights.method == SelectionMethod::Stratified;
        let (n, population) = match &self.weights.clusters {
            Some(clusters) => {
                let stratum = if by_stratum { stratum } else { 0 };
                // With a second stage the correction of the first alone would leave its variance out: without it the clusters carry all.
                let known = clusters.population.len() == clusters.sampled.len() && clusters.units.is_empty();
                let population = clusters.population.get(&stratum).copied().filter(|_| known);
                (clusters.sampled.get(&stratum).copied()?, population)
            }
            None if by_stratum => (self.strata.get(&stratum)?.whole.cases, self.weights.fpc_population(stratum)),
            None => (self.tally.case_count(), self.weights.fpc_population_total()),
        };
        let kept_back = population.map_or(1.0, |population| 1.0 - n as f64 / population as f64);
        (n > 1).then(|| (n as f64 - 1.0) / n as f64 * kept_back)
    }
}

fn part(tally: &Tally, domains: usize) -> Part {
    let items = tally.item_count();
    Part {
        whole: WeightedSums::new(items),
        domains: vec![ItemTotals::new(items); domains],
    }
}

fn add_cell(part: &mut Part, key: CellKey, cell: &Cell, weight: f64, domains: &[Vec<u16>]) {
    part.whole.insert(cell, weight);
    for (sums, members) in part.domains.iter_mut().zip(domains) {
        if members.contains(&key.domain) {
            sums.insert(cell, weight);
        }
    }
}
