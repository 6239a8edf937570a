//! R-indicators: does response depend on what is known of everybody drawn?
//!
//! `R(ρ) = 1 − 2 S(ρ)`, S the standard deviation of the response propensities: 1 when everybody is equally likely to respond,
//! less the more they differ. The estimate of S² is too large in a sample, because chance makes estimated propensities differ
//! even where the true ones do not; that bias is taken off.
//!
//! Sources: Schouten, Cobben and Bethlehem (2009), Survey Methodology 35(1), 101–113 (the indicator and the bound of the bias);
//! Shlomo, Skinner and Schouten (2012), Journal of Statistical Planning and Inference 142, 201–211 (bias and variance);
//! Schouten, Shlomo and Skinner (2011), Journal of Official Statistics 27(2), 231–253 (partial indicators); de Heij, Schouten and
//! Shlomo (2015), RISQ manual 2.1.

pub mod partial;
pub mod population;
pub mod propensity;
pub mod sample;

use crate::stats::{CompensatedSum, Interval};
use nalgebra::{DMatrix, DVector};
use partial::PartialIndicator;
pub use propensity::{Link, Propensities, PropensityError};
pub use sample::{ResponseSample, Unit};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Widest half of a 95 % interval that still allows a verdict. Beyond it the sample cannot tell representative response (R near
/// 1) from clearly selective response (R near 0.7).
pub const JUDGED_HALF_WIDTH: f64 = 0.1;

/// What the indicator says, as far as the sample is large enough to say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RVerdict {
    /// The whole interval lies at or above the wanted value.
    Representative,
    /// The whole interval lies below it.
    Selective,
    /// The interval holds the wanted value.
    Unclear,
    /// Half the interval is wider than [`JUDGED_HALF_WIDTH`], or there is no interval.
    TooSmallToJudge,
}

/// The sample-based R-indicator of one sample.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RIndicator {
    /// Properties that the propensities depend on.
    pub variables: Vec<String>,
    /// Link of the model of response.
    pub link: Link,
    /// Units drawn, n.
    pub sampled: u64,
    /// Units that responded.
    pub responded: u64,
    /// Σ of the design weights, N.
    pub population: f64,
    /// Design-weighted mean of the propensities, `ρ̄`, 0 to 1: the weighted response rate.
    pub mean_propensity: f64,
    /// `S²(ρ)`, divisor N − 1, with its bias.
    pub propensity_variance: f64,
    /// R with the bias taken off; at most 1.
    pub r: f64,
    /// R without that.
    pub r_unadjusted: f64,
    /// Share of `S²` that remains after the bias is taken off, 0 to 1.
    pub bias_factor: f64,
    /// Standard error of R; absent when all propensities are equal.
    pub standard_error: Option<f64>,
    /// Normal interval of R at the level asked for.
    pub interval: Option<Interval>,
    /// `S(ρ)/ρ̄`, bias taken off. It is also the largest bias that a mean of respondents can have, in standard deviations of
    /// what is measured, as far as the properties explain response.
    pub coefficient_of_variation: f64,
    /// The same without taking off the bias.
    pub coefficient_of_variation_unadjusted: f64,
    /// Standard error of the coefficient of variation.
    pub coefficient_of_variation_se: Option<f64>,
    /// Design strata in which only one unit was drawn, so that they add nothing to the variance.
    pub lonely_strata: u64,
    /// Each property and its categories.
    pub partials: Vec<PartialIndicator>,
}

impl RIndicator {
    /// The part of the interval that R can take, 0 to 1. `S(ρ)` is neither negative nor above one half, so values beyond are excluded before
    /// any sample is drawn: the cut interval covers R exactly as often as the whole one.
    #[must_use]
    pub fn interval_in_range(&self) -> Option<Interval> {
        self.interval.map(|i| Interval {
            lower: i.lower.clamp(0.0, 1.0),
            upper: i.upper.clamp(0.0, 1.0),
            ..i
        })
    }

    /// What the interval says of a wanted value of R.
    #[must_use]
    pub fn verdict(&self, wanted: f64) -> RVerdict {
        RVerdict::of(self.interval, wanted)
    }
}

