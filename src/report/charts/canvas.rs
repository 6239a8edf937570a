//! A sheet to draw on in pixels, over the SVG backend of `plotters`.
//!
//! The backend only knows whole coordinates and whole line widths, so that one of its units is a tenth of a pixel here:
//! the picture is as wide as said, and its `viewBox` ten times as wide.

use super::ChartError;
use super::font::FAMILY;
use super::place::Area;
use super::style::{Colour, Type, WHITE, WIDTH};
use super::text::clean;
use plotters::backend::DrawingBackend;
use plotters::prelude::SVGBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{IntoFont, ShapeStyle, TextStyle};

const UNITS: f64 = 10.0;
/// The backend divides the sizes of type that it is given by this number.
const BACKEND_TYPE_FACTOR: f64 = 1.24;
/// The backend puts the base line of a text hung from its top this share of its size below the place.
const BACKEND_TOP: f64 = 0.76;
/// Distance from the middle of a line of text down to its base line, as a share of its size.
const MIDDLE_TO_BASE: f64 = 0.37;
const TALLEST: f64 = 30_000.0;

/// Which end of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Middle,
    Right,
}

/// A sheet being drawn on. The first failure is kept and reported when the picture is finished.
pub(super) struct Canvas<'a> {
    backend: SVGBackend<'a>,
    failure: Option<String>,
    marks: Vec<(Area, String)>,
}

/// Draws a picture of the given height in pixels and returns it as SVG.
pub(super) fn picture(title: &str, height: f64, draw: impl FnOnce(&mut Canvas<'_>)) -> Result<String, ChartError> {
    if !(1.0..=TALLEST).contains(&height) {
        return Err(ChartError::TooLarge);
    }
    let height = height.ceil();
    let size = ((WIDTH * UNITS) as u32, (height * UNITS) as u32);
    let mut body = String::new();
    let (failure, spoken) = {
        let mut canvas = Canvas {
            backend: SVGBackend::with_string(&mut body, size),
            failure: None,
            marks: Vec::new(),
        };
        canvas.rect(0.0, 0.0, WIDTH, height, WHITE);
        draw(&mut canvas);
        let finished = canvas.backend.present();
        canvas.keep(finished);
        (canvas.failure, spoken_marks(&canvas.marks))
    };
    if let Some(failure) = failure {
        return Err(ChartError::Drawing(failure));
    }
    let (_, marks) = body
        .trim_end()
        .strip_suffix("</svg>")
        .and_then(|drawn| drawn.split_once('>'))
        .ok_or_else(|| ChartError::Drawing("no svg element".to_owned()))?;
    // Quotes in drawn texts are escaped, so that these can only be attributes. They are said once for the whole picture.
    let marks = marks
        .replace(&format!(" font-family=\"{FAMILY}\""), "")
        .replace(" opacity=\"1\"", "");
    let (right, bottom) = size;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {right} {bottom}\" font-family=\"{FAMILY}\">\n<title>{}</title>{marks}{spoken}</svg>\n",
        escape(&clean(title)),
    ))
}

