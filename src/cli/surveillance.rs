//! `manyidu surveillance`: the yearly surveillance report over all waves.

use super::Ending;
use super::forms::FormArguments;
use super::run::{load, output_fault};
use super::show::Terminal;
use clap::Args;
use manyidu::finding::Refusal;
use manyidu::io::output;
use manyidu::pipeline::{self, Run, Wanted};
use manyidu::report::forms::{Form, Making};
use manyidu::report::{self, Kind};
use std::path::{Path, PathBuf};

/// What `surveillance` is told.
#[derive(Debug, Args)]
pub struct SurveillanceArguments {
    /// The survey definition or its folder, for example surveys/appliance-after-sales.
    survey: PathBuf,
    /// Folder to write into, replaced as a whole; reports/<survey>/surveillance when absent.
    #[arg(long)]
    out: Option<PathBuf>,
    #[command(flatten)]
    forms: FormArguments,
}

pub(super) fn surveillance(arguments: &SurveillanceArguments, terminal: &Terminal) -> Ending {
    match execute(arguments, terminal) {
        Ok((run, target)) => {
            told(&run, &target, terminal);
            Ending::Fine
        }
        Err(refusal) => {
            terminal.refuse(&refusal.0);
            Ending::Refused
        }
    }
}

fn execute(arguments: &SurveillanceArguments, terminal: &Terminal) -> Result<(Run, PathBuf), Refusal> {
    let definition = if arguments.survey.is_dir() {
        arguments.survey.join("survey.toml")
    } else {
        arguments.survey.clone()
    };
    let loaded = load(&definition)?;
    // The page is always among them, because its path is what is told at the end.
    let wanted = [vec![Form::Html], arguments.forms.forms(Some(&loaded))?].concat();
    let template = arguments.forms.word_template(Some(&loaded))?;
    let progress = |wave: &str, step| terminal.step(wave, step);
    let run = pipeline::run(
        &loaded.survey,
        &loaded.text,
        &loaded.warnings,
        &loaded.folder,
        Wanted::default(),
        &progress,
    )
    .map_err(|refusal| loaded.with_warnings(refusal))?;
    terminal.writing();
    let making = Making {
        kinds: &[Kind::Surveillance, Kind::Summary],
        forms: &wanted,
        word_template: template.as_ref(),
    };
    let files = report::write(&run.assessment, &making).map_err(|e| output_fault(&e))?.files;
    let default = || Path::new("reports").join(&loaded.survey.id).join("surveillance");
    let target = arguments.out.clone().unwrap_or_else(default);
    output::write_folder(&target, &files)?;
    Ok((run, target))
}

/// Where the report is, and what an auditor is bound to ask.
fn told(run: &Run, target: &Path, terminal: &Terminal) {
    let path = target.join(Kind::Surveillance.file(terminal.lang, "html")).display().to_string();
    let questions = run
        .assessment
        .surveillance
        .as_ref()
        .map(|s| s.questions.as_slice())
        .unwrap_or_default();
    if terminal.json {
        terminal.print_json(&serde_json::json!({ "ok": true, "report": path, "surveillance": run.assessment.surveillance }));
        return;
    }
    for question in questions {
        Terminal::print(&format!("? {}", question.text.get(terminal.lang)));
    }
    terminal.say("surveillance-done", &[("count", questions.len().to_string()), ("path", path)]);
}
