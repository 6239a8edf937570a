//! `manyidu scheme`: list, show, check, new.

use super::Ending;
use super::show::Terminal;
use clap::{Args, Subcommand};
use manyidu::finding::{Code, Finding, Place, Refusal};
use manyidu::grade::scheme::{Scheme, Status, shipped, shipped_ids};
use manyidu::io::{output::write_new_file, read_definition, read_text};
use manyidu::round::printed;
use manyidu::survey::nearest;
use std::path::{Path, PathBuf};

/// What `scheme` is told.
#[derive(Debug, Args)]
pub struct SchemeArguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the schemes that ship with the program.
    List,
    /// Print a scheme: a shipped one by its id, or a file.
    Show {
        /// Id or file.
        scheme: String,
    },
    /// Check a scheme file; nothing is written.
    Check {
        /// The file.
        file: PathBuf,
    },
    /// Write a copy of a scheme under an id of its own, to enter a body's rule in.
    New {
        /// Id of the copy.
        id: String,
        /// Scheme to copy: id or file.
        #[arg(long)]
        from: String,
        /// File to write; one that is there is never replaced.
        #[arg(long)]
        out: PathBuf,
    },
}

pub(super) fn scheme(arguments: &SchemeArguments, terminal: &Terminal) -> Ending {
    let result = match &arguments.action {
        Action::List => list(terminal),
        Action::Show { scheme } => show(scheme, terminal),
        Action::Check { file } => check(file, terminal),
        Action::New { id, from, out } => new(id, from, out, terminal),
    };
    match result {
        Ok(()) => Ending::Fine,
        Err(refusal) => {
            terminal.refuse(&refusal.0);
            Ending::Refused
        }
    }
}

/// The name by which complaints call it, and the text: of a file, or of a shipped scheme.
pub(super) fn text_of(scheme: &str) -> Result<(String, String), Refusal> {
    if Path::new(scheme).extension().is_some_and(|e| e == "toml") && shipped(scheme).is_none() {
        return Ok((scheme.to_owned(), read_definition(Path::new(scheme))?));
    }
    if let Some(text) = shipped(scheme) {
        return Ok((scheme.to_owned(), text.to_owned()));
    }
    let known = shipped_ids();
    let near = nearest(scheme, known.iter().copied()).unwrap_or_else(|| known.join(", "));
    let finding = Finding::new(Code::UnknownScheme, Place::default());
    Err(finding.with("scheme", scheme).with("nearest", near).into())
}

fn grades(scheme: &Scheme) -> String {
    let one = |g: &manyidu::grade::scheme::Grade| {
        let mark = if g.status == Status::Assumed { "?" } else { "" };
        format!("{} {} {}{mark}", g.id, if g.inclusive { "≥" } else { ">" }, printed(g.min, 0))
    };
    scheme.grades.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn list(terminal: &Terminal) -> Result<(), Refusal> {
    let mut rows = Vec::new();
    for id in shipped_ids() {
        let scheme = Scheme::parse(id, shipped(id).unwrap_or_default())?;
        if terminal.json {
            rows.push(serde_json::json!({
                "id": scheme.id, "family": scheme.family, "title": scheme.title, "document": scheme.document, "reads": scheme.reads,
                "in_force_from": scheme.in_force_from, "in_force_until": scheme.in_force_until, "provisional": scheme.provisional(),
                "grades": scheme.grades.iter().map(|g| serde_json::json!({ "id": g.id, "min": g.min, "status": g.status })).collect::<Vec<_>>(),
            }));
        } else {
            let text = format!("{id:<22}{}\n{:<22}{}", scheme.title.get(terminal.lang), "", grades(&scheme));
            Terminal::print(text.trim_end());
        }
    }
    if terminal.json {
        terminal.print_json(&serde_json::Value::Array(rows));
    }
    Ok(())
}

fn show(scheme: &str, terminal: &Terminal) -> Result<(), Refusal> {
    let (file, text) = text_of(scheme)?;
    if terminal.json {
        let document = manyidu::survey::Document::parse(&file, &text).map_err(Refusal)?;
        terminal.print_json(document.value());
    } else {
        Terminal::print(text.trim_end());
    }
    Ok(())
}

fn check(file: &Path, terminal: &Terminal) -> Result<(), Refusal> {
    let name = file.display().to_string();
    let scheme = Scheme::parse(&name, &read_text(file)?)?;
    let assumed = manyidu::grade::assumed_values(&scheme);
    if terminal.json {
        terminal.print_json(&serde_json::json!({
            "ok": true, "id": scheme.id, "provisional": scheme.provisional(), "errors": 0, "assumed": assumed,
        }));
        return Ok(());
    }
    for value in &assumed {
        let number = value.value.map_or_else(|| "–".to_owned(), |v| v.to_string());
        let args = [
            ("path", value.path.clone()),
            ("value", number),
            ("source", value.source.get(terminal.lang).to_owned()),
        ];
        terminal.say("scheme-assumed", &args);
    }
    let provisional = terminal.word(if scheme.provisional() {
        "scheme-provisional-yes"
    } else {
        "scheme-provisional-no"
    });
    let counts = [
        ("scheme", scheme.id.clone()),
        ("grades", scheme.grades.len().to_string()),
        ("assumed", assumed.len().to_string()),
        ("provisional", provisional),
    ];
    terminal.say("scheme-fine", &counts);
    Ok(())
}

fn new(id: &str, from: &str, out: &Path, terminal: &Terminal) -> Result<(), Refusal> {
    let fits = !id.is_empty() && id.len() <= 64 && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    if !fits {
        return Err(Finding::new(Code::BadId, Place::default()).with("id", id).into());
    }
    if shipped(id).is_some() {
        let finding = Finding::new(Code::DuplicateScheme, Place::default());
        return Err(finding.with("id", id).with("file", out.display()).with("other", "manyidu").into());
    }
    let (file, text) = text_of(from)?;
    let base = Scheme::parse(&file, &text)?;
    // Only the id changes, so that a reader can compare the copy with the original line by line.
    let own = format!("id = \"{id}\"");
    let mut renamed = false;
    let lines = text.lines().map(|line| {
        let first = !renamed && line.trim_start().starts_with("id") && line.contains(&base.id);
        renamed |= first;
        if first { own.as_str() } else { line }
    });
    let copy = lines.collect::<Vec<_>>().join("\n") + "\n";
    Scheme::parse(&out.display().to_string(), &copy)?;
    write_new_file(out, copy.as_bytes())?;
    let path = out.display().to_string();
    if terminal.json {
        terminal.print_json(&serde_json::json!({ "ok": true, "id": id, "from": base.id, "path": path }));
    } else {
        terminal.say("scheme-written", &[("path", path)]);
    }
    Ok(())
}
