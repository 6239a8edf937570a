//! Whether the waves can be compared: what changed between them, waves taken from earlier assessments, measurement invariance.

use super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::page::Page;
use super::super::words::{count, level, number, p_statement, p_value, shown, signed, signed_with};
use crate::trend::Change;
use crate::trend::comparability::invariance::{InvarianceVerdict, WaveInvariance};
use crate::trend::comparability::{BreakRecord, Effect, INDEX, NotCompared, Origin, PairComparability};

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let pairs = page
        .assessment
        .over_time
        .as_ref()
        .map(|o| o.comparability.as_slice())
        .unwrap_or_default();
    if pairs.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![page.paragraph("comparability-intro", &[])];
    if pairs.iter().all(|pair| pair.breaks.is_empty()) {
        blocks.push(page.paragraph("comparability-none", &[]));
    }
    let broken = pairs.iter().filter(|pair| !pair.breaks.is_empty());
    blocks.extend(broken.map(|pair| Block::Table(breaks(page, pair))));
    blocks.push(page.paragraph("comparability-aliases", &[]));
    blocks.extend(taken(page));
    for pair in pairs {
        let Some(found) = &pair.invariance else { continue };
        blocks.extend(index_caveat(page, pair, found));
        blocks.push(Block::Table(invariance(page, pair, found)));
    }
    blocks
}

/// Rows of a table of changes for what is not compared: the reason stands where the numbers would.
pub(super) fn not_compared(page: &Page<'_>, quantities: &[NotCompared], columns: usize) -> Vec<Row> {
    let row = |one: &NotCompared| {
        let name = if one.quantity == INDEX {
            page.words.word("index")
        } else {
            page.words.text(&one.title)
        };
        let reasons: Vec<String> = one.reasons.iter().map(|r| page.words.text(r)).collect();
        let reading = Cell::from(page.words.word("not-compared")).noted(reasons.join(&page.words.word("sentence-gap")));
        let mut cells = vec![Cell::from(super::super::words::NOTHING); columns];
        cells[0] = name.into();
        cells[columns - 1] = reading.toned(Tone::Unsure);
        Row::of(cells)
    };
    quantities.iter().map(row).collect()
}

/// What was taken off a change, in words; empty where nothing was.
pub(super) fn bridged(page: &Page<'_>, change: &Change) -> String {
    let offset = change.bridge.filter(|b| b.points != 0.0 || b.standard_error > 0.0);
    offset.map_or_else(String::new, |bridge| {
        page.words.say(
            "bridged-change",
            &[
                ("points", &signed(Some(bridge.points))),
                ("se", &number(Some(bridge.standard_error), 2)),
            ],
        )
    })
}

fn breaks(page: &Page<'_>, pair: &PairComparability) -> Table {
    let (from, to) = (page.wave_named(&pair.from), page.wave_named(&pair.to));
    let columns = ["what-changed", "known", "touches", "consequence"];
    let base = page.words.say("base-comparability", &[("from", &from), ("to", &to)]);
    let mut table = page.table("table-breaks", &columns, base);
    table.caption = page.words.say("table-breaks", &[("from", &from), ("to", &to)]);
    table.rows = pair.breaks.iter().map(|one| row(page, one)).collect();
    table
}

fn row(page: &Page<'_>, one: &BreakRecord) -> Row {
    let origin = match one.origin {
        Origin::Declared => "origin-declared",
        Origin::Found => "origin-found",
    };
    let (effect, tone) = match one.effect {
        Effect::Breaks => ("effect-breaks", Tone::Bad),
        Effect::Bridged => ("effect-bridged", Tone::Unsure),
        Effect::Reservation => ("effect-reservation", Tone::Unsure),
    };
    Row::of(vec![
        page.words.text(&one.reason).into(),
        page.words.word(origin).into(),
        touches(page, one).into(),
        Cell::from(page.words.word(effect)).noted(bridge(page, one)).toned(tone),
    ])
}

/// Titles of the dimensions and ids of the items that a break touches.
fn touches(page: &Page<'_>, one: &BreakRecord) -> String {
    if one.everything {
        return page.words.word("touches-everything");
    }
    let names: Vec<String> = one.quantities.iter().map(|q| named(page, q)).collect();
    names.join(&page.words.word("comma"))
}

fn named(page: &Page<'_>, quantity: &str) -> String {
    if quantity == INDEX {
        return page.words.word("index");
    }
    page.latest()
        .map_or_else(|| shown(quantity), |wave| page.dimension_named(wave, quantity))
}

