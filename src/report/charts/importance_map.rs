//! What matters against how well it is done, in four quadrants.

use super::canvas::{Align, Canvas, picture};
use super::font::Ruler;
use super::frame::{Frame, axis_label};
use super::map_labels::{FAR, Label, Plot, RADIUS, corner_texts, listed_names, place_labels};
use super::place::{Area, leader};
use super::scale::Scale;
use super::style::{
    AXIS, BLUE, GRID, INK, LABEL, MARGIN, MOST_MARKS, MUTED, SMALL, SMALL_STRONG, STRONG_LABEL, VERMILION, WHITE, WIDTH, faded,
};
use super::text::told;
use super::{ChartError, check_interval, check_number};

/// Importance of what was rated (to the right) against its performance (upwards).
#[derive(Debug, Clone, PartialEq)]
pub struct ImportanceMap {
    /// Heading of the chart.
    pub title: String,
    /// What importance is.
    pub x_label: String,
    /// What performance is.
    pub y_label: String,
    /// What was rated.
    pub points: Vec<MapPoint>,
    /// Importance and performance at which the quadrants meet.
    pub crosshair: (f64, f64),
    /// What the crosshair stands for, such as the means.
    pub crosshair_note: String,
    /// Names of the quadrants: top left, top right, bottom left, bottom right.
    pub quadrant_labels: [String; 4],
    /// Small print under the chart; may be empty.
    pub note: String,
}

/// One thing that was rated.
#[derive(Debug, Clone, PartialEq)]
pub struct MapPoint {
    /// Its name.
    pub name: String,
    /// A number that stands beside the point in the place of its name, which is then listed under the chart.
    pub number: Option<u64>,
    /// How much it matters.
    pub importance: f64,
    /// How well it is done.
    pub performance: f64,
    /// Lower end of the interval of the importance; none if it could not be determined.
    pub importance_low: Option<f64>,
    /// Upper end of the interval of the importance; none if it could not be determined.
    pub importance_high: Option<f64>,
    /// Lower end of the interval of the performance; none if it could not be determined.
    pub low: Option<f64>,
    /// Upper end of the interval of the performance; none if it could not be determined.
    pub high: Option<f64>,
}

const PLOT_HEIGHT: f64 = 540.0;
const AXIS_FOOT: f64 = 46.0;

/// Draws the map. Names stand beside their points where they touch nothing else, with a thin line where they had to
/// move away; a name that finds no place is listed under the chart and its point carries the number. Points with a number of their own have
/// it beside them and their whole names in a key under the chart, in the order of the numbers.
///
/// Both axes show the range of the data, named behind their labels. Fails if there are no points, a number is not
/// finite, or an interval is reversed.
pub fn importance_map(chart: &ImportanceMap) -> Result<String, ChartError> {
    check(chart)?;
    let ruler = Ruler::new()?;
    let frame = Frame::new(&ruler, &chart.title, &chart.note);
    let plot = lay_out(chart, &ruler, &frame);
    let corners = corner_texts(chart, &ruler, &plot);
    let labels = place_labels(chart, &ruler, &plot, &corners);
    let listed = listed_names(chart, &ruler, &labels);
    let end = plot.area.bottom + AXIS_FOOT + listed.height();
    picture(&chart.title, end + frame.bottom(), |canvas| {
        draw_ground(canvas, chart, &plot);
        draw_axes(canvas, chart, &ruler, &plot);
        for (area, text, strong) in &corners {
            let kind = if *strong { SMALL_STRONG.in_colour(MUTED) } else { SMALL };
            canvas.text_mid(area.left, area.middle().1, text, kind, Align::Left);
        }
        draw_points(canvas, chart, &plot, &labels);
        for (x, line, text) in &listed.texts {
            let base = plot.area.bottom + AXIS_FOOT + SMALL.leading() * (*line as f64 + 0.75);
            canvas.text(*x, base, text, SMALL.in_colour(INK), Align::Left);
        }
        frame.draw(canvas, end);
    })
}

