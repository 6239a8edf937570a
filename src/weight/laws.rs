//! Laws of the weighting steps, and one step against another.

use super::calibrate::{Auxiliary, CalibrateOptions, Distance, calibrate};
use super::cells::CellWeights;
use super::error::WeightError;
use super::ledger::{Iteration, Ledger, digest};
use super::margin::{Category, LargestError, Margin, largest_error};
use super::nonresponse::{ResponseClass, nonresponse_factors};
use super::poststratify::poststratify;
use super::rake::{RakeOptions, RakeStop, rake};
use super::residuals::CalibrationSteps;
use super::trim::{Redistribution, trim};
use proptest::prelude::*;

/// A population of 2 × 3 combinations, each with respondents: whatever is asked of the margins can be met.
#[derive(Debug, Clone)]
struct Case {
    cells: CellWeights,
    margins: [Margin; 2],
}

fn margin(name: &str, targets: &[f64], of_cell: Vec<usize>) -> Margin {
    let category = |(at, target): (usize, &f64)| Category {
        name: format!("{name}{at}"),
        target: *target,
    };
    Margin {
        name: name.to_owned(),
        categories: targets.iter().enumerate().map(category).collect(),
        of_cell,
    }
}

/// Two cells a combination, so that a combination is more than one cell.
fn cases() -> impl Strategy<Value = Case> {
    let counts = prop::collection::vec(1_u64..30, 12);
    let weights = prop::collection::vec(0.5_f64..20.0, 12);
    let population = prop::collection::vec(50.0_f64..500.0, 6);
    (counts, weights, population).prop_map(|(counts, weights, population)| {
        let of = |f: fn(usize) -> usize| (0..12).map(|cell| f(cell / 2)).collect::<Vec<usize>>();
        let sums = |f: fn(usize) -> usize, categories: usize| -> Vec<f64> {
            let of_category = |category| (0..6).filter(move |k| f(*k) == category);
            (0..categories)
                .map(|category| of_category(category).map(|k| population[k]).sum())
                .collect()
        };
        Case {
            cells: CellWeights::new(counts, weights).unwrap(),
            margins: [
                margin("a", &sums(|k| k / 3, 2), of(|k| k / 3)),
                margin("b", &sums(|k| k % 3, 3), of(|k| k % 3)),
            ],
        }
    })
}

const TIGHT: RakeOptions = RakeOptions {
    stop: RakeStop::MarginError(1e-12),
    iterations_max: 5000,
    base_min: 1,
};

fn alike(a: &CellWeights, b: &CellWeights, relative: f64) -> bool {
    a.weights().iter().zip(b.weights()).all(|(a, b)| (a / b - 1.0).abs() < relative)
}

fn options(distance: Distance) -> CalibrateOptions {
    CalibrateOptions {
        tolerance: 1e-12,
        allow_negative: true,
        ..CalibrateOptions::new(distance)
    }
}

