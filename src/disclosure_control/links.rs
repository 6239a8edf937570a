//! Which published means of a wave are linked, and where each of them stands.

use super::measures::MeasureFacts;
use super::suppress::{Kind, Quantity, Relation};
use crate::assessment::WaveAssessment;
use crate::assessment::touchpoints::Touchpoint;
use crate::finding::Code;
use crate::index::estimate::Reported;
use std::collections::{BTreeMap, BTreeSet};

/// Stands for a value that is not known here; it plays no part, because such a mean is withheld.
const SOMEWHERE: f64 = 50.0;

/// Groups times combinations up to which dependencies between three and more columns are looked for.
pub const ELIMINATED_MAX: usize = 1_000_000;

/// Positions of the means of a wave: of the whole, of each domain, of the items, then measure by measure of the whole and of each domain.
/// Each group has its dimensions and then its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    dimensions: usize,
    domains: usize,
    items: usize,
    measures: usize,
}

/// Which numbers of a group are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// The dimensions and the index.
    Scores,
    /// A measure beside the index, by position.
    Measure(usize),
}

/// A group that is reported on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group<'a> {
    /// Column.
    pub column: &'a str,
    /// Respondents.
    pub n: u64,
}

impl Layout {
    /// A layout of so many dimensions, domains and items.
    #[must_use]
    pub const fn new(dimensions: usize, domains: usize, items: usize) -> Self {
        Self {
            dimensions,
            domains,
            items,
            measures: 0,
        }
    }

    /// The same layout with so many measures beside the index.
    #[must_use]
    pub const fn with_measures(self, measures: usize) -> Self {
        Self { measures, ..self }
    }

    /// The layout of a wave.
    #[must_use]
    pub fn of(wave: &WaveAssessment) -> Self {
        Self::new(wave.dimensions.len(), wave.domains.len(), wave.items.len()).with_measures(wave.touchpoints.len())
    }

    pub(super) fn groups(&self) -> usize {
        self.domains + 1
    }

    /// Position of a number (a dimension, or the index after them) of a group: 0 the whole, then the domains.
    #[must_use]
    pub const fn of_group(&self, group: usize, number: usize) -> usize {
        group * (self.dimensions + 1) + number
    }

    pub(super) fn item(&self, item: usize) -> usize {
        self.groups() * (self.dimensions + 1) + item
    }

    /// Position of a measure of a group: 0 the whole, then the domains.
    #[must_use]
    pub fn of_measure(&self, measure: usize, group: usize) -> usize {
        self.item(self.items) + measure * self.groups() + group
    }

    /// Positions of the numbers of a group.
    fn positions(&self, numbers: Numbers, group: usize) -> Vec<usize> {
        match numbers {
            Numbers::Scores => (0..=self.dimensions).map(|number| self.of_group(group, number)).collect(),
            Numbers::Measure(measure) => vec![self.of_measure(measure, group)],
        }
    }

    /// Group and measure at a position; `None` where no measure stands there.
    pub(super) fn measure_at(&self, position: usize) -> Option<(usize, usize)> {
        let beyond = position.checked_sub(self.item(self.items))?;
        Some((beyond / self.groups(), beyond % self.groups()))
    }

    /// Every mean with its base. A mean that was refused already for its base counts as withheld for it.
    #[must_use]
    pub fn quantities(&self, wave: &WaveAssessment, base_min: u64) -> Vec<Quantity> {
        let of = |reported: &Reported, n: u64, fixed: bool| {
            // Refused for its base: there is a mean to protect, though it is not known here, nor how many of the group answered.
            let refused = reported.refusal.as_ref().is_some_and(|f| f.code == Code::BaseTooSmall) && n > 0;
            let n = match &reported.estimate {
                Some(estimate) => estimate.n,
                None if refused && n < base_min => n,
                None => u64::from(refused),
            };
            Quantity {
                n,
                value: reported.estimate.map(|e| e.value).or(refused.then_some(SOMEWHERE)),
                small: n < base_min,
                fixed,
            }
        };
        let mut quantities = Vec::with_capacity(self.item(self.items));
        let whole = wave.coverage.n;
        quantities.extend(wave.dimensions.iter().map(|d| of(&d.score, whole, false)));
        quantities.push(of(&wave.index, whole, true));
        for domain in &wave.domains {
            quantities.extend(domain.dimensions.iter().map(|d| of(d, domain.n, false)));
            quantities.push(of(&domain.index, domain.n, false));
        }
        quantities.extend(wave.items.iter().map(|item| of(&item.score, 0, false)));
        quantities
    }