fn check(chart: &ImportanceMap) -> Result<(), ChartError> {
    if chart.points.is_empty() {
        return Err(ChartError::Empty("points"));
    }
    if chart.points.len() > MOST_MARKS {
        return Err(ChartError::TooLarge);
    }
    check_number(chart.crosshair.0, "the importance", "crosshair")?;
    check_number(chart.crosshair.1, "the performance", "crosshair")?;
    for point in &chart.points {
        check_number(point.importance, "the importance", &point.name)?;
        check_number(point.performance, "the performance", &point.name)?;
        check_interval(point.low, point.high, &point.name)?;
        check_interval(point.importance_low, point.importance_high, &point.name)?;
    }
    Ok(())
}

fn lay_out(chart: &ImportanceMap, ruler: &Ruler, frame: &Frame) -> Plot {
    let scale = |values: Vec<f64>| {
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Scale::around(low, high, 6)
    };
    let widths = chart.points.iter().flat_map(|point| {
        [
            point.importance,
            point.importance_low.unwrap_or(point.importance),
            point.importance_high.unwrap_or(point.importance),
        ]
    });
    let across = scale(widths.chain([chart.crosshair.0]).collect());
    let heights = chart.points.iter().flat_map(|point| {
        [
            point.performance,
            point.low.unwrap_or(point.performance),
            point.high.unwrap_or(point.performance),
        ]
    });
    let up = scale(heights.chain([chart.crosshair.1]).collect());
    let widest = up
        .ticks()
        .iter()
        .map(|&tick| ruler.width(&up.tick_text(tick), SMALL))
        .fold(0.0, f64::max);
    let top = frame.top() + 28.0;
    let area = Area {
        left: MARGIN + widest + 10.0,
        top,
        right: WIDTH - MARGIN - 8.0,
        bottom: top + PLOT_HEIGHT,
    };
    Plot { area, across, up }
}

fn draw_ground(canvas: &mut Canvas<'_>, chart: &ImportanceMap, plot: &Plot) {
    let area = plot.area;
    let (x, y) = plot.at(chart.crosshair.0, chart.crosshair.1);
    canvas.rect(x, y, area.right - x, area.bottom - y, faded(VERMILION, 0.06));
    for tick in plot.across.ticks() {
        let (x, _) = plot.at(tick, plot.up.low);
        canvas.line((x, area.top), (x, area.bottom), 1.0, GRID);
        canvas.text_mid(x, area.bottom + 12.0, &plot.across.tick_text(tick), SMALL, Align::Middle);
    }
    for tick in plot.up.ticks() {
        let (_, y) = plot.at(plot.across.low, tick);
        canvas.line((area.left, y), (area.right, y), 1.0, GRID);
        canvas.text_mid(area.left - 8.0, y, &plot.up.tick_text(tick), SMALL, Align::Right);
    }
    canvas.dashes((x, area.top), (x, area.bottom), 1.4, MUTED);
    canvas.dashes((area.left, y), (area.right, y), 1.4, MUTED);
}

fn draw_axes(canvas: &mut Canvas<'_>, chart: &ImportanceMap, ruler: &Ruler, plot: &Plot) {
    let area = plot.area;
    canvas.line((area.left, area.top), (area.left, area.bottom), 1.2, AXIS);
    canvas.line((area.left, area.bottom), (area.right, area.bottom), 1.2, AXIS);
    if plot.up.leaves_out_zero() {
        canvas.axis_break(area.left, area.bottom - 12.0, true);
    }
    if plot.across.leaves_out_zero() {
        canvas.axis_break(area.left + 12.0, area.bottom, false);
    }
    let room = area.right - area.left;
    canvas.text_mid(
        MARGIN,
        area.top - 20.0,
        &axis_label(ruler, &chart.y_label, plot.up, room),
        SMALL,
        Align::Left,
    );
    let label = axis_label(ruler, &chart.x_label, plot.across, room);
    canvas.text_mid(area.right, area.bottom + 32.0, &label, SMALL, Align::Right);
}

