//! The certificate that rests on a survey: its calendar, what each visit wants and which of it the waves already hold, and
//! the sites that a visit sees.
//!
//! No clock is read: every date follows from the definition. Nothing here says that a certificate was or will be granted.

pub mod calendar;
pub mod evidence;
pub mod ics;
mod on_record;
pub mod plan;
pub mod records;
pub mod sites;

pub use on_record::on_record;

use crate::finding::{Code, Finding, Refusal};
use crate::grade::Rulebook;
use crate::grade::scheme::{Confidence, Evidence, Scheme, Status, Validity};
use crate::io::World;
use crate::locale::{Lang, Messages, Text};
use crate::survey::Survey;
use crate::survey::follow_up::CertificateSpec;
use calendar::{Day, Event, EventKind, Term, TermError};
use evidence::{EvidenceVerdict, Holding, Period};
use plan::PlanEntry;
use records::{ImprovementAction, QuestionnaireChange, Records};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sites::Register;
use std::collections::BTreeMap;

/// A certificate with its calendar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CertificateAssessment {
    /// Scheme.
    pub scheme: String,
    /// Title of the scheme.
    pub title: Text,
    /// Number.
    pub number: Option<String>,
    /// Body that issued it.
    pub body: Option<Text>,
    /// Day of issue.
    pub issued: Day,
    /// Last day of validity.
    pub valid_until: Day,
    /// Months of validity.
    pub validity_months: u32,
    /// Months between surveillance visits.
    pub surveillance_months: u32,
    /// Days before the due date from which a visit may take place.
    pub window_days: u32,
    /// Months before the end by which to apply anew, where the body's rule was entered.
    pub reapplication_months: Option<u32>,
    /// Where the months of validity and surveillance come from.
    pub source: Text,
    /// How sure they are.
    pub confidence: Option<Confidence>,
    /// Who stands behind them.
    pub status: Status,
    /// Grade that was granted, where the definition states it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub grade: Option<String>,
    /// The entries, in the order of dates.
    pub entries: Vec<CalendarEntry>,
}

/// An entry of the calendar with what a visit wants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CalendarEntry {
    /// The entry.
    #[serde(flatten)]
    pub event: Event,
    /// Its title.
    pub title: Text,
    /// What the visit wants; empty for what is no visit.
    pub evidence: Vec<EvidenceVerdict>,
}

/// Everything that was read for the time after the survey.
#[derive(Debug, Clone)]
pub struct FollowUp {
    /// The certificate, when the definition has one.
    pub certificate: Option<CertificateAssessment>,
    /// All sites, when the definition has sites.
    pub register: Option<Register>,
    /// Improvement actions, when the definition names a file of them.
    pub actions: Option<Vec<ImprovementAction>>,
    /// Plan of the year, when the definition names one.
    pub plan: Option<Vec<PlanEntry>>,
    /// Changes of the questionnaire, when the definition names a log of them.
    pub questionnaire: Option<Vec<QuestionnaireChange>>,
}

/// Reads records and sites and makes the calendar. Faults of the schemes are told together with those found here.
pub fn prepare(survey: &Survey, rules: Result<Rulebook, Refusal>, world: &dyn World) -> Result<(Rulebook, FollowUp), Refusal> {
    let records = records::read_records(survey, world);
    let register = survey
        .sites
        .as_ref()
        .map(|spec| sites::read_register(survey, spec, world))
        .transpose();
    let (mut rules, records, register) = match (rules, records, register) {
        (Ok(rules), Ok(records), Ok(register)) => (rules, records, register.flatten()),
        (rules, records, register) => {
            let faults = [rules.err(), records.err(), register.err()];
            return Err(Refusal(faults.into_iter().flatten().flat_map(|r| r.0).collect()));
        }
    };
    let certificate = match &survey.certificate {
        Some(spec) => scheme_of(spec, &rules)
            .map(|scheme| assess(survey, spec, scheme, &records))
            .transpose()?,
        None => None,
    };
    rules.inputs.extend(records.inputs);
    rules.inputs.extend(register.iter().filter_map(|r| r.input.clone()));
    let follow_up = FollowUp {
        certificate,
        register,
        actions: records.actions,
        plan: records.plan,
        questionnaire: records.questionnaire,
    };
    Ok((rules, follow_up))
}

/// The scheme of a certificate. Schemes stand in the rulebook in the order in which the definition names them.
fn scheme_of<'a>(spec: &CertificateSpec, rules: &'a Rulebook) -> Option<&'a Scheme> {
    rules.newest(spec.scheme)
}

