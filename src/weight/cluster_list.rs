//! The list of all clusters of the population: what a sample of two stages needs beside the answers.
//!
//! Clusters are drawn within strata (or from the whole list), respondents within clusters. With `N` clusters listed, `n` in the
//! sample, `M_i` customers in cluster i and `m_i` interviews in it, the base weight is `N/n · M_i/m_i`, which also lets those who
//! answered in a cluster stand for those of it who did not; both stages have their finite population correction
//! (Särndal, Swensson and Wretman 1992, section 4.3).

use crate::coverage::frame::{Frame, stratum_name};
use crate::evidence::InputFile;
use crate::finding::{Code, Finding, Place, Refusal};
use crate::ingest::Responses;
use crate::ingest::table::{Reading, Table, trimmed};
use crate::io::World;
use crate::survey::definition::Wave;
use crate::survey::{SelectionMethod, Survey};
use std::collections::{BTreeMap, BTreeSet};

/// One cluster of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListedCluster {
    /// Customers in it, `M_i`.
    pub units: u64,
    /// Line of the file.
    pub line: u64,
}

/// All clusters of the population, by stratum (empty where strata were not drawn) and name.
#[derive(Debug, Clone)]
pub struct ClusterList {
    /// The file.
    pub input: InputFile,
    clusters: BTreeMap<(String, String), ListedCluster>,
}

impl ClusterList {
    /// The list of a wave, where it names one.
    pub fn of_wave(survey: &Survey, wave: &Wave, world: &dyn World) -> Result<Option<Self>, Refusal> {
        wave.clusters.as_ref().map(|file| Self::read(survey, file, world)).transpose()
    }

    /// Reads the list of a wave.
    pub fn read(survey: &Survey, file: &str, world: &dyn World) -> Result<Self, Refusal> {
        let by_stratum = survey.design.method == SelectionMethod::Stratified;
        let mut table = Table::open(world, file, Reading::default())?;
        let keys: Vec<usize> = (survey.columns.strata.iter().filter(|_| by_stratum))
            .filter_map(|c| table.column(c))
            .collect();
        let psu = survey.columns.psu.as_ref().and_then(|c| table.column(c));
        let units = table.column("units");
        table.settle()?;
        let mut clusters: BTreeMap<(String, String), ListedCluster> = BTreeMap::new();
        let mut record = csv::ByteRecord::new();
        while let Some(line) = table.next_row(&mut record)? {
            let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).map(String::from_utf8_lossy).unwrap_or_default();
            let name = crate::text::shown(trimmed(&cell(psu)), 80);
            let text = cell(units);
            let Some(units) = trimmed(&text).parse::<u64>().ok().filter(|u| (1..=1 << 48).contains(u)) else {
                let place = Place::cell(file, line, units.unwrap_or(0) as u64 + 1);
                let finding = Finding::new(Code::BadCount, place).with("column", "units");
                table.complain(finding.with("got", crate::text::redacted(&text)));
                continue;
            };
            let key = (stratum_name(&record, &keys), name.clone());
            if let Some(first) = clusters.insert(key, ListedCluster { units, line }) {
                let finding = Finding::new(Code::DuplicateId, Place::line(file, line)).with("id", name);
                table.complain(finding.with("first", first.line));
            }
        }
        let input = InputFile::new("clusters", file, &table.facts);
        table.finish()?;
        Ok(Self { input, clusters })
    }

    /// A cluster by stratum (empty where strata were not drawn) and name.
    #[must_use]
    pub fn get(&self, stratum: &str, cluster: &str) -> Option<&ListedCluster> {
        self.clusters.get(&(stratum.to_owned(), cluster.to_owned()))
    }

    /// Clusters of a stratum, N.
    #[must_use]
    pub fn count(&self, stratum: &str) -> u64 {
        self.clusters.keys().filter(|(s, _)| s == stratum).count() as u64
    }

    /// Holds the interviews that count against the list and gives base weights to those that have none. All faults are told together.
    pub fn lay(&self, survey: &Survey, responses: &mut Responses, kept: &[bool], frame: Option<&Frame>) -> Vec<Finding> {
        let sampled = sampled(survey, responses, kept);
        let mut findings = Vec::new();
        for ((stratum, name), interviews) in &sampled {
            match self.get(stratum, name) {
                None => findings.push(
                    Finding::new(Code::ClusterNotListed, Place::file(&responses.file))
                        .about(name)
                        .with("cluster", name)
                        .with("stratum", if stratum.is_empty() { "–" } else { stratum })
                        .with("file", &self.input.file),
                ),
                Some(listed) if listed.units < *interviews => findings.push(
                    Finding::new(Code::ClusterBelowSample, Place::line(&self.input.file, listed.line))
                        .about(name)
                        .with("cluster", name)
                        .with("units", listed.units)
                        .with("interviews", interviews),
                ),
                Some(_) => {}
            }
        }
        if findings.is_empty() && responses.weight.is_none() && frame.is_none_or(|f| f.strata.values().all(|s| s.drawn.is_none())) {
            self.weigh(survey, responses, &sampled);
        }
        findings
    }

    /// `N/n · M_i/m_i` for every interview, as a column of base weights.
    fn weigh(&self, survey: &Survey, responses: &mut Responses, sampled: &BTreeMap<(String, String), u64>) {
        let mut of_stratum: BTreeMap<&str, u64> = BTreeMap::new();
        for (stratum, _) in sampled.keys() {
            *of_stratum.entry(stratum).or_default() += 1;
        }
        let first: BTreeMap<&str, f64> = (of_stratum.iter())
            .map(|(stratum, n)| (*stratum, self.count(stratum) as f64 / *n as f64))
            .collect();
        let weight = |key: &(String, String)| {
            let (listed, interviews) = (self.get(&key.0, &key.1)?, sampled.get(key)?);
            Some(first.get(key.0.as_str())? * listed.units as f64 / *interviews as f64)
        };
        let values: BTreeSet<u64> = sampled.keys().filter_map(weight).map(f64::to_bits).collect();
        // Positive numbers are in the order of their bits.
        let classes: BTreeMap<u64, u16> = values.iter().copied().zip(0..=u16::MAX).collect();
        let class = |row: usize| {
            let key = cluster_of(survey, responses, row)?;
            classes.get(&weight(&key)?.to_bits()).copied()
        };
        // Interviews that do not count and are alone in their cluster have no weight of their own; they get the first.
        let of_row = (0..responses.len()).map(|row| class(row).unwrap_or(0)).collect();
        responses.weight = Some((values.into_iter().map(f64::from_bits).collect(), of_row));
    }
}

/// Stratum (empty where strata were not drawn) and cluster of a row.
fn cluster_of(survey: &Survey, responses: &Responses, row: usize) -> Option<(String, String)> {
    let (names, of_row) = responses.psu.as_ref()?;
    let name = names.names().get(usize::from(*of_row.get(row)?))?.clone();
    let stratum = if survey.design.method == SelectionMethod::Stratified {
        responses.strata.names().get(usize::from(*responses.stratum.get(row)?))?.clone()
    } else {
        String::new()
    };
    Some((stratum, name))
}

/// Interviews that count by stratum and cluster.
fn sampled(survey: &Survey, responses: &Responses, kept: &[bool]) -> BTreeMap<(String, String), u64> {
    let mut sampled: BTreeMap<(String, String), u64> = BTreeMap::new();
    for row in (0..responses.len()).filter(|row| kept.get(*row) == Some(&true)) {
        if let Some(key) = cluster_of(survey, responses, row) {
            *sampled.entry(key).or_default() += 1;
        }
    }
    sampled
}
