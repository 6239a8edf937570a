//! The Fornell index: the mean of a construct between the worst and the best
//! answer everyone could give, 0 to 100.
//!
//! With outer weights `wᵢ` for standardised items and `sᵢ` the standard
//! deviations of the items, the construct in the units of the answers is
//! `ξ = Σ vᵢ xᵢ` with `vᵢ = (wᵢ/sᵢ) / Σ (wⱼ/sⱼ)`, and
//!
//! `index = (E[ξ] − min ξ) / (max ξ − min ξ) · 100`,
//!
//! the extremes taken from the *theoretical* scale of each item, not from the
//! answers seen. Source: C. Fornell et al., "The American Customer
//! Satisfaction Index: nature, purpose, and findings", *Journal of Marketing*
//! 60 (1996) 7–18. It presupposes positive weights
//! ([`require_positive`]); only then are 0 and 100 reached by, and only by,
//! all-worst and all-best answers.

/// Weights with which the index does not mean what it says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the weights of items {items:?} in the block are not positive")]
pub struct WeightsNotPositive {
    /// Positions in the block, from 0, ascending.
    pub items: Vec<usize>,
}

/// Checks that every outer weight of a block is a positive number.
///
/// # Errors
/// The positions of those that are zero, negative or not a number.
pub fn require_positive(outer_weights: &[f64]) -> Result<(), WeightsNotPositive> {
    let faulty = |&(_, &w): &(usize, &f64)| !(w.is_finite() && w > 0.0);
    let items: Vec<usize> = outer_weights.iter().enumerate().filter(faulty).map(|(item, _)| item).collect();
    if items.is_empty() {
        Ok(())
    } else {
        Err(WeightsNotPositive { items })
    }
}

/// Index weights `vᵢ = (wᵢ/sᵢ) / Σ (wⱼ/sⱼ)`, which add to 1.
///
/// `outer_weights` are for standardised items, `sd` their standard deviations.
/// A single negative weight is let through, as it may occur in a replicate;
/// see [`require_positive`]. `None` when the lengths differ or are 0, when a
/// deviation is not positive, or when the sum is not positive.
pub fn index_weights(outer_weights: &[f64], sd: &[f64]) -> Option<Vec<f64>> {
    let raw = per_answer_unit(outer_weights, sd)?;
    normalised(raw)
}

/// The Fornell index of a block, 0 to 100 for positive weights and means
/// within the scale.
///
/// `means` are those of the items, `weights` the [`index_weights`] or any other
/// positive weights, `low` and `high` the ends of the scales; a scale's `high`
/// is the end that speaks for the construct. `None` when the lengths differ or
/// are 0, when `low` is not below `high`, when a value is not a number, or when
/// the range of the construct is not positive.
///
/// # Example
/// ```
/// use manyidu::index::fornell::fornell_index;
/// let index = fornell_index(&[8.2, 7.6, 7.1], &[0.3885, 0.3190, 0.2925], &[1.0; 3], &[10.0; 3]);
/// assert!((index.unwrap() - 74.2983).abs() < 5e-5);
/// ```
pub fn fornell_index(means: &[f64], weights: &[f64], low: &[f64], high: &[f64]) -> Option<f64> {
    if means.len() != weights.len() {
        return None;
    }
    let range = weighted_range(weights, low, high)?;
    let terms = weights.iter().zip(means).zip(low);
    let above: f64 = terms.map(|((w, mean), low)| w * (mean - low)).sum();
    // The quotient first: at the ends it is exactly 0 and exactly 1.
    let index = above / range * 100.0;
    index.is_finite().then_some(index)
}

