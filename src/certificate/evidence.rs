//! What a visit wants to see, and which of it the waves and records already hold. What a survey cannot show is said to be
//! not available, never taken for granted.

use super::calendar::Day;
use super::plan::PlanEntry;
use super::records::{ImprovementAction, Records};
use crate::grade::scheme::Confidence;
use crate::locale::{Lang, Messages, Text};
use crate::survey::definition::Wave;
use jiff::ToSpan;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A piece of evidence that a surveillance or recertification visit wants. The list follows from what certifiers' pages
/// and ISO 9001 9.1.2 name; no rule that could be read states it as a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
    /// A survey was really done in the period.
    SurveyDone,
    /// The questionnaire was looked at anew.
    QuestionnaireUpdated,
    /// The frame from which the sample was drawn.
    Frame,
    /// How each drawn case ended, so that a response rate can be stated.
    Dispositions,
    /// Results against those of the wave before.
    Trend,
    /// Improvement actions closed with proof.
    ActionsClosed,
    /// Record of the draw, by which it can be repeated.
    DrawRecord,
    /// Records of call-backs to respondents.
    CallBackLog,
    /// Complaint statistics.
    ComplaintStatistics,
    /// Internal audit.
    InternalAudit,
    /// Minutes of the management review.
    ManagementReview,
    /// Scope of the certificate and use of the mark.
    ScopeAndMark,
}

/// Who says that something is wanted, in Chinese and in English.
type Words = (&'static str, &'static str);

/// The survey really done, the questionnaire updated, the complaint mechanism at work.
const PAGES: Words = (
    "认证咨询网页 szldx.cn（zs_14342）、11467.com",
    "consultants' pages szldx.cn (zs_14342), 11467.com",
);
/// At least one internal audit and one management review.
const APPLICATION: Words = ("“顾客满意度测评认证”申请网页", "application page 顾客满意度测评认证");
/// The rest of the set is put together from ISO 9001 9.1.2 and what auditors are said to look at.
const INFERRED: Words = (
    "GB/T 19001-2016 第 9.1.2 条；11467.com、szldx.cn 所说的审核重点",
    "GB/T 19001-2016 9.1.2; what auditors look at, by 11467.com and szldx.cn",
);

/// Each kind with its key, its source and how sure it is. All of it is assumed until a body's rule says otherwise.
const WANTED: [(EvidenceKind, &str, Words, Confidence); 12] = [
    (EvidenceKind::SurveyDone, "survey-done", PAGES, Confidence::M),
    (EvidenceKind::QuestionnaireUpdated, "questionnaire-updated", PAGES, Confidence::M),
    (EvidenceKind::Frame, "frame", INFERRED, Confidence::INF),
    (EvidenceKind::Dispositions, "dispositions", INFERRED, Confidence::INF),
    (EvidenceKind::Trend, "trend", INFERRED, Confidence::INF),
    (EvidenceKind::ActionsClosed, "actions-closed", INFERRED, Confidence::INF),
    (EvidenceKind::DrawRecord, "draw-record", INFERRED, Confidence::INF),
    (EvidenceKind::CallBackLog, "call-back-log", INFERRED, Confidence::INF),
    (EvidenceKind::ComplaintStatistics, "complaint-statistics", PAGES, Confidence::M),
    (EvidenceKind::InternalAudit, "internal-audit", APPLICATION, Confidence::L),
    (EvidenceKind::ManagementReview, "management-review", APPLICATION, Confidence::L),
    (EvidenceKind::ScopeAndMark, "scope-and-mark", INFERRED, Confidence::INF),
];

impl EvidenceKind {
    /// The words by which files name them.
    pub fn words() -> impl Iterator<Item = &'static str> {
        WANTED.iter().map(|(_, word, _, _)| *word)
    }

    /// The word by which files name it.
    #[must_use]
    pub fn word(self) -> &'static str {
        WANTED
            .iter()
            .find(|(kind, _, _, _)| *kind == self)
            .map_or("", |(_, word, _, _)| *word)
    }

    /// The kind with a name.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        WANTED.iter().find(|(_, known, _, _)| *known == word).map(|(kind, _, _, _)| *kind)
    }

    /// True for what waves and records could hold; the rest has to come from the management system, or from the plan of
    /// the year.
    #[must_use]
    pub const fn is_from_survey(self) -> bool {
        !matches!(
            self,
            EvidenceKind::CallBackLog
                | EvidenceKind::ComplaintStatistics
                | EvidenceKind::InternalAudit
                | EvidenceKind::ManagementReview
                | EvidenceKind::ScopeAndMark
        )
    }
}

