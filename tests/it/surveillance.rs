//! The yearly surveillance report: plan, targets, effects of actions, grade, questions.

use crate::support::{manyidu, path, run_survey, transcript};
use manyidu::assessment::Assessment;
use manyidu::assessment::touchpoints::TouchpointKind;
use manyidu::certificate::calendar::Day;
use manyidu::grade::Verdict;
use manyidu::index::quantity::Family;
use manyidu::locale::Text;
use manyidu::surveillance::effects::EffectVerdict;
use manyidu::surveillance::{Surveillance, surveillance};
use manyidu::survey::over_time::BreakKind;
use manyidu::trend::comparability::{BreakRecord, Effect, Origin};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static APPLIANCE: LazyLock<Assessment> = LazyLock::new(|| run_survey("appliance-after-sales").assessment);

fn found() -> &'static Surveillance {
    APPLIANCE.surveillance.as_ref().unwrap()
}

/// The same waves with other records.
fn again(change: impl FnOnce(&mut Assessment)) -> Surveillance {
    let mut assessment = APPLIANCE.clone();
    change(&mut assessment);
    let held = found();
    let mut targets: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for target in &held.targets {
        targets
            .entry(target.wave.clone())
            .or_default()
            .insert(target.quantity.clone(), target.target);
    }
    surveillance(&assessment, held.plan.clone(), held.questionnaire.clone(), &targets)
}

fn causes(found: &Surveillance) -> Vec<&str> {
    found.questions.iter().map(|q| q.cause.as_str()).collect()
}

#[test]
fn the_shipped_survey_tells_its_story() {
    use EffectVerdict::{NotShown, NotYetAsked, Open, Up};
    let verdicts: Vec<EffectVerdict> = found().effects.iter().map(|e| e.verdict).collect();
    assert_eq!(verdicts, [NotShown, NotShown, Up, NotYetAsked, NotYetAsked, Open]);
    let asked: Vec<_> = found().effects.iter().map(|e| (e.from.as_deref(), e.to.as_deref())).collect();
    assert_eq!(asked[2], (Some("2024"), Some("2025")));
    let readings: Vec<_> = found()
        .targets
        .iter()
        .map(|t| (t.wave.as_str(), t.quantity.as_str(), t.verdict))
        .collect();
    assert_eq!(readings[0], ("2024", "index", Verdict::NotMet));
    assert!(readings.contains(&("2025", "index", Verdict::Met)));
    assert!(readings.contains(&("2025", "quality2", Verdict::NotMet)));
    assert_eq!(found().grade.as_ref().unwrap().latest(), Verdict::CannotTell);
    let causes = causes(found());
    for cause in [
        "grade-open",
        "grade-provisional",
        "target-missed",
        "action-unproven",
        "plan-overdue",
        "plan-unproven",
        "evidence-missing",
    ] {
        assert!(causes.contains(&cause), "{cause}: {causes:?}");
    }
    assert!(!causes.contains(&"not-probability") && !causes.contains(&"strata-short"));
}

/// Where the trend has the pair of waves, the action has the number of the trend; where not, that of the formula.
#[test]
fn an_effect_is_the_difference_of_its_waves() {
    let of_dimension = again(|a| a.actions.as_mut().unwrap()[2].quantity = Some("complaints".to_owned()));
    let effect = &of_dimension.effects[2];
    let trend = APPLIANCE.comparisons.iter().find(|c| c.from == "2024" && c.to == "2025").unwrap();
    let change = trend.changes.iter().find(|c| c.quantity == "complaints").unwrap();
    assert_eq!(effect.change_points, change.change_points);
    assert_eq!((effect.standard_error, effect.interval), (change.standard_error, change.interval));
    for effect in found().effects.iter().filter(|e| e.to.is_some()) {
        let value = |r: &Option<manyidu::index::estimate::Reported>| r.as_ref().unwrap().estimate.unwrap().value;
        let difference = value(&effect.after) - value(&effect.before);
        assert!((effect.change_points.unwrap() - difference).abs() < 1e-9);
        let (p, adjusted) = (effect.p_value.unwrap(), effect.p_value_holm.unwrap());
        assert!(adjusted >= p && adjusted <= (6.0 * p).min(1.0) + 1e-15);
    }
}

