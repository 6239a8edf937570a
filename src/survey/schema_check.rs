//! Confronts a TOML document with the JSON Schema of our own types: unknown keys with the nearest known one, absent
//! keys, wrong types and words, all in one pass and each at its line.
//!
//! Only the part of JSON Schema that our types produce is understood; a test holds that the schema keeps to it.

use super::document::Document;
use crate::finding::{Code, Finding};
use serde_json::{Map, Value};

/// All contradictions between a document and the schema of type `T`.
#[must_use]
pub fn contradictions<T: schemars::JsonSchema>(document: &Document) -> Vec<Finding> {
    let schema = schemars::schema_for!(T).to_value();
    let mut walker = Walker {
        root: &schema,
        document,
        findings: Vec::new(),
    };
    walker.check(&schema, document.value(), "");
    walker.findings
}

struct Walker<'a> {
    root: &'a Value,
    document: &'a Document,
    findings: Vec<Finding>,
}

impl<'a> Walker<'a> {
    fn check(&mut self, schema: &'a Value, value: &Value, path: &str) {
        let schema = self.resolve(schema);
        if let Some(options) = schema.get("anyOf").and_then(Value::as_array) {
            let options: Vec<&Value> = options.iter().map(|o| self.resolve(o)).collect();
            match options
                .iter()
                .find(|o| type_fits(o, value) && o.get("type") != Some(&Value::from("null")))
            {
                Some(option) => self.check(option, value, path),
                None => self.wrong(
                    path,
                    &options.iter().filter_map(|o| kind_of(o)).collect::<Vec<_>>().join(" | "),
                    value,
                ),
            }
            return;
        }
        if let Some(words) = allowed_words(schema) {
            if !value.as_str().is_some_and(|v| words.contains(&v)) {
                self.wrong(path, &words.join(" | "), value);
            }
            return;
        }
        if !type_fits(schema, value) {
            self.wrong(path, &kind_of(schema).unwrap_or_default(), value);
            return;
        }
        match value {
            Value::Object(map) => self.check_table(schema, map, path),
            Value::Array(elements) => {
                if let Some(inner) = schema.get("items") {
                    for (position, element) in elements.iter().enumerate() {
                        self.check(inner, element, &format!("{path}[{position}]"));
                    }
                }
            }
            Value::Number(number) => {
                let low = schema.get("minimum").and_then(Value::as_f64);
                let below = low.zip(number.as_f64()).filter(|(low, is)| is < low);
                if let Some((low, _)) = below {
                    self.wrong(path, &format!("≥ {low}"), value);
                }
            }
            _ => {}
        }
    }

    fn check_table(&mut self, schema: &'a Value, map: &Map<String, Value>, path: &str) {
        let known = schema.get("properties").and_then(Value::as_object);
        let open = schema.get("additionalProperties").filter(|a| a.is_object());
        for (key, inner) in map {
            let inner_path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            match (known.and_then(|k| k.get(key)), open) {
                (Some(inner_schema), _) | (None, Some(inner_schema)) => self.check(inner_schema, inner, &inner_path),
                (None, None) => self.unknown(key, known, &inner_path),
            }
        }
        for required in schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            if !map.contains_key(required) {
                let place = self.document.place(path);
                self.findings.push(
                    Finding::new(Code::MissingKey, place)
                        .with("key", required)
                        .with("table", table_name(path)),
                );
            }
        }
    }

    fn unknown(&mut self, key: &str, known: Option<&Map<String, Value>>, path: &str) {
        let candidates: Vec<&String> = known.map(|k| k.keys().collect()).unwrap_or_default();
        let nearest = self
            .elsewhere(key, path)
            .or_else(|| nearest(key, candidates.iter().map(|c| c.as_str())));
        let list = candidates.iter().map(|c| c.as_str()).collect::<Vec<_>>().join(", ");
        let finding = Finding::new(Code::UnknownKey, self.document.place(path))
            .with("key", key)
            .with("nearest", nearest.unwrap_or_else(|| list.clone()));
        self.findings.push(finding);
    }

    /// The table at the top of the definition that does know a key, when the key stands outside of it.
    fn elsewhere(&self, key: &str, path: &str) -> Option<String> {
        let tables = self.root.get("properties")?.as_object()?;
        tables.iter().find_map(|(table, schema)| {
            let many = schema.get("items");
            let inner = self.resolve(many.unwrap_or(schema));
            let knows = inner
                .get("properties")
                .and_then(Value::as_object)
                .is_some_and(|keys| keys.contains_key(key));
            let inside = path.starts_with(&format!("{table}.")) || path.starts_with(&format!("{table}["));
            (knows && !inside).then(|| {
                if many.is_some() {
                    format!("[[{table}]] {key}")
                } else {
                    format!("[{table}] {key}")
                }
            })
        })
    }

    fn wrong(&mut self, path: &str, expected: &str, got: &Value) {
        let finding = Finding::new(Code::WrongValue, self.document.place(path))
            .with("key", table_name(path))
            .with("expected", expected)
            .with("got", got);
        self.findings.push(finding);
    }

    fn resolve(&self, schema: &'a Value) -> &'a Value {
        let mut schema = schema;
        while let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let Some(target) = reference
                .strip_prefix("#/$defs/")
                .and_then(|name| self.root.get("$defs")?.get(name))
            else {
                break;
            };
            schema = target;
        }
        schema
    }
}

