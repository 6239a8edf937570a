//! Drawing of a trend once everything has its place.

use super::canvas::{Align, Canvas};
use super::font::Ruler;
use super::frame::axis_label;
use super::place::{Area, Places, leader};
use super::style::{AXIS, Colour, GRID, INK, LABEL, MARGIN, MUTED, SERIES, SERIES_TYPE, SMALL, SMALL_STRONG, VALUE, WHITE, WIDTH, faded};
use super::text::{elide, sample_size, told};
use super::trend::{TrendChart, TrendPoint};
use super::trend_axis::{Layout, SAMPLE_LINE, points_at};

/// Distance in pixels beyond which a value needs a line to its point.
const FAR: f64 = 32.0;

/// One series with the point at each wave and how it looks.
struct Line<'a> {
    index: usize,
    /// Whether it is the main series, with a band and a strong line.
    main: bool,
    points: Vec<Option<&'a TrendPoint>>,
    /// Waves that no line leads to.
    breaks: &'a [usize],
    colour: Colour,
}

impl Line<'_> {
    /// Place of the value at a wave.
    fn spot(&self, layout: &Layout, wave: usize) -> Option<(f64, f64)> {
        let value = (*self.points.get(wave)?)?.value?;
        Some((layout.x(wave) + layout.shift(self.index), layout.y(value)))
    }

    /// Heights of the ends of the interval at a wave, the upper first.
    fn interval(&self, layout: &Layout, wave: usize) -> Option<(f64, f64)> {
        let point = (*self.points.get(wave)?)?;
        point.value?;
        Some((layout.y(point.high?), layout.y(point.low?)))
    }

    /// Whether neither wave beside this one has an interval, so that no band can be drawn.
    fn is_alone(&self, layout: &Layout, wave: usize) -> bool {
        let joined = |wave: usize| !self.breaks.contains(&wave);
        let before = wave.checked_sub(1).filter(|_| joined(wave));
        let after = Some(wave + 1).filter(|after| joined(*after));
        let mut neighbours = before.into_iter().chain(after);
        neighbours.find_map(|other| self.interval(layout, other)).is_none()
    }

    /// Stretches of waves that a line may run through.
    fn stretches(&self) -> Vec<std::ops::Range<usize>> {
        let mut stretches = Vec::new();
        let mut start = 0;
        for end in 1..=self.points.len() {
            if end == self.points.len() || self.breaks.contains(&end) {
                stretches.push(start..end);
                start = end;
            }
        }
        stretches
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_>, chart: &TrendChart, breaks: &[Vec<usize>], ruler: &Ruler, layout: &Layout) {
    let lines: Vec<Line<'_>> = chart
        .series
        .iter()
        .enumerate()
        .map(|(index, series)| Line {
            index,
            main: chart.main && index == 0,
            points: points_at(chart, &series.points),
            breaks: breaks.get(index).map(Vec::as_slice).unwrap_or_default(),
            colour: colour(index),
        })
        .collect();
    draw_axes(canvas, chart, ruler, layout);
    draw_breaks(canvas, breaks, layout);
    if let Some(main) = lines.first().filter(|line| line.main) {
        draw_band(canvas, main, layout);
    }
    draw_references(canvas, chart, layout);
    for line in lines.iter().rev() {
        draw_line(canvas, line, layout);
    }
    for line in &lines {
        mark_points(canvas, chart, line, layout);
    }
    draw_values(canvas, &lines, ruler, layout);
    draw_key(canvas, chart.main, layout);
    draw_samples(canvas, &lines, ruler, layout);
}

fn colour(index: usize) -> Colour {
    SERIES.get(index % SERIES.len()).copied().unwrap_or(INK)
}

fn draw_axes(canvas: &mut Canvas<'_>, chart: &TrendChart, ruler: &Ruler, layout: &Layout) {
    let plot = layout.plot;
    for tick in layout.scale.ticks() {
        let y = layout.y(tick);
        canvas.line((plot.left, y), (plot.right, y), 1.0, GRID);
        canvas.text_mid(plot.left - 8.0, y, &layout.scale.tick_text(tick), SMALL, Align::Right);
    }
    canvas.line((plot.left, plot.bottom), (plot.right, plot.bottom), 1.2, AXIS);
    if layout.scale.leaves_out_zero() {
        canvas.line((plot.left, plot.top), (plot.left, plot.bottom), 1.2, AXIS);
        canvas.axis_break(plot.left, plot.bottom - 12.0, true);
    }
    let label = axis_label(ruler, &chart.y_label, layout.scale, WIDTH - 2.0 * MARGIN);
    canvas.text_mid(MARGIN, plot.top - 18.0, &label, SMALL, Align::Left);
    for (wave, name) in layout.waves.iter().enumerate() {
        for (line, text) in name.iter().enumerate() {
            let y = plot.bottom + 10.0 + LABEL.leading() * (line as f64 + 0.5);
            canvas.text_mid(layout.x(wave), y, text, LABEL, Align::Middle);
        }
    }
}

