//! The product in one screen: from files to the assessment, one call a step.

use crate::assessment::{
    Assessment, CleaningSummary, DimensionResult, DomainResult, GateResult, ItemResult, ModelItem, ModelPath, ModelR2, ModelResult,
    PriorityMap, PriorityPoint, Reliability, SCHEMA_VERSION, SurveyFacts, WaveAssessment, WithoutExclusions,
};
use crate::clean::{self, Cleaned, Ledger};
use crate::coverage::{self, Coverage, frame};
use crate::evidence::{InputFile, Producer};
use crate::finding::{Code, Finding, Place, Refusal, Severity};
use crate::grade::{self, Scorecard, SurveyEvidence, scheme::Scheme};
use crate::index::wave::{DomainCells, WaveEstimates, estimate_wave};
use crate::ingest::answer::FaultKind;
use crate::ingest::{self, AnswerFault, Responses};
use crate::io::World;
use crate::locale::Text;
use crate::measure::reliability;
use crate::score::{self, RespondentScores};
use crate::survey::definition::Wave;
use crate::survey::{IndexSpec, ItemWeights, MissingReason, Survey};
use crate::tally::{self, Tally, WeightedSums};
use crate::trend;
use crate::weight::{self, Weights};
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
    /// Cleaning, coverage, weights, tally.
    Preparing,
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
    /// Scores of every respondent, when wanted.
    pub scores: Option<RespondentScores>,
}

/// The schemes and the scorecard that a definition names, read and checked.
#[derive(Debug, Clone)]
pub struct Rules {
    schemes: Vec<Scheme>,
    scorecard: Option<Scorecard>,
    inputs: Vec<InputFile>,
}

/// One wave with everything read and held against everything else; no estimate yet.
struct Prepared<'a> {
    wave: &'a Wave,
    responses: Responses,
    cleaned: Cleaned,
    coverage: Coverage,
    frame: Option<frame::Frame>,
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
    let rules = rules(survey, world);
    let prepared: Vec<Result<Prepared<'_>, Refusal>> = survey.waves.iter().map(|wave| prepare(survey, wave, world, progress)).collect();
    let (rules, prepared) = all_or_every_fault(rules, prepared)?;
    let mut scores = wanted.scores.then(RespondentScores::default);
    let mut waves = Vec::new();
    let mut ledgers = Vec::new();
    for one in prepared {
        progress(&one.wave.id, Step::Estimating);
        waves.push(assess_wave(survey, definition_text, &rules, &one, scores.as_mut()));
        ledgers.push((one.wave.id.clone(), one.responses.file, one.cleaned.ledger));
    }
    let comparisons = trend::compare(&waves, survey.design.level);
    let gates_failed = waves.iter().flat_map(|w| &w.gates).filter(|g| !g.met).count() as u64;
    let assessment = Assessment {
        schema_version: SCHEMA_VERSION,
        producer: Producer::default(),
        survey: facts(survey),
        waves,
        comparisons,
        findings: warnings.iter().cloned().chain(notice(survey)).map(|f| f.record()).collect(),
        gates_failed,
    };
    Ok(Run { assessment, ledgers, scores })
}

/// Reads and holds everything against everything else, writes nothing, estimates nothing.
pub fn check(survey: &Survey, world: &dyn World, progress: &(dyn Fn(&str, Step) + Sync)) -> Result<(u64, Vec<Finding>), Refusal> {
    let rules = rules(survey, world);
    let prepared: Vec<Result<Prepared<'_>, Refusal>> = survey.waves.iter().map(|wave| prepare(survey, wave, world, progress)).collect();
    let (_, prepared) = all_or_every_fault(rules, prepared)?;
    let counted = prepared.iter().map(|p| p.cleaned.kept_count()).sum();
    Ok((counted, prepared.into_iter().flat_map(|p| p.findings).collect()))
}

