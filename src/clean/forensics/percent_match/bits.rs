//! All pairs at the speed of whole words: for one respondent, 64 others at a time.
//!
//! Of every code of every item there is a set of bits, one a respondent: who answered the item with **another** code. The
//! sets of the codes that a respondent gave, added up digit by digit over all items (a carry-save adder on words: 7 sets
//! make a number of three digits), are the counts of differing answers against 64 respondents at once, missing ones on either
//! side counting nothing. A pair can only beat the best so far when
//! `different < answered · (1 − best)`, because both answered at most what this one did; the few that pass this are counted
//! one by one, which makes the result exact also where answers are missing.
//!
//! Blocks of respondents are small enough for the nearest cache, and their sets are made when they are needed, so that memory
//! does not grow with the number of codes times respondents.

use super::Best;
use super::patterns::{MISSING, Patterns};
use rayon::prelude::*;

/// Words in a set of bits: 2,048 respondents a block.
const WORDS: usize = 32;
/// Respondents in a block.
const LANES: usize = WORDS * 64;
/// Blocks whose sets are held at a time.
const BLOCKS_AT_A_TIME: usize = 16;
/// Respondents that one thread compares with these blocks at a time.
const SUBJECTS_AT_A_TIME: usize = 256;
/// Neighbours in the sorted order, on either side, that give a first best match.
const NEIGHBOURS: usize = 4;

type Lanes = [u64; WORDS];
const NOBODY: Lanes = [0; WORDS];

/// The sets of one block.
struct Block {
    first: usize,
    /// Who there is.
    members: Lanes,
    /// By code: who answered its item otherwise.
    differs: Vec<Lanes>,
}

impl Block {
    fn new(patterns: &Patterns, first: usize) -> Self {
        let offsets = patterns.offsets();
        let mut answered = vec![NOBODY; patterns.items()];
        let mut differs = vec![NOBODY; offsets.last().copied().unwrap_or(0)];
        let mut members = NOBODY;
        let set = |lanes: Option<&mut Lanes>, lane: usize| {
            if let Some(word) = lanes.and_then(|l| l.get_mut(lane / 64)) {
                *word |= 1 << (lane % 64);
            }
        };
        for lane in 0..LANES.min(patterns.len() - first) {
            set(Some(&mut members), lane);
            for ((code, offset), answered) in patterns.codes(first + lane).iter().zip(offsets).zip(&mut answered) {
                if *code != MISSING {
                    set(Some(answered), lane);
                    set(differs.get_mut(offset + usize::from(*code)), lane);
                }
            }
        }
        // Until here the sets hold who gave the code; whoever answered and is not in it differs.
        for (range, answered) in offsets.windows(2).zip(&answered) {
            for same in differs.get_mut(range[0]..range[1]).unwrap_or_default() {
                same.iter_mut().zip(answered).for_each(|(word, answered)| *word = answered & !*word);
            }
        }
        Self { first, members, differs }
    }
}

/// The search of one respondent as far as it has come.
#[derive(Debug, Clone, Copy)]
struct Subject {
    position: usize,
    answered: u32,
    best: Option<Best>,
}

impl Subject {
    /// Only a pair with fewer differences than this can be better than the best so far.
    fn bound(&self) -> u32 {
        match self.best {
            Some(best) => (self.answered * (best.both - best.alike)).div_ceil(best.both),
            None => self.answered + 1,
        }
    }

    fn try_partner(&mut self, patterns: &Patterns, partner: usize, items_min: u32) {
        let (mut alike, mut both) = (0, 0);
        for (a, b) in patterns.codes(self.position).iter().zip(patterns.codes(partner)) {
            let counts = *a != MISSING && *b != MISSING;
            both += u32::from(counts);
            alike += u32::from(counts && a == b);
        }
        let found = Best {
            alike,
            both,
            partner: partner as u32,
        };
        if both >= items_min.max(1) && self.best.is_none_or(|best| found.is_better_than(&best)) {
            self.best = Some(found);
        }
    }
}

/// The best match of each subject, given and named by position, among all respondents.
pub(super) fn best_matches(patterns: &Patterns, subjects: &[usize], items_min: u32) -> Vec<Option<Best>> {
    match patterns.items() {
        ..16 => all_blocks::<4>(patterns, subjects, items_min),
        16..32 => all_blocks::<5>(patterns, subjects, items_min),
        32..64 => all_blocks::<6>(patterns, subjects, items_min),
        64..128 => all_blocks::<7>(patterns, subjects, items_min),
        _ => all_blocks::<8>(patterns, subjects, items_min),
    }
}

