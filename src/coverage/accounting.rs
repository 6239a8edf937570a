//! From the frame to the analysed interviews: where everybody drawn remained, in numbers that have to add up.

use super::Coverage;
use super::cases::Cases;
use super::response_rate::{DispositionCounts, EligibilityShare, FinalClass, OutcomeRates};
use crate::clean::Cleaned;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where final dispositions come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AccountingSource {
    /// A list of single cases: each id stands in exactly one final code, and was joined with the answers.
    Cases,
    /// A table of counts: sums can be held against each other, single ids cannot.
    Counts,
}

/// Interviews that a rule excluded first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExcludedBy {
    /// The rule.
    pub rule: String,
    /// Interviews.
    pub interviews: u64,
}

/// Cases of a final code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CodeCount {
    /// The code as the file has it.
    pub code: String,
    /// What it counts as.
    pub class: FinalClass,
    /// Cases.
    pub cases: u64,
}

/// Outcome rates of a mode of contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ModeRates {
    /// The mode as the file has it.
    pub mode: String,
    /// Its cases.
    pub counts: DispositionCounts,
    /// Their rates.
    pub rates: OutcomeRates,
}

/// Two numbers that have to be the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Balance {
    /// Which.
    pub what: String,
    /// The whole.
    pub whole: u64,
    /// The sum of its parts.
    pub parts: u64,
}

impl Balance {
    /// Whether they are the same.
    #[must_use]
    pub const fn holds(&self) -> bool {
        self.whole == self.parts
    }
}

/// The way from the frame to the analysed interviews.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Accounting {
    /// Where final dispositions come from.
    pub source: AccountingSource,
    /// Customers in the frame.
    pub frame: Option<u64>,
    /// Cases drawn: all that have a final disposition.
    pub drawn: u64,
    /// Known not to be eligible.
    pub not_eligible: u64,
    /// Of unknown eligibility.
    pub unknown: u64,
    /// Known to be eligible.
    pub eligible: u64,
    /// Eligible and contacted.
    pub contacted: u64,
    /// Complete and partial interviews.
    pub interviews: u64,
    /// Rows of answers received.
    pub received: u64,
    /// Rows that repeat a respondent.
    pub repeated: u64,
    /// Excluded, each by the first rule that says so.
    pub excluded: Vec<ExcludedBy>,
    /// Interviews that count.
    pub analysed: u64,
    /// Numbers that have to be the same.
    pub balances: Vec<Balance>,
    /// Cases by final code, where single cases are known.
    pub codes: Vec<CodeCount>,
    /// Rates by mode, where single cases tell it.
    pub modes: Vec<ModeRates>,
    /// First day on which a case was closed.
    pub first_closed: Option<String>,
    /// Last day on which a case was closed.
    pub last_closed: Option<String>,
}

/// The accounting of a wave with dispositions; `None` without them.
#[must_use]
pub fn accounting(coverage: &Coverage, cleaned: &Cleaned, cases: Option<&Cases>, rule: EligibilityShare) -> Option<Accounting> {
    let counts = coverage.dispositions?;
    let drawn = u64::try_from(counts.total()).unwrap_or(u64::MAX);
    let contacted = counts.complete + counts.partial + counts.refusal + counts.other;
    let interviews = counts.complete + counts.partial;
    let mut excluded: Vec<ExcludedBy> = cleaned
        .outcomes
        .iter()
        .filter(|o| o.excluded_first > 0)
        .map(|o| ExcludedBy {
            rule: o.rule.clone(),
            interviews: o.excluded_first,
        })
        .collect();
    // What the screen of answer quality left out stands in its own table, not among the rules.
    let by_rule: u64 = excluded.iter().map(|e| e.interviews).sum();
    let screened = cleaned.kept.iter().filter(|kept| !**kept).count() as u64;
    if screened > by_rule {
        excluded.push(ExcludedBy {
            rule: "quality".to_owned(),
            interviews: screened - by_rule,
        });
    }
    let repeated = repeated(cleaned);
    let mut accounting = Accounting {
        source: if cases.is_some() {
            AccountingSource::Cases
        } else {
            AccountingSource::Counts
        },
        frame: coverage.population,
        drawn,
        not_eligible: counts.not_eligible,
        unknown: counts.unknown_household + counts.unknown_other,
        eligible: contacted + counts.non_contact,
        contacted,
        interviews,
        received: coverage.received,
        repeated,
        excluded,
        analysed: coverage.n,
        balances: Vec::new(),
        codes: Vec::new(),
        modes: Vec::new(),
        first_closed: cases.and_then(|c| c.closed.as_ref()).map(|(first, _)| first.clone()),
        last_closed: cases.and_then(|c| c.closed.as_ref()).map(|(_, last)| last.clone()),
    };
    accounting.balances = balances(&accounting, coverage, &counts);
    if let Some(cases) = cases {
        let code = |(code, (class, cases)): (&String, &(FinalClass, u64))| CodeCount {
            code: code.clone(),
            class: *class,
            cases: *cases,
        };
        accounting.codes = cases.codes.iter().map(code).collect();
        accounting.codes.sort_by(|a, b| (a.class, &a.code).cmp(&(b.class, &b.code)));
        let mode = |(mode, counts): (&String, &DispositionCounts)| ModeRates {
            mode: mode.clone(),
            counts: *counts,
            rates: counts.outcome_rates(rule),
        };
        accounting.modes = cases.modes.iter().map(mode).collect();
    }
    Some(accounting)
}

/// Interviews that repeat a respondent: a second interview of the same person is no second person.
#[must_use]
pub fn repeated(cleaned: &Cleaned) -> u64 {
    cleaned.outcomes.iter().filter(|o| o.rule == "duplicate").map(|o| o.hit).sum()
}

fn balances(accounting: &Accounting, coverage: &Coverage, counts: &DispositionCounts) -> Vec<Balance> {
    let line = |what: &str, whole: u64, parts: u64| Balance {
        what: what.to_owned(),
        whole,
        parts,
    };
    let in_frame = coverage.drawn.map(|drawn| line("drawn", drawn, accounting.drawn));
    let out: u64 = accounting.excluded.iter().map(|e| e.interviews).sum();
    let of_strata = |of: fn(&super::StratumCoverage) -> u64| coverage.strata.iter().map(of).sum::<u64>();
    in_frame
        .into_iter()
        .chain([
            line(
                "eligibility",
                accounting.drawn,
                accounting.eligible + accounting.unknown + accounting.not_eligible,
            ),
            line("contact", accounting.eligible, accounting.contacted + counts.non_contact),
            line(
                "outcome",
                accounting.contacted,
                accounting.interviews + counts.refusal + counts.other,
            ),
            line(
                "answers",
                accounting.interviews,
                accounting.received - accounting.repeated.min(accounting.received),
            ),
            line("analysed", accounting.received, accounting.analysed + out),
            line("strata", accounting.analysed, of_strata(|s| s.n)),
        ])
        .collect()
}
