//! Personal data masked inside free text, so that a few answers can be quoted.
//!
//! What is found is replaced by a mark that says what stood there, such as `【手机】`: mobile and landline numbers of mainland
//! China, identity numbers (18 digits with the check digit of GB 11643-1999, 15 digits with a date), bank cards (Luhn), mail and
//! network addresses, plates of vehicles (new-energy ones included), accounts named after 微信 or QQ, and names after words that
//! announce one (`我叫`, `姓名`) or before a form of address (`王师傅`). Full-width digits and letters, numbers spelt in Chinese
//! numerals and numbers with spaces or hyphens between groups are read like plain ones.
//!
//! Addresses of homes and names without any announcing word are not found. That is why quotations are off unless the definition
//! asks for them.

mod names;
mod numbers;

use regex::Regex;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Kinds of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonalKind {
    /// A web address; it can hold a session or an order.
    Url,
    /// An e-mail address.
    Email,
    /// A resident identity number.
    Identity,
    /// A bank card.
    BankCard,
    /// A mobile number.
    Mobile,
    /// A landline number.
    Landline,
    /// A network address.
    IpAddress,
    /// A plate of a vehicle.
    Plate,
    /// An account of a messenger.
    Account,
    /// A name.
    Name,
}

impl PersonalKind {
    /// What stands in its place. No mark holds anything that would be found again.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Url => "【网址】",
            Self::Email => "【邮箱】",
            Self::Identity => "【身份证号】",
            Self::BankCard => "【银行卡号】",
            Self::Mobile => "【手机】",
            Self::Landline => "【座机】",
            Self::IpAddress => "【网络地址】",
            Self::Plate => "【车牌】",
            Self::Account => "【账号】",
            Self::Name => "【姓名】",
        }
    }
}

/// A text without the personal data that were found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redacted {
    /// The text with marks.
    pub text: String,
    /// How often each kind was found.
    pub found: BTreeMap<PersonalKind, u64>,
}

/// Something found: positions count characters.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    at: Range<usize>,
    kind: PersonalKind,
}

/// Masks personal data. Applying it to its own result changes nothing.
#[must_use]
pub fn redact(text: &str) -> Redacted {
    let mut out = Redacted {
        text: text.to_owned(),
        found: BTreeMap::new(),
    };
    // A mark can free the edge of what stands beside it. Every pass takes characters away that no mark holds, so this ends.
    loop {
        let found = disjoint(find(&out.text));
        if found.is_empty() {
            return out;
        }
        for one in &found {
            *out.found.entry(one.kind).or_insert(0) += 1;
        }
        out.text = replaced(&out.text, &found);
    }
}

/// Everything found in one pass, detectors in the order of their certainty.
fn find(text: &str) -> Vec<Found> {
    let plain = Plain::of(text);
    let mut found = Vec::new();
    for (kind, pattern) in PATTERNS.iter() {
        found.extend(plain.matches(pattern, |_, _| true).map(|at| Found { at, kind: *kind }));
    }
    found.extend(numbers::find(&plain));
    found.extend(names::find(&plain));
    found
}

/// Of what overlaps, the first found stays, widened to all it touches: a half-masked number would be none.
fn disjoint(found: Vec<Found>) -> Vec<Found> {
    let mut kept: Vec<Found> = Vec::new();
    for one in found {
        match kept.iter_mut().find(|k| k.at.start < one.at.end && one.at.start < k.at.end) {
            Some(k) => k.at = k.at.start.min(one.at.start)..k.at.end.max(one.at.end),
            None => kept.push(one),
        }
    }
    kept.sort_by_key(|one| one.at.start);
    // Widening can make neighbours touch.
    let mut merged: Vec<Found> = Vec::new();
    for one in kept {
        match merged.last_mut().filter(|last| one.at.start < last.at.end) {
            Some(last) => last.at.end = last.at.end.max(one.at.end),
            None => merged.push(one),
        }
    }
    merged
}

fn replaced(text: &str, found: &[Found]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut next = found.iter().peekable();
    for (at, character) in text.chars().enumerate() {
        while next.peek().is_some_and(|one| one.at.end <= at) {
            next.next();
        }
        match next.peek() {
            Some(one) if one.at.start == at => out.push_str(one.kind.mark()),
            Some(one) if one.at.contains(&at) => {}
            _ => out.push(character),
        }
    }
    out
}

