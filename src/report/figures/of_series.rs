//! The charts of a series.

use super::{Figure, FigureTable, Maker};
use crate::report::charts::{self, ChartError, ControlPicture, ControlPoint};
use crate::report::words::{number, shown};
use crate::survey::over_time::SeriesKind;
use crate::trend::control::{ChartKind, ControlChart, SeriesAssessment};

impl Maker<'_> {
    /// Every chart of every series, with its id. Of a series that is too short to be judged only the values and their ranges are drawn: the
    /// other charts are there to judge by.
    pub(super) fn control_charts(&self) -> Vec<(String, Result<Figure, ChartError>)> {
        let series = self.assessment.over_time.as_ref().map(|o| o.series.as_slice()).unwrap_or_default();
        let of_series = |one: &SeriesAssessment| -> Vec<(String, Result<Figure, ChartError>)> {
            let chart = |chart: &ControlChart| (figure_id(one, chart), self.control_chart(one, chart));
            one.charts.iter().filter(|c| is_drawn(one, c)).map(chart).collect()
        };
        series.iter().flat_map(of_series).collect()
    }

    fn control_chart(&self, series: &SeriesAssessment, chart: &ControlChart) -> Result<Figure, ChartError> {
        let kind = self.words.word(&format!("chart-{}", chart.kind.as_str()));
        let name = self.words.text(&series.title);
        let title = self.words.say("chart-title", &[("chart", &kind), ("series", &name)]);
        let main = matches!(chart.kind, ChartKind::Individuals | ChartKind::PPrime);
        let shift = series
            .change_point
            .as_ref()
            .filter(|c| main && c.p_value < 1.0 - self.assessment.survey.level);
        let points: Vec<ControlPoint> = (0..series.values.len()).filter_map(|at| point(series, chart, at)).collect();
        let signals = points.iter().filter(|p| p.signal).count();
        let judged = self
            .words
            .word(if series.judged { "chart-note-judged" } else { "chart-note-trial" });
        let scale = percent_scale(series.kind, chart.kind);
        let scaled = |p: &ControlPoint| ControlPoint {
            value: p.value.map(|v| scale * v),
            centre: scale * p.centre,
            lower: p.lower.map(|v| scale * v),
            upper: p.upper.map(|v| scale * v),
            ..p.clone()
        };
        let picture = ControlPicture {
            title: title.clone(),
            y_label: self.words.word(axis(series.kind, chart.kind)),
            shift: shift.map(|c| (c.at, self.words.word("chart-shift"))),
            line_names: ["chart-centre", "chart-lower", "chart-upper"].map(|key| self.words.word(key)),
            note: format!("{judged}{}", self.notice()),
            points: points.iter().map(scaled).collect(),
        };
        let row = |p: &ControlPoint| {
            vec![
                shown(&p.label),
                shown_in_unit(series.kind, chart.kind, p.value),
                shown_in_unit(series.kind, chart.kind, Some(p.centre)),
                shown_in_unit(series.kind, chart.kind, p.lower),
                shown_in_unit(series.kind, chart.kind, p.upper),
                if p.signal { self.words.word("chart-signal") } else { String::new() },
            ]
        };
        Ok(Figure {
            id: figure_id(series, chart),
            svg: charts::control(&picture)?,
            alt_text: self.words.say(
                "alt-control",
                &[("title", &title), ("periods", &picture.points.len()), ("signals", &signals)],
            ),
            table: FigureTable {
                header: self.columns(&["period", "#plotted", "#centre", "#lower-limit", "#upper-limit", "signal"]),
                rows: points.iter().map(row).collect(),
            },
            title,
        })
    }

    /// The notice of the survey, with a gap before it; empty without one.
    fn notice(&self) -> String {
        let notice = self
            .assessment
            .survey
            .notice
            .as_ref()
            .map(|n| self.words.text(n))
            .unwrap_or_default();
        if notice.is_empty() {
            notice
        } else {
            format!("{}{notice}", self.words.word("sentence-gap"))
        }
    }
}

/// Whether a chart is drawn: of a series that is too short to be judged only the values and their ranges are.
pub(in crate::report) fn is_drawn(series: &SeriesAssessment, chart: &ControlChart) -> bool {
    series.judged || matches!(chart.kind, ChartKind::Individuals | ChartKind::PPrime | ChartKind::MovingRange)
}

/// A value that a chart plots, as printed: shares in percent, sums in standard deviations, everything else in its unit.
pub(in crate::report) fn shown_in_unit(series: SeriesKind, chart: ChartKind, value: Option<f64>) -> String {
    let scale = percent_scale(series, chart);
    let text = number(value.map(|v| scale * v), 2);
    if scale == 1.0 || value.is_none() {
        text
    } else {
        format!("{text}%")
    }
}

/// 100 for what is plotted in percent, else 1.
fn percent_scale(series: SeriesKind, chart: ChartKind) -> f64 {
    match (series, chart) {
        (_, ChartKind::CusumUpper | ChartKind::CusumLower) | (SeriesKind::Mean, _) => 1.0,
        (SeriesKind::Share, _) => 100.0,
    }
}

/// The id of a figure: `series-<id>-<chart>`.
pub(in crate::report) fn figure_id(series: &SeriesAssessment, chart: &ControlChart) -> String {
    format!("series-{}-{}", series.id, chart.kind.as_str())
}

fn axis(series: SeriesKind, chart: ChartKind) -> &'static str {
    match (chart, series) {
        (ChartKind::CusumUpper | ChartKind::CusumLower, _) => "axis-cusum",
        (ChartKind::MovingRange, _) => "axis-range",
        (_, SeriesKind::Share) => "axis-share-value",
        (_, SeriesKind::Mean) => "axis-value",
    }
}

fn point(series: &SeriesAssessment, chart: &ControlChart, at: usize) -> Option<ControlPoint> {
    Some(ControlPoint {
        label: series.values.get(at)?.period.clone(),
        value: chart.points.get(at).copied().flatten(),
        centre: *chart.centre.get(at)?,
        lower: chart.lower.get(at).copied().flatten(),
        upper: chart.upper.get(at).copied().flatten(),
        signal: chart.signals.iter().any(|s| s.at == at),
        after_gap: series.after_gaps.contains(&at),
    })
}
