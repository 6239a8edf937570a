//! The population variance of a variable.

use super::{Domain, EstimateError, Linearised, mean};

/// `S² = n/(n − 1) · Σw(y − ȳ)² / Σw`, the estimated variance of y in the population (not of an estimate); it is the mean of
/// `n/(n − 1)·(y − ȳ)²`, with the influence of a mean (that ȳ is estimated adds nothing to first order).
///
/// Source: R's `survey` for the factor; Särndal, Swensson and Wretman (1992), section 5.9, for the linearisation.
///
/// # Errors
///
/// [`EstimateError::OneCase`] with fewer than two values; otherwise as for [`mean`](super::mean()).
pub fn variance(domain: &Domain, variable: &[Option<f64>]) -> Result<Linearised, EstimateError> {
    let center = mean(domain, variable)?;
    if center.n < 2 {
        return Err(EstimateError::OneCase);
    }
    let factor = center.n as f64 / (center.n - 1) as f64;
    let squares: Vec<Option<f64>> = variable
        .iter()
        .map(|y| y.map(|y| factor * crate::stats::squared(y - center.value)))
        .collect();
    mean(domain, &squares)
}
