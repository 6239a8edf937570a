//! Parts of the model chapter: what drives the index in plain words, and the structure behind it for those who want it.

use super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::page::Page;
use super::super::words::{self, number, percent};
use super::priorities::is_actionable;
use crate::assessment::inner::{InnerModel, Prediction};
use crate::assessment::{ModelResult, PriorityPoint, WaveAssessment};
use crate::index::estimate::Estimate;

/// Whether an interval leaves 0 out.
fn certain(estimate: &Estimate) -> bool {
    estimate.interval.is_some_and(|i| i.lower > 0.0 || i.upper < 0.0)
}

/// What one point more of each dimension would bring, the most first, in sentences.
pub(super) fn in_words(page: &Page<'_>, wave: &WaveAssessment, model: &ModelResult) -> Vec<Block> {
    let index = page.assessment.survey.index_dimension.as_ref();
    let Some((index, map)) = index.zip(wave.priorities.as_ref()) else {
        return Vec::new();
    };
    let target = page.dimension_named(wave, index);
    let mut points: Vec<&PriorityPoint> = map.points.iter().filter(|p| p.id != *index).collect();
    points.sort_by(|a, b| b.importance.value.total_cmp(&a.importance.value).then_with(|| a.id.cmp(&b.id)));
    let explained = model.r2.iter().find(|r| r.dimension == *index).map(|r| r.r2.value);
    let share = percent(explained);
    let mut blocks = vec![
        page.heading("heading-drivers"),
        page.paragraph("drivers-intro", &[("index", &target), ("share", &share)]),
    ];
    let sentence = |point: &&PriorityPoint| {
        let key = if certain(&point.importance) { "driver" } else { "driver-uncertain" };
        let arguments: [(&'static str, &dyn std::fmt::Display); 5] = [
            ("dimension", &page.words.text(&point.title)),
            ("index", &target),
            ("effect", &number(Some(point.importance.value), 2)),
            ("interval", &page.words.interval_with(point.importance.interval, 2)),
            ("score", &words::points(Some(&point.performance))),
        ];
        let said = page.words.say(key, &arguments);
        if is_actionable(wave, &point.id) {
            return said;
        }
        format!("{said}{}{}", page.words.word("sentence-gap"), page.words.word("driver-not-acted"))
    };
    blocks.push(Block::List {
        items: points.iter().map(sentence).collect(),
    });
    blocks.push(page.paragraph("drivers-caution", &[]));
    blocks
}

/// How each dimension acts on the index: directly and through others.
pub(super) fn mediation(page: &Page<'_>, wave: &WaveAssessment, inner: &InnerModel) -> Option<Table> {
    if inner.mediation.iter().all(|m| m.chain.is_empty()) {
        return None;
    }
    let columns = [
        "dimension",
        "#direct",
        "#indirect",
        "#interval",
        "#total",
        "#interval",
        "#vaf",
        "strongest-chain",
    ];
    let mut table = page.table("table-mediation", &columns, page.base_all(wave));
    let interval = |estimate: Option<&Estimate>| Cell::from(page.words.interval_with(estimate.and_then(|e| e.interval), 3));
    for effect in &inner.mediation {
        let chain: Vec<String> = effect.chain.iter().map(|id| page.dimension_named(wave, id)).collect();
        let chain = match effect.chain_effect {
            Some(value) => Cell::from(chain.join(" → ")).noted(number(Some(value), 3)),
            None => words::NOTHING.into(),
        };
        table.rows.push(Row::of(vec![
            page.dimension_named(wave, &effect.from).into(),
            number(Some(effect.direct), 3).into(),
            number(Some(effect.indirect), 3).into(),
            interval(effect.indirect_estimate.as_ref()),
            number(Some(effect.total), 3).into(),
            interval(effect.total_estimate.as_ref()),
            percent(effect.variance_accounted_for).into(),
            chain,
        ]));
    }
    table.notes.push(page.words.word("note-mediation"));
    Some(table)
}

/// Effect size, inflation and share of R² of every path.
pub(super) fn effect_sizes(page: &Page<'_>, wave: &WaveAssessment, inner: &InnerModel) -> Table {
    let columns = [
        "path",
        "#r2-share",
        "#interval",
        "#johnson-weight",
        "#interval",
        "#f2",
        "#f2-again",
        "#vif",
    ];
    let mut table = page.table("table-effect-sizes", &columns, page.base_all(wave));
    for path in &inner.paths {
        let arrow = format!(
            "{} → {}",
            page.dimension_named(wave, &path.from),
            page.dimension_named(wave, &path.to)
        );
        let inflated = path.vif.is_some_and(|v| v > 5.0);
        let vif = Cell::from(number(path.vif, 2)).toned(if inflated { Tone::Unsure } else { Tone::Plain });
        table.rows.push(Row::of(vec![
            arrow.into(),
            number(path.r2_share.map(|s| s.value), 3).into(),
            page.words.interval_with(path.r2_share.and_then(|s| s.interval), 3).into(),
            number(path.relative_weight.map(|s| s.value), 3).into(),
            page.words.interval_with(path.relative_weight.and_then(|s| s.interval), 3).into(),
            number(path.f2, 3).into(),
            number(path.f2_reestimated, 3).into(),
            vif,
        ]));
    }
    table.notes.push(page.words.word("note-effect-sizes"));
    let fit: [(&'static str, &dyn std::fmt::Display); 4] = [
        ("srmr", &number(inner.srmr, 3)),
        ("uls", &number(inner.d_uls, 3)),
        ("g", &number(inner.d_g, 3)),
        ("gof", &number(inner.goodness_of_fit, 3)),
    ];
    table.notes.push(page.words.say("note-global-fit", &fit));
    table
}

/// Paths free of attenuation beside the plain ones, with what speaks against them.
pub(super) fn consistent(page: &Page<'_>, wave: &WaveAssessment, model: &ModelResult) -> Vec<Block> {
    let inner = &model.inner;
    if inner.paths.iter().all(|p| p.consistent.is_none()) {
        return Vec::new();
    }
    let columns = ["path", "#coefficient", "#consistent", "#se", "#interval"];
    let mut table = page.table("table-consistent", &columns, page.base_all(wave));
    for (path, plain) in inner.paths.iter().zip(&model.paths) {
        let arrow = format!(
            "{} → {}",
            page.dimension_named(wave, &path.from),
            page.dimension_named(wave, &path.to)
        );
        table.rows.push(Row::of(vec![
            arrow.into(),
            number(Some(plain.coefficient.value), 3).into(),
            number(path.consistent.map(|c| c.value), 3).into(),
            number(path.consistent.and_then(|c| c.standard_error), 3).into(),
            page.words.interval_with(path.consistent.and_then(|c| c.interval), 3).into(),
        ]));
    }
    table.notes.push(page.words.word("note-consistent"));
    let mut blocks = vec![Block::Table(table)];
    if !inner.consistent_problems.is_empty() {
        let problem = |p: &crate::assessment::inner::ConsistentProblem| {
            let named: Vec<String> = p.subjects.iter().map(|id| page.dimension_named(wave, id)).collect();
            let (subjects, value) = (named.join(" – "), number(p.value, 2));
            page.words
                .say(&format!("problem-{}", p.kind), &[("subjects", &subjects), ("value", &value)])
        };
        blocks.push(Block::Callout {
            text: page.words.word("consistent-inadmissible"),
            tone: Tone::Bad,
        });
        blocks.push(Block::List {
            items: inner.consistent_problems.iter().map(problem).collect(),
        });
    }
    blocks
}

/// How well the model foretells people it was not estimated from.
pub(super) fn prediction(page: &Page<'_>, wave: &WaveAssessment, prediction: &Prediction) -> Vec<Block> {
    let better = prediction.items.iter().filter(|i| i.q2.is_some_and(|q| q > 0.0)).count();
    let beats = prediction
        .items
        .iter()
        .filter(|i| i.rmse_linear.is_some_and(|l| i.rmse < l))
        .count();
    let arguments: [(&'static str, &dyn std::fmt::Display); 4] = [
        ("folds", &prediction.folds),
        ("items", &prediction.items.len()),
        ("better", &better),
        ("beats", &beats),
    ];
    let mut table = page.table("table-prediction", &["item", "#q2", "#rmse", "#rmse-linear"], page.base_all(wave));
    for item in &prediction.items {
        let found = wave.items.iter().find(|i| i.id == item.item);
        let title = found.map_or_else(|| words::shown(&item.item), |i| page.words.text(&i.title));
        let tone = if item.q2.is_some_and(|q| q <= 0.0) {
            Tone::Unsure
        } else {
            Tone::Plain
        };
        table.rows.push(Row::of(vec![
            Cell::from(title).noted(words::shown(&item.item)),
            Cell::from(number(item.q2, 3)).toned(tone),
            number(Some(item.rmse), 3).into(),
            number(item.rmse_linear, 3).into(),
        ]));
    }
    table.notes.push(page.words.word("note-prediction"));
    if wave.model.as_ref().is_some_and(|model| !model.inner.wholes.is_empty()) {
        table.notes.push(page.words.word("note-prediction-wholes"));
    }
    vec![
        page.paragraph("prediction", &arguments),
        page.fold("fold-prediction", wave, vec![Block::Table(table)]),
    ]
}

/// Interactions, where the definition asks for them.
pub(super) fn moderation(page: &Page<'_>, wave: &WaveAssessment, inner: &InnerModel) -> Option<Table> {
    if inner.moderation.is_empty() {
        return None;
    }
    let columns = ["path", "moderator", "#simple-effect", "#moderation", "#se", "#p", "#f2"];
    let mut table = page.table("table-moderation", &columns, page.base_all(wave));
    for found in &inner.moderation {
        let arrow = format!(
            "{} → {}",
            page.dimension_named(wave, &found.predictor),
            page.dimension_named(wave, &found.target)
        );
        table.rows.push(Row::of(vec![
            arrow.into(),
            page.dimension_named(wave, &found.moderator).into(),
            number(Some(found.simple_effect), 3).into(),
            number(Some(found.coefficient), 3).into(),
            number(Some(found.standard_error), 3).into(),
            words::p_value(found.p_value).into(),
            number(Some(found.f2), 3).into(),
        ]));
    }
    table.notes.push(page.words.word("note-moderation"));
    Some(table)
}
