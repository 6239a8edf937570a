//! Case weights → weighted sums: the pass over the packed answers that every replicate is made of.
//!
//! A block of cases is unpacked item by item, once as it is and once times the case's weight; every sum is then a dot product of two short
//! columns. Two routes lead to the same sums:
//!
//! * **whole numbers**, where cells (cases of one stratum and weight) are long: the weight of a case in its cell is how often it was drawn, columns
//!   have 16 bits, dot products 32 (the compiler makes packed multiply-adds of them), and the cell's factor comes afterwards;
//! * **floating point**, where nearly every case has a weight of its own, where a finite population correction mixes drawn and not drawn, or
//!   where a draw is so lopsided that 32 bits might not do.

use super::cases::Cases;
use super::draw::Factors;
use crate::tally::{ItemTotals, WeightedSums};
use std::ops::Range;

/// Cases in a block: 24 items twice over stay within the fastest cache.
const BLOCK: usize = 256;

/// Shortest mean cell for which whole numbers are the faster route.
const CELL_MIN: usize = 32;

/// A number in which columns are held.
trait Element: Copy + Default {
    fn of(steps: u8) -> Self;
    fn times(self, weight: Self) -> Self;
    fn dot(a: &[Self], b: &[Self]) -> f64;
}

impl Element for i16 {
    fn of(steps: u8) -> Self {
        Self::from(steps)
    }

    fn times(self, weight: Self) -> Self {
        self.wrapping_mul(weight)
    }

    /// Wrapping arithmetic only tells the compiler that it need not check; [`fits`] has.
    fn dot(a: &[Self], b: &[Self]) -> f64 {
        let terms = a.iter().zip(b);
        f64::from(terms.fold(0_i32, |sum, (x, y)| sum.wrapping_add(i32::from(*x).wrapping_mul(i32::from(*y)))))
    }
}

impl Element for f64 {
    fn of(steps: u8) -> Self {
        Self::from(steps)
    }

    fn times(self, weight: Self) -> Self {
        self * weight
    }

    /// Eight sums side by side, which the compiler may hold in vector registers; their order is fixed, so the result is too.
    fn dot(a: &[Self], b: &[Self]) -> f64 {
        let mut lanes = [0.0; 8];
        let (a_chunks, b_chunks) = (a.chunks_exact(8), b.chunks_exact(8));
        let rest: f64 = a_chunks.remainder().iter().zip(b_chunks.remainder()).map(|(x, y)| x * y).sum();
        for (a, b) in a_chunks.zip(b_chunks) {
            for ((lane, x), y) in lanes.iter_mut().zip(a).zip(b) {
                *lane += x * y;
            }
        }
        lanes.iter().sum::<f64>() + rest
    }
}

/// Dot product of two columns.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    <f64 as Element>::dot(a, b)
}

/// Columns of one block.
#[derive(Default)]
struct Columns<T> {
    x: Vec<T>,
    weighted_x: Vec<T>,
    answered: Vec<T>,
    weighted_answered: Vec<T>,
    weight: Vec<T>,
}

impl<T: Element> Columns<T> {
    fn make_room(&mut self, items: usize, gaps: bool) {
        if self.weight.is_empty() {
            self.weight = vec![T::default(); BLOCK];
            self.x = vec![T::default(); items * BLOCK];
            self.weighted_x = self.x.clone();
            if gaps {
                self.answered = self.x.clone();
                self.weighted_answered = self.x.clone();
            }
        }
    }

    fn load(&mut self, cases: &Cases, block: &Range<usize>) {
        let length = block.len();
        let weight = &self.weight[..length];
        for item in 0..cases.item_count {
            let place = item * BLOCK..item * BLOCK + length;
            let steps = &cases.steps_of(item)[block.clone()];
            unpack(steps, weight, &mut self.x[place.clone()], &mut self.weighted_x[place.clone()]);
            if !cases.answered.is_empty() {
                let answered = &cases.answered_of(item)[block.clone()];
                unpack(
                    answered,
                    weight,
                    &mut self.answered[place.clone()],
                    &mut self.weighted_answered[place],
                );
            }
        }
    }
}

fn unpack<T: Element>(packed: &[u8], weight: &[T], plain: &mut [T], weighted: &mut [T]) {
    for (((packed, weight), plain), weighted) in packed.iter().zip(weight).zip(plain).zip(weighted) {
        *plain = T::of(*packed);
        *weighted = plain.times(*weight);
    }
}

