//! Which forms of report are written, and the company's template: from the command line, else from the definition.

use super::run::Loaded;
use clap::Args;
use manyidu::finding::{Code, Finding, Place};
use manyidu::io::{World, read_bytes};
use manyidu::report::forms::Form;
use manyidu::report::forms::docx::WordTemplate;
use std::io::Read;
use std::path::PathBuf;

/// Largest template that is read.
const TEMPLATE_BYTES_MAX: u64 = 32 << 20;

/// Forms and template, as every command that writes reports takes them.
#[derive(Debug, Args)]
pub(super) struct FormArguments {
    /// The forms of report to write, set apart by commas; all of them when absent.
    #[arg(long, value_delimiter = ',', value_parser = ["html", "docx", "xlsx", "pdf"])]
    formats: Vec<String>,
    /// A Word file (.docx) of your company, whose look the Word reports take over.
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
}

impl FormArguments {
    /// The forms named on the command line, else those of the definition, else all that the program has.
    pub(super) fn forms(&self, loaded: Option<&Loaded>) -> Result<Vec<Form>, Finding> {
        let wanted: Vec<Form> = if self.formats.is_empty() {
            loaded.map(|l| l.survey.report.formats.clone()).unwrap_or_default()
        } else {
            self.formats.iter().filter_map(|name| Form::named(name)).collect()
        };
        if let Some(form) = wanted.iter().find(|form| !form.is_built()) {
            let built: Vec<&str> = Form::built().into_iter().map(Form::ending).collect();
            return Err(Finding::new(Code::FormatNotBuilt, Place::default())
                .with("format", form.ending())
                .with("built", built.join(", ")));
        }
        Ok(if wanted.is_empty() { Form::built() } else { wanted })
    }

    /// The template named on the command line, else that of the definition.
    pub(super) fn word_template(&self, loaded: Option<&Loaded>) -> Result<Option<WordTemplate>, Finding> {
        let of_definition = loaded.and_then(|l| Some((l, l.survey.report.word_template.as_ref()?)));
        let (shown, bytes) = match (&self.template, of_definition) {
            (Some(path), _) => (path.display().to_string(), read_bytes(path, TEMPLATE_BYTES_MAX)?),
            (None, Some((loaded, name))) => (name.clone(), beside(name, loaded)?),
            (None, None) => return Ok(None),
        };
        WordTemplate::read(&bytes).map(Some).map_err(|fault| {
            Finding::new(Code::TemplateUnusable, Place::file(&shown))
                .with("file", &shown)
                .with("fault", fault.key())
        })
    }
}

/// A file beside the definition.
fn beside(name: &str, loaded: &Loaded) -> Result<Vec<u8>, Finding> {
    let unreadable = |error: std::io::Error| {
        Finding::new(Code::FileUnreadable, Place::file(name))
            .with("file", name)
            .with("reason", format!("{:?}", error.kind()))
    };
    let mut bytes = Vec::new();
    let file = loaded.folder.open(name).map_err(unreadable)?;
    file.take(TEMPLATE_BYTES_MAX).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}
