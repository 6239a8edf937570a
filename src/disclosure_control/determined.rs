//! Which unknowns a system of linear relations determines.

use std::collections::{BTreeMap, BTreeSet};

/// One relation: coefficients by unknown, zeros left out.
pub(super) type Row = BTreeMap<usize, f64>;

/// Size of an entry, against the largest of its row, below which it is rounding.
const NOTHING: f64 = 1e-9;

/// The unknowns that have one value in every solution: those whose unit vector lies in the span of the rows. Gauss–Jordan elimination over
/// sparse rows; the shortest row with an unknown is its pivot, so that long relations of many groups stay cheap.
pub(super) fn determined(rows: Vec<Row>) -> BTreeSet<usize> {
    let mut system = System::new(rows);
    let unknowns: Vec<usize> = system.holders.keys().copied().collect();
    for unknown in unknowns {
        system.eliminate(unknown);
    }
    let alone = |(unknown, row): (&usize, &usize)| system.rows.get(*row).is_some_and(|r| r.len() == 1).then_some(*unknown);
    system.pivots.iter().filter_map(alone).collect()
}

struct System {
    rows: Vec<Row>,
    /// Rows in which an unknown stands.
    holders: BTreeMap<usize, BTreeSet<usize>>,
    /// Row of each unknown that has been eliminated from all others.
    pivots: BTreeMap<usize, usize>,
    is_pivot: Vec<bool>,
}

impl System {
    fn new(mut rows: Vec<Row>) -> Self {
        let mut holders: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (number, row) in rows.iter_mut().enumerate() {
            let largest = row.values().fold(0.0, |m: f64, v| m.max(v.abs()));
            row.values_mut().for_each(|v| *v /= largest.max(f64::MIN_POSITIVE));
            row.retain(|_, v| v.abs() > NOTHING);
            row.keys().for_each(|unknown| {
                holders.entry(*unknown).or_default().insert(number);
            });
        }
        Self {
            is_pivot: vec![false; rows.len()],
            rows,
            holders,
            pivots: BTreeMap::new(),
        }
    }

    fn eliminate(&mut self, unknown: usize) {
        let holders = self.holders.get(&unknown).cloned().unwrap_or_default();
        let free = holders.iter().filter(|row| self.is_pivot.get(**row) == Some(&false));
        let Some(pivot) = free
            .min_by_key(|row| self.rows.get(**row).map_or(usize::MAX, BTreeMap::len))
            .copied()
        else {
            return;
        };
        let Some(own) = self.rows.get(pivot).and_then(|row| row.get(&unknown)).copied() else {
            return;
        };
        let scaled: Row = self.rows[pivot].iter().map(|(at, v)| (*at, v / own)).collect();
        for other in holders.into_iter().filter(|row| *row != pivot) {
            let factor = self.rows[other].get(&unknown).copied().unwrap_or(0.0);
            for (at, value) in &scaled {
                let entry = self.rows[other].entry(*at).or_insert(0.0);
                *entry -= factor * value;
                let gone = entry.abs() <= NOTHING || *at == unknown;
                let holders = self.holders.entry(*at).or_default();
                if gone {
                    self.rows[other].remove(at);
                    holders.remove(&other);
                } else {
                    holders.insert(other);
                }
            }
        }
        self.rows[pivot] = scaled;
        self.is_pivot[pivot] = true;
        self.pivots.insert(unknown, pivot);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&[f64]]) -> Vec<usize> {
        let row = |row: &&[f64]| row.iter().copied().enumerate().filter(|(_, v)| *v != 0.0).collect();
        determined(rows.iter().map(row).collect()).into_iter().collect()
    }

    #[test]
    fn what_follows_and_what_does_not() {
        assert!(of(&[&[1.0, 1.0]]).is_empty());
        assert_eq!(of(&[&[1.0, 1.0], &[0.0, 1.0]]), [0, 1]);
        // x + y, y + z, x + z: all three; x + y + z and x + y: z alone.
        assert_eq!(of(&[&[1.0, 1.0, 0.0], &[0.0, 1.0, 1.0], &[1.0, 0.0, 1.0]]), [0, 1, 2]);
        assert_eq!(of(&[&[1.0, 1.0, 1.0], &[3.0, 3.0, 0.0]]), [2]);
        // The second row says nothing new.
        assert!(of(&[&[1.0, 2.0], &[2.0, 4.0]]).is_empty());
        assert!(of(&[]).is_empty());
    }
}
