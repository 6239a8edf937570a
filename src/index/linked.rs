//! Correlation of the estimates of two waves that share respondents or clusters.
//!
//! With `ζ` what a unit contributes to the error of an estimate, centred within its stratum, the covariance of two estimates is
//! estimated from the units of both waves, pair of strata by pair of strata:
//!
//! `Cov = Σ_p c_p Σ_{k ∈ p} ζ₁ₖ ζ₂ₖ`, `c_p = (1 − n₁n₂ / (n_c N)) / (1 − 1/n₁ − 1/n₂ + n_c/(n₁n₂))`,
//!
//! where `n₁`, `n₂` are the units of the stratum in either wave, `n_c` those in both and `N` the larger of the two populations. The
//! denominator makes the sum unbiased under simple random sampling (it is `(n − 1)/n` where everybody is in both waves); the numerator
//! is the finite population correction given `n_c`, 1 where a population is unknown or the unit has changed its stratum. It is negative
//! where two samples share fewer units than chance would have it. Sources: Tam (1984), The American Statistician 38, 288–289;
//! Qualité and Tillé (2008), Survey Methodology 34, 173–181; Berger (2004), Canadian Journal of Statistics 32, 451–467.
//!
//! ζ comes by the route of the estimate's own variance: by linearisation where shares are fixed, else by leaving the unit out and
//! estimating everything anew, `ζ = −(n − m)/n · (θ₍₋ₘ₎ − θ)`. The correlation is the covariance over the standard errors of the same
//! route, so that it can be carried over to standard errors from a bootstrap. Where nobody is in both waves there is no correlation to
//! estimate, and 0 is taken.

use super::influence::SideOfLink;
use super::linear::{design_units, linear_estimate, mean_of_values, population};
use super::numbers::{Layout, numbers};
use super::quantity::{Family, QuantityKey};
use super::replicates::Jackknife;
use super::shares::{Shares, shares};
use super::uncertainty::Uncertainty;
use super::wave::coefficients;
use crate::score::Scoring;
use crate::survey::{IndexSpec, Survey};
use crate::tally::link::{Link, LinkKind, LinkedGroup};
use crate::tally::{Cell, CellKey, DomainCells, ItemTotals, Tally, WeightedSums};
use crate::weight::Weights;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a wave's estimates were made from, as far as its covariance with another wave needs it.
#[derive(Debug, Clone)]
pub struct Measured {
    /// Short name of the wave.
    pub wave: String,
    /// Its cells.
    pub tally: Tally,
    /// Its weights.
    pub weights: Weights,
    /// Its domains.
    pub domains: Vec<DomainCells>,
    /// Its measures beside the items, in the order in which the link holds their answers.
    pub measures: Vec<MeasuredQuestion>,
}

/// A measure that is the weighted mean of a value of each answer to one question: a share, a net score, a rate.
#[derive(Debug, Clone)]
pub struct MeasuredQuestion {
    /// Id of the measure.
    pub id: String,
    /// What each step above the worst answer is worth; nothing beyond them.
    pub values: Vec<f64>,
    /// Answers by cell.
    pub tally: Tally,
}

/// What two waves share, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SharedUnits {
    /// What is shared.
    pub kind: LinkKind,
    /// Respondents or clusters in both waves.
    pub shared: u64,
    /// Respondents or clusters of the earlier wave.
    pub before: u64,
    /// Respondents or clusters of the later wave.
    pub after: u64,
}

impl SharedUnits {
    /// Share of the units of either wave that are in both, at most 1; 0 for a wave of nobody.
    #[must_use]
    pub fn shares(&self) -> (f64, f64) {
        let share = |of: u64| if of == 0 { 0.0 } else { (self.shared as f64 / of as f64).min(1.0) };
        (share(self.before), share(self.after))
    }
}

/// How the estimates of two waves hang together.
#[derive(Debug, Clone, PartialEq)]
pub struct Linked {
    /// What they share.
    pub units: SharedUnits,
    /// Correlation of the two estimates of each quantity, −1 to 1; a quantity is missing where it cannot be estimated.
    pub correlation: BTreeMap<QuantityKey, f64>,
}

/// What the shared units contribute to one estimate.
struct Influence {
    /// ζ of every group of shared units.
    of_group: Vec<f64>,
    /// Variance of the estimate by the same route.
    variance: f64,
}

type Influences = BTreeMap<QuantityKey, Influence>;

