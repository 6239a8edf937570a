//! Longstring: the longest and the mean run of one and the same answer.
//!
//! Codes are compared as they were given, in the order of the items, before reversed items are turned: who ticks one column
//! down the page ticks it at the reversed items too. A missing answer ends a run and is none itself.
//!
//! Source: J. A. Johnson, "Ascertaining the validity of individual protocols from web-based personality inventories",
//! *Journal of Research in Personality* 39 (2005) 103–129.

use crate::ingest::answer::{Packed, is_score};

/// The runs of one row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Runs {
    /// Answers of the longest run, 0 without any answer.
    pub longest: u32,
    /// Runs.
    pub runs: u32,
    /// Answers in all runs.
    pub answers: u32,
}

impl Runs {
    /// Mean number of answers in a run, at least 1; `None` without any answer.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.runs > 0).then(|| f64::from(self.answers) / f64::from(self.runs))
    }
}

/// The runs of a row of packed answers.
#[must_use]
pub fn runs(answers: &[Packed]) -> Runs {
    let equal = answers.chunk_by(|a, b| a == b);
    let scores = equal.filter(|run| run.first().is_some_and(|a| is_score(*a)));
    scores.fold(Runs::default(), |so_far, run| Runs {
        longest: so_far.longest.max(run.len() as u32),
        runs: so_far.runs + 1,
        answers: so_far.answers + run.len() as u32,
    })
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn a_missing_answer_ends_a_run() {
        assert_eq!(runs(&[3, 3, 255, 3]).longest, 2);
        assert_eq!(runs(&[255, 255, 255]).longest, 0);
        assert_eq!(runs(&[255]).mean(), None);
        assert_eq!(runs(&[1, 2, 2, 2]).longest, 3);
        assert_eq!(runs(&[1, 2, 2, 2]).mean(), Some(2.0));
        assert_eq!(runs(&[]).longest, 0);
    }
}
