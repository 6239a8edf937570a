//! From the day of issue to the end of validity: visits, their windows, the day to apply anew.
//!
//! Periods end on the corresponding day of the month, or on the last day of a month that has no such day, as periods of
//! months do in law (中华人民共和国民法典 art. 202): 29 February 2024 and 36 months give 28 February 2027. Every date is
//! counted from the day of issue, never from the date before it, so that month ends do not drift.

use jiff::ToSpan;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A calendar day, `YYYY-MM-DD` outside of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Day(pub Date);

impl TryFrom<String> for Day {
    type Error = jiff::Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// What the dates follow from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Day of issue.
    pub issued: Date,
    /// Last day of validity where it is printed on the certificate.
    pub valid_until: Option<Date>,
    /// Months of validity.
    pub validity_months: u32,
    /// Months between surveillance visits.
    pub surveillance_months: u32,
    /// Days before its due date from which a visit may take place.
    pub window_days: u32,
    /// Months before the end by which to apply anew.
    pub reapplication_months: Option<u32>,
}

/// Why there is no calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TermError {
    /// A visit's window would open before the visit before it is due.
    #[error("a window of {days} days is longer than the {interval} days between two dates")]
    Window {
        /// Days of the window.
        days: u32,
        /// Days between the dates.
        interval: i32,
    },
    /// The lead is not shorter than the validity.
    #[error("a lead of {months} months is not shorter than the validity")]
    Lead {
        /// Months of the lead.
        months: u32,
    },
    /// The end of validity does not lie after the day of issue.
    #[error("the certificate ends before it begins")]
    Backwards,
    /// A date beyond the calendar.
    #[error("a date lies beyond the calendar")]
    OutOfRange,
}

/// What happens on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// The certificate is issued.
    Issued,
    /// A surveillance visit.
    Surveillance,
    /// Last day to apply for recertification.
    Reapplication,
    /// Last day of validity.
    Expiry,
}

impl EventKind {
    /// The word by which the locale files know it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            EventKind::Issued => "issued",
            EventKind::Surveillance => "surveillance",
            EventKind::Reapplication => "reapplication",
            EventKind::Expiry => "expiry",
        }
    }
}

/// An entry of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// What happens.
    pub kind: EventKind,
    /// Which visit, from 1; 0 for what happens once.
    pub number: u32,
    /// First day of the window; the day itself for what has no window.
    pub from: Day,
    /// Last day: the visit is due by then.
    pub until: Day,
}

fn later(date: Date, months: i64) -> Result<Date, TermError> {
    date.checked_add(months.months()).map_err(|_| TermError::OutOfRange)
}

impl Term {
    /// The last day of validity: printed, or issue + months of validity.
    pub fn end(&self) -> Result<Date, TermError> {
        let end = match self.valid_until {
            Some(printed) => printed,
            None => later(self.issued, i64::from(self.validity_months))?,
        };
        if end > self.issued { Ok(end) } else { Err(TermError::Backwards) }
    }

    /// Every entry, in the order of dates. A visit is due `k · surveillance_months` after issue, as long as that lies before
    /// the end: what would fall on the end itself is the recertification.
    pub fn events(&self) -> Result<Vec<Event>, TermError> {
        let end = self.end()?;
        let once = |kind, date: Date| Event {
            kind,
            number: 0,
            from: Day(date),
            until: Day(date),
        };
        let mut events = vec![once(EventKind::Issued, self.issued)];
        let mut before = self.issued;
        for number in 1..=1200_u32 {
            let due = later(self.issued, i64::from(number) * i64::from(self.surveillance_months.max(1)))?;
            // A day printed on the certificate may be the one before the anniversary: the last year has no visit of its own.
            let anniversary = later(self.issued, i64::from(self.validity_months))?;
            if due >= end || due >= anniversary {
                break;
            }
            events.push(self.visit(number, before, due)?);
            before = due;
        }
        if let Some(months) = self.reapplication_months {
            let by = later(end, -i64::from(months)).ok().filter(|by| *by > self.issued && *by <= end);
            events.push(once(EventKind::Reapplication, by.ok_or(TermError::Lead { months })?));
        }
        events.push(once(EventKind::Expiry, end));
        events.sort_by_key(|e| (e.until, e.kind));
        Ok(events)
    }

