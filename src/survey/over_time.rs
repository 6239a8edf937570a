//! What a definition says of waves beside each other: what changed between them, series that are watched, other indices.

use super::answer_series::{Calendar, SeriesSource};
use super::definition::{Definition, Wave};
use super::{Document, ItemSpec, nearest};
use crate::finding::{Code, Finding, Findings};
use crate::locale::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something that changed from one wave to the next, so that a difference may come from the change and not from the customers.
/// What it touches is not compared across it, unless it is bridged: `comparable` with the reason, or `offsets` that were measured.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Break {
    /// The first wave that was done the new way.
    pub wave: String,
    /// What changed.
    pub what: BreakKind,
    /// Items that it touches. Without items and dimensions it touches everything.
    #[serde(default)]
    pub items: Vec<String>,
    /// Dimensions that it touches, with all of their items.
    #[serde(default)]
    pub dimensions: Vec<String>,
    /// What exactly changed.
    pub note: Option<Text>,
    /// Bridge by declaration: why it is comparable all the same.
    pub comparable: Option<Text>,
    /// Bridge by measurement: by how much the new way reads higher with the same people, for each quantity by itself.
    #[serde(default)]
    pub offsets: Vec<Offset>,
    /// Where the offsets come from, such as a parallel sample.
    pub source: Option<Text>,
}

/// What changed between two waves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BreakKind {
    /// Words of a question.
    Wording,
    /// Lowest or highest code, or the direction.
    Scale,
    /// Words of the answers.
    Options,
    /// How people were asked.
    Mode,
    /// Whom the sample was drawn from.
    Frame,
    /// Order of the questions.
    QuestionOrder,
    /// Items were added to a dimension or dropped from it.
    Items,
    /// The index, or the weights of the items, are made another way.
    IndexRule,
    /// The questionnaire has another version, and nothing says what changed.
    Questionnaire,
}

impl BreakKind {
    /// The word of the definition, which is also the last part of the key of its wording.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wording => "wording",
            Self::Scale => "scale",
            Self::Options => "options",
            Self::Mode => "mode",
            Self::Frame => "frame",
            Self::QuestionOrder => "question-order",
            Self::Items => "items",
            Self::IndexRule => "index-rule",
            Self::Questionnaire => "questionnaire",
        }
    }
}

/// How much higher a quantity reads the new way than the old way, with the same people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Offset {
    /// `index`, a dimension or an item.
    pub of: String,
    /// New way less old way, in points of the 0 to 100 scale.
    pub points: f64,
    /// Standard error of `points`.
    pub standard_error: f64,
    /// Degrees of freedom of the standard error; taken as known when absent.
    pub df: Option<f64>,
}

/// Values over time, watched by control charts.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// Short name.
    pub id: String,
    /// Title; the id when absent.
    pub title: Option<Text>,
    /// A CSV with the columns `period`, `value`, and `n` or `se` where known, oldest first; or `from`.
    #[serde(default)]
    pub file: String,
    /// `answers`: the values are made from the answers of the waves, by when they were sent; then `of` and `by` say what and how.
    pub from: Option<SeriesSource>,
    /// With `from`: id of an item or measure, `complaint-rate` or `complaint-handling`.
    pub of: Option<String>,
    /// With `from`: length of a period.
    pub by: Option<Calendar>,
    /// With `from`: fewest answers of a period that is shown; `design.domain_base_min` when absent, and not below it.
    pub base_min: Option<u64>,
    /// What the values of a file are; `mean` when absent. With `from` it follows from what is watched.
    #[serde(default)]
    pub kind: SeriesKind,
    /// Periods in a year, for "same as last year": 12 for months; 1 when absent, with `from` 12 or 52.
    pub per_year: Option<usize>,
    /// First periods from which centre and limits are taken; all when absent.
    pub baseline: Option<usize>,
    /// Weight λ of the newest value in the EWMA, above 0 and at most 1; 0.2 when absent.
    pub ewma_weight: Option<f64>,
    /// Width L of the EWMA's limits in standard errors; 2.962 when absent (with λ = 0.2 about 500 periods to a false alarm).
    pub ewma_width: Option<f64>,
    /// Allowance k of the CUSUM in standard deviations; 0.5 when absent (half of a shift of one).
    pub cusum_allowance: Option<f64>,
    /// Decision interval h of the CUSUM in standard deviations; 5 when absent (about 465 periods to a false alarm).
    pub cusum_interval: Option<f64>,
}

