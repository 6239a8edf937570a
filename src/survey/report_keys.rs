//! The part of the definition that says how reports are written: `[report]`.

use schemars::JsonSchema;
use serde::Deserialize;

/// How reports are written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReportKeys {
    /// The forms that are written; all that the program can write when absent.
    pub formats: Vec<Form>,
    /// A Word file (.docx) of the company, whose styles, theme, head, foot and page the Word reports take over.
    pub word_template: Option<String>,
}

/// A form of file that a report is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// One page for a browser.
    Html,
    /// Word.
    Docx,
    /// Excel.
    Xlsx,
    /// On paper. Wants a program built with the feature `pdf`.
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
