//! What the weights stand on, made ready from the files of a wave: classes of non-response, merged strata, listed clusters, margins.
//!
//! This is the last step that sees single interviews; after it their cells are enough.

use super::classes::ResponseClasses;
use super::cluster_list::ClusterList;
use super::merge::{self, MergedStrata};
use super::targets::{self, Targets};
use crate::coverage::cases::Cases;
use crate::coverage::frame::Frame;
use crate::finding::{Code, Finding, Findings, Place, Refusal};
use crate::ingest::Responses;
use crate::io::World;
use crate::survey::Survey;
use crate::tally;

/// The ground of a wave's weights.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The frame, with the strata that are weighted as one.
    pub frame: Option<Frame>,
    /// What is known of the population beside it.
    pub targets: Targets,
    /// What was noticed.
    pub noticed: Vec<Finding>,
}

/// Lays the ground: the interviews get their class, their merged stratum and, from the list of clusters, their base weight.
///
/// # Errors
///
/// All conditions together under which no weight can be made, a sampled stratum or class without an answer among them.
pub fn lay(
    survey: &Survey,
    responses: &mut Responses,
    kept: &[bool],
    (frame, cases, clusters): (Option<Frame>, Option<&Cases>, Option<ClusterList>),
    world: &dyn World,
) -> Result<Ground, Refusal> {
    let mut findings = Findings::default();
    // Classes go by the strata as they were drawn.
    let classes = ResponseClasses::lay(survey, responses, kept, frame.as_ref(), cases).unwrap_or_else(|finding| {
        findings.add(finding);
        None
    });
    if let Some(clusters) = &clusters {
        findings.extend(clusters.lay(survey, responses, kept, frame.as_ref()));
    }
    let (frame, of_merging) = MergedStrata::of(survey).merge(survey, responses, frame);
    findings.extend(of_merging);
    findings.extend(merge::unanswered(responses, kept, frame.as_ref()));
    if let Some(combinations) = tally::too_many_combinations(responses, kept) {
        let finding = Finding::new(Code::TooManyCombinations, Place::file(&responses.file));
        findings.add(finding.with("count", combinations).with("limit", u16::MAX));
    }
    let mut targets = match targets::read_targets(survey, responses, kept, frame.as_ref(), world) {
        Ok(targets) => targets,
        Err(refusal) => {
            findings.extend(refusal.0);
            Targets::default()
        }
    };
    (targets.classes, targets.clusters) = (classes, clusters);
    let noticed = findings.settle()?;
    Ok(Ground { frame, targets, noticed })
}
