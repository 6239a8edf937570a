//! What needs several waves, or files beside them: read before anything is estimated, put together when all waves are.

use crate::assessment::WaveAssessment;
use crate::assessment::over_time::OverTime;
use crate::evidence::InputFile;
use crate::finding::Refusal;
use crate::io::World;
use crate::locale::{Lang, Messages, Text};
use crate::survey::over_time::{Series, SeriesKind};
use crate::survey::{IndexSpec, Survey};
use crate::trend::Comparison;
use crate::trend::benchmark::{self, BenchmarkValue};
use crate::trend::comparability::PairComparability;
use crate::trend::control::{self, Found, SeriesAssessment};
use crate::trend::decomposition::decompositions;
use std::collections::BTreeMap;

/// Series and benchmarks, as read.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// By position in the definition.
    series: BTreeMap<usize, Found>,
    benchmarks: Option<(Vec<BenchmarkValue>, InputFile)>,
}

/// Reads series and benchmarks; faults of all files are told together.
pub(super) fn read(survey: &Survey, world: &dyn World) -> Result<Beside, Refusal> {
    let mut beside = Beside::default();
    let mut faults = Vec::new();
    for (position, one) in survey.series.iter().enumerate().filter(|(_, s)| s.from.is_none()) {
        match control::read_series(one, world) {
            Ok((values, input)) => {
                beside.series.insert(position, Found::unbroken(values, one.kind, Some(input)));
            }
            Err(refusal) => faults.extend(refusal.0),
        }
    }
    match survey
        .benchmarks
        .as_ref()
        .map(|file| benchmark::read_benchmarks(file, world))
        .transpose()
    {
        Ok(found) => beside.benchmarks = found,
        Err(refusal) => faults.extend(refusal.0),
    }
    if faults.is_empty() { Ok(beside) } else { Err(Refusal(faults)) }
}

/// What all waves say together; `None` for a single wave without series and benchmarks.
pub(super) fn assemble(
    survey: &Survey,
    waves: &[WaveAssessment],
    comparability: Vec<PairComparability>,
    comparisons: &[Comparison],
    (mut beside, of_answers): (Beside, BTreeMap<usize, Found>),
) -> Option<OverTime> {
    beside.series.extend(of_answers);
    let (level, seed) = (survey.design.level, survey.design.seed);
    let index_dimension = match survey.index {
        IndexSpec::Dimension(at) => survey.dimensions.get(at).map(|d| d.id.as_str()),
        IndexSpec::Composite => None,
    };
    let of_spec = |(position, found)| Some(control::assess(survey.series.get(position)?, found, level, seed));
    let mut series: Vec<SeriesAssessment> = beside.series.into_iter().filter_map(of_spec).collect();
    if let Some(values) = control::waves_as_series(waves, &comparability) {
        series.insert(
            0,
            control::assess(&waves_spec(survey), Found::unbroken(values, SeriesKind::Mean, None), level, seed),
        );
    }
    let benchmarks = beside
        .benchmarks
        .map(|(values, input)| benchmark::beside(values, input, waves, level));
    if waves.len() < 2 && series.is_empty() && benchmarks.is_none() {
        return None;
    }
    Some(OverTime {
        decompositions: decompositions(waves, &comparability, comparisons, index_dimension, level),
        comparability,
        series,
        benchmarks,
    })
}

/// The index of the waves as a series, under an id that no series of the definition has.
fn waves_spec(survey: &Survey) -> Series {
    let mut id = "waves".to_owned();
    while survey.series.iter().any(|s| s.id == id) {
        id.push('-');
    }
    let word = |lang: Lang| Messages::of(lang).word("report-series-of-waves");
    Series {
        id,
        title: Some(Text {
            zh: word(Lang::Zh),
            en: word(Lang::En),
        }),
        file: String::new(),
        from: None,
        of: None,
        by: None,
        base_min: None,
        kind: SeriesKind::Mean,
        per_year: None,
        baseline: None,
        ewma_weight: None,
        ewma_width: None,
        cusum_allowance: None,
        cusum_interval: None,
    }
}
