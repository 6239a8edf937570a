//! The forensics of a wave: a named pass over the interviews that the rules left to count.
//!
//! Every index of `[quality]` says which interviews somebody should look at, with the fact. Nothing is excluded unless the
//! definition says so for that index; then it goes through the ledger like a hit of any rule. Estimates with and without
//! the flagged stand side by side in the assessment.

mod answers;
mod copies;
mod fieldwork;
mod flags;
mod summary;

pub use flags::{Flag, csv};
pub use summary::{
    Between, BurstFound, Family, IndexResult, InterviewerFound, MatchSummary, QualityIndex, QualitySummary, SharedFound, Skipped,
    StandsOut, Unreachable, Versus,
};

use super::ledger::{Entry, LedgerAction, sheet_row};
use super::{Cleaned, RuleOutcome};
use crate::clean::forensics::{Coded, ItemValues};
use crate::finding::{Code, Finding, Place, Severity};
use crate::ingest::Responses;
use crate::ingest::answer::Packed;
use crate::survey::Survey;
use crate::survey::quality::{Quality, QualityAction};

/// What the forensics found in one wave.
#[derive(Debug, Clone)]
pub struct Screen {
    /// Every hit, by row, then index.
    pub flags: Vec<Flag>,
    /// Counts and distributions.
    pub summary: QualitySummary,
    /// By row of the responses: hit by any index.
    pub flagged: Vec<bool>,
    /// By row of the responses: hit by indices of at least two families.
    pub several: Vec<bool>,
}

impl Screen {
    /// What a reader of the result has to know of it.
    #[must_use]
    pub fn finding(&self, file: &str) -> Option<Finding> {
        let finding = Finding::new(Code::QualityFlagged, Place::file(file)).with("screened", self.summary.screened);
        let counted = finding.with("flagged", self.summary.flagged).with("several", self.summary.several);
        (self.summary.flagged > 0).then_some(counted)
    }
}

/// The interviews that the forensics look at.
struct Cases<'a> {
    survey: &'a Survey,
    quality: &'a Quality,
    responses: &'a Responses,
    /// Row of the responses, by case.
    rows: Vec<u32>,
    /// Answers to the scored items, by case.
    packed: Vec<Packed>,
    /// Codes as given, as a share of the scale.
    raw: Vec<ItemValues>,
    /// The same, turned so that more is better.
    turned: Vec<ItemValues>,
}

impl<'a> Cases<'a> {
    fn new(survey: &'a Survey, quality: &'a Quality, responses: &'a Responses, kept: &[bool]) -> Self {
        let rows: Vec<u32> = (0..responses.len())
            .filter(|row| kept.get(*row) == Some(&true))
            .map(|row| row as u32)
            .collect();
        let scored = survey.scored_items;
        let packed = rows
            .iter()
            .flat_map(|row| responses.row(*row as usize).iter().take(scored).copied())
            .collect();
        let raw: Vec<ItemValues> = survey
            .scored()
            .iter()
            .map(|item| ItemValues {
                low: 0.0,
                width: 1.0 / f64::from(item.scale.range()),
            })
            .collect();
        let turn = |(values, reversed): (&ItemValues, bool)| {
            if reversed {
                ItemValues {
                    low: 1.0,
                    width: -values.width,
                }
            } else {
                *values
            }
        };
        let turned = raw.iter().zip(survey.scored().iter().map(|i| i.reversed)).map(turn).collect();
        Self {
            survey,
            quality,
            responses,
            rows,
            packed,
            raw,
            turned,
        }
    }

    fn raw(&self) -> Option<Coded<'_>> {
        Coded::new(&self.packed, self.raw.len(), &self.raw)
    }

    fn turned(&self) -> Option<Coded<'_>> {
        Coded::new(&self.packed, self.turned.len(), &self.turned)
    }

    /// Line of the file on which a case starts.
    fn line(&self, case: usize) -> u32 {
        let row = self.rows.get(case).copied().unwrap_or(0);
        self.responses.line.get(row as usize).copied().unwrap_or(0)
    }

    /// A trace of every case; `None` without its column.
    fn trace<T: Copy + Default>(&self, of_row: Option<&Vec<T>>) -> Option<Vec<T>> {
        let of_row = of_row?;
        let of_case = |row: &u32| of_row.get(*row as usize).copied().unwrap_or_default();
        Some(self.rows.iter().map(of_case).collect())
    }
}

