//! Series under control charts.

use super::super::document::{Block, Column, Fact, Row, Table};
use super::super::figures::{is_drawn, series_figure_id, shown_in_unit};
use super::super::page::Page;
use super::super::words::{count, level, number, p_statement, percent, shown};
use crate::trend::control::answers::FromAnswers;
use crate::trend::control::forecast::ForecastVerdict;
use crate::trend::control::{ChartKind, ControlChart, DRAWN_MIN, JUDGED_MIN, SeriesAssessment};

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let series = page.assessment.over_time.as_ref().map(|o| o.series.as_slice()).unwrap_or_default();
    if series.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![page.paragraph("series-intro", &[("drawn", &DRAWN_MIN), ("judged", &JUDGED_MIN)])];
    blocks.extend(series.iter().flat_map(|one| of_series(page, one)));
    blocks
}

fn of_series(page: &Page<'_>, one: &SeriesAssessment) -> Vec<Block> {
    let mut blocks = vec![Block::Heading {
        text: page.words.text(&one.title),
    }];
    let periods = count(one.values.len() as u64);
    blocks.extend(one.answers.as_ref().map(|answers| of_answers(page, one, answers)));
    if !one.drawn {
        blocks.push(page.paragraph("series-too-few", &[("periods", &periods), ("drawn", &DRAWN_MIN)]));
        return blocks;
    }
    if !one.judged {
        blocks.push(page.paragraph("series-trial", &[("periods", &count(one.baseline as u64)), ("judged", &JUDGED_MIN)]));
    }
    let base = base(page, one);
    let numbers = page.words.word("table-series-values");
    let figure = |chart: &ControlChart| page.figure_beside(&series_figure_id(one, chart), base.clone(), &numbers);
    let (main, more): (Vec<_>, Vec<_>) = one
        .charts
        .iter()
        .partition(|c| matches!(c.kind, ChartKind::Individuals | ChartKind::PPrime));
    blocks.extend(main.iter().filter_map(|c| figure(c)));
    if one.charts.is_empty() {
        blocks.push(page.paragraph("series-no-spread", &[]));
    } else {
        blocks.push(Block::Table(charts(page, one, &base)));
    }
    blocks.push(Block::Facts { facts: facts(page, one) });
    let mut folded: Vec<Block> = more.iter().filter_map(|c| figure(c)).collect();
    let drawn: Vec<&ControlChart> = one.charts.iter().filter(|c| is_drawn(one, c)).collect();
    folded.push(Block::Table(values(page, one, &drawn, &base)));
    blocks.push(Block::Details {
        title: page.words.say("series-more", &[("series", &page.words.text(&one.title))]),
        blocks: folded,
    });
    blocks
}

/// What a series from answers rests on, what is left out of it, and where it is broken.
fn of_answers(page: &Page<'_>, one: &SeriesAssessment, answers: &FromAnswers) -> Block {
    let by = by(page, answers);
    let list = |names: &[String]| {
        let names: Vec<String> = names.iter().map(|n| shown(n)).collect();
        names.join(&page.words.word("comma"))
    };
    let base = count(answers.base_min);
    let mut told = vec![
        page.words
            .say("series-answers", &[("by", &by), ("waves", &list(&answers.waves)), ("base", &base)]),
    ];
    let left_out = [
        ("series-answers-too-small", &answers.too_small),
        ("series-answers-withheld", &answers.withheld),
    ];
    for (key, periods) in left_out.into_iter().filter(|(_, periods)| !periods.is_empty()) {
        told.push(page.words.say(key, &[("base", &base), ("periods", &list(periods))]));
    }
    if answers.untimed > 0 {
        told.push(
            page.words
                .say("series-answers-untimed", &[("untimed", &count(answers.untimed)), ("by", &by)]),
        );
    }
    if !one.after_gaps.is_empty() {
        told.push(page.words.say("series-gaps", &[("gaps", &count(one.after_gaps.len() as u64))]));
    }
    Block::Paragraph {
        text: told.join(&page.words.word("sentence-gap")),
    }
}

fn by(page: &Page<'_>, answers: &FromAnswers) -> String {
    page.words.word(&format!("series-by-{}", answers.by.as_str()))
}

