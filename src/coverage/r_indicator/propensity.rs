//! Response propensities: how likely a unit drawn was to respond, given what is known of everybody drawn.
//!
//! `g(ρ_i) = x_i'β`, fitted by iteratively reweighted least squares with the design weights brought to mean 1 (Nelder and
//! Wedderburn, 1972; `McCullagh` and Nelder, 1989, section 2.5). The covariance of β is the model's: `(X'WX)⁻¹` for the logit,
//! times the residual variance for the identity link.

use super::sample::ResponseSample;
use nalgebra::{DMatrix, DVector};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the linear predictor becomes a propensity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Link {
    /// `ρ = 1/(1 + exp(−η))`: always between 0 and 1.
    Logit,
    /// `ρ = η`: exists also where a category responded wholly or not at all, but may leave 0 to 1.
    Identity,
}

impl Link {
    fn mean(self, eta: f64) -> f64 {
        match self {
            Self::Logit => 1.0 / (1.0 + libm::exp(-eta)),
            Self::Identity => eta,
        }
    }

    /// dρ/dη.
    pub(super) fn slope(self, propensity: f64) -> f64 {
        match self {
            Self::Logit => propensity * (1.0 - propensity),
            Self::Identity => 1.0,
        }
    }
}

/// Why there are no propensities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PropensityError {
    /// Nobody was drawn, or nobody responded, or everybody did: nothing varies.
    #[error("all or none of the units responded")]
    NothingVaries,
    /// A category responded wholly or not at all, so that its logit is infinite.
    #[error("a category responded wholly or not at all")]
    Separated,
    /// As many parameters as units.
    #[error("there are {parameters} parameters for {units} units")]
    TooManyParameters {
        /// Parameters of the model.
        parameters: usize,
        /// Units drawn.
        units: u64,
    },
}

/// A fitted model.
#[derive(Debug, Clone)]
pub struct Propensities {
    /// The link.
    pub link: Link,
    /// Variable and category of each coefficient; nothing for the constant. Columns that others determine are left out.
    pub columns: Vec<Option<(String, String)>>,
    /// β.
    pub coefficients: DVector<f64>,
    /// Covariance of β.
    pub covariance: DMatrix<f64>,
    /// `ρ` of each cell of the sample.
    pub of_cell: Vec<f64>,
    /// `∇ρ = (dρ/dη)·x` of each cell, one row a cell.
    pub gradient: DMatrix<f64>,
}

const ITERATIONS: usize = 60;

/// Fits the propensities of a sample.
pub fn fit(sample: &ResponseSample, link: Link) -> Result<Propensities, PropensityError> {
    let (sampled, responded) = (sample.sampled(), sample.responded());
    if responded == 0 || responded == sampled {
        return Err(PropensityError::NothingVaries);
    }
    let mean_weight = sample.cells.iter().map(|c| c.weight * c.sampled as f64).sum::<f64>() / sampled as f64;
    // Weighted units and weighted responses of each cell.
    let mass = DVector::from_iterator(
        sample.cells.len(),
        sample.cells.iter().map(|c| c.weight / mean_weight * c.sampled as f64),
    );
    let share = DVector::from_iterator(
        sample.cells.len(),
        sample.cells.iter().map(|c| c.responded as f64 / c.sampled as f64),
    );
    let full = sample.design_matrix();
    let kept = independent_columns(&full, &mass);
    let x = full.select_columns(&kept);
    if x.ncols() as u64 >= sampled {
        return Err(PropensityError::TooManyParameters {
            parameters: x.ncols(),
            units: sampled,
        });
    }
    let (coefficients, information) = match link {
        Link::Identity => solve(&x, &mass, &share).ok_or(PropensityError::NothingVaries)?,
        Link::Logit => logit(&x, &mass, &share)?,
    };
    let eta = &x * &coefficients;
    let of_cell: Vec<f64> = eta.iter().map(|eta| link.mean(*eta)).collect();
    let scale = match link {
        Link::Logit => 1.0,
        Link::Identity => {
            let cells = mass.iter().zip(&share).zip(&of_cell);
            let squares = cells.map(|((m, y), p)| m * (y * (1.0 - p) * (1.0 - p) + (1.0 - y) * p * p));
            squares.sum::<f64>() / (sampled as f64 - x.ncols() as f64)
        }
    };
    let mut gradient = x;
    for (mut row, p) in gradient.row_iter_mut().zip(&of_cell) {
        row *= link.slope(*p);
    }
    let names = sample.columns();
    Ok(Propensities {
        link,
        columns: kept.iter().filter_map(|at| names.get(*at).cloned()).collect(),
        coefficients,
        covariance: information * scale,
        of_cell,
        gradient,
    })
}

