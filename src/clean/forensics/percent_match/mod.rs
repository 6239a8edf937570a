//! Maximum percent match: for each respondent, the largest share of items that any other respondent answered alike.
//!
//! Whoever copies interviews leaves pairs that agree on nearly everything. Kuriakose & Robbins look at the distribution of
//! the maximum over all partners and at the share of respondents above 85 %. How much agreement is to be expected without any
//! copying depends on the number of items, their scales, how alike people think and how many were asked, so that no fixed
//! line is evidence by itself; [`expected`] therefore says what these very answers give when nobody copies.
//!
//! **What is exact**: the maximum of every respondent who was looked at, against every other one, and not only above some
//! threshold. A pair is compared over the items that both answered, and only where these are at least `items_min`.
//! Codes are compared as they were given. Which partner is named, where several match equally, is the first in the
//! sorted order of answers.
//!
//! Sources: N. Kuriakose & M. Robbins, "Don't get duped: fraud through duplication in public opinion surveys", *Statistical
//! Journal of the IAOS* 32 (2016) 283–291; against a fixed line: K. Simmons, A. Mercer, S. Schwarzer & C. Kennedy,
//! "Evaluating a new proposal for detecting data falsification in surveys", the same 32 (2016) 327–338.

mod bits;
mod expected;
mod patterns;

pub use patterns::Patterns;

use super::Coded;

/// The best match of one respondent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Best {
    /// Items answered alike.
    pub alike: u32,
    /// Items that both answered, at least 1.
    pub both: u32,
    /// Row of the partner.
    pub partner: u32,
}

impl Best {
    /// `alike / both`, 0 to 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        f64::from(self.alike) / f64::from(self.both)
    }

    fn is_better_than(&self, other: &Self) -> bool {
        self.alike * other.both > other.alike * self.both
    }
}

/// What the search is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Search {
    /// Fewest items that both of a pair must have answered.
    pub items_min: u32,
    /// Most comparisons (respondents looked at × respondents they are compared with).
    pub comparisons_max: u64,
    /// Key of the draw where not everybody can be looked at, and of [`expected`].
    pub seed: u64,
}

/// What the search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Best match by row; `None` for a row that answered too little, was not looked at, or has no partner.
    pub best: Vec<Option<Best>>,
    /// Respondents that answered enough items to be compared with.
    pub comparable: u64,
    /// Respondents whose maximum was looked for: all comparable ones, or a draw by digest beyond `comparisons_max`.
    pub looked_at: u64,
    /// Maximum percent matches to be expected when nobody copies, ascending, one for each respondent looked at.
    pub expected: Vec<f64>,
}

/// Finds the best match of every respondent, and what to expect of them. `None` when the answers cannot be compared: no
/// items, more than 255, or fewer than two respondents with enough answers.
#[must_use]
pub fn search(answers: &Coded<'_>, settings: Search) -> Option<Found> {
    let patterns = Patterns::new(answers, settings.items_min)?;
    let subjects = patterns.subjects(settings);
    let mut best = vec![None; answers.len()];
    for (position, found) in subjects.iter().zip(bits::best_matches(&patterns, &subjects, settings.items_min)) {
        if let Some(slot) = best.get_mut(patterns.row(*position) as usize) {
            *slot = found.map(|b| Best {
                partner: patterns.row(b.partner as usize),
                ..b
            });
        }
    }
    let shuffled = expected::shuffled(&patterns, settings.seed);
    let subjects_there = shuffled.subjects(settings);
    let matches = bits::best_matches(&shuffled, &subjects_there, settings.items_min);
    let mut expected: Vec<f64> = matches.into_iter().flatten().map(|b| b.share()).collect();
    expected.sort_by(f64::total_cmp);
    Some(Found {
        best,
        comparable: patterns.len() as u64,
        looked_at: subjects.len() as u64,
        expected,
    })
}

/// The lowest share, not below `floor`, that at most `tail` of the expected maxima reach; matches from there on are more
/// than to be expected. `None` when more than `tail` of them are complete matches, so that no match could stand out, or
/// when nothing is expected at all.
#[must_use]
pub fn line(expected: &[f64], floor: f64, tail: f64) -> Option<f64> {
    let n = expected.len() as f64;
    let reach = |line: f64| expected.iter().rev().take_while(|share| **share >= line).count() as f64;
    let candidates = std::iter::once(floor).chain(expected.iter().copied().filter(|share| *share > floor));
    let mut found = candidates.chain([1.0]).filter(|line| reach(*line) <= tail * n);
    if expected.is_empty() { None } else { found.next() }
}

#[cfg(test)]
mod tests {
    use super::super::ItemValues;
    use super::*;
    use proptest::prelude::*;

    fn coded<'a>(packed: &'a [u8], items: &'a [ItemValues]) -> Coded<'a> {
        Coded::new(packed, items.len(), items).unwrap()
    }

    fn settings(items_min: u32) -> Search {
        Search {
            items_min,
            comparisons_max: u64::MAX,
            seed: 1,
        }
    }

