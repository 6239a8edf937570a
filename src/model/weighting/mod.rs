//! Ways to a weight that need no path model: judgement and the spread of the answers.
//!
//! Each gives shares that are positive or 0 and sum to 1. What a weight *means* differs: pairwise judgements
//! ([`ahp`]) say what somebody holds important; [`entropy`], [`critic`] and [`principal`] say where the answers differ
//! most, which is not importance at all. The report prints the indices under all of them side by side.

pub mod ahp;
pub mod critic;
pub mod entropy;
pub mod principal;

/// Brings non-negative numbers to the sum 1; `None` when one is negative or not finite, or when their sum is 0.
#[must_use]
pub fn normalised(raw: &[f64]) -> Option<Vec<f64>> {
    let total: f64 = raw.iter().sum();
    let usable = raw.iter().all(|r| r.is_finite() && *r >= 0.0) && total > 0.0;
    usable.then(|| raw.iter().map(|r| r / total).collect())
}
