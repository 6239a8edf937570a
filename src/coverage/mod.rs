//! Cases + frame + dispositions → coverage: who was drawn, reached, answered, and whether those who answered stand for
//! the customers.

pub mod accounting;
pub mod balance;
pub mod cases;
mod design_fit;
pub mod exact_fit;
pub mod frame;
pub mod goodness_of_fit;
pub mod population_r;
pub mod r_indicator;
pub mod representativeness;
pub mod response_rate;
mod table_balance;
mod verdict;

pub use verdict::VerdictClause;

use crate::clean::Cleaned;
use crate::design::hypothesis::goodness_of_fit::DesignFit;
use crate::finding::{Code, Finding, Findings, Place, Refusal};
use crate::ingest::Responses;
use crate::round::printed;
use crate::sample::size::{self, ProportionPlan};
use crate::sample::verify::DrawVerification;
use crate::stats;
use crate::survey::{SelectionMethod, Survey};
use accounting::Accounting;
use cases::Cases;
use design_fit::ClusteredComposition;
use frame::{Dispositions, Frame};
use goodness_of_fit::{GoodnessOfFit, StratumCounts};
use response_rate::{DispositionCounts, EligibilityShare, OutcomeRates, ResponseRateDefinition};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How well a stratum is represented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StratumVerdict {
    /// At least the stated share of its target answered.
    Pass,
    /// Fewer answered, though chance alone may account for it.
    Short,
    /// Fewer answered than chance accounts for, or a single one, from whom no variance can be told.
    Fail,
    /// Nobody answered.
    Empty,
    /// There is no frame to hold it against.
    NotJudged,
}

/// One stratum: frame against sample.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StratumCoverage {
    /// Name.
    pub stratum: String,
    /// Customers in the frame.
    pub population: Option<u64>,
    /// Customers drawn.
    pub drawn: Option<u64>,
    /// Interviews received.
    pub received: u64,
    /// Interviews that count.
    pub n: u64,
    /// Share of the customers, 0 to 1.
    pub population_share: Option<f64>,
    /// Share of the interviews that count, 0 to 1.
    pub sample_share: Option<f64>,
    /// Wilson interval of that share.
    pub sample_share_low: Option<f64>,
    /// Upper end of it.
    pub sample_share_high: Option<f64>,
    /// Interviews wanted: the total spread as the draw was, or as the customers are.
    pub target: Option<f64>,
    /// Interviews that count over the target.
    pub achieved: Option<f64>,
    /// Interviews that count over customers.
    pub coverage: Option<f64>,
    /// Verdict.
    pub verdict: StratumVerdict,
    /// What the verdict rests on.
    pub clause: VerdictClause,
    /// Exact p of its number of interviews, adjusted over the strata by Holm.
    pub p_holm: Option<f64>,
    /// Margin of error of a share near one half within the stratum; none for samples that are not random.
    pub margin: Option<f64>,
    /// Effective number of interviews within the stratum by its base weights, `(Σw)²/Σw²`.
    pub n_effective: Option<f64>,
    /// AAPOR rates of the stratum, where dispositions are by stratum.
    pub rates: Option<OutcomeRates>,
}

/// The size that the stated margin needs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RequiredSize {
    /// Interviews needed for a share near one half, rounded up once, at the end.
    pub n: u64,
    /// The same before rounding and finite population correction, `z²·0.25/e²`; absent in assessments of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n_simple_random: Option<f64>,
    /// Wanted margin, as a share.
    pub margin: f64,
    /// Confidence level.
    pub level: f64,
    /// Customers, for the finite population correction; absent without a frame.
    pub population: Option<u64>,
    /// Interviews that count.
    pub achieved: u64,
    /// Whether that is enough.
    pub reached: bool,
    /// Margin that the achieved number gives, as a share, for a simple random sample.
    pub margin_reached: Option<f64>,
}

