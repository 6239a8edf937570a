//! Categories by their share, the largest first, with the share that they add up to (Pareto chart), as level bars.

use super::canvas::{Align, Canvas, picture};
use super::font::Ruler;
use super::frame::Frame;
use super::scale::Scale;
use super::style::{AXIS, BLUE, GRID, INK, LABEL, MARGIN, MOST_MARKS, SKY, SMALL, SMALL_STRONG, VERMILION, WIDTH};
use super::text::{clean, elide, thousands, wrap};
use super::{ChartError, check_interval, check_number};

/// A Pareto chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Pareto {
    /// Heading of the chart.
    pub title: String,
    /// What the bars are.
    pub bar_label: String,
    /// What the line is.
    pub line_label: String,
    /// Categories, in the order of the chart.
    pub rows: Vec<ParetoRow>,
    /// Small print under the chart; may be empty.
    pub note: String,
}

/// A category.
#[derive(Debug, Clone, PartialEq)]
pub struct ParetoRow {
    /// Its name.
    pub name: String,
    /// Share from 0 to 1.
    pub share: f64,
    /// Interval of that share; none for a full count.
    pub interval: Option<(f64, f64)>,
    /// Share of everything in this category and those above, from 0 to 1.
    pub cumulative: f64,
    /// Count.
    pub n: u64,
}

const ROW: f64 = 38.0;
const BAR: f64 = 20.0;
const COLUMN: f64 = 66.0;

struct Layout {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    scale: Scale,
}

impl Layout {
    fn x(&self, share: f64) -> f64 {
        self.left + (self.right - self.left) * self.scale.share(share * 100.0)
    }
}

/// Draws bars with intervals and a line through the cumulative shares, both on one axis from 0 to 100 %.
///
/// Fails if there are no rows, or a number is not finite or outside 0–1, or an interval is reversed.
pub fn pareto(chart: &Pareto) -> Result<String, ChartError> {
    check(chart)?;
    let ruler = Ruler::new()?;
    let frame = Frame::new(&ruler, &chart.title, &chart.note);
    let names = chart.rows.iter().flat_map(|row| wrap(&ruler, &row.name, LABEL, 210.0, 2));
    let widest = names.map(|line| ruler.width(&line, LABEL)).fold(60.0, f64::max);
    let top = frame.top() + 30.0;
    let layout = Layout {
        left: MARGIN + widest + 14.0,
        right: WIDTH - MARGIN - 3.0 * COLUMN,
        top,
        bottom: top + ROW * chart.rows.len() as f64,
        scale: Scale::covering(0.0, 100.0, 5),
    };
    let end = layout.bottom + 26.0;
    picture(&chart.title, end + frame.bottom(), |canvas| {
        draw_axis(canvas, &layout);
        draw_key(canvas, chart, &ruler, &layout);
        let middle = |index: usize| layout.top + ROW * (index as f64 + 0.5);
        for (index, row) in chart.rows.iter().enumerate() {
            draw_row(canvas, row, &ruler, &layout, middle(index));
        }
        let line: Vec<(f64, f64)> = chart
            .rows
            .iter()
            .enumerate()
            .map(|(i, row)| (layout.x(row.cumulative), middle(i)))
            .collect();
        canvas.path(&line, 1.8, VERMILION);
        line.iter().for_each(|point| canvas.disc(*point, 4.0, VERMILION));
        frame.draw(canvas, end);
    })
}

fn check(chart: &Pareto) -> Result<(), ChartError> {
    if chart.rows.is_empty() {
        return Err(ChartError::Empty("rows"));
    }
    if chart.rows.len() > MOST_MARKS {
        return Err(ChartError::TooLarge);
    }
    for row in &chart.rows {
        for (value, what) in [(row.share, "the share"), (row.cumulative, "the cumulative share")] {
            check_number(value, what, &row.name)?;
            if !(0.0..=1.0 + 1e-9).contains(&value) {
                let name = clean(&row.name);
                return Err(ChartError::OutOfRange {
                    what, name, range: "0–1"
                });
            }
        }
        check_interval(row.interval.map(|i| i.0), row.interval.map(|i| i.1), &row.name)?;
    }
    Ok(())
}

fn draw_axis(canvas: &mut Canvas<'_>, layout: &Layout) {
    for tick in layout.scale.ticks() {
        let x = layout.x(tick / 100.0);
        let colour = if tick <= 0.0 { AXIS } else { GRID };
        canvas.line((x, layout.top), (x, layout.bottom), 1.0, colour);
        canvas.text_mid(
            x,
            layout.bottom + 12.0,
            &format!("{}%", layout.scale.tick_text(tick)),
            SMALL,
            Align::Middle,
        );
    }
}

