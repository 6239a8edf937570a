//! How the sample is spread over groups, beside how the population is.

use super::canvas::{Align, Canvas, picture};
use super::font::Ruler;
use super::frame::Frame;
use super::place::Area;
use super::scale::Scale;
use super::style::{AXIS, BLUE, GRID, INK, LABEL, MARGIN, MOST_MARKS, MUTED, PALE_GREY, SMALL, SMALL_STRONG, STRIPE, VERMILION, WIDTH};
use super::text::{elide, thousands, told, wrap};
use super::{ChartError, check_interval, check_number};

/// Shares of groups in the sample beside their shares in the population.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverageBars {
    /// Heading of the chart.
    pub title: String,
    /// What the shares are, written under the axis.
    pub x_label: String,
    /// Name of the bars of the sample.
    pub sample_label: String,
    /// Name of the bars of the population.
    pub population_label: String,
    /// One pair of bars for each group, from top to bottom.
    pub rows: Vec<CoverageBar>,
    /// Small print under the chart; may be empty.
    pub note: String,
}

/// One group.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverageBar {
    /// Name of the group.
    pub name: String,
    /// Share of the sample that belongs to the group, 0 to 1.
    pub sample_share: f64,
    /// Lower end of the interval of the share in the sample, 0 to 1; none if it could not be determined.
    pub sample_low: Option<f64>,
    /// Upper end of the interval of the share in the sample, 0 to 1; none if it could not be determined.
    pub sample_high: Option<f64>,
    /// Share of the population that belongs to the group, 0 to 1.
    pub population_share: f64,
    /// Number of people of the group in the sample.
    pub n: u64,
    /// What is to be noticed about the group, printed behind it with a sign.
    pub flag: Option<String>,
}

const ROW: f64 = 38.0;
const BAR: f64 = 12.0;
/// Width of a bar in the key.
const KEY: f64 = 20.0;
const SHARE_COLUMN: f64 = 62.0;
const SAMPLE_COLUMN: f64 = 58.0;
const FLAG_COLUMN: f64 = 132.0;
const AXIS_FOOT: f64 = 44.0;

/// Places of the columns, and the axis in percent.
struct Layout {
    left: f64,
    right: f64,
    /// Right edges of the columns of sample share, population share and number of people.
    columns: [f64; 3],
    top: f64,
    bottom: f64,
    scale: Scale,
}

/// Draws a pair of level bars for each group: the sample dark, with its interval, above the population light with an
/// edge. Shares are printed in percent, with the number of people in the sample and what is to be noticed.
///
/// Fails if there are no rows, or a number is not finite or outside 0–1, or an interval is reversed.
pub fn coverage_bars(chart: &CoverageBars) -> Result<String, ChartError> {
    check(chart)?;
    let ruler = Ruler::new()?;
    let frame = Frame::new(&ruler, &chart.title, &chart.note);
    let layout = lay_out(chart, &ruler, &frame);
    let end = layout.bottom + AXIS_FOOT;
    picture(&chart.title, end + frame.bottom(), |canvas| {
        draw_stripes(canvas, chart, &layout);
        draw_axis(canvas, chart, &ruler, &layout);
        draw_head(canvas, chart, &ruler, &layout);
        for (index, row) in chart.rows.iter().enumerate() {
            let middle = layout.top + ROW * (index as f64 + 0.5);
            draw_bars(canvas, row, &layout, middle);
            draw_texts(canvas, row, &ruler, &layout, middle);
            let whole = Area {
                left: MARGIN,
                top: middle - ROW / 2.0,
                right: WIDTH - MARGIN,
                bottom: middle + ROW / 2.0,
            };
            canvas.mark(whole, row_told(chart, row));
        }
        frame.draw(canvas, end);
    })
}

fn check(chart: &CoverageBars) -> Result<(), ChartError> {
    if chart.rows.is_empty() {
        return Err(ChartError::Empty("rows"));
    }
    if chart.rows.len() > MOST_MARKS {
        return Err(ChartError::TooLarge);
    }
    for row in &chart.rows {
        check_share(Some(row.sample_share), "the share of the sample", &row.name)?;
        check_share(Some(row.population_share), "the share of the population", &row.name)?;
        check_share(row.sample_low, "the lower end of the interval", &row.name)?;
        check_share(row.sample_high, "the upper end of the interval", &row.name)?;
        check_interval(row.sample_low, row.sample_high, &row.name)?;
    }
    Ok(())
}

fn check_share(share: Option<f64>, what: &'static str, name: &str) -> Result<(), ChartError> {
    let Some(share) = share else { return Ok(()) };
    check_number(share, what, name)?;
    if (0.0..=1.0).contains(&share) {
        return Ok(());
    }
    Err(ChartError::OutOfRange {
        what,
        name: super::text::clean(name),
        range: "0–1",
    })
}

