//! How fast the path model and its bootstrap are: `cargo run --release --example speed`. Prints the table of `benches/README.md`;
//! with `-- peak` how close the cross products are to what a core can do.

use manyidu::index::path_numbers::PathNumbers;
use manyidu::model::pls::{InnerScheme, PlsOptions, estimate};
use manyidu::model::structure::Structure;
use manyidu::resample::{Case, Cases, DrawSize, Resample, Resampler};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::hint::black_box;
use std::time::Instant;

const BLOCKS: [usize; 7] = [5, 3, 7, 2, 3, 1, 3];
const PATHS: [(usize, usize); 12] = [
    (0, 1),
    (1, 2),
    (1, 3),
    (2, 3),
    (0, 4),
    (1, 4),
    (2, 4),
    (3, 4),
    (4, 5),
    (0, 6),
    (4, 6),
    (5, 6),
];
const COLUMNS: [&str; 24] = [
    "IMAG1", "IMAG2", "IMAG3", "IMAG4", "IMAG5", "CUEX1", "CUEX2", "CUEX3", "PERQ1", "PERQ2", "PERQ3", "PERQ4", "PERQ5", "PERQ6", "PERQ7",
    "PERV1", "PERV2", "CUSA1", "CUSA2", "CUSA3", "CUSCO", "CUSL1", "CUSL2", "CUSL3",
];

fn model() -> PathNumbers {
    let mut next = 0;
    let blocks = BLOCKS.map(|n| {
        next += n;
        (next - n..next).collect()
    });
    let structure = Structure::new(blocks.into(), PATHS.into(), 24).expect("a sound model");
    PathNumbers::new(structure, InnerScheme::Path, PlsOptions::default(), vec![9.0; 24]).expect("24 items")
}

/// The 250 answers, or as many of them with a step of noise as wanted.
fn cases(n: usize) -> Resampler {
    let file = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/data-samples/ecsi-mobile/responses.csv")).expect("the shipped answers");
    let mut reader = csv::Reader::from_reader(file.as_slice());
    let header = reader.headers().expect("a header").clone();
    let at = COLUMNS.map(|c| header.iter().position(|h| h == c).expect("a column of that name"));
    let rows: Vec<Vec<u8>> = reader
        .records()
        .map(|row| {
            let row = row.expect("a row");
            at.iter().map(|c| row[*c].parse::<u8>().expect("a number") - 1).collect()
        })
        .collect();
    let mut generator = ChaCha8Rng::seed_from_u64(1);
    let noisy = |x: u8, word: u32| match word % 4 {
        0 => x.saturating_sub(1),
        1 => (x + 1).min(9),
        _ => x,
    };
    let case = |i: usize| Case {
        steps: rows[i % 250]
            .iter()
            .map(|x| if n > 250 { noisy(*x, generator.next_u32()) } else { *x })
            .collect(),
        weight: 1.0,
        stratum: 0,
        post: 0,
        unit: None,
        domain: 0,
    };
    Resampler::new(Cases::new(24, (0..n).map(case).collect()).expect("24 items"))
}

/// Seconds of one call: the fastest of `rounds` rounds, which is what the code needs when nothing else wants the core.
fn fastest(rounds: u32, calls: u32, mut f: impl FnMut()) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..rounds {
        let start = Instant::now();
        (0..calls).for_each(|_| f());
        best = best.min(start.elapsed().as_secs_f64() / f64::from(calls));
    }
    best
}

/// Processor seconds of one call over so many rounds, all threads together, as Linux counts them (in hundredths); wall seconds elsewhere. Unlike a clock
/// on the wall they tell the same on a busy machine.
fn processor(rounds: u32, mut f: impl FnMut()) -> f64 {
    let ticks = || -> Option<f64> {
        let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        Some((fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?) / 100.0)
    };
    let (start, before) = (Instant::now(), ticks());
    (0..rounds).for_each(|_| f());
    let wall = start.elapsed().as_secs_f64();
    ticks().zip(before).map_or(wall, |(after, before)| after - before) / f64::from(rounds)
}