/// What bar, line and the columns of numbers are.
fn draw_key(canvas: &mut Canvas<'_>, chart: &Pareto, ruler: &Ruler, layout: &Layout) {
    let middle = layout.top - 16.0;
    let room = (layout.right - layout.left) / 2.0 - 30.0;
    let bar = elide(ruler, &clean(&chart.bar_label), SMALL, room);
    let line = elide(ruler, &clean(&chart.line_label), SMALL, room);
    canvas.rect(layout.left, middle - 6.0, 16.0, 12.0, SKY);
    canvas.text_mid(layout.left + 22.0, middle, &bar, SMALL.in_colour(INK), Align::Left);
    let x = layout.left + 22.0 + ruler.width(&bar, SMALL) + 22.0;
    canvas.line((x, middle), (x + 22.0, middle), 1.8, VERMILION);
    canvas.disc((x + 11.0, middle), 4.0, VERMILION);
    canvas.text_mid(x + 28.0, middle, &line, SMALL.in_colour(INK), Align::Left);
    canvas.rect(layout.right + COLUMN - 14.0, middle - 5.0, 14.0, 10.0, SKY);
    canvas.disc((layout.right + 2.0 * COLUMN - 6.0, middle), 4.0, VERMILION);
    canvas.text_mid(layout.right + 3.0 * COLUMN, middle, "n", SMALL, Align::Right);
}

fn draw_row(canvas: &mut Canvas<'_>, row: &ParetoRow, ruler: &Ruler, layout: &Layout, middle: f64) {
    let name = wrap(ruler, &row.name, LABEL, 210.0, 2);
    canvas.lines_mid(layout.left - 14.0, middle, &name, LABEL, Align::Right);
    canvas.rect(layout.left, middle - BAR / 2.0, layout.x(row.share) - layout.left, BAR, SKY);
    if let Some((low, high)) = row.interval {
        canvas.whisker((layout.x(low), middle), (layout.x(high), middle), 4.0, BLUE);
    }
    let percent = |share: f64| format!("{:.1}%", share * 100.0);
    canvas.text_mid(layout.right + COLUMN, middle, &percent(row.share), SMALL_STRONG, Align::Right);
    canvas.text_mid(layout.right + 2.0 * COLUMN, middle, &percent(row.cumulative), SMALL, Align::Right);
    canvas.text_mid(layout.right + 3.0 * COLUMN, middle, &thousands(row.n), SMALL, Align::Right);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{HOSTILE, count, parse_checked, shown_texts};
    use super::*;

    fn row(name: &str, share: f64, cumulative: f64) -> ParetoRow {
        ParetoRow {
            name: name.to_owned(),
            share,
            interval: Some((share * 0.8, share)),
            cumulative,
            n: 1203,
        }
    }

    fn chart(rows: Vec<ParetoRow>) -> Pareto {
        Pareto {
            title: "投诉内容".to_owned(),
            bar_label: "占投诉".to_owned(),
            line_label: "累计".to_owned(),
            rows,
            note: String::new(),
        }
    }

    #[test]
    fn one_bar_and_one_point_a_category() {
        let svg = pareto(&chart(vec![row("收费", 0.6, 0.6), row("上门", 0.4, 1.0)])).unwrap();
        // Two bars and the two keys of them; two points and the two keys of the line.
        assert_eq!(count(&svg, "rect", "fill", "#8CC8EE"), 4);
        assert_eq!(count(&svg, "circle", "fill", "#B84E00"), 4);
        assert!(shown_texts(&svg).contains(&"100.0%".to_owned()));
    }

    #[test]
    fn hostile_names_and_impossible_numbers() {
        let mut hostile = chart(HOSTILE.iter().map(|name| row(name, 0.1, 0.5)).collect());
        (hostile.title, hostile.bar_label, hostile.line_label) = (HOSTILE.concat(), HOSTILE.concat(), HOSTILE.concat());
        parse_checked(&pareto(&hostile).unwrap(), |_| ());
        assert_eq!(pareto(&chart(vec![])), Err(ChartError::Empty("rows")));
        assert!(matches!(
            pareto(&chart(vec![row("a", 1.5, 1.0)])),
            Err(ChartError::OutOfRange { .. })
        ));
        assert!(matches!(
            pareto(&chart(vec![row("a", f64::NAN, 1.0)])),
            Err(ChartError::NotFinite { .. })
        ));
        let mut reversed = row("a", 0.5, 0.5);
        reversed.interval = Some((0.6, 0.4));
        assert_eq!(pareto(&chart(vec![reversed])), Err(ChartError::ReversedInterval("a".to_owned())));
    }
}