/// An item is compared as the trend compares it, whoever is in both waves; the dimension that is the index reads as the index.
#[test]
fn an_item_has_the_error_of_the_trend() {
    let marked = again(|a| {
        let pair = a.comparisons.iter_mut().find(|c| c.from == "2024" && c.to == "2025").unwrap();
        let item = pair
            .details
            .iter_mut()
            .find(|c| c.quantity == "complaints2" && c.domain.is_none())
            .unwrap();
        item.standard_error = Some(0.125);
    });
    assert_eq!(marked.effects[2].standard_error, Some(0.125));
    let index = again(|a| a.actions.as_mut().unwrap()[2].quantity = Some("satisfaction".to_owned()));
    let trend = APPLIANCE.comparisons.iter().find(|c| c.from == "2024" && c.to == "2025").unwrap();
    assert_eq!(index.effects[2].standard_error, trend.changes[0].standard_error);
}

/// An action counts for the first wave that began after it was closed, and for none that was already asked.
#[test]
fn an_effect_is_looked_for_after_the_action_only() {
    let closed = |day: &str| {
        let day = Day(day.parse().unwrap());
        let found = again(|a| a.actions.as_mut().unwrap()[0].closed = Some(day));
        found.effects[0].clone()
    };
    assert_eq!(closed("2024-05-05").to.as_deref(), Some("2024"));
    assert_eq!(
        closed("2024-05-06").to.as_deref(),
        Some("2025"),
        "the day on which fieldwork began is too late"
    );
    assert_eq!(closed("2025-05-05").verdict, EffectVerdict::NotYetAsked);
    let undated = again(|a| a.waves.iter_mut().for_each(|w| w.field_start = None));
    let verdicts: Vec<_> = undated.effects.iter().map(|e| e.verdict).collect();
    assert_eq!(verdicts[0], EffectVerdict::NotMeasured, "without dates nothing is before or after");
    let unnamed = again(|a| a.actions.as_mut().unwrap()[0].quantity = None);
    assert_eq!(unnamed.effects[0].verdict, EffectVerdict::NotMeasured);
}

/// Where the trend refuses to compare, so does the effect of an action.
#[test]
fn a_break_in_between_leaves_no_effect() {
    let broken = again(|a| {
        let pairs = &mut a.over_time.as_mut().unwrap().comparability;
        let pair = pairs.iter_mut().find(|p| p.from == "2024" && p.to == "2025").unwrap();
        pair.breaks.push(BreakRecord {
            wave: "2025".to_owned(),
            what: BreakKind::Wording,
            origin: Origin::Declared,
            effect: Effect::Breaks,
            everything: false,
            quantities: ["complaints2".to_owned()].into(),
            reason: Text::same("reworded"),
            note: None,
            comparable: None,
            offsets: Vec::new(),
            source: None,
        });
    });
    assert_eq!(broken.effects[2].verdict, EffectVerdict::NotComparable);
    assert_eq!(broken.effects[2].change_points, None);
}

#[test]
fn a_gap_that_is_closed_is_asked_for_no_more() {
    let mended = again(|a| {
        a.actions.as_mut().unwrap()[4].proof = "SIM-CAPA-2026-01".to_owned();
        a.actions.as_mut().unwrap()[5].quantity = Some("quality2".to_owned());
    });
    assert!(!causes(&mended).contains(&"action-unproven"));
    assert!(!causes(&mended).contains(&"target-missed"), "an action of the latest wave names it");
    let overdue = again(|a| a.actions.as_mut().unwrap()[5].due = Day("2025-05-31".parse().unwrap()));
    assert!(causes(&overdue).contains(&"action-overdue"));
    let at_the_end = again(|a| a.actions.as_mut().unwrap()[5].due = Day("2025-06-01".parse().unwrap()));
    assert!(
        !causes(&at_the_end).contains(&"action-overdue"),
        "due on the last day of fieldwork is not past"
    );
    let fallen = again(|a| {
        let last = a.comparisons.iter_mut().find(|c| c.to == "2025" && c.from == "2024").unwrap();
        last.changes[1].direction = manyidu::trend::Direction::Down;
    });
    assert!(causes(&fallen).contains(&"drop"));
    let short = again(|a| a.waves[2].coverage.strata[0].verdict = manyidu::coverage::StratumVerdict::Fail);
    assert!(causes(&short).contains(&"strata-short"));
}

