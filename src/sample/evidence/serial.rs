//! Does a value tell something of the next?

use crate::stats::{CompensatedSum, normal_two_sided_p};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Correlation of each value with the next.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SerialCorrelation {
    /// r₁ = `Σ(x_t − m)(x_{t+1} − m)/Σ(x_t − m)²`, −1 to 1.
    pub r: f64,
    /// (r₁ + 1/n)·√n, about standard normal for a random order (Bartlett 1946).
    pub z: f64,
    /// Two-sided p of z.
    pub p_value: f64,
}

/// Serial correlation at lag 1. `None` for fewer than 3 values or when all are equal.
#[must_use]
pub fn serial_correlation(values: &[f64]) -> Option<SerialCorrelation> {
    if values.len() < 3 {
        return None;
    }
    let n = values.len() as f64;
    let mut sum = CompensatedSum::new();
    values.iter().for_each(|x| sum.insert(*x));
    let mean = sum.finish() / n;
    let (mut square, mut product) = (CompensatedSum::new(), CompensatedSum::new());
    values.iter().for_each(|x| square.insert_product(x - mean, x - mean));
    for (a, b) in values.iter().zip(values.iter().skip(1)) {
        product.insert_product(a - mean, b - mean);
    }
    let r = product.finish() / square.finish();
    let z = (r + 1.0 / n) * n.sqrt();
    r.is_finite().then_some(SerialCorrelation {
        r,
        z,
        p_value: normal_two_sided_p(z)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ramp_is_correlated_and_a_constant_has_none() {
        let ramp: Vec<f64> = (0..200).map(f64::from).collect();
        assert!(serial_correlation(&ramp).unwrap().p_value < 1e-12);
        assert_eq!(serial_correlation(&[3.0; 9]), None);
        assert_eq!(serial_correlation(&[1.0, 2.0]), None);
    }
}
