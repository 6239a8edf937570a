//! Single questions with a number of their own, complaints and open questions: `[[measures]]`, `[complaints]`, `[[open]]`.

use super::definition::{Definition, Scale};
use super::{Document, ItemSpec, ScaleSpec, nearest};
use crate::finding::{Code, Finding, Findings, Place};
use crate::locale::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A number made of the answers to one question.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// What is made of the answers.
    pub kind: MeasureKind,
    /// Short name; the kind when absent.
    pub id: Option<String>,
    /// Title; that of the item, or the name of the kind, when absent.
    pub title: Option<Text>,
    /// An item of the survey.
    pub item: Option<String>,
    /// Or a column of the response file that no dimension uses.
    pub column: Option<String>,
    /// Scale of that column.
    pub scale: Option<String>,
    /// How many of the best answers count as satisfied (`csat`, 2 when absent) or easy (`ces`, 2 when absent).
    pub top: Option<u8>,
    /// How the interval of a net promoter score is made; `taylor` when absent.
    pub interval: Option<NetInterval>,
}

/// What is made of the answers to one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MeasureKind {
    /// Net promoter score, 净推荐值: share of 9 and 10 less share of 0 to 6, in points; the scale goes from 0 to 10.
    Nps,
    /// Customer satisfaction score: share of the best answers.
    Csat,
    /// Customer effort score: mean of the codes, and the share of the best answers; the best answer is the least effort.
    Ces,
}

impl MeasureKind {
    /// The word in the definition.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nps => "nps",
            Self::Csat => "csat",
            Self::Ces => "ces",
        }
    }
}

/// How the interval of a net promoter score is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NetInterval {
    /// ± t · standard error of the design.
    #[default]
    Taylor,
    /// Adjusted Wald for small samples: three more answers, ¾ promoters, 1½ passives, ¾ detractors (Rocks 2016).
    AdjustedWald,
}

/// Complaints: who complained, of what, and how it was dealt with.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Complaints {
    /// Column that says whether somebody complained.
    pub column: Option<String>,
    /// Words of that column that mean a complaint.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Words of that column that mean none.
    #[serde(default)]
    pub no: Vec<String>,
    /// Column of what the complaint was about; several may stand in a cell.
    pub category: Option<String>,
    /// What parts several categories in a cell; `┋` when absent, as 问卷星 writes it.
    pub separator: Option<String>,
    /// Item of satisfaction with the handling; it is also estimated among those who complained.
    pub handling: Option<String>,
    /// The company's own register of complaints.
    pub register: Option<Register>,
}

/// Registers of complaints: one CSV a wave, one row a complaint.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// File of each wave, by wave.
    pub files: BTreeMap<String, String>,
    /// Column of the category; `category` when absent.
    pub category: Option<String>,
    /// Column of the day of receipt, `YYYY-MM-DD`; `received` when absent.
    pub received: Option<String>,
    /// Column of the day on which it was closed, empty while it is open; `closed` when absent.
    pub closed: Option<String>,
}

/// An open question.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenQuestion {
    /// Column of the response file.
    pub column: String,
    /// Short name; `open-1`, `open-2` … when absent.
    pub id: Option<String>,
    /// Wording of the question.
    pub title: Option<Text>,
    /// Answers that say nothing, beside the usual `无`, `没有` …
    #[serde(default)]
    pub blank: Vec<String>,
    /// Fewest respondents of a keyword that is shown; that of a domain (`design.domain_base_min`) when absent, at least 3.
    pub keyword_base_min: Option<u64>,
    /// Words that are no keywords.
    #[serde(default)]
    pub stop_words: Vec<String>,
    /// Words of your trade that the segmenter does not know, to be kept whole.
    #[serde(default)]
    pub words: Vec<String>,
    /// True when a few answers may be quoted, personal data masked; only where at least 8 answered.
    #[serde(default)]
    pub quote: bool,
    /// Answers quoted; 5 when absent.
    pub quotes_max: Option<u8>,
    /// Code frame (CSV: `code`, `label`; `label_en`, `description` where wanted).
    pub frame: Option<String>,
    /// Answers as coded (CSV: line of the response file or respondent, coder, code; wave, question where there are several).
    pub coded: Option<String>,
    /// Coder whose codes are reported; whoever coded most, first by name, when absent.
    pub coder: Option<String>,
}

