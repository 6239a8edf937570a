//! What has to be disclosed with a published result and stands in no file.
//!
//! The keys follow AAPOR's Code of Professional Ethics and Practices, part III (2021), the ESOMAR/WAPOR guideline on opinion polls
//! and published surveys (2014) and the reporting list of ISO 20252.

use crate::locale::Text;
use schemars::JsonSchema;
use serde::Deserialize;

/// Statements for the disclosure checklist. An absent one is named as missing in the report.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisclosureFields {
    /// Others who took part in the work; "none" where nobody did.
    pub subcontractors: Option<Text>,
    /// What the survey is for.
    pub objectives: Option<Text>,
    /// What respondents were told before they answered, word for word.
    pub instructions: Option<Text>,
    /// Languages of the questionnaire.
    pub languages: Option<Text>,
    /// Where the target population lives or was served.
    pub geography: Option<Text>,
    /// Who of the population was left out, and why.
    pub exclusions: Option<Text>,
    /// What the frame was made from.
    pub frame_source: Option<Text>,
    /// Day as of which the frame holds, `YYYY-MM-DD`.
    pub frame_date: Option<String>,
    /// Who supplied the frame.
    pub frame_supplier: Option<Text>,
    /// Customers that the frame lacks or holds twice.
    pub frame_gaps: Option<Text>,
    /// How members of a panel, or passers-by, were recruited.
    pub recruitment: Option<Text>,
    /// What respondents were given; "none" where nothing.
    pub incentives: Option<Text>,
    /// How long answering took, in words.
    pub length: Option<Text>,
    /// Why fewer interviews were reached than planned.
    pub shortfall: Option<Text>,
    /// Where the targets of the weights come from, and their date.
    pub weight_targets: Option<Text>,
    /// How missing answers were treated beyond what the program does; imputation.
    pub imputation: Option<Text>,
    /// Share of the interviews that were checked by calling back or listening in, 0 to 1.
    pub validation_share: Option<f64>,
    /// Number of interviewers.
    pub interviewers: Option<u64>,
    /// How interviewers were trained and supervised.
    pub supervision: Option<Text>,
    /// What the result cannot tell.
    pub limitations: Option<Text>,
    /// Rules that the work complies with.
    pub compliance: Option<Text>,
    /// Whom to ask.
    pub contact: Option<Text>,
    /// Where files are kept, for how long, and how to get access.
    pub archive: Option<Text>,
}
