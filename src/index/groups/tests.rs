//! Permutation tests of groups made of clusters: how often they find a difference where there is none, and a tiny case counted out.

use super::*;
use crate::model::pls::{InnerScheme, PlsOptions};
use crate::model::structure::Structure;
use crate::resample::{Case, Cases, ExchangeKind, Grouped};
use crate::stats::random::{Purpose, generator, normal_pair};

const CLUSTERS: Grouped = Grouped {
    clusters: true,
    occasions: false,
};

fn model() -> PathNumbers {
    let structure = Structure::new(vec![vec![0, 1], vec![2, 3]], vec![(0, 1)], 4).unwrap();
    PathNumbers::new(structure, InnerScheme::Path, PlsOptions::default(), vec![40.0; 4]).unwrap()
}

/// Answers of people in clusters that differ in level and in what drives what, by far more than people do; the groups differ in nothing. `group` says to
/// which group somebody belongs, by cluster and place in it.
fn people(number: u64, clusters: u32, size: u32, group: impl Fn(u32, u32) -> u16) -> Vec<Case> {
    let mut rng = generator(20, Purpose::Groups, number);
    let mut cases = Vec::new();
    for cluster in 0..clusters {
        let [level, slope] = normal_pair(&mut rng);
        for member in 0..size {
            let [x, e] = normal_pair(&mut rng);
            let y = (0.6 + 0.8 * slope) * x + 0.6 * e;
            let noise: Vec<f64> = (0..2).flat_map(|_| normal_pair(&mut rng)).collect();
            let answer = |value: f64, noise: f64| (20.0 + 3.0 * (1.5 * level + value + 0.5 * noise)).round().clamp(0.0, 40.0) as u8;
            cases.push(Case {
                steps: vec![answer(x, noise[0]), answer(x, noise[1]), answer(y, noise[2]), answer(y, noise[3])],
                weight: 1.0,
                stratum: 0,
                post: 0,
                unit: Some(cluster),
                domain: group(cluster, member),
            });
        }
    }
    cases
}

fn resampler(cases: Vec<Case>, grouped: Grouped) -> Resampler {
    Resampler::new(Cases::new(4, cases).unwrap()).grouped(grouped)
}

const SETS: u64 = 60;
const PERMUTATIONS: Permutations = Permutations {
    count: 39,
    seed: 9,
    alpha: 0.1,
};

/// Data sets in which a difference of means and of the path is found at 10 % although there is none.
fn rejections(group: impl Fn(u32, u32) -> u16 + Copy, clustered: bool) -> (u32, u32) {
    let (mut of_means, mut of_paths) = (0, 0);
    for number in 0..SETS {
        let mut cases = people(number, 14, 10, group);
        if !clustered {
            cases.iter_mut().for_each(|case| case.unit = None);
        }
        let grouped = if clustered { CLUSTERS } else { Grouped::default() };
        let found = compare_two(&resampler(cases, grouped), &model(), PERMUTATIONS).unwrap();
        assert_eq!(found.failed, 0);
        of_means += u32::from(found.invariance[0].mean_p.unwrap() <= 0.1);
        of_paths += u32::from(found.paths[0].p.unwrap() <= 0.1);
    }
    (of_means, of_paths)
}

/// 6 of 60 are expected, and 4 standard deviations of a binomial count above that are 15. Exchanging single respondents of whole clusters finds
/// differences in most data sets; exchanging the clusters keeps the level.
#[test]
fn exchanging_clusters_keeps_the_level_and_exchanging_respondents_does_not() {
    let by_cluster = |cluster: u32, _: u32| (cluster % 2) as u16;
    let (means, paths) = rejections(by_cluster, true);
    assert!(means <= 15 && paths <= 15, "{means} {paths}");
    assert!(means >= 1 && paths >= 1, "{means} {paths}");
    let (means, paths) = rejections(by_cluster, false);
    assert!(means >= 35 && paths >= 25, "{means} {paths}");
}

/// Where groups cross clusters in unequal parts, respondents exchanged over clusters find the clusters' levels; within them they do not.
#[test]
fn exchanging_within_clusters_keeps_the_level() {
    // Nine of ten in every other cluster belong to the first group, one of ten in the others.
    let mixed = |cluster: u32, member: u32| u16::from((member == 0) == cluster.is_multiple_of(2));
    let (means, paths) = rejections(mixed, true);
    assert!(means <= 15 && paths <= 15, "{means} {paths}");
    let (means, _) = rejections(mixed, false);
    assert!(means >= 30, "{means}");
}

/// Eight clusters, four of either group: all 70 assignments estimated one by one give the p-value that permutations come near.
#[test]
fn a_tiny_case_counted_out() {
    let first = |chosen: u32| move |cluster: u32, _: u32| u16::from(chosen & (1 << cluster) == 0);
    let compared = |chosen: u32, count: u32| {
        let plan = Permutations {
            count,
            seed: 4,
            alpha: 0.05,
        };
        compare_two(&resampler(people(3, 8, 8, first(chosen)), CLUSTERS), &model(), plan).unwrap()
    };
    let observed = 0b0000_1111;
    let found = compared(observed, 400);
    let facts = found.exchange;
    assert_eq!((facts.kind, facts.units, facts.distinct), (ExchangeKind::WholeClusters, 8, 70));
    assert!((facts.smallest_p - 2.0 / 70.0).abs() < 1e-15);
    let all: Vec<GroupComparison> = (0..256_u32)
        .filter(|chosen| chosen.count_ones() == 4)
        .map(|chosen| compared(chosen, 0))
        .collect();
    assert_eq!(all.len(), 70);
    let exact = |of: &dyn Fn(&GroupComparison) -> f64| {
        let line = of(&found).abs() - 1e-9;
        all.iter().filter(|one| of(one).abs() >= line).count() as f64 / 70.0
    };
    let near = |p: f64, exact: f64| (p - exact).abs() < 4.0 * (exact * (1.0 - exact) / 400.0).sqrt() + 1.0 / 401.0;
    let of_path = exact(&|one| one.paths[0].first - one.paths[0].second);
    assert!(near(found.paths[0].p.unwrap(), of_path), "{:?} {of_path}", found.paths[0]);
    let of_mean = exact(&|one| one.invariance[0].mean_difference.unwrap());
    assert!(
        near(found.invariance[0].mean_p.unwrap(), of_mean),
        "{:?} {of_mean}",
        found.invariance[0]
    );
}

/// Three clusters of either group are 20 assignments, ten of them mirror images: no p-value below 0.1 can come out, so there is none.
#[test]
fn too_few_clusters_cannot_be_judged() {
    let cases = resampler(people(1, 6, 30, |cluster, _| u16::from(cluster > 2)), CLUSTERS);
    let plan = Permutations {
        count: 199,
        seed: 1,
        alpha: 0.05,
    };
    let found = compare_two(&cases, &model(), plan).unwrap();
    assert_eq!((found.exchange.distinct, found.permutations), (20, 0));
    assert!((found.exchange.smallest_p - 0.1).abs() < 1e-15 && !found.exchange.can_tell(0.05) && found.exchange.can_tell(0.1));
    assert!(found.paths[0].p.is_none() && found.invariance.iter().all(|i| i.level(0.05).is_none()));
    // The values themselves stand.
    assert!(found.invariance[0].score_correlation.is_some());
}
