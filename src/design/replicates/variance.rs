//! From replicate values to variance: one formula for every method, `V = s Σ_r c_r (θ_r − c)²`.

use crate::stats::CompensatedSum;
use nalgebra::DMatrix;

/// What the replicate values are held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Centre {
    /// Their own mean, over replicates whose factor is positive. Spread only.
    ReplicateMean,
    /// The estimate from all units: spread and bias of the replicates together, so never less than about the mean where
    /// the factors are equal.
    FullEstimate,
}

/// How replicate values become a variance.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplicateRule {
    /// Factor of the whole sum, `s`.
    pub scale: f64,
    /// Factor of each replicate's squared deviation, `c_r`, 0 or more.
    pub rscales: Vec<f64>,
    /// What the deviations are taken from.
    pub centre: Centre,
}

impl ReplicateRule {
    /// `V = Σ_r c_r (θ_r − θ)²`: the jackknife about the full estimate.
    #[must_use]
    pub fn jackknife(coefficients: Vec<f64>) -> Self {
        Self {
            scale: 1.0,
            rscales: coefficients,
            centre: Centre::FullEstimate,
        }
    }

    /// Variance of one estimate: `s Σ_r c_r (θ_r − c)²`, in the squared unit of the estimate.
    ///
    /// `None` unless there is one finite value a replicate and at least one replicate.
    #[must_use]
    pub fn variance(&self, full: f64, replicates: &[f64]) -> Option<f64> {
        let centre = self.centre_of(full, replicates)?;
        let mut sum = CompensatedSum::new();
        for (factor, value) in self.rscales.iter().zip(replicates) {
            let deviation = value - centre;
            sum.insert_product(factor * deviation, deviation);
        }
        Some(self.scale * sum.finish()).filter(|v| v.is_finite())
    }

    /// Variance of every component that all replicates have; `None` for the others. A replicate that could not be
    /// estimated is never left out in silence: that would take its deviation for 0.
    #[must_use]
    pub fn variances(&self, full: &[Option<f64>], replicates: &[Vec<Option<f64>>]) -> Vec<Option<f64>> {
        let component = |(position, value): (usize, &Option<f64>)| {
            let values: Option<Vec<f64>> = replicates.iter().map(|r| r.get(position).copied().flatten()).collect();
            self.variance((*value)?, &values?)
        };
        full.iter().enumerate().map(component).collect()
    }

    /// Covariance matrix of several estimates, `s Σ_r c_r (θ_r − c)(θ_r − c)ᵀ`. One row of `replicates` a replicate.
    ///
    /// `None` where [`Self::variance`] would be for a component.
    #[must_use]
    pub fn covariance(&self, full: &[f64], replicates: &[Vec<f64>]) -> Option<DMatrix<f64>> {
        let columns: Vec<Vec<f64>> = (0..full.len())
            .map(|position| replicates.iter().map(|r| r.get(position).copied()).collect())
            .collect::<Option<_>>()?;
        let centres: Vec<f64> = full
            .iter()
            .zip(&columns)
            .map(|(value, column)| self.centre_of(*value, column))
            .collect::<Option<_>>()?;
        let cell = |i: usize, j: usize| {
            let mut sum = CompensatedSum::new();
            for ((factor, a), b) in self.rscales.iter().zip(&columns[i]).zip(&columns[j]) {
                sum.insert_product(factor * (a - centres[i]), b - centres[j]);
            }
            self.scale * sum.finish()
        };
        Some(DMatrix::from_fn(full.len(), full.len(), cell))
    }

    fn centre_of(&self, full: f64, replicates: &[f64]) -> Option<f64> {
        let complete = replicates.len() == self.rscales.len() && !replicates.is_empty();
        if !complete || !full.is_finite() || replicates.iter().any(|v| !v.is_finite()) {
            return None;
        }
        match self.centre {
            Centre::FullEstimate => Some(full),
            // Without a positive factor nothing is added, whatever the centre: a census.
            Centre::ReplicateMean => mean(self.rscales.iter().zip(replicates).filter(|(c, _)| **c > 0.0).map(|(_, v)| *v)).or(Some(full)),
        }
    }
}

