//! Groups compared in every way that the report shows: invariance, then permutation, Henseler's probability and the test of Welch and Satterthwaite.
//!
//! A path is compared only where both its ends are at least partly invariant: otherwise the groups measure different things under one name, and a
//! difference of paths has no meaning (J. Henseler, C. M. Ringle & M. Sarstedt, "Testing measurement invariance of composites using partial least
//! squares", *International Marketing Review* 33 (2016) 405–431). Invariance passes when it is *not* rejected, so that its p-values are not corrected for
//! their number, which would only let more pass; those of the paths are.
//!
//! Where clusters were drawn, Henseler's probability and the test of Welch and Satterthwaite draw whole clusters of each group (Rao and Wu), and the
//! degrees of freedom count clusters. Both take the groups for independent: where these share clusters or people, whose answers are mostly alike, the
//! difference is rather surer than they say.

use super::group_tests::{GroupPath, WelchTest, henseler, welch};
use super::groups::{Invariance, InvarianceLevel, ManyCompared, PathDifference, PathSpread, Permutations, compare_many, compare_two};
use super::path_numbers::{PathFailure, PathNumbers};
use crate::resample::{ExchangeFacts, Replicates, Resample, Resampler};
use crate::stats::{benjamini_hochberg, holm_defined};

/// Everything that decides how groups are compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ComparisonPlan {
    /// Permutations of membership, and the p-value at or below which invariance is rejected.
    pub permutations: Permutations,
    /// Bootstrap replicates of each group.
    pub replicates: u32,
}

/// One path in two groups with every test, or without where its ends are not comparable.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PathCompared {
    /// The coefficients, and p of the permutation test.
    pub difference: PathDifference,
    /// Whether both ends are at least partly invariant; without that no test is given.
    pub comparable: bool,
    /// p of the permutation test, corrected by Holm over every path compared between any two groups.
    pub p_holm: Option<f64>,
    /// The same by Benjamini and Hochberg.
    pub p_bh: Option<f64>,
    /// Henseler's probability that the first is not above the second; see [`henseler`].
    pub henseler: Option<f64>,
    /// Test of Welch and Satterthwaite on bootstrap standard errors.
    pub welch: Option<WelchTest>,
}

/// Two of several groups with every test.
#[derive(Debug, Clone, PartialEq)]
pub struct PairCompared {
    /// The groups by number.
    pub groups: (usize, usize),
    /// By construct.
    pub invariance: Vec<Invariance>,
    /// By path, in the order of the structure.
    pub paths: Vec<PathCompared>,
    /// What the permutations have exchanged.
    pub exchange: ExchangeFacts,
    /// Permutations in which a group could not be estimated.
    pub failed: u64,
}

/// One path over all groups at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OmnibusCompared {
    /// Mean squared difference over all pairs of groups, and p of its permutation test.
    pub spread: PathSpread,
    /// Whether the path is comparable between any two of the groups.
    pub comparable: bool,
    /// p corrected by Holm over the paths compared.
    pub p_holm: Option<f64>,
    /// The same by Benjamini and Hochberg.
    pub p_bh: Option<f64>,
}

/// Groups compared in every way.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupsCompared {
    /// Cases of each group.
    pub n: Vec<u64>,
    /// Any two of them: (0, 1), (0, 2) … (1, 2) …
    pub pairs: Vec<PairCompared>,
    /// All of them at once, by path; empty for two groups, which are a pair.
    pub omnibus: Vec<OmnibusCompared>,
    /// What the permutations of all groups at once have exchanged; absent for two groups.
    pub omnibus_exchange: Option<ExchangeFacts>,
    /// Bootstrap replicates that failed, by group.
    pub replicates_failed: Vec<u64>,
}

/// Compares all groups of the cases: any two of them, and where there are more than two all at once. Invariance comes first and decides which paths
/// are compared.
///
/// # Errors
/// The failure to estimate the pooled cases of two groups or one of the groups.
pub fn compare(cases: &Resampler, model: &PathNumbers, plan: ComparisonPlan) -> Result<GroupsCompared, PathFailure> {
    let groups = cases.group_count();
    let replicates: Vec<GroupReplicates> = (0..groups)
        .map(|group| group_replicates(cases, model, plan, group))
        .collect::<Result<_, _>>()?;
    let mut pairs = Vec::new();
    for first in 0..groups {
        for second in first + 1..groups {
            pairs.push(pair(cases, model, plan, &replicates, (first, second))?);
        }
    }
    let raw: Vec<Option<f64>> = pairs.iter().flat_map(|p| &p.paths).map(tested).collect();
    let (holm, bh) = (holm_defined(&raw), benjamini_hochberg(&raw));
    let slots = pairs.iter_mut().flat_map(|p| &mut p.paths);
    for ((path, holm), bh) in slots.zip(holm).zip(bh) {
        path.p_holm = holm;
        path.p_bh = bh;
    }
    let (omnibus, omnibus_exchange) = if groups > 2 {
        let (paths, exchange) = omnibus(cases, model, plan, &pairs)?;
        (paths, Some(exchange))
    } else {
        (Vec::new(), None)
    };
    Ok(GroupsCompared {
        n: replicates.iter().map(|r| r.n).collect(),
        replicates_failed: replicates.iter().map(|r| r.failed).collect(),
        pairs,
        omnibus,
        omnibus_exchange,
    })
}

