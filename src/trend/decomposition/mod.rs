//! What moved the index: its change taken apart into changes of scores, changes of weights, and changes of the mix of customers.
//!
//! The index is a weighted mean twice over. By content it is `Σ w_j s_j` over dimensions or items: scores moved, and so did weights where
//! they are estimated. By customers it is `Σ W_h I_h` over the categories of a domain: each category moved, and so did its share. Both
//! are taken apart exactly ([`kernel`]); what is left over is told and is rounding only.

pub mod kernel;

use super::comparability::{INDEX, PairComparability, Standing, said};
use crate::assessment::{DomainResult, WaveAssessment};
use crate::index::estimate::Reported;
use crate::locale::Text;
use crate::stats::Interval;
use crate::trend::Comparison;
use crate::trend::change::{WaveEstimate, change_between};
use crate::trend::quantity::Family;
use kernel::{Term, contributions, total};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Largest remainder at which parts still count as adding up to the whole, in points. Rounding leaves about 1e-13.
const REMAINDER_MAX: f64 = 1e-9;

/// What moved the index between two waves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Decomposition {
    /// Earlier wave.
    pub from: String,
    /// Later wave.
    pub to: String,
    /// The index before.
    pub before: f64,
    /// The index after, as published.
    pub after: f64,
    /// Points taken off the later index for a change of method; 0 without one.
    pub bridge: f64,
    /// By dimension, where the index is made of all of them, and by item.
    pub levels: Vec<Level>,
    /// By the customers of each domain column.
    pub mixes: Vec<Mix>,
    /// What could not be taken apart, and why.
    pub refusals: Vec<Text>,
}

/// The change by one kind of part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Level {
    /// What the parts are.
    pub parts_are: PartKind,
    /// The parts, in the order of the definition.
    pub parts: Vec<Part>,
    /// Σ of what scores contribute.
    pub scores: f64,
    /// Σ of what weights contribute.
    pub weights: f64,
    /// Change of the index less all contributions: rounding.
    pub residual: f64,
}

/// What an index is taken apart into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PartKind {
    /// Dimensions.
    Dimensions,
    /// Items, with their weight in the whole index.
    Items,
}

/// One dimension or item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// Dimension or item.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Score before, 0 to 100; absent where nobody answered, with a weight of 0.
    pub score_before: Option<f64>,
    /// Score after.
    pub score_after: Option<f64>,
    /// Weight in the index before, 0 to 1.
    pub weight_before: f64,
    /// Weight in the index after.
    pub weight_after: f64,
    /// Points of the index through the score: mean weight × change of the score.
    pub by_score: f64,
    /// Interval of `by_score`, weights taken as given: mean weight × interval of the change of the score.
    pub by_score_interval: Option<Interval>,
    /// Points of the index through the weight: (mean score − mean index) × change of the weight.
    pub by_weight: f64,
}

/// The change by the categories of one domain column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mix {
    /// Column.
    pub column: String,
    /// Categories.
    pub parts: Vec<MixPart>,
    /// Σ of what changes within categories contribute.
    pub within: f64,
    /// Σ of what changes of shares contribute: the mix.
    pub mix: f64,
    /// What unanswered items contribute: the index of everybody is not quite the mean of the categories where those who left an item out are
    /// spread unevenly over them; the change of that difference.
    pub unanswered: f64,
    /// Change of the index less all contributions: rounding.
    pub residual: f64,
}

/// One category.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MixPart {
    /// Category.
    pub category: String,
    /// Weighted share of customers before, 0 to 1.
    pub share_before: f64,
    /// Weighted share of customers after.
    pub share_after: f64,
    /// Its index before.
    pub index_before: f64,
    /// Its index after.
    pub index_after: f64,
    /// Points of the index through its own index: mean share × change.
    pub within: f64,
    /// Points of the index through its share: (mean of its index − mean index) × change of the share.
    pub mix: f64,
}

/// Takes the change of the index apart for every pair of waves in which it may be compared.
#[must_use]
pub fn decompositions(
    waves: &[WaveAssessment],
    pairs: &[PairComparability],
    comparisons: &[Comparison],
    index_dimension: Option<&str>,
    level: f64,
) -> Vec<Decomposition> {
    let wave = |id: &str| waves.iter().find(|w| w.id == id);
    let one = |pair: &PairComparability| {
        let bridge = match pair.standing(INDEX) {
            Standing::Refused(_) => return None,
            Standing::Comparable => 0.0,
            Standing::Bridged(bridge) => bridge.points,
        };
        let (from, to) = (wave(&pair.from)?, wave(&pair.to)?);
        let whole = Whole {
            before: from.index.estimate?.value,
            after: to.index.estimate?.value,
            level,
            compared: comparisons.iter().find(|c| c.from == pair.from && c.to == pair.to),
        };
        Some(decomposition(from, to, whole, bridge, index_dimension))
    };
    pairs.iter().filter_map(one).collect()
}

