//! The document → one HTML file that needs nothing else: no script, no network, no font, no picture file.

use super::ReportError;
use super::document::Document;
use super::words::Words;
use crate::locale::Lang;
use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};

const TEMPLATE: &str = include_str!("../../templates/report.html.j2");
const STYLE: &str = include_str!("../../templates/report.css");

/// The page. Every text is escaped by the template engine; only the pictures, whose texts the chart
/// module escapes, the style sheet and the notice escaped for it are put in as they are.
pub fn render(document: &Document, lang: Lang) -> Result<String, ReportError> {
    let running = css_text(&document.running);
    let document = serde_json::to_value(document).map_err(|e| ReportError::Json(e.to_string()))?;
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.map_err(|e| ReportError::Template(e.to_string()))?);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let words = Words::of(lang);
    environment.add_function("word", move |key: &str| words.word(key));
    environment
        .add_template("report", TEMPLATE)
        .map_err(|e| ReportError::Template(e.to_string()))?;
    let template = environment
        .get_template("report")
        .map_err(|e| ReportError::Template(e.to_string()))?;
    template
        .render(context! { document => value(document), style => STYLE, running })
        .map_err(|e| ReportError::Template(e.to_string()))
}

/// A text within a CSS string: everything but letters and digits as a numbered escape, so that it cannot end the string,
/// the rule or the style element.
fn css_text(text: &str) -> String {
    let escaped = |c: char| {
        if c.is_alphanumeric() {
            c.to_string()
        } else {
            format!("\\{:x} ", u32::from(c))
        }
    };
    text.chars().map(escaped).collect()
}

/// The document as the template engine knows values. All its leaves are texts, booleans and whole numbers.
fn value(json: serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::from(()),
        serde_json::Value::Bool(truth) => Value::from(truth),
        serde_json::Value::Number(number) => number.as_u64().map_or_else(|| Value::from(number.to_string()), Value::from),
        serde_json::Value::String(text) => Value::from(text),
        serde_json::Value::Array(all) => all.into_iter().map(value).collect(),
        serde_json::Value::Object(all) => Value::from_pairs(all.into_iter().map(|(name, part)| (name, value(part)))),
    }
}