fn all_or_every_fault<'a>(
    rules: Result<Rules, Refusal>,
    prepared: Vec<Result<Prepared<'a>, Refusal>>,
) -> Result<(Rules, Vec<Prepared<'a>>), Refusal> {
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

fn rules(survey: &Survey, world: &dyn World) -> Result<Rules, Refusal> {
    let mut rules = Rules { schemes: Vec::new(), scorecard: None, inputs: Vec::new() };
    let mut faults = Vec::new();
    for id in &survey.schemes {
        let is_file = std::path::Path::new(id).extension().is_some_and(|e| e == "toml");
        let text = if is_file { read_text(id, world) } else { grade::scheme::shipped(id).map(str::to_owned).ok_or_else(|| unknown_scheme(survey, id)) };
        let scheme = text.map_err(Refusal::from).and_then(|text| {
            rules.inputs.push(InputFile::text("scheme", id, &text));
            Scheme::parse(id, &text)
        });
        match scheme {
            Ok(scheme) => rules.schemes.push(scheme),
            Err(refusal) => faults.extend(refusal.0),
        }
    }
    if let Some(file) = &survey.scorecard {
        match grade::read_scorecard(file, world) {
            Ok(card) => rules.scorecard = Some(card),
            Err(refusal) => faults.extend(refusal.0),
        }
    }
    if faults.is_empty() { Ok(rules) } else { Err(Refusal(faults)) }
}

fn read_text(file: &str, world: &dyn World) -> Result<String, Finding> {
    let fault = |reason: String| Finding::new(Code::FileUnreadable, Place::file(file)).with("file", file).with("reason", reason);
    let mut text = String::new();
    let mut reader = world.open(file).map_err(|e| fault(format!("{:?}", e.kind())))?;
    reader.read_to_string(&mut text).map_err(|e| fault(format!("{:?}", e.kind())))?;
    Ok(text)
}

fn unknown_scheme(survey: &Survey, id: &str) -> Finding {
    let known = grade::scheme::shipped_ids();
    let near = crate::survey::nearest(id, known.iter().copied()).unwrap_or_else(|| known.join(", "));
    Finding::new(Code::UnknownScheme, Place::file(&survey.file)).with("scheme", id).with("nearest", near)
}

fn prepare<'a>(survey: &Survey, wave: &'a Wave, world: &dyn World, progress: &(dyn Fn(&str, Step) + Sync)) -> Result<Prepared<'a>, Refusal> {
    let responses = ingest::ingest(survey, wave, world, &|bytes| progress(&wave.id, Step::Reading(bytes)));
    let frame = wave.frame.as_ref().map(|file| frame::read_frame(survey, file, world)).transpose();
    let dispositions = wave.dispositions.as_ref().map(|file| frame::read_dispositions(survey, file, world)).transpose();
    let (responses, frame, dispositions) = match (responses, frame, dispositions) {
        (Ok(responses), Ok(frame), Ok(dispositions)) => (responses, frame, dispositions),
        (responses, frame, dispositions) => {
            let faults = [responses.err(), frame.err(), dispositions.err()];
            return Err(Refusal(faults.into_iter().flatten().flat_map(|r| r.0).collect()));
        }
    };
    progress(&wave.id, Step::Preparing);
    let cleaned = clean::clean(survey, &responses);
    let (coverage, mut findings) = coverage::assess(survey, &responses, &cleaned, frame.as_ref(), dispositions.as_ref())?;
    findings.extend(fault_findings(survey, &responses));
    let mut inputs = vec![InputFile::new("responses", &responses.file, &responses.facts)];
    inputs.extend(frame.as_ref().map(|f| f.input.clone()));
    inputs.extend(dispositions.map(|d| d.input));
    Ok(Prepared { wave, responses, cleaned, coverage, frame, inputs, findings })
}

/// One finding for each column and kind of faulty answer, with the first as the example; all of them are in the ledger.
fn fault_findings(survey: &Survey, responses: &Responses) -> Vec<Finding> {
    let text = |number: u16| responses.fault_texts.names().get(usize::from(number)).cloned().unwrap_or_default();
    let place = |row: u32| Place::line(&responses.file, responses.line.get(row as usize).map_or(0, |l| u64::from(*l)));
    let mut found: BTreeMap<(u16, FaultKind), (u64, &AnswerFault)> = BTreeMap::new();
    for fault in &responses.answer_faults {
        found.entry((fault.item, fault.kind)).or_insert((0, fault)).0 += 1;
    }
    let mut findings = Vec::new();
    for ((item, kind), (count, first)) in found {
        let Some(item) = survey.items.get(usize::from(item)) else { continue };
        let code = if kind == FaultKind::UnknownLabel { Code::UnknownLabel } else { Code::OutOfScale };
        let finding = Finding::new(code, place(first.row)).with("count", count).with("column", &item.column);
        findings.push(finding.with("example", text(first.text)).with("min", item.scale.min).with("max", item.scale.max));
    }
    for (code, column) in [(Code::ImpossibleDate, &survey.columns.submitted), (Code::BadDuration, &survey.columns.duration)] {
        let mut of_code = responses.row_faults.iter().filter(|f| f.code == code);
        if let Some(first) = of_code.next() {
            let finding = Finding::new(code, place(first.row)).with("count", 1 + of_code.count());
            findings.push(finding.with("column", column.clone().unwrap_or_default()).with("example", text(first.text)));
        }
    }
    findings
}

