//! What the chapters share: the assessment, the words, and how tables begin and end.

use super::document::{Block, Cell, Column, Fact, Picture, Row, Table};
use super::figures::Figures;
use super::kinds::Kind;
use super::words::{self, Words, count, level};
use crate::assessment::{Assessment, WaveAssessment};
use crate::index::estimate::{Estimate, Reported};
use std::fmt::Display;

/// One report in the making.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub kind: Kind,
    pub assessment: &'a Assessment,
    pub figures: &'a Figures,
    pub words: Words,
}

impl<'a> Page<'a> {
    pub fn latest(&self) -> Option<&'a WaveAssessment> {
        self.assessment.waves.last()
    }

    /// Waves before the latest, newest first.
    pub fn earlier(&self) -> impl Iterator<Item = &'a WaveAssessment> + use<'a> {
        self.assessment.waves.iter().rev().skip(1)
    }

    pub fn wave_title(&self, wave: &WaveAssessment) -> String {
        wave_title(self.assessment, wave, &self.words)
    }

    /// `key` where scores have intervals, `key-plain` where they have none.
    pub fn by_precision(&self, key: &str, wave: &WaveAssessment) -> String {
        let plain = if has_intervals(wave) { "" } else { "-plain" };
        self.words.word(&format!("{key}{plain}"))
    }

    /// Waves before the latest that this report tells in full, newest first. The report of a year leaves samples of earlier waves to the
    /// report on sampling.
    pub fn earlier_in_full(&self) -> impl Iterator<Item = &'a WaveAssessment> + use<'a> {
        let told = self.kind != Kind::Evidence;
        self.earlier().filter(move |_| told)
    }

    /// Where the samples of earlier waves are, where this report does not tell them in full.
    pub fn earlier_elsewhere(&self) -> Option<Block> {
        let left_out = self.earlier().next().is_some() && self.earlier_in_full().next().is_none();
        left_out.then(|| self.paragraph("earlier-in-sampling", &[]))
    }

    /// Title of a wave named by its id.
    pub fn wave_named(&self, id: &str) -> String {
        let wave = self.assessment.waves.iter().find(|w| w.id == id);
        wave.map_or_else(|| words::shown(id), |w| self.wave_title(w))
    }

    /// Title of a dimension named by its id.
    pub fn dimension_named(&self, wave: &WaveAssessment, id: &str) -> String {
        let dimension = wave.dimensions.iter().find(|d| d.id == id);
        dimension.map_or_else(|| words::shown(id), |d| self.words.text(&d.title))
    }

    /// `计入的答卷 n = 250（各行的 n 可能较少） · 加权 · 95% 置信水平 · 2025 年度`: the interviews that count, as answers to a question may be fewer.
    pub fn base(&self, wave: &WaveAssessment) -> String {
        let key = if has_intervals(wave) { "base" } else { "base-plain" };
        self.base_with(key, wave, wave.coverage.n)
    }

    /// Base of what rests on the index alone, whose n is that of every row.
    pub fn base_of_index(&self, wave: &WaveAssessment) -> String {
        let n = wave.index.estimate.map_or(wave.coverage.n, |e| e.n);
        self.base_with("base-index", wave, n)
    }

    fn base_with(&self, key: &str, wave: &WaveAssessment, n: u64) -> String {
        let weighting = if is_weighted(wave) { "base-weighted" } else { "base-equal" };
        self.words.say(
            key,
            &[
                ("n", &count(n)),
                ("weighting", &self.words.word(weighting)),
                ("level", &level(self.assessment.survey.level)),
                ("wave", &self.wave_title(wave)),
            ],
        )
    }

    /// Base of plain counts, which no weight touches.
    pub fn base_counts(&self, wave: &WaveAssessment) -> String {
        self.words.say(
            "base-counts",
            &[
                ("n", &count(wave.coverage.n)),
                ("received", &count(wave.coverage.received)),
                ("wave", &self.wave_title(wave)),
            ],
        )
    }

    /// Base of shares of counts, which have an interval.
    pub fn base_coverage(&self, wave: &WaveAssessment) -> String {
        let level = level(self.assessment.survey.level);
        let (n, received) = (count(wave.coverage.n), count(wave.coverage.received));
        self.words.say(
            "base-coverage",
            &[
                ("n", &n),
                ("received", &received),
                ("level", &level),
                ("wave", &self.wave_title(wave)),
            ],
        )
    }

    /// Base of what all respondents who count take part in.
    pub fn base_all(&self, wave: &WaveAssessment) -> String {
        self.base_with("base", wave, wave.coverage.n)
    }

    /// What is folded on a screen. A single table in it needs no heading of its own.
    pub fn fold(&self, key: &str, wave: &WaveAssessment, mut blocks: Vec<Block>) -> Block {
        if let [Block::Table(table)] = blocks.as_mut_slice() {
            table.caption.clear();
        }
        Block::Details {
            title: self.words.say(key, &[("wave", &self.wave_title(wave))]),
            blocks,
        }
    }

    /// Base of outcome rates: the cases that were drawn.
    pub fn base_outcomes(&self, wave: &WaveAssessment) -> String {
        self.words.say(
            "base-outcomes",
            &[("drawn", &words::count_of(wave.coverage.drawn)), ("wave", &self.wave_title(wave))],
        )
    }

    /// Base of what cleaning counts: every interview received.
    pub fn base_received(&self, wave: &WaveAssessment) -> String {
        self.words.say(
            "base-received",
            &[("received", &count(wave.coverage.received)), ("wave", &self.wave_title(wave))],
        )
    }

    /// A table. Columns are keys of `report-column-<key>`; a leading `#` sets the column to the right.
    pub fn table(&self, caption: &str, columns: &[&str], base: String) -> Table {
        let column = |key: &&str| {
            let (numeric, key) = key.strip_prefix('#').map_or((false, *key), |key| (true, key));
            Column {
                title: self
                    .words
                    .say(&format!("column-{key}"), &[("level", &level(self.assessment.survey.level))]),
                numeric,
            }
        };
        Table {
            caption: self.words.word(caption),
            columns: columns.iter().map(column).collect(),
            rows: Vec::new(),
            base,
            notes: Vec::new(),
        }
    }

    pub fn fact(&self, key: &str, value: impl Into<String>) -> Fact {
        Fact {
            name: self.words.word(&format!("fact-{key}")),
            value: value.into(),
        }
    }

    pub fn heading(&self, key: &str) -> Block {
        Block::Heading {
            text: self.words.word(key),
        }
    }

    pub fn paragraph(&self, key: &str, args: &[(&'static str, &dyn Display)]) -> Block {
        Block::Paragraph {
            text: self.words.say(key, args),
        }
    }

    /// A figure whose numbers stand in a table of the same chapter, which has this caption.
    pub fn figure_beside(&self, id: &str, base: String, caption: &str) -> Option<Block> {
        let mut block = self.figure(id, base)?;
        if let Block::Figure(picture) = &mut block {
            picture.data_elsewhere = self.words.say("figure-data-elsewhere", &[("table", &caption)]);
        }
        Some(block)
    }

    /// A figure by its id; nothing when it was left out, which the reservations tell.
    pub fn figure(&self, id: &str, base: String) -> Option<Block> {
        let figure = self.figures.drawn.iter().find(|f| f.id == id)?;
        let rows = figure
            .table
            .rows
            .iter()
            .map(|row| Row::of(row.iter().cloned().map(Cell::from).collect()))
            .collect();
        Some(Block::Figure(Picture {
            id: figure.id.clone(),
            title: figure.title.clone(),
            svg: figure.svg.clone(),
            alt_text: figure.alt_text.clone(),
            data_title: self.words.word("figure-data"),
            data: Table {
                columns: figure.table.header.clone(),
                rows,
                base: base.clone(),
                ..Table::default()
            }
            .lean(),
            data_elsewhere: String::new(),
            base,
        }))
    }

    /// The interviews that count, wave by wave.
    fn counted(&self) -> String {
        let each = |wave: &WaveAssessment| {
            let n = count(wave.coverage.n);
            self.words.say("base-wave", &[("wave", &self.wave_title(wave)), ("n", &n)])
        };
        let waves: Vec<String> = self.assessment.waves.iter().map(each).collect();
        waves.join(&self.words.word("comma"))
    }

    /// Base of plain counts and remarks over all waves, which no weight touches.
    pub fn base_counts_of_waves(&self) -> String {
        self.words.say("base-counts-waves", &[("waves", &self.counted())])
    }

    /// Base of a figure over all waves.
    pub fn base_of_waves(&self) -> String {
        let weighted = self.assessment.waves.iter().any(is_weighted);
        let weighting = self.words.word(if weighted { "base-weighted" } else { "base-equal" });
        let level = level(self.assessment.survey.level);
        self.words.say(
            "base-waves",
            &[("waves", &self.counted()), ("weighting", &weighting), ("level", &level)],
        )
    }

    /// Cells for value, standard error, interval, n, df of an estimate; the reason under the dash when there is none.
    pub fn estimate_cells(&self, reported: &Reported) -> Vec<Cell> {
        let estimate = reported.estimate.as_ref();
        vec![
            Cell::from(words::points(estimate)).noted(self.words.refusal(reported)),
            words::number(estimate.and_then(|e| e.standard_error), 2).into(),
            self.words.interval(estimate.and_then(|e| e.interval)).into(),
            words::count_of(estimate.map(|e| e.n)).into(),
            words::df(estimate.and_then(|e| e.df)).into(),
        ]
    }

    /// A value with its interval under it.
    pub fn value_over_interval(&self, reported: &Reported) -> Cell {
        match &reported.estimate {
            Some(estimate) => Cell::from(words::points(Some(estimate))).noted(self.interval_note(estimate)),
            None => Cell::from(words::NOTHING).noted(self.words.refusal(reported)),
        }
    }

    fn interval_note(&self, estimate: &Estimate) -> String {
        if estimate.interval.is_some() {
            self.words.interval(estimate.interval)
        } else if estimate.precision_withheld {
            String::new()
        } else {
            self.words.word("no-interval")
        }
    }
}

/// Title of a wave, with its id where two waves share a title. A wave without a title of its own bears that of the
/// survey, which would only repeat the heading of the report.
pub(super) fn wave_title(assessment: &Assessment, wave: &WaveAssessment, words: &Words) -> String {
    if wave.title == assessment.survey.title && assessment.waves.len() == 1 {
        return words.word("this-wave");
    }
    let title = words.text(&wave.title);
    let same = assessment.waves.iter().filter(|w| words.text(&w.title) == title).count();
    if same > 1 {
        format!("{title} ({})", words::shown(&wave.id))
    } else {
        title
    }
}

/// Whether any score of the wave has an interval; those of a sample that is not random have none.
pub(super) fn has_intervals(wave: &WaveAssessment) -> bool {
    let scores = std::iter::once(&wave.index).chain(wave.dimensions.iter().map(|d| &d.score));
    let mut estimates = scores.chain(wave.items.iter().map(|i| &i.score)).filter_map(|r| r.estimate);
    estimates.any(|e| e.interval.is_some())
}

/// True unless all final weights of the wave are the same.
fn is_weighted(wave: &WaveAssessment) -> bool {
    wave.weights
        .steps
        .last()
        .is_some_and(|step| step.max - step.min > 1e-9 * step.max.abs())
}
