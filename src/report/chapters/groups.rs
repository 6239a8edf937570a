//! Whether the model is the same for groups of customers, or from wave to wave: first whether they can be compared at all.

use super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::page::Page;
use super::super::words::{self, count, number};
use crate::assessment::WaveAssessment;
use crate::assessment::groups::{ComparedGroup, GroupComparison, GroupPair, PathOfGroups};
use crate::index::groups::InvarianceLevel;
use crate::resample::exchange::DISTINCT_MAX;
use crate::resample::{ExchangeFacts, ExchangeKind};

/// Pairs of groups up to which their tables stand open.
const OPEN_PAIRS: usize = 1;

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let comparisons = &page.assessment.group_comparisons;
    let (false, Some(wave)) = (comparisons.is_empty(), page.latest()) else {
        return Vec::new();
    };
    let mut blocks = vec![page.paragraph("groups-intro", &[])];
    for comparison in comparisons {
        blocks.extend(one(page, wave, comparison));
    }
    let alpha = comparisons.first().map_or(0.05, |c| c.alpha);
    blocks.push(page.fold("fold-groups-readings", wave, vec![readings(page, alpha)]));
    blocks
}

fn one(page: &Page<'_>, wave: &WaveAssessment, comparison: &GroupComparison) -> Vec<Block> {
    let comma = page.words.word("comma");
    let text = match &comparison.by {
        Some(column) => page.words.say("heading-groups-by", &[("column", &words::shown(column))]),
        None => page.words.word("heading-groups-waves"),
    };
    let mut blocks = vec![Block::Heading { text }];
    if !comparison.left_out.is_empty() {
        let names: Vec<String> = comparison.left_out.iter().map(|g| group(page, comparison, &g.name)).collect();
        blocks.push(page.paragraph("groups-left-out", &[("groups", &names.join(&comma))]));
    }
    if let Some(refusal) = &comparison.refusal {
        blocks.push(Block::Callout {
            text: page.words.text(&refusal.message),
            tone: Tone::Unsure,
        });
        return blocks;
    }
    blocks.push(page.paragraph("groups-base", &[("groups", &sizes(page, comparison))]));
    for pair in &comparison.pairs {
        blocks.extend(verdict(page, wave, comparison, pair));
    }
    if !comparison.omnibus.is_empty() {
        blocks.push(Block::Table(omnibus(page, wave, comparison)));
    }
    let tables: Vec<Block> = comparison
        .pairs
        .iter()
        .flat_map(|pair| [invariance(page, wave, comparison, pair), paths(page, wave, comparison, pair)])
        .map(Block::Table)
        .collect();
    if comparison.pairs.len() > OPEN_PAIRS {
        blocks.push(page.fold("fold-groups-pairs", wave, tables));
    } else {
        blocks.extend(tables);
    }
    blocks
}

/// Name of a group: the category, or the title of the wave.
fn group(page: &Page<'_>, comparison: &GroupComparison, name: &str) -> String {
    if comparison.by.is_some() {
        words::shown(name)
    } else {
        page.wave_named(name)
    }
}

fn sizes(page: &Page<'_>, comparison: &GroupComparison) -> String {
    let one = |g: &ComparedGroup| {
        let name = group(page, comparison, &g.name);
        page.words.say("groups-size", &[("name", &name), ("n", &count(g.n))])
    };
    let all: Vec<String> = comparison.groups.iter().map(one).collect();
    all.join(&page.words.word("comma"))
}

fn pair_name(page: &Page<'_>, comparison: &GroupComparison, pair: &GroupPair) -> String {
    let (first, second) = (group(page, comparison, &pair.first), group(page, comparison, &pair.second));
    page.words.say("groups-pair", &[("first", &first), ("second", &second)])
}

fn arrow(page: &Page<'_>, wave: &WaveAssessment, from: &str, to: &str) -> String {
    format!("{} → {}", page.dimension_named(wave, from), page.dimension_named(wave, to))
}

/// Whether a path differs after the correction for the number of tests.
fn differs(comparison: &GroupComparison, path: &PathOfGroups) -> bool {
    path.p_holm.is_some_and(|p| p <= comparison.alpha)
}

