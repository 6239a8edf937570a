//! Mahalanobis distance: how unusual the whole pattern of a respondent's answers is.
//!
//! `D² = (x − x̄)ᵀ S⁻¹ (x − x̄)` with the means of whoever answered each item and S the covariances (divisor n − 1) over
//! whoever answered both. Were the answers normally distributed, D² over p answered items would follow χ² with p degrees of
//! freedom; answers on a few steps are not, so that the share beyond a quantile of χ² is a nominal one.
//!
//! **Missing answers**: a respondent who left items out is judged on the answered ones alone, by the part of x̄ and S that
//! belongs to them and with as many degrees of freedom. Items that never vary are left out for everybody.
//!
//! Sources: P. C. Mahalanobis, "On the generalised distance in statistics", *Proceedings of the National Institute of
//! Sciences of India* 2 (1936) 49–55; Meade & Craig 2012 (see [`super::even_odd`]).

use super::{Coded, PairMoments};
use crate::ingest::answer::is_score;
use crate::stats::chi_squared_upper_tail;
use nalgebra::{Cholesky, DMatrix, DVector, Dyn};
use rayon::prelude::*;

/// The distance of one respondent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distance {
    /// D², at least 0.
    pub squared: f64,
    /// Answered items that vary: the degrees of freedom of the nominal χ².
    pub df: u32,
    /// P(χ² ≥ D²) with these degrees of freedom.
    pub p_value: f64,
}

/// Why no distance can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoDistance {
    /// Fewer than two items vary, or two of them were never answered by the same respondents.
    #[error("fewer than two items vary or were answered together")]
    TooLittle,
    /// S is not positive definite: an item follows from others, there are fewer respondents than items, or the
    /// covariances over pairs contradict each other.
    #[error("the covariance matrix is not positive definite")]
    Singular,
}

/// Distances of all rows. A row is `None` when it answered none of the items that vary.
pub fn distances(answers: &Coded<'_>, moments: &PairMoments) -> Result<Vec<Option<Distance>>, NoDistance> {
    let items: Vec<usize> = (0..answers.item_count()).filter(|item| moments.varies(*item)).collect();
    if items.len() < 2 {
        return Err(NoDistance::TooLittle);
    }
    let covariance = moments.covariances(&items).ok_or(NoDistance::TooLittle)?;
    let means: Vec<f64> = items.iter().map(|item| moments.mean(*item).unwrap_or(0.0)).collect();
    let whole = factor(&covariance).ok_or(NoDistance::Singular)?;
    let distance = |row: usize| {
        let packed = answers.packed(row);
        let mut given = Vec::with_capacity(items.len());
        let mut deviations = Vec::with_capacity(items.len());
        for (position, (item, mean)) in items.iter().zip(&means).enumerate() {
            if let Some(step) = packed.get(*item).filter(|p| is_score(**p)) {
                given.push(position);
                deviations.push(f64::from(*step) - mean);
            }
        }
        let deviations = DVector::from_vec(deviations);
        let squared = if given.len() == items.len() {
            length(&whole, &deviations)?
        } else {
            // Any part of a positive definite matrix is positive definite.
            let part = covariance.select_rows(&given).select_columns(&given);
            length(&factor(&part)?, &deviations)?
        };
        let df = given.len() as u32;
        Some(Distance {
            squared,
            df,
            p_value: chi_squared_upper_tail(squared, f64::from(df))?,
        })
    };
    Ok((0..answers.len()).into_par_iter().map(distance).collect())
}

/// The Cholesky factor of a matrix that is positive definite beyond rounding.
fn factor(matrix: &DMatrix<f64>) -> Option<Cholesky<f64, Dyn>> {
    let factor = Cholesky::new(matrix.clone())?;
    // A pivot far below its variance is rounding: the item follows from those before it.
    let lower = factor.l_dirty();
    let sound = (0..matrix.nrows()).all(|i| {
        let (pivot, variance) = (lower.get((i, i)), matrix.get((i, i)));
        pivot.zip(variance).is_some_and(|(p, v)| p * p > 1e-10 * v)
    });
    sound.then_some(factor)
}

/// `xᵀ S⁻¹ x` as |L⁻¹ x|²; `None` for an empty x.
fn length(factor: &Cholesky<f64, Dyn>, deviations: &DVector<f64>) -> Option<f64> {
    if deviations.is_empty() {
        return None;
    }
    let solved = factor.l_dirty().solve_lower_triangular(deviations)?;
    Some(solved.norm_squared())
}
