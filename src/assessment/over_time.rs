//! What all waves say together: whether they may be compared, what moved the index, series under control, other indices.

use crate::trend::benchmark::Benchmarks;
use crate::trend::comparability::PairComparability;
use crate::trend::control::SeriesAssessment;
use crate::trend::decomposition::Decomposition;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Everything that needs more than one wave, beside the changes themselves.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OverTime {
    /// What lies between the waves of each pair that is compared.
    #[serde(default)]
    pub comparability: Vec<PairComparability>,
    /// What moved the index, for each pair in which it is compared.
    #[serde(default)]
    pub decompositions: Vec<Decomposition>,
    /// Series under control charts.
    #[serde(default)]
    pub series: Vec<SeriesAssessment>,
    /// Other published indices beside ours.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub benchmarks: Option<Benchmarks>,
}
