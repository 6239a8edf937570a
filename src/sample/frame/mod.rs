//! A frame of units: one line a customer, sealed by a digest that does not depend on the order of the file.
//!
//! The canonical form has a line a unit, its id and the sealed columns parted by tabs and ended by a line feed, lines in the byte
//! order of the ids, UTF-8. Held in memory: these lines once, and for each unit 12 bytes (place, order, line) and 4 to 8 more for
//! a stratum, a cluster and a size where the design has them.

mod buckets;
mod read;

pub use buckets::{Bucket, ChangedRows, RowChange, bucket_count, buckets, changes, differing};
pub use read::{FrameColumns, read_frame};

use crate::ingest::decode::hexadecimal;
use rayon::slice::ParallelSliceMut;
use sha2::{Digest, Sha256};

/// Most units that a frame may hold: row numbers are 32 bits wide.
pub const UNITS_MAX: usize = 1 << 31;

/// Units to draw from. Ids are distinct.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UnitFrame {
    /// Canonical lines, back to back, in the order of the file.
    text: Vec<u8>,
    /// Where each line begins, and where the last one ends.
    starts: Vec<usize>,
    /// Line of the file on which each unit begins.
    lines: Vec<u32>,
    /// Rows in the byte order of their ids.
    order: Vec<u32>,
    sha256: String,
    /// Strata, sorted by name, and the one of each row; empty without strata.
    pub strata: Groups,
    /// Clusters; empty without clusters.
    pub clusters: Groups,
    /// Size of each row; empty where the design needs none.
    pub sizes: Vec<f64>,
}

/// A grouping of rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Groups {
    /// Names in byte order.
    pub names: Vec<String>,
    /// Number of the group of each row.
    pub of_row: Vec<u32>,
}

impl Groups {
    /// The group of a row; 0 where there are none.
    #[must_use]
    pub fn of(&self, row: u32) -> u32 {
        self.of_row.get(row as usize).copied().unwrap_or(0)
    }

    /// The name of a group; empty where there are none.
    #[must_use]
    pub fn name(&self, group: u32) -> &str {
        self.names.get(group as usize).map_or("", String::as_str)
    }
}

/// An id that stands in a frame twice: the two rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RepeatedId {
    /// The one that comes first in the file.
    pub first: u32,
    /// The other.
    pub second: u32,
}

impl UnitFrame {
    /// A frame of units with further fields, as a register or a test has them; lines count from 1. A later unit of the same id is
    /// left out.
    pub fn of_units(units: impl IntoIterator<Item = (String, Vec<String>)>) -> Self {
        let mut lines = Unsealed::default();
        for (id, fields) in units {
            let fields: Vec<&[u8]> = fields.iter().map(String::as_bytes).collect();
            let line = lines.lines.len() as u32 + 1;
            lines.push(line, id.as_bytes(), &fields);
        }
        match lines.clone().seal() {
            Ok(frame) => frame,
            Err(repeated) => {
                lines.drop_rows(&repeated.iter().map(|r| r.second).collect::<Vec<_>>());
                lines.seal().unwrap_or_default()
            }
        }
    }

    /// A frame of units without further fields.
    pub fn of_ids(ids: impl IntoIterator<Item = String>) -> Self {
        Self::of_units(ids.into_iter().map(|id| (id, Vec::new())))
    }

    /// Number of units.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// True when there is nothing to draw from.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// SHA-256 of the canonical form, hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Rows in the byte order of their ids.
    #[must_use]
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// The canonical line of a row, line feed included.
    #[must_use]
    pub fn canonical(&self, row: u32) -> &[u8] {
        let row = row as usize;
        let bounds = self.starts.get(row).zip(self.starts.get(row + 1));
        bounds.and_then(|(from, to)| self.text.get(*from..*to)).unwrap_or_default()
    }

    /// The id of a row.
    #[must_use]
    pub fn id(&self, row: u32) -> &[u8] {
        id_of(self.canonical(row))
    }

    /// A sealed field of a row, 0 being the id; empty where there is none.
    #[must_use]
    pub fn field(&self, row: u32, position: usize) -> &[u8] {
        let line = self.canonical(row);
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        line.split(|byte| *byte == b'\t').nth(position).unwrap_or_default()
    }

    /// Line of the file on which a row begins.
    #[must_use]
    pub fn line(&self, row: u32) -> u64 {
        self.lines.get(row as usize).copied().map_or(0, u64::from)
    }

    /// The row of an id.
    #[must_use]
    pub fn find(&self, id: &[u8]) -> Option<u32> {
        let at = self.order.binary_search_by(|row| self.id(*row).cmp(id)).ok()?;
        self.order.get(at).copied()
    }
}

