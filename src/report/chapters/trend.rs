//! Changes between waves: everything since the wave before, the quantities of everybody against the other waves, the index and the
//! dimensions between earlier waves. The rest stands in `assessment.json`.

use super::super::document::Block;
use super::super::page::Page;
use super::change_tables::{self, EVERYTHING, OF_EVERYBODY};

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    if page.assessment.waves.len() < 2 {
        return vec![page.paragraph("trend-single", &[])];
    }
    let mut blocks = vec![page.paragraph("trend-intro", &[])];
    blocks.extend(page.figure("trend", page.base_of_waves()));
    blocks.extend(page.figure("trend-dimensions", page.base_of_waves()));
    let ids: Vec<&str> = page.assessment.waves.iter().rev().map(|w| w.id.as_str()).take(2).collect();
    let (current, earlier): (Vec<_>, Vec<_>) = page
        .assessment
        .comparisons
        .iter()
        .partition(|c| Some(&c.to.as_str()) == ids.first());
    for comparison in current {
        let since_the_last = Some(&comparison.from.as_str()) == ids.get(1);
        let below = if since_the_last { EVERYTHING } else { OF_EVERYBODY };
        blocks.extend(change_tables::blocks(page, comparison, below));
    }
    for older in earlier.into_iter().rev() {
        let (from, to) = (page.wave_named(&older.from), page.wave_named(&older.to));
        blocks.push(Block::Details {
            title: page.words.say("table-comparison", &[("from", &from), ("to", &to)]),
            blocks: change_tables::blocks(page, older, &[]),
        });
    }
    if page.assessment.waves.len() > 2 {
        blocks.push(page.paragraph("trend-elsewhere", &[]));
    }
    blocks
}
