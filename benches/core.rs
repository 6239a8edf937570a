//! Micro-benchmarks of what runs once an answer, once a replicate or once a byte.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use manyidu::index::replicates::Jackknife;
use manyidu::index::shares::shares;
use manyidu::ingest::{Responses, ingest};
use manyidu::io::Memory;
use manyidu::simulate::{SimulationPlan, simulate};
use manyidu::survey::{self, Survey};
use manyidu::tally::tally;
use manyidu::weight::targets::Targets;
use std::hint::black_box;

fn simulated(rows: u64) -> (Survey, Memory) {
    let mut world = Memory::default();
    simulate(&SimulationPlan::bench(rows, 7), &mut world).expect("the preset is a valid plan");
    let text = String::from_utf8(world.0["survey.toml"].clone()).expect("definitions are UTF-8");
    let (survey, _) = survey::parse("survey.toml", "bench", &text).expect("the simulated definition is valid");
    (survey, world)
}

fn read(survey: &Survey, world: &Memory) -> Responses {
    ingest(survey, &survey.waves[0], world, &|_| {}).expect("simulated answers can be read")
}

fn benches(criterion: &mut Criterion) {
    let rows = 20_000;
    let (survey, world) = simulated(rows);
    let bytes = world.0[&survey.waves[0].responses].len() as u64;
    let mut group = criterion.benchmark_group("ingest");
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function(BenchmarkId::new("rows", rows), |b| b.iter(|| read(&survey, &world)));
    group.finish();

    let responses = read(&survey, &world);
    let kept = vec![true; responses.len()];
    let mut group = criterion.benchmark_group("tally");
    group.throughput(Throughput::Elements(rows));
    group.bench_function(BenchmarkId::new("rows", rows), |b| {
        b.iter(|| tally(&survey, &responses, black_box(&kept)));
    });
    group.finish();

    let cells = tally(&survey, &responses, &kept);
    let (weights, _, _) = manyidu::weight::weigh(&survey, &responses, None, &Targets::default(), &cells).expect("weights without margins");
    let jackknife = Jackknife::new(&cells, &weights, &[]);
    criterion.bench_function("path model, one estimate from sums (24 items)", |b| {
        b.iter(|| shares(&survey, jackknife.total()));
    });
    let replicates = u64::from(cells.group_count());
    let mut group = criterion.benchmark_group("jackknife");
    group.throughput(Throughput::Elements(replicates));
    group.bench_function(BenchmarkId::new("path model replicates", replicates), |b| {
        b.iter(|| jackknife.map(|replicate| shares(&survey, &replicate.sums).is_ok()));
    });
    group.finish();
}

criterion_group!(core, benches);
criterion_main!(core);
