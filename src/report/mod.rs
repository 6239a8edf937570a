//! The assessment → files. Pure: the same value gives the same bytes.
//!
//! [`figures`] draws, the chapters turn the assessment into a document of finished texts for one [`Kind`] of reader, and
//! each form of file ([`html`]) is made from that document alone, so that a number reads the same in all of them.

mod chapters;
pub mod charts;
pub mod document;
mod evidence;
pub mod figures;
pub mod forms;
pub mod html;
mod kinds;
mod page;

mod words;

pub use evidence::scorecard_evidence;
pub use kinds::{Kind, document};

#[cfg(test)]
mod tests;

use crate::assessment::Assessment;
use crate::locale::Lang;
use figures::Figures;
use forms::{Form, Making};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Pixels of a PNG picture for one of its SVG picture: enough for print.
const PNG_SCALE: f32 = 2.0;

/// Why a report could not be made. Each of these is a fault of the program, not of the data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// The template of the report failed.
    #[error("the report template failed: {0}")]
    Template(String),
    /// A drawn figure could not be turned into a PNG picture.
    #[error("figure {figure} could not be turned into PNG: {error}")]
    Picture {
        /// The figure.
        figure: String,
        /// Why.
        error: charts::ChartError,
    },
    /// The workbook could not be written.
    #[error("the workbook could not be written: {0}")]
    Workbook(String),
    /// The Word file could not be packed.
    #[error("the Word file could not be packed: {0}")]
    Word(String),
    /// The PDF could not be set.
    #[error("the PDF could not be set: {0}")]
    Pdf(String),
    /// The assessment could not be written as JSON.
    #[error("the assessment could not be written as JSON: {0}")]
    Json(String),
}

/// Every file of the reports by its path below the output folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What [`write`] gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The files.
    pub files: Files,
    /// Characters that the fonts of the PDF lack, which shows `〓` in their place.
    pub not_drawn: BTreeSet<char>,
}

/// The kinds wanted as pages for a browser: [`write`] with that form alone.
pub fn files(assessment: &Assessment, kinds: &[Kind]) -> Result<Files, ReportError> {
    let making = Making {
        kinds,
        forms: &[Form::Html],
        word_template: None,
    };
    write(assessment, &making).map(|written| written.files)
}

/// The kinds wanted in both languages and each form of `making`, `assessment.json`, and each figure in both languages
/// as `charts/<language>/<id>.svg` and `.png`.
///
/// Documents and pictures are made side by side; what is in them does not depend on how many at a time.
pub fn write(assessment: &Assessment, making: &Making<'_>) -> Result<Written, ReportError> {
    let mut json = serde_json::to_vec_pretty(assessment).map_err(|e| ReportError::Json(e.to_string()))?;
    json.push(b'\n');
    let digest = crate::evidence::sha256(&json);
    let mut written = Written::default();
    written.files.insert("assessment.json".to_owned(), json);
    let (zh, en) = rayon::join(|| figures::figures(assessment, Lang::Zh), || figures::figures(assessment, Lang::En));
    let drawn = [(Lang::Zh, zh), (Lang::En, en)];
    let mut pictures = BTreeMap::new();
    for (lang, figures) in &drawn {
        pictures.insert(*lang, pngs(figures)?);
    }
    let mut wanted: Vec<(Form, Kind, Lang, &Figures)> = Vec::new();
    for form in making.forms.iter().collect::<BTreeSet<_>>() {
        for (lang, figures) in &drawn {
            wanted.extend(making.kinds.iter().map(|kind| (*form, *kind, *lang, figures)));
        }
    }
    // The longest work first: to set a PDF takes longer than everything else.
    wanted.reverse();
    let made = wanted.par_iter().with_max_len(1).map(|(form, kind, lang, figures)| {
        let document = document(assessment, *kind, *lang, figures, &digest);
        let bytes = forms::render(*form, &document, *lang, &pictures[lang], making.word_template)?;
        Ok((kind.file(*lang, form.ending()), bytes, forms::not_drawn(*form, &document)))
    });
    for (path, bytes, not_drawn) in made.collect::<Result<Vec<_>, ReportError>>()? {
        written.files.insert(path, bytes);
        written.not_drawn.extend(not_drawn);
    }
    for ((lang, figures), pngs) in drawn.into_iter().zip(pictures.into_values()) {
        let path = |id: &str, ending: &str| format!("charts/{}/{id}.{ending}", lang.tag());
        written.files.extend(pngs.into_iter().map(|(id, png)| (path(&id, "png"), png)));
        written
            .files
            .extend(figures.drawn.into_iter().map(|f| (path(&f.id, "svg"), f.svg.into_bytes())));
    }
    Ok(written)
}

/// Every figure as PNG by its id.
fn pngs(figures: &Figures) -> Result<forms::Pictures, ReportError> {
    let made = figures.drawn.par_iter().map(|figure| {
        let png = charts::png_from_svg(&figure.svg, PNG_SCALE).map_err(|error| ReportError::Picture {
            figure: figure.id.clone(),
            error,
        })?;
        Ok((figure.id.clone(), png))
    });
    made.collect()
}
