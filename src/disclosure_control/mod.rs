//! Statistical disclosure control: results of small groups are withheld, and so many others that nobody can compute them from what is
//! published.
//!
//! Withheld **first** is every mean of a group with fewer respondents than `design.domain_base_min` (10 unless stated). Withheld
//! **besides** (complementary suppression) are further means until no withheld mean follows from the published ones, no published
//! difference speaks of a group below that base, and what can be told of each withheld mean from the ends of the scale stays at least
//! [`PROTECTION_POINTS`] wide. Everything is withheld in the assessment itself, before any report, chart or file is made
//! of it, so that no form and no filter says more than another.
//!
//! Linked by what is published together: the categories of a column and the whole; of a column within a category of another where
//! they nest; dimensions and the index made of them; items and their dimension; measures beside the index (net promoter score, shares,
//! rates) and the items whose answers they are made of; the same whole with and without some interviews.
//! Waves are different respondents and are protected each by itself. Numbers of respondents are not withheld: they are facts of
//! the design, not answers. Sources: Hundepool et al. (2012), Statistical Disclosure Control, chapters 4 and 5; Willenborg and de
//! Waal (2001), Elements of Statistical Disclosure Control, chapter 6.

mod determined;
pub mod links;
pub mod measures;
pub mod suppress;

use crate::assessment::touchpoints::ComplaintCategory;
use crate::assessment::{ItemResult, QualityAssessment, WaveAssessment, WithoutExclusions};
use crate::finding::{Code, Finding, Place};
use crate::index::estimate::Reported;
use crate::survey::{IndexSpec, Survey};
use links::{Group, Layout, Links, Numbers};
use measures::MeasureFacts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use suppress::{Reason, Rules, suppress};

/// Least width of what can be told of a withheld mean from the published ones and the ends of the scale, in points of 0 to 100.
pub const PROTECTION_POINTS: f64 = 10.0;

/// What was withheld in a wave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Withheld {
    /// Fewest respondents that a mean is published for.
    pub base_min: u64,
    /// Means withheld for their own base.
    pub small: u64,
    /// Means withheld so that those cannot be computed.
    pub complementary: u64,
    /// Wholes with other interviews that differ from the published one by fewer than that base.
    pub differences: u64,
    /// Small means that other published numbers still tell, because nothing is left to withhold; 0 in any survey whose whole has
    /// a sufficient base.
    pub unprotected: u64,
}

/// Withholds in a wave what its small groups need; `members` are the combinations of categories of each of its domains, `measures` what is
/// known of each of its touchpoints, in their order.
pub fn protect(survey: &Survey, wave: &mut WaveAssessment, members: &[Vec<u16>], measures: &[MeasureFacts]) {
    let base_min = survey.design.domain_base_min;
    let mut withheld = Withheld {
        base_min,
        ..Withheld::default()
    };
    withheld.differences = differences(wave, base_min);
    // A survey that is small as a whole has nobody to hide among; what it says is said of all of them.
    if wave.coverage.n >= base_min {
        means(survey, wave, members, measures, &mut withheld);
    }
    withheld.small += categories(wave);
    // What was refused for its base follows from the shares of all answers.
    let refused = wave.touchpoints.iter_mut().filter(|t| t.reported.estimate.is_none());
    refused.for_each(|t| t.distribution.clear());
    wave.withheld = (withheld.small + withheld.complementary + withheld.differences > 0).then_some(withheld);
}

fn means(survey: &Survey, wave: &mut WaveAssessment, members: &[Vec<u16>], of_measures: &[MeasureFacts], withheld: &mut Withheld) {
    let layout = Layout::of(wave);
    let mut links = Links::default();
    let domains = wave.domains.iter();
    let groups: Vec<Group<'_>> = domains.map(|d| Group { column: &d.column, n: d.n }).collect();
    links.nesting(&layout, Numbers::Scores, &groups, members);
    let index_of = match survey.index {
        IndexSpec::Dimension(at) => vec![(at, 1.0)],
        IndexSpec::Composite => {
            let weights = wave.dimensions.iter().enumerate();
            weights.filter_map(|(at, d)| Some((at, d.weight.filter(|w| *w != 0.0)?))).collect()
        }
    };
    links.index(&layout, &index_of);
    links.items(&layout, wave);
    measures::link(&mut links, &layout, (survey, wave), of_measures);
    let mut quantities = layout.quantities(wave, withheld.base_min);
    quantities.extend(layout.measures(wave, of_measures, withheld.base_min));
    let rules = Rules {
        base_min: withheld.base_min,
        protection: PROTECTION_POINTS,
    };
    let outcome = suppress(&quantities, links.relations(), rules);
    withheld.unprotected = outcome.unprotected;
    for (position, reason) in outcome.reasons.iter().enumerate() {
        let Some(reason) = reason else { continue };
        match reason {
            Reason::Small => withheld.small += 1,
            Reason::Complement => withheld.complementary += 1,
        }
        layout.withhold(wave, position, &refusal(*reason, withheld.base_min));
    }
    let without = |item: &&ItemResult| {
        let refusal = item.score.refusal.as_ref();
        refusal.is_some_and(|f| matches!(f.code, Code::WithheldSmall | Code::WithheldComplement))
    };
    let items: Vec<String> = wave.items.iter().filter(without).map(|item| item.id.clone()).collect();
    withheld.complementary += measures::with_their_items(wave, &items, &refusal(Reason::Complement, withheld.base_min));
}

/// Withholds the categories of complaints where too few named any: how many named each would tell the shares. Returns how many shares.
fn categories(wave: &mut WaveAssessment) -> u64 {
    let Some(complaints) = &mut wave.complaints else { return 0 };
    let small = |c: &ComplaintCategory| c.reported.refusal.as_ref().is_some_and(|f| f.code == Code::BaseTooSmall);
    if !complaints.categories.iter().any(small) {
        return 0;
    }
    complaints.categories_withheld = true;
    std::mem::take(&mut complaints.categories).len() as u64
}

/// What stands in the place of a withheld mean. It does not say how many there were.
fn refusal(reason: Reason, base_min: u64) -> Reported {
    let code = match reason {
        Reason::Small => Code::WithheldSmall,
        Reason::Complement => Code::WithheldComplement,
    };
    Reported::refused(&Finding::new(code, Place::default()).with("min", base_min))
}

/// The whole with other interviews: where two of them differ by a few interviews, those few could be computed.
fn differences(wave: &mut WaveAssessment, base_min: u64) -> u64 {
    let mut published = vec![wave.coverage.n];
    let mut count = 0;
    let mut hold = |variant: &mut WithoutExclusions| {
        let too_near = |n: &u64| n.abs_diff(variant.n) != 0 && n.abs_diff(variant.n) < base_min;
        if published.iter().any(too_near) {
            let refused = Reported::refused(&Finding::new(Code::WithheldDifference, Place::default()).with("min", base_min));
            variant.index = refused.clone();
            variant.dimensions.iter_mut().for_each(|d| *d = refused.clone());
            count += 1;
        } else {
            published.push(variant.n);
        }
    };
    hold(&mut wave.without_exclusions);
    if let Some(QualityAssessment {
        without_flagged,
        without_several,
        ..
    }) = &mut wave.quality
    {
        [without_flagged, without_several].into_iter().flatten().for_each(&mut hold);
    }
    count
}