/// Every period: its value with its base, what each chart plots where that is not the value, its limits where they change, and which charts
/// signal. Lines that stay the same are named once, below.
fn values(page: &Page<'_>, one: &SeriesAssessment, drawn: &[&ControlChart], base: &str) -> Table {
    let of_answers = one.answers.is_some();
    let columns: &[&str] = if of_answers {
        &["period", "#value", "#se", "#n", "#n-effective"]
    } else if one.values.iter().any(|v| v.n.is_some()) {
        &["period", "#value", "#n"]
    } else {
        &["period", "#value"]
    };
    let mut table = page.table("table-series-values", columns, base.to_owned());
    let in_unit = |chart: ChartKind, value: Option<f64>| shown_in_unit(one.kind, chart, value);
    for value in &one.values {
        let mut cells = vec![
            shown(&value.period).into(),
            in_unit(ChartKind::Individuals, Some(value.value)).into(),
        ];
        if of_answers {
            cells.push(in_unit(ChartKind::Individuals, value.standard_error).into());
        }
        if columns.contains(&"#n") {
            cells.push(value.n.map_or_else(String::new, count).into());
        }
        if of_answers {
            cells.push(number(value.n_effective, 1).into());
        }
        table.rows.push(Row::of(cells));
    }
    for chart in drawn {
        lines_of(page, chart, &in_unit, &mut table);
    }
    if one.judged {
        table.columns.push(column(page.words.word("column-signal"), false));
        for (at, row) in table.rows.iter_mut().enumerate() {
            let signalling = drawn.iter().filter(|c| c.signals.iter().any(|s| s.at == at));
            let names: Vec<String> = signalling.map(|c| chart_name(page, c)).collect();
            row.cells.push(names.join(&page.words.word("comma")).into());
        }
    }
    table
}

/// The columns of a chart, and the note of its lines that stay the same.
fn lines_of(page: &Page<'_>, chart: &ControlChart, in_unit: &dyn Fn(ChartKind, Option<f64>) -> String, table: &mut Table) {
    let name = chart_name(page, chart);
    let plots_the_value = matches!(chart.kind, ChartKind::Individuals | ChartKind::P | ChartKind::PPrime);
    if !plots_the_value {
        table.columns.push(column(name.clone(), true));
        for (row, point) in table.rows.iter_mut().zip(&chart.points) {
            row.cells.push(in_unit(chart.kind, *point).into());
        }
    }
    let limits = |at: usize| {
        let [lower, upper] = [&chart.lower, &chart.upper].map(|line| line.get(at).copied().flatten());
        match (lower, upper) {
            (Some(_), Some(_)) => page.words.range(&in_unit(chart.kind, lower), &in_unit(chart.kind, upper)),
            (None, None) => String::new(),
            (one, other) => in_unit(chart.kind, one.or(other)),
        }
    };
    let each: Vec<String> = (0..table.rows.len()).map(limits).collect();
    let centre = in_unit(chart.kind, chart.centre.first().copied());
    let constant = each.first().filter(|first| each.iter().all(|l| l == *first));
    match constant {
        Some(limits) => table.notes.push(
            page.words
                .say("note-chart-lines", &[("chart", &name), ("centre", &centre), ("limits", limits)]),
        ),
        None => {
            table
                .columns
                .push(column(page.words.say("column-limits-of", &[("chart", &name)]), true));
            for (row, limits) in table.rows.iter_mut().zip(each) {
                row.cells.push(limits.into());
            }
            table
                .notes
                .push(page.words.say("note-chart-centre", &[("chart", &name), ("centre", &centre)]));
        }
    }
}

fn column(title: String, numeric: bool) -> Column {
    Column { title, numeric }
}

/// Its name where there is little room.
fn chart_name(page: &Page<'_>, chart: &ControlChart) -> String {
    page.words.word(&format!("chart-short-{}", chart.kind.as_str()))
}

fn base(page: &Page<'_>, one: &SeriesAssessment) -> String {
    let of_waves = || match &one.answers {
        Some(answers) => {
            let waves: Vec<String> = answers.waves.iter().map(|w| shown(w)).collect();
            let waves = waves.join(&page.words.word("comma"));
            page.words
                .say("series-file-answers", &[("waves", &waves), ("by", &by(page, answers))])
        }
        None => page.words.word("series-of-waves"),
    };
    let file = one.input.as_ref().map_or_else(of_waves, |i| shown(&i.file));
    page.words.say(
        "base-series",
        &[
            ("periods", &count(one.values.len() as u64)),
            ("baseline", &count(one.baseline as u64)),
            ("file", &file),
        ],
    )
}

