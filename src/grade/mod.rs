//! Estimates + scheme + scorecard → determination: met, not met, cannot tell, gate by gate. **The only place that grades.**
//!
//! Values are compared unrounded (GB/T 8170, full-value comparison): 94.996 is not 95. A verdict on an estimate knows its
//! uncertainty: the interval above the line is met, below it not met, across it cannot tell. What a survey cannot prove is
//! not available, never assumed.

mod rulebook;
pub mod scheme;
mod scorecard;

pub use rulebook::{Rulebook, read_rulebook};
pub use scorecard::{Scorecard, read_scorecard};

use crate::coverage::{Coverage, StratumVerdict};
use crate::finding::{Code, Finding, Place};
use crate::index::estimate::{Estimate, Reported};
use crate::locale::Text;
use crate::survey::SelectionMethod;
use schemars::JsonSchema;
use scheme::{Body, Condition, Confidence, Evidence, Grade, Reads, Scheme, Status};
use serde::{Deserialize, Serialize};

/// The answer to one question of a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Met.
    Met,
    /// Not met.
    NotMet,
    /// The interval straddles the line.
    CannotTell,
    /// No evidence in the survey.
    NotAvailable,
}

/// A grade line held against the score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GradeVerdict {
    /// Short name of the grade.
    pub grade: String,
    /// Title.
    pub title: Text,
    /// Cut-off.
    pub line: f64,
    /// True when the cut-off itself suffices.
    pub inclusive: bool,
    /// Verdict.
    pub verdict: Verdict,
    /// Score less cut-off.
    pub margin: Option<f64>,
    /// Probability that the true score is at or above the line.
    pub probability: Option<f64>,
    /// True when the score rounded to one decimal would fall on the other side of the line.
    pub rounding_would_change: bool,
    /// Source of the cut-off.
    pub source: String,
    /// How sure the cut-off is.
    pub confidence: Confidence,
    /// Who stands behind it.
    pub status: Status,
}

/// A condition besides the score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConditionVerdict {
    /// Short name.
    pub condition: String,
    /// Title.
    pub title: Text,
    /// Verdict.
    pub verdict: Verdict,
    /// The number found.
    pub got: Option<f64>,
    /// The number wanted.
    pub wanted: Option<f64>,
    /// Source.
    pub source: String,
    /// How sure.
    pub confidence: Confidence,
    /// Who stands behind it.
    pub status: Status,
}

/// A reading of the result against one scheme. It never says "certified": that is for the body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Determination {
    /// Scheme.
    pub scheme: String,
    /// Title of the scheme.
    pub title: Text,
    /// Document.
    pub document: String,
    /// Edition.
    pub edition: String,
    /// Body and rule, when entered.
    pub body: Body,
    /// True while cut-offs are assumed.
    pub provisional: bool,
    /// What the score is.
    pub reads: Reads,
    /// The score.
    pub score: Reported,
    /// Points of a scorecard, which carry no sampling error.
    pub points: Option<f64>,
    /// Lines, ascending.
    pub grades: Vec<GradeVerdict>,
    /// Conditions.
    pub conditions: Vec<ConditionVerdict>,
    /// Highest grade whose line is met for certain: the reading that holds if every "cannot tell" went against.
    pub grade_certain: Option<String>,
    /// Highest grade whose line is met or may be met.
    pub grade_possible: Option<String>,
    /// True when every condition is met.
    pub conditions_met: bool,
}

/// What a survey can put before a scheme.
#[derive(Debug, Clone, Copy)]
pub struct SurveyEvidence<'a> {
    /// The index.
    pub index: &'a Reported,
    /// Coverage.
    pub coverage: &'a Coverage,
    /// Smallest alpha of the dimensions with more than one item.
    pub alpha_min: Option<f64>,
    /// Points per clause, when a scorecard was given.
    pub scorecard: Option<&'a Scorecard>,
}

