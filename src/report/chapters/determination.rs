//! Chapter 8: the result read against schemes, and the same in a sentence for the first screen.

use super::super::document::{Block, Cell, Line, Reading, Row, Table, Tone};
use super::super::page::Page;
use super::super::words::{self, beside_line, number, probability, short, signed};
use crate::assessment::WaveAssessment;
use crate::grade::scheme::{Confidence, Reads, Status};
use crate::grade::{ConditionVerdict, Determination, GradeVerdict, Verdict};

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(wave) = page.latest() else { return Vec::new() };
    if wave.determinations.is_empty() {
        return vec![page.paragraph("determination-none", &[])];
    }
    let mut blocks = vec![page.paragraph("determination-intro", &[])];
    for determination in &wave.determinations {
        scheme(page, wave, determination, &mut blocks);
    }
    for earlier in page.earlier() {
        let table = |d: &Determination| {
            Block::Table(Table {
                caption: page.words.text(&d.title),
                ..grades(page, earlier, d)
            })
        };
        blocks.push(page.fold("earlier-determination", earlier, earlier.determinations.iter().map(table).collect()));
    }
    blocks
}

fn scheme(page: &Page<'_>, wave: &WaveAssessment, determination: &Determination, blocks: &mut Vec<Block>) {
    let reading = reading(page, determination);
    blocks.push(Block::Heading { text: reading.scheme });
    if determination.provisional {
        blocks.push(Block::Callout {
            text: page.words.word("provisional-long"),
            tone: Tone::Unsure,
        });
    }
    let body = &determination.body;
    let rule = if body.rule.is_empty() {
        page.words.word("no-body")
    } else {
        let parts = [&body.name, &body.rule, &body.version, &body.date];
        let known: Vec<&str> = parts.into_iter().map(String::as_str).filter(|p| !p.is_empty()).collect();
        words::shown(&known.join(" "))
    };
    let edition = if determination.edition.is_empty() || determination.document.ends_with(&determination.edition) {
        String::new()
    } else {
        format!(" ({})", determination.edition)
    };
    let document = words::shown(&format!("{}{edition}", determination.document));
    let highest = |grade: &Option<String>| grade_title(page, determination, grade.as_deref());
    blocks.push(Block::Facts {
        facts: vec![
            page.fact("document", document),
            page.fact("rule", rule),
            page.fact("grade-certain", highest(&determination.grade_certain)),
            page.fact("grade-possible", highest(&determination.grade_possible)),
            page.fact(
                "conditions-met",
                page.words.word(if determination.conditions_met {
                    "conditions-all"
                } else {
                    "conditions-open"
                }),
            ),
        ],
    });
    blocks.push(Block::List {
        items: reading.lines.into_iter().map(|l| l.text).collect(),
    });
    blocks.push(Block::Table(grades(page, wave, determination)));
    if !determination.conditions.is_empty() {
        blocks.push(Block::Table(conditions(page, wave, determination)));
    }
}

fn grade_title(page: &Page<'_>, determination: &Determination, id: Option<&str>) -> String {
    let grade = id.and_then(|id| determination.grades.iter().find(|g| g.grade == id));
    grade.map_or_else(|| page.words.word("grade-none"), |g| page.words.text(&g.title))
}

fn verdict_cell(page: &Page<'_>, verdict: Verdict) -> Cell {
    let (key, tone) = match verdict {
        Verdict::Met => ("met", Tone::Good),
        Verdict::NotMet => ("not-met", Tone::Bad),
        Verdict::CannotTell => ("cannot-tell", Tone::Unsure),
        Verdict::NotAvailable => ("not-available", Tone::Plain),
    };
    Cell::from(page.words.word(key)).toned(tone)
}

fn grades(page: &Page<'_>, wave: &WaveAssessment, determination: &Determination) -> Table {
    let columns = [
        "grade",
        "#line",
        "verdict",
        "#margin",
        "#probability",
        "source",
        "confidence",
        "status",
    ];
    let base = match determination.reads {
        Reads::Index => page.base(wave),
        Reads::Scorecard => page.words.say(
            "base-scorecard",
            &[("points", &number(determination.points, 1)), ("wave", &page.wave_title(wave))],
        ),
    };
    let mut table = page.table("table-grades", &columns, base);
    for grade in &determination.grades {
        let note = if grade.rounding_would_change {
            page.words.word("rounding-would-change")
        } else {
            String::new()
        };
        table.rows.push(Row::of(vec![
            page.words.text(&grade.title).into(),
            format!("{} {}", if grade.inclusive { "≥" } else { ">" }, short(grade.line)).into(),
            verdict_cell(page, grade.verdict).noted(note),
            signed(grade.margin).into(),
            probability(grade.probability).into(),
            words::shown(&grade.source).into(),
            confidence(page, grade.confidence).into(),
            status(page, grade.status),
        ]));
    }
    table.notes.push(page.words.word(if determination.reads == Reads::Index {
        "note-grades"
    } else {
        "note-grades-points"
    }));
    table
}

