//! Sites: their register, how many of them a visit sees, the result and the reading of each.

use crate::assessment::WaveAssessment;
use crate::coverage::Coverage;
use crate::evidence::InputFile;
use crate::finding::{Code, Finding, Place, Refusal};
use crate::grade::scheme::{Confidence, Reads, Scheme, Status};
use crate::grade::{self, Determination, OnRecord, SurveyEvidence};
use crate::index::estimate::Reported;
use crate::ingest::table::{Reading, Table, trimmed};
use crate::io::World;
use crate::locale::Text;
use crate::sample::frame::UnitFrame;
use crate::sample::verify::as_written;
use crate::survey::Survey;
use crate::survey::definition::Wave;
use crate::survey::follow_up::SitesSpec;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Which visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VisitKind {
    /// Before the certificate is issued.
    Initial,
    /// While it holds.
    Surveillance,
    /// Before it is issued anew.
    Recertification,
}

/// Each visit with its multiple of √n where the definition states none. The practice of audits of management systems; for
/// satisfaction certificates it is assumed.
const VISITS: [(VisitKind, f64); 3] = [
    (VisitKind::Initial, 1.0),
    (VisitKind::Surveillance, 0.6),
    (VisitKind::Recertification, 0.8),
];
const SOURCE: &str = "sites-source-usual";

/// What floating point may add to a product that is a whole number in truth: 0.8 · √25 is 4.
const WHOLE: f64 = 1e-9;

/// Sites to visit: ⌈multiple · √sites⌉, at least 1 and at most all; 0 when there is no site.
#[must_use]
pub fn sites_to_visit(sites: u64, multiple: f64) -> u64 {
    let wanted = (multiple * (sites as f64).sqrt() - WHOLE).ceil().max(1.0);
    (wanted as u64).min(sites)
}

/// How many sites a visit sees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SiteSample {
    /// Which visit.
    pub visit: VisitKind,
    /// Multiple of √n.
    pub multiple: f64,
    /// Sites to visit.
    pub sites: u64,
    /// Where the multiple comes from.
    pub source: Text,
    /// How sure it is.
    pub confidence: Confidence,
    /// Who stands behind it.
    pub status: Status,
}

/// The samples of all visits.
#[must_use]
pub fn samples(spec: &SitesSpec, sites: u64) -> Vec<SiteSample> {
    let sample = |((visit, usual), stated): ((VisitKind, f64), Option<f64>)| SiteSample {
        visit,
        multiple: stated.unwrap_or(usual),
        sites: sites_to_visit(sites, stated.unwrap_or(usual)),
        source: super::both(if stated.is_some() {
            "certificate-source-definition"
        } else {
            SOURCE
        }),
        confidence: if stated.is_some() { Confidence::None } else { Confidence::L },
        status: Status::Assumed,
    };
    VISITS.into_iter().zip(spec.multiples).map(sample).collect()
}

/// All sites of a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// Their names, in byte order.
    pub names: BTreeSet<String>,
    /// The file that they stand in.
    pub file: String,
    /// That file as an input, where it is a register of its own.
    pub input: Option<InputFile>,
}

impl Register {
    /// The register as a frame to draw from.
    #[must_use]
    pub fn frame(&self) -> UnitFrame {
        UnitFrame::of_ids(self.names.iter().cloned())
    }

    /// Sites that customers answered for and that the register does not list: no draw can see them. Takes the sites that the
    /// answers name, with the interviews of each.
    pub fn unlisted<'a>(&self, answered: impl Iterator<Item = (&'a str, u64)>) -> Vec<Finding> {
        let unlisted = answered.filter(|(name, _)| !name.is_empty() && !self.names.contains(*name));
        let finding = |name: &str, n: u64| {
            Finding::new(Code::SiteNotListed, Place::file(&self.file))
                .with("site", name)
                .with("n", n)
        };
        unlisted.map(|(name, n)| finding(name, n)).collect()
    }
}

