//! Estimates of all waves → changes: difference, standard error, significance.
//!
//! The error of a change takes into account who is in both waves ([`crate::index::linked`]). P-values are adjusted within families that
//! are stated ([`Family`]): the index; the dimensions; the items; the index by domain; the dimensions by domain; the measures. Holm's and
//! Benjamini and Hochberg's values stand side by side, and the definition says which of them decides.

pub mod benchmark;
pub mod change;
pub mod comparability;
pub mod control;
pub mod decomposition;
pub mod equivalence;
pub mod quantity;

use crate::assessment::WaveAssessment;
use crate::index::estimate::Reported;
use crate::index::linked::{Linked, SharedUnits};
use crate::locale::Text;
use crate::stats::{Interval, benjamini_hochberg, holm_defined};
use crate::survey::trend::{Adjustment, TrendSpec};
use change::{Overlap, WaveEstimate, change_with_overlap};
use comparability::{Bridge, NotCompared, PairComparability, Standing};
use equivalence::{Equivalence, equivalence, smallest_margin};
use quantity::{DomainRef, Family, Quantity, quantities};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One wave against another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    /// Earlier wave.
    pub from: String,
    /// Later wave.
    pub to: String,
    /// The index first, then the other dimensions that both waves have.
    pub changes: Vec<Change>,
    /// Quantities that are not compared, because something else than opinion changed between the waves.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub not_compared: Vec<NotCompared>,
    /// Families below the dimensions: items, domains, measures.
    #[serde(default)]
    pub details: Vec<Change>,
    /// Items and measures that are not compared. What is reported by domain stands and falls with the quantity itself.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub items_not_compared: Vec<NotCompared>,
    /// Who is in both waves; absent where nobody could be recognised.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub shared: Option<SharedUnits>,
    /// How the waves were compared.
    #[serde(default)]
    pub settings: TrendSpec,
}

impl Comparison {
    /// The change of a quantity of everybody: `index`, a dimension, an item or a measure. The dimension that is the index stands there as the
    /// index alone.
    #[must_use]
    pub fn of_everybody(&self, id: &str) -> Option<&Change> {
        let families = [Family::Index, Family::Dimensions, Family::Items, Family::Measures];
        families
            .into_iter()
            .find_map(|family| self.of(family).find(|change| change.quantity == id))
    }

    /// The changes of one family, in the order of the later wave.
    pub fn of(&self, family: Family) -> impl Iterator<Item = &Change> {
        self.changes
            .iter()
            .chain(&self.details)
            .filter(move |change| change.family == family)
    }
}

/// Which way something went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Significantly up, after adjustment.
    Up,
    /// Significantly down, after adjustment.
    Down,
    /// Not significant, and a change of the stated margin or more is ruled out.
    Equivalent,
    /// No change can be told from chance.
    NotSignificant,
    /// No standard error, or no estimate.
    Undetermined,
}

