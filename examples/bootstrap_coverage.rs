//! How often intervals hold the truth: `cargo run --release --example bootstrap_coverage`. Prints the table of `benches/README.md`.
//!
//! Answers come from a stated model: image ξ₁ ~ N(0, 1); quality ξ₂ = 0.6 ξ₁ + ζ; satisfaction ξ₃ = 0.3 ξ₁ + 0.5 ξ₂ + ζ; loyalty ξ₄ = 0.6 ξ₃ + ζ, all of variance 1; three items each
//! with loadings 0.8, 0.7, 0.6; answers round(7.5 + 2 x) within 1 to 10, so that the best answer is the commonest. The truth is what the same
//! path model gives in 2,000,000 such answers.

use manyidu::index::path_numbers::PathNumbers;
use manyidu::model::pls::{InnerScheme, PlsOptions};
use manyidu::model::structure::Structure;
use manyidu::resample::interval::{Evidence, acceleration};
use manyidu::resample::{Case, Cases, IntervalMethod, Resample, Resampler, bounds};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

const DATA_SETS: u64 = 400;
const REPLICATES: u32 = 499;
const METHODS: [IntervalMethod; 5] = [
    IntervalMethod::Percentile,
    IntervalMethod::Basic,
    IntervalMethod::Bca,
    IntervalMethod::Studentised,
    IntervalMethod::T,
];

fn normal(generator: &mut ChaCha8Rng) -> f64 {
    let mut uniform = || (generator.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
    (-2.0 * (1.0 - uniform()).ln()).sqrt() * (std::f64::consts::TAU * uniform()).cos()
}

fn answers(n: usize, seed: u64) -> Resampler {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    let mut one = || {
        let mut z = || normal(&mut generator);
        let image = z();
        let quality = 0.6 * image + 0.8 * z();
        // Var(0.3 ξ₁ + 0.5 ξ₂) = 0.09 + 0.25 + 0.3 · 0.6 = 0.52
        let satisfaction = 0.3 * image + 0.5 * quality + 0.48_f64.sqrt() * z();
        let loyalty = 0.6 * satisfaction + 0.8 * z();
        let mut steps = Vec::with_capacity(12);
        for construct in [image, quality, satisfaction, loyalty] {
            for loading in [0.8_f64, 0.7, 0.6] {
                let x = loading * construct + (1.0 - loading * loading).sqrt() * z();
                steps.push((7.5 + 2.0 * x).round().clamp(1.0, 10.0) as u8 - 1);
            }
        }
        Case {
            steps,
            weight: 1.0,
            stratum: 0,
            post: 0,
            unit: None,
            domain: 0,
        }
    };
    Resampler::new(Cases::new(12, (0..n).map(|_| one()).collect()).expect("12 items"))
}

fn main() {
    let blocks = (0..4).map(|c| (3 * c..3 * c + 3).collect()).collect();
    let structure = Structure::new(blocks, vec![(0, 1), (0, 2), (1, 2), (2, 3)], 12).expect("a sound model");
    let model = PathNumbers::new(structure, InnerScheme::Path, PlsOptions::default(), vec![9.0; 12]).expect("12 items");
    let layout = model.layout();
    let truth = model.of(&answers(2_000_000, 1).full_sums()).expect("it can be estimated");
    let effect = model.effects().iter().position(|e| *e == (0, 3)).expect("image acts on loyalty");
    let wanted = [
        ("path quality → satisfaction", layout.paths.start + 2),
        ("path image → satisfaction", layout.paths.start + 1),
        ("total effect image → loyalty", layout.effects.start + effect),
        ("R² of satisfaction", layout.r2.start + 2),
        ("outer weight of an item", layout.weights.start + 6),
        ("HTMT quality ~ satisfaction", layout.htmt.start + 3),
        ("index of satisfaction", layout.index.start + 2),
        (
            "importance of quality for satisfaction",
            layout.importance.start + model.effects().iter().position(|e| *e == (1, 2)).expect("a path"),
        ),
    ];
    println!("| n | number | truth | bias / SE | percentile | basic | BCa | studentised | t |\n|---|---|---|---|---|---|---|---|---|");
    for n in [100, 250] {
        let mut held = vec![[(0_u32, 0_u32); 5]; wanted.len()];
        let mut errors = vec![Vec::new(); wanted.len()];
        let mut failed = 0;
        for set in 0..DATA_SETS {
            let cases = answers(n, 1000 * n as u64 + set);
            let plan = Resample {
                inner_groups: Some(20),
                ..Resample::new(REPLICATES, set)
            };
            let drawn = cases.bootstrap(&plan, |s| model.of(s.all)).expect("it can be estimated");
            failed += drawn.failed();
            let without = cases.jackknife(&plan, 400, 200, |s| model.of(s.all));
            for (at, (_, position)) in wanted.iter().enumerate() {
                let (replicates, inner_errors) = drawn.of(*position);
                let value = drawn.full[*position].expect("it is defined");
                let jackknife: Vec<(usize, f64)> = without.iter().filter_map(|(h, v)| Some((*h, v[*position]?))).collect();
                let evidence = Evidence {
                    value,
                    replicates: &replicates,
                    inner_errors: &inner_errors,
                    acceleration: acceleration(&jackknife),
                    standard_error: drawn.standard_error(*position),
                    df: Some(n as f64 - 1.0),
                };
                let truth = truth[*position].expect("it is defined");
                errors[at].push(value - truth);
                for (method, (tried, hits)) in METHODS.iter().zip(&mut held[at]) {
                    if let Some(interval) = bounds(*method, evidence, 0.95) {
                        *tried += 1;
                        *hits += u32::from(interval.lower <= truth && truth <= interval.upper);
                    }
                }
            }
        }
        for (at, (name, position)) in wanted.iter().enumerate() {
            print_row(n, name, truth[*position].expect("it is"), &errors[at], &held[at]);
        }
        println!(
            "Replicates that failed at n = {n}: {failed} of {}.",
            u64::from(REPLICATES) * DATA_SETS
        );
    }
}

/// One line of the table: bias in standard errors, then the share of intervals that held the truth, by method.
fn print_row(n: usize, name: &str, truth: f64, errors: &[f64], held: &[(u32, u32); 5]) {
    let count = errors.len() as f64;
    let mean = errors.iter().sum::<f64>() / count;
    let sd = (errors.iter().map(|e| (e - mean) * (e - mean)).sum::<f64>() / (count - 1.0)).sqrt();
    let shares: Vec<String> = held
        .iter()
        .map(|(tried, hits)| format!("{:.1}", 100.0 * f64::from(*hits) / f64::from(*tried)))
        .collect();
    println!("| {n} | {name} | {truth:.4} | {:+.2} | {} |", mean / sd, shares.join(" | "));
}
