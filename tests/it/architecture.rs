//! The invariants of ARCHITECTURE.md, held against the source text.

use crate::support::path;
use std::path::Path;

/// The steps, top to bottom. A step may use those above it and the shared modules, never one below.
const FLOW: [&str; 11] = [
    "survey", "ingest", "sample", "clean", "score", "coverage", "tally", "weight", "index", "grade", "trend",
];

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        if file.is_dir() {
            sources(&file, found);
        } else if file.extension().is_some_and(|e| e == "rs") && file.file_name().is_some_and(|n| n != "tests.rs") {
            let name = file.strip_prefix(path("src")).unwrap().to_string_lossy().replace('\\', "/");
            let text = std::fs::read_to_string(&file).unwrap();
            // Test modules stand at the end of a file and may do as they like.
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap().to_owned();
            let code: Vec<&str> = code.lines().filter(|l| !l.trim_start().starts_with("//")).collect();
            found.push((name, code.join("\n")));
        }
    }
}

fn all() -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources(&path("src"), &mut found);
    assert!(found.len() > 50);
    found
}

fn offenders(words: &[&str], allowed: impl Fn(&str) -> bool) -> Vec<String> {
    let hit = |(name, code): &(String, String)| {
        let word = words.iter().find(|w| code.contains(**w))?;
        (!allowed(name)).then(|| format!("{name}: {word}"))
    };
    all().iter().filter_map(hit).collect()
}

#[test]
fn only_io_touches_files_and_the_library_reads_no_clock() {
    let none: Vec<String> = Vec::new();
    assert_eq!(
        offenders(&["std::fs", "File::open", "File::create"], |f| f.starts_with("io/")),
        none
    );
    assert_eq!(
        offenders(&["SystemTime::now", "Instant::now", "Zoned::now", "Timestamp::now"], |f| f
            .starts_with("cli/")),
        none
    );
    assert_eq!(offenders(&["std::env::var", "std::net", "TcpStream"], |_| false), none);
}

#[test]
fn only_the_command_line_prints() {
    let words = ["println!", "eprintln!", "print!(", "dbg!(", "std::io::stdout", "std::io::stderr"];
    assert_eq!(offenders(&words, |f| f.starts_with("cli/")), Vec::<String>::new());
}

#[test]
fn only_grade_grades_and_only_one_place_rounds() {
    assert_eq!(
        offenders(&["Verdict::Met", "Verdict::NotMet"], |f| f.starts_with("grade/")
            || f.starts_with("report/")
            || f == "surveillance/questions.rs"),
        Vec::<String>::new()
    );
    let rounding = [".round()", "{:.1}", "{:.2}"];
    let allowed = |f: &str| f == "round.rs" || f.starts_with("report/charts/") || f.starts_with("simulate/");
    assert_eq!(offenders(&rounding, allowed), Vec::<String>::new());
}

#[test]
fn polars_is_named_in_one_file() {
    assert_eq!(offenders(&["polars::"], |f| f == "io/parquet.rs"), Vec::<String>::new());
}

/// Nothing below the tally sees a respondent.
#[test]
fn below_the_waist_there_are_no_respondents() {
    let below = |f: &str| {
        ["index/", "model/", "measure/", "grade/", "trend/", "report/"]
            .iter()
            .any(|m| f.starts_with(m))
    };
    let found: Vec<String> = all()
        .iter()
        .filter(|(name, code)| below(name) && (code.contains("Responses") || code.contains("RespondentScores")))
        .map(|(name, _)| name.clone())
        .collect();
    assert_eq!(found, Vec::<String>::new());
    // Cases without identity stay where replicates are made of them.
    let of_cases = |f: &str| f.starts_with("resample/") || f == "pipeline/resampling.rs" || f == "pipeline/grouping.rs";
    assert_eq!(
        offenders(&["resample::Case", "resample::cases", "resample::{Case"], of_cases),
        found
    );
    assert_eq!(offenders(&["Responses"], |f| !f.starts_with("resample/")), found);
}

#[test]
fn imports_point_down_the_flow() {
    let mut wrong = Vec::new();
    for (name, code) in all() {
        let Some(step) = FLOW.iter().position(|s| name.starts_with(&format!("{s}/"))) else {
            continue;
        };
        for below in &FLOW[step + 1..] {
            if code.contains(&format!("crate::{below}::")) {
                wrong.push(format!("{name} uses {below}"));
            }
        }
    }
    // A response rate has its definitions beside its formulas; the survey only names which one comes first.
    wrong.retain(|w| !w.starts_with("survey/") || !w.ends_with("uses coverage"));
    assert_eq!(wrong, Vec::<String>::new());
}

/// A file that nobody can hold in mind is split by meaning.
#[test]
fn no_file_outgrows_comfort() {
    let long: Vec<String> = all()
        .iter()
        .filter(|(_, code)| code.lines().count() > 640)
        .map(|(name, _)| name.clone())
        .collect();
    assert_eq!(long, Vec::<String>::new());
}
