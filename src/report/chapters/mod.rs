//! The assessment → the document: one chapter a file.

mod cleaning;
mod determination;
mod domains;
mod model;
mod next_grade;
mod priorities;
mod provenance;
mod reservations;
mod results;
mod sample;
mod summary;
mod trend;
mod weights;

use super::document::{Block, Chapter, Document};
use super::figures::Figures;
use super::page::Page;
use super::words::Words;
use crate::assessment::Assessment;
use crate::locale::Lang;

/// What is to be improved first, most urgent first.
pub(super) fn first_priorities(map: &crate::assessment::PriorityMap) -> impl Iterator<Item = &crate::assessment::PriorityPoint> {
    priorities::ordered(map).into_iter()
}

type MakeBlocks = fn(&Page<'_>) -> Vec<Block>;

const CHAPTERS: [(&str, MakeBlocks); 11] = [
    ("results", results::blocks),
    ("trend", trend::blocks),
    ("priorities", priorities::blocks),
    ("sample", sample::blocks),
    ("cleaning", cleaning::blocks),
    ("weights", weights::blocks),
    ("model", model::blocks),
    ("determination", determination::blocks),
    ("domains", domains::blocks),
    ("reservations", reservations::blocks),
    ("provenance", provenance::blocks),
];

/// The report as a document, findings first.
pub(super) fn document(assessment: &Assessment, lang: Lang, figures: &Figures) -> Document {
    let words = Words::of(lang);
    let page = Page {
        assessment,
        figures,
        words,
    };
    let survey = &assessment.survey;
    let chapter = |(position, (id, blocks)): (usize, &(&'static str, MakeBlocks))| Chapter {
        id,
        number: position + 1,
        title: words.word(&format!("chapter-{id}")),
        blocks: blocks(&page),
    };
    Document {
        lang: lang.tag(),
        title: words.text(&survey.title),
        subtitle: summary::subtitle(&page),
        notice: survey.notice.as_ref().map(|n| words.text(n)).unwrap_or_default(),
        summary: summary::summary(&page),
        chapters: CHAPTERS.iter().enumerate().map(chapter).collect(),
        colophon: words.say(
            "colophon",
            &[
                ("name", &super::words::shown(&assessment.producer.name)),
                ("version", &super::words::shown(&assessment.producer.version)),
            ],
        ),
    }
}