/// What the values of a series are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SeriesKind {
    /// Means, scores, indices.
    #[default]
    Mean,
    /// Shares from 0 to 1 of `n` cases, such as a complaint rate.
    Share,
}

impl Wave {
    /// The name that a column of the definition bears in this wave's file.
    #[must_use]
    pub fn column_here<'a>(&'a self, column: &'a str) -> &'a str {
        self.aliases.get(column).map_or(column, String::as_str)
    }
}

/// Checks waves, breaks and series against the rest of the definition, and brings the aliases of the waves to columns.
pub(super) fn check(definition: &Definition, document: &Document, items: &[ItemSpec], waves: &mut [Wave], findings: &mut Findings) {
    let mut check = Check { document, findings };
    let last = waves.len().saturating_sub(1);
    for (position, wave) in waves.iter_mut().enumerate() {
        check.source(position, wave, position == last);
        check.aliases(definition, position, wave, items);
    }
    let dimensions: Vec<&str> = definition.dimensions.iter().map(|d| d.id.as_str()).collect();
    let item_ids: Vec<&str> = items.iter().map(|i| i.id.as_str()).collect();
    let wave_ids: Vec<&str> = definition.waves.iter().map(|w| w.id.as_str()).collect();
    for (position, one) in definition.breaks.iter().enumerate() {
        check.one_break(position, one, &wave_ids, &item_ids, &dimensions);
    }
    for (position, one) in definition.series.iter().enumerate() {
        check.series(position, one, definition);
    }
}

struct Check<'a> {
    document: &'a Document,
    findings: &'a mut Findings,
}

