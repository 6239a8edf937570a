//! How waves are compared (`[trend]`).

use super::Document;
use super::definition::Definition;
use crate::finding::{Code, Finding, Findings};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How waves are compared.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trend {
    /// Whether an id in `columns.respondent` (with `columns.psu`, the name of a cluster) means the same one in all waves; true when
    /// absent. Those who are in two waves make the waves correlated, which the error of a change takes into account. Numbers that begin
    /// anew in every wave do no great harm, as their correlation comes out near 0, but say false here.
    pub linked: Option<bool>,
    /// Change that is too small to matter, in points; changes are then also held against "not larger than this".
    pub equivalence_margin: Option<f64>,
    /// Probability with which a change is to be found, for the smallest detectable change; 0.8 when absent.
    pub power: Option<f64>,
    /// Adjustment for many tests that decides what is called a change; `holm` when absent. Both are printed.
    pub adjustment: Option<Adjustment>,
}

/// Adjustment of p-values within a family of tests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Adjustment {
    /// Holm (1979): at most one family in twenty has any false change, at a level of 95 %.
    #[default]
    Holm,
    /// Benjamini and Hochberg (1995): at most one in twenty of the changes that are called is false, at a level of 95 %.
    BenjaminiHochberg,
}

/// How waves are compared, with the defaults filled in.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TrendSpec {
    /// Whether identities carry over from wave to wave.
    pub linked: bool,
    /// δ in points.
    pub equivalence_margin: Option<f64>,
    /// Power of the smallest detectable change, strictly between 0 and 1.
    pub power: f64,
    /// The adjustment that decides.
    pub adjustment: Adjustment,
}

impl Default for TrendSpec {
    fn default() -> Self {
        Self {
            linked: true,
            equivalence_margin: None,
            power: 0.8,
            adjustment: Adjustment::Holm,
        }
    }
}

pub(super) fn check(definition: &Definition, document: &Document, findings: &mut Findings) -> TrendSpec {
    let trend = &definition.trend;
    let mut wrong = |key: &str, expected: &str, got: f64| {
        let path = format!("trend.{key}");
        let finding = Finding::new(Code::WrongValue, document.place(&path));
        findings.add(finding.with("key", path).with("expected", expected).with("got", got));
    };
    if let Some(margin) = trend.equivalence_margin.filter(|m| !(m.is_finite() && *m > 0.0)) {
        wrong("equivalence_margin", "> 0", margin);
    }
    if let Some(power) = trend.power.filter(|p| !(*p > 0.0 && *p < 1.0)) {
        wrong("power", "0 < … < 1", power);
    }
    let default = TrendSpec::default();
    TrendSpec {
        linked: trend.linked.unwrap_or(default.linked),
        equivalence_margin: trend.equivalence_margin,
        power: trend.power.unwrap_or(default.power),
        adjustment: trend.adjustment.unwrap_or_default(),
    }
}
