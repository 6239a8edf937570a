//! Means, spreads and correlations of items when answers are missing.
//!
//! What all methods need is the same: cases sorted by the pattern of the items
//! they answered, and for each [`Pattern`] the weight, sums and cross products
//! of its cases. Patterns can be added up, so that respondents are passed once.
//!
//! | method | correlations | when it is right |
//! |---|---|---|
//! | [`mean_replacement`] | gaps stand at the item's mean; pulled towards 0 | few gaps |
//! | [`pairwise`] | each from the cases that answered both items | gaps at random; may fail to be a correlation matrix |
//! | [`listwise`] | only complete cases | gaps wholly at random, and few |
//! | [`em`] | maximum likelihood under a normal distribution | gaps that depend on the answers given |
//!
//! Source: R. J. A. Little & D. B. Rubin, *Statistical analysis with missing
//! data*, 2nd ed. (2002), chapters 3, 4 and 11.

mod em;
#[cfg(test)]
mod tests;

pub use em::{EmOptions, em};

use nalgebra::DMatrix;
use std::collections::BTreeMap;

/// How gaps in the answers are dealt with in correlations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MissingMethod {
    /// A gap stands at the mean of its item.
    #[default]
    Mean,
    /// Each correlation from those who answered both items.
    Pairwise,
    /// Only interviews without a gap.
    Listwise,
    /// Maximum likelihood by expectation and maximisation.
    Em,
}

/// Most items whose patterns a tally tells apart.
pub const PATTERN_ITEMS_MAX: usize = 128;

/// Sums over the cases that answered the same items.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// Positions of the items answered, ascending.
    pub observed: Vec<usize>,
    /// Σw.
    pub weight: f64,
    /// Σw·xⱼ of the items answered, in their order.
    pub sum: Vec<f64>,
    /// Σw·xⱼ·xₖ of the items answered.
    pub product: DMatrix<f64>,
}

impl Pattern {
    /// No cases that answered these items, given in ascending order.
    pub fn new(observed: Vec<usize>) -> Self {
        let size = observed.len();
        Self {
            observed,
            weight: 0.0,
            sum: vec![0.0; size],
            product: DMatrix::zeros(size, size),
        }
    }

    /// Adds a case; `answers` are those of the items answered, in their order.
    pub fn insert(&mut self, answers: &[f64], weight: f64) {
        self.weight += weight;
        for (j, x) in answers.iter().enumerate().take(self.sum.len()) {
            self.sum[j] += weight * x;
            for (k, y) in answers.iter().enumerate().take(self.sum.len()) {
                self.product[(j, k)] += weight * x * y;
            }
        }
    }
}

impl Pattern {
    /// The same cases with only the items below a position.
    #[must_use]
    pub fn first_items(&self, items: usize) -> Self {
        let kept = self.observed.iter().take_while(|item| **item < items).count();
        Self {
            observed: self.observed[..kept].to_vec(),
            weight: self.weight,
            sum: self.sum[..kept].to_vec(),
            product: self.product.view((0, 0), (kept, kept)).into_owned(),
        }
    }
}

/// Puts patterns of the same items together.
pub fn merged(patterns: Vec<Pattern>) -> Vec<Pattern> {
    let mut all: BTreeMap<Vec<usize>, Pattern> = BTreeMap::new();
    for pattern in patterns {
        let slot = all
            .entry(pattern.observed.clone())
            .or_insert_with(|| Pattern::new(pattern.observed.clone()));
        slot.weight += pattern.weight;
        slot.sum.iter_mut().zip(&pattern.sum).for_each(|(a, b)| *a += b);
        slot.product += &pattern.product;
    }
    all.into_values().collect()
}

/// Sorts cases by their pattern. `None` in a row is a gap.
pub fn patterns<'a>(cases: impl Iterator<Item = (f64, &'a [Option<f64>])>) -> Vec<Pattern> {
    let mut all: BTreeMap<Vec<usize>, Pattern> = BTreeMap::new();
    for (weight, answers) in cases {
        let observed: Vec<usize> = (0..answers.len()).filter(|j| answers[*j].is_some()).collect();
        let given: Vec<f64> = answers.iter().flatten().copied().collect();
        let pattern = all.entry(observed.clone()).or_insert_with(|| Pattern::new(observed));
        pattern.insert(&given, weight);
    }
    all.into_values().collect()
}

