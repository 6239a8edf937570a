//! Stretches of periods that follow one another without a gap.
//!
//! Between two fields nobody is asked. What lies before and after is not joined by a line, and no rule reaches across: a moving range is
//! that of two neighbours, a run of nine is nine in a row. So ranges over a gap are left out, run rules look no further back than the
//! first period of their stretch, and the memory of EWMA and CUSUM begins anew. Centre and spread are those of all stretches together,
//! because the question is whether the process is one and the same.

/// Where stretches begin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stretches(Vec<usize>);

impl Stretches {
    /// All periods follow one another.
    #[must_use]
    pub const fn whole() -> Self {
        Self(Vec::new())
    }

    /// Stretches that begin at these periods (from 0), beside the first; in any order.
    #[must_use]
    pub fn starting_at(starts: &[usize]) -> Self {
        let mut starts: Vec<usize> = starts.iter().copied().filter(|at| *at > 0).collect();
        starts.sort_unstable();
        starts.dedup();
        Self(starts)
    }

    /// True when there is no gap.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether nothing stands directly before a period.
    #[must_use]
    pub fn begins(&self, at: usize) -> bool {
        at == 0 || self.0.binary_search(&at).is_ok()
    }

    /// First period of the stretch that a period is in.
    #[must_use]
    pub fn start_of(&self, at: usize) -> usize {
        let after = self.0.partition_point(|start| *start <= at);
        after.checked_sub(1).and_then(|last| self.0.get(last)).copied().unwrap_or(0)
    }

    /// Each value with the one directly before it, with the period of the later.
    pub(super) fn neighbours<'a>(&'a self, values: &'a [f64]) -> impl Iterator<Item = (usize, f64, f64)> + 'a {
        let pairs = values.windows(2).enumerate().filter(|(at, _)| !self.begins(at + 1));
        pairs.filter_map(|(at, pair)| Some((at + 1, *pair.first()?, *pair.last()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_do_not_reach_over_a_gap() {
        let gaps = Stretches::starting_at(&[4, 2, 0, 2]);
        assert_eq!([0, 1, 2, 3, 4, 5].map(|at| gaps.start_of(at)), [0, 0, 2, 2, 4, 4]);
        assert_eq!([0, 1, 2, 3, 4].map(|at| gaps.begins(at)), [true, false, true, false, true]);
        let pairs: Vec<(usize, f64, f64)> = gaps.neighbours(&[1.0, 2.0, 5.0, 7.0, 11.0]).collect();
        assert_eq!(pairs, [(1, 1.0, 2.0), (3, 5.0, 7.0)]);
        assert!(Stretches::whole().is_whole() && Stretches::starting_at(&[0]).is_whole());
        assert_eq!(Stretches::whole().neighbours(&[1.0, 2.0, 3.0]).count(), 2);
    }
}
