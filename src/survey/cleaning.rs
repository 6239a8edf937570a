//! `[cleaning]`: the rules that judge whole interviews, as they are written in `survey.toml`.

use schemars::JsonSchema;
use serde::Deserialize;

/// What a rule does to an interview it hits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Leave it out of the estimates, with the reason in the ledger.
    #[default]
    Exclude,
    /// Keep it, and say so in the ledger.
    Flag,
}

/// Rules that judge whole interviews. A rule runs when its table is present.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cleaning {
    /// Largest share of faulty answers (unknown labels, codes outside the scale) before the run stops; 0.05 when absent.
    pub faulty_share_max: Option<f64>,
    /// The same respondent twice: all but one interview are hit.
    pub duplicate: Option<DuplicateRule>,
    /// Too few items answered.
    pub required: Option<RequiredRule>,
    /// Not finished, by a status column.
    pub unfinished: Option<UnfinishedRule>,
    /// Answered faster than anyone can read.
    pub too_fast: Option<TooFastRule>,
    /// The same answer to every item.
    pub straight_line: Option<StraightLineRule>,
    /// A question with a known right answer was answered otherwise.
    pub attention: Option<AttentionRule>,
    /// Faulty answers in one interview.
    pub faulty: Option<FaultyRule>,
}

/// Which of several interviews of one respondent counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Keep {
    /// The first in the file.
    #[default]
    First,
    /// The last in the file.
    Last,
}

/// The same respondent twice.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DuplicateRule {
    /// What to do; exclude when absent.
    #[serde(default)]
    pub action: Action,
    /// Which one counts.
    #[serde(default)]
    pub keep: Keep,
}

/// Too few items answered.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequiredRule {
    /// What to do; exclude when absent.
    #[serde(default)]
    pub action: Action,
    /// Smallest share of items with a score, 0 to 1; 0.5 when absent. Items that do not apply or were not asked count as
    /// answered.
    pub answered_share_min: Option<f64>,
    /// Items that must be answered.
    #[serde(default)]
    pub items: Vec<String>,
}

/// Not finished.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnfinishedRule {
    /// What to do; exclude when absent.
    #[serde(default)]
    pub action: Action,
    /// Column that says whether the interview was finished.
    pub column: String,
    /// Its values that mean finished.
    pub finished: Vec<String>,
}

/// Answered too fast.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TooFastRule {
    /// What to do; exclude when absent.
    #[serde(default)]
    pub action: Action,
    /// Fewest seconds that an honest answer takes.
    pub seconds_min: f64,
}

/// The same answer to every item.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StraightLineRule {
    /// What to do; exclude when absent.
    #[serde(default)]
    pub action: Action,
    /// Longest run of one and the same answer that is still allowed; one less than the number of items when absent.
    pub run_max: Option<u32>,
}

/// A question with a known right answer.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttentionRule {
    /// What to do; exclude when absent.
    #[serde(default)]
    pub action: Action,
    /// Column of the question.
    pub column: String,
    /// Its right answers.
    pub expected: Vec<String>,
}

/// Faulty answers in one interview.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FaultyRule {
    /// What to do; exclude when absent.
    #[serde(default)]
    pub action: Action,
    /// Most faulty answers that an interview may hold; 0 when absent.
    #[serde(default)]
    pub answers_max: u32,
}
