//! Shared addresses and devices: several interviews from one IP address or one device.
//!
//! Only keyed digests are compared; a digest of 0 stands for an unknown one and is shared with nobody. Colleagues and
//! families share addresses, and interviewers their tablet: where interviewers are known, an address or device counts only
//! when several of them used it.

use std::collections::{BTreeMap, BTreeSet};

/// Interviews with one address or device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedBy {
    /// Keyed digest.
    pub digest: u64,
    /// Rows, ascending.
    pub rows: Vec<u32>,
    /// Interviewers that used it, where they are known.
    pub interviewers: Option<u64>,
}

/// Addresses or devices with at least `least` interviews, the most used first.
#[must_use]
pub fn shared(digests: &[u64], groups: Option<&[Option<u32>]>, least: u64) -> Vec<SharedBy> {
    let mut rows: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    for (row, digest) in digests.iter().enumerate().filter(|(_, digest)| **digest != 0) {
        rows.entry(*digest).or_default().push(row as u32);
    }
    let counted = rows.into_iter().filter(|(_, rows)| rows.len() as u64 >= least.max(2));
    let with_interviewers = counted.map(|(digest, rows)| SharedBy {
        interviewers: groups.map(|groups| {
            let of_rows: BTreeSet<u32> = rows.iter().filter_map(|row| *groups.get(*row as usize)?).collect();
            of_rows.len() as u64
        }),
        digest,
        rows,
    });
    let mut found: Vec<SharedBy> = with_interviewers.filter(|s| s.interviewers.is_none_or(|n| n > 1)).collect();
    found.sort_by(|a, b| b.rows.len().cmp(&a.rows.len()).then_with(|| a.rows.cmp(&b.rows)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_ones_are_shared_with_nobody_and_interviewers_may_have_a_tablet() {
        let digests = [0, 7, 0, 7, 7, 9, 9, 0];
        let found = shared(&digests, None, 3);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].digest, found[0].rows.clone()), (7, vec![1, 3, 4]));
        let groups = [1, 1, 1, 1, 1, 1, 2, 1].map(Some);
        let found = shared(&digests, Some(&groups), 2);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].digest, found[0].interviewers), (9, Some(2)));
    }
}