/// Coverage of one wave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// Method of selection.
    pub method: SelectionMethod,
    /// True when the method is a random one, so that design-based intervals mean what they say.
    pub probability_sample: bool,
    /// Customers in the frame.
    pub population: Option<u64>,
    /// Customers drawn.
    pub drawn: Option<u64>,
    /// Interviews received.
    pub received: u64,
    /// Interviews that count.
    pub n: u64,
    /// By stratum, sorted by name.
    pub strata: Vec<StratumCoverage>,
    /// What the composition of the sample is held against.
    pub fit_reference: Option<FitReference>,
    /// Sample against draw or frame, as one test.
    pub goodness_of_fit: Option<GoodnessOfFit>,
    /// True when whole clusters were drawn: `goodness_of_fit` then has counts that are right and p-values that are not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub clustered: bool,
    /// The same test with the variance of the clusters; absent without clusters, or where the design leaves nothing to test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub design_fit: Option<DesignFit>,
    /// Outcome of every case drawn, as fieldwork told it: before cleaning.
    pub dispositions: Option<DispositionCounts>,
    /// From the frame to the analysed interviews.
    pub accounting: Option<Accounting>,
    /// Rule for the share e of unknown cases taken to be eligible.
    pub eligibility: EligibilityShare,
    /// AAPOR outcome rates.
    pub rates: Option<OutcomeRates>,
    /// Share of its target below which a stratum is short (`design.short_below`), 0 to 1; absent in assessments of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_below: Option<f64>,
    /// Which response rate the definition puts first.
    pub rate_definition: ResponseRateDefinition,
    /// That rate, as a share.
    pub response_rate: Option<f64>,
    /// Size needed for the stated margin.
    pub required: Option<RequiredSize>,
    /// The answers held against the record of the draw, where the definition names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draw: Option<DrawVerification>,
}

/// Holds a wave against its frame. Strata that the frame does not know, and a frame smaller than the sample, stop the run.
pub fn assess(
    survey: &Survey,
    responses: &Responses,
    cleaned: &Cleaned,
    frame: Option<&Frame>,
    dispositions: Option<&Dispositions>,
    cases: Option<&Cases>,
) -> Result<(Coverage, Vec<Finding>), Refusal> {
    let mut findings = Findings::default();
    let counts = counts(responses, cleaned);
    if let Some(frame) = frame {
        contradictions(responses, frame, &counts, &mut findings);
    } else {
        findings.add(Finding::new(Code::NoFrame, Place::file(&responses.file)));
    }
    if let Some(cases) = cases {
        findings.extend(cases.contradictions(frame, responses, dispositions));
    }
    // What is known of single cases takes the place of what somebody counted.
    let dispositions = cases.map(|c| &c.dispositions).or(dispositions);
    let method = survey.design.method;
    let probability_sample = method.is_probability();
    if !probability_sample {
        findings.add(Finding::new(Code::NotProbability, Place::file(&survey.file)));
    }
    let n = cleaned.kept_count();
    let mut strata = strata(survey, &counts, n, frame, dispositions);
    let fitted = frame.and_then(|_| fit(&strata));
    let clustered = fitted.as_ref().and_then(|(reference, _)| {
        let weighted = *reference == FitReference::Population;
        ClusteredComposition::new(survey, responses, cleaned, &strata, weighted)
    });
    let p_holm = match (&fitted, &clustered) {
        (Some((_, fit)), Some(clusters)) => clusters.p_holm(fit),
        (Some((_, fit)), None) if responses.psu.is_none() => fit.strata.iter().map(|s| s.hypergeometric_p_holm).collect(),
        _ => Vec::new(),
    };
    verdict::judge(survey, responses, cleaned, &p_holm, &mut strata);
    for stratum in strata.iter().filter(|s| s.verdict == StratumVerdict::Empty) {
        let population = stratum.population.unwrap_or(0);
        let finding = Finding::new(Code::StratumEmpty, Place::subject(&stratum.stratum));
        findings.add(finding.with("stratum", &stratum.stratum).with("population", population));
    }
    match dispositions {
        None => findings.add(Finding::new(Code::NoDispositions, Place::file(&responses.file))),
        // Single cases have been held against the answers one by one.
        Some(table) if cases.is_none() => findings.extend(table_balance::contradictions(table, frame, responses, cleaned)),
        Some(_) => {}
    }
    findings.extend(identity(responses));
    let rates = dispositions.map(|d| d.total.outcome_rates(survey.design.eligibility));
    let population = frame.map(Frame::population);
    let mut coverage = Coverage {
        method,
        probability_sample,
        population,
        drawn: frame.and_then(|f| f.strata.values().map(|s| s.drawn).sum()),
        received: responses.len() as u64,
        n,
        fit_reference: fitted.as_ref().map(|(reference, _)| *reference),
        design_fit: fitted.as_ref().and_then(|(_, fit)| clustered?.fit(fit)),
        clustered: responses.psu.is_some(),
        goodness_of_fit: fitted.map(|(_, fit)| fit),
        dispositions: dispositions.map(|d| d.total),
        strata,
        accounting: None,
        eligibility: survey.design.eligibility,
        response_rate: rates.as_ref().and_then(|r| chosen(r, survey.design.response_rate)),
        rates,
        short_below: Some(survey.design.short_below),
        rate_definition: survey.design.response_rate,
        required: required(survey, population, n),
        draw: None,
    };
    coverage.accounting = accounting::accounting(&coverage, cleaned, cases, survey.design.eligibility);
    if !findings.any_error() {
        findings.extend(reservations(survey, &coverage));
    }
    Ok((coverage, findings.settle()?))
}

