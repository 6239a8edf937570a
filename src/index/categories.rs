//! Shares, net scores and means of the answers to one question, from the counts of answers in the cells of its tally.
//!
//! Standard errors are those of the design (Taylor linearisation, [`super::linear::mean_of_values`]). A share has Wilson's interval with
//! the effective sample size of the design; a net score has ± t · SE, or, asked for, an adjusted Wald interval.

use super::estimate::{Estimate, Reported, VarianceMethod};
use super::linear::{LinearEstimate, mean_of_values};
use crate::design::estimate::{Estimate as DesignEstimate, ProportionMethod, proportion_interval};
use crate::finding::{Code, Finding, Place};
use crate::stats::{Interval, two_sided_multiplier, wilson_interval};
use crate::tally::Tally;
use crate::weight::Weights;
use crate::weight::kish::KishSums;

/// Answers to one question, ready to be estimated.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// Its tally, of one item.
    pub tally: &'a Tally,
    /// The weights of the wave.
    pub weights: &'a Weights,
    /// Confidence level.
    pub level: f64,
    /// Combinations of domain categories to stay within; everybody when absent.
    pub domain: Option<&'a [u16]>,
}

impl Question<'_> {
    fn inside(&self, domain: u16) -> bool {
        self.domain.is_none_or(|members| members.contains(&domain))
    }

    /// Those who answered, unweighted.
    #[must_use]
    pub fn answered(&self) -> u64 {
        let cells = self.tally.cells().iter().filter(|(key, _)| self.inside(key.domain));
        cells.map(|(_, cell)| cell.answered(0)).sum()
    }

    /// Those who gave an answer, by its step, unweighted.
    #[must_use]
    pub fn counts(&self) -> Vec<u64> {
        let mut counts = Vec::new();
        for (_, cell) in self.tally.cells().iter().filter(|(key, _)| self.inside(key.domain)) {
            for (step, cases) in cell.histogram(0).iter().enumerate() {
                if counts.len() <= step {
                    counts.resize(step + 1, 0);
                }
                counts[step] += cases;
            }
        }
        counts
    }

    /// Effective number of those who answered, (Σw)²/Σw².
    fn effective(&self) -> Option<f64> {
        let mut sums = KishSums::new();
        for (key, cell) in self.tally.cells().iter().filter(|(key, _)| self.inside(key.domain)) {
            sums.insert_many(self.weights.of_cell(*key), cell.answered(0));
        }
        sums.finish().map(|kish| kish.effective_size)
    }

    fn linear(&self, values: &[f64]) -> Option<LinearEstimate> {
        mean_of_values(self.tally, self.weights, 0, values, |domain| self.inside(domain))
    }

    fn estimate(&self, linear: &LinearEstimate, factor: f64) -> Estimate {
        let n = self.answered();
        // A domain has no more degrees of freedom than answers.
        let df = linear.df.map(|df| df.min(n as f64 - 1.0));
        let variance = linear.variance.map(|v| v * factor * factor);
        Estimate::new(
            linear.value * factor,
            variance,
            df,
            self.level,
            n,
            self.effective(),
            VarianceMethod::Taylor,
        )
    }

    /// Weighted mean of a value of every answer, by step. `None` when nobody answered.
    #[must_use]
    pub fn mean(&self, values: &[f64]) -> Option<Estimate> {
        Some(self.estimate(&self.linear(values)?, 1.0))
    }

    /// Share of the answers that count, in percent, with Wilson's interval. Where all or none count, the design shows no variance and
    /// the interval is that of a simple random sample of as many.
    #[must_use]
    pub fn share(&self, counts: impl Fn(usize) -> bool) -> Option<Estimate> {
        let values: Vec<f64> = (0..=usize::from(u8::MAX)).map(|step| f64::from(u8::from(counts(step)))).collect();
        let linear = self.linear(&values)?;
        let estimate = self.estimate(&linear, 100.0);
        let design = DesignEstimate {
            value: linear.value,
            standard_error: estimate.standard_error.map_or(0.0, |se| se / 100.0),
            df: estimate.df.map_or(0, |df| df as u64),
            n: estimate.n,
            weight_sum: 0.0,
            lonely_strata: 0,
        };
        let interval = if linear.value <= 0.0 || linear.value >= 1.0 {
            let all = if linear.value >= 1.0 { estimate.n } else { 0 };
            wilson_interval(all, estimate.n, self.level)
        } else {
            proportion_interval(&design, ProportionMethod::Wilson, self.level)
        };
        Some(estimate.with_interval(interval.map(|i| Interval {
            lower: i.lower * 100.0,
            upper: i.upper * 100.0,
            level: i.level,
        })))
    }

    /// Net score in points: 100 · (share of `above` − share of `below`), with the variance of the difference,
    /// `100² · [p + d − (p − d)²] / (n − 1)` in a simple random sample.
    ///
    /// With `adjusted` the interval is that of [`adjusted_wald`], n being the effective sample size of the design.
    #[must_use]
    pub fn net(&self, above: impl Fn(usize) -> bool, below: impl Fn(usize) -> bool, adjusted: bool) -> Option<Estimate> {
        let side = |step: usize| f64::from(u8::from(above(step))) - f64::from(u8::from(below(step)));
        let values: Vec<f64> = (0..=usize::from(u8::MAX)).map(side).collect();
        let linear = self.linear(&values)?;
        let estimate = self.estimate(&linear, 100.0);
        if !adjusted {
            return Some(estimate);
        }
        let of = |one: &dyn Fn(usize) -> bool| {
            let values: Vec<f64> = (0..=usize::from(u8::MAX)).map(|step| f64::from(u8::from(one(step)))).collect();
            self.linear(&values).map(|l| l.value)
        };
        let (promoters, detractors) = of(&above).zip(of(&below))?;
        let effect = linear.design_effect().unwrap_or(1.0);
        let size = estimate.n as f64 / if effect > 0.0 { effect } else { 1.0 };
        let interval = estimate.df.and_then(|df| {
            let multiplier = two_sided_multiplier(self.level, Some(df))?;
            let (lower, upper) = adjusted_wald(promoters, detractors, size, multiplier)?;
            Some(Interval {
                lower: lower * 100.0,
                upper: upper * 100.0,
                level: self.level,
            })
        });
        Some(estimate.with_interval(interval))
    }
}

