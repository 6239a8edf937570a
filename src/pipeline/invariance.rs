//! Measurement invariance between waves: before constructs are compared, do both waves measure the same?

use super::preparing::Prepared;
use super::resampling;
use crate::index::groups::{Permutations, compare_two};
use crate::index::linked::Measured;
use crate::index::path_numbers::PathNumbers;
use crate::model::missing::MissingMethod;
use crate::model::pls::{OuterMode, PlsOptions};
use crate::survey::{ItemWeights, Survey};
use crate::trend::comparability::PairComparability;
use crate::trend::comparability::invariance::record;

/// Permutations where the definition states no number.
const PERMUTATIONS: u32 = 299;

/// Permutations times interviews beyond which the test is left out: some seconds of one core.
const BUDGET: u64 = 20_000_000;

/// Adds MICOM to every pair of neighbouring waves that both have their answers. Left out where there is no path model, where it has other than
/// reflective weights or another treatment of gaps than the mean (the groups are estimated with these), where whole clusters were drawn (cases are
/// then not exchangeable), and where a wave cannot be estimated.
pub(super) fn add(survey: &Survey, prepared: &[Prepared<'_>], measured: &[Measured], pairs: &mut [PairComparability]) {
    let Some(model) = path_numbers(survey) else { return };
    let count = survey.model.permutations.unwrap_or(PERMUTATIONS);
    let dimensions: Vec<String> = survey.dimensions.iter().map(|d| d.id.clone()).collect();
    let waves: Vec<(&Prepared<'_>, &Measured)> = prepared.iter().zip(measured).collect();
    for (earlier, later) in waves.iter().zip(waves.iter().skip(1)) {
        let ids = (&earlier.1.wave, &later.1.wave);
        let Some(pair) = pairs.iter_mut().find(|p| (&p.from, &p.to) == ids) else {
            continue;
        };
        let cases = earlier.1.tally.case_count() + later.1.tally.case_count();
        if count == 0 || cases * u64::from(count) > BUDGET {
            continue;
        }
        let permutations = Permutations {
            count,
            seed: survey.design.seed,
        };
        let found = resampling::two_waves(survey, *earlier, *later).and_then(|cases| compare_two(&cases, &model, permutations).ok());
        pair.invariance = found.map(|found| record(&found, &dimensions, count, 1.0 - survey.design.level));
    }
}

fn path_numbers(survey: &Survey) -> Option<PathNumbers> {
    let model = &survey.model;
    let plain = model.outer.iter().all(|mode| *mode == OuterMode::ModeA) && model.missing == MissingMethod::Mean;
    let fits = model.weights == ItemWeights::Pls && plain && survey.columns.psu.is_none();
    let ranges = survey.items.iter().map(|i| f64::from(i.scale.range())).collect();
    let structure = model.structure.clone().filter(|_| fits)?;
    PathNumbers::new(structure, model.scheme, PlsOptions::default(), ranges)
}
