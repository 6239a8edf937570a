//! The result read against schemes, and the same in a sentence for the first screen.

use super::super::document::{Block, Cell, Fact, Line, Reading, Row, Table, Tone};
use super::super::page::Page;
use super::super::words::{self, beside_line, number, p_value, short, signed};
use super::next_grade;
use crate::assessment::WaveAssessment;
use crate::grade::scheme::{ComparisonMethod, Confidence, Reads, Status, Unit};
use crate::grade::{ConditionVerdict, Determination, ElementCoverage, GradeVerdict, Verdict};
use crate::round::round_to;

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(wave) = page.latest() else { return Vec::new() };
    if wave.determinations.is_empty() {
        return vec![page.paragraph("determination-none", &[])];
    }
    let mut blocks = vec![page.paragraph("determination-intro", &[])];
    for determination in &wave.determinations {
        scheme(page, wave, determination, &mut blocks);
    }
    // A scheme that had nothing to read in a wave has no table there.
    let told = |d: &&Determination| d.grades.iter().any(|g| g.verdict != Verdict::NotAvailable);
    for earlier in page.earlier().filter(|w| w.determinations.iter().any(|d| told(&d))) {
        let table = |d: &Determination| Block::Table(of_earlier(page, earlier, d));
        blocks.push(page.fold(
            "earlier-determination",
            earlier,
            earlier.determinations.iter().filter(told).map(table).collect(),
        ));
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
    let mut facts = vec![
        page.fact("document", document),
        page.fact("in-force", in_force(page, determination)),
    ];
    if determination.reads != Reads::Method {
        facts.push(page.fact("rule", rule));
        facts.extend(total(page, determination));
        facts.push(page.fact("grade-certain", highest(&determination.grade_certain)));
        facts.push(page.fact("grade-possible", highest(&determination.grade_possible)));
        facts.push(page.fact("grade-if-against", highest(&determination.grade_if_against)));
    }
    let met = if determination.conditions_met {
        "conditions-all"
    } else {
        "conditions-open"
    };
    facts.push(page.fact("conditions-met", page.words.word(met)));
    blocks.push(Block::Facts { facts });
    blocks.push(Block::List {
        items: reading.lines.into_iter().map(|l| l.text).collect(),
    });
    if !determination.grades.is_empty() {
        blocks.push(Block::Table(grades(page, wave, determination)));
    }
    blocks.extend(next_grade::scorecard(page, wave, determination));
    if !determination.conditions.is_empty() {
        blocks.push(Block::Table(conditions(page, wave, determination)));
    }
    blocks.extend(elements(page, determination));
    blocks.extend(next_grade::missing(page, determination));
    blocks.extend(next_grade::next(page, wave, determination));
    blocks.extend(next_grade::assumed(page, wave, determination));
}

/// Which dimensions of the questionnaire stand for which element of service quality, as the definition says.
fn elements(page: &Page<'_>, determination: &Determination) -> Option<Block> {
    let (covered, open): (Vec<_>, Vec<_>) = determination.elements.iter().partition(|e| !e.dimensions.is_empty());
    let comma = page.words.word("comma");
    let one = |e: &&ElementCoverage| {
        let dimensions: Vec<String> = e.dimensions.iter().map(|d| page.words.text(d)).collect();
        let (element, dimensions) = (page.words.text(&e.title), dimensions.join(&comma));
        page.words
            .say("element-covered", &[("element", &element), ("dimensions", &dimensions)])
    };
    let covered = covered.iter().map(one).collect::<Vec<_>>().join(&comma);
    let open = open.iter().map(|e| page.words.text(&e.title)).collect::<Vec<_>>().join(&comma);
    let key = match (covered.is_empty(), open.is_empty()) {
        (true, true) => return None,
        (true, false) => "elements-none",
        (false, true) => "elements-all",
        (false, false) => "elements-some",
    };
    Some(page.paragraph(key, &[("covered", &covered), ("open", &open)]))
}

