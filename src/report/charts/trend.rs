//! Values over waves of a survey, with their intervals.

use super::canvas::picture;
use super::font::Ruler;
use super::frame::Frame;
use super::style::MOST_MARKS;
use super::trend_axis::{lay_out, waves};
use super::trend_draw;
use super::{ChartError, check_interval, check_number};

/// One or more series of values over the waves of a survey.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendChart {
    /// Heading of the chart.
    pub title: String,
    /// What the values are, written above the axis.
    pub y_label: String,
    /// The series.
    pub series: Vec<TrendSeries>,
    /// True where the first series is the main one, drawn strongest; false where all are equals.
    pub main: bool,
    /// Values marked by a line across the chart, each with its name.
    pub reference_lines: Vec<(f64, String)>,
    /// Small print under the chart; may be empty.
    pub note: String,
}

/// One series.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendSeries {
    /// Name of the series.
    pub name: String,
    /// One point for each wave, in the order of time.
    pub points: Vec<TrendPoint>,
}

/// One value of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendPoint {
    /// Name of the wave; points of several series with the same name stand above each other.
    pub label: String,
    /// The value; none if it could not be determined, which leaves a gap.
    pub value: Option<f64>,
    /// Lower end of its interval; none if it could not be determined.
    pub low: Option<f64>,
    /// Upper end of its interval; none if it could not be determined.
    pub high: Option<f64>,
    /// Number of answers behind it.
    pub n: u64,
}

/// Draws values over waves. The interval of the main series is a shaded band (a bar where a wave has no neighbour),
/// those of the others are bars. Values are printed at the points, names of waves and numbers of answers under the axis.
///
/// Waves stand in the order in which they first appear. The axis shows the range of the data; where it leaves out zero,
/// its line is broken and the range stands behind its label (see [`super::trend_axis`]). Fails if there is no series
/// or no value at all, a wave appears twice in a series, a number is not finite, or an interval is reversed.
pub fn trend(chart: &TrendChart) -> Result<String, ChartError> {
    trend_with_breaks(chart, &[])
}

/// Like [`trend`], with the waves at which each series breaks off: no line and no band leads to such a wave from the one before it,
/// and an upright dashed line stands between the two. `breaks` has a list of positions for each series; what it lacks has none.
pub fn trend_with_breaks(chart: &TrendChart, breaks: &[Vec<usize>]) -> Result<String, ChartError> {
    check(chart)?;
    let ruler = Ruler::new()?;
    let frame = Frame::new(&ruler, &chart.title, &chart.note);
    let layout = lay_out(chart, &ruler, &frame)?;
    picture(&chart.title, layout.end + frame.bottom(), |canvas| {
        trend_draw::draw(canvas, chart, breaks, &ruler, &layout);
        frame.draw(canvas, layout.end);
    })
}