/// Fewest respondents of any keyword: no definition can go below it.
pub const KEYWORD_BASE_FLOOR: u64 = 3;

/// Id of the complaint rate among the measures.
pub const COMPLAINT_RATE: &str = "complaint-rate";

/// Id of the satisfaction with the handling among those who complained.
pub const COMPLAINT_HANDLING: &str = "complaint-handling";

/// The three tables, checked.
#[derive(Debug, Clone, Default)]
pub struct TouchpointSpec {
    /// Measures.
    pub measures: Vec<MeasureSpec>,
    /// Complaints.
    pub complaints: Option<ComplaintsSpec>,
    /// Open questions.
    pub open: Vec<OpenSpec>,
}

impl TouchpointSpec {
    /// True when there is nothing of all this.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.measures.is_empty() && self.complaints.is_none() && self.open.is_empty()
    }
}

/// Where answers come from.
#[derive(Debug, Clone)]
pub enum AnswerSource {
    /// An item, by position.
    Item(usize),
    /// A column of its own.
    Column(String),
}

/// A measure, checked.
#[derive(Debug, Clone)]
pub struct MeasureSpec {
    /// Short name.
    pub id: String,
    /// Title.
    pub title: Text,
    /// What is made of it.
    pub kind: MeasureKind,
    /// Where the answers are.
    pub source: AnswerSource,
    /// Their scale.
    pub scale: ScaleSpec,
    /// True when the lowest code is the best.
    pub reversed: bool,
    /// Best answers that count.
    pub top: u8,
    /// Interval of a net promoter score.
    pub interval: NetInterval,
}

/// Complaints, checked.
#[derive(Debug, Clone)]
pub struct ComplaintsSpec {
    /// Column that says who complained, with the words for yes and no.
    pub column: Option<(String, Vec<String>, Vec<String>)>,
    /// Column of categories and what parts them.
    pub category: Option<(String, String)>,
    /// Position of the item of handling.
    pub handling: Option<usize>,
    /// The register.
    pub register: Option<Register>,
    /// Where its files stand.
    pub register_place: Place,
}

/// An open question, checked.
#[derive(Debug, Clone)]
pub struct OpenSpec {
    /// Short name.
    pub id: String,
    /// Wording.
    pub title: Text,
    /// Fewest respondents of a keyword.
    pub keyword_base_min: u64,
    /// As written.
    pub written: OpenQuestion,
}

/// Files that the three tables name, also when the definition is not admissible.
pub(super) fn named_files(value: &serde_json::Value) -> Vec<String> {
    let registers = value.pointer("/complaints/register/files").and_then(serde_json::Value::as_object);
    let questions = value.get("open").and_then(serde_json::Value::as_array);
    let text = |v: &serde_json::Value| v.as_str().map(str::to_owned);
    let coded = questions.into_iter().flatten();
    let coded = coded.flat_map(|q| ["frame", "coded"].into_iter().filter_map(|key| q.get(key)));
    registers
        .into_iter()
        .flat_map(|r| r.values())
        .chain(coded)
        .filter_map(text)
        .collect()
}

struct Check<'a> {
    definition: &'a Definition,
    document: &'a Document,
    items: &'a [ItemSpec],
    findings: &'a mut Findings,
}

/// Holds the three tables against the rest of the definition.
pub(super) fn check(definition: &Definition, document: &Document, items: &[ItemSpec], findings: &mut Findings) -> TouchpointSpec {
    let mut check = Check {
        definition,
        document,
        items,
        findings,
    };
    let measures = definition.measures.iter().enumerate();
    let measures = measures.filter_map(|(at, measure)| check.measure(at, measure)).collect();
    let complaints = definition.complaints.as_ref().map(|c| check.complaints(c));
    let open = definition.open.iter().enumerate().map(|(at, q)| check.open(at, q)).collect();
    check.ids();
    TouchpointSpec {
        measures,
        complaints,
        open,
    }
}