/// An upright line of dashes before every wave at which some series breaks off.
fn draw_breaks(canvas: &mut Canvas<'_>, breaks: &[Vec<usize>], layout: &Layout) {
    let waves: std::collections::BTreeSet<usize> = breaks.iter().flatten().copied().collect();
    for wave in waves.into_iter().filter(|wave| (1..layout.waves.len()).contains(wave)) {
        let x = f64::midpoint(layout.x(wave - 1), layout.x(wave));
        canvas.dashes((x, layout.plot.top), (x, layout.plot.bottom), 1.4, INK);
    }
}

/// The intervals of the main series: a band over waves in a row, a bar where a wave stands alone.
fn draw_band(canvas: &mut Canvas<'_>, main: &Line<'_>, layout: &Layout) {
    for stretch in main.stretches() {
        draw_band_of(canvas, main, layout, stretch);
    }
}

fn draw_band_of(canvas: &mut Canvas<'_>, main: &Line<'_>, layout: &Layout, stretch: std::ops::Range<usize>) {
    let mut run: Vec<(f64, f64, f64)> = Vec::new();
    for wave in stretch.start..=stretch.end {
        if let Some((top, bottom)) = main.interval(layout, wave).filter(|_| wave < stretch.end) {
            run.push((layout.x(wave), top, bottom));
            continue;
        }
        if let [(x, top, bottom)] = run[..] {
            canvas.whisker((x, top), (x, bottom), 6.0, main.colour);
        } else if run.len() > 1 {
            let upper = run.iter().map(|&(x, top, _)| (x, top));
            let lower = run.iter().rev().map(|&(x, _, bottom)| (x, bottom));
            let outline: Vec<(f64, f64)> = upper.chain(lower).collect();
            canvas.shape(&outline, faded(main.colour, 0.16));
            for &(x, top, bottom) in &run {
                canvas.line((x, top), (x, bottom), 1.0, faded(main.colour, 0.45));
            }
        }
        run.clear();
    }
}

fn draw_references(canvas: &mut Canvas<'_>, chart: &TrendChart, layout: &Layout) {
    let plot = layout.plot;
    for ((value, _), (middle, name)) in chart.reference_lines.iter().zip(&layout.references) {
        let y = layout.y(*value);
        canvas.dashes((plot.left, y), (plot.right, y), 1.4, MUTED);
        canvas.line((plot.right, y), (plot.right + 12.0, *middle), 0.8, AXIS);
        canvas.lines_mid(plot.right + 16.0, *middle, name, SMALL, Align::Left);
    }
}

fn draw_line(canvas: &mut Canvas<'_>, line: &Line<'_>, layout: &Layout) {
    for stretch in line.stretches() {
        let mut run: Vec<(f64, f64)> = Vec::new();
        for wave in stretch.start..=stretch.end {
            if let Some(spot) = line.spot(layout, wave).filter(|_| wave < stretch.end) {
                run.push(spot);
                continue;
            }
            if run.len() > 1 {
                canvas.path(&run, if line.main { 2.8 } else { 1.8 }, line.colour);
            }
            run.clear();
        }
    }
    for wave in 0..line.points.len() {
        let Some(spot) = line.spot(layout, wave) else {
            continue;
        };
        if let (Some((top, bottom)), true) = (line.interval(layout, wave), !line.main) {
            canvas.whisker((spot.0, top), (spot.0, bottom), 3.5, line.colour);
        }
        draw_mark(canvas, line.index, spot);
    }
}

/// Says what each point of a series stands for.
fn mark_points(canvas: &mut Canvas<'_>, chart: &TrendChart, line: &Line<'_>, layout: &Layout) {
    let series = chart.series.get(line.index).map_or("", |series| series.name.as_str());
    for (wave, point) in line.points.iter().enumerate() {
        let (Some(spot), Some(point)) = (line.spot(layout, wave), point) else {
            continue;
        };
        let value = point.value.map_or_else(String::new, |value| format!("{value:.1}"));
        let interval = point
            .low
            .zip(point.high)
            .map(|(low, high)| (format!("{low:.1}"), format!("{high:.1}")));
        let name = format!("{series} · {}", point.label);
        canvas.mark(
            Area::around(spot.0, spot.1, 24.0, 24.0),
            told(&name, &value, interval, Some(point.n)),
        );
    }
}

/// The mark of a series: shapes differ, and are hollow from the eighth series on, so that no colour is needed.
fn draw_mark(canvas: &mut Canvas<'_>, index: usize, (x, y): (f64, f64)) {
    let colour = colour(index);
    let hollow = index >= SERIES.len();
    for (size, colour) in [(7.2, WHITE), (5.6, colour), (3.2, WHITE)]
        .into_iter()
        .take(if hollow { 3 } else { 2 })
    {
        let around = |corners: &[(f64, f64)]| corners.iter().map(|(dx, dy)| (x + dx * size, y + dy * size)).collect::<Vec<_>>();
        match index % SERIES.len() {
            0 => canvas.disc((x, y), size, colour),
            1 => canvas.rect(x - size * 0.88, y - size * 0.88, size * 1.76, size * 1.76, colour),
            2 => canvas.shape(&around(&[(0.0, -1.15), (1.1, 0.8), (-1.1, 0.8)]), colour),
            3 => canvas.shape(&around(&[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)]), colour),
            4 => canvas.shape(&around(&[(0.0, 1.15), (1.1, -0.8), (-1.1, -0.8)]), colour),
            5 => canvas.shape(&around(&[(-1.3, -0.5), (1.3, -0.5), (1.3, 0.5), (-1.3, 0.5)]), colour),
            _ => canvas.shape(&around(&[(-0.5, -1.3), (0.5, -1.3), (0.5, 1.3), (-0.5, 1.3)]), colour),
        }
    }
}