proptest! {
    #[test]
    fn raking_meets_its_margins(case in cases()) {
        let raked = rake(&case.cells, &case.margins, TIGHT).unwrap();
        let largest = largest_error(&case.margins, raked.cells.counts(), raked.cells.weights());
        prop_assert!(largest.relative < 1e-11, "{largest:?}");
        prop_assert!((raked.cells.sum() / case.margins[0].population() - 1.0).abs() < 1e-11);
    }

    #[test]
    fn the_order_of_margins_does_not_matter(case in cases()) {
        let [a, b] = case.margins.clone();
        let forward = rake(&case.cells, &case.margins, TIGHT).unwrap();
        let backward = rake(&case.cells, &[b, a], TIGHT).unwrap();
        prop_assert!(alike(&forward.cells, &backward.cells, 1e-9));
    }

    #[test]
    fn raking_is_calibration_with_the_raking_distance(case in cases()) {
        let raked = rake(&case.cells, &case.margins, TIGHT).unwrap();
        let auxiliary = Auxiliary::of_margins(&case.margins, case.cells.len());
        let calibrated = calibrate(&case.cells, &auxiliary, options(Distance::Raking)).unwrap();
        prop_assert!(alike(&raked.cells, &calibrated.cells, 1e-9));
    }

    #[test]
    fn poststratification_is_raking_on_one_margin(case in cases()) {
        let [a, _] = &case.margins;
        let post = poststratify(&case.cells, a, 1).unwrap();
        let raked = rake(&case.cells, std::slice::from_ref(a), TIGHT).unwrap();
        prop_assert!(alike(&post, &raked.cells, 1e-12));
    }

    #[test]
    fn saturated_regression_is_poststratification(case in cases()) {
        // Every combination a category of its own.
        let population: Vec<f64> = (0..6).map(|k| 100.0 + 17.0 * f64::from(k)).collect();
        let all = margin("k", &population, (0..12).map(|cell| cell / 2).collect());
        let post = poststratify(&case.cells, &all, 1).unwrap();
        let auxiliary = Auxiliary::of_margins(std::slice::from_ref(&all), 12);
        for distance in [Distance::Linear, Distance::Raking] {
            let regression = calibrate(&case.cells, &auxiliary, options(distance)).unwrap();
            prop_assert!(alike(&post, &regression.cells, 1e-9));
            // The variance too: both leave the same residuals.
            let sums: Vec<f64> = (0..12).map(|c| f64::from(c * c % 7) + 1.0).collect();
            let (mut one, mut other) = (CalibrationSteps::new(&case.cells), CalibrationSteps::new(&case.cells));
            one.poststratified(&all, &case.cells, &post);
            other.calibrated(&auxiliary, &case.cells, &regression.cells);
            for (a, b) in one.deductions(&sums).iter().zip(other.deductions(&sums)) {
                prop_assert!((a - b).abs() < 1e-8 * (1.0 + a.abs()), "{a} {b}");
            }
        }
    }

    #[test]
    fn doubling_the_respondents_halves_the_weights(case in cases()) {
        let counts: Vec<u64> = case.cells.counts().iter().map(|n| 2 * n).collect();
        let doubled = CellWeights::new(counts, case.cells.weights().to_vec()).unwrap();
        let halved = |cells: &CellWeights| CellWeights::new(cells.counts().to_vec(), cells.weights().iter().map(|w| w / 2.0).collect());
        let (once, twice) = (rake(&case.cells, &case.margins, TIGHT).unwrap(), rake(&doubled, &case.margins, TIGHT).unwrap());
        prop_assert!(alike(&halved(&once.cells).unwrap(), &twice.cells, 1e-9));
    }

    #[test]
    fn the_scale_of_base_weights_does_not_matter_to_raking(case in cases(), factor in 0.01_f64..100.0) {
        let scaled: Vec<f64> = case.cells.weights().iter().map(|w| w * factor).collect();
        let scaled = CellWeights::new(case.cells.counts().to_vec(), scaled).unwrap();
        let (a, b) = (rake(&case.cells, &case.margins, TIGHT).unwrap(), rake(&scaled, &case.margins, TIGHT).unwrap());
        prop_assert!(alike(&a.cells, &b.cells, 1e-9));
    }

    #[test]
    fn cells_are_their_cases_one_by_one(case in cases()) {
        let expand = |cells: &CellWeights| -> Vec<usize> {
            cells.counts().iter().enumerate().flat_map(|(cell, n)| std::iter::repeat_n(cell, *n as usize)).collect()
        };
        let of_case = expand(&case.cells);
        let single = CellWeights::of_cases(of_case.iter().map(|c| case.cells.weights()[*c]).collect()).unwrap();
        let margins = case.margins.clone().map(|m| Margin {
            of_cell: of_case.iter().map(|c| m.of_cell[*c]).collect(),
            ..m
        });
        let cells = rake(&case.cells, &case.margins, TIGHT).unwrap();
        let cases_ = rake(&single, &margins, TIGHT).unwrap();
        for (case_, cell) in of_case.iter().enumerate() {
            prop_assert!((cases_.cells.weights()[case_] / cells.cells.weights()[*cell] - 1.0).abs() < 1e-9);
        }
        // The residuals of the cases of a cell are moved by what the cell's sums say.
        let z: Vec<f64> = (0..of_case.len()).map(|i| ((i * 37 % 11) as f64) - 4.0).collect();
        let mut sums = vec![0.0; 12];
        of_case.iter().zip(&z).for_each(|(c, z)| sums[*c] += z);
        let (mut by_cell, mut by_case) = (CalibrationSteps::new(&case.cells), CalibrationSteps::new(&single));
        by_cell.raked(&case.margins, &case.cells, &cells.after_margin);
        by_case.raked(&margins, &single, &cases_.after_margin);
        let auxiliary = Auxiliary::of_margins(&case.margins, 12);
        let again = calibrate(&case.cells, &auxiliary, options(Distance::Linear)).unwrap();
        let auxiliary_of_cases = Auxiliary::of_margins(&margins, of_case.len());
        let again_of_cases = calibrate(&single, &auxiliary_of_cases, options(Distance::Linear)).unwrap();
        by_cell.calibrated(&auxiliary, &case.cells, &again.cells);
        by_case.calibrated(&auxiliary_of_cases, &single, &again_of_cases.cells);
        let (of_cells, of_cases) = (by_cell.deductions(&sums), by_case.deductions(&z));
        for (case_, cell) in of_case.iter().enumerate() {
            prop_assert!((of_cases[case_] - of_cells[*cell]).abs() < 1e-7 * (1.0 + of_cells[*cell].abs()));
        }
    }

    #[test]
    fn a_calibrated_total_does_not_vary(case in cases()) {
        // The indicator of a category has residual 0 under the regression that calibrates it.
        let auxiliary = Auxiliary::of_margins(&case.margins, 12);
        let after = calibrate(&case.cells, &auxiliary, options(Distance::Linear)).unwrap().cells;
        let mut steps = CalibrationSteps::new(&case.cells);
        steps.calibrated(&auxiliary, &case.cells, &after);
        let u = |cell: usize| f64::from(u8::from(case.margins[1].of_cell[cell] == 1));
        let sums: Vec<f64> = after.entries().enumerate().map(|(cell, (n, w))| n as f64 * w * u(cell)).collect();
        for (cell, deduction) in steps.deductions(&sums).iter().enumerate() {
            let z = after.weights()[cell] * u(cell);
            prop_assert!((z - deduction).abs() < 1e-8 * after.weights()[cell].abs().max(1.0));
        }
    }

    #[test]
    fn bounded_distances_keep_their_bounds(case in cases()) {
        let auxiliary = Auxiliary::of_margins(&case.margins, 12);
        let free = calibrate(&case.cells, &auxiliary, options(Distance::Raking)).unwrap();
        let factors: Vec<f64> = free.cells.weights().iter().zip(case.cells.weights()).map(|(w, d)| w / d).collect();
        let lower = (factors.iter().copied().fold(f64::INFINITY, f64::min) * 0.9).min(0.9);
        let upper = (factors.iter().copied().fold(0.0, f64::max) * 1.1).max(1.1);
        for distance in [Distance::Logit { lower, upper }, Distance::BoundedLinear { lower, upper }] {
            let bounded = calibrate(&case.cells, &auxiliary, options(distance)).unwrap();
            prop_assert!(bounded.largest_error.relative < 1e-11);
            for (w, d) in bounded.cells.weights().iter().zip(case.cells.weights()) {
                prop_assert!(w / d > lower * (1.0 - 1e-12) && w / d < upper * (1.0 + 1e-12));
            }
        }
    }

    #[test]
    fn trimming_keeps_the_sum_and_the_bounds(case in cases(), cut in 0.0_f64..0.9) {
        let (low, high) = case.cells.range().unwrap();
        let mean = case.cells.sum() / case.cells.cases() as f64;
        let (lower, upper) = (low + cut * (mean - low), high - cut * (high - mean));
        prop_assume!(lower < mean && mean < upper);
        for how in [Redistribution::Equal, Redistribution::Proportional] {
            let trimmed = match trim(&case.cells, lower, upper, how) {
                Ok(trimmed) => trimmed,
                // Nobody was left between the bounds.
                Err(WeightError::TrimImpossible { .. }) => continue,
                Err(other) => return Err(TestCaseError::fail(other.to_string())),
            };
            prop_assert!((trimmed.cells.sum() / case.cells.sum() - 1.0).abs() < 1e-12);
            let (low, high) = trimmed.cells.range().unwrap();
            prop_assert!(low >= lower * (1.0 - 1e-12) && high <= upper * (1.0 + 1e-12));
        }
    }

    #[test]
    fn classes_keep_the_weight_of_the_sample(counts in prop::collection::vec((1_u64..40, 0_u64..40), 1..8)) {
        let classes: Vec<ResponseClass> = counts.iter().enumerate().map(|(at, (answered, silent))| {
            let weight = 1.0 + at as f64;
            let sampled = answered + silent;
            ResponseClass {
                name: at.to_string(),
                sampled,
                sampled_weight: sampled as f64 * weight,
                answered: *answered,
                answered_weight: *answered as f64 * weight,
            }
        }).collect();
        let factors = nonresponse_factors(&classes).unwrap();
        let (before, after) = classes.iter().zip(&factors).fold((0.0, 0.0), |(before, after), (class, factor)| {
            (before + class.sampled_weight, after + class.answered_weight * factor)
        });
        prop_assert!((after / before - 1.0).abs() < 1e-12);
        prop_assert!(factors.iter().all(|f| *f >= 1.0));
    }

    #[test]
    fn a_digest_depends_on_weights_and_not_on_their_order(weights in prop::collection::vec(0.1_f64..9.0, 2..20)) {
        let names: Vec<String> = (0..weights.len()).map(|i| format!("n{i}")).collect();
        let cells = CellWeights::of_cases(weights.clone()).unwrap();
        let (mut names_back, mut weights_back) = (names.clone(), weights.clone());
        names_back.reverse();
        weights_back.reverse();
        prop_assert_eq!(digest(&names, &cells), digest(&names_back, &CellWeights::of_cases(weights_back).unwrap()));
        let mut other = weights;
        other[0] *= 1.0 + 1e-15;
        other[0] += 1e-15;
        prop_assume!(CellWeights::of_cases(other.clone()).unwrap() != cells);
        prop_assert_ne!(digest(&names, &cells), digest(&names, &CellWeights::of_cases(other).unwrap()));
    }
}

