//! Indices that read the answers of one respondent.
//!
//! Apart from the longest run there is no line that holds for every questionnaire. The others are hit beyond a fence of
//! their own distribution, three interquartile ranges from the quartile (Tukey's "far out"), where twice the distance from
//! median to quartile on that side stands for the interquartile range, because the indices are skewed: of normally distributed values
//! 1 in 400,000 lies there on one side, so that an honest survey is hardly flagged, and a survey in which a quarter is
//! careless moves the quartile itself. That is stated rather than tuned away: fences find the few, not the many.

use super::summary::{IndexResult, QualityIndex, Skipped, Unreachable};
use super::{Cases, Outcome};
use crate::clean::forensics::mahalanobis::{self, NoDistance};
use crate::clean::forensics::synonyms::{Kind, PAIRS_MIN, pairs, within_person};
use crate::clean::forensics::{Coded, PairMoments, even_odd, irv, longstring, person_total};
use crate::clean::rules::straight_line_max;
use crate::round::printed;
use crate::survey::Action;
use crate::survey::quality::{Fenced, Paired, QualityAction};
use rayon::prelude::*;

/// Tukey's factor for "far out".
const FENCE: f64 = 3.0;
/// Fewest defined values that quartiles are taken of.
const VALUES_MIN: usize = 20;
/// Default of `correlation_min`, as in `careless`.
const CORRELATION_MIN: f64 = 0.6;

/// On which side of its distribution an index speaks against a respondent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Low,
    High,
    Both,
}

/// Fewest dimensions with two halves: a correlation over fewer points is too uncertain, and its ends are reached by honest
/// respondents.
const SCALES_MIN: usize = 8;
/// Fewest items of a run that says anything.
const RUN_MIN: u32 = 8;
/// Default share of the items that a run takes.
pub(super) const RUN_SHARE: f64 = 0.8;

/// Smallest run that is hit.
pub(super) fn run_min(cases: &Cases<'_>) -> u32 {
    let share = cases.quality.longstring.share_min.unwrap_or(RUN_SHARE);
    super::whole_items(share, cases.raw.len()).max(RUN_MIN)
}

/// All of them, in the order of the report.
pub(super) fn indices(cases: &Cases<'_>) -> Vec<Outcome> {
    let (Some(raw), Some(turned)) = (cases.raw(), cases.turned()) else {
        return Vec::new();
    };
    let moments = PairMoments::of(&raw);
    let quality = cases.quality;
    let scales: Vec<Vec<usize>> = cases
        .survey
        .dimensions
        .iter()
        .filter(|d| d.parts.is_empty())
        .map(|d| d.items.clone())
        .collect();
    let halved = scales.iter().filter(|items| items.len() > 1).count();
    let each = |value: &(dyn Fn(usize) -> Option<f64> + Sync)| -> Vec<Option<f64>> { (0..raw.len()).into_par_iter().map(value).collect() };
    let items = raw.item_count();
    let variability = || each(&|case| irv::irv(&raw, case, 0..items));
    let halves = || each(&|case| even_odd::even_odd(&turned, case, &scales));
    let totals = || each(&|case| person_total::person_total(&raw, &moments, case, true));
    vec![
        longest_run(cases, &raw),
        fenced(QualityIndex::Variability, &quality.variability, Side::Both, variability),
        if halved < SCALES_MIN && quality.even_odd.action != QualityAction::Off {
            Outcome::skipped(QualityIndex::EvenOdd, quality.even_odd.action, Skipped::TooLittle)
        } else {
            fenced(QualityIndex::EvenOdd, &quality.even_odd, Side::High, halves)
        },
        distance(&quality.mahalanobis, &raw, &moments),
        paired(QualityIndex::Synonyms, &quality.synonyms, &raw, &moments),
        paired(QualityIndex::Antonyms, &quality.antonyms, &raw, &moments),
        fenced(QualityIndex::PersonTotal, &quality.person_total, Side::Low, totals),
    ]
}

