//! Independence of the two traits of a cross table.
//!
//! Under independence Pearson's X² of the weighted table (scaled to the sample size) is distributed as `Σ λ_i Z_i²`, the λ the
//! eigenvalues of the generalised design effect matrix `Δ = (C'D⁻¹C/n)⁻¹ (C'D⁻¹ V D⁻¹C)`: D holds the estimated cell shares, V their
//! design-based covariance, C contrasts that are orthogonal to rows and columns. Sources: Rao and Scott (1981), JASA 76, 221–230;
//! Rao and Scott (1984), Annals of Statistics 12, 46–60; the second-order F as in Thomas and Rao (1987), JASA 82, 630–636.
//! Wald: Koch, Freeman and Freeman (1975), International Statistical Review 43, 59–78.

use super::chi_squared_mixture::{exact_tail, saddlepoint_tail};
use super::{TestError, covariance, f_upper_tail, same_rows};
use crate::design::{LonelyPsuPolicy, SampleDesign};
use crate::stats::{CompensatedSum, chi_squared_upper_tail, squared};
use nalgebra::{DMatrix, DVector};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An F statistic with its tail probability.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FTest {
    /// The statistic.
    pub statistic: f64,
    /// Degrees of freedom of the numerator.
    pub df1: f64,
    /// Degrees of freedom of the denominator.
    pub df2: f64,
    /// P(F ≥ statistic).
    pub p_value: f64,
}

impl FTest {
    pub(super) fn new(statistic: f64, df1: f64, df2: f64) -> Option<Self> {
        Some(Self {
            statistic,
            df1,
            df2,
            p_value: f_upper_tail(statistic, df1, df2)?,
        })
    }
}

/// All tests of one table.
#[derive(Debug, Clone, PartialEq)]
pub struct IndependenceTests {
    /// Weighted counts, Σw by row and column category, in ascending order of the categories.
    pub table: DMatrix<f64>,
    /// Pearson's X² of the table scaled to n cases: `n Σ (p − p_r p_c)²/(p_r p_c)`. Its own p-value would ignore the design.
    pub pearson: f64,
    /// Eigenvalues of the generalised design effect matrix, in descending order; all 1 under simple random sampling with
    /// replacement.
    pub design_effects: Vec<f64>,
    /// Rao–Scott second order, the one to report: `X²/Σλ` against F with `(Σλ)²/Σλ²` and that times the design's df.
    pub f: FTest,
    /// Rao–Scott first order: `P(χ²_k ≥ X²/λ̄)`.
    pub chi_squared_p: f64,
    /// `P(Σ λ Z² ≥ X² χ²_ν/ν)`, exact, ν the denominator's df of `f`; `None` where the λ are too far apart for its series.
    pub linear_combination_p: Option<f64>,
    /// The same by the saddlepoint approximation.
    pub saddlepoint_p: f64,
    /// Wald: differences between cells and products of margins, `Q/k` against F(k, df); `None` where they do not vary.
    pub wald: Option<FTest>,
    /// The same with `(df − k + 1)/df`, against F(k, df − k + 1).
    pub adjusted_wald: Option<FTest>,
}

