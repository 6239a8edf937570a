//! The structure behind the index beyond its paths: effect sizes, chains, fit, prediction.

use crate::index::estimate::Estimate;
use crate::index::model_numbers::consistent;
use crate::index::wave::WaveEstimates;
use crate::model::fit::{global_fit, goodness_of_fit, implied_construct_correlation, implied_item_correlation};
use crate::model::inner_model::{f2_fixed_scores, f2_reestimated, inner_vif, r2_adjusted};
use crate::model::mediation::mediation;
use crate::model::moderation::{Interaction, ModerationEstimate};
use crate::model::pls::{OuterMode, PlsOptions};
use crate::model::plsc::Inadmissible;
use crate::model::predict::PredictionError;
use crate::model::structure::{HigherMethod, Structure};
use crate::stats::student_t_two_sided_p;
use crate::survey::{IndexSpec, Survey};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the structure says beside path coefficients and R².
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InnerModel {
    /// Paths, in the order of `paths`.
    pub paths: Vec<PathFacts>,
    /// Adjusted R² by explained dimension.
    pub r2_adjusted: Vec<(String, Option<f64>)>,
    /// How each dimension acts on the index: directly and through others.
    pub mediation: Vec<MediatedEffect>,
    /// Standardised root mean square residual of the composite model.
    pub srmr: Option<f64>,
    /// Squared Euclidean distance.
    pub d_uls: Option<f64>,
    /// Geodesic distance.
    pub d_g: Option<f64>,
    /// Goodness of fit of Tenenhaus.
    pub goodness_of_fit: Option<f64>,
    /// Why the solution free of attenuation cannot be relied on; empty when it can, or was not asked for.
    pub consistent_problems: Vec<ConsistentProblem>,
    /// How well the model foretells people it was not estimated from.
    pub prediction: Option<Prediction>,
    /// Interactions.
    pub moderation: Vec<ModerationResult>,
    /// Dimensions that are made of others.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub wholes: Vec<Whole>,
}

/// A dimension that is made of others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Whole {
    /// The dimension.
    pub dimension: String,
    /// How it is estimated.
    pub method: HigherMethod,
    /// `mode-b` where its parts form it, otherwise they show it.
    pub outer: OuterMode,
    /// What it is made of.
    pub parts: Vec<WholePart>,
}

/// A part of such a dimension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WholePart {
    /// The part.
    pub dimension: String,
    /// Points of the whole for one point of the part; the parts of a whole add up to 1.
    pub share: Option<Estimate>,
    /// Correlation of both scores.
    pub correlation: Option<Estimate>,
}

/// One path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PathFacts {
    /// Acting dimension.
    pub from: String,
    /// Dimension acted upon.
    pub to: String,
    /// Effect size f², scores kept.
    pub f2: Option<f64>,
    /// Effect size f², model estimated anew without the path.
    pub f2_reestimated: Option<f64>,
    /// Variance inflation.
    pub vif: Option<f64>,
    /// Share of R² that the path brings (Shapley value).
    pub r2_share: Option<Estimate>,
    /// The same by Johnson's relative weights.
    #[serde(default)]
    pub relative_weight: Option<Estimate>,
    /// Coefficient free of attenuation, where asked for.
    pub consistent: Option<Estimate>,
}

/// The effect of a dimension on the index, taken apart. Standardised.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MediatedEffect {
    /// Acting dimension.
    pub from: String,
    /// Direct effect.
    pub direct: f64,
    /// Effect through other dimensions.
    pub indirect: f64,
    /// Both.
    pub total: f64,
    /// The effect through others with its error and interval; absent in assessments of earlier versions and where nothing is through others.
    #[serde(default)]
    pub indirect_estimate: Option<Estimate>,
    /// The whole effect likewise.
    #[serde(default)]
    pub total_estimate: Option<Estimate>,
    /// Share that goes through others; absent where both parts oppose each other.
    pub variance_accounted_for: Option<f64>,
    /// The strongest chain, both ends included; empty without a chain.
    pub chain: Vec<String>,
    /// Effect along it.
    pub chain_effect: Option<f64>,
}

/// Why a solution free of attenuation cannot be relied on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConsistentProblem {
    /// `reliability`, `loading`, `correlation`, `not-positive-definite`, `inflated`, `explained-variance`.
    pub kind: String,
    /// Dimensions or the item concerned.
    pub subjects: Vec<String>,
    /// The value out of range.
    pub value: Option<f64>,
}

