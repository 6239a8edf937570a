//! From a sample to intervals, with the library's own functions and nothing else.

use crate::population::Person;
use crate::study::LEVEL;
use manyidu::design::estimate::{Domain, ProportionMethod, mean, proportion_interval};
use manyidu::design::replicates::ReplicateWeights;
use manyidu::design::{LonelyPsuPolicy, SampleDesign, Stage, total_variance};
use manyidu::stats::Interval;
use manyidu::weight::cells::CellWeights;
use manyidu::weight::margin::{Category, Margin};
use manyidu::weight::poststratify::poststratify;
use manyidu::weight::rake::{RakeOptions, rake};
use manyidu::weight::residuals::CalibrationSteps;
use nalgebra::DMatrix;

/// A sample with its design.
pub struct Sample<'a> {
    pub people: Vec<&'a Person>,
    pub design: SampleDesign,
}

impl<'a> Sample<'a> {
    /// Elements in strata; `size_of` is the population of a person's stratum.
    pub fn stratified(people: Vec<&'a Person>, stratum: impl Fn(&Person) -> usize, size_of: impl Fn(usize) -> u64) -> Self {
        let strata: Vec<usize> = people.iter().map(|p| stratum(p)).collect();
        let population: Vec<u64> = strata.iter().map(|s| size_of(*s)).collect();
        let stage = Stage::of_elements(people.len()).stratified(&strata).with_population(&population);
        Self::new(people, &[stage])
    }

    pub fn new(people: Vec<&'a Person>, stages: &[Stage]) -> Self {
        let design = SampleDesign::new(stages, None).expect("a design");
        Self { people, design }
    }

    pub fn column(&self, of: impl Fn(&Person) -> f64) -> Vec<Option<f64>> {
        self.people.iter().map(|p| Some(of(p))).collect()
    }

    /// Linearised mean with the t interval of the design's degrees of freedom.
    pub fn taylor(&self, lonely: LonelyPsuPolicy, inside: impl Fn(&Person) -> bool, of: impl Fn(&Person) -> f64) -> Option<Interval> {
        let domain = Domain::whole(&self.design, lonely).narrowed(|i| inside(self.people[i]));
        let linearised = mean(&domain, &self.column(of)).ok()?;
        domain.estimate(&linearised).ok()?.interval(LEVEL)
    }

    /// The same with the normal quantile.
    pub fn taylor_normal(&self, of: impl Fn(&Person) -> f64) -> Option<Interval> {
        let domain = Domain::whole(&self.design, LonelyPsuPolicy::Fail);
        let linearised = mean(&domain, &self.column(of)).ok()?;
        domain.estimate(&linearised).ok()?.normal_interval(LEVEL)
    }

    /// Interval of a share.
    pub fn share(&self, method: ProportionMethod, of: impl Fn(&Person) -> f64) -> Option<Interval> {
        let domain = Domain::whole(&self.design, LonelyPsuPolicy::Fail);
        let linearised = mean(&domain, &self.column(of)).ok()?;
        proportion_interval(&domain.estimate(&linearised).ok()?, method, LEVEL)
    }

    /// Mean by replicates, t interval with their degrees of freedom.
    pub fn replicated(&self, weights: &ReplicateWeights, unit: &[usize], of: impl Fn(&Person) -> f64) -> Option<Interval> {
        let y: Vec<f64> = self.people.iter().map(|p| of(p)).collect();
        replicated_mean(weights, self.design.weights(), unit, |w| weighted_mean(w, &y))
    }

    /// Raked to age and stratum: linearised with the residuals of the raking, and with every replicate raked anew.
    pub fn raked(&self, margins: &Margins, replicates: &ReplicateWeights, unit: &[usize]) -> [Option<Interval>; 2] {
        let y: Vec<f64> = self.people.iter().map(|p| p.score).collect();
        let base = self.design.weights();
        let taylor = || {
            let cells = CellWeights::of_cases(base.to_vec()).ok()?;
            let of_cases = margins.of(&self.people);
            let raked = rake(&cells, &of_cases, options()).ok()?;
            let mut steps = CalibrationSteps::new(&cells);
            steps.raked(&of_cases, &cells, &raked.after_margin);
            self.residual_interval(&steps, raked.cells.weights(), &y)
        };
        let again = |w: &[f64]| {
            let kept: Vec<usize> = (0..w.len()).filter(|i| w[*i] > 0.0).collect();
            let people: Vec<&Person> = kept.iter().map(|i| self.people[*i]).collect();
            let cells = CellWeights::of_cases(kept.iter().map(|i| w[*i]).collect()).ok()?;
            let raked = rake(&cells, &margins.of(&people), options()).ok()?;
            weighted_mean(raked.cells.weights(), &kept.iter().map(|i| y[*i]).collect::<Vec<_>>())
        };
        [taylor(), replicated_mean(replicates, base, unit, again)]
    }

