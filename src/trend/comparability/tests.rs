//! Bridges, standings, and the words of every kind of break.

use super::*;
use crate::index::estimate::VarianceMethod;
use proptest::prelude::*;

fn record(what: BreakKind, quantities: &[&str], offsets: Vec<Offset>) -> BreakRecord {
    BreakRecord {
        wave: "b".to_owned(),
        what,
        origin: Origin::Declared,
        effect: if offsets.is_empty() { Effect::Breaks } else { Effect::Bridged },
        everything: quantities.is_empty(),
        quantities: quantities.iter().map(|q| (*q).to_owned()).collect(),
        reason: Text::same("why"),
        note: None,
        comparable: None,
        offsets,
        source: None,
    }
}

fn offset(of: &str, points: f64, standard_error: f64) -> Offset {
    Offset {
        of: of.to_owned(),
        points,
        standard_error,
        df: None,
    }
}

fn pair(breaks: Vec<BreakRecord>) -> PairComparability {
    PairComparability {
        from: "a".to_owned(),
        to: "b".to_owned(),
        breaks,
        invariance: None,
    }
}

fn estimate(value: f64, standard_error: f64, df: f64) -> Reported {
    let variance = Some(standard_error * standard_error);
    Reported::of(Estimate::new(value, variance, Some(df), 0.95, 100, None, VarianceMethod::Taylor))
}

#[test]
fn a_break_refuses_what_it_touches_and_nothing_else() {
    let pair = pair(vec![record(BreakKind::Wording, &["q1", "quality"], Vec::new())]);
    assert_eq!(pair.standing("q1"), Standing::Refused(vec![Text::same("why")]));
    assert_eq!(pair.standing("q2"), Standing::Comparable);
    assert!(!pair.allows("quality") && pair.allows("index"));
}

#[test]
fn every_break_on_the_way_needs_its_bridge() {
    let bridged = record(BreakKind::Scale, &["q1"], vec![offset("q1", 2.0, 0.3)]);
    let again = record(BreakKind::Wording, &["q1"], vec![offset("q1", -0.5, 0.4)]);
    let Standing::Bridged(sum) = pair(vec![bridged.clone(), again]).standing("q1") else {
        panic!("bridged twice")
    };
    assert!((sum.points - 1.5).abs() < 1e-15 && (sum.standard_error - 0.5).abs() < 1e-15);
    let other = record(BreakKind::Mode, &[], Vec::new());
    assert!(!pair(vec![bridged, other]).allows("q1"));
}

#[test]
fn an_offset_bridges_only_the_quantity_it_was_measured_for() {
    let pair = pair(vec![record(BreakKind::Mode, &[], vec![offset("index", 1.0, 0.5)])]);
    assert!(pair.allows("index") && !pair.allows("quality"));
}

#[test]
fn a_reservation_refuses_nothing() {
    let mut hint = record(BreakKind::Questionnaire, &[], Vec::new());
    hint.effect = Effect::Reservation;
    assert_eq!(pair(vec![hint]).standing("index"), Standing::Comparable);
}

#[test]
fn an_offset_shifts_the_value_and_widens_the_error() {
    // By hand: 80 − 2 = 78; √(0.9² + 1.2²) = 1.5; df (0.81 + 1.44)²/(0.81²/50 + 1.44²/20) = 43.3142…
    let bridge = Bridge {
        points: 2.0,
        standard_error: 1.2,
        df: Some(20.0),
    };
    let found = bridge.apply(&estimate(80.0, 0.9, 50.0), 0.95).estimate.unwrap();
    assert!((found.value - 78.0).abs() < 1e-12 && (found.standard_error.unwrap() - 1.5).abs() < 1e-12);
    let by_hand = 2.25 * 2.25 / (0.81 * 0.81 / 50.0 + 1.44 * 1.44 / 20.0);
    assert!((found.df.unwrap() - by_hand).abs() < 1e-9);
    assert!(found.interval.unwrap().lower < 78.0 - 1.96 * 1.5);
    let declared = Bridge::NONE.apply(&estimate(80.0, 0.9, 50.0), 0.95);
    assert_eq!(declared, estimate(80.0, 0.9, 50.0));
}

#[test]
fn every_kind_has_its_words() {
    let kinds = [
        "wording",
        "scale",
        "options",
        "mode",
        "frame",
        "question-order",
        "items",
        "index-rule",
        "questionnaire",
    ];
    for word in kinds {
        let kind: BreakKind = serde_json::from_value(serde_json::json!(word)).unwrap();
        assert_eq!(kind.as_str(), word);
        for lang in [Lang::Zh, Lang::En] {
            assert!(Messages::of(lang).has(&format!("break-{word}")), "{word}");
            let found = format!("break-found-{word}");
            assert!(word == "question-order" || Messages::of(lang).has(&found), "{found}");
        }
    }
}

proptest! {
    #[test]
    fn two_bridges_in_either_order_are_one(
        a in -5.0_f64..5.0, b in -5.0_f64..5.0, sa in 0.1_f64..3.0, sb in 0.1_f64..3.0, da in 2.0_f64..90.0, db in 2.0_f64..90.0,
    ) {
        let first = Offset { df: Some(da), ..offset("index", a, sa) };
        let second = Offset { df: Some(db), ..offset("index", b, sb) };
        let (ab, ba) = (Bridge::NONE.and(&first).and(&second), Bridge::NONE.and(&second).and(&first));
        prop_assert!((ab.points - ba.points).abs() < 1e-12 && (ab.standard_error - ba.standard_error).abs() < 1e-12);
        prop_assert!((ab.df.unwrap() - ba.df.unwrap()).abs() < 1e-6 * ab.df.unwrap());
        // One after the other = both at once.
        let later = estimate(70.0, 1.0, 60.0);
        let one = Bridge::NONE.and(&first).apply(&Bridge::NONE.and(&second).apply(&later, 0.95), 0.95).estimate.unwrap();
        let both = ab.apply(&later, 0.95).estimate.unwrap();
        prop_assert!((one.value - both.value).abs() < 1e-10);
        prop_assert!((one.standard_error.unwrap() - both.standard_error.unwrap()).abs() < 1e-10);
    }
}