fn decomposition(
    from: &WaveAssessment,
    to: &WaveAssessment,
    whole: Whole<'_>,
    bridge: f64,
    index_dimension: Option<&str>,
) -> Decomposition {
    let mut refusals = Vec::new();
    let mut levels = Vec::new();
    let kinds: &[PartKind] = if index_dimension.is_some() {
        &[PartKind::Items]
    } else {
        &[PartKind::Dimensions, PartKind::Items]
    };
    for kind in kinds {
        let (a, b) = (parts_of(from, *kind, index_dimension), parts_of(to, *kind, index_dimension));
        match a.zip(b).and_then(|(a, b)| whole.level_of(*kind, &a, &b)) {
            Some(level) => levels.push(level),
            None => refusals.push(refusal(match kind {
                PartKind::Dimensions => "moves-refused-dimensions",
                PartKind::Items => "moves-refused-items",
            })),
        }
    }
    let mut columns: Vec<&str> = Vec::new();
    for domain in to.domains.iter().filter(|d| from.domains.iter().any(|o| o.column == d.column)) {
        if !columns.contains(&domain.column.as_str()) {
            columns.push(&domain.column);
        }
    }
    let mut mixes = Vec::new();
    for column in columns {
        match whole.mix_of(column, &from.domains, &to.domains) {
            Some(mix) => mixes.push(mix),
            None => refusals.push(said("moves-refused-mix", |_| vec![("column", column.to_owned())])),
        }
    }
    Decomposition {
        from: from.id.clone(),
        to: to.id.clone(),
        before: whole.before,
        after: whole.after,
        bridge,
        levels,
        mixes,
        refusals,
    }
}

fn refusal(key: &str) -> Text {
    said(key, |_| Vec::new())
}

/// A part of one wave: its weight in the index and its score.
struct WavePart<'a> {
    id: &'a str,
    title: &'a Text,
    weight: f64,
    score: &'a Reported,
}

/// The parts that make the index of a wave. `None` where a weight is unknown.
fn parts_of<'a>(wave: &'a WaveAssessment, kind: PartKind, index_dimension: Option<&str>) -> Option<Vec<WavePart<'a>>> {
    let of_dimension = |id: &str| match index_dimension {
        Some(index) => Some(f64::from(u8::from(index == id))),
        None => wave.dimensions.iter().find(|d| d.id == id)?.weight,
    };
    if kind == PartKind::Dimensions {
        let one = |d: &'a crate::assessment::DimensionResult| {
            Some(WavePart {
                id: &d.id,
                title: &d.title,
                weight: of_dimension(&d.id)?,
                score: &d.score,
            })
        };
        return wave.dimensions.iter().map(one).collect();
    }
    let items = wave.items.iter().filter(|i| of_dimension(&i.dimension) != Some(0.0));
    let one = |i: &'a crate::assessment::ItemResult| {
        Some(WavePart {
            id: &i.id,
            title: &i.title,
            weight: of_dimension(&i.dimension)? * i.share?,
            score: &i.score,
        })
    };
    items.map(one).collect()
}

/// The index that is taken apart.
#[derive(Clone, Copy)]
struct Whole<'a> {
    before: f64,
    after: f64,
    level: f64,
    /// The changes of the same pair, whose errors know who is in both waves.
    compared: Option<&'a Comparison>,
}