/// Whether evidence is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Holding {
    /// Waves and records hold it.
    Held,
    /// They could hold it and do not, or not yet.
    Missing,
    /// No survey can show it, or nothing is stated that would.
    NotAvailable,
}

/// A piece of evidence held against the waves and records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvidenceVerdict {
    /// What is wanted.
    pub evidence: EvidenceKind,
    /// Its title.
    pub title: Text,
    /// Whether it is there.
    pub holding: Holding,
    /// The fact from which that follows.
    pub fact: Text,
    /// Who says that it is wanted.
    pub source: Text,
    /// How sure that is.
    pub confidence: Confidence,
}

/// A visit as evidence is read for it: the last day of its window, and the last day of the entry before it.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    /// Day after which records belong to this visit.
    pub after: Date,
    /// Day of the visit at the latest.
    pub until: Date,
    /// A survey is recent when its fieldwork ended at most so many months before the visit.
    pub survey_months: u32,
}

/// What was found: whether it is there, the key of the fact, the arguments of the fact.
type Found = (Holding, &'static str, Vec<(&'static str, Text)>);

fn plain(text: impl std::fmt::Display) -> Text {
    Text::same(text.to_string())
}

/// Holds everything that a visit wants against waves and records.
#[must_use]
pub fn evidence(period: Period, waves: &[Wave], records: &Records) -> Vec<EvidenceVerdict> {
    let seen = Seen {
        period,
        waves,
        recent: recent_wave(period, waves),
        records,
    };
    WANTED
        .into_iter()
        .map(|(evidence, key, source, confidence)| {
            let (holding, fact, args) = seen.find(evidence);
            let words = |lang: Lang| Messages::of(lang);
            let say = |lang: Lang| {
                let args: BTreeMap<&'static str, String> = args.iter().map(|(name, text)| (*name, text.get(lang).to_owned())).collect();
                words(lang).message(fact, &args)
            };
            EvidenceVerdict {
                evidence,
                title: Text {
                    zh: words(Lang::Zh).word(&format!("evidence-{key}")),
                    en: words(Lang::En).word(&format!("evidence-{key}")),
                },
                holding,
                fact: Text {
                    zh: say(Lang::Zh),
                    en: say(Lang::En),
                },
                source: Text {
                    zh: source.0.to_owned(),
                    en: source.1.to_owned(),
                },
                confidence,
            }
        })
        .collect()
}

/// Last day of fieldwork.
fn ended(wave: &Wave) -> Option<Date> {
    wave.field_end.as_ref()?.parse().ok()
}

/// The newest wave whose fieldwork ended within the months before the visit.
fn recent_wave(period: Period, waves: &[Wave]) -> Option<usize> {
    let from = period.earliest();
    let fits = |wave: &Wave| ended(wave).is_some_and(|end| from <= end && end <= period.until);
    waves.iter().rposition(fits)
}

impl Period {
    /// First day from which the months last until the visit. Months are counted onwards, as everywhere: 28 February 2023
    /// and twelve months end on 28 February 2024, a day too early for a visit on the 29th.
    fn earliest(&self) -> Date {
        let months = i64::from(self.survey_months).months();
        let back = self.until.checked_sub(months).unwrap_or(self.until);
        let lasts = back.checked_add(months).is_ok_and(|end| end >= self.until);
        if lasts { back } else { back.tomorrow().unwrap_or(back) }
    }
}

struct Seen<'a> {
    period: Period,
    waves: &'a [Wave],
    recent: Option<usize>,
    records: &'a Records,
}

