//! Response quality: which interviews somebody should look at, why, and what difference they make.

use super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::page::Page;
use super::super::words::{self, count, number, p_value, percent, signed};
use super::settings;
use crate::assessment::{QualityAssessment, WaveAssessment, WithoutExclusions};
use crate::clean::quality::{IndexResult, MatchSummary, QualityIndex, StandsOut, Versus};
use crate::finding::Severity;
use crate::index::estimate::Reported;
use crate::survey::quality::QualityAction;
use serde::Serialize;

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some((wave, quality)) = page.latest().and_then(|wave| Some((wave, wave.quality.as_ref()?))) else {
        return Vec::new();
    };
    let mut blocks = vec![page.paragraph("quality-intro", &[])];
    blocks.extend(of_wave(page, wave, quality));
    for earlier in page.earlier() {
        if let Some(quality) = &earlier.quality {
            blocks.push(page.fold("earlier-quality", earlier, of_wave(page, earlier, quality)));
        }
    }
    blocks
}

fn of_wave(page: &Page<'_>, wave: &WaveAssessment, quality: &QualityAssessment) -> Vec<Block> {
    let found = &quality.found;
    let share = |n: u64| percent((found.screened > 0).then(|| n as f64 / found.screened as f64));
    let key = match (found.flagged, found.several) {
        (0, _) => "quality-none",
        (_, 0) => "quality-reading-single",
        _ => "quality-reading",
    };
    let mut text = page.words.say(
        key,
        &[
            ("screened", &count(found.screened)),
            ("flagged", &count(found.flagged)),
            ("flagged_share", &share(found.flagged)),
            ("several", &count(found.several)),
            ("several_share", &share(found.several)),
        ],
    );
    for more in silent(page, &found.indices) {
        text.push_str(&page.words.word("sentence-gap"));
        text.push_str(&more);
    }
    let tone = if found.several > 0 { Tone::Unsure } else { Tone::Plain };
    let mut blocks = vec![Block::Callout { text, tone }, Block::Table(indices(page, wave, quality))];
    if let Some(matches) = &found.percent_match {
        blocks.extend(percent_match(page, wave, matches));
    }
    let fieldwork = [
        bursts(page, wave, quality),
        shared(page, wave, quality),
        between(page, wave, quality),
        interviewers(page, wave, quality),
    ];
    blocks.extend(fieldwork.into_iter().filter(|t| !t.rows.is_empty()).map(Block::Table));
    if quality.without_flagged.is_some() {
        blocks.push(without(page, wave, quality));
    }
    blocks
}

/// Which indices say nothing by their silence: those whose line no interview could reach, and those that did not run.
fn silent(page: &Page<'_>, indices: &[IndexResult]) -> Vec<String> {
    let named = |of: &dyn Fn(&IndexResult) -> bool| {
        let name = |i: &IndexResult| page.words.word(&format!("/rule-quality-{}", key_of(i.index)));
        let names: Vec<String> = indices.iter().filter(|i| of(i)).map(name).collect();
        names.join(&page.words.word("comma"))
    };
    let sentences = [
        ("quality-unreachable", named(&|i| i.skipped.is_none() && i.unreachable.is_some())),
        ("quality-not-run", named(&|i| i.skipped.is_some())),
    ];
    let told = sentences.into_iter().filter(|(_, names)| !names.is_empty());
    told.map(|(key, names)| page.words.say(key, &[("names", &names)])).collect()
}

/// Results with and without the flagged; a sentence where all of them are withheld or there is nobody to leave out.
fn without(page: &Page<'_>, wave: &WaveAssessment, quality: &QualityAssessment) -> Block {
    let results = [&quality.without_flagged, &quality.without_several];
    let mut reported = results.into_iter().flatten().flat_map(|w| w.dimensions.iter().chain([&w.index]));
    if reported.any(|r| r.estimate.is_some()) {
        Block::Table(side_by_side(page, wave, quality))
    } else {
        page.paragraph("quality-without-nothing", &[("flagged", &count(quality.found.flagged))])
    }
}

