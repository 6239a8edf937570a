//! The forms a report is written in. Each is made from the finished [`Document`] alone, so that a number reads the same
//! to the printed digit in all of them.
//!
//! `html` stands beside this folder; `docx`, `xlsx` and `pdf` (feature `pdf`) are here.

mod columns;
pub mod docx;
#[cfg(feature = "pdf")]
mod pdf;
pub mod xlsx;

use super::document::{Block, Document};
use super::{Kind, ReportError, html};
use crate::locale::Lang;
pub use crate::survey::report_keys::Form;
use docx::WordTemplate;
use std::collections::BTreeMap;

/// What the files of a report are made with.
#[derive(Debug, Clone)]
pub struct Making<'a> {
    /// The kinds of report that are written.
    pub kinds: &'a [Kind],
    /// The forms that each is written in.
    pub forms: &'a [Form],
    /// The company's template of the Word files.
    pub word_template: Option<&'a WordTemplate>,
}

/// Pictures as PNG by the id of their figure: what forms without SVG show.
pub(super) type Pictures = BTreeMap<String, Vec<u8>>;

/// The document in a form.
pub(super) fn render(
    form: Form,
    document: &Document,
    lang: Lang,
    pictures: &Pictures,
    template: Option<&WordTemplate>,
) -> Result<Vec<u8>, ReportError> {
    match form {
        Form::Html => html::render(document, lang).map(String::into_bytes),
        Form::Docx => docx::render(document, lang, pictures, template),
        Form::Xlsx => xlsx::render(document, lang),
        #[cfg(feature = "pdf")]
        Form::Pdf => pdf::render(document, lang),
        #[cfg(not(feature = "pdf"))]
        Form::Pdf => Err(ReportError::Pdf("this program was built without PDF".to_owned())),
    }
}

/// The characters of a document that a form cannot show; only the PDF, which has its own fonts, lacks any.
pub(super) fn not_drawn(form: Form, document: &Document) -> Vec<char> {
    match form {
        #[cfg(feature = "pdf")]
        Form::Pdf => pdf::not_drawn(document),
        _ => {
            let _ = document;
            Vec::new()
        }
    }
}

/// The blocks of a chapter one after the other, those that are folded on a screen after their title.
pub(super) fn unfolded<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        if let Block::Details { blocks, .. } = block {
            unfolded(blocks, visit);
        }
    }
}
