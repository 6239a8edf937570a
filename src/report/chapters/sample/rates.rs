//! Outcome rates: in all, by stratum, by mode, by wave.

use super::super::super::document::{Block, Row, Table};
use super::super::super::page::Page;
use super::super::super::words::{self, count, count_of, percent};
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
        .filter_map(|s| Some((words::shown(&s.stratum), s.drawn, s.rates.as_ref()?)));
    blocks.extend(group(page, "stratum", of_strata.collect(), page.base_outcomes(wave)));
    let modes = wave.coverage.accounting.iter().flat_map(|a| &a.modes);
    let modes = modes.map(|m| (words::shown(&m.mode), cases(&m.counts), &m.rates));
    blocks.extend(group(page, "mode", modes.collect(), page.base_outcomes(wave)));
    blocks
}

/// The waves side by side; nothing where fewer than two have dispositions.
pub(super) fn over_waves(page: &Page<'_>) -> Option<Block> {
    let waves = page.assessment.waves.iter().filter_map(|wave| {
        let counts = wave.coverage.dispositions.as_ref();
        Some((page.wave_title(wave), counts.and_then(cases), wave.coverage.rates.as_ref()?))
    });
    group(page, "wave", waves.collect(), page.words.word("base-outcomes-waves"))
}

fn cases(counts: &DispositionCounts) -> Option<u64> {
    u64::try_from(counts.total()).ok()
}

/// Selected rates of groups with the cases behind them; nothing for a single one.
fn group(page: &Page<'_>, by: &str, groups: Vec<(String, Option<u64>, &OutcomeRates)>, base: String) -> Option<Block> {
    if groups.len() < 2 {
        return None;
    }
    let mut table = page.table(
        match by {
            "stratum" => "table-rates-strata",
            "mode" => "table-rates-modes",
            _ => "table-rates-waves",
        },
        &[by, "#cases", "#rr1", "#rr3", "#rr6", "#coop1", "#ref1", "#con1"],
        base,
    );
    for (name, cases, rates) in groups {
        let response = |wanted: ResponseRateDefinition| {
            let found = rates.response.iter().find(|r| r.definition == wanted);
            percent(found.and_then(|r| r.rate_share)).into()
        };
        table.rows.push(Row::of(vec![
            name.into(),
            count_of(cases).into(),
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

/// The response rate that the definition puts first, had the interviews that cleaning left out been no interviews.
pub(super) fn after_cleaning(wave: &WaveAssessment) -> Option<f64> {
    let counts = wave.coverage.dispositions.as_ref()?;
    let kept = DispositionCounts {
        complete: counts.complete.min(wave.coverage.n),
        other: counts.other + counts.complete.saturating_sub(wave.coverage.n),
        ..*counts
    };
    kept.response_rate(wave.coverage.rate_definition, wave.coverage.eligibility)
        .rate_share
}

/// The counts behind the rates, and what the rate would be without the interviews that cleaning left out.
fn disposition_note(page: &Page<'_>, wave: &WaveAssessment, counts: &DispositionCounts) -> String {
    let after = after_cleaning(wave);
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
            ("rate", &rate_name(wave.coverage.rate_definition)),
            ("after", &percent(after)),
        ],
    )
}