    /// The measures of a wave after those, as points of 0 to 100: groups by those who answered.
    #[must_use]
    pub fn measures(&self, wave: &WaveAssessment, measures: &[MeasureFacts], base_min: u64) -> Vec<Quantity> {
        let one = |(touchpoint, facts): (&Touchpoint, &MeasureFacts)| {
            let of = |(group, n): (usize, &u64)| {
                let reported = match group.checked_sub(1) {
                    None => Some(&touchpoint.reported),
                    Some(domain) => touchpoint.domains.get(domain).map(|d| &d.reported),
                };
                let value = reported.and_then(|r| r.estimate).map(|e| facts.points(e.value));
                let refused = *n > 0 && *n < base_min && reported.is_some();
                Quantity {
                    n: *n,
                    value: value.or(refused.then_some(SOMEWHERE)),
                    small: *n < base_min,
                    fixed: false,
                }
            };
            facts.answered.iter().enumerate().map(of).collect::<Vec<Quantity>>()
        };
        wave.touchpoints.iter().zip(measures).flat_map(one).collect()
    }

    /// Puts a refusal in the place of a mean, and of what would tell it.
    pub fn withhold(&self, wave: &mut WaveAssessment, position: usize, refusal: &Reported) {
        if let Some((measure, group)) = self.measure_at(position) {
            super::measures::withhold(wave, measure, group, refusal);
            return;
        }
        let per_group = self.dimensions + 1;
        if let Some(item) = position.checked_sub(self.groups() * per_group) {
            if let Some(item) = wave.items.get_mut(item) {
                item.score = refusal.clone();
                item.distribution.clear();
            }
            return;
        }
        let (group, number) = (position / per_group, position % per_group);
        let slot = match group.checked_sub(1) {
            None if number == self.dimensions => Some(&mut wave.index),
            None => wave.dimensions.get_mut(number).map(|d| &mut d.score),
            Some(domain) => wave.domains.get_mut(domain).and_then(|d| {
                if number == self.dimensions {
                    Some(&mut d.index)
                } else {
                    d.dimensions.get_mut(number)
                }
            }),
        };
        if let Some(slot) = slot {
            *slot = refusal.clone();
        }
    }
}

/// The relations between the means of a wave.
#[derive(Debug, Clone, Default)]
pub struct Links {
    relations: Vec<Relation>,
}

impl Links {
    /// The relations so far.
    #[must_use]
    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    /// Every way in which groups add up to groups. `members` are the combinations of categories of each domain.
    ///
    /// Two columns: whatever set of categories of one covers the same combinations as a set of the other has the same sum (the categories
    /// of a column and the whole; cities and their region; types that occur in some cities only). Three and more columns can depend on
    /// each other in further ways; these are found by elimination over the combinations, as long as that is feasible
    /// ([`ELIMINATED_MAX`]).
    /// `groups` are those who stand behind the `numbers`: for a measure those who answered it.
    pub fn nesting(&mut self, layout: &Layout, numbers: Numbers, groups: &[Group<'_>], members: &[Vec<u16>]) {
        let mut columns: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, group) in groups.iter().enumerate().filter(|(_, g)| g.n > 0) {
            columns.entry(group.column).or_default().push(at);
        }
        let all: BTreeSet<u16> = members.iter().flatten().copied().collect();
        let sets: Vec<BTreeSet<u16>> = members.iter().map(|m| m.iter().copied().collect()).collect();
        for parts in columns.values() {
            let terms = parts.iter().map(|part| (*part + 1, 1.0)).chain([(0, -1.0)]);
            self.add_up((layout, numbers), groups, &terms.collect());
        }
        let lists: Vec<&Vec<usize>> = columns.values().collect();
        for (at, one) in lists.iter().enumerate() {
            for other in lists.iter().skip(at + 1) {
                for (left, right) in covering_alike(one, other, &sets) {
                    let terms = left.iter().map(|g| (g + 1, 1.0)).chain(right.iter().map(|g| (g + 1, -1.0)));
                    self.add_up((layout, numbers), groups, &terms.collect());
                }
            }
        }
        for (at, group) in groups.iter().enumerate().filter(|(_, g)| g.n > 0) {
            self.within((layout, numbers), groups, at, &[0], group.n);
            for others in columns
                .iter()
                .filter(|(column, _)| **column != group.column)
                .map(|(_, others)| others)
            {
                let touches = |other: &&usize| sets.get(at).zip(sets.get(**other)).is_some_and(|(a, b)| !a.is_disjoint(b));
                let around: Vec<usize> = others.iter().filter(touches).map(|other| other + 1).collect();
                self.within((layout, numbers), groups, at, &around, group.n);
            }
        }
        if columns.len() > 2 && all.len().saturating_mul(groups.len()) <= ELIMINATED_MAX {
            let whole = std::iter::once((0, &all));
            let rows = whole.chain(sets.iter().enumerate().map(|(at, set)| (at + 1, set)));
            for terms in dependencies(rows) {
                self.add_up((layout, numbers), groups, &terms);
            }
        }
    }

