//! A score against the lines of a scheme.

use super::scheme::{ComparisonMethod, Grade, Scheme};
use super::{Arithmetic, GradeVerdict, Total, Verdict};
use crate::index::estimate::Estimate;
use crate::round::{round_half_even, round_to};

/// Decimals of the rounded total where the scheme names none.
const DECIMALS: usize = 1;

/// How a scheme holds a value against a line.
#[derive(Clone, Copy)]
pub(super) struct Comparing {
    method: ComparisonMethod,
    decimals: usize,
}

impl Comparing {
    pub fn of(scheme: &Scheme) -> Self {
        Self {
            method: scheme.comparison.as_ref().map(|c| c.method).unwrap_or_default(),
            decimals: scheme.comparison.as_ref().and_then(|c| c.decimals).unwrap_or(DECIMALS),
        }
    }

    pub fn total(self, unrounded: f64) -> Total {
        Total {
            unrounded,
            rounded: round_half_even(unrounded, self.decimals),
            decimals: self.decimals,
            compared: self.method,
        }
    }

    pub fn reaches(self, value: f64, grade: &Grade) -> bool {
        let value = match self.method {
            ComparisonMethod::FullValue => value,
            ComparisonMethod::Rounded => round_half_even(value, self.decimals),
        };
        reaches(value, grade)
    }
}

fn reaches(value: f64, grade: &Grade) -> bool {
    if grade.inclusive { value >= grade.min } else { value > grade.min }
}

pub(super) fn of_estimate(comparing: Comparing, grade: &Grade, estimate: Option<&Estimate>) -> GradeVerdict {
    let verdict = match estimate.map(|e| e.interval) {
        None => Verdict::NotAvailable,
        Some(Some(interval)) if comparing.reaches(interval.lower, grade) => Verdict::Met,
        Some(Some(interval)) if !comparing.reaches(interval.upper, grade) => Verdict::NotMet,
        // Without an interval nothing is known of the uncertainty, so nothing can be told.
        Some(_) => Verdict::CannotTell,
    };
    let probability = estimate.and_then(|e| e.probability_at_least(grade.min));
    line(grade, estimate.map(|e| e.value), verdict, probability)
}

/// An estimate against a target: reached when its whole interval is at or above, missed when all of it is below.
#[must_use]
pub fn against_target(estimate: Option<&Estimate>, target: f64) -> Verdict {
    match estimate.map(|e| e.interval) {
        None => Verdict::NotAvailable,
        Some(Some(interval)) if interval.lower >= target => Verdict::Met,
        Some(Some(interval)) if interval.upper < target => Verdict::NotMet,
        Some(_) => Verdict::CannotTell,
    }
}

/// An estimate against a ceiling: kept when its whole interval is at or below, broken when all of it is above.
#[must_use]
pub fn against_ceiling(estimate: Option<&Estimate>, ceiling: f64) -> Verdict {
    match estimate.map(|e| e.interval) {
        None => Verdict::NotAvailable,
        Some(Some(interval)) if interval.upper <= ceiling => Verdict::Met,
        Some(Some(interval)) if interval.lower > ceiling => Verdict::NotMet,
        Some(_) => Verdict::CannotTell,
    }
}

/// Points between nothing and everything for the clauses that are open. Too many deductions fail whatever the score.
pub(super) fn of_points(comparing: Comparing, grade: &Grade, points: Option<&Arithmetic>, failed: bool) -> GradeVerdict {
    let verdict = match points {
        None => Verdict::NotAvailable,
        Some(_) if failed => Verdict::NotMet,
        Some(points) if comparing.reaches(points.low, grade) => Verdict::Met,
        Some(points) if !comparing.reaches(points.high, grade) => Verdict::NotMet,
        Some(_) => Verdict::CannotTell,
    };
    line(grade, points.and_then(|p| p.total), verdict, None)
}

fn line(grade: &Grade, value: Option<f64>, verdict: Verdict, probability: Option<f64>) -> GradeVerdict {
    GradeVerdict {
        grade: grade.id.clone(),
        title: grade.title.clone(),
        line: grade.min,
        inclusive: grade.inclusive,
        verdict,
        margin: value.map(|v| v - grade.min),
        probability,
        rounding_would_change: value.is_some_and(|v| reaches(round_to(v, DECIMALS), grade) != reaches(v, grade)),
        source: grade.source.clone(),
        confidence: grade.confidence,
        status: grade.status,
    }
}
