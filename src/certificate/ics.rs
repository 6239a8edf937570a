//! The calendar as an iCalendar file (RFC 5545): whole days, no clock. The same certificate gives the same bytes, so the
//! time stamp that the format demands is the day of issue.

use super::calendar::Day;
use jiff::ToSpan;
use sha2::{Digest, Sha256};

/// Octets of a content line before it is folded (RFC 5545, 3.1).
const LINE_OCTETS: usize = 75;

/// An entry for the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Name within the calendar, such as `surveillance-1`; part of the entry's identity.
    pub name: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// Title.
    pub summary: String,
    /// What to know; may hold several lines.
    pub description: String,
}

/// Writes the file. `identity` tells certificates apart, so that a calendar program replaces entries instead of doubling them.
#[must_use]
pub fn write(identity: &str, title: &str, stamp: Day, entries: &[Entry]) -> Vec<u8> {
    let mut out = String::new();
    let digest = crate::ingest::decode::hexadecimal(&Sha256::digest(identity.as_bytes()));
    let short = digest.get(..16).unwrap_or_default();
    for text in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Manyidu//Certificate calendar//ZH",
        "CALSCALE:GREGORIAN",
    ] {
        line(&mut out, text);
    }
    line(&mut out, &format!("X-WR-CALNAME:{}", escaped(title)));
    for entry in entries {
        // DTEND is the day after the last one (RFC 5545, 3.6.1).
        let end = entry.until.0.checked_add(1.day()).unwrap_or(entry.until.0);
        line(&mut out, "BEGIN:VEVENT");
        line(&mut out, &format!("UID:{}-{short}@manyidu.invalid", entry.name));
        line(&mut out, &format!("DTSTAMP:{}T000000Z", compact(stamp)));
        line(&mut out, &format!("DTSTART;VALUE=DATE:{}", compact(entry.from)));
        line(&mut out, &format!("DTEND;VALUE=DATE:{}", compact(Day(end))));
        line(&mut out, &format!("SUMMARY:{}", escaped(&entry.summary)));
        if !entry.description.is_empty() {
            line(&mut out, &format!("DESCRIPTION:{}", escaped(&entry.description)));
        }
        line(&mut out, "TRANSP:TRANSPARENT");
        line(&mut out, "END:VEVENT");
    }
    line(&mut out, "END:VCALENDAR");
    out.into_bytes()
}

fn compact(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// Text of a property (RFC 5545, 3.3.11). Control characters other than line ends have no place in it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(character);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Adds a content line, folded between characters so that no line is longer than 75 octets.
fn line(out: &mut String, text: &str) {
    let mut octets = 0;
    for character in text.chars() {
        let length = character.len_utf8();
        if octets + length > LINE_OCTETS {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(character);
        octets += length;
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use icalendar::{Calendar, CalendarComponent, CalendarDateTime, Component, DatePerhapsTime};
    use jiff::civil::date;
    use proptest::prelude::*;

    fn entry(summary: &str, description: &str) -> Entry {
        Entry {
            name: "surveillance-1".to_owned(),
            from: Day(date(2026, 7, 2)),
            until: Day(date(2026, 9, 30)),
            summary: summary.to_owned(),
            description: description.to_owned(),
        }
    }

    fn written(entries: &[Entry]) -> String {
        String::from_utf8(write("id", "证书", Day(date(2025, 9, 30)), entries)).unwrap()
    }

    /// Read back by the crate `icalendar`, which shares nothing with this writer.
    #[test]
    fn another_program_reads_it_back() {
        let text = written(&[entry("第 1 次监督审核, 窗口; 到期", "一\n二\\三")]);
        let calendar: Calendar = text.parse().unwrap();
        let [CalendarComponent::Event(event)] = calendar.components.as_slice() else {
            panic!("{calendar:?}")
        };
        assert_eq!(event.get_start(), Some(DatePerhapsTime::Date(chrono_date(2026, 7, 2))));
        assert_eq!(event.get_end(), Some(DatePerhapsTime::Date(chrono_date(2026, 10, 1))));
        assert_eq!(event.get_summary(), Some("第 1 次监督审核, 窗口; 到期"));
        assert_eq!(event.get_description(), Some("一\n二\\三"));
        assert!(matches!(
            event.get_timestamp().map(CalendarDateTime::Utc),
            Some(CalendarDateTime::Utc(stamp)) if stamp.to_rfc3339() == "2025-09-30T00:00:00+00:00"
        ));
    }

    fn chrono_date(year: i32, month: u32, day: u32) -> chrono::NaiveDate {
        chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    proptest! {
        #[test]
        fn lines_are_short_and_unfold_to_what_was_written(summary in "\\PC{0,200}") {
            let text = written(&[entry(&summary, "")]);
            prop_assert!(text.ends_with("\r\n"));
            prop_assert!(text.split("\r\n").all(|l| l.len() <= LINE_OCTETS && !l.contains(['\r', '\n'])));
            let unfolded = text.replace("\r\n ", "");
            let wanted = format!("SUMMARY:{}", escaped(&summary));
            prop_assert!(unfolded.split("\r\n").any(|l| l == wanted));
        }
    }
}
