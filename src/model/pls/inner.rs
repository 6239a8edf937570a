//! Inner weights: how strongly each construct is drawn towards its neighbours.

use super::regression::Regression;
use super::{InnerScheme, PlsError};
use crate::model::structure::Structure;

/// Inner weights of all constructs, with the space to renew them.
pub(super) struct InnerWeights {
    /// Row: the construct; column: its neighbour. Zero where no path joins them.
    weights: Vec<f64>,
    regression: Regression,
}

impl InnerWeights {
    pub(super) fn new(structure: &Structure) -> Self {
        let count = structure.construct_count();
        Self {
            weights: vec![0.0; count * count],
            regression: Regression::new(predictors_max(structure)),
        }
    }

    /// The weights of one construct's neighbours; `count` is the number of
    /// constructs.
    pub(super) fn row(&self, construct: usize, count: usize) -> &[f64] {
        &self.weights[construct * count..(construct + 1) * count]
    }

    /// Renews the weights from the correlations among the scores.
    pub(super) fn renew(&mut self, scheme: InnerScheme, structure: &Structure, correlation: &[f64]) -> Result<(), PlsError> {
        let count = structure.construct_count();
        if scheme == InnerScheme::Path {
            return self.renew_along_paths(structure, correlation);
        }
        for &(from, to) in structure.paths() {
            let value = correlation[from * count + to];
            let weight = match scheme {
                InnerScheme::Centroid => sign(value),
                InnerScheme::Factorial | InnerScheme::Path => value,
            };
            self.weights[from * count + to] = weight;
            self.weights[to * count + from] = weight;
        }
        Ok(())
    }

    fn renew_along_paths(&mut self, structure: &Structure, correlation: &[f64]) -> Result<(), PlsError> {
        let count = structure.construct_count();
        let neighbours = structure.incoming().iter().zip(structure.outgoing());
        for (construct, (incoming, outgoing)) in neighbours.enumerate() {
            let row = construct * count;
            let coefficients = self
                .regression
                .solve(correlation, count, construct, incoming)
                .ok_or(PlsError::DependentPredictors { construct })?;
            for (before, &coefficient) in incoming.iter().zip(coefficients) {
                self.weights[row + before.from] = coefficient;
            }
            for &after in outgoing {
                self.weights[row + after] = correlation[row + after];
            }
        }
        Ok(())
    }
}

/// The largest number of paths that end at one construct.
pub(super) fn predictors_max(structure: &Structure) -> usize {
    structure.incoming().iter().map(Vec::len).max().unwrap_or(0)
}

/// −1, 0 or 1. Unlike `f64::signum`, no correlation means no pull.
fn sign(value: f64) -> f64 {
    if value > 0.0 {
        1.0
    } else if value < 0.0 {
        -1.0
    } else {
        0.0
    }
}
