//! `manyidu scorecard new`: the blank scorecard of a scheme, with what a survey can say as evidence.

use super::Ending;
use super::scheme::text_of;
use super::show::Terminal;
use clap::{Args, Subcommand};
use manyidu::assessment::Assessment;
use manyidu::finding::{Code, Finding, Place, Refusal};
use manyidu::grade::blank;
use manyidu::grade::scheme::{Reads, Scheme};
use manyidu::io::{output::write_new_file, read_text};
use manyidu::report::scorecard_evidence;
use std::cell::Cell;
use std::path::{Path, PathBuf};

/// What `scorecard` is told.
#[derive(Debug, Args)]
pub struct ScorecardArguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write the blank scorecard of a scheme.
    New {
        /// Scheme: id or file.
        scheme: String,
        /// File to write; one that is there is never replaced.
        #[arg(long)]
        out: PathBuf,
        /// An assessment.json whose estimates are written down as evidence, never as points.
        #[arg(long)]
        assessment: Option<PathBuf>,
    },
}

pub(super) fn scorecard(arguments: &ScorecardArguments, terminal: &Terminal) -> Ending {
    let Action::New { scheme, out, assessment } = &arguments.action;
    match new(scheme, out, assessment.as_deref(), terminal) {
        Ok(()) => Ending::Fine,
        Err(refusal) => {
            terminal.refuse(&refusal.0);
            Ending::Refused
        }
    }
}

fn new(scheme: &str, out: &Path, assessment: Option<&Path>, terminal: &Terminal) -> Result<(), Refusal> {
    let (file, text) = text_of(scheme)?;
    let scheme = Scheme::parse(&file, &text)?;
    if scheme.blocks.is_empty() || scheme.reads == Reads::Method {
        let finding = Finding::new(Code::NotScoredOnSite, Place::subject(&scheme.id));
        return Err(finding.with("scheme", &scheme.id).into());
    }
    let assessment = assessment.map(read_assessment).transpose()?;
    let evidenced = Cell::new(0_u32);
    let card = blank(&scheme, terminal.lang, &|part| {
        let text = scorecard_evidence(assessment.as_ref()?, terminal.lang, part)?;
        evidenced.set(evidenced.get() + 1);
        Some(text)
    });
    write_new_file(out, card.as_bytes())?;
    let (path, clauses) = (out.display().to_string(), card.lines().count() - 1);
    let evidenced = evidenced.get();
    if terminal.json {
        terminal
            .print_json(&serde_json::json!({ "ok": true, "scheme": scheme.id, "path": path, "clauses": clauses, "evidenced": evidenced }));
    } else {
        let args = [
            ("path", path),
            ("clauses", clauses.to_string()),
            ("evidenced", evidenced.to_string()),
        ];
        terminal.say("scorecard-written", &args);
    }
    Ok(())
}

fn read_assessment(path: &Path) -> Result<Assessment, Refusal> {
    manyidu::assessment::read(&path.display().to_string(), read_text(path)?.as_bytes())
}
