//! IRV, intra-individual response variability: the standard deviation of one respondent's answers.
//!
//! Low for those who answer everything alike; high for those who tick at random. Source: A. M. Dunn, E. D. Heggestad,
//! L. R. Shanock & N. Theilgard, "Intra-individual response variability as an indicator of insufficient effort
//! responding", *Journal of Business and Psychology* 33 (2018) 105–121.

use super::Coded;
use std::ops::Range;

/// Standard deviation, divisor n − 1, of the answers of a row to some items, in the unit of the items; missing answers are
/// left out. `None` for fewer than two answers.
#[must_use]
pub fn irv(answers: &Coded<'_>, row: usize, items: Range<usize>) -> Option<f64> {
    let values: Vec<f64> = answers.values(row).skip(items.start).take(items.len()).flatten().collect();
    let n = values.len() as f64;
    if values.len() < 2 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    Some((squares / (n - 1.0)).sqrt())
}

/// The items in `parts` blocks of equal length as R's `cut(seq_len(items), parts)` makes them: item i (from 1) is in block
/// ⌈(i − 1) · parts / (items − 1)⌉, the first in block 1.
#[must_use]
pub fn blocks(items: usize, parts: usize) -> Vec<Range<usize>> {
    let block = |item: usize| (item * parts).div_ceil(items.saturating_sub(1).max(1)).max(1);
    (1..=parts)
        .map(|part| {
            let first = (0..items).position(|i| block(i) == part).unwrap_or(items);
            let end = (0..items).position(|i| block(i) > part).unwrap_or(items);
            first..end.max(first)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::ItemValues;
    use super::*;

    #[test]
    fn the_divisor_is_one_less_and_missing_answers_are_left_out() {
        let items = [ItemValues { low: 1.0, width: 1.0 }; 4];
        let packed = [0, 2, 255, 4, 255, 255, 255, 1];
        let answers = Coded::new(&packed, 4, &items).unwrap();
        assert_eq!(irv(&answers, 0, 0..4), Some(2.0));
        assert_eq!(irv(&answers, 1, 0..4), None);
        assert_eq!(irv(&answers, 0, 0..2), Some(2.0_f64.sqrt()));
    }

    #[test]
    fn blocks_cover_every_item_once() {
        assert_eq!(blocks(50, 4), [0..13, 13..25, 25..37, 37..50]);
        assert_eq!(blocks(100, 4), [0..25, 25..50, 50..75, 75..100]);
    }
}
