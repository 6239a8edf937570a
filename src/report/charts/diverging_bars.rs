//! Answers from the worst to the best as level bars that part at the middle answer: agreement to the right, the rest to the left.

use super::canvas::{Align, Canvas, picture};
use super::font::Ruler;
use super::frame::Frame;
use super::style::{
    AXIS, BLUE, Colour, GRID, INK, LABEL, MARGIN, MOST_MARKS, PALE_GREY, SKY, SMALL, SMALL_STRONG, VALUE, VERMILION, WHITE, WIDTH, faded,
};
use super::text::{clean, elide, sample_size, wrap};
use super::{ChartError, check_number};

/// Distributions of answers with the neutral answer centred.
#[derive(Debug, Clone, PartialEq)]
pub struct DivergingBars {
    /// Heading of the chart.
    pub title: String,
    /// Names of the answers from the worst to the best; as many as every row has shares.
    pub answers: Vec<String>,
    /// What the number at the end of a row is.
    pub value_label: String,
    /// One bar for each question, from top to bottom.
    pub rows: Vec<DivergingBar>,
    /// Small print under the chart; may be empty.
    pub note: String,
}

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct DivergingBar {
    /// Name of the question.
    pub name: String,
    /// Share of each answer from 0 to 1, from the worst to the best, that sum to 1.
    pub shares: Vec<f64>,
    /// The number printed at the end of the row, as text.
    pub value: String,
    /// Number of answers.
    pub n: u64,
}

const ROW: f64 = 38.0;
const BAR: f64 = 22.0;
const VALUE_COLUMN: f64 = 62.0;
const SAMPLE_COLUMN: f64 = 84.0;
const KEY: f64 = 14.0;
/// Most answers that can be told apart by their shade.
const ANSWERS_MAX: usize = 7;

struct Layout {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    /// Largest extent to the left and to the right of the centre, as shares.
    reach: (f64, f64),
}

impl Layout {
    fn x(&self, share: f64) -> f64 {
        self.left + (share + self.reach.0) / (self.reach.0 + self.reach.1) * (self.right - self.left)
    }
}

/// Draws a bar for each question, shifted so that half of the middle answer lies on either side of the centre; with an even number of
/// answers there is none and the centre parts the worse half from the better.
///
/// Fails if there are no rows, fewer than 2 or more than 7 answers, a row of another length, or shares that are not shares of a whole.
pub fn diverging_bars(chart: &DivergingBars) -> Result<String, ChartError> {
    check(chart)?;
    let ruler = Ruler::new()?;
    let frame = Frame::new(&ruler, &chart.title, &chart.note);
    let keys = key_lines(chart, &ruler);
    let names = chart.rows.iter().flat_map(|row| wrap(&ruler, &row.name, LABEL, 250.0, 2));
    let widest = names.map(|line| ruler.width(&line, LABEL)).fold(60.0, f64::max);
    let top = frame.top() + 22.0 * keys.len() as f64 + 8.0;
    let lefts = || chart.rows.iter().map(|row| left_of_centre(&row.shares));
    let reach = (lefts().fold(0.1, f64::max), lefts().map(|left| 1.0 - left).fold(0.1, f64::max));
    let layout = Layout {
        left: MARGIN + widest + 14.0,
        right: WIDTH - MARGIN - VALUE_COLUMN - SAMPLE_COLUMN,
        bottom: top + ROW * chart.rows.len() as f64,
        top,
        reach,
    };
    let end = layout.bottom + 26.0;
    picture(&chart.title, end + frame.bottom(), |canvas| {
        draw_keys(canvas, chart, &keys, &ruler, frame.top() + 8.0);
        draw_axis(canvas, &layout);
        for (index, row) in chart.rows.iter().enumerate() {
            let middle = layout.top + ROW * (index as f64 + 0.5);
            draw_row(canvas, row, &ruler, &layout, middle);
        }
        frame.draw(canvas, end);
    })
}