impl Seen<'_> {
    fn find(&self, evidence: EvidenceKind) -> Found {
        match evidence {
            EvidenceKind::SurveyDone => self.survey(),
            EvidenceKind::QuestionnaireUpdated => self.questionnaire(),
            EvidenceKind::Frame => self.of_recent("fact-frame", |wave| wave.frame.clone()),
            EvidenceKind::Dispositions => self.of_recent("fact-dispositions", |wave| wave.dispositions.clone()),
            EvidenceKind::Trend => self.trend(),
            EvidenceKind::ActionsClosed => actions(self.period, self.records.actions.as_deref()),
            EvidenceKind::DrawRecord => self.draw(),
            EvidenceKind::CallBackLog
            | EvidenceKind::ComplaintStatistics
            | EvidenceKind::InternalAudit
            | EvidenceKind::ManagementReview
            | EvidenceKind::ScopeAndMark => self.planned(evidence),
        }
    }

    /// What the plan of the year says of evidence that no wave can show: held when it was done in the period with proof.
    fn planned(&self, evidence: EvidenceKind) -> Found {
        let period = self.period;
        let entries = self.records.plan.iter().flatten().filter(|e| e.kind == Some(evidence));
        let belongs = |e: &&PlanEntry| {
            let day = e.done.unwrap_or(e.due).0;
            period.after < day && day <= period.until
        };
        let mut of_period: Vec<&PlanEntry> = entries.filter(belongs).collect();
        of_period.sort_by_key(|e| (e.done.is_none(), e.proof.is_empty(), e.due));
        let Some(best) = of_period.first() else {
            return (Holding::NotAvailable, "fact-outside", Vec::new());
        };
        let item = ("item", best.item.clone());
        match best.done {
            Some(done) if !best.proof.is_empty() => {
                let args = vec![item, ("date", plain(done)), ("proof", plain(&best.proof))];
                (Holding::Held, "fact-plan-done", args)
            }
            Some(done) => (Holding::Missing, "fact-plan-unproven", vec![item, ("date", plain(done))]),
            None => (Holding::Missing, "fact-plan-open", vec![item, ("date", plain(best.due))]),
        }
    }

    fn survey(&self) -> Found {
        let months = plain(self.period.survey_months);
        let (from, until) = (plain(self.period.earliest()), plain(self.period.until));
        if let Some((wave, end)) = self.recent_wave().and_then(|w| Some((w, ended(w)?))) {
            let args = vec![
                ("wave", plain(&wave.id)),
                ("date", plain(end)),
                ("months", months),
                ("visit", until),
            ];
            return (Holding::Held, "fact-survey-held", args);
        }
        let newest = self.waves.iter().filter_map(|w| Some((ended(w)?, w))).max_by_key(|(end, _)| *end);
        match newest {
            Some((end, wave)) => {
                let args = vec![("from", from), ("until", until), ("wave", plain(&wave.id)), ("date", plain(end))];
                (Holding::Missing, "fact-survey-missing", args)
            }
            None => (Holding::NotAvailable, "fact-survey-undated", Vec::new()),
        }
    }

    fn recent_wave(&self) -> Option<&Wave> {
        self.waves.get(self.recent?)
    }

    /// The recent wave and the one before it.
    fn pair(&self) -> Option<(&Wave, &Wave)> {
        let at = self.recent?;
        Some((self.waves.get(at.checked_sub(1)?)?, self.waves.get(at)?))
    }

    fn questionnaire(&self) -> Found {
        let period = self.period;
        let in_period = |day: Day| period.after < day.0 && day.0 <= period.until;
        let log = self.records.questionnaire.as_deref();
        let changes: Vec<_> = log.unwrap_or_default().iter().filter(|c| in_period(c.date)).collect();
        if let Some(last) = changes.iter().max_by_key(|c| c.date) {
            let args = vec![
                ("count", plain(changes.len())),
                ("date", plain(last.date)),
                ("change", last.change.clone()),
            ];
            return (Holding::Held, "fact-questionnaire-log", args);
        }
        let versions = |(before, after): (&Wave, &Wave)| Some((before.questionnaire.clone()?, after.questionnaire.clone()?));
        match self.pair().and_then(versions) {
            Some((before, after)) if before != after => {
                let args = vec![("before", plain(before)), ("after", plain(after))];
                (Holding::Held, "fact-questionnaire-changed", args)
            }
            Some((_, version)) => (Holding::Missing, "fact-questionnaire-same", vec![("version", plain(version))]),
            None if log.is_some() => (Holding::Missing, "fact-questionnaire-no-entry", Vec::new()),
            None if self.recent.is_none() => (Holding::Missing, "fact-no-wave", Vec::new()),
            None => (Holding::NotAvailable, "fact-questionnaire-unstated", Vec::new()),
        }
    }

    /// A file that belongs to the recent wave.
    fn of_recent(&self, key: &'static str, file: impl Fn(&Wave) -> Option<String>) -> Found {
        let Some(wave) = self.recent_wave() else {
            return (Holding::Missing, "fact-no-wave", Vec::new());
        };
        match file(wave) {
            Some(file) => (Holding::Held, key, vec![("wave", plain(&wave.id)), ("file", plain(file))]),
            None => (Holding::Missing, "fact-no-file", vec![("wave", plain(&wave.id))]),
        }
    }

    /// The record of the draw of the recent wave; where it names none, what the plan of the year has.
    fn draw(&self) -> Found {
        let of_wave = self.of_recent("fact-draw-record", |wave| wave.draw.clone());
        let planned = || Some(self.planned(EvidenceKind::DrawRecord)).filter(|(holding, ..)| *holding != Holding::NotAvailable);
        match of_wave.0 {
            Holding::Held => of_wave,
            _ => planned().unwrap_or(of_wave),
        }
    }

    fn trend(&self) -> Found {
        match (self.pair(), self.recent_wave()) {
            (Some((before, after)), _) => {
                let args = vec![("from", plain(&before.id)), ("to", plain(&after.id))];
                (Holding::Held, "fact-trend-held", args)
            }
            (None, Some(wave)) => (Holding::Missing, "fact-trend-first", vec![("wave", plain(&wave.id))]),
            (None, None) => (Holding::Missing, "fact-no-wave", Vec::new()),
        }
    }
}