/// The fewest items that are a share of them; 0.8 of 25 is 20, although the product may be a little more.
fn whole_items(share: f64, items: usize) -> u32 {
    (share * items as f64 - 1e-9).ceil().max(0.0) as u32
}

/// One index after it ran: its result, and the cases it hit, each with the fact.
struct Outcome {
    result: IndexResult,
    hits: Vec<(usize, String)>,
}

impl Outcome {
    fn skipped(index: QualityIndex, action: QualityAction, why: Skipped) -> Self {
        Self {
            result: IndexResult::new(index, action, Some(why)),
            hits: Vec::new(),
        }
    }
}

/// Runs the forensics where the definition has `[quality]`, and excludes what it says to exclude.
pub fn screen(survey: &Survey, responses: &Responses, cleaned: &mut Cleaned) -> Option<Screen> {
    let quality = survey.quality.as_ref()?;
    let cases = Cases::new(survey, quality, responses, &cleaned.kept);
    let mut outcomes = answers::indices(&cases);
    let copies = copies::percent_match(&cases);
    outcomes.push(copies.outcome);
    let (bursts, burst_list) = fieldwork::bursts(&cases);
    outcomes.push(bursts);
    let mut shared = Vec::new();
    for index in [QualityIndex::SharedIp, QualityIndex::SharedDevice] {
        let (outcome, found) = fieldwork::shared_by(&cases, index);
        outcomes.push(outcome);
        shared.extend(found);
    }
    outcomes.push(fieldwork::overlaps(&cases));
    let (between, interviewers) = fieldwork::interviewers(&cases, copies.reached.as_deref());
    let mut flags = Vec::new();
    for outcome in &mut outcomes {
        outcome.result.hit = outcome.hits.len() as u64;
        exclude(&cases, outcome, cleaned);
        let flag = |(case, fact): &(usize, String)| Flag::new(responses, cases.rows.get(*case).copied(), &outcome.result, fact);
        flags.extend(outcome.hits.iter().filter_map(flag));
    }
    cleaned.ledger.sort();
    flags.sort();
    let (flagged, several) = flags::by_row(&flags, responses.len());
    flags::mark_several(&mut flags, &several);
    let count = |rows: &[bool]| rows.iter().filter(|r| **r).count() as u64;
    let summary = QualitySummary {
        screened: cases.rows.len() as u64,
        flagged: count(&flagged),
        several: count(&several),
        indices: outcomes.into_iter().map(|o| o.result).collect(),
        percent_match: copies.summary,
        bursts: burst_list,
        shared,
        between,
        interviewers,
    };
    Some(Screen {
        flags,
        summary,
        flagged,
        several,
    })
}

/// Excludes the hits of an index whose table says so, through the ledger.
fn exclude(cases: &Cases<'_>, outcome: &Outcome, cleaned: &mut Cleaned) {
    if outcome.result.action != QualityAction::Exclude || outcome.result.skipped.is_some() {
        return;
    }
    let rule = outcome.result.index.rule();
    let mut first = 0;
    for (case, fact) in &outcome.hits {
        let Some(row) = cases.rows.get(*case).copied() else { continue };
        if let Some(counts) = cleaned.kept.get_mut(row as usize).filter(|counts| **counts) {
            *counts = false;
            first += 1;
        }
        cleaned.ledger.push(Entry {
            line: cases.line(*case),
            sheet_row: sheet_row(row),
            action: LedgerAction::Excluded,
            rule,
            column: String::new(),
            fact: fact.clone(),
        });
    }
    cleaned.outcomes.push(RuleOutcome {
        rule: rule.to_owned(),
        severity: Severity::Warning,
        settings: outcome.result.settings.clone(),
        excludes: true,
        hit: outcome.hits.len() as u64,
        excluded_first: first,
        reference: outcome.result.reference.clone(),
    });
}
