//! A path model: boxes joined by arrows, causes on the left, what they lead to on the right.

use super::canvas::{Align, Canvas, picture};
use super::font::Ruler;
use super::frame::Frame;
use super::style::{AXIS, BLUE, INK, LABEL, MARGIN, MUTED, SKY, SMALL, SMALL_STRONG, STRONG_LABEL, VERMILION, WHITE, WIDTH, faded};
use super::text::wrap;
use super::{ChartError, check_number};

/// A path model to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct PathDiagram {
    /// Heading of the chart.
    pub title: String,
    /// What is joined, in any order.
    pub nodes: Vec<PathNode>,
    /// The paths; without a circle.
    pub arrows: Vec<PathArrow>,
    /// Small print under the chart; may be empty.
    pub note: String,
}

/// One box.
#[derive(Debug, Clone, PartialEq)]
pub struct PathNode {
    /// Its name.
    pub name: String,
    /// Line under the name, such as score and explained variance; may be empty.
    pub detail: String,
    /// True for the one that matters most.
    pub emphasised: bool,
}

/// One arrow.
#[derive(Debug, Clone, PartialEq)]
pub struct PathArrow {
    /// Position of the box it starts from.
    pub from: usize,
    /// Position of the box it ends at.
    pub to: usize,
    /// Its strength, which sets its width.
    pub value: f64,
    /// What is written on it.
    pub label: String,
    /// False draws it pale and broken: it may as well be nothing.
    pub certain: bool,
}

const BOX_WIDTH: f64 = 104.0;
const BOX_HEIGHT: f64 = 62.0;
const ROW: f64 = 112.0;
const NODES_MAX: usize = 24;
const SWEEPS: usize = 6;
const STARTS: usize = 12;

type Point = (f64, f64);

/// Draws the model. Each box stands to the right of everything that leads to it; heights are chosen so that few arrows run
/// through boxes or across one another.
///
/// Fails without boxes, with more than 24 of them, with arrows to boxes that do not exist or in a circle, and with
/// numbers that are not finite.
pub fn path_diagram(chart: &PathDiagram) -> Result<String, ChartError> {
    let depth = depths(chart)?;
    let ruler = Ruler::new()?;
    let frame = Frame::new(&ruler, &chart.title, &chart.note);
    let rows = rows_of(chart, &depth);
    let lowest = rows.iter().copied().max().unwrap_or(0) as f64;
    let columns = depth.iter().copied().max().unwrap_or(0);
    let step = (WIDTH - 2.0 * MARGIN - BOX_WIDTH) / (columns.max(1) as f64);
    let top = frame.top() + 8.0;
    let places: Vec<Point> = depth
        .iter()
        .zip(&rows)
        .map(|(&column, &row)| {
            (
                MARGIN + BOX_WIDTH / 2.0 + step * column as f64,
                top + BOX_HEIGHT / 2.0 + ROW * row as f64,
            )
        })
        .collect();
    let end = top + ROW * lowest + BOX_HEIGHT + 8.0;
    picture(&chart.title, end + frame.bottom(), |canvas| {
        for arrow in &chart.arrows {
            draw_arrow(canvas, arrow, places[arrow.from], places[arrow.to]);
        }
        for (node, place) in chart.nodes.iter().zip(&places) {
            draw_node(canvas, &ruler, node, *place);
        }
        let mut taken: Vec<[f64; 4]> = places.iter().map(|p| around(*p, BOX_WIDTH, BOX_HEIGHT)).collect();
        for arrow in &chart.arrows {
            draw_label(canvas, &ruler, arrow, (places[arrow.from], places[arrow.to]), &mut taken);
        }
        frame.draw(canvas, end);
    })
}

