//! Even–odd consistency: do the two halves of each scale say the same of a respondent?
//!
//! In every scale the mean of its 1st, 3rd, 5th … item and that of its 2nd, 4th … are taken; r is their correlation over
//! the scales, within the respondent, stepped up to full length by Spearman–Brown, `2r / (1 + r)`, and held at −1 from
//! below. **The sign is turned**, as in `careless` since 1.2.0: 1 is the least consistent, −1 the most.
//!
//! Items must be turned so that within a scale more always means more. Scales of one item have no second half and are left
//! out. Source: Johnson 2005 (see [`super::longstring`]); A. W. Meade & S. B. Craig, "Identifying careless responses in
//! survey data", *Psychological Methods* 17 (2012) 437–455.

use super::{Coded, pearson};

/// Fewest scales with both halves: two points always lie on a line.
pub const SCALES_MIN: usize = 3;

/// Even–odd inconsistency of a row, −1 to 1, high when careless. `scales` are positions of items. `None` when fewer than
/// [`SCALES_MIN`] scales have both halves answered, or when the halves do not vary over the scales.
#[must_use]
pub fn even_odd(answers: &Coded<'_>, row: usize, scales: &[Vec<usize>]) -> Option<f64> {
    let values: Vec<Option<f64>> = answers.values(row).collect();
    let half = |scale: &[usize], first: usize| {
        let given: Vec<f64> = scale
            .iter()
            .skip(first)
            .step_by(2)
            .filter_map(|item| values.get(*item).copied().flatten())
            .collect();
        (!given.is_empty()).then(|| given.iter().sum::<f64>() / given.len() as f64)
    };
    let halves: Vec<(f64, f64)> = scales.iter().filter_map(|scale| Some((half(scale, 1)?, half(scale, 0)?))).collect();
    if halves.len() < SCALES_MIN {
        return None;
    }
    let r = pearson(&halves)?;
    // 2r/(1 + r) falls without bound as r nears −1.
    let consistency = if r <= -1.0 { -1.0 } else { (2.0 * r / (1.0 + r)).max(-1.0) };
    Some(-consistency)
}

#[cfg(test)]
mod tests {
    use super::super::ItemValues;
    use super::*;

    #[test]
    fn who_agrees_with_himself_is_at_minus_one() {
        let items = [ItemValues { low: 0.0, width: 1.0 }; 6];
        let scales = [vec![0, 1], vec![2, 3], vec![4, 5]];
        let one = |packed: [u8; 6]| even_odd(&Coded::new(&packed, 6, &items).unwrap(), 0, &scales);
        assert_eq!(one([1, 1, 2, 2, 4, 4]), Some(-1.0));
        assert_eq!(one([1, 4, 2, 3, 4, 1]), Some(1.0));
        assert_eq!(one([3, 3, 3, 3, 3, 3]), None);
        // A scale without its second half is left out, and two scales are too few.
        assert_eq!(one([1, 255, 2, 2, 4, 4]), None);
    }
}