/// Share of each item in the index: the points by which the index rises when
/// the item, on its own 0–100 scale, rises by one.
///
/// `vᵢ (highᵢ − lowᵢ) / Σ vⱼ (highⱼ − lowⱼ)`; equal to the index weights when
/// all scales are equally long. They add to 1. Undefined like
/// [`fornell_index`].
pub fn item_shares(weights: &[f64], low: &[f64], high: &[f64]) -> Option<Vec<f64>> {
    let range = weighted_range(weights, low, high)?;
    let terms = weights.iter().zip(low).zip(high);
    Some(terms.map(|((w, low), high)| w * (high - low) / range).collect())
}

/// Standard deviation, in points, of a construct's 0–100 index over
/// respondents: `100 / Σ (wᵢ/sᵢ)(highᵢ − lowᵢ)`.
///
/// It follows from the score `Σ wᵢ zᵢ` having variance 1, so `outer_weights`
/// must be scaled that way; the divisor (n or n − 1) is that of `sd`. `None`
/// as for [`index_weights`] and [`fornell_index`].
pub fn index_sd(outer_weights: &[f64], sd: &[f64], low: &[f64], high: &[f64]) -> Option<f64> {
    let raw = per_answer_unit(outer_weights, sd)?;
    let range = weighted_range(&raw, low, high)?;
    Some(100.0 / range)
}

/// `wᵢ/sᵢ`: weights for items in the units of the answers.
fn per_answer_unit(outer_weights: &[f64], sd: &[f64]) -> Option<Vec<f64>> {
    let usable = |sd: &f64| sd.is_finite() && *sd > 0.0;
    if outer_weights.len() != sd.len() || !sd.iter().all(usable) {
        return None;
    }
    Some(outer_weights.iter().zip(sd).map(|(w, sd)| w / sd).collect())
}

fn normalised(mut weights: Vec<f64>) -> Option<Vec<f64>> {
    let sum: f64 = weights.iter().sum();
    if !(sum.is_finite() && sum > 0.0) {
        return None;
    }
    for weight in &mut weights {
        *weight /= sum;
    }
    Some(weights)
}

