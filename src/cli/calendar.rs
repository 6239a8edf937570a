//! `manyidu calendar`: the dates of a certificate, what each visit wants, and an iCalendar file.

use super::Ending;
use super::run::load;
use super::show::Terminal;
use clap::Args;
use manyidu::certificate::{self, CertificateAssessment};
use manyidu::finding::{Code, Finding, Place, Refusal};
use manyidu::grade;
use manyidu::io::output;
use manyidu::locale::Messages;
use manyidu::pipeline;
use std::path::PathBuf;

/// What `calendar` is told.
#[derive(Debug, Args)]
pub struct CalendarArguments {
    /// The survey definition; it needs a table [certificate].
    definition: PathBuf,
    /// Also write the calendar as an iCalendar file.
    #[arg(long)]
    out: Option<PathBuf>,
}

pub(super) fn calendar(arguments: &CalendarArguments, terminal: &Terminal) -> Ending {
    match execute(arguments, terminal) {
        Ok(certificate) => {
            show(&certificate, arguments, terminal);
            Ending::Fine
        }
        Err(refusal) => {
            terminal.refuse(&refusal.0);
            Ending::Refused
        }
    }
}

fn execute(arguments: &CalendarArguments, terminal: &Terminal) -> Result<CertificateAssessment, Refusal> {
    let loaded = load(&arguments.definition)?;
    // A file that cannot be read is no evidence, so everything that is named is read first.
    pipeline::check(&loaded.survey, &loaded.folder, &|wave, step| terminal.step(wave, step))?;
    let rules = grade::read_rulebook(&loaded.survey, &loaded.folder);
    let (_, follow_up) = certificate::prepare(&loaded.survey, rules, &loaded.folder)?;
    let Some(certificate) = follow_up.certificate else {
        let finding = Finding::new(Code::MissingKey, Place::file(&loaded.survey.file));
        return Err(finding.with("key", "[certificate]").with("table", &loaded.survey.file).into());
    };
    if let Some(out) = &arguments.out {
        output::write_single(out, &certificate::ics_file(&loaded.survey.id, &certificate))?;
    }
    Ok(certificate)
}

fn show(certificate: &CertificateAssessment, arguments: &CalendarArguments, terminal: &Terminal) {
    let path = arguments.out.as_ref().map(|out| out.display().to_string());
    if terminal.json {
        terminal.print_json(&serde_json::json!({ "ok": true, "certificate": certificate, "file": path }));
        return;
    }
    let lang = terminal.lang;
    let words = Messages::of(lang);
    terminal.say("calendar-head", &[("title", certificate.title.get(lang).to_owned())]);
    let dates = [
        ("issued", certificate.issued.to_string()),
        ("until", certificate.valid_until.to_string()),
    ];
    terminal.say("calendar-range", &dates);
    for entry in &certificate.entries {
        let key = if entry.event.from == entry.event.until {
            "calendar-day"
        } else {
            "calendar-row"
        };
        let args = [
            ("from", entry.event.from.to_string()),
            ("until", entry.event.until.to_string()),
            ("event", entry.title.get(lang).to_owned()),
        ];
        terminal.say(key, &args);
        for evidence in &entry.evidence {
            let holding = words.word(certificate::holding_key(evidence.holding));
            Terminal::print(&format!(
                "    [{holding}] {}: {}",
                evidence.title.get(lang),
                evidence.fact.get(lang)
            ));
        }
    }
    if certificate.reapplication_months.is_none() {
        terminal.say("calendar-no-lead", &[]);
    }
    if let Some(path) = path {
        terminal.say("calendar-written", &[("path", path)]);
    }
}