/// Correlations of all quantities of two waves.
#[must_use]
pub fn correlations(survey: &Survey, before: &Measured, after: &Measured, link: &Link) -> Linked {
    let units = |m: &Measured| design_units(&m.tally, &m.weights).values().sum();
    let facts = SharedUnits {
        kind: link.kind,
        shared: link.shared,
        before: units(before),
        after: units(after),
    };
    let mut correlation = BTreeMap::new();
    if link.shared > 0 {
        let factors = pair_factors(before, after, &link.groups);
        let first = influences(survey, before, &link.groups, 0);
        let second = influences(survey, after, &link.groups, 1);
        for (key, one) in &first {
            let found = second.get(key).and_then(|other| correlation_of(&link.groups, &factors, one, other));
            correlation.extend(found.map(|r| (key.clone(), r)));
        }
    }
    Linked { units: facts, correlation }
}

type Pair = ([u16; 2], bool);

fn pair(group: &LinkedGroup) -> Pair {
    (group.strata, group.same_stratum)
}

/// `c_p` of every pair of strata; a pair that says nothing of a covariance (one unit in all) has none.
fn pair_factors(before: &Measured, after: &Measured, groups: &[LinkedGroup]) -> BTreeMap<Pair, f64> {
    let (units_before, units_after) = (
        design_units(&before.tally, &before.weights),
        design_units(&after.tally, &after.weights),
    );
    let known = |m: &Measured, units: &BTreeMap<u16, u64>| units.keys().all(|stratum| population(&m.weights, *stratum).is_some());
    let corrected = known(before, &units_before) && known(after, &units_after);
    let mut shared: BTreeMap<Pair, u64> = BTreeMap::new();
    groups
        .iter()
        .for_each(|group| *shared.entry(pair(group)).or_default() += group.units);
    let factor = |(pair, shared): (Pair, u64)| {
        let ([first, second], same) = pair;
        let (n1, n2) = (*units_before.get(&first)? as f64, *units_after.get(&second)? as f64);
        let n_c = shared as f64;
        let size = |m: &Measured, stratum: u16| population(&m.weights, stratum).filter(|_| corrected && same);
        let whole = size(before, first).zip(size(after, second)).map(|(a, b)| a.max(b) as f64);
        let finite = whole.map_or(1.0, |whole| 1.0 - n1 * n2 / (n_c * whole));
        let unbiased = 1.0 - 1.0 / n1 - 1.0 / n2 + n_c / (n1 * n2);
        (unbiased > 1e-9).then_some((pair, finite / unbiased))
    };
    shared.into_iter().filter_map(factor).collect()
}

fn correlation_of(groups: &[LinkedGroup], factors: &BTreeMap<Pair, f64>, one: &Influence, other: &Influence) -> Option<f64> {
    let products = one.of_group.iter().zip(&other.of_group).zip(groups);
    let covariance: f64 = products
        .map(|((a, b), group)| factors.get(&pair(group)).map_or(0.0, |factor| factor * a * b))
        .sum();
    let scale = (one.variance * other.variance).sqrt();
    (scale > 0.0 && covariance.is_finite()).then(|| (covariance / scale).clamp(-1.0, 1.0))
}

/// What the shared units contribute to every estimate of one wave.
fn influences(survey: &Survey, measured: &Measured, groups: &[LinkedGroup], wave: usize) -> Influences {
    let members: Vec<Vec<u16>> = measured.domains.iter().map(|d| d.members.clone()).collect();
    let jackknife = Jackknife::new(&measured.tally, &measured.weights, &members);
    let pooled = measured.tally.without_groups();
    let side = Side {
        survey,
        measured,
        pooled: &pooled,
        groups,
        wave,
    };
    let mut found = side.of_items();
    found.extend(side.of_measures());
    let Ok(fitted) = shares(survey, jackknife.total()) else {
        return found;
    };
    let fixed = side.of_fixed_shares(&fitted);
    let all_fixed = fixed.contains_key(&QuantityKey::index()) && measured.domains.is_empty();
    if !all_fixed {
        found.extend(side.of_replicates(&jackknife, &fitted));
    }
    // Linearisation is the route of the published error wherever there is one.
    found.extend(fixed);
    found
}

/// One wave of a link.
struct Side<'a> {
    survey: &'a Survey,
    measured: &'a Measured,
    pooled: &'a Tally,
    groups: &'a [LinkedGroup],
    wave: usize,
}

