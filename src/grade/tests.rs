use super::lines::{Comparing, of_estimate, of_points};
use super::scheme::{Grade, Scheme, shipped, shipped_ids};
use super::*;
use crate::index::estimate::{Estimate, VarianceMethod};
use crate::io::Memory;
use crate::survey::SelectionMethod;
use proptest::prelude::*;

fn ladder() -> Scheme {
    LADDER.clone()
}

/// Read once: the property tests ask for it hundreds of times.
static STARS: std::sync::LazyLock<Scheme> =
    std::sync::LazyLock::new(|| Scheme::parse("s.toml", shipped("gbt27922-2011").unwrap()).unwrap());
static LADDER: std::sync::LazyLock<Scheme> =
    std::sync::LazyLock::new(|| Scheme::parse("s.toml", shipped("satisfaction-3a4a5a").unwrap()).unwrap());

fn stars() -> Scheme {
    STARS.clone()
}

fn seven() -> Scheme {
    Scheme::parse("s.toml", shipped("cteas1001-2017").unwrap()).unwrap()
}

fn estimate(value: f64, half_width: f64) -> Estimate {
    let t = crate::stats::student_t_quantile(0.975, 249.0).unwrap();
    Estimate::new(
        value,
        Some((half_width / t).powi(2)),
        Some(249.0),
        0.95,
        250,
        Some(250.0),
        VarianceMethod::Taylor,
    )
}

fn coverage(n: u64) -> Coverage {
    Coverage {
        method: SelectionMethod::Stratified,
        probability_sample: true,
        population: Some(5000),
        drawn: Some(600),
        received: n,
        n,
        strata: Vec::new(),
        goodness_of_fit: None,
        clustered: false,
        design_fit: None,
        fit_reference: None,
        dispositions: None,
        accounting: None,
        eligibility: crate::coverage::response_rate::EligibilityShare::Casro,
        rates: None,
        short_below: Some(0.8),
        rate_definition: crate::coverage::response_rate::ResponseRateDefinition::Rr3,
        response_rate: Some(0.45),
        required: None,
        draw: None,
    }
}

/// Everything the 3A/4A/5A scheme cannot see in a survey, with proof.
fn proven() -> BTreeMap<String, Declared> {
    let facts = [
        ("system-running-months", 14.0),
        ("internal-audit", 1.0),
        ("management-review", 1.0),
        ("no-major-incident-months", 40.0),
        ("random-sampling", 1.0),
    ];
    let declared = |value: f64| Declared {
        value,
        reference: "records/2025".to_owned(),
    };
    facts.iter().map(|(id, value)| ((*id).to_owned(), declared(*value))).collect()
}

fn lever(id: &str, effect: f64, score: f64, cost: Option<f64>) -> Lever {
    Lever {
        kind: LeverKind::Dimension,
        id: id.to_owned(),
        title: Text::same(id),
        effect,
        effect_interval: Some((effect / 2.0, effect * 2.0)),
        basis: LeverBasis::TotalEffect,
        score,
        cost,
        actionable: true,
    }
}

fn read(scheme: &Scheme, index: Estimate, declared: &BTreeMap<String, Declared>, levers: &[Lever]) -> Determination {
    let (index, coverage) = (Reported::of(index), coverage(index.n));
    let evidence = SurveyEvidence {
        index: &index,
        coverage: &coverage,
        alpha_min: Some(0.8),
        scorecard: None,
        survey_date: Some("2025-06-01"),
        record: &read_on("2025-12-01"),
        declared,
        levers,
        elements: &[],
    };
    determine(scheme, evidence).0
}

/// A reading for a day, with nothing else on record.
fn read_on(day: &str) -> OnRecord {
    OnRecord {
        day: Some(ReadingDay {
            day: day.to_owned(),
            event: Text::same("decision"),
        }),
        ..OnRecord::default()
    }
}

fn card(scheme: &Scheme, text: &str) -> Scorecard {
    let world = Memory([("c.csv".to_owned(), text.as_bytes().to_vec())].into());
    read_scorecard("c.csv", &world, scheme).unwrap_or_else(|r| panic!("{:?}", r.0))
}

