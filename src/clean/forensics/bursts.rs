//! Bursts: more interviews sent in within a short window than the hour around it explains.
//!
//! **Null hypothesis**: the k interviews sent in during one clock hour (of one day, and of one interviewer where interviewers
//! are known) came at independent, uniformly distributed moments of that hour. A busy hour is thus no evidence, only crowding
//! within it. Each interview opens a window of w seconds; given its moment, the number of the other k − 1 within the window is
//! binomial with probability w / 3600 (or less, where the hour ends first, so that p is an upper bound). The p-values are
//! multiplied by the number of windows looked at (Bonferroni), which bounds the scan over all of them.
//!
//! Times in steps (full minutes, for example) are read as they stand: a window is never shorter than the step, and where
//! the step is an hour or more nothing can be told. A burst can be an upload of interviews that were stored on a device.
//!
//! Source of the scan statistic and of its bound by the windows that begin at events: J. I. Naus, "The distribution of the size
//! of the maximum cluster of points on a line", *Journal of the American Statistical Association* 60 (1965) 532–538.

use crate::stats::binomial_upper_tail;
use std::collections::BTreeMap;

const HOUR: i64 = 3600;

/// Time and row of each interview of an hour.
type Sent = Vec<(i64, u32)>;

/// One burst: overlapping windows that are too crowded, joined.
#[derive(Debug, Clone, PartialEq)]
pub struct Burst {
    /// Rows, by time.
    pub rows: Vec<u32>,
    /// Interviewer, where they are known.
    pub group: Option<u32>,
    /// Seconds between the first and the last.
    pub seconds: i64,
    /// Interviews of the whole hour (and interviewer).
    pub in_hour: u64,
    /// Smallest adjusted p of its windows.
    pub p_value: f64,
}

/// What the screen found.
#[derive(Debug, Clone, PartialEq)]
pub struct Bursts {
    /// Windows looked at: interviews with a time.
    pub windows: u64,
    /// Length of the windows in seconds, never below the step of the times.
    pub window: i64,
    /// The bursts, by time.
    pub bursts: Vec<Burst>,
}

/// Looks for bursts. `times` are seconds of the local clock since any midnight; `groups` the interviewers. `alpha` is the
/// chance, at most, that anything is reported under the null. `None` without times, or when they come in steps of an hour or more.
#[must_use]
pub fn bursts(times: &[Option<i64>], groups: Option<&[Option<u32>]>, window: i64, alpha: f64) -> Option<Bursts> {
    let windows = times.iter().flatten().count() as u64;
    let step = times
        .iter()
        .flatten()
        .fold(HOUR, |step, time| common_divisor(step, time.rem_euclid(HOUR)));
    let window = window.max(step);
    if windows == 0 || window >= HOUR {
        return None;
    }
    let mut hours: BTreeMap<(i64, Option<u32>), Sent> = BTreeMap::new();
    for (row, time) in times.iter().enumerate().filter_map(|(row, time)| Some((row, (*time)?))) {
        let group = groups.and_then(|g| g.get(row).copied().flatten());
        let hour = hours.entry((time.div_euclid(HOUR), group)).or_default();
        hour.push((time, row as u32));
    }
    let mut found = Vec::new();
    for ((_, group), mut sent) in hours {
        sent.sort_unstable();
        found.extend(of_hour(&sent, group, window, alpha, windows));
    }
    Some(Bursts {
        windows,
        window,
        bursts: found,
    })
}

