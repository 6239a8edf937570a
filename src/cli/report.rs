//! `manyidu report`: the reports once more, from an `assessment.json` alone.

use super::Ending;
use super::forms::FormArguments;
use super::run::output_fault;
use super::show::Terminal;
use clap::{Args, ValueEnum};
use manyidu::assessment;
use manyidu::finding::Refusal;
use manyidu::io::{output, read_text};
use manyidu::report::forms::Making;
use manyidu::report::{self, Kind};
use std::path::PathBuf;

/// What `report` is told.
#[derive(Debug, Args)]
pub struct ReportArguments {
    /// The assessment.json of a run.
    assessment: PathBuf,
    /// Folder to write into, replaced as a whole.
    #[arg(long)]
    out: PathBuf,
    /// Kinds of report, separated by commas; all when absent.
    #[arg(long, value_enum, value_delimiter = ',')]
    kinds: Vec<KindChoice>,
    #[command(flatten)]
    forms: FormArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum KindChoice {
    /// Everything, for handing in.
    Report,
    /// The validation of the sample alone.
    Sampling,
    /// The yearly surveillance report.
    Surveillance,
    /// One page.
    Summary,
}

impl KindChoice {
    const fn kind(self) -> Kind {
        match self {
            Self::Report => Kind::Evidence,
            Self::Sampling => Kind::Sampling,
            Self::Surveillance => Kind::Surveillance,
            Self::Summary => Kind::Summary,
        }
    }
}

pub(super) fn report(arguments: &ReportArguments, terminal: &Terminal) -> Ending {
    match execute(arguments, terminal) {
        Ok(()) => Ending::Fine,
        Err(refusal) => {
            terminal.refuse(&refusal.0);
            Ending::Refused
        }
    }
}

fn execute(arguments: &ReportArguments, terminal: &Terminal) -> Result<(), Refusal> {
    let file = arguments.assessment.display().to_string();
    let assessment = assessment::read(&file, read_text(&arguments.assessment)?.as_bytes())?;
    let chosen: Vec<Kind> = arguments.kinds.iter().map(|k| k.kind()).collect();
    let kinds = if chosen.is_empty() { Kind::ALL.to_vec() } else { chosen };
    let template = arguments.forms.word_template(None)?;
    terminal.writing();
    let making = Making {
        kinds: &kinds,
        forms: &arguments.forms.forms(None)?,
        word_template: template.as_ref(),
    };
    let files = report::write(&assessment, &making).map_err(|e| output_fault(&e))?.files;
    output::write_folder(&arguments.out, &files)?;
    let path = arguments.out.display().to_string();
    if terminal.json {
        let names: Vec<&String> = files.keys().collect();
        terminal.print_json(&serde_json::json!({ "ok": true, "folder": path, "files": names }));
    } else {
        terminal.say("report-written", &[("count", files.len().to_string()), ("path", path)]);
    }
    Ok(())
}
