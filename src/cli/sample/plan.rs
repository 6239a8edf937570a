//! `manyidu sample plan`.

use super::{missing, place, refusal, table};
use crate::cli::Ending;
use crate::cli::run::load;
use crate::cli::scheme::text_of;
use crate::cli::show::Terminal;
use clap::{Args, ValueEnum};
use manyidu::assessment::Assessment;
use manyidu::finding::{Code, Finding, Place, Refusal};
use manyidu::grade::scheme::{Reads, Scheme};
use manyidu::ingest::table::Reading;
use manyidu::io::{output, read_text};
use manyidu::round::printed;
use manyidu::sample::allocation::{AllocationError, AllocationRule};
use manyidu::sample::decide::Precision;
use manyidu::sample::plan::{self, Goal, Line, PlanError, PlanRequest, SamplePlan};
use manyidu::sample::size::SampleSizeError;
use manyidu::sample::strata::{NamedStratum, read_strata};
use std::path::{Path, PathBuf};

/// Spread of an index where nothing better is known: what the half width of 2 points at 250 interviews, which EPSI publishes for its
/// index, implies at 95 %.
const USUAL_SD: f64 = 16.1;

/// What `sample plan` is told.
#[derive(Debug, Args)]
pub struct PlanArguments {
    /// A survey definition: its margin, level, schemes, strata columns, and the frame of its latest wave.
    #[arg(long)]
    survey: Option<PathBuf>,
    /// A table of strata (columns of --strata, population, sd and cost where known), or a list of customers, whose rows are counted.
    #[arg(long)]
    frame: Option<PathBuf>,
    /// Columns that together name the stratum, parted by commas.
    #[arg(long, value_delimiter = ',')]
    strata: Vec<String>,
    /// Half width wanted of a share, as a share [default: 0.05].
    #[arg(long, conflicts_with_all = ["index_margin", "n"])]
    margin: Option<f64>,
    /// Half width wanted of the index, in points.
    #[arg(long, conflicts_with = "n")]
    index_margin: Option<f64>,
    /// Number of interviews, where it is given.
    #[arg(long)]
    n: Option<u64>,
    /// Confidence level [default: 0.95].
    #[arg(long)]
    level: Option<f64>,
    /// Expected share.
    #[arg(long, default_value_t = 0.5)]
    p: f64,
    /// Standard deviation of single values of the index, in points.
    #[arg(long)]
    sd: Option<f64>,
    /// Expected design effect.
    #[arg(long, default_value_t = 1.0)]
    deff: f64,
    /// Expected share of invited customers who answer.
    #[arg(long, default_value_t = 1.0)]
    response: f64,
    /// Customers, for the finite population correction; those of the frame when absent.
    #[arg(long)]
    population: Option<u64>,
    /// How interviews are spread over the strata.
    #[arg(long, value_enum, default_value_t = Rule::Proportional)]
    allocate: Rule,
    /// Fewest interviews in a stratum.
    #[arg(long, default_value_t = 0)]
    minimum: u64,
    /// Interviews of the wave before; as many as now when absent.
    #[arg(long)]
    before: Option<u64>,
    /// Wanted chance of finding what is there.
    #[arg(long, default_value_t = 0.8)]
    power: f64,
    /// Supposed true index.
    #[arg(long)]
    truth: Option<f64>,
    /// An assessment.json: its latest wave gives the supposed true index and the standard deviation.
    #[arg(long)]
    assessment: Option<PathBuf>,
    /// A scheme, by id or file, whose lines are to be decided; may be repeated.
    #[arg(long)]
    scheme: Vec<String>,
    /// Also write the allocation as a CSV file, which `sample draw --allocation` reads.
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Rule {
    /// As the customers are spread.
    Proportional,
    /// By customers and standard deviation.
    Neyman,
    /// By customers, standard deviation and cost.
    CostOptimal,
    /// The same number everywhere.
    Equal,
}

impl Rule {
    pub fn rule(self) -> AllocationRule {
        match self {
            Rule::Proportional => AllocationRule::Proportional,
            Rule::Neyman => AllocationRule::Neyman,
            Rule::CostOptimal => AllocationRule::CostOptimal,
            Rule::Equal => AllocationRule::Equal,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Rule::Proportional => "allocation-proportional",
            Rule::Neyman => "allocation-neyman",
            Rule::CostOptimal => "allocation-cost-optimal",
            Rule::Equal => "allocation-equal",
        }
    }
}

/// Where the standard deviation comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SdSource {
    Stated,
    Assessment,
    Assumed,
}

