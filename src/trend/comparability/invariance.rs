//! Measurement invariance of the constructs between two waves: what the groups of [`crate::index::groups`] say, as a record.

use crate::index::groups::{GroupComparison, Invariance, InvarianceLevel};
use crate::resample::ExchangeFacts;
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
    /// What the permutations have exchanged; absent in assessments of earlier versions.
    #[serde(default)]
    pub exchange: Option<ExchangeFacts>,
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
pub fn record(found: &GroupComparison, dimensions: &[String], alpha: f64) -> WaveInvariance {
    let one = |(dimension, i): (&String, &Invariance)| ConstructInvariance {
        dimension: dimension.clone(),
        // The groups are compared first less second; a change is later less earlier.
        micom: Invariance {
            mean_difference: i.mean_difference.map(|d| 0.0 - d),
            variance_ratio: i.variance_ratio.map(|r| 0.0 - r),
            ..*i
        },
        verdict: i.level(alpha).into(),
    };
    WaveInvariance {
        n_from: found.n.0,
        n_to: found.n.1,
        permutations: found.permutations,
        failed: found.failed,
        exchange: Some(found.exchange),
        constructs: dimensions.iter().zip(&found.invariance).map(one).collect(),
    }
}

impl From<Option<InvarianceLevel>> for InvarianceVerdict {
    fn from(level: Option<InvarianceLevel>) -> Self {
        match level {
            None => Self::Undetermined,
            Some(InvarianceLevel::NotInvariant) => Self::None,
            Some(InvarianceLevel::Partial) => Self::Partial,
            Some(InvarianceLevel::Full) => Self::Full,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A p-value at the level rejects, of groups and of waves alike: 15 of 300 assignments are as extreme at α = 0.05.
    #[test]
    fn composition_decides_first_and_the_line_itself_rejects() {
        let verdict = |a: Option<f64>, b: Option<f64>, c: Option<f64>| {
            let tested = Invariance {
                score_correlation: a.map(|_| 0.99),
                score_correlation_p: a,
                mean_difference: b.map(|_| 0.1),
                mean_p: b,
                variance_ratio: c.map(|_| 0.1),
                variance_p: c,
            };
            InvarianceVerdict::from(tested.level(1.0 - 0.95))
        };
        let line = 15.0 / 300.0;
        assert_eq!(verdict(Some(0.01), Some(0.9), Some(0.9)), InvarianceVerdict::None);
        assert_eq!(verdict(Some(line), Some(0.9), Some(0.9)), InvarianceVerdict::None);
        assert_eq!(verdict(Some(16.0 / 300.0), Some(0.9), Some(0.9)), InvarianceVerdict::Full);
        assert_eq!(verdict(Some(0.5), Some(0.01), Some(0.9)), InvarianceVerdict::Partial);
        assert_eq!(verdict(Some(0.5), Some(0.5), Some(line)), InvarianceVerdict::Partial);
        assert_eq!(verdict(Some(0.5), None, Some(0.5)), InvarianceVerdict::Partial);
        assert_eq!(verdict(None, Some(0.5), Some(0.5)), InvarianceVerdict::Undetermined);
    }
}
