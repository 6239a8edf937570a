//! The shipped survey's sample, proven from the customer list to the answers: by the program, and again by a few lines of this test that
//! use none of its code.

use crate::support::{manyidu, path, run_survey, text, transcript};
use manyidu::io::{Folder, Memory};
use manyidu::report::{self, Kind};
use manyidu::sample::verify::{DrawQuestion, DrawVerification, Holding, verify_wave};
use manyidu::survey::Survey;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

const SURVEY: &str = "surveys/appliance-after-sales/survey.toml";
const DATA: &str = "data-samples/appliance-after-sales";

fn survey() -> Survey {
    manyidu::survey::parse("survey.toml", "appliance-after-sales", &text(SURVEY))
        .unwrap()
        .0
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Rows of a CSV file of the sample, by column.
fn table(file: &str) -> Vec<BTreeMap<String, String>> {
    let text = text(file);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = |record: Result<csv::StringRecord, csv::Error>| {
        let record = record.unwrap();
        header.iter().zip(&record).map(|(c, v)| (c.to_owned(), v.to_owned())).collect()
    };
    reader.records().map(row).collect()
}

fn of_data(name: &str) -> Vec<BTreeMap<String, String>> {
    table(&format!("{DATA}/{name}"))
}

fn json(name: &str) -> Value {
    serde_json::from_str(&text(&format!("{DATA}/{name}"))).unwrap()
}

/// `华东·线上`.
fn stratum(row: &BTreeMap<String, String>) -> String {
    format!("{}·{}", row["所在区域"], row["购买渠道"])
}

#[test]
fn every_question_is_answered_with_yes() {
    let survey = survey();
    let wave = survey.waves.last().unwrap();
    let found = verify_wave(&survey, wave, &Folder::of(&path(SURVEY))).unwrap().unwrap();
    assert!(found.findings.is_empty(), "{:?}", found.findings);
    let found = found.verification;
    assert!(found.holds);
    let asked: BTreeSet<DrawQuestion> = found.checks.iter().map(|c| c.question).collect();
    assert_eq!(asked.len(), 10);
    assert!(found.checks.iter().all(|c| c.holding == Holding::Holds), "{:?}", found.checks);
    assert_eq!((found.frame_units, found.cases), (8760, Some(1570)));
    let asked: u64 = found.strata.iter().map(|s| s.reserve_asked.unwrap()).sum();
    assert_eq!(found.main + asked, 1570);
    assert!(found.responded_reserve.unwrap() > 0 && found.missing.unwrap() > 0);
}

/// Frame digest, keys and order by their definition alone.
#[test]
fn the_draw_follows_from_list_and_seed_without_our_code() {
    let record = json("draw-2025.json");
    let mut customers = of_data("customers-2025.csv");
    customers.sort_by(|a, b| a["客户编号"].cmp(&b["客户编号"]));
    let line = |c: &BTreeMap<String, String>| format!("{}\t{}\t{}\n", c["客户编号"], c["所在区域"], c["购买渠道"]);
    let frame = sha256(&customers.iter().map(line).collect::<String>());
    assert_eq!(record["frame"]["sha256"], frame.as_str());
    let seed = record["seed"]["value"].as_str().unwrap();
    let mut keyed: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for customer in &customers {
        let id = &customer["客户编号"];
        let key = sha256(&format!("{frame}|{seed}|{id}"));
        keyed.entry(stratum(customer)).or_default().push((key, id.clone()));
    }
    let listed = of_data("drawn-2025.csv");
    for wanted in record["design"]["strata"].as_array().unwrap() {
        let name = wanted["stratum"].as_str().unwrap();
        let keys = keyed.get_mut(name).unwrap();
        assert_eq!(wanted["elements"], keys.len());
        keys.sort();
        let (size, reserve) = (
            wanted["size"].as_u64().unwrap() as usize,
            wanted["reserve"].as_u64().unwrap() as usize,
        );
        for (role, from, count) in [("main", 0, size), ("reserve", size, reserve)] {
            let list: Vec<&String> = listed
                .iter()
                .filter(|u| u["stratum"] == name && u["role"] == role)
                .map(|u| &u["id"])
                .collect();
            let expected: Vec<&String> = keys[from..from + count].iter().map(|(_, id)| id).collect();
            assert_eq!(list, expected, "{name} {role}");
        }
    }
    // What was filed first is the design that was drawn, without a seed.
    let commitment = text(&format!("{DATA}/commitment-2025.json"));
    assert_eq!(record["commitment"]["sha256"], sha256(&commitment).as_str());
    let commitment: Value = serde_json::from_str(&commitment).unwrap();
    assert_eq!((&commitment["design"], &commitment["frame"]), (&record["design"], &record["frame"]));
    assert!(commitment.get("seed").is_none() && commitment["sealed_on"].as_str() < record["seed"]["date"].as_str());
}

/// From the drawn to the answers, counted by hand.
#[test]
fn every_case_has_one_final_code_and_the_counts_are_those_of_the_table() {
    let cases = of_data("cases-2025.csv");
    let ids: BTreeSet<&String> = cases.iter().map(|c| &c["客户编号"]).collect();
    assert_eq!(ids.len(), cases.len());
    let count = |name: &str, codes: &[&str]| {
        let of = cases
            .iter()
            .filter(|c| stratum(c) == name && codes.contains(&c["结果代码"].as_str()));
        of.count().to_string()
    };
    let frame = table("surveys/appliance-after-sales/frame-2025.csv");
    for (row, frame) in table("surveys/appliance-after-sales/dispositions-2025.csv").iter().zip(&frame) {
        let name = stratum(row);
        for (column, code) in [
            ("complete", "1.1"),
            ("partial", "1.2"),
            ("refusal", "2.1"),
            ("non_contact", "2.2"),
            ("other", "2.3"),
            ("unknown_household", "3.1"),
            ("unknown_other", "3.2"),
            ("not_eligible", "4"),
        ] {
            assert_eq!(row[column], count(&name, &[code]), "{name} {column}");
        }
        assert_eq!(
            (frame["drawn"].clone(), stratum(frame)),
            (count(&name, &["1.1", "1.2", "2.1", "2.2", "2.3", "3.1", "3.2", "4"]), name)
        );
    }
    // Who answered is exactly who has the code of an interview, in the stratum of the list.
    let list: BTreeMap<String, String> = of_data("customers-2025.csv")
        .iter()
        .map(|c| (c["客户编号"].clone(), stratum(c)))
        .collect();
    let answers = of_data("responses-2025.csv");
    let answered: BTreeSet<&String> = answers.iter().map(|a| &a["客户编号"]).collect();
    let interviewed: BTreeSet<&String> = cases
        .iter()
        .filter(|c| c["结果代码"].starts_with("1."))
        .map(|c| &c["客户编号"])
        .collect();
    assert_eq!(answered, interviewed);
    assert!(answers.iter().chain(&cases).all(|row| list[&row["客户编号"]] == stratum(row)));
    // Substitutes: the first of each list, as many as main units were found not to be eligible.
    let code: BTreeMap<&String, &String> = cases.iter().map(|c| (&c["客户编号"], &c["结果代码"])).collect();
    let drawn = of_data("drawn-2025.csv");
    let names: BTreeSet<&String> = drawn.iter().map(|u| &u["stratum"]).collect();
    for name in names {
        let of = |role: &'static str| drawn.iter().filter(move |u| u["stratum"] == *name && u["role"] == role);
        let unfit = of("main").filter(|u| code[&u["id"]] == "4").count();
        let used: Vec<bool> = of("reserve").map(|u| code.contains_key(&u["id"])).collect();
        let expected: Vec<bool> = (0..used.len()).map(|at| at < unfit).collect();
        assert_eq!(used, expected, "{name}");
    }
}

/// The files of the wave in memory, so that one of them can be forged.
fn files(survey: &Survey) -> BTreeMap<String, Vec<u8>> {
    let wave = survey.waves.last().unwrap();
    let named = [&wave.cases, &wave.draw, &wave.frame_list, &wave.draw_list].map(|f| f.clone().unwrap());
    let all = named.into_iter().chain([wave.responses.clone()]);
    let folder = path("surveys/appliance-after-sales");
    all.map(|name| (name.clone(), std::fs::read(folder.join(&name)).unwrap())).collect()
}

fn forged(survey: &Survey, file: &str, forge: impl Fn(&str) -> String) -> DrawVerification {
    let mut files = files(survey);
    let (_, bytes) = files.iter_mut().find(|(name, _)| name.contains(file)).unwrap();
    let before = String::from_utf8(bytes.clone()).unwrap();
    let after = forge(&before);
    assert_ne!(before, after);
    *bytes = after.into_bytes();
    let wave = survey.waves.last().unwrap();
    verify_wave(survey, wave, &Memory(files)).unwrap().unwrap().verification
}

fn refuted(found: &DrawVerification) -> Vec<DrawQuestion> {
    let no = found.checks.iter().filter(|c| c.holding == Holding::DoesNotHold);
    no.map(|c| c.question).collect()
}

#[test]
fn whatever_is_exchanged_is_found() {
    let survey = survey();
    let drawn = of_data("drawn-2025.csv");
    let code: BTreeMap<String, String> = of_data("cases-2025.csv")
        .into_iter()
        .map(|c| (c["客户编号"].clone(), c["结果代码"].clone()))
        .collect();
    let pick = |role: &str, wanted: Option<&str>| {
        let of_role = drawn.iter().filter(|u| u["role"] == role);
        let mut ids = of_role.map(|u| &u["id"]).filter(|id| code.get(*id).map(String::as_str) == wanted);
        ids.next().unwrap().clone()
    };
    let stranger = {
        let drawn: BTreeSet<&String> = drawn.iter().map(|u| &u["id"]).collect();
        let customers = of_data("customers-2025.csv");
        let id = customers.iter().map(|c| &c["客户编号"]).find(|id| !drawn.contains(id));
        id.unwrap().clone()
    };
    let respondent = pick("main", Some("1.1"));
    // Somebody of the list, but not drawn, answered in the place of somebody drawn.
    let found = forged(&survey, "responses-", |t| t.replace(&respondent, &stranger));
    assert_eq!(refuted(&found), [DrawQuestion::RespondentsDrawn]);
    assert_eq!(
        found.missing.unwrap(),
        forged(&survey, "responses-", |t| t.replace("微信", "网页")).missing.unwrap() + 1
    );
    // A last name of the reserve was taken although those before it were never asked.
    let skipped = drawn.iter().rfind(|u| u["role"] == "reserve").unwrap()["id"].clone();
    let found = forged(&survey, "responses-", |t| t.replace(&respondent, &skipped));
    assert_eq!(refuted(&found), [DrawQuestion::SubstitutesInOrder]);
    // A case is struck out; somebody else gets a case.
    let refusal = pick("main", Some("2.1"));
    let without = |t: &str| {
        t.lines()
            .filter(|l| !l.starts_with(&refusal))
            .map(|l| format!("{l}\n"))
            .collect::<String>()
    };
    assert_eq!(refuted(&forged(&survey, "cases-", without)), [DrawQuestion::DrawnHaveCases]);
    let found = forged(&survey, "cases-", |t| t.replace(&refusal, &stranger));
    assert_eq!(refuted(&found), [DrawQuestion::CasesDrawn, DrawQuestion::DrawnHaveCases]);
    // A customer is moved to another region after the draw.
    let found = forged(&survey, "customers-", |t| t.replacen("华东", "华北", 1));
    assert_eq!(refuted(&found), [DrawQuestion::FrameUnchanged]);
    assert_eq!(found.frame_changes.unwrap().buckets, 1);
    // Another name in the drawn list, another seed in the record.
    let found = forged(&survey, "drawn-", |t| t.replace(&respondent, &stranger));
    assert_eq!(refuted(&found), [DrawQuestion::ListIsTheSample]);
    let seed = json("draw-2025.json")["seed"]["value"].as_str().unwrap().to_owned();
    let found = forged(&survey, "draw-2025", |t| t.replace(&seed, "01 02 03 04 05 06 + 07"));
    assert!(refuted(&found).contains(&DrawQuestion::DrawRepeats), "{:?}", found.checks);
}

#[test]
fn the_command_of_the_readme_says_so() {
    let command = |more: &[&str]| manyidu(&[&["sample", "verify", "--survey", SURVEY], more].concat());
    for (lang, last) in [
        ("zh-CN", "结论：没有与抽取记录不符之处"),
        ("en", "Verdict: nothing contradicts the draw record"),
    ] {
        let output = command(&["--lang", lang]);
        let said = transcript(&output);
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert_eq!(String::from_utf8(output.stdout).unwrap().lines().last().unwrap(), last, "{said}");
        assert!(!said.contains("KH2025"), "{said}");
    }
    // The waves before were not drawn with a record: there is nothing to hold them against.
    assert_eq!(command(&["--wave", "2024"]).status.code(), Some(2));
}

/// R from customers by stratum alone: 1 − 2 S of the weighted shares of respondents, strata weighing as their customers.
fn population_r_by_hand(assessment: &manyidu::assessment::Assessment) {
    let answers = of_data("responses-2025.csv");
    let persons: BTreeMap<&String, String> = answers.iter().map(|a| (&a["客户编号"], stratum(a))).collect();
    let frame = table("surveys/appliance-after-sales/frame-2025.csv");
    let strata: Vec<(f64, f64)> = frame
        .iter()
        .map(|row| {
            let responded = persons.values().filter(|s| **s == stratum(row)).count() as f64;
            (
                row["population"].parse::<f64>().unwrap(),
                responded / row["drawn"].parse::<f64>().unwrap(),
            )
        })
        .collect();
    let n: f64 = strata.iter().map(|(n, _)| n).sum();
    let mean = strata.iter().map(|(n, p)| n * p).sum::<f64>() / n;
    let variance = strata.iter().map(|(n, p)| n * (p - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let reading = assessment.waves.last().unwrap().representativeness.population_r.as_ref().unwrap();
    assert!((reading.r - (1.0 - 2.0 * variance.sqrt())).abs() < 1e-12, "{}", reading.r);
    assert!((reading.indicator.r_b.unwrap() - reading.r).abs() < 1e-12);
    // Half the smallest plausible and twice the largest: the standard error of a sample of this size.
    let se = reading.standard_error.unwrap();
    assert!((0.005..0.05).contains(&se), "{se}");
}

#[test]
fn the_sampling_report_shows_the_proof_in_both_languages() {
    let assessment = run_survey("appliance-after-sales").assessment;
    let record = json("draw-2025.json");
    population_r_by_hand(&assessment);
    let files = report::files(&assessment, &[Kind::Sampling]).unwrap();
    for (name, words) in [
        (
            "sampling.html",
            ["是，已与抽样记录核对", "主样本是否人人都有最后结果", "受访者是否都在样本或备选之中"],
        ),
        (
            "sampling.en.html",
            [
                "yes, held against the record of the draw",
                "Has everybody of the main sample a final disposition?",
                "Was every respondent drawn, or in the reserve?",
            ],
        ),
    ] {
        let page = String::from_utf8(files[name].clone()).unwrap();
        for word in words.iter().copied().chain([
            record["frame"]["sha256"].as_str().unwrap(),
            record["seed"]["value"].as_str().unwrap(),
        ]) {
            assert!(page.contains(word), "{name}: {word}");
        }
        assert!(!page.contains("KH2025"), "{name}");
    }
}
