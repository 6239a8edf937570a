//! Maximum likelihood of means and covariances by expectation and maximisation.

use nalgebra::DMatrix;

use super::{MissingError, Moments, Pattern, available, from_covariance};

/// When to stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EmOptions {
    /// The estimate stands still when no mean moves by more than this share of
    /// its standard deviation, and no covariance by more than this share of the
    /// product of the two.
    pub tolerance: f64,
    /// Steps after which estimation is given up.
    pub iterations_max: u32,
}

impl Default for EmOptions {
    /// Tolerance 10⁻¹¹ in at most 5,000 steps: each step leaves about as much of
    /// the distance as there is missing information, so that half of all
    /// answers may be missing before the steps run out.
    fn default() -> Self {
        Self {
            tolerance: 1e-11,
            iterations_max: 5_000,
        }
    }
}

/// Maximum likelihood moments under a multivariate normal distribution, and
/// the steps it took.
///
/// In each step the gaps of a pattern are expected from its answers by the
/// regression that the current moments imply, `x̂_m = μ_m + B (x_o − μ_o)`, and
/// the moments are taken anew, with the variance `K_mm⁻¹` that the regression
/// leaves (`K = Σ⁻¹`, `B = −K_mm⁻¹ K_mo`). Only sums over the cases of a
/// pattern are needed. Starts from the means and variances of those who
/// answered, uncorrelated. Weights enter as counts of like cases. The divisor
/// of the covariances is Σw. Patterns without weight, or below, are left out,
/// as they come from taking replicates apart.
///
/// Source: A. P. Dempster, N. M. Laird & D. B. Rubin, *Journal of the Royal
/// Statistical Society B* 39 (1977) 1–38; Little & Rubin (2002), section 11.2.
///
/// # Errors
/// [`MissingError::NoVariance`], [`MissingError::NotPositiveDefinite`] when
/// items become linearly dependent, [`MissingError::NotConverged`].
pub fn em(patterns: &[Pattern], items: usize, options: EmOptions) -> Result<(Moments, u32), MissingError> {
    let patterns: Vec<Pattern> = patterns
        .iter()
        .filter(|p| p.weight > 0.0 && !p.observed.is_empty())
        .cloned()
        .collect();
    let (mut mean, sd) = available(&patterns, items)?;
    let seen = Seen::of(&patterns, items);
    let mut covariance = DMatrix::from_fn(items, items, |j, k| if j == k { sd[j] * sd[j] } else { 0.0 });
    let mut iterations = 0;
    let mut last_change = f64::INFINITY;
    while last_change >= options.tolerance {
        if iterations == options.iterations_max {
            return Err(MissingError::NotConverged { iterations, last_change });
        }
        let (new_mean, new_covariance) = seen.step(&mean, &covariance)?;
        last_change = change(&mean, &covariance, &new_mean, &new_covariance);
        (mean, covariance) = (new_mean, new_covariance);
        iterations += 1;
    }
    Ok((from_covariance(mean, &covariance)?, iterations))
}

/// Sums of the answers given, arranged for many steps. What answers add to the sums around the current means is the same quadratic of the means in every
/// step, over all patterns together; pattern by pattern only what is expected for the gaps has to be found.
struct Seen {
    items: usize,
    weight: f64,
    /// Σw of those who answered both, row by row.
    pair_weight: Vec<f64>,
    /// Σw·x of the row's item over those who answered both.
    pair_sum: Vec<f64>,
    /// Σw·x·y over those who answered both.
    product: Vec<f64>,
    /// Patterns that have gaps.
    gaps: Vec<Gap>,
}

/// The cases of one pattern with gaps.
struct Gap {
    observed: Vec<usize>,
    missing: Vec<usize>,
    weight: f64,
    sum: Vec<f64>,
    /// Row by row.
    product: Vec<f64>,
}

/// Sums around the current means: of single items, and of pairs row by row.
struct Expected {
    first: Vec<f64>,
    second: Vec<f64>,
}

impl Seen {
    fn of(patterns: &[Pattern], items: usize) -> Self {
        let square = vec![0.0; items * items];
        let mut seen = Self {
            items,
            weight: 0.0,
            pair_weight: square.clone(),
            pair_sum: square.clone(),
            product: square,
            gaps: Vec::new(),
        };
        for pattern in patterns {
            seen.weight += pattern.weight;
            let size = pattern.observed.len();
            for (a, &j) in pattern.observed.iter().enumerate() {
                for (b, &k) in pattern.observed.iter().enumerate() {
                    seen.pair_weight[j * items + k] += pattern.weight;
                    seen.pair_sum[j * items + k] += pattern.sum[a];
                    seen.product[j * items + k] += pattern.product[(a, b)];
                }
            }
            if size < items {
                let observed = &pattern.observed;
                seen.gaps.push(Gap {
                    missing: (0..items).filter(|item| observed.binary_search(item).is_err()).collect(),
                    observed: observed.clone(),
                    weight: pattern.weight,
                    sum: pattern.sum.clone(),
                    product: (0..size * size).map(|at| pattern.product[(at / size, at % size)]).collect(),
                });
            }
        }
        seen
    }

