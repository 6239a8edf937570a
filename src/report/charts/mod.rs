//! Charts of a report: a description in, an SVG picture out.
//!
//! Every chart is a pure function of its description. Words arrive already in the reader's language; the only words
//! added here are numbers, `n=` and the range of a zoomed axis in square brackets. The picture carries `role="img"`, a
//! `<title>` and a `viewBox`, is 960 pixels wide and grows downwards with its content; in a page, `width: 100%;
//! height: auto` on the `svg` element makes it follow the column. Text is measured with the embedded font, so that it
//! is wrapped or cut with `…` instead of running into its neighbour.
//!
//! The same description always gives the same bytes. Nothing is told by colour alone: series differ in the shape of
//! their points, bars in lightness, and every number is also printed.

mod canvas;
mod control;
mod coverage_bars;
mod dimension_bars;
mod diverging_bars;
mod font;
mod frame;
mod histogram;
mod importance_map;
mod map_labels;
mod pareto;
mod path_diagram;
mod place;
mod png;
mod radar;
mod scale;
mod style;
mod text;
mod trend;
mod trend_axis;
mod trend_draw;
mod waterfall;

#[cfg(test)]
mod palette;
#[cfg(test)]
mod testing;

pub use control::{ControlPicture, ControlPoint, control};
pub use coverage_bars::{CoverageBar, CoverageBars, coverage_bars};
pub use dimension_bars::{DimensionBar, DimensionBars, dimension_bars};
pub use diverging_bars::{DivergingBar, DivergingBars, diverging_bars};
#[cfg(feature = "pdf")]
pub(super) use font::embedded_fonts;
pub use font::missing_glyphs;
pub use histogram::{Histogram, HistogramBar, histogram};
pub use importance_map::{ImportanceMap, MapPoint, importance_map};
pub use pareto::{Pareto, ParetoRow, pareto};
pub use path_diagram::{PathArrow, PathDiagram, PathNode, path_diagram};
pub use png::png_from_svg;
pub use radar::{RADAR_LEAST, RADAR_MOST, Radar, RadarAxis, radar};
#[cfg(feature = "pdf")]
pub(super) use text::is_invisible;
pub use trend::{TrendChart, TrendPoint, TrendSeries, trend, trend_with_breaks};
pub use trend_axis::trend_axis;
pub use waterfall::{Waterfall, WaterfallStep, waterfall};

/// Why a chart could not be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChartError {
    /// There is nothing to draw: no series, no row or no point.
    #[error("the chart has nothing to draw: {0} is empty")]
    Empty(&'static str),
    /// A number is infinite, not a number, or too large for an axis.
    #[error("{what} of \"{name}\" is not a finite number of at most 1e9 in size")]
    NotFinite {
        /// Which number.
        what: &'static str,
        /// Name of the row, point or series it belongs to.
        name: String,
    },
    /// A number lies outside the scale of its chart.
    #[error("{what} of \"{name}\" lies outside {range}")]
    OutOfRange {
        /// Which number.
        what: &'static str,
        /// Name of the row or point it belongs to.
        name: String,
        /// The scale, as text.
        range: &'static str,
    },
    /// The lower end of an interval lies above its upper end.
    #[error("the interval of \"{0}\" has its lower end above its upper end")]
    ReversedInterval(String),
    /// A wave appears twice in one series of a trend.
    #[error("wave \"{0}\" appears twice in one series")]
    RepeatedWave(String),
    /// The chart is larger than a picture may be.
    #[error("the picture would be too large")]
    TooLarge,
    /// The embedded font cannot be read.
    #[error("the embedded font cannot be read")]
    Font,
    /// The drawing library failed.
    #[error("drawing failed: {0}")]
    Drawing(String),
    /// A text that was to become a PNG picture is not usable SVG.
    #[error("not a usable SVG picture: {0}")]
    Svg(String),
    /// The factor by which a PNG picture is enlarged is not a positive number.
    #[error("the scale of a picture must be a positive number")]
    Scale,
}

/// Fails unless `value` can stand on an axis.
fn check_number(value: f64, what: &'static str, name: &str) -> Result<(), ChartError> {
    if value.is_finite() && value.abs() <= 1e9 {
        return Ok(());
    }
    Err(ChartError::NotFinite {
        what,
        name: text::clean(name),
    })
}

/// Fails unless both ends of an interval can stand on an axis and are in order.
fn check_interval(low: Option<f64>, high: Option<f64>, name: &str) -> Result<(), ChartError> {
    if let Some(low) = low {
        check_number(low, "lower end of the interval", name)?;
    }
    if let Some(high) = high {
        check_number(high, "upper end of the interval", name)?;
    }
    match (low, high) {
        (Some(low), Some(high)) if low > high => Err(ChartError::ReversedInterval(text::clean(name))),
        _ => Ok(()),
    }
}
