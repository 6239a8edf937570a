//! Whether a construct is something of its own: Fornell–Larcker, cross-loadings,
//! items that say the same.
//!
//! The ratio of correlations HTMT stands in its own module.

use nalgebra::DMatrix;

/// The Fornell–Larcker comparison of one construct.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FornellLarcker {
    /// √AVE.
    pub root_ave: f64,
    /// Largest absolute correlation with another construct.
    pub largest_correlation: f64,
    /// The other construct.
    pub with: usize,
}

impl FornellLarcker {
    /// Whether the construct shares more variance with its items than with any other construct.
    pub fn met(&self) -> bool {
        self.root_ave > self.largest_correlation
    }
}

/// Compares √AVE of each construct with its correlations with all others.
///
/// `None` where AVE is undefined (a single item) or there is no other construct.
/// Source: C. Fornell & D. F. Larcker, *Journal of Marketing Research* 18
/// (1981) 39–50. It misses what HTMT finds (J. Henseler, C. M. Ringle & M.
/// Sarstedt, *Journal of the Academy of Marketing Science* 43 (2015) 115–135).
pub fn fornell_larcker(ave: &[Option<f64>], construct_correlation: &DMatrix<f64>) -> Vec<Option<FornellLarcker>> {
    let one = |(construct, ave): (usize, &Option<f64>)| {
        let row = construct_correlation.row_iter().nth(construct)?;
        let others = row.iter().map(|r| r.abs()).enumerate().filter(|(other, _)| *other != construct);
        let (with, largest_correlation) = others.max_by(|a, b| a.1.total_cmp(&b.1))?;
        Some(FornellLarcker {
            root_ave: (*ave)?.sqrt(),
            largest_correlation,
            with,
        })
    };
    ave.iter().enumerate().map(one).collect()
}

/// Items that load higher, in absolute value, on another construct than on
/// their own: `(item, other construct)`. `blocks[c]` are the items of construct
/// `c`; rows of `cross_loadings` are items, columns constructs.
pub fn misplaced_items(cross_loadings: &DMatrix<f64>, blocks: &[Vec<usize>]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (own, items) in blocks.iter().enumerate() {
        for &item in items {
            let Some(row) = cross_loadings.row_iter().nth(item) else { continue };
            let largest = row.iter().map(|l| l.abs()).enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
            // An item is at home in its own construct and in the one that this is a part of.
            let strange = |construct: usize| construct != own && blocks.get(construct).is_none_or(|b| !b.contains(&item));
            if let Some((construct, _)) = largest.filter(|(construct, _)| strange(*construct)) {
                found.push((item, construct));
            }
        }
    }
    found
}

/// Variance inflation of each item among the items of its block, `[(R⁻¹)ᵢᵢ]`.
///
/// 1 when the others say nothing about it; above 5 regression weights (Mode B)
/// blur, above 3 look closer (Hair et al. 2022, chapter 5). `None` for fewer
/// than two items or when one is a linear combination of the others.
pub fn item_vif(correlation: &DMatrix<f64>, items: &[usize]) -> Option<Vec<f64>> {
    let inside = items.iter().all(|i| *i < correlation.nrows() && *i < correlation.ncols());
    if items.len() < 2 || !inside {
        return None;
    }
    let r = DMatrix::from_fn(items.len(), items.len(), |a, b| correlation[(items[a], items[b])]);
    let inverse = r.cholesky()?.inverse();
    Some(inverse.diagonal().iter().copied().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::dmatrix;

    #[test]
    fn a_construct_close_to_another_is_found() {
        let correlation = dmatrix![1.0, 0.8, -0.1; 0.8, 1.0, -0.5; -0.1, -0.5, 1.0];
        let found = fornell_larcker(&[Some(0.5), Some(0.81), None], &correlation);
        let first = found[0].unwrap();
        assert_eq!((first.with, first.met()), (1, false));
        assert!(found[1].unwrap().met());
        assert_eq!(found[2], None);
    }

    #[test]
    fn an_item_in_the_wrong_block_is_found() {
        let loadings = dmatrix![0.9, 0.2; 0.4, -0.6; 0.1, 0.9];
        assert_eq!(misplaced_items(&loadings, &[vec![0, 1], vec![2]]), [(1, 1)]);
    }

    #[test]
    fn inflation_of_two_items() {
        let correlation = dmatrix![1.0, 0.6; 0.6, 1.0];
        let vif = item_vif(&correlation, &[0, 1]).unwrap();
        assert!((vif[0] - 1.0 / 0.64).abs() < 1e-14);
        assert_eq!(item_vif(&correlation, &[0]), None);
    }
}
