//! Watches the quotes of a CSV stream before the parser sees it.
//!
//! A CSV parser takes everything up to the next quote as one field, so one stray quote in an open answer can swallow
//! every respondent below it without an error. The guard lets no such file pass: it refuses a quoted field that never
//! ends, one that is followed by other text, one of unreasonable length, and one that holds what look like whole rows.

use crate::finding::{Code, Finding, Place};
use std::io::Read;
use std::sync::{Arc, Mutex};

/// Longest field in bytes. Open answers are shorter by orders of magnitude.
const FIELD_BYTES_MAX: u64 = 1 << 20;

/// Where the guard leaves the reason of a refusal: the parser only passes on that reading failed.
pub type Verdict = Arc<Mutex<Option<Finding>>>;

/// See the module documentation.
pub struct QuoteGuard<R> {
    inner: R,
    file: String,
    delimiter: u8,
    /// Delimiters in a complete row, once the header has been seen.
    delimiters_in_row: Option<u32>,
    verdict: Verdict,
    state: State,
    line: u64,
    /// Characters of the current line before the cursor.
    characters: u64,
    /// Place of the opening quote of the current field.
    opened: (u64, u64),
    field_bytes: u64,
    /// Delimiters since the last line break, inside and outside of quotes apart.
    delimiters_outside: u32,
    delimiters_inside: u32,
    ended: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    FieldStart,
    Unquoted,
    Quoted,
    /// After a quote inside a quoted field: the end of the field, or the first of a doubled quote.
    QuoteInQuoted,
}

impl<R: Read> QuoteGuard<R> {
    /// Guards a stream of UTF-8 text.
    pub fn new(inner: R, file: &str, delimiter: u8) -> (Self, Verdict) {
        let verdict = Verdict::default();
        let guard = Self {
            inner,
            file: file.to_owned(),
            delimiter,
            delimiters_in_row: None,
            verdict: Arc::clone(&verdict),
            state: State::FieldStart,
            line: 1,
            characters: 0,
            opened: (1, 1),
            field_bytes: 0,
            delimiters_outside: 0,
            delimiters_inside: 0,
            ended: false,
        };
        (guard, verdict)
    }

    fn watch(&mut self, chunk: &[u8]) -> Result<(), Finding> {
        let quiet = self.delimiters_in_row.is_some() && matches!(self.state, State::FieldStart | State::Unquoted);
        if quiet && memchr::memchr(b'"', chunk).is_none() {
            self.skip(chunk);
            return Ok(());
        }
        chunk.iter().try_for_each(|&byte| self.step(byte))
    }

    /// A chunk without any quote, outside of quotes: only the position has to be kept.
    fn skip(&mut self, chunk: &[u8]) {
        let tail = match memchr::memrchr(b'\n', chunk) {
            Some(at) => {
                self.line += memchr::memchr_iter(b'\n', chunk).count() as u64;
                self.characters = 0;
                chunk.get(at + 1..).unwrap_or_default()
            }
            None => chunk,
        };
        self.characters += tail.iter().filter(|&&b| !is_continuation(b)).count() as u64;
        if let Some(&last) = chunk.last() {
            self.state = if last == self.delimiter || last == b'\n' || last == b'\r' {
                State::FieldStart
            } else {
                State::Unquoted
            };
        }
    }

    fn step(&mut self, byte: u8) -> Result<(), Finding> {
        match self.state {
            State::FieldStart | State::Unquoted => self.outside(byte),
            State::Quoted => self.inside(byte)?,
            State::QuoteInQuoted if byte == b'"' => self.state = State::Quoted,
            State::QuoteInQuoted => {
                if byte == self.delimiter || byte == b'\n' || byte == b'\r' {
                    self.outside(byte);
                } else {
                    return Err(self.refusal(Code::TextAfterQuote).with("line", self.line));
                }
            }
        }
        if byte == b'\n' {
            self.line += 1;
            self.characters = 0;
        } else if !is_continuation(byte) {
            self.characters += 1;
        }
        Ok(())
    }

