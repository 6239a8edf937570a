//! The drawn sample as the R-indicator reads it: who was drawn, with which known properties, and who responded.
//!
//! Every property is a category, so units with the same properties, stratum and weight are one cell. Sums over units become
//! sums over cells: the result does not depend on the order of the file, and a million units cost as much as their cells.

use nalgebra::DMatrix;
use std::collections::BTreeMap;

/// A property known of everybody drawn, whether they responded or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Name, as the file has it.
    pub name: String,
    /// Its categories in ascending order of their text; the first is the reference of the model.
    pub categories: Vec<String>,
}

/// Units with the same properties, design stratum and design weight.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseCell {
    /// Category of each variable, by position.
    pub codes: Vec<usize>,
    /// Design stratum, by position in the ascending order of names.
    pub stratum: usize,
    /// Design weight of each unit, `N_h/n_h`: the reciprocal of the inclusion probability.
    pub weight: f64,
    /// Units drawn.
    pub sampled: u64,
    /// Units that responded, at most `sampled`.
    pub responded: u64,
}

/// Units drawn that are alike.
#[derive(Debug, Clone, Copy)]
pub struct Unit<'a> {
    /// Category of each variable.
    pub values: &'a [&'a str],
    /// Design stratum; the same text everywhere for a simple random sample.
    pub stratum: &'a str,
    /// Design weight.
    pub weight: f64,
    /// How many were drawn; 1 where each unit is given by itself.
    pub sampled: u64,
    /// How many of them responded.
    pub responded: u64,
}

/// Everybody drawn, in cells.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseSample {
    /// The properties.
    pub variables: Vec<Variable>,
    /// The cells, ascending by properties, stratum and weight.
    pub cells: Vec<ResponseCell>,
}

impl ResponseSample {
    /// Puts units into cells. Another number of values than there are names, a weight that is not positive and finite, or more
    /// responses than units, is refused: `None`.
    #[must_use]
    pub fn collect<'a>(names: &[&str], units: impl IntoIterator<Item = Unit<'a>>) -> Option<Self> {
        let mut cells: BTreeMap<(Vec<&str>, &str, u64), (u64, u64)> = BTreeMap::new();
        for unit in units {
            if unit.values.len() != names.len() || !(unit.weight.is_finite() && unit.weight > 0.0) || unit.responded > unit.sampled {
                return None;
            }
            // Positive floats order as their bits do.
            let cell = cells
                .entry((unit.values.to_vec(), unit.stratum, unit.weight.to_bits()))
                .or_default();
            cell.0 += unit.sampled;
            cell.1 += unit.responded;
        }
        let sorted = |mut texts: Vec<&'a str>| {
            texts.sort_unstable();
            texts.dedup();
            texts
        };
        let categories = |at: usize| sorted(cells.keys().filter_map(|(values, _, _)| values.get(at).copied()).collect());
        let of_variable: Vec<Vec<&str>> = (0..names.len()).map(categories).collect();
        let strata = sorted(cells.keys().map(|(_, stratum, _)| *stratum).collect());
        let code = |(at, value): (usize, &&str)| of_variable.get(at)?.binary_search(value).ok();
        let cells = cells.iter().map(|((values, stratum, weight), (sampled, responded))| {
            Some(ResponseCell {
                codes: values.iter().enumerate().map(code).collect::<Option<_>>()?,
                stratum: strata.binary_search(stratum).ok()?,
                weight: f64::from_bits(*weight),
                sampled: *sampled,
                responded: *responded,
            })
        });
        let cells = cells.collect::<Option<Vec<_>>>()?;
        let variable = |(name, categories): (&&str, &Vec<&str>)| Variable {
            name: (*name).to_owned(),
            categories: categories.iter().map(|c| (*c).to_owned()).collect(),
        };
        Some(Self {
            variables: names.iter().zip(&of_variable).map(variable).collect(),
            cells,
        })
    }

    /// Units drawn, n.
    #[must_use]
    pub fn sampled(&self) -> u64 {
        self.cells.iter().map(|c| c.sampled).sum()
    }

    /// Units that responded.
    #[must_use]
    pub fn responded(&self) -> u64 {
        self.cells.iter().map(|c| c.responded).sum()
    }

    /// The same sample with one variable only.
    pub(super) fn only(&self, variable: usize) -> Self {
        let cells = self.cells.iter().map(|cell| ResponseCell {
            codes: cell.codes.get(variable).copied().into_iter().collect(),
            ..cell.clone()
        });
        Self {
            variables: self.variables.get(variable).cloned().into_iter().collect(),
            cells: cells.collect(),
        }
    }

    /// One row a cell: a constant, then for each variable a column for each category but the first.
    pub(super) fn design_matrix(&self) -> DMatrix<f64> {
        design_rows(&self.variables, self.cells.iter().map(|cell| cell.codes.as_slice()))
    }

    /// What each column of [`Self::design_matrix`] stands for: nothing for the constant, else variable and category.
    pub(super) fn columns(&self) -> Vec<Option<(String, String)>> {
        let of_variable = |v: &Variable| -> Vec<Option<(String, String)>> {
            let others = v.categories.iter().skip(1);
            others.map(|c| Some((v.name.clone(), c.clone()))).collect()
        };
        std::iter::once(None).chain(self.variables.iter().flat_map(of_variable)).collect()
    }
}

