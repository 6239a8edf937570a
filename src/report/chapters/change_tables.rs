//! Tables and sentences of one comparison of two waves.

use super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::page::Page;
use super::super::words::{self, count, count_of, level, number, p_value, percent, short, signed};
use super::comparability::{bridged, not_compared};
use crate::assessment::touchpoints::COMPLAINT_RATE;
use crate::index::quantity::Family;
use crate::survey::trend::Adjustment;
use crate::tally::link::LinkKind;
use crate::trend::comparability::NotCompared;
use crate::trend::{Change, Comparison, Direction};

/// What stands below the index and the dimensions of a comparison.
pub(super) const EVERYTHING: &[(Family, &str)] = &[
    (Family::Measures, "changes-measures"),
    (Family::Items, "changes-items"),
    (Family::Domains, "changes-domains"),
    (Family::DomainDimensions, "changes-domain-dimensions"),
];

/// The same without the dimensions by group.
pub(super) const WITH_GROUPS: &[(Family, &str)] = EVERYTHING.split_at(3).0;

/// What stands there where only everybody's answers are shown.
pub(super) const OF_EVERYBODY: &[(Family, &str)] = EVERYTHING.split_at(2).0;

/// The index and the dimensions, who is in both waves, what could have been seen, and the families below, folded.
pub(super) fn blocks(page: &Page<'_>, comparison: &Comparison, below: &[(Family, &str)]) -> Vec<Block> {
    let changes: Vec<&Change> = comparison.changes.iter().collect();
    let mut headline = table(page, comparison, &changes, "table-comparison");
    let columns = headline.columns.len();
    headline.rows.extend(not_compared(page, &comparison.not_compared, columns));
    let mut blocks = vec![Block::Table(headline)];
    blocks.extend([shared(page, comparison), sensitivity(page, comparison)].into_iter().flatten());
    for (family, title) in below {
        let changes: Vec<&Change> = comparison.of(*family).collect();
        let refused: &[NotCompared] = if *family == Family::Items {
            &comparison.items_not_compared
        } else {
            &[]
        };
        if changes.is_empty() && refused.is_empty() {
            continue;
        }
        let mut table = table(page, comparison, &changes, title);
        table.rows.extend(not_compared(page, refused, columns));
        let title = std::mem::take(&mut table.caption);
        blocks.push(Block::Details {
            title,
            blocks: vec![Block::Table(table)],
        });
    }
    blocks
}

fn table(page: &Page<'_>, comparison: &Comparison, changes: &[&Change], caption: &str) -> Table {
    let columns = [
        "quantity",
        "#before",
        "#after",
        "#change",
        "#interval",
        "#p",
        "#p-holm",
        "#detectable",
        "reading",
    ];
    let (from, to) = (page.wave_named(&comparison.from), page.wave_named(&comparison.to));
    let mut table = page.table(caption, &columns, base(page, comparison, &from, &to));
    table.caption = page.words.say(caption, &[("from", &from), ("to", &to)]);
    let mut column = None;
    for change in changes {
        let heading = change.domain.as_ref().map(|d| match change.family {
            Family::DomainDimensions => format!("{} · {}", words::shown(&d.column), words::shown(&d.category)),
            _ => words::shown(&d.column),
        });
        if heading != column {
            table.rows.extend(heading.clone().map(Row::head));
            column = heading;
        }
        table.rows.push(Row {
            strong: change.family == Family::Index,
            ..Row::of(cells(page, comparison, change))
        });
    }
    let tests = changes.iter().filter(|c| c.p_value.is_some() && c.family != Family::Index).count() as u64;
    let adjustment = adjustment(page, comparison);
    let power = percent_of(comparison.settings.power);
    table.notes.push(page.words.say(
        "note-changes",
        &[("tests", &count(tests)), ("adjustment", &adjustment), ("power", &power)],
    ));
    if let Some(margin) = comparison.settings.equivalence_margin {
        table.notes.push(page.words.say(
            "note-equivalence",
            &[
                ("margin", &short(margin)),
                ("level", &level(2.0 * page.assessment.survey.level - 1.0)),
            ],
        ));
    }
    table
}

fn cells(page: &Page<'_>, comparison: &Comparison, change: &Change) -> Vec<Cell> {
    let bh = page.words.say("note-bh", &[("p", &p_value(change.p_value_bh))]);
    vec![
        name(page, change).into(),
        page.value_over_interval(&change.before),
        page.value_over_interval(&change.after),
        signed(change.change_points).into(),
        Cell::from(page.words.interval(change.interval)).noted(error_note(page, change)),
        p_value(change.p_value).into(),
        Cell::from(p_value(change.p_value_holm)).noted(if change.p_value_bh.is_some() { bh } else { String::new() }),
        number(change.smallest_detectable_change, 1).into(),
        reading(page, comparison, change),
    ]
}

fn name(page: &Page<'_>, change: &Change) -> String {
    match (&change.domain, change.family) {
        (Some(domain), Family::Domains) => words::shown(&domain.category),
        _ if change.quantity == "index" => page.words.word("index"),
        _ => page.words.text(&change.title),
    }
}

