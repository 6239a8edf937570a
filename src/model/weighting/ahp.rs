//! Weights from pairwise judgements (analytic hierarchy process), with the consistency ratio.
//!
//! A judge says for each pair how many times as important the first is as the second, 1/9 to 9. The weights are the
//! principal eigenvector of the reciprocal matrix `A`, scaled to the sum 1. A judge who never contradicts himself gives
//! `a_ik = a_ij a_jk` and a principal eigenvalue `λ = n`; the consistency index `CI = (λ − n)/(n − 1)` measures the
//! departure, and `CR = CI / RI` sets it against the mean index of random judgements. Several judges are aggregated by the
//! geometric mean of their judgements, which alone keeps the matrix reciprocal.
//!
//! Sources: T. L. Saaty, *The Analytic Hierarchy Process* (1980), chapters 1 to 3 (scale, eigenvector, `CR ≤ 0.1`,
//! table of RI); J. Aczél and T. L. Saaty, "Procedures for synthesizing ratio judgements", *Journal of Mathematical
//! Psychology* 27 (1983) 93–102 (geometric mean).

use nalgebra::{DMatrix, DVector};

/// Largest consistency ratio that is held good enough by custom (Saaty 1980).
pub const CONSISTENCY_RATIO_MAX: f64 = 0.1;

/// Mean consistency index of random reciprocal matrices of order 1 to 15 (Saaty 1980, as commonly tabulated).
const RANDOM_INDEX: [f64; 15] = [
    0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.54, 1.56, 1.58, 1.59,
];

/// Most things that can be compared at once: beyond this there is no tabulated random index.
pub const ORDER_MAX: usize = RANDOM_INDEX.len();

/// Judgement below which, and above whose inverse, the scale of judgements ends.
const JUDGEMENT_MIN: f64 = 1.0 / 9.0;

/// A reciprocal matrix of pairwise judgements.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgements {
    matrix: DMatrix<f64>,
}

/// Weights from judgements.
#[derive(Debug, Clone, PartialEq)]
pub struct Priorities {
    /// Weights, each above 0, sum 1, in the order of the things compared.
    pub weights: Vec<f64>,
    /// Principal eigenvalue λ, `n` or more.
    pub eigenvalue: f64,
    /// `(λ − n)/(n − 1)`; 0 for one or two things, which cannot contradict one another.
    pub consistency_index: f64,
    /// `CI / RI`; `None` for one or two things.
    pub consistency_ratio: Option<f64>,
}

/// Why judgements cannot be used. Positions count from 0.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AhpError {
    /// Nothing to compare, or more than [`ORDER_MAX`].
    #[error("{order} things cannot be compared: 1 to {ORDER_MAX} can")]
    Order {
        /// Things given.
        order: usize,
    },
    /// The upper triangle has another shape than `n` things need.
    #[error("row {row} of the judgements has {got} numbers, {expected} are needed")]
    Shape {
        /// Row of the triangle.
        row: usize,
        /// Numbers needed: those right of the diagonal.
        expected: usize,
        /// Numbers given.
        got: usize,
    },
    /// A judgement outside 1/9 to 9.
    #[error("the judgement of {row} against {column} is {value}, outside 1/9 to 9")]
    OffScale {
        /// First of the pair.
        row: usize,
        /// Second of the pair.
        column: usize,
        /// The judgement.
        value: f64,
    },
    /// No judge at all, or judges who compare different numbers of things.
    #[error("the judges do not compare the same things")]
    Judges,
}

impl Judgements {
    /// From the part right of the diagonal, row by row: `[[a₁₂, a₁₃], [a₂₃]]` for three things, where `a₁₂` says how many
    /// times as important the first is as the second.
    ///
    /// # Errors
    /// An [`AhpError`] naming the row or pair at fault.
    pub fn from_upper(order: usize, upper: &[Vec<f64>]) -> Result<Self, AhpError> {
        if order == 0 || order > ORDER_MAX {
            return Err(AhpError::Order { order });
        }
        let mut matrix = DMatrix::from_element(order, order, 1.0);
        for row in 0..upper.len().max(order - 1) {
            let given = upper.get(row).map_or(&[][..], Vec::as_slice);
            let expected = (order - 1).saturating_sub(row);
            if given.len() != expected {
                let got = given.len();
                return Err(AhpError::Shape { row, expected, got });
            }
            for (offset, value) in given.iter().copied().enumerate() {
                let column = row + 1 + offset;
                let on_scale = (JUDGEMENT_MIN * (1.0 - 1e-9)..=(1.0 + 1e-9) / JUDGEMENT_MIN).contains(&value);
                if !on_scale {
                    return Err(AhpError::OffScale { row, column, value });
                }
                matrix[(row, column)] = value;
                matrix[(column, row)] = 1.0 / value;
            }
        }
        Ok(Self { matrix })
    }

