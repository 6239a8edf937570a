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
    blocks.push(Block::Table(steps(page, wave)));
    blocks.push(Block::Table(strata(page, wave)));
    for earlier in page.earlier() {
        blocks.push(page.fold("earlier-weights", earlier, vec![Block::Table(strata(page, earlier))]));
    }
    blocks
}

fn steps(page: &Page<'_>, wave: &WaveAssessment) -> Table {
    let columns = ["step", "#weight-sum", "#weight-min", "#weight-max", "#kish", "#n-effective"];
    let mut table = page.table("table-steps", &columns, page.base_counts(wave));
    for step in &wave.weights.steps {
        table.rows.push(Row::of(vec![
            page.words.say("step", &[("step", &step.step)]).into(),
            number(Some(step.sum), 1).into(),
            number(Some(step.min), 3).into(),
            number(Some(step.max), 3).into(),
            number(step.kish_effect, 3).into(),
            number(step.n_effective, 1).into(),
        ]));
    }
    table.notes.push(page.words.word("note-steps"));
    table
}

fn strata(page: &Page<'_>, wave: &WaveAssessment) -> Table {
    let columns = [
        "stratum",
        "#n",
        "#factor-base",
        "#factor-nonresponse",
        "#factor-post",
        "#weight-final",
    ];
    let mut table = page.table("table-factors", &columns, page.base_counts(wave));
    for stratum in &wave.weights.strata {
        let name = if stratum.stratum.is_empty() {
            page.words.word("whole-sample")
        } else {
            words::shown(&stratum.stratum)
        };
        table.rows.push(Row::of(vec![
            name.into(),
            count(stratum.n).into(),
            number(Some(stratum.base), 3).into(),
            number(Some(stratum.nonresponse), 3).into(),
            number(Some(stratum.poststratification), 3).into(),
            number(Some(stratum.final_weight), 3).into(),
        ]));
    }
    table
}