fn assess_wave(
    survey: &Survey,
    definition_text: &str,
    rules: &Rules,
    prepared: &Prepared<'_>,
    scores: Option<&mut RespondentScores>,
) -> WaveAssessment {
    let (wave, responses, cleaned) = (prepared.wave, &prepared.responses, &prepared.cleaned);
    let tally = tally::tally(survey, responses, &cleaned.kept);
    let (weights, summary, weight_findings) = weight::weigh(survey, responses, prepared.frame.as_ref(), &tally);
    let estimates = estimate_wave(survey, &wave.id, &tally, &weights, domain_cells(responses, &tally));
    if let Some(scores) = scores {
        add_scores(scores, survey, prepared, &weights, &estimates);
    }
    let without_exclusions = without_exclusions(survey, prepared, &tally, &estimates);
    let dimensions = dimensions(survey, &estimates);
    let mut findings: Vec<Finding> = prepared.findings.iter().cloned().chain(weight_findings).chain(estimates.findings.clone()).collect();
    let gates = gates(survey, prepared, &mut findings);
    let alpha_min = dimensions.iter().filter_map(|d| d.reliability.alpha).min_by(f64::total_cmp);
    let evidence =
        SurveyEvidence { index: &estimates.index, coverage: &prepared.coverage, alpha_min, scorecard: rules.scorecard.as_ref() };
    let mut determinations = Vec::new();
    for scheme in &rules.schemes {
        let (determination, more) = grade::determine(scheme, evidence);
        determinations.push(determination);
        findings.extend(more);
    }
    findings.sort_by(|a, b| b.severity().cmp(&a.severity()).then_with(|| a.cmp(b)));
    findings.dedup();
    let mut inputs = vec![InputFile::text("definition", &survey.file, definition_text)];
    inputs.extend(prepared.inputs.iter().cloned());
    inputs.extend(rules.inputs.iter().cloned());
    inputs.extend(rules.scorecard.iter().map(|c| c.input.clone()));
    WaveAssessment {
        id: wave.id.clone(),
        title: wave.title.clone().unwrap_or_else(|| Text::same(&wave.id)),
        field_start: wave.field_start.clone(),
        field_end: wave.field_end.clone(),
        questionnaire: wave.questionnaire.clone(),
        inputs,
        cleaning: cleaning_summary(prepared),
        coverage: prepared.coverage.clone(),
        weights: summary,
        items: items(survey, prepared, &tally, &weights, &estimates),
        model: model(survey, &estimates),
        priorities: priorities(survey, &estimates),
        dimensions,
        index: estimates.index.clone(),
        domains: estimates
            .domains
            .into_iter()
            .map(|(d, n, index, dimensions)| DomainResult { column: d.column, category: d.category, n, index, dimensions })
            .collect(),
        without_exclusions,
        gates,
        determinations,
        findings: findings.iter().map(Finding::record).collect(),
    }
}

/// What the definition wants said of the data on every page.
fn notice(survey: &Survey) -> Option<Finding> {
    let notice = survey.notice.as_ref()?;
    Some(Finding::new(Code::DataNotice, Place::file(&survey.file)).with("zh", &notice.zh).with("en", &notice.en))
}

fn facts(survey: &Survey) -> SurveyFacts {
    SurveyFacts {
        id: survey.id.clone(),
        title: survey.title.clone(),
        population: survey.population.clone(),
        sponsor: survey.sponsor.clone(),
        conductor: survey.conductor.clone(),
        mode: survey.mode,
        basis: survey.basis.clone(),
        notice: survey.notice.clone(),
        item_weights: survey.model.weights,
        scheme: survey.model.structure.as_ref().map(|_| survey.model.scheme),
        index_dimension: match survey.index {
            IndexSpec::Dimension(at) => survey.dimensions.get(at).map(|d| d.id.clone()),
            IndexSpec::Composite => None,
        },
        level: survey.design.level,
        seed: survey.design.seed,
    }
}

