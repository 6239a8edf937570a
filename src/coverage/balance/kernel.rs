//! Kullback–Leibler divergence of two samples of numbers, each smoothed by Gaussian kernels.
//!
//! `∫ p(x) ln(p(x)/q(x)) dx` over the observed range, p and q being kernel densities with Scott's bandwidth `n_eff^(−1/5)·s`
//! (Scott 1992, Multivariate Density Estimation, equation 6.42) and densities held at or above 1e−12. Mass that the kernels spread
//! beyond the observed range is left out, so that the integral may come out negative; it is then 0. The value depends on the
//! bandwidth: it serves to compare, not to test.

use super::Weighted;

/// Least density that enters a logarithm.
const SMALLEST_DENSITY: f64 = 1e-12;

/// A Gaussian kernel density.
struct Density {
    /// Values ascending, with their shares.
    points: Vec<(f64, f64)>,
    bandwidth: f64,
}

impl Density {
    fn of(data: Weighted<'_>) -> Option<Self> {
        let total = data.total();
        let squares: f64 = data.pairs().map(|(_, w)| w * w).sum();
        let effective = total * total / squares;
        let bandwidth = (data.variance()? * libm::pow(effective, -0.4)).sqrt();
        let mut points: Vec<(f64, f64)> = data.pairs().map(|(v, w)| (v, w / total)).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        // The same value many times is one kernel.
        points.dedup_by(|next, kept| {
            let same = next.0.total_cmp(&kept.0).is_eq();
            kept.1 += if same { next.1 } else { 0.0 };
            same
        });
        (bandwidth > 0.0).then_some(Self { points, bandwidth })
    }

    fn at(&self, x: f64) -> f64 {
        // Beyond 38 bandwidths a kernel is 0 in double precision.
        let reach = 38.0 * self.bandwidth;
        let from = self.points.partition_point(|(v, _)| *v < x - reach);
        let near = self.points.iter().skip(from).take_while(|(v, _)| *v <= x + reach);
        let sum: f64 = near
            .map(|(v, share)| {
                let z = (x - v) / self.bandwidth;
                share * libm::exp(-z * z / 2.0)
            })
            .sum();
        sum / (self.bandwidth * (2.0 * std::f64::consts::PI).sqrt())
    }
}

/// The divergence of the sample from the target, not negative. `None` when either does not vary.
#[must_use]
pub fn kernel_divergence(sample: Weighted<'_>, target: Weighted<'_>) -> Option<f64> {
    let (p, q) = (Density::of(sample)?, Density::of(target)?);
    let first = p.points.first()?.0.min(q.points.first()?.0);
    let last = p.points.last()?.0.max(q.points.last()?.0);
    let integrand = |x: f64| {
        let (p, q) = (p.at(x).max(SMALLEST_DENSITY), q.at(x).max(SMALLEST_DENSITY));
        p * libm::log(p / q)
    };
    Some(integral(&integrand, first, last, p.bandwidth.min(q.bandwidth)).max(0.0))
}

/// Nodes and weights of the Gauss–Legendre rule with five points on −1 to 1 (Abramowitz and Stegun, table 25.4).
const GAUSS: [(f64, f64); 5] = [
    (-0.906_179_845_938_664, 0.236_926_885_056_189_08),
    (-0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
    (0.0, 0.568_888_888_888_888_9),
    (0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
    (0.906_179_845_938_664, 0.236_926_885_056_189_08),
];

/// Gauss–Legendre on pieces half a bandwidth wide, on which sums of Gaussian kernels are as good as polynomials.
fn integral(f: &impl Fn(f64) -> f64, from: f64, to: f64, bandwidth: f64) -> f64 {
    let pieces = ((to - from) / (0.5 * bandwidth)).ceil().clamp(8.0, 20_000.0);
    let half = (to - from) / pieces / 2.0;
    let piece = |at: usize| {
        let middle = from + half * (2.0 * at as f64 + 1.0);
        GAUSS.iter().map(|(node, weight)| weight * f(middle + half * node)).sum::<f64>() * half
    };
    let mut sum = crate::stats::CompensatedSum::new();
    for at in 0..pieces as usize {
        sum.insert(piece(at));
    }
    sum.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_does_not_diverge_from_itself() {
        let values: Vec<f64> = (0..200).map(|i| f64::from(i % 17) + f64::from(i) / 100.0).collect();
        let data = Weighted::new(&values, None).unwrap();
        assert!(kernel_divergence(data, data).unwrap() < 1e-15);
        let constant = Weighted::new(&[1.0, 1.0], None).unwrap();
        assert_eq!(kernel_divergence(data, constant), None);
    }

    #[test]
    fn two_normals_diverge_as_the_closed_form_says() {
        // Normal scores are nearly normal again after smoothing; KL of N(m, s²) from N(0, s²) is m²/(2 s²).
        let normal: Vec<f64> = (1..4000)
            .map(|i| crate::stats::normal_quantile(f64::from(i) / 4000.0).unwrap())
            .collect();
        let shifted: Vec<f64> = normal.iter().map(|v| v + 0.5).collect();
        let (p, q) = (Weighted::new(&normal, None).unwrap(), Weighted::new(&shifted, None).unwrap());
        let smoothed = 1.0 + libm::pow(3999.0, -0.4);
        assert!((kernel_divergence(p, q).unwrap() - 0.125 / smoothed).abs() < 2e-3);
    }
}
