//! Post-stratification: one margin, met exactly.

use super::cells::CellWeights;
use super::error::WeightError;
use super::margin::Margin;

/// `w' = w · T_g / Σ_g w`: the weights of each category are brought to its target by one factor.
///
/// Source: Holt and Smith (1979), JRSS A 142, 33–46; Särndal, Swensson and Wretman (1992), section 7.6. Conditions of
/// [`Margin::check`].
pub fn poststratify(cells: &CellWeights, margin: &Margin, base_min: u64) -> Result<CellWeights, WeightError> {
    margin.check(cells, base_min)?;
    let sums = margin.weighted(cells.counts(), cells.weights());
    let factors: Vec<f64> = margin.categories.iter().zip(&sums).map(|(c, sum)| c.target / sum).collect();
    let of_cell = margin.of_cell.iter().zip(cells.weights());
    // A category that holds no case has no factor; its empty cells keep their weight.
    let factor = |category: &usize| factors.get(*category).copied().filter(|f| f.is_finite() && *f > 0.0).unwrap_or(1.0);
    CellWeights::new(cells.counts().to_vec(), of_cell.map(|(g, w)| w * factor(g)).collect())
}
