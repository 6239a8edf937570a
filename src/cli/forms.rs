//! Which forms of report are written, and the company's template: from the command line, else from the definition.

use super::run::Loaded;
use manyidu::finding::{Code, Finding, Place};
use manyidu::io::{World, read_bytes};
use manyidu::report::forms::Form;
use manyidu::report::forms::docx::WordTemplate;
use std::io::Read;
use std::path::Path;

/// Largest template that is read.
const TEMPLATE_BYTES_MAX: u64 = 32 << 20;

/// The forms named on the command line, else those of the definition, else all that the program has.
pub(super) fn forms(named: &[String], loaded: &Loaded) -> Result<Vec<Form>, Finding> {
    let wanted: Vec<Form> = match named {
        [] => loaded.survey.report.formats.clone(),
        named => named.iter().filter_map(|name| Form::named(name)).collect(),
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
pub(super) fn word_template(named: Option<&Path>, loaded: &Loaded) -> Result<Option<WordTemplate>, Finding> {
    let (shown, bytes) = match (named, &loaded.survey.report.word_template) {
        (Some(path), _) => (path.display().to_string(), read_bytes(path, TEMPLATE_BYTES_MAX)?),
        (None, Some(name)) => (name.clone(), beside(name, loaded)?),
        (None, None) => return Ok(None),
    };
    WordTemplate::read(&bytes).map(Some).map_err(|fault| {
        Finding::new(Code::TemplateUnusable, Place::file(&shown))
            .with("file", &shown)
            .with("fault", fault.key())
    })
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
