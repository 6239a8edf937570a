//! Scored cases → the tally: mergeable sufficient statistics. **The waist**: nothing after this sees a respondent.
//!
//! A cell is keyed by stratum, base-weight class, domain combination and replicate group. It holds the number of cases
//! and, over their answers `x` (steps above the worst answer, small whole numbers), the counts, sums and cross products
//! that every later step needs. All are exact integers: the same in any order, however the cases are split, with any
//! number of threads. Weights are constant within a cell and are applied after the sums.

mod cell;
mod kernel;
mod sums;

pub use cell::{Cell, CellKey};
pub use sums::{ItemTotals, WeightedSums};

use crate::ingest::Responses;
use crate::score::Scoring;
use crate::survey::Survey;
use rayon::prelude::*;
use std::collections::BTreeMap;
use twox_hash::XxHash64;

/// Up to this many cases every case is a replicate group of its own (delete-one jackknife).
pub const DELETE_ONE_MAX: usize = 400;

/// The cells of one wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    item_count: usize,
    /// Number of replicate groups in the keys.
    groups: u16,
    /// True when each group is a single case.
    delete_one: bool,
    cells: BTreeMap<CellKey, Cell>,
    /// Category numbers of each domain column, by domain combination.
    domain_combinations: Vec<Vec<u16>>,
}

impl Tally {
    /// A tally without cases: the neutral element of [`Tally::combine`].
    #[must_use]
    pub fn new(item_count: usize) -> Self {
        Self { item_count, groups: 0, delete_one: false, cells: BTreeMap::new(), domain_combinations: Vec::new() }
    }

    /// Adds one case to its cell.
    pub fn insert(&mut self, key: CellKey, steps: &[Option<u8>]) {
        self.groups = self.groups.max(key.group.saturating_add(1));
        let item_count = self.item_count;
        self.cells.entry(key).or_insert_with(|| Cell::new(item_count)).insert(steps);
    }

    /// Adds the cases of another tally. Both must use the same numbering of strata, classes, domains and groups.
    pub fn combine(&mut self, other: &Self) {
        self.groups = self.groups.max(other.groups);
        self.delete_one |= other.delete_one;
        if self.domain_combinations.len() < other.domain_combinations.len() {
            self.domain_combinations.clone_from(&other.domain_combinations);
        }
        for (key, cell) in &other.cells {
            let item_count = self.item_count;
            self.cells.entry(*key).or_insert_with(|| Cell::new(item_count)).combine(cell);
        }
    }

    /// The cells; `None` when there is not a single case.
    #[must_use]
    pub fn finish(&self) -> Option<&BTreeMap<CellKey, Cell>> {
        (!self.cells.is_empty()).then_some(&self.cells)
    }

    /// The cells, also when there are none.
    #[must_use]
    pub fn cells(&self) -> &BTreeMap<CellKey, Cell> {
        &self.cells
    }

    /// Cases in all cells.
    #[must_use]
    pub fn case_count(&self) -> u64 {
        self.cells.values().map(Cell::case_count).sum()
    }

    /// Items of a case.
    #[must_use]
    pub fn item_count(&self) -> usize {
        self.item_count
    }

    /// Number of replicate groups.
    #[must_use]
    pub fn group_count(&self) -> u16 {
        self.groups
    }

    /// True when each replicate group is a single case.
    #[must_use]
    pub fn is_delete_one(&self) -> bool {
        self.delete_one
    }

    /// Category numbers of each domain column, by domain combination.
    #[must_use]
    pub fn domain_combinations(&self) -> &[Vec<u16>] {
        &self.domain_combinations
    }
}

/// Tallies the kept cases of a wave. Cells are filled in parallel, each by one thread.
#[must_use]
pub fn tally(survey: &Survey, responses: &Responses, kept: &[bool]) -> Tally {
    let scoring: Vec<Scoring> = survey.items.iter().map(Scoring::of).collect();
    let (keys, domain_combinations, delete_one) = keys(survey, responses, kept);
    let mut rows: Vec<u32> = (0..responses.len() as u32).filter(|r| kept.get(*r as usize) == Some(&true)).collect();
    let key_of = |row: u32| keys.get(row as usize).copied().unwrap_or_default();
    rows.sort_by_key(|row| key_of(*row));
    let groups: Vec<&[u32]> = rows.chunk_by(|a, b| key_of(*a) == key_of(*b)).collect();
    let cells: BTreeMap<CellKey, Cell> = groups
        .into_par_iter()
        .filter_map(|rows| Some((key_of(*rows.first()?), kernel::cell_of(responses, rows, &scoring))))
        .collect::<Vec<_>>()
        .into_iter()
        .collect();
    let group_count = cells.keys().map(|k| k.group + 1).max().unwrap_or(0);
    Tally { item_count: survey.items.len(), groups: group_count, delete_one, cells, domain_combinations }
}

