//! Many replicates in parallel, and what became of them.

use super::cases::Cases;
use super::draw::{DrawSize, Factors, random_groups};
use super::exchange::{Exchange, Grouped};
use super::kernel::{self, Work};
use super::patterns::Patterns;
use crate::stats::random::{Purpose, generator};
use crate::tally::{ItemTotals, WeightedSums};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// How to resample.
#[derive(Debug, Clone, PartialEq)]
pub struct Resample {
    /// Number of replicates.
    pub replicates: u32,
    /// Key of the random numbers.
    pub seed: u64,
    /// Units drawn in each stratum.
    pub size: DrawSize,
    /// Whether every post-stratum is brought back to its sum of weights in each replicate.
    pub calibrated: bool,
    /// Groups of the inner jackknife that gives each replicate a standard error of its own; `None` for none. Each replicate then costs as much
    /// as this number of replicates more.
    pub inner_groups: Option<u16>,
}

impl Resample {
    /// Rao–Wu replicates without corrections.
    #[must_use]
    pub fn new(replicates: u32, seed: u64) -> Self {
        Self {
            replicates,
            seed,
            size: DrawSize::rao_wu(),
            calibrated: false,
            inner_groups: None,
        }
    }
}

/// The numbers of all replicates.
#[derive(Debug, Clone, PartialEq)]
pub struct Replicates<E> {
    /// Numbers of the full sample.
    pub full: Vec<Option<f64>>,
    /// Numbers of every replicate that could be estimated, in the order of the replicates.
    pub values: Vec<Vec<Option<f64>>>,
    /// Standard errors of the same from the inner jackknife; empty without one.
    pub inner_errors: Vec<Vec<Option<f64>>>,
    /// Replicates that could not be estimated, by reason.
    pub failures: BTreeMap<E, u64>,
}

impl<E> Replicates<E> {
    /// Replicates that could not be estimated.
    #[must_use]
    pub fn failed(&self) -> u64 {
        self.failures.values().sum()
    }

    /// Replicates tried.
    #[must_use]
    pub fn tried(&self) -> u64 {
        self.values.len() as u64 + self.failed()
    }

    /// One number over all replicates in which it is defined, with its inner standard errors where there are any.
    #[must_use]
    pub fn of(&self, position: usize) -> (Vec<f64>, Vec<f64>) {
        let get = |row: &Vec<Option<f64>>| row.get(position).copied().flatten().filter(|v| v.is_finite());
        let values = self.values.iter().filter_map(get).collect();
        (values, self.inner_errors.iter().filter_map(get).collect())
    }

    /// Standard error of one number: the standard deviation of its replicates around their mean, divisor B − 1. `None` below two replicates.
    #[must_use]
    pub fn standard_error(&self, position: usize) -> Option<f64> {
        standard_deviation(&self.of(position).0)
    }
}

/// Standard deviation with divisor n − 1, in two passes; `None` below two values.
#[must_use]
pub fn standard_deviation(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    Some((squares / (n - 1.0)).sqrt())
}

/// Weights that are brought to margins, in every replicate anew. The weights of the cases are then those before this step.
#[derive(Clone, Copy)]
pub struct Margins<'a> {
    /// Factor of each cell of margins in the full sample: final weight over weight before.
    pub full: &'a [f64],
    /// From the effective number of cases of each cell to its factor in a replicate; `None` where the margins cannot be met.
    pub again: &'a (dyn Fn(&[f64]) -> Option<Vec<f64>> + Sync),
}

/// What an estimator sees of a replicate: sums, never a respondent.
#[derive(Debug, Clone, Copy)]
pub struct Sums<'a> {
    /// Of all cases.
    pub all: &'a WeightedSums,
    /// Of every domain, in the order of their numbers.
    pub domains: &'a [ItemTotals],
}

/// The cases of one wave and how replicates are made of them.
#[derive(Debug, Clone, PartialEq)]
pub struct WaveResample {
    /// The cases.
    pub resampler: Resampler,
    /// How.
    pub plan: Resample,
    /// Number of the cases' domain by number of the tally's combination of categories.
    pub domain_of_combination: Vec<u16>,
    /// Where weights are brought to margins: the weight cell behind each cell of margins.
    pub margins: Vec<usize>,
}