fn longest_run(cases: &Cases<'_>, raw: &Coded<'_>) -> Outcome {
    let (index, action) = (QualityIndex::Longstring, cases.quality.longstring.action);
    if action == QualityAction::Off {
        return Outcome::skipped(index, action, Skipped::Off);
    }
    let line = run_min(cases);
    if raw.item_count() < RUN_MIN as usize {
        return Outcome::skipped(index, action, Skipped::TooLittle);
    }
    let longest: Vec<u32> = (0..raw.len()).map(|case| longstring::runs(raw.packed(case)).longest).collect();
    let values: Vec<Option<f64>> = longest.iter().map(|run| Some(f64::from(*run))).collect();
    let mut result = IndexResult::new(index, action, None);
    result.settings = format!("run_min = {line}");
    result.n = values.len() as u64;
    result.line_high = Some(f64::from(line));
    // The rule looks at the same run: what it excluded is not here to be hit.
    let left = cases
        .survey
        .cleaning
        .straight_line
        .as_ref()
        .filter(|rule| rule.action == Action::Exclude);
    let left = left.map(|rule| straight_line_max(cases.survey, rule));
    result.unreachable = left.filter(|most| *most < line).map(|_| Unreachable::ExcludedBefore);
    result.distribution = five_numbers(&values);
    let hits = longest.iter().enumerate().filter(|(_, run)| **run >= line);
    Outcome {
        hits: hits
            .map(|(case, run)| (case, format!("run={run}; min={line}; items={}", raw.item_count())))
            .collect(),
        result,
    }
}

fn fenced(index: QualityIndex, rule: &Fenced, side: Side, values: impl FnOnce() -> Vec<Option<f64>>) -> Outcome {
    if rule.action == QualityAction::Off {
        return Outcome::skipped(index, rule.action, Skipped::Off);
    }
    beyond_fence(index, rule.action, rule.fence.unwrap_or(FENCE), side, &values())
}

/// Distances of different degrees of freedom are compared as normal deviates (Wilson & Hilferty 1931).
fn distance(rule: &Fenced, raw: &Coded<'_>, moments: &PairMoments) -> Outcome {
    let index = QualityIndex::Mahalanobis;
    if rule.action == QualityAction::Off {
        return Outcome::skipped(index, rule.action, Skipped::Off);
    }
    let distances = match mahalanobis::distances(raw, moments) {
        Ok(distances) => distances,
        Err(NoDistance::TooLittle) => return Outcome::skipped(index, rule.action, Skipped::TooLittle),
        Err(NoDistance::Singular) => return Outcome::skipped(index, rule.action, Skipped::Singular),
    };
    let deviate = |d: &Option<mahalanobis::Distance>| {
        d.map(|d| {
            let df = f64::from(d.df);
            let part = 2.0 / (9.0 * df);
            (libm::cbrt(d.squared / df) - (1.0 - part)) / part.sqrt()
        })
    };
    let values: Vec<Option<f64>> = distances.iter().map(deviate).collect();
    let mut outcome = beyond_fence(index, rule.action, rule.fence.unwrap_or(FENCE), Side::High, &values);
    for (case, fact) in &mut outcome.hits {
        if let Some(Some(d)) = distances.get(*case) {
            fact.push_str(&format!("; d2={}; df={}", printed(d.squared, 2), d.df));
        }
    }
    outcome
}

fn paired(index: QualityIndex, rule: &Paired, raw: &Coded<'_>, moments: &PairMoments) -> Outcome {
    if rule.action == QualityAction::Off {
        return Outcome::skipped(index, rule.action, Skipped::Off);
    }
    let critical = rule.correlation_min.unwrap_or(CORRELATION_MIN);
    let (kind, side) = if index == QualityIndex::Synonyms {
        (Kind::Synonyms, Side::Low)
    } else {
        (Kind::Antonyms, Side::High)
    };
    let pairs = pairs(moments, kind, critical);
    if pairs.len() < PAIRS_MIN {
        let mut outcome = Outcome::skipped(index, rule.action, Skipped::NoPairs);
        outcome.result.settings = format!("correlation_min = {critical}; pairs = {}", pairs.len());
        return outcome;
    }
    let values: Vec<Option<f64>> = (0..raw.len())
        .into_par_iter()
        .map(|case| within_person(raw, case, &pairs))
        .collect();
    let mut outcome = beyond_fence(index, rule.action, rule.fence.unwrap_or(FENCE), side, &values);
    outcome.result.settings = format!("correlation_min = {critical}; pairs = {}; {}", pairs.len(), outcome.result.settings);
    outcome
}

fn beyond_fence(index: QualityIndex, action: QualityAction, fence: f64, side: Side, values: &[Option<f64>]) -> Outcome {
    let n = values.iter().flatten().count();
    let Some(five) = five_numbers(values).filter(|_| n >= VALUES_MIN) else {
        return Outcome::skipped(index, action, Skipped::TooLittle);
    };
    let mut result = IndexResult::new(index, action, None);
    result.settings = format!("fence = {fence}");
    result.n = n as u64;
    result.distribution = Some(five);
    let [_, low, median, high, _] = five;
    if high - low <= 1e-12 {
        result.skipped = Some(Skipped::NoSpread);
        return Outcome { result, hits: Vec::new() };
    }
    // Each side by its own half of the spread: these distributions are skewed.
    result.line_low = (side != Side::High).then_some(low - fence * 2.0 * (median - low));
    result.line_high = (side != Side::Low).then_some(high + fence * 2.0 * (high - median));
    result.unreachable = index
        .range()
        .filter(|range| outside(&result, *range))
        .map(|_| Unreachable::OutsideRange);
    let line = |value: f64| {
        let below = result.line_low.filter(|line| value < *line);
        below.or_else(|| result.line_high.filter(|line| value > *line))
    };
    let hit = |(case, value): (usize, &Option<f64>)| {
        let value = (*value)?;
        Some((case, format!("value={}; line={}", printed(value, 3), printed(line(value)?, 3))))
    };
    let hits = values.iter().enumerate().filter_map(hit).collect();
    Outcome { result, hits }
}