/// The adjusted Wald interval of a net score p − d of `n` answers: three answers are added, ¾ to either side and 1½ between, then
/// p′ − d′ ± z·√([p′ + d′ − (p′ − d′)²]/(n + 3)). It keeps its coverage where n is small or a side is empty (Rocks 2016, The American
/// Statistician 70(4), 365–372). Ends beyond −1 and 1 are cut.
///
/// `None` unless p, d ≥ 0, p + d ≤ 1 and n > 0.
#[must_use]
pub fn adjusted_wald(promoters: f64, detractors: f64, n: f64, multiplier: f64) -> Option<(f64, f64)> {
    let possible = promoters >= 0.0 && detractors >= 0.0 && promoters + detractors <= 1.0 + 1e-12;
    if !(possible && n > 0.0 && n.is_finite() && multiplier.is_finite()) {
        return None;
    }
    let p = (promoters * n + 0.75) / (n + 3.0);
    let d = (detractors * n + 0.75) / (n + 3.0);
    let half = multiplier * ((p + d - (p - d) * (p - d)) / (n + 3.0)).sqrt();
    Some(((p - d - half).max(-1.0), (p - d + half).min(1.0)))
}

/// An estimate that may be shown: a base below `least` is refused by name, and so is a question without answers.
#[must_use]
pub fn reported(estimate: Option<Estimate>, wave: &str, subject: &str, least: u64) -> Reported {
    match estimate {
        Some(estimate) if estimate.n >= least => Reported::of(estimate),
        Some(estimate) => {
            let finding = Finding::new(Code::BaseTooSmall, Place::subject(wave)).with("domain", subject);
            Reported::refused(&finding.with("n", estimate.n).with("min", least))
        }
        None => Reported::refused(&Finding::new(Code::ItemUnanswered, Place::subject(wave)).with("item", subject)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Textbook form for promoters, passives, detractors of a simple random sample.
    fn plain(p: f64, d: f64, n: f64, z: f64) -> (f64, f64) {
        let half = z * ((p + d - (p - d) * (p - d)) / n).sqrt();
        (p - d - half, p - d + half)
    }

    #[test]
    fn adding_three_answers_by_hand() {
        // 12 promoters, 6 passives, 2 detractors: with 12.75, 7.5 and 2.75 of 23, net 10/23.
        let (low, high) = adjusted_wald(0.6, 0.1, 20.0, 1.959_963_984_540_054).unwrap();
        assert!((f64::midpoint(low, high) - 10.0 / 23.0).abs() < 1e-12);
        let variance = (15.5 / 23.0 - (10.0_f64 / 23.0).powi(2)) / 23.0;
        assert!(((high - low) / 2.0 - 1.959_963_984_540_054 * variance.sqrt()).abs() < 1e-12);
        assert_eq!(adjusted_wald(0.7, 0.4, 20.0, 1.96), None);
        assert_eq!(adjusted_wald(0.7, 0.1, 0.0, 1.96), None);
    }

    proptest! {
        #[test]
        fn adjusted_wald_mirrors_and_nears_the_plain_interval(p in 0.0_f64..0.9, share in 0.0_f64..1.0) {
            let d = (1.0 - p) * share;
            let (low, high) = adjusted_wald(p, d, 50.0, 1.96).unwrap();
            let (mirror_low, mirror_high) = adjusted_wald(d, p, 50.0, 1.96).unwrap();
            prop_assert!((low + mirror_high).abs() < 1e-12 && (high + mirror_low).abs() < 1e-12);
            prop_assert!((-1.0..=1.0).contains(&low) && low <= high && high <= 1.0);
            let (low, high) = adjusted_wald(p, d, 1e8, 1.96).unwrap();
            let (plain_low, plain_high) = plain(p, d, 1e8, 1.96);
            prop_assert!((low - plain_low).abs() < 1e-6 && (high - plain_high).abs() < 1e-6);
        }
    }
}
