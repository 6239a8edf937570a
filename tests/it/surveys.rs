//! The shipped surveys, run whole, against numbers computed elsewhere.

use crate::support::{run_survey, text};
use manyidu::assessment::inner::MediatedEffect;
use manyidu::index::estimate::VarianceMethod;
use serde_json::Value;

/// Reference: seminr 2.3.4, path scheme, tight tolerance; index by the theoretical range (`tests/reference/README.md`).
/// Standard errors have statistical anchors only: the bootstrap of 5,000 resamples in seminr and plspm for the paths, in a
/// NumPy script of the reference material for the index. Ours come from 1,000: the ratio of two such errors has a standard deviation of
/// √(1/2,000 + 1/10,000) = 2.4 % for a nearly normal number and up to half as much again for one with long tails.
#[test]
fn ecsi_mobile_is_the_published_model() {
    let run = run_survey("ecsi-mobile");
    let wave = &run.assessment.waves[0];
    let index = wave.index.estimate.unwrap();
    let reference: Value = serde_json::from_str(&text("tests/reference/pls_mobi.json")).unwrap();
    let scheme = &reference["schemes"]["path"];
    assert!((index.value - 72.454_117_93).abs() < 1e-8, "{}", index.value);
    assert_eq!(index.method, VarianceMethod::Bootstrap);
    let anchors: Value = serde_json::from_str(&text("tests/reference/pls_bootstrap.json")).unwrap();
    let anchor = anchors["index_0_100_se"]["Satisfaction"].as_f64().unwrap();
    assert!(
        (index.standard_error.unwrap() / anchor - 1.0).abs() < 0.075,
        "{:?}",
        index.standard_error
    );
    assert_eq!((index.n, index.df), (250, Some(249.0)));
    let model = wave.model.as_ref().unwrap();
    for item in &model.items {
        let weight = scheme["outer_weights"][&item.item].as_f64().unwrap();
        let loading = scheme["loadings"][&item.item].as_f64().unwrap();
        assert!(
            (item.outer_weight - weight).abs() < 1e-8 && (item.loading - loading).abs() < 1e-8,
            "{}",
            item.item
        );
    }
    let construct = |id: &str| format!("{}{}", id[..1].to_uppercase(), &id[1..]);
    assert_eq!(model.paths.len(), 12);
    for path in &model.paths {
        let key = format!("{} -> {}", construct(&path.from), construct(&path.to));
        let expected = scheme["path_coefficients"][&key].as_f64().unwrap_or_else(|| panic!("{key}"));
        assert!((path.coefficient.value - expected).abs() < 1e-8, "{key}");
        let ratio = path.coefficient.standard_error.unwrap() / anchors["seminr_path_se"][&key].as_f64().unwrap();
        assert!((0.88..1.12).contains(&ratio), "{key}: {ratio}");
    }
    for r2 in &model.r2 {
        let expected = scheme["r2"][construct(&r2.dimension)].as_f64().unwrap();
        assert!((r2.r2.value - expected).abs() < 1e-8, "{}", r2.dimension);
    }
    effects_on_the_index_are_the_published_ones(&model.inner.mediation, scheme);
    // One item is never reliable by decree.
    let complaints = wave.dimensions.iter().find(|d| d.id == "complaints").unwrap();
    assert_eq!(complaints.reliability.alpha, None);
    assert_eq!(wave.determinations[0].grade_certain, None);
}

