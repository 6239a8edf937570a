//! Where the weights come from, and how far the index depends on that choice.

use super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::page::Page;
use super::super::words::{self, number, percent, signed_with};
use super::model::weights_key;
use crate::assessment::WaveAssessment;
use crate::assessment::weighting::{Heading, WeightChoice, Weighting};
use crate::index::estimate::Estimate;
use crate::model::weighting::ahp::CONSISTENCY_RATIO_MAX;
use crate::survey::indicators::{IndexWeights, JudgedNode};

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(wave) = page.latest() else { return Vec::new() };
    let Some(weighting) = &wave.weighting else { return Vec::new() };
    let items = page.words.word(weights_key(page.assessment.survey.item_weights));
    let mut blocks = vec![page.paragraph("weighting-intro", &[("items", &items)])];
    if !weighting.headings.is_empty() {
        let tree = page
            .words
            .word(&format!("index-weights-{}", index_weights_key(weighting.index_weights)));
        blocks.push(page.paragraph("weighting-tree", &[("tree", &tree)]));
        blocks.push(Block::Table(headings(page, wave, weighting)));
    }
    if !weighting.judgements.is_empty() {
        blocks.push(Block::Table(judgements(page, wave, &weighting.judgements)));
    }
    if weighting.choices.len() > 1 {
        blocks.push(Block::Table(choices(page, wave, &weighting.choices)));
        blocks.extend(reading(page, &weighting.choices));
    }
    blocks
}

fn index_weights_key(weights: IndexWeights) -> &'static str {
    match weights {
        IndexWeights::Given => "given",
        IndexWeights::Ahp => "ahp",
        IndexWeights::Critic => "critic",
        IndexWeights::PrincipalComponent => "principal-component",
    }
}

fn heading_title(page: &Page<'_>, heading: &Heading) -> String {
    if heading.id == crate::survey::indicators::ROOT {
        page.words.word("index")
    } else {
        page.words.text(&heading.title)
    }
}

/// The tree from the top: each heading with its score, its parts with their shares.
fn headings(page: &Page<'_>, wave: &WaveAssessment, weighting: &Weighting) -> Table {
    let columns = ["heading", "#share-in-heading", "#score", "#se", "#interval", "#n", "#df"];
    let mut table = page.table("table-headings", &columns, page.base_all(wave));
    for heading in weighting.headings.iter().rev() {
        let mut cells = vec![heading_title(page, heading).into(), Cell::from(words::NOTHING)];
        cells.extend(page.estimate_cells(&heading.score));
        table.rows.push(Row::of(cells));
        for part in &heading.parts {
            let of_part = wave.dimensions.iter().find(|d| d.id == part.id).map(|d| &d.score);
            let of_heading = weighting.headings.iter().find(|h| h.id == part.id).map(|h| &h.score);
            let mut cells = vec![format!("└ {}", page.words.text(&part.title)).into(), percent(part.share).into()];
            if let Some(score) = of_part.or(of_heading) {
                cells.extend(page.estimate_cells(score));
            }
            table.rows.push(Row::of(cells));
        }
    }
    table.notes.push(page.words.word("note-headings"));
    table.lean()
}

fn judgements(page: &Page<'_>, wave: &WaveAssessment, judged: &[JudgedNode]) -> Table {
    let columns = ["judged", "judged-weights", "judges", "#consistency-ratio"];
    let mut table = page.table("table-judgements", &columns, page.words.word("base-judgements"));
    let named = |id: &str| {
        let dimension = wave.dimensions.iter().find(|d| d.id == id).map(|d| page.words.text(&d.title));
        let item = || wave.items.iter().find(|i| i.id == id).map(|i| page.words.text(&i.title));
        let root = || (id == crate::survey::indicators::ROOT).then(|| page.words.word("index"));
        dimension.or_else(item).or_else(root).unwrap_or_else(|| words::shown(id))
    };
    for node in judged {
        let weights: Vec<String> = node
            .weights
            .iter()
            .map(|(id, weight)| format!("{} {}", named(id), percent(Some(*weight))))
            .collect();
        let judges: Vec<String> = node
            .judges
            .iter()
            .map(|(name, ratio)| format!("{} CR = {}", words::shown(name), number(*ratio, 3)))
            .collect();
        let high = node.consistency_ratio.is_some_and(|r| r > CONSISTENCY_RATIO_MAX);
        table.rows.push(Row::of(vec![
            named(&node.of).into(),
            weights.join(&page.words.word("semicolon")).into(),
            judges.join(&page.words.word("semicolon")).into(),
            Cell::from(number(node.consistency_ratio, 3)).toned(if high { Tone::Bad } else { Tone::Plain }),
        ]));
    }
    table.notes.push(page.words.word("note-judgements"));
    table
}

fn choices(page: &Page<'_>, wave: &WaveAssessment, choices: &[WeightChoice]) -> Table {
    let columns = [
        "item-weights",
        "#index",
        "#interval",
        "#difference-from-chosen",
        "#difference-interval",
    ];
    let mut table = page.table("table-choices", &columns, page.base_of_index(wave));
    for choice in choices {
        let name = Cell::from(page.words.word(weights_key(choice.weights)));
        let name = if choice.chosen {
            name.noted(page.words.word("choice-chosen"))
        } else {
            name
        };
        table.rows.push(Row::of(vec![
            name,
            words::points(choice.index.as_ref()).into(),
            page.words.interval(choice.index.and_then(|e| e.interval)).into(),
            signed_with(choice.difference.map(|d| d.value), 2).into(),
            page.words.interval_with(choice.difference.and_then(|e| e.interval), 2).into(),
        ]));
    }
    table.notes.push(page.by_precision("note-choices", wave));
    table.lean()
}

/// What the reader is to take from the table: the span of the index over the choices beside its margin of error.
fn reading(page: &Page<'_>, choices: &[WeightChoice]) -> Option<Block> {
    let chosen: Estimate = choices.iter().find(|c| c.chosen)?.index?;
    let margin = chosen.interval.map(|i| (i.upper - i.lower) / 2.0)?;
    let values: Vec<f64> = choices.iter().filter_map(|c| c.index.map(|e| e.value)).collect();
    let low = values.iter().copied().min_by(f64::total_cmp)?;
    let high = values.iter().copied().max_by(f64::total_cmp)?;
    let furthest = values.iter().map(|v| (v - chosen.value).abs()).max_by(f64::total_cmp)?;
    let key = if furthest <= margin { "choices-within" } else { "choices-beyond" };
    let (low, high, furthest, margin) = (
        number(Some(low), 1),
        number(Some(high), 1),
        number(Some(furthest), 1),
        number(Some(margin), 1),
    );
    let args: [(&'static str, &dyn std::fmt::Display); 5] = [
        ("ways", &values.len()),
        ("low", &low),
        ("high", &high),
        ("furthest", &furthest),
        ("margin", &margin),
    ];
    Some(page.paragraph(key, &args))
}
