//! Numbers of the path model that are estimated anew in every replicate, so that they have standard errors: shares of
//! explained variance, and paths free of attenuation.

use super::shares::FittedModel;
use crate::measure::reliability::rho_a;
use crate::model::plsc::{ConsistentEstimate, correct};
use crate::model::relative_importance::{johnson_weights, shapley_values};
use crate::model::structure::Structure;
use crate::survey::Survey;
use nalgebra::DMatrix;

/// Divides R² among predictors, given their correlations and those with the target.
type Divide = fn(&DMatrix<f64>, &[f64]) -> Option<Vec<f64>>;

/// Share of R² that each path brings (Shapley values), in the order of the paths.
#[must_use]
pub fn shares_of_r2(structure: &Structure, construct_correlation: &DMatrix<f64>) -> Vec<Option<f64>> {
    divided(structure, construct_correlation, shapley_values)
}

/// The same by Johnson's relative weights.
#[must_use]
pub fn relative_weights(structure: &Structure, construct_correlation: &DMatrix<f64>) -> Vec<Option<f64>> {
    divided(structure, construct_correlation, johnson_weights)
}

fn divided(structure: &Structure, construct_correlation: &DMatrix<f64>, divide: Divide) -> Vec<Option<f64>> {
    let mut all = vec![None; structure.paths().len()];
    for (target, incoming) in structure.incoming().iter().enumerate() {
        let among = DMatrix::from_fn(incoming.len(), incoming.len(), |a, b| {
            construct_correlation
                .get((incoming[a].from, incoming[b].from))
                .copied()
                .unwrap_or(f64::NAN)
        });
        let with = incoming
            .iter()
            .map(|b| construct_correlation.get((b.from, target)).copied().unwrap_or(f64::NAN));
        let Some(values) = divide(&among, &with.collect::<Vec<_>>()) else {
            continue;
        };
        for (before, value) in incoming.iter().zip(values) {
            if let Some(slot) = all.get_mut(before.path) {
                *slot = Some(value);
            }
        }
    }
    all
}

/// The model free of attenuation, where the definition asks for it and reliabilities are positive.
#[must_use]
pub fn consistent(survey: &Survey, model: &FittedModel) -> Option<ConsistentEstimate> {
    let structure = survey.model.structure.as_ref().filter(|_| survey.model.consistent)?;
    let blocks = structure.blocks().iter().zip(&model.pls.outer_weights);
    let reliability: Vec<Option<f64>> = blocks.map(|(items, weights)| rho_a(&model.correlation, items, weights)).collect();
    correct(&model.pls, structure, &survey.model.outer, &reliability).ok()
}

/// Shares of R² by Shapley and by Johnson, then paths free of attenuation: as many of each as there are paths.
pub(super) fn extra_numbers(survey: &Survey, model: &FittedModel) -> Vec<Option<f64>> {
    let Some(structure) = &survey.model.structure else {
        return Vec::new();
    };
    let mut all = shares_of_r2(structure, &model.pls.construct_correlation);
    all.extend(relative_weights(structure, &model.pls.construct_correlation));
    match consistent(survey, model) {
        Some(consistent) => all.extend(consistent.paths.into_iter().map(Some)),
        None => all.extend(std::iter::repeat_n(None, structure.paths().len())),
    }
    all
}