/// Length of the longest chain of arrows that ends at each box.
fn depths(chart: &PathDiagram) -> Result<Vec<usize>, ChartError> {
    let count = chart.nodes.len();
    if count == 0 {
        return Err(ChartError::Empty("nodes"));
    }
    if count > NODES_MAX {
        return Err(ChartError::TooLarge);
    }
    for arrow in &chart.arrows {
        check_number(arrow.value, "the coefficient", &arrow.label)?;
        if arrow.from >= count || arrow.to >= count {
            return Err(ChartError::Empty("an end of an arrow"));
        }
    }
    let mut depth = vec![0; count];
    for _ in 0..=count {
        let mut moved = false;
        for arrow in &chart.arrows {
            if depth[arrow.to] <= depth[arrow.from] {
                depth[arrow.to] = depth[arrow.from] + 1;
                moved = true;
            }
        }
        if !moved {
            return Ok(depth);
        }
    }
    Err(ChartError::Drawing("the arrows run in a circle".to_owned()))
}

/// A row for each box: from several staircases up and down, each improved box by box, the best.
fn rows_of(chart: &PathDiagram, depth: &[usize]) -> Vec<usize> {
    let levels = if chart.nodes.len() > 3 { 4 } else { 2 };
    let tried = (0..STARTS).map(|start| {
        let row = |node: usize| (depth[node] * (1 + start / levels) + node + start) % levels;
        improve(chart, depth, (0..depth.len()).map(row).collect(), levels + depth.len() / 8)
    });
    let best = tried.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, rows)| rows).unwrap_or_default();
    let highest = best.iter().copied().min().unwrap_or(0);
    best.iter().map(|row| row - highest).collect()
}

fn improve(chart: &PathDiagram, depth: &[usize], mut rows: Vec<usize>, levels: usize) -> (f64, Vec<usize>) {
    let mut best = cost(chart, depth, &rows);
    for _ in 0..SWEEPS {
        let before = best;
        for node in 0..rows.len() {
            for row in 0..levels {
                let kept = std::mem::replace(&mut rows[node], row);
                let now = cost(chart, depth, &rows);
                if now < best {
                    best = now;
                } else {
                    rows[node] = kept;
                }
            }
        }
        if best >= before {
            break;
        }
    }
    (best, rows)
}

/// How bad a picture is: boxes on boxes, arrows through boxes, arrows across arrows, and a little for height.
fn cost(chart: &PathDiagram, depth: &[usize], rows: &[usize]) -> f64 {
    let columns = depth.iter().copied().max().unwrap_or(0).max(1);
    let step = (WIDTH - 2.0 * MARGIN - BOX_WIDTH) / columns as f64;
    let at = |node: usize| (depth[node] as f64 * step, rows[node] as f64 * ROW);
    let mut total = 0.0;
    for a in 0..rows.len() {
        total += 0.05 * rows[a] as f64;
        total += 1000.0 * (0..a).filter(|b| depth[*b] == depth[a] && rows[*b] == rows[a]).count() as f64;
    }
    for (number, arrow) in chart.arrows.iter().enumerate() {
        let (start, end) = (at(arrow.from), at(arrow.to));
        total += 0.2 * (start.1 - end.1).abs() / ROW;
        for node in (0..rows.len()).filter(|n| *n != arrow.from && *n != arrow.to) {
            if runs_through(at(node), start, end) {
                total += 20.0;
            }
        }
        for other in &chart.arrows[..number] {
            let apart = arrow.from != other.from && arrow.to != other.to && arrow.from != other.to && arrow.to != other.from;
            if apart && cross(start, end, at(other.from), at(other.to)) {
                total += 2.0;
            }
        }
    }
    total
}

/// Whether a line touches a box, or comes near it.
fn runs_through(middle: Point, start: Point, end: Point) -> bool {
    let inside = |share: f64| {
        let place = (start.0 + (end.0 - start.0) * share, start.1 + (end.1 - start.1) * share);
        (place.0 - middle.0).abs() < BOX_WIDTH / 2.0 + 6.0 && (place.1 - middle.1).abs() < BOX_HEIGHT / 2.0 + 6.0
    };
    (0..=40).any(|part| inside(f64::from(part) / 40.0))
}