    /// Post-stratified mean with the residuals of the post-stratification.
    pub fn post_stratified(&self, class: impl Fn(&Person) -> usize, targets: &[f64]) -> Option<Interval> {
        let y: Vec<f64> = self.people.iter().map(|p| p.score).collect();
        let cells = CellWeights::of_cases(self.design.weights().to_vec()).ok()?;
        let margin = margin("class", targets, self.people.iter().map(|p| class(p)).collect());
        let after = poststratify(&cells, &margin, 2).ok()?;
        let mut steps = CalibrationSteps::new(&cells);
        steps.poststratified(&margin, &cells, &after);
        self.residual_interval(&steps, after.weights(), &y)
    }

    fn residual_interval(&self, steps: &CalibrationSteps, weights: &[f64], y: &[f64]) -> Option<Interval> {
        let (value, total) = (weighted_mean(weights, y)?, weights.iter().sum::<f64>());
        let z: Vec<f64> = weights.iter().zip(y).map(|(w, y)| w * (y - value) / total).collect();
        let deductions = steps.deductions(&z);
        let influence = DMatrix::from_fn(z.len(), 1, |i, _| z[i] - deductions[i]);
        let variance = total_variance(&self.design, &influence, LonelyPsuPolicy::Fail).ok()?;
        Interval::around(value, variance.standard_errors()[0], Some(variance.df as f64), LEVEL)
    }
}

fn options() -> RakeOptions {
    RakeOptions {
        base_min: 1,
        ..RakeOptions::default()
    }
}

fn weighted_mean(weights: &[f64], y: &[f64]) -> Option<f64> {
    let total: f64 = weights.iter().sum();
    (total > 0.0).then(|| weights.iter().zip(y).map(|(w, y)| w * y).sum::<f64>() / total)
}

fn replicated_mean(
    replicates: &ReplicateWeights,
    base: &[f64],
    unit: &[usize],
    estimate: impl Fn(&[f64]) -> Option<f64> + Sync,
) -> Option<Interval> {
    let found = replicates.estimate(base, unit, estimate).ok()??;
    Interval::around(found.value, found.variance?.sqrt(), Some(replicates.df() as f64), LEVEL)
}

/// Population counts of age and stratum.
pub struct Margins {
    age: Vec<f64>,
    stratum: Vec<f64>,
}

impl Margins {
    pub fn of_population(people: &[Person]) -> Self {
        let counts = |key: &dyn Fn(&Person) -> usize, categories: usize| {
            (0..categories)
                .map(|c| people.iter().filter(|p| key(p) == c).count() as f64)
                .collect()
        };
        Self {
            age: counts(&|p| p.age, 3),
            stratum: counts(&large, 4),
        }
    }

    fn of(&self, people: &[&Person]) -> Vec<Margin> {
        let of = |key: &dyn Fn(&Person) -> usize| people.iter().map(|p| key(p)).collect();
        vec![
            margin("age", &self.age, of(&|p| p.age)),
            margin("stratum", &self.stratum, of(&large)),
        ]
    }
}

fn margin(name: &str, targets: &[f64], of_cell: Vec<usize>) -> Margin {
    let category = |(at, target): (usize, &f64)| Category {
        name: at.to_string(),
        target: *target,
    };
    Margin {
        name: name.to_owned(),
        categories: targets.iter().enumerate().map(category).collect(),
        of_cell,
    }
}

/// Strata in four classes, so that every class has respondents in every sample.
fn large(person: &Person) -> usize {
    person.stratum.min(3)
}
