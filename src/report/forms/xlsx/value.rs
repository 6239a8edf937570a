//! Printed texts → values of a spreadsheet: numbers become numbers that are shown as they were printed, all else is text.

/// What a cell holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// A text, never a formula or a link.
    Text(String),
    /// A number.
    Number(Number),
}

/// A number and how it is shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    /// The number; a percentage is a share.
    pub value: f64,
    /// Its number format, which prints it as it stood in the report.
    pub format: String,
    /// Decimals of [`Number::value`], those of a share included.
    pub decimals: usize,
}

/// More digits than this, and a text of digits names something (a telephone, an account) rather than counting it.
const DIGITS_MAX: usize = 11;

/// The number that a printed text is, such as `84.6`, `-0.3`, `+1.3`, `1,234` or `30.5%`; `None` for everything else: words,
/// dashes, intervals, `< 0.001`, digits with leading zeros and twelve digits or more.
pub(super) fn number(text: &str) -> Option<Number> {
    let (sign, rest) = match text.chars().next()? {
        '-' | '\u{2212}' => (Sign::Minus, &text[text.chars().next()?.len_utf8()..]),
        '+' => (Sign::Plus, &text[1..]),
        _ => (Sign::None, text),
    };
    let (digits, percent) = rest.strip_suffix('%').map_or((rest, false), |digits| (digits, true));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let grouped = whole.contains(',');
    if !is_whole(whole) || fraction.is_some_and(|f| !all_digits(f)) {
        return None;
    }
    let plain: String = whole.chars().filter(char::is_ascii_digit).collect();
    let decimals = fraction.map_or(0, str::len);
    if plain.len() + decimals > 15 || (!grouped && plain.len() > DIGITS_MAX) {
        return None;
    }
    let minus = if sign == Sign::Minus { "-" } else { "" };
    let exponent = if percent { "e-2" } else { "" };
    let fraction = fraction.map(|f| format!(".{f}")).unwrap_or_default();
    let value = format!("{minus}{plain}{fraction}{exponent}").parse().ok()?;
    let shown = |of: &str| format!("{of}{}", if percent { "%" } else { "" });
    let pattern = if grouped { "#,##0" } else { "0" };
    let pattern = shown(&match decimals {
        0 => pattern.to_owned(),
        decimals => format!("{pattern}.{}", "0".repeat(decimals)),
    });
    let format = match sign {
        Sign::Plus => format!("+{pattern};-{pattern};{pattern}"),
        Sign::Minus if text.starts_with('\u{2212}') => format!("{pattern};\u{2212}{pattern}"),
        _ => pattern,
    };
    Some(Number {
        value,
        format,
        decimals: decimals + if percent { 2 } else { 0 },
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    None,
    Plus,
    Minus,
}

/// Digits without leading zero, with thousands set apart everywhere or nowhere.
fn is_whole(text: &str) -> bool {
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or_default();
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let leading_zero = first.len() > 1 && first.starts_with('0') || first == "0" && text.contains(',');
    let rest: Vec<&str> = groups.collect();
    let first_fits = rest.is_empty() || first.len() <= 3;
    digits(first) && first_fits && !leading_zero && rest.iter().all(|group| group.len() == 3 && digits(group))
}

/// Both ends of a printed interval, given the word that stands between them with its spaces.
pub(super) fn ends(text: &str, between: &str) -> Option<(Number, Number)> {
    let (low, high) = text.split_once(between)?;
    Some((number(low)?, number(high)?))
}

/// True for what stands in a column of numbers where there is none.
pub(super) fn is_absent(text: &str) -> bool {
    matches!(text, "" | "–" | "-" | "—")
}

/// True for a text that a spreadsheet would take for a formula if someone opened the cell and pressed return.
pub(super) fn is_risky(text: &str) -> bool {
    text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '%', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<(f64, String)> {
        number(text).map(|n| (n.value, n.format))
    }

    #[test]
    fn printed_numbers_become_numbers_and_keep_their_look() {
        for (text, value, format) in [
            ("84.6", 84.6, "0.0"),
            ("602", 602.0, "0"),
            ("1,234,567", 1_234_567.0, "#,##0"),
            ("12,345.60", 12_345.6, "#,##0.00"),
            ("-0.3", -0.3, "0.0"),
            ("\u{2212}0.3", -0.3, "0.0;\u{2212}0.0"),
            ("+1.3", 1.3, "+0.0;-0.0;0.0"),
            ("30.5%", 0.305, "0.0%"),
            ("95%", 0.95, "0%"),
            ("0", 0.0, "0"),
            ("0.000", 0.0, "0.000"),
        ] {
            assert_eq!(read(text), Some((value, format.to_owned())), "{text}");
        }
    }

    #[test]
    fn names_made_of_digits_and_everything_else_stay_text() {
        for text in [
            "",
            "–",
            "-",
            "+",
            "< 0.001",
            "83.1 至 86.1",
            "007",
            "00.5",
            "110101199003071234",
            "13800138000123",
            "1,23",
            "1,2345",
            "0,123",
            "1.2.3",
            "1e5",
            "NaN",
            "inf",
            "0x1f",
            "１２",
            "=1",
            "12 ",
            " 12",
            "3A",
            ".5",
            "5.",
            "1.",
            "--1",
            "+-1",
            "%",
            "1%%",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn both_ends_of_an_interval_are_read() {
        let (low, high) = ends("83.1 至 86.1", " 至 ").unwrap();
        assert_eq!((low.value, high.value), (83.1, 86.1));
        assert_eq!(ends("-2.0 to +4.0", " to ").map(|(l, h)| (l.value, h.value)), Some((-2.0, 4.0)));
        assert_eq!(ends("无", " 至 "), None);
    }

    #[test]
    fn what_looks_like_a_formula_is_known() {
        for text in ["=1+1", " =1", "+1", "-1", "@SUM(A1)", "＝1", "＠x", "|cmd", "\u{feff}=1", "\t=1"] {
            assert!(is_risky(text), "{text}");
        }
        assert!(!is_risky("满意=好"));
    }

    proptest! {
        #[test]
        fn any_printed_number_reads_back(value in -1e7_f64..1e7, decimals in 0_usize..4) {
            let text = crate::round::printed(value, decimals);
            let read = number(&text).unwrap();
            prop_assert_eq!(read.value, text.parse::<f64>().unwrap());
            prop_assert_eq!(read.decimals, decimals);
        }

        #[test]
        fn no_text_is_a_number_unless_it_is_printed_so(text in "\\PC{0,12}") {
            if let Some(number) = number(&text) {
                let plain: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
                let size = plain.parse::<f64>().unwrap() / if text.ends_with('%') { 100.0 } else { 1.0 };
                prop_assert!((number.value.abs() - size).abs() <= 1e-12 * size.max(1.0));
            }
        }
    }
}
