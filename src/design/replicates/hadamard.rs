//! Hadamard matrices, made and not tabulated: entries ±1, rows orthogonal.
//!
//! Three constructions: Sylvester (1867): doubling `[[H, H], [H, −H]]`; Paley (1933), Journal of Mathematics and Physics 12,
//! 311–320: order q + 1 for a prime q ≡ 3 (mod 4), order 2(q + 1) for a prime q ≡ 1 (mod 4). Prime powers are left out.
//! Together they give every multiple of 4 up to 88 except 52; of the 250 multiples up to 1,000 they give 186. [`Hadamard::at_least`]
//! takes the next order that can be made, which only costs a few replicates.

/// A Hadamard matrix whose first column is all +1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hadamard {
    order: usize,
    positive: Vec<bool>,
}

impl Hadamard {
    /// The matrix of an order, where one of the constructions gives it: powers of two by Sylvester's, then Paley's, then a
    /// doubled one.
    #[must_use]
    pub fn of_order(order: usize) -> Option<Self> {
        if order == 1 {
            return Some(Self {
                order,
                positive: vec![true],
            });
        }
        if order.is_power_of_two() {
            return Some(Self::of_order(order / 2)?.doubled());
        }
        if !order.is_multiple_of(4) {
            return None;
        }
        if is_prime(order - 1) {
            return Some(Self::paley_one(order - 1));
        }
        let half = order / 2;
        if half % 4 == 2 && is_prime(half - 1) {
            return Some(Self::paley_two(half - 1));
        }
        Some(Self::of_order(half)?.doubled())
    }

    /// The smallest that can be made with at least this order.
    #[must_use]
    pub fn at_least(order: usize) -> Self {
        // Powers of two can always be made, so the search ends.
        let mut at = order.max(1);
        loop {
            if let Some(matrix) = Self::of_order(at) {
                return matrix;
            }
            at += 1;
        }
    }

    /// Rows, which are also the columns.
    #[must_use]
    pub fn order(&self) -> usize {
        self.order
    }

    /// Whether an entry is +1; outside the matrix it is not.
    #[must_use]
    pub fn is_positive(&self, row: usize, column: usize) -> bool {
        column < self.order && self.positive.get(row * self.order + column).copied().unwrap_or(false)
    }

    fn from_sign(order: usize, positive: impl Fn(usize, usize) -> bool) -> Self {
        let entry = |at: usize| {
            let (row, column) = (at / order, at % order);
            // A row that starts with −1 is turned round.
            positive(row, column) == positive(row, 0)
        };
        Self {
            order,
            positive: (0..order * order).map(entry).collect(),
        }
    }

    fn doubled(&self) -> Self {
        let n = self.order;
        Self::from_sign(2 * n, |row, column| {
            self.is_positive(row % n, column % n) != (row >= n && column >= n)
        })
    }

    /// `I + S` with `S = [[0, 1], [−1, Q]]`, Q the matrix of Legendre symbols χ(j − i).
    fn paley_one(q: usize) -> Self {
        let squares = squares(q);
        Self::from_sign(q + 1, |row, column| match (row, column) {
            (row, column) if row == column => true,
            (0, _) => true,
            (_, 0) => false,
            (row, column) => squares[(column + q - row) % q],
        })
    }

    /// `C ⊗ [[1, 1], [1, −1]] + I ⊗ [[1, −1], [−1, −1]]` with the symmetric conference matrix `C = [[0, 1], [1, Q]]`.
    fn paley_two(q: usize) -> Self {
        let squares = squares(q);
        Self::from_sign(2 * (q + 1), |row, column| {
            let (i, j) = (row / 2, column / 2);
            let (low, right) = (row % 2 == 1, column % 2 == 1);
            if i == j {
                return !low && !right;
            }
            let conference = i == 0 || j == 0 || squares[(j + q - i) % q];
            conference != (low && right)
        })
    }
}

/// Which numbers modulo a prime are squares of something other than 0.
fn squares(q: usize) -> Vec<bool> {
    let mut squares = vec![false; q];
    for x in 1..q {
        if let Some(square) = squares.get_mut(x * x % q) {
            *square = true;
        }
    }
    squares
}

fn is_prime(n: usize) -> bool {
    n >= 2 && (2..n).take_while(|d| d * d <= n).all(|d| !n.is_multiple_of(d))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orthogonal(matrix: &Hadamard) -> bool {
        let n = matrix.order();
        let agree = |a: usize, b: usize| (0..n).filter(|c| matrix.is_positive(a, *c) == matrix.is_positive(b, *c)).count();
        (0..n).all(|a| (0..a).all(|b| 2 * agree(a, b) == n)) && (0..n).all(|row| matrix.is_positive(row, 0))
    }

    #[test]
    fn every_matrix_is_one() {
        for order in (1..=128).filter(|n| Hadamard::of_order(*n).is_some()) {
            let matrix = Hadamard::of_order(order).unwrap();
            assert_eq!(matrix.order(), order);
            assert!(orthogonal(&matrix), "{order}");
        }
    }

    #[test]
    fn the_orders_are_those_that_the_documentation_states() {
        let made = |up_to: usize| -> Vec<usize> {
            (1..=up_to / 4)
                .map(|k| 4 * k)
                .filter(|n| Hadamard::of_order(*n).is_some())
                .collect()
        };
        let missing: Vec<usize> = (1..=22).map(|k| 4 * k).filter(|n| !made(88).contains(n)).collect();
        assert_eq!(missing, vec![52]);
        assert_eq!(made(1000).len(), 186);
    }

    #[test]
    fn the_next_order_is_taken() {
        assert_eq!(Hadamard::at_least(0).order(), 1);
        assert_eq!(Hadamard::at_least(3).order(), 4);
        assert_eq!(Hadamard::at_least(25).order(), 28);
        assert_eq!(Hadamard::at_least(50).order(), 56);
    }
}