pub(super) fn plan(arguments: &PlanArguments, terminal: &Terminal) -> Result<Ending, Refusal> {
    let (request, source) = request(arguments)?;
    let plan = plan::plan(&request).map_err(refused)?;
    if let Some(out) = &arguments.out {
        if plan.strata.is_empty() {
            return Err(missing("--frame"));
        }
        output::write_single(out, &plan::allocation_csv(&plan))?;
    }
    if terminal.json {
        let value = serde_json::json!({ "ok": true, "plan": plan, "sd_assumed": source == SdSource::Assumed });
        terminal.print_json(&value);
    } else {
        show(&plan, source, arguments, terminal);
    }
    Ok(Ending::Fine)
}

fn request(arguments: &PlanArguments) -> Result<(PlanRequest, SdSource), Refusal> {
    let loaded = arguments.survey.as_deref().map(load).transpose()?;
    let survey = loaded.as_ref().map(|l| &l.survey);
    let mut strata_columns = arguments.strata.clone();
    if let (true, Some(survey)) = (strata_columns.is_empty(), survey) {
        strata_columns.clone_from(&survey.columns.strata);
    }
    let of_survey = loaded
        .as_ref()
        .zip(survey.and_then(|s| s.waves.last()).and_then(|w| w.frame.as_ref()));
    let strata: Vec<NamedStratum> = match (&arguments.frame, of_survey) {
        (Some(file), _) => {
            let (name, folder) = place(file);
            read_strata(&name, &folder, Reading::default(), &strata_columns)?
        }
        (None, Some((loaded, file))) => read_strata(file, &loaded.folder, Reading::default(), &strata_columns)?,
        (None, None) => Vec::new(),
    };
    let counted = (!strata.is_empty()).then(|| strata.iter().map(|(_, s)| s.population).sum());
    let found = arguments.assessment.as_deref().map(of_assessment).transpose()?;
    let (sd, source) = match (arguments.sd, found) {
        (Some(sd), _) => (sd, SdSource::Stated),
        (None, Some((_, Some(sd)))) => (sd, SdSource::Assessment),
        _ => (USUAL_SD, SdSource::Assumed),
    };
    let margin = arguments.margin.or(survey.map(|s| s.design.margin)).unwrap_or(0.05);
    let goal = match (arguments.n, arguments.index_margin) {
        (Some(n), _) => Goal::Interviews(n),
        (None, Some(margin)) => Goal::Index { margin },
        (None, None) => Goal::Proportion {
            margin,
            proportion: arguments.p,
        },
    };
    let schemes = if arguments.scheme.is_empty() {
        survey.map(|s| s.schemes.clone()).unwrap_or_default()
    } else {
        arguments.scheme.clone()
    };
    let request = PlanRequest {
        goal,
        precision: Precision {
            sd,
            design_effect: arguments.deff,
            level: arguments.level.or(survey.map(|s| s.design.level)).unwrap_or(0.95),
            population: arguments.population.or(counted),
        },
        response_share: arguments.response,
        strata,
        rule: arguments.allocate.rule(),
        minimum: arguments.minimum,
        interviews_before: arguments.before,
        power: arguments.power,
        truth: arguments.truth.or(found.map(|(value, _)| value)),
        lines: lines(&schemes, arguments.survey.as_deref())?,
    };
    Ok((request, source))
}