/// First and second moments of all items.
#[derive(Debug, Clone, PartialEq)]
pub struct Moments {
    /// Means.
    pub mean: Vec<f64>,
    /// Standard deviations, divisor Σw.
    pub sd: Vec<f64>,
    /// Correlations.
    pub correlation: DMatrix<f64>,
}

/// Why there are no moments.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum MissingError {
    /// An item that nobody answered, or everybody alike.
    #[error("item {item} was answered by nobody, or by everybody alike")]
    NoVariance {
        /// The item.
        item: usize,
    },
    /// Two items that nobody, or only cases without variance, answered together.
    #[error("items {first} and {second} have no correlation: too few answered both")]
    NoPair {
        /// The item of lower position.
        first: usize,
        /// The other item.
        second: usize,
    },
    /// Pairwise correlations that no answers can have together.
    #[error("the pairwise correlations contradict one another: the smallest eigenvalue of their matrix is {smallest:.2e}")]
    NotPositiveDefinite {
        /// The smallest eigenvalue.
        smallest: f64,
    },
    /// No case without a gap, or too few.
    #[error("there are too few cases without a gap")]
    NoCompleteCases,
    /// An estimate that kept moving.
    #[error("EM did not settle in {iterations} steps: the last changed it by {last_change:e}")]
    NotConverged {
        /// Steps taken.
        iterations: u32,
        /// Largest change of a standardised moment in the last step.
        last_change: f64,
    },
}

/// Moments with gaps at the mean of their item: covariances are summed over
/// those who answered both and divided by the weight of all.
///
/// # Errors
/// [`MissingError::NoVariance`].
pub fn mean_replacement(patterns: &[Pattern], items: usize) -> Result<Moments, MissingError> {
    let (mean, _) = available(patterns, items)?;
    let mut covariance = DMatrix::zeros(items, items);
    let mut total = 0.0;
    for pattern in patterns {
        total += pattern.weight;
        add_centred(&mut covariance, pattern, &mean);
    }
    from_covariance(mean, &(covariance / total))
}

/// Moments of the cases without a gap.
///
/// # Errors
/// [`MissingError::NoCompleteCases`], [`MissingError::NoVariance`].
pub fn listwise(patterns: &[Pattern], items: usize) -> Result<Moments, MissingError> {
    let complete = patterns.iter().find(|p| p.observed.len() == items && p.weight > 0.0);
    let complete = complete.ok_or(MissingError::NoCompleteCases)?;
    mean_replacement(std::slice::from_ref(complete), items)
}

/// Moments in which each correlation is that of the cases that answered both
/// items, with the means and spreads of those cases; means and standard
/// deviations of single items are those of all who answered.
///
/// # Errors
/// Besides faults of items and pairs, [`MissingError::NotPositiveDefinite`]: a
/// matrix put together from different cases need not be a correlation matrix,
/// and nothing is repaired.
pub fn pairwise(patterns: &[Pattern], items: usize) -> Result<Moments, MissingError> {
    let (mean, sd) = available(patterns, items)?;
    let mut correlation = DMatrix::identity(items, items);
    let pairs = PairSums::new(patterns, items, &mean);
    for second in 0..items {
        for first in 0..second {
            let value = pairs.correlation(first, second).ok_or(MissingError::NoPair { first, second })?;
            correlation[(first, second)] = value;
            correlation[(second, first)] = value;
        }
    }
    let smallest = correlation.symmetric_eigenvalues().min();
    if smallest.is_nan() || smallest <= 1e-10 {
        return Err(MissingError::NotPositiveDefinite { smallest });
    }
    Ok(Moments { mean, sd, correlation })
}

/// Moments by the method asked for.
///
/// # Errors
/// Those of the method.
pub fn moments(method: MissingMethod, patterns: &[Pattern], items: usize) -> Result<Moments, MissingError> {
    match method {
        MissingMethod::Mean => mean_replacement(patterns, items),
        MissingMethod::Pairwise => pairwise(patterns, items),
        MissingMethod::Listwise => listwise(patterns, items),
        MissingMethod::Em => em(patterns, items, EmOptions::default()).map(|(moments, _)| moments),
    }
}

/// Sums over the cases that answered both of two items, around the items' means.
struct PairSums {
    weight: DMatrix<f64>,
    /// Row: the item that is summed; column: its partner.
    sum: DMatrix<f64>,
    square: DMatrix<f64>,
    product: DMatrix<f64>,
}

