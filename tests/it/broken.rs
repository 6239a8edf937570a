//! Bad input: one tiny survey a failure under `data-samples/broken`, with the exact words in both languages.
//!
//! `expected.txt` in each folder holds what `check` says in Chinese and in English, exit code included. To renew the files
//! after a change of wording: `MANYIDU_BLESS=1 cargo test --test it broken`, then read the difference.

use crate::support::{manyidu, path, transcript};
use std::collections::BTreeSet;

fn said(name: &str) -> String {
    let definition = format!("data-samples/broken/{name}/survey.toml");
    let in_language = |lang: &str| transcript(&manyidu(&["check", &definition, "--lang", lang]));
    format!("{}--- en\n{}", in_language("zh-CN"), in_language("en"))
}

#[test]
fn every_failure_says_what_where_and_what_to_do() {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for entry in std::fs::read_dir(path("data-samples/broken")).unwrap() {
        let entry = entry.unwrap();
        if !entry.file_type().unwrap().is_dir() {
            continue;
        }
        let name = entry.file_name().into_string().unwrap();
        let said = said(&name);
        let file = entry.path().join("expected.txt");
        if std::env::var_os("MANYIDU_BLESS").is_some() {
            std::fs::write(&file, &said).unwrap();
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_default();
        if said != expected {
            wrong.push(format!("{name}\n--- expected\n{expected}\n--- said\n{said}"));
        }
        seen.insert(name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen.len() >= 51, "{seen:?}");
}

/// A run that is refused leaves nothing behind, and an earlier report stays as it was.
#[test]
fn a_refused_run_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    std::fs::create_dir(&out).unwrap();
    std::fs::write(out.join("report.html"), "earlier").unwrap();
    let output = manyidu(&[
        "run",
        "data-samples/broken/unclosed-quote/survey.toml",
        "--formats",
        "html",
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(out.join("report.html")).unwrap(), "earlier");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// Too little left is a named refusal of that estimate; the run goes on, and nothing is a 0.
#[test]
fn too_little_left_refuses_the_estimate_by_name() {
    let index = |name: &str| {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let output = manyidu(&[
            "run",
            &format!("data-samples/broken/{name}/survey.toml"),
            "--formats",
            "html",
            "--out",
            out.to_str().unwrap(),
        ]);
        assert_eq!(output.status.code(), Some(0), "{}", transcript(&output));
        let json: serde_json::Value = serde_json::from_slice(&std::fs::read(out.join("assessment.json")).unwrap()).unwrap();
        json["waves"][0].clone()
    };
    let unanswered = index("dimension-unanswered");
    let price = unanswered["dimensions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|d| d["id"] == "price")
        .unwrap();
    assert!(price["score"]["estimate"].is_null());
    assert_eq!(price["score"]["refusal"]["code"], "dimension-unanswered");
    let alone = index("one-respondent");
    assert!(alone["index"]["estimate"]["value"].is_number());
    assert!(alone["index"]["estimate"]["standard_error"].is_null());
    assert!(alone["index"]["estimate"]["interval"].is_null());
    let codes: Vec<_> = alone["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["code"].as_str().unwrap())
        .collect();
    assert!(codes.contains(&"too-few-respondents"), "{codes:?}");
}
