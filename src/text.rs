//! Text from outside made fit to be shown, and people kept out of it.

pub mod redact;

/// Text made fit for a terminal, a log or a report: control characters and bidirectional overrides become U+FFFD, and
/// what is longer than `limit` characters is cut with an ellipsis.
#[must_use]
pub fn shown(text: &str, limit: usize) -> String {
    let mut out = String::with_capacity(text.len().min(limit * 4));
    for (position, character) in text.chars().enumerate() {
        if position == limit {
            out.push('…');
            break;
        }
        out.push(if is_dangerous(character) { '\u{fffd}' } else { character });
    }
    out
}

/// Control characters, those that change the reading order of what follows, and those that XML does not allow.
fn is_dangerous(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// A short answer as it may stand in the ledger: shown as [`shown`], with long runs of digits and mail addresses
/// masked, because a misplaced column can hold a telephone or identity number.
#[must_use]
pub fn redacted(text: &str) -> String {
    let text = shown(text.trim(), 40);
    if text.contains('@') {
        return "***@***".to_owned();
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if digits >= 7 {
        return text.chars().map(|c| if c.is_ascii_digit() { '*' } else { c }).collect();
    }
    text
}

/// A cell of a CSV file that a spreadsheet must not take for a formula: a leading quote is put before `= + - @`, tab
/// and their full-width twins, unless the text is a plain number.
#[must_use]
pub fn spreadsheet_safe(text: &str) -> String {
    let risky = text
        .trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '%', '\t']);
    if risky && text.parse::<f64>().is_err() {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_and_mail_are_masked_and_short_answers_kept() {
        assert_eq!(redacted("13800138000"), "***********");
        assert_eq!(redacted("a@b.cn"), "***@***");
        assert_eq!(redacted("非常满意"), "非常满意");
        assert_eq!(redacted("77"), "77");
    }

    #[test]
    fn formulas_are_disarmed_and_numbers_left_alone() {
        assert_eq!(spreadsheet_safe("=1+1"), "'=1+1");
        assert_eq!(spreadsheet_safe("＠SUM"), "'＠SUM");
        assert_eq!(spreadsheet_safe("-5"), "-5");
        assert_eq!(spreadsheet_safe("满意"), "满意");
    }
}
