//! The ratio of two totals.

use super::{Domain, EstimateError, Linearised, Sums};

/// `R = Σwy / Σwx` over the cases of the domain that have both; influence `w(y − Rx)/Σwx`.
///
/// Source: Särndal, Swensson and Wretman (1992), result 5.6.2.
///
/// # Errors
///
/// [`EstimateError::ZeroDenominator`] when Σwx is 0; otherwise as for [`mean`](super::mean()).
pub fn ratio(domain: &Domain, numerator: &[Option<f64>], denominator: &[Option<f64>]) -> Result<Linearised, EstimateError> {
    domain.check(numerator)?;
    domain.check(denominator)?;
    let both = domain.narrowed(|case| numerator[case].is_some() && denominator[case].is_some());
    let (above, below) = (Sums::of(&both, numerator)?, Sums::of(&both, denominator)?);
    if below.total == 0.0 {
        return Err(EstimateError::ZeroDenominator);
    }
    let value = above.total / below.total;
    let mut influence = vec![0.0; numerator.len()];
    for ((case, weight, y), (_, _, x)) in both.values(numerator).zip(both.values(denominator)) {
        influence[case] = weight * (y - value * x) / below.total;
    }
    Ok(Linearised {
        value,
        influence,
        n: above.n,
        weight_sum: above.weight,
    })
}
