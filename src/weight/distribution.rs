//! How unequal the final weights are, as counts: the picture behind the Kish effect.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// About as many steps as the range of the weights is cut into.
const STEPS: f64 = 10.0;

/// Respondents whose weight lies within one step. Weights are relative: their mean over respondents is 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WeightBin {
    /// Relative weight from which it counts.
    pub from: f64,
    /// Relative weight before which it ends.
    pub below: f64,
    /// Respondents that count.
    pub n: u64,
}

/// Counts of cases by relative weight in equal steps of a round width; empty where all weights are the same or there is
/// no case. `counts` and `weights` are those of cells; weights below 0, which linear calibration can give, are counted as they are.
pub(super) fn distribution(counts: &[u64], weights: &[f64]) -> Vec<WeightBin> {
    let cells = || counts.iter().copied().zip(weights.iter().copied()).filter(|(n, _)| *n > 0);
    let cases = cells().map(|(n, _)| n).sum::<u64>() as f64;
    let mean = cells().map(|(n, w)| n as f64 * w).sum::<f64>() / cases;
    let low = cells().map(|(_, w)| w / mean).fold(f64::INFINITY, f64::min);
    let high = cells().map(|(_, w)| w / mean).fold(f64::NEG_INFINITY, f64::max);
    let range = high - low;
    if !(range.is_finite() && mean > 0.0 && range > 1e-9 * high.abs()) {
        return Vec::new();
    }
    let (width, per_unit) = round_width(range / STEPS);
    // A weight on an edge belongs to the step that begins there, whatever the last digit of the division.
    let place = |relative: f64| (relative * per_unit + 1e-9).floor();
    let first = place(low);
    let steps = (place(high) - first) as usize + 1;
    let mut n = vec![0_u64; steps];
    for (cases, weight) in cells() {
        if let Some(count) = n.get_mut((place(weight / mean) - first) as usize) {
            *count += cases;
        }
    }
    let edge = |at: usize| (first + at as f64) * width;
    n.into_iter()
        .enumerate()
        .map(|(at, n)| WeightBin {
            from: edge(at),
            below: edge(at + 1),
            n,
        })
        .collect()
}

/// The smallest of 1, 2 and 5 times a power of ten that is not below `raw`, and how many of it make one.
fn round_width(raw: f64) -> (f64, f64) {
    let mut power = 1.0_f64;
    while power / 10.0 >= raw {
        power /= 10.0;
    }
    while power * 10.0 < raw {
        power *= 10.0;
    }
    let width = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0]
        .map(|m| m * power)
        .into_iter()
        .find(|w| *w >= raw * (1.0 - 1e-9));
    let width = width.unwrap_or(power * 10.0);
    (width, 1.0 / width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn two_weights_make_two_filled_steps() {
        // Mean (30·1 + 10·3) / 40 = 1.5: relative weights 2/3 and 2.
        let bins = distribution(&[30, 10], &[1.0, 3.0]);
        let filled: Vec<&WeightBin> = bins.iter().filter(|b| b.n > 0).collect();
        assert_eq!(filled.len(), 2);
        assert_eq!((filled[0].n, filled[1].n), (30, 10));
        assert!(filled[0].from <= 2.0 / 3.0 && filled[0].below > 2.0 / 3.0);
        assert!((filled[1].from - 2.0).abs() < 1e-12, "a weight on an edge begins a step");
    }

    #[test]
    fn equal_weights_have_no_distribution() {
        assert!(distribution(&[30, 10], &[2.0, 2.0]).is_empty());
        assert!(distribution(&[], &[]).is_empty());
        assert!(distribution(&[0, 5], &[7.0, 2.0]).is_empty());
    }

    proptest! {
        #[test]
        fn everybody_is_counted_once_in_the_step_of_their_weight(cells in proptest::collection::vec((0_u64..50, 0.01_f64..40.0), 1..40), unit in 0.001_f64..1000.0) {
            let (counts, weights): (Vec<u64>, Vec<f64>) = cells.into_iter().unzip();
            let bins = distribution(&counts, &weights);
            prop_assume!(!bins.is_empty());
            prop_assert_eq!(bins.iter().map(|b| b.n).sum::<u64>(), counts.iter().sum::<u64>());
            prop_assert!(bins.len() <= 12);
            prop_assert!(bins.first().unwrap().n > 0 && bins.last().unwrap().n > 0);
            let mean = counts.iter().zip(&weights).map(|(n, w)| *n as f64 * w).sum::<f64>() / counts.iter().sum::<u64>() as f64;
            for bin in &bins {
                let inside = |w: f64| w / mean >= bin.from - 1e-6 && w / mean < bin.below + 1e-6;
                let at_most: u64 = counts.iter().zip(&weights).filter(|(_, w)| inside(**w)).map(|(n, _)| *n).sum();
                prop_assert!(bin.n <= at_most);
            }
            // Relative weights do not depend on the unit.
            let scaled: Vec<f64> = weights.iter().map(|w| w * unit).collect();
            let again = distribution(&counts, &scaled);
            prop_assert_eq!(again.len(), bins.len());
        }
    }
}
