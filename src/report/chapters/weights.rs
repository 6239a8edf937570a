//! How answers were weighted.

use super::super::document::{Block, Row, Table};
use super::super::page::Page;
use super::super::words::{self, count, number};
use crate::assessment::WaveAssessment;

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(wave) = page.latest() else { return Vec::new() };
    let source = match wave.weights.base_source.as_str() {
        "column" => "weights-column",
        "drawn" => "weights-drawn",
        _ => "weights-equal",
    };
    let post = if wave.weights.poststratified {
        "weights-poststratified"
    } else {
        "weights-not-poststratified"
    };
    let mut blocks = vec![
        page.paragraph("weights-intro", &[]),
        page.paragraph(source, &[]),
        page.paragraph(post, &[]),
    ];
    blocks.extend(calibration(page, wave));
    blocks.extend(ineligible(page, wave));
    blocks.push(Block::Table(steps(page, wave)));
    blocks.extend(page.figure("weight-distribution", page.base_counts(wave)));
    if !wave.weights.classes.is_empty() {
        blocks.push(Block::Table(classes(page, wave)));
    }
    if !wave.weights.margins.is_empty() {
        blocks.push(Block::Table(margins(page, wave)));
    }
    blocks.push(Block::Table(strata(page, wave)));
    blocks.extend(page.earlier_elsewhere());
    for earlier in page.earlier_in_full() {
        blocks.push(page.fold("earlier-weights", earlier, vec![Block::Table(strata(page, earlier))]));
    }
    blocks
}

/// A sum of weights, which estimates customers: whole where it is, with the thousands parted.
fn sum(value: f64) -> String {
    let tenths = crate::round::round_to(value, 1).max(0.0);
    let whole = tenths.trunc();
    let rest = number(Some(tenths - whole), 1);
    let whole = count(whole as u64);
    match rest.strip_prefix("0.") {
        Some("0") | None => whole,
        Some(tenth) => format!("{whole}.{tenth}"),
    }
}

