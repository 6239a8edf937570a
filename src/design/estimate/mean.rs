//! The weighted mean.

use super::{Domain, EstimateError, Linearised, Sums};

/// `ȳ = Σwy / Σw` over the cases of the domain with a value; influence `w(y − ȳ)/Σw`. A mean of 0/1 values is a share.
///
/// Source: Särndal, Swensson and Wretman (1992), result 5.7.1 (the mean as a ratio) and section 10.3 (domains).
///
/// # Errors
///
/// [`EstimateError::NothingToEstimate`] without a value; [`EstimateError::Design`] for a variable of another length or a
/// value that is not a number.
pub fn mean(domain: &Domain, variable: &[Option<f64>]) -> Result<Linearised, EstimateError> {
    let sums = Sums::of(domain, variable)?;
    let value = sums.total / sums.weight;
    let mut influence = vec![0.0; variable.len()];
    for (case, weight, y) in domain.values(variable) {
        influence[case] = weight * (y - value) / sums.weight;
    }
    Ok(Linearised {
        value,
        influence,
        n: sums.n,
        weight_sum: sums.weight,
    })
}
