//! Of the reading against schemes: how a scorecard comes to its total, what is missing, what the next grade would take, what is assumed.

use super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::page::Page;
use super::super::words::{self, number, short};
use super::determination::confidence;
use crate::assessment::WaveAssessment;
use crate::grade::next::{Improvement, LeverBasis, LeverKind, NextGrade, Settling};
use crate::grade::scheme::Reads;
use crate::grade::{Arithmetic, Determination, Missing, MissingKind};

/// Points of the blocks, and the steps from them to the total.
pub(super) fn scorecard(page: &Page<'_>, wave: &WaveAssessment, determination: &Determination) -> Vec<Block> {
    let Some(arithmetic) = &determination.arithmetic else {
        return Vec::new();
    };
    let base = page.words.say("base-audit", &[("wave", &page.wave_title(wave))]);
    let columns = ["block", "#block-points", "#applicable", "#obtained", "#open", "#room"];
    let mut table = page.table("table-blocks", &columns, base.clone());
    for block in &determination.blocks {
        table.rows.push(Row::of(vec![
            format!("{} {}", words::shown(&block.block), page.words.text(&block.title)).into(),
            number(block.points, 1).into(),
            number(Some(block.applicable), 1).into(),
            number(Some(block.obtained), 1).into(),
            number(Some(block.open), 1).into(),
            number(Some(block.room), 1).into(),
        ]));
    }
    if determination.reads == Reads::Index {
        table.notes.push(page.words.word("note-sections"));
        return vec![Block::Table(table)];
    }
    vec![Block::Table(table), Block::Table(steps(page, arithmetic, base))]
}

fn steps(page: &Page<'_>, a: &Arithmetic, base: String) -> Table {
    let mut table = page.table("table-arithmetic", &["arithmetic", "#points-of", "remark"], base);
    let mut row = |key: &str, value: String, remark: String| {
        table
            .rows
            .push(Row::of(vec![page.words.word(key).into(), value.into(), remark.into()]));
    };
    let points = |value: f64| number(Some(value), 2);
    let not_applicable = page
        .words
        .say("arithmetic-not-applicable", &[("points", &points(a.not_applicable))]);
    row("arithmetic-obtained", points(a.obtained), String::new());
    row("arithmetic-applicable", points(a.applicable), not_applicable);
    let renormalised = if a.renormalised {
        "arithmetic-renormalised"
    } else {
        "arithmetic-as-is"
    };
    row("arithmetic-scored", points(a.scored), page.words.word(renormalised));
    let deductions = page.words.say("arithmetic-count", &[("count", &a.deductions)]);
    row("arithmetic-deductions", points(-a.deduction_points), deductions);
    let bonuses = page.words.say("arithmetic-count", &[("count", &a.bonuses)]);
    row("arithmetic-bonuses", points(a.bonus_points), bonuses);
    match a.total {
        Some(total) => row("arithmetic-total", points(total), page.words.text(&a.order)),
        None => row(
            "arithmetic-total",
            page.words.range(&points(a.low), &points(a.high)),
            page.words.word("arithmetic-open"),
        ),
    }
    table
}

/// What is missing, one sentence a kind.
pub(super) fn missing(page: &Page<'_>, determination: &Determination) -> Vec<Block> {
    let kinds = [
        (MissingKind::BodyRule, "missing-body-rule"),
        (MissingKind::Index, "missing-index"),
        (MissingKind::Interval, "missing-interval"),
        (MissingKind::Scorecard, "missing-scorecard"),
        (MissingKind::ClauseScore, "missing-clause-score"),
        (MissingKind::ClauseProof, "missing-clause-proof"),
        (MissingKind::ConditionProof, "missing-condition-proof"),
    ];
    let name = |m: &Missing| {
        let title = page.words.text(&m.title);
        let clause = matches!(m.what, MissingKind::ClauseScore | MissingKind::ClauseProof) && title != m.subject;
        if clause {
            format!("{} {title}", words::shown(&m.subject))
        } else {
            title
        }
    };
    let sentence = |(kind, key): &(MissingKind, &str)| {
        let names: Vec<String> = determination.missing.iter().filter(|m| m.what == *kind).map(name).collect();
        (!names.is_empty()).then(|| page.words.say(key, &[("names", &names.join(&page.words.word("comma")))]))
    };
    let items: Vec<String> = kinds.iter().filter_map(sentence).collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![page.paragraph("missing-title", &[]), Block::List { items }]
}

