//! What stands out: the sentences of the first page, each made from numbers that a chapter shows.

use super::super::page::Page;
use super::super::words::{self, count, number, percent, points, signed_with};
use super::priorities::ordered;
use super::summary::change_sentence;
use super::surveillance;
use crate::assessment::{DimensionResult, PriorityPoint, WaveAssessment};
use crate::finding::Severity;
use crate::grade::Verdict;
use crate::index::quantity::Family;
use crate::trend::decomposition::{Decomposition, Mix, MixPart};
use crate::trend::{Change, Comparison, Direction};

/// How many sentences about results the first page holds.
const RESULTS_MAX: usize = 4;

/// A group is named when it brings at least this part of the change of the index ...
const PART_MIN: f64 = 0.25;

/// ... and so many times as much as its share of the customers would have it.
const TIMES_ITS_SHARE: f64 = 1.5;

/// Highest and lowest dimension, largest certain change, the group that brought most of it, what to improve first; warnings fill what is
/// left. Then targets, reservations, and that the report may not be published where it may not.
pub(super) fn sentences(page: &Page<'_>, wave: &WaveAssessment) -> Vec<String> {
    let results = [
        extremes(page, wave),
        largest_change(page),
        group_behind_the_change(page),
        first_priority(page, wave),
    ];
    let mut found: Vec<String> = results.into_iter().flatten().collect();
    found.extend(warnings(page, wave));
    found.truncate(RESULTS_MAX);
    found.extend(targets(page, wave));
    found
}

/// What the report of a year of surveillance begins with: the grade, the plan, the largest changes, targets, and how much will be asked.
pub(super) fn of_surveillance(page: &Page<'_>, wave: &WaveAssessment) -> Vec<String> {
    let questions = page.assessment.surveillance.as_ref().map_or(0, |s| s.questions.len() as u64);
    let all = [
        surveillance::grade::sentence(page),
        surveillance::plan::reading(page),
        largest_change(page),
        group_behind_the_change(page),
        targets(page, wave),
        (questions > 0).then(|| page.words.say("questions-cover", &[("count", &count(questions))])),
    ];
    all.into_iter().flatten().collect()
}

/// How many warnings and failed gates the survey has; nothing where there are none.
pub(super) fn reservations(page: &Page<'_>) -> Option<String> {
    let all = page
        .assessment
        .findings
        .iter()
        .chain(page.assessment.waves.iter().flat_map(|w| &w.findings));
    let warnings = all.filter(|f| f.severity == Severity::Warning).count() as u64;
    let failed = page.assessment.gates_failed;
    // Where none failed nothing is said of gates: there may not be any.
    let gates = if failed == 0 { "none".to_owned() } else { count(failed) };
    (warnings + failed > 0).then(|| {
        page.words
            .say("warnings-count", &[("warnings", &count(warnings)), ("gates", &gates)])
    })
}

/// That the report may not be published, where it may not.
pub(super) fn gate(page: &Page<'_>) -> Option<String> {
    let disclosure = &page.assessment.disclosure;
    let closed = !disclosure.items.is_empty() && !disclosure.publishable;
    closed.then(|| super::disclosure::gate_closed(page))
}