/// Tests whether two traits are independent. `rows` and `columns` hold the category of every case, `None` where it is missing;
/// cases that lack one stay in the design with influence 0.
///
/// # Errors
///
/// Fewer than two categories of a trait, or a design that gives no variance.
pub fn independence<R: Ord, C: Ord>(
    design: &SampleDesign,
    rows: &[Option<R>],
    columns: &[Option<C>],
    lonely: LonelyPsuPolicy,
) -> Result<IndependenceTests, TestError> {
    same_rows(design, rows.len())?;
    same_rows(design, columns.len())?;
    let table = Table::new(design, rows, columns)?;
    let k = (table.rows - 1) * (table.columns - 1);
    let df = design.df();
    let too_few = TestError::TooFewDf { df, parameters: k };
    if df == 0 {
        return Err(too_few);
    }
    let variance = covariance(design, &table.linearised_shares(design.cases()), lonely)?;
    let pearson = table.pearson();
    let effects = table.design_effects(&variance)?;
    let sum: f64 = effects.iter().sum();
    if sum.is_nan() || sum <= 0.0 {
        return Err(TestError::Singular);
    }
    let first = squared(sum) / effects.iter().map(|l| squared(*l)).sum::<f64>();
    let of_differences = covariance(design, &table.linearised_differences(design.cases()), lonely)?;
    let wald = wald(&table.differences(), of_differences).filter(|_| df as usize >= k);
    Ok(IndependenceTests {
        pearson,
        f: FTest::new(pearson / sum, first, first * df as f64).ok_or(too_few)?,
        chi_squared_p: chi_squared_upper_tail(pearson * k as f64 / sum, k as f64).ok_or(too_few)?,
        linear_combination_p: exact_tail(pearson, &effects, Some(first * df as f64)),
        saddlepoint_p: saddlepoint_tail(pearson, &effects, Some(first * df as f64)).ok_or(too_few)?,
        wald: wald.and_then(|q| FTest::new(q / k as f64, k as f64, df as f64)),
        adjusted_wald: wald.and_then(|q| {
            let left = df as f64 - k as f64 + 1.0;
            FTest::new(q / k as f64 * left / df as f64, k as f64, left)
        }),
        design_effects: effects,
        table: DMatrix::from_row_slice(table.rows, table.columns, &table.totals),
    })
}

/// A weighted cross table, cells row by row.
struct Table {
    rows: usize,
    columns: usize,
    /// Cell of each case.
    of_case: Vec<Option<usize>>,
    /// Cases in the table that have a weight.
    n: f64,
    totals: Vec<f64>,
    total: f64,
}

impl Table {
    fn new<R: Ord, C: Ord>(design: &SampleDesign, rows: &[Option<R>], columns: &[Option<C>]) -> Result<Self, TestError> {
        let both = rows.iter().zip(columns).zip(design.weights());
        let occupied = || {
            both.clone()
                .filter(|(_, w)| **w > 0.0)
                .filter_map(|((r, c), _)| Some((r.as_ref()?, c.as_ref()?)))
        };
        let row_names: Vec<&R> = occupied().map(|(r, _)| r).collect::<BTreeSet<_>>().into_iter().collect();
        let column_names: Vec<&C> = occupied().map(|(_, c)| c).collect::<BTreeSet<_>>().into_iter().collect();
        let fewest = row_names.len().min(column_names.len());
        if fewest < 2 {
            return Err(TestError::TooFewCategories { occupied: fewest });
        }
        let cell = |(r, c): (&Option<R>, &Option<C>)| {
            let row = row_names.binary_search(&r.as_ref()?).ok()?;
            Some(row * column_names.len() + column_names.binary_search(&c.as_ref()?).ok()?)
        };
        let of_case: Vec<Option<usize>> = rows.iter().zip(columns).map(cell).collect();
        let mut sums = vec![CompensatedSum::new(); row_names.len() * column_names.len()];
        let mut n = 0.0;
        for (cell, weight) in of_case.iter().zip(design.weights()) {
            if let Some(sum) = cell.and_then(|cell| sums.get_mut(cell)) {
                sum.insert(*weight);
                n += f64::from(u8::from(*weight > 0.0));
            }
        }
        let totals: Vec<f64> = sums.iter().map(CompensatedSum::finish).collect();
        Ok(Self {
            rows: row_names.len(),
            columns: column_names.len(),
            of_case,
            n,
            total: totals.iter().sum(),
            totals,
        })
    }

    fn cells(&self) -> usize {
        self.totals.len()
    }

    fn share(&self, cell: usize) -> f64 {
        self.totals[cell] / self.total
    }

    fn row_share(&self, row: usize) -> f64 {
        (0..self.columns).map(|c| self.share(row * self.columns + c)).sum()
    }

    fn column_share(&self, column: usize) -> f64 {
        (0..self.rows).map(|r| self.share(r * self.columns + column)).sum()
    }

    /// What independence lets expect.
    fn expected(&self, cell: usize) -> f64 {
        self.row_share(cell / self.columns) * self.column_share(cell % self.columns)
    }

