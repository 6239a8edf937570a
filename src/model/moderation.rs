//! Moderation: the effect of one construct on another depends on a third.
//!
//! By the two-stage approach: the model is estimated without the interaction
//! first; then the product of the standardised scores of predictor and
//! moderator joins the regression of the target. A product of scores needs
//! third and fourth moments of the items, which correlations do not hold, so
//! this takes a second pass over the respondents (the scores route):
//! [`ModerationSums`] are filled with the scores of each of them.
//!
//! The product is not standardised again, so that its coefficient is the
//! change of the predictor's coefficient for one standard deviation of the
//! moderator.
//!
//! Source: W. W. Chin, B. L. Marcolin & P. R. Newsted, *Information Systems
//! Research* 14 (2003) 189–217; J. Henseler & W. W. Chin, *Structural Equation
//! Modeling* 17 (2010) 82–109 (the two-stage approach).

use nalgebra::{DMatrix, DVector};

use super::structure::Structure;

/// One interaction, by construct positions. Predictor and moderator both act on the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interaction {
    /// Whose effect depends on the moderator.
    pub predictor: usize,
    /// On what it depends.
    pub moderator: usize,
    /// The construct acted upon.
    pub target: usize,
}

/// Sums over respondents from which one interaction is estimated.
#[derive(Debug, Clone, PartialEq)]
pub struct ModerationSums {
    interaction: Interaction,
    /// Constructs of the regression: predictors of the target, then the target.
    constructs: Vec<usize>,
    weight: f64,
    cases: u64,
    sum: DVector<f64>,
    product: DMatrix<f64>,
}

/// An interaction estimated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ModerationEstimate {
    /// Coefficient of the product of standardised scores: change of the predictor's coefficient for one standard
    /// deviation of the moderator.
    pub coefficient: f64,
    /// Coefficient of the predictor where the moderator is at its mean.
    pub simple_effect: f64,
    /// Standard error of the coefficient by ordinary least squares, scores taken as given. It takes respondents for drawn one by one with equal weights;
    /// otherwise the design has to give it.
    pub standard_error: f64,
    /// Respondents less coefficients less one; with an error from the design those of the design less the other coefficients.
    pub df: f64,
    /// R² with the product less R² without it, over what is left unexplained: 0.005, 0.01 and 0.025 are read as small,
    /// medium and large (D. A. Kenny, as in Hair et al. 2022, chapter 7).
    pub f2: f64,
    /// R² with the product.
    pub r2: f64,
}

impl ModerationSums {
    /// Sums without respondents; `None` unless predictor and moderator both have a path to the target.
    pub fn new(structure: &Structure, interaction: Interaction) -> Option<Self> {
        let incoming = structure.incoming().get(interaction.target)?;
        let mut constructs: Vec<usize> = incoming.iter().map(|before| before.from).collect();
        let acts = |construct: usize| constructs.contains(&construct);
        if interaction.predictor == interaction.moderator || !acts(interaction.predictor) || !acts(interaction.moderator) {
            return None;
        }
        constructs.push(interaction.target);
        let size = constructs.len() + 1;
        Some(Self {
            interaction,
            constructs,
            weight: 0.0,
            cases: 0,
            sum: DVector::zeros(size),
            product: DMatrix::zeros(size, size),
        })
    }

    /// The respondent's row of the regression by the standardised scores of all constructs: the predictors, the target, the product.
    #[must_use]
    pub fn row(&self, scores: &[f64]) -> Vec<f64> {
        let get = |construct: usize| scores.get(construct).copied().unwrap_or(f64::NAN);
        let mut values: Vec<f64> = self.constructs.iter().map(|c| get(*c)).collect();
        values.push(get(self.interaction.predictor) * get(self.interaction.moderator));
        values
    }

    /// Adds a respondent by the standardised scores of all constructs, in the order of the structure.
    pub fn insert(&mut self, scores: &[f64], weight: f64) {
        let values = self.row(scores);
        self.weight += weight;
        self.cases += 1;
        for (j, x) in values.iter().enumerate() {
            self.sum[j] += weight * x;
            for (k, y) in values.iter().enumerate().take(j + 1) {
                self.product[(j, k)] += weight * x * y;
            }
        }
    }

