//! Do groups of the population differ, in their means or in their ranks?

use super::independence::FTest;
use super::regression::{Link, Regression, regression};
use super::{TTest, TestError, same_rows};
use crate::design::{LonelyPsuPolicy, SampleDesign};
use crate::stats::{CompensatedSum, normal_quantile};
use nalgebra::DMatrix;
use std::collections::BTreeSet;

/// Difference of two means, second group less first: the slope on an indicator, with the design's df less 1. Source: the test of
/// R's `svyttest`; the variance is that of a difference of two domain means.
///
/// A case without value or group stays in the design and plays no part.
///
/// # Errors
///
/// Other than two groups, or a design without variance or df.
pub fn mean_difference<G: Ord>(
    design: &SampleDesign,
    value: &[Option<f64>],
    group: &[Option<G>],
    lonely: LonelyPsuPolicy,
) -> Result<TTest, TestError> {
    let (groups, fitted) = group_means(design, value, group, lonely)?;
    if groups != 2 {
        return Err(TestError::NotTwoGroups { groups });
    }
    fitted.test(1)
}

/// What a rank counts for, as a function of the mid-rank share u, 0 < u < 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RankScore {
    /// u itself: Wilcoxon for two groups, Kruskal and Wallis for more.
    Wilcoxon,
    /// The normal quantile of u: van der Waerden.
    VanDerWaerden,
    /// 1 above the median, else 0: Mood.
    Median,
}

impl RankScore {
    fn of(self, share: f64) -> Option<f64> {
        match self {
            Self::Wilcoxon => Some(share),
            Self::VanDerWaerden => normal_quantile(share),
            Self::Median => Some(f64::from(u8::from(share > 0.5))),
        }
    }
}

/// Shares of the population below each value plus half of those at it: `(F(y−) + F(y))/2` from weighted counts. Values that are
/// equal have equal rank whatever the order of the rows. `None` for cases without a value.
///
/// R's `svyranktest` takes the mean over equal values of the running total, which depends on the order of the rows where their
/// weights differ; with equal weights it is the same number.
#[must_use]
pub fn rank_shares(weights: &[f64], value: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut order: Vec<(f64, usize)> = value.iter().enumerate().filter_map(|(i, y)| Some((*y.as_ref()?, i))).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let weight = |at: &(f64, usize)| weights.get(at.1).copied().unwrap_or(0.0);
    let mut total = CompensatedSum::new();
    order.iter().for_each(|at| total.insert(weight(at)));
    let mut shares = vec![None; value.len()];
    let mut below = CompensatedSum::new();
    for equal in order.chunk_by(|a, b| a.0 == b.0) {
        let start = below.finish();
        equal.iter().for_each(|at| below.insert(weight(at)));
        let share = f64::midpoint(start, below.finish()) / total.finish();
        for at in equal {
            if let Some(slot) = shares.get_mut(at.1) {
                *slot = Some(share);
            }
        }
    }
    shares
}

/// Difference of mean rank scores of two groups, second less first. Source: Lumley and Scott (2013), Biometrika 100, 831–842: ranks
/// are estimated population ranks, and that they are estimated adds nothing to first order under the hypothesis.
///
/// # Errors
///
/// Other than two groups, or a design without variance or df.
pub fn rank_difference<G: Ord>(
    design: &SampleDesign,
    value: &[Option<f64>],
    group: &[Option<G>],
    score: RankScore,
    lonely: LonelyPsuPolicy,
) -> Result<TTest, TestError> {
    mean_difference(design, &rank_scores(design, value, group, score)?, group, lonely)
}

/// Whether any of several groups ranks otherwise: Wald F of the differences of mean rank scores from the first group, with k − 1 and
/// `df − k + 2` degrees of freedom.
///
/// # Errors
///
/// Fewer than two groups, or a design without variance or df.
pub fn rank_groups<G: Ord>(
    design: &SampleDesign,
    value: &[Option<f64>],
    group: &[Option<G>],
    score: RankScore,
    lonely: LonelyPsuPolicy,
) -> Result<FTest, TestError> {
    let (groups, fitted) = group_means(design, &rank_scores(design, value, group, score)?, group, lonely)?;
    let k = groups - 1;
    let differences = fitted.coefficients.rows(1, k).into_owned();
    let variance = fitted.covariance.view((1, 1), (k, k)).into_owned();
    let solved = variance.cholesky().ok_or(TestError::Singular)?.solve(&differences);
    let too_few = TestError::TooFewDf {
        df: fitted.df,
        parameters: groups,
    };
    FTest::new(differences.dot(&solved) / k as f64, k as f64, fitted.df as f64).ok_or(too_few)
}

fn rank_scores<G>(
    design: &SampleDesign,
    value: &[Option<f64>],
    group: &[Option<G>],
    score: RankScore,
) -> Result<Vec<Option<f64>>, TestError> {
    same_rows(design, value.len())?;
    same_rows(design, group.len())?;
    let in_play: Vec<Option<f64>> = value
        .iter()
        .zip(group)
        .zip(design.weights())
        .map(|((y, g), w)| y.filter(|_| g.is_some() && *w > 0.0))
        .collect();
    let shares = rank_shares(design.weights(), &in_play);
    Ok(shares.into_iter().map(|share| share.and_then(|u| score.of(u))).collect())
}

/// Regression on indicators of all groups but the first: the first coefficient is its mean, the others are differences from it.
fn group_means<G: Ord>(
    design: &SampleDesign,
    value: &[Option<f64>],
    group: &[Option<G>],
    lonely: LonelyPsuPolicy,
) -> Result<(usize, Regression), TestError> {
    same_rows(design, value.len())?;
    same_rows(design, group.len())?;
    let together = || value.iter().zip(group).zip(design.weights());
    let names: Vec<&G> = together()
        .filter(|((y, _), w)| y.is_some() && **w > 0.0)
        .filter_map(|((_, g), _)| g.as_ref())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    if names.len() < 2 {
        return Err(TestError::NotTwoGroups { groups: names.len() });
    }
    let number: Vec<Option<usize>> = group.iter().map(|g| names.binary_search(&g.as_ref()?).ok()).collect();
    let outcome: Vec<Option<f64>> = value.iter().zip(&number).map(|(y, g)| y.filter(|_| g.is_some())).collect();
    let predictors = DMatrix::from_fn(value.len(), names.len(), |case, j| {
        f64::from(u8::from(j == 0 || number.get(case).copied().flatten() == Some(j)))
    });
    let fitted = regression(design, &outcome, &predictors, Link::Identity, lonely)?;
    Ok((names.len(), fitted))
}