/// Space for one pass, reused between replicates.
#[derive(Default)]
pub(super) struct Work {
    whole: Columns<i16>,
    real: Columns<f64>,
    /// Sums of one cell, row by row; exact as long as they are those of whole numbers (below 2⁵³).
    cell: Option<WeightedSums>,
}

/// Weighted sums of all cases under some factors.
pub(super) fn sums(cases: &Cases, factors: &Factors, work: &mut Work, out: &mut WeightedSums) {
    clear(out);
    out.cases = cases.len() as u64;
    let Work {
        whole,
        real,
        cell: scratch,
    } = work;
    let scratch = scratch.get_or_insert_with(|| WeightedSums::new(cases.item_count));
    let gaps = !cases.answered.is_empty();
    let whole_numbers = cases.len() >= CELL_MIN * cases.cells.len() && factors.keep.iter().all(|k| *k == 0.0) && fits(cases, factors);
    if whole_numbers {
        whole.make_room(cases.item_count, gaps);
        for (cell, scale) in cases.cells.iter().zip(&factors.scale) {
            clear(scratch);
            for block in blocks(cell.cases.clone()) {
                for (weight, times) in whole.weight.iter_mut().zip(&factors.times[block.clone()]) {
                    *weight = times.cast_signed();
                }
                add_block(cases, whole, &block, scratch);
            }
            add_cell(out, scratch, cell.weight * scale, gaps);
        }
    } else {
        real.make_room(cases.item_count, gaps);
        for (number, cell) in cases.cells.iter().enumerate() {
            let (keep, scale) = (factors.keep[number], factors.scale[number]);
            for block in blocks(cell.cases.clone()) {
                for (weight, times) in real.weight.iter_mut().zip(&factors.times[block.clone()]) {
                    *weight = cell.weight * (keep + scale * f64::from(*times));
                }
                add_block(cases, real, &block, out);
            }
        }
    }
    mirror(out, gaps);
}

/// Whether no 16-bit product and no 32-bit dot product of a block can overflow.
fn fits(cases: &Cases, factors: &Factors) -> bool {
    let steps = u64::from(cases.steps_max.max(1));
    factors.times.chunks(BLOCK).all(|block| {
        let most = block.iter().copied().max().map_or(0, u64::from);
        // A block of a cell overlaps at most two of these.
        let drawn: u64 = block.iter().map(|t| u64::from(*t)).sum();
        i16::try_from(most * steps).is_ok() && drawn * steps * steps < (1 << 30)
    })
}

fn blocks(range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = range.end;
    range.step_by(BLOCK).map(move |start| start..(start + BLOCK).min(end))
}

fn clear(sums: &mut WeightedSums) {
    sums.weight = 0.0;
    for all in [
        &mut sums.count,
        &mut sums.sum,
        &mut sums.log_sum,
        &mut sums.pair_count,
        &mut sums.pair_sum,
        &mut sums.product,
    ] {
        all.fill(0.0);
    }
}

/// Adds the sums of a block: products above the diagonal only, pair sums in full, both only where there are gaps to be minded.
fn add_block<T: Element>(cases: &Cases, columns: &mut Columns<T>, block: &Range<usize>, to: &mut WeightedSums) {
    columns.load(cases, block);
    let (p, length) = (cases.item_count, block.len());
    let column = |of: &'_ [T], item: usize| item * BLOCK..item * BLOCK + length.min(of.len());
    let weight: f64 = {
        let one = &mut columns.weight[..length];
        one.iter().map(|w| T::dot(&[*w], &[T::of(1)])).sum()
    };
    to.weight += weight;
    for j in 0..p {
        let wx = &columns.weighted_x[column(&columns.weighted_x, j)];
        for k in j..p {
            to.product[j * p + k] += T::dot(wx, &columns.x[column(&columns.x, k)]);
        }
        to.sum[j] += T::dot(&columns.weight[..length], &columns.x[column(&columns.x, j)]);
        if columns.answered.is_empty() {
            to.count[j] += weight;
            continue;
        }
        let wm = &columns.weighted_answered[column(&columns.weighted_answered, j)];
        to.count[j] += T::dot(&columns.weight[..length], &columns.answered[column(&columns.answered, j)]);
        for k in 0..p {
            let answered = &columns.answered[column(&columns.answered, k)];
            to.pair_sum[j * p + k] += T::dot(wx, answered);
            if k >= j {
                to.pair_count[j * p + k] += T::dot(wm, answered);
            }
        }
    }
}

