//! Clusters of a sample that was drawn by clusters: how many each stratum has, in the sample and in the frame.

use super::cluster_list::ClusterList;
use crate::coverage::frame::Frame;
use crate::finding::{Code, Finding, Place};
use crate::ingest::Responses;
use crate::survey::{SelectionMethod, Survey};
use crate::tally::Tally;
use std::collections::{BTreeMap, BTreeSet};

/// Clusters by design stratum: by stratum number where strata were drawn, all under 0 where they were not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clusters {
    /// Clusters with respondents that count.
    pub sampled: BTreeMap<u16, u64>,
    /// Clusters in the frame. Absent where the frame does not say, or says fewer than have respondents; then the clusters of
    /// the stratum are taken as drawn with replacement.
    pub population: BTreeMap<u16, u64>,
    /// Customers by design stratum and cluster, where the list of clusters tells them: respondents were then drawn within clusters, and
    /// the second stage has a variance and a finite population correction of its own.
    pub units: BTreeMap<(u16, u16), u64>,
}

impl Clusters {
    /// Counts the clusters of a tally; `None` for a sample of respondents. A finite population correction needs the column
    /// `psus` of the frame and a random sample.
    #[must_use]
    pub fn of(
        survey: &Survey,
        responses: &Responses,
        frame: Option<&Frame>,
        list: Option<&ClusterList>,
        tally: &Tally,
    ) -> (Option<Self>, Vec<Finding>) {
        let Some((names, _)) = &responses.psu else {
            return (None, Vec::new());
        };
        let by_stratum = survey.design.method == SelectionMethod::Stratified;
        let mut psus: BTreeMap<u16, BTreeSet<u16>> = BTreeMap::new();
        let mut strata_of: BTreeMap<u16, BTreeSet<u16>> = BTreeMap::new();
        let mut strata: BTreeMap<u16, BTreeSet<u16>> = BTreeMap::new();
        for key in tally.cells().keys() {
            let design_stratum = if by_stratum { key.stratum } else { 0 };
            psus.entry(design_stratum).or_default().insert(key.psu);
            strata_of.entry(key.psu).or_default().insert(key.stratum);
            strata.entry(design_stratum).or_default().insert(key.stratum);
        }
        let mut findings = Vec::new();
        let name = |number: u16| names.names().get(usize::from(number)).cloned().unwrap_or_default();
        findings.extend(shared_names(&strata_of, &name).filter(|_| by_stratum));
        let is_random = !matches!(survey.design.method, SelectionMethod::Convenience | SelectionMethod::Unknown);
        let stratum_name = |number: u16| responses.strata.names().get(usize::from(number)).cloned().unwrap_or_default();
        let mut population = BTreeMap::new();
        for (number, members) in strata.iter().filter(|_| is_random) {
            // Without drawn strata the frame's rows add up.
            let rows = members.iter().map(|s| frame?.strata.get(&stratum_name(*s))?.psus);
            let whole = if let Some(list) = list {
                Some(list.count(&if by_stratum { stratum_name(*number) } else { String::new() }))
            } else if by_stratum {
                rows.sum::<Option<u64>>()
            } else {
                frame.and_then(|f| f.strata.values().map(|s| s.psus).sum())
            };
            let sampled = psus.get(number).map_or(0, |psus| psus.len() as u64);
            match whole {
                Some(whole) if whole >= sampled => {
                    population.insert(*number, whole);
                }
                Some(whole) => {
                    let subject = if by_stratum { stratum_name(*number) } else { String::new() };
                    let finding = Finding::new(Code::PsusBelowSample, Place::subject(&subject)).with("stratum", subject);
                    findings.push(finding.with("psus", whole).with("sampled", sampled));
                }
                None => {}
            }
        }
        if by_stratum {
            let lonely = psus
                .iter()
                .filter(|(_, psus)| psus.len() == 1)
                .map(|(stratum, _)| stratum_name(*stratum));
            findings.extend(lonely.map(|stratum| Finding::new(Code::LonelyStratum, Place::subject(&stratum)).with("stratum", stratum)));
        }
        let sampled = psus.iter().map(|(stratum, psus)| (*stratum, psus.len() as u64)).collect();
        let units = list.filter(|_| is_random).map_or_else(BTreeMap::new, |list| {
            let design_stratum = |stratum: u16| if by_stratum { stratum_name(stratum) } else { String::new() };
            listed_units(list, &psus, &design_stratum, &name)
        });
        (
            Some(Self {
                sampled,
                population,
                units,
            }),
            findings,
        )
    }

    /// Clusters with respondents, over all strata.
    #[must_use]
    pub fn sampled_total(&self) -> u64 {
        self.sampled.values().sum()
    }
}

/// Customers of the sampled clusters, by design stratum and cluster.
fn listed_units(
    list: &ClusterList,
    psus: &BTreeMap<u16, BTreeSet<u16>>,
    stratum_name: &dyn Fn(u16) -> String,
    name: &dyn Fn(u16) -> String,
) -> BTreeMap<(u16, u16), u64> {
    let mut units = BTreeMap::new();
    for (stratum, psus) in psus {
        let stratum_name = stratum_name(*stratum);
        for psu in psus {
            if let Some(listed) = list.get(&stratum_name, &name(*psu)) {
                units.insert((*stratum, *psu), listed.units);
            }
        }
    }
    units
}

/// A cluster name that occurs in several strata.
fn shared_names(strata_of: &BTreeMap<u16, BTreeSet<u16>>, name: &dyn Fn(u16) -> String) -> Option<Finding> {
    let (psu, in_strata) = strata_of.iter().find(|(_, strata)| strata.len() > 1)?;
    let shared = strata_of.values().filter(|strata| strata.len() > 1).count();
    let finding = Finding::new(Code::PsuInStrata, Place::subject(name(*psu)));
    Some(
        finding
            .with("psu", name(*psu))
            .with("strata", in_strata.len())
            .with("count", shared),
    )
}
