//! Schemes and scorecards as a user meets them.

use crate::support::{manyidu, transcript};
use std::path::Path;

const ANSWERS: &str = "q1,q2\n5,4\n4,4\n3,5\n5,5\n4,5\n5,4\n4,3\n5,5\n";

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

/// A survey of one dimension with waves on two days, and what else is wanted.
fn survey(folder: &Path, head: &str, waves: &[(&str, &str)], tail: &str) -> String {
    write(folder, "a.csv", ANSWERS);
    let wave = |(id, day): &(&str, &str)| format!("[[waves]]\nid = \"{id}\"\nresponses = \"a.csv\"\nfield_end = \"{day}\"\n");
    let waves: String = waves.iter().map(wave).collect();
    let text = format!(
        "id = \"s\"\ntitle = \"s\"\n{head}\n{waves}[scales.s]\nmin = 1\nmax = 5\n[[dimensions]]\nid = \"quality\"\nitems = [\"q1\", \"q2\"]\n{tail}\n"
    );
    write(folder, "survey.toml", &text);
    folder.join("survey.toml").display().to_string()
}

fn run(folder: &Path, definition: &str) -> serde_json::Value {
    let out = folder.join("out");
    let output = manyidu(&["run", definition, "--formats", "html", "--out", out.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", transcript(&output));
    serde_json::from_slice(&std::fs::read(out.join("assessment.json")).unwrap()).unwrap()
}

#[test]
fn each_wave_cites_the_edition_in_force_on_its_date() {
    let folder = tempfile::tempdir().unwrap();
    let waves = [("2025", "2025-12-31"), ("2026", "2026-01-01")];
    let definition = survey(folder.path(), "schemes = [\"sbt10409\"]", &waves, "");
    let assessment = run(folder.path(), &definition);
    let cited = |wave: usize| assessment["waves"][wave]["determinations"][0]["document"].clone();
    assert_eq!(cited(0), "SB/T 10409-2007");
    assert_eq!(cited(1), "SB/T 10409-2025");
    // Named by its edition, it is read for the waves it was in force for, and the others are told.
    let definition = survey(folder.path(), "schemes = [\"sbt10409-2025\"]", &waves, "");
    let assessment = run(folder.path(), &definition);
    assert_eq!(assessment["waves"][0]["determinations"].as_array().unwrap().len(), 0);
    let told = assessment["waves"][0]["findings"].to_string();
    assert!(told.contains("scheme-not-in-force-then"), "{told}");
}

#[test]
fn a_filled_scorecard_gives_the_stars_and_the_survey_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let card = "clause,points,applicable,obtained,evidence,auditor,date,remark\n5.1,40,,38,A,Z,2025-07-01,\n5.2.1,35,0,,B,Z,2025-07-01,\n5.3,25,,22,C,Z,2025-07-01,\nspecial-deductions,,,1,,,,\n";
    write(folder.path(), "card.csv", card);
    let head = "schemes = [\"gbt27922-2011\", \"cteas1001-2017\"]\n[scorecards]\n\"gbt27922-2011\" = \"card.csv\"";
    let definition = survey(folder.path(), head, &[("2025", "2025-06-01")], "");
    let assessment = run(folder.path(), &definition);
    let determinations = &assessment["waves"][0]["determinations"];
    // (38 + 22) / 65 · 100 − 1 = 91.307692…
    let points = determinations[0]["points"].as_f64().unwrap();
    assert!((points - (60.0 / 65.0 * 100.0 - 1.0)).abs() < 1e-12, "{points}");
    assert_eq!(determinations[0]["grade_certain"], "4-star");
    assert_eq!(determinations[0]["grade_if_against"], serde_json::Value::Null);
    assert_eq!(determinations[0]["total"]["rounded"], 91.3);
    assert_eq!(determinations[0]["next"]["grade"], "5-star");
    assert_eq!(determinations[1]["grade_possible"], serde_json::Value::Null);
    let html = std::fs::read_to_string(folder.path().join("out/report.html")).unwrap();
    assert!(html.contains("总分还差 3.69 分") && html.contains("七星级"), "no distance");
}

#[test]
fn the_rule_of_a_body_takes_the_mark_off_every_page() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("my.toml");
    let new = manyidu(&[
        "scheme",
        "new",
        "my-body",
        "--from",
        "satisfaction-3a4a5a",
        "--out",
        file.to_str().unwrap(),
    ]);
    assert_eq!(new.status.code(), Some(0), "{}", transcript(&new));
    let definition = survey(folder.path(), "schemes = [\"my.toml\"]", &[("2025", "2025-06-01")], "");
    let mark = "等级对照为暂定";
    let marked = |assessment: &serde_json::Value| {
        let css = std::fs::read_to_string(folder.path().join("out/report.html")).unwrap();
        (
            assessment["waves"][0]["determinations"][0]["provisional"].as_bool().unwrap(),
            css.contains(mark),
        )
    };
    assert_eq!(marked(&run(folder.path(), &definition)), (true, true));
    let text = std::fs::read_to_string(&file).unwrap();
    let (head, tail) = text.split_once("[[conditions]]").unwrap();
    let mut head = head.replace("status = \"assumed\"", "status = \"body\"");
    for key in ["name", "rule", "version"] {
        head = head.replace(&format!("{key} = \"\""), &format!("{key} = \"R-01\""));
    }
    write(
        folder.path(),
        "my.toml",
        &format!("{}[[conditions]]{tail}", head.replace("date = \"\"", "date = \"2025-03-01\"")),
    );
    assert_eq!(marked(&run(folder.path(), &definition)), (false, false));
    let check = manyidu(&["scheme", "check", file.to_str().unwrap(), "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&check.stdout).unwrap();
    assert_eq!((value["ok"].as_bool(), value["provisional"].as_bool()), (Some(true), Some(false)));
}

#[test]
fn what_is_declared_with_proof_meets_its_condition() {
    let folder = tempfile::tempdir().unwrap();
    let head = "schemes = [\"satisfaction-3a4a5a\"]\ndecision_date = \"2025-09-01\"";
    let tail =
        "[declared.internal-audit]\nvalue = 1\nreference = \"IA-2025\"\n[declared.system-running-months]\nvalue = 2.5\nreference = \"M-1\"";
    let definition = survey(folder.path(), head, &[("2025", "2025-06-01")], tail);
    let assessment = run(folder.path(), &definition);
    let conditions = assessment["waves"][0]["determinations"][0]["conditions"]
        .as_array()
        .unwrap()
        .clone();
    let verdict = |id: &str| {
        let found = conditions.iter().find(|c| c["condition"] == id).unwrap();
        (found["verdict"].as_str().unwrap().to_owned(), found["margin"].as_f64())
    };
    assert_eq!(verdict("internal-audit"), ("met".to_owned(), Some(0.0)));
    assert_eq!(verdict("system-running-months"), ("not-met".to_owned(), Some(-0.5)));
    assert_eq!(verdict("survey-within-12-months"), ("met".to_owned(), Some(9.0)));
    assert_eq!(verdict("management-review").0, "not-available");
}

/// Both items have mean 4.375 of 1 to 5, so that the index is 84.375: 0.625 short of 3A.
#[test]
fn the_way_to_the_next_grade_has_points_and_costs() {
    let folder = tempfile::tempdir().unwrap();
    let head = "schemes = [\"satisfaction-3a4a5a\"]\ndesign.model_based_intervals = true";
    let tail = "element = \"reliability\"\ncost = 2.0";
    let definition = survey(folder.path(), head, &[("2025", "2025-06-01")], tail);
    let assessment = run(folder.path(), &definition);
    let determination = &assessment["waves"][0]["determinations"][0];
    let next = &determination["next"];
    assert_eq!((next["grade"].as_str(), next["gap"].as_f64()), (Some("3A"), Some(0.625)));
    let first = next["improvements"]
        .as_array()
        .unwrap()
        .iter()
        .find(|i| i["kind"] == "dimension")
        .unwrap()
        .clone();
    let number = |key: &str| first[key].as_f64().unwrap();
    assert_eq!((number("needed"), number("effect")), (0.625, 1.0));
    assert!((number("cost") - 2.0 * number("needed_certain")).abs() < 1e-12);
    let item = next["improvements"]
        .as_array()
        .unwrap()
        .iter()
        .find(|i| i["kind"] == "item")
        .unwrap()
        .clone();
    assert!((item["needed"].as_f64().unwrap() - 1.25).abs() < 1e-12, "half of the dimension");
    let settling = determination["settling"][0].clone();
    let (n, needed) = (settling["n"].as_u64().unwrap(), settling["n_needed"].as_u64().unwrap());
    assert!(n == 8 && needed > n);
    let covered: Vec<usize> = determination["elements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["dimensions"].as_array().unwrap().len())
        .collect();
    assert_eq!(covered, [1, 0, 0, 0, 0]);
    let slip = survey(folder.path(), head, &[("2025", "2025-06-01")], "element = \"reliabilty\"");
    let refused = manyidu(&["check", &slip]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(transcript(&refused).contains("unknown-reference"), "{}", transcript(&refused));
}

#[test]
fn schemes_and_scorecards_end_with_their_exit_codes() {
    let folder = tempfile::tempdir().unwrap();
    let card = folder.path().join("card.csv");
    let card = card.to_str().unwrap();
    let code = |arguments: &[&str]| manyidu(arguments).status.code();
    assert_eq!(code(&["scheme", "list"]), Some(0));
    assert_eq!(code(&["scheme", "show", "gbt27922-2011", "--lang", "en"]), Some(0));
    assert_eq!(code(&["scheme", "show", "no-such"]), Some(2));
    assert_eq!(
        code(&["scheme", "check", "data-samples/broken/grades-unordered/my-body.toml"]),
        Some(2)
    );
    assert_eq!(code(&["scorecard", "new", "sbt10409-2025", "--out", card]), Some(2));
    assert_eq!(code(&["scorecard", "new", "gbt27922-2011", "--out", card]), Some(0));
    // What may have been filled in is never replaced.
    assert_eq!(code(&["scorecard", "new", "gbt27922-2011", "--out", card]), Some(2));
    let listed = manyidu(&["scheme", "list", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
    assert_eq!(value.as_array().unwrap().len(), 7);
}

/// A blank scorecard takes evidence from an assessment, and never points: those are the auditor's.
#[test]
fn a_blank_scorecard_is_prefilled_with_evidence_only() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let run = manyidu(&[
        "run",
        "surveys/appliance-after-sales/survey.toml",
        "--formats",
        "html",
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!(run.status.code(), Some(0));
    let (card, assessment) = (folder.path().join("card.csv"), out.join("assessment.json"));
    let arguments = [
        "scorecard",
        "new",
        "gbt27922-2011",
        "--out",
        card.to_str().unwrap(),
        "--assessment",
        assessment.to_str().unwrap(),
    ];
    let made = manyidu(&arguments);
    assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
    let bytes = std::fs::read(&card).unwrap();
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap());
    let at = |name: &str, header: &csv::StringRecord| header.iter().position(|h| h == name).unwrap();
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let clauses = || rows.iter().filter(|r| !r[at("clause", &header)].starts_with("special-"));
    assert!(clauses().all(|r| r[at("obtained", &header)].is_empty()));
    assert_eq!(rows.iter().filter(|r| !r[at("evidence", &header)].is_empty()).count(), 4);
    // What is there is never overwritten: an auditor may have filled it in.
    assert_eq!(manyidu(&arguments).status.code(), Some(2));
    assert_eq!(std::fs::read(&card).unwrap(), bytes);
}
