//! The path model: which items measure which construct, and which construct
//! is explained by which.
//!
//! Constructs, items and paths are known here by their positions, counted
//! from 0; names stay with the caller. A [`Structure`] that exists is sound:
//! its constructor refuses whatever an estimator could not use.

use std::collections::BTreeMap;

/// A path that ends at a construct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incoming {
    /// Position of the path in [`Structure::paths`].
    pub path: usize,
    /// The construct it starts from.
    pub from: usize,
}

/// Blocks of items joined by directed paths without a cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structure {
    blocks: Vec<Vec<usize>>,
    paths: Vec<(usize, usize)>,
    item_count: usize,
    incoming: Vec<Vec<Incoming>>,
    outgoing: Vec<Vec<usize>>,
    order: Vec<usize>,
    /// For each construct the constructs that it is made of; mostly none.
    parts: Vec<Vec<usize>>,
    method: HigherMethod,
}

/// How constructs that are made of others are estimated; see [`super::higher_order`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HigherMethod {
    /// The parts first, in the place of the whole; then the whole from their scores.
    #[default]
    TwoStage,
    /// Everything at once, the whole having the items of its parts a second time.
    RepeatedIndicators,
}

/// Why blocks and paths do not make a path model. Positions count from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StructureError {
    /// A construct without items.
    #[error("construct {construct} has no item")]
    EmptyBlock {
        /// The construct.
        construct: usize,
    },
    /// An item position at or beyond the number of items.
    #[error("construct {construct} names item {item}, but there are {item_count} items")]
    ItemOutOfRange {
        /// The construct that names the item.
        construct: usize,
        /// The position given.
        item: usize,
        /// How many items there are.
        item_count: usize,
    },
    /// An item named twice, in two blocks or in one.
    #[error("item {item} is named by construct {first} and again by construct {second}")]
    ItemRepeated {
        /// The item.
        item: usize,
        /// The construct that named it first.
        first: usize,
        /// The construct that named it again (possibly the same one).
        second: usize,
    },
    /// A model in which nothing is explained.
    #[error("there is no path between constructs")]
    NoPath,
    /// A path end at or beyond the number of constructs.
    #[error("path {path} names construct {construct}, but there are {construct_count} constructs")]
    PathOutOfRange {
        /// The path.
        path: usize,
        /// The position given.
        construct: usize,
        /// How many constructs there are.
        construct_count: usize,
    },
    /// A construct said to explain itself.
    #[error("path {path} leads from construct {construct} to itself")]
    PathToItself {
        /// The path.
        path: usize,
        /// The construct.
        construct: usize,
    },
    /// The same path given twice.
    #[error("paths {first} and {second} are the same")]
    PathRepeated {
        /// The earlier path.
        first: usize,
        /// The later path.
        second: usize,
    },
    /// A construct said to be made of something that is no construct with items, of itself, or of a part of another.
    #[error("construct {construct} cannot be a part of construct {whole}")]
    Part {
        /// The construct said to be a part.
        construct: usize,
        /// What it is said to be a part of.
        whole: usize,
    },
    /// A part with a path of its own: parts act through their whole.
    #[error("path {path} touches construct {construct}, which is a part of another")]
    PathToPart {
        /// The path.
        path: usize,
        /// The construct.
        construct: usize,
    },
    /// A construct that no path touches: nothing could estimate its weights.
    #[error("no path touches construct {construct}")]
    Isolated {
        /// The construct.
        construct: usize,
    },
    /// Constructs that explain one another in a circle.
    #[error("the paths run in a circle through constructs {constructs:?}")]
    Cycle {
        /// The constructs of one circle in the direction of the paths,
        /// starting with the smallest.
        constructs: Vec<usize>,
    },
}

impl Structure {
    /// Checks blocks and paths and joins them.
    ///
    /// `blocks[c]` lists the item positions of construct `c`; every path is
    /// `(from, to)`; `item_count` is the number of rows of the correlation
    /// matrix to come. An item may stand in no block.
    ///
    /// # Errors
    /// The first [`StructureError`] met: blocks before paths, each in the order
    /// given, then constructs without a path, then circles.
    pub fn new(blocks: Vec<Vec<usize>>, paths: Vec<(usize, usize)>, item_count: usize) -> Result<Self, StructureError> {
        let parts = vec![Vec::new(); blocks.len()];
        Self::with_parts(blocks, parts, HigherMethod::default(), paths, item_count)
    }