/// Reads a result against a scheme.
#[must_use]
pub fn determine(scheme: &Scheme, evidence: SurveyEvidence<'_>) -> (Determination, Vec<Finding>) {
    let points = evidence
        .scorecard
        .filter(|_| scheme.reads == Reads::Scorecard)
        .map(|card| card.total(scheme));
    let failed = evidence.scorecard.is_some_and(|card| card.fails(scheme));
    let grades: Vec<GradeVerdict> = scheme
        .grades
        .iter()
        .map(|grade| match scheme.reads {
            Reads::Index => of_estimate(grade, evidence.index.estimate.as_ref()),
            Reads::Scorecard => of_points(grade, points, failed),
        })
        .collect();
    let conditions: Vec<ConditionVerdict> = scheme.conditions.iter().map(|c| condition(c, evidence)).collect();
    let highest = |accept: &[Verdict]| {
        let met = grades.iter().take_while(|g| accept.contains(&g.verdict));
        met.last().map(|g| g.grade.clone())
    };
    let mut findings = Vec::new();
    let provisional = scheme.provisional && scheme.body.rule.is_empty();
    if provisional && scheme.grades.iter().any(|g| g.status == Status::Assumed) {
        findings.push(Finding::new(Code::AssumedCutoffs, Place::subject(&scheme.id)).with("scheme", &scheme.id));
    }
    let determination = Determination {
        scheme: scheme.id.clone(),
        title: scheme.title.clone(),
        document: scheme.document.clone(),
        edition: scheme.edition.clone(),
        body: scheme.body.clone(),
        provisional,
        reads: scheme.reads,
        score: if scheme.reads == Reads::Index {
            evidence.index.clone()
        } else {
            Reported {
                estimate: None,
                refusal: None,
            }
        },
        points,
        grade_certain: highest(&[Verdict::Met]),
        grade_possible: highest(&[Verdict::Met, Verdict::CannotTell]),
        conditions_met: conditions.iter().all(|c| c.verdict == Verdict::Met),
        grades,
        conditions,
    };
    (determination, findings)
}

fn reaches(value: f64, grade: &Grade) -> bool {
    if grade.inclusive { value >= grade.min } else { value > grade.min }
}

fn of_estimate(grade: &Grade, estimate: Option<&Estimate>) -> GradeVerdict {
    let verdict = match estimate.map(|e| (e, e.interval)) {
        None => Verdict::NotAvailable,
        Some((_, Some(interval))) if reaches(interval.lower, grade) => Verdict::Met,
        Some((_, Some(interval))) if !reaches(interval.upper, grade) => Verdict::NotMet,
        // Without an interval nothing is known of the uncertainty, so nothing can be told.
        Some(_) => Verdict::CannotTell,
    };
    let probability = estimate.and_then(|e| e.probability_at_least(grade.min));
    line(grade, estimate.map(|e| e.value), verdict, probability)
}

fn of_points(grade: &Grade, points: Option<f64>, failed: bool) -> GradeVerdict {
    let verdict = match points {
        None => Verdict::NotAvailable,
        Some(points) if reaches(points, grade) && !failed => Verdict::Met,
        Some(_) => Verdict::NotMet,
    };
    line(grade, points, verdict, None)
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
        rounding_would_change: value.is_some_and(|v| reaches(crate::round::round_to(v, 1), grade) != reaches(v, grade)),
        source: grade.source.clone(),
        confidence: grade.confidence,
        status: grade.status,
    }
}

/// A stated random method is a claim. It is proven by verifying the draw, which is not part of a survey run.
fn random_sampling(coverage: &Coverage) -> Verdict {
    match coverage.method {
        SelectionMethod::Convenience => Verdict::NotMet,
        SelectionMethod::Unknown => Verdict::NotAvailable,
        SelectionMethod::Stratified | SelectionMethod::SimpleRandom | SelectionMethod::Census => Verdict::CannotTell,
    }
}

