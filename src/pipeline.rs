//! The product in one screen: from files to the assessment, one call a step.

mod comparing;
mod invariance;
mod links;
mod over_time;
mod resampling;

use crate::assessment::{
    self as assemble, Assessment, DomainResult, ModelResult, QualityAssessment, SCHEMA_VERSION, WaveAssessment, WithoutExclusions,
};
use crate::certificate::{self, FollowUp};
use crate::clean::quality::{Flag, Screen};
use crate::clean::{self, Cleaned, Ledger};
use crate::coverage::representativeness::{Representativeness, representativeness};
use crate::coverage::{self, Coverage, cases, frame};
use crate::disclosure_control;
use crate::evidence::{InputFile, Producer};
use crate::finding::{Code, Finding, Place, Refusal};
use crate::grade::{self, Determination, Rulebook, SurveyEvidence};
use crate::index::estimate::Reported;
use crate::index::linked::Measured;
use crate::index::wave::{WaveEstimates, estimate_wave};
use crate::ingest::{self, Responses};
use crate::io::World;
use crate::locale::Text;
use crate::sample;
use crate::score::{self, RespondentScores};
use crate::surveillance;
use crate::survey::Survey;
use crate::survey::definition::Wave;
use crate::tally::{self, Tally};
use crate::touchpoints::{self, Gathered};
use crate::trend;
use crate::weight::cluster_list::ClusterList;
use crate::weight::merge::MergedStrata;
use crate::weight::targets::Targets;
use crate::weight::{self, WeightSummary, Weights};
use std::collections::BTreeMap;

/// What is wanted beside the assessment.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// Scores of every respondent.
    pub scores: bool,
}

/// A step of the run, for a progress display.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Reading a response file: bytes so far.
    Reading(u64),
    /// Cleaning and coverage.
    Cleaning,
    /// From respondents to cells.
    Tallying,
    /// Estimates.
    Estimating,
}

/// Everything that a run produced.
#[derive(Debug, Clone)]
pub struct Run {
    /// What was found out.
    pub assessment: Assessment,
    /// Wave, response file, ledger.
    pub ledgers: Vec<(String, String, Ledger)>,
    /// Wave, response file, flags of the forensics; empty where the definition does not ask for them.
    pub flags: Vec<(String, String, Vec<Flag>)>,
    /// Scores of every respondent, when wanted.
    pub scores: Option<RespondentScores>,
}

/// What a check found.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Interviews received, over all waves.
    pub received: u64,
    /// Interviews that count after cleaning.
    pub counted: u64,
    /// Reservations.
    pub findings: Vec<Finding>,
}

/// One wave with everything read and held against everything else; no estimate yet.
struct Prepared<'a> {
    wave: &'a Wave,
    responses: Responses,
    cleaned: Cleaned,
    screen: Option<Screen>,
    coverage: Coverage,
    frame: Option<frame::Frame>,
    dispositions: Option<frame::Dispositions>,
    cases: Option<cases::Cases>,
    targets: Targets,
    touchpoints: Gathered,
    inputs: Vec<InputFile>,
    findings: Vec<Finding>,
}

