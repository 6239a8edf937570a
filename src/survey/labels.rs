//! What columns and their values are called in reports: `[labels."<column>"]`.
//!
//! Answers, frames and registers keep the words of the company; a reader of the other language gets the names that are given here.
//! Only print changes: ids, digests, joins and CSV files have the words of the files.

use super::Document;
use super::definition::Definition;
use crate::finding::{Code, Finding, Findings};
use crate::locale::Lang;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What joins the values of several columns to the name of a stratum.
const JOINED: char = '·';

/// A name for print in one language or in both. One string serves both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Chinese; the word of the file when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zh: Option<String>,
    /// English; the word of the file when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Label {
    /// The name in a language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> Option<&str> {
        match lang {
            Lang::Zh => self.zh.as_deref(),
            Lang::En => self.en.as_deref(),
        }
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, deny_unknown_fields)]
        enum Written {
            Both(String),
            Each {
                #[serde(default)]
                zh: Option<String>,
                #[serde(default)]
                en: Option<String>,
            },
        }
        Ok(match Written::deserialize(deserializer)? {
            Written::Both(text) => Self {
                zh: Some(text.clone()),
                en: Some(text),
            },
            Written::Each { zh, en } => Self { zh, en },
        })
    }
}

impl JsonSchema for Label {
    fn schema_name() -> Cow<'static, str> {
        "Label".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A name in reports: one for both languages, or one for zh, en or each. A language without one prints the word of the file.",
            "anyOf": [
                {"type": "string"},
                {"type": "object", "properties": {"zh": {"type": "string"}, "en": {"type": "string"}}, "additionalProperties": false}
            ]
        })
    }
}

/// Names of a column and of its values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ColumnLabels {
    /// Name of the column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Label>,
    /// Names of its values, by value as it stands in the file. A value without one is printed as it is.
    pub values: BTreeMap<String, Label>,
}

/// Names of all columns, and which columns the parts of a report take their words from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Labels {
    /// By column.
    pub columns: BTreeMap<String, ColumnLabels>,
    /// Columns whose values, joined by `·`, are the name of a stratum.
    pub strata: Vec<String>,
    /// Columns whose values, joined likewise, are the name of a class of non-response.
    pub classes: Vec<String>,
    /// Column of the last contact's mode in files of single cases.
    pub mode: Option<String>,
    /// Column of what was complained of in the answers.
    pub complaint: Option<String>,
    /// Column of what was complained of in the register.
    pub register: Option<String>,
}

impl Labels {
    /// The labels of a definition with the columns that they are for; `None` where it has none.
    pub(super) fn of(definition: &Definition) -> Option<Self> {
        let complaints = definition.complaints.as_ref();
        let register = complaints.and_then(|c| c.register.as_ref());
        let weighting = definition.weighting.as_ref();
        (!definition.labels.is_empty()).then(|| Self {
            columns: definition.labels.clone(),
            strata: definition.columns.strata.clone(),
            classes: weighting.map(|w| w.nonresponse.clone()).unwrap_or_default(),
            mode: definition.cases.mode.clone(),
            complaint: complaints.and_then(|c| c.category.clone()),
            register: register.map(|r| r.category.clone().unwrap_or_else(|| "category".to_owned())),
        })
    }

    /// Name of a column; several joined by `·` are named one by one.
    #[must_use]
    pub fn column(&self, column: &str, lang: Lang) -> String {
        let named = |column: &str| self.columns.get(column)?.title.as_ref()?.get(lang).map(str::to_owned);
        named(column).unwrap_or_else(|| {
            let parts = column.split(JOINED).map(|part| named(part).unwrap_or_else(|| part.to_owned()));
            parts.collect::<Vec<_>>().join(&JOINED.to_string())
        })
    }

    /// Name of a value of a column.
    #[must_use]
    pub fn value(&self, column: &str, value: &str, lang: Lang) -> String {
        self.joined(&[column], value, lang)
    }

    /// Name of a stratum.
    #[must_use]
    pub fn stratum(&self, name: &str, lang: Lang) -> String {
        let columns: Vec<&str> = self.strata.iter().map(String::as_str).collect();
        self.joined(&columns, name, lang)
    }

