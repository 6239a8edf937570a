//! The assessment → charts, each with the numbers behind it as a table and a sentence for those who do not see it.
//!
//! Which figures there are follows from the data: a trend needs two waves, coverage a frame, the map importances. A
//! figure that the data call for and that cannot be drawn is left out and named in [`Figures::left_out`].

mod of_counts;
mod of_model;
mod of_moves;
mod of_series;
mod of_touchpoints;
mod of_wave;
mod over_waves;

pub(super) use of_series::{figure_id as series_figure_id, is_drawn, shown_in_unit};

use super::charts::{self, ChartError};
use super::document::Column;
use super::page::wave_title;
use super::words::{Words, level};
use crate::assessment::{Assessment, PriorityMap, WaveAssessment};
use crate::index::estimate::Interval;
use crate::locale::Lang;

/// Most series beside each other in one trend.
const SERIES_MAX: usize = 7;

/// A grade line is drawn when it lies at most this many points outside the intervals of the index.
const LINE_REACH: f64 = 5.0;

/// Id of the first picture of answers to items; further ones have `-2`, `-3` … behind it.
const LIKERT: &str = "likert";

/// A drawn figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Stable id, also its file name: `trend`, `trend-dimensions`, `moves`, `series-<id>-<chart>`, `dimensions`, `likert`, `likert-2` …, `radar`, `nps`,
    /// `complaints`, `coverage`, `percent-match`, `durations`, `weight-distribution`, `priorities`, `priorities-items`, `path-model`.
    pub id: String,
    /// Heading.
    pub title: String,
    /// The picture.
    pub svg: String,
    /// What it shows, in a sentence.
    pub alt_text: String,
    /// The numbers behind it.
    pub table: FigureTable,
}

/// The numbers behind a figure, as printed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FigureTable {
    /// The columns.
    pub header: Vec<Column>,
    /// Rows, as long as the header.
    pub rows: Vec<Vec<String>>,
}

/// The figures of a report in one language.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures {
    /// Figures, in the order of the report.
    pub drawn: Vec<Figure>,
    /// Figures that could not be drawn, and reservations about drawn ones, each as a sentence.
    pub left_out: Vec<String>,
}

/// Draws every figure that the assessment calls for.
#[must_use]
pub fn figures(assessment: &Assessment, lang: Lang) -> Figures {
    let named = crate::assessment::labels::named(assessment, lang);
    let assessment = named.as_ref();
    let maker = Maker {
        assessment,
        words: Words::of(lang),
    };
    let mut figures = Figures::default();
    let mut add = |id: &str, made: Option<Result<Figure, ChartError>>| match made {
        Some(Ok(figure)) => figures.drawn.push(figure),
        Some(Err(error)) => figures.left_out.push(maker.left_out(id, &error)),
        None => {}
    };
    add("trend", maker.trend());
    add("trend-dimensions", maker.trend_of_dimensions());
    add("moves", maker.moves());
    for (id, made) in maker.control_charts() {
        add(&id, Some(made));
    }
    if let Some(wave) = assessment.waves.last() {
        add("dimensions", maker.dimensions(wave));
        for (id, made) in maker.likert(wave) {
            add(&id, Some(made));
        }
        add("nps", maker.net_promoters());
        add("complaints", maker.complaint_pareto(wave));
        add("radar", maker.radar(wave));
        add("coverage", maker.coverage(wave));
        let matches = wave.quality.as_ref().and_then(|q| q.found.percent_match.as_ref());
        add("percent-match", matches.map(|m| maker.percent_match(wave, m)));
        let durations = wave.cleaning.durations.as_ref();
        add("durations", durations.map(|found| maker.durations(wave, found)));
        add("weight-distribution", maker.weight_distribution(wave));
        add(
            "priorities",
            wave.priorities.as_ref().map(|map| maker.priorities("priorities", wave, map)),
        );
        let of_items = wave.item_priorities.as_ref();
        add(
            "priorities-items",
            of_items.map(|map| maker.priorities("priorities-items", wave, map)),
        );
        add("path-model", wave.model.as_ref().map(|model| maker.path_model(wave, model)));
    }
    let texts: String = figures
        .drawn
        .iter()
        .flat_map(|f| f.table.rows.iter().flatten().chain([&f.title]))
        .map(String::as_str)
        .collect();
    let missing = charts::missing_glyphs(&texts);
    if !missing.is_empty() {
        let characters: String = missing.iter().take(20).collect();
        figures.left_out.push(
            maker
                .words
                .say("/missing-glyphs", &[("count", &missing.len()), ("characters", &characters)]),
        );
    }
    figures
}

