//! A CSV file as rows of text, with every fault of the file found and placed.

use super::decode::{self, FileFacts};
use super::line_ends::LineEnds;
use super::quote_guard::{QuoteGuard, Verdict};
use crate::finding::{Code, Finding, Findings, Place, Refusal};
use crate::io::World;
use crate::locale::Text;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// Ragged rows that are told one by one before the rest is summed up.
const RAGGED_SHOWN: u64 = 20;

/// How a file is to be read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading<'a> {
    /// Stated encoding.
    pub encoding: Option<&'a str>,
    /// Stated separator.
    pub delimiter: Option<&'a str>,
}

/// An opened table: header read, rows to come.
pub struct Table {
    /// File name as in the definition.
    pub file: String,
    /// Digest, length, encoding.
    pub facts: FileFacts,
    /// Column names, trimmed.
    pub header: Vec<String>,
    reader: csv::Reader<Box<dyn Read + Send>>,
    verdict: Verdict,
    ragged: u64,
    /// First row without any text, and how many there are.
    blank: Option<(u64, u64)>,
    rows: u64,
    findings: Findings,
}

impl Table {
    /// Opens a table and reads its header.
    pub fn open(world: &dyn World, file: &str, reading: Reading<'_>) -> Result<Self, Refusal> {
        let facts = decode::inspect(world, file, reading.encoding)?;
        let raw = world.open(file).map_err(|e| unreadable(file, &e))?;
        let mut text = decode::reader(raw, facts.encoding);
        let head = read_head(&mut text).map_err(|e| unreadable(file, &e))?;
        if head.iter().all(u8::is_ascii_whitespace) {
            return Err(Finding::new(Code::FileEmpty, Place::file(file)).with("file", file).into());
        }
        let delimiter = reading
            .delimiter
            .and_then(|d| d.bytes().next())
            .unwrap_or_else(|| sniff_delimiter(&head));
        let (guard, verdict) = QuoteGuard::new(LineEnds::new(Cursor::new(head).chain(text)), file, delimiter);
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .buffer_capacity(1 << 17)
            .from_reader(Box::new(guard) as Box<dyn Read + Send>);
        let mut table = Self {
            file: file.to_owned(),
            facts,
            header: Vec::new(),
            reader,
            verdict,
            ragged: 0,
            blank: None,
            rows: 0,
            findings: Findings::default(),
        };
        let mut record = csv::ByteRecord::new();
        table.read(&mut record)?;
        table.header = record
            .iter()
            .map(|cell| trimmed(&String::from_utf8_lossy(cell)).to_owned())
            .collect();
        Ok(table)
    }

    /// Gives columns the names that the definition knows them by: `aliases` goes from that name to the one in this file. A name
    /// that this file does not have is a finding, kept until [`Table::settle`]; where both are there, the column is ambiguous.
    pub fn rename(&mut self, aliases: &BTreeMap<String, String>) {
        for (name, here) in aliases {
            let at = self.column(here);
            if let Some(header) = at.and_then(|at| self.header.get_mut(at)) {
                trimmed(name).clone_into(header);
            }
        }
    }

    /// Position of a column that is needed. Absent and repeated ones are findings, kept until [`Table::settle`].
    pub fn column(&mut self, name: &str) -> Option<usize> {
        let wanted = trimmed(name);
        let mut places = self.header.iter().enumerate().filter(|(_, h)| *h == wanted).map(|(at, _)| at);
        let first = places.next();
        let second = places.next();
        drop(places);
        if let Some(second) = second {
            let finding = Finding::new(Code::DuplicateColumn, Place::cell(&self.file, 1, second as u64 + 1));
            self.findings.add(
                finding
                    .with("column", wanted)
                    .with("first", first.unwrap_or(0) + 1)
                    .with("second", second + 1),
            );
        }
        if first.is_none() {
            let near = super::nearest_column(wanted, &self.header);
            let finding = Finding::new(Code::MissingColumn, Place::line(&self.file, 1))
                .with("column", wanted)
                .with("nearest", near);
            self.findings.add(finding);
        }
        first
    }