/// From when to when the document is in force, and what took its place.
fn in_force(page: &Page<'_>, determination: &Determination) -> String {
    let force = &determination.in_force;
    let day = |day: &Option<String>| day.as_deref().map_or_else(|| words::NOTHING.to_owned(), words::shown);
    let period = match (&force.from, &force.until) {
        (None, None) => page.words.word("in-force-unknown"),
        (from, None) => page.words.say("in-force-from", &[("from", &day(from))]),
        (from, until) => page.words.range(&day(from), &day(until)),
    };
    match &force.superseded_by {
        Some(by) => page
            .words
            .say("in-force-superseded", &[("period", &period), ("by", &words::shown(by))]),
        None => period,
    }
}

/// The total before and after rounding.
fn total(page: &Page<'_>, determination: &Determination) -> Option<Fact> {
    let total = determination.total.as_ref()?;
    let compared = match total.compared {
        ComparisonMethod::FullValue => "compared-full-value",
        ComparisonMethod::Rounded => "compared-rounded",
    };
    let distance = |g: &&GradeVerdict| (g.line - total.unrounded).abs();
    let nearest = determination.grades.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)));
    // Four decimals, or as many as it takes to show on which side of a line it lies.
    let close = nearest.filter(|g| distance(g) < 1e-4);
    let unrounded = close.map_or_else(|| number(Some(total.unrounded), 4), |g| beside_line(total.unrounded, g.line));
    let rounded = number(Some(total.rounded), total.decimals);
    let args: [(&'static str, &dyn std::fmt::Display); 3] = [
        ("unrounded", &unrounded),
        ("rounded", &rounded),
        ("compared", &page.words.word(compared)),
    ];
    Some(page.fact("total", page.words.say("total-both", &args)))
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
        Reads::Index | Reads::Method => page.base_of_index(wave),
        Reads::Scorecard => page.words.say(
            "base-scorecard",
            &[("points", &points_or_range(page, determination)), ("wave", &page.wave_title(wave))],
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
            p_value(grade.probability).into(),
            page.words.text(&grade.source).into(),
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

/// The lines of an earlier wave, without their sources: these stand in the table of the latest wave.
fn of_earlier(page: &Page<'_>, wave: &WaveAssessment, determination: &Determination) -> Table {
    let mut table = grades(page, wave, determination);
    table.caption = page.words.text(&determination.title);
    table.columns.truncate(5);
    table.rows.iter_mut().for_each(|row| row.cells.truncate(5));
    table.notes.clear();
    table
}

/// Points of the scorecard; between which two while clauses are open.
fn points_or_range(page: &Page<'_>, determination: &Determination) -> String {
    match (determination.points, &determination.arithmetic) {
        (None, Some(a)) => page.words.range(&number(Some(a.low), 1), &number(Some(a.high), 1)),
        (points, _) => number(points, 1),
    }
}

fn conditions(page: &Page<'_>, wave: &WaveAssessment, determination: &Determination) -> Table {
    let columns = [
        "condition",
        "verdict",
        "#got",
        "#wanted",
        "condition-proof",
        "source",
        "confidence",
        "status",
    ];
    let mut table = page.table("table-conditions", &columns, page.base_counts(wave));
    let row = |c: &ConditionVerdict| {
        let figure = |value: Option<f64>| value.map_or_else(|| words::NOTHING.to_owned(), |v| amount(page, v, c.unit));
        Row::of(vec![
            page.words.text(&c.title).into(),
            verdict_cell(page, c.verdict),
            figure(c.got).into(),
            figure(c.wanted).into(),
            proof(page, c).into(),
            page.words.text(&c.source).into(),
            confidence(page, c.confidence).into(),
            status(page, c.status),
        ])
    };
    table.rows = determination.conditions.iter().map(row).collect();
    table.notes.push(page.words.word("note-conditions"));
    table
}

/// A number with what it counts.
fn amount(page: &Page<'_>, value: f64, unit: Option<Unit>) -> String {
    let key = match unit {
        None | Some(Unit::Number) => return short(value),
        Some(Unit::Share) => return format!("{}%", short(round_to(value * 100.0, 1))),
        Some(Unit::Months) => "amount-months",
        Some(Unit::Years) => "amount-years",
        Some(Unit::Times) => "amount-times",
        Some(Unit::People) => "amount-people",
        Some(Unit::Interviews) => "amount-interviews",
    };
    page.words.say(key, &[("value", &short(round_to(value, 1)))])
}

/// What a condition rests on: the fact of the survey and its records, and the reference of what was declared.
fn proof(page: &Page<'_>, condition: &ConditionVerdict) -> String {
    let fact = condition.fact.as_ref().map(|f| page.words.text(f));
    let parts: Vec<String> = fact.into_iter().chain(condition.reference.as_deref().map(words::shown)).collect();
    if parts.is_empty() {
        words::NOTHING.to_owned()
    } else {
        parts.join(&page.words.word("semicolon"))
    }
}

/// How sure a value is, in words.
pub(super) fn confidence(page: &Page<'_>, confidence: Confidence) -> String {
    page.words.word(match confidence {
        Confidence::H => "confidence-h",
        Confidence::M => "confidence-m",
        Confidence::L => "confidence-l",
        Confidence::INF => "confidence-inf",
        Confidence::None => "confidence-no-source",
    })
}

/// Who stands behind a value, in words.
pub(super) fn status(page: &Page<'_>, status: Status) -> Cell {
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
        let key = match (determination.reads, &determination.arithmetic) {
            (Reads::Scorecard, None) => "reading-no-scorecard",
            (Reads::Scorecard, Some(_)) => "reading-blank-scorecard",
            (Reads::Index, _) => "reading-no-index",
            (Reads::Method, _) => "reading-method",
        };
        lines.push(Line {
            text: page.words.word(key),
            tone: Tone::Plain,
        });
    }
    if failed_by_deductions(determination) {
        let arithmetic = determination.arithmetic.as_ref();
        let count = arithmetic.map_or(0, |a| a.deductions);
        let at = arithmetic.and_then(|a| a.deductions_fail_at).unwrap_or(0);
        lines = vec![Line {
            text: page.words.say("reading-deductions-fail", &[("count", &count), ("at", &at)]),
            tone: Tone::Bad,
        }];
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

/// Too many special deductions decide before any line is looked at.
fn failed_by_deductions(determination: &Determination) -> bool {
    let card = determination.arithmetic.as_ref();
    determination.reads == Reads::Scorecard && card.is_some_and(|a| a.deductions_fail_at.is_some_and(|at| a.deductions >= at))
}

/// A line and a scorecard with clauses that nobody has scored yet.
fn open_line(page: &Page<'_>, grade: &GradeVerdict, low: f64, high: f64) -> String {
    let range = page.words.range(&beside_line(low, grade.line), &beside_line(high, grade.line));
    let key = match grade.verdict {
        Verdict::Met => "reading-open-met",
        Verdict::NotMet => "reading-open-not-met",
        _ => "reading-open-cannot-tell",
    };
    let (title, cut) = (page.words.text(&grade.title), short(grade.line));
    page.words.say(key, &[("grade", &title), ("line", &cut), ("range", &range)])
}

fn line(page: &Page<'_>, determination: &Determination, grade: &GradeVerdict) -> Line {
    let tone = match grade.verdict {
        Verdict::Met => Tone::Good,
        Verdict::NotMet => Tone::Bad,
        Verdict::CannotTell => Tone::Unsure,
        Verdict::NotAvailable => Tone::Plain,
    };
    let (title, cut) = (page.words.text(&grade.title), short(grade.line));
    let open = determination
        .arithmetic
        .as_ref()
        .filter(|a| a.total.is_none() && determination.reads == Reads::Scorecard);
    if let Some(open) = open {
        return Line {
            text: open_line(page, grade, open.low, open.high),
            tone,
        };
    }
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
                    ("probability", &p_value(grade.probability)),
                ],
            )
        }
        (None, None) => page.words.say("reading-no-interval", &[("grade", &title), ("line", &cut)]),
    };
    Line { text, tone }
}
