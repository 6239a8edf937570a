//! The record of the draw, and what holding frame, list, answers and cases against it gave.

use super::super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::super::page::Page;
use super::super::super::words::{self, count, count_of};
use crate::assessment::WaveAssessment;
use crate::sample::draw::design::{Selection, WithinCluster};
use crate::sample::verify::{DrawProcedure, DrawQuestion, DrawVerification, Holding};

pub(super) fn blocks(page: &Page<'_>, wave: &WaveAssessment) -> Vec<Block> {
    let Some(draw) = &wave.coverage.draw else {
        return vec![page.paragraph("draw-none", &[])];
    };
    let (key, tone) = match (draw.holds, is_proven(draw)) {
        (false, _) => ("draw-fails", Tone::Bad),
        (true, true) => ("draw-holds", Tone::Good),
        (true, false) => ("draw-open", Tone::Unsure),
    };
    let text = page.words.word(key);
    let mut blocks = vec![Block::Callout { text, tone }, facts(page, draw)];
    blocks.extend(draw.procedure.as_ref().map(|how| procedure(page, how)));
    blocks.extend([Block::Table(checks(page, wave, draw))]);
    if !draw.strata.is_empty() {
        blocks.push(Block::Table(strata(page, wave, draw)));
    }
    blocks
}

/// How a seed becomes a list, so that a reader can do it without this program.
fn procedure(page: &Page<'_>, how: &DrawProcedure) -> Block {
    let joined = |names: &[String]| {
        let names: Vec<String> = names.iter().map(|n| words::shown(n)).collect();
        names.join(&page.words.word("comma"))
    };
    let size = how
        .size
        .as_deref()
        .map_or_else(|| page.words.word("procedure-cluster-size"), words::shown);
    let selection = match how.selection {
        Selection::SimpleRandom => "procedure-simple-random",
        Selection::Systematic if how.sort.is_empty() => "procedure-systematic-by-key",
        Selection::Systematic => "procedure-systematic",
        Selection::PpsSystematic if how.sort.is_empty() => "procedure-pps-by-key",
        Selection::PpsSystematic => "procedure-pps-systematic",
        Selection::Sampford => "procedure-sampford",
    };
    let mut said = vec![
        page.words.word(if how.cluster.is_some() {
            "procedure-key-clusters"
        } else {
            "procedure-key"
        }),
        page.words.say(selection, &[("sort", &joined(&how.sort)), ("size", &size)]),
    ];
    if !how.strata.is_empty() {
        said.push(page.words.say("procedure-strata", &[("strata", &joined(&how.strata))]));
    }
    match how.within {
        Some(WithinCluster::All) => said.push(page.words.word("procedure-all-of-cluster")),
        Some(WithinCluster::Units(units)) => said.push(page.words.say("procedure-of-cluster", &[("units", &count(units))])),
        None => {}
    }
    said.push(page.words.word("procedure-again"));
    Block::Paragraph {
        text: said.join(&page.words.word("sentence-gap")),
    }
}

fn facts(page: &Page<'_>, draw: &DrawVerification) -> Block {
    let mut facts = Vec::new();
    if let Some(commitment) = &draw.commitment_sha256 {
        facts.push(page.fact("draw-commitment", words::shown(commitment)));
    }
    if let Some(day) = &draw.sealed_on {
        facts.push(page.fact("draw-sealed", words::shown(day)));
    }
    facts.push(page.fact("draw-frame", words::shown(&draw.frame_sha256)));
    facts.push(page.fact("draw-seed", words::shown(&draw.seed)));
    let from: Vec<String> = draw.seed_source.iter().chain(&draw.seed_date).map(|t| words::shown(t)).collect();
    if !from.is_empty() {
        facts.push(page.fact("draw-seed-from", from.join(&page.words.word("comma"))));
    }
    facts.extend([
        page.fact("draw-record", words::shown(&draw.record_sha256)),
        page.fact("draw-units", count(draw.frame_units)),
        page.fact("draw-main", count(draw.main)),
        page.fact("draw-reserve", count(draw.reserve)),
        page.fact("draw-responded-main", count_of(draw.responded_main)),
        page.fact("draw-responded-reserve", count_of(draw.responded_reserve)),
        page.fact("draw-missing", count_of(draw.missing)),
    ]);
    if let Some(cases) = draw.cases {
        facts.push(page.fact("draw-cases", count(cases)));
    }
    Block::Facts { facts }
}

/// Every question with its answer.
fn checks(page: &Page<'_>, wave: &WaveAssessment, draw: &DrawVerification) -> Table {
    let columns = ["draw-question", "draw-answer", "#draw-against"];
    let mut table = page.table("table-draw-checks", &columns, page.base_outcomes(wave));
    for check in &draw.checks {
        let (key, tone) = match check.holding {
            Holding::Holds => ("draw-answer-holds", Tone::Good),
            Holding::DoesNotHold => ("draw-answer-does-not-hold", Tone::Bad),
            Holding::CannotTell => ("draw-answer-cannot-tell", Tone::Unsure),
        };
        let against = match check.holding {
            Holding::CannotTell => words::NOTHING.to_owned(),
            _ => count(check.count),
        };
        table.rows.push(Row::of(vec![
            page.words.word(&format!("/draw-question-{}", check.question.word())).into(),
            Cell::from(page.words.word(key)).toned(tone),
            against.into(),
        ]));
    }
    table.notes.push(page.words.word("note-draw-checks"));
    table
}

fn strata(page: &Page<'_>, wave: &WaveAssessment, draw: &DrawVerification) -> Table {
    let columns = [
        "stratum",
        "#draw-elements",
        "#draw-main",
        "#draw-responded-main",
        "#draw-reserve",
        "#draw-asked",
        "#draw-responded-reserve",
    ];
    let mut table = page.table("table-draw-strata", &columns, page.base_outcomes(wave));
    for stratum in &draw.strata {
        let name = if stratum.stratum.is_empty() {
            words::NOTHING.to_owned()
        } else {
            words::shown(&stratum.stratum)
        };
        table.rows.push(Row::of(vec![
            name.into(),
            count(stratum.elements).into(),
            count(stratum.main).into(),
            count_of(stratum.responded_main).into(),
            count(stratum.reserve).into(),
            count_of(stratum.reserve_asked).into(),
            count_of(stratum.responded_reserve).into(),
        ]));
    }
    table.notes.push(page.words.word("note-draw-strata"));
    table
}

/// Whether the sample is random, and who says so.
pub(in super::super) fn probability(page: &Page<'_>, wave: &WaveAssessment) -> String {
    let stated = wave.coverage.probability_sample;
    page.words.word(match wave.coverage.draw.as_ref().filter(|_| stated) {
        Some(draw) if !draw.holds => "probability-not-kept",
        Some(draw) if is_proven(draw) => "probability-verified",
        _ if stated => "probability-stated",
        _ => "probability-none",
    })
}

/// True when the sample follows from frame and seed and every respondent belongs to it: what makes a draw more than a statement.
fn is_proven(draw: &DrawVerification) -> bool {
    let holds = |question: DrawQuestion| {
        let check = draw.checks.iter().find(|c| c.question == question);
        check.is_some_and(|c| c.holding == Holding::Holds)
    };
    draw.holds && holds(DrawQuestion::DrawRepeats) && holds(DrawQuestion::RespondentsDrawn)
}
