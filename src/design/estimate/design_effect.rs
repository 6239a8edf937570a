//! Design effects: the variance of an estimate against that of a simple random sample of the same size.

use super::{Domain, Estimate, variance};
use serde::Serialize;

/// Which simple random sample a design effect is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SimpleReference {
    /// Drawn without replacement from N units: `S²(1 − n/N)/n`, N being Σw (R's default). With a frame count here, Σw must
    /// be within 1 % of it, otherwise the weights are not those of a population of N and there is no design effect.
    WithoutReplacement {
        /// Units in the frame, if known.
        population: Option<u64>,
    },
    /// Drawn with replacement: `S²/n`.
    WithReplacement,
}

/// A design effect with what it is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DesignEffect {
    /// Variance of the estimate / variance under the reference; 1 when the design costs nothing. 0 or more.
    pub value: f64,
    /// The reference.
    pub reference: SimpleReference,
    /// The variance under the reference, in the squared unit of the estimate.
    pub simple_variance: f64,
}

/// How far Σw may be from the frame count for weights that project to the population.
const WEIGHT_SUM_TOLERANCE: f64 = 0.01;

/// The design effect of a mean over the cases of the domain with a value.
///
/// Source: Kish (1965), Survey Sampling, section 8.2; Särndal, Swensson and Wretman (1992), section 2.10.
///
/// `None` when the reference has no variance (fewer than two cases, or all values equal), or, without replacement, when Σw
/// does not exceed n (weights that were normalised to n say nothing of N) or contradicts the frame count.
#[must_use]
pub fn mean_design_effect(
    domain: &Domain,
    variable: &[Option<f64>],
    estimate: &Estimate,
    reference: SimpleReference,
) -> Option<DesignEffect> {
    effect(domain, variable, estimate, reference, 1.0)
}

/// The design effect of a total: the reference is N² times that of the mean, N being Σw. `None` as for the mean.
#[must_use]
pub fn total_design_effect(
    domain: &Domain,
    variable: &[Option<f64>],
    estimate: &Estimate,
    reference: SimpleReference,
) -> Option<DesignEffect> {
    effect(domain, variable, estimate, reference, estimate.weight_sum * estimate.weight_sum)
}

fn effect(domain: &Domain, variable: &[Option<f64>], estimate: &Estimate, reference: SimpleReference, factor: f64) -> Option<DesignEffect> {
    let spread = variance(domain, variable).ok()?;
    let n = spread.n as f64;
    let unsampled = match reference {
        SimpleReference::WithReplacement => 1.0,
        SimpleReference::WithoutReplacement { population } => {
            let frame = population.map_or(spread.weight_sum, |population| population as f64);
            if (spread.weight_sum - frame).abs() > WEIGHT_SUM_TOLERANCE * frame {
                return None;
            }
            1.0 - n / frame
        }
    };
    // Σw = n up to rounding is not a population that was sampled.
    let simple_variance = (unsampled > 1e-9).then_some(spread.value * unsampled / n * factor)?;
    let value = estimate.standard_error * estimate.standard_error / simple_variance;
    (value.is_finite() && simple_variance > 0.0).then_some(DesignEffect {
        value,
        reference,
        simple_variance,
    })
}
