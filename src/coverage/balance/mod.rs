//! Balance: how far the respondents lie from the target, property by property, before and after weighting.
//!
//! The standardised mean difference of a property is `|mean of the sample − mean of the target| / SD`; a category counts as a
//! property that is 1 inside and 0 outside. It does not grow with the size of the sample, as test statistics do.
//! Source: Austin (2009), Statistics in Medicine 28, 3083–3107; Rosenbaum and Rubin (1985), The American Statistician 39, 33–38;
//! the conventions (categories share one vote, three standard deviations) are those of Sarig, Galili and Eilat (2023), balance.

pub mod distance;
pub mod kernel;

use crate::stats::CompensatedSum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which standard deviation the difference is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DeviationOf {
    /// The target's: the same before and after weighting, which keeps the two comparable.
    Target,
    /// The weighted sample's.
    Sample,
    /// The square root of the mean of both variances.
    Pooled,
}

/// Values with their weights, all of which are 1 when absent.
#[derive(Debug, Clone, Copy)]
pub struct Weighted<'a> {
    values: &'a [f64],
    weights: Option<&'a [f64]>,
}

impl<'a> Weighted<'a> {
    /// Values with weights of the same number, not negative and not all 0; `None` otherwise or when there are no values.
    #[must_use]
    pub fn new(values: &'a [f64], weights: Option<&'a [f64]>) -> Option<Self> {
        let finite = values.iter().all(|v| v.is_finite());
        let fit =
            weights.is_none_or(|w| w.len() == values.len() && w.iter().all(|w| w.is_finite() && *w >= 0.0) && w.iter().any(|w| *w > 0.0));
        (finite && fit && !values.is_empty()).then_some(Self { values, weights })
    }

    /// Values with their weights.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let weight = |at: usize| self.weights.and_then(|w| w.get(at).copied()).unwrap_or(1.0);
        self.values.iter().enumerate().map(move |(at, v)| (*v, weight(at)))
    }

    fn sum(&self, of: impl Fn(f64, f64) -> f64) -> f64 {
        let mut sum = CompensatedSum::new();
        for (value, weight) in self.pairs() {
            sum.insert(of(value, weight));
        }
        sum.finish()
    }

    /// Σ w.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.sum(|_, w| w)
    }

    /// `Σ w x / Σ w`.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.sum(|v, w| v * w) / self.total()
    }

    /// `Σw · Σ w (x − x̄)² / ((Σw)² − Σw²)`, which is the divisor n − 1 for equal weights; `None` for a single value.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        let (mean, total) = (self.mean(), self.total());
        let divisor = total * total - self.sum(|_, w| w * w);
        let squares = self.sum(|v, w| w * (v - mean) * (v - mean));
        (divisor > 1e-12 * total * total).then(|| total * squares / divisor)
    }
}

/// `|mean of the sample − mean of the target| / SD`. `None` when nothing varies in what the SD is taken of.
#[must_use]
pub fn standardised_difference(sample: Weighted<'_>, target: Weighted<'_>, deviation: DeviationOf) -> Option<f64> {
    let variance = match deviation {
        DeviationOf::Target => target.variance()?,
        DeviationOf::Sample => sample.variance()?,
        DeviationOf::Pooled => f64::midpoint(target.variance()?, sample.variance()?),
    };
    (variance > 0.0).then(|| (sample.mean() - target.mean()).abs() / variance.sqrt())
}

/// One category of a property: its share in the sample before and after weighting, and in the target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CategoryBalance {
    /// The category.
    pub category: String,
    /// Share of the target, 0 to 1.
    pub target_share: f64,
    /// Share of the respondents, unweighted or with base weights.
    pub before_share: f64,
    /// Share of the respondents with their final weights.
    pub after_share: f64,
    /// Standardised difference before; absent where the target has the category wholly or not at all.
    pub before: Option<f64>,
    /// Standardised difference after.
    pub after: Option<f64>,
}

/// One property.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VariableBalance {
    /// The property.
    pub variable: String,
    /// Mean of the standardised differences of its categories before weighting.
    pub before: Option<f64>,
    /// The same after.
    pub after: Option<f64>,
    /// Kullback–Leibler divergence of the sample's shares from the target's before weighting, in nats.
    pub divergence_before: Option<f64>,
    /// The same after.
    pub divergence_after: Option<f64>,
    /// Its categories, ascending.
    pub categories: Vec<CategoryBalance>,
}

/// One category in counts and weights.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct CategorySums {
    /// Customers of the target in it.
    pub target: u64,
    /// Σ of the weights of its respondents before weighting.
    pub before: f64,
    /// Σ of their final weights.
    pub after: f64,
}

