//! Breaks that the waves themselves show.
//!
//! What is certain breaks the comparison: another scale, other words of a question or of its answers, an item that one of the waves does
//! not have, another mode, an index made another way. What only hints at a change is a reservation: another version of the questionnaire
//! that no record explains, other strata of the frame.

use super::{BreakRecord, Effect, Origin, Structure, said};
use crate::assessment::{ItemResult, WaveAssessment};
use crate::locale::{Lang, Messages, Text};
use crate::survey::over_time::BreakKind;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Names that are written out; the rest is counted.
const NAMES_MAX: usize = 6;

pub(super) fn between(
    structure: &Structure<'_>,
    from: &WaveAssessment,
    to: &WaveAssessment,
    log: Option<&[Date]>,
    declared: &[BreakRecord],
) -> Vec<BreakRecord> {
    let pair = Pair { structure, from, to };
    let mut found = Vec::new();
    found.extend(pair.items_that_differ(BreakKind::Scale, &|a, b| a.scale != b.scale || a.reversed != b.reversed));
    found.extend(pair.items_that_differ(BreakKind::Wording, &reworded));
    found.extend(pair.items_that_differ(BreakKind::Options, &|a, b| {
        !a.options.is_empty() && !b.options.is_empty() && a.options != b.options
    }));
    found.extend(pair.items_missing());
    found.extend(pair.mode());
    found.extend(pair.index_rule(structure));
    found.extend(pair.strata());
    // A declared change of wording, scale or options is the change that the new version stands for.
    if declared.is_empty() {
        found.extend(pair.questionnaire(log));
    }
    found
}

/// Another wording, where both waves state one.
fn reworded(a: &ItemResult, b: &ItemResult) -> bool {
    let states = |item: &ItemResult| item.title != Text::same(&item.id);
    states(a) && states(b) && a.title != b.title
}

struct Pair<'a> {
    structure: &'a Structure<'a>,
    from: &'a WaveAssessment,
    to: &'a WaveAssessment,
}

