//! The reading itself: lines, conditions, what is missing, what is assumed, what the next grade would take.

use super::lines::{Comparing, of_estimate, of_points};
use super::next::{next_grade, settling};
use super::scheme::{Confidence, Reads, Scheme, Status};
use super::{
    AssumedValue, ConditionVerdict, Determination, ElementCoverage, GradeVerdict, InForce, Missing, MissingKind, SurveyEvidence, Verdict,
    conditions::conditions,
};
use crate::finding::{Code, Finding, Place};
use crate::index::estimate::Reported;
use crate::locale::Text;

/// Reads a result against a scheme.
#[must_use]
pub fn determine(scheme: &Scheme, evidence: SurveyEvidence<'_>) -> (Determination, Vec<Finding>) {
    let comparing = Comparing::of(scheme);
    let card = evidence.scorecard;
    let arithmetic = card.and_then(|card| card.arithmetic(scheme));
    // Sections of a scheme that reads the index are told, and never added to it. A card that nobody touched says nothing.
    let graded = arithmetic
        .as_ref()
        .filter(|_| scheme.reads == Reads::Scorecard && card.is_some_and(|c| !c.is_blank()));
    let failed = card.is_some_and(|card| card.fails(scheme));
    let estimate = evidence.index.estimate.as_ref().filter(|_| scheme.reads == Reads::Index);
    let grades: Vec<GradeVerdict> = scheme
        .grades
        .iter()
        .map(|grade| match scheme.reads {
            Reads::Index | Reads::Method => of_estimate(comparing, grade, estimate),
            Reads::Scorecard => of_points(comparing, grade, graded, failed),
        })
        .collect();
    let conditions = conditions(scheme, evidence);
    let conditions_met = conditions.iter().all(|c| c.verdict == Verdict::Met);
    let grade_certain = highest(&grades, &[Verdict::Met]);
    let points = graded.and_then(|a| a.total);
    let blocks = card.map(|card| card.blocks(scheme)).unwrap_or_default();
    let provisional = scheme.provisional();
    let determination = Determination {
        scheme: scheme.id.clone(),
        title: scheme.title.clone(),
        document: scheme.document.clone(),
        edition: scheme.edition.clone(),
        in_force: InForce {
            from: scheme.in_force_from.clone(),
            until: scheme.in_force_until.clone(),
            superseded_by: scheme.superseded_by.clone(),
            survey_date: evidence.survey_date.map(str::to_owned),
        },
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
        total: points.or(estimate.map(|e| e.value)).map(|value| comparing.total(value)),
        grade_if_against: grade_certain.clone().filter(|_| conditions_met),
        grade_certain,
        grade_possible: highest(&grades, &[Verdict::Met, Verdict::CannotTell]),
        conditions_met,
        missing: missing(scheme, evidence, &conditions),
        elements: elements(scheme, evidence),
        assumed: assumed_values(scheme),
        next: next_grade(scheme, evidence, &grades, graded, &blocks),
        settling: estimate.map(|e| settling(&grades, e, evidence.coverage)).unwrap_or_default(),
        grades,
        conditions,
        arithmetic,
        blocks,
    };
    let warning = || Finding::new(Code::AssumedCutoffs, Place::subject(&scheme.id)).with("scheme", &scheme.id);
    (determination, provisional.then(warning).into_iter().collect())
}

/// The highest grade below which no line has another verdict.
fn highest(grades: &[GradeVerdict], accept: &[Verdict]) -> Option<String> {
    let met = grades.iter().take_while(|g| accept.contains(&g.verdict));
    met.last().map(|g| g.grade.clone())
}

