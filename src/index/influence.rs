//! What the units that two waves share contribute to the error of an estimate, by linearisation.
//!
//! For every group of shared units `ζ = Σ (z − z̄_h)` over its units, with `z = Σ w u` of a unit (residuals where weights are calibrated) and
//! `z̄_h` the mean of its stratum; `u` is the linearised value of a case ([`super::linear`]), 0 for a case that did not answer. `None` where
//! the estimate is.

use super::linear::{AnsweredMean, CellScores, cell_scores, deductions, design_stratum, design_units, take_calibration};
use crate::tally::link::LinkedGroup;
use crate::tally::{Cell, CellKey, Tally, WeightedSums};
use crate::weight::Weights;
use std::collections::BTreeMap;

type Cells = BTreeMap<CellKey, Cell>;

/// One wave of a link.
#[derive(Clone, Copy)]
pub struct SideOfLink<'a> {
    /// Weights of the wave.
    pub weights: &'a Weights,
    /// The shared units.
    pub groups: &'a [LinkedGroup],
    /// 0 for the earlier wave of the link, 1 for the later.
    pub wave: usize,
}

impl SideOfLink<'_> {
    /// ζ of every group for `Σ a_j ȳ_j`.
    #[must_use]
    pub fn of_linear(&self, tally: &Tally, a: &[f64]) -> Option<Vec<f64>> {
        let items: Vec<usize> = (0..tally.item_count()).filter(|j| a.get(*j).is_some_and(|a| *a != 0.0)).collect();
        let mut total = WeightedSums::new(tally.item_count());
        tally
            .cells()
            .iter()
            .for_each(|(key, cell)| total.insert(cell, self.weights.of_cell(*key)));
        let means: BTreeMap<usize, f64> = items.iter().map(|j| Some((*j, total.mean(*j)?))).collect::<Option<_>>()?;
        let scores = |cells: &Cells| cell_scores(cells, self.weights, a, &items, &means, &total, |_| true);
        self.of(tally, scores, |group| group.cells.get(self.wave))
    }

    /// ζ of every group for the mean of `values` of the answers to question `question` of the link beside the items; `tally` is that
    /// question's.
    #[must_use]
    pub fn of_values(&self, tally: &Tally, values: &[f64], question: usize) -> Option<Vec<f64>> {
        let found = AnsweredMean::of(tally, self.weights, 0, values, |_| true)?;
        let scores = |cells: &Cells| found.scores(cells, self.weights, |_| true);
        self.of(tally, scores, |group| group.side.get(self.wave)?.get(question))
    }

    fn of<'g>(
        &'g self,
        tally: &Tally,
        scores: impl Fn(&Cells) -> Vec<CellScores>,
        cells_of: impl Fn(&'g LinkedGroup) -> Option<&'g Cells>,
    ) -> Option<Vec<f64>> {
        let mut cells = scores(tally.cells());
        let deductions = deductions(self.weights, &cells);
        take_calibration(self.weights, &deductions, &mut cells);
        let mut totals: BTreeMap<u16, f64> = BTreeMap::new();
        for cell in &cells {
            *totals.entry(design_stratum(self.weights, cell.key)).or_default() += cell.weight * cell.sum;
        }
        let units = design_units(tally, self.weights);
        let influence = |group: &'g LinkedGroup| {
            let stratum = group.strata.get(self.wave).copied()?;
            let mut cells = scores(cells_of(group)?);
            take_calibration(self.weights, &deductions, &mut cells);
            let sum: f64 = cells.iter().map(|cell| cell.weight * cell.sum).sum();
            let mean = totals.get(&stratum)? / *units.get(&stratum)? as f64;
            Some(sum - self.units_of(group) as f64 * mean)
        };
        self.groups.iter().map(influence).collect()
    }

    /// Units of the wave in a group of shared ones. Where respondents were drawn, interviews count: one identity may stand for two.
    #[must_use]
    pub fn units_of(&self, group: &LinkedGroup) -> u64 {
        if self.weights.clusters.is_some() {
            group.units
        } else {
            group.cases(self.wave)
        }
    }
}
