//! Certificate and sites as a user meets them, and the draw against numbers computed elsewhere.

use crate::support::{manyidu, path, run_survey, text, transcript};
use manyidu::certificate::draw::DrawFrame;
use manyidu::certificate::evidence::{EvidenceKind, Holding};
use manyidu::grade::Verdict;
use serde_json::Value;
use sha2::{Digest, Sha256};

const APPLIANCE: &str = "surveys/appliance-after-sales/survey.toml";

fn sha256(text: &str) -> String {
    let bytes: Vec<String> = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.concat()
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect()
}

/// Reference: Python hashlib on the 6,194 schools of `apipop` (`seeded_draw.json`, `SAMPLING.md`).
#[test]
fn the_seeded_draw_is_that_of_the_test_vector() {
    let vector: Value = serde_json::from_str(&text("tests/reference/seeded_draw.json")).unwrap();
    let file = text("tests/reference/api_frame.tsv");
    let rows: Vec<(&str, &str)> = file.lines().map(|l| l.split_once('\t').unwrap()).collect();
    let frame = |rows: &[(&str, &str)]| DrawFrame::of_units(rows.iter().map(|(id, kind)| ((*id).to_owned(), vec![(*kind).to_owned()])));
    // The file is in canonical order; read backwards it is the same frame.
    let backwards: Vec<_> = rows.iter().rev().copied().collect();
    let all = frame(&backwards);
    assert_eq!(all, frame(&rows));
    assert_eq!(all.len() as u64, vector["N"].as_u64().unwrap());
    assert_eq!(all.sha256(), vector["frame_sha256"].as_str().unwrap());
    let seed = vector["seed"].as_str().unwrap();
    let draw = all.draw(seed, 200);
    let simple = &vector["srs_n200"];
    let ids: Vec<&str> = draw.drawn.iter().map(|u| u.id.as_str()).collect();
    assert_eq!(ids[..10], strings(&simple["first10"]));
    assert_eq!(draw.drawn[0].key, simple["key_of_first"].as_str().unwrap());
    assert_eq!(digest_of_sorted(ids), simple["sample_sha256_sorted_ids"].as_str().unwrap());
    // By stratum the keys stay those of the whole frame.
    let ranked = all.ranked(seed);
    let kind_of: std::collections::BTreeMap<&str, &str> = rows.iter().copied().collect();
    let stratified = &vector["stratified_proportional_200"];
    let mut sample = Vec::new();
    for (kind, first) in stratified["first3"].as_object().unwrap() {
        let of_kind: Vec<&str> = ranked.iter().map(|u| u.id.as_str()).filter(|id| kind_of[id] == kind).collect();
        assert_eq!(of_kind[..3], strings(first), "{kind}");
        let wanted = usize::try_from(stratified["alloc"][kind].as_u64().unwrap()).unwrap();
        sample.extend(of_kind[..wanted].iter().copied());
    }
    assert_eq!(digest_of_sorted(sample), stratified["sample_sha256_sorted_ids"].as_str().unwrap());
    let schools: Vec<&str> = ranked.iter().map(|u| u.id.as_str()).filter(|id| kind_of[id] == "E").collect();
    assert_eq!(schools[143..148], strings(&vector["substitution_example"]["E_reserve_first5"]));
}

/// Ids in byte order, each on a line.
fn digest_of_sorted(mut ids: Vec<&str>) -> String {
    ids.sort_unstable();
    sha256(&(ids.join("\n") + "\n"))
}