/// Runs the whole flow. Faults of all files of all waves are told together.
pub fn run(
    survey: &Survey,
    definition_text: &str,
    warnings: &[Finding],
    world: &dyn World,
    wanted: Wanted,
    progress: &(dyn Fn(&str, Step) + Sync),
) -> Result<Run, Refusal> {
    let rules = certificate::prepare(survey, grade::read_rulebook(survey, world), world);
    let sources: Vec<Result<Source<'_>, Refusal>> = survey.waves.iter().map(|wave| source(survey, wave, world, progress)).collect();
    let ((rules, (follow_up, beside)), sources) = all_or_every_fault(with_beside(rules, over_time::read(survey, world)), sources)?;
    let unlisted = unlisted_sites(survey, &follow_up, sources.last().and_then(Source::answers));
    let answered: Vec<&Prepared<'_>> = sources.iter().filter_map(Source::answers).collect();
    let (group_comparisons, not_compared) = comparing::comparisons(survey, &answered);
    let mut scores = wanted.scores.then(RespondentScores::default);
    let (waves, measured, prepared) = assess_sources(survey, definition_text, &rules, sources, scores.as_mut(), progress)?;
    let links = links::links(survey, &prepared, &measured);
    let log: Option<Vec<_>> = follow_up.questionnaire.as_ref().map(|log| log.iter().map(|c| c.date.0).collect());
    let mut comparability = trend::comparability::comparability(survey, &waves, log.as_deref());
    invariance::add(survey, &prepared, &measured, &mut comparability);
    let (mut ledgers, mut flags) = (Vec::new(), Vec::new());
    for one in prepared {
        if let Some(screen) = one.screen {
            flags.push((one.wave.id.clone(), one.responses.file.clone(), screen.flags));
        }
        ledgers.push((one.wave.id.clone(), one.responses.file, one.cleaned.ledger));
    }
    let facts = assemble::facts::facts(survey);
    let settings = trend::Settings {
        index_dimension: facts.index_dimension.as_deref(),
        level: survey.design.level,
        spec: survey.trend,
    };
    let comparisons = trend::compare(&waves, &comparability, &links, settings);
    let reserved = trend::comparability::findings(&comparability, &comparisons);
    let over_time = over_time::assemble(survey, &waves, comparability, &comparisons, beside);
    let by_site = survey.sites.as_ref().zip(follow_up.register.as_ref()).zip(waves.last());
    let in_force: Vec<_> = survey.waves.last().map(|wave| rules.for_wave(wave, true).0).unwrap_or_default();
    let schemes: Vec<_> = in_force.into_iter().map(|(scheme, _)| scheme).collect();
    let sites = by_site.map(|((spec, register), wave)| certificate::sites::assess_sites(spec, register, &schemes, wave));
    let disclosure = assemble::disclosure::disclosure(survey, waves.last());
    // The gates of a wave that was taken from an earlier assessment were those of that run.
    let own = || waves.iter().filter(|w| w.taken.is_none());
    let gates_failed = own().flat_map(|w| &w.gates).filter(|g| !g.met).count() as u64;
    let mut assessment = Assessment {
        schema_version: SCHEMA_VERSION,
        producer: Producer::default(),
        survey: facts,
        waves,
        comparisons,
        over_time,
        certificate: follow_up.certificate,
        actions: follow_up.actions,
        surveillance: None,
        sites,
        group_comparisons,
        disclosure,
        findings: warnings
            .iter()
            .cloned()
            .chain(unlisted)
            .chain(not_compared)
            .chain(notice(survey))
            .chain(reserved)
            .map(|f| f.record())
            .collect(),
        gates_failed,
    };
    let (plan, log) = (follow_up.plan, follow_up.questionnaire);
    assessment.surveillance = Some(surveillance::surveillance(&assessment, plan, log, &survey.surveillance.targets));
    Ok(Run {
        assessment,
        ledgers,
        flags,
        scores,
    })
}

/// Every wave assessed, with what its estimates were made from and what was read. Faults of all waves are told together.
fn assess_sources<'a>(
    survey: &Survey,
    definition_text: &str,
    rules: &Rulebook,
    sources: Vec<Source<'a>>,
    mut scores: Option<&mut RespondentScores>,
    progress: &(dyn Fn(&str, Step) + Sync),
) -> Result<(Vec<WaveAssessment>, Vec<Measured>, Vec<Prepared<'a>>), Refusal> {
    let (mut waves, mut measured, mut prepared, mut faults) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for source in sources {
        let one = match source {
            Source::Answers(prepared) => *prepared,
            Source::Earlier(wave) => {
                waves.push(*wave);
                continue;
            }
        };
        match assess_wave(survey, definition_text, rules, &one, scores.as_deref_mut(), progress) {
            Ok((wave, made_from)) => {
                waves.push(wave);
                measured.push(made_from);
            }
            Err(finding) => faults.push(finding.about(&one.wave.id)),
        }
        prepared.push(one);
    }
    if faults.is_empty() {
        Ok((waves, measured, prepared))
    } else {
        Err(Refusal(faults))
    }
}