fn add_cell(out: &mut WeightedSums, cell: &WeightedSums, factor: f64, gaps: bool) {
    let add = |to: &mut [f64], from: &[f64]| to.iter_mut().zip(from).for_each(|(a, b)| *a += factor * b);
    out.weight += factor * cell.weight;
    add(&mut out.count, &cell.count);
    add(&mut out.sum, &cell.sum);
    add(&mut out.product, &cell.product);
    if gaps {
        add(&mut out.pair_sum, &cell.pair_sum);
        add(&mut out.pair_count, &cell.pair_count);
    }
}

/// Fills the lower triangles, and the pair sums where everybody answered everything.
fn mirror(sums: &mut WeightedSums, gaps: bool) {
    let p = sums.count.len();
    for j in 0..p {
        for k in 0..j {
            sums.product[j * p + k] = sums.product[k * p + j];
            sums.pair_count[j * p + k] = sums.pair_count[k * p + j];
        }
        if !gaps {
            sums.pair_count[j * p..(j + 1) * p].fill(sums.weight);
            sums.pair_sum[j * p..(j + 1) * p].fill(sums.sum[j]);
        }
    }
}

/// Adds `Σ w x ln x` of every item, which entropy weights need.
pub(super) fn log_sums(cases: &Cases, factors: &Factors, out: &mut WeightedSums) {
    let table: [f64; 256] = std::array::from_fn(|x| if x < 2 { 0.0 } else { x as f64 * libm::log(x as f64) });
    for (number, cell) in cases.cells.iter().enumerate() {
        let (keep, scale) = (factors.keep[number], factors.scale[number]);
        let times = &factors.times[cell.cases.clone()];
        for item in 0..cases.item_count {
            let steps = &cases.steps_of(item)[cell.cases.clone()];
            let terms = steps.iter().zip(times);
            let sum: f64 = terms.map(|(x, t)| (keep + scale * f64::from(*t)) * table[usize::from(*x)]).sum();
            out.log_sum[item] += cell.weight * sum;
        }
    }
}

