//! Names of the quantities that a wave reports, the same from wave to wave.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Quantities that are tested together: one family, one error rate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// The index alone.
    #[default]
    Index,
    /// The dimensions, without one that is the index.
    Dimensions,
    /// The scored items.
    Items,
    /// The index of every domain.
    Domains,
    /// The dimensions of every domain.
    DomainDimensions,
    /// Measures beside the index: net promoter score, shares, rates.
    Measures,
}

/// A category of a reporting column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct DomainRef {
    /// Column.
    pub column: String,
    /// Category.
    pub category: String,
}

/// One quantity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct QuantityKey {
    /// What it is tested with.
    pub family: Family,
    /// `index`, or the id of a dimension, item or measure.
    pub id: String,
    /// The domain it is of; everybody when absent.
    pub domain: Option<DomainRef>,
}

impl QuantityKey {
    /// The index of everybody.
    #[must_use]
    pub fn index() -> Self {
        Self::of(Family::Index, "index")
    }

    /// A quantity of everybody.
    #[must_use]
    pub fn of(family: Family, id: &str) -> Self {
        Self {
            family,
            id: id.to_owned(),
            domain: None,
        }
    }

    /// The index of a domain, or one of its dimensions.
    #[must_use]
    pub fn of_domain(column: &str, category: &str, dimension: Option<&str>) -> Self {
        Self {
            family: if dimension.is_some() {
                Family::DomainDimensions
            } else {
                Family::Domains
            },
            id: dimension.unwrap_or("index").to_owned(),
            domain: Some(DomainRef {
                column: column.to_owned(),
                category: category.to_owned(),
            }),
        }
    }
}