/// Every action due by the visit is to be closed by then, with proof; at least one has to fall due or be closed since the
/// entry before, or nothing was improved in the period.
fn actions(period: Period, actions: Option<&[ImprovementAction]>) -> Found {
    let Some(actions) = actions else {
        return (Holding::NotAvailable, "fact-actions-no-file", Vec::new());
    };
    let within = |day: Day| period.after < day.0 && day.0 <= period.until;
    let closed = |a: &ImprovementAction| a.closed.is_some_and(|c| c.0 <= period.until);
    let due: Vec<&ImprovementAction> = actions.iter().filter(|a| a.due.0 <= period.until || closed(a)).collect();
    let names = |those: &[&ImprovementAction]| {
        let joined = |lang: Lang| those.iter().map(|a| a.item.get(lang)).collect::<Vec<_>>().join(" / ");
        Text {
            zh: joined(Lang::Zh),
            en: joined(Lang::En),
        }
    };
    let open: Vec<&ImprovementAction> = due.iter().copied().filter(|a| !closed(a)).collect();
    let unproven: Vec<&ImprovementAction> = due.iter().copied().filter(|a| closed(a) && a.proof.is_empty()).collect();
    let count = plain(due.len());
    if !open.is_empty() || !unproven.is_empty() {
        let key = match (open.is_empty(), unproven.is_empty()) {
            (false, true) => "fact-actions-open",
            (true, _) => "fact-actions-unproven",
            (false, false) => "fact-actions-open-and-unproven",
        };
        let args = vec![
            ("count", count),
            ("open", plain(open.len())),
            ("names", names(if open.is_empty() { &unproven } else { &open })),
            ("unproven", plain(unproven.len())),
            ("without", names(&unproven)),
        ];
        return (Holding::Missing, key, args);
    }
    let fresh = due.iter().filter(|a| within(a.due) || a.closed.is_some_and(within)).count();
    if fresh == 0 {
        let args = vec![("from", plain(period.after)), ("until", plain(period.until))];
        return (Holding::Missing, "fact-actions-none", args);
    }
    let late: Vec<&ImprovementAction> = due
        .iter()
        .copied()
        .filter(|a| a.is_late() && a.closed.is_some_and(within))
        .collect();
    let key = if late.is_empty() {
        "fact-actions-held"
    } else {
        "fact-actions-held-late"
    };
    let args = vec![("count", count), ("fresh", plain(fresh)), ("names", names(&late))];
    (Holding::Held, key, args)
}

#[cfg(test)]
mod tests {
    use super::super::records::QuestionnaireChange;
    use super::*;
    use jiff::civil::date;

    fn wave(id: &str, end: Option<&str>, questionnaire: Option<&str>) -> Wave {
        let json = serde_json::json!({
            "id": id, "responses": "r.csv", "field_end": end, "questionnaire": questionnaire, "frame": "f.csv",
        });
        serde_json::from_value(json).unwrap()
    }

    fn period(until: Date) -> Period {
        Period {
            after: date(2025, 9, 30),
            until,
            survey_months: 12,
        }
    }

    fn holding(period: Period, waves: &[Wave], records: &Records, kind: EvidenceKind) -> Holding {
        evidence(period, waves, records)
            .into_iter()
            .find(|e| e.evidence == kind)
            .unwrap()
            .holding
    }

    #[test]
    fn a_survey_counts_up_to_twelve_months_before_the_visit() {
        let held = |end: &str, until: Date| {
            holding(
                period(until),
                &[wave("w", Some(end), None)],
                &Records::default(),
                EvidenceKind::SurveyDone,
            )
        };
        assert_eq!(held("2025-09-30", date(2026, 9, 30)), Holding::Held);
        assert_eq!(held("2025-09-29", date(2026, 9, 30)), Holding::Missing);
        assert_eq!(held("2026-10-01", date(2026, 9, 30)), Holding::Missing, "after the visit");
        assert_eq!(held("2023-02-28", date(2024, 2, 29)), Holding::Missing);
        let undated = [wave("w", None, None)];
        let said = holding(period(date(2026, 9, 30)), &undated, &Records::default(), EvidenceKind::SurveyDone);
        assert_eq!(said, Holding::NotAvailable);
    }