    /// A domain lies within other groups together (0 the whole).
    fn within(&mut self, (layout, numbers): (&Layout, Numbers), groups: &[Group<'_>], domain: usize, around: &[usize], own: u64) {
        let whole: u64 = groups
            .first()
            .map_or(0, |first| groups.iter().filter(|g| g.column == first.column).map(|g| g.n).sum());
        let n = |group: usize| group.checked_sub(1).map_or(whole, |domain| groups.get(domain).map_or(0, |g| g.n)) as f64;
        for (number, position) in layout.positions(numbers, domain + 1).into_iter().enumerate() {
            let at = |group: usize| layout.positions(numbers, group).get(number).copied().unwrap_or(position);
            let others = around.iter().map(|group| (at(*group), n(*group)));
            self.relations.push(Relation {
                terms: std::iter::once((position, -(own as f64))).chain(others).collect(),
                kind: Kind::Within,
            });
        }
    }

    /// `Σ ± n_g·mean_g = 0` over groups (0 the whole), for every dimension and the index. Weights stand in for numbers where respondents
    /// are weighted; what follows from what does not depend on them.
    fn add_up(&mut self, (layout, numbers): (&Layout, Numbers), groups: &[Group<'_>], terms: &BTreeMap<usize, f64>) {
        let parts = |sign: f64| terms.iter().filter(move |(g, c)| **g > 0 && **c * sign > 0.0);
        let n = |group: usize| groups.get(group - 1).map_or(0.0, |g| g.n as f64);
        let whole: f64 = terms.get(&0).map_or(0.0, |own| {
            parts(-own.signum()).map(|(g, c)| n(*g) * c.abs()).sum::<f64>() * own.signum()
        });
        let positions: BTreeMap<usize, Vec<usize>> = terms.keys().map(|group| (*group, layout.positions(numbers, *group))).collect();
        for number in 0..layout.positions(numbers, 0).len() {
            let term = |(group, c): (&usize, &f64)| {
                let coefficient = if *group == 0 { whole } else { n(*group) * c };
                Some((*positions.get(group)?.get(number)?, coefficient))
            };
            self.relations.push(Relation {
                terms: terms.iter().filter_map(term).collect(),
                kind: Kind::AddsUp,
            });
        }
    }

    /// Two positions that hold the same number.
    pub fn same(&mut self, one: usize, other: usize) {
        self.relations.push(Relation {
            terms: vec![(one, 1.0), (other, -1.0)],
            kind: Kind::MadeOf,
        });
    }

    /// The index of every group from its dimensions, by position and weight.
    pub fn index(&mut self, layout: &Layout, parts: &[(usize, f64)]) {
        for group in (0..layout.groups()).filter(|_| !parts.is_empty()) {
            let sum: f64 = parts.iter().map(|(_, weight)| weight).sum();
            let terms = parts
                .iter()
                .map(|(dimension, weight)| (layout.of_group(group, *dimension), *weight));
            self.relations.push(Relation {
                terms: terms.chain([(layout.of_group(group, layout.dimensions), -sum)]).collect(),
                kind: Kind::MadeOf,
            });
        }
    }

    /// Every dimension of the whole from its items.
    pub fn items(&mut self, layout: &Layout, wave: &WaveAssessment) {
        for (at, dimension) in wave.dimensions.iter().enumerate() {
            let of_dimension = wave.items.iter().enumerate().filter(|(_, item)| item.dimension == dimension.id);
            let terms: Vec<(usize, f64)> = of_dimension
                .filter_map(|(position, item)| Some((layout.item(position), item.share.filter(|s| *s != 0.0)?)))
                .collect();
            let sum: f64 = terms.iter().map(|(_, share)| share).sum();
            if !terms.is_empty() {
                self.relations.push(Relation {
                    terms: terms.into_iter().chain([(layout.of_group(0, at), -sum)]).collect(),
                    kind: Kind::MadeOf,
                });
            }
        }
    }
}

/// Sets of categories of two columns that cover the same combinations: the connected parts of the graph in which two categories are
/// joined when they share a combination.
fn covering_alike(one: &[usize], other: &[usize], sets: &[BTreeSet<u16>]) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut owner: BTreeMap<u16, usize> = BTreeMap::new();
    for group in other {
        owner.extend(sets.get(*group).into_iter().flatten().map(|combination| (*combination, *group)));
    }
    // Parts of the other column, each with the categories of the first that touch it.
    let mut parts: Vec<(BTreeSet<usize>, BTreeSet<usize>)> = Vec::new();
    for group in one {
        let touched: BTreeSet<usize> = sets
            .get(*group)
            .into_iter()
            .flatten()
            .filter_map(|c| owner.get(c).copied())
            .collect();
        let (joined, apart): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(_, right)| !right.is_disjoint(&touched));
        let mut merged = (BTreeSet::from([*group]), touched);
        for (left, right) in joined {
            merged.0.extend(left);
            merged.1.extend(right);
        }
        parts = apart;
        parts.push(merged);
    }
    let lists = parts.into_iter().filter(|(_, right)| !right.is_empty());
    lists
        .map(|(left, right)| (left.into_iter().collect(), right.into_iter().collect()))
        .collect()
}