    /// Position of a column that may be absent.
    #[must_use]
    pub fn optional_column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|h| h == trimmed(name))
    }

    /// Where a text stands that may have words of its own for a language: its column, and `<name>_zh`, `<name>_en` where the table has them.
    pub fn in_two(&self, name: &str, plain: Option<usize>) -> InTwo {
        InTwo {
            plain,
            zh: self.optional_column(&format!("{name}_zh")),
            en: self.optional_column(&format!("{name}_en")),
        }
    }

    /// A complaint about this table.
    pub fn complain(&mut self, finding: Finding) {
        self.findings.add(finding);
    }

    /// Stops here when something is already wrong, with everything that was found so far.
    pub fn settle(&mut self) -> Result<(), Refusal> {
        let noticed = std::mem::take(&mut self.findings).settle()?;
        self.findings.extend(noticed);
        Ok(())
    }

    /// The next row with all its fields; rows of another length are findings and are passed over. The line is the
    /// physical line on which the row starts. `None` at the end; then [`Table::finish`] tells what was wrong.
    pub fn next_row(&mut self, record: &mut csv::ByteRecord) -> Result<Option<u64>, Refusal> {
        loop {
            if !self.read(record)? {
                return Ok(None);
            }
            let line = record.position().map_or(0, csv::Position::line);
            if record.iter().all(|cell| cell.iter().all(u8::is_ascii_whitespace)) {
                self.blank.get_or_insert((line, 0)).1 += 1;
                continue;
            }
            if record.len() == self.header.len() {
                self.rows += 1;
                return Ok(Some(line));
            }
            self.ragged += 1;
            if self.ragged <= RAGGED_SHOWN {
                let finding = Finding::new(
                    Code::RaggedRow,
                    Place::cell(&self.file, line, record.len().min(self.header.len()) as u64 + 1),
                );
                self.findings
                    .add(finding.with("expected", self.header.len()).with("got", record.len()));
            }
        }
    }

    /// Ends the reading: a table without rows, and every ragged row, stop the run. Gives what else was noticed.
    pub fn finish(mut self) -> Result<(FileFacts, Vec<Finding>), Refusal> {
        if self.ragged > RAGGED_SHOWN {
            let finding = Finding::new(Code::MoreOfTheSame, Place::file(&self.file));
            self.findings.add(
                finding
                    .with("code", Code::RaggedRow.as_str())
                    .with("count", self.ragged - RAGGED_SHOWN),
            );
        }
        if self.rows == 0 && self.ragged == 0 {
            self.findings
                .add(Finding::new(Code::HeaderOnly, Place::line(&self.file, 1)).with("file", &self.file));
        }
        if let Some((line, count)) = self.blank {
            self.findings
                .add(Finding::new(Code::BlankRows, Place::line(&self.file, line)).with("count", count));
        }
        let noticed = self.findings.settle()?;
        Ok((self.facts, noticed))
    }

    fn read(&mut self, record: &mut csv::ByteRecord) -> Result<bool, Refusal> {
        let result = self.reader.read_byte_record(record);
        let refused = self.verdict.lock().ok().and_then(|mut v| v.take());
        if let Some(finding) = refused {
            self.findings.add(finding);
            self.settle()?;
        }
        result.map_err(|error| {
            Finding::new(Code::FileUnreadable, Place::file(&self.file))
                .with("file", &self.file)
                .with("reason", error)
                .into()
        })
    }
}

fn unreadable(file: &str, error: &std::io::Error) -> Finding {
    Finding::new(Code::FileUnreadable, Place::file(file))
        .with("file", file)
        .with("reason", format!("{:?}", error.kind()))
}

/// The faults of a file as a file: unreadable, wrong encoding, quotes, ragged rows. What its columns mean is not asked.
#[must_use]
pub fn faults_of_file(world: &dyn World, file: &str) -> Vec<Finding> {
    let read = || -> Result<(), Refusal> {
        let mut table = Table::open(world, file, Reading::default())?;
        let mut record = csv::ByteRecord::new();
        while table.next_row(&mut record)?.is_some() {}
        table.finish().map(|_| ())
    };
    read().err().map(|refusal| refusal.0).unwrap_or_default()
}

/// Enough of the text to see the header line.
fn read_head(text: &mut dyn Read) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    text.take(1 << 16).read_to_end(&mut head)?;
    Ok(head)
}

/// The most frequent of the usual separators in the header line, outside of quotes; a comma when there is none.
fn sniff_delimiter(head: &[u8]) -> u8 {
    let mut counts: BTreeMap<u8, u32> = BTreeMap::new();
    let mut quoted = false;
    for &byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            b',' | b';' | b'\t' | b'|' if !quoted => *counts.entry(byte).or_default() += 1,
            _ => {}
        }
    }
    counts
        .into_iter()
        .max_by_key(|&(byte, count)| (count, byte == b','))
        .map_or(b',', |(byte, _)| byte)
}

/// A cell without the invisible marks that editors and survey tools leave at its ends.
#[must_use]
pub fn trimmed(cell: &str) -> &str {
    cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{a0}' || c == '\u{200b}')
}

/// Columns of a text in two languages: see [`Table::in_two`].
#[derive(Debug, Clone, Copy)]
pub struct InTwo {
    plain: Option<usize>,
    zh: Option<usize>,
    en: Option<usize>,
}

impl InTwo {
    /// The text; a language without a column, or with a blank cell in it, has the words of the plain column.
    pub fn read(self, cell: impl Fn(Option<usize>) -> String) -> Text {
        let or_plain = |at: Option<usize>| Some(cell(at)).filter(|text| !text.is_empty()).unwrap_or_else(|| cell(self.plain));
        Text {
            zh: or_plain(self.zh),
            en: or_plain(self.en),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::Memory;

    fn rows(text: &str) -> Result<Vec<(u64, Vec<String>)>, Vec<Code>> {
        let world = Memory([("f.csv".to_owned(), text.as_bytes().to_vec())].into());
        let codes = |r: Refusal| r.0.iter().map(|f| f.code).collect::<Vec<_>>();
        let mut table = Table::open(&world, "f.csv", Reading::default()).map_err(codes)?;
        let mut record = csv::ByteRecord::new();
        let mut out = Vec::new();
        while let Some(line) = table.next_row(&mut record).map_err(codes)? {
            out.push((line, record.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect()));
        }
        table.finish().map_err(codes)?;
        Ok(out)
    }

    #[test]
    fn lines_are_physical_and_separators_recognised() {
        let read = rows("a;b\n1;\"x\ny\"\n2;z\n").unwrap();
        assert_eq!(read, [(2, vec!["1".into(), "x\ny".into()]), (4, vec!["2".into(), "z".into()])]);
    }

    #[test]
    fn all_ragged_rows_are_told() {
        assert_eq!(rows("a,b\n1\n1,2\n1,2,3\n").unwrap_err(), [Code::RaggedRow, Code::RaggedRow]);
    }

    #[test]
    fn empty_and_header_only_files_are_told_apart() {
        assert_eq!(rows("").unwrap_err(), [Code::FileEmpty]);
        assert_eq!(rows("\n \n").unwrap_err(), [Code::FileEmpty]);
        assert_eq!(rows("a,b\n").unwrap_err(), [Code::HeaderOnly]);
    }
}
