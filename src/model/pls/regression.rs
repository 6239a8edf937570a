//! Least squares among standardised variables, from their correlations.

use crate::model::structure::Incoming;

/// Smallest share of a predictor's variance that must be left after the
/// predictors before it: below this its variance inflation exceeds 10¹⁰ and a
/// coefficient would keep fewer than six digits.
const TOLERANCE_MIN: f64 = 1e-10;

/// Working space for the regressions of one model, reused between steps.
pub(super) struct Regression {
    factor: Vec<f64>,
    coefficients: Vec<f64>,
}

impl Regression {
    /// Space for regressions on up to `predictors_max` predictors.
    pub(super) fn new(predictors_max: usize) -> Self {
        Self {
            factor: vec![0.0; predictors_max * predictors_max],
            coefficients: vec![0.0; predictors_max],
        }
    }

    /// Coefficients of `target` on the constructs of `predictors`, in their
    /// order. `correlation` is square with `count` rows. `None` when the
    /// predictors are linearly dependent.
    pub(super) fn solve(&mut self, correlation: &[f64], count: usize, target: usize, predictors: &[Incoming]) -> Option<&[f64]> {
        let size = predictors.len();
        let factor = self.factor.get_mut(..size * size)?;
        let solution = self.coefficients.get_mut(..size)?;
        for (i, predictor) in predictors.iter().enumerate() {
            let row = predictor.from * count;
            for (j, other) in predictors.iter().enumerate().take(i + 1) {
                factor[i * size + j] = correlation[row + other.from];
            }
            solution[i] = correlation[row + target];
        }
        factorise(factor, size)?;
        substitute(factor, solution);
        Some(solution)
    }
}

/// Cholesky: overwrites the lower triangle of a symmetric matrix by its
/// factor.
pub(super) fn factorise(matrix: &mut [f64], size: usize) -> Option<()> {
    for i in 0..size {
        for j in 0..=i {
            let mut rest = matrix[i * size + j];
            for k in 0..j {
                rest -= matrix[i * size + k] * matrix[j * size + k];
            }
            matrix[i * size + j] = if i == j {
                if rest.is_nan() || rest <= TOLERANCE_MIN {
                    return None;
                }
                rest.sqrt()
            } else {
                rest / matrix[j * size + j]
            };
        }
    }
    Some(())
}

/// Solves by a factor that [`factorise`] made.
pub(super) fn substitute(factor: &[f64], solution: &mut [f64]) {
    let size = solution.len();
    for i in 0..size {
        for k in 0..i {
            solution[i] -= factor[i * size + k] * solution[k];
        }
        solution[i] /= factor[i * size + i];
    }
    for i in (0..size).rev() {
        for k in i + 1..size {
            solution[i] -= factor[k * size + i] * solution[k];
        }
        solution[i] /= factor[i * size + i];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(constructs: &[usize]) -> Vec<Incoming> {
        let incoming = |(path, &from)| Incoming { path, from };
        constructs.iter().enumerate().map(incoming).collect()
    }

    #[test]
    fn two_predictors_follow_the_textbook_formula() {
        // b1 = (r1y − r12 r2y)/(1 − r12²)
        let correlation = [1.0, 0.5, 0.6, 0.5, 1.0, 0.7, 0.6, 0.7, 1.0];
        let mut regression = Regression::new(2);
        let solution = regression.solve(&correlation, 3, 2, &on(&[0, 1])).unwrap();
        assert!((solution[0] - (0.6 - 0.5 * 0.7) / 0.75).abs() < 1e-15);
        assert!((solution[1] - (0.7 - 0.5 * 0.6) / 0.75).abs() < 1e-15);
    }

    #[test]
    fn dependent_predictors_have_no_solution() {
        let correlation = [1.0, 1.0, 0.6, 1.0, 1.0, 0.6, 0.6, 0.6, 1.0];
        let mut regression = Regression::new(2);
        assert!(regression.solve(&correlation, 3, 2, &on(&[0, 1])).is_none());
        assert!(regression.solve(&[f64::NAN; 9], 3, 2, &on(&[0])).is_none());
    }
}