/// What the next grade would take.
pub(super) fn next(page: &Page<'_>, wave: &WaveAssessment, determination: &Determination) -> Vec<Block> {
    let Some(next) = &determination.next else { return Vec::new() };
    let mut blocks = vec![distance(page, determination, next)];
    let settling: Vec<String> = determination.settling.iter().map(|s| settle(page, s)).collect();
    if !settling.is_empty() {
        blocks.push(Block::List { items: settling });
    }
    if !next.blocks.is_empty() {
        let enough: Vec<String> = next
            .blocks
            .iter()
            .filter(|b| b.suffices)
            .map(|b| page.words.text(&b.title))
            .collect();
        let key = if enough.is_empty() { "next-no-block" } else { "next-blocks" };
        blocks.push(page.paragraph(key, &[("blocks", &enough.join(&page.words.word("comma")))]));
    }
    blocks.extend(ways(page, wave, next, LeverKind::Dimension));
    if !next.together.is_empty() {
        let step = |s: &crate::grade::next::Step| {
            let (name, points, gain) = (page.words.text(&s.title), number(Some(s.points), 1), number(Some(s.gain), 1));
            page.words
                .say("together-step", &[("name", &name), ("points", &points), ("gain", &gain)])
        };
        blocks.push(page.paragraph("together", &[]));
        blocks.push(Block::List {
            items: next.together.iter().map(step).collect(),
        });
    }
    let of_items = ways(page, wave, next, LeverKind::Item);
    if of_items.iter().any(|block| matches!(block, Block::Table(_))) {
        blocks.push(page.fold("improvements-items", wave, of_items));
    } else {
        blocks.extend(of_items);
    }
    blocks
}

/// What reaches the line by itself, in a table; what does not, in a sentence. Dimensions that are not acted on stand in the table without
/// being called a way; items of theirs are left out.
fn ways(page: &Page<'_>, wave: &WaveAssessment, next: &NextGrade, kind: LeverKind) -> Vec<Block> {
    let of_kind: Vec<&Improvement> = next.improvements.iter().filter(|i| i.kind == kind).collect();
    let (acted_on, not_acted): (Vec<&Improvement>, Vec<&Improvement>) = of_kind.into_iter().partition(|i| i.actionable);
    let (mut rows, short_of): (Vec<&Improvement>, Vec<&Improvement>) = acted_on.into_iter().partition(|i| i.reaches);
    if kind == LeverKind::Dimension {
        rows.extend(&not_acted);
    }
    let mut blocks = Vec::new();
    if !rows.is_empty() {
        blocks.push(Block::Table(improvements(page, wave, next, &rows)));
    }
    let grade = page.words.text(&next.title);
    match kind {
        LeverKind::Dimension if !short_of.is_empty() => {
            let names: Vec<String> = short_of.iter().map(|i| page.words.text(&i.title)).collect();
            let names = names.join(&page.words.word("comma"));
            blocks.push(page.paragraph("not-alone-dimensions", &[("names", &names), ("grade", &grade)]));
        }
        LeverKind::Item if !short_of.is_empty() => {
            let key = if rows.is_empty() {
                "not-alone-items-none"
            } else {
                "not-alone-items"
            };
            blocks.push(page.paragraph(key, &[("count", &short_of.len()), ("grade", &grade)]));
        }
        _ => {}
    }
    blocks
}

fn distance(page: &Page<'_>, determination: &Determination, next: &NextGrade) -> Block {
    let key = match (determination.reads, next.gap, next.gap_certain) {
        (Reads::Scorecard, Some(gap), _) if gap <= 0.0 => "next-failed",
        (Reads::Scorecard, Some(_), _) => "next-points",
        (Reads::Scorecard, None, _) => "next-points-open",
        (_, Some(gap), Some(_)) if gap > 0.0 => "next-index",
        (_, _, Some(_)) => "next-index-above",
        (_, _, None) => "next-index-no-interval",
    };
    let gap = number(next.gap.map(f64::abs), 2);
    let certain = number(next.gap_certain, 2);
    let (grade, line) = (page.words.text(&next.title), short(next.line));
    page.paragraph(key, &[("grade", &grade), ("line", &line), ("gap", &gap), ("certain", &certain)])
}

