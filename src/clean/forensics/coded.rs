//! The packed answers as numbers.

use crate::ingest::answer::{Packed, is_score};

/// What the steps of an item stand for: `value = low + step · width`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ItemValues {
    /// Value of step 0.
    pub low: f64,
    /// Value of one more step; negative for an item that is turned.
    pub width: f64,
}

/// Rows of packed answers seen as numbers. Every vector by item has the same length, every row of `packed` has `stride`
/// answers, of which the first ones are the items.
#[derive(Debug, Clone, Copy)]
pub struct Coded<'a> {
    packed: &'a [Packed],
    stride: usize,
    items: &'a [ItemValues],
}

impl<'a> Coded<'a> {
    /// `packed` holds rows of `stride` answers; the first `items.len()` of each row are looked at. `None` when a row is
    /// shorter than that, or `packed` is no whole number of rows.
    #[must_use]
    pub fn new(packed: &'a [Packed], stride: usize, items: &'a [ItemValues]) -> Option<Self> {
        let whole = stride > 0 && stride >= items.len() && packed.len().is_multiple_of(stride);
        whole.then_some(Self { packed, stride, items })
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.packed.len() / self.stride
    }

    /// True without rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.packed.is_empty()
    }

    /// Number of items.
    #[must_use]
    pub fn item_count(&self) -> usize {
        self.items.len()
    }

    /// The packed answers of one row; empty beyond the last.
    #[must_use]
    pub fn packed(&self, row: usize) -> &'a [Packed] {
        let start = row * self.stride;
        self.packed.get(start..start + self.items.len()).unwrap_or_default()
    }

    /// The values of one row, `None` where there is no score.
    pub fn values(&self, row: usize) -> impl Iterator<Item = Option<f64>> + use<'a> {
        let pairs = self.packed(row).iter().zip(self.items);
        pairs.map(|(packed, item)| is_score(*packed).then(|| item.low + f64::from(*packed) * item.width))
    }

    /// How the steps of each item are read.
    #[must_use]
    pub fn item_values(&self) -> &'a [ItemValues] {
        self.items
    }
}
