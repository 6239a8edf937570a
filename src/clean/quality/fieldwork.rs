//! How the interviews came in: crowds of submissions, shared addresses and devices, interviewers.

use super::summary::{Between, BurstFound, IndexResult, InterviewerFound, QualityIndex, SharedFound, Skipped, StandsOut, Versus};
use super::{Cases, Outcome, answers};
use crate::clean::forensics::interviewers::{self, Against, Interview};
use crate::clean::forensics::overlaps::{self as at_once, Held};
use crate::clean::forensics::{bursts as crowds, longstring, shared};
use crate::stats::{CompensatedSum, holm};
use crate::survey::quality::QualityAction;
use std::collections::{BTreeMap, BTreeSet};

/// Window of a crowd of submissions, when the definition states none.
const WINDOW_SECONDS: u32 = 60;
/// Level of the test of crowds, when the definition states none.
const BURST_ALPHA: f64 = 0.001;
/// Interviews from which a shared address is told: offices and carriers share theirs among many people.
const IP_MIN: u64 = 5;
/// Interviews from which a shared device is told: a household may share one.
const DEVICE_MIN: u64 = 3;
/// Seconds in common from which two interviews overlap: clocks and durations are rounded.
const OVERLAP_SECONDS: u32 = 60;
/// Level of the tests of interviewers, over all of them together.
const INTERVIEWER_ALPHA: f64 = 0.01;
/// Fewest interviews of an interviewer who is judged.
const INTERVIEWS_MIN: u64 = 5;
/// Most crowds, addresses or devices listed.
const LISTED: usize = 20;
/// Most interviewers listed.
const INTERVIEWERS_LISTED: usize = 50;

/// The part of a keyed digest that is shown.
fn code(digest: u64) -> String {
    format!("{:06x}", digest & 0x00ff_ffff)
}

/// Interviewers numbered by their digest; cases without one have none.
struct Numbers {
    of_case: Vec<Option<u32>>,
    digests: Vec<u64>,
}

impl Numbers {
    fn of(cases: &Cases<'_>) -> Option<Self> {
        let digests = cases.trace(cases.responses.traces.interviewer.as_ref())?;
        let distinct: BTreeSet<u64> = digests.iter().copied().filter(|d| *d != 0).collect();
        let number: BTreeMap<u64, u32> = distinct.iter().enumerate().map(|(at, digest)| (*digest, at as u32)).collect();
        Some(Self {
            of_case: digests.iter().map(|digest| number.get(digest).copied()).collect(),
            digests: distinct.into_iter().collect(),
        })
    }

    fn code(&self, number: u32) -> String {
        code(self.digests.get(number as usize).copied().unwrap_or(0))
    }
}

/// Crowds of submissions, by interviewer where they are known.
pub(super) fn bursts(cases: &Cases<'_>) -> (Outcome, Vec<BurstFound>) {
    let (index, rule) = (QualityIndex::Burst, &cases.quality.bursts);
    let skipped = |why| (Outcome::skipped(index, rule.action, why), Vec::new());
    if rule.action == QualityAction::Off {
        return skipped(Skipped::Off);
    }
    let Some(times) = cases.trace(cases.responses.traces.submitted.as_ref()) else {
        return skipped(Skipped::NoColumn);
    };
    let numbers = Numbers::of(cases);
    let alpha = rule.alpha.unwrap_or(BURST_ALPHA);
    let window = i64::from(rule.window_seconds.unwrap_or(WINDOW_SECONDS));
    let Some(mut found) = crowds::bursts(&times, numbers.as_ref().map(|n| n.of_case.as_slice()), window, alpha) else {
        return skipped(Skipped::CoarseTimes);
    };
    found
        .bursts
        .sort_by(|a, b| a.p_value.total_cmp(&b.p_value).then_with(|| a.rows.cmp(&b.rows)));
    let mut result = IndexResult::new(index, rule.action, None);
    result.settings = format!("window_seconds = {}; alpha = {alpha}", found.window);
    result.n = found.windows;
    let facts = |burst: &crowds::Burst| {
        let fact = format!(
            "interviews={}; seconds={}; in_hour={}",
            burst.rows.len(),
            burst.seconds,
            burst.in_hour
        );
        burst.rows.iter().map(|row| (*row as usize, fact.clone())).collect::<Vec<_>>()
    };
    let listed = |burst: &crowds::Burst| BurstFound {
        line: burst.rows.iter().map(|row| cases.line(*row as usize)).min().unwrap_or(0),
        interviewer: numbers.as_ref().zip(burst.group).map(|(n, group)| n.code(group)),
        interviews: burst.rows.len() as u64,
        seconds: burst.seconds.unsigned_abs(),
        in_hour: burst.in_hour,
        p_value: burst.p_value,
    };
    let hits = found.bursts.iter().flat_map(facts).collect();
    let list = found.bursts.iter().take(LISTED).map(listed).collect();
    (Outcome { result, hits }, list)
}