/// The text form of a word of a closed list.
fn key_of(word: impl Serialize) -> String {
    let value = serde_json::to_value(word).ok();
    value.and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn indices(page: &Page<'_>, wave: &WaveAssessment, quality: &QualityAssessment) -> Table {
    let columns = [
        "quality-index",
        "family",
        "severity",
        "effect",
        "#defined",
        "#hit",
        "quality-line",
        "#quality-range",
        "reference",
    ];
    let mut table = page.table("table-quality", &columns, page.base_counts(wave));
    table.rows = quality.found.indices.iter().map(|index| index_row(page, index)).collect();
    table.notes.push(page.words.word("note-quality"));
    table
}

fn index_row(page: &Page<'_>, index: &IndexResult) -> Row {
    let word = |key: String| page.words.word(&key);
    let key = key_of(index.index);
    let name = Cell::from(word(format!("/rule-quality-{key}"))).noted(page.words.rule_reason(&format!("quality-{key}")));
    let severity = match index.severity {
        Severity::Note => "/severity-note",
        Severity::Warning | Severity::Error => "/severity-warning",
    };
    let effect = if index.action == QualityAction::Exclude {
        "effect-excludes"
    } else {
        "effect-flags"
    };
    let family = Cell::from(word(format!("quality-family-{}", key_of(index.family))));
    if let Some(why) = index.skipped {
        let reason = Cell::from(words::NOTHING).noted(word(format!("quality-skipped-{}", key_of(why))));
        let nothing = || Cell::from(words::NOTHING);
        return Row::of(vec![
            name,
            family,
            nothing(),
            nothing(),
            nothing(),
            nothing(),
            reason,
            nothing(),
            settings::reference(page, &format!("quality-{key}"), &index.reference).into(),
        ]);
    }
    let above = match index.index {
        QualityIndex::Longstring | QualityIndex::PercentMatch => "quality-line-from",
        _ => "quality-line-high",
    };
    let line = match (index.line_low, index.line_high) {
        (Some(low), Some(high)) => page.words.say(
            "quality-line-both",
            &[("low", &number(Some(low), 2)), ("high", &number(Some(high), 2))],
        ),
        (Some(low), None) => page.words.say("quality-line-low", &[("low", &number(Some(low), 2))]),
        (None, Some(high)) => page.words.say(above, &[("high", &number(Some(high), 2))]),
        (None, None) => words::NOTHING.to_owned(),
    };
    let range = index.distribution.map_or_else(Cell::default, |[low, q1, median, q3, high]| {
        let quartiles = page.words.range(&number(Some(q1), 2), &number(Some(q3), 2));
        let note = page.words.say(
            "quality-quartiles",
            &[
                ("quartiles", &quartiles),
                ("low", &number(Some(low), 2)),
                ("high", &number(Some(high), 2)),
            ],
        );
        Cell::from(number(Some(median), 2)).noted(note)
    });
    Row::of(vec![
        name,
        family,
        word(severity.to_owned()).into(),
        word(effect.to_owned()).into(),
        count(index.n).into(),
        Cell::from(count(index.hit)).toned(if index.hit > 0 { Tone::Unsure } else { Tone::Plain }),
        line_cell(page, index, line),
        range,
        settings::reference(page, &format!("quality-{key}"), &index.reference).into(),
    ])
}

/// The line with the settings under it, and that nobody can reach it where nobody can.
fn line_cell(page: &Page<'_>, index: &IndexResult, line: String) -> Cell {
    let settings = settings::in_words(page, &index.settings);
    match index.unreachable {
        None => Cell::from(line).noted(settings),
        Some(why) => {
            let note = [page.words.word(&format!("quality-unreachable-{}", key_of(why))), settings];
            let note: Vec<String> = note.into_iter().filter(|n| !n.is_empty()).collect();
            Cell::from(line).noted(note.join(&page.words.word("semicolon"))).toned(Tone::Unsure)
        }
    }
}

fn percent_match(page: &Page<'_>, wave: &WaveAssessment, matches: &MatchSummary) -> Vec<Block> {
    let mut text = page.words.say(
        "quality-match",
        &[
            ("line", &percent(Some(matches.share_min))),
            ("reached", &count(matches.reached)),
            ("expected", &number(Some(matches.reached_expected), 1)),
            ("complete", &count(matches.complete)),
            ("complete_expected", &number(Some(matches.complete_expected), 1)),
            ("items", &matches.items_min),
            ("deals", &count(matches.deals)),
        ],
    );
    text.push_str(&page.words.word("sentence-gap"));
    let looked = [
        ("looked", &count(matches.looked_at) as &dyn std::fmt::Display),
        ("comparable", &count(matches.comparable)),
    ];
    let all = matches.looked_at == matches.comparable;
    text.push_str(
        &page
            .words
            .say(if all { "quality-match-all" } else { "quality-match-drawn" }, &looked),
    );
    let mut blocks = vec![Block::Paragraph { text }];
    if page.latest().is_some_and(|latest| latest.id == wave.id) {
        blocks.extend(page.figure("percent-match", page.base_counts(wave)));
    }
    blocks
}

fn bursts(page: &Page<'_>, wave: &WaveAssessment, quality: &QualityAssessment) -> Table {
    let columns = ["first-line", "interviewer", "#interviews", "#seconds", "#in-hour", "#p-bound"];
    let mut table = page.table("table-bursts", &columns, page.base_counts(wave));
    for burst in &quality.found.bursts {
        table.rows.push(Row::of(vec![
            burst.line.to_string().into(),
            burst.interviewer.clone().unwrap_or_else(|| words::NOTHING.to_owned()).into(),
            count(burst.interviews).into(),
            count(burst.seconds).into(),
            count(burst.in_hour).into(),
            p_value(Some(burst.p_value)).into(),
        ]));
    }
    table.notes.push(page.words.word("note-bursts"));
    table
}

fn shared(page: &Page<'_>, wave: &WaveAssessment, quality: &QualityAssessment) -> Table {
    let columns = ["quality-index", "code", "first-line", "#interviews", "#interviewers"];
    let mut table = page.table("table-shared", &columns, page.base_counts(wave));
    for shared in &quality.found.shared {
        table.rows.push(Row::of(vec![
            page.words.word(&format!("/rule-quality-{}", key_of(shared.index))).into(),
            shared.code.clone().into(),
            shared.line.to_string().into(),
            count(shared.interviews).into(),
            words::count_of(shared.interviewers).into(),
        ]));
    }
    table.notes.push(page.words.word("note-shared"));
    table
}

fn between(page: &Page<'_>, wave: &WaveAssessment, quality: &QualityAssessment) -> Table {
    let columns = ["dimension", "#icc", "#f", "#df", "#p-holm", "#interviewers", "#n"];
    let mut table = page.table("table-between", &columns, page.base_counts(wave));
    for one in &quality.found.between {
        let df = format!("{}; {}", words::df(Some(one.df.0)), words::df(Some(one.df.1)));
        table.rows.push(Row::of(vec![
            page.dimension_named(wave, &one.dimension).into(),
            number(Some(one.icc), 3).into(),
            number(Some(one.f), 2).into(),
            df.into(),
            p_value(Some(one.p_value_holm)).into(),
            count(one.interviewers).into(),
            count(one.n).into(),
        ]));
    }
    table.notes.push(page.words.word("note-between"));
    table
}

fn interviewers(page: &Page<'_>, wave: &WaveAssessment, quality: &QualityAssessment) -> Table {
    let columns = [
        "code",
        "first-line",
        "#interviews",
        "#straight",
        "#matched",
        "#mean-seconds",
        "stands-out",
    ];
    let mut table = page.table("table-interviewers", &columns, page.base_counts(wave));
    let against = |versus: Option<Versus>, shown: &dyn Fn(f64) -> String| {
        versus.map_or_else(
            || Cell::from(words::NOTHING),
            |v| {
                Cell::from(shown(v.own)).noted(page.words.say(
                    "quality-others",
                    &[("others", &shown(v.others)), ("p", &words::p_statement(v.p_value_holm))],
                ))
            },
        )
    };
    let share = |value: f64| percent(Some(value));
    let seconds = |value: f64| number(Some(value), 0);
    for one in &quality.found.interviewers {
        let sign = |sign: &StandsOut| page.words.word(&format!("quality-stands-out-{}", key_of(sign)));
        let signs: Vec<String> = one.stands_out.iter().map(sign).collect();
        let tone = if signs.is_empty() { Tone::Plain } else { Tone::Unsure };
        let signs = if signs.is_empty() {
            words::NOTHING.to_owned()
        } else {
            signs.join(&page.words.word("comma"))
        };
        table.rows.push(Row::of(vec![
            one.code.clone().into(),
            one.line.to_string().into(),
            count(one.n).into(),
            against(one.straight, &share),
            against(one.matched, &share),
            against(one.seconds, &seconds),
            Cell::from(signs).toned(tone),
        ]));
    }
    table.notes.push(page.words.word("note-interviewers"));
    table
}

fn side_by_side(page: &Page<'_>, wave: &WaveAssessment, quality: &QualityAssessment) -> Table {
    let columns = [
        "quantity",
        "#all-that-count",
        "#without-flagged",
        "#difference",
        "#without-several",
        "#difference",
    ];
    let mut table = page.table("table-quality-without", &columns, page.base(wave));
    let row = |name: String, all: &Reported, of: &dyn Fn(&WithoutExclusions) -> Option<Reported>| {
        let mut cells = vec![name.into(), page.value_over_interval(all)];
        for other in [&quality.without_flagged, &quality.without_several] {
            let other = other.as_ref().and_then(of);
            let difference = other.as_ref().and_then(|o| Some(o.estimate?.value - all.estimate?.value));
            cells.push(other.map_or_else(|| Cell::from(words::NOTHING), |o| page.value_over_interval(&o)));
            cells.push(signed(difference).into());
        }
        Row::of(cells)
    };
    table.rows.push(Row {
        strong: true,
        ..row(page.words.word("index"), &wave.index, &|w| Some(w.index.clone()))
    });
    for (at, dimension) in wave.dimensions.iter().enumerate() {
        let of = |w: &WithoutExclusions| w.dimensions.get(at).cloned();
        table.rows.push(row(page.words.text(&dimension.title), &dimension.score, &of));
    }
    let n = |without: &Option<WithoutExclusions>| words::count_of(without.as_ref().map(|w| w.n));
    let (flagged, several) = (n(&quality.without_flagged), n(&quality.without_several));
    table.notes.push(
        page.words
            .say("note-quality-without", &[("flagged", &flagged), ("several", &several)]),
    );
    table
}
