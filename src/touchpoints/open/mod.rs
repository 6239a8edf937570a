//! Open answers: how many said something, what words they used, what codes they were given, a few of them quoted.

pub mod coding;
mod keywords;

pub use coding::Coding;

use super::text_of;
use crate::ingest::table::Table;
use crate::survey::touchpoints::OpenSpec;
use crate::text::redact::redact;
use keywords::Segmenter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use twox_hash::XxHash64;

/// Fewest answers from which any may be quoted.
pub const QUOTES_FROM: u64 = 8;

/// Most characters of a quotation.
const QUOTE_LENGTH: usize = 120;

/// Most keywords that are shown.
const KEYWORDS_MAX: usize = 30;

/// Answers that say nothing.
const BLANK: [&str; 24] = [
    "无",
    "没有",
    "没",
    "暂无",
    "无意见",
    "没有意见",
    "没意见",
    "无建议",
    "没有建议",
    "暂时没有",
    "没什么",
    "不知道",
    "不清楚",
    "无无",
    "(空)",
    "（空）",
    "(跳过)",
    "-",
    "/",
    "/n",
    "none",
    "no",
    "na",
    "n/a",
];

/// What was read of an open question.
#[derive(Debug, Clone, Default)]
pub struct OpenGathered {
    /// Interviews that count with an answer that says something.
    pub answered: u64,
    /// Interviews that count with an answer that says nothing, such as 无.
    pub nothing: u64,
    /// Keywords, the most frequent first.
    pub keywords: Vec<Keyword>,
    /// Keywords of fewer respondents than may be shown.
    pub withheld: u64,
    /// Masked quotations.
    pub quotes: Vec<String>,
    /// Codes, where the answers were coded.
    pub coding: Option<Coding>,
}

/// A word and how many respondents used it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Keyword {
    /// The word; `不` before it where the answers negate it.
    pub word: String,
    /// Respondents who used it, however often each.
    pub respondents: u64,
}

/// Counts answers and words while rows pass.
pub(super) struct OpenReader<'a> {
    spec: &'a OpenSpec,
    at: Option<usize>,
    segmenter: Segmenter,
    seed: u64,
    words: BTreeMap<String, u64>,
    /// Candidates for quotation by digest, so that neither the order of rows nor anybody's taste chooses.
    quotes: BTreeMap<u64, String>,
    out: OpenGathered,
}

impl<'a> OpenReader<'a> {
    pub(super) fn new(spec: &'a OpenSpec, seed: u64, table: &mut Table) -> Self {
        Self {
            at: table.column(&spec.written.column),
            segmenter: Segmenter::new(&spec.written.words, &spec.written.stop_words),
            spec,
            seed,
            words: BTreeMap::new(),
            quotes: BTreeMap::new(),
            out: OpenGathered::default(),
        }
    }

    fn quotes_max(&self) -> usize {
        usize::from(self.spec.written.quotes_max.unwrap_or(5))
    }

    pub(super) fn push(&mut self, record: &csv::ByteRecord) {
        let text = text_of(record, self.at);
        if text.is_empty() {
            return;
        }
        if says_nothing(&text, &self.spec.written.blank) {
            self.out.nothing += 1;
            return;
        }
        self.out.answered += 1;
        let masked = redact(&text).text;
        let words: BTreeSet<String> = self.segmenter.words(&masked).into_iter().collect();
        for word in words {
            *self.words.entry(word).or_insert(0) += 1;
        }
        if self.spec.written.quote && self.quotes_max() > 0 {
            let quote = crate::text::shown(&masked.split_whitespace().collect::<Vec<_>>().join(" "), QUOTE_LENGTH);
            self.quotes.insert(XxHash64::oneshot(self.seed, quote.as_bytes()), quote);
            if self.quotes.len() > self.quotes_max() {
                self.quotes.pop_last();
            }
        }
    }

    pub(super) fn finish(mut self) -> OpenGathered {
        let least = self.spec.keyword_base_min;
        let all = self.words.len();
        let mut shown: Vec<Keyword> = self
            .words
            .into_iter()
            .filter(|(_, respondents)| *respondents >= least)
            .map(|(word, respondents)| Keyword { word, respondents })
            .collect();
        self.out.withheld = (all - shown.len()) as u64;
        shown.sort_by(|a, b| b.respondents.cmp(&a.respondents).then_with(|| a.word.cmp(&b.word)));
        shown.truncate(KEYWORDS_MAX);
        self.out.keywords = shown;
        if self.out.answered >= QUOTES_FROM {
            self.out.quotes = self.quotes.into_values().collect();
        }
        self.out
    }
}

/// True for a text that only says that there is nothing to say.
fn says_nothing(text: &str, more: &[String]) -> bool {
    let plain: String = text.chars().filter(|c| c.is_alphanumeric() || "()（）/-".contains(*c)).collect();
    let plain = plain.to_lowercase();
    plain.is_empty() || BLANK.contains(&plain.as_str()) || more.iter().any(|word| word == text)
}