/// The p-value of a path that is compared.
fn tested(path: &PathCompared) -> Option<f64> {
    path.difference.p.filter(|_| path.comparable)
}

/// Paths of one group in its bootstrap replicates.
struct GroupReplicates {
    n: u64,
    /// Respondents or clusters that were drawn anew.
    units: u64,
    failed: u64,
    /// By path.
    paths: Vec<Vec<f64>>,
}

fn group_replicates(cases: &Resampler, model: &PathNumbers, plan: ComparisonPlan, group: usize) -> Result<GroupReplicates, PathFailure> {
    let nobody = || PathFailure::NoVariance { item: 0 };
    let own = cases.group_to_draw(group as u16).ok_or_else(nobody)?;
    // Every group has draws of its own.
    let drawing = Resample::new(plan.replicates, plan.permutations.seed.wrapping_add(group as u64));
    let drawn: Replicates<PathFailure> = own.bootstrap(&drawing, |sums| {
        let (pls, ..) = model.estimate(sums.all)?;
        Ok(pls.paths.into_iter().map(Some).collect())
    })?;
    Ok(GroupReplicates {
        n: own.case_count() as u64,
        units: own.unit_count() as u64,
        failed: drawn.failed(),
        paths: (0..drawn.full.len()).map(|at| drawn.of(at).0).collect(),
    })
}

fn pair(
    cases: &Resampler,
    model: &PathNumbers,
    plan: ComparisonPlan,
    replicates: &[GroupReplicates],
    groups: (usize, usize),
) -> Result<PairCompared, PathFailure> {
    let nobody = || PathFailure::NoVariance { item: 0 };
    let both = cases.of_groups(&[groups.0 as u16, groups.1 as u16]).ok_or_else(nobody)?;
    let found = compare_two(&both, model, plan.permutations)?;
    let level = |construct: usize| found.invariance.get(construct).and_then(|i| i.level(plan.permutations.alpha));
    let invariant = |construct: usize| level(construct).is_some_and(|l| l >= InvarianceLevel::Partial);
    let one = |(at, (difference, (from, to))): (usize, (&PathDifference, &(usize, usize)))| {
        let comparable = invariant(*from) && invariant(*to);
        let of = |group: usize, value: f64| {
            let group = replicates.get(group)?;
            let replicates = group.paths.get(at)?.as_slice();
            Some(GroupPath {
                n: group.units,
                value,
                replicates,
            })
        };
        let sides = of(groups.0, difference.first)
            .zip(of(groups.1, difference.second))
            .filter(|_| comparable);
        PathCompared {
            difference: PathDifference {
                p: difference.p.filter(|_| comparable),
                ..*difference
            },
            comparable,
            p_holm: None,
            p_bh: None,
            henseler: sides.and_then(|(a, b)| henseler(a.replicates, b.replicates)),
            welch: sides.and_then(|(a, b)| welch(a, b)),
        }
    };
    let paths = found.paths.iter().zip(model.structure().paths()).enumerate().map(one).collect();
    Ok(PairCompared {
        groups,
        paths,
        invariance: found.invariance,
        exchange: found.exchange,
        failed: found.failed,
    })
}

fn omnibus(
    cases: &Resampler,
    model: &PathNumbers,
    plan: ComparisonPlan,
    pairs: &[PairCompared],
) -> Result<(Vec<OmnibusCompared>, ExchangeFacts), PathFailure> {
    let ManyCompared { paths: spreads, exchange } = compare_many(cases, model, plan.permutations)?;
    let comparable: Vec<bool> = (0..spreads.len())
        .map(|at| pairs.iter().all(|p| p.paths.get(at).is_some_and(|p| p.comparable)))
        .collect();
    let raw: Vec<Option<f64>> = spreads.iter().zip(&comparable).map(|(s, c)| s.p.filter(|_| *c)).collect();
    let (holm, bh) = (holm_defined(&raw), benjamini_hochberg(&raw));
    let all = spreads.into_iter().zip(raw).zip(comparable).zip(holm.into_iter().zip(bh));
    let paths = all
        .map(|(((spread, p), comparable), (p_holm, p_bh))| OmnibusCompared {
            spread: PathSpread { p, ..spread },
            comparable,
            p_holm,
            p_bh,
        })
        .collect();
    Ok((paths, exchange))
}
