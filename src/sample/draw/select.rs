//! The draw itself: design + frame + seed → rows, each with its probability.

use super::design::{DesignError, DrawDesign, Elements, Selection, WithinCluster};
use super::keys::DrawKeys;
use super::{pps, sampford};
use crate::sample::frame::UnitFrame;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// What a drawn unit is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// To be asked.
    Main,
    /// To be asked in the place of one that cannot be, in the order of the list.
    Reserve,
}

/// A unit of the list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DrawnRow {
    /// Row of the frame.
    pub row: u32,
    /// What it is for.
    pub role: Role,
    /// Place in its list (of a role in a stratum, or in a cluster), from 1.
    pub order: u64,
    /// Probability of being drawn, above 0; none for the reserve.
    pub probability: Option<f64>,
}

/// All drawn units: by stratum, main before reserve, each in the order of its list.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// The units.
    pub rows: Vec<DrawnRow>,
    /// Attempts that Sampford's design took in each stratum; empty for other selections.
    pub attempts: Vec<u64>,
}

/// Draws.
///
/// # Errors
///
/// [`DesignError`] when frame and design do not fit together.
pub fn draw(frame: &UnitFrame, design: &DrawDesign, seed: &str) -> Result<Drawn, DesignError> {
    let keys = DrawKeys::new(frame.sha256(), seed);
    let elements = Elements::of(frame, design)?;
    let lists = elements.by_stratum();
    held_against(frame, design, &lists)?;
    let ordering = SortOrder::of(&elements, design);
    let members = elements.is_clusters().then(|| members(frame));
    let mut drawn = Drawn {
        rows: Vec::new(),
        attempts: Vec::new(),
    };
    for (number, (list, wanted)) in lists.into_iter().zip(&design.strata).enumerate() {
        let stratum = Stratum {
            elements: &elements,
            keys: &keys,
            name: frame.strata.name(number as u32),
            list,
        };
        let reserve = match design.within {
            Some(WithinCluster::Units(_)) => 0,
            _ => wanted.reserve as usize,
        };
        let chosen = stratum.choose(design.selection, wanted.size as usize, &ordering, &mut drawn.attempts)?;
        let spare = stratum.reserve(&chosen, reserve);
        match (&members, design.within) {
            (Some(members), Some(within)) => {
                clusters(&mut drawn.rows, members, within, wanted.reserve, frame, &keys, &chosen, &spare);
            }
            _ => units(&mut drawn.rows, &chosen, &spare),
        }
    }
    Ok(drawn)
}

/// An element and its probability.
type Chosen = (u32, f64);

pub(super) fn held_against(frame: &UnitFrame, design: &DrawDesign, lists: &[Vec<u32>]) -> Result<(), DesignError> {
    let names = (0..lists.len()).map(|number| frame.strata.name(number as u32));
    for (at, name) in names.enumerate() {
        if design.strata.get(at).is_none_or(|s| s.stratum != name) {
            return Err(DesignError::OtherStrata { stratum: name.to_owned() });
        }
    }
    if let Some(more) = design.strata.get(lists.len()) {
        return Err(DesignError::OtherStrata {
            stratum: more.stratum.clone(),
        });
    }
    for (list, wanted) in lists.iter().zip(&design.strata) {
        if wanted.size > list.len() as u64 {
            return Err(DesignError::TooFew {
                stratum: wanted.stratum.clone(),
                wanted: wanted.size,
                elements: list.len() as u64,
            });
        }
    }
    Ok(())
}

/// One stratum with its elements.
pub(super) struct Stratum<'a> {
    pub elements: &'a Elements<'a>,
    pub keys: &'a DrawKeys,
    pub name: &'a str,
    pub list: Vec<u32>,
}