/// Interviews without an identity, where identities are to be compared.
fn identity(responses: &Responses) -> Option<Finding> {
    let nobody = responses.respondent.as_ref()?.iter().filter(|id| **id == 0).count();
    (nobody > 0).then(|| Finding::new(Code::IdentityMissing, Place::file(&responses.file)).with("count", nobody))
}

/// Share of excluded interviews from which a reader has to be told.
const MANY_EXCLUDED: f64 = 0.15;

/// What a reader of the result has to know of the sample.
fn reservations(survey: &Survey, coverage: &Coverage) -> Vec<Finding> {
    let mut found = Vec::new();
    let percent = |share: f64| printed(share * 100.0, 1);
    for stratum in coverage
        .strata
        .iter()
        .filter(|s| matches!(s.verdict, StratumVerdict::Short | StratumVerdict::Fail))
    {
        let finding = Finding::new(Code::StratumShort, Place::subject(&stratum.stratum)).with("stratum", &stratum.stratum);
        found.push(
            finding
                .with("n", stratum.n)
                .with("target", printed(stratum.target.unwrap_or(0.0), 0))
                .with("share", percent(stratum.achieved.unwrap_or(0.0)))
                .with("min", percent(survey.design.short_below)),
        );
    }
    let p = coverage
        .goodness_of_fit
        .as_ref()
        .map(|g| g.pearson_fpc.as_ref().unwrap_or(&g.pearson).p_value);
    let p = if coverage.clustered {
        coverage.design_fit.map(|fit| fit.f.p_value)
    } else {
        p
    };
    if let Some(p) = p.filter(|p| *p < 1.0 - survey.design.level) {
        found.push(Finding::new(Code::SampleDiffersFromFrame, Place::file(&survey.file)).with("p", printed(p, 3)));
    }
    if let Some(required) = coverage.required.filter(|r| !r.reached && coverage.probability_sample) {
        let finding = Finding::new(Code::RequiredSizeNotReached, Place::file(&survey.file)).with("n", required.achieved);
        found.push(finding.with("required", required.n).with("margin", percent(required.margin)));
    }
    if let (SelectionMethod::Census, Some(population), Some(drawn)) = (coverage.method, coverage.population, coverage.drawn)
        && drawn < population
    {
        let finding = Finding::new(Code::CensusIncomplete, Place::file(&survey.file)).with("drawn", drawn);
        found.push(finding.with("population", population));
    }
    let excluded = coverage.received - coverage.n;
    let share = excluded as f64 / coverage.received.max(1) as f64;
    if share > MANY_EXCLUDED {
        let finding = Finding::new(Code::ManyExcluded, Place::file(&survey.file)).with("share", percent(share));
        found.push(finding.with("excluded", excluded).with("received", coverage.received));
    }
    found
}

/// Interviews received and counting, by stratum name.
fn counts(responses: &Responses, cleaned: &Cleaned) -> BTreeMap<String, (u64, u64)> {
    let mut by_number = vec![(0_u64, 0_u64); responses.strata.names().len()];
    for (stratum, kept) in responses.stratum.iter().zip(&cleaned.kept) {
        if let Some(counts) = by_number.get_mut(usize::from(*stratum)) {
            counts.0 += 1;
            counts.1 += u64::from(*kept);
        }
    }
    responses.strata.names().iter().cloned().zip(by_number).collect()
}

fn contradictions(responses: &Responses, frame: &Frame, counts: &BTreeMap<String, (u64, u64)>, findings: &mut Findings) {
    for (name, (received, n)) in counts {
        let Some(stratum) = frame.strata.get(name) else {
            let number = responses.strata.names().iter().position(|s| s == name);
            let row = responses.stratum.iter().position(|s| Some(usize::from(*s)) == number);
            let line = row.and_then(|r| responses.line.get(r)).map_or(0, |l| u64::from(*l));
            let near = crate::survey::nearest(name, frame.strata.keys().map(String::as_str));
            let known = near.unwrap_or_else(|| frame.strata.keys().take(8).cloned().collect::<Vec<_>>().join(", "));
            let finding = Finding::new(Code::StratumNotInFrame, Place::line(&responses.file, line));
            findings.add(
                finding
                    .with("stratum", name)
                    .with("count", received)
                    .with("frame", &frame.input.file)
                    .with("nearest", known),
            );
            continue;
        };
        let place = || Place::line(&frame.input.file, stratum.line);
        if *n > stratum.population {
            let finding = Finding::new(Code::FrameSmallerThanSample, place()).with("stratum", name);
            findings.add(finding.with("population", stratum.population).with("n", n));
        } else if let Some(drawn) = stratum.drawn.filter(|d| n > d) {
            let finding = Finding::new(Code::MoreDrawnThanFrame, place()).about(name);
            findings.add(finding.with("drawn", n).with("population", drawn).with("what", "answered"));
        }
    }
}

