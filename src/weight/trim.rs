//! Trimming: weights outside bounds are cut to them, and what was cut goes to the others.
//!
//! Trimming exchanges variance for bias: after it the margins are no longer met exactly. The variance keeps the calibration that
//! went before (see [`super::residuals`]), whose residuals are taken with the weights as they were then.

use super::cells::CellWeights;
use super::error::WeightError;
pub use crate::survey::weighting::Redistribution;

/// Trimmed weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Trimmed {
    /// The weights; their sum is what it was.
    pub cells: CellWeights,
    /// Cases raised to the lower bound.
    pub raised: u64,
    /// Cases cut to the upper bound.
    pub cut: u64,
    /// Rounds until nobody was outside.
    pub rounds: u64,
}

/// Cuts weights to `lower … upper` and shares the difference among the cases that were inside, again until nobody is outside. Who has
/// been cut once stays at the bound. The sum of the weights stays.
///
/// Source: Potter (1990), Proceedings of the ASA Section on Survey Research Methods, 225–230.
pub fn trim(cells: &CellWeights, lower: f64, upper: f64, redistribution: Redistribution) -> Result<Trimmed, WeightError> {
    let (sum, cases) = (cells.sum(), cells.cases());
    let impossible = || WeightError::TrimImpossible { lower, upper, sum, cases };
    let n = cases as f64;
    if !(lower >= 0.0 && lower < upper) || sum > upper * n || sum < lower * n {
        return Err(impossible());
    }
    let mut weights = cells.weights().to_vec();
    let mut fixed = vec![false; weights.len()];
    let (mut raised, mut cut) = (0, 0);
    for round in 0..=cells.len() as u64 {
        let mut outside = false;
        for ((w, fixed), count) in weights.iter_mut().zip(&mut fixed).zip(cells.counts()) {
            if *count > 0 && (*w < lower || *w > upper) {
                (raised, cut) = if *w < lower { (raised + count, cut) } else { (raised, cut + count) };
                *w = w.clamp(lower, upper);
                (*fixed, outside) = (true, true);
            }
        }
        if !outside {
            let cells = CellWeights::new(cells.counts().to_vec(), weights)?;
            return Ok(Trimmed {
                cells,
                raised,
                cut,
                rounds: round,
            });
        }
        let rest = sum - cells.with_any(weights.clone()).sum();
        share(&mut weights, &fixed, cells.counts(), rest, redistribution).ok_or_else(impossible)?;
    }
    Err(impossible())
}

/// Gives `rest` to the cases that are not fixed; `None` when there is none.
fn share(weights: &mut [f64], fixed: &[bool], counts: &[u64], rest: f64, redistribution: Redistribution) -> Option<()> {
    let size = |w: f64| match redistribution {
        Redistribution::Equal => 1.0,
        Redistribution::Proportional => w,
    };
    let free = weights.iter().zip(fixed).zip(counts).filter(|((_, fixed), _)| !**fixed);
    let total: f64 = free.map(|((w, _), count)| size(*w) * *count as f64).sum();
    let each = (total > 0.0).then(|| rest / total)?;
    for (w, _) in weights.iter_mut().zip(fixed).filter(|(_, fixed)| !**fixed) {
        *w += each * size(*w);
    }
    Some(())
}
