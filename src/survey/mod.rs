//! The survey definition: what was asked, of whom, on which scales, and what is to be made of it.
//!
//! [`definition`] is the file as written, [`Survey`] what remains after every cross-check: references are positions,
//! defaults are filled in, and nothing after [`parse`] has to doubt it again.

pub mod answer_series;
pub mod cleaning;
pub mod comparison;
pub mod definition;
pub mod disclosure;
mod document;
pub mod follow_up;
pub mod indicators;
mod item_keys;
pub mod labels;
mod model_keys;
pub mod over_time;
pub mod quality;
pub mod report_keys;
mod schema_check;
pub mod surveillance;
pub mod touchpoints;
pub mod trend;
mod validate;
pub mod weighting;

pub use cleaning::Action;
pub use definition::{Columns, Gates, ItemWeights, MissingReason, Mode, Role, SelectionMethod};
pub use document::Document;
pub use schema_check::{contradictions, nearest};

use crate::coverage::response_rate::{EligibilityShare, ResponseRateDefinition};
use crate::design::LonelyPsuPolicy;
use crate::finding::{Code, Finding, Place, Refusal};
use crate::locale::Text;
use crate::model::missing::MissingMethod;
use crate::model::moderation::Interaction;
use crate::model::pls::{InnerScheme, OuterMode};
use crate::model::structure::Structure;
use crate::resample::IntervalMethod;
use crate::survey::follow_up::{CertificateSpec, SitesSpec};
use cleaning::Cleaning;
use definition::{Declared, Definition, Wave};
use indicators::TreeSpec;
use std::collections::BTreeMap;
use weighting::WeightingSpec;

/// The newest version of the definition format that this program reads.
pub const SCHEMA_VERSION: u32 = 1;

/// A checked survey definition.
#[derive(Debug, Clone)]
pub struct Survey {
    /// Short name, fit for a folder.
    pub id: String,
    /// File name of the definition, as the user gave it.
    pub file: String,
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
    /// Improvement actions.
    pub actions: Option<String>,
    /// The certificate.
    pub certificate: Option<CertificateSpec>,
    /// The sites.
    pub sites: Option<SitesSpec>,
    /// Plan and targets of the yearly surveillance.
    pub surveillance: surveillance::Surveillance,
    /// Fieldings, oldest first; `aliases` go from the definition's column to the one in the wave's file.
    pub waves: Vec<Wave>,
    /// What changed between waves.
    pub breaks: Vec<over_time::Break>,
    /// Values over time.
    pub series: Vec<over_time::Series>,
    /// Other published indices.
    pub benchmarks: Option<String>,
    /// How files of single cases are read.
    pub cases: definition::Cases,
    /// Statements for the disclosure checklist.
    pub disclosure: disclosure::DisclosureFields,
    /// Columns with a meaning of their own.
    pub columns: Columns,
    /// What columns and their values are called in reports; absent where nothing is said.
    pub labels: Option<labels::Labels>,
    /// Everything that is coded on a scale: scored items first, stated importances and expectations after them.
    pub items: Vec<ItemSpec>,
    /// How many of `items` are scored.
    pub scored_items: usize,
    /// What is measured.
    pub dimensions: Vec<DimensionSpec>,
    /// Dimensions that stand for an element of service quality: element and title of the dimension.
    pub elements: Vec<(String, Text)>,
    /// How respondents were selected.
    pub design: DesignSpec,
    /// Known totals that weights are brought to.
    pub weighting: Option<WeightingSpec>,
    /// How waves are compared.
    pub trend: trend::TrendSpec,
    /// Rules that judge interviews.
    pub cleaning: Cleaning,
    /// Forensics of response quality.
    pub quality: Option<quality::Quality>,
    /// How reports are written.
    pub report: report_keys::ReportKeys,
    /// How items make dimensions.
    pub model: ModelSpec,
    /// How dimensions make the index.
    pub index: IndexSpec,
    /// The indicator tree above the dimensions.
    pub tree: TreeSpec,
    /// Conditions for exit code 1.
    pub gates: Gates,
    /// Schemes to read the result against.
    pub schemes: Vec<String>,
    /// Where each scheme is named.
    pub scheme_places: Vec<Place>,
    /// Points per clause, of the one scheme that is scored on site.
    pub scorecard: Option<String>,
    /// Points per clause by scheme.
    pub scorecards: BTreeMap<String, String>,
    /// Where `scorecard` or `scorecards` stands.
    pub scorecard_place: Place,
    /// Statements on conditions.
    pub declared: BTreeMap<String, Declared>,
    /// Where each of them stands.
    pub declared_places: BTreeMap<String, Place>,
    /// Day for which the result is read against schemes.
    pub decision_date: Option<String>,
    /// Net promoter score and its like, complaints, open answers.
    pub touchpoints: touchpoints::TouchpointSpec,
}