/// Prediction of people the model was not estimated from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Prediction {
    /// Parts into which respondents were divided.
    pub folds: u64,
    /// Items of explained dimensions.
    pub items: Vec<ItemPrediction>,
}

/// Prediction of one item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ItemPrediction {
    /// Item.
    pub item: String,
    /// Q² against the mean.
    pub q2: Option<f64>,
    /// Root mean square error, in codes.
    pub rmse: f64,
    /// That of a linear regression on all items of other dimensions.
    pub rmse_linear: Option<f64>,
}

/// One interaction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ModerationResult {
    /// Dimension whose effect changes.
    pub predictor: String,
    /// Dimension it changes with.
    pub moderator: String,
    /// Dimension acted upon.
    pub target: String,
    /// Change of the coefficient for one standard deviation of the moderator.
    pub coefficient: f64,
    /// Coefficient at the mean of the moderator.
    pub simple_effect: f64,
    /// Standard error by ordinary least squares, scores taken as given.
    pub standard_error: f64,
    /// Two-sided p-value.
    pub p_value: Option<f64>,
    /// Effect size f².
    pub f2: f64,
}

/// The inner model; `None` without a path model.
pub(crate) fn inner(survey: &Survey, estimates: &WaveEstimates) -> Option<InnerModel> {
    let model = estimates.shares.as_ref()?.model.as_ref()?;
    let structure = survey.model.structure.as_ref()?;
    let pls = &model.pls;
    let n = estimates
        .index
        .estimate
        .and_then(|e| e.n_effective)
        .unwrap_or(estimates.sums.cases as f64);
    let constructs = implied_construct_correlation(structure, &pls.paths, &pls.r2, &pls.construct_correlation);
    let composites = vec![false; structure.construct_count()];
    let implied = implied_item_correlation(&model.correlation, structure, &pls.loadings, &constructs, &composites);
    // A model with constructs of constructs says nothing of the correlations of their items.
    let fit = global_fit(&model.correlation, &implied).filter(|_| !structure.has_parts());
    let lower = pls.loadings.iter().zip(structure.parts()).filter(|(_, parts)| parts.is_empty());
    let several = lower.map(|(loadings, _)| loadings).filter(|l| l.len() > 1).flatten();
    let communalities: Vec<f64> = several.map(|l| l * l).collect();
    let r2: Vec<f64> = pls.r2.iter().flatten().copied().collect();
    let adjusted = |(number, r2): (usize, &Option<f64>)| {
        let predictors = structure.incoming().get(number)?.len();
        Some((name(survey, number), r2_adjusted((*r2)?, n, predictors)))
    };
    let problems = consistent(survey, model).map(|c| c.problems).unwrap_or_default();
    Some(InnerModel {
        paths: paths(survey, structure, estimates)?,
        r2_adjusted: pls.r2.iter().enumerate().filter_map(adjusted).collect(),
        mediation: mediated(survey, structure, &pls.paths, &estimates.mediated),
        srmr: fit.map(|f| f.srmr),
        d_uls: fit.map(|f| f.d_uls),
        d_g: fit.and_then(|f| f.d_g),
        goodness_of_fit: goodness_of_fit(&communalities, &r2),
        consistent_problems: problems.iter().map(|p| problem(survey, structure, p)).collect(),
        prediction: None,
        moderation: Vec::new(),
        wholes: wholes(survey, structure, estimates),
    })
}

fn wholes(survey: &Survey, structure: &Structure, estimates: &WaveEstimates) -> Vec<Whole> {
    let mut numbers = estimates.wholes.iter();
    let mut all = Vec::new();
    for (whole, parts) in structure.parts().iter().enumerate().filter(|(_, parts)| !parts.is_empty()) {
        let of_parts = parts.iter().zip(&mut numbers).map(|(part, (share, correlation))| WholePart {
            dimension: name(survey, *part),
            share: *share,
            correlation: *correlation,
        });
        all.push(Whole {
            dimension: name(survey, whole),
            method: structure.method(),
            outer: survey.model.outer.get(whole).copied().unwrap_or_default(),
            parts: of_parts.collect(),
        });
    }
    all
}

fn name(survey: &Survey, dimension: usize) -> String {
    survey.dimensions.get(dimension).map(|d| d.id.clone()).unwrap_or_default()
}