#[test]
fn the_same_digest_in_any_language() {
    // printf 'a\t2\t1.5\nb\t1\t30.25\n' | sha256sum
    let cells = CellWeights::new(vec![1, 2, 0], vec![30.25, 1.5, 7.0]).unwrap();
    let names = ["b", "a", "nobody"].map(str::to_owned);
    assert_eq!(
        digest(&names, &cells),
        "4ee80c693f634bc5a0d5a76903e5a6289cfc849e57845c8e3b372d54f694e26c"
    );
}

#[test]
fn a_category_without_respondents_is_named() {
    let cells = CellWeights::new(vec![3, 1, 0], vec![1.0; 3]).unwrap();
    let named = |targets: &[f64], base_min| {
        let margin = margin("region", targets, vec![0, 1, 2]);
        let options = RakeOptions { base_min, ..TIGHT };
        rake(&cells, &[margin], options).map_err(|e| match e {
            WeightError::CategoryTooSmall { category, cases, .. } => (category, cases),
            WeightError::BadTarget { category, .. } => (category, 99),
            other => panic!("{other}"),
        })
    };
    assert_eq!(named(&[5.0, 5.0, 5.0], 1).unwrap_err(), ("region2".to_owned(), 0));
    assert_eq!(named(&[5.0, 5.0, 0.0], 2).unwrap_err(), ("region1".to_owned(), 1));
    assert_eq!(named(&[5.0, 0.0, 0.0], 1).unwrap_err(), ("region1".to_owned(), 99));
    assert_eq!(named(&[5.0, f64::NAN, 0.0], 1).unwrap_err(), ("region1".to_owned(), 99));
    assert!(named(&[5.0, 5.0, 0.0], 1).is_ok());
}

