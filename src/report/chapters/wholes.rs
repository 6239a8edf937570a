//! Dimensions that are made of others: how much each part is of the whole.

use super::super::document::{Block, Row, Table};
use super::super::page::Page;
use super::super::words::number;
use crate::assessment::WaveAssessment;
use crate::assessment::inner::{InnerModel, Whole};
use crate::model::pls::OuterMode;
use crate::model::structure::HigherMethod;

pub(super) fn blocks(page: &Page<'_>, wave: &WaveAssessment, inner: &InnerModel) -> Vec<Block> {
    let one = |whole: &Whole| {
        let name = page.dimension_named(wave, &whole.dimension);
        let direction = if whole.outer == OuterMode::ModeB {
            "whole-formed"
        } else {
            "whole-shown"
        };
        [
            page.paragraph(direction, &[("dimension", &name)]),
            Block::Table(table(page, wave, whole, &name)),
        ]
    };
    inner.wholes.iter().flat_map(one).collect()
}

fn table(page: &Page<'_>, wave: &WaveAssessment, whole: &Whole, name: &str) -> Table {
    let columns = ["dimension", "#part-share", "#interval", "#part-correlation", "#interval"];
    let mut table = page.table("table-whole", &columns, page.base_all(wave));
    table.caption = page.words.say("table-whole", &[("dimension", &name)]);
    for part in &whole.parts {
        table.rows.push(Row::of(vec![
            page.dimension_named(wave, &part.dimension).into(),
            number(part.share.map(|e| e.value), 3).into(),
            page.words.interval_with(part.share.and_then(|e| e.interval), 3).into(),
            number(part.correlation.map(|e| e.value), 3).into(),
            page.words.interval_with(part.correlation.and_then(|e| e.interval), 3).into(),
        ]));
    }
    let method = page.words.word(match whole.method {
        HigherMethod::TwoStage => "whole-two-stage",
        HigherMethod::RepeatedIndicators => "whole-repeated",
    });
    table.notes.push(page.words.say("note-whole", &[("method", &method)]));
    table
}
