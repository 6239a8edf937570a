//! What moved the index.

use super::super::Kind;
use super::super::document::{Block, Cell, Row, Table};
use super::super::page::Page;
use super::super::words::{level, number, percent, shown, signed_with};
use crate::trend::decomposition::{Decomposition, Level, Mix, PartKind};

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(over_time) = &page.assessment.over_time else {
        return Vec::new();
    };
    if over_time.decompositions.is_empty() {
        return Vec::new();
    }
    let mut ids = page.assessment.waves.iter().rev().map(|w| w.id.as_str());
    let (latest, before) = (ids.next().unwrap_or_default(), ids.next().unwrap_or_default());
    let everything = page.kind == Kind::Surveillance;
    let told = over_time
        .decompositions
        .iter()
        .filter(|d| everything || (d.to == latest && d.from == before));
    let (current, earlier): (Vec<_>, Vec<_>) = told.partition(|d| d.to == latest);
    let mut blocks = vec![page.paragraph("moves-intro", &[])];
    blocks.extend(page.figure("moves", page.base_of_waves()));
    let title = |d: &Decomposition| {
        page.words.say(
            "moves-pair",
            &[("from", &page.wave_named(&d.from)), ("to", &page.wave_named(&d.to))],
        )
    };
    for one in current {
        blocks.push(Block::Heading { text: title(one) });
        blocks.extend(of_pair(page, one));
    }
    for one in earlier {
        blocks.push(Block::Details {
            title: title(one),
            blocks: of_pair(page, one),
        });
    }
    blocks
}

fn of_pair(page: &Page<'_>, one: &Decomposition) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(first) = one.levels.first() {
        blocks.push(page.paragraph(
            "moves-sentence",
            &[
                ("change", &signed_with(Some(one.after - one.before), 2)),
                ("scores", &signed_with(Some(first.scores), 2)),
                ("weights", &signed_with(Some(first.weights), 2)),
            ],
        ));
    }
    if one.bridge != 0.0 {
        let points = signed_with(Some(one.bridge), 2);
        blocks.push(page.paragraph("moves-bridge", &[("points", &points)]));
    }
    blocks.extend(one.levels.iter().map(|level| Block::Table(parts(page, one, level))));
    blocks.extend(one.mixes.iter().map(|mix| Block::Table(mix_of(page, one, mix))));
    if !one.refusals.is_empty() {
        let items = one.refusals.iter().map(|r| page.words.text(r)).collect();
        blocks.push(Block::List { items });
    }
    blocks
}

fn base(page: &Page<'_>, one: &Decomposition) -> String {
    let n = |id: &str| {
        let wave = page.assessment.waves.iter().find(|w| w.id == id);
        super::super::words::count_of(wave.and_then(|w| w.index.estimate).map(|e| e.n))
    };
    page.words.say(
        "base-comparison",
        &[
            ("from", &page.wave_named(&one.from)),
            ("to", &page.wave_named(&one.to)),
            ("before", &n(&one.from)),
            ("after", &n(&one.to)),
            ("level", &level(page.assessment.survey.level)),
        ],
    )
}

fn parts(page: &Page<'_>, one: &Decomposition, level: &Level) -> Table {
    let columns = [
        "part",
        "#score-before",
        "#score-after",
        "#weight-before",
        "#weight-after",
        "#by-score",
        "#by-weight",
        "#by-both",
    ];
    let caption = match level.parts_are {
        PartKind::Dimensions => "table-moves-dimensions",
        PartKind::Items => "table-moves-items",
    };
    let mut table = page.table(caption, &columns, base(page, one));
    for part in &level.parts {
        let interval = part.by_score_interval.map(|i| page.words.interval_with(Some(i), 2));
        table.rows.push(Row::of(vec![
            page.words.text(&part.title).into(),
            number(part.score_before, 1).into(),
            number(part.score_after, 1).into(),
            number(Some(part.weight_before), 3).into(),
            number(Some(part.weight_after), 3).into(),
            Cell::from(signed_with(Some(part.by_score), 2)).noted(interval.unwrap_or_default()),
            signed_with(Some(part.by_weight), 2).into(),
            signed_with(Some(part.by_score + part.by_weight), 2).into(),
        ]));
    }
    let mut cells = vec![Cell::from(page.words.word("moves-sum"))];
    cells.extend([Some(one.before), Some(one.after)].map(|v| Cell::from(number(v, 1))));
    cells.extend([Cell::default(), Cell::default()]);
    let sums = [level.scores, level.weights, level.scores + level.weights];
    cells.extend(sums.map(|v| Cell::from(signed_with(Some(v), 2))));
    table.rows.push(Row {
        strong: true,
        ..Row::of(cells)
    });
    table.notes.push(page.words.word("note-moves"));
    table
}

fn mix_of(page: &Page<'_>, one: &Decomposition, mix: &Mix) -> Table {
    let columns = [
        "category",
        "#mix-share-before",
        "#mix-share-after",
        "#score-before",
        "#score-after",
        "#within",
        "#mix",
        "#by-both",
    ];
    let mut table = page.table("table-moves-mix", &columns, base(page, one));
    table.caption = page.words.say("table-moves-mix", &[("column", &shown(&mix.column))]);
    for part in &mix.parts {
        table.rows.push(Row::of(vec![
            shown(&part.category).into(),
            percent(Some(part.share_before)).into(),
            percent(Some(part.share_after)).into(),
            number(Some(part.index_before), 1).into(),
            number(Some(part.index_after), 1).into(),
            signed_with(Some(part.within), 2).into(),
            signed_with(Some(part.mix), 2).into(),
            signed_with(Some(part.within + part.mix), 2).into(),
        ]));
    }
    let line = |key: &str, tail: [Cell; 3]| {
        let mut cells = vec![Cell::from(page.words.word(key))];
        cells.extend(std::iter::repeat_n(Cell::default(), 4));
        cells.extend(tail);
        Row::of(cells)
    };
    let points = |value: f64| Cell::from(signed_with(Some(value), 2));
    table
        .rows
        .push(line("moves-unanswered", [Cell::default(), Cell::default(), points(mix.unanswered)]));
    let whole = mix.within + mix.mix + mix.unanswered;
    table.rows.push(Row {
        strong: true,
        ..line("moves-sum", [points(mix.within), points(mix.mix), points(whole)])
    });
    table.notes.push(page.words.word("note-moves-mix"));
    table
}