/// Coefficients by position, zeros left out.
type Entries = BTreeMap<usize, f64>;

/// A basis of the linear dependencies between groups as sets of combinations, each as coefficients by group.
fn dependencies<'a>(groups: impl Iterator<Item = (usize, &'a BTreeSet<u16>)>) -> Vec<BTreeMap<usize, f64>> {
    /// Entries are small fractions; what is below this is rounding.
    const NOTHING: f64 = 1e-9;
    let subtract = |row: &mut BTreeMap<usize, f64>, by: &BTreeMap<usize, f64>, factor: f64| {
        for (at, value) in by {
            let entry = row.entry(*at).or_insert(0.0);
            *entry -= factor * value;
            if entry.abs() <= NOTHING {
                row.remove(at);
            }
        }
    };
    let mut pivots: BTreeMap<usize, (Entries, Entries)> = BTreeMap::new();
    let mut found = Vec::new();
    for (group, set) in groups {
        let mut row: BTreeMap<usize, f64> = set.iter().map(|combination| (usize::from(*combination), 1.0)).collect();
        let mut made_of = BTreeMap::from([(group, 1.0)]);
        let mut after = None;
        while let Some((at, value)) = row.range(after.map_or(0, |a: usize| a + 1)..).next().map(|(at, v)| (*at, *v)) {
            after = Some(at);
            let Some((by, of)) = pivots.get(&at) else { continue };
            subtract(&mut row, by, value);
            subtract(&mut made_of, of, value);
        }
        match row.iter().next().map(|(at, v)| (*at, *v)) {
            None if !set.is_empty() => found.push(made_of),
            None => {}
            Some((at, value)) => {
                row.values_mut().for_each(|v| *v /= value);
                made_of.values_mut().for_each(|v| *v /= value);
                pivots.insert(at, (row, made_of));
            }
        }
    }
    found
}