fn cross(a: Point, b: Point, c: Point, d: Point) -> bool {
    let side = |p: Point, q: Point, r: Point| (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// Where the line from the middle of a box to another place leaves the box.
fn border(from: Point, to: Point) -> Point {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let share = |half: f64, length: f64| if length.abs() > 1e-9 { half / length.abs() } else { f64::INFINITY };
    let share = share(BOX_WIDTH / 2.0, dx).min(share(BOX_HEIGHT / 2.0, dy)).min(1.0);
    (from.0 + dx * share, from.1 + dy * share)
}

fn draw_arrow(canvas: &mut Canvas<'_>, arrow: &PathArrow, from: Point, to: Point) {
    let (start, end) = (border(from, to), border(to, from));
    let colour = match (arrow.certain, arrow.value < 0.0) {
        (false, _) => AXIS,
        (true, true) => VERMILION,
        (true, false) => BLUE,
    };
    let width = 1.2 + 5.0 * arrow.value.abs().min(1.0);
    let length = (end.0 - start.0).hypot(end.1 - start.1).max(1e-9);
    let (dx, dy) = ((end.0 - start.0) / length, (end.1 - start.1) / length);
    let head = 8.0 + width;
    let neck = (end.0 - dx * head, end.1 - dy * head);
    if arrow.certain {
        canvas.line(start, neck, width, colour);
    } else {
        broken(canvas, start, neck, width, colour);
    }
    let half = head * 0.5;
    canvas.shape(
        &[
            end,
            (neck.0 - dy * half, neck.1 + dx * half),
            (neck.0 + dy * half, neck.1 - dx * half),
        ],
        colour,
    );
}

/// A broken line in any direction.
fn broken(canvas: &mut Canvas<'_>, start: Point, end: Point, width: f64, colour: super::style::Colour) {
    let length = (end.0 - start.0).hypot(end.1 - start.1);
    let at = |far: f64| {
        let share = (far / length.max(1e-9)).min(1.0);
        (start.0 + (end.0 - start.0) * share, start.1 + (end.1 - start.1) * share)
    };
    let mut far = 0.0;
    while far < length {
        canvas.line(at(far), at(far + 7.0), width, colour);
        far += 12.0;
    }
}

fn draw_node(canvas: &mut Canvas<'_>, ruler: &Ruler, node: &PathNode, place: Point) {
    let [left, top, right, bottom] = around(place, BOX_WIDTH, BOX_HEIGHT);
    let edge = if node.emphasised { BLUE } else { AXIS };
    canvas.rect(left, top, BOX_WIDTH, BOX_HEIGHT, WHITE);
    if node.emphasised {
        canvas.rect(left, top, BOX_WIDTH, BOX_HEIGHT, faded(SKY, 0.35));
    }
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
    canvas.path(&corners, if node.emphasised { 2.4 } else { 1.4 }, edge);
    let kind = if node.emphasised { STRONG_LABEL } else { LABEL };
    let name = wrap(ruler, &node.name, kind, BOX_WIDTH - 8.0, 2);
    let detail = wrap(ruler, &node.detail, SMALL, BOX_WIDTH - 8.0, 1);
    let height = kind.leading() * name.len() as f64 + SMALL.leading() * detail.len() as f64;
    let middle = place.1 - height / 2.0 + kind.leading() * name.len() as f64 / 2.0;
    canvas.lines_mid(place.0, middle, &name, kind, Align::Middle);
    let below = place.1 + height / 2.0 - SMALL.leading() * detail.len() as f64 / 2.0;
    canvas.lines_mid(place.0, below, &detail, SMALL, Align::Middle);
}

/// The label stands on its arrow where it covers least.
fn draw_label(canvas: &mut Canvas<'_>, ruler: &Ruler, arrow: &PathArrow, (from, to): (Point, Point), taken: &mut Vec<[f64; 4]>) {
    let (start, end) = (border(from, to), border(to, from));
    let colour = if arrow.certain { INK } else { MUTED };
    let kind = SMALL_STRONG.in_colour(colour);
    let (width, height) = (ruler.width(&arrow.label, kind) + 6.0, kind.leading());
    let area = |share: f64| {
        let place = (start.0 + (end.0 - start.0) * share, start.1 + (end.1 - start.1) * share);
        (place, around(place, width, height))
    };
    let shares = [0.45, 0.55, 0.35, 0.65, 0.25, 0.75];
    let covered = |share: &f64| taken.iter().map(|other| overlap(area(*share).1, *other)).sum::<f64>();
    let best = shares.into_iter().min_by(|a, b| covered(a).total_cmp(&covered(b))).unwrap_or(0.5);
    let (place, box_of) = area(best);
    taken.push(box_of);
    canvas.rect(box_of[0], box_of[1], width, height, WHITE);
    canvas.text_mid(place.0, place.1, &arrow.label, kind, Align::Middle);
}

fn around(place: Point, width: f64, height: f64) -> [f64; 4] {
    [
        place.0 - width / 2.0,
        place.1 - height / 2.0,
        place.0 + width / 2.0,
        place.1 + height / 2.0,
    ]
}

fn overlap(a: [f64; 4], b: [f64; 4]) -> f64 {
    let wide = a[2].min(b[2]) - a[0].max(b[0]);
    let high = a[3].min(b[3]) - a[1].max(b[1]);
    wide.max(0.0) * high.max(0.0)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{HOSTILE, parse_checked, shown_texts};
    use super::*;

    fn node(name: &str) -> PathNode {
        PathNode {
            name: name.to_owned(),
            detail: "70.0 · R² 0.50".to_owned(),
            emphasised: name == "顾客满意",
        }
    }

    fn arrow(from: usize, to: usize) -> PathArrow {
        PathArrow {
            from,
            to,
            value: 0.5,
            label: format!("0.{from}{to}"),
            certain: from != 0,
        }
    }

    fn satisfaction() -> PathDiagram {
        let names = ["品牌形象", "预期质量", "感知质量", "感知价值", "顾客满意", "顾客抱怨", "顾客忠诚"];
        let paths = [
            (0, 1),
            (1, 2),
            (1, 3),
            (2, 3),
            (0, 4),
            (1, 4),
            (2, 4),
            (3, 4),
            (4, 5),
            (0, 6),
            (4, 6),
            (5, 6),
        ];
        PathDiagram {
            title: "模型".to_owned(),
            nodes: names.into_iter().map(node).collect(),
            arrows: paths.into_iter().map(|(from, to)| arrow(from, to)).collect(),
            note: String::new(),
        }
    }

    #[test]
    fn every_box_and_coefficient_is_shown_and_no_arrow_runs_through_a_box() {
        let chart = satisfaction();
        let svg = path_diagram(&chart).unwrap();
        let texts = shown_texts(&svg);
        for wanted in chart.nodes.iter().map(|n| &n.name).chain(chart.arrows.iter().map(|a| &a.label)) {
            assert!(texts.contains(wanted), "{wanted}");
        }
        let depth = depths(&chart).unwrap();
        assert!(cost(&chart, &depth, &rows_of(&chart, &depth)) < 20.0);
    }

    #[test]
    fn hostile_names_break_nothing() {
        let mut chart = satisfaction();
        for (node, text) in chart.nodes.iter_mut().zip(HOSTILE) {
            node.name = text.to_owned();
            node.detail = text.to_owned();
        }
        parse_checked(&path_diagram(&chart).unwrap(), |_| ());
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let mut circle = satisfaction();
        circle.arrows.push(arrow(6, 0));
        assert!(matches!(path_diagram(&circle), Err(ChartError::Drawing(_))));
        let mut nowhere = satisfaction();
        nowhere.arrows.push(arrow(0, 7));
        assert!(matches!(path_diagram(&nowhere), Err(ChartError::Empty(_))));
        let mut endless = satisfaction();
        endless.arrows[0].value = f64::NAN;
        assert!(matches!(path_diagram(&endless), Err(ChartError::NotFinite { .. })));
        let none = PathDiagram {
            nodes: Vec::new(),
            ..circle
        };
        assert!(matches!(path_diagram(&none), Err(ChartError::Empty("nodes"))));
    }
}
