//! What cleaning left out, and what difference it makes.

use super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::page::Page;
use super::super::words::{self, count, percent, signed};
use super::settings;
use crate::assessment::WaveAssessment;
use crate::clean::RuleOutcome;
use crate::finding::Severity;
use crate::index::estimate::Reported;

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(wave) = page.latest() else { return Vec::new() };
    let mut blocks = vec![page.paragraph("cleaning-intro", &[]), facts(page, wave)];
    if wave.cleaning.rules.is_empty() {
        blocks.push(page.paragraph("cleaning-no-rules", &[]));
    } else {
        blocks.push(Block::Table(rules(page, wave)));
    }
    blocks.push(Block::Table(side_by_side(page, wave)));
    if let Some(found) = &wave.cleaning.durations {
        let arguments: [(&'static str, &dyn std::fmt::Display); 3] = [
            ("n", &count(found.n)),
            ("unknown", &count(found.unknown)),
            ("median", &words::clock(found.median_seconds)),
        ];
        blocks.push(page.heading("heading-durations"));
        blocks.push(page.paragraph("durations", &arguments));
        blocks.extend(page.figure("durations", page.base_counts(wave)));
    }
    blocks.extend(page.earlier_elsewhere());
    for earlier in page.earlier_in_full() {
        let inner = vec![
            facts(page, earlier),
            Block::Table(rules(page, earlier)),
            Block::Table(side_by_side(page, earlier)),
        ];
        blocks.push(page.fold("earlier-cleaning", earlier, inner));
    }
    blocks
}

fn facts(page: &Page<'_>, wave: &WaveAssessment) -> Block {
    let cleaning = &wave.cleaning;
    let share = (cleaning.received > 0).then(|| cleaning.excluded as f64 / cleaning.received as f64);
    Block::Facts {
        facts: vec![
            page.fact("received", count(cleaning.received)),
            page.fact("excluded", format!("{} ({})", count(cleaning.excluded), percent(share))),
            page.fact("counted", count(cleaning.counted)),
            page.fact("set-aside", count(cleaning.answers_set_aside)),
        ],
    }
}

fn rules(page: &Page<'_>, wave: &WaveAssessment) -> Table {
    let columns = ["rule", "severity", "effect", "#hit", "#excluded-first", "reference"];
    let mut table = page.table("table-rules", &columns, page.base_received(wave));
    let row = |outcome: &RuleOutcome| {
        let effect = page.words.word(if outcome.excludes { "effect-excludes" } else { "effect-flags" });
        let severity = match outcome.severity {
            Severity::Error => "/severity-error",
            Severity::Warning | Severity::Note => "/severity-warning",
        };
        let first = if outcome.excludes {
            count(outcome.excluded_first)
        } else {
            words::NOTHING.to_owned()
        };
        let name = Cell::from(page.words.word(&format!("/rule-{}", outcome.rule))).noted(with_settings(page, outcome));
        Row::of(vec![
            name,
            page.words.word(severity).into(),
            effect.into(),
            count(outcome.hit).into(),
            first.into(),
            settings::reference(page, &outcome.rule, &outcome.reference).into(),
        ])
    };
    table.rows = wave.cleaning.rules.iter().map(row).collect();
    table.notes.push(page.words.word("note-rules"));
    table
}

/// The reason of a rule with the parameters it ran with.
fn with_settings(page: &Page<'_>, outcome: &RuleOutcome) -> String {
    let reason = page.words.rule_reason(&outcome.rule);
    if outcome.settings.is_empty() {
        return reason;
    }
    let settings = settings::in_words(page, &outcome.settings);
    page.words
        .say("rule-with-settings", &[("reason", &reason), ("settings", &settings)])
}

fn side_by_side(page: &Page<'_>, wave: &WaveAssessment) -> Table {
    let columns = ["quantity", "#with-exclusions", "#n", "#without-exclusions", "#n", "#difference"];
    let mut table = page.table("table-without", &columns, page.base(wave));
    let row = |name: String, with: &Reported, without: &Reported| {
        let difference = with.estimate.zip(without.estimate).map(|(w, o)| w.value - o.value);
        let n = |reported: &Reported| Cell::from(words::count_of(reported.estimate.map(|e| e.n)));
        Row::of(vec![
            name.into(),
            page.value_over_interval(with),
            n(with),
            page.value_over_interval(without),
            n(without),
            signed(difference).into(),
        ])
    };
    let everybody = &wave.without_exclusions;
    table.rows.push(Row {
        strong: true,
        ..row(page.words.word("index"), &wave.index, &everybody.index)
    });
    for (dimension, other) in wave.dimensions.iter().zip(&everybody.dimensions) {
        table.rows.push(row(page.words.text(&dimension.title), &dimension.score, other));
    }
    table.notes.push(page.words.word("note-without"));
    table
}

/// The gates of the definition, for the reservations.
pub(super) fn gates(page: &Page<'_>, wave: &WaveAssessment) -> Table {
    let mut table = page.table("table-gates", &["gate", "#wanted", "#got", "verdict"], page.base_counts(wave));
    for gate in &wave.gates {
        let is_share = gate.gate.ends_with("_rate_min") || gate.gate.ends_with("_share_max");
        let show = |value: f64| {
            if is_share {
                percent(Some(value))
            } else {
                count(crate::round::round_to(value, 0).max(0.0) as u64)
            }
        };
        let (key, tone) = if gate.met { ("met", Tone::Good) } else { ("not-met", Tone::Bad) };
        table.rows.push(Row::of(vec![
            page.words.say("gate", &[("gate", &words::shown(&gate.gate))]).into(),
            show(gate.wanted).into(),
            gate.got.map_or_else(|| words::NOTHING.to_owned(), show).into(),
            Cell::from(page.words.word(key)).toned(tone),
        ]));
    }
    table
}
