//! The waterfall of what moved the index.

use super::{Figure, FigureTable, Maker, ends};
use crate::report::charts::{self, ChartError, Waterfall, WaterfallStep};
use crate::report::page::wave_title;
use crate::report::words::{number, shown, signed_with};
use crate::trend::decomposition::{Decomposition, Level, PartKind};

impl Maker<'_> {
    /// The latest change of the index, by dimension where the index is made of all of them, else by item.
    pub(super) fn moves(&self) -> Option<Result<Figure, ChartError>> {
        let latest = self.assessment.waves.last()?;
        let over_time = self.assessment.over_time.as_ref()?;
        let found = over_time.decompositions.iter().find(|d| d.to == latest.id)?;
        let level = found.levels.first()?;
        Some(self.waterfall(found, level))
    }

    fn waterfall(&self, found: &Decomposition, level: &Level) -> Result<Figure, ChartError> {
        let (from, to) = (self.wave_of(&found.from), self.wave_of(&found.to));
        let title = self.words.say("figure-moves-of", &[("from", &from), ("to", &to)]);
        let mut steps: Vec<WaterfallStep> = level
            .parts
            .iter()
            .map(|part| {
                let (low, high) = ends(part.by_score_interval);
                WaterfallStep {
                    name: self.words.text(&part.title),
                    amount: part.by_score,
                    low,
                    high,
                }
            })
            .collect();
        let plain = |key: &str, amount: f64| WaterfallStep {
            name: self.words.word(key),
            amount,
            low: None,
            high: None,
        };
        // What is left over is rounding, and is put where no reader could see it, so that the steps end at the index.
        steps.push(plain("moves-weights", level.weights + level.residual));
        let chart = Waterfall {
            title: title.clone(),
            x_label: self.words.word("axis-score"),
            start: (from.clone(), found.before),
            end: (to.clone(), found.after),
            note: self.note_with(&self.words.word(match level.parts_are {
                PartKind::Dimensions => "moves-note-dimensions",
                PartKind::Items => "moves-note-items",
            })),
            steps,
        };
        let header = self.columns(&["part", "#by-score", "#interval"]);
        let rows = chart.steps.iter().map(|step| self.step_row(step)).collect();
        let alt_text = self.words.say(
            "alt-moves",
            &[
                ("from", &from),
                ("to", &to),
                ("before", &number(Some(found.before), 1)),
                ("after", &number(Some(found.after), 1)),
                ("scores", &signed_with(Some(level.scores), 2)),
                ("weights", &signed_with(Some(level.weights), 2)),
            ],
        );
        Ok(Figure {
            id: "moves".to_owned(),
            svg: charts::waterfall(&chart)?,
            title,
            alt_text,
            table: FigureTable { header, rows },
        })
    }

    fn step_row(&self, step: &WaterfallStep) -> Vec<String> {
        let level = self.assessment.survey.level;
        let interval = step
            .low
            .zip(step.high)
            .map(|(lower, upper)| crate::index::estimate::Interval { lower, upper, level });
        vec![
            step.name.clone(),
            signed_with(Some(step.amount), 2),
            self.words.interval_with(interval, 2),
        ]
    }

    /// Title of a wave named by its id.
    pub(super) fn wave_of(&self, id: &str) -> String {
        let wave = self.assessment.waves.iter().find(|w| w.id == id);
        wave.map_or_else(|| shown(id), |w| wave_title(self.assessment, w, &self.words))
    }

    /// The note of every figure, with a sentence before it.
    pub(super) fn note_with(&self, sentence: &str) -> String {
        format!("{sentence}{}{}", self.words.word("sentence-gap"), self.note())
    }
}
