//! Whether the items measure what they are meant to: reliability, validity, missing answers.

use super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::page::Page;
use super::super::words::{self, number, percent};
use crate::assessment::measurement::{DimensionMeasurement, Measurement};
use crate::assessment::{DimensionResult, WaveAssessment};
use crate::model::missing::MissingMethod;
use crate::model::pls::OuterMode;

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some((wave, measurement)) = page.latest().and_then(|w| Some((w, w.measurement.as_ref()?))) else {
        return Vec::new();
    };
    let mut blocks = vec![page.paragraph("measurement-intro", &[]), verdict(page, wave, measurement)];
    blocks.push(Block::Table(reliability(page, wave, measurement)));
    blocks.push(page.fold("fold-measurement-readings", wave, vec![readings(page, wave, measurement)]));
    if measurement.dimensions.iter().any(|d| d.root_ave.is_some()) {
        blocks.push(Block::Table(discriminant(page, wave, measurement)));
    }
    blocks.extend(super::discriminant::blocks(page, wave, measurement));
    blocks.push(Block::Table(items(page, wave, measurement)));
    if measurement.items.iter().any(|i| !i.cross_loadings.is_empty()) {
        let table = Block::Table(cross_loadings(page, wave, measurement));
        blocks.push(page.fold("fold-cross-loadings", wave, vec![table]));
    }
    blocks
}

/// Lowest values that usually pass.
const RELIABLE: f64 = 0.7;
const ITEM_REST: f64 = 0.3;
const INFLATED: f64 = 5.0;
const AVE_LEAST: f64 = 0.5;

/// The chapter in one sentence: which dimensions are weak.
fn verdict(page: &Page<'_>, wave: &WaveAssessment, measurement: &Measurement) -> Block {
    let weak: Vec<String> = measurement
        .dimensions
        .iter()
        .filter(|d| alpha(wave, &d.dimension).is_some_and(|a| a < RELIABLE))
        .map(|d| page.dimension_named(wave, &d.dimension))
        .collect();
    let single = measurement.dimensions.iter().filter(|d| count_of(wave, &d.dimension) == 1);
    let single: Vec<String> = single.map(|d| page.dimension_named(wave, &d.dimension)).collect();
    let comma = page.words.word("comma");
    let mut text = if weak.is_empty() {
        page.words.word("measurement-sound")
    } else {
        page.words.say("measurement-weak", &[("dimensions", &weak.join(&comma))])
    };
    if !single.is_empty() {
        text.push_str(&page.words.word("sentence-gap"));
        text.push_str(&page.words.say("measurement-single", &[("dimensions", &single.join(&comma))]));
    }
    let doubts = doubts(page, wave, measurement);
    let sound = weak.is_empty() && doubts.is_empty();
    for doubt in doubts {
        text.push_str(&page.words.word("sentence-gap"));
        text.push_str(&doubt);
    }
    Block::Callout {
        text,
        tone: if sound { Tone::Good } else { Tone::Unsure },
    }
}

/// The other rules of the chapter that a dimension does not keep, each in a sentence.
fn doubts(page: &Page<'_>, wave: &WaveAssessment, measurement: &Measurement) -> Vec<String> {
    type Rule = fn(&DimensionMeasurement) -> bool;
    let rules: [(&str, Rule); 3] = [
        ("measurement-two-things", has_two_roots),
        ("measurement-low-ave", |d| d.root_ave.is_some_and(|root| root * root < AVE_LEAST)),
        ("measurement-not-distinct", |d| {
            d.root_ave.zip(d.correlation_max).is_some_and(|(root, r)| root <= r)
        }),
    ];
    let said = rules.into_iter().filter_map(|(key, broken)| {
        let names = measurement.dimensions.iter().filter(|d| broken(d));
        let names: Vec<String> = names.map(|d| page.dimension_named(wave, &d.dimension)).collect();
        let names = (!names.is_empty()).then(|| names.join(&page.words.word("comma")))?;
        Some(page.words.say(key, &[("dimensions", &names)]))
    });
    said.collect()
}

/// Whether a second eigenvalue above 1 speaks for two things in one dimension.
fn has_two_roots(dimension: &DimensionMeasurement) -> bool {
    dimension.eigenvalue_second.is_some_and(|root| root > 1.0)
}

fn alpha(wave: &WaveAssessment, dimension: &str) -> Option<f64> {
    wave.dimensions.iter().find(|d| d.id == dimension)?.reliability.alpha
}

fn count_of(wave: &WaveAssessment, dimension: &str) -> usize {
    wave.item_count_of(dimension)
}

