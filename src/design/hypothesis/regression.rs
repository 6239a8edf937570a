//! Linear and logistic regression of a survey, with design-based errors.
//!
//! Coefficients solve `Σ w_i x_i (y_i − μ_i) = 0`; the influence of a case is `A⁻¹ x_i (y_i − μ_i)`, `A = Σ w_i μ'_i x_i x_iᵀ`, and the
//! covariance that of its weighted total under the design. Source: Binder (1983), International Statistical Review 51, 279–292.
//! Tests have the design's df less the coefficients other than one.

use super::{TTest, TestError, covariance, same_rows};
use crate::design::{LonelyPsuPolicy, SampleDesign};
use nalgebra::{DMatrix, DVector};

/// What the mean is as a function of the linear predictor η.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// μ = η.
    Identity,
    /// μ = 1/(1 + e^−η), for an outcome between 0 and 1.
    Logit,
}

impl Link {
    /// The mean at a linear predictor.
    #[must_use]
    pub fn mean(self, eta: f64) -> f64 {
        match self {
            Self::Identity => eta,
            Self::Logit => 1.0 / (1.0 + libm::exp(-eta)),
        }
    }

    fn slope(self, mean: f64) -> f64 {
        match self {
            Self::Identity => 1.0,
            Self::Logit => mean * (1.0 - mean),
        }
    }
}

/// A fitted regression.
#[derive(Debug, Clone, PartialEq)]
pub struct Regression {
    /// Coefficients in the order of the columns.
    pub coefficients: DVector<f64>,
    /// Their design-based covariance matrix.
    pub covariance: DMatrix<f64>,
    /// Fitted mean of every case, also of those without an outcome.
    pub fitted: Vec<f64>,
    /// Influence of every case on the coefficients, without its weight; 0 for cases without an outcome.
    pub influence: DMatrix<f64>,
    /// Degrees of freedom of a single coefficient: those of the design less the other coefficients.
    pub df: u64,
}

impl Regression {
    /// Test of one coefficient against 0.
    ///
    /// # Errors
    ///
    /// No such coefficient, no variance or no degrees of freedom.
    pub fn test(&self, coefficient: usize) -> Result<TTest, TestError> {
        let value = self.coefficients.get(coefficient).ok_or(TestError::Singular)?;
        let variance = self.covariance.get((coefficient, coefficient)).ok_or(TestError::Singular)?;
        TTest::new(*value, *variance, self.df, self.coefficients.len())
    }
}

/// Newton steps before the fit is given up; ordinary ones take six.
const STEPS_MAX: usize = 60;

/// Fits `outcome` (one value a case, `None` where missing) to the columns of `predictors` (one row a case; put a column of ones there
/// for the intercept).
///
/// # Errors
///
/// Columns that depend on one another, an outcome outside 0 and 1 for [`Link::Logit`], separation, or a design without enough df.
pub fn regression(
    design: &SampleDesign,
    outcome: &[Option<f64>],
    predictors: &DMatrix<f64>,
    link: Link,
    lonely: LonelyPsuPolicy,
) -> Result<Regression, TestError> {
    same_rows(design, outcome.len())?;
    same_rows(design, predictors.nrows())?;
    check_values(outcome, predictors, link)?;
    let (coefficients, information) = fit(design.weights(), outcome, predictors, link)?;
    let fitted: Vec<f64> = (predictors * &coefficients).iter().map(|eta| link.mean(*eta)).collect();
    let residual = |case: usize| outcome[case].map_or(0.0, |y| y - fitted[case]);
    let scores = DMatrix::from_fn(predictors.nrows(), predictors.ncols(), |case, j| {
        predictors[(case, j)] * residual(case)
    });
    let inverse = information.cholesky().ok_or(TestError::Singular)?.inverse();
    let influence = scores * &inverse;
    let covariance = covariance(design, &influence, lonely)?;
    let inside = |case: usize| outcome.get(case).is_some_and(Option::is_some);
    let parameters = predictors.ncols();
    let df = (design.domain_df(inside) + 1)
        .checked_sub(parameters as u64)
        .ok_or(TestError::TooFewDf {
            df: design.df(),
            parameters,
        })?;
    Ok(Regression {
        coefficients,
        covariance,
        fitted,
        influence,
        df,
    })
}

fn check_values(outcome: &[Option<f64>], predictors: &DMatrix<f64>, link: Link) -> Result<(), TestError> {
    let fits = |y: f64| match link {
        Link::Identity => y.is_finite(),
        Link::Logit => (0.0..=1.0).contains(&y),
    };
    let bad_row = |case: &usize| predictors.row(*case).iter().any(|x| !x.is_finite());
    let bad = (0..outcome.len()).find(|case| !outcome[*case].is_none_or(fits) || bad_row(case));
    bad.map_or(Ok(()), |case| Err(TestError::BadValue { case }))
}

/// Newton's method, which for the identity link is exact after one step. Gives the coefficients and `Σ w μ' x xᵀ` at them.
fn fit(weights: &[f64], outcome: &[Option<f64>], x: &DMatrix<f64>, link: Link) -> Result<(DVector<f64>, DMatrix<f64>), TestError> {
    // In units of each column's size, so that the matrix is well conditioned whatever the columns are measured in.
    let scale = DVector::from_fn(x.ncols(), |j, _| {
        let largest = x.column(j).amax();
        if largest > 0.0 { largest } else { 1.0 }
    });
    let x_scaled = DMatrix::from_fn(x.nrows(), x.ncols(), |i, j| x[(i, j)] / scale[j]);
    let mut beta = DVector::zeros(x.ncols());
    for _ in 0..STEPS_MAX {
        let (gradient, information) = derivatives(weights, outcome, &x_scaled, link, &beta);
        let step = information.cholesky().ok_or(TestError::Singular)?.solve(&gradient);
        beta += &step;
        if !beta.iter().all(|b: &f64| b.is_finite()) {
            break;
        }
        if step.amax() <= 1e-13 * beta.amax().max(1.0) {
            let (_, information) = derivatives(weights, outcome, &x_scaled, link, &beta);
            let unscaled = DMatrix::from_fn(x.ncols(), x.ncols(), |i, j| information[(i, j)] * scale[i] * scale[j]);
            return Ok((beta.component_div(&scale), unscaled));
        }
    }
    Err(TestError::NotConverged { iterations: STEPS_MAX })
}

fn derivatives(
    weights: &[f64],
    outcome: &[Option<f64>],
    x: &DMatrix<f64>,
    link: Link,
    beta: &DVector<f64>,
) -> (DVector<f64>, DMatrix<f64>) {
    let (mut gradient, mut information) = (DVector::zeros(x.ncols()), DMatrix::zeros(x.ncols(), x.ncols()));
    for (case, (weight, y)) in weights.iter().zip(outcome).enumerate() {
        let Some(y) = y.filter(|_| *weight > 0.0) else {
            continue;
        };
        let row = x.row(case).transpose();
        let mean = link.mean(row.dot(beta));
        gradient.axpy(weight * (y - mean), &row, 1.0);
        information.ger(weight * link.slope(mean), &row, &row, 1.0);
    }
    (gradient, information)
}
