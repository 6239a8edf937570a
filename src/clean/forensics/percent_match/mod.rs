//! Maximum percent match: for each respondent, the largest share of items that any other respondent answered alike.
//!
//! Whoever copies interviews leaves pairs that agree on nearly everything. Kuriakose & Robbins look at the distribution of
//! the maximum over all partners and at the share of respondents above 85 %. How much agreement is to be expected without any
//! copying depends on the number of items, their scales, how alike people think and how many were asked, so that no fixed
//! line is evidence by itself; [`Found::p_value`] therefore says what these very answers
//! give, at the respondent's own level of satisfaction, when nobody copies.
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
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Search {
    /// Fewest items that both of a pair must have answered.
    pub items_min: u32,
    /// Most comparisons (respondents looked at × respondents they are compared with).
    pub comparisons_max: u64,
    /// Smallest probability that is to be told: answers are dealt anew often enough for it, at most [`DEALS_MAX`] times.
    pub p_min: f64,
    /// Key of the draw where not everybody can be looked at, and of the dealing.
    pub seed: u64,
}

/// Most times that the answers are dealt anew.
pub const DEALS_MAX: u64 = 400;

/// What the search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Best match by row; `None` for a row that answered too little, was not looked at, or has no partner.
    pub best: Vec<Option<Best>>,
    /// By row: `(1 + k) / (1 + m)`, where k of the m best matches among the answers dealt anew, in the respondent's band of level,
    /// are at least as large. The chance of such a match when nobody copies.
    pub p_value: Vec<Option<f64>>,
    /// Respondents that answered enough items to be compared with.
    pub comparable: u64,
    /// Respondents whose maximum was looked for: all comparable ones, or a draw by digest beyond `comparisons_max`.
    pub looked_at: u64,
    /// Times that the answers were dealt anew.
    pub deals: u64,
    /// Maximum percent matches of all deals, ascending.
    pub expected: Vec<f64>,
}

/// Finds the best match of every respondent, and what to expect of them. `None` when the answers cannot be compared: no
/// items, more than 255, or fewer than two respondents with enough answers.
#[must_use]
pub fn search(answers: &Coded<'_>, settings: Search) -> Option<Found> {
    let patterns = Patterns::new(answers, settings.items_min)?;
    let subjects = patterns.subjects(settings);
    let wanted = (patterns::BANDS as f64 / (settings.p_min * subjects.len() as f64)).ceil();
    let deals = if wanted >= 1.0 { (wanted as u64).min(DEALS_MAX) } else { 1 };
    let mut by_band: Vec<Vec<f64>> = vec![Vec::new(); patterns::BANDS];
    for deal in 0..deals {
        let dealt = expected::shuffled(&patterns, settings.seed, deal);
        let subjects = dealt.subjects(settings);
        for (position, best) in subjects.iter().zip(bits::best_matches(&dealt, &subjects, settings.items_min)) {
            if let (Some(band), Some(best)) = (by_band.get_mut(dealt.band_of(*position)), best) {
                band.push(best.share());
            }
        }
    }
    by_band.iter_mut().for_each(|band| band.sort_by(f64::total_cmp));
    let chance = |position: usize, share: f64| {
        let band = by_band.get(patterns.band_of(position))?;
        let reached = band.len() - band.partition_point(|expected| *expected < share);
        Some((1 + reached) as f64 / (1 + band.len()) as f64)
    };
    let (mut best, mut p_value) = (vec![None; answers.len()], vec![None; answers.len()]);
    for (position, found) in subjects.iter().zip(bits::best_matches(&patterns, &subjects, settings.items_min)) {
        let row = patterns.row(*position) as usize;
        if let (Some(found), Some(best), Some(p_value)) = (found, best.get_mut(row), p_value.get_mut(row)) {
            *p_value = chance(*position, found.share());
            *best = Some(Best {
                partner: patterns.row(found.partner as usize),
                ..found
            });
        }
    }
    let mut expected = by_band.concat();
    expected.sort_by(f64::total_cmp);
    Some(Found {
        best,
        p_value,
        comparable: patterns.len() as u64,
        looked_at: subjects.len() as u64,
        deals,
        expected,
    })
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
            p_min: 0.5,
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
        let beyond: Vec<usize> = (0..rows).filter(|row| found.best[*row].unwrap().share() >= 0.85).collect();
        assert_eq!(beyond, [0, 2490]);
        // 125 respondents a band, dealt once: nothing comes near.
        assert_eq!(found.p_value[0], Some(1.0 / 126.0));
        assert_eq!(found.expected.len(), rows);
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

    /// Answers that are independent within the bands: the probabilities are those of chance.
    #[test]
    fn honest_answers_have_honest_probabilities() {
        let (items, rows) = (20, 600_usize);
        let values = vec![ItemValues { low: 1.0, width: 1.0 }; items];
        let draw = |i: usize| twox_hash::XxHash64::oneshot(4, &i.to_le_bytes()) % 100;
        // Of every answer seven in ten are the highest.
        let packed: Vec<u8> = (0..rows * items).map(|i| 4 - (draw(i).saturating_sub(70) / 8) as u8).collect();
        let wanted = Search {
            p_min: 0.01,
            ..settings(10)
        };
        let found = search(&coded(&packed, &values), wanted).unwrap();
        assert_eq!((found.deals, found.expected.len()), (4, 4 * rows));
        let below = |p: f64| found.p_value.iter().flatten().filter(|own| **own <= p).count();
        assert!(
            (200..=500).contains(&below(0.7)) && below(0.05) <= 60 && below(0.01) <= 15,
            "{} {} {}",
            below(0.7),
            below(0.05),
            below(0.01)
        );
        // More than one in ten has a match of 85 % and more, which a fixed line would call duplication.
        assert!(found.best.iter().flatten().filter(|b| b.share() >= 0.85).count() > 60);
    }
}