/// Change of one quantity, in points of the 0 to 100 scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// `index`, or the id of a dimension, item or measure.
    pub quantity: String,
    /// What it is tested together with.
    #[serde(default)]
    pub family: Family,
    /// The domain that it is of; everybody when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub domain: Option<DomainRef>,
    /// Title.
    pub title: Text,
    /// Earlier estimate.
    pub before: Reported,
    /// Later estimate.
    pub after: Reported,
    /// Later less earlier.
    pub change_points: Option<f64>,
    /// Standard error of the change.
    pub standard_error: Option<f64>,
    /// What it would be if nobody were in both waves: √(SE₁² + SE₂²).
    #[serde(default)]
    pub standard_error_independent: Option<f64>,
    /// Correlation of the two estimates, where units are in both waves and it can be estimated.
    #[serde(default)]
    pub correlation: Option<f64>,
    /// Degrees of freedom (Satterthwaite).
    #[serde(default)]
    pub df: Option<f64>,
    /// Change over standard error.
    #[serde(default)]
    pub statistic: Option<f64>,
    /// Interval of the change.
    pub interval: Option<Interval>,
    /// Two-sided p-value of no change.
    pub p_value: Option<f64>,
    /// The same, adjusted over the family by Holm's method.
    pub p_value_holm: Option<f64>,
    /// The same, adjusted over the family by Benjamini and Hochberg's method.
    #[serde(default)]
    pub p_value_bh: Option<f64>,
    /// The smallest change that would have been significant by itself, before any adjustment.
    #[serde(default)]
    pub smallest_significant_change: Option<f64>,
    /// The smallest true change that is found so with the power of the settings.
    #[serde(default)]
    pub smallest_detectable_change: Option<f64>,
    /// The smallest margin δ for which "no change larger than δ" holds.
    #[serde(default)]
    pub smallest_margin: Option<f64>,
    /// "No change larger than the stated margin", where one is stated.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub equivalence: Option<Equivalence>,
    /// Verdict at the level of the intervals.
    pub direction: Direction,
    /// What was taken off the later estimate, where a break between the waves is bridged.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub bridge: Option<Bridge>,
}

/// What a comparison needs to know of the survey.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    /// The dimension that is the index, where one is.
    pub index_dimension: Option<&'a str>,
    /// Confidence level, strictly between 0 and 1.
    pub level: f64,
    /// What the definition says of comparisons.
    pub spec: TrendSpec,
}

/// What pairs of waves share, by the ids of the earlier and the later one.
pub type Links = BTreeMap<(String, String), Linked>;

/// Compares the waves of every pair (see [`comparability::pairs`]) in every quantity that may be compared. A pair without a link is taken
/// as independent.
#[must_use]
pub fn compare(waves: &[WaveAssessment], pairs: &[PairComparability], links: &Links, settings: Settings<'_>) -> Vec<Comparison> {
    let wave = |id: &str| waves.iter().find(|w| w.id == id);
    let one = |pair: &PairComparability| {
        let (before, after) = (wave(&pair.from)?, wave(&pair.to)?);
        let linked = links.get(&(pair.from.clone(), pair.to.clone()));
        Some(comparison(before, after, pair, linked, settings))
    };
    pairs.iter().filter_map(one).collect()
}

fn comparison(
    before: &WaveAssessment,
    after: &WaveAssessment,
    pair: &PairComparability,
    linked: Option<&Linked>,
    settings: Settings<'_>,
) -> Comparison {
    let of_before = quantities(before, settings.index_dimension).into_iter();
    let earlier: BTreeMap<_, _> = of_before.map(|q| (q.key, q.reported)).collect();
    let (mut changes, mut not_compared, mut items_not_compared) = (Vec::new(), Vec::new(), Vec::new());
    for quantity in quantities(after, settings.index_dimension) {
        let Some(before) = earlier.get(&quantity.key) else { continue };
        let bridge = match pair.standing(quantity.rests_on.unwrap_or(&quantity.key.id)) {
            Standing::Comparable => None,
            Standing::Bridged(bridge) => Some(bridge),
            Standing::Refused(reasons) => {
                let refused = NotCompared {
                    quantity: quantity.key.id.clone(),
                    title: quantity.title,
                    reasons,
                };
                match quantity.key.family {
                    Family::Index | Family::Dimensions => not_compared.push(refused),
                    Family::Items | Family::Measures => items_not_compared.push(refused),
                    _ => {}
                }
                continue;
            }
        };
        changes.push(change(&quantity, before, bridge, linked, settings));
    }
    for family in changes.chunk_by_mut(|a, b| a.family == b.family) {
        adjust(family, settings);
    }
    let headline = |c: &Change| matches!(c.family, Family::Index | Family::Dimensions);
    let (changes, details) = changes.into_iter().partition(headline);
    Comparison {
        from: before.id.clone(),
        to: after.id.clone(),
        changes,
        not_compared,
        details,
        items_not_compared,
        shared: linked.map(|l| l.units),
        settings: settings.spec,
    }
}