fn settle(page: &Page<'_>, settling: &Settling) -> String {
    let key = match settling.n_needed {
        None => "settle-never",
        Some(_) if settling.beyond_population => "settle-beyond",
        Some(_) if !settling.by_sample() => "settle-beyond-reach",
        Some(_) => "settle",
    };
    let (grade, line) = (page.words.text(&settling.title), short(settling.line));
    let args: [(&'static str, &dyn std::fmt::Display); 6] = [
        ("grade", &grade),
        ("line", &line),
        ("n", &words::count(settling.n)),
        ("needed", &words::count_of(settling.n_needed)),
        ("population", &words::count_of(settling.population)),
        ("reachable", &words::count_of(settling.reachable)),
    ];
    page.words.say(key, &args)
}

fn improvements(page: &Page<'_>, wave: &WaveAssessment, next: &NextGrade, rows: &[&Improvement]) -> Table {
    let mut columns = vec!["subject", "#score", "#index-effect", "#needed", "#needed-certain", "reaches-alone"];
    let costs = rows.iter().any(|i| i.cost.is_some());
    if costs {
        columns.push("#cost");
    }
    let mut table = page.table("table-improvements", &columns, page.base(wave));
    table.caption = page.words.say("table-improvements", &[("grade", &page.words.text(&next.title))]);
    for improvement in rows {
        let interval = improvement.effect_low.zip(improvement.effect_high);
        let effect = interval.map_or_else(String::new, |(low, high)| {
            page.words.range(&number(Some(low), 3), &number(Some(high), 3))
        });
        let needed = improvement.needed_certain_low.map_or_else(String::new, |low| {
            // Beyond the whole scale the upper end only says that the effect is hardly known.
            let high = improvement.needed_certain_high.filter(|high| *high <= 100.0);
            high.map_or_else(
                || page.words.say("needed-at-least", &[("low", &number(Some(low), 1))]),
                |high| page.words.range(&number(Some(low), 1), &number(Some(high), 1)),
            )
        });
        let mut cells = vec![
            page.words.text(&improvement.title).into(),
            number(Some(improvement.score), 1).into(),
            Cell::from(number(Some(improvement.effect), 3)).noted(effect),
            number(Some(improvement.needed), 1).into(),
            Cell::from(number(improvement.needed_certain, 1)).noted(needed),
            alone(page, improvement),
        ];
        if costs {
            cells.push(number(improvement.cost, 1).into());
        }
        table.rows.push(Row::of(cells));
    }
    let model = rows.iter().any(|i| i.basis == LeverBasis::TotalEffect);
    table.notes.push(page.words.word(if model {
        "note-improvements-model"
    } else {
        "note-improvements-weight"
    }));
    if rows.iter().any(|i| !i.actionable) {
        table.notes.push(page.words.word("note-not-acted"));
    }
    table
}

/// Whether an improvement is enough by itself. Where the upper end of what it takes goes beyond 100 points, only the point estimate says so.
fn alone(page: &Page<'_>, improvement: &Improvement) -> Cell {
    if !improvement.actionable {
        return page.words.word("reaches-not-acted").into();
    }
    if !improvement.reaches {
        return page.words.word("reaches-no").into();
    }
    let has_interval = improvement.effect_low.is_some();
    let within = |most: f64| improvement.score + most <= 100.0;
    if has_interval && improvement.needed_certain.is_some() && !improvement.needed_certain_high.is_some_and(within) {
        return Cell::from(page.words.word("reaches-by-point")).toned(Tone::Unsure);
    }
    Cell::from(page.words.word("reaches-yes")).toned(Tone::Good)
}

/// Every value that nobody has confirmed and that stands in no table above.
pub(super) fn assumed(page: &Page<'_>, wave: &WaveAssessment, determination: &Determination) -> Option<Block> {
    // Lines and conditions have their source in tables of their own.
    let told = |path: &str| path.starts_with("grades.") || path.starts_with("conditions.");
    let rest: Vec<_> = determination.assumed.iter().filter(|v| !told(&v.path)).collect();
    if rest.is_empty() {
        return None;
    }
    let base = page.words.say("base-scheme", &[("scheme", &words::shown(&determination.scheme))]);
    let mut table = page.table("table-assumed", &["subject", "#assumed-value", "confidence", "source"], base);
    for value in rest {
        table.rows.push(Row::of(vec![
            page.words.text(&value.title).into(),
            value.value.map_or_else(|| words::NOTHING.to_owned(), short).into(),
            confidence(page, value.confidence).into(),
            page.words.text(&value.source).into(),
        ]));
    }
    Some(page.fold("assumed-fold", wave, vec![Block::Table(table)]))
}
