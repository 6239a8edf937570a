//! Values over time with a centre line and limits.

use super::canvas::{Align, Canvas, picture};
use super::font::Ruler;
use super::frame::{Frame, axis_label};
use super::place::Area;
use super::scale::Scale;
use super::style::{AXIS, BLUE, Colour, GRID, INK, LABEL, MARGIN, MOST_MARKS, MUTED, SMALL, SMALL_STRONG, VERMILION, WHITE, WIDTH, faded};
use super::text::elide;
use super::{ChartError, check_number};

/// A control chart.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlPicture {
    /// Heading of the chart.
    pub title: String,
    /// What the values are, written above the axis.
    pub y_label: String,
    /// The periods, oldest first.
    pub points: Vec<ControlPoint>,
    /// Names of centre, lower limit and upper limit, written at their right end.
    pub line_names: [String; 3],
    /// A period before which the level is taken to have moved, with a word for it.
    pub shift: Option<(usize, String)>,
    /// Small print under the chart; may be empty.
    pub note: String,
}

/// One period.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlPoint {
    /// Name of the period.
    pub label: String,
    /// What is plotted; none leaves a gap.
    pub value: Option<f64>,
    /// Centre line.
    pub centre: f64,
    /// Lower limit.
    pub lower: Option<f64>,
    /// Upper limit.
    pub upper: Option<f64>,
    /// Whether the period is a signal: its mark is larger, another shape and colour, and its value is printed.
    pub signal: bool,
    /// Whether it does not follow directly on the period before: no line joins them.
    pub after_gap: bool,
}

const PLOT_HEIGHT: f64 = 260.0;
const NAME_COLUMN: f64 = 118.0;
/// Least distance between names of periods.
const NAME_GAP: f64 = 12.0;

struct Layout {
    plot: Area,
    scale: Scale,
    step: f64,
}

impl Layout {
    fn x(&self, at: usize) -> f64 {
        self.plot.left + self.step * (at as f64 + 0.5)
    }

    fn y(&self, value: f64) -> f64 {
        self.plot.bottom - (self.plot.bottom - self.plot.top) * self.scale.share(value)
    }
}

/// Draws the values as a line with marks, the centre and the limits as thin lines (steps where they differ from period to period), signals
/// as vermilion squares with their value. Names of periods are left out where they would touch. Fails without a value, or when a number cannot
/// stand on an axis.
pub fn control(chart: &ControlPicture) -> Result<String, ChartError> {
    check(chart)?;
    let ruler = Ruler::new()?;
    let frame = Frame::new(&ruler, &chart.title, &chart.note);
    let layout = lay_out(chart, &ruler, &frame);
    let end = layout.plot.bottom + 30.0;
    picture(&chart.title, end + frame.bottom(), |canvas| {
        draw_axes(canvas, chart, &ruler, &layout);
        draw_shift(canvas, chart, &ruler, &layout);
        draw_lines(canvas, chart, &ruler, &layout);
        draw_values(canvas, chart, &layout);
        frame.draw(canvas, end);
    })
}

fn check(chart: &ControlPicture) -> Result<(), ChartError> {
    if chart.points.len() > MOST_MARKS {
        return Err(ChartError::TooLarge);
    }
    for point in &chart.points {
        let numbers = [point.value, Some(point.centre), point.lower, point.upper];
        for number in numbers.into_iter().flatten() {
            check_number(number, "the value", &point.label)?;
        }
    }
    if chart.points.iter().all(|p| p.value.is_none()) {
        return Err(ChartError::Empty("every value"));
    }
    Ok(())
}

