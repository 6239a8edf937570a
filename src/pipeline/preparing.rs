//! Files of a wave → everything read and held against everything else; no estimate yet.

use super::Step;
use crate::assessment::WaveAssessment;
use crate::clean::quality::Screen;
use crate::clean::{self, Cleaned};
use crate::coverage::{self, Coverage, cases, frame};
use crate::evidence::InputFile;
use crate::finding::{Finding, Refusal};
use crate::ingest::{self, Responses};
use crate::io::World;
use crate::sample;
use crate::survey::Survey;
use crate::survey::definition::Wave;
use crate::touchpoints::{self, Gathered};
use crate::trend;
use crate::weight;
use crate::weight::cluster_list::ClusterList;
use crate::weight::targets::Targets;

/// One wave with everything read and held against everything else; no estimate yet.
pub(super) struct Prepared<'a> {
    pub(super) wave: &'a Wave,
    pub(super) responses: Responses,
    pub(super) cleaned: Cleaned,
    pub(super) screen: Option<Screen>,
    pub(super) coverage: Coverage,
    pub(super) frame: Option<frame::Frame>,
    pub(super) dispositions: Option<frame::Dispositions>,
    pub(super) cases: Option<cases::Cases>,
    pub(super) targets: Targets,
    pub(super) touchpoints: Gathered,
    pub(super) inputs: Vec<InputFile>,
    pub(super) findings: Vec<Finding>,
}

/// Where a wave comes from.
pub(super) enum Source<'a> {
    /// From its answers.
    Answers(Box<Prepared<'a>>),
    /// From an earlier assessment, as it was published.
    Earlier(Box<WaveAssessment>),
}

impl<'a> Source<'a> {
    pub(super) fn answers(&self) -> Option<&Prepared<'a>> {
        match self {
            Self::Answers(prepared) => Some(prepared),
            Self::Earlier(_) => None,
        }
    }
}

pub(super) fn source<'a>(
    survey: &Survey,
    wave: &'a Wave,
    world: &dyn World,
    progress: &(dyn Fn(&str, Step) + Sync),
) -> Result<Source<'a>, Refusal> {
    if wave.assessment.is_some() {
        let earlier = trend::comparability::earlier::read_wave(survey, wave, world)?;
        return Ok(Source::Earlier(Box::new(earlier)));
    }
    let prepared = prepare(survey, wave, world, progress)?;
    Ok(Source::Answers(Box::new(prepared)))
}

fn prepare<'a>(
    survey: &Survey,
    wave: &'a Wave,
    world: &dyn World,
    progress: &(dyn Fn(&str, Step) + Sync),
) -> Result<Prepared<'a>, Refusal> {
    let responses = ingest::ingest(survey, wave, world, &|bytes| progress(&wave.id, Step::Reading(bytes)));
    let frame = wave.frame.as_ref().map(|file| frame::read_frame(survey, file, world)).transpose();
    let of_dispositions = |file: &String| frame::read_dispositions(survey, file, world);
    let dispositions = wave.dispositions.as_ref().map(of_dispositions).transpose();
    let clusters = ClusterList::of_wave(survey, wave, world);
    let cases = wave.cases.as_ref().map(|file| cases::read_cases(survey, file, world)).transpose();
    // The record of the draw is held against ids, which the packed responses no longer have.
    let draw = sample::verify::verify_wave(survey, wave, world);
    let (mut responses, frame, dispositions, cases, draw, clusters) = match (responses, frame, dispositions, cases, draw, clusters) {
        (Ok(responses), Ok(frame), Ok(dispositions), Ok(cases), Ok(draw), Ok(clusters)) => {
            (responses, frame, dispositions, cases, draw, clusters)
        }
        (responses, frame, dispositions, cases, draw, clusters) => {
            let of_files = [responses.err(), frame.err(), dispositions.err()].into_iter();
            let faults = of_files.chain([cases.err(), draw.err(), clusters.err()]);
            return Err(Refusal(faults.flatten().flat_map(|r| r.0).collect()));
        }
    };
    progress(&wave.id, Step::Cleaning);
    let mut cleaned = clean::clean(survey, &responses);
    let screen = clean::quality::screen(survey, &responses, &mut cleaned);
    let coverage = coverage::assess(survey, &responses, &cleaned, frame.as_ref(), dispositions.as_ref(), cases.as_ref());
    let of_frame = frame.as_ref().map(|f| (f.input.clone(), f.noticed.clone()));
    let touchpoints = touchpoints::gather(survey, wave, world, &responses, &cleaned.kept);
    let ground = weight::ground::lay(survey, &mut responses, &cleaned.kept, (frame, cases.as_ref(), clusters), world);
    let ((mut coverage, mut findings), ground, touchpoints) = match (coverage, ground, touchpoints) {
        (Ok(coverage), Ok(ground), Ok(touchpoints)) => (coverage, ground, touchpoints),
        (coverage, ground, touchpoints) => {
            let faults = [coverage.err(), ground.err(), touchpoints.err()];
            return Err(Refusal(faults.into_iter().flatten().flat_map(|r| r.0).collect()));
        }
    };
    findings.extend(clean::fault_findings(survey, &responses));
    findings.extend(screen.iter().filter_map(|s| s.finding(&responses.file)));
    findings.extend(responses.noticed.iter().cloned());
    findings.extend(touchpoints.findings.iter().cloned());
    let weight::ground::Ground { frame, targets, noticed } = ground;
    findings.extend(noticed);
    let mut inputs = vec![InputFile::new("responses", &responses.file, &responses.facts)];
    if let Some((input, noticed)) = of_frame {
        inputs.push(input);
        findings.extend(noticed);
    }
    let beside = targets
        .clusters
        .iter()
        .map(|c| &c.input)
        .chain(dispositions.iter().map(|d| &d.input));
    inputs.extend(beside.chain(cases.iter().map(|c| &c.input)).chain(&targets.inputs).cloned());
    inputs.extend(touchpoints.inputs.iter().cloned());
    if let Some(draw) = draw {
        coverage.draw = Some(draw.verification);
        findings.extend(draw.findings);
        inputs.extend(draw.inputs);
    }
    Ok(Prepared {
        wave,
        responses,
        cleaned,
        screen,
        coverage,
        frame,
        dispositions,
        cases,
        targets,
        touchpoints,
        inputs,
        findings,
    })
}
