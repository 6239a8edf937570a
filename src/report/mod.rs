//! The assessment → files. Pure: the same value gives the same bytes.
//!
//! [`figures`] draws, the chapters turn the assessment into a document of finished texts for one [`Kind`] of reader, and
//! each form of file ([`html`]) is made from that document alone, so that a number reads the same in all of them.

mod chapters;
pub mod charts;
pub mod document;
mod evidence;
pub mod figures;
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
use std::collections::BTreeMap;

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
    /// The assessment could not be written as JSON.
    #[error("the assessment could not be written as JSON: {0}")]
    Json(String),
}

/// Every file of the reports by its path below the output folder: the kinds wanted in both languages, `assessment.json`, and
/// each figure in both languages as `charts/<language>/<id>.svg` and `.png`.
pub fn files(assessment: &Assessment, kinds: &[Kind]) -> Result<BTreeMap<String, Vec<u8>>, ReportError> {
    let mut files = BTreeMap::new();
    let mut json = serde_json::to_vec_pretty(assessment).map_err(|e| ReportError::Json(e.to_string()))?;
    json.push(b'\n');
    let digest = crate::evidence::sha256(&json);
    files.insert("assessment.json".to_owned(), json);
    for lang in [Lang::Zh, Lang::En] {
        let figures = figures::figures(assessment, lang);
        for &kind in kinds {
            let document = document(assessment, kind, lang, &figures, &digest);
            files.insert(kind.file(lang, "html"), html::render(&document, lang)?.into_bytes());
        }
        for figure in figures.drawn {
            let path = |ending: &str| format!("charts/{}/{}.{ending}", lang.tag(), figure.id);
            let png = charts::png_from_svg(&figure.svg, PNG_SCALE);
            files.insert(
                path("png"),
                png.map_err(|error| ReportError::Picture {
                    figure: figure.id.clone(),
                    error,
                })?,
            );
            files.insert(path("svg"), figure.svg.into_bytes());
        }
    }
    Ok(files)
}
