//! Figures over all waves: the index and the dimensions.

use super::{Figure, FigureTable, LINE_REACH, Maker, SERIES_MAX, ends};
use crate::assessment::WaveAssessment;
use crate::grade::scheme::Reads;
use crate::index::estimate::{Estimate, Interval};
use crate::report::charts::{self, ChartError, TrendChart, TrendPoint, TrendSeries};
use crate::report::page::wave_title;
use crate::report::words::{self, count, short};

impl Maker<'_> {
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
        TrendSeries {
            name,
            points: self.assessment.waves.iter().map(point).collect(),
        }
    }

    pub(super) fn trend(&self) -> Option<Result<Figure, ChartError>> {
        (self.assessment.waves.len() > 1).then(|| {
            let index = self.series(self.words.word("index"), &|wave| wave.index.estimate);
            let reference_lines = self.grade_lines(&index);
            self.trend_figure("trend", vec![index], &["index"], reference_lines)
        })
    }

    pub(super) fn trend_of_dimensions(&self) -> Option<Result<Figure, ChartError>> {
        let latest = self.assessment.waves.last().filter(|_| self.assessment.waves.len() > 1)?;
        let is_index = |id: &str| self.assessment.survey.index_dimension.as_deref() == Some(id);
        let dimensions = latest.dimensions.iter().filter(|d| !is_index(&d.id)).take(SERIES_MAX);
        let ids: Vec<&str> = dimensions.clone().map(|d| d.id.as_str()).collect();
        let series: Vec<TrendSeries> = dimensions
            .map(|d| {
                self.series(self.words.text(&d.title), &|wave| {
                    wave.dimensions.iter().find(|o| o.id == d.id)?.score.estimate
                })
            })
            .collect();
        (!series.is_empty()).then(|| self.trend_figure("trend-dimensions", series, &ids, Vec::new()))
    }

    /// The waves at which a quantity breaks off, because it is not compared with the wave before.
    fn breaks_of(&self, quantity: &str) -> Vec<usize> {
        let waves = &self.assessment.waves;
        let pairs = self
            .assessment
            .over_time
            .as_ref()
            .map(|o| o.comparability.as_slice())
            .unwrap_or_default();
        let broken = |later: &usize| {
            let (from, to) = (waves.get(later - 1).map(|w| &w.id), waves.get(*later).map(|w| &w.id));
            let pair = pairs.iter().find(|p| Some(&p.from) == from && Some(&p.to) == to);
            pair.is_some_and(|p| !p.allows(quantity))
        };
        (1..waves.len()).filter(broken).collect()
    }

    /// `quantities` are those of the series, in their order.
    fn trend_figure(
        &self,
        id: &str,
        series: Vec<TrendSeries>,
        quantities: &[&str],
        reference_lines: Vec<(f64, String)>,
    ) -> Result<Figure, ChartError> {
        let breaks: Vec<Vec<usize>> = quantities.iter().map(|quantity| self.breaks_of(quantity)).collect();
        let mut note = self.note();
        if breaks.iter().any(|b| !b.is_empty()) {
            note.push_str(&self.words.word("sentence-gap"));
            note.push_str(&self.words.word("trend-breaks"));
        }
        let title = self.words.word(&format!("figure-{id}"));
        let table = FigureTable {
            header: self.columns(&["quantity", "wave", "#score", "#interval", "#n"]),
            rows: series
                .iter()
                .flat_map(|s| s.points.iter().map(|p| self.trend_row(&s.name, p)))
                .collect(),
        };
        let chart = TrendChart {
            title: title.clone(),
            y_label: self.words.word("axis-score"),
            main: series.len() == 1,
            series,
            reference_lines,
            note,
        };
        let interval = chart.series.iter().flat_map(|s| &s.points).any(|p| p.low.is_some());
        let args: [(&'static str, &dyn std::fmt::Display); 3] = [
            ("title", &title),
            ("waves", &self.assessment.waves.len()),
            ("interval", &words::yes_no_key(interval)),
        ];
        let alt_text = self.words.say("alt-trend", &args);
        Ok(Figure {
            id: id.to_owned(),
            svg: charts::trend_with_breaks(&chart, &breaks)?,
            title,
            alt_text,
            table,
        })
    }

    fn trend_row(&self, name: &str, point: &TrendPoint) -> Vec<String> {
        let level = self.assessment.survey.level;
        let interval = point.low.zip(point.high).map(|(lower, upper)| Interval { lower, upper, level });
        vec![
            name.to_owned(),
            point.label.clone(),
            words::number(point.value, 1),
            self.words.interval(interval),
            count(point.n),
        ]
    }

    /// Grade lines of schemes that read the index, as far as they lie near its range.
    fn grade_lines(&self, index: &TrendSeries) -> Vec<(f64, String)> {
        let values = || index.points.iter().flat_map(|p| [p.low, p.value, p.high]).flatten();
        let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
        let latest = self
            .assessment
            .waves
            .last()
            .map(|w| w.determinations.as_slice())
            .unwrap_or_default();
        let mut lines = Vec::new();
        for determination in latest.iter().filter(|d| d.reads == Reads::Index) {
            for grade in determination
                .grades
                .iter()
                .filter(|g| g.line >= low - LINE_REACH && g.line <= high + LINE_REACH)
            {
                let key = if determination.provisional { "line-provisional" } else { "line" };
                lines.push((
                    grade.line,
                    self.words
                        .say(key, &[("grade", &self.words.text(&grade.title)), ("line", &short(grade.line))]),
                ));
            }
        }
        lines.truncate(12);
        lines
    }
}