impl Stratum<'_> {
    pub fn choose(
        &self,
        selection: Selection,
        size: usize,
        order: &SortOrder<'_>,
        attempts: &mut Vec<u64>,
    ) -> Result<Vec<Chosen>, DesignError> {
        let count = self.list.len();
        let start = || self.keys.bits(&[b"start", self.name.as_bytes()]);
        match selection {
            Selection::SimpleRandom => {
                let probability = size as f64 / count.max(1) as f64;
                Ok(self.smallest(&self.list, size).into_iter().map(|e| (e, probability)).collect())
            }
            Selection::Systematic => {
                let sorted = self.sorted(order);
                let probability = size as f64 / count.max(1) as f64;
                // Place ⌊(j + u)·N/n⌋ for j = 0, 1, …, with u = bits/2⁵³, in whole numbers.
                let place = |j: usize| ((((j as u128) << 53) + u128::from(start())) * count as u128 / ((size as u128) << 53)) as usize;
                Ok((0..size).filter_map(|j| sorted.get(place(j)).map(|e| (*e, probability))).collect())
            }
            Selection::PpsSystematic => {
                let sorted = self.sorted(order);
                let probabilities = self.probabilities(&sorted, size)?;
                let start = start() as f64 / (1_u64 << 53) as f64;
                let taken = pps::systematic(&probabilities, start);
                let chosen = |at: usize| sorted.get(at).copied().zip(probabilities.get(at).copied());
                Ok(taken.into_iter().filter_map(chosen).collect())
            }
            Selection::Sampford => {
                // In the byte order of identities, so that sums do not depend on the file.
                let mut sorted = self.list.clone();
                sorted.sort_by(|a, b| self.elements.identity(*a).cmp(&self.elements.identity(*b)));
                let probabilities = self.probabilities(&sorted, size)?;
                let found = sampford::choose(&probabilities, self.keys, self.name, |at| {
                    sorted.get(at).map(|e| self.elements.identity(*e)).unwrap_or_default()
                });
                let (taken, tried) = found.ok_or_else(|| DesignError::NoneAccepted {
                    stratum: self.name.to_owned(),
                    attempts: sampford::ATTEMPTS_MAX,
                })?;
                attempts.push(tried);
                let chosen = |at: usize| sorted.get(at).copied().zip(probabilities.get(at).copied());
                Ok(taken.into_iter().filter_map(chosen).collect())
            }
        }
    }

    pub fn probabilities(&self, sorted: &[u32], size: usize) -> Result<Vec<f64>, DesignError> {
        let sizes: Vec<f64> = sorted.iter().map(|e| self.elements.size(*e)).collect();
        pps::inclusion_probabilities(&sizes, size as u64).map_err(|_| DesignError::TooFew {
            stratum: self.name.to_owned(),
            wanted: size as u64,
            elements: sizes.iter().filter(|x| **x > 0.0).count() as u64,
        })
    }

    /// Elements that were not chosen, in the order of their keys.
    fn reserve(&self, chosen: &[Chosen], size: usize) -> Vec<u32> {
        if size == 0 {
            return Vec::new();
        }
        let mut taken: Vec<u32> = chosen.iter().map(|(e, _)| *e).collect();
        taken.sort_unstable();
        let rest: Vec<u32> = self.list.iter().copied().filter(|e| taken.binary_search(e).is_err()).collect();
        self.smallest(&rest, size)
    }

    /// The elements with the smallest keys, in the order of their keys.
    fn smallest(&self, among: &[u32], size: usize) -> Vec<u32> {
        smallest_keys(among, size, self.keys, |e| self.elements.identity(e))
    }

    /// All elements in the order of the sort columns, ties by key.
    pub fn sorted(&self, order: &SortOrder<'_>) -> Vec<u32> {
        let leading = |e: &u32| (self.keys.leading(&self.elements.identity(*e)), *e);
        let mut keyed: Vec<(u64, u32)> = self.list.par_iter().map(leading).collect();
        keyed.par_sort_unstable_by(|(a, left), (b, right)| {
            let by_columns = order.compare(self.elements.row(*left), self.elements.row(*right));
            by_columns
                .then(a.cmp(b))
                .then_with(|| by_key(self.keys, &self.elements.identity(*left), &self.elements.identity(*right)))
        });
        keyed.into_iter().map(|(_, e)| e).collect()
    }
}

fn by_key(keys: &DrawKeys, left: &[u8], right: &[u8]) -> Ordering {
    keys.key(left).cmp(&keys.key(right)).then_with(|| left.cmp(right))
}

/// The `size` elements with the smallest keys, in the order of their keys. Only the first eight bytes of a key are kept; ties are
/// decided by the whole of it.
fn smallest_keys<'a>(among: &[u32], size: usize, keys: &DrawKeys, identity: impl Fn(u32) -> std::borrow::Cow<'a, [u8]> + Sync) -> Vec<u32> {
    let mut keyed: Vec<(u64, u32)> = among.par_iter().map(|e| (keys.leading(&identity(*e)), *e)).collect();
    let compare = |(a, left): &(u64, u32), (b, right): &(u64, u32)| {
        a.cmp(b).then_with(|| {
            if left == right {
                Ordering::Equal
            } else {
                by_key(keys, &identity(*left), &identity(*right))
            }
        })
    };
    if size < keyed.len() && size > 0 {
        keyed.select_nth_unstable_by(size - 1, compare);
    }
    keyed.truncate(size);
    keyed.sort_unstable_by(compare);
    keyed.into_iter().map(|(_, e)| e).collect()
}

