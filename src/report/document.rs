//! A report as a value, before it takes any form: chapters of paragraphs, tables and figures, every cell already a text.
//!
//! The same document serves every form of output, so that a figure reads the same to the printed digit in each.

use serde::Serialize;

/// A whole report in one language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// BCP 47 tag.
    pub lang: &'static str,
    /// What kind of report it is: the stem of its file names.
    pub stem: &'static str,
    /// The same in words.
    pub kind: String,
    /// Title of the survey.
    pub title: String,
    /// Line under the title.
    pub subtitle: String,
    /// Sentence that must not be overlooked, such as that the data are made up; may be empty.
    pub notice: String,
    /// What the first screen says.
    pub summary: Summary,
    /// Chapters.
    pub chapters: Vec<Chapter>,
    /// The way down from dimensions to items and groups, for forms that can fold; its numbers are all in the chapters too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drill: Option<Drill>,
    /// What stands at the foot of every page; may be empty.
    pub running: String,
    /// SHA-256 of the `assessment.json` that the report is made from, in hexadecimal digits.
    pub digest: String,
    /// Last line.
    pub colophon: String,
}

/// The first screen.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Summary {
    /// What the big number is.
    pub label: String,
    /// The big number, or a dash.
    pub value: String,
    /// Interval and base of it, or why it is absent.
    pub base: String,
    /// What must be known before the interval is used; may be empty.
    pub caveat: String,
    /// Small facts beside it: name and value.
    pub facts: Vec<Fact>,
    /// Readings against schemes.
    pub readings: Vec<Reading>,
    /// Heading of the readings.
    pub readings_title: String,
    /// Change against the wave before.
    pub change: Vec<String>,
    /// n of the waves, weighting, level.
    pub change_base: String,
    /// Heading of the change.
    pub change_title: String,
    /// What stands out.
    pub findings: Vec<String>,
    /// Heading of what stands out.
    pub findings_title: String,
}

/// A name and its value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    /// Name.
    pub name: String,
    /// Value.
    pub value: String,
}

/// A reading against a scheme in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// The scheme.
    pub scheme: String,
    /// Mark behind it, such as "provisional"; may be empty.
    pub mark: String,
    /// Sentences.
    pub lines: Vec<Line>,
}

/// A sentence with its colour.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// The sentence.
    pub text: String,
    /// How it is to be taken.
    pub tone: Tone,
}

/// How something is to be taken. Never the only sign: the words say the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Nothing to it.
    #[default]
    Plain,
    /// Met, passed, up.
    Good,
    /// Not met, short, down.
    Bad,
    /// Cannot be told, or with a reservation.
    Unsure,
}

/// From dimensions to their items and groups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drill {
    /// Heading.
    pub title: String,
    /// What a reader can do here.
    pub intro: String,
    /// The dimensions, in the order of the definition.
    pub dimensions: Vec<DrillDimension>,
}

/// A dimension that can be opened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DrillDimension {
    /// Short name, also the end of its anchor `dimension-<id>`.
    pub id: String,
    /// Title.
    pub title: String,
    /// Score, or a dash.
    pub value: String,
    /// Interval of the score, or a dash.
    pub interval: String,
    /// Its items, then its score by group, one table for each column.
    pub tables: Vec<Table>,
}

/// A chapter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chapter {
    /// Anchor.
    pub id: &'static str,
    /// Number.
    pub number: usize,
    /// Heading.
    pub title: String,
    /// Contents.
    pub blocks: Vec<Block>,
}

/// A part of a chapter.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// A heading within the chapter.
    Heading {
        /// The heading.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// The text.
        text: String,
    },
    /// A paragraph that stands out.
    Callout {
        /// The text.
        text: String,
        /// How it is to be taken.
        tone: Tone,
    },
    /// A list.
    List {
        /// Its entries.
        items: Vec<String>,
    },
    /// Names and values.
    Facts {
        /// The pairs.
        facts: Vec<Fact>,
    },
    /// A table.
    Table(Table),
    /// A figure.
    Figure(Picture),
    /// What is folded on a screen and open on paper.
    Details {
        /// What it is.
        title: String,
        /// Contents.
        blocks: Vec<Block>,
    },
}

