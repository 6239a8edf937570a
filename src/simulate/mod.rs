//! Simulated surveys: answers whose truth is known, for benchmarks, tests and demonstrations.
//!
//! [`SimulationPlan`] states everything; [`simulate`] streams the files of each wave into a [`FileSink`] and returns
//! the [`Truth`]. The same plan gives the same bytes on every machine.
//!
//! **Model.** Each respondent has one latent value `ξ_j` a dimension. `ξ_j = m_j + Σ β_ij ξ_i + ζ_j` over the
//! dimensions `i` that act on `j`, where `m_j` is the sum of the planted shifts ([`Shift`]) that apply to the
//! respondent's wave and stratum. `ζ_j` is normal with such a variance that `ξ_j` has variance 1 within a stratum.
//! Item `k` of dimension `j`: `y = offset_k + λ_k ξ_j + √(1 − λ_k²) ε`; its answer is the number of thresholds of its
//! scale that lie below `y`. This is the form of the ECSI model (Tenenhaus, Esposito Vinzi, Chatelin and Lauro 2005,
//! Computational Statistics & Data Analysis 48, section 2) with an ordinal cut.
//!
//! **Random numbers.** `ChaCha12Rng::seed_from_u64(seed)`. Wave `w` (from 0) draws the order of strata and kinds of rows
//! from stream `2w`, the content of row `r` from stream `2w + 1` at word `r × words_per_row`, and the fieldwork of a drawn sample
//! ([`plan::SamplePlan`]) from stream `2³² + w`. A row therefore does
//! not depend on the rows before it, except that a duplicate repeats one of them. Normal deviates are made in pairs by
//! the transform of Box and Muller with the logarithm, sine and cosine of `libm`.
//!
//! **Counting.** `rows` is the number of rows in the response file of each wave. Every row but a duplicate is one
//! distinct respondent with one final disposition: a broken-off row is `partial`, every other one is `complete`, also
//! the careless ones, because dispositions are what fieldwork knew before cleaning. So in every stratum
//! `complete + partial` = rows − duplicate rows, and `complete + partial + refusal + non_contact + other +
//! unknown_household + unknown_other + not_eligible = drawn`.

mod answers;
mod case;
mod check;
mod counts;
mod definition_text;
mod fieldwork;
mod ids;
pub mod plan;
mod population;
mod presets;
mod rows;
mod truth;
mod write;

pub use counts::Disposition;
pub use plan::{PlanError, Shift, SimulationPlan};
pub use truth::{DimensionTruth, ItemTruth, PathTruth, PlantedCounts, StratumTruth, Truth, WaveTruth};

use std::io::{self, Write};

/// Where simulated files go: a folder for the command line, memory for tests.
pub trait FileSink {
    /// Starts a file of this name. It is complete when the writer has been flushed and dropped.
    fn create<'a>(&'a mut self, name: &str) -> io::Result<Box<dyn Write + 'a>>;
}

impl FileSink for crate::io::Memory {
    fn create<'a>(&'a mut self, name: &str) -> io::Result<Box<dyn Write + 'a>> {
        let file = self.0.entry(name.to_owned()).or_default();
        file.clear();
        Ok(Box::new(file))
    }
}

/// Writes all files of a plan: for each wave `responses-<wave>.csv`, `frame-<wave>.csv` and
/// `dispositions-<wave>.csv`, then `survey.toml` and `truth.json`. A wave with a [`plan::SamplePlan`] also has `customers-<wave>.csv`,
/// `commitment-<wave>.json`, `draw-<wave>.json`, `drawn-<wave>.csv` and `cases-<wave>.csv`.
///
/// Memory does not grow with the number of rows, except where customers are listed. A plan that contradicts itself ends with an error of kind
/// `InvalidInput` that holds a [`PlanError`], before any file is made.
pub fn simulate(plan: &SimulationPlan, sink: &mut dyn FileSink) -> io::Result<Truth> {
    let invalid = |error: PlanError| io::Error::new(io::ErrorKind::InvalidInput, error);
    plan.check().map_err(invalid)?;
    let model = population::Population::new(plan).map_err(invalid)?;
    let mut waves = Vec::with_capacity(plan.waves.len());
    let mut designs = Vec::with_capacity(plan.waves.len());
    for (position, wave) in plan.waves.iter().enumerate() {
        let design = counts::Design::new(plan, wave).map_err(invalid)?;
        let fieldwork = fieldwork::Fieldwork::new(plan, position, &design).map_err(invalid)?;
        designs.push((design, fieldwork));
    }
    for ((position, wave), (design, fieldwork)) in plan.waves.iter().enumerate().zip(&mut designs) {
        let mut file = sink.create(&format!("responses-{}.csv", wave.id))?;
        let fielded = rows::write_rows(plan, position, &model, (design, fieldwork.as_mut()), &mut file)?;
        drop(file);
        let table = counts::frame_table(plan, design)?;
        sink.create(&format!("frame-{}.csv", wave.id))?.write_all(&table)?;
        let dispositions = counts::dispositions(design, &fielded);
        let table = counts::disposition_table(plan, &dispositions)?;
        sink.create(&format!("dispositions-{}.csv", wave.id))?.write_all(&table)?;
        if let Some(fieldwork) = fieldwork {
            let cases = fieldwork.cases(&dispositions)?;
            for (name, bytes) in fieldwork.files.drain(..).chain([cases]) {
                sink.create(&name)?.write_all(&bytes)?;
            }
        }
        waves.push(truth::wave(plan, position, &model, design, &fielded, &dispositions));
    }
    sink.create("survey.toml")?
        .write_all(definition_text::survey_toml(plan).as_bytes())?;
    let truth = truth::of(plan, &model, waves);
    let mut text = serde_json::to_string_pretty(&truth).map_err(io::Error::other)?;
    text.push('\n');
    sink.create("truth.json")?.write_all(text.as_bytes())?;
    Ok(truth)
}

#[cfg(test)]
mod tests;
