//! The assessment → the document: one chapter a file.

mod certificate;
mod cleaning;
mod design;
mod determination;
mod domains;
mod model;
mod next_grade;
mod priorities;
mod provenance;
mod quality;
mod reservations;
mod results;
mod sample;
mod service_gap;
mod summary;
mod trend;
mod weighting;
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

const CHAPTERS: [(&str, MakeBlocks); 15] = [
    ("results", results::blocks),
    ("trend", trend::blocks),
    ("priorities", priorities::blocks),
    ("sample", sample::blocks),
    ("cleaning", cleaning::blocks),
    ("quality", quality::blocks),
    ("weights", weights::blocks),
    ("model", model::blocks),
    ("weighting", weighting::blocks),
    ("service-gap", service_gap::blocks),
    ("determination", determination::blocks),
    ("domains", domains::blocks),
    ("reservations", reservations::blocks),
    ("provenance", provenance::blocks),
    ("certificate", certificate::blocks),
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
    // A chapter that has nothing to say is left out. Chapters are referred to by title: their numbers differ from report to
    // report.
    let written = CHAPTERS.iter().map(|(id, blocks)| (*id, blocks(&page)));
    let shown = written.filter(|(_, blocks)| !blocks.is_empty());
    let chapter = |(position, (id, blocks)): (usize, (&'static str, Vec<Block>))| Chapter {
        id,
        number: position + 1,
        title: words.word(&format!("chapter-{id}")),
        blocks,
    };
    Document {
        lang: lang.tag(),
        title: words.text(&survey.title),
        subtitle: summary::subtitle(&page),
        notice: survey.notice.as_ref().map(|n| words.text(n)).unwrap_or_default(),
        summary: summary::summary(&page),
        chapters: shown.enumerate().map(chapter).collect(),
        colophon: words.say(
            "colophon",
            &[
                ("name", &super::words::shown(&assessment.producer.name)),
                ("version", &super::words::shown(&assessment.producer.version)),
            ],
        ),
    }
}
