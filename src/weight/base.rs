//! Base weights, and whether they follow from the frame.
//!
//! A base weight is the number of people of the frame that a sampled one stands for, `N_h / n_h`. Weights that come with the data and
//! say something else rest on another frame, on another design, or on an adjustment that nobody named.

/// Relative difference that rounding of weights and of counts explains.
const ROUNDING: f64 = 0.01;

/// Standard errors of a sum of unequal weights that chance explains.
const STANDARD_ERRORS: f64 = 3.0;

/// Base weights of one stratum beside its frame.
#[derive(Debug, Clone, PartialEq)]
pub struct BaseStratum {
    /// Name.
    pub name: String,
    /// Units with a weight.
    pub n: u64,
    /// Σw.
    pub sum: f64,
    /// Σw².
    pub sum_squares: f64,
    /// Units in the frame, `N_h`.
    pub population: u64,
    /// Units drawn, where known; otherwise those with a weight are taken for all that were drawn.
    pub drawn: Option<u64>,
}

/// A stratum whose weights do not follow from the frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Contradiction {
    /// Name.
    pub stratum: String,
    /// Mean weight found.
    pub mean_weight: f64,
    /// `N_h / n_h`.
    pub expected: f64,
}

/// Strata whose mean weight is not `N_h / n_h`.
///
/// Weights that are all alike in the stratum must agree within 1 %. Where they differ (unequal probabilities), `Σw` estimates the
/// frame's count and may also be off by three standard errors, `3 √(n s²)`.
#[must_use]
pub fn contradictions(strata: &[BaseStratum]) -> Vec<Contradiction> {
    strata.iter().filter_map(contradiction).collect()
}

fn contradiction(stratum: &BaseStratum) -> Option<Contradiction> {
    let n = stratum.n as f64;
    let drawn = stratum.drawn.filter(|d| *d > 0).map_or(n, |d| d as f64);
    if stratum.n == 0 || stratum.population == 0 {
        return None;
    }
    let expected = stratum.population as f64 / drawn;
    let mean_weight = stratum.sum / n;
    let spread = (stratum.sum_squares / n - mean_weight * mean_weight).max(0.0);
    let allowed = ROUNDING * expected + STANDARD_ERRORS * (spread / n).sqrt();
    ((mean_weight - expected).abs() > allowed).then(|| Contradiction {
        stratum: stratum.name.clone(),
        mean_weight,
        expected,
    })
}
