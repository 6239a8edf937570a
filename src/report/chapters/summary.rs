//! The first screen: the index, its reading, its change, and what stands out.

use super::super::document::{Fact, Summary};
use super::super::page::Page;
use super::super::words::{self, count, level, number, points, signed};
use super::determination::reading;
use super::priorities::{ordered, quadrant};
use crate::assessment::{DimensionResult, WaveAssessment};
use crate::coverage::StratumVerdict;
use crate::finding::Severity;
use crate::index::estimate::Estimate;
use crate::trend::{Change, Comparison, Direction};

/// How many findings the first screen holds.
const FINDINGS_MAX: usize = 3;

pub(in super::super) fn subtitle(page: &Page<'_>) -> String {
    let survey = &page.assessment.survey;
    let waves: Vec<String> = page.assessment.waves.iter().map(|w| page.wave_title(w)).collect();
    let mut parts: Vec<String> = [&survey.population, &survey.conductor]
        .into_iter()
        .flatten()
        .map(|t| page.words.text(t))
        .collect();
    if waves.len() > 1 || page.latest().is_some_and(|w| w.title != survey.title) {
        parts.push(waves.join(&page.words.word("comma")));
    }
    parts.push(words::shown(&survey.basis.join(&page.words.word("comma"))));
    parts.retain(|p| !p.is_empty());
    parts.join(" · ")
}

/// What is said of a sample that is not random: that its intervals are those of a model, or that it has none.
pub(super) fn caveat_of_sample(page: &Page<'_>, of: &str) -> String {
    let says = if page.assessment.survey.model_based_intervals {
        "not-probability"
    } else {
        "no-margin"
    };
    page.words.word(&format!("{of}-{says}"))
}

/// First screen of the sampling report: how many of how many, and the reservations about the sample.
pub(in super::super) fn sampling(page: &Page<'_>) -> Summary {
    let Some(wave) = page.latest() else { return Summary::default() };
    let coverage = &wave.coverage;
    let passed = coverage.strata.iter().filter(|s| s.verdict == StratumVerdict::Pass).count() as u64;
    let strata = format!("{} / {}", count(passed), count(coverage.strata.len() as u64));
    let indicator = wave.representativeness.r_indicator.as_ref();
    let r = indicator.map_or_else(
        || words::NOTHING.to_owned(),
        |r| {
            let interval = page.words.interval_with(r.indicator.interval_in_range(), 3);
            format!("{} {interval}", number(Some(r.indicator.r), 3))
        },
    );
    Summary {
        label: page.words.say("sampling-label", &[("wave", &page.wave_title(wave))]),
        value: count(coverage.n),
        base: page.base_coverage(wave),
        caveat: if coverage.probability_sample {
            String::new()
        } else {
            caveat_of_sample(page, "sample")
        },
        facts: vec![
            page.fact("population", words::count_of(coverage.population)),
            page.fact("drawn", words::count_of(coverage.drawn)),
            page.fact("probability", super::sample::probability(page, wave)),
            page.fact("response-rate", words::percent(coverage.response_rate)),
            page.fact("strata-passed", strata),
            page.fact("r-indicator", r),
            page.fact("publishable", page.words.yes_no(page.assessment.disclosure.publishable)),
        ],
        findings: warnings(page, wave).into_iter().take(FINDINGS_MAX).collect(),
        findings_title: page.words.word("stands-out"),
        ..Summary::default()
    }
}