/// Index of the latest wave and the standard deviation of single values that its error implies (design effect included).
fn of_assessment(path: &Path) -> Result<(f64, Option<f64>), Refusal> {
    let shown = path.display().to_string();
    let text = read_text(path)?;
    let assessment: Assessment = serde_json::from_str(&text).map_err(|error| {
        let finding = Finding::new(Code::FileUnreadable, Place::line(&shown, error.line() as u64));
        finding.with("file", &shown).with("reason", error)
    })?;
    let estimate = assessment.waves.last().and_then(|wave| wave.index.estimate);
    let estimate = estimate.ok_or_else(|| refusal(Code::BadPlan, "no-index", &[("option", shown.clone())]))?;
    let sd = estimate.standard_error.map(|se| se * (estimate.n as f64).sqrt());
    Ok((estimate.value, sd.filter(|sd| *sd > 0.0)))
}

/// The lines of all schemes that read the index. A file stands beside the definition that names it.
fn lines(schemes: &[String], survey: Option<&Path>) -> Result<Vec<Line>, Refusal> {
    let mut lines = Vec::new();
    for name in schemes {
        let beside = survey
            .and_then(Path::parent)
            .map(|folder| folder.join(name))
            .filter(|p| p.is_file());
        let named = beside.map_or_else(|| name.clone(), |p| p.display().to_string());
        let (file, text) = text_of(&named)?;
        let scheme = Scheme::parse(&file, &text)?;
        if scheme.reads == Reads::Index {
            lines.extend(scheme.grades.iter().map(|grade| Line {
                scheme: scheme.id.clone(),
                title: grade.title.clone(),
                line: grade.min,
            }));
        }
    }
    Ok(lines)
}

fn refused(error: PlanError) -> Refusal {
    let key = match error {
        PlanError::Allocation(error, stratum) => return refused_allocation(Code::BadPlan, error, stratum),
        PlanError::Power => "power",
        PlanError::Size(SampleSizeError::Margin) => "margin",
        PlanError::Size(SampleSizeError::Sd) => "sd",
        PlanError::Size(SampleSizeError::Level) => "level",
        PlanError::Size(SampleSizeError::Proportion) => "proportion",
        PlanError::Size(SampleSizeError::DesignEffect) => "design-effect",
        PlanError::Size(SampleSizeError::ResponseShare) => "response",
        PlanError::Size(SampleSizeError::Population) => "population",
        PlanError::Size(SampleSizeError::Interviews) => "interviews",
        PlanError::Size(SampleSizeError::TooLarge) => "too-large",
    };
    refusal(Code::BadPlan, key, &[])
}

/// The words for an allocation that does not go.
pub(super) fn refused_allocation(code: Code, error: AllocationError, stratum: Option<String>) -> Refusal {
    let stratum = ("stratum", stratum.unwrap_or_default());
    let (key, args) = match error {
        AllocationError::NoStrata => ("no-strata", Vec::new()),
        AllocationError::NoVariation => ("no-variation", Vec::new()),
        AllocationError::Sd { .. } => ("stratum-sd", vec![stratum]),
        AllocationError::Cost { .. } => ("stratum-cost", vec![stratum]),
        AllocationError::MoreThanUnits { wanted, units } => (
            "more-than-units",
            vec![("wanted", wanted.to_string()), ("units", units.to_string())],
        ),
        AllocationError::MinimumTooLarge { needed, wanted } => (
            "minimum-too-large",
            vec![("wanted", wanted.to_string()), ("units", needed.to_string())],
        ),
    };
    refusal(code, key, &args)
}

