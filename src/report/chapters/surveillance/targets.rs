//! Results against targets.

use super::super::super::document::{Block, Row, Table};
use super::super::super::page::Page;
use super::super::super::words::{count, number, signed};
use super::verdict;
use crate::grade::Verdict;
use crate::surveillance::targets::TargetReading;

pub(in super::super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let readings = page
        .assessment
        .surveillance
        .as_ref()
        .map(|s| s.targets.as_slice())
        .unwrap_or_default();
    let waves: Vec<_> = page.assessment.waves.iter().rev().collect();
    let mut blocks = Vec::new();
    for wave in waves {
        let of_wave: Vec<&TargetReading> = readings.iter().filter(|r| r.wave == wave.id).collect();
        if of_wave.is_empty() {
            continue;
        }
        let with = |v: Verdict| count(of_wave.iter().filter(|r| r.verdict == v).count() as u64);
        let args: [(&'static str, &dyn std::fmt::Display); 5] = [
            ("wave", &page.wave_title(wave)),
            ("count", &count(of_wave.len() as u64)),
            ("met", &with(Verdict::Met)),
            ("missed", &with(Verdict::NotMet)),
            ("open", &with(Verdict::CannotTell)),
        ];
        blocks.push(page.paragraph("targets-reading", &args));
        let mut table = page.table(
            "table-targets",
            &["quantity", "#goal", "#found", "#n", "#off-target", "reading"],
            page.base(wave),
        );
        table.caption = page.words.say("table-targets", &[("wave", &page.wave_title(wave))]);
        table.rows = of_wave.iter().map(|r| row(page, r)).collect();
        table.notes.push(page.words.word("note-targets"));
        if of_wave.iter().any(|r| r.lower_is_better) {
            table.notes.push(page.words.word("note-targets-ceiling"));
        }
        blocks.push(Block::Table(Table { ..table }));
    }
    blocks
}

fn row(page: &Page<'_>, reading: &TargetReading) -> Row {
    Row::of(vec![
        page.words.text(&reading.title).into(),
        number(Some(reading.target), 1).into(),
        page.value_over_interval(&reading.result),
        super::super::super::words::count_of(reading.result.estimate.map(|e| e.n)).into(),
        signed(reading.margin).into(),
        verdict(page, reading.verdict),
    ])
}
