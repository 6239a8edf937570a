//! Packed answers to cell sums, block by block.
//!
//! A block of cases is laid out item by item as 16-bit integers, missing answers as 0 beside a 0/1 mask. Every sum is
//! then a dot product of two short columns, which the compiler turns into packed multiply-adds. The mask products are
//! skipped for blocks in which everybody answered everything.

use super::cell::{Cell, CellKey, add_to_histogram, upper};
use crate::ingest::Responses;
use crate::score::Scoring;

/// Cases in a block. 200 × 200 × 1,024 stays below 2³¹, so a block's dot products fit 32 bits.
const BLOCK: usize = 1024;

struct Block {
    cases: usize,
    /// Column by column, `BLOCK` apart.
    steps: Vec<i16>,
    mask: Vec<i16>,
    any_missing: bool,
}

/// The cell of some rows of the responses.
pub(super) fn cell_of(responses: &Responses, rows: &[(CellKey, u32)], scoring: &[Scoring]) -> Cell {
    let p = scoring.len();
    let mut cell = Cell::new(p);
    let stride = BLOCK.min(rows.len());
    let mut block = Block {
        cases: 0,
        steps: vec![0; p * stride],
        mask: vec![0; p * stride],
        any_missing: false,
    };
    for rows in rows.chunks(BLOCK) {
        load(&mut block, responses, rows, scoring, stride);
        add_block(&mut cell, &block, scoring, stride);
    }
    cell
}

fn load(block: &mut Block, responses: &Responses, rows: &[(CellKey, u32)], scoring: &[Scoring], stride: usize) {
    block.cases = rows.len();
    block.any_missing = false;
    for (position, (_, row)) in rows.iter().enumerate() {
        let answers = responses.row(*row as usize);
        for (item, (packed, scoring)) in answers.iter().zip(scoring).enumerate() {
            let steps = scoring.steps(*packed);
            let at = item * stride + position;
            block.steps[at] = i16::from(steps.unwrap_or(0));
            block.mask[at] = i16::from(steps.is_some());
            block.any_missing |= steps.is_none();
        }
    }
}

fn add_block(cell: &mut Cell, block: &Block, scoring: &[Scoring], stride: usize) {
    let p = scoring.len();
    if block.any_missing {
        cell.widen();
    }
    let steps = |item: usize| &block.steps[item * stride..item * stride + block.cases];
    let mask = |item: usize| &block.mask[item * stride..item * stride + block.cases];
    cell.cases += block.cases as u64;
    for (j, scoring) in scoring.iter().enumerate() {
        let (x, m) = (steps(j), mask(j));
        cell.count[j] += dot(m, m);
        cell.sum[j] += dot(x, m);
        count_steps(&mut cell.histogram[j], x, m, scoring.range);
        for k in j..p {
            cell.product[upper(p, j, k)] += dot(x, steps(k));
        }
        let Some(pairs) = &mut cell.pairs else { continue };
        for k in 0..p {
            pairs.sum[j * p + k] += dot(x, mask(k));
            if k >= j {
                pairs.count[upper(p, j, k)] += dot(m, mask(k));
            }
        }
    }
}

/// Σ a·b. Wrapping arithmetic only tells the compiler that it need not check; the block size rules overflow out.
fn dot(a: &[i16], b: &[i16]) -> u64 {
    let sum = a
        .iter()
        .zip(b)
        .fold(0_i32, |sum, (x, y)| sum.wrapping_add(i32::from(*x).wrapping_mul(i32::from(*y))));
    u64::from(sum.unsigned_abs())
}

fn count_steps(histogram: &mut Vec<u64>, steps: &[i16], mask: &[i16], range: u8) {
    let mut counts = [0_u32; 256];
    for (x, m) in steps.iter().zip(mask) {
        counts[usize::from(x.unsigned_abs() as u8)] += u32::from(*m != 0);
    }
    for (steps, count) in counts.iter().enumerate().take(usize::from(range) + 1) {
        add_to_histogram(histogram, steps, u64::from(*count));
    }
}
