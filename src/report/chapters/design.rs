//! The design behind the standard errors, and the two routes to them side by side.

use super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::page::Page;
use super::super::words::{count, count_of, number, percent};
use crate::assessment::WaveAssessment;
use crate::design::LonelyPsuPolicy;
use crate::index::routes::{DesignFacts, FinitePopulation};

/// Facts and routes of one wave; nothing where nothing could be estimated.
pub(super) fn blocks(page: &Page<'_>, wave: &WaveAssessment) -> Vec<Block> {
    let Some(design) = &wave.design else { return Vec::new() };
    let mut blocks = vec![page.heading("heading-design"), facts(page, design)];
    if !design.routes.is_empty() {
        blocks.push(Block::Table(routes(page, wave, design)));
    }
    blocks
}

fn facts(page: &Page<'_>, design: &DesignFacts) -> Block {
    let unit = if design.clusters.is_some() {
        "unit-clusters"
    } else {
        "unit-respondents"
    };
    let finite = match design.finite_population {
        FinitePopulation::None => "fpc-none",
        FinitePopulation::Respondents => "fpc-respondents",
        FinitePopulation::Clusters => "fpc-clusters",
        FinitePopulation::BothStages => "fpc-both-stages",
    };
    let lonely = match design.lonely_policy {
        LonelyPsuPolicy::Fail => "lonely-fail",
        LonelyPsuPolicy::Certainty => "lonely-certainty",
        LonelyPsuPolicy::Adjust => "lonely-adjust",
        LonelyPsuPolicy::Average => "lonely-average",
    };
    let jackknife = page.words.say(
        if design.random_groups.is_some() {
            "design-jackknife-groups"
        } else {
            "design-jackknife-each"
        },
        &[
            ("method", &page.words.method(design.jackknife)),
            ("groups", &count_of(design.random_groups)),
            ("count", &count(design.replicates)),
        ],
    );
    let mut facts = vec![
        page.fact("variance-unit", page.words.word(unit)),
        page.fact("design-strata", count(design.strata)),
    ];
    if design.clusters.is_some() {
        facts.push(page.fact("design-clusters", count_of(design.clusters)));
    }
    facts.extend([
        page.fact("design-respondents", count(design.respondents)),
        page.fact("design-df", page.words.say("design-df", &[("df", &count(design.df))])),
        page.fact("design-fpc", page.words.word(finite)),
        page.fact("design-lonely", page.words.say(lonely, &[("count", &count(design.lonely_strata))])),
        page.fact("design-jackknife", jackknife),
    ]);
    Block::Facts { facts }
}

fn routes(page: &Page<'_>, wave: &WaveAssessment, design: &DesignFacts) -> Table {
    let columns = ["dimension", "#se-taylor", "#se-jackknife", "#se-difference", "#design-effect"];
    let mut table = page.table("table-routes", &columns, page.base(wave));
    for route in &design.routes {
        let dimension = wave.dimensions.iter().find(|d| d.id == route.subject);
        let name = dimension.map_or_else(|| page.words.word("index"), |d| page.words.text(&d.title));
        let differs = route.difference.is_none_or(|d| d.abs() > design.told_above);
        let difference = Cell::from(percent(route.difference));
        table.rows.push(Row {
            strong: dimension.is_none(),
            ..Row::of(vec![
                name.into(),
                number(Some(route.taylor), 3).into(),
                number(Some(route.jackknife), 3).into(),
                if differs { difference.toned(Tone::Unsure) } else { difference },
                number(route.design_effect, 2).into(),
            ])
        });
    }
    let told = percent(Some(design.told_above));
    table.notes.push(page.words.say("note-routes", &[("told", &told)]));
    table
}
