//! Interviewer effects: how much answers depend on who asked, and which interviewers stand out.
//!
//! Interviewers usually work in different places, so that an effect can be one of places: the screen says where to look.
//! Values are held to the last bit against the order of rows by compensated sums.
//!
//! Sources: R. M. Groves, *Survey Errors and Survey Costs*, Wiley 1989, ch. 8 (interviewer variance); F. J. Fowler & T. W.
//! Mangione, *Standardized Survey Interviewing*, Sage 1990.

use crate::stats::{CompensatedSum, f_upper_tail, holm_defined, hypergeometric_upper_tail, student_t_two_sided_p};
use std::collections::BTreeMap;

/// One-way analysis of variance between interviewers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BetweenInterviewers {
    /// Interviewers with a value.
    pub groups: u64,
    /// Interviews with a value.
    pub n: u64,
    /// F = MSB / MSW.
    pub f: f64,
    /// Degrees of freedom between and within.
    pub df: (f64, f64),
    /// P(F ≥ f) if who asked made no difference.
    pub p_value: f64,
    /// ICC(1) = (MSB − MSW) / (MSB + (n₀ − 1) MSW), n₀ = (N − Σn²/N) / (k − 1): share of the variance that lies between
    /// interviewers, below 0 when they differ less than chance.
    pub icc: f64,
}

/// Analysis of variance of values by interviewer. `None` for fewer than two interviewers, no interviewer with two values, or
/// values that do not vary within interviewers.
#[must_use]
pub fn between(values: impl Iterator<Item = (u32, f64)>) -> Option<BetweenInterviewers> {
    let mut sums: BTreeMap<u32, (u64, CompensatedSum, CompensatedSum)> = BTreeMap::new();
    for (group, value) in values {
        let entry = sums.entry(group).or_default();
        entry.0 += 1;
        entry.1.insert(value);
        entry.2.insert_product(value, value);
    }
    let k = sums.len() as f64;
    let n: u64 = sums.values().map(|s| s.0).sum();
    let total = n as f64;
    if sums.len() < 2 || n <= sums.len() as u64 {
        return None;
    }
    let (mut all, mut square, mut between, mut sizes) = (
        CompensatedSum::new(),
        CompensatedSum::new(),
        CompensatedSum::new(),
        CompensatedSum::new(),
    );
    for (count, sum, squares) in sums.values() {
        all.combine(sum);
        square.combine(squares);
        between.insert(sum.finish() * sum.finish() / *count as f64);
        sizes.insert((*count as f64).powi(2));
    }
    let correction = all.finish() * all.finish() / total;
    let within_squares = square.finish() - between.finish();
    // What is left of equal values is rounding.
    if within_squares <= square.finish() * 1e-13 {
        return None;
    }
    let df = (k - 1.0, total - k);
    let (msb, msw) = (((between.finish() - correction) / df.0).max(0.0), within_squares / df.1);
    let n0 = (total - sizes.finish() / total) / df.0;
    Some(BetweenInterviewers {
        groups: sums.len() as u64,
        n,
        f: msb / msw,
        df,
        p_value: f_upper_tail(msb / msw, df.0, df.1)?,
        icc: (msb - msw) / (msb + (n0 - 1.0) * msw),
    })
}

/// What is known of one interview.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Interview {
    /// Interviewer.
    pub group: u32,
    /// Whether it is a straight line, where that was looked at.
    pub straight: Option<bool>,
    /// Whether another interview matches it beyond the line, where that was looked at.
    pub matched: Option<bool>,
    /// Seconds taken.
    pub seconds: Option<f64>,
}

/// A share or mean of one interviewer against that of all others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Against {
    /// Of this interviewer.
    pub own: f64,
    /// Of all others.
    pub others: f64,
    /// One-sided p, adjusted for the number of interviewers by Holm.
    pub p_value: Option<f64>,
}

/// One interviewer.
#[derive(Debug, Clone, PartialEq)]
pub struct Interviewer {
    /// Number.
    pub group: u32,
    /// Interviews.
    pub n: u64,
    /// Share of straight lines; tested for too many by the hypergeometric distribution.
    pub straight: Option<Against>,
    /// Share of interviews with a match beyond the line; tested in the same way.
    pub matched: Option<Against>,
    /// Geometric mean of seconds; logarithms tested for too short by Welch's t.
    pub seconds: Option<Against>,
}

#[derive(Default)]
struct Sums {
    n: u64,
    straight: (u64, u64),
    matched: (u64, u64),
    seconds: (u64, CompensatedSum, CompensatedSum),
}

impl Sums {
    fn add(&mut self, interview: &Interview) {
        self.n += 1;
        for (counts, flag) in [(&mut self.straight, interview.straight), (&mut self.matched, interview.matched)] {
            counts.0 += u64::from(flag == Some(true));
            counts.1 += u64::from(flag.is_some());
        }
        if let Some(log) = interview.seconds.filter(|s| *s > 0.0).map(libm::log) {
            self.seconds.0 += 1;
            self.seconds.1.insert(log);
            self.seconds.2.insert_product(log, log);
        }
    }
}

/// Every interviewer held against all others together, in the order of their numbers.
#[must_use]
pub fn one_by_one(interviews: &[Interview]) -> Vec<Interviewer> {
    let mut by_group: BTreeMap<u32, Sums> = BTreeMap::new();
    let mut all = Sums::default();
    for interview in interviews {
        by_group.entry(interview.group).or_default().add(interview);
        all.add(interview);
    }
    let mut found: Vec<Interviewer> = by_group
        .iter()
        .map(|(group, own)| Interviewer {
            group: *group,
            n: own.n,
            straight: share_against(own.straight, all.straight),
            matched: share_against(own.matched, all.matched),
            seconds: seconds_against(&own.seconds, &all.seconds),
        })
        .collect();
    adjust(&mut found, |i| i.straight.as_mut());
    adjust(&mut found, |i| i.matched.as_mut());
    adjust(&mut found, |i| i.seconds.as_mut());
    found
}