/// A text with full-width signs and numerals made plain, character by character, so that positions stay those of the original.
struct Plain {
    text: String,
    characters: Vec<char>,
    /// Character number of every byte offset at which one begins.
    number: BTreeMap<usize, usize>,
}

/// Shortest run of Chinese numerals that is read as a number: shorter ones are words (`一二三`).
const NUMERALS_MIN: usize = 7;

impl Plain {
    fn of(text: &str) -> Self {
        let mut characters: Vec<char> = text.chars().map(plain_character).collect();
        let mut start = 0;
        while start < characters.len() {
            let run = characters.iter().skip(start).take_while(|c| numeral(**c).is_some()).count();
            if run >= NUMERALS_MIN {
                for character in characters.iter_mut().skip(start).take(run) {
                    *character = numeral(*character).unwrap_or(*character);
                }
            }
            start += run.max(1);
        }
        let text: String = characters.iter().collect();
        let ends = std::iter::once((text.len(), characters.len()));
        let number = text
            .char_indices()
            .enumerate()
            .map(|(number, (at, _))| (at, number))
            .chain(ends)
            .collect();
        Self { text, characters, number }
    }

    fn character(&self, at: usize) -> Option<char> {
        self.characters.get(at).copied()
    }

    fn before(&self, at: usize) -> Option<char> {
        self.character(at.checked_sub(1)?)
    }

    /// The characters of a range.
    fn slice(&self, at: Range<usize>) -> &[char] {
        self.characters.get(at).unwrap_or_default()
    }

    /// Matches of a pattern (of its group `it`, where it has one) that `fits` accepts; one that it refuses hides no later one.
    fn matches<'a>(
        &'a self,
        pattern: &'a Regex,
        fits: impl Fn(&Self, &Range<usize>) -> bool + 'a,
    ) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            while let Some(captures) = pattern.captures_at(&self.text, from) {
                let whole = captures.get(0)?;
                let part = captures.name("it").unwrap_or(whole);
                let at = *self.number.get(&part.start())?..*self.number.get(&part.end())?;
                if fits(self, &at) && !at.is_empty() {
                    from = whole.end();
                    return Some(at);
                }
                from = whole.start() + self.text.get(whole.start()..)?.chars().next()?.len_utf8();
            }
            None
        })
    }
}

fn plain_character(character: char) -> char {
    match character {
        '！'..='～' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        '\u{3000}' | '\u{a0}' => ' ',
        '–' | '—' | '‐' | '−' => '-',
        other => other,
    }
}

/// The digit that a numeral stands for; plain digits stand for themselves.
fn numeral(character: char) -> Option<char> {
    Some(match character {
        '0'..='9' => character,
        '零' | '〇' | '○' => '0',
        '一' | '幺' | '壹' => '1',
        '二' | '两' | '贰' => '2',
        '三' | '叁' => '3',
        '四' | '肆' => '4',
        '五' | '伍' => '5',
        '六' | '陆' => '6',
        '七' | '柒' => '7',
        '八' | '捌' => '8',
        '九' | '玖' => '9',
        _ => return None,
    })
}

/// A pattern of this module: all are fixed texts, and a test compiles them.
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a fixed pattern")
}

/// Patterns that need no further look.
static PATTERNS: LazyLock<[(PersonalKind, Regex); 3]> = LazyLock::new(|| {
    [
        (
            PersonalKind::Url,
            pattern(r"(?i)(?:(?:https?|ftp|wxp|weixin)://|www\.)[a-z0-9\-._~:/?#@!$&'()*+,;=%\[\]]+"),
        ),
        (
            PersonalKind::Email,
            pattern(r"(?i)[a-z0-9._%+\-]+ ?@ ?[a-z0-9\-]+(?: ?\. ?[a-z0-9\-]+)+"),
        ),
        (
            PersonalKind::Account,
            pattern(
                r"(?i)(?:微信|薇信|威信|vx|v信|wechat|加微|加v|qq|扣扣)(?:号码|号|群|id)?(?:是|为|叫|就是)? ?[::]? ?(?P<it>[a-z][a-z0-9_\-]{4,19}|[0-9]{5,12})",
            ),
        ),
    ]
});

#[cfg(test)]
mod tests;
