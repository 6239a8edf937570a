//! What all waves say together: whether they may be compared, what moved the index, series under control, other indices.

use crate::trend::comparability::PairComparability;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Everything that needs more than one wave, beside the changes themselves.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OverTime {
    /// What lies between the waves of each pair that is compared.
    #[serde(default)]
    pub comparability: Vec<PairComparability>,
}
