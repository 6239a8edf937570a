//! `manyidu run`: the main job.

use super::Ending;
use super::forms::FormArguments;
use super::show::Terminal;
use clap::Args;
use manyidu::assessment::WaveAssessment;
use manyidu::clean::ledger;
use manyidu::finding::{Code, Finding, Place, Refusal};
use manyidu::io::{Folder, output, read_definition};
use manyidu::locale::{Lang, Messages};
use manyidu::pipeline::{self, Run, Wanted};
use manyidu::report;
use manyidu::report::forms::{Form, Making};
use manyidu::round::printed;
use manyidu::survey::{self, Survey};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What `run` is told.
#[derive(Debug, Args)]
pub struct RunArguments {
    /// The survey definition, for example surveys/ecsi-mobile/survey.toml.
    definition: PathBuf,
    /// Folder to write into, replaced as a whole; reports/<survey>/<wave> when absent.
    #[arg(long)]
    out: Option<PathBuf>,
    #[command(flatten)]
    forms: FormArguments,
    /// Also write the scores of every respondent (scores.csv, scores.parquet).
    #[arg(long)]
    scores: bool,
    /// Print the seconds of each step on standard error.
    #[arg(long)]
    timings: bool,
}

/// A definition that was read and checked.
pub struct Loaded {
    pub survey: Survey,
    pub text: String,
    pub warnings: Vec<Finding>,
    pub folder: Folder,
}

impl Loaded {
    /// A refusal together with what was noticed in the definition, which may explain it.
    pub fn with_warnings(&self, refusal: Refusal) -> Refusal {
        Refusal(refusal.0.into_iter().chain(self.warnings.iter().cloned()).collect())
    }
}

/// Reads and checks a definition.
pub fn load(definition: &Path) -> Result<Loaded, Refusal> {
    let folder = Folder::of(definition);
    let text = read_definition(definition)?;
    let file = definition
        .file_name()
        .map_or_else(|| "survey.toml".to_owned(), |n| n.to_string_lossy().into_owned());
    let (survey, warnings) = survey::parse(&file, &folder.name(), &text)?;
    Ok(Loaded {
        survey,
        text,
        warnings,
        folder,
    })
}

pub(super) fn run(arguments: &RunArguments, terminal: &Terminal) -> Ending {
    match execute(arguments, terminal) {
        Ok(done) => {
            if arguments.timings {
                terminal.timings();
            }
            finish(&done, terminal)
        }
        Err(refusal) => {
            terminal.refuse(&refusal.0);
            Ending::Refused
        }
    }
}

/// A run whose files are written.
struct Done {
    run: Run,
    target: PathBuf,
    /// What there is to say about the files.
    about_files: Vec<Finding>,
    /// The forms that were written.
    forms: Vec<Form>,
}

fn execute(arguments: &RunArguments, terminal: &Terminal) -> Result<Done, Refusal> {
    let loaded = load(&arguments.definition)?;
    let forms = arguments.forms.forms(Some(&loaded))?;
    let template = arguments.forms.word_template(Some(&loaded))?;
    terminal.step("", pipeline::Step::Reading(0));
    let wanted = Wanted { scores: arguments.scores };
    let run = pipeline::run(
        &loaded.survey,
        &loaded.text,
        &loaded.warnings,
        &loaded.folder,
        wanted,
        &|wave, step| {
            terminal.step(wave, step);
        },
    )
    .map_err(|refusal| loaded.with_warnings(refusal))?;
    terminal.writing();
    let making = Making {
        kinds: &report::Kind::ALL,
        forms: &forms,
        word_template: template.as_ref(),
    };
    let report::Written { mut files, not_drawn } = report::write(&run.assessment, &making).map_err(|e| output_fault(&e))?;
    files.insert(
        "ledger.csv".to_owned(),
        ledger::csv(run.ledgers.iter().map(|(w, f, l)| (w.as_str(), f.as_str(), l))),
    );
    if loaded.survey.quality.is_some() {
        let flags = run.flags.iter().map(|(w, f, flags)| (w.as_str(), f.as_str(), flags.as_slice()));
        files.insert("quality.csv".to_owned(), manyidu::clean::quality::csv(flags));
    }
    if let Some(certificate) = &run.assessment.certificate {
        files.insert(
            "certificate.ics".to_owned(),
            manyidu::certificate::ics_file(&loaded.survey.id, certificate),
        );
    }
    if let Some(scores) = &run.scores {
        files.insert("scores.csv".to_owned(), manyidu::score::csv(scores));
        files.insert(
            "scores.parquet".to_owned(),
            manyidu::io::parquet::scores(scores).map_err(|e| output_fault(&e))?,
        );
    }
    let target = arguments.out.clone().unwrap_or_else(|| default_target(&loaded.survey));
    output::write_folder(&target, &files)?;
    Ok(Done {
        run,
        target,
        about_files: glyphs_not_drawn(&not_drawn).into_iter().collect(),
        forms,
    })
}

