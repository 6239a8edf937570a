//! Composition of a sample of clusters against the draw or the frame.
//!
//! Respondents of one cluster belong together, so a test that takes them for independent draws finds a difference too easily. Here the
//! variance of each stratum's count comes from the clusters ([`goodness_of_fit`]).

use super::StratumCoverage;
use super::goodness_of_fit::GoodnessOfFit;
use crate::clean::Cleaned;
use crate::design::hypothesis::goodness_of_fit::{DesignFit, goodness_of_fit};
use crate::design::{LonelyPsuPolicy, SampleDesign, Stage};
use crate::ingest::Responses;
use crate::stats::holm_defined;
use crate::survey::{SelectionMethod, Survey};

/// The respondents who count, by cluster and stratum.
pub(super) struct ClusteredComposition {
    design: SampleDesign,
    /// Position of each respondent's stratum.
    category: Vec<Option<usize>>,
    lonely: LonelyPsuPolicy,
}

impl ClusteredComposition {
    /// `weighted` is false where they are held against the numbers drawn, which base weights would distort. `None` without clusters.
    pub(super) fn new(
        survey: &Survey,
        responses: &Responses,
        cleaned: &Cleaned,
        strata: &[StratumCoverage],
        weighted: bool,
    ) -> Option<Self> {
        let (_, psu_of_row) = responses.psu.as_ref()?;
        let names = responses.strata.names();
        let (mut psus, mut of_stratum, mut category, mut weights) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (row, _) in cleaned.kept.iter().enumerate().filter(|(_, kept)| **kept) {
            let stratum = *responses.stratum.get(row)?;
            psus.push(*psu_of_row.get(row)?);
            of_stratum.push(stratum);
            category.push(strata.iter().position(|s| names.get(usize::from(stratum)) == Some(&s.stratum)));
            let base = responses.weight.as_ref().filter(|_| weighted);
            weights.push(base.map_or(Some(1.0), |(distinct, class)| distinct.get(usize::from(*class.get(row)?)).copied())?);
        }
        let stage = Stage::new(&psus);
        // Clusters are named within the strata that they were drawn from.
        let stage = if survey.design.method == SelectionMethod::Stratified {
            stage.stratified(&of_stratum).nested()
        } else {
            stage
        };
        Some(Self {
            design: SampleDesign::new(&[stage], Some(&weights)).ok()?,
            category,
            lonely: survey.design.lonely_psu,
        })
    }

    /// All strata at once, against the shares that the other tests are made with. `None` where the design fixes the composition, or too
    /// few clusters answered.
    pub(super) fn fit(&self, fit: &GoodnessOfFit) -> Option<DesignFit> {
        let shares: Vec<f64> = fit.strata.iter().map(|s| s.frame_share).collect();
        goodness_of_fit(&self.design, &self.category, &shares, self.lonely).ok()
    }

    /// Each stratum against the rest, adjusted over all by Holm's method.
    pub(super) fn p_holm(&self, fit: &GoodnessOfFit) -> Vec<Option<f64>> {
        let one = |(at, share): (usize, f64)| {
            let category: Vec<Option<usize>> = self.category.iter().map(|c| c.map(|c| usize::from(c != at))).collect();
            let found = goodness_of_fit(&self.design, &category, &[share, 1.0 - share], self.lonely);
            found.ok().map(|found| found.f.p_value)
        };
        let raw: Vec<Option<f64>> = fit.strata.iter().map(|s| s.frame_share).enumerate().map(one).collect();
        holm_defined(&raw)
    }
}
