//! Who complained, and of what, row by row.

use super::{add_missing, text_of};
use crate::ingest::table::{Table, trimmed};
use crate::survey::MissingReason;
use crate::survey::touchpoints::ComplaintsSpec;
use crate::tally::SideColumn;
use std::collections::BTreeMap;

/// Most categories that are told apart; a column of free text is no list of categories.
const CATEGORIES_MAX: usize = 60;

/// Fewest respondents of a category that stands by its name; rarer ones may be a person's own words.
const CATEGORY_BASE_MIN: u64 = 3;

/// Complaints of one wave, by row.
#[derive(Debug, Clone)]
pub struct ComplaintColumns {
    /// 1 where somebody complained, 0 where not.
    pub complained: SideColumn,
    /// Missing answers of those who count, by reason.
    pub missing: BTreeMap<MissingReason, u64>,
    /// Steps of satisfaction with the handling, of those who complained.
    pub handling: Option<SideColumn>,
    /// Categories, the most frequent first, 1 where it was named, 0 where the respondent complained of something else; of those who
    /// complained and named any.
    pub categories: Vec<(String, SideColumn)>,
    /// Categories named by fewer than three respondents, which stand together as the last one, without a name.
    pub pooled: u64,
}

impl ComplaintColumns {
    /// Every column, in the order in which they are estimated.
    pub(super) fn columns(&self) -> Vec<SideColumn> {
        let categories = self.categories.iter().map(|(_, column)| column.clone());
        std::iter::once(self.complained.clone())
            .chain(self.handling.clone())
            .chain(categories)
            .collect()
    }
}

/// Reads complaints row by row.
pub(super) struct ComplaintReader {
    pub(super) column: String,
    at: Option<usize>,
    yes: Vec<String>,
    no: Vec<String>,
    category: Option<(usize, String)>,
    complained: SideColumn,
    missing: BTreeMap<MissingReason, u64>,
    /// Rows that named a category.
    named: BTreeMap<String, Vec<usize>>,
    /// Rows that named any.
    naming: Vec<usize>,
    pub(super) unknown: u64,
}

impl ComplaintReader {
    pub(super) fn new(spec: &ComplaintsSpec, table: &mut Table, rows: usize) -> Option<Self> {
        let (column, yes, no) = spec.column.as_ref()?;
        let at = table.column(column);
        let category = spec
            .category
            .as_ref()
            .and_then(|(name, separator)| Some((table.column(name)?, separator.clone())));
        Some(Self {
            column: column.clone(),
            at,
            yes: yes.clone(),
            no: no.clone(),
            category,
            complained: vec![None; rows],
            missing: BTreeMap::new(),
            named: BTreeMap::new(),
            naming: Vec::new(),
            unknown: 0,
        })
    }

    pub(super) fn push(&mut self, row: usize, record: &csv::ByteRecord) {
        let word = text_of(record, self.at);
        let complained = if self.yes.contains(&word) {
            true
        } else if self.no.contains(&word) {
            false
        } else {
            let reason = if word.is_empty() {
                MissingReason::NoAnswer
            } else {
                MissingReason::Invalid
            };
            self.unknown += u64::from(!word.is_empty());
            add_missing(&mut self.missing, Some(reason));
            return;
        };
        if let Some(slot) = self.complained.get_mut(row) {
            *slot = Some(u8::from(complained));
        }
        if complained {
            self.push_categories(row, record);
        }
    }

    fn push_categories(&mut self, row: usize, record: &csv::ByteRecord) {
        let Some((at, separator)) = &self.category else { return };
        let cell = text_of(record, Some(*at));
        let mut names: Vec<String> = cell
            .split(separator.as_str())
            .map(category_name)
            .filter(|n| !n.is_empty())
            .collect();
        names.sort();
        names.dedup();
        if !names.is_empty() {
            self.naming.push(row);
        }
        for name in names {
            self.named.entry(name).or_default().push(row);
        }
    }

    pub(super) fn finish(self, handling: Option<SideColumn>) -> ComplaintColumns {
        let base = {
            let mut base: SideColumn = vec![None; self.complained.len()];
            self.naming
                .iter()
                .filter_map(|row| base.get_mut(*row).map(|slot| *slot = Some(0)))
                .for_each(drop);
            base
        };
        let column = |rows: &mut dyn Iterator<Item = usize>| {
            let mut column = base.clone();
            rows.for_each(|row| column.iter_mut().skip(row).take(1).for_each(|slot| *slot = Some(1)));
            column
        };
        let mut named: Vec<(&String, &Vec<usize>)> = self.named.iter().collect();
        // The most frequent first, by name among equals, so that the order of the file has no say.
        named.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(b.0)));
        let shown = |at: usize, rows: &[usize]| rows.len() as u64 >= CATEGORY_BASE_MIN && at < CATEGORIES_MAX;
        let (own, rare): (Vec<_>, Vec<_>) = named.into_iter().enumerate().partition(|(at, (_, rows))| shown(*at, rows));
        let mut categories: Vec<(String, SideColumn)> = own
            .into_iter()
            .map(|(_, (name, rows))| (name.clone(), column(&mut rows.iter().copied())))
            .collect();
        let pooled = rare.len() as u64;
        if pooled > 0 {
            categories.push((
                String::new(),
                column(&mut rare.iter().flat_map(|(_, (_, rows))| rows.iter().copied())),
            ));
        }
        let complained = self.complained;
        let among = |steps: SideColumn| {
            steps
                .into_iter()
                .zip(&complained)
                .map(|(step, c)| step.filter(|_| *c == Some(1)))
                .collect()
        };
        ComplaintColumns {
            handling: handling.map(among),
            missing: self.missing,
            categories,
            pooled,
            complained,
        }
    }
}

/// A category without what was written into it by hand (`其他〖…〗`), masked and of a bearable length.
fn category_name(cell: &str) -> String {
    let plain = cell.split(['〖', '[']).next().unwrap_or_default();
    crate::text::shown(&crate::text::redact::redact(trimmed(plain)).text, 60)
}
