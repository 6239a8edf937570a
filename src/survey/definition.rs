//! The survey definition as it is written in `survey.toml`: plain data, before any cross-check.
//!
//! The doc comments of these types are the descriptions of the JSON Schema that `manyidu schema` prints, so an editor
//! shows them while the file is written.

use super::cleaning::Cleaning;
use super::comparison::Compare;
use super::disclosure::DisclosureFields;
use super::follow_up::{Certificate, Sites};
use super::indicators::{Group, IndexWeights, Judgement};
use super::labels::ColumnLabels;
use super::over_time::{Break, Series};
use super::quality::Quality;
use super::report_keys::ReportKeys;
use super::touchpoints::{Complaints, Measure, OpenQuestion};
use super::trend::Trend;
use super::weighting::Weighting;
use crate::coverage::response_rate::{FinalClass, ResponseRateDefinition};
use crate::design::LonelyPsuPolicy;
use crate::locale::Text;
use crate::model::missing::MissingMethod;
use crate::model::pls::{InnerScheme, OuterMode};
use crate::model::structure::HigherMethod;
use crate::resample::IntervalMethod;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A whole survey: who was asked, where the answers are, what they mean and what is to be made of them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Version of this file format; 1 when absent.
    #[serde(default = "one")]
    pub schema_version: u32,
    /// Short name of the survey; the folder's name when absent, or `survey-` and a digest of it where that does not fit. Letters, digits, `-` and `_`.
    pub id: Option<String>,
    /// Title of the survey.
    pub title: Text,
    /// Who the survey is about.
    pub population: Option<Text>,
    /// Who paid for it.
    pub sponsor: Option<Text>,
    /// Who carried it out.
    pub conductor: Option<Text>,
    /// How people were asked.
    pub mode: Option<Mode>,
    /// Standards the survey refers to.
    #[serde(default)]
    pub basis: Vec<String>,
    /// A sentence printed on every page, for example that the answers are simulated.
    pub notice: Option<Text>,
    /// A file of improvement actions (CSV: item, owner, due, closed, proof; wave where wanted).
    pub actions: Option<String>,
    /// The certificate that rests on this survey.
    pub certificate: Option<Certificate>,
    /// Sites with results of their own.
    pub sites: Option<Sites>,
    /// Plan and targets of the yearly surveillance.
    #[serde(default)]
    pub surveillance: super::surveillance::Surveillance,
    /// Response file of a survey with a single wave (short form of `waves`).
    pub responses: Option<String>,
    /// Frame of a survey with a single wave (short form of `waves`).
    pub frame: Option<String>,
    /// The fieldings, oldest first.
    #[serde(default)]
    pub waves: Vec<Wave>,
    /// What changed between waves, so that no trend is drawn across it unless it is bridged.
    #[serde(default)]
    pub breaks: Vec<Break>,
    /// Values over time that are watched by control charts.
    #[serde(default)]
    pub series: Vec<Series>,
    /// Other published indices beside ours (CSV: name, period, value, source; lower, upper, level, n where published).
    pub benchmarks: Option<String>,
    /// How the files of single cases (`cases` of a wave) are read.
    #[serde(default)]
    pub cases: Cases,
    /// What whoever publishes the result has to disclose and no file can tell.
    #[serde(default)]
    pub disclosure: DisclosureFields,
    /// Columns with a meaning of their own.
    #[serde(default)]
    pub columns: Columns,
    /// What columns and their values are called in reports, by column. Files and ids keep their own words.
    #[serde(default)]
    pub labels: BTreeMap<String, ColumnLabels>,
    /// Answer scales by name. One alone is the scale of every item that names none.
    #[serde(default)]
    pub scales: BTreeMap<String, Scale>,
    /// What is measured, each by its items.
    #[serde(default)]
    pub dimensions: Vec<Dimension>,
    /// Headings above the dimensions, for an indicator tree of more than three levels.
    #[serde(default)]
    pub groups: Vec<Group>,
    /// Pairwise judgements, for weights by the analytic hierarchy process.
    #[serde(default)]
    pub judgements: Vec<Judgement>,
    /// Details of single items, by item id.
    #[serde(default)]
    pub items: BTreeMap<String, Item>,
    /// How respondents were selected.
    #[serde(default)]
    pub design: Design,
    /// Known totals that the weights are brought to.
    pub weighting: Option<Weighting>,
    /// How waves are compared.
    #[serde(default)]
    pub trend: Trend,
    /// Rules that judge whole interviews.
    #[serde(default)]
    pub cleaning: Cleaning,
    /// Forensics of response quality: careless and made-up interviews. It runs when the table is present.
    pub quality: Option<Quality>,
    /// How reports are written.
    pub report: Option<ReportKeys>,
    /// How items make dimensions.
    #[serde(default)]
    pub model: Model,
    /// How dimensions make the index.
    #[serde(default)]
    pub index: IndexRule,
    /// Conditions that make the run end with exit code 1.
    #[serde(default)]
    pub gates: Gates,
    /// Certification schemes to read the result against, by id.
    #[serde(default)]
    pub schemes: Vec<String>,
    /// The scorecard (CSV, see `manyidu scorecard new`) of the one scheme among `schemes` that is scored on site.
    pub scorecard: Option<String>,
    /// Scorecards by scheme, where there are several.
    #[serde(default)]
    pub scorecards: BTreeMap<String, String>,
    /// Statements on conditions of schemes that a survey cannot prove, by condition, each with its proof.
    #[serde(default)]
    pub declared: BTreeMap<String, Declared>,
    /// Day for which the result is read against schemes, `YYYY-MM-DD`: the age of the survey is counted up to it.
    pub decision_date: Option<String>,
    /// Net promoter score, top-box shares, effort scores: single questions with a number of their own beside the index.
    #[serde(default)]
    pub measures: Vec<Measure>,
    /// Complaints: who complained, of what, and how it was dealt with.
    pub complaints: Option<Complaints>,
    /// Open questions.
    #[serde(default)]
    pub open: Vec<OpenQuestion>,
}

