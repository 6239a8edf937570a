//! Series from the answers of the waves: answers are put into periods above the waist, estimates are made from what they leave.

use super::preparing::Prepared;
use crate::assessment::WaveAssessment;
use crate::index::categories::Question;
use crate::index::estimate::Estimate;
use crate::index::linked::Measured;
use crate::score::Scoring;
use crate::survey::over_time::{Series, SeriesKind};
use crate::survey::{Survey, answer_series::Calendar, touchpoints::MeasureKind};
use crate::tally::{SideColumn, side_tallies};
use crate::touchpoints::compared::{COMPLAINT_RATE, points};
use crate::trend::comparability::{PairComparability, Standing};
use crate::trend::control::Found;
use crate::trend::control::answers::{Period, WavePeriods, found, period_of};
use std::collections::BTreeMap;

/// What is watched: the answers of one wave, and what each is worth.
struct Watched {
    column: SideColumn,
    values: Vec<f64>,
    kind: SeriesKind,
}

/// What was found for each series of the definition that is made from answers, by its position.
pub(super) fn answer_series(
    survey: &Survey,
    prepared: &[Prepared<'_>],
    measured: &[Measured],
    (waves, pairs): (&[WaveAssessment], &[PairComparability]),
) -> BTreeMap<usize, Found> {
    let series = survey.series.iter().enumerate().filter(|(_, s)| s.from.is_some());
    let one = |(position, spec): (usize, &Series)| Some((position, of_series(survey, spec, (prepared, measured), (waves, pairs))?));
    series.filter_map(one).collect()
}

fn of_series(
    survey: &Survey,
    spec: &Series,
    (prepared, measured): (&[Prepared<'_>], &[Measured]),
    (assessed, pairs): (&[WaveAssessment], &[PairComparability]),
) -> Option<Found> {
    let (of, by) = (spec.of.as_deref()?, spec.by?);
    let mut kind = SeriesKind::Mean;
    let mut waves: Vec<WavePeriods> = Vec::new();
    let mut before: Option<&str> = None;
    for (one, made_from) in prepared.iter().zip(measured) {
        let Some(watched) = watched(survey, one, of) else { continue };
        let rests_on = rests_on(survey, of);
        let joined = |earlier: &str| {
            pairs
                .iter()
                .any(|p| p.from == earlier && p.to == one.wave.id && p.standing(rests_on) == Standing::Comparable)
        };
        // From the last break on. A bridge is measured for a wave as a whole and not taken off single weeks.
        if before.is_some_and(|earlier| !joined(earlier)) {
            waves.clear();
        }
        before = Some(&one.wave.id);
        kind = watched.kind;
        // All periods together tell what the wave withholds.
        if !assessed.iter().any(|wave| wave.id == one.wave.id && is_published(wave, of)) {
            continue;
        }
        waves.push(periods(survey, one, made_from, &watched, by));
    }
    let base_min = spec.base_min.unwrap_or(0).max(survey.design.domain_base_min);
    Some(found(of, by, base_min, kind, &waves))
}

/// Whether a wave publishes the number of everybody.
fn is_published(wave: &WaveAssessment, of: &str) -> bool {
    let measure = wave.touchpoints.iter().find(|t| t.id == of).map(|t| &t.reported);
    let reported = measure.or_else(|| wave.items.iter().find(|i| i.id == of).map(|i| &i.score));
    reported.is_some_and(|r| r.estimate.is_some())
}

/// The item whose breaks are those of what is watched.
fn rests_on<'a>(survey: &'a Survey, of: &'a str) -> &'a str {
    use crate::survey::touchpoints::AnswerSource;
    let measure = survey.touchpoints.measures.iter().find(|m| m.id == of);
    let item = match measure.map(|m| &m.source) {
        Some(AnswerSource::Item(at)) => survey.items.get(*at),
        _ => None,
    };
    item.map_or(of, |item| &item.id)
}

/// Measures first: their ids are told apart from items by the definition.
fn watched(survey: &Survey, prepared: &Prepared<'_>, of: &str) -> Option<Watched> {
    let gathered = &prepared.touchpoints;
    if let Some(measure) = gathered.compared(survey).into_iter().find(|m| m.id == of) {
        let of_spec = survey.touchpoints.measures.iter().find(|m| m.id == of);
        let is_share = of == COMPLAINT_RATE || of_spec.is_some_and(|m| m.kind == MeasureKind::Csat);
        return Some(Watched {
            column: gathered.column(measure.column)?.clone(),
            values: measure.values,
            kind: if is_share { SeriesKind::Share } else { SeriesKind::Mean },
        });
    }
    let (at, item) = survey.items.iter().enumerate().find(|(_, item)| item.id == of)?;
    let scoring = Scoring::of(item);
    let step = |row: usize| {
        let packed = prepared.responses.row(row).get(at)?;
        scoring.steps(*packed)
    };
    Some(Watched {
        column: (0..prepared.responses.len()).map(step).collect(),
        values: points(item.scale.range()),
        kind: SeriesKind::Mean,
    })
}

/// One wave: each period from a tally of its own, in which whoever was sent at another time has not answered.
fn periods(survey: &Survey, prepared: &Prepared<'_>, measured: &Measured, watched: &Watched, by: Calendar) -> WavePeriods {
    let kept = &prepared.cleaned.kept;
    let times = prepared.responses.traces.submitted.as_ref();
    let period = |row: usize| period_of(times?.get(row).copied().flatten()?, by);
    let mut columns: BTreeMap<i64, SideColumn> = BTreeMap::new();
    let mut untimed = 0;
    for (row, answer) in watched.column.iter().enumerate() {
        if answer.is_none() || kept.get(row) != Some(&true) {
            continue;
        }
        match period(row) {
            None => untimed += 1,
            Some(number) => {
                let column = columns.entry(number).or_insert_with(|| vec![None; watched.column.len()]);
                column.iter_mut().skip(row).take(1).for_each(|slot| *slot = *answer);
            }
        }
    }
    let (numbers, columns): (Vec<i64>, Vec<SideColumn>) = columns.into_iter().unzip();
    let tallies = side_tallies(survey, &prepared.responses, kept, &columns);
    let estimate = |tally| -> Option<Estimate> {
        let question = Question {
            tally,
            weights: &measured.weights,
            level: survey.design.level,
            domain: None,
        };
        let found = question.mean(&watched.values)?;
        // A sample that is not random claims no precision.
        Some(if survey.design.claims_precision() {
            found
        } else {
            found.without_precision()
        })
    };
    let of_tallies = numbers.into_iter().zip(&tallies);
    WavePeriods {
        wave: prepared.wave.id.clone(),
        periods: of_tallies
            .map(|(number, tally)| Period {
                number,
                estimate: estimate(tally),
            })
            .collect(),
        untimed,
    }
}