/// Invisible areas over what was drawn, each with its note: a reader who points at a mark is told what it stands for.
fn spoken_marks(marks: &[(Area, String)]) -> String {
    let one = |(area, text): &(Area, String)| {
        let (left, top) = at(area.left, area.top);
        let (right, bottom) = at(area.right, area.bottom);
        format!(
            "<rect class=\"mark\" x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"{}\" fill=\"none\" pointer-events=\"all\"><title>{}</title></rect>\n",
            (right - left).max(1),
            (bottom - top).max(1),
            escape(&clean(text)),
        )
    };
    marks.iter().map(one).collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn at(x: f64, y: f64) -> (i32, i32) {
    ((x * UNITS).round() as i32, (y * UNITS).round() as i32)
}

fn filled(colour: Colour) -> ShapeStyle {
    ShapeStyle {
        color: colour,
        filled: true,
        stroke_width: 0,
    }
}

fn stroke(colour: Colour, width: f64) -> ShapeStyle {
    ShapeStyle {
        color: colour,
        filled: false,
        stroke_width: (width * UNITS).round() as u32,
    }
}

impl Canvas<'_> {
    fn keep<E: std::fmt::Display>(&mut self, result: Result<(), E>) {
        if let Err(error) = result {
            self.failure.get_or_insert_with(|| error.to_string());
        }
    }

    /// Says what stands in an area, for those who point at it or come to it by keyboard. Draws nothing.
    pub(super) fn mark(&mut self, area: Area, text: String) {
        self.marks.push((area, text));
    }

    /// A filled rectangle.
    pub(super) fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, colour: Colour) {
        let drawn = self.backend.draw_rect(at(x, y), at(x + width, y + height), &filled(colour), true);
        self.keep(drawn);
    }

    /// A straight line.
    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), width: f64, colour: Colour) {
        let drawn = self.backend.draw_line(at(from.0, from.1), at(to.0, to.1), &stroke(colour, width));
        self.keep(drawn);
    }

    /// A level or upright line of dashes.
    pub(super) fn dashes(&mut self, from: (f64, f64), to: (f64, f64), width: f64, colour: Colour) {
        const DASH: f64 = 6.0;
        const GAP: f64 = 4.0;
        let length = (to.0 - from.0).abs().max((to.1 - from.1).abs());
        if length <= 0.0 {
            return;
        }
        let along = |distance: f64| {
            let share = distance.min(length) / length;
            (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
        };
        let mut start = 0.0;
        while start < length {
            self.line(along(start), along(start + DASH), width, colour);
            start += DASH + GAP;
        }
    }

    /// A line through several places.
    pub(super) fn path(&mut self, points: &[(f64, f64)], width: f64, colour: Colour) {
        let drawn = self
            .backend
            .draw_path(points.iter().map(|&(x, y)| at(x, y)), &stroke(colour, width));
        self.keep(drawn);
    }

    /// A filled shape.
    pub(super) fn shape(&mut self, points: &[(f64, f64)], colour: Colour) {
        let drawn = self.backend.fill_polygon(points.iter().map(|&(x, y)| at(x, y)), &filled(colour));
        self.keep(drawn);
    }

    /// A filled circle.
    pub(super) fn disc(&mut self, centre: (f64, f64), radius: f64, colour: Colour) {
        let radius = (radius * UNITS).round() as u32;
        let drawn = self.backend.draw_circle(at(centre.0, centre.1), radius, &filled(colour), true);
        self.keep(drawn);
    }

    /// A text on one line, given its base line.
    pub(super) fn text(&mut self, x: f64, base: f64, text: &str, kind: Type, align: Align) {
        let text = clean(text);
        if text.is_empty() {
            return;
        }
        let h_pos = match align {
            Align::Left => HPos::Left,
            Align::Middle => HPos::Center,
            Align::Right => HPos::Right,
        };
        let font = (FAMILY, kind.size * UNITS * BACKEND_TYPE_FACTOR).into_font();
        let font = if kind.bold {
            font.style(plotters::style::FontStyle::Bold)
        } else {
            font
        };
        let style = TextStyle::from(font).color(&kind.colour).pos(Pos::new(h_pos, VPos::Top));
        let drawn = self.backend.draw_text(&text, &style, at(x, base - BACKEND_TOP * kind.size));
        self.keep(drawn);
    }

    /// A text on one line, given the height of its middle.
    pub(super) fn text_mid(&mut self, x: f64, middle: f64, text: &str, kind: Type, align: Align) {
        self.text(x, middle + MIDDLE_TO_BASE * kind.size, text, kind, align);
    }

    /// Several lines of text around a middle height.
    pub(super) fn lines_mid(&mut self, x: f64, middle: f64, lines: &[String], kind: Type, align: Align) {
        let first = middle - kind.leading() * (lines.len().saturating_sub(1)) as f64 / 2.0;
        for (line, text) in lines.iter().enumerate() {
            self.text_mid(x, first + kind.leading() * line as f64, text, kind, align);
        }
    }

    /// An interval: a line with a short bar at each end, set off from what lies under it by a white edge.
    pub(super) fn whisker(&mut self, from: (f64, f64), to: (f64, f64), cap: f64, colour: Colour) {
        let level = (from.1 - to.1).abs() < (from.0 - to.0).abs();
        let (dx, dy) = if level { (0.0, cap) } else { (cap, 0.0) };
        for (width, colour) in [(3.0, WHITE), (1.5, colour)] {
            self.line(from, to, width, colour);
            for end in [from, to] {
                self.line((end.0 - dx, end.1 - dy), (end.0 + dx, end.1 + dy), width, colour);
            }
        }
    }

    /// The sign that an axis does not begin at zero: a break across its line.
    pub(super) fn axis_break(&mut self, x: f64, y: f64, upright: bool) {
        let turn = |dx: f64, dy: f64| {
            if upright { (x + dx, y + dy) } else { (x + dy, y + dx) }
        };
        let shape = [turn(-6.0, 1.0), turn(6.0, -5.0), turn(6.0, -1.0), turn(-6.0, 5.0)];
        self.shape(&shape, WHITE);
        self.line(shape[0], shape[1], 1.2, super::style::MUTED);
        self.line(shape[3], shape[2], 1.2, super::style::MUTED);
    }
}
