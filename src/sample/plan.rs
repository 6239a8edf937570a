//! A whole plan: how many, spread how, and what that can decide.

use super::allocation::{self, AllocationError, AllocationRule, StratumSize, allocate};
use super::decide::{LineChances, Precision};
use super::size::{
    MeanPlan, ProportionPlan, RequiredSample, SampleSizeError, margin_from_interviews, required_sample, required_sample_for_mean,
};
use super::strata::NamedStratum;
use crate::locale::Text;
use schemars::JsonSchema;
use serde::Serialize;

/// What the number of interviews follows from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goal {
    /// A half width for a proportion, as a share.
    Proportion {
        /// Half width.
        margin: f64,
        /// Expected proportion.
        proportion: f64,
    },
    /// A half width for the index, in points.
    Index {
        /// Half width.
        margin: f64,
    },
    /// A number that is given.
    Interviews(u64),
}

/// A line of a scheme.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Scheme.
    pub scheme: String,
    /// Title of the grade.
    pub title: Text,
    /// Cut-off, in points of the index.
    pub line: f64,
}

/// What is to be planned.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanRequest {
    /// Where the number comes from.
    pub goal: Goal,
    /// Spread of the index, design effect, level and population.
    pub precision: Precision,
    /// Expected share of invited customers who answer, above 0, at most 1.
    pub response_share: f64,
    /// Strata; empty for none.
    pub strata: Vec<NamedStratum>,
    /// How the interviews are spread.
    pub rule: AllocationRule,
    /// Fewest interviews in a stratum.
    pub minimum: u64,
    /// Interviews of the wave before; as many as now when absent.
    pub interviews_before: Option<u64>,
    /// Wanted chance of finding what is there, strictly between 0 and 1.
    pub power: f64,
    /// Supposed true index.
    pub truth: Option<f64>,
    /// Lines to decide on.
    pub lines: Vec<Line>,
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The size.
    #[error(transparent)]
    Size(#[from] SampleSizeError),
    /// The allocation; the second is the name of the stratum concerned.
    #[error("{0}")]
    Allocation(AllocationError, Option<String>),
    /// A chance outside 0 to 1.
    #[error("the power must lie strictly between 0 and 1")]
    Power,
}

/// A stratum of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PlannedStratum {
    /// Name.
    pub stratum: String,
    /// Units.
    pub population: u64,
    /// Interviews: exact share, whole number, what held it.
    pub interviews: StratumSize,
    /// Customers to invite: interviews over the expected response rate, rounded up, at most all of them.
    pub invitations: u64,
}

/// A line and how it is likely to be answered.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PlannedLine {
    /// Scheme.
    pub scheme: String,
    /// Grade.
    pub title: Text,
    /// Cut-off.
    pub line: f64,
    /// Chances of a clear yes, a clear no, and neither, for the supposed true index.
    pub chances: Option<LineChances>,
    /// Interviews that give the right clear answer with the wanted chance; absent on the line itself.
    pub interviews_for_clear: Option<u64>,
}

/// What a number of interviews decides; points of the index.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Decides {
    /// Half width of the interval of the index.
    pub half_width: Option<f64>,
    /// The same of a share near one half, as a share.
    pub share_half_width: Option<f64>,
    /// Interviews of the wave before.
    pub interviews_before: u64,
    /// Smallest observed change that is significant.
    pub smallest_change: Option<f64>,
    /// Smallest true change that is found with the wanted chance.
    pub detectable_change: Option<f64>,
    /// How far from a line the true index has to be for a clear answer with the wanted chance.
    pub clear_distance: Option<f64>,
    /// Wanted chance.
    pub power: f64,
    /// Supposed true index.
    pub truth: Option<f64>,
    /// Each line.
    pub lines: Vec<PlannedLine>,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SamplePlan {
    /// Interviews.
    pub interviews: u64,
    /// Customers to invite, over all: rounded up once, from the unrounded number.
    pub invitations: u64,
    /// The steps to the number; absent where it was given.
    pub steps: Option<RequiredSample>,
    /// What it rests on.
    pub precision: Precision,
    /// Expected response rate.
    pub response_share: f64,
    /// Rule of the allocation.
    pub rule: AllocationRule,
    /// How whole numbers were made.
    pub rounding: &'static str,
    /// By stratum, sorted by name.
    pub strata: Vec<PlannedStratum>,
    /// Anticipated standard error of the stratified mean, where all standard deviations are known.
    pub anticipated_standard_error: Option<f64>,
    /// What it decides.
    pub decides: Decides,
}

