//! The product in one screen: from files to the assessment, one call a step.

mod answer_series;
mod assessing;
mod comparing;
mod grouping;
mod invariance;
mod links;
mod over_time;
mod preparing;
mod resampling;

use crate::assessment::{self as assemble, Assessment, SCHEMA_VERSION};
use crate::certificate::{self, FollowUp};
use crate::clean::Ledger;
use crate::clean::quality::Flag;
use crate::evidence::Producer;
use crate::finding::{Code, Finding, Place, Refusal};
use crate::grade;
use crate::io::World;
use crate::score::RespondentScores;
use crate::surveillance;
use crate::survey::Survey;
use crate::trend;
use assessing::assess_sources;
use preparing::{Prepared, Source, source};

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

/// Wave, response file, and what was noted there, for each wave that was read.
type Noted<T> = Vec<(String, String, T)>;

/// Ledgers and flags of the waves.
fn records(prepared: Vec<Prepared<'_>>) -> (Noted<Ledger>, Noted<Vec<Flag>>) {
    let (mut ledgers, mut flags) = (Vec::new(), Vec::new());
    for one in prepared {
        if let Some(screen) = one.screen {
            flags.push((one.wave.id.clone(), one.responses.file.clone(), screen.flags));
        }
        ledgers.push((one.wave.id.clone(), one.responses.file, one.cleaned.ledger));
    }
    (ledgers, flags)
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
    let mut scores = wanted.scores.then(RespondentScores::default);
    let (waves, measured, prepared) = assess_sources(survey, definition_text, (&rules, &follow_up), sources, scores.as_mut(), progress)?;
    let (group_comparisons, not_compared) = comparing::comparisons(survey, &prepared, &measured);
    let links = links::links(survey, &prepared, &measured);
    let log: Option<Vec<_>> = follow_up.questionnaire.as_ref().map(|log| log.iter().map(|c| c.date.0).collect());
    let mut comparability = trend::comparability::comparability(survey, &waves, log.as_deref());
    invariance::add(survey, &prepared, &measured, &mut comparability);
    let of_answers = answer_series::answer_series(survey, &prepared, &measured, (&waves, &comparability));
    let questionnaire = prepared
        .last()
        .map(|latest| assemble::questionnaire::questionnaire(survey, &latest.responses.header));
    let (ledgers, flags) = records(prepared);
    let facts = assemble::facts::facts(survey);
    let settings = trend::Settings {
        index_dimension: facts.index_dimension.as_deref(),
        level: survey.design.level,
        spec: survey.trend,
    };
    let comparisons = trend::compare(&waves, &comparability, &links, settings);
    let reserved = trend::comparability::findings(&comparability, &comparisons);
    let over_time = over_time::assemble(survey, &waves, comparability, &comparisons, (beside, of_answers));
    let by_site = survey.sites.as_ref().zip(follow_up.register.as_ref()).zip(waves.last());
    let in_force: Vec<_> = survey.waves.last().map(|wave| rules.for_wave(wave, true).0).unwrap_or_default();
    let schemes: Vec<_> = in_force.into_iter().map(|(scheme, _)| scheme).collect();
    let sites = by_site.map(|((spec, register), wave)| certificate::sites::assess_sites(spec, register, &schemes, wave));
    let disclosure = assemble::disclosure::disclosure(survey, &waves, over_time.as_ref(), questionnaire.as_ref());
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
        questionnaire,
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
    let unused = assemble::labels::unused(&assessment, &survey.file);
    assessment.findings.extend(unused.iter().map(Finding::record));
    assessment.surveillance = Some(surveillance::surveillance(&assessment, plan, log, &survey.surveillance.targets));
    Ok(Run {
        assessment,
        ledgers,
        flags,
        scores,
    })
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

/// What the definition wants said of the data on every page.
fn notice(survey: &Survey) -> Option<Finding> {
    let notice = survey.notice.as_ref()?;
    Some(
        Finding::new(Code::DataNotice, Place::file(&survey.file))
            .with("zh", &notice.zh)
            .with("en", &notice.en),
    )
}