/// A number that is doubtful below a line.
fn wanted_above(value: Option<f64>, line: f64) -> Cell {
    let tone = if value.is_some_and(|v| v < line) {
        Tone::Unsure
    } else {
        Tone::Plain
    };
    Cell::from(number(value, 3)).toned(tone)
}

fn reliability(page: &Page<'_>, wave: &WaveAssessment, measurement: &Measurement) -> Table {
    let columns = [
        "dimension",
        "#items",
        "#alpha",
        "#omega",
        "#rho-a",
        "#composite",
        "#lambda6",
        "#kmo",
        "#eigenvalues",
    ];
    let mut table = page.table("table-measurement", &columns, page.base_all(wave));
    for dimension in &measurement.dimensions {
        let items = count_of(wave, &dimension.dimension);
        let own = wave.dimensions.iter().find(|d| d.id == dimension.dimension);
        let composite = own.and_then(|d| d.reliability.composite);
        let mut first = wanted_above(alpha(wave, &dimension.dimension), RELIABLE);
        if items < 2 {
            first = first.noted(page.words.word("single-item"));
        }
        let omega = wanted_above(dimension.omega, RELIABLE);
        let omega = if dimension.heywood {
            omega.noted(page.words.word("heywood"))
        } else {
            omega
        };
        let roots = dimension.eigenvalue_first.zip(dimension.eigenvalue_second);
        let roots = roots.map_or_else(
            || words::NOTHING.to_owned(),
            |(a, b)| format!("{} / {}", number(Some(a), 2), number(Some(b), 2)),
        );
        let mode = dimension.outer.filter(|mode| *mode != OuterMode::ModeA);
        let name = Cell::from(page.dimension_named(wave, &dimension.dimension));
        let name = match mode {
            Some(OuterMode::ModeB) => name.noted(page.words.word("outer-mode-b")),
            Some(_) => name.noted(page.words.word("outer-unit")),
            None => name,
        };
        table.rows.push(Row::of(vec![
            name,
            words::count(items as u64).into(),
            first,
            omega,
            wanted_above(dimension.rho_a, RELIABLE),
            wanted_above(composite, RELIABLE),
            number(dimension.lambda6, 3).into(),
            number(dimension.kmo, 3).into(),
            Cell::from(roots).toned(if has_two_roots(dimension) { Tone::Unsure } else { Tone::Plain }),
        ]));
    }
    let method = page.words.word(match measurement.missing {
        MissingMethod::Mean => "missing-mean",
        MissingMethod::Pairwise => "missing-pairwise",
        MissingMethod::Listwise => "missing-listwise",
        MissingMethod::Em => "missing-em",
    });
    table.notes.push(page.words.say("note-measurement", &[("method", &method)]));
    let all = (
        number(measurement.kmo, 3),
        number(measurement.bartlett_chi_squared, 1),
        words::df(measurement.bartlett_df),
    );
    let p = words::p_statement(measurement.bartlett_p_value);
    let arguments: [(&'static str, &dyn std::fmt::Display); 4] = [("kmo", &all.0), ("chi", &all.1), ("df", &all.2), ("p", &p)];
    table.notes.push(page.words.say("note-bartlett", &arguments));
    table.lean()
}

/// What each coefficient of this chapter is, its usual reading, and where that comes from.
fn readings(page: &Page<'_>, wave: &WaveAssessment, measurement: &Measurement) -> Block {
    let of = |value: fn(&DimensionMeasurement) -> bool| measurement.dimensions.iter().any(value);
    let variance = of(|d| d.root_ave.is_some());
    let composite = wave.dimensions.iter().any(|d| d.reliability.composite.is_some());
    let crossed = measurement.items.iter().any(|i| !i.cross_loadings.is_empty());
    let keys = [
        ("alpha", true),
        ("omega", of(|d| d.omega.is_some())),
        ("rho-a", of(|d| d.rho_a.is_some())),
        ("rho-c", composite),
        ("ave", variance),
        ("lambda6", of(|d| d.lambda6.is_some())),
        ("kmo", of(|d| d.kmo.is_some())),
        ("eigenvalues", of(|d| d.eigenvalue_first.is_some())),
        ("fornell-larcker", variance),
        ("htmt", !measurement.pairs.is_empty()),
        ("cross-loadings", crossed),
        ("item-rest", true),
        ("vif", measurement.items.iter().any(|i| i.vif.is_some())),
    ];
    let shown = keys.into_iter().filter(|(_, there)| *there);
    Block::List {
        items: shown.map(|(key, _)| page.words.word(&format!("reading-{key}"))).collect(),
    }
}

fn discriminant(page: &Page<'_>, wave: &WaveAssessment, measurement: &Measurement) -> Table {
    let columns = ["dimension", "#ave", "#root-ave", "#correlation-max", "closest", "reading"];
    let mut table = page.table("table-discriminant", &columns, page.base_all(wave));
    for dimension in &measurement.dimensions {
        let compared = dimension.root_ave.zip(dimension.correlation_max);
        let reading = compared.map(|(root, largest)| {
            let (key, tone) = if root > largest {
                ("discriminant-met", Tone::Good)
            } else {
                ("discriminant-not-met", Tone::Unsure)
            };
            Cell::from(page.words.word(key)).toned(tone)
        });
        let closest = dimension.closest.as_ref().map(|id| page.dimension_named(wave, id));
        table.rows.push(Row::of(vec![
            page.dimension_named(wave, &dimension.dimension).into(),
            wanted_above(dimension.root_ave.map(|r| r * r), AVE_LEAST),
            number(dimension.root_ave, 3).into(),
            number(dimension.correlation_max, 3).into(),
            closest.unwrap_or_else(|| words::NOTHING.to_owned()).into(),
            reading.unwrap_or_else(|| words::NOTHING.into()),
        ]));
    }
    table.notes.push(page.words.word("note-discriminant"));
    table.lean()
}

fn items(page: &Page<'_>, wave: &WaveAssessment, measurement: &Measurement) -> Table {
    let columns = ["item", "#missing-share", "#rest-correlation", "#alpha-without", "#vif", "remark"];
    let mut table = page.table("table-item-measurement", &columns, page.base_all(wave));
    for dimension in wave.dimensions.iter().filter(|d| d.parts.is_empty()) {
        table.rows.push(Row::head(page.words.text(&dimension.title)));
        for item in measurement.items.iter().filter(|i| i.dimension == dimension.id) {
            let better = item
                .alpha_without
                .zip(dimension.reliability.alpha)
                .is_some_and(|(without, with)| without > with + 0.005);
            let mut remarks = Vec::new();
            if item.rest_correlation.is_some_and(|r| r < ITEM_REST) {
                remarks.push(page.words.word("remark-loose-item"));
            }
            if better {
                remarks.push(page.words.word("remark-better-without"));
            }
            if item.vif.is_some_and(|v| v > INFLATED) {
                remarks.push(page.words.word("remark-same-item"));
            }
            if let Some(other) = &item.strays_to {
                remarks.push(
                    page.words
                        .say("remark-stray-item", &[("dimension", &page.dimension_named(wave, other))]),
                );
            }
            table.rows.push(Row::of(vec![
                item_within(page, wave, dimension, &item.item),
                percent(Some(item.missing_share)).into(),
                wanted_above(item.rest_correlation, ITEM_REST),
                number(item.alpha_without, 3).into(),
                number(item.vif, 2).into(),
                remarks.join(&page.words.word("comma")).into(),
            ]));
        }
    }
    table.lean()
}

fn item_within(page: &Page<'_>, wave: &WaveAssessment, dimension: &DimensionResult, id: &str) -> Cell {
    let found = wave.items.iter().find(|i| i.id == id);
    let title = found.map_or_else(|| words::shown(id), |i| super::results::title_within(page, dimension, &i.title));
    Cell::from(title).noted(words::shown(id))
}

fn item_name(page: &Page<'_>, wave: &WaveAssessment, id: &str) -> Cell {
    let found = wave.items.iter().find(|i| i.id == id);
    let title = found.map_or_else(|| words::shown(id), |i| page.words.text(&i.title));
    Cell::from(title).noted(words::shown(id))
}

fn cross_loadings(page: &Page<'_>, wave: &WaveAssessment, measurement: &Measurement) -> Table {
    let mut table = page.table("table-cross-loadings", &["item"], page.base_all(wave));
    for dimension in &wave.dimensions {
        table.columns.push(super::super::document::Column {
            title: page.words.text(&dimension.title),
            numeric: true,
        });
    }
    for item in &measurement.items {
        let mut row = vec![item_name(page, wave, &item.item)];
        for (loading, dimension) in item.cross_loadings.iter().zip(&wave.dimensions) {
            let cell = Cell::from(number(Some(*loading), 2));
            let tone = match (&item.strays_to, dimension.id == item.dimension) {
                (Some(_), true) => Tone::Unsure,
                (None, true) => Tone::Good,
                _ => Tone::Plain,
            };
            row.push(cell.toned(tone));
        }
        table.rows.push(Row::of(row));
    }
    table
}
