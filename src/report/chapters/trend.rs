//! Changes between waves. The report of a year tells what changed since the wave before, by groups as far as their index, and the index and
//! dimensions against the other waves. The surveillance report tells everything since the wave before, the quantities of everybody against
//! the other waves, the index and the dimensions between earlier waves. The rest stands in `assessment.json`.

use super::super::Kind;
use super::super::document::Block;
use super::super::page::Page;
use super::change_tables::{self, EVERYTHING, OF_EVERYBODY, WITH_GROUPS};

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
    let over_the_years = page.kind == Kind::Surveillance;
    for comparison in current {
        let since_the_last = Some(&comparison.from.as_str()) == ids.get(1);
        let below = match (since_the_last, over_the_years) {
            (true, true) => EVERYTHING,
            (true, false) => WITH_GROUPS,
            (false, true) => OF_EVERYBODY,
            (false, false) => &[],
        };
        blocks.extend(change_tables::blocks(page, comparison, below));
    }
    for older in earlier.into_iter().rev().filter(|_| over_the_years) {
        let (from, to) = (page.wave_named(&older.from), page.wave_named(&older.to));
        let mut inner = change_tables::blocks(page, older, &[]);
        // The title says which waves are compared.
        if let Some(Block::Table(table)) = inner.first_mut() {
            table.caption.clear();
        }
        blocks.push(Block::Details {
            title: page.words.say("table-comparison", &[("from", &from), ("to", &to)]),
            blocks: inner,
        });
    }
    if over_the_years && page.assessment.waves.len() > 2 {
        blocks.push(page.paragraph("trend-elsewhere", &[]));
    } else if !over_the_years {
        blocks.push(page.paragraph("trend-in-surveillance", &[]));
    }
    blocks
}