impl Survey {
    /// Columns of the response file whose categories are kept with every answer: those to report by, then those of margins.
    #[must_use]
    pub fn category_columns(&self) -> Vec<String> {
        let margins = self.weighting.iter().flat_map(|w| w.margins.iter().map(|m| &m.column));
        let mut columns = self.columns.domains.clone();
        for column in margins {
            if !columns.contains(column) {
                columns.push(column.clone());
            }
        }
        columns
    }

    /// Scored items only.
    #[must_use]
    pub fn scored(&self) -> &[ItemSpec] {
        self.items.get(..self.scored_items).unwrap_or(&self.items)
    }
}

/// One coded column.
#[derive(Debug, Clone)]
pub struct ItemSpec {
    /// Stable id.
    pub id: String,
    /// Column of the response file.
    pub column: String,
    /// Wording.
    pub title: Text,
    /// Allowed answers.
    pub scale: ScaleSpec,
    /// True when the lowest code is the best, from scale and item together.
    pub reversed: bool,
    /// Given weight within its dimension.
    pub weight: Option<f64>,
    /// Cost of one point.
    pub cost: Option<f64>,
    /// Position of the item that states its importance.
    pub importance: Option<usize>,
    /// Position of the item that states what was expected of it.
    pub expectation: Option<usize>,
    /// Judged weight within its dimension.
    pub judged: Option<f64>,
}

/// Allowed answers, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaleSpec {
    /// Lowest code.
    pub min: i32,
    /// Highest code, above `min` by 1 to 200.
    pub max: i32,
    /// Codes behind labels.
    pub labels: BTreeMap<String, i32>,
    /// Answers without a score.
    pub missing: BTreeMap<String, MissingReason>,
}

impl ScaleSpec {
    /// Number of steps between the lowest and the highest code.
    #[must_use]
    pub fn range(&self) -> u8 {
        u8::try_from(self.max - self.min).unwrap_or(u8::MAX)
    }
}

/// One dimension, its items by position.
#[derive(Debug, Clone)]
pub struct DimensionSpec {
    /// Short name.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Place in the satisfaction model.
    pub role: Role,
    /// Positions in [`Survey::items`]; for a dimension made of others those of its parts.
    pub items: Vec<usize>,
    /// Positions of the dimensions that it is made of; mostly none.
    pub parts: Vec<usize>,
    /// Importance out of 100, for the weighted gap of service quality.
    pub points: Option<f64>,
    /// Cost of one point.
    pub cost: Option<f64>,
}

/// The sampling design with its defaults filled in.
#[derive(Debug, Clone)]
pub struct DesignSpec {
    /// Method of selection.
    pub method: SelectionMethod,
    /// Wanted margin of a share.
    pub margin: f64,
    /// Confidence level.
    pub level: f64,
    /// Response rate reported first.
    pub response_rate: ResponseRateDefinition,
    /// Share e of unknown cases taken to be eligible.
    pub eligibility: EligibilityShare,
    /// Wanted value of the R-indicator.
    pub r_indicator_min: f64,
    /// Below this share of its target a stratum is short.
    pub short_below: f64,
    /// Replicate groups beyond 400 respondents.
    pub replicate_groups: u16,
    /// Bootstrap replicates of estimates with estimated weights, where stated; 0 for none.
    pub replicates: Option<u32>,
    /// How intervals are made from them.
    pub interval: IntervalMethod,
    /// Smallest base of a domain.
    pub domain_base_min: u64,
    /// Key of the group digest.
    pub seed: u64,
    /// Strata of a single respondent or cluster.
    pub lonely_psu: LonelyPsuPolicy,
    /// Relative difference of standard errors by two routes that is told.
    pub variance_routes_differ: f64,
    /// Whether a sample that is not random gets intervals of a model.
    pub model_based_intervals: bool,
}