/// Prints the values where they cover no mark and no other value. The main series comes first; a value of another
/// series that finds no place is left out.
fn draw_values(canvas: &mut Canvas<'_>, lines: &[Line<'_>], ruler: &Ruler, layout: &Layout) {
    let mut places = obstacles(lines, layout);
    for line in lines {
        let colour = SERIES_TYPE.get(line.index % SERIES_TYPE.len()).copied().unwrap_or(INK);
        let kind = if line.main { VALUE } else { SMALL_STRONG }.in_colour(colour);
        for (wave, point) in line.points.iter().enumerate() {
            let value = point.and_then(|point| point.value);
            let (Some(spot), Some(value)) = (line.spot(layout, wave), value) else {
                continue;
            };
            let text = format!("{value:.1}");
            let (width, height) = (ruler.width(&text, kind), kind.size + 3.0);
            let Some(area) = places.claim(spot, around(spot, width, height)) else {
                continue;
            };
            if let Some(end) = leader(spot, &area, FAR) {
                canvas.line((spot.0, spot.1 + 7.0 * (end.1 - spot.1).signum()), end, 0.8, line.colour);
            }
            canvas.rect(area.left - 1.0, area.top + 1.0, width + 2.0, height - 2.0, faded(WHITE, 0.65));
            let (x, y) = area.middle();
            canvas.text_mid(x, y, &text, kind, Align::Middle);
        }
    }
}

/// What values must not touch (marks) and should rather not cover (lines and intervals drawn as bars).
fn obstacles(lines: &[Line<'_>], layout: &Layout) -> Places {
    let plot = layout.plot;
    let bounds = Area {
        top: plot.top - 8.0,
        bottom: plot.bottom - 2.0,
        ..plot
    };
    let mut places = Places {
        bounds,
        taken: Vec::new(),
        avoided: Vec::new(),
        far: FAR,
    };
    for line in lines {
        let mut previous = None;
        for wave in 0..line.points.len() {
            let spot = line.spot(layout, wave);
            if let (Some(from), Some(to), false) = (previous, spot, line.breaks.contains(&wave)) {
                places.avoid_line(from, to);
            }
            previous = spot;
            let Some((x, y)) = spot else { continue };
            places.taken.push(Area::around(x, y, 13.0, 13.0));
            if let Some((top, bottom)) = line.interval(layout, wave)
                && (!line.main || line.is_alone(layout, wave))
            {
                places.avoid_line((x, top), (x, bottom));
            }
        }
    }
    places
}

/// Places around a point with their costs, the best first: above, below, slanted, then further away.
fn around((x, y): (f64, f64), width: f64, height: f64) -> Vec<(Area, usize)> {
    let mut places = Vec::new();
    for step in 0_u8..4 {
        let away = 10.0 + height / 2.0 + f64::from(step) * height;
        let side = 11.0 + width / 2.0;
        let slant = width / 2.0 + 3.0;
        let around = [
            (0.0, -away),
            (0.0, away),
            (slant, -away),
            (-slant, -away),
            (slant, away),
            (-slant, away),
            (side, 0.0),
            (-side, 0.0),
        ];
        let cost = 3 * usize::from(step);
        places.extend(around.map(|(dx, dy)| (Area::around(x + dx, y + dy, width, height), cost)));
    }
    places
}

fn draw_key(canvas: &mut Canvas<'_>, main: bool, layout: &Layout) {
    for (index, (x, y, name)) in layout.key.iter().enumerate() {
        canvas.line((*x, *y), (x + 24.0, *y), if main && index == 0 { 2.8 } else { 1.8 }, colour(index));
        draw_mark(canvas, index, (x + 12.0, *y));
        canvas.text_mid(x + 30.0, *y, name, LABEL, Align::Left);
    }
}

/// Numbers of answers under the waves, one line for each series.
fn draw_samples(canvas: &mut Canvas<'_>, lines: &[Line<'_>], ruler: &Ruler, layout: &Layout) {
    for line in lines {
        let y = layout.samples + SAMPLE_LINE * (line.index as f64 + 0.5);
        if lines.len() > 1 {
            draw_mark(canvas, line.index, (layout.plot.left - 14.0, y));
        }
        for (wave, point) in line.points.iter().enumerate() {
            if let Some(point) = point {
                let text = elide(ruler, &sample_size(point.n), SMALL, layout.column() - 4.0);
                canvas.text_mid(layout.x(wave), y, &text, SMALL, Align::Middle);
            }
        }
    }
}
