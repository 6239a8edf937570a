//! Where the names of an importance map stand.

use super::font::Ruler;
use super::importance_map::{ImportanceMap, MapPoint};
use super::place::{Area, Places, leader};
use super::scale::Scale;
use super::style::{LABEL, MARGIN, SMALL, SMALL_STRONG, STRONG_LABEL, WIDTH};
use super::text::{clean, elide, wrap};

/// Radius of the mark of a point in pixels.
pub(super) const RADIUS: f64 = 6.0;
/// Distance in pixels beyond which a name needs a line to its point.
pub(super) const FAR: f64 = 18.0;
const LABEL_WIDTH: f64 = 170.0;
const CORNER: f64 = 12.0;
/// Room for a number of the key, and most lines of a name in it.
const KEY_NUMBER: f64 = 34.0;
const KEY_LINES: usize = 3;
/// Most points for which several orders of placing the names are tried.
const MOST_TRIED: usize = 60;

/// The plot in pixels and its two axes.
pub(super) struct Plot {
    pub area: Area,
    pub across: Scale,
    pub up: Scale,
}

impl Plot {
    pub(super) fn at(&self, importance: f64, performance: f64) -> (f64, f64) {
        let x = self.area.left + (self.area.right - self.area.left) * self.across.share(importance);
        (
            x,
            self.area.bottom - (self.area.bottom - self.area.top) * self.up.share(performance),
        )
    }

    pub(super) fn of(&self, point: &MapPoint) -> (f64, f64) {
        self.at(point.importance, point.performance)
    }
}

/// Where a name stands, or that it stands under the chart with a number.
pub(super) enum Label {
    Beside { text: String, area: Area },
    Below { number: usize },
}

/// The names of the quadrants in their corners and the note on the crosshair at its top, each with its place and
/// whether it is bold.
pub(super) fn corner_texts(chart: &ImportanceMap, ruler: &Ruler, plot: &Plot) -> Vec<(Area, String, bool)> {
    let area = plot.area;
    let room = ((area.right - area.left) / 2.0 - 2.0 * CORNER).min(260.0);
    let mut texts = Vec::new();
    for (index, label) in chart.quadrant_labels.iter().enumerate() {
        let text = elide(ruler, &clean(label), SMALL_STRONG, room);
        let width = ruler.width(&text, SMALL_STRONG);
        let x = if index % 2 == 0 {
            area.left + CORNER + width / 2.0
        } else {
            area.right - CORNER - width / 2.0
        };
        let y = if index < 2 {
            area.top + CORNER + 4.0
        } else {
            area.bottom - CORNER - 4.0
        };
        texts.push((Area::around(x, y, width, 18.0), text, true));
    }
    let text = elide(ruler, &clean(&chart.crosshair_note), SMALL, room);
    let width = ruler.width(&text, SMALL);
    let (x, y) = plot.at(chart.crosshair.0, chart.crosshair.1);
    let mut places = Places {
        bounds: area,
        taken: texts.iter().map(|(area, ..)| *area).collect(),
        avoided: vec![],
        far: FAR,
    };
    for point in &chart.points {
        let (x, y) = plot.of(point);
        places.taken.push(Area::around(x, y, 3.0 * RADIUS, 3.0 * RADIUS));
    }
    let candidates = [
        (area.right - 6.0 - width / 2.0, y - 10.0),
        (area.left + 6.0 + width / 2.0, y - 10.0),
        (area.right - 6.0 - width / 2.0, y + 10.0),
        (area.left + 6.0 + width / 2.0, y + 10.0),
        (x + 6.0 + width / 2.0, area.top + 10.0),
        (x - 6.0 - width / 2.0, area.top + 10.0),
        (x + 6.0 + width / 2.0, area.bottom - 10.0),
        (x - 6.0 - width / 2.0, area.bottom - 10.0),
    ];
    if let Some(place) = claim_plain(&mut places, &candidates, width) {
        texts.push((place, text, false));
    }
    texts
}

/// The first free one of several middles for a text that belongs to no point.
fn claim_plain(places: &mut Places, middles: &[(f64, f64)], width: f64) -> Option<Area> {
    middles
        .iter()
        .find_map(|&(x, y)| places.claim((x, y), [(Area::around(x, y, width, 16.0), 0)]))
}

