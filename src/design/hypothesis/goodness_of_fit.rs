//! Does a trait spread in the population that the sample stands for as it is known to spread?
//!
//! Pearson's statistic of the estimated totals against their expectation `N̂ p_k` is distributed as `Σ λ_k Z_k²`, λ the eigenvalues of
//! the design-based covariance of `(T_k − N̂ p_k)/√(N̂ p_k)`. Source: Rao and Scott (1981), JASA 76, 221–230, section 2; the statistic is
//! kept on the scale of R's `svygofchisq`.

use super::chi_squared_mixture::exact_tail;
use super::independence::FTest;
use super::{TestError, covariance, same_rows};
use crate::design::{LonelyPsuPolicy, SampleDesign};
use crate::stats::{CompensatedSum, chi_squared_upper_tail, squared};
use nalgebra::DMatrix;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Design-based goodness of fit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DesignFit {
    /// `Σ (T_k − N̂ p_k)²/(N̂ p_k)`, in units of the population.
    pub statistic: f64,
    /// Satterthwaite's scale, `Σλ²/Σλ`: statistic / scale is about chi-squared.
    pub scale: f64,
    /// Its degrees of freedom, `(Σλ)²/Σλ²`, not a whole number.
    pub df: f64,
    /// `P(χ²_df ≥ statistic/scale)`, Satterthwaite's approximation; what `svygofchisq` prints.
    pub p_value: f64,
    /// P(Σ λ Z² ≥ statistic), exact; `None` where its series does not settle.
    pub exact_p: Option<f64>,
    /// Second-order F, statistic/Σλ with `df` and `df` × the design's df: the λ are themselves estimated, which counts with few primary
    /// units. The one to report.
    pub f: FTest,
}

/// Tests the categories of all cases against population shares, which are brought to 1. `category` holds a position among the
/// shares, `None` for a case that plays no part.
///
/// # Errors
///
/// Fewer than two categories, a share that is not positive, [`TestError::FixedByDesign`] where the categories are strata whose sizes
/// the weights reproduce: then nothing can deviate and nothing varies.
pub fn goodness_of_fit(
    design: &SampleDesign,
    category: &[Option<usize>],
    shares: &[f64],
    lonely: LonelyPsuPolicy,
) -> Result<DesignFit, TestError> {
    same_rows(design, category.len())?;
    if shares.len() < 2 {
        return Err(TestError::TooFewCategories { occupied: shares.len() });
    }
    if let Some(category) = shares.iter().position(|p| !(p.is_finite() && *p > 0.0)) {
        return Err(TestError::BadShare { category });
    }
    let all: f64 = shares.iter().sum();
    let shares: Vec<f64> = shares.iter().map(|p| p / all).collect();
    let mut sums = vec![CompensatedSum::new(); shares.len()];
    for (category, weight) in category.iter().zip(design.weights()) {
        if let Some(sum) = category.and_then(|k| sums.get_mut(k)) {
            sum.insert(*weight);
        }
    }
    let totals: Vec<f64> = sums.iter().map(CompensatedSum::finish).collect();
    let size: f64 = totals.iter().sum();
    if size <= 0.0 {
        return Err(TestError::TooFewCategories { occupied: 0 });
    }
    let deviation = |k: usize| totals[k] - size * shares[k];
    let statistic: f64 = (0..shares.len()).map(|k| squared(deviation(k)) / (size * shares[k])).sum();
    // d/dT and d/dN̂ of (T − N̂p)/√(N̂p).
    let linearised = DMatrix::from_fn(category.len(), shares.len(), |case, k| {
        let Some(own) = category[case].filter(|own| *own < shares.len()) else {
            return 0.0;
        };
        let root = (size * shares[k]).sqrt();
        let of_size = -shares[k] / root - deviation(k) * shares[k] / (2.0 * root * size * shares[k]);
        f64::from(u8::from(own == k)) / root + of_size
    });
    let variance = covariance(design, &linearised, lonely)?;
    let variance = (&variance + variance.transpose()) * 0.5;
    let eigenvalues: Vec<f64> = variance.symmetric_eigenvalues().iter().map(|l| l.max(0.0)).collect();
    let (sum, squares): (f64, f64) = (eigenvalues.iter().sum(), eigenvalues.iter().map(|l| l * l).sum());
    // Under simple sampling the eigenvalues are about N̂/n each; what is left of that by rounding is nothing.
    if sum.is_nan() || sum <= 1e-9 * size / category.len() as f64 {
        return Err(TestError::FixedByDesign);
    }
    let (scale, df) = (squares / sum, sum * sum / squares);
    let singular = TestError::Singular;
    Ok(DesignFit {
        statistic,
        scale,
        df,
        p_value: chi_squared_upper_tail(statistic / scale, df).ok_or(singular)?,
        exact_p: exact_tail(statistic, &eigenvalues, None),
        f: FTest::new(statistic / sum, df, df * design.df() as f64).ok_or(TestError::TooFewDf {
            df: design.df(),
            parameters: shares.len() - 1,
        })?,
    })
}
