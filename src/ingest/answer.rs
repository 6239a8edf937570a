//! One answer: the text of a cell to one byte.

use super::table::trimmed;
use crate::survey::{MissingReason, ScaleSpec};
use std::collections::BTreeMap;

/// An answer in one byte: 0 to 200 is the step above the scale's lowest code, the values above name a missing reason.
pub type Packed = u8;

/// The packed form of a missing reason.
#[must_use]
pub const fn packed_missing(reason: MissingReason) -> Packed {
    match reason {
        MissingReason::NoAnswer => 255,
        MissingReason::NotAsked => 254,
        MissingReason::DontKnow => 253,
        MissingReason::Refused => 252,
        MissingReason::NotApplicable => 251,
        MissingReason::Invalid => 250,
    }
}

/// The missing reason behind a packed answer, `None` for a score.
#[must_use]
pub const fn missing_reason(packed: Packed) -> Option<MissingReason> {
    match packed {
        255 => Some(MissingReason::NoAnswer),
        254 => Some(MissingReason::NotAsked),
        253 => Some(MissingReason::DontKnow),
        252 => Some(MissingReason::Refused),
        251 => Some(MissingReason::NotApplicable),
        250 => Some(MissingReason::Invalid),
        _ => None,
    }
}

/// True for a score.
#[must_use]
pub const fn is_score(packed: Packed) -> bool {
    packed < 250
}

/// Why a cell is not an answer of its scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// Neither a code nor a known label.
    UnknownLabel,
    /// A number outside the scale.
    OutOfScale,
}

/// Turns the cells of one item into packed answers.
#[derive(Debug, Clone)]
pub struct AnswerReader {
    min: i32,
    max: i32,
    /// Packed answers of the one- and two-digit codes, which nearly every cell is.
    short: Vec<Option<Packed>>,
    words: BTreeMap<String, Packed>,
    /// Packed answer of an empty cell: no answer, unless the definition says why cells are empty.
    blank: Packed,
}

impl AnswerReader {
    /// A reader for a scale.
    #[must_use]
    pub fn new(scale: &ScaleSpec) -> Self {
        let mut words = BTreeMap::new();
        for (label, code) in &scale.labels {
            words.insert(folded(label), step(scale.min, *code));
        }
        for (label, reason) in &scale.missing {
            words.insert(folded(label), packed_missing(*reason));
        }
        let short = (0..100)
            .map(|code: i32| {
                // A code that the definition calls missing is missing, even inside the scale's bounds.
                let stated = words.get(&code.to_string()).copied();
                stated.or_else(|| (scale.min..=scale.max).contains(&code).then(|| step(scale.min, code)))
            })
            .collect();
        let blank = words.get("").copied().unwrap_or(packed_missing(MissingReason::NoAnswer));
        Self {
            blank,
            min: scale.min,
            max: scale.max,
            short,
            words,
        }
    }

    /// The packed answer of a cell, or why it is none.
    pub fn read(&self, cell: &[u8]) -> Result<Packed, FaultKind> {
        let code = match cell {
            [] => return Ok(self.blank),
            [a @ b'0'..=b'9'] => usize::from(a - b'0'),
            [a @ b'1'..=b'9', b @ b'0'..=b'9'] => usize::from((a - b'0') * 10 + (b - b'0')),
            _ => return self.read_text(&String::from_utf8_lossy(cell)),
        };
        self.short.get(code).copied().flatten().ok_or(FaultKind::OutOfScale)
    }

    fn read_text(&self, cell: &str) -> Result<Packed, FaultKind> {
        let text = folded(cell);
        if let Some(packed) = self.words.get(&text) {
            return Ok(*packed);
        }
        if text.is_empty() {
            return Ok(self.blank);
        }
        let number: f64 = text.parse().map_err(|_| FaultKind::UnknownLabel)?;
        let whole = number.is_finite() && number.fract() == 0.0;
        if !whole || number < f64::from(self.min) || number > f64::from(self.max) {
            return Err(FaultKind::OutOfScale);
        }
        Ok(step(self.min, number as i32))
    }
}

fn step(min: i32, code: i32) -> Packed {
    u8::try_from(code - min).unwrap_or(packed_missing(MissingReason::Invalid))
}

/// Text with the ends trimmed and full-width digits made plain, so that `５` and `5` are one answer.
fn folded(text: &str) -> String {
    trimmed(text)
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
            '－' => '-',
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader() -> AnswerReader {
        AnswerReader::new(&ScaleSpec {
            min: 1,
            max: 5,
            labels: [("非常满意".to_owned(), 5)].into(),
            missing: [
                ("0".to_owned(), MissingReason::NotApplicable),
                ("不适用".to_owned(), MissingReason::NotApplicable),
            ]
            .into(),
        })
    }

    #[test]
    fn codes_labels_and_missing_reasons() {
        let read = |cell: &str| reader().read(cell.as_bytes());
        assert_eq!(read("1"), Ok(0));
        assert_eq!(read(" 5 "), Ok(4));
        assert_eq!(read("５"), Ok(4));
        assert_eq!(read("5.0"), Ok(4));
        assert_eq!(read("非常满意"), Ok(4));
        assert_eq!(read("\u{feff}非常满意\t"), Ok(4));
        assert_eq!(read("0"), Ok(251));
        assert_eq!(read("不适用"), Ok(251));
        assert_eq!(read(""), Ok(255));
        assert_eq!(read("6"), Err(FaultKind::OutOfScale));
        assert_eq!(read("-1"), Err(FaultKind::OutOfScale));
        assert_eq!(read("4.5"), Err(FaultKind::OutOfScale));
        assert_eq!(read("满意极了"), Err(FaultKind::UnknownLabel));
        assert_eq!(read("1e999"), Err(FaultKind::OutOfScale));
    }

    #[test]
    fn a_definition_may_say_why_cells_are_empty() {
        let scale = ScaleSpec {
            min: 1,
            max: 5,
            labels: BTreeMap::new(),
            missing: [(String::new(), MissingReason::NotAsked)].into(),
        };
        let reader = AnswerReader::new(&scale);
        assert_eq!((reader.read(b""), reader.read(b"  ")), (Ok(254), Ok(254)));
    }

    #[test]
    fn every_missing_reason_survives_packing() {
        use MissingReason::{DontKnow, Invalid, NoAnswer, NotApplicable, NotAsked, Refused};
        for reason in [NoAnswer, NotAsked, DontKnow, Refused, NotApplicable, Invalid] {
            assert_eq!(missing_reason(packed_missing(reason)), Some(reason));
            assert!(!is_score(packed_missing(reason)));
        }
        assert!(is_score(200) && missing_reason(200).is_none());
    }
}
