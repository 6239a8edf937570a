//! Who drew up, checked and approved the report: left empty, for names and signatures by hand.

use super::super::document::{Block, Cell, Row};
use super::super::page::Page;

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(wave) = page.latest() else { return Vec::new() };
    let columns = ["sign-role", "sign-name", "sign-signature", "sign-date"];
    let base = page.words.say("base-sign-off", &[("wave", &page.wave_title(wave))]);
    let mut table = page.table("table-sign-off", &columns, base);
    for role in ["drawn-up", "checked", "approved"] {
        let mut cells = vec![Cell::from(page.words.word(&format!("sign-{role}")))];
        cells.resize_with(columns.len(), Cell::default);
        table.rows.push(Row::of(cells));
    }
    vec![page.paragraph("sign-off-intro", &[]), Block::Table(table)]
}