/// `Σ vᵢ (highᵢ − lowᵢ)` where it is a positive number.
fn weighted_range(weights: &[f64], low: &[f64], high: &[f64]) -> Option<f64> {
    if weights.len() != low.len() || weights.len() != high.len() {
        return None;
    }
    if !low.iter().zip(high).all(|(low, high)| low < high) {
        return None;
    }
    let terms = weights.iter().zip(low).zip(high);
    let range: f64 = terms.map(|((w, low), high)| w * (high - low)).sum();
    (range.is_finite() && range > 0.0).then_some(range)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MEANS: [f64; 3] = [8.2, 7.6, 7.1];

    /// By hand: weights .3885/.3190/.2925, means 8.2/7.6/7.1, scale 1–10.
    #[test]
    fn agrees_with_a_hand_calculation() {
        let index = |weights: &[f64]| fornell_index(&MEANS, weights, &[1.0; 3], &[10.0; 3]);
        let acsi = index(&[0.3885, 0.3190, 0.2925]).unwrap();
        assert!((acsi - 74.2983).abs() < 5e-5, "{acsi}");
        let equal = index(&[1.0; 3]).unwrap();
        assert!((equal - 73.7037).abs() < 5e-5, "{equal}");
    }

    #[test]
    fn names_the_weights_that_are_not_positive() {
        assert_eq!(require_positive(&[0.2, 0.4]), Ok(()));
        assert_eq!(
            require_positive(&[0.2, -0.1, 0.0, f64::NAN]),
            Err(WeightsNotPositive { items: vec![1, 2, 3] })
        );
    }

    #[test]
    fn is_undefined_rather_than_zero() {
        assert_eq!(index_weights(&[], &[]), None);
        assert_eq!(index_weights(&[0.5], &[0.0]), None);
        assert_eq!(index_weights(&[0.5], &[1.0, 1.0]), None);
        assert_eq!(index_weights(&[0.5, -0.5], &[1.0, 1.0]), None);
        assert_eq!(fornell_index(&[], &[], &[], &[]), None);
        assert_eq!(fornell_index(&[5.0], &[1.0], &[10.0], &[1.0]), None);
        assert_eq!(fornell_index(&[f64::NAN], &[1.0], &[1.0], &[10.0]), None);
        assert_eq!(fornell_index(&[5.0], &[-1.0], &[1.0], &[10.0]), None);
        assert_eq!(fornell_index(&[5.0, 5.0], &[1.0], &[1.0], &[10.0]), None);
        assert_eq!(index_sd(&[0.5], &[0.0], &[1.0], &[10.0]), None);
    }

    /// Per item: outer weight, deviation, low, width of the scale, place of
    /// the mean on the scale (0 to 1).
    fn block() -> impl Strategy<Value = Vec<(f64, f64, f64, f64, f64)>> {
        let item = (0.01f64..2.0, 0.1f64..5.0, -10.0f64..10.0, 1.0f64..20.0, 0.0f64..1.0);
        prop::collection::vec(item, 1..8)
    }

    struct Block {
        outer: Vec<f64>,
        sd: Vec<f64>,
        low: Vec<f64>,
        high: Vec<f64>,
        means: Vec<f64>,
    }

    impl Block {
        fn new(items: &[(f64, f64, f64, f64, f64)]) -> Self {
            Self {
                outer: items.iter().map(|i| i.0).collect(),
                sd: items.iter().map(|i| i.1).collect(),
                low: items.iter().map(|i| i.2).collect(),
                high: items.iter().map(|i| i.2 + i.3).collect(),
                means: items.iter().map(|i| i.2 + i.3 * i.4).collect(),
            }
        }

        fn index(&self) -> f64 {
            self.index_of(&self.means)
        }

        fn index_of(&self, means: &[f64]) -> f64 {
            let weights = index_weights(&self.outer, &self.sd).unwrap();
            fornell_index(means, &weights, &self.low, &self.high).unwrap()
        }
    }

    proptest! {
        #[test]
        fn the_ends_are_exact(items in block()) {
            let block = Block::new(&items);
            prop_assert_eq!(Some(block.index_of(&block.low)), Some(0.0));
            prop_assert_eq!(Some(block.index_of(&block.high)), Some(100.0));
        }

        #[test]
        fn stays_within_0_and_100(items in block()) {
            let index = Block::new(&items).index();
            prop_assert!((0.0..=100.0 + 1e-12).contains(&index), "{}", index);
        }

        #[test]
        fn rescaling_an_item_changes_nothing(
            items in block(), at in any::<prop::sample::Index>(),
            factor in 0.1f64..10.0, shift in -20.0f64..20.0,
        ) {
            let before = Block::new(&items);
            let mut after = Block::new(&items);
            let item = at.index(items.len());
            after.sd[item] *= factor;
            for value in [&mut after.low[item], &mut after.high[item], &mut after.means[item]] {
                *value = factor * *value + shift;
            }
            prop_assert!((before.index() - after.index()).abs() < 1e-9);
        }

        #[test]
        fn a_higher_mean_never_lowers_it(
            items in block(), at in any::<prop::sample::Index>(), rise in 0.0f64..5.0,
        ) {
            let block = Block::new(&items);
            let mut means = block.means.clone();
            means[at.index(items.len())] += rise;
            prop_assert!(block.index_of(&means) >= block.index());
        }

        /// Second route: the index is the share-weighted mean of the items'
        /// own 0–100 scores.
        #[test]
        fn equals_the_weighted_item_scores(items in block()) {
            let block = Block::new(&items);
            let weights = index_weights(&block.outer, &block.sd).unwrap();
            let shares = item_shares(&weights, &block.low, &block.high).unwrap();
            let scores = items.iter().map(|item| 100.0 * item.4);
            let mean: f64 = shares.iter().zip(scores).map(|(share, score)| share * score).sum();
            prop_assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            prop_assert!((mean - block.index()).abs() < 1e-9);
        }
    }
}