/// What somebody states of a condition, and where the proof is.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// The number that is held against the condition's: months, audits, a share; 1 for a plain yes, 0 for no.
    pub value: f64,
    /// Record or file in which an auditor finds the proof.
    pub reference: String,
}

fn one() -> u32 {
    1
}

/// How people were asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Questionnaire in a browser or an app.
    Web,
    /// Interview by telephone.
    Phone,
    /// Paper questionnaire.
    Paper,
    /// Interview in person.
    FaceToFace,
    /// More than one of these.
    Mixed,
}

/// One fielding of the survey.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wave {
    /// Short name, for example the year.
    pub id: String,
    /// Title; the id when absent.
    pub title: Option<Text>,
    /// Response file (CSV), relative to this definition. This or `assessment`.
    #[serde(default)]
    pub responses: String,
    /// An earlier `assessment.json` to take the wave from, where the answers are no longer at hand. The latest wave needs its answers.
    pub assessment: Option<String>,
    /// The wave's id in that file; `id` when absent.
    pub assessment_wave: Option<String>,
    /// Columns that bear another name in this wave's file: item id, or a column that `[columns]` names, to the name in this file,
    /// `{ image1 = "Q1 旧列名" }`.
    #[serde(default)]
    pub aliases: BTreeMap<String, String>,
    /// How people were asked in this wave; `mode` of the survey when absent. A change of mode is a break.
    pub mode: Option<Mode>,
    /// Encoding of the response file: `utf-8` or `gb18030`; recognised when absent.
    pub encoding: Option<String>,
    /// Field separator of the response file, one character; recognised when absent.
    pub delimiter: Option<String>,
    /// First day of fieldwork, `YYYY-MM-DD`. Submissions before it are impossible dates.
    pub field_start: Option<String>,
    /// Last day of fieldwork, `YYYY-MM-DD`. Submissions after it are impossible dates.
    pub field_end: Option<String>,
    /// Frame: a CSV of the strata columns, `population`, and `drawn` where a sample was drawn; with `columns.psu` also `psus`,
    /// the clusters of the stratum in all, for the finite population correction.
    pub frame: Option<String>,
    /// All clusters of the population, where clusters were drawn and respondents within them (two stages): a CSV of the strata columns
    /// (where strata were drawn), the column of `columns.psu`, and `units`, the customers of the cluster. With it both stages
    /// have their finite population correction, and base weights follow from it where there is no `columns.weight`.
    pub clusters: Option<String>,
    /// Dispositions: a CSV of the strata columns (or none) and counts of complete, partial, refusal …
    pub dispositions: Option<String>,
    /// Final disposition of every single case drawn: a CSV with the id, the strata columns, a final code; see `[cases]`. It takes
    /// the place of `dispositions`; where both are given they must agree.
    pub cases: Option<String>,
    /// Record of the draw (JSON, see `manyidu sample draw`); the answers are held against it.
    pub draw: Option<String>,
    /// List of all customers that the sample was drawn from (CSV); the file beside the record that the record names when absent.
    pub frame_list: Option<String>,
    /// List of the drawn customers, as `manyidu sample draw --list` wrote it.
    pub draw_list: Option<String>,
    /// Everybody who was contacted (CSV with the column of `columns.respondent`): substitutes that were tried in vain stand here.
    pub contacted: Option<String>,
    /// Version of the questionnaire.
    pub questionnaire: Option<String>,
}

