//! How a value came from an earlier to a later one, step by step.

use super::canvas::{Align, Canvas, picture};
use super::font::Ruler;
use super::frame::{Frame, axis_label};
use super::scale::Scale;
use super::style::{AXIS, BLUE, GRID, INK, LABEL, MARGIN, MOST_MARKS, SMALL, STRIPE, STRONG_LABEL, VALUE, VERMILION, WIDTH};
use super::text::wrap;
use super::{ChartError, check_interval, check_number};

/// Steps from an earlier value to a later one.
#[derive(Debug, Clone, PartialEq)]
pub struct Waterfall {
    /// Heading of the chart.
    pub title: String,
    /// What the values are, written under the axis.
    pub x_label: String,
    /// Name and value at the start.
    pub start: (String, f64),
    /// The steps, from top to bottom.
    pub steps: Vec<WaterfallStep>,
    /// Name and value at the end; the steps lead to it.
    pub end: (String, f64),
    /// Small print under the chart; may be empty.
    pub note: String,
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct WaterfallStep {
    /// Name.
    pub name: String,
    /// How far it leads, up (above 0) or down.
    pub amount: f64,
    /// Lower end of its interval; none if it could not be determined.
    pub low: Option<f64>,
    /// Upper end of its interval; none if it could not be determined.
    pub high: Option<f64>,
}

/// Height of a row, and of one whose name takes two lines.
const ROW: f64 = 30.0;
const HIGH_ROW: f64 = 40.0;
const NAME_WIDTH: f64 = 330.0;
const BAR: f64 = 16.0;
const VALUE_COLUMN: f64 = 72.0;
const AXIS_FOOT: f64 = 44.0;
const HEAD: f64 = 6.0;

/// Where everything stands.
struct Layout {
    names: Vec<Vec<String>>,
    left: f64,
    right: f64,
    top: f64,
    row: f64,
    scale: Scale,
}

impl Layout {
    fn x(&self, value: f64) -> f64 {
        self.left + (self.right - self.left) * self.scale.share(value)
    }

    fn y(&self, row: usize) -> f64 {
        self.top + self.row * (row as f64 + 0.5)
    }

