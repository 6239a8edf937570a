//! From the frame to the analysed interviews, with the sums that have to agree.

use super::super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::super::page::Page;
use super::super::super::words::{self, count, count_of, percent};
use crate::assessment::WaveAssessment;
use crate::coverage::accounting::{Accounting, AccountingSource};

pub(super) fn blocks(page: &Page<'_>, wave: &WaveAssessment) -> Vec<Block> {
    let Some(accounting) = &wave.coverage.accounting else {
        return vec![page.paragraph("accounting-none", &[])];
    };
    let source = match accounting.source {
        AccountingSource::Cases => "accounting-cases",
        AccountingSource::Counts => "accounting-counts",
    };
    let mut blocks = vec![
        page.paragraph(source, &[]),
        Block::Table(steps(page, wave, accounting)),
        Block::Table(balances(page, wave, accounting)),
    ];
    if !accounting.codes.is_empty() {
        blocks.push(Block::Table(codes(page, wave, accounting)));
    }
    blocks
}

/// Every step with the share of the step it comes from.
fn steps(page: &Page<'_>, wave: &WaveAssessment, a: &Accounting) -> Table {
    let columns = ["disposition-step", "#cases", "#share-of-step", "remark"];
    let mut table = page.table("table-accounting", &columns, page.base_outcomes(wave));
    let share = |part: u64, whole: u64| percent((whole > 0).then(|| part as f64 / whole as f64));
    let mut add = |key: &str, cases: u64, of: Option<u64>, strong: bool| {
        let cells = vec![
            page.words.word(&format!("accounting-{key}")).into(),
            count(cases).into(),
            of.map_or_else(|| words::NOTHING.to_owned(), |whole| share(cases, whole)).into(),
            page.words.word(&format!("accounting-{key}-remark")).into(),
        ];
        table.rows.push(Row { strong, ..Row::of(cells) });
    };
    if let Some(frame) = a.frame {
        add("frame", frame, None, true);
    }
    add("drawn", a.drawn, a.frame, true);
    add("not-eligible", a.not_eligible, Some(a.drawn), false);
    add("unknown", a.unknown, Some(a.drawn), false);
    add("eligible", a.eligible, Some(a.drawn), true);
    add("contacted", a.contacted, Some(a.eligible), true);
    add("interviews", a.interviews, Some(a.contacted), true);
    add("received", a.received, None, true);
    for excluded in &a.excluded {
        let rule = page.words.word(&format!("/rule-{}", excluded.rule));
        table.rows.push(Row::of(vec![
            page.words.say("accounting-excluded", &[("rule", &rule)]).into(),
            count(excluded.interviews).into(),
            share(excluded.interviews, a.received).into(),
            page.words.word("accounting-excluded-remark").into(),
        ]));
    }
    let analysed = vec![
        page.words.word("accounting-analysed").into(),
        count(a.analysed).into(),
        share(a.analysed, a.received).into(),
        page.words.word("accounting-analysed-remark").into(),
    ];
    table.rows.push(Row {
        strong: true,
        ..Row::of(analysed)
    });
    if let (Some(first), Some(last)) = (&a.first_closed, &a.last_closed) {
        let range = page.words.range(&words::shown(first), &words::shown(last));
        table.notes.push(page.words.say("note-closed", &[("range", &range)]));
    }
    table
}

/// Sums that have to be the same, and whether they are.
fn balances(page: &Page<'_>, wave: &WaveAssessment, a: &Accounting) -> Table {
    let mut table = page.table(
        "table-balances",
        &["balance", "#whole", "#parts", "reading"],
        page.base_outcomes(wave),
    );
    for balance in &a.balances {
        let (key, tone) = if balance.holds() {
            ("balance-holds", Tone::Good)
        } else {
            ("balance-fails", Tone::Bad)
        };
        table.rows.push(Row::of(vec![
            page.words.word(&format!("balance-{}", balance.what)).into(),
            count(balance.whole).into(),
            count(balance.parts).into(),
            Cell::from(page.words.word(key)).toned(tone),
        ]));
    }
    table
}

fn codes(page: &Page<'_>, wave: &WaveAssessment, a: &Accounting) -> Table {
    let mut table = page.table(
        "table-codes",
        &["final-code", "class", "#cases", "#share-of-drawn"],
        page.base_outcomes(wave),
    );
    for code in &a.codes {
        table.rows.push(Row::of(vec![
            words::shown(&code.code).into(),
            page.words.word(&format!("class-{}", code.class.as_str())).into(),
            count_of(Some(code.cases)).into(),
            percent((a.drawn > 0).then(|| code.cases as f64 / a.drawn as f64)).into(),
        ]));
    }
    table
}
