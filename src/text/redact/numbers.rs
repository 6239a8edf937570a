//! Numbers that name a person or a thing of a person, told from order numbers and amounts by their own check digits and parts.

use super::{Found, PersonalKind, Plain, pattern};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

struct Patterns {
    identity: Regex,
    identity_named: Regex,
    identity_old: Regex,
    card: Regex,
    mobile: Regex,
    landline: Regex,
    landline_named: Regex,
    ip: Regex,
    plate: Regex,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns {
    identity: pattern(r"[1-9]\d{5}[ -]?(?:18|19|20)\d{2}[ -]?\d{4}[ -]?\d{3}[\dXx]"),
    // A number that is called one is one, also with a slip in it.
    identity_named: pattern(r"身份证(?:号码|号)?(?:是|为)? ?:? ?(?P<it>\d(?:[ -]?\d){13,16}[\dXx]?)"),
    identity_old: pattern(r"[1-9]\d{14}"),
    card: pattern(r"[3-69]\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?"),
    mobile: pattern(r"(?:\+?(?:00)?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}"),
    landline: pattern(
        r"(?:\+?(?:00)?86[ -]?)?(?:\(0(?:10|2\d|[3-9]\d{2})\) ?|0(?:10|2\d|[3-9]\d{2})[ -]?)[2-8]\d{6,7}(?:[ -]?(?:转|#|-) ?\d{1,5})?",
    ),
    landline_named: pattern(r"(?:电话|座机|固话|致电|回电|来电)(?:号码|号)?(?:是|为|到)? ?:? ?(?P<it>[2-8]\d{3}[ -]?\d{3,4})"),
    ip: pattern(r"\d{1,3}(?:\.\d{1,3}){3}"),
    plate: pattern(
        r"(?i)[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·•.\-]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳领]",
    ),
});

pub(super) fn find(plain: &Plain) -> Vec<Found> {
    let patterns = &*PATTERNS;
    let mut found = Vec::new();
    let mut add = |kind: PersonalKind, pattern: &Regex, fits: &dyn Fn(&Plain, &Range<usize>) -> bool| {
        found.extend(plain.matches(pattern, fits).map(|at| Found { at, kind }));
    };
    let alone = |p: &Plain, at: &Range<usize>| stands_alone(p, at);
    let digits = |p: &Plain, at: &Range<usize>| digits_of(p.slice(at.clone()));
    add(PersonalKind::Identity, &patterns.identity_named, &alone);
    add(PersonalKind::Identity, &patterns.identity, &|p, at| {
        stands_alone(p, at) && is_identity(p.slice(at.clone()))
    });
    add(PersonalKind::Identity, &patterns.identity_old, &|p, at| {
        stands_alone(p, at) && is_old_identity(&digits(p, at))
    });
    add(PersonalKind::BankCard, &patterns.card, &|p, at| {
        stands_alone(p, at) && luhn(&digits(p, at))
    });
    add(PersonalKind::Mobile, &patterns.mobile, &alone);
    add(PersonalKind::Landline, &patterns.landline, &alone);
    add(PersonalKind::Landline, &patterns.landline_named, &alone);
    add(PersonalKind::IpAddress, &patterns.ip, &|p, at| {
        stands_alone(p, at) && is_ip(p.slice(at.clone()))
    });
    add(PersonalKind::Plate, &patterns.plate, &|p, at| {
        let after = p.character(at.end);
        let figures = digits_of(p.slice(at.clone())).len();
        figures >= 2 && !after.is_some_and(|c| c.is_ascii_alphanumeric())
    });
    found
}

/// No digit before or after, nor a point or sign that joins one: `¥2,138…` and `1.138…` are amounts.
fn stands_alone(plain: &Plain, at: &Range<usize>) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let before = plain.before(at.start);
    let joined = matches!(before, Some('.' | ',')) && digit(at.start.checked_sub(2).and_then(|i| plain.character(i)));
    let after = plain.character(at.end);
    let continued = matches!(after, Some('.')) && digit(plain.character(at.end + 1));
    !digit(before) && !digit(after) && !joined && !continued
}

fn digits_of(characters: &[char]) -> Vec<u32> {
    characters.iter().filter_map(|c| c.to_digit(10)).collect()
}

/// A date of two-figure month and day.
fn is_day(month: u32, day: u32) -> bool {
    (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// Provinces begin with 11 to 65, Hong Kong, Macao and Taiwan with 81 to 83.
fn is_province(digits: &[u32]) -> bool {
    matches!(digits, [a, b, ..] if matches!(a * 10 + b, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83))
}

/// 18 signs: province, date of birth, and a last sign that makes `Σ 2^(17−i) a_i ≡ 1 (mod 11)`, X being ten (ISO 7064 MOD 11-2).
fn is_identity(characters: &[char]) -> bool {
    let value = |c: &char| match c {
        'X' | 'x' => Some(10),
        c => c.to_digit(10),
    };
    let signs: Vec<u32> = characters.iter().filter_map(value).collect();
    let [head @ .., _] = signs.as_slice() else { return false };
    if signs.len() != 18 || head.contains(&10) || !is_province(&signs) {
        return false;
    }
    let two = |at: usize| signs.get(at).zip(signs.get(at + 1)).map_or(0, |(a, b)| a * 10 + b);
    let sum = signs.iter().fold(0, |sum, sign| (sum * 2 + sign) % 11);
    is_day(two(10), two(12)) && sum == 1
}

/// The identity number of before 1999: province and a date with a year of two figures, no check digit.
fn is_old_identity(digits: &[u32]) -> bool {
    let two = |at: usize| digits.get(at).zip(digits.get(at + 1)).map_or(0, |(a, b)| a * 10 + b);
    digits.len() == 15 && is_province(digits) && is_day(two(8), two(10))
}

/// Luhn's check (ISO/IEC 7812-1) of a card number of 16 to 19 digits.
fn luhn(digits: &[u32]) -> bool {
    let weighed = digits.iter().rev().enumerate().map(|(at, digit)| match (at % 2, digit * 2) {
        (0, _) => *digit,
        (_, twice) if twice > 9 => twice - 9,
        (_, twice) => twice,
    });
    (16..=19).contains(&digits.len()) && weighed.sum::<u32>() % 10 == 0
}

fn is_ip(characters: &[char]) -> bool {
    let text: String = characters.iter().collect();
    text.parse::<core::net::Ipv4Addr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits() {
        // The example of GB 11643-1999, annex A.
        assert!(is_identity(&"11010519491231002X".chars().collect::<Vec<_>>()));
        assert!(is_identity(&"440524188001010014".chars().collect::<Vec<_>>()));
        assert!(!is_identity(&"110105194912310021".chars().collect::<Vec<_>>()));
        // A well-known test number of ISO/IEC 7812.
        assert!(luhn(&digits_of(&"4111111111111111".chars().collect::<Vec<_>>())));
        assert!(!luhn(&digits_of(&"4111111111111112".chars().collect::<Vec<_>>())));
    }
}