    fn outside(&mut self, byte: u8) {
        if byte == b'"' && self.state == State::FieldStart {
            self.opened = (self.line, self.characters + 1);
            (self.field_bytes, self.delimiters_inside) = (0, 0);
            self.state = State::Quoted;
            return;
        }
        if byte == self.delimiter {
            self.delimiters_outside += 1;
        }
        if byte == b'\n' {
            if self.delimiters_in_row.is_none() && self.delimiters_outside > 0 {
                self.delimiters_in_row = Some(self.delimiters_outside);
            }
            self.delimiters_outside = 0;
        }
        self.state = if byte == self.delimiter || byte == b'\n' || byte == b'\r' {
            State::FieldStart
        } else {
            State::Unquoted
        };
    }

    fn inside(&mut self, byte: u8) -> Result<(), Finding> {
        self.field_bytes += 1;
        if self.field_bytes > FIELD_BYTES_MAX {
            return Err(self.refusal(Code::FieldTooLong).with("bytes", FIELD_BYTES_MAX));
        }
        if byte == b'"' {
            self.state = State::QuoteInQuoted;
        }
        if byte == self.delimiter {
            self.delimiters_inside += 1;
        }
        // A line inside a quoted field that has the separators of a whole row is a row that was swallowed. The first
        // line is exempt: it starts in the middle of its row.
        let complete = self.delimiters_in_row.is_some_and(|d| d > 0 && self.delimiters_inside >= d);
        if (byte == b'\n' || byte == b'"') && complete && self.line > self.opened.0 {
            return Err(self.refusal(Code::SwallowedRows).with("line", self.line));
        }
        if byte == b'\n' {
            self.delimiters_inside = 0;
        }
        Ok(())
    }

    fn refusal(&self, code: Code) -> Finding {
        Finding::new(code, Place::cell(&self.file, self.opened.0, self.opened.1))
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

impl<R: Read> Read for QuoteGuard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.inner.read(buffer)?;
        let mut result = self.watch(buffer.get(..length).unwrap_or_default());
        if length == 0 && !buffer.is_empty() && !self.ended {
            self.ended = true;
            if self.state == State::Quoted {
                result = Err(self.refusal(Code::UnclosedQuote).with("line", self.line));
            }
        }
        if let Err(finding) = result {
            if let Ok(mut verdict) = self.verdict.lock() {
                verdict.get_or_insert(finding);
            }
            return Err(std::io::Error::other("refused by the quote guard"));
        }
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn verdict(text: &str, chunk: usize) -> Option<(Code, String)> {
        let (mut guard, verdict) = QuoteGuard::new(text.as_bytes(), "f.csv", b',');
        let mut buffer = vec![0; chunk];
        while guard.read(&mut buffer).is_ok_and(|n| n > 0) {}
        let found = verdict.lock().unwrap().take();
        found.map(|f| (f.code, f.place.to_string()))
    }

    #[test]
    fn honest_quotes_pass() {
        for text in [
            "a,b\n1,\"x, \"\"y\"\"\"\n2,\"two\nlines\"\r\n",
            "a,b\n1,5\" screen\n",
            "\"a\",\"b\"\n\"1\",\"\"\n",
            "a,b,c\n1,2,\"很好，\n谢谢, 再见\"\n",
        ] {
            for chunk in [1, 3, 4096] {
                assert_eq!(verdict(text, chunk), None, "{text}");
            }
        }
    }

    #[test]
    fn an_unclosed_quote_is_named_by_its_opening() {
        assert_eq!(verdict("a,b\n1,好\n2,\"坏\n", 2), Some((Code::UnclosedQuote, "f.csv:3:3".into())));
    }

    #[test]
    fn swallowed_rows_are_found_before_the_end_of_the_file() {
        let text = "id,q,text\n1,5,\"好\n2,4,不错\n3,4,还行\n4,4,\"一般\"\n";
        assert_eq!(verdict(text, 4096), Some((Code::SwallowedRows, "f.csv:2:5".into())));
    }

    #[test]
    fn text_after_a_closing_quote_is_refused() {
        assert_eq!(verdict("a,b\n\"x\"y,2\n", 4096), Some((Code::TextAfterQuote, "f.csv:2:1".into())));
    }

    proptest! {
        /// What a correct writer writes is never refused, however the stream is cut.
        #[test]
        fn written_by_a_csv_writer_passes(rows in prop::collection::vec(prop::collection::vec("[a-z\" 满意]{0,6}(\n[a-z\"]{0,3})?", 3), 1..8), chunk in 1_usize..9) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["a", "b", "c"]).unwrap();
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            prop_assert_eq!(verdict(&text, chunk), None);
        }
    }
}