/// What the fonts of the PDF lack, told once for all of its files.
fn glyphs_not_drawn(lacking: &BTreeSet<char>) -> Option<Finding> {
    let shown: String = lacking.iter().take(20).collect();
    (!lacking.is_empty()).then(|| {
        Finding::new(Code::GlyphsNotDrawn, Place::default())
            .with("count", lacking.len())
            .with("characters", shown)
    })
}

pub(super) fn output_fault(error: &dyn std::fmt::Display) -> Finding {
    Finding::new(Code::OutputUnwritable, Place::default())
        .with("file", "report")
        .with("reason", error)
}

/// `reports/<survey>/<wave>`, or `<first>_<last>` for a combined assessment of several waves.
fn default_target(survey: &Survey) -> PathBuf {
    let first = survey.waves.first().map(|w| w.id.as_str()).unwrap_or_default();
    let last = survey.waves.last().map(|w| w.id.as_str()).unwrap_or_default();
    let wave = if survey.waves.len() > 1 {
        format!("{first}_{last}")
    } else {
        first.to_owned()
    };
    Path::new("reports").join(&survey.id).join(wave)
}

/// The index of a wave in one line: value, interval, base, and how many interviews it comes from.
fn headline(wave: &WaveAssessment, lang: Lang) -> String {
    let value = match (&wave.index.estimate, &wave.index.refusal) {
        (Some(index), _) => {
            let interval = index
                .interval
                .map_or_else(String::new, |i| format!(" [{} – {}]", printed(i.lower, 1), printed(i.upper, 1)));
            format!("{}{interval}, n = {}", printed(index.value, 1), index.n)
        }
        (None, Some(refusal)) => format!("– ({})", refusal.message.get(lang)),
        (None, None) => "–".to_owned(),
    };
    let args = BTreeMap::from([
        ("wave", wave.title.get(lang).to_owned()),
        ("value", value),
        ("received", wave.cleaning.received.to_string()),
        ("counted", wave.cleaning.counted.to_string()),
    ]);
    Messages::of(lang).message("run-headline", &args)
}

fn finish(done: &Done, terminal: &Terminal) -> Ending {
    let assessment = &done.run.assessment;
    let findings: Vec<_> = assessment
        .findings
        .iter()
        .chain(assessment.waves.iter().flat_map(|w| &w.findings))
        .cloned()
        .chain(done.about_files.iter().map(Finding::record))
        .collect();
    terminal.findings(&findings);
    let ending = done.forms.iter().min().map_or("html", |form| form.ending());
    let report = done.target.join(format!("report.{ending}")).display().to_string();
    let failed = assessment.gates_failed;
    if terminal.json {
        let index: Vec<_> = assessment
            .waves
            .iter()
            .map(|w| serde_json::json!({ "wave": w.id, "index": w.index }))
            .collect();
        terminal.print_json(&serde_json::json!({
            "ok": failed == 0, "report": report, "gates_failed": failed, "waves": index, "findings": findings,
        }));
    } else {
        for wave in &assessment.waves {
            Terminal::print(&headline(wave, terminal.lang));
        }
        if failed == 0 {
            terminal.say("run-done", &[("path", report)]);
        } else {
            terminal.say("run-gate-failed", &[("count", failed.to_string()), ("path", report)]);
        }
    }
    if failed == 0 { Ending::Fine } else { Ending::GateFailed }
}