/// Multiply-adds a second that a core does at best with the instructions of the kernel: 16-bit numbers into 32-bit sums, two columns that stay in the
/// fastest cache, nothing else to do. Measured, so that no clock need be known; the longest time that nothing disturbed counts.
fn peak() -> f64 {
    let dot = |a: &[i16], b: &[i16]| {
        let terms = a.iter().zip(b);
        terms.fold(0_i32, |sum, (x, y)| sum.wrapping_add(i32::from(*x).wrapping_mul(i32::from(*y))))
    };
    let lengths = [256_usize, 1_024, 4_096];
    let rate = |n: usize| {
        let (a, b) = (vec![3_i16; n], vec![5_i16; n]);
        let calls = (200_000 / n) as u32;
        let seconds = fastest(2_000, calls, || {
            black_box(dot(black_box(&a), black_box(&b)));
        });
        n as f64 / seconds
    };
    lengths.into_iter().map(rate).fold(0.0, f64::max)
}

/// The pass over the packed answers against that peak, in turns so that both meet the same disturbances.
fn share_of_peak() {
    for n in [10_000, 100_000] {
        let cases = cases(n);
        let (mut best, mut top) = (f64::INFINITY, 0.0_f64);
        for _ in 0..20 {
            top = top.max(peak());
            best = best.min(fastest(20, 1, || {
                black_box(cases.full_sums());
            }));
        }
        let rate = n as f64 * 300.0 / best;
        println!(
            "cross products of n = {n:7}: {:.2} of {:.2} G multiply-adds/s that the loop alone does, {:.0} %",
            rate / 1e9,
            top / 1e9,
            rate / top * 100.0
        );
    }
}

fn main() {
    if std::env::args().any(|a| a == "peak") {
        share_of_peak();
        return;
    }
    let (model, small) = (model(), cases(250));
    let sums = small.full_sums();
    let (_, _, correlation) = model.estimate(&sums).expect("the model can be estimated");
    let pls = fastest(20, 2_000, || {
        black_box(estimate(&correlation, model.structure(), InnerScheme::Path, PlsOptions::default()).is_ok());
    });
    println!("path model from correlations, 24 items, 7 constructs   {:9.1} µs", pls * 1e6);
    let all = fastest(20, 1_000, || {
        black_box(model.of(&sums).is_ok());
    });
    println!("the same with effects, HTMT, HTMT2, indices, importance {:8.1} µs", all * 1e6);
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let plan = Resample {
            size: DrawSize::All,
            ..Resample::new(10_000, 1)
        };
        let run = || assert_eq!(small.bootstrap(&plan, |s| model.of(s.all)).expect("it is").failed(), 0);
        let (wall, cpu) = pool.install(|| (fastest(5, 1, run), processor(5, run)));
        println!(
            "10,000 replicates of all of it, n = 250, {threads} thread(s)     {wall:9.3} s wall, {cpu:.3} s processor, {:.1} µs a replicate",
            cpu * 100.0
        );
    }
    let plan = Resample::new(2_000, 1);
    for n in [250, 2_500, 25_000] {
        let cases = cases(n);
        let seconds = processor(3, || {
            assert_eq!(cases.bootstrap(&plan, |s| model.of(s.all)).expect("it is").failed(), 0);
        });
        println!(
            "2,000 replicates, n = {n:7}                            {seconds:9.3} s processor, {:.1} ns a case",
            seconds * 5e5 / n as f64
        );
    }
    for (n, rounds) in [(10_000, 1_000), (100_000, 100), (1_000_000, 10)] {
        let cases = cases(n);
        let pass = processor(rounds, || {
            black_box(cases.full_sums());
        });
        let rate = n as f64 * 300.0 / pass;
        let whole = processor(rounds, || {
            black_box(model.of(&cases.full_sums()).is_ok());
        });
        println!(
            "estimate of n = {n:9}, one core                      {:9.3} ms, of which the pass {:3.0} %: {:.2} G multiply-adds/s",
            whole * 1e3,
            (pass / whole * 100.0).min(100.0),
            rate / 1e9
        );
    }
}
