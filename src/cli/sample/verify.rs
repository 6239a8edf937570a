//! `manyidu sample verify`.

use super::{missing, place, table};
use crate::cli::Ending;
use crate::cli::run::load;
use crate::cli::show::Terminal;
use clap::Args;
use manyidu::finding::{Code, Finding, Place, Refusal};
use manyidu::ingest::table::Reading;
use manyidu::round::printed;
use manyidu::sample::draw::record::read_record;
use manyidu::sample::evidence::{self, Evidence, EvidenceTest, EvidenceVerdict};
use manyidu::sample::frame::{FrameColumns, UnitFrame, read_frame};
use manyidu::sample::verify::{
    self as check, AtHand, DrawVerification, Holding, KnownIds, LineOf, UnitMark, read_ids, read_list, verify_wave,
};
use manyidu::survey::Survey;
use manyidu::survey::definition::Wave;
use std::path::{Path, PathBuf};

/// What `sample verify` is told.
#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// The draw record (JSON). Without one that of the --survey; where there is none, only evidence for or against chance.
    record: Option<PathBuf>,
    /// The list of customers that was drawn from; without RECORD that of the --survey where it names one.
    #[arg(long)]
    frame: Option<PathBuf>,
    /// The same list as it was when it was sealed, to name the rows that changed.
    #[arg(long, requires = "record")]
    old_frame: Option<PathBuf>,
    /// The list of drawn customers, as `sample draw --list` wrote it; without a record, any CSV with the column --id.
    #[arg(long)]
    list: Option<PathBuf>,
    /// The answers (CSV with the column --id).
    #[arg(long, conflicts_with = "survey")]
    responses: Option<PathBuf>,
    /// A survey definition: its wave's answers are taken, and without RECORD everything its wave names: record, lists, cases.
    #[arg(long)]
    survey: Option<PathBuf>,
    /// Wave of the survey; the latest when absent.
    #[arg(long, requires = "survey")]
    wave: Option<String>,
    /// Column of the customer's id in the answers; the record's, or the survey's, when absent.
    #[arg(long)]
    id: Option<String>,
    /// Everybody who was contacted (CSV with the same column): substitutes that were tried in vain stand here.
    #[arg(long)]
    contacted: Option<PathBuf>,
    /// Everybody with a final disposition (CSV with the same column): held against the drawn, and said to have been asked.
    #[arg(long, requires = "record")]
    cases: Option<PathBuf>,
    /// Without a record: columns of the stratum, parted by commas, where a simple random sample is claimed.
    #[arg(long, value_delimiter = ',')]
    strata: Vec<String>,
    /// Without a record: confidence level of the evidence.
    #[arg(long, default_value_t = 0.95)]
    level: f64,
}

pub(super) fn verify(arguments: &VerifyArguments, terminal: &Terminal) -> Result<Ending, Refusal> {
    if let Some(record) = &arguments.record {
        return against_record(record, arguments, terminal);
    }
    match of_survey(arguments)? {
        Some(found) => Ok(told(&found, terminal)),
        None => evidence(arguments, terminal),
    }
}

/// What the definition of a survey names held against each other; `None` where its wave names no record.
fn of_survey(arguments: &VerifyArguments) -> Result<Option<DrawVerification>, Refusal> {
    let Some(definition) = &arguments.survey else { return Ok(None) };
    let loaded = load(definition)?;
    let wave = wave_of(arguments, &loaded.survey)?;
    let found = verify_wave(&loaded.survey, wave, &loaded.folder)?;
    Ok(found.map(|found| found.verification))
}

/// The wave that is asked for: the latest when none is named.
fn wave_of<'a>(arguments: &VerifyArguments, survey: &'a Survey) -> Result<&'a Wave, Refusal> {
    let wave = match &arguments.wave {
        Some(id) => survey.waves.iter().find(|w| w.id == *id),
        None => survey.waves.last(),
    };
    wave.ok_or_else(|| {
        let known: Vec<&str> = survey.waves.iter().map(|w| w.id.as_str()).collect();
        let finding = Finding::new(Code::UnknownReference, Place::file(&survey.file));
        finding
            .with("name", arguments.wave.as_deref().unwrap_or(""))
            .with("nearest", known.join(", "))
            .into()
    })
}

fn told(found: &DrawVerification, terminal: &Terminal) -> Ending {
    if terminal.json {
        terminal.print_json(&serde_json::json!({ "ok": found.holds, "verification": found }));
    } else {
        show(found, terminal);
    }
    if found.holds { Ending::Fine } else { Ending::GateFailed }
}

