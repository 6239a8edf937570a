//! Scores of a few dimensions on axes around a middle. Only good for shape: lengths are read off the bars beside it.

use super::canvas::{Align, Canvas, picture};
use super::font::Ruler;
use super::frame::Frame;
use super::place::Area;
use super::style::{AXIS, BLUE, GRID, INK, LABEL, SMALL, VALUE, WHITE, WIDTH, faded};
use super::text::{told, wrap};
use super::{ChartError, check_interval, check_number};

/// Fewest axes that enclose an area.
pub const RADAR_LEAST: usize = 3;
/// Most axes that can still be told apart.
pub const RADAR_MOST: usize = 8;

/// Scores from 0 in the middle to 100 at the rim.
#[derive(Debug, Clone, PartialEq)]
pub struct Radar {
    /// Heading of the chart.
    pub title: String,
    /// One axis for each dimension, from the top clockwise; 3 to 8.
    pub axes: Vec<RadarAxis>,
    /// Small print under the chart; may be empty.
    pub note: String,
}

/// One dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct RadarAxis {
    /// Name of the dimension.
    pub name: String,
    /// Score, 0 to 100.
    pub value: f64,
    /// Lower end of its interval; none if it could not be determined.
    pub low: Option<f64>,
    /// Upper end of its interval; none if it could not be determined.
    pub high: Option<f64>,
    /// Number of answers behind the score.
    pub n: u64,
}

const RADIUS: f64 = 170.0;
const LABEL_ROOM: f64 = 210.0;
/// Room above and below the rim for labels of two lines and the value.
const RIM: f64 = 58.0;

/// Draws the web with a ring at every 20 points, the scores as a closed shape, and each interval as a stroke along its
/// axis. Name and value stand at the end of each axis.
///
/// Fails with fewer than 3 or more than 8 axes, or when a number is not finite, a score lies outside 0–100, or an
/// interval is reversed.
pub fn radar(chart: &Radar) -> Result<String, ChartError> {
    check(chart)?;
    let ruler = Ruler::new()?;
    let frame = Frame::new(&ruler, &chart.title, &chart.note);
    let centre = (WIDTH / 2.0, frame.top() + RIM + RADIUS);
    let end = centre.1 + RADIUS + RIM;
    let web = Web {
        centre,
        axes: chart.axes.len() as f64,
    };
    picture(&chart.title, end + frame.bottom(), |canvas| {
        draw_web(canvas, &web, chart.axes.len());
        draw_scores(canvas, chart, &web);
        for (place, axis) in chart.axes.iter().enumerate() {
            draw_label(canvas, &ruler, axis, &web, place);
        }
        frame.draw(canvas, end);
    })
}

fn check(chart: &Radar) -> Result<(), ChartError> {
    if chart.axes.len() < RADAR_LEAST {
        return Err(ChartError::Empty("axes"));
    }
    if chart.axes.len() > RADAR_MOST {
        return Err(ChartError::TooLarge);
    }
    for axis in &chart.axes {
        check_number(axis.value, "the score", &axis.name)?;
        check_interval(axis.low, axis.high, &axis.name)?;
        if !(0.0..=100.0).contains(&axis.value) {
            return Err(ChartError::OutOfRange {
                what: "the score",
                name: super::text::clean(&axis.name),
                range: "0–100",
            });
        }
    }
    Ok(())
}

/// Where things are around the middle.
struct Web {
    centre: (f64, f64),
    axes: f64,
}

impl Web {
    /// Direction of an axis: the first points up, the others follow clockwise. `libm` gives the same digits everywhere.
    fn direction(&self, place: usize) -> (f64, f64) {
        let angle = std::f64::consts::TAU * place as f64 / self.axes;
        (libm::sin(angle), -libm::cos(angle))
    }

    /// The place of a score; intervals beyond the scale end at its end.
    fn at(&self, place: usize, score: f64) -> (f64, f64) {
        let (dx, dy) = self.direction(place);
        let length = RADIUS * score.clamp(0.0, 100.0) / 100.0;
        (self.centre.0 + dx * length, self.centre.1 + dy * length)
    }

    fn ring(&self, score: f64, axes: usize) -> Vec<(f64, f64)> {
        (0..=axes).map(|place| self.at(place % axes, score)).collect()
    }
}

fn draw_web(canvas: &mut Canvas<'_>, web: &Web, axes: usize) {
    for score in [20.0, 40.0, 60.0, 80.0, 100.0] {
        let colour = if score < 100.0 { GRID } else { AXIS };
        canvas.path(&web.ring(score, axes), 1.0, colour);
    }
    for place in 0..axes {
        canvas.line(web.centre, web.at(place, 100.0), 1.0, GRID);
    }
    for score in [0, 20, 40, 60, 80, 100_u32] {
        let (x, y) = web.at(0, f64::from(score));
        canvas.text_mid(x - 7.0, y, &score.to_string(), SMALL, Align::Right);
    }
}

fn draw_scores(canvas: &mut Canvas<'_>, chart: &Radar, web: &Web) {
    let corners: Vec<(f64, f64)> = chart
        .axes
        .iter()
        .enumerate()
        .map(|(place, axis)| web.at(place, axis.value))
        .collect();
    canvas.shape(&corners, faded(BLUE, 0.14));
    let closed: Vec<(f64, f64)> = corners.iter().chain(corners.first()).copied().collect();
    canvas.path(&closed, 2.2, BLUE);
    for (place, axis) in chart.axes.iter().enumerate() {
        if let (Some(low), Some(high)) = (axis.low, axis.high) {
            draw_interval(canvas, web, place, low, high);
        }
    }
    for (axis, spot) in chart.axes.iter().zip(corners) {
        canvas.disc(spot, 5.2, WHITE);
        canvas.disc(spot, 4.0, BLUE);
        let interval = axis
            .low
            .zip(axis.high)
            .map(|(low, high)| (format!("{low:.1}"), format!("{high:.1}")));
        let text = told(&axis.name, &format!("{:.1}", axis.value), interval, Some(axis.n));
        canvas.mark(Area::around(spot.0, spot.1, 26.0, 26.0), text);
    }
}

