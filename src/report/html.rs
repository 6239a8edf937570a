//! The document → one HTML file that needs nothing else: no network, no font, no picture file, and a script of its own for
//! comforts only. Its policy lets exactly that script run and nothing be fetched.

use super::ReportError;
use super::document::Document;
use super::words::Words;
use crate::locale::Lang;
use base64::Engine as _;
use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};
use sha2::Digest as _;

const TEMPLATE: &str = include_str!("../../templates/report.html.j2");
const STYLE: &str = include_str!("../../templates/report.css");
const LIGHT: &str = include_str!("../../templates/palette-light.css");
const DARK: &str = include_str!("../../templates/palette-dark.css");
const SCRIPT: &str = include_str!("../../templates/report.js");

/// Digits of the assessment's digest at the foot of every printed page; the whole digest stands at the end of the report.
const SHORT_DIGEST: usize = 16;

/// The page. Every text is escaped by the template engine; only the pictures, whose texts the chart
/// module escapes, the style sheet, the script and what is escaped for the style sheet here are put in as they are.
pub fn render(document: &Document, lang: Lang) -> Result<String, ReportError> {
    let running = css_text(&document.running);
    let digest = document.digest.get(..SHORT_DIGEST).unwrap_or(&document.digest);
    let short_digest = css_text(&if digest.is_empty() {
        String::new()
    } else {
        format!("SHA-256 {digest}…")
    });
    let document = serde_json::to_value(document).map_err(|e| ReportError::Json(e.to_string()))?;
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
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
        .render(context! {
            document => value(document), style => style(), script => SCRIPT, policy => policy(), running, short_digest
        })
        .map_err(|e| ReportError::Template(e.to_string()))
}

/// The policy of the page: nothing is fetched, nothing is sent, and only the script with this digest runs.
fn policy() -> String {
    let digest = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(SCRIPT.as_bytes()));
    format!(
        "default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    )
}

/// The colours, light or dark as the system or the reader has it and always light on paper; then the rules that use them.
fn style() -> String {
    format!(
        ":root {{\n  color-scheme: light;\n{LIGHT}}}\n\
         @media (prefers-color-scheme: dark) {{ :root:not([data-theme=\"light\"]) {{\n  color-scheme: dark;\n{DARK}}} }}\n\
         :root[data-theme=\"dark\"] {{\n  color-scheme: dark;\n{DARK}}}\n\
         @media print {{ :root, :root[data-theme], :root:not([data-theme=\"light\"]) {{\n  color-scheme: light;\n{LIGHT}}} }}\n{STYLE}"
    )
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