/// Reads and holds everything against everything else, writes nothing, estimates nothing.
pub fn check(survey: &Survey, world: &dyn World, progress: &(dyn Fn(&str, Step) + Sync)) -> Result<Checked, Refusal> {
    let rules = certificate::prepare(survey, grade::read_rulebook(survey, world), world);
    let sources: Vec<Result<Source<'_>, Refusal>> = survey.waves.iter().map(|wave| source(survey, wave, world, progress)).collect();
    let ((_, (follow_up, _)), sources) = all_or_every_fault(with_beside(rules, over_time::read(survey, world)), sources)?;
    let unlisted = unlisted_sites(survey, &follow_up, sources.last().and_then(Source::answers));
    let prepared = || sources.iter().filter_map(Source::answers);
    Ok(Checked {
        received: prepared().map(|p| p.responses.len() as u64).sum(),
        counted: prepared().map(|p| p.cleaned.kept_count()).sum(),
        findings: prepared().flat_map(|p| p.findings.iter().cloned()).chain(unlisted).collect(),
    })
}

/// Sites in the answers of the latest wave that the list of sites does not have.
fn unlisted_sites(survey: &Survey, follow_up: &FollowUp, latest: Option<&Prepared<'_>>) -> Vec<Finding> {
    let (Some(spec), Some(register), Some(latest)) = (&survey.sites, &follow_up.register, latest) else {
        return Vec::new();
    };
    let column = latest.responses.domains.iter().find(|d| d.name == spec.column);
    let answered = column.into_iter().flat_map(|column| {
        let interviews = |number: usize| column.of_row.iter().filter(|n| usize::from(**n) == number).count() as u64;
        let names = column.categories.names().iter().enumerate();
        // Counting goes through every row, so only what is not listed is counted.
        let unlisted = names.filter(|(_, name)| !register.names.contains(*name));
        unlisted.map(move |(number, name)| (name.as_str(), interviews(number)))
    });
    register.unlisted(answered)
}

/// Rules and records together with the files beside the waves, or the faults of both.
fn with_beside<R, F, B>(rules: Result<(R, F), Refusal>, beside: Result<B, Refusal>) -> Result<(R, (F, B)), Refusal> {
    match (rules, beside) {
        (Ok((rules, follow_up)), Ok(beside)) => Ok((rules, (follow_up, beside))),
        (rules, beside) => {
            let faults = [rules.err(), beside.err()];
            Err(Refusal(faults.into_iter().flatten().flat_map(|r| r.0).collect()))
        }
    }
}

/// Where a wave comes from.
enum Source<'a> {
    /// From its answers.
    Answers(Box<Prepared<'a>>),
    /// From an earlier assessment, as it was published.
    Earlier(Box<WaveAssessment>),
}

impl<'a> Source<'a> {
    fn answers(&self) -> Option<&Prepared<'a>> {
        match self {
            Self::Answers(prepared) => Some(prepared),
            Self::Earlier(_) => None,
        }
    }
}

fn source<'a>(survey: &Survey, wave: &'a Wave, world: &dyn World, progress: &(dyn Fn(&str, Step) + Sync)) -> Result<Source<'a>, Refusal> {
    if wave.assessment.is_some() {
        let earlier = trend::comparability::earlier::read_wave(survey, wave, world)?;
        return Ok(Source::Earlier(Box::new(earlier)));
    }
    let prepared = prepare(survey, wave, world, progress)?;
    Ok(Source::Answers(Box::new(prepared)))
}

fn all_or_every_fault<R, P>(rules: Result<R, Refusal>, prepared: Vec<Result<P, Refusal>>) -> Result<(R, Vec<P>), Refusal> {
    let mut faults = Vec::new();
    let mut good = Vec::new();
    for one in prepared {
        match one {
            Ok(one) => good.push(one),
            Err(refusal) => faults.extend(refusal.0),
        }
    }
    match rules {
        Ok(rules) if faults.is_empty() => Ok((rules, good)),
        Ok(_) => Err(Refusal(faults)),
        Err(refusal) => Err(Refusal(refusal.0.into_iter().chain(faults).collect())),
    }
}

fn prepare<'a>(
    survey: &Survey,
    wave: &'a Wave,
    world: &dyn World,
    progress: &(dyn Fn(&str, Step) + Sync),
) -> Result<Prepared<'a>, Refusal> {
    let responses = ingest::ingest(survey, wave, world, &|bytes| progress(&wave.id, Step::Reading(bytes)));
    let frame = wave.frame.as_ref().map(|file| frame::read_frame(survey, file, world)).transpose();
    let dispositions = wave
        .dispositions
        .as_ref()
        .map(|file| frame::read_dispositions(survey, file, world))
        .transpose();
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

