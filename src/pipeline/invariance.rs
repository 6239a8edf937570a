//! Measurement invariance between waves: before constructs are compared, do both waves measure the same?

use super::grouping::{self, Members};
use super::preparing::Prepared;
use super::resampling;
use crate::index::groups::{Permutations, compare_two};
use crate::index::linked::Measured;
use crate::survey::Survey;
use crate::trend::comparability::PairComparability;
use crate::trend::comparability::invariance::record;

/// Permutations where the definition states no number.
const PERMUTATIONS: u32 = 299;

/// Adds MICOM to every pair of neighbouring waves that both have their answers, in the same way as groups are compared (`[[model.compare]]`). Left out
/// where there is no path model, where a wave cannot be estimated, and where it would take longer than some seconds of one core.
pub(super) fn add(survey: &Survey, prepared: &[Prepared<'_>], measured: &[Measured], pairs: &mut [PairComparability]) {
    let Some(model) = grouping::path_numbers(survey) else { return };
    let permutations = Permutations {
        count: survey.model.permutations.unwrap_or(PERMUTATIONS),
        seed: survey.design.seed,
        alpha: 1.0 - survey.design.level,
    };
    let dimensions: Vec<String> = survey.dimensions.iter().map(|d| d.id.clone()).collect();
    let waves: Vec<(&Prepared<'_>, &Measured)> = prepared.iter().zip(measured).collect();
    for (earlier, later) in waves.iter().zip(waves.iter().skip(1)) {
        let ids = (&earlier.1.wave, &later.1.wave);
        let Some(pair) = pairs.iter_mut().find(|p| (&p.from, &p.to) == ids) else {
            continue;
        };
        let cases = earlier.1.tally.case_count() + later.1.tally.case_count();
        if permutations.count == 0 || cases * u64::from(permutations.count) > resampling::budget(survey) {
            continue;
        }
        let members = [Members::wave(earlier.0, earlier.1, 0), Members::wave(later.0, later.1, 1)];
        let found = grouping::cases(survey, &members).and_then(|cases| compare_two(&cases, &model, permutations).ok());
        pair.invariance = found.map(|found| record(&found, &dimensions, permutations.alpha));
    }
}