/// True when no value of the range lies beyond a line of the index.
fn outside(result: &IndexResult, (least, most): (f64, f64)) -> bool {
    result.line_low.is_none_or(|line| line <= least) && result.line_high.is_none_or(|line| line >= most)
}

/// Smallest value, quartiles and median, largest value; quartiles interpolated linearly (R's type 7).
pub(super) fn five_numbers(values: &[Option<f64>]) -> Option<[f64; 5]> {
    let mut sorted: Vec<f64> = values.iter().flatten().copied().collect();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    let at = |quarter: usize| {
        let (whole, rest) = (last * quarter / 4, (last * quarter % 4) as f64 / 4.0);
        let low = sorted.get(whole).copied()?;
        let high = sorted.get((whole + 1).min(last)).copied()?;
        Some(low + rest * (high - low))
    };
    Some([at(0)?, at(1)?, at(2)?, at(3)?, at(4)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_are_those_of_r() {
        // R 4.2.2: quantile(c(1, 2, 4, 8, 16, 32))
        let values: Vec<Option<f64>> = [32.0, 1.0, 2.0, 16.0, 4.0, 8.0].map(Some).into();
        assert_eq!(five_numbers(&values), Some([1.0, 2.5, 6.0, 14.0, 32.0]));
        assert_eq!(five_numbers(&[Some(3.0), None]), Some([3.0; 5]));
        assert_eq!(five_numbers(&[None]), None);
    }

    /// Median −0.2 and quartiles ∓0.4 of it put the fence at −0.6 − 6 × 0.4 = −3, below any correlation; half as wide a spread at 0.8 puts
    /// it at 0.7 − 6 × 0.1 = 0.1, which can be reached.
    #[test]
    fn a_fence_outside_the_possible_values_is_told() {
        let spread =
            |middle: f64, width: f64| -> Vec<Option<f64>> { (-20..=20).map(|i| Some(middle + width * f64::from(i) / 10.0)).collect() };
        let judged = |values: &[Option<f64>]| beyond_fence(QualityIndex::PersonTotal, QualityAction::Flag, 3.0, Side::Low, values).result;
        let wide = judged(&spread(-0.2, 0.4));
        assert!((wide.line_low.unwrap() + 3.0).abs() < 1e-12, "{:?}", wide.line_low);
        assert_eq!(wide.unreachable, Some(Unreachable::OutsideRange));
        let narrow = judged(&spread(0.8, 0.1));
        assert!((narrow.line_low.unwrap() - 0.1).abs() < 1e-12, "{:?}", narrow.line_low);
        assert_eq!(narrow.unreachable, None);
        // A distance has no largest value.
        let distance = beyond_fence(QualityIndex::Mahalanobis, QualityAction::Flag, 3.0, Side::High, &spread(0.0, 9.0));
        assert_eq!(distance.result.unreachable, None);
    }

    #[test]
    fn what_lies_far_out_is_hit_and_a_point_mass_is_not_judged() {
        let mut values: Vec<Option<f64>> = (0..40).map(|i| Some(f64::from(i))).collect();
        values.push(Some(200.0));
        values.push(None);
        let outcome = beyond_fence(QualityIndex::Mahalanobis, QualityAction::Flag, 3.0, Side::High, &values);
        assert_eq!(outcome.hits, [(40, "value=200.000; line=90.000".to_owned())]);
        assert_eq!((outcome.result.n, outcome.result.line_low), (41, None));
        let flat = beyond_fence(
            QualityIndex::Variability,
            QualityAction::Flag,
            3.0,
            Side::Both,
            &vec![Some(1.0); 30],
        );
        assert_eq!((flat.result.skipped, flat.hits.len()), (Some(Skipped::NoSpread), 0));
        let few = beyond_fence(QualityIndex::Variability, QualityAction::Flag, 3.0, Side::Both, &[Some(1.0); 5]);
        assert_eq!(few.result.skipped, Some(Skipped::TooLittle));
    }
}