    /// The same with constructs that are made of others: `parts[c]` lists the constructs that construct `c` is made of. The block of such a
    /// whole is given empty; it gets the items of its parts, part after part. Parts have no paths of their own.
    ///
    /// # Errors
    /// As [`Structure::new`]; besides, [`StructureError::Part`] and [`StructureError::PathToPart`].
    pub fn with_parts(
        mut blocks: Vec<Vec<usize>>,
        parts: Vec<Vec<usize>>,
        method: HigherMethod,
        paths: Vec<(usize, usize)>,
        item_count: usize,
    ) -> Result<Self, StructureError> {
        let is_part = check_parts(&parts, blocks.len())?;
        let whole = |construct: usize| parts.get(construct).is_some_and(|p| !p.is_empty());
        check_blocks(&blocks, item_count, &whole)?;
        for (construct, of) in parts.iter().enumerate().filter(|(_, of)| !of.is_empty()) {
            let items: Vec<usize> = of.iter().flat_map(|part| blocks[*part].clone()).collect();
            blocks[construct] = items;
        }
        check_paths(&paths, blocks.len())?;
        let touching = paths.iter().enumerate().flat_map(|(path, (from, to))| [(path, *from), (path, *to)]);
        if let Some((path, construct)) = touching.into_iter().find(|(_, c)| is_part[*c]) {
            return Err(StructureError::PathToPart { path, construct });
        }
        let (incoming, outgoing) = neighbours(&paths, blocks.len());
        let ends = incoming.iter().zip(&outgoing).zip(&is_part);
        let untouched = ends
            .into_iter()
            .position(|((before, after), part)| before.is_empty() && after.is_empty() && !part);
        if let Some(construct) = untouched {
            return Err(StructureError::Isolated { construct });
        }
        let order = order_of_causes(&incoming, &outgoing)?;
        Ok(Self {
            blocks,
            paths,
            item_count,
            incoming,
            outgoing,
            order,
            parts,
            method,
        })
    }

    /// The same constructs with other paths.
    ///
    /// # Errors
    /// As [`Structure::new`].
    pub fn with_paths(&self, paths: Vec<(usize, usize)>) -> Result<Self, StructureError> {
        let own = |(block, parts): (&Vec<usize>, &Vec<usize>)| if parts.is_empty() { block.clone() } else { Vec::new() };
        let blocks = self.blocks.iter().zip(&self.parts).map(own).collect();
        Self::with_parts(blocks, self.parts.clone(), self.method, paths, self.item_count)
    }

    /// The constructs that each construct is made of; empty for one with items of its own.
    pub fn parts(&self) -> &[Vec<usize>] {
        &self.parts
    }

    /// Whether any construct is made of others.
    pub fn has_parts(&self) -> bool {
        self.parts.iter().any(|parts| !parts.is_empty())
    }

    /// The whole that a construct is a part of.
    pub fn whole_of(&self, construct: usize) -> Option<usize> {
        self.parts.iter().position(|parts| parts.contains(&construct))
    }

    /// How wholes are estimated.
    pub fn method(&self) -> HigherMethod {
        self.method
    }

    /// Item positions per construct, as given.
    pub fn blocks(&self) -> &[Vec<usize>] {
        &self.blocks
    }

    /// The paths `(from, to)`, as given.
    pub fn paths(&self) -> &[(usize, usize)] {
        &self.paths
    }

    /// Number of items, whether or not they stand in a block.
    pub fn item_count(&self) -> usize {
        self.item_count
    }

    /// Number of constructs.
    pub fn construct_count(&self) -> usize {
        self.blocks.len()
    }

    /// The paths that end at each construct, in the order given. Empty for an
    /// exogenous construct.
    pub fn incoming(&self) -> &[Vec<Incoming>] {
        &self.incoming
    }

