//! Figures of one wave: dimensions, coverage, what to improve first.

use super::{Figure, FigureTable, Maker, ends, importance_key};
use crate::assessment::{PriorityMap, PriorityPoint, WaveAssessment};
use crate::clean::quality::MatchSummary;
use crate::coverage::{StratumCoverage, StratumVerdict};
use crate::index::estimate::{Interval, Reported};
use crate::report::charts::{
    self, ChartError, CoverageBar, CoverageBars, DimensionBar, DimensionBars, Histogram, HistogramBar, ImportanceMap, MapPoint,
};
use crate::report::words::{self, count, percent, points};
use std::collections::{BTreeMap, BTreeSet};

/// Most things that a sentence about a figure names.
const SPOKEN_MOST: usize = 8;

impl Maker<'_> {
    /// Names with what is shown of them, in one breath.
    fn spoken<'a>(&self, parts: impl Iterator<Item = (&'a str, String)>) -> String {
        let parts: Vec<String> = parts.map(|(name, shown)| format!("{name} {shown}")).collect();
        parts.join(&self.words.word("comma"))
    }

    pub(super) fn dimensions(&self, wave: &WaveAssessment) -> Option<Result<Figure, ChartError>> {
        if wave.dimensions.is_empty() {
            return None;
        }
        let is_index = |id: &str| self.assessment.survey.index_dimension.as_deref() == Some(id);
        let mut rows = vec![dimension_bar(self.words.word("index"), &wave.index, true)];
        rows.extend(
            wave.dimensions
                .iter()
                .filter(|d| !is_index(&d.id))
                .map(|d| dimension_bar(self.words.text(&d.title), &d.score, false)),
        );
        let title = self.titled("dimensions", wave);
        let mut table = FigureTable {
            header: self.columns(&["dimension", "#score", "#interval", "#n"]),
            rows: Vec::new(),
        };
        for row in &rows {
            let interval = row.low.zip(row.high).map(|(lower, upper)| Interval {
                lower,
                upper,
                level: self.assessment.survey.level,
            });
            table.rows.push(vec![
                row.name.clone(),
                words::number(row.value, 1),
                self.words.interval(interval),
                count(row.n),
            ]);
        }
        let scores = self.spoken(rows.iter().map(|r| (r.name.as_str(), words::number(r.value, 1))));
        let alt_text = self.words.say(
            "alt-dimensions",
            &[
                ("title", &title),
                ("count", &(rows.len() - 1)),
                ("scores", &scores),
                ("interval", &words::yes_no_key(rows.iter().any(|r| r.low.is_some()))),
            ],
        );
        let chart = DimensionBars {
            title: title.clone(),
            x_label: self.words.word("axis-score"),
            rows,
            missing_label: self.words.word("no-score"),
            note: self.note(),
        };
        Some(charts::dimension_bars(&chart).map(|svg| Figure {
            id: "dimensions".to_owned(),
            title,
            svg,
            alt_text,
            table,
        }))
    }

    pub(super) fn coverage(&self, wave: &WaveAssessment) -> Option<Result<Figure, ChartError>> {
        wave.coverage.population.filter(|_| wave.coverage.strata.len() > 1)?;
        let rows: Vec<CoverageBar> = wave.coverage.strata.iter().filter_map(|s| self.coverage_bar(s)).collect();
        let title = self.titled("coverage", wave);
        let interval = |s: &StratumCoverage| match (s.sample_share_low, s.sample_share_high) {
            (Some(low), Some(high)) => self.words.range(&percent(Some(low)), &percent(Some(high))),
            _ => words::NOTHING.to_owned(),
        };
        let table_row = |s: &StratumCoverage| {
            vec![
                words::shown(&s.stratum),
                percent(s.population_share),
                percent(s.sample_share),
                interval(s),
                count(s.n),
            ]
        };
        let table = FigureTable {
            header: self.columns(&["stratum", "#population-share", "#sample-share", "#interval", "#n"]),
            rows: wave.coverage.strata.iter().map(table_row).collect(),
        };
        let gap = |row: &&CoverageBar| (row.sample_share - row.population_share).abs();
        let largest = rows.iter().max_by(|a, b| gap(a).total_cmp(&gap(b)));
        let largest = largest.map_or_else(String::new, |row| {
            let (name, sample, population) = (&row.name, percent(Some(row.sample_share)), percent(Some(row.population_share)));
            self.words.say(
                "alt-coverage-largest",
                &[("name", name), ("sample", &sample), ("population", &population)],
            )
        });
        let alt_text = self
            .words
            .say("alt-coverage", &[("title", &title), ("count", &rows.len()), ("largest", &largest)]);
        let chart = CoverageBars {
            title: title.clone(),
            x_label: self.words.word("axis-share"),
            sample_label: self.words.word("legend-sample"),
            population_label: self.words.word("legend-population"),
            rows,
            note: self.note(),
        };
        Some(charts::coverage_bars(&chart).map(|svg| Figure {
            id: "coverage".to_owned(),
            title,
            svg,
            alt_text,
            table,
        }))
    }

    pub(super) fn percent_match(&self, wave: &WaveAssessment, matches: &MatchSummary) -> Result<Figure, ChartError> {
        let title = self.titled("percent-match", wave);
        let steps = matches.histogram.len().saturating_sub(1).max(1);
        let name = |step: usize| format!("{}%", step * 100 / steps);
        let expected = matches.histogram_expected.iter().chain(std::iter::repeat(&0.0));
        let bars: Vec<HistogramBar> = matches
            .histogram
            .iter()
            .zip(expected)
            .enumerate()
            .map(|(step, (observed, expected))| HistogramBar {
                name: name(step),
                observed: *observed,
                expected: Some(*expected),
            })
            .collect();
        let row = |bar: &HistogramBar| vec![bar.name.clone(), count(bar.observed), words::number(bar.expected, 1)];
        let table = FigureTable {
            header: self.columns(&["match-step", "#observed", "#expected-count"]),
            rows: bars.iter().map(row).collect(),
        };
        let chart = Histogram {
            title: title.clone(),
            x_label: self.words.word("axis-percent-match"),
            y_label: self.words.word("axis-interviews"),
            observed_label: self.words.word("legend-observed"),
            expected_label: self.words.word("legend-expected"),
            bars,
            note: self.words.word("figure-note-percent-match"),
        };
        Ok(Figure {
            id: "percent-match".to_owned(),
            svg: charts::histogram(&chart)?,
            alt_text: self.words.say("alt-percent-match", &[("title", &title)]),
            title,
            table,
        })
    }

    fn coverage_bar(&self, stratum: &StratumCoverage) -> Option<CoverageBar> {
        let flag = match stratum.verdict {
            StratumVerdict::Short => Some(self.words.word("verdict-short")),
            StratumVerdict::Fail => Some(self.words.word("verdict-fail")),
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

    /// Numbers of the items of a map by id, none for dimensions: whole questions would cover one another. Where all ids are one word with
    /// different numbers (`q6`, `q23`), these are the numbers of the questionnaire; else items are counted in the order of the survey.
    fn point_numbers<'a>(wave: &'a WaveAssessment, map: &'a PriorityMap) -> BTreeMap<&'a str, u64> {
        let items: Vec<&str> = wave.items.iter().map(|i| i.id.as_str()).collect();
        if !map.points.iter().all(|p| items.contains(&p.id.as_str())) {
            return BTreeMap::new();
        }
        let own = |id: &'a str| {
            let word = id.trim_end_matches(|c: char| c.is_ascii_digit());
            let number = id.get(word.len()..)?.parse::<u64>().ok().filter(|n| *n < 1000)?;
            Some((word, number))
        };
        let owns: Vec<_> = items.iter().map(|id| own(id)).collect();
        let words: BTreeSet<_> = owns.iter().map(|own| own.map(|(word, _)| word)).collect();
        let different: BTreeSet<_> = owns.iter().flatten().map(|(_, number)| number).collect();
        let of_questionnaire = words.len() == 1 && different.len() == items.len();
        let number = |(at, id): (usize, &'a str)| {
            let counted = at as u64 + 1;
            (id, own(id).filter(|_| of_questionnaire).map_or(counted, |(_, number)| number))
        };
        items.into_iter().enumerate().map(number).collect()
    }

    /// The map of dimensions, or of items.
    pub(super) fn priorities(&self, id: &str, wave: &WaveAssessment, map: &PriorityMap) -> Result<Figure, ChartError> {
        let title = self.titled(id, wave);
        let numbers = Self::point_numbers(wave, map);
        let point = |p: &PriorityPoint| {
            let (low, high) = ends(p.performance.interval);
            let (importance_low, importance_high) = ends(p.importance.interval);
            MapPoint {
                name: self.words.text(&p.title),
                number: numbers.get(p.id.as_str()).copied(),
                importance: p.importance.value,
                performance: p.performance.value,
                importance_low,
                importance_high,
                low,
                high,
            }
        };
        let row = |p: &PriorityPoint| {
            let importance = words::number(Some(p.importance.value), 3);
            vec![
                match numbers.get(p.id.as_str()) {
                    Some(number) => format!("{number} · {}", self.words.text(&p.title)),
                    None => self.words.text(&p.title),
                },
                importance,
                self.words.interval_with(p.importance.interval, 3),
                points(Some(&p.performance)),
                self.words.interval(p.performance.interval),
                count(p.performance.n),
            ]
        };
        let chart = ImportanceMap {
            title: title.clone(),
            x_label: self.words.word(&format!(
                "axis-importance-{}{}",
                importance_key(map),
                if id == "priorities-items" { "-items" } else { "" }
            )),
            y_label: self.words.word("axis-performance"),
            points: map.points.iter().map(point).collect(),
            crosshair: (map.importance_mean, map.performance_mean),
            crosshair_note: self.words.word("crosshair"),
            quadrant_labels: ["keep-low", "keep", "later", "first"].map(|key| self.words.word(&format!("quadrant-{key}"))),
            note: self.note(),
        };
        let table = FigureTable {
            header: self.columns(&["subject", "#importance", "#interval", "#performance", "#interval", "#n"]),
            rows: map.points.iter().map(row).collect(),
        };
        let alt_text = self.spoken_map(&title, map);
        Ok(Figure {
            id: id.to_owned(),
            svg: charts::importance_map(&chart)?,
            title,
            alt_text,
            table,
        })
    }

    /// The map in a sentence: a map of many items is read from its table, and the sentence holds the most important ones.
    fn spoken_map(&self, title: &str, map: &PriorityMap) -> String {
        let place = |p: &PriorityPoint| format!("{} / {}", words::number(Some(p.importance.value), 3), points(Some(&p.performance)));
        let mut first: Vec<&PriorityPoint> = map.points.iter().collect();
        first.sort_by(|a, b| b.importance.value.total_cmp(&a.importance.value).then_with(|| a.id.cmp(&b.id)));
        let names: Vec<(String, String)> = first
            .iter()
            .take(SPOKEN_MOST)
            .map(|p| (self.words.text(&p.title), place(p)))
            .collect();
        let spoken = self.spoken(names.iter().map(|(name, place)| (name.as_str(), place.clone())));
        let all = map.points.len();
        let key = if all > SPOKEN_MOST {
            "alt-priorities-most"
        } else {
            "alt-priorities"
        };
        let args: [(&'static str, &dyn std::fmt::Display); 4] =
            [("title", &title), ("count", &all), ("points", &spoken), ("shown", &SPOKEN_MOST)];
        self.words.say(key, &args)
    }
}

fn dimension_bar(name: String, reported: &Reported, emphasised: bool) -> DimensionBar {
    let estimate = reported.estimate;
    let (low, high) = ends(estimate.and_then(|e| e.interval));
    DimensionBar {
        name,
        value: estimate.map(|e| e.value),
        low,
        high,
        n: estimate.map_or(0, |e| e.n),
        emphasised,
    }
}