fn check(chart: &DivergingBars) -> Result<(), ChartError> {
    if chart.rows.is_empty() {
        return Err(ChartError::Empty("rows"));
    }
    if chart.rows.len() > MOST_MARKS || !(2..=ANSWERS_MAX).contains(&chart.answers.len()) {
        return Err(ChartError::TooLarge);
    }
    for row in &chart.rows {
        for share in &row.shares {
            check_number(*share, "the share", &row.name)?;
        }
        let whole = (row.shares.iter().sum::<f64>() - 1.0).abs() < 1e-6 && row.shares.iter().all(|s| *s >= 0.0);
        if !whole || row.shares.len() != chart.answers.len() {
            return Err(ChartError::OutOfRange {
                what: "the shares",
                name: clean(&row.name),
                range: "0–1, Σ = 1",
            });
        }
    }
    Ok(())
}

/// Share to the left of the centre: the worse answers and half of the middle one.
fn left_of_centre(shares: &[f64]) -> f64 {
    let half = shares.len() / 2;
    let middle = if shares.len().is_multiple_of(2) {
        0.0
    } else {
        shares.get(half).copied().unwrap_or(0.0) / 2.0
    };
    shares.iter().take(half).sum::<f64>() + middle
}

/// The shade of an answer: the worst and the best are the darkest, the middle one is grey.
fn shade(answer: usize, of: usize) -> Colour {
    let distance = 2.0 * answer as f64 - (of as f64 - 1.0);
    let far = distance.abs() / (of as f64 - 1.0);
    if distance.abs() < 1e-9 {
        PALE_GREY
    } else if far > 0.75 {
        if distance < 0.0 { VERMILION } else { BLUE }
    } else if distance < 0.0 {
        faded(VERMILION, 0.30 + 0.3 * far)
    } else if far > 0.4 {
        SKY
    } else {
        faded(SKY, 0.6)
    }
}

/// Whether text on an answer has to be light.
fn is_dark(answer: usize, of: usize) -> bool {
    let distance = (2.0 * answer as f64 - (of as f64 - 1.0)).abs();
    distance / (of as f64 - 1.0) > 0.75
}

/// Answers in lines of the key.
fn key_lines(chart: &DivergingBars, ruler: &Ruler) -> Vec<Vec<usize>> {
    let mut lines: Vec<Vec<usize>> = vec![Vec::new()];
    let mut x = 0.0;
    for (at, answer) in chart.answers.iter().enumerate() {
        let width = KEY + 24.0 + ruler.width(&elide(ruler, &clean(answer), SMALL, 240.0), SMALL);
        if x + width > WIDTH - 2.0 * MARGIN && x > 0.0 {
            lines.push(Vec::new());
            x = 0.0;
        }
        if let Some(line) = lines.last_mut() {
            line.push(at);
        }
        x += width;
    }
    lines
}

fn draw_keys(canvas: &mut Canvas<'_>, chart: &DivergingBars, lines: &[Vec<usize>], ruler: &Ruler, top: f64) {
    for (number, line) in lines.iter().enumerate() {
        let (mut x, middle) = (MARGIN, top + 22.0 * number as f64);
        for at in line {
            let label = elide(ruler, &clean(chart.answers.get(*at).map_or("", String::as_str)), SMALL, 240.0);
            canvas.rect(x, middle - KEY / 2.0, KEY, KEY, shade(*at, chart.answers.len()));
            canvas.text_mid(x + KEY + 6.0, middle, &label, SMALL.in_colour(INK), Align::Left);
            x += KEY + 24.0 + ruler.width(&label, SMALL);
        }
    }
    let label = elide(ruler, &clean(&chart.value_label), SMALL, 140.0);
    let middle = top + 22.0 * lines.len().saturating_sub(1) as f64;
    canvas.text_mid(WIDTH - MARGIN - SAMPLE_COLUMN, middle, &label, SMALL, Align::Right);
}

fn draw_axis(canvas: &mut Canvas<'_>, layout: &Layout) {
    for percent in [-100_i32, -75, -50, -25, 0, 25, 50, 75, 100] {
        let share = f64::from(percent) / 100.0;
        if share < -layout.reach.0 - 1e-9 || share > layout.reach.1 + 1e-9 {
            continue;
        }
        let x = layout.x(share);
        let (width, colour) = if percent == 0 { (1.4, AXIS) } else { (1.0, GRID) };
        canvas.line((x, layout.top), (x, layout.bottom), width, colour);
        canvas.text_mid(x, layout.bottom + 12.0, &format!("{}%", percent.abs()), SMALL, Align::Middle);
    }
}

