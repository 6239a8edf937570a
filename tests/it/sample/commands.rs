//! `sample plan`, `draw` and `verify` as a user gives them.

use super::{customers, reference};
use crate::support::{manyidu, text, transcript};
use serde_json::Value;

// --- the commands ------------------------------------------------------------------------------------------------

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    fn with(&self, name: &str, text: &str) -> String {
        std::fs::write(self.file(name), text).unwrap();
        self.file(name)
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.file(name)).unwrap()
    }
}

fn code(arguments: &[&str]) -> (Option<i32>, String) {
    let output = manyidu(arguments);
    (output.status.code(), transcript(&output))
}

fn json(arguments: &[&str]) -> Value {
    let output = manyidu(&[arguments, &["--format", "json"]].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", transcript(&output)))
}

/// Seals and draws: 30 of 600 customers by region, 10 in reserve for each region.
fn drawn(folder: &Folder) -> String {
    let sizes: Vec<u32> = (0..600).map(|i| i % 37).collect();
    let frame = folder.with("customers.csv", &customers(&sizes, false));
    let commit = folder.file("commit.json");
    let sealed = code(&[
        "sample",
        "draw",
        &frame,
        "--id",
        "id",
        "--strata",
        "region",
        "--size",
        "30",
        "--reserve",
        "10",
        "--commit",
        &commit,
        "--sealed-on",
        "2026-01-05",
    ]);
    assert_eq!(sealed.0, Some(0), "{}", sealed.1);
    let (out, list) = (folder.file("draw.json"), folder.file("drawn.csv"));
    let reveal = [
        "sample",
        "draw",
        &frame,
        "--committed",
        &commit,
        "--seed",
        "0417",
        "--seed-date",
        "2026-01-12",
        "--out",
        &out,
        "--list",
        &list,
    ];
    let revealed = code(&reveal);
    assert_eq!(revealed.0, Some(0), "{}", revealed.1);
    let early = code(&[
        "sample",
        "draw",
        &frame,
        "--committed",
        &commit,
        "--seed",
        "0417",
        "--seed-date",
        "2026-01-01",
    ]);
    assert_eq!(early.0, Some(2));
    assert!(early.1.contains("seed-before-frame"), "{}", early.1);
    out
}

fn listed_ids(folder: &Folder, role: &str) -> Vec<String> {
    let list = folder.text("drawn.csv");
    let of_role = list.lines().filter(|l| l.contains(&format!(",{role},")));
    of_role.map(|l| l.split(',').nth(4).unwrap().trim_matches('"').to_owned()).collect()
}

fn holding<'a>(found: &'a Value, question: &str) -> &'a str {
    let checks = found["verification"]["checks"].as_array().unwrap();
    let check = checks
        .iter()
        .find(|c| c["question"] == question)
        .unwrap_or_else(|| panic!("{question}"));
    check["holding"].as_str().unwrap()
}

#[test]
fn a_draw_that_was_kept_holds_and_each_departure_is_named() {
    let folder = Folder::new();
    let record = drawn(&folder);
    let (main, reserve) = (listed_ids(&folder, "main"), listed_ids(&folder, "reserve"));
    assert_eq!((main.len(), reserve.len()), (30, 20));
    let answers = |ids: &[&str]| {
        folder.with(
            "answers.csv",
            &format!("id,q\n{}", ids.iter().map(|id| format!("{id},5\n")).collect::<Vec<_>>().concat()),
        )
    };
    let (frame, list) = (folder.file("customers.csv"), folder.file("drawn.csv"));
    let verify = |answers: &str, more: &[&str]| {
        json(
            &[
                &[
                    "sample",
                    "verify",
                    &record,
                    "--frame",
                    &frame,
                    "--list",
                    &list,
                    "--responses",
                    answers,
                ],
                more,
            ]
            .concat(),
        )
    };
    // All of the sample but two of the first region, for whom its first two substitutes stand.
    let kept: Vec<&str> = main
        .iter()
        .skip(2)
        .map(String::as_str)
        .chain([reserve[0].as_str(), reserve[1].as_str()])
        .collect();
    let found = verify(&answers(&kept), &[]);
    assert_eq!(found["ok"], true, "{found:#}");
    assert_eq!(found["verification"]["missing"], 2);
    assert_eq!(found["verification"]["responded_reserve"], 2);
    // The third substitute although the second neither answered nor was asked: out of order, unless the second was asked.
    let skipped: Vec<&str> = main
        .iter()
        .skip(2)
        .map(String::as_str)
        .chain([reserve[0].as_str(), reserve[2].as_str()])
        .collect();
    let file = answers(&skipped);
    assert_eq!(holding(&verify(&file, &[]), "substitutes-in-order"), "does-not-hold");
    let contacted = folder.with("contacted.csv", &format!("id\n{}\n", reserve[1]));
    assert_eq!(verify(&file, &["--contacted", &contacted])["ok"], true);
    // More substitutes than are missing; somebody who was not drawn; somebody who is not in the frame.
    let needless: Vec<&str> = main.iter().map(String::as_str).chain([reserve[0].as_str()]).collect();
    assert_eq!(holding(&verify(&answers(&needless), &[]), "substitutes-needed"), "does-not-hold");
    let undrawn = (0..600)
        .map(|i| format!("C{i:04}"))
        .find(|id| !main.contains(id) && !reserve.contains(id))
        .unwrap();
    let strangers = answers(&[main[0].as_str(), &undrawn, "13800138000"]);
    let found = verify(&strangers, &[]);
    assert_eq!(holding(&found, "respondents-drawn"), "does-not-hold");
    let checks = found["verification"]["checks"].as_array().unwrap();
    let count = |question: &str| checks.iter().find(|c| c["question"] == question).unwrap()["count"].as_u64();
    assert_eq!((count("respondents-drawn"), count("respondents-in-frame")), (Some(2), Some(1)));
    // Nobody is named.
    let (exit, said) = code(&["sample", "verify", &record, "--frame", &frame, "--responses", &strangers]);
    assert_eq!(exit, Some(1));
    assert!(
        said.contains(":4 (") && !said.contains("13800138000") && !said.contains(&undrawn),
        "{said}"
    );
}

