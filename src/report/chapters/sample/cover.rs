//! The first screen of the sampling report: the conclusion on the sample, one sentence a point.

use super::super::super::document::Summary;
use super::super::super::page::Page;
use super::super::super::words::{self, count, count_of, number, percent};
use super::{draw, rates, representativeness};
use crate::assessment::WaveAssessment;
use crate::assessment::disclosure::{DisclosureItem, DisclosureState};
use crate::coverage::{StratumCoverage, StratumVerdict};

/// How many of how many, and what an auditor asks first: was it a random sample and who says so, how many answered, which stratum lacks
/// most, whether response is selective, what weights cost, and what the disclosure checklist lacks.
pub(in super::super) fn summary(page: &Page<'_>) -> Summary {
    let Some(wave) = page.latest() else { return Summary::default() };
    let coverage = &wave.coverage;
    let (passed, judged) = passed(wave);
    let strata = if judged == 0 {
        words::NOTHING.to_owned()
    } else {
        format!("{} / {}", count(passed), count(judged))
    };
    let r = wave.representativeness.r_indicator.as_ref().map(|r| r.indicator.r);
    let rate = coverage.response_rate.map_or_else(
        || words::NOTHING.to_owned(),
        |rate| format!("{} ({})", percent(Some(rate)), rates::rate_name(coverage.rate_definition)),
    );
    let gate = if page.assessment.disclosure.publishable {
        "gate-open"
    } else {
        "gate-closed"
    };
    let sentences = [
        Some(drawn(page)),
        Some(response(page, wave)),
        Some(lowest(page, wave)),
        selective(page, wave),
        weights(page, wave),
        disclosure(page),
    ];
    Summary {
        label: page.words.say("sampling-label", &[("wave", &page.wave_title(wave))]),
        value: count(coverage.n),
        base: page.base_counts(wave),
        caveat: if coverage.probability_sample {
            String::new()
        } else {
            super::super::summary::caveat_of_sample(page, "sample")
        },
        facts: vec![
            page.fact("population", count_of(coverage.population)),
            page.fact("drawn", count_of(coverage.drawn)),
            page.fact("response-rate", rate),
            page.fact("strata-passed", strata),
            page.fact("r-indicator", number(r, 3)),
            page.fact("publishable", page.words.word(gate)),
        ],
        findings: sentences.into_iter().flatten().collect(),
        findings_title: page.words.word("conclusion"),
        ..Summary::default()
    }
}

/// Strata that pass, of those that can be judged.
fn passed(wave: &WaveAssessment) -> (u64, u64) {
    let judged = wave.coverage.strata.iter().filter(|s| s.verdict != StratumVerdict::NotJudged);
    judged.fold((0, 0), |(passed, all), s| {
        (passed + u64::from(s.verdict == StratumVerdict::Pass), all + 1)
    })
}

/// Whether each wave is a random sample and who says so: waves of one standing together, the latest first.
fn drawn(page: &Page<'_>) -> String {
    let mut standings: Vec<(String, Vec<String>)> = Vec::new();
    for wave in page.assessment.waves.iter().rev() {
        let standing = draw::probability(page, wave);
        let title = page.wave_title(wave);
        match standings.iter_mut().find(|(said, _)| *said == standing) {
            Some((_, waves)) => waves.push(title),
            None => standings.push((standing, vec![title])),
        }
    }
    let comma = page.words.word("comma");
    let said = standings
        .iter()
        .map(|(standing, waves)| page.words.say("told", &[("key", &waves.join(&comma)), ("value", standing)]));
    let list: Vec<String> = said.collect();
    page.words
        .say("cover-drawn", &[("list", &list.join(&page.words.word("semicolon")))])
}

fn response(page: &Page<'_>, wave: &WaveAssessment) -> String {
    let coverage = &wave.coverage;
    let excluded = [
        ("received", &count(coverage.received) as &dyn std::fmt::Display),
        ("excluded", &count(wave.cleaning.excluded)),
        ("n", &count(coverage.n)),
    ];
    let cleaning = page.words.say("cover-excluded", &excluded);
    let Some(rate) = coverage.response_rate else {
        return [page.words.word("sample-no-dispositions"), cleaning].join(&page.words.word("sentence-gap"));
    };
    let name = rates::rate_name(coverage.rate_definition);
    let mut said = vec![page.words.say(
        "cover-response",
        &[
            ("rate", &percent(Some(rate))),
            ("name", &name),
            ("after", &percent(rates::after_cleaning(wave))),
            ("drawn", &count_of(coverage.drawn)),
        ],
    )];
    let asked = coverage.draw.iter().flat_map(|d| &d.strata).filter_map(|s| s.reserve_asked);
    let asked: u64 = asked.sum();
    let answered = coverage.draw.as_ref().and_then(|d| d.responded_reserve);
    if let Some(answered) = answered.filter(|_| asked > 0) {
        said.push(
            page.words
                .say("cover-substitutes", &[("asked", &count(asked)), ("answered", &count(answered))]),
        );
    }
    said.push(cleaning);
    said.join(&page.words.word("sentence-gap"))
}

