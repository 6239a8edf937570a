//! The path model and the importance–performance map.

use super::{ModelItem, ModelPath, ModelR2, ModelResult, PriorityMap, PriorityPoint};
use crate::index::estimate::{Estimate, Reported};
use crate::index::wave::WaveEstimates;
use crate::locale::Text;
use crate::model::pls::PlsOptions;
use crate::survey::{ItemWeights, Survey};

pub(crate) fn model(survey: &Survey, estimates: &WaveEstimates) -> Option<ModelResult> {
    let pls = &estimates.shares.as_ref()?.model.as_ref()?.pls;
    let structure = survey.model.structure.as_ref()?;
    let name = |dimension: usize| survey.dimensions.get(dimension).map(|d| d.id.clone()).unwrap_or_default();
    let mut items = Vec::new();
    for (number, dimension) in survey.dimensions.iter().enumerate() {
        if !dimension.parts.is_empty() {
            continue;
        }
        let (Some(weights), Some(loadings)) = (pls.outer_weights.get(number), pls.loadings.get(number)) else {
            continue;
        };
        for ((item, weight), loading) in dimension.items.iter().zip(weights).zip(loadings) {
            let item = survey.items.get(*item).map(|i| i.id.clone()).unwrap_or_default();
            items.push(ModelItem {
                item,
                dimension: name(number),
                outer_weight: *weight,
                loading: *loading,
            });
        }
    }
    let paths = structure.paths().iter().zip(&estimates.paths).filter_map(|((from, to), estimate)| {
        Some(ModelPath {
            from: name(*from),
            to: name(*to),
            coefficient: (*estimate)?,
        })
    });
    let r2 = estimates.r2.iter().enumerate().filter_map(|(d, r2)| {
        Some(ModelR2 {
            dimension: name(d),
            r2: (*r2)?,
        })
    });
    Some(ModelResult {
        iterations: pls.iterations,
        last_change: pls.last_change,
        tolerance: Some(PlsOptions::default().tolerance),
        iterations_max: Some(PlsOptions::default().iterations_max),
        items,
        paths: paths.collect(),
        r2: r2.collect(),
        inner: super::inner::inner(survey, estimates).unwrap_or_default(),
        replicates: estimates.replicates.0,
        replicates_failed: estimates.replicates.1,
    })
}

pub(crate) fn priorities(survey: &Survey, estimates: &WaveEstimates) -> Option<PriorityMap> {
    let (kind, points): (&str, Vec<PriorityPoint>) = match survey.model.weights {
        ItemWeights::Pls => (
            "total-effect",
            priority_points(
                survey.dimensions.iter().map(|d| (&d.id, &d.title)),
                &estimates.importance,
                &estimates.dimensions,
            ),
        ),
        ItemWeights::StatedImportance => (
            "stated",
            priority_points(
                survey.scored().iter().map(|i| (&i.id, &i.title)),
                &estimates.importance,
                &estimates.items,
            ),
        ),
        _ => return None,
    };
    map_of(kind, points)
}

/// The map of single items: points of the index for one point of each.
pub(crate) fn item_priorities(survey: &Survey, estimates: &WaveEstimates) -> Option<PriorityMap> {
    let names = survey.scored().iter().map(|i| (&i.id, &i.title));
    map_of("total-effect", priority_points(names, &estimates.item_importance, &estimates.items))
}

fn map_of(kind: &str, points: Vec<PriorityPoint>) -> Option<PriorityMap> {
    if points.is_empty() {
        return None;
    }
    let mean = |of: &dyn Fn(&PriorityPoint) -> f64| points.iter().map(of).sum::<f64>() / points.len() as f64;
    Some(PriorityMap {
        importance_kind: kind.to_owned(),
        importance_mean: mean(&|p| p.importance.value),
        performance_mean: mean(&|p| p.performance.value),
        points,
    })
}

fn priority_points<'a>(
    names: impl Iterator<Item = (&'a String, &'a Text)>,
    importance: &[Option<Estimate>],
    performance: &[Reported],
) -> Vec<PriorityPoint> {
    let points = names.zip(importance).zip(performance);
    points
        .filter_map(|(((id, title), importance), performance)| {
            Some(PriorityPoint {
                id: id.clone(),
                title: title.clone(),
                importance: (*importance)?,
                performance: performance.estimate?,
            })
        })
        .collect()
}