/// Balance of a property from its categories. The standard deviation is the target's, `√(p(1−p)·N/(N−1))`.
///
/// `None` when target or sample are empty.
#[must_use]
pub fn categorical_balance(variable: &str, categories: &BTreeMap<String, CategorySums>) -> Option<VariableBalance> {
    let size: u64 = categories.values().map(|c| c.target).sum();
    let total = |of: fn(&CategorySums) -> f64| {
        let mut sum = CompensatedSum::new();
        for category in categories.values() {
            sum.insert(of(category));
        }
        Some(sum.finish()).filter(|t| *t > 0.0)
    };
    let (before_total, after_total) = (total(|c| c.before)?, total(|c| c.after)?);
    if size < 2 {
        return None;
    }
    let n = size as f64;
    let one = |(name, sums): (&String, &CategorySums)| {
        let p = sums.target as f64 / n;
        let deviation = (p * (1.0 - p) * n / (n - 1.0)).sqrt();
        let (before, after) = (sums.before / before_total, sums.after / after_total);
        let difference = |share: f64| (deviation > 0.0).then(|| (share - p).abs() / deviation);
        CategoryBalance {
            category: name.clone(),
            target_share: p,
            before_share: before,
            after_share: after,
            before: difference(before),
            after: difference(after),
        }
    };
    let rows: Vec<CategoryBalance> = categories.iter().map(one).collect();
    let mean = |of: fn(&CategoryBalance) -> Option<f64>| {
        let differences: Vec<f64> = rows.iter().filter_map(of).collect();
        (!differences.is_empty()).then(|| differences.iter().sum::<f64>() / differences.len() as f64)
    };
    let target: Vec<f64> = rows.iter().map(|r| r.target_share).collect();
    let divergence = |of: fn(&CategoryBalance) -> f64| distance::divergence(&rows.iter().map(of).collect::<Vec<_>>(), &target);
    Some(VariableBalance {
        variable: variable.to_owned(),
        before: mean(|r| r.before),
        after: mean(|r| r.after),
        divergence_before: divergence(|r| r.before_share),
        divergence_after: divergence(|r| r.after_share),
        categories: rows,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_does_not_vary_has_no_standardised_difference() {
        let constant = Weighted::new(&[2.0, 2.0], None).unwrap();
        let other = Weighted::new(&[1.0, 3.0], None).unwrap();
        assert_eq!(standardised_difference(other, constant, DeviationOf::Target), None);
        assert_eq!(standardised_difference(other, constant, DeviationOf::Sample), Some(0.0));
        let single = Weighted::new(&[1.0], None).unwrap();
        assert_eq!(standardised_difference(single, other, DeviationOf::Pooled), None);
        assert!(Weighted::new(&[], None).is_none());
        assert!(Weighted::new(&[1.0], Some(&[0.0])).is_none());
        assert!(Weighted::new(&[1.0, 2.0], Some(&[1.0])).is_none());
    }

    proptest! {
        /// A category by its counts and the same category as a property of 0 and 1.
        #[test]
        fn a_category_is_a_property_of_zero_and_one(
            target in prop::collection::vec(1_u64..40, 3),
            sample in prop::collection::vec((1_u64..20, 0.1_f64..5.0), 3),
        ) {
            let names = ["a", "b", "c"];
            let categories: BTreeMap<String, CategorySums> = names.iter().zip(target.iter().zip(&sample)).map(|(name, (t, (n, w)))| {
                ((*name).to_owned(), CategorySums { target: *t, before: *n as f64, after: *n as f64 * w })
            }).collect();
            let balance = categorical_balance("v", &categories).unwrap();
            for (at, row) in balance.categories.iter().enumerate() {
                let indicator = |counts: &[u64]| -> Vec<f64> {
                    counts.iter().enumerate().flat_map(|(c, n)| (0..*n).map(move |_| f64::from(u8::from(c == at)))).collect()
                };
                let counts: Vec<u64> = sample.iter().map(|(n, _)| *n).collect();
                let weights: Vec<f64> = sample.iter().flat_map(|(n, w)| (0..*n).map(move |_| *w)).collect();
                let (t, s) = (indicator(&target), indicator(&counts));
                let t = Weighted::new(&t, None).unwrap();
                let before = standardised_difference(Weighted::new(&s, None).unwrap(), t, DeviationOf::Target).unwrap();
                let after = standardised_difference(Weighted::new(&s, Some(&weights)).unwrap(), t, DeviationOf::Target).unwrap();
                prop_assert!((before - row.before.unwrap()).abs() < 1e-10);
                prop_assert!((after - row.after.unwrap()).abs() < 1e-10);
            }
        }

        #[test]
        fn weights_to_the_target_leave_no_difference(target in prop::collection::vec(1_u64..400, 2..6), n in 1_u64..50) {
            let categories: BTreeMap<String, CategorySums> = target.iter().enumerate().map(|(at, t)| {
                (at.to_string(), CategorySums { target: *t, before: n as f64, after: *t as f64 * 3.0 })
            }).collect();
            let balance = categorical_balance("v", &categories).unwrap();
            prop_assert!(balance.after.unwrap() < 1e-12 && balance.divergence_after.unwrap() < 1e-12);
        }
    }
}