fn lay_out(chart: &ControlPicture, ruler: &Ruler, frame: &Frame) -> Layout {
    let all = chart
        .points
        .iter()
        .flat_map(|p| [p.value, Some(p.centre), p.lower, p.upper])
        .flatten();
    let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
    let margin = ((high - low) * 0.06).max(1e-9);
    // What cannot be negative, such as a range or a rate, has no room below 0.
    let floor = if low >= 0.0 { 0.0 } else { f64::NEG_INFINITY };
    let scale = Scale::covering((low - margin).max(floor), high + margin, 5);
    let widest = scale
        .ticks()
        .iter()
        .map(|&tick| ruler.width(&scale.tick_text(tick), SMALL))
        .fold(24.0, f64::max);
    let top = frame.top() + 42.0;
    let plot = Area {
        left: MARGIN + widest + 12.0,
        top,
        right: WIDTH - MARGIN - NAME_COLUMN,
        bottom: top + PLOT_HEIGHT,
    };
    let step = (plot.right - plot.left) / chart.points.len().max(1) as f64;
    Layout { plot, scale, step }
}

fn draw_axes(canvas: &mut Canvas<'_>, chart: &ControlPicture, ruler: &Ruler, layout: &Layout) {
    let plot = layout.plot;
    for tick in layout.scale.ticks() {
        let y = layout.y(tick);
        canvas.line((plot.left, y), (plot.right, y), 1.0, GRID);
        canvas.text_mid(plot.left - 8.0, y, &layout.scale.tick_text(tick), SMALL, Align::Right);
    }
    canvas.line((plot.left, plot.bottom), (plot.right, plot.bottom), 1.2, AXIS);
    let label = axis_label(ruler, &chart.y_label, layout.scale, WIDTH - 2.0 * MARGIN);
    canvas.text_mid(MARGIN, plot.top - 34.0, &label, SMALL, Align::Left);
    let mut free_from = f64::NEG_INFINITY;
    for (at, point) in chart.points.iter().enumerate() {
        let name = elide(ruler, &super::text::clean(&point.label), SMALL, 110.0);
        let (x, half) = (layout.x(at), ruler.width(&name, SMALL) / 2.0);
        if x - half >= free_from.max(MARGIN) && x + half <= WIDTH - MARGIN {
            canvas.text_mid(x, plot.bottom + 14.0, &name, SMALL, Align::Middle);
            canvas.line((x, plot.bottom), (x, plot.bottom + 4.0), 1.0, AXIS);
            free_from = x + half + NAME_GAP;
        }
    }
}

/// The place where the level is taken to have moved.
fn draw_shift(canvas: &mut Canvas<'_>, chart: &ControlPicture, ruler: &Ruler, layout: &Layout) {
    let Some((at, word)) = chart.shift.as_ref().filter(|(at, _)| (1..chart.points.len()).contains(at)) else {
        return;
    };
    let x = f64::midpoint(layout.x(at - 1), layout.x(*at));
    canvas.dashes((x, layout.plot.top - 6.0), (x, layout.plot.bottom), 1.2, INK);
    let word = elide(ruler, &super::text::clean(word), SMALL, 260.0);
    let half = ruler.width(&word, SMALL) / 2.0;
    let middle = x.clamp(layout.plot.left + half, (WIDTH - MARGIN - half).max(layout.plot.left + half));
    canvas.text_mid(middle, layout.plot.top - 14.0, &word, SMALL, Align::Middle);
}

