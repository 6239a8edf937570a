//! Windows line ends made plain.
//!
//! The CSV parser counts a row that follows `\r\n` as starting on the line before. With `\n` alone its line numbers are the
//! physical ones, which the ledger and every message cite.

use std::io::{BufRead, BufReader, Read};

/// Passes text on without the carriage return of `\r\n`. A carriage return that stands alone is left as it is.
pub struct LineEnds<R> {
    inner: BufReader<R>,
    /// A carriage return whose successor is not known yet.
    held: bool,
}

impl<R: Read> LineEnds<R> {
    /// Wraps a stream of text.
    pub fn new(inner: R) -> Self {
        Self {
            inner: BufReader::with_capacity(1 << 17, inner),
            held: false,
        }
    }
}

impl<R: Read> Read for LineEnds<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let chunk = self.inner.fill_buf()?;
            let (used, written) = pass(chunk, out, &mut self.held);
            let ended = chunk.is_empty();
            self.inner.consume(used);
            if written > 0 || ended || out.is_empty() {
                return Ok(written);
            }
        }
    }
}

/// Moves bytes from `chunk` to `out` as far as both reach; gives how many were used and how many written.
fn pass(chunk: &[u8], out: &mut [u8], held: &mut bool) -> (usize, usize) {
    if chunk.is_empty() {
        let last = usize::from(*held && !out.is_empty());
        if last == 1 {
            out[0] = b'\r';
            *held = false;
        }
        return (0, last);
    }
    let plain = if *held {
        0
    } else {
        memchr::memchr(b'\r', chunk).unwrap_or(chunk.len()).min(out.len())
    };
    out[..plain].copy_from_slice(&chunk[..plain]);
    let (mut used, mut written) = (plain, plain);
    while used < chunk.len() && written < out.len() {
        let byte = chunk[used];
        if *held && byte != b'\n' {
            out[written] = b'\r';
            written += 1;
            *held = false;
            continue;
        }
        *held = byte == b'\r';
        used += 1;
        if !*held {
            out[written] = byte;
            written += 1;
        }
    }
    (used, written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn passed(text: &str, chunk: usize) -> String {
        let mut reader = LineEnds::new(text.as_bytes());
        let (mut out, mut buffer) = (Vec::new(), vec![0; chunk]);
        loop {
            let length = reader.read(&mut buffer).unwrap();
            if length == 0 {
                return String::from_utf8(out).unwrap();
            }
            out.extend_from_slice(&buffer[..length]);
        }
    }

    proptest! {
        #[test]
        fn only_the_return_before_a_line_feed_goes(text in "[a\r\n]{0,40}", chunk in 1_usize..7) {
            prop_assert_eq!(passed(&text, chunk), text.replace("\r\n", "\n"));
        }
    }
}