/// Makes replicates of the cases it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Resampler {
    cases: Cases,
    logs: bool,
    domains: bool,
    grouped: Grouped,
    patterns: Option<Patterns>,
}

struct Space {
    factors: Factors,
    inner: Factors,
    work: Work,
    sums: WeightedSums,
    domains: Vec<ItemTotals>,
}

impl Resampler {
    /// Takes the cases in.
    #[must_use]
    pub fn new(cases: Cases) -> Self {
        Self {
            cases,
            logs: false,
            domains: false,
            grouped: Grouped::default(),
            patterns: None,
        }
    }

    /// With `Σ w x ln x` among the sums, which entropy weights need; they cost a quarter more.
    #[must_use]
    pub fn with_logs(self) -> Self {
        Self { logs: true, ..self }
    }

    /// With the sums of every domain beside those of all cases.
    #[must_use]
    pub fn with_domains(self) -> Self {
        Self { domains: true, ..self }
    }

    /// With the sums of the cases by which of the first `items` items they answered, from which gaps are dealt with otherwise than by the mean. Each
    /// replicate then makes a second pass over the answers.
    #[must_use]
    pub fn with_patterns(self, items: usize) -> Self {
        Self {
            patterns: Some(Patterns::of(&self.cases, items)),
            ..self
        }
    }

    /// With other groups or named units than people who were drawn one by one.
    #[must_use]
    pub fn grouped(self, grouped: Grouped) -> Self {
        Self { grouped, ..self }
    }

    /// Number of cases.
    #[must_use]
    pub fn case_count(&self) -> usize {
        self.cases.len()
    }

    /// Items of a case.
    #[must_use]
    pub fn item_count(&self) -> usize {
        self.cases.item_count
    }

    /// Number of sampling units.
    #[must_use]
    pub fn unit_count(&self) -> usize {
        self.cases.unit_count()
    }

    /// Number of strata.
    #[must_use]
    pub fn stratum_count(&self) -> usize {
        self.cases.stratum_count()
    }

    /// Number of groups, the groups being the domains.
    #[must_use]
    pub fn group_count(&self) -> usize {
        self.cases.domain_count
    }

    fn space(&self) -> Space {
        let items = self.cases.item_count;
        let domains = if self.domains { self.cases.domain_count } else { 0 };
        Space {
            factors: Factors::ones(&self.cases),
            inner: Factors::ones(&self.cases),
            work: Work::default(),
            sums: WeightedSums::new(items),
            domains: vec![ItemTotals::new(items); domains],
        }
    }

    /// Sums of the full sample.
    #[must_use]
    pub fn full_sums(&self) -> WeightedSums {
        let mut space = self.space();
        self.sums(&mut space, false);
        space.sums
    }

    /// The cases of some groups alone, the groups being the domains, numbered anew in the order given.
    #[must_use]
    pub fn of_groups(&self, groups: &[u16]) -> Option<Self> {
        Some(self.with_cases(self.cases.of_domains(groups)?))
    }

    /// The cases of one group, to draw its respondents or, where clusters were drawn, its clusters anew. A stratum with a single cluster of the group
    /// has strata put together: left as it is by every draw it would add nothing to the variance.
    #[must_use]
    pub fn group_to_draw(&self, group: u16) -> Option<Self> {
        let cases = if self.grouped.clusters {
            self.cases.of_clusters_to_draw(group)
        } else {
            self.cases.of_domains(&[group])
        };
        Some(self.with_cases(cases?))
    }

    fn with_cases(&self, cases: Cases) -> Self {
        Self {
            logs: self.logs,
            domains: self.domains,
            grouped: self.grouped,
            patterns: self.patterns.as_ref().map(|p| Patterns::of(&cases, p.items())),
            cases,
        }
    }

    /// What changes places in [`Self::permutations`].
    #[must_use]
    pub fn exchange(&self) -> Exchange {
        Exchange::of(&self.cases, self.grouped)
    }

    /// Sums of one group of cases, the groups being the domains.
    #[must_use]
    pub fn group_sums(&self, group: u16) -> WeightedSums {
        let of_case: Vec<u16> = self.cases.domain.clone();
        let mut space = self.space();
        self.only(&of_case, group, &mut space);
        space.sums
    }

