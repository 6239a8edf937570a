//! Maximum likelihood of means and covariances by expectation and maximisation.

use nalgebra::DMatrix;

use super::{MissingError, Moments, Pattern, available, centred, from_covariance};

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
    let patterns: Vec<&Pattern> = patterns.iter().filter(|p| p.weight > 0.0 && !p.observed.is_empty()).collect();
    let owned: Vec<Pattern> = patterns.iter().map(|p| (*p).clone()).collect();
    let (mut mean, sd) = available(&owned, items)?;
    let mut covariance = DMatrix::from_fn(items, items, |j, k| if j == k { sd[j] * sd[j] } else { 0.0 });
    let mut iterations = 0;
    let mut last_change = f64::INFINITY;
    while last_change >= options.tolerance {
        if iterations == options.iterations_max {
            return Err(MissingError::NotConverged { iterations, last_change });
        }
        let (new_mean, new_covariance) = step(&owned, &mean, &covariance)?;
        last_change = change(&mean, &covariance, &new_mean, &new_covariance);
        (mean, covariance) = (new_mean, new_covariance);
        iterations += 1;
    }
    Ok((from_covariance(mean, &covariance)?, iterations))
}

fn step(patterns: &[Pattern], mean: &[f64], covariance: &DMatrix<f64>) -> Result<(Vec<f64>, DMatrix<f64>), MissingError> {
    let items = mean.len();
    let singular = MissingError::NotPositiveDefinite { smallest: 0.0 };
    let precision = covariance.clone().cholesky().ok_or(singular)?.inverse();
    let mut total = 0.0;
    let mut first = vec![0.0; items];
    let mut second = DMatrix::zeros(items, items);
    for pattern in patterns {
        total += pattern.weight;
        expect(pattern, mean, &precision, &mut first, &mut second)?;
    }
    let shift: Vec<f64> = first.iter().map(|value| value / total).collect();
    let covariance = DMatrix::from_fn(items, items, |j, k| second[(j.min(k), j.max(k))] / total - shift[j] * shift[k]);
    let mean = mean.iter().zip(&shift).map(|(mean, shift)| mean + shift).collect();
    Ok((mean, covariance))
}

/// Adds what the cases of a pattern are expected to add to the sums around the current means.
fn expect(
    pattern: &Pattern,
    mean: &[f64],
    precision: &DMatrix<f64>,
    first: &mut [f64],
    second: &mut DMatrix<f64>,
) -> Result<(), MissingError> {
    let observed = &pattern.observed;
    let missing: Vec<usize> = (0..mean.len()).filter(|item| observed.binary_search(item).is_err()).collect();
    let seen = centred(pattern, mean);
    let sums: Vec<f64> = observed
        .iter()
        .zip(&pattern.sum)
        .map(|(j, sum)| sum - pattern.weight * mean[*j])
        .collect();
    for (a, &j) in observed.iter().enumerate() {
        first[j] += sums[a];
        for (b, &k) in observed.iter().enumerate() {
            second[(j, k)] += seen[(a, b)];
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let own = DMatrix::from_fn(missing.len(), missing.len(), |a, b| precision[(missing[a], missing[b])]);
    let cross = DMatrix::from_fn(missing.len(), observed.len(), |a, b| precision[(missing[a], observed[b])]);
    let left = own.cholesky().ok_or(MissingError::NotPositiveDefinite { smallest: 0.0 })?;
    let regression = -left.solve(&cross);
    let with_seen = &regression * &seen;
    let among = &with_seen * regression.transpose() + left.inverse() * pattern.weight;
    for (a, &j) in missing.iter().enumerate() {
        first[j] += (0..observed.len()).map(|b| regression[(a, b)] * sums[b]).sum::<f64>();
        for (b, &k) in observed.iter().enumerate() {
            second[(j, k)] += with_seen[(a, b)];
            second[(k, j)] += with_seen[(a, b)];
        }
        for (b, &k) in missing.iter().enumerate() {
            second[(j, k)] += among[(a, b)];
        }
    }
    Ok(())
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
