//! Laws of the simulation, and the planted rows found again by the program's own reader and rules.

use super::plan::{AnswerForm, PlanError};
use super::*;
use crate::io::Memory;
use crate::survey::Survey;
use std::collections::{BTreeMap, BTreeSet};

fn run(plan: &SimulationPlan) -> (Memory, Truth) {
    let mut files = Memory::default();
    let truth = simulate(plan, &mut files).unwrap();
    (files, truth)
}

fn survey(files: &Memory) -> Survey {
    let text = String::from_utf8(files.0["survey.toml"].clone()).unwrap();
    let (survey, warnings) = crate::survey::parse("survey.toml", "simulated", &text).unwrap();
    assert!(warnings.is_empty(), "{warnings:?}");
    survey
}

fn hits(survey: &Survey, responses: &crate::ingest::Responses) -> BTreeMap<&'static str, u64> {
    crate::clean::rules::of(survey)
        .iter()
        .map(|rule| (rule.id(), rule.hits(responses).len() as u64))
        .collect()
}

#[test]
fn same_seed_same_bytes_and_another_seed_others() {
    for plan in [SimulationPlan::bench(500, 1), SimulationPlan::appliance(1)] {
        let (first, again) = (run(&plan), run(&plan));
        assert_eq!(first.0.0, again.0.0);
        let other = run(&SimulationPlan { seed: 2, ..plan.clone() });
        let name = format!("responses-{}.csv", plan.waves[0].id);
        assert_ne!(first.0.0[&name], other.0.0[&name]);
    }
}

#[test]
fn every_file_is_there_and_has_its_rows() {
    let plan = SimulationPlan::bench(1000, 4);
    let (files, truth) = run(&plan);
    let names: Vec<&str> = files.0.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "dispositions-2025.csv",
            "frame-2025.csv",
            "responses-2025.csv",
            "survey.toml",
            "truth.json"
        ]
    );
    let lines = memchr::memchr_iter(b'\n', &files.0["responses-2025.csv"]).count();
    assert_eq!(lines, 1001);
    let header = files.0["responses-2025.csv"].split(|byte| *byte == b'\n').next().unwrap();
    assert!(header.starts_with(b"id,submitted,duration,region,channel,IMAG1,"));
    assert_eq!(truth.waves[0].strata.iter().map(|s| s.rows).sum::<u64>(), 1000);
    let blocks: Vec<usize> = survey(&files).dimensions.iter().map(|d| d.items.len()).collect();
    assert_eq!(blocks, [5, 3, 7, 2, 3, 1, 3]);
}

#[test]
fn dispositions_balance_in_every_stratum() {
    for plan in [SimulationPlan::bench(3000, 9), SimulationPlan::appliance(9)] {
        let (_, truth) = run(&plan);
        for wave in &truth.waves {
            let distinct: u64 = wave.strata.iter().map(|s| s.dispositions.complete + s.dispositions.partial).sum();
            assert_eq!(distinct + wave.planted.duplicate, plan.rows);
            assert_eq!(
                wave.strata.iter().map(|s| s.dispositions.partial).sum::<u64>(),
                wave.planted.partial
            );
            for stratum in &wave.strata {
                assert_eq!(stratum.dispositions.total(), stratum.drawn, "{:?}", stratum.stratum);
                assert!(stratum.drawn <= stratum.population);
                assert!(stratum.rows >= stratum.dispositions.complete + stratum.dispositions.partial);
            }
        }
    }
}

#[test]
fn every_planted_row_is_found_by_its_rule_and_no_other() {
    let (files, truth) = run(&SimulationPlan::appliance(2025));
    let survey = survey(&files);
    for (wave, planted) in survey.waves.iter().zip(&truth.waves) {
        let responses = crate::ingest::ingest(&survey, wave, &files, &|_| {}).unwrap();
        let found = hits(&survey, &responses);
        let planted = planted.planted;
        assert_eq!(responses.len(), 660);
        assert_eq!(found["duplicate"], planted.duplicate);
        assert_eq!(found["straight-line"], planted.straight_line);
        assert_eq!(found["too-fast"], planted.too_fast);
        assert_eq!(found["attention"], planted.inattentive);
        assert_eq!(found["required"], planted.partial);
        assert_eq!(found["faulty"], planted.faulty);
        assert_eq!(responses.row_faults.len() as u64, planted.impossible_date);
        let rows: BTreeSet<u32> = crate::clean::rules::of(&survey)
            .iter()
            .flat_map(|r| r.hits(&responses))
            .map(|hit| hit.row)
            .collect();
        assert_eq!(rows.len() as u64 + planted.impossible_date + planted.honest, 660);
    }
}