impl Whole<'_> {
    fn mean(self) -> f64 {
        f64::midpoint(self.before, self.after)
    }

    /// `None` when the two waves do not have the same parts, or the parts do not add up to the index.
    fn level_of(self, kind: PartKind, before: &[WavePart<'_>], after: &[WavePart<'_>]) -> Option<Level> {
        let same = before.len() == after.len();
        let pairs: Option<Vec<(&WavePart<'_>, &WavePart<'_>)>> =
            after.iter().map(|b| Some((before.iter().find(|a| a.id == b.id)?, b))).collect();
        let pairs = pairs.filter(|_| same)?;
        let terms: Option<Vec<Term>> = pairs.iter().map(|(a, b)| term(a, b)).collect();
        let terms = terms?;
        let found = contributions(&terms, self.mean());
        let residual = self.after - self.before - total(&found);
        if residual.abs() > REMAINDER_MAX {
            return None;
        }
        let part = |((a, b), (term, one)): ((&WavePart<'_>, &WavePart<'_>), (&Term, &kernel::Contribution))| Part {
            id: b.id.to_owned(),
            title: b.title.clone(),
            score_before: a.score.estimate.map(|e| e.value),
            score_after: b.score.estimate.map(|e| e.value),
            weight_before: term.weight_before,
            weight_after: term.weight_after,
            by_score: one.score,
            by_score_interval: self.interval(kind, term, a, b),
            by_weight: one.weight,
        };
        Some(Level {
            parts_are: kind,
            scores: found.iter().map(|c| c.score).sum(),
            weights: found.iter().map(|c| c.weight).sum(),
            parts: pairs.into_iter().zip(terms.iter().zip(&found)).map(part).collect(),
            residual,
        })
    }

    /// Mean weight × interval of the change of the score: that of the comparison where it has one for plain (unbridged) scores, else that of
    /// independent waves.
    fn interval(self, kind: PartKind, term: &Term, before: &WavePart<'_>, after: &WavePart<'_>) -> Option<Interval> {
        let family = match kind {
            PartKind::Dimensions => Family::Dimensions,
            PartKind::Items => Family::Items,
        };
        let compared = self
            .compared
            .and_then(|c| c.of(family).find(|c| c.quantity == after.id && c.bridge.is_none()));
        let of_change = match compared.and_then(|c| c.interval) {
            Some(interval) => interval,
            None => {
                let (a, b) = (before.score.estimate.as_ref()?, after.score.estimate.as_ref()?);
                change_between(WaveEstimate::of(a)?, WaveEstimate::of(b)?, self.level)?.interval
            }
        };
        let weight = f64::midpoint(term.weight_before, term.weight_after);
        let (a, b) = (weight * of_change.lower, weight * of_change.upper);
        Some(Interval {
            lower: a.min(b),
            upper: a.max(b),
            level: self.level,
        })
    }

    /// `None` when a category is missing in one of the waves, is not reported on, or has no share.
    fn mix_of(self, column: &str, before: &[DomainResult], after: &[DomainResult]) -> Option<Mix> {
        let of = |domains: &'_ [DomainResult]| -> Option<Vec<(String, f64, f64)>> {
            let own = domains.iter().filter(|d| d.column == column);
            own.map(|d| Some((d.category.clone(), d.share?, d.index.estimate?.value))).collect()
        };
        let (a, b) = (of(before)?, of(after)?);
        let pairs: Option<Vec<_>> = b.iter().map(|after| Some((a.iter().find(|a| a.0 == after.0)?, after))).collect();
        let pairs = pairs.filter(|_| a.len() == b.len())?;
        let terms: Vec<Term> = pairs
            .iter()
            .map(|(a, b)| Term {
                weight_before: a.1,
                weight_after: b.1,
                score_before: a.2,
                score_after: b.2,
            })
            .collect();
        let found = contributions(&terms, self.mean());
        let mean = |domains: &[(String, f64, f64)]| domains.iter().map(|d| d.1 * d.2).sum::<f64>();
        let unanswered = (self.after - mean(&b)) - (self.before - mean(&a));
        type Category = (String, f64, f64);
        let part = |((a, b), one): (&(&Category, &Category), &kernel::Contribution)| MixPart {
            category: b.0.clone(),
            share_before: a.1,
            share_after: b.1,
            index_before: a.2,
            index_after: b.2,
            within: one.score,
            mix: one.weight,
        };
        let residual = self.after - self.before - total(&found) - unanswered;
        (residual.abs() <= REMAINDER_MAX).then(|| Mix {
            column: column.to_owned(),
            within: found.iter().map(|c| c.score).sum(),
            mix: found.iter().map(|c| c.weight).sum(),
            parts: pairs.iter().zip(&found).map(part).collect(),
            unanswered,
            residual,
        })
    }
}

/// Weight and score of a part before and after. A part that nobody answered counts only where it has no weight.
fn term(before: &WavePart<'_>, after: &WavePart<'_>) -> Option<Term> {
    let score = |part: &WavePart<'_>| part.score.estimate.map(|e| e.value);
    let (a, b) = match (score(before), score(after)) {
        (Some(a), Some(b)) => (a, b),
        (None, None) if before.weight == 0.0 && after.weight == 0.0 => (0.0, 0.0),
        _ => return None,
    };
    Some(Term {
        weight_before: before.weight,
        weight_after: after.weight,
        score_before: a,
        score_after: b,
    })
}
