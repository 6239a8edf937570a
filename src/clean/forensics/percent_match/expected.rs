//! What matches are to be expected when nobody copies.
//!
//! The null: within a band of respondents who are equally content, answers to different items are independent. Respondents are
//! sorted by their mean answer (as a share of each item's range of codes) into at most 20 bands of at least 50; within each
//! band the answers to each item are dealt anew among those who gave one. Every item keeps its answers, every
//! respondent roughly their level and exactly their gaps; whole copies are torn apart. What remains different from honest data
//! is the agreement of items beyond the general level, so that honest answers match a little more than this says.
//!
//! Dealing is Fisher–Yates; its i-th number for an item of a band is `⌊XxHash64(seed; item, position) · (i + 1) / 2⁶⁴⌋`.

use super::patterns::{MISSING, Patterns};
use twox_hash::XxHash64;

/// Most bands.
const BANDS: usize = 20;
/// Fewest respondents in a band.
const BAND_MIN: usize = 50;

/// The respondents with their answers dealt anew within bands.
pub(super) fn shuffled(patterns: &Patterns, seed: u64) -> Patterns {
    let items = patterns.items();
    let mut order: Vec<(u64, usize)> = (0..patterns.len()).map(|position| (level(patterns, position), position)).collect();
    order.sort_unstable();
    let band = patterns.len().div_ceil(BANDS).max(BAND_MIN);
    let mut codes = patterns.all_codes().to_vec();
    for (number, band) in order.chunks(band).enumerate() {
        for item in 0..items {
            let places: Vec<usize> = band
                .iter()
                .map(|(_, position)| position * items + item)
                .filter(|place| codes.get(*place).is_some_and(|code| *code != MISSING))
                .collect();
            for i in (1..places.len()).rev() {
                let mut counter = [0; 24];
                for (bytes, value) in counter.chunks_mut(8).zip([number, item, i]) {
                    bytes.copy_from_slice(&(value as u64).to_le_bytes());
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

/// Mean answer of a respondent as a share of each item's codes, in millionths.
fn level(patterns: &Patterns, position: usize) -> u64 {
    let (mut sum, mut answered) = (0, 0);
    for (code, range) in patterns.codes(position).iter().zip(patterns.offsets().windows(2)) {
        let highest = (range[1] - range[0]).saturating_sub(1) as u64;
        if *code != MISSING {
            answered += 1;
            sum += (u64::from(*code) * 1_000_000).checked_div(highest).unwrap_or(0);
        }
    }
    sum.checked_div(answered).unwrap_or(0)
}
