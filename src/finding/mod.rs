//! Findings: everything the program has to say about a file, a definition or a result.
//!
//! A finding is a value, not a printed line. It names its code, how grave it is, where it was seen, and carries the
//! arguments of its message; the wording lives in `locales/*/program.ftl` so that every finding reads the same in the terminal,
//! in `assessment.json` and in the report, in Chinese and in English.

mod code;

pub use code::Code;

use crate::locale::{Lang, Messages, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Display;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// The result stands, with the stated reservation.
    Warning,
    /// The run stops: no result could be trusted.
    Error,
}

/// Where a finding was seen. Lines and columns count from 1; a column counts characters, not bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// File as the user named it, never an absolute path.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub file: Option<String>,
    /// Physical line of the file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u64>,
    /// Character in the line, or field number where the place is a cell of a table.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<u64>,
    /// Wave, item, dimension, stratum or key that is concerned.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject: Option<String>,
}

impl Place {
    /// A whole file.
    #[must_use]
    pub fn file(file: impl Into<String>) -> Self {
        Self {
            file: Some(file.into()),
            ..Self::default()
        }
    }

    /// A line of a file.
    #[must_use]
    pub fn line(file: impl Into<String>, line: u64) -> Self {
        Self {
            line: Some(line),
            ..Self::file(file)
        }
    }

    /// A character or cell of a file.
    #[must_use]
    pub fn cell(file: impl Into<String>, line: u64, column: u64) -> Self {
        Self {
            column: Some(column),
            ..Self::line(file, line)
        }
    }

    /// Something that is in no file: a wave, a dimension, an estimate.
    #[must_use]
    pub fn subject(subject: impl Into<String>) -> Self {
        Self {
            subject: Some(subject.into()),
            ..Self::default()
        }
    }
}

impl Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{file}")?;
            if let Some(line) = self.line {
                write!(f, ":{line}")?;
                if let Some(column) = self.column {
                    write!(f, ":{column}")?;
                }
            }
        }
        match (&self.file, &self.subject) {
            (Some(_), Some(subject)) => write!(f, " [{subject}]"),
            (None, Some(subject)) => write!(f, "{subject}"),
            _ => Ok(()),
        }
    }
}

/// One thing found: see the module documentation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Which of the closed list of things this is.
    pub code: Code,
    /// Where it was seen.
    pub place: Place,
    /// Arguments of the message. Values are cleaned of control characters and cut at 120 characters.
    pub args: BTreeMap<&'static str, String>,
}

impl Finding {
    /// A finding at a place, without arguments yet.
    #[must_use]
    pub fn new(code: Code, place: Place) -> Self {
        Self {
            code,
            place,
            args: BTreeMap::new(),
        }
    }

    /// Adds an argument of the message; hostile text is made harmless here, once.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.args.insert(name, crate::text::shown(&value.to_string(), 120));
        self
    }

    /// Names what is concerned, beside the place in the file.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.place.subject = Some(crate::text::shown(&subject.into(), 120));
        self
    }

    /// Gravity, which follows from the code.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// The finding with its wording in both languages, as it travels in `assessment.json`.
    #[must_use]
    pub fn record(&self) -> FindingRecord {
        let (zh, en) = (Messages::of(Lang::Zh), Messages::of(Lang::En));
        let key = self.code.as_str();
        let part = |attribute: &str| {
            Some(Text {
                zh: zh.attribute(key, attribute, &self.args)?,
                en: en.attribute(key, attribute, &self.args)?,
            })
        };
        FindingRecord {
            code: self.code,
            severity: self.severity(),
            place: self.place.clone(),
            message: Text {
                zh: zh.message(key, &self.args),
                en: en.message(key, &self.args),
            },
            expected: part("expected"),
            got: part("got"),
            hint: part("hint"),
        }
    }
}

/// A finding with its wording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FindingRecord {
    /// Stable code.
    pub code: Code,
    /// Gravity.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What.
    pub message: Text,
    /// What was expected there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub expected: Option<Text>,
    /// What stood there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub got: Option<Text>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hint: Option<Text>,
}

impl FindingRecord {
    /// The finding as lines for a terminal: what, where, expected, got, what to do.
    #[must_use]
    pub fn lines(&self, lang: Lang) -> String {
        let messages = Messages::of(lang);
        let label = |key: &str| messages.message(key, &BTreeMap::new());
        let severity = label(match self.severity {
            Severity::Note => "severity-note",
            Severity::Warning => "severity-warning",
            Severity::Error => "severity-error",
        });
        let mut out = format!("{severity}[{}] {}\n", self.code.as_str(), self.message.get(lang));
        let place = self.place.to_string();
        let parts = [
            ("finding-where", (!place.is_empty()).then_some(place.as_str())),
            ("finding-expected", self.expected.as_ref().map(|t| t.get(lang))),
            ("finding-got", self.got.as_ref().map(|t| t.get(lang))),
            ("finding-hint", self.hint.as_ref().map(|t| t.get(lang))),
        ];
        for (key, value) in parts {
            if let Some(value) = value {
                out.push_str(&format!("  {}{value}\n", label(key)));
            }
        }
        out
    }
}

/// The findings that stop a run. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} problem(s), first: {}", .0.len(), .0.first().map_or("", |f| f.code.as_str()))]
pub struct Refusal(pub Vec<Finding>);

impl From<Finding> for Refusal {
    fn from(finding: Finding) -> Self {
        Self(vec![finding])
    }
}

/// Collects findings over a whole pass, so that all problems are told at once.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    all: Vec<Finding>,
}

impl Findings {
    /// Adds a finding.
    pub fn add(&mut self, finding: Finding) {
        self.all.push(finding);
    }

    /// Adds all of another list.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Finding>) {
        self.all.extend(others);
    }

    /// True when one of them stops the run.
    #[must_use]
    pub fn any_error(&self) -> bool {
        self.all.iter().any(|f| f.severity() == Severity::Error)
    }

    /// All findings, or a refusal holding the errors first when there are any.
    pub fn settle(self) -> Result<Vec<Finding>, Refusal> {
        if self.any_error() {
            let (mut errors, rest): (Vec<_>, Vec<_>) = self.all.into_iter().partition(|f| f.severity() == Severity::Error);
            errors.extend(rest);
            return Err(Refusal(errors));
        }
        Ok(self.all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_wording_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            let messages = Messages::of(lang);
            for code in Code::ALL {
                assert!(messages.has(code.as_str()), "{lang:?} lacks {}", code.as_str());
                if code.severity() == Severity::Error {
                    assert!(
                        messages.has_attribute(code.as_str(), "hint"),
                        "{lang:?} {} lacks a hint",
                        code.as_str()
                    );
                }
            }
        }
    }

    #[test]
    fn hostile_arguments_are_made_harmless() {
        let finding = Finding::new(Code::UnknownLabel, Place::file("a.csv")).with("got", "a\u{202e}b\u{1b}[31m\n");
        assert_eq!(finding.args["got"], "a\u{fffd}b\u{fffd}[31m\u{fffd}");
    }
}
