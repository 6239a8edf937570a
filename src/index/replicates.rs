//! Jackknife replicates from the tally: the sums that would have come out had a group not answered.
//!
//! Leaving out group `r` scales the rest of each stratum up to the stratum's weight: `T_r = Σ_h k_h (T_h − T_hr)` with
//! `k_h = W_h / (W_h − W_hr)`, which is post-stratification anew in every replicate. Up to 400 cases each case is a group
//! (the stratified jackknife: coefficient `(n_h − 1)/n_h`, times `1 − f_h` where the frame is known); beyond that the groups are
//! random and the coefficient is `(G − 1)/G` (Kott 2001, delete-a-group jackknife), without finite population correction.

use super::estimate::VarianceMethod;
use crate::survey::SelectionMethod;
use crate::tally::{Cell, CellKey, ItemTotals, Tally, WeightedSums};
use crate::weight::Weights;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// One replicate.
pub struct Replicate {
    /// Sums without the group.
    pub sums: WeightedSums,
    /// Sums of each wanted domain without the group.
    pub domains: Vec<ItemTotals>,
    /// Factor of the squared deviation.
    pub coefficient: f64,
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

    /// What the replicates are called in an estimate.
    #[must_use]
    pub fn method(&self) -> VarianceMethod {
        if self.tally.is_delete_one() {
            VarianceMethod::JackknifeDeleteOne
        } else {
            VarianceMethod::JackknifeDeleteGroup
        }
    }

    /// Degrees of freedom: cases less strata, or groups less one.
    #[must_use]
    pub fn df(&self) -> Option<f64> {
        let df = if self.tally.is_delete_one() {
            let strata = if self.weights.method == SelectionMethod::Stratified {
                self.strata.len() as u64
            } else {
                1
            };
            self.tally.case_count().checked_sub(strata)
        } else {
            (self.groups.len() as u64).checked_sub(1)
        };
        df.filter(|df| *df > 0).map(|df| df as f64)
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
            let rest = stratum.whole.weight - gone.whole.weight;
            let factor = if rest > 1e-9 * stratum.whole.weight {
                stratum.whole.weight / rest
            } else {
                1.0
            };
            sums.combine(&stratum.whole, factor - 1.0);
            sums.combine(&gone.whole, -factor);
            for ((domain, all), gone) in domains.iter_mut().zip(&stratum.domains).zip(&gone.domains) {
                domain.combine(all, factor - 1.0);
                domain.combine(gone, -factor);
            }
        }
        let coefficient = self.coefficient(cells.first()?.0.stratum)?;
        Some(Replicate {
            sums,
            domains,
            coefficient,
        })
    }

    fn coefficient(&self, stratum: u16) -> Option<f64> {
        if !self.tally.is_delete_one() {
            let groups = self.groups.len() as f64;
            return Some((groups - 1.0) / groups);
        }
        let by_stratum = self.weights.method == SelectionMethod::Stratified;
        let n = if by_stratum {
            self.strata.get(&stratum)?.whole.cases
        } else {
            self.tally.case_count()
        };
        let population = if by_stratum {
            self.weights.fpc_population(stratum)
        } else {
            self.weights.fpc_population_total()
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

/// Jackknife variance `Σ c_r (θ_r − θ)²` of each component; `None` for components that some replicate lacks.
#[must_use]
pub fn variances(full: &[Option<f64>], replicates: &[(f64, Vec<Option<f64>>)]) -> Vec<Option<f64>> {
    let component = |position: usize, value: f64| {
        let mut sum = 0.0;
        for (coefficient, values) in replicates {
            let deviation = values.get(position).copied().flatten()? - value;
            sum += coefficient * deviation * deviation;
        }
        (!replicates.is_empty()).then_some(sum)
    };
    full.iter()
        .enumerate()
        .map(|(position, value)| value.and_then(|v| component(position, v)))
        .collect()
}