    /// Adds the respondents of other sums of the same interaction.
    pub fn combine(&mut self, other: &Self) {
        self.weight += other.weight;
        self.cases += other.cases;
        self.sum += &other.sum;
        self.product += &other.product;
    }

    /// The estimate; `None` with too few respondents or dependent predictors.
    pub fn finish(&self) -> Option<ModerationEstimate> {
        let size = self.sum.len();
        let target = size - 2;
        let predictors: Vec<usize> = (0..size).filter(|j| *j != target).collect();
        let df = self.cases as f64 - predictors.len() as f64 - 1.0;
        if df <= 0.0 || self.weight <= 0.0 {
            return None;
        }
        let covariance =
            |j: usize, k: usize| self.product[(j.max(k), j.min(k))] / self.weight - self.sum[j] * self.sum[k] / (self.weight * self.weight);
        let regress = |predictors: &[usize]| {
            let among = DMatrix::from_fn(predictors.len(), predictors.len(), |a, b| covariance(predictors[a], predictors[b]));
            let with = DVector::from_fn(predictors.len(), |a, _| covariance(predictors[a], target));
            let factor = among.cholesky()?;
            let slope = factor.solve(&with);
            let r2 = slope.dot(&with) / covariance(target, target);
            Some((slope, r2, factor.inverse()))
        };
        let (slope, r2, inverse) = regress(&predictors)?;
        let (_, without, _) = regress(&predictors[..predictors.len() - 1])?;
        let last = predictors.len() - 1;
        let residual = covariance(target, target) * (1.0 - r2);
        let at = self.constructs.iter().position(|c| *c == self.interaction.predictor)?;
        (r2 < 1.0).then(|| ModerationEstimate {
            coefficient: slope[last],
            simple_effect: slope[at],
            standard_error: (residual * inverse[(last, last)] / df).sqrt(),
            df,
            f2: (r2 - without) / (1.0 - r2),
            r2,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn structure() -> Structure {
        Structure::new(vec![vec![0], vec![1], vec![2]], vec![(0, 2), (1, 2)], 3).unwrap()
    }

    const INTERACTION: Interaction = Interaction {
        predictor: 0,
        moderator: 1,
        target: 2,
    };

    proptest! {
        /// Planted coefficients come back, and order or splitting of the respondents does not matter.
        #[test]
        fn a_planted_interaction_comes_back(
            cases in prop::collection::vec((-2.0f64..2.0, -2.0f64..2.0, 0.5f64..2.0), 30..60), a in -1.0f64..1.0, b in -1.0f64..1.0,
        ) {
            // A residual that is orthogonal to nothing in particular would blur; none at all leaves nothing unexplained.
            let exact = |x: f64, m: f64| 0.3 + a * x + 0.5 * m + b * x * m;
            let mut all = ModerationSums::new(&structure(), INTERACTION).unwrap();
            let (mut left, mut right) = (all.clone(), all.clone());
            for (i, (x, m, w)) in cases.iter().enumerate() {
                let scores = [*x, *m, exact(*x, *m) + if i % 2 == 0 { 1e-4 } else { -1e-4 }];
                all.insert(&scores, *w);
                if i % 3 == 0 { left.insert(&scores, *w) } else { right.insert(&scores, *w) }
            }
            left.combine(&right);
            let (found, again) = (all.finish().unwrap(), left.finish().unwrap());
            prop_assert!((found.coefficient - b).abs() < 1e-3);
            prop_assert!((found.simple_effect - a).abs() < 1e-3);
            prop_assert!((found.coefficient - again.coefficient).abs() < 1e-9);
        }
    }

    #[test]
    fn both_must_act_on_the_target() {
        let other = Interaction { target: 1, ..INTERACTION };
        assert!(ModerationSums::new(&structure(), other).is_none());
        let itself = Interaction {
            moderator: 0,
            ..INTERACTION
        };
        assert!(ModerationSums::new(&structure(), itself).is_none());
        assert!(ModerationSums::new(&structure(), INTERACTION).unwrap().finish().is_none());
    }
}
