//! What follows a survey: the certificate that rests on it, the improvement actions, the sites.

use super::definition::Definition;
use super::{Document, nearest};
use crate::finding::{Code, Finding, Findings, Place};
use crate::locale::Text;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

/// Days before its due date from which a surveillance visit may take place, when nothing is said. A project setting: no
/// source states a window, only that surveillance is yearly.
const WINDOW_DAYS: u32 = 90;

/// The certificate that rests on this survey.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Scheme of the certificate: one of `schemes`, written the same way.
    pub scheme: String,
    /// Day of issue, `YYYY-MM-DD`.
    pub issued: String,
    /// Last day of validity as printed on the certificate, `YYYY-MM-DD`; issue and months of validity when absent.
    pub valid_until: Option<String>,
    /// Number of the certificate.
    pub number: Option<String>,
    /// Body that issued it.
    pub body: Option<Text>,
    /// Months of validity; those of the scheme when absent.
    pub validity_months: Option<u32>,
    /// Months between surveillance visits; those of the scheme when absent.
    pub surveillance_months: Option<u32>,
    /// Days before the due date from which a visit may take place; 90 when absent (project setting).
    pub surveillance_window_days: Option<u32>,
    /// Months before the end of validity by which to apply anew. The body's rule says; no date is given when absent.
    pub reapplication_months: Option<u32>,
    /// Change log of the questionnaire: a CSV with the columns `date`, `change`.
    pub questionnaire_log: Option<String>,
    /// Grade that was granted: the id of one of the scheme's grades.
    pub grade: Option<String>,
}

/// Sites with results of their own.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sites {
    /// Column that names the site; one of `columns.domains`.
    pub column: String,
    /// What a site is called.
    pub title: Option<Text>,
    /// File with one row a site in a column of the same name; the frame or the answers of the latest wave when absent.
    pub register: Option<String>,
    /// Sites to visit at first, as a multiple of √n; 1 when absent (assumed).
    pub initial: Option<f64>,
    /// Sites to visit at surveillance, as a multiple of √n; 0.6 when absent (assumed).
    pub surveillance: Option<f64>,
    /// Sites to visit at recertification, as a multiple of √n; 0.8 when absent (assumed).
    pub recertification: Option<f64>,
}

/// A certificate, checked.
#[derive(Debug, Clone)]
pub struct CertificateSpec {
    /// Position of its scheme in `schemes`.
    pub scheme: usize,
    /// Day of issue.
    pub issued: Date,
    /// Last day of validity, when it is printed on the certificate.
    pub valid_until: Option<Date>,
    /// Number.
    pub number: Option<String>,
    /// Body.
    pub body: Option<Text>,
    /// Months of validity, where the definition overrules the scheme.
    pub validity_months: Option<u32>,
    /// Months between visits, where the definition overrules the scheme.
    pub surveillance_months: Option<u32>,
    /// Days before the due date from which a visit may take place.
    pub window_days: u32,
    /// Months before the end by which to apply anew.
    pub reapplication_months: Option<u32>,
    /// Change log of the questionnaire.
    pub questionnaire_log: Option<String>,
    /// Grade that was granted.
    pub grade: Option<String>,
    /// Where it stands.
    pub grade_place: Place,
    /// Where the table stands, for what only the scheme can show to be wrong.
    pub place: Place,
    /// Where the window stands.
    pub window_place: Place,
}

/// Sites, checked.
#[derive(Debug, Clone)]
pub struct SitesSpec {
    /// Column that names the site.
    pub column: String,
    /// What a site is called.
    pub title: Text,
    /// File of all sites.
    pub register: Option<String>,
    /// Multiples of √n at first, at surveillance, at recertification; `None` where the definition leaves them to the program.
    pub multiples: [Option<f64>; 3],
}