/// Taken about the first value, so that replicates that are all alike have exactly that mean.
fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut first = None;
    let (mut sum, mut count) = (CompensatedSum::new(), 0_u64);
    for value in values {
        sum.insert(value - *first.get_or_insert(value));
        count += 1;
    }
    first.map(|first| first + sum.finish() / count as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rule(scale: f64, rscales: Vec<f64>, centre: Centre) -> ReplicateRule {
        ReplicateRule { scale, rscales, centre }
    }

    #[test]
    fn a_hand_calculation() {
        // 0.5 · (2·(1−2)² + 0·(9−2)² + 1·(3−2)²), the middle replicate out of the mean (1 + 3)/2 as well.
        let mean = rule(0.5, vec![2.0, 0.0, 1.0], Centre::ReplicateMean);
        assert_eq!(mean.variance(5.0, &[1.0, 9.0, 3.0]), Some(1.5));
        // 0.5 · (2·16 + 0 + 4)
        let full = rule(0.5, vec![2.0, 0.0, 1.0], Centre::FullEstimate);
        assert_eq!(full.variance(5.0, &[1.0, 9.0, 3.0]), Some(18.0));
    }

    #[test]
    fn an_incomplete_set_of_replicates_has_no_variance() {
        let rule = rule(1.0, vec![1.0; 3], Centre::FullEstimate);
        assert_eq!(rule.variance(1.0, &[1.0, 2.0]), None);
        assert_eq!(rule.variance(1.0, &[1.0, 2.0, f64::NAN]), None);
        let replicates = vec![vec![Some(1.0), None], vec![Some(2.0), Some(1.0)], vec![Some(3.0), Some(1.0)]];
        assert_eq!(rule.variances(&[Some(2.0), Some(1.0)], &replicates), vec![Some(2.0), None]);
        assert_eq!(
            super::ReplicateRule::variance(&self::rule(1.0, vec![], Centre::ReplicateMean), 1.0, &[]),
            None
        );
    }

    proptest! {
        /// `Σ c (θ − t)² = Σ c (θ − θ̄)² + Σc (θ̄ − t)²` for equal factors.
        #[test]
        fn about_the_full_estimate_is_spread_and_bias(values in prop::collection::vec(-50.0_f64..50.0, 1..40), full in -50.0_f64..50.0) {
            let n = values.len() as f64;
            let about_mean = rule(0.3, vec![1.0; values.len()], Centre::ReplicateMean).variance(full, &values).unwrap();
            let about_full = rule(0.3, vec![1.0; values.len()], Centre::FullEstimate).variance(full, &values).unwrap();
            let mean = values.iter().sum::<f64>() / n;
            let expected = about_mean + 0.3 * n * (mean - full).powi(2);
            prop_assert!((about_full - expected).abs() <= 1e-9 * expected.max(1.0));
        }

        /// The diagonal of the covariance is the variances; a sum has the variance that the matrix says.
        #[test]
        fn covariance_of_a_sum(pairs in prop::collection::vec((-9.0_f64..9.0, -9.0_f64..9.0), 1..30), full in (-9.0_f64..9.0, -9.0_f64..9.0)) {
            for centre in [Centre::ReplicateMean, Centre::FullEstimate] {
                let rule = rule(0.7, vec![1.5; pairs.len()], centre);
                let rows: Vec<Vec<f64>> = pairs.iter().map(|(a, b)| vec![*a, *b]).collect();
                let matrix = rule.covariance(&[full.0, full.1], &rows).unwrap();
                let sums: Vec<f64> = pairs.iter().map(|(a, b)| a + b).collect();
                let of_sum = rule.variance(full.0 + full.1, &sums).unwrap();
                prop_assert!((matrix.sum() - of_sum).abs() <= 1e-9 * of_sum.max(1.0));
            }
        }
    }
}
