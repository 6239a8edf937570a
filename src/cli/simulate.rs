//! `manyidu simulate`: answers from a stated model, for samples, tests and measurements.

use super::Ending;
use super::show::Terminal;
use clap::{Args, ValueEnum};
use manyidu::finding::{Code, Finding, Place};
use manyidu::io::output::write_stream;
use manyidu::simulate::{SimulationPlan, simulate as write};
use std::path::PathBuf;

/// What `simulate` is told.
#[derive(Debug, Args)]
pub struct SimulateArguments {
    /// Rows of each response file; the preset's own number when absent. With more there are also more customers.
    #[arg(long)]
    rows: Option<u64>,
    /// Seed: the same seed gives the same bytes.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Folder to write into, replaced as a whole.
    #[arg(long)]
    out: PathBuf,
    /// What to simulate.
    #[arg(long, value_enum, default_value_t = Preset::Bench)]
    preset: Preset,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Preset {
    /// 24 items, 8 strata, one wave, any number of rows.
    Bench,
    /// Three waves of an after-sales survey in Chinese: the shipped sample is `--preset appliance --seed 2025`.
    Appliance,
}

/// Rows of the bench preset when nothing is said.
const BENCH_ROWS: u64 = 10_000;

pub(super) fn simulate(arguments: &SimulateArguments, terminal: &Terminal) -> Ending {
    let plan = match arguments.preset {
        Preset::Bench => SimulationPlan::bench(arguments.rows.unwrap_or(BENCH_ROWS), arguments.seed),
        Preset::Appliance => {
            let plan = SimulationPlan::appliance(arguments.seed);
            let rows = arguments.rows.unwrap_or(plan.rows);
            plan.with_rows(rows)
        }
    };
    let rows = plan.rows * plan.waves.len() as u64;
    match write_stream(&arguments.out, |folder| write(&plan, folder).map(|_| ())) {
        Ok(()) => {
            let path = arguments.out.join("survey.toml").display().to_string();
            if terminal.json {
                terminal.print_json(&serde_json::json!({ "ok": true, "rows": rows, "definition": path }));
            } else {
                terminal.say("simulate-done", &[("rows", rows.to_string()), ("path", path)]);
            }
            Ending::Fine
        }
        Err(error) => {
            let path = arguments.out.display().to_string();
            let finding = Finding::new(Code::OutputUnwritable, Place::file(&path)).with("file", &path);
            terminal.refuse(&[finding.with("reason", error)]);
            Ending::Refused
        }
    }
}