fn extremes(page: &Page<'_>, wave: &WaveAssessment) -> Option<String> {
    let known = || wave.dimensions.iter().filter(|d| d.score.estimate.is_some());
    let value = |d: &&DimensionResult| d.score.estimate.map_or(0.0, |e| e.value);
    let highest = known().max_by(|a, b| value(a).total_cmp(&value(b)))?;
    let lowest = known().min_by(|a, b| value(a).total_cmp(&value(b)))?;
    if highest.id == lowest.id {
        return None;
    }
    let interval = |d: &DimensionResult| d.score.estimate.and_then(|e| e.interval);
    let part = |d: &DimensionResult| {
        let estimate = d.score.estimate.as_ref();
        let key = if interval(d).is_some() {
            "named-score"
        } else {
            "named-score-plain"
        };
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
    let both = interval(highest).is_some() && interval(lowest).is_some();
    let key = if both { "extremes" } else { "extremes-plain" };
    Some(page.words.say(key, &[("highest", &part(highest)), ("lowest", &part(lowest))]))
}

fn largest_change(page: &Page<'_>) -> Option<String> {
    let comparison = page.assessment.latest_comparison()?;
    let certain = comparison
        .changes
        .iter()
        .filter(|c| c.quantity != "index" && c.domain.is_none() && is_certain(c));
    let is_index = |c: &&Change| page.assessment.survey.index_dimension.as_ref() == Some(&c.quantity);
    let size = |c: &Change| c.change_points.map_or(0.0, f64::abs);
    let largest = certain.filter(|c| !is_index(c)).max_by(|a, b| size(a).total_cmp(&size(b)))?;
    let sentence = change_sentence(page, comparison, &page.words.text(&largest.title), largest);
    Some(page.words.say("largest-change", &[("sentence", &sentence)]))
}

fn is_certain(change: &Change) -> bool {
    matches!(change.direction, Direction::Up | Direction::Down)
}

/// The group that brought far more of the change of the index than its share of the customers, where both changed for certain.
fn group_behind_the_change(page: &Page<'_>) -> Option<String> {
    let comparison = page.assessment.latest_comparison()?;
    comparison.of_everybody("index").filter(|c| is_certain(c))?;
    let parts = page.assessment.over_time.as_ref()?;
    let whole = parts
        .decompositions
        .iter()
        .find(|d| d.from == comparison.from && d.to == comparison.to)?;
    let total = whole.after - whole.before - whole.bridge;
    let part_of = |part: &MixPart| (part.within + part.mix) / total;
    let above = |part: &MixPart| part_of(part) - part.share_after;
    let stands_out = |mix: &Mix, part: &MixPart| {
        let change = of_group(comparison, &mix.column, &part.category);
        change.is_some_and(is_certain) && part_of(part) >= PART_MIN && part_of(part) >= TIMES_ITS_SHARE * part.share_after
    };
    let all = whole.mixes.iter().flat_map(|mix| mix.parts.iter().map(move |part| (mix, part)));
    let (mix, part) = all
        .filter(|(mix, part)| stands_out(mix, part))
        .max_by(|a, b| above(a.1).total_cmp(&above(b.1)))?;
    Some(group_sentence(page, whole, mix, part, total))
}

fn of_group<'a>(comparison: &'a Comparison, column: &str, category: &str) -> Option<&'a Change> {
    let is_it = |c: &&Change| c.domain.as_ref().is_some_and(|d| d.column == column && d.category == category);
    comparison.of(Family::Domains).find(is_it)
}

fn group_sentence(page: &Page<'_>, whole: &Decomposition, mix: &Mix, part: &MixPart, total: f64) -> String {
    let before = |c: &Comparison| {
        let value = of_group(c, &mix.column, &part.category)?.before.estimate?.value;
        let (wave, value) = (page.wave_named(&c.from), number(Some(value), 1));
        Some(page.words.say("group-share-before", &[("wave", &wave), ("value", &value)]))
    };
    let older = page
        .assessment
        .comparisons
        .iter()
        .filter(|c| c.to == whole.to && c.from != whole.from);
    let older: String = older.filter_map(before).collect();
    page.words.say(
        "group-share",
        &[
            ("column", &words::shown(&mix.column)),
            ("category", &words::shown(&part.category)),
            ("population", &percent(Some(part.share_after))),
            ("before", &number(Some(part.index_before), 1)),
            ("after", &number(Some(part.index_after), 1)),
            ("total", &signed_with(Some(total), 2)),
            ("points", &signed_with(Some(part.within + part.mix), 2)),
            ("share", &percent(Some((part.within + part.mix) / total))),
            ("older", &older),
        ],
    )
}

fn first_priority(page: &Page<'_>, wave: &WaveAssessment) -> Option<String> {
    let map = wave.priorities.as_ref()?;
    let placed = ordered(wave, map);
    let by_point = placed.iter().find(|(place, _)| place.urgency == 0 && place.actionable);
    let (key, first) = match by_point {
        Some((place, first)) if place.is_first() => ("first-priority", *first),
        Some((_, first)) => ("first-priority-untold", *first),
        None => {
            let importance = |p: &PriorityPoint| p.importance.value;
            let most = placed.iter().max_by(|(_, a), (_, b)| importance(a).total_cmp(&importance(b)))?;
            ("important", most.1)
        }
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

/// How many targets of the wave were reached; nothing without targets.
fn targets(page: &Page<'_>, wave: &WaveAssessment) -> Option<String> {
    let all = page.assessment.surveillance.as_ref()?.targets.iter();
    let of_wave: Vec<Verdict> = all.filter(|t| t.wave == wave.id).map(|t| t.verdict).collect();
    let with = |verdict: Verdict| count(of_wave.iter().filter(|v| **v == verdict).count() as u64);
    (!of_wave.is_empty()).then(|| {
        page.words.say(
            "targets-cover",
            &[
                ("count", &count(of_wave.len() as u64)),
                ("met", &with(Verdict::Met)),
                ("missed", &with(Verdict::NotMet)),
                ("open", &with(Verdict::CannotTell)),
            ],
        )
    })
}

/// Warnings of the latest wave; the assumed cut-offs are already marked at the reading.
pub(super) fn warnings(page: &Page<'_>, wave: &WaveAssessment) -> Vec<String> {
    let told = |f: &&crate::finding::FindingRecord| f.severity == Severity::Warning && f.code != crate::finding::Code::AssumedCutoffs;
    wave.findings.iter().filter(told).map(|f| page.words.text(&f.message)).collect()
}