fn assess_wave(
    survey: &Survey,
    definition_text: &str,
    rules: &Rulebook,
    prepared: &Prepared<'_>,
    scores: Option<&mut RespondentScores>,
    progress: &(dyn Fn(&str, Step) + Sync),
) -> Result<(WaveAssessment, Measured), Finding> {
    let (wave, responses, cleaned) = (prepared.wave, &prepared.responses, &prepared.cleaned);
    progress(&wave.id, Step::Tallying);
    let tally = tally::tally(survey, responses, &cleaned.kept);
    progress(&wave.id, Step::Estimating);
    let (weights, summary, weight_findings) = weight::weigh(survey, responses, prepared.frame.as_ref(), &prepared.targets, &tally)?;
    let estimates = estimated(survey, prepared, &tally, &weights);
    if let Some(scores) = scores {
        add_scores(scores, survey, prepared, &tally, &weights, &estimates);
    }
    let without_exclusions = without_exclusions(survey, prepared, &tally, &estimates);
    let dimensions = assemble::dimensions::dimensions(survey, &estimates);
    let noticed = prepared.findings.iter().cloned();
    let mut findings: Vec<Finding> = noticed.chain(weight_findings).chain(estimates.findings.clone()).collect();
    let gates = assemble::facts::gates(survey, &wave.id, &prepared.coverage, &mut findings);
    let alpha_min = dimensions.iter().filter_map(|d| d.reliability.alpha).min_by(f64::total_cmp);
    let levers = assemble::levers::levers(survey, &estimates);
    let evidence = SurveyEvidence {
        index: &estimates.index,
        coverage: &prepared.coverage,
        alpha_min,
        scorecard: None,
        survey_date: grade::survey_date(wave),
        decision_date: survey.decision_date.as_deref(),
        declared: &survey.declared,
        levers: &levers,
        elements: &survey.elements,
    };
    let (determinations, more) = determinations(rules, wave, is_latest(survey, wave), evidence);
    findings.extend(more);
    gravest_first(&mut findings);
    let members: Vec<Vec<u16>> = estimates.domains.iter().map(|(cells, ..)| cells.members.clone()).collect();
    let mut assessed = WaveAssessment {
        id: wave.id.clone(),
        title: wave.title.clone().unwrap_or_else(|| Text::same(&wave.id)),
        field_start: wave.field_start.clone(),
        field_end: wave.field_end.clone(),
        questionnaire: wave.questionnaire.clone(),
        mode: wave.mode.or(survey.mode),
        taken: None,
        inputs: inputs(survey, definition_text, rules, prepared),
        cleaning: assemble::facts::cleaning_summary(responses, cleaned),
        coverage: prepared.coverage.clone(),
        representativeness: represent(survey, prepared, &summary),
        weights: summary,
        design: estimates.design.clone(),
        items: assemble::items::items(
            survey,
            &score::missing_by_reason(responses, &cleaned.kept),
            &tally,
            &weights,
            &estimates,
        ),
        weighting: assemble::weighting::weighting(survey, &estimates),
        service_gaps: assemble::weighting::service_gaps(survey, &estimates),
        model: path_model(survey, prepared, &tally, &weights, &estimates),
        measurement: assemble::measurement::measurement(survey, &estimates),
        priorities: assemble::model::priorities(survey, &estimates),
        item_priorities: assemble::model::item_priorities(survey, &estimates),
        dimensions,
        index: estimates.index.clone(),
        segments: estimates.segments,
        domains: estimates
            .domains
            .into_iter()
            .map(|(cells, n, index, dimensions)| {
                let share = weights.share_of(&tally, &cells.members);
                DomainResult::of(cells, n, share, index, dimensions)
            })
            .collect(),
        without_exclusions,
        quality: quality(survey, prepared),
        withheld: None,
        gates,
        determinations,
        touchpoints: Vec::new(),
        complaints: None,
        open_answers: Vec::new(),
        findings: findings.iter().map(Finding::record).collect(),
    };
    of_touchpoints(survey, prepared, &tally, &weights).put_into(&mut assessed);
    disclosure_control::protect(survey, &mut assessed, &members);
    let measured = Measured {
        wave: wave.id.clone(),
        domains: tally::domain_cells(responses, &tally),
        tally,
        weights,
    };
    Ok((assessed, measured))
}

