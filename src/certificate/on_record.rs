//! What the calendar and the plan of the year say of the conditions of a scheme that no answer can show.

use super::calendar::Day;
use super::evidence::EvidenceKind;
use super::plan::PlanEntry;
use super::{CertificateAssessment, FollowUp, both};
use crate::grade::{OnRecord, ReadingDay, Recorded, survey_date};
use crate::locale::{Lang, Messages, Text};
use crate::survey::definition::Wave;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What is on record for a wave. The day of the reading is that of the decision where the definition states it, else the first entry of the
/// calendar after the wave's fieldwork: the day on which somebody next looks at the result. Audits and reviews count up to that day.
#[must_use]
pub fn on_record(decision_date: Option<&str>, follow_up: &FollowUp, wave: &Wave) -> OnRecord {
    let decided = decision_date.map(|day| ReadingDay {
        day: day.to_owned(),
        event: both("reading-day-decision"),
    });
    let ended: Option<Date> = survey_date(wave).and_then(|day| day.parse().ok());
    let day = decided.or_else(|| next_entry(follow_up.certificate.as_ref()?, ended?));
    let until: Option<Date> = day.as_ref().and_then(|d| d.day.parse().ok());
    let of = |kind: EvidenceKind| recorded(follow_up.plan.as_deref()?, kind, until);
    OnRecord {
        audits: of(EvidenceKind::InternalAudit),
        reviews: of(EvidenceKind::ManagementReview),
        day,
    }
}

fn next_entry(certificate: &CertificateAssessment, ended: Date) -> Option<ReadingDay> {
    let entry = certificate.entries.iter().find(|e| e.event.until.0 > ended)?;
    Some(ReadingDay {
        day: entry.event.until.to_string(),
        event: entry.title.clone(),
    })
}

/// The entries of a kind up to a day; nothing where the plan has none of them.
fn recorded(plan: &[PlanEntry], kind: EvidenceKind, until: Option<Date>) -> Option<Recorded> {
    let by_then = |day: Day| until.is_none_or(|until| day.0 <= until);
    let of_kind = || {
        plan.iter()
            .filter(move |e| e.kind == Some(kind) && by_then(e.done.unwrap_or(e.due)))
    };
    of_kind().next()?;
    let done: Vec<(Day, &PlanEntry)> = of_kind().filter_map(|e| Some((e.done?, e))).collect();
    let (proven, unproven): (Vec<_>, Vec<_>) = done.iter().partition(|(_, e)| !e.proof.is_empty());
    let days: Vec<String> = unproven.iter().map(|(day, _)| day.to_string()).collect();
    let proofs: Vec<String> = proven.iter().map(|(day, e)| format!("{day} {}", e.proof)).collect();
    let fact = |lang: Lang| {
        let comma = Messages::of(lang).word("report-comma");
        let key = match (proofs.is_empty(), days.is_empty()) {
            (false, true) => "fact-recorded",
            (false, false) => "fact-recorded-and-unproven",
            (true, false) => "fact-recorded-unproven",
            (true, true) => "fact-recorded-open",
        };
        let args = BTreeMap::from([("proofs", proofs.join(&comma)), ("days", days.join(&comma))]);
        Messages::of(lang).message(key, &args)
    };
    Some(Recorded {
        proven: proven.len() as u64,
        fact: Text {
            zh: fact(Lang::Zh),
            en: fact(Lang::En),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn entry(done: Option<Date>, proof: &str) -> PlanEntry {
        PlanEntry {
            kind: Some(EvidenceKind::InternalAudit),
            item: Text::same("x"),
            owner: Text::same("y"),
            due: Day(date(2025, 7, 31)),
            done: done.map(Day),
            proof: proof.to_owned(),
        }
    }

    #[test]
    fn only_what_was_done_with_proof_by_the_day_counts() {
        let plan = [
            entry(Some(date(2024, 7, 19)), "IA-1"),
            entry(Some(date(2025, 7, 25)), "IA-2"),
            entry(Some(date(2025, 8, 1)), ""),
            entry(None, ""),
        ];
        let of = |until: Option<Date>| recorded(&plan, EvidenceKind::InternalAudit, until).map(|r| (r.proven, r.fact.en));
        let (proven, fact) = of(Some(date(2025, 9, 28))).unwrap();
        assert_eq!(proven, 2);
        assert!(fact.contains("2024-07-19 IA-1") && fact.contains("2025-08-01"), "{fact}");
        assert_eq!(of(Some(date(2025, 7, 24))).unwrap().0, 1);
        assert_eq!(of(None).unwrap().0, 2);
        assert_eq!(of(Some(date(2024, 1, 1))), None, "nothing was due or done by then");
        assert_eq!(recorded(&plan, EvidenceKind::ManagementReview, None), None);
    }
}
