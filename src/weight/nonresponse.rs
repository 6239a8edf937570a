//! Non-response by weighting classes: who answered stands for who did not, within the same class.

use super::error::WeightError;

/// One weighting class.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseClass {
    /// Name.
    pub name: String,
    /// Units sampled (and eligible).
    pub sampled: u64,
    /// Their base weights, summed.
    pub sampled_weight: f64,
    /// Units that answered.
    pub answered: u64,
    /// Their base weights, summed.
    pub answered_weight: f64,
}

/// Factor of every class: `Σ_sampled w / Σ_answered w`, at least 1.
///
/// A class in which somebody was sampled and nobody answered is refused by name: its weight would be lost in silence. A class
/// in which nobody was sampled gets the factor 1. Assumes that within a class those who answered do not differ from those who
/// did not. Source: Little (1986), International Statistical Review 54, 139–157; Kalton and Flores-Cervantes (2003), JOS 19, 81–97.
pub fn nonresponse_factors(classes: &[ResponseClass]) -> Result<Vec<f64>, WeightError> {
    classes.iter().map(factor).collect()
}

fn factor(class: &ResponseClass) -> Result<f64, WeightError> {
    if class.answered > class.sampled {
        return Err(WeightError::MoreAnsweredThanSampled {
            class: class.name.clone(),
            answered: class.answered,
            sampled: class.sampled,
        });
    }
    if class.sampled == 0 {
        return Ok(1.0);
    }
    let factor = class.sampled_weight / class.answered_weight;
    if class.answered == 0 || !factor.is_finite() {
        return Err(WeightError::EmptyClass {
            class: class.name.clone(),
            sampled: class.sampled,
        });
    }
    Ok(factor)
}
