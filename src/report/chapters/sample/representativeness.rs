//! Whether response depends on what is known of everybody drawn, and whether weighting brings the sample to the customers.

use super::super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::super::page::Page;
use super::super::super::words::{self, count, number, percent};
use crate::assessment::WaveAssessment;
use crate::coverage::population_r::PopulationReading;
use crate::coverage::r_indicator::{JUDGED_HALF_WIDTH, RVerdict};
use crate::coverage::representativeness::{NoIndicator, RReading};
use crate::stats::Interval;

pub(super) fn blocks(page: &Page<'_>, wave: &WaveAssessment) -> Vec<Block> {
    let found = &wave.representativeness;
    let mut blocks = Vec::new();
    if let Some(reading) = &found.r_indicator {
        blocks.push(verdict(page, reading));
        blocks.push(Block::Table(partials(page, wave, reading)));
    } else if let Some(reason) = found.no_indicator {
        blocks.push(page.paragraph(self::reason(reason), &[]));
    }
    if let Some(reading) = &found.population_r {
        blocks.push(from_population(page, reading));
    }
    if !found.balance.is_empty() {
        blocks.push(Block::Table(balance(page, wave)));
    }
    blocks
}

/// Why there is no indicator.
pub(super) fn reason(reason: NoIndicator) -> &'static str {
    match reason {
        NoIndicator::NotProbability => "r-not-probability",
        NoIndicator::NoDraw => "r-no-draw",
        NoIndicator::NothingKnown => "r-nothing-known",
        NoIndicator::NothingVaries => "r-nothing-varies",
        NoIndicator::TooFewCases => "r-too-few-cases",
    }
}

/// The verdict in a few words.
pub(super) fn verdict_word(verdict: RVerdict) -> &'static str {
    match verdict {
        RVerdict::Representative => "r-word-representative",
        RVerdict::Selective => "r-word-selective",
        RVerdict::Unclear => "r-word-unclear",
        RVerdict::TooSmallToJudge => "r-word-too-small",
    }
}

/// The properties that the indicator has seen: it says nothing of others.
pub(super) fn variables(page: &Page<'_>, reading: &RReading) -> String {
    let names: Vec<String> = reading.indicator.variables.iter().map(|v| words::shown(v)).collect();
    names.join(&page.words.word("comma"))
}

/// The indicator with its interval, and what that says.
fn verdict(page: &Page<'_>, reading: &RReading) -> Block {
    let (key, tone) = match reading.verdict {
        RVerdict::Representative => ("r-representative", Tone::Good),
        RVerdict::Selective => ("r-selective", Tone::Bad),
        RVerdict::Unclear => ("r-unclear", Tone::Unsure),
        RVerdict::TooSmallToJudge => ("r-too-small", Tone::Unsure),
    };
    let r = &reading.indicator;
    let number = |value: f64| number(Some(value), 3);
    let text = page.words.say(
        key,
        &[
            ("variables", &variables(page, reading)),
            ("r", &number(r.r)),
            ("interval", &page.words.interval_with(r.interval_in_range(), 3)),
            ("wanted", &number(reading.wanted)),
            ("half", &number(JUDGED_HALF_WIDTH)),
            ("cv", &number(r.coefficient_of_variation)),
            ("sampled", &count(r.sampled)),
        ],
    );
    let cut = r.interval.is_some_and(|i| i.upper > 1.0 || i.lower < 0.0);
    let text = if cut {
        format!("{text}{}", page.words.word("r-interval-cut"))
    } else {
        text
    };
    Block::Callout { text, tone }
}

/// The indicator that knows nothing of non-respondents, as a sentence beside the other.
fn from_population(page: &Page<'_>, reading: &PopulationReading) -> Block {
    let verdict = page.words.word(verdict_word(reading.verdict));
    let in_range = reading.interval.map(|i| Interval {
        lower: i.lower.clamp(0.0, 1.0),
        upper: i.upper.clamp(0.0, 1.0),
        ..i
    });
    let args: [(&'static str, &dyn std::fmt::Display); 4] = [
        ("r", &number(Some(reading.r), 3)),
        ("se", &number(reading.standard_error, 3)),
        ("interval", &page.words.interval_with(in_range, 3)),
        ("verdict", &verdict),
    ];
    page.paragraph("r-population", &args)
}

fn partials(page: &Page<'_>, wave: &WaveAssessment, reading: &RReading) -> Table {
    let columns = ["property", "#population-estimated", "#propensity", "#partial-u", "#partial-c"];
    let mut table = page.table("table-partials", &columns, page.base_outcomes(wave));
    for partial in &reading.indicator.partials {
        let cells = vec![
            words::shown(&partial.variable).into(),
            words::NOTHING.into(),
            percent(Some(reading.indicator.mean_propensity)).into(),
            number(Some(partial.unconditional), 3).into(),
            number(Some(partial.conditional), 3).into(),
        ];
        table.rows.push(Row {
            strong: true,
            ..Row::of(cells)
        });
        for category in &partial.categories {
            table.rows.push(Row::of(vec![
                words::shown(&category.category).into(),
                whole(category.population).into(),
                percent(Some(category.mean_propensity)).into(),
                number(Some(category.unconditional), 3).into(),
                number(Some(category.conditional), 3).into(),
            ]));
        }
    }
    table.notes.push(page.words.word("note-partials"));
    table.notes.push(page.words.word("note-partials-drawn"));
    table
}

/// An estimated number of customers, as a whole number.
fn whole(customers: f64) -> String {
    count(crate::round::round_to(customers, 0).max(0.0) as u64)
}

/// Standardised differences from this size on are marked.
const MARKED: f64 = 0.1;

fn balance(page: &Page<'_>, wave: &WaveAssessment) -> Table {
    let columns = [
        "property",
        "#population-share",
        "#share-before",
        "#share-after",
        "#asmd-before",
        "#asmd-after",
    ];
    let mut table = page.table("table-balance", &columns, page.base_counts(wave));
    let difference = |value: Option<f64>| {
        let tone = if value.is_some_and(|v| v >= MARKED) {
            Tone::Unsure
        } else {
            Tone::Plain
        };
        Cell::from(number(value, 3)).toned(tone)
    };
    for variable in &wave.representativeness.balance {
        let nothing = || Cell::from(words::NOTHING);
        let cells = vec![
            words::shown(&variable.variable).into(),
            nothing(),
            nothing(),
            nothing(),
            difference(variable.before),
            difference(variable.after),
        ];
        table.rows.push(Row {
            strong: true,
            ..Row::of(cells)
        });
        for category in &variable.categories {
            table.rows.push(Row::of(vec![
                words::shown(&category.category).into(),
                percent(Some(category.target_share)).into(),
                percent(Some(category.before_share)).into(),
                percent(Some(category.after_share)).into(),
                difference(category.before),
                difference(category.after),
            ]));
        }
    }
    table.notes.push(page.words.word("note-balance"));
    table
}