fn draw_points(canvas: &mut Canvas<'_>, chart: &ImportanceMap, plot: &Plot, labels: &[Label]) {
    for point in &chart.points {
        draw_intervals(canvas, point, plot);
    }
    for (point, label) in chart.points.iter().zip(labels) {
        let spot = plot.of(point);
        if let Label::Beside { area, .. } = label
            && let Some(end) = leader(spot, area, FAR)
        {
            canvas.line(spot, end, 0.8, MUTED);
        }
        canvas.disc(spot, RADIUS + 1.2, WHITE);
        canvas.disc(spot, RADIUS, BLUE);
        canvas.mark(Area::around(spot.0, spot.1, 26.0, 26.0), point_told(chart, point));
        match label {
            Label::Beside { text, area } => {
                let kind = if point.number.is_some() { STRONG_LABEL } else { LABEL };
                canvas.text_mid(area.left, area.middle().1, text, kind, Align::Left);
            }
            Label::Below { number } => {
                let kind = SMALL_STRONG.in_colour(WHITE);
                let size = if *number > 9 { 8.0 } else { 9.0 };
                canvas.text_mid(
                    spot.0,
                    spot.1,
                    &number.to_string(),
                    super::style::Type { size, ..kind },
                    Align::Middle,
                );
            }
        }
    }
}

/// The intervals of a point as a cross of thin strokes.
fn draw_intervals(canvas: &mut Canvas<'_>, point: &MapPoint, plot: &Plot) {
    if let (Some(low), Some(high)) = (point.low, point.high) {
        let (x, bottom) = plot.at(point.importance, low);
        let (_, top) = plot.at(point.importance, high);
        canvas.line((x, bottom), (x, top), 1.2, AXIS);
        for y in [bottom, top] {
            canvas.line((x - 3.0, y), (x + 3.0, y), 1.2, AXIS);
        }
    }
    if let (Some(low), Some(high)) = (point.importance_low, point.importance_high) {
        let (left, y) = plot.at(low, point.performance);
        let (right, _) = plot.at(high, point.performance);
        canvas.line((left, y), (right, y), 1.2, AXIS);
        for x in [left, right] {
            canvas.line((x, y - 3.0), (x, y + 3.0), 1.2, AXIS);
        }
    }
}