/// Total and indirect effects with their intervals: values of seminr, errors and quantiles near those of its 5,000 resamples (`pls_resampling.json`).
fn effects_on_the_index_are_the_published_ones(found: &[MediatedEffect], scheme: &Value) {
    let anchors: Value = serde_json::from_str(&text("tests/reference/pls_resampling.json")).unwrap();
    assert_eq!(found.len(), 4);
    for effect in found {
        let key = format!("{}{} -> Satisfaction", effect.from[..1].to_uppercase(), &effect.from[1..]);
        let total = effect.total_estimate.unwrap();
        assert!(
            (total.value - scheme["total_effects"][&key].as_f64().unwrap()).abs() < 1e-8,
            "{key}"
        );
        let anchor = &anchors["total_effects"][&key];
        let se = anchor["se"].as_f64().unwrap();
        assert!((0.88..1.12).contains(&(total.standard_error.unwrap() / se)), "{key}");
        // A 2.5 % quantile of 1,000 draws of a normal number has an error of 0.084 of its standard deviations, one of 5,000 of 0.038.
        let interval = total.interval.unwrap();
        for (ours, quantile) in [(interval.lower, "q025"), (interval.upper, "q975")] {
            assert!(
                (ours - anchor[quantile].as_f64().unwrap()).abs() < 4.0 * 0.093 * se,
                "{key} {quantile}"
            );
        }
        match (effect.indirect_estimate, scheme["indirect_effects"].get(&key)) {
            (Some(indirect), Some(expected)) => {
                assert!((indirect.value - expected.as_f64().unwrap()).abs() < 1e-8, "{key}");
                let interval = indirect.interval.unwrap();
                assert!(interval.lower < indirect.value && indirect.value < interval.upper);
            }
            (None, None) => assert_eq!(effect.from, "value"),
            other => panic!("{key}: {other:?}"),
        }
    }
}

/// Reference: pandas on the same file, independent of this project (`abc_expected.json`); it prints six decimals.
#[test]
fn abc_b2b_equals_the_oracle() {
    let run = run_survey("abc-b2b");
    let wave = &run.assessment.waves[0];
    let oracle: Value = serde_json::from_str(&text("tests/reference/abc_expected.json")).unwrap();
    let keys = [
        ("equipment", "equipment"),
        ("sales_support", "sales_support"),
        ("technical_support", "technical_support"),
        ("training", "training"),
        ("supplies", "supplies_orders"),
        ("administrative", "purchasing_admin_support"),
        ("contracts", "contracts_terms_pricing"),
    ];
    let mut composite = 0.0;
    for (id, key) in keys {
        let dimension = wave.dimensions.iter().find(|d| d.id == id).unwrap();
        let expected = oracle[key]["index0_100_weighted"].as_f64().unwrap();
        let value = dimension.score.estimate.unwrap().value;
        // Half a unit of the oracle's sixth decimal, carried through its rounding of means to 0–100.
        assert!((value - expected).abs() < 1e-6, "{id}: {value} {expected}");
        composite += value / 7.0;
        let items: Vec<_> = wave.items.iter().filter(|i| i.dimension == id).collect();
        let missing = |reason| items.iter().filter_map(|i| i.missing.get(&reason)).sum::<u64>();
        use manyidu::survey::MissingReason::{NoAnswer, NotApplicable};
        assert_eq!(
            missing(NotApplicable),
            oracle[key]["n_zero"].as_u64().unwrap(),
            "{id}: 0 is not applicable, not a score"
        );
        assert_eq!(missing(NoAnswer), oracle[key]["n_blank"].as_u64().unwrap(), "{id}");
        for item in items {
            let mean = oracle[key]["item_means"][&item.id].as_f64().unwrap();
            assert!(
                (item.score.estimate.unwrap().value - (mean - 1.0) * 25.0).abs() < 2e-5,
                "{}",
                item.id
            );
            let importance = oracle[key]["importance_means_1to3"][&item.id].as_f64().unwrap();
            assert!((item.stated_importance.unwrap() - importance).abs() < 1e-6, "{}", item.id);
        }
    }
    assert!((wave.index.estimate.unwrap().value - composite).abs() < 1e-9);
    let countries: u64 = wave.domains.iter().map(|d| d.n).sum();
    assert_eq!(countries, 266);
}

#[test]
fn the_smallest_definition_runs() {
    let run = run_survey("minimal");
    let wave = &run.assessment.waves[0];
    assert!(wave.index.estimate.is_some());
    assert_eq!(wave.index.estimate.unwrap().method, VarianceMethod::Taylor);
}