/// Names left without a place, and the length of all lines to names.
type Cost = (usize, f64);
/// What decides when a name is placed, given where its point is.
type Key<'a> = &'a dyn Fn(&(f64, f64)) -> f64;

/// Finds a place for every name.
///
/// Names are placed one after another, so that the order matters: several are tried, and the one that leaves the fewest
/// names without a place, then needs the shortest lines, is kept.
pub(super) fn place_labels(chart: &ImportanceMap, ruler: &Ruler, plot: &Plot, corners: &[(Area, String, bool)]) -> Vec<Label> {
    let spots: Vec<(f64, f64)> = chart.points.iter().map(|point| plot.of(point)).collect();
    let mut best: Option<(Cost, Vec<Option<Area>>)> = None;
    for order in orders(&spots) {
        let areas = place_in_order(chart, ruler, &order, &spots, obstacles(chart, plot, corners));
        let left_over = areas.iter().filter(|area| area.is_none()).count();
        let led = spots.iter().zip(&areas).filter_map(|(&spot, area)| {
            let end = leader(spot, area.as_ref()?, FAR)?;
            Some((end.0 - spot.0).abs() + (end.1 - spot.1).abs())
        });
        let cost: Cost = (left_over, led.sum());
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, areas));
        }
    }
    let areas = best.map(|(_, areas)| areas).unwrap_or_default();
    let mut number = 0;
    let labels = chart.points.iter().zip(areas).map(|(point, area)| {
        if let Some(area) = area {
            return Label::Beside {
                text: label_text(ruler, point),
                area,
            };
        }
        number += 1;
        Label::Below { number }
    });
    labels.collect()
}

fn label_text(ruler: &Ruler, point: &MapPoint) -> String {
    if let Some(number) = point.number {
        return number.to_string();
    }
    elide(ruler, &clean(&point.name), LABEL, LABEL_WIDTH)
}

/// Orders in which names may be placed: the most crowded first and last, from the left, the right, above and below;
/// only the first where there are too many points to try all.
fn orders(spots: &[(f64, f64)]) -> Vec<Vec<usize>> {
    let crowd = |&(x, y): &(f64, f64)| spots.iter().filter(|(a, b)| (a - x).abs() < 120.0 && (b - y).abs() < 50.0).count() as f64;
    let keys: [Key<'_>; 6] = [
        &|spot| -crowd(spot),
        &crowd,
        &|spot| spot.0,
        &|spot| -spot.0,
        &|spot| spot.1,
        &|spot| -spot.1,
    ];
    let tried = if spots.len() > MOST_TRIED { 1 } else { keys.len() };
    let sorted = keys.into_iter().take(tried).map(|key| {
        let mut order: Vec<(f64, usize)> = spots.iter().map(key).zip(0..).collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        order.into_iter().map(|(_, index)| index).collect()
    });
    sorted.collect()
}

/// What names must not touch (corners, marks) and should rather not cover (intervals, the crosshair).
fn obstacles(chart: &ImportanceMap, plot: &Plot, corners: &[(Area, String, bool)]) -> Places {
    let taken = corners.iter().map(|(area, ..)| *area).collect();
    let mut places = Places {
        bounds: plot.area,
        taken,
        avoided: vec![],
        far: FAR,
    };
    for point in &chart.points {
        let (x, y) = plot.of(point);
        places.taken.push(Area::around(x, y, 2.0 * RADIUS + 3.0, 2.0 * RADIUS + 3.0));
        if let (Some(low), Some(high)) = (point.low, point.high) {
            places.avoid_line(plot.at(point.importance, low), plot.at(point.importance, high));
        }
        if let (Some(low), Some(high)) = (point.importance_low, point.importance_high) {
            places.avoid_line(plot.at(low, point.performance), plot.at(high, point.performance));
        }
    }
    let cross = plot.at(chart.crosshair.0, chart.crosshair.1);
    places.avoid_line((cross.0, plot.area.top), (cross.0, plot.area.bottom));
    places.avoid_line((plot.area.left, cross.1), (plot.area.right, cross.1));
    places
}