fn read_card(scheme: &Scheme, card: &Scorecard) -> Determination {
    let (index, coverage) = (Reported::of(estimate(99.0, 0.1)), coverage(250));
    let evidence = SurveyEvidence {
        index: &index,
        coverage: &coverage,
        alpha_min: None,
        scorecard: Some(card),
        survey_date: Some("2025-06-01"),
        record: &OnRecord::default(),
        declared: &BTreeMap::new(),
        levers: &[],
        elements: &[],
    };
    determine(scheme, evidence).0
}

fn verdicts(value: f64, half_width: f64) -> Vec<Verdict> {
    let scheme = ladder();
    let of = |g: &Grade| of_estimate(Comparing::of(&scheme), g, Some(&estimate(value, half_width))).verdict;
    scheme.grades.iter().map(of).collect()
}

fn exact(value: f64) -> Arithmetic {
    Arithmetic {
        obtained: value,
        open: 0.0,
        applicable: 100.0,
        not_applicable: 0.0,
        scored: value,
        renormalised: true,
        deductions: 0,
        deduction_points: 0.0,
        deductions_fail_at: None,
        bonuses: 0,
        bonus_points: 0.0,
        low: value,
        high: value,
        total: Some(value),
        order: Text::default(),
    }
}

fn of_exact(scheme: &Scheme, grade: &str, value: f64) -> Verdict {
    let grade = scheme.grades.iter().find(|g| g.id == grade).unwrap();
    of_points(Comparing::of(scheme), grade, Some(&exact(value)), false).verdict
}

#[test]
fn an_interval_across_the_line_cannot_tell() {
    use Verdict::{CannotTell, Met, NotMet};
    assert_eq!(verdicts(95.2, 1.3), [Met, Met, CannotTell]);
    assert_eq!(verdicts(80.0, 2.0), [NotMet, NotMet, NotMet]);
    assert_eq!(verdicts(97.0, 1.0), [Met, Met, Met]);
}

#[test]
fn cannot_tell_at_95_2_says_how_likely_and_what_would_settle_it() {
    let determination = read(&ladder(), estimate(95.2, 1.3), &proven(), &[lever("quality", 0.5, 90.0, None)]);
    let five = &determination.grades[2];
    assert_eq!(five.verdict, Verdict::CannotTell);
    // 0.2 / (1.3 / 1.96954) = 0.3030; P(T249 ≤ 0.3030) by Simpson's rule over the density of t.
    assert!((five.probability.unwrap() - 0.6189).abs() < 2e-4, "{:?}", five.probability);
    assert_eq!(determination.grade_certain.as_deref(), Some("4A"));
    assert_eq!(determination.grade_possible.as_deref(), Some("5A"));
    assert_eq!(
        determination.grade_if_against.as_deref(),
        Some("4A"),
        "{:?}",
        determination.conditions
    );
    // S = 1.69 · 250 / (1 − 250/5000) = 444.7368; n' = S / (0.04 + S/5000) = 3448.98.
    let settling = &determination.settling[0];
    assert_eq!((settling.grade.as_str(), settling.n_needed), ("5A", Some(3449)));
    assert!(settling.finite_population_correction && !settling.beyond_population);
    let next = determination.next.unwrap();
    assert_eq!(next.grade, "5A");
    assert!((next.gap.unwrap() + 0.2).abs() < 1e-9 && (next.gap_certain.unwrap() - 1.1).abs() < 1e-9);
    let quality = &next.improvements[0];
    assert!(quality.needed == 0.0 && (quality.needed_certain.unwrap() - 2.2).abs() < 1e-9 && quality.reaches);
    assert!((quality.needed_certain_low.unwrap() - 1.1).abs() < 1e-9 && (quality.needed_certain_high.unwrap() - 4.4).abs() < 1e-9);
}

