//! The assessment: the one value that every report, chart, table and later wave is made from.

pub(crate) mod dimensions;
pub mod disclosure;
pub(crate) mod facts;
pub mod files;
pub mod groups;
pub mod inner;
pub(crate) mod items;
pub(crate) mod labels;
pub(crate) mod levers;
pub mod measurement;
pub(crate) mod model;
pub mod over_time;
pub mod questionnaire;
mod reading;
pub mod touchpoints;
pub mod weighting;

pub use reading::read;

use self::inner::InnerModel;
use self::measurement::Measurement;
use self::over_time::OverTime;
use crate::certificate::CertificateAssessment;
use crate::certificate::records::ImprovementAction;
use crate::certificate::sites::SitesAssessment;
use crate::clean::RuleOutcome;
use crate::clean::durations::DurationSummary;
use crate::clean::quality::QualitySummary;
use crate::coverage::Coverage;
use crate::coverage::representativeness::Representativeness;
use crate::evidence::{InputFile, Producer};
use crate::finding::FindingRecord;
use crate::grade::Determination;
use crate::index::estimate::{Estimate, Reported};
use crate::index::routes::DesignFacts;
use crate::locale::Text;
use crate::surveillance::Surveillance;
use crate::survey::{ItemWeights, MissingReason, Mode, Role};
use crate::tally::DomainCells;
use crate::trend::Comparison;
use crate::trend::comparability::earlier::TakenFrom;
use crate::weight::WeightSummary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the assessment's form. A new number means that readers have to be changed.
pub const SCHEMA_VERSION: u32 = 1;

/// Everything that a run found out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Assessment {
    /// Version of this form.
    pub schema_version: u32,
    /// The program.
    pub producer: Producer,
    /// The survey.
    pub survey: SurveyFacts,
    /// The waves, oldest first.
    pub waves: Vec<WaveAssessment>,
    /// Differences between waves.
    pub comparisons: Vec<Comparison>,
    /// What all waves say together; absent for a single wave without series and benchmarks.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub over_time: Option<OverTime>,
    /// The certificate that rests on the survey, with its calendar.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub certificate: Option<CertificateAssessment>,
    /// Improvement actions, as recorded.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub actions: Option<Vec<ImprovementAction>>,
    /// Plan, targets, effects of actions, grade over the waves, and what an auditor is bound to ask.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub surveillance: Option<Surveillance>,
    /// The latest wave by site.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sites: Option<SitesAssessment>,
    /// Path models of groups or waves held against each other.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub group_comparisons: Vec<groups::GroupComparison>,
    /// The questions of the latest wave; absent in assessments of earlier versions.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub questionnaire: Option<questionnaire::Questionnaire>,
    /// What has to be disclosed with a published result.
    pub disclosure: disclosure::Disclosure,
    /// Reservations that concern no single wave.
    pub findings: Vec<FindingRecord>,
    /// Gates of the definition that are not met, over all waves.
    pub gates_failed: u64,
}

impl WaveAssessment {
    /// Items of a dimension, those of its parts where it is made of others.
    #[must_use]
    pub fn item_count_of(&self, dimension: &str) -> usize {
        let parts = self
            .dimensions
            .iter()
            .find(|d| d.id == dimension)
            .map_or(&[] as &[String], |d| &d.parts);
        let inside = |i: &&ItemResult| i.dimension == dimension || parts.contains(&i.dimension);
        self.items.iter().filter(inside).count()
    }
}

impl Assessment {
    /// The comparison of the latest wave with the one before it.
    #[must_use]
    pub fn latest_comparison(&self) -> Option<&Comparison> {
        let mut newest = self.waves.iter().rev();
        let (last, before) = (newest.next()?, newest.next()?);
        self.comparisons.iter().find(|c| c.to == last.id && c.from == before.id)
    }
}

/// What the definition says of the survey.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SurveyFacts {
    /// Short name.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Who it is about.
    pub population: Option<Text>,
    /// Who paid.
    pub sponsor: Option<Text>,
    /// Who carried it out.
    pub conductor: Option<Text>,
    /// How people were asked.
    pub mode: Option<Mode>,
    /// Standards referred to.
    pub basis: Vec<String>,
    /// Sentence for every page.
    pub notice: Option<Text>,
    /// Where item weights come from.
    pub item_weights: ItemWeights,
    /// Inner scheme of the path model, when there is one.
    pub scheme: Option<crate::model::pls::InnerScheme>,
    /// Dimension that is the index; absent for a composite of all.
    pub index_dimension: Option<String>,
    /// Confidence level of all intervals.
    pub level: f64,
    /// Key of the replicate groups.
    pub seed: u64,
    /// How intervals are made from bootstrap replicates.
    #[serde(default)]
    pub interval: crate::resample::IntervalMethod,
    /// True where a sample that is not random has intervals all the same, those of a model.
    #[serde(default)]
    pub model_based_intervals: bool,
    /// What columns and their values are called in reports.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub labels: Option<crate::survey::labels::Labels>,
}

