//! Forensics of response quality through the whole program: what is planted is found, honest answers are left alone, and
//! nothing personal comes out.

use crate::support::{manyidu, path};
use manyidu::assessment::{Assessment, QualityAssessment};
use manyidu::clean::quality::{Family, QualityIndex, Skipped, StandsOut};
use manyidu::io::Memory;
use manyidu::pipeline::{self, Run, Wanted};
use manyidu::simulate::{SimulationPlan, simulate};
use manyidu::survey;
use std::collections::{BTreeMap, BTreeSet};

const ROWS: usize = 900;
const COPIER: &str = "访员甲";
const ADDRESS: &str = "203.0.113.77";
const DEVICE: &str = "DEV-8842-XK";
const COLUMNS: &str = "\n[quality]\ninterviewer = \"访员\"\nip = \"IP\"\ndevice = \"设备\"\n";

/// Which lines of the file hold what was planted.
#[derive(Default)]
struct Planted {
    copies: BTreeSet<u32>,
    originals: BTreeSet<u32>,
    burst: BTreeSet<u32>,
    device: BTreeSet<u32>,
}

/// The benchmark survey with an interviewer who copies, a crowd of submissions, and a device of several interviewers.
fn planted() -> (String, Memory, Planted) {
    let mut world = Memory::default();
    simulate(&SimulationPlan::bench(ROWS as u64, 7), &mut world).unwrap();
    let text = String::from_utf8(world.0["survey.toml"].clone()).unwrap();
    let file = survey::parse("survey.toml", "q", &text).unwrap().0.waves[0].responses.clone();
    let mut reader = csv::Reader::from_reader(world.0[&file].as_slice());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let column = |name: &str| header.iter().position(|h| h == name).unwrap();
    let (submitted, duration, attention) = (column("submitted"), column("duration"), column("attention"));
    let items: Vec<usize> = (column("channel") + 1..header.len()).filter(|at| *at != attention).collect();
    assert_eq!(items.len(), 24);
    let mut rows: Vec<Vec<String>> = reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
    let mut planted = Planted::default();
    let line = |row: usize| row as u32 + 2;
    // Copies only of complete interviews that no rule excludes: their attention answers and durations are those of honest ones.
    let sound: Vec<usize> = (0..300)
        .filter(|row| items.iter().all(|item| rows[*row][*item].parse::<u8>().is_ok()))
        .collect();
    let mut extra = Vec::new();
    for row in 0..rows.len() {
        let mut more = [
            format!("访员{}", row % 9),
            format!("10.0.{}.{}", row / 200, row % 200),
            format!("d{row}"),
        ];
        if (400..440).contains(&row) {
            let original = sound[(row - 400) * 3];
            for item in &items {
                let answer = rows[original][*item].clone();
                rows[row][*item] = answer;
            }
            for item in [items[row % 24], items[(row * 7 + 3) % 24]] {
                let other = if rows[row][item] == "4" { "5" } else { "4" };
                other.clone_into(&mut rows[row][item]);
            }
            let right = rows[sound[1]][attention].clone();
            rows[row][attention] = right;
            "131".clone_into(&mut rows[row][duration]);
            COPIER.clone_into(&mut more[0]);
            planted.copies.insert(line(row));
            planted.originals.insert(line(original));
        }
        if (400..409).contains(&row) {
            rows[row][submitted] = format!("{} 21:30:{:02}", &rows[399][submitted][..10], (row - 400) * 6);
            planted.burst.insert(line(row));
        }
        if (600..606).contains(&row) {
            ADDRESS.clone_into(&mut more[1]);
            DEVICE.clone_into(&mut more[2]);
            planted.device.insert(line(row));
        }
        extra.push(more);
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(header.iter().map(String::as_str).chain(["访员", "IP", "设备"]))
        .unwrap();
    for (row, extra) in rows.iter().zip(&extra) {
        writer.write_record(row.iter().chain(extra)).unwrap();
    }
    world.0.insert(file, writer.into_inner().unwrap());
    (text, world, planted)
}

fn run(text: &str, world: &Memory) -> Run {
    let (survey, warnings) = survey::parse("survey.toml", "q", text).unwrap_or_else(|r| panic!("{:?}", r.0));
    pipeline::run(&survey, text, &warnings, world, Wanted::default(), &|_, _| {}).unwrap_or_else(|r| panic!("{:?}", r.0))
}

fn quality(assessment: &Assessment) -> &QualityAssessment {
    assessment.waves[0].quality.as_ref().unwrap()
}

fn hit_lines(run: &Run, index: QualityIndex) -> BTreeSet<u32> {
    run.flags[0].2.iter().filter(|f| f.index == index).map(|f| f.line).collect()
}

#[test]
fn what_is_planted_is_found_and_what_is_honest_mostly_not() {
    let (text, world, planted) = planted();
    let run = run(&format!("{text}{COLUMNS}"), &world);
    let counted: BTreeSet<u32> = {
        let excluded: BTreeSet<u32> = run.ledgers[0]
            .2
            .entries()
            .iter()
            .filter(|e| e.action.as_str() == "excluded")
            .map(|e| e.line)
            .collect();
        (2..ROWS as u32 + 2).filter(|line| !excluded.contains(line)).collect()
    };
    let there = |lines: &BTreeSet<u32>| -> BTreeSet<u32> { lines.intersection(&counted).copied().collect() };
    let copied = hit_lines(&run, QualityIndex::PercentMatch);
    let copies = there(&planted.copies);
    assert!(copies.len() >= 30, "{}", copies.len());
    let found = copies.intersection(&copied).count();
    assert!(found * 10 >= copies.len() * 8, "{found} of {}", copies.len());
    let neither = copied
        .iter()
        .filter(|l| !planted.copies.contains(l) && !planted.originals.contains(l))
        .count();
    assert!(neither * 100 <= counted.len() * 2, "{neither}");
    assert_eq!(hit_lines(&run, QualityIndex::Burst), there(&planted.burst));
    assert_eq!(hit_lines(&run, QualityIndex::SharedDevice), there(&planted.device));
    assert_eq!(hit_lines(&run, QualityIndex::SharedIp), there(&planted.device));
    let quality = quality(&run.assessment);
    let out: Vec<_> = quality.found.interviewers.iter().filter(|i| !i.stands_out.is_empty()).collect();
    assert_eq!(out.len(), 1);
    assert_eq!(out[0].stands_out, [StandsOut::Matches, StandsOut::Short]);
    assert_eq!(out[0].n, copies.len() as u64);
    assert_eq!(Some(&out[0].line), copies.first());
    let matches = quality.found.percent_match.as_ref().unwrap();
    assert!(matches.reached as f64 > matches.reached_expected + 20.0);
    assert_eq!(matches.histogram.iter().sum::<u64>(), matches.looked_at);
    // The burst and the copies meet in some interviews: two kinds of evidence.
    assert!(quality.found.several >= 5);
    let without = quality.without_flagged.as_ref().unwrap();
    assert_eq!(without.n, counted.len() as u64 - quality.found.flagged);
    assert_ne!(
        without.index.estimate.unwrap().value,
        run.assessment.waves[0].index.estimate.unwrap().value
    );
    // A flag excludes nobody.
    assert_eq!(run.assessment.waves[0].cleaning.counted, counted.len() as u64);
}

#[test]
fn nothing_personal_comes_out() {
    let (text, world, _) = planted();
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in &world.0 {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let definition = folder.path().join("survey.toml");
    std::fs::write(&definition, format!("{text}{COLUMNS}")).unwrap();
    let out = folder.path().join("out");
    let output = manyidu(&[
        "run",
        definition.to_str().unwrap(),
        "--formats",
        "html",
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let flags = std::fs::read_to_string(out.join("quality.csv")).unwrap();
    assert!(flags.lines().count() > 40 && flags.contains("partner_line="));
    let mut read = 0;
    let mut folders = vec![out.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
                continue;
            }
            let bytes = std::fs::read(entry.path()).unwrap();
            let said = String::from_utf8_lossy(&bytes);
            for personal in [COPIER, "访员3", ADDRESS, DEVICE, "10.0.1."] {
                assert!(!said.contains(personal), "{personal}");
            }
            read += 1;
        }
    }
    assert!(read >= 5);
    let report = std::fs::read_to_string(out.join("report.html")).unwrap();
    assert!(report.contains("答卷质量") && report.contains("最大相同率") && report.contains("集中提交"));
}

/// Rows in another order: the same interviews are flagged, and no count or estimate moves.
#[test]
fn row_order_does_not_matter() {
    let (text, world, _) = planted();
    let text = format!("{text}{COLUMNS}");
    let file = survey::parse("survey.toml", "q", &text).unwrap().0.waves[0].responses.clone();
    let bytes = String::from_utf8(world.0[&file].clone()).unwrap();
    let (head, body) = bytes.split_once('\n').unwrap();
    let mut lines: Vec<&str> = body.lines().collect();
    let before: BTreeMap<u32, &str> = lines.iter().enumerate().map(|(row, l)| (row as u32 + 2, *l)).collect();
    // Duplicates keep their order, so that the first of them is the same.
    lines.sort_by_key(|line| twox_hash::XxHash64::oneshot(3, line.split(',').next().unwrap().as_bytes()));
    let after: BTreeMap<u32, &str> = lines.iter().enumerate().map(|(row, l)| (row as u32 + 2, *l)).collect();
    let mut turned = world.clone();
    turned.0.insert(file, format!("{head}\n{}\n", lines.join("\n")).into_bytes());
    let (one, other) = (run(&text, &world), run(&text, &turned));
    for index in [
        QualityIndex::PercentMatch,
        QualityIndex::Burst,
        QualityIndex::Mahalanobis,
        QualityIndex::SharedDevice,
    ] {
        let texts =
            |run: &Run, of: &BTreeMap<u32, &str>| -> BTreeSet<String> { hit_lines(run, index).iter().map(|l| of[l].to_owned()).collect() };
        assert_eq!(texts(&one, &before), texts(&other, &after), "{index:?}");
    }
    let (one, other) = (quality(&one.assessment), quality(&other.assessment));
    assert_eq!(one.found.indices, other.found.indices);
    assert_eq!(one.found.percent_match, other.found.percent_match);
    assert_eq!(one.found.between, other.found.between);
    assert_eq!(one.without_flagged, other.without_flagged);
}

/// Exclusion happens only where it is asked for, and through the ledger.
#[test]
fn an_index_excludes_when_the_definition_says_so() {
    let (text, world, _) = planted();
    let flagged = run(&format!("{text}{COLUMNS}"), &world);
    let hits = hit_lines(&flagged, QualityIndex::PercentMatch);
    let run = run(
        &format!("{text}{COLUMNS}[quality.percent_match]\naction = \"exclude\"\n[quality.variability]\naction = \"off\"\n"),
        &world,
    );
    let (before, after) = (&flagged.assessment.waves[0], &run.assessment.waves[0]);
    assert_eq!(after.cleaning.counted + hits.len() as u64, before.cleaning.counted);
    assert_eq!(after.coverage.n, after.cleaning.counted);
    let entries = run.ledgers[0].2.entries();
    let excluded: BTreeSet<u32> = entries
        .iter()
        .filter(|e| e.rule == "quality-percent-match")
        .map(|e| e.line)
        .collect();
    assert_eq!(excluded, hits);
    let outcome = after.cleaning.rules.iter().find(|r| r.rule == "quality-percent-match").unwrap();
    assert_eq!(
        (outcome.excludes, outcome.hit, outcome.excluded_first),
        (true, hits.len() as u64, hits.len() as u64)
    );
    let off = after
        .quality
        .as_ref()
        .unwrap()
        .found
        .indices
        .iter()
        .find(|i| i.index == QualityIndex::Variability)
        .unwrap();
    assert_eq!((off.skipped, off.n), (Some(Skipped::Off), 0));
}

/// False alarms on answers that nobody is known to have made up: real ones (ECSI, ABC) and the simulated honest ones.
#[test]
fn honest_surveys_are_mostly_not_flagged() {
    for (id, share, matched) in [("ecsi-mobile", 0.03, 6), ("abc-b2b", 0.05, 10), ("appliance-after-sales", 0.02, 0)] {
        let definition = path(&format!("surveys/{id}/survey.toml"));
        let mut text = std::fs::read_to_string(&definition).unwrap();
        if !text.contains("[quality]") {
            text.push_str("\n[quality]\n");
        }
        let (survey, warnings) = survey::parse("survey.toml", id, &text).unwrap();
        let folder = manyidu::io::Folder::of(&definition);
        let run = pipeline::run(&survey, &text, &warnings, &folder, Wanted::default(), &|_, _| {}).unwrap();
        for wave in &run.assessment.waves {
            let found = &wave.quality.as_ref().unwrap().found;
            assert!(
                found.flagged as f64 <= share * found.screened as f64,
                "{id} {}: {}",
                wave.id,
                found.flagged
            );
            let copies = found.indices.iter().find(|i| i.family == Family::Copying).unwrap();
            assert!(copies.hit <= matched, "{id} {}: {}", wave.id, copies.hit);
            assert!(found.several as f64 <= 0.01 * found.screened as f64, "{id} {}", wave.id);
        }
    }
}
