//! Conditions of a scheme against what a survey shows and what somebody declares with proof.

use super::scheme::{Condition, Confidence, Evidence, Scheme, Status, Unit};
use super::{ConditionVerdict, Recorded, SurveyEvidence, Verdict};
use crate::coverage::{Coverage, StratumVerdict};
use crate::locale::{Lang, Messages, Text};
use crate::survey::SelectionMethod;
use jiff::civil::Date;
use std::collections::BTreeMap;

pub(super) fn conditions(scheme: &Scheme, evidence: SurveyEvidence<'_>) -> Vec<ConditionVerdict> {
    let special = special_deductions(scheme, evidence);
    scheme.conditions.iter().map(|c| condition(c, evidence)).chain(special).collect()
}

/// What was found: the numbers, the verdict, and the fact that it follows from.
struct Found {
    got: Option<f64>,
    margin: Option<f64>,
    verdict: Verdict,
    fact: Option<Text>,
}

impl Found {
    fn nothing() -> Self {
        Self::plain(Verdict::NotAvailable)
    }

    /// A verdict without numbers.
    fn plain(verdict: Verdict) -> Self {
        Self {
            got: None,
            margin: None,
            verdict,
            fact: None,
        }
    }

    fn with(self, fact: Text) -> Self {
        Self { fact: Some(fact), ..self }
    }
}

fn condition(condition: &Condition, evidence: SurveyEvidence<'_>) -> ConditionVerdict {
    let coverage = evidence.coverage;
    let at_least = |got: Option<f64>| held(got, condition.threshold, 1.0);
    let declared = evidence.declared.get(&condition.id);
    let stated = || {
        // Without a number of its own a condition asks for a plain yes.
        declared.map(|d| held(Some(d.value), Some(condition.threshold.unwrap_or(1.0)), 1.0))
    };
    let found = match condition.evidence {
        Evidence::None => stated().unwrap_or_else(Found::nothing),
        Evidence::SurveyDate => survey_age(condition, evidence, stated),
        Evidence::InternalAudit => stated().unwrap_or_else(|| recorded(evidence.record.audits.as_ref(), condition)),
        Evidence::ManagementReview => stated().unwrap_or_else(|| recorded(evidence.record.reviews.as_ref(), condition)),
        Evidence::RandomSampling => random_sampling(coverage, declared.map(|d| d.value)),
        Evidence::RespondentsMin => at_least(Some(coverage.n as f64)),
        Evidence::ResponseRate => at_least(coverage.response_rate),
        Evidence::Reliability => at_least(evidence.alpha_min),
        Evidence::NoEmptyStratum if coverage.population.is_none() => Found::nothing(),
        Evidence::NoEmptyStratum => {
            let empty = coverage.strata.iter().filter(|s| s.verdict == StratumVerdict::Empty).count();
            held(Some(empty as f64), Some(0.0), -1.0)
        }
    };
    ConditionVerdict {
        condition: condition.id.clone(),
        title: condition.title.clone(),
        verdict: found.verdict,
        got: found.got,
        wanted: condition.threshold,
        margin: found.margin,
        unit: condition.counts(),
        reference: declared.map(|d| d.reference.clone()),
        fact: found.fact,
        source: condition.source.clone(),
        confidence: condition.confidence,
        status: condition.status,
    }
}

/// A number against a bound: at least it with `sign` 1, at most it with −1.
fn held(got: Option<f64>, wanted: Option<f64>, sign: f64) -> Found {
    let (Some(value), Some(wanted)) = (got, wanted) else {
        return Found { got, ..Found::nothing() };
    };
    let margin = sign * (value - wanted);
    Found {
        got,
        margin: Some(margin),
        verdict: if margin >= 0.0 { Verdict::Met } else { Verdict::NotMet },
        fact: None,
    }
}