fn table_name(path: &str) -> &str {
    if path.is_empty() { "survey.toml" } else { path }
}

/// The candidate closest to a word, when close enough to be a likely slip.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    candidates
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&word.to_lowercase(), &candidate.to_lowercase()),
                candidate,
            )
        })
        .min()
        .filter(|(distance, candidate)| *distance <= candidate.chars().count().max(word.chars().count()).div_ceil(2))
        .map(|(_, candidate)| candidate.to_owned())
}

/// The words of an enumeration, in either of the two forms that the generator writes.
fn allowed_words(schema: &Value) -> Option<Vec<&str>> {
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return Some(words.iter().filter_map(Value::as_str).collect());
    }
    let options = schema.get("oneOf")?.as_array()?;
    options.iter().map(|o| o.get("const").and_then(Value::as_str)).collect()
}

fn kind_of(schema: &Value) -> Option<String> {
    match schema.get("type")? {
        Value::String(kind) => Some(kind.clone()).filter(|k| k != "null"),
        Value::Array(kinds) => Some(
            kinds
                .iter()
                .filter_map(Value::as_str)
                .filter(|k| *k != "null")
                .collect::<Vec<_>>()
                .join(" | "),
        ),
        _ => None,
    }
}

fn type_fits(schema: &Value, value: &Value) -> bool {
    let fits = |kind: &str| match kind {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        _ => false,
    };
    match schema.get("type") {
        Some(Value::String(kind)) => fits(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(fits),
        _ => allowed_words(schema).is_none_or(|_| value.is_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::definition::Definition;

    fn codes(text: &str) -> Vec<(Code, String)> {
        let document = Document::parse("s.toml", text).unwrap();
        contradictions::<Definition>(&document)
            .into_iter()
            .map(|f| (f.code, f.place.to_string()))
            .collect()
    }

    #[test]
    fn all_problems_are_told_in_one_pass() {
        let found = codes("titel = \"x\"\nmode = \"fax\"\n[[dimensions]]\nid = 3\nitems = [\"a\", 4]\n[gates]\nrespondents_min = -1\n");
        assert_eq!(
            found,
            [
                (Code::WrongValue, "s.toml:4:1".to_owned()),
                (Code::WrongValue, "s.toml:5:15".to_owned()),
                (Code::WrongValue, "s.toml:7:1".to_owned()),
                (Code::WrongValue, "s.toml:2:1".to_owned()),
                (Code::UnknownKey, "s.toml:1:1".to_owned()),
                (Code::MissingKey, "s.toml".to_owned()),
            ]
        );
    }

    #[test]
    fn the_nearest_key_is_named() {
        assert_eq!(nearest("titel", ["title", "items"].into_iter()), Some("title".to_owned()));
        assert_eq!(nearest("xyzzy", ["title"].into_iter()), None);
    }

    #[test]
    fn a_text_may_be_one_string_or_two() {
        assert_eq!(codes("title = { zh = \"满意\", en = \"s\" }\n"), []);
        assert_eq!(codes("title = \"s\"\n"), []);
        assert_eq!(codes("title = { zh = \"满意\", fr = \"s\" }\n").len(), 1);
    }

    /// Every keyword of the generated schema is one that [`Walker`] understands or that says nothing about validity.
    #[test]
    fn the_schema_keeps_to_what_is_understood() {
        fn visit(value: &Value, inside_properties: bool) {
            if let Value::Object(map) = value {
                for (key, inner) in map {
                    if !inside_properties {
                        let known = [
                            "$schema",
                            "$ref",
                            "$defs",
                            "title",
                            "description",
                            "type",
                            "properties",
                            "required",
                            "items",
                            "enum",
                            "oneOf",
                            "anyOf",
                            "const",
                            "default",
                            "format",
                            "minimum",
                            "maximum",
                            "additionalProperties",
                        ];
                        assert!(known.contains(&key.as_str()), "{key}");
                    }
                    if key != "default" && key != "required" {
                        visit(inner, matches!(key.as_str(), "properties" | "$defs") && !inside_properties);
                    }
                }
            } else if let Value::Array(elements) = value {
                elements.iter().for_each(|e| visit(e, false));
            }
        }
        visit(&schemars::schema_for!(Definition).to_value(), false);
    }
}
