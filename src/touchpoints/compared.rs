//! Measures that are compared from wave to wave, and what each answer is worth in them.
//!
//! A measure is the weighted mean of a value of each answer. The values are stated here once; estimates, covariances between waves and
//! series over time are made from them.

use super::Gathered;
use crate::survey::Survey;
pub use crate::survey::touchpoints::{COMPLAINT_HANDLING, COMPLAINT_RATE};
use crate::survey::touchpoints::{MeasureKind, MeasureSpec};
use crate::tally::SideColumn;

/// Lowest answer of a promoter.
pub const PROMOTERS_FROM: usize = 9;

/// Highest answer of a detractor.
pub const DETRACTORS_TO: usize = 6;

/// Steps of a net promoter score: 0 to 10.
const NPS_STEPS: usize = 11;

/// The lowest step that counts among the best answers.
#[must_use]
pub fn top_from(spec: &MeasureSpec) -> usize {
    let range = spec.scale.range();
    usize::from(range + 1 - spec.top.min(range))
}

/// The code behind a step above the worst answer.
#[must_use]
pub fn code_of(spec: &MeasureSpec, step: usize) -> i32 {
    let step = i32::try_from(step).unwrap_or(i32::MAX);
    if spec.reversed {
        spec.scale.max - step
    } else {
        spec.scale.min + step
    }
}

/// What each step above the worst answer is worth in a measure, in its unit: points of a net promoter score, percent of a share, codes of a
/// mean.
#[must_use]
pub fn values_of(spec: &MeasureSpec) -> Vec<f64> {
    let range = usize::from(spec.scale.range());
    match spec.kind {
        MeasureKind::Nps => (0..NPS_STEPS)
            .map(|step| 100.0 * (f64::from(u8::from(step >= PROMOTERS_FROM)) - f64::from(u8::from(step <= DETRACTORS_TO))))
            .collect(),
        MeasureKind::Csat => (0..=range).map(|step| if step >= top_from(spec) { 100.0 } else { 0.0 }).collect(),
        MeasureKind::Ces => (0..=range).map(|step| f64::from(code_of(spec, step))).collect(),
    }
}

/// Points of 0 to 100 of each step of a scale with so many steps above the lowest.
#[must_use]
pub fn points(range: u8) -> Vec<f64> {
    (0..=range).map(|step| f64::from(step) / f64::from(range) * 100.0).collect()
}

/// A measure with the column that holds its answers.
#[derive(Debug, Clone)]
pub struct Compared {
    /// Id of the measure.
    pub id: String,
    /// Position of its answers in [`Gathered::columns`].
    pub column: usize,
    /// What each step is worth.
    pub values: Vec<f64>,
}

impl Gathered {
    /// Every measure, with the complaint rate and the satisfaction with the handling of complaints.
    #[must_use]
    pub fn compared(&self, survey: &Survey) -> Vec<Compared> {
        let spec = &survey.touchpoints;
        let measures = spec.measures.iter().zip(&self.measures).enumerate();
        let mut found: Vec<Compared> = measures
            .map(|(column, (measure, _))| Compared {
                id: measure.id.clone(),
                column,
                values: values_of(measure),
            })
            .collect();
        let Some(complaints) = &self.complaints else {
            return found;
        };
        let first = self.measures.len();
        found.push(Compared {
            id: COMPLAINT_RATE.to_owned(),
            column: first,
            values: vec![0.0, 100.0],
        });
        let handling = spec.complaints.as_ref().and_then(|c| survey.items.get(c.handling?));
        found.extend(handling.filter(|_| complaints.handling.is_some()).map(|item| Compared {
            id: COMPLAINT_HANDLING.to_owned(),
            column: first + 1,
            values: points(item.scale.range()),
        }));
        found
    }

    /// One column of [`Gathered::columns`], without the others.
    #[must_use]
    pub fn column(&self, number: usize) -> Option<&SideColumn> {
        if let Some(measure) = self.measures.get(number) {
            return Some(&measure.steps);
        }
        let complaints = self.complaints.as_ref()?;
        let own = std::iter::once(&complaints.complained).chain(&complaints.handling);
        own.chain(complaints.categories.iter().map(|(_, column)| column))
            .nth(number - self.measures.len())
    }
}
