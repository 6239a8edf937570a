//! The committed demonstration survey is what the simulation writes, and its definition reads it.

use manyidu::io::Memory;
use manyidu::simulate::{SimulationPlan, Truth, simulate};
use std::path::PathBuf;

const SURVEY: &str = "surveys/appliance-after-sales";
const DATA: &str = "data-samples/appliance-after-sales";

fn project_file(folder: &str, name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder).join(name)
}

fn simulated() -> (Memory, Truth) {
    let mut files = Memory::default();
    let truth = simulate(&SimulationPlan::appliance(2025), &mut files).expect("the plan is sound");
    (files, truth)
}

#[test]
fn committed_files_are_those_of_seed_2025() {
    let (files, _) = simulated();
    for (name, bytes) in &files.0 {
        let folder = match name.as_str() {
            // Polished by hand: comments, paths, titles.
            "survey.toml" => continue,
            // Counts lie beside the definition, single persons with the data.
            name if name.starts_with("frame-") || name.starts_with("dispositions-") => SURVEY,
            _ => DATA,
        };
        let committed = std::fs::read(project_file(folder, name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(committed == *bytes, "{folder}/{name} is not what the simulation writes");
    }
    // And the five files that prove the sample of the last wave.
    assert_eq!(files.0.len(), 3 * 3 + 2 + 5);
}

/// The committed definition means what the simulated one means, and all it reads is there.
#[test]
fn committed_definition_agrees_with_the_simulated_one() {
    let (files, truth) = simulated();
    let text = std::fs::read_to_string(project_file(SURVEY, "survey.toml")).unwrap();
    let (committed, warnings) = manyidu::survey::parse("survey.toml", "appliance-after-sales", &text).unwrap();
    assert!(warnings.is_empty(), "{warnings:?}");
    let generated = String::from_utf8(files.0["survey.toml"].clone()).unwrap();
    let (generated, _) = manyidu::survey::parse("survey.toml", "appliance-after-sales", &generated).unwrap();
    assert_eq!(committed.title, generated.title);
    assert_eq!(committed.notice, generated.notice);
    assert_eq!(committed.schemes, generated.schemes);
    assert_eq!(committed.items.len(), 24);
    for (ours, theirs) in committed.items.iter().zip(&generated.items) {
        assert_eq!((&ours.id, &ours.column, &ours.title), (&theirs.id, &theirs.column, &theirs.title));
        assert_eq!((&ours.scale, ours.reversed), (&theirs.scale, theirs.reversed));
    }
    let paths = |survey: &manyidu::survey::Survey| survey.model.structure.as_ref().map(|s| s.paths().to_vec());
    assert_eq!(paths(&committed), paths(&generated));
    for ((ours, theirs), truth) in committed.waves.iter().zip(&generated.waves).zip(&truth.waves) {
        assert_eq!(ours.responses, format!("../../{DATA}/{}", theirs.responses));
        assert_eq!(
            (&ours.id, &ours.frame, &ours.dispositions),
            (&theirs.id, &theirs.frame, &theirs.dispositions)
        );
        for (ours, theirs) in [
            (&ours.cases, &theirs.cases),
            (&ours.draw, &theirs.draw),
            (&ours.frame_list, &theirs.frame_list),
            (&ours.draw_list, &theirs.draw_list),
        ] {
            assert_eq!(*ours, theirs.as_ref().map(|name| format!("../../{DATA}/{name}")));
        }
        assert_eq!(
            (&ours.field_start, &ours.field_end, &ours.encoding),
            (&theirs.field_start, &theirs.field_end, &theirs.encoding)
        );
        let bytes = std::fs::read(project_file(SURVEY, &ours.responses)).unwrap();
        let world = Memory([(ours.responses.clone(), bytes)].into());
        let responses = manyidu::ingest::ingest(&committed, ours, &world, &|_| {}).unwrap();
        assert_eq!(responses.answer_faults.len() as u64, truth.planted.faulty);
        assert_eq!(responses.row_faults.len() as u64, truth.planted.impossible_date);
    }
}

/// What the waves were made to show: about 80, a dip in the south-west only, then just below the line of 85.
#[test]
fn the_stated_truth_tells_the_intended_story() {
    let (_, truth) = simulated();
    let score = |wave: usize, dimension: &str| {
        let found = truth.waves[wave].dimensions.iter().find(|d| d.id == dimension);
        found.map(|d| d.score_equal_weights).unwrap()
    };
    assert!((score(0, "satisfaction") - 80.0).abs() < 0.5);
    assert!(score(1, "satisfaction") < score(0, "satisfaction"));
    assert!((score(2, "satisfaction") - 85.0).abs() < 0.5);
    assert!(score(2, "complaints") - score(0, "complaints") > 8.0);
    let (first, second) = (&truth.waves[0].strata, &truth.waves[1].strata);
    for (before, after) in first.iter().zip(second) {
        let dips = after.latent_means < before.latent_means;
        assert_eq!(dips, before.stratum[0] == "西南", "{:?}", before.stratum);
    }
}