/// A stroke along the axis with a short bar across each end.
fn draw_interval(canvas: &mut Canvas<'_>, web: &Web, place: usize, low: f64, high: f64) {
    let (dx, dy) = web.direction(place);
    let (from, to) = (web.at(place, low), web.at(place, high));
    canvas.line(from, to, 1.5, INK);
    for (x, y) in [from, to] {
        canvas.line((x - dy * 5.0, y + dx * 5.0), (x + dy * 5.0, y - dx * 5.0), 1.5, INK);
    }
}

fn draw_label(canvas: &mut Canvas<'_>, ruler: &Ruler, axis: &RadarAxis, web: &Web, place: usize) {
    let (dx, dy) = web.direction(place);
    let (x, y) = web.at(place, 100.0);
    let align = if dx > 0.1 {
        Align::Left
    } else if dx < -0.1 {
        Align::Right
    } else {
        Align::Middle
    };
    let name = wrap(ruler, &axis.name, LABEL, LABEL_ROOM, 2);
    let lines = name.len() as f64 + 1.0;
    let height = LABEL.leading() * lines;
    // The block of lines is moved outwards from the rim by half of its own height where it stands above or below it.
    let middle = y + dy * (height / 2.0 + 8.0);
    let x = x + dx * 14.0;
    let first = middle - height / 2.0 + LABEL.leading() / 2.0;
    for (line, text) in name.iter().enumerate() {
        canvas.text_mid(x, first + LABEL.leading() * line as f64, text, LABEL, align);
    }
    let last = first + LABEL.leading() * (lines - 1.0);
    canvas.text_mid(x, last, &format!("{:.1}", axis.value), VALUE, align);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{HOSTILE, assert_texts_apart, count, parse_checked, shown_texts};
    use super::*;

    fn axis(name: &str, value: f64) -> RadarAxis {
        RadarAxis {
            name: name.to_owned(),
            value,
            low: Some(value - 3.0),
            high: Some(value + 3.0),
            n: 512,
        }
    }

    fn chart(values: &[f64]) -> Radar {
        Radar {
            title: "各维度得分".to_owned(),
            axes: values
                .iter()
                .enumerate()
                .map(|(i, v)| axis(&format!("服务环节与售后{i}"), *v))
                .collect(),
            note: String::new(),
        }
    }

    #[test]
    fn each_score_lies_on_its_axis_at_its_share_of_the_radius() {
        let svg = radar(&chart(&[50.0, 100.0, 25.0, 80.0])).unwrap();
        let spots: Vec<(f64, f64)> = parse_checked(&svg, |document| {
            let discs = document
                .descendants()
                .filter(|n| n.tag_name().name() == "circle" && n.attribute("fill") == Some("#0072B2"));
            let number = |n: resvg::usvg::roxmltree::Node<'_, '_>, a| n.attribute(a).unwrap().parse::<f64>().unwrap() / 10.0;
            discs.map(|n| (number(n, "cx"), number(n, "cy"))).collect()
        });
        // First up, second to the right, third down, fourth to the left, from a middle that all share.
        let middle = (480.0, spots[1].1);
        assert!(
            (spots[0].0 - middle.0).abs() < 0.2 && (middle.1 - spots[0].1 - 85.0).abs() < 0.2,
            "{spots:?}"
        );
        assert!((spots[1].0 - middle.0 - 170.0).abs() < 0.2);
        assert!((spots[2].0 - middle.0).abs() < 0.2 && (spots[2].1 - middle.1 - 42.5).abs() < 0.2);
        assert!((middle.0 - spots[3].0 - 136.0).abs() < 0.2 && (spots[3].1 - middle.1).abs() < 0.2);
    }

    #[test]
    fn names_and_values_stand_apart_for_every_number_of_axes() {
        for axes in RADAR_LEAST..=RADAR_MOST {
            let svg = radar(&chart(&vec![84.6; axes])).unwrap();
            assert_texts_apart(&svg);
            let texts = shown_texts(&svg);
            assert_eq!(texts.iter().filter(|t| *t == "84.6").count(), axes);
            assert_eq!(count(&svg, "rect", "class", "mark"), axes);
        }
    }

    #[test]
    fn hostile_names_do_not_break_the_picture() {
        let mut hostile = chart(&[1.0; 8]);
        hostile.title = HOSTILE.concat();
        hostile
            .axes
            .iter_mut()
            .zip(HOSTILE)
            .for_each(|(axis, name)| name.clone_into(&mut axis.name));
        let svg = radar(&hostile).unwrap();
        parse_checked(&svg, |_| ());
    }

    #[test]
    fn what_cannot_be_drawn_is_an_error() {
        assert_eq!(radar(&chart(&[50.0, 60.0])), Err(ChartError::Empty("axes")));
        assert_eq!(radar(&chart(&[50.0; 9])), Err(ChartError::TooLarge));
        assert!(matches!(radar(&chart(&[50.0, 60.0, 101.0])), Err(ChartError::OutOfRange { .. })));
        assert!(matches!(radar(&chart(&[50.0, 60.0, f64::NAN])), Err(ChartError::NotFinite { .. })));
        let mut reversed = chart(&[50.0; 3]);
        (reversed.axes[0].low, reversed.axes[0].high) = (Some(60.0), Some(40.0));
        assert!(matches!(radar(&reversed), Err(ChartError::ReversedInterval(_))));
    }
}
