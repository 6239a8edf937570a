//! Which quantities of two waves may be compared at all.
//!
//! A difference between two waves is a change of opinion only where both were asked the same way. What changed is declared in the
//! definition (`[[breaks]]`) or found in the waves themselves ([`found`]). A quantity that a break touches is **not compared** unless the
//! definition bridges the break: by a stated reason, or by an offset that was measured, whose error then adds to that of the change.
//!
//! What a break of an item touches: the item, the dimension it belongs to, and the index where that is made of this dimension.

pub mod earlier;
mod found;
pub mod invariance;

use crate::assessment::WaveAssessment;
use crate::finding::{Code, Finding, Place};
use crate::index::estimate::{Estimate, Reported};
use crate::locale::{Lang, Messages, Text};
use crate::stats::Interval;
use crate::survey::Survey;
use crate::survey::over_time::{Break, BreakKind, Offset};
use invariance::WaveInvariance;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

pub use crate::survey::surveillance::INDEX;

/// What two waves have in common and what lies between them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PairComparability {
    /// Earlier wave.
    pub from: String,
    /// Later wave.
    pub to: String,
    /// What changed in between, declared and found.
    pub breaks: Vec<BreakRecord>,
    /// Measurement invariance of the constructs between the two waves, where a path model makes them and both waves have their answers.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub invariance: Option<WaveInvariance>,
}

/// How it is known that something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The definition says so.
    Declared,
    /// The waves differ in it.
    Found,
}

/// What follows from a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// What it touches is not compared.
    Breaks,
    /// It is compared over a bridge that the definition states.
    Bridged,
    /// It is compared, with a reservation: the waves hint at a change and nobody says what it was.
    Reservation,
}

/// Something that changed between two waves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BreakRecord {
    /// First wave done the new way.
    pub wave: String,
    /// What changed.
    pub what: BreakKind,
    /// How that is known.
    pub origin: Origin,
    /// What follows.
    pub effect: Effect,
    /// True when it touches every quantity.
    pub everything: bool,
    /// Items, dimensions and `index` that it touches.
    pub quantities: BTreeSet<String>,
    /// What differs, in words.
    pub reason: Text,
    /// What the definition adds to that.
    pub note: Option<Text>,
    /// Why it is comparable all the same, as declared.
    pub comparable: Option<Text>,
    /// Offsets that were measured.
    pub offsets: Vec<Offset>,
    /// Where they come from.
    pub source: Option<Text>,
}

/// Whether one quantity of two waves may be compared.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// Nothing is known against it.
    Comparable,
    /// Over a bridge: what is to be taken off the later estimate; zero where comparability was declared.
    Bridged(Bridge),
    /// Not at all, and why.
    Refused(Vec<Text>),
}

/// What is to be taken off the later estimate before it is compared: the sum of the offsets of all breaks in between, their errors
/// taken as independent of each other and of the waves.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bridge {
    /// Points that the new way reads higher.
    pub points: f64,
    /// Standard error of them, √Σ SE²; 0 where comparability was declared.
    pub standard_error: f64,
    /// Degrees of freedom of the standard error (Satterthwaite); absent where it is taken as known.
    pub df: Option<f64>,
}

/// A quantity that is not compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NotCompared {
    /// `index`, a dimension or an item.
    pub quantity: String,
    /// Title.
    pub title: Text,
    /// Why not.
    pub reasons: Vec<Text>,
}

impl BreakRecord {
    /// True when the break touches a quantity.
    #[must_use]
    pub fn touches(&self, quantity: &str) -> bool {
        self.everything || self.quantities.contains(quantity)
    }

    /// True when a quantity may be compared across it.
    #[must_use]
    pub fn is_bridged_for(&self, quantity: &str) -> bool {
        self.effect == Effect::Reservation || self.comparable.is_some() || self.offset_of(quantity).is_some()
    }

    fn offset_of(&self, quantity: &str) -> Option<&Offset> {
        self.offsets.iter().find(|o| o.of == quantity)
    }

    /// True when the definition says something of the same kind that touches all that this one touches.
    fn is_covered_by(&self, other: &Self) -> bool {
        let all = other.everything || (!self.everything && self.quantities.is_subset(&other.quantities));
        self.what == other.what && all
    }
}