/// How the files of single cases are read.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cases {
    /// Column of the id, the same as in the answers; `columns.respondent` when absent.
    pub id: Option<String>,
    /// Column of the final code; `code` when absent.
    pub code: Option<String>,
    /// Column of the mode of the last contact; rates are told by mode when it is given.
    pub mode: Option<String>,
    /// Column of the day on which the case was closed, `YYYY-MM-DD`.
    pub closed: Option<String>,
    /// Columns of properties known of everybody drawn, beside the strata; response is held against them (R-indicator).
    #[serde(default)]
    pub properties: Vec<String>,
    /// What your own final codes mean, `"S1" = "complete"`. AAPOR codes (`1.1`, `2.112` …) and the words themselves need no entry.
    #[serde(default)]
    pub codes: BTreeMap<String, FinalClass>,
}

/// Columns with a meaning of their own.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// Identity of the respondent. Used to find duplicates; only a keyed digest is kept.
    pub respondent: Option<String>,
    /// Time of submission.
    pub submitted: Option<String>,
    /// How times are written (strptime); the usual ISO and 问卷星 forms when absent.
    pub submitted_format: Option<String>,
    /// How long answering took, in seconds (`123` or `123秒`).
    pub duration: Option<String>,
    /// Columns that together name the stratum.
    #[serde(default)]
    pub strata: Vec<String>,
    /// Cluster that was drawn first (primary sampling unit: branch, district, store), where whole clusters were drawn and
    /// respondents within them. Standard errors then rest on clusters, not on respondents. A name is read within its stratum.
    pub psu: Option<String>,
    /// Base weight (1 / selection probability).
    pub weight: Option<String>,
    /// Columns to report by.
    #[serde(default)]
    pub domains: Vec<String>,
}

/// The allowed answers of an item.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Lowest code.
    pub min: i32,
    /// Highest code. At most 200 above the lowest.
    pub max: i32,
    /// Codes behind answer labels, `"非常满意" = 5`.
    #[serde(default)]
    pub labels: BTreeMap<String, i32>,
    /// Answers that are no scores, and why, `"0" = "not-applicable"`.
    #[serde(default)]
    pub missing: BTreeMap<String, MissingReason>,
    /// True when the lowest code is the best.
    #[serde(default)]
    pub reversed: bool,
}

/// Why there is no score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MissingReason {
    /// Shown and left blank.
    NoAnswer,
    /// The question was not put to this respondent.
    NotAsked,
    /// "Don't know".
    DontKnow,
    /// Refused.
    Refused,
    /// "Does not apply to me".
    NotApplicable,
    /// An answer that the scale does not know; see the ledger.
    Invalid,
}

/// Something that is measured by one or more items.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    /// Short name.
    pub id: String,
    /// Title; the name of the role or the id when absent.
    pub title: Option<Text>,
    /// What it stands for in the satisfaction model; the id when that is a role's name.
    pub role: Option<Role>,
    /// Its items, by id. An item's id is its column unless `items.<id>.column` says otherwise. Absent for a dimension that is made `of` others.
    #[serde(default)]
    pub items: Vec<String>,
    /// The dimensions that it is made of, instead of items (path model only): service quality of its elements, for instance. They act through it
    /// and have no paths of their own. Whether they show it or form it is said in `model.outer`; how it is estimated in `model.higher_order`.
    #[serde(default)]
    pub of: Vec<String>,
    /// Scale of its items.
    pub scale: Option<String>,
    /// Share in a composite index, or among its neighbours under a group; equal shares when absent.
    pub weight: Option<f64>,
    /// Importance of this element of service quality, of 100 points shared out among all elements (SERVQUAL).
    pub points: Option<f64>,
    /// Element of service quality that it stands for, as a scheme names it: `reliability`, `assurance`, `tangibles`, `empathy`,
    /// `responsiveness`.
    pub element: Option<String>,
    /// What it costs to raise its score by one point, in a unit of your own; orders the ways to the next grade.
    pub cost: Option<f64>,
}

