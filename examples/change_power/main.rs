//! How often changes between waves are called: `cargo run --release --example change_power`. Writes the tables of
//! `benches/change_power.md`.
//!
//! Two waves of 250 answer five items from 0 to 10 (index: the mean of the five, on 0 to 100). An answer is 7.2 + 1.3 u + 1.3 e, rounded and
//! kept within 0 to 10, with u the person's level and e of the item and occasion, both standard normal. Who answers in both waves has in
//! the second the level 0.8 u + 0.6 u′. A planted change raises each answer below 10 by one with a stated probability. Where clusters were drawn,
//! 40 of 8 persons each share a level of standard deviation 0.5, and the persons are others in each wave.
//!
//! Every pair is tested by the functions of the library. That the program finds the same change and standard error in files is asserted on
//! the first pair of every scenario without a change, by a whole run.

mod program;

use manyidu::stats::{benjamini_hochberg, holm_defined, normal_two_sided_p, two_sided_multiplier};
use manyidu::trend::change::{Change, Overlap, WaveEstimate, change_with_overlap};
use manyidu::trend::equivalence::equivalence;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

const PAIRS: u64 = 10_000;
const ITEMS: usize = 5;
const LEVEL: f64 = 0.95;
const POWER: f64 = 0.8;

/// Who is drawn.
#[derive(Clone, Copy, PartialEq)]
enum Units {
    Persons,
    Clusters,
}

/// One scenario.
#[derive(Clone, Copy)]
struct Scenario {
    units: Units,
    /// Units of a wave.
    n: usize,
    /// Of these, in both waves.
    shared: usize,
    /// Probability that an answer of the second wave is raised by one.
    raised: f64,
}

/// The answers of one wave: number of the unit, five answers a person.
type Answers = Vec<(usize, [u8; ITEMS])>;

struct Source(ChaCha8Rng);

impl Source {
    fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * (1.0 - self.uniform()).ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }

    fn answers(&mut self, level: f64, raised: f64) -> [u8; ITEMS] {
        [(); ITEMS].map(|()| {
            let x = (7.2 + 1.3 * level + 1.3 * self.normal()).round().clamp(0.0, 10.0) as u8;
            if x < 10 && self.uniform() < raised { x + 1 } else { x }
        })
    }
}

impl Scenario {
    /// Both waves of pair `number`. The second begins with the units it shares with the first.
    fn draw(&self, number: u64) -> (Answers, Answers) {
        let mut source = Source(ChaCha8Rng::seed_from_u64(2_025));
        source.0.set_stream(number);
        let (first, second) = (self.n - self.shared, 2 * self.n - self.shared);
        let levels: Vec<f64> = (0..second).map(|_| source.normal()).collect();
        let (mut before, mut after) = (Answers::new(), Answers::new());
        for (unit, level) in levels.iter().enumerate() {
            let both = unit >= first && unit < self.n;
            if unit < self.n {
                self.fill(&mut source, &mut before, unit, *level, 0.0);
            }
            if both || unit >= self.n {
                let later = match self.units {
                    Units::Persons if both => 0.8 * level + 0.6 * source.normal(),
                    _ => *level,
                };
                self.fill(&mut source, &mut after, unit, later, self.raised);
            }
        }
        (before, after)
    }

    fn fill(&self, source: &mut Source, answers: &mut Answers, unit: usize, level: f64, raised: f64) {
        match self.units {
            Units::Persons => answers.push((unit, source.answers(level, raised))),
            Units::Clusters => (0..8).for_each(|_| {
                let own = 0.5 * level + 0.75_f64.sqrt() * source.normal();
                answers.push((unit, source.answers(own, raised)));
            }),
        }
    }
}

/// Mean score of some items with its influence by unit: `z = Σ (y − ȳ)/N` over the persons of a unit.
struct Measured {
    mean: f64,
    influence: Vec<(usize, f64)>,
    variance: f64,
}

fn measure(answers: &Answers, items: std::ops::Range<usize>) -> Measured {
    let score = |row: &[u8; ITEMS]| {
        let chosen = &row[items.clone()];
        chosen.iter().map(|x| f64::from(*x) * 10.0).sum::<f64>() / chosen.len() as f64
    };
    let n = answers.len() as f64;
    let mean = answers.iter().map(|(_, row)| score(row)).sum::<f64>() / n;
    let unit = |chunk: &[(usize, [u8; ITEMS])]| {
        let total: f64 = chunk.iter().map(|(_, row)| (score(row) - mean) / n).sum();
        (chunk[0].0, total)
    };
    let influence: Vec<(usize, f64)> = answers.chunk_by(|a, b| a.0 == b.0).map(unit).collect();
    let units = influence.len() as f64;
    let variance = units / (units - 1.0) * influence.iter().map(|(_, z)| z * z).sum::<f64>();
    Measured { mean, influence, variance }
}