impl PairComparability {
    /// Whether a quantity may be compared: `index`, a dimension or an item. What is reported by domain stands and falls with the
    /// quantity itself.
    #[must_use]
    pub fn standing(&self, quantity: &str) -> Standing {
        let touching = || {
            self.breaks
                .iter()
                .filter(|b| b.touches(quantity) && b.effect != Effect::Reservation)
        };
        let reasons: Vec<Text> = touching()
            .filter(|b| !b.is_bridged_for(quantity))
            .map(|b| b.reason.clone())
            .collect();
        if !reasons.is_empty() {
            return Standing::Refused(reasons);
        }
        if touching().next().is_none() {
            return Standing::Comparable;
        }
        let offsets = touching().filter_map(|b| b.offset_of(quantity));
        Standing::Bridged(offsets.fold(Bridge::NONE, Bridge::and))
    }

    /// True when a quantity may be compared, over a bridge or without one.
    #[must_use]
    pub fn allows(&self, quantity: &str) -> bool {
        !matches!(self.standing(quantity), Standing::Refused(_))
    }
}

impl Bridge {
    /// Nothing to take off.
    pub const NONE: Self = Self {
        points: 0.0,
        standard_error: 0.0,
        df: None,
    };

    fn and(self, offset: &Offset) -> Self {
        let variance = |se: f64| se * se;
        let (own, more) = (variance(self.standard_error), variance(offset.standard_error));
        let part = |variance: f64, df: Option<f64>| df.map_or(0.0, |df| variance * variance / df);
        let uncertain = part(own, self.df) + part(more, offset.df);
        Self {
            points: self.points + offset.points,
            standard_error: (own + more).sqrt(),
            df: (uncertain > 0.0).then(|| (own + more) * (own + more) / uncertain),
        }
    }

    /// The later estimate as it would have been the old way: value less the offset, its standard error √(SE² + offset's SE²), degrees of
    /// freedom after Welch and Satterthwaite. An estimate without standard error stays without one.
    #[must_use]
    pub fn apply(&self, later: &Reported, level: f64) -> Reported {
        let Some(estimate) = later.estimate else { return later.clone() };
        if self.points == 0.0 && self.standard_error == 0.0 {
            return later.clone();
        }
        let (a, b) = (estimate.standard_error.map(|se| se * se), self.standard_error * self.standard_error);
        let total = a.map(|a| a + b);
        let uncertain = |a: f64| estimate.df.map_or(0.0, |df| a * a / df) + self.df.map_or(0.0, |df| b * b / df);
        let df = a.zip(total).and_then(|(a, total)| {
            let uncertain = uncertain(a);
            (uncertain > 0.0).then(|| total * total / uncertain)
        });
        let value = estimate.value - self.points;
        let standard_error = total.map(f64::sqrt);
        Reported::of(Estimate {
            value,
            standard_error,
            interval: standard_error.and_then(|se| Interval::around(value, se, df, level)),
            df,
            ..estimate
        })
    }
}

/// The pairs of waves that are compared: each with the one before it, and the last with the first where that is another pair.
#[must_use]
pub fn pairs(count: usize) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = (1..count).map(|later| (later - 1, later)).collect();
    if count > 2 {
        pairs.push((0, count - 1));
    }
    pairs
}

/// Holds every pair of waves against what the definition declares and what the waves show. `log` are the days on which the
/// questionnaire was changed, where there is a record of that.
#[must_use]
pub fn comparability(survey: &Survey, waves: &[WaveAssessment], log: Option<&[Date]>) -> Vec<PairComparability> {
    let structure = Structure::of(survey, waves);
    let pair = |(a, b): (usize, usize)| {
        let (from, to) = (waves.get(a)?, waves.get(b)?);
        let between: Vec<&str> = waves.iter().take(b + 1).skip(a + 1).map(|w| w.id.as_str()).collect();
        let declared: Vec<BreakRecord> = survey
            .breaks
            .iter()
            .filter(|one| between.contains(&one.wave.as_str()))
            .map(|one| structure.declared(one))
            .collect();
        let found = found::between(&structure, from, to, log, &declared);
        let news = found.into_iter().filter(|f| !declared.iter().any(|d| f.is_covered_by(d)));
        let mut breaks: Vec<BreakRecord> = news.collect();
        breaks.splice(0..0, declared);
        Some(PairComparability {
            from: from.id.clone(),
            to: to.id.clone(),
            breaks,
            invariance: None,
        })
    };
    pairs(waves.len()).into_iter().filter_map(pair).collect()
}

