//! Strata that are weighted as one, and the refusal of strata that were sampled and have no interview.
//!
//! A merged group is one stratum from here on: one base weight, one non-response factor, one count of the frame, and one
//! stratum of the variance (collapsed strata: its variance is rather too large than too small, because the differences between the
//! members count as chance; Cochran 1977, section 5A.12). The coverage of each member is told as it was.

use crate::coverage::frame::{Frame, FrameStratum};
use crate::finding::{Code, Finding, Place};
use crate::ingest::Responses;
use crate::round::printed;
use crate::survey::Survey;
use std::collections::BTreeMap;

/// Between the names of merged strata.
const JOINED_BY: &str = " + ";

/// The name of every stratum that is weighted with others, by its own name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MergedStrata {
    of_stratum: BTreeMap<String, String>,
}

impl MergedStrata {
    /// The groups of a definition.
    #[must_use]
    pub fn of(survey: &Survey) -> Self {
        let groups = survey.weighting.iter().flat_map(|w| &w.merge_strata);
        let named = groups.flat_map(|(group, _)| {
            let whole = group.join(JOINED_BY);
            group.iter().map(move |member| (member.clone(), whole.clone()))
        });
        Self {
            of_stratum: named.collect(),
        }
    }

    /// The stratum that one is weighted in: itself, or its group.
    #[must_use]
    pub fn name<'a>(&'a self, stratum: &'a str) -> &'a str {
        self.of_stratum.get(stratum).map_or(stratum, String::as_str)
    }

    /// Brings the interviews and the frame to the merged strata; what is to be said of it. Names that neither of them has are errors.
    pub fn merge(&self, survey: &Survey, responses: &mut Responses, frame: Option<Frame>) -> (Option<Frame>, Vec<Finding>) {
        if self.of_stratum.is_empty() {
            return (frame, Vec::new());
        }
        let findings = findings(survey, responses, frame.as_ref());
        (responses.strata, responses.stratum) = responses.strata.renamed(&responses.stratum, |name| self.name(name).to_owned());
        let merged = frame.map(|mut frame| {
            let mut strata: BTreeMap<String, FrameStratum> = BTreeMap::new();
            for (name, row) in &frame.strata {
                strata
                    .entry(self.name(name).to_owned())
                    .and_modify(|sum| *sum = added(*sum, *row))
                    .or_insert(*row);
            }
            frame.strata = strata;
            frame
        });
        (merged, findings)
    }
}

/// What is to be said of the groups; names that neither frame nor answers have are errors.
fn findings(survey: &Survey, responses: &Responses, frame: Option<&Frame>) -> Vec<Finding> {
    let known: Vec<&str> = match frame {
        Some(frame) => frame.strata.keys().map(String::as_str).collect(),
        None => responses.strata.names().iter().map(String::as_str).collect(),
    };
    let mut findings = Vec::new();
    for (group, place) in survey.weighting.iter().flat_map(|w| &w.merge_strata) {
        for name in group.iter().filter(|name| !known.contains(&name.as_str())) {
            let near = crate::survey::nearest(name, known.iter().copied()).unwrap_or_else(|| known.join(", "));
            findings.push(
                Finding::new(Code::UnknownReference, place.clone())
                    .with("name", name)
                    .with("nearest", near),
            );
        }
        let whole = group.join(JOINED_BY);
        let finding = Finding::new(Code::StrataMerged, Place::subject(&whole)).with("strata", group.join(", "));
        findings.push(finding.with("ratio", base_ratio(group, frame).map_or_else(|| "–".to_owned(), |r| printed(r, 2))));
    }
    findings
}

/// Largest base weight over the smallest among merged strata: 1 where they were sampled alike.
fn base_ratio(group: &[String], frame: Option<&Frame>) -> Option<f64> {
    let base = |name: &String| {
        let row = frame?.strata.get(name)?;
        Some(row.population as f64 / row.drawn.filter(|d| *d > 0)? as f64)
    };
    let bases: Vec<f64> = group.iter().map(base).collect::<Option<_>>()?;
    let (low, high) = (
        bases.iter().copied().min_by(f64::total_cmp)?,
        bases.iter().copied().max_by(f64::total_cmp)?,
    );
    (low > 0.0).then(|| high / low)
}

fn added(a: FrameStratum, b: FrameStratum) -> FrameStratum {
    let both = |a: Option<u64>, b: Option<u64>| Some(a? + b?);
    FrameStratum {
        population: a.population + b.population,
        drawn: both(a.drawn, b.drawn),
        psus: both(a.psus, b.psus),
        line: a.line,
    }
}

/// Strata (or groups of merged ones) that were sampled and have no interview that counts: nobody can carry their customers. A stratum of
/// which nobody was drawn is not covered by the sample, which the coverage tells; where nobody at all is left, that is told
/// instead.
#[must_use]
pub fn unanswered(responses: &Responses, kept: &[bool], frame: Option<&Frame>) -> Vec<Finding> {
    let Some(frame) = frame else { return Vec::new() };
    let mut counts = vec![0_u64; responses.strata.names().len()];
    for (stratum, _) in responses.stratum.iter().zip(kept).filter(|(_, kept)| **kept) {
        if let Some(n) = counts.get_mut(usize::from(*stratum)) {
            *n += 1;
        }
    }
    if counts.iter().all(|n| *n == 0) {
        return Vec::new();
    }
    let answered: BTreeMap<&str, u64> = responses.strata.names().iter().map(String::as_str).zip(counts).collect();
    let empty = frame.strata.iter().filter(|(name, row)| {
        let sampled = row.population > 0 && row.drawn != Some(0);
        sampled && answered.get(name.as_str()).is_none_or(|n| *n == 0)
    });
    let finding = |(name, row): (&String, &FrameStratum)| {
        Finding::new(Code::StratumUnanswered, Place::line(&frame.input.file, row.line))
            .about(name)
            .with("stratum", name)
            .with("drawn", row.drawn.map_or_else(|| "–".to_owned(), |d| d.to_string()))
            .with("population", row.population)
    };
    empty.map(finding).collect()
}
