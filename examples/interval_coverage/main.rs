//! How often do 95 % intervals hold the truth? Samples are drawn from a known population by the designs that surveys use, and every
//! interval is made with the library's functions.
//!
//! `cargo run --release --example interval_coverage [SAMPLES [SEED [FIRST]]]` prints the table of `benches/interval_coverage.md`; 10,000 samples
//! and seed 2026 unless told otherwise, the designs from number FIRST (from 0) on. Same arguments, same bytes, with any number of threads.

mod estimators;
mod population;
mod scenarios;
mod study;

use study::{Expected, Outcome};

fn main() {
    let mut arguments = std::env::args().skip(1).map(|a| a.parse::<u64>());
    let samples = arguments.next().map_or(10_000, |a| a.expect("a number of samples"));
    let seed = arguments.next().map_or(2026, |a| a.expect("a seed"));
    let first = arguments.next().map_or(0, |a| a.expect("the number of a design")) as usize;
    let people = population::people(seed);
    println!(
        "{}",
        HEAD.replace("SAMPLES", &samples.to_string()).replace("SEED", &seed.to_string())
    );
    println!("| design | interval | coverage % | too low % | too high % | mean width | none % | theory | |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let mut notes = Vec::new();
    for (number, scenario) in scenarios::scenarios(&people).iter().enumerate().skip(first) {
        let outcomes = study::run(number, scenario, samples, seed);
        for (position, (method, outcome)) in scenario.methods.iter().zip(outcomes).enumerate() {
            let design = if position == 0 { scenario.design } else { "" };
            let (theory, reason) = match method.expected {
                Expected::Nominal => ("95 ± 1", None),
                Expected::AtLeast(reason) => ("≥ 94", Some(reason)),
                Expected::Below(reason) => ("below", Some(reason)),
                Expected::Near(reason) => ("near", Some(reason)),
            };
            let mark = reason.map_or(String::new(), |reason| {
                let known = notes.iter().position(|n| *n == reason).unwrap_or_else(|| {
                    notes.push(reason);
                    notes.len() - 1
                });
                format!(" [{}]", known + 1)
            });
            println!(
                "| {design} | {} | {} | {theory}{mark} | {} |",
                method.name,
                figures(&outcome),
                verdict(method.expected, &outcome)
            );
        }
    }
    println!();
    for (number, note) in notes.iter().enumerate() {
        println!("{}. {note}", number + 1);
    }
}

const HEAD: &str = "# Coverage of 95 % intervals

SAMPLES samples from each design, seed SEED, one made-up population of 4,800 customers (`examples/interval_coverage`). The standard error of a
coverage near 95 % is 0.22 points with 10,000 samples. \"Too low\" and \"too high\" are intervals that lie wholly below or above the truth; \"none\" are
samples that gave no interval. A row fails when its coverage is not what theory says: within a point of 95, at least 94, or below 94.

Rerun: `cargo run --release --example interval_coverage > benches/interval_coverage.md`, or `just interval-coverage`.
";

fn figures(outcome: &Outcome) -> String {
    let percent = |count: u64| 100.0 * count as f64 / (outcome.samples - outcome.without) as f64;
    format!(
        "{:.2} | {:.2} | {:.2} | {:.3} | {:.2}",
        100.0 * outcome.coverage(),
        percent(outcome.below),
        percent(outcome.above),
        outcome.mean_width(),
        100.0 * outcome.without as f64 / outcome.samples as f64
    )
}

/// Whether the row is what theory says; three standard errors are allowed for with fewer samples.
fn verdict(expected: Expected, outcome: &Outcome) -> &'static str {
    let (coverage, noise) = (
        outcome.coverage(),
        if outcome.samples < 10_000 { 3.0 * outcome.noise() } else { 0.0 },
    );
    let as_said = match expected {
        Expected::Nominal => (coverage - 0.95).abs() <= 0.01 + noise,
        Expected::AtLeast(_) => coverage >= 0.94 - noise,
        Expected::Below(_) => coverage < 0.94 + noise,
        Expected::Near(_) => (coverage - 0.95).abs() <= 0.03 + noise,
    };
    if as_said { "as it should" } else { "**not as it should**" }
}
