//! The maximum percent match of every respondent, held against what honest answers give.

use super::summary::{IndexResult, MatchSummary, QualityIndex, Skipped};
use super::{Cases, Outcome};
use crate::clean::forensics::percent_match::{Best, Found, Search, search};
use crate::round::printed;
use crate::survey::quality::QualityAction;

/// Line of Kuriakose & Robbins.
const SHARE_MIN: f64 = 0.85;
/// One in a thousand may reach the line without copying.
const EXPECTED_MAX: f64 = 0.001;
const ITEMS_SHARE_MIN: f64 = 0.5;
/// About 140,000 respondents, each against each other.
const COMPARISONS_MAX: u64 = 20_000_000_000;
/// Steps of the histogram below a complete match.
const STEPS: usize = 20;
/// Fewest items: on fewer, equal answers mean nothing.
const ITEMS_MIN: u32 = 5;

/// What the search gives.
pub(super) struct Copies {
    pub(super) outcome: Outcome,
    pub(super) summary: Option<MatchSummary>,
    /// Whether the best match of each case reaches the stated line, for the comparison of interviewers: between them the line
    /// serves, however often honest answers reach it.
    pub(super) reached: Option<Vec<bool>>,
}

impl Copies {
    fn skipped(outcome: Outcome) -> Self {
        Self {
            outcome,
            summary: None,
            reached: None,
        }
    }
}

/// Runs the search.
pub(super) fn percent_match(cases: &Cases<'_>) -> Copies {
    let (index, rule) = (QualityIndex::PercentMatch, &cases.quality.percent_match);
    if rule.action == QualityAction::Off {
        return Copies::skipped(Outcome::skipped(index, rule.action, Skipped::Off));
    }
    let share_min = rule.share_min.unwrap_or(SHARE_MIN);
    let items_min = super::whole_items(rule.items_share_min.unwrap_or(ITEMS_SHARE_MIN), cases.raw.len()).max(ITEMS_MIN);
    let settings = Search {
        items_min,
        comparisons_max: rule.comparisons_max.unwrap_or(COMPARISONS_MAX),
        p_min: rule.expected_max.unwrap_or(EXPECTED_MAX),
        seed: cases.survey.design.seed,
    };
    let Some(found) = cases.raw().and_then(|raw| search(&raw, settings)) else {
        return Copies::skipped(Outcome::skipped(index, rule.action, Skipped::TooLittle));
    };
    let mut shares: Vec<f64> = found.best.iter().flatten().map(Best::share).collect();
    shares.sort_by(f64::total_cmp);
    let mut result = IndexResult::new(index, rule.action, None);
    let p_max = settings.p_min;
    result.settings = format!(
        "share_min = {share_min}; expected_max = {p_max}; items_min = {items_min}; seed = {}",
        settings.seed
    );
    result.n = shares.len() as u64;
    result.line_high = Some(share_min);
    result.distribution = super::answers::five_numbers(&shares.iter().copied().map(Some).collect::<Vec<_>>());
    let hits = hits(cases, &found, share_min, p_max);
    let summary = summary(&found, &shares, settings, share_min);
    let reached = found.best.iter().map(|best| best.is_some_and(|b| b.share() >= share_min)).collect();
    Copies {
        outcome: Outcome { result, hits },
        summary: Some(summary),
        reached: Some(reached),
    }
}

/// Matches at or above the stated line that are rarer than stated when nobody copies.
fn hits(cases: &Cases<'_>, found: &Found, share_min: f64, p_max: f64) -> Vec<(usize, String)> {
    let hit = |(case, (best, p)): (usize, (&Option<Best>, &Option<f64>))| {
        let (best, p) = ((*best)?, (*p)?);
        (best.share() >= share_min && p <= p_max).then(|| {
            let share = printed(best.share() * 100.0, 1);
            let partner = cases.line(best.partner as usize);
            let fact = format!(
                "match={share}%; alike={}; both={}; partner_line={partner}; p={}",
                best.alike,
                best.both,
                printed(p, 5)
            );
            (case, fact)
        })
    };
    found.best.iter().zip(&found.p_value).enumerate().filter_map(hit).collect()
}

fn summary(found: &Found, shares: &[f64], settings: Search, share_min: f64) -> MatchSummary {
    let reach = |shares: &[f64], line: f64| shares.iter().filter(|share| **share >= line).count() as u64;
    let deals = found.deals as f64;
    MatchSummary {
        comparable: found.comparable,
        looked_at: found.looked_at,
        items_min: settings.items_min,
        share_min,
        deals: found.deals,
        reached: reach(shares, share_min),
        reached_expected: reach(&found.expected, share_min) as f64 / deals,
        complete: reach(shares, 1.0),
        complete_expected: reach(&found.expected, 1.0) as f64 / deals,
        histogram: histogram(shares),
        histogram_expected: histogram(&found.expected).into_iter().map(|n| n as f64 / deals).collect(),
    }
}

fn histogram(shares: &[f64]) -> Vec<u64> {
    let mut counts = vec![0; STEPS + 1];
    for share in shares {
        // 0.85 is in the step that begins there, although 0.85 · 20 may be a little less than 17.
        let step = (share * STEPS as f64 + 1e-9) as usize;
        if let Some(count) = counts.get_mut(step.min(STEPS)) {
            *count += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::histogram;

    #[test]
    fn steps_hold_their_lower_end() {
        let counts = histogram(&[0.0, 0.85, 0.849, 0.9999, 1.0, 1.0]);
        assert_eq!((counts[0], counts[16], counts[17], counts[19], counts[20]), (1, 1, 1, 1, 2));
        assert_eq!(counts.iter().sum::<u64>(), 6);
    }
}