/// What is to be said of each pair: quantities that are not compared, and reservations.
#[must_use]
pub fn findings(pairs: &[PairComparability], comparisons: &[super::Comparison]) -> Vec<Finding> {
    let mut all = Vec::new();
    for pair in pairs {
        let of_pair = comparisons.iter().find(|c| c.from == pair.from && c.to == pair.to);
        let refused = of_pair.map_or(0, |c| c.not_compared.len());
        let kinds = |effect: &dyn Fn(&BreakRecord) -> bool| {
            let kinds: BTreeSet<&str> = pair.breaks.iter().filter(|b| effect(b)).map(|b| b.what.as_str()).collect();
            kinds.into_iter().collect::<Vec<_>>().join(", ")
        };
        let place = Place::subject(format!("{} → {}", pair.from, pair.to));
        let finding = |code: Code, what: String| {
            let finding = Finding::new(code, place.clone()).with("from", &pair.from).with("to", &pair.to);
            finding.with("what", what).with("count", refused)
        };
        if refused > 0 {
            all.push(finding(Code::NotComparable, kinds(&|b| b.effect != Effect::Reservation)));
        }
        let reserved = kinds(&|b| b.effect == Effect::Reservation);
        if !reserved.is_empty() {
            all.push(finding(Code::ComparableReserved, reserved));
        }
    }
    all
}

/// What hangs together: which item belongs to which dimension, and what the index is made of.
struct Structure<'a> {
    survey: &'a Survey,
    dimension_of: BTreeMap<&'a str, &'a str>,
    index_dimension: Option<&'a str>,
}

impl<'a> Structure<'a> {
    fn of(survey: &'a Survey, waves: &'a [WaveAssessment]) -> Self {
        let of_waves = waves
            .iter()
            .flat_map(|w| w.items.iter().map(|i| (i.id.as_str(), i.dimension.as_str())));
        let index_dimension = match survey.index {
            crate::survey::IndexSpec::Dimension(at) => survey.dimensions.get(at).map(|d| d.id.as_str()),
            crate::survey::IndexSpec::Composite => None,
        };
        Self {
            survey,
            dimension_of: of_waves.collect(),
            index_dimension,
        }
    }

    /// The items, their dimensions, and the index where it is made of them.
    fn touched<'b>(&self, items: impl IntoIterator<Item = &'b str>, dimensions: impl IntoIterator<Item = &'b str>) -> BTreeSet<String> {
        let mut touched: BTreeSet<String> = items.into_iter().map(str::to_owned).collect();
        let of_items: Vec<&str> = touched.iter().filter_map(|i| self.dimension_of.get(i.as_str()).copied()).collect();
        let mut whole: BTreeSet<String> = dimensions.into_iter().map(str::to_owned).collect();
        touched.extend(
            self.dimension_of
                .iter()
                .filter(|(_, d)| whole.contains(**d))
                .map(|(i, _)| (*i).to_owned()),
        );
        whole.extend(of_items.into_iter().map(str::to_owned));
        if whole.iter().any(|d| self.index_dimension.is_none_or(|index| index == d)) {
            touched.insert(INDEX.to_owned());
        }
        touched.extend(whole);
        touched
    }

    fn declared(&self, one: &Break) -> BreakRecord {
        let items = one.items.iter().map(String::as_str);
        let bridged = one.comparable.is_some() || !one.offsets.is_empty();
        BreakRecord {
            wave: one.wave.clone(),
            what: one.what,
            origin: Origin::Declared,
            effect: if bridged { Effect::Bridged } else { Effect::Breaks },
            everything: one.items.is_empty() && one.dimensions.is_empty(),
            quantities: self.touched(items, one.dimensions.iter().map(String::as_str)),
            reason: self.reason(one),
            note: one.note.clone(),
            comparable: one.comparable.clone(),
            offsets: one.offsets.clone(),
            source: one.source.clone(),
        }
    }

    /// What was declared, in words.
    fn reason(&self, one: &Break) -> Text {
        let title = self.survey.waves.iter().find(|w| w.id == one.wave).and_then(|w| w.title.clone());
        let title = title.unwrap_or_else(|| Text::same(&one.wave));
        said("break-declared", |lang| {
            let note = one.note.as_ref().map_or("", |n| n.get(lang));
            let what = Messages::of(lang).word(&format!("break-{}", one.what.as_str()));
            vec![
                ("wave", title.get(lang).to_owned()),
                ("what", what),
                ("noted", if note.is_empty() { "no" } else { "yes" }.to_owned()),
                ("note", note.to_owned()),
            ]
        })
    }
}

/// A sentence in both languages, its arguments made harmless.
pub(crate) fn said(key: &str, args: impl Fn(Lang) -> Vec<(&'static str, String)>) -> Text {
    let one = |lang: Lang| {
        let args = args(lang).into_iter().map(|(name, value)| (name, crate::text::shown(&value, 300)));
        Messages::of(lang).message(key, &args.collect())
    };
    Text {
        zh: one(Lang::Zh),
        en: one(Lang::En),
    }
}

#[cfg(test)]
mod tests;
