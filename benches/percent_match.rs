//! Maximum percent match of every respondent against every other: 24 items, simulated answers.

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use manyidu::clean::forensics::percent_match::{Search, search};
use manyidu::clean::forensics::{Coded, ItemValues};
use manyidu::ingest::ingest;
use manyidu::io::Memory;
use manyidu::simulate::{SimulationPlan, simulate};
use manyidu::survey;
use std::hint::black_box;

fn benches(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("percent match");
    group.sample_size(10);
    for rows in [10_000_u64, 50_000, 100_000] {
        let mut world = Memory::default();
        simulate(&SimulationPlan::bench(rows, 7), &mut world).expect("the preset is a valid plan");
        let text = String::from_utf8(world.0["survey.toml"].clone()).expect("definitions are UTF-8");
        let (survey, _) = survey::parse("survey.toml", "bench", &text).expect("the simulated definition is valid");
        let responses = ingest(&survey, &survey.waves[0], &world, &|_| {}).expect("simulated answers can be read");
        let items = vec![ItemValues { low: 0.0, width: 1.0 }; survey.scored_items];
        let settings = Search {
            items_min: survey.scored_items as u32 / 2,
            comparisons_max: u64::MAX,
            p_min: 0.001,
            seed: 1,
        };
        for threads in [1, 2] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            let answers = Coded::new(&responses.answers, responses.item_count, &items).expect("whole rows");
            group.bench_function(BenchmarkId::new(format!("{threads} threads"), rows), |b| {
                b.iter(|| pool.install(|| search(&answers, black_box(settings))));
            });
        }
    }
    group.finish();
}

criterion_group!(percent_match, benches);
criterion_main!(percent_match);
