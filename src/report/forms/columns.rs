//! How wide the columns of a table must be: shared by the forms that set it on paper.
//!
//! Widths are counted in em of the table's type: a Chinese character is one em wide, any other a little more than half of
//! one. That is close enough to choose a size of type and to divide a line; it is not a measurement.

use crate::report::document::{Cell, Table, Tone};

/// Width of a character that is not Chinese, in em.
const NARROW: f64 = 0.56;
/// Space left and right of a text within its cell, in em.
const PADDING: f64 = 1.3;
/// A text of at most so many em is not broken, as a Chinese one could be after every character.
const SHORT: f64 = 4.6;
/// Small print under a number is not broken up to this many em.
const NOTE_WHOLE: f64 = 9.0;
/// How much wider bold type is.
const BOLD: f64 = 1.12;
/// Text longer than this many em is meant to be broken.
const NATURAL_MAX: f64 = 24.0;
/// A table is set smaller when its texts would take more than this many times the line.
const CROWDED: f64 = 1.9;

/// Size of small print, of that of the table.
const SMALL: f64 = 0.86;
/// How much of a line is filled, because words are not divided.
const FILLED: f64 = 0.9;
/// Rows that are looked at to divide a line; the rest of a long table is like them.
const ROWS_MAX: usize = 100;
/// How many em more are tried for a column at once: a long text may need several for a line less.
const AHEAD: [f64; 4] = [1.0, 2.0, 4.0, 8.0];

/// Sizes of type of a table in points, the first that fits is taken.
const SIZES: [f64; 3] = [8.5, 7.5, 6.5];

/// A table as it is set on paper.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    /// Size of type in points.
    pub size: f64,
    /// Share of each column in the width of the table, 0 to 1; they add up to 1.
    pub shares: Vec<f64>,
}

/// Room that a column asks for, in em.
#[derive(Debug, Clone, Copy, Default)]
struct Room {
    /// With no line broken.
    natural: f64,
    /// So that no word or number is broken.
    least: f64,
}

/// Size of type and columns of a table on a line of `width` points.
pub(super) fn fit(table: &Table, width: f64) -> Fit {
    let rooms = rooms(table);
    let (natural, least) = rooms.iter().fold((0.0, 0.0), |(n, l), room| (n + room.natural, l + room.least));
    let fits = |size: &&f64| least <= width / **size && natural <= CROWDED * width / **size;
    let smallest = SIZES[SIZES.len() - 1];
    let size = SIZES.iter().find(fits).copied().unwrap_or(smallest);
    let line = width / size;
    let mut widths: Vec<f64> = if natural <= line {
        rooms.iter().map(|room| room.natural).collect()
    } else {
        lowest(table, rooms.iter().map(|room| room.least).collect(), line)
    };
    // What is left goes to the columns that are still narrower than their texts.
    let spare = (line - widths.iter().sum::<f64>()).max(0.0);
    let wishes: Vec<f64> = rooms.iter().zip(&widths).map(|(room, w)| (room.natural - w).max(0.0)).collect();
    let wish = wishes.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    for (width, more) in widths.iter_mut().zip(wishes) {
        *width += spare.min(wish) * more / wish;
    }
    let total: f64 = widths.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    Fit {
        size,
        shares: widths.iter().map(|w| w / total).collect(),
    }
}

/// Widths that make the table low: from the least ones on, room goes where an em of it lowers the cells most, until none saves a line. Cells
/// count by the fourth power of their lines, so that the highest of a row decides and equally high ones still count.
fn lowest(table: &Table, mut widths: Vec<f64>, line: f64) -> Vec<f64> {
    let mut spare = line - widths.iter().sum::<f64>();
    let body = || table.rows.iter().filter(|row| !row.heading).take(ROWS_MAX);
    let columns: Vec<Vec<Lengths>> = (0..widths.len())
        .map(|at| {
            let title = table.columns.get(at).map(|c| Lengths::of(&c.title, ""));
            let cells = body()
                .filter_map(|row| row.cells.get(at))
                .map(|cell| Lengths::of(&cell.text, &cell.note));
            title.into_iter().chain(cells).collect()
        })
        .collect();
    let weight = |column: &[Lengths], width: f64| column.iter().map(|cell| cell.lines(width).powi(4)).sum::<f64>();
    loop {
        let mut best: Option<(f64, usize, f64)> = None;
        for (at, (column, width)) in columns.iter().zip(&widths).enumerate() {
            let now = weight(column, *width);
            for more in AHEAD.into_iter().filter(|more| *more <= spare) {
                let saved = (now - weight(column, width + more)) / more;
                if saved > best.map_or(0.0, |(most, ..)| most) {
                    best = Some((saved, at, more));
                }
            }
        }
        let Some((_, at, more)) = best else { return widths };
        widths[at] += more;
        spare -= more;
    }
}

/// Length of a text on one line, in em.
pub(super) fn length(text: &str) -> f64 {
    text.chars().map(|c| if is_wide(c) { 1.0 } else { NARROW }).sum()
}

/// Length of the text and of the small print of a cell, in em.
#[derive(Debug, Clone, Copy)]
struct Lengths {
    text: f64,
    note: f64,
}

impl Lengths {
    fn of(text: &str, note: &str) -> Self {
        Self {
            text: length(text),
            note: SMALL * length(note),
        }
    }