impl Check<'_> {
    fn complain(&mut self, code: Code, path: &str, args: &[(&'static str, &str)]) {
        let finding = Finding::new(code, self.document.place(path));
        self.findings.add(args.iter().fold(finding, |f, (name, value)| f.with(name, value)));
    }

    fn wrong(&mut self, path: &str, expected: &str, got: f64) {
        let got = got.to_string();
        self.complain(Code::WrongValue, path, &[("key", path), ("expected", expected), ("got", &got)]);
    }

    fn unknown(&mut self, path: &str, name: &str, known: &[&str]) {
        let near = nearest(name, known.iter().copied()).unwrap_or_else(|| known.join(", "));
        self.complain(Code::UnknownReference, path, &[("name", name), ("nearest", &near)]);
    }

    /// Answers or an earlier assessment, and the answers for the latest wave.
    fn source(&mut self, position: usize, wave: &Wave, latest: bool) {
        let path = format!("waves[{position}]");
        if wave.responses.is_empty() == wave.assessment.is_none() {
            self.complain(
                Code::ExactlyOne,
                &path,
                &[("first", "waves.responses"), ("second", "waves.assessment")],
            );
        } else if wave.assessment.is_some() && latest {
            self.complain(Code::LatestWaveTaken, &format!("{path}.assessment"), &[("wave", &wave.id)]);
        }
        if wave.assessment_wave.is_some() && wave.assessment.is_none() {
            self.complain(Code::MissingKey, &path, &[("key", "assessment"), ("table", &path)]);
        }
    }

    /// Aliases go by item id or by the column's name in `[columns]`; from here on by column alone.
    fn aliases(&mut self, definition: &Definition, position: usize, wave: &mut Wave, items: &[ItemSpec]) {
        let columns = &definition.columns;
        let single = [
            &columns.respondent,
            &columns.submitted,
            &columns.duration,
            &columns.psu,
            &columns.weight,
        ];
        let named: Vec<&str> = single
            .into_iter()
            .flatten()
            .chain(&columns.strata)
            .chain(&columns.domains)
            .map(String::as_str)
            .collect();
        let mut by_column = std::collections::BTreeMap::new();
        for (key, here) in std::mem::take(&mut wave.aliases) {
            let of_item = items.iter().find(|i| i.id == key).map(|i| i.column.as_str());
            let column = of_item.or_else(|| named.iter().copied().find(|c| *c == key));
            let Some(column) = column else {
                let known: Vec<&str> = items.iter().map(|i| i.id.as_str()).chain(named.iter().copied()).collect();
                self.unknown(&format!("waves[{position}].aliases.{key}"), &key, &known);
                continue;
            };
            by_column.insert(column.to_owned(), here);
        }
        wave.aliases = by_column;
    }

    fn one_break(&mut self, position: usize, one: &Break, waves: &[&str], items: &[&str], dimensions: &[&str]) {
        let path = format!("breaks[{position}]");
        match waves.iter().position(|w| *w == one.wave) {
            None => self.unknown(&format!("{path}.wave"), &one.wave, waves),
            Some(0) => self.complain(Code::BadBreak, &format!("{path}.wave"), &[("reason", "first"), ("wave", &one.wave)]),
            Some(_) => {}
        }
        for (key, named, known) in [("items", &one.items, items), ("dimensions", &one.dimensions, dimensions)] {
            for (at, name) in named.iter().enumerate() {
                if !known.contains(&name.as_str()) {
                    self.unknown(&format!("{path}.{key}[{at}]"), name, known);
                }
            }
        }
        if one.comparable.is_some() && !one.offsets.is_empty() {
            self.complain(Code::ExactlyOne, &path, &[("first", "comparable"), ("second", "offsets")]);
        }
        if !one.offsets.is_empty() && one.source.is_none() {
            self.complain(Code::MissingKey, &path, &[("key", "source"), ("table", &path)]);
        }
        for (at, offset) in one.offsets.iter().enumerate() {
            let path = format!("{path}.offsets[{at}]");
            let known: Vec<&str> = std::iter::once("index")
                .chain(dimensions.iter().copied())
                .chain(items.iter().copied())
                .collect();
            if !known.contains(&offset.of.as_str()) {
                self.unknown(&format!("{path}.of"), &offset.of, &known);
            }
            if !(-100.0..=100.0).contains(&offset.points) {
                self.wrong(&format!("{path}.points"), "-100 … 100", offset.points);
            }
            if !(offset.standard_error > 0.0 && offset.standard_error <= 100.0) {
                self.wrong(&format!("{path}.standard_error"), "> 0, ≤ 100", offset.standard_error);
            }
            if let Some(df) = offset.df.filter(|df| !(*df > 0.0 && df.is_finite())) {
                self.wrong(&format!("{path}.df"), "> 0", df);
            }
        }
    }

    fn series(&mut self, position: usize, one: &Series, definition: &Definition) {
        let path = format!("series[{position}]");
        let fits =
            |text: &str| !text.is_empty() && text.len() <= 64 && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        if !fits(&one.id) {
            self.complain(Code::BadId, &format!("{path}.id"), &[("id", &one.id)]);
        }
        if let Some(first) = definition.series.iter().take(position).position(|s| s.id == one.id) {
            let line = self.document.place(&format!("series[{first}].id")).line.unwrap_or(0).to_string();
            self.complain(Code::DuplicateId, &format!("{path}.id"), &[("id", &one.id), ("first", &line)]);
        }
        let counts = [("per_year", one.per_year, 1, 366), ("baseline", one.baseline, 8, 100_000)];
        for (key, value, low, high) in counts {
            if let Some(value) = value.filter(|v| !(low..=high).contains(v)) {
                self.wrong(&format!("{path}.{key}"), &format!("{low} … {high}"), value as f64);
            }
        }
        let numbers = [
            ("ewma_weight", one.ewma_weight, 1.0),
            ("ewma_width", one.ewma_width, 10.0),
            ("cusum_allowance", one.cusum_allowance, 5.0),
            ("cusum_interval", one.cusum_interval, 50.0),
        ];
        for (key, value, high) in numbers {
            if let Some(value) = value.filter(|v| !(*v > 0.0 && *v <= high)) {
                self.wrong(&format!("{path}.{key}"), &format!("> 0, ≤ {high}"), value);
            }
        }
    }
}