    /// The definition, pair by pair, for the first `wanted` rows.
    fn by_definition(packed: &[u8], items: usize, items_min: u32, wanted: usize) -> Vec<Option<(u32, u32)>> {
        let rows: Vec<&[u8]> = packed.chunks(items).collect();
        let one = |(at, row): (usize, &&[u8])| {
            let others = rows.iter().enumerate().filter(|(other, _)| *other != at);
            let pairs = others.map(|(_, other)| {
                let both: Vec<bool> = row
                    .iter()
                    .zip(*other)
                    .filter(|(a, b)| **a < 250 && **b < 250)
                    .map(|(a, b)| a == b)
                    .collect();
                (both.iter().filter(|alike| **alike).count() as u32, both.len() as u32)
            });
            let enough = pairs.filter(|(_, both)| *both >= items_min);
            enough.max_by(|a, b| (a.0 * b.1).cmp(&(b.0 * a.1)))
        };
        rows.iter().enumerate().take(wanted).map(one).collect()
    }

    proptest! {
        #[test]
        fn the_search_is_the_definition(
            items in 1_usize..40,
            answers in prop::collection::vec(prop_oneof![6 => 0_u8..3, 1 => Just(255_u8), 1 => Just(251_u8)], 40..500),
            least in 1_u32..10,
        ) {
            let rows = answers.len() / items;
            let packed = &answers[..rows * items];
            let values = vec![ItemValues { low: 0.0, width: 1.0 }; items];
            let least = least.min(items as u32);
            let expected = by_definition(packed, items, least, rows);
            let found = search(&coded(packed, &values), settings(least));
            let best = found.map_or_else(|| vec![None; rows], |f| f.best);
            for (mine, theirs) in best.iter().zip(&expected) {
                prop_assert_eq!(mine.map(|b| b.share()), theirs.map(|(a, b)| f64::from(a) / f64::from(b)));
            }
            for (row, b) in best.iter().enumerate().filter_map(|(row, b)| Some((row, (*b)?))) {
                let (mine, other) = (&packed[row * items..][..items], &packed[b.partner as usize * items..][..items]);
                let both: Vec<_> = mine.iter().zip(other).filter(|(x, y)| **x < 250 && **y < 250).collect();
                prop_assert!(row != b.partner as usize && both.len() as u32 == b.both);
                prop_assert_eq!(both.iter().filter(|(x, y)| x == y).count() as u32, b.alike);
            }
        }
    }

    #[test]
    fn more_than_one_block_of_lanes_and_a_copy_far_away() {
        let items = 24;
        let values = vec![ItemValues { low: 1.0, width: 1.0 }; items];
        let rows = 2500_usize;
        let mut packed: Vec<u8> = (0..rows * items)
            .map(|i| (twox_hash::XxHash64::oneshot(9, &i.to_le_bytes()) % 5) as u8)
            .collect();
        let (head, tail) = packed.split_at_mut(2490 * items);
        tail[..items].copy_from_slice(&head[..items]);
        tail[0] = (tail[0] + 1) % 5;
        let found = search(&coded(&packed, &values), settings(12)).unwrap();
        assert_eq!(
            found.best[0],
            Some(Best {
                alike: 23,
                both: 24,
                partner: 2490
            })
        );
        assert_eq!(
            found.best[2490],
            Some(Best {
                alike: 23,
                both: 24,
                partner: 0
            })
        );
        let line = line(&found.expected, 0.85, 0.001).unwrap();
        let beyond = found.best.iter().flatten().filter(|b| b.share() >= line).count();
        assert_eq!((line, beyond), (0.85, 2));
        for (b, definition) in found.best.iter().zip(by_definition(&packed, items, 12, 30)) {
            assert_eq!(b.map(|b| (b.alike, b.both)), definition);
        }
    }

    #[test]
    fn beyond_the_limit_a_draw_is_looked_at_and_its_maxima_are_the_same() {
        let items = 8;
        let values = vec![ItemValues { low: 1.0, width: 1.0 }; items];
        let packed: Vec<u8> = (0..1000 * items)
            .map(|i| (twox_hash::XxHash64::oneshot(3, &i.to_le_bytes()) % 5) as u8)
            .collect();
        let all = search(&coded(&packed, &values), settings(8)).unwrap();
        let limited = Search {
            comparisons_max: 100 * 1000,
            ..settings(8)
        };
        let some = search(&coded(&packed, &values), limited).unwrap();
        assert_eq!((some.comparable, some.looked_at), (1000, 100));
        assert_eq!(some.best.iter().flatten().count(), 100);
        for (a, b) in all.best.iter().zip(&some.best).filter(|(_, b)| b.is_some()) {
            assert_eq!(a.unwrap().share(), b.unwrap().share());
        }
    }

    #[test]
    fn a_line_that_expected_matches_reach_is_no_line() {
        assert_eq!(line(&[0.5, 0.6, 0.7], 0.85, 0.001), Some(0.85));
        assert_eq!(line(&[0.5, 0.9, 0.95], 0.85, 0.001), Some(1.0));
        assert_eq!(line(&[0.5, 0.9, 0.95], 0.85, 0.34), Some(0.95));
        assert_eq!(line(&[0.5, 1.0, 1.0], 0.85, 0.001), None);
        assert_eq!(line(&[], 0.85, 0.001), None);
    }
}