/// Single questions, complaints and open answers, each from a tally of its own with the weights of the wave.
fn of_touchpoints(survey: &Survey, prepared: &Prepared<'_>, tally: &Tally, weights: &Weights) -> assemble::touchpoints::Assembled {
    let (responses, gathered) = (&prepared.responses, &prepared.touchpoints);
    let tallies = tally::side_tallies(survey, responses, &prepared.cleaned.kept, &gathered.columns());
    let basis = assemble::touchpoints::Basis {
        survey,
        wave: &prepared.wave.id,
        weights,
        domains: &tally::domain_cells(responses, tally),
    };
    assemble::touchpoints::assemble(basis, gathered, &tallies, tally.case_count(), prepared.coverage.population)
}

/// Estimates of the cases that count, with their domains.
fn estimated(survey: &Survey, prepared: &Prepared<'_>, tally: &Tally, weights: &Weights) -> WaveEstimates {
    let responses = &prepared.responses;
    let resample = resampling::cases(survey, responses, &prepared.cleaned.kept, tally, weights);
    let domains = tally::domain_cells(responses, tally);
    estimate_wave(survey, &prepared.wave.id, tally, weights, domains, resample.as_ref())
}

/// Representativeness with the final weights of each stratum.
fn represent(survey: &Survey, prepared: &Prepared<'_>, summary: &WeightSummary) -> Representativeness {
    // Strata that were weighted as one are still compared one by one.
    let merged = MergedStrata::of(survey);
    let weight: BTreeMap<&str, f64> = summary.strata.iter().map(|s| (s.stratum.as_str(), s.final_weight)).collect();
    let strata = prepared.coverage.strata.iter();
    let weighted = strata
        .filter_map(|s| Some((s.stratum.clone(), weight.get(merged.name(&s.stratum))? * s.n as f64)))
        .collect();
    // What is known of single cases takes the place of what somebody counted.
    let counted = prepared.cases.as_ref().map(|c| &c.dispositions).or(prepared.dispositions.as_ref());
    representativeness(survey, &prepared.coverage, counted, prepared.cases.as_ref(), &weighted)
}

fn gravest_first(findings: &mut Vec<Finding>) {
    findings.sort_by(|a, b| b.severity().cmp(&a.severity()).then_with(|| a.cmp(b)));
    findings.dedup();
}

fn is_latest(survey: &Survey, wave: &Wave) -> bool {
    survey.waves.last().is_some_and(|last| last.id == wave.id)
}

/// A reading against every scheme in force at the wave, with what is to be said about it. A scorecard belongs to the
/// latest wave.
fn determinations(rules: &Rulebook, wave: &Wave, latest: bool, evidence: SurveyEvidence<'_>) -> (Vec<Determination>, Vec<Finding>) {
    let (schemes, mut findings) = rules.for_wave(wave, latest);
    let mut determinations = Vec::new();
    for (scheme, scorecard) in schemes {
        let (determination, more) = grade::determine(scheme, SurveyEvidence { scorecard, ..evidence });
        determinations.push(determination);
        findings.extend(more);
    }
    (determinations, findings)
}

/// Every file that a wave was made from.
fn inputs(survey: &Survey, definition_text: &str, rules: &Rulebook, prepared: &Prepared<'_>) -> Vec<InputFile> {
    let latest = is_latest(survey, prepared.wave);
    let mut inputs = vec![InputFile::text("definition", &survey.file, definition_text)];
    inputs.extend(prepared.inputs.iter().cloned());
    inputs.extend(rules.inputs.iter().cloned());
    inputs.extend(rules.scorecard_inputs().filter(|_| latest).cloned());
    inputs
}

/// What the definition wants said of the data on every page.
fn notice(survey: &Survey) -> Option<Finding> {
    let notice = survey.notice.as_ref()?;
    Some(
        Finding::new(Code::DataNotice, Place::file(&survey.file))
            .with("zh", &notice.zh)
            .with("en", &notice.en),
    )
}