/// The categories of every domain column with the domain combinations of the tally that belong to each.
fn domain_cells(responses: &Responses, tally: &Tally) -> Vec<DomainCells> {
    let mut cells = Vec::new();
    for (position, column) in responses.domains.iter().enumerate() {
        let mut of_column: Vec<DomainCells> = column
            .categories
            .names()
            .iter()
            .enumerate()
            .map(|(number, name)| {
                let belongs = |values: &Vec<u16>| values.get(position).is_some_and(|v| usize::from(*v) == number);
                let combinations = tally.domain_combinations().iter().enumerate().filter(|(_, values)| belongs(values));
                DomainCells {
                    column: column.name.clone(),
                    category: name.clone(),
                    members: combinations.map(|(at, _)| at as u16).collect(),
                }
            })
            .collect();
        of_column.sort_by(|a, b| a.category.cmp(&b.category));
        cells.extend(of_column);
    }
    cells
}

fn add_scores(scores: &mut RespondentScores, survey: &Survey, prepared: &Prepared<'_>, weights: &Weights, estimates: &WaveEstimates) {
    let shares = estimates.shares.as_ref().map(|s| s.of_dimension.clone()).unwrap_or_default();
    let responses = &prepared.responses;
    let weight_of_row = |row: usize| {
        let class = responses.weight.as_ref().and_then(|(_, classes)| classes.get(row).copied()).unwrap_or(0);
        let stratum = responses.stratum.get(row).copied().unwrap_or(0);
        weights.of_cell(tally::CellKey { stratum, weight_class: class, domain: 0, group: 0 })
    };
    score::respondent_scores(scores, survey, &prepared.wave.id, responses, &prepared.cleaned, &shares, weight_of_row);
}

/// The same estimates with nobody excluded. Where the rules excluded nobody they are the same numbers.
fn without_exclusions(survey: &Survey, prepared: &Prepared<'_>, tally: &Tally, estimates: &WaveEstimates) -> WithoutExclusions {
    let all = prepared.responses.len() as u64;
    if tally.case_count() == all {
        return WithoutExclusions { n: all, index: estimates.index.clone(), dimensions: estimates.dimensions.clone() };
    }
    let everybody = vec![true; prepared.responses.len()];
    let tally = tally::tally(survey, &prepared.responses, &everybody);
    let (weights, _, _) = weight::weigh(survey, &prepared.responses, prepared.frame.as_ref(), &tally);
    let estimates = estimate_wave(survey, &prepared.wave.id, &tally, &weights, Vec::new());
    WithoutExclusions { n: all, index: estimates.index, dimensions: estimates.dimensions }
}

fn cleaning_summary(prepared: &Prepared<'_>) -> CleaningSummary {
    let received = prepared.responses.len() as u64;
    let counted = prepared.cleaned.kept_count();
    CleaningSummary {
        received,
        counted,
        excluded: received - counted,
        answers_set_aside: prepared.responses.answer_faults.len() as u64,
        rules: prepared.cleaned.outcomes.clone(),
    }
}

fn items(survey: &Survey, prepared: &Prepared<'_>, tally: &Tally, weights: &Weights, estimates: &WaveEstimates) -> Vec<ItemResult> {
    let missing = missing_by_reason(survey, prepared);
    let mut results = Vec::new();
    for (number, dimension) in survey.dimensions.iter().enumerate() {
        let shares = estimates.shares.as_ref().and_then(|s| s.of_dimension.get(number)?.clone());
        for (position, at) in dimension.items.iter().enumerate() {
            let (Some(item), Some(score)) = (survey.items.get(*at), estimates.items.get(*at)) else { continue };
            results.push(ItemResult {
                id: item.id.clone(),
                title: item.title.clone(),
                dimension: dimension.id.clone(),
                share: shares.as_ref().and_then(|s| s.get(position).copied()),
                score: score.clone(),
                scale: (item.scale.min, item.scale.max),
                reversed: item.reversed,
                distribution: distribution(tally, weights, *at, item.scale.range()),
                missing: missing.get(*at).cloned().unwrap_or_default(),
                stated_importance: item.importance.and_then(|i| crate::index::shares::importance_mean(survey, &estimates.sums, i)),
            });
        }
    }
    results
}