    /// `(1{i in cell} − p)/N̂`.
    fn linearised_shares(&self, cases: usize) -> DMatrix<f64> {
        DMatrix::from_fn(cases, self.cells(), |case, cell| {
            let Some(Some(own)) = self.of_case.get(case) else {
                return 0.0;
            };
            (f64::from(u8::from(*own == cell)) - self.share(cell)) / self.total
        })
    }

    fn pearson(&self) -> f64 {
        let term = |cell: usize| squared(self.share(cell) - self.expected(cell)) / self.expected(cell);
        self.n * (0..self.cells()).map(term).sum::<f64>()
    }

    /// Eigenvalues of Δ. A cell without cases has no share to divide by; its row of `D⁻¹` is 0, as in R's `survey`.
    fn design_effects(&self, variance: &DMatrix<f64>) -> Result<Vec<f64>, TestError> {
        let contrasts = self.contrasts();
        let inverse = DVector::from_fn(self.cells(), |cell, _| {
            let share = self.share(cell);
            if share > 0.0 { 1.0 / share } else { 0.0 }
        });
        let scaled = DMatrix::from_diagonal(&inverse) * &contrasts;
        let simple = contrasts.transpose() * &scaled / self.n;
        let found = scaled.transpose() * variance * &scaled;
        // Symmetric form, so that eigenvalues are real: L⁻¹ A L⁻ᵀ with LLᵀ the simple one.
        let lower = simple.cholesky().ok_or(TestError::Singular)?.l();
        let half = lower.solve_lower_triangular(&found).ok_or(TestError::Singular)?;
        let whole = lower.solve_lower_triangular(&half.transpose()).ok_or(TestError::Singular)?;
        let whole = (&whole + whole.transpose()) * 0.5;
        let mut effects: Vec<f64> = whole.symmetric_eigenvalues().iter().copied().collect();
        effects.sort_by(|a, b| b.total_cmp(a));
        Ok(effects)
    }

    /// Interaction contrasts, orthogonal to every row and column effect: `(e_r − 1/R)(e_c − 1/C)ᵀ` for all but one row and column.
    fn contrasts(&self) -> DMatrix<f64> {
        let (rows, columns) = (self.rows, self.columns);
        let centred = |at: usize, of: usize, size: usize| f64::from(u8::from(at == of)) - 1.0 / size as f64;
        DMatrix::from_fn(self.cells(), (rows - 1) * (columns - 1), |cell, contrast| {
            let (row, column) = (cell / columns, cell % columns);
            centred(row, contrast / (columns - 1), rows) * centred(column, contrast % (columns - 1), columns)
        })
    }

    /// `T_rc − T_r T_c/N̂` over all but the last row and column, in people. Totals, not shares: with shares the variance of N̂ would
    /// count otherwise, and the test is Koch's on counts.
    fn differences(&self) -> DVector<f64> {
        let columns = self.columns - 1;
        DVector::from_fn((self.rows - 1) * columns, |k, _| {
            let cell = k / columns * self.columns + k % columns;
            self.totals[cell] - self.total * self.expected(cell)
        })
    }

    /// `1{rc} − 1{r} p_c − 1{c} p_r + p_r p_c = (1{r} − p_r)(1{c} − p_c)`.
    fn linearised_differences(&self, cases: usize) -> DMatrix<f64> {
        let columns = self.columns - 1;
        let one = |yes: bool| f64::from(u8::from(yes));
        DMatrix::from_fn(cases, (self.rows - 1) * columns, |case, k| {
            let Some(Some(own)) = self.of_case.get(case) else {
                return 0.0;
            };
            let (row, column) = (k / columns, k % columns);
            let (in_row, in_column) = (one(own / self.columns == row), one(own % self.columns == column));
            let (row_share, column_share) = (self.row_share(row), self.column_share(column));
            (in_row - row_share) * (in_column - column_share)
        })
    }
}

/// `Y'V(Y)⁻¹Y`; `None` where the differences do not vary independently.
fn wald(differences: &DVector<f64>, variance: DMatrix<f64>) -> Option<f64> {
    let solved = variance.cholesky()?.solve(differences);
    Some(differences.dot(&solved)).filter(|q| q.is_finite())
}