    /// The constructs that each construct explains directly, in the order of
    /// the paths.
    pub fn outgoing(&self) -> &[Vec<usize>] {
        &self.outgoing
    }

    /// All constructs, each after everything that explains it; among equals
    /// the smaller position first.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// The constructs from which a chain of paths leads to `target`, in
    /// ascending position. Empty when `target` is exogenous or unknown.
    pub fn antecedents(&self, target: usize) -> Vec<usize> {
        let mut reached = vec![false; self.construct_count()];
        let mut open = vec![target];
        while let Some(construct) = open.pop() {
            for before in self.incoming.get(construct).into_iter().flatten() {
                if !reached[before.from] {
                    reached[before.from] = true;
                    open.push(before.from);
                }
            }
        }
        (0..reached.len()).filter(|&c| reached[c]).collect()
    }
}

/// Which constructs are parts. A part has items of its own and belongs to one whole.
fn check_parts(parts: &[Vec<usize>], count: usize) -> Result<Vec<bool>, StructureError> {
    let mut is_part = vec![false; count];
    for (whole, of) in parts.iter().enumerate() {
        for &construct in of {
            let made = parts.get(construct).is_none_or(|p| !p.is_empty());
            if made || construct >= count || is_part[construct] {
                return Err(StructureError::Part { construct, whole });
            }
            is_part[construct] = true;
        }
    }
    Ok(is_part)
}

fn check_blocks(blocks: &[Vec<usize>], item_count: usize, is_whole: &dyn Fn(usize) -> bool) -> Result<(), StructureError> {
    let mut owners = BTreeMap::new();
    for (construct, items) in blocks.iter().enumerate().filter(|(construct, _)| !is_whole(*construct)) {
        if items.is_empty() {
            return Err(StructureError::EmptyBlock { construct });
        }
        for &item in items {
            if item >= item_count {
                return Err(StructureError::ItemOutOfRange {
                    construct,
                    item,
                    item_count,
                });
            }
            if let Some(first) = owners.insert(item, construct) {
                return Err(StructureError::ItemRepeated {
                    item,
                    first,
                    second: construct,
                });
            }
        }
    }
    Ok(())
}

fn check_paths(paths: &[(usize, usize)], construct_count: usize) -> Result<(), StructureError> {
    if paths.is_empty() {
        return Err(StructureError::NoPath);
    }
    let mut seen = BTreeMap::new();
    for (path, &(from, to)) in paths.iter().enumerate() {
        for construct in [from, to] {
            if construct >= construct_count {
                return Err(StructureError::PathOutOfRange {
                    path,
                    construct,
                    construct_count,
                });
            }
        }
        if from == to {
            return Err(StructureError::PathToItself { path, construct: from });
        }
        if let Some(first) = seen.insert((from, to), path) {
            return Err(StructureError::PathRepeated { first, second: path });
        }
    }
    Ok(())
}

fn neighbours(paths: &[(usize, usize)], construct_count: usize) -> (Vec<Vec<Incoming>>, Vec<Vec<usize>>) {
    let mut incoming = vec![Vec::new(); construct_count];
    let mut outgoing = vec![Vec::new(); construct_count];
    for (path, &(from, to)) in paths.iter().enumerate() {
        incoming[to].push(Incoming { path, from });
        outgoing[from].push(to);
    }
    (incoming, outgoing)
}

/// Repeatedly takes the smallest construct whose causes have all been taken.
fn order_of_causes(incoming: &[Vec<Incoming>], outgoing: &[Vec<usize>]) -> Result<Vec<usize>, StructureError> {
    let count = incoming.len();
    let mut causes_left: Vec<usize> = incoming.iter().map(Vec::len).collect();
    let mut taken = vec![false; count];
    let mut order = Vec::with_capacity(count);
    while let Some(next) = (0..count).find(|&c| !taken[c] && causes_left[c] == 0) {
        taken[next] = true;
        order.push(next);
        for &to in &outgoing[next] {
            causes_left[to] -= 1;
        }
    }
    match taken.iter().position(|&t| !t) {
        None => Ok(order),
        Some(start) => Err(StructureError::Cycle {
            constructs: circle_before(start, incoming, &taken),
        }),
    }
}