/// `DIGITS` binary digits hold the number of items.
fn all_blocks<const DIGITS: usize>(patterns: &Patterns, subjects: &[usize], items_min: u32) -> Vec<Option<Best>> {
    let start = |position: &usize| {
        let answered = patterns.codes(*position).iter().filter(|c| **c != MISSING).count() as u32;
        let mut subject = Subject {
            position: *position,
            answered,
            best: None,
        };
        for near in position.saturating_sub(NEIGHBOURS)..=(position + NEIGHBOURS).min(patterns.len() - 1) {
            if near != *position {
                subject.try_partner(patterns, near, items_min);
            }
        }
        subject
    };
    let mut states: Vec<Subject> = subjects.par_iter().map(start).collect();
    let firsts: Vec<usize> = (0..patterns.len()).step_by(LANES).collect();
    for firsts in firsts.chunks(BLOCKS_AT_A_TIME) {
        let blocks: Vec<Block> = firsts.par_iter().map(|first| Block::new(patterns, *first)).collect();
        states.par_chunks_mut(SUBJECTS_AT_A_TIME).for_each(|states| {
            for block in &blocks {
                for subject in states.iter_mut() {
                    one_block::<DIGITS>(patterns, block, subject, items_min);
                }
            }
        });
    }
    states.into_iter().map(|subject| subject.best).collect()
}

fn one_block<const DIGITS: usize>(patterns: &Patterns, block: &Block, subject: &mut Subject, items_min: u32) {
    let bound = subject.bound();
    if bound == 0 {
        return;
    }
    let mut counts = [NOBODY; DIGITS];
    let mut sets = patterns
        .codes(subject.position)
        .iter()
        .zip(patterns.offsets())
        .filter_map(|(code, offset)| {
            let present = *code != MISSING;
            present.then(|| block.differs.get(offset + usize::from(*code))).flatten()
        });
    while let Some(first) = sets.next() {
        let mut seven = [first; 7];
        for slot in seven.iter_mut().skip(1) {
            *slot = sets.next().unwrap_or(&NOBODY);
        }
        add_seven(&mut counts, seven);
    }
    let mut passing = NOBODY;
    if !below(&counts, bound, &block.members, &mut passing) {
        return;
    }
    for (word, lanes) in passing.iter().enumerate() {
        let mut lanes = *lanes;
        while lanes != 0 {
            let partner = block.first + word * 64 + lanes.trailing_zeros() as usize;
            lanes &= lanes - 1;
            if partner != subject.position {
                subject.try_partner(patterns, partner, items_min);
            }
        }
    }
}

/// Adds seven sets to counts held in binary digits, lane by lane.
#[inline]
fn add_seven<const DIGITS: usize>(counts: &mut [Lanes; DIGITS], sets: [&Lanes; 7]) {
    let add = |a: u64, b: u64, c: u64| (a ^ b ^ c, (a & b) | (c & (a ^ b)));
    for word in 0..WORDS {
        let [a, b, c, d, e, f, g] = sets.map(|set| set[word]);
        let (one, two) = add(a, b, c);
        let (ones, twos) = add(d, e, f);
        let (ones, more_twos) = add(one, ones, g);
        let (twos, fours) = add(two, twos, more_twos);
        let mut carry = 0;
        for (digit, addend) in counts.iter_mut().zip([ones, twos, fours, 0, 0, 0, 0, 0]) {
            (digit[word], carry) = add(digit[word], addend, carry);
        }
    }
}

/// The members whose count is below a bound; false when there is none.
#[inline]
fn below<const DIGITS: usize>(counts: &[Lanes; DIGITS], bound: u32, members: &Lanes, passing: &mut Lanes) -> bool {
    let mut digits = [0_u64; DIGITS];
    for (digit, mask) in digits.iter_mut().enumerate() {
        *mask = 0_u64.wrapping_sub(u64::from(bound >> digit & 1));
    }
    // A bound that the digits cannot hold is above every count.
    let all = 0_u64.wrapping_sub(u64::from(bound >> DIGITS != 0));
    let mut any = 0;
    for word in 0..WORDS {
        let (mut less, mut equal) = (all, !0);
        for (count, digit) in counts.iter().zip(&digits).rev() {
            less |= equal & digit & !count[word];
            equal &= !(count[word] ^ digit);
        }
        passing[word] = less & members[word];
        any |= passing[word];
    }
    any != 0
}
