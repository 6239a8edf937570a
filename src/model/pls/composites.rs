//! Scores as weighted sums of items, known through the item correlations only.

use std::ops::Range;

use nalgebra::DMatrix;

use super::inner::InnerWeights;
use super::regression::{factorise, substitute};
use super::{OuterMode, PlsError};
use crate::model::structure::Structure;

/// Smallest score variance, as a share of the largest the same weights could
/// give: below it the items of a block cancel each other out.
const VARIANCE_SHARE_MIN: f64 = 1e-12;

/// Smallest sum of absolute covariances between a block's items and its
/// neighbours that is more than rounding error.
const SIGNAL_MIN: f64 = 1e-10;

/// How the weights of one block are renewed.
enum Outer {
    /// By the covariances with the neighbours.
    Covariance,
    /// By regression; holds the Cholesky factor of the block.
    Regression(Vec<f64>),
    /// Not at all: unit weights, or a single item.
    Fixed,
}

/// Weights of all blocks and what follows from them. Items are held in block
/// order, so that a block is one contiguous range.
pub(super) struct Composites {
    ranges: Vec<Range<usize>>,
    outer: Vec<Outer>,
    /// Item correlations, column after column.
    items: Vec<f64>,
    weights: Vec<f64>,
    /// Correlation of every item (row) with every score, column after column.
    cross: Vec<f64>,
    /// Correlations among the scores.
    scores: Vec<f64>,
    previous: Vec<f64>,
}

impl Composites {
    /// Unit weights, standardised.
    pub(super) fn new(correlation: &DMatrix<f64>, structure: &Structure, modes: &[OuterMode]) -> Result<Self, PlsError> {
        let positions: Vec<usize> = structure.blocks().iter().flatten().copied().collect();
        let mut items = Vec::with_capacity(positions.len() * positions.len());
        for &column in &positions {
            items.extend(positions.iter().map(|&row| correlation[(row, column)]));
        }
        let mut end = 0;
        let next_range = |block: &Vec<usize>| {
            let start = end;
            end += block.len();
            start..end
        };
        let ranges: Vec<_> = structure.blocks().iter().map(next_range).collect();
        let count = ranges.len();
        let blocks = structure.blocks().iter().zip(modes).enumerate();
        let outer: Result<Vec<Outer>, PlsError> = blocks.map(|(c, (block, mode))| outer_of(correlation, block, *mode, c)).collect();
        let mut composites = Self {
            ranges,
            outer: outer?,
            items,
            weights: vec![1.0; positions.len()],
            cross: vec![0.0; positions.len() * count],
            scores: vec![0.0; count * count],
            previous: vec![0.0; positions.len()],
        };
        composites.standardise()?;
        composites.correlate();
        Ok(composites)
    }

    /// Correlations among the scores, row after row.
    pub(super) fn scores(&self) -> &[f64] {
        &self.scores
    }

    /// Weights of one block.
    pub(super) fn weights(&self, construct: usize) -> &[f64] {
        &self.weights[self.ranges[construct].clone()]
    }

    /// Correlations of one block's items with its own score.
    pub(super) fn loadings(&self, construct: usize) -> &[f64] {
        let column = construct * self.weights.len();
        let range = &self.ranges[construct];
        &self.cross[column + range.start..column + range.end]
    }

