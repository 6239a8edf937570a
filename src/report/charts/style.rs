//! Colours, type sizes and distances shared by all charts.
//!
//! Series colours are those of Okabe and Ito, "Color Universal Design" (2008), without the yellow, which is too faint
//! on white.

use plotters::style::RGBAColor;

/// A colour with its opacity, 0 to 1.
pub(super) type Colour = RGBAColor;

/// Width of every chart in pixels.
pub(super) const WIDTH: f64 = 960.0;
/// Empty border on the left and right, in pixels.
pub(super) const MARGIN: f64 = 28.0;
/// Most rows, points or waves that one picture takes.
pub(super) const MOST_MARKS: usize = 400;

pub(super) const WHITE: Colour = RGBAColor(255, 255, 255, 1.0);
pub(super) const INK: Colour = RGBAColor(0x1F, 0x29, 0x33, 1.0);
pub(super) const MUTED: Colour = RGBAColor(0x5B, 0x67, 0x70, 1.0);
pub(super) const AXIS: Colour = RGBAColor(0x9A, 0xA5, 0xB1, 1.0);
pub(super) const GRID: Colour = RGBAColor(0xE6, 0xE9, 0xED, 1.0);
pub(super) const STRIPE: Colour = RGBAColor(0xF6, 0xF7, 0xF9, 1.0);

pub(super) const BLUE: Colour = RGBAColor(0x00, 0x72, 0xB2, 1.0);
pub(super) const SKY: Colour = RGBAColor(0x8C, 0xC8, 0xEE, 1.0);
pub(super) const VERMILION: Colour = RGBAColor(0xB8, 0x4E, 0x00, 1.0);
pub(super) const PALE_GREY: Colour = RGBAColor(0xCF, 0xD6, 0xDD, 1.0);

/// Colours of series in their order.
pub(super) const SERIES: [Colour; 7] = [
    BLUE,
    RGBAColor(0xD5, 0x5E, 0x00, 1.0),
    RGBAColor(0x00, 0x9E, 0x73, 1.0),
    RGBAColor(0xB4, 0x5F, 0x94, 1.0),
    INK,
    RGBAColor(0xC4, 0x86, 0x00, 1.0),
    RGBAColor(0x3A, 0x98, 0xD0, 1.0),
];

/// The same colours as [`SERIES`] dark enough for small type on white: at least 4.5 to 1.
pub(super) const SERIES_TYPE: [Colour; 7] = [
    BLUE,
    RGBAColor(0xB3, 0x4F, 0x00, 1.0),
    RGBAColor(0x00, 0x7A, 0x59, 1.0),
    RGBAColor(0x94, 0x46, 0x7A, 1.0),
    INK,
    RGBAColor(0x8A, 0x5E, 0x00, 1.0),
    RGBAColor(0x1F, 0x75, 0xA8, 1.0),
];

/// The same colour, seen through by `share`.
pub(super) const fn faded(colour: Colour, share: f64) -> Colour {
    RGBAColor(colour.0, colour.1, colour.2, share)
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Type {
    /// Height of the type in pixels.
    pub size: f64,
    /// Whether the bold font is used.
    pub bold: bool,
    /// Colour of the text.
    pub colour: Colour,
}

impl Type {
    /// The same type in another colour.
    pub(super) const fn in_colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// Distance from one line to the next.
    pub(super) fn leading(self) -> f64 {
        (self.size * 1.35).ceil()
    }
}

const fn regular(size: f64, colour: Colour) -> Type {
    Type { size, bold: false, colour }
}

const fn bold(size: f64, colour: Colour) -> Type {
    Type { size, bold: true, colour }
}

pub(super) const TITLE: Type = bold(20.0, INK);
pub(super) const LABEL: Type = regular(14.0, INK);
pub(super) const STRONG_LABEL: Type = bold(14.0, INK);
pub(super) const VALUE: Type = bold(14.0, INK);
pub(super) const SMALL: Type = regular(12.5, MUTED);
pub(super) const SMALL_STRONG: Type = bold(12.5, INK);