fn place_in_order(chart: &ImportanceMap, ruler: &Ruler, order: &[usize], spots: &[(f64, f64)], mut places: Places) -> Vec<Option<Area>> {
    let mut found = vec![None; spots.len()];
    for &index in order {
        if let (Some(point), Some(&spot), Some(place)) = (chart.points.get(index), spots.get(index), found.get_mut(index)) {
            let width = ruler.width(&label_text(ruler, point), if point.number.is_some() { STRONG_LABEL } else { LABEL });
            *place = places.claim(spot, candidates(spot, width));
        }
    }
    found
}

/// Places around a point with their costs, the nearest first.
fn candidates((x, y): (f64, f64), width: f64) -> Vec<(Area, usize)> {
    const HEIGHT: f64 = 19.0;
    let beside = RADIUS + 5.0 + width / 2.0;
    let mut places = Vec::new();
    for ring in 0_u8..9 {
        let away = f64::from(ring) * 14.0;
        let above = RADIUS + 4.0 + HEIGHT / 2.0 + away;
        let near = [(beside, 0.0), (-beside, 0.0), (0.0, -1.0), (0.0, 1.0)];
        let slanted = [(beside, -1.0), (beside, 1.0), (-beside, -1.0), (-beside, 1.0)];
        let wide = [-1.0, 1.0]
            .into_iter()
            .flat_map(|way| [30.0, 60.0, 90.0].map(|more| (beside + more, way)));
        let wide = wide.flat_map(|(dx, way)| [(dx, way), (-dx, way)]);
        for (dx, way) in near.into_iter().chain(slanted).chain(wide) {
            let outward = if way == 0.0 { away * f64::signum(dx) } else { 0.0 };
            places.push((
                Area::around(x + dx + outward, y + way * above, width, HEIGHT),
                2 * usize::from(ring),
            ));
        }
    }
    places
}

/// What stands under the chart: each text with its left end and its line.
#[derive(Default)]
pub(super) struct Listed {
    pub texts: Vec<(f64, usize, String)>,
    lines: usize,
}

impl Listed {
    pub(super) fn height(&self) -> f64 {
        SMALL.leading() * self.lines as f64
    }
}

/// The names under the chart: the key of numbered points, else the names that found no place.
pub(super) fn listed_names(chart: &ImportanceMap, ruler: &Ruler, labels: &[Label]) -> Listed {
    if chart.points.iter().any(|point| point.number.is_some()) {
        return key(chart, ruler);
    }
    let names = chart.points.iter().zip(labels).filter_map(|(point, label)| match label {
        Label::Below { number } => Some(format!("{number} {}", elide(ruler, &clean(&point.name), SMALL, LABEL_WIDTH))),
        Label::Beside { .. } => None,
    });
    let all: Vec<String> = names.collect();
    let mut lines: Vec<String> = Vec::new();
    for name in all {
        match lines.last_mut() {
            Some(line) if ruler.width(&format!("{line} · {name}"), SMALL) <= WIDTH - 2.0 * MARGIN => {
                line.push_str(" · ");
                line.push_str(&name);
            }
            _ => lines.push(name),
        }
    }
    Listed {
        lines: lines.len(),
        texts: lines.into_iter().enumerate().map(|(at, line)| (MARGIN, at, line)).collect(),
    }
}

/// Whole names by number in two columns, the numbers ascending downwards.
fn key(chart: &ImportanceMap, ruler: &Ruler) -> Listed {
    let mut points: Vec<&MapPoint> = chart.points.iter().collect();
    points.sort_by_key(|point| point.number);
    let column = (WIDTH - 2.0 * MARGIN) / 2.0;
    let entry = |point: &&MapPoint| {
        let number = point.number.map_or_else(String::new, |n| n.to_string());
        let lines = wrap(ruler, &point.name, SMALL, column - KEY_NUMBER - 12.0, KEY_LINES);
        (number, if lines.is_empty() { vec![String::new()] } else { lines })
    };
    let entries: Vec<(String, Vec<String>)> = points.iter().map(entry).collect();
    let all: usize = entries.iter().map(|(_, lines)| lines.len()).sum();
    let (mut texts, mut line, mut left, mut lowest) = (Vec::new(), 0, MARGIN, 0);
    for (number, lines) in entries {
        if left <= MARGIN && line * 2 >= all {
            (left, line) = (MARGIN + column, 0);
        }
        texts.push((left, line, number));
        for text in lines {
            texts.push((left + KEY_NUMBER, line, text));
            line += 1;
        }
        lowest = lowest.max(line);
    }
    Listed { texts, lines: lowest }
}
