//! Scored cases → the tally: mergeable sufficient statistics. **The waist**: nothing after this sees a respondent.
//!
//! A cell is keyed by stratum, cluster, base-weight class, domain combination and replicate group. It holds the number of cases
//! and, over their answers `x` (steps above the worst answer, small whole numbers), the counts, sums and cross products
//! that every later step needs. All are exact integers: the same in any order, however the cases are split, with any
//! number of threads. Weights are constant within a cell and are applied after the sums.

mod cell;
mod kernel;
pub mod link;
mod patterns;
mod sums;

pub use cell::{Cell, CellKey};
pub use patterns::PatternSums;
pub use sums::{ItemTotals, WeightedSums};

use crate::ingest::{Categories, Responses};
use crate::model::missing::MissingMethod;
use crate::score::Scoring;
use crate::survey::{SelectionMethod, Survey};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use twox_hash::XxHash64;

/// Up to this many cases (or clusters, where clusters were drawn) each is a replicate group of its own (delete-one jackknife).
pub const DELETE_ONE_MAX: usize = 400;

/// What a replicate of the jackknife leaves out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Grouping {
    /// One case.
    Case,
    /// One cluster, whole (`JKn`).
    Psu,
    /// A random group of cases.
    #[default]
    RandomCases,
    /// A random group of whole clusters.
    RandomPsus,
}

/// The cells of one wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    item_count: usize,
    /// Number of replicate groups in the keys.
    groups: u16,
    /// What a group is.
    grouping: Grouping,
    /// True where clusters were drawn.
    clustered: bool,
    cells: BTreeMap<CellKey, Cell>,
    /// Category numbers of each domain column, by domain combination.
    domain_combinations: Vec<Vec<u16>>,
}

