//! Coverage, sample size, Kish's effect and stratified estimation against numbers from R.
//!
//! Every file read here is described in `tests/reference/SAMPLING.md`; each JSON names its program in `provenance`.
//! R wrote 15 significant digits, so no relative tolerance can be tighter than about 1e-14.

use manyidu::coverage::goodness_of_fit::{GoodnessOfFit, StratumCounts, goodness_of_fit};
use manyidu::coverage::response_rate::{DispositionCounts, DispositionSums, EligibilityShare, OutcomeRates};
use manyidu::index::post_stratified::{PostStratum, post_stratified_mean};
use manyidu::index::stratified::{LonelyStratumPolicy, StratifiedError, StratifiedEstimate, VarianceOptions};
use manyidu::index::stratified_mean::{StratifiedMean, StratumValues, ValueSums, stratified_mean};
use manyidu::index::stratified_ratio::{StratumPairs, stratified_ratio};
use manyidu::sample::size::{ProportionPlan, margin_from_interviews};
use manyidu::weight::kish::KishSums;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Frame counts of elementary, high and middle schools in the `api` population, N = 6194.
const FRAME: [(&str, u64); 3] = [("E", 4421), ("H", 755), ("M", 1018)];

const LEVEL: f64 = 0.95;

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

// --- the api samples ---------------------------------------------------------------------------------------------

#[derive(Clone, Deserialize)]
struct School {
    stype: String,
    sch_wide: String,
    api00: f64,
    api_stu: f64,
    enroll: f64,
    pw: f64,
}

fn schools(text: &str) -> Vec<School> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .unwrap()
}

fn stratified_sample() -> Vec<School> {
    schools(include_str!("../reference/api_strat.csv"))
}

fn simple_sample() -> Vec<School> {
    schools(include_str!("../reference/api_srs.csv"))
}

fn reference() -> Value {
    serde_json::from_str(include_str!("../reference/stratified.json")).unwrap()
}

fn sums_of<'a>(cases: impl Iterator<Item = &'a School>) -> ValueSums {
    let mut sums = ValueSums::default();
    for school in cases {
        sums.n += 1;
        sums.sum += school.api00;
        sums.sum_squares += school.api00 * school.api00;
    }
    sums
}

fn options(finite_population_correction: bool) -> VarianceOptions {
    VarianceOptions {
        finite_population_correction,
        lonely_strata: LonelyStratumPolicy::Fail,
    }
}

/// One of the five designs of the reference file, as the sums of each stratum over the cases of a domain.
struct Design {
    name: &'static str,
    sample: Vec<School>,
    options: VarianceOptions,
    /// Stratum, frame count, weight.
    strata: Vec<(Option<&'static str>, u64, f64)>,
}

fn designs() -> Vec<Design> {
    let (strat, srs) = (stratified_sample(), simple_sample());
    let printed_weight = |stype: &str| strat.iter().find(|school| school.stype == stype).unwrap().pw;
    let exact_weight = |stype: &str, units: u64| units as f64 / sums_of(of_type(&strat, Some(stype))).n as f64;
    let printed: Vec<_> = FRAME.iter().map(|&(s, units)| (Some(s), units, printed_weight(s))).collect();
    let exact = FRAME.iter().map(|&(s, units)| (Some(s), units, exact_weight(s, units))).collect();
    let simple = vec![(None, 6194, 6194.0 / 200.0)];
    let design = |name, sample: &[School], fpc, strata| Design {
        name,
        sample: sample.to_vec(),
        options: options(fpc),
        strata,
    };
    vec![
        design("srs_fpc", &srs, true, simple.clone()),
        design("srs_pw_nofpc", &srs, false, simple),
        design("strat_fpc", &strat, true, printed.clone()),
        design("strat_fpc_exactw", &strat, true, exact),
        design("strat_nofpc", &strat, false, printed),
    ]
}

fn of_type<'a>(sample: &'a [School], stype: Option<&'a str>) -> impl Iterator<Item = &'a School> + Clone {
    sample.iter().filter(move |school| stype.is_none_or(|stype| school.stype == stype))
}

impl Design {
    fn mean(&self, in_domain: impl Fn(&School) -> bool) -> StratifiedMean {
        let strata: Vec<StratumValues> = self
            .strata
            .iter()
            .map(|&(stype, population, weight)| StratumValues {
                sampled: of_type(&self.sample, stype).count() as u64,
                population: Some(population),
                weight,
                values: sums_of(of_type(&self.sample, stype).filter(|school| in_domain(school))),
            })
            .collect();
        stratified_mean(&strata, self.options, LEVEL).unwrap()
    }

