//! Every number of a path model from weighted sums, in one fixed order: what replicates of it are compared in.

use super::fornell;
use crate::measure::htmt::{LoneItem, htmt};
use crate::model::effects::total_effects;
use crate::model::importance::importance;
use crate::model::missing::{MissingError, MissingMethod};
use crate::model::pls::{InnerScheme, OuterMode, PlsError, PlsEstimate, PlsOptions, estimate_with};
use crate::model::structure::Structure;
use crate::tally::WeightedSums;
use std::ops::Range;

/// A path model and what is wanted of it.
#[derive(Debug, Clone)]
pub struct PathNumbers {
    structure: Structure,
    scheme: InnerScheme,
    modes: Vec<OuterMode>,
    options: PlsOptions,
    missing: MissingMethod,
    /// Steps between the ends of each item's scale.
    ranges: Vec<f64>,
    lone: LoneItem,
    /// Pairs of constructs that a chain of paths joins.
    effects: Vec<(usize, usize)>,
}

/// Where each kind of number stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Outer weights, block after block.
    pub weights: Range<usize>,
    /// Loadings, likewise.
    pub loadings: Range<usize>,
    /// Path coefficients, in the order of the structure's paths.
    pub paths: Range<usize>,
    /// Total effects, in the order of [`PathNumbers::effects`].
    pub effects: Range<usize>,
    /// R² by construct.
    pub r2: Range<usize>,
    /// HTMT of every pair of constructs: (0, 1), (0, 2) … (1, 2) …
    pub htmt: Range<usize>,
    /// HTMT2, likewise.
    pub htmt2: Range<usize>,
    /// Fornell index by construct, 0 to 100.
    pub index: Range<usize>,
    /// Importance, points of the target per point: in the order of [`PathNumbers::effects`].
    pub importance: Range<usize>,
}

/// Why a replicate of a path model could not be estimated. Positions count from 0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum PathFailure {
    /// Everybody drawn gave the same answer to an item, or nobody answered it.
    #[error("item {item} has no variance")]
    NoVariance {
        /// The item.
        item: usize,
    },
    /// The estimator refused; its own words.
    #[error("{reason}")]
    Model {
        /// Which of [`PlsError`].
        reason: String,
    },
}

impl From<PlsError> for PathFailure {
    fn from(error: PlsError) -> Self {
        match error {
            PlsError::NoItemVariance { item } => Self::NoVariance { item },
            PlsError::NotConverged { iterations, .. } => Self::Model {
                reason: format!("the weights did not settle in {iterations} steps"),
            },
            other => Self::Model { reason: other.to_string() },
        }
    }
}

impl From<MissingError> for PathFailure {
    fn from(error: MissingError) -> Self {
        match error {
            MissingError::NoVariance { item } => Self::NoVariance { item },
            // Numbers of one replicate would make each failure a reason of its own.
            MissingError::NotConverged { iterations, .. } => Self::Model {
                reason: format!("EM did not settle in {iterations} steps"),
            },
            MissingError::NotPositiveDefinite { .. } => Self::Model {
                reason: "the correlations contradict one another".to_owned(),
            },
            other => Self::Model { reason: other.to_string() },
        }
    }
}

impl PathNumbers {
    /// `ranges[i]` is the number of steps between the ends of item `i`'s scale. `None` when their number is not that of the items.
    #[must_use]
    pub fn new(structure: Structure, scheme: InnerScheme, options: PlsOptions, ranges: Vec<f64>) -> Option<Self> {
        if ranges.len() != structure.item_count() {
            return None;
        }
        let count = structure.construct_count();
        let effects = (0..count)
            .flat_map(|from| (0..count).map(move |to| (from, to)))
            .filter(|(from, to)| structure.antecedents(*to).contains(from))
            .collect();
        Some(Self {
            modes: vec![OuterMode::ModeA; count],
            structure,
            scheme,
            options,
            missing: MissingMethod::Mean,
            ranges,
            lone: LoneItem::Undefined,
            effects,
        })
    }

    /// With another treatment of blocks of one item in HTMT.
    #[must_use]
    pub fn with_lone(self, lone: LoneItem) -> Self {
        Self { lone, ..self }
    }

    /// With another way to deal with gaps than the mean of the item; all others need sums by pattern.
    #[must_use]
    pub fn with_missing(self, missing: MissingMethod) -> Self {
        Self { missing, ..self }
    }

    /// With outer modes other than Mode A throughout; unchanged where they are not one for each construct.
    #[must_use]
    pub fn with_modes(mut self, modes: &[OuterMode]) -> Self {
        if modes.len() == self.modes.len() {
            self.modes.copy_from_slice(modes);
        }
        self
    }