/// The stratum with the smallest share of its target.
fn lowest(page: &Page<'_>, wave: &WaveAssessment) -> String {
    let share = |s: &&StratumCoverage| s.achieved.unwrap_or(f64::INFINITY);
    let known = wave.coverage.strata.iter().filter(|s| s.achieved.is_some());
    let (passed, judged) = passed(wave);
    let Some(worst) = known.min_by(|a, b| share(a).total_cmp(&share(b))).filter(|_| judged > 0) else {
        return page.words.word("sample-no-frame");
    };
    if judged == 1 {
        return page.words.word("cover-one-stratum");
    }
    page.words.say(
        "cover-lowest",
        &[
            ("passed", &count(passed)),
            ("strata", &count(judged)),
            ("limit", &percent(wave.coverage.short_below)),
            ("name", &words::shown(&worst.stratum)),
            ("achieved", &percent(worst.achieved)),
            ("n", &count(worst.n)),
        ],
    )
}

/// The R-indicator with what it has seen, and the waves that have none.
fn selective(page: &Page<'_>, wave: &WaveAssessment) -> Option<String> {
    let found = &wave.representativeness;
    let mut said = match &found.r_indicator {
        Some(reading) => page.words.say(
            "cover-r",
            &[
                ("variables", &representativeness::variables(page, reading)),
                ("verdict", &page.words.word(representativeness::verdict_word(reading.verdict))),
                ("r", &number(Some(reading.indicator.r), 3)),
                ("interval", &page.words.interval_with(reading.indicator.interval_in_range(), 3)),
            ],
        ),
        None => page.words.word(representativeness::reason(found.no_indicator?)),
    };
    let without: Vec<String> = page
        .earlier()
        .filter(|w| w.representativeness.r_indicator.is_none())
        .map(|w| page.wave_title(w))
        .collect();
    if found.r_indicator.is_some() && !without.is_empty() {
        let waves = without.join(&page.words.word("comma"));
        said.push_str(&page.words.word("sentence-gap"));
        said.push_str(&page.words.say("cover-r-without", &[("waves", &waves)]));
    }
    Some(said)
}

/// What unequal weights cost.
fn weights(page: &Page<'_>, wave: &WaveAssessment) -> Option<String> {
    let last = wave.weights.steps.last()?;
    let (kish, effective) = (wave.weights.kish_effect?, wave.weights.n_effective?);
    if !(last.min > 0.0 && last.max > last.min) {
        return Some(page.words.word("cover-weights-equal"));
    }
    Some(page.words.say(
        "cover-weights",
        &[
            ("ratio", &number(Some(last.max / last.min), 2)),
            ("kish", &number(Some(kish), 3)),
            ("effective", &number(Some(effective), 1)),
            ("n", &count(wave.coverage.n)),
        ],
    ))
}

/// What the checklist lacks, at the gate and beside it.
fn disclosure(page: &Page<'_>) -> Option<String> {
    let disclosure = &page.assessment.disclosure;
    if disclosure.items.is_empty() {
        return None;
    }
    let numbers = |of: &dyn Fn(&DisclosureItem) -> bool| {
        let lacking = |i: &&DisclosureItem| matches!(i.state, DisclosureState::Missing | DisclosureState::Partly) && of(i);
        let numbers: Vec<String> = disclosure.items.iter().filter(lacking).map(|i| i.item.to_string()).collect();
        numbers.join(&page.words.word("comma"))
    };
    let (gate, others) = (numbers(&|i| i.gate), numbers(&|i| !i.gate));
    let mut said = if gate.is_empty() {
        page.words.word("cover-gate-open")
    } else {
        page.words.say("disclosure-closed", &[("items", &gate)])
    };
    if !others.is_empty() {
        said.push_str(&page.words.word("sentence-gap"));
        said.push_str(&page.words.say("cover-lacking", &[("items", &others)]));
    }
    Some(said)
}