/// Everything about one wave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WaveAssessment {
    /// Short name.
    pub id: String,
    /// Title.
    pub title: Text,
    /// First day of fieldwork.
    pub field_start: Option<String>,
    /// Last day of fieldwork.
    pub field_end: Option<String>,
    /// Version of the questionnaire.
    pub questionnaire: Option<String>,
    /// How people were asked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mode: Option<Mode>,
    /// The earlier assessment that the wave was taken from; absent where it was estimated from its answers.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub taken: Option<TakenFrom>,
    /// Files read.
    pub inputs: Vec<InputFile>,
    /// Cleaning.
    pub cleaning: CleaningSummary,
    /// Coverage.
    pub coverage: Coverage,
    /// Whether the sample stands for the customers.
    pub representativeness: Representativeness,
    /// Weights.
    pub weights: WeightSummary,
    /// The design behind the standard errors; absent where nothing could be estimated.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub design: Option<DesignFacts>,
    /// Items.
    pub items: Vec<ItemResult>,
    /// Dimensions.
    pub dimensions: Vec<DimensionResult>,
    /// The index, 0 to 100.
    pub index: Reported,
    /// The index and the dimensions by domain.
    pub domains: Vec<DomainResult>,
    /// Categories of every reporting column against the rest and against one another.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub segments: Vec<crate::index::segments::SegmentColumn>,
    /// The path model.
    pub model: Option<ModelResult>,
    /// Measurement quality.
    #[serde(default)]
    pub measurement: Option<Measurement>,
    /// Where weights come from, and the index under other choices of them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub weighting: Option<weighting::Weighting>,
    /// Gaps between perception and expectation.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub service_gaps: Option<weighting::ServiceGaps>,
    /// What to improve first, where the weights say so.
    pub priorities: Option<PriorityMap>,
    /// The same for single items, where importance comes from the path model.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub item_priorities: Option<PriorityMap>,
    /// The same estimates with nobody excluded.
    pub without_exclusions: WithoutExclusions,
    /// Forensics of response quality, where the definition asks for them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub quality: Option<QualityAssessment>,
    /// What is withheld so that small groups cannot be read off; absent where nothing is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub withheld: Option<crate::disclosure_control::Withheld>,
    /// Gates of the definition.
    pub gates: Vec<GateResult>,
    /// Readings against certification schemes.
    pub determinations: Vec<Determination>,
    /// Questions with a number of their own: net promoter score and its like, complaint rate.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub touchpoints: Vec<touchpoints::Touchpoint>,
    /// What people complained of.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub complaints: Option<touchpoints::ComplaintsResult>,
    /// Open questions.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub open_answers: Vec<touchpoints::OpenResult>,
    /// Reservations.
    pub findings: Vec<FindingRecord>,
}

/// What cleaning did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CleaningSummary {
    /// Interviews received.
    pub received: u64,
    /// Interviews that count.
    pub counted: u64,
    /// Interviews left out.
    pub excluded: u64,
    /// Answers set aside because no scale knows them.
    pub answers_set_aside: u64,
    /// What each rule did.
    pub rules: Vec<RuleOutcome>,
    /// How long answering took, where the file says it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub durations: Option<DurationSummary>,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ItemResult {
    /// Stable id.
    pub id: String,
    /// Wording.
    pub title: Text,
    /// Dimension it belongs to.
    pub dimension: String,
    /// Share of the item within its dimension.
    pub share: Option<f64>,
    /// Mean score, 0 to 100.
    pub score: Reported,
    /// Lowest and highest code of the scale.
    pub scale: (i32, i32),
    /// True when the lowest code is the best.
    pub reversed: bool,
    /// Codes behind the words of the answers; empty where the scale has none.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub options: BTreeMap<String, i32>,
    /// Weighted share of each answer, from the worst to the best, of those who answered.
    pub distribution: Vec<f64>,
    /// Missing answers by reason (unweighted).
    pub missing: BTreeMap<MissingReason, u64>,
    /// Mean stated importance, in the codes of its scale.
    pub stated_importance: Option<f64>,
}

