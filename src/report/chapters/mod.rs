//! The assessment → the document: one chapter a file.

mod benchmark;
mod certificate;
mod change_tables;
mod cleaning;
mod comparability;
mod complaints;
mod design;
mod determination;
mod disclosure;
mod discriminant;
mod domains;
pub(super) mod drill;
mod drivers;
mod groups;
mod measurement;
mod model;
mod moves;
mod next_grade;
mod open_answers;
mod priorities;
mod provenance;
mod quality;
mod questionnaire;
mod reservations;
mod results;
mod sample;
mod segment_table;
mod series;
mod service_gap;
mod settings;
mod sign_off;
mod standing_out;
pub(super) mod summary;
mod surveillance;
mod touchpoints;
mod trend;
mod weighting;
mod weights;
mod wholes;

use super::document::{Block, Chapter};
use super::page::Page;

/// What is to be improved first, most urgent first; without what is not acted on.
pub(super) fn first_priorities<'a>(
    wave: &crate::assessment::WaveAssessment,
    map: &'a crate::assessment::PriorityMap,
) -> impl Iterator<Item = &'a crate::assessment::PriorityPoint> {
    let acted_on = priorities::ordered(wave, map).into_iter().filter(|(place, _)| place.actionable);
    acted_on.map(|(_, point)| point)
}

type MakeBlocks = fn(&Page<'_>) -> Vec<Block>;

const CHAPTERS: &[(&str, MakeBlocks)] = &[
    ("results", results::blocks),
    ("trend", trend::blocks),
    ("moves", moves::blocks),
    ("targets", surveillance::targets::blocks),
    ("comparability", comparability::blocks),
    ("series", series::blocks),
    ("benchmark", benchmark::blocks),
    ("priorities", priorities::blocks),
    ("touchpoints", touchpoints::blocks),
    ("complaints", complaints::blocks),
    ("open-answers", open_answers::blocks),
    ("sample", sample::blocks),
    ("cleaning", cleaning::blocks),
    ("quality", quality::blocks),
    ("weights", weights::blocks),
    ("measurement", measurement::blocks),
    ("model", model::blocks),
    ("groups", groups::blocks),
    ("weighting", weighting::blocks),
    ("service-gap", service_gap::blocks),
    ("determination", determination::blocks),
    ("domains", domains::blocks),
    ("reservations", reservations::blocks),
    ("disclosure", disclosure::blocks),
    ("questionnaire", questionnaire::blocks),
    ("provenance", provenance::blocks),
    ("certificate", certificate::blocks),
    ("plan", surveillance::plan::blocks),
    ("actions", surveillance::actions::blocks),
    ("grade", surveillance::grade::blocks),
    ("fieldwork", surveillance::fieldwork::blocks),
    ("questions", surveillance::questions::blocks),
    ("sign-off", sign_off::blocks),
    ("glance", surveillance::glance::blocks),
];

/// The chapters with these ids in this order; one that has nothing to say is left out.
pub(super) fn chapters(page: &Page<'_>, wanted: &[&str]) -> Vec<Chapter> {
    let make = |id: &&str| CHAPTERS.iter().find(|(known, _)| known == id);
    let chosen = wanted.iter().filter_map(make);
    let written = chosen.map(|(id, blocks)| (*id, blocks(page)));
    let shown = written.filter(|(_, blocks)| !blocks.is_empty());
    // Chapters are referred to by title: their numbers differ from report to report.
    let chapter = |(position, (id, blocks)): (usize, (&'static str, Vec<Block>))| Chapter {
        id,
        number: position + 1,
        title: page.words.word(&format!("chapter-{id}")),
        blocks,
    };
    shown.enumerate().map(chapter).collect()
}
