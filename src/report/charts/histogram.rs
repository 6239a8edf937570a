//! Counts by steps of a quantity, beside what is expected of them.

use super::canvas::{Align, Canvas, picture};
use super::font::Ruler;
use super::frame::Frame;
use super::place::Area;
use super::scale::Scale;
use super::style::{AXIS, GRID, LABEL, MARGIN, MOST_MARKS, SKY, SMALL, VERMILION, WIDTH};
use super::text::{thousands, told, wrap};
use super::{ChartError, check_number};

/// Counts by steps, with expected counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// Heading of the chart.
    pub title: String,
    /// What the steps are of, written under the axis.
    pub x_label: String,
    /// What is counted, written above the axis.
    pub y_label: String,
    /// Name of the bars.
    pub observed_label: String,
    /// Name of the strokes across them; not shown where nothing is expected.
    pub expected_label: String,
    /// The steps, from left to right.
    pub bars: Vec<HistogramBar>,
    /// Small print under the chart; may be empty.
    pub note: String,
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct HistogramBar {
    /// Name under the axis.
    pub name: String,
    /// Count.
    pub observed: u64,
    /// Expected count; none where nothing is expected in particular.
    pub expected: Option<f64>,
}

const PLOT: f64 = 240.0;
const KEY: f64 = 20.0;
const FOOT: f64 = 46.0;
const AXIS_ROOM: f64 = 60.0;

/// Draws a bar for each count and a stroke at what is expected, where there is such a thing. Fails without steps, or when an expected count is no number
/// that an axis can show.
pub fn histogram(chart: &Histogram) -> Result<String, ChartError> {
    if chart.bars.is_empty() {
        return Err(ChartError::Empty("bars"));
    }
    if chart.bars.len() > MOST_MARKS {
        return Err(ChartError::TooLarge);
    }
    for bar in &chart.bars {
        check_number(bar.expected.unwrap_or(0.0), "the expected count", &bar.name)?;
        check_number(bar.observed as f64, "the count", &bar.name)?;
    }
    let ruler = Ruler::new()?;
    let frame = Frame::new(&ruler, &chart.title, &chart.note);
    let highest = chart
        .bars
        .iter()
        .map(|b| b.expected.unwrap_or(0.0).max(b.observed as f64))
        .fold(1.0, f64::max);
    let scale = Scale::covering(0.0, highest, 5);
    let top = frame.top() + 34.0;
    let bottom = top + PLOT;
    let end = bottom + FOOT;
    picture(&chart.title, end + frame.bottom(), |canvas| {
        draw_key(canvas, chart, &ruler, frame.top() + 8.0);
        draw_axis(canvas, scale, top, bottom);
        draw_bars(canvas, chart, &ruler, scale, top, bottom);
        let middle = f64::midpoint(MARGIN + AXIS_ROOM, WIDTH - MARGIN);
        for line in wrap(&ruler, &chart.x_label, SMALL, WIDTH - 2.0 * MARGIN - AXIS_ROOM, 1) {
            canvas.text_mid(middle, bottom + 36.0, &line, SMALL, Align::Middle);
        }
        frame.draw(canvas, end);
    })
}

fn height(scale: Scale, value: f64, top: f64, bottom: f64) -> f64 {
    bottom - (bottom - top) * scale.share(value)
}

fn draw_key(canvas: &mut Canvas<'_>, chart: &Histogram, ruler: &Ruler, middle: f64) {
    let room = WIDTH / 4.0;
    let mut x = MARGIN + AXIS_ROOM;
    for line in wrap(ruler, &chart.y_label, SMALL, room, 1) {
        canvas.text_mid(MARGIN, middle, &line, SMALL, Align::Left);
        x = x.max(MARGIN + ruler.width(&line, SMALL) + 20.0);
    }
    let expects = chart.bars.iter().any(|bar| bar.expected.is_some());
    for (label, is_bar) in [(&chart.observed_label, true), (&chart.expected_label, false)] {
        if !is_bar && !expects {
            continue;
        }
        if is_bar {
            canvas.rect(x, middle - 6.0, KEY, 12.0, SKY);
        } else {
            canvas.line((x, middle), (x + KEY, middle), 2.5, VERMILION);
        }
        for line in wrap(ruler, label, LABEL, room, 1) {
            canvas.text_mid(x + KEY + 8.0, middle, &line, LABEL, Align::Left);
            x += KEY + 8.0 + ruler.width(&line, LABEL) + 28.0;
        }
    }
}