/// A stated random method is a claim. It is proven by the record of the draw, against which the answers of the wave were held; where
/// there is none, by what somebody declares with a reference. A method that nobody knows is no random one that can be verified.
fn random_sampling(coverage: &Coverage, declared: Option<f64>) -> Found {
    use SelectionMethod::{Convenience, OptInPanel, Quota, Unknown};
    let fact = |key: &str| said(key, &[]);
    match (coverage.method, &coverage.draw, declared) {
        (Convenience | Quota | OptInPanel, _, _) => Found::plain(Verdict::NotMet).with(fact("fact-method-not-random")),
        (Unknown, _, Some(_)) => Found::plain(Verdict::CannotTell).with(fact("fact-method-unknown")),
        (Unknown, _, None) => Found::plain(Verdict::NotMet).with(fact("fact-method-unknown")),
        (_, Some(draw), _) => {
            let digest: String = draw.record_sha256.chars().take(12).collect();
            let (verdict, key) = if draw.holds {
                (Verdict::Met, "fact-draw-verified")
            } else {
                (Verdict::NotMet, "fact-draw-contradicted")
            };
            Found::plain(verdict).with(said(key, &[("digest", digest)]))
        }
        (_, None, Some(value)) if value >= 1.0 => Found::plain(Verdict::Met),
        (_, None, Some(_)) => Found::plain(Verdict::NotMet),
        (_, None, None) => Found::plain(Verdict::CannotTell).with(fact("fact-draw-no-record")),
    }
}

/// What the plan of the year records as done.
fn recorded(record: Option<&Recorded>, condition: &Condition) -> Found {
    let Some(record) = record else { return Found::nothing() };
    // An entry without proof proves nothing, and that there is none proves nothing either: the plan need not name everything.
    let found = match record.proven {
        0 => Found::nothing(),
        proven => held(Some(proven as f64), Some(condition.threshold.unwrap_or(1.0)), 1.0),
    };
    found.with(record.fact.clone())
}

/// Months from the last day of fieldwork to the day of the reading: whole months, and the days left over as 1/31 each.
fn survey_age(condition: &Condition, evidence: SurveyEvidence<'_>, stated: impl Fn() -> Option<Found>) -> Found {
    let Some(ended) = evidence.survey_date.and_then(|day| day.parse::<Date>().ok()) else {
        return stated().unwrap_or_else(Found::nothing);
    };
    let reading = evidence.record.day.as_ref();
    let months = reading.and_then(|reading| {
        let to: Date = reading.day.parse().ok()?;
        let span = ended.until((jiff::Unit::Month, to)).ok()?;
        Some((reading, f64::from(span.get_months()) + f64::from(span.get_days()) / 31.0))
    });
    let day = ended.to_string();
    match months {
        Some((reading, months)) => {
            let fact = |lang: Lang| {
                let event = reading.event.get(lang).to_owned();
                let args = BTreeMap::from([("ended", day.clone()), ("day", reading.day.clone()), ("event", event)]);
                Messages::of(lang).message("fact-survey-age", &args)
            };
            held(Some(months), condition.threshold, -1.0).with(Text {
                zh: fact(Lang::Zh),
                en: fact(Lang::En),
            })
        }
        None => stated().unwrap_or_else(|| Found::nothing().with(said("fact-survey-no-day", &[("ended", day)]))),
    }
}

/// A fact in both languages.
fn said(key: &str, args: &[(&'static str, String)]) -> Text {
    let args: BTreeMap<&'static str, String> = args.iter().cloned().collect();
    Text {
        zh: Messages::of(Lang::Zh).message(key, &args),
        en: Messages::of(Lang::En).message(key, &args),
    }
}

/// Special deductions as a gate of their own, where the scheme has such a rule and there is a scorecard.
fn special_deductions(scheme: &Scheme, evidence: SurveyEvidence<'_>) -> Option<ConditionVerdict> {
    let rules = scheme.rules.as_ref().filter(|r| r.special_deductions_fail_at > 0)?;
    let card = evidence.scorecard?;
    let most = f64::from(rules.special_deductions_fail_at) - 1.0;
    let found = held(Some(f64::from(card.deductions)), Some(most), -1.0);
    Some(ConditionVerdict {
        condition: "special-deductions".to_owned(),
        title: Text {
            zh: format!("特殊扣分不超过 {most} 项"),
            en: format!("At most {most} special deductions"),
        },
        verdict: found.verdict,
        got: found.got,
        wanted: Some(most),
        margin: found.margin,
        unit: Some(Unit::Number),
        fact: None,
        reference: Some(card.input.file.clone()),
        source: rules.source.clone(),
        confidence: rules.confidence.unwrap_or(Confidence::None),
        status: rules.status.unwrap_or(Status::Assumed),
    })
}
