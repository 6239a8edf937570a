//! Series from the answers of the waves: which periods are shown, and which follow one another.
//!
//! Every period is a domain of its wave: the weighted mean of those who count and whose answer was sent in it, with the weights of the
//! wave and a standard error by linearisation. Limits of shares rest on the effective number of answers, `(Σw)²/Σw²`, which is the number
//! itself where all weigh alike.
//!
//! A period with fewer answers than the smallest base is left out. Where what is left out in a wave (answers without a time among it) is
//! itself fewer than that, the smallest period that is shown is left out with it, because the whole of the wave less the periods would
//! tell it. Periods are not held against groups: nothing is published by period and group.
//!
//! A period joins the one before where it follows directly in the calendar; after any other a new stretch begins ([`super::stretches`]).

use super::series::{Found, SeriesValue};
use super::stretches::Stretches;
use crate::index::estimate::Estimate;
use crate::survey::answer_series::Calendar;
use crate::survey::over_time::SeriesKind;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const DAY: i64 = 86_400;

/// From Monday, 1969-12-29, to the epoch.
const MONDAY_TO_EPOCH: i64 = 3;

/// What a series from answers rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FromAnswers {
    /// Item or measure.
    pub of: String,
    /// Length of a period.
    pub by: Calendar,
    /// Fewest answers of a period that is shown.
    pub base_min: u64,
    /// Waves that it is made of, those since the last break in what is watched.
    pub waves: Vec<String>,
    /// Periods with fewer answers, left out.
    pub too_small: Vec<String>,
    /// Periods left out so that those cannot be computed.
    pub withheld: Vec<String>,
    /// Answers that count in their waves and bear no time.
    pub untimed: u64,
}

/// One period of one wave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Period {
    /// Its place in the calendar, one more for each period.
    pub number: i64,
    /// The estimate; `None` where nobody answered.
    pub estimate: Option<Estimate>,
}

/// One wave of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct WavePeriods {
    /// Short name of the wave.
    pub wave: String,
    /// Periods, ascending.
    pub periods: Vec<Period>,
    /// Answers without a time.
    pub untimed: u64,
}

/// The place in the calendar of a moment, in seconds of the local clock since 1970-01-01 00:00. `None` beyond the calendar.
#[must_use]
pub fn period_of(seconds: i64, by: Calendar) -> Option<i64> {
    match by {
        Calendar::Week => Some((seconds.div_euclid(DAY) + MONDAY_TO_EPOCH).div_euclid(7)),
        Calendar::Month => {
            let date = date_of(seconds)?;
            Some(i64::from(date.year()) * 12 + i64::from(date.month()) - 1)
        }
    }
}

fn date_of(seconds: i64) -> Option<Date> {
    Some(Offset::UTC.to_datetime(Timestamp::from_second(seconds).ok()?).date())
}