    /// A value of one column, or of several joined by `·`, part by part. One that does not fall into as many parts stays as it is: a `·` of
    /// its own would shift the parts.
    pub(crate) fn joined(&self, columns: &[&str], value: &str, lang: Lang) -> String {
        let named = |column: &str, value: &str| self.columns.get(column)?.values.get(value)?.get(lang).map(str::to_owned);
        match columns {
            [column] if self.columns.contains_key(*column) || !column.contains(JOINED) => {
                named(column, value).unwrap_or_else(|| value.to_owned())
            }
            [column] => self.joined(&column.split(JOINED).collect::<Vec<_>>(), value, lang),
            columns if value.split(JOINED).count() == columns.len() => {
                let parts = columns.iter().zip(value.split(JOINED));
                let parts = parts.map(|(column, part)| named(column, part).unwrap_or_else(|| part.to_owned()));
                parts.collect::<Vec<_>>().join(&JOINED.to_string())
            }
            _ => value.to_owned(),
        }
    }
}

/// Two values of a column under one name could not be told apart in a report.
pub(super) fn check(definition: &Definition, document: &Document, findings: &mut Findings) {
    for (column, labels) in &definition.labels {
        let mut told: BTreeMap<(Lang, &str), &str> = BTreeMap::new();
        for (value, label) in &labels.values {
            let shared = [Lang::Zh, Lang::En].into_iter().find_map(|lang| {
                let name = label.get(lang).unwrap_or(value);
                told.insert((lang, name), value).map(|other| (name, other))
            });
            if let Some((name, other)) = shared {
                let place = document.place(&format!("labels.{column}.values.{value}"));
                let finding = Finding::new(Code::LabelTwice, place).with("column", column).with("label", name);
                findings.add(finding.with("first", other).with("second", value));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels() -> Labels {
        let columns = serde_json::json!({
            "区域": { "title": { "en": "Region" }, "values": { "华东": { "en": "East" }, "西·南": "SW" } },
            "渠道": { "values": { "线上": { "zh": "网上", "en": "Online" } } },
        });
        Labels {
            columns: serde_json::from_value(columns).unwrap(),
            strata: vec!["区域".to_owned(), "渠道".to_owned()],
            ..Labels::default()
        }
    }

    #[test]
    fn a_value_without_a_name_is_printed_as_it_is() {
        let labels = labels();
        assert_eq!(labels.value("区域", "华东", Lang::En), "East");
        assert_eq!(labels.value("区域", "华东", Lang::Zh), "华东");
        assert_eq!(labels.value("区域", "华北", Lang::En), "华北");
        assert_eq!(labels.value("型号", "华东", Lang::En), "华东", "a word of another column");
        assert_eq!(
            (labels.column("区域", Lang::En), labels.column("渠道", Lang::En)),
            ("Region".into(), "渠道".into())
        );
    }

    #[test]
    fn strata_are_named_part_by_part() {
        let labels = labels();
        assert_eq!(labels.stratum("华东·线上", Lang::En), "East·Online");
        assert_eq!(labels.stratum("华东·线上", Lang::Zh), "华东·网上");
        assert_eq!(labels.stratum("华北·线上", Lang::En), "华北·Online");
        assert_eq!(labels.stratum("西·南·线上", Lang::En), "西·南·线上", "not two parts");
        assert_eq!(labels.value("区域·渠道", "华东·线上", Lang::En), "East·Online");
        assert_eq!(labels.column("区域·渠道", Lang::En), "Region·渠道");
        assert_eq!(labels.value("区域", "西·南", Lang::En), "SW");
    }

    #[test]
    fn two_values_under_one_name_are_refused_with_their_place() {
        let text = "title = \"t\"\nresponses = \"r.csv\"\n[scales.s]\nmin = 1\nmax = 5\n[[dimensions]]\nid = \"satisfaction\"\nitems = [\"a\"]\n\
                    [labels.\"区域\".values]\n\"东部\" = { en = \"East\" }\n\"华东\" = \"East\"\n\"南\" = { zh = \"South\" }\n";
        let refused = crate::survey::parse("s.toml", "s", text).unwrap_err();
        let told: Vec<_> = refused.0.iter().map(|f| (f.code, f.place.line, f.args["label"].as_str())).collect();
        assert_eq!(told, [(Code::LabelTwice, Some(11), "East")]);
        let other = text.replace("\"华东\" = \"East\"", "\"华东\" = { zh = \"East\" }");
        assert!(crate::survey::parse("s.toml", "s", &other).is_ok(), "another language");
        let slip = text.replace("{ en = ", "{ eng = ");
        let refused = crate::survey::parse("s.toml", "s", &slip).unwrap_err();
        assert!(refused.0.iter().any(|f| f.code == Code::UnknownKey && f.place.line == Some(10)));
    }
}