fn against_record(path: &Path, arguments: &VerifyArguments, terminal: &Terminal) -> Result<Ending, Refusal> {
    let (name, folder) = place(path);
    let (record, input) = read_record(&name, &folder)?;
    let columns = &record.design.columns;
    let frame = arguments
        .frame
        .as_deref()
        .map(|file| list_of_customers(file, columns))
        .transpose()?;
    let old = arguments
        .old_frame
        .as_deref()
        .map(|file| list_of_customers(file, columns))
        .transpose()?;
    let list = arguments.list.as_deref().map(|file| {
        let (name, folder) = place(file);
        read_list(&name, &folder)
    });
    let list = list.transpose()?;
    let (responses, column) = answers(arguments, &columns.id)?;
    let beside = |kind: &str, file: &Option<PathBuf>| file.as_deref().map(|file| ids(kind, file, &column)).transpose();
    let contacted = beside("contacted", &arguments.contacted)?;
    let cases = beside("cases", &arguments.cases)?;
    let hand = AtHand {
        record_sha256: &input.sha256,
        frame: frame.as_ref(),
        old_frame: old.as_ref(),
        list: list.as_ref().map(|(units, _)| units.as_slice()),
        responses: responses.as_ref(),
        contacted: contacted.as_ref(),
        cases: cases.as_ref(),
    };
    Ok(told(&check::verify(&record, hand), terminal))
}

fn list_of_customers(file: &Path, columns: &FrameColumns) -> Result<UnitFrame, Refusal> {
    let (name, folder) = place(file);
    Ok(read_frame(&name, &folder, Reading::default(), columns)?.0)
}

fn ids(kind: &str, file: &Path, column: &str) -> Result<KnownIds, Refusal> {
    let (name, folder) = place(file);
    Ok(read_ids(kind, &name, &folder, Reading::default(), column)?.0)
}

/// Ids of the answers, from a file or from a survey's wave, and the column they stand in.
fn answers(arguments: &VerifyArguments, usual: &str) -> Result<(Option<KnownIds>, String), Refusal> {
    let column = arguments.id.clone().unwrap_or_else(|| usual.to_owned());
    if let Some(file) = &arguments.responses {
        return Ok((Some(ids("responses", file, &column)?), column));
    }
    let Some(definition) = &arguments.survey else {
        return Ok((None, column));
    };
    let loaded = load(definition)?;
    let survey = &loaded.survey;
    let column = arguments.id.clone().or_else(|| survey.columns.respondent.clone()).unwrap_or(column);
    let wave = wave_of(arguments, survey)?;
    let reading = Reading {
        encoding: wave.encoding.as_deref(),
        delimiter: wave.delimiter.as_deref(),
    };
    let (read, _) = read_ids("responses", &wave.responses, &loaded.folder, reading, &column)?;
    Ok((Some(read), column))
}

fn show(found: &DrawVerification, terminal: &Terminal) {
    let args = [
        ("units", found.frame_units.to_string()),
        ("digest", found.frame_sha256.clone()),
        ("seed", manyidu::text::shown(&found.seed, 200)),
        ("main", found.main.to_string()),
        ("reserve", found.reserve.to_string()),
        ("record", found.record_sha256.clone()),
    ];
    terminal.say("verify-head", &args);
    for check in &found.checks {
        let holding = terminal.word(match check.holding {
            Holding::Holds => "holding-holds",
            Holding::DoesNotHold => "holding-does-not-hold",
            Holding::CannotTell => "holding-cannot-tell",
        });
        let question = terminal.word(&format!("draw-question-{}", check.question.word()));
        let key = if check.count > 0 { "verify-check-count" } else { "verify-check" };
        terminal.say(
            key,
            &[("holding", holding), ("question", question), ("count", check.count.to_string())],
        );
        marks(&check.units, check.count, terminal);
    }
    changes(found, terminal);
    if let (Some(respondents), Some(main), Some(reserve)) = (found.respondents, found.responded_main, found.responded_reserve) {
        let count = |value: Option<u64>| value.unwrap_or(0).to_string();
        let args = [
            ("respondents", respondents.to_string()),
            ("main", main.to_string()),
            ("reserve", reserve.to_string()),
            ("strangers", respondents.saturating_sub(main + reserve).to_string()),
            ("missing", count(found.missing)),
            ("repeated", count(found.repeated)),
            ("blank", count(found.without_id)),
        ];
        terminal.say("verify-respondents", &args);
        marks(&found.missing_units, found.missing.unwrap_or(0), terminal);
    }
    if let Some(cases) = found.cases {
        let asked: Option<u64> = found.strata.iter().map(|s| s.reserve_asked).sum();
        let asked = asked.map_or_else(|| "–".to_owned(), |asked| asked.to_string());
        terminal.say("verify-cases", &[("cases", cases.to_string()), ("reserve", asked)]);
    }
    terminal.say(if found.holds { "verify-holds" } else { "verify-does-not-hold" }, &[]);
}

fn changes(found: &DrawVerification, terminal: &Terminal) {
    let Some(changes) = &found.frame_changes else { return };
    let args = [
        ("buckets", changes.buckets.to_string()),
        ("of", changes.of.to_string()),
        ("rows", changes.lines.len().to_string()),
    ];
    match found.rows_changed {
        Some(rows) => terminal.say("verify-rows-changed", &[("count", rows.to_string())]),
        None => terminal.say("verify-narrowed", &args),
    }
}