/// Every chart with its rule, its run lengths and its signals.
fn charts(page: &Page<'_>, one: &SeriesAssessment, base: &str) -> Table {
    let columns = ["chart", "chart-rule", "#run-length-stable", "#run-length-shift", "signals"];
    let mut table = page.table("table-series", &columns, base.to_owned());
    for chart in &one.charts {
        let settings: Vec<String> = chart
            .settings
            .iter()
            .map(|s| format!("{} = {}", s.name, super::super::words::short(s.value)))
            .collect();
        let rule = page.words.word(&format!("chart-rule-{}", chart.kind.as_str()));
        table.rows.push(Row::of(vec![
            page.words.word(&format!("chart-{}", chart.kind.as_str())).into(),
            super::super::document::Cell::from(rule).noted(settings.join(&page.words.word("comma"))),
            number(chart.run_length_stable, 0).into(),
            number(chart.run_length_shift, 1).into(),
            signals(page, one, chart).into(),
        ]));
    }
    table.notes.push(page.words.word("note-series"));
    table
}

fn signals(page: &Page<'_>, one: &SeriesAssessment, chart: &ControlChart) -> String {
    if !one.judged {
        return page.words.word("series-not-judged");
    }
    let told = |s: &crate::trend::control::Signal| {
        let period = one.values.get(s.at).map(|v| shown(&v.period)).unwrap_or_default();
        let rule = page.words.word(&format!("run-rule-{}", s.rule.as_str()));
        page.words.say(
            if s.up { "series-signal-up" } else { "series-signal-down" },
            &[("period", &period), ("rule", &rule)],
        )
    };
    let all: Vec<String> = chart.signals.iter().map(told).collect();
    if all.is_empty() {
        page.words.word("series-no-signal")
    } else {
        all.join(&page.words.word("comma"))
    }
}

fn facts(page: &Page<'_>, one: &SeriesAssessment) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(r) = one.autocorrelation {
        let line = 2.0 / (one.values.len() as f64).sqrt();
        let key = match (one.judged, r.abs() > line) {
            (false, _) => "series-dependence-unjudged",
            (true, true) => "series-dependent",
            (true, false) => "series-independent",
        };
        facts.push(page.fact("autocorrelation", page.words.say(key, &[("r", &number(Some(r), 2))])));
    }
    facts.push(page.fact("change-point", change_point(page, one)));
    facts.push(page.fact("forecast", forecast(page, one)));
    facts
}

/// A value of the series, as printed.
fn in_unit(one: &SeriesAssessment, value: Option<f64>) -> String {
    shown_in_unit(one.kind, ChartKind::Individuals, value)
}

fn change_point(page: &Page<'_>, one: &SeriesAssessment) -> String {
    let Some(found) = &one.change_point else {
        return page.words.say("change-point-too-few", &[("judged", &JUDGED_MIN)]);
    };
    let period = |at: usize| one.values.get(at).map(|v| shown(&v.period)).unwrap_or_default();
    let p = p_statement(Some(found.p_value));
    if found.p_value >= 1.0 - page.assessment.survey.level {
        return page.words.say("change-point-none", &[("p", &p)]);
    }
    let plausible = match (found.plausible.first(), found.plausible.last()) {
        (Some(first), Some(last)) if first != last => page.words.range(&period(*first), &period(*last)),
        _ => period(found.at),
    };
    page.words.say(
        "change-point-found",
        &[
            ("period", &period(found.at)),
            ("before", &in_unit(one, Some(found.before))),
            ("after", &in_unit(one, Some(found.after))),
            ("p", &p),
            ("count", &found.plausible.len()),
            ("plausible", &plausible),
            ("share", &percent(Some(found.plausible_share))),
            ("permutations", &count(u64::from(found.permutations))),
        ],
    )
}

fn forecast(page: &Page<'_>, one: &SeriesAssessment) -> String {
    let f = &one.forecast;
    let key = match f.verdict {
        ForecastVerdict::Given => "forecast-given",
        ForecastVerdict::NotBetter => "forecast-not-better",
        ForecastVerdict::TooFew => "forecast-too-few",
        ForecastVerdict::Gaps => "forecast-gaps",
    };
    let interval = f.interval.map_or_else(
        || page.words.interval(None),
        |i| page.words.range(&in_unit(one, Some(i.lower)), &in_unit(one, Some(i.upper))),
    );
    page.words.say(
        key,
        &[
            ("value", &in_unit(one, f.value)),
            ("interval", &interval),
            ("origins", &count(f.origins)),
            ("error", &in_unit(one, f.error)),
            ("naive", &in_unit(one, f.error_naive)),
            ("p", &p_statement(f.p_value)),
            ("level", &level(page.assessment.survey.level)),
            ("judged", &JUDGED_MIN),
        ],
    )
}
