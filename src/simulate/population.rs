//! The latent side of the model: means by wave and stratum, paths, and what they imply for the scores.

use super::plan::{ItemPlan, PlanError, SimulationPlan};
use crate::stats::random::distribution;

/// The structural model with its variances worked out.
pub(super) struct Population {
    /// For each dimension, the positions that act on it and the coefficients.
    pub(super) sources: Vec<Vec<(usize, f64)>>,
    /// Standard deviation of `ζ`, by dimension.
    pub(super) residual_sd: Vec<f64>,
    /// Mean of `m_j`, by wave, stratum, dimension: the shifts before the paths pass them on.
    pub(super) intercepts: Vec<Vec<Vec<f64>>>,
    /// Mean of `ξ_j`, by wave, stratum, dimension.
    pub(super) means: Vec<Vec<Vec<f64>>>,
}

impl Population {
    pub(super) fn new(plan: &SimulationPlan) -> Result<Self, PlanError> {
        let position = |name: &String| plan.dimension(name);
        let sources: Vec<Vec<(usize, f64)>> = plan
            .dimensions
            .iter()
            .map(|d| d.sources.iter().filter_map(|(name, beta)| Some((position(name)?, *beta))).collect())
            .collect();
        let residual_sd = residual_sds(plan, &sources)?;
        let intercepts: Vec<Vec<Vec<f64>>> = plan.waves.iter().map(|wave| intercepts_of_wave(plan, &wave.id)).collect();
        let pass_on = |own: &Vec<f64>| propagate(own, &sources);
        let means = intercepts.iter().map(|wave| wave.iter().map(pass_on).collect()).collect();
        Ok(Self {
            sources,
            residual_sd,
            intercepts,
            means,
        })
    }
}

/// `ξ_j = own_j + Σ β_ij ξ_i`, dimension after dimension.
fn propagate(own: &[f64], sources: &[Vec<(usize, f64)>]) -> Vec<f64> {
    let mut values: Vec<f64> = Vec::with_capacity(own.len());
    for (start, incoming) in own.iter().zip(sources) {
        let passed: f64 = incoming.iter().filter_map(|(from, beta)| Some(beta * values.get(*from)?)).sum();
        values.push(start + passed);
    }
    values
}

fn intercepts_of_wave(plan: &SimulationPlan, wave: &str) -> Vec<Vec<f64>> {
    let of_stratum = |values: &[String]| {
        let amount = |dimension: &str| -> f64 {
            let applies = plan.shifts.iter().filter(|shift| {
                shift.dimension == dimension
                    && shift.wave.as_ref().is_none_or(|w| w == wave)
                    && shift.stratum.as_ref().is_none_or(|s| values.contains(s))
            });
            applies.map(|shift| shift.by).sum()
        };
        plan.dimensions.iter().map(|d| amount(&d.id)).collect()
    };
    plan.strata.iter().map(|s| of_stratum(&s.values)).collect()
}

/// `√(1 − βᵀCβ)` with `C` the correlations of the acting dimensions, which follow from the paths before them.
fn residual_sds(plan: &SimulationPlan, sources: &[Vec<(usize, f64)>]) -> Result<Vec<f64>, PlanError> {
    let mut correlation: Vec<Vec<f64>> = Vec::new();
    let mut sds = Vec::with_capacity(sources.len());
    for (dimension, incoming) in plan.dimensions.iter().zip(sources) {
        let with: Vec<f64> = correlation
            .iter()
            .map(|row| incoming.iter().filter_map(|(from, beta)| Some(beta * row.get(*from)?)).sum())
            .collect();
        let explained: f64 = incoming.iter().filter_map(|(from, beta)| Some(beta * with.get(*from)?)).sum();
        if explained >= 1.0 {
            return Err(PlanError::PathsTooStrong {
                dimension: dimension.id.clone(),
                explained,
            });
        }
        sds.push((1.0 - explained).sqrt());
        for (row, value) in correlation.iter_mut().zip(&with) {
            row.push(*value);
        }
        correlation.push(with.into_iter().chain([1.0]).collect());
    }
    Ok(sds)
}

/// Expected score, 0 to 100, of an item for respondents whose dimension has this mean and variance 1:
/// `100 / range × Σ_k Φ(offset + λ μ − t_k)`.
pub(super) fn expected_score(item: &ItemPlan, thresholds: &[f64], mean: f64) -> f64 {
    let steps: f64 = thresholds
        .iter()
        .map(|cut| distribution(item.offset + item.loading * mean - cut))
        .sum();
    steps / thresholds.len() as f64 * 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: x → y with 0.6, x and y → z with 0.5 and 0.4: cor(x, y) = 0.6, explained variance of z is
    /// 0.25 + 0.16 + 2 · 0.5 · 0.4 · 0.6 = 0.65.
    #[test]
    fn residual_variance_completes_the_explained_one() {
        let mut plan = SimulationPlan::bench(10, 1);
        plan.shifts.clear();
        plan.dimensions.truncate(3);
        let ids: Vec<String> = plan.dimensions.iter().map(|d| d.id.clone()).collect();
        plan.dimensions[1].sources = vec![(ids[0].clone(), 0.6)];
        plan.dimensions[2].sources = vec![(ids[0].clone(), 0.5), (ids[1].clone(), 0.4)];
        let model = Population::new(&plan).unwrap();
        assert!((model.residual_sd[1] - 0.8).abs() < 1e-15);
        assert!((model.residual_sd[2] - 0.35_f64.sqrt()).abs() < 1e-15);
        plan.dimensions[2].sources = vec![(ids[0].clone(), 0.9), (ids[1].clone(), 0.9)];
        assert!(matches!(Population::new(&plan), Err(PlanError::PathsTooStrong { .. })));
    }

    #[test]
    fn shifts_are_passed_on_along_the_paths() {
        let mut plan = SimulationPlan::appliance(1);
        plan.shifts.retain(|s| s.wave.as_deref() == Some("2025") && s.stratum.is_none());
        let model = Population::new(&plan).unwrap();
        let (last, first) = (&model.means[2][0], &model.means[0][0]);
        assert!(first.iter().all(|m| *m == 0.0));
        let loyalty = plan.dimension("loyalty").unwrap();
        assert!(model.intercepts[2][0][loyalty] == 0.0 && last[loyalty] > 0.05);
    }
}