impl DesignSpec {
    /// Whether scores have standard errors and intervals: by the design, or by a model that the definition asks for.
    #[must_use]
    pub const fn claims_precision(&self) -> bool {
        self.method.is_probability() || self.model_based_intervals
    }
}

/// The measurement and structural model.
#[derive(Debug, Clone)]
pub struct ModelSpec {
    /// Where item weights come from.
    pub weights: ItemWeights,
    /// Inner scheme.
    pub scheme: InnerScheme,
    /// Outer mode of each dimension in the path model.
    pub outer: Vec<OuterMode>,
    /// Whether paths are also given free of attenuation (consistent PLS).
    pub consistent: bool,
    /// How gaps are dealt with in the correlations of the path model.
    pub missing: MissingMethod,
    /// Folds of the prediction; `None` when nothing was said.
    pub prediction_folds: Option<u16>,
    /// Permutations of the test of invariance between waves; `None` when nothing was said.
    pub permutations: Option<u32>,
    /// Interactions.
    pub interactions: Vec<Interaction>,
    /// Groups whose models are compared.
    pub compare: Vec<comparison::CompareSpec>,
    /// Blocks and paths, for `weights = "pls"`.
    pub structure: Option<Structure>,
}

/// Which numbers are the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexSpec {
    /// One dimension is the index.
    Dimension(usize),
    /// The whole indicator tree: the weighted mean of all dimensions.
    Composite,
}

/// The files that a definition names, also when the definition itself is not admissible.
#[must_use]
pub fn named_files(file: &str, text: &str) -> Vec<String> {
    let Ok(document) = Document::parse(file, text) else {
        return Vec::new();
    };
    let keys = [
        "responses",
        "frame",
        "clusters",
        "dispositions",
        "cases",
        "frame_list",
        "draw_list",
        "contacted",
    ];
    let waves = document.value().get("waves").and_then(serde_json::Value::as_array);
    let tables = std::iter::once(document.value()).chain(waves.into_iter().flatten());
    let scorecards = document.value().get("scorecards").and_then(serde_json::Value::as_object);
    let mut files: Vec<String> = tables
        .flat_map(|table| keys.iter().filter_map(|key| table.get(*key)?.as_str().map(str::to_owned)))
        .chain(document.value().get("scorecard").and_then(|s| s.as_str().map(str::to_owned)))
        .chain(scorecards.into_iter().flatten().filter_map(|(_, s)| s.as_str().map(str::to_owned)))
        .collect();
    let margins = document.value().pointer("/weighting/margins").and_then(serde_json::Value::as_array);
    let of_margin = |margin: &serde_json::Value| margin.get("file")?.as_str().map(str::to_owned);
    files.extend(margins.into_iter().flatten().filter_map(of_margin));
    let series = document.value().get("series").and_then(serde_json::Value::as_array);
    files.extend(
        series
            .into_iter()
            .flatten()
            .filter_map(|one| one.get("file")?.as_str().map(str::to_owned)),
    );
    // Records beside the answers.
    let beside = [
        "/actions",
        "/certificate/questionnaire_log",
        "/sites/register",
        "/surveillance/plan",
        "/benchmarks",
    ]
    .iter();
    files.extend(beside.filter_map(|key| document.value().pointer(key)?.as_str().map(str::to_owned)));
    files.extend(touchpoints::named_files(document.value()));
    files.sort();
    files.dedup();
    files
}

/// Reads and checks a definition. Warnings come with the survey; errors, all of them, instead of it.
pub fn parse(file: &str, folder: &str, text: &str) -> Result<(Survey, Vec<Finding>), Refusal> {
    let document = Document::parse(file, text).map_err(Refusal)?;
    let version = document.value().get("schema_version").and_then(serde_json::Value::as_u64);
    if let Some(version) = version.filter(|v| *v > u64::from(SCHEMA_VERSION)) {
        let finding = Finding::new(Code::SchemaTooNew, document.place("schema_version"));
        return Err(finding.with("version", version).with("newest", SCHEMA_VERSION).into());
    }
    let found = contradictions::<Definition>(&document);
    if !found.is_empty() {
        return Err(Refusal(found));
    }
    match serde_json::from_value::<Definition>(document.value().clone()) {
        Ok(definition) => validate::validate(file, folder, definition, &document),
        Err(error) => {
            let place = document.place("");
            Err(Finding::new(Code::WrongValue, place)
                .with("key", file)
                .with("expected", "-")
                .with("got", error)
                .into())
        }
    }
}
