//! Person-total correlation: do a respondent's answers follow the pattern of everybody's?
//!
//! The correlation, over the items, of the respondent's answers with the means of the items. Near 0 or below for who answers
//! at random. With `others_only` the respondent is taken out of the means, else in a small sample everybody follows himself
//! a little. Sources: T. F. Donlon & F. E. Fischer, "An index of an individual's agreement with group-determined item
//! difficulties", *Educational and Psychological Measurement* 28 (1968) 105–113; J. J. Curran, "Methods for the detection
//! of carelessly invalid responses in survey data", *Journal of Experimental Social Psychology* 66 (2016) 4–19.

use super::{Coded, PairMoments, pearson};

/// Person-total correlation of a row, −1 to 1. `None` for fewer than three answered items, or when the answers or the means
/// do not vary over them.
#[must_use]
pub fn person_total(answers: &Coded<'_>, moments: &PairMoments, row: usize, others_only: bool) -> Option<f64> {
    let mut pairs = Vec::with_capacity(answers.item_count());
    for (item, (value, values)) in answers.values(row).zip(answers.item_values()).enumerate() {
        let (Some(value), Some(mean)) = (value, moments.mean(item)) else {
            continue;
        };
        let mean = values.low + mean * values.width;
        let n = moments.both(item, item) as f64;
        if !others_only {
            pairs.push((value, mean));
        } else if n > 1.0 {
            pairs.push((value, (n * mean - value) / (n - 1.0)));
        }
    }
    if pairs.len() < 3 { None } else { pearson(&pairs) }
}