#[test]
fn targets_that_contradict_each_other_and_margins_that_cannot_be_met_are_errors() {
    let cells = CellWeights::new(vec![3, 4], vec![1.0; 2]).unwrap();
    let a = margin("a", &[10.0, 20.0], vec![0, 1]);
    let larger = margin("b", &[10.0, 21.0], vec![0, 1]);
    let error = rake(&cells, &[a.clone(), larger], TIGHT).unwrap_err();
    assert!(matches!(error, WeightError::TotalsContradict { first, second, .. } if first == "a" && second == "b"));
    // The two variables are one here, so both cannot be met.
    let other = margin("b", &[15.0, 15.0], vec![0, 1]);
    let error = rake(&cells, &[a.clone(), other.clone()], TIGHT).unwrap_err();
    assert!(matches!(error, WeightError::NotConverged { iterations: 5000, .. }));
    let auxiliary = Auxiliary::of_margins(&[a.clone(), other], 2);
    let error = calibrate(&cells, &auxiliary, options(Distance::Linear)).unwrap_err();
    assert!(matches!(error, WeightError::NotConverged { .. }));
    // Factors of 3.3 and 5 do not fit under 2.
    let auxiliary = Auxiliary::of_margins(&[a], 2);
    let bounds = Distance::Logit { lower: 0.5, upper: 2.0 };
    assert!(matches!(
        calibrate(&cells, &auxiliary, options(bounds)),
        Err(WeightError::NotConverged { .. })
    ));
    let bounds = Distance::BoundedLinear { lower: 1.0, upper: 2.0 };
    assert!(matches!(
        calibrate(&cells, &auxiliary, options(bounds)),
        Err(WeightError::BadBounds { .. })
    ));
}