/// Solution of the weighted least squares problem and the inverse of `X'WX`.
fn solve(x: &DMatrix<f64>, weight: &DVector<f64>, y: &DVector<f64>) -> Option<(DVector<f64>, DMatrix<f64>)> {
    let mut weighted = x.clone();
    for (mut row, w) in weighted.row_iter_mut().zip(weight.iter()) {
        row *= *w;
    }
    let cholesky = (x.transpose() * &weighted).cholesky()?;
    let mut beta = cholesky.solve(&(weighted.transpose() * y));
    // One step of refinement takes the solution to the last digits.
    let residual = y - x * &beta;
    beta += cholesky.solve(&(weighted.transpose() * residual));
    Some((beta, cholesky.inverse()))
}

fn logit(x: &DMatrix<f64>, mass: &DVector<f64>, share: &DVector<f64>) -> Result<(DVector<f64>, DMatrix<f64>), PropensityError> {
    let mut eta: DVector<f64> = share.map(|y| {
        // Start between the observed share and one half, so that no logit is infinite.
        let start = f64::midpoint(y, 0.5);
        libm::log(start / (1.0 - start))
    });
    let mut last = f64::INFINITY;
    for _ in 0..ITERATIONS {
        let p = eta.map(|e| Link::Logit.mean(e));
        let slope = p.map(|p| Link::Logit.slope(p));
        if slope.min() < 1e-10 {
            return Err(PropensityError::Separated);
        }
        let weight = mass.component_mul(&slope);
        let working = &eta + (share - &p).component_div(&slope);
        let (beta, inverse) = solve(x, &weight, &working).ok_or(PropensityError::Separated)?;
        let next = x * &beta;
        let change = (&next - &eta).amax();
        // Newton's steps shrink quadratically; once they stop shrinking only rounding is left.
        if change < 1e-9 && (change >= last || change < 1e-13) {
            return Ok((beta, inverse));
        }
        last = change;
        eta = next;
    }
    Err(PropensityError::Separated)
}

/// Columns that are no linear combination of those before them, by Gram–Schmidt in the metric of the weights.
fn independent_columns(x: &DMatrix<f64>, mass: &DVector<f64>) -> Vec<usize> {
    let root = mass.map(f64::sqrt);
    let mut basis: Vec<DVector<f64>> = Vec::new();
    let mut kept = Vec::new();
    for (at, column) in x.column_iter().enumerate() {
        let mut rest = column.component_mul(&root);
        let norm = rest.norm();
        for _ in 0..2 {
            for unit in &basis {
                let along = unit.dot(&rest);
                rest.axpy(-along, unit, 1.0);
            }
        }
        if norm > 0.0 && rest.norm() > 1e-7 * norm {
            basis.push(rest.normalize());
            kept.push(at);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::super::sample::Unit;
    use super::*;

    fn sample(rows: &[(&str, &str, u64, u64)]) -> ResponseSample {
        let units = rows.iter().flat_map(|(u, v, n, r)| (0..*n).map(move |i| ([*u, *v], i < *r)));
        let units: Vec<([&str; 2], bool)> = units.collect();
        let made = units.iter().map(|(values, responded)| Unit {
            values,
            stratum: "",
            weight: 3.0,
            sampled: 1,
            responded: u64::from(*responded),
        });
        ResponseSample::collect(&["u", "v"], made).unwrap()
    }

    #[test]
    fn a_saturated_model_gives_the_observed_shares() {
        let sample = sample(&[("a", "-", 40, 10), ("b", "-", 60, 45)]);
        for link in [Link::Logit, Link::Identity] {
            let fit = fit(&sample, link).unwrap();
            assert!((fit.of_cell[0] - 0.25).abs() < 1e-14 && (fit.of_cell[1] - 0.75).abs() < 1e-14);
            // A variable with one category has no column.
            assert_eq!(fit.columns.len(), 2);
        }
    }

    #[test]
    fn a_column_that_others_determine_is_left_out() {
        let sample = sample(&[("a", "x", 40, 10), ("b", "y", 60, 45), ("c", "y", 20, 5)]);
        let fit = fit(&sample, Link::Logit).unwrap();
        assert_eq!(fit.columns.len(), 3);
        assert!((fit.of_cell[2] - 0.25).abs() < 1e-12);
    }

    #[test]
    fn where_the_logit_is_infinite_the_identity_link_still_answers() {
        let sample = sample(&[("a", "-", 40, 0), ("b", "-", 60, 45)]);
        assert_eq!(fit(&sample, Link::Logit).unwrap_err(), PropensityError::Separated);
        let linear = fit(&sample, Link::Identity).unwrap();
        assert!(linear.of_cell[0].abs() < 1e-14 && (linear.of_cell[1] - 0.75).abs() < 1e-14);
    }

    #[test]
    fn nothing_varies_where_all_or_none_respond() {
        for responded in [0, 10] {
            let sample = sample(&[("a", "x", 10, responded)]);
            assert_eq!(fit(&sample, Link::Logit).unwrap_err(), PropensityError::NothingVaries);
        }
        let tiny = sample(&[("a", "x", 1, 1), ("b", "x", 1, 0)]);
        assert_eq!(
            fit(&tiny, Link::Identity).unwrap_err(),
            PropensityError::TooManyParameters { parameters: 2, units: 2 }
        );
    }
}