/// Centre and limits, as steps from period to period, with their names at the right. A limit that some period lacks ends there.
fn draw_lines(canvas: &mut Canvas<'_>, chart: &ControlPicture, ruler: &Ruler, layout: &Layout) {
    type Pick = fn(&ControlPoint) -> Option<f64>;
    let picks: [(Pick, f64, Colour); 3] = [
        (|p| Some(p.centre), 1.2, MUTED),
        (|p| p.lower, 1.0, VERMILION),
        (|p| p.upper, 1.0, VERMILION),
    ];
    let half = layout.step / 2.0;
    let mut wanted = Vec::new();
    for (line, (pick, width, colour)) in picks.into_iter().enumerate() {
        let mut run: Vec<(f64, f64)> = Vec::new();
        for at in 0..=chart.points.len() {
            let Some(value) = chart.points.get(at).and_then(pick) else {
                if run.len() > 1 {
                    canvas.path(&run, width, colour);
                }
                run.clear();
                continue;
            };
            let (x, y) = (layout.x(at), layout.y(value));
            // A level stretch is one stroke.
            match run.as_slice() {
                [.., (_, before)] if (before - y).abs() < 1e-9 => {
                    run.pop();
                }
                _ => run.push((x - half, y)),
            }
            run.push((x + half, y));
        }
        if let (Some(value), Some(name)) = (chart.points.last().and_then(pick), chart.line_names.get(line)) {
            wanted.push((layout.y(value), name));
        }
    }
    wanted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let middles: Vec<f64> = wanted.iter().map(|(y, _)| *y).collect();
    let heights = vec![SMALL.leading(); wanted.len()];
    let places = super::place::spread(&middles, &heights, layout.plot.top - 8.0, layout.plot.bottom + 8.0);
    for ((_, name), middle) in wanted.iter().zip(places) {
        let name = elide(ruler, &super::text::clean(name), SMALL, NAME_COLUMN - 12.0);
        canvas.text_mid(layout.plot.right + 10.0, middle, &name, SMALL, Align::Left);
    }
}

fn draw_values(canvas: &mut Canvas<'_>, chart: &ControlPicture, layout: &Layout) {
    let mut run: Vec<(f64, f64)> = Vec::new();
    for at in 0..=chart.points.len() {
        let point = chart.points.get(at);
        let value = point.and_then(|p| p.value);
        if value.is_none() || point.is_some_and(|p| p.after_gap) {
            if run.len() > 1 {
                canvas.path(&run, 2.0, BLUE);
            }
            run.clear();
        }
        run.extend(value.map(|value| (layout.x(at), layout.y(value))));
    }
    let radius = (layout.step / 3.0).clamp(1.8, 4.2);
    let mut free_from = f64::NEG_INFINITY;
    for (at, point) in chart.points.iter().enumerate() {
        let Some(value) = point.value else { continue };
        let (x, y) = (layout.x(at), layout.y(value));
        if !point.signal {
            canvas.disc((x, y), radius, BLUE);
            continue;
        }
        let size = radius + 2.4;
        canvas.rect(x - size - 1.0, y - size - 1.0, 2.0 * size + 2.0, 2.0 * size + 2.0, WHITE);
        canvas.rect(x - size, y - size, 2.0 * size, 2.0 * size, VERMILION);
        if x >= free_from {
            let decimals = decimals(layout.scale);
            let text = format!("{value:.decimals$}");
            let above = value >= point.centre;
            let middle = if above { y - size - 9.0 } else { y + size + 9.0 };
            let middle = middle.clamp(layout.plot.top - 2.0, layout.plot.bottom - 8.0);
            let half = f64::midpoint(text.len() as f64 * SMALL_STRONG.size * 0.56, 4.0);
            canvas.rect(x - half, middle - 7.0, 2.0 * half, 14.0, faded(WHITE, 0.8));
            canvas.text_mid(x, middle, &text, SMALL_STRONG.in_colour(VERMILION), Align::Middle);
            free_from = x + LABEL.size * 3.0;
        }
    }
}

/// One decimal more than the ticks have.
fn decimals(scale: Scale) -> usize {
    let tick = scale.tick_text(scale.high);
    tick.split_once('.').map_or(0, |(_, fraction)| fraction.len()) + 1
}

#[cfg(test)]
mod tests {
    use super::super::testing::{HOSTILE, count, parse_checked, shown_texts};
    use super::*;

    fn chart(values: &[f64]) -> ControlPicture {
        let point = |(at, value): (usize, &f64)| ControlPoint {
            label: format!("2025-{:02}", at + 1),
            value: Some(*value),
            centre: 80.0,
            lower: Some(76.0),
            upper: Some(84.0),
            signal: !(76.0..=84.0).contains(value),
            after_gap: false,
        };
        ControlPicture {
            title: "单值图".to_owned(),
            y_label: "得分（0–100）".to_owned(),
            points: values.iter().enumerate().map(point).collect(),
            line_names: ["中心线".to_owned(), "下限".to_owned(), "上限".to_owned()],
            shift: None,
            note: "说明".to_owned(),
        }
    }

