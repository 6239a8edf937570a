//! `manyidu sample draw`.

use super::plan::{Rule, refused_allocation};
use super::{date, missing, place, refusal, table};
use crate::cli::Ending;
use crate::cli::show::Terminal;
use clap::{Args, ValueEnum};
use manyidu::evidence::InputFile;
use manyidu::finding::{Code, Finding, Place, Refusal};
use manyidu::ingest::table::Reading;
use manyidu::io::output;
use manyidu::round::printed;
use manyidu::sample::draw::Role;
use manyidu::sample::draw::design::{DesignError, DrawDesign, Selection, WithinCluster};
use manyidu::sample::draw::pairs::{PairsError, drawn_pairs, pairs_csv};
use manyidu::sample::draw::record::{
    Commitment, DrawRecord, KeptCommitment, ListedUnit, SealedFrame, Seed, SeedSource, list_csv, read_commitment,
};
use manyidu::sample::draw::request::{DrawRequest, RequestError, ReserveRequest, SizeRequest, design, read_sizes};
use manyidu::sample::draw::steps::file_text;
use manyidu::sample::frame::{FrameColumns, UnitFrame, differing, read_frame};
use std::path::{Path, PathBuf};

/// What `sample draw` is told.
#[derive(Debug, Args)]
pub struct DrawArguments {
    /// The list of customers (CSV, one row a customer).
    frame: PathBuf,
    /// Column of the customer's id.
    #[arg(long)]
    id: Option<String>,
    /// How customers, or clusters, are drawn within each stratum.
    #[arg(long, value_enum, default_value_t = Method::Simple)]
    method: Method,
    /// Columns that together name the stratum, parted by commas.
    #[arg(long, value_delimiter = ',')]
    strata: Vec<String>,
    /// Customers, or clusters, to draw in all.
    #[arg(long, conflicts_with = "allocation")]
    size: Option<u64>,
    /// How they are spread over the strata.
    #[arg(long, value_enum, default_value_t = Spread::Proportional)]
    allocate: Spread,
    /// Fewest in a stratum.
    #[arg(long, default_value_t = 0)]
    minimum: u64,
    /// Numbers by stratum, a CSV file with stratum and invitations or size, such as `sample plan --out` writes.
    #[arg(long)]
    allocation: Option<PathBuf>,
    /// Reserve: a number for each stratum, or a share such as 50% of what is drawn there.
    #[arg(long, default_value = "0")]
    reserve: String,
    /// Column of the size, for the methods pps and sampford.
    #[arg(long)]
    size_by: Option<String>,
    /// Column of the cluster: clusters are drawn, and of each all customers or --per-cluster of them.
    #[arg(long)]
    cluster: Option<String>,
    /// Customers taken of each drawn cluster; all when absent.
    #[arg(long, requires = "cluster")]
    per_cluster: Option<u64>,
    /// Columns that order the list for the methods systematic and pps, parted by commas.
    #[arg(long, value_delimiter = ',')]
    sort: Vec<String>,
    /// Further columns to seal, parted by commas.
    #[arg(long, value_delimiter = ',')]
    seal: Vec<String>,
    /// Encoding of the list: utf-8 or gb18030; recognised when absent.
    #[arg(long, value_parser = ["utf-8", "gb18030"])]
    encoding: Option<String>,
    /// Seal list and design into this file, draw nothing.
    #[arg(long, conflicts_with_all = ["seed", "committed"])]
    commit: Option<PathBuf>,
    /// Day of sealing, YYYY-MM-DD, to stand in the commitment.
    #[arg(long, requires = "commit")]
    sealed_on: Option<String>,
    /// A commitment: its design is drawn, and the list has to be the sealed one.
    #[arg(long, requires = "seed", conflicts_with_all = ["id", "size", "allocation", "strata", "cluster"])]
    committed: Option<PathBuf>,
    /// Seed: any text, best a public number that comes up after the sealing.
    #[arg(long, value_parser = clap::builder::NonEmptyStringValueParser::new())]
    seed: Option<String>,
    /// Where the seed comes from, or with --commit will come from.
    #[arg(long)]
    seed_source: Option<String>,
    /// Day on which the seed became known, or with --commit will be, YYYY-MM-DD.
    #[arg(long)]
    seed_date: Option<String>,
    /// Write the draw record (JSON, without ids).
    #[arg(long, requires = "seed")]
    out: Option<PathBuf>,
    /// Write the list of drawn customers (CSV).
    #[arg(long, requires = "seed")]
    list: Option<PathBuf>,
    /// Write the joint inclusion probabilities of the drawn customers, or clusters (CSV).
    #[arg(long, requires = "seed")]
    joint: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Method {
    /// Simple random; with --strata a stratified sample.
    Simple,
    /// Every (N/n)th in the order of --sort, from a random start.
    Systematic,
    /// Systematic with probabilities proportional to --size-by.
    Pps,
    /// Sampford: probabilities proportional to --size-by, unbiased variance.
    Sampford,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Spread {
    /// As the customers are spread.
    Proportional,
    /// The same number everywhere.
    Equal,
}

pub(super) fn draw(arguments: &DrawArguments, terminal: &Terminal) -> Result<Ending, Refusal> {
    let committed = arguments.committed.as_deref().map(committed).transpose()?;
    let from = SeedSource {
        source: arguments.seed_source.clone(),
        date: date("--seed-date", arguments.seed_date.as_ref())?,
    };
    let columns = match &committed {
        Some((commitment, _)) => commitment.design.columns.clone(),
        None => columns(arguments)?,
    };
    if arguments.seed.is_none() && arguments.commit.is_none() {
        return Err(missing("--commit / --seed"));
    }
    let (name, folder) = place(&arguments.frame);
    let reading = Reading {
        encoding: arguments.encoding.as_deref(),
        delimiter: None,
    };
    let (frame, input) = read_frame(&name, &folder, reading, &columns)?;
    let design = match &committed {
        Some((commitment, _)) => {
            is_sealed(&frame, &commitment.frame, &name)?;
            commitment.design.clone()
        }
        None => of_arguments(arguments, &frame, columns)?,
    };
    if let Some(path) = &arguments.commit {
        return commit(path, &frame, input, design, from, arguments, terminal);
    }
    let Some(seed) = &arguments.seed else {
        return Err(missing("--seed"));
    };
    let kept = committed.map(|(commitment, sha256)| commitment.kept(sha256));
    let seed = Seed { value: seed.clone(), from };
    in_order(kept.as_ref(), &seed)?;
    let (record, units) = DrawRecord::of_draw(&frame, input, design, seed, kept).map_err(refused_design)?;
    let joint = arguments.joint.as_ref().map(|_| pairs(&frame, &record)).transpose()?;
    write(arguments, &record, &units)?;
    if let Some((path, pairs)) = arguments.joint.as_ref().zip(joint) {
        output::write_single(path, &pairs)?;
    }
    show(arguments, &record, &units, terminal);
    Ok(Ending::Fine)
}

/// The joint probabilities, as a file.
fn pairs(frame: &UnitFrame, record: &DrawRecord) -> Result<Vec<u8>, Refusal> {
    match drawn_pairs(frame, &record.design, &record.seed.value) {
        Ok(pairs) => Ok(pairs_csv(&pairs)),
        Err(PairsError::Design(error)) => Err(refused_design(error)),
        Err(error) => Err(Finding::new(Code::NoJointProbabilities, Place::subject("--joint"))
            .with("reason", error)
            .into()),
    }
}

fn committed(path: &Path) -> Result<(Commitment, String), Refusal> {
    let (name, folder) = place(path);
    let (commitment, input) = read_commitment(&name, &folder)?;
    Ok((commitment, input.sha256))
}

fn columns(arguments: &DrawArguments) -> Result<FrameColumns, Refusal> {
    Ok(FrameColumns {
        id: arguments.id.clone().ok_or_else(|| missing("--id"))?,
        strata: arguments.strata.clone(),
        cluster: arguments.cluster.clone(),
        size: arguments.size_by.clone(),
        sort: arguments.sort.clone(),
        seal: arguments.seal.clone(),
    })
}

/// The design that the options describe.
fn of_arguments(arguments: &DrawArguments, frame: &UnitFrame, columns: FrameColumns) -> Result<DrawDesign, Refusal> {
    let size = match (&arguments.allocation, arguments.size) {
        (Some(file), _) => {
            let (name, folder) = place(file);
            SizeRequest::ByStratum(read_sizes(&name, &folder)?)
        }
        (None, Some(size)) => SizeRequest::Total {
            size,
            rule: match arguments.allocate {
                Spread::Proportional => Rule::Proportional.rule(),
                Spread::Equal => Rule::Equal.rule(),
            },
            minimum: arguments.minimum,
        },
        (None, None) => return Err(missing("--size / --allocation")),
    };
    let text = arguments.reserve.trim();
    let reserve = match text.strip_suffix('%') {
        Some(percent) => percent
            .trim()
            .parse::<f64>()
            .ok()
            .filter(|p| (0.0..=10_000.0).contains(p))
            .map(|p| ReserveRequest::Share(p / 100.0)),
        None => text.parse::<u64>().ok().map(ReserveRequest::Each),
    };
    let reserve = reserve.ok_or_else(|| {
        let finding = Finding::new(Code::WrongValue, Place::subject("--reserve"));
        finding.with("key", "--reserve").with("expected", "20 | 50%").with("got", text)
    })?;
    let request = DrawRequest {
        columns,
        selection: match arguments.method {
            Method::Simple => Selection::SimpleRandom,
            Method::Systematic => Selection::Systematic,
            Method::Pps => Selection::PpsSystematic,
            Method::Sampford => Selection::Sampford,
        },
        size,
        reserve,
        within: arguments
            .cluster
            .as_ref()
            .map(|_| arguments.per_cluster.map_or(WithinCluster::All, WithinCluster::Units)),
    };
    design(frame, request).map_err(refused)
}

fn refused(error: RequestError) -> Refusal {
    let (key, stratum) = match error {
        RequestError::Design(error) => return refused_design(error),
        RequestError::Allocation(error) => return refused_allocation(Code::BadDesign, error, None),
        RequestError::NoSize => ("no-size", String::new()),
        RequestError::NoSort => ("no-sort", String::new()),
        RequestError::NoNumber { stratum } => ("no-number", stratum),
        RequestError::UnknownStratum { stratum } => ("unknown-stratum", stratum),
    };
    refusal(Code::BadDesign, key, &[("stratum", stratum)])
}

fn refused_design(error: DesignError) -> Refusal {
    let (key, args) = match error {
        DesignError::OtherStrata { stratum } => ("other-strata", vec![("stratum", stratum)]),
        DesignError::TooFew { stratum, wanted, elements } => (
            "too-few",
            vec![
                ("stratum", stratum),
                ("wanted", wanted.to_string()),
                ("units", elements.to_string()),
            ],
        ),
        DesignError::SplitCluster { cluster } => ("split-cluster", vec![("stratum", cluster)]),
        DesignError::NoneAccepted { stratum, attempts } => ("none-accepted", vec![("stratum", stratum), ("units", attempts.to_string())]),
    };
    refusal(Code::BadDesign, key, &args)
}

fn is_sealed(frame: &UnitFrame, sealed: &SealedFrame, name: &str) -> Result<(), Refusal> {
    if frame.sha256() == sealed.sha256 {
        return Ok(());
    }
    let narrowed = differing(frame, &sealed.buckets);
    let finding = Finding::new(Code::FrameNotSealed, Place::file(name));
    let finding = finding.with("sealed", &sealed.sha256).with("got", frame.sha256());
    Err(finding.with("buckets", narrowed.buckets).with("of", narrowed.of).into())
}

/// Days are written alike, so that their text orders as they do.
fn in_order(kept: Option<&KeptCommitment>, seed: &Seed) -> Result<(), Refusal> {
    let days = kept.and_then(|k| k.sealed_on.as_ref()).zip(seed.from.date.as_ref());
    match days {
        Some((sealed, known)) if known < sealed => {
            let finding = Finding::new(Code::SeedBeforeFrame, Place::default());
            Err(finding.with("sealed", sealed).with("date", known).into())
        }
        _ => Ok(()),
    }
}

fn commit(
    path: &Path,
    frame: &UnitFrame,
    input: InputFile,
    design: DrawDesign,
    announced: SeedSource,
    arguments: &DrawArguments,
    terminal: &Terminal,
) -> Result<Ending, Refusal> {
    let sealed_on = date("--sealed-on", arguments.sealed_on.as_ref())?;
    let commitment = Commitment::seal(frame, input, design, sealed_on, announced);
    let text = json(&commitment)?;
    output::write_single(path, text.as_bytes())?;
    let digest = InputFile::text("draw", "", &text).sha256;
    if terminal.json {
        terminal.print_json(&serde_json::json!({ "ok": true, "commitment": commitment, "sha256": digest }));
        return Ok(Ending::Fine);
    }
    let args = [
        ("units", commitment.frame.units.to_string()),
        ("digest", commitment.frame.sha256.clone()),
        (
            "columns",
            std::iter::once(&commitment.design.columns.id)
                .chain(&commitment.frame.sealed)
                .cloned()
                .collect::<Vec<_>>()
                .join(", "),
        ),
    ];
    terminal.say("draw-frame", &args);
    design_table(&commitment.design, terminal);
    terminal.say("draw-committed", &[("path", path.display().to_string()), ("digest", digest)]);
    Ok(Ending::Fine)
}

fn json(value: &impl serde::Serialize) -> Result<String, Refusal> {
    let text = file_text(value).map_err(|error| {
        let finding = Finding::new(Code::OutputUnwritable, Place::default());
        finding.with("file", "JSON").with("reason", error)
    })?;
    Ok(text)
}

fn write(arguments: &DrawArguments, record: &DrawRecord, units: &[ListedUnit]) -> Result<(), Refusal> {
    if let Some(path) = &arguments.out {
        output::write_single(path, json(record)?.as_bytes())?;
    }
    if let Some(path) = &arguments.list {
        output::write_single(path, &list_csv(units, &record.frame.sha256, &record.seed.value))?;
    }
    Ok(())
}

fn show(arguments: &DrawArguments, record: &DrawRecord, units: &[ListedUnit], terminal: &Terminal) {
    if record.commitment.is_none() {
        terminal.findings(&[Finding::new(Code::SeedNotCommitted, Place::default()).record()]);
    }
    if terminal.json {
        terminal.print_json(&serde_json::json!({ "ok": true, "record": record }));
        return;
    }
    let columns = std::iter::once(&record.design.columns.id).chain(&record.frame.sealed);
    let args = [
        ("units", record.frame.units.to_string()),
        ("digest", record.frame.sha256.clone()),
        ("columns", columns.cloned().collect::<Vec<_>>().join(", ")),
    ];
    terminal.say("draw-frame", &args);
    terminal.say("draw-seed", &[("seed", manyidu::text::shown(&record.seed.value, 200))]);
    design_table(&record.design, terminal);
    let main = units.iter().filter(|u| u.role == Role::Main);
    let weights = main.filter_map(|u| u.probability).map(|p| 1.0 / p);
    let (least, most) = weights.fold((f64::INFINITY, 0.0_f64), |(least, most), w| (least.min(w), most.max(w)));
    let args = [
        ("main", record.result.main.to_string()),
        ("reserve", record.result.reserve.to_string()),
        ("least", printed(least, 3)),
        ("most", printed(most, 3)),
        ("digest", record.result.main_sha256.clone()),
    ];
    terminal.say("draw-result", &args);
    for (key, path) in [
        ("draw-record-written", &arguments.out),
        ("draw-list-written", &arguments.list),
        ("draw-joint-written", &arguments.joint),
    ] {
        if let Some(path) = path {
            terminal.say(key, &[("path", path.display().to_string())]);
        }
    }
    if arguments.out.is_none() || arguments.list.is_none() {
        terminal.say("draw-not-written", &[]);
    }
}

fn design_table(design: &DrawDesign, terminal: &Terminal) {
    let selection = terminal.word(match design.selection {
        Selection::SimpleRandom => "selection-simple-random",
        Selection::Systematic => "selection-systematic",
        Selection::PpsSystematic => "selection-pps-systematic",
        Selection::Sampford => "selection-sampford",
    });
    let key = match design.within {
        None => "draw-design",
        Some(WithinCluster::All) => "draw-design-clusters",
        Some(WithinCluster::Units(_)) => "draw-design-two-stage",
    };
    let units = match design.within {
        Some(WithinCluster::Units(units)) => units.to_string(),
        _ => String::new(),
    };
    terminal.say(
        key,
        &[("selection", selection), ("size", design.size().to_string()), ("units", units)],
    );
    let head = ["stratum", "elements", "drawn", "reserve"].map(|c| terminal.word(&format!("draw-column-{c}")));
    let mut rows = vec![head.to_vec()];
    for stratum in &design.strata {
        let name = if stratum.stratum.is_empty() {
            "–"
        } else {
            stratum.stratum.as_str()
        };
        rows.push(vec![
            manyidu::text::shown(name, 40),
            stratum.elements.to_string(),
            stratum.size.to_string(),
            stratum.reserve.to_string(),
        ]);
    }
    table::lines(&rows).iter().for_each(|line| Terminal::print(line));
}