/// The change with the covariance of the shared units, and as if there were none.
fn changes(scenario: &Scenario, before: &Measured, after: &Measured) -> (Change, Change) {
    let n = scenario.n as f64;
    let (first, shared) = (scenario.n - scenario.shared, scenario.shared as f64);
    let both = before.influence.iter().filter(|(unit, _)| *unit >= first);
    // The second wave begins with the shared units, in the same order.
    let products: f64 = both.zip(&after.influence).map(|((_, a), (_, b))| a * b).sum();
    let covariance = products / (1.0 - 2.0 / n + shared / (n * n));
    let wave = |m: &Measured| WaveEstimate {
        value: m.mean,
        standard_error: m.variance.sqrt(),
        df: Some(n - 1.0),
    };
    let overlap = Overlap {
        correlation: (covariance / (before.variance * after.variance).sqrt()).clamp(-1.0, 1.0),
        share_before: shared / n,
        share_after: shared / n,
    };
    let with = |overlap| change_with_overlap(wave(before), wave(after), overlap, LEVEL).expect("usable estimates");
    (
        with(if scenario.shared == 0 { Overlap::NONE } else { overlap }),
        with(Overlap::NONE),
    )
}

/// What one pair shows.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an answer of its own to one pair")]
struct Shown {
    change: f64,
    standard_error: f64,
    significant: bool,
    significant_independent: bool,
    detectable: f64,
    covered: bool,
    equivalent: bool,
    any_raw: bool,
    any_holm: bool,
    any_bh: bool,
}

fn one(scenario: &Scenario, number: u64, truth: f64) -> Shown {
    let (before, after) = scenario.draw(number);
    let index = |answers: &Answers| measure(answers, 0..ITEMS);
    let (change, independent) = changes(scenario, &index(&before), &index(&after));
    let item = |at: usize| {
        changes(scenario, &measure(&before, at..at + 1), &measure(&after, at..at + 1))
            .0
            .p_value
    };
    let items: Vec<Option<f64>> = (0..ITEMS).map(item).collect();
    let called = |p: &[Option<f64>]| p.iter().flatten().any(|p| *p < 1.0 - LEVEL);
    let is_significant = |c: &Change| c.p_value.is_some_and(|p| p < 1.0 - LEVEL);
    Shown {
        change: change.value,
        standard_error: change.standard_error,
        significant: is_significant(&change),
        significant_independent: is_significant(&independent),
        detectable: change.smallest_detectable_change(POWER).unwrap_or(f64::NAN),
        covered: change.interval.lower <= truth && truth <= change.interval.upper,
        // A true change of exactly δ: called equivalent in one of twenty at most.
        equivalent: truth > 0.0 && equivalence(&change, truth, LEVEL).is_some_and(|e| e.holds),
        any_raw: called(&items),
        any_holm: called(&holm_defined(&items)),
        any_bh: called(&benjamini_hochberg(&items)),
    }
}

/// The change that a probability of being raised makes in the population: ten points times it, times the share of answers below ten. An
/// answer is normal with mean 7.2 and variance 2 · 1.3² before rounding, so that share is P(Z < (9.5 − 7.2)/1.8385).
fn truth(raised: f64) -> f64 {
    let tail = normal_two_sided_p((9.5 - 7.2) / (2.0_f64 * 1.3 * 1.3).sqrt()).expect("a number") / 2.0;
    10.0 * raised * (1.0 - tail)
}

/// A share of pairs with its Monte-Carlo error, in percent.
fn share(shown: &[Shown], of: impl Fn(&Shown) -> bool) -> String {
    let n = shown.len() as f64;
    let p = shown.iter().filter(|s| of(s)).count() as f64 / n;
    format!("{:.2} ± {:.2}", 100.0 * p, 100.0 * (p * (1.0 - p) / n).sqrt())
}

fn mean(shown: &[Shown], of: impl Fn(&Shown) -> f64) -> f64 {
    shown.iter().map(of).sum::<f64>() / shown.len() as f64
}

fn run(scenario: &Scenario) -> Vec<Shown> {
    let truth = truth(scenario.raised);
    if scenario.raised == 0.0 {
        let (before, after) = scenario.draw(0);
        let (expected, _) = changes(scenario, &measure(&before, 0..ITEMS), &measure(&after, 0..ITEMS));
        let (change, standard_error) = program::change(scenario.units == Units::Clusters, &before, &after);
        assert!((change - expected.value).abs() < 1e-9, "{change} {}", expected.value);
        assert!(
            (standard_error / expected.standard_error - 1.0).abs() < 1e-9,
            "{standard_error} {}",
            expected.standard_error
        );
    }
    (0..PAIRS).into_par_iter().map(|number| one(scenario, number, truth)).collect()
}