fn point_told(chart: &ImportanceMap, point: &MapPoint) -> String {
    let ends = |low: Option<f64>, high: Option<f64>, decimals: usize| {
        low.zip(high)
            .map(|(low, high)| (format!("{low:.decimals$}"), format!("{high:.decimals$}")))
    };
    let importance = ends(point.importance_low, point.importance_high, 2);
    let importance = told(&chart.x_label, &format!("{:.2}", point.importance), importance, None);
    let performance = told(
        &chart.y_label,
        &format!("{:.1}", point.performance),
        ends(point.low, point.high, 1),
        None,
    );
    let number = point.number.map_or_else(String::new, |number| format!("{number} · "));
    format!("{number}{} · {importance} · {performance}", point.name)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{HOSTILE, assert_texts_apart, count, parse_checked, shown_texts};
    use super::*;
    use resvg::usvg::roxmltree;

    fn point(name: &str, importance: f64, performance: f64) -> MapPoint {
        MapPoint {
            name: name.to_owned(),
            number: None,
            importance,
            performance,
            importance_low: Some(importance - 0.02),
            importance_high: Some(importance + 0.02),
            low: Some(performance - 1.5),
            high: Some(performance + 1.5),
        }
    }

    fn chart(points: Vec<MapPoint>) -> ImportanceMap {
        ImportanceMap {
            title: "重要性与表现".to_owned(),
            x_label: "重要性".to_owned(),
            y_label: "表现".to_owned(),
            points,
            crosshair: (0.2, 80.0),
            crosshair_note: "虚线：平均值".to_owned(),
            quadrant_labels: ["维持", "优势", "次要", "优先改进"].map(str::to_owned),
            note: String::new(),
        }
    }

    #[test]
    fn each_point_is_one_disc_and_its_name_is_shown_apart_from_the_others() {
        let points = (0..24).map(|i| {
            let (a, b) = (f64::from(i * 7 % 24), f64::from(i * 5 % 24));
            point(&format!("服务环节满意度{i}"), 0.1 + a / 120.0, 74.0 + b / 2.0)
        });
        let svg = importance_map(&chart(points.collect())).unwrap();
        assert_eq!(count(&svg, "circle", "fill", "#0072B2"), 24);
        let texts = shown_texts(&svg);
        assert!((0..24).all(|i| texts.contains(&format!("服务环节满意度{i}"))), "{texts:?}");
        assert_texts_apart(&svg);
    }

    #[test]
    fn the_cross_of_a_point_is_as_wide_and_high_as_its_intervals() {
        let mut one = point("a", 0.2, 80.0);
        (one.importance_low, one.importance_high) = (Some(0.15), Some(0.3));
        let strokes = |point: MapPoint| {
            let svg = importance_map(&chart(vec![point, point_far()])).unwrap();
            parse_checked(&svg, |document| {
                let lines = document
                    .descendants()
                    .filter(|n| n.tag_name().name() == "line" && n.attribute("stroke") == Some("#9AA5B1"));
                let ends = |n: roxmltree::Node<'_, '_>| ["x1", "y1", "x2", "y2"].map(|a| n.attribute(a).unwrap().parse::<f64>().unwrap());
                lines.map(ends).collect::<Vec<_>>()
            })
        };
        let drawn = strokes(one.clone());
        let level: Vec<f64> = drawn
            .iter()
            .filter(|[x1, y1, x2, y2]| y1 == y2 && x1 != x2)
            .map(|[x1, _, x2, _]| (x2 - x1).abs())
            .collect();
        // Axis, the stroke of the point, that of the other point; caps of the upright stroke are 6 pixels.
        let wide: Vec<f64> = level.into_iter().filter(|width| *width > 60.5).collect();
        assert_eq!(wide.len(), 3, "{wide:?}");
        // 0.15 against 0.04 of importance.
        let ratio = wide[1] / wide[2];
        assert!((ratio - 3.75).abs() < 0.05, "{ratio}");
        one.importance_low = None;
        assert!(strokes(one).len() < drawn.len());
    }

    fn point_far() -> MapPoint {
        point("b", 0.5, 70.0)
    }

    #[test]
    fn names_without_a_place_are_listed_below() {
        let svg = importance_map(&chart((0..60).map(|i| point(&format!("同一处的环节{i}"), 0.2, 80.0)).collect())).unwrap();
        assert_eq!(count(&svg, "circle", "fill", "#0072B2"), 60);
        let texts = shown_texts(&svg).concat();
        assert!((0..60).all(|i| texts.contains(&format!("同一处的环节{i}"))));
    }

    #[test]
    fn numbered_points_have_their_whole_names_in_a_key() {
        let name = |i: u32| format!("Purchasing and administrative support in all countries and regions, question {i}");
        let points = (10..52).map(|i| {
            let (a, b) = (f64::from(i * 7 % 24), f64::from(i * 5 % 24));
            let mut one = point(&name(i), 0.1 + a / 120.0, 74.0 + b / 2.0);
            one.number = Some(u64::from(i));
            one
        });
        let svg = importance_map(&chart(points.collect())).unwrap();
        let texts = shown_texts(&svg);
        let whole = texts.join(" ");
        for i in 10..52 {
            assert!(
                texts.contains(&i.to_string()) || whole.contains(&format!("{i}  ")),
                "{i}: {texts:?}"
            );
            assert!(whole.contains(&format!("question {i}")), "what differs is not cut off: {i}");
        }
        assert_texts_apart(&svg);
    }

    #[test]
    fn hostile_names_do_not_break_the_picture() {
        let points = HOSTILE
            .iter()
            .enumerate()
            .map(|(i, name)| point(name, 0.1 * i as f64, 70.0 + 2.0 * i as f64));
        let mut hostile = chart(points.collect());
        hostile.points.push(point(&"名".repeat(200), 0.3, 75.0));
        hostile.quadrant_labels = [0, 1, 2, 3].map(|_| HOSTILE.concat());
        hostile.crosshair_note = HOSTILE.concat();
        hostile.x_label = HOSTILE.concat();
        let svg = importance_map(&hostile).unwrap();
        assert_eq!(svg, importance_map(&hostile).unwrap());
        assert_texts_apart(&svg);
    }

    #[test]
    fn what_cannot_be_drawn_is_an_error() {
        assert_eq!(importance_map(&chart(vec![])), Err(ChartError::Empty("points")));
        let nan = importance_map(&chart(vec![point("a", f64::NAN, 80.0)]));
        assert!(matches!(nan, Err(ChartError::NotFinite { .. })));
        let mut no_cross = chart(vec![point("a", 0.2, 80.0)]);
        no_cross.crosshair.0 = f64::INFINITY;
        assert!(matches!(importance_map(&no_cross), Err(ChartError::NotFinite { .. })));
        assert!(importance_map(&chart(vec![point("a", 0.2, 80.0)])).is_ok());
    }
}
