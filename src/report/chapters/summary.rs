//! The first screen: the index, its reading, its change, and what stands out.

use super::super::Kind;
use super::super::document::{Fact, Summary};
use super::super::page::Page;
use super::super::words::{self, level, number, points, signed};
use super::determination::reading;
use super::standing_out;
use crate::assessment::WaveAssessment;
use crate::index::estimate::Estimate;
use crate::index::quantity::Family;
use crate::locale::Text;
use crate::trend::{Change, Comparison, Direction};

/// Who ordered and who did the survey, whom it asked and when, the waves, the standards: each with its name.
pub(in super::super) fn subtitle(page: &Page<'_>) -> String {
    let survey = &page.assessment.survey;
    let text = |text: &Option<Text>| text.as_ref().map(|t| page.words.text(t));
    let field = page.latest().and_then(|w| {
        let (start, end) = (w.field_start.as_ref()?, w.field_end.as_ref()?);
        Some(page.words.range(&words::shown(start), &words::shown(end)))
    });
    let waves: Vec<String> = page.assessment.waves.iter().map(|w| page.wave_title(w)).collect();
    let named = waves.len() > 1 || page.latest().is_some_and(|w| w.title != survey.title);
    let parts = [
        ("sponsor", text(&survey.sponsor)),
        ("conductor", text(&survey.conductor)),
        ("population-text", text(&survey.population)),
        ("field", field),
        ("wave", named.then(|| waves.join(&page.words.word("comma")))),
        ("basis", Some(words::shown(&survey.basis.join(&page.words.word("comma"))))),
    ];
    let told = parts.into_iter().filter_map(|(key, value)| {
        let value = value.filter(|v| !v.is_empty())?;
        let name = page.words.word(&format!("fact-{key}"));
        Some(page.words.say("imprint", &[("name", &name), ("value", &value)]))
    });
    told.collect::<Vec<_>>().join(" · ")
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

/// First screen of the sampling report.
pub(in super::super) fn sampling(page: &Page<'_>) -> Summary {
    super::sample::cover(page)
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
        findings: findings(page, wave),
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
    let mut findings = standing_out::sentences(page, wave);
    findings.extend(standing_out::gate(page));
    Summary {
        readings: graded.map(|d| reading(page, d)).collect(),
        findings,
        ..summary(page)
    }
}

fn findings(page: &Page<'_>, wave: &WaveAssessment) -> Vec<String> {
    let mut found = if page.kind == Kind::Surveillance {
        standing_out::of_surveillance(page, wave)
    } else {
        standing_out::sentences(page, wave)
    };
    found.extend(standing_out::reservations(page));
    found.extend(standing_out::gate(page));
    found
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

/// A change in words.
pub(super) fn change_sentence(page: &Page<'_>, comparison: &Comparison, name: &str, change: &Change) -> String {
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
            ("test", &test(page, comparison, change)),
            ("margin", &margin),
        ],
    )
}

/// The p-value that decides. The index is a family of its own: there is nothing to adjust it for.
fn test(page: &Page<'_>, comparison: &Comparison, change: &Change) -> String {
    let p = words::p_statement(super::change_tables::decisive_p(comparison, change));
    if change.family == Family::Index {
        return p;
    }
    let adjustment = super::change_tables::adjustment(page, comparison);
    page.words.say("adjusted-p", &[("adjustment", &adjustment), ("p", &p)])
}
