//! The assessment → charts, each with the numbers behind it as a table and a sentence for those who do not see it.
//!
//! Which figures there are follows from the data: a trend needs two waves, coverage a frame, the map importances. A
//! figure that the data call for and that cannot be drawn is left out and named in [`Figures::left_out`].

use super::charts::{
    self, ChartError, CoverageBar, CoverageBars, DimensionBar, DimensionBars, ImportanceMap, MapPoint, TrendChart, TrendPoint, TrendSeries,
};
use super::page::wave_title;
use super::words::{self, Words, count, level, percent, points, short};
use crate::assessment::{Assessment, PriorityMap, WaveAssessment};
use crate::coverage::{StratumCoverage, StratumVerdict};
use crate::grade::scheme::Reads;
use crate::index::estimate::{Estimate, Interval, Reported};
use crate::locale::Lang;

/// Most series beside each other in one trend.
const SERIES_MAX: usize = 7;

/// A grade line is drawn when it lies at most this many points outside the intervals of the index.
const LINE_REACH: f64 = 5.0;

/// A drawn figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Stable id, also its file name: `trend`, `trend-dimensions`, `dimensions`, `coverage`, `priorities`.
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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FigureTable {
    /// Names of the columns.
    pub header: Vec<String>,
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
    let maker = Maker { assessment, words: Words::of(lang) };
    let mut figures = Figures::default();
    let mut add = |id: &str, made: Option<Result<Figure, ChartError>>| match made {
        Some(Ok(figure)) => figures.drawn.push(figure),
        Some(Err(error)) => figures.left_out.push(maker.left_out(id, &error)),
        None => {}
    };
    add("trend", maker.trend());
    add("trend-dimensions", maker.trend_of_dimensions());
    if let Some(wave) = assessment.waves.last() {
        add("dimensions", maker.dimensions(wave));
        add("coverage", maker.coverage(wave));
        add("priorities", wave.priorities.as_ref().map(|map| maker.priorities(wave, map)));
    }
    let texts: String = figures.drawn.iter().flat_map(|f| f.table.rows.iter().flatten().chain([&f.title])).map(String::as_str).collect();
    let missing = charts::missing_glyphs(&texts);
    if !missing.is_empty() {
        let characters: String = missing.iter().take(20).collect();
        figures.left_out.push(maker.words.say("/missing-glyphs", &[("count", &missing.len()), ("characters", &characters)]));
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
        let title = self.words.word(&format!("figure-{id}"));
        self.words.say("figure-left-out", &[("figure", &title), ("reason", &self.words.word(&format!("figure-reason-{reason}")))])
    }

    fn columns(&self, keys: &[&str]) -> Vec<String> {
        let level = level(self.assessment.survey.level);
        keys.iter().map(|key| self.words.say(&format!("column-{key}"), &[("level", &level)])).collect()
    }

    fn note(&self) -> String {
        let notice = self.assessment.survey.notice.as_ref().map(|n| self.words.text(n)).unwrap_or_default();
        let interval = self.words.say("figure-note-interval", &[("level", &level(self.assessment.survey.level))]);
        if notice.is_empty() { interval } else { format!("{interval}{}{notice}", self.words.word("sentence-gap")) }
    }

    fn series(&self, name: String, of: &dyn Fn(&WaveAssessment) -> Option<Estimate>) -> TrendSeries {
        let point = |wave: &WaveAssessment| {
            let estimate = of(wave);
            let (low, high) = ends(estimate.and_then(|e| e.interval));
            TrendPoint {
                label: wave_title(self.assessment, wave, &self.words),
                value: estimate.map(|e| e.value),
                low,
                high,
                n: estimate.map_or(0, |e| e.n),
            }
        };
        TrendSeries { name, points: self.assessment.waves.iter().map(point).collect() }
    }

    fn trend(&self) -> Option<Result<Figure, ChartError>> {
        (self.assessment.waves.len() > 1).then(|| {
            let index = self.series(self.words.word("index"), &|wave| wave.index.estimate);
            let reference_lines = self.grade_lines(&index);
            self.trend_figure("trend", vec![index], reference_lines)
        })
    }

    fn trend_of_dimensions(&self) -> Option<Result<Figure, ChartError>> {
        let latest = self.assessment.waves.last().filter(|_| self.assessment.waves.len() > 1)?;
        let is_index = |id: &str| self.assessment.survey.index_dimension.as_deref() == Some(id);
        let dimensions = latest.dimensions.iter().filter(|d| !is_index(&d.id)).take(SERIES_MAX);
        let series: Vec<TrendSeries> = dimensions
            .map(|d| self.series(self.words.text(&d.title), &|wave| wave.dimensions.iter().find(|o| o.id == d.id)?.score.estimate))
            .collect();
        (!series.is_empty()).then(|| self.trend_figure("trend-dimensions", series, Vec::new()))
    }

    fn trend_figure(&self, id: &str, series: Vec<TrendSeries>, reference_lines: Vec<(f64, String)>) -> Result<Figure, ChartError> {
        let title = self.words.word(&format!("figure-{id}"));
        let table = FigureTable {
            header: self.columns(&["quantity", "wave", "score", "interval", "n"]),
            rows: series.iter().flat_map(|s| s.points.iter().map(|p| self.trend_row(&s.name, p))).collect(),
        };
        let chart = TrendChart { title: title.clone(), y_label: self.words.word("axis-score"), series, reference_lines, note: self.note() };
        let alt_text = self.words.say("alt-trend", &[("title", &title), ("waves", &self.assessment.waves.len())]);
        Ok(Figure { id: id.to_owned(), svg: charts::trend(&chart)?, title, alt_text, table })
    }

    fn trend_row(&self, name: &str, point: &TrendPoint) -> Vec<String> {
        let level = self.assessment.survey.level;
        let interval = point.low.zip(point.high).map(|(lower, upper)| Interval { lower, upper, level });
        vec![name.to_owned(), point.label.clone(), words::number(point.value, 1), self.words.interval(interval), count(point.n)]
    }

    /// Grade lines of schemes that read the index, as far as they lie near its range.
    fn grade_lines(&self, index: &TrendSeries) -> Vec<(f64, String)> {
        let values = || index.points.iter().flat_map(|p| [p.low, p.value, p.high]).flatten();
        let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
        let latest = self.assessment.waves.last().map(|w| w.determinations.as_slice()).unwrap_or_default();
        let mut lines = Vec::new();
        for determination in latest.iter().filter(|d| d.reads == Reads::Index) {
            for grade in determination.grades.iter().filter(|g| g.line >= low - LINE_REACH && g.line <= high + LINE_REACH) {
                let key = if determination.provisional { "line-provisional" } else { "line" };
                lines.push((grade.line, self.words.say(key, &[("grade", &self.words.text(&grade.title)), ("line", &short(grade.line))])));
            }
        }
        lines.truncate(12);
        lines
    }

    fn dimensions(&self, wave: &WaveAssessment) -> Option<Result<Figure, ChartError>> {
        if wave.dimensions.is_empty() {
            return None;
        }
        let is_index = |id: &str| self.assessment.survey.index_dimension.as_deref() == Some(id);
        let mut rows = vec![dimension_bar(self.words.word("index"), &wave.index, true)];
        rows.extend(wave.dimensions.iter().filter(|d| !is_index(&d.id)).map(|d| dimension_bar(self.words.text(&d.title), &d.score, false)));
        let title = self.titled("dimensions", wave);
        let mut table = FigureTable { header: self.columns(&["dimension", "score", "interval", "n"]), rows: Vec::new() };
        for row in &rows {
            let interval = row.low.zip(row.high).map(|(lower, upper)| Interval { lower, upper, level: self.assessment.survey.level });
            table.rows.push(vec![row.name.clone(), words::number(row.value, 1), self.words.interval(interval), count(row.n)]);
        }
        let alt_text = self.words.say("alt-dimensions", &[("title", &title), ("count", &(rows.len() - 1))]);
        let chart = DimensionBars {
            title: title.clone(),
            x_label: self.words.word("axis-score"),
            rows,
            missing_label: self.words.word("no-score"),
            note: self.note(),
        };
        Some(charts::dimension_bars(&chart).map(|svg| Figure { id: "dimensions".to_owned(), title, svg, alt_text, table }))
    }

    fn coverage(&self, wave: &WaveAssessment) -> Option<Result<Figure, ChartError>> {
        wave.coverage.population.filter(|_| wave.coverage.strata.len() > 1)?;
        let rows: Vec<CoverageBar> = wave.coverage.strata.iter().filter_map(|s| self.coverage_bar(s)).collect();
        let title = self.titled("coverage", wave);
        let interval = |s: &StratumCoverage| match (s.sample_share_low, s.sample_share_high) {
            (Some(low), Some(high)) => self.words.range(&percent(Some(low)), &percent(Some(high))),
            _ => words::NOTHING.to_owned(),
        };
        let table_row = |s: &StratumCoverage| {
            vec![words::shown(&s.stratum), percent(s.population_share), percent(s.sample_share), interval(s), count(s.n)]
        };
        let table = FigureTable {
            header: self.columns(&["stratum", "population-share", "sample-share", "interval", "n"]),
            rows: wave.coverage.strata.iter().map(table_row).collect(),
        };
        let alt_text = self.words.say("alt-coverage", &[("title", &title), ("count", &rows.len())]);
        let chart = CoverageBars {
            title: title.clone(),
            x_label: self.words.word("axis-share"),
            sample_label: self.words.word("legend-sample"),
            population_label: self.words.word("legend-population"),
            rows,
            note: self.note(),
        };
        Some(charts::coverage_bars(&chart).map(|svg| Figure { id: "coverage".to_owned(), title, svg, alt_text, table }))
    }

    fn coverage_bar(&self, stratum: &StratumCoverage) -> Option<CoverageBar> {
        let flag = match stratum.verdict {
            StratumVerdict::Short => Some(self.words.word("verdict-short")),
            StratumVerdict::Empty => Some(self.words.word("verdict-empty")),
            StratumVerdict::Pass | StratumVerdict::NotJudged => None,
        };
        Some(CoverageBar {
            name: words::shown(&stratum.stratum),
            sample_share: stratum.sample_share?,
            sample_low: stratum.sample_share_low,
            sample_high: stratum.sample_share_high,
            population_share: stratum.population_share?,
            n: stratum.n,
            flag,
        })
    }

    fn priorities(&self, wave: &WaveAssessment, map: &PriorityMap) -> Result<Figure, ChartError> {
        let title = self.titled("priorities", wave);
        let point = |p: &crate::assessment::PriorityPoint| {
            let (low, high) = ends(p.performance.interval);
            MapPoint { name: self.words.text(&p.title), importance: p.importance.value, performance: p.performance.value, low, high }
        };
        let row = |p: &crate::assessment::PriorityPoint| {
            let importance = words::number(Some(p.importance.value), 2);
            vec![self.words.text(&p.title), importance, points(Some(&p.performance)), self.words.interval(p.performance.interval), count(p.performance.n)]
        };
        let chart = ImportanceMap {
            title: title.clone(),
            x_label: self.words.word(&format!("axis-importance-{}", importance_key(map))),
            y_label: self.words.word("axis-performance"),
            points: map.points.iter().map(point).collect(),
            crosshair: (map.importance_mean, map.performance_mean),
            crosshair_note: self.words.word("crosshair"),
            quadrant_labels: ["keep-low", "keep", "later", "first"].map(|key| self.words.word(&format!("quadrant-{key}"))),
            note: self.note(),
        };
        let table = FigureTable {
            header: self.columns(&["subject", "importance", "performance", "interval", "n"]),
            rows: map.points.iter().map(row).collect(),
        };
        let alt_text = self.words.say("alt-priorities", &[("title", &title), ("count", &map.points.len())]);
        Ok(Figure { id: "priorities".to_owned(), svg: charts::importance_map(&chart)?, title, alt_text, table })
    }

    fn titled(&self, id: &str, wave: &WaveAssessment) -> String {
        let title = self.words.word(&format!("figure-{id}"));
        self.words.say("figure-of-wave", &[("title", &title), ("wave", &wave_title(self.assessment, wave, &self.words))])
    }
}

/// The key of the kind of importance; an unknown kind reads as a stated one.
pub(super) fn importance_key(map: &PriorityMap) -> &'static str {
    if map.importance_kind == "total-effect" { "total-effect" } else { "stated" }
}

fn ends(interval: Option<Interval>) -> (Option<f64>, Option<f64>) {
    (interval.map(|i| i.lower), interval.map(|i| i.upper))
}

fn dimension_bar(name: String, reported: &Reported, emphasised: bool) -> DimensionBar {
    let estimate = reported.estimate;
    let (low, high) = ends(estimate.and_then(|e| e.interval));
    DimensionBar { name, value: estimate.map(|e| e.value), low, high, n: estimate.map_or(0, |e| e.n), emphasised }
}