fn conditions(page: &Page<'_>, wave: &WaveAssessment, determination: &Determination) -> Table {
    let columns = ["condition", "verdict", "#got", "#wanted", "source", "confidence", "status"];
    let mut table = page.table("table-conditions", &columns, page.base_counts(wave));
    let row = |c: &ConditionVerdict| {
        let figure = |value: Option<f64>| value.map_or_else(|| words::NOTHING.to_owned(), short);
        Row::of(vec![
            page.words.text(&c.title).into(),
            verdict_cell(page, c.verdict),
            figure(c.got).into(),
            figure(c.wanted).into(),
            words::shown(&c.source).into(),
            confidence(page, c.confidence).into(),
            status(page, c.status),
        ])
    };
    table.rows = determination.conditions.iter().map(row).collect();
    table.notes.push(page.words.word("note-conditions"));
    table
}

fn confidence(page: &Page<'_>, confidence: Confidence) -> String {
    page.words.word(match confidence {
        Confidence::H => "confidence-h",
        Confidence::M => "confidence-m",
        Confidence::L => "confidence-l",
        Confidence::INF => "confidence-inf",
        Confidence::None => "confidence-no-source",
    })
}

fn status(page: &Page<'_>, status: Status) -> Cell {
    let (key, tone) = match status {
        Status::Fixed => ("status-fixed", Tone::Plain),
        Status::Assumed => ("status-assumed", Tone::Unsure),
        Status::Body => ("status-body", Tone::Plain),
    };
    Cell::from(page.words.word(key)).toned(tone)
}

/// A scheme in words: the highest line that is met, every line that cannot be told, the lowest that is not met.
pub(super) fn reading(page: &Page<'_>, determination: &Determination) -> Reading {
    let of = |verdict: Verdict| determination.grades.iter().filter(move |g| g.verdict == verdict);
    let mut lines: Vec<Line> = of(Verdict::Met)
        .next_back()
        .map(|g| line(page, determination, g))
        .into_iter()
        .collect();
    lines.extend(of(Verdict::CannotTell).map(|g| line(page, determination, g)));
    lines.extend(of(Verdict::NotMet).next().map(|g| line(page, determination, g)));
    if lines.is_empty() {
        let key = if determination.reads == Reads::Scorecard {
            "reading-no-scorecard"
        } else {
            "reading-no-index"
        };
        lines.push(Line {
            text: page.words.word(key),
            tone: Tone::Plain,
        });
    }
    let mark = if determination.provisional {
        page.words.word("provisional")
    } else {
        String::new()
    };
    Reading {
        scheme: page.words.text(&determination.title),
        mark,
        lines,
    }
}

fn line(page: &Page<'_>, determination: &Determination, grade: &GradeVerdict) -> Line {
    let tone = match grade.verdict {
        Verdict::Met => Tone::Good,
        Verdict::NotMet => Tone::Bad,
        Verdict::CannotTell => Tone::Unsure,
        Verdict::NotAvailable => Tone::Plain,
    };
    let (title, cut) = (page.words.text(&grade.title), short(grade.line));
    let text = match (determination.points, determination.score.estimate.and_then(|e| e.interval)) {
        (Some(points), _) => {
            let key = if grade.verdict == Verdict::Met {
                "reading-points-met"
            } else {
                "reading-points-not-met"
            };
            page.words.say(
                key,
                &[("grade", &title), ("line", &cut), ("points", &beside_line(points, grade.line))],
            )
        }
        (None, Some(interval)) => {
            let range = page
                .words
                .range(&beside_line(interval.lower, grade.line), &beside_line(interval.upper, grade.line));
            let key = match grade.verdict {
                Verdict::Met => "reading-met",
                Verdict::NotMet => "reading-not-met",
                _ => "reading-cannot-tell",
            };
            page.words.say(
                key,
                &[
                    ("grade", &title),
                    ("line", &cut),
                    ("interval", &range),
                    ("probability", &probability(grade.probability)),
                ],
            )
        }
        (None, None) => page.words.say("reading-no-interval", &[("grade", &title), ("line", &cut)]),
    };
    Line { text, tone }
}
