//! The year between two audits: plan against done, results against targets, what actions were followed by, whether the
//! grade is held, and what an auditor is bound to ask.
//!
//! Works on the waves as assessed and on the records of the definition; nothing here computes from answers.

pub mod effects;
pub mod grade_held;
pub mod questions;
pub mod targets;

use crate::assessment::touchpoints::{Touchpoint, TouchpointKind};
use crate::assessment::{Assessment, WaveAssessment};
use crate::certificate::plan::PlanEntry;
use crate::certificate::records::QuestionnaireChange;
use crate::index::estimate::Reported;
use crate::locale::Text;
use crate::survey::surveillance::INDEX;
use effects::ActionEffect;
use grade_held::GradeHeld;
use questions::Question;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use targets::TargetReading;

/// What the yearly surveillance report adds to the waves.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Surveillance {
    /// Plan of the year, where the definition names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<Vec<PlanEntry>>,
    /// Changes of the questionnaire, where the definition names their log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub questionnaire: Option<Vec<QuestionnaireChange>>,
    /// Results against targets, by wave.
    pub targets: Vec<TargetReading>,
    /// One for each improvement action, in their order.
    pub effects: Vec<ActionEffect>,
    /// The grade over the waves, where there is a certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<GradeHeld>,
    /// What an auditor is bound to ask, gravest first.
    pub questions: Vec<Question>,
}

/// Puts it together from a finished assessment. `targets` are points by wave and quantity.
#[must_use]
pub fn surveillance(
    assessment: &Assessment,
    plan: Option<Vec<PlanEntry>>,
    questionnaire: Option<Vec<QuestionnaireChange>>,
    targets: &BTreeMap<String, BTreeMap<String, f64>>,
) -> Surveillance {
    let effects = effects::effects(assessment);
    let targets = targets::readings(assessment, targets);
    let grade = grade_held::grade_held(assessment);
    let mut made = Surveillance {
        plan,
        questionnaire,
        targets,
        effects,
        grade,
        questions: Vec::new(),
    };
    made.questions = questions::questions(assessment, &made);
    made
}

/// Title and estimate of the index, a dimension or an item of a wave, by id.
fn quantity<'a>(wave: &'a WaveAssessment, id: &str) -> Option<(Text, &'a Reported)> {
    if id == INDEX {
        let title = Text {
            zh: crate::locale::Messages::of(crate::locale::Lang::Zh).word("report-index"),
            en: crate::locale::Messages::of(crate::locale::Lang::En).word("report-index"),
        };
        return Some((title, &wave.index));
    }
    let dimension = wave.dimensions.iter().find(|d| d.id == id).map(|d| (d.title.clone(), &d.score));
    let item = || wave.items.iter().find(|i| i.id == id).map(|i| (i.title.clone(), &i.score));
    dimension
        .or_else(item)
        .or_else(|| measure(wave, id).map(|m| (m.full_title(), &m.reported)))
}

/// A measure that is compared from wave to wave.
fn measure<'a>(wave: &'a WaveAssessment, id: &str) -> Option<&'a Touchpoint> {
    wave.touchpoints.iter().find(|t| t.id == id && t.kind != TouchpointKind::Ces)
}

/// Whether less of a quantity is better: of complaints.
fn lower_is_better(wave: &WaveAssessment, id: &str) -> bool {
    measure(wave, id).is_some_and(|m| m.kind == TouchpointKind::ComplaintRate)
}
