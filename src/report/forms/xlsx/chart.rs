//! Charts of the spreadsheet, drawn by the reader's program from the cells beside them.
//!
//! Which columns a chart takes follows from the table: the first names the bars, every column of numbers except n is a
//! series, and the interval that follows a series gives its error bars. A trend has a line for each quantity, the map of
//! priorities a point for each subject. Titles and names are references to cells: no text is given to the chart itself,
//! because a text that begins with `=` would be read as a formula there.

use super::sheet::{Column, Grid, Role};
use super::value::{Number, Value};
use crate::report::words::Words;
use crate::round::round_to;
use rust_xlsxwriter::{Chart, ChartDataLabel, ChartErrorBars, ChartErrorBarsType, ChartRange, ChartType};

/// Most rows that a chart is drawn from.
const ROWS_MAX: usize = 60;
/// Most points of a map, each with an entry in the legend.
const POINTS_MAX: usize = 24;

/// Where the table stands.
pub(super) struct Place<'a> {
    /// Name of the sheet.
    pub sheet: &'a str,
    /// Row of the headings.
    pub head: u32,
}

/// Adds to the grid the lengths of the arms of the intervals that [`chart`] draws, as differences of the printed numbers.
pub(super) fn add_arms(id: &str, grid: &mut Grid, words: Words) {
    if is_drawn(id, grid) {
        for (value, lower, upper) in with_interval(grid) {
            let arm = |from: usize, to: usize, key: &str, role: Role| Column {
                title: words.say(key, &[("column", &grid.columns[value].title)]),
                role,
                values: difference(&grid.columns[from].values, &grid.columns[to].values),
            };
            let arms = [
                arm(lower, value, "xlsx-arm-below", Role::ArmBelow),
                arm(value, upper, "xlsx-arm-above", Role::ArmAbove),
            ];
            grid.columns.extend(arms);
        }
    }
}

/// The chart of a figure; `None` where its table does not lend itself to one.
pub(super) fn chart(id: &str, grid: &Grid, place: &Place<'_>) -> Option<Chart> {
    if !is_drawn(id, grid) {
        return None;
    }
    let mut chart = match id {
        "trend" | "trend-dimensions" => lines(grid, place)?,
        "priorities" | "priorities-items" => points(grid, place)?,
        _ if id.starts_with("series-") => over_periods(grid, place)?,
        _ => bars(id, grid, place)?,
    };
    chart.title().set_hidden();
    // The ends of error bars stand in hidden columns.
    chart.show_hidden_data();
    chart.set_width(760).set_height(420);
    Some(chart)
}

fn is_drawn(id: &str, grid: &Grid) -> bool {
    let rows = grid.looks.len();
    // The path model is a drawing of arrows; its table has no chart that says more.
    id != "path-model" && rows > 0 && rows <= ROWS_MAX && !series(grid).is_empty()
}

/// Columns of numbers of the table itself, except n.
fn series(grid: &Grid) -> Vec<usize> {
    let wanted = |c: &Column| matches!(c.role, Role::Main(at) if at > 0) && c.is_numeric() && c.title != "n";
    (0..grid.columns.len()).filter(|at| wanted(&grid.columns[*at])).collect()
}

/// Series with the columns of both ends of their interval: that of the column after the series.
fn with_interval(grid: &Grid) -> Vec<(usize, usize, usize)> {
    let interval = |value: &usize| {
        let Role::Main(at) = grid.columns[*value].role else { return None };
        let ends = |at: usize| grid.place(Role::Lower(at)).zip(grid.place(Role::Upper(at)));
        let (lower, upper) = ends(at).or_else(|| ends(at + 1))?;
        Some((*value, lower, upper))
    };
    series(grid).iter().filter_map(interval).collect()
}

fn difference(from: &[Value], to: &[Value]) -> Vec<Value> {
    let one = |(from, to): (&Value, &Value)| match (from, to) {
        (Value::Number(from), Value::Number(to)) => Value::Number(Number {
            value: round_to(to.value - from.value, from.decimals),
            format: from.format.clone(),
            decimals: from.decimals,
        }),
        _ => Value::Empty,
    };
    from.iter().zip(to).map(one).collect()
}

