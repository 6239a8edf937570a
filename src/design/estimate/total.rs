//! The weighted total.

use super::{Domain, EstimateError, Linearised, Sums};

/// `Σwy` over the cases of the domain with a value; influence `w·y`. Missing values count as 0: the total is that of the
/// cases that answered. Source: Särndal, Swensson and Wretman (1992), result 2.8.1.
///
/// # Errors
///
/// As for [`mean`](super::mean()).
pub fn total(domain: &Domain, variable: &[Option<f64>]) -> Result<Linearised, EstimateError> {
    let sums = Sums::of(domain, variable)?;
    let mut influence = vec![0.0; variable.len()];
    for (case, weight, y) in domain.values(variable) {
        influence[case] = weight * y;
    }
    Ok(Linearised {
        value: sums.total,
        influence,
        n: sums.n,
        weight_sum: sums.weight,
    })
}