impl Tally {
    /// A tally without cases: the neutral element of [`Tally::combine`].
    #[must_use]
    pub fn new(item_count: usize) -> Self {
        Self {
            item_count,
            groups: 0,
            grouping: Grouping::default(),
            clustered: false,
            cells: BTreeMap::new(),
            domain_combinations: Vec::new(),
        }
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
        if !other.cells.is_empty() {
            self.grouping = other.grouping;
            self.clustered |= other.clustered;
        }
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

    /// The same cases without replicate groups: fewer cells, for statistics that need no replicates.
    #[must_use]
    pub fn without_groups(&self) -> Self {
        let mut merged = Self {
            domain_combinations: self.domain_combinations.clone(),
            clustered: self.clustered,
            ..Self::new(self.item_count)
        };
        for (key, cell) in &self.cells {
            let key = CellKey { group: 0, ..*key };
            merged
                .cells
                .entry(key)
                .and_modify(|mine| mine.combine(cell))
                .or_insert_with(|| cell.clone());
        }
        merged.groups = u16::from(!merged.cells.is_empty());
        merged
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

    /// What a replicate group is.
    #[must_use]
    pub fn grouping(&self) -> Grouping {
        self.grouping
    }

    /// True where clusters were drawn, so that the cells of a cluster vary together.
    #[must_use]
    pub fn is_clustered(&self) -> bool {
        self.clustered
    }

    /// Category numbers of each domain column, by domain combination.
    #[must_use]
    pub fn domain_combinations(&self) -> &[Vec<u16>] {
        &self.domain_combinations
    }
}

/// Rows that are sorted into cells at a time: what is needed beside the packed answers does not grow with their number.
const ROWS_AT_A_TIME: usize = 1 << 18;

/// Tallies the kept cases of a wave. Cells are filled in parallel, each by one thread.
#[must_use]
pub fn tally(survey: &Survey, responses: &Responses, kept: &[bool]) -> Tally {
    let scoring: Vec<Scoring> = survey.items.iter().map(Scoring::of).collect();
    let mut keys = Keys::new(survey, responses, kept);
    let mut tally = Tally::new(survey.items.len());
    tally.grouping = keys.grouping;
    tally.clustered = responses.psu.is_some();
    let mut first = 0;
    while first < responses.len() {
        let last = (first + ROWS_AT_A_TIME).min(responses.len());
        let counted = (first..last).filter(|row| kept.get(*row) == Some(&true));
        let mut rows: Vec<(CellKey, u32)> = counted.map(|row| (keys.of(row), row as u32)).collect();
        let cells = cells_of(survey, responses, &mut rows, &scoring);
        for (key, cell) in cells {
            tally.cells.entry(key).and_modify(|mine| mine.combine(&cell)).or_insert(cell);
        }
        first = last;
    }
    tally.groups = tally.cells.keys().map(|k| k.group + 1).max().unwrap_or(0);
    tally.domain_combinations = keys.combinations;
    tally
}

/// Answers to one question beside the items of the survey: the step above the lowest answer of each row, `None` where there is none.
pub type SideColumn = Vec<Option<u8>>;

/// Tallies of questions beside the items, one a column, in the cells of [`tally`] without replicate groups, so that the weights of
/// that tally are theirs. Rows that do not count are left out.
#[must_use]
pub fn side_tallies(survey: &Survey, responses: &Responses, kept: &[bool], columns: &[SideColumn]) -> Vec<Tally> {
    if columns.is_empty() {
        return Vec::new();
    }
    let mut keys = Keys::new(survey, responses, kept);
    let counted = (0..responses.len()).filter(|row| kept.get(*row) == Some(&true));
    let rows: Vec<(CellKey, usize)> = counted.map(|row| (CellKey { group: 0, ..keys.of(row) }, row)).collect();
    let one = |column: &SideColumn| {
        let mut tally = Tally::new(1);
        tally.clustered = responses.psu.is_some();
        tally.domain_combinations.clone_from(&keys.combinations);
        for (key, row) in &rows {
            tally.insert(*key, &[column.get(*row).copied().flatten()]);
        }
        tally
    };
    columns.par_iter().map(one).collect()
}

/// Sorts rows by cell and fills the cells, each by one thread.
fn cells_of(survey: &Survey, responses: &Responses, rows: &mut [(CellKey, u32)], scoring: &[Scoring]) -> Vec<(CellKey, Cell)> {
    rows.sort_unstable();
    let groups: Vec<&[(CellKey, u32)]> = rows.chunk_by(|a, b| a.0 == b.0).collect();
    let cell = |rows: &[(CellKey, u32)]| {
        let mut cell = kernel::cell_of(responses, rows, scoring);
        if survey.model.missing != MissingMethod::Mean {
            cell.patterns = patterns::patterns_of(responses, rows, scoring);
        }
        Some((rows.first()?.0, cell))
    };
    groups.into_par_iter().filter_map(cell).collect()
}

/// Combinations of categories among the interviews that count, where there are more than the key of a cell holds.
#[must_use]
pub fn too_many_combinations(responses: &Responses, kept: &[bool]) -> Option<u64> {
    let limit = u64::from(u16::MAX);
    let possible = responses.domains.iter().try_fold(1_u64, |product, column| {
        Some(product.saturating_mul(column.categories.names().len() as u64)).filter(|product| *product <= limit)
    });
    if possible.is_some() {
        return None;
    }
    let of_row = |row: usize| {
        responses
            .domains
            .iter()
            .map(|d| d.of_row.get(row).copied().unwrap_or(0))
            .collect::<Vec<u16>>()
    };
    let counted = kept.iter().enumerate().filter(|(_, kept)| **kept).map(|(row, _)| of_row(row));
    let met = counted.collect::<BTreeSet<_>>().len() as u64;
    (met > limit).then_some(met)
}

/// Gives every row its cell.
struct Keys<'a> {
    responses: &'a Responses,
    seed: u64,
    groups: u64,
    grouping: Grouping,
    /// Whether a cluster is read within its stratum.
    by_stratum: bool,
    /// Group of each row by rank of its digest, when every case is a group of its own.
    case_groups: BTreeMap<usize, u16>,
    /// Group of each cluster, when every cluster is a group of its own.
    psu_groups: BTreeMap<(u16, u16), u16>,
    combinations: Vec<Vec<u16>>,
    numbers: BTreeMap<Vec<u16>, u16>,
    values: Vec<u16>,
}

impl<'a> Keys<'a> {
    fn new(survey: &Survey, responses: &'a Responses, kept: &[bool]) -> Self {
        let mut keys = Self {
            responses,
            seed: survey.design.seed ^ 0x6d61_6e79_6964_7531,
            groups: u64::from(survey.design.replicate_groups),
            grouping: Grouping::RandomCases,
            by_stratum: false,
            case_groups: BTreeMap::new(),
            psu_groups: BTreeMap::new(),
            combinations: Vec::new(),
            numbers: BTreeMap::new(),
            values: Vec::new(),
        };
        let counted = || kept.iter().enumerate().filter(|(_, k)| **k).map(|(row, _)| row);
        keys.number_domains(counted());
        if responses.psu.is_some() {
            // A name in two strata is two clusters where the strata were drawn, one where they were not.
            let by_stratum = survey.design.method == SelectionMethod::Stratified;
            let psus: BTreeSet<(u16, u16)> = counted().map(|row| keys.psu_of(row, by_stratum)).collect();
            keys.by_stratum = by_stratum;
            keys.grouping = Grouping::RandomPsus;
            if psus.len() <= DELETE_ONE_MAX {
                keys.grouping = Grouping::Psu;
                keys.psu_groups = psus.into_iter().zip(0..).collect();
            }
        } else if counted().count() <= DELETE_ONE_MAX {
            let mut ranked: Vec<(u64, usize)> = counted().map(|row| (keys.digest(row), row)).collect();
            ranked.sort_unstable();
            keys.grouping = Grouping::Case;
            keys.case_groups = ranked.into_iter().map(|(_, row)| row).zip(0..).collect();
        }
        keys
    }