/// The standard error, and what it would be if the waves were independent, where they are not; what a bridge took off.
fn error_note(page: &Page<'_>, change: &Change) -> String {
    let (Some(se), Some(independent)) = (change.standard_error, change.standard_error_independent) else {
        return String::new();
    };
    let key = if change.correlation.is_some() {
        "note-se-linked"
    } else {
        "note-se"
    };
    let args: [(&'static str, &dyn std::fmt::Display); 2] = [("se", &number(Some(se), 2)), ("independent", &number(Some(independent), 2))];
    let notes = [page.words.say(key, &args), bridged(page, change)];
    let notes: Vec<String> = notes.into_iter().filter(|note| !note.is_empty()).collect();
    notes.join(" · ")
}

/// The verdict, and what to mind where verdict and interval seem to differ.
pub(super) fn reading(page: &Page<'_>, comparison: &Comparison, change: &Change) -> Cell {
    // Fewer complaints are better.
    let (up, down) = if change.family == Family::Measures && change.quantity == COMPLAINT_RATE {
        (Tone::Bad, Tone::Good)
    } else {
        (Tone::Good, Tone::Bad)
    };
    let (key, tone) = match change.direction {
        Direction::Up => ("direction-up", up),
        Direction::Down => ("direction-down", down),
        Direction::Equivalent => ("direction-equivalent", Tone::Plain),
        Direction::NotSignificant => ("direction-not-significant", Tone::Unsure),
        Direction::Undetermined => ("direction-undetermined", Tone::Plain),
    };
    let margin = comparison.settings.equivalence_margin.map_or_else(String::new, short);
    let excludes_zero = change.interval.is_some_and(|i| i.lower > 0.0 || i.upper < 0.0);
    let note = match change.direction {
        Direction::Up | Direction::Down if change.equivalence.is_some_and(|e| e.holds) => {
            page.words.say("direction-small", &[("margin", &margin)])
        }
        Direction::NotSignificant if excludes_zero => page
            .words
            .say("direction-adjusted-away", &[("adjustment", &adjustment(page, comparison))]),
        Direction::Equivalent if excludes_zero => page.words.word("direction-adjusted-away-small"),
        _ => String::new(),
    };
    Cell::from(page.words.say(key, &[("margin", &margin)])).toned(tone).noted(note)
}

/// The name of the adjustment that decides.
pub(super) fn adjustment(page: &Page<'_>, comparison: &Comparison) -> String {
    page.words.word(match comparison.settings.adjustment {
        Adjustment::Holm => "adjustment-holm",
        Adjustment::BenjaminiHochberg => "adjustment-bh",
    })
}

/// The p-value that decides.
pub(super) fn decisive_p(comparison: &Comparison, change: &Change) -> Option<f64> {
    match comparison.settings.adjustment {
        Adjustment::Holm => change.p_value_holm,
        Adjustment::BenjaminiHochberg => change.p_value_bh,
    }
}

/// Who is in both waves, and what it does to the error of the index.
fn shared(page: &Page<'_>, comparison: &Comparison) -> Option<Block> {
    let Some(units) = comparison.shared else {
        return Some(page.paragraph("shared-unknown", &[]));
    };
    let kind = page.words.word(match units.kind {
        LinkKind::Respondents => "shared-respondents",
        LinkKind::Clusters => "shared-clusters",
    });
    if units.shared == 0 {
        return Some(page.paragraph("shared-none", &[("kind", &kind)]));
    }
    let index = comparison.of(Family::Index).next()?;
    let share = percent(Some(units.shares().1));
    let args: [(&'static str, &dyn std::fmt::Display); 6] = [
        ("kind", &kind),
        ("n", &count(units.shared)),
        ("share", &share),
        ("correlation", &number(index.correlation, 2)),
        ("se", &number(index.standard_error, 2)),
        ("independent", &number(index.standard_error_independent, 2)),
    ];
    let key = if index.correlation.is_some() {
        "shared-some"
    } else {
        "shared-no-correlation"
    };
    Some(page.paragraph(key, &args))
}

/// What change of the index these samples could have seen; and where "no change" cannot be ruled out, what the printed interval does rule
/// out. Where it leaves 0 out the interval itself says how large the change may be.
fn sensitivity(page: &Page<'_>, comparison: &Comparison) -> Option<Block> {
    let index = comparison.of(Family::Index).next()?;
    let significant = index.smallest_significant_change.filter(|c| *c > 0.0)?;
    let mut text = page.words.say(
        "sensitivity",
        &[
            ("significant", &number(Some(significant), 1)),
            ("detectable", &number(index.smallest_detectable_change, 1)),
            ("power", &percent_of(comparison.settings.power)),
        ],
    );
    if let Some(interval) = index.interval.filter(|i| i.lower <= 0.0 && i.upper >= 0.0) {
        let bound = number(Some(interval.upper.max(-interval.lower)), 1);
        let args: [(&'static str, &dyn std::fmt::Display); 2] = [("bound", &bound), ("level", &level(page.assessment.survey.level))];
        text.push_str(&page.words.word("sentence-gap"));
        text.push_str(&page.words.say("sensitivity-bound", &args));
    }
    Some(Block::Paragraph { text })
}

fn percent_of(share: f64) -> String {
    level(share)
}

fn base(page: &Page<'_>, comparison: &Comparison, from: &str, to: &str) -> String {
    let index = comparison.of(Family::Index).next().or(comparison.changes.first());
    let n = |reported: Option<&crate::index::estimate::Reported>| count_of(reported.and_then(|r| r.estimate).map(|e| e.n));
    page.words.say(
        "base-comparison",
        &[
            ("from", &from),
            ("to", &to),
            ("before", &n(index.map(|c| &c.before))),
            ("after", &n(index.map(|c| &c.after))),
            ("level", &level(page.assessment.survey.level)),
        ],
    )
}
