//! A wave that was read → its assessment: tally, weights, estimates, readings.

use super::preparing::{Prepared, Source};
use super::{Step, resampling};
use crate::assessment::touchpoints::Touchpoint;
use crate::assessment::{
    self as assemble, DimensionResult, DomainResult, ModelResult, QualityAssessment, WaveAssessment, WithoutExclusions,
};
use crate::certificate::{self, FollowUp};
use crate::coverage::representativeness::{Representativeness, representativeness};
use crate::disclosure_control;
use crate::disclosure_control::measures::MeasureFacts;
use crate::evidence::InputFile;
use crate::finding::{Finding, Refusal};
use crate::grade::{self, Determination, Rulebook, SurveyEvidence};
use crate::index::estimate::Reported;
use crate::index::linked::{Measured, MeasuredQuestion};
use crate::index::wave::{WaveEstimates, estimate_wave};
use crate::ingest::Responses;
use crate::locale::Text;
use crate::score::{self, RespondentScores};
use crate::survey::Survey;
use crate::survey::definition::Wave;
use crate::tally::{self, Tally};
use crate::touchpoints::compared::Compared;
use crate::weight::merge::MergedStrata;
use crate::weight::{self, WeightSummary, Weights};
use std::collections::BTreeMap;

/// Waves as assessed, what their estimates were made from, and what was read.
type Assessed<'a> = (Vec<WaveAssessment>, Vec<Measured>, Vec<Prepared<'a>>);

/// Every wave assessed, with what its estimates were made from and what was read. Faults of all waves are told together.
pub(super) fn assess_sources<'a>(
    survey: &Survey,
    definition_text: &str,
    (rules, follow_up): (&Rulebook, &FollowUp),
    sources: Vec<Source<'a>>,
    mut scores: Option<&mut RespondentScores>,
    progress: &(dyn Fn(&str, Step) + Sync),
) -> Result<Assessed<'a>, Refusal> {
    let (mut waves, mut measured, mut prepared, mut faults) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for source in sources {
        let one = match source {
            Source::Answers(prepared) => *prepared,
            Source::Earlier(wave) => {
                waves.push(*wave);
                continue;
            }
        };
        match assess_wave(survey, definition_text, (rules, follow_up), &one, scores.as_deref_mut(), progress) {
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

fn assess_wave(
    survey: &Survey,
    definition_text: &str,
    (rules, follow_up): (&Rulebook, &FollowUp),
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
    let (determinations, more) = determinations(survey, (rules, follow_up), prepared, &estimates, &dimensions);
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
        domains: domains(&estimates, &tally, &weights),
        segments: estimates.segments,
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
    let (beside, measures) = of_touchpoints(survey, prepared, &tally, &weights);
    beside.put_into(&mut assessed);
    protect(survey, &mut assessed, &measures, &members);
    let measured = Measured {
        wave: wave.id.clone(),
        domains: tally::domain_cells(responses, &tally),
        tally,
        weights,
        measures,
    };
    Ok((assessed, measured))
}

/// Every domain with its share of the weights.
fn domains(estimates: &WaveEstimates, tally: &Tally, weights: &Weights) -> Vec<DomainResult> {
    let domains = estimates.domains.iter().cloned();
    let one = |(cells, n, index, dimensions): (tally::DomainCells, u64, Reported, Vec<Reported>)| {
        let share = weights.share_of(tally, &cells.members);
        DomainResult::of(cells, n, share, index, dimensions)
    };
    domains.map(one).collect()
}

/// Single questions, complaints and open answers, each from a tally of its own with the weights of the wave; and what the measures among
/// them were made from.
fn of_touchpoints(
    survey: &Survey,
    prepared: &Prepared<'_>,
    tally: &Tally,
    weights: &Weights,
) -> (assemble::touchpoints::Assembled, Vec<MeasuredQuestion>) {
    let (responses, gathered) = (&prepared.responses, &prepared.touchpoints);
    let tallies = tally::side_tallies(survey, responses, &prepared.cleaned.kept, &gathered.columns());
    let basis = assemble::touchpoints::Basis {
        survey,
        wave: &prepared.wave.id,
        weights,
        domains: &tally::domain_cells(responses, tally),
    };
    let assembled = assemble::touchpoints::assemble(basis, gathered, &tallies, tally.case_count(), prepared.coverage.population);
    let measured = |measure: Compared| {
        Some(MeasuredQuestion {
            tally: tallies.get(measure.column)?.clone(),
            id: measure.id,
            values: measure.values,
        })
    };
    (assembled, gathered.compared(survey).into_iter().filter_map(measured).collect())
}

/// Withholds what small groups need, with who stands behind each touchpoint, in their order.
fn protect(survey: &Survey, wave: &mut WaveAssessment, measures: &[MeasuredQuestion], members: &[Vec<u16>]) {
    let one = |(touchpoint, measure): (&Touchpoint, &MeasuredQuestion)| {
        let mut by_combination: BTreeMap<u16, u64> = BTreeMap::new();
        for (key, cell) in measure.tally.cells().iter().filter(|(_, cell)| cell.answered(0) > 0) {
            *by_combination.entry(key.domain).or_default() += cell.answered(0);
        }
        MeasureFacts::of(survey, touchpoint, &by_combination, members, &measure.values)
    };
    let facts: Vec<MeasureFacts> = wave.touchpoints.iter().zip(measures).map(one).collect();
    disclosure_control::protect(survey, wave, members, &facts);
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
fn determinations(
    survey: &Survey,
    (rules, follow_up): (&Rulebook, &FollowUp),
    prepared: &Prepared<'_>,
    estimates: &WaveEstimates,
    dimensions: &[DimensionResult],
) -> (Vec<Determination>, Vec<Finding>) {
    let levers = assemble::levers::levers(survey, estimates);
    let record = certificate::on_record(survey.decision_date.as_deref(), follow_up, prepared.wave);
    let evidence = SurveyEvidence {
        index: &estimates.index,
        coverage: &prepared.coverage,
        alpha_min: dimensions.iter().filter_map(|d| d.reliability.alpha).min_by(f64::total_cmp),
        scorecard: None,
        survey_date: grade::survey_date(prepared.wave),
        record: &record,
        declared: &survey.declared,
        levers: &levers,
        elements: &survey.elements,
    };
    let (schemes, mut findings) = rules.for_wave(prepared.wave, is_latest(survey, prepared.wave));
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
pub(super) fn weight_of_row<'a>(responses: &'a Responses, tally: &'a Tally, weights: &'a Weights) -> impl Fn(usize) -> f64 + Sync + 'a {
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
