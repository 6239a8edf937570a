//! `manyidu check`: all problems of definition and data at once; nothing is written.

use super::Ending;
use super::run::load;
use super::show::Terminal;
use clap::Args;
use manyidu::finding::{Finding, FindingRecord, Refusal};
use manyidu::ingest::table::faults_of_file;
use manyidu::io::{Folder, read_definition};
use manyidu::pipeline::{self, Checked};
use manyidu::survey;
use std::path::PathBuf;

/// What `check` is told.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// The survey definition.
    definition: PathBuf,
}

pub(super) fn check(arguments: &CheckArguments, terminal: &Terminal) -> Ending {
    match execute(arguments, terminal) {
        Ok((waves, checked)) => {
            let records: Vec<FindingRecord> = checked.findings.iter().map(Finding::record).collect();
            terminal.findings(&records);
            let excluded = checked.received - checked.counted;
            if terminal.json {
                terminal.print_json(&serde_json::json!({
                    "ok": true, "waves": waves, "received": checked.received, "counted": checked.counted, "excluded": excluded,
                    "errors": 0, "warnings": records.len(), "findings": records,
                }));
            } else {
                let args = [
                    ("waves", waves.to_string()),
                    ("received", checked.received.to_string()),
                    ("counted", checked.counted.to_string()),
                    ("excluded", excluded.to_string()),
                ];
                terminal.say("check-fine", &args);
            }
            Ending::Fine
        }
        Err(refusal) => {
            terminal.refuse(&refusal.0);
            Ending::Refused
        }
    }
}

fn execute(arguments: &CheckArguments, terminal: &Terminal) -> Result<(usize, Checked), Refusal> {
    let loaded = load(&arguments.definition).map_err(|refusal| with_file_faults(arguments, refusal))?;
    let checked = pipeline::check(&loaded.survey, &loaded.folder, &|wave, step| terminal.step(wave, step));
    let mut checked = checked.map_err(|refusal| loaded.with_warnings(refusal))?;
    checked.findings.splice(0..0, loaded.warnings);
    Ok((loaded.survey.waves.len(), checked))
}

/// A definition that is refused still names files: their own faults are told in the same pass.
fn with_file_faults(arguments: &CheckArguments, refusal: Refusal) -> Refusal {
    let Ok(text) = read_definition(&arguments.definition) else {
        return refusal;
    };
    let folder = Folder::of(&arguments.definition);
    let files = survey::named_files("survey.toml", &text);
    Refusal(
        refusal
            .0
            .into_iter()
            .chain(files.iter().flat_map(|file| faults_of_file(&folder, file)))
            .collect(),
    )
}
