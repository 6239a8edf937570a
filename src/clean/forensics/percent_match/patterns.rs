//! The answers in the form of the search: sorted, with each item's codes numbered without gaps.

use super::super::Coded;
use super::Search;
use crate::ingest::answer::is_score;
use rayon::prelude::*;
use twox_hash::XxHash64;

/// Code of a missing answer.
pub(super) const MISSING: u8 = u8::MAX;
/// Most bands.
pub(super) const BANDS: usize = 20;
/// Fewest respondents in a band.
const BAND_MIN: usize = 50;

/// Respondents with enough answers, in the sorted order of their answers, so that the order of the file has no effect.
#[derive(Debug, Clone)]
pub struct Patterns {
    items: usize,
    /// Codes, row by row.
    codes: Vec<u8>,
    /// Row of the file.
    rows: Vec<u32>,
    /// Position of each item's first code among the codes of all items; one more at the end.
    offsets: Vec<usize>,
    /// Band of respondents who are about equally content.
    bands: Vec<u16>,
}

impl Patterns {
    /// `None` without items, with more than 255, or with fewer than two respondents who answered `items_min` of them.
    #[must_use]
    pub fn new(answers: &Coded<'_>, items_min: u32) -> Option<Self> {
        let items = answers.item_count();
        if items == 0 || items > 255 {
            return None;
        }
        let answered = |row: usize| answers.packed(row).iter().filter(|p| is_score(**p)).count() as u32;
        let mut rows: Vec<u32> = (0..answers.len())
            .filter(|row| answered(*row) >= items_min.max(1))
            .map(|row| row as u32)
            .collect();
        if rows.len() < 2 {
            return None;
        }
        let numbers = code_numbers(answers, &rows);
        let mut offsets = vec![0];
        for of_item in &numbers {
            let used = of_item.iter().filter(|n| **n != MISSING).count();
            offsets.push(offsets.last().copied().unwrap_or(0) + used);
        }
        // Missing answers of any reason are one and the same here.
        let number = |(packed, of_item): (&u8, &[u8; 256])| of_item.get(usize::from(*packed)).copied().unwrap_or(MISSING);
        let code = |row: u32| answers.packed(row as usize).iter().zip(&numbers).map(number);
        rows.par_sort_unstable_by(|a, b| code(*a).cmp(code(*b)).then(a.cmp(b)));
        let codes = rows.iter().flat_map(|row| code(*row)).collect();
        let mut patterns = Self {
            items,
            codes,
            bands: vec![0; rows.len()],
            rows,
            offsets,
        };
        patterns.band();
        Some(patterns)
    }

    /// Cuts the respondents, sorted by their level, into bands.
    fn band(&mut self) {
        let mut order: Vec<(u64, usize)> = (0..self.len()).map(|position| (self.level(position), position)).collect();
        order.sort_unstable();
        let size = self.len().div_ceil(BANDS).max(BAND_MIN);
        for (number, band) in order.chunks(size).enumerate() {
            for (_, position) in band {
                if let Some(slot) = self.bands.get_mut(*position) {
                    *slot = number as u16;
                }
            }
        }
    }

    /// Mean answer of a respondent as a share of each item's codes, in millionths.
    fn level(&self, position: usize) -> u64 {
        let (mut sum, mut answered) = (0, 0);
        for (code, range) in self.codes(position).iter().zip(self.offsets.windows(2)) {
            let highest = (range[1] - range[0]).saturating_sub(1) as u64;
            if *code != MISSING {
                answered += 1;
                sum += (u64::from(*code) * 1_000_000).checked_div(highest).unwrap_or(0);
            }
        }
        sum.checked_div(answered).unwrap_or(0)
    }

    /// Band of the respondent at a position.
    pub(super) fn band_of(&self, position: usize) -> usize {
        self.bands.get(position).copied().map_or(0, usize::from)
    }

    /// The same respondents with other answers, sorted anew.
    pub(super) fn with_codes(&self, codes: &[u8]) -> Self {
        let mut order: Vec<usize> = (0..self.len()).collect();
        let of = |position: usize| codes.get(position * self.items..(position + 1) * self.items).unwrap_or_default();
        order.par_sort_unstable_by(|a, b| of(*a).cmp(of(*b)).then(a.cmp(b)));
        Self {
            items: self.items,
            codes: order.iter().flat_map(|position| of(*position)).copied().collect(),
            rows: order.iter().map(|position| self.row(*position)).collect(),
            offsets: self.offsets.clone(),
            bands: order.iter().map(|position| self.band_of(*position) as u16).collect(),
        }
    }

    /// Number of respondents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Never true: there are at least two.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Number of items.
    #[must_use]
    pub fn items(&self) -> usize {
        self.items
    }

    /// Row of the file at a position.
    #[must_use]
    pub fn row(&self, position: usize) -> u32 {
        self.rows.get(position).copied().unwrap_or(u32::MAX)
    }

    /// Codes of the respondent at a position.
    pub(super) fn codes(&self, position: usize) -> &[u8] {
        self.codes
            .get(position * self.items..(position + 1) * self.items)
            .unwrap_or_default()
    }

    /// All codes, row by row.
    pub(super) fn all_codes(&self) -> &[u8] {
        &self.codes
    }

    pub(super) fn offsets(&self) -> &[usize] {
        &self.offsets
    }

    /// Positions of those to look at: everybody, or as many as the comparisons allow, drawn by digest of their place in the
    /// sorted order.
    pub(super) fn subjects(&self, settings: Search) -> Vec<usize> {
        let n = self.len() as u64;
        let wanted = settings.comparisons_max / n;
        if wanted >= n {
            return (0..self.len()).collect();
        }
        let digest = |position: usize| XxHash64::oneshot(settings.seed, &(position as u64).to_le_bytes());
        let mut drawn: Vec<(u64, usize)> = (0..self.len()).map(|position| (digest(position), position)).collect();
        drawn.par_sort_unstable();
        let mut subjects: Vec<usize> = drawn
            .into_iter()
            .take(wanted.max(1) as usize)
            .map(|(_, position)| position)
            .collect();
        subjects.sort_unstable();
        subjects
    }
}

/// For each item the number of each packed answer, in ascending order of the answers that occur.
fn code_numbers(answers: &Coded<'_>, rows: &[u32]) -> Vec<[u8; 256]> {
    let mut occurs = vec![[false; 256]; answers.item_count()];
    for row in rows {
        for (packed, of_item) in answers.packed(*row as usize).iter().zip(&mut occurs) {
            if let Some(slot) = of_item.get_mut(usize::from(*packed)).filter(|_| is_score(*packed)) {
                *slot = true;
            }
        }
    }
    let numbered = |of_item: &[bool; 256]| {
        let mut next = 0;
        of_item.map(|occurs| {
            if !occurs {
                return MISSING;
            }
            next += 1;
            next - 1
        })
    };
    occurs.iter().map(numbered).collect()
}