/// Weighted counts and sums of every domain.
pub(super) fn domain_totals(cases: &Cases, factors: &Factors, out: &mut [ItemTotals]) {
    for totals in out.iter_mut() {
        totals.cases = 0;
        totals.count.fill(0.0);
        totals.sum.fill(0.0);
    }
    for (range, cell, domain) in &cases.stretches {
        let Some(totals) = out.get_mut(*domain) else { continue };
        let weight = cases.cells[*cell].weight;
        let (keep, scale) = (weight * factors.keep[*cell], weight * factors.scale[*cell]);
        let times = &factors.times[range.clone()];
        let weighted = |values: &[u8]| {
            let drawn: u64 = values
                .iter()
                .zip(times)
                .map(|(v, t)| u64::from(u32::from(*v) * u32::from(*t)))
                .sum();
            let there: u64 = if keep == 0.0 {
                0
            } else {
                values.iter().map(|v| u64::from(*v)).sum()
            };
            keep * there as f64 + scale * drawn as f64
        };
        totals.cases += range.len() as u64;
        let drawn: u64 = times.iter().map(|t| u64::from(*t)).sum();
        let everybody = keep * range.len() as f64 + scale * drawn as f64;
        for item in 0..cases.item_count {
            totals.sum[item] += weighted(&cases.steps_of(item)[range.clone()]);
            totals.count[item] += match cases.answered_of(item).get(range.clone()) {
                Some(answered) => weighted(answered),
                None => everybody,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resample::cases::{Case, MISSING};
    use crate::tally::{Cell, CellKey, Tally};
    use proptest::prelude::*;

    fn cases() -> impl Strategy<Value = Vec<Case>> {
        let steps = prop::collection::vec(prop_oneof![9 => 0_u8..=10, 1 => Just(MISSING)], 3);
        let case = (steps, 0_u16..2, 0_u16..2, 1_u8..4).prop_map(|(steps, stratum, domain, weight)| Case {
            steps,
            weight: f64::from(weight) / 2.0,
            stratum,
            post: stratum,
            unit: None,
            domain,
        });
        prop::collection::vec(case, 1..400)
    }

    fn of(cases: &Cases, factors: &Factors) -> WeightedSums {
        let mut out = WeightedSums::new(cases.item_count);
        sums(cases, factors, &mut Work::default(), &mut out);
        log_sums(cases, factors, &mut out);
        out
    }

    fn near(a: &WeightedSums, b: &WeightedSums) -> bool {
        let pairs = [
            (&a.count, &b.count),
            (&a.sum, &b.sum),
            (&a.log_sum, &b.log_sum),
            (&a.pair_count, &b.pair_count),
            (&a.pair_sum, &b.pair_sum),
            (&a.product, &b.product),
        ];
        let close = |x: &f64, y: &f64| (x - y).abs() <= 1e-9 * (1.0 + x.abs());
        close(&a.weight, &b.weight) && pairs.iter().all(|(a, b)| a.iter().zip(*b).all(|(x, y)| close(x, y)))
    }

    proptest! {
        /// Second route: the cells of the tally.
        #[test]
        fn sums_are_those_of_the_tally(rows in cases()) {
            let packed = Cases::new(3, rows.clone()).unwrap();
            let mut expected = WeightedSums::new(3);
            for row in &rows {
                let mut cell = Cell::new(3);
                cell.insert(&row.steps.iter().map(|s| (*s != MISSING).then_some(*s)).collect::<Vec<_>>());
                expected.insert(&cell, row.weight);
            }
            prop_assert!(near(&of(&packed, &Factors::ones(&packed)), &expected));
            // And through a whole tally, where every weight is its own class.
            let mut tally = Tally::new(3);
            for row in &rows {
                let key = CellKey { stratum: row.stratum, weight_class: (row.weight * 2.0) as u16, psu: 0, domain: 0, group: 0 };
                tally.insert(key, &row.steps.iter().map(|s| (*s != MISSING).then_some(*s)).collect::<Vec<_>>());
            }
            let mut again = WeightedSums::new(3);
            tally.cells().iter().for_each(|(key, cell)| again.insert(cell, f64::from(key.weight_class) / 2.0));
            prop_assert!(near(&expected, &again));
        }

        /// Whole numbers and floating point are two routes to the same sums.
        #[test]
        fn both_routes_agree(rows in cases(), seed in 0_u64..50) {
            let equal: Vec<Case> = rows.into_iter().map(|c| Case { weight: 1.0, stratum: 0, post: 0, ..c }).collect();
            let packed = Cases::new(3, equal).unwrap();
            let mut factors = Factors::ones(&packed);
            factors.draw(&packed, &crate::resample::DrawSize::All, false, seed, 3);
            let whole = of(&packed, &factors);
            // A share of everybody that is too small to matter drives the other route.
            factors.keep.fill(1e-300);
            prop_assert!(near(&whole, &of(&packed, &factors)));
        }

        #[test]
        fn domains_add_up_to_everybody(rows in cases(), seed in 0_u64..50) {
            let packed = Cases::new(3, rows).unwrap();
            let mut factors = Factors::ones(&packed);
            factors.draw(&packed, &crate::resample::DrawSize::rao_wu(), true, seed, 0);
            let all = of(&packed, &factors);
            let mut domains = vec![ItemTotals::new(3); packed.domain_count];
            domain_totals(&packed, &factors, &mut domains);
            for item in 0..3 {
                let sum: f64 = domains.iter().map(|d| d.sum[item]).sum();
                let count: f64 = domains.iter().map(|d| d.count[item]).sum();
                prop_assert!((sum - all.sum[item]).abs() < 1e-8 && (count - all.count[item]).abs() < 1e-8);
            }
        }

        /// The order of the file has no say.
        #[test]
        fn order_does_not_matter(rows in cases(), seed in 0_u64..50) {
            let mut reversed = rows.clone();
            reversed.reverse();
            let draw = |rows: Vec<Case>| {
                let packed = Cases::new(3, rows).unwrap();
                let mut factors = Factors::ones(&packed);
                factors.draw(&packed, &crate::resample::DrawSize::rao_wu(), true, seed, 5);
                of(&packed, &factors)
            };
            prop_assert_eq!(draw(rows), draw(reversed));
        }
    }

    /// A draw too lopsided for 32 bits takes the other route.
    #[test]
    fn a_lopsided_draw_does_not_overflow() {
        let case = |x: u8| Case {
            steps: vec![x, 200],
            weight: 1.0,
            stratum: 0,
            post: 0,
            unit: None,
            domain: 0,
        };
        let packed = Cases::new(2, (0..100).map(|x| case(x * 2)).collect()).unwrap();
        let mut factors = Factors::ones(&packed);
        factors.times.fill(u16::MAX);
        let found = of(&packed, &factors);
        let sum: f64 = (0..100).map(|x| f64::from(x) * 2.0).sum();
        assert_eq!(found.product[1], sum * 200.0 * f64::from(u16::MAX));
        assert_eq!(found.weight, 100.0 * f64::from(u16::MAX));
    }
}
