//! Who changes places with whom in a permutation test.
//!
//! A permutation test is exact for memberships that were, under the hypothesis of no difference, as likely as those observed. Members of a cluster answer
//! alike, so that respondents of different clusters must not change places one by one: the test would take what the clusters differ by anyway for a
//! difference of the groups. What is exchanged therefore follows from the cases (A. M. Winkler, M. A. Webster, D. Vidaurre, T. E. Nichols & S. M. Smith,
//! "Multi-level block permutation", *Neuroimage* 123 (2015) 253–268: whole blocks, within blocks, or both; P. Good, *Permutation, parametric, and
//! bootstrap tests of hypotheses*, 3rd ed. (2005), chapter 2):
//!
//! | cases | exchanged |
//! |---|---|
//! | no clusters | respondents; those who answered on two occasions exchange their own two answers |
//! | clusters, each in one group | whole clusters, within strata where a stratum holds several groups |
//! | clusters, some of them in several groups | respondents within their cluster; clusters of one group keep it |
//! | clusters on several occasions | whole clusters; one there on two occasions exchanges its own two |
//!
//! Clusters that are in one group by chance do not change places with others where some are in several: what fills a cluster with one group
//! depends on its size, so that they are not alike.

use super::cases::Cases;
use crate::stats::random::shuffle;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Up to this number the different assignments are counted.
pub const DISTINCT_MAX: u64 = 1_000_000;

/// What the groups and the named units of the cases are. By default groups of people who were drawn one by one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Grouped {
    /// The named units are clusters that were drawn, not people.
    pub clusters: bool,
    /// The groups are occasions (waves), and a named unit may be there on several of them.
    pub occasions: bool,
}

/// What changes places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ExchangeKind {
    /// Respondents.
    Respondents,
    /// Respondents; whoever answered in several waves exchanges only these answers of their own.
    Returning,
    /// Whole clusters.
    WholeClusters,
    /// Respondents within their cluster, as groups cross clusters.
    WithinClusters,
    /// Whole clusters; one drawn in several waves exchanges only these.
    ReturningClusters,
}

/// What a permutation test has exchanged, and how much it can tell.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExchangeFacts {
    /// What changes places.
    pub kind: ExchangeKind,
    /// Whether only within design strata.
    pub within_strata: bool,
    /// Respondents, clusters or answers of a wave that can change places with another.
    pub units: u64,
    /// Different assignments to the groups that exchanging can make, the observed one among them; 1,000,000 stands for that many or more.
    pub distinct: u64,
    /// Smallest p-value that all of them together could give: mirror images of an assignment differ in names only. Above the level of the test nothing
    /// can be judged.
    pub smallest_p: f64,
}

impl ExchangeFacts {
    /// Whether a p-value as small as the level of the test can come out at all.
    #[must_use]
    pub fn can_tell(&self, alpha: f64) -> bool {
        // A level of 1 − 0.95 is not quite 0.05.
        self.smallest_p <= alpha * (1.0 + 1e-9)
    }
}

/// Places that are dealt the same labels anew.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Deck {
    /// Label of each place as observed.
    labels: Vec<u16>,
    /// Cases of all places, one place after the other.
    cases: Vec<u32>,
    /// Where each place ends among them.
    ends: Vec<u32>,
}

impl Deck {
    fn of(places: &[(u16, &[u32])]) -> Self {
        let mut deck = Self {
            labels: Vec::with_capacity(places.len()),
            cases: Vec::new(),
            ends: Vec::with_capacity(places.len()),
        };
        for (label, cases) in places {
            deck.labels.push(*label);
            deck.cases.extend_from_slice(cases);
            deck.ends.push(deck.cases.len() as u32);
        }
        deck
    }

    fn moves(&self) -> bool {
        self.labels.iter().any(|label| Some(label) != self.labels.first())
    }

    fn counts(&self, groups: usize) -> Vec<u64> {
        let mut counts = vec![0; groups];
        self.labels.iter().for_each(|label| counts[usize::from(*label)] += 1);
        counts
    }
}

/// The exchange that fits some cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    kind: ExchangeKind,
    within_strata: bool,
    groups: usize,
    decks: Vec<Deck>,
}

/// Cases that were drawn together, in canonical order, by group.
struct Unit {
    stratum: u16,
    by_group: BTreeMap<u16, Vec<u32>>,
}

impl Unit {
    fn crosses(&self) -> bool {
        self.by_group.len() > 1
    }
}

