//! The only place that rounds. Estimates stay unrounded everywhere else.

/// Rounds half away from zero to some decimals, on the decimal form that is printed: 72.45 at one decimal is 72.5, though
/// its binary form lies a little below.
#[must_use]
pub fn round_to(value: f64, decimals: usize) -> f64 {
    printed(value, decimals).parse().unwrap_or(value)
}

/// Rounds by GB/T 8170: halves of the decimal form go to the even digit (四舍六入五成双), so that 89.95 gives 90.0 and
/// 89.85 gives 89.8 at one decimal.
#[must_use]
pub fn round_half_even(value: f64, decimals: usize) -> f64 {
    let exact = format!("{value}");
    let fraction = exact.split_once('.').map(|(_, fraction)| fraction).unwrap_or_default();
    let tie = fraction.len() == decimals + 1 && fraction.ends_with('5');
    let kept = exact.get(..exact.len().saturating_sub(1)).unwrap_or_default();
    let last_even = kept.bytes().rfind(u8::is_ascii_digit).is_some_and(|d| (d - b'0').is_multiple_of(2));
    if value.is_finite() && tie && last_even {
        kept.trim_end_matches('.').parse().unwrap_or(value)
    } else {
        round_to(value, decimals)
    }
}

/// A number with a fixed number of decimals, half away from zero.
#[must_use]
pub fn printed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    // The shortest decimal that reads back as the same number: what a reader of the JSON sees.
    let exact = format!("{value}");
    // Adding zero makes of a negative zero a plain one: a number printed as zero has no sign.
    let Some((whole, fraction)) = exact.split_once('.') else {
        return format!("{:.decimals$}", value + 0.0);
    };
    if fraction.len() <= decimals {
        return format!("{:.decimals$}", value + 0.0);
    }
    let (kept, rest) = fraction.split_at(decimals);
    let mut digits: Vec<u8> = whole.trim_start_matches('-').bytes().chain(kept.bytes()).collect();
    if rest.as_bytes().first().is_some_and(|d| *d >= b'5') {
        carry(&mut digits);
    }
    let text = String::from_utf8_lossy(&digits).into_owned();
    let (whole, kept) = text.split_at(text.len() - decimals);
    let sign = if whole.bytes().chain(kept.bytes()).any(|d| d != b'0') && value < 0.0 {
        "-"
    } else {
        ""
    };
    if decimals == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{kept}")
    }
}

fn carry(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

/// A whole number with a comma at every third digit: `8,760`.
#[must_use]
pub fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(printed(72.45, 1), "72.5");
        assert_eq!(printed(-72.45, 1), "-72.5");
        assert_eq!(printed(99.96, 1), "100.0");
        assert_eq!(printed(0.04, 1), "0.0");
        assert_eq!(printed(-0.04, 1), "0.0");
        assert_eq!(printed(94.996, 2), "95.00");
        assert_eq!(printed(5.0, 1), "5.0");
        assert_eq!(printed(1.5, 0), "2");
        assert_eq!(printed(f64::NAN, 1), "–");
    }

    #[test]
    fn gbt_8170_halves_go_to_the_even_digit() {
        assert_eq!(round_half_even(89.95, 1), 90.0);
        assert_eq!(round_half_even(89.85, 1), 89.8);
        assert_eq!(round_half_even(89.996, 1), 90.0);
        assert_eq!(round_half_even(2.5, 0), 2.0);
        assert_eq!(round_half_even(3.5, 0), 4.0);
        assert_eq!(round_half_even(-2.5, 0), -2.0);
        assert_eq!(round_half_even(84.851, 1), 84.9);
    }

    proptest! {
        #[test]
        fn never_further_than_half_a_unit(value in -1e6_f64..1e6, decimals in 0_usize..6) {
            let unit = (0..decimals).fold(1.0, |unit, _| unit / 10.0);
            prop_assert!((round_to(value, decimals) - value).abs() <= unit / 2.0 + 1e-9);
        }
    }
}