    /// The cluster of a row: its stratum (0 where strata were not drawn) and its number.
    fn psu_of(&self, row: usize, by_stratum: bool) -> (u16, u16) {
        let of = |column: &[u16]| column.get(row).copied().unwrap_or(0);
        let stratum = if by_stratum { of(&self.responses.stratum) } else { 0 };
        (stratum, self.responses.psu.as_ref().map_or(0, |(_, psu)| of(psu)))
    }

    /// Digest of a cluster by the names of it and its stratum, so that its group depends on neither rows nor numbers.
    fn psu_digest(&self, (stratum, psu): (u16, u16)) -> u64 {
        let names = |of: Option<&Categories>, number: u16| {
            let names = of.map(Categories::names).unwrap_or_default();
            names.get(usize::from(number)).cloned().unwrap_or_default()
        };
        let stratum = if self.by_stratum {
            names(Some(&self.responses.strata), stratum)
        } else {
            String::new()
        };
        let psu = names(self.responses.psu.as_ref().map(|(names, _)| names), psu);
        XxHash64::oneshot(self.seed, format!("{stratum}\n{psu}").as_bytes())
    }

    /// Digest of the respondent's identity (of the row where there is none), so that replicate groups depend on who
    /// answered and not on the order of the file.
    fn digest(&self, row: usize) -> u64 {
        let id = self
            .responses
            .respondent
            .as_ref()
            .and_then(|r| r.get(row).copied())
            .filter(|id| *id != 0);
        let bytes = id
            .unwrap_or_else(|| self.responses.line.get(row).map_or(0, |l| u64::from(*l)))
            .to_le_bytes();
        XxHash64::oneshot(self.seed, &bytes)
    }

    fn of(&mut self, row: usize) -> CellKey {
        let psu = self.psu_of(row, self.by_stratum);
        let group = match self.grouping {
            Grouping::Case => self.case_groups.get(&row).copied().unwrap_or(0),
            Grouping::Psu => self.psu_groups.get(&psu).copied().unwrap_or(0),
            Grouping::RandomCases => (self.digest(row) % self.groups) as u16,
            Grouping::RandomPsus => (self.psu_digest(psu) % self.groups) as u16,
        };
        CellKey {
            stratum: self.responses.stratum.get(row).copied().unwrap_or(0),
            psu: psu.1,
            weight_class: self.responses.weight.as_ref().and_then(|(_, c)| c.get(row).copied()).unwrap_or(0),
            domain: self.domain(row),
            group,
        }
    }

    /// Numbers the domain combinations of the counted rows in their sorted order, so that the order of the rows has no say in
    /// the order of the cells.
    fn number_domains(&mut self, counted: impl Iterator<Item = usize>) {
        let mut combinations: BTreeSet<Vec<u16>> = BTreeSet::new();
        for row in counted {
            self.read_domains(row);
            if !combinations.contains(&self.values) {
                combinations.insert(self.values.clone());
            }
        }
        self.combinations = combinations.into_iter().collect();
        self.numbers = self.combinations.iter().cloned().zip(0..).collect();
    }

    fn read_domains(&mut self, row: usize) {
        self.values.clear();
        self.values
            .extend(self.responses.domains.iter().map(|d| d.of_row.get(row).copied().unwrap_or(0)));
    }

    fn domain(&mut self, row: usize) -> u16 {
        self.read_domains(row);
        self.numbers.get(&self.values).copied().unwrap_or(u16::MAX)
    }
}

/// A domain to estimate for: one category of one domain column.
#[derive(Debug, Clone)]
pub struct DomainCells {
    /// Column.
    pub column: String,
    /// Category.
    pub category: String,
    /// Domain combinations of the tally that belong to it.
    pub members: Vec<u16>,
}

/// The categories of every domain column with the domain combinations of the tally that belong to each.
#[must_use]
pub fn domain_cells(responses: &Responses, tally: &Tally) -> Vec<DomainCells> {
    let mut cells = Vec::new();
    for (position, column) in responses.domains.iter().enumerate().filter(|(_, column)| column.reported) {
        let mut of_column: Vec<DomainCells> = column
            .categories
            .names()
            .iter()
            .enumerate()
            .map(|(number, name)| {
                let belongs = |values: &Vec<u16>| values.get(position).is_some_and(|v| usize::from(*v) == number);
                let combinations = tally.domain_combinations().iter().enumerate().filter(|(_, values)| belongs(values));
                DomainCells {
                    column: column.name.clone(),
                    category: name.clone(),
                    members: combinations.map(|(at, _)| at as u16).collect(),
                }
            })
            .collect();
        of_column.sort_by(|a, b| a.category.cmp(&b.category));
        cells.extend(of_column);
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cases() -> impl Strategy<Value = Vec<(CellKey, Vec<Option<u8>>)>> {
        let key = (0_u16..2, 0_u16..2, 0_u16..2, 0_u16..3).prop_map(|(stratum, psu, domain, group)| CellKey {
            stratum,
            psu,
            weight_class: 0,
            domain,
            group,
        });
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