fn id_of(line: &[u8]) -> &[u8] {
    let end = memchr::memchr2(b'\t', b'\n', line).unwrap_or(line.len());
    line.get(..end).unwrap_or_default()
}

/// Canonical lines on their way to a frame.
#[derive(Debug, Clone, Default)]
struct Unsealed {
    text: Vec<u8>,
    starts: Vec<usize>,
    lines: Vec<u32>,
}

impl Unsealed {
    fn push(&mut self, line: u32, id: &[u8], fields: &[&[u8]]) {
        self.starts.push(self.text.len());
        self.lines.push(line);
        self.text.extend_from_slice(id);
        for field in fields {
            self.text.push(b'\t');
            self.text.extend_from_slice(field);
        }
        self.text.push(b'\n');
    }

    fn id(&self, row: u32) -> &[u8] {
        let from = self.starts.get(row as usize).copied().unwrap_or(0);
        id_of(self.text.get(from..).unwrap_or_default())
    }

    fn drop_rows(&mut self, rows: &[u32]) {
        let mut kept = Unsealed::default();
        for row in (0..self.lines.len() as u32).filter(|row| !rows.contains(row)) {
            let from = self.starts.get(row as usize).copied().unwrap_or(0);
            let to = self.starts.get(row as usize + 1).copied().unwrap_or(self.text.len());
            kept.starts.push(kept.text.len());
            kept.lines.push(self.lines.get(row as usize).copied().unwrap_or(0));
            kept.text.extend_from_slice(self.text.get(from..to).unwrap_or_default());
        }
        *self = kept;
    }

    /// Sorts and digests; ids that stand there twice are given back instead.
    fn seal(mut self) -> Result<UnitFrame, Vec<RepeatedId>> {
        // Sorting moves the first eight bytes of the id along, so that few comparisons have to look into the text.
        let leading = |row: u32| {
            let mut bytes = [0_u8; 8];
            bytes.iter_mut().zip(self.id(row)).for_each(|(to, from)| *to = *from);
            u64::from_be_bytes(bytes)
        };
        let mut sorted: Vec<(u64, u32)> = (0..self.lines.len() as u32).map(|row| (leading(row), row)).collect();
        sorted
            .par_sort_unstable_by(|(a, left), (b, right)| a.cmp(b).then_with(|| self.id(*left).cmp(self.id(*right))).then(left.cmp(right)));
        let order: Vec<u32> = sorted.into_iter().map(|(_, row)| row).collect();
        let pairs = order.windows(2).filter_map(|pair| pair.first().copied().zip(pair.get(1).copied()));
        let repeated: Vec<RepeatedId> = pairs
            .filter(|(a, b)| self.id(*a) == self.id(*b))
            .map(|(first, second)| RepeatedId { first, second })
            .collect();
        if !repeated.is_empty() {
            return Err(repeated);
        }
        self.starts.push(self.text.len());
        let mut frame = UnitFrame {
            text: self.text,
            starts: self.starts,
            lines: self.lines,
            order,
            ..UnitFrame::default()
        };
        let mut digest = Sha256::new();
        for row in &frame.order {
            digest.update(frame.canonical(*row));
        }
        frame.sha256 = hexadecimal(&digest.finalize());
        Ok(frame)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_id_and_the_digest_is_that_of_the_sorted_lines() {
        let unit = |id: &str, kind: &str| (id.to_owned(), vec![kind.to_owned()]);
        let frame = UnitFrame::of_units([unit("b", "x"), unit("a", "y"), unit("ab", "x")]);
        assert_eq!(frame.find(b"ab"), Some(2));
        assert_eq!(frame.find(b"c"), None);
        assert_eq!(frame.field(1, 1), b"y");
        let by_hand = hexadecimal(&Sha256::digest(b"a\ty\nab\tx\nb\tx\n"));
        assert_eq!(frame.sha256(), by_hand);
        let again = UnitFrame::of_units([unit("ab", "x"), unit("b", "x"), unit("a", "y"), unit("a", "z")]);
        assert_eq!((again.sha256(), again.len()), (by_hand.as_str(), 3));
    }

    #[test]
    fn another_field_is_another_frame() {
        let plain = UnitFrame::of_ids(["a", "b"].map(str::to_owned));
        let more = UnitFrame::of_units([("a".to_owned(), vec!["x".to_owned()]), ("b".to_owned(), Vec::new())]);
        assert_ne!(plain.sha256(), more.sha256());
    }
}