/// The key of every row, the domain combinations met, and whether groups are single cases.
fn keys(survey: &Survey, responses: &Responses, kept: &[bool]) -> (Vec<CellKey>, Vec<Vec<u16>>, bool) {
    let mut combinations: BTreeMap<Vec<u16>, u16> = BTreeMap::new();
    let mut keys = Vec::with_capacity(responses.len());
    let mut values = Vec::new();
    for row in 0..responses.len() {
        values.clear();
        values.extend(responses.domains.iter().map(|d| d.of_row.get(row).copied().unwrap_or(0)));
        let next = u16::try_from(combinations.len()).unwrap_or(u16::MAX);
        let domain = match combinations.get(&values) {
            Some(number) => *number,
            None => *combinations.entry(values.clone()).or_insert(next),
        };
        keys.push(CellKey {
            stratum: responses.stratum.get(row).copied().unwrap_or(0),
            weight_class: responses.weight.as_ref().and_then(|(_, c)| c.get(row).copied()).unwrap_or(0),
            domain,
            group: 0,
        });
    }
    let kept_count = kept.iter().filter(|k| **k).count();
    let delete_one = kept_count <= DELETE_ONE_MAX;
    assign_groups(survey, responses, kept, delete_one, &mut keys);
    let mut by_number = vec![Vec::new(); combinations.len()];
    for (values, number) in combinations {
        if let Some(slot) = by_number.get_mut(usize::from(number)) {
            *slot = values;
        }
    }
    (keys, by_number, delete_one)
}

/// Replicate groups by digest of the respondent's identity (of the row where there is none), so that they depend on who
/// answered and not on the order of the file.
fn assign_groups(survey: &Survey, responses: &Responses, kept: &[bool], delete_one: bool, keys: &mut [CellKey]) {
    let digest = |row: usize| {
        let id = responses.respondent.as_ref().and_then(|r| r.get(row).copied()).filter(|id| *id != 0);
        let bytes = id.unwrap_or_else(|| responses.line.get(row).map_or(0, |l| u64::from(*l))).to_le_bytes();
        XxHash64::oneshot(survey.design.seed ^ 0x6d61_6e79_6964_7531, &bytes)
    };
    if delete_one {
        let mut ranked: Vec<(u64, usize)> =
            (0..keys.len()).filter(|row| kept.get(*row) == Some(&true)).map(|row| (digest(row), row)).collect();
        ranked.sort_unstable();
        for (rank, (_, row)) in ranked.into_iter().enumerate() {
            if let Some(key) = keys.get_mut(row) {
                key.group = rank as u16;
            }
        }
        return;
    }
    let groups = u64::from(survey.design.replicate_groups);
    keys.par_iter_mut().enumerate().for_each(|(row, key)| key.group = (digest(row) % groups) as u16);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cases() -> impl Strategy<Value = Vec<(CellKey, Vec<Option<u8>>)>> {
        let key = (0_u16..2, 0_u16..2, 0_u16..3).prop_map(|(stratum, domain, group)| CellKey { stratum, weight_class: 0, domain, group });
        prop::collection::vec((key, prop::collection::vec(prop::option::weighted(0.8, 0_u8..10), 4)), 0..30)
    }

    fn of(cases: &[(CellKey, Vec<Option<u8>>)]) -> Tally {
        let mut tally = Tally::new(4);
        cases.iter().for_each(|(key, steps)| tally.insert(*key, steps));
        tally
    }

    proptest! {
        #[test]
        fn empty_is_neutral(cases in cases()) {
            let whole = of(&cases);
            let mut left = Tally::new(4);
            left.combine(&whole);
            prop_assert_eq!(&left, &whole);
            let mut right = whole.clone();
            right.combine(&Tally::new(4));
            prop_assert_eq!(&right, &whole);
        }

        #[test]
        fn split_and_order_do_not_matter(cases in cases(), cut in 0_usize..31) {
            let whole = of(&cases);
            let (first, second) = cases.split_at(cut.min(cases.len()));
            let (first, second) = (of(first), of(second));
            let mut forward = first.clone();
            forward.combine(&second);
            let mut backward = second;
            backward.combine(&first);
            prop_assert_eq!(&forward, &whole);
            prop_assert_eq!(&backward, &whole);
            let reversed: Vec<_> = cases.iter().rev().cloned().collect();
            prop_assert_eq!(&of(&reversed), &whole);
        }

        #[test]
        fn a_tally_of_nobody_finishes_as_none(cases in cases()) {
            prop_assert_eq!(of(&cases).finish().is_none(), cases.is_empty());
        }
    }
}
