//! The assessment → the document: one chapter a file.

mod certificate;
mod cleaning;
mod design;
mod determination;
mod disclosure;
mod domains;
mod drivers;
mod measurement;
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

use super::document::{Block, Chapter, Document, Summary};
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

const CHAPTERS: [(&str, MakeBlocks); 17] = [
    ("results", results::blocks),
    ("trend", trend::blocks),
    ("priorities", priorities::blocks),
    ("sample", sample::blocks),
    ("cleaning", cleaning::blocks),
    ("quality", quality::blocks),
    ("weights", weights::blocks),
    ("measurement", measurement::blocks),
    ("model", model::blocks),
    ("weighting", weighting::blocks),
    ("service-gap", service_gap::blocks),
    ("determination", determination::blocks),
    ("domains", domains::blocks),
    ("reservations", reservations::blocks),
    ("disclosure", disclosure::blocks),
    ("provenance", provenance::blocks),
    ("certificate", certificate::blocks),
];

/// Chapters of the sampling report: what an auditor needs who looks at the sample only.
const SAMPLING: [&str; 5] = ["sample", "cleaning", "weights", "disclosure", "provenance"];

/// The report as a document, findings first.
pub(super) fn document(assessment: &Assessment, lang: Lang, figures: &Figures) -> Document {
    let page = Page {
        assessment,
        figures,
        words: Words::of(lang),
    };
    Document {
        summary: summary::summary(&page),
        subtitle: summary::subtitle(&page),
        ..of_chapters(&page, lang, |_| true)
    }
}

/// The validation of the sample by itself: how people were drawn, reached and weighted, and whom they stand for.
pub(super) fn sampling_document(assessment: &Assessment, lang: Lang, figures: &Figures) -> Document {
    let page = Page {
        assessment,
        figures,
        words: Words::of(lang),
    };
    Document {
        summary: summary::sampling(&page),
        subtitle: page.words.word("sampling-subtitle"),
        ..of_chapters(&page, lang, |id| SAMPLING.contains(&id))
    }
}

fn of_chapters(page: &Page<'_>, lang: Lang, wanted: impl Fn(&str) -> bool) -> Document {
    let (assessment, words) = (page.assessment, page.words);
    let survey = &assessment.survey;
    // A chapter that has nothing to say is left out. Chapters are referred to by title: their numbers differ from report to
    // report.
    let written = CHAPTERS.iter().filter(|(id, _)| wanted(id)).map(|(id, blocks)| (*id, blocks(page)));
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
        subtitle: String::new(),
        notice: survey.notice.as_ref().map(|n| words.text(n)).unwrap_or_default(),
        summary: Summary::default(),
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