fn draw_row(canvas: &mut Canvas<'_>, row: &DivergingBar, ruler: &Ruler, layout: &Layout, middle: f64) {
    let name = wrap(ruler, &row.name, LABEL, 250.0, 2);
    canvas.lines_mid(layout.left - 14.0, middle, &name, LABEL, Align::Right);
    let mut from = -left_of_centre(&row.shares);
    for (at, share) in row.shares.iter().enumerate() {
        let (left, right) = (layout.x(from), layout.x(from + share));
        canvas.rect(left, middle - BAR / 2.0, right - left, BAR, shade(at, row.shares.len()));
        let text = format!("{:.0}", share * 100.0);
        if right - left > ruler.width(&text, SMALL) + 8.0 {
            let colour = if is_dark(at, row.shares.len()) { WHITE } else { INK };
            canvas.text_mid(
                f64::midpoint(left, right),
                middle,
                &text,
                SMALL_STRONG.in_colour(colour),
                Align::Middle,
            );
        }
        from += share;
    }
    let edge = layout.right + VALUE_COLUMN;
    canvas.text_mid(
        edge,
        middle,
        &elide(ruler, &clean(&row.value), VALUE, VALUE_COLUMN),
        VALUE,
        Align::Right,
    );
    canvas.text_mid(edge + SAMPLE_COLUMN, middle, &sample_size(row.n), SMALL, Align::Right);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{HOSTILE, parse_checked, shown_texts};
    use super::*;

    fn chart(rows: Vec<DivergingBar>, answers: usize) -> DivergingBars {
        DivergingBars {
            title: "答案分布".to_owned(),
            answers: (1..=answers).map(|a| a.to_string()).collect(),
            value_label: "得分".to_owned(),
            rows,
            note: String::new(),
        }
    }

    fn bar(name: &str, shares: &[f64]) -> DivergingBar {
        DivergingBar {
            name: name.to_owned(),
            shares: shares.to_vec(),
            value: "82.1".to_owned(),
            n: 640,
        }
    }

    #[test]
    fn the_middle_answer_is_centred() {
        let svg = diverging_bars(&chart(
            vec![bar("a", &[0.1, 0.2, 0.4, 0.2, 0.1]), bar("b", &[0.0, 0.0, 1.0, 0.0, 0.0])],
            5,
        ))
        .unwrap();
        let grey: Vec<(f64, f64)> = parse_checked(&svg, |document| {
            let bars = document.descendants().filter(|n| n.attribute("fill") == Some("#CFD6DD"));
            let number = |n: &resvg::usvg::roxmltree::Node<'_, '_>, name: &str| n.attribute(name).unwrap().parse::<f64>().unwrap();
            bars.map(|n| (number(&n, "x"), number(&n, "width"))).collect()
        });
        // The first grey field is the key.
        let centre = |(x, width): (f64, f64)| x + width / 2.0;
        assert!((centre(grey[1]) - centre(grey[2])).abs() < 2.0, "{grey:?}");
        assert!((grey[2].1 - 2.5 * grey[1].1).abs() < 5.0, "{grey:?}");
        assert!(shown_texts(&svg).contains(&"n=640".to_owned()));
    }

    #[test]
    fn hostile_names_and_impossible_shares() {
        let mut hostile = chart(HOSTILE.iter().map(|name| bar(name, &[0.5, 0.25, 0.25])).collect(), 3);
        hostile.answers = HOSTILE[..3].iter().map(|t| (*t).to_owned()).collect();
        hostile.title = HOSTILE.concat();
        hostile.value_label = HOSTILE.concat();
        let svg = diverging_bars(&hostile).unwrap();
        assert_eq!(svg, diverging_bars(&hostile).unwrap());
        parse_checked(&svg, |_| ());
        assert_eq!(diverging_bars(&chart(vec![], 3)), Err(ChartError::Empty("rows")));
        for wrong in [&[0.5, 0.4][..], &[0.5, 0.6, -0.1], &[1.0, 0.0]] {
            assert!(diverging_bars(&chart(vec![bar("a", wrong)], 3)).is_err(), "{wrong:?}");
        }
        assert!(matches!(
            diverging_bars(&chart(vec![bar("a", &[f64::NAN, 1.0])], 2)),
            Err(ChartError::NotFinite { .. })
        ));
    }
}
