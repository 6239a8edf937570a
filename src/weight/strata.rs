//! Factors by stratum: base weight from the frame, non-response, post-stratification.

use super::calibration::{WeightCells, WeightKey};
use crate::coverage::frame::Frame;
use crate::ingest::Responses;
use std::collections::BTreeMap;

/// The factors of one stratum on top of the weight column (or 1).
#[derive(Debug, Clone)]
pub(super) struct StratumFactors {
    /// Respondents that count.
    pub(super) n: u64,
    /// Customers in the frame.
    pub(super) population: Option<u64>,
    /// Customers drawn.
    pub(super) drawn: Option<u64>,
    /// Σ of the weight column.
    pub(super) column_sum: f64,
    /// Σ of its squares.
    pub(super) column_squares: f64,
    /// `N_h / drawn_h`, or 1.
    pub(super) base: f64,
    /// Σ of the weight column times the factors of the classes, where there are classes.
    answering: Option<f64>,
    /// `drawn_h / n_h`, or 1; with classes their mean factor.
    pub(super) nonresponse: f64,
    /// `N_h` over the weights so far, or 1.
    pub(super) poststratification: f64,
    /// Weights of the column by class.
    classes: Vec<f64>,
}

/// The factors of every stratum with respondents, by its number.
///
/// `of_class` gives the non-response factor of a cell where there are classes; the strata are the classes otherwise.
pub(super) fn factors(
    cells: &WeightCells,
    responses: &Responses,
    frame: Option<&Frame>,
    of_class: &dyn Fn(WeightKey) -> Option<f64>,
) -> BTreeMap<u16, StratumFactors> {
    let classes = responses.weight.as_ref().map(|(values, _)| values.clone()).unwrap_or_default();
    let mut strata: BTreeMap<u16, StratumFactors> = BTreeMap::new();
    for (key, count) in cells.keys().zip(cells.counts()) {
        let stratum = strata.entry(key.stratum).or_insert_with(|| StratumFactors::empty(&classes));
        let weight = stratum.column(key.weight_class);
        stratum.n += count;
        stratum.column_sum += weight * *count as f64;
        stratum.column_squares += weight * weight * *count as f64;
        if let Some(factor) = of_class(key) {
            *stratum.answering.get_or_insert(0.0) += weight * factor * *count as f64;
        }
    }
    for stratum in strata.values_mut() {
        if let Some(answering) = stratum.answering {
            stratum.nonresponse = answering / stratum.column_sum;
        }
    }
    for (number, stratum) in &mut strata {
        let name = responses.strata.names().get(usize::from(*number));
        if let Some(row) = name.and_then(|name| frame?.strata.get(name)) {
            stratum.bring_to(row.population, row.drawn);
        }
    }
    strata
}

impl StratumFactors {
    fn empty(classes: &[f64]) -> Self {
        Self {
            n: 0,
            population: None,
            drawn: None,
            column_sum: 0.0,
            column_squares: 0.0,
            answering: None,
            base: 1.0,
            nonresponse: 1.0,
            poststratification: 1.0,
            classes: classes.to_vec(),
        }
    }

    fn bring_to(&mut self, population: u64, drawn: Option<u64>) {
        (self.population, self.drawn) = (Some(population), drawn);
        if let Some(drawn) = drawn.filter(|d| *d > 0 && !self.has_column()) {
            self.base = population as f64 / drawn as f64;
            if self.answering.is_none() {
                self.nonresponse = drawn as f64 / self.n as f64;
            }
        }
        self.poststratification = population as f64 / (self.column_sum * self.base * self.nonresponse);
    }

    /// Whether there is a weight column.
    pub(super) fn has_column(&self) -> bool {
        !self.classes.is_empty()
    }

    /// The weight column of a class, or 1.
    pub(super) fn column(&self, class: u16) -> f64 {
        self.classes.get(usize::from(class)).copied().unwrap_or(1.0)
    }
}
