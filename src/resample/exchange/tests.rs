use super::*;
use crate::resample::Case;
use crate::stats::random::{Purpose, generator};
use proptest::prelude::*;

const CLUSTERS: Grouped = Grouped {
    clusters: true,
    occasions: false,
};
const WAVES: Grouped = Grouped {
    clusters: false,
    occasions: true,
};

fn case(steps: u8, stratum: u16, unit: Option<u32>, group: u16) -> Case {
    Case {
        steps: vec![steps],
        weight: 1.0,
        stratum,
        post: 0,
        unit,
        domain: group,
    }
}

fn packed(rows: Vec<Case>) -> Cases {
    Cases::new(1, rows).unwrap()
}

/// How often each assignment comes up in 12,000 deals, by what the cases were named.
fn deals(cases: &Cases, grouped: Grouped) -> BTreeMap<Vec<u16>, u32> {
    let exchange = Exchange::of(cases, grouped);
    let (mut labels, mut of_case) = (Vec::new(), cases.domain.clone());
    let mut found = BTreeMap::new();
    for number in 0..12_000 {
        of_case.copy_from_slice(&cases.domain);
        exchange.deal(&mut generator(5, Purpose::Permutation, number), &mut labels, &mut of_case);
        *found.entry(of_case.clone()).or_insert(0) += 1;
    }
    found
}

/// Whether all are equally frequent: chi-squared at five standard deviations above its mean.
fn equally_frequent(found: &BTreeMap<Vec<u16>, u32>) -> bool {
    let expected = 12_000.0 / found.len() as f64;
    let statistic: f64 = found.values().map(|n| (f64::from(*n) - expected).powi(2) / expected).sum();
    let df = found.len() as f64 - 1.0;
    statistic < df + 5.0 * (2.0 * df).sqrt()
}

/// By hand: two clusters of one group and two of the other are (4 over 2) = 6 assignments, of which each has its mirror image: the smallest p is 1/3.
#[test]
fn four_whole_clusters_by_hand() {
    let rows = [(1, 0), (1, 0), (2, 0), (3, 1), (3, 1), (4, 1)];
    let cases = packed(rows.iter().map(|(u, g)| case(*u as u8, 0, Some(*u), *g)).collect());
    let facts = Exchange::of(&cases, CLUSTERS).facts();
    let expected = ExchangeFacts {
        kind: ExchangeKind::WholeClusters,
        within_strata: false,
        units: 4,
        distinct: 6,
        smallest_p: 2.0 / 6.0,
    };
    assert_eq!(facts, expected);
    let found = deals(&cases, CLUSTERS);
    assert_eq!(found.len(), 6);
    assert!(equally_frequent(&found), "{found:?}");
    // Clusters 1 and 3 stay together in every one of them.
    assert!(found.keys().all(|d| d[0] == d[1] && d[3] == d[4]));
}

/// By hand: strata of 1 + 2 and 2 + 2 clusters give 3 · 6 = 18 assignments; no mirror image, as the first stratum has not as many of either.
#[test]
fn strata_are_kept_where_they_hold_both_groups() {
    let rows = [(0, 1, 0), (0, 2, 1), (0, 3, 1), (1, 4, 0), (1, 5, 0), (1, 6, 1), (1, 7, 1)];
    let cases = packed(rows.iter().map(|(h, u, g)| case(0, *h, Some(*u), *g)).collect());
    let facts = Exchange::of(&cases, CLUSTERS).facts();
    assert_eq!((facts.within_strata, facts.units, facts.distinct), (true, 7, 18));
    assert!((facts.smallest_p - 1.0 / 18.0).abs() < 1e-15);
    let found = deals(&cases, CLUSTERS);
    assert_eq!(found.len(), 18);
    assert!(equally_frequent(&found), "{found:?}");
    // Groups that are whole strata could not be compared within them: strata are not kept then.
    let rows = [(0, 1, 0), (0, 2, 0), (1, 3, 1), (1, 4, 1)];
    let cases = packed(rows.iter().map(|(h, u, g)| case(0, *h, Some(*u), *g)).collect());
    let facts = Exchange::of(&cases, CLUSTERS).facts();
    assert_eq!((facts.within_strata, facts.distinct), (false, 6));
}

/// By hand: a cluster of 2 + 1 and one of 1 + 1 give 3 · 2 = 6 assignments; the cluster of one group keeps it.
#[test]
fn groups_that_cross_clusters_are_exchanged_within_them() {
    let rows = [(1, 0), (1, 0), (1, 1), (2, 0), (2, 1), (3, 1), (3, 1)];
    let cases = packed(rows.iter().map(|(u, g)| case(0, 0, Some(*u), *g)).collect());
    let facts = Exchange::of(&cases, CLUSTERS).facts();
    assert_eq!((facts.kind, facts.units, facts.distinct), (ExchangeKind::WithinClusters, 5, 6));
    assert!((facts.smallest_p - 1.0 / 6.0).abs() < 1e-15);
    let found = deals(&cases, CLUSTERS);
    assert_eq!(found.len(), 6);
    assert!(equally_frequent(&found), "{found:?}");
    let in_cluster = |dealt: &[u16], unit: u32| -> Vec<u16> {
        let mut groups: Vec<u16> = (0..7).filter(|at| cases.name[*at] == Some(unit)).map(|at| dealt[at]).collect();
        groups.sort_unstable();
        groups
    };
    assert!(
        found
            .keys()
            .all(|d| in_cluster(d, 1) == [0, 0, 1] && in_cluster(d, 2) == [0, 1] && in_cluster(d, 3) == [1, 1])
    );
}

