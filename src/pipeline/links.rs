//! Which waves share respondents or clusters, and how their estimates hang together: links are made above the waist, correlations from
//! what they leave.

use super::preparing::Prepared;
use crate::index::linked::{Measured, correlations};
use crate::survey::Survey;
use crate::tally::SideColumn;
use crate::tally::link::{WaveCases, link};
use crate::trend::{Links, comparability::pairs};

/// The links of all pairs of waves that are compared, by the ids of earlier and later wave. A pair whose answers name nobody has none.
pub(super) fn links(survey: &Survey, prepared: &[Prepared<'_>], measured: &[Measured]) -> Links {
    let id = |at: usize| survey.waves.get(at).map(|w| w.id.as_str());
    let sides: Vec<Vec<&SideColumn>> = prepared.iter().map(|p| compared_columns(survey, p)).collect();
    let cases = |id: &str| {
        let (one, side) = prepared.iter().zip(&sides).find(|(p, _)| p.wave.id == id)?;
        Some(WaveCases {
            responses: &one.responses,
            kept: &one.cleaned.kept,
            side,
        })
    };
    let made_from = |id: &str| measured.iter().find(|m| m.wave == id);
    let one = |(before, after): (usize, usize)| {
        let (before, after) = (id(before)?, id(after)?);
        let link = link(survey, cases(before)?, cases(after)?)?;
        let linked = correlations(survey, made_from(before)?, made_from(after)?, &link);
        Some(((before.to_owned(), after.to_owned()), linked))
    };
    pairs(survey.waves.len()).into_iter().filter_map(one).collect()
}

/// Answers behind the measures of a wave, in the order of [`Measured::measures`].
fn compared_columns<'a>(survey: &Survey, prepared: &'a Prepared<'_>) -> Vec<&'a SideColumn> {
    let gathered = &prepared.touchpoints;
    let compared = gathered.compared(survey);
    compared.iter().filter_map(|measure| gathered.column(measure.column)).collect()
}