/// The calendar of a certificate with what each visit wants.
fn assess(survey: &Survey, spec: &CertificateSpec, scheme: &Scheme, records: &Records) -> Result<CertificateAssessment, Refusal> {
    let (term, validity) = term(spec, scheme)?;
    if let Some(grade) = spec.grade.as_ref().filter(|id| !scheme.grades.iter().any(|g| g.id == **id)) {
        let known: Vec<&str> = scheme.grades.iter().map(|g| g.id.as_str()).collect();
        let finding = Finding::new(Code::BadCertificate, spec.grade_place.clone()).with("reason", "grade");
        return Err(finding.with("got", grade).with("limit", known.join(", ")).into());
    }
    let fault = |error: TermError| Refusal::from(contradiction(spec, error));
    let events = term.events().map_err(fault)?;
    let stated = spec.validity_months.is_some() && spec.surveillance_months.is_some();
    let source = validity.filter(|_| !stated);
    let wanted = scheme
        .conditions
        .iter()
        .find(|c| c.evidence == Evidence::SurveyDate)
        .and_then(|c| c.threshold);
    let survey_months = wanted.map_or(term.surveillance_months, |months| months as u32);
    Ok(CertificateAssessment {
        scheme: scheme.id.clone(),
        title: scheme.title.clone(),
        number: spec.number.clone(),
        body: spec.body.clone(),
        issued: Day(term.issued),
        valid_until: Day(term.end().map_err(fault)?),
        validity_months: term.validity_months,
        surveillance_months: term.surveillance_months,
        window_days: term.window_days,
        reapplication_months: term.reapplication_months,
        source: source.map_or_else(|| both("certificate-source-definition"), |v| v.source.clone()),
        confidence: source.and_then(|v| v.confidence),
        status: source.map_or(Status::Assumed, |v| v.status),
        grade: spec.grade.clone(),
        entries: entries(&events, survey_months, survey, records),
    })
}

/// The term, from the definition first and from the scheme where it is silent.
fn term<'a>(spec: &CertificateSpec, scheme: &'a Scheme) -> Result<(Term, Option<&'a Validity>), Refusal> {
    let validity = scheme.validity.as_ref();
    let months = spec.validity_months.or(validity.map(|v| v.months)).filter(|m| *m > 0);
    let interval = spec
        .surveillance_months
        .or(validity.map(|v| v.surveillance_months))
        .filter(|m| *m > 0);
    let (Some(validity_months), Some(surveillance_months)) = (months, interval) else {
        let finding = Finding::new(Code::BadCertificate, spec.place.clone()).with("reason", "no-validity");
        return Err(finding.with("got", &scheme.id).with("limit", "").into());
    };
    let term = Term {
        issued: spec.issued,
        valid_until: spec.valid_until,
        validity_months,
        surveillance_months,
        window_days: spec.window_days,
        reapplication_months: spec.reapplication_months,
    };
    Ok((term, validity))
}

fn contradiction(spec: &CertificateSpec, error: TermError) -> Finding {
    let place = if matches!(error, TermError::Window { .. }) {
        &spec.window_place
    } else {
        &spec.place
    };
    let (reason, got, limit) = match error {
        TermError::Window { days, interval } => ("window", days.to_string(), interval.to_string()),
        TermError::Lead { months } => ("lead", months.to_string(), String::new()),
        TermError::Backwards => (
            "backwards",
            spec.valid_until.map(|d| d.to_string()).unwrap_or_default(),
            spec.issued.to_string(),
        ),
        TermError::OutOfRange => ("out-of-range", spec.issued.to_string(), String::new()),
    };
    let finding = Finding::new(Code::BadCertificate, place.clone()).with("reason", reason);
    finding.with("got", got).with("limit", limit)
}

fn entries(events: &[Event], survey_months: u32, survey: &Survey, records: &Records) -> Vec<CalendarEntry> {
    let has_lead = events.iter().any(|e| e.kind == EventKind::Reapplication);
    // Recertification is prepared for the day of applying; where that is not known, for the end.
    let is_visit = |kind: EventKind| match kind {
        EventKind::Issued => false,
        EventKind::Surveillance | EventKind::Reapplication => true,
        EventKind::Expiry => !has_lead,
    };
    let mut after = events.first().map(|e| e.until.0).unwrap_or_default();
    let mut entries = Vec::new();
    for event in events {
        let period = Period {
            after,
            until: event.until.0,
            survey_months,
        };
        let visit = is_visit(event.kind);
        entries.push(CalendarEntry {
            event: *event,
            title: title(*event),
            evidence: if visit {
                evidence::evidence(period, &survey.waves, records)
            } else {
                Vec::new()
            },
        });
        if visit {
            after = event.until.0;
        }
    }
    entries
}

fn title(event: Event) -> Text {
    let args = BTreeMap::from([("number", event.number.to_string())]);
    let key = format!("calendar-{}", event.kind.key());
    Text {
        zh: Messages::of(Lang::Zh).message(&key, &args),
        en: Messages::of(Lang::En).message(&key, &args),
    }
}

/// A word in both languages.
fn both(key: &str) -> Text {
    Text {
        zh: Messages::of(Lang::Zh).word(key),
        en: Messages::of(Lang::En).word(key),
    }
}

/// The word for a holding, by its key in the locale files.
#[must_use]
pub const fn holding_key(holding: Holding) -> &'static str {
    match holding {
        Holding::Held => "holding-held",
        Holding::Missing => "holding-missing",
        Holding::NotAvailable => "holding-not-available",
    }
}