impl Exchange {
    /// What may change places in these cases, the groups being their domains.
    pub(super) fn of(cases: &Cases, grouped: Grouped) -> Self {
        let units = units(cases);
        let crossing = units.iter().any(Unit::crosses);
        let within = grouped.clusters && !grouped.occasions && crossing;
        let kind = match (grouped.clusters, crossing) {
            (false, true) => ExchangeKind::Returning,
            (false, false) => ExchangeKind::Respondents,
            (true, _) if within => ExchangeKind::WithinClusters,
            (true, true) => ExchangeKind::ReturningClusters,
            (true, false) => ExchangeKind::WholeClusters,
        };
        let mut exchange = Self {
            kind,
            within_strata: false,
            groups: cases.domain_count,
            decks: Vec::new(),
        };
        if within {
            exchange.decks = units.iter().map(one_by_one).collect();
            return exchange;
        }
        let mut groups_of: BTreeMap<u16, BTreeSet<u16>> = BTreeMap::new();
        let pure = || units.iter().filter(|u| !u.crosses());
        for unit in pure() {
            groups_of.entry(unit.stratum).or_default().extend(unit.by_group.keys());
        }
        exchange.within_strata = grouped.clusters && groups_of.len() > 1 && groups_of.values().any(|groups| groups.len() > 1);
        let mut alike: BTreeMap<u16, Vec<(u16, &[u32])>> = BTreeMap::new();
        for unit in pure() {
            let stratum = if exchange.within_strata { unit.stratum } else { 0 };
            let places = unit.by_group.iter().map(|(group, cases)| (*group, cases.as_slice()));
            alike.entry(stratum).or_default().extend(places);
        }
        exchange.decks = alike.values().map(|places| Deck::of(places)).collect();
        exchange.decks.extend(units.iter().filter(|u| u.crosses()).map(own_blocks));
        exchange
    }

    /// Deals the memberships out anew; `of_case` holds those observed and gets those dealt.
    pub(super) fn deal(&self, generator: &mut ChaCha8Rng, labels: &mut Vec<u16>, of_case: &mut [u16]) {
        for deck in self.decks.iter().filter(|deck| deck.moves()) {
            labels.clone_from(&deck.labels);
            shuffle(generator, labels);
            let mut start = 0;
            for (label, end) in labels.iter().zip(&deck.ends) {
                for case in &deck.cases[start..*end as usize] {
                    of_case[*case as usize] = *label;
                }
                start = *end as usize;
            }
        }
    }

    /// What is exchanged, in numbers.
    #[must_use]
    pub fn facts(&self) -> ExchangeFacts {
        let counts: Vec<Vec<u64>> = self.decks.iter().map(|deck| deck.counts(self.groups)).collect();
        let moving = self.decks.iter().filter(|deck| deck.moves());
        let distinct = counts
            .iter()
            .fold(1, |all: u64, of_deck| capped(all.saturating_mul(multinomial(of_deck))));
        ExchangeFacts {
            kind: self.kind,
            within_strata: self.within_strata,
            units: moving.map(|deck| deck.labels.len() as u64).sum(),
            distinct,
            smallest_p: (mirrors(&counts, self.groups) as f64 / distinct as f64).min(1.0),
        }
    }
}

/// Units in the canonical order of their first case.
fn units(cases: &Cases) -> Vec<Unit> {
    let mut number_of: BTreeMap<u32, usize> = BTreeMap::new();
    let mut units: Vec<Unit> = Vec::new();
    for (case, (name, (group, stratum))) in cases.name.iter().zip(cases.domain.iter().zip(&cases.stratum)).enumerate() {
        let next = units.len();
        let number = name.map_or(next, |name| *number_of.entry(name).or_insert(next));
        if number == next {
            units.push(Unit {
                stratum: *stratum,
                by_group: BTreeMap::new(),
            });
        }
        units[number].by_group.entry(*group).or_default().push(case as u32);
    }
    units
}

/// The cases of a unit, each by itself.
fn one_by_one(unit: &Unit) -> Deck {
    let mut cases: Vec<(u32, u16)> = unit
        .by_group
        .iter()
        .flat_map(|(group, cases)| cases.iter().map(|c| (*c, *group)))
        .collect();
    cases.sort_unstable();
    let places: Vec<(u16, &[u32])> = cases.iter().map(|(case, group)| (*group, std::slice::from_ref(case))).collect();
    Deck::of(&places)
}

/// What a unit has on each occasion, as a whole.
fn own_blocks(unit: &Unit) -> Deck {
    let places: Vec<(u16, &[u32])> = unit.by_group.iter().map(|(group, cases)| (*group, cases.as_slice())).collect();
    Deck::of(&places)
}

fn capped(count: u64) -> u64 {
    count.min(DISTINCT_MAX)
}

/// Ways to deal labels of these counts, up to [`DISTINCT_MAX`].
fn multinomial(counts: &[u64]) -> u64 {
    let mut ways = 1_u64;
    let mut places = 0;
    for count in counts {
        places += count;
        ways = capped(ways.saturating_mul(binomial(places, *count)));
    }
    ways
}

/// `n` over `k`, up to [`DISTINCT_MAX`].
fn binomial(n: u64, k: u64) -> u64 {
    let k = k.min(n - k);
    let mut ways = 1_u64;
    for i in 1..=k {
        // Products of neighbours divide evenly, and grow with every step.
        ways = ways * (n - k + i) / i;
        if ways >= DISTINCT_MAX {
            return DISTINCT_MAX;
        }
    }
    ways
}

/// Assignments that differ from any given one in the names of the groups only: groups with the same counts in every deck can change names.
fn mirrors(counts: &[Vec<u64>], groups: usize) -> u64 {
    let mut alike: BTreeMap<Vec<u64>, u64> = BTreeMap::new();
    for group in 0..groups {
        let of_decks = counts.iter().filter_map(|of_deck| of_deck.get(group).copied()).collect();
        *alike.entry(of_decks).or_insert(0) += 1;
    }
    alike.values().map(|groups| (1..=*groups).product::<u64>()).product()
}

#[cfg(test)]
mod tests;