    /// The geometric mean of several judges, judgement by judgement.
    ///
    /// # Errors
    /// [`AhpError::Judges`] without judges, or when their matrices differ in size.
    pub fn aggregate(judges: &[Self]) -> Result<Self, AhpError> {
        let first = judges.first().ok_or(AhpError::Judges)?;
        if judges.iter().any(|j| j.matrix.shape() != first.matrix.shape()) {
            return Err(AhpError::Judges);
        }
        let order = first.matrix.nrows();
        let count = judges.len() as f64;
        let mut matrix = DMatrix::from_element(order, order, 1.0);
        for row in 0..order {
            for column in row + 1..order {
                let log_sum: f64 = judges.iter().map(|j| libm::log(j.matrix[(row, column)])).sum();
                let value = libm::exp(log_sum / count);
                matrix[(row, column)] = value;
                matrix[(column, row)] = 1.0 / value;
            }
        }
        Ok(Self { matrix })
    }

    /// The same judgements with the things in another order: `places[i]` says where thing `i` stood. Positions that do not
    /// exist leave the judgements as they are.
    #[must_use]
    pub fn in_order(&self, places: &[usize]) -> Self {
        let order = self.order();
        if places.len() != order || places.iter().any(|p| *p >= order) {
            return self.clone();
        }
        Self {
            matrix: DMatrix::from_fn(order, order, |row, column| self.matrix[(places[row], places[column])]),
        }
    }

    /// Things compared.
    #[must_use]
    pub fn order(&self) -> usize {
        self.matrix.nrows()
    }