impl Place<'_> {
    fn range(&self, column: usize, first: usize, last: usize) -> ChartRange {
        let row = |at: usize| self.head + 1 + at as u32;
        ChartRange::new_from_range(self.sheet, row(first), column as u16, row(last), column as u16)
    }

    fn heading(&self, column: usize) -> ChartRange {
        ChartRange::new_from_range(self.sheet, self.head, column as u16, self.head, column as u16)
    }
}

/// Error bars of the n-th series that has an interval.
fn error_bars(grid: &Grid, place: &Place<'_>, value: usize, first: usize, last: usize) -> Option<ChartErrorBars> {
    let nth = with_interval(grid).iter().position(|(v, _, _)| *v == value)?;
    let arms = |role: Role| (0..grid.columns.len()).filter(|at| grid.columns[*at].role == role).nth(nth);
    let (below, above) = (arms(Role::ArmBelow)?, arms(Role::ArmAbove)?);
    let mut bars = ChartErrorBars::new();
    bars.set_type(ChartErrorBarsType::Custom(
        place.range(above, first, last),
        place.range(below, first, last),
    ));
    Some(bars)
}

/// Rows with the same text in the first column, as first and last row of each run.
fn runs(grid: &Grid) -> Vec<(usize, usize)> {
    let names = &grid.columns[0].values;
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for at in 0..names.len() {
        match runs.last_mut() {
            Some((first, last)) if names[*first] == names[at] => *last = at,
            _ => runs.push((at, at)),
        }
    }
    runs
}

fn lines(grid: &Grid, place: &Place<'_>) -> Option<Chart> {
    let (wave, value) = (grid.place(Role::Main(1))?, *series(grid).first()?);
    let mut chart = Chart::new(ChartType::Line);
    for (first, last) in runs(grid) {
        let bars = error_bars(grid, place, value, first, last);
        let series = chart.add_series();
        series.set_name(&place.range(0, first, first));
        series.set_categories(&place.range(wave, first, last));
        series.set_values(&place.range(value, first, last));
        series.set_marker(rust_xlsxwriter::ChartMarker::new().set_automatic());
        if let Some(bars) = bars {
            series.set_y_error_bars(&bars);
        }
    }
    chart.y_axis().set_name(&place.heading(value));
    Some(chart)
}

/// One line a column of numbers, over the periods of the first column.
fn over_periods(grid: &Grid, place: &Place<'_>) -> Option<Chart> {
    let last = grid.looks.len().checked_sub(1)?;
    let mut chart = Chart::new(ChartType::Line);
    for value in series(grid) {
        let line = chart.add_series();
        line.set_name(&place.heading(value));
        line.set_categories(&place.range(0, 0, last));
        line.set_values(&place.range(value, 0, last));
    }
    Some(chart)
}

fn points(grid: &Grid, place: &Place<'_>) -> Option<Chart> {
    let series = series(grid);
    let (x, y) = (*series.first()?, *series.get(1)?);
    if grid.looks.len() > POINTS_MAX {
        return None;
    }
    let mut chart = Chart::new(ChartType::Scatter);
    for row in 0..grid.looks.len() {
        let bars = error_bars(grid, place, y, row, row);
        let point = chart.add_series();
        point.set_name(&place.range(0, row, row));
        point.set_categories(&place.range(x, row, row));
        point.set_values(&place.range(y, row, row));
        point.set_data_label(ChartDataLabel::new().show_series_name());
        if let Some(bars) = bars {
            point.set_y_error_bars(&bars);
        }
    }
    chart.x_axis().set_name(&place.heading(x));
    chart.y_axis().set_name(&place.heading(y));
    Some(chart)
}

fn bars(id: &str, grid: &Grid, place: &Place<'_>) -> Option<Chart> {
    let last = grid.looks.len().checked_sub(1)?;
    let upright = id == "percent-match";
    let mut chart = Chart::new(if upright { ChartType::Column } else { ChartType::Bar });
    for value in series(grid) {
        let bars = error_bars(grid, place, value, 0, last);
        let series = chart.add_series();
        series.set_name(&place.heading(value));
        series.set_categories(&place.range(0, 0, last));
        series.set_values(&place.range(value, 0, last));
        match bars {
            Some(bars) if upright => series.set_y_error_bars(&bars),
            Some(bars) => series.set_x_error_bars(&bars),
            None => series,
        };
    }
    if !upright {
        // The first row of the table on top.
        chart.y_axis().set_reverse();
    }
    Some(chart)
}
