//! `manyidu sample`: plan a sample, draw it so that anyone can repeat it, hold what came back against the draw.

mod draw;
mod plan;
mod table;
mod verify;

use super::Ending;
use super::show::Terminal;
use clap::{Args, Subcommand};
use manyidu::finding::{Code, Finding, Place, Refusal};
use manyidu::io::Folder;
use std::path::Path;

/// What `sample` is told.
#[derive(Debug, Args)]
pub struct SampleArguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// How many interviews, spread how over the strata, and what they can decide.
    Plan(Box<plan::PlanArguments>),
    /// Draw from a list of customers: seal list and design first (--commit), then draw with a seed that came up later.
    Draw(Box<draw::DrawArguments>),
    /// Hold list, draw and answers against a draw record; without a record, look for evidence against chance.
    Verify(Box<verify::VerifyArguments>),
}

pub(super) fn sample(arguments: &SampleArguments, terminal: &Terminal) -> Ending {
    let done = match &arguments.action {
        Action::Plan(arguments) => plan::plan(arguments, terminal),
        Action::Draw(arguments) => draw::draw(arguments, terminal),
        Action::Verify(arguments) => verify::verify(arguments, terminal),
    };
    done.unwrap_or_else(|refusal| {
        terminal.refuse(&refusal.0);
        Ending::Refused
    })
}

/// A file named on the command line, as a folder and a name in it.
fn place(path: &Path) -> (String, Folder) {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    (name, Folder::of(path))
}

/// A refusal of a plan or design, in the words of the locale: `<key>` and `<key>.hint`.
fn refusal(code: Code, key: &str, args: &[(&'static str, String)]) -> Refusal {
    let finding = Finding::new(code, Place::default()).with("reason", key);
    args.iter().fold(finding, |finding, (name, value)| finding.with(name, value)).into()
}

/// A day, or a refusal that names the option.
fn date(option: &str, text: Option<&String>) -> Result<Option<String>, Refusal> {
    match text {
        Some(text) if text.parse::<jiff::civil::Date>().is_err() || text.len() != 10 => {
            let finding = Finding::new(Code::WrongValue, Place::subject(option));
            Err(finding.with("key", option).with("expected", "YYYY-MM-DD").with("got", text).into())
        }
        other => Ok(other.cloned()),
    }
}

/// An option without which nothing can be done.
fn missing(option: &str) -> Refusal {
    refusal(Code::BadPlan, "missing-option", &[("option", option.to_owned())])
}
