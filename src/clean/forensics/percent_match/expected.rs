//! What matches are to be expected when nobody copies.
//!
//! The null: within a band of respondents who are equally content, answers to different items are independent. Respondents are
//! sorted by their mean answer (as a share of each item's range of codes) into at most 20 bands of at least 50; within each
//! band the answers to each item are dealt anew among those who gave one. Every item keeps its answers, every
//! respondent roughly their level and exactly their gaps; whole copies are torn apart. What remains different from honest data
//! is the agreement of items beyond the general level, so that honest answers match a little more than this says.
//!
//! Dealing is Fisher–Yates; its i-th number for an item of a band is `⌊XxHash64(seed; deal, band, item, i) · (i + 1) / 2⁶⁴⌋`.

use super::patterns::{MISSING, Patterns};
use twox_hash::XxHash64;

/// The respondents with their answers dealt anew within bands, for the `deal`-th time.
pub(super) fn shuffled(patterns: &Patterns, seed: u64, deal: u64) -> Patterns {
    let items = patterns.items();
    let mut codes = patterns.all_codes().to_vec();
    let mut order: Vec<(usize, usize)> = (0..patterns.len()).map(|position| (patterns.band_of(position), position)).collect();
    order.sort_unstable();
    for band in order.chunk_by(|a, b| a.0 == b.0) {
        let number = band.first().map_or(0, |(number, _)| *number as u64);
        for item in 0..items {
            let places: Vec<usize> = band
                .iter()
                .map(|(_, position)| position * items + item)
                .filter(|place| codes.get(*place).is_some_and(|code| *code != MISSING))
                .collect();
            for i in (1..places.len()).rev() {
                let mut counter = [0; 32];
                for (bytes, value) in counter.chunks_mut(8).zip([deal, number, item as u64, i as u64]) {
                    bytes.copy_from_slice(&value.to_le_bytes());
                }
                let random = XxHash64::oneshot(seed, &counter);
                let other = ((u128::from(random) * (i as u128 + 1)) >> 64) as usize;
                if let (Some(a), Some(b)) = (places.get(i), places.get(other)) {
                    codes.swap(*a, *b);
                }
            }
        }
    }
    patterns.with_codes(&codes)
}