    #[test]
    fn a_questionnaire_is_updated_by_version_or_by_log() {
        let waves = |a, b| [wave("1", Some("2025-06-01"), Some(a)), wave("2", Some("2026-06-01"), Some(b))];
        let visit = period(date(2026, 9, 30));
        let kind = EvidenceKind::QuestionnaireUpdated;
        assert_eq!(holding(visit, &waves("V1", "V2"), &Records::default(), kind), Holding::Held);
        assert_eq!(holding(visit, &waves("V1", "V1"), &Records::default(), kind), Holding::Missing);
        let log = |day| Records {
            questionnaire: Some(vec![QuestionnaireChange {
                date: Day(day),
                change: Text::same("x"),
            }]),
            ..Records::default()
        };
        assert_eq!(holding(visit, &waves("V1", "V1"), &log(date(2026, 3, 1)), kind), Holding::Held);
        assert_eq!(holding(visit, &waves("V1", "V1"), &log(date(2025, 3, 1)), kind), Holding::Missing);
    }

    #[test]
    fn the_record_of_the_draw_is_that_of_the_recent_wave_or_of_the_plan() {
        let visit = period(date(2026, 9, 30));
        let of = |draw: Option<&str>, records: &Records| {
            let mut wave = wave("w", Some("2026-06-01"), None);
            wave.draw = draw.map(str::to_owned);
            holding(visit, &[wave], records, EvidenceKind::DrawRecord)
        };
        assert_eq!(of(Some("draw.json"), &Records::default()), Holding::Held);
        assert_eq!(of(None, &Records::default()), Holding::Missing);
        let entry = PlanEntry {
            kind: Some(EvidenceKind::DrawRecord),
            item: Text::same("x"),
            owner: Text::same("y"),
            due: Day(date(2026, 3, 1)),
            done: Some(Day(date(2026, 2, 1))),
            proof: "P".to_owned(),
        };
        let planned = Records {
            plan: Some(vec![entry]),
            ..Records::default()
        };
        assert_eq!(of(None, &planned), Holding::Held);
    }

    #[test]
    fn actions_count_when_closed_in_time_and_proven() {
        let action = |due: Date, closed: Option<Date>, proof: &str| ImprovementAction {
            item: Text::same("x"),
            owner: Text::same("y"),
            due: Day(due),
            closed: closed.map(Day),
            proof: proof.to_owned(),
            wave: None,
            quantity: None,
        };
        let visit = period(date(2026, 9, 30));
        let said = |list: &[ImprovementAction]| actions(visit, Some(list)).1;
        let good = action(date(2026, 3, 1), Some(date(2026, 2, 1)), "P-1");
        assert_eq!(said(&[]), "fact-actions-none");
        assert_eq!(said(std::slice::from_ref(&good)), "fact-actions-held");
        assert_eq!(said(&[good.clone(), action(date(2026, 3, 1), None, "")]), "fact-actions-open");
        assert_eq!(
            said(&[good.clone(), action(date(2026, 3, 1), Some(date(2026, 10, 1)), "P")]),
            "fact-actions-open"
        );
        assert_eq!(
            said(&[good.clone(), action(date(2026, 3, 1), Some(date(2026, 3, 1)), "")]),
            "fact-actions-unproven"
        );
        assert_eq!(
            said(&[good, action(date(2027, 3, 1), None, "")]),
            "fact-actions-held",
            "not due yet"
        );
        let late = action(date(2026, 1, 31), Some(date(2026, 2, 1)), "P-1");
        assert_eq!(said(std::slice::from_ref(&late)), "fact-actions-held-late");
        let (both, ..) = (
            actions(
                visit,
                Some(&[
                    late,
                    action(date(2026, 3, 1), None, ""),
                    action(date(2026, 3, 1), Some(date(2026, 3, 1)), ""),
                ]),
            )
            .2,
            0,
        );
        let told = |name: &str| both.iter().find(|(key, _)| *key == name).map(|(_, text)| text.en.as_str());
        assert_eq!(
            (told("open"), told("unproven")),
            (Some("1"), Some("1")),
            "neither gap hides the other"
        );
        assert_eq!(said(&[action(date(2025, 1, 1), Some(date(2025, 1, 1)), "P")]), "fact-actions-none");
        assert_eq!(actions(visit, None).0, Holding::NotAvailable);
    }
}
