//! Response quality forensics: what speaks for careless or made-up interviews.
//!
//! One file an index. The first six are the indices of careless responding with the conventions of R package `careless`
//! 1.2.2 ([`longstring`], [`irv`], [`even_odd`], [`mahalanobis`], [`synonyms`]) and the person-total correlation
//! ([`person_total`]); the others are a screen for fabrication ([`percent_match`], [`bursts`], [`shared`],
//! [`interviewers`]). None of them proves anything: each says which interviews somebody should look at, and why.
//!
//! Undefined is `None`, with the reason in the documentation of each function.

pub mod bursts;
mod coded;
pub mod even_odd;
pub mod interviewers;
pub mod irv;
pub mod longstring;
pub mod mahalanobis;
mod moments;
pub mod overlaps;
pub mod percent_match;
pub mod person_total;
pub mod shared;
pub mod synonyms;

pub use coded::{Coded, ItemValues};
pub use moments::PairMoments;

/// Pearson's correlation of pairs of values. `None` for fewer than two pairs or when a side does not vary (up to
/// rounding).
fn pearson(pairs: &[(f64, f64)]) -> Option<f64> {
    let n = pairs.len() as f64;
    if pairs.len() < 2 {
        return None;
    }
    let (sum_x, sum_y) = pairs.iter().fold((0.0, 0.0), |(x, y), pair| (x + pair.0, y + pair.1));
    let (mean_x, mean_y) = (sum_x / n, sum_y / n);
    let (mut xx, mut yy, mut xy, mut size_x, mut size_y) = (0.0_f64, 0.0_f64, 0.0_f64, 0.0_f64, 0.0_f64);
    for (x, y) in pairs {
        let (dx, dy) = (x - mean_x, y - mean_y);
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
        size_x = size_x.max(x.abs());
        size_y = size_y.max(y.abs());
    }
    // Squares of rounding errors of the values are no variation.
    let nothing = |sum: f64, size: f64| sum <= n * (4.0 * f64::EPSILON * size).powi(2);
    if nothing(xx, size_x) || nothing(yy, size_y) {
        return None;
    }
    let r = xy / (xx * yy).sqrt();
    Some(r.clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::pearson;

    #[test]
    fn a_correlation_needs_variation_on_both_sides() {
        assert_eq!(pearson(&[(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)]), Some(1.0));
        assert_eq!(pearson(&[(1.0, 2.0), (1.0, 4.0)]), None);
        assert_eq!(pearson(&[(1.0, 2.0)]), None);
        // 0.1 + 0.2 and 0.3 differ by rounding only.
        assert_eq!(pearson(&[(0.1 + 0.2, 1.0), (0.3, 2.0)]), None);
    }
}