    fn bottom(&self) -> f64 {
        self.top + self.row * self.names.len() as f64
    }
}

/// Draws a bar for every step from where the one before ended, blue upwards and vermilion downwards with its amount and sign printed; start
/// and end are upright strokes, because the axis need not begin at zero. Fails when there is no step, a number is not finite, an interval
/// is reversed, or the steps do not lead to the end.
pub fn waterfall(chart: &Waterfall) -> Result<String, ChartError> {
    check(chart)?;
    let ruler = Ruler::new()?;
    let frame = Frame::new(&ruler, &chart.title, &chart.note);
    let layout = lay_out(chart, &ruler, &frame);
    let end = layout.bottom() + AXIS_FOOT;
    picture(&chart.title, end + frame.bottom(), |canvas| {
        draw_axis(canvas, chart, &ruler, &layout);
        draw_total(canvas, &chart.start, &layout, 0);
        let mut reached = chart.start.1;
        for (index, step) in chart.steps.iter().enumerate() {
            draw_step(canvas, step, reached, &layout, index + 1);
            reached += step.amount;
        }
        draw_total(canvas, &chart.end, &layout, chart.steps.len() + 1);
        frame.draw(canvas, end);
    })
}

fn check(chart: &Waterfall) -> Result<(), ChartError> {
    if chart.steps.is_empty() {
        return Err(ChartError::Empty("steps"));
    }
    if chart.steps.len() > MOST_MARKS {
        return Err(ChartError::TooLarge);
    }
    for (name, value) in [&chart.start, &chart.end] {
        check_number(*value, "the value", name)?;
    }
    for step in &chart.steps {
        check_number(step.amount, "the step", &step.name)?;
        check_interval(step.low, step.high, &step.name)?;
    }
    let led: f64 = chart.start.1 + chart.steps.iter().map(|s| s.amount).sum::<f64>();
    if (led - chart.end.1).abs() > 1e-6 * chart.end.1.abs().max(1.0) {
        return Err(ChartError::OutOfRange {
            what: "the end of the steps",
            name: super::text::clean(&chart.end.0),
            range: "the value that they lead to",
        });
    }
    Ok(())
}

fn lay_out(chart: &Waterfall, ruler: &Ruler, frame: &Frame) -> Layout {
    let all = std::iter::once(&chart.start.0)
        .chain(chart.steps.iter().map(|s| &s.name))
        .chain([&chart.end.0]);
    let names: Vec<Vec<String>> = all.map(|name| wrap(ruler, name, STRONG_LABEL, NAME_WIDTH, 2)).collect();
    let widest = names
        .iter()
        .flatten()
        .map(|line| ruler.width(line, STRONG_LABEL))
        .fold(60.0, f64::max);
    let row = if names.iter().any(|lines| lines.len() > 1) { HIGH_ROW } else { ROW };
    let (mut low, mut high, mut reached) = (chart.start.1, chart.start.1, chart.start.1);
    for step in &chart.steps {
        let ends = [
            Some(reached + step.amount),
            step.low.map(|l| reached + l),
            step.high.map(|h| reached + h),
        ];
        for end in ends.into_iter().flatten() {
            (low, high) = (low.min(end), high.max(end));
        }
        reached += step.amount;
    }
    let least = 0.5_f64.max((high - low) * 0.05);
    Layout {
        names,
        left: MARGIN + widest + 14.0,
        right: WIDTH - MARGIN - VALUE_COLUMN,
        top: frame.top() + HEAD,
        row,
        scale: Scale::covering(low - least, high + least, 6),
    }
}

fn draw_axis(canvas: &mut Canvas<'_>, chart: &Waterfall, ruler: &Ruler, layout: &Layout) {
    for row in (1..layout.names.len()).step_by(2) {
        canvas.rect(MARGIN, layout.y(row) - layout.row / 2.0, WIDTH - 2.0 * MARGIN, layout.row, STRIPE);
    }
    for tick in layout.scale.ticks() {
        let x = layout.x(tick);
        canvas.line((x, layout.top), (x, layout.bottom()), 1.0, GRID);
        canvas.text_mid(x, layout.bottom() + 12.0, &layout.scale.tick_text(tick), SMALL, Align::Middle);
    }
    let label = axis_label(ruler, &chart.x_label, layout.scale, layout.right - layout.left);
    let middle = f64::midpoint(layout.left, layout.right);
    canvas.text_mid(middle, layout.bottom() + 32.0, &label, SMALL, Align::Middle);
}

/// The start or the end: an upright stroke, with the value in bold.
fn draw_total(canvas: &mut Canvas<'_>, (_, value): &(String, f64), layout: &Layout, row: usize) {
    let (x, y) = (layout.x(*value), layout.y(row));
    draw_name(canvas, layout, row, true);
    canvas.rect(x - 3.0, y - BAR / 2.0 - 3.0, 6.0, BAR + 6.0, INK);
    canvas.text_mid(layout.right + VALUE_COLUMN, y, &format!("{value:.1}"), VALUE, Align::Right);
    let (from, to) = if row == 0 {
        (y, y + layout.row / 2.0)
    } else {
        (y - layout.row / 2.0, y)
    };
    canvas.line((x, from), (x, to), 1.0, AXIS);
}

fn draw_name(canvas: &mut Canvas<'_>, layout: &Layout, row: usize, strong: bool) {
    if let Some(name) = layout.names.get(row) {
        let kind = if strong { STRONG_LABEL } else { LABEL };
        canvas.lines_mid(layout.left - 14.0, layout.y(row), name, kind, Align::Right);
    }
}

fn draw_step(canvas: &mut Canvas<'_>, step: &WaterfallStep, reached: f64, layout: &Layout, row: usize) {
    let y = layout.y(row);
    let (from, to) = (layout.x(reached), layout.x(reached + step.amount));
    draw_name(canvas, layout, row, false);
    canvas.line((from, y - layout.row / 2.0), (from, y), 1.0, AXIS);
    canvas.line((to, y), (to, y + layout.row / 2.0), 1.0, AXIS);
    let colour = if step.amount < 0.0 { VERMILION } else { BLUE };
    canvas.rect(from.min(to), y - BAR / 2.0, (to - from).abs().max(1.5), BAR, colour);
    if let (Some(low), Some(high)) = (step.low, step.high) {
        canvas.whisker((layout.x(reached + low), y), (layout.x(reached + high), y), 4.0, INK);
    }
    canvas.text_mid(layout.right + VALUE_COLUMN, y, &signed(step.amount), VALUE, Align::Right);
}

/// Two decimals with a sign; what is printed as zero has none.
fn signed(value: f64) -> String {
    let text = format!("{value:+.2}");
    if text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        text
    } else {
        "0.00".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{HOSTILE, assert_texts_apart, count, parse_checked, shown_texts};
    use super::*;

    fn step(name: &str, amount: f64) -> WaterfallStep {
        WaterfallStep {
            name: name.to_owned(),
            amount,
            low: Some(amount - 0.4),
            high: Some(amount + 0.4),
        }
    }

    fn chart(steps: Vec<WaterfallStep>) -> Waterfall {
        let led: f64 = 78.0 + steps.iter().map(|s| s.amount).sum::<f64>();
        Waterfall {
            title: "指数变化的来源".to_owned(),
            x_label: "指数（0–100）".to_owned(),
            start: ("2024 年度".to_owned(), 78.0),
            steps,
            end: ("2025 年度".to_owned(), led),
            note: "说明".to_owned(),
        }
    }

    #[test]
    fn each_step_is_a_bar_with_its_sign() {
        let svg = waterfall(&chart(vec![step("a", 1.25), step("b", -0.5), step("c", 0.001)])).unwrap();
        assert_eq!(count(&svg, "rect", "fill", "#0072B2"), 2);
        assert_eq!(count(&svg, "rect", "fill", "#B84E00"), 1);
        let texts = shown_texts(&svg);
        for text in ["78.0", "+1.25", "-0.50", "0.00", "78.8"] {
            assert!(texts.contains(&text.to_owned()), "{text} in {texts:?}");
        }
        assert_texts_apart(&svg);
    }

    #[test]
    fn the_length_of_a_bar_is_its_step_and_the_next_begins_where_it_ends() {
        let svg = waterfall(&chart(vec![step("a", 2.0), step("b", 1.0)])).unwrap();
        let bars: Vec<(f64, f64)> = parse_checked(&svg, |document| {
            let number = |node: resvg::usvg::roxmltree::Node<'_, '_>, name| node.attribute(name).unwrap().parse::<f64>().unwrap();
            let bars = document.descendants().filter(|node| node.attribute("fill") == Some("#0072B2"));
            bars.map(|node| (number(node, "x"), number(node, "width"))).collect()
        });
        assert!((bars[0].1 - 2.0 * bars[1].1).abs() <= 2.0, "{bars:?}");
        assert!((bars[0].0 + bars[0].1 - bars[1].0).abs() <= 2.0, "{bars:?}");
    }

    #[test]
    fn names_that_differ_at_their_end_stay_apart() {
        let [one, two] = ["what you expected?", "your ideal service?"].map(|end| format!("How satisfied are you compared with {end}"));
        let svg = waterfall(&chart(vec![step(&one, 1.0), step(&two, -0.5)])).unwrap();
        let texts = shown_texts(&svg).join(" ");
        assert!(texts.contains("expected?") && texts.contains("service?"), "{texts}");
        assert_texts_apart(&svg);
    }

    #[test]
    fn hostile_names_do_not_break_the_picture() {
        let mut hostile = chart(HOSTILE.iter().map(|name| step(name, 0.3)).collect());
        hostile.title = HOSTILE.concat();
        hostile.start.0 = "长".repeat(200);
        hostile.x_label = HOSTILE.concat();
        hostile.note = HOSTILE.concat();
        let svg = waterfall(&hostile).unwrap();
        assert_eq!(svg, waterfall(&hostile).unwrap());
        parse_checked(&svg, |_| ());
    }

    #[test]
    fn what_cannot_be_drawn_is_an_error() {
        assert_eq!(waterfall(&chart(vec![])), Err(ChartError::Empty("steps")));
        assert!(matches!(
            waterfall(&chart(vec![step("a", f64::NAN)])),
            Err(ChartError::NotFinite { .. })
        ));
        let mut elsewhere = chart(vec![step("a", 1.0)]);
        elsewhere.end.1 = 90.0;
        assert!(matches!(waterfall(&elsewhere), Err(ChartError::OutOfRange { .. })));
    }
}