#[test]
fn a_changed_frame_is_refused_narrowed_down_and_named() {
    let folder = Folder::new();
    let record = drawn(&folder);
    let frame = folder.file("customers.csv");
    let text = folder.text("customers.csv");
    let changed = folder.with("later.csv", &text.replacen("C0100,r0", "C0100,r1", 1));
    let commit = folder.file("commit.json");
    assert_eq!(
        code(&["sample", "draw", &changed, "--committed", &commit, "--seed", "x"]).0,
        Some(2)
    );
    let narrowed = json(&["sample", "verify", &record, "--frame", &changed]);
    assert_eq!(narrowed["verification"]["frame_changes"]["buckets"], 1);
    let lines = narrowed["verification"]["frame_changes"]["lines"].as_array().unwrap();
    assert!(lines.contains(&Value::from(102)) && lines.len() < 200, "{}", lines.len());
    assert_eq!(holding(&narrowed, "draw-repeats"), "cannot-tell");
    let named = json(&["sample", "verify", &record, "--frame", &changed, "--old-frame", &frame]);
    assert_eq!(
        named["verification"]["row_changes"],
        serde_json::json!([{ "change": "changed", "old": 102, "new": 102 }])
    );
    assert_eq!(holding(&named, "draw-repeats"), "holds");
    // A list with one name exchanged is no longer the sample.
    let main = listed_ids(&folder, "main");
    let forged = folder.with("forged.csv", &folder.text("drawn.csv").replacen(&main[3], "C9999", 1));
    let found = json(&["sample", "verify", &record, "--frame", &frame, "--list", &forged]);
    assert_eq!(holding(&found, "list-is-the-sample"), "does-not-hold");
    assert_eq!(found["ok"], false);
}

#[test]
fn a_wave_is_held_against_its_draw() {
    let folder = Folder::new();
    drawn(&folder);
    let main = listed_ids(&folder, "main");
    let rows = main.iter().map(|id| format!("{id},5,4\n")).collect::<Vec<_>>().concat();
    folder.with("answers.csv", &format!("id,a,b\n{rows}"));
    let definition = |wave: &str| {
        format!(
            "title = \"t\"\n[[waves]]\nid = \"w\"\nresponses = \"answers.csv\"\ndraw = \"draw.json\"\n{wave}[columns]\nrespondent = \"id\"\n[scales.five]\nmin = 1\nmax = 5\n[[dimensions]]\nid = \"satisfaction\"\nitems = [\"a\", \"b\"]\n"
        )
    };
    // The frame is found beside the record, by the name that the record gives.
    let survey = folder.with("survey.toml", &definition(""));
    let out = folder.file("out");
    let run = code(&["run", &survey, "--formats", "html", "--out", &out]);
    assert_eq!(run.0, Some(0), "{}", run.1);
    let assessment: Value = serde_json::from_str(&std::fs::read_to_string(format!("{out}/assessment.json")).unwrap()).unwrap();
    let draw = &assessment["waves"][0]["coverage"]["draw"];
    assert_eq!(
        (draw["holds"].as_bool(), draw["responded_main"].as_u64(), draw["missing"].as_u64()),
        (Some(true), Some(30), Some(0))
    );
    assert!(!draw.to_string().contains(&main[0]));
    // Another list of customers is seen, and the run goes on.
    let text = folder.text("customers.csv");
    folder.with("other.csv", &text.replacen("C0100,r0", "C0100,r1", 1));
    folder.with("survey.toml", &definition("frame_list = \"other.csv\"\n"));
    let run = code(&["run", &survey, "--formats", "html", "--out", &out]);
    assert_eq!(run.0, Some(0));
    assert!(run.1.contains("draw-not-kept"), "{}", run.1);
}

