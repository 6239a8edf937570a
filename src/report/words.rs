//! Words and numbers of a report in one language: the only place where the report turns a value into text.

use crate::index::estimate::{Estimate, Interval, Reported, VarianceMethod};
use crate::locale::{Lang, Messages, Text};
use crate::round::{grouped, printed, round_to};
use std::collections::BTreeMap;
use std::fmt::Display;

/// What stands where there is no number.
pub(super) const NOTHING: &str = "–";

/// Longest text from outside that a report shows in one piece.
const TEXT_MAX: usize = 400;

/// The words of one language.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub lang: Lang,
    messages: &'static Messages,
}

impl Words {
    pub fn of(lang: Lang) -> Self {
        Self {
            lang,
            messages: Messages::of(lang),
        }
    }

    /// The wording of `report-<key>`, or of a shared key when it is written with a leading `/`.
    pub fn say(&self, key: &str, args: &[(&'static str, &dyn Display)]) -> String {
        let args: BTreeMap<&'static str, String> = args.iter().map(|(name, value)| (*name, value.to_string())).collect();
        match key.strip_prefix('/') {
            Some(shared) => self.messages.message(shared, &args),
            None => self.messages.message(&format!("report-{key}"), &args),
        }
    }

    /// True when `report-<key>` has a wording.
    pub fn has(&self, key: &str) -> bool {
        self.messages.has(&format!("report-{key}"))
    }

    /// The wording of a key without arguments.
    pub fn word(&self, key: &str) -> String {
        self.say(key, &[])
    }

    /// The reason of a cleaning rule.
    pub fn rule_reason(&self, rule: &str) -> String {
        self.messages
            .attribute(&format!("rule-{rule}"), "reason", &BTreeMap::new())
            .unwrap_or_default()
    }

    /// A text of the survey, made harmless.
    pub fn text(&self, text: &Text) -> String {
        shown(text.get(self.lang))
    }

    /// `83.9 至 86.1`, with a number of decimals.
    pub fn interval_with(&self, interval: Option<Interval>, decimals: usize) -> String {
        interval.map_or_else(nothing, |i| self.range(&printed(i.lower, decimals), &printed(i.upper, decimals)))
    }

    /// An interval of points.
    pub fn interval(&self, interval: Option<Interval>) -> String {
        self.interval_with(interval, 1)
    }

    pub fn range(&self, low: &str, high: &str) -> String {
        self.say("range", &[("low", &low), ("high", &high)])
    }

    pub fn method(&self, method: VarianceMethod) -> String {
        self.word(match method {
            VarianceMethod::Taylor => "method-taylor",
            VarianceMethod::JackknifeDeleteOne => "method-delete-one",
            VarianceMethod::JackknifeDeletePsu => "method-delete-psu",
            VarianceMethod::JackknifeDeleteGroup => "method-delete-group",
            VarianceMethod::Bootstrap => "method-bootstrap",
        })
    }

    /// Why an estimate is absent, in words; empty when it is there.
    pub fn refusal(&self, reported: &Reported) -> String {
        match (&reported.estimate, &reported.refusal) {
            (None, Some(finding)) => self.text(&finding.message),
            _ => String::new(),
        }
    }
}

/// `yes` or `no` for a choice within a message.
pub(super) fn yes_no_key(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// Text from outside, without control and direction characters and of a bearable length.
pub(super) fn shown(text: &str) -> String {
    crate::text::shown(text, TEXT_MAX)
}

fn nothing() -> String {
    NOTHING.to_owned()
}

/// A number that may be undefined, with a number of decimals.
pub(super) fn number(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(nothing, |v| printed(v, decimals))
}

/// Points of the 0 to 100 scale.
pub(super) fn points(estimate: Option<&Estimate>) -> String {
    number(estimate.map(|e| e.value), 1)
}

/// A difference of points with its sign.
pub(super) fn signed(value: Option<f64>) -> String {
    signed_with(value, 1)
}

/// A difference with its sign; one that is printed as zero has none.
pub(super) fn signed_with(value: Option<f64>, decimals: usize) -> String {
    let text = number(value, decimals);
    let shows_something = text.chars().any(|c| c.is_ascii_digit() && c != '0');
    if value.is_some_and(|v| v > 0.0) && shows_something {
        format!("+{text}")
    } else {
        text
    }
}

/// A p-value in a sentence: `p = 0.012` or `p < 0.001`.
pub(super) fn p_statement(p: Option<f64>) -> String {
    match p {
        Some(p) if p < 0.001 => "p < 0.001".to_owned(),
        p => format!("p = {}", number(p, 3)),
    }
}

/// A p-value in a table.
pub(super) fn p_value(p: Option<f64>) -> String {
    match p {
        Some(p) if p < 0.001 => "< 0.001".to_owned(),
        p => number(p, 3),
    }
}

/// A share as a percentage.
pub(super) fn percent(share: Option<f64>) -> String {
    share.map_or_else(nothing, |s| format!("{}%", printed(s * 100.0, 1)))
}

/// A confidence level: 95 % rather than 95.0 %.
pub(super) fn level(level: f64) -> String {
    format!("{}%", short(level * 100.0))
}

/// Degrees of freedom and cut-offs: whole numbers without decimals, others with at most two.
pub(super) fn short(value: f64) -> String {
    let text = printed(value, 2);
    match text.split_once('.') {
        Some((whole, fraction)) => {
            let fraction = fraction.trim_end_matches('0');
            if fraction.is_empty() {
                whole.to_owned()
            } else {
                format!("{whole}.{fraction}")
            }
        }
        None => text,
    }
}

/// Degrees of freedom.
pub(super) fn df(df: Option<f64>) -> String {
    df.map_or_else(nothing, |df| {
        if (df - round_to(df, 0)).abs() < 1e-9 {
            printed(df, 0)
        } else {
            printed(df, 1)
        }
    })
}

/// A time in minutes and seconds: `4:05`; whole seconds.
pub(super) fn clock(seconds: f64) -> String {
    let whole = round_to(seconds, 0).max(0.0);
    let minutes = (whole / 60.0).floor();
    format!("{}:{:0>2}", printed(minutes, 0), printed(whole - 60.0 * minutes, 0))
}

/// A whole number with thousands set apart.
pub(super) fn count(value: u64) -> String {
    grouped(value)
}

/// A whole number that may be absent.
pub(super) fn count_of(value: Option<u64>) -> String {
    value.map_or_else(nothing, count)
}

/// A value with as many decimals, from one upwards, as it takes to print it on the side of the line on which it lies.
pub(super) fn beside_line(value: f64, line: f64) -> String {
    let side = value.total_cmp(&line);
    let fits = |decimals: &usize| {
        printed(value, *decimals)
            .parse::<f64>()
            .is_ok_and(|shown| shown.total_cmp(&line) == side)
    };
    printed(value, (1..=6).find(fits).unwrap_or(6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(count(999), "999");
        assert_eq!(short(95.0), "95");
        assert_eq!(short(99.5), "99.5");
        assert_eq!(level(0.95), "95%");
        assert_eq!(percent(Some(0.305)), "30.5%");
        assert_eq!(percent(None), "–");
        assert_eq!(signed(Some(0.04)), "0.0");
        assert_eq!(signed(Some(1.26)), "+1.3");
        assert_eq!(p_value(Some(0.0004)), "< 0.001");
        assert_eq!(clock(59.6), "1:00");
        assert_eq!(clock(245.0), "4:05");
        assert_eq!(clock(7325.2), "122:05");
        assert_eq!(df(Some(249.0)), "249");
        assert_eq!(df(Some(249.04)), "249.0");
    }

    #[test]
    fn a_bound_is_printed_on_its_own_side_of_the_line() {
        assert_eq!(beside_line(84.98, 85.0), "84.98");
        assert_eq!(beside_line(84.7, 85.0), "84.7");
        assert_eq!(beside_line(85.0, 85.0), "85.0");
        assert_eq!(beside_line(85.004, 85.0), "85.004");
    }
}
