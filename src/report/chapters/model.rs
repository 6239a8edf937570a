//! How items make dimensions, and how dimensions hang together.

use super::super::document::{Block, Row, Table};
use super::super::page::Page;
use super::super::words::{self, count, df, number};
use super::drivers;
use crate::assessment::{ModelResult, WaveAssessment};
use crate::index::estimate::Estimate;
use crate::model::pls::InnerScheme;
use crate::survey::ItemWeights;

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(wave) = page.latest() else { return Vec::new() };
    let source = page.words.word(weights_key(page.assessment.survey.item_weights));
    let mut blocks = vec![page.paragraph("model-intro", &[("source", &source)])];
    let Some(model) = &wave.model else {
        let wanted = page.assessment.survey.item_weights == ItemWeights::Pls;
        blocks.push(page.paragraph(if wanted { "model-failed" } else { "model-none" }, &[]));
        return blocks;
    };
    blocks.extend(drivers::in_words(page, wave, model));
    blocks.extend(page.figure_beside("path-model", page.base_all(wave), &page.words.word("table-paths")));
    blocks.extend(drivers::mediation(page, wave, &model.inner).map(Block::Table));
    blocks.push(page.heading("heading-structure"));
    blocks.push(facts(page, wave, model));
    blocks.extend(algorithm(page, model));
    blocks.extend(super::wholes::blocks(page, wave, &model.inner));
    blocks.push(Block::Table(paths(page, wave, model)));
    blocks.push(Block::Table(r2(page, wave, model)));
    if !model.inner.paths.is_empty() {
        blocks.push(Block::Table(drivers::effect_sizes(page, wave, &model.inner)));
    }
    blocks.extend(drivers::consistent(page, wave, model));
    blocks.extend(drivers::moderation(page, wave, &model.inner).map(Block::Table));
    if let Some(prediction) = &model.inner.prediction {
        blocks.extend(drivers::prediction(page, wave, prediction));
    }
    blocks.push(Block::Table(items(page, wave, model)));
    blocks
}

/// The shared key of the source of item weights.
pub(super) fn weights_key(weights: ItemWeights) -> &'static str {
    match weights {
        ItemWeights::Equal => "/weights-equal",
        ItemWeights::Given => "/weights-given",
        ItemWeights::StatedImportance => "/weights-stated-importance",
        ItemWeights::Pls => "/weights-pls",
        ItemWeights::Ahp => "/weights-ahp",
        ItemWeights::Entropy => "/weights-entropy",
        ItemWeights::Critic => "/weights-critic",
        ItemWeights::PrincipalComponent => "/weights-principal-component",
    }
}

fn facts(page: &Page<'_>, wave: &WaveAssessment, model: &ModelResult) -> Block {
    let scheme = match page.assessment.survey.scheme {
        Some(InnerScheme::Centroid) => page.words.word("scheme-centroid"),
        Some(InnerScheme::Factorial) => page.words.word("scheme-factorial"),
        Some(InnerScheme::Path) => page.words.word("scheme-path"),
        None => words::NOTHING.to_owned(),
    };
    Block::Facts {
        facts: vec![
            page.fact("wave", page.wave_title(wave)),
            page.fact("scheme", scheme),
            page.fact("iterations", count(u64::from(model.iterations))),
            page.fact("last-change", format!("{:.1e}", model.last_change)),
            page.fact("replicates", count(model.replicates)),
            page.fact("replicates-failed", count(model.replicates_failed)),
        ],
    }
}

/// Start, end and signs of the estimation; nothing of an assessment that does not know them.
fn algorithm(page: &Page<'_>, model: &ModelResult) -> Option<Block> {
    let (tolerance, most) = model.tolerance.zip(model.iterations_max)?;
    let arguments: [(&'static str, &dyn std::fmt::Display); 2] = [("tolerance", &format!("{tolerance:e}")), ("max", &count(most.into()))];
    Some(page.paragraph("model-algorithm", &arguments))
}

fn estimate_row(page: &Page<'_>, name: String, estimate: &Estimate) -> Row {
    Row::of(vec![
        name.into(),
        number(Some(estimate.value), 3).into(),
        number(estimate.standard_error, 3).into(),
        page.words.interval_with(estimate.interval, 3).into(),
        count(estimate.n).into(),
        df(estimate.df).into(),
    ])
}

fn paths(page: &Page<'_>, wave: &WaveAssessment, model: &ModelResult) -> Table {
    let columns = ["path", "#coefficient", "#se", "#interval", "#n", "#df"];
    let mut table = page.table("table-paths", &columns, page.base_all(wave));
    for path in &model.paths {
        let name = format!(
            "{} → {}",
            page.dimension_named(wave, &path.from),
            page.dimension_named(wave, &path.to)
        );
        table.rows.push(estimate_row(page, name, &path.coefficient));
    }
    table.notes.push(page.words.word("note-paths"));
    table
}

fn r2(page: &Page<'_>, wave: &WaveAssessment, model: &ModelResult) -> Table {
    let mut table = page.table(
        "table-r2",
        &["dimension", "#r2", "#se", "#interval", "#n", "#df", "#r2-adjusted"],
        page.base_all(wave),
    );
    let adjusted = |id: &str| model.inner.r2_adjusted.iter().find(|(d, _)| d == id).and_then(|(_, value)| *value);
    let row = |r: &crate::assessment::ModelR2| {
        let mut row = estimate_row(page, page.dimension_named(wave, &r.dimension), &r.r2);
        row.cells.push(number(adjusted(&r.dimension), 3).into());
        row
    };
    table.rows = model.r2.iter().map(row).collect();
    table.notes.push(page.words.word("note-r2"));
    table
}

fn items(page: &Page<'_>, wave: &WaveAssessment, model: &ModelResult) -> Table {
    let mut table = page.table(
        "table-loadings",
        &["item", "#outer-weight", "#loading", "#item-share"],
        page.base_all(wave),
    );
    for dimension in wave.dimensions.iter().filter(|d| d.parts.is_empty()) {
        table.rows.push(Row::head(page.words.text(&dimension.title)));
        for item in model.items.iter().filter(|i| i.dimension == dimension.id) {
            let result = wave.items.iter().find(|i| i.id == item.item);
            let title = result.map_or_else(|| words::shown(&item.item), |r| page.words.text(&r.title));
            table.rows.push(Row::of(vec![
                super::super::document::Cell::from(title).noted(words::shown(&item.item)),
                number(Some(item.outer_weight), 3).into(),
                number(Some(item.loading), 3).into(),
                words::percent(result.and_then(|r| r.share)).into(),
            ]));
        }
    }
    table.notes.push(page.words.word("note-loadings"));
    table
}