/// One dimension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DimensionResult {
    /// Short name.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Place in the satisfaction model.
    pub role: Role,
    /// The dimensions that it is made of; mostly none.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub parts: Vec<String>,
    /// Share in an index made of all dimensions: the product of the shares on the way down the indicator tree. Absent when
    /// it cannot be estimated.
    pub weight: Option<f64>,
    /// Mean score, 0 to 100.
    pub score: Reported,
    /// Reliability.
    pub reliability: Reliability,
}

/// Reliability and convergent validity of a dimension. Undefined for a single item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reliability {
    /// Cronbach's alpha from covariances.
    pub alpha: Option<f64>,
    /// Cronbach's alpha from correlations.
    pub alpha_standardised: Option<f64>,
    /// Composite reliability ρC from the path model's loadings.
    pub composite: Option<f64>,
    /// Average variance extracted.
    pub average_variance_extracted: Option<f64>,
}

/// The index and the dimensions in one domain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DomainResult {
    /// Column.
    pub column: String,
    /// Category.
    pub category: String,
    /// Respondents.
    pub n: u64,
    /// Their weighted share of all respondents, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub share: Option<f64>,
    /// The index.
    pub index: Reported,
    /// Dimensions, in the order of the definition.
    pub dimensions: Vec<Reported>,
}

impl DomainResult {
    pub(crate) fn of(cells: DomainCells, n: u64, share: Option<f64>, index: Reported, dimensions: Vec<Reported>) -> Self {
        Self {
            column: cells.column,
            category: cells.category,
            n,
            share: share.filter(|_| index.estimate.is_some()),
            index,
            dimensions,
        }
    }
}

/// The path model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ModelResult {
    /// Iterations until nothing moved.
    pub iterations: u32,
    /// Sum of the absolute changes of weights in the last iteration.
    pub last_change: f64,
    /// The sum below which nothing moves any more.
    #[serde(default)]
    pub tolerance: Option<f64>,
    /// Iterations after which estimation would have been given up.
    #[serde(default)]
    pub iterations_max: Option<u32>,
    /// Items: standardised outer weight and loading.
    pub items: Vec<ModelItem>,
    /// Paths.
    pub paths: Vec<ModelPath>,
    /// Explained variance by dimension; absent for those that no path leads to.
    pub r2: Vec<ModelR2>,
    /// Effect sizes, chains, fit, prediction.
    #[serde(default)]
    pub inner: InnerModel,
    /// Replicates tried and replicates that could not be estimated.
    pub replicates: u64,
    /// Replicates that could not be estimated.
    pub replicates_failed: u64,
}

/// An item in the path model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ModelItem {
    /// Item.
    pub item: String,
    /// Dimension.
    pub dimension: String,
    /// Standardised outer weight.
    pub outer_weight: f64,
    /// Correlation with its own dimension.
    pub loading: f64,
}

/// A path of the model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ModelPath {
    /// Acting dimension.
    pub from: String,
    /// Dimension acted upon.
    pub to: String,
    /// Standardised coefficient.
    pub coefficient: Estimate,
}

/// Explained variance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ModelR2 {
    /// Dimension.
    pub dimension: String,
    /// R².
    pub r2: Estimate,
}

/// Importance against performance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PriorityMap {
    /// `total-effect`: points of the index for one point of the dimension; `stated`: mean stated importance of the item.
    pub importance_kind: String,
    /// Points of the map.
    pub points: Vec<PriorityPoint>,
    /// Mean importance: the upright line of the map.
    pub importance_mean: f64,
    /// Mean performance: the level line of the map.
    pub performance_mean: f64,
}

/// A point of the importance–performance map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PriorityPoint {
    /// Dimension or item.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Importance.
    pub importance: Estimate,
    /// Performance, 0 to 100.
    pub performance: Estimate,
}

/// Forensics of response quality, and what the flagged interviews do to the result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QualityAssessment {
    /// What was found.
    pub found: QualitySummary,
    /// The same estimates without the interviews that any index flagged; absent where nothing was.
    pub without_flagged: Option<WithoutExclusions>,
    /// The same estimates without those that indices of several families flagged; absent where nothing was.
    pub without_several: Option<WithoutExclusions>,
}

/// Estimates with other interviews: with nobody excluded, or without the flagged ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WithoutExclusions {
    /// Interviews.
    pub n: u64,
    /// The index.
    pub index: Reported,
    /// Dimensions, in the order of the definition.
    pub dimensions: Vec<Reported>,
}

/// A gate of the definition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GateResult {
    /// Key in the definition.
    pub gate: String,
    /// What was asked.
    pub wanted: f64,
    /// What there is; absent when it cannot be told, which fails the gate.
    pub got: Option<f64>,
    /// Whether it is met.
    pub met: bool,
}
