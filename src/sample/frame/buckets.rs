//! Digests of parts of a frame, by which a later change can be narrowed down without keeping the frame.
//!
//! Units are put into buckets by a digest of their ids; each bucket has the digest of its canonical lines. Buckets are large enough
//! (64 units on average) that no digest stands for one person: a digest of a single telephone number can be undone by trying all.

use super::UnitFrame;
use crate::ingest::decode::hexadecimal;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Units a bucket holds on average, at least.
const UNITS_MIN: usize = 64;
/// Most buckets.
const BUCKETS_MAX: usize = 1024;

/// One bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Bucket {
    /// Units in it.
    pub units: u64,
    /// SHA-256 of its canonical lines in the byte order of their ids, hexadecimal.
    pub sha256: String,
}

/// The number of buckets of a frame: the largest power of two that leaves 64 units a bucket on average, 1 to 1,024.
#[must_use]
pub fn bucket_count(units: usize) -> usize {
    let most = (units / UNITS_MIN).clamp(1, BUCKETS_MAX);
    1 << (usize::BITS - 1 - most.leading_zeros())
}

/// The bucket of an id among `count`, a power of two: the first 32 bits of SHA-256("bucket" tab id), taken modulo `count`.
fn bucket_of(id: &[u8], count: usize) -> usize {
    let mut digest = Sha256::new();
    digest.update(b"bucket\t");
    digest.update(id);
    let [a, b, c, d, ..]: [u8; 32] = digest.finalize().into();
    u32::from_be_bytes([a, b, c, d]) as usize % count.max(1)
}

/// The buckets of a frame.
#[must_use]
pub fn buckets(frame: &UnitFrame, count: usize) -> Vec<Bucket> {
    let of: Vec<u16> = frame.order.par_iter().map(|row| bucket_of(frame.id(*row), count) as u16).collect();
    let mut digests = vec![(0_u64, Sha256::new()); count];
    for (row, bucket) in frame.order.iter().zip(of) {
        if let Some((units, digest)) = digests.get_mut(usize::from(bucket)) {
            *units += 1;
            digest.update(frame.canonical(*row));
        }
    }
    let finished = digests.into_iter().map(|(units, digest)| Bucket {
        units,
        sha256: hexadecimal(&digest.finalize()),
    });
    finished.collect()
}

/// Rows of a frame that lie in buckets whose digest differs from the filed one: a changed, added or removed row is among them or was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChangedRows {
    /// Buckets that differ.
    pub buckets: u64,
    /// Of so many.
    pub of: u64,
    /// Lines of the frame file that lie in them.
    pub lines: Vec<u64>,
}

/// Holds a frame against filed buckets.
#[must_use]
pub fn differing(frame: &UnitFrame, filed: &[Bucket]) -> ChangedRows {
    let now = buckets(frame, filed.len().max(1));
    let differs: Vec<bool> = now.iter().zip(filed).map(|(a, b)| a != b).collect();
    let rows = 0..frame.len() as u32;
    let inside = |row: &u32| differs.get(bucket_of(frame.id(*row), filed.len().max(1))).copied().unwrap_or(true);
    ChangedRows {
        buckets: differs.iter().filter(|d| **d).count() as u64,
        of: filed.len() as u64,
        lines: rows.filter(inside).map(|row| frame.line(row)).collect(),
    }
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum RowChange {
    /// Its sealed fields differ.
    Changed {
        /// Line of the old file.
        old: u64,
        /// Line of the new file.
        new: u64,
    },
    /// It is no longer there.
    Removed {
        /// Line of the old file.
        old: u64,
    },
    /// It was not there.
    Added {
        /// Line of the new file.
        new: u64,
    },
}

/// Every row that differs between two frames of the same columns, in the byte order of ids.
#[must_use]
pub fn changes(old: &UnitFrame, new: &UnitFrame) -> Vec<RowChange> {
    let (mut left, mut right) = (old.order.iter().peekable(), new.order.iter().peekable());
    let mut found = Vec::new();
    loop {
        let order = match (left.peek(), right.peek()) {
            (None, None) => return found,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(a), Some(b)) => old.id(**a).cmp(new.id(**b)),
        };
        let before = if order.is_le() { left.next() } else { None };
        let after = if order.is_ge() { right.next() } else { None };
        match (before, after) {
            (Some(a), Some(b)) if old.canonical(*a) != new.canonical(*b) => found.push(RowChange::Changed {
                old: old.line(*a),
                new: new.line(*b),
            }),
            (Some(a), None) => found.push(RowChange::Removed { old: old.line(*a) }),
            (None, Some(b)) => found.push(RowChange::Added { new: new.line(*b) }),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_number_of_buckets() {
        assert_eq!([0, 1, 127, 128, 6194, 5_000_000].map(bucket_count), [1, 1, 1, 2, 64, 1024]);
    }

    fn frame(units: &std::collections::BTreeMap<String, String>) -> UnitFrame {
        UnitFrame::of_units(units.iter().map(|(id, field)| (id.clone(), vec![field.clone()])))
    }

    proptest! {
        /// Whatever was changed lies in a bucket that differs, and the comparison of the two frames names it.
        #[test]
        fn a_change_is_narrowed_down_and_named(
            units in prop::collection::btree_map("[a-z]{1,5}", "[xy]", 1..60),
            others in prop::collection::btree_map("[a-z]{1,5}", "[xy]", 0..5),
            count in prop::sample::select(vec![1_usize, 2, 8]),
        ) {
            let mut later = units.clone();
            later.extend(others);
            let (old, new) = (frame(&units), frame(&later));
            let filed = buckets(&old, count);
            let found = changes(&old, &new);
            let narrowed = differing(&new, &filed);
            prop_assert_eq!(found.is_empty(), old.sha256() == new.sha256());
            prop_assert_eq!(narrowed.buckets == 0, found.is_empty());
            for change in found {
                if let RowChange::Changed { new, .. } | RowChange::Added { new } = change {
                    prop_assert!(narrowed.lines.contains(&new));
                }
            }
            prop_assert!(changes(&new, &new).is_empty());
        }
    }
}
