//! Everything a simulation is told.

use crate::locale::Text;

pub use super::check::PlanError;

/// A survey to simulate. [`SimulationPlan::bench`] and [`SimulationPlan::appliance`] are ready ones.
#[derive(Debug, Clone, PartialEq)]
pub struct SimulationPlan {
    /// Id of the survey.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Who the survey is about.
    pub population: Text,
    /// Sentence for every page: that the data are simulated.
    pub notice: Text,
    /// Key of the random numbers.
    pub seed: u64,
    /// Rows in the response file of each wave, duplicates and broken-off interviews included. At least 1.
    pub rows: u64,
    /// The fieldings, oldest first.
    pub waves: Vec<WavePlan>,
    /// Columns that name the stratum.
    pub strata_columns: Vec<String>,
    /// The strata.
    pub strata: Vec<StratumPlan>,
    /// Answer scales.
    pub scales: Vec<ScalePlan>,
    /// What is measured; a dimension may only be acted on by earlier ones.
    pub dimensions: Vec<DimensionPlan>,
    /// Lasting differences between strata and planted changes between waves.
    pub shifts: Vec<Shift>,
    /// Shares of rows and answers that go wrong on purpose.
    pub planted: Planted,
    /// Columns of the response file before the questions, in order.
    pub leading: Vec<LeadColumn>,
    /// The question with a known right answer.
    pub attention: AttentionPlan,
    /// The open question at the end.
    pub comment: Option<CommentPlan>,
    /// What an unanswered question looks like in the label form, for example `(空)`; in the code form it is empty.
    pub blank: String,
    /// An answer that no scale knows.
    pub unknown_label: String,
    /// How times of submission are written.
    pub time_style: TimeStyle,
    /// Rows faster than this number of seconds are too fast; at least 30. Honest rows take more than 90.
    pub seconds_min: u32,
    /// Longest run of one answer that the cleaning rule allows; all items but one when absent.
    pub run_max: Option<u32>,
    /// Schemes named in the definition.
    pub schemes: Vec<String>,
    /// TOML text at the end of the definition, for tables that the simulation has no say in, for example gates.
    pub appendix: String,
}

/// One fielding.
#[derive(Debug, Clone, PartialEq)]
pub struct WavePlan {
    /// Short name.
    pub id: String,
    /// First day of fieldwork.
    pub first_day: jiff::civil::Date,
    /// Days of fieldwork, at least 1.
    pub days: u16,
    /// Encoding of the response file.
    pub encoding: FileEncoding,
    /// How answers are written.
    pub form: AnswerForm,
    /// Customers of this wave for each one of [`StratumPlan::population`].
    pub growth: f64,
    /// Rows with a day that does not exist.
    pub impossible_dates: u64,
    /// The sample as single customers: list, draw and cases are written beside the counts. Counts alone when absent.
    pub sample: Option<SamplePlan>,
}

impl WavePlan {
    /// Customers of a stratum in this wave.
    pub(super) fn customers(&self, stratum: &StratumPlan) -> u64 {
        (stratum.population as f64 * self.growth).round() as u64
    }

    /// Names of the files of its sample.
    pub(super) fn sample_files(&self) -> SampleFiles {
        let named = |what: &str, extension: &str| format!("{what}-{}.{extension}", self.id);
        SampleFiles {
            customers: named("customers", "csv"),
            commitment: named("commitment", "json"),
            record: named("draw", "json"),
            drawn: named("drawn", "csv"),
            cases: named("cases", "csv"),
        }
    }
}

/// A sample that can be proven from list to answers: list and design are sealed, a seed becomes known, the draw is made by it, those not
/// eligible are replaced from the reserve, and everybody asked has one final code.
#[derive(Debug, Clone, PartialEq)]
pub struct SamplePlan {
    /// Day on which list and design are sealed.
    pub sealed_on: jiff::civil::Date,
    /// Day on which the seed becomes known; not before that.
    pub seed_day: jiff::civil::Date,
    /// Where the seed comes from, in words. The numbers themselves are made up like everything else.
    pub seed_source: String,
    /// Reserve as a share of those drawn in each stratum, rounded up. Above 0 and at most 1.
    pub reserve: f64,
    /// How people were last contacted; one for each value of [`LeadColumn::Source`], in the same order.
    pub modes: Vec<String>,
    /// Columns of the cases after id and strata: final code, mode of the last contact, day on which the case was closed.
    pub case_columns: [String; 3],
}

/// Names of the files of a sample.
pub(super) struct SampleFiles {
    pub(super) customers: String,
    pub(super) commitment: String,
    pub(super) record: String,
    pub(super) drawn: String,
    pub(super) cases: String,
}

/// Encoding of a response file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileEncoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 with a byte-order mark, as spreadsheets write it.
    Utf8Bom,
    /// GB18030.
    Gb18030,
}

/// How answers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerForm {
    /// `4`.
    Codes,
    /// `比较满意`, where the scale has labels.
    Labels,
}

/// How times of submission are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeStyle {
    /// `2025-03-01 09:05:07`.
    Iso,
    /// `2025/3/1 9:05:07`, as 问卷星 exports it.
    Slashed,
}

/// One stratum.
#[derive(Debug, Clone, PartialEq)]
pub struct StratumPlan {
    /// Its value in each strata column.
    pub values: Vec<String>,
    /// Customers.
    pub population: u64,
    /// Share of the drawn who answer, above 0 and at most 1.
    pub response: f64,
}