struct Maker<'a> {
    assessment: &'a Assessment,
    words: Words,
}

impl Maker<'_> {
    fn left_out(&self, id: &str, error: &ChartError) -> String {
        let reason = match error {
            ChartError::Empty(_) => "empty",
            ChartError::NotFinite { .. } | ChartError::OutOfRange { .. } => "number",
            ChartError::ReversedInterval(_) => "interval",
            ChartError::RepeatedWave(_) => "wave",
            ChartError::TooLarge | ChartError::Scale => "size",
            ChartError::Font | ChartError::Drawing(_) | ChartError::Svg(_) => "drawing",
        };
        // The figures of a series share a title: there are as many as the survey has series.
        let key = match id {
            id if id.starts_with("series-") => "series",
            id if id.starts_with(LIKERT) => LIKERT,
            id => id,
        };
        let title = self.words.word(&format!("figure-{key}"));
        self.words.say(
            "figure-left-out",
            &[("figure", &title), ("reason", &self.words.word(&format!("figure-reason-{reason}")))],
        )
    }

    /// Columns by their keys; a leading `#` is a column of numbers.
    fn columns(&self, keys: &[&str]) -> Vec<Column> {
        let level = level(self.assessment.survey.level);
        let column = |key: &&str| {
            let (numeric, key) = key.strip_prefix('#').map_or((false, *key), |key| (true, key));
            let title = self.words.say(&format!("column-{key}"), &[("level", &level)]);
            Column { title, numeric }
        };
        keys.iter().map(column).collect()
    }

    fn note(&self) -> String {
        let notice = self
            .assessment
            .survey
            .notice
            .as_ref()
            .map(|n| self.words.text(n))
            .unwrap_or_default();
        let interval = if self.assessment.waves.iter().any(super::page::has_intervals) {
            self.words
                .say("figure-note-interval", &[("level", &level(self.assessment.survey.level))])
        } else {
            self.words.word("figure-note-plain")
        };
        if notice.is_empty() {
            interval
        } else {
            format!("{interval}{}{notice}", self.words.word("sentence-gap"))
        }
    }

    fn titled(&self, id: &str, wave: &WaveAssessment) -> String {
        let title = self.words.word(&format!("figure-{id}"));
        self.words.say(
            "figure-of-wave",
            &[("title", &title), ("wave", &wave_title(self.assessment, wave, &self.words))],
        )
    }
}

/// The pictures of the answers to items, in their order: many items take several.
pub(super) fn likert_ids(figures: &Figures) -> Vec<&str> {
    let ids = figures.drawn.iter().map(|f| f.id.as_str());
    ids.filter(|id| *id == LIKERT || id.strip_prefix(LIKERT).is_some_and(|rest| rest.starts_with('-')))
        .collect()
}

/// The key of the kind of importance; an unknown kind reads as a stated one.
pub(super) fn importance_key(map: &PriorityMap) -> &'static str {
    if map.importance_kind == "total-effect" {
        "total-effect"
    } else {
        "stated"
    }
}

fn ends(interval: Option<Interval>) -> (Option<f64>, Option<f64>) {
    (interval.map(|i| i.lower), interval.map(|i| i.upper))
}
