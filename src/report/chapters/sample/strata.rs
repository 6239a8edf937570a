//! The strata: frame against sample, and the verdict on each.

use super::super::super::document::{Cell, Row, Table, Tone};
use super::super::super::page::Page;
use super::super::super::words::{self, count, count_of, number, p_value, percent};
use crate::assessment::WaveAssessment;
use crate::coverage::{StratumCoverage, StratumVerdict, VerdictClause};

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
            count(stratum.n).into(),
            percent(stratum.population_share).into(),
            Cell::from(percent(stratum.sample_share)).noted(range),
            percent(stratum.coverage).into(),
            verdict(page, stratum),
        ]));
    }
    table.notes.push(page.words.word("note-strata"));
    table
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

/// Precision and verdict of each stratum, with the clause that says so; nothing without a frame.
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
            count(stratum.n).into(),
            percent(stratum.achieved).into(),
            number(stratum.n_effective, 1).into(),
            margin.into(),
            p_value(stratum.p_holm).into(),
            verdict(page, stratum),
            page.words.word(clause).into(),
        ]));
    }
    table.notes.push(page.words.word("note-verdicts"));
    Some(table)
}