fn distribution(tally: &Tally, weights: &Weights, item: usize, range: u8) -> Vec<f64> {
    let mut shares = vec![0.0; usize::from(range) + 1];
    for (key, cell) in tally.cells() {
        for (share, cases) in shares.iter_mut().zip(cell.histogram(item)) {
            *share += weights.of_cell(*key) * *cases as f64;
        }
    }
    let total: f64 = shares.iter().sum();
    if total > 0.0 { shares.iter().map(|s| s / total).collect() } else { Vec::new() }
}

fn missing_by_reason(survey: &Survey, prepared: &Prepared<'_>) -> Vec<BTreeMap<MissingReason, u64>> {
    let mut counts = vec![[0_u64; 6]; survey.items.len()];
    let reasons = [
        MissingReason::Invalid,
        MissingReason::NotApplicable,
        MissingReason::Refused,
        MissingReason::DontKnow,
        MissingReason::NotAsked,
        MissingReason::NoAnswer,
    ];
    for row in (0..prepared.responses.len()).filter(|row| prepared.cleaned.kept.get(*row) == Some(&true)) {
        for (packed, counts) in prepared.responses.row(row).iter().zip(&mut counts) {
            if let Some(count) = packed.checked_sub(250).and_then(|at| counts.get_mut(usize::from(at))) {
                *count += 1;
            }
        }
    }
    counts.iter().map(|c| reasons.iter().copied().zip(*c).filter(|(_, n)| *n > 0).collect()).collect()
}

fn dimensions(survey: &Survey, estimates: &WaveEstimates) -> Vec<DimensionResult> {
    let of = |number: usize| {
        let spec = survey.dimensions.get(number)?;
        let loadings = estimates.shares.as_ref().and_then(|s| s.model.as_ref()?.pls.loadings.get(number).cloned());
        Some(DimensionResult {
            id: spec.id.clone(),
            title: spec.title.clone(),
            role: spec.role,
            weight: spec.weight,
            score: estimates.dimensions.get(number)?.clone(),
            reliability: reliability_of(&estimates.sums, &spec.items, loadings.as_deref()),
        })
    };
    (0..survey.dimensions.len()).filter_map(of).collect()
}

fn reliability_of(sums: &WeightedSums, items: &[usize], loadings: Option<&[f64]>) -> Reliability {
    let Ok((sd, correlation)) = sums.correlations(items) else { return Reliability::default() };
    let all: Vec<usize> = (0..items.len()).collect();
    let covariance = nalgebra::DMatrix::from_fn(items.len(), items.len(), |a, b| correlation[(a, b)] * sd[a] * sd[b]);
    Reliability {
        alpha: reliability::alpha_raw(&covariance, &all),
        alpha_standardised: reliability::alpha_standardised(&correlation, &all),
        composite: loadings.and_then(reliability::composite_reliability),
        average_variance_extracted: loadings.and_then(reliability::average_variance_extracted),
    }
}

fn model(survey: &Survey, estimates: &WaveEstimates) -> Option<ModelResult> {
    let pls = &estimates.shares.as_ref()?.model.as_ref()?.pls;
    let structure = survey.model.structure.as_ref()?;
    let name = |dimension: usize| survey.dimensions.get(dimension).map(|d| d.id.clone()).unwrap_or_default();
    let mut items = Vec::new();
    for (number, dimension) in survey.dimensions.iter().enumerate() {
        let (Some(weights), Some(loadings)) = (pls.outer_weights.get(number), pls.loadings.get(number)) else { continue };
        for ((item, weight), loading) in dimension.items.iter().zip(weights).zip(loadings) {
            let item = survey.items.get(*item).map(|i| i.id.clone()).unwrap_or_default();
            items.push(ModelItem { item, dimension: name(number), outer_weight: *weight, loading: *loading });
        }
    }
    let paths = structure.paths().iter().zip(&estimates.paths).filter_map(|((from, to), estimate)| {
        Some(ModelPath { from: name(*from), to: name(*to), coefficient: (*estimate)? })
    });
    let r2 = estimates.r2.iter().enumerate().filter_map(|(d, r2)| Some(ModelR2 { dimension: name(d), r2: (*r2)? }));
    Some(ModelResult {
        iterations: pls.iterations,
        last_change: pls.last_change,
        items,
        paths: paths.collect(),
        r2: r2.collect(),
        replicates: estimates.replicates.0,
        replicates_failed: estimates.replicates.1,
    })
}