/// The place of a dimension in the satisfaction model (GB/T 19038-2009; ACSI, ECSI).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 品牌形象.
    Image,
    /// 预期质量.
    Expectation,
    /// 感知质量.
    Quality,
    /// 感知价值.
    Value,
    /// 顾客满意.
    Satisfaction,
    /// 顾客抱怨.
    Complaints,
    /// 顾客忠诚.
    Loyalty,
    /// Any other, for example a touchpoint or a SERVQUAL element.
    Other,
}

/// Details of one item.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Column of the response file; the item id when absent.
    pub column: Option<String>,
    /// Wording of the question.
    pub title: Option<Text>,
    /// Scale of this item.
    pub scale: Option<String>,
    /// True when agreement means dissatisfaction.
    #[serde(default)]
    pub reversed: bool,
    /// Weight within the dimension (`model.weights = "given"`).
    pub weight: Option<f64>,
    /// What it costs to raise its score by one point, in the unit of the dimensions' costs.
    pub cost: Option<f64>,
    /// Column of the stated importance of this item (`model.weights = "stated-importance"`).
    pub importance: Option<String>,
    /// Column of what was expected of it, on the scale of the item (SERVQUAL: perception less expectation is the gap).
    pub expectation: Option<String>,
}

/// How respondents were selected.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Design {
    /// The method of selection.
    #[serde(default)]
    pub method: SelectionMethod,
    /// Wanted margin of error of a share, as a share; 0.05 when absent.
    pub margin: Option<f64>,
    /// Confidence level; 0.95 when absent.
    pub level: Option<f64>,
    /// Which response rate to report first; RR3 when absent.
    pub response_rate: Option<ResponseRateDefinition>,
    /// Share e of the cases of unknown eligibility that is taken to be eligible; as among the known ones (CASRO) when absent.
    pub eligibility_share: Option<f64>,
    /// Value of the R-indicator from which response counts as representative; 0.8 when absent (a project setting, no standard has
    /// one).
    pub r_indicator_min: Option<f64>,
    /// A stratum counts as short when its share of the target is below this; 0.8 when absent.
    pub short_below: Option<f64>,
    /// Replicate groups of the jackknife for surveys of more than 400 respondents; 200 when absent.
    pub replicate_groups: Option<u16>,
    /// Bootstrap replicates of estimates that rest on estimated weights, 0 for the jackknife. When absent: 1,000 up to 400 respondents, the jackknife by
    /// groups beyond, and the jackknife wherever weights are brought to margins. Where stated, weights are brought to margins anew in every replicate.
    /// Gaps are dealt with anew in every replicate, by the way of `model.missing`. Where stated replicates times respondents exceed 20 million (1 million with `missing = "em"`) the jackknife by groups stands in.
    pub replicates: Option<u32>,
    /// How intervals are made from bootstrap replicates; `percentile` when absent.
    pub interval: Option<IntervalMethod>,
    /// Smallest number of respondents that a domain is reported for; 10 when absent.
    pub domain_base_min: Option<u64>,
    /// Key of the random numbers of replicates and of the digest that assigns replicate groups; 1 when absent.
    pub seed: Option<u64>,
    /// What the variance does with a stratum of a single respondent (with `columns.psu`, of a single cluster); `adjust` when
    /// absent.
    pub lonely_psu: Option<LonelyPsuPolicy>,
    /// Standard errors by linearisation and by jackknife may differ by this share before it is told; 0.1 when absent.
    pub variance_routes_differ: Option<f64>,
    /// True to give standard errors and intervals although respondents were not selected at random. They are then those of a model: that
    /// the respondents came about like a random sample. Without it such a sample gets none.
    #[serde(default)]
    pub model_based_intervals: bool,
}

/// The method of selection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SelectionMethod {
    /// Independent simple random samples within strata.
    Stratified,
    /// One simple random sample.
    SimpleRandom,
    /// Everybody was asked.
    Census,
    /// Whoever was willing, river samples included: no margin of error can be claimed.
    Convenience,
    /// Quotas were filled: no margin of error can be claimed.
    Quota,
    /// Members of a panel that people join of their own accord: no margin of error can be claimed.
    OptInPanel,
    /// Nobody knows.
    #[default]
    Unknown,
}

