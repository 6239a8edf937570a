//! What is drawn and how many: the part of a draw that is fixed before the seed is known.

use crate::sample::frame::{FrameColumns, UnitFrame};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How elements are drawn within each stratum. An element is a unit of the frame, or a cluster of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Selection {
    /// The elements with the smallest keys.
    SimpleRandom,
    /// Every (N/n)th element from a random start, in the order of the sort columns, ties by key.
    Systematic,
    /// Systematic with probabilities proportional to size, in the order of the sort columns, or of the keys where there are none.
    PpsSystematic,
    /// Sampford's design: probabilities proportional to size, all joint probabilities positive.
    Sampford,
}

impl Selection {
    /// True when sizes are needed.
    #[must_use]
    pub fn by_size(self) -> bool {
        matches!(self, Self::PpsSystematic | Self::Sampford)
    }
}

/// How many elements a stratum gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StratumDraw {
    /// Name; empty where there are no strata.
    pub stratum: String,
    /// Elements in the frame.
    pub elements: u64,
    /// Elements to draw.
    pub size: u64,
    /// Elements of the reserve. With two stages, units of the reserve in each drawn cluster.
    pub reserve: u64,
}

/// The second stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WithinCluster {
    /// All units of a drawn cluster.
    All,
    /// So many units of it, those with the smallest keys.
    Units(u64),
}

/// A design, fixed before the seed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawDesign {
    /// Columns of the frame.
    pub columns: FrameColumns,
    /// How elements are drawn.
    pub selection: Selection,
    /// By stratum, in the byte order of the names; a single one where there are no strata.
    pub strata: Vec<StratumDraw>,
    /// What is taken of a drawn cluster; absent where units are drawn directly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<WithinCluster>,
}

/// Why a frame cannot be drawn from by a design.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DesignError {
    /// The design speaks of other strata than the frame has.
    #[error("the design and the frame differ on stratum {stratum}")]
    OtherStrata {
        /// Name.
        stratum: String,
    },
    /// More wanted than there is.
    #[error("{wanted} elements of stratum {stratum} are wanted, it has {elements}")]
    TooFew {
        /// Stratum.
        stratum: String,
        /// Wanted.
        wanted: u64,
        /// There, of positive size where sizes are used.
        elements: u64,
    },
    /// Units of one cluster lie in two strata.
    #[error("cluster {cluster} lies in two strata")]
    SplitCluster {
        /// Name.
        cluster: String,
    },
    /// Sampford's rejections did not end.
    #[error("no sample was accepted in {attempts} attempts for stratum {stratum}")]
    NoneAccepted {
        /// Stratum.
        stratum: String,
        /// Attempts.
        attempts: u64,
    },
}

/// What can be drawn: the units of a frame, or its clusters.
pub(super) struct Elements<'a> {
    pub frame: &'a UnitFrame,
    /// First row of each cluster and the sum of its sizes; absent where units are drawn directly.
    clusters: Option<Vec<Cluster>>,
}

struct Cluster {
    stratum: u32,
    size: f64,
    /// Row with the smallest id, whose sort columns stand for the cluster.
    row: u32,
}

impl<'a> Elements<'a> {
    /// The elements of a frame. Clusters without a size column are as large as the number of their units.
    pub fn of(frame: &'a UnitFrame, design: &DrawDesign) -> Result<Self, DesignError> {
        if design.columns.cluster.is_none() {
            return Ok(Self { frame, clusters: None });
        }
        let mut clusters: Vec<Option<Cluster>> = Vec::new();
        clusters.resize_with(frame.clusters.names.len(), || None);
        for row in frame.order() {
            let number = frame.clusters.of(*row);
            let stratum = frame.strata.of(*row);
            let size = frame.sizes.get(*row as usize).copied().unwrap_or(1.0);
            match clusters.get_mut(number as usize) {
                Some(Some(cluster)) if cluster.stratum == stratum => cluster.size += size,
                Some(Some(_)) => {
                    return Err(DesignError::SplitCluster {
                        cluster: frame.clusters.name(number).to_owned(),
                    });
                }
                Some(empty) => *empty = Some(Cluster { stratum, size, row: *row }),
                None => {}
            }
        }
        Ok(Self {
            frame,
            clusters: Some(clusters.into_iter().flatten().collect()),
        })
    }

    pub fn len(&self) -> usize {
        self.clusters.as_ref().map_or(self.frame.len(), Vec::len)
    }

    pub fn is_clusters(&self) -> bool {
        self.clusters.is_some()
    }

    /// What the key of an element is made from: the id of a unit, `cluster` tab name of a cluster.
    pub fn identity(&self, element: u32) -> std::borrow::Cow<'_, [u8]> {
        if self.clusters.is_some() {
            [b"cluster\t", self.frame.clusters.name(element).as_bytes()].concat().into()
        } else {
            self.frame.id(element).into()
        }
    }

    /// Name of an element: the id of a unit, the name of a cluster.
    pub fn name(&self, element: u32) -> String {
        if self.clusters.is_some() {
            self.frame.clusters.name(element).to_owned()
        } else {
            String::from_utf8_lossy(self.frame.id(element)).into_owned()
        }
    }

    pub fn stratum(&self, element: u32) -> u32 {
        match &self.clusters {
            Some(clusters) => clusters.get(element as usize).map_or(0, |c| c.stratum),
            None => self.frame.strata.of(element),
        }
    }

    pub fn size(&self, element: u32) -> f64 {
        match &self.clusters {
            Some(clusters) => clusters.get(element as usize).map_or(0.0, |c| c.size),
            None => self.frame.sizes.get(element as usize).copied().unwrap_or(0.0),
        }
    }

    /// The row whose sort columns stand for an element.
    pub fn row(&self, element: u32) -> u32 {
        match &self.clusters {
            Some(clusters) => clusters.get(element as usize).map_or(0, |c| c.row),
            None => element,
        }
    }

    /// Elements of each stratum, by its number; one list where there are no strata.
    pub fn by_stratum(&self) -> Vec<Vec<u32>> {
        let mut lists = vec![Vec::new(); self.frame.strata.names.len().max(1)];
        for element in 0..self.len() as u32 {
            if let Some(list) = lists.get_mut(self.stratum(element) as usize) {
                list.push(element);
            }
        }
        lists
    }
}

/// Elements of each stratum of a frame, with its name: what sizes are decided on.
///
/// # Errors
///
/// A cluster that lies in two strata.
pub fn elements_by_stratum(frame: &UnitFrame, columns: &FrameColumns) -> Result<Vec<(String, u64)>, DesignError> {
    let design = DrawDesign {
        columns: columns.clone(),
        selection: Selection::SimpleRandom,
        strata: Vec::new(),
        within: None,
    };
    let lists = Elements::of(frame, &design)?.by_stratum();
    let counted = lists.into_iter().enumerate();
    Ok(counted
        .map(|(number, list)| (frame.strata.name(number as u32).to_owned(), list.len() as u64))
        .collect())
}
