//! Replicates of calibrated weights: without a group, the weights are brought to their margins anew.
//!
//! Sums are kept by weight cell, each with weight 1, so that a replicate is the calibration of as many weights as there are cells and
//! one pass over their sums.

use crate::tally::{Cell, CellKey, ItemTotals, Tally, WeightedSums};
use crate::weight::Weights;
use crate::weight::calibration::Calibration;
use crate::weight::cells::CellWeights;
use std::collections::{BTreeMap, BTreeSet};

/// What the rest of a stratum is multiplied by: its number, clusters left out, its weight, the weight left out.
type ScalingUp<'a> = &'a dyn Fn(u16, u64, f64, f64) -> f64;

/// Unweighted sums by weight cell.
pub(super) struct CalibratedCells<'a> {
    calibration: &'a Calibration,
    weights: &'a Weights,
    sums: Vec<WeightedSums>,
    totals: Vec<ItemTotals>,
    /// Stratum of each cell.
    stratum: Vec<u16>,
    /// Cells of each wanted domain.
    domains: Vec<Vec<usize>>,
    items: usize,
    cases: u64,
}

impl<'a> CalibratedCells<'a> {
    /// `None` where the weights have neither margins nor trimming.
    pub(super) fn new(tally: &Tally, weights: &'a Weights, domains: &[Vec<u16>]) -> Option<Self> {
        let calibration = weights.calibration()?;
        let items = tally.item_count();
        let cells = weights.cells();
        let mut sums = vec![WeightedSums::new(items); cells.counts().len()];
        let mut totals = vec![ItemTotals::new(items); cells.counts().len()];
        for (key, cell) in tally.cells() {
            let number = cells.number(*key)?;
            sums.get_mut(number)?.insert(cell, 1.0);
            totals.get_mut(number)?.insert(cell, 1.0);
        }
        let of_domain = |members: &Vec<u16>| {
            let members: BTreeSet<u16> = members.iter().copied().collect();
            let inside = cells.keys().enumerate().filter(|(_, key)| members.contains(&key.domain));
            inside.map(|(number, _)| number).collect()
        };
        Some(Self {
            calibration,
            weights,
            sums,
            totals,
            stratum: cells.keys().map(|key| key.stratum).collect(),
            domains: domains.iter().map(of_domain).collect(),
            items,
            cases: tally.case_count(),
        })
    }

    /// Sums of all and of each domain without a group; `None` where the margins cannot be met without it.
    pub(super) fn without(&self, group: &[(&CellKey, &Cell)], scaling_up: ScalingUp<'_>) -> Option<(WeightedSums, Vec<ItemTotals>)> {
        let mut gone: BTreeMap<usize, (u64, WeightedSums, ItemTotals)> = BTreeMap::new();
        let mut psus: BTreeMap<u16, BTreeSet<u16>> = BTreeMap::new();
        for (key, cell) in group {
            let empty = || (0, WeightedSums::new(self.items), ItemTotals::new(self.items));
            let (cases, sums, totals) = gone.entry(self.weights.cells().number(**key)?).or_insert_with(empty);
            *cases += cell.case_count();
            sums.insert(cell, 1.0);
            totals.insert(cell, 1.0);
            psus.entry(key.stratum).or_default().insert(key.psu);
        }
        let weights = self.weights_without(&gone, &psus, scaling_up)?;
        let mut sums = WeightedSums::new(self.items);
        for ((of_cell, weight), number) in self.sums.iter().zip(&weights).zip(0..) {
            sums.combine(of_cell, *weight);
            if let Some((_, gone, _)) = gone.get(&number) {
                sums.combine(gone, -weight);
            }
        }
        sums.cases = self.cases;
        let of_domain = |cells: &Vec<usize>| {
            let mut totals = ItemTotals::new(self.items);
            for number in cells {
                let (Some(of_cell), Some(weight)) = (self.totals.get(*number), weights.get(*number)) else {
                    continue;
                };
                totals.combine(of_cell, *weight);
                if let Some((_, _, gone)) = gone.get(number) {
                    totals.combine(gone, -weight);
                }
            }
            totals
        };
        Some((sums, self.domains.iter().map(of_domain).collect()))
    }

    /// Factors by weight cell that a replicate multiplies the weights before calibration by, given how many cases, counted by their factors, each
    /// cell holds in it; `None` where the margins cannot be met.
    ///
    /// Calibration gives all cases of a cell one factor, so that it is enough to know the mean weight of each; trimming sees that mean.
    pub(super) fn again(&self, effective: &[f64]) -> Option<Vec<f64>> {
        let before = self.weights.before_calibration();
        let mut counts = self.weights.cells().counts().to_vec();
        let mut start = before.to_vec();
        for ((effective, count), weight) in effective.iter().zip(&mut counts).zip(&mut start) {
            if *effective > 0.0 && *count > 0 {
                *weight *= effective / *count as f64;
            } else {
                *count = 0;
            }
        }
        let met = self.calibration.again(&CellWeights::new(counts, start.clone()).ok()?).ok()?;
        Some(met.weights().iter().zip(&start).map(|(now, then)| now / then).collect())
    }

    /// Final weight over weight before calibration, by weight cell.
    pub(super) fn full(&self) -> Vec<f64> {
        let last = self.weights.last();
        last.iter()
            .zip(self.weights.before_calibration())
            .map(|(now, then)| now / then)
            .collect()
    }

    fn weights_without(
        &self,
        gone: &BTreeMap<usize, (u64, WeightedSums, ItemTotals)>,
        psus: &BTreeMap<u16, BTreeSet<u16>>,
        scaling_up: ScalingUp<'_>,
    ) -> Option<Vec<f64>> {
        let before = self.weights.before_calibration();
        let mut counts = self.weights.cells().counts().to_vec();
        let mut by_stratum: BTreeMap<u16, (f64, f64)> = BTreeMap::new();
        for (((stratum, count), weight), number) in self.stratum.iter().zip(&mut counts).zip(before).zip(0..) {
            let left_out = gone.get(&number).map_or(0, |(cases, _, _)| *cases);
            let (whole, out) = by_stratum.entry(*stratum).or_default();
            *whole += weight * *count as f64;
            *out += weight * left_out as f64;
            *count = count.checked_sub(left_out)?;
        }
        let factor = |stratum: &u16| match (psus.get(stratum), by_stratum.get(stratum)) {
            (Some(psus), Some((whole, out))) => scaling_up(*stratum, psus.len() as u64, *whole, *out),
            _ => 1.0,
        };
        let factors: BTreeMap<u16, f64> = by_stratum.keys().map(|stratum| (*stratum, factor(stratum))).collect();
        let start = before.iter().zip(&self.stratum);
        let start = start.map(|(w, stratum)| w * factors.get(stratum).copied().unwrap_or(1.0)).collect();
        let calibrated = self.calibration.again(&CellWeights::new(counts, start).ok()?).ok()?;
        Some(calibrated.weights().to_vec())
    }
}