impl Side<'_> {
    fn of_link(&self) -> SideOfLink<'_> {
        SideOfLink {
            weights: &self.measured.weights,
            groups: self.groups,
            wave: self.wave,
        }
    }

    fn linear(&self, a: &[f64]) -> Option<Influence> {
        a.iter().any(|a| *a != 0.0).then_some(())?;
        Some(Influence {
            of_group: self.of_link().of_linear(self.pooled, a)?,
            variance: linear_estimate(self.pooled, &self.measured.weights, a, |_| true)?.variance?,
        })
    }

    /// Measures beside the items, whose published error is linearised too.
    fn of_measures(&self) -> Influences {
        let one = |(at, measure): (usize, &MeasuredQuestion)| {
            let influence = Influence {
                of_group: self.of_link().of_values(&measure.tally, &measure.values, at)?,
                variance: mean_of_values(&measure.tally, &self.measured.weights, 0, &measure.values, |_| true)?.variance?,
            };
            Some((QuantityKey::of(Family::Measures, &measure.id), influence))
        };
        self.measured.measures.iter().enumerate().filter_map(one).collect()
    }

    fn of_items(&self) -> Influences {
        let one = |(at, item): (usize, &crate::survey::ItemSpec)| {
            let mut a = vec![0.0; self.survey.items.len()];
            *a.get_mut(at)? = Scoring::of(item).percent(1.0);
            Some((QuantityKey::of(Family::Items, &item.id), self.linear(&a)?))
        };
        self.survey.scored().iter().enumerate().filter_map(one).collect()
    }

    /// Dimensions and index, where their shares are numbers and not estimates.
    fn of_fixed_shares(&self, shares: &Shares) -> Influences {
        let survey = self.survey;
        if survey.model.weights.are_estimated() {
            return Influences::new();
        }
        let of_dimension = |at: usize| self.linear(&coefficients(survey, shares, &[(at, 1.0)]));
        let dimensions = survey.dimensions.iter().enumerate();
        let mut found: Influences = dimensions
            .filter_map(|(at, spec)| Some((QuantityKey::of(Family::Dimensions, &spec.id), of_dimension(at)?)))
            .collect();
        let index = match survey.index {
            IndexSpec::Dimension(at) => of_dimension(at),
            IndexSpec::Composite if survey.tree.is_fixed() => {
                let parts: Vec<(usize, f64)> = shares.of_tree().unwrap_or_default().iter().copied().enumerate().collect();
                self.linear(&coefficients(survey, shares, &parts))
            }
            IndexSpec::Composite => None,
        };
        found.extend(index.map(|index| (QuantityKey::index(), index)));
        found
    }

    /// Everything by leaving groups out; nothing where the variance cannot be had so.
    fn of_replicates(&self, jackknife: &Jackknife<'_>, fitted: &Shares) -> Influences {
        let layout = Layout::of(self.survey, &self.measured.domains);
        let again =
            |sums: &WeightedSums, domains: &[ItemTotals]| Ok(numbers(self.survey, &layout, sums, domains, &shares(self.survey, sums)?));
        let full = numbers(self.survey, &layout, jackknife.total(), jackknife.domain_totals(), fitted);
        let variance = Uncertainty::jackknife(jackknife, &self.measured.wave, &full, again).variance;
        let units = design_units(&self.measured.tally, &self.measured.weights);
        let without = |group: &LinkedGroup| {
            let cells: Vec<(&CellKey, &Cell)> = group.cells.get(self.wave)?.iter().collect();
            let replicate = jackknife.left_out(&cells).filter(|r| r.calibrated)?;
            let n = *units.get(group.strata.get(self.wave)?)? as f64;
            let kept = n - self.of_link().units_of(group) as f64;
            let values = again(&replicate.sums, &replicate.domains).ok().filter(|_| kept > 0.0)?;
            Some((kept / n, values))
        };
        let without: Option<Vec<(f64, Vec<Option<f64>>)>> = self.groups.par_iter().map(without).collect();
        let Some(without) = without else { return Influences::new() };
        let influence = |position: usize| {
            let value = full.get(position).copied().flatten()?;
            let zeta = |(kept, values): &(f64, Vec<Option<f64>>)| Some(-kept * (values.get(position).copied().flatten()? - value));
            Some(Influence {
                of_group: without.iter().map(zeta).collect::<Option<_>>()?,
                variance: variance.get(position).copied().flatten()?,
            })
        };
        let places = self.places(&layout);
        places.into_iter().filter_map(|(key, at)| Some((key, influence(at)?))).collect()
    }

    /// Where each quantity stands among the numbers that replicates are compared in.
    fn places(&self, layout: &Layout) -> Vec<(QuantityKey, usize)> {
        let ids = || self.survey.dimensions.iter().map(|d| d.id.as_str()).enumerate();
        let mut places = vec![(QuantityKey::index(), layout.index())];
        places.extend(ids().map(|(at, id)| (QuantityKey::of(Family::Dimensions, id), at)));
        for (number, domain) in self.measured.domains.iter().enumerate() {
            let first = layout.domain(number);
            let key = |dimension: Option<&str>| QuantityKey::of_domain(&domain.column, &domain.category, dimension);
            places.push((key(None), first));
            places.extend(ids().map(|(at, id)| (key(Some(id)), first + 1 + at)));
        }
        places
    }
}
