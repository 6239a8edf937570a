//! Changes between waves.

use super::super::document::Block;
use super::super::page::Page;
use super::change_tables;

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    if page.assessment.waves.len() < 2 {
        return vec![page.paragraph("trend-single", &[])];
    }
    let mut blocks = vec![page.paragraph("trend-intro", &[])];
    blocks.extend(page.figure("trend", page.base_of_waves()));
    blocks.extend(page.figure("trend-dimensions", page.base_of_waves()));
    let latest = page.latest().map(|w| w.id.as_str()).unwrap_or_default();
    let (current, earlier): (Vec<_>, Vec<_>) = page.assessment.comparisons.iter().partition(|c| c.to == latest);
    blocks.extend(current.into_iter().flat_map(|c| change_tables::blocks(page, c)));
    for older in earlier.into_iter().rev() {
        let (from, to) = (page.wave_named(&older.from), page.wave_named(&older.to));
        blocks.push(Block::Details {
            title: page.words.say("table-comparison", &[("from", &from), ("to", &to)]),
            blocks: change_tables::blocks(page, older),
        });
    }
    blocks
}
