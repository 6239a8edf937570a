//! The program as a user meets it: exit codes, streams, languages.

use crate::support::{manyidu, transcript};

#[test]
fn exit_codes_have_one_meaning_each() {
    let code = |arguments: &[&str]| manyidu(arguments).status.code();
    assert_eq!(code(&["--help"]), Some(0));
    assert_eq!(code(&["--version"]), Some(0));
    assert_eq!(code(&["no-such-command"]), Some(2));
    assert_eq!(code(&["check", "no-such-file.toml"]), Some(2));
    assert_eq!(code(&["check", "surveys/minimal/survey.toml"]), Some(0));
}

#[test]
fn json_is_one_value_on_standard_output_and_nothing_else() {
    for arguments in [
        vec!["check", "surveys/minimal/survey.toml", "--format", "json"],
        vec!["check", "data-samples/broken/ragged-row/survey.toml", "--format", "json"],
        vec!["schema"],
        vec!["schema", "scheme"],
        vec!["schema", "assessment"],
    ] {
        let output = manyidu(&arguments);
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{arguments:?}: {e}"));
        assert!(value.is_object());
    }
    let refused = manyidu(&["check", "data-samples/broken/ragged-row/survey.toml", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&refused.stdout).unwrap();
    assert_eq!((value["ok"].as_bool(), value["errors"].as_u64()), (Some(false), Some(2)));
}

#[test]
fn nothing_but_text_goes_to_a_pipe() {
    let output = manyidu(&["check", "surveys/minimal/survey.toml"]);
    assert!(!transcript(&output).contains('\u{1b}'), "{}", transcript(&output));
}

#[test]
fn a_gate_that_is_not_met_ends_with_one_and_still_writes_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let definition = folder.path().join("survey.toml");
    let answers = "q1,q2\n5,4\n4,4\n3,5\n";
    std::fs::write(folder.path().join("a.csv"), answers).unwrap();
    let text = "id = \"gate\"\ntitle = \"g\"\nresponses = \"a.csv\"\n[scales.s]\nmin = 1\nmax = 5\n[[dimensions]]\nid = \"quality\"\nitems = [\"q1\", \"q2\"]\n[gates]\nrespondents_min = 10\n";
    std::fs::write(&definition, text).unwrap();
    let out = folder.path().join("out");
    let output = manyidu(&[
        "run",
        definition.to_str().unwrap(),
        "--formats",
        "html",
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(1), "{}", transcript(&output));
    assert!(out.join("assessment.json").exists());
}