/// Reads all sites: from the register where there is one, else from the frame of the latest wave where it has the column,
/// else from the answers of the latest wave, where a site without a customer who answered cannot be seen.
pub fn read_register(survey: &Survey, spec: &SitesSpec, world: &dyn World) -> Result<Option<Register>, Refusal> {
    if let Some(file) = &spec.register {
        let (names, input) = names(file, &spec.column, Reading::default(), world)?;
        return Ok(Some(Register {
            names,
            file: file.clone(),
            input: Some(input),
        }));
    }
    let Some(wave) = survey.waves.last() else { return Ok(None) };
    let (file, column, reading) = source(survey, spec, wave);
    let (names, _) = names(file, column, reading, world)?;
    let file = file.to_owned();
    Ok(Some(Register { names, file, input: None }))
}

/// The file of the sites, with the name that their column bears in it.
fn source<'a>(survey: &Survey, spec: &'a SitesSpec, wave: &'a Wave) -> (&'a str, &'a str, Reading<'a>) {
    match &wave.frame {
        Some(frame) if survey.columns.strata.contains(&spec.column) => (frame, &spec.column, Reading::default()),
        _ => {
            let reading = Reading {
                encoding: wave.encoding.as_deref(),
                delimiter: wave.delimiter.as_deref(),
            };
            (&wave.responses, wave.column_here(&spec.column), reading)
        }
    }
}

/// The distinct values of a column, blank ones left out.
fn names(file: &str, column: &str, reading: Reading<'_>, world: &dyn World) -> Result<(BTreeSet<String>, InputFile), Refusal> {
    let mut table = Table::open(world, file, reading)?;
    let at = table.column(column);
    table.settle()?;
    let mut names = BTreeSet::new();
    let mut record = csv::ByteRecord::new();
    while table.next_row(&mut record)?.is_some() {
        let cell = at.and_then(|at| record.get(at)).map(String::from_utf8_lossy).unwrap_or_default();
        names.insert(crate::text::shown(trimmed(&cell), 80));
    }
    names.remove("");
    let input = InputFile::new("sites", file, &table.facts);
    table.finish()?;
    Ok((names, input))
}

/// A site that a filed draw names, and its key where that was filed.
pub type FiledSite = (String, Option<String>);

/// Reads a filed draw: column `site`, and `key` where there is one.
pub fn read_filed_draw(file: &str, world: &dyn World) -> Result<Vec<FiledSite>, Refusal> {
    let mut table = Table::open(world, file, Reading::default())?;
    let site = table.column("site");
    let key = table.optional_column("key");
    table.settle()?;
    let mut filed = Vec::new();
    let mut record = csv::ByteRecord::new();
    while table.next_row(&mut record)?.is_some() {
        let text = |column: Option<usize>| {
            let cell = column
                .and_then(|at| record.get(at))
                .map(String::from_utf8_lossy)
                .unwrap_or_default();
            crate::text::shown(trimmed(&cell), 80)
        };
        filed.push((as_written(text(site)), Some(text(key)).filter(|k| !k.is_empty())));
    }
    table.finish()?;
    Ok(filed)
}

/// How the sites stand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SitesAssessment {
    /// Column that names the site.
    pub column: String,
    /// What a site is called.
    pub title: Text,
    /// Wave of the results.
    pub wave: String,
    /// File that lists the sites.
    pub file: String,
    /// SHA-256 of the canonical list of sites, from which any draw starts.
    pub frame_sha256: String,
    /// Sites to visit.
    pub samples: Vec<SiteSample>,
    /// Each site.
    pub sites: Vec<SiteResult>,
    /// All of them together.
    pub whole: SiteResult,
}

/// A site, or the whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SiteResult {
    /// Name; empty for the whole.
    pub site: String,
    /// Respondents.
    pub n: u64,
    /// The index, 0 to 100.
    pub index: Reported,
    /// Its reading against each scheme that reads the index.
    pub readings: Vec<SiteReading>,
}

/// The index of a site read against a scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SiteReading {
    /// Scheme.
    pub scheme: String,
    /// Title of the scheme.
    pub title: Text,
    /// Highest grade whose line is met for certain.
    pub grade_certain: Option<Text>,
    /// Highest grade whose line is met or may be met.
    pub grade_possible: Option<Text>,
    /// True while cut-offs are assumed.
    pub provisional: bool,
}

