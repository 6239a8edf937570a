//! What several test files need.

pub mod api;
pub mod office;

use manyidu::io::Folder;
use manyidu::pipeline::{self, Run, Wanted};
use manyidu::survey;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A path below the repository.
pub fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// The text of a file of the repository.
pub fn text(relative: &str) -> String {
    std::fs::read_to_string(path(relative)).unwrap_or_else(|e| panic!("{relative}: {e}"))
}

/// Runs a shipped survey in this process.
pub fn run_survey(id: &str) -> Run {
    let definition = path(&format!("surveys/{id}/survey.toml"));
    let text = std::fs::read_to_string(&definition).unwrap();
    let (survey, warnings) = survey::parse("survey.toml", id, &text).unwrap_or_else(|r| panic!("{:?}", r.0));
    let wanted = Wanted { scores: true };
    pipeline::run(&survey, &text, &warnings, &Folder::of(&definition), wanted, &|_, _| {}).unwrap_or_else(|r| panic!("{:?}", r.0))
}

/// Runs the built program in the repository's folder.
pub fn manyidu(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_manyidu"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap()
}

/// Standard error and output of a command as one text, with its exit code.
pub fn transcript(output: &Output) -> String {
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    format!("{stderr}{stdout}exit {}\n", output.status.code().unwrap_or(-1))
}
