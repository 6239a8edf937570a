//! Figures beside the bars and of plain counts: the radar of the dimensions, how unequal weights are, how long answering took.

use super::{Figure, FigureTable, Maker, ends};
use crate::assessment::{DimensionResult, WaveAssessment};
use crate::clean::durations::{DurationStep, DurationSummary};
use crate::report::charts::{self, ChartError, Histogram, HistogramBar, RADAR_LEAST, RADAR_MOST, Radar, RadarAxis};
use crate::report::document::Column;
use crate::report::words::{self, count, number, percent};
use crate::weight::distribution::WeightBin;

impl Maker<'_> {
    /// The radar of the dimensions that make up the index; nothing unless all 3 to 8 of them have a score.
    pub(super) fn radar(&self, wave: &WaveAssessment) -> Option<Result<Figure, ChartError>> {
        let is_index = |d: &&DimensionResult| self.assessment.survey.index_dimension.as_deref() != Some(&d.id);
        let dimensions: Vec<&DimensionResult> = wave.dimensions.iter().filter(is_index).collect();
        let axis = |d: &&DimensionResult| {
            let estimate = d.score.estimate?;
            let (low, high) = ends(estimate.interval);
            Some(RadarAxis {
                name: self.words.text(&d.title),
                value: estimate.value,
                low,
                high,
                n: estimate.n,
            })
        };
        let axes: Vec<RadarAxis> = dimensions.iter().map(axis).collect::<Option<_>>()?;
        if !(RADAR_LEAST..=RADAR_MOST).contains(&axes.len()) {
            return None;
        }
        let title = self.titled("radar", wave);
        let row = |d: &&DimensionResult| {
            let estimate = d.score.estimate;
            vec![
                self.words.text(&d.title),
                words::points(estimate.as_ref()),
                self.words.interval(estimate.and_then(|e| e.interval)),
                words::count_of(estimate.map(|e| e.n)),
            ]
        };
        let table = FigureTable {
            header: self.columns(&["dimension", "#score", "#interval", "#n"]),
            rows: dimensions.iter().map(row).collect(),
        };
        let spoken: Vec<String> = axes.iter().map(|a| format!("{} {}", a.name, number(Some(a.value), 1))).collect();
        let spoken = spoken.join(&self.words.word("comma"));
        let alt_text = self.words.say("alt-radar", &[("title", &title), ("scores", &spoken)]);
        let chart = Radar {
            title: title.clone(),
            axes,
            note: self.words.say("figure-note-radar", &[("note", &self.note())]),
        };
        Some(charts::radar(&chart).map(|svg| Figure {
            id: "radar".to_owned(),
            title,
            svg,
            alt_text,
            table,
        }))
    }

    /// Respondents by relative weight; nothing where all weights are the same.
    pub(super) fn weight_distribution(&self, wave: &WaveAssessment) -> Option<Result<Figure, ChartError>> {
        let bins = &wave.weights.distribution;
        let (first, last) = (bins.first()?, bins.last()?);
        let decimals = decimals(first.below - first.from);
        let name = |bin: &WeightBin| format!("{}–{}", number(Some(bin.from), decimals), number(Some(bin.below), decimals));
        let named: Vec<(String, u64)> = bins.iter().map(|bin| (name(bin), bin.n)).collect();
        let (kish, effective) = (number(wave.weights.kish_effect, 3), number(wave.weights.n_effective, 1));
        let (from, below) = (number(Some(first.from), decimals), number(Some(last.below), decimals));
        let title = self.titled("weight-distribution", wave);
        let arguments: [(&'static str, &dyn std::fmt::Display); 5] = [
            ("title", &title),
            ("from", &from),
            ("below", &below),
            ("kish", &kish),
            ("effective", &effective),
        ];
        let chart = self.counts(
            &title,
            "axis-relative-weight",
            self.words
                .say("figure-note-weight-distribution", &[("kish", &kish), ("effective", &effective)]),
            &named,
        );
        let alt_text = self.words.say("alt-weight-distribution", &arguments);
        let table = self.counts_table("column-relative-weight", &named);
        Some(charts::histogram(&chart).map(|svg| Figure {
            id: "weight-distribution".to_owned(),
            title,
            svg,
            alt_text,
            table,
        }))
    }

    /// Interviews by how long they took.
    pub(super) fn durations(&self, wave: &WaveAssessment, found: &DurationSummary) -> Result<Figure, ChartError> {
        let name = |step: &DurationStep| match (step.from_seconds, step.below_seconds) {
            (0, Some(end)) => format!("< {}", words::clock(f64::from(end))),
            (from, Some(end)) => format!("{}–{}", words::clock(f64::from(from)), words::clock(f64::from(end))),
            (from, None) => format!("≥ {}", words::clock(f64::from(from))),
        };
        let named: Vec<(String, u64)> = found.steps.iter().map(|step| (name(step), step.n)).collect();
        let title = self.titled("durations", wave);
        let median = words::clock(found.median_seconds);
        let chart = self.counts(
            &title,
            "axis-durations",
            self.words.say(
                "figure-note-durations",
                &[("median", &median), ("least", &crate::clean::durations::STEP_LEAST)],
            ),
            &named,
        );
        let alt_text = self
            .words
            .say("alt-durations", &[("title", &title), ("n", &count(found.n)), ("median", &median)]);
        Ok(Figure {
            id: "durations".to_owned(),
            svg: charts::histogram(&chart)?,
            title,
            alt_text,
            table: self.counts_table("column-durations", &named),
        })
    }

    fn counts(&self, title: &str, axis: &str, note: String, named: &[(String, u64)]) -> Histogram {
        let bar = |(name, n): &(String, u64)| HistogramBar {
            name: name.clone(),
            observed: *n,
            expected: None,
        };
        Histogram {
            title: title.to_owned(),
            x_label: self.words.word(axis),
            y_label: self.words.word("axis-interviews"),
            observed_label: self.words.word("legend-counted"),
            expected_label: String::new(),
            bars: named.iter().map(bar).collect(),
            note,
        }
    }

    fn counts_table(&self, first: &str, named: &[(String, u64)]) -> FigureTable {
        let all: u64 = named.iter().map(|(_, n)| n).sum();
        let share = |n: u64| percent((all > 0).then(|| n as f64 / all as f64));
        FigureTable {
            header: [(first, false), ("column-observed", true), ("column-of-all", true)]
                .map(|(key, numeric)| Column {
                    title: self.words.word(key),
                    numeric,
                })
                .to_vec(),
            rows: named.iter().map(|(name, n)| vec![name.clone(), count(*n), share(*n)]).collect(),
        }
    }
}

/// Decimals that show both ends of a step of a round width.
fn decimals(width: f64) -> usize {
    let mut parts = width;
    for decimals in 1..6 {
        parts *= 10.0;
        // A step of a round width is whole once it is written with enough decimals, but for the last digits of the machine.
        if (parts + 1e-6).fract() < 2e-6 {
            return decimals;
        }
    }
    6
}

#[cfg(test)]
mod tests {
    use super::decimals;

    #[test]
    fn steps_are_written_with_the_decimals_they_need() {
        assert_eq!([0.5, 0.1, 0.9 - 0.85, 0.002, 1.0].map(decimals), [1, 1, 2, 3, 1]);
    }
}