/// Addresses or devices of several interviews.
pub(super) fn shared_by(cases: &Cases<'_>, index: QualityIndex) -> (Outcome, Vec<SharedFound>) {
    let traces = &cases.responses.traces;
    let (rule, digests, least) = if index == QualityIndex::SharedIp {
        (&cases.quality.shared_ip, &traces.ip, IP_MIN)
    } else {
        (&cases.quality.shared_device, &traces.device, DEVICE_MIN)
    };
    let skipped = |why| (Outcome::skipped(index, rule.action, why), Vec::new());
    if rule.action == QualityAction::Off {
        return skipped(Skipped::Off);
    }
    let Some(digests) = cases.trace(digests.as_ref()) else {
        return skipped(Skipped::NoColumn);
    };
    let least = rule.interviews_min.unwrap_or(least);
    let numbers = Numbers::of(cases);
    let found = shared::shared(&digests, numbers.as_ref().map(|n| n.of_case.as_slice()), least);
    let mut result = IndexResult::new(index, rule.action, None);
    result.settings = format!("interviews_min = {least}");
    result.n = digests.iter().filter(|d| **d != 0).count() as u64;
    let facts = |one: &shared::SharedBy| {
        let fact = format!("code={}; interviews={}", code(one.digest), one.rows.len());
        one.rows.iter().map(|row| (*row as usize, fact.clone())).collect::<Vec<_>>()
    };
    let listed = |one: &shared::SharedBy| SharedFound {
        index,
        code: code(one.digest),
        line: one.rows.first().map_or(0, |row| cases.line(*row as usize)),
        interviews: one.rows.len() as u64,
        interviewers: one.interviewers,
    };
    let hits = found.iter().flat_map(facts).collect();
    (Outcome { result, hits }, found.iter().take(LISTED).map(listed).collect())
}

/// Interviews that run while their interviewer holds another.
pub(super) fn overlaps(cases: &Cases<'_>) -> Outcome {
    let (index, rule) = (QualityIndex::Overlap, &cases.quality.overlaps);
    if rule.action == QualityAction::Off {
        return Outcome::skipped(index, rule.action, Skipped::Off);
    }
    let times = cases.trace(cases.responses.traces.submitted.as_ref());
    let durations = cases.trace(cases.responses.duration.as_ref());
    let (Some(numbers), Some(times), Some(durations)) = (Numbers::of(cases), times, durations) else {
        return Outcome::skipped(index, rule.action, Skipped::NoColumn);
    };
    let held = |case: usize| {
        let end = (*times.get(case)?)? as f64;
        let seconds = durations.get(case).map(|s| f64::from(*s)).filter(|s| s.is_finite())?;
        Some(Held {
            row: case as u32,
            interviewer: (*numbers.of_case.get(case)?)?,
            start: end - seconds,
            end,
        })
    };
    let interviews: Vec<Held> = (0..cases.rows.len()).filter_map(held).collect();
    let least = rule.seconds_min.unwrap_or(OVERLAP_SECONDS);
    let found = at_once::overlaps(&interviews, f64::from(least));
    let mut result = IndexResult::new(index, rule.action, None);
    result.settings = format!("seconds_min = {least}");
    result.n = interviews.len() as u64;
    let fact = |o: &at_once::Overlap| format!("interviewer={}; seconds={}", numbers.code(o.interviewer), o.seconds as u64);
    let hits = found.iter().map(|o| (o.row as usize, fact(o))).collect();
    Outcome { result, hits }
}