fn lay_out(chart: &CoverageBars, ruler: &Ruler, frame: &Frame) -> Layout {
    let names = chart.rows.iter().flat_map(|row| wrap(ruler, &row.name, LABEL, 190.0, 2));
    let widest = names.map(|line| ruler.width(&line, LABEL)).fold(60.0, f64::max);
    let flagged = chart.rows.iter().any(|row| row.flag.is_some());
    let end = WIDTH - MARGIN - if flagged { FLAG_COLUMN } else { 0.0 };
    let columns = [end - SAMPLE_COLUMN - SHARE_COLUMN, end - SAMPLE_COLUMN, end];
    let top = frame.top() + SMALL.leading() + 12.0;
    let shares = chart
        .rows
        .iter()
        .flat_map(|row| [row.sample_share, row.population_share, row.sample_high.unwrap_or(0.0)]);
    let largest = shares.fold(0.01, f64::max);
    Layout {
        left: MARGIN + widest + 14.0,
        right: columns[0] - SHARE_COLUMN - 6.0,
        columns,
        top,
        bottom: top + ROW * chart.rows.len() as f64,
        scale: Scale::covering(0.0, largest * 100.0, 5),
    }
}

impl Layout {
    fn x(&self, share: f64) -> f64 {
        self.left + (self.right - self.left) * self.scale.share(share * 100.0)
    }
}

fn draw_stripes(canvas: &mut Canvas<'_>, chart: &CoverageBars, layout: &Layout) {
    for index in (0..chart.rows.len()).step_by(2) {
        let top = layout.top + ROW * index as f64;
        canvas.rect(MARGIN - 8.0, top, WIDTH - 2.0 * MARGIN + 16.0, ROW, STRIPE);
    }
}

fn draw_axis(canvas: &mut Canvas<'_>, chart: &CoverageBars, ruler: &Ruler, layout: &Layout) {
    for tick in layout.scale.ticks() {
        let x = layout.x(tick / 100.0);
        let colour = if tick <= 0.0 { AXIS } else { GRID };
        canvas.line((x, layout.top), (x, layout.bottom), 1.0, colour);
        let text = format!("{}%", layout.scale.tick_text(tick));
        canvas.text_mid(x, layout.bottom + 12.0, &text, SMALL, Align::Middle);
    }
    let middle = f64::midpoint(layout.left, layout.right);
    for line in wrap(ruler, &chart.x_label, SMALL, layout.right - layout.left, 1) {
        canvas.text_mid(middle, layout.bottom + 32.0, &line, SMALL, Align::Middle);
    }
}

/// The key to the bars on the left; on the right the bar that each column of numbers belongs to.
fn draw_head(canvas: &mut Canvas<'_>, chart: &CoverageBars, ruler: &Ruler, layout: &Layout) {
    let base = layout.top - 10.0;
    let [sample, population, people] = layout.columns;
    canvas.rect(sample - KEY, base - 10.0, KEY, BAR, BLUE);
    draw_population(canvas, population - KEY, base - 10.0, KEY);
    canvas.text(people, base, "n", SMALL, Align::Right);
    let room = (layout.right - layout.left) / 2.0 - 34.0;
    let mut x = layout.left;
    for (index, label) in [&chart.sample_label, &chart.population_label].into_iter().enumerate() {
        if index == 0 {
            canvas.rect(x, base - 10.0, KEY, BAR, BLUE);
        } else {
            draw_population(canvas, x, base - 10.0, KEY);
        }
        let label = elide(ruler, &super::text::clean(label), SMALL, room);
        canvas.text(x + KEY + 6.0, base, &label, SMALL.in_colour(INK), Align::Left);
        x += KEY + 6.0 + ruler.width(&label, SMALL) + 22.0;
    }
}

fn draw_population(canvas: &mut Canvas<'_>, x: f64, top: f64, width: f64) {
    canvas.rect(x, top, width, BAR, PALE_GREY);
    let corners = [(x, top), (x + width, top), (x + width, top + BAR), (x, top + BAR), (x, top)];
    canvas.path(&corners, 0.8, MUTED);
}

fn draw_bars(canvas: &mut Canvas<'_>, row: &CoverageBar, layout: &Layout, middle: f64) {
    let (sample_top, population_top) = (middle - BAR - 1.5, middle + 1.5);
    canvas.rect(layout.left, sample_top, layout.x(row.sample_share) - layout.left, BAR, BLUE);
    draw_population(canvas, layout.left, population_top, layout.x(row.population_share) - layout.left);
    if let (Some(low), Some(high)) = (row.sample_low, row.sample_high) {
        let y = sample_top + BAR / 2.0;
        canvas.whisker((layout.x(low), y), (layout.x(high), y), 3.5, INK);
    }
}