    fn ratio(&self) -> StratifiedEstimate {
        let sum = |stype, term: fn(&School) -> f64| of_type(&self.sample, stype).map(term).sum::<f64>();
        let strata: Vec<StratumPairs> = self
            .strata
            .iter()
            .map(|&(stype, population, weight)| StratumPairs {
                sampled: of_type(&self.sample, stype).count() as u64,
                population: Some(population),
                weight,
                n: of_type(&self.sample, stype).count() as u64,
                sum_y: sum(stype, |s| s.api_stu),
                sum_x: sum(stype, |s| s.enroll),
                sum_yy: sum(stype, |s| s.api_stu * s.api_stu),
                sum_xy: sum(stype, |s| s.api_stu * s.enroll),
                sum_xx: sum(stype, |s| s.enroll * s.enroll),
            })
            .collect();
        stratified_ratio(&strata, self.options, LEVEL).unwrap()
    }
}

#[test]
fn means_equal_survey() {
    for design in designs() {
        let expected = &reference()["designs"][design.name]["mean_api00"];
        let mean = design.mean(|_| true);
        let name = design.name;
        close(name, mean.estimate.value, number(&expected["est"]), 1e-13);
        close(name, mean.estimate.standard_error, number(&expected["se"]), 1e-12);
        close(name, mean.design_effect.unwrap().effect, number(&expected["deff"]), 1e-11);
        close(
            name,
            mean.design_effect_with_replacement.unwrap().effect,
            number(&expected["deff_wr"]),
            1e-11,
        );
        assert_eq!(Some(mean.estimate.df), expected["df"].as_u64());
        let interval = mean.estimate.interval.unwrap();
        close(name, interval.lower, number(&expected["ci95_t"][0]), 1e-12);
        close(name, interval.upper, number(&expected["ci95_t"][1]), 1e-12);
    }
}

#[test]
fn domain_means_keep_the_whole_stratum() {
    for design in designs() {
        let reference = reference();
        let expected = &reference["designs"][design.name];
        for (stype, _) in FRAME {
            let domain = &expected["domain_mean_api00_by_stype"][stype];
            let mean = design.mean(|school| school.stype == stype);
            close(stype, mean.estimate.value, number(&domain["est"]), 1e-13);
            close(stype, mean.estimate.standard_error, number(&domain["se"]), 1e-12);
            close(stype, mean.design_effect.unwrap().effect, number(&domain["deff"]), 1e-11);
        }
        let subset = &expected["subset_schwide_yes"];
        let mean = design.mean(|school| school.sch_wide == "Yes");
        assert_eq!(Some(mean.estimate.n), subset["n"].as_u64());
        assert_eq!(Some(mean.estimate.df), subset["df"].as_u64());
        close(design.name, mean.estimate.value, number(&subset["est"]), 1e-13);
        close(design.name, mean.estimate.standard_error, number(&subset["se"]), 1e-12);
        close(design.name, mean.design_effect.unwrap().effect, number(&subset["deff"]), 1e-11);
        let interval = mean.estimate.interval.unwrap();
        close(design.name, interval.lower, number(&subset["ci95_t"][0]), 1e-12);
        close(design.name, interval.upper, number(&subset["ci95_t"][1]), 1e-12);
    }
}

#[test]
fn ratios_equal_survey() {
    for design in designs() {
        let expected = &reference()["designs"][design.name]["ratio_apistu_enroll"];
        let ratio = design.ratio();
        close(design.name, ratio.value, number(&expected["est"]), 1e-13);
        close(design.name, ratio.standard_error, number(&expected["se"]), 1e-12);
    }
}

#[test]
fn a_stratified_mean_is_the_weighted_sum_of_stratum_means() {
    // Second route with exact weights: Σ W_h·ȳ_h and Σ W_h²·(1 − f_h)·s_h²/n_h, without linearisation.
    let sample = stratified_sample();
    let (mut mean, mut variance) = (0.0, 0.0);
    for (stype, units) in FRAME {
        let values: Vec<f64> = of_type(&sample, Some(stype)).map(|school| school.api00).collect();
        let n = values.len() as f64;
        let own = values.iter().sum::<f64>() / n;
        let spread = values.iter().map(|y| (y - own).powi(2)).sum::<f64>() / (n - 1.0);
        let share = units as f64 / 6194.0;
        mean += share * own;
        variance += share * share * (1.0 - n / units as f64) * spread / n;
    }
    let exact = designs().into_iter().find(|design| design.name == "strat_fpc_exactw").unwrap();
    let estimate = exact.mean(|_| true).estimate;
    close("mean", estimate.value, mean, 1e-13);
    close("standard error", estimate.standard_error, f64::sqrt(variance), 1e-12);
}

#[test]
fn kish_effects_equal_survey() {
    for design in designs() {
        let expected = &reference()["designs"][design.name];
        let (mut by_case, mut by_stratum) = (KishSums::new(), KishSums::new());
        for &(stype, _, weight) in &design.strata {
            let cases = of_type(&design.sample, stype).count();
            (0..cases).for_each(|_| by_case.insert(weight));
            by_stratum.insert_many(weight, cases as u64);
        }
        for sums in [by_case, by_stratum] {
            let kish = sums.finish().unwrap();
            close(design.name, kish.effect, number(&expected["kish_deff"]), 1e-13);
            close(design.name, kish.effective_size, number(&expected["kish_neff"]), 1e-13);
        }
    }
}

// --- post-stratification -----------------------------------------------------------------------------------------

fn post_strata() -> Vec<PostStratum> {
    let sample = simple_sample();
    FRAME
        .iter()
        .map(|&(stype, population)| PostStratum {
            population,
            values: sums_of(of_type(&sample, Some(stype))),
        })
        .collect()
}

#[test]
fn a_post_stratified_mean_equals_survey() {
    let expected = &reference()["post_stratified_srs_fpc"];
    let corrected = post_stratified_mean(&post_strata(), options(true), LEVEL).unwrap();
    close("mean", corrected.value, number(&expected["est"]), 1e-13);
    close("standard error", corrected.standard_error, number(&expected["se"]), 1e-12);
    assert_eq!(corrected.df, 199);
}

#[test]
fn without_correction_the_post_stratified_variance_is_larger_by_one_over_one_minus_f() {
    // No R value without correction was stored; this is the same variance divided by 1 − 200/6194.
    let expected = &reference()["post_stratified_srs_fpc"];
    let plain = post_stratified_mean(&post_strata(), options(false), LEVEL).unwrap();
    let unsampled = 1.0 - 200.0 / 6194.0;
    close(
        "standard error",
        plain.standard_error,
        number(&expected["se"]) / f64::sqrt(unsampled),
        1e-12,
    );
}

// --- lonely strata -----------------------------------------------------------------------------------------------

/// All elementary and middle schools, but only the first high school.
fn lonely_strata() -> Vec<StratumValues> {
    let sample = stratified_sample();
    FRAME
        .iter()
        .map(|&(stype, population)| {
            let cases = of_type(&sample, Some(stype)).take(if stype == "H" { 1 } else { usize::MAX });
            let weight = cases.clone().next().unwrap().pw;
            let values = sums_of(cases);
            StratumValues {
                sampled: values.n,
                population: Some(population),
                weight,
                values,
            }
        })
        .collect()
}

#[test]
fn lonely_strata_follow_the_options_of_survey() {
    let policies = [
        (LonelyStratumPolicy::Certainty, "certainty"),
        (LonelyStratumPolicy::Average, "average"),
        (LonelyStratumPolicy::Adjust, "adjust"),
    ];
    for (lonely_strata_policy, name) in policies {
        let options = VarianceOptions {
            finite_population_correction: false,
            lonely_strata: lonely_strata_policy,
        };
        let estimate = stratified_mean(&lonely_strata(), options, LEVEL).unwrap().estimate;
        let expected = &reference()["lonely_psu"]["policies"][name];
        close(name, estimate.value, number(&expected["est"]), 1e-13);
        close(name, estimate.standard_error, number(&expected["se"]), 1e-12);
        assert_eq!((Some(estimate.df), estimate.lonely_strata), (expected["degf"].as_u64(), 1));
    }
    let refused = stratified_mean(&lonely_strata(), options(false), LEVEL);
    assert_eq!(refused, Err(StratifiedError::LonelyStratum { stratum: 1 }));
}