/// Adjusts the p-values of a family and reads them.
fn adjust(family: &mut [Change], settings: Settings<'_>) {
    let raw: Vec<Option<f64>> = family.iter().map(|c| c.p_value).collect();
    let adjusted = holm_defined(&raw).into_iter().zip(benjamini_hochberg(&raw));
    for (change, (holm, bh)) in family.iter_mut().zip(adjusted) {
        change.p_value_holm = holm;
        change.p_value_bh = bh;
        let decisive = match settings.spec.adjustment {
            Adjustment::Holm => holm,
            Adjustment::BenjaminiHochberg => bh,
        };
        change.direction = direction(change, decisive, 1.0 - settings.level);
    }
}

fn direction(change: &Change, p: Option<f64>, alpha: f64) -> Direction {
    match (p, change.change_points) {
        (Some(p), Some(points)) if p < alpha && points > 0.0 => Direction::Up,
        (Some(p), Some(points)) if p < alpha && points < 0.0 => Direction::Down,
        (Some(_), Some(_)) if change.equivalence.is_some_and(|e| e.holds) => Direction::Equivalent,
        (Some(_), Some(_)) => Direction::NotSignificant,
        _ => Direction::Undetermined,
    }
}

/// How the estimates hang together. A bridge adds an error of its own to the later estimate, which is correlated with nothing.
fn overlap_of(linked: &Linked, correlation: f64, raw: &Reported, bridged: &Reported) -> Overlap {
    let se = |r: &Reported| r.estimate.and_then(|e| e.standard_error).filter(|se| *se > 0.0);
    let kept = se(raw).zip(se(bridged)).map_or(1.0, |(raw, bridged)| (raw / bridged).min(1.0));
    let (share_before, share_after) = linked.units.shares();
    Overlap {
        correlation: correlation * kept,
        share_before,
        share_after,
    }
}

fn input(reported: &Reported) -> Option<WaveEstimate> {
    WaveEstimate::of(reported.estimate.as_ref()?)
}

fn change(quantity: &Quantity<'_>, before: &Reported, bridge: Option<Bridge>, linked: Option<&Linked>, settings: Settings<'_>) -> Change {
    let after = quantity.reported;
    let later = bridge.map_or_else(|| after.clone(), |bridge| bridge.apply(after, settings.level));
    let points = before.estimate.zip(later.estimate).map(|(b, a)| a.value - b.value);
    let estimates = input(before).zip(input(&later));
    let correlation = linked.and_then(|l| l.correlation.get(&quantity.key)).copied();
    let overlap = linked
        .zip(correlation)
        .map_or(Overlap::NONE, |(l, r)| overlap_of(l, r, after, &later));
    let result = estimates.and_then(|(b, a)| change_with_overlap(b, a, overlap, settings.level));
    let result = result.as_ref();
    let margin = settings.spec.equivalence_margin;
    Change {
        quantity: quantity.key.id.clone(),
        family: quantity.key.family,
        domain: quantity.key.domain.clone(),
        title: quantity.title.clone(),
        before: before.clone(),
        after: after.clone(),
        change_points: points,
        standard_error: result.map(|r| r.standard_error),
        standard_error_independent: estimates.map(|(b, a)| libm::hypot(b.standard_error, a.standard_error)),
        correlation,
        df: result.and_then(|r| r.df),
        statistic: result.and_then(|r| r.statistic),
        interval: result.map(|r| r.interval),
        p_value: result.and_then(|r| r.p_value),
        p_value_holm: None,
        p_value_bh: None,
        smallest_significant_change: result.map(|r| r.smallest_significant_change),
        smallest_detectable_change: result.and_then(|r| r.smallest_detectable_change(settings.spec.power)),
        smallest_margin: result.and_then(|r| smallest_margin(r, settings.level)),
        equivalence: result.zip(margin).and_then(|(r, margin)| equivalence(r, margin, settings.level)),
        direction: Direction::Undetermined,
        bridge,
    }
}