/// What was found for two groups, in sentences.
fn verdict(page: &Page<'_>, wave: &WaveAssessment, comparison: &GroupComparison, pair: &GroupPair) -> Vec<Block> {
    let (name, comma) = (pair_name(page, comparison, pair), page.words.word("comma"));
    if let Some(exchange) = pair.exchange.as_ref().filter(|e| !e.can_tell(comparison.alpha)) {
        let arguments: [(&'static str, &dyn std::fmt::Display); 4] = [
            ("pair", &name),
            ("distinct", &distinct(page, exchange)),
            ("p", &number(Some(exchange.smallest_p), 2)),
            ("alpha", &words::short(comparison.alpha)),
        ];
        return vec![Block::Callout {
            text: page.words.say("groups-not-judged", &arguments),
            tone: Tone::Unsure,
        }];
    }
    let strange = pair
        .invariance
        .iter()
        .filter(|i| i.reading.is_none_or(|r| r == InvarianceLevel::NotInvariant));
    let strange: Vec<String> = strange.map(|i| page.dimension_named(wave, &i.dimension)).collect();
    let compared = pair.paths.iter().filter(|p| p.comparable).count();
    let mut blocks = Vec::new();
    if !strange.is_empty() {
        let left = pair.paths.len() - compared;
        let arguments: [(&'static str, &dyn std::fmt::Display); 3] =
            [("pair", &name), ("dimensions", &strange.join(&comma)), ("paths", &left)];
        blocks.push(Block::Callout {
            text: page.words.say("groups-not-comparable", &arguments),
            tone: Tone::Unsure,
        });
    }
    let different: Vec<&PathOfGroups> = pair.paths.iter().filter(|p| differs(comparison, p)).collect();
    if different.is_empty() {
        if compared > 0 {
            blocks.push(page.paragraph("groups-no-difference", &[("pair", &name), ("paths", &compared)]));
        }
        return blocks;
    }
    let (first, second) = (group(page, comparison, &pair.first), group(page, comparison, &pair.second));
    let sentence = |path: &&PathOfGroups| {
        let arguments: [(&'static str, &dyn std::fmt::Display); 6] = [
            ("path", &arrow(page, wave, &path.from, &path.to)),
            ("first", &first),
            ("second", &second),
            ("a", &number(Some(path.first), 2)),
            ("b", &number(Some(path.second), 2)),
            ("p", &words::p_statement(path.p_holm)),
        ];
        page.words.say("groups-difference", &arguments)
    };
    blocks.push(page.paragraph("groups-differences", &[("pair", &name), ("paths", &compared)]));
    blocks.push(Block::List {
        items: different.iter().map(sentence).collect(),
    });
    blocks
}

fn invariance(page: &Page<'_>, wave: &WaveAssessment, comparison: &GroupComparison, pair: &GroupPair) -> Table {
    let columns = [
        "dimension",
        "#score-correlation",
        "#p",
        "#group-mean-difference",
        "#p",
        "#group-variance-ratio",
        "#p",
        "reading",
    ];
    let mut table = page.table("table-group-invariance", &columns, sizes(page, comparison));
    table.caption = page
        .words
        .say("table-group-invariance-of", &[("pair", &pair_name(page, comparison, pair))]);
    for found in &pair.invariance {
        let (key, tone) = match found.reading {
            Some(InvarianceLevel::NotInvariant) => ("group-invariance-none", Tone::Unsure),
            Some(InvarianceLevel::Partial) => ("group-invariance-partial", Tone::Plain),
            Some(InvarianceLevel::Full) => ("group-invariance-full", Tone::Good),
            None => ("group-invariance-unknown", Tone::Unsure),
        };
        table.rows.push(Row::of(vec![
            page.dimension_named(wave, &found.dimension).into(),
            number(found.micom.score_correlation, 4).into(),
            words::p_value(found.micom.score_correlation_p).into(),
            number(found.micom.mean_difference, 2).into(),
            words::p_value(found.micom.mean_p).into(),
            number(found.micom.variance_ratio, 2).into(),
            words::p_value(found.micom.variance_p).into(),
            Cell::from(page.words.word(key)).toned(tone),
        ]));
    }
    table.notes.push(page.words.say(
        "note-group-invariance",
        &[
            ("alpha", &words::short(comparison.alpha)),
            ("permutations", &count(comparison.permutations.into())),
        ],
    ));
    table
}

fn paths(page: &Page<'_>, wave: &WaveAssessment, comparison: &GroupComparison, pair: &GroupPair) -> Table {
    let columns = [
        "path",
        "#first",
        "#second",
        "#difference",
        "#p-permutation",
        "#p-holm",
        "#p-bh",
        "#p-henseler",
        "#p-welch",
        "reading",
    ];
    let mut table = page.table("table-group-paths", &columns, sizes(page, comparison));
    table.caption = page
        .words
        .say("table-group-paths-of", &[("pair", &pair_name(page, comparison, pair))]);
    for (at, name) in [(1, &pair.first), (2, &pair.second)] {
        if let Some(column) = table.columns.get_mut(at) {
            column.title = group(page, comparison, name);
        }
    }
    for path in &pair.paths {
        let (key, tone) = match (path.comparable, differs(comparison, path)) {
            (false, _) => ("path-not-comparable", Tone::Unsure),
            (true, true) => ("path-differs", Tone::Bad),
            (true, false) => ("path-same", Tone::Plain),
        };
        let difference = path.comparable.then_some(path.first - path.second);
        let welch = path.welch_t.zip(path.welch_df);
        let welch = welch.map_or_else(String::new, |(t, df)| {
            format!("t = {}, df = {}", number(Some(t), 2), words::df(Some(df)))
        });
        table.rows.push(Row::of(vec![
            arrow(page, wave, &path.from, &path.to).into(),
            number(Some(path.first), 3).into(),
            number(Some(path.second), 3).into(),
            words::signed_with(difference, 3).into(),
            words::p_value(path.permutation_p).into(),
            words::p_value(path.p_holm).into(),
            words::p_value(path.p_bh).into(),
            number(path.henseler_p, 3).into(),
            Cell::from(words::p_value(path.welch_p)).noted(welch),
            Cell::from(page.words.word(key)).toned(tone),
        ]));
    }
    let tests = comparison.pairs.iter().flat_map(|p| &p.paths).filter(|p| p.comparable).count();
    let failed: u64 = comparison.groups.iter().map(|g| g.replicates_failed).sum();
    let arguments: [(&'static str, &dyn std::fmt::Display); 7] = [
        ("exchange", &exchange(page, pair.exchange.as_ref())),
        ("permutations", &count(comparison.permutations.into())),
        ("replicates", &count(comparison.replicates.into())),
        ("seed", &comparison.seed),
        ("tests", &tests),
        ("failed", &count(pair.permutations_failed)),
        ("lost", &count(failed)),
    ];
    table.notes.push(page.words.say("note-group-paths", &arguments));
    table
}

fn omnibus(page: &Page<'_>, wave: &WaveAssessment, comparison: &GroupComparison) -> Table {
    let columns = ["path", "#spread", "#p-permutation", "#p-holm", "#p-bh", "reading"];
    let mut table = page.table("table-omnibus", &columns, sizes(page, comparison));
    for path in &comparison.omnibus {
        let different = path.p_holm.is_some_and(|p| p <= comparison.alpha);
        let (key, tone) = match (path.comparable, different) {
            (false, _) => ("path-not-comparable", Tone::Unsure),
            (true, true) => ("path-differs", Tone::Bad),
            (true, false) => ("path-same", Tone::Plain),
        };
        table.rows.push(Row::of(vec![
            arrow(page, wave, &path.from, &path.to).into(),
            number(Some(path.spread), 4).into(),
            words::p_value(path.permutation_p).into(),
            words::p_value(path.p_holm).into(),
            words::p_value(path.p_bh).into(),
            Cell::from(page.words.word(key)).toned(tone),
        ]));
    }
    let exchange = exchange(page, comparison.omnibus_exchange.as_ref());
    table.notes.push(page.words.say("note-omnibus", &[("exchange", &exchange)]));
    table
}

/// What the permutations have exchanged and why; empty in assessments that do not say.
pub(super) fn exchange(page: &Page<'_>, exchange: Option<&ExchangeFacts>) -> String {
    let Some(exchange) = exchange else {
        return String::new();
    };
    let key = match exchange.kind {
        ExchangeKind::Respondents => "exchange-respondents",
        ExchangeKind::Returning => "exchange-returning",
        ExchangeKind::WholeClusters => "exchange-whole-clusters",
        ExchangeKind::WithinClusters => "exchange-within-clusters",
        ExchangeKind::ReturningClusters => "exchange-returning-clusters",
    };
    let stratified = page.latest().and_then(|w| w.design.as_ref()).is_some_and(|d| d.strata > 1);
    let strata = match (exchange.within_strata, stratified) {
        (true, _) => "exchange-strata-kept",
        (false, true) => "exchange-strata-not-kept",
        (false, false) => "exchange-no-strata",
    };
    let arguments: [(&'static str, &dyn std::fmt::Display); 3] = [
        ("units", &count(exchange.units)),
        ("distinct", &distinct(page, exchange)),
        ("strata", &page.words.word(strata)),
    ];
    page.words.say(key, &arguments)
}

fn distinct(page: &Page<'_>, exchange: &ExchangeFacts) -> String {
    if exchange.distinct >= DISTINCT_MAX {
        page.words.word("exchange-many")
    } else {
        count(exchange.distinct)
    }
}

/// What each step and test is, how it is read, and where that comes from.
fn readings(page: &Page<'_>, alpha: f64) -> Block {
    let keys = [
        "configural",
        "compositional",
        "equality",
        "permutation",
        "henseler",
        "welch",
        "multiplicity",
    ];
    let alpha = words::short(alpha);
    let one = |key: &&str| page.words.say(&format!("groups-reading-{key}"), &[("alpha", &alpha)]);
    Block::List {
        items: keys.iter().map(one).collect(),
    }
}