fn strata(
    survey: &Survey,
    counts: &BTreeMap<String, (u64, u64)>,
    n: u64,
    frame: Option<&Frame>,
    dispositions: Option<&Dispositions>,
) -> Vec<StratumCoverage> {
    let mut names: Vec<&String> = counts.keys().collect();
    names.extend(frame.into_iter().flat_map(|f| f.strata.keys()));
    names.sort();
    names.dedup();
    let population = frame.map(Frame::population);
    let drawn_total: Option<u64> = frame.and_then(|f| f.strata.values().map(|s| s.drawn).sum());
    let one = |name: &String| {
        let (received, counted) = counts.get(name).copied().unwrap_or((0, 0));
        let in_frame = frame.and_then(|f| f.strata.get(name));
        let population_share = in_frame
            .zip(population)
            .filter(|(_, p)| *p > 0)
            .map(|(s, p)| s.population as f64 / p as f64);
        let drawn_share = in_frame
            .and_then(|s| s.drawn)
            .zip(drawn_total)
            .filter(|(_, t)| *t > 0)
            .map(|(d, t)| d as f64 / t as f64);
        let target = drawn_share.or(population_share).map(|share| share * n as f64);
        let achieved = target.filter(|t| *t > 0.0).map(|t| counted as f64 / t);
        let interval = stats::wilson_interval(counted, n, survey.design.level);
        StratumCoverage {
            stratum: name.clone(),
            population: in_frame.map(|s| s.population),
            drawn: in_frame.and_then(|s| s.drawn),
            received,
            n: counted,
            population_share,
            sample_share: (n > 0).then(|| counted as f64 / n as f64),
            sample_share_low: interval.map(|i| i.lower),
            sample_share_high: interval.map(|i| i.upper),
            target,
            achieved,
            coverage: in_frame.filter(|s| s.population > 0).map(|s| counted as f64 / s.population as f64),
            // Judged once the fit is known.
            verdict: StratumVerdict::NotJudged,
            clause: VerdictClause::NoFrame,
            p_holm: None,
            margin: None,
            n_effective: None,
            rates: dispositions
                .filter(|d| d.strata.len() > 1)
                .and_then(|d| d.strata.get(name))
                .map(|c| c.outcome_rates(survey.design.eligibility)),
        }
    };
    names.into_iter().map(one).collect()
}

/// What the composition of the sample is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FitReference {
    /// The numbers drawn: where the draw fixed them, only response can differ.
    Drawn,
    /// The customers of the frame.
    Population,
}

/// Sample against draw where every stratum's number drawn is known, against the frame otherwise.
fn fit(strata: &[StratumCoverage]) -> Option<(FitReference, GoodnessOfFit)> {
    let drawn: Option<Vec<u64>> = strata.iter().map(|s| s.drawn.filter(|d| *d >= s.n)).collect();
    let reference = if drawn.is_some() {
        FitReference::Drawn
    } else {
        FitReference::Population
    };
    let frame = |stratum: &StratumCoverage| if drawn.is_some() { stratum.drawn } else { stratum.population };
    let counts: Vec<StratumCounts> = strata
        .iter()
        .map(|s| StratumCounts {
            frame: frame(s).unwrap_or(0),
            observed: s.n,
        })
        .collect();
    Some((reference, goodness_of_fit::goodness_of_fit(&counts).ok()?))
}

fn chosen(rates: &OutcomeRates, choice: ResponseRateDefinition) -> Option<f64> {
    rates.response.iter().find(|r| r.definition == choice).and_then(|r| r.rate_share)
}

fn required(survey: &Survey, population: Option<u64>, achieved: u64) -> Option<RequiredSize> {
    let (margin, level) = (survey.design.margin, survey.design.level);
    let plan = ProportionPlan {
        margin_share: margin,
        level,
        proportion: 0.5,
        design_effect: 1.0,
        response_share: 1.0,
        population,
    };
    let sample = size::required_sample(&plan).ok()?;
    let margin_reached = size::margin_from_interviews(&plan, achieved).ok();
    Some(RequiredSize {
        n: sample.interviews,
        n_simple_random: Some(sample.n_simple_random),
        margin,
        level,
        population,
        achieved,
        reached: achieved >= sample.interviews,
        margin_reached,
    })
}