    /// Lines in a column of a width, those of the small print counted as what they are high.
    fn lines(self, width: f64) -> f64 {
        let room = (width - PADDING).max(NARROW) * FILLED;
        let lines = |length: f64| (length / room).ceil();
        lines(self.text) + SMALL * lines(self.note)
    }
}

fn rooms(table: &Table) -> Vec<Room> {
    let mut rooms: Vec<Room> = table.columns.iter().map(|c| room(&c.title, false)).collect();
    for row in table.rows.iter().filter(|row| !row.heading) {
        for ((room_of, column), cell) in rooms.iter_mut().zip(&table.columns).zip(&row.cells) {
            let mut text = room(&cell.text, column.numeric);
            if row.strong || cell.tone != Tone::Plain {
                (text.natural, text.least) = (text.natural * BOLD, text.least * BOLD);
            }
            // An interval or an error under a number stays on one line: some programs break it within a number.
            let note = room(&cell.note, column.numeric && length(&cell.note) <= NOTE_WHOLE);
            room_of.natural = room_of.natural.max(text.natural).max(SMALL * note.natural);
            room_of.least = room_of.least.max(text.least).max(SMALL * note.least);
        }
    }
    rooms
        .into_iter()
        .map(|room| Room {
            natural: room.natural + PADDING,
            least: room.least + PADDING,
        })
        .collect()
}

/// Room of one text; a number is never broken.
fn room(text: &str, whole: bool) -> Room {
    let (mut natural, mut word, mut least) = (0.0_f64, 0.0_f64, 0.0_f64);
    // A digest is set in two lines.
    let digest = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    for character in text.chars().take(if digest { 32 } else { usize::MAX }) {
        let width = if is_wide(character) { 1.0 } else { NARROW };
        natural += width;
        word = if character == ' ' || is_wide(character) {
            0.0
        } else {
            word + width
        };
        least = least.max(word).max(if is_wide(character) { 1.0 } else { 0.0 });
    }
    let natural = natural.min(NATURAL_MAX);
    Room {
        natural,
        least: if whole || natural <= SHORT {
            natural
        } else {
            least.min(NATURAL_MAX)
        },
    }
}

fn is_wide(character: char) -> bool {
    u32::from(character) > 0x2e7f
}

/// What a cell's bar of shares says in words: the shares from the worst answer to the best, unless its small print says
/// them already.
pub(super) fn bar_in_words(cell: &Cell) -> Option<String> {
    if cell.bar.is_empty() || !cell.note.is_empty() || !cell.text.is_empty() {
        return None;
    }
    let shares: Vec<String> = cell.bar.iter().map(|part| format!("{}%", part.width)).collect();
    Some(shares.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::{Column, Row};
    use proptest::prelude::*;

    fn table(columns: usize, text: &str) -> Table {
        Table {
            columns: (0..columns)
                .map(|at| Column {
                    title: format!("列{at}"),
                    numeric: at > 0,
                })
                .collect(),
            rows: vec![Row::of(vec![Cell::from(text); columns])],
            ..Table::default()
        }
    }

    #[test]
    fn a_narrow_table_keeps_its_size_and_a_wide_one_is_set_smaller() {
        assert_eq!(fit(&table(3, "84.6"), 482.0).size, 8.5);
        assert_eq!(fit(&table(12, "1,234,567"), 482.0).size, 6.5);
    }

    #[test]
    fn a_longer_column_gets_more() {
        let mut table = table(2, "84.6");
        table.rows[0].cells[0] = Cell::from("您对本品牌售后服务的总体满意程度");
        let fit = fit(&table, 482.0);
        assert!(fit.shares[0] > 2.0 * fit.shares[1], "{:?}", fit.shares);
    }

    #[test]
    fn a_question_gets_the_room_that_the_titles_of_numbers_do_not_need() {
        let mut table = table(8, "84.6");
        table
            .columns
            .iter_mut()
            .skip(1)
            .for_each(|c| c.title = "Share of all in the sample".to_owned());
        table.rows[0].cells[0] = Cell::from("How satisfied are you with the time from your call until the engineer's visit to your home?");
        table.rows = vec![table.rows[0].clone(); 20];
        let fit = fit(&table, 482.0);
        assert!(fit.shares[0] > 2.5 * fit.shares[1], "{:?}", fit.shares);
    }

    #[test]
    fn an_interval_under_a_number_has_room_for_itself() {
        let mut table = table(8, "84.6");
        table.rows[0].cells[0] = Cell::from("您对本品牌售后服务的总体满意程度，与您的期望相比");
        for cell in &mut table.rows[0].cells[1..4] {
            *cell = Cell::from("84.6").noted("83.2 至 86.1".to_owned());
        }
        let fit = fit(&table, 482.0);
        let needed = SMALL * length("83.2 至 86.1") * fit.size;
        assert!(fit.shares[1..4].iter().all(|share| share * 482.0 >= needed), "{fit:?}");
    }

    proptest! {
        #[test]
        fn shares_are_positive_and_add_up(columns in 1_usize..30, text in ".{0,60}") {
            let fit = fit(&table(columns, &text), 482.0);
            prop_assert_eq!(fit.shares.len(), columns);
            prop_assert!(fit.shares.iter().all(|s| *s > 0.0));
            prop_assert!((fit.shares.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }
}
