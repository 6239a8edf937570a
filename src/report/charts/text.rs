//! Making text from outside fit to be drawn, and fitting it into a width.

use super::font::Ruler;
use super::style::Type;

/// Longest text that is looked at; no label is shown at this length anyway.
const LONGEST: usize = 4000;
const ELLIPSIS: char = '…';

/// The text without anything that could break the picture: control characters and line breaks become spaces,
/// characters that change the reading direction, are invisible or may not stand in XML are dropped, and runs of spaces
/// become one.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars().take(LONGEST) {
        if character.is_control() || character.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_invisible(character) {
            out.push(character);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Direction, joining, tag and variation characters and those that are no characters at all.
pub(in crate::report) fn is_invisible(character: char) -> bool {
    let code = u32::from(character);
    matches!(code, 0xAD | 0x61C | 0x180E | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F)
        || matches!(code, 0xFE00..=0xFE0F | 0xFEFF | 0xFFF9..=0xFFFB | 0xFDD0..=0xFDEF | 0xE0000..=0xE0FFF)
        || code & 0xFFFE == 0xFFFE
}

/// The text cut with `…` where it is wider than `width` pixels.
pub(super) fn elide(ruler: &Ruler, text: &str, kind: Type, width: f64) -> String {
    if ruler.width(text, kind) <= width {
        return text.to_owned();
    }
    let room = width - ruler.advance(ELLIPSIS, kind);
    let mut used = 0.0;
    let mut out = String::new();
    for character in text.chars() {
        used += ruler.advance(character, kind);
        if used > room {
            break;
        }
        out.push(character);
    }
    out.truncate(out.trim_end().len());
    out.push(ELLIPSIS);
    out
}

/// The cleaned text in at most `most_lines` lines of at most `width` pixels; what does not fit is cut with `…`.
///
/// Lines break at spaces and between Chinese characters; closing punctuation never begins a line.
pub(super) fn wrap(ruler: &Ruler, text: &str, kind: Type, width: f64, most_lines: usize) -> Vec<String> {
    let cleaned = clean(text);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut pieces = pieces(&cleaned).into_iter().peekable();
    while let Some(piece) = pieces.next() {
        let candidate = format!("{line}{piece}");
        if ruler.width(candidate.trim_end(), kind) <= width {
            line = candidate;
            continue;
        }
        let last = lines.len() + 1 >= most_lines;
        if last {
            let rest: String = std::iter::once(piece).chain(pieces.by_ref()).collect();
            line = elide(ruler, &format!("{line}{rest}"), kind, width);
            break;
        }
        if !line.trim_end().is_empty() {
            lines.push(line.trim_end().to_owned());
        }
        line = split_long(ruler, &piece, kind, width, most_lines, &mut lines);
    }
    if !line.trim_end().is_empty() && lines.len() < most_lines {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Breaks one piece that is wider than a line within itself: whole lines are added to `lines`, the rest is returned.
fn split_long(ruler: &Ruler, piece: &str, kind: Type, width: f64, most: usize, lines: &mut Vec<String>) -> String {
    let mut line = String::new();
    for (at, character) in piece.char_indices() {
        let next = format!("{line}{character}");
        if line.is_empty() || ruler.width(next.trim_end(), kind) <= width {
            line = next;
            continue;
        }
        if lines.len() + 1 >= most {
            return elide(ruler, &format!("{line}{}", piece.get(at..).unwrap_or_default()), kind, width);
        }
        lines.push(std::mem::replace(&mut line, character.to_string()));
    }
    line
}

/// Parts of a text that stay together: a word with the space behind it, or one Chinese character with the punctuation
/// that clings to it.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut previous = ' ';
    for character in text.chars() {
        let joins = character == ' '
            || clings_to_previous(character)
            || clings_to_next(previous)
            || (previous != ' ' && !is_wide(character) && !is_wide(previous));
        match pieces.last_mut() {
            Some(piece) if joins => piece.push(character),
            _ => pieces.push(character.to_string()),
        }
        previous = character;
    }
    pieces
}

fn is_wide(character: char) -> bool {
    matches!(u32::from(character), 0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFFEF | 0x1F000..=0x3FFFF)
        || character == '·'
}

fn clings_to_previous(character: char) -> bool {
    matches!(
        character,
        '，' | '。' | '、' | '；' | '：' | '！' | '？' | '）' | '】' | '》' | '」' | '』' | '”' | '’' | '％' | '…' | '·'
    )
}

fn clings_to_next(character: char) -> bool {
    matches!(character, '（' | '【' | '《' | '「' | '『' | '“' | '‘')
}

/// A number with commas between thousands.
pub(super) fn thousands(number: u64) -> String {
    crate::round::grouped(number)
}

/// What a mark says to those who point at it: `Quality: 84.6 [83.1–86.1] n=602`.
pub(super) fn told(name: &str, value: &str, interval: Option<(String, String)>, n: Option<u64>) -> String {
    let interval = interval.map_or_else(String::new, |(low, high)| format!(" [{low}–{high}]"));
    let n = n.map_or_else(String::new, |n| format!(" {}", sample_size(n)));
    format!("{name}: {value}{interval}{n}")
}

/// The size of a sample as it is printed: `n=1,203`.
pub(super) fn sample_size(n: u64) -> String {
    format!("n={}", thousands(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::style::LABEL;

    #[test]
    fn hostile_characters_are_taken_out() {
        assert_eq!(clean(" a\u{0}\u{8}b\n\tc\u{202e}\u{feff}\u{fffe}\u{ffff} "), "a b c");
        assert_eq!(clean("\u{1fffe}\u{e0041}\u{200d}"), "");
        assert_eq!(clean("<b>&\"'"), "<b>&\"'");
    }

    #[test]
    fn wrapped_lines_fit_and_keep_the_text() {
        let ruler = Ruler::new().unwrap();
        for text in [
            "与期望相比的总体满意程度（含售后服务、配送与退换货）",
            "How satisfied are you with the after-sales service",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ] {
            let lines = wrap(&ruler, text, LABEL, 120.0, 20);
            assert!(lines.len() > 2);
            assert!(lines.iter().all(|line| ruler.width(line, LABEL) <= 120.0), "{lines:?}");
            let squeeze = |text: &str| text.replace(' ', "");
            assert_eq!(squeeze(&lines.concat()), squeeze(text));
            assert!(!lines.iter().any(|line| line.starts_with(['，', '、', '）'])));
        }
    }

    #[test]
    fn what_does_not_fit_is_cut_with_an_ellipsis() {
        let ruler = Ruler::new().unwrap();
        for (text, most) in [
            ("满意".repeat(100), 1),
            ("满意".repeat(100), 2),
            ("x".repeat(200), 2),
            ("word ".repeat(60), 3),
        ] {
            let lines = wrap(&ruler, &text, LABEL, 100.0, most);
            assert_eq!(lines.len(), most);
            assert!(lines.iter().all(|line| ruler.width(line, LABEL) <= 100.0), "{lines:?}");
            assert!(lines.last().unwrap().ends_with('…'));
        }
        assert_eq!(elide(&ruler, "短", LABEL, 100.0), "短");
        assert!(wrap(&ruler, "\u{202e} ", LABEL, 100.0, 2).is_empty());
    }

    #[test]
    fn thousands_are_parted_by_commas() {
        assert_eq!([0, 999, 1000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
    }
}