/// The name of a place in the calendar: `2025-W07`, `2025-03`.
#[must_use]
pub fn name_of(number: i64, by: Calendar) -> String {
    match by {
        Calendar::Week => {
            let monday = date_of((number * 7 - MONDAY_TO_EPOCH) * DAY).map(Date::iso_week_date);
            monday.map_or_else(String::new, |week| format!("{}-W{:02}", week.year(), week.week()))
        }
        Calendar::Month => format!("{}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1),
    }
}

/// The series of some waves. `scale` turns estimates into its unit: 0.01 for shares in percent.
#[must_use]
pub fn found(of: &str, by: Calendar, base_min: u64, kind: SeriesKind, waves: &[WavePeriods]) -> Found {
    let mut facts = FromAnswers {
        of: of.to_owned(),
        by,
        base_min,
        waves: waves.iter().map(|w| w.wave.clone()).collect(),
        too_small: Vec::new(),
        withheld: Vec::new(),
        untimed: waves.iter().map(|w| w.untimed).sum(),
    };
    let mut numbers: Vec<i64> = Vec::new();
    let mut values: Vec<SeriesValue> = Vec::new();
    let scale = if kind == SeriesKind::Share { 0.01 } else { 1.0 };
    for wave in waves {
        // Two waves in one period are told apart by name.
        let several = |number: i64| waves.iter().filter(|w| w.periods.iter().any(|p| p.number == number)).count() > 1;
        let name = |number: i64| {
            let name = name_of(number, by);
            if several(number) { format!("{name} {}", wave.wave) } else { name }
        };
        let (shown, small, withheld) = shown(wave, base_min);
        facts.too_small.extend(small.into_iter().map(name));
        facts.withheld.extend(withheld.into_iter().map(name));
        for (number, estimate) in shown {
            numbers.push(number);
            values.push(SeriesValue {
                period: crate::text::shown(&name(number), super::series::NAME_MAX),
                value: estimate.value * scale,
                n: Some(estimate.n),
                n_effective: estimate.n_effective,
                standard_error: estimate.standard_error.map(|se| se * scale),
            });
        }
    }
    let apart = numbers.windows(2).enumerate().filter(|(_, pair)| pair[1] - pair[0] > 1);
    let starts: Vec<usize> = apart.map(|(at, _)| at + 1).collect();
    Found {
        values,
        kind,
        stretches: Stretches::starting_at(&starts),
        input: None,
        answers: Some(facts),
    }
}

/// Periods that are shown, those that are too small, and those that would tell them.
fn shown(wave: &WavePeriods, base_min: u64) -> (BTreeMap<i64, Estimate>, Vec<i64>, Vec<i64>) {
    let (mut shown, mut small, mut withheld) = (BTreeMap::new(), Vec::new(), Vec::new());
    let mut rest = wave.untimed;
    for period in &wave.periods {
        match period.estimate {
            Some(estimate) if estimate.n >= base_min => {
                shown.insert(period.number, estimate);
            }
            Some(estimate) => {
                small.push(period.number);
                rest += estimate.n;
            }
            None => {}
        }
    }
    while rest > 0 && rest < base_min {
        let Some(smallest) = shown.iter().min_by_key(|(number, e)| (e.n, **number)).map(|(number, _)| *number) else {
            break;
        };
        rest += shown.remove(&smallest).map_or(0, |e| e.n);
        withheld.push(smallest);
    }
    withheld.sort_unstable();
    (shown, small, withheld)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::estimate::VarianceMethod;
    use proptest::prelude::*;

    fn seconds(date: &str) -> i64 {
        let date: Date = date.parse().unwrap();
        Offset::UTC
            .to_timestamp(date.to_datetime(jiff::civil::Time::midnight()))
            .unwrap()
            .as_second()
    }

    /// ISO 8601: week 1 holds the first Thursday; 2024-12-30 is a Monday of 2025-W01, 2027-01-03 a Sunday of 2026-W53.
    #[test]
    fn weeks_and_months_by_the_calendar() {
        let week = |date: &str| name_of(period_of(seconds(date), Calendar::Week).unwrap(), Calendar::Week);
        let names = ["2024-12-29", "2024-12-30", "2025-01-05", "2025-01-06", "2027-01-03", "1969-12-31"].map(week);
        assert_eq!(names, ["2024-W52", "2025-W01", "2025-W01", "2025-W02", "2026-W53", "1970-W01"]);
        let month = |date: &str| name_of(period_of(seconds(date), Calendar::Month).unwrap(), Calendar::Month);
        assert_eq!(["2024-12-31", "2025-01-01"].map(month), ["2024-12", "2025-01"]);
        let number = |date: &str| period_of(seconds(date), Calendar::Month).unwrap();
        assert_eq!(number("2025-01-15") - number("2024-12-15"), 1);
    }

    fn estimate(n: u64, value: f64) -> Estimate {
        Estimate::new(value, Some(1.0), Some(10.0), 0.95, n, Some(n as f64), VarianceMethod::Taylor)
    }

    fn wave(name: &str, untimed: u64, periods: &[(i64, u64)]) -> WavePeriods {
        let one = |(number, n): &(i64, u64)| Period {
            number: *number,
            estimate: Some(estimate(*n, 10.0 + *number as f64)),
        };
        WavePeriods {
            wave: name.to_owned(),
            untimed,
            periods: periods.iter().map(one).collect(),
        }
    }

    #[test]
    fn small_periods_take_the_smallest_with_them() {
        // 4 in the second week: the third, with 12, goes too. In the second wave 6 and 9 without a time are enough together.
        let waves = [
            wave("a", 0, &[(100, 40), (101, 4), (102, 12), (103, 30)]),
            wave("b", 9, &[(150, 20), (151, 6), (152, 21)]),
        ];
        let found = found("x", Calendar::Week, 10, SeriesKind::Mean, &waves);
        let facts = found.answers.unwrap();
        let name = |number| name_of(number, Calendar::Week);
        assert_eq!((facts.too_small, facts.withheld), (vec![name(101), name(151)], vec![name(102)]));
        assert_eq!(facts.untimed, 9);
        let bases: Vec<Option<u64>> = found.values.iter().map(|v| v.n).collect();
        assert_eq!(bases, [Some(40), Some(30), Some(20), Some(21)]);
        // Nothing stands directly before any of them.
        assert_eq!(found.stretches, Stretches::starting_at(&[1, 2, 3]));
    }

    #[test]
    fn waves_that_follow_each_other_are_joined_and_named_where_they_meet() {
        let waves = [wave("a", 0, &[(1, 20), (2, 20)]), wave("b", 0, &[(2, 20), (3, 20), (5, 20)])];
        let found = found("x", Calendar::Month, 10, SeriesKind::Share, &waves);
        let names: Vec<&str> = found.values.iter().map(|v| v.period.as_str()).collect();
        assert_eq!(names, ["0-02", "0-03 a", "0-03 b", "0-04", "0-06"]);
        assert_eq!(found.stretches, Stretches::starting_at(&[4]));
        assert!((found.values[0].value - 0.11).abs() < 1e-12 && (found.values[0].standard_error.unwrap() - 0.01).abs() < 1e-12);
    }

    proptest! {
        /// What is left out of a wave is nobody, or at least the base, or the whole wave.
        #[test]
        fn no_rest_is_small(sizes in prop::collection::vec(0_u64..40, 1..12), untimed in 0_u64..15, least in 5_u64..20) {
            let periods: Vec<(i64, u64)> = (0..).zip(sizes.iter().copied()).filter(|(_, n)| *n > 0).collect();
            let wave = wave("a", untimed, &periods);
            let (shown, ..) = shown(&wave, least);
            let all: u64 = sizes.iter().sum::<u64>() + untimed;
            let rest = all - shown.values().map(|e| e.n).sum::<u64>();
            prop_assert!(rest == 0 || rest >= least || shown.is_empty());
            prop_assert!(shown.values().all(|e| e.n >= least));
        }
    }
}
