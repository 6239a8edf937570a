//! Was the reserve used as it should be: no more than needed, one after the other?

use super::{DrawCheck, DrawQuestion, KnownIds, LineOf, against, mark};
use crate::sample::draw::Role;
use crate::sample::draw::record::ListedUnit;
use std::collections::{BTreeMap, BTreeSet};

/// Both questions. A substitute is out of order when one before it in its list neither answered nor was asked; it was not needed
/// when the units before it in its list already stand for all that are missing there. A cluster of the reserve stands for a drawn
/// cluster in which nobody answered.
pub(super) fn checks(sample: &[ListedUnit], responses: &KnownIds, asked: Option<&KnownIds>) -> Vec<DrawCheck> {
    let lists = lists(sample);
    let (mut needless, mut skipping) = (Vec::new(), Vec::new());
    for list in lists.values() {
        let used: Vec<&ListedUnit> = list.reserve.iter().copied().filter(|u| responses.holds(&u.id)).collect();
        let mut orders: Vec<u64> = used.iter().map(|u| u.order).collect();
        orders.dedup();
        let missing = list
            .main
            .values()
            .filter(|units| !units.iter().any(|u| responses.holds(&u.id)))
            .count();
        let last_needed = missing
            .checked_sub(1)
            .and_then(|at| orders.get(at.min(orders.len().saturating_sub(1))))
            .copied();
        needless.extend(used.iter().copied().filter(|u| last_needed.is_none_or(|last| u.order > last)));
        let tried = |u: &ListedUnit| responses.holds(&u.id) || asked.is_some_and(|c| c.holds(&u.id));
        let tried: BTreeSet<u64> = list.reserve.iter().filter(|u| tried(u)).map(|u| u.order).collect();
        let passed = list.reserve.iter().map(|u| u.order).find(|order| !tried.contains(order));
        skipping.extend(used.into_iter().filter(|u| passed.is_some_and(|p| u.order > p)));
    }
    let line = |unit: &ListedUnit| {
        let line = responses.first_line.get(&unit.id).copied().unwrap_or(0);
        mark(LineOf::Responses, line, &unit.id)
    };
    vec![
        against(DrawQuestion::SubstitutesNeeded, needless.into_iter().map(line)),
        against(DrawQuestion::SubstitutesInOrder, skipping.into_iter().map(line)),
    ]
}

/// One list of substitutes, and what it replaces: single units, or whole clusters.
#[derive(Default)]
struct List<'a> {
    main: BTreeMap<&'a str, Vec<&'a ListedUnit>>,
    reserve: Vec<&'a ListedUnit>,
}

/// A list replaces within a stratum, and within a cluster where the reserve lies in the drawn clusters themselves.
fn lists(sample: &[ListedUnit]) -> BTreeMap<(&str, &str), List<'_>> {
    let of = |role: Role| sample.iter().filter(move |u| u.role == role).map(|u| u.cluster.as_str());
    let (main, reserve): (BTreeSet<&str>, BTreeSet<&str>) = (of(Role::Main).collect(), of(Role::Reserve).collect());
    let clustered = main.iter().any(|c| !c.is_empty());
    let whole_clusters = clustered && main.is_disjoint(&reserve);
    let mut lists: BTreeMap<(&str, &str), List<'_>> = BTreeMap::new();
    for unit in sample {
        let cluster = if clustered && !whole_clusters { unit.cluster.as_str() } else { "" };
        let list = lists.entry((unit.stratum.as_str(), cluster)).or_default();
        let replaced = if whole_clusters { unit.cluster.as_str() } else { unit.id.as_str() };
        match unit.role {
            Role::Main => list.main.entry(replaced).or_default().push(unit),
            Role::Reserve => list.reserve.push(unit),
        }
    }
    lists.values_mut().for_each(|list| list.reserve.sort_by_key(|u| u.order));
    lists
}
