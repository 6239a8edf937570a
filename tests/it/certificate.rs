//! Certificate and sites as a user meets them, and the draw against numbers computed elsewhere.

use crate::support::{manyidu, path, run_survey, transcript};
use manyidu::certificate::evidence::{EvidenceKind, Holding};
use manyidu::grade::Verdict;
use serde_json::Value;
use sha2::{Digest, Sha256};

const APPLIANCE: &str = "surveys/appliance-after-sales/survey.toml";

fn sha256(text: &str) -> String {
    let bytes: Vec<String> = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.concat()
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
    assert_eq!(
        [1, 2, 3].map(|entry| holding(entry, InternalAudit)),
        [Held, Held, NotAvailable],
        "the plan holds it for two visits"
    );
    assert_eq!(holding(2, EvidenceKind::ManagementReview), Missing, "done without proof");
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
        assert!(
            manyidu(&["run", survey, "--formats", "html", "--out", out.to_str().unwrap()])
                .status
                .code()
                .unwrap()
                < 2
        );
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
