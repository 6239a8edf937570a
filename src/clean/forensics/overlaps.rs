//! Interviews of one interviewer that run at the same time: nobody holds two interviews at once.
//!
//! An interview runs from its time of submission less its duration to its time of submission. Interviews that were stored and
//! uploaded together have the time of the upload, so they overlap without having been held together: an overlap asks for an explanation,
//! it proves nothing. Durations above a day are no durations of an interview and play no part.

use std::collections::BTreeMap;

/// Longest interview that is looked at, in seconds.
const LONGEST: f64 = 86_400.0;

/// One interview with its interviewer and its time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held {
    /// Row.
    pub row: u32,
    /// Number of the interviewer.
    pub interviewer: u32,
    /// Start, in seconds of a clock.
    pub start: f64,
    /// End, in seconds of the same clock.
    pub end: f64,
}

/// An interview that runs while its interviewer holds another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// Row.
    pub row: u32,
    /// Number of the interviewer.
    pub interviewer: u32,
    /// Seconds that it has in common with that other interview with which it has most in common.
    pub seconds: f64,
}

/// Interviews that have at least `least` seconds in common with another of the same interviewer, in the order of rows.
///
/// In n log n: sorted by start, an interview has most in common with that earlier one which ends last; sorted by end, with that later one
/// which starts first; one that holds another within itself has the whole of it.
#[must_use]
pub fn overlaps(interviews: &[Held], least: f64) -> Vec<Overlap> {
    let mut by_interviewer: BTreeMap<u32, Vec<Held>> = BTreeMap::new();
    for held in interviews {
        let length = held.end - held.start;
        if length > 0.0 && length <= LONGEST {
            by_interviewer.entry(held.interviewer).or_default().push(*held);
        }
    }
    let mut found: Vec<Overlap> = Vec::new();
    for (interviewer, held) in by_interviewer {
        let common = of_one(held);
        let hit = common.into_iter().filter(|(_, seconds)| *seconds >= least && *seconds > 0.0);
        found.extend(hit.map(|(row, seconds)| Overlap { row, interviewer, seconds }));
    }
    found.sort_by_key(|overlap| overlap.row);
    found
}

/// The most that each interview of one interviewer has in common with another.
fn of_one(mut held: Vec<Held>) -> BTreeMap<u32, f64> {
    let mut most: BTreeMap<u32, f64> = held.iter().map(|h| (h.row, 0.0)).collect();
    let mut raise = |row: u32, seconds: f64| {
        if let Some(known) = most.get_mut(&row) {
            *known = f64::max(*known, seconds);
        }
    };
    let common = |a: &Held, b: &Held| f64::min(a.end, b.end) - f64::max(a.start, b.start);
    held.sort_by(|a, b| a.start.total_cmp(&b.start).then(a.row.cmp(&b.row)));
    let mut last: Option<Held> = None;
    for one in &held {
        if let Some(before) = last {
            let seconds = common(&before, one);
            raise(one.row, seconds);
            raise(before.row, seconds);
        }
        if last.is_none_or(|before| one.end > before.end) {
            last = Some(*one);
        }
    }
    held.sort_by(|a, b| b.end.total_cmp(&a.end).then(a.row.cmp(&b.row)));
    let mut first: Option<Held> = None;
    for one in &held {
        if let Some(after) = first {
            let seconds = common(&after, one);
            raise(one.row, seconds);
            raise(after.row, seconds);
        }
        if first.is_none_or(|after| one.start < after.start) {
            first = Some(*one);
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn held(row: u32, interviewer: u32, start: f64, end: f64) -> Held {
        Held {
            row,
            interviewer,
            start,
            end,
        }
    }

    #[test]
    fn one_after_the_other_is_no_overlap_and_two_interviewers_may_work_at_once() {
        let interviews = [
            held(0, 1, 0.0, 600.0),
            held(1, 1, 600.0, 1200.0),
            held(2, 1, 1100.0, 1700.0),
            held(3, 2, 1100.0, 1700.0),
            held(4, 2, 0.0, 200_000.0),
        ];
        let found = overlaps(&interviews, 60.0);
        let rows: Vec<(u32, f64)> = found.iter().map(|o| (o.row, o.seconds)).collect();
        assert_eq!(rows, [(1, 100.0), (2, 100.0)]);
        assert!(overlaps(&interviews, 101.0).is_empty());
    }

    proptest! {
        /// The two passes find what a comparison of all pairs finds.
        #[test]
        fn the_passes_are_the_comparison_of_all_pairs(times in prop::collection::vec((0_u32..2, 0_u32..40, 1_u32..30), 0..14)) {
            let interviews: Vec<Held> = (0..).zip(&times)
                .map(|(row, (who, start, length))| held(row, *who, f64::from(*start), f64::from(start + length)))
                .collect();
            let most = |a: &Held| interviews.iter()
                .filter(|b| b.row != a.row && b.interviewer == a.interviewer)
                .map(|b| f64::min(a.end, b.end) - f64::max(a.start, b.start))
                .fold(0.0, f64::max);
            let expected: Vec<(u32, f64)> = interviews.iter().map(|a| (a.row, most(a))).filter(|(_, s)| *s >= 1.0).collect();
            let found: Vec<(u32, f64)> = overlaps(&interviews, 1.0).iter().map(|o| (o.row, o.seconds)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
