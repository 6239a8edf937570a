//! Coverage, response rates and sample size against numbers from R.
//!
//! Every file read here is described in `tests/reference/SAMPLING.md`; each JSON names its program in `provenance`.
//! R wrote 15 significant digits, so no relative tolerance can be tighter than about 1e-14.

use manyidu::coverage::goodness_of_fit::{GoodnessOfFit, StratumCounts, goodness_of_fit};
use manyidu::coverage::response_rate::{DispositionCounts, DispositionSums, EligibilityShare, OutcomeRates};
use manyidu::sample::size::{ProportionPlan, margin_from_interviews};
use serde_json::Value;
use std::collections::BTreeMap;

fn close(what: &str, actual: f64, expected: f64, relative: f64) {
    let difference = (actual - expected).abs();
    assert!(difference <= relative * expected.abs(), "{what}: {actual:?} is not {expected:?}");
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is not a number"))
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn counts(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|count| count.as_u64().unwrap()).collect()
}

// --- goodness of fit ---------------------------------------------------------------------------------------------

fn representativeness() -> Value {
    serde_json::from_str(include_str!("../reference/representativeness.json")).unwrap()
}

fn fit_of(case: &Value) -> GoodnessOfFit {
    let strata: Vec<StratumCounts> = counts(&case["N"])
        .into_iter()
        .zip(counts(&case["n"]))
        .map(|(frame, observed)| StratumCounts { frame, observed })
        .collect();
    goodness_of_fit(&strata).unwrap()
}

#[test]
fn goodness_of_fit_equals_r() {
    for (name, case) in representativeness()["cases"].as_object().unwrap() {
        let fit = fit_of(case);
        let corrected = fit.pearson_fpc.unwrap();
        let pairs = [
            (fit.pearson.statistic, "pearson_X2"),
            (fit.pearson.p_value, "pearson_p"),
            (fit.pearson.df, "df"),
            (corrected.statistic, "X2_fpc"),
            (corrected.p_value, "X2_fpc_p"),
            (fit.fpc_factor.unwrap(), "fpc_factor"),
            (fit.dissimilarity, "index_dissimilarity"),
            (fit.likelihood_ratio.statistic, "G"),
            (fit.likelihood_ratio.p_value, "G_p"),
            (fit.cramers_v, "cramers_v"),
            (fit.stability_index.unwrap(), "psi"),
        ];
        for (actual, key) in pairs {
            close(&format!("{name} {key}"), actual, number(&case[key]), 1e-10);
        }
        // R went through all compositions of three strata, not of six (2.9·10⁹ of them), and neither do we.
        let exact = [
            (fit.multinomial_p, "exact_multinomial_p_X2order"),
            (fit.hypergeometric_p, "exact_mv_hypergeom_p_X2order"),
        ];
        for (actual, key) in exact {
            assert_eq!(actual.is_some(), case.get(key).is_some(), "{name} {key}");
            if let Some(actual) = actual {
                close(&format!("{name} {key}"), actual, number(&case[key]), 1e-9);
            }
        }
    }
}

#[test]
fn each_stratum_of_the_fit_equals_r() {
    for (name, case) in representativeness()["cases"].as_object().unwrap() {
        for (h, row) in fit_of(case).strata.iter().enumerate() {
            let interval = numbers(&case["wilson95"][h]);
            let exact = numbers(&case["clopper_pearson95"][h]);
            let triples = [
                (row.expected, number(&case["expected"][h]), 1e-10),
                (row.standardised_residual, number(&case["std_residual"][h]), 1e-10),
                (row.standardised_residual_fpc.unwrap(), number(&case["std_residual_fpc"][h]), 1e-10),
                (row.observed_share_interval.lower, interval[0], 1e-10),
                (row.observed_share_interval.upper, interval[1], 1e-10),
                (row.observed_share_exact_interval.lower, exact[0], 1e-10),
                (row.observed_share_exact_interval.upper, exact[1], 1e-10),
                (row.hypergeometric_p.unwrap(), number(&case["hypergeom_two_sided_minlike"][h]), 1e-9),
                (row.hypergeometric_p_holm.unwrap(), number(&case["holm"][h]), 1e-9),
            ];
            for (position, (actual, expected, relative)) in triples.into_iter().enumerate() {
                close(&format!("{name} stratum {h} value {position}"), actual, expected, relative);
            }
        }
    }
}

// --- response rates ----------------------------------------------------------------------------------------------

