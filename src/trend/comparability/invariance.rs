//! Measurement invariance of the constructs between two waves: what the groups of [`crate::index::groups`] say, as a record.

use crate::index::groups::{GroupComparison, Invariance};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// MICOM between two waves: the composite of each dimension held against itself (J. Henseler, C. M. Ringle & M. Sarstedt 2016).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WaveInvariance {
    /// Interviews of the earlier wave.
    pub n_from: u64,
    /// Interviews of the later wave.
    pub n_to: u64,
    /// Permutations of the memberships.
    pub permutations: u32,
    /// Permutations in which a wave could not be estimated.
    pub failed: u64,
    /// By dimension.
    pub constructs: Vec<ConstructInvariance>,
}

/// Invariance of one dimension between two waves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConstructInvariance {
    /// Dimension.
    pub dimension: String,
    /// Steps 2 and 3, the later wave less the earlier. The difference of the means is the change itself, not an obstacle to comparing.
    #[serde(flatten)]
    pub micom: Invariance,
    /// What follows for comparing.
    pub verdict: InvarianceVerdict,
}

/// What invariance says of comparing a construct between waves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InvarianceVerdict {
    /// Composition, means and variances are alike: the waves might even be pooled.
    Full,
    /// The composition is alike: means can be compared.
    Partial,
    /// The composition differs: a change of the score also holds a change of what is measured.
    None,
    /// It cannot be told.
    Undetermined,
}

/// The record of a comparison of the earlier wave (group 0) with the later one (group 1). `alpha` is the significance level.
#[must_use]
pub fn record(found: &GroupComparison, dimensions: &[String], permutations: u32, alpha: f64) -> WaveInvariance {
    let one = |(dimension, i): (&String, &Invariance)| ConstructInvariance {
        dimension: dimension.clone(),
        // The groups are compared first less second; a change is later less earlier.
        micom: Invariance {
            mean_difference: i.mean_difference.map(|d| 0.0 - d),
            variance_ratio: i.variance_ratio.map(|r| 0.0 - r),
            ..*i
        },
        verdict: verdict(i.score_correlation_p, i.mean_p, i.variance_p, alpha),
    };
    WaveInvariance {
        n_from: found.n.0,
        n_to: found.n.1,
        permutations,
        failed: found.failed,
        constructs: dimensions.iter().zip(&found.invariance).map(one).collect(),
    }
}

fn verdict(composition: Option<f64>, mean: Option<f64>, variance: Option<f64>, alpha: f64) -> InvarianceVerdict {
    match (composition, mean, variance) {
        (None, _, _) => InvarianceVerdict::Undetermined,
        (Some(p), _, _) if p < alpha => InvarianceVerdict::None,
        (_, Some(m), Some(v)) if m >= alpha && v >= alpha => InvarianceVerdict::Full,
        _ => InvarianceVerdict::Partial,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composition_decides_first() {
        let verdict = |a, b, c| verdict(a, b, c, 0.05);
        assert_eq!(verdict(Some(0.01), Some(0.9), Some(0.9)), InvarianceVerdict::None);
        assert_eq!(verdict(Some(0.5), Some(0.01), Some(0.9)), InvarianceVerdict::Partial);
        assert_eq!(verdict(Some(0.5), Some(0.5), Some(0.05)), InvarianceVerdict::Full);
        assert_eq!(verdict(Some(0.5), None, Some(0.5)), InvarianceVerdict::Partial);
        assert_eq!(verdict(None, Some(0.5), Some(0.5)), InvarianceVerdict::Undetermined);
    }
}