impl RVerdict {
    /// What an interval of R says of a wanted value of R.
    #[must_use]
    pub fn of(interval: Option<Interval>, wanted: f64) -> Self {
        match interval {
            Some(i) if (i.upper - i.lower) / 2.0 <= JUDGED_HALF_WIDTH => {
                if i.lower >= wanted {
                    Self::Representative
                } else if i.upper < wanted {
                    Self::Selective
                } else {
                    Self::Unclear
                }
            }
            _ => Self::TooSmallToJudge,
        }
    }
}

/// R-indicator of a sample with its partial indicators.
///
/// # Errors
///
/// [`PropensityError`] where the propensities cannot be estimated.
pub fn r_indicator(sample: &ResponseSample, link: Link, level: f64) -> Result<RIndicator, PropensityError> {
    let fit = propensity::fit(sample, link)?;
    let design = Design::of(sample);
    let core = Core::of(&design, &fit);
    let partials = (0..sample.variables.len())
        .map(|variable| partial::partial(sample, &design, &fit, &core, variable))
        .collect();
    let spread = (core.variance * core.bias_factor).sqrt();
    let r = 1.0 - 2.0 * spread;
    let standard_error = core.r_variance.map(f64::sqrt);
    let cv = spread / core.mean;
    let squared = cv * cv;
    Ok(RIndicator {
        variables: sample.variables.iter().map(|v| v.name.clone()).collect(),
        link,
        sampled: sample.sampled(),
        responded: sample.responded(),
        population: design.population,
        mean_propensity: core.mean,
        propensity_variance: core.variance,
        r,
        r_unadjusted: 1.0 - 2.0 * core.variance.sqrt(),
        bias_factor: core.bias_factor,
        standard_error,
        interval: standard_error.and_then(|se| Interval::around(r, se, None, level)),
        coefficient_of_variation: cv,
        coefficient_of_variation_unadjusted: core.variance.sqrt() / core.mean,
        coefficient_of_variation_se: core
            .r_variance
            .map(|v| (v / (4.0 * core.mean * core.mean) + squared * squared / sample.sampled() as f64).sqrt()),
        lonely_strata: design.strata.values().filter(|s| s.sampled == 1 && s.population > 1.0).count() as u64,
        partials,
    })
}

/// Sums of a design stratum.
struct DesignStratum {
    sampled: u64,
    population: f64,
}

/// Weights and strata of the sample, by cell.
struct Design<'a> {
    sample: &'a ResponseSample,
    /// Σ of the weights of each cell.
    mass: Vec<f64>,
    /// Σ of all weights, N.
    population: f64,
    strata: BTreeMap<usize, DesignStratum>,
    /// True when the weight is constant within every stratum, as under (stratified) simple random sampling.
    constant: bool,
}

impl<'a> Design<'a> {
    fn of(sample: &'a ResponseSample) -> Self {
        let mass: Vec<f64> = sample.cells.iter().map(|c| c.weight * c.sampled as f64).collect();
        let mut strata: BTreeMap<usize, DesignStratum> = BTreeMap::new();
        let mut weights: BTreeMap<usize, f64> = BTreeMap::new();
        let mut constant = true;
        for (cell, mass) in sample.cells.iter().zip(&mass) {
            let entry = strata.entry(cell.stratum).or_insert(DesignStratum {
                sampled: 0,
                population: 0.0,
            });
            entry.sampled += cell.sampled;
            entry.population += mass;
            let first = weights.entry(cell.stratum).or_insert(cell.weight);
            constant &= first.to_bits() == cell.weight.to_bits();
        }
        Self {
            sample,
            population: total(mass.iter().copied()),
            mass,
            strata,
            constant,
        }
    }

    fn mean(&self, values: &[f64]) -> f64 {
        total(self.mass.iter().zip(values).map(|(m, v)| m * v)) / self.population
    }

    /// Estimated sampling variance of the total Σ w y, y being constant within cells: stratified simple random sampling with
    /// finite population correction, or with replacement with unequal probabilities where weights vary within strata.
    fn variance_of_total(&self, y: &[f64]) -> f64 {
        let cells = || self.sample.cells.iter().zip(y);
        if !self.constant {
            let n = self.sample.sampled() as f64;
            let sum = total(cells().map(|(c, y)| c.sampled as f64 * c.weight * y));
            let squares = total(cells().map(|(c, y)| {
                let deviation = n * c.weight * y - sum;
                c.sampled as f64 * deviation * deviation
            }));
            return squares / n / (n - 1.0);
        }
        let of_stratum = |(number, stratum): (&usize, &DesignStratum)| {
            if stratum.sampled < 2 {
                return 0.0;
            }
            let n = stratum.sampled as f64;
            let inside = || cells().filter(|(c, _)| c.stratum == *number);
            let mean = total(inside().map(|(c, y)| c.sampled as f64 * y)) / n;
            let squares = total(inside().map(|(c, y)| c.sampled as f64 * (y - mean) * (y - mean)));
            let not_drawn = (1.0 - n / stratum.population).max(0.0);
            stratum.population * stratum.population * not_drawn * squares / (n - 1.0) / n
        };
        total(self.strata.iter().map(of_stratum))
    }
}