impl Check<'_> {
    fn complain(&mut self, code: Code, path: &str, args: &[(&'static str, &str)]) {
        let finding = Finding::new(code, self.document.place(path));
        self.findings.add(args.iter().fold(finding, |f, (name, value)| f.with(name, value)));
    }

    fn wrong(&mut self, path: &str, expected: &str, got: &str) {
        self.complain(Code::WrongValue, path, &[("key", path), ("expected", expected), ("got", got)]);
    }

    fn unknown(&mut self, path: &str, name: &str, known: &[&str]) {
        let near = nearest(name, known.iter().copied()).unwrap_or_else(|| known.join(", "));
        self.complain(Code::UnknownReference, path, &[("name", name), ("nearest", &near)]);
    }

    /// Ids of measures and of open questions, each once.
    fn ids(&mut self) {
        let measures = self.definition.measures.iter().enumerate();
        let measures = measures.map(|(at, m)| {
            (
                format!("measures[{at}].id"),
                m.id.clone().unwrap_or_else(|| m.kind.word().to_owned()),
            )
        });
        let open = self.definition.open.iter().enumerate();
        let open = open.map(|(at, q)| (format!("open[{at}].id"), q.id.clone().unwrap_or_else(|| format!("open-{}", at + 1))));
        let all: Vec<(String, String)> = measures.chain(open).collect();
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for (path, id) in &all {
            if !super::validate::is_id(id) {
                self.complain(Code::BadId, path, &[("id", id)]);
            }
            if let Some(first) = seen.insert(id, path) {
                let line = self.document.place(first).line.unwrap_or(0).to_string();
                self.complain(Code::DuplicateId, path, &[("id", id), ("first", &line)]);
            }
        }
    }

    fn item(&mut self, path: &str, id: &str) -> Option<usize> {
        let at = self.items.iter().position(|item| item.id == id);
        if at.is_none() {
            let known: Vec<&str> = self.items.iter().map(|i| i.id.as_str()).collect();
            self.unknown(path, id, &known);
        }
        at
    }

    fn scale(&mut self, path: &str, name: Option<&String>) -> Option<(ScaleSpec, bool)> {
        let scales: &BTreeMap<String, Scale> = &self.definition.scales;
        let found = match name {
            Some(name) => scales.get(name),
            None if scales.len() == 1 => scales.values().next(),
            None => None,
        };
        match (found, name) {
            (Some(scale), _) => {
                let spec = ScaleSpec {
                    min: scale.min,
                    max: scale.max,
                    labels: scale.labels.clone(),
                    missing: scale.missing.clone(),
                };
                Some((spec, scale.reversed))
            }
            (None, Some(name)) => {
                let known: Vec<&str> = scales.keys().map(String::as_str).collect();
                self.unknown(&format!("{path}.scale"), name, &known);
                None
            }
            (None, None) => {
                self.complain(Code::MissingKey, path, &[("key", "scale"), ("table", path)]);
                None
            }
        }
    }

    fn measure(&mut self, at: usize, measure: &Measure) -> Option<MeasureSpec> {
        let path = format!("measures[{at}]");
        let (source, (scale, reversed), title) = match (&measure.item, &measure.column) {
            (Some(id), None) => {
                let position = self.item(&format!("{path}.item"), id)?;
                let item = self.items.get(position)?;
                (
                    AnswerSource::Item(position),
                    (item.scale.clone(), item.reversed),
                    item.title.clone(),
                )
            }
            (None, Some(column)) => {
                let scale = self.scale(&path, measure.scale.as_ref())?;
                (AnswerSource::Column(column.clone()), scale, Text::same(column))
            }
            _ => {
                self.complain(Code::ExactlyOne, &path, &[("first", "item"), ("second", "column")]);
                return None;
            }
        };
        if measure.item.is_some() && measure.scale.is_some() {
            self.complain(
                Code::ExactlyOne,
                &format!("{path}.scale"),
                &[("first", "item"), ("second", "scale")],
            );
        }
        if measure.kind == MeasureKind::Nps && (scale.min, scale.max, reversed) != (0, 10, false) {
            self.wrong(&path, "min = 0, max = 10", &format!("min = {}, max = {}", scale.min, scale.max));
        }
        let top = measure.top.unwrap_or(2);
        if top == 0 || top > scale.range() {
            self.wrong(&format!("{path}.top"), &format!("1 … {}", scale.range()), &top.to_string());
        }
        Some(MeasureSpec {
            id: measure.id.clone().unwrap_or_else(|| measure.kind.word().to_owned()),
            title: measure.title.clone().unwrap_or(title),
            kind: measure.kind,
            source,
            scale,
            reversed,
            top,
            interval: measure.interval.unwrap_or_default(),
        })
    }

    fn complaints(&mut self, complaints: &Complaints) -> ComplaintsSpec {
        let missing = |check: &mut Self, key: &str| {
            check.complain(Code::MissingKey, "complaints", &[("key", key), ("table", "complaints")]);
        };
        if complaints.column.is_none() && complaints.register.is_none() {
            missing(self, "column");
        }
        if complaints.column.is_some() && complaints.yes.is_empty() {
            missing(self, "yes");
        }
        if complaints.column.is_some() && complaints.no.is_empty() {
            missing(self, "no");
        }
        if let Some(both) = complaints.yes.iter().find(|word| complaints.no.contains(word)) {
            self.wrong("complaints.no", "≠ yes", both);
        }
        if complaints.separator.as_ref().is_some_and(String::is_empty) {
            self.wrong("complaints.separator", "┋", "");
        }
        if complaints.column.is_none() && (complaints.category.is_some() || complaints.handling.is_some()) {
            missing(self, "column");
        }
        let handling = complaints.handling.as_ref();
        let handling = handling.and_then(|id| self.item("complaints.handling", id));
        let known: Vec<&str> = self.definition.waves.iter().map(|w| w.id.as_str()).collect();
        let known = if known.is_empty() { vec!["wave-1"] } else { known };
        for wave in complaints.register.iter().flat_map(|r| r.files.keys()) {
            if !known.contains(&wave.as_str()) {
                self.unknown(&format!("complaints.register.files.{wave}"), wave, &known);
            }
        }
        let separator = complaints.separator.clone().unwrap_or_else(|| "┋".to_owned());
        ComplaintsSpec {
            column: complaints
                .column
                .clone()
                .map(|c| (c, complaints.yes.clone(), complaints.no.clone())),
            category: complaints.category.clone().map(|c| (c, separator)),
            handling,
            register: complaints.register.clone(),
            register_place: self.document.place("complaints.register"),
        }
    }

    fn open(&mut self, at: usize, question: &OpenQuestion) -> OpenSpec {
        let path = format!("open[{at}]");
        if question.coded.is_some() && question.frame.is_none() {
            self.complain(Code::MissingKey, &path, &[("key", "frame"), ("table", &path)]);
        }
        let least = self.definition.design.domain_base_min.unwrap_or(10).max(KEYWORD_BASE_FLOOR);
        let wanted = question.keyword_base_min.unwrap_or(least);
        if wanted < KEYWORD_BASE_FLOOR {
            let expected = format!("≥ {KEYWORD_BASE_FLOOR}");
            self.wrong(&format!("{path}.keyword_base_min"), &expected, &wanted.to_string());
        }
        let scored: BTreeSet<&str> = self.items.iter().map(|i| i.column.as_str()).collect();
        if scored.contains(question.column.as_str()) {
            self.complain(
                Code::DuplicateId,
                &format!("{path}.column"),
                &[("id", &question.column), ("first", "dimensions")],
            );
        }
        OpenSpec {
            id: question.id.clone().unwrap_or_else(|| format!("open-{}", at + 1)),
            title: question.title.clone().unwrap_or_else(|| Text::same(&question.column)),
            keyword_base_min: wanted,
            written: question.clone(),
        }
    }
}