fn show(plan: &SamplePlan, source: SdSource, arguments: &PlanArguments, terminal: &Terminal) {
    let percent = |share: f64| printed(share * 100.0, 1);
    let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |v| printed(v, 2));
    let population = plan
        .precision
        .population
        .map_or_else(|| terminal.word("plan-unlimited"), |n| n.to_string());
    let head = [
        ("interviews", plan.interviews.to_string()),
        ("invitations", plan.invitations.to_string()),
        ("response", percent(plan.response_share)),
        ("population", population),
        ("level", percent(plan.precision.level)),
        ("deff", printed(plan.precision.design_effect, 2)),
    ];
    terminal.say("plan-head", &head);
    if let Some(steps) = plan.steps {
        let args = [
            ("simple", printed(steps.n_simple_random, 3)),
            ("deff", printed(steps.n_with_design_effect, 3)),
            ("population", printed(steps.n_with_population, 3)),
            ("invited", printed(steps.n_invited, 3)),
        ];
        terminal.say("plan-steps", &args);
        if !steps.is_reachable {
            terminal.say("plan-unreachable", &[]);
        }
    }
    if !plan.strata.is_empty() {
        strata(plan, arguments, terminal);
    }
    let sd = match source {
        SdSource::Stated => "plan-sd-stated",
        SdSource::Assessment => "plan-sd-assessment",
        SdSource::Assumed => "plan-sd-assumed",
    };
    terminal.say("plan-decides", &[]);
    terminal.say(sd, &[("sd", printed(plan.precision.sd, 1))]);
    let decides = &plan.decides;
    let args = [
        ("index", number(decides.half_width)),
        ("share", decides.share_half_width.map_or_else(|| "–".to_owned(), percent)),
        ("before", decides.interviews_before.to_string()),
        ("n", plan.interviews.to_string()),
        ("observed", number(decides.smallest_change)),
        ("found", number(decides.detectable_change)),
        ("power", percent(decides.power)),
        ("distance", number(decides.clear_distance)),
    ];
    for key in ["plan-half-width", "plan-change", "plan-distance"] {
        terminal.say(key, &args);
    }
    lines_table(plan, terminal);
    if let Some(out) = &arguments.out {
        terminal.say("plan-written", &[("path", out.display().to_string())]);
    }
}

fn strata(plan: &SamplePlan, arguments: &PlanArguments, terminal: &Terminal) {
    terminal.say("plan-allocation", &[("rule", terminal.word(arguments.allocate.word()))]);
    let head = ["stratum", "population", "exact", "interviews", "invitations"].map(|c| terminal.word(&format!("plan-column-{c}")));
    let mut rows = vec![head.to_vec()];
    for stratum in &plan.strata {
        rows.push(vec![
            manyidu::text::shown(&stratum.stratum, 40),
            stratum.population.to_string(),
            printed(stratum.interviews.exact, 3),
            stratum.interviews.size.to_string(),
            stratum.invitations.to_string(),
        ]);
    }
    table::lines(&rows).iter().for_each(|line| Terminal::print(line));
    if let Some(se) = plan.anticipated_standard_error {
        terminal.say("plan-anticipated", &[("se", printed(se, 3))]);
    }
}

fn lines_table(plan: &SamplePlan, terminal: &Terminal) {
    let decides = &plan.decides;
    if decides.lines.is_empty() {
        return;
    }
    let Some(truth) = decides.truth else {
        terminal.say("plan-no-truth", &[]);
        return;
    };
    terminal.say(
        "plan-lines",
        &[("truth", printed(truth, 2)), ("power", printed(decides.power * 100.0, 1))],
    );
    let head = ["scheme", "grade", "line", "above", "below", "unclear", "needed"].map(|c| terminal.word(&format!("plan-column-{c}")));
    let mut rows = vec![head.to_vec()];
    for line in &decides.lines {
        let chance = |pick: fn(&manyidu::sample::decide::LineChances) -> f64| {
            line.chances
                .as_ref()
                .map_or_else(|| "–".to_owned(), |c| format!("{} %", printed(pick(c) * 100.0, 1)))
        };
        rows.push(vec![
            line.scheme.clone(),
            line.title.get(terminal.lang).to_owned(),
            printed(line.line, 1),
            chance(|c| c.above),
            chance(|c| c.below),
            chance(|c| c.unclear),
            line.interviews_for_clear.map_or_else(|| "–".to_owned(), |n| n.to_string()),
        ]);
    }
    table::lines(&rows).iter().for_each(|line| Terminal::print(line));
}