pub(in super::super) fn summary(page: &Page<'_>) -> Summary {
    let Some(wave) = page.latest() else {
        return Summary {
            label: page.words.word("index"),
            value: words::NOTHING.to_owned(),
            base: page.words.word("no-waves"),
            ..Summary::default()
        };
    };
    let estimate = wave.index.estimate.as_ref();
    let interval = estimate.and_then(|e| e.interval);
    let base = match estimate {
        Some(_) if interval.is_some() => {
            let level = level(page.assessment.survey.level);
            page.words
                .say("index-interval", &[("level", &level), ("interval", &page.words.interval(interval))])
        }
        Some(e) if e.precision_withheld => page.words.word("no-margin-claimed"),
        Some(_) => page.words.word("no-interval"),
        None => page.words.refusal(&wave.index),
    };
    let change = change_sentences(page, wave);
    Summary {
        label: page.words.say("index-of-wave", &[("wave", &page.wave_title(wave))]),
        value: points(estimate),
        base,
        caveat: if wave.coverage.probability_sample {
            String::new()
        } else {
            caveat_of_sample(page, "caveat")
        },
        facts: vec![
            page.fact("n", words::count_of(estimate.map(|e| e.n))),
            page.fact("n-effective", number(estimate.and_then(|e| e.n_effective), 1)),
        ]
        .into_iter()
        .chain(precision(page, estimate))
        .collect(),
        readings: wave.determinations.iter().map(|d| reading(page, d)).collect(),
        readings_title: page.words.word("readings-title"),
        // A single wave has nothing to be compared with, and so no base of a comparison.
        change_base: if change.is_empty() { String::new() } else { page.base_of_waves() },
        change,
        change_title: page.words.word("change-title"),
        findings: stands_out(page, wave),
        findings_title: page.words.word("stands-out"),
    }
}

/// Standard error and level, where there is an interval that they belong to.
fn precision(page: &Page<'_>, estimate: Option<&Estimate>) -> Vec<Fact> {
    let error = estimate.filter(|e| e.interval.is_some()).and_then(|e| e.standard_error);
    let facts = error.map(|se| {
        [
            page.fact("se", number(Some(se), 2)),
            page.fact("level", level(page.assessment.survey.level)),
        ]
    });
    facts.into_iter().flatten().collect()
}

/// The first screen where nothing follows it: without readings that only say why there is none, and without counts of what
/// other chapters hold.
pub(in super::super) fn shortened(page: &Page<'_>) -> Summary {
    let Some(wave) = page.latest() else { return summary(page) };
    let graded = wave
        .determinations
        .iter()
        .filter(|d| !d.grades.is_empty() && (d.points.is_some() || d.score.estimate.is_some()));
    let mut findings = stands_out(page, wave);
    findings.truncate(FINDINGS_MAX);
    Summary {
        readings: graded.map(|d| reading(page, d)).collect(),
        findings,
        ..summary(page)
    }
}

fn change_sentences(page: &Page<'_>, wave: &WaveAssessment) -> Vec<String> {
    let of_index = |c: &Comparison| {
        let change = c.changes.iter().find(|c| c.quantity == "index")?;
        Some(change_sentence(page, c, &page.words.word("index"), change))
    };
    page.assessment
        .comparisons
        .iter()
        .filter(|c| c.to == wave.id)
        .filter_map(of_index)
        .collect()
}

fn change_sentence(page: &Page<'_>, comparison: &Comparison, name: &str, change: &Change) -> String {
    let from = page.wave_named(&comparison.from);
    let margin = comparison.settings.equivalence_margin.map_or_else(String::new, words::short);
    let key = match change.direction {
        Direction::Up => "change-up",
        Direction::Down => "change-down",
        Direction::Equivalent => "change-equivalent",
        Direction::NotSignificant => "change-not-significant",
        Direction::Undetermined if change.change_points.is_some() => "change-undetermined",
        Direction::Undetermined => "change-absent",
    };
    page.words.say(
        key,
        &[
            ("name", &name),
            ("from", &from),
            ("points", &number(change.change_points.map(f64::abs), 1)),
            ("signed", &signed(change.change_points)),
            ("level", &level(page.assessment.survey.level)),
            ("interval", &page.words.interval(change.interval)),
            ("p", &words::p_statement(super::change_tables::decisive_p(comparison, change))),
            ("adjustment", &super::change_tables::adjustment(page, comparison)),
            ("margin", &margin),
        ],
    )
}