fn adjust(interviewers: &mut [Interviewer], of: impl Fn(&mut Interviewer) -> Option<&mut Against>) {
    let raw: Vec<Option<f64>> = interviewers.iter_mut().map(|i| of(i).and_then(|a| a.p_value)).collect();
    for (interviewer, adjusted) in interviewers.iter_mut().zip(holm_defined(&raw)) {
        if let Some(against) = of(interviewer) {
            against.p_value = adjusted;
        }
    }
}

fn share_against(own: (u64, u64), all: (u64, u64)) -> Option<Against> {
    let others = (all.0 - own.0, all.1 - own.1);
    (own.1 > 0 && others.1 > 0).then(|| Against {
        own: own.0 as f64 / own.1 as f64,
        others: others.0 as f64 / others.1 as f64,
        p_value: hypergeometric_upper_tail(own.0, all.1, all.0, own.1),
    })
}

fn seconds_against(own: &(u64, CompensatedSum, CompensatedSum), all: &(u64, CompensatedSum, CompensatedSum)) -> Option<Against> {
    let mean_and_error = |n: u64, sum: f64, squares: f64| {
        let count = n as f64;
        let variance = ((squares - sum * sum / count) / (count - 1.0)).max(0.0);
        (sum / count, variance / count)
    };
    let n_others = all.0 - own.0;
    if own.0 == 0 || n_others == 0 {
        return None;
    }
    let (sum, squares) = (own.1.finish(), own.2.finish());
    let (mean, error) = mean_and_error(own.0, sum, squares);
    let (mean_others, error_others) = mean_and_error(n_others, all.1.finish() - sum, all.2.finish() - squares);
    let enough = own.0 > 1 && n_others > 1 && error + error_others > 0.0;
    let one_sided = || {
        let t = (mean - mean_others) / (error + error_others).sqrt();
        let own_part = error * error / (own.0 - 1) as f64;
        let df = (error + error_others).powi(2) / (own_part + error_others * error_others / (n_others - 1) as f64);
        let p = student_t_two_sided_p(t, df)? / 2.0;
        Some(if t < 0.0 { p } else { 1.0 - p })
    };
    Some(Against {
        own: libm::exp(mean),
        others: libm::exp(mean_others),
        p_value: if enough { one_sided() } else { None },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Three interviewers with three values each; sums of squares by hand: between 2·(1+0+1)·3/2…
    #[test]
    fn analysis_of_variance_by_hand() {
        let values = [
            (1, 1.0),
            (1, 2.0),
            (1, 3.0),
            (2, 2.0),
            (2, 3.0),
            (2, 4.0),
            (3, 6.0),
            (3, 7.0),
            (3, 8.0),
        ];
        let found = between(values.into_iter()).unwrap();
        // Means 2, 3, 7 around 4: SSB = 3·(4 + 1 + 9) = 42, SSW = 6; MSB = 21, MSW = 1.
        assert!((found.f - 21.0).abs() < 1e-12);
        assert_eq!((found.groups, found.n, found.df), (3, 9, (2.0, 6.0)));
        assert!((found.icc - 20.0 / 23.0).abs() < 1e-12);
        // With 2 df between, P(F ≥ f) = (1 + 2f/df2)^(−df2/2) = (1 + 7)^−3.
        assert!((found.p_value - 1.0 / 512.0).abs() < 1e-14);
        assert_eq!(between([(1, 1.0), (1, 2.0)].into_iter()), None);
        assert_eq!(between([(1, 1.0), (2, 2.0)].into_iter()), None);
        assert_eq!(between([(1, 0.1), (1, 0.1), (2, 0.3), (2, 0.3)].into_iter()), None);
    }

    #[test]
    fn one_interviewer_stands_out() {
        let mut interviews = Vec::new();
        for group in 0..5 {
            for i in 0..40_u32 {
                interviews.push(Interview {
                    group,
                    straight: Some(if group == 3 { i < 20 } else { i < 2 }),
                    matched: Some(false),
                    seconds: Some(f64::from(if group == 3 { 60 } else { 200 } + i)),
                });
            }
        }
        let found = one_by_one(&interviews);
        let three = &found[3];
        assert_eq!((three.straight.unwrap().own, three.straight.unwrap().others), (0.5, 0.05));
        assert!(three.straight.unwrap().p_value.unwrap() < 1e-8);
        assert!(three.seconds.unwrap().p_value.unwrap() < 1e-8);
        assert_eq!(three.matched.unwrap().p_value, Some(1.0));
        assert!(
            found
                .iter()
                .filter(|i| i.group != 3)
                .all(|i| i.straight.unwrap().p_value.unwrap() > 0.5)
        );
    }

    proptest! {
        /// Shifting and stretching all values changes no F and no ICC; neither does naming interviewers anew.
        #[test]
        fn the_unit_does_not_matter(values in prop::collection::vec((0_u32..4, -10.0_f64..10.0), 10..60), shift in -5.0_f64..5.0) {
            let plain = between(values.iter().copied());
            let moved = between(values.iter().map(|(g, v)| (9 - g, 3.0 * v + shift)));
            prop_assert_eq!(plain.is_some(), moved.is_some());
            if let (Some(a), Some(b)) = (plain, moved) {
                prop_assert!((a.f - b.f).abs() < 1e-8 * (1.0 + a.f) && (a.icc - b.icc).abs() < 1e-8);
            }
        }
    }
}