    fn step(&self, mean: &[f64], covariance: &DMatrix<f64>) -> Result<(Vec<f64>, DMatrix<f64>), MissingError> {
        let items = self.items;
        let singular = MissingError::NotPositiveDefinite { smallest: 0.0 };
        let precision = covariance.clone().cholesky().ok_or(singular)?.inverse();
        let mut expected = self.answered(mean);
        for gap in &self.gaps {
            gap.expect(mean, &precision, &mut expected)?;
        }
        let shift: Vec<f64> = expected.first.iter().map(|value| value / self.weight).collect();
        let covariance = DMatrix::from_fn(items, items, |j, k| {
            expected.second[j.min(k) * items + j.max(k)] / self.weight - shift[j] * shift[k]
        });
        let mean = mean.iter().zip(&shift).map(|(mean, shift)| mean + shift).collect();
        Ok((mean, covariance))
    }

    /// What the answers themselves add.
    fn answered(&self, mean: &[f64]) -> Expected {
        let items = self.items;
        let mut expected = Expected {
            first: Vec::with_capacity(items),
            second: Vec::with_capacity(items * items),
        };
        for j in 0..items {
            expected
                .first
                .push(self.pair_sum[j * items + j] - self.pair_weight[j * items + j] * mean[j]);
            for k in 0..items {
                let (at, turned) = (j * items + k, k * items + j);
                let crossed = mean[k] * self.pair_sum[at] + mean[j] * self.pair_sum[turned];
                expected
                    .second
                    .push(self.product[at] - crossed + mean[j] * mean[k] * self.pair_weight[at]);
            }
        }
        expected
    }
}

impl Gap {
    /// Adds what the gaps are expected to add.
    fn expect(&self, mean: &[f64], precision: &DMatrix<f64>, to: &mut Expected) -> Result<(), MissingError> {
        let (items, size) = (mean.len(), self.observed.len());
        let (regression, left) = self.regression(precision)?;
        let centre: Vec<f64> = self.observed.iter().map(|item| mean[*item]).collect();
        // Products of the expected gaps with the answers, around the means: B (Σw xx' − s μ' − μ s' + Σw μ μ').
        let mut with_seen = vec![0.0; self.missing.len() * size];
        for ((slopes, out), j) in regression.chunks(size).zip(with_seen.chunks_mut(size)).zip(&self.missing) {
            let (of_sum, of_centre) = (dot(slopes, &self.sum), dot(slopes, &centre));
            to.first[*j] += of_sum - self.weight * of_centre;
            let rows = self.product.chunks(size);
            for (((out, row), sum), centre) in out.iter_mut().zip(rows).zip(&self.sum).zip(&centre) {
                *out = dot(slopes, row) - of_sum * centre - of_centre * sum + self.weight * of_centre * centre;
            }
            for (value, k) in out.iter().zip(&self.observed) {
                to.second[j * items + k] += value;
                to.second[k * items + j] += value;
            }
        }
        for (a, j) in self.missing.iter().enumerate() {
            for (b, k) in self.missing.iter().enumerate() {
                let among = dot(&with_seen[a * size..(a + 1) * size], &regression[b * size..(b + 1) * size]);
                to.second[j * items + k] += among + left[(a, b)] * self.weight;
            }
        }
        Ok(())
    }

    /// Slopes of every missing item on those answered, row by row, and the variance that they leave.
    fn regression(&self, precision: &DMatrix<f64>) -> Result<(Vec<f64>, DMatrix<f64>), MissingError> {
        let (missing, size) = (&self.missing, self.observed.len());
        let own = DMatrix::from_fn(missing.len(), missing.len(), |a, b| precision[(missing[a], missing[b])]);
        let singular = MissingError::NotPositiveDefinite { smallest: 0.0 };
        let left = own.cholesky().ok_or(singular)?.inverse();
        let mut slopes = vec![0.0; missing.len() * size];
        for (a, row) in slopes.chunks_mut(size).enumerate() {
            for (b, j) in missing.iter().enumerate() {
                let factor = left[(a, b)];
                for (slope, k) in row.iter_mut().zip(&self.observed) {
                    *slope -= factor * precision[(*j, *k)];
                }
            }
        }
        Ok((slopes, left))
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Largest change in units of standard deviations.
fn change(mean: &[f64], covariance: &DMatrix<f64>, new_mean: &[f64], new_covariance: &DMatrix<f64>) -> f64 {
    let sd = covariance.diagonal().map(f64::sqrt);
    let mut largest = 0.0_f64;
    for j in 0..mean.len() {
        largest = largest.max((new_mean[j] - mean[j]).abs() / sd[j]);
        for k in 0..=j {
            largest = largest.max((new_covariance[(j, k)] - covariance[(j, k)]).abs() / (sd[j] * sd[k]));
        }
    }
    largest
}