/// The calendar as an iCalendar file, in both languages at once, so that it is the same file whoever writes it.
#[must_use]
pub fn ics_file(survey_id: &str, certificate: &CertificateAssessment) -> Vec<u8> {
    let number = certificate.number.as_deref().unwrap_or_default();
    let identity = format!("{survey_id}|{}|{number}|{}", certificate.scheme, certificate.issued);
    let both = |text: &Text| {
        if text.zh == text.en {
            text.zh.clone()
        } else {
            format!("{} / {}", text.zh, text.en)
        }
    };
    let entry = |entry: &CalendarEntry| {
        let mut lines: Vec<String> = vec![both(&certificate.title)];
        lines.extend(certificate.number.clone());
        lines.extend(certificate.body.as_ref().map(both));
        for lang in [Lang::Zh, Lang::En] {
            let words = Messages::of(lang);
            lines.extend(
                entry
                    .evidence
                    .iter()
                    .map(|e| format!("[{}] {}", words.word(holding_key(e.holding)), e.title.get(lang))),
            );
        }
        ics::Entry {
            name: format!("{}-{}", entry.event.kind.key(), entry.event.number),
            from: entry.event.from,
            until: entry.event.until,
            summary: both(&entry.title),
            description: lines.join("\n"),
        }
    };
    let all: Vec<ics::Entry> = certificate.entries.iter().map(entry).collect();
    ics::write(&identity, &both(&certificate.title), certificate.issued, &all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::read_rulebook;
    use crate::grade::scheme::shipped;
    use crate::io::Memory;
    use crate::survey::parse;

    const HEAD: &str = r#"
title = "t"
responses = "a.csv"
schemes = ["own.toml"]
[scales.s]
min = 1
max = 5
[[dimensions]]
id = "quality"
items = ["q1"]
[columns]
domains = ["site"]
[certificate]
scheme = "own.toml"
issued = "2024-02-29"
"#;

    fn follow_up(scheme: &str, tail: &str) -> Result<FollowUp, Vec<(Code, String)>> {
        let (survey, _) = parse("survey.toml", "s", &format!("{HEAD}{tail}")).unwrap();
        let files = [
            ("own.toml", scheme),
            ("a.csv", "q1,site\n5,b\n4,a\n4,b\n3,\n"),
            ("sites.csv", "site\nc\na\n"),
        ];
        let world = Memory(files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into());
        let told = |r: Refusal| {
            let fault = |f: Finding| (f.code, f.args.get("reason").cloned().unwrap_or_default());
            r.0.into_iter().map(fault).collect()
        };
        prepare(&survey, read_rulebook(&survey, &world), &world)
            .map(|(_, f)| f)
            .map_err(told)
    }

    fn own() -> &'static str {
        shipped("satisfaction-3a4a5a").unwrap()
    }

    #[test]
    fn without_a_lead_the_end_is_what_is_prepared_for() {
        let certificate = follow_up(own(), "").unwrap().certificate.unwrap();
        let last = certificate.entries.last().unwrap();
        assert_eq!(
            (last.event.kind, last.event.until.to_string().as_str()),
            (EventKind::Expiry, "2027-02-28")
        );
        assert!(!last.evidence.is_empty());
        assert_eq!(certificate.entries.len(), 4);
    }

    #[test]
    fn months_of_the_definition_go_before_those_of_the_scheme() {
        let certificate = follow_up(own(), "validity_months = 24\nsurveillance_months = 6\n")
            .unwrap()
            .certificate
            .unwrap();
        assert_eq!(
            (certificate.valid_until.to_string().as_str(), certificate.entries.len()),
            ("2026-02-28", 5)
        );
        assert_eq!(certificate.source.en, "as the definition states");
    }

    #[test]
    fn what_the_scheme_leaves_open_is_asked_for() {
        let from = own().find("[validity]").unwrap();
        let to = own()[from..].find("\n[[").unwrap() + from;
        // A changed copy needs an id of its own.
        let without = format!("{}{}", &own()[..from], &own()[to..]).replacen("id = \"satisfaction-3a4a5a\"", "id = \"own\"", 1);
        let told = |scheme: &str, tail: &str| follow_up(scheme, tail).unwrap_err();
        assert_eq!(told(&without, ""), [(Code::BadCertificate, "no-validity".to_owned())]);
        assert!(follow_up(&without, "validity_months = 36\nsurveillance_months = 12\n").is_ok());
        assert_eq!(
            told(own(), "reapplication_months = 36\n"),
            [(Code::BadCertificate, "lead".to_owned())]
        );
        assert_eq!(
            told(own(), "valid_until = \"2024-02-28\"\n"),
            [(Code::BadCertificate, "backwards".to_owned())]
        );
    }

    #[test]
    fn sites_come_from_the_register_or_else_from_the_answers() {
        let names = |tail: &str| {
            follow_up(own(), tail)
                .unwrap()
                .register
                .unwrap()
                .names
                .into_iter()
                .collect::<Vec<_>>()
        };
        assert_eq!(names("[sites]\ncolumn = \"site\"\n"), ["a", "b"]);
        assert_eq!(names("[sites]\ncolumn = \"site\"\nregister = \"sites.csv\"\n"), ["a", "c"]);
    }
}