fn missing(scheme: &Scheme, evidence: SurveyEvidence<'_>, conditions: &[ConditionVerdict]) -> Vec<Missing> {
    let one = |what: MissingKind, subject: &str, title: Option<&Text>| Missing {
        what,
        subject: subject.to_owned(),
        title: title.cloned().unwrap_or_else(|| Text::same(subject)),
    };
    let mut missing = Vec::new();
    if scheme.provisional() {
        missing.push(one(MissingKind::BodyRule, "", None));
    }
    match (scheme.reads, &evidence.index.estimate, evidence.scorecard) {
        (Reads::Index, None, _) => missing.push(one(MissingKind::Index, "", None)),
        (Reads::Index, Some(e), _) if e.interval.is_none() => missing.push(one(MissingKind::Interval, "", None)),
        (Reads::Scorecard, _, None) => missing.push(one(MissingKind::Scorecard, "", None)),
        _ => {}
    }
    if let Some(card) = evidence.scorecard {
        let title = |clause: &str| scheme.clause_title(clause);
        let open = card.rows.iter().filter(|r| r.obtained.is_none());
        missing.extend(open.map(|r| one(MissingKind::ClauseScore, &r.clause, title(&r.clause))));
        let absent = scheme.blocks.iter().filter(|b| !card.rows.iter().any(|r| r.block == b.id));
        missing.extend(absent.map(|b| one(MissingKind::ClauseScore, &b.id, Some(&b.title))));
        let unproven = card
            .rows
            .iter()
            .filter(|r| r.obtained.is_some() && r.applicable > 0.0 && !r.documented);
        missing.extend(unproven.map(|r| one(MissingKind::ClauseProof, &r.clause, title(&r.clause))));
    }
    let open = conditions
        .iter()
        .filter(|c| matches!(c.verdict, Verdict::NotAvailable | Verdict::CannotTell));
    missing.extend(open.map(|c| one(MissingKind::ConditionProof, &c.condition, Some(&c.title))));
    missing
}

fn elements(scheme: &Scheme, evidence: SurveyEvidence<'_>) -> Vec<ElementCoverage> {
    let of = |element: &super::scheme::Element| {
        let named = evidence.elements.iter().filter(|(id, _)| *id == element.id);
        ElementCoverage {
            element: element.id.clone(),
            title: element.title.clone(),
            dimensions: named.map(|(_, title)| title.clone()).collect(),
        }
    };
    scheme.elements.iter().map(of).collect()
}

/// Every value of a scheme that nobody has confirmed.
#[must_use]
pub fn assumed_values(scheme: &Scheme) -> Vec<AssumedValue> {
    let value = |path: String, title: &Text, value: Option<f64>, confidence: Option<Confidence>, source: &Text| AssumedValue {
        path,
        title: title.clone(),
        value,
        confidence: confidence.unwrap_or(Confidence::None),
        source: source.clone(),
    };
    let mut all = Vec::new();
    for g in scheme.grades.iter().filter(|g| g.status == Status::Assumed) {
        all.push(value(
            format!("grades.{}.min", g.id),
            &g.title,
            Some(g.min),
            Some(g.confidence),
            &g.source,
        ));
    }
    for b in scheme.blocks.iter().filter(|b| b.status == Some(Status::Assumed)) {
        all.push(value(
            format!("blocks.{}.points", b.id),
            &b.title,
            b.points,
            b.confidence,
            &b.source,
        ));
    }
    for c in scheme.conditions.iter().filter(|c| c.status == Status::Assumed) {
        all.push(value(
            format!("conditions.{}", c.id),
            &c.title,
            c.threshold,
            Some(c.confidence),
            &c.source,
        ));
    }
    if let Some(c) = scheme.comparison.as_ref().filter(|c| c.status == Some(Status::Assumed)) {
        let title = Text {
            zh: "比较方法（GB/T 8170）".to_owned(),
            en: "Way of comparing (GB/T 8170)".to_owned(),
        };
        all.push(value("comparison.method".to_owned(), &title, None, c.confidence, &c.source));
    }
    if let Some(r) = scheme.rules.as_ref().filter(|r| r.status == Some(Status::Assumed)) {
        let title = Text {
            zh: "计分规则与先后顺序".to_owned(),
            en: "Rules of scoring and their order".to_owned(),
        };
        all.push(value("rules".to_owned(), &title, None, r.confidence, &r.source));
    }
    all
}