impl Pair<'_> {
    fn record(&self, what: BreakKind, effect: Effect, quantities: BTreeSet<String>, reason: Text) -> BreakRecord {
        BreakRecord {
            wave: self.to.id.clone(),
            what,
            origin: Origin::Found,
            effect,
            everything: quantities.is_empty(),
            quantities,
            reason,
            note: None,
            comparable: None,
            offsets: Vec::new(),
            source: None,
        }
    }

    /// The two waves by title, with further arguments.
    fn reason(&self, key: &str, more: &dyn Fn(Lang) -> Vec<(&'static str, String)>) -> Text {
        said(key, |lang| {
            let mut args = vec![
                ("from", self.from.title.get(lang).to_owned()),
                ("to", self.to.title.get(lang).to_owned()),
            ];
            args.extend(more(lang));
            args
        })
    }

    fn of_items(&self, what: BreakKind, items: &[&str]) -> Option<BreakRecord> {
        if items.is_empty() {
            return None;
        }
        let key = format!("break-found-{}", what.as_str());
        let reason = self.reason(&key, &|_| vec![("items", names(items)), ("count", items.len().to_string())]);
        let touched = self.structure.touched(items.iter().copied(), []);
        Some(self.record(what, Effect::Breaks, touched, reason))
    }

    fn items_that_differ(&self, what: BreakKind, differ: &dyn Fn(&ItemResult, &ItemResult) -> bool) -> Option<BreakRecord> {
        let later = |item: &ItemResult| self.to.items.iter().find(|i| i.id == item.id);
        let differing = self.from.items.iter().filter(|a| later(a).is_some_and(|b| differ(a, b)));
        let items: Vec<&str> = differing.map(|i| i.id.as_str()).collect();
        self.of_items(what, &items)
    }

    /// Items that only one of the waves has an answer to, and those that moved to another dimension.
    fn items_missing(&self) -> Option<BreakRecord> {
        let answered = |wave: &WaveAssessment| -> BTreeSet<(String, String)> {
            let given = wave.items.iter().filter(|i| i.score.estimate.is_some());
            given.map(|i| (i.id.clone(), i.dimension.clone())).collect()
        };
        let (a, b) = (answered(self.from), answered(self.to));
        let items: BTreeSet<&str> = a.symmetric_difference(&b).map(|(id, _)| id.as_str()).collect();
        self.of_items(BreakKind::Items, &items.into_iter().collect::<Vec<_>>())
    }

    fn mode(&self) -> Option<BreakRecord> {
        let (a, b) = self.from.mode.zip(self.to.mode).filter(|(a, b)| a != b)?;
        let word = |lang: Lang, mode: crate::survey::Mode| {
            let name = serde_json::to_value(mode).ok().and_then(|v| v.as_str().map(str::to_owned));
            Messages::of(lang).word(&format!("break-mode-{}", name.unwrap_or_default()))
        };
        let reason = self.reason("break-found-mode", &|lang| {
            vec![("before", word(lang, a)), ("after", word(lang, b))]
        });
        Some(self.record(BreakKind::Mode, Effect::Breaks, BTreeSet::new(), reason))
    }

    /// The index is another dimension, or item weights come from elsewhere, in a wave that was taken from an earlier assessment.
    fn index_rule(&self, structure: &Structure<'_>) -> Option<BreakRecord> {
        let own = structure.survey.model.weights;
        let rule = |wave: &WaveAssessment| {
            let taken = wave.taken.as_ref();
            let dimension = taken.map_or(structure.index_dimension, |t| t.index_dimension.as_deref());
            (taken.map_or(own, |t| t.item_weights), dimension.map(str::to_owned))
        };
        let (a, b) = (rule(self.from), rule(self.to));
        let touched = if a.0 != b.0 {
            self.structure.touched([], self.to.dimensions.iter().map(|d| d.id.as_str()))
        } else if a.1 != b.1 {
            BTreeSet::from([super::INDEX.to_owned()])
        } else {
            return None;
        };
        // Where weights differ the items themselves are still the same.
        let items: BTreeSet<&str> = self.to.items.iter().map(|i| i.id.as_str()).collect();
        let touched: BTreeSet<String> = touched.into_iter().filter(|q| !items.contains(q.as_str())).collect();
        let reason = self.reason("break-found-index-rule", &|_| Vec::new());
        Some(self.record(BreakKind::IndexRule, Effect::Breaks, touched, reason))
    }

    /// Strata that only one of the frames has.
    fn strata(&self) -> Option<BreakRecord> {
        let strata = |wave: &WaveAssessment| -> BTreeSet<String> { wave.coverage.strata.iter().map(|s| s.stratum.clone()).collect() };
        let known = self.from.coverage.population.is_some() && self.to.coverage.population.is_some();
        let (a, b) = (strata(self.from), strata(self.to));
        let other: Vec<&str> = a.symmetric_difference(&b).map(String::as_str).collect();
        if !known || other.is_empty() {
            return None;
        }
        let reason = self.reason("break-found-frame", &|_| {
            vec![("items", names(&other)), ("count", other.len().to_string())]
        });
        Some(self.record(BreakKind::Frame, Effect::Reservation, BTreeSet::new(), reason))
    }

    /// Another version of the questionnaire, and no entry in the record of its changes between the two fieldings.
    fn questionnaire(&self, log: Option<&[Date]>) -> Option<BreakRecord> {
        let (a, b) = self.from.questionnaire.as_ref().zip(self.to.questionnaire.as_ref())?;
        let day = |wave: &WaveAssessment, last: bool| {
            let text = if last { wave.field_end.as_ref() } else { wave.field_start.as_ref() };
            text.and_then(|t| t.parse::<Date>().ok())
        };
        let explained = log.is_some_and(|days| {
            let after = day(self.from, false);
            let until = day(self.to, true);
            days.iter().any(|d| after.is_none_or(|a| *d >= a) && until.is_none_or(|u| *d <= u))
        });
        if a == b || explained {
            return None;
        }
        let reason = self.reason("break-found-questionnaire", &|_| vec![("before", a.clone()), ("after", b.clone())]);
        Some(self.record(BreakKind::Questionnaire, Effect::Reservation, BTreeSet::new(), reason))
    }
}

/// The first few names, an ellipsis for the rest.
fn names(all: &[&str]) -> String {
    let mut text = all.iter().take(NAMES_MAX).copied().collect::<Vec<_>>().join(", ");
    if all.len() > NAMES_MAX {
        text.push_str(" …");
    }
    text
}
