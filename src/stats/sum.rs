//! A sum that keeps what rounding throws away.

use serde::Serialize;

/// A running sum of `f64` values held as an unevaluated pair (sum, error), about 32 digits wide.
///
/// A plain sum of ten million survey weights is wrong in the eleventh digit, and differently for every order; this one
/// is right to the last digit of an `f64` unless the terms cancel almost completely. Source of the error-free addition:
/// Knuth, The Art of Computer Programming 2, section 4.2.2, theorem B.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct CompensatedSum {
    sum: f64,
    error: f64,
}

impl CompensatedSum {
    /// The empty sum, 0.
    #[must_use]
    pub const fn new() -> Self {
        Self { sum: 0.0, error: 0.0 }
    }

    /// Adds one term.
    pub fn insert(&mut self, term: f64) {
        self.add_exact(term, 0.0);
    }

    /// Adds the product `a · b`, whose rounding error is kept as well.
    pub fn insert_product(&mut self, a: f64, b: f64) {
        let product = a * b;
        self.add_exact(product, a.mul_add(b, -product));
    }

    /// Adds another sum; an empty one changes nothing.
    pub fn combine(&mut self, other: &Self) {
        self.add_exact(other.sum, other.error);
    }

    /// The total, rounded once.
    #[must_use]
    pub fn finish(&self) -> f64 {
        self.sum + self.error
    }

    fn add_exact(&mut self, term: f64, term_error: f64) {
        let total = self.sum + term;
        let from_term = total - self.sum;
        let lost = (self.sum - (total - from_term)) + (term - from_term);
        let error = lost + self.error + term_error;
        // Renormalised, so that the pair never overlaps and merging stays exact.
        self.sum = total + error;
        self.error = error - (self.sum - total);
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "these values are exact by construction")]
mod tests {
    use super::*;

    #[test]
    fn small_terms_survive_a_large_one() {
        let mut sum = CompensatedSum::new();
        for term in [1e16, 1.0, 1.0, -1e16] {
            sum.insert(term);
        }
        assert_eq!(sum.finish(), 2.0);
    }

    #[test]
    fn products_keep_their_rounding_error() {
        let mut sum = CompensatedSum::new();
        let x = 1.0 + f64::EPSILON;
        sum.insert_product(x, x);
        sum.insert(-1.0);
        sum.insert(-2.0 * f64::EPSILON);
        assert_eq!(sum.finish(), f64::EPSILON * f64::EPSILON);
    }

    #[test]
    fn one_tenth_a_million_times() {
        let mut sum = CompensatedSum::new();
        for _ in 0..1_000_000 {
            sum.insert(0.1);
        }
        assert_eq!(sum.finish(), 100_000.0);
    }
}