    #[test]
    fn every_value_is_a_mark_and_signals_stand_out() {
        let svg = control(&chart(&[79.0, 80.5, 81.0, 85.5, 80.0, 79.5, 80.2, 81.1])).unwrap();
        assert_eq!(count(&svg, "circle", "fill", "#0072B2"), 7);
        assert_eq!(count(&svg, "rect", "fill", "#B84E00"), 1);
        let texts = shown_texts(&svg);
        assert!(texts.iter().any(|t| t == "85.50"), "{texts:?}");
        for name in ["中心线", "下限", "上限"] {
            assert!(texts.contains(&name.to_owned()));
        }
    }

    #[test]
    fn limits_are_unbroken_and_nothing_that_is_not_negative_has_an_axis_below_zero() {
        let mut steps = chart(&[1.0, 2.0, 0.5, 1.5, 1.0, 0.2]);
        for (at, point) in steps.points.iter_mut().enumerate() {
            (point.centre, point.lower, point.upper) = (1.0, Some(0.0), Some(3.0 + at as f64 / 10.0));
        }
        let svg = control(&steps).unwrap();
        assert_eq!(count(&svg, "polyline", "stroke", "#B84E00"), 2, "one stroke a limit");
        assert!(!shown_texts(&svg).iter().any(|t| t.starts_with('-')), "{:?}", shown_texts(&svg));
        steps.points[2].upper = None;
        assert_eq!(count(&control(&steps).unwrap(), "polyline", "stroke", "#B84E00"), 3);
        steps.points[0].value = Some(-0.5);
        assert!(shown_texts(&control(&steps).unwrap()).iter().any(|t| t.starts_with('-')));
    }

    #[test]
    fn no_line_reaches_over_a_gap() {
        let mut parted = chart(&[79.0, 80.5, 81.0, 80.0, 79.5, 80.2]);
        let lines = |chart: &ControlPicture| count(&control(chart).unwrap(), "polyline", "stroke", "#0072B2");
        let whole = lines(&parted);
        parted.points[3].after_gap = true;
        assert_eq!(lines(&parted), whole + 1);
        assert_eq!(count(&control(&parted).unwrap(), "circle", "fill", "#0072B2"), 6);
    }

    #[test]
    fn a_shift_is_marked_before_its_period() {
        let mut shifted = chart(&[79.0, 80.0, 81.0, 82.0]);
        shifted.shift = Some((2, "水平改变".to_owned()));
        let svg = control(&shifted).unwrap();
        assert!(shown_texts(&svg).contains(&"水平改变".to_owned()));
        assert!(count(&svg, "line", "stroke", "#1F2933") > 10);
        shifted.shift = Some((0, "x".to_owned()));
        assert_eq!(count(&control(&shifted).unwrap(), "line", "stroke", "#1F2933"), 0);
    }

    #[test]
    fn hostile_names_and_many_periods_do_not_break_the_picture() {
        let values: Vec<f64> = (0..400).map(|i| 75.0 + f64::from(i % 11)).collect();
        let mut many = chart(&values);
        for (point, name) in many.points.iter_mut().zip(HOSTILE.iter().cycle()) {
            point.label = (*name).to_owned();
        }
        many.title = HOSTILE.concat();
        many.line_names = [HOSTILE.concat(), String::new(), "长".repeat(90)];
        many.shift = Some((3, HOSTILE.concat()));
        let svg = control(&many).unwrap();
        assert_eq!(svg, control(&many).unwrap());
        parse_checked(&svg, |_| ());
    }

    #[test]
    fn what_cannot_be_drawn_is_an_error() {
        assert_eq!(control(&chart(&[])), Err(ChartError::Empty("every value")));
        assert!(matches!(control(&chart(&[f64::NAN])), Err(ChartError::NotFinite { .. })));
        assert_eq!(control(&chart(&[80.0; 401])), Err(ChartError::TooLarge));
    }
}
