//! `manyidu check`: all problems of definition and data at once; nothing is written.

use super::Ending;
use super::run::load;
use super::show::Terminal;
use clap::Args;
use manyidu::finding::{Finding, FindingRecord, Refusal};
use manyidu::pipeline;
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
    let loaded = load(&arguments.definition)?;
    let (respondents, findings) = pipeline::check(&loaded.survey, &loaded.folder, &|wave, step| terminal.step(wave, step))?;
    Ok((
        loaded.survey.waves.len(),
        respondents,
        loaded.warnings.into_iter().chain(findings).collect(),
    ))
}