#[test]
fn both_sides_of_every_line_unrounded() {
    use Verdict::{Met, NotMet};
    let (a, s, c) = (ladder(), stars(), seven());
    for (scheme, grade, line) in [
        (&a, "3A", 85.0),
        (&a, "4A", 90.0),
        (&a, "5A", 95.0),
        (&s, "pass", 70.0),
        (&s, "3-star", 80.0),
        (&s, "4-star", 90.0),
        (&s, "5-star", 95.0),
        (&c, "7-star", 97.0),
    ] {
        assert_eq!(of_exact(scheme, grade, line), Met, "{grade}");
        assert_eq!(of_exact(scheme, grade, line - 1e-9), NotMet, "{grade}");
        assert_eq!(of_exact(scheme, grade, line + 1e-9), Met, "{grade}");
    }
    assert_eq!(of_exact(&a, "3A", 84.999_999_999), NotMet);
    assert_eq!(of_exact(&a, "4A", 89.996), NotMet);
    let grade = &a.grades[1];
    assert!(of_points(Comparing::of(&a), grade, Some(&exact(89.996)), false).rounding_would_change);
    assert_eq!(of_points(Comparing::of(&a), grade, None, false).verdict, Verdict::NotAvailable);
}

#[test]
fn a_body_may_round_before_it_compares() {
    let text = shipped("satisfaction-3a4a5a").unwrap().replace("\"full-value\"", "\"rounded\"");
    let scheme = Scheme::parse("s.toml", &text).unwrap();
    assert_eq!(of_exact(&scheme, "4A", 89.996), Verdict::Met);
    assert_eq!(of_exact(&scheme, "4A", 89.94), Verdict::NotMet);
    let total = read(&scheme, estimate(89.996, 0.001), &BTreeMap::new(), &[]).total.unwrap();
    assert_eq!((total.unrounded, total.rounded, total.decimals), (89.996, 90.0, 1));
}

/// The file of a body: its rule entered, and the cut-offs confirmed.
fn confirmed() -> String {
    let copy = shipped("satisfaction-3a4a5a").unwrap();
    let (head, tail) = copy.split_once("[[conditions]]").unwrap();
    let head = head
        .replace("id = \"satisfaction-3a4a5a\"", "id = \"my-body\"")
        .replace("status = \"assumed\"", "status = \"body\"")
        .replace("name = \"\"", "name = \"某认证中心\"")
        .replace("rule = \"\"", "rule = \"R-01\"")
        .replace("version = \"\"", "version = \"A/1\"")
        .replace("date = \"\"", "date = \"2025-03-01\"");
    format!("{head}[[conditions]]{tail}")
}

#[test]
fn only_the_rule_of_a_body_takes_the_provisional_mark_away() {
    assert!(read(&ladder(), estimate(96.0, 0.5), &proven(), &[]).provisional);
    let scheme = Scheme::parse("my.toml", &confirmed()).unwrap();
    let determination = read(&scheme, estimate(96.0, 0.5), &proven(), &[]);
    assert!(!determination.provisional);
    assert_eq!(determination.body.rule, "R-01");
    assert!(determination.missing.is_empty(), "{:?}", determination.missing);
    assert!(determination.assumed.iter().all(|a| !a.path.starts_with("grades")));
    // The rule's name alone confirms no cut-off; cut-offs said to be the body's need the whole rule.
    let named_only = shipped("satisfaction-3a4a5a").unwrap().replace("rule = \"\"", "rule = \"R-01\"");
    assert!(Scheme::parse("s.toml", &named_only).unwrap().provisional());
    let unnamed = confirmed().replace("version = \"A/1\"", "version = \"\"");
    let refusal = Scheme::parse("my.toml", &unnamed).unwrap_err();
    assert_eq!(refusal.0[0].code, crate::finding::Code::BodyIncomplete);
}

#[test]
fn a_survey_never_gives_a_star() {
    for id in shipped_ids() {
        let scheme = Scheme::parse(id, shipped(id).unwrap()).unwrap();
        let determination = read(&scheme, estimate(99.0, 0.1), &proven(), &[]);
        if id != "satisfaction-3a4a5a" {
            assert_eq!(determination.grade_possible, None, "{id}");
            assert!(determination.total.is_none() && determination.next.is_none(), "{id}");
        }
    }
}