/// The shipped three-wave survey tells the story that was planted in it (`data-samples/appliance-after-sales/truth.json`).
#[test]
fn appliance_tells_its_planted_story() {
    let run = run_survey("appliance-after-sales");
    let waves = &run.assessment.waves;
    assert_eq!(waves.iter().map(|w| w.id.as_str()).collect::<Vec<_>>(), ["2023", "2024", "2025"]);
    let truth: Value = serde_json::from_str(&text("data-samples/appliance-after-sales/truth.json")).unwrap();
    for (wave, planted) in waves.iter().zip(truth["waves"].as_array().unwrap()) {
        let planted = &planted["planted"];
        let hit = |rule: &str| wave.cleaning.rules.iter().find(|r| r.rule == rule).map_or(0, |r| r.hit);
        assert_eq!(Some(hit("duplicate")), planted["duplicate"].as_u64(), "{planted}");
        assert_eq!(wave.cleaning.received, 660);
        assert_eq!(wave.cleaning.excluded, 660 - wave.coverage.n);
        assert!(wave.coverage.goodness_of_fit.is_some() && wave.coverage.response_rate.is_some());
        let population: f64 = wave.weights.strata.iter().map(|s| s.final_weight * s.n as f64).sum();
        assert!((population - wave.coverage.population.unwrap() as f64).abs() < 1e-6);
        assert_eq!(wave.domains.len(), 6);
        assert_eq!(wave.index.estimate.unwrap().method, VarianceMethod::JackknifeDeleteGroup);
    }
    let encodings: Vec<&str> = waves
        .iter()
        .flat_map(|w| &w.inputs)
        .filter(|i| i.kind == "responses")
        .map(|i| i.encoding.as_str())
        .collect();
    assert!(encodings.contains(&"gb18030") && encodings.contains(&"UTF-8"), "{encodings:?}");
    // 2025 is better than 2024, and handling of complaints is what improved most.
    let last = run
        .assessment
        .comparisons
        .iter()
        .find(|c| c.from == "2024" && c.to == "2025")
        .unwrap();
    use manyidu::trend::Direction;
    assert_eq!(last.changes[0].direction, Direction::Up);
    let most = last.changes[1..]
        .iter()
        .max_by(|a, b| a.change_points.partial_cmp(&b.change_points).unwrap())
        .unwrap();
    assert_eq!(most.quantity, "complaints");
    // The line at 85 lies inside the interval of 2025: nobody can tell.
    let grade = &waves[2].determinations[0].grades[0];
    assert_eq!((grade.grade.as_str(), grade.verdict), ("3A", manyidu::grade::Verdict::CannotTell));
    assert!(waves[2].determinations[0].provisional);
    // A star is never read from a survey mean.
    assert!(
        waves[2].determinations[1]
            .grades
            .iter()
            .all(|g| g.verdict == manyidu::grade::Verdict::NotAvailable)
    );
    assert_eq!(run.assessment.gates_failed, 0);
    let rows = run.scores.unwrap().wave.len() as u64;
    assert_eq!(rows, waves.iter().map(|w| w.coverage.n).sum::<u64>());
}

#[test]
fn no_estimate_is_outside_its_interval_and_no_standard_error_is_its_bound() {
    for id in ["ecsi-mobile", "abc-b2b", "appliance-after-sales", "minimal"] {
        let run = run_survey(id);
        let json = serde_json::to_value(&run.assessment).unwrap();
        let mut seen = 0;
        visit(&json, &mut seen);
        // Of a sample that is not random no precision of scores is claimed, unless the definition asks for that of a model; that of paths is.
        let withheld = id == "minimal";
        assert_eq!(seen > 5, !withheld, "{id}: {seen}");
    }
}

fn visit(value: &Value, seen: &mut u64) {
    match value {
        Value::Object(map) => {
            if let (Some(v), Some(se), Some(interval)) = (map.get("value"), map.get("standard_error"), map.get("interval"))
                && let (Some(v), Some(se)) = (v.as_f64(), se.as_f64())
            {
                let (low, high) = (interval["lower"].as_f64().unwrap(), interval["upper"].as_f64().unwrap());
                assert!(low <= v && v <= high && se.to_bits() != low.to_bits(), "{map:?}");
                *seen += 1;
            }
            map.values().for_each(|v| visit(v, seen));
        }
        Value::Array(array) => array.iter().for_each(|v| visit(v, seen)),
        _ => {}
    }
}