impl StratumPlan {
    /// Its name, as the program makes it from the columns.
    pub(super) fn name(&self) -> String {
        self.values.join("·")
    }
}

/// An answer scale: codes `min` to `min + thresholds.len()`.
#[derive(Debug, Clone, PartialEq)]
pub struct ScalePlan {
    /// Name.
    pub id: String,
    /// Lowest code.
    pub min: i32,
    /// Where the latent answer is cut, ascending, in standard deviations.
    pub thresholds: Vec<f64>,
    /// Labels from the lowest to the highest code; none for a scale of bare codes.
    pub labels: Vec<String>,
    /// Label and code of "does not apply to me".
    pub not_applicable: Option<(String, i32)>,
}

impl ScalePlan {
    /// Steps between the lowest and the highest code.
    #[must_use]
    pub fn range(&self) -> u8 {
        u8::try_from(self.thresholds.len()).unwrap_or(u8::MAX)
    }
}

/// One dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct DimensionPlan {
    /// Short name; the name of its role in the satisfaction model.
    pub id: String,
    /// Title; the default of the role when absent.
    pub title: Option<Text>,
    /// Dimensions that act on it, and path coefficients.
    pub sources: Vec<(String, f64)>,
    /// Its items.
    pub items: Vec<ItemPlan>,
}

/// One item.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemPlan {
    /// Short name.
    pub id: String,
    /// Column of the response file.
    pub column: String,
    /// Wording.
    pub title: Text,
    /// Name of its scale.
    pub scale: String,
    /// Correlation of the latent answer with its dimension, 0 to 1.
    pub loading: f64,
    /// Shift of the latent answer: an easier item is above 0.
    pub offset: f64,
    /// True when the lowest code is the best.
    pub reversed: bool,
    /// Share of honest answers that are "does not apply to me".
    pub not_applicable: f64,
}

/// A difference in the mean of one dimension.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Shift {
    /// Wave it applies to; all when absent.
    pub wave: Option<String>,
    /// Value of a strata column it applies to; all when absent.
    pub stratum: Option<String>,
    /// Dimension.
    pub dimension: String,
    /// Amount before the paths pass it on, in standard deviations of the dimension.
    pub by: f64,
    /// What it stands for.
    pub reason: String,
}

/// What goes wrong on purpose. The first six are shares of the rows, rounded to whole rows a wave; their kinds exclude
/// each other, so that each planted row can be found by exactly one rule. Together at most 0.5.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Planted {
    /// Rows that repeat an earlier honest row: same respondent, same answers, later time.
    pub duplicate: f64,
    /// Rows with the same step on every item.
    pub straight_line: f64,
    /// Rows answered at random and too fast.
    pub too_fast: f64,
    /// Honest rows with a wrong answer to the attention question.
    pub inattentive: f64,
    /// Rows broken off after about two thirds of the items.
    pub partial: f64,
    /// Honest rows with one answer that no scale knows.
    pub faulty: f64,
    /// Share of honest answers left blank.
    pub missing: f64,
}

/// A column before the questions.
#[derive(Debug, Clone, PartialEq)]
pub enum LeadColumn {
    /// Number of the row, from 1 in each wave.
    Serial(String),
    /// Time of submission.
    Submitted(String),
    /// Seconds taken, and the unit written behind them.
    Duration(String, String),
    /// Where the respondent came from: column and its values.
    Source(String, Vec<String>),
    /// Identity of the respondent: column and the start of every id. Unique over all waves.
    Respondent(String, String),
    /// All strata columns.
    Strata,
}

/// The question with a known right answer.
#[derive(Debug, Clone, PartialEq)]
pub struct AttentionPlan {
    /// Column.
    pub column: String,
    /// Name of its scale.
    pub scale: String,
    /// Right answer, in steps above the lowest code.
    pub right: u8,
    /// Number of items before it; at most six tenths of them.
    pub after_items: usize,
}

/// The open question.
#[derive(Debug, Clone, PartialEq)]
pub struct CommentPlan {
    /// Column.
    pub column: String,
    /// What people write.
    pub texts: Vec<String>,
    /// Share of honest rows that write something.
    pub share: f64,
}

impl SimulationPlan {
    /// The same survey with another number of rows. Where there are more of them than the plan has, every stratum has as many times its
    /// customers (a whole number of times), so that there is still somebody to draw.
    #[must_use]
    pub fn with_rows(mut self, rows: u64) -> Self {
        let times = rows.div_ceil(self.rows.max(1)).max(1);
        for stratum in &mut self.strata {
            stratum.population = stratum.population.saturating_mul(times);
        }
        Self { rows, ..self }
    }

    /// All items in the order of the file, with the position of their dimension.
    pub(super) fn items(&self) -> impl Iterator<Item = (usize, &ItemPlan)> {
        let dimensions = self.dimensions.iter().enumerate();
        dimensions.flat_map(|(position, dimension)| dimension.items.iter().map(move |item| (position, item)))
    }

    /// A scale by name.
    pub(super) fn scale(&self, name: &str) -> Option<&ScalePlan> {
        self.scales.iter().find(|scale| scale.id == name)
    }

    /// Position of a dimension by name.
    pub(super) fn dimension(&self, name: &str) -> Option<usize> {
        self.dimensions.iter().position(|dimension| dimension.id == name)
    }
}