    /// New weights from the covariances of the items with the sum of the
    /// neighbours' scores under the inner weights. Returns Σ|Δw|.
    pub(super) fn step(&mut self, inner: &InnerWeights) -> Result<f64, PlsError> {
        std::mem::swap(&mut self.weights, &mut self.previous);
        let item_count = self.weights.len();
        for (construct, range) in self.ranges.iter().enumerate() {
            let block = &mut self.weights[range.clone()];
            if matches!(self.outer[construct], Outer::Fixed) {
                block.copy_from_slice(&self.previous[range.clone()]);
                continue;
            }
            block.fill(0.0);
            let pulls = inner.row(construct, self.ranges.len());
            for (&pull, column) in pulls.iter().zip(self.cross.chunks_exact(item_count)) {
                if pull != 0.0 {
                    add_scaled(block, pull, &column[range.clone()]);
                }
            }
            let signal: f64 = block.iter().map(|w| w.abs()).sum();
            if signal.is_nan() || signal <= SIGNAL_MIN {
                return Err(PlsError::NoSignal { construct });
            }
            if let Outer::Regression(factor) = &self.outer[construct] {
                substitute(factor, block);
            }
        }
        self.standardise()?;
        self.correlate();
        let pairs = self.weights.iter().zip(&self.previous);
        Ok(pairs.map(|(now, before)| (now - before).abs()).sum())
    }

    /// Turns every block so that its weights sum to a positive number.
    pub(super) fn orient(&mut self) {
        let item_count = self.weights.len();
        for (construct, range) in self.ranges.iter().enumerate() {
            let block = &mut self.weights[range.clone()];
            if block.iter().sum::<f64>() < 0.0 {
                let column = construct * item_count;
                let cross = &mut self.cross[column..column + item_count];
                for value in block.iter_mut().chain(cross) {
                    *value = -*value;
                }
            }
        }
        self.correlate();
    }

    /// Scales every block to score variance 1 and renews the correlations of
    /// items with scores.
    fn standardise(&mut self) -> Result<(), PlsError> {
        let item_count = self.weights.len();
        let columns = self.cross.chunks_exact_mut(item_count);
        for (construct, (range, cross)) in self.ranges.iter().zip(columns).enumerate() {
            let block = &mut self.weights[range.clone()];
            cross.fill(0.0);
            let items = &self.items[range.start * item_count..range.end * item_count];
            for (&weight, column) in block.iter().zip(items.chunks_exact(item_count)) {
                add_scaled(cross, weight, column);
            }
            let variance = dot(block, &cross[range.clone()]);
            let size: f64 = block.iter().map(|w| w.abs()).sum();
            if variance.is_nan() || variance <= VARIANCE_SHARE_MIN * size * size {
                return Err(PlsError::NoScoreVariance { construct });
            }
            let scale = variance.sqrt().recip();
            for value in block.iter_mut().chain(cross) {
                *value *= scale;
            }
        }
        Ok(())
    }

    /// Renews the correlations among the scores.
    fn correlate(&mut self) {
        let (count, item_count) = (self.ranges.len(), self.weights.len());
        for (a, range) in self.ranges.iter().enumerate() {
            let block = &self.weights[range.clone()];
            self.scores[a * count + a] = 1.0;
            for b in 0..a {
                let column = b * item_count;
                let cross = &self.cross[column + range.start..column + range.end];
                let value = dot(block, cross);
                self.scores[a * count + b] = value;
                self.scores[b * count + a] = value;
            }
        }
    }
}

/// A lone item is its own score, whatever surrounds it.
fn outer_of(matrix: &DMatrix<f64>, block: &[usize], mode: OuterMode, construct: usize) -> Result<Outer, PlsError> {
    match mode {
        _ if block.len() == 1 => Ok(Outer::Fixed),
        OuterMode::UnitWeights => Ok(Outer::Fixed),
        OuterMode::ModeA => Ok(Outer::Covariance),
        OuterMode::ModeB => {
            let mut factor: Vec<f64> = block
                .iter()
                .flat_map(|&row| block.iter().map(move |&column| matrix[(row, column)]))
                .collect();
            factorise(&mut factor, block.len()).ok_or(PlsError::DependentItems { construct })?;
            Ok(Outer::Regression(factor))
        }
    }
}

fn add_scaled(target: &mut [f64], scale: f64, source: &[f64]) {
    for (value, addend) in target.iter_mut().zip(source) {
        *value += scale * addend;
    }
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}