/// The numbers that R, its error and the partial indicators share.
struct Core {
    mean: f64,
    /// `S²(ρ)`, divisor N − 1.
    variance: f64,
    bias_factor: f64,
    r_variance: Option<f64>,
}

impl Core {
    fn of(design: &Design<'_>, fit: &Propensities) -> Self {
        let population = design.population;
        let mean = design.mean(&fit.of_cell);
        let deviations: Vec<f64> = fit.of_cell.iter().map(|p| (p - mean) * (p - mean)).collect();
        let squares = total(design.mass.iter().zip(&deviations).map(|(m, d)| m * d));
        let variance = squares / (population - 1.0);
        // E(Ŝ²) − S²: what the estimation of β adds, less what drawing takes away (Shlomo et al. 2012, section 3).
        let z_sigma = &fit.gradient * &fit.covariance;
        let quadratic = |row: usize| z_sigma.row(row).dot(&fit.gradient.row(row));
        let from_beta = total(design.mass.iter().enumerate().map(|(at, m)| m * quadratic(at)));
        let bias = (from_beta - design.variance_of_total(&fit.of_cell) / population) / population;
        // Equal propensities up to rounding: nothing to correct and no error to speak of.
        let varies = variance > 1e-24;
        let bias_factor = if varies { (1.0 - bias / variance).max(0.0) } else { 1.0 };
        let r_variance = varies.then(|| r_variance(design, fit, mean, &deviations) / (squares / population));
        Self {
            mean,
            variance: if varies { variance } else { 0.0 },
            bias_factor,
            r_variance,
        }
    }
}

/// `4·A'ΣA + 2·tr(BΣBΣ) + Var(Σ w (ρ − ρ̄)²)/N²`: the variance of `S²`, which divided by `S²` is that of R (Shlomo et al. 2012,
/// section 4). A is the covariance of `∇ρ` with ρ, B the covariance matrix of `∇ρ`.
fn r_variance(design: &Design<'_>, fit: &Propensities, mean: f64, deviations: &[f64]) -> f64 {
    let width = fit.gradient.ncols();
    let centre = DVector::from_iterator(
        width,
        fit.gradient
            .column_iter()
            .map(|c| design.mean(&c.iter().copied().collect::<Vec<_>>())),
    );
    let mut a = DVector::zeros(width);
    let mut b = DMatrix::zeros(width, width);
    for ((row, mass), p) in fit.gradient.row_iter().zip(&design.mass).zip(&fit.of_cell) {
        let z = row.transpose() - &centre;
        let share = mass / design.population;
        a.axpy(share * (p - mean), &z, 1.0);
        b.ger(share, &z, &z, 1.0);
    }
    let b_sigma = b * &fit.covariance;
    let from_drawing = design.variance_of_total(deviations) / (design.population * design.population);
    4.0 * a.dot(&(&fit.covariance * &a)) + 2.0 * (&b_sigma * &b_sigma).trace() + from_drawing
}

