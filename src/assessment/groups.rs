//! Path models of groups or waves held against each other.

use crate::finding::FindingRecord;
use crate::index::comparison::{GroupsCompared, OmnibusCompared, PairCompared, PathCompared};
use crate::index::groups::{Invariance, InvarianceLevel};
use crate::model::structure::Structure;
use crate::resample::ExchangeFacts;
use crate::survey::Survey;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One comparison of the definition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GroupComparison {
    /// Column whose categories are the groups; absent where waves are compared.
    pub by: Option<String>,
    /// Wave of the groups, or the waves compared.
    pub waves: Vec<String>,
    /// The groups: category or wave, and respondents that count.
    pub groups: Vec<ComparedGroup>,
    /// Groups with too few respondents to be compared.
    pub left_out: Vec<ComparedGroup>,
    /// Permutations of membership; p-values cannot be below 1 / (permutations + 1).
    pub permutations: u32,
    /// Bootstrap replicates of each group.
    pub replicates: u32,
    /// Key of the random numbers.
    pub seed: u64,
    /// p-value at or below which something differs.
    pub alpha: f64,
    /// Any two of the groups.
    pub pairs: Vec<GroupPair>,
    /// All groups at once, by path; empty for two.
    pub omnibus: Vec<PathOverGroups>,
    /// What the permutations of all groups at once have exchanged; absent for two groups.
    #[serde(default)]
    pub omnibus_exchange: Option<ExchangeFacts>,
    /// Why nothing was compared.
    pub refusal: Option<FindingRecord>,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ComparedGroup {
    /// Category or wave.
    pub name: String,
    /// Respondents that count.
    pub n: u64,
    /// Bootstrap replicates that could not be estimated.
    pub replicates_failed: u64,
}

/// Two groups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GroupPair {
    /// First group.
    pub first: String,
    /// Second group.
    pub second: String,
    /// What the permutations have exchanged. Where its smallest p-value is above `alpha`, nothing could be judged and there are no p-values.
    #[serde(default)]
    pub exchange: Option<ExchangeFacts>,
    /// Permutations in which a group could not be estimated.
    pub permutations_failed: u64,
    /// Invariance of every dimension.
    pub invariance: Vec<DimensionInvariance>,
    /// Every path.
    pub paths: Vec<PathOfGroups>,
}

/// Invariance of one dimension (MICOM).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DimensionInvariance {
    /// Dimension.
    pub dimension: String,
    /// Steps 2 and 3, the first group less the second.
    #[serde(flatten)]
    pub micom: Invariance,
    /// The reading; absent where a test is undefined.
    pub reading: Option<InvarianceLevel>,
}

/// One path in two groups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PathOfGroups {
    /// Acting dimension.
    pub from: String,
    /// Dimension acted upon.
    pub to: String,
    /// Coefficient in the first group.
    pub first: f64,
    /// Coefficient in the second group.
    pub second: f64,
    /// False where an end of the path is not the same thing in both groups: nothing is tested then.
    pub comparable: bool,
    /// p of the permutation test.
    pub permutation_p: Option<f64>,
    /// The same by Holm, over every path compared here between any two groups.
    pub p_holm: Option<f64>,
    /// The same by Benjamini and Hochberg.
    pub p_bh: Option<f64>,
    /// Henseler's probability that the coefficient of the first group is not above that of the second.
    pub henseler_p: Option<f64>,
    /// t of the test of Welch and Satterthwaite.
    pub welch_t: Option<f64>,
    /// Its degrees of freedom.
    pub welch_df: Option<f64>,
    /// Its p-value.
    pub welch_p: Option<f64>,
}

/// One path over all groups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PathOverGroups {
    /// Acting dimension.
    pub from: String,
    /// Dimension acted upon.
    pub to: String,
    /// False where an end of the path is not the same thing in two of the groups.
    pub comparable: bool,
    /// Mean squared difference of the coefficients over all pairs.
    pub spread: f64,
    /// p of the permutation test.
    pub permutation_p: Option<f64>,
    /// The same by Holm, over the paths.
    pub p_holm: Option<f64>,
    /// The same by Benjamini and Hochberg.
    pub p_bh: Option<f64>,
}

/// Puts what was found into a comparison.
pub(crate) fn fill(comparison: &mut GroupComparison, survey: &Survey, found: &GroupsCompared) {
    let names: Vec<String> = comparison.groups.iter().map(|g| g.name.clone()).collect();
    for (group, failed) in comparison.groups.iter_mut().zip(&found.replicates_failed) {
        group.replicates_failed = *failed;
    }
    let ends: Vec<(String, String)> = survey
        .model
        .structure
        .iter()
        .flat_map(Structure::paths)
        .map(|(from, to)| (dimension(survey, *from), dimension(survey, *to)))
        .collect();
    let alpha = comparison.alpha;
    let one = |pair: &PairCompared| {
        let name = |at: usize| names.get(at).cloned().unwrap_or_default();
        let constructs = pair.invariance.iter().enumerate();
        GroupPair {
            first: name(pair.groups.0),
            second: name(pair.groups.1),
            exchange: Some(pair.exchange),
            permutations_failed: pair.failed,
            invariance: constructs.map(|(at, i)| invariance(dimension(survey, at), i, alpha)).collect(),
            paths: ends.iter().zip(&pair.paths).map(|(ends, path)| path_of(ends, path)).collect(),
        }
    };
    comparison.pairs = found.pairs.iter().map(one).collect();
    let over = |((from, to), path): (&(String, String), &OmnibusCompared)| PathOverGroups {
        from: from.clone(),
        to: to.clone(),
        comparable: path.comparable,
        spread: path.spread.spread,
        permutation_p: path.spread.p,
        p_holm: path.p_holm,
        p_bh: path.p_bh,
    };
    comparison.omnibus_exchange = found.omnibus_exchange;
    comparison.omnibus = ends.iter().zip(&found.omnibus).map(over).collect();
}

fn dimension(survey: &Survey, at: usize) -> String {
    survey.dimensions.get(at).map(|d| d.id.clone()).unwrap_or_default()
}

fn invariance(dimension: String, found: &Invariance, alpha: f64) -> DimensionInvariance {
    DimensionInvariance {
        dimension,
        micom: *found,
        reading: found.level(alpha),
    }
}

fn path_of((from, to): &(String, String), path: &PathCompared) -> PathOfGroups {
    PathOfGroups {
        from: from.clone(),
        to: to.clone(),
        first: path.difference.first,
        second: path.difference.second,
        comparable: path.comparable,
        permutation_p: path.difference.p,
        p_holm: path.p_holm,
        p_bh: path.p_bh,
        henseler_p: path.henseler,
        welch_t: path.welch.map(|w| w.t),
        welch_df: path.welch.map(|w| w.df),
        welch_p: path.welch.map(|w| w.p),
    }
}