/// The question of the open grade says what the reading against the scheme says: with a larger sample where one settles it, with the rise
/// of the index where none that can be had does.
#[test]
fn the_question_of_the_grade_agrees_with_the_reading() {
    let question = |found: &Surveillance| {
        let asked = found.questions.iter().find(|q| q.cause == "grade-open").unwrap();
        asked.text.zh.clone()
    };
    let settling = |a: &Assessment| a.waves[2].determinations[0].settling[0].clone();
    let now = settling(&APPLIANCE);
    // w² n = S without correction, n' = S / (m² + S/N): 4,461, more than 8,760 customers would give at 604 of 1,570.
    assert_eq!((now.n_needed, now.reachable, now.by_sample()), (Some(4461), Some(3358), false));
    let rise = APPLIANCE.waves[2].determinations[0].next.as_ref().unwrap().gap_certain.unwrap();
    let told = question(found());
    assert!(told.contains(&format!("{rise:.2} 分")) && told.contains("只增加样本不够"), "{told}");
    let reachable = again(|a| a.waves[2].determinations[0].settling[0].reachable = Some(5000));
    let told = question(&reachable);
    assert!(told.contains("由 602 份增加到约 4461 份"), "{told}");
}

/// A quantity that an earlier action names is not said to have none: the action, the day and what followed are told.
#[test]
fn a_missed_target_tells_the_action_that_did_not_move_it() {
    let asked = |found: &Surveillance| {
        let question = found.questions.iter().find(|q| q.cause == "target-missed").unwrap();
        (question.text.zh.clone(), question.text.en.clone())
    };
    let (zh, en) = asked(found());
    assert!(
        zh.contains("上门前一天短信确认时间") && zh.contains("2024-01-22 完成") && zh.contains("不能断定有变化"),
        "{zh}"
    );
    assert!(en.contains("was followed by no significant change (2024)"), "{en}");
    let nobody = again(|a| a.actions.as_mut().unwrap()[0].quantity = None);
    let (zh, _) = asked(&nobody);
    assert!(zh.contains("没有针对它的改进措施"), "{zh}");
}

#[test]
fn late_actions_and_waves_below_the_grade_are_asked_about() {
    let late = |found: &Surveillance| {
        let of_cause = found.questions.iter().filter(|q| q.cause == "action-late");
        of_cause.map(|q| q.text.en.clone()).collect::<Vec<_>>()
    };
    let told = late(found());
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("due on 2025-06-30 and closed on 2025-07-15"), "{}", told[0]);
    let in_time = again(|a| a.actions.as_mut().unwrap()[3].closed = Some(Day("2025-06-30".parse().unwrap())));
    assert!(late(&in_time).is_empty(), "the day itself is in time");
    let long_ago = again(|a| {
        let actions = a.actions.as_mut().unwrap();
        actions[0].due = Day("2024-01-01".parse().unwrap());
    });
    assert_eq!(
        late(&long_ago).len(),
        1,
        "what was late before the wave of the year before is not asked again"
    );
    let below = found().questions.iter().find(|q| q.cause == "grade-earlier-below").unwrap();
    assert!(
        below.text.en.contains("2023, 2024") && below.text.en.contains("2023-09-28"),
        "{}",
        below.text.en
    );
    let reached = again(|a| {
        for wave in &mut a.waves {
            wave.determinations[0].grades[0].verdict = Verdict::Met;
        }
    });
    assert!(!causes(&reached).contains(&"grade-earlier-below"));
}

#[test]
fn the_command_writes_the_report_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let output = manyidu(&[
        "surveillance",
        "surveys/appliance-after-sales",
        "--formats",
        "html",
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", transcript(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains("surveillance.html"));
    let page = std::fs::read_to_string(out.join("surveillance.html")).unwrap();
    for word in [
        "计划与完成",
        "历次抽样与访问",
        "对照目标",
        "改进措施及其后的变化",
        "等级是否保持",
        "下次审核会问什么",
    ] {
        assert!(page.contains(word), "{word}");
    }
    let english = std::fs::read_to_string(out.join("surveillance.en.html")).unwrap();
    assert!(english.contains("What the next audit will ask"));
    assert!(out.join("summary.html").is_file() && out.join("assessment.json").is_file() && !out.join("report.html").exists());
}

#[test]
fn what_cannot_be_right_is_refused_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(path("surveys/minimal/survey.toml")).unwrap();
    std::fs::create_dir_all(folder.path().join("s")).unwrap();
    let definition = folder.path().join("s/survey.toml");
    let broken = format!("{text}\n[surveillance]\nplan = \"plan.csv\"\n[surveillance.targets.nowhere]\nindex = 101\nqualty = 3\n");
    std::fs::write(&definition, broken).unwrap();
    let output = manyidu(&["check", definition.to_str().unwrap(), "--lang", "en"]);
    assert_eq!(output.status.code(), Some(2));
    let told = transcript(&output);
    for word in ["surveillance.targets.nowhere", "0 … 100", "qualty"] {
        assert!(told.contains(word), "{word}: {told}");
    }
}