#[test]
fn trimming_that_cannot_keep_the_sum_is_refused() {
    let cells = CellWeights::of_cases(vec![1.0, 5.0, 9.0]).unwrap();
    assert!(trim(&cells, 0.0, 4.0, Redistribution::Equal).is_err());
    assert!(trim(&cells, 6.0, 9.0, Redistribution::Equal).is_err());
    assert!(trim(&cells, 7.0, 6.0, Redistribution::Equal).is_err());
    // 2 to share: one each among the two others, or by size.
    let equal = trim(&cells, 0.0, 7.0, Redistribution::Equal).unwrap();
    assert_eq!((equal.cells.weights(), equal.cut), ([2.0, 6.0, 7.0].as_slice(), 1));
    let proportional = trim(&cells, 0.0, 7.0, Redistribution::Proportional).unwrap();
    assert!((proportional.cells.weights()[0] - 4.0 / 3.0).abs() < 1e-15);
    assert_eq!((proportional.rounds, proportional.raised), (1, 0));
}

#[test]
fn the_ledger_chains_its_digests() {
    let cells = CellWeights::of_cases(vec![1.0, 3.0]).unwrap();
    let mut ledger = Ledger::new(vec!["a".to_owned(), "b".to_owned()]);
    ledger.record("base", &cells, None, None);
    let miss = LargestError {
        at: "m = c".to_owned(),
        relative: 1e-12,
    };
    let after = CellWeights::of_cases(vec![2.0, 2.0]).unwrap();
    let iteration = Iteration {
        iterations: 7,
        tolerance: 1e-10,
    };
    ledger.record("rake", &after, Some(miss), Some(iteration));
    let steps = ledger.finish();
    assert_eq!(steps[1].input_sha256.as_ref(), Some(&steps[0].output_sha256));
    assert_eq!((steps[0].sum, steps[0].min, steps[0].max, steps[0].cv), (4.0, 1.0, 3.0, Some(0.5)));
    assert_eq!(
        (steps[0].kish_effect, steps[0].n_effective, steps[1].cv),
        (Some(1.25), Some(1.6), Some(0.0))
    );
    assert_eq!((steps[1].iterations, steps[1].margin_error_at.as_deref()), (Some(7), Some("m = c")));
}

