//! Where everything of a trend stands: its waves, its axis and the room around the plot.

use super::ChartError;
use super::font::Ruler;
use super::frame::Frame;
use super::place::{Area, spread};
use super::scale::Scale;
use super::style::{LABEL, MARGIN, SMALL, WIDTH};
use super::text::wrap;
use super::trend::{TrendChart, TrendPoint, check};

const PLOT_HEIGHT: f64 = 320.0;
const REFERENCE_COLUMN: f64 = 128.0;
/// Sideways distance between bars of different series at the same wave.
const DODGE: f64 = 9.0;
/// Height of one line of the key.
pub(super) const KEY_LINE: f64 = 24.0;
/// Height of one line of numbers of answers.
pub(super) const SAMPLE_LINE: f64 = 18.0;

/// Everything that is known before drawing.
pub(super) struct Layout {
    pub plot: Area,
    pub scale: Scale,
    /// Names of the waves, broken into lines.
    pub waves: Vec<Vec<String>>,
    /// Entries of the key: place of the mark and the name beside it; empty for a single series.
    pub key: Vec<(f64, f64, String)>,
    /// Names of the reference lines with the middles of their lines of text.
    pub references: Vec<(f64, Vec<String>)>,
    /// Height at which the first line of numbers of answers stands.
    pub samples: f64,
    /// Height at which the content ends.
    pub end: f64,
}

impl Layout {
    /// Middle of the column of a wave.
    pub(super) fn x(&self, wave: usize) -> f64 {
        self.plot.left + self.column() * (wave as f64 + 0.5)
    }

    /// Width of the column of a wave.
    pub(super) fn column(&self) -> f64 {
        (self.plot.right - self.plot.left) / self.waves.len().max(1) as f64
    }

    pub(super) fn y(&self, value: f64) -> f64 {
        self.plot.bottom - (self.plot.bottom - self.plot.top) * self.scale.share(value)
    }

    /// Sideways shift of a series: the main one stands in the middle, the others beside it by turns.
    pub(super) fn shift(&self, series: usize) -> f64 {
        let step = series.div_ceil(2) as f64 * if series % 2 == 1 { 1.0 } else { -1.0 };
        step * DODGE.min(self.column() / 16.0)
    }
}

/// Names of the waves in the order in which they first appear.
pub(super) fn waves(chart: &TrendChart) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for point in chart.series.iter().flat_map(|series| &series.points) {
        if !names.contains(&point.label.as_str()) {
            names.push(&point.label);
        }
    }
    names
}

/// The point of a series at each wave.
pub(super) fn points_at<'a>(chart: &TrendChart, points: &'a [TrendPoint]) -> Vec<Option<&'a TrendPoint>> {
    waves(chart)
        .into_iter()
        .map(|wave| points.iter().find(|point| point.label == wave))
        .collect()
}

/// Lowest and highest value of the axis that [`super::trend`] draws for this chart, for a note in words where it does
/// not begin at zero.
pub fn trend_axis(chart: &TrendChart) -> Result<(f64, f64), ChartError> {
    check(chart)?;
    let scale = scale(chart);
    Ok((scale.low, scale.high))
}

fn scale(chart: &TrendChart) -> Scale {
    let points = chart
        .series
        .iter()
        .flat_map(|series| &series.points)
        .filter(|point| point.value.is_some());
    let values = points.flat_map(|point| [point.value, point.low, point.high]).flatten();
    let values: Vec<f64> = values.chain(chart.reference_lines.iter().map(|(value, _)| *value)).collect();
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Scale::around(low, high, 5)
}

pub(super) fn lay_out(chart: &TrendChart, ruler: &Ruler, frame: &Frame) -> Result<Layout, ChartError> {
    let scale = scale(chart);
    let widest = scale
        .ticks()
        .iter()
        .map(|&tick| ruler.width(&scale.tick_text(tick), SMALL))
        .fold(24.0, f64::max);
    let key = lay_out_key(chart, ruler, frame.top());
    let key_end = key.last().map_or(frame.top(), |(_, y, _)| y + KEY_LINE / 2.0 + 10.0);
    let top = key_end + 24.0;
    let reference_room = if chart.reference_lines.is_empty() { 0.0 } else { REFERENCE_COLUMN };
    let plot = Area {
        left: MARGIN + widest + 12.0,
        top,
        right: WIDTH - MARGIN - reference_room,
        bottom: top + PLOT_HEIGHT,
    };
    let names = waves(chart);
    let column = (plot.right - plot.left) / names.len().max(1) as f64;
    let waves: Vec<Vec<String>> = names.iter().map(|name| wrap(ruler, name, LABEL, column - 8.0, 3)).collect();
    let lines = waves.iter().map(Vec::len).max().unwrap_or(1);
    let samples = plot.bottom + 10.0 + LABEL.leading() * lines as f64 + 2.0;
    let mut layout = Layout {
        plot,
        scale,
        waves,
        key,
        references: Vec::new(),
        samples,
        end: samples + SAMPLE_LINE * chart.series.len() as f64,
    };
    layout.references = lay_out_references(chart, ruler, &layout)?;
    Ok(layout)
}

/// Entries of the key one after another, in as many lines as they need.
fn lay_out_key(chart: &TrendChart, ruler: &Ruler, top: f64) -> Vec<(f64, f64, String)> {
    if chart.series.len() < 2 {
        return Vec::new();
    }
    let (mut x, mut y) = (MARGIN, top + KEY_LINE / 2.0);
    let mut key = Vec::new();
    for series in &chart.series {
        let name = wrap(ruler, &series.name, LABEL, 260.0, 1).concat();
        let width = 30.0 + ruler.width(&name, LABEL) + 26.0;
        if x > MARGIN && x + width > WIDTH - MARGIN {
            x = MARGIN;
            y += KEY_LINE;
        }
        key.push((x, y, name));
        x += width;
    }
    key
}

fn lay_out_references(chart: &TrendChart, ruler: &Ruler, layout: &Layout) -> Result<Vec<(f64, Vec<String>)>, ChartError> {
    let most = if chart.reference_lines.len() > 5 { 1 } else { 3 };
    let names: Vec<Vec<String>> = chart
        .reference_lines
        .iter()
        .map(|(_, name)| wrap(ruler, name, SMALL, REFERENCE_COLUMN - 22.0, most))
        .collect();
    let wanted: Vec<f64> = chart.reference_lines.iter().map(|(value, _)| layout.y(*value)).collect();
    let heights: Vec<f64> = names.iter().map(|lines| SMALL.leading() * lines.len() as f64 + 2.0).collect();
    if heights.iter().sum::<f64>() > PLOT_HEIGHT + 16.0 {
        return Err(ChartError::TooLarge);
    }
    let middles = spread(&wanted, &heights, layout.plot.top - 8.0, layout.plot.bottom + 8.0);
    Ok(middles.into_iter().zip(names).collect())
}