/// Makes a plan.
///
/// # Errors
///
/// [`PlanError`] names the part that does not hold.
pub fn plan(request: &PlanRequest) -> Result<SamplePlan, PlanError> {
    if !crate::stats::is_open_share(request.power) {
        return Err(PlanError::Power);
    }
    let precision = request.precision;
    let steps = steps(request)?;
    let interviews = match request.goal {
        Goal::Interviews(n) => n,
        _ => steps.map_or(0, |s| s.interviews),
    };
    if interviews == 0 || precision.population.is_some_and(|all| interviews > all) {
        return Err(SampleSizeError::Interviews.into());
    }
    if !(request.response_share > 0.0 && request.response_share <= 1.0) {
        return Err(SampleSizeError::ResponseShare.into());
    }
    let invited = |n: u64| (n as f64 / request.response_share).ceil() as u64;
    let strata = strata(request, interviews, &invited)?;
    let sizes: Vec<f64> = strata.iter().map(|s| s.interviews.size as f64).collect();
    let plans: Vec<_> = request.strata.iter().map(|(_, s)| *s).collect();
    let anticipated = allocation::variance_of_mean(&plans, &sizes).filter(|_| !plans.is_empty());
    Ok(SamplePlan {
        interviews,
        invitations: steps.map_or_else(|| invited(interviews), |s| s.invitations),
        steps,
        precision,
        response_share: request.response_share,
        rule: request.rule,
        rounding: "largest-remainder",
        strata,
        anticipated_standard_error: anticipated.map(f64::sqrt),
        decides: decides(request, interviews)?,
    })
}

fn steps(request: &PlanRequest) -> Result<Option<RequiredSample>, PlanError> {
    let precision = request.precision;
    Ok(match request.goal {
        Goal::Interviews(_) => None,
        Goal::Proportion { margin, proportion } => Some(required_sample(&ProportionPlan {
            margin_share: margin,
            proportion,
            ..of_share(request)
        })?),
        Goal::Index { margin } => Some(required_sample_for_mean(&MeanPlan {
            sd: precision.sd,
            margin,
            level: precision.level,
            design_effect: precision.design_effect,
            response_share: request.response_share,
            population: precision.population,
        })?),
    })
}

fn of_share(request: &PlanRequest) -> ProportionPlan {
    ProportionPlan {
        level: request.precision.level,
        design_effect: request.precision.design_effect,
        response_share: request.response_share,
        population: request.precision.population,
        ..ProportionPlan::default()
    }
}

fn strata(request: &PlanRequest, interviews: u64, invited: &dyn Fn(u64) -> u64) -> Result<Vec<PlannedStratum>, PlanError> {
    if request.strata.is_empty() {
        return Ok(Vec::new());
    }
    let plans: Vec<_> = request.strata.iter().map(|(_, stratum)| *stratum).collect();
    let named = |error: AllocationError| {
        let at = match error {
            AllocationError::Sd { stratum } | AllocationError::Cost { stratum } => Some(stratum),
            _ => None,
        };
        PlanError::Allocation(error, at.and_then(|at| request.strata.get(at)).map(|(name, _)| name.clone()))
    };
    let sizes = allocate(request.rule, &plans, interviews, request.minimum).map_err(named)?;
    let each = request.strata.iter().zip(sizes);
    Ok(each
        .map(|((name, stratum), size)| PlannedStratum {
            stratum: name.clone(),
            population: stratum.population,
            interviews: size,
            invitations: invited(size.size).min(stratum.population),
        })
        .collect())
}

fn decides(request: &PlanRequest, interviews: u64) -> Result<Decides, PlanError> {
    let (precision, power) = (request.precision, request.power);
    let before = request.interviews_before.unwrap_or(interviews);
    let line = |line: &Line| PlannedLine {
        scheme: line.scheme.clone(),
        title: line.title.clone(),
        line: line.line,
        chances: request.truth.and_then(|truth| precision.chances(interviews, truth, line.line)),
        interviews_for_clear: request
            .truth
            .and_then(|truth| precision.interviews_for_clear(truth, line.line, power)),
    };
    Ok(Decides {
        half_width: precision.half_width(interviews),
        share_half_width: Some(margin_from_interviews(&of_share(request), interviews)?),
        interviews_before: before,
        smallest_change: precision.smallest_change(before, interviews),
        detectable_change: precision.detectable_change(before, interviews, power),
        clear_distance: precision.clear_distance(interviews, power),
        power,
        truth: request.truth,
        lines: request.lines.iter().map(line).collect(),
    })
}

/// The allocation as a CSV file: `stratum,population,exact,size,invitations`. `sample draw --allocation` reads it.
#[must_use]
pub fn allocation_csv(plan: &SamplePlan) -> Vec<u8> {
    let mut out = String::from("stratum,population,exact,size,invitations\n");
    for stratum in &plan.strata {
        let name = crate::text::spreadsheet_safe(&stratum.stratum).replace('"', "\"\"");
        let (exact, size) = (stratum.interviews.exact, stratum.interviews.size);
        out.push_str(&format!(
            "\"{name}\",{},{exact},{size},{}\n",
            stratum.population, stratum.invitations
        ));
    }
    out.into_bytes()
}