fn paths(survey: &Survey, structure: &Structure, estimates: &WaveEstimates) -> Option<Vec<PathFacts>> {
    let model = estimates.shares.as_ref()?.model.as_ref()?;
    let pls = &model.pls;
    let vif = inner_vif(structure, &pls.construct_correlation);
    let fixed = f2_fixed_scores(structure, &pls.paths, &pls.r2, &pls.construct_correlation);
    let scheme = survey.model.scheme;
    let again = f2_reestimated(&model.correlation, structure, &survey.model.outer, scheme, PlsOptions::default());
    let again = again.unwrap_or_default();
    let one = |(path, &(from, to)): (usize, &(usize, usize))| PathFacts {
        from: name(survey, from),
        to: name(survey, to),
        f2: fixed.get(path).copied().flatten(),
        f2_reestimated: again.get(path).copied().flatten(),
        vif: vif.get(path).copied().flatten(),
        r2_share: estimates.path_shares.get(path).copied().flatten(),
        relative_weight: estimates.relative_weights.get(path).copied().flatten(),
        consistent: estimates.consistent_paths.get(path).copied().flatten(),
    };
    Some(structure.paths().iter().enumerate().map(one).collect())
}

fn mediated(
    survey: &Survey,
    structure: &Structure,
    coefficients: &[f64],
    estimates: &[(Option<Estimate>, Option<Estimate>)],
) -> Vec<MediatedEffect> {
    let IndexSpec::Dimension(target) = survey.index else {
        return Vec::new();
    };
    let one = |from: usize| {
        let found = mediation(structure, coefficients, from, target)?;
        let (indirect, total) = estimates.get(from).copied().unwrap_or_default();
        let strongest = found.chains.iter().max_by(|a, b| a.value.abs().total_cmp(&b.value.abs()));
        Some(MediatedEffect {
            from: name(survey, from),
            direct: found.direct,
            indirect: found.indirect,
            total: found.total,
            indirect_estimate: indirect.filter(|_| !found.chains.is_empty()),
            total_estimate: total,
            variance_accounted_for: found.variance_accounted_for(),
            chain: strongest
                .map(|c| c.constructs.iter().map(|c| name(survey, *c)).collect())
                .unwrap_or_default(),
            chain_effect: strongest.map(|c| c.value),
        })
    };
    structure.antecedents(target).into_iter().filter_map(one).collect()
}

fn problem(survey: &Survey, structure: &Structure, found: &Inadmissible) -> ConsistentProblem {
    let (kind, subjects, value) = match *found {
        Inadmissible::Reliability { construct, value } => ("reliability", vec![name(survey, construct)], Some(value)),
        Inadmissible::Loading { item, value } => {
            let id = survey.items.get(item).map(|i| i.id.clone()).unwrap_or_default();
            ("loading", vec![id], Some(value))
        }
        Inadmissible::Correlation { first, second, value } => ("correlation", vec![name(survey, first), name(survey, second)], Some(value)),
        Inadmissible::NotPositiveDefinite => ("not-positive-definite", Vec::new(), None),
        Inadmissible::Inflated { path, value } => {
            let ends = structure
                .paths()
                .get(path)
                .map(|(from, to)| vec![name(survey, *from), name(survey, *to)]);
            ("inflated", ends.unwrap_or_default(), Some(value))
        }
        Inadmissible::ExplainedVariance { construct, value } => ("explained-variance", vec![name(survey, construct)], Some(value)),
    };
    ConsistentProblem {
        kind: kind.to_owned(),
        subjects,
        value,
    }
}

/// Puts what a second pass over the respondents found into the inner model.
pub(crate) fn add_second_pass(
    inner: &mut InnerModel,
    survey: &Survey,
    prediction: Option<(u16, Vec<PredictionError>)>,
    interactions: Vec<(Interaction, ModerationEstimate)>,
) {
    let item = |error: PredictionError| ItemPrediction {
        item: survey.items.get(error.item).map(|i| i.id.clone()).unwrap_or_default(),
        q2: error.q2,
        rmse: error.rmse,
        rmse_linear: error.rmse_linear,
    };
    inner.prediction = prediction.map(|(folds, errors)| Prediction {
        folds: u64::from(folds),
        items: errors.into_iter().map(item).collect(),
    });
    let one = |(interaction, found): (Interaction, ModerationEstimate)| ModerationResult {
        predictor: name(survey, interaction.predictor),
        moderator: name(survey, interaction.moderator),
        target: name(survey, interaction.target),
        coefficient: found.coefficient,
        simple_effect: found.simple_effect,
        standard_error: found.standard_error,
        p_value: student_t_two_sided_p(found.coefficient / found.standard_error, found.df),
        f2: found.f2,
    };
    inner.moderation = interactions.into_iter().map(one).collect();
}
