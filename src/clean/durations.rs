//! How long answering took, as counts: the form in which durations leave the respondents. No step holds fewer than
//! [`STEP_LEAST`] interviews, so that nobody is seen by how long they took.

use crate::ingest::Responses;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Fewest interviews in one step.
pub const STEP_LEAST: u64 = 5;
/// Most steps.
const STEPS_MOST: usize = 14;
/// Widths of steps in seconds that read well on an axis.
const WIDTHS: [u32; 18] = [
    5, 10, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400, 604_800,
];

/// Durations of the interviews of a wave that count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DurationSummary {
    /// Interviews whose duration is known.
    pub n: u64,
    /// Interviews whose duration is not known.
    pub unknown: u64,
    /// Median in seconds: the middle value, or the mean of the two middle values.
    pub median_seconds: f64,
    /// Counts by steps of equal width, except that the first may begin at 0 and the last has no end.
    pub steps: Vec<DurationStep>,
}

/// Interviews within one step of duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DurationStep {
    /// Seconds from which it counts; 0 for the first.
    pub from_seconds: u32,
    /// Seconds before which it ends; absent for the last, which has no end.
    pub below_seconds: Option<u32>,
    /// Interviews.
    pub n: u64,
}

/// The durations of a wave; `None` without the column, or where fewer than two steps could be filled.
#[must_use]
pub fn durations(responses: &Responses, kept: &[bool]) -> Option<DurationSummary> {
    let counted = responses.duration.as_ref()?.iter().zip(kept).filter(|(_, kept)| **kept);
    let all: Vec<f64> = counted.map(|(seconds, _)| f64::from(*seconds)).collect();
    summarise(&all)
}

/// The summary of durations in seconds in any order; what is no number is unknown.
fn summarise(all: &[f64]) -> Option<DurationSummary> {
    let mut known: Vec<f64> = all.iter().copied().filter(|s| s.is_finite() && *s >= 0.0).collect();
    known.sort_by(f64::total_cmp);
    let steps = WIDTHS.iter().find_map(|width| steps(&known, *width))?;
    let middle = |place: usize| known.get(place).copied();
    let median = f64::midpoint(middle((known.len() - 1) / 2)?, middle(known.len() / 2)?);
    Some(DurationSummary {
        n: known.len() as u64,
        unknown: (all.len() - known.len()) as u64,
        median_seconds: median,
        steps,
    })
}

/// Steps of one width; `None` when there would be too many, or one between the first and the last would be too small.
fn steps(sorted: &[f64], width: u32) -> Option<Vec<DurationStep>> {
    let below = |edge: u32| sorted.partition_point(|seconds| *seconds < f64::from(edge)) as u64;
    let n = sorted.len() as u64;
    // The first edge with enough on its left, the last one with enough on its right: both ends are open.
    let shortest = sorted.get((STEP_LEAST - 1) as usize)?;
    let first = ((shortest / f64::from(width)).floor() as u32).checked_add(1)?.checked_mul(width)?;
    let longest = sorted.get(sorted.len().checked_sub(STEP_LEAST as usize)?)?;
    let last = ((longest / f64::from(width)).floor() as u32).checked_mul(width)?;
    if last < first || ((last - first) / width) as usize + 2 > STEPS_MOST {
        return None;
    }
    let mut edges: Vec<u32> = (first..=last).step_by(width as usize).collect();
    edges.insert(0, 0);
    let ends = edges.iter().skip(1).copied().map(Some).chain([None]);
    let steps: Vec<DurationStep> = edges
        .iter()
        .zip(ends)
        .map(|(from, end)| DurationStep {
            from_seconds: *from,
            below_seconds: end,
            n: end.map_or(n, below) - below(*from),
        })
        .collect();
    steps.iter().all(|step| step.n >= STEP_LEAST).then_some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn steps_of_a_plain_sample_are_counted_by_hand() {
        // 1 to 100 seconds: the narrowest width that keeps to 14 steps is 10.
        let all: Vec<f64> = (1..=100).map(f64::from).collect();
        let found = summarise(&all).unwrap();
        assert_eq!(found.median_seconds.to_bits(), 50.5_f64.to_bits());
        assert_eq!(
            found.steps.first().unwrap(),
            &DurationStep {
                from_seconds: 0,
                below_seconds: Some(10),
                n: 9
            }
        );
        assert_eq!(found.steps[1].n, 10);
        // 90 to 100 are eleven.
        assert_eq!(
            found.steps.last().unwrap(),
            &DurationStep {
                from_seconds: 90,
                below_seconds: None,
                n: 11
            }
        );
        assert_eq!(found.steps.len(), 10);
    }

    #[test]
    fn too_few_or_all_alike_have_no_picture() {
        assert_eq!(summarise(&[]), None);
        assert_eq!(summarise(&[30.0; 9]), None);
        assert_eq!(summarise(&[30.0; 500]), None);
        assert_eq!(summarise(&[f64::NAN; 500]), None);
        let two: Vec<f64> = [[30.0; 5], [90.0; 5]].concat();
        assert_eq!(summarise(&two).unwrap().steps.len(), 2);
    }

    proptest! {
        #[test]
        fn every_known_interview_is_in_one_step_and_no_step_is_small(all in proptest::collection::vec(0.0_f64..90_000.0, 0..400), unknown in 0_usize..5) {
            let mut given = all.clone();
            given.extend(std::iter::repeat_n(f64::NAN, unknown));
            if let Some(found) = summarise(&given) {
                prop_assert_eq!(found.n, all.len() as u64);
                prop_assert_eq!(found.unknown, unknown as u64);
                prop_assert_eq!(found.steps.iter().map(|s| s.n).sum::<u64>(), found.n);
                prop_assert!(found.steps.iter().all(|s| s.n >= STEP_LEAST));
                prop_assert!(found.steps.len() <= STEPS_MOST);
                for pair in found.steps.windows(2) {
                    prop_assert_eq!(pair[0].below_seconds, Some(pair[1].from_seconds));
                }
                for step in &found.steps {
                    let inside = |s: &&f64| **s >= f64::from(step.from_seconds) && step.below_seconds.is_none_or(|end| **s < f64::from(end));
                    prop_assert_eq!(all.iter().filter(inside).count() as u64, step.n);
                }
                given.reverse();
                prop_assert_eq!(summarise(&given).unwrap(), found);
            }
        }
    }
}