/// By hand: two who answered in both waves may exchange their two answers (2 · 2), one of the earlier and two of the later wave exchange waves (3).
#[test]
fn whoever_answered_in_both_waves_exchanges_their_own_answers() {
    let rows = [
        (1, Some(1), 0),
        (2, Some(1), 1),
        (3, Some(2), 0),
        (4, Some(2), 1),
        (5, None, 0),
        (6, None, 1),
        (7, None, 1),
    ];
    let cases = packed(rows.iter().map(|(x, u, g)| case(*x, 0, *u, *g)).collect());
    let facts = Exchange::of(&cases, WAVES).facts();
    assert_eq!((facts.kind, facts.units, facts.distinct), (ExchangeKind::Returning, 7, 12));
    let found = deals(&cases, WAVES);
    assert_eq!(found.len(), 12);
    assert!(equally_frequent(&found), "{found:?}");
    for person in [1, 2] {
        let own: Vec<usize> = (0..7).filter(|at| cases.name[*at] == Some(person)).collect();
        assert!(found.keys().all(|d| d[own[0]] != d[own[1]]));
    }
    // Of drawn clusters the same.
    let both = Grouped { clusters: true, ..WAVES };
    let facts = Exchange::of(&cases, both).facts();
    assert_eq!((facts.kind, facts.distinct), (ExchangeKind::ReturningClusters, 12));
}

/// Without clusters everybody may change places with everybody: the deals are those of one shuffle.
#[test]
fn lone_respondents_are_shuffled() {
    let cases = packed((0..20).map(|at| case(at, u16::from(at) % 2, None, u16::from(at > 7))).collect());
    let exchange = Exchange::of(&cases, Grouped::default());
    let facts = exchange.facts();
    assert_eq!(
        (facts.kind, facts.within_strata, facts.distinct),
        (ExchangeKind::Respondents, false, 125_970)
    );
    let mut dealt = cases.domain.clone();
    exchange.deal(&mut generator(1, Purpose::Permutation, 3), &mut Vec::new(), &mut dealt);
    let mut shuffled = cases.domain.clone();
    shuffle(&mut generator(1, Purpose::Permutation, 3), &mut shuffled);
    assert_eq!(dealt, shuffled);
}

#[test]
fn many_assignments_are_not_counted_out() {
    assert_eq!(binomial(40, 20), DISTINCT_MAX);
    assert_eq!(binomial(200_000, 100_000), DISTINCT_MAX);
    assert_eq!((binomial(20, 10), binomial(5, 0), binomial(5, 5)), (184_756, 1, 1));
    assert_eq!(multinomial(&[2, 2, 2]), 90);
    // Three groups alike in every deck can change names in six ways, two in two.
    assert_eq!(mirrors(&[vec![2, 2, 2], vec![1, 1, 1]], 3), 6);
    assert_eq!(mirrors(&[vec![2, 2, 2], vec![1, 1, 0]], 3), 2);
}

proptest! {
    /// Every deal keeps the sizes: of the groups in units where units are exchanged, of each cluster where members are.
    #[test]
    fn sizes_are_kept(rows in prop::collection::vec((0_u16..2, 0_u32..6, 0_u16..3), 2..60), seed in 0_u64..100) {
        let rows: Vec<Case> = rows.iter().map(|(h, u, g)| case(*u as u8, *h, Some(u32::from(*h) * 10 + u), *g)).collect();
        let cases = packed(rows);
        let exchange = Exchange::of(&cases, CLUSTERS);
        let mut dealt = cases.domain.clone();
        exchange.deal(&mut generator(seed, Purpose::Permutation, 0), &mut Vec::new(), &mut dealt);
        if exchange.kind == ExchangeKind::WithinClusters {
            let by_cluster = |groups: &[u16]| {
                let mut all: Vec<(Option<u32>, u16)> = cases.name.iter().copied().zip(groups.iter().copied()).collect();
                all.sort_unstable();
                all
            };
            prop_assert_eq!(by_cluster(&dealt), by_cluster(&cases.domain));
        }
        // Clusters of one group have one group again.
        let mut of_unit: BTreeMap<u32, BTreeSet<u16>> = BTreeMap::new();
        let mut before = of_unit.clone();
        for (at, name) in cases.name.iter().enumerate() {
            of_unit.entry(name.unwrap()).or_default().insert(dealt[at]);
            before.entry(name.unwrap()).or_default().insert(cases.domain[at]);
        }
        prop_assert!(of_unit.iter().all(|(unit, groups)| before[unit].len() > 1 || groups.len() == 1));
    }
}
