//! Outcome rates: in all, by stratum, by mode.

use super::super::super::document::{Block, Row, Table};
use super::super::super::page::Page;
use super::super::super::words::{self, count, percent};
use crate::assessment::WaveAssessment;
use crate::coverage::response_rate::{DispositionCounts, EligibilityShare, OutcomeRates, ResponseRateDefinition, ResponseRateNote};

/// The tables of rates, or that there can be none.
pub(super) fn blocks(page: &Page<'_>, wave: &WaveAssessment) -> Vec<Block> {
    let Some(rates) = &wave.coverage.rates else {
        return vec![page.paragraph("sample-no-dispositions", &[])];
    };
    let mut blocks = vec![Block::Table(outcome_rates(page, wave, rates))];
    let of_strata = wave
        .coverage
        .strata
        .iter()
        .filter_map(|s| Some((s.stratum.as_str(), s.rates.as_ref()?)));
    blocks.extend(group(page, wave, "table-rates-strata", "stratum", of_strata.collect()));
    let modes = wave.coverage.accounting.iter().flat_map(|a| &a.modes);
    blocks.extend(group(
        page,
        wave,
        "table-rates-modes",
        "mode",
        modes.map(|m| (m.mode.as_str(), &m.rates)).collect(),
    ));
    blocks
}

/// Selected rates of groups; nothing for a single one.
fn group(page: &Page<'_>, wave: &WaveAssessment, title: &str, column: &str, groups: Vec<(&str, &OutcomeRates)>) -> Option<Block> {
    if groups.len() < 2 {
        return None;
    }
    let mut table = page.table(
        title,
        &[column, "#rr1", "#rr3", "#rr6", "#coop1", "#ref1", "#con1"],
        page.base_outcomes(wave),
    );
    for (name, rates) in groups {
        let response = |wanted: ResponseRateDefinition| {
            let found = rates.response.iter().find(|r| r.definition == wanted);
            percent(found.and_then(|r| r.rate_share)).into()
        };
        table.rows.push(Row::of(vec![
            words::shown(name).into(),
            response(ResponseRateDefinition::Rr1),
            response(ResponseRateDefinition::Rr3),
            response(ResponseRateDefinition::Rr6),
            percent(rates.coop1).into(),
            percent(rates.ref1).into(),
            percent(rates.con1).into(),
        ]));
    }
    table.notes.push(page.words.word("note-rates-groups"));
    Some(Block::Table(table))
}

fn outcome_rates(page: &Page<'_>, wave: &WaveAssessment, rates: &OutcomeRates) -> Table {
    let mut table = page.table("table-rates", &["rate", "#share", "remark"], page.base_outcomes(wave));
    for rate in &rates.response {
        let mut remarks = vec![page.words.word(&format!("rate-{}", rate_name(rate.definition).to_lowercase()))];
        if let Some(e) = rate.eligibility_share {
            let key = match wave.coverage.eligibility {
                EligibilityShare::Casro => "rate-e",
                EligibilityShare::Given(_) => "rate-e-given",
            };
            remarks.push(page.words.say(key, &[("e", &percent(Some(e)))]));
        }
        if let Some(ResponseRateNote::UnknownEligibilityLeftOut { cases }) = rate.note {
            remarks.push(page.words.say("rate-unknown-left-out", &[("cases", &count(cases))]));
        }
        let strong = rate.definition == wave.coverage.rate_definition;
        let cells = vec![
            rate_name(rate.definition).into(),
            percent(rate.rate_share).into(),
            remarks.join(&page.words.word("semicolon")).into(),
        ];
        table.rows.push(Row { strong, ..Row::of(cells) });
    }
    let others = [
        ("COOP1", rates.coop1),
        ("COOP2", rates.coop2),
        ("COOP3", rates.coop3),
        ("COOP4", rates.coop4),
        ("REF1", rates.ref1),
    ];
    let more = [
        ("REF2", rates.ref2),
        ("REF3", rates.ref3),
        ("CON1", rates.con1),
        ("CON2", rates.con2),
        ("CON3", rates.con3),
        ("LOC1", rates.loc1),
        ("LOC2", rates.loc2),
    ];
    for (name, share) in others.into_iter().chain(more) {
        let remark = page.words.word(&format!("rate-{}", name.to_lowercase()));
        table.rows.push(Row::of(vec![name.into(), percent(share).into(), remark.into()]));
    }
    table.notes.push(page.words.word("note-rates"));
    if let Some(counts) = &wave.coverage.dispositions {
        table.notes.push(disposition_note(page, wave, counts));
    }
    table
}

pub(in super::super) fn rate_name(definition: ResponseRateDefinition) -> &'static str {
    match definition {
        ResponseRateDefinition::Rr1 => "RR1",
        ResponseRateDefinition::Rr2 => "RR2",
        ResponseRateDefinition::Rr3 => "RR3",
        ResponseRateDefinition::Rr4 => "RR4",
        ResponseRateDefinition::Rr5 => "RR5",
        ResponseRateDefinition::Rr6 => "RR6",
    }
}

/// The counts behind the rates, and what the rate would be without the interviews that cleaning left out.
fn disposition_note(page: &Page<'_>, wave: &WaveAssessment, counts: &DispositionCounts) -> String {
    let kept = DispositionCounts {
        complete: counts.complete.min(wave.coverage.n),
        other: counts.other + counts.complete.saturating_sub(wave.coverage.n),
        ..*counts
    };
    let after = kept
        .response_rate(ResponseRateDefinition::Rr3, wave.coverage.eligibility)
        .rate_share;
    page.words.say(
        "note-dispositions",
        &[
            ("complete", &count(counts.complete)),
            ("partial", &count(counts.partial)),
            ("refusal", &count(counts.refusal)),
            ("noncontact", &count(counts.non_contact)),
            ("other", &count(counts.other)),
            ("unknown", &count(counts.unknown_household + counts.unknown_other)),
            ("ineligible", &count(counts.not_eligible)),
            ("after", &percent(after)),
        ],
    )
}