/// The results of the latest wave by site. Sites that nobody answered for stand there without an index.
#[must_use]
pub fn assess_sites(spec: &SitesSpec, register: &Register, schemes: &[&Scheme], wave: &WaveAssessment) -> SitesAssessment {
    let schemes: Vec<&Scheme> = schemes.iter().copied().filter(|s| s.reads == Reads::Index).collect();
    let of_wave: Vec<_> = wave.domains.iter().filter(|d| d.column == spec.column).collect();
    let answered = of_wave.iter().map(|d| d.category.clone()).filter(|name| !name.is_empty());
    let names: BTreeSet<String> = register.names.iter().cloned().chain(answered).collect();
    let result = |site: String| match of_wave.iter().find(|d| d.category == site) {
        Some(domain) => SiteResult {
            readings: readings(&schemes, &domain.index, &wave.coverage),
            site,
            n: domain.n,
            index: domain.index.clone(),
        },
        None => unanswered(site, &wave.id),
    };
    SitesAssessment {
        column: spec.column.clone(),
        title: spec.title.clone(),
        wave: wave.id.clone(),
        file: crate::text::shown(&register.file, 200),
        frame_sha256: register.frame().sha256().to_owned(),
        samples: samples(spec, register.names.len() as u64),
        sites: names.into_iter().map(result).collect(),
        whole: SiteResult {
            site: String::new(),
            n: wave.coverage.n,
            index: wave.index.clone(),
            readings: readings(&schemes, &wave.index, &wave.coverage),
        },
    }
}

fn unanswered(site: String, wave: &str) -> SiteResult {
    let finding = Finding::new(Code::BaseTooSmall, Place::subject(wave)).with("domain", &site);
    SiteResult {
        site,
        n: 0,
        index: Reported::refused(&finding.with("n", 0).with("min", 1)),
        readings: Vec::new(),
    }
}

fn readings(schemes: &[&Scheme], index: &Reported, coverage: &Coverage) -> Vec<SiteReading> {
    let evidence = SurveyEvidence {
        index,
        coverage,
        alpha_min: None,
        scorecard: None,
        survey_date: None,
        record: &OnRecord::default(),
        declared: &BTreeMap::new(),
        levers: &[],
        elements: &[],
    };
    schemes
        .iter()
        .map(|scheme| reading(&grade::determine(scheme, evidence).0))
        .collect()
}

fn reading(determination: &Determination) -> SiteReading {
    let title = |id: &Option<String>| {
        let grade = determination.grades.iter().find(|g| Some(&g.grade) == id.as_ref());
        grade.map(|g| g.title.clone())
    };
    SiteReading {
        scheme: determination.scheme.clone(),
        title: determination.title.clone(),
        grade_certain: title(&determination.grade_certain),
        grade_possible: title(&determination.grade_possible),
        provisional: determination.provisional,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn whole_products_are_not_rounded_up() {
        let counts = |n| VISITS.map(|(_, multiple)| sites_to_visit(n, multiple));
        assert_eq!(counts(25), [5, 3, 4]);
        assert_eq!(counts(26), [6, 4, 5]);
        assert_eq!(counts(100), [10, 6, 8]);
        assert_eq!(counts(4), [2, 2, 2]);
        assert_eq!(counts(1), [1, 1, 1]);
        assert_eq!(counts(0), [0, 0, 0]);
        assert_eq!(sites_to_visit(3, 50.0), 3);
    }

    proptest! {
        /// A second route, in whole numbers: the smallest k with (10 k)² ≥ (10 · multiple)² n.
        #[test]
        fn the_square_root_agrees_with_whole_numbers(n in 1_u64..1_000_000) {
            for (tenths, multiple) in [(10_u64, 1.0), (6, 0.6), (8, 0.8)] {
                let k = (1..=n).find(|k| (10 * k) * (10 * k) >= tenths * tenths * n).unwrap_or(n);
                prop_assert_eq!(sites_to_visit(n, multiple), k);
            }
        }
    }
}