/// 400 cases with base weights that differ a hundredfold and go with what is measured: means weighted by the weights before raking give the
/// jackknife's standard error, in which every case is left out and all is raked anew; plain means (R's convention) give another.
#[test]
fn raking_residuals_of_unequal_weights_are_those_of_the_jackknife() {
    let n = 400_usize;
    // Well spread numbers between 0 and 1, the same on every machine.
    let spread = |step: f64, at: usize| (at as f64 * step).fract();
    let (a, b): (Vec<usize>, Vec<usize>) = (0..n)
        .map(|at| {
            (
                (spread(0.754_877_666, at) * 3.0) as usize,
                (spread(0.569_840_291, at) * 2.0) as usize,
            )
        })
        .unzip();
    let base: Vec<f64> = (0..n).map(|at| libm::exp(5.0 * spread(0.618_033_989, at))).collect();
    let y = |at: usize| (a[at] + 2 * b[at]) as f64 + 1.5 * (a[at] * b[at]) as f64 * libm::log(base[at]) + 2.0 * spread(0.414_213_562, at);
    let raked_without = |left_out: Option<usize>| {
        let kept: Vec<usize> = (0..n).filter(|at| Some(*at) != left_out).collect();
        let margins = [
            margin("a", &[300.0, 400.0, 300.0], kept.iter().map(|at| a[*at]).collect()),
            margin("b", &[450.0, 550.0], kept.iter().map(|at| b[*at]).collect()),
        ];
        let before = CellWeights::of_cases(kept.iter().map(|at| base[*at]).collect()).unwrap();
        let raked = rake(&before, &margins, TIGHT).unwrap();
        let mean = kept.iter().zip(raked.cells.weights()).map(|(at, w)| w * y(*at)).sum::<f64>() / raked.cells.sum();
        (mean, before, raked, margins)
    };
    let (mean, before, raked, margins) = raked_without(None);
    let weights = raked.cells.weights().to_vec();
    let values: Vec<f64> = (0..n).map(|at| weights[at] * (y(at) - mean) / raked.cells.sum()).collect();
    let variance = |z: &[f64]| z.iter().map(|z| z * z).sum::<f64>() * n as f64 / (n as f64 - 1.0);
    let mut steps = CalibrationSteps::new(&before);
    steps.raked(&margins, &before, &raked.after_margin);
    let ours: Vec<f64> = values.iter().zip(steps.deductions(&values)).map(|(z, d)| z - d).collect();
    let mut plain = values;
    for of_case in (0..10).flat_map(|_| [&a, &b]) {
        let mut means = [(0.0, 0.0); 3];
        for (at, category) in of_case.iter().enumerate() {
            means[*category].0 += plain[at] / weights[at];
            means[*category].1 += 1.0;
        }
        for (at, category) in of_case.iter().enumerate() {
            plain[at] -= weights[at] * means[*category].0 / means[*category].1;
        }
    }
    let replicates: Vec<f64> = (0..n).map(|at| raked_without(Some(at)).0).collect();
    let centre = replicates.iter().sum::<f64>() / n as f64;
    let jackknife = replicates.iter().map(|r| (r - centre) * (r - centre)).sum::<f64>() * (n as f64 - 1.0) / n as f64;
    let off = |variance: f64| (variance / jackknife).sqrt() - 1.0;
    assert!(off(variance(&ours)).abs() < 0.02, "{}", off(variance(&ours)));
    assert!(off(variance(&plain)) > 0.1, "{}", off(variance(&plain)));
}