/// Fails unless every number can be drawn and there is at least one value.
pub(super) fn check(chart: &TrendChart) -> Result<(), ChartError> {
    if chart.series.is_empty() {
        return Err(ChartError::Empty("series"));
    }
    if chart.series.len() > 14 || waves(chart).len() > MOST_MARKS || chart.reference_lines.len() > 12 {
        return Err(ChartError::TooLarge);
    }
    for (value, name) in &chart.reference_lines {
        check_number(*value, "the reference", name)?;
    }
    for series in &chart.series {
        for (index, point) in series.points.iter().enumerate() {
            if let Some(value) = point.value {
                check_number(value, "the value", &point.label)?;
            }
            check_interval(point.low, point.high, &point.label)?;
            if series.points.iter().take(index).any(|earlier| earlier.label == point.label) {
                return Err(ChartError::RepeatedWave(super::text::clean(&point.label)));
            }
        }
    }
    let mut points = chart.series.iter().flat_map(|series| &series.points);
    if points.any(|point| point.value.is_some()) {
        Ok(())
    } else {
        Err(ChartError::Empty("every value"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{HOSTILE, assert_texts_apart, count, parse_checked, shown_texts};
    use super::super::trend_axis;
    use super::*;

    fn point(label: &str, value: f64) -> TrendPoint {
        TrendPoint {
            label: label.to_owned(),
            value: Some(value),
            low: Some(value - 1.2),
            high: Some(value + 1.2),
            n: 1203,
        }
    }

    fn series(name: &str, values: &[f64]) -> TrendSeries {
        let points = values
            .iter()
            .enumerate()
            .map(|(i, &value)| point(&format!("{}年", 2014 + i), value));
        TrendSeries {
            name: name.to_owned(),
            points: points.collect(),
        }
    }

    fn chart(series: Vec<TrendSeries>) -> TrendChart {
        TrendChart {
            title: "顾客满意度指数".to_owned(),
            y_label: "指数（0–100）".to_owned(),
            series,
            main: true,
            reference_lines: vec![(80.0, "目标".to_owned())],
            note: "说明".to_owned(),
        }
    }

    #[test]
    fn equal_series_are_drawn_alike() {
        let series = |name: &str, from: f64| TrendSeries {
            name: name.to_owned(),
            points: [("1", from), ("2", from + 3.0)].map(|(wave, value)| point(wave, value)).to_vec(),
        };
        let mut equals = chart(vec![series("a", 70.0), series("b", 80.0)]);
        let bands = |chart: &TrendChart| trend(chart).unwrap().matches("<polygon").count();
        let with_main = bands(&equals);
        equals.main = false;
        // Marks of the second series are polygons or rectangles alike in both.
        assert_eq!(bands(&equals) + 1, with_main, "no band");
        assert!(!trend(&equals).unwrap().contains("stroke-width=\"2.8\""));
    }

    #[test]
    fn each_value_is_one_mark_with_its_number() {
        for waves in 1..=12 {
            let values: Vec<f64> = (0..waves).map(|i| 78.0 + f64::from(i * 5 % 7)).collect();
            let svg = trend(&chart(vec![series("总体", &values)])).unwrap();
            assert_eq!(count(&svg, "circle", "fill", "#0072B2"), values.len());
            let texts = shown_texts(&svg);
            assert!(values.iter().all(|value| texts.contains(&format!("{value:.1}"))));
            assert_eq!(texts.iter().filter(|text| *text == "n=1,203").count(), values.len());
            assert_texts_apart(&svg);
        }
    }

    #[test]
    fn a_missing_value_leaves_a_gap_in_the_line() {
        let mut gap = chart(vec![series("总体", &[78.0, 79.0, 80.0, 81.0, 82.0])]);
        gap.series[0].points[2].value = None;
        let svg = trend(&gap).unwrap();
        assert_eq!(count(&svg, "polyline", "stroke", "#0072B2"), 2);
        assert_eq!(count(&svg, "circle", "fill", "#0072B2"), 4);
    }

    #[test]
    fn no_line_crosses_a_break() {
        let whole = chart(vec![series("总体", &[78.0, 79.0, 80.0, 81.0])]);
        let dashes = |svg: &str| count(svg, "line", "stroke", "#1F2933");
        let (plain, broken) = (trend(&whole).unwrap(), trend_with_breaks(&whole, &[vec![2]]).unwrap());
        assert_eq!(count(&plain, "polyline", "stroke", "#0072B2"), 1);
        assert_eq!(count(&broken, "polyline", "stroke", "#0072B2"), 2);
        assert_eq!(count(&broken, "polygon", "fill", "#0072B2"), 2);
        assert_eq!(count(&broken, "circle", "fill", "#0072B2"), 4);
        assert!(dashes(&broken) > dashes(&plain) + 10);
        assert_texts_apart(&broken);
        // A wave alone between two breaks has a bar for its interval, as one without neighbours.
        let alone = trend_with_breaks(&whole, &[vec![1, 2]]).unwrap();
        assert_eq!(count(&alone, "polyline", "stroke", "#0072B2"), 1);
    }

    #[test]
    fn a_point_stands_where_its_value_is() {
        let chart = chart(vec![series("总体", &[76.0, 79.0, 82.0])]);
        let (low, high) = trend_axis(&chart).unwrap();
        assert!(low <= 74.8 && high >= 83.2);
        let heights: Vec<f64> = parse_checked(&trend(&chart).unwrap(), |document| {
            let points = document.descendants().filter(|node| node.attribute("fill") == Some("#0072B2"));
            points.filter_map(|node| node.attribute("cy")?.parse().ok()).collect()
        });
        assert!((heights[0] - 2.0 * heights[1] + heights[2]).abs() <= 2.0, "{heights:?}");
        assert!(heights[0] > heights[2]);
    }

    #[test]
    fn a_zoomed_axis_says_so() {
        let zoomed = shown_texts(&trend(&chart(vec![series("总体", &[78.0, 84.0])])).unwrap());
        assert!(
            zoomed.iter().any(|text| text.starts_with("指数（0–100）") && text.ends_with(']')),
            "{zoomed:?}"
        );
        let mut from_zero = chart(vec![series("总体", &[5.0, 84.0])]);
        from_zero.reference_lines.clear();
        assert!(shown_texts(&trend(&from_zero).unwrap()).contains(&"指数（0–100）".to_owned()));
    }

    #[test]
    fn hostile_names_do_not_break_the_picture() {
        let points: Vec<TrendPoint> = HOSTILE.iter().map(|name| point(name, 80.0)).collect();
        let all = HOSTILE.iter().map(|name| TrendSeries {
            name: (*name).to_owned(),
            points: points.clone(),
        });
        let mut hostile = chart(all.collect());
        hostile.reference_lines = HOSTILE.iter().map(|name| (80.0, (*name).to_owned())).collect();
        hostile.title = "题".repeat(200);
        hostile.y_label = HOSTILE.concat();
        hostile.note = HOSTILE.concat();
        let svg = trend(&hostile).unwrap();
        assert_eq!(svg, trend(&hostile).unwrap());
        assert_texts_apart(&svg);
    }

    #[test]
    fn what_cannot_be_drawn_is_an_error() {
        assert_eq!(trend(&chart(vec![])), Err(ChartError::Empty("series")));
        assert_eq!(trend(&chart(vec![series("a", &[])])), Err(ChartError::Empty("every value")));
        let nan = trend(&chart(vec![series("a", &[f64::NAN])]));
        assert!(matches!(nan, Err(ChartError::NotFinite { .. })));
        let mut twice = chart(vec![series("a", &[80.0, 81.0])]);
        twice.series[0].points[1].label = "2014年".to_owned();
        assert_eq!(trend(&twice), Err(ChartError::RepeatedWave("2014年".to_owned())));
        let mut reference = chart(vec![series("a", &[80.0])]);
        reference.reference_lines[0].0 = f64::INFINITY;
        assert!(matches!(trend(&reference), Err(ChartError::NotFinite { .. })));
    }
}