/// The path model, with what only respondents can tell: prediction and interactions.
fn path_model(
    survey: &Survey,
    prepared: &Prepared<'_>,
    tally: &Tally,
    weights: &Weights,
    estimates: &WaveEstimates,
) -> Option<ModelResult> {
    let mut model = assemble::model::model(survey, estimates)?;
    let fitted = estimates.shares.as_ref()?.model.as_ref()?;
    let cases = score::second_pass::Pass {
        survey,
        responses: &prepared.responses,
        kept: &prepared.cleaned.kept,
        weight_of_row: &weight_of_row(&prepared.responses, tally, weights),
    };
    let interactions = cases.moderation(&fitted.pls, &fitted.sd, &|item| estimates.sums.mean(item));
    assemble::inner::add_second_pass(&mut model.inner, survey, cases.prediction(), interactions);
    Some(model)
}

/// The final weight of each interview: that of the cell it was counted in.
fn weight_of_row<'a>(responses: &'a Responses, tally: &'a Tally, weights: &'a Weights) -> impl Fn(usize) -> f64 + Sync + 'a {
    let combinations: BTreeMap<&[u16], u16> = tally.domain_combinations().iter().map(Vec::as_slice).zip(0..).collect();
    move |row| {
        let categories: Vec<u16> = responses.domains.iter().map(|d| d.of_row.get(row).copied().unwrap_or(0)).collect();
        let classes = responses.weight.as_ref();
        weights.of_cell(tally::CellKey {
            stratum: responses.stratum.get(row).copied().unwrap_or(0),
            weight_class: classes.and_then(|(_, classes)| classes.get(row).copied()).unwrap_or(0),
            domain: combinations.get(categories.as_slice()).copied().unwrap_or(u16::MAX),
            ..tally::CellKey::default()
        })
    }
}

fn add_scores(
    scores: &mut RespondentScores,
    survey: &Survey,
    prepared: &Prepared<'_>,
    tally: &Tally,
    weights: &Weights,
    estimates: &WaveEstimates,
) {
    let shares = estimates.shares.as_ref().map(|s| s.of_dimension.clone()).unwrap_or_default();
    let responses = &prepared.responses;
    let weight_of_row = weight_of_row(responses, tally, weights);
    score::respondent_scores(
        scores,
        survey,
        &prepared.wave.id,
        responses,
        &prepared.cleaned,
        &shares,
        weight_of_row,
    );
}

/// The same estimates with nobody excluded. Where the rules excluded nobody they are the same numbers.
fn without_exclusions(survey: &Survey, prepared: &Prepared<'_>, tally: &Tally, estimates: &WaveEstimates) -> WithoutExclusions {
    let all = prepared.responses.len() as u64;
    if tally.case_count() == all {
        return WithoutExclusions {
            n: all,
            index: estimates.index.clone(),
            dimensions: estimates.dimensions.clone(),
        };
    }
    estimates_of(survey, prepared, &vec![true; prepared.responses.len()])
}

/// Index and dimensions of other interviews than those that count.
fn estimates_of(survey: &Survey, prepared: &Prepared<'_>, kept: &[bool]) -> WithoutExclusions {
    let tally = tally::tally(survey, &prepared.responses, kept);
    let weighed = weight::weigh(survey, &prepared.responses, prepared.frame.as_ref(), &prepared.targets, &tally);
    let estimates = match weighed {
        Ok((weights, _, _)) => {
            let resample = resampling::cases(survey, &prepared.responses, kept, &tally, &weights);
            estimate_wave(survey, &prepared.wave.id, &tally, &weights, Vec::new(), resample.as_ref())
        }
        Err(finding) => {
            let refused = Reported::refused(&finding);
            return WithoutExclusions {
                n: tally.case_count(),
                dimensions: vec![refused.clone(); survey.dimensions.len()],
                index: refused,
            };
        }
    };
    WithoutExclusions {
        n: tally.case_count(),
        index: estimates.index,
        dimensions: estimates.dimensions,
    }
}

/// What the forensics found, with the estimates without the flagged interviews.
fn quality(survey: &Survey, prepared: &Prepared<'_>) -> Option<QualityAssessment> {
    let screen = prepared.screen.as_ref()?;
    let without = |flagged: &[bool]| {
        let kept: Vec<bool> = prepared
            .cleaned
            .kept
            .iter()
            .zip(flagged)
            .map(|(kept, flagged)| *kept && !flagged)
            .collect();
        (kept != prepared.cleaned.kept).then(|| estimates_of(survey, prepared, &kept))
    };
    Some(QualityAssessment {
        found: screen.summary.clone(),
        without_flagged: without(&screen.flagged),
        without_several: without(&screen.several),
    })
}
