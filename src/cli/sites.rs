//! `manyidu sites`: which sites a visit sees, drawn so that anyone can repeat it; and a filed draw held against that.

use super::Ending;
use super::run::load;
use super::show::Terminal;
use clap::{Args, ValueEnum};
use manyidu::certificate::sites::{self, Register, SiteSample, VisitKind};
use manyidu::finding::{Code, Finding, Place, Refusal};
use manyidu::io::{Folder, output};
use manyidu::locale::{Messages, Text};
use manyidu::sample::draw::{Draw, DrawDifference, draw_named};
use manyidu::text::spreadsheet_safe;
use std::path::{Path, PathBuf};

/// What `sites` is told.
#[derive(Debug, Args)]
pub struct SitesArguments {
    /// The survey definition; it needs a table [sites].
    definition: PathBuf,
    /// Seed of the draw: any text, best agreed with the auditor after the list of sites is fixed.
    #[arg(long, value_parser = clap::builder::NonEmptyStringValueParser::new())]
    seed: String,
    /// Which visit.
    #[arg(long, value_enum, default_value_t = Visit::Surveillance)]
    visit: Visit,
    /// Also write the draw as a CSV file (rank, site, key).
    #[arg(long)]
    out: Option<PathBuf>,
    /// Hold a filed draw (CSV with the column site, and key where it was filed) against the recomputed one; exit code 1 when they differ.
    #[arg(long)]
    verify: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Visit {
    /// Before the certificate is issued.
    Initial,
    /// While it holds.
    Surveillance,
    /// Before it is issued anew.
    Recertification,
}

/// The draw and everything to show beside it.
struct Found {
    title: Text,
    register: Register,
    sample: SiteSample,
    draw: Draw,
    difference: Option<DrawDifference>,
}

pub(super) fn sites(arguments: &SitesArguments, terminal: &Terminal) -> Ending {
    match execute(arguments) {
        Ok(found) => show(&found, arguments, terminal),
        Err(refusal) => {
            terminal.refuse(&refusal.0);
            Ending::Refused
        }
    }
}

fn execute(arguments: &SitesArguments) -> Result<Found, Refusal> {
    let loaded = load(&arguments.definition)?;
    let survey = &loaded.survey;
    let missing = || Finding::new(Code::MissingKey, Place::file(&survey.file)).with("table", &survey.file);
    let spec = survey.sites.as_ref().ok_or_else(|| missing().with("key", "[sites]"))?;
    let register = sites::read_register(survey, spec, &loaded.folder)?.ok_or_else(|| missing().with("key", "[[waves]]"))?;
    let wanted = match arguments.visit {
        Visit::Initial => VisitKind::Initial,
        Visit::Surveillance => VisitKind::Surveillance,
        Visit::Recertification => VisitKind::Recertification,
    };
    let samples = sites::samples(spec, register.names.len() as u64);
    let sample = samples
        .into_iter()
        .find(|s| s.visit == wanted)
        .ok_or_else(|| missing().with("key", "[sites]"))?;
    let size = usize::try_from(sample.sites).unwrap_or(usize::MAX);
    let draw = draw_named(&register.frame(), &arguments.seed, size);
    if let Some(out) = &arguments.out {
        output::write_single(out, csv(&draw).as_bytes())?;
    }
    let difference = arguments
        .verify
        .as_ref()
        .map(|file| Ok::<_, Refusal>(draw.compare(&filed(file)?)))
        .transpose()?;
    Ok(Found {
        title: spec.title.clone(),
        register,
        sample,
        draw,
        difference,
    })
}

fn filed(path: &Path) -> Result<Vec<sites::FiledSite>, Refusal> {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    sites::read_filed_draw(&name, &Folder::of(path))
}

fn csv(draw: &Draw) -> String {
    let mut out = "rank,site,key\n".to_owned();
    for (rank, unit) in draw.drawn.iter().enumerate() {
        let site = spreadsheet_safe(&unit.id).replace('"', "\"\"");
        out.push_str(&format!("{},\"{site}\",{}\n", rank + 1, unit.key));
    }
    out
}

fn show(found: &Found, arguments: &SitesArguments, terminal: &Terminal) -> Ending {
    let agrees = found.difference.as_ref().is_none_or(DrawDifference::is_empty);
    if terminal.json {
        terminal.print_json(&serde_json::json!({
            "ok": agrees, "sample": found.sample, "draw": found.draw, "difference": found.difference,
        }));
    } else {
        list(found, arguments, terminal);
        if let (Some(difference), Some(file)) = (&found.difference, &arguments.verify) {
            verdict(difference, file, terminal);
        }
    }
    if agrees { Ending::Fine } else { Ending::GateFailed }
}

fn list(found: &Found, arguments: &SitesArguments, terminal: &Terminal) {
    let words = Messages::of(terminal.lang);
    let visit = words.word(match found.sample.visit {
        VisitKind::Initial => "sites-visit-initial",
        VisitKind::Surveillance => "sites-visit-surveillance",
        VisitKind::Recertification => "sites-visit-recertification",
    });
    let size = found.draw.drawn.len().to_string();
    let head = [
        ("count", found.draw.units.to_string()),
        ("what", found.title.get(terminal.lang).to_owned()),
        ("file", found.register.file.clone()),
        ("visit", visit),
        ("size", size.clone()),
        ("multiple", found.sample.multiple.to_string()),
    ];
    terminal.say("sites-head", &head);
    terminal.say("sites-frame", &[("digest", found.draw.frame_sha256.clone())]);
    terminal.say("sites-seed", &[("seed", found.draw.seed.clone())]);
    terminal.say("sites-rule", &[("size", size)]);
    let marks = [
        (&found.draw.drawn, words.word("sites-drawn")),
        (&found.draw.reserve, words.word("sites-reserve")),
    ];
    let mut rank = 0;
    for (units, mark) in marks {
        for unit in units {
            rank += 1;
            Terminal::print(&format!("{rank}\t{mark}\t{}\t{}", unit.id, unit.key));
        }
    }
    if let Some(out) = &arguments.out {
        terminal.say("sites-written", &[("path", out.display().to_string())]);
    }
}

fn verdict(difference: &DrawDifference, file: &Path, terminal: &Terminal) {
    let path = file.display().to_string();
    terminal.say(
        if difference.is_empty() { "sites-agree" } else { "sites-differ" },
        &[("path", path)],
    );
    let parts = [
        ("sites-extra", &difference.extra),
        ("sites-missing", &difference.missing),
        ("sites-repeated", &difference.repeated),
        ("sites-other-key", &difference.other_key),
    ];
    for (key, names) in parts.into_iter().filter(|(_, names)| !names.is_empty()) {
        terminal.say(key, &[("names", names.join(", "))]);
    }
}