/// More rows need more customers; the plan's own number changes nothing.
#[test]
fn a_sample_is_drawn_of_a_larger_survey_too() {
    let plan = SimulationPlan::appliance(1);
    assert_eq!(plan.clone().with_rows(660), plan);
    let larger = SimulationPlan::appliance(1).with_rows(2000);
    let (files, truth) = run(&larger);
    let survey = survey(&files);
    let wave = survey.waves.last().unwrap();
    let found = crate::sample::verify::verify_wave(&survey, wave, &files).unwrap().unwrap();
    assert!(
        found.verification.holds && found.findings.is_empty(),
        "{:?}",
        found.verification.checks
    );
    let truth = truth.waves.last().unwrap();
    let drawn: u64 = truth.strata.iter().map(|s| s.drawn).sum();
    assert_eq!(found.verification.cases, Some(drawn));
    assert_eq!(
        found.verification.frame_units,
        truth.strata.iter().map(|s| s.population).sum::<u64>()
    );
    // A reserve that is smaller than the number of those who have to be replaced is refused before anything is written.
    let mut short = SimulationPlan::appliance(1);
    short.waves[2].sample.as_mut().unwrap().reserve = 0.001;
    let error = simulate(&short, &mut Memory::default())
        .unwrap_err()
        .downcast::<PlanError>()
        .unwrap();
    assert!(
        matches!(
            error,
            PlanError::OutOfRange {
                what: "waves.sample.reserve",
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn planted_shares_hold_in_a_large_file() {
    let plan = SimulationPlan::bench(20_000, 3);
    let (files, truth) = run(&plan);
    let survey = survey(&files);
    let responses = crate::ingest::ingest(&survey, &survey.waves[0], &files, &|_| {}).unwrap();
    let found = hits(&survey, &responses);
    let planted = truth.waves[0].planted;
    assert_eq!(planted.duplicate, 200);
    assert_eq!(found["duplicate"], 200);
    assert_eq!(found["too-fast"], planted.too_fast);
    assert_eq!(found["attention"], planted.inattentive);
    assert_eq!(found["faulty"], planted.faulty);
    assert_eq!(found["required"], planted.partial);
    // Somebody honest may think the same of everything, so that this rule can hit a few more than were planted.
    assert!(
        (planted.straight_line..planted.straight_line + 10).contains(&found["straight-line"]),
        "{found:?}"
    );
}

#[test]
fn codes_and_labels_say_the_same() {
    let mut plan = SimulationPlan::appliance(6);
    plan.waves.truncate(1);
    plan.shifts.retain(|shift| shift.wave.is_none());
    let packed = |plan: &SimulationPlan| {
        let (files, _) = run(plan);
        let survey = survey(&files);
        crate::ingest::ingest(&survey, &survey.waves[0], &files, &|_| {}).unwrap().answers
    };
    let labels = packed(&plan);
    plan.waves[0].form = AnswerForm::Codes;
    assert_eq!(labels, packed(&plan));
}

#[test]
fn tiny_files_are_possible_and_contradictory_plans_are_refused() {
    for rows in 1..40 {
        let (_, truth) = run(&SimulationPlan::bench(rows, 1));
        assert_eq!(truth.waves[0].strata.iter().map(|s| s.rows).sum::<u64>(), rows);
    }
    let refused = |plan: &SimulationPlan| {
        let mut files = Memory::default();
        let error = simulate(plan, &mut files).unwrap_err();
        assert!(files.0.is_empty());
        error.downcast::<PlanError>().unwrap()
    };
    assert_eq!(refused(&SimulationPlan::bench(0, 1)), PlanError::Empty);
    let mut plan = SimulationPlan::appliance(1);
    plan.rows = 1_000_000;
    assert!(matches!(refused(&plan), PlanError::SampleTooLarge { .. }));
    plan = SimulationPlan::appliance(1);
    plan.shifts[0].stratum = Some("华中".to_owned());
    assert!(matches!(refused(&plan), PlanError::UnknownName { what: "a shift", .. }));
}