/// Lines of units, with four digits of a digest where there is one.
fn marks(units: &[UnitMark], count: u64, terminal: &Terminal) {
    if units.is_empty() {
        return;
    }
    let one = |unit: &UnitMark| {
        let file = terminal.word(match unit.file {
            LineOf::Frame => "line-of-frame",
            LineOf::OldFrame => "line-of-old-frame",
            LineOf::List => "line-of-list",
            LineOf::Responses => "line-of-responses",
            LineOf::Cases => "line-of-cases",
        });
        let mark = unit.mark.as_ref().map(|m| format!(" ({m})")).unwrap_or_default();
        format!("{file}:{}{mark}", unit.line)
    };
    let mut shown: Vec<String> = units.iter().map(one).collect();
    if count > units.len() as u64 {
        shown.push(format!("… +{}", count - units.len() as u64));
    }
    Terminal::print(&format!("    {}", shown.join(", ")));
}

/// What the places of the drawn customers in the list say.
fn evidence(arguments: &VerifyArguments, terminal: &Terminal) -> Result<Ending, Refusal> {
    let loaded = arguments.survey.as_deref().map(load).transpose()?;
    let of_survey = loaded.as_ref().and_then(|l| l.survey.columns.respondent.clone());
    let id = arguments.id.clone().or(of_survey).ok_or_else(|| missing("--id"))?;
    let columns = FrameColumns {
        id: id.clone(),
        strata: arguments.strata.clone(),
        ..FrameColumns::default()
    };
    let frame = match (&arguments.frame, &loaded) {
        (Some(file), _) => list_of_customers(file, &columns)?,
        (None, Some(loaded)) => {
            let named = wave_of(arguments, &loaded.survey)?.frame_list.as_ref();
            let file = named.ok_or_else(|| missing("--frame"))?;
            read_frame(file, &loaded.folder, Reading::default(), &columns)?.0
        }
        (None, None) => return Err(missing("--frame")),
    };
    let drawn = match &arguments.list {
        Some(list) => ids("draw-list", list, &id)?,
        None => answers(arguments, &id)?.0.ok_or_else(|| missing("--list / --responses"))?,
    };
    let rows: Vec<Option<u32>> = drawn.in_order.iter().map(|id| frame.find(id.as_bytes())).collect();
    let outside = rows.iter().filter(|row| row.is_none()).count();
    let rows: Vec<u32> = rows.into_iter().flatten().collect();
    let positions: Vec<u64> = rows.iter().map(|row| u64::from(*row) + 1).collect();
    let strata = frame.strata.names.iter().enumerate().map(|(number, name)| {
        let of = |group: u32| group as usize == number;
        let units = frame.strata.of_row.iter().filter(|g| of(**g)).count() as u64;
        let taken = rows.iter().filter(|row| of(frame.strata.of(**row))).count() as u64;
        (name.clone(), units, taken)
    });
    let strata: Vec<_> = strata.collect();
    let found = evidence::evidence(&positions, frame.len() as u64, &strata, arguments.level);
    let fine = outside == 0 && found.verdict != EvidenceVerdict::NotConsistentWithChance;
    if terminal.json {
        terminal.print_json(&serde_json::json!({ "ok": fine, "outside_frame": outside, "evidence": found }));
    } else {
        show_evidence(&found, outside, terminal);
    }
    Ok(if fine { Ending::Fine } else { Ending::GateFailed })
}

fn show_evidence(found: &Evidence, outside: usize, terminal: &Terminal) {
    terminal.say("evidence-head", &[("n", found.n.to_string()), ("frame", found.frame.to_string())]);
    if outside > 0 {
        terminal.say("evidence-outside", &[("count", outside.to_string())]);
    }
    if found.in_frame_order {
        terminal.say("evidence-in-order", &[]);
    }
    let head = ["test", "statistic", "p", "holm"].map(|c| terminal.word(&format!("evidence-column-{c}")));
    let mut rows = vec![head.to_vec()];
    for result in &found.tests {
        let name = match &result.test {
            EvidenceTest::FramePositions => terminal.word("evidence-frame-positions"),
            EvidenceTest::FrameDeciles => terminal.word("evidence-frame-deciles"),
            EvidenceTest::FrameEnds => terminal.word("evidence-frame-ends"),
            EvidenceTest::GreatestGap => terminal.word("evidence-greatest-gap"),
            EvidenceTest::RunsUpAndDown => terminal.word("evidence-runs-up-and-down"),
            EvidenceTest::RunsOfHalves => terminal.word("evidence-runs-of-halves"),
            EvidenceTest::SerialCorrelation => terminal.word("evidence-serial-correlation"),
            EvidenceTest::Stratum(name) => format!("{} {}", terminal.word("evidence-stratum"), manyidu::text::shown(name, 40)),
        };
        rows.push(vec![
            name,
            printed(result.statistic, 4),
            printed(result.p_value, 4),
            printed(result.p_holm, 4),
        ]);
    }
    table::lines(&rows).iter().for_each(|line| Terminal::print(line));
    let verdict = match found.verdict {
        EvidenceVerdict::ConsistentWithChance => "evidence-consistent",
        EvidenceVerdict::NotConsistentWithChance => "evidence-not-consistent",
        EvidenceVerdict::NotTested => "evidence-not-tested",
    };
    terminal.say(verdict, &[("level", printed(found.level * 100.0, 1))]);
}
