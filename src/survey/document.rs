//! A TOML file with the place of every key kept, so that any later complaint can name line and column.

use crate::finding::{Code, Finding, Place};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// A parsed TOML text together with where each key path stands.
pub struct Document {
    file: String,
    line_starts: Vec<usize>,
    text: String,
    value: serde_json::Value,
    spans: BTreeMap<String, Range<usize>>,
}

impl Document {
    /// Parses a TOML text. All syntax faults are returned at once.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Finding>> {
        let mut document = Self {
            file: file.to_owned(),
            line_starts: std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect(),
            text: text.to_owned(),
            value: serde_json::Value::Null,
            spans: BTreeMap::new(),
        };
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            return Err(errors
                .iter()
                .map(|error| {
                    let place = error.span().map_or_else(|| Place::file(file), |span| document.place_at(span.start));
                    Finding::new(Code::TomlSyntax, place).with("reason", error.message())
                })
                .collect());
        }
        let mut spans = BTreeMap::new();
        document.value = record_table(table.get_ref(), "", &mut spans);
        document.spans = spans;
        Ok(document)
    }

    /// The content as a plain value, for schema checks and for deserialising.
    #[must_use]
    pub fn value(&self) -> &serde_json::Value {
        &self.value
    }

    /// The place of a key path such as `waves[0].responses`; of its nearest known parent when it is absent itself.
    #[must_use]
    pub fn place(&self, path: &str) -> Place {
        let mut path = path;
        loop {
            if let Some(span) = self.spans.get(path) {
                return self.place_at(span.start);
            }
            match path.rfind(['.', '[']) {
                Some(cut) => path = &path[..cut],
                None => return Place::file(&self.file),
            }
        }
    }

    fn place_at(&self, byte: usize) -> Place {
        let line = self.line_starts.partition_point(|&start| start <= byte);
        let start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.text.get(start..byte).map_or(0, |before| before.chars().count()) + 1;
        Place::cell(&self.file, line as u64, column as u64)
    }
}

fn record_table(table: &DeTable<'_>, path: &str, spans: &mut BTreeMap<String, Range<usize>>) -> serde_json::Value {
    let mut map = serde_json::Map::new();
    for (key, value) in table {
        let name = key.get_ref().to_string();
        let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        spans.insert(inner.clone(), key.span());
        map.insert(name, record_value(value.get_ref(), &inner, spans));
    }
    serde_json::Value::Object(map)
}

fn record_value(value: &DeValue<'_>, path: &str, spans: &mut BTreeMap<String, Range<usize>>) -> serde_json::Value {
    use serde_json::Value;
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => number
            .as_str()
            .replace('_', "")
            .parse::<i64>()
            .map_or_else(|_| Value::String(number.as_str().to_owned()), Value::from),
        DeValue::Float(number) => number.as_str().replace('_', "").parse::<f64>().map_or(Value::Null, Value::from),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Datetime(time) => Value::String(time.to_string()),
        DeValue::Array(array) => Value::Array(
            array
                .iter()
                .enumerate()
                .map(|(position, element)| {
                    let inner = format!("{path}[{position}]");
                    spans.insert(inner.clone(), element.span());
                    record_value(element.get_ref(), &inner, spans)
                })
                .collect(),
        ),
        DeValue::Table(table) => record_table(table, path, spans),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_placed_by_line_and_character() {
        let document = Document::parse("s.toml", "title = \"满意\"\n[[waves]]\nid = \"1\"\n\"二\" = 3\n").unwrap();
        assert_eq!(document.place("waves[0].id").to_string(), "s.toml:3:1");
        assert_eq!(document.place("waves[0].absent").line, Some(2));
        assert_eq!(document.place("waves[0].二").column, Some(1));
    }

    #[test]
    fn syntax_faults_are_placed() {
        let Err(findings) = Document::parse("s.toml", "a = 1\nb = [\n") else {
            panic!("must fail")
        };
        assert_eq!(findings[0].code, Code::TomlSyntax);
        assert_eq!(findings[0].place.line, Some(2));
    }
}