    fn visit(&self, number: u32, before: Date, due: Date) -> Result<Event, TermError> {
        let interval = (due - before).get_days();
        let too_long = TermError::Window {
            days: self.window_days,
            interval,
        };
        if i64::from(self.window_days) > i64::from(interval) {
            return Err(too_long);
        }
        let from = due.checked_sub(i64::from(self.window_days).days()).map_err(|_| too_long)?;
        Ok(Event {
            kind: EventKind::Surveillance,
            number,
            from: Day(from),
            until: Day(due),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn term(issued: Date) -> Term {
        Term {
            issued,
            valid_until: None,
            validity_months: 36,
            surveillance_months: 12,
            window_days: 90,
            reapplication_months: Some(3),
        }
    }

    fn shown(term: &Term) -> Vec<String> {
        let event = |e: &Event| format!("{} {} {} {}", e.kind.key(), e.number, e.from, e.until);
        term.events().unwrap().iter().map(event).collect()
    }

    /// By hand with a wall calendar.
    #[test]
    fn three_years_with_two_visits() {
        assert_eq!(
            shown(&term(date(2025, 9, 30))),
            [
                "issued 0 2025-09-30 2025-09-30",
                "surveillance 1 2026-07-02 2026-09-30",
                "surveillance 2 2027-07-02 2027-09-30",
                "reapplication 0 2028-06-30 2028-06-30",
                "expiry 0 2028-09-30 2028-09-30",
            ]
        );
    }

    /// Python 3 dateutil.relativedelta (months, end of month clamped) gives the same dates.
    #[test]
    fn a_leap_day_and_month_ends_do_not_drift() {
        let leap: Vec<Date> = term(date(2024, 2, 29)).events().unwrap().iter().map(|e| e.until.0).collect();
        assert_eq!(
            leap,
            [
                date(2024, 2, 29),
                date(2025, 2, 28),
                date(2026, 2, 28),
                date(2026, 11, 28),
                date(2027, 2, 28)
            ]
        );
        let four_years = Term {
            validity_months: 48,
            ..term(date(2024, 2, 29))
        };
        assert_eq!(
            four_years.end(),
            Ok(date(2028, 2, 29)),
            "counted from issue, not from the visit before"
        );
        let halves = Term {
            surveillance_months: 6,
            validity_months: 24,
            reapplication_months: None,
            ..term(date(2023, 8, 31))
        };
        let due: Vec<Date> = halves.events().unwrap().iter().map(|e| e.until.0).collect();
        assert_eq!(
            due,
            [
                date(2023, 8, 31),
                date(2024, 2, 29),
                date(2024, 8, 31),
                date(2025, 2, 28),
                date(2025, 8, 31)
            ]
        );
    }

    #[test]
    fn a_printed_end_is_followed_and_adds_no_visit() {
        let printed = Term {
            valid_until: Some(date(2027, 2, 28)),
            reapplication_months: None,
            ..term(date(2024, 3, 1))
        };
        assert_eq!(printed.events().unwrap().len(), 4);
        let longer = Term {
            valid_until: Some(date(2027, 3, 31)),
            ..printed
        };
        assert_eq!(longer.events().unwrap().len(), 4);
    }

    #[test]
    fn what_contradicts_itself_has_no_calendar() {
        let base = term(date(2025, 9, 30));
        let with = |change: fn(&mut Term)| {
            let mut term = base;
            change(&mut term);
            term.events()
        };
        assert_eq!(with(|t| t.window_days = 365).map(|_| ()), Ok(()));
        assert_eq!(with(|t| t.window_days = 366), Err(TermError::Window { days: 366, interval: 365 }));
        assert!(with(|t| t.window_days = u32::MAX).is_err());
        assert_eq!(with(|t| t.reapplication_months = Some(36)), Err(TermError::Lead { months: 36 }));
        assert_eq!(with(|t| t.valid_until = Some(date(2025, 9, 30))), Err(TermError::Backwards));
        assert_eq!(with(|t| t.issued = date(9999, 1, 1)), Err(TermError::OutOfRange));
    }

    proptest! {
        #[test]
        fn dates_ascend_and_windows_do_not_overlap(
            year in 1990_i16..2200, day in 0_i64..366, validity in 1_u32..120, interval in 1_u32..40, window in 0_u32..28,
        ) {
            let issued = date(year, 1, 1).checked_add(day.days()).unwrap();
            let term = Term { issued, valid_until: None, validity_months: validity, surveillance_months: interval,
                window_days: window, reapplication_months: None };
            let events = term.events().unwrap();
            for pair in events.windows(2) {
                prop_assert!(pair[0].until < pair[1].until && pair[0].until <= pair[1].from);
            }
            let visits = events.iter().filter(|e| e.kind == EventKind::Surveillance).count() as u32;
            prop_assert_eq!(visits, validity.div_ceil(interval) - 1);
        }
    }
}
