//! Tests that know how the sample was drawn.
//!
//! A test that takes respondents for independent draws is wrong under clusters, strata and weights: mostly it finds too much. Every
//! test here takes its variance from [`super::total_variance`], all stages with their finite population corrections.
//!
//! | Question | Test |
//! |---|---|
//! | do two traits go together? | [`independence`]: Rao–Scott F and χ², linear combination, Wald |
//! | does a trait spread as in the population? | [`goodness_of_fit`] |
//! | do two domains differ in their mean? | [`two_groups::mean_difference`] |
//! | does one domain rank higher? | [`two_groups::rank_difference`], [`two_groups::rank_groups`] |
//! | what moves with what? | [`regression`]: linear and logistic, with design-based errors |

pub mod chi_squared_mixture;
pub mod goodness_of_fit;
pub mod independence;
pub mod regression;
pub mod two_groups;

#[cfg(test)]
mod tests;

use super::{DesignError, LonelyPsuPolicy, SampleDesign, total_variance};
use crate::stats::student_t_two_sided_p;
use nalgebra::DMatrix;
use statrs::function::beta::checked_beta_reg;

/// Why a test cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum TestError {
    /// The design does not allow the variance.
    #[error(transparent)]
    Design(#[from] DesignError),
    /// Fewer than two categories or groups are occupied.
    #[error("at least two categories must be occupied, there are {occupied}")]
    TooFewCategories {
        /// Categories with a positive weight.
        occupied: usize,
    },
    /// Two groups are compared, so there must be two.
    #[error("exactly two groups are compared, there are {groups}")]
    NotTwoGroups {
        /// Groups found.
        groups: usize,
    },
    /// A category of the population has no share, or shares are not positive numbers.
    #[error("the population share of category {category} is not a positive number")]
    BadShare {
        /// Position of the category.
        category: usize,
    },
    /// The design fixes what is tested: strata that are the categories always have their population shares.
    #[error("the design fixes the shares of these categories, so they cannot deviate: 0/0")]
    FixedByDesign,
    /// The variance matrix cannot be inverted: a difference does not vary in this sample.
    #[error("the covariance matrix of the tested differences is singular")]
    Singular,
    /// Fewer degrees of freedom than differences or coefficients.
    #[error("{df} degrees of freedom of the design do not carry {parameters} parameters")]
    TooFewDf {
        /// Units less strata.
        df: u64,
        /// Differences or coefficients.
        parameters: usize,
    },
    /// Columns or rows of different length.
    #[error("{got} rows where {expected} are needed")]
    Rows {
        /// Cases of the design.
        expected: usize,
        /// Rows given.
        got: usize,
    },
    /// A value is not a finite number.
    #[error("case {case} has a value that is not a finite number")]
    BadValue {
        /// The case.
        case: usize,
    },
    /// The estimation did not settle: a logistic model whose groups are separated completely has no finite coefficients.
    #[error("no convergence after {iterations} iterations")]
    NotConverged {
        /// Iterations done.
        iterations: usize,
    },
}

/// Student's t test of one number against 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TTest {
    /// What is tested, in its unit.
    pub estimate: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// estimate / standard error.
    pub t: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// P(|T| ≥ |t|).
    pub p_value: f64,
}

impl TTest {
    fn new(estimate: f64, variance: f64, df: u64, parameters: usize) -> Result<Self, TestError> {
        let too_few = TestError::TooFewDf { df, parameters };
        if variance.is_nan() || variance <= 0.0 {
            return Err(TestError::Singular);
        }
        if df == 0 {
            return Err(too_few);
        }
        let (standard_error, df) = (variance.sqrt(), df as f64);
        let t = estimate / standard_error;
        Ok(Self {
            estimate,
            standard_error,
            t,
            df,
            p_value: student_t_two_sided_p(t, df).ok_or(too_few)?,
        })
    }
}

/// P(F ≥ `statistic`) for Fisher's F with `df1` and `df2` degrees of freedom, which need not be whole: `I_x(df2/2, df1/2)`,
/// `x = df2/(df2 + df1 F)`. `None` outside its domain.
#[must_use]
pub fn f_upper_tail(statistic: f64, df1: f64, df2: f64) -> Option<f64> {
    let positive = |v: f64| v.is_finite() && v > 0.0;
    if !(positive(df1) && positive(df2) && statistic.is_finite() && statistic >= 0.0) {
        return None;
    }
    checked_beta_reg(df2 / 2.0, df1 / 2.0, df2 / (df2 + df1 * statistic)).ok()
}

/// Covariance of the totals of `w_i u_i`; `linearised` holds u, one row a case.
fn covariance(design: &SampleDesign, linearised: &DMatrix<f64>, lonely: LonelyPsuPolicy) -> Result<DMatrix<f64>, TestError> {
    let mut influence = linearised.clone();
    for (mut row, weight) in influence.row_iter_mut().zip(design.weights()) {
        row *= *weight;
    }
    Ok(total_variance(design, &influence, lonely)?.covariance)
}

fn same_rows(design: &SampleDesign, got: usize) -> Result<(), TestError> {
    let expected = design.cases();
    if got == expected {
        Ok(())
    } else {
        Err(TestError::Rows { expected, got })
    }
}
