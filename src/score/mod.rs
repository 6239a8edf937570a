//! Codes to scores: reversed items turned, missing kept apart, 0 to 100 on the theoretical scale.
//!
//! `score = (x − min) / (max − min) × 100`, reversed items first turned to `max + min − x`. A score is therefore always
//! "more is better" and does not depend on which answers happened to occur.

mod respondents;
pub mod second_pass;

pub use respondents::{RespondentScores, csv, respondent_scores};

use crate::ingest::Responses;
use crate::ingest::answer::is_score;
use crate::survey::{ItemSpec, MissingReason};
use std::collections::BTreeMap;

/// How the answers of one item become scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scoring {
    /// Steps between the lowest and the highest code.
    pub range: u8,
    /// True when the lowest code is the best.
    pub reversed: bool,
}

impl Scoring {
    /// The scoring of an item.
    #[must_use]
    pub fn of(item: &ItemSpec) -> Self {
        Self {
            range: item.scale.range(),
            reversed: item.reversed,
        }
    }

    /// Steps above the worst answer, 0 to `range`; `None` for a missing answer.
    #[must_use]
    pub fn steps(self, packed: u8) -> Option<u8> {
        is_score(packed).then(|| if self.reversed { self.range.saturating_sub(packed) } else { packed })
    }

    /// Score from 0 to 100 of a (mean) number of steps.
    #[must_use]
    pub fn percent(self, steps: f64) -> f64 {
        steps / f64::from(self.range) * 100.0
    }
}

/// Missing answers of the cases that count, by item and reason.
#[must_use]
pub fn missing_by_reason(responses: &Responses, kept: &[bool]) -> Vec<BTreeMap<MissingReason, u64>> {
    let mut counts = vec![[0_u64; 6]; responses.item_count];
    let reasons = [
        MissingReason::Invalid,
        MissingReason::NotApplicable,
        MissingReason::Refused,
        MissingReason::DontKnow,
        MissingReason::NotAsked,
        MissingReason::NoAnswer,
    ];
    for row in (0..responses.len()).filter(|row| kept.get(*row) == Some(&true)) {
        for (packed, counts) in responses.row(row).iter().zip(&mut counts) {
            if let Some(count) = packed.checked_sub(250).and_then(|at| counts.get_mut(usize::from(at))) {
                *count += 1;
            }
        }
    }
    counts
        .iter()
        .map(|c| reasons.iter().copied().zip(*c).filter(|(_, n)| *n > 0).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_the_scale_and_reversal() {
        let plain = Scoring { range: 4, reversed: false };
        let turned = Scoring { range: 4, reversed: true };
        assert_eq!(plain.steps(4), Some(4));
        assert_eq!(turned.steps(4), Some(0));
        assert_eq!(turned.steps(255), None);
        assert_eq!(plain.percent(0.0).to_bits(), 0.0_f64.to_bits());
        assert_eq!(plain.percent(4.0).to_bits(), 100.0_f64.to_bits());
        assert!((0..=4).all(|x| turned.steps(turned.steps(x).unwrap()) == Some(x)));
    }
}