/// Every construct that could not be taken has a cause that could not either,
/// so walking backwards from any of them ends in a circle.
fn circle_before(start: usize, incoming: &[Vec<Incoming>], taken: &[bool]) -> Vec<usize> {
    let mut walk = vec![start];
    let mut here = start;
    while let Some(cause) = incoming[here].iter().find(|cause| !taken[cause.from]) {
        here = cause.from;
        if let Some(begin) = walk.iter().position(|&seen| seen == here) {
            walk.drain(..begin);
            break;
        }
        walk.push(here);
    }
    walk.reverse();
    let smallest = (0..walk.len()).min_by_key(|&at| walk[at]).unwrap_or(0);
    walk.rotate_left(smallest);
    walk
}

#[cfg(test)]
mod tests {
    use super::*;

    fn singles(count: usize) -> Vec<Vec<usize>> {
        (0..count).map(|item| vec![item]).collect()
    }

    #[test]
    fn keeps_what_was_given_and_knows_neighbours() {
        let structure = Structure::new(vec![vec![4, 0], vec![1], vec![3]], vec![(2, 0), (0, 1)], 5).unwrap();
        assert_eq!(structure.blocks()[0], [4, 0]);
        assert_eq!(structure.paths(), [(2, 0), (0, 1)]);
        assert_eq!(structure.item_count(), 5);
        assert_eq!(structure.construct_count(), 3);
        assert_eq!(structure.incoming()[0], [Incoming { path: 0, from: 2 }]);
        assert_eq!(structure.outgoing()[0], [1]);
        assert_eq!(structure.order(), [2, 0, 1]);
        assert_eq!(structure.antecedents(1), [0, 2]);
        assert!(structure.antecedents(2).is_empty());
        assert!(structure.antecedents(99).is_empty());
    }

    #[test]
    fn refuses_unsound_blocks() {
        let path = vec![(0, 1)];
        assert_eq!(
            Structure::new(vec![vec![0], vec![]], path.clone(), 2),
            Err(StructureError::EmptyBlock { construct: 1 })
        );
        assert_eq!(
            Structure::new(vec![vec![0], vec![2]], path.clone(), 2),
            Err(StructureError::ItemOutOfRange {
                construct: 1,
                item: 2,
                item_count: 2
            })
        );
        assert_eq!(
            Structure::new(vec![vec![0, 1], vec![1]], path.clone(), 2),
            Err(StructureError::ItemRepeated {
                item: 1,
                first: 0,
                second: 1
            })
        );
        assert_eq!(
            Structure::new(vec![vec![0, 0], vec![1]], path, 2),
            Err(StructureError::ItemRepeated {
                item: 0,
                first: 0,
                second: 0
            })
        );
    }

    #[test]
    fn refuses_unsound_paths() {
        let with = |paths: Vec<(usize, usize)>| Structure::new(singles(3), paths, 3).unwrap_err();
        assert_eq!(with(vec![]), StructureError::NoPath);
        assert_eq!(
            with(vec![(0, 1), (1, 3)]),
            StructureError::PathOutOfRange {
                path: 1,
                construct: 3,
                construct_count: 3
            }
        );
        assert_eq!(with(vec![(0, 1), (2, 2)]), StructureError::PathToItself { path: 1, construct: 2 });
        assert_eq!(
            with(vec![(0, 1), (1, 2), (0, 1)]),
            StructureError::PathRepeated { first: 0, second: 2 }
        );
        assert_eq!(with(vec![(0, 1)]), StructureError::Isolated { construct: 2 });
    }

    #[test]
    fn names_the_circle_and_not_what_hangs_on_it() {
        let paths = vec![(0, 3), (3, 1), (1, 4), (4, 3), (4, 2)];
        assert_eq!(
            Structure::new(singles(5), paths, 5),
            Err(StructureError::Cycle { constructs: vec![1, 4, 3] })
        );
        assert_eq!(
            Structure::new(singles(2), vec![(0, 1), (1, 0)], 2),
            Err(StructureError::Cycle { constructs: vec![0, 1] })
        );
    }
}