/// What the non-response step takes those found not to be eligible for, and when that matters.
fn ineligible(page: &Page<'_>, wave: &WaveAssessment) -> Option<Block> {
    let accounting = wave.coverage.accounting.as_ref().filter(|a| a.not_eligible > 0 && a.drawn > 0)?;
    wave.weights.steps.iter().find(|s| s.step == "nonresponse")?;
    let share = words::percent(Some(accounting.not_eligible as f64 / accounting.drawn as f64));
    let args: [(&'static str, &dyn std::fmt::Display); 3] = [
        ("n", &count(accounting.not_eligible)),
        ("share", &share),
        ("population", &words::count_of(wave.coverage.population)),
    ];
    let key = if wave.weights.classes.is_empty() {
        "weights-ineligible-counted"
    } else {
        "weights-ineligible-left-out"
    };
    Some(page.paragraph(key, &args))
}

/// Digits of a digest that are shown, as many as tell two steps apart.
const DIGEST_SHOWN: usize = 8;

fn steps(page: &Page<'_>, wave: &WaveAssessment) -> Table {
    let columns = [
        "step",
        "#weight-sum",
        "#weight-min",
        "#weight-max",
        "#weight-cv",
        "#kish",
        "#n-effective-all",
        "#margin-error",
        "#iterations",
        "weights-digest",
    ];
    let mut table = page.table("table-steps", &columns, page.base_counts(wave));
    for step in &wave.weights.steps {
        table.rows.push(Row::of(vec![
            page.words.say("step", &[("step", &step.step)]).into(),
            sum(step.sum).into(),
            number(Some(step.min), 3).into(),
            number(Some(step.max), 3).into(),
            number(step.cv, 3).into(),
            number(step.kish_effect, 3).into(),
            number(step.n_effective, 1).into(),
            miss(step.margin_error).into(),
            words::count_of(step.iterations).into(),
            words::shown(step.output_sha256.get(..DIGEST_SHOWN).unwrap_or(&step.output_sha256)).into(),
        ]));
    }
    table.notes.push(page.words.word("note-steps"));
    table.notes.push(page.words.word("note-weights-digest"));
    table
}

fn classes(page: &Page<'_>, wave: &WaveAssessment) -> Table {
    let columns = ["nonresponse-class", "#class-sampled", "#class-answered", "#factor-nonresponse"];
    let mut table = page.table("table-classes", &columns, page.base_counts(wave));
    for class in &wave.weights.classes {
        table.rows.push(Row::of(vec![
            words::shown(&class.class).into(),
            count(class.sampled).into(),
            count(class.answered).into(),
            number(Some(class.factor), 3).into(),
        ]));
    }
    table.notes.push(page.words.word("note-classes"));
    table
}

fn strata(page: &Page<'_>, wave: &WaveAssessment) -> Table {
    let calibrated = wave.weights.strata.iter().any(|s| s.calibration.is_some());
    let mut columns = vec!["stratum", "#n", "#factor-base", "#factor-nonresponse", "#factor-post"];
    columns.extend(calibrated.then_some("#factor-calibration"));
    columns.push("#weight-final");
    let mut table = page.table("table-factors", &columns, page.base_counts(wave));
    for stratum in &wave.weights.strata {
        let name = if stratum.stratum.is_empty() {
            page.words.word("whole-sample")
        } else {
            words::shown(&stratum.stratum)
        };
        let mut cells = vec![
            name.into(),
            count(stratum.n).into(),
            number(Some(stratum.base), 3).into(),
            number(Some(stratum.nonresponse), 3).into(),
            number(Some(stratum.poststratification), 3).into(),
        ];
        if calibrated {
            cells.push(number(stratum.calibration, 3).into());
        }
        cells.push(number(Some(stratum.final_weight), 3).into());
        table.rows.push(Row::of(cells));
    }
    table
}

/// What calibration did, in words: how it went, what is still missed, what it costs.
fn calibration(page: &Page<'_>, wave: &WaveAssessment) -> Vec<Block> {
    let steps = &wave.weights.steps;
    let mut blocks = Vec::new();
    if let Some(step) = steps.iter().find(|s| s.iterations.is_some()) {
        let columns: std::collections::BTreeSet<&str> = wave.weights.margins.iter().map(|m| m.margin.as_str()).collect();
        let margins = columns.into_iter().map(words::shown).collect::<Vec<_>>().join(", ");
        let args: [(&'static str, &dyn std::fmt::Display); 5] = [
            ("method", &step.step),
            ("margins", &margins),
            ("iterations", &count(step.iterations.unwrap_or(0))),
            ("error", &miss(step.margin_error)),
            ("kish", &number(step.kish_effect, 3)),
        ];
        blocks.push(page.paragraph("weights-margins", &args));
    }
    if let Some(step) = steps.iter().find(|s| s.step == "trim") {
        let (low, high) = (number(Some(step.min), 3), number(Some(step.max), 3));
        let args: [(&'static str, &dyn std::fmt::Display); 3] = [("min", &low), ("max", &high), ("error", &miss(step.margin_error))];
        blocks.push(page.paragraph("weights-trimmed", &args));
    }
    blocks
}

fn margins(page: &Page<'_>, wave: &WaveAssessment) -> Table {
    let columns = [
        "weight-margin",
        "weight-category",
        "#n",
        "#target-share",
        "#before-share",
        "#after-share",
    ];
    let mut table = page.table("table-margins", &columns, page.base_counts(wave));
    for row in &wave.weights.margins {
        table.rows.push(Row::of(vec![
            words::shown(&row.margin).into(),
            words::shown(&row.category).into(),
            count(row.n).into(),
            words::percent(Some(row.target_share)).into(),
            words::percent(Some(row.before_share)).into(),
            words::percent(Some(row.after_share)).into(),
        ]));
    }
    table
}

/// A relative miss in per cent; what has no digit to show is below the smallest that has one.
fn miss(error: Option<f64>) -> String {
    match error {
        Some(error) if error < 0.000_005 => "< 0.001%".to_owned(),
        Some(error) => format!("{}%", number(Some(error * 100.0), 3)),
        None => number(None, 3),
    }
}