    /// The model.
    #[must_use]
    pub fn structure(&self) -> &Structure {
        &self.structure
    }

    /// Pairs (from, to) of constructs that a chain of paths joins.
    #[must_use]
    pub fn effects(&self) -> &[(usize, usize)] {
        &self.effects
    }

    /// Where each kind of number stands.
    #[must_use]
    pub fn layout(&self) -> Layout {
        let mut end = 0;
        let mut next = |length: usize| {
            let start = end;
            end += length;
            start..end
        };
        let items: usize = self.structure.blocks().iter().map(Vec::len).sum();
        let constructs = self.structure.construct_count();
        let pairs = constructs * (constructs - 1) / 2;
        Layout {
            weights: next(items),
            loadings: next(items),
            paths: next(self.structure.paths().len()),
            effects: next(self.effects.len()),
            r2: next(constructs),
            htmt: next(pairs),
            htmt2: next(pairs),
            index: next(constructs),
            importance: next(self.effects.len()),
        }
    }

    /// All numbers, in the order of the layout.
    ///
    /// # Errors
    /// A [`PathFailure`] where the model cannot be estimated from these sums.
    pub fn of(&self, sums: &WeightedSums) -> Result<Vec<Option<f64>>, PathFailure> {
        let (pls, sd, correlation) = self.estimate(sums)?;
        let layout = self.layout();
        let mut all = Vec::with_capacity(layout.importance.end);
        all.extend(pls.outer_weights.iter().flatten().copied().map(Some));
        all.extend(pls.loadings.iter().flatten().copied().map(Some));
        all.extend(pls.paths.iter().copied().map(Some));
        let total = total_effects(&self.structure, &pls.paths);
        let effect = |pair: &(usize, usize)| total.as_ref().and_then(|t| t.get(*pair)).copied();
        all.extend(self.effects.iter().map(effect));
        all.extend(pls.r2.iter().copied());
        self.push_htmt(&correlation, &mut all);
        let spreads = self.push_indices(sums, &pls, &sd, &mut all);
        all.extend(self.effects.iter().map(|pair| {
            let (from, to) = *pair;
            importance(effect(pair)?, (*spreads.get(to)?)?, (*spreads.get(from)?)?)
        }));
        Ok(all)
    }

    /// The model, with the standard deviations (divisor Σw) and the correlations of the items.
    ///
    /// # Errors
    /// A [`PathFailure`] where it cannot be estimated from these sums.
    pub fn estimate(&self, sums: &WeightedSums) -> Result<(PlsEstimate, Vec<f64>, nalgebra::DMatrix<f64>), PathFailure> {
        let (sd, correlation) = sums.correlations_by(self.missing, self.structure.item_count())?;
        let pls = estimate_with(&correlation, &self.structure, &self.modes, self.scheme, self.options)?;
        Ok((pls, sd, correlation))
    }

    fn push_htmt(&self, correlation: &nalgebra::DMatrix<f64>, all: &mut Vec<Option<f64>>) {
        let start = all.len();
        let blocks = self.structure.blocks();
        let pairs = (0..blocks.len()).flat_map(|a| (a + 1..blocks.len()).map(move |b| (a, b)));
        let mut geometric = Vec::new();
        for (a, b) in pairs {
            let both = htmt(correlation, &blocks[a], &blocks[b], self.lone);
            all.push(both.htmt);
            geometric.push(both.htmt2);
        }
        all.extend(geometric);
        debug_assert_eq!(start, self.layout().htmt.start);
    }

    /// Adds the Fornell index of every construct; gives the standard deviations of the indices, in points.
    fn push_indices(&self, sums: &WeightedSums, pls: &PlsEstimate, sd: &[f64], all: &mut Vec<Option<f64>>) -> Vec<Option<f64>> {
        let pick = |block: &[usize], from: &[f64]| -> Vec<f64> { block.iter().filter_map(|i| from.get(*i).copied()).collect() };
        let mut spreads = Vec::new();
        for (block, weights) in self.structure.blocks().iter().zip(&pls.outer_weights) {
            let (spread, high) = (pick(block, sd), pick(block, &self.ranges));
            let low = vec![0.0; high.len()];
            let means: Option<Vec<f64>> = block.iter().map(|i| sums.mean(*i)).collect();
            let index = fornell::index_weights(weights, &spread)
                .zip(means)
                .and_then(|(v, means)| fornell::fornell_index(&means, &v, &low, &high));
            all.push(index);
            spreads.push(fornell::index_sd(weights, &spread, &low, &high));
        }
        spreads
    }
}
