//! What is told without estimating: the survey, the cleaning, the gates.

use super::{CleaningSummary, GateResult, SurveyFacts};
use crate::clean::Cleaned;
use crate::coverage::{Coverage, StratumVerdict};
use crate::finding::{Code, Finding, Place};
use crate::ingest::Responses;
use crate::round::printed;
use crate::survey::{IndexSpec, Survey};

/// What the definition says of the survey.
pub(crate) fn facts(survey: &Survey) -> SurveyFacts {
    SurveyFacts {
        id: survey.id.clone(),
        title: survey.title.clone(),
        population: survey.population.clone(),
        sponsor: survey.sponsor.clone(),
        conductor: survey.conductor.clone(),
        mode: survey.mode,
        basis: survey.basis.clone(),
        notice: survey.notice.clone(),
        item_weights: survey.model.weights,
        scheme: survey.model.structure.as_ref().map(|_| survey.model.scheme),
        index_dimension: match survey.index {
            IndexSpec::Dimension(at) => survey.dimensions.get(at).map(|d| d.id.clone()),
            IndexSpec::Composite => None,
        },
        level: survey.design.level,
        seed: survey.design.seed,
        interval: survey.design.interval,
        model_based_intervals: survey.design.model_based_intervals,
        labels: survey.labels.clone(),
    }
}

/// What cleaning did.
pub(crate) fn cleaning_summary(responses: &Responses, cleaned: &Cleaned) -> CleaningSummary {
    let received = responses.len() as u64;
    let counted = cleaned.kept_count();
    CleaningSummary {
        received,
        counted,
        excluded: received - counted,
        answers_set_aside: responses.answer_faults.len() as u64,
        rules: cleaned.outcomes.clone(),
        durations: crate::clean::durations::durations(responses, &cleaned.kept),
    }
}

/// The gates of the definition. A fact that cannot be told fails its gate.
pub(crate) fn gates(survey: &Survey, wave: &str, coverage: &Coverage, findings: &mut Vec<Finding>) -> Vec<GateResult> {
    let gates = &survey.gates;
    let mut results = Vec::new();
    let mut gate = |name: &str, wanted: f64, got: Option<f64>, met: bool| {
        results.push(GateResult {
            gate: name.to_owned(),
            wanted,
            got,
            met,
        });
    };
    if let Some(wanted) = gates.respondents_min {
        gate("respondents_min", wanted as f64, Some(coverage.n as f64), coverage.n >= wanted);
    }
    if let Some(wanted) = gates.response_rate_min {
        gate(
            "response_rate_min",
            wanted,
            coverage.response_rate,
            coverage.response_rate.is_some_and(|r| r >= wanted),
        );
    }
    if let Some(wanted) = gates.excluded_share_max {
        let share = (coverage.received > 0).then(|| 1.0 - coverage.n as f64 / coverage.received as f64);
        gate("excluded_share_max", wanted, share, share.is_some_and(|s| s <= wanted));
    }
    if gates.no_empty_stratum {
        let empty = coverage.strata.iter().filter(|s| s.verdict == StratumVerdict::Empty).count() as f64;
        let known = coverage.population.is_some();
        gate("no_empty_stratum", 0.0, known.then_some(empty), known && empty == 0.0);
    }
    if gates.required_size {
        let required = coverage.required;
        gate(
            "required_size",
            required.map_or(0.0, |r| r.n as f64),
            Some(coverage.n as f64),
            required.is_some_and(|r| r.reached),
        );
    }
    for result in results.iter().filter(|r| !r.met) {
        let finding = Finding::new(Code::GateFailed, Place::subject(wave)).with("gate", &result.gate);
        let is_share = result.gate.ends_with("_rate_min") || result.gate.ends_with("_share_max");
        let shown = |value: f64| printed(if is_share { value * 100.0 } else { value }, usize::from(is_share));
        findings.push(
            finding
                .with("required", shown(result.wanted))
                .with("actual", result.got.map_or_else(|| "–".to_owned(), shown)),
        );
    }
    results
}