#[test]
fn a_card_with_open_clauses_is_read_between_nothing_and_everything() {
    let scheme = stars();
    let determination = read_card(&scheme, &card(&scheme, "clause,obtained\n5.1,38\n5.2,33\n5.3,\n"));
    use Verdict::{CannotTell, Met, NotMet};
    let verdicts: Vec<Verdict> = determination.grades.iter().map(|g| g.verdict).collect();
    assert_eq!(verdicts, [Met, CannotTell, CannotTell, CannotTell]);
    assert_eq!((determination.points, determination.grade_certain.as_deref()), (None, Some("pass")));
    assert!(
        determination
            .missing
            .iter()
            .any(|m| m.what == MissingKind::ClauseScore && m.subject == "5.3")
    );
    let low = read_card(&scheme, &card(&scheme, "clause,obtained\n5.1,10\n5.2,10\n5.3,\n"));
    assert_eq!(low.grades[0].verdict, NotMet);
    let blank = read_card(&scheme, &card(&scheme, "clause,obtained\n5.1,\n5.2,\n5.3,\n"));
    assert!(blank.grades.iter().all(|g| g.verdict == Verdict::NotAvailable));
}

#[test]
fn four_deductions_pass_and_five_fail_whatever_the_score() {
    let scheme = stars();
    let with = |deductions: u32| {
        let text = format!("clause,obtained\n5.1,40\n5.2,35\n5.3,25\nspecial-deductions,{deductions}\n");
        read_card(&scheme, &card(&scheme, &text))
    };
    let four = with(4);
    assert_eq!((four.points, four.grade_certain.as_deref()), (Some(96.0), Some("5-star")));
    let gate = |d: &Determination| {
        let gate = d.conditions.iter().find(|c| c.condition == "special-deductions").unwrap();
        (gate.verdict, gate.margin)
    };
    assert_eq!(gate(&four), (Verdict::Met, Some(0.0)));
    let five = with(5);
    assert_eq!((five.points, five.grade_certain.as_deref()), (Some(95.0), None));
    assert_eq!(gate(&five), (Verdict::NotMet, Some(-1.0)));
}

#[test]
fn the_next_star_is_told_block_by_block() {
    let scheme = stars();
    let determination = read_card(&scheme, &card(&scheme, "clause,obtained\n5.1,37\n5.2,30\n5.3,21\n"));
    let next = determination.next.unwrap();
    assert_eq!((next.grade.as_str(), next.gap), ("4-star", Some(2.0)));
    let room: Vec<(&str, f64, bool)> = next.blocks.iter().map(|b| (b.block.as_str(), b.room, b.suffices)).collect();
    assert_eq!(room, [("5.2", 5.0, true), ("5.3", 4.0, true), ("5.1", 3.0, true)]);
}

#[test]
fn improvements_go_cheapest_first_and_together_where_none_reaches_alone() {
    let levers = [
        lever("dear", 0.5, 80.0, Some(10.0)),
        lever("cheap", 0.4, 80.0, Some(1.0)),
        lever("full", 0.9, 99.0, Some(0.1)),
    ];
    let next = read(&ladder(), estimate(84.0, 0.0), &BTreeMap::new(), &levers).next.unwrap();
    let order: Vec<(&str, bool)> = next.improvements.iter().map(|i| (i.id.as_str(), i.reaches)).collect();
    assert_eq!(order, [("cheap", true), ("dear", true), ("full", false)]);
    assert!(next.together.is_empty());
    // 85 − 70 = 15: full gives 0.9, cheap 8, dear the remaining 6.1 for 12.2 points.
    let far = read(&ladder(), estimate(70.0, 0.0), &BTreeMap::new(), &levers).next.unwrap();
    let steps: Vec<(&str, f64)> = far.together.iter().map(|s| (s.id.as_str(), s.points)).collect();
    assert_eq!(steps.len(), 3);
    assert_eq!((steps[0].0, steps[1].0, steps[2].0), ("full", "cheap", "dear"));
    assert!((steps[2].1 - 12.2).abs() < 1e-9, "{steps:?}");
    let gain: f64 = far.together.iter().map(|s| s.gain).sum();
    assert!((gain - 15.0).abs() < 1e-9);
    let hopeless = read(&ladder(), estimate(20.0, 0.0), &BTreeMap::new(), &levers).next.unwrap();
    assert!(hopeless.together.is_empty() && hopeless.improvements.iter().all(|i| !i.reaches));
}