    /// Weights and consistency.
    ///
    /// The eigenvector is found by repeated multiplication. A positive matrix has a single largest eigenvalue, so this
    /// converges from any positive start; for reciprocal matrices on the 1/9 to 9 scale within some dozen steps.
    #[must_use]
    pub fn priorities(&self) -> Priorities {
        let order = self.order();
        let mut vector = DVector::from_element(order, 1.0 / order as f64);
        let mut eigenvalue = order as f64;
        for _ in 0..10_000 {
            let next = &self.matrix * &vector;
            // The vector has the sum 1, so the sum of its image is the eigenvalue once it stands still.
            eigenvalue = next.sum();
            let next = next / eigenvalue;
            let change = (&next - &vector).amax();
            vector = next;
            if change < 1e-15 {
                break;
            }
        }
        let index = if order > 2 {
            ((eigenvalue - order as f64) / (order as f64 - 1.0)).max(0.0)
        } else {
            0.0
        };
        let random = RANDOM_INDEX.get(order - 1).copied().filter(|r| *r > 0.0);
        Priorities {
            weights: vector.iter().copied().collect(),
            eigenvalue,
            consistency_index: index,
            consistency_ratio: random.map(|random| index / random),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn judged(order: usize, upper: &[&[f64]]) -> Priorities {
        let rows: Vec<Vec<f64>> = upper.iter().map(|r| r.to_vec()).collect();
        Judgements::from_upper(order, &rows).unwrap().priorities()
    }

    /// For three things the principal eigenvalue has a closed form: with `t = a₁₃/(a₁₂ a₂₃)`,
    /// `λ = 1 + t^{1/3} + t^{−1/3}`, and the eigenvector is the geometric mean of the rows.
    #[test]
    fn three_things_have_a_closed_form() {
        let (a, b, c) = (2.0_f64, 4.0_f64, 3.0_f64);
        let got = judged(3, &[&[a, b], &[c]]);
        let t = (b / (a * c)).cbrt();
        assert!((got.eigenvalue - (1.0 + t + 1.0 / t)).abs() < 1e-12);
        let means = [(a * b).cbrt(), (c / a).cbrt(), (1.0 / (b * c)).cbrt()];
        let total: f64 = means.iter().sum();
        for (weight, mean) in got.weights.iter().zip(means) {
            assert!((weight - mean / total).abs() < 1e-12, "{weight} {mean}");
        }
        let expected = (1.0 + t + 1.0 / t - 3.0) / 2.0 / 0.58;
        assert!((got.consistency_ratio.unwrap() - expected).abs() < 1e-10);
    }

    /// Against `numpy.linalg.eig` (version 2.4.6) of the same matrix.
    #[test]
    fn seven_things_as_another_program_has_it() {
        let third = 1.0 / 3.0;
        let got = judged(
            7,
            &[
                &[4.0, 9.0, 6.0, 6.0, 5.0, 5.0],
                &[7.0, 5.0, 5.0, 3.0, 4.0],
                &[0.2, 0.2, 1.0 / 7.0, 0.2],
                &[1.0, third, third],
                &[third, 0.5],
                &[2.0],
            ],
        );
        let reference = [
            0.428_954_291_464_413,
            0.230_846_242_989_206,
            0.020_937_164_134_963_4,
            0.052_966_938_707_619_5,
            0.054_908_531_707_893,
            0.123_260_056_533_297,
            0.088_126_774_462_608_1,
        ];
        for (weight, wanted) in got.weights.iter().zip(reference) {
            assert!((weight - wanted).abs() < 1e-12, "{weight} {wanted}");
        }
        assert!((got.eigenvalue - 7.564_817_004_232_517).abs() < 1e-12);
        assert!((got.consistency_ratio.unwrap() - 0.564_817_004_232_517 / 6.0 / 1.32).abs() < 1e-12);
    }

    #[test]
    fn one_or_two_things_cannot_contradict() {
        let two = judged(2, &[&[3.0]]);
        assert_eq!(two.consistency_ratio, None);
        assert!((two.weights[0] - 0.75).abs() < 1e-15);
        assert_eq!(judged(1, &[]).weights, [1.0]);
    }

    #[test]
    fn faults_are_named() {
        let shape = Judgements::from_upper(3, &[vec![2.0], vec![2.0]]).unwrap_err();
        assert_eq!(
            shape,
            AhpError::Shape {
                row: 0,
                expected: 2,
                got: 1
            }
        );
        let missing = Judgements::from_upper(3, &[vec![2.0, 2.0]]).unwrap_err();
        assert_eq!(
            missing,
            AhpError::Shape {
                row: 1,
                expected: 1,
                got: 0
            }
        );
        let off = Judgements::from_upper(2, &[vec![10.0]]).unwrap_err();
        assert!(matches!(off, AhpError::OffScale { row: 0, column: 1, .. }));
        assert!(Judgements::from_upper(2, &[vec![f64::NAN]]).is_err());
        assert_eq!(Judgements::from_upper(16, &[]).unwrap_err(), AhpError::Order { order: 16 });
        assert_eq!(Judgements::aggregate(&[]).unwrap_err(), AhpError::Judges);
    }

    proptest! {
        /// Judgements made from weights give the weights back, with nothing to reproach.
        #[test]
        fn consistent_judgements_return_their_weights(raw in proptest::collection::vec(1.0..9.0_f64, 2..9)) {
            let n = raw.len();
            let upper: Vec<Vec<f64>> = (0..n - 1).map(|i| (i + 1..n).map(|j| raw[i] / raw[j]).collect()).collect();
            let got = Judgements::from_upper(n, &upper).unwrap().priorities();
            let total: f64 = raw.iter().sum();
            for (weight, wanted) in got.weights.iter().zip(&raw) {
                prop_assert!((weight - wanted / total).abs() < 1e-12);
            }
            prop_assert!(got.consistency_index < 1e-12);
        }

        /// Who judges the other way round gets the same weights in the other order; the same judge twice is that judge.
        #[test]
        fn order_and_repetition_do_not_matter(upper in proptest::collection::vec(0.12..8.9_f64, 6)) {
            let rows = vec![upper[..3].to_vec(), upper[3..5].to_vec(), upper[5..].to_vec()];
            let one = Judgements::from_upper(4, &rows).unwrap();
            let turned = vec![
                vec![1.0 / rows[2][0], 1.0 / rows[1][1], 1.0 / rows[0][2]],
                vec![1.0 / rows[1][0], 1.0 / rows[0][1]],
                vec![1.0 / rows[0][0]],
            ];
            let turned = Judgements::from_upper(4, &turned).unwrap().priorities();
            let got = one.priorities();
            for (a, b) in got.weights.iter().zip(turned.weights.iter().rev()) {
                prop_assert!((a - b).abs() < 1e-12);
            }
            prop_assert!(got.eigenvalue >= 4.0 - 1e-12);
            let twice = Judgements::aggregate(&[one.clone(), one]).unwrap().priorities();
            for (a, b) in got.weights.iter().zip(&twice.weights) {
                prop_assert!((a - b).abs() < 1e-12);
            }
        }
    }
}