impl PairSums {
    fn new(patterns: &[Pattern], items: usize, mean: &[f64]) -> Self {
        let zero = DMatrix::zeros(items, items);
        let mut sums = Self {
            weight: zero.clone(),
            sum: zero.clone(),
            square: zero.clone(),
            product: zero,
        };
        for pattern in patterns {
            let centred = centred(pattern, mean);
            for (a, &j) in pattern.observed.iter().enumerate() {
                let sum = pattern.sum[a] - pattern.weight * mean[j];
                for (b, &k) in pattern.observed.iter().enumerate() {
                    sums.weight[(j, k)] += pattern.weight;
                    sums.sum[(j, k)] += sum;
                    sums.square[(j, k)] += centred[(a, a)];
                    sums.product[(j, k)] += centred[(a, b)];
                }
            }
        }
        sums
    }

    fn correlation(&self, j: usize, k: usize) -> Option<f64> {
        let weight = self.weight[(j, k)];
        let (mean_j, mean_k) = (self.sum[(j, k)] / weight, self.sum[(k, j)] / weight);
        let variance_j = self.square[(j, k)] / weight - mean_j * mean_j;
        let variance_k = self.square[(k, j)] / weight - mean_k * mean_k;
        let covariance = self.product[(j, k)] / weight - mean_j * mean_k;
        let usable = weight > 0.0 && variance_j > VARIANCE_MIN && variance_k > VARIANCE_MIN;
        usable.then(|| covariance / (variance_j * variance_k).sqrt())
    }
}

/// Below this a variance, in squared units of the answers, is rounding error.
const VARIANCE_MIN: f64 = 1e-12;

/// Means and standard deviations over those who answered.
fn available(patterns: &[Pattern], items: usize) -> Result<(Vec<f64>, Vec<f64>), MissingError> {
    let (mut weight, mut sum, mut square) = (vec![0.0; items], vec![0.0; items], vec![0.0; items]);
    for pattern in patterns {
        for (a, &item) in pattern.observed.iter().enumerate() {
            weight[item] += pattern.weight;
            sum[item] += pattern.sum[a];
        }
    }
    let mean: Vec<f64> = sum.iter().zip(&weight).map(|(s, w)| s / w).collect();
    for pattern in patterns {
        let centred = centred(pattern, &mean);
        for (a, &item) in pattern.observed.iter().enumerate() {
            square[item] += centred[(a, a)];
        }
    }
    let mut sd = Vec::with_capacity(items);
    for (item, (square, weight)) in square.iter().zip(&weight).enumerate() {
        let variance = square / weight;
        if variance.is_nan() || variance <= VARIANCE_MIN {
            return Err(MissingError::NoVariance { item });
        }
        sd.push(variance.sqrt());
    }
    Ok((mean, sd))
}

/// Σw (x − m)(x − m)' over the cases of a pattern.
fn centred(pattern: &Pattern, mean: &[f64]) -> DMatrix<f64> {
    let size = pattern.observed.len();
    DMatrix::from_fn(size, size, |a, b| {
        let (centre_a, centre_b) = (mean[pattern.observed[a]], mean[pattern.observed[b]]);
        pattern.product[(a, b)] - centre_b * pattern.sum[a] - centre_a * pattern.sum[b] + pattern.weight * centre_a * centre_b
    })
}

fn add_centred(target: &mut DMatrix<f64>, pattern: &Pattern, mean: &[f64]) {
    let centred = centred(pattern, mean);
    for (a, &j) in pattern.observed.iter().enumerate() {
        for (b, &k) in pattern.observed.iter().enumerate() {
            target[(j, k)] += centred[(a, b)];
        }
    }
}

fn from_covariance(mean: Vec<f64>, covariance: &DMatrix<f64>) -> Result<Moments, MissingError> {
    let mut sd = Vec::with_capacity(mean.len());
    for (item, variance) in covariance.diagonal().iter().enumerate() {
        if variance.is_nan() || *variance <= VARIANCE_MIN {
            return Err(MissingError::NoVariance { item });
        }
        sd.push(variance.sqrt());
    }
    let correlation = DMatrix::from_fn(mean.len(), mean.len(), |j, k| {
        if j == k {
            1.0
        } else {
            covariance[(j.min(k), j.max(k))] / (sd[j] * sd[k])
        }
    });
    Ok(Moments { mean, sd, correlation })
}