fn priorities(survey: &Survey, estimates: &WaveEstimates) -> Option<PriorityMap> {
    let (kind, points): (&str, Vec<PriorityPoint>) = match survey.model.weights {
        ItemWeights::Pls => ("total-effect", priority_points(survey.dimensions.iter().map(|d| (&d.id, &d.title)), &estimates.importance, &estimates.dimensions)),
        ItemWeights::StatedImportance => ("stated", priority_points(survey.scored().iter().map(|i| (&i.id, &i.title)), &estimates.importance, &estimates.items)),
        ItemWeights::Equal | ItemWeights::Given => return None,
    };
    if points.is_empty() {
        return None;
    }
    let mean = |of: &dyn Fn(&PriorityPoint) -> f64| points.iter().map(of).sum::<f64>() / points.len() as f64;
    Some(PriorityMap {
        importance_kind: kind.to_owned(),
        importance_mean: mean(&|p| p.importance.value),
        performance_mean: mean(&|p| p.performance.value),
        points,
    })
}

fn priority_points<'a>(
    names: impl Iterator<Item = (&'a String, &'a Text)>,
    importance: &[Option<crate::index::estimate::Estimate>],
    performance: &[crate::index::estimate::Reported],
) -> Vec<PriorityPoint> {
    let points = names.zip(importance).zip(performance);
    points
        .filter_map(|(((id, title), importance), performance)| {
            Some(PriorityPoint { id: id.clone(), title: title.clone(), importance: (*importance)?, performance: performance.estimate? })
        })
        .collect()
}

/// The gates of the definition. A fact that cannot be told fails its gate.
fn gates(survey: &Survey, prepared: &Prepared<'_>, findings: &mut Vec<Finding>) -> Vec<GateResult> {
    let (gates, coverage) = (&survey.gates, &prepared.coverage);
    let mut results = Vec::new();
    let mut gate = |name: &str, wanted: f64, got: Option<f64>, met: bool| {
        results.push(GateResult { gate: name.to_owned(), wanted, got, met });
    };
    if let Some(wanted) = gates.respondents_min {
        gate("respondents_min", wanted as f64, Some(coverage.n as f64), coverage.n >= wanted);
    }
    if let Some(wanted) = gates.response_rate_min {
        gate("response_rate_min", wanted, coverage.response_rate, coverage.response_rate.is_some_and(|r| r >= wanted));
    }
    if let Some(wanted) = gates.excluded_share_max {
        let share = (coverage.received > 0).then(|| 1.0 - coverage.n as f64 / coverage.received as f64);
        gate("excluded_share_max", wanted, share, share.is_some_and(|s| s <= wanted));
    }
    if gates.no_empty_stratum {
        let empty = coverage.strata.iter().filter(|s| s.verdict == coverage::StratumVerdict::Empty).count() as f64;
        let known = coverage.population.is_some();
        gate("no_empty_stratum", 0.0, known.then_some(empty), known && empty == 0.0);
    }
    if gates.required_size {
        let required = coverage.required;
        gate("required_size", required.map_or(0.0, |r| r.n as f64), Some(coverage.n as f64), required.is_some_and(|r| r.reached));
    }
    for result in results.iter().filter(|r| !r.met) {
        let finding = Finding::new(Code::GateFailed, Place::subject(&prepared.wave.id)).with("gate", &result.gate);
        let is_share = result.gate.ends_with("_rate_min") || result.gate.ends_with("_share_max");
        let shown = |value: f64| crate::report::round::printed(if is_share { value * 100.0 } else { value }, if is_share { 1 } else { 0 });
        findings.push(finding.with("required", shown(result.wanted)).with("actual", result.got.map_or_else(|| "–".to_owned(), shown)));
    }
    results
}

/// True when some finding stops a run; used by `check` to choose its exit code.
#[must_use]
pub fn any_error(findings: &[Finding]) -> bool {
    findings.iter().any(|f| f.severity() == Severity::Error)
}
