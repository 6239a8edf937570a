//! The assessment → files. Pure: the same value gives the same bytes.
//!
//! [`figures`] draws, the chapters turn the assessment into a document of finished texts, [`html`] gives it its form.

mod chapters;
pub mod charts;
mod document;
mod evidence;
pub mod figures;
pub mod html;
mod page;

mod words;

pub use evidence::scorecard_evidence;

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

/// Every file of the report by its path below the output folder: `report.html` (Chinese), `report.en.html`,
/// the validation of the sample alone (`sampling.html`, `sampling.en.html`), `assessment.json`, and each figure in both languages as `charts/<language>/<id>.svg` and `.png`.
pub fn files(assessment: &Assessment) -> Result<BTreeMap<String, Vec<u8>>, ReportError> {
    let mut files = BTreeMap::new();
    let mut json = serde_json::to_vec_pretty(assessment).map_err(|e| ReportError::Json(e.to_string()))?;
    json.push(b'\n');
    files.insert("assessment.json".to_owned(), json);
    for (lang, name) in [(Lang::Zh, "report.html"), (Lang::En, "report.en.html")] {
        let figures = figures::figures(assessment, lang);
        files.insert(name.to_owned(), html::render(assessment, lang, &figures)?.into_bytes());
        let sampling = name.replace("report", "sampling");
        files.insert(sampling, html::render_sampling(assessment, lang, &figures)?.into_bytes());
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