fn aapor() -> Value {
    serde_json::from_str(include_str!("../reference/aapor.json")).unwrap()
}

fn dispositions(counts: &Value) -> DispositionCounts {
    let count = |code: &str| counts.get(code).map_or(0, |count| count.as_u64().unwrap());
    DispositionCounts {
        complete: count("I"),
        partial: count("P"),
        refusal: count("R"),
        non_contact: count("NC"),
        other: count("O"),
        unknown_household: count("UH"),
        unknown_other: count("UO"),
        not_eligible: count("NE"),
    }
}

fn by_name(rates: &OutcomeRates) -> BTreeMap<String, f64> {
    let response = rates
        .response
        .iter()
        .map(|rate| (format!("{:?}", rate.definition), rate.rate_share));
    let others = [
        ("COOP1", rates.coop1),
        ("COOP2", rates.coop2),
        ("COOP3", rates.coop3),
        ("COOP4", rates.coop4),
        ("REF1", rates.ref1),
        ("REF2", rates.ref2),
        ("REF3", rates.ref3),
        ("CON1", rates.con1),
        ("CON2", rates.con2),
        ("CON3", rates.con3),
        ("LOC1", rates.loc1),
        ("LOC2", rates.loc2),
    ];
    response
        .chain(others.map(|(name, rate)| (name.to_owned(), rate)))
        .map(|(name, rate)| (name.to_uppercase(), rate.unwrap()))
        .collect()
}

#[test]
fn outcome_rates_equal_outcomerate() {
    let reference = aapor();
    for case in reference["cases"].as_array().unwrap() {
        let rule = case["e"].as_f64().map_or(EligibilityShare::Casro, EligibilityShare::Given);
        let counts = dispositions(&case["counts"]);
        close("e", counts.eligibility_share(rule).unwrap(), number(&case["e_value"]), 1e-12);
        let actual = by_name(&counts.outcome_rates(rule));
        let expected = case["rates"].as_object().unwrap();
        assert!(actual.keys().eq(expected.keys().collect::<std::collections::BTreeSet<_>>()));
        for (name, rate) in expected {
            close(&format!("{} {name}", case["label"]), actual[name], number(rate), 1e-12);
        }
    }
    for case in reference["casro"].as_array().unwrap() {
        let e = dispositions(&case["counts"]).eligibility_share(EligibilityShare::Casro);
        close("e by CASRO", e.unwrap(), number(&case["e"]), 1e-12);
    }
}

/// The cases behind the weighted rates belong to the package. Seven of the eighteen rates determine the weighted sums by
/// disposition (up to a factor, which no rate has); the other eleven then have to come out.
#[test]
fn weighted_outcome_rates_equal_outcomerate() {
    let reference = aapor();
    let rate = |name: &str| number(&reference["weighted"][name]);
    let eligible = 1.0;
    let sums = DispositionSums {
        complete: rate("RR5") * eligible,
        partial: (rate("RR6") - rate("RR5")) * eligible,
        refusal: rate("REF3") * eligible,
        other: (rate("CON3") - rate("RR6") - rate("REF3")) * eligible,
        non_contact: (1.0 - rate("CON3")) * eligible,
        unknown_other: eligible / rate("LOC1") - eligible,
        ..DispositionSums::default()
    };
    let rates = by_name(&sums.outcome_rates(EligibilityShare::Given(number(&reference["weighted_e"]))));
    assert_eq!(rates.len(), 18);
    for (name, actual) in &rates {
        close(&format!("weighted {name}"), *actual, rate(name), 1e-12);
    }
    let doubled = DispositionSums {
        complete: 2.0 * sums.complete,
        partial: 2.0 * sums.partial,
        refusal: 2.0 * sums.refusal,
        other: 2.0 * sums.other,
        non_contact: 2.0 * sums.non_contact,
        unknown_other: 2.0 * sums.unknown_other,
        ..sums
    };
    let again = by_name(&doubled.outcome_rates(EligibilityShare::Given(0.8)));
    assert!(
        rates.iter().all(|(name, rate)| (again[name] - rate).abs() < 1e-14),
        "the unit of the weights matters"
    );
}

// --- sample size -------------------------------------------------------------------------------------------------

#[test]
fn the_margin_brackets_the_size() {
    let plan = ProportionPlan {
        population: Some(6194),
        ..ProportionPlan::default()
    };
    assert!(margin_from_interviews(&plan, 362).unwrap() < 0.05);
    assert!(margin_from_interviews(&plan, 361).unwrap() > 0.05);
}
