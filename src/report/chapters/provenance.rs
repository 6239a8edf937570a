//! What the report was made from, by which formulas, and how to make it again.

use super::super::document::{Block, Cell, Fact, Row, Table};
use super::super::page::Page;
use super::super::words::{self, count, level};
use crate::assessment::files::{FileRead, files_read};
use crate::index::estimate::VarianceMethod;
use crate::resample::IntervalMethod;
use crate::survey::{ItemWeights, Mode};

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let mut blocks = vec![
        Block::Facts { facts: survey_facts(page) },
        Block::Table(files(page)),
        page.heading("methods"),
        methods(page),
    ];
    blocks.push(page.heading("recompute"));
    blocks.push(Block::List {
        items: ["recompute-run", "recompute-verify", "recompute-json"]
            .map(|key| page.words.say(key, &[("definition", &definition(page))]))
            .to_vec(),
    });
    blocks
}

fn survey_facts(page: &Page<'_>) -> Vec<Fact> {
    let survey = &page.assessment.survey;
    let producer = &page.assessment.producer;
    let mut facts = vec![page.fact("survey-id", words::shown(&survey.id))];
    let texts = [
        ("population-text", &survey.population),
        ("sponsor", &survey.sponsor),
        ("conductor", &survey.conductor),
    ];
    facts.extend(
        texts
            .into_iter()
            .filter_map(|(key, text)| Some(page.fact(key, page.words.text(text.as_ref()?)))),
    );
    facts.extend(survey.mode.map(|mode| page.fact("mode", page.words.word(mode_key(mode)))));
    if !survey.basis.is_empty() {
        facts.push(page.fact("basis", words::shown(&survey.basis.join(&page.words.word("comma")))));
    }
    facts.push(page.fact(
        "program",
        format!("{} {}", words::shown(&producer.name), words::shown(&producer.version)),
    ));
    facts.push(page.fact("level", level(survey.level)));
    facts.push(page.fact("seed", survey.seed.to_string()));
    facts.push(page.fact("item-weights", page.words.word(super::model::weights_key(survey.item_weights))));
    facts.push(page.fact("schema", page.assessment.schema_version.to_string()));
    facts
}

fn mode_key(mode: Mode) -> &'static str {
    match mode {
        Mode::Web => "/mode-web",
        Mode::Phone => "/mode-phone",
        Mode::Paper => "/mode-paper",
        Mode::FaceToFace => "/mode-face-to-face",
        Mode::Mixed => "/mode-mixed",
    }
}

/// The file of the definition, as the command that makes everything again needs it.
fn definition(page: &Page<'_>) -> String {
    let own = page.assessment.waves.iter().rev().filter(|w| w.taken.is_none());
    let mut files = own.flat_map(|w| &w.inputs).filter(|i| i.kind == "definition");
    files.next().map_or_else(|| "survey.toml".to_owned(), |i| words::shown(&i.file))
}

fn files(page: &Page<'_>) -> Table {
    let columns = ["wave", "file-kind", "file", "#bytes", "encoding", "sha256"];
    let mut table = page.table("table-files", &columns, page.words.word("base-files"));
    let row = |file: FileRead<'_>| {
        let all = file.waves.is_empty() || (file.waves.len() > 1 && file.waves.len() == page.assessment.waves.len());
        let waves: Vec<String> = file.waves.iter().map(|wave| page.wave_title(wave)).collect();
        let input = file.input;
        Row::of(vec![
            Cell::from(if all {
                page.words.word("all-waves")
            } else {
                waves.join(&page.words.word("comma"))
            }),
            page.words.say("file-kind", &[("kind", &input.kind)]).into(),
            words::shown(&input.file).into(),
            count(input.bytes).into(),
            words::shown(&input.encoding).into(),
            words::shown(&input.sha256).into(),
        ])
    };
    let files = files_read(&page.assessment.waves, page.assessment.over_time.as_ref());
    table.rows = files.into_iter().map(row).collect();
    table
}

/// The formulas behind the numbers, in words; only those that this report uses.
fn methods(page: &Page<'_>) -> Block {
    let mut items = vec![page.words.word("formula-score")];
    items.push(page.words.word(match page.assessment.survey.item_weights {
        ItemWeights::Pls => "formula-fornell",
        ItemWeights::StatedImportance => "formula-stated",
        ItemWeights::Equal | ItemWeights::Given | ItemWeights::Ahp => "formula-fixed",
        ItemWeights::Entropy | ItemWeights::Critic | ItemWeights::PrincipalComponent => "formula-spread",
    }));
    if page.assessment.survey.index_dimension.is_none() {
        items.push(page.words.word("formula-composite"));
    }
    let waves = &page.assessment.waves;
    let estimates = || {
        waves
            .iter()
            .flat_map(|w| {
                w.dimensions
                    .iter()
                    .map(|d| &d.score)
                    .chain(w.items.iter().map(|i| &i.score))
                    .chain([&w.index])
            })
            .filter_map(|r| r.estimate)
    };
    let methods = [
        (VarianceMethod::Taylor, "formula-taylor"),
        (VarianceMethod::JackknifeDeleteOne, "formula-delete-one"),
        (VarianceMethod::JackknifeDeletePsu, "formula-delete-psu"),
        (VarianceMethod::JackknifeDeleteGroup, "formula-delete-group"),
        (VarianceMethod::Bootstrap, "formula-bootstrap"),
    ];
    items.extend(
        methods
            .into_iter()
            .filter(|(m, _)| estimates().any(|e| e.method == *m))
            .map(|(_, key)| page.words.word(key)),
    );
    if estimates().any(|e| e.method == VarianceMethod::Bootstrap) {
        items.push(page.words.say(
            match page.assessment.survey.interval {
                IntervalMethod::Percentile => "formula-interval-percentile",
                IntervalMethod::Basic => "formula-interval-basic",
                IntervalMethod::Bca => "formula-interval-bca",
                IntervalMethod::Studentised => "formula-interval-studentised",
                IntervalMethod::T => "formula-interval-t",
            },
            &[("level", &level(page.assessment.survey.level))],
        ));
    }
    items.push(
        page.words
            .say("formula-interval", &[("level", &level(page.assessment.survey.level))]),
    );
    items.push(page.words.word("formula-kish"));
    if waves.len() > 1 {
        items.push(page.words.word("formula-change"));
    }
    items.push(page.words.word("formula-rounding"));
    Block::List { items }
}