#[test]
fn the_calendar_is_written_twice_alike_in_any_language() {
    let folder = tempfile::tempdir().unwrap();
    let written = |lang: &str| {
        let file = folder.path().join(format!("{lang}.ics"));
        let output = manyidu(&["calendar", APPLIANCE, "--lang", lang, "--out", file.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(0), "{}", transcript(&output));
        std::fs::read(file).unwrap()
    };
    let chinese = written("zh-CN");
    assert_eq!(chinese, written("en"));
    let calendar: icalendar::Calendar = String::from_utf8(chinese).unwrap().parse().unwrap();
    assert_eq!(calendar.components.len(), 5);
    let output = manyidu(&["calendar", APPLIANCE, "--format", "json"]);
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let dates: Vec<&str> = value["certificate"]["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["until"].as_str().unwrap())
        .collect();
    assert_eq!(dates, ["2023-09-28", "2024-09-28", "2025-09-28", "2026-06-28", "2026-09-28"]);
    let without = manyidu(&["calendar", "surveys/minimal/survey.toml"]);
    assert_eq!(without.status.code(), Some(2));
}

/// What was planted in the records of the shipped survey is what the visits find.
#[test]
fn visits_find_what_the_waves_hold() {
    let certificate = run_survey("appliance-after-sales").assessment.certificate.unwrap();
    let holding = |entry: usize, kind: EvidenceKind| {
        let evidence = &certificate.entries[entry].evidence;
        evidence.iter().find(|e| e.evidence == kind).unwrap().holding
    };
    use EvidenceKind::{ActionsClosed, InternalAudit, QuestionnaireUpdated, SurveyDone, Trend};
    use Holding::{Held, Missing, NotAvailable};
    assert_eq!(
        [SurveyDone, QuestionnaireUpdated, Trend, ActionsClosed].map(|kind| holding(1, kind)),
        [Held; 4]
    );
    assert_eq!(holding(2, QuestionnaireUpdated), Missing);
    assert_eq!([SurveyDone, Trend, ActionsClosed].map(|kind| holding(3, kind)), [Missing; 3]);
    assert!((1..=3).all(|entry| holding(entry, InternalAudit) == NotAvailable));
    assert!(certificate.entries[4].evidence.is_empty(), "prepared for the day of applying");
}

#[test]
fn every_site_has_its_index_and_reading() {
    let assessment = run_survey("appliance-after-sales").assessment;
    let sites = assessment.sites.unwrap();
    let wave = assessment.waves.last().unwrap();
    assert_eq!(sites.sites.iter().map(|s| s.n).sum::<u64>(), wave.coverage.n);
    assert_eq!(sites.samples.iter().map(|s| s.sites).collect::<Vec<_>>(), [2, 2, 2]);
    assert_eq!(sites.whole.index, wave.index);
    for site in &sites.sites {
        let domain = wave.domains.iter().find(|d| d.category == site.site).unwrap();
        assert_eq!((site.n, &site.index), (domain.n, &domain.index));
        assert_eq!(site.readings.len(), 1, "a scheme that is scored on site reads no index");
    }
    let certain = wave.determinations[0].grades.iter().filter(|g| g.verdict == Verdict::Met).count();
    assert_eq!(sites.whole.readings[0].grade_certain.is_some(), certain > 0);
}

#[test]
fn a_filed_draw_is_verified_and_a_changed_one_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("draw.csv");
    let arguments = ["sites", APPLIANCE, "--seed", "2025-09-01:audit", "--visit", "initial"];
    let with = |more: &[&str]| manyidu(&[&arguments[..], more].concat());
    assert_eq!(with(&["--out", file.to_str().unwrap()]).status.code(), Some(0));
    assert_eq!(with(&["--verify", file.to_str().unwrap()]).status.code(), Some(0));
    let filed = std::fs::read_to_string(&file).unwrap();
    let shorter: Vec<&str> = filed.lines().take(2).collect();
    std::fs::write(&file, format!("{}\n2,火星,00\n", shorter.join("\n"))).unwrap();
    let output = with(&["--verify", file.to_str().unwrap(), "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    // The list by hand: what `sort` in the C locale and `sha256sum` give.
    let mut names = ["华东", "华南", "华北", "西南"];
    names.sort_unstable();
    assert_eq!(value["draw"]["frame_sha256"], sha256(&(names.join("\n") + "\n")));
    assert_eq!(value["difference"]["extra"], serde_json::json!(["火星"]));
    assert_eq!(value["difference"]["missing"].as_array().unwrap().len(), 1);
    assert_eq!(value["ok"], false);
}

#[test]
fn a_run_writes_the_calendar_and_the_chapter() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let written = |survey: &str| {
        assert!(manyidu(&["run", survey, "--out", out.to_str().unwrap()]).status.code().unwrap() < 2);
        let report = std::fs::read_to_string(out.join("report.en.html")).unwrap();
        (
            out.join("certificate.ics").exists(),
            report.contains("Certificate and surveillance"),
        )
    };
    assert_eq!(written(APPLIANCE), (true, true));
    assert_eq!(written("surveys/minimal/survey.toml"), (false, false));
    assert!(path(APPLIANCE).exists());
}
