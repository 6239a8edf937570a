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
use super::{ReportError, html};
use crate::locale::Lang;
use docx::WordTemplate;
use std::collections::BTreeMap;

/// A form of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// One page for a browser.
    Html,
    /// Word.
    Docx,
    /// Excel.
    Xlsx,
    /// On paper.
    Pdf,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 4] = [Self::Html, Self::Docx, Self::Xlsx, Self::Pdf];

    /// The ending of its files, which is also its name on the command line.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
        }
    }

    /// False for the PDF of a program that was built without typesetting.
    #[must_use]
    pub const fn is_built(self) -> bool {
        !matches!(self, Self::Pdf) || cfg!(feature = "pdf")
    }

    /// The forms that this program can write.
    #[must_use]
    pub fn built() -> Vec<Self> {
        Self::ALL.into_iter().filter(|form| form.is_built()).collect()
    }

    /// The form with this ending.
    #[must_use]
    pub fn named(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.ending() == ending)
    }
}

/// What the files of a report are made with.
#[derive(Debug, Clone)]
pub struct Making<'a> {
    /// The forms that are written.
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
#[must_use]
pub fn not_drawn(form: Form, document: &Document) -> Vec<char> {
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