/// True standard deviation of the change over the pairs.
fn deviation(shown: &[Shown]) -> f64 {
    let center = mean(shown, |s| s.change);
    (mean(shown, |s| (s.change - center) * (s.change - center)) * PAIRS as f64 / (PAIRS - 1) as f64).sqrt()
}

/// Probability that |N(truth/σ, 1)| exceeds the two-sided line of t with these degrees of freedom: the power that follows from truth and true error.
fn expected_power(truth: f64, deviation: f64, df: f64) -> f64 {
    let line = two_sided_multiplier(LEVEL, Some(df)).expect("a level");
    let upper = |z: f64| {
        let tail = normal_two_sided_p(z).expect("a number") / 2.0;
        if z >= 0.0 { tail } else { 1.0 - tail }
    };
    upper(line - truth / deviation) + upper(line + truth / deviation)
}

fn main() {
    let scenario = |units, shared_percent: usize| {
        let n = if units == Units::Persons { 250 } else { 40 };
        Scenario {
            units,
            n,
            shared: n * shared_percent / 100,
            raised: 0.0,
        }
    };
    let scenarios: Vec<(&str, usize, Scenario)> = [0, 30, 60, 100]
        .into_iter()
        .map(|share| ("250 persons", share, scenario(Units::Persons, share)))
        .chain(
            [0, 50, 100]
                .into_iter()
                .map(|share| ("40 clusters of 8", share, scenario(Units::Clusters, share))),
        )
        .collect();
    println!(
        "# How often changes are called\n\nWritten by `just change-power`; `examples/change_power` says how the waves are made. {PAIRS} pairs of waves a row; ± is one Monte-Carlo standard error.\n"
    );
    println!(
        "## Nothing changed\n\nEvery column of shares should be 5 %, except “as if independent”, which ignores who is in both waves, and “any of 5 items, unadjusted”.\n"
    );
    println!(
        "| Sample | In both waves | SE / true SD | Index called changed, % | as if independent, % | any of 5 items, unadjusted, % | Holm, % | Benjamini–Hochberg, % | Interval holds 0, % |\n|---|---|---|---|---|---|---|---|---|"
    );
    let mut planted = Vec::new();
    for (name, percent, scenario) in scenarios {
        let shown = run(&scenario);
        let sd = deviation(&shown);
        println!(
            "| {name} | {percent} % | {:.3} | {} | {} | {} | {} | {} | {} |",
            mean(&shown, |s| s.standard_error) / sd,
            share(&shown, |s| s.significant),
            share(&shown, |s| s.significant_independent),
            share(&shown, |s| s.any_raw),
            share(&shown, |s| s.any_holm),
            share(&shown, |s| s.any_bh),
            share(&shown, |s| s.covered),
        );
        // The change that the null waves say is found four times in five.
        planted.push((
            name,
            percent,
            Scenario {
                raised: mean(&shown, |s| s.detectable) / truth(1.0),
                ..scenario
            },
        ));
    }
    planted_changes(planted);
}

/// The table of planted changes: name, percent in both waves, scenario.
fn planted_changes(planted: Vec<(&str, usize, Scenario)>) {
    println!(
        "\n## A planted change of the smallest detectable size (power {POWER})\n\nPlanted is the mean smallest detectable change of the rows above. Expected power follows from it and the true standard deviation. “Equivalent” tests the margin at the planted change itself, which must be called in at most 5 %.\n"
    );
    println!(
        "| Sample | In both waves | Planted, points | SE / true SD | Found, % | Expected, % | as if independent, % | Interval holds it, % | Equivalent, % |\n|---|---|---|---|---|---|---|---|---|"
    );
    for (name, percent, scenario) in planted {
        let shown = run(&scenario);
        let (sd, planted) = (deviation(&shown), truth(scenario.raised));
        let df = if scenario.shared == scenario.n {
            scenario.n - 1
        } else {
            2 * (scenario.n - 1) - scenario.shared
        };
        println!(
            "| {name} | {percent} % | {planted:.2} | {:.3} | {} | {:.1} | {} | {} | {} |",
            mean(&shown, |s| s.standard_error) / sd,
            share(&shown, |s| s.significant),
            100.0 * expected_power(planted, sd, df as f64),
            share(&shown, |s| s.significant_independent),
            share(&shown, |s| s.covered),
            share(&shown, |s| s.equivalent),
        );
    }
}