/// Dimensions by interviewer, and every interviewer against all others.
pub(super) fn interviewers(cases: &Cases<'_>, matches: Option<&[bool]>) -> (Vec<Between>, Vec<InterviewerFound>) {
    let rule = &cases.quality.interviewer_effects;
    let Some(numbers) = Numbers::of(cases).filter(|_| !rule.off) else {
        return (Vec::new(), Vec::new());
    };
    let alpha = rule.alpha.unwrap_or(INTERVIEWER_ALPHA);
    (between(cases, &numbers), one_by_one(cases, &numbers, matches, alpha))
}

fn between(cases: &Cases<'_>, numbers: &Numbers) -> Vec<Between> {
    let Some(turned) = cases.turned() else { return Vec::new() };
    let score = |case: usize, items: &[usize]| {
        let values: Vec<Option<f64>> = turned.values(case).collect();
        let mut sum = CompensatedSum::new();
        let given = items.iter().filter_map(|item| values.get(*item).copied().flatten());
        let n = given.map(|value| sum.insert(value)).count();
        (n > 0).then(|| 100.0 * sum.finish() / n as f64)
    };
    let mut found: Vec<Between> = Vec::new();
    for dimension in &cases.survey.dimensions {
        let numbered = numbers.of_case.iter().enumerate();
        let values = numbered.filter_map(|(case, number)| Some(((*number)?, score(case, &dimension.items)?)));
        if let Some(b) = interviewers::between(values) {
            found.push(Between {
                dimension: dimension.id.clone(),
                interviewers: b.groups,
                n: b.n,
                f: b.f,
                df: b.df,
                p_value: b.p_value,
                p_value_holm: b.p_value,
                icc: b.icc,
            });
        }
    }
    let adjusted = holm(&found.iter().map(|b| b.p_value).collect::<Vec<_>>());
    for (b, p) in found.iter_mut().zip(adjusted) {
        b.p_value_holm = p;
    }
    found
}

fn one_by_one(cases: &Cases<'_>, numbers: &Numbers, matches: Option<&[bool]>, alpha: f64) -> Vec<InterviewerFound> {
    let Some(raw) = cases.raw() else { return Vec::new() };
    let line = answers::run_min(cases);
    let seconds = cases.trace(cases.responses.duration.as_ref());
    let mut first = vec![u32::MAX; numbers.digests.len()];
    let mut interviews = Vec::new();
    for (case, number) in numbers.of_case.iter().enumerate() {
        let Some(group) = *number else { continue };
        if let Some(first) = first.get_mut(group as usize) {
            *first = cases.line(case).min(*first);
        }
        interviews.push(Interview {
            group,
            straight: Some(longstring::runs(raw.packed(case)).longest >= line),
            matched: matches.and_then(|m| m.get(case)).copied(),
            seconds: seconds
                .as_ref()
                .and_then(|s| s.get(case))
                .map(|s| f64::from(*s))
                .filter(|s| s.is_finite()),
        });
    }
    let found = interviewers::one_by_one(&interviews);
    let mut listed: Vec<InterviewerFound> = found
        .into_iter()
        .map(|i| {
            let beyond = |against: Option<Against>| i.n >= INTERVIEWS_MIN && against.and_then(|a| a.p_value).is_some_and(|p| p < alpha);
            let signs = [
                (StandsOut::StraightLines, beyond(i.straight)),
                (StandsOut::Matches, beyond(i.matched)),
                (StandsOut::Short, beyond(i.seconds)),
            ];
            InterviewerFound {
                code: numbers.code(i.group),
                line: first.get(i.group as usize).copied().unwrap_or(0),
                n: i.n,
                straight: i.straight.map(versus),
                matched: i.matched.map(versus),
                seconds: i.seconds.map(versus),
                stands_out: signs.into_iter().filter(|(_, hit)| *hit).map(|(sign, _)| sign).collect(),
            }
        })
        .collect();
    listed.sort_by(|a, b| {
        let order = b.stands_out.len().cmp(&a.stands_out.len()).then(b.n.cmp(&a.n));
        order.then_with(|| a.line.cmp(&b.line))
    });
    listed.truncate(INTERVIEWERS_LISTED);
    listed
}

fn versus(against: Against) -> Versus {
    Versus {
        own: against.own,
        others: against.others,
        p_value_holm: against.p_value,
    }
}
