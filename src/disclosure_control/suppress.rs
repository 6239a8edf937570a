//! Complementary suppression over linked tables of means.
//!
//! A relation is `Σ c_i q_i = 0` between published means, such as `N·mean = Σ n_c·mean_c`. Three rules, applied until none is broken:
//! no withheld mean is determined by the relations and the published means; where a published mean leaves a sum over several withheld
//! parts, these have at least the smallest base together (their joint mean can be computed); and the interval of every withheld mean
//! that follows from the relations and the ends of the scale is wide enough. Broken rules are mended by withholding the smallest
//! group that shares a relation, which costs readers least.

use super::determined::{Row, determined};
use std::collections::{BTreeMap, BTreeSet};

/// A mean that is published unless it is withheld.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// Respondents behind it.
    pub n: u64,
    /// Its value, 0 to 100; `None` where there is none to publish or to protect.
    pub value: Option<f64>,
    /// True where it must be withheld for its base.
    pub small: bool,
    /// True where it is published whatever comes: the headline.
    pub fixed: bool,
}

/// One relation between means.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// Positions and coefficients; the sum of their products is 0.
    pub terms: Vec<(usize, f64)>,
    /// What the terms are to each other.
    pub kind: Kind,
}

/// What the terms of a relation are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Groups of respondents that add up, with their numbers as coefficients.
    AddsUp,
    /// A number made of others, with their weights as coefficients.
    MadeOf,
    /// No equation: the first group lies within the others together, so that neither its sum of points nor what it lacks of the end of
    /// the scale is above theirs. Coefficients are numbers of respondents, that of the first is negative.
    Within,
}

impl Relation {
    fn is_equation(&self) -> bool {
        self.kind != Kind::Within
    }
}

/// What has to hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    /// Fewest respondents behind anything that can be computed.
    pub base_min: u64,
    /// Least width of the interval of a withheld mean.
    pub protection: f64,
}

/// Why a mean is withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// For its own base.
    Small,
    /// So that others cannot be computed.
    Complement,
}

/// What is withheld.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// For each quantity, why it is withheld; `None` where it is published.
    pub reasons: Vec<Option<Reason>>,
    /// Withheld means that a rule leaves unprotected because nothing is left to withhold.
    pub unprotected: u64,
}

/// Decides what is withheld.
#[must_use]
pub fn suppress(quantities: &[Quantity], relations: &[Relation], rules: Rules) -> Outcome {
    let small = |q: &Quantity| (q.small && q.value.is_some()).then_some(Reason::Small);
    // What the headline alone tells is known whatever is withheld: a region that is the whole.
    let told = told_by_the_fixed(quantities, relations);
    let mut state = State {
        quantities,
        relations,
        rules,
        told,
        reasons: quantities.iter().map(small).collect(),
        given_up: BTreeSet::new(),
        unprotected: BTreeSet::new(),
        of_quantity: BTreeMap::new(),
    };
    for (number, relation) in relations.iter().enumerate() {
        for (position, _) in &relation.terms {
            state.of_quantity.entry(*position).or_default().push(number);
        }
    }
    state.given_up.extend(state.told.iter().map(|position| (*position, None)));
    state.unprotected.clone_from(&state.told);
    while let Some((position, relation)) = state.broken() {
        match state.cheapest(position, relation) {
            Some(other) => {
                if let Some(reason) = state.reasons.get_mut(other) {
                    *reason = Some(Reason::Complement);
                }
            }
            None => {
                state.given_up.insert((position, relation));
                state.unprotected.insert(position);
            }
        }
    }
    let withheld = |position: &&usize| state.reasons.get(**position).is_some_and(Option::is_some);
    Outcome {
        unprotected: state.unprotected.iter().filter(withheld).count() as u64,
        reasons: state.reasons,
    }
}

/// Positions that follow from the fixed means alone.
fn told_by_the_fixed(quantities: &[Quantity], relations: &[Relation]) -> BTreeSet<usize> {
    let fixed = |position: usize| quantities.get(position).is_some_and(|q| q.fixed);
    let open = |relation: &Relation| {
        relation
            .terms
            .iter()
            .copied()
            .filter(|(position, _)| !fixed(*position))
            .collect::<Row>()
    };
    let equations = relations.iter().filter(|r| r.is_equation());
    determined(equations.map(open).filter(|row| !row.is_empty()).collect())
}

struct State<'a> {
    quantities: &'a [Quantity],
    relations: &'a [Relation],
    rules: Rules,
    reasons: Vec<Option<Reason>>,
    /// Positions that follow from the fixed means alone: withholding them helps nobody.
    told: BTreeSet<usize>,
    /// Breaches that nothing can mend.
    given_up: BTreeSet<(usize, Option<usize>)>,
    unprotected: BTreeSet<usize>,
    of_quantity: BTreeMap<usize, Vec<usize>>,
}