fn total(terms: impl Iterator<Item = f64>) -> f64 {
    let mut sum = CompensatedSum::new();
    for term in terms {
        sum.insert(term);
    }
    sum.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample(cells: &[(u64, u64)], weight: f64) -> ResponseSample {
        const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
        let units = cells
            .iter()
            .zip(NAMES)
            .flat_map(|((n, r), name)| (0..*n).map(move |i| ([name], i < *r)));
        let units: Vec<([&str; 1], bool)> = units.collect();
        let made = units.iter().map(|(values, responded)| Unit {
            values,
            stratum: "",
            weight,
            sampled: 1,
            responded: u64::from(*responded),
        });
        ResponseSample::collect(&["group"], made).unwrap()
    }

    #[test]
    fn equal_response_everywhere_is_representative() {
        let r = r_indicator(&sample(&[(400, 200), (600, 300)], 10.0), Link::Logit, 0.95).unwrap();
        assert!((r.r - 1.0).abs() < 1e-6 && r.standard_error.is_none());
        assert_eq!(r.verdict(0.8), RVerdict::TooSmallToJudge);
    }

    #[test]
    fn the_correction_under_simple_random_sampling_has_its_closed_form() {
        // Shlomo et al. (2012): (1 + 1/n − 1/N) S² − (1/n) Σ z'(Σ z x')⁻¹ z; saturated, the sum is Σ over groups of ρ(1 − ρ).
        let groups = [(60_u64, 20_u64), (90, 60), (50, 41)];
        let (n, weight) = (200.0, 7.0);
        let population = n * weight;
        let r = r_indicator(&sample(&groups, weight), Link::Logit, 0.95).unwrap();
        let share = |(n, r): (u64, u64)| r as f64 / n as f64;
        let own: f64 = groups.iter().map(|g| share(*g) * (1.0 - share(*g))).sum();
        // With divisor N − 1 in S² and n − 1 in the drawing variance.
        let mean = 121.0 / 200.0;
        let squares: f64 = groups.iter().map(|g| g.0 as f64 * (share(*g) - mean) * (share(*g) - mean)).sum();
        let s2 = squares * weight / (population - 1.0);
        let drawing = (1.0 / n - 1.0 / population) * squares / (n - 1.0);
        let expected = s2 + drawing - own / n;
        assert!(
            (1.0 - 2.0 * expected.sqrt() - r.r).abs() < 1e-12,
            "{} {}",
            r.r,
            1.0 - 2.0 * expected.sqrt()
        );
    }

    #[test]
    fn a_verdict_needs_a_narrow_interval() {
        let wide = r_indicator(&sample(&[(50, 20), (50, 35)], 10.0), Link::Logit, 0.95).unwrap();
        assert_eq!(wide.verdict(0.8), RVerdict::TooSmallToJudge);
        let narrow = r_indicator(&sample(&[(5000, 2000), (5000, 3500)], 10.0), Link::Logit, 0.95).unwrap();
        let (low, high) = (narrow.interval.unwrap().lower, narrow.interval.unwrap().upper);
        assert_eq!(narrow.verdict(low - 0.01), RVerdict::Representative);
        assert_eq!(narrow.verdict(f64::midpoint(low, high)), RVerdict::Unclear);
        assert_eq!(narrow.verdict(high + 0.01), RVerdict::Selective);
    }

    fn groups() -> impl Strategy<Value = Vec<(u64, u64)>> {
        prop::collection::vec((20_u64..400, 0.05_f64..0.95), 2..6).prop_map(|groups| {
            let count = |(n, share): (u64, f64)| (n, ((n as f64 * share) as u64).clamp(1, n - 1));
            groups.into_iter().map(count).collect()
        })
    }

    proptest! {
        #[test]
        fn taking_off_bias_never_lowers_r_by_much_and_partials_add_up(groups in groups(), weight in 1.5_f64..50.0) {
            let r = r_indicator(&sample(&groups, weight), Link::Logit, 0.95).unwrap();
            prop_assert!(r.r <= 1.0 + 1e-12 && r.r_unadjusted <= r.r + 0.05);
            prop_assert!((0.0..=1.0).contains(&r.mean_propensity));
            // With one variable all spread of propensities lies between its categories: both partials are the whole.
            let partial = &r.partials[0];
            let whole = r.propensity_variance * (r.population - 1.0) / r.population;
            let squares: f64 = partial.categories.iter().map(|c| c.unconditional * c.unconditional).sum();
            prop_assert!((squares - whole).abs() <= 1e-10 * whole.max(1e-12));
            prop_assert!((partial.conditional_unadjusted - partial.unconditional_unadjusted).abs() < 1e-10);
        }

        #[test]
        fn either_link_is_saturated_by_one_variable(groups in groups()) {
            let sample = sample(&groups, 4.0);
            let logit = r_indicator(&sample, Link::Logit, 0.95).unwrap();
            let linear = r_indicator(&sample, Link::Identity, 0.95).unwrap();
            prop_assert!((logit.r_unadjusted - linear.r_unadjusted).abs() < 1e-9);
        }
    }
}
