//! Scores of the dimensions of an index, as level bars from 0 to 100.

use super::canvas::{Align, Canvas, picture};
use super::font::Ruler;
use super::frame::Frame;
use super::place::Area;
use super::scale::Scale;
use super::style::{AXIS, BLUE, Colour, GRID, INK, LABEL, MARGIN, MOST_MARKS, MUTED, SKY, SMALL, STRONG_LABEL, VALUE, WIDTH};
use super::text::{sample_size, told, wrap};
use super::{ChartError, check_interval, check_number};

/// Scores of the dimensions of an index with their intervals.
#[derive(Debug, Clone, PartialEq)]
pub struct DimensionBars {
    /// Heading of the chart.
    pub title: String,
    /// What the scores are, written under the axis.
    pub x_label: String,
    /// One bar for each dimension, from top to bottom.
    pub rows: Vec<DimensionBar>,
    /// Written in place of a bar that has no value.
    pub missing_label: String,
    /// Small print under the chart; may be empty.
    pub note: String,
}

/// One dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct DimensionBar {
    /// Name of the dimension.
    pub name: String,
    /// Score from 0 to 100; none if it could not be determined.
    pub value: Option<f64>,
    /// Lower end of the interval of the score; none if it could not be determined.
    pub low: Option<f64>,
    /// Upper end of the interval of the score; none if it could not be determined.
    pub high: Option<f64>,
    /// Number of answers behind the score.
    pub n: u64,
    /// Whether the bar stands out, as that of the index itself: darker, with its name in bold.
    pub emphasised: bool,
}

const ROW: f64 = 42.0;
const BAR: f64 = 20.0;
const VALUE_COLUMN: f64 = 64.0;
const SAMPLE_COLUMN: f64 = 84.0;
const AXIS_FOOT: f64 = 44.0;