impl State<'_> {
    /// Withheld, or without a value to publish: not known to a reader.
    fn is_unknown(&self, position: usize) -> bool {
        self.reasons.get(position).is_none_or(Option::is_some) || self.quantities.get(position).is_none_or(|q| q.value.is_none())
    }

    /// A withheld mean that a rule leaves open, and the relation that does so where it is one.
    fn broken(&self) -> Option<(usize, Option<usize>)> {
        self.small_union().or_else(|| self.determined()).or_else(|| self.narrow())
    }

    /// Known sums less their known parts: the rest, where it stands on one side, may not be a small group.
    fn small_union(&self) -> Option<(usize, Option<usize>)> {
        for (number, relation) in self.relations.iter().enumerate().filter(|(_, r)| r.kind == Kind::AddsUp) {
            let rest: Vec<(usize, f64)> = relation
                .terms
                .iter()
                .copied()
                .filter(|(position, _)| self.is_unknown(*position))
                .collect();
            let one_side = rest.iter().all(|(_, c)| *c > 0.0) || rest.iter().all(|(_, c)| *c < 0.0);
            let n: u64 = rest
                .iter()
                .filter_map(|(position, _)| self.quantities.get(*position))
                .map(|q| q.n)
                .sum();
            let open = rest
                .first()
                .map(|(first, _)| (*first, Some(number)))
                .filter(|key| !self.given_up.contains(key));
            if one_side && n > 0 && n < self.rules.base_min && open.is_some() {
                return open;
            }
        }
        None
    }

    /// A withheld mean that the relations determine.
    fn determined(&self) -> Option<(usize, Option<usize>)> {
        let row = |relation: &Relation| {
            let mut row = Row::new();
            for (position, coefficient) in relation.terms.iter().filter(|(position, _)| self.is_unknown(*position)) {
                *row.entry(*position).or_default() += coefficient;
            }
            row
        };
        let equations = self.relations.iter().filter(|r| r.is_equation());
        let found = determined(equations.map(row).filter(|row| !row.is_empty()).collect());
        let mut open = found
            .into_iter()
            .filter(|position| self.reasons.get(*position).is_some_and(Option::is_some));
        open.find(|position| !self.given_up.contains(&(*position, None)))
            .map(|position| (position, None))
    }

    /// A withheld mean whose interval is too narrow: bounds are carried through all relations until they settle.
    fn narrow(&self) -> Option<(usize, Option<usize>)> {
        let bounds = self.bounds();
        let narrow = |position: &usize| {
            let reason = self.reasons.get(*position).copied().flatten();
            let width = bounds.get(*position).map_or(f64::INFINITY, |(low, high)| high - low);
            reason == Some(Reason::Small) && width < self.rules.protection && !self.given_up.contains(&(*position, None))
        };
        (0..self.quantities.len()).find(narrow).map(|position| (position, None))
    }

    fn bounds(&self) -> Vec<(f64, f64)> {
        /// Passes after which what still moves moves too little to matter.
        const PASSES: usize = 50;
        let of_quantity = |(position, q): (usize, &Quantity)| match q.value.filter(|_| !self.is_unknown(position)) {
            Some(value) => (value, value),
            None => (0.0, 100.0),
        };
        let mut bounds: Vec<(f64, f64)> = self.quantities.iter().enumerate().map(of_quantity).collect();
        let open = |relation: &&Relation| relation.terms.iter().any(|(position, _)| self.is_unknown(*position));
        for _ in 0..PASSES {
            let mut moved = 0.0_f64;
            for relation in self.relations.iter().filter(open) {
                moved = moved.max(if relation.is_equation() {
                    self.tighten(relation, &mut bounds)
                } else {
                    self.within(relation, &mut bounds)
                });
            }
            if moved < 1e-6 {
                break;
            }
        }
        bounds
    }

    /// own·q = −Σ others: the bounds of an unknown are those of the others. Returns the most that one moved.
    fn tighten(&self, relation: &Relation, bounds: &mut [(f64, f64)]) -> f64 {
        let ends = |bounds: &[(f64, f64)], (position, c): &(usize, f64)| {
            let (a, b) = bounds.get(*position).copied().unwrap_or((0.0, 100.0));
            (f64::min(-c * a, -c * b), f64::max(-c * a, -c * b))
        };
        let terms: Vec<(f64, f64)> = relation.terms.iter().map(|term| ends(bounds, term)).collect();
        let (low, high) = terms.iter().fold((0.0, 0.0), |(low, high), (a, b)| (low + a, high + b));
        let mut moved = 0.0_f64;
        for ((target, own), (own_low, own_high)) in relation.terms.iter().zip(&terms) {
            if *own == 0.0 || !self.is_unknown(*target) {
                continue;
            }
            let (low, high) = ((low - own_low) / own, (high - own_high) / own);
            let (low, high) = (low.min(high), low.max(high));
            if let Some((a, b)) = bounds.get_mut(*target) {
                moved = moved.max(low - *a).max(*b - high);
                (*a, *b) = (a.max(low), b.min(high));
            }
        }
        moved
    }

    /// A group within others: `n·q ≤ Σ n_c·q_c` and `n·(100 − q) ≤ Σ n_c·(100 − q_c)`.
    fn within(&self, relation: &Relation, bounds: &mut [(f64, f64)]) -> f64 {
        let Some(((target, own), others)) = relation.terms.split_first().filter(|((target, _), _)| self.is_unknown(*target)) else {
            return 0.0;
        };
        let (mut points, mut lacking) = (0.0, 0.0);
        for (position, n) in others {
            let (low, high) = bounds.get(*position).copied().unwrap_or((0.0, 100.0));
            points += n * high;
            lacking += n * (100.0 - low);
        }
        let (low, high) = (100.0 - lacking / own.abs(), points / own.abs());
        let Some((a, b)) = bounds.get_mut(*target) else { return 0.0 };
        let moved = f64::max(low - *a, *b - high);
        (*a, *b) = (a.max(low), b.min(high));
        moved
    }

    /// The smallest published group that shares a relation with an open mean: in the relation itself where there is one, else in any
    /// relation of the mean, else anywhere that relations lead to from it.
    fn cheapest(&self, position: usize, relation: Option<usize>) -> Option<usize> {
        let mut near: BTreeSet<usize> = BTreeSet::from([position]);
        let first = relation.map_or_else(
            || self.of_quantity.get(&position).cloned().unwrap_or_default(),
            |number| vec![number],
        );
        let mut relations: BTreeSet<usize> = first.into_iter().collect();
        loop {
            let terms = relations
                .iter()
                .filter_map(|number| self.relations.get(*number))
                .flat_map(|r| &r.terms);
            near.extend(terms.map(|(position, _)| *position));
            let free = |position: &&usize| {
                let quantity = self.quantities.get(**position);
                !self.is_unknown(**position) && !self.told.contains(position) && quantity.is_some_and(|q| !q.fixed)
            };
            let cost = |position: &usize| (self.quantities.get(*position).map_or(u64::MAX, |q| q.n), *position);
            if let Some(found) = near.iter().filter(free).min_by_key(|position| cost(position)) {
                return Some(*found);
            }
            let more: BTreeSet<usize> = near
                .iter()
                .flat_map(|p| self.of_quantity.get(p).cloned().unwrap_or_default())
                .collect();
            if more.is_subset(&relations) {
                return None;
            }
            relations.extend(more);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: Rules = Rules {
        base_min: 10,
        protection: 10.0,
    };

    fn part(n: u64, value: f64) -> Quantity {
        Quantity {
            n,
            value: Some(value),
            small: n < 10,
            fixed: false,
        }
    }

    /// A whole and its parts, the whole first.
    fn column(parts: &[Quantity]) -> (Vec<Quantity>, Vec<Relation>) {
        let n: u64 = parts.iter().map(|q| q.n).sum();
        let sum: f64 = parts.iter().map(|q| q.n as f64 * q.value.unwrap()).sum();
        let whole = Quantity {
            n,
            value: Some(sum / n as f64),
            small: false,
            fixed: true,
        };
        let terms = std::iter::once((0, -(n as f64))).chain(parts.iter().enumerate().map(|(at, q)| (at + 1, q.n as f64)));
        let relation = Relation {
            terms: terms.collect(),
            kind: Kind::AddsUp,
        };
        (std::iter::once(whole).chain(parts.iter().copied()).collect(), vec![relation])
    }

    #[test]
    fn one_small_part_takes_the_next_smallest_with_it() {
        let (quantities, relations) = column(&[part(4, 60.0), part(40, 70.0), part(25, 50.0)]);
        let outcome = suppress(&quantities, &relations, RULES);
        assert_eq!(outcome.reasons, [None, Some(Reason::Small), None, Some(Reason::Complement)]);
        assert_eq!(outcome.unprotected, 0);
    }

    #[test]
    fn two_small_parts_that_are_small_together_take_a_third() {
        let (quantities, relations) = column(&[part(4, 60.0), part(5, 70.0), part(25, 50.0), part(30, 50.0)]);
        let outcome = suppress(&quantities, &relations, RULES);
        assert_eq!(outcome.reasons[3], Some(Reason::Complement));
        // Together large enough: nothing more.
        let (quantities, relations) = column(&[part(4, 60.0), part(9, 70.0), part(25, 50.0)]);
        assert_eq!(suppress(&quantities, &relations, RULES).reasons[3], None);
    }

    #[test]
    fn at_the_end_of_the_scale_the_interval_decides() {
        // The rest has a mean of 100: everybody in it answered 100, whatever the parts.
        let (quantities, relations) = column(&[part(4, 100.0), part(12, 100.0), part(25, 40.0)]);
        let outcome = suppress(&quantities, &relations, RULES);
        assert_eq!(
            outcome.reasons,
            [None, Some(Reason::Small), Some(Reason::Complement), Some(Reason::Complement)]
        );
    }

    #[test]
    fn what_cannot_be_protected_is_counted() {
        let (mut quantities, relations) = column(&[part(4, 60.0), part(30, 70.0)]);
        quantities[2].fixed = true;
        assert_eq!(suppress(&quantities, &relations, RULES).unprotected, 1);
    }
}
