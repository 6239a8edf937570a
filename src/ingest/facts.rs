//! What a row says beside its answers: when it was sent, how long it took.

use super::table::trimmed;
use jiff::civil::{Date, DateTime, Time};

/// The forms of a submission time met in exports, tried in this order after the one that fitted last.
const TIME_FORMATS: [&str; 8] = [
    "%Y-%m-%d %H:%M:%S",
    "%Y/%m/%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M",
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日 %H:%M",
    "%Y.%m.%d %H:%M:%S",
];

const DATE_FORMATS: [&str; 3] = ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"];

/// Reads submission times and holds them against the field dates.
#[derive(Debug, Clone)]
pub struct TimeReader {
    stated: Option<String>,
    start: Option<Date>,
    end: Option<Date>,
    last_format: usize,
}

impl TimeReader {
    /// A reader; field dates that are absent are not held against anything.
    #[must_use]
    pub fn new(stated: Option<String>, start: Option<Date>, end: Option<Date>) -> Self {
        Self {
            stated,
            start,
            end,
            last_format: 0,
        }
    }

    /// False when the cell is no date that exists, or lies outside the field dates. An empty cell is no fault.
    pub fn is_possible(&mut self, cell: &str) -> bool {
        let cell = trimmed(cell);
        cell.is_empty()
            || self
                .read(cell)
                .map(DateTime::date)
                .is_some_and(|date| self.start.is_none_or(|s| date >= s) && self.end.is_none_or(|e| date <= e))
    }

    /// Seconds of the local clock since 1970-01-01 00:00; a day alone counts from its midnight. `None` for what is empty or
    /// not possible.
    pub fn seconds(&mut self, cell: &str) -> Option<i64> {
        if !self.is_possible(cell) {
            return None;
        }
        let moment = self.read(trimmed(cell))?;
        Some(jiff::tz::Offset::UTC.to_timestamp(moment).ok()?.as_second())
    }

    fn read(&mut self, cell: &str) -> Option<DateTime> {
        let midnight = |date: Date| date.to_datetime(Time::midnight());
        if let Some(format) = &self.stated {
            return DateTime::strptime(format, cell)
                .or_else(|_| Date::strptime(format, cell).map(midnight))
                .ok();
        }
        let parse = |at: usize| DateTime::strptime(TIME_FORMATS.get(at)?, cell).ok();
        if let Some(date) = parse(self.last_format) {
            return Some(date);
        }
        for at in 0..TIME_FORMATS.len() {
            if let Some(date) = parse(at) {
                self.last_format = at;
                return Some(date);
            }
        }
        DATE_FORMATS
            .iter()
            .find_map(|format| Date::strptime(format, cell).ok().map(midnight))
    }
}

/// True for text that has the form of a date, right or wrong: such a text names no person and may be shown as it is.
#[must_use]
pub fn has_date_form(cell: &str) -> bool {
    let parts: Vec<&str> = cell.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).collect();
    let lengths: Vec<usize> = parts.iter().map(|p| p.len()).collect();
    matches!(lengths.as_slice(), [4, 1..=2, 1..=2, rest @ ..] if rest.len() <= 3 && rest.iter().all(|l| *l <= 2))
}

/// Seconds from `123`, `123秒`, `123s`, `2分3秒` or `0:02:03`; `None` when it is none of these.
#[must_use]
pub fn read_duration(cell: &str) -> Option<f64> {
    let text = trimmed(cell);
    let text = text.strip_suffix('秒').or_else(|| text.strip_suffix('s')).unwrap_or(text);
    let seconds = if let Some((minutes, rest)) = text.split_once('分') {
        let rest = if rest.is_empty() { 0.0 } else { rest.parse().ok()? };
        minutes.parse::<f64>().ok()? * 60.0 + rest
    } else if text.contains(':') {
        text.split(':')
            .try_fold(0.0, |total, part| Some(total * 60.0 + part.parse::<f64>().ok()?))?
    } else {
        text.parse().ok()?
    };
    (seconds.is_finite() && seconds >= 0.0).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_in_the_forms_of_the_exports() {
        assert_eq!(read_duration("49秒"), Some(49.0));
        assert_eq!(read_duration("2分3秒"), Some(123.0));
        assert_eq!(read_duration("2分"), Some(120.0));
        assert_eq!(read_duration("0:02:03"), Some(123.0));
        assert_eq!(read_duration("88.5"), Some(88.5));
        assert_eq!(read_duration("-5"), None);
        assert_eq!(read_duration("很久"), None);
    }

    #[test]
    fn moments_are_seconds_of_the_local_clock() {
        let mut times = TimeReader::new(None, None, None);
        assert_eq!(times.seconds("1970-01-02 00:01:05"), Some(86_465));
        assert_eq!(times.seconds("1970/1/2 0:01"), Some(86_460));
        assert_eq!(times.seconds("1970-01-02"), Some(86_400));
        assert_eq!(times.seconds(""), None);
        assert_eq!(times.seconds("1970-02-30 00:00:00"), None);
    }

    #[test]
    fn dates_that_do_not_exist_or_lie_outside_the_field() {
        let day = |d: &str| d.parse::<Date>().ok();
        let mut times = TimeReader::new(None, day("2024-03-01"), day("2024-03-31"));
        assert!(times.is_possible("2024-03-15 10:00:00"));
        assert!(times.is_possible("2024/3/5 9:05:07"));
        assert!(times.is_possible("2024-03-31"));
        assert!(times.is_possible(""));
        assert!(!times.is_possible("2024-02-30 10:00:00"));
        assert!(!times.is_possible("2024-04-01 00:00:00"));
        assert!(!times.is_possible("昨天"));
    }
}
