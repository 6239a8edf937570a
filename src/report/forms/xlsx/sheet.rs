//! A table of the report → a sheet: one value a cell, so that each column can be sorted, filtered and computed with.
//!
//! What stands in one cell on paper is taken apart: small print gets a column beside it, an interval one for each end, and
//! the shares under a bar one each.

use super::value::{Number, Value, ends, is_absent, number};
use crate::report::document::{Cell, Table};
use crate::report::words::Words;

/// What a column of a sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A column of the table, by its place there.
    Main(usize),
    /// What stands in small print in that column.
    Note(usize),
    /// Lower end of the interval in that column.
    Lower(usize),
    /// Upper end.
    Upper(usize),
    /// One of the shares in that column.
    Share(usize),
    /// Length of the lower arm of an interval, for the chart beside the table.
    ArmBelow,
    /// Length of the upper arm.
    ArmAbove,
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    /// Heading.
    pub title: String,
    /// What it is.
    pub role: Role,
    /// Values from the first row down.
    pub values: Vec<Value>,
}

impl Column {
    /// True when it holds a number and nothing else but dashes.
    pub(super) fn is_numeric(&self) -> bool {
        let number = |v: &&Value| matches!(v, Value::Number(_));
        let other = |v: &Value| matches!(v, Value::Text(text) if !is_absent(text));
        self.values.iter().any(|v| number(&v)) && !self.values.iter().any(other)
    }
}

/// The rows of a sheet that only name what follows, and those that stand out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct RowLook {
    /// Names what follows.
    pub heading: bool,
    /// Stands out.
    pub strong: bool,
}

/// A table as columns.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    /// Columns.
    pub columns: Vec<Column>,
    /// One a row.
    pub looks: Vec<RowLook>,
}

impl Grid {
    /// The place of a column in the sheet.
    pub(super) fn place(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|c| c.role == role)
    }
}

/// The table as columns of single values.
pub(super) fn grid(table: &Table, words: Words) -> Grid {
    let between = words.range("", "");
    let mut columns = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        let cells: Vec<Option<&Cell>> = table
            .rows
            .iter()
            .map(|row| if row.heading { None } else { row.cells.get(at) })
            .collect();
        let main = |cell: Option<&Cell>| cell.map_or(Value::Empty, |cell| typed(&cell.text, column.numeric));
        let mut values: Vec<Value> = cells.iter().copied().map(main).collect();
        if at == 0 {
            for (value, row) in values.iter_mut().zip(&table.rows).filter(|(_, row)| row.heading) {
                *value = row.cells.first().map_or(Value::Empty, |cell| typed(&cell.text, false));
            }
        }
        columns.push(Column {
            title: column.title.clone(),
            role: Role::Main(at),
            values,
        });
        columns.extend(shares(&column.title, at, &cells));
        let noted = columns.iter().all(|c| c.role != Role::Share(at)) && cells.iter().flatten().any(|cell| !cell.note.is_empty());
        if noted {
            columns.push(Column {
                title: words.say("xlsx-note", &[("column", &column.title)]),
                role: Role::Note(at),
                values: cells
                    .iter()
                    .map(|c| c.map_or(Value::Empty, |cell| typed(&cell.note, false)))
                    .collect(),
            });
        }
        columns.extend(intervals(&column.title, at, &cells, &between, words));
    }
    let looks = table.rows.iter().map(|row| RowLook {
        heading: row.heading,
        strong: row.strong,
    });
    Grid {
        columns,
        looks: looks.collect(),
    }
}

/// A text as a value; in a column of numbers, a printed number is one.
pub(super) fn typed(text: &str, numeric: bool) -> Value {
    match number(text).filter(|_| numeric) {
        Some(number) => Value::Number(number),
        None if text.is_empty() => Value::Empty,
        None => Value::Text(text.to_owned()),
    }
}

/// The shares under the bars of a column, one column each. They are printed in the small print under the bar.
fn shares(title: &str, at: usize, cells: &[Option<&Cell>]) -> Vec<Column> {
    let parts = |cell: &Cell| -> Vec<Number> { cell.note.split(" · ").filter_map(number).collect() };
    let most = cells.iter().flatten().map(|cell| cell.bar.len()).max().unwrap_or(0);
    let all_printed = cells.iter().flatten().all(|cell| parts(cell).len() == cell.bar.len());
    if most == 0 || !all_printed {
        return Vec::new();
    }
    let column = |step: usize| Column {
        title: format!("{title} {}", step + 1),
        role: Role::Share(at),
        values: cells
            .iter()
            .map(|cell| {
                cell.and_then(|cell| parts(cell).into_iter().nth(step))
                    .map_or(Value::Empty, Value::Number)
            })
            .collect(),
    };
    (0..most).map(column).collect()
}

/// Both ends of the intervals of a column, where it holds nothing but intervals, in print or in small print.
fn intervals(title: &str, at: usize, cells: &[Option<&Cell>], between: &str, words: Words) -> Vec<Column> {
    let holds = |text: fn(&Cell) -> &str| {
        let texts = || cells.iter().flatten().map(|cell| text(cell));
        texts().any(|t| ends(t, between).is_some()) && texts().all(|t| is_absent(t) || ends(t, between).is_some())
    };
    let of: fn(&Cell) -> &str = if holds(|cell| &cell.text) {
        |cell| &cell.text
    } else if cells.iter().flatten().any(|cell| ends(&cell.note, between).is_some()) {
        |cell| &cell.note
    } else {
        return Vec::new();
    };
    let end = |key: &str, role: Role, pick: fn((Number, Number)) -> Number| Column {
        title: words.say(key, &[("column", &title)]),
        role,
        values: cells
            .iter()
            .map(|cell| {
                cell.and_then(|cell| ends(of(cell), between))
                    .map_or(Value::Empty, |both| Value::Number(pick(both)))
            })
            .collect(),
    };
    vec![
        end("xlsx-lower", Role::Lower(at), |both| both.0),
        end("xlsx-upper", Role::Upper(at), |both| both.1),
    ]
}