#[test]
fn without_a_record_there_is_only_evidence() {
    let folder = Folder::new();
    let frame = folder.with("customers.csv", &customers(&[7; 2000], false));
    let first = (0..100).map(|i| format!("C{i:04}\n")).collect::<Vec<_>>().concat();
    let first = folder.with("first.csv", &format!("id\n{first}"));
    let (exit, said) = code(&[
        "sample", "verify", "--frame", &frame, "--id", "id", "--list", &first, "--lang", "en",
    ]);
    assert_eq!(exit, Some(1));
    assert!(said.contains("not consistent with chance"), "{said}");
    let list = folder.file("drawn.csv");
    code(&[
        "sample",
        "draw",
        &frame,
        "--id",
        "id",
        "--size",
        "100",
        "--seed",
        "7",
        "--list",
        &list,
        "--out",
        &folder.file("r.json"),
    ]);
    let (exit, said) = code(&["sample", "verify", "--frame", &frame, "--id", "id", "--list", &list, "--lang", "en"]);
    assert_eq!(exit, Some(0), "{said}");
    assert!(said.contains("consistent with chance") && said.contains("does not prove"), "{said}");
    // A survey that names its list of customers and no record says where everything else is.
    folder.with("answers.csv", &text_of_answers(&folder));
    let survey = folder.with(
        "survey.toml",
        "title = \"t\"\n[[waves]]\nid = \"w\"\nresponses = \"answers.csv\"\nframe_list = \"customers.csv\"\n[columns]\nrespondent = \"id\"\n[scales.five]\nmin = 1\nmax = 5\n[[dimensions]]\nid = \"satisfaction\"\nitems = [\"a\"]\n",
    );
    let (exit, again) = code(&["sample", "verify", "--survey", &survey, "--lang", "en"]);
    assert_eq!((exit, again), (Some(0), said));
}

/// Those of the drawn list, in its order, each with an answer.
fn text_of_answers(folder: &Folder) -> String {
    let rows = listed_ids(folder, "main")
        .iter()
        .map(|id| format!("{id},5\n"))
        .collect::<Vec<_>>()
        .concat();
    format!("id,a\n{rows}")
}

#[test]
fn a_plan_on_the_command_line_has_the_numbers_of_the_reference() {
    let folder = Folder::new();
    let strata = folder.with(
        "strata.csv",
        "stype,population,sd,cost\nE,4421,131.346298561464,1\nH,755,107.656253591749,2\nM,1018,124.717055904762,1.5\n",
    );
    let plan = |more: &[&str]| json(&[&["sample", "plan", "--frame", &strata, "--strata", "stype"], more].concat());
    assert_eq!(plan(&[])["plan"]["interviews"], 362);
    let sizes = |value: &Value| {
        value["plan"]["strata"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| s["interviews"]["size"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(sizes(&plan(&["--n", "200"])), [143, 24, 33]);
    let neyman = plan(&["--n", "200", "--allocate", "neyman"]);
    assert_eq!(sizes(&neyman), [147, 21, 32]);
    assert_eq!(
        sizes(&plan(&["--n", "200", "--allocate", "cost-optimal", "--minimum", "20"])),
        [153, 20, 27]
    );
    // What the plan writes is what the draw reads.
    let (out, schools) = (
        folder.file("allocation.csv"),
        folder.with(
            "schools.csv",
            &("cds,stype\n".to_owned() + &text("tests/reference/api_frame.tsv").replace('\t', ",")),
        ),
    );
    plan(&["--n", "200", "--out", &out]);
    let record = json(&[
        "sample",
        "draw",
        &schools,
        "--id",
        "cds",
        "--strata",
        "stype",
        "--allocation",
        &out,
        "--seed",
        "2026-11-21:demo",
    ]);
    let vector = reference("seeded_draw.json");
    assert_eq!(
        record["record"]["result"]["main_sha256"],
        vector["stratified_proportional_200"]["sample_sha256_sorted_ids"]
    );
    // A line is decided with a chance; the plan without strata needs no file.
    let lines = json(&["sample", "plan", "--n", "400", "--scheme", "satisfaction-3a4a5a", "--truth", "88"]);
    assert_eq!(lines["plan"]["decides"]["lines"].as_array().unwrap().len(), 3);
    assert_eq!(lines["sd_assumed"], true);
    let (exit, said) = code(&["sample", "plan", "--frame", &strata, "--strata", "stype", "--n", "9000"]);
    assert_eq!(exit, Some(2), "{said}");
}