fn bridge(page: &Page<'_>, one: &BreakRecord) -> String {
    if let Some(reason) = &one.comparable {
        return page.words.say("bridge-comparable", &[("reason", &page.words.text(reason))]);
    }
    if one.offsets.is_empty() {
        return String::new();
    }
    let offset = |o: &crate::survey::over_time::Offset| {
        let (points, se) = (signed(Some(o.points)), number(Some(o.standard_error), 2));
        page.words
            .say("bridge-offset", &[("of", &named(page, &o.of)), ("points", &points), ("se", &se)])
    };
    let offsets: Vec<String> = one.offsets.iter().map(offset).collect();
    let source = one.source.as_ref().map(|s| page.words.text(s)).unwrap_or_default();
    let offsets = offsets.join(&page.words.word("comma"));
    page.words.say("bridge-offsets", &[("offsets", &offsets), ("source", &source)])
}

/// The waves that come from earlier assessments.
fn taken(page: &Page<'_>) -> Option<Block> {
    let mut table = page.table("table-taken", &["wave", "file", "survey-wave", "program", "digest"], String::new());
    for wave in &page.assessment.waves {
        let Some(from) = &wave.taken else { continue };
        table.rows.push(Row::of(vec![
            page.wave_title(wave).into(),
            shown(&from.file).into(),
            format!("{} / {}", shown(&from.survey), shown(&from.wave)).into(),
            format!("{} {}", shown(&from.producer.name), shown(&from.producer.version)).into(),
            shown(&from.sha256).into(),
        ]));
    }
    table.notes.push(page.words.word("note-taken"));
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

/// The index changes its meaning where the composite behind it does.
fn index_caveat(page: &Page<'_>, pair: &PairComparability, found: &WaveInvariance) -> Option<Block> {
    let index = page.assessment.survey.index_dimension.as_deref()?;
    let construct = found.constructs.iter().find(|c| c.dimension == index)?;
    if construct.verdict != InvarianceVerdict::None {
        return None;
    }
    let (from, to) = (page.wave_named(&pair.from), page.wave_named(&pair.to));
    let (c, p) = (
        number(construct.micom.score_correlation, 4),
        p_statement(construct.micom.score_correlation_p),
    );
    Some(Block::Callout {
        text: page
            .words
            .say("invariance-index", &[("from", &from), ("to", &to), ("c", &c), ("p", &p)]),
        tone: Tone::Unsure,
    })
}

fn invariance(page: &Page<'_>, pair: &PairComparability, found: &WaveInvariance) -> Table {
    let (from, to) = (page.wave_named(&pair.from), page.wave_named(&pair.to));
    let columns = [
        "dimension",
        "#correlation",
        "#composition-p",
        "#mean-difference",
        "#mean-p",
        "#variance-ratio",
        "#variance-p",
        "reading",
    ];
    let base = page.words.say(
        "base-invariance",
        &[
            ("from", &from),
            ("to", &to),
            ("before", &count(found.n_from)),
            ("after", &count(found.n_to)),
            ("level", &level(page.assessment.survey.level)),
        ],
    );
    let mut table = page.table("table-invariance", &columns, base);
    table.caption = page.words.say("table-invariance", &[("from", &from), ("to", &to)]);
    for one in &found.constructs {
        let (key, tone) = match one.verdict {
            InvarianceVerdict::Full => ("invariance-full", Tone::Good),
            InvarianceVerdict::Partial => ("invariance-partial", Tone::Good),
            InvarianceVerdict::None => ("invariance-none", Tone::Unsure),
            InvarianceVerdict::Undetermined => ("invariance-undetermined", Tone::Plain),
        };
        table.rows.push(Row::of(vec![
            named(page, &one.dimension).into(),
            number(one.micom.score_correlation, 4).into(),
            p_value(one.micom.score_correlation_p).into(),
            signed_with(one.micom.mean_difference, 2).into(),
            p_value(one.micom.mean_p).into(),
            signed_with(one.micom.variance_ratio, 2).into(),
            p_value(one.micom.variance_p).into(),
            Cell::from(page.words.word(key)).toned(tone),
        ]));
    }
    table.notes.push(page.words.say(
        "note-invariance",
        &[
            ("permutations", &count(u64::from(found.permutations))),
            ("failed", &count(found.failed)),
            ("exchange", &super::groups::exchange(page, found.exchange.as_ref())),
        ],
    ));
    table
}
