//! One sample after the other, and how often the interval holds the truth.

use manyidu::stats::Interval;
use rand::SeedableRng;
use rand_chacha::ChaCha12Rng;
use rayon::prelude::*;

/// Nominal level of every interval.
pub const LEVEL: f64 = 0.95;

/// What theory says of a method under a design.
#[derive(Clone, Copy)]
pub enum Expected {
    /// 95 ± 1 %.
    Nominal,
    /// At least 94 %: safe by construction.
    AtLeast(&'static str),
    /// Below, for this reason.
    Below(&'static str),
    /// Near, for this reason, but not within a point.
    Near(&'static str),
}

/// A way to an interval, with the value that it should hold.
pub struct Method {
    pub name: &'static str,
    pub truth: f64,
    pub expected: Expected,
}

/// Draws one sample and gives one interval a method; `None` where the method gives none.
pub type Draw<'a> = Box<dyn Fn(&mut ChaCha12Rng) -> Vec<Option<Interval>> + Sync + 'a>;

/// A design with its methods.
pub struct Scenario<'a> {
    pub design: &'static str,
    pub methods: Vec<Method>,
    pub draw: Draw<'a>,
}

/// What came of a method.
#[derive(Clone, Copy, Default)]
pub struct Outcome {
    pub samples: u64,
    pub without: u64,
    pub below: u64,
    pub above: u64,
    pub width: f64,
}

impl Outcome {
    fn of(interval: Option<Interval>, truth: f64) -> Self {
        let Some(interval) = interval else {
            return Self {
                samples: 1,
                without: 1,
                ..Self::default()
            };
        };
        Self {
            samples: 1,
            without: 0,
            below: u64::from(interval.upper < truth),
            above: u64::from(interval.lower > truth),
            width: interval.upper - interval.lower,
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            samples: self.samples + other.samples,
            without: self.without + other.without,
            below: self.below + other.below,
            above: self.above + other.above,
            width: self.width + other.width,
        }
    }

    fn with(&self) -> f64 {
        (self.samples - self.without) as f64
    }

    /// Share of intervals that hold the truth, among samples that gave one.
    pub fn coverage(&self) -> f64 {
        1.0 - (self.below + self.above) as f64 / self.with()
    }

    pub fn mean_width(&self) -> f64 {
        self.width / self.with()
    }

    /// Standard error of the coverage.
    pub fn noise(&self) -> f64 {
        let p = self.coverage();
        (p * (1.0 - p) / self.with()).sqrt()
    }
}

/// Runs `samples` samples; sample k of scenario s has stream `s · 2³² + k` of the seed, so that the threads have no say.
pub fn run(number: usize, scenario: &Scenario<'_>, samples: u64, seed: u64) -> Vec<Outcome> {
    let one = |sample: u64| -> Vec<Outcome> {
        let mut words = ChaCha12Rng::seed_from_u64(seed);
        words.set_stream(((number as u64) << 32) + sample);
        let intervals = (scenario.draw)(&mut words);
        let methods = scenario.methods.iter().zip(intervals);
        methods.map(|(method, interval)| Outcome::of(interval, method.truth)).collect()
    };
    // Collected in order, then added: sums of widths are the same with any number of threads.
    let all: Vec<Vec<Outcome>> = (0..samples).into_par_iter().map(one).collect();
    let mut sums = vec![Outcome::default(); scenario.methods.len()];
    for outcomes in all {
        for (sum, outcome) in sums.iter_mut().zip(outcomes) {
            *sum = sum.plus(outcome);
        }
    }
    sums
}