fn draw_axis(canvas: &mut Canvas<'_>, scale: Scale, top: f64, bottom: f64) {
    let left = MARGIN + AXIS_ROOM;
    for tick in scale.ticks() {
        let y = height(scale, tick, top, bottom);
        let colour = if tick <= scale.low { AXIS } else { GRID };
        canvas.line((left, y), (WIDTH - MARGIN, y), 1.0, colour);
        canvas.text_mid(left - 8.0, y, &scale.tick_text(tick), SMALL, Align::Right);
    }
}

fn bar_told(chart: &Histogram, bar: &HistogramBar) -> String {
    let observed = told(&chart.observed_label, &thousands(bar.observed), None, None);
    let expected = bar
        .expected
        .map(|expected| told(&chart.expected_label, &format!("{expected:.1}"), None, None));
    let parts = [Some(bar.name.clone()), Some(observed), expected];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn draw_bars(canvas: &mut Canvas<'_>, chart: &Histogram, ruler: &Ruler, scale: Scale, top: f64, bottom: f64) {
    let left = MARGIN + AXIS_ROOM;
    let step = (WIDTH - MARGIN - left) / chart.bars.len() as f64;
    for (at, bar) in chart.bars.iter().enumerate() {
        let x = left + step * at as f64;
        let y = height(scale, bar.observed as f64, top, bottom);
        canvas.rect(x + 2.0, y, step - 4.0, bottom - y, SKY);
        let expected = bar.expected.map_or(bottom, |expected| height(scale, expected, top, bottom));
        if bar.expected.is_some() {
            canvas.line((x + 1.0, expected), (x + step - 1.0, expected), 2.5, VERMILION);
        }
        if bar.observed > 0 {
            let above = y.min(expected) - 9.0;
            canvas.text_mid(x + step / 2.0, above, &thousands(bar.observed), SMALL, Align::Middle);
        }
        let column = Area {
            left: x,
            top,
            right: x + step,
            bottom: bottom + 22.0,
        };
        canvas.mark(column, bar_told(chart, bar));
        for line in wrap(ruler, &bar.name, SMALL, step.max(24.0), 1) {
            canvas.text_mid(x + step / 2.0, bottom + 14.0, &line, SMALL, Align::Middle);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{HOSTILE, count, parse_checked};
    use super::*;

    fn chart(bars: Vec<HistogramBar>) -> Histogram {
        Histogram {
            title: "最大相同率".to_owned(),
            x_label: "比例".to_owned(),
            y_label: "答卷数".to_owned(),
            observed_label: "实际".to_owned(),
            expected_label: "预期".to_owned(),
            bars,
            note: String::new(),
        }
    }

    fn bar(name: &str, observed: u64, expected: f64) -> HistogramBar {
        HistogramBar {
            name: name.to_owned(),
            observed,
            expected: Some(expected),
        }
    }

    #[test]
    fn each_step_has_a_bar_as_high_as_its_count() {
        let svg = histogram(&chart(vec![bar("0", 10, 9.5), bar("5", 20, 1e6_f64.sqrt()), bar("10", 0, 0.0)])).unwrap();
        // Three bars and the key.
        assert_eq!(count(&svg, "rect", "fill", "#8CC8EE"), 4);
        let heights: Vec<f64> = parse_checked(&svg, |document| {
            let bars = document.descendants().filter(|node| node.attribute("fill") == Some("#8CC8EE"));
            bars.skip(1)
                .map(|node| node.attribute("height").unwrap().parse().unwrap())
                .collect()
        });
        assert!((heights[1] - 2.0 * heights[0]).abs() <= 2.0 && heights[2] <= 1.0, "{heights:?}");
    }

    #[test]
    fn hostile_names_do_not_break_the_picture() {
        let mut hostile = chart(HOSTILE.iter().map(|name| bar(name, 3, 1.0)).collect());
        hostile.title = HOSTILE.concat();
        hostile.y_label = HOSTILE.concat();
        hostile.observed_label = HOSTILE.concat();
        let svg = histogram(&hostile).unwrap();
        parse_checked(&svg, |_| ());
    }

    #[test]
    fn what_cannot_be_drawn_is_an_error() {
        assert_eq!(histogram(&chart(vec![])), Err(ChartError::Empty("bars")));
        let nan = histogram(&chart(vec![bar("a", 1, f64::NAN)]));
        assert!(matches!(nan, Err(ChartError::NotFinite { .. })));
    }
}