#[test]
fn a_survey_older_than_twelve_months_does_not_meet_its_condition() {
    let scheme = ladder();
    let index = Reported::of(estimate(90.0, 1.0));
    let coverage = coverage(250);
    let declared = BTreeMap::new();
    let on = |day: Option<&str>| {
        let record = day.map(read_on).unwrap_or_default();
        let evidence = SurveyEvidence {
            index: &index,
            coverage: &coverage,
            alpha_min: None,
            scorecard: None,
            survey_date: Some("2025-06-01"),
            record: &record,
            declared: &declared,
            levers: &[],
            elements: &[],
        };
        let (determination, _) = determine(&scheme, evidence);
        let age = determination.conditions.iter().find(|c| c.condition == "survey-within-12-months");
        age.map(|c| c.verdict).unwrap()
    };
    assert_eq!(on(Some("2026-06-01")), Verdict::Met);
    assert_eq!(on(Some("2026-06-02")), Verdict::NotMet);
    assert_eq!(on(None), Verdict::NotAvailable);
}

/// The verdict on one condition of the 3A/4A/5A scheme, with its fact in English.
fn of_condition(id: &str, coverage: &Coverage, record: &OnRecord) -> (Verdict, Option<f64>, String) {
    let index = Reported::of(estimate(90.0, 1.0));
    let evidence = SurveyEvidence {
        index: &index,
        coverage,
        alpha_min: None,
        scorecard: None,
        survey_date: Some("2025-06-01"),
        record,
        declared: &BTreeMap::new(),
        levers: &[],
        elements: &[],
    };
    let (determination, _) = determine(&ladder(), evidence);
    let found = determination.conditions.into_iter().find(|c| c.condition == id).unwrap();
    (found.verdict, found.got, found.fact.map(|f| f.en).unwrap_or_default())
}

#[test]
fn random_sampling_is_read_off_the_record_of_the_draw() {
    let of = |method: SelectionMethod, holds: Option<bool>| {
        let mut coverage = coverage(250);
        coverage.method = method;
        coverage.draw = holds.map(|holds| {
            let record = serde_json::json!({
                "record_sha256": "0123456789abcdef", "frame_sha256": "", "seed": "1", "frame_units": 5000, "main": 250, "reserve": 0,
                "respondents": null, "responded_main": null, "responded_reserve": null, "missing": null, "missing_units": [],
                "repeated": null, "without_id": null, "checks": [], "frame_changes": null, "row_changes": [], "rows_changed": null,
                "holds": holds,
            });
            serde_json::from_value(record).unwrap()
        });
        let (verdict, _, fact) = of_condition("random-sampling", &coverage, &OnRecord::default());
        (verdict, fact)
    };
    use SelectionMethod::{Convenience, Stratified, Unknown};
    let (verdict, fact) = of(Stratified, Some(true));
    assert_eq!(verdict, Verdict::Met);
    assert!(fact.contains("0123456789ab…"), "{fact}");
    assert_eq!(of(Stratified, Some(false)).0, Verdict::NotMet);
    assert_eq!(of(Stratified, None).0, Verdict::CannotTell, "a claim without a record");
    assert_eq!(of(Convenience, None).0, Verdict::NotMet);
    assert_eq!(of(Unknown, None).0, Verdict::NotMet, "what nobody knows cannot be verified");
}

#[test]
fn audits_of_the_plan_meet_their_condition_with_proof_only() {
    let record = |proven: u64| OnRecord {
        audits: Some(Recorded {
            proven,
            fact: Text::same("IA-1"),
        }),
        ..OnRecord::default()
    };
    let of = |record: &OnRecord| of_condition("internal-audit", &coverage(250), record);
    assert_eq!(of(&record(2)), (Verdict::Met, Some(2.0), "IA-1".to_owned()));
    assert_eq!(of(&record(0)), (Verdict::NotAvailable, None, "IA-1".to_owned()));
    assert_eq!(of(&OnRecord::default()), (Verdict::NotAvailable, None, String::new()));
}

