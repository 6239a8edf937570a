//! `manyidu check`: all problems of definition and data at once; nothing is written.

use super::Ending;
use super::run::load;
use super::show::Terminal;
use clap::Args;
use manyidu::finding::{Finding, FindingRecord, Refusal};
use manyidu::ingest::table::faults_of_file;
use manyidu::io::{Folder, read_definition};
use manyidu::{pipeline, survey};
use std::path::PathBuf;

/// What `check` is told.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// The survey definition.
    definition: PathBuf,
}

pub(super) fn check(arguments: &CheckArguments, terminal: &Terminal) -> Ending {
    match execute(arguments, terminal) {
        Ok((waves, respondents, findings)) => {
            let records: Vec<FindingRecord> = findings.iter().map(Finding::record).collect();
            terminal.findings(&records);
            if terminal.json {
                terminal.print_json(&serde_json::json!({
                    "ok": true, "waves": waves, "respondents": respondents, "errors": 0, "warnings": records.len(), "findings": records,
                }));
            } else {
                terminal.say(
                    "check-fine",
                    &[("waves", waves.to_string()), ("respondents", respondents.to_string())],
                );
            }
            Ending::Fine
        }
        Err(refusal) => {
            terminal.refuse(&refusal.0);
            Ending::Refused
        }
    }
}

fn execute(arguments: &CheckArguments, terminal: &Terminal) -> Result<(usize, u64, Vec<Finding>), Refusal> {
    let loaded = load(&arguments.definition).map_err(|refusal| with_file_faults(arguments, refusal))?;
    let (respondents, findings) = pipeline::check(&loaded.survey, &loaded.folder, &|wave, step| terminal.step(wave, step))?;
    Ok((
        loaded.survey.waves.len(),
        respondents,
        loaded.warnings.into_iter().chain(findings).collect(),
    ))
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
