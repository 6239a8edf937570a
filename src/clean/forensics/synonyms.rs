//! Psychometric synonyms and antonyms: pairs of items that people answer alike (or contrarily), and who does not.
//!
//! The pairs come from the data: items whose correlation over all respondents is above a critical value (synonyms), or below
//! its negative (antonyms). The index is the correlation over these pairs within one respondent; a careful respondent is
//! high on synonyms and low on antonyms. Missing answers are left out pair by pair, and where the correlation is undefined it
//! stays undefined: nothing is resampled at random (`resample_na = FALSE` in `careless`, whose default cannot be
//! reproduced). In each pair the later item comes first, which matters because the pairs are correlated as they stand.
//!
//! Sources: Meade & Craig 2012 (see [`super::even_odd`]); Johnson 2005 (see [`super::longstring`]).

use super::{Coded, PairMoments, pearson};

/// Fewest pairs that a respondent must have answered.
pub const PAIRS_MIN: usize = 3;

/// Which pairs are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Answered alike.
    Synonyms,
    /// Answered contrarily.
    Antonyms,
}

/// A pair of items.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ItemPair {
    /// Position of the later item.
    pub later: usize,
    /// Position of the earlier item.
    pub earlier: usize,
    /// Their correlation over all respondents.
    pub correlation: f64,
}

/// The pairs beyond the critical value: r > `critical` for synonyms, r < −`critical` for antonyms; by later, then earlier item.
#[must_use]
pub fn pairs(moments: &PairMoments, kind: Kind, critical: f64) -> Vec<ItemPair> {
    let items = moments.item_count();
    let all = (0..items).flat_map(|later| (0..later).map(move |earlier| (later, earlier)));
    let pair = |(later, earlier)| {
        let correlation = moments.correlation(later, earlier)?;
        let wanted = match kind {
            Kind::Synonyms => correlation > critical,
            Kind::Antonyms => correlation < -critical,
        };
        wanted.then_some(ItemPair {
            later,
            earlier,
            correlation,
        })
    };
    all.filter_map(pair).collect()
}

/// Correlation over the pairs within a row, −1 to 1. `None` for fewer than [`PAIRS_MIN`] pairs with both answers, or when
/// one side of them does not vary.
#[must_use]
pub fn within_person(answers: &Coded<'_>, row: usize, pairs: &[ItemPair]) -> Option<f64> {
    let values: Vec<Option<f64>> = answers.values(row).collect();
    let value = |item: usize| values.get(item).copied().flatten();
    let given: Vec<(f64, f64)> = pairs
        .iter()
        .filter_map(|pair| Some((value(pair.later)?, value(pair.earlier)?)))
        .collect();
    if given.len() < PAIRS_MIN { None } else { pearson(&given) }
}
