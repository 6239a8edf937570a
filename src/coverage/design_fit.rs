//! Composition of a sample of clusters against the draw or the frame.
//!
//! Respondents of one cluster belong together, so a test that takes them for independent draws finds a difference too easily. Here the
//! variance of each stratum's count comes from the clusters ([`goodness_of_fit`]).

use super::StratumCoverage;
use crate::clean::Cleaned;
use crate::design::hypothesis::goodness_of_fit::{DesignFit, goodness_of_fit};
use crate::design::{SampleDesign, Stage};
use crate::ingest::Responses;
use crate::survey::{SelectionMethod, Survey};

/// The test of the respondents who count against `shares`, one a stratum in the order of `strata`. `weighted` is false where they are
/// held against the numbers drawn, which base weights would distort.
///
/// `None` without clusters, or where the test cannot be made: the design fixes the composition, or a cluster count is lacking.
pub(super) fn design_fit(
    survey: &Survey,
    responses: &Responses,
    cleaned: &Cleaned,
    strata: &[StratumCoverage],
    shares: &[f64],
    weighted: bool,
) -> Option<DesignFit> {
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
    let design = SampleDesign::new(&[stage], Some(&weights)).ok()?;
    goodness_of_fit(&design, &category, shares, survey.design.lonely_psu).ok()
}
