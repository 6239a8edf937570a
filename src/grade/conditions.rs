//! Conditions of a scheme against what a survey shows and what somebody declares with proof.

use super::scheme::{Condition, Confidence, Evidence, Scheme, Status};
use super::{ConditionVerdict, SurveyEvidence, Verdict};
use crate::coverage::StratumVerdict;
use crate::locale::Text;
use crate::survey::SelectionMethod;
use jiff::civil::Date;

pub(super) fn conditions(scheme: &Scheme, evidence: SurveyEvidence<'_>) -> Vec<ConditionVerdict> {
    let special = special_deductions(scheme, evidence);
    scheme.conditions.iter().map(|c| condition(c, evidence)).chain(special).collect()
}

/// The number found, the margin to the number wanted, and the verdict.
type Found = (Option<f64>, Option<f64>, Verdict);

const NOTHING: Found = (None, None, Verdict::NotAvailable);

fn condition(condition: &Condition, evidence: SurveyEvidence<'_>) -> ConditionVerdict {
    let coverage = evidence.coverage;
    let at_least = |got: Option<f64>| held(got, condition.threshold, 1.0);
    let declared = evidence.declared.get(&condition.id);
    let stated = || {
        // Without a number of its own a condition asks for a plain yes.
        declared.map_or(NOTHING, |d| held(Some(d.value), Some(condition.threshold.unwrap_or(1.0)), 1.0))
    };
    let (got, margin, verdict) = match condition.evidence {
        Evidence::None => stated(),
        Evidence::SurveyDate => survey_age(evidence).map_or_else(stated, |months| held(Some(months), condition.threshold, -1.0)),
        Evidence::RandomSampling => random_sampling(coverage.method, declared.map(|d| d.value)),
        Evidence::RespondentsMin => at_least(Some(coverage.n as f64)),
        Evidence::ResponseRate => at_least(coverage.response_rate),
        Evidence::Reliability => at_least(evidence.alpha_min),
        Evidence::NoEmptyStratum if coverage.population.is_none() => NOTHING,
        Evidence::NoEmptyStratum => {
            let empty = coverage.strata.iter().filter(|s| s.verdict == StratumVerdict::Empty).count();
            held(Some(empty as f64), Some(0.0), -1.0)
        }
    };
    ConditionVerdict {
        condition: condition.id.clone(),
        title: condition.title.clone(),
        verdict,
        got,
        wanted: condition.threshold,
        margin,
        reference: declared.map(|d| d.reference.clone()),
        source: condition.source.clone(),
        confidence: condition.confidence,
        status: condition.status,
    }
}

/// A number against a bound: at least it with `sign` 1, at most it with −1.
fn held(got: Option<f64>, wanted: Option<f64>, sign: f64) -> Found {
    let (Some(value), Some(wanted)) = (got, wanted) else {
        return (got, None, Verdict::NotAvailable);
    };
    let margin = sign * (value - wanted);
    (got, Some(margin), if margin >= 0.0 { Verdict::Met } else { Verdict::NotMet })
}

/// A stated random method is a claim. It is proven by verifying the draw; where that is the record is declared.
fn random_sampling(method: SelectionMethod, declared: Option<f64>) -> Found {
    let verdict = match (method, declared) {
        (SelectionMethod::Convenience | SelectionMethod::Quota | SelectionMethod::OptInPanel, _) => Verdict::NotMet,
        (SelectionMethod::Unknown, _) => Verdict::NotAvailable,
        (_, Some(value)) if value >= 1.0 => Verdict::Met,
        (_, Some(_)) => Verdict::NotMet,
        (_, None) => Verdict::CannotTell,
    };
    (None, None, verdict)
}

/// Months from the last day of fieldwork to the day of the decision: whole months, and the days left over as 1/31 each.
fn survey_age(evidence: SurveyEvidence<'_>) -> Option<f64> {
    let from: Date = evidence.survey_date?.parse().ok()?;
    let to: Date = evidence.decision_date?.parse().ok()?;
    let span = from.until((jiff::Unit::Month, to)).ok()?;
    Some(f64::from(span.get_months()) + f64::from(span.get_days()) / 31.0)
}

/// Special deductions as a gate of their own, where the scheme has such a rule and there is a scorecard.
fn special_deductions(scheme: &Scheme, evidence: SurveyEvidence<'_>) -> Option<ConditionVerdict> {
    let rules = scheme.rules.as_ref().filter(|r| r.special_deductions_fail_at > 0)?;
    let card = evidence.scorecard?;
    let most = f64::from(rules.special_deductions_fail_at) - 1.0;
    let (got, margin, verdict) = held(Some(f64::from(card.deductions)), Some(most), -1.0);
    Some(ConditionVerdict {
        condition: "special-deductions".to_owned(),
        title: Text {
            zh: format!("特殊扣分不超过 {most} 项"),
            en: format!("At most {most} special deductions"),
        },
        verdict,
        got,
        wanted: Some(most),
        margin,
        reference: Some(card.input.file.clone()),
        source: rules.source.clone(),
        confidence: rules.confidence.unwrap_or(Confidence::None),
        status: rules.status.unwrap_or(Status::Assumed),
    })
}