/// Rows of a design matrix with treatment coding.
pub(super) fn design_rows<'a>(variables: &[Variable], rows: impl Iterator<Item = &'a [usize]>) -> DMatrix<f64> {
    let starts: Vec<usize> = variables
        .iter()
        .scan(1, |next, v| {
            let start = *next;
            *next += v.categories.len().saturating_sub(1);
            Some(start)
        })
        .collect();
    let width = 1 + variables.iter().map(|v| v.categories.len().saturating_sub(1)).sum::<usize>();
    let mut values = Vec::new();
    let mut height = 0;
    for codes in rows {
        let first = values.len();
        values.resize(first + width, 0.0);
        let ones = starts
            .iter()
            .zip(codes)
            .filter(|(_, code)| **code > 0)
            .map(|(start, code)| start + code - 1);
        for at in std::iter::once(0).chain(ones) {
            if let Some(value) = values.get_mut(first + at) {
                *value = 1.0;
            }
        }
        height += 1;
    }
    DMatrix::from_row_iterator(height, width, values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit<'a>(values: &'a [&'a str], weight: f64, responded: bool) -> Unit<'a> {
        Unit {
            values,
            stratum: "",
            weight,
            sampled: 1,
            responded: u64::from(responded),
        }
    }

    #[test]
    fn units_alike_are_one_cell_whatever_their_order() {
        let rows: [(&[&str], bool); 4] = [(&["b", "x"], true), (&["a", "y"], false), (&["b", "x"], false), (&["a", "x"], true)];
        let make = |rows: &[(&'static [&'static str], bool)]| {
            ResponseSample::collect(&["u", "v"], rows.iter().map(|(values, responded)| unit(values, 2.0, *responded))).unwrap()
        };
        let rows: Vec<(&'static [&'static str], bool)> = vec![
            (&["b", "x"], rows[0].1),
            (&["a", "y"], rows[1].1),
            (&["b", "x"], rows[2].1),
            (&["a", "x"], rows[3].1),
        ];
        let sample = make(&rows);
        assert_eq!((sample.cells.len(), sample.sampled(), sample.responded()), (3, 4, 2));
        let mut reversed = rows.clone();
        reversed.reverse();
        assert_eq!(sample, make(&reversed));
        let x = sample.design_matrix();
        assert_eq!((x.nrows(), x.ncols()), (3, 3));
        assert_eq!(sample.columns()[2], Some(("v".to_owned(), "y".to_owned())));
        // Cells ascend: (a,x), (a,y), (b,x).
        assert_eq!(x.row(1).iter().copied().collect::<Vec<_>>(), [1.0, 0.0, 1.0]);
    }

    #[test]
    fn a_unit_that_does_not_fit_is_refused() {
        assert!(ResponseSample::collect(&["u"], [unit(&["a", "b"], 1.0, true)]).is_none());
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(ResponseSample::collect(&["u"], [unit(&["a"], bad, true)]).is_none());
        }
    }
}