fn of_hour(sent: &[(i64, u32)], group: Option<u32>, window: i64, alpha: f64, windows: u64) -> Vec<Burst> {
    let others = (sent.len() as u64).saturating_sub(1);
    let mut found: Vec<(usize, usize, f64)> = Vec::new();
    let mut end = 0;
    for (start, (time, _)) in sent.iter().enumerate() {
        while sent.get(end).is_some_and(|(t, _)| *t < time + window) {
            end += 1;
        }
        let within = (end - start).saturating_sub(1) as u64;
        let Some(p) = binomial_upper_tail(within, others, window as f64 / HOUR as f64) else {
            continue;
        };
        let p = (p * windows as f64).min(1.0);
        if p >= alpha {
            continue;
        }
        match found.last_mut().filter(|last| start < last.1) {
            Some(last) => *last = (last.0, end, last.2.min(p)),
            None => found.push((start, end, p)),
        }
    }
    let burst = |(start, end, p_value): (usize, usize, f64)| {
        let members = sent.get(start..end)?;
        Some(Burst {
            rows: members.iter().map(|(_, row)| *row).collect(),
            group,
            seconds: members.last()?.0 - members.first()?.0,
            in_hour: sent.len() as u64,
            p_value,
        })
    };
    found.into_iter().filter_map(burst).collect()
}

fn common_divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(n: i64) -> Vec<Option<i64>> {
        let moment = |i: i64| (twox_hash::XxHash64::oneshot(5, &i.to_le_bytes()) % 360_000).cast_signed();
        (0..n).map(|i| Some(moment(i))).collect()
    }

    #[test]
    fn a_crowded_minute_is_found_and_a_busy_hour_is_not() {
        let mut times = spread(600);
        assert_eq!(bursts(&times, None, 60, 0.001).unwrap().bursts, []);
        times.extend((0..8).map(|i| Some(1_000_000 + i * 5)));
        let found = bursts(&times, None, 60, 0.001).unwrap();
        assert_eq!(found.bursts.len(), 1);
        let burst = &found.bursts[0];
        assert_eq!((burst.rows.clone(), burst.seconds, burst.in_hour), ((600..608).collect(), 35, 8));
        // Seven others within a minute of the first, each with probability 1/60, times 608 windows.
        assert!((burst.p_value / (608.0 / 60.0_f64.powi(7)) - 1.0).abs() < 1e-9);
        // 500 interviews over one whole hour are crowded, but evenly.
        let busy: Vec<Option<i64>> = (0..500).map(|i| Some(i * 7)).collect();
        assert_eq!(bursts(&busy, None, 60, 0.001).unwrap().bursts, []);
    }

    #[test]
    fn interviewers_are_looked_at_one_by_one() {
        // Six interviewers send one each within a minute: nothing; one sends six: a burst.
        let times: Vec<Option<i64>> = (0..6).map(|i| Some(i * 9)).collect();
        let six: Vec<Option<u32>> = (0..6).map(Some).collect();
        assert_eq!(bursts(&times, Some(&six), 60, 0.001).unwrap().bursts, []);
        let one = vec![Some(3); 6];
        assert_eq!(bursts(&times, Some(&one), 60, 0.001).unwrap().bursts[0].group, Some(3));
    }

    #[test]
    fn coarse_times_make_wide_windows_or_none() {
        let minutes: Vec<Option<i64>> = (0..20).map(|i| Some(i * 180)).chain([Some(60)]).collect();
        assert_eq!(bursts(&minutes, None, 30, 0.001).unwrap().window, 60);
        assert_eq!(bursts(&[Some(0), Some(86_400)], None, 60, 0.001), None);
        assert_eq!(bursts(&[None, None], None, 60, 0.001), None);
    }

    /// Under the null the screen reports anything with a chance of at most alpha.
    #[test]
    fn false_alarms_are_rare() {
        let alarms = (0..400_i64).filter(|run| {
            let moment = |i: i64| (twox_hash::XxHash64::oneshot(run.cast_unsigned(), &i.to_le_bytes()) % 36_000).cast_signed();
            let times: Vec<Option<i64>> = (0..300).map(|i| Some(moment(i))).collect();
            !bursts(&times, None, 60, 0.05).unwrap().bursts.is_empty()
        });
        assert!(alarms.count() <= 30);
    }
}