/// A figure with what stands under it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Picture {
    /// Stable id.
    pub id: String,
    /// Heading, which is drawn in the picture too.
    pub title: String,
    /// The picture: SVG written by [`super::charts`], which escapes every text in it.
    pub svg: String,
    /// What it shows, for those who do not see it.
    pub alt_text: String,
    /// Title of the numbers behind it.
    pub data_title: String,
    /// The numbers behind it.
    pub data: Table,
    /// Where the same numbers stand in the same chapter, as a sentence; empty when they stand nowhere else. On paper it takes the place of
    /// the numbers, which would be printed twice.
    pub data_elsewhere: String,
    /// n, weighting, level, wave.
    pub base: String,
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Table {
    /// Heading.
    pub caption: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// n, weighting, level, wave.
    pub base: String,
    /// Further small print.
    pub notes: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// Heading.
    pub title: String,
    /// True when it holds numbers, which are set to the right.
    pub numeric: bool,
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Row {
    /// True for a row that only names what follows.
    pub heading: bool,
    /// True for a row that stands out.
    pub strong: bool,
    /// Cells, one a column; one in all for a heading.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// Small print under it: an interval, or why there is no number.
    pub note: String,
    /// How it is to be taken.
    pub tone: Tone,
    /// A bar of shares above the text.
    pub bar: Vec<Segment>,
}

/// A part of a bar of shares.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Segment {
    /// Width in percent.
    pub width: String,
    /// Place on the scale from 0, the worst, to 4, the best.
    pub step: usize,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl Cell {
    /// The cell with small print.
    #[must_use]
    pub fn noted(self, note: String) -> Self {
        Self { note, ..self }
    }

    /// False for a cell with a dash or nothing at all.
    fn says_something(&self) -> bool {
        !matches!(self.text.as_str(), "" | super::words::NOTHING) || !self.note.is_empty() || !self.bar.is_empty()
    }

    /// The cell with a tone.
    #[must_use]
    pub fn toned(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }
}

impl Table {
    /// The table without columns that hold nothing in any row: of results, a column of dashes says nothing that its absence does not say. Not
    /// for tables of evidence, where an empty column is a statement. The first column names the rows and stays.
    #[must_use]
    pub fn lean(mut self) -> Self {
        let body = || self.rows.iter().filter(|row| !row.heading);
        let holds = |at: usize| body().filter_map(|row| row.cells.get(at)).any(Cell::says_something);
        let keep: Vec<bool> = (0..self.columns.len()).map(|at| at == 0 || holds(at)).collect();
        if body().next().is_none() {
            return self;
        }
        let kept = |at: usize| keep.get(at).copied().unwrap_or(true);
        let mut at = 0;
        self.columns.retain(|_| {
            at += 1;
            kept(at - 1)
        });
        for row in self.rows.iter_mut().filter(|row| !row.heading) {
            let mut at = 0;
            row.cells.retain(|_| {
                at += 1;
                kept(at - 1)
            });
        }
        self
    }
}

impl Row {
    /// A row of cells.
    #[must_use]
    pub fn of(cells: Vec<Cell>) -> Self {
        Self { cells, ..Self::default() }
    }

    /// A row that names what follows.
    #[must_use]
    pub fn head(text: String) -> Self {
        Self {
            heading: true,
            cells: vec![text.into()],
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: Vec<Row>) -> Table {
        let column = |title: &str| Column {
            title: title.to_owned(),
            numeric: false,
        };
        Table {
            columns: ["name", "score", "interval"].map(column).to_vec(),
            rows,
            ..Table::default()
        }
    }

    #[test]
    fn a_column_that_holds_nothing_is_left_out_and_a_reason_is_something() {
        let row = |score: &str, interval: Cell| Row::of(vec!["a".into(), score.into(), interval]);
        let titles = |table: Table| table.columns.into_iter().map(|c| c.title).collect::<Vec<_>>();
        let empty = table(vec![Row::head("–".to_owned()), row("80.1", "–".into()), row("–", "".into())]).lean();
        assert!(empty.rows[1..].iter().all(|r| r.cells.len() == 2) && empty.rows[0].cells.len() == 1);
        assert_eq!(titles(empty), ["name", "score"]);
        let reason = Cell::from("–").noted("too few".to_owned());
        assert_eq!(titles(table(vec![row("80.1", reason)]).lean()).len(), 3);
        assert_eq!(titles(table(vec![row("–", "–".into())]).lean()), ["name"], "the names stay");
        assert_eq!(titles(table(Vec::new()).lean()).len(), 3, "no row, no judgement");
    }
}