fn row_told(chart: &CoverageBars, row: &CoverageBar) -> String {
    let percent = |share: f64| format!("{:.1}%", share * 100.0);
    let interval = row.sample_low.zip(row.sample_high).map(|(low, high)| (percent(low), percent(high)));
    let sample = told(&chart.sample_label, &percent(row.sample_share), interval, Some(row.n));
    let population = told(&chart.population_label, &percent(row.population_share), None, None);
    format!("{} · {sample} · {population}", row.name)
}

fn draw_texts(canvas: &mut Canvas<'_>, row: &CoverageBar, ruler: &Ruler, layout: &Layout, middle: f64) {
    let name = wrap(ruler, &row.name, LABEL, 190.0, 2);
    canvas.lines_mid(layout.left - 14.0, middle, &name, LABEL, Align::Right);
    let percent = |share: f64| format!("{:.1}%", share * 100.0);
    canvas.text_mid(layout.columns[0], middle, &percent(row.sample_share), SMALL_STRONG, Align::Right);
    canvas.text_mid(layout.columns[1], middle, &percent(row.population_share), SMALL, Align::Right);
    let n = elide(ruler, &thousands(row.n), SMALL, SAMPLE_COLUMN - 6.0);
    canvas.text_mid(layout.columns[2], middle, &n, SMALL, Align::Right);
    if let Some(flag) = &row.flag {
        let left = layout.columns[2] + 16.0;
        canvas.shape(
            &[(left, middle + 4.5), (left + 5.0, middle - 4.5), (left + 10.0, middle + 4.5)],
            VERMILION,
        );
        let lines = wrap(ruler, flag, SMALL_STRONG, FLAG_COLUMN - 32.0, 2);
        canvas.lines_mid(left + 16.0, middle, &lines, SMALL_STRONG.in_colour(VERMILION), Align::Left);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{HOSTILE, assert_texts_apart, count, shown_texts};
    use super::*;

    fn bar(name: &str, sample: f64, population: f64) -> CoverageBar {
        CoverageBar {
            name: name.to_owned(),
            sample_share: sample,
            sample_low: Some((sample - 0.02).max(0.0)),
            sample_high: Some((sample + 0.02).min(1.0)),
            population_share: population,
            n: 12_034,
            flag: None,
        }
    }

    fn chart(rows: Vec<CoverageBar>) -> CoverageBars {
        CoverageBars {
            title: "样本与总体".to_owned(),
            x_label: "占比".to_owned(),
            sample_label: "样本".to_owned(),
            population_label: "总体".to_owned(),
            rows,
            note: "说明".to_owned(),
        }
    }

    #[test]
    fn each_group_has_its_pair_of_bars() {
        let mut rows: Vec<CoverageBar> = (0..30).map(|i| bar(&format!("组{i}"), 0.03, 0.04)).collect();
        rows[3].flag = Some("样本偏少".to_owned());
        let svg = coverage_bars(&chart(rows)).unwrap();
        assert_eq!(count(&svg, "rect", "fill", "#0072B2"), 30 + 2);
        assert_eq!(count(&svg, "rect", "fill", "#CFD6DD"), 30 + 2);
        assert_eq!(shown_texts(&svg).iter().filter(|text| *text == "3.0%").count(), 30);
        assert_texts_apart(&svg);
    }

    #[test]
    fn hostile_names_do_not_break_the_picture() {
        let mut hostile = chart(HOSTILE.iter().map(|name| bar(name, 0.0, 1.0)).collect());
        for row in &mut hostile.rows {
            row.flag = Some(HOSTILE.concat());
            row.n = u64::MAX;
        }
        hostile.sample_label = HOSTILE.concat();
        hostile.population_label = "x".repeat(200);
        hostile.title = HOSTILE.concat();
        let svg = coverage_bars(&hostile).unwrap();
        assert_eq!(svg, coverage_bars(&hostile).unwrap());
        assert_texts_apart(&svg);
    }

    #[test]
    fn what_cannot_be_drawn_is_an_error() {
        assert_eq!(coverage_bars(&chart(vec![])), Err(ChartError::Empty("rows")));
        for share in [f64::NAN, f64::INFINITY] {
            let result = coverage_bars(&chart(vec![bar("a", 0.5, share)]));
            assert!(matches!(result, Err(ChartError::NotFinite { .. })));
        }
        let beyond = coverage_bars(&chart(vec![bar("a", 0.5, 1.5)]));
        assert!(matches!(beyond, Err(ChartError::OutOfRange { .. })));
        let mut reversed = bar("a", 0.5, 0.5);
        (reversed.sample_low, reversed.sample_high) = (Some(0.6), Some(0.4));
        assert_eq!(
            coverage_bars(&chart(vec![reversed])),
            Err(ChartError::ReversedInterval("a".to_owned()))
        );
    }
}
