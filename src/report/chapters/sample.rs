//! Who was drawn, reached and answered.

use super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::page::Page;
use super::super::words::{self, count, count_of, df, level, number, p_value, percent};
use crate::assessment::WaveAssessment;

use crate::coverage::goodness_of_fit::GoodnessOfFit;
use crate::coverage::response_rate::{DispositionCounts, EligibilityShare, OutcomeRates, ResponseRateDefinition, ResponseRateNote};
use crate::coverage::{FitReference, StratumCoverage, StratumVerdict};
use crate::design::hypothesis::goodness_of_fit::DesignFit;
use crate::survey::SelectionMethod;

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(wave) = page.latest() else { return Vec::new() };
    let coverage = &wave.coverage;
    let mut blocks = Vec::new();
    if !coverage.probability_sample {
        blocks.push(Block::Callout {
            text: page.words.word("sample-not-probability"),
            tone: Tone::Unsure,
        });
    }
    if coverage.population.is_none() {
        blocks.push(Block::Callout {
            text: page.words.word("sample-no-frame"),
            tone: Tone::Unsure,
        });
    }
    blocks.push(facts(page, wave));
    blocks.extend(page.figure("coverage", page.base_coverage(wave)));
    blocks.push(Block::Table(strata(page, wave)));
    if let Some(fit) = &coverage.goodness_of_fit {
        blocks.push(Block::Table(fit_tests(page, wave, fit)));
        if !coverage.clustered {
            blocks.push(Block::Table(fit_strata(page, wave, fit)));
        }
    }
    match &coverage.rates {
        Some(rates) => blocks.push(Block::Table(outcome_rates(page, wave, rates))),
        None => blocks.push(page.paragraph("sample-no-dispositions", &[])),
    }
    blocks.extend(super::design::blocks(page, wave));
    for earlier in page.earlier() {
        let mut inner = vec![facts(page, earlier), Block::Table(strata(page, earlier))];
        inner.extend(
            earlier
                .coverage
                .rates
                .iter()
                .map(|rates| Block::Table(outcome_rates(page, earlier, rates))),
        );
        inner.extend(super::design::blocks(page, earlier));
        blocks.push(page.fold("earlier-sample", earlier, inner));
    }
    blocks
}

fn facts(page: &Page<'_>, wave: &WaveAssessment) -> Block {
    let coverage = &wave.coverage;
    let method = match coverage.method {
        SelectionMethod::Stratified => "/method-stratified",
        SelectionMethod::SimpleRandom => "/method-simple-random",
        SelectionMethod::Census => "/method-census",
        SelectionMethod::Convenience => "/method-convenience",
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
        page.fact("probability", page.words.yes_no(coverage.probability_sample)),
        page.fact("field", field),
        page.fact("population", count_of(coverage.population)),
        page.fact("drawn", count_of(coverage.drawn)),
        page.fact("received", count(coverage.received)),
        page.fact("counted", count(coverage.n)),
    ];
    if let Some(questionnaire) = &wave.questionnaire {
        facts.push(page.fact("questionnaire", words::shown(questionnaire)));
    }
    if coverage.response_rate.is_some() {
        let name = rate_name(coverage.rate_definition);
        facts.push(page.fact("response-rate", format!("{} ({name})", percent(coverage.response_rate))));
    }
    if let Some(required) = &coverage.required {
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
    }
    Block::Facts { facts }
}

fn strata(page: &Page<'_>, wave: &WaveAssessment) -> Table {
    let columns = [
        "stratum",
        "#population",
        "#drawn",
        "#received",
        "#n",
        "#population-share",
        "#sample-share",
        "#target",
        "#achieved",
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
            number(stratum.target, 1).into(),
            percent(stratum.achieved).into(),
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
        StratumVerdict::Empty => ("verdict-empty", Tone::Bad),
        StratumVerdict::NotJudged => ("verdict-not-judged", Tone::Plain),
    };
    Cell::from(page.words.word(key)).toned(tone)
}

fn fit_tests(page: &Page<'_>, wave: &WaveAssessment, fit: &GoodnessOfFit) -> Table {
    let title = match wave.coverage.fit_reference {
        Some(FitReference::Drawn) => "table-fit-drawn",
        _ => "table-fit",
    };
    let mut table = page.table(title, &["test", "#statistic", "#df", "#p"], page.base_counts(wave));
    let row = |name: &str, test: Option<&crate::coverage::goodness_of_fit::ChiSquaredTest>| {
        Row::of(vec![
            page.words.word(name).into(),
            number(test.map(|t| t.statistic), 2).into(),
            df(test.map(|t| t.df)).into(),
            p_value(test.map(|t| t.p_value)).into(),
        ])
    };
    if wave.coverage.clustered {
        match wave.coverage.design_fit {
            Some(DesignFit { f, .. }) => table.rows.push(Row::of(vec![
                page.words.word("fit-clusters").into(),
                number(Some(f.statistic), 2).into(),
                format!("{} / {}", df(Some(f.df1)), df(Some(f.df2))).into(),
                p_value(Some(f.p_value)).into(),
            ])),
            None => table.notes.push(page.words.word("note-fit-fixed")),
        }
        table.notes.push(page.words.word("note-fit-clusters"));
    } else {
        table.rows.push(row("fit-pearson", Some(&fit.pearson)));
        table.rows.push(row("fit-pearson-fpc", fit.pearson_fpc.as_ref()));
    }
    let (expected, dissimilarity) = (number(Some(fit.smallest_expected), 1), percent(Some(fit.dissimilarity)));
    table.notes.push(
        page.words
            .say("note-fit", &[("expected", &expected), ("dissimilarity", &dissimilarity)]),
    );
    table
}

fn fit_strata(page: &Page<'_>, wave: &WaveAssessment, fit: &GoodnessOfFit) -> Table {
    let mut table = page.table(
        "table-fit-strata",
        &["stratum", "#n", "#expected", "#residual", "#p-exact", "#p-holm"],
        page.base_counts(wave),
    );
    for (stratum, row) in wave.coverage.strata.iter().zip(&fit.strata) {
        table.rows.push(Row::of(vec![
            words::shown(&stratum.stratum).into(),
            count(row.counts.observed).into(),
            number(Some(row.expected), 1).into(),
            number(row.standardised_residual_fpc, 2).into(),
            p_value(row.hypergeometric_p).into(),
            p_value(row.hypergeometric_p_holm).into(),
        ]));
    }
    table.notes.push(page.words.word("note-fit-strata"));
    table
}

fn outcome_rates(page: &Page<'_>, wave: &WaveAssessment, rates: &OutcomeRates) -> Table {
    let mut table = page.table("table-rates", &["rate", "#share", "remark"], page.base_outcomes(wave));
    for rate in &rates.response {
        let mut remarks = vec![page.words.word(&format!("rate-{}", rate_name(rate.definition).to_lowercase()))];
        if let Some(e) = rate.eligibility_share {
            remarks.push(page.words.say("rate-e", &[("e", &percent(Some(e)))]));
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

fn rate_name(definition: ResponseRateDefinition) -> &'static str {
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
    let after = kept.response_rate(ResponseRateDefinition::Rr3, EligibilityShare::Casro).rate_share;
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