/// Rows of each cluster.
fn members(frame: &UnitFrame) -> Vec<Vec<u32>> {
    let mut members = vec![Vec::new(); frame.clusters.names.len()];
    for row in frame.order() {
        if let Some(list) = members.get_mut(frame.clusters.of(*row) as usize) {
            list.push(*row);
        }
    }
    members
}

fn units(rows: &mut Vec<DrawnRow>, chosen: &[Chosen], spare: &[u32]) {
    rows.extend((1..).zip(chosen).map(|(order, (row, probability))| DrawnRow {
        row: *row,
        role: Role::Main,
        order,
        probability: Some(*probability),
    }));
    rows.extend((1..).zip(spare).map(|(order, row)| DrawnRow {
        row: *row,
        role: Role::Reserve,
        order,
        probability: None,
    }));
}

#[expect(clippy::too_many_arguments, reason = "one step of the draw with everything it looks at")]
fn clusters(
    rows: &mut Vec<DrawnRow>,
    members: &[Vec<u32>],
    within: WithinCluster,
    reserve: u64,
    frame: &UnitFrame,
    keys: &DrawKeys,
    chosen: &[Chosen],
    spare: &[u32],
) {
    let of = |cluster: u32| members.get(cluster as usize).map(Vec::as_slice).unwrap_or_default();
    let mut push = |order: usize, row: u32, role: Role, probability: Option<f64>| {
        rows.push(DrawnRow {
            row,
            role,
            order: order as u64 + 1,
            probability,
        });
    };
    for (cluster, probability) in chosen {
        let list = of(*cluster);
        let (take, more) = match within {
            WithinCluster::All => (list.len(), 0),
            WithinCluster::Units(units) => (list.len().min(units as usize), reserve as usize),
        };
        let inner = probability * take as f64 / list.len().max(1) as f64;
        let ordered = smallest_keys(list, take + more, keys, |row| frame.id(row).into());
        for (order, row) in ordered.iter().enumerate() {
            match order.checked_sub(take) {
                None => push(order, *row, Role::Main, Some(inner)),
                Some(beyond) => push(beyond, *row, Role::Reserve, None),
            }
        }
    }
    // A cluster of the reserve comes with all of its units.
    for (order, cluster) in spare.iter().enumerate() {
        of(*cluster).iter().for_each(|row| push(order, *row, Role::Reserve, None));
    }
}

/// The order of the sort columns: as numbers where every cell of a column is one, else by bytes.
pub(super) struct SortOrder<'a> {
    frame: &'a UnitFrame,
    columns: Vec<SortColumn>,
}

enum SortColumn {
    Numbers(Vec<f64>),
    Text(usize),
}

impl<'a> SortOrder<'a> {
    pub fn of(elements: &Elements<'a>, design: &DrawDesign) -> Self {
        let frame = elements.frame;
        let sealed = design.columns.sealed();
        let column = |name: &String| {
            let position = sealed.iter().position(|c| c == name).map_or(0, |at| at + 1);
            let number = |row: u32| {
                let text = std::str::from_utf8(frame.field(row, position)).ok()?;
                text.parse::<f64>().ok().filter(|x| x.is_finite())
            };
            match (0..frame.len() as u32).map(number).collect::<Option<Vec<f64>>>() {
                Some(numbers) => SortColumn::Numbers(numbers),
                None => SortColumn::Text(position),
            }
        };
        let columns = design.columns.sort.iter().map(column).collect();
        Self { frame, columns }
    }

    fn compare(&self, left: u32, right: u32) -> Ordering {
        let by = |column: &SortColumn| match column {
            SortColumn::Numbers(numbers) => match (numbers.get(left as usize), numbers.get(right as usize)) {
                (Some(a), Some(b)) => a.total_cmp(b),
                _ => Ordering::Equal,
            },
            SortColumn::Text(position) => self.frame.field(left, *position).cmp(self.frame.field(right, *position)),
        };
        self.columns.iter().map(by).find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
    }
}