/// Places of the columns.
struct Layout {
    names: Vec<Vec<String>>,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// Draws level bars from 0 to 100 with intervals; value and number of answers are printed beside each.
///
/// An interval that reaches beyond the scale is drawn up to its end. Fails if there are no rows, or a number is not
/// finite, a score lies outside 0–100, or an interval is reversed.
pub fn dimension_bars(chart: &DimensionBars) -> Result<String, ChartError> {
    check(chart)?;
    let ruler = Ruler::new()?;
    let frame = Frame::new(&ruler, &chart.title, &chart.note);
    let layout = lay_out(chart, &ruler, &frame);
    let scale = Scale::covering(0.0, 100.0, 5);
    let end = layout.bottom + AXIS_FOOT;
    picture(&chart.title, end + frame.bottom(), |canvas| {
        draw_axis(canvas, chart, &ruler, &layout, scale);
        for (index, row) in chart.rows.iter().enumerate() {
            let middle = layout.top + ROW * (index as f64 + 0.5);
            draw_name(canvas, row, layout.names.get(index), &layout, middle);
            draw_row(canvas, chart, row, &ruler, &layout, scale, middle);
            let value = row.value.map_or_else(|| chart.missing_label.clone(), |v| format!("{v:.1}"));
            let interval = row.low.zip(row.high).map(|(low, high)| (format!("{low:.1}"), format!("{high:.1}")));
            let whole = Area {
                left: MARGIN,
                top: middle - ROW / 2.0,
                right: WIDTH - MARGIN,
                bottom: middle + ROW / 2.0,
            };
            canvas.mark(whole, told(&row.name, &value, interval, Some(row.n)));
        }
        frame.draw(canvas, end);
    })
}

fn check(chart: &DimensionBars) -> Result<(), ChartError> {
    if chart.rows.is_empty() {
        return Err(ChartError::Empty("rows"));
    }
    if chart.rows.len() > MOST_MARKS {
        return Err(ChartError::TooLarge);
    }
    for row in &chart.rows {
        if let Some(value) = row.value {
            check_number(value, "the score", &row.name)?;
            if !(0.0..=100.0).contains(&value) {
                let name = super::text::clean(&row.name);
                return Err(ChartError::OutOfRange {
                    what: "the score",
                    name,
                    range: "0–100",
                });
            }
        }
        check_interval(row.low, row.high, &row.name)?;
    }
    Ok(())
}

fn lay_out(chart: &DimensionBars, ruler: &Ruler, frame: &Frame) -> Layout {
    let names: Vec<Vec<String>> = chart
        .rows
        .iter()
        .map(|row| wrap(ruler, &row.name, STRONG_LABEL, 230.0, 2))
        .collect();
    let widest = names
        .iter()
        .flatten()
        .map(|line| ruler.width(line, STRONG_LABEL))
        .fold(60.0, f64::max);
    let top = frame.top() + 4.0;
    Layout {
        left: MARGIN + widest + 14.0,
        right: WIDTH - MARGIN - VALUE_COLUMN - SAMPLE_COLUMN,
        bottom: top + ROW * chart.rows.len() as f64,
        names,
        top,
    }
}

impl Layout {
    fn x(&self, scale: Scale, value: f64) -> f64 {
        self.left + (self.right - self.left) * scale.share(value)
    }
}

fn draw_axis(canvas: &mut Canvas<'_>, chart: &DimensionBars, ruler: &Ruler, layout: &Layout, scale: Scale) {
    for tick in scale.ticks() {
        let x = layout.x(scale, tick);
        let colour = if tick <= scale.low { AXIS } else { GRID };
        canvas.line((x, layout.top), (x, layout.bottom), 1.0, colour);
        canvas.text_mid(x, layout.bottom + 12.0, &scale.tick_text(tick), SMALL, Align::Middle);
    }
    let middle = f64::midpoint(layout.left, layout.right);
    for line in wrap(ruler, &chart.x_label, SMALL, layout.right - layout.left, 1) {
        canvas.text_mid(middle, layout.bottom + 32.0, &line, SMALL, Align::Middle);
    }
}

fn draw_name(canvas: &mut Canvas<'_>, row: &DimensionBar, name: Option<&Vec<String>>, layout: &Layout, middle: f64) {
    let kind = if row.emphasised { STRONG_LABEL } else { LABEL };
    if let Some(name) = name {
        canvas.lines_mid(layout.left - 14.0, middle, name, kind, Align::Right);
    }
}

fn draw_row(canvas: &mut Canvas<'_>, chart: &DimensionBars, row: &DimensionBar, ruler: &Ruler, layout: &Layout, scale: Scale, middle: f64) {
    let edge = layout.right + VALUE_COLUMN;
    canvas.text_mid(edge + SAMPLE_COLUMN, middle, &sample_size(row.n), SMALL, Align::Right);
    let Some(value) = row.value else {
        for line in wrap(ruler, &chart.missing_label, SMALL, layout.right - layout.left - 16.0, 1) {
            canvas.rect(
                layout.left + 6.0,
                middle - 9.0,
                ruler.width(&line, SMALL) + 8.0,
                18.0,
                super::style::WHITE,
            );
            canvas.text_mid(layout.left + 10.0, middle, &line, SMALL, Align::Left);
        }
        canvas.text_mid(edge, middle, "–", VALUE.in_colour(MUTED), Align::Right);
        return;
    };
    let colour: Colour = if row.emphasised { BLUE } else { SKY };
    canvas.rect(layout.left, middle - BAR / 2.0, layout.x(scale, value) - layout.left, BAR, colour);
    if let (Some(low), Some(high)) = (row.low, row.high) {
        canvas.whisker((layout.x(scale, low), middle), (layout.x(scale, high), middle), 5.0, INK);
    }
    canvas.text_mid(edge, middle, &format!("{value:.1}"), VALUE, Align::Right);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{HOSTILE, count, parse_checked, shown_texts};
    use super::*;

    fn bar(name: &str, value: Option<f64>) -> DimensionBar {
        DimensionBar {
            name: name.to_owned(),
            value,
            low: value.map(|v| v - 2.0),
            high: value.map(|v| v + 2.0),
            n: 1203,
            emphasised: false,
        }
    }

    fn chart(rows: Vec<DimensionBar>) -> DimensionBars {
        DimensionBars {
            title: "各维度得分".to_owned(),
            x_label: "得分（0–100）".to_owned(),
            rows,
            missing_label: "样本不足".to_owned(),
            note: String::new(),
        }
    }

    #[test]
    fn each_row_with_a_value_has_one_bar() {
        let svg = dimension_bars(&chart(vec![bar("a", Some(80.0)), bar("b", None), bar("c", Some(0.0))])).unwrap();
        assert_eq!(count(&svg, "rect", "fill", "#8CC8EE"), 2);
        assert!(shown_texts(&svg).contains(&"样本不足".to_owned()));
        assert_eq!(shown_texts(&svg).iter().filter(|text| *text == "n=1,203").count(), 3);
    }

    #[test]
    fn the_length_of_a_bar_is_its_value() {
        let svg = dimension_bars(&chart(vec![bar("a", Some(100.0)), bar("b", Some(50.0))])).unwrap();
        let widths: Vec<f64> = parse_checked(&svg, |document| {
            let bars = document.descendants().filter(|node| node.attribute("fill") == Some("#8CC8EE"));
            bars.map(|node| node.attribute("width").unwrap().parse().unwrap()).collect()
        });
        assert!((widths[0] - 2.0 * widths[1]).abs() <= 1.0, "{widths:?}");
    }

    #[test]
    fn hostile_names_do_not_break_the_picture() {
        let mut hostile = chart(HOSTILE.iter().map(|name| bar(name, Some(50.0))).collect());
        hostile.title = HOSTILE.concat();
        hostile.note = HOSTILE.concat();
        hostile.missing_label = HOSTILE.concat();
        hostile.x_label = HOSTILE.concat();
        hostile.rows.push(bar(&"长".repeat(200), None));
        let svg = dimension_bars(&hostile).unwrap();
        assert_eq!(svg, dimension_bars(&hostile).unwrap());
        parse_checked(&svg, |_| ());
    }

    #[test]
    fn what_cannot_be_drawn_is_an_error() {
        assert_eq!(dimension_bars(&chart(vec![])), Err(ChartError::Empty("rows")));
        let nan = dimension_bars(&chart(vec![bar("a", Some(f64::NAN))]));
        assert!(matches!(nan, Err(ChartError::NotFinite { .. })));
        let beyond = dimension_bars(&chart(vec![bar("a", Some(100.5))]));
        assert!(matches!(beyond, Err(ChartError::OutOfRange { .. })));
        let mut reversed = bar("a", Some(50.0));
        (reversed.low, reversed.high) = (Some(60.0), Some(40.0));
        assert_eq!(
            dimension_bars(&chart(vec![reversed])),
            Err(ChartError::ReversedInterval("a".to_owned()))
        );
    }
}
