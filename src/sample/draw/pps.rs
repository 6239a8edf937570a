//! Inclusion probabilities in proportion to size, and systematic selection by them.
//!
//! Sources: Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, section 3.6; Tillé (2006), Sampling
//! Algorithms, chapters 2 and 7; Madow (1949) for systematic selection.

use crate::stats::CompensatedSum;

/// Why there are no such probabilities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PpsError {
    /// A size that is negative or not finite.
    #[error("unit {unit} has no usable size")]
    Size {
        /// Position of the unit, from 0.
        unit: usize,
    },
    /// Fewer units with a positive size than are to be drawn.
    #[error("{wanted} units are wanted and {units} have a size above 0")]
    TooFew {
        /// Units wanted.
        wanted: u64,
        /// Units of positive size.
        units: u64,
    },
}

/// `π_k` = n·`x_k`/Σx, units that would exceed 1 being certain and the rest shared among the others anew, until none exceeds 1. Units
/// of size 0 have probability 0. The probabilities sum to `wanted`.
///
/// # Errors
///
/// [`PpsError`] names the size that cannot be used, or says that there are too few units.
pub fn inclusion_probabilities(sizes: &[f64], wanted: u64) -> Result<Vec<f64>, PpsError> {
    if let Some(unit) = sizes.iter().position(|x| !x.is_finite() || *x < 0.0) {
        return Err(PpsError::Size { unit });
    }
    let units = sizes.iter().filter(|x| **x > 0.0).count() as u64;
    if wanted > units {
        return Err(PpsError::TooFew { wanted, units });
    }
    let mut certain = vec![false; sizes.len()];
    loop {
        let taken = certain.iter().filter(|c| **c).count() as u64;
        let left = wanted.saturating_sub(taken) as f64;
        let mut sum = CompensatedSum::new();
        let open = sizes.iter().zip(&certain).filter(|(_, c)| !**c);
        open.for_each(|(x, _)| sum.insert(*x));
        let sum = sum.finish();
        let probability = |x: f64| if left > 0.0 { (left * x) / sum } else { 0.0 };
        let mut more = false;
        for (x, c) in sizes.iter().zip(certain.iter_mut()) {
            if !*c && probability(*x) >= 1.0 {
                (*c, more) = (true, true);
            }
        }
        if !more {
            let each = sizes.iter().zip(certain);
            return Ok(each.map(|(x, c)| if c { 1.0 } else { probability(*x) }).collect());
        }
    }
}

/// Positions taken by a systematic sample: unit k when [`C_{k−1}`, `C_k`) holds start + j for a whole j, C being the running sums of
/// the probabilities in the order given, which sum to a whole number. `start` is from 0 (included) to 1 (excluded). A certain unit
/// moves all later sums by 1 and so is taken without being summed.
#[must_use]
pub fn systematic(probabilities: &[f64], start: f64) -> Vec<usize> {
    let open = |p: &f64| *p > 0.0 && *p < 1.0;
    let last = probabilities.iter().rposition(open);
    let mut sum = CompensatedSum::new();
    let mut next = start;
    let mut taken = Vec::new();
    for (unit, probability) in probabilities.iter().enumerate() {
        if *probability >= 1.0 {
            taken.push(unit);
        } else if open(probability) {
            sum.insert(*probability);
            // The last running sum is a whole number in truth.
            let end = if Some(unit) == last {
                (sum.finish() + 0.5).floor()
            } else {
                sum.finish()
            };
            if next < end {
                taken.push(unit);
                next += 1.0;
            }
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn impossible_sizes_are_named() {
        assert_eq!(inclusion_probabilities(&[1.0, -1.0], 1), Err(PpsError::Size { unit: 1 }));
        assert_eq!(
            inclusion_probabilities(&[1.0, 0.0], 2),
            Err(PpsError::TooFew { wanted: 2, units: 1 })
        );
        assert_eq!(inclusion_probabilities(&[1.0, 0.0, 9.0], 2), Ok(vec![1.0, 0.0, 1.0]));
        assert_eq!(inclusion_probabilities(&[1.0, 3.0], 0), Ok(vec![0.0, 0.0]));
    }

    proptest! {
        #[test]
        fn probabilities_sum_to_the_sample_and_any_start_takes_as_many(
            sizes in prop::collection::vec(0.01_f64..100.0, 1..60), share in 0.0_f64..=1.0, start in 0.0_f64..1.0,
        ) {
            let wanted = (sizes.len() as f64 * share) as u64;
            let probabilities = inclusion_probabilities(&sizes, wanted).unwrap();
            prop_assert!(probabilities.iter().all(|p| (0.0..=1.0).contains(p)));
            prop_assert!((probabilities.iter().sum::<f64>() - wanted as f64).abs() < 1e-9);
            let taken = systematic(&probabilities, start);
            prop_assert_eq!(taken.len() as u64, wanted);
            // Certain units are always there.
            for (unit, _) in probabilities.iter().enumerate().filter(|(_, p)| **p == 1.0) {
                prop_assert!(taken.contains(&unit));
            }
        }
    }
}