/// S = 1.69 · 250 where the interval takes no correction; n' = S / (0.04 + S/5000) = 3393.57, in place of S / 0.04 = 10562.5.
#[test]
fn the_sample_that_settles_a_line_knows_the_size_of_the_population() {
    let groups = Estimate {
        method: crate::index::estimate::VarianceMethod::JackknifeDeleteGroup,
        ..estimate(95.2, 1.3)
    };
    let of = |drawn: Option<u64>| {
        let (index, mut coverage) = (Reported::of(groups), coverage(250));
        coverage.drawn = drawn;
        let evidence = SurveyEvidence {
            index: &index,
            coverage: &coverage,
            alpha_min: None,
            scorecard: None,
            survey_date: None,
            record: &OnRecord::default(),
            declared: &BTreeMap::new(),
            levers: &[],
            elements: &[],
        };
        determine(&ladder(), evidence).0.settling.remove(0)
    };
    let settling = of(Some(500));
    assert_eq!((settling.n_needed, settling.beyond_population), (Some(3394), false));
    // 250 of 500 drawn: half of 5000 could be had.
    assert_eq!((settling.reachable, settling.by_sample()), (Some(2500), false));
    assert!(of(Some(260)).by_sample(), "4807 to be had");
    assert!(of(None).by_sample(), "nothing is known of the response");
}

/// What people expected is no way to a grade, however large its effect.
#[test]
fn expectations_and_image_are_no_way_to_the_next_grade() {
    let expectation = Lever {
        actionable: false,
        ..lever("expectation", 0.9, 50.0, None)
    };
    let levers = [expectation, lever("quality", 0.5, 90.0, None), lever("value", 0.4, 90.0, None)];
    let next = read(&ladder(), estimate(77.0, 0.0), &BTreeMap::new(), &levers).next.unwrap();
    let order: Vec<(&str, bool)> = next.improvements.iter().map(|i| (i.id.as_str(), i.actionable)).collect();
    assert_eq!(
        order,
        [("quality", true), ("value", true), ("expectation", false)],
        "it would reach, and stands last"
    );
    assert!(next.improvements[2].reaches);
    // 85 − 77 = 8 is more than the 5 and 4 of the others alone, and less than both.
    let steps: Vec<&str> = next.together.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(steps, ["quality", "value"]);
}

proptest! {
    #[test]
    fn raising_the_score_never_lowers_the_grade(value in 0.0_f64..100.0, more in 0.0_f64..20.0, half_width in 0.0_f64..10.0) {
        let met = |v: f64| verdicts(v, half_width).iter().filter(|v| **v == Verdict::Met).count();
        prop_assert!(met(value + more) >= met(value));
    }

    #[test]
    fn raising_any_clause_never_lowers_the_grade_and_order_does_not_matter(
        scores in prop::collection::vec(0.0_f64..=1.0, 15),
        absent in prop::collection::vec(0..8_u8, 15),
        raised in 0_usize..15,
        deductions in 0_u32..6,
        bonuses in 0_u32..3,
        turn in 0_usize..15,
    ) {
        let scheme = stars();
        let points = [10.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 6.0, 6.0, 6.0, 6.0, 6.0, 10.0, 15.0];
        let clauses: Vec<String> = scheme.blocks.iter().flat_map(|b| (0..b.indicators.len()).map(|i| b.clause(i))).collect();
        let text = |raised: Option<usize>, turn: usize| {
            let mut rows: Vec<String> = (0..15).map(|i| {
                let applicable = if absent[i] == 0 { 0.0 } else { points[i] };
                let share = if raised == Some(i) { 1.0 } else { scores[i] };
                format!("{},{},{applicable},{}\n", clauses[i], points[i], applicable * share)
            }).collect();
            rows.rotate_left(turn);
            format!("clause,points,applicable,obtained\n{}special-deductions,,,{deductions}\nspecial-bonuses,,,{bonuses}\n", rows.concat())
        };
        let reading = |text: &str| read_card(&scheme, &card(&scheme, text));
        let met = |d: &Determination| d.grades.iter().filter(|g| g.verdict == Verdict::Met).count();
        let before = reading(&text(None, 0));
        let after = reading(&text(Some(raised), 0));
        prop_assert!(met(&after) >= met(&before));
        let turned = reading(&text(None, turn));
        prop_assert_eq!(turned.grade_certain, before.grade_certain);
        let difference = turned.points.unwrap_or(0.0) - before.points.unwrap_or(0.0);
        prop_assert!(difference.abs() < 1e-9);
    }
}
