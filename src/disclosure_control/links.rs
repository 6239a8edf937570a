//! Which published means of a wave are linked, and where each of them stands.

use super::suppress::{Kind, Quantity, Relation};
use crate::assessment::WaveAssessment;
use crate::finding::Code;
use crate::index::estimate::Reported;
use std::collections::{BTreeMap, BTreeSet};

/// Stands for a value that is not known here; it plays no part, because such a mean is withheld.
const SOMEWHERE: f64 = 50.0;

/// Groups times combinations up to which dependencies between three and more columns are looked for.
pub const ELIMINATED_MAX: usize = 1_000_000;

/// Positions of the means of a wave: of the whole, of each domain, of the items. Each group has its dimensions and then its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    dimensions: usize,
    domains: usize,
    items: usize,
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
        }
    }

    /// The layout of a wave.
    #[must_use]
    pub fn of(wave: &WaveAssessment) -> Self {
        Self::new(wave.dimensions.len(), wave.domains.len(), wave.items.len())
    }

    fn groups(&self) -> usize {
        self.domains + 1
    }

    /// Position of a number (a dimension, or the index after them) of a group: 0 the whole, then the domains.
    #[must_use]
    pub const fn of_group(&self, group: usize, number: usize) -> usize {
        group * (self.dimensions + 1) + number
    }

    fn item(&self, item: usize) -> usize {
        self.groups() * (self.dimensions + 1) + item
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

    /// Puts a refusal in the place of a mean, and of what would tell it.
    pub fn withhold(&self, wave: &mut WaveAssessment, position: usize, refusal: &Reported) {
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
    pub fn nesting(&mut self, layout: &Layout, groups: &[Group<'_>], members: &[Vec<u16>]) {
        let mut columns: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, group) in groups.iter().enumerate().filter(|(_, g)| g.n > 0) {
            columns.entry(group.column).or_default().push(at);
        }
        let all: BTreeSet<u16> = members.iter().flatten().copied().collect();
        let sets: Vec<BTreeSet<u16>> = members.iter().map(|m| m.iter().copied().collect()).collect();
        for parts in columns.values() {
            let terms = parts.iter().map(|part| (*part + 1, 1.0)).chain([(0, -1.0)]);
            self.add_up(layout, groups, &terms.collect());
        }
        let lists: Vec<&Vec<usize>> = columns.values().collect();
        for (at, one) in lists.iter().enumerate() {
            for other in lists.iter().skip(at + 1) {
                for (left, right) in covering_alike(one, other, &sets) {
                    let terms = left.iter().map(|g| (g + 1, 1.0)).chain(right.iter().map(|g| (g + 1, -1.0)));
                    self.add_up(layout, groups, &terms.collect());
                }
            }
        }
        for (at, group) in groups.iter().enumerate().filter(|(_, g)| g.n > 0) {
            self.within(layout, groups, at, &[0], group.n);
            for others in columns
                .iter()
                .filter(|(column, _)| **column != group.column)
                .map(|(_, others)| others)
            {
                let touches = |other: &&usize| sets.get(at).zip(sets.get(**other)).is_some_and(|(a, b)| !a.is_disjoint(b));
                let around: Vec<usize> = others.iter().filter(touches).map(|other| other + 1).collect();
                self.within(layout, groups, at, &around, group.n);
            }
        }
        if columns.len() > 2 && all.len().saturating_mul(groups.len()) <= ELIMINATED_MAX {
            let whole = std::iter::once((0, &all));
            let rows = whole.chain(sets.iter().enumerate().map(|(at, set)| (at + 1, set)));
            for terms in dependencies(rows) {
                self.add_up(layout, groups, &terms);
            }
        }
    }

    /// A domain lies within other groups together (0 the whole).
    fn within(&mut self, layout: &Layout, groups: &[Group<'_>], domain: usize, around: &[usize], own: u64) {
        let whole: u64 = groups
            .first()
            .map_or(0, |first| groups.iter().filter(|g| g.column == first.column).map(|g| g.n).sum());
        let n = |group: usize| group.checked_sub(1).map_or(whole, |domain| groups.get(domain).map_or(0, |g| g.n)) as f64;
        for number in 0..=layout.dimensions {
            let others = around.iter().map(|group| (layout.of_group(*group, number), n(*group)));
            self.relations.push(Relation {
                terms: std::iter::once((layout.of_group(domain + 1, number), -(own as f64)))
                    .chain(others)
                    .collect(),
                kind: Kind::Within,
            });
        }
    }

    /// `Σ ± n_g·mean_g = 0` over groups (0 the whole), for every dimension and the index. Weights stand in for numbers where respondents
    /// are weighted; what follows from what does not depend on them.
    fn add_up(&mut self, layout: &Layout, groups: &[Group<'_>], terms: &BTreeMap<usize, f64>) {
        let parts = |sign: f64| terms.iter().filter(move |(g, c)| **g > 0 && **c * sign > 0.0);
        let n = |group: usize| groups.get(group - 1).map_or(0.0, |g| g.n as f64);
        let whole: f64 = terms.get(&0).map_or(0.0, |own| {
            parts(-own.signum()).map(|(g, c)| n(*g) * c.abs()).sum::<f64>() * own.signum()
        });
        for number in 0..=layout.dimensions {
            let term = |(group, c): (&usize, &f64)| {
                let coefficient = if *group == 0 { whole } else { n(*group) * c };
                (layout.of_group(*group, number), coefficient)
            };
            self.relations.push(Relation {
                terms: terms.iter().map(term).collect(),
                kind: Kind::AddsUp,
            });
        }
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