/// Highest and lowest dimension, largest certain change, what to improve first; warnings fill what is left.
fn stands_out(page: &Page<'_>, wave: &WaveAssessment) -> Vec<String> {
    let mut found: Vec<String> = [extremes(page, wave), largest_change(page), first_priority(page, wave)]
        .into_iter()
        .flatten()
        .collect();
    found.extend(warnings(page, wave));
    found.truncate(FINDINGS_MAX);
    let warnings = page
        .assessment
        .findings
        .iter()
        .chain(page.assessment.waves.iter().flat_map(|w| &w.findings));
    let warnings = warnings.filter(|f| f.severity == Severity::Warning).count() as u64;
    let failed = page.assessment.gates_failed;
    if warnings + failed > 0 {
        // Where none failed nothing is said of gates: there may not be any.
        let gates = if failed == 0 { "none".to_owned() } else { count(failed) };
        found.push(
            page.words
                .say("warnings-count", &[("warnings", &count(warnings)), ("gates", &gates)]),
        );
    }
    found
}

fn extremes(page: &Page<'_>, wave: &WaveAssessment) -> Option<String> {
    let known = || wave.dimensions.iter().filter(|d| d.score.estimate.is_some());
    let value = |d: &&DimensionResult| d.score.estimate.map_or(0.0, |e| e.value);
    let highest = known().max_by(|a, b| value(a).total_cmp(&value(b)))?;
    let lowest = known().min_by(|a, b| value(a).total_cmp(&value(b)))?;
    if highest.id == lowest.id {
        return None;
    }
    let intervals = page.has_intervals(wave);
    let part = |d: &DimensionResult| {
        let estimate = d.score.estimate.as_ref();
        let key = if intervals { "named-score" } else { "named-score-plain" };
        page.words.say(
            key,
            &[
                ("name", &page.words.text(&d.title)),
                ("score", &points(estimate)),
                ("interval", &page.words.interval(estimate.and_then(|e| e.interval))),
                ("n", &words::count_of(estimate.map(|e| e.n))),
            ],
        )
    };
    Some(
        page.words
            .say(if intervals { "extremes" } else { "extremes-plain" }, &[("highest", &part(highest)), ("lowest", &part(lowest))]),
    )
}

fn largest_change(page: &Page<'_>) -> Option<String> {
    let comparison = page.assessment.latest_comparison()?;
    let certain = comparison
        .changes
        .iter()
        .filter(|c| c.quantity != "index" && matches!(c.direction, Direction::Up | Direction::Down));
    let is_index = |c: &&Change| page.assessment.survey.index_dimension.as_ref() == Some(&c.quantity);
    let size = |c: &Change| c.change_points.map_or(0.0, f64::abs);
    let largest = certain.filter(|c| !is_index(c)).max_by(|a, b| size(a).total_cmp(&size(b)))?;
    let sentence = change_sentence(page, comparison, &page.words.text(&largest.title), largest);
    Some(page.words.say("largest-change", &[("sentence", &sentence)]))
}

fn first_priority(page: &Page<'_>, wave: &WaveAssessment) -> Option<String> {
    let map = wave.priorities.as_ref()?;
    let first = ordered(map).into_iter().next()?;
    let key = if quadrant(map, first).1 == 0 {
        "first-priority"
    } else {
        "important"
    };
    Some(page.words.say(
        &format!("{key}-{}", super::super::figures::importance_key(map)),
        &[
            ("name", &page.words.text(&first.title)),
            ("importance", &number(Some(first.importance.value), 2)),
            ("score", &points(Some(&first.performance))),
            ("mean", &number(Some(map.performance_mean), 1)),
        ],
    ))
}

/// Warnings of the latest wave; the assumed cut-offs are already marked at the reading.
fn warnings(page: &Page<'_>, wave: &WaveAssessment) -> Vec<String> {
    let told = |f: &&crate::finding::FindingRecord| f.severity == Severity::Warning && f.code != crate::finding::Code::AssumedCutoffs;
    wave.findings.iter().filter(told).map(|f| page.words.text(&f.message)).collect()
}