    fn only(&self, of_case: &[u16], group: u16, space: &mut Space) {
        let pairs = space.factors.times.iter_mut().zip(of_case);
        let mut members = 0;
        for (times, other) in pairs {
            *times = u16::from(*other == group);
            members += u64::from(*times);
        }
        self.sums(space, false);
        space.sums.cases = members;
    }

    /// Estimates the full sample and every replicate.
    ///
    /// # Errors
    /// The reason why the full sample cannot be estimated. Replicates that cannot be are counted by reason.
    pub fn bootstrap<E: Ord + Send>(
        &self,
        plan: &Resample,
        estimate: impl Fn(Sums<'_>) -> Result<Vec<Option<f64>>, E> + Sync,
    ) -> Result<Replicates<E>, E> {
        self.bootstrap_to_margins(plan, None, estimate)
    }

    /// The same with weights that are brought to margins in every replicate anew. A replicate whose margins cannot be met fails with the given reason.
    ///
    /// # Errors
    /// As [`Self::bootstrap`].
    pub fn bootstrap_to_margins<E: Ord + Send>(
        &self,
        plan: &Resample,
        margins: Option<(Margins<'_>, &(dyn Fn() -> E + Sync))>,
        estimate: impl Fn(Sums<'_>) -> Result<Vec<Option<f64>>, E> + Sync,
    ) -> Result<Replicates<E>, E> {
        let mut space = self.space();
        if let Some((margins, _)) = &margins {
            space.factors.multiply(&self.cases, margins.full);
        }
        self.total(&mut space, false);
        let full = estimate(space.seen())?;
        let one = |space: &mut Space, number: u32| {
            space
                .factors
                .draw(&self.cases, &plan.size, plan.calibrated, plan.seed, u64::from(number));
            if let Some((margins, lost)) = &margins {
                // The draw itself is kept: an inner jackknife starts from it.
                space.inner.clone_from(&space.factors);
                self.meet(*margins, &mut space.inner).ok_or_else(lost)?;
            }
            self.total(space, margins.is_some());
            let values = estimate(space.seen())?;
            let of = margins.as_ref().map(|(margins, _)| *margins);
            let inner = plan
                .inner_groups
                .map(|count| self.inner_errors(space, (plan, of), count, &values, &estimate));
            Ok((values, inner))
        };
        let tried: Vec<Result<_, E>> = (0..plan.replicates).into_par_iter().map_init(|| self.space(), one).collect();
        let mut replicates = Replicates {
            full,
            values: Vec::with_capacity(tried.len()),
            inner_errors: Vec::new(),
            failures: BTreeMap::new(),
        };
        for replicate in tried {
            match replicate {
                Ok((values, inner)) => {
                    replicates.values.push(values);
                    replicates.inner_errors.extend(inner);
                }
                Err(reason) => *replicates.failures.entry(reason).or_insert(0) += 1,
            }
        }
        Ok(replicates)
    }

    /// Brings the factors of a draw to the margins.
    fn meet(&self, margins: Margins<'_>, factors: &mut Factors) -> Option<()> {
        let again = (margins.again)(&factors.effective(&self.cases, margins.full.len()))?;
        factors.multiply(&self.cases, &again);
        Some(())
    }

    fn sums(&self, space: &mut Space, inner: bool) {
        let factors = if inner { &space.inner } else { &space.factors };
        kernel::sums(&self.cases, factors, &mut space.work, &mut space.sums);
        if let Some(patterns) = &self.patterns {
            patterns.sums(&self.cases, factors, &mut space.sums);
        }
    }

    fn total(&self, space: &mut Space, inner: bool) {
        self.sums(space, inner);
        let factors = if inner { &space.inner } else { &space.factors };
        if self.logs {
            kernel::log_sums(&self.cases, factors, &mut space.sums);
        }
        kernel::domain_totals(&self.cases, factors, &mut space.domains);
    }

    /// Delete-a-group jackknife within one replicate, the groups being made of its drawings: `√((G − 1)/G · Σ (θ₍₋g₎ − θ)²)`. A number that some group lacks has none.
    fn inner_errors<E>(
        &self,
        space: &mut Space,
        (plan, margins): (&Resample, Option<Margins<'_>>),
        count: u16,
        values: &[Option<f64>],
        estimate: &impl Fn(Sums<'_>) -> Result<Vec<Option<f64>>, E>,
    ) -> Vec<Option<f64>> {
        let mut squares: Vec<Option<f64>> = values.iter().map(|v| v.map(|_| 0.0)).collect();
        for group in 0..count {
            let Space { factors, inner, .. } = space;
            inner.draw_without(&self.cases, factors, group, count);
            if plan.calibrated {
                inner.calibrate(&self.cases);
            }
            if margins.is_some_and(|margins| self.meet(margins, inner).is_none()) {
                return vec![None; values.len()];
            }
            self.total(space, true);
            let Ok(without) = estimate(space.seen()) else {
                return vec![None; values.len()];
            };
            for ((square, value), without) in squares.iter_mut().zip(values).zip(without) {
                let deviation = without.zip(*value).map(|(a, b)| a - b);
                *square = square.zip(deviation).map(|(s, d)| s + d * d);
            }
        }
        let groups = f64::from(count);
        squares.iter().map(|s| s.map(|s| ((groups - 1.0) / groups * s).sqrt())).collect()
    }

    /// Sums of the full sample without one group of units.
    fn without(&self, space: &mut Space, of_unit: &[u16], group: u16, calibrated: bool) {
        let Space { factors, inner, .. } = space;
        inner.keep.copy_from_slice(&factors.keep);
        inner.scale.copy_from_slice(&factors.scale);
        let kept = self.cases.unit.iter().zip(&factors.times);
        for (times, (unit, drawn)) in inner.times.iter_mut().zip(kept) {
            *times = if of_unit[*unit as usize] == group { 0 } else { *drawn };
        }
        inner.restore_strata(&self.cases, factors);
        if calibrated {
            inner.calibrate(&self.cases);
        }
        self.total(space, true);
    }

    /// The full sample without each of its groups of units, stratum by stratum: what the acceleration of a BCa interval is made from.
    ///
    /// Up to `one_by_one` units each unit is a group; beyond that units are put into `groups` random groups. Returns, for every replicate,
    /// the stratum it belongs to and its numbers; those that cannot be estimated are left out.
    pub fn jackknife<E: Send>(
        &self,
        plan: &Resample,
        one_by_one: usize,
        groups: u16,
        estimate: impl Fn(Sums<'_>) -> Result<Vec<Option<f64>>, E> + Sync,
    ) -> Vec<(usize, Vec<Option<f64>>)> {
        let units = self.cases.unit_count();
        let (count, of_unit) = if units <= one_by_one.min(usize::from(u16::MAX)) {
            (units as u16, (0..units as u16).collect())
        } else {
            (groups, random_groups(&self.cases, groups, plan.seed))
        };
        let stratum_of = |group: u16| {
            let unit = of_unit.iter().position(|g| *g == group).unwrap_or(0);
            let by_unit = units == usize::from(count);
            let found = self.cases.strata.iter().position(|s| s.units.contains(&unit));
            found.filter(|_| by_unit).unwrap_or(0)
        };
        let one = |space: &mut Space, group: u16| {
            self.without(space, &of_unit, group, plan.calibrated);
            Some((stratum_of(group), estimate(space.seen()).ok()?))
        };
        let tried: Vec<Option<_>> = (0..count).into_par_iter().map_init(|| self.space(), one).collect();
        tried.into_iter().flatten().collect()
    }

    /// Applies a function to the sums of every group, the groups being the domains, under permuted membership: replicate `r` deals the
    /// memberships out anew among what may change places, see [`super::exchange`]. Results in the order of the replicates.
    pub fn permutations<T: Send>(&self, replicates: u32, seed: u64, f: impl Fn(&[WeightedSums]) -> T + Sync) -> Vec<T> {
        let groups = self.cases.domain_count as u16;
        let exchange = self.exchange();
        let one = |space: &mut (Space, Vec<u16>, Vec<u16>, Vec<WeightedSums>), number: u32| {
            let (space, labels, of_case, by_group) = space;
            of_case.copy_from_slice(&self.cases.domain);
            exchange.deal(&mut generator(seed, Purpose::Permutation, u64::from(number)), labels, of_case);
            by_group.clear();
            for group in 0..groups {
                self.only(of_case, group, space);
                by_group.push(space.sums.clone());
            }
            f(by_group)
        };
        let start = || (self.space(), Vec::new(), self.cases.domain.clone(), Vec::new());
        (0..replicates).into_par_iter().map_init(start, one).collect()
    }
}

impl Space {
    fn seen(&self) -> Sums<'_> {
        Sums {
            all: &self.sums,
            domains: &self.domains,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resample::Case;

    fn sample() -> Resampler {
        let answers = [
            3_u8, 9, 1, 4, 8, 8, 2, 7, 10, 6, 5, 5, 9, 3, 1, 7, 8, 10, 9, 4, 6, 2, 8, 7, 9, 10, 3, 5, 6, 8,
        ];
        let case = |x: &u8| Case {
            steps: vec![*x],
            weight: 1.0,
            stratum: 0,
            post: 0,
            unit: None,
            domain: 0,
        };
        Resampler::new(Cases::new(1, answers.iter().map(case).collect()).unwrap())
    }

    #[expect(clippy::unnecessary_wraps, reason = "the shape of an estimator")]
    fn mean(sums: Sums<'_>) -> Result<Vec<Option<f64>>, &'static str> {
        Ok(vec![sums.all.mean(0)])
    }

    /// Closed form: the standard error of a mean is s/√n, and that of a replicate is on average nearly the same.
    #[test]
    fn errors_of_a_mean_within_and_between_replicates() {
        let plan = Resample {
            inner_groups: Some(10),
            ..Resample::new(2000, 3)
        };
        let sample = sample();
        let drawn = sample.bootstrap(&plan, mean).unwrap();
        let sums = sample.full_sums();
        let (n, mean) = (30.0, sums.mean(0).unwrap());
        let expected = (sums.centred_product(0, 0, mean, mean) / (n - 1.0) / n).sqrt();
        // The standard deviation of 2,000 replicates is known to 1/√4000 = 1.6 %.
        let between = drawn.standard_error(0).unwrap();
        assert!((between / expected - 1.0).abs() < 0.06, "{between} {expected}");
        // Within: a draw of 29 has the variance of the sample, divisor n, over 29: 29/30 · 30/29 of the same.
        let (_, inner) = drawn.of(0);
        let within = (inner.iter().map(|e| e * e).sum::<f64>() / inner.len() as f64).sqrt();
        assert!((within / expected - 1.0).abs() < 0.06, "{within} {expected}");
    }

    #[test]
    fn the_jackknife_of_a_mean_is_the_textbook_error() {
        let sample = sample();
        let left_out = sample.jackknife(&Resample::new(100, 1), 400, 20, mean);
        let (n, full) = (30.0, sample.full_sums().mean(0).unwrap());
        let squares: f64 = left_out.iter().map(|(_, v)| (v[0].unwrap() - full) * (v[0].unwrap() - full)).sum();
        let expected = sample.full_sums().centred_product(0, 0, full, full) / (n - 1.0) / n;
        assert!(((n - 1.0) / n * squares - expected).abs() < 1e-14);
        // In ten groups of three it is the same up to their noise.
        let groups = sample.jackknife(&Resample::new(100, 1), 10, 10, mean);
        assert_eq!(groups.len(), 10);
    }

    /// Failures are counted by reason, whatever thread met them.
    #[test]
    fn failures_are_counted_by_reason() {
        let fails = |sums: Sums<'_>| {
            let mean = sums.all.mean(0).unwrap();
            if mean < 5.6 {
                Err("low")
            } else if mean > 6.8 {
                Err("high")
            } else {
                Ok(vec![Some(mean)])
            }
        };
        let drawn = sample().bootstrap(&Resample::new(500, 1), fails).unwrap();
        assert!(drawn.failures["low"] > 10 && drawn.failures["high"] > 10);
        assert_eq!(drawn.tried(), 500);
        assert_eq!(drawn.values.len() as u64 + drawn.failed(), 500);
    }
}
