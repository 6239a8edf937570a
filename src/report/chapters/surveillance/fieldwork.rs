//! Sampling and outcome of each wave, side by side.

use super::super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::super::page::Page;
use super::super::super::words::{self, count, count_of, number, percent};
use super::super::sample::rate_name;
use crate::assessment::WaveAssessment;
use crate::coverage::StratumVerdict;

/// A row of the table: its name and what stands in it for a wave.
type Line = (&'static str, fn(&Page<'_>, &WaveAssessment) -> Cell);

const LINES: [Line; 15] = [
    ("field", |page, wave| {
        let day = |text: &Option<String>| text.as_deref().map_or_else(|| words::NOTHING.to_owned(), words::shown);
        page.words.range(&day(&wave.field_start), &day(&wave.field_end)).into()
    }),
    ("method", |page, wave| {
        Cell::from(page.words.word(&format!("fieldwork-{}", method(wave)))).noted(standing(page, wave))
    }),
    ("questionnaire", |_, wave| {
        super::or_dash(wave.questionnaire.as_deref().unwrap_or_default())
    }),
    ("population", |_, wave| count_of(wave.coverage.population).into()),
    ("drawn", |_, wave| count_of(wave.coverage.drawn).into()),
    ("not-eligible", |_, wave| of_accounting(wave, |a| a.not_eligible)),
    ("contacted", |_, wave| of_accounting(wave, |a| a.contacted)),
    ("interviews", |_, wave| of_accounting(wave, |a| a.interviews)),
    ("received", |_, wave| count(wave.coverage.received).into()),
    ("excluded", |_, wave| count(wave.cleaning.excluded).into()),
    ("counted", |_, wave| count(wave.cleaning.counted).into()),
    ("response-rate", |_, wave| percent(wave.coverage.response_rate).into()),
    ("n-effective", |_, wave| number(wave.weights.n_effective, 1).into()),
    ("kish", |_, wave| number(wave.weights.kish_effect, 3).into()),
    ("strata-passed", |_, wave| strata(wave)),
];

pub(in super::super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    if page.assessment.waves.is_empty() {
        return Vec::new();
    }
    vec![page.paragraph("fieldwork-intro", &[]), Block::Table(table(page))]
}

pub(in super::super) fn table(page: &Page<'_>) -> Table {
    let waves = &page.assessment.waves;
    let mut table = page.table("table-fieldwork", &["fieldwork"], page.base_counts_of_waves());
    table.columns.extend(waves.iter().map(|wave| super::super::super::document::Column {
        title: page.wave_title(wave),
        numeric: true,
    }));
    for (name, cell) in LINES {
        let mut cells = vec![Cell::from(page.words.word(&format!("fieldwork-{name}")))];
        cells.extend(waves.iter().map(|wave| cell(page, wave)));
        let empty = cells.iter().skip(1).all(|c| c.text == words::NOTHING);
        if !empty {
            table.rows.push(Row::of(cells));
        }
    }
    if let Some(wave) = page.latest() {
        let rate = rate_name(wave.coverage.rate_definition);
        table.notes.push(page.words.say("note-fieldwork", &[("rate", &rate)]));
    }
    table
}

/// Whether somebody has checked that the sample is a random one.
fn standing(page: &Page<'_>, wave: &WaveAssessment) -> String {
    if wave.coverage.probability_sample {
        super::super::sample::probability(page, wave)
    } else {
        String::new()
    }
}

fn method(wave: &WaveAssessment) -> &'static str {
    if wave.coverage.probability_sample { "random" } else { "not-random" }
}

fn of_accounting(wave: &WaveAssessment, value: impl Fn(&crate::coverage::accounting::Accounting) -> u64) -> Cell {
    count_of(wave.coverage.accounting.as_ref().map(value)).into()
}

fn strata(wave: &WaveAssessment) -> Cell {
    let judged = wave.coverage.strata.iter().filter(|s| s.verdict != StratumVerdict::NotJudged);
    let (all, passed) = judged.fold((0_u64, 0_u64), |(all, passed), s| {
        (all + 1, passed + u64::from(s.verdict == StratumVerdict::Pass))
    });
    if all == 0 {
        return words::NOTHING.into();
    }
    let tone = if passed == all { Tone::Good } else { Tone::Unsure };
    Cell::from(format!("{passed} / {all}")).toned(tone)
}