impl SelectionMethod {
    /// True when everybody had a known chance of being drawn, so that design-based intervals mean what they say.
    #[must_use]
    pub const fn is_probability(self) -> bool {
        matches!(self, Self::Stratified | Self::SimpleRandom | Self::Census)
    }
}

/// How items make dimensions.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Where the weights of the items come from.
    #[serde(default)]
    pub weights: ItemWeights,
    /// Inner weighting scheme of the path model.
    #[serde(default)]
    pub scheme: InnerScheme,
    /// The structural paths: each dimension with those that act on it, `satisfaction = ["image", "quality"]`.
    #[serde(default)]
    pub paths: BTreeMap<String, Vec<String>>,
    /// How the items of single dimensions get their weights in the path model: `mode-a` (reflective items; when absent),
    /// `mode-b` (items that form the dimension), `unit-weights` (sum score).
    #[serde(default)]
    pub outer: BTreeMap<String, OuterMode>,
    /// How dimensions that are made of others are estimated: `two-stage` (when absent), or `repeated-indicators`.
    #[serde(default)]
    pub higher_order: HigherMethod,
    /// True to give the paths also free of the attenuation by unreliable scores (consistent PLS).
    #[serde(default)]
    pub consistent: bool,
    /// What stands for missing answers in the correlations of the path model.
    #[serde(default)]
    pub missing: MissingMethod,
    /// Parts into which respondents are divided to try the model on people it was not estimated from; 0 for none. 10 when
    /// absent, and none beyond 20,000 respondents.
    pub prediction_folds: Option<u16>,
    /// Permutations of the test of measurement invariance between neighbouring waves, 0 for none; 299 when absent. They exchange the same as those of
    /// `compare`.
    pub permutations: Option<u32>,
    /// Interactions: the effect of one dimension on another depends on a third.
    #[serde(default)]
    pub moderation: Vec<Moderation>,
    /// Groups or waves whose path models are compared.
    #[serde(default)]
    pub compare: Vec<Compare>,
    /// Scale of the stated-importance columns.
    pub importance_scale: Option<String>,
    /// Largest consistency ratio of pairwise judgements that is accepted; 0.1 when absent. Above 0.1 the report says so.
    pub inconsistency_max: Option<f64>,
}

/// The effect of one dimension on another depends on a third. Both have to act on the target in `model.paths`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Moderation {
    /// The dimension whose effect changes.
    pub predictor: String,
    /// The dimension it changes with.
    pub moderator: String,
    /// The dimension acted upon.
    pub target: String,
}

/// Where the weights of the items come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ItemWeights {
    /// Equal within a dimension.
    #[default]
    Equal,
    /// `items.<id>.weight`.
    Given,
    /// Mean stated importance of each item.
    StatedImportance,
    /// Estimated by partial least squares path modelling.
    Pls,
    /// Pairwise judgements (`judgements`), by the analytic hierarchy process.
    Ahp,
    /// The spread of the answers as entropy has it.
    Entropy,
    /// Spread times conflict of the answers (CRITIC).
    Critic,
    /// First principal component of the items of a dimension.
    PrincipalComponent,
}

impl ItemWeights {
    /// True when the answers have a say in the weights, so that errors of estimates come from replicates.
    #[must_use]
    pub fn are_estimated(self) -> bool {
        !matches!(self, Self::Equal | Self::Given | Self::Ahp)
    }
}

/// How dimensions make the index.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndexRule {
    /// The dimension that is the index. When absent: the one with role satisfaction, or else all by their weights, or, where
    /// there are groups, the whole tree.
    pub dimension: Option<String>,
    /// Where the weights of groups and dimensions come from.
    #[serde(default)]
    pub weights: IndexWeights,
}

/// Conditions that make the run end with exit code 1.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gates {
    /// Fewest valid respondents.
    pub respondents_min: Option<u64>,
    /// Lowest response rate (of the chosen definition), as a share.
    pub response_rate_min: Option<f64>,
    /// Largest share of interviews excluded, as a share.
    pub excluded_share_max: Option<f64>,
    /// Fail when a stratum of the frame has no respondent.
    #[serde(default)]
    pub no_empty_stratum: bool,
    /// Fail when the required sample size for the stated margin is not reached.
    #[serde(default)]
    pub required_size: bool,
}
