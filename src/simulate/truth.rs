//! What was put into the answers, so that what comes out can be held against it.

use super::case::RowKind;
use super::counts::{Design, Disposition};
use super::plan::{Shift, SimulationPlan};
use super::population::{Population, expected_score};
use super::rows::Fielded;
use serde::Serialize;

/// The stated truth of a simulation (`truth.json`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Truth {
    /// That the data are simulated.
    pub notice: crate::locale::Text,
    /// Id of the survey.
    pub survey: String,
    /// The generator and its use of streams.
    pub generator: &'static str,
    /// Key of the random numbers.
    pub seed: u64,
    /// Rows of each response file.
    pub rows: u64,
    /// The paths between dimensions.
    pub paths: Vec<PathTruth>,
    /// Lasting differences and planted changes, before the paths pass them on.
    pub shifts: Vec<Shift>,
    /// The waves, in order.
    pub waves: Vec<WaveTruth>,
}

/// One path of the structural model, in standard deviations within a stratum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PathTruth {
    /// Acting dimension.
    pub from: String,
    /// Dimension acted on.
    pub to: String,
    /// Path coefficient.
    pub coefficient: f64,
}

/// What was put into one wave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WaveTruth {
    /// The wave.
    pub id: String,
    /// Response file.
    pub file: String,
    /// Rows by kind.
    pub planted: PlantedCounts,
    /// By stratum.
    pub strata: Vec<StratumTruth>,
    /// Population values by dimension, each stratum counted by its customers.
    pub dimensions: Vec<DimensionTruth>,
}

/// Rows of a response file by kind. The kinds exclude each other and add up to the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PlantedCounts {
    /// Rows with nothing wrong.
    pub honest: u64,
    /// Rows that repeat an earlier one.
    pub duplicate: u64,
    /// Rows with the same step on every item.
    pub straight_line: u64,
    /// Rows answered too fast.
    pub too_fast: u64,
    /// Rows that fail the attention question.
    pub inattentive: u64,
    /// Rows broken off.
    pub partial: u64,
    /// Rows with an answer that no scale knows.
    pub faulty: u64,
    /// Rows submitted on a day that does not exist.
    pub impossible_date: u64,
}

/// One stratum of a wave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StratumTruth {
    /// Values of the strata columns.
    pub stratum: Vec<String>,
    /// Customers.
    pub population: u64,
    /// Drawn.
    pub drawn: u64,
    /// Rows of the response file, duplicates included.
    pub rows: u64,
    /// Final codes of the drawn.
    pub dispositions: Disposition,
    /// Mean latent value of each dimension, in the order of the dimensions.
    pub latent_means: Vec<f64>,
}

/// Population values of a dimension.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DimensionTruth {
    /// The dimension.
    pub id: String,
    /// Mean latent value.
    pub latent_mean: f64,
    /// Expected score, 0 to 100, with equal weights of the items. An index with other weights lies between the
    /// lowest and the highest of its items' scores.
    pub score_equal_weights: f64,
    /// Its items.
    pub items: Vec<ItemTruth>,
}

/// Population values of an item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemTruth {
    /// The item.
    pub id: String,
    /// Loading on its dimension.
    pub loading: f64,
    /// Expected score, 0 to 100, more is better.
    pub score: f64,
}

const GENERATOR: &str = "ChaCha12 (rand_chacha), seed_from_u64(seed); wave w from 0: stream 2w for the order of rows, 2w + 1 for their content, 2^32 + w for the fieldwork of a drawn sample";

pub(super) fn of(plan: &SimulationPlan, model: &Population, waves: Vec<WaveTruth>) -> Truth {
    let paths = plan.dimensions.iter().zip(&model.sources).flat_map(|(to, incoming)| {
        incoming.iter().filter_map(|(from, coefficient)| {
            let from = plan.dimensions.get(*from)?.id.clone();
            Some(PathTruth {
                from,
                to: to.id.clone(),
                coefficient: *coefficient,
            })
        })
    });
    Truth {
        notice: plan.notice.clone(),
        survey: plan.id.clone(),
        generator: GENERATOR,
        seed: plan.seed,
        rows: plan.rows,
        paths: paths.collect(),
        shifts: plan.shifts.clone(),
        waves,
    }
}

pub(super) fn wave(
    plan: &SimulationPlan,
    position: usize,
    model: &Population,
    design: &Design,
    fielded: &Fielded,
    dispositions: &[Disposition],
) -> WaveTruth {
    let id = plan.waves.get(position).map(|w| w.id.clone()).unwrap_or_default();
    let means = model.means.get(position).map_or(&[][..], Vec::as_slice);
    let counts = design.population.iter().zip(&design.drawn).zip(&fielded.rows).zip(dispositions);
    let strata = plan
        .strata
        .iter()
        .zip(counts)
        .zip(means)
        .map(|((stratum, (((n, drawn), rows), codes)), means)| StratumTruth {
            stratum: stratum.values.clone(),
            population: *n,
            drawn: *drawn,
            rows: *rows,
            dispositions: *codes,
            latent_means: means.clone(),
        });
    let dimension = |at| dimension_truth(plan, at, means, &design.population);
    WaveTruth {
        file: format!("responses-{id}.csv"),
        id,
        planted: planted(fielded),
        strata: strata.collect(),
        dimensions: (0..plan.dimensions.len()).filter_map(dimension).collect(),
    }
}

fn planted(fielded: &Fielded) -> PlantedCounts {
    PlantedCounts {
        honest: fielded.of(RowKind::Honest),
        duplicate: fielded.of(RowKind::Duplicate),
        straight_line: fielded.of(RowKind::StraightLine),
        too_fast: fielded.of(RowKind::TooFast),
        inattentive: fielded.of(RowKind::Inattentive),
        partial: fielded.of(RowKind::Partial),
        faulty: fielded.of(RowKind::Faulty),
        impossible_date: fielded.of(RowKind::ImpossibleDate),
    }
}

fn dimension_truth(plan: &SimulationPlan, at: usize, means: &[Vec<f64>], population: &[u64]) -> Option<DimensionTruth> {
    let dimension = plan.dimensions.get(at)?;
    let all = population.iter().sum::<u64>().max(1) as f64;
    let over_strata = |value: &dyn Fn(f64) -> f64| -> f64 {
        let terms = means
            .iter()
            .zip(population)
            .filter_map(|(m, n)| Some(value(*m.get(at)?) * *n as f64));
        terms.sum::<f64>() / all
    };
    let items: Vec<ItemTruth> = dimension
        .items
        .iter()
        .filter_map(|item| {
            let scale = plan.scale(&item.scale)?;
            let score = over_strata(&|mean| expected_score(item, &scale.thresholds, mean));
            Some(ItemTruth {
                id: item.id.clone(),
                loading: item.loading,
                score,
            })
        })
        .collect();
    let score = items.iter().map(|i| i.score).sum::<f64>() / items.len().max(1) as f64;
    Some(DimensionTruth {
        id: dimension.id.clone(),
        latent_mean: over_strata(&|m| m),
        score_equal_weights: score,
        items,
    })
}