/// The reports are a function of the assessment alone: written once more from the file, they are the same to the byte.
#[test]
fn reports_are_made_from_the_assessment_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let run = manyidu(&["run", "surveys/minimal/survey.toml", "--out", first.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(0), "{}", transcript(&run));
    let assessment = first.join("assessment.json");
    let again = manyidu(&["report", assessment.to_str().unwrap(), "--out", second.to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(0), "{}", transcript(&again));
    let mut compared = 0;
    for entry in std::fs::read_dir(&second).unwrap() {
        let name = entry.unwrap().file_name();
        let (one, other) = (first.join(&name), second.join(&name));
        if other.is_file() {
            assert!(std::fs::read(one).unwrap() == std::fs::read(other).unwrap(), "{}", name.display());
            compared += 1;
        }
    }
    assert!(compared >= 9, "{compared} files");
    let torn = folder.path().join("torn.json");
    std::fs::write(&torn, "{\"schema_version\": 1, ").unwrap();
    let refused = manyidu(&[
        "report",
        torn.to_str().unwrap(),
        "--out",
        folder.path().join("none").to_str().unwrap(),
    ]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(!folder.path().join("none").exists());
}

/// A measure beside the index as the aim of an action and of a target: the change is that of the trend, with the error that knows who is in
/// both waves; the target of a complaint rate is a ceiling.
#[test]
fn measures_are_aims_too() {
    let trend = APPLIANCE.comparisons.iter().find(|c| c.from == "2024" && c.to == "2025").unwrap();
    let latest = APPLIANCE.waves.last().unwrap();
    for (id, ceiling) in [("nps", false), ("csat", false), ("csat", true)] {
        let as_complaints = |a: &mut Assessment| {
            let measures = a.waves.iter_mut().flat_map(|w| &mut w.touchpoints);
            measures
                .filter(|t| ceiling && t.id == id)
                .for_each(|t| t.kind = TouchpointKind::ComplaintRate);
        };
        let found = again(|a| {
            as_complaints(a);
            a.actions.as_mut().unwrap()[2].quantity = Some(id.to_owned());
        });
        let effect = &found.effects[2];
        let change = trend.of(Family::Measures).find(|c| c.quantity == id).unwrap();
        assert_eq!(effect.change_points, change.change_points);
        assert_eq!((effect.standard_error, effect.p_value), (change.standard_error, change.p_value));
        assert_eq!(effect.lower_is_better, ceiling);
        let interval = latest
            .touchpoints
            .iter()
            .find(|t| t.id == id)
            .unwrap()
            .reported
            .estimate
            .unwrap()
            .interval
            .unwrap();
        let mut assessment = APPLIANCE.clone();
        as_complaints(&mut assessment);
        let verdict = |target: f64| {
            let targets = BTreeMap::from([(latest.id.clone(), BTreeMap::from([(id.to_owned(), target)]))]);
            let found = surveillance(&assessment, None, None, &targets);
            assert_eq!((found.targets.len(), found.targets[0].lower_is_better), (1, ceiling));
            found.targets[0].verdict
        };
        let (below, inside, above) = (
            interval.lower - 1.0,
            f64::midpoint(interval.lower, interval.upper),
            interval.upper + 1.0,
        );
        assert_eq!(verdict(inside), Verdict::CannotTell);
        let expected = if ceiling {
            [Verdict::NotMet, Verdict::Met]
        } else {
            [Verdict::Met, Verdict::NotMet]
        };
        assert_eq!([verdict(below), verdict(above)], expected, "{id}");
    }
}