fn condition(condition: &Condition, evidence: SurveyEvidence<'_>) -> ConditionVerdict {
    let coverage = evidence.coverage;
    let at_least = |got: Option<f64>| match (got, condition.threshold) {
        (Some(got), Some(wanted)) if got >= wanted => Verdict::Met,
        (Some(_), Some(_)) => Verdict::NotMet,
        _ => Verdict::NotAvailable,
    };
    let not_available = (None, Verdict::NotAvailable);
    let (got, verdict) = match condition.evidence {
        // The day of the decision is not in the data, so the age of the survey on that day cannot be told here.
        Evidence::None | Evidence::SurveyDate => not_available,
        Evidence::RandomSampling => (None, random_sampling(coverage)),
        Evidence::RespondentsMin => (Some(coverage.n as f64), at_least(Some(coverage.n as f64))),
        Evidence::ResponseRate => (coverage.response_rate, at_least(coverage.response_rate)),
        Evidence::Reliability => (evidence.alpha_min, at_least(evidence.alpha_min)),
        Evidence::NoEmptyStratum if coverage.population.is_none() => not_available,
        Evidence::NoEmptyStratum => {
            let empty = coverage.strata.iter().filter(|s| s.verdict == StratumVerdict::Empty).count();
            (Some(empty as f64), if empty == 0 { Verdict::Met } else { Verdict::NotMet })
        }
    };
    ConditionVerdict {
        condition: condition.id.clone(),
        title: condition.title.clone(),
        verdict,
        got,
        wanted: condition.threshold,
        source: condition.source.clone(),
        confidence: condition.confidence,
        status: condition.status,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::estimate::VarianceMethod;
    use proptest::prelude::*;

    fn ladder() -> Scheme {
        Scheme::parse("s.toml", scheme::shipped("satisfaction-3a4a5a").unwrap()).unwrap()
    }

    fn estimate(value: f64, half_width: f64) -> Estimate {
        let t = crate::stats::student_t_quantile(0.975, 249.0).unwrap();
        Estimate::new(
            value,
            Some((half_width / t).powi(2)),
            Some(249.0),
            0.95,
            250,
            Some(250.0),
            VarianceMethod::Taylor,
        )
    }

    fn verdicts(value: f64, half_width: f64) -> Vec<Verdict> {
        ladder()
            .grades
            .iter()
            .map(|g| of_estimate(g, Some(&estimate(value, half_width))).verdict)
            .collect()
    }

    #[test]
    fn an_interval_across_the_line_cannot_tell() {
        use Verdict::{CannotTell, Met, NotMet};
        assert_eq!(verdicts(95.2, 1.3), [Met, Met, CannotTell]);
        assert_eq!(verdicts(80.0, 2.0), [NotMet, NotMet, NotMet]);
        assert_eq!(verdicts(97.0, 1.0), [Met, Met, Met]);
    }

    #[test]
    fn lines_are_compared_with_the_unrounded_value() {
        let grade = &ladder().grades[2];
        assert_eq!(of_points(grade, Some(94.996), false).verdict, Verdict::NotMet);
        assert!(of_points(grade, Some(94.996), false).rounding_would_change);
        assert_eq!(of_points(grade, Some(95.0), false).verdict, Verdict::Met);
        assert_eq!(of_points(grade, Some(95.0 - 1e-9), false).verdict, Verdict::NotMet);
        assert_eq!(of_points(grade, None, false).verdict, Verdict::NotAvailable);
    }

    proptest! {
        #[test]
        fn raising_the_score_never_lowers_the_grade(value in 0.0_f64..100.0, more in 0.0_f64..20.0, half_width in 0.0_f64..10.0) {
            let met = |v: f64| verdicts(v, half_width).iter().filter(|v| **v == Verdict::Met).count();
            prop_assert!(met(value + more) >= met(value));
        }
    }
}
