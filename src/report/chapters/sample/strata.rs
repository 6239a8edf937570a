//! The strata: frame against sample, and the verdict on each.

use super::super::super::document::{Cell, Row, Table, Tone};
use super::super::super::page::Page;
use super::super::super::words::{self, count, count_of, number, p_value, percent};
use crate::assessment::WaveAssessment;
use crate::coverage::{StratumCoverage, StratumVerdict, VerdictClause};

/// Interviews below which a stratum is marked: by itself it tells a share to no better than about 14 percentage points (95 %, without
/// finite population correction: 1.96 · √(0.25/50) = 0.139).
const FEW: u64 = 50;

/// Frame against sample. Targets stand beside the verdicts ([`verdicts`]).
pub(super) fn strata(page: &Page<'_>, wave: &WaveAssessment) -> Table {
    let columns = [
        "stratum",
        "#population",
        "#drawn",
        "#received",
        "#n",
        "#population-share",
        "#sample-share",
        "#coverage",
        "verdict",
    ];
    let mut table = page.table("table-strata", &columns, page.base_coverage(wave));
    for stratum in &wave.coverage.strata {
        let range = match (stratum.sample_share_low, stratum.sample_share_high) {
            (Some(low), Some(high)) => page.words.range(&percent(Some(low)), &percent(Some(high))),
            _ => String::new(),
        };
        table.rows.push(Row::of(vec![
            words::shown(&stratum.stratum).into(),
            count_of(stratum.population).into(),
            count_of(stratum.drawn).into(),
            count(stratum.received).into(),
            interviews(stratum),
            percent(stratum.population_share).into(),
            Cell::from(percent(stratum.sample_share)).noted(range),
            percent(stratum.coverage).into(),
            verdict(page, stratum),
        ]));
    }
    table.notes.push(page.words.say("note-strata", &[("limit", &limit(wave))]));
    table
}

/// The share of the target below which a stratum is short.
fn limit(wave: &WaveAssessment) -> String {
    percent(wave.coverage.short_below)
}

/// The interviews that count, marked where they are few.
fn interviews(stratum: &StratumCoverage) -> Cell {
    let cell = Cell::from(count(stratum.n));
    if stratum.n < FEW {
        cell.toned(Tone::Unsure).noted(format!("n < {FEW}"))
    } else {
        cell
    }
}

fn verdict(page: &Page<'_>, stratum: &StratumCoverage) -> Cell {
    let (key, tone) = match stratum.verdict {
        StratumVerdict::Pass => ("verdict-pass", Tone::Good),
        StratumVerdict::Short => ("verdict-short", Tone::Unsure),
        StratumVerdict::Fail => ("verdict-fail", Tone::Bad),
        StratumVerdict::Empty => ("verdict-empty", Tone::Bad),
        StratumVerdict::NotJudged => ("verdict-not-judged", Tone::Plain),
    };
    Cell::from(page.words.word(key)).toned(tone)
}

/// Precision and verdict of each stratum, with what it rests on; nothing without a frame.
pub(super) fn verdicts(page: &Page<'_>, wave: &WaveAssessment) -> Option<Table> {
    wave.coverage.population?;
    let columns = [
        "stratum",
        "#target",
        "#n",
        "#achieved",
        "#n-effective",
        "#stratum-margin",
        "#p-holm",
        "verdict",
        "clause",
    ];
    let mut table = page.table("table-verdicts", &columns, page.base_counts(wave));
    for stratum in &wave.coverage.strata {
        let clause = match stratum.clause {
            VerdictClause::TargetReached => "clause-target-reached",
            VerdictClause::BelowTarget => "clause-below-target",
            VerdictClause::BeyondChance => "clause-beyond-chance",
            VerdictClause::SingleInterview => "clause-single-interview",
            VerdictClause::NoInterview => "clause-no-interview",
            VerdictClause::NoFrame => "clause-no-frame",
        };
        let margin = stratum
            .margin
            .map_or_else(|| words::NOTHING.to_owned(), |m| format!("±{}", percent(Some(m))));
        table.rows.push(Row::of(vec![
            words::shown(&stratum.stratum).into(),
            number(stratum.target, 1).into(),
            interviews(stratum),
            percent(stratum.achieved).into(),
            number(stratum.n_effective, 1).into(),
            margin.into(),
            p_value(stratum.p_holm).into(),
            verdict(page, stratum),
            page.words.say(clause, &[("limit", &limit(wave))]).into(),
        ]));
    }
    table.notes.push(page.words.say("note-verdicts", &[("limit", &limit(wave))]));
    if wave.coverage.strata.iter().any(|s| s.n < FEW) {
        table.notes.push(page.words.say("note-few", &[("few", &FEW)]));
    }
    Some(table)
}