/// Checks `[certificate]` and `[sites]`. What is wrong is added to the findings.
pub(super) fn check(definition: &Definition, document: &Document, findings: &mut Findings) -> (Option<CertificateSpec>, Option<SitesSpec>) {
    let certificate = definition
        .certificate
        .as_ref()
        .and_then(|c| certificate(definition, c, document, findings));
    let sites = definition.sites.as_ref().map(|s| sites(definition, s, document, findings));
    (certificate, sites)
}

fn wrong(document: &Document, path: &str, expected: &str, got: &str) -> Finding {
    let finding = Finding::new(Code::WrongValue, document.place(path)).with("key", path);
    finding.with("expected", expected).with("got", got)
}

fn contradiction(document: &Document, path: &str, reason: &str, got: &str, limit: &str) -> Finding {
    let finding = Finding::new(Code::BadCertificate, document.place(path)).with("reason", reason);
    finding.with("got", got).with("limit", limit)
}

/// The nearest of the known names, all of them where none is near, a dash where there is none.
fn near(name: &str, known: &[String]) -> String {
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let all = if known.is_empty() { "–".to_owned() } else { known.join(", ") };
    nearest(name, known.iter().copied()).unwrap_or(all)
}

fn certificate(definition: &Definition, written: &Certificate, document: &Document, findings: &mut Findings) -> Option<CertificateSpec> {
    let mut date = |key: &str, text: &str| {
        let read = text.parse::<Date>().ok().filter(|_| text.len() == 10);
        if read.is_none() {
            findings.add(contradiction(document, &format!("certificate.{key}"), "date", text, ""));
        }
        read
    };
    let issued = date("issued", &written.issued);
    let valid_until = written.valid_until.as_ref().map(|text| date("valid_until", text));
    let scheme = definition.schemes.iter().position(|s| *s == written.scheme);
    if scheme.is_none() {
        let known = near(&written.scheme, &definition.schemes);
        findings.add(contradiction(document, "certificate.scheme", "scheme", &written.scheme, &known));
    }
    let months = [
        ("validity_months", written.validity_months),
        ("surveillance_months", written.surveillance_months),
    ];
    for (key, value) in months.into_iter().filter_map(|(key, value)| Some((key, value?))) {
        if !(1..=1200).contains(&value) {
            findings.add(wrong(document, &format!("certificate.{key}"), "1 … 1200", &value.to_string()));
        }
    }
    Some(CertificateSpec {
        scheme: scheme?,
        issued: issued?,
        valid_until: match valid_until {
            Some(read) => Some(read?),
            None => None,
        },
        number: written.number.clone(),
        body: written.body.clone(),
        validity_months: written.validity_months,
        surveillance_months: written.surveillance_months,
        window_days: written.surveillance_window_days.unwrap_or(WINDOW_DAYS),
        reapplication_months: written.reapplication_months,
        questionnaire_log: written.questionnaire_log.clone(),
        grade: written.grade.clone(),
        grade_place: document.place("certificate.grade"),
        place: document.place("certificate.issued"),
        window_place: document.place("certificate.surveillance_window_days"),
    })
}

fn sites(definition: &Definition, written: &Sites, document: &Document, findings: &mut Findings) -> SitesSpec {
    if !definition.columns.domains.contains(&written.column) {
        let finding = Finding::new(Code::SitesNotADomain, document.place("sites.column")).with("column", &written.column);
        findings.add(finding.with("nearest", near(&written.column, &definition.columns.domains)));
    }
    let multiples = [written.initial, written.surveillance, written.recertification];
    for (key, value) in ["initial", "surveillance", "recertification"].into_iter().zip(multiples) {
        if let Some(value) = value.filter(|v| !(*v > 0.0 && *v <= 100.0)) {
            findings.add(wrong(document, &format!("sites.{key}"), "> 0, ≤ 100", &value.to_string()));
        }
    }
    SitesSpec {
        column: written.column.clone(),
        title: written.title.clone().unwrap_or_else(|| Text::same(&written.column)),
        register: written.register.clone(),
        multiples,
    }
}
