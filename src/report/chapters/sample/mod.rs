//! Who was drawn, reached and answered, and whether they stand for the customers: written so that it can be read alone.

mod accounting;
mod cover;
mod draw;
mod fit;
mod rates;

pub(super) use cover::summary as cover;
pub(super) use draw::probability;
pub(super) use rates::rate_name;
mod representativeness;
mod strata;

use super::super::document::{Block, Fact, Tone};
use super::super::page::Page;
use super::super::words::{self, count, count_of, level, number, percent};
use crate::assessment::WaveAssessment;
use crate::coverage::{RequiredSize, StratumCoverage};
use crate::survey::SelectionMethod;

/// Sampling fractions that differ by less than this share of the largest are those of one allocation, rounded to whole customers.
const PROPORTIONAL: f64 = 0.02;

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(wave) = page.latest() else { return Vec::new() };
    let coverage = &wave.coverage;
    let mut blocks = Vec::new();
    if !coverage.probability_sample {
        blocks.push(Block::Callout {
            text: super::summary::caveat_of_sample(page, "sample"),
            tone: Tone::Unsure,
        });
    }
    if coverage.population.is_none() {
        blocks.push(Block::Callout {
            text: page.words.word("sample-no-frame"),
            tone: Tone::Unsure,
        });
    }
    blocks.push(page.heading("sample-design"));
    blocks.push(facts(page, wave));
    blocks.push(page.heading("sample-draw"));
    blocks.extend(draw::blocks(page, wave));
    blocks.push(page.heading("sample-accounting"));
    blocks.extend(accounting::blocks(page, wave));
    blocks.push(page.heading("sample-rates"));
    blocks.extend(rates::blocks(page, wave));
    blocks.extend(rates::over_waves(page));
    blocks.push(page.heading("sample-representativeness"));
    blocks.extend(page.figure("coverage", page.base_coverage(wave)));
    blocks.push(Block::Table(strata::strata(page, wave)));
    if let Some(verdicts) = strata::verdicts(page, wave) {
        blocks.push(Block::Table(verdicts));
    }
    blocks.extend(representativeness::blocks(page, wave));
    if let Some(fit) = &coverage.goodness_of_fit {
        blocks.push(Block::Table(fit::fit_tests(page, wave, fit)));
        if !coverage.clustered {
            blocks.push(Block::Table(fit::fit_strata(page, wave, fit)));
        }
    }
    blocks.extend(super::design::blocks(page, wave));
    if let Some(elsewhere) = page.earlier_elsewhere() {
        blocks.push(Block::Table(super::surveillance::fieldwork::table(page)));
        blocks.push(elsewhere);
    }
    for earlier in page.earlier_in_full() {
        let mut inner = vec![facts(page, earlier), Block::Table(strata::strata(page, earlier))];
        inner.extend(strata::verdicts(page, earlier).map(Block::Table));
        if earlier.coverage.draw.is_some() {
            inner.extend(draw::blocks(page, earlier));
        }
        inner.extend(accounting::blocks(page, earlier));
        inner.extend(rates::blocks(page, earlier));
        inner.extend(super::design::blocks(page, earlier));
        blocks.push(page.fold("earlier-sample", earlier, inner));
    }
    blocks
}

/// How the required number follows from margin, level and customers; nothing in assessments of earlier versions.
fn required_formula(page: &Page<'_>, required: &RequiredSize) -> Option<Fact> {
    let simple = number(Some(required.n_simple_random?), 1);
    let (margin, level) = (percent(Some(required.margin)), level(required.level));
    let args: [(&'static str, &dyn std::fmt::Display); 5] = [
        ("margin", &margin),
        ("level", &level),
        ("simple", &simple),
        ("population", &count_of(required.population)),
        ("n", &count(required.n)),
    ];
    let key = if required.population.is_some() {
        "required-formula-finite"
    } else {
        "required-formula"
    };
    Some(page.fact("required-formula", page.words.say(key, &args)))
}

/// The shares of the customers that were drawn, from the smallest stratum's to the largest's.
fn allocation(page: &Page<'_>, wave: &WaveAssessment) -> Option<Fact> {
    let share = |s: &StratumCoverage| Some(s.drawn? as f64 / s.population.filter(|n| *n > 0)? as f64);
    let shares: Vec<f64> = wave.coverage.strata.iter().map(share).collect::<Option<_>>()?;
    let (low, high) = (shares.iter().copied().reduce(f64::min)?, shares.iter().copied().reduce(f64::max)?);
    if shares.len() < 2 {
        return None;
    }
    let key = if high - low < PROPORTIONAL * high {
        "allocation-proportional"
    } else {
        "allocation-unequal"
    };
    let (low, high) = (percent(Some(low)), percent(Some(high)));
    let range = if low == high { low } else { page.words.range(&low, &high) };
    Some(page.fact("allocation", page.words.say(key, &[("range", &range)])))
}

fn facts(page: &Page<'_>, wave: &WaveAssessment) -> Block {
    let coverage = &wave.coverage;
    let method = match coverage.method {
        SelectionMethod::Stratified => "/method-stratified",
        SelectionMethod::SimpleRandom => "/method-simple-random",
        SelectionMethod::Census => "/method-census",
        SelectionMethod::Convenience => "/method-convenience",
        SelectionMethod::Quota => "/method-quota",
        SelectionMethod::OptInPanel => "/method-opt-in-panel",
        SelectionMethod::Unknown => "/method-unknown",
    };
    let field = match (&wave.field_start, &wave.field_end) {
        (Some(start), Some(end)) => page.words.range(&words::shown(start), &words::shown(end)),
        (one, other) => one
            .as_ref()
            .or(other.as_ref())
            .map_or_else(|| words::NOTHING.to_owned(), |d| words::shown(d)),
    };
    let mut facts = vec![
        page.fact("method", page.words.word(method)),
        page.fact("probability", draw::probability(page, wave)),
        page.fact("field", field),
        page.fact("population", count_of(coverage.population)),
        page.fact("drawn", count_of(coverage.drawn)),
        page.fact("received", count(coverage.received)),
        page.fact("counted", count(coverage.n)),
    ];
    facts.extend(allocation(page, wave));
    if let Some(questionnaire) = &wave.questionnaire {
        facts.push(page.fact("questionnaire", words::shown(questionnaire)));
    }
    if coverage.response_rate.is_some() {
        let name = rates::rate_name(coverage.rate_definition);
        facts.push(page.fact("response-rate", format!("{} ({name})", percent(coverage.response_rate))));
    }
    if let Some(required) = coverage.required.as_ref().filter(|_| coverage.probability_sample) {
        let text = page.words.say(
            if required.reached { "required-reached" } else { "required-missed" },
            &[
                ("n", &count(required.n)),
                ("margin", &percent(Some(required.margin))),
                ("level", &level(required.level)),
                ("achieved", &count(required.achieved)),
                ("reached", &percent(required.margin_reached)),
            ],
        );
        facts.push(page.fact("required", text));
        facts.extend(required_formula(page, required));
    }
    if !coverage.probability_sample {
        facts.push(page.fact("required", page.words.word("no-margin")));
    }
    Block::Facts { facts }
}
